/*
 * The rows of findings: which, how grave, at which point and about which event.
 *
 * A row is written as: id severity point event, with `-` for what is not there.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define JSON(...) #__VA_ARGS__

static void expect_findings(const char *edition, const char *events, const char *policy_keys,
                            const char *as_of, const char *rows)
{
    growing got = {0};
    char keys[200];
    pfh_plan *plan;

    snprintf(keys, sizeof keys,
             "\"edition\":\"%s\",\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-31\"}",
             edition);
    plan = plan_with(keys, events, policy_keys, as_of, NULL);
    for (size_t i = 0; i < pfh_plan_finding_count(plan); i++) {
        const pfh_finding *finding = pfh_plan_finding(plan, i);

        growing_print(&got, "%s %s %d %s\n", pfh_word(PFH_WORDS_FINDING, (int32_t)finding->kind),
                      pfh_word(PFH_WORDS_SEVERITY, (int32_t)finding->severity), (int)finding->point,
                      finding->event == NULL ? "-" : finding->event);
    }
    cr_expect_str_eq(got.data == NULL ? "" : got.data, rows, "%s", events);
    pfh_plan_free(plan);
    free(got.data);
}

/* clang-format off */
Test(finding, each_kind_has_its_severity_its_point_and_its_event)
{
    static const struct {
        const char *events, *policy, *as_of, *rows;
    } row[] = {
        {"", "", "2026-12-31", ""},
        /* the task is due on 02-27 */
        {JSON({"id": "p", "type": "performed", "date": "2026-02-20", "point": 1,
               "assessment": {}}), "", "2026-02-27", "wmfg10.missing warning 1 p\n"},
        {JSON({"id": "p", "type": "performed", "date": "2026-02-20", "point": 1,
               "assessment": {}}), "", "2026-02-28", "wmfg10.missing error 1 p\n"},
        {JSON({"id": "c", "type": "coded", "date": "2026-02-20", "point": 2, "code": "WMFG10"}), "",
         "2026-02-28", "wmfg10.not_performed error 2 c\n"},
        {JSON({"id": "p", "type": "performed", "date": "2026-02-20", "point": 2, "assessment": {}},
              {"id": "c", "type": "coded", "date": "2026-02-20", "point": 2, "code": "WMFG10"}), "",
         "2026-02-28", "wmfg10.municipal error 2 c\n"},
        {JSON({"id": "p", "type": "performed", "date": "2026-02-20", "point": 1, "assessment": {}},
              {"id": "c", "type": "coded", "date": "2026-02-20", "point": 1, "code": "WMFG10"},
              {"id": "d", "type": "coded", "date": "2026-02-20", "point": 1, "code": "WMFG10"}), "",
         "2026-02-28", "wmfg10.duplicate error 1 d\n"},
        {JSON({"id": "p", "type": "performed", "date": "2026-02-20", "point": 1, "assessment": {}},
              {"id": "c", "type": "coded", "date": "2026-02-21", "point": 1, "code": "WMFG10"}), "",
         "2026-02-28", "wmfg10.date warning 1 c\n"},
        {JSON({"id": "c", "type": "coded", "date": "2026-02-21", "point": 1, "code": "WMFG1"}), "",
         "2026-02-28", "code.unknown warning 1 c\n"},
        {JSON({"id": "c", "type": "coded", "date": "2026-02-21", "point": 1, "code": "WMFG1"}),
         ",\"extra_codes\":[\"A\",\"WMFG1\"]", "2026-02-28", ""},
        {JSON({"id": "c", "type": "coded", "date": "2026-02-21", "point": 1, "code": "WMFG1"}),
         ",\"extra_codes\":[\"wmfg1\",\"WMFG10\"]", "2026-02-28", "code.unknown warning 1 c\n"},
        {JSON({"id": "o", "type": "offered", "date": "2026-01-30", "point": 1},
              {"id": "m", "type": "moved", "date": "2026-01-30", "municipality": "4003"},
              {"id": "w", "type": "withheld", "date": "2026-01-30"},
              {"id": "x", "type": "corrected", "date": "2026-01-30", "of": "w"}), "", "2026-02-28",
         "event.before_diagnosis warning 0 m\nevent.before_diagnosis warning 1 o\n"},
        {JSON({"id": "a", "type": "ended", "date": "2026-02-01", "reason": "dead"},
              {"id": "b", "type": "offered", "date": "2026-02-01", "point": 2},
              {"id": "b2", "type": "offered", "date": "2026-02-01", "point": 2,
               "recorded": "2026-02-01T10:00:00Z"}, /* in order after it, but of the same day */
              {"id": "c", "type": "offered", "date": "2026-02-02", "point": 2},
              {"id": "d", "type": "ended", "date": "2026-02-02", "reason": "other"},
              {"id": "e", "type": "message", "date": "2026-02-02", "to": "gp", "kind": "letter"},
              {"id": "f", "type": "coded", "date": "2026-02-02", "point": 2, "code": "A"},
              {"id": "g", "type": "withheld", "date": "2026-02-02"},
              {"id": "h", "type": "reopened", "date": "2026-02-03"},
              {"id": "i", "type": "offered", "date": "2026-02-04", "point": 2}),
         ",\"extra_codes\":[\"A\"]", "2026-02-28",
         "event.after_end warning 0 d\nevent.after_end warning 2 c\n"},
        {JSON({"id": "p", "type": "performed", "date": "2026-05-20", "point": 2, "assessment": {}},
              {"id": "q", "type": "performed", "date": "2026-05-19", "point": 3,
               "assessment": {}}), "", "2026-06-28", "point.order warning 3 q\n"},
        {JSON({"id": "o", "type": "declined", "date": "2026-05-18", "point": 2},
              {"id": "p", "type": "performed", "date": "2026-05-20", "point": 2, "assessment": {}},
              {"id": "q", "type": "accepted", "date": "2026-05-21", "point": 2}), "", "2026-06-28",
         "performed.after_decline info 2 p\n"},
        {JSON({"id": "o", "type": "declined", "date": "2026-05-18", "point": 2},
              {"id": "n", "type": "accepted", "date": "2026-05-19", "point": 2},
              {"id": "p", "type": "performed", "date": "2026-05-20", "point": 2}), "", "2026-06-28",
         "assessment.missing info 2 p\n"},
        {JSON({"id": "p", "type": "performed", "date": "2026-05-20", "point": 2, "assessment":
               {"distress": 4, "topics": [{"topic": "nutrition", "need": "follow_up"},
                                          {"topic": "x_a", "need": "none"}]}}), "", "2026-06-28",
         "assessment.distress info 2 p\nneed.no_responsible warning 2 p\n"},
        {JSON({"id": "p", "type": "performed", "date": "2026-05-20", "point": 2, "assessment":
               {"distress": 3, "topics": [{"topic": "nutrition", "need": "follow_up",
                                           "responsible": {"role": "gp"}}]}}), "", "2026-06-28",
         ""},
        {JSON({"id": "m", "type": "message", "date": "2026-05-20", "to": "municipality",
               "kind": "letter"},
              {"id": "n", "type": "message", "date": "2026-05-20", "to": "municipality",
               "kind": "letter", "point": 2},
              {"id": "o", "type": "message", "date": "2026-05-20", "to": "gp", "kind": "letter"}),
         ",\"municipality_messages\":false", "2026-06-28",
         "message.no_agreement warning 0 m\nmessage.no_agreement warning 2 n\n"},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        expect_findings("hdir-2022", row[i].events, row[i].policy, row[i].as_of, row[i].rows);
}

Test(finding, a_topic_that_the_draft_does_not_have_is_told)
{
    static const struct {
        const char *topic;
        int in_draft;
    } row[] = {
        {"family_network", 1}, {"work_school", 1}, {"economy_housing", 1}, {"home_help", 1},
        {"rehabilitation", 0}, {"physical_activity", 1}, {"nutrition", 1}, {"own_health", 1},
        {"coping_learning", 0}, {"leisure_social", 1}, {"mental_health", 1}, {"sexual_health", 0},
        {"oral_health", 0}, {"x_mine", 1},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        growing events = {0};

        growing_print(&events, "{\"id\":\"p\",\"type\":\"performed\",\"date\":\"2026-05-20\","
                               "\"point\":3,\"assessment\":{\"topics\":[{\"topic\":\"%s\",\"need\":"
                               "\"none\"}]}}", row[i].topic);
        expect_findings("hdir-2021-draft", events.data, ",\"anchor_days\":3650", "2026-05-20",
                        row[i].in_draft ? "" : "topic.not_in_edition info 3 p\n");
        expect_findings("hdir-2022", events.data, "", "2026-05-20", "");
        free(events.data);
    }
}

Test(finding, a_missing_anchor_is_told_once_for_the_lowest_point_after_60_days)
{
    static const char point_2[] = JSON({"id": "p", "type": "performed", "date": "2026-02-20",
                                        "point": 2, "level": "municipality", "assessment": {}});
    static const char both[] = JSON({"id": "p", "type": "performed", "date": "2026-02-20",
                                     "point": 2, "level": "municipality", "assessment": {}},
                                    {"id": "q", "type": "performed", "date": "2026-02-21",
                                     "point": 3, "assessment": {}});

    expect_findings("hdir-2021-draft", "", "", "2026-04-01", "");
    expect_findings("hdir-2021-draft", "", "", "2026-04-02", "anchor.missing warning 2 -\n");
    expect_findings("hdir-2021-draft", "", ",\"anchor_days\":0", "2026-02-01",
                    "anchor.missing warning 2 -\n");
    expect_findings("hdir-2021-draft", point_2, "", "2026-04-02", "anchor.missing warning 3 -\n");
    expect_findings("hdir-2021-draft", both, "", "2026-04-02", "");
    expect_findings("hdir-2021-draft",
                    JSON({"id": "t", "type": "treatment_started", "date": "2026-04-02"}), "",
                    "2026-04-02", "");
    expect_findings("hdir-2021-draft",
                    JSON({"id": "x", "type": "ended", "date": "2026-02-02", "reason": "dead"}), "",
                    "2026-04-02", "");
    expect_findings("hdir-2022", "", "", "2026-04-02", "");
}

Test(finding, at_one_point_those_without_an_event_come_first_and_then_by_id)
{
    expect_findings("hdir-2021-draft",
                    JSON({"id": "b", "type": "coded", "date": "2026-02-20", "point": 2,
                          "code": "A"},
                         {"id": "a", "type": "coded", "date": "2026-02-21", "point": 2,
                          "code": "A"},
                         {"id": "c", "type": "coded", "date": "2026-02-19", "point": 1,
                          "code": "WMFG10"},
                         {"id": "m", "type": "moved", "date": "2026-01-01",
                          "municipality": "4003"}),
                    "", "2026-05-01",
                    "event.before_diagnosis warning 0 m\n"
                    "wmfg10.not_performed error 1 c\n"
                    "code.unknown warning 2 a\ncode.unknown warning 2 b\n"
                    "anchor.missing warning 2 -\n");
}
/* clang-format on */

Test(finding, many_of_them_are_in_order)
{
    growing events = {0}, rows = {0};

    for (int i = 0; i < 60; i++) { /* more than fit at first, dates and ids against each other */
        growing_print(&events,
                      "%s{\"id\":\"c%02d\",\"type\":\"coded\",\"date\":\"2026-02-%02d\",\"point\":"
                      "%d,\"code\":\"A\"}",
                      i == 0 ? "" : ",", (i * 7) % 60, 2 + i % 20, 1 + (i * 7) % 60 / 30);
        growing_print(&rows, "code.unknown warning %d c%02d\n", 1 + i / 30, i);
    }
    expect_findings("hdir-2022", events.data, "", "2026-03-01", rows.data);
    free(events.data);
    free(rows.data);
}
