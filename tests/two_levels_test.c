/*
 * A day in the life of two copies, step by step: the hospital maps and codes, and hands over; the
 * municipality cannot reach the patient for 14 days; she changes her mind; the municipality maps;
 * the GP gets a copy; a need is followed up; the hospital merges; both plans agree.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define NOTE "Lurer på sykepenger"
#define SECRET "Vil bare snakke med kontaktlegen"

static const char hospital_log[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
    "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\",\"informed\":\"2026-02-02\"},"
    "\"events\":["
    "{\"id\":\"h1\",\"type\":\"offered\",\"date\":\"2026-02-05\",\"point\":1},"
    "{\"id\":\"h2\",\"type\":\"accepted\",\"date\":\"2026-02-06\",\"point\":1}]}";

/* ---- Steps -------------------------------------------------------------------------------- */

/* Somebody records an event in a copy. */
static void records(pfh_pathway **copy, const char *event)
{
    char *text = pathway_text(*copy);
    growing longer = {0};

    growing_add(&longer, text, strlen(text) - strlen("]}"));
    growing_print(&longer, ",%s]}", event);
    pfh_pathway_free(*copy);
    *copy = pathway_of(longer.data);
    free(longer.data);
    free(text);
}

static pfh_pathway *hands_over(const pfh_pathway *pathway, pfh_audience audience)
{
    pfh_pathway *copy = NULL;

    cr_assert_eq(pfh_pathway_handover(&copy, pathway, audience, NULL, 0, NULL), PFH_OK);
    return copy;
}

static pfh_pathway *merges(const pfh_pathway *mine, const pfh_pathway *theirs)
{
    pfh_pathway *merged = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_pathway_merge(&merged, mine, theirs, NULL, &err), PFH_OK, "%s", err.where);
    return merged;
}

static pfh_plan *plan_on(const pfh_pathway *copy, const char *date)
{
    pfh_plan *plan = NULL;

    cr_assert_eq(pfh_plan_derive(&plan, copy, NULL, day(date), NULL), PFH_OK);
    return plan;
}

/* On a day a point stands so, and a level has these tasks to do by now ("kind kind"). */
static void expect_on(const char *date, const pfh_pathway *copy, pfh_level level, int32_t point,
                      pfh_state state, const char *tasks)
{
    pfh_plan *plan = plan_on(copy, date);
    growing kinds = {0};

    growing_add(&kinds, "", 0);
    cr_expect_eq(pfh_plan_point(plan, point)->state, state, "%s, point %d: %s", date, point,
                 pfh_word(PFH_WORDS_STATE, (int32_t)pfh_plan_point(plan, point)->state));
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
        const pfh_task *task = pfh_plan_task(plan, i);

        if (task->point == point && task->level == level && task->state != PFH_TASK_WAITING)
            growing_print(&kinds, "%s%s", kinds.size > 0 ? " " : "",
                          pfh_word(PFH_WORDS_TASK, (int32_t)task->kind));
    }
    cr_expect_str_eq(kinds.data, tasks, "%s, point %d: %s", date, point, kinds.data);
    free(kinds.data);
    pfh_plan_free(plan);
}

static void expect_holds(const pfh_pathway *copy, const char *text, bool wanted)
{
    char *all = pathway_text(copy);

    cr_expect_eq(strstr(all, text) != NULL, wanted, "%s in %s", text, all);
    free(all);
}

static void expect_need(const pfh_pathway *copy, const char *date, const char *topic, pfh_need need,
                        const char *since, bool not_followed_up)
{
    pfh_needs *needs = NULL;
    const pfh_topic_need *row;

    cr_assert_eq(pfh_needs_derive(&needs, copy, NULL, day(date), NULL, NULL, NULL), PFH_OK);
    row = pfh_needs_find(needs, topic);
    cr_assert_not_null(row, "%s", topic);
    cr_expect_eq(row->need, need, "%s on %s", topic, date);
    cr_expect_eq(row->since, since == NULL ? PFH_NONE : day(since), "%s on %s", topic, date);
    cr_expect_eq(row->not_followed_up != 0, not_followed_up, "%s on %s", topic, date);
    pfh_needs_free(needs);
}

