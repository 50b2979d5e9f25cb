/*
 * plans.c -- plans from C, for compare.py: what the plans of the other languages are measured against.
 *
 *     plans CASELOAD
 *
 * Reads the pathways, then lines from the standard input, each a way: "rows" (a plan each, and its tasks are
 * looked at), "json" (a plan each, and its document), "many" (16 in a call, and the documents).  Answers
 * each with the nanoseconds a plan that it took for all pathways once.
 */
#include <pfh/pfh.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 100000, BATCH = 16 }; /* few enough to stay in the cache */

static pfh_pathway *pathways[MOST];
static pfh_plan *plans[BATCH];
static size_t count;
static pfh_date today;
static size_t seen; /* so that nothing is left out by the compiler */

static int look(const pfh_plan *plan)
{
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++)
        seen += (size_t)pfh_plan_task(plan, i)->due;
    return 1;
}

static int write_out(const pfh_plan *plan)
{
    char *text = NULL;
    const int done = pfh_plan_to_json(&text, plan, 0, NULL) == PFH_OK;

    seen += done ? strlen(text) : 0;
    pfh_string_free(text);
    return done;
}

static int one_by_one(int (*use)(const pfh_plan *plan))
{
    int done = 1;

    for (size_t i = 0; i < count && done; i++) {
        pfh_plan *plan = NULL;

        done = pfh_plan_derive(&plan, pathways[i], NULL, today, NULL) == PFH_OK && use(plan);
        pfh_plan_free(plan);
    }
    return done;
}

static int batch(size_t first, size_t size)
{
    const pfh_pathway *const *some = (const pfh_pathway *const *)pathways + first;
    int done = pfh_plan_derive_many(plans, NULL, NULL, some, size, NULL, today, NULL, NULL, NULL) ==
               PFH_OK;

    for (size_t i = 0; i < size; i++) {
        done = done && write_out(plans[i]);
        pfh_plan_free(plans[i]);
    }
    return done;
}

static int all_at_once(void)
{
    int done = 1;

    for (size_t first = 0; first < count && done; first += BATCH)
        done = batch(first, count - first < BATCH ? count - first : BATCH);
    return done;
}

static int run(const char *way)
{
    if (strcmp(way, "many") == 0)
        return all_at_once();
    return one_by_one(strcmp(way, "json") == 0 ? write_out : look);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int read_all(const char *file)
{
    FILE *in = fopen(file, "rb");
    pfh_caseload *reader = NULL;
    char piece[65536];
    size_t size = 1;
    int done = in != NULL && pfh_caseload_new(&reader, NULL) == PFH_OK;

    while (done && size > 0) {
        size = fread(piece, 1, sizeof piece, in);
        done = pfh_caseload_feed(reader, piece, size, NULL) == PFH_OK;
        while (done && pfh_caseload_next(reader) != NULL && count < MOST)
            pathways[count++] = pfh_caseload_take(reader);
    }
    pfh_caseload_free(reader);
    if (in != NULL)
        fclose(in);
    return done;
}

int main(int argc, char **argv)
{
    char way[16];

    if (argc != 2 || !read_all(argv[1]) || pfh_date_parse(&today, "2026-04-20", NULL) != PFH_OK)
        return 2;
    while (scanf("%15s", way) == 1) {
        const double start = now();

        if (!run(way))
            return 1;
        printf("%.1f\n", (now() - start) / (double)count);
        fflush(stdout);
    }
    for (size_t i = 0; i < count; i++)
        pfh_pathway_free(pathways[i]);
    return seen == 0;
}
