/*
 * plan/view.c -- what counts on the day, and what was said at each point; which code belongs
 * to which performance; whether the pathway runs.  The rules: doc/rules.md.
 *
 * Events come in order, so one pass tells the courses of all points.  What names another event
 * (receipts, followed_up) may stand before it, and is read in a second pass.
 */
#include "plan/plan.h"

void *pfh__view_alloc(pfh_view *view, size_t count, size_t size)
{
    void *memory = view->failed ? NULL : pfh__arena_alloc(&view->plan->arena, count * size);

    if (memory == NULL)
        view->failed = true;
    return memory;
}

const char *pfh__view_keep(pfh_view *view, const char *text)
{
    const char *copy = text == NULL || view->failed
                           ? NULL
                           : pfh__arena_text(&view->plan->arena, text, strlen(text));

    if (text != NULL && copy == NULL)
        view->failed = true;
    return copy;
}

int32_t pfh__point_of(const pfh_view *view, const pfh_event *event)
{
    return event->point == PFH_NONE ? 0 : view->onto[event->point];
}

/* ---- What counts -------------------------------------------------------------------------- */

static bool known(const pfh_view *view, const pfh_event *event)
{
    return view->known_at == NULL || event->recorded.text == NULL ||
           pfh__timestamp_compare(&event->recorded, view->known_at) <= 0;
}

static bool is_void(const pfh_view *view, const pfh_event *event)
{
    return event->correction != NULL && known(view, event->correction);
}

/* Of a plan for others: what is private is as if it were not there.  (What a private `corrected`
 * names is void all the same.) */
static bool is_kept_back(const pfh_view *view, const pfh_event *event)
{
    return view->open && event->is_private == 1;
}

/* Chooses the events that count; returns how many there are of a type in counts[type]. */
static void choose(pfh_view *view, size_t counts[])
{
    const pfh_pathway *pathway = view->pathway;

    view->events = pfh__view_alloc(view, pathway->count, sizeof(const pfh_event *));
    for (size_t i = 0; !view->failed && i < pathway->count; i++) {
        const pfh_event *event = pathway->events[i];

        if (event->date > view->as_of)
            break;
        if (is_void(view, event) || !known(view, event) || is_kept_back(view, event))
            continue;
        view->events[view->event_count++] = event;
        counts[event->type]++;
    }
}

/* ---- The course of a point ---------------------------------------------------------------- */

static void set_state(pfh_course *course, pfh_state state, const pfh_event *event)
{
    if (course->state == PFH_STATE_PERFORMED)
        return;
    course->state = state;
    course->set_by = event;
}

/* An offer or a yes does not undo an appointment that is still to come. */
static bool is_booked(const pfh_course *course, const pfh_event *event)
{
    return course->state == PFH_STATE_SCHEDULED && event->date <= course->appointment->start.date;
}

static void answered(pfh_course *course, const pfh_event *event)
{
    if (course->performed_count == 0)
        course->answer = (pfh_event_type)event->type;
}

/* Who performed: as the event says, else who had the point by then. */
static pfh_level level_of(const pfh_view *view, const pfh_course *course, const pfh_event *event,
                          int32_t point)
{
    if (event->level != 0)
        return (pfh_level)event->level;
    return course->assigned != NULL ? (pfh_level)course->assigned->level
                                    : pfh_edition_point(view->edition, point)->level;
}

static void performed(pfh_view *view, pfh_course *course, const pfh_event *event, int32_t point)
{
    pfh_performance *row = &view->performed[view->performed_count++];

    *row = (pfh_performance){
        .event = event,
        .point = point,
        .level = level_of(view, course, event, point),
    };
    if (course->performed_count++ == 0)
        course->first = row;
    set_state(course, PFH_STATE_PERFORMED, event);
}

static void read_at_point(pfh_view *view, const pfh_event *event, int32_t point)
{
    pfh_course *course = &view->course[point];

    switch ((pfh_event_type)event->type) {
    case PFH_EVENT_OFFERED:
        if (!is_booked(course, event))
            set_state(course, PFH_STATE_OFFERED, event);
        break;
    case PFH_EVENT_ACCEPTED:
        answered(course, event);
        if (!is_booked(course, event))
            set_state(course, PFH_STATE_ACCEPTED, event);
        break;
    case PFH_EVENT_DECLINED:
        answered(course, event);
        set_state(course, PFH_STATE_DECLINED, event);
        break;
    case PFH_EVENT_DEFERRED:
        set_state(course, PFH_STATE_DEFERRED, event);
        break;
    case PFH_EVENT_SCHEDULED:
        if (course->state != PFH_STATE_PERFORMED)
            course->appointment = event;
        set_state(course, PFH_STATE_SCHEDULED, event);
        break;
    case PFH_EVENT_CANCELLED:
        if (course->state == PFH_STATE_SCHEDULED)
            set_state(course, PFH_STATE_ACCEPTED, event);
        break;
    case PFH_EVENT_EXCLUDED:
        set_state(course, PFH_STATE_EXCLUDED, event);
        break;
    case PFH_EVENT_PERFORMED:
        performed(view, course, event, point);
        break;
    case PFH_EVENT_ASSIGNED:
        course->assigned = event;
        break;
    case PFH_EVENT_FORM_SENT:
        course->form_sent = true;
        break;
    case PFH_EVENT_CODED:
        view->coded[view->coded_count++] = (pfh_coded){.event = event, .point = point};
        break;
    case PFH_EVENT_MESSAGE: /* see read_event(): it needs no point */
    case PFH_EVENT_MOVED:
    case PFH_EVENT_CLINICAL_DECISION:
    case PFH_EVENT_TREATMENT_STARTED:
    case PFH_EVENT_RECEIPT:
    case PFH_EVENT_FOLLOWED_UP:
    case PFH_EVENT_ENDED:
    case PFH_EVENT_REOPENED:
    case PFH_EVENT_CORRECTED:
    case PFH_EVENT_WITHHELD:
    case pfh_event_type_force_int32:
        break;
    }
}

