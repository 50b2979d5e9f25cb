/*
 * pfh/plan.h -- what follows from a pathway on a given day: where each point stands, what is to be
 * done next, by when and by whom, and what is coded wrongly.
 *
 * A plan is a pure function of pathway, edition, policy and day.  It holds copies alone: the
 * pathway may be freed or added to.  Its rows are borrowed from it and made by the library alone,
 * so fields can be added at their end.
 */
#ifndef PFH_PLAN_H
#define PFH_PLAN_H

#include <pfh/pathway.h>
#include <pfh/policy.h>

PFH_BEGIN_DECLS

/** A plan.  @since 0.1.0 */
typedef struct pfh_plan pfh_plan;

/** Why a date is what it is: `date = anchor_date + months + days`, or, with `working_days` not
 *  PFH_NONE, that many working days after it.  Rows of it stand in a list, so that it never grows
 *  within a major version.  @since 0.1.0 */
typedef struct pfh_reason {
    pfh_date date;
    pfh_dated is;             /**< which date of the row */
    pfh_anchor anchor;        /**< what it is counted from */
    const char *anchor_event; /**< the event's id with PFH_ANCHOR_EVENT; else NULL */
    pfh_date anchor_date;
    int32_t months, days; /**< what is added; both 0 where nothing is */
    int32_t working_days; /**< PFH_NONE but where working days are counted */
    const char *rule;     /**< "hdir-2022/2/opens", "policy/coding_days", "working_day"; or NULL */
    const char *source;   /**< where the rule comes from; NULL without one */
    pfh_event_type anchor_type; /**< of that event, or 0 */
    const char *anchor_key;     /**< which of its dates: "date", "start" or "until"; or NULL */
} pfh_reason;

/** Where a point stands.  @since 0.1.0 */
typedef struct pfh_point {
    int32_t point;
    pfh_level level;
    const char *unit;              /**< or NULL */
    pfh_role role;                 /**< or 0 */
    pfh_date opens, about, closes; /**< each PFH_NONE where not given */
    int32_t estimated;             /**< 1: counted from an appointment that may yet move */
    pfh_waiting waiting_for;       /**< what there is no window without, or 0 */
    pfh_state state;
    pfh_date since; /**< or PFH_NONE */
    pfh_timing timing;
    const char *appointment_event; /**< NULL unless scheduled or unconfirmed */
    const char *appointment_start; /**< "2026-05-04T10:00" or "2026-05-04" */
    const char *appointment_place; /**< or NULL */
    pfh_date appointment_date;
    int32_t appointment_minutes; /**< or PFH_NONE */
    const char *performed_event; /**< the representative performance, or NULL */
    pfh_date performed_date;
    pfh_level performed_level;
    int32_t repeats;    /**< performances less one */
    int32_t superseded; /**< 1: not performed, but a later point is */
    const int32_t *maps_to;
    size_t maps_to_count;
    const pfh_reason *reasons;
    size_t reason_count;
} pfh_point;

/** Something to be done.  @since 0.1.0 */
typedef struct pfh_task {
    const char *id; /**< "2.offer", "1.register_code.e7": stable for the life of the task */
    pfh_task_kind kind;
    int32_t point; /**< 0: none */
    pfh_date from, due;
    pfh_task_state state;
    pfh_level level;  /**< or 0 */
    const char *unit; /**< or NULL */
    pfh_role role;    /**< or 0 */
    int32_t optional;
    pfh_blocked blocked; /**< or 0 */
    const char *event;   /**< or NULL */
    const pfh_reason *reasons;
    size_t reason_count;
} pfh_task;

/** Something that is coded wrongly or does not fit together.  @since 0.1.0 */
typedef struct pfh_finding {
    pfh_finding_kind kind;
    pfh_severity severity;
    int32_t point;     /**< 0: none */
    const char *event; /**< or NULL */
} pfh_finding;

/** Derives the plan of @p pathway as of @p as_of, under the edition that it names.
 *
 *  Pure: the same inputs give the same plan, row for row.
 *
 *  @param[out] out     the plan, yours; untouched on failure
 *  @param      policy  local rules; NULL takes the defaults
 *  @param      as_of   a date of the range: what happened later does not count
 *  @param      err     may be NULL
 *  @return PFH_OK, PFH_E_ARG, PFH_E_DATE or PFH_E_NOMEM
 *  @since 0.1.0
 */
PFH_API PFH_MUST_CHECK pfh_status pfh_plan_derive(pfh_plan **out, const pfh_pathway *pathway,
                                                  const pfh_policy *policy, pfh_date as_of,
                                                  pfh_error *err);

