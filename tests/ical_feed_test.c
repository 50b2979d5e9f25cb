/*
 * Updating a calendar: what stays byte for byte, what changes and how, what is over, what is not
 * ours; what is refused; and by random sequences that a calendar kept up to date shows what one
 * written afresh does.
 */
#include "server.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* Until 2026-02-13 the only task due within 30 days of 2026-02-02: point 1 opens on 2026-01-31,
 * + 14 days is a Saturday. */
#define FEED "horizon_days=30 domain=epj.example "
#define OFFER "p1+1.offer@epj.example"
#define FOLLOW_UP "p1+1.follow_up_offer@epj.example"

/* What changes when its due date has passed. */
#define TO_DO_NOW "Kan gjøres nå\r\nCOLOR:goldenrod"
#define PAST_DUE "Fristen er passert\r\nCOLOR:firebrick"

#define OFFERED(id, date)                                                                          \
    "{\"id\":\"" id "\",\"type\":\"offered\",\"date\":\"" date "\",\"point\":1}"
#define SCHEDULED(id, date, start, place)                                                          \
    "{\"id\":\"" id "\",\"type\":\"scheduled\",\"date\":\"" date                                   \
    "\",\"point\":1,\"start\":\"" start "\",\"minutes\":60,\"place\":\"" place "\"}"
#define CORRECTED(id, date, of)                                                                    \
    "{\"id\":\"" id "\",\"type\":\"corrected\",\"date\":\"" date "\",\"of\":\"" of "\"}"

/* Updates with the plan of this log on this day, at its midnight. */
static char *next(const char *previous, const char *log, const char *as_of, const char *settings)
{
    pfh_plan *plan = plan_of_log("p1", log, "", as_of);
    pfh_ical_options *options = options_with(settings);
    char *text = update_plan(previous, plan, options);

    pfh_plan_free(plan);
    pfh_ical_options_free(options);
    return text;
}

/* The same where others have put in what lint finds. */
static char *next_unjudged(const char *previous, const char *log, const char *as_of,
                           const char *settings)
{
    pfh_plan *plan = plan_of_log("p1", log, "", as_of);
    pfh_ical_options *options = options_with(settings);
    char *text = update_unjudged(previous, plan, options);

    pfh_plan_free(plan);
    pfh_ical_options_free(options);
    return text;
}

static char *first(void)
{
    return next(NULL, "", "2026-02-02", FEED);
}

static void expect_text(char *got, char *wanted, const char *what)
{
    cr_expect_str_eq(got, wanted, "%s: got\n%s\nwanted\n%s", what, got, wanted);
    free(got);
    free(wanted);
}

/* A copy of the entry of @p uid as it stands; the test ends where there is none. */
static cal_entry find_in(cal *c, const char *text, const char *uid)
{
    const cal_entry *e;

    *c = cal_of(text);
    e = cal_find(c, uid);
    cr_assert_not_null(e, "there is no %s in\n%s", uid, text);
    return *e;
}

static void expect_absent(const char *text, const char *uid)
{
    cal c = cal_of(text);

    cr_expect_null(cal_find(&c, uid), "%s in\n%s", uid, text);
    cal_free(&c);
}

static void expect_entry(const char *text, const char *uid, int32_t sequence, const char *stamp,
                         const char *status)
{
    char line[40];
    cal c;
    cal_entry e = find_in(&c, text, uid);

    snprintf(line, sizeof line, "STATUS:%s", status);
    cr_expect_eq(e.sequence, sequence, "%d in\n%s", (int)e.sequence, e.raw);
    cr_expect_str_eq(e.stamp, stamp, "in\n%s", e.raw);
    cr_expect_str_eq(e.modified, stamp, "in\n%s", e.raw);
    cr_expect(has_line(&e, line), "no %s in\n%s", line, e.raw);
    cr_expect_eq(count_of(e.raw, "\r\nSTATUS:"), 1, "%s", e.raw);
    cal_free(&c);
}

/* ---- Unchanged ---------------------------------------------------------------------------- */

static const char full_log[] = "{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\","
                               "\"point\":1,\"assessment\":{\"distress\":7}},"
                               "{\"id\":\"e2\",\"type\":\"scheduled\",\"date\":\"2026-04-01\","
                               "\"point\":2,\"start\":\"2026-05-11T10:00\",\"minutes\":60,"
                               "\"place\":\"Hamar; rom 2, \\\\opp\\nog fram\"}";

Test(ical_feed, unchanged_entries_stay_byte_for_byte_whatever_the_options)
{
    static const char *const settings[] = {
        "",
        "form=both",
        "form=todo",
        "span=from_due",
        "audience=patient",
        "tell=name",
        "tell=initials",
        "language=en",
        "alarm=none",
        "alarm=P1D form=both",
        "language=nn span=from_due form=both",
        "name=Min,~liste;~ny",
        "audience=patient span=from_due",
    };

    for (size_t i = 0; i < COUNT(settings); i++) {
        pfh_plan *plan =
            plan_of_log("p1", full_log, ",\"assign\":[{\"unit\":\"u2\"}]", "2026-04-20");
        char early[200], late[200];
        pfh_ical_options *then, *now;
        char *text, *again;

        snprintf(early, sizeof early, "%s stamp=2026-04-20T08:00:00Z", settings[i]);
        snprintf(late, sizeof late, "%s stamp=2026-04-21T09:30:01Z", settings[i]);
        then = options_with_units(early, "{\"unit\":\"u2\",\"name\":\"Ko: ordinator\",\"email\":"
                                         "\"a@b.example\",\"url\":\"https://b.example/?a=1;b,c\"}");
        now = options_with_units(late, "{\"unit\":\"u2\",\"name\":\"Ko: ordinator\",\"email\":"
                                       "\"a@b.example\",\"url\":\"https://b.example/?a=1;b,c\"}");
        text = write_plan(plan, then);
        again = update_plan(text, plan, now);
        expect_text(again, text, settings[i]);
        pfh_ical_options_free(then);
        pfh_ical_options_free(now);
        pfh_plan_free(plan);
    }
}

Test(ical_feed, a_day_on_which_nothing_is_seen_to_change_changes_no_byte)
{
    char *text = first();

    expect_text(next(text, "", "2026-02-03", FEED), copy_text(text), "the next day");
    expect_text(next(text, "", "2026-02-13", FEED), copy_text(text), "the due date");
    free(text);
}

/* ---- Changed ------------------------------------------------------------------------------ */

/* On the day after its due date the task is late, and its category and color say so. */
Test(ical_feed, what_a_reader_sees_changed_gets_the_next_sequence_and_the_new_stamp)
{
    char *text = first(), *wanted = copy_text(text);

    wanted = swap(wanted, "DTSTAMP:20260202T000000Z", "DTSTAMP:20260214T000000Z");
    wanted = swap(wanted, "LAST-MODIFIED:20260202T000000Z", "LAST-MODIFIED:20260214T000000Z");
    wanted = swap(wanted, "SEQUENCE:0", "SEQUENCE:1");
    wanted = swap(wanted, TO_DO_NOW, PAST_DUE);
    expect_text(next(text, "", "2026-02-14", FEED), wanted, "late");
    free(text);
}

Test(ical_feed, a_stamp_that_is_given_goes_before_the_day)
{
    char *text = first();
    char *late = next(text, "", "2026-02-14", FEED "stamp=2026-02-14T07:08:09+01:00");

    expect_entry(late, OFFER, 1, "20260214T060809Z", "CONFIRMED");
    free(text);
    free(late);
}

Test(ical_feed, each_change_counts_one)
{
    static const struct {
        const char *log, *line;
    } step[] = {
        {SCHEDULED("a", "2026-02-02", "2026-02-10T10:00", "Rom 1"), "LOCATION:Rom 1"},
        {SCHEDULED("a", "2026-02-02", "2026-02-10T10:00", "Rom 2"), "LOCATION:Rom 2"},
        {SCHEDULED("a", "2026-02-02", "2026-02-10T11:00", "Rom 2"),
         "DTSTART;TZID=Europe/Oslo:20260210T110000"},
        {SCHEDULED("a", "2026-02-02", "2026-02-11", "Rom 2"), "DTSTART;VALUE=DATE:20260211"},
    };
    char *text = NULL;

    for (size_t i = 0; i < COUNT(step); i++) {
        char *changed = next(text, step[i].log, "2026-02-03", FEED);
        cal c;
        cal_entry e = find_in(&c, changed, "p1+1.hold@epj.example");

        cr_expect_eq(e.sequence, (int32_t)i, "%s", e.raw);
        cr_expect(has_line(&e, step[i].line), "%s is not in\n%s", step[i].line, e.raw);
        cal_free(&c);
        free(text);
        text = changed;
    }
    free(text);
}

