/*
 * examples/data: that the caseload covers what its README says, and that nobody in it exists.
 */
#include <criterion/criterion.h>
#include <pfh/pfh.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATA PFH_TEST_DATA "/../examples/data/"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MOST 32 /* more than any list of words has */

static pfh_pathway *pathways[512];
static char *lines[512];
static size_t pathway_count;

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    cr_assert_not_null(file, "%s", path);
    cr_assert_eq(fseek(file, 0, SEEK_END), 0);
    long end = ftell(file);
    rewind(file);
    cr_assert(end > 0 && (text = malloc((size_t)end + 1)) != NULL);
    cr_assert_eq(fread(text, 1, (size_t)end, file), (size_t)end);
    fclose(file);
    text[end] = '\0';
    if (size != NULL)
        *size = (size_t)end;
    return text;
}

static void read_caseload(void)
{
    pfh_caseload *reader = NULL;
    const pfh_line *line;
    size_t size;
    char *text = read_file(DATA "caseload.ndjson", &size);

    cr_assert_eq(pfh_caseload_new(&reader, NULL), PFH_OK);
    cr_assert_eq(pfh_caseload_feed(reader, text, size, NULL), PFH_OK);
    cr_assert_eq(pfh_caseload_feed(reader, "", 0, NULL), PFH_OK);
    while ((line = pfh_caseload_next(reader)) != NULL) {
        cr_assert_eq(line->status, PFH_OK, "line %ld is refused: %s at %s", (long)line->number,
                     line->error != NULL ? line->error->text : "",
                     line->error != NULL ? line->error->where : "");
        cr_assert_lt(pathway_count, COUNT(pathways));
        cr_assert_not_null(lines[pathway_count] = malloc(line->size + 1));
        memcpy(lines[pathway_count], line->text, line->size);
        lines[pathway_count][line->size] = '\0';
        pathways[pathway_count++] = pfh_caseload_take(reader);
    }
    pfh_caseload_free(reader);
    free(text);
    cr_assert_geq(pathway_count, 64);
}

static void free_caseload(void)
{
    while (pathway_count > 0) {
        pfh_pathway_free(pathways[--pathway_count]);
        free(lines[pathway_count]);
    }
}

TestSuite(sample_data, .init = read_caseload, .fini = free_caseload);

static pfh_policy *read_policy(const char *path)
{
    pfh_policy *policy = NULL;
    pfh_error err = {0};
    size_t size;
    char *text = read_file(path, &size);
    cr_assert_eq(pfh_policy_parse(&policy, text, size, &err), PFH_OK, "%s: %s", err.where,
                 err.text);
    free(text);
    return policy;
}

/* How often each word stands in a plan of the caseload. */
typedef struct tally {
    int state[MOST], timing[MOST], status[MOST], cause[MOST], finding[MOST], waiting[MOST];
    int task[MOST][MOST];
    int superseded, repeats, estimated, optional, blocked, child;
} tally;

static void count_plan(tally *seen, const pfh_plan *plan)
{
    seen->status[pfh_plan_status(plan)]++;
    seen->cause[pfh_plan_cause(plan)]++;
    seen->child += pfh_plan_child(plan) == 1;
    for (int32_t i = 1; (size_t)i <= pfh_plan_point_count(plan); i++) {
        const pfh_point *point = pfh_plan_point(plan, i);
        seen->state[point->state]++;
        seen->timing[point->timing]++;
        seen->waiting[point->waiting_for]++;
        seen->superseded += point->superseded;
        seen->estimated += point->estimated;
        seen->repeats += point->repeats;
    }
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
        const pfh_task *task = pfh_plan_task(plan, i);
        seen->task[task->kind][task->state]++;
        seen->optional += task->optional;
        seen->blocked += task->blocked == PFH_BLOCK_NO_AGREEMENT;
    }
    for (size_t i = 0; i < pfh_plan_finding_count(plan); i++)
        seen->finding[pfh_plan_finding(plan, i)->kind]++;
}

static void count_caseload(tally *seen, const pfh_policy *policy)
{
    pfh_date as_of;
    cr_assert_eq(pfh_date_parse(&as_of, "2026-04-20", NULL), PFH_OK);
    for (size_t i = 0; i < pathway_count; i++) {
        pfh_plan *plan = NULL;
        cr_assert_eq(pfh_plan_derive(&plan, pathways[i], policy, as_of, NULL), PFH_OK);
        count_plan(seen, plan);
        pfh_plan_free(plan);
    }
}

