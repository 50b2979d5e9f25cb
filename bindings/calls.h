/*
 * calls.h -- the interface of libpfh as every binding calls it: a value or an error.
 *
 * C answers a status and gives the value through a pointer; the languages give the value and throw the error.
 * Each function here turns the one into the other, once for all of them: it returns what the call gives, and
 * fills in `err` where it fails, which the language's half makes an exception.  What it returns is, by its type:
 *
 * | type                    | what                                                                     |
 * |-------------------------|--------------------------------------------------------------------------|
 * | pfh_plan * and its like | an object that the caller owns and frees                                 |
 * | const pfh_record *      | a record that lives as long as what it came from; so const pfh_plan *    |
 * | char *                  | a text that the caller owns, or NULL: none                               |
 * | const char *            | a text that is copied at once, or NULL: none                             |
 * | pfhb_rows               | rows that become values                                                  |
 * | int32_t                 | a number, a date or a word's value; PFH_NONE: none                       |
 *
 * And what it takes: `const char *` is a name without a NUL, or NULL; a text with a size may hold any byte.
 */
#ifndef PFHB_CALLS_H
#define PFHB_CALLS_H

#ifndef SWIG
#include "rows.h"

/* What is put first in a call that can fail: the error is that of this call. */
#define PFHB_GIVE(type, call)                                                                      \
    type out = NULL;                                                                               \
    return (call) == PFH_OK ? out : NULL

/* A mistake that is seen here. */
static void pfhb_refuse(pfh_error *err, pfh_status status, const char *where, const char *text)
{
    memset(err, 0, sizeof *err);
    err->status = status;
    err->offset = -1;
    strncat(err->where, where, sizeof err->where - 1);
    strncat(err->text, text, sizeof err->text - 1);
}

static pfhb_rows pfhb_no_rows(int shape)
{
    const pfhb_rows rows = {shape, NULL, 0, NULL, NULL};
    return rows;
}

static const void *pfhb_itself(const void *row, size_t index)
{
    (void)index;
    return row;
}

/* One row, or none. */
static pfhb_rows pfhb_one(int shape, const void *row)
{
    pfhb_rows rows = {shape, (void *)(intptr_t)row, row != NULL, pfhb_itself, NULL};
    return rows;
}

static void pfhb_free_row(void *row, size_t count)
{
    (void)count;
    free(row);
}

/* One row of this layer, copied. */
static pfhb_rows pfhb_copy(int shape, const void *row, size_t size, pfh_error *err)
{
    pfhb_rows rows = {shape, malloc(size), 1, pfhb_itself, pfhb_free_row};

    if (rows.parent == NULL) {
        pfhb_refuse(err, PFH_E_NOMEM, "", pfh_status_text(PFH_E_NOMEM));
        return pfhb_no_rows(shape);
    }
    memcpy(rows.parent, row, size);
    return rows;
}

