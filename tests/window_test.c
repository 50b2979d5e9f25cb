/*
 * When points open and close, and why, worked out by hand.
 *
 * A reason is written as: is date anchor anchor_date months days rule source; an anchor that is an
 * event as event:id/type/key.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define JSON(...) #__VA_ARGS__

static pfh_plan *plan_for(const char *edition, const char *diagnosis, const char *events,
                          const char *as_of)
{
    char keys[400];

    snprintf(keys, sizeof keys, "\"edition\":\"%s\",\"diagnosis\":{\"code\":\"C50.9\",%s}", edition,
             diagnosis);
    return plan_with(keys, events, "", as_of, NULL);
}

static const char *date_text(pfh_date date, char text[11])
{
    if (date == PFH_NONE)
        return "-";
    cr_assert_eq(pfh_date_write(text, 11, date, NULL), PFH_OK, "%d", (int)date);
    return text;
}

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static void expect_window(const pfh_plan *plan, int32_t number, const char *window)
{
    const pfh_point *point = pfh_plan_point(plan, number);
    char opens[11], about[11], closes[11], text[80];

    snprintf(text, sizeof text, "%s %s %s %d %s", date_text(point->opens, opens),
             date_text(point->about, about), date_text(point->closes, closes),
             (int)point->estimated,
             or_dash(pfh_word(PFH_WORDS_WAITING, (int32_t)point->waiting_for)));
    cr_expect_str_eq(text, window, "point %d", (int)number);
}

static void expect_reasons(const pfh_reason *reasons, size_t count, const char *rows)
{
    growing text = {0};

    for (size_t i = 0; i < count; i++) {
        const pfh_reason *r = &reasons[i];
        char date[11], anchor[11], amount[40];

        snprintf(amount, sizeof amount, "%d", (int)r->days);
        if (r->working_days != PFH_NONE)
            snprintf(amount, sizeof amount, "%d/%dw", (int)r->days, (int)r->working_days);
        growing_print(&text, "%s %s %s", pfh_word(PFH_WORDS_DATED, (int32_t)r->is),
                      date_text(r->date, date), pfh_word(PFH_WORDS_ANCHOR, (int32_t)r->anchor));
        if (r->anchor_event != NULL)
            growing_print(&text, ":%s/%s/%s", r->anchor_event,
                          or_dash(pfh_word(PFH_WORDS_EVENT, (int32_t)r->anchor_type)),
                          or_dash(r->anchor_key));
        growing_print(&text, " %s %d %s %s %s\n", date_text(r->anchor_date, anchor), (int)r->months,
                      amount, or_dash(r->rule), or_dash(r->source));
    }
    cr_expect_str_eq(text.data == NULL ? "" : text.data, rows);
    free(text.data);
}

static void expect_point_reasons(const pfh_plan *plan, int32_t number, const char *rows)
{
    const pfh_point *point = pfh_plan_point(plan, number);

    expect_reasons(point->reasons, point->reason_count, rows);
    cr_expect_eq(point->reasons == NULL, point->reason_count == 0);
}

static void expect_task_reasons(const pfh_plan *plan, const char *id, const char *rows)
{
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
        const pfh_task *task = pfh_plan_task(plan, i);

        if (strcmp(task->id, id) == 0) {
            expect_reasons(task->reasons, task->reason_count, rows);
            return;
        }
    }
    cr_expect(0, "no task %s", id);
}

/* ---- The published guideline -------------------------------------------------------------- */

/* clang-format off */
Test(window, the_published_points_are_counted_from_the_diagnosis)
{
    pfh_plan *plan = plan_for("hdir-2022", JSON("date": "2026-01-31", "informed": "2026-02-02"),
                              "", "2026-02-02");

    expect_window(plan, 1, "2026-02-02 - - 0 -");
    expect_window(plan, 2, "2026-04-30 - 2026-05-31 0 -");
    expect_window(plan, 3, "2027-01-31 - 2027-07-31 0 -");
    expect_point_reasons(plan, 1, "opens 2026-02-02 diagnosis.informed 2026-02-02 0 0 "
                                  "hdir-2022/1/opens G\n");
    expect_point_reasons(plan, 2, "opens 2026-04-30 diagnosis.date 2026-01-31 3 0 "
                                  "hdir-2022/2/opens G\n"
                                  "closes 2026-05-31 diagnosis.date 2026-01-31 4 0 "
                                  "hdir-2022/2/closes G\n");
    pfh_plan_free(plan);
}

