/*
 * What counts on the day, and whether the pathway runs.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define JSON(...) #__VA_ARGS__

static pfh_plan *plan_for(const char *keys, const char *events, const char *as_of,
                          const char *known_at)
{
    return plan_with(keys, events, "", as_of, known_at);
}

/* clang-format off */
#define PUBLISHED JSON("edition": "hdir-2022", "diagnosis": {"code": "C50", "date": "2026-01-31"})

/* ---- Whether it runs ---------------------------------------------------------------------- */

Test(view, a_pathway_runs_or_says_why_not)
{
    static const struct {
        const char *keys, *events;
        pfh_plan_state status;
        int32_t cause;
    } row[] = {
        {PUBLISHED, "", PFH_PLAN_ACTIVE, 0},
        {JSON("edition": "hdir-2022", "diagnosis": {"code": "D05", "date": "2026-01-31"}), "",
         PFH_PLAN_NOT_INCLUDED, PFH_REASON_NOT_CANCER},
        {JSON("edition": "hdir-2022", "diagnosis": {"code": "D05", "date": "2026-01-31",
                                                    "cancer": true}), "", PFH_PLAN_ACTIVE, 0},
        {JSON("edition": "hdir-2022", "diagnosis": {"code": "C97", "date": "2022-01-01"}), "",
         PFH_PLAN_ACTIVE, 0},
        {JSON("edition": "hdir-2022", "diagnosis": {"code": "C00", "date": "2021-12-31"}), "",
         PFH_PLAN_NOT_INCLUDED, PFH_REASON_BEFORE_START},
        {JSON("edition": "hdir-2021-draft", "diagnosis": {"code": "C00", "date": "2021-09-01"}), "",
         PFH_PLAN_ACTIVE, 0},
        {JSON("edition": "hdir-2021-draft", "diagnosis": {"code": "C00", "date": "2021-08-31"}), "",
         PFH_PLAN_NOT_INCLUDED, PFH_REASON_BEFORE_START},
        {PUBLISHED, JSON({"id": "a", "type": "ended", "date": "2026-02-01", "reason": "emigrated"}),
         PFH_PLAN_ENDED, PFH_REASON_EMIGRATED},
        {PUBLISHED, JSON({"id": "a", "type": "excluded", "date": "2026-02-01",
                          "reason": "short_treatment"}),
         PFH_PLAN_EXCLUDED, PFH_REASON_SHORT_TREATMENT},
        {PUBLISHED, JSON({"id": "a", "type": "excluded", "date": "2026-02-01", "point": 1,
                          "reason": "short_treatment"}), PFH_PLAN_ACTIVE, 0},
        {PUBLISHED, JSON({"id": "a", "type": "ended", "date": "2026-02-01", "reason": "dead"},
                         {"id": "b", "type": "reopened", "date": "2026-02-02"}),
         PFH_PLAN_ACTIVE, 0},
        {PUBLISHED, JSON({"id": "a", "type": "ended", "date": "2026-02-01", "reason": "dead"},
                         {"id": "b", "type": "reopened", "date": "2026-02-02"},
                         {"id": "c", "type": "ended", "date": "2026-02-03", "reason": "other"}),
         PFH_PLAN_ENDED, PFH_REASON_OTHER},
        {PUBLISHED, JSON({"id": "a", "type": "ended", "date": "2026-03-02", "reason": "dead"}),
         PFH_PLAN_ACTIVE, 0}, /* after the day */
        {PUBLISHED, JSON({"id": "a", "type": "ended", "date": "2026-02-01", "reason": "dead"},
                         {"id": "b", "type": "corrected", "date": "2026-02-02", "of": "a"}),
         PFH_PLAN_ACTIVE, 0},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_plan *plan = plan_for(row[i].keys, row[i].events, "2026-03-01", NULL);

        cr_expect_eq(pfh_plan_status(plan), row[i].status, "row %zu", i);
        cr_expect_eq((int32_t)pfh_plan_cause(plan), row[i].cause, "row %zu", i);
        pfh_plan_free(plan);
    }
}

Test(view, a_child_is_under_18_on_the_day)
{
    static const struct {
        const char *birth, *as_of;
        int32_t child;
    } row[] = {
        {JSON("2008-05-04"), "2026-05-03", 1},
        {JSON("2008-05-04"), "2026-05-04", 0},
        {JSON("2008-02-29"), "2026-02-27", 1},
        {JSON("2008-02-29"), "2026-02-28", 0}, /* the month's last day */
        {JSON("2299-12-31"), "2026-02-28", 1},
        {JSON("1850-01-01"), "2026-02-28", 0},
        {"null", "2026-02-28", PFH_NONE},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        growing keys = {0};
        pfh_plan *plan;

        growing_print(&keys, PUBLISHED ",\"patient\":{\"birth_date\":%s}", row[i].birth);
        plan = plan_for(keys.data, "", row[i].as_of, NULL);
        cr_expect_eq(pfh_plan_child(plan), row[i].child, "%s on %s", row[i].birth, row[i].as_of);
        pfh_plan_free(plan);
        free(keys.data);
    }
}