/** Derives a plan from what was known at a time, or under another edition.
 *
 *  @param known_at  an RFC 3339 timestamp: what was recorded later does not count; NULL: all counts
 *  @param edition   the edition to plan under; NULL: the one that the pathway names.  A pathway of
 *                   "hdir-2021-draft" can be planned under "hdir-2022"; the other way is ambiguous
 *  @return as pfh_plan_derive(), PFH_E_EDITION
 *  @since 0.1.0
 */
PFH_API PFH_MUST_CHECK pfh_status pfh_plan_derive_at(pfh_plan **out, const pfh_pathway *pathway,
                                                     const pfh_policy *policy, pfh_date as_of,
                                                     const char *known_at, const char *edition,
                                                     pfh_error *err);

/** Derives the plans of many pathways in one call.
 *
 *  @param[out] plans   @p count places: each becomes a plan, yours, or NULL where it failed
 *  @param[out] errors  @p count places: `status` of each is set, the rest where it failed; may be
 * NULL
 *  @param[out] failed  how many failed; may be NULL
 *  @return PFH_OK when the call could be made, whatever became of single pathways; PFH_E_ARG,
 *          PFH_E_DATE or PFH_E_EDITION, with the outputs untouched, when an argument common to all
 *          of them is wrong
 *  @since 0.1.0
 */
PFH_API PFH_MUST_CHECK pfh_status pfh_plan_derive_many(pfh_plan **plans, pfh_error *errors,
                                                       size_t *failed,
                                                       const pfh_pathway *const *pathways,
                                                       size_t count, const pfh_policy *policy,
                                                       pfh_date as_of, const char *known_at,
                                                       const char *edition, pfh_error *err);

/** The id of the pathway.  @since 0.1.0 */
PFH_API const char *pfh_plan_pathway(const pfh_plan *plan);

/** The edition that was planned under.  @since 0.1.0 */
PFH_API const pfh_edition *pfh_plan_edition(const pfh_plan *plan);

/** The day of the plan.  @since 0.1.0 */
PFH_API pfh_date pfh_plan_as_of(const pfh_plan *plan);

/** The timestamp of what was known, in UTC; NULL where none was given.  @since 0.1.0 */
PFH_API const char *pfh_plan_known_at(const pfh_plan *plan);

/** The patient's given name as the pathway has it; NULL where it has none.  @since 0.1.0 */
PFH_API const char *pfh_plan_given_name(const pfh_plan *plan);

/** The patient's family name as the pathway has it; NULL where it has none.  @since 0.1.0 */
PFH_API const char *pfh_plan_family_name(const pfh_plan *plan);

/** The patient's language; 0 where the pathway does not say.  @since 0.1.0 */
PFH_API pfh_language pfh_plan_language(const pfh_plan *plan);

/** Whether the pathway runs.  @since 0.1.0 */
PFH_API pfh_plan_state pfh_plan_status(const pfh_plan *plan);

/** Why the pathway does not run; 0 where it does.  @since 0.1.0 */
PFH_API pfh_cause pfh_plan_cause(const pfh_plan *plan);

/** Whether the patient is under 18: 1 or 0; PFH_NONE without a birth date.  @since 0.1.0 */
PFH_API int32_t pfh_plan_child(const pfh_plan *plan);

/** How many points there are.  @since 0.1.0 */
PFH_API size_t pfh_plan_point_count(const pfh_plan *plan);

/** The point of a number, from 1; NULL for another number.  @since 0.1.0 */
PFH_API const pfh_point *pfh_plan_point(const pfh_plan *plan, int32_t point);

/** How many tasks there are.  @since 0.1.0 */
PFH_API size_t pfh_plan_task_count(const pfh_plan *plan);

/** The task in place @p index, the one due first at 0; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_task *pfh_plan_task(const pfh_plan *plan, size_t index);

/** How many findings there are.  @since 0.1.0 */
PFH_API size_t pfh_plan_finding_count(const pfh_plan *plan);

/** The finding in place @p index; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_finding *pfh_plan_finding(const pfh_plan *plan, size_t index);

/** Writes a plan as `pfh-plan/1`, one line without a line end: the same plan gives the same bytes.
 *  @param[out] out     yours, for pfh_string_free(); untouched on failure
 *  @param      explain 1: each point and task also says why its dates are what they are (`because`)
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_plan_to_json(char **out, const pfh_plan *plan,
                                                   int32_t explain, pfh_error *err);

/** Writes why a date is what it is, as one sentence that a coordinator can read.
 *  @param[out] out    yours, for pfh_string_free(); untouched on failure
 *  @param      reason a row of `reasons` of a point or task of any plan
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_reason_to_text(char **out, const pfh_reason *reason,
                                                     pfh_language language, pfh_error *err);

/** Frees a plan after wiping it; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_plan_free(pfh_plan *plan);

PFH_END_DECLS

#endif