Test(ical_feed, the_name_of_the_calendar_follows_the_option)
{
    char *text = first(), *wanted = copy_text(text);

    wanted = swap(wanted, "\r\nNAME:Pakkeforløp hjem", "\r\nNAME:Ny\\; liste");
    wanted = swap(wanted, "X-WR-CALNAME:Pakkeforløp hjem", "X-WR-CALNAME:Ny liste");
    expect_text(next(text, "", "2026-02-02", FEED "name=Ny;~liste"), wanted, "another name");
    free(text);
}

/* ---- Over --------------------------------------------------------------------------------- */

Test(ical_feed, what_is_done_is_cancelled_without_its_alarm)
{
    char *text = first(), *done = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED);
    cal c;
    cal_entry e = find_in(&c, done, OFFER);

    expect_entry(done, OFFER, 1, "20260205T000000Z", "CANCELLED");
    cr_expect(has_line(&e, "SUMMARY:Ikke lenger aktuelt: Tilby: p1 (punkt 1)"), "%s", e.raw);
    cr_expect(has_line(&e, "DTSTART;VALUE=DATE:20260213"), "%s", e.raw);
    cr_expect(has_line(&e, "DTEND;VALUE=DATE:20260214"), "%s", e.raw);
    cr_expect(has_line(&e, "CLASS:CONFIDENTIAL"), "%s", e.raw);
    cr_expect_null(strstr(e.raw, "ALARM"), "%s", e.raw);
    cr_expect_eq(count_of(e.raw, "DTSTAMP"), 1, "%s", e.raw);
    cr_expect_eq(count_of(e.raw, "SUMMARY"), 1, "%s", e.raw);
    expect_entry(done, FOLLOW_UP, 0, "20260205T000000Z", "CONFIRMED");
    cal_free(&c);
    free(text);
    free(done);
}

Test(ical_feed, an_appointment_that_was_held_says_so)
{
    static const char *const settings[] = {FEED, FEED "form=todo", FEED "audience=patient"};
    static const char *const uids[] = {"p1+1.hold@epj.example", "p1+1.hold+todo@epj.example",
                                       "p1+conversation.1@epj.example"};
    static const char *const lines[] = {"SUMMARY:Gjennomført: Samtale: p1 (punkt 1)",
                                        "SUMMARY:Gjennomført: Samtale: p1 (punkt 1)",
                                        "SUMMARY:Gjennomført: Samtale på sykehuset"};

    for (size_t i = 0; i < COUNT(settings); i++) {
        char *text = next(NULL, SCHEDULED("a", "2026-02-02", "2026-02-10T10:00", "x"), "2026-02-03",
                          settings[i]);
        char *held = next(
            text,
            SCHEDULED(
                "a", "2026-02-02", "2026-02-10T10:00",
                "x") ","
                     "{\"id\":\"b\",\"type\":\"performed\",\"date\":\"2026-02-10\",\"point\":1}",
            "2026-02-10", settings[i]);
        cal c;
        cal_entry e = find_in(&c, held, uids[i]);

        expect_entry(held, uids[i], 1, "20260210T000000Z", "CANCELLED");
        cr_expect(has_line(&e, lines[i]), "no %s in\n%s", lines[i], e.raw);
        cal_free(&c);
        free(text);
        free(held);
    }
}

Test(ical_feed, what_is_cancelled_stays_until_keep_days_later)
{
    static const struct {
        const char *settings, *stamp, *as_of;
        bool stays;
    } edge[] = {
        {"keep_days=10", "2026-02-15T11:59:59Z", "2026-02-15", true},
        {"keep_days=10", "2026-02-15T12:00:00Z", "2026-02-15", false},
        {"keep_days=1", "2026-02-06T11:59:59Z", "2026-02-06", true},
        {"keep_days=1", "2026-02-06T12:00:00Z", "2026-02-06", false},
        {"", "2026-03-07T11:59:59Z", "2026-02-15", true}, /* 30 days */
        {"", "2026-03-07T12:00:00Z", "2026-02-15", false},
    };
    char *text = first();
    char *done =
        next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED "stamp=2026-02-05T12:00:00Z");
    cal before = cal_of(done);

    for (size_t i = 0; i < COUNT(edge); i++) {
        char settings[160];
        char *later;
        cal after;
        const cal_entry *e;

        snprintf(settings, sizeof settings, FEED "%s stamp=%s", edge[i].settings, edge[i].stamp);
        later = next(done, OFFERED("a", "2026-02-05"), edge[i].as_of, settings);
        after = cal_of(later);
        e = cal_find(&after, OFFER);
        cr_expect_eq(e != NULL, edge[i].stays, "row %zu", i);
        if (e != NULL)
            cr_expect_str_eq(e->raw, cal_find(&before, OFFER)->raw, "row %zu", i);
        cal_free(&after);
        free(later);
    }
    cal_free(&before);
    free(text);
    free(done);
}

Test(ical_feed, by_days_what_is_cancelled_is_gone_on_the_day_keep_days_later)
{
    char *text = first(), *done = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED);
    char *last = next(done, OFFERED("a", "2026-02-05"), "2026-02-14", FEED "keep_days=10");
    char *gone = next(done, OFFERED("a", "2026-02-05"), "2026-02-15", FEED "keep_days=10");

    expect_text(last, copy_text(done), "the last day");
    expect_absent(gone, OFFER);
    free(text);
    free(done);
    free(gone);
}

Test(ical_feed, with_keep_days_0_what_is_over_is_gone_at_once)
{
    char *text = first();
    char *done = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED "keep_days=0");

    expect_absent(done, OFFER);
    free(text);
    free(done);
}

#define UNDONE OFFERED("a", "2026-02-05") "," CORRECTED("b", "2026-02-06", "a")

Test(ical_feed, what_is_due_again_is_confirmed_with_the_next_sequence)
{
    char *text = first(), *done = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED);
    char *again = next(done, UNDONE, "2026-02-06", FEED);
    cal was = cal_of(text), is = cal_of(again);

    expect_entry(again, OFFER, 2, "20260206T000000Z", "CONFIRMED");
    expect_entry(again, FOLLOW_UP, 1, "20260206T000000Z", "CANCELLED");
    cr_expect_str_eq(cal_find(&is, OFFER)->seen, cal_find(&was, OFFER)->seen);
    cal_free(&was);
    cal_free(&is);
    free(text);
    free(done);
    free(again);
}

/* ---- To-dos that somebody completed ------------------------------------------------------- */

#define OFFER_TODO "p1+1.offer+todo@epj.example"

static char *ticked_off(void)
{
    char *text = next(NULL, "", "2026-02-02", FEED "form=todo");

    text = swap(text, "LAST-MODIFIED:20260202T000000Z", "LAST-MODIFIED:20260204T100000Z");
    return swap(text, "STATUS:NEEDS-ACTION",
                "STATUS:COMPLETED\r\nCOMPLETED:20260204T100000Z\r\nPERCENT-COMPLETE:100");
}

Test(ical_feed, a_completed_todo_that_is_done_stays_as_it_was_and_then_goes)
{
    static const struct {
        const char *stamp;
        bool stays;
    } edge[] = {{"2026-02-14T09:59:59Z", true}, {"2026-02-14T10:00:00Z", false}};
    char *text = ticked_off();
    cal before = cal_of(text);

    for (size_t i = 0; i < COUNT(edge); i++) {
        char settings[120];
        char *later;
        cal after;
        const cal_entry *e;

        snprintf(settings, sizeof settings, FEED "form=todo keep_days=10 stamp=%s", edge[i].stamp);
        later = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", settings);
        after = cal_of(later);
        e = cal_find(&after, OFFER_TODO);
        cr_expect_eq(e != NULL, edge[i].stays, "%s", edge[i].stamp);
        if (e != NULL)
            cr_expect_str_eq(e->raw, cal_find(&before, OFFER_TODO)->raw);
        cal_free(&after);
        free(later);
    }
    cal_free(&before);
    free(text);
}

