/*
 * The rows of tasks, worked out by hand.
 *
 * A row is written as: id kind point from due state level unit role optional blocked event, with
 * `-` for what is not there.  2026-01-31 is a Saturday; Easter is on 2026-04-05, Ascension Day on
 * 2026-05-14.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define JSON(...) #__VA_ARGS__

static pfh_plan *plan_for(const char *edition, const char *events, const char *policy_keys,
                          const char *as_of)
{
    char keys[400];

    snprintf(keys, sizeof keys,
             "\"edition\":\"%s\",\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}",
             edition);
    return plan_with(keys, events, policy_keys, as_of, NULL);
}

static const char *date_text(pfh_date date, char text[11])
{
    cr_assert_eq(pfh_date_write(text, 11, date, NULL), PFH_OK, "%d", (int)date);
    return text;
}

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static void print_task(growing *text, const pfh_task *task)
{
    char from[11], due[11];

    growing_print(text, "%s %s %d %s %s %s %s %s %s %d %s %s\n", task->id,
                  pfh_word(PFH_WORDS_TASK, (int32_t)task->kind), (int)task->point,
                  date_text(task->from, from), date_text(task->due, due),
                  pfh_word(PFH_WORDS_TASK_STATE, (int32_t)task->state),
                  or_dash(pfh_word(PFH_WORDS_LEVEL, (int32_t)task->level)), or_dash(task->unit),
                  or_dash(pfh_word(PFH_WORDS_ROLE, (int32_t)task->role)), (int)task->optional,
                  or_dash(pfh_word(PFH_WORDS_BLOCK, (int32_t)task->blocked)), or_dash(task->event));
}

/* The rows of a point, or of all with point -1. */
static void expect_tasks(const pfh_plan *plan, int32_t point, const char *rows)
{
    growing text = {0};

    for (size_t i = 0; i < pfh_plan_task_count(plan); i++)
        if (point == -1 || pfh_plan_task(plan, i)->point == point)
            print_task(&text, pfh_plan_task(plan, i));
    cr_expect_str_eq(text.data == NULL ? "" : text.data, rows);
    free(text.data);
}

static void expect_rows(const char *events, const char *policy, const char *as_of, int32_t point,
                        const char *rows)
{
    pfh_plan *plan = plan_for("hdir-2022", events, policy, as_of);

    expect_tasks(plan, point, rows);
    pfh_plan_free(plan);
}

/* ---- Before the conversation -------------------------------------------------------------- */

Test(task, without_events_every_point_is_to_be_offered_and_not_to_be_missed)
{
    expect_rows("", "", "2026-02-02", -1,
                "1.offer offer 1 2026-01-31 2026-02-13 active specialist - - 0 - -\n"
                "2.offer offer 2 2026-04-16 2026-04-30 waiting municipality - - 0 - -\n"
                "2.window_closing window_closing 2 2026-05-17 2026-05-31 waiting municipality - - "
                "0 - -\n"
                "3.offer offer 3 2027-01-17 2027-01-29 waiting municipality - - 0 - -\n"
                "3.window_closing window_closing 3 2027-07-17 2027-07-31 waiting municipality - - "
                "0 - -\n");
}

Test(task, without_working_days_nothing_moves)
{
    expect_rows("", ",\"shift\":\"none\"", "2026-02-02", 1,
                "1.offer offer 1 2026-01-31 2026-02-14 active specialist - - 0 - -\n");
}

Test(task, its_state_changes_on_the_day)
{
    static const struct {
        const char *as_of, *state;
    } edge[] = {
        {"2026-04-15", "waiting"},
        {"2026-04-16", "active"},
        {"2026-04-30", "active"},
        {"2026-05-01", "late"},
    };

    for (size_t i = 0; i < COUNT(edge); i++) {
        growing text = {0};

        growing_print(&text,
                      "2.offer offer 2 2026-04-16 2026-04-30 %s municipality - - 0 - -\n"
                      "2.window_closing window_closing 2 2026-05-17 2026-05-31 waiting "
                      "municipality - - 0 - -\n",
                      edge[i].state);
        expect_rows("", "", edge[i].as_of, 2, text.data);
        free(text.data);
    }
}

