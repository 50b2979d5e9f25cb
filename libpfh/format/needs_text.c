/*
 * format/needs_text.c -- needs as plain text for a dialogue message, and for the patient.
 *
 * Made of the open rows alone, which hold nothing private.  Head, next step and the line that says
 * what was left out are of a bounded length and always there (pfh_needs_text_min()); between them
 * come the topics, the most urgent first, each whole, for as long as there is room.
 */
#include "format/explain.h"
#include "format/plain.h"

#include <pfh/text.h>

/* The longest fixed part, with the longest ids, names and words, has some 1,300 characters: a test
 * writes it in every language, to every audience. */
enum { LEAST_ROOM = 1400, SCORES = 3, LONGEST_PLACE = 100 };

/* What is said otherwise to a patient than to those who follow up. */
typedef enum saying {
    HEADING,
    REFERENCE,
    LAST,
    NO_LAST,
    LAST_WITHHELD,
    NO_FOLLOW_UP,
    FOLLOW_UP_WITHHELD,
    NEW,
    GOES_ON,
    STANDS,
    STANDS_ONCE,
    SINCE,
    NOBODY,
    DONE,
    NOT_DONE,
    DONE_WITHHELD,
    RESOLVED,
    DECLINED,
    NONE,
    NOT_DISCUSSED,
    NOT_MENTIONED,
    DISTRESS,
    DISTRESS_HIGH,
    NEXT,
    NO_NEXT,
    WINDOW,
    WINDOW_FROM,
    WINDOW_PAST,
    APPOINTMENT,
    SAYINGS
} saying;

static const struct {
    const char *unit, *patient;
} sayings[SAYINGS] = {
    [HEADING] = {"needs.heading", "needs.patient.heading"},
    [REFERENCE] = {"needs.reference", "needs.patient.reference"},
    [LAST] = {"needs.last", "needs.patient.last"},
    [NO_LAST] = {"needs.last.none", "needs.patient.last.none"},
    [LAST_WITHHELD] = {"needs.last.withheld", "needs.patient.last.withheld"},
    [FOLLOW_UP_WITHHELD] = {"needs.follow_up.withheld", "needs.patient.follow_up.withheld"},
    [NO_FOLLOW_UP] = {"needs.follow_up.none", "needs.patient.follow_up.none"},
    [NEW] = {"needs.new", "needs.patient.new"},
    [GOES_ON] = {"needs.goes_on", "needs.patient.goes_on"},
    [STANDS] = {"needs.stands", "needs.patient.goes_on"},
    [STANDS_ONCE] = {"needs.stands.once", "needs.patient.new"},
    [SINCE] = {"needs.since", "needs.patient.new"},
    [NOBODY] = {"needs.nobody", "needs.patient.nobody"},
    [DONE] = {"needs.done", "needs.patient.done"},
    [NOT_DONE] = {"needs.not_done", "needs.patient.not_done"},
    [DONE_WITHHELD] = {"needs.done.withheld", "needs.patient.done.withheld"},
    [RESOLVED] = {"needs.resolved", "needs.patient.resolved"},
    [DECLINED] = {"needs.declined", "needs.patient.declined"},
    [NONE] = {"needs.none", "needs.patient.none"},
    [NOT_DISCUSSED] = {"needs.not_discussed", "needs.patient.not_discussed"},
    [NOT_MENTIONED] = {"needs.not_mentioned", "needs.patient.not_mentioned"},
    [DISTRESS] = {"needs.distress", "needs.patient.distress"},
    [DISTRESS_HIGH] = {"needs.distress.high", "needs.patient.distress.high"},
    [NEXT] = {"needs.next", "needs.patient.next"},
    [NO_NEXT] = {"needs.next.none", "needs.patient.next.none"},
    [WINDOW] = {"needs.window", "needs.patient.window"},
    [WINDOW_FROM] = {"needs.window.from", "needs.patient.window.from"},
    [WINDOW_PAST] = {"needs.window.past", "needs.patient.window"}, /* which a patient is not told */
    [APPOINTMENT] = {"needs.appointment", "needs.patient.appointment"},
};

