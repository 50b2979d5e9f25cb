/*
 * format/ical_read.c -- what people did in a calendar, as proposed events.
 *
 * The entries are found by the scanner.  An appointment was moved
 * by somebody when it differs from what this library wrote into it (X-PFH-APPOINTMENT); where a
 * server dropped that, when it differs from the plan.  A calendar that is behind the plan proposes
 * nothing for that reason.  Any text is read in one pass.  libical reads durations; times are read
 * here, because libical reads a file to know what is UTC.
 */
#include "format/ical.h"
#include "format/ical_time.h"

#include <libical/ical.h>
#include <stdlib.h>

enum { READ_MAX = 4 * 1024 * 1024, MINUTES_MAX = 1440, DAY_MINUTES = 24 * 60 };

/* ---- What becomes of a to-do that was completed ------------------------------------------- */

/* An event, or what a person must say first. */
static const struct {
    pfh_event_type event;
    const char *needs;
} completed[] = {
    [PFH_TASK_OFFER] = {PFH_EVENT_OFFERED, NULL},
    [PFH_TASK_FOLLOW_UP_OFFER] = {0, "answer"},
    [PFH_TASK_ASK_AGAIN] = {0, "answer"},
    [PFH_TASK_BOOK] = {0, "start"},
    [PFH_TASK_SEND_FORM] = {PFH_EVENT_FORM_SENT, NULL},
    [PFH_TASK_HOLD] = {0, "assessment"},
    [PFH_TASK_CONFIRM] = {0, "outcome"},
    [PFH_TASK_WINDOW_CLOSING] = {0, "start"},
    [PFH_TASK_REGISTER_CODE] = {PFH_EVENT_CODED, NULL},
    [PFH_TASK_SEND_SUMMARY] = {0, "kind"},
    [PFH_TASK_NOTIFY_MUNICIPALITY] = {0, "kind"},
    [PFH_TASK_FOLLOW_UP_MESSAGE] = {0, "status"},
    [PFH_TASK_ASSESS_FURTHER] = {PFH_EVENT_FOLLOWED_UP, NULL},
    [PFH_TASK_FOLLOW_UP_NEEDS] = {PFH_EVENT_FOLLOWED_UP, NULL},
};

/* ---- What is read ------------------------------------------------------------------------- */

#define SHORT 64 /* longer than any time, duration or word that is looked at */

typedef struct read_value {
    char text[SHORT]; /* "": absent, or too long to be one */
    char tzid[2 * SHORT];
} read_value;

/* An entry of a calendar. */
typedef struct read_entry {
    char uid[PFH_UID_ROOM];
    int32_t line;
    bool is_todo, is_recurrence;
    read_value start, end, due, duration, status, done, percent, modified, hint;
} read_entry;

typedef struct reader {
    const pfh_ical_options *options;
    const pfh_plan **plans; /* by their pathways */
    size_t plan_count;
    char *text; /* a copy, with a NUL */
    pfh_proposals *found;
    pfh_error *err;
} reader;

struct pfh_proposals {
    pfh_arena arena;
    pfh_proposal *rows;
    size_t count, room;
};

/* A day and a minute of it (PFH_NONE: the whole day), in Norway. */
typedef struct read_moment {
    pfh_date date;
    int32_t minute;
} read_moment;

static bool is_word(const read_value *value, const char *word)
{
    return pfh__span_is((pfh_span){value->text, strlen(value->text)}, word);
}

/* ---- Rows --------------------------------------------------------------------------------- */

static pfh_proposal *push(pfh_proposals *found)
{
    enum { FIRST_ROOM = 16 };
    size_t room = found->room == 0 ? FIRST_ROOM : found->room * 2;
    pfh_proposal *rows = found->rows;

    if (found->count == found->room) {
        rows = realloc(found->rows, room * sizeof *rows);
        if (rows == NULL)
            return NULL;
        found->rows = rows;
        found->room = room;
    }
    rows[found->count] = (pfh_proposal){.line = 0};
    return &rows[found->count++];
}

