/*
 * plan/window.c -- when each point opens and closes, and which performance stands for it.  The
 * rules: doc/rules.md.
 *
 * A date is computed by making its reason, so an explanation cannot differ from the plan.
 */
#include "plan/plan.h"

/* ---- Reasons ------------------------------------------------------------------------------ */

static pfh_reason *new_reason(pfh_because *because, pfh_dated is, pfh_anchor anchor,
                              pfh_date anchor_date, int32_t months, int32_t days)
{
    pfh_reason *reason = &because->reasons[because->count++];

    reason->is = is;
    reason->anchor = anchor;
    reason->anchor_event = NULL;
    reason->anchor_type = (pfh_event_type)0;
    reason->anchor_key = NULL;
    reason->anchor_date = anchor_date;
    reason->months = months;
    reason->days = days;
    reason->working_days = PFH_NONE;
    reason->date = (months == 0 ? anchor_date : pfh_date_add_months(anchor_date, months)) + days;
    return reason;
}

pfh_date pfh__because(pfh_because *because, pfh_dated is, pfh_anchor anchor, pfh_date anchor_date,
                      int32_t months, int32_t days, const char *rule, const char *source)
{
    pfh_reason *reason = new_reason(because, is, anchor, anchor_date, months, days);

    reason->rule = rule;
    reason->source = source;
    return reason->date;
}

pfh_date pfh__event_date(const pfh_event *event, pfh_event_date which)
{
    return which == PFH_ITS_START   ? event->start.date
           : which == PFH_ITS_UNTIL ? event->until
                                    : event->date;
}

pfh_date pfh__because_event(pfh_because *because, pfh_dated is, const pfh_event *event,
                            pfh_event_date which, int32_t months, int32_t days, const char *rule,
                            const char *source)
{
    static const char *const keys[] = {"date", "start", "until"};
    pfh_reason *reason =
        new_reason(because, is, PFH_ANCHOR_EVENT, pfh__event_date(event, which), months, days);

    reason->anchor_event = event->id; /* the pathway's, until the reasons are kept */
    reason->anchor_type = (pfh_event_type)event->type;
    reason->anchor_key = keys[which];
    reason->rule = rule;
    reason->source = source;
    return reason->date;
}

const pfh_reason *pfh__because_keep(pfh_view *view, const pfh_because *because)
{
    pfh_reason *reasons =
        because->count == 0 ? NULL : pfh__view_alloc(view, because->count, sizeof *reasons);

    if (reasons == NULL)
        return NULL;
    memcpy(reasons, because->reasons, because->count * sizeof *reasons);
    for (size_t i = 0; i < because->count; i++)
        reasons[i].anchor_event = pfh__view_keep(view, reasons[i].anchor_event);
    return reasons;
}

/* ---- Anchors ------------------------------------------------------------------------------ */

typedef struct anchor {
    pfh_anchor is;
    const pfh_event *event; /* of PFH_ANCHOR_EVENT */
    pfh_event_date which;   /* of its dates */
    pfh_date date;          /* PFH_NONE: there is none yet */
    pfh_waiting waiting_for;
    bool estimated;
    int32_t months; /* to `about`, where it is not the row's own number */
} anchor;

static anchor from_diagnosis(const pfh_view *view, bool informed)
{
    const pfh_diagnosis *diagnosis = view->diagnosis;

    if (informed && diagnosis->informed != PFH_NONE)
        return (anchor){.is = PFH_ANCHOR_DIAGNOSIS_INFORMED, .date = diagnosis->informed};
    return (anchor){.is = PFH_ANCHOR_DIAGNOSIS_DATE, .date = diagnosis->date};
}

static anchor from_event(const pfh_event *event, pfh_event_date which)
{
    return (anchor){.is = PFH_ANCHOR_EVENT,
                    .event = event,
                    .which = which,
                    .date = pfh__event_date(event, which)};
}

/* The representative performance of point 3; until there is one, what stands for it. */
static anchor from_point_3(const pfh_view *view, int32_t point)
{
    enum { MONTHS_FROM_POINT_4_TO_5 = 9 }; /* ours: 12 months after point 3 less 3 */
    const pfh_course *third = &view->course[3], *fourth = &view->course[4];
    pfh_state state = view->plan->points[3].state;
    anchor result;

    if (third->chosen != NULL)
        return (anchor){.is = PFH_ANCHOR_POINT_3, .date = third->chosen->event->date};
    if (point == 5 && fourth->chosen != NULL) {
        result = from_event(fourth->chosen->event, PFH_ITS_DATE);
        result.months = MONTHS_FROM_POINT_4_TO_5;
    } else if (state == PFH_STATE_SCHEDULED || state == PFH_STATE_UNCONFIRMED) {
        result = from_event(third->appointment, PFH_ITS_START);
        result.estimated = true;
    } else {
        result = (anchor){.date = PFH_NONE, .waiting_for = PFH_WAITING_POINT_3};
    }
    return result;
}