typedef struct writer {
    pfh_speech s;
    const pfh_needs *needs;
    const pfh_need_rows *rows;
    const pfh_needs_assessment *last, *last_recorded; /* of them; NULL: none */
    size_t follow_up, mine, nobody; /* how many are to be followed up, and by whom */
    bool incomplete;                /* something was left out of what the rows are made of */
} writer;

static bool to_patient(const writer *w)
{
    return w->s.audience == PFH_AUDIENCE_PATIENT;
}

static const char *id_of(const writer *w, saying what)
{
    return to_patient(w) ? sayings[what].patient : sayings[what].unit;
}

static const char *say(const writer *w, saying what)
{
    return pfh_text(w->s.language, id_of(w, what));
}

static void add(const writer *w, const char *text)
{
    pfh__text_puts(w->s.out, text);
}

static void end_line(const writer *w)
{
    add(w, "\n");
}

/* ---- The rows ----------------------------------------------------------------------------- */

/* In which group a topic is told; the groups in their order. */
typedef enum group {
    FOLLOW_UP_NOBODY,
    FOLLOW_UP_NOT_DONE,
    FOLLOW_UP_DONE,
    LIST_RESOLVED,
    LIST_DECLINED,
    LIST_NONE,
    LIST_NOT_DISCUSSED,
    GROUPS, /* and in none of them: */
    UNTOLD
} group;

static const saying list_sayings[GROUPS] = {[LIST_RESOLVED] = RESOLVED,
                                            [LIST_DECLINED] = DECLINED,
                                            [LIST_NONE] = NONE,
                                            [LIST_NOT_DISCUSSED] = NOT_DISCUSSED};

/* Where something was left out, a topic that is not told of may have been discussed: then all that
 * everybody knows are named, and a gap does not show which. */
static bool is_silent(const writer *w, const pfh_need_row *row)
{
    const bool is_listed = (size_t)(row - w->rows->topics) < w->rows->listed;

    return row->passed_over || (w->incomplete && is_listed && w->last_recorded != NULL);
}

static group group_of(const writer *w, const pfh_need_row *row)
{
    switch (row->need.need) {
    case PFH_NEED_FOLLOW_UP:
        if (row->need.no_responsible)
            return FOLLOW_UP_NOBODY;
        return row->need.not_followed_up ? FOLLOW_UP_NOT_DONE : FOLLOW_UP_DONE;
    case PFH_NEED_NONE:
        return row->change == PFH_CHANGE_RESOLVED ? LIST_RESOLVED : LIST_NONE;
    case PFH_NEED_DECLINED:
        return LIST_DECLINED;
    case PFH_NEED_NOT_DISCUSSED:
        return is_silent(w, row) ? LIST_NOT_DISCUSSED : UNTOLD;
    case pfh_need_force_int32:
        break;
    }
    return UNTOLD;
}

/* ---- The head ----------------------------------------------------------------------------- */

/* A text with {date}, {who}, {n} and {when}, of an assessment or of a point to come. */
static void add_of_point(const writer *w, saying what, int32_t point, pfh_level level,
                         pfh_date date)
{
    pfh_text_buffer who = {0}, when = {0};
    writer aside = *w;
    const pfh_who at = {.level = level};

    aside.s.out = &when;
    pfh__say_point(&aside.s, w->needs->open_plan->edition, point);
    aside.s.out = &who;
    pfh__say_who(&aside.s, &at);
    if (!who.failed && !when.failed && who.size > 0 && when.size > 0) {
        const pfh_blank blanks[] = {PFH_FILL_DATE("{date}", date), PFH_FILL_TEXT("{who}", who.data),
                                    PFH_FILL_NUMBER("{n}", point),
                                    PFH_FILL_TEXT("{when}", when.data), PFH_FILL_END};
        pfh__say_filled(&w->s, id_of(w, what), blanks);
    }
    w->s.out->failed |= who.failed || when.failed;
    pfh__text_free(&who);
    pfh__text_free(&when);
}

