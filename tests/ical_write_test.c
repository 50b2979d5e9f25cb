/*
 * Calendars as bytes: whole ones typed by hand, every length of a line, the changes of the clock.
 */
#include "calendar.h"

#include <criterion/criterion.h>
#include <libical/ical.h>

#include <stdlib.h>
#include <string.h>

/* Last Sundays of March and October, by python's calendar.monthcalendar(). */
static const struct {
    int32_t year, march, october;
} sundays[] = {
    {1996, 31, 27}, {1997, 30, 26}, {1998, 29, 25}, {1999, 28, 31}, {2000, 26, 29}, {2001, 25, 28},
    {2002, 31, 27}, {2003, 30, 26}, {2004, 28, 31}, {2005, 27, 30}, {2006, 26, 29}, {2007, 25, 28},
    {2008, 30, 26}, {2009, 29, 25}, {2010, 28, 31}, {2011, 27, 30}, {2012, 25, 28}, {2013, 31, 27},
    {2014, 30, 26}, {2015, 29, 25}, {2016, 27, 30}, {2017, 26, 29}, {2018, 25, 28}, {2019, 31, 27},
    {2020, 29, 25}, {2021, 28, 31}, {2022, 27, 30}, {2023, 26, 29}, {2024, 31, 27}, {2025, 30, 26},
    {2026, 29, 25}, {2027, 28, 31}, {2028, 26, 29}, {2029, 25, 28}, {2030, 31, 27},
};

#define DIAGNOSED(date)                                                                            \
    "\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"" date "\"}"
/* Only point 2 is left. */
#define ALONE                                                                                      \
    "{\"id\":\"x1\",\"type\":\"excluded\",\"date\":\"2026-02-03\",\"point\":1,\"reason\":"         \
    "\"other\"},"                                                                                  \
    "{\"id\":\"x3\",\"type\":\"excluded\",\"date\":\"2026-02-03\",\"point\":3,\"reason\":"         \
    "\"other\"}"
#define MEETING(start, rest)                                                                       \
    ALONE ",{\"id\":\"e1\",\"type\":\"scheduled\",\"date\":\"2026-02-23\",\"point\":2,\"start\":"  \
          "\"" start "\"" rest "}"

static pfh_plan *plan(const char *events, const char *as_of)
{
    return plan_with(DIAGNOSED("2026-01-31"), events, "", as_of, NULL);
}

static void expect_entry(const pfh_plan *of, const char *settings, const char *uid,
                         const char *lines)
{
    char *unfolded = unfolded_of(of, settings);

    expect_lines(unfolded, uid, lines);
    free(unfolded);
}

/* ---- Whole calendars ---------------------------------------------------------------------- */

#define HEAD(name, refresh)                                                                        \
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//libpfh//libpfh//EN\r\nMETHOD:PUBLISH\r\n"         \
    "NAME:" name "\r\nX-WR-CALNAME:" name "\r\nREFRESH-INTERVAL;VALUE=DURATION:" refresh "\r\n"    \
    "X-PUBLISHED-TTL:" refresh "\r\n"
/* RFC 5545, 3.6.5: the changes of the European Union, first made in 1996. */
#define ZONE                                                                                       \
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\nBEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\n"         \
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n"                                    \
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\n"                 \
    "DTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n"          \
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
#define FOOT "END:VCALENDAR\r\n"
#define VERSION(uid, stamp)                                                                        \
    "UID:" uid "\r\nDTSTAMP:" stamp "\r\nLAST-MODIFIED:" stamp "\r\nSEQUENCE:0\r\n"

static void expect_calendar(const pfh_plan *of, const char *settings, const char *policy,
                            const char *wanted)
{
    pfh_ical_options *options = options_of(settings, policy);
    char *got = calendar_by(of, options);
    size_t size;

    for (size = 0; got[size] != '\0' && got[size] == wanted[size];)
        size++;
    cr_expect_str_eq(got, wanted, "wanted\n%.200s\ngot\n%.200s", wanted + size, got + size);
    free(got);
    pfh_ical_options_free(options);
}

Test(ical_write, a_calendar_without_entries)
{
    pfh_plan *bare = plan("", "2026-02-02");

    expect_calendar(bare, "kind=hold", NULL, HEAD("Pakkeforl\303\270p hjem", "PT12H") ZONE FOOT);
    expect_calendar(bare, "kind=hold|name=Skien|refresh=P1D", NULL, HEAD("Skien", "P1D") ZONE FOOT);
    pfh_plan_free(bare);
}

