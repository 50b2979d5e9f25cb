/*
 * Which entries a plan has in a calendar, and on which days.
 */
#include "calendar.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define KEYS                                                                                       \
    "\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\","         \
    "\"informed\":\"2026-02-02\"}"
#define EVENT(id, type, date, rest)                                                                \
    "{\"id\":\"" id "\",\"type\":\"" type "\",\"date\":\"" date "\"" rest "}"
/* At point 2, on a Monday in summer time. */
#define MEETING(rest)                                                                              \
    EVENT("e1", "scheduled", "2026-02-23", ",\"point\":2,\"start\":\"2026-05-04" rest)

static pfh_plan *plan(const char *events, const char *as_of)
{
    return plan_with(KEYS, events, "", as_of, NULL);
}

/* "1.offer 2.hold+todo": what stands between + and @ of the UIDs, without alarms, in their order.
 */
static char *uids_of(const char *unfolded)
{
    growing uids = {0};

    growing_add(&uids, "", 0);
    for (const char *at = strstr(unfolded, "\nUID:"); at != NULL; at = strstr(at, "\nUID:")) {
        const char *plus = strchr(at, '+');
        size_t size = strcspn(plus + 1, "@");

        at = plus + 1;
        if (size < 6 || strncmp(at + size - 6, "+alarm", 6) != 0)
            growing_print(&uids, "%s%.*s", uids.size > 0 ? " " : "", (int)size, at);
    }
    return uids.data;
}

static void expect_uids(const pfh_plan *of, const char *settings, const char *wanted)
{
    char *unfolded = unfolded_of(of, settings), *got = uids_of(unfolded);

    cr_expect_str_eq(got, wanted, "%s: %s", settings, got);
    free(got);
    free(unfolded);
}

static void expect_entry(const pfh_plan *of, const char *settings, const char *uid,
                         const char *lines)
{
    char *unfolded = unfolded_of(of, settings);

    expect_lines(unfolded, uid, lines);
    free(unfolded);
}

static void expect_none(const pfh_plan *of, const char *settings, const char *uid,
                        const char *beginning)
{
    char *unfolded = unfolded_of(of, settings), *component = component_of(unfolded, uid);

    cr_assert_not_null(component, "%s", uid);
    cr_expect_eq(count_lines(component, beginning), 0, "%s in %s", beginning, component);
    free(component);
    free(unfolded);
}

/* ---- Forms -------------------------------------------------------------------------------- */

Test(ical_entry, each_task_is_an_event_a_todo_or_both)
{
    pfh_plan *bare = plan("", "2026-02-02");
    char *unfolded;

    expect_uids(bare, "form=event", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing");
    expect_uids(bare, "form=todo",
                "1.offer+todo 2.offer+todo 2.window_closing+todo 3.offer+todo "
                "3.window_closing+todo point.1+todo point.2+todo point.3+todo");
    expect_uids(bare, "form=both",
                "1.offer 1.offer+todo 2.offer 2.offer+todo 2.window_closing 2.window_closing+todo "
                "3.offer 3.offer+todo 3.window_closing 3.window_closing+todo point.1+todo "
                "point.2+todo point.3+todo");
    unfolded = unfolded_of(bare, "form=both");
    cr_expect_eq(count_lines(unfolded, "BEGIN:VEVENT"), 5);
    cr_expect_eq(count_lines(unfolded, "BEGIN:VTODO"), 8);
    cr_expect_eq(count_lines(unfolded, "BEGIN:VALARM"), 10);
    free(unfolded);
    pfh_plan_free(bare);
}

Test(ical_entry, the_feed_counts_its_entries)
{
    static const struct {
        const char *settings;
        size_t count;
    } row[] = {
        {"", 5}, {"form=todo", 8}, {"form=both", 13}, {"kind=hold", 0}, {"audience=patient", 3}};
    pfh_plan *bare = plan("", "2026-02-02");

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_ical_options *options = options_of(row[i].settings, NULL);
        pfh_feed *feed = NULL;

        cr_assert_eq(pfh_feed_new(&feed, NULL, 0, options, NULL), PFH_OK);
        cr_expect_eq(pfh_feed_count(feed), 0);
        cr_assert_eq(pfh_feed_add(feed, bare, NULL), PFH_OK);
        cr_expect_eq(pfh_feed_count(feed), row[i].count, "%s", row[i].settings);
        pfh_feed_free(feed);
        pfh_ical_options_free(options);
    }
    pfh_plan_free(bare);
}