/* clang-format off */
Test(task, an_offer_begins_with_the_last_assignment_and_not_before_the_diagnosis)
{
    /* the hospital gets the point on a Wednesday, after it opened */
    expect_rows(JSON({"id": "a", "type": "assigned", "date": "2026-02-18", "point": 1,
                      "level": "specialist", "unit": "u1", "role": "nurse"}),
                "", "2026-02-20", 1,
                "1.offer offer 1 2026-02-18 2026-03-04 active specialist u1 nurse 0 - -\n");
    /* before it opened, the window counts */
    expect_rows(JSON({"id": "a", "type": "assigned", "date": "2026-01-31", "point": 1,
                      "level": "specialist"}),
                "", "2026-02-20", 1,
                "1.offer offer 1 2026-01-31 2026-02-13 late specialist - - 0 - -\n");
    /* the municipality takes over point 1: 14 days before it opens is before the diagnosis */
    expect_rows(JSON({"id": "a", "type": "assigned", "date": "2026-01-15", "point": 1,
                      "level": "municipality"}),
                "", "2026-02-02", 1,
                "1.offer offer 1 2026-01-31 2026-01-31 late municipality - - 0 - -\n");
    /* and months later: from the assignment, 14 days */
    expect_rows(JSON({"id": "a", "type": "assigned", "date": "2026-04-21", "point": 2,
                      "level": "municipality", "role": "cancer_nurse"}),
                "", "2026-04-22", 2,
                "2.offer offer 2 2026-04-21 2026-05-05 active municipality - cancer_nurse 0 - -\n"
                "2.window_closing window_closing 2 2026-05-17 2026-05-31 waiting municipality - "
                "cancer_nurse 0 - -\n");
}

Test(task, an_offer_without_answer_is_followed_up)
{
    static const char offered[] = JSON({"id": "e1", "type": "offered", "date": "2026-02-03",
                                        "point": 1});

    expect_rows(offered, "", "2026-02-16", 1,
                "1.follow_up_offer follow_up_offer 1 2026-02-17 2026-02-17 waiting specialist - - "
                "0 - -\n");
    expect_rows(offered, "", "2026-02-17", 1,
                "1.follow_up_offer follow_up_offer 1 2026-02-17 2026-02-17 active specialist - - "
                "0 - -\n");
    expect_rows(offered, "", "2026-02-18", 1,
                "1.follow_up_offer follow_up_offer 1 2026-02-17 2026-02-17 late specialist - - "
                "0 - -\n");
    expect_rows(offered, ",\"no_answer_days\":0", "2026-02-03", 1,
                "1.follow_up_offer follow_up_offer 1 2026-02-03 2026-02-03 active specialist - - "
                "0 - -\n");
}

Test(task, who_says_no_is_asked_again_unless_the_next_point_opens_by_then)
{
    expect_rows(JSON({"id": "e1", "type": "declined", "date": "2026-02-03", "point": 1}), "",
                "2026-02-10", 1,
                "1.ask_again ask_again 1 2026-03-05 2026-03-05 waiting specialist - - 0 - -\n");
    expect_rows(JSON({"id": "e1", "type": "declined", "date": "2026-03-30", "point": 1}), "",
                "2026-03-31", 1, /* asked on 04-29, and point 2 opens on 04-30 */
                "1.ask_again ask_again 1 2026-04-29 2026-04-29 waiting specialist - - 0 - -\n");
    expect_rows(JSON({"id": "e1", "type": "declined", "date": "2026-03-31", "point": 1}), "",
                "2026-03-31", 1, "");
    expect_rows(JSON({"id": "e1", "type": "declined", "date": "2027-02-01", "point": 3}), "",
                "2027-02-01", 3,
                "3.ask_again ask_again 3 2027-03-03 2027-03-03 waiting municipality - - 0 - -\n");
    /* a Sunday becomes a Monday; the window may yet be missed */
    expect_rows(JSON({"id": "e1", "type": "deferred", "date": "2026-05-04", "point": 2,
                      "until": "2026-05-31"}), "", "2026-05-05", 2,
                "2.window_closing window_closing 2 2026-05-17 2026-05-31 waiting municipality - - "
                "0 - -\n"
                "2.ask_again ask_again 2 2026-06-01 2026-06-01 waiting municipality - - 0 - -\n");
}

Test(task, a_yes_is_to_be_booked)
{
    expect_rows(JSON({"id": "e1", "type": "accepted", "date": "2026-02-03", "point": 1}), "",
                "2026-02-10", 1, "1.book book 1 2026-02-03 2026-02-17 active specialist - - 0 - -\n");
    /* 14 days after the window opens is Ascension Day */
    expect_rows(JSON({"id": "e1", "type": "accepted", "date": "2026-03-01", "point": 2}), "",
                "2026-03-02", 2,
                "2.book book 2 2026-03-01 2026-05-13 active municipality - - 0 - -\n"
                "2.window_closing window_closing 2 2026-05-17 2026-05-31 waiting municipality - - "
                "0 - -\n");
}

