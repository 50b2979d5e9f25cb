/*
 * plan/task.c -- what to do next, by when and by whom.  The rules: doc/rules.md.
 *
 * Each kind of task is a short function that says when it is due, by making the reasons of its two
 * dates; moving to working days, who has it, its id and its state are the same for all.
 */
#include "plan/plan.h"

#include <stdlib.h>

/* What a kind of task does on a day that is no working day. */
typedef enum shift {
    STAYS,
    FORWARD, /* from and due, to the first working day on or after */
    BACK     /* due, to the last working day on or before, or to from */
} shift;

static const shift shifts[] = {
    [PFH_TASK_OFFER] = BACK,
    [PFH_TASK_FOLLOW_UP_OFFER] = FORWARD,
    [PFH_TASK_ASK_AGAIN] = FORWARD,
    [PFH_TASK_BOOK] = BACK,
    [PFH_TASK_SEND_FORM] = BACK,
    [PFH_TASK_HOLD] = STAYS,
    [PFH_TASK_CONFIRM] = FORWARD,
    [PFH_TASK_WINDOW_CLOSING] = STAYS,
    [PFH_TASK_REGISTER_CODE] = BACK,
    [PFH_TASK_SEND_SUMMARY] = BACK,
    [PFH_TASK_NOTIFY_MUNICIPALITY] = BACK,
    [PFH_TASK_FOLLOW_UP_MESSAGE] = FORWARD,
    [PFH_TASK_ASSESS_FURTHER] = BACK,
    [PFH_TASK_FOLLOW_UP_NEEDS] = BACK,
};

/* A task that is being made. */
typedef struct draft {
    pfh_task task;
    const pfh_event *names; /* the event in the task's id, or NULL */
    pfh_because from, due;
} draft;

/* ---- Dates -------------------------------------------------------------------------------- */

static draft begin(pfh_task_kind kind, int32_t point)
{
    draft d;

    memset(&d.task, 0, sizeof d.task);
    d.task.kind = kind;
    d.task.point = point;
    d.names = NULL;
    d.from.count = d.due.count = 0;
    return d;
}

/* From a date of the point's row: opens, closes, since. */
static void from_row(draft *d, pfh_anchor anchor, pfh_date date, int32_t days, const char *rule)
{
    d->task.from = pfh__because(&d->from, PFH_DATED_FROM, anchor, date, 0, days, rule,
                                rule == NULL ? NULL : PFH_SOURCE_OURS);
}

static void due_row(draft *d, pfh_anchor anchor, pfh_date date, int32_t days, const char *rule)
{
    d->task.due = pfh__because(&d->due, PFH_DATED_DUE, anchor, date, 0, days, rule,
                               rule == NULL ? NULL : PFH_SOURCE_OURS);
}

/* From an event, or its appointment. */
static void from_event(draft *d, const pfh_event *event, pfh_event_date which, int32_t days,
                       const char *rule)
{
    d->task.from = pfh__because_event(&d->from, PFH_DATED_FROM, event, which, 0, days, rule,
                                      rule == NULL ? NULL : PFH_SOURCE_OURS);
}

static void due_event(draft *d, const pfh_event *event, pfh_event_date which, int32_t days,
                      const char *rule)
{
    d->task.due = pfh__because_event(&d->due, PFH_DATED_DUE, event, which, 0, days, rule,
                                     rule == NULL ? NULL : PFH_SOURCE_OURS);
}

/* From and due on one and the same day, some days after an event. */
static void both_event(draft *d, const pfh_event *event, pfh_event_date which, int32_t days,
                       const char *rule)
{
    from_event(d, event, which, days, rule);
    due_event(d, event, which, days, rule);
}

/* Due some days after an event from which the task is there. */
static void within_days(draft *d, const pfh_event *event, int32_t days, const char *rule)
{
    from_event(d, event, PFH_ITS_DATE, 0, NULL);
    due_event(d, event, PFH_ITS_DATE, days, rule);
}

/* ---- The same for all kinds --------------------------------------------------------------- */

static void not_before_from(draft *d)
{
    if (d->task.due >= d->task.from)
        return;
    d->due.count = 0;
    due_row(d, PFH_ANCHOR_FROM, d->task.from, 0, NULL);
}