/* ---- Days --------------------------------------------------------------------------------- */

Test(ical_entry, a_task_is_on_its_due_date_and_ends_on_the_next_day)
{
    pfh_plan *bare = plan("", "2026-02-02");

    expect_entry(bare, "", "p1+1.offer@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260216\nDTEND;VALUE=DATE:20260217\nTRANSP:TRANSPARENT\n"
                 "CLASS:CONFIDENTIAL\nSTATUS:CONFIRMED\nSEQUENCE:0");
    expect_entry(bare, "", "p1+2.window_closing@pfh.invalid", /* 31 May */
                 "DTSTART;VALUE=DATE:20260531\nDTEND;VALUE=DATE:20260601");
    expect_entry(bare, "span=from_due", "p1+1.offer@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260202\nDTEND;VALUE=DATE:20260217");
    expect_entry(bare, "span=from_due", "p1+2.window_closing@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260517\nDTEND;VALUE=DATE:20260601");
    expect_entry(bare, "form=todo", "p1+1.offer+todo@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260202\nDUE;VALUE=DATE:20260216\nSTATUS:NEEDS-ACTION");
    expect_none(bare, "form=todo", "p1+1.offer+todo@pfh.invalid", "DTEND");
    expect_none(bare, "form=todo", "p1+1.offer+todo@pfh.invalid", "TRANSP");
    pfh_plan_free(bare);
}

/* Said no on 2026-02-23: asked again on 03-25, in one day; RFC 5545 wants DUE after DTSTART. */
Test(ical_entry, a_task_of_one_day_as_a_todo_begins_on_the_day_before)
{
    pfh_plan *no = plan(EVENT("e1", "declined", "2026-02-23", ",\"point\":1"), "2026-03-01");

    expect_entry(no, "form=todo", "p1+1.ask_again+todo@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260324\nDUE;VALUE=DATE:20260325");
    expect_entry(no, "span=from_due", "p1+1.ask_again@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260325\nDTEND;VALUE=DATE:20260326");
    pfh_plan_free(no);
}

Test(ical_entry, the_horizon_has_its_last_day)
{
    /* 2.offer is due on 2026-04-30. */
    static const struct {
        const char *as_of, *settings;
        bool is_there;
    } edge[] = {
        {"2026-04-30", "horizon_days=0", true},  {"2026-04-29", "horizon_days=0", false},
        {"2026-04-29", "horizon_days=1", true},  {"2026-04-20", "horizon_days=9", false},
        {"2026-04-20", "horizon_days=10", true}, {"2026-05-20", "horizon_days=0", true},
    };

    for (size_t i = 0; i < COUNT(edge); i++) {
        pfh_plan *bare = plan("", edge[i].as_of);
        char *unfolded = unfolded_of(bare, edge[i].settings);

        cr_expect_eq(has_line(unfolded, "UID:p1+2.offer@pfh.invalid"), edge[i].is_there, "%s %s",
                     edge[i].as_of, edge[i].settings);
        free(unfolded);
        pfh_plan_free(bare);
    }
}

/* ---- Appointments ------------------------------------------------------------------------- */