Test(view, without_a_patient_nobody_knows_whether_it_is_a_child)
{
    pfh_plan *plan = plan_for(PUBLISHED, "", "2026-03-01", NULL);

    cr_expect_eq(pfh_plan_child(plan), PFH_NONE);
    pfh_plan_free(plan);
}

/* ---- What counts -------------------------------------------------------------------------- */

static void expect_state(const char *events, const char *as_of, const char *known_at,
                         pfh_state state)
{
    pfh_plan *plan = plan_for(PUBLISHED, events, as_of, known_at);

    cr_expect_eq(pfh_plan_point(plan, 1)->state, state, "%s, known at %s: %s", as_of,
                 known_at == NULL ? "any time" : known_at,
                 pfh_word(PFH_WORDS_STATE, (int32_t)pfh_plan_point(plan, 1)->state));
    pfh_plan_free(plan);
}

Test(view, an_event_counts_from_its_day_on)
{
    static const char declined[] = JSON({"id": "e", "type": "declined", "date": "2026-02-10",
                                         "point": 1});

    expect_state(declined, "2026-02-09", NULL, PFH_STATE_NONE);
    expect_state(declined, "2026-02-10", NULL, PFH_STATE_DECLINED);
}

Test(view, an_event_counts_from_when_it_was_known)
{
    static const char events[] = JSON({"id": "e", "type": "declined", "date": "2026-02-10",
                                       "point": 1, "recorded": "2026-02-12T10:00:00.5Z"},
                                      {"id": "f", "type": "accepted", "date": "2026-02-09",
                                       "point": 1});

    expect_state(events, "2026-02-20", NULL, PFH_STATE_DECLINED);
    expect_state(events, "2026-02-20", "2026-02-12T10:00:00.5Z", PFH_STATE_DECLINED);
    expect_state(events, "2026-02-20", "2026-02-12T11:00:00.500+01:00", PFH_STATE_DECLINED);
    /* what has no time always counts */
    expect_state(events, "2026-02-20", "2026-02-12T10:00:00.499999999Z", PFH_STATE_ACCEPTED);
    expect_state(events, "2026-02-09", "2299-12-31T00:00:00Z", PFH_STATE_ACCEPTED);
}

Test(view, a_void_event_does_not_count_once_that_is_known)
{
    static const char events[] =
        JSON({"id": "e", "type": "declined", "date": "2026-02-10", "point": 1},
             {"id": "c", "type": "corrected", "date": "2026-06-01", "of": "e",
              "recorded": "2026-02-14T10:00:00Z"},
             {"id": "d", "type": "corrected", "date": "2026-02-11", "of": "e",
              "recorded": "2026-02-12T10:00:00Z"},
             {"id": "f", "type": "corrected", "date": "2026-02-11", "of": "e",
              "recorded": "2026-02-13T10:00:00Z"});

    expect_state(events, "2026-02-10", NULL, PFH_STATE_NONE); /* whatever its own date */
    expect_state(events, "2026-02-20", "2026-02-12T10:00:00Z", PFH_STATE_NONE);
    expect_state(events, "2026-02-20", "2026-02-12T09:59:59Z", PFH_STATE_DECLINED);
    expect_state(JSON({"id": "e", "type": "declined", "date": "2026-02-10", "point": 1},
                      {"id": "c", "type": "corrected", "date": "2026-06-01", "of": "e"}),
                 "2026-02-20", "1999-01-01T00:00:00Z", PFH_STATE_NONE);
}