static void move(pfh_because *because, pfh_dated is, pfh_anchor anchor, pfh_date *date, pfh_date to)
{
    if (to != *date)
        *date =
            pfh__because(because, is, anchor, *date, 0, to - *date, "working_day", PFH_SOURCE_OURS);
}

static void shift_dates(const pfh_view *view, draft *d)
{
    pfh_task *task = &d->task;
    pfh_date back;

    if (view->policy->shift == PFH_SHIFT_NONE || shifts[task->kind] == STAYS)
        return;
    if (shifts[task->kind] == FORWARD) {
        move(&d->from, PFH_DATED_FROM, PFH_ANCHOR_FROM, &task->from,
             pfh__date_working_on_or_after(task->from));
        move(&d->due, PFH_DATED_DUE, PFH_ANCHOR_DUE, &task->due,
             pfh__date_working_on_or_after(task->due));
        return;
    }
    back = pfh__date_working_on_or_before(task->due);
    move(&d->due, PFH_DATED_DUE, PFH_ANCHOR_DUE, &task->due, back < task->from ? task->from : back);
}

/* "2.offer", "1.register_code.e7"; the event is the tail of it. */
static void set_id(pfh_view *view, draft *d)
{
    const char *kind = pfh_word(PFH_WORDS_TASK, (int32_t)d->task.kind);
    size_t kind_size = strlen(kind), event_size = d->names == NULL ? 0 : strlen(d->names->id) + 1;
    char *id = pfh__view_alloc(view, 2 + kind_size + event_size + 1, 1);

    if (id == NULL)
        return;
    id[0] = (char)('0' + d->task.point);
    id[1] = '.';
    memcpy(id + 2, kind, kind_size + 1);
    if (d->names != NULL) {
        id[2 + kind_size] = '.';
        memcpy(id + 2 + kind_size + 1, d->names->id, event_size);
        d->task.event = id + 2 + kind_size + 1;
    }
    d->task.id = id;
}

static void set_responsible(const pfh_view *view, draft *d)
{
    const pfh_point *row = &view->plan->points[d->task.point];

    if (d->task.point == 0)
        return;
    if (d->task.level == 0)
        d->task.level = row->level;
    if (d->task.level == row->level) {
        d->task.unit = row->unit;
        d->task.role = row->role;
    }
}

static void set_reasons(pfh_view *view, draft *d)
{
    pfh_because all = d->from;

    memcpy(all.reasons + all.count, d->due.reasons, d->due.count * sizeof(pfh_reason));
    all.count += d->due.count;
    d->task.reasons = pfh__because_keep(view, &all);
    d->task.reason_count = all.count;
}

static bool make_room(pfh_view *view)
{
    pfh_plan *plan = view->plan;
    size_t room = plan->task_room == 0 ? 16 : plan->task_room * 2;
    pfh_task *tasks;

    if (plan->task_count < plan->task_room)
        return true;
    tasks = pfh__view_alloc(view, room, sizeof *tasks);
    if (tasks == NULL)
        return false;
    if (plan->task_count > 0)
        memcpy(tasks, plan->tasks, plan->task_count * sizeof *tasks);
    plan->tasks = tasks;
    plan->task_room = room;
    return true;
}

static pfh_task_state state_of(const pfh_task *task, pfh_date as_of)
{
    return as_of < task->from  ? PFH_TASK_WAITING
           : as_of > task->due ? PFH_TASK_LATE
                               : PFH_TASK_ACTIVE;
}

/* Finishes a task and puts it into the plan. */
static pfh_task_state finish(pfh_view *view, draft *d)
{
    not_before_from(d);
    shift_dates(view, d);
    d->task.state = state_of(&d->task, view->as_of);
    set_responsible(view, d);
    set_id(view, d);
    set_reasons(view, d);
    if (make_room(view))
        view->plan->tasks[view->plan->task_count++] = d->task;
    return d->task.state;
}

/* ---- Before the conversation -------------------------------------------------------------- */

static void offer_specialist(const pfh_view *view, draft *d, const pfh_point *row,
                             const pfh_event *assigned)
{
    if (assigned != NULL && assigned->date > row->opens) {
        from_event(d, assigned, PFH_ITS_DATE, 0, NULL);
        due_event(d, assigned, PFH_ITS_DATE, view->policy->first_offer_days,
                  "policy/first_offer_days");
    } else {
        from_row(d, PFH_ANCHOR_OPENS, row->opens, 0, NULL);
        due_row(d, PFH_ANCHOR_OPENS, row->opens, view->policy->first_offer_days,
                "policy/first_offer_days");
    }
}

