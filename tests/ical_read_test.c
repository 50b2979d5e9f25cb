/*
 * Reading back what people did in a calendar: what is proposed, word for word as it stands in a
 * pathway; that a proposal that was agreed to is what the plan then says; and that calendars, which
 * are untrusted, are refused or read in time.
 */
#include "server.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DOMAIN "domain=epj.example "
#define SUMMER                                                                                     \
    "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-20\",\"point\":2,\"start\":"          \
    "\"2026-05-11T10:00\",\"minutes\":60,\"place\":\"Rom 1, 2. etg.\"}"
#define WINTER                                                                                     \
    "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-02-03\",\"point\":2,\"start\":"          \
    "\"2026-02-10T10:00\",\"minutes\":60}"

/* ---- A pathway and its calendar ----------------------------------------------------------- */

typedef struct scene {
    pfh_pathway *pathway;
    pfh_plan *plan;
    const char *as_of, *edition; /* edition NULL: the pathway's */
} scene;

static void plan_again(scene *s)
{
    pfh_plan_free(s->plan);
    s->plan = NULL;
    cr_assert_eq(
        pfh_plan_derive_at(&s->plan, s->pathway, NULL, day(s->as_of), NULL, s->edition, NULL),
        PFH_OK);
}

static scene scene_of(const char *own, const char *log, const char *as_of, const char *edition)
{
    scene s = {.as_of = as_of, .edition = edition};
    growing text = {0};

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"%s\",\"diagnosis\":"
                  "{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[",
                  own);
    growing_add(&text, log, strlen(log));
    growing_add(&text, "]}", 2);
    s.pathway = pathway_of(text.data);
    free(text.data);
    plan_again(&s);
    return s;
}

static void scene_free(scene *s)
{
    pfh_plan_free(s->plan);
    pfh_pathway_free(s->pathway);
}

static char *feed_of(const scene *s, const char *settings)
{
    char all[200];
    pfh_ical_options *options;
    char *text;

    snprintf(all, sizeof all, DOMAIN "%s", settings);
    options = options_with(all);
    text = write_plan(s->plan, options);
    pfh_ical_options_free(options);
    return text;
}

/* ---- Reading ------------------------------------------------------------------------------ */

static pfh_proposals *read_bytes(const scene *s, const char *text, size_t size)
{
    const pfh_plan *plans[] = {s->plan};
    pfh_ical_options *options = options_with(DOMAIN);
    pfh_proposals *found = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_ical_read(&found, text, size, plans, 1, options, &err), PFH_OK,
                 "%s at byte %d of\n%s", err.text, (int)err.offset, text);
    pfh_ical_options_free(options);
    return found;
}

/* Adds an event as it was proposed, with the id "new". */
static void agree(const scene *s, const pfh_proposal *row, const char *recorded)
{
    pfh_error err = {0};

    pfh_record_set_text(row->event, "id", "new", NULL);
    if (recorded != NULL)
        pfh_record_set_text(row->event, "recorded", recorded, NULL);
    cr_assert_eq(pfh_pathway_append(s->pathway, row->event, &err), PFH_OK, "%s at %s", err.text,
                 err.where);
}

/* The event "new" as the pathway is written. */
static char *new_event(const scene *s)
{
    char *text = pathway_text(s->pathway), *found = NULL;
    const char *event = raw_first(raw_member(text, "events"));

    for (; event != NULL && found == NULL; event = raw_next(event))
        if (strncmp(event, "{\"id\":\"new\",", 12) == 0)
            found = raw_copy(event, NULL);
    cr_assert_not_null(found, "%s", text);
    pfh_string_free(text);
    return found;
}

/* What is proposed, a line each: "2.hold start" for what must be known first, or the task and the
 * event, which is added to the pathway. */
static char *proposed(const scene *s, const char *text)
{
    pfh_proposals *found = read_bytes(s, text, strlen(text));
    growing got = {0};

    growing_add(&got, "", 0);
    for (size_t i = 0; i < pfh_proposals_count(found); i++) {
        const pfh_proposal *row = pfh_proposals_row(found, i);

        cr_expect_str_eq(row->pathway, "p1");
        cr_expect_eq(row->event == NULL, row->needs != NULL, "one of the two");
        growing_print(&got, "%s%s ", i == 0 ? "" : "\n", row->task);
        if (row->event == NULL) {
            growing_print(&got, "%s", row->needs);
        } else {
            char *event;

            agree(s, row, NULL);
            event = new_event(s);
            growing_add(&got, event, strlen(event));
            free(event);
        }
    }
    cr_expect_null(pfh_proposals_row(found, pfh_proposals_count(found)));
    pfh_proposals_free(found);
    return got.data;
}

/* ---- Appointments ------------------------------------------------------------------------- */

#define START "DTSTART;TZID=Europe/Oslo:20260511T100000"
#define LENGTH "DURATION:PT1H"
#define MOVED(start, minutes)                                                                      \
    "2.hold {\"id\":\"new\",\"type\":\"scheduled\",\"date\":\"2026-05-01\",\"point\":2,\"start\":" \
    "\"" start "\"" minutes ",\"place\":\"Rom 1, 2. etg.\"}"
#define OFF(date) "2.hold {\"id\":\"new\",\"type\":\"cancelled\",\"date\":\"" date "\",\"point\":2}"
#define HOUR ",\"minutes\":60"

/* A zone of the calendar's own, with rules that would take for ever. */
#define ZONE(name)                                                                                 \
    "BEGIN:VTIMEZONE\r\nTZID:" name "\r\nBEGIN:STANDARD\r\nDTSTART:00010101T000000\r\n"            \
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\n"            \
    "END:VTIMEZONE\r\n"

typedef struct edit {
    const char *what;
    const char *swaps[3][2];
    const char *proposed;
} edit;

