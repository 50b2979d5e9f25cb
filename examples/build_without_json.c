/*
 * Builds a pathway from an EPJ's own rows, with no JSON on the way in.
 *
 * Prints the pathway as a document, the task that is due first, and what a mistake looks like.
 */
#include <pfh/pfh.h>
#include <stdio.h>

/* Adds one event.  The setters' answers may be ignored: the first error stays with the record, and
 * pfh_pathway_append() gives it again. */
static pfh_status append(pfh_pathway *pathway, const char *id, const char *type, const char *date,
                         const char *start, pfh_error *err)
{
    pfh_record *event = NULL;
    pfh_status status = pfh_record_new(&event, PFH_RECORD_EVENT, err);
    if (status != PFH_OK)
        return status;
    pfh_record_set_text(event, "id", id, NULL);
    pfh_record_set_text(event, "type", type, NULL);
    pfh_record_set_text(event, "date", date, NULL);
    pfh_record_set_number(event, "point", 1, NULL);
    pfh_record_set_text(event, "start", start, NULL); /* NULL: no such key */
    status = pfh_pathway_append(pathway, event, err);
    pfh_record_free(event);
    return status;
}

static pfh_status build(pfh_pathway **out, pfh_error *err)
{
    pfh_record *head = NULL;
    pfh_status status = pfh_record_new(&head, PFH_RECORD_PATHWAY, err);
    if (status != PFH_OK)
        return status;
    pfh_record_set_text(head, "id", "demo-2", NULL);
    pfh_record_set_text(head, "edition", "hdir-2022", NULL);
    pfh_record_set_text(head, "patient/municipality", "4003", NULL);
    pfh_record_set_text(head, "diagnosis/code", "C189", NULL);
    pfh_record_set_text(head, "diagnosis/date", "2026-03-20", NULL);
    status = pfh_pathway_build(out, head, err);
    pfh_record_free(head);
    return status;
}

int main(void)
{
    pfh_error err;
    pfh_date today;
    pfh_pathway *pathway = NULL;
    pfh_plan *plan = NULL;
    char *json = NULL;
    int result = 1;

    if (build(&pathway, &err) != PFH_OK ||
        append(pathway, "e1", "accepted", "2026-04-13", NULL, &err) != PFH_OK ||
        append(pathway, "e2", "scheduled", "2026-04-15", "2026-05-04T10:00", &err) != PFH_OK ||
        pfh_pathway_to_json(&json, pathway, &err) != PFH_OK ||
        pfh_date_parse(&today, "2026-04-20", &err) != PFH_OK ||
        pfh_plan_derive(&plan, pathway, NULL, today, &err) != PFH_OK) {
        fprintf(stderr, "%s at \"%s\": %s\n", pfh_status_name(err.status), err.where, err.text);
        goto done;
    }
    printf("%s\n", json);
    if (pfh_plan_task_count(plan) > 0)
        printf("first: %s\n", pfh_plan_task(plan, 0)->id);

    /* A day that does not exist is refused, and the pathway stays as it was. */
    if (append(pathway, "e3", "form_sent", "2026-04-31", NULL, &err) != PFH_OK)
        printf("refused: %s at \"%s\"\n", pfh_status_name(err.status), err.where);
    result = 0;

done:
    pfh_string_free(json);
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
    return result;
}