static void offer_municipality(const pfh_view *view, draft *d, const pfh_point *row,
                               const pfh_event *assigned)
{
    const pfh_policy_keys *policy = view->policy;
    pfh_date from = row->opens - policy->offer_lead_days;

    if (assigned != NULL && assigned->date > from && assigned->date > view->diagnosis->date)
        from_event(d, assigned, PFH_ITS_DATE, 0, NULL);
    else if (view->diagnosis->date > from)
        from_row(d, PFH_ANCHOR_DIAGNOSIS_DATE, view->diagnosis->date, 0, NULL);
    else
        from_row(d, PFH_ANCHOR_OPENS, row->opens, -policy->offer_lead_days,
                 "policy/offer_lead_days");
    if (assigned != NULL && assigned->date + policy->first_offer_days > row->opens)
        due_event(d, assigned, PFH_ITS_DATE, policy->first_offer_days, "policy/first_offer_days");
    else
        due_row(d, PFH_ANCHOR_OPENS, row->opens, 0, NULL);
}

static void offer(pfh_view *view, const pfh_point *row, const pfh_course *course)
{
    draft d = begin(PFH_TASK_OFFER, row->point);

    if (row->opens == PFH_NONE)
        return;
    if (course->level == PFH_LEVEL_SPECIALIST)
        offer_specialist(view, &d, row, course->assigned);
    else
        offer_municipality(view, &d, row, course->assigned);
    finish(view, &d);
}

static void follow_up_offer(pfh_view *view, const pfh_point *row, const pfh_course *course)
{
    draft d = begin(PFH_TASK_FOLLOW_UP_OFFER, row->point);

    both_event(&d, course->set_by, PFH_ITS_DATE, view->policy->no_answer_days,
               "policy/no_answer_days");
    finish(view, &d);
}

/* Left out where the next point opens by then: the question is asked there. */
static void ask_again(pfh_view *view, const pfh_point *row, const pfh_course *course)
{
    const pfh_event *event = course->set_by;
    draft d = begin(PFH_TASK_ASK_AGAIN, row->point);

    if (row->state == PFH_STATE_DEFERRED)
        both_event(&d, event, PFH_ITS_UNTIL, 0, NULL);
    else
        both_event(&d, event, PFH_ITS_DATE, view->policy->ask_again_days, "policy/ask_again_days");
    if (row->point < view->edition->point_count && row[1].opens != PFH_NONE &&
        row[1].opens <= d.task.due)
        return;
    finish(view, &d);
}

static void book(pfh_view *view, const pfh_point *row)
{
    draft d = begin(PFH_TASK_BOOK, row->point);

    from_row(&d, PFH_ANCHOR_SINCE, row->since, 0, NULL);
    if (row->opens != PFH_NONE && row->opens > row->since)
        due_row(&d, PFH_ANCHOR_OPENS, row->opens, view->policy->booking_days,
                "policy/booking_days");
    else
        due_row(&d, PFH_ANCHOR_SINCE, row->since, view->policy->booking_days,
                "policy/booking_days");
    finish(view, &d);
}

static void send_form(pfh_view *view, const pfh_point *row, const pfh_course *course)
{
    const pfh_event *event = course->appointment;
    draft d = begin(PFH_TASK_SEND_FORM, row->point);

    if (course->form_sent)
        return;
    from_event(&d, event, PFH_ITS_DATE, 0, NULL);
    due_event(&d, event, PFH_ITS_START, -view->policy->form_days, "policy/form_days");
    finish(view, &d);
}

static void at_appointment(pfh_view *view, pfh_task_kind kind, const pfh_point *row,
                           const pfh_course *course, int32_t days)
{
    draft d = begin(kind, row->point);

    both_event(&d, course->appointment, PFH_ITS_START, days, NULL);
    finish(view, &d);
}

static void window_closing(pfh_view *view, const pfh_point *row)
{
    draft d = begin(PFH_TASK_WINDOW_CLOSING, row->point);

    if (row->closes == PFH_NONE)
        return;
    from_row(&d, PFH_ANCHOR_CLOSES, row->closes, -view->policy->closing_days,
             "policy/closing_days");
    due_row(&d, PFH_ANCHOR_CLOSES, row->closes, 0, NULL);
    finish(view, &d);
}

