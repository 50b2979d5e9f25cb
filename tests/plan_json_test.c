/*
 * `pfh-plan/1`: whole plans typed by hand.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

static const char empty[] = "{\"format\":\"pfh-pathway/1\",\"id\":\"b1f0c6e2\",\"edition\":"
                            "\"hdir-2022\",\"diagnosis\":{\"code\":\"C50.9\",\"date\":"
                            "\"2026-01-31\",\"informed\":\"2026-02-02\"}}";

static void expect_plan(const char *document, const char *policy_text_given, const char *as_of,
                        const char *known_at, int32_t explain, const char *written)
{
    pfh_pathway *pathway = pathway_of(document);
    pfh_policy *policy = policy_text_given == NULL ? NULL : policy_of(policy_text_given);
    pfh_plan *plan = NULL;
    char *text;

    cr_assert_eq(pfh_plan_derive_at(&plan, pathway, policy, day(as_of), known_at, NULL, NULL),
                 PFH_OK);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    text = plan_text(plan, explain);
    cr_expect_str_eq(text, written);
    pfh_string_free(text);
    pfh_plan_free(plan);
}

/* 2026-02-02 + 14 days is Monday 02-16; 2027-01-31 is a Sunday. */
Test(plan_json, the_plan_of_a_pathway_without_events)
{
    expect_plan(
        empty, NULL, "2026-02-02", NULL, 0,
        "{\"format\":\"pfh-plan/1\",\"pathway\":\"b1f0c6e2\",\"edition\":\"hdir-2022\","
        "\"as_of\":\"2026-02-02\",\"known_at\":null,\"status\":\"active\",\"reason\":null,"
        "\"child\":null,\"points\":["
        "{\"point\":1,\"level\":\"specialist\",\"unit\":null,\"role\":null,\"opens\":"
        "\"2026-02-02\",\"about\":null,\"closes\":null,\"estimated\":false,\"waiting_for\":null,"
        "\"state\":\"none\",\"since\":null,\"timing\":\"within\",\"appointment\":null,"
        "\"performed\":null,\"repeats\":0,\"superseded\":false,\"maps_to\":[1,2]},"
        "{\"point\":2,\"level\":\"municipality\",\"unit\":null,\"role\":null,\"opens\":"
        "\"2026-04-30\",\"about\":null,\"closes\":\"2026-05-31\",\"estimated\":false,"
        "\"waiting_for\":null,\"state\":\"none\",\"since\":null,\"timing\":\"before\","
        "\"appointment\":null,\"performed\":null,\"repeats\":0,\"superseded\":false,\"maps_to\":"
        "[3,4]},"
        "{\"point\":3,\"level\":\"municipality\",\"unit\":null,\"role\":null,\"opens\":"
        "\"2027-01-31\",\"about\":null,\"closes\":\"2027-07-31\",\"estimated\":false,"
        "\"waiting_for\":null,\"state\":\"none\",\"since\":null,\"timing\":\"before\","
        "\"appointment\":null,\"performed\":null,\"repeats\":0,\"superseded\":false,\"maps_to\":"
        "[5]}],\"tasks\":["
        "{\"id\":\"1.offer\",\"kind\":\"offer\",\"point\":1,\"from\":\"2026-02-02\",\"due\":"
        "\"2026-02-16\",\"state\":\"active\",\"level\":\"specialist\",\"unit\":null,\"role\":null,"
        "\"optional\":false,\"blocked\":null,\"event\":null},"
        "{\"id\":\"2.offer\",\"kind\":\"offer\",\"point\":2,\"from\":\"2026-04-16\",\"due\":"
        "\"2026-04-30\",\"state\":\"waiting\",\"level\":\"municipality\",\"unit\":null,\"role\":"
        "null,\"optional\":false,\"blocked\":null,\"event\":null},"
        "{\"id\":\"2.window_closing\",\"kind\":\"window_closing\",\"point\":2,\"from\":"
        "\"2026-05-17\",\"due\":\"2026-05-31\",\"state\":\"waiting\",\"level\":\"municipality\","
        "\"unit\":null,\"role\":null,\"optional\":false,\"blocked\":null,\"event\":null},"
        "{\"id\":\"3.offer\",\"kind\":\"offer\",\"point\":3,\"from\":\"2027-01-17\",\"due\":"
        "\"2027-01-29\",\"state\":\"waiting\",\"level\":\"municipality\",\"unit\":null,\"role\":"
        "null,\"optional\":false,\"blocked\":null,\"event\":null},"
        "{\"id\":\"3.window_closing\",\"kind\":\"window_closing\",\"point\":3,\"from\":"
        "\"2027-07-17\",\"due\":\"2027-07-31\",\"state\":\"waiting\",\"level\":\"municipality\","
        "\"unit\":null,\"role\":null,\"optional\":false,\"blocked\":null,\"event\":null}],"
        "\"findings\":[]}");
}

