/*
 * Needs through time: how each topic stands on a day, what each assessment says beside those before
 * it, and both as pfh-needs/1.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* ---- Pathways ----------------------------------------------------------------------------- */

/* The needs of a pathway of an edition with these events, under a policy of these keys (which begin
 * with a comma), planned under an edition or, with NULL, its own. */
static pfh_needs *needs_under(const char *own, const char *events, const char *policy_keys,
                              const char *as_of, const char *known_at, const char *edition)
{
    growing text = {0}, rules = {0};
    pfh_pathway *pathway;
    pfh_policy *policy;
    pfh_needs *needs = NULL;
    pfh_error err = {0};

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"%s\","
                  "\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-01\"},\"events\":[",
                  own);
    growing_add(&text, events, strlen(events));
    growing_print(&text, "]}");
    growing_print(&rules, "{\"format\":\"pfh-policy/1\"%s}", policy_keys);
    pathway = pathway_of(text.data);
    policy = policy_of(rules.data);
    cr_assert_eq(pfh_needs_derive(&needs, pathway, policy, day(as_of), known_at, edition, &err),
                 PFH_OK, "%s", err.text);
    pfh_pathway_free(pathway); /* needs hold copies alone */
    pfh_policy_free(policy);
    free(text.data);
    free(rules.data);
    return needs;
}

static pfh_needs *needs_on(const char *events, const char *as_of)
{
    return needs_under("hdir-2022", events, "", as_of, NULL, NULL);
}

static pfh_needs *needs_of(const char *events)
{
    return needs_on(events, "2027-12-31");
}

/* Performances at point 2, each with its topics: "a" on 2026-02-01, "b" on 2026-03-01, ... */
static void add_performance(growing *events, char id, const char *topics, const char *more)
{
    growing_print(events,
                  "%s{\"id\":\"%c\",\"type\":\"performed\",\"date\":\"2026-%02d-01\","
                  "\"point\":2,\"assessment\":{\"topics\":[%s]}%s}",
                  events->size > 0 ? "," : "", id, id - 'a' + 2, topics, more);
}

#define NUTRITION(need) "{\"topic\":\"nutrition\",\"need\":\"" need "\"}"

static void expect_day(pfh_date date, const char *expected, const char *what)
{
    cr_expect_eq(date, expected == NULL ? PFH_NONE : day(expected), "%s", what);
}

static void expect_text(const char *text, const char *expected, const char *what)
{
    if (text == NULL || expected == NULL)
        cr_expect_eq(text, expected, "%s", what);
    else
        cr_expect_str_eq(text, expected, "%s", what);
}

/* ---- Which topics there are --------------------------------------------------------------- */

static void expect_topics(const pfh_needs *needs, const char *expected)
{
    growing found = {0};

    growing_print(&found, "%s", "");
    for (size_t i = 0; i < pfh_needs_topic_count(needs); i++)
        growing_print(&found, "%s%s", i > 0 ? " " : "", pfh_needs_topic(needs, i)->topic);
    cr_expect_str_eq(found.data, expected);
    cr_expect_null(pfh_needs_topic(needs, pfh_needs_topic_count(needs)));
    free(found.data);
}

#define TOPICS_2022                                                                                \
    "family_network work_school economy_housing home_help rehabilitation physical_activity "       \
    "nutrition own_health coping_learning leisure_social mental_health sexual_health oral_health"
#define TOPICS_DRAFT                                                                               \
    "family_network work_school economy_housing home_help physical_activity nutrition "            \
    "own_health leisure_social mental_health"

Test(needs, every_topic_of_the_edition_has_a_row_before_anything_was_discussed)
{
    pfh_needs *needs = needs_of("");

    expect_topics(needs, TOPICS_2022);
    cr_expect_eq(pfh_needs_assessment_count(needs), 0);
    pfh_needs_free(needs);
}

Test(needs, topics_of_the_policy_come_next_and_keep_its_order)
{
    pfh_needs *needs = needs_under("hdir-2021-draft", "",
                                   ",\"extra_topics\":[{\"code\":\"x_z\",\"title\":\"Z\"},"
                                   "{\"code\":\"x_a\",\"title\":\"A\"}]",
                                   "2026-06-01", NULL, NULL);

    expect_topics(needs, TOPICS_DRAFT " x_z x_a");
    expect_text(pfh_needs_find(needs, "x_a")->title, "A", "x_a");
    cr_expect_eq(pfh_needs_find(needs, "x_a")->in_edition, 1);
    cr_expect_null(pfh_needs_find(needs, "nutrition")->title);
    pfh_needs_free(needs);
}

/* Rehabilitation and oral health are none of the draft's. */
Test(needs, others_that_were_assessed_come_last_the_national_ones_first)
{
    pfh_needs *needs = needs_under(
        "hdir-2021-draft",
        "{\"id\":\"a\",\"type\":\"performed\",\"date\":\"2026-02-01\",\"point\":1,\"assessment\":"
        "{\"topics\":[{\"topic\":\"x_q\",\"need\":\"none\"},{\"topic\":\"oral_health\",\"need\":"
        "\"none\"},{\"topic\":\"x_Q\",\"need\":\"not_discussed\"},{\"topic\":\"x_z\",\"need\":"
        "\"none\"}]}},{\"id\":\"b\",\"type\":\"performed\",\"date\":\"2026-03-01\",\"point\":1,"
        "\"assessment\":{\"topics\":[{\"topic\":\"rehabilitation\",\"need\":\"none\"},{\"topic\":"
        "\"x_q\",\"need\":\"none\"}]}}",
        ",\"extra_topics\":[{\"code\":\"x_z\",\"title\":\"Z\"}]", "2026-06-01", NULL, NULL);

    expect_topics(needs, TOPICS_DRAFT " x_z rehabilitation oral_health x_Q x_q");
    cr_expect_eq(pfh_needs_find(needs, "oral_health")->in_edition, 0);
    cr_expect_eq(pfh_needs_find(needs, "x_q")->in_edition, 1);
    cr_expect_null(pfh_needs_find(needs, "x_q")->title);
    pfh_needs_free(needs);
}