/* ---- After the conversation --------------------------------------------------------------- */

/* Whether a message to someone was sent at the point, or without one, on or after a date. */
static bool was_sent(const pfh_view *view, pfh_recipient to, int32_t point, pfh_date date)
{
    for (size_t i = view->sent_count; i-- > 0 && view->sent[i].event->date >= date;)
        if (view->sent[i].event->to == (int32_t)to &&
            (view->sent[i].point == point || view->sent[i].point == 0))
            return true;
    return false;
}

static void send_summary(pfh_view *view, const pfh_point *row, const pfh_performance *chosen)
{
    draft d = begin(PFH_TASK_SEND_SUMMARY, row->point);

    if (was_sent(view, PFH_RECIPIENT_GP, row->point, chosen->event->date))
        return;
    d.task.level = chosen->level;
    within_days(&d, chosen->event, view->policy->summary_days, "policy/summary_days");
    finish(view, &d);
}

static bool later_at_specialist(const pfh_view *view, int32_t point)
{
    for (int32_t i = point + 1; i <= view->edition->point_count; i++)
        if (view->course[i].chosen != NULL && view->course[i].chosen->level == PFH_LEVEL_SPECIALIST)
            return true;
    return false;
}

static void notify_municipality(pfh_view *view, const pfh_point *row, const pfh_performance *chosen)
{
    draft d = begin(PFH_TASK_NOTIFY_MUNICIPALITY, row->point);

    if (chosen->level != PFH_LEVEL_SPECIALIST || later_at_specialist(view, row->point) ||
        was_sent(view, PFH_RECIPIENT_MUNICIPALITY, row->point, chosen->event->date))
        return;
    d.task.level = chosen->level;
    d.task.optional = view->edition->draft && !chosen->event->has_follow_up;
    if (view->policy->municipality_messages == 0)
        d.task.blocked = PFH_BLOCK_NO_AGREEMENT;
    within_days(&d, chosen->event, view->policy->summary_days, "policy/summary_days");
    finish(view, &d);
}

static void register_code(pfh_view *view, pfh_performance *performed)
{
    draft d = begin(PFH_TASK_REGISTER_CODE, performed->point);

    if (performed->level != PFH_LEVEL_SPECIALIST || performed->code != NULL)
        return;
    d.names = performed->event;
    d.task.level = performed->level;
    within_days(&d, performed->event, view->policy->coding_days, "policy/coding_days");
    performed->code_late = finish(view, &d) == PFH_TASK_LATE;
}

static void after_assessment(pfh_view *view, pfh_task_kind kind, const pfh_performance *performed,
                             int32_t days, const char *rule)
{
    draft d = begin(kind, performed->point);

    d.names = performed->event;
    d.task.level = performed->level;
    within_days(&d, performed->event, days, rule);
    finish(view, &d);
}

/* From the last performance to the first: what a later one asked again is not followed up here. */
static void follow_up_assessments(pfh_view *view)
{
    const pfh_policy_keys *policy = view->policy;
    bool distress_later = false, topic_later = false;

    for (size_t i = view->performed_count; i-- > 0;) {
        const pfh_performance *performed = &view->performed[i];
        const pfh_assessment *assessment = performed->event->assessment;
        int32_t distress = assessment == NULL ? PFH_NONE : assessment->distress;

        if (distress >= policy->distress_threshold && !performed->followed_up && !distress_later)
            after_assessment(view, PFH_TASK_ASSESS_FURTHER, performed, policy->assess_days,
                             "policy/assess_days");
        if (performed->event->has_follow_up && !performed->followed_up && !topic_later)
            after_assessment(view, PFH_TASK_FOLLOW_UP_NEEDS, performed, policy->needs_days,
                             "policy/needs_days");
        distress_later |= distress != PFH_NONE;
        topic_later |= performed->event->has_topic;
    }
}

/* ---- Messages ----------------------------------------------------------------------------- */

static bool gets_receipts(const pfh_event *message)
{
    return message->kind <= PFH_MESSAGE_EDI; /* the others are no electronic messages */
}