Test(plan_json, a_plan_with_nothing_to_do)
{
    expect_plan(
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"patient\":"
        "{\"birth_date\":\"2010-01-01\"},\"diagnosis\":{\"code\":\"D05\",\"date\":\"2026-01-31\"}}",
        NULL, "2026-02-02", "2026-02-02T11:00:00.100+01:00", 1,
        "{\"format\":\"pfh-plan/1\",\"pathway\":\"p1\",\"edition\":\"hdir-2022\","
        "\"as_of\":\"2026-02-02\",\"known_at\":\"2026-02-02T10:00:00.1Z\",\"status\":"
        "\"not_included\",\"reason\":\"not_cancer\",\"child\":true,\"points\":["
        "{\"point\":1,\"level\":\"specialist\",\"unit\":null,\"role\":null,\"opens\":"
        "\"2026-01-31\",\"about\":null,\"closes\":null,\"estimated\":false,\"waiting_for\":null,"
        "\"state\":\"closed\",\"since\":null,\"timing\":\"within\",\"appointment\":null,"
        "\"performed\":null,\"repeats\":0,\"superseded\":false,\"maps_to\":[1,2],\"because\":["
        "{\"date\":\"2026-01-31\",\"is\":\"opens\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P0D\",\"rule\":\"hdir-2022/1/opens\",\"source\":\"G\"}]},"
        "{\"point\":2,\"level\":\"municipality\",\"unit\":null,\"role\":null,\"opens\":"
        "\"2026-04-30\",\"about\":null,\"closes\":\"2026-05-31\",\"estimated\":false,"
        "\"waiting_for\":null,\"state\":\"closed\",\"since\":null,\"timing\":\"before\","
        "\"appointment\":null,\"performed\":null,\"repeats\":0,\"superseded\":false,\"maps_to\":"
        "[3,4],\"because\":["
        "{\"date\":\"2026-04-30\",\"is\":\"opens\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P3M\",\"rule\":\"hdir-2022/2/opens\",\"source\":\"G\"},"
        "{\"date\":\"2026-05-31\",\"is\":\"closes\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P4M\",\"rule\":\"hdir-2022/2/closes\",\"source\":\"G\"}]},"
        "{\"point\":3,\"level\":\"municipality\",\"unit\":null,\"role\":null,\"opens\":"
        "\"2027-01-31\",\"about\":null,\"closes\":\"2027-07-31\",\"estimated\":false,"
        "\"waiting_for\":null,\"state\":\"closed\",\"since\":null,\"timing\":\"before\","
        "\"appointment\":null,\"performed\":null,\"repeats\":0,\"superseded\":false,\"maps_to\":"
        "[5],\"because\":["
        "{\"date\":\"2027-01-31\",\"is\":\"opens\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P12M\",\"rule\":\"hdir-2022/3/opens\",\"source\":\"G\"},"
        "{\"date\":\"2027-07-31\",\"is\":\"closes\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P18M\",\"rule\":\"hdir-2022/3/closes\",\"source\":\"G\"}]}],"
        "\"tasks\":[],\"findings\":[]}");
}