static const edit edits[] = {
    {"nothing", {{NULL}}, ""},
    {"an hour",
     {{START, "DTSTART;TZID=Europe/Oslo:20260511T110000"}},
     MOVED("2026-05-11T11:00", HOUR)},
    {"a day",
     {{START, "DTSTART;TZID=Europe/Oslo:20260512T100000"}},
     MOVED("2026-05-12T10:00", HOUR)},
    {"into the past",
     {{START, "DTSTART;TZID=Europe/Oslo:20260430T100000"}},
     MOVED("2026-04-30T10:00", HOUR)},
    {"to the first minute of a day",
     {{START, "DTSTART;TZID=Europe/Oslo:20260512T000000"}},
     MOVED("2026-05-12T00:00", HOUR)},
    {"to the last",
     {{START, "DTSTART;TZID=Europe/Oslo:20260512T235900"}},
     MOVED("2026-05-12T23:59", HOUR)},
    {"to the 29th of February",
     {{START, "DTSTART;TZID=Europe/Oslo:20280229T100000"}},
     MOVED("2028-02-29T10:00", HOUR)},
    {"to a whole day",
     {{START, "DTSTART;VALUE=DATE:20260511"}, {LENGTH, "DTEND;VALUE=DATE:20260512"}},
     MOVED("2026-05-11", HOUR)},
    {"to a whole day without an end",
     {{START, "DTSTART;VALUE=DATE:20260513"}, {LENGTH "\r\n", ""}},
     MOVED("2026-05-13", HOUR)},
    {"a length by DURATION",
     {{LENGTH, "DURATION:PT90M"}},
     MOVED("2026-05-11T10:00", ",\"minutes\":90")},
    {"a length by DURATION of hours and minutes",
     {{LENGTH, "DURATION:P0DT0H45M0S"}},
     MOVED("2026-05-11T10:00", ",\"minutes\":45")},
    {"the same length otherwise", {{LENGTH, "DURATION:PT60M"}}, ""},
    {"a length of a day",
     {{LENGTH, "DURATION:P1D"}},
     MOVED("2026-05-11T10:00", ",\"minutes\":1440")},
    {"a length of more than a day", {{LENGTH, "DURATION:PT1441M"}}, "2.hold start"},
    {"a length of a week", {{LENGTH, "DURATION:P1W"}}, "2.hold start"},
    {"a length below zero", {{LENGTH, "DURATION:-PT1H"}}, "2.hold start"},
    {"no length", {{LENGTH "\r\n", ""}}, MOVED("2026-05-11T10:00", "")},
    {"nonsense for a length", {{LENGTH, "DURATION:long"}}, "2.hold start"},
    {"a length by DTEND",
     {{LENGTH, "DTEND;TZID=Europe/Oslo:20260511T113000"}},
     MOVED("2026-05-11T10:00", ",\"minutes\":90")},
    {"the same length by DTEND", {{LENGTH, "DTEND;TZID=Europe/Oslo:20260511T110000"}}, ""},
    {"the same length by DTEND in UTC", {{LENGTH, "DTEND:20260511T090000Z"}}, ""},
    {"an end before the start",
     {{LENGTH, "DTEND;TZID=Europe/Oslo:20260511T090000"}},
     "2.hold start"},
    {"an end that is a date", {{LENGTH, "DTEND;VALUE=DATE:20260512"}}, "2.hold start"},
    {"start and length",
     {{START, "DTSTART;TZID=Europe/Oslo:20260511T080000"}, {LENGTH, "DURATION:PT30M"}},
     MOVED("2026-05-11T08:00", ",\"minutes\":30")},
    {"UTC, the same", {{START, "DTSTART:20260511T080000Z"}}, ""},
    {"UTC", {{START, "DTSTART:20260511T090000Z"}}, MOVED("2026-05-11T11:00", HOUR)},
    {"UTC, in winter", {{START, "DTSTART:20261211T090000Z"}}, MOVED("2026-12-11T10:00", HOUR)},
    {"UTC, the last hour of winter",
     {{START, "DTSTART:20270328T005900Z"}},
     MOVED("2027-03-28T01:59", HOUR)},
    {"UTC, the first hour of summer",
     {{START, "DTSTART:20270328T010000Z"}},
     MOVED("2027-03-28T03:00", HOUR)},
    {"UTC, the last hour of summer",
     {{START, "DTSTART:20261025T005900Z"}},
     MOVED("2026-10-25T02:59", HOUR)},
    {"UTC, the first hour of winter",
     {{START, "DTSTART:20261025T010000Z"}},
     MOVED("2026-10-25T02:00", HOUR)},
    {"UTC, the day before", {{START, "DTSTART:20260511T220000Z"}}, MOVED("2026-05-12T00:00", HOUR)},
    {"over the change of clock by DTEND",
     {{START, "DTSTART;TZID=Europe/Oslo:20261025T013000"},
      {LENGTH, "DTEND;TZID=Europe/Oslo:20261025T033000"}},
     MOVED("2026-10-25T01:30", ",\"minutes\":180")},
    {"Outlook's zone, the same",
     {{START, "DTSTART;TZID=\"W. Europe Standard Time\":20260511T100000"}},
     ""},
    {"Outlook's zone",
     {{START, "DTSTART;TZID=W. Europe Standard Time:20260511T110000"}},
     MOVED("2026-05-11T11:00", HOUR)},
    {"Stockholm",
     {{START, "DTSTART;TZID=Europe/Stockholm:20260511T110000"}},
     MOVED("2026-05-11T11:00", HOUR)},
    {"Svalbard",
     {{START, "DTSTART;TZID=Arctic/Longyearbyen:20260511T110000"}},
     MOVED("2026-05-11T11:00", HOUR)},
    {"start and end in zones of one time",
     {{START, "DTSTART;TZID=Europe/Berlin:20260511T100000"},
      {LENGTH, "DTEND;TZID=Europe/Oslo:20260511T120000"}},
     MOVED("2026-05-11T10:00", ",\"minutes\":120")},
    {"Helsinki", {{START, "DTSTART;TZID=Europe/Helsinki:20260511T110000"}}, "2.hold start"},
    {"Helsinki, and the calendar has that zone",
     {{START, "DTSTART;TZID=Europe/Helsinki:20260511T110000"},
      {"BEGIN:VEVENT", ZONE("Europe/Helsinki") "BEGIN:VEVENT"}},
     "2.hold start"},
    {"Europe/London", {{START, "DTSTART;TZID=Europe/London:20260511T090000"}}, "2.hold start"},
    {"a zone that ends like ours",
     {{START, "DTSTART;TZID=NotEurope/Helsinki:20260511T110000"}},
     "2.hold start"},
    {"a city without its continent",
     {{START, "DTSTART;TZID=Atlantis/Rome:20260511T110000"}},
     "2.hold start"},
    {"a zone with a long name",
     {{START,
       "DTSTART;TZID="
       "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234"
       "56789012345678901234567890123456789012345678901234567890123456789:20260511T110000"}},
     "2.hold start"},
    {"an unknown zone", {{START, "DTSTART;TZID=Middle Earth:20260511T100000"}}, "2.hold start"},
    {"an end in an unknown zone",
     {{LENGTH, "DTEND;TZID=Middle Earth:20260511T110000"}},
     "2.hold start"},
    {"Oslo with what libical puts before it",
     {{START, "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Oslo:20260511T120000"}},
     MOVED("2026-05-11T12:00", HOUR)},
    {"floating, the same", {{START, "DTSTART:20260511T100000"}}, ""},
    {"floating", {{START, "DTSTART:20260511T113000"}}, MOVED("2026-05-11T11:30", HOUR)},
    {"folded",
     {{START, "DTST\r\n ART;TZID=Europe/Os\r\n\tlo:20260511T110\r\n 000"}},
     MOVED("2026-05-11T11:00", HOUR)},
    {"lower case",
     {{START, "dtstart;tzid=Europe/Oslo:20260511T110000"}},
     MOVED("2026-05-11T11:00", HOUR)},
    {"no start", {{START "\r\n", ""}}, "2.hold start"},
    {"an empty start", {{START, "DTSTART:"}}, "2.hold start"},
    {"a start that does not exist",
     {{START, "DTSTART;TZID=Europe/Oslo:20260231T100000"}},
     "2.hold start"},
    {"an hour that does not exist",
     {{START, "DTSTART;TZID=Europe/Oslo:20260511T250000"}},
     "2.hold start"},
    {"a year out of range", {{START, "DTSTART;TZID=Europe/Oslo:99990511T100000"}}, "2.hold start"},
    {"the last day of the range",
     {{START, "DTSTART;VALUE=DATE:22991231"}, {LENGTH "\r\n", ""}},
     MOVED("2299-12-31", HOUR)},
    {"the day after it",
     {{START, "DTSTART;VALUE=DATE:23000101"}, {LENGTH "\r\n", ""}},
     "2.hold start"},
    {"the range left by a zone", {{START, "DTSTART:22991231T233000Z"}}, "2.hold start"},
    {"cancelled", {{"STATUS:CONFIRMED", "STATUS:CANCELLED"}}, OFF("2026-05-01")},
    {"cancelled in lower case", {{"STATUS:CONFIRMED", "status:cancelled"}}, OFF("2026-05-01")},
    {"cancelled and moved",
     {{"STATUS:CONFIRMED", "STATUS:CANCELLED"}, {START, "DTSTART:20260511T090000Z"}},
     OFF("2026-05-01")},
    {"tentative", {{"STATUS:CONFIRMED", "STATUS:TENTATIVE"}}, ""},
    {"without a status", {{"STATUS:CONFIRMED\r\n", ""}}, ""},
    {"other words", {{"SUMMARY:", "SUMMARY:Hei "}, {"LOCATION:Rom 1", "LOCATION:Rom 9"}}, ""},
    {"an alarm of another length",
     {{"TRIGGER:-PT15H", "TRIGGER:-PT15M\r\nDURATION:PT5M\r\nREPEAT:2"}},
     ""},
    {"deleted", {{"UID:p1+2.hold@epj.example", "UID:other@epj.example"}}, ""},
    {"without what was written, the same", {{"X-PFH-APPOINTMENT:2026-05-11T10:00/60\r\n", ""}}, ""},
    {"without what was written, moved",
     {{"X-PFH-APPOINTMENT:2026-05-11T10:00/60\r\n", ""}, {START, "DTSTART:20260511T090000Z"}},
     MOVED("2026-05-11T11:00", HOUR)},
    {"without what was written, cancelled",
     {{"X-PFH-APPOINTMENT:2026-05-11T10:00/60\r\n", ""}, {"STATUS:CONFIRMED", "STATUS:CANCELLED"}},
     OFF("2026-05-01")},
    {"without what was written, cancelled at another time",
     {{"X-PFH-APPOINTMENT:2026-05-11T10:00/60\r\n", ""},
      {"STATUS:CONFIRMED", "STATUS:CANCELLED"},
      {START, "DTSTART:20260511T090000Z"}},
     ""},
    {"one of several dates",
     {{START, "RECURRENCE-ID:20260511T080000Z\r\nDTSTART:20260511T090000Z"}},
     ""},
    {"another domain",
     {{"UID:p1+2.hold@epj.example", "UID:p1+2.hold@epj.example.org"},
      {START, "DTSTART:20260511T090000Z"}},
     ""},
    {"another pathway",
     {{"UID:p1+2.hold@", "UID:p2+2.hold@"}, {START, "DTSTART:20260511T090000Z"}},
     ""},
    {"a pathway whose id begins like it",
     {{"UID:p1+2.hold@", "UID:p+2.hold@"}, {START, "DTSTART:20260511T090000Z"}},
     ""},
    {"a point without an appointment",
     {{"UID:p1+2.hold@", "UID:p1+1.hold@"}, {START, "DTSTART:20260511T090000Z"}},
     ""},
    {"a point that does not exist",
     {{"UID:p1+2.hold@", "UID:p1+4.hold@"}, {START, "DTSTART:20260511T090000Z"}},
     ""},
    {"changed on the day in Norway",
     {{"LAST-MODIFIED:20260501T120000Z", "LAST-MODIFIED:20260502T220000Z"},
      {"STATUS:CONFIRMED", "STATUS:CANCELLED"}},
     OFF("2026-05-03")},
    {"changed a minute before that",
     {{"LAST-MODIFIED:20260501T120000Z", "LAST-MODIFIED:20260502T215900Z"},
      {"STATUS:CONFIRMED", "STATUS:CANCELLED"}},
     OFF("2026-05-02")},
    {"changed after the plan's day",
     {{"LAST-MODIFIED:20260501T120000Z", "LAST-MODIFIED:20260601T120000Z"},
      {"STATUS:CONFIRMED", "STATUS:CANCELLED"}},
     OFF("2026-05-04")},
    {"changed before it was agreed on",
     {{"LAST-MODIFIED:20260501T120000Z", "LAST-MODIFIED:20260419T120000Z"},
      {"STATUS:CONFIRMED", "STATUS:CANCELLED"}},
     OFF("2026-05-04")},
    {"changed nobody knows when",
     {{"LAST-MODIFIED:20260501T120000Z\r\n", ""}, {"STATUS:CONFIRMED", "STATUS:CANCELLED"}},
     OFF("2026-05-04")},
};