static const char *keep(reader *r, const char *text)
{
    return pfh__arena_text(&r->found->arena, text, strlen(text));
}

/* A row without its event. */
static pfh_status propose(pfh_proposal **out, reader *r, const read_entry *entry,
                          const pfh_plan *plan, const char *task, pfh_task_kind kind, int32_t point,
                          const char *needs)
{
    pfh_proposal *row = push(r->found);

    if (row == NULL)
        return pfh__no_memory(r->err);
    row->pathway = keep(r, plan->pathway);
    row->task = keep(r, task);
    row->uid = keep(r, entry->uid);
    row->point = point;
    row->kind = kind;
    row->needs = needs;
    row->line = entry->line;
    *out = row;
    return row->pathway == NULL || row->task == NULL || row->uid == NULL ? pfh__no_memory(r->err)
                                                                         : PFH_OK;
}

/* Gives a row its event; what else it has to say is set by the caller, and checked after. */
static pfh_status begin_event(pfh_proposal *row, pfh_event_type type, pfh_date date, reader *r)
{
    pfh_status status = pfh_record_new(&row->event, PFH_RECORD_EVENT, r->err);

    if (status == PFH_OK)
        status = pfh_record_set_number(row->event, "type", (int32_t)type, r->err);
    return status == PFH_OK ? pfh_record_set_date(row->event, "date", date, r->err) : status;
}

static pfh_status end_event(pfh_proposal *row, reader *r)
{
    return pfh__record_ready(row->event, &pfh__event_schema, "event", r->err);
}

/* ---- Times -------------------------------------------------------------------------------- */

/* Zones that keep the time of Norway, by the names that programs give them: IANA's and those of
 * Windows.  A time of any other is a question to a person: libical would read a file and the clock
 * to work it out. */
static bool is_norwegian_time(const char *tzid)
{
    static const char *const names[] = {"Oslo",
                                        "Arctic/Longyearbyen",
                                        "Stockholm",
                                        "Copenhagen",
                                        "Berlin",
                                        "Paris",
                                        "Amsterdam",
                                        "Brussels",
                                        "Vienna",
                                        "Zurich",
                                        "Rome",
                                        "Madrid",
                                        "Warsaw",
                                        "Prague",
                                        "Budapest",
                                        "W. Europe Standard Time",
                                        "Central Europe Standard Time",
                                        "Central European Standard Time",
                                        "Romance Standard Time"};
    const char *slash = strrchr(tzid, '/');
    const bool is_city = slash != NULL && slash - tzid >= 6 && memcmp(slash - 6, "Europe", 6) == 0;

    for (size_t i = 0; i < PFH_COUNT(names); i++)
        if (strcmp(is_city ? slash + 1 : tzid, names[i]) == 0)
            return true;
    return false;
}

static pfh_span span_of(const read_value *value)
{
    return (pfh_span){value->text, strlen(value->text)};
}

/* A DATE or DATE-TIME as civil time in Norway; false where that cannot be told, or no document can
 * hold it. */
static bool read_moment_of(read_moment *moment, const read_value *value)
{
    pfh_ical_moment read;

    if (!pfh__ical_moment_read(&read, span_of(value)))
        return false;
    moment->date = read.date;
    moment->minute = read.second == PFH_NONE ? PFH_NONE : read.second / 60;
    if (moment->minute == PFH_NONE)
        return true;
    if (read.is_utc)
        pfh__oslo_from_utc(&moment->date, &moment->minute,
                           (int64_t)moment->date * DAY_MINUTES + moment->minute);
    else if (value->tzid[0] != '\0' && !is_norwegian_time(value->tzid))
        return false;
    return moment->date <= PFH_DATE_MAX;
}