/* A performance at point 1 on a Friday, late to be coded, and an appointment at point 2. */
Test(plan_json, a_plan_with_every_kind_of_row_filled_in)
{
    expect_plan(
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"patient\":"
        "{\"birth_date\":\"1972-09-13\"},\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-31\"},"
        "\"events\":[{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,"
        "\"assessment\":{}},{\"id\":\"e2\",\"type\":\"scheduled\",\"date\":\"2026-02-23\","
        "\"point\":2,\"start\":\"2026-05-04T10:00\",\"minutes\":45,\"place\":\"Rom \\\"3\\\"\"},"
        "{\"id\":\"e3\",\"type\":\"form_sent\",\"date\":\"2026-02-24\",\"point\":2},"
        "{\"id\":\"e4\",\"type\":\"message\",\"date\":\"2026-02-24\",\"to\":\"gp\",\"kind\":"
        "\"letter\"},{\"id\":\"e5\",\"type\":\"excluded\",\"date\":\"2026-02-25\",\"point\":3,"
        "\"reason\":\"no_need\"}]}",
        "{\"format\":\"pfh-policy/1\",\"municipality_messages\":false,\"assign\":[{\"unit\":"
        "\"u1\",\"role\":\"nurse\"}]}",
        "2026-03-02", NULL, 1,
        "{\"format\":\"pfh-plan/1\",\"pathway\":\"p1\",\"edition\":\"hdir-2022\","
        "\"as_of\":\"2026-03-02\",\"known_at\":null,\"status\":\"active\",\"reason\":null,"
        "\"child\":false,\"points\":["
        "{\"point\":1,\"level\":\"specialist\",\"unit\":\"u1\",\"role\":\"nurse\",\"opens\":"
        "\"2026-01-31\",\"about\":null,\"closes\":null,\"estimated\":false,\"waiting_for\":null,"
        "\"state\":\"performed\",\"since\":\"2026-02-20\",\"timing\":\"within\",\"appointment\":"
        "null,\"performed\":{\"event\":\"e1\",\"date\":\"2026-02-20\",\"level\":\"specialist\"},"
        "\"repeats\":0,\"superseded\":false,\"maps_to\":[1,2],\"because\":["
        "{\"date\":\"2026-01-31\",\"is\":\"opens\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P0D\",\"rule\":\"hdir-2022/1/opens\",\"source\":\"G\"},"
        "{\"date\":\"2026-02-20\",\"is\":\"since\",\"anchor\":\"event:e1\",\"anchor_date\":"
        "\"2026-02-20\",\"add\":\"P0D\",\"rule\":null,\"source\":null}]},"
        "{\"point\":2,\"level\":\"municipality\",\"unit\":\"u1\",\"role\":\"nurse\",\"opens\":"
        "\"2026-04-30\",\"about\":null,\"closes\":\"2026-05-31\",\"estimated\":false,"
        "\"waiting_for\":null,\"state\":\"scheduled\",\"since\":\"2026-02-23\",\"timing\":"
        "\"before\",\"appointment\":{\"event\":\"e2\",\"start\":\"2026-05-04T10:00\",\"minutes\":"
        "45,\"place\":\"Rom \\\"3\\\"\"},\"performed\":null,\"repeats\":0,\"superseded\":false,"
        "\"maps_to\":[3,4],\"because\":["
        "{\"date\":\"2026-04-30\",\"is\":\"opens\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P3M\",\"rule\":\"hdir-2022/2/opens\",\"source\":\"G\"},"
        "{\"date\":\"2026-05-31\",\"is\":\"closes\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P4M\",\"rule\":\"hdir-2022/2/closes\",\"source\":\"G\"},"
        "{\"date\":\"2026-02-23\",\"is\":\"since\",\"anchor\":\"event:e2\",\"anchor_date\":"
        "\"2026-02-23\",\"add\":\"P0D\",\"rule\":null,\"source\":null}]},"
        "{\"point\":3,\"level\":\"municipality\",\"unit\":\"u1\",\"role\":\"nurse\",\"opens\":"
        "\"2027-01-31\",\"about\":null,\"closes\":\"2027-07-31\",\"estimated\":false,"
        "\"waiting_for\":null,\"state\":\"excluded\",\"since\":\"2026-02-25\",\"timing\":"
        "\"before\",\"appointment\":null,\"performed\":null,\"repeats\":0,\"superseded\":false,"
        "\"maps_to\":[5],\"because\":["
        "{\"date\":\"2027-01-31\",\"is\":\"opens\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P12M\",\"rule\":\"hdir-2022/3/opens\",\"source\":\"G\"},"
        "{\"date\":\"2027-07-31\",\"is\":\"closes\",\"anchor\":\"diagnosis.date\",\"anchor_date\":"
        "\"2026-01-31\",\"add\":\"P18M\",\"rule\":\"hdir-2022/3/closes\",\"source\":\"G\"},"
        "{\"date\":\"2026-02-25\",\"is\":\"since\",\"anchor\":\"event:e5\",\"anchor_date\":"
        "\"2026-02-25\",\"add\":\"P0D\",\"rule\":null,\"source\":null}]}],\"tasks\":["
        "{\"id\":\"1.register_code.e1\",\"kind\":\"register_code\",\"point\":1,\"from\":"
        "\"2026-02-20\",\"due\":\"2026-02-27\",\"state\":\"late\",\"level\":\"specialist\","
        "\"unit\":\"u1\",\"role\":\"nurse\",\"optional\":false,\"blocked\":null,\"event\":\"e1\","
        "\"because\":["
        "{\"date\":\"2026-02-20\",\"is\":\"from\",\"anchor\":\"event:e1\",\"anchor_date\":"
        "\"2026-02-20\",\"add\":\"P0D\",\"rule\":null,\"source\":null},"
        "{\"date\":\"2026-02-27\",\"is\":\"due\",\"anchor\":\"event:e1\",\"anchor_date\":"
        "\"2026-02-20\",\"add\":\"P7D\",\"rule\":\"policy/coding_days\",\"source\":\"ours\"}]},"
        "{\"id\":\"1.notify_municipality\",\"kind\":\"notify_municipality\",\"point\":1,\"from\":"
        "\"2026-02-20\",\"due\":\"2026-02-27\",\"state\":\"late\",\"level\":\"specialist\","
        "\"unit\":\"u1\",\"role\":\"nurse\",\"optional\":false,\"blocked\":\"no_agreement\","
        "\"event\":null,\"because\":["
        "{\"date\":\"2026-02-20\",\"is\":\"from\",\"anchor\":\"event:e1\",\"anchor_date\":"
        "\"2026-02-20\",\"add\":\"P0D\",\"rule\":null,\"source\":null},"
        "{\"date\":\"2026-02-27\",\"is\":\"due\",\"anchor\":\"event:e1\",\"anchor_date\":"
        "\"2026-02-20\",\"add\":\"P7D\",\"rule\":\"policy/summary_days\",\"source\":\"ours\"}]},"
        "{\"id\":\"2.hold\",\"kind\":\"hold\",\"point\":2,\"from\":\"2026-05-04\",\"due\":"
        "\"2026-05-04\",\"state\":\"waiting\",\"level\":\"municipality\",\"unit\":\"u1\",\"role\":"
        "\"nurse\",\"optional\":false,\"blocked\":null,\"event\":null,\"because\":["
        "{\"date\":\"2026-05-04\",\"is\":\"from\",\"anchor\":\"event:e2\",\"anchor_date\":"
        "\"2026-05-04\",\"add\":\"P0D\",\"rule\":null,\"source\":null},"
        "{\"date\":\"2026-05-04\",\"is\":\"due\",\"anchor\":\"event:e2\",\"anchor_date\":"
        "\"2026-05-04\",\"add\":\"P0D\",\"rule\":null,\"source\":null}]}],\"findings\":["
        "{\"id\":\"wmfg10.missing\",\"severity\":\"error\",\"point\":1,\"event\":\"e1\"}]}");
}

