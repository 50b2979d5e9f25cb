/*
 * Appointments that are mailed: REQUEST, REQUEST again, CANCEL, and when there is nothing to mail.
 * The whole messages are typed from RFC 5546, 3.2.2 and 3.2.5, and what the header says.
 */
#include "server.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define UNITS                                                                                      \
    "{\"unit\":\"u1\",\"name\":\"Kreft; Skien\",\"phone\":\"35 00 00 00\",\"email\":"              \
    "\"post@u1.example\",\"url\":\"https://u1.example/\"},"                                        \
    "{\"unit\":\"u2\",\"name\":\"Poliklinikk: 2\",\"email\":\"post@u2.example\"},"                 \
    "{\"unit\":\"u3\",\"email\":\"post@u3.example\"},"                                             \
    "{\"unit\":\"dumb\",\"name\":\"Uten post\",\"phone\":\"1\"}"
#define OF_U1 ",\"assign\":[{\"unit\":\"u1\",\"role\":\"nurse\"}]"
#define UID "p1+1.hold@epj.example"

#define AT(id, date, start)                                                                        \
    "{\"id\":\"" id "\",\"type\":\"scheduled\",\"date\":\"" date                                   \
    "\",\"point\":1,\"start\":\"" start "\",\"minutes\":60,\"place\":\"Rom 1, 2. etg.\"}"
#define EVENT(id, type, date, more)                                                                \
    "{\"id\":\"" id "\",\"type\":\"" type "\",\"date\":\"" date "\",\"point\":1" more "}"
#define AGREED AT("a", "2026-02-03", "2026-02-10T10:00")
#define OFF EVENT("b", "cancelled", "2026-02-05", ",\"reason\":\"patient\"")

/* What is to be mailed; NULL: nothing.  Messages are judged by lint. */
static char *invite(const char *previous, const char *log, const char *as_of, const char *settings)
{
    pfh_plan *plan = plan_of_log("p1", log, OF_U1, as_of);
    char all[300];
    pfh_ical_options *options;
    char *text = NULL;
    pfh_error err = {0};

    snprintf(all, sizeof all, "domain=epj.example %s", settings);
    options = options_with_units(all, UNITS);
    cr_assert_eq(pfh_plan_to_invitation(&text, plan, 1, previous,
                                        previous == NULL ? 0 : strlen(previous), options, &err),
                 PFH_OK, "%s at %s", err.text, err.where);
    if (text != NULL)
        expect_well_formed(text, "message");
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
    return text;
}

static char *unfolded(char *text)
{
    return strstr(text, "\r\n ") == NULL ? text : swap_all(text, "\r\n ", "");
}

#define ZONE                                                                                       \
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\n"                                                      \
    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"      \
    "TZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n"                    \
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"      \
    "TZNAME:CET\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"                    \
    "END:VTIMEZONE\r\n"
#define HEAD(method)                                                                               \
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//libpfh//libpfh//EN\r\nMETHOD:" method "\r\n"
#define WHEN "DTSTART;TZID=Europe/Oslo:20260210T100000\r\nDURATION:PT1H\r\n"
#define TEXTS                                                                                      \
    "DESCRIPTION:Gjennomfør samtalen\\nPunkt 1: Kartlegging i spesialisthelsetjenesten etter "    \
    "diagnosen\\nSamtalen er avtalt.\\nTid: 10.02.2026 10:00\\nAnsvarlig: "                        \
    "Spesialisthelsetjenesten · Kreft\\; Skien · "                                               \
    "Sykepleier\\nKontakt: 35 00 00 00 · post@u1.example\\nForløp: p1\r\n" PLACE
#define PLACE "LOCATION:Rom 1\\, 2. etg.\r\n"
#define KIND                                                                                       \
    "TRANSP:OPAQUE\r\nCLASS:CONFIDENTIAL\r\n"                                                      \
    "CATEGORIES:Pakkeforløp hjem,Gjennomfør samtalen\r\nCOLOR:seagreen\r\n" PEOPLE