Test(view, what_names_an_event_that_does_not_count_has_no_effect)
{
    pfh_plan *plan = plan_for(PUBLISHED,
        JSON({"id": "m", "type": "message", "date": "2026-02-20", "to": "gp", "kind": "plo",
              "recorded": "2026-02-25T00:00:00Z"},
             {"id": "w", "type": "withheld", "date": "2026-02-20"},
             {"id": "e", "type": "performed", "date": "2026-02-20", "point": 1, "assessment":
                 {"distress": 9}, "recorded": "2026-02-25T00:00:00Z"},
             {"id": "r", "type": "receipt", "date": "2026-02-21", "of": "m", "status": "rejected"},
             {"id": "s", "type": "receipt", "date": "2026-02-21", "of": "w", "status": "rejected"},
             {"id": "f", "type": "followed_up", "date": "2026-02-21", "of": "e"},
             {"id": "g", "type": "followed_up", "date": "2026-02-21", "of": "w"}),
        "2026-03-01", "2026-02-24T00:00:00Z");

    cr_expect_eq(pfh_plan_point(plan, 1)->state, PFH_STATE_NONE);
    cr_expect_eq(pfh_plan_finding_count(plan), 0);
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++)
        cr_expect_null(pfh_plan_task(plan, i)->event);
    pfh_plan_free(plan);
}

Test(view, a_receipt_finds_its_message_among_many)
{
    for (int answered = 0; answered < 17; answered++) {
        growing events = {0};
        pfh_plan *plan;
        size_t missing = 0;

        for (int i = 0; i < 17; i++)
            growing_print(&events, "{\"id\":\"m%02d\",\"type\":\"message\",\"date\":\"2026-02-%02d\","
                                   "\"to\":\"gp\",\"kind\":\"plo\"},", i, 1 + i / 2);
        growing_print(&events, "{\"id\":\"r\",\"type\":\"receipt\",\"date\":\"2026-02-25\",\"of\":"
                               "\"m%02d\",\"status\":\"ok\"}", answered);
        plan = plan_for(PUBLISHED, events.data, "2026-03-01", NULL);
        for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
            const char *event = pfh_plan_task(plan, i)->event;
            missing += event != NULL;
            if (event != NULL)
                cr_expect_neq(atoi(event + 1), answered);
        }
        cr_expect_eq(missing, 16);
        pfh_plan_free(plan);
        free(events.data);
    }
}

/* ---- Which performance took which code ---------------------------------------------------- */

#define CODED(id, date) "{\"id\":\"" id "\",\"type\":\"coded\",\"date\":\"" date                  \
                        "\",\"point\":1,\"code\":\"WMFG10\"}"
#define PERFORMED(id, date) "{\"id\":\"" id "\",\"type\":\"performed\",\"date\":\"" date          \
                            "\",\"point\":1,\"assessment\":{}}"

Test(view, a_code_is_taken_by_the_performance_of_its_date_and_else_by_the_first)
{
    static const struct {
        const char *events, *findings; /* findings of codes, in order */
    } row[] = {
        {PERFORMED("p", "2026-02-10") "," CODED("c", "2026-02-10"), ""},
        {PERFORMED("p", "2026-02-10") "," CODED("c", "2026-02-11"), "wmfg10.date:c "},
        {PERFORMED("p", "2026-02-10") "," CODED("c", "2026-02-09"), "wmfg10.date:c "},
        {PERFORMED("p", "2026-02-10"), "wmfg10.missing:p "},
        {PERFORMED("p", "2026-02-10") "," PERFORMED("q", "2026-02-12") "," CODED("c", "2026-02-12"),
         "wmfg10.missing:p "},
        {PERFORMED("p", "2026-02-10") "," PERFORMED("q", "2026-02-12") "," CODED("c", "2026-02-12")
         "," CODED("d", "2026-02-11"), "wmfg10.date:d "},
        {PERFORMED("p", "2026-02-10") "," PERFORMED("q", "2026-02-10") "," CODED("c", "2026-02-10")
         "," CODED("d", "2026-02-10"), ""},
        {PERFORMED("p", "2026-02-10") "," CODED("c", "2026-02-10") "," CODED("d", "2026-02-10"),
         "wmfg10.duplicate:d "},
        {PERFORMED("p", "2026-02-10") "," PERFORMED("q", "2026-02-12") "," CODED("b", "2026-02-01")
         "," CODED("c", "2026-02-11") "," CODED("d", "2026-02-20"),
         "wmfg10.duplicate:d wmfg10.date:b wmfg10.date:c "},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_plan *plan = plan_for(PUBLISHED, row[i].events, "2026-02-20", NULL);
        growing text = {0};

        growing_add(&text, "", 0);
        for (size_t n = 0; n < pfh_plan_finding_count(plan); n++) {
            const pfh_finding *finding = pfh_plan_finding(plan, n);
            growing_print(&text, "%s:%s ", pfh_word(PFH_WORDS_FINDING, (int32_t)finding->kind),
                          finding->event);
        }
        cr_expect_str_eq(text.data == NULL ? "" : text.data, row[i].findings, "row %zu", i);
        free(text.data);
        pfh_plan_free(plan);
    }
}
/* clang-format on */