Test(ical_write, a_patients_appointment)
{
    pfh_plan *timed =
        plan(MEETING("2026-05-04T10:00", ",\"minutes\":45,\"place\":\"Rom 3, \\\\ 2; etg.\""),
             "2026-04-01");

    expect_calendar(
        timed, "audience=patient|language=en|domain=epj.example|stamp=2026-04-01T09:30:15+02:00",
        NULL,
        HEAD("Conversations about life beyond the treatment", "PT12H") ZONE
        "BEGIN:VEVENT\r\n" VERSION(
            "p1+conversation.2@epj.example",
            "20260401T073015Z") "DTSTART;TZID=Europe/Oslo:20260504T100000\r\nDURATION:PT45M\r\n"
                                "SUMMARY:Conversation in the municipality\r\n"
                                "DESCRIPTION:We talk about what matters to you now\\, beyond the "
                                "treatment \r\n"
                                " itself. You may bring someone with you if you like.\\nIf the "
                                "time does not \r\n"
                                " suit you\\, please get in touch.\r\n"
                                "LOCATION:Rom 3\\, \\\\ 2\\; etg.\r\n"
                                "STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nCLASS:CONFIDENTIAL\r\n"
                                "CATEGORIES:Pakkeforl\303\270p hjem\r\nCOLOR:seagreen\r\n"
                                "BEGIN:VALARM\r\nUID:p1+conversation.2+alarm@epj.example\r\nACTION:"
                                "DISPLAY\r\n"
                                "TRIGGER:-PT15H\r\nDESCRIPTION:Conversation in the "
                                "municipality\r\nEND:VALARM\r\n"
                                "END:VEVENT\r\n" FOOT);
    pfh_plan_free(timed);
}

Test(ical_write, an_appointment_as_an_event_with_its_unit)
{
    pfh_plan *timed =
        plan_with(DIAGNOSED("2026-01-31"), MEETING("2026-05-04T10:00", ",\"minutes\":60"),
                  ",\"assign\":[{\"unit\":\"u1\"}]", "2026-04-01", NULL);

    expect_calendar(
        timed, "kind=hold|language=en|alarm=none",
        "{\"format\":\"pfh-policy/"
        "1\",\"units\":[{\"unit\":\"u1\",\"name\":\"Skien\",\"phone\":\"35\","
        "\"email\":\"a@b.example\",\"url\":\"https://b.example/?a=b;c,d\"}]}",
        HEAD("Pakkeforl\303\270p hjem", "PT12H") ZONE "BEGIN:VEVENT\r\n" VERSION(
            "p1+2.hold@pfh.invalid",
            "20260401T000000Z") "DTSTART;TZID=Europe/Oslo:20260504T100000\r\nDURATION:PT1H\r\n"
                                "SUMMARY:Conversation: p1 (point 2)\r\n"
                                "DESCRIPTION:Hold the conversation\\nPoint 2: Assessment in the "
                                "\r\n"
                                " municipality about 3\342\200\2234 months after the "
                                "diagnosis\\nThe conversation has \r\n"
                                " been agreed.\\nTime: 2026-05-04 10:00\\nResponsible: "
                                "Municipality \302\267 \r\n"
                                " Skien\\nContact: 35 \302\267 a@b.example\\nPathway: p1\r\n"
                                "STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nCLASS:CONFIDENTIAL\r\n"
                                "CATEGORIES:Pakkeforl\303\270p hjem,Hold the "
                                "conversation\r\nCOLOR:seagreen\r\n"
                                "URL:https://b.example/?a=b;c,d\r\nCONTACT:Skien \302\267 35 "
                                "\302\267 a@b.example\r\n"
                                "ORGANIZER;CN=Skien:mailto:a@b.example\r\nX-PFH-APPOINTMENT:2026-"
                                "05-04T10:00/60\r\n"
                                "END:VEVENT\r\n" FOOT);
    pfh_plan_free(timed);
}