static void add_last(const writer *w)
{
    if (w->last == NULL) {
        add(w, say(w, w->incomplete ? LAST_WITHHELD : NO_LAST));
    } else {
        add_of_point(w, LAST, w->last->point, w->last->level, w->last->date);
        if (!w->last->has_assessment) {
            add(w, " ");
            pfh__say(&w->s, "needs.last.empty");
        }
    }
    end_line(w);
}

/* How much there is to do, so that it is known even where the text is cut. */
static void add_sum(const writer *w)
{
    const pfh_blank blanks[] = {PFH_FILL_NUMBER("{n}", (int32_t)w->follow_up),
                                PFH_FILL_NUMBER("{mine}", (int32_t)w->mine),
                                PFH_FILL_NUMBER("{nobody}", (int32_t)w->nobody), PFH_FILL_END};

    if (w->last_recorded == NULL)
        return; /* nothing is known of needs */
    end_line(w);
    if (w->follow_up == 0)
        add(w, say(w, w->incomplete ? FOLLOW_UP_WITHHELD : NO_FOLLOW_UP));
    else
        pfh__say_filled(&w->s, to_patient(w) ? "needs.patient.follow_up" : "needs.follow_up",
                        blanks);
    end_line(w);
}

static bool is_over(const writer *w)
{
    return w->needs->open_plan->status != PFH_PLAN_ACTIVE;
}

/* First of all: it changes how the rest is read. */
static void add_status(const writer *w)
{
    const pfh_plan *plan = w->needs->open_plan;

    if (!is_over(w))
        return;
    if (to_patient(w)) { /* why is for somebody to say */
        pfh__say(&w->s, "needs.patient.ended");
        end_line(w);
        return;
    }
    pfh__say(&w->s, "head.pathway");
    add(w, ": ");
    pfh__say_value(&w->s, PFH_WORDS_PLAN_STATUS, (int32_t)plan->status);
    if (plan->cause != 0) {
        add(w, " (");
        pfh__say_value(&w->s, PFH_WORDS_REASON, (int32_t)plan->cause);
        add(w, ")");
    }
    add(w, ".\n");
}

static void add_head(const writer *w)
{
    const pfh_blank blanks[] = {PFH_FILL_TEXT("{id}", w->needs->open_plan->pathway),
                                PFH_FILL_DATE("{date}", w->needs->open_plan->as_of), PFH_FILL_END};

    add(w, say(w, HEADING));
    end_line(w);
    pfh__say_filled(&w->s, id_of(w, REFERENCE), blanks);
    end_line(w);
    add_status(w);
    add_last(w);
    add_sum(w);
}

/* ---- A topic that is to be followed up ---------------------------------------------------- */

/* New, going on, or standing since an assessment before the last one. */
static void add_course(const writer *w, const pfh_topic_need *need)
{
    const pfh_blank blanks[] = {PFH_FILL_DATE("{since}", need->since),
                                PFH_FILL_DATE("{date}", need->discussed), PFH_FILL_END};
    const bool in_last =
        w->last_recorded != NULL && strcmp(w->last_recorded->event, need->event) == 0;

    if (need->since == need->discussed)
        pfh__say_filled(&w->s,
                        id_of(w, in_last         ? NEW
                                 : w->incomplete ? SINCE
                                                 : STANDS_ONCE),
                        blanks);
    else /* the last one may have been left out, or what it says of this */
        pfh__say_filled(&w->s, id_of(w, in_last || w->incomplete ? GOES_ON : STANDS), blanks);
}