/* The rows of a list: `at` is the library's call for one of them, with its arguments in between. */
#define PFHB_LIST(name, shape, type, count_call, at_call)                                          \
    static const void *name##_at(const void *parent, size_t i)                                     \
    {                                                                                              \
        const type *self = (const type *)parent;                                                   \
        return at_call;                                                                            \
    }                                                                                              \
    static pfhb_rows name(const type *self)                                                        \
    {                                                                                              \
        pfhb_rows rows = {PFHB_SHAPE_##shape, (void *)(intptr_t)self, 0, name##_at, NULL};         \
        rows.count = (size_t)(count_call);                                                         \
        return rows;                                                                               \
    }
#define PFHB_TABLE(name, shape, count_call, at_call)                                               \
    static const void *name##_at(const void *parent, size_t i)                                     \
    {                                                                                              \
        (void)parent;                                                                              \
        return at_call;                                                                            \
    }                                                                                              \
    static pfhb_rows name(void)                                                                    \
    {                                                                                              \
        pfhb_rows rows = {PFHB_SHAPE_##shape, NULL, 0, name##_at, NULL};                           \
        rows.count = (size_t)(count_call);                                                         \
        return rows;                                                                               \
    }
#else
#define PFHB_LIST(name, shape, type, count_call, at_call) pfhb_rows name(const type *self);
#define PFHB_TABLE(name, shape, count_call, at_call) pfhb_rows name(void);
#endif

/* ---- Versions, words, texts --------------------------------------------------------------- */

static const char *version(void)
{
    return pfh_version();
}

static int32_t version_number(void)
{
    return pfh_version_number();
}

static const char *status_sentence(int32_t status)
{
    return pfh_status_text((pfh_status)status);
}

/* The texts' ids, for one who wants to see them all. */
static const char *text_id(int32_t index)
{
    return pfh_text_id((size_t)index);
}

static const char *text_of(int32_t language, const char *id)
{
    return pfh_text((pfh_language)language, id);
}

/* ---- Dates -------------------------------------------------------------------------------- */

#ifndef SWIG
static int32_t pfhb_date_or_error(pfh_date date, const char *argument, pfh_error *err)
{
    if (date == PFH_NONE)
        pfhb_refuse(err, PFH_E_DATE, argument, "the date is more than 20 years out of range");
    return date;
}
#endif

static int32_t date_min(void)
{
    return pfh_date_min();
}

static int32_t date_max(void)
{
    return pfh_date_max();
}

static int32_t date_add_months(int32_t date, int32_t months, pfh_error *err)
{
    return pfhb_date_or_error(pfh_date_add_months(date, months), "date", err);
}

static int32_t date_add_working_days(int32_t date, int32_t count, pfh_error *err)
{
    return pfhb_date_or_error(pfh_date_add_working_days(date, count), "date", err);
}

static int32_t date_is_holiday(int32_t date)
{
    return pfh_date_is_holiday(date);
}

static int32_t date_is_working_day(int32_t date)
{
    return pfh_date_is_working_day(date);
}

static int32_t date_easter(int32_t year, pfh_error *err)
{
    return pfhb_date_or_error(pfh_date_easter(year), "year", err);
}

static char *timestamp_to_utc(const char *timestamp, pfh_error *err)
{
    char *utc = (char *)malloc(40);

    if (utc == NULL)
        pfhb_refuse(err, PFH_E_NOMEM, "", pfh_status_text(PFH_E_NOMEM));
    else if (pfh_timestamp_to_utc(utc, 40, timestamp, err) == PFH_OK)
        return utc;
    free(utc);
    return NULL;
}

/* ---- Numbers ------------------------------------------------------------------------------ */

static pfhb_rows number_classify(const char *number, int32_t declared, int32_t rule, pfh_error *err)
{
    pfh_number_kind kind = PFH_NUMBER_ANY;
    pfhb_number row = {0, 0, 0, 0, 0, PFH_NONE};
    int32_t traits = 0;

    if (pfh_number_classify(&kind, &traits, &row.birth_hint, number, (pfh_number_kind)declared,
                            (pfh_number_rule)rule, err) != PFH_OK)
        return pfhb_no_rows(PFHB_SHAPE_PersonNumber);
    row.kind = (int32_t)kind;
    row.strict = (traits & PFH_TRAIT_STRICT) != 0;
    row.synthetic = (traits & PFH_TRAIT_SYNTHETIC) != 0;
    row.ambiguous = (traits & PFH_TRAIT_AMBIGUOUS) != 0;
    row.uncertain = (traits & PFH_TRAIT_UNCERTAIN) != 0;
    return pfhb_copy(PFHB_SHAPE_PersonNumber, &row, sizeof row, err);
}

static int32_t number_is_organisation(const char *text)
{
    return pfh_number_is_organisation(text);
}

static int32_t number_is_municipality(const char *text)
{
    return pfh_number_is_municipality(text);
}

static int32_t number_is_hpr(const char *text)
{
    return pfh_number_is_hpr(text);
}

static int32_t number_is_her_id(const char *text)
{
    return pfh_number_is_her_id(text);
}

static int32_t number_is_inside(const char *text)
{
    return pfh_number_is_inside(text);
}

/* ---- Editions ----------------------------------------------------------------------------- */

#ifndef SWIG
static const pfh_edition *pfhb_edition(const char *name, pfh_error *err)
{
    const pfh_edition *edition = name == NULL ? NULL : pfh_edition_find(name);

    if (edition == NULL)
        pfhb_refuse(err, PFH_E_EDITION, "edition", "there is no edition of that name");
    return edition;
}

static const void *pfhb_edition_point_at(const void *edition, size_t i)
{
    return pfh_edition_point((const pfh_edition *)edition, (int32_t)i + 1);
}

static const void *pfhb_edition_topic_at(const void *edition, size_t i)
{
    return pfh_edition_topic((const pfh_edition *)edition, i);
}

/* Activities of all points stand one after the other. */
static const void *pfhb_edition_activity_at(const void *parent, size_t i)
{
    const pfh_edition *edition = (const pfh_edition *)parent;
    int32_t point = 1;

    for (; i >= pfh_edition_activity_count(edition, point); point++)
        i -= pfh_edition_activity_count(edition, point);
    return pfh_edition_activity(edition, point, i);
}

static pfhb_rows pfhb_edition_rows(const pfh_edition *edition, int shape, size_t count,
                                   const void *(*at)(const void *, size_t))
{
    pfhb_rows rows = {shape, (void *)(intptr_t)edition, edition == NULL ? 0 : count, at, NULL};
    return rows;
}
#endif

PFHB_TABLE(edition_all, EditionRow, pfh_edition_count(), pfh_edition_at(i))

static pfhb_rows edition_find(const char *name, pfh_error *err)
{
    return pfhb_one(PFHB_SHAPE_EditionRow, pfhb_edition(name, err));
}

static pfhb_rows edition_points(const char *name, pfh_error *err)
{
    const pfh_edition *edition = pfhb_edition(name, err);
    const size_t count = edition == NULL ? 0 : (size_t)edition->point_count;
    return pfhb_edition_rows(edition, PFHB_SHAPE_PointRule, count, pfhb_edition_point_at);
}

static pfhb_rows edition_topics(const char *name, pfh_error *err)
{
    const pfh_edition *edition = pfhb_edition(name, err);
    const size_t count = edition == NULL ? 0 : (size_t)edition->topic_count;
    return pfhb_edition_rows(edition, PFHB_SHAPE_Topic, count, pfhb_edition_topic_at);
}

static pfhb_rows edition_activities(const char *name, pfh_error *err)
{
    const pfh_edition *edition = pfhb_edition(name, err);
    size_t count = 0;
    for (int32_t point = 1; edition != NULL && point <= edition->point_count; point++)
        count += pfh_edition_activity_count(edition, point);
    return pfhb_edition_rows(edition, PFHB_SHAPE_Activity, count, pfhb_edition_activity_at);
}

static int32_t edition_has_topic(const char *name, const char *code, pfh_error *err)
{
    const pfh_edition *edition = pfhb_edition(name, err);
    return edition == NULL ? 0 : pfh_edition_has_topic(edition, code);
}

/* ---- Records ------------------------------------------------------------------------------ */

static pfh_record *record_new(int32_t kind, pfh_error *err)
{
    PFHB_GIVE(pfh_record *, pfh_record_new(&out, (pfh_record_kind)kind, err));
}

static pfh_record *record_parse(int32_t kind, const char *text, size_t size, pfh_error *err)
{
    PFHB_GIVE(pfh_record *, pfh_record_parse(&out, (pfh_record_kind)kind, text, size, err));
}

static char *record_to_json(const pfh_record *record, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_record_to_json(&out, record, err));
}

static void record_set_text(pfh_record *record, const char *path, const char *value, pfh_error *err)
{
    (void)pfh_record_set_text(record, path, value, err);
}

static void record_set_number(pfh_record *record, const char *path, int32_t value, pfh_error *err)
{
    (void)pfh_record_set_number(record, path, value, err);
}

static void record_set_flag(pfh_record *record, const char *path, int32_t value, pfh_error *err)
{
    (void)pfh_record_set_flag(record, path, value, err);
}

static void record_set_date(pfh_record *record, const char *path, int32_t value, pfh_error *err)
{
    (void)pfh_record_set_date(record, path, value, err);
}

static void record_set_json(pfh_record *record, const char *path, const char *json, pfh_error *err)
{
    (void)pfh_record_set_json(record, path, json, err);
}

static const char *record_text(const pfh_record *record, const char *path)
{
    return pfh_record_text(record, path);
}

static int32_t record_number(const pfh_record *record, const char *path)
{
    return pfh_record_number(record, path);
}

static int32_t record_flag(const pfh_record *record, const char *path)
{
    return pfh_record_flag(record, path);
}

static int32_t record_date(const pfh_record *record, const char *path)
{
    return pfh_record_date(record, path);
}

static int32_t record_count(const pfh_record *record, const char *path)
{
    return (int32_t)pfh_record_count(record, path);
}

/* ---- Pathways ----------------------------------------------------------------------------- */

static pfh_pathway *pathway_parse(const char *text, size_t size, pfh_error *err)
{
    PFHB_GIVE(pfh_pathway *, pfh_pathway_parse(&out, text, size, err));
}

static pfh_pathway *pathway_build(const pfh_record *head, pfh_error *err)
{
    PFHB_GIVE(pfh_pathway *, pfh_pathway_build(&out, head, err));
}

static void pathway_append(pfh_pathway *pathway, const pfh_record *event, pfh_error *err)
{
    (void)!pfh_pathway_append(pathway, event, err);
}

static char *pathway_to_json(const pfh_pathway *pathway, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_pathway_to_json(&out, pathway, err));
}