/* Both levels see the same points, and the municipality's tasks are the same in both copies. */
static void expect_plans_agree(const pfh_pathway *one, const pfh_pathway *other, const char *date)
{
    const pfh_pathway *copies[] = {one, other};
    char *points[2];
    growing tasks[2] = {{0}, {0}};

    for (int i = 0; i < 2; i++) {
        pfh_plan *plan = plan_on(copies[i], date);
        char *text = plan_text(plan, 0);
        const char *list = raw_member(text, "points");

        points[i] = raw_copy(list, NULL);
        growing_add(&tasks[i], "", 0);
        for (size_t t = 0; t < pfh_plan_task_count(plan); t++)
            if (pfh_plan_task(plan, t)->level == PFH_LEVEL_MUNICIPALITY)
                growing_print(&tasks[i], "%s %d\n", pfh_plan_task(plan, t)->id,
                              (int)pfh_plan_task(plan, t)->due);
        free(text);
        pfh_plan_free(plan);
    }
    cr_expect_str_eq(points[0], points[1]);
    cr_expect_str_eq(tasks[0].data, tasks[1].data);
    for (int i = 0; i < 2; i++) {
        free(points[i]);
        free(tasks[i].data);
    }
}

static void expect_adds_nothing(const pfh_pathway *mine, const pfh_pathway *theirs)
{
    pfh_pathway *merged = merges(mine, theirs);
    char *after = pathway_text(merged), *before = pathway_text(mine);

    cr_expect_str_eq(after, before);
    free(after);
    free(before);
    pfh_pathway_free(merged);
}

/* ---- The story ---------------------------------------------------------------------------- */

#define MUNICIPAL PFH_LEVEL_MUNICIPALITY
#define SPECIALIST PFH_LEVEL_SPECIALIST