/* Since when is said where it is not as long as there is a need. */
static void add_responsible(const writer *w, const pfh_need_row *row)
{
    const pfh_who who = pfh__who_of(row);

    add(w, " ");
    if (row->need.no_responsible) {
        add(w, say(w, NOBODY));
        return;
    }
    pfh__say_with_who(&w->s, "needs.who", &who);
    if (row->need.responsible_since > row->need.since) {
        const pfh_blank blanks[] = {PFH_FILL_DATE("{date}", row->need.responsible_since),
                                    PFH_FILL_END};
        add(w, " ");
        pfh__say_filled(&w->s, "needs.who.since", blanks);
    }
}

static void add_followed_up(const writer *w, pfh_date followed_up, bool not_followed_up)
{
    const pfh_blank blanks[] = {PFH_FILL_DATE("{date}", followed_up), PFH_FILL_END};

    if (followed_up != PFH_NONE) {
        add(w, " ");
        pfh__say_filled(&w->s, id_of(w, DONE), blanks);
    } else if (not_followed_up) {
        add(w, " ");
        add(w, say(w, w->incomplete ? DONE_WITHHELD : NOT_DONE));
    }
}

static void add_note(const writer *w, const char *note, bool cut)
{
    if (note == NULL || to_patient(w))
        return;
    if (cut) {
        pfh__say(&w->s, "needs.note.cut");
        end_line(w);
    } else if (pfh__say_bounded(&w->s, pfh_text(w->s.language, "needs.note"), note, SIZE_MAX)) {
        end_line(w);
    }
}

static void add_follow_up(const writer *w, const pfh_need_row *row, size_t number, bool cut_note)
{
    pfh__text_number(w->s.out, (int64_t)number);
    add(w, ". ");
    pfh__say_topic(&w->s, row->need.topic, row->need.title);
    end_line(w);
    add_course(w, &row->need);
    add_responsible(w, row);
    add_followed_up(w, row->need.followed_up, row->need.not_followed_up);
    end_line(w);
    add_note(w, row->need.note, cut_note);
}

/* ---- Distress ----------------------------------------------------------------------------- */

/* The last scores, the oldest first: returns how many there are, at most SCORES. */
static size_t last_scores(const writer *w, const pfh_needs_assessment *scores[SCORES])
{
    size_t count = 0, first;

    for (size_t i = 0; i < w->rows->assessment_count; i++)
        count += w->rows->assessments[i].distress != PFH_NONE;
    first = count > SCORES ? count - SCORES : 0;
    count = 0;
    for (size_t i = 0; i < w->rows->assessment_count; i++)
        if (w->rows->assessments[i].distress != PFH_NONE && count++ >= first)
            scores[count - 1 - first] = &w->rows->assessments[i];
    return count - first;
}

/* "5 (20.02.2026), 3 (12.05.2026)." */
static void add_scores(const writer *w, const pfh_needs_assessment *const *scores, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add(w, i == 0 ? " " : ", ");
        pfh__text_number(w->s.out, scores[i]->distress);
        add(w, " (");
        pfh__text_spoken_date(w->s.out, w->s.language, scores[i]->date);
        add(w, ")");
    }
    add(w, ".");
}

/* A patient is not told that a score is low, nor, when the pathway is over, asked to talk of it. */
static void add_judgement(const writer *w, const pfh_needs_assessment *last)
{
    const pfh_blank blanks[] = {PFH_FILL_NUMBER("{n}", w->needs->distress_threshold), PFH_FILL_END};
    const char *low = to_patient(w) ? NULL : "needs.distress.low";
    const char *id = last->distress_high ? id_of(w, DISTRESS_HIGH) : low;

    if (id == NULL || (to_patient(w) && is_over(w)))
        return;
    add(w, " ");
    pfh__say_filled(&w->s, id, blanks);
    if (last->distress_high)
        add_followed_up(w, last->followed_up, last->followed_up_event == NULL);
}