/* The plan says what is to be done: what was ticked off is read by pfh_ical_read() before. */
Test(ical_feed, a_completed_todo_that_is_still_to_be_done_is_open_again)
{
    char *text = ticked_off(), *later = next(text, "", "2026-02-05", FEED "form=todo");

    expect_entry(later, OFFER_TODO, 1, "20260205T000000Z", "NEEDS-ACTION");
    cr_expect_null(strstr(later, "COMPLETED"));
    cr_expect_null(strstr(later, "PERCENT"));
    free(text);
    free(later);
}

Test(ical_feed, the_todos_of_a_point_are_below_it_until_there_are_none)
{
    char *text = next(NULL, "", "2026-02-02", FEED "form=todo");
    char *over = next(text,
                      "{\"id\":\"a\",\"type\":\"excluded\",\"date\":\"2026-02-03\",\"point\":1,"
                      "\"reason\":\"no_need\"}",
                      "2026-02-03", FEED "form=todo");

    expect_entry(text, "p1+point.1+todo@epj.example", 0, "20260202T000000Z", "NEEDS-ACTION");
    expect_entry(over, "p1+point.1+todo@epj.example", 1, "20260203T000000Z", "CANCELLED");
    expect_entry(over, OFFER_TODO, 1, "20260203T000000Z", "CANCELLED");
    free(text);
    free(over);
}

/* ---- What is of others -------------------------------------------------------------------- */

#define STAMPED(uid) "UID:" uid "\r\nDTSTAMP:20250101T000000Z\r\nDTSTART;VALUE=DATE:20260213\r\n"

static const struct {
    const char *what, *text;
    bool unjudged; /* lint has something to say of it */
} foreign[] = {
    {"an event", "BEGIN:VEVENT\r\n" STAMPED("x@y.example") "SUMMARY:a\r\nEND:VEVENT\r\n", false},
    {"a to-do", "BEGIN:VTODO\r\n" STAMPED("x@y.example") "END:VTODO\r\n", false},
    {"a journal", "BEGIN:VJOURNAL\r\n" STAMPED("x@y.example") "END:VJOURNAL\r\n", false},
    {"a journal with a UID of ours",
     "BEGIN:VJOURNAL\r\n" STAMPED("p1+2.offer@epj.example") "END:VJOURNAL\r\n", false},
    {"busy time", "BEGIN:VFREEBUSY\r\nUID:a@b\r\nDTSTAMP:20250101T000000Z\r\nEND:VFREEBUSY\r\n",
     false},
    {"a component of nobody",
     "BEGIN:X-COMP\r\nX-A:1\r\nBEGIN:X-IN\r\nX-B:2\r\nEND:X-IN\r\nEND:X-COMP\r\n", false},
    {"a time zone",
     "BEGIN:VTIMEZONE\r\nTZID:Europe/Helsinki\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
     "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
     false},
    {"an event with alarms",
     "BEGIN:VEVENT\r\n" STAMPED("x@y.example") "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-"
                                               "PT1H\r\nEND:VALARM\r\nEND:VEVENT\r\n",
     false},
    {"an entry of another domain",
     "BEGIN:VEVENT\r\n" STAMPED("p1+2.offer@other.example") "END:VEVENT\r\n", false},
    {"an entry of a domain that begins with ours",
     "BEGIN:VEVENT\r\n" STAMPED("p1+2.offer@epj.example.org") "END:VEVENT\r\n", false},
    {"a UID without a plus", "BEGIN:VEVENT\r\n" STAMPED("p1@epj.example") "END:VEVENT\r\n", false},
    {"a UID with a plus that is none of ours",
     "BEGIN:VEVENT\r\n" STAMPED("meeting+2026@epj.example") "END:VEVENT\r\n", false},
    {"another UID with a plus",
     "BEGIN:VEVENT\r\n" STAMPED("a+1.lunch@epj.example") "END:VEVENT\r\n", false},
    {"no UID", "BEGIN:VEVENT\r\nDTSTAMP:20250101T000000Z\r\nEND:VEVENT\r\n", true},
    {"one of several dates of an entry",
     "BEGIN:VEVENT\r\n" STAMPED(OFFER) "RECURRENCE-ID;VALUE=DATE:20260213\r\nEND:VEVENT\r\n",
     false},
    {"one of several dates of what is not in the plan",
     "BEGIN:VEVENT\r\n" STAMPED(
         "p1+1.book@epj.example") "RECURRENCE-ID;VALUE=DATE:20260213\r\nEND:VEVENT\r\n",
     false},
    {"a UID for the second time", "BEGIN:VEVENT\r\n" STAMPED(OFFER) "SUMMARY:b\r\nEND:VEVENT\r\n",
     true},
    {"lines that end in LF",
     "BEGIN:VEVENT\nUID:x@y.example\nDTSTAMP:20250101T000000Z\nSUMMARY:a\n b\n"
     "END:VEVENT\n",
     true},
    {"lines that end in CR",
     "BEGIN:VEVENT\rUID:x@y.example\rDTSTAMP:20250101T000000Z\rEND:VEVENT\r", true},
    {"odd folds",
     "BEG\r\n IN:VEV\r\n\tENT\r\nUI\r\n D:x@y.example\r\nDTSTAMP:20250101T000000Z\r\n "
     "\r\n \r\nDTSTART:20260213T100000Z\r\nE\r\n ND:VEVENT\r\n",
     true},
    {"a character that is folded inside",
     "BEGIN:VEVENT\r\n" STAMPED("x@y.example") "SUMMARY:F\xc3\r\n \xb8rste\r\nEND:VEVENT\r\n",
     true},
    {"names in lower case",
     "begin:vevent\r\nuid:x@y.example\r\ndtstamp:20250101T000000Z\r\n"
     "dtstart;value=date:20260213\r\nend:vevent\r\n",
     false},
    {"a long line",
     "BEGIN:VEVENT\r\n" STAMPED("x@y.example") "SUMMARY:0123456789012345678901234567890"
                                               "123456789012345678901234567890123456789012345678901"
                                               "23456789\r\nEND:VEVENT\r\n",
     true},
    {"an empty line", "\r\nBEGIN:VEVENT\r\n" STAMPED("x@y.example") "END:VEVENT\r\n", true},
    {"an entry without lines", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", true},
    {"END of another name", "BEGIN:VEVENT\r\nX-A:1\r\nEND:VTODO\r\n", true},
    {"a property behind components", "X-BEHIND:1\r\n", true},
    {"a line without a colon", "BEGIN:VEVENT\r\nnonsense\r\nEND:VEVENT\r\n", true},
};

/* It stands before the entry and behind it. */
static void try_foreign(size_t i, const char *before, const char *log, const char *as_of,
                        const char *sequence)
{
    for (int behind = 0; behind < 2; behind++) {
        growing part = {0};
        char *text = first(), *updated;
        const bool judged = !foreign[i].unjudged;

        if (behind)
            growing_print(&part, "%sEND:VCALENDAR", foreign[i].text);
        else
            growing_print(&part, "END:VTIMEZONE\r\n%sBEGIN:VEVENT", foreign[i].text);
        text = swap(text, behind ? "END:VCALENDAR" : "END:VTIMEZONE\r\nBEGIN:VEVENT", part.data);
        text = swap(text, "BEGIN:VCALENDAR", before);
        updated = (judged ? next : next_unjudged)(text, log, as_of, FEED);
        cr_expect_not_null(strstr(updated, part.data), "%s is not kept in\n%s", foreign[i].what,
                           updated);
        cr_expect_not_null(strstr(updated, sequence), "%s: %s", foreign[i].what, updated);
        if (strcmp(sequence, "SEQUENCE:0") == 0)
            cr_expect_str_eq(updated, text, "%s: got\n%s", foreign[i].what, updated);
        free(part.data);
        free(text);
        free(updated);
    }
}

Test(ical_feed, what_is_of_others_is_kept_byte_for_byte)
{
    for (size_t i = 0; i < COUNT(foreign); i++) {
        bool second = strstr(foreign[i].what, "second time") != NULL;

        if (!second)
            try_foreign(i, "BEGIN:VCALENDAR", "", "2026-02-02", "SEQUENCE:0");
        if (!second)
            try_foreign(i, "BEGIN:VCALENDAR", "", "2026-02-14", "SEQUENCE:1");
    }
}

/* Of two entries with one UID the first is ours. */
Test(ical_feed, a_uid_for_the_second_time_is_of_others)
{
    static const char second[] = "BEGIN:VEVENT\r\n" STAMPED(OFFER) "SUMMARY:b\r\nEND:VEVENT\r\n";
    char *text = first(), *wanted, *updated;
    growing part = {0};

    growing_print(&part, "%sEND:VCALENDAR", second);
    text = swap(text, "END:VCALENDAR", part.data);
    updated = next_unjudged(text, "", "2026-02-02", FEED);
    expect_text(updated, copy_text(text), "unchanged");
    wanted = swap(copy_text(text), "DTSTAMP:20260202T000000Z", "DTSTAMP:20260214T000000Z");
    wanted = swap(wanted, "LAST-MODIFIED:20260202T000000Z", "LAST-MODIFIED:20260214T000000Z");
    wanted = swap(wanted, "SEQUENCE:0", "SEQUENCE:1");
    wanted = swap(wanted, TO_DO_NOW, PAST_DUE);
    expect_text(next_unjudged(text, "", "2026-02-14", FEED), wanted, "changed");
    free(part.data);
    free(text);
}

Test(ical_feed, properties_of_the_calendar_that_are_of_others_are_kept)
{
    static const char *const lines[] = {
        "X-WR-TIMEZONE:Europe/Oslo\r\n",
        "CALSCALE:GREGORIAN\r\n",
        "COLOR:red\r\n",
        "SOURCE;VALUE=URI:https://a.example/\r\n",
        "x-lower:1\r\n",
        "X-FOLDED:a\r\n b\r\n",
        "DESCRIPTION:Alt\r\n",
        "X-LF:1\n",
        "nonsense\r\n",
    };

    for (size_t i = 0; i < COUNT(lines); i++) {
        for (int place = 0; place < 2; place++) {
            static const char *const at[] = {"PRODID:", "BEGIN:VTIMEZONE"};
            growing part = {0};
            char *text = first();

            growing_print(&part, "%s%s", lines[i], at[place]);
            text = swap(text, at[place], part.data);
            expect_text(next_unjudged(text, "", "2026-02-02", FEED), copy_text(text), lines[i]);
            free(part.data);
            free(text);
        }
    }
}

Test(ical_feed, the_calendar_of_somebody_else_keeps_its_properties)
{
    const char *head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//EN\r\nNAME:Min\r\n"
                       "BEGIN:VEVENT\r\n" STAMPED("x@y.example") "END:VEVENT\r\n";
    char *text = copy_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//EN\r\nNAME:Min\r\n"
                           "BEGIN:VEVENT\r\n" STAMPED("x@y.example") "END:VEVENT\r\n"
                                                                     "END:VCALENDAR\r\n");
    char *updated = next(text, "", "2026-02-02", FEED);
    char *hour =
        next(text, SCHEDULED("a", "2026-02-01", "2026-02-20T10:00", "Rom 1"), "2026-02-02", FEED);
    cal c = cal_of(updated);

    cr_expect_eq(strncmp(updated, head, strlen(head)), 0, "%s", updated);
    cr_expect_null(strstr(updated, "METHOD"));
    cr_expect_null(strstr(updated, "VTIMEZONE"));
    cr_expect_not_null(strstr(hour, "\r\nTZID:Europe/Oslo\r\n"), "%s", hour); /* it needs it */
    cr_expect_not_null(cal_find(&c, OFFER));
    cal_free(&c);
    free(text);
    free(updated);
    free(hour);
}

