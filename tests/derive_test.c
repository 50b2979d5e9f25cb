/*
 * Deriving: arguments, terms, and that a plan stands alone.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <string.h>

#define PUBLISHED                                                                                  \
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"diagnosis\":"         \
    "{\"code\":\"C50\",\"date\":\"2026-01-31\"}"
#define DRAFT                                                                                      \
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p2\",\"edition\":\"hdir-2021-draft\",\"diagnosis\":"   \
    "{\"code\":\"C50\",\"date\":\"2021-09-01\"}"

static pfh_plan *const untouched = (pfh_plan *)1;

/* Expects a plan to be refused, by derive_at() and by derive_many(), which then touches nothing. */
static void expect_refused(const pfh_pathway *pathway, pfh_date as_of, const char *known_at,
                           const char *edition, pfh_status status, const char *where)
{
    pfh_plan *plan = untouched;
    pfh_error error;
    size_t failed = 4711;

    cr_expect_eq(pfh_plan_derive_at(&plan, pathway, NULL, as_of, known_at, edition, &error), status,
                 "%s", where);
    cr_expect_eq(error.status, status);
    cr_expect_str_eq(error.where, where);
    cr_expect_eq(pfh_plan_derive_at(&plan, pathway, NULL, as_of, known_at, edition, NULL), status);
    cr_expect_eq(pfh_plan_derive_many(&plan, NULL, &failed, &pathway, 1, NULL, as_of, known_at,
                                      edition, &error),
                 status);
    cr_expect_str_eq(error.where, where);
    cr_expect_eq(failed, 4711);
    cr_expect_eq(plan, untouched, "the output was touched");
}

/* ---- Arguments ---------------------------------------------------------------------------- */

