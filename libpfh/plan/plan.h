/*
 * plan/plan.h -- how a plan is derived, step by step.
 *
 *     view     what counts on the day, and what was said at each point       view.c
 *     states   where each point stands, as of the day                        state.c
 *     windows  opens, about, closes; the representative performance          window.c
 *     tasks    what to do next                                               task.c
 *     findings what is coded wrongly or does not fit                         finding.c
 *     needs    the assessments one after another; only where asked for       needs.c
 *
 * Each is a function of what stands above it.  All memory is the plan's arena; when it gives out,
 * the view is marked as failed and the rest does nothing.
 */
#ifndef PFH_PLAN_PLAN_INTERNAL_H
#define PFH_PLAN_PLAN_INTERNAL_H

#include "model/model.h"

#include <pfh/needs.h>

struct pfh_plan {
    pfh_arena arena; /* holds the plan itself too */
    const char *pathway;
    const pfh_edition *edition;
    const pfh_edition *document; /* the edition that the pathway names */
    pfh_date as_of;
    const char *known_at;
    const char *given, *family; /* the patient's name */
    pfh_language language;      /* the patient's, or 0 */
    pfh_plan_state status;
    pfh_cause cause;
    int32_t child;
    size_t point_count, task_count, task_room, finding_count, finding_room;
    pfh_task *tasks;
    pfh_finding *findings;
    pfh_point points[PFH_MAX_POINTS + 1]; /* from 1 */
};

/* A needs assessment that was carried out. */
typedef struct pfh_performance {
    const pfh_event *event; /* first in each of these rows */
    int32_t point;
    pfh_level level;
    const pfh_event *code;        /* the WMFG10 that it took */
    const pfh_event *followed_up; /* the last one */
    bool code_late;               /* its code is not registered in time */
} pfh_performance;

typedef struct pfh_coded {
    const pfh_event *event;
    int32_t point;
    bool taken;
    bool other_date; /* taken by a performance of another date */
} pfh_coded;

typedef struct pfh_sent { /* a message */
    const pfh_event *event;
    int32_t point;            /* 0: none */
    const pfh_event *receipt; /* the last one */
} pfh_sent;

/* What happened at one point. */
typedef struct pfh_course {
    pfh_state state;              /* before "as of the day" */
    const pfh_event *set_by;      /* the event that set it */
    const pfh_event *appointment; /* what was scheduled last */
    const pfh_event *assigned;    /* the last one */
    pfh_event_type answer;        /* the last yes or no before the first performance, or 0 */
    bool form_sent;
    pfh_level level; /* on the day */
    size_t performed_count;
    const pfh_performance *first, *chosen; /* chosen: the representative performance */
} pfh_course;

/* Why a date is what it is, on its way into a row: dates are computed by making their reason. */
#define PFH_MAX_REASONS 4 /* opens, about, closes, since; from and due, each moved */
typedef struct pfh_because {
    pfh_reason reasons[PFH_MAX_REASONS];
    size_t count;
} pfh_because;

/* A pathway as it is seen on the day. */
typedef struct pfh_view {
    pfh_plan *plan;
    const pfh_pathway *pathway;
    const pfh_diagnosis *diagnosis;
    const pfh_policy_keys *policy;
    const pfh_edition *edition; /* planned under */
    pfh_date as_of;
    const pfh_timestamp *known_at;    /* or NULL */
    int32_t onto[PFH_MAX_POINTS + 1]; /* the point planned for each point of the document */

    const pfh_event **events; /* those that count, in order */
    size_t event_count;
    pfh_performance *performed;
    pfh_coded *coded;
    pfh_sent *sent;
    size_t performed_count, coded_count, sent_count;
    pfh_course course[PFH_MAX_POINTS + 1];
    pfh_because because[PFH_MAX_POINTS + 1]; /* why the dates of a point are what they are */
    const pfh_event *decision, *treatment;   /* the first of their kind */
    const pfh_event *moved, *closing;        /* the last; closing: ended, excluded or reopened */
    bool open;                               /* for others: private events do not count */
    bool failed;                             /* out of memory */
} pfh_view;

void pfh__view_read(pfh_view *view);
void pfh__view_status(pfh_view *view);
void pfh__states_derive(pfh_view *view);
void pfh__windows_derive(pfh_view *view);
void pfh__points_finish(pfh_view *view); /* all of a point's row that needs states and windows */
void pfh__tasks_derive(pfh_view *view);
void pfh__findings_derive(pfh_view *view);

