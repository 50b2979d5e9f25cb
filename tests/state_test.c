/*
 * Where each point stands: the row of a point, worked out by hand.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define JSON(...) #__VA_ARGS__

/* A plan of hdir-2022 for a diagnosis on 2026-01-31: point 2 is open from 2026-04-30 to 2026-05-31,
 * point 3 from 2027-01-31 to 2027-07-31. */
static pfh_plan *plan_for(const char *patient, const char *events, const char *policy_keys,
                          const char *as_of)
{
    char keys[400];

    snprintf(keys, sizeof keys,
             "\"edition\":\"hdir-2022\",\"patient\":%s,"
             "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}",
             patient);
    return plan_with(keys, events, policy_keys, as_of, NULL);
}

static void expect_state(const char *events, const char *as_of, pfh_state state, const char *since,
                         pfh_timing timing)
{
    pfh_plan *plan = plan_for("null", events, "", as_of);
    const pfh_point *point = pfh_plan_point(plan, 2);

    cr_expect_eq(point->state, state, "on %s: %s", as_of,
                 pfh_word(PFH_WORDS_STATE, (int32_t)point->state));
    cr_expect_eq(point->since, since == NULL ? PFH_NONE : day(since), "on %s", as_of);
    cr_expect_eq(point->timing, timing, "on %s: %s", as_of,
                 pfh_word(PFH_WORDS_TIMING, (int32_t)point->timing));
    pfh_plan_free(plan);
}

/* ---- States and since --------------------------------------------------------------------- */

/* clang-format off */
#define OFFERED "{\"id\":\"o\",\"type\":\"offered\",\"date\":\"2026-04-20\",\"point\":2}"
#define SCHEDULED "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-25\",\"point\":2,"    \
                  "\"start\":\"2026-05-05T10:00\"}"