Test(derive, a_missing_argument_is_refused)
{
    pfh_pathway *pathway = pathway_of(PUBLISHED "}");
    const pfh_pathway *const one[] = {pathway};
    pfh_plan *plan = untouched;
    pfh_error error;
    pfh_date today = day("2026-02-02");

    cr_expect_eq(pfh_plan_derive(NULL, pathway, NULL, today, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_plan_derive(&plan, NULL, NULL, today, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "pathway");
    cr_expect_eq(pfh_plan_derive_at(NULL, NULL, NULL, today, NULL, NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_plan_derive_at(&plan, NULL, NULL, today, NULL, NULL, NULL), PFH_E_ARG);
    cr_expect_eq(pfh_plan_derive_many(NULL, NULL, NULL, one, 1, NULL, today, NULL, NULL, &error),
                 PFH_E_ARG);
    cr_expect_str_eq(error.where, "plans");
    cr_expect_eq(pfh_plan_derive_many(&plan, NULL, NULL, NULL, 1, NULL, today, NULL, NULL, &error),
                 PFH_E_ARG);
    cr_expect_str_eq(error.where, "pathways");
    cr_expect_eq(plan, untouched, "the output was touched");
    pfh_pathway_free(pathway);
}

Test(derive, the_day_is_of_the_range)
{
    pfh_pathway *pathway = pathway_of(PUBLISHED "}");
    const pfh_date wrong[] = {pfh_date_min() - 1, pfh_date_max() + 1, PFH_NONE, INT32_MAX};
    const pfh_date right[] = {pfh_date_min(), pfh_date_max(), 0};

    for (size_t i = 0; i < COUNT(wrong); i++)
        expect_refused(pathway, wrong[i], NULL, NULL, PFH_E_DATE, "as_of");
    for (size_t i = 0; i < COUNT(right); i++) {
        pfh_plan *plan = NULL;
        cr_expect_eq(pfh_plan_derive(&plan, pathway, NULL, right[i], NULL), PFH_OK);
        cr_expect_eq(pfh_plan_as_of(plan), right[i]);
        pfh_plan_free(plan);
    }
    pfh_pathway_free(pathway);
}

Test(derive, what_was_known_is_a_timestamp_and_kept_in_utc)
{
    static const char *const wrong[] = {"",    "2026-02-02",           "2026-02-02T10:00:00",
                                        "now", "2026-02-30T10:00:00Z", "2026-02-02T10:00:00z"};
    static const char *const right[][2] = {
        {"2026-02-02T10:00:00Z", "2026-02-02T10:00:00Z"},
        {"2026-02-02T00:30:00.120+01:00", "2026-02-01T23:30:00.12Z"},
        {"1850-01-01T00:00:00Z", "1850-01-01T00:00:00Z"},
    };
    pfh_pathway *pathway = pathway_of(PUBLISHED "}");
    pfh_date today = day("2026-02-02");
    pfh_plan *plan = NULL;

    for (size_t i = 0; i < COUNT(wrong); i++)
        expect_refused(pathway, today, wrong[i], NULL, PFH_E_DATE, "known_at");
    for (size_t i = 0; i < COUNT(right); i++) {
        cr_assert_eq(pfh_plan_derive_at(&plan, pathway, NULL, today, right[i][0], NULL, NULL),
                     PFH_OK);
        cr_expect_str_eq(pfh_plan_known_at(plan), right[i][1]);
        pfh_plan_free(plan);
    }
    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, today, NULL), PFH_OK);
    cr_expect_null(pfh_plan_known_at(plan));
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
}

/* ---- Editions ----------------------------------------------------------------------------- */

Test(derive, an_unknown_edition_is_refused)
{
    pfh_pathway *pathway = pathway_of(PUBLISHED "}");

    expect_refused(pathway, day("2026-02-02"), NULL, "hdir-2023", PFH_E_EDITION, "/edition");
    expect_refused(pathway, day("2026-02-02"), NULL, "", PFH_E_EDITION, "/edition");
    pfh_pathway_free(pathway);
}

Test(derive, the_draft_is_planned_under_the_guideline_and_not_the_other_way)
{
    static const struct {
        const char *document, *edition, *planned; /* NULL: refused */
    } row[] = {
        {PUBLISHED "}", NULL, "hdir-2022"},
        {PUBLISHED "}", "hdir-2022", "hdir-2022"},
        {PUBLISHED "}", "hdir-2021-draft", NULL},
        {DRAFT "}", NULL, "hdir-2021-draft"},
        {DRAFT "}", "hdir-2021-draft", "hdir-2021-draft"},
        {DRAFT "}", "hdir-2022", "hdir-2022"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_pathway *pathway = pathway_of(row[i].document);
        pfh_plan *plan = untouched;
        pfh_error error;
        pfh_status status = pfh_plan_derive_at(&plan, pathway, NULL, day("2026-02-02"), NULL,
                                               row[i].edition, &error);

        if (row[i].planned == NULL) {
            cr_expect_eq(status, PFH_E_EDITION);
            cr_expect_str_eq(error.where, "/edition");
            cr_expect_eq(plan, untouched);
        } else {
            cr_assert_eq(status, PFH_OK);
            cr_expect_eq(pfh_plan_edition(plan), pfh_edition_find(row[i].planned));
            cr_expect_eq(pfh_plan_point_count(plan), (size_t)pfh_plan_edition(plan)->point_count);
            cr_expect_eq(pfh_plan_status(plan), PFH_PLAN_ACTIVE,
                         "the effective date stays that of the document's edition");
            pfh_plan_free(plan);
        }
        pfh_pathway_free(pathway);
    }
}

Test(derive, events_of_the_draft_stand_at_the_points_of_the_guideline)
{
    static const int32_t onto[] = {0, 1, 1, 2, 2, 3};

    for (int32_t point = 1; point <= 5; point++) {
        growing text = {0};
        pfh_pathway *pathway;
        pfh_plan *plan = NULL;

        growing_print(&text,
                      DRAFT ",\"events\":[{\"id\":\"e\",\"type\":\"declined\",\"date\":"
                            "\"2021-10-01\",\"point\":%d}]}",
                      (int)point);
        pathway = pathway_of(text.data);
        cr_assert_eq(
            pfh_plan_derive_at(&plan, pathway, NULL, day("2021-10-02"), NULL, "hdir-2022", NULL),
            PFH_OK);
        for (int32_t i = 1; i <= 3; i++)
            cr_expect_eq(pfh_plan_point(plan, i)->state,
                         i == onto[point] ? PFH_STATE_DECLINED : PFH_STATE_NONE);
        pfh_plan_free(plan);
        pfh_pathway_free(pathway);
        free(text.data);
    }
}

/* ---- A plan stands alone ------------------------------------------------------------------ */

static const char rich[] = PUBLISHED
    ",\"patient\":{\"birth_date\":\"2020-01-01\",\"municipality\":\"4003\"},\"events\":["
    "{\"id\":\"a\",\"type\":\"assigned\",\"date\":\"2026-02-01\",\"point\":1,\"level\":"
    "\"specialist\",\"unit\":\"u1\",\"role\":\"nurse\"},"
    "{\"id\":\"p\",\"type\":\"performed\",\"date\":\"2026-02-10\",\"point\":1,\"assessment\":"
    "{\"distress\":8,\"topics\":[{\"topic\":\"nutrition\",\"need\":\"follow_up\"}]}},"
    "{\"id\":\"c\",\"type\":\"coded\",\"date\":\"2026-02-11\",\"point\":1,\"code\":\"A\"},"
    "{\"id\":\"m\",\"type\":\"message\",\"date\":\"2026-02-11\",\"to\":\"other\",\"kind\":\"plo\"},"
    "{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-02-12\",\"point\":2,\"start\":"
    "\"2026-05-04T10:00\",\"place\":\"Rom 3\",\"minutes\":30}]}";

static const char rules[] =
    "{\"format\":\"pfh-policy/1\",\"municipality_messages\":false,\"assign\":[{\"unit\":\"u2\"}]}";

Test(derive, a_plan_outlives_its_pathway_and_its_policy)
{
    pfh_pathway *pathway = pathway_of(rich);
    pfh_policy *policy = policy_of(rules);
    pfh_plan *plan = NULL;
    char *before, *after;

    cr_assert_eq(pfh_plan_derive_at(&plan, pathway, policy, day("2026-02-20"),
                                    "2026-02-20T10:00:00Z", NULL, NULL),
                 PFH_OK);
    before = plan_text(plan, 1);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    pathway = pathway_of(rich); /* its memory is likely the same */
    pfh_pathway_free(pathway);
    after = plan_text(plan, 1);
    cr_expect_str_eq(after, before);
    pfh_string_free(before);
    pfh_string_free(after);
    pfh_plan_free(plan);
}

Test(derive, a_plan_is_not_changed_by_what_is_appended_later)
{
    pfh_pathway *pathway = pathway_of(rich);
    pfh_record *event = NULL;
    pfh_plan *plan = NULL, *later = NULL;
    char *before, *after, *changed;

    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day("2026-02-20"), NULL), PFH_OK);
    before = plan_text(plan, 1);
    cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
    pfh_record_set_text(event, "id", "x", NULL);
    pfh_record_set_text(event, "type", "corrected", NULL);
    pfh_record_set_text(event, "date", "2026-02-15", NULL);
    pfh_record_set_text(event, "of", "p", NULL);
    cr_assert_eq(pfh_pathway_append(pathway, event, NULL), PFH_OK);
    cr_assert_eq(pfh_plan_derive(&later, pathway, NULL, day("2026-02-20"), NULL), PFH_OK);
    after = plan_text(plan, 1);
    changed = plan_text(later, 1);
    cr_expect_str_eq(after, before);
    cr_expect_str_neq(changed, before);
    pfh_string_free(before);
    pfh_string_free(after);
    pfh_string_free(changed);
    pfh_record_free(event);
    pfh_plan_free(plan);
    pfh_plan_free(later);
    pfh_pathway_free(pathway);
}

