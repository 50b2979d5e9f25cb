/*
 * plan/worklist.c -- the tasks of many plans, filtered as they are added and sorted once.
 *
 * Rows and their texts are copies in an arena, so plans can be freed as soon as they were added.
 * Sorting n rows costs n log n comparisons.
 */
#include "plan/plan.h"

#include <pfh/worklist.h>

#include <stdlib.h>

#define ABSENT 1u /* bit 0 of a mask: tasks without a value */

typedef struct work_row {
    pfh_work work;
    size_t sequence;
} work_row;

typedef struct unit_filter {
    struct unit_filter *next;
    const char *unit; /* NULL: tasks without one */
} unit_filter;

struct pfh_worklist {
    pfh_arena arena;
    uint32_t levels, roles, kinds, states; /* a bit for each value; 0: all */
    unit_filter *units;                    /* NULL: all */
    pfh_date from, to;                     /* PFH_NONE: no limit */
    work_row *rows;
    size_t count, room;
};

pfh_status pfh_worklist_new(pfh_worklist **out, pfh_error *err)
{
    pfh_worklist *list;

    if (out == NULL)
        return pfh__null(err, "out");
    list = calloc(1, sizeof *list);
    if (list == NULL)
        return pfh__no_memory(err);
    list->from = list->to = PFH_NONE;
    *out = list;
    return PFH_OK;
}

void pfh_worklist_free(pfh_worklist *list)
{
    if (list == NULL)
        return;
    pfh__arena_free(&list->arena);
    free(list->rows);
    free(list);
}

/* ---- The filter --------------------------------------------------------------------------- */

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

static pfh_status filter_unit(pfh_worklist *list, const char *value, pfh_error *err)
{
    unit_filter *filter = pfh__arena_alloc(&list->arena, sizeof *filter);

    if (value != NULL && !pfh__is_id(value, strlen(value)))
        return pfh__fail(err, PFH_E_VALUE, "value",
                         "a unit is 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    if (filter == NULL)
        return pfh__no_memory(err);
    filter->unit = value == NULL ? NULL : pfh__arena_text(&list->arena, value, strlen(value));
    if (value != NULL && filter->unit == NULL)
        return pfh__no_memory(err);
    filter->next = list->units;
    list->units = filter;
    return PFH_OK;
}

pfh_status pfh_worklist_filter(pfh_worklist *list, const char *key, const char *value,
                               pfh_error *err)
{
    if (list == NULL || key == NULL)
        return pfh__null(err, list == NULL ? "list" : "key");
    if (strcmp(key, "level") == 0)
        return filter_word(&list->levels, PFH_WORDS_LEVEL, true, value, err);
    if (strcmp(key, "role") == 0)
        return filter_word(&list->roles, PFH_WORDS_ROLE, true, value, err);
    if (strcmp(key, "kind") == 0)
        return filter_word(&list->kinds, PFH_WORDS_TASK, false, value, err);
    if (strcmp(key, "state") == 0)
        return filter_word(&list->states, PFH_WORDS_TASK_STATE, false, value, err);
    if (strcmp(key, "unit") == 0)
        return filter_unit(list, value, err);
    if (strcmp(key, "from") == 0)
        return filter_date(&list->from, value, err);
    if (strcmp(key, "to") == 0)
        return filter_date(&list->to, value, err);
    return pfh__fail(err, PFH_E_KEY, "key",
                     "a worklist is filtered by level, unit, role, kind, state, from or to");
}

/* Bit 0 stands for a value of 0, which is absent. */
static bool has_bit(uint32_t mask, int32_t value)
{
    return mask == 0 || (mask & 1u << value) != 0;
}

static bool has_unit(const unit_filter *filter, const char *unit)
{
    if (filter == NULL)
        return true;
    for (; filter != NULL; filter = filter->next)
        if (filter->unit == NULL ? unit == NULL : unit != NULL && strcmp(filter->unit, unit) == 0)
            return true;
    return false;
}

static bool passes(const pfh_worklist *list, const pfh_task *task)
{
    return has_bit(list->levels, (int32_t)task->level) &&
           has_bit(list->roles, (int32_t)task->role) && has_bit(list->kinds, (int32_t)task->kind) &&
           has_bit(list->states, (int32_t)task->state) && has_unit(list->units, task->unit) &&
           (list->from == PFH_NONE || task->due >= list->from) &&
           (list->to == PFH_NONE || task->due <= list->to);
}

/* ---- Adding ------------------------------------------------------------------------------- */

static bool make_room(pfh_worklist *list)
{
    size_t room = list->room == 0 ? 64 : list->room * 2;
    work_row *rows;

    if (list->count < list->room)
        return true;
    rows = realloc(list->rows, room * sizeof *rows);
    if (rows == NULL)
        return false;
    list->rows = rows;
    list->room = room;
    return true;
}

static const char *keep(pfh_worklist *list, const char *text, bool *failed)
{
    const char *copy = text == NULL ? NULL : pfh__arena_text(&list->arena, text, strlen(text));

    *failed |= text != NULL && copy == NULL;
    return copy;
}

static bool add_row(pfh_worklist *list, const pfh_task *task, const char *pathway)
{
    pfh_task *copy = pfh__arena_alloc(&list->arena, sizeof *copy);
    bool failed = copy == NULL || !make_room(list);

    if (failed)
        return false;
    *copy = *task;
    copy->id = keep(list, task->id, &failed);
    copy->unit = keep(list, task->unit, &failed);
    copy->event = keep(list, task->event, &failed);
    copy->reasons = NULL;
    copy->reason_count = 0;
    if (failed)
        return false;
    list->rows[list->count] = (work_row){{pathway, copy}, list->count};
    list->count++;
    return true;
}

pfh_status pfh_worklist_add(pfh_worklist *list, const pfh_plan *plan, pfh_error *err)
{
    const char *pathway = NULL;
    size_t before;

    if (list == NULL || plan == NULL)
        return pfh__null(err, list == NULL ? "list" : "plan");
    before = list->count;
    for (size_t i = 0; i < plan->task_count; i++) {
        bool failed = false;

        if (!passes(list, &plan->tasks[i]))
            continue;
        if (pathway == NULL)
            pathway = keep(list, plan->pathway, &failed);
        if (failed || !add_row(list, &plan->tasks[i], pathway)) {
            list->count = before;
            return pfh__no_memory(err);
        }
    }
    return PFH_OK;
}

/* ---- Sorting and reading ------------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
    const work_row *x = a, *y = b;
    int order = pfh__task_compare(x->work.task, y->work.task);

    if (order == 0)
        order = strcmp(x->work.pathway, y->work.pathway);
    return order != 0 ? order : (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

pfh_status pfh_worklist_sort(pfh_worklist *list, pfh_error *err)
{
    if (list == NULL)
        return pfh__null(err, "list");
    if (list->count > 1)
        qsort(list->rows, list->count, sizeof *list->rows, compare);
    for (size_t i = 0; i < list->count; i++)
        list->rows[i].sequence = i;
    return PFH_OK;
}

size_t pfh_worklist_count(const pfh_worklist *list)
{
    return list == NULL ? 0 : list->count;
}

const pfh_work *pfh_worklist_row(const pfh_worklist *list, size_t index)
{
    return list == NULL || index >= list->count ? NULL : &list->rows[index].work;
}