static const char *pathway_id(const pfh_pathway *pathway)
{
    return pfh_pathway_id(pathway);
}

static const char *pathway_edition(const pfh_pathway *pathway)
{
    return pfh_pathway_edition(pathway)->name;
}

static const pfh_record *pathway_head(const pfh_pathway *pathway)
{
    return pfh_pathway_head(pathway);
}

static int32_t pathway_event_count(const pfh_pathway *pathway)
{
    return (int32_t)pfh_pathway_event_count(pathway);
}

static const pfh_record *pathway_event(const pfh_pathway *pathway, int32_t index)
{
    return pfh_pathway_event(pathway, (size_t)index);
}

static const pfh_record *pathway_find(const pfh_pathway *pathway, const char *id)
{
    return pfh_pathway_find(pathway, id);
}

/* ---- Many lines of pathways --------------------------------------------------------------- */

static pfh_caseload *caseload_new(pfh_error *err)
{
    PFHB_GIVE(pfh_caseload *, pfh_caseload_new(&out, err));
}

static void caseload_feed(pfh_caseload *reader, const char *text, size_t size, pfh_error *err)
{
    (void)!pfh_caseload_feed(reader, text, size, err);
}

#ifndef SWIG
static void pfhb_free_line(void *line, size_t count)
{
    (void)count;
    pfh_pathway_free(((pfhb_line *)line)->pathway);
    free(line);
}
#endif