Test(derive, the_same_inputs_give_the_same_plan)
{
    pfh_pathway *pathway = pathway_of(rich);
    pfh_policy *policy = policy_of(rules);
    char *first = NULL;

    for (int i = 0; i < 3; i++) {
        pfh_plan *plan = NULL;
        char *text;

        cr_assert_eq(pfh_plan_derive(&plan, pathway, policy, day("2026-02-20"), NULL), PFH_OK);
        text = plan_text(plan, 1);
        if (first == NULL)
            first = text;
        else {
            cr_expect_str_eq(text, first);
            pfh_string_free(text);
        }
        pfh_plan_free(plan);
    }
    pfh_string_free(first);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
}

Test(derive, without_a_policy_the_defaults_count)
{
    pfh_pathway *pathway = pathway_of(rich);
    pfh_policy *policy = policy_of("{\"format\":\"pfh-policy/1\"}");
    pfh_plan *with = NULL, *without = NULL;
    char *a, *b;

    cr_assert_eq(pfh_plan_derive(&with, pathway, policy, day("2026-02-20"), NULL), PFH_OK);
    cr_assert_eq(pfh_plan_derive(&without, pathway, NULL, day("2026-02-20"), NULL), PFH_OK);
    a = plan_text(with, 1);
    b = plan_text(without, 1);
    cr_expect_str_eq(a, b);
    pfh_string_free(a);
    pfh_string_free(b);
    pfh_plan_free(with);
    pfh_plan_free(without);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
}