static bool read_length(int32_t *minutes, const read_value *value)
{
    struct icaldurationtype length = icaldurationtype_from_string(value->text);
    int32_t days = (int32_t)length.weeks * 7 + (int32_t)length.days;

    if (icaldurationtype_is_bad_duration(length) || length.is_neg || length.weeks > 1 ||
        length.days > 1 || length.hours > 24 || length.minutes > MINUTES_MAX)
        return false;
    *minutes = days * DAY_MINUTES + (int32_t)length.hours * 60 + (int32_t)length.minutes;
    return true;
}

/* How long an entry is in minutes; left alone where it does not say; false where that cannot be
 * told. */
static bool read_minutes(int32_t *minutes, const read_entry *entry, const read_moment *start)
{
    const read_value *last = entry->is_todo ? &entry->due : &entry->end;
    read_moment end;
    int64_t length;

    if (entry->duration.text[0] != '\0')
        return read_length(minutes, &entry->duration) && *minutes >= 1 && *minutes <= MINUTES_MAX;
    if (last->text[0] == '\0')
        return true;
    if (!read_moment_of(&end, last) || end.minute == PFH_NONE)
        return false;
    length = pfh__oslo_to_utc(end.date, end.minute) - pfh__oslo_to_utc(start->date, start->minute);
    *minutes = (int32_t)length;
    return length >= 1 && length <= MINUTES_MAX;
}

/* The day in Norway on which something was done: not after the plan's, and not long before it. */
static pfh_date day_of(const read_value *value, const pfh_plan *plan)
{
    enum { LONG_BEFORE = 366 };
    read_moment moment;

    if (!read_moment_of(&moment, value) || moment.date > plan->as_of ||
        moment.date < plan->as_of - LONG_BEFORE)
        return plan->as_of;
    return moment.date;
}

/* ---- Appointments ------------------------------------------------------------------------- */

typedef struct read_appointment {
    const pfh_plan *plan;
    const pfh_point *point;
    pfh_text_buffer planned, shown; /* as in X-PFH-APPOINTMENT */
    read_moment start;
    int32_t minutes;
    bool is_clear; /* start and minutes could be read */
} read_appointment;

static const char hold_suffix[] = ".hold";

static pfh_status propose_hold(pfh_proposal **row, reader *r, const read_entry *entry,
                               const read_appointment *a, const char *needs)
{
    char task[PFH_NAME_ROOM] = "?";

    task[0] = (char)('0' + a->point->point);
    memcpy(task + 1, hold_suffix, sizeof hold_suffix);
    return propose(row, r, entry, a->plan, task, PFH_TASK_HOLD, a->point->point, needs);
}

static pfh_date changed_on(const read_entry *entry, const read_appointment *a)
{
    pfh_date day = day_of(&entry->modified, a->plan);

    return a->point->since != PFH_NONE && day < a->point->since ? a->plan->as_of : day;
}

/* Proposes an event of the type, at the appointment's point; the caller fills in the rest. */
static pfh_status begin_change(pfh_proposal **row, reader *r, const read_entry *entry,
                               const read_appointment *a, pfh_event_type type)
{
    pfh_status status = propose_hold(row, r, entry, a, NULL);

    if (status == PFH_OK)
        status = begin_event(*row, type, changed_on(entry, a), r);
    if (status == PFH_OK)
        status = pfh_record_set_number((*row)->event, "point", a->point->point, r->err);
    return status;
}

static pfh_status propose_cancelled(reader *r, const read_entry *entry, const read_appointment *a)
{
    pfh_proposal *row = NULL;
    pfh_status status = begin_change(&row, r, entry, a, PFH_EVENT_CANCELLED);

    return status == PFH_OK ? end_event(row, r) : status;
}

static bool set_start(pfh_record *event, const read_moment *start)
{
    pfh_text_buffer text = {0};
    bool well;

    pfh__ical_start_write(&text, start->date, start->minute);
    well = !text.failed;
    if (well)
        pfh_record_set_text(event, "start", text.data, NULL);
    pfh__text_free(&text);
    return well;
}

