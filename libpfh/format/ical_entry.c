/*
 * format/ical_entry.c -- which entries a plan has in a calendar, and on which days.
 *
 * For units: each task that is wanted, as an event, as a to-do or as both, in the order of the
 * plan; an appointment that is past and not confirmed; with to-dos, the points that they hang
 * below. For the patient: appointments, and windows in which a conversation is to be offered.
 */
#include "format/ical.h"

/* ---- UIDs --------------------------------------------------------------------------------- */

/* A UID is `<pathway>+<task>@<domain>`: ids have neither `+` nor `@`, so it can be read back. */
#define TODO "+todo"
#define POINT "point."
#define PATIENT_POINT "window."
#define PATIENT_APPOINTMENT "conversation."

static char *put(char *at, const char *text)
{
    size_t size = strlen(text);

    memcpy(at, text, size + 1);
    return at + size;
}

static void make_uid(char uid[PFH_UID_ROOM], const pfh_plan *plan, const char *name,
                     const char *suffix, const pfh_ical_options *options)
{
    char *at = put(uid, plan->pathway);

    at = put(put(at, "+"), name);
    at = put(put(at, suffix), "@");
    put(at, options->domain);
}

/* "point.2": a point has one digit. */
static void name_point(char name[PFH_NAME_ROOM], const char *what, int32_t point)
{
    char *at = put(name, what);

    *at++ = (char)('0' + point);
    *at = '\0';
}

/* "2.hold": as the plan names the task. */
static void name_hold(char name[PFH_NAME_ROOM], int32_t point)
{
    name[0] = (char)('0' + point);
    put(put(name + 1, "."), pfh_word(PFH_WORDS_TASK, PFH_TASK_HOLD));
}

static bool has_id(pfh_span span)
{
    return span.size > 0 && pfh__is_id(span.at, span.size);
}

static bool begins_with(pfh_span span, const char *text)
{
    size_t size = strlen(text);

    return span.size >= size && memcmp(span.at, text, size) == 0;
}

/* Takes "+todo" off a name that ends so. */
static bool cut_todo(pfh_span *name)
{
    const size_t size = sizeof TODO - 1;
    const bool is_todo = name->size > size && memcmp(name->at + name->size - size, TODO, size) == 0;

    name->size -= is_todo ? size : 0;
    return is_todo;
}

/* "window.2": a word and a point. */
static bool names_point(pfh_span name, const char *what)
{
    const size_t size = strlen(what);

    return name.size == size + 1 && begins_with(name, what) && name.at[size] >= '1' &&
           name.at[size] <= '0' + PFH_MAX_POINTS;
}

/* "2.hold", "1.register_code.e7": as a plan names its tasks. */
static bool names_task(pfh_span name)
{
    enum { POINT_SIZE = 2 };
    char kind[PFH_NAME_ROOM];
    pfh_span rest = {name.at + POINT_SIZE, name.size - POINT_SIZE};
    const char *dot;
    size_t size;

    if (name.size <= POINT_SIZE || name.at[0] < '0' || name.at[0] > '0' + PFH_MAX_POINTS ||
        name.at[1] != '.')
        return false;
    dot = memchr(rest.at, '.', rest.size);
    size = dot == NULL ? rest.size : (size_t)(dot - rest.at);
    if (size >= sizeof kind)
        return false;
    memcpy(kind, rest.at, size);
    kind[size] = '\0';
    rest = (pfh_span){rest.at + size + 1, dot == NULL ? 0 : rest.size - size - 1};
    return pfh_word_find(PFH_WORDS_TASK, kind) > 0 && (dot == NULL || has_id(rest));
}

/* Whether an entry has such a name: others may write UIDs with a plus too. */
static bool is_name(pfh_span name)
{
    const bool is_todo = cut_todo(&name);

    return names_task(name) ||
           (is_todo ? names_point(name, POINT)
                    : names_point(name, PATIENT_POINT) || names_point(name, PATIENT_APPOINTMENT));
}

int32_t pfh__ical_point_of_appointment(pfh_span task)
{
    static const char hold[] = ".hold";

    cut_todo(&task);
    if (names_point(task, PATIENT_APPOINTMENT))
        return task.at[task.size - 1] - '0';
    if (task.size != sizeof hold || memcmp(task.at + 1, hold, sizeof hold - 1) != 0)
        return 0;
    return task.at[0] - '0';
}

bool pfh__ical_uid_read(pfh_span *pathway, pfh_span *task, pfh_span uid,
                        const pfh_ical_options *options)
{
    const char *at = uid.size == 0 ? NULL : memchr(uid.at, '@', uid.size);
    const char *plus = at == NULL ? NULL : memchr(uid.at, '+', (size_t)(at - uid.at));
    size_t left = at == NULL ? 0 : uid.size - (size_t)(at + 1 - uid.at);

    if (plus == NULL || uid.size >= PFH_UID_ROOM || left != strlen(options->domain) ||
        memcmp(at + 1, options->domain, left) != 0)
        return false;
    *pathway = (pfh_span){uid.at, (size_t)(plus - uid.at)};
    *task = (pfh_span){plus + 1, (size_t)(at - plus - 1)};
    return has_id(*pathway) && is_name(*task);
}