Test(ical_entry, an_appointment_with_a_time_is_at_its_hour)
{
    pfh_plan *timed = plan(MEETING("T10:00\",\"minutes\":45,\"place\":\"Rom 3\""), "2026-04-01");

    expect_entry(timed, "", "p1+2.hold@pfh.invalid",
                 "DTSTART;TZID=Europe/Oslo:20260504T100000\nDURATION:PT45M\nTRANSP:OPAQUE\n"
                 "LOCATION:Rom 3\nSTATUS:CONFIRMED\nX-PFH-APPOINTMENT:2026-05-04T10:00/45");
    expect_none(timed, "", "p1+2.hold@pfh.invalid", "DTEND");
    expect_entry(timed, "span=from_due", "p1+2.hold@pfh.invalid",
                 "DTSTART;TZID=Europe/Oslo:20260504T100000\nDURATION:PT45M");
    expect_entry(timed, "form=todo", "p1+2.hold+todo@pfh.invalid",
                 "DTSTART;TZID=Europe/Oslo:20260504T100000\nDUE;TZID=Europe/Oslo:20260504T104500\n"
                 "LOCATION:Rom 3");
    expect_none(timed, "form=todo", "p1+2.hold+todo@pfh.invalid", "DURATION");
    pfh_plan_free(timed);
}

static const struct {
    const char *start, *event, *todo;
} lengths[] = {
    {"T10:00\",\"minutes\":1", "DTSTART;TZID=Europe/Oslo:20260504T100000\nDURATION:PT1M",
     "DUE;TZID=Europe/Oslo:20260504T100100"},
    {"T00:00\",\"minutes\":1440", "DTSTART;TZID=Europe/Oslo:20260504T000000\nDURATION:PT24H",
     "DUE;TZID=Europe/Oslo:20260505T000000"},
    {"T23:59\",\"minutes\":61", "DTSTART;TZID=Europe/Oslo:20260504T235900\nDURATION:PT1H1M",
     "DUE;TZID=Europe/Oslo:20260505T010000"},
    {"T23:30\",\"minutes\":90", "DTSTART;TZID=Europe/Oslo:20260504T233000\nDURATION:PT1H30M",
     "DUE;TZID=Europe/Oslo:20260505T010000"},
};

Test(ical_entry, an_appointment_lasts_as_long_as_it_says)
{
    for (size_t i = 0; i < COUNT(lengths); i++) {
        char events[300];
        pfh_plan *timed;

        snprintf(events, sizeof events, "%s%s}",
                 "{\"id\":\"e1\",\"type\":\"scheduled\",\"date\":"
                 "\"2026-02-23\",\"point\":2,\"start\":\"2026-05-04",
                 lengths[i].start);
        timed = plan(events, "2026-04-01");
        expect_entry(timed, "", "p1+2.hold@pfh.invalid", lengths[i].event);
        expect_entry(timed, "form=todo", "p1+2.hold+todo@pfh.invalid", lengths[i].todo);
        pfh_plan_free(timed);
    }
}

Test(ical_entry, an_appointment_of_unknown_length_has_no_end)
{
    pfh_plan *timed = plan(MEETING("T10:00\""), "2026-04-01");

    expect_entry(timed, "", "p1+2.hold@pfh.invalid",
                 "DTSTART;TZID=Europe/Oslo:20260504T100000\nX-PFH-APPOINTMENT:2026-05-04T10:00/-");
    expect_none(timed, "", "p1+2.hold@pfh.invalid", "DURATION");
    expect_none(timed, "", "p1+2.hold@pfh.invalid", "DTEND");
    expect_none(timed, "", "p1+2.hold@pfh.invalid", "LOCATION");
    expect_entry(timed, "form=todo", "p1+2.hold+todo@pfh.invalid",
                 "DTSTART;TZID=Europe/Oslo:20260503T100000\nDUE;TZID=Europe/Oslo:20260504T100000");
    expect_none(timed, "form=todo", "p1+2.hold+todo@pfh.invalid", "DURATION");
    pfh_plan_free(timed);
}

