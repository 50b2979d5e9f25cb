/*
 * two_levels.c -- a day in the life of two copies: hospital and municipality, and the GP between.
 *
 * The hospital maps the needs and codes that, and hands over.  The municipality cannot reach the
 * patient for two weeks; she says no, and changes her mind; the municipality maps, tells the GP,
 * and follows up.  Then the hospital merges what the municipality has done, and both see the same.
 */
#include <pfh/pfh.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the hospital has recorded by 25 February. */
static const char hospital_log[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"two-levels\",\"edition\":\"hdir-2022\","
    "\"patient\":{\"municipality\":\"4003\",\"language\":\"nb\"},"
    "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\",\"informed\":\"2026-02-02\"},"
    "\"events\":["
    "{\"id\":\"h1\",\"type\":\"offered\",\"date\":\"2026-02-05\",\"point\":1},"
    "{\"id\":\"h2\",\"type\":\"accepted\",\"date\":\"2026-02-06\",\"point\":1},"
    "{\"id\":\"h3\",\"type\":\"scheduled\",\"date\":\"2026-02-06\",\"point\":1,"
    "\"start\":\"2026-02-20T10:00\"},"
    "{\"id\":\"h4\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,"
    "\"assessment\":{\"distress\":6,\"topics\":["
    "{\"topic\":\"economy_housing\",\"need\":\"follow_up\",\"note\":\"Lurer på sykepenger.\","
    "\"responsible\":{\"level\":\"municipality\",\"role\":\"case_manager\"}},"
    "{\"topic\":\"nutrition\",\"need\":\"none\"},"
    "{\"topic\":\"sexual_health\",\"need\":\"follow_up\",\"note\":\"Vil bare snakke med "
    "kontaktlegen.\","
    "\"responsible\":{\"role\":\"contact_doctor\"},\"private\":true}]}},"
    "{\"id\":\"h5\",\"type\":\"coded\",\"date\":\"2026-02-20\",\"point\":1,\"code\":\"WMFG10\"},"
    "{\"id\":\"h6\",\"type\":\"message\",\"date\":\"2026-02-23\",\"to\":\"gp\","
    "\"kind\":\"epicrisis\",\"point\":1},"
    "{\"id\":\"h7\",\"type\":\"message\",\"date\":\"2026-02-23\",\"to\":\"municipality\","
    "\"kind\":\"plo\",\"point\":1},"
    "{\"id\":\"h8\",\"type\":\"receipt\",\"date\":\"2026-02-23\",\"of\":\"h7\",\"status\":\"ok\"},"
    "{\"id\":\"h9\",\"type\":\"receipt\",\"date\":\"2026-02-23\",\"of\":\"h6\",\"status\":\"ok\"}"
    "]}";

static void stop_on(pfh_status status, const pfh_error *err)
{
    if (status == PFH_OK)
        return;
    fprintf(stderr, "%s at %s: %s\n", pfh_status_name(status), err->where, err->text);
    exit(1);
}

static pfh_date day(const char *text)
{
    pfh_date date = PFH_NONE;
    pfh_error err;

    stop_on(pfh_date_parse(&date, text, &err), &err);
    return date;
}

/* A key of an event, with a text or a number. */
typedef struct fact {
    const char *key, *text;
    int32_t number;
} fact;

/* Appends an event with these facts, up to one without a key. */
static void append(pfh_pathway *pathway, const char *id, const char *type, const char *date,
                   const fact *facts)
{
    pfh_record *event = NULL;
    pfh_error err;

    stop_on(pfh_record_new(&event, PFH_RECORD_EVENT, &err), &err);
    pfh_record_set_text(event, "id", id, NULL);
    pfh_record_set_text(event, "type", type, NULL);
    pfh_record_set_text(event, "date", date, NULL);
    for (; facts->key != NULL; facts++)
        if (facts->text != NULL)
            pfh_record_set_text(event, facts->key, facts->text, NULL);
        else
            pfh_record_set_number(event, facts->key, facts->number, NULL);
    stop_on(pfh_pathway_append(pathway, event, &err), &err); /* tells what a setter said */
    pfh_record_free(event);
}

static pfh_pathway *hand_over(const pfh_pathway *pathway, pfh_audience audience)
{
    pfh_pathway *copy = NULL;
    pfh_error err;

    stop_on(pfh_pathway_handover(&copy, pathway, audience, NULL, 0, &err), &err);
    return copy;
}

/* Where a point stands, and what a level is to do there now.  What the other level is to do is not
 * for a copy to say: what that has done may have been left out of it. */
static void show_point(const pfh_pathway *pathway, pfh_level whose, const char *date, int32_t point)
{
    pfh_plan *plan = NULL;
    const pfh_point *row;
    pfh_error err;

    stop_on(pfh_plan_derive(&plan, pathway, NULL, day(date), &err), &err);
    row = pfh_plan_point(plan, point);
    printf("%s, %s: point %d is %s;", date, pfh_word(PFH_WORDS_LEVEL, (int32_t)whose), (int)point,
           pfh_word(PFH_WORDS_STATE, (int32_t)row->state));
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
        const pfh_task *task = pfh_plan_task(plan, i);

        if (task->point == point && task->level == whose && task->state != PFH_TASK_WAITING)
            printf(" %s", pfh_word(PFH_WORDS_TASK, (int32_t)task->kind));
    }
    printf("\n");
    pfh_plan_free(plan);
}

/* Events that a copy does not have: each has left its id and date. */
static void show_left_out(const pfh_pathway *copy, pfh_audience audience)
{
    printf("Not for %s:", pfh_word(PFH_WORDS_AUDIENCE, (int32_t)audience));
    for (size_t i = 0; i < pfh_pathway_event_count(copy); i++) {
        const pfh_record *event = pfh_pathway_event(copy, i);

        if (pfh_record_number(event, "type") == PFH_EVENT_WITHHELD)
            printf(" %s", pfh_record_text(event, "id"));
    }
    printf("\n");
}