/* ---- Many at once ------------------------------------------------------------------------- */

Test(derive, many_plans_are_those_of_single_calls)
{
    pfh_pathway *a = pathway_of(rich), *b = pathway_of(DRAFT "}");
    pfh_policy *policy = policy_of(rules);
    const pfh_pathway *const pathways[] = {a, NULL, b, a};
    pfh_plan *plans[4] = {untouched, untouched, untouched, untouched};
    pfh_error errors[4];
    size_t failed = 4711;

    memset(errors, 0xAA, sizeof errors);
    cr_assert_eq(pfh_plan_derive_many(plans, errors, &failed, pathways, 4, policy,
                                      day("2026-02-20"), "2026-02-20T10:00:00Z", NULL, NULL),
                 PFH_OK);
    cr_expect_eq(failed, 1);
    cr_expect_null(plans[1]);
    cr_expect_eq(errors[1].status, PFH_E_ARG);
    cr_expect_str_eq(errors[1].where, "pathways");
    for (size_t i = 0; i < 4; i++) {
        pfh_plan *alone = NULL;
        char *one, *other;

        if (pathways[i] == NULL)
            continue;
        cr_expect_eq(errors[i].status, PFH_OK);
        cr_assert_eq(pfh_plan_derive_at(&alone, pathways[i], policy, day("2026-02-20"),
                                        "2026-02-20T10:00:00Z", NULL, NULL),
                     PFH_OK);
        one = plan_text(alone, 1);
        other = plan_text(plans[i], 1);
        cr_expect_str_eq(other, one);
        pfh_string_free(one);
        pfh_string_free(other);
        pfh_plan_free(alone);
        pfh_plan_free(plans[i]);
    }
    pfh_policy_free(policy);
    pfh_pathway_free(a);
    pfh_pathway_free(b);
}

Test(derive, of_many_one_that_cannot_be_converted_fails_alone)
{
    pfh_pathway *a = pathway_of(PUBLISHED "}"), *b = pathway_of(DRAFT "}");
    const pfh_pathway *const pathways[] = {a, b};
    pfh_plan *plans[2] = {untouched, untouched};
    pfh_error errors[2];

    cr_assert_eq(pfh_plan_derive_many(plans, errors, NULL, pathways, 2, NULL, day("2026-02-20"),
                                      NULL, "hdir-2021-draft", NULL),
                 PFH_OK);
    cr_expect_null(plans[0]);
    cr_expect_eq(errors[0].status, PFH_E_EDITION);
    cr_expect_not_null(plans[1]);
    pfh_plan_free(plans[1]);
    /* the same without errors */
    cr_assert_eq(pfh_plan_derive_many(plans, NULL, NULL, pathways, 2, NULL, day("2026-02-20"), NULL,
                                      "hdir-2021-draft", NULL),
                 PFH_OK);
    cr_expect_null(plans[0]);
    pfh_plan_free(plans[1]);
    pfh_pathway_free(a);
    pfh_pathway_free(b);
}

