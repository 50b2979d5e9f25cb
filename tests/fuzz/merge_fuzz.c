/*
 * tests/fuzz/merge_fuzz.c -- copies of pathways of any content, through the public interface only.
 *
 * For clang's libFuzzer (-fsanitize=fuzzer,address,undefined, -dict=pathway.dict).  The input is up
 * to three pathways, one a line.  Whatever they are: it does not matter which copy is mine; a copy
 * merged with itself, or with what was handed over of it, is the copy; what can be grouped in two
 * ways gives the same bytes; what is refused has conflicts to show, and either side settles them;
 * and what is merged is a document.
 */
#include <pfh/pfh.h>

#include <stdlib.h>
#include <string.h>

enum { COPIES = 3 };

static void must(int truth)
{
    if (!truth)
        abort();
}

static char *text_of(const pfh_pathway *pathway)
{
    char *text = NULL;

    must(pfh_pathway_to_json(&text, pathway, NULL) == PFH_OK);
    return text;
}

static void must_be_same(const pfh_pathway *a, const pfh_pathway *b)
{
    char *x = text_of(a), *y = text_of(b);

    must(strcmp(x, y) == 0);
    pfh_string_free(x);
    pfh_string_free(y);
}

static void must_be_document(const pfh_pathway *pathway)
{
    char *text = text_of(pathway);
    const size_t size = strlen(text);
    pfh_pathway *again = NULL;

    if (size < 1000000) { /* what is canonical can be longer than what was read */
        must(pfh_pathway_parse(&again, text, size, NULL) == PFH_OK);
        must_be_same(pathway, again);
    }
    pfh_pathway_free(again);
    pfh_string_free(text);
}

static void check_conflicts(const pfh_pathway *a, const pfh_pathway *b, const pfh_error *err)
{
    pfh_diff *diff = NULL;
    pfh_merge_options *options = NULL;
    pfh_pathway *settled = NULL;

    must(err->where[0] == '/' || err->where[0] == '\0');
    must(pfh_pathway_diff(&diff, a, b, NULL, NULL) == PFH_OK);
    must(pfh_diff_conflict_count(diff) > 0);
    must(pfh_merge_options_new(&options, NULL) == PFH_OK);
    must(pfh_merge_options_edition(options, "hdir-2022", NULL) == PFH_OK);
    must(pfh_merge_options_choose(options, "/id", PFH_SIDE_MINE, NULL) == PFH_OK);
    for (int32_t side = PFH_SIDE_MINE; side <= PFH_SIDE_THEIRS; side++) {
        pfh_status status;

        must(pfh_merge_options_choose(options, NULL, (pfh_side)side, NULL) == PFH_OK);
        status = pfh_pathway_merge(&settled, a, b, options, NULL);
        must(status == PFH_OK || status == PFH_E_VALUE); /* a previous of one id and the other's */
        if (status == PFH_OK)
            must_be_document(settled);
        pfh_pathway_free(settled);
        settled = NULL;
    }
    pfh_merge_options_free(options);
    pfh_diff_free(diff);
}

/* Merges two ways round; NULL where there are conflicts. */
static pfh_pathway *merge(const pfh_pathway *a, const pfh_pathway *b)
{
    pfh_pathway *one = NULL, *other = NULL;
    pfh_error err;
    pfh_status status = pfh_pathway_merge(&one, a, b, NULL, &err);

    must(status == pfh_pathway_merge(&other, b, a, NULL, NULL));
    must(status == PFH_OK || status == PFH_E_CONFLICT);
    if (status == PFH_OK) {
        must_be_same(one, other);
        must_be_document(one);
    } else {
        must(one == NULL && other == NULL);
        check_conflicts(a, b, &err);
    }
    pfh_pathway_free(other);
    return one;
}

static void check_alone(const pfh_pathway *pathway)
{
    pfh_pathway *same = merge(pathway, pathway);

    must(same != NULL);
    must_be_same(same, pathway);
    pfh_pathway_free(same);
    for (int32_t audience = 1; audience <= pfh_word_count(PFH_WORDS_AUDIENCE); audience++) {
        pfh_pathway *copy = NULL, *back;
        pfh_status status =
            pfh_pathway_handover(&copy, pathway, (pfh_audience)audience, NULL, 0, NULL);

        must(status == PFH_OK || status == PFH_E_VALUE);
        if (status != PFH_OK)
            continue;
        must_be_document(copy);
        back = merge(pathway, copy);
        must(back != NULL);
        must_be_same(back, pathway);
        pfh_pathway_free(back);
        pfh_pathway_free(copy);
    }
}

static void check_grouping(pfh_pathway *const copies[COPIES])
{
    pfh_pathway *first = merge(copies[0], copies[1]), *last = merge(copies[1], copies[2]);
    pfh_pathway *left = first == NULL ? NULL : merge(first, copies[2]);
    pfh_pathway *right = last == NULL ? NULL : merge(copies[0], last);

    if (left != NULL && right != NULL)
        must_be_same(left, right);
    pfh_pathway_free(left);
    pfh_pathway_free(right);
    pfh_pathway_free(first);
    pfh_pathway_free(last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size > 0 ? (const char *)data : "", *end = text + size;
    pfh_pathway *copies[COPIES] = {NULL};
    size_t count = 0;

    while (text < end && count < COPIES) {
        const char *line = memchr(text, '\n', (size_t)(end - text));

        if (line == NULL)
            line = end;
        if (pfh_pathway_parse(&copies[count], text, (size_t)(line - text), NULL) == PFH_OK)
            check_alone(copies[count++]);
        text = line < end ? line + 1 : end;
    }
    if (count == 2)
        pfh_pathway_free(merge(copies[0], copies[1]));
    else if (count == COPIES)
        check_grouping(copies);
    for (size_t i = 0; i < count; i++)
        pfh_pathway_free(copies[i]);
    return 0;
}
