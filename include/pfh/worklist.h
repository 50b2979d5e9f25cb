/*
 * pfh/worklist.h -- the open tasks of many plans, in the order in which they are due.
 *
 *     pfh_worklist_new(&list, &err);
 *     pfh_worklist_filter(list, "level", "municipality", &err);
 *     pfh_worklist_filter(list, "state", "late", &err);
 *     pfh_worklist_filter(list, "state", "active", &err);
 *     for (...)
 *         pfh_worklist_add(list, plan, &err);
 *     pfh_worklist_sort(list, &err);
 */
#ifndef PFH_WORKLIST_H
#define PFH_WORKLIST_H

#include <pfh/plan.h>

PFH_BEGIN_DECLS

/** A worklist.  @since 0.1.0 */
typedef struct pfh_worklist pfh_worklist;

/** A task of a pathway.  @since 0.1.0 */
typedef struct pfh_work {
    const char *pathway;
    const pfh_task *task; /**< without its reasons */
} pfh_work;

/** Makes an empty worklist that takes every task.
 *  @param[out] out yours, for pfh_worklist_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_worklist_new(pfh_worklist **out, pfh_error *err);

/** Narrows what is taken from plans that are added later.  Values of one key are alternatives; keys
 *  narrow each other.  Units and roles come from the policy's `assign` and from `assigned` events:
 *  without a policy nearly all tasks have none.
 *
 *  @param key   "level", "unit", "role", "kind" or "state" with a word of the documents; "from" or
 *               "to" with a date, the first and last due date that is taken (the last call counts)
 *  @param value NULL with level, unit or role: tasks without one
 *  @return PFH_OK, PFH_E_KEY (no such key), PFH_E_VALUE, PFH_E_DATE, PFH_E_ARG or PFH_E_NOMEM; the
 *          filter is as it was on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_worklist_filter(pfh_worklist *list, const char *key,
                                                      const char *value, pfh_error *err);

/** Adds the tasks of a plan that pass the filter; they are copied.
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM; the list is as it was on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_worklist_add(pfh_worklist *list, const pfh_plan *plan,
                                                   pfh_error *err);

/** Sorts by due, from, point (none first), kind, task id, pathway id.  Tasks that are equal in all
 * of these stay in the order in which they were added.
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM; the list is as it was on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_worklist_sort(pfh_worklist *list, pfh_error *err);

/** How many tasks there are.  @since 0.1.0 */
PFH_API size_t pfh_worklist_count(const pfh_worklist *list);

/** The row in place @p index; NULL beyond the end.  Borrowed until a plan is added or the list is
 *  sorted or freed.  @since 0.1.0 */
PFH_API const pfh_work *pfh_worklist_row(const pfh_worklist *list, size_t index);

/** Frees a worklist; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_worklist_free(pfh_worklist *list);

PFH_END_DECLS

#endif