Test(window, the_last_day_of_a_month_stands_for_days_that_it_does_not_have)
{
    pfh_plan *plan = plan_for("hdir-2022", JSON("date": "2023-11-30"), "", "2024-02-29");

    expect_window(plan, 1, "2023-11-30 - - 0 -");
    expect_window(plan, 2, "2024-02-29 - 2024-03-30 0 -");
    expect_window(plan, 3, "2024-11-30 - 2025-05-30 0 -");
    pfh_plan_free(plan);
    plan = plan_for("hdir-2022", JSON("date": "2026-11-30"), "", "2027-02-28");
    expect_window(plan, 2, "2027-02-28 - 2027-03-30 0 -");
    pfh_plan_free(plan);
}

Test(window, the_last_dates_of_the_range_have_windows_beyond_it)
{
    pfh_plan *plan = plan_for("hdir-2022", JSON("date": "2299-12-31"), "", "2299-12-31");

    expect_window(plan, 2, "2300-03-31 - 2300-04-30 0 -");
    expect_window(plan, 3, "2300-12-31 - 2301-06-30 0 -");
    pfh_plan_free(plan);
    plan = plan_for("hdir-2022", JSON("date": "1850-01-01"), "", "1850-01-01");
    expect_window(plan, 3, "1851-01-01 - 1851-07-01 0 -");
    cr_expect_eq(pfh_plan_status(plan), PFH_PLAN_NOT_INCLUDED);
    pfh_plan_free(plan);
}

/* ---- The draft ---------------------------------------------------------------------------- */

Test(window, the_draft_waits_for_the_treatment_and_for_point_3)
{
    pfh_plan *plan = plan_for("hdir-2021-draft", JSON("date": "2026-01-31"), "", "2026-02-20");

    expect_window(plan, 1, "2026-01-31 - - 0 -");
    expect_window(plan, 2, "- - - 0 treatment_started");
    expect_window(plan, 3, "- - - 0 treatment_started");
    expect_window(plan, 4, "- - - 0 point:3");
    expect_window(plan, 5, "- - - 0 point:3");
    expect_point_reasons(plan, 2, "");
    pfh_plan_free(plan);
    plan = plan_for("hdir-2021-draft", JSON("date": "2026-01-31"),
                    JSON({"id": "c", "type": "clinical_decision", "date": "2026-02-05"},
                         {"id": "c2", "type": "clinical_decision", "date": "2026-02-03"},
                         {"id": "t2", "type": "treatment_started", "date": "2026-02-12"},
                         {"id": "t", "type": "treatment_started", "date": "2026-02-10"}),
                    "2026-02-20");
    expect_window(plan, 1, "2026-02-03 - - 0 -");
    expect_window(plan, 2, "2026-02-10 - - 0 -");
    expect_window(plan, 3, "2026-02-10 - - 0 -");
    expect_window(plan, 4, "- - - 0 point:3");
    expect_point_reasons(plan, 1, "opens 2026-02-03 event:c2/clinical_decision/date 2026-02-03 0 0 "
                                  "hdir-2021-draft/1/opens D\n");
    expect_point_reasons(plan, 3, "opens 2026-02-10 event:t/treatment_started/date 2026-02-10 0 0 "
                                  "hdir-2021-draft/3/opens D\n");
    pfh_plan_free(plan);
}

Test(window, points_4_and_5_are_counted_from_point_3)
{
    pfh_plan *plan = plan_for("hdir-2021-draft", JSON("date": "2026-01-31"),
                              JSON({"id": "t", "type": "treatment_started", "date": "2026-02-10"},
                                   {"id": "e3", "type": "performed", "date": "2026-04-08",
                                    "point": 3}),
                              "2026-04-20");

    expect_window(plan, 4, "2026-06-24 2026-07-08 2026-07-22 0 -");
    expect_window(plan, 5, "2027-03-09 2027-04-08 2027-05-08 0 -");
    expect_point_reasons(plan, 4, "opens 2026-06-24 about 2026-07-08 0 -14 "
                                  "hdir-2021-draft/4/opens ours\n"
                                  "about 2026-07-08 point:3 2026-04-08 3 0 "
                                  "hdir-2021-draft/4/about D\n"
                                  "closes 2026-07-22 about 2026-07-08 0 14 "
                                  "hdir-2021-draft/4/closes ours\n");
    pfh_plan_free(plan);
}

Test(window, one_that_is_counted_from_an_appointment_is_estimated)
{
    static const char *const days[] = {"2026-04-01", "2026-04-09"}; /* scheduled, unconfirmed */

    for (size_t i = 0; i < COUNT(days); i++) {
        pfh_plan *plan = plan_for("hdir-2021-draft", JSON("date": "2026-01-31"),
                                  JSON({"id": "s", "type": "scheduled", "date": "2026-03-20",
                                        "point": 3, "start": "2026-04-08T10:00"}),
                                  days[i]);

        expect_window(plan, 3, "- - - 0 treatment_started");
        expect_window(plan, 4, "2026-06-24 2026-07-08 2026-07-22 1 -");
        expect_window(plan, 5, "2027-03-09 2027-04-08 2027-05-08 1 -");
        expect_point_reasons(plan, 4,
                             "opens 2026-06-24 about 2026-07-08 0 -14 "
                             "hdir-2021-draft/4/opens ours\n"
                             "about 2026-07-08 event:s/scheduled/start 2026-04-08 3 0 "
                             "hdir-2021-draft/4/about D\n"
                             "closes 2026-07-22 about 2026-07-08 0 14 "
                             "hdir-2021-draft/4/closes ours\n");
        pfh_plan_free(plan);
    }
}

