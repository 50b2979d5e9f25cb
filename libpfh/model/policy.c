/*
 * model/policy.c -- a policy: the keys as they were given, and the same with the defaults filled
 * in.
 */
#include "model/model.h"

#include <stdlib.h>

void pfh__policy_defaults(pfh_policy_keys *rules)
{
    pfh__object_init(&rules->record, &pfh__policy_schema);
    pfh__policy_fill(rules);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A sorted copy of the codes, for pfh__policy_knows_code(). */
static pfh_status sort_codes(pfh_policy *policy, pfh_error *err)
{
    pfh_list *codes = &policy->rules.extra_codes;
    const void *given = codes->items;

    if (codes->count == 0)
        return PFH_OK;
    codes->items = pfh__arena_alloc(&policy->arena, codes->count * sizeof(const char *));
    if (codes->items == NULL)
        return pfh__no_memory(err);
    memcpy(codes->items, given, codes->count * sizeof(const char *));
    qsort(codes->items, codes->count, sizeof(const char *), compare_texts);
    return PFH_OK;
}

bool pfh__policy_knows_code(const pfh_policy_keys *rules, const char *code)
{
    const pfh_list *codes = &rules->extra_codes;

    return codes->count > 0 &&
           bsearch(&code, codes->items, codes->count, sizeof(const char *), compare_texts) != NULL;
}

pfh_status pfh__policy_keys_set(pfh_policy *policy, pfh_policy_keys *keys, pfh_error *err)
{
    pfh_status status = pfh__object_check(&keys->record, NULL, err);

    if (status != PFH_OK)
        return status;
    policy->given = keys;
    policy->rules = *keys;
    pfh__policy_fill(&policy->rules);
    return sort_codes(policy, err);
}

pfh_status pfh_policy_build(pfh_policy **out, const pfh_record *record, pfh_error *err)
{
    pfh_status status;
    pfh_policy *policy;
    pfh_record *copy;

    if (out == NULL)
        return pfh__null(err, "out");
    status = pfh__record_ready(record, &pfh__policy_schema, "record", err);
    if (status != PFH_OK)
        return status;
    policy = calloc(1, sizeof *policy);
    copy = policy == NULL ? NULL : pfh__object_copy(&policy->arena, record);
    status = copy == NULL ? pfh__no_memory(err)
                          : pfh__policy_keys_set(policy, (pfh_policy_keys *)(void *)copy, err);
    if (status != PFH_OK) {
        pfh_policy_free(policy);
        return status;
    }
    *out = policy;
    return PFH_OK;
}

const pfh_record *pfh_policy_record(const pfh_policy *policy)
{
    return policy == NULL ? NULL : &policy->given->record;
}

int32_t pfh_policy_number(const pfh_policy *policy, const char *key)
{
    pfh_policy_keys defaults;
    const pfh_record *rules;
    int32_t flag;

    if (policy == NULL)
        pfh__policy_defaults(&defaults);
    rules = policy == NULL ? &defaults.record : &policy->rules.record;
    flag = pfh_record_flag(rules, key);
    return flag == PFH_NONE ? pfh_record_number(rules, key) : flag;
}

void pfh_policy_free(pfh_policy *policy)
{
    if (policy == NULL)
        return;
    pfh__arena_free(&policy->arena);
    free(policy);
}