/* The next line, with its pathway to keep; no row when another piece is needed or all is read. */
static pfhb_rows caseload_next(pfh_caseload *reader, pfh_error *err)
{
    const pfh_line *line = pfh_caseload_next(reader);
    pfhb_line row = {0, NULL, NULL, NULL, 0, 0};
    pfhb_rows rows;

    if (line == NULL)
        return pfhb_no_rows(PFHB_SHAPE_LineRow);
    row.number = line->number;
    row.error = line->error;
    row.text = line->text;
    row.size = line->size;
    row.continued = line->continued;
    rows = pfhb_copy(PFHB_SHAPE_LineRow, &row, sizeof row, err);
    if (rows.count == 1) {
        ((pfhb_line *)rows.parent)->pathway = pfh_caseload_take(reader);
        rows.release = pfhb_free_line;
    }
    return rows;
}

/* ---- Policies ----------------------------------------------------------------------------- */

static pfh_policy *policy_parse(const char *text, size_t size, pfh_error *err)
{
    PFHB_GIVE(pfh_policy *, pfh_policy_parse(&out, text, size, err));
}

static pfh_policy *policy_build(const pfh_record *record, pfh_error *err)
{
    PFHB_GIVE(pfh_policy *, pfh_policy_build(&out, record, err));
}