#define OVER "TRANSP:OPAQUE\r\nCLASS:CONFIDENTIAL\r\n" PEOPLE
#define PEOPLE                                                                                     \
    "URL:https://u1.example/\r\n"                                                                  \
    "CONTACT:Kreft\\; Skien · 35 00 00 00 · post@u1.example\r\n"                                 \
    "ORGANIZER;CN=\"Poliklinikk: 2\":mailto:post@u2.example\r\n"                                   \
    "ATTENDEE;CN=\"Kreft; Skien\";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:"           \
    "mailto:post@u1.example\r\n"

Test(invitation, a_request_as_it_is_mailed)
{
    char *text = unfolded(
        invite(NULL, AGREED, "2026-02-03", "organizer=u2 attendee=u1 stamp=2026-02-03T11:12:13Z"));

    cr_expect_str_eq(
        text,
        HEAD("REQUEST") ZONE
        "BEGIN:VEVENT\r\nUID:" UID "\r\n"
        "DTSTAMP:20260203T111213Z\r\nLAST-MODIFIED:20260203T111213Z\r\nSEQUENCE:0\r\n" WHEN
        "SUMMARY:Samtale: p1 (punkt 1)\r\n" TEXTS "STATUS:CONFIRMED\r\n" KIND
        "X-PFH-APPOINTMENT:2026-02-10T10:00/60\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        "%s", text);
    free(text);
}

/* The lines of the version stand at the end: they are the ones that are new. */
Test(invitation, a_cancel_as_it_is_mailed)
{
    char *request =
        invite(NULL, AGREED, "2026-02-03", "organizer=u2 attendee=u1 stamp=2026-02-03T11:12:13Z");
    char *text = unfolded(invite(request, AGREED "," OFF, "2026-02-05",
                                 "organizer=u2 attendee=u1 stamp=2026-02-05T08:00:00Z"));
    cal c = cal_of(text);
    const cal_entry *e = cal_find(&c, UID);

    cr_assert_not_null(e);
    cr_expect_eq(strncmp(text, HEAD("CANCEL") ZONE "BEGIN:VEVENT\r\nUID:" UID "\r\n" WHEN,
                         strlen(HEAD("CANCEL") ZONE "BEGIN:VEVENT\r\nUID:" UID "\r\n" WHEN)),
                 0, "%s", text);
    cr_expect_not_null(strstr(text, WHEN
                              "SUMMARY:Ikke lenger aktuelt: Samtale: p1 (punkt 1)\r\n" PLACE OVER
                              "X-PFH-APPOINTMENT:-\r\nDTSTAMP:20260205T080000Z\r\n"
                              "LAST-MODIFIED:20260205T080000Z\r\nSEQUENCE:1\r\n"
                              "STATUS:CANCELLED\r\n"),
                       "%s", text);
    cr_expect_null(strstr(text, "CONFIRMED"), "%s", text);
    cr_expect_null(strstr(text, "SEQUENCE:0"), "%s", text);
    cr_expect_eq(c.count, 2, "a time zone and the appointment");
    cal_free(&c);
    free(request);
    free(text);
}

/* ---- When there is something to mail ------------------------------------------------------ */

static void expect_message(const char *text, const char *method, int32_t sequence, const char *line)
{
    char wanted[80];
    cal c;
    const cal_entry *e;

    cr_assert_not_null(text, "nothing is mailed, wanted %s %d", method, (int)sequence);
    snprintf(wanted, sizeof wanted, "\r\nMETHOD:%s\r\n", method);
    cr_expect_eq(count_of(text, "\r\nMETHOD:"), 1, "%s", text);
    cr_expect_not_null(strstr(text, wanted), "%s", text);
    c = cal_of(text);
    e = cal_find(&c, UID);
    cr_assert_not_null(e, "%s", text);
    cr_expect_eq(c.count, 2, "%s", text);
    cr_expect_eq(e->sequence, sequence, "%s", text);
    cr_expect(has_line(e, line), "no %s in\n%s", line, text);
    cr_expect_null(strstr(text, "VALARM"), "a message has no alarm:\n%s", text);
    cal_free(&c);
}

/* RFC 5546, 3.2.2 and 3.2.5: what must stand in an event of these methods, once. */
Test(invitation, messages_have_what_rfc_5546_asks_for)
{
    static const char *const once[] = {"\r\nDTSTAMP:", "\r\nDTSTART;", "\r\nORGANIZER;",
                                       "\r\nUID:",     "\r\nSUMMARY:", "\r\nSEQUENCE:",
                                       "\r\nSTATUS:"};
    char *request = invite(NULL, AGREED, "2026-02-03", "");
    char *cancel = invite(request, AGREED "," OFF, "2026-02-05", "");
    char *const texts[] = {request, cancel};

    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *event = strstr(texts[i], "BEGIN:VEVENT");

        for (size_t k = 0; k < COUNT(once); k++)
            cr_expect_eq(count_of(event, once[k]), 1, "%s in\n%s", once[k], texts[i]);
        cr_expect_geq(count_of(event, "\r\nATTENDEE;"), 1, "%s", texts[i]);
        cr_expect_null(strstr(event, "RECURRENCE-ID"));
        cr_expect_null(strstr(event, "REQUEST-STATUS"));
    }
    free(request);
    free(cancel);
}

