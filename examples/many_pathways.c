/*
 * Plans a whole caseload, many pathways a call, as a nightly job would.
 *
 *     example_many_pathways examples/data/caseload.ndjson
 *
 * Prints how many pathways were planned, how many lines were refused, and how many tasks are late.
 */
#include <pfh/pfh.h>
#include <stdio.h>

#define BATCH 32 /* small, so that the sample data fills several; 1000 is a good number */

static pfh_pathway *pathways[BATCH]; /* the first `held` are ours to free */
static pfh_plan *plans[BATCH];
static size_t held, planned, refused, late;

static void count_plan(const pfh_plan *plan)
{
    planned++;
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++)
        late += pfh_plan_task(plan, i)->state == PFH_TASK_LATE;
}

/* Plans the pathways that are held, and frees them. */
static pfh_status plan_batch(pfh_date today, pfh_error *err)
{
    pfh_status status =
        pfh_plan_derive_many(plans, NULL, NULL, (const pfh_pathway *const *)pathways, held, NULL,
                             today, NULL, NULL, err);
    while (held > 0) {
        pfh_pathway_free(pathways[--held]);
        if (plans[held] != NULL) /* NULL: this one failed */
            count_plan(plans[held]);
        pfh_plan_free(plans[held]);
        plans[held] = NULL;
    }
    return status;
}

static pfh_status plan_all(pfh_caseload *reader, FILE *file, pfh_error *err)
{
    char piece[4096];
    size_t size = 1;
    pfh_date today;
    pfh_status status = pfh_date_parse(&today, "2026-04-20", err);

    while (status == PFH_OK && size > 0) {
        size = fread(piece, 1, sizeof piece, file);
        status = pfh_caseload_feed(reader, piece, size, err); /* size 0: that was all */
        while (status == PFH_OK && pfh_caseload_next(reader) != NULL) {
            if ((pathways[held] = pfh_caseload_take(reader)) == NULL)
                refused++; /* the line is no pathway; the others go on */
            else if (++held == BATCH)
                status = plan_batch(today, err);
        }
    }
    return status == PFH_OK ? plan_batch(today, err) : status;
}

int main(int argc, char **argv)
{
    pfh_error err;
    pfh_caseload *reader = NULL;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    int result = 0;

    if (file == NULL)
        return 2;
    if (pfh_caseload_new(&reader, &err) != PFH_OK || plan_all(reader, file, &err) != PFH_OK) {
        fprintf(stderr, "%s: %s\n", pfh_status_name(err.status), err.text);
        result = 1;
    }
    printf("planned %zu, refused %zu, late tasks %zu\n", planned, refused, late);
    while (held > 0)
        pfh_pathway_free(pathways[--held]);
    pfh_caseload_free(reader);
    fclose(file);
    return result;
}