Test(task, an_appointment_is_prepared_held_and_confirmed)
{
    static const char scheduled[] = JSON({"id": "e1", "type": "scheduled", "date": "2026-02-03",
                                          "point": 1, "start": "2026-02-20T10:00"});

    expect_rows(scheduled, "", "2026-02-04", 1,
                "1.send_form send_form 1 2026-02-03 2026-02-06 active specialist - - 0 - -\n"
                "1.hold hold 1 2026-02-20 2026-02-20 waiting specialist - - 0 - -\n");
    expect_rows(scheduled, "", "2026-02-21", 1, /* a Saturday */
                "1.confirm confirm 1 2026-02-23 2026-02-23 waiting specialist - - 0 - -\n");
    expect_rows(JSON({"id": "e1", "type": "scheduled", "date": "2026-02-03", "point": 1,
                      "start": "2026-02-15"}, /* a Sunday stays */
                     {"id": "e2", "type": "form_sent", "date": "2026-02-03", "point": 1}),
                "", "2026-02-15", 1, "1.hold hold 1 2026-02-15 2026-02-15 active specialist - - 0 - -\n");
}

Test(task, it_is_never_due_before_it_begins)
{
    expect_rows(JSON({"id": "e1", "type": "scheduled", "date": "2026-02-03", "point": 1,
                      "start": "2026-02-05"}),
                "", "2026-02-04", 1,
                "1.send_form send_form 1 2026-02-03 2026-02-03 late specialist - - 0 - -\n"
                "1.hold hold 1 2026-02-05 2026-02-05 waiting specialist - - 0 - -\n");
    /* performed on a Saturday, to be coded on the Sunday: back is before it began */
    expect_rows(JSON({"id": "e1", "type": "performed", "date": "2026-02-21", "point": 1},
                     {"id": "m", "type": "message", "date": "2026-02-21", "to": "gp",
                      "kind": "letter"},
                     {"id": "n", "type": "message", "date": "2026-02-21", "to": "municipality",
                      "kind": "letter"}),
                ",\"coding_days\":1", "2026-02-22", 1,
                "1.register_code.e1 register_code 1 2026-02-21 2026-02-21 late specialist - - 0 - "
                "e1\n");
}

/* ---- After it ----------------------------------------------------------------------------- */

Test(task, a_mapping_in_the_hospital_is_coded_and_passed_on)
{
    static const char performed[] = JSON({"id": "e1", "type": "performed", "date": "2026-02-20",
                                          "point": 1});

    expect_rows(performed, "", "2026-02-28", 1,
                "1.register_code.e1 register_code 1 2026-02-20 2026-02-27 late specialist - - 0 - "
                "e1\n"
                "1.send_summary send_summary 1 2026-02-20 2026-02-27 late specialist - - 0 - -\n"
                "1.notify_municipality notify_municipality 1 2026-02-20 2026-02-27 late specialist "
                "- - 0 - -\n");
    expect_rows(performed,
                "," JSON("municipality_messages": false, "coding_days": 3, "summary_days": 0,
                         "assign": [{"level": "municipality", "unit": "u2"},
                                    {"point": 1, "unit": "u1", "role": "pathway_coordinator"}]),
                "2026-02-20", 1,
                "1.send_summary send_summary 1 2026-02-20 2026-02-20 active specialist u1 "
                "pathway_coordinator 0 - -\n"
                "1.notify_municipality notify_municipality 1 2026-02-20 2026-02-20 active "
                "specialist u1 pathway_coordinator 0 no_agreement -\n"
                /* the third day is a Monday */
                "1.register_code.e1 register_code 1 2026-02-20 2026-02-23 active specialist u1 "
                "pathway_coordinator 0 - e1\n");
}

Test(task, what_was_sent_or_coded_is_not_to_be_done)
{
    expect_rows(JSON({"id": "e1", "type": "performed", "date": "2026-02-20", "point": 1},
                     {"id": "c", "type": "coded", "date": "2026-02-20", "point": 1,
                      "code": "WMFG10"},
                     {"id": "g", "type": "message", "date": "2026-02-20", "to": "gp",
                      "kind": "phone", "point": 1},
                     {"id": "m", "type": "message", "date": "2026-02-21", "to": "municipality",
                      "kind": "meeting"}),
                "", "2026-02-28", 1, "");
}