static char *policy_to_json(const pfh_policy *policy, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_policy_to_json(&out, policy, err));
}

static const pfh_record *policy_record(const pfh_policy *policy)
{
    return pfh_policy_record(policy);
}

/* A key that is no number of a policy is an error here: the languages have exceptions for that. */
static int32_t policy_number(const pfh_policy *policy, const char *key, pfh_error *err)
{
    const int32_t number = pfh_policy_number(policy, key);

    if (number == PFH_NONE)
        pfhb_refuse(err, PFH_E_KEY, "key", "a policy has no number of that name");
    return number;
}

/* ---- Plans -------------------------------------------------------------------------------- */

static pfh_plan *plan_derive(const pfh_pathway *pathway, const pfh_policy *policy, int32_t as_of,
                             const char *known_at, const char *edition, pfh_error *err)
{
    PFHB_GIVE(pfh_plan *, pfh_plan_derive_at(&out, pathway, policy, as_of, known_at, edition, err));
}

#ifndef SWIG
/* What a batch of pathways became: rows, each with its own error, in one piece of memory each. */
typedef struct pfhb_batch {
    pfhb_planned *rows;
    pfh_plan **plans;
    pfh_error *errors;
} pfhb_batch;

static void pfhb_free_batch(void *parent, size_t count)
{
    pfhb_batch *batch = (pfhb_batch *)parent;

    for (size_t i = 0; batch->rows != NULL && i < count; i++) {
        pfh_plan_free(batch->rows[i].plan);
        pfh_string_free(batch->rows[i].json);
    }
    free(batch->rows);
    free(batch->plans);
    free(batch->errors);
    free(batch);
}

static const void *pfhb_batch_at(const void *parent, size_t i)
{
    return &((const pfhb_batch *)parent)->rows[i];
}

static pfhb_batch *pfhb_new_batch(size_t count)
{
    pfhb_batch *batch = (pfhb_batch *)calloc(1, sizeof *batch);
    const size_t some = count == 0 ? 1 : count; /* calloc may answer NULL for nothing */

    if (batch == NULL)
        return NULL;
    batch->rows = (pfhb_planned *)calloc(some, sizeof *batch->rows);
    batch->plans = (pfh_plan **)calloc(some, sizeof *batch->plans);
    batch->errors = (pfh_error *)calloc(some, sizeof *batch->errors);
    if (batch->rows != NULL && batch->plans != NULL && batch->errors != NULL)
        return batch;
    pfhb_free_batch(batch, 0);
    return NULL;
}

/* A plan that was derived is handed on, or written and freed; what fails has its error. */
static void pfhb_finish(pfhb_planned *row, pfh_plan *plan, pfh_error *error, int32_t form)
{
    row->plan = plan;
    if (plan != NULL && form != 0) {
        (void)!pfh_plan_to_json(&row->json, plan, form == 2, error);
        pfh_plan_free(plan);
        row->plan = NULL;
    }
    row->error = row->plan == NULL && row->json == NULL ? error : NULL;
}
#endif

/* Plans many pathways in one call.  `form` 0 gives plans, 1 their documents, 2 those with `because`. */
static pfhb_rows plan_many(const pfh_pathway *const *pathways, size_t count, const pfh_policy *policy,
                           int32_t as_of, const char *known_at, const char *edition, int32_t form,
                           pfh_error *err)
{
    pfhb_rows rows = {PFHB_SHAPE_Planned, NULL, count, pfhb_batch_at, pfhb_free_batch};
    pfhb_batch *batch = pfhb_new_batch(count);

    rows.parent = batch;
    if (batch == NULL) {
        pfhb_refuse(err, PFH_E_NOMEM, "", pfh_status_text(PFH_E_NOMEM));
        return pfhb_no_rows(PFHB_SHAPE_Planned);
    }
    if (pfh_plan_derive_many(batch->plans, batch->errors, NULL, pathways, count, policy, as_of, known_at,
                             edition, err) != PFH_OK) {
        pfhb_free_batch(batch, count);
        return pfhb_no_rows(PFHB_SHAPE_Planned);
    }
    for (size_t i = 0; i < count; i++)
        pfhb_finish(&batch->rows[i], batch->plans[i], &batch->errors[i], form);
    return rows;
}

