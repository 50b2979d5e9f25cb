/*
 * The conformance vectors: vectors/README.md says what a case holds and how it is compared.
 *
 * What goes to the library are the documents as they stand in the file; cJSON reads only what is
 * expected and what came back.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* One case, and what the library made of it. */
typedef struct vector {
    const char *file;
    const cJSON *row;       /* all of it */
    char *pathway, *policy; /* as they stand; policy NULL where there is none */
    pfh_status status;
    pfh_error error;
    char *plan;    /* NULL where it is refused */
    growing wrong; /* what is not as wanted */
} vector;

/* ---- Running a case ----------------------------------------------------------------------- */

static bool wants_reasons(const cJSON *expect)
{
    const cJSON *child;

    cJSON_ArrayForEach(child, expect)
    {
        if ((child->string != NULL && strcmp(child->string, "because") == 0) ||
            wants_reasons(child))
            return true;
    }
    return false;
}

static pfh_status plan_case(vector *v, const pfh_pathway *pathway, const pfh_policy *policy)
{
    pfh_plan *plan = NULL;
    pfh_status status =
        pfh_plan_derive_at(&plan, pathway, policy, day(json_text(v->row, "as_of")),
                           json_text(v->row, "known_at"), json_text(v->row, "edition"), &v->error);

    if (status == PFH_OK)
        v->plan = plan_text(plan, wants_reasons(v->row));
    pfh_plan_free(plan);
    return status;
}

static void run_case(vector *v)
{
    pfh_pathway *pathway = NULL;
    pfh_policy *policy = NULL;

    v->status = pfh_pathway_parse(&pathway, v->pathway, strlen(v->pathway), &v->error);
    if (v->status == PFH_OK && v->policy != NULL)
        v->status = pfh_policy_parse(&policy, v->policy, strlen(v->policy), &v->error);
    if (v->status == PFH_OK)
        v->status = plan_case(v, pathway, policy);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
}

/* ---- What is wanted ----------------------------------------------------------------------- */

static void complain(vector *v, const char *key, const cJSON *wanted, const cJSON *got)
{
    growing_differs(&v->wrong, key, wanted, got);
}

/* The row of a list with the same value of @p key as @p wanted has. */
static const cJSON *row_like(const cJSON *list, const char *key, const cJSON *wanted)
{
    const cJSON *row;

    cJSON_ArrayForEach(row, list)
    {
        if (cJSON_Compare(cJSON_GetObjectItemCaseSensitive(row, key),
                          cJSON_GetObjectItemCaseSensitive(wanted, key), true))
            return row;
    }
    return NULL;
}

static void expect_rows(vector *v, const cJSON *expect, const cJSON *got, const char *key)
{
    const cJSON *wanted;

    cJSON_ArrayForEach(wanted, expect)
    {
        const cJSON *row = row_like(got, key, wanted);

        if (!json_covers(wanted, row))
            complain(v, expect->string, wanted, row == NULL ? got : row);
    }
}

static void expect_some(vector *v, const cJSON *expect, const cJSON *got)
{
    const cJSON *wanted, *row;

    cJSON_ArrayForEach(wanted, expect)
    {
        bool found = false;

        cJSON_ArrayForEach(row, got)
        {
            found |= json_covers(wanted, row);
        }
        if (!found)
            complain(v, expect->string, wanted, got);
    }
}

static void expect_ids(vector *v, const cJSON *expect, const cJSON *got)
{
    const cJSON *row, *wanted = expect->child;

    cJSON_ArrayForEach(row, got)
    {
        if (wanted == NULL || strcmp(wanted->valuestring, json_text(row, "id")) != 0) {
            complain(v, expect->string, expect, got);
            return;
        }
        wanted = wanted->next;
    }
    if (wanted != NULL)
        complain(v, expect->string, expect, got);
}