static void expect_every_word(const int *seen, pfh_vocabulary vocabulary)
{
    for (int32_t value = 1; value <= pfh_word_count(vocabulary); value++)
        cr_expect_gt(seen[value], 0, "no pathway shows %s", pfh_word(vocabulary, value));
}

Test(sample_data, every_state_timing_status_and_task_without_a_policy)
{
    /* Of a kind that begins on the day of something that has happened, no task waits; of one that
     * is due when it begins and then becomes another, none is late. */
    static const struct {
        pfh_task_kind kind;
        int waits, is_late;
    } row[] = {
        {PFH_TASK_OFFER, 1, 1},
        {PFH_TASK_FOLLOW_UP_OFFER, 1, 1},
        {PFH_TASK_ASK_AGAIN, 1, 1},
        {PFH_TASK_BOOK, 0, 1},
        {PFH_TASK_SEND_FORM, 0, 1},
        {PFH_TASK_HOLD, 1, 0},
        {PFH_TASK_CONFIRM, 0, 1},
        {PFH_TASK_WINDOW_CLOSING, 1, 1},
        {PFH_TASK_REGISTER_CODE, 0, 1},
        {PFH_TASK_SEND_SUMMARY, 0, 1},
        {PFH_TASK_NOTIFY_MUNICIPALITY, 0, 1},
        {PFH_TASK_FOLLOW_UP_MESSAGE, 1, 1},
        {PFH_TASK_ASSESS_FURTHER, 0, 1},
        {PFH_TASK_FOLLOW_UP_NEEDS, 0, 1},
    };
    tally seen = {0};

    count_caseload(&seen, NULL);
    expect_every_word(seen.state, PFH_WORDS_STATE);
    expect_every_word(seen.timing, PFH_WORDS_TIMING);
    expect_every_word(seen.status, PFH_WORDS_PLAN_STATUS);
    expect_every_word(seen.waiting, PFH_WORDS_WAITING);
    cr_assert_eq((int32_t)COUNT(row), pfh_word_count(PFH_WORDS_TASK));
    for (size_t i = 0; i < COUNT(row); i++) {
        const char *word = pfh_word(PFH_WORDS_TASK, row[i].kind);
        cr_expect_gt(seen.task[row[i].kind][PFH_TASK_ACTIVE], 0, "no %s is active", word);
        cr_expect_eq(seen.task[row[i].kind][PFH_TASK_WAITING] > 0, row[i].waits, "waiting %s",
                     word);
        cr_expect_eq(seen.task[row[i].kind][PFH_TASK_LATE] > 0, row[i].is_late, "late %s", word);
    }
    cr_expect_gt(seen.cause[PFH_REASON_NOT_CANCER], 0);
    cr_expect_gt(seen.cause[PFH_REASON_BEFORE_START], 0);
    cr_expect(seen.superseded && seen.repeats && seen.estimated && seen.optional && seen.child);
    cr_expect_eq(seen.blocked, 0);
}

Test(sample_data, every_finding_with_one_policy_or_another)
{
    pfh_policy *policy = read_policy(DATA "policy.json");
    pfh_policy *no_agreement = read_policy(DATA "policy-no-agreement.json");
    tally local = {0}, blocked = {0};

    count_caseload(&local, policy);
    count_caseload(&blocked, no_agreement);
    expect_every_word(local.state, PFH_WORDS_STATE);
    for (int32_t kind = 1; kind <= pfh_word_count(PFH_WORDS_TASK); kind++)
        cr_expect_gt(local.task[kind][PFH_TASK_LATE] + local.task[kind][PFH_TASK_ACTIVE], 0,
                     "by the policy no %s is to be done", pfh_word(PFH_WORDS_TASK, kind));
    cr_expect_eq(local.finding[PFH_FINDING_CODE_UNKNOWN], 0, "the policy names the local code");
    expect_every_word(blocked.finding, PFH_WORDS_FINDING);
    cr_expect_gt(blocked.blocked, 0);
    pfh_policy_free(policy);
    pfh_policy_free(no_agreement);
}

Test(sample_data, the_policy_gives_contact_details_for_every_unit_it_assigns)
{
    pfh_policy *policy = read_policy(DATA "policy.json");
    const pfh_record *record = pfh_policy_record(policy);
    char path[64];

    for (size_t i = 0; i < pfh_record_count(record, "assign"); i++) {
        snprintf(path, sizeof path, "assign/%zu/unit", i);
        const char *unit = pfh_record_text(record, path);
        int found = unit == NULL; /* a row may give a role alone */
        for (size_t k = 0; k < pfh_record_count(record, "units"); k++) {
            snprintf(path, sizeof path, "units/%zu/unit", k);
            found |= unit != NULL && strcmp(pfh_record_text(record, path), unit) == 0;
        }
        cr_expect(found, "no contact details for %s", unit);
    }
    pfh_policy_free(policy);
}

