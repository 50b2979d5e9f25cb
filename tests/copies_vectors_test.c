/*
 * The conformance vectors of merging, hand-over, needs and checklists: vectors/README.md says what
 * a case holds and how it is compared.  vectors_test.c sees to it that every row has a case.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* One case, and what is not as wanted. */
typedef struct vector {
    const char *file, *raw; /* its documents as they stand */
    const cJSON *row, *expect;
    pfh_status status;
    pfh_error error;
    growing wrong;
} vector;

/* ---- Comparing ---------------------------------------------------------------------------- */

static void complain(vector *v, const char *key, const cJSON *wanted, const cJSON *got)
{
    growing_differs(&v->wrong, key, wanted, got);
}

static void expect_covered(vector *v, const char *key, const cJSON *got)
{
    const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(v->expect, key);

    if (wanted != NULL && !json_covers(wanted, got))
        complain(v, key, wanted, got);
}

/* The same and no more: each holds all of the other. */
static void expect_equal(vector *v, const char *key, const cJSON *got)
{
    const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(v->expect, key);

    if (wanted != NULL && (got == NULL || !json_covers(wanted, got) || !json_covers(got, wanted)))
        complain(v, key, wanted, got);
}

static void expect_bytes(vector *v, const char *what, const char *wanted, const char *got)
{
    if (got != NULL && strcmp(wanted, got) == 0)
        return;
    got = got == NULL ? "nothing" : got;
    growing_print(&v->wrong, "\n  %s: wanted ", what);
    growing_add(&v->wrong, wanted, strlen(wanted));
    growing_print(&v->wrong, "\n  got ");
    growing_add(&v->wrong, got, strlen(got));
}

/* What came of it: an error that is expected, or none. */
static void expect_status(vector *v)
{
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(v->expect, "error");
    cJSON *got = cJSON_CreateObject();

    cJSON_AddStringToObject(got, "status", pfh_status_name(v->status));
    cJSON_AddStringToObject(got, "where", v->status == PFH_OK ? "" : v->error.where);
    if (error == NULL ? v->status != PFH_OK : !json_covers(error, got))
        complain(v, "error", error, got);
    cJSON_Delete(got);
}

static const cJSON *row_of(const cJSON *rows, const char *key, const char *value)
{
    const cJSON *row;

    cJSON_ArrayForEach(row, rows)
    {
        if (strcmp(json_text(row, key), value) == 0)
            return row;
    }
    return NULL;
}

/* Each given row with the row of the same topic or event. */
static void expect_rows(vector *v, const cJSON *expect, const cJSON *rows, const char *key)
{
    const cJSON *wanted;

    cJSON_ArrayForEach(wanted, expect)
    {
        const cJSON *row = row_of(rows, key, json_text(wanted, key));

        if (!json_covers(wanted, row))
            complain(v, expect->string, wanted, row);
    }
}

/* The topics or events of all rows, in order. */
static void expect_only(vector *v, const cJSON *expect, const cJSON *rows, const char *key)
{
    cJSON *got = cJSON_CreateArray();
    const cJSON *row;

    cJSON_ArrayForEach(row, rows)
    {
        cJSON_AddItemToArray(got, cJSON_CreateString(json_text(row, key)));
    }
    if (!json_covers(expect, got))
        complain(v, expect->string, expect, got);
    cJSON_Delete(got);
}

/* The keys of a document of needs, or of a checklist. */
static void expect_keys(vector *v, const cJSON *expect, const char *text)
{
    cJSON *got = json_read(text);
    const cJSON *topics = cJSON_GetObjectItemCaseSensitive(got, "topics"), *key;
    const cJSON *assessments = cJSON_GetObjectItemCaseSensitive(got, "assessments");

    cJSON_ArrayForEach(key, expect)
    {
        const cJSON *same = cJSON_GetObjectItemCaseSensitive(got, key->string);

        if (strcmp(key->string, "topics") == 0)
            expect_rows(v, key, topics, "topic");
        else if (strcmp(key->string, "assessments") == 0)
            expect_rows(v, key, assessments, "event");
        else if (strcmp(key->string, "only_topics") == 0)
            expect_only(v, key, topics, "topic");
        else if (strcmp(key->string, "only_assessments") == 0)
            expect_only(v, key, assessments, "event");
        else if (!json_covers(key, same))
            complain(v, key->string, key, same);
    }
    cJSON_Delete(got);
}