/* Closes on 2026-05-31: from 14 days before. */
Test(ical_write, a_todo_and_its_point)
{
    pfh_plan *bare = plan(ALONE, "2026-05-20");

    expect_calendar(
        bare, "kind=window_closing|form=todo|language=nn|alarm=PT1H30M", NULL,
        HEAD("Pakkeforl\303\270p hjem", "PT12H") ZONE "BEGIN:VTODO\r\n" VERSION(
            "p1+2.window_closing+todo@pfh.invalid",
            "20260520T000000Z") "DTSTART;VALUE=DATE:20260517\r\nDUE;VALUE=DATE:20260531\r\n"
                                "SUMMARY:Siste dag: p1 (punkt 2)\r\n"
                                "DESCRIPTION:F\303\245 p\303\245 plass samtalen f\303\270r "
                                "tidsrommet er over\\nPunkt 2: \r\n"
                                " Kartlegging i kommunen ca. 3\342\200\2234 m\303\245nader etter "
                                "diagnosen\\nDet er ikkje \r\n"
                                " avtalt nokon samtale\\, og tidsrommet sluttar denne "
                                "dagen.\\nOppg\303\245va gjeld \r\n"
                                " fr\303\245 17.05.2026: 14 dagar f\303\270r siste dag i "
                                "tidsrommet\\, 31.05.2026 \r\n"
                                " (policy/closing_days\\, lokal innstilling).\\nFristen er "
                                "31.05.2026: siste \r\n"
                                " dag i tidsrommet.\\nAnsvarleg: Kommunen\\nForl\303\270p: p1\r\n"
                                "STATUS:NEEDS-ACTION\r\nPRIORITY:5\r\nCLASS:CONFIDENTIAL\r\n"
                                "CATEGORIES:Pakkeforl\303\270p hjem,F\303\245 p\303\245 plass "
                                "samtalen f\303\270r tidsrommet er \r\n over,Kan gjerast "
                                "no\r\nCOLOR:goldenrod\r\n"
                                "RELATED-TO:p1+point.2+todo@pfh.invalid\r\n"
                                "BEGIN:VALARM\r\nUID:p1+2.window_closing+todo+alarm@pfh."
                                "invalid\r\nACTION:DISPLAY\r\n"
                                "TRIGGER;RELATED=END:-PT1H30M\r\n"
                                "DESCRIPTION:Siste dag: p1 (punkt 2)\r\n"
                                "END:VALARM\r\nEND:VTODO\r\n"
                                "BEGIN:VTODO\r\n" VERSION(
                                    "p1+point.2+todo@pfh.invalid",
                                    "20260520T000000Z") "DTSTART;VALUE=DATE:20260430\r\nDUE;VALUE="
                                                        "DATE:20260531\r\n"
                                                        "SUMMARY:Punkt 2: Kartlegging i kommunen "
                                                        "ca. 3\342\200\2234 m\303\245nader etter "
                                                        "\r\n"
                                                        " diagnosen: p1\r\n"
                                                        "DESCRIPTION:Punkt 2: Kartlegging i "
                                                        "kommunen ca. 3\342\200\2234 "
                                                        "m\303\245nader etter \r\n"
                                                        " diagnosen\\nForl\303\270p: p1\r\n"
                                                        "STATUS:NEEDS-ACTION\r\nPRIORITY:5\r\n"
                                                        "CLASS:CONFIDENTIAL\r\nCATEGORIES:"
                                                        "Pakkeforl\303\270p hjem,Punkt\r\nCOLOR:"
                                                        "slategray\r\nEND:VTODO\r\n" FOOT);
    pfh_plan_free(bare);
}

/* ---- Dates -------------------------------------------------------------------------------- */

static const struct {
    const char *diagnosed, *as_of, *uid, *lines;
} days[] = {
    /* 4 months later is the 31st of December, a Thursday */
    {"2026-08-31", "2026-09-01", "p1+2.window_closing@pfh.invalid",
     "DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270101"},
    {"2026-08-31", "2026-09-01", "p1+2.window_closing+todo@pfh.invalid",
     "DTSTART;VALUE=DATE:20261217\nDUE;VALUE=DATE:20261231"},
    /* 3 and 4 months later is the 29th of February, a Tuesday */
    {"2027-11-29", "2028-01-01", "p1+2.offer@pfh.invalid",
     "DTSTART;VALUE=DATE:20280229\nDTEND;VALUE=DATE:20280301"},
    {"2027-10-31", "2028-01-01", "p1+2.window_closing@pfh.invalid",
     "DTSTART;VALUE=DATE:20280229\nDTEND;VALUE=DATE:20280301"},
    {"2027-10-31", "2028-01-01", "p1+point.2+todo@pfh.invalid",
     "DTSTART;VALUE=DATE:20280131\nDUE;VALUE=DATE:20280229"},
    {"2026-10-28", "2027-01-01", "p1+2.window_closing@pfh.invalid",
     "DTSTART;VALUE=DATE:20270228\nDTEND;VALUE=DATE:20270301"},
    /* the Sundays on which the clock changes */
    {"2025-11-29", "2026-01-01", "p1+2.window_closing@pfh.invalid",
     "DTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330"},
    {"2026-06-25", "2026-07-01", "p1+2.window_closing@pfh.invalid",
     "DTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026"},
    {"2026-06-25", "2026-07-01", "p1+2.window_closing+todo@pfh.invalid",
     "DTSTART;VALUE=DATE:20261011\nDUE;VALUE=DATE:20261025"},
};

Test(ical_write, whole_days_at_the_edges_of_months_years_and_summer)
{
    for (size_t i = 0; i < COUNT(days); i++) {
        char keys[200];
        pfh_plan *of;

        snprintf(keys, sizeof keys, DIAGNOSED("%s"), days[i].diagnosed);
        of = plan_with(keys, "", "", days[i].as_of, NULL);
        expect_entry(of, "form=both", days[i].uid, days[i].lines);
        pfh_plan_free(of);
    }
}

/* Start and minutes; when a to-do is due.  CET is UTC + 1, CEST UTC + 2; a time that the clock
 * skips is read by the time before the change, one that it shows twice as the first (RFC 5545,
 * 3.3.5): what ends in the second is told by its length. */