static char *edited(char *text, const edit *e)
{
    for (size_t i = 0; i < COUNT(e->swaps) && e->swaps[i][0] != NULL; i++)
        text = swap(text, e->swaps[i][0], e->swaps[i][1]);
    return text;
}

static scene summer(void)
{
    return scene_of("hdir-2022", SUMMER, "2026-05-04", NULL);
}

#define STAMP "stamp=2026-05-01T12:00:00Z kind=hold "

/* What was read is agreed to: then the plan says it, there is nothing more to propose, and an
 * update leaves start and length as the person wants them. */
static void expect_settled(scene *s, const char *text, const edit *e)
{
    char *rest, *updated;
    pfh_ical_options *options = options_with(DOMAIN "stamp=2026-05-04T12:00:00Z kind=hold");
    const pfh_point *point;

    plan_again(s);
    point = pfh_plan_point(s->plan, 2);
    if (strstr(e->proposed, "\"cancelled\"") != NULL) {
        cr_expect_null(point->appointment_start, "%s", e->what);
    } else {
        const char *start = strstr(e->proposed, "\"start\":\"") + 9;
        const char *minutes = strstr(e->proposed, "\"minutes\":");

        cr_assert_not_null(point->appointment_start, "%s", e->what);
        cr_expect_eq(strncmp(point->appointment_start, start, strlen(point->appointment_start)), 0,
                     "%s: %s", e->what, point->appointment_start);
        cr_expect_eq(point->appointment_minutes, minutes == NULL ? PFH_NONE : atoi(minutes + 10),
                     "%s", e->what);
    }
    rest = proposed(s, text);
    cr_expect_str_eq(rest, "", "%s: and then\n%s", e->what, rest);
    free(rest);
    updated = update_unjudged(text, s->plan, options);
    rest = proposed(s, updated);
    cr_expect_str_eq(rest, "", "%s: after an update\n%s\n%s", e->what, rest, updated);
    free(rest);
    free(updated);
    pfh_ical_options_free(options);
}

Test(ical_read, what_a_person_did_to_an_appointment_is_proposed)
{
    for (size_t i = 0; i < COUNT(edits); i++) {
        scene s = summer();
        char *text = edited(feed_of(&s, STAMP), &edits[i]), *got = proposed(&s, text);

        cr_expect_str_eq(got, edits[i].proposed, "%s: got\n%s\nwanted\n%s", edits[i].what, got,
                         edits[i].proposed);
        if (strstr(edits[i].proposed, "\"id\"") != NULL && strcmp(got, edits[i].proposed) == 0)
            expect_settled(&s, text, &edits[i]);
        free(got);
        free(text);
        scene_free(&s);
    }
}