static pfhb_rows plan_head(const pfh_plan *plan, pfh_error *err)
{
    const pfhb_head head = {
        pfh_plan_pathway(plan), pfh_plan_edition(plan)->name, pfh_plan_as_of(plan), pfh_plan_known_at(plan),
        pfh_plan_given_name(plan), pfh_plan_family_name(plan), (int32_t)pfh_plan_language(plan),
        (int32_t)pfh_plan_status(plan), (int32_t)pfh_plan_cause(plan), pfh_plan_child(plan)};

    return pfhb_copy(PFHB_SHAPE_PlanHead, &head, sizeof head, err);
}

PFHB_LIST(plan_points, Point, pfh_plan, pfh_plan_point_count(self), pfh_plan_point(self, (int32_t)i + 1))
PFHB_LIST(plan_tasks, Task, pfh_plan, pfh_plan_task_count(self), pfh_plan_task(self, i))
PFHB_LIST(plan_findings, Finding, pfh_plan, pfh_plan_finding_count(self), pfh_plan_finding(self, i))

static char *plan_to_json(const pfh_plan *plan, int32_t explain, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_plan_to_json(&out, plan, explain, err));
}

#ifndef SWIG
/* Sentences of reasons, a line each. */
static char *pfhb_sentences(const pfh_reason *reasons, size_t count, int32_t language, pfh_error *err)
{
    pfhb_block lines = {NULL, 0, 0, 0};

    for (size_t i = 0; i < count; i++) {
        char *sentence = NULL;
        if (pfh_reason_to_text(&sentence, &reasons[i], (pfh_language)language, err) != PFH_OK) {
            pfhb_drop(&lines);
            return NULL;
        }
        pfhb_put(&lines, sentence, strlen(sentence));
        pfhb_put(&lines, "\n", 1);
        pfh_string_free(sentence);
    }
    pfhb_put(&lines, "", 1);
    if (!lines.failed)
        return lines.data;
    pfhb_drop(&lines);
    pfhb_refuse(err, PFH_E_NOMEM, "", pfh_status_text(PFH_E_NOMEM));
    return NULL;
}
#endif

/* Why the dates of a point are what they are. */
static char *plan_explain_point(const pfh_plan *plan, int32_t point, int32_t language, pfh_error *err)
{
    const pfh_point *row = pfh_plan_point(plan, point);

    if (row != NULL)
        return pfhb_sentences(row->reasons, row->reason_count, language, err);
    pfhb_refuse(err, PFH_E_ARG, "point", "the plan has no such point");
    return NULL;
}

static char *plan_explain_task(const pfh_plan *plan, const char *id, int32_t language, pfh_error *err)
{
    for (size_t i = 0; id != NULL && i < pfh_plan_task_count(plan); i++) {
        const pfh_task *row = pfh_plan_task(plan, i);
        if (strcmp(row->id, id) == 0)
            return pfhb_sentences(row->reasons, row->reason_count, language, err);
    }
    pfhb_refuse(err, PFH_E_ARG, "task", "the plan has no such task");
    return NULL;
}

/* ---- Worklists ---------------------------------------------------------------------------- */

static pfh_worklist *worklist_new(pfh_error *err)
{
    PFHB_GIVE(pfh_worklist *, pfh_worklist_new(&out, err));
}

static void worklist_filter(pfh_worklist *list, const char *key, const char *value, pfh_error *err)
{
    (void)!pfh_worklist_filter(list, key, value, err);
}

static void worklist_add(pfh_worklist *list, const pfh_plan *plan, pfh_error *err)
{
    (void)!pfh_worklist_add(list, plan, err);
}

static void worklist_sort(pfh_worklist *list, pfh_error *err)
{
    (void)!pfh_worklist_sort(list, err);
}