Test(needs, a_topic_that_was_never_discussed_says_nothing_else)
{
    growing events = {0};
    pfh_needs *needs;
    const pfh_topic_need *row;

    add_performance(&events, 'a',
                    "{\"topic\":\"nutrition\",\"need\":\"not_discussed\",\"note\":\"n\","
                    "\"responsible\":{\"role\":\"gp\"},\"private\":true}",
                    "");
    needs = needs_of(events.data);
    row = pfh_needs_find(needs, "nutrition");
    cr_expect_eq(row->need, PFH_NEED_NOT_DISCUSSED);
    expect_day(row->since, NULL, "since");
    expect_day(row->discussed, NULL, "discussed");
    expect_day(row->responsible_since, NULL, "responsible_since");
    expect_day(row->followed_up, NULL, "followed_up");
    cr_expect_null(row->event);
    cr_expect_null(row->note);
    cr_expect_eq(row->responsible_role, 0);
    cr_expect_eq(row->is_private, 0);
    cr_expect_eq(row->no_responsible + row->not_followed_up, 0);
    pfh_needs_free(needs);
    free(events.data);
}

/* ---- The need on the day ------------------------------------------------------------------ */

/* A letter for what each assessment, a month apart, says of nutrition: f follow_up, n none,
 * d declined, - not_discussed, . not named at all. */
static void add_course(growing *events, const char *course)
{
    for (size_t i = 0; course[i] != '\0'; i++) {
        const char *topic = course[i] == 'f'   ? NUTRITION("follow_up")
                            : course[i] == 'n' ? NUTRITION("none")
                            : course[i] == 'd' ? NUTRITION("declined")
                            : course[i] == '-' ? NUTRITION("not_discussed")
                                               : "";
        add_performance(events, (char)('a' + i), topic, "");
    }
}

Test(needs, a_need_is_that_of_the_last_assessment_that_discussed_it)
{
    static const struct {
        const char *course, *event, *since, *discussed;
        pfh_need need;
    } cases[] = {
        {"f", "a", "2026-02-01", "2026-02-01", PFH_NEED_FOLLOW_UP},
        {"ff", "b", "2026-02-01", "2026-03-01", PFH_NEED_FOLLOW_UP},
        {"fn", "b", "2026-03-01", "2026-03-01", PFH_NEED_NONE},
        {"fnf", "c", "2026-04-01", "2026-04-01", PFH_NEED_FOLLOW_UP},
        {"nff", "c", "2026-03-01", "2026-04-01", PFH_NEED_FOLLOW_UP},
        {"f-", "a", "2026-02-01", "2026-02-01", PFH_NEED_FOLLOW_UP},
        {"f.", "a", "2026-02-01", "2026-02-01", PFH_NEED_FOLLOW_UP},
        {"f-f", "c", "2026-02-01", "2026-04-01", PFH_NEED_FOLLOW_UP},
        {"-f.f", "d", "2026-03-01", "2026-05-01", PFH_NEED_FOLLOW_UP},
        {"nd", "b", "2026-03-01", "2026-03-01", PFH_NEED_DECLINED},
        {"dd.", "b", "2026-02-01", "2026-03-01", PFH_NEED_DECLINED},
        {"fdf", "c", "2026-04-01", "2026-04-01", PFH_NEED_FOLLOW_UP},
        {"-", NULL, NULL, NULL, PFH_NEED_NOT_DISCUSSED},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        growing events = {0};
        pfh_needs *needs;
        const pfh_topic_need *row;

        add_course(&events, cases[i].course);
        needs = needs_of(events.data);
        row = pfh_needs_find(needs, "nutrition");
        cr_expect_eq(row->need, cases[i].need, "%s", cases[i].course);
        expect_text(row->event, cases[i].event, cases[i].course);
        expect_day(row->since, cases[i].since, cases[i].course);
        expect_day(row->discussed, cases[i].discussed, cases[i].course);
        pfh_needs_free(needs);
        free(events.data);
    }
}

Test(needs, the_note_is_that_of_the_last_assessment_that_discussed_it_or_there_is_none)
{
    growing events = {0};
    pfh_needs *needs;

    add_performance(&events, 'a',
                    "{\"topic\":\"nutrition\",\"need\":\"follow_up\",\"note\":\"first\"},"
                    "{\"topic\":\"oral_health\",\"need\":\"follow_up\",\"note\":\"tooth\"}",
                    "");
    add_performance(&events, 'b', NUTRITION("follow_up"), "");
    needs = needs_of(events.data);
    cr_expect_null(pfh_needs_find(needs, "nutrition")->note);
    expect_text(pfh_needs_find(needs, "oral_health")->note, "tooth", "oral_health");
    pfh_needs_free(needs);
    free(events.data);
}

/* ---- Who is responsible, and since when ---------------------------------------------------- */

#define BY(need, who) "{\"topic\":\"nutrition\",\"need\":\"" need "\",\"responsible\":{" who "}}"
#define WARD "\"level\":\"specialist\",\"unit\":\"ward\",\"role\":\"nurse\""