Test(ical_feed, a_calendar_without_our_properties_gets_them)
{
    char *text = copy_text("BEGIN:VCALENDAR\r\nX-A:1\r\n"
                           "BEGIN:VEVENT\r\n" STAMPED("x@y.example") "END:VEVENT\r\n"
                                                                     "END:VCALENDAR\r\n");
    char *updated = next(text, "", "2026-02-02", FEED);
    cal c = cal_of(updated);

    cr_expect_not_null(strstr(updated, "\r\nX-A:1\r\n"));
    cr_expect_not_null(strstr(updated, "\r\nMETHOD:PUBLISH\r\n"));
    cr_expect_not_null(strstr(updated, "\r\nX-PUBLISHED-TTL:PT12H\r\n"));
    cr_expect_not_null(strstr(updated, "\r\nTZID:Europe/Oslo\r\n"));
    cr_expect_eq(count_of(updated, "PRODID"), 1);
    cr_expect_not_null(cal_find(&c, "x@y.example"));
    cr_expect_not_null(cal_find(&c, OFFER));
    cal_free(&c);
    free(text);
    free(updated);
}

Test(ical_feed, names_of_calendar_properties_count_whatever_their_case)
{
    char *text = first(), *updated;

    text = swap(text, "VERSION:2.0", "version:2.0");
    text = swap(text, "\r\nNAME:", "\r\nName:");
    text = swap(text, "METHOD:", "method:");
    updated = next(text, "", "2026-02-02", FEED);
    expect_text(updated, copy_text(text), "lower case");
    free(text);
}

Test(ical_feed, what_stands_behind_the_calendar_and_before_it_stays)
{
    char *text = first(), *updated;

    text = swap(text, "END:VCALENDAR\r\n", "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nleft over");
    text = swap(text, "BEGIN:VCALENDAR\r\nV",
                "\xef\xbb\xbf"
                "BEGIN:VCALENDAR\r\nV");
    expect_text(next_unjudged(text, "", "2026-02-02", FEED), copy_text(text), "unchanged");
    updated = next_unjudged(text, "", "2026-02-14", FEED);
    cr_expect_not_null(
        strstr(updated, "END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nleft over"));
    cr_expect_eq(strncmp(updated,
                         "\xef\xbb\xbf"
                         "BEGIN:VCALENDAR\r\n",
                         20),
                 0);
    cr_expect_eq(count_of(updated, "PRODID"), 1, "%s", updated);
    free(updated);
    free(text);
}

Test(ical_feed, a_calendar_without_a_last_line_end_is_one)
{
    char *text = swap(first(), "END:VCALENDAR\r\n", "END:VCALENDAR");

    expect_text(next_unjudged(text, "", "2026-02-02", FEED), copy_text(text), "unchanged");
    free(text);
}

Test(ical_feed, a_calendar_with_lines_that_end_in_lf_keeps_them)
{
    char *text = swap_all(first(), "\r\n", "\n");

    expect_text(next_unjudged(text, "", "2026-02-02", FEED), copy_text(text), "unchanged");
    free(text);
}

/* ---- What others have put into our entries ------------------------------------------------ */

#define ALARM_OF_OTHERS                                                                            \
    "BEGIN:VALARM\r\nUID:other\r\nACTION:AUDIO\r\nTRIGGER:-PT5M\r\nX-SOUND:a\r\n "                 \
    "b\r\nEND:VALARM\r\n"

static const char *const inside[] = {
    "X-MOZ-GENERATION:3\r\n",
    "X-MOZ-LASTACK:20260201T000000Z\r\n",
    "PRIORITY:5\r\n",
    "COMMENT:Husk nøkkel\r\n",
    "CREATED:20260201T000000Z\r\n",
    "ATTACH:https://a.example/\r\n",
    "x-lower;a=b:1\r\n",
    "X-FOLDED:a\r\n\tb\r\n c\r\n",
    "X-LF:1\n",
    ALARM_OF_OTHERS,
    "X-ONE:1\r\nX-TWO:2\r\n" ALARM_OF_OTHERS ALARM_OF_OTHERS,
};

static char *with_inside(const char *part)
{
    growing text = {0};
    char *result;

    growing_print(&text, "%sBEGIN:VALARM", part);
    result = swap(first(), "BEGIN:VALARM", text.data);
    free(text.data);
    return result;
}

Test(ical_feed, what_others_put_into_an_entry_is_no_change)
{
    for (size_t i = 0; i < COUNT(inside); i++) {
        char *text = with_inside(inside[i]);

        expect_text(next_unjudged(text, "", "2026-02-03", FEED), copy_text(text), inside[i]);
        free(text);
    }
}