static int32_t worklist_count(const pfh_worklist *list)
{
    return (int32_t)pfh_worklist_count(list);
}

PFHB_LIST(worklist_rows, Work, pfh_worklist, pfh_worklist_count(self), pfh_worklist_row(self, i))

/* ---- Needs and checklists ----------------------------------------------------------------- */

static pfh_needs *needs_derive(const pfh_pathway *pathway, const pfh_policy *policy, int32_t as_of,
                               const char *known_at, const char *edition, pfh_error *err)
{
    PFHB_GIVE(pfh_needs *, pfh_needs_derive(&out, pathway, policy, as_of, known_at, edition, err));
}

static const pfh_plan *needs_plan(const pfh_needs *needs)
{
    return pfh_needs_plan(needs);
}

PFHB_LIST(needs_topics, TopicNeed, pfh_needs, pfh_needs_topic_count(self), pfh_needs_topic(self, i))
PFHB_LIST(needs_assessments, Assessment, pfh_needs, pfh_needs_assessment_count(self),
          pfh_needs_assessment_at(self, i))

static pfhb_rows needs_find(const pfh_needs *needs, const char *topic)
{
    return pfhb_one(PFHB_SHAPE_TopicNeed, pfh_needs_find(needs, topic));
}

static char *needs_to_json(const pfh_needs *needs, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_needs_to_json(&out, needs, err));
}

static char *needs_to_text(const pfh_needs *needs, int32_t audience, int32_t language,
                           int32_t max_characters, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_needs_to_text(&out, needs, (pfh_audience)audience, (pfh_language)language,
                                        max_characters, err));
}

static int32_t needs_text_min(void)
{
    return pfh_needs_text_min();
}

static char *checklist_to_json(const char *edition, int32_t point, const pfh_policy *policy,
                               const pfh_needs *known, int32_t language, pfh_error *err)
{
    const pfh_edition *of = pfhb_edition(edition, err);
    char *out = NULL;

    if (of != NULL)
        (void)!pfh_checklist_to_json(&out, of, point, policy, known, (pfh_language)language, err);
    return out;
}

static char *checklist_to_text(const char *edition, int32_t point, const pfh_policy *policy,
                               const pfh_needs *known, int32_t language, pfh_error *err)
{
    const pfh_edition *of = pfhb_edition(edition, err);
    char *out = NULL;

    if (of != NULL)
        (void)!pfh_checklist_to_text(&out, of, point, policy, known, (pfh_language)language, err);
    return out;
}

/* ---- Hand-over and merging ---------------------------------------------------------------- */

static pfh_pathway *pathway_handover(const pfh_pathway *pathway, int32_t audience, const pfh_policy *policy,
                                     int32_t override_agreement, pfh_error *err)
{
    PFHB_GIVE(pfh_pathway *, pfh_pathway_handover(&out, pathway, (pfh_audience)audience, policy,
                                                  override_agreement, err));
}

PFHB_TABLE(handover_rules, HandoverRule, pfh_handover_rule_count(), pfh_handover_rule_at(i))

static pfh_merge_options *merge_options_new(pfh_error *err)
{
    PFHB_GIVE(pfh_merge_options *, pfh_merge_options_new(&out, err));
}

static void merge_options_edition(pfh_merge_options *options, const char *edition, pfh_error *err)
{
    (void)!pfh_merge_options_edition(options, edition, err);
}

static void merge_options_choose(pfh_merge_options *options, const char *conflict, int32_t side,
                                 pfh_error *err)
{
    (void)!pfh_merge_options_choose(options, conflict, (pfh_side)side, err);
}

static pfh_pathway *pathway_merge(const pfh_pathway *mine, const pfh_pathway *theirs,
                                  const pfh_merge_options *options, pfh_error *err)
{
    PFHB_GIVE(pfh_pathway *, pfh_pathway_merge(&out, mine, theirs, options, err));
}

static pfh_diff *pathway_diff(const pfh_pathway *mine, const pfh_pathway *theirs,
                              const pfh_merge_options *options, pfh_error *err)
{
    PFHB_GIVE(pfh_diff *, pfh_pathway_diff(&out, mine, theirs, options, err));
}