Test(ical_read, an_appointment_on_a_whole_day_gets_an_hour)
{
    static const struct {
        const char *from, *to, *wanted;
    } row[] = {
        {"DTSTART", "DTSTART", ""},
        {"DTSTART;VALUE=DATE:20260511\r\nDTEND;VALUE=DATE:20260512",
         "DTSTART;TZID=Europe/Oslo:20260511T130000\r\nDURATION:PT30M",
         "2.hold "
         "{\"id\":\"new\",\"type\":\"scheduled\",\"date\":\"2026-05-01\",\"point\":2,\"start\":"
         "\"2026-05-11T13:00\",\"minutes\":30}"},
        {"DTSTART;VALUE=DATE:20260511\r\nDTEND;VALUE=DATE:20260512",
         "DTSTART;VALUE=DATE:20260514\r\nDTEND;VALUE=DATE:20260515",
         "2.hold "
         "{\"id\":\"new\",\"type\":\"scheduled\",\"date\":\"2026-05-01\",\"point\":2,\"start\":"
         "\"2026-05-14\"}"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        scene s =
            scene_of("hdir-2022",
                     "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-20\",\"point\":2,"
                     "\"start\":\"2026-05-11\"}",
                     "2026-05-04", NULL);
        char *text = swap(feed_of(&s, STAMP), row[i].from, row[i].to), *got = proposed(&s, text);

        cr_expect_str_eq(got, row[i].wanted, "%s", got);
        free(got);
        free(text);
        scene_free(&s);
    }
}

/* A whole day with a length in the plan: the calendar shows no length, and nobody took it away. */
Test(ical_read, the_length_of_a_whole_day_is_not_missed)
{
    scene s = scene_of("hdir-2022",
                       "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-20\",\"point\":2,"
                       "\"start\":\"2026-05-11\",\"minutes\":60}",
                       "2026-05-04", NULL);
    static const char *const settings[] = {STAMP, STAMP "form=both"};

    for (size_t i = 0; i < COUNT(settings); i++) {
        char *text = feed_of(&s, settings[i]), *got = proposed(&s, text);

        cr_expect_str_eq(got, "", "%s", got);
        free(got);
        free(text);
    }
    scene_free(&s);
}

Test(ical_read, in_winter_utc_is_an_hour_behind)
{
    scene s = scene_of("hdir-2022", WINTER, "2026-02-04", NULL);
    char *text = swap(feed_of(&s, ""), "DTSTART;TZID=Europe/Oslo:20260210T100000",
                      "DTSTART:20260210T090000Z");
    char *got = proposed(&s, text);

    cr_expect_str_eq(got, "");
    free(got);
    text = swap(text, "DTSTART:20260210T090000Z", "DTSTART:20260210T080000Z");
    got = proposed(&s, text);
    cr_expect_not_null(strstr(got, "\"start\":\"2026-02-10T09:00\",\"minutes\":60}"), "%s", got);
    free(got);
    free(text);
    scene_free(&s);
}

/* What is written is read as it was meant, whatever the hour. */
Test(ical_read, a_calendar_as_it_was_written_proposes_nothing)
{
    static const char *const starts[] = {
        "2026-03-29T01:59", "2026-03-29T02:00", "2026-03-29T02:30", "2026-03-29T03:00",
        "2026-10-25T01:59", "2026-10-25T02:00", "2026-10-25T02:59", "2026-10-25T03:00",
        "2026-12-31T23:59", "2027-01-01T00:00", "2028-02-29T12:00", "2299-12-30T23:00",
        "2026-12-31",
    };
    static const int minutes[] = {0, 1, 60, 90, 240, 1440};
    static const char *const settings[] = {"", "form=todo", "form=both"};

    for (size_t i = 0; i < COUNT(starts); i++)
        for (size_t k = 0; k < COUNT(minutes); k++)
            for (size_t f = 0; f < COUNT(settings); f++) {
                char log[300], length[30] = "";
                scene s;
                char *text, *got;

                if (minutes[k] > 0)
                    snprintf(length, sizeof length, ",\"minutes\":%d", minutes[k]);
                snprintf(log, sizeof log,
                         "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-03-20\",\"point\":2,"
                         "\"start\":\"%s\"%s}",
                         starts[i], length);
                s = scene_of("hdir-2022", log, "2026-03-21", NULL);
                text = feed_of(&s, settings[f]);
                got = proposed(&s, text);
                cr_expect_str_eq(got, "", "%s %s %s: %s of\n%s", starts[i], length, settings[f],
                                 got, text);
                free(got);
                free(text);
                scene_free(&s);
            }
}

Test(ical_read, a_past_appointment_can_still_be_moved_and_cancelled)
{
    static const char *const swaps[][2] = {{START, "DTSTART:20260518T080000Z"},
                                           {"STATUS:CONFIRMED", "STATUS:CANCELLED"}};
    static const char *const wanted[] = {
        "2.hold "
        "{\"id\":\"new\",\"type\":\"scheduled\",\"date\":\"2026-05-13\",\"point\":2,\"start\":"
        "\"2026-05-18T10:00\",\"minutes\":60,\"place\":\"Rom 1, 2. etg.\"}",
        "2.hold {\"id\":\"new\",\"type\":\"cancelled\",\"date\":\"2026-05-13\",\"point\":2}"};

    for (size_t i = 0; i < COUNT(swaps); i++) {
        scene s = scene_of("hdir-2022", SUMMER, "2026-05-13", NULL);
        char *text =
            swap(feed_of(&s, "stamp=2026-05-13T12:00:00Z kind=hold"), swaps[i][0], swaps[i][1]);
        char *got = proposed(&s, text);

        cr_expect_str_eq(got, wanted[i], "%s", got);
        free(got);
        free(text);
        scene_free(&s);
    }
}

/* On the day on which it was recorded itself: `recorded` says which came last. */
Test(ical_read, a_change_on_the_same_day_counts_when_it_is_recorded)
{
    static const char *const swaps[][2] = {{START, "DTSTART:20260512T080000Z"},
                                           {"STATUS:CONFIRMED", "STATUS:CANCELLED"}};

    for (size_t i = 0; i < COUNT(swaps); i++) {
        scene s = scene_of(
            "hdir-2022",
            "{\"id\":\"z\",\"type\":\"scheduled\",\"date\":\"2026-05-04\",\"recorded\":"
            "\"2026-05-04T08:00:00Z\",\"point\":2,\"start\":\"2026-05-11T10:00\",\"minutes\":60}",
            "2026-05-04", NULL);
        char *text = swap(feed_of(&s, "kind=hold"), swaps[i][0], swaps[i][1]);
        pfh_proposals *found = read_bytes(&s, text, strlen(text));
        const char *start;

        cr_assert_eq(pfh_proposals_count(found), 1);
        agree(&s, pfh_proposals_row(found, 0), "2026-05-04T14:00:00Z");
        plan_again(&s);
        start = pfh_plan_point(s.plan, 2)->appointment_start;
        if (i == 0)
            cr_expect_str_eq(start == NULL ? "none" : start, "2026-05-12T10:00");
        else
            cr_expect_null(start);
        pfh_proposals_free(found);
        free(text);
        scene_free(&s);
    }
}

/* ---- Plan and calendar at odds ------------------------------------------------------------ */

#define NOW_AT_NINE                                                                                \
    SUMMER ",{\"id\":\"t\",\"type\":\"scheduled\",\"date\":\"2026-05-03\",\"point\":2,\"start\":"  \
           "\"2026-05-11T09:00\",\"minutes\":60}"

Test(ical_read, a_calendar_that_is_behind_the_plan_proposes_nothing_by_that)
{
    static const struct {
        const char *what, *swaps[2], *wanted;
    } row[] = {
        {"behind", {START, START}, ""},
        {"cancelled", {"STATUS:CONFIRMED", "STATUS:CANCELLED"}, ""},
        {"moved", {START, "DTSTART:20260511T100000Z"}, "2.hold conflict"},
        {"another length", {LENGTH, "DURATION:PT30M"}, "2.hold conflict"},
        {"moved to what the plan says", {START, "DTSTART:20260511T070000Z"}, ""},
        {"moved to nobody knows where",
         {START, "DTSTART;TZID=Nowhere:20260511T100000"},
         "2.hold start"},
    };
    scene then = summer(), now = scene_of("hdir-2022", NOW_AT_NINE, "2026-05-04", NULL);

    for (size_t i = 0; i < COUNT(row); i++) {
        char *text = swap(feed_of(&then, STAMP), row[i].swaps[0], row[i].swaps[1]);
        char *got = proposed(&now, text);

        cr_expect_str_eq(got, row[i].wanted, "%s: %s", row[i].what, got);
        free(got);
        free(text);
    }
    scene_free(&then);
    scene_free(&now);
}

/* update() has cancelled it; then it was agreed on again, for the same hour. */
Test(ical_read, what_an_update_has_cancelled_is_not_proposed_to_be)
{
    static const char gone[] =
        SUMMER ",{\"id\":\"c\",\"type\":\"cancelled\",\"date\":\"2026-05-01\",\"point\":2}";
    static const char again[] =
        SUMMER ",{\"id\":\"c\",\"type\":\"cancelled\",\"date\":\"2026-05-01\",\"point\":2},"
               "{\"id\":\"t\",\"type\":\"scheduled\",\"date\":\"2026-05-03\",\"point\":2,\"start\":"
               "\"2026-05-11T10:00\","
               "\"minutes\":60}";
    scene first = summer(), second = scene_of("hdir-2022", gone, "2026-05-02", NULL);
    scene third = scene_of("hdir-2022", again, "2026-05-04", NULL);
    pfh_ical_options *options = options_with(DOMAIN "kind=hold");
    char *text = feed_of(&first, STAMP), *off = update_plan(text, second.plan, options);
    char *got = proposed(&third, off);

    cr_expect_eq(count_of(off, "STATUS:CANCELLED"), 1);
    cr_expect_str_eq(got, "", "%s of\n%s", got, off);
    free(got);
    free(text);
    free(off);
    pfh_ical_options_free(options);
    scene_free(&first);
    scene_free(&second);
    scene_free(&third);
}

/* ---- Under another edition ---------------------------------------------------------------- */

#define DRAFT                                                                                      \
    "{\"id\":\"d\",\"type\":\"treatment_started\",\"date\":\"2026-02-10\"},"                       \
    "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-20\",\"point\":3,\"start\":"          \
    "\"2026-05-11T10:00\",\"minutes\":60}"

Test(ical_read, under_another_edition_a_person_says_which_point_it_was)
{
    static const struct {
        const char *swaps[2], *wanted;
    } row[] = {
        {{START, START}, ""},
        {{START, "DTSTART:20260511T090000Z"}, "2.hold point"},
        {{LENGTH, "DURATION:PT2H"}, "2.hold point"},
        {{START, "DTSTART:nonsense"}, "2.hold point"},
        {{"STATUS:CONFIRMED", "STATUS:CANCELLED"}, "2.hold point"},
        {{"X-PFH-APPOINTMENT:2026-05-11T10:00/60", "X-PFH-APPOINTMENT:2026-05-11T09:00/60"}, ""},
        {{START "\r\n" LENGTH, "DTSTART:20260511T070000Z\r\n" LENGTH "\r\nX-A:1"}, "2.hold point"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        scene s = scene_of("hdir-2021-draft", DRAFT, "2026-05-04", "hdir-2022");
        char *text = swap(feed_of(&s, STAMP), row[i].swaps[0], row[i].swaps[1]);
        char *got = proposed(&s, text);

        cr_expect_str_eq(got, row[i].wanted, "row %zu: %s", i, got);
        free(got);
        free(text);
        scene_free(&s);
    }
}

/* The calendar is behind: nobody did anything. */
Test(ical_read, under_another_edition_a_calendar_that_is_behind_asks_nothing)
{
    static const char now[] = DRAFT ",{\"id\":\"t\",\"type\":\"scheduled\",\"date\":\"2026-05-03\","
                                    "\"point\":3,\"start\":\"2026-05-11T09:00\",\"minutes\":60}";
    scene then = scene_of("hdir-2021-draft", DRAFT, "2026-05-02", "hdir-2022");
    scene later = scene_of("hdir-2021-draft", now, "2026-05-04", "hdir-2022");
    char *text = feed_of(&then, STAMP), *got = proposed(&later, text);

    cr_expect_str_eq(got, "", "%s", got);
    free(got);
    free(text);
    scene_free(&then);
    scene_free(&later);
}

/* ---- To-dos ------------------------------------------------------------------------------- */

#define PERFORMED                                                                                  \
    "{\"id\":\"e\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"assessment\":"     \
    "{\"distress\":7,\"topics\":[{\"topic\":\"home_help\",\"need\":\"follow_up\"}]}}"
#define NEW(type, rest) "{\"id\":\"new\",\"type\":\"" type "\",\"date\":\"2026-02-24\"," rest "}"

/* A to-do is completed on 2026-02-24; the plan is of the 25th. */
static const struct {
    const char *task, *log, *event; /* event: or what is needed */
} kinds[] = {
    {"1.offer", "", NEW("offered", "\"point\":1")},
    {"1.follow_up_offer", "{\"id\":\"e\",\"type\":\"offered\",\"date\":\"2026-02-05\",\"point\":1}",
     "answer"},
    {"1.ask_again",
     "{\"id\":\"e\",\"type\":\"declined\",\"date\":\"2026-02-05\",\"point\":1,\"reason\":\"not_"
     "now\"}",
     "answer"},
    {"1.book", "{\"id\":\"e\",\"type\":\"accepted\",\"date\":\"2026-02-05\",\"point\":1}", "start"},
    {"1.send_form",
     "{\"id\":\"e\",\"type\":\"scheduled\",\"date\":\"2026-02-20\",\"point\":1,\"start\":\"2026-03-"
     "20\"}",
     NEW("form_sent", "\"point\":1")},
    {"1.hold",
     "{\"id\":\"e\",\"type\":\"scheduled\",\"date\":\"2026-02-20\",\"point\":1,\"start\":\"2026-02-"
     "25T10:00\"}",
     "assessment"},
    {"1.confirm",
     "{\"id\":\"e\",\"type\":\"scheduled\",\"date\":\"2026-02-10\",\"point\":1,\"start\":\"2026-02-"
     "23\"}",
     "outcome"},
    {"2.window_closing", "", "start"},
    {"1.register_code.e", PERFORMED,
     "{\"id\":\"new\",\"type\":\"coded\",\"date\":\"2026-02-20\",\"point\":1,\"code\":\"WMFG10\"}"},
    {"1.send_summary", PERFORMED, "kind"},
    {"1.notify_municipality", PERFORMED, "kind"},
    {"1.follow_up_message.m",
     "{\"id\":\"m\",\"type\":\"message\",\"date\":\"2026-02-11\",\"point\":1,\"to\":\"gp\","
     "\"kind\":\"edi\"}",
     "status"},
    {"0.follow_up_message.m",
     "{\"id\":\"m\",\"type\":\"message\",\"date\":\"2026-02-11\",\"to\":\"gp\",\"kind\":\"edi\"}",
     "status"},
    {"1.assess_further.e", PERFORMED, NEW("followed_up", "\"of\":\"e\"")},
    {"1.follow_up_needs.e", PERFORMED, NEW("followed_up", "\"of\":\"e\"")},
};

/* The to-do of a task, with other lines for its status. */
static char *with_status(char *text, const char *task, const char *lines)
{
    growing uid = {0}, result = {0};
    char *at, *status;

    growing_print(&uid, "\r\nUID:p1+%s+todo@epj.example\r\n", task);
    at = strstr(text, uid.data);
    cr_assert_not_null(at, "no %s in\n%s", task, text);
    status = strstr(at, "STATUS:NEEDS-ACTION\r\n");
    cr_assert_not_null(status);
    growing_add(&result, text, (size_t)(status - text));
    growing_add(&result, lines, strlen(lines));
    status += strlen("STATUS:NEEDS-ACTION\r\n");
    growing_add(&result, status, strlen(status));
    free(uid.data);
    free(text);
    return result.data;
}

#define DONE "STATUS:COMPLETED\r\nCOMPLETED:20260224T110000Z\r\nPERCENT-COMPLETE:100\r\n"

Test(ical_read, a_completed_todo_is_what_its_kind_says)
{
    bool seen[32] = {false};

    for (size_t i = 0; i < COUNT(kinds); i++) {
        scene s = scene_of("hdir-2022", kinds[i].log, "2026-02-25", NULL);
        char *text = with_status(feed_of(&s, "form=todo"), kinds[i].task, DONE);
        pfh_proposals *found = read_bytes(&s, text, strlen(text));
        const pfh_proposal *row = pfh_proposals_row(found, 0);
        growing wanted = {0};
        char *got;

        cr_assert_eq(pfh_proposals_count(found), 1, "%s", kinds[i].task);
        seen[row->kind] = true;
        cr_expect_str_eq(row->task, kinds[i].task);
        cr_expect_eq(row->point, kinds[i].task[0] - '0');
        cr_expect_eq(count_of(row->uid, kinds[i].task), 1);
        pfh_proposals_free(found);
        growing_print(&wanted, "%s %s", kinds[i].task, kinds[i].event);
        got = proposed(&s, text);
        cr_expect_str_eq(got, wanted.data, "got\n%s\nwanted\n%s", got, wanted.data);
        free(got);
        if (kinds[i].event[0] == '{') { /* agreed to: nothing is left */
            plan_again(&s);
            got = proposed(&s, text);
            cr_expect_str_eq(got, "", "%s: %s", kinds[i].task, got);
            free(got);
            for (size_t t = 0; t < pfh_plan_task_count(s.plan); t++)
                cr_expect_str_neq(pfh_plan_task(s.plan, t)->id, kinds[i].task);
        }
        free(wanted.data);
        free(text);
        scene_free(&s);
    }
    for (int32_t kind = 1; kind <= pfh_word_count(PFH_WORDS_TASK); kind++)
        cr_expect(seen[kind], "no row for %s", pfh_word(PFH_WORDS_TASK, kind));
}

/* Each completed to-do stays as it was when the plan has it no more. */
Test(ical_read, an_update_leaves_a_completed_todo_that_was_agreed_to)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        scene s = scene_of("hdir-2022", kinds[i].log, "2026-02-25", NULL);
        char *text, *updated, uid[100];
        pfh_ical_options *options = options_with(DOMAIN "form=todo");
        cal before, after;

        if (kinds[i].event[0] != '{') {
            scene_free(&s);
            pfh_ical_options_free(options);
            continue;
        }
        text = with_status(feed_of(&s, "form=todo"), kinds[i].task, DONE);
        free(proposed(&s, text));
        plan_again(&s);
        updated = update_plan(text, s.plan, options);
        snprintf(uid, sizeof uid, "p1+%s+todo@epj.example", kinds[i].task);
        before = cal_of(text);
        after = cal_of(updated);
        cr_assert_not_null(cal_find(&after, uid), "%s", uid);
        cr_expect_str_eq(cal_find(&after, uid)->raw, cal_find(&before, uid)->raw);
        cal_free(&before);
        cal_free(&after);
        free(text);
        free(updated);
        pfh_ical_options_free(options);
        scene_free(&s);
    }
}