Test(task, the_level_that_performed_has_what_follows)
{
    /* the point has since been given to a unit of the municipality */
    expect_rows(JSON({"id": "e1", "type": "performed", "date": "2026-02-20", "point": 1},
                     {"id": "a", "type": "assigned", "date": "2026-02-23", "point": 1,
                      "level": "municipality", "unit": "u9", "role": "gp"},
                     {"id": "m", "type": "message", "date": "2026-02-21", "to": "municipality",
                      "kind": "meeting"}),
                "", "2026-02-24", 1,
                "1.register_code.e1 register_code 1 2026-02-20 2026-02-27 active specialist - - 0 "
                "- e1\n"
                "1.send_summary send_summary 1 2026-02-20 2026-02-27 active specialist - - 0 - -\n");
}

Test(task, a_mapping_with_distress_and_needs_is_followed_up)
{
    static const char performed[] = JSON(
        {"id": "e1", "type": "performed", "date": "2026-05-05", "point": 2, "assessment":
            {"distress": 4, "topics": [{"topic": "nutrition", "need": "follow_up"}]}});

    expect_rows(performed, "", "2026-05-05", 2,
                "2.send_summary send_summary 2 2026-05-05 2026-05-12 active municipality - - 0 - "
                "-\n"
                "2.assess_further.e1 assess_further 2 2026-05-05 2026-05-12 active municipality - "
                "- 0 - e1\n"
                "2.follow_up_needs.e1 follow_up_needs 2 2026-05-05 2026-06-04 active municipality "
                "- - 0 - e1\n");
    expect_rows(performed, "", "2026-05-05", 1, ""); /* superseded */
    expect_rows(performed, ",\"distress_threshold\":5,\"needs_days\":0", "2026-05-05", 2,
                "2.follow_up_needs.e1 follow_up_needs 2 2026-05-05 2026-05-05 active municipality "
                "- - 0 - e1\n"
                "2.send_summary send_summary 2 2026-05-05 2026-05-12 active municipality - - 0 - "
                "-\n");
}

Test(task, what_a_later_mapping_asked_again_is_not_followed_up_at_the_earlier_one)
{
    static const char first[] = JSON(
        {"id": "e1", "type": "performed", "date": "2026-05-05", "point": 2, "assessment":
            {"distress": 9, "topics": [{"topic": "nutrition", "need": "follow_up"}]}});
    static const char both[] = "2.assess_further.e1 2.follow_up_needs.e1 ";
    static const struct {
        const char *later, *tasks;
    } row[] = {
        {JSON({"id": "e2", "type": "performed", "date": "2026-05-06", "point": 3}), both},
        {JSON({"id": "e2", "type": "performed", "date": "2026-05-06", "point": 3,
               "assessment": {}}), both},
        {JSON({"id": "e2", "type": "performed", "date": "2026-05-06", "point": 3,
               "assessment": {"distress": 0}}), "2.follow_up_needs.e1 "},
        {JSON({"id": "e2", "type": "performed", "date": "2026-05-06", "point": 3, "assessment":
               {"topics": [{"topic": "x_a", "need": "none"}]}}), "2.assess_further.e1 "},
        {JSON({"id": "e2", "type": "performed", "date": "2026-05-04", "point": 3, "assessment":
               {"distress": 0, "topics": [{"topic": "x_a", "need": "none"}]}}), both},
        {JSON({"id": "e2", "type": "followed_up", "date": "2026-05-06", "of": "e1"}), ""},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        growing events = {0}, got = {0};
        pfh_plan *plan;

        growing_print(&events, "%s,%s", first, row[i].later);
        plan = plan_for("hdir-2022", events.data, "", "2026-05-07");
        for (size_t n = 0; n < pfh_plan_task_count(plan); n++) {
            const pfh_task *task = pfh_plan_task(plan, n);
            if (task->kind == PFH_TASK_ASSESS_FURTHER || task->kind == PFH_TASK_FOLLOW_UP_NEEDS)
                growing_print(&got, "%s ", task->id);
        }
        cr_expect_str_eq(got.data == NULL ? "" : got.data, row[i].tasks, "row %zu", i);
        pfh_plan_free(plan);
        free(events.data);
        free(got.data);
    }
}

