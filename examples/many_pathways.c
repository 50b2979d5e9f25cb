/*
 * Plans a whole caseload, many pathways a call, as a nightly job would.
 *     example_many_pathways examples/data/caseload.ndjson
 */
#include <pfh/pfh.h>
#include <stdio.h>

#define BATCH 32 /* small, so that the sample data fills several; 1000 is a good number */

static pfh_pathway *pathways[BATCH]; /* the first `held` are ours to free */
static pfh_plan *plans[BATCH];
static pfh_error errors[BATCH];
static size_t held, planned, failed, refused, late;

/* Plans the pathways that are held, and frees them. */
static pfh_status plan_batch(pfh_date today, pfh_error *err)
{
    size_t lost = 0;
    pfh_status status =
        pfh_plan_derive_many(plans, errors, &lost, (const pfh_pathway *const *)pathways, held, NULL,
                             today, NULL, NULL, err);
    failed += lost; /* the others go on */
    while (held > 0) {
        pfh_plan *plan = plans[--held];
        planned += plan != NULL;
        for (size_t i = 0; plan != NULL && i < pfh_plan_task_count(plan); i++)
            late += pfh_plan_task(plan, i)->state == PFH_TASK_LATE;
        if (status == PFH_OK && plan == NULL)
            fprintf(stderr, "%s: %s\n", pfh_pathway_id(pathways[held]), errors[held].text);
        pfh_plan_free(plan);
        pfh_pathway_free(pathways[held]);
        plans[held] = NULL;
    }
    return status;
}

static pfh_status plan_all(pfh_caseload *reader, FILE *file, pfh_date today, pfh_error *err)
{
    char piece[4096];
    pfh_status status = PFH_OK;
    for (size_t size = 1; status == PFH_OK && size > 0 && !ferror(file);) {
        size = fread(piece, 1, sizeof piece, file);
        status = pfh_caseload_feed(reader, piece, size, err); /* size 0: that was all */
        for (const pfh_line *line; status == PFH_OK && (line = pfh_caseload_next(reader)) != NULL;)
            if (line->status == PFH_OK) {
                pathways[held++] = pfh_caseload_take(reader);
                status = held == BATCH ? plan_batch(today, err) : PFH_OK;
            } else if (!line->continued) { /* one line is counted once, in whatever pieces */
                refused++;
                fprintf(stderr, "line %ld: %s at \"%s\": %s\n", (long)line->number,
                        pfh_status_name(line->status), line->error->where, line->error->text);
            }
    }
    return status == PFH_OK ? plan_batch(today, err) : status;
}

int main(int argc, char **argv)
{
    pfh_error err;
    pfh_date today;
    pfh_caseload *reader = NULL;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    int result = 1;
    if (file == NULL)
        return 2;
    if (pfh_date_parse(&today, "2026-04-20", &err) != PFH_OK ||
        pfh_caseload_new(&reader, &err) != PFH_OK || plan_all(reader, file, today, &err) != PFH_OK)
        fprintf(stderr, "%s: %s\n", pfh_status_name(err.status), err.text);
    else if (ferror(file))
        perror(argv[1]);
    else
        result = refused + failed > 0;
    printf("planned %zu, failed %zu, refused %zu, late %zu\n", planned, failed, refused, late);
    while (held > 0)
        pfh_pathway_free(pathways[--held]);
    pfh_caseload_free(reader);
    fclose(file);
    return result;
}