static const struct {
    const char *start;
    int minutes;
    const char *due;
} hours[] = {
    {"2026-03-29T01:30", 29, "DUE;TZID=Europe/Oslo:20260329T015900"},
    {"2026-03-29T01:30", 30, "DUE;TZID=Europe/Oslo:20260329T030000"},
    {"2026-03-29T01:30", 60, "DUE;TZID=Europe/Oslo:20260329T033000"},
    {"2026-03-29T02:00", 60, "DUE;TZID=Europe/Oslo:20260329T040000"},
    {"2026-03-29T02:30", 30, "DUE;TZID=Europe/Oslo:20260329T040000"},
    {"2026-03-29T02:59", 1, "DUE;TZID=Europe/Oslo:20260329T040000"},
    {"2026-03-29T03:00", 60, "DUE;TZID=Europe/Oslo:20260329T040000"},
    {"2026-03-28T23:00", 1440, "DUE;TZID=Europe/Oslo:20260330T000000"},
    {"2026-03-28T02:30", 1440, "DUE;TZID=Europe/Oslo:20260329T033000"},
    {"2026-10-25T01:30", 29, "DUE;TZID=Europe/Oslo:20261025T015900"},
    {"2026-10-25T01:30", 30, "DUE;TZID=Europe/Oslo:20261025T020000"},
    {"2026-10-25T01:30", 60, "DUE;TZID=Europe/Oslo:20261025T023000"},
    {"2026-10-25T01:30", 89, "DUE;TZID=Europe/Oslo:20261025T025900"},
    {"2026-10-25T01:30", 90, "DURATION:PT1H30M"},
    {"2026-10-25T01:30", 120, "DURATION:PT2H"},
    {"2026-10-25T01:30", 149, "DURATION:PT2H29M"},
    {"2026-10-25T01:30", 150, "DUE;TZID=Europe/Oslo:20261025T030000"},
    {"2026-10-25T02:30", 29, "DUE;TZID=Europe/Oslo:20261025T025900"},
    {"2026-10-25T02:30", 30, "DURATION:PT30M"},
    {"2026-10-25T02:30", 60, "DURATION:PT1H"},
    {"2026-10-25T02:30", 90, "DUE;TZID=Europe/Oslo:20261025T030000"},
    {"2026-10-25T03:00", 60, "DUE;TZID=Europe/Oslo:20261025T040000"},
    {"2026-10-24T12:00", 1440, "DUE;TZID=Europe/Oslo:20261025T110000"},
    {"2026-10-24T03:30", 1440, "DURATION:PT24H"}, /* 02:30 for the second time */
    {"2028-02-29T23:30", 60, "DUE;TZID=Europe/Oslo:20280301T003000"},
    {"2026-12-31T23:30", 60, "DUE;TZID=Europe/Oslo:20270101T003000"},
};

static void expect_hours(const char *start, int minutes, const char *due)
{
    char events[600], line[140], written[20];
    pfh_plan *of;

    snprintf(written, sizeof written, "%.4s%.2s%.5s%.2s00", start, start + 5, start + 8,
             start + 14);
    snprintf(events, sizeof events, MEETING("%s", ",\"minutes\":%d"), start, minutes);
    of = plan(events, "2026-02-24");
    snprintf(line, sizeof line, "DTSTART;TZID=Europe/Oslo:%s\n%s", written, due);
    expect_entry(of, "form=todo", "p1+2.hold+todo@pfh.invalid", line);
    snprintf(line, sizeof line, "DTSTART;TZID=Europe/Oslo:%s\nTRANSP:OPAQUE", written);
    expect_entry(of, "", "p1+2.hold@pfh.invalid", line);
    expect_entry(of, "audience=patient", "p1+conversation.2@pfh.invalid", line);
    pfh_plan_free(of);
}

Test(ical_write, appointments_across_the_changes_of_the_clock)
{
    for (size_t i = 0; i < COUNT(hours); i++)
        expect_hours(hours[i].start, hours[i].minutes, hours[i].due);
}

/* On its Sunday, and on those before and after, half past one and an hour; from the year of the
 * plan on, which has no task for what is past. */
Test(ical_write, the_clock_changes_on_the_last_sundays)
{
    for (size_t i = 0; i < COUNT(sundays); i++) {
        for (int32_t week = -7; week <= 7; week += 7) {
            char start[32], due[60];
            const int year = (int)sundays[i].year, march = (int)sundays[i].march + week;
            const int october = (int)sundays[i].october + week;

            if (year < 2026)
                continue;
            if (march <= 31) {
                snprintf(start, sizeof start, "%d-03-%02dT01:30", year, march);
                snprintf(due, sizeof due, "DUE;TZID=Europe/Oslo:%d03%02dT%s3000", year, march,
                         week == 0 ? "03" : "02");
                expect_hours(start, 60, due);
            }
            if (october <= 31) {
                snprintf(start, sizeof start, "%d-10-%02dT01:30", year, october);
                snprintf(due, sizeof due, "DUE;TZID=Europe/Oslo:%d10%02dT033000", year, october);
                expect_hours(start, 120, week == 0 ? "DURATION:PT2H" : due);
            }
        }
    }
}