Test(ical_entry, an_appointment_on_a_whole_day_is_on_that_day)
{
    pfh_plan *whole = plan(MEETING("\",\"minutes\":45"), "2026-04-01");

    expect_entry(whole, "", "p1+2.hold@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260504\nDTEND;VALUE=DATE:20260505\nTRANSP:TRANSPARENT\n"
                 "X-PFH-APPOINTMENT:2026-05-04/45");
    expect_entry(whole, "form=todo", "p1+2.hold+todo@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260503\nDUE;VALUE=DATE:20260504");
    pfh_plan_free(whole);
}

Test(ical_entry, an_appointment_that_is_not_confirmed_stays)
{
    pfh_plan *day_of = plan(MEETING("T10:00\""), "2026-05-04");
    pfh_plan *after = plan(MEETING("T10:00\""), "2026-05-05");
    const char *rest = " 3.offer 3.window_closing";
    char wanted[200];

    expect_uids(day_of, "kind=hold|kind=confirm", "2.hold");
    expect_uids(after, "kind=hold|kind=confirm", "2.confirm 2.hold");
    expect_entry(after, "", "p1+2.hold@pfh.invalid",
                 "DTSTART;TZID=Europe/Oslo:20260504T100000\nX-PFH-APPOINTMENT:2026-05-04T10:00/-\n"
                 "STATUS:CONFIRMED");
    snprintf(wanted, sizeof wanted, "1.offer 2.confirm%s 2.hold", rest);
    expect_uids(after, "", wanted);
    expect_uids(after, "kind=hold", "2.hold");
    expect_uids(after, "kind=hold|level=specialist", "");
    expect_uids(after, "from=2026-05-05|to=2026-05-31",
                "2.confirm"); /* the appointment was on the 4th */
    expect_uids(after, "kind=hold|horizon_days=0", "2.hold");
    expect_uids(after, "kind=hold|form=todo", ""); /* nobody holds it any more */
    expect_uids(after, "kind=hold|kind=confirm|form=both",
                "2.confirm 2.confirm+todo 2.hold point.2+todo");
    pfh_plan_free(day_of);
    pfh_plan_free(after);
}

/* Point 3 was carried out before the appointment at point 2: no task is left there, also later. */
Test(ical_entry, an_appointment_at_a_point_that_is_superseded_does_not_come_back)
{
    static const char events[] =
        MEETING("T10:00\"") "," EVENT("e2", "performed", "2026-05-02", ",\"point\":3");
    pfh_plan *before = plan(events, "2026-05-03"), *after = plan(events, "2026-05-05");

    expect_uids(before, "kind=hold|kind=confirm", "");
    expect_uids(after, "kind=hold|kind=confirm", "");
    pfh_plan_free(before);
    pfh_plan_free(after);
}

Test(ical_entry, a_pathway_that_is_over_has_no_appointment)
{
    pfh_plan *ended =
        plan(MEETING("T10:00\"") "," EVENT("e2", "ended", "2026-03-01", ",\"reason\":\"dead\""),
             "2026-04-01");

    expect_uids(ended, "form=both", "");
    expect_uids(ended, "audience=patient", "");
    pfh_plan_free(ended);
}

/* ---- Points ------------------------------------------------------------------------------- */