/* None of these words is the value of one of two keys of any row. */
static void expect_none(vector *v, const cJSON *expect, const cJSON *got, const char *key,
                        const char *other)
{
    const cJSON *word, *row;

    cJSON_ArrayForEach(word, expect)
    {
        cJSON_ArrayForEach(row, got)
        {
            if (strcmp(word->valuestring, json_text(row, key)) == 0 ||
                strcmp(word->valuestring, json_text(row, other)) == 0)
                complain(v, expect->string, word, row);
        }
    }
}

static void expect_key(vector *v, const cJSON *expect, const cJSON *plan)
{
    const cJSON *tasks = cJSON_GetObjectItemCaseSensitive(plan, "tasks");
    const cJSON *findings = cJSON_GetObjectItemCaseSensitive(plan, "findings");
    const cJSON *same = cJSON_GetObjectItemCaseSensitive(plan, expect->string);

    if (strcmp(expect->string, "points") == 0)
        expect_rows(v, expect, same, "point");
    else if (strcmp(expect->string, "tasks") == 0)
        expect_rows(v, expect, tasks, "id");
    else if (strcmp(expect->string, "findings") == 0)
        expect_some(v, expect, findings);
    else if (strcmp(expect->string, "only_tasks") == 0)
        expect_ids(v, expect, tasks);
    else if (strcmp(expect->string, "no_tasks") == 0)
        expect_none(v, expect, tasks, "id", "kind");
    else if (strcmp(expect->string, "no_findings") == 0)
        expect_none(v, expect, findings, "id", "id");
    else if (strcmp(expect->string, "only_findings") == 0) {
        if (!json_covers(expect, findings))
            complain(v, expect->string, expect, findings);
    } else if (!json_covers(expect, same))
        complain(v, expect->string, expect, same);
}

static void expect_error(vector *v, const cJSON *error)
{
    cJSON *got = cJSON_CreateObject();

    cJSON_AddStringToObject(got, "status", pfh_status_name(v->status));
    cJSON_AddStringToObject(got, "where", v->status == PFH_OK ? "" : v->error.where);
    if (!json_covers(error, got))
        complain(v, "error", error, got);
    cJSON_Delete(got);
}

static void expect_all(vector *v)
{
    const cJSON *expect = cJSON_GetObjectItemCaseSensitive(v->row, "expect"), *key;
    cJSON *plan = v->plan == NULL ? NULL : json_read(v->plan);

    cr_assert(cJSON_IsObject(expect) && expect->child != NULL, "%s: a case without expectations",
              v->file);
    if (cJSON_HasObjectItem(expect, "error")) {
        cr_assert_null(expect->child->next, "%s: error stands alone", v->file);
        expect_error(v, expect->child);
    } else if (plan == NULL) {
        growing_print(&v->wrong, "\n  refused: %s at \"%s\"", pfh_status_name(v->status),
                      v->error.where);
    } else {
        cJSON_ArrayForEach(key, expect)
        {
            expect_key(v, key, plan);
        }
    }
    cJSON_Delete(plan);
}

/* ---- Going through the files -------------------------------------------------------------- */

static void vector_free(vector *v)
{
    free(v->pathway);
    free(v->policy);
    pfh_string_free(v->plan);
    free(v->wrong.data);
}

static vector vector_of(const char *file, const cJSON *row, const char *raw)
{
    const char *policy = raw_member(raw, "policy");

    return (vector){.file = file,
                    .row = row,
                    .pathway = raw_copy(raw_member(raw, "pathway"), NULL),
                    .policy = policy == NULL ? NULL : raw_copy(policy, NULL)};
}

static void check_case(const char *file, const cJSON *row, const char *raw)
{
    vector v = vector_of(file, row, raw);

    run_case(&v);
    expect_all(&v);
    cr_expect(v.wrong.size == 0, "%s: %s%s", file, json_text(row, "name"),
              v.wrong.data == NULL ? "" : v.wrong.data);
    vector_free(&v);
}