Test(needs, who_is_responsible_is_so_since_the_first_assessment_that_agrees)
{
    static const struct {
        const char *name, *topics[4], *since;
    } cases[] = {
        {"once", {BY("follow_up", WARD)}, "2026-02-01"},
        {"the same again", {BY("follow_up", WARD), BY("follow_up", WARD)}, "2026-02-01"},
        {"nobody before", {NUTRITION("follow_up"), BY("follow_up", WARD)}, "2026-03-01"},
        {"nobody now", {BY("follow_up", WARD), NUTRITION("follow_up")}, NULL},
        {"another unit",
         {BY("follow_up", WARD),
          BY("follow_up", "\"level\":\"specialist\",\"unit\":\"other\",\"role\":\"nurse\"")},
         "2026-03-01"},
        {"another role",
         {BY("follow_up", WARD),
          BY("follow_up", "\"level\":\"specialist\",\"unit\":\"ward\",\"role\":\"doctor\"")},
         "2026-03-01"},
        {"another level",
         {BY("follow_up", WARD),
          BY("follow_up", "\"level\":\"municipality\",\"unit\":\"ward\",\"role\":\"nurse\"")},
         "2026-03-01"},
        {"no unit any more",
         {BY("follow_up", WARD), BY("follow_up", "\"level\":\"specialist\",\"role\":\"nurse\"")},
         "2026-03-01"},
        {"not discussed in between",
         {BY("follow_up", WARD), NUTRITION("not_discussed"), BY("follow_up", WARD)},
         "2026-02-01"},
        {"no need in between",
         {BY("follow_up", WARD), NUTRITION("none"), BY("follow_up", WARD)},
         "2026-04-01"},
        {"somebody else in between",
         {BY("follow_up", WARD), BY("follow_up", "\"role\":\"gp\""), BY("follow_up", WARD)},
         "2026-04-01"},
        {"another need before", {BY("declined", WARD), BY("follow_up", WARD)}, "2026-03-01"},
        {"no need now", {BY("follow_up", WARD), NUTRITION("none")}, NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        growing events = {0};
        pfh_needs *needs;
        const pfh_topic_need *row;

        for (size_t n = 0; n < COUNT(cases[i].topics) && cases[i].topics[n] != NULL; n++)
            add_performance(&events, (char)('a' + n), cases[i].topics[n], "");
        needs = needs_of(events.data);
        row = pfh_needs_find(needs, "nutrition");
        expect_day(row->responsible_since, cases[i].since, cases[i].name);
        cr_expect_eq(row->no_responsible, cases[i].since == NULL && row->need == PFH_NEED_FOLLOW_UP,
                     "%s", cases[i].name);
        pfh_needs_free(needs);
        free(events.data);
    }
}

Test(needs, who_is_responsible_is_told_as_it_was_recorded)
{
    growing events = {0};
    pfh_needs *needs;
    const pfh_topic_need *row;

    add_performance(&events, 'a', BY("follow_up", WARD), "");
    needs = needs_of(events.data);
    row = pfh_needs_find(needs, "nutrition");
    cr_expect_eq(row->responsible_level, PFH_LEVEL_SPECIALIST);
    cr_expect_eq(row->responsible_role, PFH_ROLE_NURSE);
    expect_text(row->responsible_unit, "ward", "unit");
    pfh_needs_free(needs);
    free(events.data);
}

/* ---- Whether it was followed up ------------------------------------------------------------ */

#define FOLLOWED_UP(id, date, of)                                                                  \
    ",{\"id\":\"" id "\",\"type\":\"followed_up\",\"date\":\"" date "\",\"of\":\"" of "\"}"

Test(needs, a_need_was_followed_up_if_its_own_assessment_was)
{
    static const struct {
        const char *course, *more, *event, *date;
        int32_t not_followed_up;
    } cases[] = {
        {"f", "", NULL, NULL, 1},
        {"f", FOLLOWED_UP("u", "2026-02-05", "a"), "u", "2026-02-05", 0},
        {"f", FOLLOWED_UP("u", "2026-02-05", "a") FOLLOWED_UP("v", "2026-02-09", "a"), "v",
         "2026-02-09", 0},
        /* later than the day */
        {"f", FOLLOWED_UP("u", "2028-02-05", "a"), NULL, NULL, 1},
        /* void */
        {"f",
         FOLLOWED_UP("u", "2026-02-05", "a") ",{\"id\":\"c1\",\"type\":\"corrected\",\"date\":"
                                             "\"2026-02-06\",\"of\":\"u\"}",
         NULL, NULL, 1},
        /* of the assessment before */
        {"ff", FOLLOWED_UP("u", "2026-02-05", "a"), NULL, NULL, 1},
        {"ff", FOLLOWED_UP("u", "2026-03-05", "b"), "u", "2026-03-05", 0},
        /* a later assessment did not discuss it, and was followed up */
        {"f.", FOLLOWED_UP("u", "2026-03-05", "b"), NULL, NULL, 1},
        {"f.", FOLLOWED_UP("u", "2026-03-05", "a"), "u", "2026-03-05", 0},
        /* no need */
        {"n", "", NULL, NULL, 0},
        {"d", FOLLOWED_UP("u", "2026-02-05", "a"), "u", "2026-02-05", 0},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        growing events = {0};
        pfh_needs *needs;
        const pfh_topic_need *row;

        add_course(&events, cases[i].course);
        growing_print(&events, "%s", cases[i].more);
        needs = needs_of(events.data);
        row = pfh_needs_find(needs, "nutrition");
        expect_text(row->followed_up_event, cases[i].event, cases[i].more);
        expect_day(row->followed_up, cases[i].date, cases[i].more);
        cr_expect_eq(row->not_followed_up, cases[i].not_followed_up, "%s", cases[i].more);
        pfh_needs_free(needs);
        free(events.data);
    }
}

/* People fall in between: the task of the first assessment goes with the second. */
Test(needs, a_need_that_later_assessments_pass_over_is_not_followed_up_though_no_task_says_so)
{
    growing events = {0};
    pfh_needs *needs;
    bool has_task = false;

    add_course(&events, "f");
    add_performance(&events, 'b', "{\"topic\":\"oral_health\",\"need\":\"none\"}", "");
    needs = needs_on(events.data, "2026-03-10");
    for (size_t i = 0; i < pfh_plan_task_count(pfh_needs_plan(needs)); i++)
        has_task |= pfh_plan_task(pfh_needs_plan(needs), i)->kind == PFH_TASK_FOLLOW_UP_NEEDS;
    cr_expect_not(has_task);
    cr_expect_eq(pfh_needs_find(needs, "nutrition")->not_followed_up, 1);
    cr_expect_eq(pfh_needs_find(needs, "nutrition")->no_responsible, 1);
    pfh_needs_free(needs);
    free(events.data);
}

/* ---- What each assessment says beside those before it -------------------------------------- */

static pfh_need_change change_in(const pfh_needs_assessment *row, const char *topic)
{
    for (size_t i = 0; i < row->change_count; i++)
        if (strcmp(row->changes[i].topic, topic) == 0)
            return row->changes[i].change;
    return (pfh_need_change)0;
}

Test(needs, a_change_is_against_the_last_assessment_that_discussed_the_topic)
{
    static const struct {
        const char *course;
        pfh_need_change last;
    } cases[] = {
        {"f", PFH_CHANGE_NEW},
        {"nf", PFH_CHANGE_NEW},
        {"df", PFH_CHANGE_NEW},
        {"-f", PFH_CHANGE_NEW},
        {".f", PFH_CHANGE_NEW},
        {"ff", PFH_CHANGE_GOES_ON},
        {"f-f", PFH_CHANGE_GOES_ON},
        {"f.f", PFH_CHANGE_GOES_ON},
        {"fnf", PFH_CHANGE_NEW},
        {"fn", PFH_CHANGE_RESOLVED},
        {"f.n", PFH_CHANGE_RESOLVED},
        {"fd", PFH_CHANGE_DECLINED},
        {"f-d", PFH_CHANGE_DECLINED},
        {"f-", PFH_CHANGE_NOT_DISCUSSED},
        {"f.", PFH_CHANGE_NOT_DISCUSSED},
        {"-", PFH_CHANGE_NOT_DISCUSSED},
        {".", PFH_CHANGE_NOT_DISCUSSED},
        {"n", (pfh_need_change)0},
        {"d", (pfh_need_change)0},
        {"nd", (pfh_need_change)0},
        {"fnn", (pfh_need_change)0},
        {"fdn", (pfh_need_change)0},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const size_t count = strlen(cases[i].course);
        growing events = {0};
        pfh_needs *needs;

        add_course(&events, cases[i].course);
        needs = needs_of(events.data);
        cr_assert_eq(pfh_needs_assessment_count(needs), count);
        cr_expect_eq(change_in(pfh_needs_assessment_at(needs, count - 1), "nutrition"),
                     cases[i].last, "%s", cases[i].course);
        pfh_needs_free(needs);
        free(events.data);
    }
}

Test(needs, changes_stand_in_the_order_of_the_topics)
{
    growing events = {0};
    pfh_needs *needs;
    const pfh_needs_assessment *row;

    add_performance(&events, 'a',
                    "{\"topic\":\"x_own\",\"need\":\"follow_up\"},"
                    "{\"topic\":\"oral_health\",\"need\":\"follow_up\"}," NUTRITION("follow_up"),
                    "");
    needs = needs_of(events.data);
    row = pfh_needs_assessment_at(needs, 0);
    cr_assert_eq(row->change_count, 14);
    for (size_t i = 0; i < row->change_count; i++)
        cr_expect_str_eq(row->changes[i].topic, pfh_needs_topic(needs, i)->topic);
    cr_expect_eq(change_in(row, "x_own"), PFH_CHANGE_NEW);
    cr_expect_eq(change_in(row, "family_network"), PFH_CHANGE_NOT_DISCUSSED);
    pfh_needs_free(needs);
    free(events.data);
}

/* x_own is no topic of the edition or the policy: nobody misses it. */
Test(needs, a_topic_of_neither_list_is_not_discussed_only_where_that_is_said)
{
    growing events = {0};
    pfh_needs *needs;

    add_performance(&events, 'a', "", "");
    add_performance(&events, 'b', "{\"topic\":\"x_own\",\"need\":\"not_discussed\"}", "");
    add_performance(&events, 'c', "", "");
    add_performance(&events, 'd', "{\"topic\":\"x_own\",\"need\":\"none\"}", "");
    add_performance(&events, 'e', "", "");
    needs = needs_of(events.data);
    cr_expect_eq(change_in(pfh_needs_assessment_at(needs, 0), "x_own"), 0);
    cr_expect_eq(change_in(pfh_needs_assessment_at(needs, 1), "x_own"), PFH_CHANGE_NOT_DISCUSSED);
    cr_expect_eq(change_in(pfh_needs_assessment_at(needs, 2), "x_own"), 0);
    cr_expect_eq(change_in(pfh_needs_assessment_at(needs, 3), "x_own"), 0);
    cr_expect_eq(change_in(pfh_needs_assessment_at(needs, 4), "x_own"), 0);
    pfh_needs_free(needs);
    needs = needs_under("hdir-2022", events.data,
                        ",\"extra_topics\":[{\"code\":\"x_own\",\"title\":\"T\"}]", "2027-01-01",
                        NULL, NULL);
    cr_expect_eq(change_in(pfh_needs_assessment_at(needs, 0), "x_own"), PFH_CHANGE_NOT_DISCUSSED);
    pfh_needs_free(needs);
    free(events.data);
}

Test(needs, in_a_copy_with_something_left_out_a_topic_that_is_not_there_is_unknown)
{
    growing events = {0};
    pfh_needs *needs;
    const pfh_needs_assessment *row;

    add_performance(&events, 'a',
                    NUTRITION("follow_up") ",{\"topic\":\"oral_health\",\"need\":"
                                           "\"not_discussed\"}",
                    ",\"withheld\":2");
    needs = needs_of(events.data);
    row = pfh_needs_assessment_at(needs, 0);
    cr_expect_eq(row->withheld, 2);
    cr_assert_eq(row->change_count, 2);
    cr_expect_eq(change_in(row, "nutrition"), PFH_CHANGE_NEW);
    cr_expect_eq(change_in(row, "oral_health"), PFH_CHANGE_NOT_DISCUSSED);
    pfh_needs_free(needs);
    free(events.data);
}

Test(needs, a_conversation_without_a_result_changes_nothing)
{
    pfh_needs *needs =
        needs_of("{\"id\":\"a\",\"type\":\"performed\",\"date\":\"2026-02-01\",\"point\":1},"
                 "{\"id\":\"b\",\"type\":\"performed\",\"date\":\"2026-03-01\",\"point\":1,"
                 "\"assessment\":{}}");
    const pfh_needs_assessment *row = pfh_needs_assessment_at(needs, 0);

    cr_expect_eq(row->has_assessment, 0);
    cr_expect_eq(row->change_count, 0);
    cr_expect_eq(row->distress, PFH_NONE);
    cr_expect_null(row->instrument_id);
    row = pfh_needs_assessment_at(needs, 1);
    cr_expect_eq(row->has_assessment, 1);
    cr_expect_eq(row->change_count, 13, "an empty result passes over every topic");
    pfh_needs_free(needs);
}

/* ---- The assessments themselves ------------------------------------------------------------ */

#define SCORED(id, date, assessment)                                                               \
    "{\"id\":\"" id "\",\"type\":\"performed\",\"date\":\"" date                                   \
    "\",\"point\":1,\"assessment\":{" assessment "}}"

Test(needs, distress_is_compared_with_the_last_score_before_it_and_with_the_threshold)
{
    static const struct {
        int32_t distress, change, high;
    } expected[] = {{5, PFH_NONE, 0}, {PFH_NONE, PFH_NONE, 0}, {6, 1, 1}, {0, -6, 0}, {0, 0, 0}};
    pfh_needs *needs = needs_under(
        "hdir-2022",
        SCORED("a", "2026-02-01", "\"distress\":5") "," SCORED("b", "2026-03-01", "") "," SCORED(
            "c", "2026-04-01",
            "\"distress\":6") "," SCORED("d", "2026-05-01",
                                         "\"distress\":0") "," SCORED("e", "2026-06-01",
                                                                      "\"distress\":0"),
        ",\"distress_threshold\":6", "2026-12-31", NULL, NULL);

    for (size_t i = 0; i < COUNT(expected); i++) {
        const pfh_needs_assessment *row = pfh_needs_assessment_at(needs, i);

        cr_expect_eq(row->distress, expected[i].distress, "%zu", i);
        cr_expect_eq(row->distress_change, expected[i].change, "%zu", i);
        cr_expect_eq(row->distress_high, expected[i].high, "%zu", i);
    }
    cr_expect_null(pfh_needs_assessment_at(needs, COUNT(expected)));
    pfh_needs_free(needs);
}

Test(needs, an_assessment_says_where_when_by_whom_with_what_and_whether_it_was_followed_up)
{
    pfh_needs *needs = needs_of(
        "{\"id\":\"s\",\"type\":\"assigned\",\"date\":\"2026-01-20\",\"point\":1,\"level\":"
        "\"municipality\"}," SCORED(
            "a", "2026-02-01",
            "\"instrument\":{\"id\":\"own\",\"version\":\"2\"}") ","
                                                                 "{\"id\":\"b\",\"type\":"
                                                                 "\"performed\",\"date\":\"2026-05-"
                                                                 "01\",\"point\":2,\"level\":"
                                                                 "\"specialist\",\"assessment\":{"
                                                                 "\"instrument\":{\"version\":"
                                                                 "\"3\"}}}" FOLLOWED_UP(
                                                                     "u", "2026-05-05", "b"));
    const pfh_needs_assessment *row = pfh_needs_assessment_at(needs, 0);

    expect_text(row->event, "a", "event");
    expect_day(row->date, "2026-02-01", "date");
    cr_expect_eq(row->point, 1);
    cr_expect_eq(row->level, PFH_LEVEL_MUNICIPALITY);
    expect_text(row->instrument_id, "own", "instrument");
    expect_text(row->instrument_version, "2", "version");
    cr_expect_null(row->followed_up_event);
    expect_day(row->followed_up, NULL, "followed_up");
    cr_expect_eq(row->withheld, 0);
    row = pfh_needs_assessment_at(needs, 1);
    cr_expect_eq(row->point, 2);
    cr_expect_eq(row->level, PFH_LEVEL_SPECIALIST);
    cr_expect_null(row->instrument_id);
    expect_text(row->instrument_version, "3", "version");
    expect_text(row->followed_up_event, "u", "followed_up");
    expect_day(row->followed_up, "2026-05-05", "followed_up");
    pfh_needs_free(needs);
}

/* ---- What counts --------------------------------------------------------------------------- */

Test(needs, only_what_counts_on_the_day_is_read)
{
    static const char events[] =
        "{\"id\":\"a\",\"type\":\"performed\",\"date\":\"2026-02-01\",\"recorded\":"
        "\"2026-02-01T10:00:00Z\",\"point\":1,\"assessment\":{\"topics\":[" NUTRITION(
            "follow_up") "]}},{\"id\":\"b\",\"type\":\"performed\",\"date\":\"2026-03-01\","
                         "\"recorded\":"
                         "\"2026-03-05T10:00:00Z\",\"point\":1,\"assessment\":{\"topics\":"
                         "[" NUTRITION("none") "]}},{\"id\":\"c\",\"type\":\"corrected\",\"date\":"
                                               "\"2026-03-09\",\"recorded\":"
                                               "\"2026-03-09T10:00:00Z\",\"of\":\"b\"}";
    static const struct {
        const char *as_of, *known_at;
        pfh_need need;
    } cases[] = {
        {"2026-01-31", NULL, PFH_NEED_NOT_DISCUSSED},
        {"2026-02-01", NULL, PFH_NEED_FOLLOW_UP},
        {"2026-04-01", "2026-03-06T00:00:00Z", PFH_NEED_NONE}, /* the mistake was not known yet */
        {"2026-04-01", "2026-03-04T00:00:00Z", PFH_NEED_FOLLOW_UP},
        {"2026-04-01", NULL, PFH_NEED_FOLLOW_UP}, /* b is void */
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        pfh_needs *needs =
            needs_under("hdir-2022", events, "", cases[i].as_of, cases[i].known_at, NULL);

        cr_expect_eq(pfh_needs_find(needs, "nutrition")->need, cases[i].need, "case %zu", i);
        pfh_needs_free(needs);
    }
}

/* Draft 1 and 2 are one point of hdir-2022, and read as one sequence. */
Test(needs, a_pathway_of_the_draft_is_read_under_the_guideline)
{
    pfh_needs *needs = needs_under(
        "hdir-2021-draft",
        "{\"id\":\"b\",\"type\":\"performed\",\"date\":\"2026-03-01\",\"point\":2,\"assessment\":"
        "{\"topics\":[" NUTRITION("follow_up") "]}},{\"id\":\"a\",\"type\":\"performed\","
                                               "\"date\":\"2026-02-01\",\"point\":1,\"assessment\":"
                                               "{\"topics\":[" NUTRITION("follow_up") "]}}",
        "", "2026-06-01", NULL, "hdir-2022");

    expect_topics(needs, TOPICS_2022);
    cr_expect_eq(pfh_needs_assessment_at(needs, 1)->point, 1);
    expect_text(pfh_needs_assessment_at(needs, 1)->event, "b", "the later one");
    cr_expect_eq(change_in(pfh_needs_assessment_at(needs, 1), "nutrition"), PFH_CHANGE_GOES_ON);
    cr_expect_str_eq(pfh_plan_edition(pfh_needs_plan(needs))->name, "hdir-2022");
    pfh_needs_free(needs);
}

Test(needs, a_topic_is_private_where_it_or_its_event_was_last_discussed_so)
{
    static const struct {
        const char *first, *first_more, *second, *second_more;
        int32_t expected;
    } cases[] = {
        {NUTRITION("none"), "", NULL, NULL, 0},
        {"{\"topic\":\"nutrition\",\"need\":\"none\",\"private\":true}", "", NULL, NULL, 1},
        {"{\"topic\":\"nutrition\",\"need\":\"none\",\"private\":false}", "", NULL, NULL, 0},
        {NUTRITION("none"), ",\"private\":true", NULL, NULL, 1},
        {NUTRITION("none"), ",\"private\":true", NUTRITION("none"), "", 0},
        {NUTRITION("none"), "", NUTRITION("none"), ",\"private\":true", 1},
        {NUTRITION("none"), "", NUTRITION("not_discussed"), ",\"private\":true", 0},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        growing events = {0};
        pfh_needs *needs;

        add_performance(&events, 'a', cases[i].first, cases[i].first_more);
        if (cases[i].second != NULL)
            add_performance(&events, 'b', cases[i].second, cases[i].second_more);
        needs = needs_of(events.data);
        cr_expect_eq(pfh_needs_find(needs, "nutrition")->is_private, cases[i].expected, "case %zu",
                     i);
        pfh_needs_free(needs);
        free(events.data);
    }
}

/* ---- As a document ------------------------------------------------------------------------- */

#define SILENT(topic)                                                                              \
    "{\"topic\":\"" topic "\",\"title\":null,\"in_edition\":true,\"need\":\"not_discussed\","      \
    "\"since\":null,\"discussed\":null,\"event\":null,\"note\":null,\"responsible\":null,"         \
    "\"followed_up\":null,\"no_responsible\":false,\"not_followed_up\":false,\"private\":false}"

Test(needs, the_whole_document)
{
    pfh_needs *needs = needs_under(
        "hdir-2021-draft",
        "{\"id\":\"a\",\"type\":\"performed\",\"date\":\"2026-02-01\",\"point\":1,\"assessment\":"
        "{\"instrument\":{\"id\":\"own\"},\"distress\":7,\"topics\":["
        "{\"topic\":\"work_school\",\"need\":\"follow_up\",\"note\":\"Rom \\\"3\\\"\"},"
        "{\"topic\":\"nutrition\",\"need\":\"follow_up\",\"responsible\":{\"level\":"
        "\"municipality\",\"role\":\"gp\"}},"
        "{\"topic\":\"x_own\",\"need\":\"declined\",\"private\":true}]}}" FOLLOWED_UP(
            "u", "2026-02-05",
            "a") ",{\"id\":\"b\",\"type\":\"performed\",\"date\":\"2026-03-01\",\"point\":2,"
                 "\"withheld\":1,"
                 "\"assessment\":{\"distress\":3,\"topics\":[{\"topic\":\"nutrition\",\"need\":"
                 "\"none\"}]}}"
                 ",{\"id\":\"c\",\"type\":\"performed\",\"date\":\"2026-04-01\",\"point\":2}",
        ",\"extra_topics\":[{\"code\":\"x_own\",\"title\":\"Egen\"}]", "2026-06-01",
        "2026-06-01T12:00:00+02:00", NULL);
    char *text = NULL;

    cr_assert_eq(pfh_needs_to_json(&text, needs, NULL), PFH_OK);
    cr_expect_str_eq(
        text,
        "{\"format\":\"pfh-needs/1\",\"pathway\":\"p1\",\"edition\":\"hdir-2021-draft\",\"as_of\":"
        "\"2026-06-01\",\"known_at\":\"2026-06-01T10:00:00Z\",\"topics\":[" SILENT(
            "family_network") ","
                              "{\"topic\":\"work_school\",\"title\":null,\"in_edition\":true,"
                              "\"need\":\"follow_up\","
                              "\"since\":\"2026-02-01\",\"discussed\":\"2026-02-01\",\"event\":"
                              "\"a\",\"note\":"
                              "\"Rom "
                              "\\\"3\\\"\",\"responsible\":null,\"followed_up\":{\"event\":\"u\","
                              "\"date\":"
                              "\"2026-02-05\"},\"no_responsible\":true,\"not_followed_up\":false,"
                              "\"private\":false}," SILENT("economy_housing") "," SILENT(
                                  "home_"
                                  "help") "," SILENT("physical_activity") ","
                                                                          "{\"topic\":"
                                                                          "\"nutrition\",\"title\":"
                                                                          "null,"
                                                                          "\"in_edition\":true,"
                                                                          "\"need\":\"none\","
                                                                          "\"since\":"
                                                                          "\"2026-03-01\","
                                                                          "\"discussed\":\"2026-03-"
                                                                          "01\",\"event\":\"b\","
                                                                          "\"note\":null,"
                                                                          "\"responsible\":"
                                                                          "null,\"followed_up\":"
                                                                          "null,\"no_"
                                                                          "responsible\":false,"
                                                                          "\"not_followed_up\":"
                                                                          "false,\"private\":"
                                                                          "false}," SILENT(
                                                                              "own_"
                                                                              "health") "," SILENT("l"
                                                                                                   "e"
                                                                                                   "i"
                                                                                                   "s"
                                                                                                   "u"
                                                                                                   "r"
                                                                                                   "e"
                                                                                                   "_"
                                                                                                   "s"
                                                                                                   "o"
                                                                                                   "c"
                                                                                                   "i"
                                                                                                   "a"
                                                                                                   "l") "," SILENT("ment"
                                                                                                                   "al_"
                                                                                                                   "heal"
                                                                                                                   "th") ","
                                                                                                                         "{\"topic\":\"x_own\","
                                                                                                                         "\"title\":\"Egen\","
                                                                                                                         "\"in_edition\":true,"
                                                                                                                         "\"need\":\"declined\","
                                                                                                                         "\"since\":\"2026-02-"
                                                                                                                         "01\",\"discussed\":"
                                                                                                                         "\"2026-02-01\","
                                                                                                                         "\"event\":\"a\","
                                                                                                                         "\"note\":null,"
                                                                                                                         "\"responsible\":null,"
                                                                                                                         "\"followed_up\":{"
                                                                                                                         "\"event\":\"u\","
                                                                                                                         "\"date\":\"2026-02-"
                                                                                                                         "05\"},"
                                                                                                                         "\"no_responsible\":"
                                                                                                                         "false,\"not_followed_"
                                                                                                                         "up\":false,"
                                                                                                                         "\"private\":true}],"
                                                                                                                         "\"assessments\":["
                                                                                                                         "{\"event\":\"a\","
                                                                                                                         "\"date\":\"2026-02-"
                                                                                                                         "01\",\"point\":1,"
                                                                                                                         "\"level\":"
                                                                                                                         "\"specialist\","
                                                                                                                         "\"instrument\":{"
                                                                                                                         "\"id\":\"own\","
                                                                                                                         "\"version\":null},"
                                                                                                                         "\"distress\":{"
                                                                                                                         "\"score\":7,"
                                                                                                                         "\"change\":"
                                                                                                                         "null,\"high\":true},"
                                                                                                                         "\"followed_up\":{"
                                                                                                                         "\"event\":\"u\","
                                                                                                                         "\"date\":\"2026-02-"
                                                                                                                         "05\"},"
                                                                                                                         "\"recorded\":true,"
                                                                                                                         "\"withheld\":null,"
                                                                                                                         "\"new\":[\"work_"
                                                                                                                         "school\","
                                                                                                                         "\"nutrition\"],\"goes_"
                                                                                                                         "on\":"
                                                                                                                         "[],\"resolved\":[],"
                                                                                                                         "\"declined\":[],\"not_"
                                                                                                                         "discussed\":[\"family_"
                                                                                                                         "network\","
                                                                                                                         "\"economy_housing\","
                                                                                                                         "\"home_help\","
                                                                                                                         "\"physical_activity\","
                                                                                                                         "\"own_health\","
                                                                                                                         "\"leisure_social\","
                                                                                                                         "\"mental_health\"]},"
                                                                                                                         "{\"event\":\"b\","
                                                                                                                         "\"date\":\"2026-03-"
                                                                                                                         "01\",\"point\":2,"
                                                                                                                         "\"level\":"
                                                                                                                         "\"specialist\","
                                                                                                                         "\"instrument\":null,"
                                                                                                                         "\"distress\":{"
                                                                                                                         "\"score\":3,"
                                                                                                                         "\"change\":-4,"
                                                                                                                         "\"high\":false},"
                                                                                                                         "\"followed_up\":null,"
                                                                                                                         "\"recorded\":true,"
                                                                                                                         "\"withheld\":1,"
                                                                                                                         "\"new\":[],\"goes_"
                                                                                                                         "on\":[],"
                                                                                                                         "\"resolved\":["
                                                                                                                         "\"nutrition\"],"
                                                                                                                         "\"declined\":[],\"not_"
                                                                                                                         "discussed\":[]},"
                                                                                                                         "{\"event\":\"c\","
                                                                                                                         "\"date\":\"2026-04-"
                                                                                                                         "01\",\"point\":2,"
                                                                                                                         "\"level\":"
                                                                                                                         "\"specialist\","
                                                                                                                         "\"instrument\":null,"
                                                                                                                         "\"distress\":null,"
                                                                                                                         "\"followed_up\":null,"
                                                                                                                         "\"recorded\":false,"
                                                                                                                         "\"withheld\":null,"
                                                                                                                         "\"new\":[],\"goes_"
                                                                                                                         "on\":[],\"resolved\":["
                                                                                                                         "],\"declined\":[],"
                                                                                                                         "\"not_discussed\":[]}]"
                                                                                                                         "}");
    pfh_string_free(text);
    pfh_needs_free(needs);
}

Test(needs, who_is_responsible_stands_in_the_document)
{
    growing events = {0};
    pfh_needs *needs;
    char *text = NULL;

    add_performance(&events, 'a', BY("follow_up", "\"unit\":\"ward\""), "");
    needs = needs_of(events.data);
    cr_assert_eq(pfh_needs_to_json(&text, needs, NULL), PFH_OK);
    cr_expect_not_null(strstr(text, "\"responsible\":{\"level\":null,\"unit\":\"ward\",\"role\":"
                                    "null,\"since\":\"2026-02-01\"},"));
    pfh_string_free(text);
    pfh_needs_free(needs);
    free(events.data);
}

/* ---- Many pathways ------------------------------------------------------------------------- */

static void expect_rows_to_agree(const pfh_needs *needs)
{
    for (size_t i = 0; i < pfh_needs_topic_count(needs); i++) {
        const pfh_topic_need *row = pfh_needs_topic(needs, i);
        const bool discussed = row->need != PFH_NEED_NOT_DISCUSSED;

        cr_expect_eq(pfh_needs_find(needs, row->topic), row);
        cr_expect_eq(row->event != NULL, discussed, "%s", row->topic);
        cr_expect_eq(row->since != PFH_NONE, discussed, "%s", row->topic);
        cr_expect_leq(row->since, row->discussed, "%s", row->topic);
        cr_expect_leq(row->responsible_since, row->discussed, "%s", row->topic);
        cr_expect_eq(row->followed_up_event != NULL, row->followed_up != PFH_NONE);
        if (row->need != PFH_NEED_FOLLOW_UP)
            cr_expect_eq(row->no_responsible + row->not_followed_up, 0, "%s", row->topic);
        else
            cr_expect_eq(row->not_followed_up, row->followed_up == PFH_NONE, "%s", row->topic);
    }
}

Test(needs, of_many_pathways_the_plan_is_the_plan_and_the_rows_agree)
{
    dice d = dice_of(11);
    size_t discussed = 0;

    for (int i = 0; i < 300; i++) {
        story s = story_of(&d);
        pfh_needs *needs = needs_of_story(&s, s.pathway), *again;
        char *plan = plan_of(&s, s.pathway), *text = NULL, *other = NULL;
        char *of_needs = plan_text(pfh_needs_plan(needs), 1);

        cr_expect_str_eq(of_needs, plan);
        expect_rows_to_agree(needs);
        discussed += pfh_needs_assessment_count(needs);
        if (events_of(s.pathway) != NULL)
            shuffle(&d, events_of(s.pathway));
        again = needs_of_story(&s, s.pathway);
        cr_assert_eq(pfh_needs_to_json(&text, needs, NULL), PFH_OK);
        cr_assert_eq(pfh_needs_to_json(&other, again, NULL), PFH_OK);
        cr_expect_str_eq(text, other, "another order in the file gives other needs");
        cJSON_Delete(json_read(text));
        pfh_string_free(text);
        pfh_string_free(other);
        free(of_needs);
        free(plan);
        pfh_needs_free(again);
        pfh_needs_free(needs);
        story_free(&s);
    }
    cr_expect_gt(discussed, 100, "too few assessments to say anything");
}

/* ---- What is refused ----------------------------------------------------------------------- */

Test(needs, a_missing_or_wrong_argument_is_refused)
{
    pfh_pathway *pathway =
        pathway_of("{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
                   "\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-01\"}}");
    pfh_needs *needs = (pfh_needs *)1;
    char *text = (char *)1;
    pfh_error err;

    cr_expect_eq(pfh_needs_derive(NULL, pathway, NULL, 20580, NULL, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_needs_derive(&needs, NULL, NULL, 20580, NULL, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "pathway");
    cr_expect_eq(pfh_needs_derive(&needs, pathway, NULL, PFH_NONE, NULL, NULL, &err), PFH_E_DATE);
    cr_expect_str_eq(err.where, "as_of");
    cr_expect_eq(pfh_needs_derive(&needs, pathway, NULL, 20580, "now", NULL, &err), PFH_E_DATE);
    cr_expect_str_eq(err.where, "known_at");
    cr_expect_eq(pfh_needs_derive(&needs, pathway, NULL, 20580, NULL, "hdir-2021-draft", &err),
                 PFH_E_EDITION);
    cr_expect_eq(needs, (pfh_needs *)1, "the output was touched");
    needs = NULL;
    cr_assert_eq(pfh_needs_derive(&needs, pathway, NULL, 20580, NULL, NULL, NULL), PFH_OK);
    cr_expect_eq(pfh_needs_to_json(NULL, needs, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_needs_to_json(&text, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "needs");
    cr_expect_eq(text, (char *)1, "the output was touched");
    cr_expect_null(pfh_needs_find(needs, NULL));
    cr_expect_null(pfh_needs_find(needs, "nutritio"));
    pfh_needs_free(needs);
    pfh_pathway_free(pathway);
}

Test(needs, of_null_there_is_nothing_to_read)
{
    cr_expect_null(pfh_needs_plan(NULL));
    cr_expect_eq(pfh_needs_topic_count(NULL), 0);
    cr_expect_null(pfh_needs_topic(NULL, 0));
    cr_expect_null(pfh_needs_find(NULL, "nutrition"));
    cr_expect_eq(pfh_needs_assessment_count(NULL), 0);
    cr_expect_null(pfh_needs_assessment_at(NULL, 0));
    pfh_needs_free(NULL);
}

/* Rows that stand in a list are stepped through by their size: a field more is another ABI. */
Test(needs, a_change_of_a_topic_does_not_grow_within_a_major_version)
{
    cr_expect_eq(sizeof(pfh_topic_change), 2 * sizeof(const char *));
    cr_expect_eq(offsetof(pfh_topic_change, change), sizeof(const char *));
}