Test(window, point_5_is_counted_from_point_4_where_point_3_was_not_performed)
{
    pfh_plan *plan = plan_for("hdir-2021-draft", JSON("date": "2026-01-31"),
                              JSON({"id": "s", "type": "scheduled", "date": "2026-03-20",
                                    "point": 3, "start": "2026-04-08T10:00"},
                                   {"id": "e4", "type": "performed", "date": "2026-05-31",
                                    "point": 4}),
                              "2026-06-01");

    expect_window(plan, 5, "2027-01-29 2027-02-28 2027-03-30 0 -");
    expect_point_reasons(plan, 5, "opens 2027-01-29 about 2027-02-28 0 -30 "
                                  "hdir-2021-draft/5/opens ours\n"
                                  "about 2027-02-28 event:e4/performed/date 2026-05-31 9 0 "
                                  "hdir-2021-draft/5/about ours\n"
                                  "closes 2027-03-30 about 2027-02-28 0 30 "
                                  "hdir-2021-draft/5/closes ours\n");
    pfh_plan_free(plan);
}

/* ---- The representative performance ------------------------------------------------------- */

Test(window, the_first_performance_inside_it_stands_for_the_point_else_the_first)
{
    static const struct {
        const char *dates[3], *event;
    } row[] = {
        {{"2026-04-29", "2026-04-30", "2026-05-15"}, "e1"},
        {{"2026-04-01", "2026-05-31", "2026-06-01"}, "e1"},
        {{"2026-04-01", "2026-04-29", "2026-06-01"}, "e0"},
        {{"2026-05-01", "2026-05-02", "2026-05-03"}, "e0"},
        {{"2026-06-01", "2026-06-02", "2026-06-03"}, "e0"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        growing events = {0};
        pfh_plan *plan;
        const pfh_point *point;

        for (int n = 0; n < 3; n++)
            growing_print(&events, "%s{\"id\":\"e%d\",\"type\":\"performed\",\"date\":\"%s\","
                                   "\"point\":2}", n == 0 ? "" : ",", n, row[i].dates[n]);
        plan = plan_for("hdir-2022", JSON("date": "2026-01-31"), events.data, "2026-07-01");
        point = pfh_plan_point(plan, 2);
        cr_expect_str_eq(point->performed_event, row[i].event);
        cr_expect_eq(point->performed_date, day(row[i].dates[row[i].event[1] - '0']));
        cr_expect_eq(point->performed_level, PFH_LEVEL_MUNICIPALITY);
        cr_expect_eq(point->repeats, 2);
        cr_expect_eq(point->since, point->performed_date);
        pfh_plan_free(plan);
        free(events.data);
    }
}

/* ---- Reasons of tasks --------------------------------------------------------------------- */

Test(window, a_task_says_why_each_of_its_dates_is_what_it_is)
{
    pfh_plan *plan = plan_for("hdir-2022", JSON("date": "2026-01-31"), JSON(
        {"id": "m", "type": "message", "date": "2026-02-20", "to": "gp", "kind": "plo"},
        {"id": "s", "type": "deferred", "date": "2026-05-04", "point": 2, "until": "2026-06-13"}),
        "2026-05-05");

    expect_task_reasons(plan, "1.offer",
        "from 2026-01-31 opens 2026-01-31 0 0 - -\n"
        "due 2026-02-14 opens 2026-01-31 0 14 policy/first_offer_days ours\n"
        "due 2026-02-13 due 2026-02-14 0 -1 working_day ours\n");
    expect_task_reasons(plan, "2.window_closing",
        "from 2026-05-17 closes 2026-05-31 0 -14 policy/closing_days ours\n"
        "due 2026-05-31 closes 2026-05-31 0 0 - -\n");
    expect_task_reasons(plan, "2.ask_again", /* a Saturday */
        "from 2026-06-13 event:s/deferred/until 2026-06-13 0 0 - -\n"
        "from 2026-06-15 from 2026-06-13 0 2 working_day ours\n"
        "due 2026-06-13 event:s/deferred/until 2026-06-13 0 0 - -\n"
        "due 2026-06-15 due 2026-06-13 0 2 working_day ours\n");
    expect_task_reasons(plan, "3.offer",
        "from 2027-01-17 opens 2027-01-31 0 -14 policy/offer_lead_days ours\n"
        "due 2027-01-31 opens 2027-01-31 0 0 - -\n"
        "due 2027-01-29 due 2027-01-31 0 -2 working_day ours\n");
    expect_task_reasons(plan, "0.follow_up_message.m",
        "from 2026-02-25 event:m/message/date 2026-02-20 0 5/3w policy/receipt_working_days ours\n"
        "due 2026-02-25 event:m/message/date 2026-02-20 0 5/3w policy/receipt_working_days ours\n");
    pfh_plan_free(plan);
}
/* clang-format on */

/* ---- Every reason of many plans ----------------------------------------------------------- */

static void expect_sound(const pfh_reason *r)
{
    cr_expect_eq(r->date, (r->months == 0 ? r->anchor_date
                                          : pfh_date_add_months(r->anchor_date, r->months)) +
                              r->days);
    if (r->working_days != PFH_NONE)
        cr_expect_eq(r->date, pfh_date_add_working_days(r->anchor_date, r->working_days));
    cr_expect_eq(r->anchor == PFH_ANCHOR_EVENT, r->anchor_event != NULL);
    cr_expect_eq(r->anchor_event != NULL, r->anchor_key != NULL);
    cr_expect_eq(r->anchor_event != NULL, r->anchor_type != 0);
    cr_expect_eq(r->rule == NULL, r->source == NULL);
    cr_expect(r->rule != NULL || r->months == 0, "nothing is added without a rule, but a day");
    cr_expect_not_null(pfh_word(PFH_WORDS_DATED, (int32_t)r->is));
    cr_expect_not_null(pfh_word(PFH_WORDS_ANCHOR, (int32_t)r->anchor));
}

/* One reason for each date of the row, in the order of the keys. */
static void expect_point_is_explained(const pfh_point *point)
{
    const pfh_date dates[] = {point->opens, point->about, point->closes, point->since};
    size_t next = 0;

    for (size_t i = 0; i < COUNT(dates); i++) {
        if (dates[i] == PFH_NONE)
            continue;
        cr_assert_lt(next, point->reason_count);
        cr_expect_eq((int32_t)point->reasons[next].is, (int32_t)PFH_DATED_OPENS + (int32_t)i);
        cr_expect_eq(point->reasons[next].date, dates[i]);
        expect_sound(&point->reasons[next]);
        next++;
    }
    cr_expect_eq(next, point->reason_count);
}

/* From, and perhaps its move; due, and perhaps its move. */
static void expect_task_is_explained(const pfh_task *task)
{
    const pfh_dated order[] = {PFH_DATED_FROM, PFH_DATED_DUE};
    const pfh_date dates[] = {task->from, task->due};
    size_t next = 0;

    for (size_t i = 0; i < 2; i++) {
        cr_assert_lt(next, task->reason_count);
        cr_expect_eq(task->reasons[next].is, order[i]);
        expect_sound(&task->reasons[next++]);
        if (next < task->reason_count && task->reasons[next].is == order[i]) {
            cr_expect_str_eq(task->reasons[next].rule, "working_day");
            cr_expect_eq(task->reasons[next].anchor_date, task->reasons[next - 1].date);
            expect_sound(&task->reasons[next++]);
        }
        cr_expect_eq(task->reasons[next - 1].date, dates[i]);
    }
    cr_expect_eq(next, task->reason_count);
}

Test(window, every_reason_of_many_plans_adds_up)
{
    dice d = dice_of(20260504);
    size_t tasks = 0;

    for (int i = 0; i < 400; i++) {
        story s = story_of(&d);
        char *text = cJSON_PrintUnformatted(s.pathway);
        char *rules = s.policy == NULL ? NULL : cJSON_PrintUnformatted(s.policy);
        pfh_pathway *pathway = pathway_of(text);
        pfh_policy *policy = rules == NULL ? NULL : policy_of(rules);
        pfh_plan *plan = NULL;

        cr_assert_eq(pfh_plan_derive_at(&plan, pathway, policy, s.as_of,
                                        s.known_at[0] == '\0' ? NULL : s.known_at, s.edition, NULL),
                     PFH_OK);
        for (size_t n = 1; n <= pfh_plan_point_count(plan); n++)
            expect_point_is_explained(pfh_plan_point(plan, (int32_t)n));
        for (size_t n = 0; n < pfh_plan_task_count(plan); n++)
            expect_task_is_explained(pfh_plan_task(plan, n));
        tasks += pfh_plan_task_count(plan);
        pfh_plan_free(plan);
        pfh_policy_free(policy);
        pfh_pathway_free(pathway);
        cJSON_free(text);
        cJSON_free(rules);
        story_free(&s);
    }
    cr_expect_gt(tasks, 400, "there was something to look at");
}