/* ---- Merging ------------------------------------------------------------------------------ */

static pfh_pathway *pathway_here(const char *raw)
{
    char *text = raw_copy(raw, NULL);
    pfh_pathway *pathway = pathway_of(text);

    free(text);
    return pathway;
}

static void choose(pfh_merge_options *options, const char *name, const char *side)
{
    cr_assert_eq(pfh_merge_options_choose(options, name, pfh_word_find(PFH_WORDS_SIDE, side), NULL),
                 PFH_OK);
}

static pfh_merge_options *options_of(const cJSON *row)
{
    const cJSON *choice, *choices = cJSON_GetObjectItemCaseSensitive(row, "choices");
    pfh_merge_options *options = NULL;

    cr_assert_eq(pfh_merge_options_new(&options, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_edition(options, json_text(row, "merge_edition"), NULL), PFH_OK);
    if (json_text(row, "choose_all") != NULL)
        choose(options, NULL, json_text(row, "choose_all"));
    cJSON_ArrayForEach(choice, choices)
    {
        choose(options, choice->string, choice->valuestring);
    }
    return options;
}

/* Merges @p copies one after the other, from the first on or from the last on; NULL: refused. */
static char *merged_text(vector *v, pfh_pathway *const *copies, size_t count, bool reversed,
                         const pfh_merge_options *options)
{
    pfh_pathway *so_far = NULL, *merged;
    char *text;

    v->status = PFH_OK;
    for (size_t i = 1; i < count && v->status == PFH_OK; i++) {
        const pfh_pathway *first = copies[reversed ? count - 1 : 0];
        const pfh_pathway *next = copies[reversed ? count - 1 - i : i];

        v->error = (pfh_error){0};
        v->status =
            pfh_pathway_merge(&merged, so_far == NULL ? first : so_far, next, options, &v->error);
        if (v->status == PFH_OK) {
            pfh_pathway_free(so_far);
            so_far = merged;
        }
    }
    text = v->status == PFH_OK ? pathway_text(so_far) : NULL;
    pfh_pathway_free(so_far);
    return text;
}

static void add_text(cJSON *object, const char *key, const char *text)
{
    if (text == NULL)
        cJSON_AddNullToObject(object, key);
    else
        cJSON_AddStringToObject(object, key, text);
}

static cJSON *row_json(const pfh_difference *row)
{
    cJSON *object = cJSON_CreateObject();
    char date[16] = "";

    add_text(object, "kind", pfh_word(PFH_WORDS_DIFFERENCE, row->kind));
    add_text(object, "name", row->name);
    add_text(object, "event", row->event);
    add_text(object, "type", pfh_word(PFH_WORDS_EVENT, row->type));
    add_text(object, "date",
             row->date != PFH_NONE && pfh_date_write(date, sizeof date, row->date, NULL) == PFH_OK
                 ? date
                 : NULL);
    add_text(object, "mine", row->mine);
    add_text(object, "theirs", row->theirs);
    add_text(object, "conflict", pfh_word(PFH_WORDS_CONFLICT, row->conflict));
    add_text(object, "key", row->key);
    add_text(object, "chosen", pfh_word(PFH_WORDS_SIDE, row->chosen));
    return object;
}

/* The rows of two copies; @p conflicts takes those that are conflicts. */
static cJSON *differences(const pfh_pathway *mine, const pfh_pathway *theirs,
                          const pfh_merge_options *options, cJSON *conflicts)
{
    cJSON *rows = cJSON_CreateArray();
    pfh_diff *diff = NULL;
    const pfh_difference *row;

    if (pfh_pathway_diff(&diff, mine, theirs, options, NULL) != PFH_OK)
        return rows; /* an edition that is refused: the merging says so */
    for (size_t i = 0; (row = pfh_diff_row(diff, i)) != NULL; i++) {
        cJSON_AddItemToArray(rows, row_json(row));
        if (row->kind == PFH_DIFFERENCE_CONFLICT)
            cJSON_AddItemToArray(conflicts, row_json(row));
    }
    pfh_diff_free(diff);
    return rows;
}

/* With choices the sides are not the same the other way round. */
static void expect_same_reversed(vector *v, pfh_pathway *const *copies, size_t count,
                                 const pfh_merge_options *options, const char *merged)
{
    pfh_status status = v->status;
    char *reversed = merged_text(v, copies, count, true, options);

    if (v->status != status)
        growing_print(&v->wrong, "\n  from the last on: %s", pfh_status_name(v->status));
    if (merged != NULL)
        expect_bytes(v, "from the last on", merged, reversed);
    pfh_string_free(reversed);
    v->status = status;
}

static void expect_merged(vector *v, const char *merged)
{
    cJSON *got = merged == NULL ? NULL : json_read(merged);

    expect_covered(v, "merged", got);
    expect_equal(v, "merged_is", got);
    if (json_text(v->expect, "merged_text") != NULL)
        expect_bytes(v, "merged_text", json_text(v->expect, "merged_text"), merged);
    cJSON_Delete(got);
}

static void merge_case(vector *v)
{
    pfh_pathway *copies[8];
    size_t count = 0;
    pfh_merge_options *options = options_of(v->row);
    cJSON *conflicts = cJSON_CreateArray(), *rows;
    char *merged;

    for (const char *raw = raw_first(raw_member(v->raw, "copies")); raw != NULL;
         raw = raw_next(raw)) {
        cr_assert_lt(count, COUNT(copies));
        copies[count++] = pathway_here(raw);
    }
    cr_assert_geq(count, 2);
    rows = differences(copies[0], copies[1], options, conflicts);
    expect_covered(v, "differences", rows);
    expect_covered(v, "conflicts", conflicts);
    if (!cJSON_HasObjectItem(v->row, "choices")) {
        merged = merged_text(v, copies, count, false, options);
        expect_same_reversed(v, copies, count, options, merged);
        pfh_string_free(merged);
    }
    merged = merged_text(v, copies, count, false, options);
    expect_merged(v, merged);
    if (cJSON_HasObjectItem(v->expect, "conflicts") && !cJSON_HasObjectItem(v->expect, "error"))
        cr_expect_eq(v->status, PFH_E_CONFLICT, "%s", json_text(v->row, "name"));
    else
        expect_status(v);
    pfh_string_free(merged);
    cJSON_Delete(rows);
    cJSON_Delete(conflicts);
    pfh_merge_options_free(options);
    while (count > 0)
        pfh_pathway_free(copies[--count]);
}

/* ---- Hand-over ---------------------------------------------------------------------------- */

static pfh_policy *policy_here(const vector *v)
{
    const char *raw = raw_member(v->raw, "policy");
    char *text = raw == NULL ? NULL : raw_copy(raw, NULL);
    pfh_policy *policy = text == NULL ? NULL : policy_of(text);

    free(text);
    return policy;
}

/* A copy adds nothing to what it was made of. */
static void expect_nothing_new(vector *v, const pfh_pathway *pathway, const pfh_pathway *copy)
{
    const pfh_pathway *sides[] = {pathway, copy, pathway};
    char *wanted = pathway_text(pathway);

    for (size_t i = 0; i < 2; i++) {
        pfh_pathway *merged = NULL;
        char *got = NULL;

        if (pfh_pathway_merge(&merged, sides[i], sides[i + 1], NULL, NULL) == PFH_OK)
            got = pathway_text(merged);
        expect_bytes(v, "merged with its copy", wanted, got);
        pfh_string_free(got);
        pfh_pathway_free(merged);
    }
    pfh_string_free(wanted);
}

static void expect_copy(vector *v, const pfh_pathway *pathway, const pfh_pathway *copy)
{
    char *text = pathway_text(copy);
    cJSON *got = json_read(text);
    pfh_pathway *again = pathway_of(text);
    char *written = pathway_text(again);

    expect_covered(v, "copy", got);
    expect_equal(v, "copy_is", got);
    expect_bytes(v, "read and written", text, written);
    expect_nothing_new(v, pathway, copy);
    pfh_string_free(written);
    pfh_pathway_free(again);
    cJSON_Delete(got);
    pfh_string_free(text);
}

static void handover_case(vector *v)
{
    pfh_pathway *pathway = pathway_here(raw_member(v->raw, "pathway")), *copy = NULL;
    pfh_policy *policy = policy_here(v);
    pfh_audience audience = pfh_word_find(PFH_WORDS_AUDIENCE, json_text(v->row, "handover"));
    int32_t override = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(v->row, "override"));

    v->status = pfh_pathway_handover(&copy, pathway, audience, policy, override, &v->error);
    expect_status(v);
    if (copy != NULL)
        expect_copy(v, pathway, copy);
    pfh_pathway_free(copy);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
}