void pfh__ical_hold_uid(char uid[PFH_UID_ROOM], const pfh_plan *plan, int32_t point,
                        const pfh_ical_options *options)
{
    char name[PFH_NAME_ROOM];

    name_hold(name, point);
    make_uid(uid, plan, name, "", options);
}

/* ---- Appointments ------------------------------------------------------------------------- */

static void put_two(pfh_text_buffer *out, int32_t number)
{
    pfh__text_putc(out, (char)('0' + number / 10));
    pfh__text_putc(out, (char)('0' + number % 10));
}

void pfh__ical_clock_write(pfh_text_buffer *out, int32_t minute)
{
    put_two(out, minute / 60);
    pfh__text_putc(out, ':');
    put_two(out, minute % 60);
}

void pfh__ical_start_write(pfh_text_buffer *out, pfh_date date, int32_t minute)
{
    pfh__text_date(out, date);
    if (minute == PFH_NONE)
        return;
    pfh__text_putc(out, 'T');
    pfh__ical_clock_write(out, minute);
}

void pfh__ical_appointment_write(pfh_text_buffer *out, pfh_date date, int32_t minute,
                                 int32_t minutes)
{
    pfh__ical_start_write(out, date, minute);
    pfh__text_putc(out, '/');
    if (minutes == PFH_NONE)
        pfh__text_putc(out, '-');
    else
        pfh__text_number(out, minutes);
}

/* ---- Days and hours ----------------------------------------------------------------------- */

/* "2026-05-04T10:00" or "2026-05-04" of a plan, which was read before. */
static void cover_appointment(pfh_entry *entry)
{
    const char *start = entry->point->appointment_start;

    if (!pfh__start_read(&entry->first, &entry->minute, start, strlen(start)))
        return;
    entry->last = entry->first;
    entry->minutes = entry->point->appointment_minutes;
}

static void cover_days(pfh_entry *entry, pfh_date from, pfh_date last, bool spread)
{
    entry->first = spread && from != PFH_NONE ? from : last;
    entry->last = last;
}

static pfh_entry entry_of(pfh_entry_kind kind, const pfh_plan *plan, const pfh_point *point)
{
    return (pfh_entry){.kind = kind,
                       .plan = plan,
                       .point = point,
                       .first = PFH_NONE,
                       .last = PFH_NONE,
                       .minute = PFH_NONE,
                       .minutes = PFH_NONE};
}

/* ---- For units ---------------------------------------------------------------------------- */

typedef struct visit {
    const pfh_plan *plan;
    const pfh_ical_options *options;
    pfh__entry_use *use;
    void *context;
    pfh_error *err;
} visit;

static pfh_status give(const visit *v, const pfh_entry *entry)
{
    return v->use(v->context, entry, v->err);
}

static bool is_wanted(const visit *v, const pfh_task *task)
{
    return pfh__task_filter_passes(&v->options->filter, task) &&
           (v->options->horizon_days == PFH_NONE ||
            task->due <= v->plan->as_of + v->options->horizon_days);
}

static void fill_task(pfh_entry *entry, const pfh_ical_options *options)
{
    const pfh_task *task = entry->task;

    if (task->kind == PFH_TASK_HOLD && entry->point->appointment_start != NULL)
        cover_appointment(entry);
    else
        cover_days(entry, task->from, task->due, options->spread);
    make_uid(entry->uid, entry->plan, task->id, entry->todo ? TODO : "", options);
}

static pfh_status give_task(const visit *v, const pfh_task *task, bool todo)
{
    const pfh_point *point = task->point == 0 ? NULL : &v->plan->points[task->point];
    pfh_entry entry = entry_of(PFH_ENTRY_TASK, v->plan, point);
    char name[PFH_NAME_ROOM];

    entry.task = task;
    entry.todo = todo;
    fill_task(&entry, v->options);
    if (todo && point != NULL) {
        name_point(name, POINT, task->point);
        make_uid(entry.parent, v->plan, name, TODO, v->options);
    }
    return give(v, &entry);
}

static pfh_status give_tasks(const visit *v)
{
    pfh_status status = PFH_OK;

    for (size_t i = 0; i < v->plan->task_count && status == PFH_OK; i++) {
        const pfh_task *task = &v->plan->tasks[i];

        if (!is_wanted(v, task))
            continue;
        if ((v->options->form & PFH_FORM_EVENT) != 0)
            status = give_task(v, task, false);
        if (status == PFH_OK && (v->options->form & PFH_FORM_TODO) != 0)
            status = give_task(v, task, true);
    }
    return status;
}