Test(ical_read, when_a_todo_was_completed_goes_by_the_day_in_norway)
{
    static const struct {
        const char *lines, *as_of, *date; /* date NULL: nothing is proposed */
    } row[] = {
        {"STATUS:COMPLETED\r\nCOMPLETED:20260224T110000Z\r\n", "2026-02-25", "2026-02-24"},
        {"STATUS:COMPLETED\r\nCOMPLETED:20260223T225959Z\r\n", "2026-02-25",
         "2026-02-23"}, /* winter */
        {"STATUS:COMPLETED\r\nCOMPLETED:20260223T230000Z\r\n", "2026-02-25", "2026-02-24"},
        {"STATUS:COMPLETED\r\nCOMPLETED:20260503T215959Z\r\n", "2026-05-10",
         "2026-05-03"}, /* summer */
        {"STATUS:COMPLETED\r\nCOMPLETED:20260503T220000Z\r\n", "2026-05-10", "2026-05-04"},
        {"STATUS:COMPLETED\r\nCOMPLETED:20260224T230000Z\r\n", "2026-02-24",
         "2026-02-24"}, /* not later */
        {"STATUS:COMPLETED\r\nCOMPLETED:20300101T000000Z\r\n", "2026-02-25", "2026-02-25"},
        {"STATUS:COMPLETED\r\n", "2026-02-25", "2026-02-25"},
        {"STATUS:completed\r\n", "2026-02-25", "2026-02-25"},
        {"STATUS:COMPLETED\r\nCOMPLETED:nonsense\r\n", "2026-02-25", "2026-02-25"},
        {"COMPLETED:20260224T110000Z\r\n", "2026-02-25", "2026-02-24"},
        {"STATUS:IN-PROCESS\r\nPERCENT-COMPLETE:100\r\n", "2026-02-25", "2026-02-25"},
        {"PERCENT-COMPLETE:100\r\n", "2026-02-25", "2026-02-25"},
        {"STATUS:IN-PROCESS\r\nPERCENT-COMPLETE:99\r\n", "2026-02-25", NULL},
        {"STATUS:NEEDS-ACTION\r\nPERCENT-COMPLETE:0\r\n", "2026-02-25", NULL},
        {"STATUS:NEEDS-ACTION\r\n", "2026-02-25", NULL},
        {"STATUS:CANCELLED\r\n", "2026-02-25", NULL},
        {"", "2026-02-25", NULL},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        scene s = scene_of("hdir-2022", "", row[i].as_of, NULL);
        char *text = with_status(feed_of(&s, "form=todo"), "1.offer", row[i].lines);
        char *got = proposed(&s, text), wanted[200] = "";

        if (row[i].date != NULL)
            snprintf(wanted, sizeof wanted,
                     "1.offer {\"id\":\"new\",\"type\":\"offered\",\"date\":\"%s\",\"point\":1}",
                     row[i].date);
        cr_expect_str_eq(got, wanted, "%s: %s", row[i].lines, got);
        free(got);
        free(text);
        scene_free(&s);
    }
}

