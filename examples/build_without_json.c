/*
 * Builds a pathway and a policy from an EPJ's own rows, with no JSON on the way in.
 */
#include <pfh/pfh.h>
#include <stdio.h>

/* Setters' answers may be ignored: the first error stays, and pfh_pathway_append() gives it. */
static pfh_status append(pfh_pathway *pathway, const char *id, const char *type, const char *date,
                         const char *start, const char *topic, pfh_error *err)
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
    if (topic != NULL) {                              /* a need, and who takes care of it */
        pfh_record_set_text(event, "assessment/topics/0/topic", topic, NULL);
        pfh_record_set_text(event, "assessment/topics/0/need", "follow_up", NULL);
        pfh_record_set_text(event, "assessment/topics/0/responsible/role", "gp", NULL);
    }
    status = pfh_pathway_append(pathway, event, err);
    pfh_record_free(event);
    return status;
}

static pfh_status build(pfh_pathway **pathway, pfh_policy **policy, pfh_error *err)
{
    pfh_record *head = NULL, *rules = NULL;
    pfh_status status = pfh_record_new(&head, PFH_RECORD_PATHWAY, err);
    pfh_record_set_text(head, "id", "demo-2", NULL);
    pfh_record_set_text(head, "edition", "hdir-2022", NULL);
    pfh_record_set_flag(head, "patient/has_municipal_services", 1, NULL);
    pfh_record_set_text(head, "diagnosis/code", "C189", NULL);
    pfh_record_set_text(head, "diagnosis/date", "2026-03-20", NULL);
    if (status == PFH_OK && (status = pfh_pathway_build(pathway, head, err)) == PFH_OK &&
        (status = pfh_record_new(&rules, PFH_RECORD_POLICY, err)) == PFH_OK) {
        pfh_record_set_number(rules, "needs_days", 14,
                              NULL); /* not 30; the rest is as by default */
        status = pfh_policy_build(policy, rules, err);
    }
    pfh_record_free(head);
    pfh_record_free(rules);
    return status;
}

int main(void)
{
    pfh_error err;
    pfh_date today;
    pfh_pathway *pathway = NULL;
    pfh_policy *policy = NULL;
    pfh_plan *plan = NULL;
    char *json = NULL;
    int failed =
        build(&pathway, &policy, &err) != PFH_OK ||
        append(pathway, "e1", "scheduled", "2026-04-08", "2026-04-15", NULL, &err) != PFH_OK ||
        append(pathway, "e2", "performed", "2026-04-15", NULL, "nutrition", &err) != PFH_OK ||
        pfh_pathway_to_json(&json, pathway, &err) != PFH_OK ||
        pfh_date_parse(&today, "2026-04-20", &err) != PFH_OK ||
        pfh_plan_derive(&plan, pathway, policy, today, &err) != PFH_OK;
    if (failed)
        fprintf(stderr, "%s at \"%s\": %s\n", pfh_status_name(err.status), err.where, err.text);
    else {
        printf("%s\n", json);
        for (size_t i = 0; i < pfh_plan_task_count(plan); i++)
            printf("task: %s\n", pfh_plan_task(plan, i)->id);
        if (append(pathway, "e3", "form_sent", "2026-04-31", NULL, NULL, &err) != PFH_OK)
            printf("no such day: %s at \"%s\"\n", pfh_status_name(err.status), err.where);
    }
    pfh_string_free(json);
    pfh_plan_free(plan);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    return failed;
}