Test(derive, of_none_there_is_none)
{
    pfh_plan *plan = untouched;
    size_t failed = 4711;

    cr_expect_eq(pfh_plan_derive_many(&plan, NULL, &failed, NULL, 0, NULL, day("2026-02-20"), NULL,
                                      NULL, NULL),
                 PFH_OK);
    cr_expect_eq(failed, 0);
    cr_expect_eq(plan, untouched);
}

/* ---- Reading ------------------------------------------------------------------------------ */

Test(derive, rows_are_there_as_far_as_they_are_counted)
{
    pfh_pathway *pathway = pathway_of(rich);
    pfh_plan *plan = NULL;

    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day("2026-02-20"), NULL), PFH_OK);
    pfh_pathway_free(pathway);
    cr_expect_str_eq(pfh_plan_pathway(plan), "p1");
    cr_expect_eq(pfh_plan_point_count(plan), 3);
    cr_expect_null(pfh_plan_point(plan, 0));
    cr_expect_null(pfh_plan_point(plan, -1));
    cr_expect_null(pfh_plan_point(plan, 4));
    cr_expect_null(pfh_plan_point(plan, INT32_MAX));
    cr_expect_null(pfh_plan_point(plan, INT32_MIN));
    for (int32_t i = 1; i <= 3; i++)
        cr_expect_eq(pfh_plan_point(plan, i)->point, i);
    cr_assert_gt(pfh_plan_task_count(plan), 3);
    cr_assert_gt(pfh_plan_finding_count(plan), 2);
    cr_expect_not_null(pfh_plan_task(plan, pfh_plan_task_count(plan) - 1));
    cr_expect_null(pfh_plan_task(plan, pfh_plan_task_count(plan)));
    cr_expect_null(pfh_plan_task(plan, SIZE_MAX));
    cr_expect_not_null(pfh_plan_finding(plan, pfh_plan_finding_count(plan) - 1));
    cr_expect_null(pfh_plan_finding(plan, pfh_plan_finding_count(plan)));
    cr_expect_null(pfh_plan_finding(plan, SIZE_MAX));
    pfh_plan_free(plan);
}

Test(derive, nothing_is_read_from_none)
{
    cr_expect_null(pfh_plan_pathway(NULL));
    cr_expect_null(pfh_plan_edition(NULL));
    cr_expect_eq(pfh_plan_as_of(NULL), PFH_NONE);
    cr_expect_null(pfh_plan_known_at(NULL));
    cr_expect_eq((int32_t)pfh_plan_status(NULL), 0);
    cr_expect_eq((int32_t)pfh_plan_cause(NULL), 0);
    cr_expect_eq(pfh_plan_child(NULL), PFH_NONE);
    cr_expect_eq(pfh_plan_point_count(NULL), 0);
    cr_expect_null(pfh_plan_point(NULL, 1));
    cr_expect_eq(pfh_plan_task_count(NULL), 0);
    cr_expect_null(pfh_plan_task(NULL, 0));
    cr_expect_eq(pfh_plan_finding_count(NULL), 0);
    cr_expect_null(pfh_plan_finding(NULL, 0));
    pfh_plan_free(NULL);
}

/* Rows that stand in a list are stepped through by their size: a field more is another ABI. */
Test(derive, a_reason_does_not_grow_within_a_major_version)
{
    cr_expect_eq(sizeof(pfh_reason), offsetof(pfh_reason, anchor_key) + sizeof(const char *));
    cr_expect_eq(offsetof(pfh_reason, anchor_key), offsetof(pfh_reason, anchor_type) + sizeof(char *));
}