static anchor find_anchor(const pfh_view *view, const pfh_rule *rule)
{
    switch (rule->anchor) {
    case PFH_FROM_INFORMED:
        return from_diagnosis(view, true);
    case PFH_FROM_DIAGNOSIS:
        return from_diagnosis(view, false);
    case PFH_FROM_DECISION:
        return view->decision == NULL ? from_diagnosis(view, true)
                                      : from_event(view->decision, PFH_ITS_DATE);
    case PFH_FROM_TREATMENT:
        if (view->treatment != NULL)
            return from_event(view->treatment, PFH_ITS_DATE);
        return (anchor){.date = PFH_NONE, .waiting_for = PFH_WAITING_TREATMENT_STARTED};
    case PFH_FROM_POINT_3:
        break;
    }
    return from_point_3(view, rule->row.point);
}

/* ---- Windows ------------------------------------------------------------------------------ */

static pfh_date add(pfh_because *because, pfh_dated is, const anchor *from, int32_t months,
                    int32_t days, const char *rule, const char *source)
{
    if (from->is == PFH_ANCHOR_EVENT)
        return pfh__because_event(because, is, from->event, from->which, months, days, rule,
                                  source);
    return pfh__because(because, is, from->is, from->date, months, days, rule, source);
}

/* The reasons are made in the order of the keys: opens, about, closes.  Where the ends are counted
 * from the middle, the middle is computed first and its reason moved to its place. */
static void open_relative(pfh_point *row, pfh_because *because, const pfh_rule *rule,
                          const anchor *from)
{
    const pfh_point_rule *r = &rule->row;
    int32_t months = from->months != 0 ? from->months : r->about_months;
    anchor middle = {.is = PFH_ANCHOR_ABOUT};
    pfh_because about = {.count = 0};

    row->about = add(&about, PFH_DATED_ABOUT, from, months, r->about_days, rule->about_rule,
                     from->months != 0 ? PFH_SOURCE_OURS : rule->about_source);
    middle.date = row->about;
    row->opens = add(because, PFH_DATED_OPENS, &middle, r->opens_months, r->opens_days,
                     rule->opens_rule, rule->opens_source);
    because->reasons[because->count++] = about.reasons[0];
    row->closes = add(because, PFH_DATED_CLOSES, &middle, r->closes_months, r->closes_days,
                      rule->closes_rule, rule->closes_source);
}

static void open_window(pfh_point *row, pfh_because *because, const pfh_rule *rule,
                        const anchor *from)
{
    const pfh_point_rule *r = &rule->row;

    if (r->relative) {
        open_relative(row, because, rule, from);
        return;
    }
    if (r->has_opens)
        row->opens = add(because, PFH_DATED_OPENS, from, r->opens_months, r->opens_days,
                         rule->opens_rule, rule->opens_source);
    if (r->has_about)
        row->about = add(because, PFH_DATED_ABOUT, from, r->about_months, r->about_days,
                         rule->about_rule, rule->about_source);
    if (r->has_closes)
        row->closes = add(because, PFH_DATED_CLOSES, from, r->closes_months, r->closes_days,
                          rule->closes_rule, rule->closes_source);
}

static bool is_inside(const pfh_point *row, pfh_date date)
{
    return row->opens != PFH_NONE && date >= row->opens &&
           (row->closes == PFH_NONE || date <= row->closes);
}

/* The first performance inside the window, else the first one. */
static const pfh_performance *choose_performance(const pfh_view *view, int32_t point)
{
    const pfh_point *row = &view->plan->points[point];

    for (size_t i = 0; view->course[point].performed_count > 0 && i < view->performed_count; i++)
        if (view->performed[i].point == point && is_inside(row, view->performed[i].event->date))
            return &view->performed[i];
    return view->course[point].first;
}

void pfh__windows_derive(pfh_view *view)
{
    for (int32_t i = 1; i <= view->edition->point_count; i++) {
        const pfh_rule *rule = pfh__rule(view->edition, i);
        pfh_point *row = &view->plan->points[i];
        anchor from = find_anchor(view, rule);

        view->because[i].count = 0;
        row->opens = row->about = row->closes = PFH_NONE;
        row->estimated = from.estimated;
        row->waiting_for = from.waiting_for;
        if (from.date != PFH_NONE)
            open_window(row, &view->because[i], rule, &from);
        view->course[i].chosen = choose_performance(view, i);
    }
}
