/*
 * tests/fuzz/ical_fuzz.c -- calendars of any bytes, through the public interface only.
 *
 * For clang's libFuzzer (-fsanitize=fuzzer,address,undefined, -dict=ical.dict; the folders of
 * tests/ical/public make a corpus).  Any bytes have an answer: defects of known rules, in the order
 * of places that are in the text; the same again for the same bytes.  As the calendar of a plan
 * they are refused, or brought up to date, and then an update changes nothing; what is proposed can
 * be appended.
 */
#include <pfh/pfh.h>

#include <stdlib.h>
#include <string.h>

static void must(int truth)
{
    if (!truth)
        abort();
}

static int is_rule(const pfh_defect *row)
{
    for (size_t i = 0; i < pfh_lint_rule_count(); i++)
        if (strcmp(pfh_lint_rule(i)->rule, row->rule) == 0)
            return 1;
    return 0;
}

static void check_rows(const pfh_defects *defects, size_t size)
{
    const pfh_defect *before = NULL;

    must(pfh_defects_count(defects) <= 10000);
    must(pfh_defects_row(defects, pfh_defects_count(defects)) == NULL);
    for (size_t i = 0; i < pfh_defects_count(defects); i++) {
        const pfh_defect *row = pfh_defects_row(defects, i);

        must(is_rule(row) && row->section[0] != '\0' && row->text[0] != '\0');
        must(row->line >= 1 && (size_t)row->line <= size + 1);
        must(row->column >= 1 && (size_t)row->column <= size + 1);
        must(before == NULL || before->line < row->line ||
             (before->line == row->line && before->column <= row->column));
        before = row;
    }
}

static void check_lint(const char *text, size_t size)
{
    pfh_defects *defects = NULL, *again = NULL;

    must(pfh_ical_lint(&defects, text, size, NULL) == PFH_OK);
    must(pfh_ical_lint(&again, text, size, NULL) == PFH_OK);
    check_rows(defects, size);
    must(pfh_defects_count(defects) == pfh_defects_count(again));
    for (size_t i = 0; i < pfh_defects_count(defects); i++) {
        const pfh_defect *a = pfh_defects_row(defects, i), *b = pfh_defects_row(again, i);

        must(a->line == b->line && a->column == b->column && strcmp(a->rule, b->rule) == 0);
    }
    pfh_defects_free(defects);
    pfh_defects_free(again);
}

/* A pathway with an appointment and a code to register, and its plan; made once. */
static pfh_pathway *new_pathway(void)
{
    static const char text[] =
        "{\"format\":\"pfh-pathway/"
        "1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":"
        "\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[{\"id\":\"e1\",\"type\":\"performed\","
        "\"date\":"
        "\"2026-02-10\",\"point\":1},{\"id\":\"e2\",\"type\":\"scheduled\",\"date\":\"2026-04-20\","
        "\"point\":2,\"start\":\"2026-05-11T10:00\",\"minutes\":60}]}";
    pfh_pathway *pathway = NULL;

    must(pfh_pathway_parse(&pathway, text, sizeof text - 1, NULL) == PFH_OK);
    return pathway;
}

static pfh_plan *new_plan(const pfh_pathway *pathway)
{
    pfh_plan *plan = NULL;
    pfh_date day;

    must(pfh_date_parse(&day, "2026-05-04", NULL) == PFH_OK);
    must(pfh_plan_derive(&plan, pathway, NULL, day, NULL) == PFH_OK);
    return plan;
}

static void check_update(const char *text, size_t size, const pfh_plan *plan)
{
    char *once = NULL, *twice = NULL;

    if (pfh_ical_update(&once, text, size, &plan, 1, NULL, NULL) != PFH_OK)
        return;
    must(pfh_ical_update(&twice, once, strlen(once), &plan, 1, NULL, NULL) == PFH_OK);
    pfh_string_free(once);
    pfh_string_free(twice);
}

static void check_read(const char *text, size_t size, const pfh_plan *plan)
{
    pfh_pathway *pathway = new_pathway();
    pfh_proposals *found = NULL;

    if (pfh_ical_read(&found, text, size, &plan, 1, NULL, NULL) == PFH_OK)
        for (size_t i = 0; i < pfh_proposals_count(found); i++) {
            const pfh_proposal *row = pfh_proposals_row(found, i);

            must((row->event == NULL) == (row->needs != NULL));
            if (i > 0 || row->event == NULL)
                continue;
            must(pfh_record_set_text(row->event, "id", "new", NULL) == PFH_OK);
            must(pfh_pathway_append(pathway, row->event, NULL) == PFH_OK);
        }
    pfh_proposals_free(found);
    pfh_pathway_free(pathway);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static pfh_pathway *pathway;
    static pfh_plan *plan;
    const char *text = size > 0 ? (const char *)data : "";

    if (plan == NULL)
        plan = new_plan(pathway = new_pathway());
    check_lint(text, size);
    check_update(text, size, plan);
    check_read(text, size, plan);
    return 0;
}