static void read_without_point(pfh_view *view, const pfh_event *event)
{
    if (event->type == PFH_EVENT_MOVED)
        view->moved = event;
    else if (event->type == PFH_EVENT_CLINICAL_DECISION)
        view->decision = view->decision == NULL ? event : view->decision;
    else if (event->type == PFH_EVENT_TREATMENT_STARTED)
        view->treatment = view->treatment == NULL ? event : view->treatment;
    else if (event->type == PFH_EVENT_EXCLUDED || event->type == PFH_EVENT_ENDED ||
             event->type == PFH_EVENT_REOPENED)
        view->closing = event;
}

static void read_event(pfh_view *view, const pfh_event *event)
{
    int32_t point = pfh__point_of(view, event);

    if (event->type == PFH_EVENT_MESSAGE)
        view->sent[view->sent_count++] = (pfh_sent){.event = event, .point = point};
    else if (point != 0)
        read_at_point(view, event, point);
    else
        read_without_point(view, event);
}

/* ---- What names another event ------------------------------------------------------------- */

/* Finds the row of an event among rows in order that begin with their event; NULL where the event
 * does not count. */
static void *find_row(void *rows, size_t count, size_t size, const pfh_event *event)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        void *row = (char *)rows + middle * size;
        int order = pfh__event_compare(*(const pfh_event **)row, event);

        if (order == 0)
            return row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void read_references(pfh_view *view)
{
    for (size_t i = 0; i < view->event_count; i++) {
        const pfh_event *event = view->events[i];

        if (event->type == PFH_EVENT_RECEIPT) {
            pfh_sent *sent = find_row(view->sent, view->sent_count, sizeof *sent, event->target);
            if (sent != NULL)
                sent->receipt = event;
        } else if (event->type == PFH_EVENT_FOLLOWED_UP) {
            pfh_performance *row =
                find_row(view->performed, view->performed_count, sizeof *row, event->target);
            if (row != NULL)
                row->followed_up = event;
        }
    }
}

/* ---- Which performance took which code ---------------------------------------------------- */

static bool wants_code(const pfh_performance *row, int32_t point)
{
    return row->point == point && row->level == PFH_LEVEL_SPECIALIST && row->code == NULL;
}

static bool is_free(const pfh_coded *coded, int32_t point)
{
    return coded->point == point && coded->event->is_wmfg10 && !coded->taken;
}

static void take(pfh_performance *row, pfh_coded *coded)
{
    row->code = coded->event;
    coded->taken = true;
    coded->other_date = coded->event->date != row->event->date;
}

/* Both lists are in order, so each is gone through once; with `same_date`, a code that is passed
 * over is of a date that no later performance has. */
static void match_codes(pfh_view *view, int32_t point, bool same_date)
{
    size_t next = 0;

    for (size_t i = 0; i < view->performed_count; i++) {
        pfh_performance *row = &view->performed[i];

        if (!wants_code(row, point))
            continue;
        while (next < view->coded_count &&
               (!is_free(&view->coded[next], point) ||
                (same_date && view->coded[next].event->date < row->event->date)))
            next++;
        if (next == view->coded_count)
            return;
        if (!same_date || view->coded[next].event->date == row->event->date)
            take(row, &view->coded[next]);
    }
}

/* ---- The whole view ----------------------------------------------------------------------- */

void pfh__view_read(pfh_view *view)
{
    size_t counts[32] = {0};

    choose(view, counts);
    view->performed = pfh__view_alloc(view, counts[PFH_EVENT_PERFORMED], sizeof *view->performed);
    view->coded = pfh__view_alloc(view, counts[PFH_EVENT_CODED], sizeof *view->coded);
    view->sent = pfh__view_alloc(view, counts[PFH_EVENT_MESSAGE], sizeof *view->sent);
    if (view->failed)
        return;
    for (int32_t i = 1; i <= view->edition->point_count; i++)
        view->course[i].state = PFH_STATE_NONE;
    for (size_t i = 0; i < view->event_count; i++)
        read_event(view, view->events[i]);
    if (counts[PFH_EVENT_RECEIPT] + counts[PFH_EVENT_FOLLOWED_UP] > 0)
        read_references(view);
    for (int32_t i = 1; counts[PFH_EVENT_CODED] > 0 && i <= view->edition->point_count; i++) {
        match_codes(view, i, true);
        match_codes(view, i, false);
    }
}

static void set_status(pfh_plan *plan, pfh_plan_state status, int32_t cause)
{
    plan->status = status;
    plan->cause = (pfh_cause)cause;
}

void pfh__view_status(pfh_view *view)
{
    pfh_date start = view->pathway->edition->effective;

    if (view->policy->start_date != PFH_NONE && view->policy->start_date > start)
        start = view->policy->start_date;
    if (!view->pathway->is_cancer)
        set_status(view->plan, PFH_PLAN_NOT_INCLUDED, PFH_REASON_NOT_CANCER);
    else if (view->diagnosis->date < start)
        set_status(view->plan, PFH_PLAN_NOT_INCLUDED, PFH_REASON_BEFORE_START);
    else if (view->closing == NULL || view->closing->type == PFH_EVENT_REOPENED)
        set_status(view->plan, PFH_PLAN_ACTIVE, 0);
    else if (view->closing->type == PFH_EVENT_ENDED)
        set_status(view->plan, PFH_PLAN_ENDED, view->closing->reason);
    else
        set_status(view->plan, PFH_PLAN_EXCLUDED, view->closing->reason);
}