Test(ical_feed, what_others_put_into_an_entry_is_kept_when_it_changes)
{
    for (size_t i = 0; i < COUNT(inside); i++) {
        char *text = with_inside(inside[i]);
        char *wanted = copy_text(text);

        wanted = swap(wanted, "DTSTAMP:20260202T000000Z", "DTSTAMP:20260214T000000Z");
        wanted = swap(wanted, "LAST-MODIFIED:20260202T000000Z", "LAST-MODIFIED:20260214T000000Z");
        wanted = swap(wanted, "SEQUENCE:0", "SEQUENCE:1");
        wanted = swap(wanted, TO_DO_NOW, PAST_DUE);
        expect_text(next_unjudged(text, "", "2026-02-14", FEED), wanted, inside[i]);
        free(text);
    }
}

Test(ical_feed, properties_of_others_stay_when_an_entry_is_over_and_alarms_do_not)
{
    char *text = with_inside("PRIORITY:5\r\n" ALARM_OF_OTHERS);
    char *done = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED);
    char *again = next(done, UNDONE, "2026-02-06", FEED);
    cal c;
    cal_entry e = find_in(&c, done, OFFER);

    cr_expect(has_line(&e, "PRIORITY:5"), "%s", e.raw);
    cr_expect_null(strstr(e.raw, "ALARM"), "%s", e.raw);
    cal_free(&c);
    e = find_in(&c, again, OFFER);
    cr_expect(has_line(&e, "PRIORITY:5"), "%s", e.raw);
    cr_expect_eq(count_of(e.raw, "BEGIN:VALARM"), 1, "%s", e.raw);
    cal_free(&c);
    free(text);
    free(done);
    free(again);
}

/* A person who has seen an alarm has changed nothing of the entry (RFC 9074, 6.1). */
Test(ical_feed, an_alarm_that_was_acknowledged_is_no_change)
{
    char *text =
        swap(first(), "END:VALARM", "ACKNOWLEDGED:20260203T080000Z\r\nX-A:1\r\nEND:VALARM");
    char *late;

    expect_text(next(text, "", "2026-02-03", FEED), copy_text(text), "acknowledged");
    late = next(text, "", "2026-02-14", FEED);
    expect_entry(late, OFFER, 1, "20260214T000000Z", "CONFIRMED");
    cr_expect_eq(count_of(late, "BEGIN:VALARM"), 1, "%s", late);
    free(late);
    free(text);
}

Test(ical_feed, an_alarm_that_was_taken_away_comes_back)
{
    char *text = first(), *at = strstr(text, "BEGIN:VALARM"), *end = strstr(text, "END:VALARM\r\n");
    char *updated;

    memmove(at, end + strlen("END:VALARM\r\n"), strlen(end + strlen("END:VALARM\r\n")) + 1);
    updated = next(text, "", "2026-02-03", FEED);
    expect_entry(updated, OFFER, 1, "20260203T000000Z", "CONFIRMED");
    cr_expect_eq(count_of(updated, "BEGIN:VALARM"), 1);
    free(text);
    free(updated);
}

Test(ical_feed, what_a_person_changed_in_an_entry_follows_the_plan_again)
{
    static const char *const changes[][2] = {
        {"DTSTART;VALUE=DATE:20260213", "DTSTART;VALUE=DATE:20260212"},
        {"DTEND;VALUE=DATE:20260214\r\n", ""},
        {"SUMMARY:Tilby", "SUMMARY:tilby"},
        {"SUMMARY:", "SUMMARY;X-A=1:"},
        {"DTSTART;VALUE=DATE:", "DTSTART;VALUE=DATE;X-A=1:"},
        {"STATUS:CONFIRMED", "STATUS:CANCELLED"},
        {"STATUS:CONFIRMED\r\n", ""},
        {"TRANSP:TRANSPARENT", "TRANSP:OPAQUE"},
        {"CLASS:CONFIDENTIAL", "CLASS:PUBLIC"},
        {"CLASS:CONFIDENTIAL", "CLASS:CONFIDENTIAL\r\nLOCATION:Hjemme"},
        {",Tilby samtale,", ","},
        {"TRIGGER:-PT15H", "TRIGGER:-PT15M"},
        {"ACTION:DISPLAY", "ACTION:AUDIO"},
    };
    char *wanted = first();
    cal plan = cal_of(wanted);

    for (size_t i = 0; i < COUNT(changes); i++) {
        char *text = swap(first(), changes[i][0], changes[i][1]);
        char *updated = next(text, "", "2026-02-03", FEED);
        cal c;
        cal_entry e = find_in(&c, updated, OFFER);

        cr_expect_eq(e.sequence, 1, "%s", changes[i][0]);
        cr_expect_str_eq(e.seen, cal_find(&plan, OFFER)->seen, "%s", changes[i][0]);
        cal_free(&c);
        free(text);
        free(updated);
    }
    cal_free(&plan);
    free(wanted);
}

/* ---- What a server makes of it ------------------------------------------------------------ */

static void expect_no_change(char *served, const char *what)
{
    char *updated = next_unjudged(served, "", "2026-02-03", FEED);

    cr_expect_str_eq(updated, served, "%s: got\n%s", what, updated);
    free(updated);
    free(served);
}

Test(ical_feed, what_a_server_writes_otherwise_is_no_change)
{
    expect_no_change(swap(first(), "DTSTART;VALUE=DATE:", "dtstart;value=DATE:"), "lower case");
    expect_no_change(swap(first(), "BEGIN:VEVENT", "begin:vevent"), "BEGIN in lower case");
    expect_no_change(swap(first(), "STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n",
                          "TRANSP:TRANSPARENT\r\nSTATUS:CONFIRMED\r\n"),
                     "order");
    expect_no_change(swap(first(), "STATUS:CONFIRMED", "STAT\r\n US:CON\r\n\tFIRMED"), "folds");
    expect_no_change(
        swap(first(), "Pasienten har ikke f\xc3\xa5tt", "Pasienten har ikke f\xc3\r\n \xa5tt"),
        "a fold inside a character");
}