/* ---- Details ------------------------------------------------------------------------------ */

/* What stands in the plan of a pathway of the draft; treated on 2026-02-10, so that 2 and 3 are
 * open. */
static char *draft_plan(const char *events, int32_t explain)
{
    growing text = {0};
    pfh_pathway *pathway;
    pfh_plan *plan = NULL;
    char *json;

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2021-draft\","
                  "\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-31\"},\"events\":[%s]}",
                  events);
    pathway = pathway_of(text.data);
    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day("2026-04-20"), NULL), PFH_OK);
    json = plan_text(plan, explain);
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
    free(text.data);
    return json;
}

Test(plan_json, what_is_not_known_yet_is_null)
{
    char *json = draft_plan("", 1);

    expect_piece(json, "\"opens\":null,\"about\":null,\"closes\":null,\"estimated\":false,"
                       "\"waiting_for\":\"treatment_started\",\"state\":\"none\",\"since\":null,"
                       "\"timing\":\"unknown\"");
    expect_piece(json, "\"waiting_for\":\"point:3\"");
    expect_piece(json, "\"maps_to\":[1],\"because\":[{");
    expect_piece(json, "\"maps_to\":[3],\"because\":[]}],\"tasks\":[");
    expect_piece(json, "{\"id\":\"anchor.missing\",\"severity\":\"warning\",\"point\":2,\"event\":"
                       "null}]}");
    pfh_string_free(json);
}