Test(task, a_message_without_receipt_or_refused_is_followed_up)
{
    expect_rows(JSON({"id": "m", "type": "message", "date": "2026-02-20", "to": "gp",
                      "kind": "epicrisis"}),
                "", "2026-02-25", 0, /* Friday, and three working days */
                "0.follow_up_message.m follow_up_message 0 2026-02-25 2026-02-25 active - - - 0 - "
                "m\n");
    expect_rows(JSON({"id": "m", "type": "message", "date": "2026-02-20", "to": "gp",
                      "kind": "edi", "point": 1},
                     {"id": "r", "type": "receipt", "date": "2026-02-21", "of": "m",
                      "status": "rejected"}),
                ",\"assign\":[{\"role\":\"nurse\"}]", "2026-02-24", 1,
                "1.offer offer 1 2026-01-31 2026-02-13 late specialist - nurse 0 - -\n"
                "1.follow_up_message.m follow_up_message 1 2026-02-23 2026-02-23 late specialist - "
                "nurse 0 - m\n");
    expect_rows(JSON({"id": "m", "type": "message", "date": "2026-02-20", "to": "gp",
                      "kind": "edi"},
                     {"id": "r", "type": "receipt", "date": "2026-02-21", "of": "m",
                      "status": "ok_with_errors"},
                     {"id": "l", "type": "message", "date": "2026-02-20", "to": "gp",
                      "kind": "letter"}),
                "", "2026-03-24", 0, "");
}

Test(task, in_the_draft_to_tell_the_municipality_is_optional_unless_there_is_a_need)
{
    static const char fine[] = JSON({"id": "e1", "type": "performed", "date": "2026-02-20",
                                     "point": 1, "assessment": {}});
    static const char in_need[] = JSON(
        {"id": "e1", "type": "performed", "date": "2026-02-20", "point": 1, "assessment":
            {"topics": [{"topic": "nutrition", "need": "follow_up"}]}});
    pfh_plan *plan = plan_for("hdir-2021-draft", fine, "", "2026-02-20");

    cr_assert_eq(pfh_plan_task(plan, 2)->kind, PFH_TASK_NOTIFY_MUNICIPALITY);
    cr_expect_eq(pfh_plan_task(plan, 2)->optional, 1);
    pfh_plan_free(plan);
    plan = plan_for("hdir-2021-draft", in_need, "", "2026-02-20");
    cr_assert_eq(pfh_plan_task(plan, 2)->kind, PFH_TASK_NOTIFY_MUNICIPALITY);
    cr_expect_eq(pfh_plan_task(plan, 2)->optional, 0);
    pfh_plan_free(plan);
}

Test(task, a_pathway_that_does_not_run_has_none_but_codes)
{
    static const char *const ends[] = {
        JSON({"id": "x", "type": "ended", "date": "2026-02-21", "reason": "dead"}),
        JSON({"id": "x", "type": "excluded", "date": "2026-02-21", "reason": "too_ill"}),
    };

    for (size_t i = 0; i < COUNT(ends); i++) {
        growing text = {0};

        growing_print(&text, "%s,%s", ends[i],
                      JSON({"id": "e1", "type": "performed", "date": "2026-02-20", "point": 1}));
        expect_rows(text.data, "", "2026-02-24", -1,
                    "1.register_code.e1 register_code 1 2026-02-20 2026-02-27 active specialist - "
                    "- 0 - e1\n");
        free(text.data);
    }
}
/* clang-format on */

/* ---- Many --------------------------------------------------------------------------------- */

Test(task, many_of_them_are_in_order)
{
    growing events = {0};
    pfh_plan *plan;

    for (int i = 0; i < 60; i++) /* more than fit at first, dates and ids against each other */
        growing_print(&events,
                      "%s{\"id\":\"m%02d\",\"type\":\"message\",\"date\":\"2026-02-%02d\",\"to\":"
                      "\"gp\",\"kind\":\"plo\"%s}",
                      i == 0 ? "" : ",", (i * 7) % 60, 2 + i % 20,
                      i % 3 == 0 ? ",\"point\":1" : "");
    plan = plan_for("hdir-2022", events.data, "", "2026-03-01");
    cr_expect_eq(pfh_plan_task_count(plan), 65);
    for (size_t i = 1; i < pfh_plan_task_count(plan); i++) {
        const pfh_task *a = pfh_plan_task(plan, i - 1), *b = pfh_plan_task(plan, i);
        int before = a->due != b->due       ? a->due < b->due
                     : a->from != b->from   ? a->from < b->from
                     : a->point != b->point ? a->point < b->point
                     : a->kind != b->kind   ? a->kind < b->kind
                                            : strcmp(a->id, b->id) < 0;
        cr_expect(before, "%s before %s", a->id, b->id);
    }
    pfh_plan_free(plan);
    free(events.data);
}