static void add_distress(const writer *w)
{
    const pfh_needs_assessment *scores[SCORES] = {NULL};
    const size_t count = last_scores(w, scores);

    if (count == 0)
        return;
    add(w, say(w, DISTRESS));
    add_scores(w, scores, count);
    add_judgement(w, scores[count - 1]);
    end_line(w);
}

/* ---- What comes next ---------------------------------------------------------------------- */

static bool is_to_come(const pfh_point *point)
{
    return point->state != PFH_STATE_PERFORMED && point->state != PFH_STATE_EXCLUDED &&
           point->state != PFH_STATE_CLOSED && !point->superseded;
}

/* The first point that is still to come at the audience's level, else at any. */
static const pfh_point *next_point(const writer *w)
{
    const pfh_plan *plan = w->needs->open_plan;
    const bool municipal =
        w->s.audience == PFH_AUDIENCE_MUNICIPALITY || w->s.audience == PFH_AUDIENCE_GP;
    const pfh_point *any = NULL;

    for (size_t i = 1; i <= plan->point_count; i++) {
        const pfh_point *point = &plan->points[i];

        if (!is_to_come(point))
            continue;
        if (to_patient(w) ||
            point->level == (municipal ? PFH_LEVEL_MUNICIPALITY : PFH_LEVEL_SPECIALIST))
            return point;
        any = any == NULL ? point : any;
    }
    return any;
}

static bool is_past(const writer *w, pfh_date date)
{
    return date != PFH_NONE && date < w->needs->open_plan->as_of;
}

/* A patient is not told of days that have passed, nor of a window beside an appointment. */
static bool tells_window(const writer *w, const pfh_point *point)
{
    if (!to_patient(w))
        return true;
    return point->appointment_event == NULL &&
           !is_past(w, point->closes == PFH_NONE ? point->opens : point->closes);
}

static saying window_of(const writer *w, const pfh_point *point)
{
    if (point->closes == PFH_NONE)
        return WINDOW_FROM;
    return is_past(w, point->closes) ? WINDOW_PAST : WINDOW;
}

static void add_window(const writer *w, const pfh_point *point)
{
    const pfh_blank blanks[] = {PFH_FILL_DATE("{opens}", point->opens),
                                PFH_FILL_DATE("{closes}", point->closes), PFH_FILL_END};

    if (!tells_window(w, point))
        return;
    if (point->opens != PFH_NONE) {
        add(w, " ");
        pfh__say_filled(&w->s, id_of(w, window_of(w, point)), blanks);
    } else if (!to_patient(w) && point->waiting_for != 0) {
        add(w, " ");
        pfh__say_value(&w->s, PFH_WORDS_WAITING, (int32_t)point->waiting_for);
        add(w, ".");
    }
    if (point->estimated) {
        add(w, " ");
        pfh__say(&w->s, "needs.window.estimated");
    }
}

/* "04.05.2026 kl. 10.00, <place>" */
static void add_start(const writer *w, const pfh_point *point)
{
    const char *clock = strchr(point->appointment_start, 'T');

    pfh__text_spoken_date(w->s.out, w->s.language, point->appointment_date);
    if (clock != NULL) {
        add(w, " ");
        pfh__say(&w->s, "in.clock");
        add(w, " ");
        pfh__text_add(w->s.out, clock + 1, 2);
        add(w, w->s.language == PFH_LANGUAGE_EN ? ":" : ".");
        pfh__text_add(w->s.out, clock + 4, 2);
    }
    pfh__say_bounded(&w->s, ", ", point->appointment_place, LONGEST_PLACE);
    add(w, ".");
}

/* The first thing that is to be done at a point, but for the warning that its window closes. */
static const pfh_task *next_task(const writer *w, int32_t point)
{
    const pfh_plan *plan = w->needs->open_plan;

    for (size_t i = 0; i < plan->task_count; i++) {
        const pfh_task *task = &plan->tasks[i];

        if (task->point == point && task->kind <= PFH_TASK_CONFIRM)
            return task;
    }
    return NULL;
}