/* ---- Needs and checklists ----------------------------------------------------------------- */

static pfh_needs *needs_here(vector *v, const pfh_policy *policy)
{
    pfh_pathway *pathway = pathway_here(raw_member(v->raw, "pathway"));
    pfh_needs *needs = NULL;

    v->status =
        pfh_needs_derive(&needs, pathway, policy, day(json_text(v->row, "as_of")),
                         json_text(v->row, "known_at"), json_text(v->row, "edition"), &v->error);
    pfh_pathway_free(pathway);
    return needs;
}

static void needs_case(vector *v)
{
    pfh_policy *policy = policy_here(v);
    pfh_needs *needs = needs_here(v, policy);
    char *text = NULL;

    expect_status(v);
    if (needs != NULL) {
        cr_assert_eq(pfh_needs_to_json(&text, needs, NULL), PFH_OK);
        expect_keys(v, cJSON_GetObjectItemCaseSensitive(v->expect, "needs"), text);
    }
    pfh_string_free(text);
    pfh_needs_free(needs);
    pfh_policy_free(policy);
}

static void checklist_case(vector *v)
{
    const cJSON *asked = cJSON_GetObjectItemCaseSensitive(v->row, "checklist");
    const char *language = json_text(asked, "language");
    int32_t point = cJSON_GetObjectItemCaseSensitive(asked, "point")->valueint;
    pfh_policy *policy = policy_here(v);
    pfh_needs *known = NULL;
    char *text = NULL;

    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(asked, "known"))) {
        known = needs_here(v, policy);
        cr_assert_not_null(known, "%s", json_text(v->row, "name"));
    }
    v->status = pfh_checklist_to_json(
        &text, pfh_edition_find(json_text(asked, "edition")), point, policy, known,
        pfh_word_find(PFH_WORDS_LANGUAGE, language == NULL ? "nb" : language), &v->error);
    expect_status(v);
    if (text != NULL)
        expect_keys(v, cJSON_GetObjectItemCaseSensitive(v->expect, "checklist"), text);
    pfh_string_free(text);
    pfh_needs_free(known);
    pfh_policy_free(policy);
}

/* ---- Going through the files -------------------------------------------------------------- */

static void run(const char *file, const cJSON *row, const char *raw, void (*check)(vector *))
{
    vector v = {.file = file, .raw = raw, .row = row};

    v.expect = cJSON_GetObjectItemCaseSensitive(row, "expect");
    cr_assert(cJSON_IsObject(v.expect) && v.expect->child != NULL,
              "%s: a case without expectations", file);
    check(&v);
    cr_expect(v.wrong.size == 0, "%s: %s%s", file, json_text(row, "name"),
              v.wrong.data == NULL ? "" : v.wrong.data);
    free(v.wrong.data);
}

/* A test for a file, in which every case is run in one way. */
#define FILE_OF_CASES(name)                                                                        \
    static void run_##name(const char *file, const cJSON *row, const char *raw)                    \
    {                                                                                              \
        run(file, row, raw, name##_case);                                                          \
    }                                                                                              \
    Test(vectors, name)                                                                            \
    {                                                                                              \
        each_vector(#name ".json", run_##name);                                                    \
    }

FILE_OF_CASES(merge)
FILE_OF_CASES(handover)
FILE_OF_CASES(needs)
FILE_OF_CASES(checklist)