/* Makes more of a view than the plan, into the plan's arena; not called for one that failed. */
typedef struct pfh_reading {
    void (*read)(pfh_view *view, void *made);
    void *made;
    bool open; /* of a view for others */
} pfh_reading;
/* pfh_plan_derive_at(), and more; NULL reads nothing more. */
pfh_status pfh__plan_derive_with(pfh_plan **out, const pfh_pathway *pathway,
                                 const pfh_policy *policy, pfh_date as_of, const char *known_at,
                                 const char *edition, const pfh_reading *reading, pfh_error *err);

/* The order of tasks in a plan. */
int pfh__task_compare(const pfh_task *a, const pfh_task *b);

/* The point of an event as it is planned; 0 where it has none. */
int32_t pfh__point_of(const pfh_view *view, const pfh_event *event);

/* Room for `count` members of a size; NULL, and the view failed, when there is none. */
void *pfh__view_alloc(pfh_view *view, size_t count, size_t size);
/* A copy that lives as long as the plan; NULL for NULL. */
const char *pfh__view_keep(pfh_view *view, const char *text);

/* anchor_date + months + days. */
pfh_date pfh__because(pfh_because *because, pfh_dated is, pfh_anchor anchor, pfh_date anchor_date,
                      int32_t months, int32_t days, const char *rule, const char *source);
/* Which date of an event is counted from. */
typedef enum pfh_event_date { PFH_ITS_DATE, PFH_ITS_START, PFH_ITS_UNTIL } pfh_event_date;

pfh_date pfh__event_date(const pfh_event *event, pfh_event_date which);
/* The same from an event. */
pfh_date pfh__because_event(pfh_because *because, pfh_dated is, const pfh_event *event,
                            pfh_event_date which, int32_t months, int32_t days, const char *rule,
                            const char *source);
/* Copies the reasons into the plan. */
const pfh_reason *pfh__because_keep(pfh_view *view, const pfh_because *because);

/* ---- Needs (needs.c) ---------------------------------------------------------------------- */

/* How a unit is reached, as the policy says; each may be NULL. */
typedef struct pfh_contact {
    const char *name, *phone;
} pfh_contact;

typedef struct pfh_need_row {
    pfh_topic_need need;
    pfh_contact contact;    /* of the unit that is responsible */
    bool passed_over;       /* an assessment is known not to have discussed it */
    pfh_need_change change; /* what the last assessment says of it, or 0 */
} pfh_need_row;

typedef struct pfh_need_rows {
    pfh_need_row *topics;
    pfh_needs_assessment *assessments;
    size_t topic_count, assessment_count;
    size_t listed; /* so many of the first topics are those of the edition and the policy */
} pfh_need_rows;

struct pfh_needs {
    pfh_plan *plan; /* whose arena holds this and the rows of all */
    pfh_need_rows all;
    /* The same for others, made as if nothing private were there; its plan's arena holds its rows.
     */
    pfh_plan *open_plan;
    pfh_need_rows open;
    bool is_partial; /* an event is private, or was left out of what this is made of */
    int32_t distress_threshold;
    pfh_contact contacts[PFH_MAX_POINTS + 1]; /* of the units of the points of the open plan */
};

/* ---- Which tasks are wanted (filter.c) ---------------------------------------------------- */

typedef struct pfh_task_filter {
    uint32_t levels, roles, kinds, states; /* a bit for each value; 0: all */
    struct pfh_unit_filter *units;         /* NULL: all */
    pfh_date from, to;                     /* of the due date; PFH_NONE: no limit */
} pfh_task_filter;

void pfh__task_filter_init(pfh_task_filter *filter);
bool pfh__task_filter_has(const char *key);
/* Whether a key can ask for tasks without a value; where it cannot, it can be cleared. */
bool pfh__task_filter_has_absent(const char *key);
void pfh__task_filter_clear(pfh_task_filter *filter, const char *key);
/* pfh_worklist_filter() for a key that the filter has; units are kept in the arena. */
pfh_status pfh__task_filter_set(pfh_task_filter *filter, pfh_arena *arena, const char *key,
                                const char *value, pfh_error *err);
/* Whether tasks of a unit may pass. */
bool pfh__task_filter_has_unit(const pfh_task_filter *filter, const char *unit);
bool pfh__task_filter_passes(const pfh_task_filter *filter, const pfh_task *task);

#define PFH_SOURCE_OURS "ours" /* of a rule that no guideline states */

#endif