static void add_state(const writer *w, const pfh_point *point)
{
    const pfh_task *task = next_task(w, point->point);

    add(w, " ");
    pfh__say(&w->s, "head.state");
    add(w, ": ");
    pfh__say_value(&w->s, PFH_WORDS_STATE, (int32_t)point->state);
    add(w, ".");
    if (task != NULL) {
        const char *kind = pfh_word(PFH_WORDS_TASK, (int32_t)task->kind);
        const pfh_blank blanks[] = {
            PFH_FILL_TEXT("{task}", pfh__words_of(w->s.language, "task", kind)),
            PFH_FILL_DATE("{date}", task->due), PFH_FILL_END};

        add(w, " ");
        pfh__say_filled(&w->s, is_past(w, task->due) ? "needs.task.past" : "needs.task", blanks);
    }
}

/* To a patient one that has passed is no news. */
static void add_appointment(const writer *w, const pfh_point *point)
{
    const bool past = is_past(w, point->appointment_date);

    if (point->appointment_event == NULL || (past && to_patient(w)))
        return;
    add(w, " ");
    if (past)
        pfh__say(&w->s, "needs.appointment.past");
    else
        add(w, say(w, APPOINTMENT));
    add(w, " ");
    add_start(w, point);
}

/* What the patient has said, or is waited for to say. */
static void add_answer(const writer *w, pfh_state state)
{
    static const char *const ids[] = {
        [PFH_STATE_OFFERED] = "needs.patient.offered",
        [PFH_STATE_UNANSWERED] = "needs.patient.offered",
        [PFH_STATE_ACCEPTED] = "patient.accepted",
        [PFH_STATE_DECLINED] = "needs.patient.later",
        [PFH_STATE_DEFERRED] = "needs.patient.later",
        [PFH_STATE_CLOSED] = NULL,
    };

    if (ids[state] == NULL)
        return;
    add(w, " ");
    pfh__say(&w->s, ids[state]);
}

static void add_said_of_point(const writer *w, const pfh_point *point)
{
    const pfh_who who = {point->level, point->role, point->unit, w->needs->contacts[point->point]};

    add_appointment(w, point);
    if (to_patient(w))
        add_answer(w, point->state);
    else
        add_state(w, point);
    add(w, " ");
    pfh__say_with_who(&w->s, to_patient(w) ? "needs.patient.contact" : "needs.who", &who);
}

static void add_next(const writer *w)
{
    const pfh_point *point = next_point(w);

    if (point == NULL && is_over(w))
        return; /* it stands in the head that the pathway does not run */
    if (point == NULL) {
        add(w, say(w, NO_NEXT));
    } else {
        add_of_point(w, NEXT, point->point, point->level, w->needs->open_plan->as_of);
        add_window(w, point);
        add_said_of_point(w, point);
    }
    end_line(w);
    if (to_patient(w) && !is_over(w)) {
        pfh__say(&w->s, "needs.patient.ask");
        end_line(w);
    }
}

static void add_tail(const writer *w)
{
    add_distress(w);
    add_next(w);
    if (w->incomplete) {
        pfh__say(&w->s, "needs.withheld");
        end_line(w);
    }
}

/* ---- As much as there is room for --------------------------------------------------------- */

typedef struct filling {
    const writer *w; /* into the text */
    size_t room;     /* characters left for topics */
    size_t for_cut;  /* of them to be kept for the line that says how many were left out */
    size_t left;     /* topics that are not yet written */
    size_t number;   /* of the last one that is to be followed up */
    group last;      /* group of the last topic */
    bool full;
} filling;

/* What the text becomes longer by; a list that goes on takes back its line end.  It has no full
 * stop, which would stand behind a title with a question mark. */
