/*
 * tests/fuzz/gate_fuzz.c -- documents of any bytes, through the public interface only.
 *
 * For clang's libFuzzer (-fsanitize=fuzzer,address,undefined, -dict=pathway.dict).  The input is
 * read as a pathway and as a policy; where it has a line end, also as a policy on its first line
 * and a pathway after it, so that both take part in a plan.  What is taken must be written and read
 * again with the same bytes, and have a plan on any day; what is refused must say why and give
 * nothing.
 */
#include <pfh/pfh.h>

#include <stdlib.h>
#include <string.h>

static void must(int truth)
{
    if (!truth)
        abort();
}

/* What every refusal owes. */
static void check_error(pfh_status status, const pfh_error *err)
{
    must(err->status == status && strcmp(pfh_status_name(status), "unknown") != 0);
    must(memchr(err->where, '\0', sizeof err->where) != NULL);
    must(memchr(err->text, '\0', sizeof err->text) != NULL && err->text[0] != '\0');
    must(err->where[0] == '\0' || err->where[0] == '/');
    must((status == PFH_E_SYNTAX) == (err->offset >= 0));
}

static pfh_pathway *parse_pathway(const char *text, size_t size)
{
    pfh_pathway *pathway = NULL;
    pfh_error err;
    pfh_status status = pfh_pathway_parse(&pathway, text, size, &err);

    must((status == PFH_OK) == (pathway != NULL));
    if (status != PFH_OK)
        check_error(status, &err);
    return pathway;
}

static pfh_policy *parse_policy(const char *text, size_t size)
{
    pfh_policy *policy = NULL;
    pfh_error err;
    pfh_status status = pfh_policy_parse(&policy, text, size, &err);

    must((status == PFH_OK) == (policy != NULL));
    if (status != PFH_OK)
        check_error(status, &err);
    return policy;
}

static void check_pathway_text(const pfh_pathway *pathway)
{
    char *text = NULL, *again = NULL;
    pfh_pathway *copy;

    must(pfh_pathway_to_json(&text, pathway, NULL) == PFH_OK);
    copy = parse_pathway(text, strlen(text));
    must(copy != NULL && pfh_pathway_event_count(copy) == pfh_pathway_event_count(pathway));
    must(pfh_pathway_to_json(&again, copy, NULL) == PFH_OK && strcmp(text, again) == 0);
    pfh_pathway_free(copy);
    pfh_string_free(text);
    pfh_string_free(again);
}

static void check_policy_text(const pfh_policy *policy)
{
    char *text = NULL, *again = NULL;
    pfh_policy *copy;

    must(pfh_policy_to_json(&text, policy, NULL) == PFH_OK);
    copy = parse_policy(text, strlen(text));
    must(copy != NULL && pfh_policy_to_json(&again, copy, NULL) == PFH_OK);
    must(strcmp(text, again) == 0);
    pfh_policy_free(copy);
    pfh_string_free(text);
    pfh_string_free(again);
}

/* A plan under the pathway's own edition, or under `edition` with what was known at a time. */
static void check_plan(const pfh_pathway *pathway, const pfh_policy *policy, pfh_date as_of,
                       const char *edition)
{
    pfh_plan *plan = NULL;
    char *text = NULL;
    pfh_status status;

    if (edition == NULL)
        status = pfh_plan_derive(&plan, pathway, policy, as_of, NULL);
    else
        status = pfh_plan_derive_at(&plan, pathway, policy, as_of, "2026-03-01T00:00:00Z", edition,
                                    NULL);
    must(status == PFH_OK && pfh_plan_point_count(plan) > 0);
    must(strcmp(pfh_plan_pathway(plan), pfh_pathway_id(pathway)) == 0);
    must(pfh_plan_to_json(&text, plan, 1, NULL) == PFH_OK && text[0] == '{');
    pfh_string_free(text);
    pfh_plan_free(plan);
}

static void check_plans(const pfh_pathway *pathway, const pfh_policy *policy)
{
    const pfh_date days[] = {pfh_date_min(), 20486 /* 2026-02-02 */, 20942 /* 2027-05-04 */,
                             pfh_date_max()};

    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        check_plan(pathway, policy, days[i], NULL);
        check_plan(pathway, policy, days[i], "hdir-2022");
    }
}

static void check_both(const char *text, size_t size)
{
    const char *line_end = memchr(text, '\n', size);
    pfh_pathway *pathway;
    pfh_policy *policy;

    if (line_end == NULL)
        return;
    policy = parse_policy(text, (size_t)(line_end - text));
    pathway = parse_pathway(line_end + 1, size - (size_t)(line_end - text) - 1);
    if (policy != NULL && pathway != NULL)
        check_plans(pathway, policy);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size > 0 ? (const char *)data : "";
    pfh_pathway *pathway = parse_pathway(text, size);
    pfh_policy *policy = parse_policy(text, size);

    if (pathway != NULL) {
        check_pathway_text(pathway);
        check_plans(pathway, NULL);
    }
    if (policy != NULL)
        check_policy_text(policy);
    check_both(text, size);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    return 0;
}