static bool has_wanted_task(const visit *v, int32_t point)
{
    for (size_t i = 0; i < v->plan->task_count; i++)
        if (v->plan->tasks[i].point == point && is_wanted(v, &v->plan->tasks[i]))
            return true;
    return false;
}

static pfh_status give_point(const visit *v, const pfh_point *point)
{
    pfh_entry entry = entry_of(PFH_ENTRY_POINT, v->plan, point);
    char name[PFH_NAME_ROOM];

    entry.todo = true;
    entry.first = point->opens;
    entry.last = point->closes;
    name_point(name, POINT, point->point);
    make_uid(entry.uid, v->plan, name, TODO, v->options);
    return give(v, &entry);
}

/* An appointment that is past: the plan has `confirm` for it and no `hold` any more, but until
 * somebody says so it was not cancelled. */
static pfh_task past_hold(const pfh_point *point, char id[PFH_NAME_ROOM])
{
    name_hold(id, point->point);
    return (pfh_task){.id = id,
                      .kind = PFH_TASK_HOLD,
                      .point = point->point,
                      .from = point->appointment_date,
                      .due = point->appointment_date,
                      .state = PFH_TASK_LATE,
                      .level = point->level,
                      .unit = point->unit,
                      .role = point->role};
}

static pfh_status give_past(const visit *v, const pfh_point *point)
{
    char id[PFH_NAME_ROOM];
    const pfh_task task = past_hold(point, id);

    return is_wanted(v, &task) ? give_task(v, &task, false) : PFH_OK;
}

static pfh_status entries_of_units(const visit *v)
{
    pfh_status status = give_tasks(v);

    for (size_t i = 1; i <= v->plan->point_count && status == PFH_OK; i++) {
        const pfh_point *point = &v->plan->points[i];

        if (point->state == PFH_STATE_UNCONFIRMED && !point->superseded &&
            (v->options->form & PFH_FORM_EVENT) != 0 && point->appointment_start != NULL)
            status = give_past(v, point);
        if (status == PFH_OK && (v->options->form & PFH_FORM_TODO) != 0 &&
            has_wanted_task(v, point->point))
            status = give_point(v, point);
    }
    return status;
}

/* ---- For the patient ---------------------------------------------------------------------- */

/* Whether the conversation is still to be offered or agreed on.  Who said no is not reminded. */
static bool is_open(const pfh_plan *plan, const pfh_point *point)
{
    const uint32_t open = 1u << PFH_STATE_NONE | 1u << PFH_STATE_OFFERED |
                          1u << PFH_STATE_UNANSWERED | 1u << PFH_STATE_ACCEPTED |
                          1u << PFH_STATE_DEFERRED;

    return plan->status == PFH_PLAN_ACTIVE && point->opens != PFH_NONE && !point->superseded &&
           (open & 1u << point->state) != 0;
}

static pfh_status give_window(const visit *v, const pfh_point *point)
{
    pfh_entry entry = entry_of(PFH_ENTRY_WINDOW, v->plan, point);
    const bool spread = v->options->spread && point->closes != PFH_NONE;
    char name[PFH_NAME_ROOM];

    entry.first = point->opens;
    entry.last = spread ? point->closes : point->opens;
    name_point(name, PATIENT_POINT, point->point);
    make_uid(entry.uid, v->plan, name, "", v->options);
    return give(v, &entry);
}

static pfh_status give_conversation(const visit *v, const pfh_point *point)
{
    pfh_entry entry = entry_of(PFH_ENTRY_APPOINTMENT, v->plan, point);
    char name[PFH_NAME_ROOM];

    cover_appointment(&entry);
    name_point(name, PATIENT_APPOINTMENT, point->point);
    make_uid(entry.uid, v->plan, name, "", v->options);
    return give(v, &entry);
}

static pfh_status entries_of_patient(const visit *v)
{
    pfh_status status = PFH_OK;

    for (size_t i = 1; i <= v->plan->point_count && status == PFH_OK; i++) {
        const pfh_point *point = &v->plan->points[i];

        if (point->appointment_start != NULL)
            status = give_conversation(v, point);
        else if (is_open(v->plan, point))
            status = give_window(v, point);
    }
    return status;
}

/* ---- All ---------------------------------------------------------------------------------- */

pfh_status pfh__ical_entries(const pfh_plan *plan, const pfh_ical_options *options,
                             pfh__entry_use *use, void *context, pfh_error *err)
{
    const visit v = {plan, options, use, context, err};

    return options->patient ? entries_of_patient(&v) : entries_of_units(&v);
}

bool pfh__ical_appointment(pfh_entry *entry, pfh_task *task, char id[PFH_NAME_ROOM],
                           const pfh_plan *plan, const pfh_point *point,
                           const pfh_ical_options *options)
{
    if (point->appointment_start == NULL)
        return false;
    *task = past_hold(point, id);
    task->state = PFH_TASK_WAITING;
    *entry = entry_of(PFH_ENTRY_TASK, plan, point);
    entry->task = task;
    fill_task(entry, options);
    return true;
}