static void show_text(const pfh_pathway *pathway, pfh_audience audience, const char *date)
{
    pfh_needs *needs = NULL;
    char *text = NULL;
    pfh_error err;

    stop_on(pfh_needs_derive(&needs, pathway, NULL, day(date), NULL, NULL, &err), &err);
    stop_on(pfh_needs_to_text(&text, needs, audience, PFH_LANGUAGE_NB, 4000, &err), &err);
    printf("\n%s\n", text);
    pfh_string_free(text);
    pfh_needs_free(needs);
}

/* What the municipality records in its copy, from April to June. */
static const fact by_letter[] = {{"point", NULL, 2}, {"channel", "letter", 0}, {0}};
static const fact not_now[] = {{"point", NULL, 2}, {"reason", "not_now", 0}, {0}};
static const fact yes[] = {{"point", NULL, 2}, {0}};
static const fact at_nine[] = {{"point", NULL, 2}, {"start", "2026-05-20T09:00", 0}, {0}};
static const fact assessed[] = {
    {"point", NULL, 2},
    {"assessment/distress", NULL, 3},
    {"assessment/topics/0/topic", "economy_housing", 0},
    {"assessment/topics/0/need", "none", 0},
    {"assessment/topics/1/topic", "family_network", 0},
    {"assessment/topics/1/need", "follow_up", 0},
    {"assessment/topics/1/note", "Tenåringen hjemme trenger noen å snakke med.", 0},
    {"assessment/topics/1/responsible/level", "municipality", 0},
    {"assessment/topics/1/responsible/role", "cancer_coordinator", 0},
    {0},
};
static const fact to_gp[] = {{"point", NULL, 2}, {"to", "gp", 0}, {"kind", "plo", 0}, {0}};
static const fact of_m6[] = {{"of", "m6", 0}, {"status", "ok", 0}, {0}};
static const fact of_m5[] = {{"of", "m5", 0}, {0}};

static void map_in_the_municipality(pfh_pathway *copy)
{
    append(copy, "m1", "offered", "2026-04-20", by_letter);
    show_point(copy, PFH_LEVEL_MUNICIPALITY, "2026-05-03", 2);
    show_point(copy, PFH_LEVEL_MUNICIPALITY, "2026-05-04", 2); /* 14 days without an answer */
    append(copy, "m2", "declined", "2026-05-05", not_now);
    show_point(copy, PFH_LEVEL_MUNICIPALITY, "2026-05-06", 2);
    append(copy, "m3", "accepted", "2026-05-12", yes); /* she changes her mind */
    append(copy, "m4", "scheduled", "2026-05-12", at_nine);
    show_point(copy, PFH_LEVEL_MUNICIPALITY, "2026-05-20", 2);
    append(copy, "m5", "performed", "2026-05-20", assessed);
    show_point(copy, PFH_LEVEL_MUNICIPALITY, "2026-05-20", 2);
}

static void follow_up(pfh_pathway *copy)
{
    append(copy, "m6", "message", "2026-05-21", to_gp);
    append(copy, "m7", "receipt", "2026-05-21", of_m6);
    append(copy, "m8", "followed_up", "2026-06-10", of_m5);
}

/* What the hospital has not, and then has. */
static pfh_pathway *merge_into(const pfh_pathway *hospital, const pfh_pathway *copy)
{
    pfh_pathway *merged = NULL;
    pfh_diff *diff = NULL;
    pfh_error err;

    stop_on(pfh_pathway_diff(&diff, hospital, copy, NULL, &err), &err);
    printf("The hospital has not:");
    for (size_t i = 0; i < pfh_diff_count(diff); i++)
        printf(" %s", pfh_diff_row(diff, i)->name);
    printf("\n");
    pfh_diff_free(diff);
    stop_on(pfh_pathway_merge(&merged, hospital, copy, NULL, &err), &err);
    return merged;
}

/* Both levels look at every point, each in its own copy. */
static void show_both(const pfh_pathway *hospital, const pfh_pathway *municipality,
                      const char *date)
{
    for (int32_t point = 1; point <= 3; point++) {
        show_point(hospital, PFH_LEVEL_SPECIALIST, date, point);
        show_point(municipality, PFH_LEVEL_MUNICIPALITY, date, point);
    }
}

int main(void)
{
    pfh_pathway *hospital = NULL, *municipality, *gp, *merged;
    pfh_error err;

    stop_on(pfh_pathway_parse(&hospital, hospital_log, sizeof hospital_log - 1, &err), &err);
    show_point(hospital, PFH_LEVEL_SPECIALIST, "2026-02-25", 1);

    municipality = hand_over(hospital, PFH_AUDIENCE_MUNICIPALITY);
    show_left_out(municipality, PFH_AUDIENCE_MUNICIPALITY);
    show_text(hospital, PFH_AUDIENCE_MUNICIPALITY, "2026-02-25"); /* nothing private is in it */

    map_in_the_municipality(municipality);
    gp = hand_over(municipality, PFH_AUDIENCE_GP);
    show_left_out(gp, PFH_AUDIENCE_GP);
    show_text(municipality, PFH_AUDIENCE_GP, "2026-05-21");
    follow_up(municipality);

    merged = merge_into(hospital, municipality);
    show_both(merged, municipality, "2026-06-15");
    pfh_pathway_free(merged);
    pfh_pathway_free(gp);
    pfh_pathway_free(municipality);
    pfh_pathway_free(hospital);
    return 0;
}