Test(invitation, what_changed_is_a_request_with_the_next_sequence)
{
    char *text = invite(NULL, AGREED, "2026-02-03", "");
    char *moved =
        invite(text, AGREED "," AT("b", "2026-02-04", "2026-02-11T10:00"), "2026-02-04", "");
    char *again = invite(moved, AGREED "," AT("b", "2026-02-04", "2026-02-11"), "2026-02-06", "");

    expect_message(text, "REQUEST", 0, "DTSTART;TZID=Europe/Oslo:20260210T100000");
    expect_message(moved, "REQUEST", 1, "DTSTART;TZID=Europe/Oslo:20260211T100000");
    expect_message(again, "REQUEST", 2, "DTSTART;VALUE=DATE:20260211");
    free(text);
    free(moved);
    free(again);
}

Test(invitation, another_guest_or_organizer_is_a_change)
{
    char *text = invite(NULL, AGREED, "2026-02-03", "");
    char *guest = invite(text, AGREED, "2026-02-03", "attendee=u1 attendee=u2");
    char *host = invite(guest, AGREED, "2026-02-03", "attendee=u1 attendee=u2 organizer=u3");

    expect_message(guest, "REQUEST", 1, "ORGANIZER;CN=\"Kreft; Skien\":mailto:post@u1.example");
    cr_expect_eq(count_of(guest, "\r\nATTENDEE;"), 2);
    expect_message(host, "REQUEST", 2, "ORGANIZER;CN=u3:mailto:post@u3.example");
    free(text);
    free(guest);
    free(host);
}

Test(invitation, after_a_cancel_the_sequence_goes_on)
{
    char *text = invite(NULL, AGREED, "2026-02-03", "");
    char *off = invite(text, AGREED "," OFF, "2026-02-05", "");
    char *again =
        invite(off, AGREED "," OFF "," AT("c", "2026-02-06", "2026-02-12T09:00"), "2026-02-06", "");
    char *over = invite(again,
                        AGREED "," OFF "," AT("c", "2026-02-06", "2026-02-12T09:00") "," EVENT(
                            "d", "declined", "2026-02-07", ",\"reason\":\"other\""),
                        "2026-02-07", "");

    expect_message(off, "CANCEL", 1, "STATUS:CANCELLED");
    expect_message(again, "REQUEST", 2, "STATUS:CONFIRMED");
    expect_message(over, "CANCEL", 3, "STATUS:CANCELLED");
    free(text);
    free(off);
    free(again);
    free(over);
}

