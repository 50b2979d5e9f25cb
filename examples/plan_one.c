/*
 * Plans one patient: a document in, what is to be done next out.
 *
 * Prints where each of the three points stands on 2026-04-20, and the open tasks, due first on top.
 */
#include <pfh/pfh.h>
#include <stdio.h>

/* Told in February, assessed in the hospital (e1), which has not registered its code. */
static const char document[] =
    "{\"format\": \"pfh-pathway/1\", \"id\": \"demo-1\", \"edition\": \"hdir-2022\","
    " \"diagnosis\": {\"code\": \"C50.9\", \"date\": \"2026-01-31\", \"informed\": \"2026-02-02\"},"
    " \"events\": ["
    "  {\"id\": \"e1\", \"type\": \"performed\", \"date\": \"2026-02-20\", \"point\": 1},"
    "  {\"id\": \"e2\", \"type\": \"message\", \"date\": \"2026-02-21\", \"point\": 1,"
    "   \"to\": \"gp\", \"kind\": \"letter\"},"
    "  {\"id\": \"e3\", \"type\": \"message\", \"date\": \"2026-02-21\", \"point\": 1,"
    "   \"to\": \"municipality\", \"kind\": \"phone\"}]}";

/* A date as text in a place of 11 bytes; "-" for none. */
static const char *day(char *text, pfh_date date)
{
    return pfh_date_write(text, 11, date, NULL) == PFH_OK ? text : "-";
}

static void show(const pfh_plan *plan)
{
    char first[11], last[11];

    printf("%s is %s\n", pfh_plan_pathway(plan),
           pfh_word(PFH_WORDS_PLAN_STATUS, pfh_plan_status(plan)));
    for (int32_t i = 1; (size_t)i <= pfh_plan_point_count(plan); i++) {
        const pfh_point *point = pfh_plan_point(plan, i);
        printf("point %d: %s, %s the window %s to %s\n", (int)i,
               pfh_word(PFH_WORDS_STATE, point->state), pfh_word(PFH_WORDS_TIMING, point->timing),
               day(first, point->opens), day(last, point->closes));
    }
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
        const pfh_task *task = pfh_plan_task(plan, i);
        printf("%s %s: %s, %s to %s\n", pfh_word(PFH_WORDS_LEVEL, task->level), task->id,
               pfh_word(PFH_WORDS_TASK_STATE, task->state), day(first, task->from),
               day(last, task->due));
    }
}

int main(void)
{
    pfh_error err;
    pfh_date today;
    pfh_pathway *pathway = NULL;
    pfh_plan *plan = NULL;
    int result = 0;

    if (pfh_date_parse(&today, "2026-04-20", &err) != PFH_OK ||
        pfh_pathway_parse(&pathway, document, sizeof document - 1, &err) != PFH_OK ||
        pfh_plan_derive(&plan, pathway, NULL, today, &err) != PFH_OK) {
        fprintf(stderr, "%s at \"%s\": %s\n", pfh_status_name(err.status), err.where, err.text);
        result = 1;
    } else {
        show(plan);
    }
    pfh_plan_free(plan); /* NULL is fine */
    pfh_pathway_free(pathway);
    return result;
}
