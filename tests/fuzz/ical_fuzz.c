/*
 * tests/fuzz/ical_fuzz.c -- calendars of any bytes, through the public interface only.
 *
 * For clang's libFuzzer (-fsanitize=fuzzer,address,undefined, -dict=ical.dict; the folders of
 * tests/ical/public make a corpus).  Any bytes have an answer: defects of known rules, in the order
 * of places that are in the text; the same again for the same bytes.
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_lint(size > 0 ? (const char *)data : "", size);
    return 0;
}