static pfh_status propose_moved(reader *r, const read_entry *entry, const read_appointment *a)
{
    pfh_proposal *row = NULL;
    pfh_status status = begin_change(&row, r, entry, a, PFH_EVENT_SCHEDULED);

    if (status != PFH_OK)
        return status;
    if (!set_start(row->event, &a->start))
        return pfh__no_memory(r->err);
    status = pfh_record_set_number(row->event, "minutes", a->minutes, r->err);
    if (status == PFH_OK)
        status = pfh_record_set_text(row->event, "place", a->point->appointment_place, r->err);
    return status == PFH_OK ? end_event(row, r) : status;
}

/* What a person must look at: the plan and the calendar both changed, or it cannot be told. */
static pfh_status propose_question(reader *r, const read_entry *entry, const read_appointment *a,
                                   const char *needs)
{
    pfh_proposal *row = NULL;

    return propose_hold(&row, r, entry, a, needs);
}

static bool is_same(const pfh_text_buffer *a, const char *b)
{
    return a->data != NULL && strcmp(a->data, b) == 0;
}

static bool is_cancelled(const read_entry *entry)
{
    return is_word(&entry->status, "CANCELLED");
}

/* Nothing was done, or what was done was done to an older version of the appointment. */
static bool is_as_written(const read_entry *entry, const read_appointment *a, bool is_behind)
{
    const bool is_planned = a->is_clear && is_same(&a->planned, a->shown.data);

    if (is_cancelled(entry))
        return is_behind || (entry->hint.text[0] == '\0' && !is_planned);
    return is_planned || (is_behind && a->is_clear && is_same(&a->shown, entry->hint.text));
}

static pfh_status judge_appointment(reader *r, const read_entry *entry, const read_appointment *a)
{
    const bool is_behind = entry->hint.text[0] != '\0' && !is_same(&a->planned, entry->hint.text);

    if (is_as_written(entry, a, is_behind))
        return PFH_OK;
    if (a->plan->edition != a->plan->document)
        return propose_question(r, entry, a,
                                "point"); /* the log counts points of its own edition */
    if (is_cancelled(entry))
        return propose_cancelled(r, entry, a);
    if (!a->is_clear)
        return propose_question(r, entry, a, "start");
    return is_behind ? propose_question(r, entry, a, "conflict") : propose_moved(r, entry, a);
}

/* A day has no length that could be changed; a to-do of whole days or of no length says when it is
 * by its end. */
static bool read_start(read_appointment *a, const read_entry *entry)
{
    const bool is_day = strlen(entry->due.text) == strlen("yyyymmdd");
    const bool by_end = entry->is_todo && entry->due.text[0] != '\0' &&
                        (is_day || a->point->appointment_minutes == PFH_NONE);

    a->minutes = PFH_NONE;
    if (!read_moment_of(&a->start, by_end ? &entry->due : &entry->start))
        return false;
    /* a whole day cannot say it, so it is what it was */
    if (a->start.minute == PFH_NONE)
        a->minutes = a->point->appointment_minutes;
    return by_end || a->start.minute == PFH_NONE || read_minutes(&a->minutes, entry, &a->start);
}

static pfh_status read_hold(reader *r, const read_entry *entry, const pfh_plan *plan,
                            const pfh_point *point)
{
    read_appointment a = {.plan = plan, .point = point};
    pfh_status status = PFH_OK;
    pfh_date date;
    int32_t minute;

    if (point->appointment_start == NULL ||
        !pfh__start_read(&date, &minute, point->appointment_start,
                         strlen(point->appointment_start)))
        return PFH_OK;
    pfh__ical_appointment_write(&a.planned, date, minute, point->appointment_minutes);
    a.is_clear = read_start(&a, entry);
    if (a.is_clear)
        pfh__ical_appointment_write(&a.shown, a.start.date, a.start.minute, a.minutes);
    else
        pfh__text_puts(&a.shown, "");
    if (a.planned.failed || a.shown.failed)
        status = pfh__no_memory(r->err);
    else
        status = judge_appointment(r, entry, &a);
    pfh__text_free(&a.planned);
    pfh__text_free(&a.shown);
    return status;
}

