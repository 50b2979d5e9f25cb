/*
 * A municipality's worklist of the month: due date, state, task, pathway, unit.
 *     example_worklist examples/data/caseload.ndjson examples/data/policy.json
 */
#include <pfh/pfh.h>
#include <stdio.h>

static pfh_worklist *list;
static pfh_policy *policy; /* who does what */
static pfh_date today;
static int refused;

static pfh_status add_line(const pfh_line *line, pfh_error *err)
{
    pfh_plan *plan = NULL;
    if (line->status != PFH_OK) { /* one bad line does not stop the others */
        refused = 1;
        if (!line->continued) /* what is too long comes in pieces */
            fprintf(stderr, "line %ld: %s at \"%s\": %s\n", (long)line->number,
                    pfh_status_name(line->status), line->error->where, line->error->text);
        return PFH_OK;
    }
    pfh_status status = pfh_plan_derive(&plan, line->pathway, policy, today, err);
    if (status == PFH_OK)
        status = pfh_worklist_add(list, plan, err); /* copies what it keeps */
    pfh_plan_free(plan);
    return status;
}

static pfh_status read_all(pfh_caseload *reader, FILE *file, pfh_error *err)
{
    char piece[4096];
    pfh_status status = PFH_OK;
    for (size_t size = 1; status == PFH_OK && size > 0 && !ferror(file);) {
        size = fread(piece, 1, sizeof piece, file); /* 0: that was all */
        status = pfh_caseload_feed(reader, piece, size, err);
        for (const pfh_line *line; status == PFH_OK && (line = pfh_caseload_next(reader)) != NULL;)
            status = add_line(line, err);
    }
    return status;
}

static void show(const pfh_work *row, const pfh_task *task)
{
    char due[11];
    if (pfh_date_write(due, sizeof due, task->due, NULL) == PFH_OK)
        printf("%s %s: %s, %s, %s\n", due, pfh_word(PFH_WORDS_TASK_STATE, task->state), task->id,
               row->pathway, task->unit != NULL ? task->unit : "-");
}

int main(int argc, char **argv)
{
    char text[16384]; /* the policy, whole */
    pfh_error err;
    pfh_caseload *reader = NULL;
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    size_t size = file != NULL ? fread(text, 1, sizeof text, file) : 0;
    if (file == NULL || ferror(file) || (file = freopen(argv[1], "rb", file)) == NULL)
        return 2;
    int result =
        pfh_policy_parse(&policy, text, size, &err) != PFH_OK ||
        pfh_date_parse(&today, "2026-04-20", &err) != PFH_OK ||
        pfh_worklist_new(&list, &err) != PFH_OK || pfh_caseload_new(&reader, &err) != PFH_OK ||
        pfh_worklist_filter(list, "level", "municipality", &err) != PFH_OK ||
        pfh_worklist_filter(list, "to", "2026-04-30", &err) != PFH_OK || /* what is due by then */
        read_all(reader, file, &err) != PFH_OK || pfh_worklist_sort(list, &err) != PFH_OK;
    if (result != 0)
        fprintf(stderr, "%s at \"%s\": %s\n", pfh_status_name(err.status), err.where, err.text);
    else if ((result = ferror(file)) != 0) /* the list would lack tasks */
        perror(argv[1]);
    else
        for (size_t i = 0; i < pfh_worklist_count(list); i++)
            show(pfh_worklist_row(list, i), pfh_worklist_row(list, i)->task);
    pfh_caseload_free(reader);
    pfh_worklist_free(list);
    pfh_policy_free(policy);
    fclose(file);
    return result != 0 || refused;
}