Test(invitation, whatever_ends_an_appointment_is_a_cancel)
{
    static const char *const ends[] = {
        OFF,
        EVENT("b", "declined", "2026-02-05", ",\"reason\":\"other\""),
        EVENT("b", "deferred", "2026-02-05", ",\"until\":\"2026-03-05\""),
        EVENT("b", "excluded", "2026-02-05", ",\"reason\":\"no_need\""),
        "{\"id\":\"b\",\"type\":\"ended\",\"date\":\"2026-02-05\",\"reason\":\"dead\"}",
        "{\"id\":\"b\",\"type\":\"excluded\",\"date\":\"2026-02-05\",\"reason\":\"other\"}",
        "{\"id\":\"b\",\"type\":\"corrected\",\"date\":\"2026-02-05\",\"of\":\"a\"}",
    };
    static const char *const settings[] = {"", "keep_days=0", "form=todo", "level=municipality"};
    char *text = invite(NULL, AGREED, "2026-02-03", "");

    for (size_t i = 0; i < COUNT(ends); i++)
        for (size_t k = 0; k < COUNT(settings); k++) {
            char log[600];
            char *off;

            snprintf(log, sizeof log, "%s,%s", AGREED, ends[i]);
            off = invite(text, log, "2026-02-05", settings[k]);
            expect_message(off, "CANCEL", 1, "STATUS:CANCELLED");
            free(off);
        }
    free(text);
}

/* ---- When there is nothing to mail -------------------------------------------------------- */

Test(invitation, nothing_is_mailed_where_nothing_is_new)
{
    static const char held[] = EVENT("h", "performed", "2026-02-10", "");
    static const struct {
        const char *what, *before, *log, *as_of;
    } quiet[] = {
        {"no appointment", NULL, "", "2026-02-03"},
        {"offered", NULL, EVENT("a", "offered", "2026-02-03", ""), "2026-02-03"},
        {"cancelled before anything was sent", NULL, AGREED "," OFF, "2026-02-05"},
        {"past", NULL, AGREED, "2026-02-11"},
        {"unchanged", AGREED, AGREED, "2026-02-03"},
        {"unchanged on the next day", AGREED, AGREED, "2026-02-04"},
        {"unchanged on its day", AGREED, AGREED, "2026-02-10"},
        {"past and not confirmed", AGREED, AGREED, "2026-02-11"},
        {"carried out", AGREED, AGREED ",H", "2026-02-10"},
        {"carried out long ago", AGREED, AGREED ",H", "2026-08-10"},
    };

    for (size_t i = 0; i < COUNT(quiet); i++) {
        char *sent =
            quiet[i].before == NULL ? NULL : invite(NULL, quiet[i].before, "2026-02-03", "");
        char *log = copy_text(quiet[i].log), *text;

        if (strstr(log, ",H") != NULL) {
            log = swap(log, ",H", ",");
            log = swap(log, "\"Rom 1, 2. etg.\"},", "\"Rom 1, 2. etg.\"},{}");
            log = swap(log, "{}", held);
        }
        text = invite(sent, log, quiet[i].as_of, "");
        cr_expect_null(text, "%s:\n%s", quiet[i].what, text);
        free(text);
        free(log);
        free(sent);
    }
}

Test(invitation, a_cancel_is_sent_once)
{
    char *text = invite(NULL, AGREED, "2026-02-03", "");
    char *off = invite(text, AGREED "," OFF, "2026-02-05", "");
    char *again = invite(off, AGREED "," OFF, "2026-02-05", "");
    char *late = invite(off, AGREED "," OFF, "2026-12-05", "");

    cr_expect_null(again);
    cr_expect_null(late);
    free(text);
    free(off);
}