Test(two_levels, a_day_in_the_life)
{
    pfh_pathway *hospital = pathway_of(hospital_log), *municipality, *gp, *merged, *copy;

    /* The hospital maps: a need for the municipality, and one that is between her and her doctor.
     */
    records(&hospital, "{\"id\":\"h4\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,"
                       "\"assessment\":{\"distress\":6,\"topics\":[{\"topic\":\"economy_housing\","
                       "\"need\":\"follow_up\",\"note\":\"" NOTE "\",\"responsible\":{\"level\":"
                       "\"municipality\"}},{\"topic\":\"sexual_health\",\"need\":\"follow_up\","
                       "\"note\":\"" SECRET "\",\"private\":true}]}}");
    expect_on("2026-02-20", hospital, SPECIALIST, 1, PFH_STATE_PERFORMED,
              "register_code send_summary notify_municipality assess_further follow_up_needs");

    /* It codes, and tells the GP and the municipality. */
    records(&hospital, "{\"id\":\"h5\",\"type\":\"coded\",\"date\":\"2026-02-20\",\"point\":1,"
                       "\"code\":\"WMFG10\"}");
    records(&hospital, "{\"id\":\"h6\",\"type\":\"message\",\"date\":\"2026-02-23\",\"point\":1,"
                       "\"to\":\"gp\",\"kind\":\"letter\"}");
    records(&hospital, "{\"id\":\"h7\",\"type\":\"message\",\"date\":\"2026-02-23\",\"point\":1,"
                       "\"to\":\"municipality\",\"kind\":\"phone\"}");
    expect_on("2026-02-24", hospital, SPECIALIST, 1, PFH_STATE_PERFORMED,
              "assess_further follow_up_needs");

    /* It hands over: the need and its note, not the code, not what is private. */
    municipality = hands_over(hospital, PFH_AUDIENCE_MUNICIPALITY);
    expect_holds(municipality, NOTE, true);
    expect_holds(municipality, "WMFG10", false);
    expect_holds(municipality, SECRET, false);
    expect_holds(municipality, "sexual_health", false);
    expect_need(municipality, "2026-02-24", "economy_housing", PFH_NEED_FOLLOW_UP, "2026-02-20",
                true);

    /* Point 2 opens on 30 April; two weeks before, it is to be offered. */
    expect_on("2026-04-15", municipality, MUNICIPAL, 2, PFH_STATE_NONE, "");
    expect_on("2026-04-16", municipality, MUNICIPAL, 2, PFH_STATE_NONE, "offer");

    /* Nobody answers for 14 days: silence is not a no. */
    records(&municipality, "{\"id\":\"m1\",\"type\":\"offered\",\"date\":\"2026-04-20\","
                           "\"point\":2,\"channel\":\"letter\"}");
    expect_on("2026-05-03", municipality, MUNICIPAL, 2, PFH_STATE_OFFERED, "");
    expect_on("2026-05-04", municipality, MUNICIPAL, 2, PFH_STATE_UNANSWERED, "follow_up_offer");

    /* She says no, and a week later yes. */
    records(&municipality, "{\"id\":\"m2\",\"type\":\"declined\",\"date\":\"2026-05-05\","
                           "\"point\":2,\"reason\":\"not_now\"}");
    expect_on("2026-05-06", municipality, MUNICIPAL, 2, PFH_STATE_DECLINED, "");
    records(&municipality,
            "{\"id\":\"m3\",\"type\":\"accepted\",\"date\":\"2026-05-12\",\"point\":2}");
    expect_on("2026-05-12", municipality, MUNICIPAL, 2, PFH_STATE_ACCEPTED, "book");

    /* The municipality maps: one need is over, one is new. */
    records(&municipality,
            "{\"id\":\"m5\",\"type\":\"performed\",\"date\":\"2026-05-20\","
            "\"point\":2,\"assessment\":{\"distress\":3,\"topics\":[{\"topic\":"
            "\"economy_housing\",\"need\":\"none\"},{\"topic\":\"family_network\","
            "\"need\":\"follow_up\",\"responsible\":{\"role\":\"cancer_nurse\"}}]}}");
    expect_on("2026-05-20", municipality, MUNICIPAL, 2, PFH_STATE_PERFORMED,
              "send_summary follow_up_needs");
    expect_need(municipality, "2026-05-20", "economy_housing", PFH_NEED_NONE, "2026-05-20", false);
    expect_need(municipality, "2026-05-20", "family_network", PFH_NEED_FOLLOW_UP, "2026-05-20",
                true);

    /* The GP gets a copy, with what was sent to the GP, and not what went to the municipality. */
    records(&municipality, "{\"id\":\"m6\",\"type\":\"message\",\"date\":\"2026-05-21\","
                           "\"point\":2,\"to\":\"gp\",\"kind\":\"letter\"}");
    gp = hands_over(municipality, PFH_AUDIENCE_GP);
    expect_holds(gp, "\"id\":\"m6\",\"type\":\"message\"", true);
    expect_holds(gp, "\"id\":\"h7\",\"type\":\"withheld\"", true);
    expect_need(gp, "2026-05-21", "family_network", PFH_NEED_FOLLOW_UP, "2026-05-20", true);

    /* The need is followed up. */
    records(&municipality,
            "{\"id\":\"m7\",\"type\":\"followed_up\",\"date\":\"2026-06-10\",\"of\":\"m5\"}");
    expect_on("2026-06-15", municipality, MUNICIPAL, 2, PFH_STATE_PERFORMED, "");
    expect_need(municipality, "2026-06-15", "family_network", PFH_NEED_FOLLOW_UP, "2026-05-20",
                false);

    /* The hospital merges: it has all of both, and what it kept to itself. */
    merged = merges(hospital, municipality);
    expect_holds(merged, SECRET, true);
    expect_holds(merged, "WMFG10", true);
    expect_holds(merged, "withheld", false);
    cr_expect_eq(pfh_pathway_event_count(merged), 12);
    expect_on("2026-06-15", merged, SPECIALIST, 1, PFH_STATE_PERFORMED, "");
    expect_on("2026-06-15", merged, MUNICIPAL, 2, PFH_STATE_PERFORMED, "");
    expect_need(merged, "2026-06-15", "sexual_health", PFH_NEED_FOLLOW_UP, "2026-02-20", true);

    /* Both plans agree.  Another hand-over, and the GP's copy, add nothing to either. */
    expect_plans_agree(merged, municipality, "2026-06-15");
    copy = hands_over(merged, PFH_AUDIENCE_MUNICIPALITY);
    expect_adds_nothing(municipality, copy);
    expect_adds_nothing(merged, gp);
    pfh_pathway_free(copy);
    pfh_pathway_free(merged);
    pfh_pathway_free(gp);
    pfh_pathway_free(municipality);
    pfh_pathway_free(hospital);
}