/* What the rules of the VTIMEZONE give, by libical's own arithmetic. */
static void expect_rule(icalcomponent *part, bool autumn)
{
    struct icaltimetype start = icalcomponent_get_dtstart(part);
    icalproperty *rule = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
    icalrecur_iterator *each = icalrecur_iterator_new(icalproperty_get_rrule(rule), start);

    for (size_t i = 0; i < COUNT(sundays); i++) {
        struct icaltimetype next = icalrecur_iterator_next(each);

        cr_expect_eq(next.year, sundays[i].year);
        cr_expect_eq(next.month, autumn ? 10 : 3);
        cr_expect_eq(next.day, autumn ? sundays[i].october : sundays[i].march, "%d", next.year);
        cr_expect_eq(next.hour, autumn ? 3 : 2);
        cr_expect_eq(next.minute, 0);
    }
    icalrecur_iterator_free(each);
}

Test(ical_write, the_rules_of_the_timezone_are_the_last_sundays)
{
    pfh_plan *bare = plan("", "2026-02-02");
    char *text = calendar_of(bare, "");
    icalcomponent *calendar = icalparser_parse_string(text);
    icalcomponent *zone = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);

    expect_rule(icalcomponent_get_first_component(zone, ICAL_XDAYLIGHT_COMPONENT), false);
    expect_rule(icalcomponent_get_first_component(zone, ICAL_XSTANDARD_COMPONENT), true);
    icalcomponent_free(calendar);
    free(text);
    pfh_plan_free(bare);
}

/* ---- The stamp ---------------------------------------------------------------------------- */

static const struct {
    const char *settings, *stamp;
} stamps[] = {
    {"", "20260202T000000Z"}, /* the plan's day */
    {"stamp=2026-02-03T10:12:13Z", "20260203T101213Z"},
    {"stamp=2026-02-03T10:12:13.999999999Z", "20260203T101213Z"},
    {"stamp=2026-02-03T00:30:00+01:00", "20260202T233000Z"},
    {"stamp=2026-02-03T23:30:00-01:00", "20260204T003000Z"},
    {"stamp=1969-12-31T23:59:59Z", "19691231T235959Z"},
    {"stamp=2028-02-29T23:59:59Z", "20280229T235959Z"},
    {"stamp=2026-02-03T10:12:13Z|stamp", "20260202T000000Z"},
};

Test(ical_write, an_entry_is_stamped)
{
    pfh_plan *bare = plan("", "2026-02-02");

    for (size_t i = 0; i < COUNT(stamps); i++) {
        char lines[100];

        snprintf(lines, sizeof lines, "DTSTAMP:%s\nLAST-MODIFIED:%s\nSEQUENCE:0", stamps[i].stamp,
                 stamps[i].stamp);
        expect_entry(bare, stamps[i].settings, "p1+1.offer@pfh.invalid", lines);
    }
    pfh_plan_free(bare);
}

Test(ical_write, the_same_plans_and_options_give_the_same_bytes)
{
    for (int i = 0; i < 3; i++) {
        static const char *const settings[] = {"", "form=both|tell=name", "audience=patient"};
        pfh_plan *a = plan(MEETING("2026-05-04T10:00", ""), "2026-04-01");
        pfh_plan *b = plan(MEETING("2026-05-04T10:00", ""), "2026-04-01");
        char *first = calendar_of(a, settings[i]), *second = calendar_of(b, settings[i]);
        char *third = calendar_of(a, settings[i]);

        cr_expect_str_eq(first, second);
        cr_expect_str_eq(first, third);
        free(first);
        free(second);
        free(third);
        pfh_plan_free(a);
        pfh_plan_free(b);
    }
}

/* ---- Colours ------------------------------------------------------------------------------ */

Test(ical_write, a_colour_tells_how_soon)
{
    /* 2.offer is of 2026-04-16 to 04-30. */
    static const char *const edge[][2] = {{"2026-04-15", "COLOR:steelblue"},
                                          {"2026-04-16", "COLOR:goldenrod"},
                                          {"2026-04-30", "COLOR:goldenrod"},
                                          {"2026-05-01", "COLOR:firebrick"}};

    for (size_t i = 0; i < COUNT(edge); i++) {
        pfh_plan *of = plan(ALONE, edge[i][0]);

        expect_entry(of, "", "p1+2.offer@pfh.invalid", edge[i][1]);
        expect_entry(of, "audience=patient", "p1+window.2@pfh.invalid", "COLOR:seagreen");
        pfh_plan_free(of);
    }
}

/* ---- Alarms ------------------------------------------------------------------------------- */