Test(ical_entry, todos_hang_below_the_points_that_have_any)
{
    pfh_plan *sent =
        plan(EVENT("e1", "message", "2026-02-10", ",\"to\":\"gp\",\"kind\":\"plo\""), "2026-02-11");

    expect_uids(sent, "form=todo|kind=offer|level=municipality",
                "2.offer+todo 3.offer+todo point.2+todo point.3+todo");
    expect_entry(sent, "form=todo", "p1+2.window_closing+todo@pfh.invalid",
                 "RELATED-TO:p1+point.2+todo@pfh.invalid");
    expect_entry(sent, "form=todo", "p1+point.2+todo@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260430\nDUE;VALUE=DATE:20260531\nSTATUS:NEEDS-ACTION\n"
                 "CLASS:CONFIDENTIAL");
    expect_none(sent, "form=todo", "p1+point.2+todo@pfh.invalid", "RELATED-TO");
    /* Point 1 does not close. */
    expect_entry(sent, "form=todo", "p1+point.1+todo@pfh.invalid", "DTSTART;VALUE=DATE:20260202");
    expect_none(sent, "form=todo", "p1+point.1+todo@pfh.invalid", "DUE");
    /* A message that belongs to no point. */
    expect_none(sent, "form=todo", "p1+0.follow_up_message.e1+todo@pfh.invalid", "RELATED-TO");
    expect_none(sent, "form=both", "p1+2.offer@pfh.invalid", "RELATED-TO");
    expect_uids(sent, "form=event|kind=follow_up_message", "0.follow_up_message.e1");
    pfh_plan_free(sent);
}

Test(ical_entry, a_point_without_a_window_has_no_days)
{
    pfh_plan *draft =
        plan_with("\"edition\":\"hdir-2021-draft\",\"diagnosis\":{\"code\":\"C50\","
                  "\"date\":\"2026-01-31\"}",
                  EVENT("e1", "accepted", "2026-02-10", ",\"point\":2"), "", "2026-02-11", NULL);

    /* point 2 waits for the treatment; booking is due 14 days after the yes */
    expect_uids(draft, "form=todo|kind=book", "2.book+todo point.2+todo");
    expect_none(draft, "form=todo|kind=book", "p1+point.2+todo@pfh.invalid", "DTSTART");
    expect_none(draft, "form=todo|kind=book", "p1+point.2+todo@pfh.invalid", "DUE");
    pfh_plan_free(draft);
}

/* ---- The patient -------------------------------------------------------------------------- */

#define AT_2(type, rest) EVENT("e1", type, "2026-04-10", ",\"point\":2" rest)

/* Point 1 is excluded, so is point 3 but where it is asked about; point 2 opens on 2026-04-30. */
static const struct {
    const char *event, *as_of, *entries;
} states[] = {
    {NULL, "2026-04-20", "window.2"},
    {AT_2("offered", ""), "2026-04-20", "window.2"},
    {AT_2("offered", ""), "2026-05-20", "window.2"}, /* not answered */
    {AT_2("accepted", ""), "2026-04-20", "window.2"},
    {AT_2("deferred", ",\"until\":\"2026-05-20\""), "2026-04-20", "window.2"},
    {AT_2("declined", ""), "2026-04-20", ""},
    {AT_2("excluded", ",\"reason\":\"no_need\""), "2026-04-20", ""},
    {AT_2("performed", ""), "2026-04-20", ""},
    {AT_2("scheduled", ",\"start\":\"2026-05-04T10:00\""), "2026-04-20", "conversation.2"},
    {AT_2("scheduled", ",\"start\":\"2026-05-04\""), "2026-05-04", "conversation.2"},
    {AT_2("scheduled", ",\"start\":\"2026-05-04T10:00\""), "2026-05-05", "conversation.2"},
    {AT_2("scheduled", ",\"start\":\"2026-05-04T10:00\"") "," EVENT("e2", "cancelled", "2026-04-11",
                                                                    ",\"point\":2"),
     "2026-04-20", "window.2"},
    {EVENT("e1", "ended", "2026-04-10", ",\"reason\":\"withdrawn\""), "2026-04-20", ""},
    {EVENT("e1", "excluded", "2026-04-10", ",\"reason\":\"short_treatment\""), "2026-04-20", ""},
    {EVENT("e1", "performed", "2026-04-10", ",\"point\":3"), "2026-04-20", ""}, /* superseded */
};

