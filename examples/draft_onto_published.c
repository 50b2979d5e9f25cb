/*
 * Plans a pathway of the draft, five points, under the published guideline, three points.
 *
 * Prints the points of both plans, each with the points of the other edition that it stands for,
 * and how the other direction, which is ambiguous, is refused.
 */
#include <pfh/pfh.h>
#include <stdio.h>

static const char document[] =
    "{\"format\": \"pfh-pathway/1\", \"id\": \"demo-3\", \"edition\": \"hdir-2021-draft\","
    " \"diagnosis\": {\"code\": \"C34.1\", \"date\": \"2025-12-01\"}, \"events\": ["
    "{\"id\": \"e1\", \"type\": \"clinical_decision\", \"date\": \"2025-12-11\"},"
    "{\"id\": \"e2\", \"type\": \"performed\", \"point\": 1, \"date\": \"2025-12-12\"},"
    "{\"id\": \"e3\", \"type\": \"treatment_started\", \"date\": \"2026-01-05\"},"
    "{\"id\": \"e4\", \"type\": \"performed\", \"point\": 2, \"date\": \"2026-01-06\"},"
    "{\"id\": \"e5\", \"type\": \"performed\", \"point\": 3, \"date\": \"2026-03-10\"}]}";

static const char later[] =
    "{\"format\": \"pfh-pathway/1\", \"id\": \"demo-4\", \"edition\": \"hdir-2022\","
    " \"diagnosis\": {\"code\": \"C61\", \"date\": \"2026-03-02\"}, \"events\": []}";

/* A date as text in a place of 11 bytes; "-" for none. */
static const char *day(char *text, pfh_date date)
{
    return pfh_date_write(text, 11, date, NULL) == PFH_OK ? text : "-";
}

static void show(const pfh_plan *plan)
{
    printf("%s:\n", pfh_plan_edition(plan)->name);
    for (int32_t i = 1; (size_t)i <= pfh_plan_point_count(plan); i++) {
        const pfh_point *point = pfh_plan_point(plan, i);
        char opens[11], closes[11];
        printf("  point %d: %s, window %s to %s; in the other edition", (int)i,
               pfh_word(PFH_WORDS_STATE, point->state), day(opens, point->opens),
               day(closes, point->closes));
        for (size_t k = 0; k < point->maps_to_count; k++)
            printf(" %d", (int)point->maps_to[k]);
        printf("\n");
    }
}

int main(void)
{
    pfh_error err;
    pfh_date today;
    pfh_pathway *pathway = NULL, *other = NULL;
    pfh_plan *draft = NULL, *published = NULL, *back = NULL;
    int result = 0;

    if (pfh_date_parse(&today, "2026-04-20", &err) != PFH_OK ||
        pfh_pathway_parse(&pathway, document, sizeof document - 1, &err) != PFH_OK ||
        pfh_plan_derive(&draft, pathway, NULL, today, &err) != PFH_OK ||
        pfh_plan_derive_at(&published, pathway, NULL, today, NULL, "hdir-2022", &err) != PFH_OK ||
        pfh_pathway_parse(&other, later, sizeof later - 1, &err) != PFH_OK) {
        fprintf(stderr, "%s at \"%s\": %s\n", pfh_status_name(err.status), err.where, err.text);
        result = 1;
    } else {
        show(draft);
        show(published);
        if (pfh_plan_derive_at(&back, other, NULL, today, NULL, "hdir-2021-draft", &err) != PFH_OK)
            printf("back: refused, %s: %s\n", pfh_status_name(err.status), err.text);
    }
    pfh_plan_free(back);
    pfh_plan_free(published);
    pfh_plan_free(draft);
    pfh_pathway_free(other);
    pfh_pathway_free(pathway);
    return result;
}
