/*
 * plan/state.c -- where each point stands on the day: state, timing, who has it.  The rules:
 * doc/rules.md.
 */
#include "plan/plan.h"

/* ---- States ------------------------------------------------------------------------------- */

static pfh_state state_on_the_day(const pfh_view *view, const pfh_course *course)
{
    bool runs = view->plan->status == PFH_PLAN_ACTIVE;

    if (course->state == PFH_STATE_PERFORMED || course->state == PFH_STATE_EXCLUDED)
        return course->state;
    if (!runs)
        return PFH_STATE_CLOSED;
    if (course->state == PFH_STATE_OFFERED &&
        view->as_of >= course->set_by->date + view->policy->no_answer_days)
        return PFH_STATE_UNANSWERED; /* silence is not a no */
    if (course->state == PFH_STATE_SCHEDULED && course->appointment->start.date < view->as_of)
        return PFH_STATE_UNCONFIRMED;
    return course->state;
}

void pfh__states_derive(pfh_view *view)
{
    for (int32_t i = 1; i <= view->edition->point_count; i++) {
        pfh_course *course = &view->course[i];

        view->plan->points[i].state = state_on_the_day(view, course);
        course->level = course->assigned != NULL ? (pfh_level)course->assigned->level
                                                 : pfh_edition_point(view->edition, i)->level;
    }
}

static void closed_since(const pfh_view *view, pfh_point *row, pfh_because *because)
{
    if (view->plan->status != PFH_PLAN_NOT_INCLUDED)
        row->since = pfh__because_event(because, PFH_DATED_SINCE, view->closing, PFH_ITS_DATE, 0, 0,
                                        NULL, NULL);
}

static void since(const pfh_view *view, pfh_point *row, const pfh_course *course,
                  pfh_because *because)
{
    const pfh_event *event =
        course->state == PFH_STATE_PERFORMED ? course->chosen->event : course->set_by;
    row->since = PFH_NONE;
    if (row->state == PFH_STATE_CLOSED)
        closed_since(view, row, because);
    else if (row->state == PFH_STATE_UNANSWERED)
        row->since = pfh__because_event(because, PFH_DATED_SINCE, event, PFH_ITS_DATE, 0,
                                        view->policy->no_answer_days, "policy/no_answer_days",
                                        PFH_SOURCE_OURS);
    else if (row->state == PFH_STATE_UNCONFIRMED)
        row->since =
            pfh__because_event(because, PFH_DATED_SINCE, event, PFH_ITS_START, 0, 1, NULL, NULL);
    else if (event != NULL)
        row->since =
            pfh__because_event(because, PFH_DATED_SINCE, event, PFH_ITS_DATE, 0, 0, NULL, NULL);
}

/* ---- Timing ------------------------------------------------------------------------------- */

static pfh_date date_to_compare(const pfh_view *view, const pfh_course *course)
{
    if (course->chosen != NULL)
        return course->chosen->event->date;
    if (view->plan->status == PFH_PLAN_ENDED || view->plan->status == PFH_PLAN_EXCLUDED)
        return view->closing->date;
    return view->as_of;
}

static pfh_timing timing(const pfh_point *row, pfh_date date)
{
    if (row->opens == PFH_NONE)
        return PFH_TIMING_UNKNOWN;
    if (date < row->opens)
        return PFH_TIMING_BEFORE;
    return row->closes != PFH_NONE && date > row->closes ? PFH_TIMING_AFTER : PFH_TIMING_WITHIN;
}

/* ---- Who ---------------------------------------------------------------------------------- */

/* A condition that is left out matches; one on something that is not known does not. */
static bool flag_matches(int32_t condition, int32_t fact)
{
    return condition == PFH_NONE || condition == fact;
}

static bool text_matches(const char *condition, const char *fact)
{
    return condition == NULL || (fact != NULL && strcmp(condition, fact) == 0);
}