/* ---- To-dos ------------------------------------------------------------------------------- */

static pfh_status set_completed(pfh_proposal *row, const pfh_task *task, reader *r)
{
    const pfh_event_type type = completed[task->kind].event;

    if (type == PFH_EVENT_FOLLOWED_UP) {
        pfh_record_set_text(row->event, "of", task->event, NULL);
    } else {
        pfh_record_set_number(row->event, "point", task->point, NULL);
        if (type == PFH_EVENT_CODED)
            pfh_record_set_text(row->event, "code", PFH_WMFG10, NULL);
    }
    return end_event(row, r);
}

static pfh_status read_completed(reader *r, const read_entry *entry, const pfh_plan *plan,
                                 const pfh_task *task)
{
    const pfh_event_type type = completed[task->kind].event;
    const bool needs_point = plan->edition != plan->document && type != PFH_EVENT_FOLLOWED_UP;
    const char *needs = type != 0 && needs_point ? "point" : completed[task->kind].needs;
    pfh_proposal *row = NULL;
    pfh_status status = propose(&row, r, entry, plan, task->id, task->kind, task->point, needs);

    if (status != PFH_OK || needs != NULL)
        return status;
    /* A code carries the date of what it is for, which the task begins on. */
    status = begin_event(row, type,
                         type == PFH_EVENT_CODED ? task->from : day_of(&entry->done, plan), r);
    return status == PFH_OK ? set_completed(row, task, r) : status;
}

static const pfh_task *find_task(const pfh_plan *plan, pfh_span id)
{
    for (size_t i = 0; i < plan->task_count; i++)
        if (pfh__span_equal(id, (pfh_span){plan->tasks[i].id, strlen(plan->tasks[i].id)}))
            return &plan->tasks[i];
    return NULL;
}

/* ---- Entries ------------------------------------------------------------------------------ */

static int compare_plans(const void *a, const void *b)
{
    const pfh_plan *const *x = a, *const *y = b;

    return strcmp((*x)->pathway, (*y)->pathway);
}

