/*
 * plan/finding.c -- what is coded wrongly, and what does not fit together.  The rules:
 * doc/rules.md.
 */
#include "plan/plan.h"

#include <stdlib.h>

#define TYPE(type) (1u << PFH_EVENT_##type)

static const pfh_severity severities[] = {
    [PFH_FINDING_WMFG10_MISSING] = PFH_SEVERITY_WARNING, /* an error once its task is late */
    [PFH_FINDING_WMFG10_NOT_PERFORMED] = PFH_SEVERITY_ERROR,
    [PFH_FINDING_WMFG10_MUNICIPAL] = PFH_SEVERITY_ERROR,
    [PFH_FINDING_WMFG10_DUPLICATE] = PFH_SEVERITY_ERROR,
    [PFH_FINDING_WMFG10_DATE] = PFH_SEVERITY_WARNING,
    [PFH_FINDING_CODE_UNKNOWN] = PFH_SEVERITY_WARNING,
    [PFH_FINDING_EVENT_BEFORE_DIAGNOSIS] = PFH_SEVERITY_WARNING,
    [PFH_FINDING_EVENT_AFTER_END] = PFH_SEVERITY_WARNING,
    [PFH_FINDING_ANCHOR_MISSING] = PFH_SEVERITY_WARNING,
    [PFH_FINDING_POINT_ORDER] = PFH_SEVERITY_WARNING,
    [PFH_FINDING_PERFORMED_AFTER_DECLINE] = PFH_SEVERITY_INFO,
    [PFH_FINDING_ASSESSMENT_MISSING] = PFH_SEVERITY_INFO,
    [PFH_FINDING_ASSESSMENT_DISTRESS] = PFH_SEVERITY_INFO,
    [PFH_FINDING_TOPIC_NOT_IN_EDITION] = PFH_SEVERITY_INFO,
    [PFH_FINDING_NEED_NO_RESPONSIBLE] = PFH_SEVERITY_WARNING,
    [PFH_FINDING_MESSAGE_NO_AGREEMENT] = PFH_SEVERITY_WARNING,
};

/* ---- Collecting --------------------------------------------------------------------------- */

static bool make_room(pfh_view *view)
{
    pfh_plan *plan = view->plan;
    size_t room = plan->finding_room == 0 ? 8 : plan->finding_room * 2;
    pfh_finding *findings;

    if (plan->finding_count < plan->finding_room)
        return true;
    findings = pfh__view_alloc(view, room, sizeof *findings);
    if (findings == NULL)
        return false;
    if (plan->finding_count > 0)
        memcpy(findings, plan->findings, plan->finding_count * sizeof *findings);
    plan->findings = findings;
    plan->finding_room = room;
    return true;
}

static pfh_finding *found(pfh_view *view, pfh_finding_kind kind, int32_t point,
                          const pfh_event *event)
{
    pfh_finding *finding;

    if (!make_room(view))
        return NULL;
    finding = &view->plan->findings[view->plan->finding_count++];
    finding->kind = kind;
    finding->severity = severities[kind];
    finding->point = point;
    finding->event = event == NULL ? NULL : pfh__view_keep(view, event->id);
    return finding;
}

/* ---- Codes -------------------------------------------------------------------------------- */

static void missing_codes(pfh_view *view)
{
    for (size_t i = 0; i < view->performed_count; i++) {
        const pfh_performance *row = &view->performed[i];
        pfh_finding *finding;

        if (row->level != PFH_LEVEL_SPECIALIST || row->code != NULL)
            continue;
        finding = found(view, PFH_FINDING_WMFG10_MISSING, row->point, row->event);
        if (finding != NULL && row->code_late)
            finding->severity = PFH_SEVERITY_ERROR;
    }
}

static bool has_specialist(const pfh_view *view, int32_t point)
{
    for (size_t i = 0; i < view->performed_count; i++)
        if (view->performed[i].point == point && view->performed[i].level == PFH_LEVEL_SPECIALIST)
            return true;
    return false;
}

/* What is wrong with a WMFG10, or 0. */
static pfh_finding_kind wrong_code(const pfh_view *view, const pfh_coded *coded,
                                   const bool specialist[])
{
    if (coded->taken)
        return coded->other_date ? PFH_FINDING_WMFG10_DATE : (pfh_finding_kind)0;
    if (view->course[coded->point].performed_count == 0)
        return PFH_FINDING_WMFG10_NOT_PERFORMED;
    return specialist[coded->point] ? PFH_FINDING_WMFG10_DUPLICATE : PFH_FINDING_WMFG10_MUNICIPAL;
}

static void codes(pfh_view *view)
{
    bool specialist[PFH_MAX_POINTS + 1] = {false};

    for (int32_t i = 1; view->coded_count > 0 && i <= view->edition->point_count; i++)
        specialist[i] = has_specialist(view, i);
    for (size_t i = 0; i < view->coded_count; i++) {
        const pfh_coded *coded = &view->coded[i];
        pfh_finding_kind kind = (pfh_finding_kind)0;

        if (coded->event->is_wmfg10)
            kind = wrong_code(view, coded, specialist);
        else if (!pfh__policy_knows_code(view->policy, coded->event->code))
            kind = PFH_FINDING_CODE_UNKNOWN;
        if (kind != 0)
            found(view, kind, coded->point, coded->event);
    }
}