Test(ical_read, an_event_is_not_completed)
{
    scene s = scene_of("hdir-2022", "", "2026-02-25", NULL);
    char *text = swap(feed_of(&s, ""), "STATUS:CONFIRMED", "STATUS:COMPLETED");
    char *got = proposed(&s, text);

    cr_expect_str_eq(got, "", "%s", got);
    free(got);
    free(text);
    scene_free(&s);
}

Test(ical_read, a_completed_todo_of_what_is_done_is_old_news)
{
    scene then = scene_of("hdir-2022", "", "2026-02-24", NULL);
    scene now = scene_of("hdir-2022",
                         "{\"id\":\"e\",\"type\":\"offered\",\"date\":\"2026-02-24\",\"point\":1}",
                         "2026-02-25", NULL);
    char *text = with_status(feed_of(&then, "form=todo"), "1.offer", DONE),
         *got = proposed(&now, text);

    cr_expect_str_eq(got, "", "%s", got);
    free(got);
    free(text);
    scene_free(&then);
    scene_free(&now);
}

Test(ical_read, under_another_edition_a_completed_todo_asks_for_the_point)
{
    static const struct {
        const char *task, *log, *wanted;
    } row[] = {
        {"2.offer", "", "2.offer point"},
        {"1.book", "{\"id\":\"e\",\"type\":\"accepted\",\"date\":\"2026-02-05\",\"point\":2}",
         "1.book start"},
        {"1.register_code.e", PERFORMED, "1.register_code.e point"},
        {"1.assess_further.e", PERFORMED, "1.assess_further.e " NEW("followed_up", "\"of\":\"e\"")},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        scene s = scene_of("hdir-2021-draft", row[i].log, "2026-02-25", "hdir-2022");
        char *text = with_status(feed_of(&s, "form=todo"), row[i].task, DONE),
             *got = proposed(&s, text);

        cr_expect_str_eq(got, row[i].wanted, "%s", got);
        free(got);
        free(text);
        scene_free(&s);
    }
}

/* An appointment has an event and a to-do; either can be moved, the other one is then behind. */
Test(ical_read, an_appointment_is_read_from_its_todo_too)
{
    scene s = summer();
    char *text = feed_of(&s, "stamp=2026-05-01T12:00:00Z kind=hold form=both"), *got;

    text =
        swap(text, "DUE;TZID=Europe/Oslo:20260511T110000", "DUE;TZID=Europe/Oslo:20260511T120000");
    got = proposed(&s, text);
    cr_expect_str_eq(got, MOVED("2026-05-11T10:00", ",\"minutes\":120"), "%s", got);
    free(got);
    plan_again(&s);
    got = proposed(&s, text);
    cr_expect_str_eq(got, "", "the event is behind: %s", got);
    free(got);
    free(text);
    scene_free(&s);
}

/* ---- Several pathways, and where ---------------------------------------------------------- */

Test(ical_read, proposals_stand_in_the_order_of_the_calendar_with_their_lines)
{
    enum { MANY = 40 };
    const pfh_plan *plans[MANY];
    pfh_plan *mine[MANY];
    pfh_ical_options *options = options_with(DOMAIN "kind=hold");
    pfh_proposals *found = NULL;
    char *text = NULL;
    int32_t line = 0;

    for (int i = 0; i < MANY; i++) {
        char id[16];

        snprintf(id, sizeof id, "p%d", (i * 7) % MANY);
        plans[i] = mine[i] = plan_of_log(id, SUMMER, "", "2026-05-04");
    }
    cr_assert_eq(pfh_plans_to_ical(&text, plans, MANY, options, NULL), PFH_OK);
    text = swap_all(text, START, "DTSTART:20260511T090000Z");
    cr_assert_eq(pfh_ical_read(&found, text, strlen(text), plans, MANY, options, NULL), PFH_OK);
    cr_assert_eq(pfh_proposals_count(found), MANY);
    for (int i = 0; i < MANY; i++) {
        const pfh_proposal *row = pfh_proposals_row(found, (size_t)i);
        char uid[60], *at = text;

        snprintf(uid, sizeof uid, "p%d+2.hold@epj.example", (i * 7) % MANY);
        cr_expect_str_eq(row->uid, uid);
        cr_expect_eq(strncmp(row->pathway, uid, strlen(row->pathway)), 0);
        cr_expect_gt(row->line, line);
        line = row->line;
        for (int32_t n = 1; n < line; n++)
            at = strchr(at, '\n') + 1;
        cr_expect_eq(strncmp(at, "BEGIN:VEVENT", 12), 0, "line %d", (int)line);
        cr_expect_eq(row->kind, PFH_TASK_HOLD);
        cr_expect_eq(row->point, 2);
    }
    pfh_proposals_free(found);
    /* Asked about one of them alone. */
    cr_assert_eq(pfh_ical_read(&found, text, strlen(text), plans + 3, 1, options, NULL), PFH_OK);
    cr_expect_eq(pfh_proposals_count(found), 1);
    pfh_proposals_free(found);
    cr_assert_eq(pfh_ical_read(&found, text, strlen(text), NULL, 0, options, NULL), PFH_OK);
    cr_expect_eq(pfh_proposals_count(found), 0);
    pfh_proposals_free(found);
    /* The default domain is not this one. */
    cr_assert_eq(pfh_ical_read(&found, text, strlen(text), plans, MANY, NULL, NULL), PFH_OK);
    cr_expect_eq(pfh_proposals_count(found), 0);
    pfh_proposals_free(found);
    for (int i = 0; i < MANY; i++)
        pfh_plan_free(mine[i]);
    pfh_ical_options_free(options);
    free(text);
}