/* ---- Who -------------------------------------------------------------------------------- */

Test(invitation, without_options_the_unit_of_the_point_invites_and_is_invited)
{
    char *text = unfolded(invite(NULL, AGREED, "2026-02-03", ""));

    cr_expect_not_null(
        strstr(text, "\r\nORGANIZER;CN=\"Kreft; Skien\":mailto:post@u1.example\r\n"));
    cr_expect_not_null(strstr(text,
                              "\r\nATTENDEE;CN=\"Kreft; Skien\";ROLE=REQ-PARTICIPANT;PARTSTAT="
                              "NEEDS-ACTION;RSVP=TRUE:mailto:post@u1.example\r\n"));
    cr_expect_eq(count_of(text, "ATTENDEE"), 1);
    free(text);
}

Test(invitation, guests_come_in_the_order_in_which_they_were_given)
{
    char *text = unfolded(invite(NULL, AGREED, "2026-02-03", "attendee=u3 attendee=u2"));
    const char *third = strstr(text, "mailto:post@u3.example"),
               *second = strstr(text, "mailto:post@u2.example");

    cr_assert(third != NULL && second != NULL && third < second, "%s", text);
    cr_expect_eq(count_of(text, "ATTENDEE"), 2);
    cr_expect_null(strstr(text, "ATTENDEE;CN=\"Kreft"), "who is given goes before the point's");
    free(text);
}

static char sentinel;