static bool assign_matches(const pfh_view *view, const pfh_assign *row, int32_t point,
                           pfh_level level)
{
    const pfh_patient *patient = view->pathway->head->patient;
    const char *municipality = view->moved != NULL ? view->moved->municipality
                               : patient != NULL   ? patient->municipality
                                                   : NULL;
    int32_t services = patient != NULL ? patient->has_municipal_services : PFH_NONE;

    return (row->point == PFH_NONE || row->point == point) &&
           (row->level == 0 || row->level == (int32_t)level) &&
           text_matches(row->municipality, municipality) &&
           flag_matches(row->has_municipal_services, services) &&
           flag_matches(row->child, view->plan->child);
}

static const pfh_assign *find_assign(const pfh_view *view, int32_t point, pfh_level level)
{
    const pfh_list *rows = &view->policy->assign;

    for (size_t i = 0; i < rows->count; i++) {
        const pfh_assign *row = &((const pfh_assign *)rows->items)[i];
        if (assign_matches(view, row, point, level))
            return row;
    }
    return NULL;
}

static void responsible(pfh_view *view, pfh_point *row, const pfh_course *course)
{
    const pfh_assign *local = find_assign(view, row->point, course->level);
    const pfh_event *assigned = course->assigned;
    const char *unit = assigned != NULL ? assigned->unit : NULL;
    int32_t role = assigned != NULL ? assigned->role : 0;

    if (unit == NULL && local != NULL)
        unit = local->unit;
    if (role == 0 && local != NULL)
        role = local->role;
    row->level = course->level;
    row->unit = pfh__view_keep(view, unit);
    row->role = (pfh_role)role;
}

/* ---- The rest of a row -------------------------------------------------------------------- */

static void appointment(pfh_view *view, pfh_point *row, const pfh_event *event)
{
    bool stands = row->state == PFH_STATE_SCHEDULED || row->state == PFH_STATE_UNCONFIRMED;

    row->appointment_event = stands ? pfh__view_keep(view, event->id) : NULL;
    row->appointment_start = stands ? pfh__view_keep(view, event->start.text) : NULL;
    row->appointment_place = stands ? pfh__view_keep(view, event->place) : NULL;
    row->appointment_date = stands ? event->start.date : PFH_NONE;
    row->appointment_minutes = stands ? event->minutes : PFH_NONE;
}

static void performance(pfh_view *view, pfh_point *row, const pfh_course *course)
{
    const pfh_performance *chosen = course->chosen;

    row->performed_event = chosen != NULL ? pfh__view_keep(view, chosen->event->id) : NULL;
    row->performed_date = chosen != NULL ? chosen->event->date : PFH_NONE;
    row->performed_level = chosen != NULL ? chosen->level : (pfh_level)0;
    row->repeats = chosen != NULL ? (int32_t)course->performed_count - 1 : 0;
}

static bool later_performed(const pfh_view *view, int32_t point)
{
    for (int32_t i = point + 1; i <= view->edition->point_count; i++)
        if (view->course[i].chosen != NULL)
            return true;
    return false;
}

void pfh__points_finish(pfh_view *view)
{
    for (int32_t i = 1; i <= view->edition->point_count; i++) {
        const pfh_course *course = &view->course[i];
        const pfh_point_rule *rule = pfh_edition_point(view->edition, i);
        pfh_point *row = &view->plan->points[i];

        row->point = i;
        responsible(view, row, course);
        since(view, row, course, &view->because[i]);
        row->timing = timing(row, date_to_compare(view, course));
        appointment(view, row, course->appointment);
        performance(view, row, course);
        row->superseded = course->chosen == NULL && later_performed(view, i);
        row->maps_to = rule->maps_to;
        row->maps_to_count = rule->maps_to_count;
        row->reasons = pfh__because_keep(view, &view->because[i]);
        row->reason_count = row->reasons == NULL ? 0 : view->because[i].count;
    }
}