/* Every file: the name of its test, the file. */
#define FILES(ROW)                                                                                 \
    ROW(counting, "counting.json")                                                                 \
    ROW(dates, "dates.json")                                                                       \
    ROW(draft, "draft.json")                                                                       \
    ROW(explain, "explain.json")                                                                   \
    ROW(findings_other, "findings-other.json")                                                     \
    ROW(findings_wmfg10, "findings-wmfg10.json")                                                   \
    ROW(onto, "onto.json")                                                                         \
    ROW(points, "points.json")                                                                     \
    ROW(policy, "policy.json")                                                                     \
    ROW(responsible, "responsible.json")                                                           \
    ROW(states, "states.json")                                                                     \
    ROW(status, "status.json")                                                                     \
    ROW(tasks_messages, "tasks-messages.json")                                                     \
    ROW(tasks_offer, "tasks-offer.json")                                                           \
    ROW(tasks_performed, "tasks-performed.json")                                                   \
    ROW(tasks_point, "tasks-point.json")                                                           \
    ROW(timing, "timing.json")                                                                     \
    ROW(windows, "windows.json")                                                                   \
    ROW(working_days, "working-days.json")

#define ROW(test, file)                                                                            \
    Test(vectors, test)                                                                            \
    {                                                                                              \
        each_vector(file, check_case);                                                             \
    }
FILES(ROW)
#undef ROW

static const char *const files[] = {
#define ROW(test, file) file,
    FILES(ROW)
#undef ROW
};

/* Run by copies_vectors_test.c; their names and rows are checked here. */
static const char *const others[] = {"checklist.json", "handover.json", "merge.json", "needs.json"};

static bool is_listed(const char *file)
{
    for (size_t i = 0; i < COUNT(files); i++)
        if (strcmp(files[i], file) == 0)
            return true;
    for (size_t i = 0; i < COUNT(others); i++)
        if (strcmp(others[i], file) == 0)
            return true;
    return false;
}

static void each_case_of_all(void (*use)(const char *file, const cJSON *row, const char *raw))
{
    for (size_t i = 0; i < COUNT(files); i++)
        each_vector(files[i], use);
}

static bool ends_in(const char *text, const char *end)
{
    return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

Test(vectors, every_file_has_a_test)
{
    DIR *folder = opendir(PFH_TEST_DATA "/vectors");
    size_t found = 0;

    cr_assert_not_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!ends_in(entry->d_name, ".json"))
            continue;
        cr_expect(is_listed(entry->d_name), "%s is not run", entry->d_name);
        found++;
    }
    closedir(folder);
    cr_expect_eq(found, COUNT(files) + COUNT(others));
}

/* ---- Names and rows ----------------------------------------------------------------------- */

typedef struct strings {
    char *text[16384];
    size_t count;
} strings;

static strings names, covered;

