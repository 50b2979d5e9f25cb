/*
 * Checks how WMFG10 is coded.
 *
 * Prints, for each of three pathways, what is coded wrongly, or that nothing is.
 */
#include <pfh/pfh.h>
#include <stdio.h>
#include <string.h>

static const char *const documents[] = {
    /* Held and coded on the same day: as it should be. */
    "{\"format\": \"pfh-pathway/1\", \"id\": \"right\", \"edition\": \"hdir-2022\","
    " \"diagnosis\": {\"code\": \"C61\", \"date\": \"2026-03-02\"}, \"events\": ["
    " {\"id\": \"e1\", \"point\": 1, \"type\": \"performed\", \"date\": \"2026-03-24\","
    "  \"assessment\": {}},"
    " {\"id\": \"e2\", \"point\": 1, \"type\": \"coded\", \"date\": \"2026-03-24\","
    "  \"code\": \"WMFG10\"}]}",
    /* Held a month ago and never coded. */
    "{\"format\": \"pfh-pathway/1\", \"id\": \"missing\", \"edition\": \"hdir-2022\","
    " \"diagnosis\": {\"code\": \"C61\", \"date\": \"2026-03-02\"}, \"events\": ["
    " {\"id\": \"e1\", \"point\": 1, \"type\": \"performed\", \"date\": \"2026-03-20\","
    "  \"assessment\": {}}]}",
    /* Coded for an offer, which the patient declined. */
    "{\"format\": \"pfh-pathway/1\", \"id\": \"offer\", \"edition\": \"hdir-2022\","
    " \"diagnosis\": {\"code\": \"C61\", \"date\": \"2026-03-02\"}, \"events\": ["
    " {\"id\": \"e1\", \"point\": 1, \"type\": \"offered\", \"date\": \"2026-04-08\"},"
    " {\"id\": \"e2\", \"point\": 1, \"type\": \"coded\", \"date\": \"2026-04-08\","
    "  \"code\": \"WMFG10\"},"
    " {\"id\": \"e3\", \"point\": 1, \"type\": \"declined\", \"date\": \"2026-04-09\"}]}",
};

static void show(const pfh_plan *plan)
{
    if (pfh_plan_finding_count(plan) == 0)
        printf("%s: nothing to correct\n", pfh_plan_pathway(plan));
    for (size_t i = 0; i < pfh_plan_finding_count(plan); i++) {
        const pfh_finding *finding = pfh_plan_finding(plan, i);
        char id[64];
        snprintf(id, sizeof id, "finding.%s", pfh_word(PFH_WORDS_FINDING, finding->kind));
        printf("%s: %s at event %s: %s\n", pfh_plan_pathway(plan),
               pfh_word(PFH_WORDS_SEVERITY, finding->severity),
               finding->event != NULL ? finding->event : "-", pfh_text(PFH_LANGUAGE_EN, id));
    }
}

int main(void)
{
    pfh_error err;
    pfh_date today;
    int result = 0;

    if (pfh_date_parse(&today, "2026-04-20", &err) != PFH_OK)
        return 1;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        pfh_pathway *pathway = NULL;
        pfh_plan *plan = NULL;
        if (pfh_pathway_parse(&pathway, documents[i], strlen(documents[i]), &err) != PFH_OK ||
            pfh_plan_derive(&plan, pathway, NULL, today, &err) != PFH_OK) {
            fprintf(stderr, "%s at \"%s\": %s\n", pfh_status_name(err.status), err.where, err.text);
            result = 1;
        } else {
            show(plan);
        }
        pfh_plan_free(plan);
        pfh_pathway_free(pathway);
    }
    return result;
}