Test(ical_entry, a_patient_sees_appointments_and_windows_that_are_open)
{
    for (size_t i = 0; i < COUNT(states); i++) {
        char events[700];
        pfh_plan *of;

        snprintf(events, sizeof events, "%s,%s%s%s",
                 EVENT("x1", "excluded", "2026-02-03", ",\"point\":1,\"reason\":\"other\""),
                 EVENT("x3", "excluded", "2026-02-03", ",\"point\":3,\"reason\":\"other\""),
                 states[i].event == NULL ? "" : ",",
                 states[i].event == NULL ? "" : states[i].event);
        of = plan(events, states[i].as_of);
        expect_uids(of, "audience=patient", states[i].entries);
        /* these say nothing here */
        expect_uids(of,
                    "audience=patient|form=both|tell=name|kind=hold|level=specialist|state=late",
                    states[i].entries);
        pfh_plan_free(of);
    }
}

Test(ical_entry, the_days_of_a_patient)
{
    pfh_plan *bare = plan("", "2026-02-02");
    pfh_plan *timed = plan(MEETING("T10:00\",\"minutes\":45,\"place\":\"Rom 3\""), "2026-04-01");

    expect_uids(bare, "audience=patient", "window.1 window.2 window.3");
    expect_entry(bare, "audience=patient", "p1+window.2@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260430\nDTEND;VALUE=DATE:20260501\nTRANSP:TRANSPARENT\n"
                 "CLASS:CONFIDENTIAL");
    expect_entry(bare, "audience=patient|span=from_due", "p1+window.2@pfh.invalid",
                 "DTSTART;VALUE=DATE:20260430\nDTEND;VALUE=DATE:20260601");
    expect_entry(bare, "audience=patient|span=from_due", "p1+window.1@pfh.invalid", /* no end */
                 "DTSTART;VALUE=DATE:20260202\nDTEND;VALUE=DATE:20260203");
    expect_entry(timed, "audience=patient", "p1+conversation.2@pfh.invalid",
                 "DTSTART;TZID=Europe/Oslo:20260504T100000\nDURATION:PT45M\nLOCATION:Rom 3\n"
                 "TRANSP:OPAQUE\nCLASS:CONFIDENTIAL");
    expect_none(timed, "audience=patient", "p1+conversation.2@pfh.invalid", "X-PFH");
    pfh_plan_free(bare);
    pfh_plan_free(timed);
}

/* ---- UIDs --------------------------------------------------------------------------------- */

#define ID_64 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234"
#define ID2_64 "zzzzzzzzzzyyyyyyyyyyxxxxxxxxxxwwwwwwwwwwvvvvvvvvvvuuuuuuuuuu.:_-"
#define LABEL_63 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123"
#define HOST_253                                                                                   \
    LABEL_63 "." LABEL_63 "." LABEL_63 "."                                                         \
             "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1"

Test(ical_entry, the_longest_ids_and_domain_fit_into_a_uid)
{
    static const char document[] =
        "{\"format\":\"pfh-pathway/1\",\"id\":\"" ID_64 "\"," KEYS ",\"events\":[" EVENT(
            ID2_64, "message", "2026-02-10", ",\"to\":\"gp\",\"kind\":\"plo\",\"point\":1") "]}";
    static const char uid[] = ID_64 "+1.follow_up_message." ID2_64 "+todo@" HOST_253;
    pfh_pathway *pathway = pathway_of(document);
    pfh_plan *of = NULL;
    char *unfolded, *alarm;

    cr_assert_eq(pfh_plan_derive(&of, pathway, NULL, day("2026-02-11"), NULL), PFH_OK);
    unfolded = unfolded_of(of, "form=both|domain=" HOST_253);
    expect_lines(unfolded, uid, "RELATED-TO:" ID_64 "+point.1+todo@" HOST_253);
    expect_lines(unfolded, ID_64 "+1.follow_up_message." ID2_64 "@" HOST_253, "STATUS:CONFIRMED");
    alarm = alarm_of(unfolded, uid);
    cr_expect(has_line(alarm, "UID:" ID_64 "+1.follow_up_message." ID2_64 "+todo+alarm@" HOST_253),
              "%s", alarm);
    free(alarm);
    free(unfolded);
    pfh_plan_free(of);
    pfh_pathway_free(pathway);
}