Test(invitation, who_has_no_address_is_named)
{
    static const struct {
        const char *settings, *policy, *where; /* where NULL: fine */
    } row[] = {
        {"", OF_U1, NULL},
        {"", "", "organizer"},
        {"organizer=u2", "", "attendee"},
        {"attendee=u2", "", "organizer"},
        {"organizer=u2 attendee=u2", "", NULL},
        {"organizer=nobody", OF_U1, "organizer"},
        {"organizer=dumb", OF_U1, "organizer"},
        {"attendee=nobody", OF_U1, "attendee"},
        {"attendee=u2 attendee=dumb", OF_U1, "attendee"},
        {"attendee=dumb attendee=u2", OF_U1, "attendee"},
        {"organizer=u2", ",\"assign\":[{\"unit\":\"dumb\"}]", "attendee"},
        {"", ",\"assign\":[{\"unit\":\"dumb\"}]", "organizer"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_plan *plan = plan_of_log("p1", AGREED, row[i].policy, "2026-02-03");
        pfh_ical_options *options = options_with_units(row[i].settings, UNITS);
        char *text = &sentinel;
        pfh_error err = {0};
        pfh_status status = pfh_plan_to_invitation(&text, plan, 1, NULL, 0, options, &err);

        cr_expect_eq(status, row[i].where == NULL ? PFH_OK : PFH_E_VALUE, "row %zu", i);
        if (row[i].where == NULL)
            free(text);
        else
            cr_expect_eq(text, &sentinel, "row %zu", i);
        if (row[i].where != NULL)
            cr_expect_str_eq(err.where, row[i].where, "row %zu", i);
        pfh_ical_options_free(options);
        pfh_plan_free(plan);
    }
}

/* Nobody is asked for an address when nothing is mailed, nor for a CANCEL, which has them. */
Test(invitation, an_address_is_needed_for_a_request_alone)
{
    char *sent = invite(NULL, AGREED, "2026-02-03", "");
    pfh_plan *plan = plan_of_log("p1", AGREED "," OFF, "", "2026-02-05");
    pfh_ical_options *options = options_with("domain=epj.example");
    char *text = &sentinel;

    cr_expect_eq(pfh_plan_to_invitation(&text, plan, 1, NULL, 0, options, NULL), PFH_OK);
    cr_expect_null(text);
    cr_expect_eq(pfh_plan_to_invitation(&text, plan, 1, sent, strlen(sent), options, NULL), PFH_OK);
    expect_message(text, "CANCEL", 1, "STATUS:CANCELLED");
    cr_expect_not_null(strstr(text, "ATTENDEE"));
    free(text);
    free(sent);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

Test(invitation, a_previous_text_that_is_no_calendar_is_refused)
{
    pfh_plan *plan = plan_of_log("p1", AGREED, OF_U1, "2026-02-03");
    pfh_ical_options *options = options_with_units("", UNITS);
    char *text = &sentinel;
    pfh_error err = {0};

    cr_expect_eq(pfh_plan_to_invitation(&text, plan, 1, "x", 1, options, &err), PFH_E_SYNTAX);
    cr_expect_str_eq(err.where, "previous");
    cr_expect_eq(err.offset, 0);
    cr_expect_eq(text, &sentinel);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

/* A guest's answer that a mail program put into the copy that is kept is no change of the plan's.
 */
Test(invitation, what_a_mail_program_adds_stays_in_the_next_message)
{
    char *sent = swap(invite(NULL, AGREED, "2026-02-03", ""), "END:VEVENT",
                      "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nEND:VEVENT");
    char *same = invite(sent, AGREED, "2026-02-04", "");
    char *moved = invite(sent, AT("a", "2026-02-03", "2026-02-11T10:00"), "2026-02-04", "");

    cr_expect_null(same);
    expect_message(moved, "REQUEST", 1, "X-MICROSOFT-CDO-BUSYSTATUS:BUSY");
    free(sent);
    free(moved);
}

/* The message tells no more than the feed. */
Test(invitation, the_name_of_the_patient_is_told_only_where_that_is_chosen)
{
    char *text = invite(NULL, AGREED, "2026-02-03", ""),
         *named = invite(NULL, AGREED, "2026-02-03", "tell=name");

    cr_expect_null(strstr(text, "Nordmann"));
    cr_expect_not_null(strstr(named, "Kari Nordmann"));
    free(text);
    free(named);
}

/* ---- Of one appointment and no other ------------------------------------------------------ */

static char *invite_at(int32_t point, const char *previous, const char *log)
{
    pfh_plan *plan = plan_of_log("p1", log, OF_U1, "2026-02-03");
    pfh_ical_options *options = options_with_units("domain=epj.example", UNITS);
    char *text = NULL;

    cr_assert_eq(pfh_plan_to_invitation(&text, plan, point, previous,
                                        previous == NULL ? 0 : strlen(previous), options, NULL),
                 PFH_OK);
    if (text != NULL)
        expect_well_formed(text, "message");
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
    return text;
}

Test(invitation, the_message_of_another_point_cancels_nothing)
{
    char *first = invite_at(1, NULL, AGREED);

    cr_assert_not_null(first);
    cr_expect_null(invite_at(2, first, AGREED));
    free(first);
}

Test(invitation, a_feed_as_the_one_before_is_not_mailed)
{
    pfh_plan *plan = plan_of_log("p1", AGREED, OF_U1, "2026-02-03");
    pfh_ical_options *options = options_with_units("domain=epj.example", UNITS);
    char *feed = write_plan(plan, options),
         *text = invite_at(1, feed, AGREED "," AT("c", "2026-02-03", "2026-02-11T10:00"));

    cr_assert_not_null(text);
    cr_expect_eq(count_of(text, "BEGIN:VEVENT"), 1, "%s", text);
    cr_expect_eq(count_of(text, "SEQUENCE:1"), 1, "%s", text);
    cr_expect_null(strstr(text, "\r\nNAME:"), "%s", text);
    free(text);
    free(feed);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

Test(invitation, a_guest_who_is_named_twice_is_invited_once)
{
    char *text = invite(NULL, AGREED, "2026-02-03", "attendee=u1 attendee=u1 attendee=u2");

    cr_expect_eq(count_of(text, "ATTENDEE"), 2, "%s", text);
    free(text);
}