Test(state, each_event_sets_the_state_and_since_when)
{
    static const struct {
        const char *events;
        pfh_state state;
        const char *since;
    } row[] = {
        {"", PFH_STATE_NONE, NULL},
        {OFFERED, PFH_STATE_OFFERED, "2026-04-20"},
        {JSON({"id": "a", "type": "accepted", "date": "2026-04-21", "point": 2}),
         PFH_STATE_ACCEPTED, "2026-04-21"},
        {JSON({"id": "a", "type": "declined", "date": "2026-04-22", "point": 2}),
         PFH_STATE_DECLINED, "2026-04-22"},
        {JSON({"id": "a", "type": "deferred", "date": "2026-04-23", "point": 2,
               "until": "2026-06-01"}), PFH_STATE_DEFERRED, "2026-04-23"},
        {SCHEDULED, PFH_STATE_SCHEDULED, "2026-04-25"},
        {JSON({"id": "a", "type": "excluded", "date": "2026-04-26", "point": 2,
               "reason": "no_need"}), PFH_STATE_EXCLUDED, "2026-04-26"},
        {JSON({"id": "a", "type": "performed", "date": "2026-04-27", "point": 2}),
         PFH_STATE_PERFORMED, "2026-04-27"},
        /* an appointment that is off leaves the yes; without one nothing changes */
        {SCHEDULED "," JSON({"id": "c", "type": "cancelled", "date": "2026-04-28", "point": 2}),
         PFH_STATE_ACCEPTED, "2026-04-28"},
        {OFFERED "," JSON({"id": "c", "type": "cancelled", "date": "2026-04-28", "point": 2}),
         PFH_STATE_OFFERED, "2026-04-20"},
        /* an offer or a yes does not undo an appointment that is still to come */
        {SCHEDULED "," JSON({"id": "c", "type": "offered", "date": "2026-04-28", "point": 2}),
         PFH_STATE_SCHEDULED, "2026-04-25"},
        {SCHEDULED "," JSON({"id": "c", "type": "accepted", "date": "2026-04-28", "point": 2}),
         PFH_STATE_SCHEDULED, "2026-04-25"},
        {SCHEDULED "," JSON({"id": "c", "type": "declined", "date": "2026-04-28", "point": 2}),
         PFH_STATE_DECLINED, "2026-04-28"},
        /* nothing changes it once it is performed */
        {JSON({"id": "a", "type": "performed", "date": "2026-04-27", "point": 2},
              {"id": "b", "type": "declined", "date": "2026-04-28", "point": 2},
              {"id": "c", "type": "scheduled", "date": "2026-04-28", "point": 2,
               "start": "2026-06-01"},
              {"id": "d", "type": "cancelled", "date": "2026-04-28", "point": 2},
              {"id": "e", "type": "offered", "date": "2026-04-29", "point": 2}),
         PFH_STATE_PERFORMED, "2026-04-27"},
        /* what has no effect on a point */
        {JSON({"id": "a", "type": "form_sent", "date": "2026-04-27", "point": 2},
              {"id": "b", "type": "coded", "date": "2026-04-27", "point": 2, "code": "A"},
              {"id": "c", "type": "message", "date": "2026-04-27", "point": 2, "to": "gp",
               "kind": "letter"},
              {"id": "d", "type": "moved", "date": "2026-04-27", "municipality": "4003"},
              {"id": "e", "type": "clinical_decision", "date": "2026-04-27"},
              {"id": "f", "type": "treatment_started", "date": "2026-04-27"},
              {"id": "g", "type": "withheld", "date": "2026-04-27"},
              {"id": "h", "type": "reopened", "date": "2026-04-27"}),
         PFH_STATE_NONE, NULL},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        expect_state(row[i].events, "2026-04-30", row[i].state, row[i].since, row[i].state ==
                     PFH_STATE_PERFORMED ? PFH_TIMING_BEFORE : PFH_TIMING_WITHIN);
}

Test(state, silence_is_unanswered_and_an_appointment_that_is_over_unconfirmed)
{
    expect_state(OFFERED, "2026-05-03", PFH_STATE_OFFERED, "2026-04-20", PFH_TIMING_WITHIN);
    expect_state(OFFERED, "2026-05-04", PFH_STATE_UNANSWERED, "2026-05-04", PFH_TIMING_WITHIN);
    expect_state(OFFERED, "2026-06-30", PFH_STATE_UNANSWERED, "2026-05-04", PFH_TIMING_AFTER);
    expect_state(SCHEDULED, "2026-05-05", PFH_STATE_SCHEDULED, "2026-04-25", PFH_TIMING_WITHIN);
    expect_state(SCHEDULED, "2026-05-06", PFH_STATE_UNCONFIRMED, "2026-05-06", PFH_TIMING_WITHIN);
    expect_state(SCHEDULED "," JSON({"id": "c", "type": "offered", "date": "2026-05-05",
                                     "point": 2, "recorded": "2026-05-05T12:00:00Z"}),
                 "2026-05-05", PFH_STATE_SCHEDULED, "2026-04-25", PFH_TIMING_WITHIN);
    /* after the appointment an offer counts again */
    expect_state(SCHEDULED "," JSON({"id": "c", "type": "offered", "date": "2026-05-06",
                                     "point": 2}),
                 "2026-05-07", PFH_STATE_OFFERED, "2026-05-06", PFH_TIMING_WITHIN);
}

Test(state, a_pathway_that_does_not_run_closes_what_is_open)
{
    static const char ended[] = JSON({"id": "x", "type": "ended", "date": "2026-05-01",
                                      "reason": "dead"});

    expect_state(ended, "2026-06-30", PFH_STATE_CLOSED, "2026-05-01", PFH_TIMING_WITHIN);
    expect_state(JSON({"id": "x", "type": "excluded", "date": "2026-04-01", "reason": "other"}),
                 "2026-06-30", PFH_STATE_CLOSED, "2026-04-01", PFH_TIMING_BEFORE);
    expect_state(JSON({"id": "x", "type": "ended", "date": "2026-05-01", "reason": "dead"},
                      {"id": "y", "type": "excluded", "date": "2026-04-01", "reason": "other",
                       "point": 2}),
                 "2026-06-30", PFH_STATE_EXCLUDED, "2026-04-01", PFH_TIMING_WITHIN);
    expect_state(JSON({"id": "x", "type": "ended", "date": "2026-05-01", "reason": "dead"},
                      {"id": "y", "type": "reopened", "date": "2026-05-02"}),
                 "2026-06-30", PFH_STATE_NONE, NULL, PFH_TIMING_AFTER);
}

Test(state, a_pathway_that_is_not_included_is_closed_since_no_day)
{
    pfh_plan *plan = plan_for("null", OFFERED, ",\"start_date\":\"2026-02-01\"", "2026-05-01");

    cr_expect_eq(pfh_plan_status(plan), PFH_PLAN_NOT_INCLUDED);
    cr_expect_eq(pfh_plan_cause(plan), PFH_REASON_BEFORE_START);
    for (int32_t i = 1; i <= 3; i++) {
        cr_expect_eq(pfh_plan_point(plan, i)->state, PFH_STATE_CLOSED);
        cr_expect_eq(pfh_plan_point(plan, i)->since, PFH_NONE);
    }
    cr_expect_eq(pfh_plan_point(plan, 2)->timing, PFH_TIMING_WITHIN);
    cr_expect_eq(pfh_plan_task_count(plan), 0);
    pfh_plan_free(plan);
}
/* clang-format on */

Test(state, timing_changes_on_the_edge_days_of_the_window)
{
    static const struct {
        const char *as_of;
        pfh_timing timing;
    } edge[] = {
        {"2026-04-29", PFH_TIMING_BEFORE},
        {"2026-04-30", PFH_TIMING_WITHIN},
        {"2026-05-31", PFH_TIMING_WITHIN},
        {"2026-06-01", PFH_TIMING_AFTER},
    };

    for (size_t i = 0; i < COUNT(edge); i++)
        expect_state("", edge[i].as_of, PFH_STATE_NONE, NULL, edge[i].timing);
}

/* ---- The whole row ------------------------------------------------------------------------ */

Test(state, a_point_without_events_has_nothing_where_there_is_nothing)
{
    pfh_plan *plan = plan_for("null", "", "", "2026-02-02");

    for (int32_t i = 1; i <= 3; i++) {
        const pfh_point *point = pfh_plan_point(plan, i);

        cr_expect_eq(point->point, i);
        cr_expect_eq(point->level, i == 1 ? PFH_LEVEL_SPECIALIST : PFH_LEVEL_MUNICIPALITY);
        cr_expect_null(point->unit);
        cr_expect_eq((int32_t)point->role, 0);
        cr_expect_eq(point->about, PFH_NONE);
        cr_expect_eq(point->estimated, 0);
        cr_expect_eq((int32_t)point->waiting_for, 0);
        cr_expect_eq(point->since, PFH_NONE);
        cr_expect_null(point->appointment_event);
        cr_expect_null(point->appointment_start);
        cr_expect_null(point->appointment_place);
        cr_expect_eq(point->appointment_date, PFH_NONE);
        cr_expect_eq(point->appointment_minutes, PFH_NONE);
        cr_expect_null(point->performed_event);
        cr_expect_eq(point->performed_date, PFH_NONE);
        cr_expect_eq((int32_t)point->performed_level, 0);
        cr_expect_eq(point->repeats, 0);
        cr_expect_eq(point->superseded, 0);
    }
    cr_expect_eq(pfh_plan_point(plan, 1)->closes, PFH_NONE);
    pfh_plan_free(plan);
}

Test(state, a_point_says_which_of_the_draft_it_stands_for)
{
    static const int32_t behind[3][2] = {{1, 2}, {3, 4}, {5, 0}};
    pfh_plan *plan = plan_for("null", "", "", "2026-02-02");

    for (int32_t i = 1; i <= 3; i++) {
        const pfh_point *point = pfh_plan_point(plan, i);

        cr_assert_eq(point->maps_to_count, i == 3 ? 1 : 2);
        for (size_t n = 0; n < point->maps_to_count; n++)
            cr_expect_eq(point->maps_to[n], behind[i - 1][n]);
    }
    pfh_plan_free(plan);
}

/* clang-format off */
Test(state, an_appointment_is_there_while_scheduled_or_unconfirmed)
{
    static const char scheduled[] =
        JSON({"id": "s1", "type": "scheduled", "date": "2026-04-20", "point": 2,
              "start": "2026-05-04", "minutes": 30},
             {"id": "s2", "type": "scheduled", "date": "2026-04-25", "point": 2,
              "start": "2026-05-05T10:00", "minutes": 1440, "place": "Rom 3"});
    static const char *const days[] = {"2026-05-01", "2026-05-06"};

    for (size_t i = 0; i < COUNT(days); i++) {
        pfh_plan *plan = plan_for("null", scheduled, "", days[i]);
        const pfh_point *point = pfh_plan_point(plan, 2);

        cr_expect_str_eq(point->appointment_event, "s2", "a later one replaces it");
        cr_expect_str_eq(point->appointment_start, "2026-05-05T10:00");
        cr_expect_eq(point->appointment_date, day("2026-05-05"));
        cr_expect_eq(point->appointment_minutes, 1440);
        cr_expect_str_eq(point->appointment_place, "Rom 3");
        pfh_plan_free(plan);
    }
}

Test(state, an_appointment_without_minutes_or_place_has_none_and_one_that_is_off_is_gone)
{
    pfh_plan *plan = plan_for("null", JSON({"id": "s", "type": "scheduled", "date": "2026-04-20",
                                            "point": 2, "start": "2026-05-04"}), "", "2026-05-01");

    cr_expect_str_eq(pfh_plan_point(plan, 2)->appointment_start, "2026-05-04");
    cr_expect_eq(pfh_plan_point(plan, 2)->appointment_minutes, PFH_NONE);
    cr_expect_null(pfh_plan_point(plan, 2)->appointment_place);
    pfh_plan_free(plan);
    plan = plan_for("null", JSON({"id": "s", "type": "scheduled", "date": "2026-04-20", "point": 2,
                                  "start": "2026-05-04"},
                                 {"id": "c", "type": "cancelled", "date": "2026-04-21", "point": 2}),
                    "", "2026-05-01");
    cr_expect_null(pfh_plan_point(plan, 2)->appointment_event);
    cr_expect_eq(pfh_plan_point(plan, 2)->appointment_date, PFH_NONE);
    pfh_plan_free(plan);
}

Test(state, a_point_is_superseded_when_only_a_later_one_was_performed)
{
    pfh_plan *plan = plan_for("null", JSON({"id": "e", "type": "performed", "date": "2026-05-04",
                                            "point": 2}), "", "2026-05-05");

    cr_expect_eq(pfh_plan_point(plan, 1)->superseded, 1);
    cr_expect_eq(pfh_plan_point(plan, 2)->superseded, 0);
    cr_expect_eq(pfh_plan_point(plan, 3)->superseded, 0);
    pfh_plan_free(plan);
}

Test(state, who_performed_is_said_by_the_event_else_by_who_had_the_point)
{
    static const struct {
        const char *events;
        pfh_level level;
    } row[] = {
        {JSON({"id": "e", "type": "performed", "date": "2026-05-04", "point": 2}),
         PFH_LEVEL_MUNICIPALITY},
        {JSON({"id": "e", "type": "performed", "date": "2026-05-04", "point": 2,
               "level": "specialist"}), PFH_LEVEL_SPECIALIST},
        {JSON({"id": "a", "type": "assigned", "date": "2026-05-03", "point": 2,
               "level": "specialist"},
              {"id": "e", "type": "performed", "date": "2026-05-04", "point": 2}),
         PFH_LEVEL_SPECIALIST},
        {JSON({"id": "a", "type": "assigned", "date": "2026-05-05", "point": 2,
               "level": "specialist"},
              {"id": "e", "type": "performed", "date": "2026-05-04", "point": 2}),
         PFH_LEVEL_MUNICIPALITY},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_plan *plan = plan_for("null", row[i].events, "", "2026-05-06");
        cr_expect_eq(pfh_plan_point(plan, 2)->performed_level, row[i].level, "%s", row[i].events);
        pfh_plan_free(plan);
    }
}

/* ---- Who has it --------------------------------------------------------------------------- */

Test(state, the_first_row_of_the_policy_that_matches_says_who_has_a_point)
{
    static const char nobody[] = JSON({});
    static const char services[] = JSON({"municipality": "4003", "has_municipal_services": true,
                                         "birth_date": "2008-05-02"});
    static const char moved[] = JSON({"id": "m", "type": "moved", "date": "2026-03-01",
                                      "municipality": "0301"});
    static const struct {
        const char *patient, *events, *condition;
        int matches;
    } row[] = {
        {nobody, "", JSON("unit": "u1"), 1},
        {nobody, "", JSON("unit": "u1", "point": 2), 1},
        {nobody, "", JSON("unit": "u1", "point": 1), 0},
        {nobody, "", JSON("unit": "u1", "level": "municipality"), 1},
        {nobody, "", JSON("unit": "u1", "level": "specialist"), 0},
        {nobody, "", JSON("unit": "u1", "municipality": "4003"), 0},
        {"null", "", JSON("unit": "u1", "municipality": "4003"), 0},
        {services, "", JSON("unit": "u1", "municipality": "4003"), 1},
        {services, "", JSON("unit": "u1", "municipality": "0301"), 0},
        {services, moved, JSON("unit": "u1", "municipality": "4003"), 0},
        {services, moved, JSON("unit": "u1", "municipality": "0301"), 1},
        {"null", moved, JSON("unit": "u1", "municipality": "0301"), 1},
        {nobody, "", JSON("unit": "u1", "has_municipal_services": false), 0},
        {"null", "", JSON("unit": "u1", "has_municipal_services": false), 0},
        {services, "", JSON("unit": "u1", "has_municipal_services": true), 1},
        {services, "", JSON("unit": "u1", "has_municipal_services": false), 0},
        {nobody, "", JSON("unit": "u1", "child": false), 0},
        {services, "", JSON("unit": "u1", "child": true), 1}, /* 18 on the day after */
        {services, "", JSON("unit": "u1", "child": false), 0},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        growing policy = {0};
        pfh_plan *plan;

        growing_print(&policy, ",\"assign\":[{%s},{\"point\":2,\"role\":\"other\"}]",
                      row[i].condition);
        plan = plan_for(row[i].patient, row[i].events, policy.data, "2026-05-01");
        if (row[i].matches) {
            cr_expect_str_eq(pfh_plan_point(plan, 2)->unit, "u1", "row %zu", i);
            cr_expect_eq((int32_t)pfh_plan_point(plan, 2)->role, 0, "row %zu", i);
        } else {
            cr_expect_null(pfh_plan_point(plan, 2)->unit, "row %zu", i);
            cr_expect_eq(pfh_plan_point(plan, 2)->role, PFH_ROLE_OTHER, "row %zu", i);
        }
        pfh_plan_free(plan);
        free(policy.data);
    }
}

Test(state, what_an_assignment_leaves_open_is_of_the_policy)
{
    static const char policy[] = "," JSON("assign": [{"level": "specialist", "unit": "u8",
                                                      "role": "doctor"},
                                                     {"unit": "u9", "role": "nurse"}]);
    static const struct {
        const char *events, *unit;
        pfh_role role;
        pfh_level level;
    } row[] = {
        {"", "u9", PFH_ROLE_NURSE, PFH_LEVEL_MUNICIPALITY},
        {JSON({"id": "a", "type": "assigned", "date": "2026-05-01", "point": 2,
               "level": "specialist"}), "u8", PFH_ROLE_DOCTOR, PFH_LEVEL_SPECIALIST},
        {JSON({"id": "a", "type": "assigned", "date": "2026-05-01", "point": 2,
               "level": "municipality", "unit": "u1"}), "u1", PFH_ROLE_NURSE,
         PFH_LEVEL_MUNICIPALITY},
        {JSON({"id": "a", "type": "assigned", "date": "2026-05-01", "point": 2,
               "level": "municipality", "role": "gp"}), "u9", PFH_ROLE_GP, PFH_LEVEL_MUNICIPALITY},
        /* only the last one counts */
        {JSON({"id": "a", "type": "assigned", "date": "2026-04-30", "point": 2,
               "level": "specialist", "unit": "u1", "role": "gp"},
              {"id": "b", "type": "assigned", "date": "2026-05-01", "point": 2,
               "level": "municipality"}), "u9", PFH_ROLE_NURSE, PFH_LEVEL_MUNICIPALITY},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_plan *plan = plan_for("null", row[i].events, policy, "2026-05-01");
        const pfh_point *point = pfh_plan_point(plan, 2);

        cr_expect_str_eq(point->unit, row[i].unit, "row %zu", i);
        cr_expect_eq(point->role, row[i].role, "row %zu", i);
        cr_expect_eq(point->level, row[i].level, "row %zu", i);
        pfh_plan_free(plan);
    }
}
/* clang-format on */