PFHB_LIST(diff_rows, Difference, pfh_diff, pfh_diff_count(self), pfh_diff_row(self, i))

static int32_t diff_conflict_count(const pfh_diff *diff)
{
    return (int32_t)pfh_diff_conflict_count(diff);
}

/* ---- Calendars ---------------------------------------------------------------------------- */

static pfh_ical_options *ical_options_new(pfh_error *err)
{
    PFHB_GIVE(pfh_ical_options *, pfh_ical_options_new(&out, err));
}

static void ical_options_set(pfh_ical_options *options, const char *key, const char *value, pfh_error *err)
{
    (void)!pfh_ical_options_set(options, key, value, err);
}

static void ical_options_policy(pfh_ical_options *options, const pfh_policy *policy, pfh_error *err)
{
    (void)!pfh_ical_options_policy(options, policy, err);
}

static char *plan_to_ical(const pfh_plan *plan, const pfh_ical_options *options, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_plan_to_ical(&out, plan, options, err));
}

static char *plans_to_ical(const pfh_plan *const *plans, size_t count, const pfh_ical_options *options,
                           pfh_error *err)
{
    PFHB_GIVE(char *, pfh_plans_to_ical(&out, plans, count, options, err));
}

static char *ical_update(const char *text, size_t size, const pfh_plan *const *plans, size_t count,
                         const pfh_ical_options *options, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_ical_update(&out, text, size, plans, count, options, err));
}

/* NULL without an error: nothing is to be mailed. */
static char *plan_to_invitation(const pfh_plan *plan, int32_t point, const char *text, size_t size,
                                const pfh_ical_options *options, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_plan_to_invitation(&out, plan, point, text, size, options, err));
}

static pfh_feed *feed_new(const char *text, size_t size, const pfh_ical_options *options, pfh_error *err)
{
    PFHB_GIVE(pfh_feed *, pfh_feed_new(&out, text, size, options, err));
}

static void feed_add(pfh_feed *feed, const pfh_plan *plan, pfh_error *err)
{
    (void)!pfh_feed_add(feed, plan, err);
}

static int32_t feed_count(const pfh_feed *feed)
{
    return (int32_t)pfh_feed_count(feed);
}

static char *feed_to_ical(const pfh_feed *feed, pfh_error *err)
{
    PFHB_GIVE(char *, pfh_feed_to_ical(&out, feed, err));
}

static pfh_proposals *ical_read(const char *text, size_t size, const pfh_plan *const *plans, size_t count,
                                const pfh_ical_options *options, pfh_error *err)
{
    PFHB_GIVE(pfh_proposals *, pfh_ical_read(&out, text, size, plans, count, options, err));
}

PFHB_LIST(proposals_rows, ProposalRow, pfh_proposals, pfh_proposals_count(self), pfh_proposals_row(self, i))

/* The proposed event, or NULL: borrowed from the proposals, and to be completed. */
static const pfh_record *proposals_event(const pfh_proposals *proposals, int32_t index)
{
    const pfh_proposal *row = pfh_proposals_row(proposals, (size_t)index);
    return row == NULL ? NULL : row->event;
}

#ifndef SWIG
static const void *pfhb_defect_at(const void *defects, size_t i)
{
    return pfh_defects_row((const pfh_defects *)defects, i);
}

static void pfhb_free_defects(void *defects, size_t count)
{
    (void)count;
    pfh_defects_free((pfh_defects *)defects);
}
#endif

static pfhb_rows ical_lint(const char *text, size_t size, pfh_error *err)
{
    pfhb_rows rows = {PFHB_SHAPE_Defect, NULL, 0, pfhb_defect_at, pfhb_free_defects};
    pfh_defects *defects = NULL;

    if (pfh_ical_lint(&defects, text, size, err) != PFH_OK)
        return pfhb_no_rows(PFHB_SHAPE_Defect);
    rows.parent = defects;
    rows.count = pfh_defects_count(defects);
    return rows;
}

PFHB_TABLE(lint_rules, Defect, pfh_lint_rule_count(), pfh_lint_rule(i))

#endif