/* RELATED=END: DUE, or DTEND, which is on the day after the last. */
static const struct {
    const char *settings, *uid, *trigger;
} alarms[] = {
    {"", "p1+2.offer@pfh.invalid", "TRIGGER:-PT15H"},
    {"alarm=P1D", "p1+2.offer@pfh.invalid", "TRIGGER:-P1D"},
    {"alarm=PT25H", "p1+2.offer@pfh.invalid", "TRIGGER:-P1DT1H"},
    {"alarm=P2W", "p1+2.offer@pfh.invalid", "TRIGGER:-P2W"},
    {"alarm=P366D", "p1+2.offer@pfh.invalid", "TRIGGER:-P366D"},
    {"span=from_due", "p1+2.offer@pfh.invalid", "TRIGGER;RELATED=END:-P1DT15H"},
    {"span=from_due|alarm=P1D", "p1+2.offer@pfh.invalid", "TRIGGER;RELATED=END:-P2D"},
    {"span=from_due|alarm=PT1M", "p1+2.offer@pfh.invalid", "TRIGGER;RELATED=END:-P1DT1M"},
    {"form=todo", "p1+2.offer+todo@pfh.invalid", "TRIGGER;RELATED=END:-PT15H"},
    {"form=todo|span=from_due", "p1+2.offer+todo@pfh.invalid", "TRIGGER;RELATED=END:-PT15H"},
    {"audience=patient", "p1+window.2@pfh.invalid", "TRIGGER:-PT15H"},
    {"audience=patient|span=from_due", "p1+window.2@pfh.invalid", "TRIGGER;RELATED=END:-P1DT15H"},
};

Test(ical_write, an_alarm_is_before_the_due_date_and_last_in_its_entry)
{
    pfh_plan *of = plan(ALONE, "2026-04-01");

    for (size_t i = 0; i < COUNT(alarms); i++) {
        char *unfolded = unfolded_of(of, alarms[i].settings);
        char *alarm = alarm_of(unfolded, alarms[i].uid);
        char *component = component_of(unfolded, alarms[i].uid);
        char *summary = line_of(component, "SUMMARY:"), *text = line_of(alarm, "DESCRIPTION:");

        cr_expect(has_line(alarm, alarms[i].trigger), "%s: %s", alarms[i].settings, alarm);
        cr_expect(has_line(alarm, "ACTION:DISPLAY"));
        cr_expect_eq(count_lines(alarm, "UID:"), 1);
        cr_expect_str_eq(strchr(text, ':'), strchr(summary, ':'));
        cr_expect_not_null(strstr(unfolded, "END:VALARM\nEND:V"));
        cr_expect_eq(count_lines(unfolded, "BEGIN:VALARM"),
                     count_lines(unfolded, "BEGIN:VEVENT") + count_lines(unfolded, "BEGIN:VTODO") -
                         count_lines(unfolded, "COLOR:slategray"));
        free(summary);
        free(text);
        free(component);
        free(alarm);
        free(unfolded);
    }
    pfh_plan_free(of);
}

Test(ical_write, an_appointment_has_its_alarm_before_it_begins)
{
    static const struct {
        const char *events, *settings, *uid, *trigger;
    } row[] = {
#define AT_START "TRIGGER:-PT15H"
#define AT_END "TRIGGER;RELATED=END:-PT15H" /* a to-do without a length ends when it is */
        {MEETING("2026-05-04T10:00", ",\"minutes\":60"), "", "p1+2.hold@pfh.invalid", AT_START},
        {MEETING("2026-05-04T10:00", ",\"minutes\":60"), "form=todo", "p1+2.hold+todo@pfh.invalid",
         AT_START},
        {MEETING("2026-05-04T10:00", ""), "form=todo", "p1+2.hold+todo@pfh.invalid", AT_END},
        {MEETING("2026-05-04", ""), "form=todo", "p1+2.hold+todo@pfh.invalid", AT_END},
        {MEETING("2026-05-04", ",\"minutes\":60"), "form=todo", "p1+2.hold+todo@pfh.invalid",
         AT_END},
        {MEETING("2026-05-04", ""), "span=from_due", "p1+2.hold@pfh.invalid", AT_START},
        {MEETING("2026-05-04T10:00", ""), "audience=patient", "p1+conversation.2@pfh.invalid",
         AT_START},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_plan *of = plan(row[i].events, "2026-04-01");
        char *unfolded = unfolded_of(of, row[i].settings), *alarm = alarm_of(unfolded, row[i].uid);

        cr_expect(has_line(alarm, row[i].trigger), "%zu: %s", i, alarm);
        free(alarm);
        free(unfolded);
        pfh_plan_free(of);
    }
}

Test(ical_write, no_alarm_where_none_is_wanted)
{
    pfh_plan *of = plan(MEETING("2026-05-04T10:00", ""), "2026-04-01");
    char *unfolded = unfolded_of(of, "alarm=none|form=both");

    cr_expect_eq(count_lines(unfolded, "BEGIN:VALARM"), 0);
    free(unfolded);
    pfh_plan_free(of);
}

/* ---- Folds -------------------------------------------------------------------------------- */