static void write_topic(const filling *f, pfh_text_buffer *piece, const pfh_need_row *row, group in,
                        bool cut_note)
{
    writer aside = *f->w;

    aside.s.out = piece;
    if (in <= FOLLOW_UP_DONE) {
        add_follow_up(&aside, row, f->number + 1, cut_note);
        return;
    }
    if (in == f->last) {
        add(&aside, ", ");
    } else {
        if (f->last == GROUPS || f->last <= FOLLOW_UP_DONE)
            end_line(&aside);
        add(&aside, say(&aside, in == LIST_NOT_DISCUSSED && aside.incomplete ? NOT_MENTIONED
                                                                             : list_sayings[in]));
        add(&aside, " ");
    }
    pfh__say_topic(&aside.s, row->need.topic, row->need.title);
    end_line(&aside);
}

static void take_back(pfh_text_buffer *out, size_t size)
{
    if (out->failed)
        return;
    out->size -= size;
    out->data[out->size] = '\0';
}

/* Adds a topic if there is room for it, and after it for the line that others were left out. */
static bool try_topic(filling *f, const pfh_need_row *row, group in, bool cut_note)
{
    pfh_text_buffer piece = {0};
    const size_t again = in > FOLLOW_UP_DONE && in == f->last ? 1 : 0; /* its line end */
    const size_t kept = f->left == 1 ? 0 : f->for_cut;
    size_t size;
    bool fits;

    write_topic(f, &piece, row, in, cut_note);
    size = pfh__characters(piece.data, piece.size) - (piece.failed ? 0 : again);
    fits = !piece.failed && f->room >= kept && size <= f->room - kept;
    if (fits) {
        take_back(f->w->s.out, again);
        pfh__text_add(f->w->s.out, piece.data, piece.size);
        f->room -= size;
        f->left--;
        f->last = in;
        f->number += in <= FOLLOW_UP_DONE;
    }
    f->w->s.out->failed |= piece.failed;
    pfh__text_free(&piece);
    return fits;
}

static void add_topic(filling *f, const pfh_need_row *row, group in)
{
    f->full = f->full || (!try_topic(f, row, in, false) &&
                          (in > FOLLOW_UP_DONE || !try_topic(f, row, in, true)));
}

/* Adds topics for as long as there is room; says whether that was all of them. */
static bool add_topics(filling *f)
{
    const pfh_need_rows *rows = f->w->rows;

    for (int32_t in = 0; in < GROUPS; in++)
        for (size_t i = 0; !f->full && i < rows->topic_count; i++)
            if (group_of(f->w, &rows->topics[i]) == (group)in)
                add_topic(f, &rows->topics[i], (group)in);
    return f->left == 0;
}

static void add_cut(const writer *w, size_t count)
{
    const pfh_blank blanks[] = {PFH_FILL_NUMBER("{n}", (int32_t)count), PFH_FILL_END};

    end_line(w);
    pfh__say_filled(&w->s,
                    to_patient(w) ? "needs.patient.cut"
                    : count == 1  ? "needs.cut.one"
                                  : "needs.cut",
                    blanks);
    end_line(w);
}

/* The longest that the line can become: one topic or all of them. */
static size_t cut_size(const writer *w, size_t count)
{
    pfh_text_buffer one = {0}, many = {0};
    writer aside = *w;
    size_t size, other;

    aside.s.out = &one;
    add_cut(&aside, 1);
    aside.s.out = &many;
    add_cut(&aside, count);
    size = pfh__characters(one.data, one.size);
    other = pfh__characters(many.data, many.size);
    w->s.out->failed |= one.failed || many.failed;
    pfh__text_free(&one);
    pfh__text_free(&many);
    return size > other ? size : other;
}

static size_t count_topics(const writer *w)
{
    size_t count = 0;

    for (size_t i = 0; i < w->rows->topic_count; i++)
        count += group_of(w, &w->rows->topics[i]) < GROUPS;
    return count;
}

/* All topics where there is room for all; else as many as leave room for the line that says how
 * many were left out. */