static char sentinel;

Test(ical_read, arguments_are_checked)
{
    scene s = summer();
    const pfh_plan *plans[] = {s.plan, NULL}, *twice[] = {s.plan, s.plan};
    pfh_proposals *found = (void *)&sentinel;
    pfh_error err = {0};

    cr_expect_eq(pfh_ical_read(NULL, "", 0, plans, 1, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_ical_read(&found, NULL, 0, plans, 1, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "text");
    cr_expect_eq(pfh_ical_read(&found, "", 0, NULL, 1, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "plans");
    cr_expect_eq(pfh_ical_read(&found, "", 0, plans, 2, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "plans");
    cr_expect_eq(pfh_ical_read(&found, "", 0, twice, 2, NULL, &err), PFH_E_DUPLICATE);
    cr_expect_eq(pfh_ical_read(&found, "", 0, twice, 2, NULL, NULL), PFH_E_DUPLICATE);
    cr_expect_eq((void *)found, (void *)&sentinel);
    cr_expect_eq(pfh_proposals_count(NULL), 0);
    cr_expect_null(pfh_proposals_row(NULL, 0));
    pfh_proposals_free(NULL);
    scene_free(&s);
}

/* ---- Limits ------------------------------------------------------------------------------- */

#define BEGIN "BEGIN:VCALENDAR\r\n"
#define END "END:VCALENDAR\r\n"
#define BEGIN_10                                                                                   \
    "BEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\nBEGIN:X\r\n"     \
    "BEGIN:X\r\nBEGIN:X\r\n"
#define END_10                                                                                     \
    "END:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\nEND:X\r\n"

Test(ical_read, what_is_no_calendar_is_refused_with_its_place)
{
    static const struct {
        const char *what, *text;
        size_t size;
        int32_t offset; /* -2: not asked */
    } refused[] = {
        {"words", "hello", 0, 0},
        {"an event alone", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", 0, 0},
        {"an END", END, 0, 0},
        {"no end", BEGIN, 0, -2},
        {"an open event", BEGIN "BEGIN:VEVENT\r\n" END, 0, -2},
        {"33 deep", BEGIN BEGIN_10 BEGIN_10 BEGIN_10 "BEGIN:X\r\nBEGIN:X\r\n", 0, 17 + 31 * 9},
        {"something behind it", BEGIN END "X:1\r\n", 0, 17 + 15},
        {"a byte order mark, as in any document", "\xef\xbb\xbf" BEGIN END, 0, 0},
        {"a NUL", BEGIN "X:\0\r\n" END, 17 + 5 + 15, 19},
        {"a control character", BEGIN "X:\x01\r\n" END, 0, 19},
        {"a delete", BEGIN "X:\x7f\r\n" END, 0, 19},
        {"a C1 control", BEGIN "X:\xc2\x85\r\n" END, 0, 19},
        {"Latin-1", BEGIN "X:\xe5\r\n" END, 0, 19},
        {"a surrogate", BEGIN "X:\xed\xa0\x80\r\n" END, 0, 19},
    };
    scene s = summer();
    const pfh_plan *plans[] = {s.plan};

    for (size_t i = 0; i < COUNT(refused); i++) {
        const size_t size = refused[i].size > 0 ? refused[i].size : strlen(refused[i].text);
        pfh_proposals *found = (void *)&sentinel;
        pfh_error err = {0};

        cr_expect_eq(pfh_ical_read(&found, refused[i].text, size, plans, 1, NULL, &err),
                     PFH_E_SYNTAX, "%s", refused[i].what);
        cr_expect_eq((void *)found, (void *)&sentinel, "%s", refused[i].what);
        cr_expect_str_eq(err.where, "text", "%s", refused[i].what);
        if (refused[i].offset != -2)
            cr_expect_eq(err.offset, refused[i].offset, "%s: %d", refused[i].what, (int)err.offset);
    }
    scene_free(&s);
}

Test(ical_read, a_calendar_may_be_nested_32_deep_and_stand_beside_another)
{
    static const char *const fine[] = {
        BEGIN BEGIN_10 BEGIN_10 BEGIN_10 "BEGIN:X\r\nEND:X\r\n" END_10 END_10 END_10 END,
        BEGIN END BEGIN END,
        BEGIN END "\r\n",
        "begin:vcalendar\nend:vcalendar\n",
        "",
    };
    scene s = summer();

    for (size_t i = 0; i < COUNT(fine); i++) {
        pfh_proposals *found = read_bytes(&s, fine[i], strlen(fine[i]));

        cr_expect_eq(pfh_proposals_count(found), 0);
        pfh_proposals_free(found);
    }
    scene_free(&s);
}

Test(ical_read, a_calendar_has_at_most_4_mib)
{
    enum { MOST = 4 * 1024 * 1024 };
    scene s = summer();
    const pfh_plan *plans[] = {s.plan};
    char *text = malloc(MOST + 1),
         *event = swap(feed_of(&s, STAMP), START, "DTSTART:20260511T090000Z");
    pfh_ical_options *options = options_with(DOMAIN);
    pfh_proposals *found = (void *)&sentinel;
    size_t size = strlen(event) - strlen(END);
    pfh_error err = {0};

    cr_assert_not_null(text);
    memset(text, 'a', MOST + 1);
    memcpy(text, event, size);
    memcpy(text + size, "X:", 2);
    memcpy(text + MOST - 2 - strlen(END), "\r\n" END, strlen(END) + 2);
    cr_expect_eq(pfh_ical_read(&found, text, (size_t)MOST + 1, plans, 1, options, &err),
                 PFH_E_SYNTAX);
    cr_expect_eq(err.offset, -1);
    cr_expect_str_eq(err.where, "text");
    cr_expect_eq((void *)found, (void *)&sentinel);
    cr_expect_eq(pfh_ical_read(&found, text, MOST, plans, 1, options, &err), PFH_OK, "%s",
                 err.text);
    cr_expect_eq(pfh_proposals_count(found), 1);
    pfh_proposals_free(found);
    pfh_ical_options_free(options);
    free(event);
    free(text);
    scene_free(&s);
}

/* ---- Zones of the calendar's own ---------------------------------------------------------- */

/* Nobody works them out, whatever they say and however many there are. */
Test(ical_read, zones_of_the_calendar_cost_no_time)
{
    scene s = summer();
    growing text = {0};
    clock_t start;
    double seconds;
    pfh_proposals *found;

    growing_print(&text, BEGIN);
    for (int i = 0; i < 5000; i++)
        growing_print(&text,
                      ZONE("Z%d") "BEGIN:VEVENT\r\nUID:p1+2.hold@epj.example\r\nDTSTART;TZID=Z%d:"
                                  "20260511T110000\r\nEND:VEVENT\r\n",
                      i, i);
    growing_print(&text, END);
    start = clock();
    found = read_bytes(&s, text.data, text.size);
    seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    cr_expect_eq(pfh_proposals_count(found), 5000);
    cr_expect_lt(seconds, 3, "%f s", seconds);
    pfh_proposals_free(found);
    free(text.data);
    scene_free(&s);
}

/* ---- Changed at random -------------------------------------------------------------------- */

static char *part_of(const char *text, size_t size)
{
    growing copy = {0};

    growing_add(&copy, text, size);
    return copy.data;
}

/* Where the line in place @p index begins; lines are counted round. */
static char *line_at(char *text, int32_t index)
{
    int32_t count = (int32_t)count_of(text, "\n");
    char *at = text;

    for (index %= count > 0 ? count : 1; index > 0 && strchr(at, '\n') != NULL; index--)
        at = strchr(at, '\n') + 1;
    return at;
}

static char *without(char *text, const char *from, const char *to)
{
    growing result = {0};

    growing_add(&result, text, (size_t)(from - text));
    growing_add(&result, to, strlen(to));
    free(text);
    return result.data;
}

/* A line twice, at another place, or gone. */
static char *move_line(char *text, dice *d)
{
    char *from = line_at(text, roll(d, 400)), *end = strchr(from, '\n');
    char *line = part_of(from, end == NULL ? strlen(from) : (size_t)(end + 1 - from)), *to;
    growing result = {0};

    if (chance(d, 60))
        text = without(text, from, from + strlen(line));
    if (chance(d, 70)) {
        to = line_at(text, roll(d, 400));
        growing_add(&result, text, (size_t)(to - text));
        growing_add(&result, line, strlen(line));
        growing_add(&result, to, strlen(to));
        free(text);
        text = result.data;
    }
    free(line);
    return text;
}

static char *insert(char *text, dice *d)
{
    static const char *const pieces[] = {
        "\r\n",
        "\r",
        "\n",
        " ",
        "\t",
        ":",
        ";",
        "\"",
        ",",
        "\\",
        "=",
        "BEGIN:",
        "END:",
        "BEGIN:VEVENT\r\n",
        "END:VEVENT\r\n",
        "BEGIN:VALARM\r\n",
        "END:VALARM\r\n",
        "BEGIN:VTIMEZONE\r\n",
        "TZID:Europe/Oslo\r\n",
        "UID:p1+2.hold@epj.example\r\n",
        "STATUS:CANCELLED\r\n",
        "STATUS:COMPLETED\r\n",
        "SEQUENCE:2147483647\r\n",
        "DTSTART;TZID=W. Europe Standard Time:20260601T120000\r\n",
        "DTSTART:20260601T120000Z\r\n",
        "DTEND:20260601T130000Z\r\n",
        "DURATION:PT3H\r\n",
        "RRULE:FREQ=YEARLY\r\n",
        "\xc3\xb8",
        "\xf0\x9f\x98\x80",
        "99999999999",
        "-1",
        "T",
        "Z",
        "P",
        "+todo",
    };
    const size_t at = (size_t)roll(d, (int32_t)strlen(text) + 1);
    const char *piece = pieces[roll(d, (int32_t)COUNT(pieces))];
    growing result = {0};

    growing_add(&result, text, at);
    growing_add(&result, piece, strlen(piece));
    growing_add(&result, text + at, strlen(text + at));
    free(text);
    return result.data;
}

static char *mutated(char *text, dice *d)
{
    for (int32_t n = 1 + roll(d, 6); n > 0; n--) {
        const size_t size = strlen(text);

        if (size == 0)
            return text;
        switch (roll(d, 8)) {
        case 0:
            text[roll(d, (int32_t)size)] ^= (char)(1 << roll(d, 8));
            break;
        case 1:
            text[roll(d, (int32_t)size)] = (char)(1 + roll(d, 126));
            break;
        case 2:
            text[chance(d, 20) ? (size_t)roll(d, (int32_t)size) : size] = '\0';
            break;
        case 3:
        case 4:
            text = move_line(text, d);
            break;
        default:
            text = insert(text, d);
        }
    }
    return text;
}

/* What is proposed can be agreed to, whatever it was read from. */
static void read_mutated(const scene *s, const char *text, uint64_t seed, size_t *taken)
{
    const pfh_plan *plans[] = {s->plan};
    pfh_ical_options *options = options_with(DOMAIN);
    pfh_proposals *found = NULL;
    pfh_status status = pfh_ical_read(&found, text, strlen(text), plans, 1, options, NULL);

    pfh_ical_options_free(options);
    cr_assert(status == PFH_OK || status == PFH_E_SYNTAX, "seed %llu: %s", (unsigned long long)seed,
              pfh_status_name(status));
    if (status != PFH_OK)
        return;
    for (size_t i = 0; i < pfh_proposals_count(found); i++) {
        const pfh_proposal *row = pfh_proposals_row(found, i);
        char id[40];

        cr_assert_eq(row->event == NULL, row->needs != NULL);
        if (row->event == NULL)
            continue;
        snprintf(id, sizeof id, "new%zu", i);
        pfh_record_set_text(row->event, "id", id, NULL);
        cr_expect_eq(pfh_pathway_append(s->pathway, row->event, NULL), PFH_OK, "seed %llu",
                     (unsigned long long)seed);
        (*taken)++;
    }
    pfh_proposals_free(found);
}

static char *updated(const scene *s, const char *text, pfh_status *status)
{
    const pfh_plan *plans[] = {s->plan};
    pfh_ical_options *options = options_with(DOMAIN "form=both stamp=2026-05-05T10:00:00Z");
    char *next = NULL;

    *status = pfh_ical_update(&next, text, strlen(text), plans, 1, options, NULL);
    pfh_ical_options_free(options);
    return next;
}

/* An update of it can be updated again, and that changes nothing any more: after the second, where
 * an entry was made one of another kind. */
static void update_mutated(const scene *s, const char *text, uint64_t seed, size_t *taken)
{
    pfh_status status;
    char *once = updated(s, text, &status), *twice, *again;

    cr_assert(status == PFH_OK || (status == PFH_E_SYNTAX && text[0] != '\0'), "seed %llu: %s",
              (unsigned long long)seed, pfh_status_name(status));
    if (status != PFH_OK)
        return;
    twice = updated(s, once, &status);
    cr_assert_eq(status, PFH_OK, "seed %llu", (unsigned long long)seed);
    again = updated(s, twice, &status);
    cr_assert_eq(status, PFH_OK, "seed %llu", (unsigned long long)seed);
    cr_expect_str_eq(again, twice, "seed %llu: of\n%s\nfirst\n%s\nthen\n%s",
                     (unsigned long long)seed, text, twice, again);
    (*taken)++;
    free(once);
    free(twice);
    free(again);
}

static void mutate(bool moved, uint64_t first, uint64_t count)
{
    static const char log[] = SUMMER "," PERFORMED;
    scene s = scene_of("hdir-2022", log, "2026-05-04", NULL);
    char *real = feed_of(&s, "form=both stamp=2026-05-01T12:00:00Z");
    size_t updated = 0, read = 0;

    if (moved)
        real = swap_all(real, "TZID=Europe/Oslo:20260511T100000",
                        "TZID=W. Europe Standard Time:20260511T110000");
    for (uint64_t seed = first; seed < first + count; seed++) {
        dice d = dice_of(seed);
        char *text = mutated(copy_text(real), &d);
        scene again = scene_of("hdir-2022", log, "2026-05-04", NULL);

        update_mutated(&again, text, seed, &updated);
        read_mutated(&again, text, seed, &read);
        free(text);
        scene_free(&again);
    }
    cr_expect_gt(updated, count / 4, "%zu", updated);
    cr_expect_gt(read, moved ? count / 4 : 0, "%zu", read);
    free(real);
    scene_free(&s);
}

Test(ical_read, a_calendar_that_was_changed_at_random_is_refused_or_read)
{
    mutate(false, 1, 1000);
}

Test(ical_read, a_calendar_that_somebody_and_then_chance_changed_is_refused_or_read)
{
    mutate(true, 10000, 1000);
}