static void keep(strings *list, const char *text)
{
    cr_assert_lt(list->count, COUNT(list->text));
    list->text[list->count] = malloc(strlen(text) + 1);
    cr_assert_not_null(list->text[list->count]);
    memcpy(list->text[list->count++], text, strlen(text) + 1);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(strings *list)
{
    qsort(list->text, list->count, sizeof list->text[0], by_bytes);
}

static bool has(const strings *list, const char *text)
{
    return bsearch(&text, list->text, list->count, sizeof list->text[0], by_bytes) != NULL;
}

static void collect(const char *file, const cJSON *row, const char *raw)
{
    const cJSON *covers = cJSON_GetObjectItemCaseSensitive(row, "covers"), *id;
    static const char *const keys[] = {"name", "why", "source"};

    (void)raw;
    for (size_t i = 0; i < COUNT(keys); i++)
        cr_expect(json_text(row, keys[i]) != NULL && json_text(row, keys[i])[0] != '\0',
                  "%s: a case without %s", file, keys[i]);
    keep(&names, json_text(row, "name"));
    cr_expect_not_null(covers->child, "%s: covers nothing", names.text[names.count - 1]);
    cJSON_ArrayForEach(id, covers)
    {
        keep(&covered, id->valuestring);
    }
}

static void collect_all(void)
{
    each_case_of_all(collect);
    for (size_t i = 0; i < COUNT(others); i++)
        each_vector(others[i], collect);
}

static strings rows_of(const char *file)
{
    strings rows = {.count = 0};
    char *text = file_read(file, NULL);

    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (line[0] != '#')
            keep(&rows, line);
    free(text);
    sort(&rows);
    return rows;
}

Test(vectors, names_are_unique_and_there_are_enough_cases)
{
    collect_all();
    cr_expect_geq(names.count, 400);
    sort(&names);
    for (size_t i = 1; i < names.count; i++)
        cr_expect_str_neq(names.text[i - 1], names.text[i], "two cases of one name");
}

Test(vectors, every_row_of_the_rules_has_a_case_and_every_case_a_row)
{
    static const char *const tables[] = {"vectors/rows-points.txt", "vectors/rows-tasks.txt",
                                         "vectors/rows-merge.txt", "vectors/rows-handover.txt",
                                         "vectors/rows-needs.txt"};
    static strings rows[COUNT(tables)];

    collect_all();
    sort(&covered);
    for (size_t t = 0; t < COUNT(tables); t++) {
        rows[t] = rows_of(tables[t]);
        cr_assert_gt(rows[t].count, 30);
        for (size_t i = 0; i < rows[t].count; i++)
            cr_expect(has(&covered, rows[t].text[i]), "%s has no case", rows[t].text[i]);
    }
    for (size_t i = 0; i < covered.count; i++) {
        bool found = false;

        for (size_t t = 0; t < COUNT(tables); t++)
            found |= has(&rows[t], covered.text[i]);
        cr_expect(found, "%s is no row", covered.text[i]);
    }
}

/* ---- Written and read again --------------------------------------------------------------- */

static void written_again(const char *file, const cJSON *row, const char *raw)
{
    pfh_pathway *pathway = NULL;
    pfh_policy *policy = NULL;
    vector v = vector_of(file, row, raw), second = {.file = file, .row = row};

    run_case(&v);
    if (pfh_pathway_parse(&pathway, v.pathway, strlen(v.pathway), NULL) == PFH_OK &&
        (v.policy == NULL ||
         pfh_policy_parse(&policy, v.policy, strlen(v.policy), NULL) == PFH_OK)) {
        second.pathway = pathway_text(pathway);
        second.policy = policy == NULL ? NULL : policy_text(policy);
        run_case(&second);
        cr_expect_eq(second.status, v.status, "%s", json_text(v.row, "name"));
        if (v.plan != NULL && second.plan != NULL)
            cr_expect_str_eq(second.plan, v.plan, "%s", json_text(v.row, "name"));
    }
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    vector_free(&v);
    vector_free(&second);
}

static void same_bytes_again(const char *file, const cJSON *row, const char *raw)
{
    pfh_pathway *pathway = NULL, *again;
    pfh_policy *policy = NULL, *policy_again;
    vector v = vector_of(file, row, raw);
    char *first, *second;

    if (pfh_pathway_parse(&pathway, v.pathway, strlen(v.pathway), NULL) == PFH_OK) {
        first = pathway_text(pathway);
        again = pathway_of(first);
        second = pathway_text(again);
        cr_expect_str_eq(second, first, "%s", json_text(v.row, "name"));
        pfh_string_free(first);
        pfh_string_free(second);
        pfh_pathway_free(again);
    }
    if (v.policy != NULL && pfh_policy_parse(&policy, v.policy, strlen(v.policy), NULL) == PFH_OK) {
        first = policy_text(policy);
        policy_again = policy_of(first);
        second = policy_text(policy_again);
        cr_expect_str_eq(second, first, "%s", json_text(v.row, "name"));
        pfh_string_free(first);
        pfh_string_free(second);
        pfh_policy_free(policy_again);
    }
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    vector_free(&v);
}

Test(vectors, what_is_written_gives_the_same_plan)
{
    each_case_of_all(written_again);
}

Test(vectors, what_is_written_and_read_is_written_with_the_same_bytes)
{
    each_case_of_all(same_bytes_again);
}