/* A task's entry has one UID on every day, in every language and form of telling. */
Test(ical_entry, a_uid_stays_as_long_as_its_task)
{
    static const char *const days[] = {"2026-02-02", "2026-04-15", "2026-04-30", "2026-07-01"};
    static const char *const settings[] = {"", "language=en|tell=name", "span=from_due|alarm=none",
                                           "stamp=2027-01-01T00:00:00Z|name=N"};

    for (size_t i = 0; i < COUNT(days); i++)
        for (size_t j = 0; j < COUNT(settings); j++) {
            pfh_plan *bare = plan("", days[i]);
            char *unfolded = unfolded_of(bare, settings[j]);

            cr_expect_eq(count_lines(unfolded, "UID:p1+2.offer@pfh.invalid\n"), 1, "%s %s", days[i],
                         settings[j]);
            free(unfolded);
            pfh_plan_free(bare);
        }
}

/* ---- Many --------------------------------------------------------------------------------- */

/* What was written is up to date, and nobody did anything in it. */
static void expect_unchanged(const char *text, const pfh_plan *of, const char *settings)
{
    pfh_ical_options *options = options_of(settings, NULL);
    pfh_proposals *proposals = NULL;
    const pfh_proposal *row;
    pfh_error err = {0};
    char *again = NULL;

    cr_assert_eq(pfh_ical_update(&again, text, strlen(text), &of, 1, options, &err), PFH_OK, "%s",
                 err.text);
    cr_expect_str_eq(again, text, "%s", settings);
    cr_assert_eq(pfh_ical_read(&proposals, text, strlen(text), &of, 1, options, &err), PFH_OK, "%s",
                 err.text);
    row = pfh_proposals_row(proposals, 0);
    cr_expect_null(row, "%s: %s needs %s in\n%s", settings, row == NULL ? "" : row->uid,
                   row == NULL || row->needs == NULL ? "nothing" : row->needs, text);
    pfh_proposals_free(proposals);
    pfh_string_free(again);
    pfh_ical_options_free(options);
}

/* Any plan of any policy in every form and for either audience: sound, and each UID once. */
Test(ical_entry, whatever_the_plan_the_calendar_is_sound)
{
    static const char *const settings[] = {"", "form=both|span=from_due|tell=name|language=en",
                                           "form=todo|tell=initials|alarm=none|language=nn",
                                           "audience=patient",
                                           "audience=patient|span=from_due|alarm=P1D"};
    dice d = dice_of(11);

    for (int i = 0; i < 300; i++) {
        story s = story_of(&d);
        char *text = cJSON_PrintUnformatted(s.pathway);
        char *rules = s.policy == NULL ? NULL : cJSON_PrintUnformatted(s.policy);
        pfh_pathway *pathway = pathway_of(text);
        pfh_policy *policy = rules == NULL ? NULL : policy_of(rules);
        pfh_plan *of = NULL;
        char *calendar;

        cr_assert_eq(pfh_plan_derive_at(&of, pathway, policy, s.as_of,
                                        s.known_at[0] == '\0' ? NULL : s.known_at, s.edition, NULL),
                     PFH_OK);
        calendar = calendar_of(of, settings[i % (int)COUNT(settings)]);
        expect_unchanged(calendar, of, settings[i % (int)COUNT(settings)]);
        free(calendar);
        pfh_plan_free(of);
        pfh_policy_free(policy);
        pfh_pathway_free(pathway);
        cJSON_free(rules);
        cJSON_free(text);
        story_free(&s);
    }
}