Test(plan_json, amounts_before_and_after_and_of_working_days)
{
    char *json =
        draft_plan("{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-03-20\","
                   "\"point\":3,\"start\":\"2026-05-08\"},{\"id\":\"m\",\"type\":"
                   "\"message\",\"date\":\"2026-02-20\",\"to\":\"other\",\"kind\":\"plo\"}",
                   1);

    expect_piece(json, "\"estimated\":true");
    expect_piece(json, "{\"date\":\"2026-07-25\",\"is\":\"opens\",\"anchor\":\"about\","
                       "\"anchor_date\":\"2026-08-08\",\"add\":\"-P14D\",\"rule\":"
                       "\"hdir-2021-draft/4/opens\",\"source\":\"ours\"}");
    expect_piece(json, "{\"date\":\"2026-08-08\",\"is\":\"about\",\"anchor\":\"event:s\","
                       "\"anchor_date\":\"2026-05-08\",\"add\":\"P3M\",\"rule\":"
                       "\"hdir-2021-draft/4/about\",\"source\":\"D\"}");
    expect_piece(json, "{\"date\":\"2027-06-07\",\"is\":\"closes\",\"anchor\":\"about\","
                       "\"anchor_date\":\"2027-05-08\",\"add\":\"P30D\",\"rule\":"
                       "\"hdir-2021-draft/5/closes\",\"source\":\"ours\"}");
    /* three working days came to five */
    expect_piece(json, "{\"id\":\"0.follow_up_message.m\",\"kind\":\"follow_up_message\",\"point\":"
                       "null,\"from\":\"2026-02-25\",\"due\":\"2026-02-25\",\"state\":\"late\","
                       "\"level\":null,\"unit\":null,\"role\":null,\"optional\":false,\"blocked\":"
                       "null,\"event\":\"m\",\"because\":[{\"date\":\"2026-02-25\",\"is\":\"from\","
                       "\"anchor\":\"event:m\",\"anchor_date\":\"2026-02-20\",\"add\":\"P5D\","
                       "\"rule\":\"policy/receipt_working_days\",\"source\":\"ours\"}");
    pfh_string_free(json);
}

Test(plan_json, point_3_is_named_as_an_anchor)
{
    char *json = draft_plan("{\"id\":\"e\",\"type\":\"performed\",\"date\":\"2026-04-08\","
                            "\"point\":3,\"assessment\":{}}",
                            1);

    expect_piece(json, "\"is\":\"about\",\"anchor\":\"point:3\",\"anchor_date\":\"2026-04-08\","
                       "\"add\":\"P12M\"");
    pfh_string_free(json);
}

Test(plan_json, explain_is_anything_but_zero)
{
    char *plain = draft_plan("", 0), *explained = draft_plan("", 1), *other = draft_plan("", -7);

    cr_expect_null(strstr(plain, "because"));
    cr_expect_str_eq(other, explained);
    pfh_string_free(plain);
    pfh_string_free(explained);
    pfh_string_free(other);
}

Test(plan_json, a_missing_argument_is_refused)
{
    pfh_pathway *pathway = pathway_of(empty);
    pfh_plan *plan = NULL;
    char *text = (char *)1;
    pfh_error error;

    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day("2026-02-02"), NULL), PFH_OK);
    cr_expect_eq(pfh_plan_to_json(NULL, plan, 0, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_plan_to_json(&text, NULL, 0, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "plan");
    cr_expect_eq(text, (char *)1, "the output was touched");
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
}
