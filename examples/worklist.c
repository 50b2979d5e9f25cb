/*
 * A municipality's worklist from a caseload: what can be done now or is late, due first on top.
 *
 *     example_worklist examples/data/caseload.ndjson
 *
 * Prints a row for each task: due date, late or active, the task in Bokmål, point and pathway.
 */
#include <pfh/pfh.h>
#include <stdio.h>

static pfh_status add_line(pfh_worklist *list, const pfh_line *line, pfh_date today, pfh_error *err)
{
    pfh_plan *plan = NULL;
    pfh_status status;

    if (line->status != PFH_OK) { /* one bad line does not stop the others */
        fprintf(stderr, "line %ld: %s\n", (long)line->number, line->error->text);
        return PFH_OK;
    }
    status = pfh_plan_derive(&plan, line->pathway, NULL, today, err);
    if (status == PFH_OK)
        status = pfh_worklist_add(list, plan, err); /* copies what it keeps */
    pfh_plan_free(plan);
    return status;
}

static pfh_status read_all(pfh_worklist *list, pfh_caseload *reader, FILE *file, pfh_error *err)
{
    char piece[4096];
    size_t size = 1;
    pfh_date today;
    pfh_status status = pfh_date_parse(&today, "2026-04-20", err);

    while (status == PFH_OK && size > 0) {
        size = fread(piece, 1, sizeof piece, file);
        status = pfh_caseload_feed(reader, piece, size, err); /* size 0: that was all */
        for (const pfh_line *line; status == PFH_OK && (line = pfh_caseload_next(reader)) != NULL;)
            status = add_line(list, line, today, err);
    }
    return status;
}

static void show(const pfh_worklist *list)
{
    for (size_t i = 0; i < pfh_worklist_count(list); i++) {
        const pfh_work *row = pfh_worklist_row(list, i);
        char due[11] = "", id[64];
        snprintf(id, sizeof id, "task.%s", pfh_word(PFH_WORDS_TASK, row->task->kind));
        if (pfh_date_write(due, sizeof due, row->task->due, NULL) == PFH_OK)
            printf("%s %s: %s (%d), %s\n", due, pfh_word(PFH_WORDS_TASK_STATE, row->task->state),
                   pfh_text(PFH_LANGUAGE_NB, id), (int)row->task->point, row->pathway);
    }
}

int main(int argc, char **argv)
{
    pfh_error err;
    pfh_worklist *list = NULL;
    pfh_caseload *reader = NULL;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    int result = 1;

    if (file == NULL)
        return 2;
    if (pfh_worklist_new(&list, &err) == PFH_OK && pfh_caseload_new(&reader, &err) == PFH_OK &&
        pfh_worklist_filter(list, "level", "municipality", &err) == PFH_OK &&
        pfh_worklist_filter(list, "state", "late", &err) == PFH_OK && /* late or active */
        pfh_worklist_filter(list, "state", "active", &err) == PFH_OK &&
        read_all(list, reader, file, &err) == PFH_OK && pfh_worklist_sort(list, &err) == PFH_OK) {
        show(list);
        result = 0;
    } else {
        fprintf(stderr, "%s: %s\n", pfh_status_name(err.status), err.text);
    }
    pfh_caseload_free(reader);
    pfh_worklist_free(list);
    fclose(file);
    return result;
}