Test(ical_feed, quotes_and_the_order_of_parameters_are_no_change)
{
    static const char units[] = "{\"unit\":\"u1\",\"name\":\"Kontoret\",\"email\":\"a@b.example\"}";
    pfh_plan *plan = plan_of_log("p1", "", ",\"assign\":[{\"unit\":\"u1\"}]", "2026-02-02");
    pfh_ical_options *options = options_with_units(FEED, units);
    char *text = write_plan(plan, options);
    const char *line = strstr(text, "\r\nORGANIZER;CN=");

    cr_assert_not_null(line);
    if (strstr(text, "CN=\"Kontoret\"") != NULL)
        text = swap(text, "CN=\"Kontoret\"", "CN=Kontoret");
    else
        text = swap(text, "CN=Kontoret", "CN=\"Kontoret\"");
    expect_text(update_plan(text, plan, options), copy_text(text), "quotes");
    free(text);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

Test(ical_feed, the_sequence_goes_on_from_what_it_was)
{
    static const char *const rows[][2] = {
        {"7", "8"},
        {"0041", "42"},
        {"999999999", "1000000000"},
        {"1000000000", "1000000001"},
        {"2147483646", "2147483647"},
        {"2147483647", "2147483647"},
        {"99999999999999999999", "2147483647"},
        {"x", "1"},
        {"", "1"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char line[80], wanted[80];
        char *text, *late;

        snprintf(line, sizeof line, "SEQUENCE:%s\r\n", rows[i][0]);
        snprintf(wanted, sizeof wanted, "\r\nSEQUENCE:%s\r\n", rows[i][1]);
        text = swap(first(), "SEQUENCE:0\r\n", line);
        late = next(text, "", "2026-02-14", FEED);
        cr_expect_not_null(strstr(late, wanted), "%s: %s", rows[i][0], late);
        free(text);
        free(late);
    }
}

/* ---- Several feeds and several pathways --------------------------------------------------- */

/* The point goes from one unit to another: it leaves one feed and comes into the other. */
Test(ical_feed, what_another_unit_takes_over_is_cancelled_here_and_new_there)
{
    static const char moved[] = "{\"id\":\"a\",\"type\":\"assigned\",\"date\":\"2026-02-03\","
                                "\"point\":1,\"level\":\"specialist\",\"unit\":\"u2\"}";
    static const char *const units[] = {FEED "unit=u1", FEED "unit=u2"};
    char *before[2], *after[2];

    for (int i = 0; i < 2; i++) {
        pfh_plan *then = plan_of_log("p1", "", ",\"assign\":[{\"unit\":\"u1\"}]", "2026-02-02");
        pfh_plan *now = plan_of_log("p1", moved, ",\"assign\":[{\"unit\":\"u1\"}]", "2026-02-03");
        pfh_ical_options *options = options_with(units[i]);

        before[i] = write_plan(then, options);
        after[i] = update_plan(before[i], now, options);
        pfh_plan_free(then);
        pfh_plan_free(now);
        pfh_ical_options_free(options);
    }
    expect_entry(before[0], OFFER, 0, "20260202T000000Z", "CONFIRMED");
    expect_absent(before[1], OFFER);
    expect_entry(after[0], OFFER, 1, "20260203T000000Z", "CANCELLED");
    expect_entry(after[1], OFFER, 0, "20260203T000000Z", "CONFIRMED");
    for (int i = 0; i < 2; i++) {
        free(before[i]);
        free(after[i]);
    }
}

Test(ical_feed, another_domain_begins_anew_and_leaves_what_was)
{
    char *text = first();
    char *other = next(text, "", "2026-02-14", "horizon_days=30 domain=other.example");
    cal before = cal_of(text), after = cal_of(other);

    cr_expect_str_eq(cal_find(&after, OFFER)->raw, cal_find(&before, OFFER)->raw);
    cr_expect_not_null(cal_find(&after, "p1+1.offer@other.example"));
    cal_free(&before);
    cal_free(&after);
    free(text);
    free(other);
}

typedef struct three_plans {
    pfh_plan *plans[3];
    const pfh_plan *const *list;
    const pfh_plan *rows[3];
} three_plans;

/* On the second of two days the middle one was offered. */
static three_plans plans_on(const char *as_of, const char *log_of_b)
{
    three_plans p;

    p.plans[0] = plan_of_log("a", "", "", as_of);
    p.plans[1] = plan_of_log("b", log_of_b, "", as_of);
    p.plans[2] = plan_of_log("c", "", "", as_of);
    for (int i = 0; i < 3; i++)
        p.rows[i] = p.plans[i];
    return p;
}

static void plans_free(three_plans *p)
{
    for (int i = 0; i < 3; i++)
        pfh_plan_free(p->plans[i]);
}

static char *update_with(const char *previous, const three_plans *p, size_t count,
                         const char *settings)
{
    pfh_ical_options *options = options_with(settings);
    char *text = NULL;

    cr_assert_eq(pfh_ical_update(&text, previous, previous == NULL ? 0 : strlen(previous), p->rows,
                                 count, options, NULL),
                 PFH_OK);
    expect_well_formed(text, "several");
    pfh_ical_options_free(options);
    return text;
}

Test(ical_feed, of_several_pathways_only_what_changed_changes)
{
    three_plans then = plans_on("2026-02-02", ""),
                now = plans_on("2026-02-05", OFFERED("x", "2026-02-05"));
    char *text = update_with(NULL, &then, 3, FEED), *later = update_with(text, &now, 3, FEED);
    cal before = cal_of(text), after = cal_of(later);

    cr_expect_eq(before.count, 4, "a time zone and three entries");
    cr_expect_eq(after.count, 5);
    for (int i = 0; i < 3; i += 2) {
        const char *uid = i == 0 ? "a+1.offer@epj.example" : "c+1.offer@epj.example";
        cr_expect_str_eq(cal_find(&after, uid)->raw, cal_find(&before, uid)->raw);
    }
    expect_entry(later, "b+1.offer@epj.example", 1, "20260205T000000Z", "CANCELLED");
    expect_entry(later, "b+1.follow_up_offer@epj.example", 0, "20260205T000000Z", "CONFIRMED");
    cal_free(&before);
    cal_free(&after);
    free(text);
    free(later);
    plans_free(&then);
    plans_free(&now);
}

Test(ical_feed, a_pathway_that_is_not_among_the_plans_is_over)
{
    three_plans then = plans_on("2026-02-02", ""), now = plans_on("2026-02-03", "");
    char *text = update_with(NULL, &then, 3, FEED), *later = update_with(text, &now, 2, FEED);

    expect_entry(later, "a+1.offer@epj.example", 0, "20260202T000000Z", "CONFIRMED");
    expect_entry(later, "c+1.offer@epj.example", 1, "20260203T000000Z", "CANCELLED");
    free(text);
    free(later);
    plans_free(&then);
    plans_free(&now);
}

/* What is over takes the stamp of the latest day of the plans, whatever their order. */
Test(ical_feed, the_stamp_without_an_option_is_the_latest_day_of_the_plans)
{
    three_plans then = plans_on("2026-02-02", ""), now = plans_on("2026-02-03", "");
    char *text = update_with(NULL, &then, 3, FEED), *later;

    pfh_plan_free(now.plans[0]);
    now.rows[0] = now.plans[0] = plan_of_log("a", "", "", "2026-02-06");
    later = update_with(text, &now, 2, FEED);
    expect_entry(later, "c+1.offer@epj.example", 1, "20260206T000000Z", "CANCELLED");
    free(text);
    free(later);
    plans_free(&then);
    plans_free(&now);
}

Test(ical_feed, the_same_inputs_give_the_same_bytes)
{
    three_plans p = plans_on("2026-02-02", "");
    char *a = update_with(NULL, &p, 3, FEED), *b = update_with(NULL, &p, 3, FEED);

    expect_text(a, b, "twice");
    plans_free(&p);
}

/* ---- A feed, plan by plan ----------------------------------------------------------------- */

static pfh_feed *new_feed(const char *previous, const char *settings)
{
    pfh_ical_options *options = options_with(settings);
    pfh_feed *feed = NULL;

    cr_assert_eq(
        pfh_feed_new(&feed, previous, previous == NULL ? 0 : strlen(previous), options, NULL),
        PFH_OK);
    pfh_ical_options_free(options); /* they are copied */
    return feed;
}

static char *feed_text(const pfh_feed *feed)
{
    char *text = NULL;

    cr_assert_eq(pfh_feed_to_ical(&text, feed, NULL), PFH_OK);
    expect_well_formed(text, "feed");
    return text;
}

Test(ical_feed, a_feed_takes_plan_after_plan_and_can_be_written_in_between)
{
    three_plans p = plans_on("2026-02-02", "");
    pfh_feed *feed = new_feed(NULL, FEED);
    char *whole = update_with(NULL, &p, 3, FEED);

    cr_expect_eq(pfh_feed_count(feed), 0);
    for (size_t i = 0; i < 3; i++) {
        cr_expect_eq(pfh_feed_add(feed, p.plans[i], NULL), PFH_OK);
        pfh_plan_free(p.plans[i]); /* nothing of it is kept */
        cr_expect_eq(pfh_feed_count(feed), i + 1);
        free(feed_text(feed));
    }
    expect_text(feed_text(feed), whole, "in the end");
    pfh_feed_free(feed);
}

Test(ical_feed, cancelled_entries_are_not_counted)
{
    char *text = first(), *done = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED);
    pfh_plan *plan = plan_of_log("p1", OFFERED("a", "2026-02-05"), "", "2026-02-05");
    pfh_feed *feed = new_feed(done, FEED);

    cr_expect_eq(pfh_feed_count(feed), 0);
    cr_expect_eq(pfh_feed_add(feed, plan, NULL), PFH_OK);
    cr_expect_eq(pfh_feed_count(feed), 1);
    expect_text(feed_text(feed), done, "no change");
    pfh_feed_free(feed);
    pfh_plan_free(plan);
    free(text);
}

Test(ical_feed, a_second_plan_of_a_pathway_is_refused_and_the_feed_as_it_was)
{
    three_plans p = plans_on("2026-02-02", "");
    pfh_plan *again = plan_of_log("b", OFFERED("x", "2026-02-05"), "", "2026-02-14");
    char *previous = update_with(NULL, &p, 3, FEED);
    static const bool with_previous[] = {false, true};

    for (size_t i = 0; i < COUNT(with_previous); i++) {
        pfh_feed *feed = new_feed(with_previous[i] ? previous : NULL, FEED);
        pfh_error err = {0};
        char *before;

        cr_expect_eq(pfh_feed_add(feed, p.plans[0], NULL), PFH_OK);
        cr_expect_eq(pfh_feed_add(feed, p.plans[1], NULL), PFH_OK);
        before = feed_text(feed);
        cr_expect_eq(pfh_feed_add(feed, again, &err), PFH_E_DUPLICATE);
        cr_expect_eq(err.status, PFH_E_DUPLICATE);
        cr_expect_str_eq(err.where, "plan");
        cr_expect_eq(pfh_feed_count(feed), 2);
        expect_text(feed_text(feed), before, "as it was");
        cr_expect_eq(pfh_feed_add(feed, p.plans[2], NULL), PFH_OK);
        expect_text(feed_text(feed), copy_text(previous), "and it goes on");
        pfh_feed_free(feed);
    }
    free(previous);
    pfh_plan_free(again);
    plans_free(&p);
}

static char sentinel;

Test(ical_feed, two_plans_of_a_pathway_in_one_call_say_which)
{
    three_plans p = plans_on("2026-02-02", "");
    const pfh_plan *twice[] = {p.plans[0], p.plans[1], p.plans[2], p.plans[1]};
    char *text = &sentinel;
    pfh_error err = {0};

    cr_expect_eq(pfh_plans_to_ical(&text, twice, 4, NULL, &err), PFH_E_DUPLICATE);
    cr_expect_str_eq(err.where, "plans/3");
    cr_expect_eq(text, &sentinel);
    cr_expect_eq(pfh_ical_update(&text, NULL, 0, twice, 4, NULL, NULL), PFH_E_DUPLICATE);
    cr_expect_eq(text, &sentinel);
    plans_free(&p);
}

/* Many entries: the table of keys grows several times. */
Test(ical_feed, a_feed_of_many_pathways_is_kept_up_to_date)
{
    enum { MANY = 400 };
    pfh_feed *feed = new_feed(NULL, FEED), *again;
    char *text, *later;
    cal c;

    for (int i = 0; i < MANY; i++) {
        char id[16];
        pfh_plan *plan;

        snprintf(id, sizeof id, "p%d", i);
        plan = plan_of_log(id, "", "", "2026-02-02");
        cr_assert_eq(pfh_feed_add(feed, plan, NULL), PFH_OK);
        pfh_plan_free(plan);
    }
    text = feed_text(feed);
    again = new_feed(text, FEED);
    for (int i = MANY - 1; i >= 0; i--) { /* each third has none any more */
        char id[16];
        pfh_plan *plan;

        snprintf(id, sizeof id, "p%d", i);
        plan = plan_of_log(id, i % 3 == 0 ? OFFERED("x", "2026-02-02") : "", "", "2026-02-02");
        cr_assert_eq(pfh_feed_add(again, plan, NULL), PFH_OK);
        pfh_plan_free(plan);
    }
    later = feed_text(again);
    cr_expect_eq(count_of(later, "\r\nSTATUS:CANCELLED\r\n"), (MANY + 2) / 3);
    cr_expect_eq(count_of(later, "+1.follow_up_offer@epj.example\r\n"), (MANY + 2) / 3);
    cr_expect_eq(count_of(later, "\r\nSEQUENCE:1\r\n"), (MANY + 2) / 3);
    c = cal_of(later);
    cr_expect_eq(c.count, 1 + MANY + (MANY + 2) / 3);
    cal_free(&c);
    pfh_feed_free(feed);
    pfh_feed_free(again);
    free(text);
    free(later);
}

/* ---- Without plans ------------------------------------------------------------------------ */

Test(ical_feed, without_plans_everything_of_ours_is_over)
{
    char *text = first(), *over = NULL;
    pfh_ical_options *options = options_with(FEED "stamp=2026-02-03T00:00:00Z");

    cr_expect_eq(pfh_ical_update(&over, text, strlen(text), NULL, 0, options, NULL), PFH_OK);
    expect_entry(over, OFFER, 1, "20260203T000000Z", "CANCELLED");
    pfh_ical_options_free(options);
    free(text);
    free(over);
}

Test(ical_feed, without_plans_a_stamp_is_needed)
{
    char *text = first(), *over = &sentinel;
    pfh_ical_options *options = options_with(FEED);
    pfh_error err = {0};

    cr_expect_eq(pfh_ical_update(&over, text, strlen(text), NULL, 0, options, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "stamp");
    cr_expect_eq(over, &sentinel);
    pfh_ical_options_free(options);
    free(text);
}

Test(ical_feed, without_plans_and_without_a_calendar_there_is_an_empty_one)
{
    char *text = NULL;

    cr_expect_eq(pfh_plans_to_ical(&text, NULL, 0, NULL, NULL), PFH_OK);
    expect_well_formed(text, "empty");
    cr_expect_null(strstr(text, "VEVENT"));
    free(text);
}

/* ---- Refused ------------------------------------------------------------------------------ */

#define BEGIN "BEGIN:VCALENDAR\r\n"
#define END "END:VCALENDAR\r\n"
#define BEGIN_10                                                                                   \
    "BEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\n"     \
    "BEGIN:X\r\nBEGIN:X\r\n"
#define END_10                                                                                     \
    "END:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\n"

Test(ical_feed, what_is_no_calendar_is_refused_with_its_place)
{
    static const struct {
        const char *what, *text;
        size_t size; /* 0: up to the NUL */
        int32_t offset;
    } refused[] = {
        {"words", "hello", 0, 0},
        {"JSON", "{}", 0, 0},
        {"an event alone", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", 0, 0},
        {"a card", "BEGIN:VCARD\r\nEND:VCARD\r\n", 0, 0},
        {"an END", END, 0, 0},
        {"something before it", "X:1\r\n" BEGIN END, 0, 0},
        {"empty lines", "\r\n\r\n", 0, 4},
        {"a mark alone", "\xef\xbb\xbf", 0, 3},
        {"two marks", "\xef\xbb\xbf\xef\xbb\xbf" BEGIN END, 0, 3},
        {"no end", BEGIN, 0, 17},
        {"a cut end", BEGIN "END:VCALENDA", 0, 17},
        {"an open event", BEGIN "BEGIN:VEVENT\r\n" END, 0, 17 + 14 + 15},
        {"33 deep", BEGIN BEGIN_10 BEGIN_10 BEGIN_10 "BEGIN:X\r\nBEGIN:X\r\n", 0, 17 + 31 * 9},
        {"a NUL", BEGIN "X:\0\r\n" END, 17 + 5 + 15, 19},
        {"a control character", BEGIN "X:\x01\r\n" END, 0, 19},
        {"a delete", BEGIN "X:\x7f\r\n" END, 0, 19},
        {"a C1 control", BEGIN "X:\xc2\x85\r\n" END, 0, 19},
        {"a C1 control that is folded", BEGIN "X:\xc2\r\n \x85\r\n" END, 0, 19},
        {"Latin-1", BEGIN "X:\xe5\r\n" END, 0, 19},
        {"a surrogate", BEGIN "X:\xed\xa0\x80\r\n" END, 0, 19},
        {"too long a form", BEGIN "X:\xc0\xaf\r\n" END, 0, 19},
        {"beyond Unicode", BEGIN "X:\xf4\x90\x80\x80\r\n" END, 0, 19},
        {"a cut character", BEGIN END "\xc3", 0, 17 + 15},
    };
    pfh_plan *plan = plan_of_log("p1", "", "", "2026-02-02");
    const pfh_plan *plans[] = {plan};

    for (size_t i = 0; i < COUNT(refused); i++) {
        const size_t size = refused[i].size > 0 ? refused[i].size : strlen(refused[i].text);
        char *text = &sentinel;
        pfh_feed *feed = (void *)&sentinel;
        pfh_error err = {0};

        cr_expect_eq(pfh_ical_update(&text, refused[i].text, size, plans, 1, NULL, &err),
                     PFH_E_SYNTAX, "%s", refused[i].what);
        cr_expect_eq(text, &sentinel, "%s", refused[i].what);
        cr_expect_eq(err.status, PFH_E_SYNTAX, "%s", refused[i].what);
        cr_expect_str_eq(err.where, "previous", "%s", refused[i].what);
        cr_expect_eq(err.offset, refused[i].offset, "%s: %d", refused[i].what, (int)err.offset);
        cr_expect_neq(err.text[0], '\0');
        cr_expect_eq(pfh_feed_new(&feed, refused[i].text, size, NULL, NULL), PFH_E_SYNTAX);
        cr_expect_eq((void *)feed, (void *)&sentinel);
    }
    pfh_plan_free(plan);
}

Test(ical_feed, a_calendar_may_be_nested_32_deep)
{
    static const char deep[] =
        BEGIN BEGIN_10 BEGIN_10 BEGIN_10 "BEGIN:X\r\n"
                                         "END:X\r\n" END_10 END_10 END_10 END;
    char *updated = next_unjudged(deep, "", "2026-02-02", FEED);

    cr_expect_eq(count_of(updated, "BEGIN:X\r\n"), 31);
    cr_expect_eq(count_of(updated, OFFER), 1);
    free(updated);
}

Test(ical_feed, a_calendar_has_at_most_64_mib)
{
    enum { MOST = 64 * 1024 * 1024 };
    static const char head[] = BEGIN "X-A:";
    char *text = malloc(MOST + 1), *out = &sentinel;
    pfh_ical_options *options = options_with("stamp=2026-02-02T00:00:00Z");
    pfh_error err = {0};

    cr_assert_not_null(text);
    memset(text, 'a', MOST + 1);
    memcpy(text, head, sizeof head - 1);
    memcpy(text + MOST - 2 - (sizeof END - 1), "\r\n" END, sizeof END - 1 + 2);
    cr_expect_eq(pfh_ical_update(&out, text, (size_t)MOST + 1, NULL, 0, options, &err),
                 PFH_E_SYNTAX);
    cr_expect_eq(err.offset, -1);
    cr_expect_eq(out, &sentinel);
    cr_expect_eq(pfh_ical_update(&out, text, MOST, NULL, 0, options, &err), PFH_OK, "%s", err.text);
    cr_expect_gt(strlen(out), (size_t)MOST);
    pfh_string_free(out);
    pfh_ical_options_free(options);
    free(text);
}

/* A text need not end in a NUL. */
Test(ical_feed, nothing_behind_the_size_is_read)
{
    char *text = first(), *updated = NULL, *copy;
    size_t size = strlen(text);
    pfh_plan *plan = plan_of_log("p1", "", "", "2026-02-02");
    const pfh_plan *plans[] = {plan};
    pfh_ical_options *options = options_with(FEED);

    copy = malloc(size);
    cr_assert_not_null(copy);
    memcpy(copy, text, size);
    cr_expect_eq(pfh_ical_update(&updated, copy, size, plans, 1, options, NULL), PFH_OK);
    expect_text(updated, text, "without a NUL");
    free(copy);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

Test(ical_feed, null_is_an_argument_error_and_names_it)
{
    pfh_plan *plan = plan_of_log("p1", "", "", "2026-02-02");
    const pfh_plan *plans[] = {plan, NULL};
    pfh_feed *feed = new_feed(NULL, "");
    char *text = &sentinel;
    pfh_error err;

#define REFUSES(call, name)                                                                        \
    memset(&err, 0, sizeof err);                                                                   \
    cr_expect_eq(call, PFH_E_ARG, #call);                                                          \
    cr_expect_str_eq(err.where, name, #call)
    REFUSES(pfh_plan_to_ical(NULL, plan, NULL, &err), "out");
    REFUSES(pfh_plan_to_ical(&text, NULL, NULL, &err), "plan");
    REFUSES(pfh_plans_to_ical(NULL, plans, 1, NULL, &err), "out");
    REFUSES(pfh_plans_to_ical(&text, NULL, 1, NULL, &err), "plans");
    REFUSES(pfh_plans_to_ical(&text, plans, 2, NULL, &err), "plans/1");
    REFUSES(pfh_ical_update(NULL, "", 0, plans, 1, NULL, &err), "out");
    REFUSES(pfh_ical_update(&text, NULL, 1, plans, 1, NULL, &err), "previous");
    REFUSES(pfh_ical_update(&text, "", 0, NULL, 1, NULL, &err), "plans");
    REFUSES(pfh_plan_to_invitation(NULL, plan, 1, NULL, 0, NULL, &err), "out");
    REFUSES(pfh_plan_to_invitation(&text, NULL, 1, NULL, 0, NULL, &err), "plan");
    REFUSES(pfh_plan_to_invitation(&text, plan, 1, NULL, 3, NULL, &err), "previous");
    REFUSES(pfh_plan_to_invitation(&text, plan, 0, NULL, 0, NULL, &err), "point");
    REFUSES(pfh_plan_to_invitation(&text, plan, 4, NULL, 0, NULL, &err), "point");
    REFUSES(pfh_feed_new(NULL, NULL, 0, NULL, &err), "out");
    REFUSES(pfh_feed_add(NULL, plan, &err), "feed");
    REFUSES(pfh_feed_add(feed, NULL, &err), "plan");
    REFUSES(pfh_feed_to_ical(NULL, feed, &err), "out");
    REFUSES(pfh_feed_to_ical(&text, NULL, &err), "feed");
#undef REFUSES
    cr_expect_eq(text, &sentinel);
    cr_expect_eq(pfh_plan_to_ical(&text, NULL, NULL, NULL), PFH_E_ARG, "without an error");
    cr_expect_eq(pfh_feed_count(NULL), 0);
    pfh_feed_free(NULL);
    pfh_feed_free(feed);
    pfh_plan_free(plan);
}

/* ---- What a review found ------------------------------------------------------------------ */

Test(ical_feed, components_of_others_stay_in_an_entry_that_is_over)
{
    char *text = with_inside("BEGIN:VLOCATION\r\nUID:l\r\nNAME:Her\r\nEND:VLOCATION\r\n");
    char *done = next_unjudged(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED);
    cal c;
    cal_entry e = find_in(&c, done, OFFER);

    cr_expect_not_null(strstr(e.raw, "BEGIN:VLOCATION\r\nUID:l\r\nNAME:Her\r\nEND:VLOCATION\r\n"),
                       "%s", e.raw);
    cr_expect_null(strstr(e.raw, "COLOR"), "%s", e.raw);
    cr_expect_null(strstr(e.raw, "CATEGORIES"), "%s", e.raw);
    cal_free(&c);
    free(text);
    free(done);
}

/* A server that does not know a colour drops it each time. */
Test(ical_feed, a_colour_that_was_dropped_is_no_change)
{
    char *text = swap(first(), "COLOR:goldenrod\r\n", "");

    expect_text(next(text, "", "2026-02-03", FEED), copy_text(text), "without a colour");
    free(text);
}

Test(ical_feed, a_name_that_is_no_longer_told_goes_with_what_is_over)
{
    static const char named[] =
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
        "\"patient\":{\"name\":{\"given\":\"Kari\",\"family\":\"Nordmann\"}},"
        "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}}";
    pfh_pathway *pathway = pathway_of(named);
    pfh_ical_options *telling = options_with(FEED "tell=name");
    pfh_plan *plan = NULL;
    char *text, *later;

    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day("2026-02-02"), NULL), PFH_OK);
    text = write_plan(plan, telling);
    cr_expect_not_null(strstr(text, "Nordmann"));
    later = next(text, OFFERED("a", "2026-02-05"), "2026-02-05", FEED);
    cr_expect_not_null(strstr(later, "SUMMARY:Ikke lenger aktuelt: Tilby: p1 (punkt 1)\r\n"), "%s",
                       later);
    cr_expect_null(strstr(later, "Nordmann"), "%s", later);
    free(text);
    free(later);
    pfh_ical_options_free(telling);
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
}

Test(ical_feed, a_property_of_others_by_a_name_of_ours_stays)
{
    char *text = swap(first(), "\r\nNAME:", "\r\nNAME;LANGUAGE=en:Home\r\nNAME:");

    expect_text(next_unjudged(text, "", "2026-02-03", FEED), copy_text(text), "two names");
    free(text);
}

/* A thousand refusals of a plan that is there cost no more than a thousand searches. */
Test(ical_feed, a_refused_plan_leaves_the_feed_as_it_was)
{
    pfh_plan *plan = plan_of_log("p1", "", "", "2026-02-02");
    pfh_ical_options *options = options_with(FEED);
    pfh_feed *feed = NULL;
    char *before = NULL, *after = NULL;

    cr_assert_eq(pfh_feed_new(&feed, NULL, 0, options, NULL), PFH_OK);
    cr_assert_eq(pfh_feed_add(feed, plan, NULL), PFH_OK);
    cr_assert_eq(pfh_feed_to_ical(&before, feed, NULL), PFH_OK);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(pfh_feed_add(feed, plan, NULL), PFH_E_DUPLICATE);
    cr_assert_eq(pfh_feed_to_ical(&after, feed, NULL), PFH_OK);
    cr_expect_str_eq(after, before);
    pfh_string_free(before);
    pfh_string_free(after);
    pfh_feed_free(feed);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}