static const pfh_plan *find_plan(const reader *r, pfh_span pathway)
{
    size_t low = 0, high = r->plan_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *name = r->plans[middle]->pathway;
        int order = strncmp(name, pathway.at, pathway.size);

        if (order == 0 && name[pathway.size] == '\0')
            return r->plans[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The point of "2.hold"; NULL for another task. */
static const pfh_point *point_of_hold(const pfh_plan *plan, pfh_span task)
{
    if (task.size != sizeof hold_suffix ||
        memcmp(task.at + 1, hold_suffix, sizeof hold_suffix - 1) != 0)
        return NULL;
    return pfh_plan_point(plan, task.at[0] - '0');
}

static bool is_completed(const read_entry *entry)
{
    return entry->is_todo && (is_word(&entry->status, "COMPLETED") || entry->done.text[0] != '\0' ||
                              is_word(&entry->percent, "100")); /* RFC 5545, 3.8.1.8 */
}

static pfh_status read_entry_of(reader *r, const read_entry *entry)
{
    static const char todo[] = "+todo";
    const size_t size = sizeof todo - 1;
    const pfh_point *point;
    const pfh_plan *plan;
    const pfh_task *task;
    pfh_span pathway, name;

    if (entry->is_recurrence ||
        !pfh__ical_uid_read(&pathway, &name, (pfh_span){entry->uid, strlen(entry->uid)},
                            r->options))
        return PFH_OK;
    plan = find_plan(r, pathway);
    if (plan == NULL)
        return PFH_OK;
    if (name.size > size && memcmp(name.at + name.size - size, todo, size) == 0)
        name.size -= size;
    if (is_completed(entry)) {
        task = find_task(plan, name);
        return task == NULL ? PFH_OK : read_completed(r, entry, plan, task);
    }
    point = point_of_hold(plan, name);
    return point == NULL ? PFH_OK : read_hold(r, entry, plan, point);
}

/* ---- The text ----------------------------------------------------------------------------- */

typedef struct read_cut {
    size_t depth;
    bool is_entry;
    read_entry entry;
} read_cut;

/* false where it is too long, and then nothing is kept. */
static bool keep_short(char *to, size_t room, pfh_span value)
{
    const bool fits = value.size < room;

    if (fits && value.size > 0)
        memcpy(to, value.at, value.size);
    to[fits ? value.size : 0] = '\0';
    return fits;
}

static void keep_value(read_value *to, const pfh_content_line *line)
{
    keep_short(to->text, sizeof to->text, line->value);
    if (!keep_short(to->tzid, sizeof to->tzid, pfh__scan_parameter(line, "TZID")))
        memcpy(to->tzid, "?", sizeof "?"); /* a zone that nobody knows, and not none */
}

static void keep_property(read_entry *entry, const pfh_content_line *line)
{
    const struct {
        const char *name;
        read_value *to;
    } wanted[] = {{"DTSTART", &entry->start},
                  {"DTEND", &entry->end},
                  {"DUE", &entry->due},
                  {"DURATION", &entry->duration},
                  {"STATUS", &entry->status},
                  {"COMPLETED", &entry->done},
                  {"PERCENT-COMPLETE", &entry->percent},
                  {"LAST-MODIFIED", &entry->modified},
                  {PFH_X_APPOINTMENT, &entry->hint}};

    if (pfh__span_is(line->name, "UID"))
        keep_short(entry->uid, sizeof entry->uid, line->value);
    entry->is_recurrence |= pfh__span_is(line->name, "RECURRENCE-ID");
    for (size_t i = 0; i < PFH_COUNT(wanted); i++)
        if (pfh__span_is(line->name, wanted[i].name))
            keep_value(wanted[i].to, line);
}

static pfh_status refuse(reader *r, const pfh_content_line *line, const char *sentence)
{
    pfh__fail(r->err, PFH_E_SYNTAX, "text", "%s", sentence);
    if (r->err != NULL)
        r->err->offset = (int32_t)(line->raw.at - r->text);
    return PFH_E_SYNTAX;
}

static pfh_status read_begin(reader *r, read_cut *cut, const pfh_content_line *line)
{
    if (cut->depth == 0 && !pfh__span_is(line->value, "VCALENDAR"))
        return refuse(r, line, "the text must begin with BEGIN:VCALENDAR");
    if (++cut->depth > PFH_ICAL_MAX_DEPTH)
        return refuse(r, line, "components are nested deeper than 32");
    if (cut->depth != 2)
        return PFH_OK;
    memset(&cut->entry, 0, sizeof cut->entry);
    cut->entry.line = line->number;
    cut->entry.is_todo = pfh__span_is(line->value, "VTODO");
    cut->is_entry = cut->entry.is_todo || pfh__span_is(line->value, "VEVENT");
    return PFH_OK;
}

static pfh_status read_end(reader *r, read_cut *cut)
{
    bool is_whole = cut->depth == 2 && cut->is_entry;

    cut->depth--;
    return is_whole ? read_entry_of(r, &cut->entry) : PFH_OK;
}

static pfh_status read_line(reader *r, read_cut *cut, const pfh_content_line *line)
{
    if (pfh__span_is(line->name, "BEGIN"))
        return read_begin(r, cut, line);
    if (cut->depth == 0)
        return line->text.size == 0 ? PFH_OK
                                    : refuse(r, line, "the text must begin with BEGIN:VCALENDAR");
    if (pfh__span_is(line->name, "END"))
        return read_end(r, cut);
    if (cut->depth == 2 && cut->is_entry)
        keep_property(&cut->entry, line);
    return PFH_OK;
}

static pfh_status read_text(reader *r, size_t size)
{
    pfh_content_line line = {.raw = {r->text, 0}};
    read_cut cut = {.depth = 0};
    pfh_status status = PFH_OK;
    pfh_scanner scanner;
    bool failed;

    pfh__scan_begin(&scanner, r->text, size);
    while (status == PFH_OK && pfh__scan_next(&scanner, &line))
        status = read_line(r, &cut, &line);
    failed = scanner.failed;
    pfh__scan_end(&scanner);
    if (status == PFH_OK && failed)
        status = pfh__no_memory(r->err);
    if (status == PFH_OK && cut.depth > 0)
        status = refuse(
            r, &line, "a component does not end: its END is missing (pfh_ical_lint() says which)");
    return status;
}

/* ---- The call ----------------------------------------------------------------------------- */

static pfh_status take_plans(reader *r, const pfh_plan *const *plans, size_t count)
{
    r->plans = count == 0 ? NULL : malloc(count * sizeof *r->plans);
    if (count > 0 && r->plans == NULL)
        return pfh__no_memory(r->err);
    for (size_t i = 0; i < count; i++) {
        if (plans[i] == NULL)
            return pfh__null(r->err, "plans");
        r->plans[r->plan_count++] = plans[i];
    }
    if (count > 1)
        qsort(r->plans, count, sizeof *r->plans, compare_plans);
    for (size_t i = 1; i < count; i++)
        if (compare_plans(&r->plans[i - 1], &r->plans[i]) == 0)
            return pfh__fail(r->err, PFH_E_DUPLICATE, "plans", "two plans are of one pathway");
    return PFH_OK;
}

static pfh_status take_text(reader *r, const char *text, size_t size)
{
    if (size > READ_MAX)
        return pfh__ical_check_text(text, size, READ_MAX, "text", r->err);
    r->text = malloc(size + 1);
    if (r->text == NULL)
        return pfh__no_memory(r->err);
    memcpy(r->text, text, size);
    r->text[size] = '\0';
    return pfh__ical_check_text(r->text, size, READ_MAX, "text", r->err);
}

static void reader_free(reader *r)
{
    pfh_string_free(r->text);
    free((void *)r->plans);
}

static pfh_status read_all(reader *r, const char *text, size_t size, const pfh_plan *const *plans,
                           size_t count)
{
    pfh_status status = take_plans(r, plans, count);

    if (status == PFH_OK)
        status = take_text(r, text, size);
    return status == PFH_OK ? read_text(r, size) : status;
}

pfh_status pfh_ical_read(pfh_proposals **out, const char *text, size_t size,
                         const pfh_plan *const *plans, size_t count,
                         const pfh_ical_options *options, pfh_error *err)
{
    pfh_ical_options defaults;
    reader r = {.options = options, .err = err};
    pfh_status status;

    if (out == NULL || text == NULL || (plans == NULL && count > 0))
        return pfh__null(err, out == NULL ? "out" : text == NULL ? "text" : "plans");
    if (options == NULL) {
        pfh__ical_options_init(&defaults);
        r.options = &defaults;
    }
    r.found = calloc(1, sizeof *r.found);
    status = r.found == NULL ? pfh__no_memory(err) : read_all(&r, text, size, plans, count);
    reader_free(&r);
    if (status == PFH_OK)
        *out = r.found;
    else
        pfh_proposals_free(r.found);
    return status;
}

size_t pfh_proposals_count(const pfh_proposals *proposals)
{
    return proposals == NULL ? 0 : proposals->count;
}

const pfh_proposal *pfh_proposals_row(const pfh_proposals *proposals, size_t index)
{
    return proposals == NULL || index >= proposals->count ? NULL : &proposals->rows[index];
}

void pfh_proposals_free(pfh_proposals *proposals)
{
    if (proposals == NULL)
        return;
    for (size_t i = 0; i < proposals->count; i++)
        pfh_record_free(proposals->rows[i].event);
    pfh__arena_free(&proposals->arena);
    free(proposals->rows);
    free(proposals);
}
