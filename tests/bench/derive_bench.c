/*
 * derive_bench.c -- what a plan costs, beside what reading and writing its JSON costs.
 *
 * All in one run on one pathway of 12 events: gate and cJSON and model (parse), the plan (derive,
 * free), its JSON (to_json), and the pathway's (pathway_to_json).  Each is timed in rounds, in
 * turn, so that noise falls on all of them; it prints the median and the quartiles in nanoseconds
 * and as a ratio to derive.  A yardstick stands beside them: cJSON alone on the same text.
 */
#include <pfh/pfh.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 101, REPEATS = 2000 };

static const char document[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"b1f0c6e2\",\"edition\":\"hdir-2022\","
    "\"patient\":{\"id\":\"4711\",\"name\":{\"given\":\"Kari\",\"family\":\"Nordmann\"},"
    "\"birth_date\":\"1972-09-13\",\"municipality\":\"4003\",\"language\":\"nn\","
    "\"has_municipal_services\":false},"
    "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\",\"informed\":\"2026-02-02\"},"
    "\"events\":["
    "{\"id\":\"e1\",\"type\":\"offered\",\"date\":\"2026-02-05\",\"point\":1,\"channel\":\"in_"
    "person\"},"
    "{\"id\":\"e2\",\"type\":\"accepted\",\"date\":\"2026-02-06\",\"point\":1},"
    "{\"id\":\"e3\",\"type\":\"scheduled\",\"date\":\"2026-02-06\",\"point\":1,"
    "\"start\":\"2026-02-20T10:00\",\"minutes\":45,\"place\":\"Poliklinikken\"},"
    "{\"id\":\"e4\",\"type\":\"form_sent\",\"date\":\"2026-02-08\",\"point\":1},"
    "{\"id\":\"e5\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"assessment\":"
    "{\"distress\":5,\"topics\":[{\"topic\":\"economy_housing\",\"need\":\"follow_up\"},"
    "{\"topic\":\"nutrition\",\"need\":\"none\"}]}},"
    "{\"id\":\"e6\",\"type\":\"coded\",\"date\":\"2026-02-20\",\"point\":1,\"code\":\"WMFG10\"},"
    "{\"id\":\"e7\",\"type\":\"message\",\"date\":\"2026-02-23\",\"to\":\"gp\",\"kind\":"
    "\"epicrisis\","
    "\"point\":1},"
    "{\"id\":\"e8\",\"type\":\"receipt\",\"date\":\"2026-02-23\",\"of\":\"e7\",\"status\":\"ok\"},"
    "{\"id\":\"e9\",\"type\":\"message\",\"date\":\"2026-02-23\",\"to\":\"municipality\","
    "\"kind\":\"dialogue\",\"point\":1},"
    "{\"id\":\"e10\",\"type\":\"followed_up\",\"date\":\"2026-03-10\",\"of\":\"e5\"},"
    "{\"id\":\"e11\",\"type\":\"offered\",\"date\":\"2026-04-20\",\"point\":2,\"channel\":"
    "\"letter\"},"
    "{\"id\":\"e12\",\"type\":\"accepted\",\"date\":\"2026-04-24\",\"point\":2}]}";

/* What the steps work on; made once. */
static pfh_pathway *pathway;
static pfh_policy *policy;
static pfh_plan *plan;
static pfh_date as_of;

static int parse(void)
{
    pfh_pathway *made = NULL;
    pfh_status status = pfh_pathway_parse(&made, document, sizeof document - 1, NULL);

    pfh_pathway_free(made);
    return status == PFH_OK;
}

static int derive(void)
{
    pfh_plan *made = NULL;
    pfh_status status = pfh_plan_derive(&made, pathway, policy, as_of, NULL);

    pfh_plan_free(made);
    return status == PFH_OK;
}

static int plan_to_json(void)
{
    char *text = NULL;
    pfh_status status = pfh_plan_to_json(&text, plan, 0, NULL);

    pfh_string_free(text);
    return status == PFH_OK;
}

static int pathway_to_json(void)
{
    char *text = NULL;
    pfh_status status = pfh_pathway_to_json(&text, pathway, NULL);

    pfh_string_free(text);
    return status == PFH_OK;
}

static int cjson_alone(void)
{
    cJSON *tree = cJSON_ParseWithLength(document, sizeof document - 1);

    cJSON_Delete(tree);
    return tree != NULL;
}

static const struct {
    const char *name;
    int (*run)(void);
} steps[] = {
    {"derive a plan, free it", derive},          {"parse the pathway, free it", parse},
    {"write the plan as JSON", plan_to_json},    {"write the pathway as JSON", pathway_to_json},
    {"cJSON alone: parse, delete", cjson_alone},
};

enum { STEPS = sizeof steps / sizeof steps[0] };

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double measure(int (*run)(void))
{
    double start = now();

    for (int i = 0; i < REPEATS; i++)
        if (!run())
            exit(1);
    return (now() - start) / REPEATS;
}

static int prepare(void)
{
    static const char defaults[] = "{\"format\":\"pfh-policy/1\"}";

    return pfh_pathway_parse(&pathway, document, sizeof document - 1, NULL) == PFH_OK &&
           pfh_policy_parse(&policy, defaults, sizeof defaults - 1, NULL) == PFH_OK &&
           pfh_date_parse(&as_of, "2026-05-04", NULL) == PFH_OK &&
           pfh_plan_derive(&plan, pathway, policy, as_of, NULL) == PFH_OK;
}

int main(void)
{
    static double times[STEPS][ROUNDS];

    if (!prepare())
        return 1;
    for (int round = 0; round < ROUNDS; round++)
        for (int step = 0; step < STEPS; step++)
            times[step][round] = measure(steps[step].run);
    printf("%zu bytes, %zu events, %zu tasks, %zu findings; libpfh %s\n", sizeof document - 1,
           pfh_pathway_event_count(pathway), pfh_plan_task_count(plan),
           pfh_plan_finding_count(plan), pfh_version());
    printf("%-28s %8s %8s %8s %8s\n", "ns", "median", "25 %", "75 %", "ratio");
    for (int step = 0; step < STEPS; step++) {
        qsort(times[step], ROUNDS, sizeof times[step][0], compare);
        printf("%-28s %8.0f %8.0f %8.0f %8.2f\n", steps[step].name, times[step][ROUNDS / 2],
               times[step][ROUNDS / 4], times[step][ROUNDS * 3 / 4],
               times[step][ROUNDS / 2] / times[0][ROUNDS / 2]);
    }
    pfh_plan_free(plan);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    return 0;
}