/* One- to four-byte characters; with spaces, and with what is escaped. */
static const char *const letters[] = {"a",
                                      "\303\270",
                                      "\342\202\254",
                                      "\360\237\230\200",
                                      "a ",
                                      "\303\270 ",
                                      ",",
                                      "\\",
                                      ":",
                                      ";",
                                      "ab\303\270\342\202\254\360\237\230\200"};

/* At most so many bytes of whole letters. */
static char *text_of(const char *letter, size_t size)
{
    growing text = {0};

    growing_add(&text, "", 0);
    while (text.size + strlen(letter) <= size)
        growing_add(&text, letter, strlen(letter));
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.data[--text.size] = '\0';
    return text.data;
}

static char *escaped(const char *text)
{
    growing out = {0};

    growing_add(&out, "", 0);
    for (; *text != '\0'; text++) {
        if (strchr(",;\\", *text) != NULL)
            growing_add(&out, "\\", 1);
        growing_add(&out, text, 1);
    }
    return out.data;
}

static void expect_place(const char *place)
{
    char *json = NULL, *unfolded, *text = escaped(place);
    growing events = {0}, line = {0};
    cJSON *string = cJSON_CreateString(place);
    pfh_plan *of;

    json = cJSON_PrintUnformatted(string);
    growing_print(&events, "%s", MEETING("2026-05-04T10:00", ",\"place\":"));
    events.size--; /* its brace */
    growing_print(&events, "%s}", json);
    of = plan(events.data, "2026-04-01");
    unfolded = unfolded_of(of, "kind=hold"); /* it is sound */
    growing_print(&line, "LOCATION:");
    growing_add(&line, text, strlen(text));
    if (place[0] == '\0')
        cr_expect_eq(count_lines(unfolded, "LOCATION"), 0);
    else
        cr_expect(has_line(unfolded, line.data), "%s", line.data);
    cr_expect_eq(count_lines(unfolded, "LOCATION"), place[0] != '\0');
    free(line.data);
    free(unfolded);
    pfh_plan_free(of);
    free(events.data);
    free(text);
    cJSON_free(json);
    cJSON_Delete(string);
}

Test(ical_write, a_place_of_every_length_comes_out_whole)
{
    for (size_t i = 0; i < COUNT(letters); i++)
        for (size_t size = 0; size <= 200; size++) {
            char *place = text_of(letters[i], size);

            if (strlen(place) == size || i >= 4)
                expect_place(place);
            free(place);
        }
}

/* A fold may come anywhere: before the last byte, inside an escape, before the end. */
Test(ical_write, a_word_with_one_space_anywhere_comes_out_whole)
{
    for (size_t size = 60; size <= 150; size += 5)
        for (size_t space = 1; space < size; space++) {
            char *place = text_of("a", size);

            place[space] = ' ';
            if (space < size - 1)
                expect_place(place);
            free(place);
        }
}

/* libical ends lines of long words in the middle of CR LF; here in a name, an address and a UID. */
Test(ical_write, every_property_comes_out_whole_at_every_length)
{
    pfh_plan *of = plan_with(DIAGNOSED("2026-01-31"), ALONE, ",\"assign\":[{\"unit\":\"u1\"}]",
                             "2026-04-01", NULL);

    for (size_t i = 0; i < COUNT(letters); i++)
        for (size_t size = 1; size <= 200; size += i < 4 ? 1 : 7) {
            char *name = text_of(letters[i], size), *long_word = text_of("a", size);
            char *text = escaped(name), *unfolded, *whole;
            growing policy = {0}, line = {0};
            cJSON *string = cJSON_CreateString(name);
            char *json = cJSON_PrintUnformatted(string);
            pfh_ical_options *options;

            growing_print(&policy,
                          "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u1\",\"name\":%s,",
                          json);
            growing_print(&policy, "\"email\":\"a@b.example\",\"url\":\"https://b.example/%s\"}]}",
                          long_word);
            options = options_of("kind=offer|alarm=none", policy.data);
            if (name[0] != '\0')
                cr_assert_eq(pfh_ical_options_set(options, "name", name, NULL), PFH_OK);
            whole = calendar_by(of, options);
            unfolded = unfold(whole);
            growing_print(&line, "URL:https://b.example/%s", long_word);
            cr_expect(has_line(unfolded, line.data), "%s", line.data);
            if (name[0] != '\0') {
                line.size = 0;
                growing_print(&line, "CONTACT:");
                growing_add(&line, text, strlen(text));
                growing_print(&line, " \302\267 a@b.example");
                cr_expect(has_line(unfolded, line.data), "%s in\n%s", line.data, unfolded);
                line.size = 0;
                growing_print(&line, "NAME:");
                growing_add(&line, text, strlen(text));
                cr_expect(has_line(unfolded, line.data), "%s in\n%s", line.data, unfolded);
            }
            free(line.data);
            free(unfolded);
            free(whole);
            pfh_ical_options_free(options);
            free(policy.data);
            cJSON_free(json);
            cJSON_Delete(string);
            free(text);
            free(name);
            free(long_word);
        }
    pfh_plan_free(of);
}

