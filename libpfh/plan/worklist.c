/*
 * plan/worklist.c -- the tasks of many plans, filtered as they are added and sorted once.
 *
 * Rows and their texts are copies in an arena, so plans can be freed as soon as they were added.
 * Sorting n rows costs n log n comparisons.
 */
#include "plan/plan.h"

#include <pfh/worklist.h>

#include <stdlib.h>

typedef struct work_row {
    pfh_work work;
    size_t sequence;
} work_row;

struct pfh_worklist {
    pfh_arena arena;
    pfh_task_filter filter;
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
    pfh__task_filter_init(&list->filter);
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

pfh_status pfh_worklist_filter(pfh_worklist *list, const char *key, const char *value,
                               pfh_error *err)
{
    if (list == NULL || key == NULL)
        return pfh__null(err, list == NULL ? "list" : "key");
    if (!pfh__task_filter_has(key))
        return pfh__fail(err, PFH_E_KEY, "key",
                         "a worklist is filtered by level, unit, role, kind, state, from or to");
    return pfh__task_filter_set(&list->filter, &list->arena, key, value, err);
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

        if (!pfh__task_filter_passes(&list->filter, &plan->tasks[i]))
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