static void add_topics_and_cut(const writer *w, size_t room, size_t for_cut)
{
    const size_t start = w->s.out->size;
    filling f = {.w = w, .room = room, .left = count_topics(w), .last = GROUPS};
    filling again = f;

    if (add_topics(&f))
        return;
    take_back(w->s.out, w->s.out->failed ? 0 : w->s.out->size - start);
    again.for_cut = for_cut;
    add_topics(&again);
    if (again.left > 0)
        add_cut(w, again.left);
}

static size_t size_of(const pfh_text_buffer *text)
{
    return text->failed ? 0 : pfh__characters(text->data, text->size);
}

/* Answers how many characters it takes at least: where that is more than `most`, it is not whole.
 */
static size_t write_text(const writer *w, size_t most)
{
    pfh_text_buffer tail = {0};
    writer aside = *w;
    const size_t for_cut = cut_size(w, count_topics(w));
    size_t fixed;

    add_head(w);
    aside.s.out = &tail;
    end_line(&aside);
    add_tail(&aside);
    if (tail.size == 1)
        take_back(&tail, 1); /* nothing follows the empty line */
    fixed = size_of(w->s.out) + size_of(&tail);
    if (fixed + for_cut <= most) {
        add_topics_and_cut(w, most - fixed, for_cut);
        pfh__text_add(w->s.out, tail.data, tail.size);
    }
    w->s.out->failed |= tail.failed;
    pfh__text_free(&tail);
    return fixed + for_cut;
}

static bool is_incomplete(const writer *w)
{
    for (size_t i = 0; i < w->rows->assessment_count; i++)
        if (w->rows->assessments[i].withheld > 0)
            return true;
    return w->needs->is_partial;
}

static void find_last(writer *w)
{
    for (size_t i = 0; i < w->rows->assessment_count; i++) {
        w->last = &w->rows->assessments[i];
        if (w->last->has_assessment)
            w->last_recorded = w->last;
    }
}

static void count_follow_ups(writer *w)
{
    for (size_t i = 0; i < w->rows->topic_count; i++) {
        const pfh_need_row *row = &w->rows->topics[i];
        const pfh_who who = pfh__who_of(row);

        if (row->need.need != PFH_NEED_FOLLOW_UP)
            continue;
        w->follow_up++;
        w->mine += pfh__who_is_audience(&who, w->s.audience);
        w->nobody += row->need.no_responsible != 0;
    }
}

static pfh_status check(const pfh_needs *needs, pfh_audience audience, pfh_language language,
                        pfh_error *err)
{
    if (needs == NULL)
        return pfh__null(err, "needs");
    if (pfh_word(PFH_WORDS_AUDIENCE, (int32_t)audience) == NULL)
        return pfh__fail(err, PFH_E_ARG, "audience", "the audience is not one of the list");
    if (pfh_word(PFH_WORDS_LANGUAGE, (int32_t)language) == NULL)
        return pfh__fail(err, PFH_E_ARG, "language", "the language is not one of the list");
    return PFH_OK;
}

pfh_status pfh_needs_to_text(char **out, const pfh_needs *needs, pfh_audience audience,
                             pfh_language language, int32_t max_characters, pfh_error *err)
{
    pfh_text_buffer text = {0};
    writer w = {.s = {&text, language, audience}, .needs = needs};
    size_t most, least;
    pfh_status status;

    if (out == NULL)
        return pfh__null(err, "out");
    status = check(needs, audience, language, err);
    if (status != PFH_OK)
        return status;
    w.rows = &needs->open;
    find_last(&w);
    w.incomplete = is_incomplete(&w);
    count_follow_ups(&w);
    most = max_characters < 0 ? 0 : (size_t)max_characters;
    least = write_text(&w, most);
    if (least > most && !text.failed) {
        pfh__text_free(&text);
        return pfh__fail(err, PFH_E_ARG, "max_characters",
                         "the text needs room for at least %d characters", (int)least);
    }
    return pfh__text_finish(out, &text, err);
}

int32_t pfh_needs_text_min(void)
{
    return LEAST_ROOM;
}