/* ---- Many plans --------------------------------------------------------------------------- */

Test(ical_write, many_plans_are_in_one_calendar_in_their_order)
{
    pfh_plan *first = plan(ALONE, "2026-04-01"), *second;
    pfh_pathway *other = pathway_of("{\"format\":\"pfh-pathway/1\",\"id\":\"p0\"," DIAGNOSED(
        "2026-01-31") ",\"events\":[" ALONE "]}");
    const pfh_plan *plans[3];
    pfh_error err = {0};
    char *text = NULL, *unfolded;

    cr_assert_eq(pfh_plan_derive(&second, other, NULL, day("2026-04-02"), NULL), PFH_OK);
    plans[0] = first;
    plans[1] = second;
    plans[2] = first;
    cr_assert_eq(pfh_plans_to_ical(&text, plans, 2, NULL, NULL), PFH_OK);
    expect_sound(text);
    unfolded = unfold(text);
    cr_expect_lt(strstr(unfolded, "UID:p1+2.offer@"), strstr(unfolded, "UID:p0+2.offer@"));
    cr_expect_eq(count_lines(unfolded, "BEGIN:VTIMEZONE"), 1);
    cr_expect_eq(count_lines(unfolded, "BEGIN:VEVENT"), 4);
    expect_lines(unfolded, "p1+2.offer@pfh.invalid", "DTSTAMP:20260401T000000Z");
    expect_lines(unfolded, "p0+2.offer@pfh.invalid", "DTSTAMP:20260402T000000Z");
    free(unfolded);
    pfh_string_free(text);
    text = NULL;
    cr_expect_eq(pfh_plans_to_ical(&text, plans, 3, NULL, &err), PFH_E_DUPLICATE);
    cr_expect_str_eq(err.where, "plans/2");
    cr_expect_null(text);
    cr_assert_eq(pfh_plans_to_ical(&text, NULL, 0, NULL, NULL), PFH_OK);
    expect_sound(text);
    pfh_string_free(text);
    pfh_plan_free(first);
    pfh_plan_free(second);
    pfh_pathway_free(other);
}

Test(ical_write, nulls_are_refused_by_the_name_of_the_argument)
{
    pfh_plan *of = plan(ALONE, "2026-04-01");
    const pfh_plan *plans[2] = {of, NULL};
    pfh_error err = {0};
    char *text = NULL;

    cr_expect_eq(pfh_plan_to_ical(NULL, of, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_plan_to_ical(&text, NULL, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "plan");
    cr_expect_eq(pfh_plans_to_ical(NULL, plans, 1, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_plans_to_ical(&text, NULL, 1, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "plans");
    cr_expect_eq(pfh_plans_to_ical(&text, plans, 2, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "plans/1");
    cr_expect_null(text);
    cr_assert_eq(pfh_plan_to_ical(&text, of, NULL, NULL), PFH_OK);
    pfh_string_free(text);
    pfh_plan_free(of);
}

Test(ical_write, the_organizer_can_be_another_unit)
{
    pfh_plan *of = plan_with(DIAGNOSED("2026-01-31"), ALONE, ",\"assign\":[{\"unit\":\"u1\"}]",
                             "2026-04-01", NULL);
    static const char units[] =
        "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u1\",\"email\":\"a@b\"},"
        "{\"unit\":\"u2\",\"name\":\"To\",\"email\":\"c@d\"},{\"unit\":\"u3\"}]}";
    static const char *const row[][2] = {{"", "ORGANIZER;CN=u1:mailto:a@b"},
                                         {"organizer=u2", "ORGANIZER;CN=To:mailto:c@d"}};
    static const char *const wrong[][2] = {{"organizer=u3", "has no e-mail address"},
                                           {"organizer=u4", "is not one of the policy"}};

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_ical_options *options = options_of(row[i][0], units);
        char *text = calendar_by(of, options), *unfolded = unfold(text);
        char *component = component_of(unfolded, "p1+2.offer@pfh.invalid");

        cr_expect_eq(count_lines(component, "ORGANIZER"), 1, "%s", row[i][0]);
        cr_expect(has_line(component, row[i][1]), "%s", component);
        cr_expect(has_line(component, "CONTACT:a@b"));
        free(component);
        free(unfolded);
        free(text);
        pfh_ical_options_free(options);
    }
    for (size_t i = 0; i < COUNT(wrong); i++) {
        pfh_ical_options *options = options_of(wrong[i][0], units);
        pfh_error err = {0};
        char *text = NULL;

        cr_expect_eq(pfh_plan_to_ical(&text, of, options, &err), PFH_E_VALUE, "%s", wrong[i][0]);
        cr_expect_str_eq(err.where, "organizer");
        cr_expect_not_null(strstr(err.text, wrong[i][1]), "%s", err.text);
        cr_expect_null(text);
        pfh_ical_options_free(options);
    }
    pfh_plan_free(of);
}