Test(sample_data, every_edition_event_type_and_language)
{
    int type[MOST] = {0}, language[MOST] = {0}, kind[MOST] = {0}, intent[MOST] = {0};
    int edition[MOST] = {0};

    for (size_t i = 0; i < pathway_count; i++) {
        const pfh_record *head = pfh_pathway_head(pathways[i]);
        for (size_t k = 0; k < pfh_edition_count(); k++)
            edition[k] += pfh_pathway_edition(pathways[i]) == pfh_edition_at(k);
        for (size_t k = 0; k < pfh_pathway_event_count(pathways[i]); k++)
            type[pfh_record_number(pfh_pathway_event(pathways[i], k), "type")]++;
        if (pfh_record_text(head, "patient/language") != NULL)
            language[pfh_record_number(head, "patient/language")]++;
        if (pfh_record_text(head, "diagnosis/kind") != NULL)
            kind[pfh_record_number(head, "diagnosis/kind")]++;
        if (pfh_record_text(head, "diagnosis/intent") != NULL)
            intent[pfh_record_number(head, "diagnosis/intent")]++;
    }
    for (size_t k = 0; k < pfh_edition_count(); k++)
        cr_expect_gt(edition[k], 0, "no pathway of %s", pfh_edition_at(k)->name);
    expect_every_word(type, PFH_WORDS_EVENT);
    expect_every_word(language, PFH_WORDS_LANGUAGE);
    cr_expect_gt(kind[PFH_DIAGNOSIS_RELAPSE], 0);
    cr_expect_gt(intent[PFH_INTENT_PALLIATIVE], 0);
}

Test(sample_data, the_readme_has_one_row_for_each_pathway)
{
    char *readme = read_file(DATA "README.md", NULL);
    const char *table = strstr(readme, "| id |");
    size_t rows = 0;
    char row[80];

    cr_assert_not_null(table);
    for (const char *at = table; (at = strstr(at, "\n| `")) != NULL; at++)
        rows++;
    cr_expect_eq(rows, pathway_count);
    for (size_t i = 0; i < pathway_count; i++) {
        snprintf(row, sizeof row, "\n| `%s` | ", pfh_pathway_id(pathways[i]));
        const char *first = strstr(table, row);
        cr_expect_not_null(first, "%s is not in the README", pfh_pathway_id(pathways[i]));
        cr_expect(first == NULL || strstr(first + 1, row) == NULL, "%s twice", row);
    }
    free(readme);
}

/* 13097248022 is a published test number; every other number shows by itself that it is made up. */
Test(sample_data, every_person_number_is_synthetic)
{
    size_t count = 0;
    for (size_t i = 0; i < pathway_count; i++) {
        const pfh_record *head = pfh_pathway_head(pathways[i]);
        for (size_t k = 0; k < pfh_record_count(head, "patient/identifiers"); k++, count++) {
            char path[64];
            int32_t traits = 0;
            snprintf(path, sizeof path, "patient/identifiers/%zu/value", k);
            const char *number = pfh_record_text(head, path);
            cr_expect_eq(pfh_number_classify(NULL, &traits, NULL, number, PFH_NUMBER_ANY,
                                             PFH_RULE_STRICT, NULL),
                         PFH_OK);
            cr_expect((traits & PFH_TRAIT_SYNTHETIC) || strcmp(number, "13097248022") == 0,
                      "%s: %s", pfh_pathway_id(pathways[i]), path);
        }
    }
    cr_expect_gt(count, 20);
}

/* All but the one that shows the opposite are stored as the library writes them. */
Test(sample_data, every_line_is_written_back_as_it_stands)
{
    for (size_t i = 0; i < pathway_count; i++) {
        char *text = NULL;
        size_t size = strcspn(lines[i], "\r\n");
        cr_assert_eq(pfh_pathway_to_json(&text, pathways[i], NULL), PFH_OK);
        int same = strlen(text) == size && memcmp(text, lines[i], size) == 0;
        cr_expect_eq(same, strcmp(pfh_pathway_id(pathways[i]), "file-order") != 0, "%s",
                     pfh_pathway_id(pathways[i]));
        pfh_string_free(text);
    }
}