static void follow_up_message(pfh_view *view, const pfh_sent *sent)
{
    const pfh_event *event = sent->event;
    draft d = begin(PFH_TASK_FOLLOW_UP_MESSAGE, sent->point);
    int32_t days = view->policy->receipt_working_days;

    d.names = event;
    if (sent->receipt == NULL) {
        pfh_date date = pfh_date_add_working_days(event->date, days);
        both_event(&d, event, PFH_ITS_DATE, date - event->date, "policy/receipt_working_days");
        d.from.reasons[0].working_days = d.due.reasons[0].working_days = days;
    } else {
        both_event(&d, sent->receipt, PFH_ITS_DATE, 0, NULL);
    }
    finish(view, &d);
}

/* From the last message to the first: one that was sent again is not followed up. */
static void follow_up_messages(pfh_view *view)
{
    bool later[PFH_RECIPIENT_OTHER + 1][PFH_MAX_POINTS + 1] = {{false}};

    for (size_t i = view->sent_count; i-- > 0;) {
        const pfh_sent *sent = &view->sent[i];
        bool *again = &later[sent->event->to][sent->point];
        bool rejected = sent->receipt != NULL && sent->receipt->status == PFH_RECEIPT_REJECTED;

        if (gets_receipts(sent->event) && !view->plan->points[sent->point].superseded &&
            (sent->receipt == NULL || (rejected && !*again)))
            follow_up_message(view, sent);
        *again = true;
    }
}

/* ---- All of them -------------------------------------------------------------------------- */

static bool may_miss_its_window(pfh_state state)
{
    return state == PFH_STATE_NONE || state == PFH_STATE_OFFERED || state == PFH_STATE_UNANSWERED ||
           state == PFH_STATE_ACCEPTED || state == PFH_STATE_DEFERRED;
}

static void at_point(pfh_view *view, const pfh_point *row, const pfh_course *course)
{
    if (row->state == PFH_STATE_NONE)
        offer(view, row, course);
    if (row->state == PFH_STATE_OFFERED || row->state == PFH_STATE_UNANSWERED)
        follow_up_offer(view, row, course);
    if (row->state == PFH_STATE_DECLINED || row->state == PFH_STATE_DEFERRED)
        ask_again(view, row, course);
    if (row->state == PFH_STATE_ACCEPTED)
        book(view, row);
    if (row->state == PFH_STATE_SCHEDULED) {
        send_form(view, row, course);
        at_appointment(view, PFH_TASK_HOLD, row, course, 0);
    }
    if (row->state == PFH_STATE_UNCONFIRMED)
        at_appointment(view, PFH_TASK_CONFIRM, row, course, 1);
    if (may_miss_its_window(row->state))
        window_closing(view, row);
    if (course->chosen != NULL) {
        send_summary(view, row, course->chosen);
        notify_municipality(view, row, course->chosen);
    }
}

static int compare_numbers(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

int pfh__task_compare(const pfh_task *a, const pfh_task *b)
{
    int order = compare_numbers(a->due, b->due);

    if (order == 0)
        order = compare_numbers(a->from, b->from);
    if (order == 0)
        order = compare_numbers(a->point, b->point);
    if (order == 0)
        order = compare_numbers((int32_t)a->kind, (int32_t)b->kind);
    return order != 0 ? order : strcmp(a->id, b->id);
}

static int compare_tasks(const void *a, const void *b)
{
    return pfh__task_compare(a, b);
}

static void sort(pfh_task *tasks, size_t count)
{
    enum { FEW = 24 };

    if (count > FEW) {
        qsort(tasks, count, sizeof *tasks, compare_tasks);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        pfh_task task = tasks[i];
        size_t place = i;

        for (; place > 0 && pfh__task_compare(&tasks[place - 1], &task) > 0; place--)
            tasks[place] = tasks[place - 1];
        tasks[place] = task;
    }
}

void pfh__tasks_derive(pfh_view *view)
{
    pfh_plan *plan = view->plan;

    for (size_t i = 0; i < view->performed_count; i++)
        register_code(view, &view->performed[i]); /* whatever the status */
    if (plan->status == PFH_PLAN_ACTIVE) {
        for (int32_t i = 1; i <= view->edition->point_count; i++)
            if (!plan->points[i].superseded)
                at_point(view, &plan->points[i], &view->course[i]);
        follow_up_assessments(view);
        follow_up_messages(view);
    }
    if (!view->failed)
        sort(plan->tasks, plan->task_count);
}