/* ---- Dates -------------------------------------------------------------------------------- */

/* Events come by date, so the first `ended` since the last `reopened` is the one to compare with.
 */
static void dates(pfh_view *view)
{
    const uint32_t any_time = TYPE(CORRECTED) | TYPE(WITHHELD);
    const uint32_t after_end =
        any_time | TYPE(REOPENED) | TYPE(CODED) | TYPE(MESSAGE) | TYPE(RECEIPT) | TYPE(FOLLOWED_UP);
    const pfh_event *ended = NULL;

    for (size_t i = 0; i < view->event_count; i++) {
        const pfh_event *event = view->events[i];
        uint32_t type = 1u << event->type;

        if ((type & any_time) == 0 && event->date < view->diagnosis->date)
            found(view, PFH_FINDING_EVENT_BEFORE_DIAGNOSIS, pfh__point_of(view, event), event);
        if ((type & after_end) == 0 && ended != NULL && event->date > ended->date)
            found(view, PFH_FINDING_EVENT_AFTER_END, pfh__point_of(view, event), event);
        if (event->type == PFH_EVENT_REOPENED)
            ended = NULL;
        else if (event->type == PFH_EVENT_ENDED && ended == NULL)
            ended = event;
    }
}

static void missing_anchor(pfh_view *view)
{
    const pfh_plan *plan = view->plan;

    if (plan->status != PFH_PLAN_ACTIVE ||
        view->as_of <= view->diagnosis->date + view->policy->anchor_days)
        return;
    for (int32_t i = 1; i <= view->edition->point_count; i++) {
        if (plan->points[i].waiting_for != PFH_WAITING_TREATMENT_STARTED ||
            view->course[i].chosen != NULL)
            continue;
        found(view, PFH_FINDING_ANCHOR_MISSING, i, NULL);
        return;
    }
}

static void point_order(pfh_view *view)
{
    pfh_date latest = PFH_NONE; /* of the points with a lower number */

    for (int32_t i = 1; i <= view->edition->point_count; i++) {
        const pfh_performance *chosen = view->course[i].chosen;

        if (chosen == NULL)
            continue;
        if (chosen->event->date < latest)
            found(view, PFH_FINDING_POINT_ORDER, i, chosen->event);
        else
            latest = chosen->event->date;
    }
}

/* ---- Performances and messages ------------------------------------------------------------ */

static void after_decline(pfh_view *view)
{
    for (int32_t i = 1; i <= view->edition->point_count; i++)
        if (view->course[i].first != NULL && view->course[i].answer == PFH_EVENT_DECLINED)
            found(view, PFH_FINDING_PERFORMED_AFTER_DECLINE, i, view->course[i].first->event);
}

static bool has_foreign_topic(const pfh_view *view, const pfh_event *event)
{
    for (int32_t i = 0; event->topics >> i != 0; i++)
        if ((event->topics & 1u << i) != 0 && !pfh__topic_in(view->edition, i))
            return true;
    return false;
}

static void assessments(pfh_view *view)
{
    for (size_t i = 0; i < view->performed_count; i++) {
        const pfh_performance *row = &view->performed[i];
        const pfh_event *event = row->event;

        if (event->assessment == NULL) {
            found(view, PFH_FINDING_ASSESSMENT_MISSING, row->point, event);
            continue;
        }
        if (event->assessment->distress >= view->policy->distress_threshold)
            found(view, PFH_FINDING_ASSESSMENT_DISTRESS, row->point, event);
        if (has_foreign_topic(view, event))
            found(view, PFH_FINDING_TOPIC_NOT_IN_EDITION, row->point, event);
        if (event->has_unowned)
            found(view, PFH_FINDING_NEED_NO_RESPONSIBLE, row->point, event);
    }
}

static void messages(pfh_view *view)
{
    if (view->policy->municipality_messages != 0)
        return;
    for (size_t i = 0; i < view->sent_count; i++)
        if (view->sent[i].event->to == PFH_RECIPIENT_MUNICIPALITY)
            found(view, PFH_FINDING_MESSAGE_NO_AGREEMENT, view->sent[i].point, view->sent[i].event);
}

/* ---- All of them -------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const pfh_finding *x = a, *y = b;

    if (x->point != y->point)
        return x->point < y->point ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->event == NULL || y->event == NULL)
        return (x->event != NULL) - (y->event != NULL);
    return strcmp(x->event, y->event);
}

static void sort(pfh_finding *findings, size_t count)
{
    enum { FEW = 24 };

    if (count > FEW) {
        qsort(findings, count, sizeof *findings, compare);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        pfh_finding finding = findings[i];
        size_t place = i;

        for (; place > 0 && compare(&findings[place - 1], &finding) > 0; place--)
            findings[place] = findings[place - 1];
        findings[place] = finding;
    }
}

void pfh__findings_derive(pfh_view *view)
{
    missing_codes(view);
    codes(view);
    dates(view);
    missing_anchor(view);
    point_order(view);
    after_decline(view);
    assessments(view);
    messages(view);
    if (!view->failed)
        sort(view->plan->findings, view->plan->finding_count);
}
