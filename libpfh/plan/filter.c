/*
 * plan/filter.c -- which tasks are wanted: values of one key are alternatives, keys narrow each
 * other.
 */
#include "plan/plan.h"

#define ABSENT 1u /* bit 0 of a mask: tasks without a value */

struct pfh_unit_filter {
    struct pfh_unit_filter *next;
    const char *unit; /* NULL: tasks without one */
};

void pfh__task_filter_init(pfh_task_filter *filter)
{
    *filter = (pfh_task_filter){.from = PFH_NONE, .to = PFH_NONE};
}

bool pfh__task_filter_has(const char *key)
{
    static const char *const keys[] = {"level", "unit", "role", "kind", "state", "from", "to"};

    for (size_t i = 0; i < PFH_COUNT(keys); i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

bool pfh__task_filter_has_absent(const char *key)
{
    return strcmp(key, "level") == 0 || strcmp(key, "unit") == 0 || strcmp(key, "role") == 0;
}

void pfh__task_filter_clear(pfh_task_filter *filter, const char *key)
{
    if (strcmp(key, "kind") == 0)
        filter->kinds = 0;
    else if (strcmp(key, "state") == 0)
        filter->states = 0;
    else if (strcmp(key, "from") == 0)
        filter->from = PFH_NONE;
    else if (strcmp(key, "to") == 0)
        filter->to = PFH_NONE;
}

static pfh_status filter_word(uint32_t *mask, pfh_vocabulary words, bool may_be_absent,
                              const char *value, pfh_error *err)
{
    int32_t word = pfh_word_find(words, value);

    if (value == NULL ? !may_be_absent : word == 0)
        return pfh__word_error(err, words, "value");
    *mask |= value == NULL ? ABSENT : 1u << word;
    return PFH_OK;
}

static pfh_status filter_date(pfh_date *limit, const char *value, pfh_error *err)
{
    pfh_error detail;
    pfh_status status = pfh_date_parse(limit, value, &detail);

    return status == PFH_OK ? PFH_OK : pfh__fail(err, status, "value", "%s", detail.text);
}

static pfh_status filter_unit(pfh_task_filter *filter, pfh_arena *arena, const char *value,
                              pfh_error *err)
{
    struct pfh_unit_filter *unit = pfh__arena_alloc(arena, sizeof *unit);

    if (value != NULL && !pfh__is_id(value, strlen(value)))
        return pfh__fail(err, PFH_E_VALUE, "value",
                         "a unit is 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    if (unit == NULL)
        return pfh__no_memory(err);
    unit->unit = value == NULL ? NULL : pfh__arena_text(arena, value, strlen(value));
    if (value != NULL && unit->unit == NULL)
        return pfh__no_memory(err);
    unit->next = filter->units;
    filter->units = unit;
    return PFH_OK;
}

pfh_status pfh__task_filter_set(pfh_task_filter *filter, pfh_arena *arena, const char *key,
                                const char *value, pfh_error *err)
{
    if (strcmp(key, "level") == 0)
        return filter_word(&filter->levels, PFH_WORDS_LEVEL, true, value, err);
    if (strcmp(key, "role") == 0)
        return filter_word(&filter->roles, PFH_WORDS_ROLE, true, value, err);
    if (strcmp(key, "kind") == 0)
        return filter_word(&filter->kinds, PFH_WORDS_TASK, false, value, err);
    if (strcmp(key, "state") == 0)
        return filter_word(&filter->states, PFH_WORDS_TASK_STATE, false, value, err);
    if (strcmp(key, "unit") == 0)
        return filter_unit(filter, arena, value, err);
    return filter_date(strcmp(key, "from") == 0 ? &filter->from : &filter->to, value, err);
}

/* Bit 0 stands for a value of 0, which is absent. */
static bool has_bit(uint32_t mask, int32_t value)
{
    return mask == 0 || (mask & 1u << value) != 0;
}

static bool has_unit(const struct pfh_unit_filter *filter, const char *unit)
{
    if (filter == NULL)
        return true;
    for (; filter != NULL; filter = filter->next)
        if (filter->unit == NULL ? unit == NULL : unit != NULL && strcmp(filter->unit, unit) == 0)
            return true;
    return false;
}

bool pfh__task_filter_has_unit(const pfh_task_filter *filter, const char *unit)
{
    return has_unit(filter->units, unit);
}

bool pfh__task_filter_passes(const pfh_task_filter *filter, const pfh_task *task)
{
    return has_bit(filter->levels, (int32_t)task->level) &&
           has_bit(filter->roles, (int32_t)task->role) &&
           has_bit(filter->kinds, (int32_t)task->kind) &&
           has_bit(filter->states, (int32_t)task->state) && has_unit(filter->units, task->unit) &&
           (filter->from == PFH_NONE || task->due >= filter->from) &&
           (filter->to == PFH_NONE || task->due <= filter->to);
}
