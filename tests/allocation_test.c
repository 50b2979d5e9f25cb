/*
 * Every allocation failed in turn.  What fails says so, leaves its outputs alone and leaks nothing.
 *
 * This program defines malloc and its like itself, for itself and for every library that it loads,
 * and forwards them to those of the GNU C library; so it is built nowhere else, and not under
 * sanitizers, which do the same.  Each operation is tried with its first allocation failing, its
 * second and so on, until there is none left to fail; then the same with all that follow failing
 * too.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* ---- The heap ----------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);

static _Thread_local struct {
    bool watched;  /* allocations that live are counted */
    bool failing;  /* the one in place fail_at fails */
    bool for_good; /* and all after it */
    long fail_at, asked, failed, live;
} heap;

static bool refuses(void)
{
    if (!heap.failing)
        return false;
    heap.asked++;
    if (heap.asked != heap.fail_at && !(heap.for_good && heap.asked > heap.fail_at))
        return false;
    heap.failed++;
    return true;
}

static void *counted(void *memory)
{
    if (heap.watched && memory != NULL)
        heap.live++;
    return memory;
}

void *malloc(size_t size)
{
    return refuses() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return refuses() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    if (refuses())
        return NULL;
    return memory == NULL ? counted(__libc_malloc(size)) : __libc_realloc(memory, size);
}

void free(void *memory)
{
    if (heap.watched && memory != NULL)
        heap.live--;
    __libc_free(memory);
}

/* ---- One operation ------------------------------------------------------------------------ */

/* What an operation works on and makes.  What it has not made is the sentinel. */
typedef struct thing {
    pfh_pathway *pathway;
    pfh_policy *policy;
    pfh_plan *plan;
    pfh_record *record;
    pfh_worklist *list;
    pfh_caseload *reader;
    char *text;
} thing;

typedef struct operation {
    void (*prepare)(thing *t);                   /* makes what is needed, while nothing fails */
    pfh_status (*act)(thing *t, pfh_error *err); /* while something fails */
    bool may_do_without;                         /* it uses qsort(), which can do without memory */
} operation;

static char mark;
#define SENTINEL ((void *)&mark)

static thing new_thing(void)
{
    return (thing){SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL};
}

static bool made(const void *pointer)
{
    return pointer != SENTINEL;
}

static void thing_free(thing *t)
{
    if (made(t->pathway))
        pfh_pathway_free(t->pathway);
    if (made(t->policy))
        pfh_policy_free(t->policy);
    if (made(t->plan))
        pfh_plan_free(t->plan);
    if (made(t->record))
        pfh_record_free(t->record);
    if (made(t->list))
        pfh_worklist_free(t->list);
    if (made(t->reader))
        pfh_caseload_free(t->reader);
    if (made(t->text))
        pfh_string_free(t->text);
}

static void tell(growing *text, char *part)
{
    growing_add(text, part, strlen(part));
    pfh_string_free(part);
}

/* Everything in a thing that can be seen, as text. */
static growing describe(const thing *t)
{
    growing text = {0};

    if (made(t->pathway))
        tell(&text, pathway_text(t->pathway));
    if (made(t->policy))
        tell(&text, policy_text(t->policy));
    if (made(t->plan))
        tell(&text, plan_text(t->plan, 1));
    for (size_t i = 0; made(t->list) && i < pfh_worklist_count(t->list); i++)
        growing_print(&text, "%s %s\n", pfh_worklist_row(t->list, i)->pathway,
                      pfh_worklist_row(t->list, i)->task->id);
    if (made(t->text))
        growing_add(&text, t->text, strlen(t->text));
    growing_print(&text, "%d%d", made(t->record), made(t->reader));
    return text;
}

typedef struct result {
    pfh_status status;
    pfh_error error;
    long failed, leaked;
    growing before, after; /* what could be seen */
} result;

static result try_once(const operation *o, long fail_at, bool for_good)
{
    result r = {.status = PFH_OK};
    thing t = new_thing();

    heap.live = heap.asked = heap.failed = 0;
    heap.fail_at = fail_at;
    heap.for_good = for_good;
    heap.watched = true;
    if (o->prepare != NULL)
        o->prepare(&t);
    heap.watched = false;
    r.before = describe(&t);
    heap.watched = heap.failing = true;
    r.status = o->act(&t, &r.error);
    heap.watched = heap.failing = false;
    r.after = describe(&t);
    r.failed = heap.failed;
    heap.watched = true;
    thing_free(&t);
    heap.watched = false;
    r.leaked = heap.live;
    return r;
}

static void result_free(result *r)
{
    free(r->before.data);
    free(r->after.data);
}

static void expect_clean_failure(const operation *o, const result *r, const result *good, long n)
{
    cr_assert_eq(r->leaked, 0, "allocation %ld: %ld are left", n, r->leaked);
    if (r->status == PFH_OK && o->may_do_without) {
        cr_expect_str_eq(r->after.data, good->after.data, "allocation %ld", n);
        return;
    }
    cr_assert_eq(r->status, PFH_E_NOMEM, "allocation %ld: %s", n, pfh_status_name(r->status));
    cr_expect_eq(r->error.status, PFH_E_NOMEM, "allocation %ld", n);
    cr_expect_str_eq(r->error.text, pfh_status_text(PFH_E_NOMEM), "allocation %ld", n);
    cr_expect_str_eq(r->after.data, r->before.data, "allocation %ld: touched", n);
}

static void fail_each(const operation *o, bool for_good)
{
    result good = try_once(o, 0, false);
    long failures = 0, n = 1;

    cr_assert_eq(good.status, PFH_OK, "%s at %s", good.error.text, good.error.where);
    cr_assert_eq(good.leaked, 0, "%ld are left", good.leaked);
    for (bool more = true; more; n++) {
        result r = try_once(o, n, for_good);

        more = r.failed > 0;
        if (more)
            expect_clean_failure(o, &r, &good, n);
        else
            cr_expect_str_eq(r.after.data, good.after.data, "nothing failed");
        failures += r.status == PFH_E_NOMEM;
        result_free(&r);
    }
    cr_expect_gt(failures, 0, "it allocates nothing");
    result_free(&good);
}

#define FAILS_CLEANLY(name, ...)                                                                   \
    Test(allocation, name)                                                                         \
    {                                                                                              \
        static const operation o = {__VA_ARGS__};                                                  \
        fail_each(&o, false);                                                                      \
        fail_each(&o, true);                                                                       \
    }

/* ---- What the operations work on ---------------------------------------------------------- */

static const char pathway_json[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"patient\":{\"id\":"
    "\"4711\",\"identifiers\":[{\"type\":\"duf\",\"value\":\"000000123456\"}],\"name\":{\"family\":"
    "\"Nordmann\"},\"birth_date\":\"1972-09-13\",\"municipality\":\"4003\",\"x_b\":[1.0,null]},"
    "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"x_a\":{\"k\":\"v\"},\"events\":["
    "{\"id\":\"e3\",\"type\":\"message\",\"date\":\"2026-02-21\",\"to\":\"gp\",\"kind\":\"plo\"},"
    "{\"id\":\"e2\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"recorded\":"
    "\"2026-02-20T10:12:00+01:00\",\"point\":1,\"author\":{\"role\":\"nurse\",\"name\":\"N\"},"
    "\"assessment\":{\"instrument\":{\"id\":\"tool\"},\"distress\":7,\"topics\":[{\"topic\":"
    "\"home_help\",\"need\":\"follow_up\",\"responsible\":{\"level\":\"municipality\"}},{\"topic\":"
    "\"x_pets\",\"need\":\"none\",\"note\":\"\\u00e6\"}]}},{\"id\":\"e4\",\"type\":\"scheduled\","
    "\"date\":\"2026-04-01\",\"point\":2,\"start\":\"2026-05-11T10:00\",\"place\":\"Hamar\"},"
    "{\"id\":\"e5\",\"type\":\"receipt\",\"date\":\"2026-02-22\",\"of\":\"e3\",\"status\":"
    "\"rejected\"},{\"id\":\"e1\",\"type\":\"offered\",\"date\":\"2026-02-10\",\"point\":1}]}";

static const char policy_json[] =
    "{\"format\":\"pfh-policy/1\",\"form_days\":10,\"extra_codes\":[\"LOCAL1\",\"A.1\"],"
    "\"extra_topics\":[{\"code\":\"x_pets\",\"title\":\"Dyr\"}],\"assign\":[{\"point\":2,\"unit\":"
    "\"u1\",\"role\":\"gp\"},{\"unit\":\"u2\"}],\"units\":[{\"unit\":\"u1\",\"name\":\"Kontoret\"}]"
    ","
    "\"x_a\":null}";

static void have_pathway(thing *t)
{
    t->pathway = pathway_of(pathway_json);
}

static void have_policy(thing *t)
{
    t->policy = policy_of(policy_json);
}

static void have_both(thing *t)
{
    have_pathway(t);
    have_policy(t);
}

static void have_plan(thing *t)
{
    have_both(t);
    cr_assert_eq(pfh_plan_derive(&t->plan, t->pathway, t->policy, day("2026-05-04"), NULL), PFH_OK);
}

/* ---- Documents ---------------------------------------------------------------------------- */

static pfh_status parse_pathway(thing *t, pfh_error *err)
{
    return pfh_pathway_parse(&t->pathway, pathway_json, sizeof pathway_json - 1, err);
}

FAILS_CLEANLY(a_pathway_is_read, .act = parse_pathway)

static pfh_status parse_policy(thing *t, pfh_error *err)
{
    return pfh_policy_parse(&t->policy, policy_json, sizeof policy_json - 1, err);
}

FAILS_CLEANLY(a_policy_is_read, .act = parse_policy)

static pfh_status write_pathway(thing *t, pfh_error *err)
{
    return pfh_pathway_to_json(&t->text, t->pathway, err);
}

FAILS_CLEANLY(a_pathway_is_written, .prepare = have_pathway, .act = write_pathway)

static pfh_status write_policy(thing *t, pfh_error *err)
{
    return pfh_policy_to_json(&t->text, t->policy, err);
}

FAILS_CLEANLY(a_policy_is_written, .prepare = have_policy, .act = write_policy)

/* Many events, the last first, so that they are sorted. */
static growing long_log(void)
{
    growing text = {0};

    growing_print(&text, "{\"format\":\"pfh-pathway/1\",\"id\":\"long\",\"edition\":\"hdir-2022\","
                         "\"diagnosis\":{\"code\":\"C61\",\"date\":\"2026-01-31\"},\"events\":[");
    for (int i = 300; i > 0; i--)
        growing_print(&text,
                      "{\"id\":\"e%d\",\"type\":\"performed\",\"date\":\"2026-%02d-%02d\","
                      "\"point\":%d}%s",
                      i, 2 + i / 28, 1 + i % 28, 1 + i % 3, i > 1 ? "," : "]}");
    return text;
}

static growing long_text;

static void have_long_text(thing *t)
{
    (void)t;
    heap.watched = false; /* it stays */
    if (long_text.data == NULL)
        long_text = long_log();
    heap.watched = true;
}

static pfh_status parse_long(thing *t, pfh_error *err)
{
    return pfh_pathway_parse(&t->pathway, long_text.data, long_text.size, err);
}

FAILS_CLEANLY(a_long_log_is_read_and_sorted, .prepare = have_long_text, .act = parse_long,
              .may_do_without = true)

static void have_long_pathway(thing *t)
{
    have_long_text(t);
    t->pathway = pathway_of(long_text.data);
}

static pfh_status derive(thing *t, pfh_error *err)
{
    return pfh_plan_derive(&t->plan, t->pathway, made(t->policy) ? t->policy : NULL, 20580, err);
}

FAILS_CLEANLY(the_plan_of_a_long_log_is_derived, .prepare = have_long_pathway, .act = derive,
              .may_do_without = true)

/* ---- Without JSON ------------------------------------------------------------------------- */

static void fill_head(pfh_record *head)
{
    pfh_record_set_text(head, "id", "p1", NULL);
    pfh_record_set_text(head, "edition", "hdir-2022", NULL);
    pfh_record_set_text(head, "patient/identifiers/0/type", "duf", NULL);
    pfh_record_set_text(head, "patient/identifiers/0/value", "000000123456", NULL);
    pfh_record_set_text(head, "patient/name/family", "Nordmann", NULL);
    pfh_record_set_flag(head, "patient/has_municipal_services", 1, NULL);
    pfh_record_set_text(head, "diagnosis/code", "C509", NULL);
    pfh_record_set_date(head, "diagnosis/date", 20484, NULL);
    pfh_record_set_json(head, "x_a", "{\"k\":[1.50,null]}", NULL);
}

static void fill_event(pfh_record *event)
{
    pfh_record_set_text(event, "id", "new", NULL);
    pfh_record_set_text(event, "type", "performed", NULL);
    pfh_record_set_date(event, "date", 20500, NULL);
    pfh_record_set_text(event, "recorded", "2026-02-16T10:00:00.5+01:00", NULL);
    pfh_record_set_number(event, "point", 1, NULL);
    pfh_record_set_text(event, "author/name", "N", NULL);
    for (int i = 0; i < 6; i++) { /* more topics than a list has room for at first */
        static const char *const topics[] = {"home_help",   "nutrition",      "own_health",
                                             "oral_health", "rehabilitation", "x_pets"};
        char path[80];

        snprintf(path, sizeof path, "assessment/topics/%d/topic", i);
        pfh_record_set_text(event, path, topics[i], NULL);
        snprintf(path, sizeof path, "assessment/topics/%d/need", i);
        pfh_record_set_text(event, path, "follow_up", NULL);
        snprintf(path, sizeof path, "assessment/topics/%d/responsible/unit", i);
        pfh_record_set_text(event, path, "u1", NULL);
    }
    pfh_record_set_json(event, "assessment/x_a", "[]", NULL);
}

static void fill_policy(pfh_record *policy)
{
    pfh_record_set_number(policy, "form_days", 10, NULL);
    pfh_record_set_text(policy, "extra_codes/0", "LOCAL1", NULL);
    pfh_record_set_text(policy, "extra_codes/1", "A.1", NULL);
    pfh_record_set_text(policy, "extra_topics/0/code", "x_pets", NULL);
    pfh_record_set_text(policy, "extra_topics/0/title", "Dyr", NULL);
    pfh_record_set_number(policy, "assign/0/point", 2, NULL);
    pfh_record_set_text(policy, "assign/1/unit", "u2", NULL);
    pfh_record_set_json(policy, "units/0/x_a", "null", NULL);
    pfh_record_set_text(policy, "units/0/unit", "u1", NULL);
}

static pfh_status new_record(thing *t, pfh_error *err)
{
    return pfh_record_new(&t->record, PFH_RECORD_EVENT, err);
}

FAILS_CLEANLY(a_record_is_made, .act = new_record)

static pfh_status build_pathway(thing *t, pfh_error *err)
{
    pfh_record *head = NULL;
    pfh_status status = pfh_record_new(&head, PFH_RECORD_PATHWAY, err);

    if (status != PFH_OK)
        return status;
    fill_head(head);
    status = pfh_pathway_build(&t->pathway, head, err);
    pfh_record_free(head);
    return status;
}

FAILS_CLEANLY(a_pathway_is_built_by_calls, .act = build_pathway)

/* A record lies in blocks that are asked for now and then: each size of note moves the place where
 * the next block is needed by 16 bytes, through every step that a setter takes. */
Test(allocation, a_setter_that_fails_leaves_the_record_as_it_was)
{
    static const char path[] = "assessment/topics/1/responsible/unit";
    int failures = 0;

    for (size_t size = 0; size < 4000; size += 16) {
        char note[4001];
        pfh_record *event = NULL;

        cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
        memset(note, 'n', size);
        note[size] = '\0';
        pfh_record_set_text(event, "note", note, NULL);
        pfh_record_set_text(event, "assessment/topics/0/topic", "nutrition", NULL);
        heap.asked = heap.failed = 0;
        heap.fail_at = 1;
        heap.for_good = heap.failing = true;
        if (pfh_record_set_text(event, path, "u", NULL) == PFH_E_NOMEM) {
            heap.failing = false;
            failures++;
            cr_expect_eq(pfh_record_count(event, "assessment/topics"), 1, "%zu", size);
            cr_expect_null(pfh_record_text(event, path));
        }
        heap.failing = false;
        pfh_record_free(event);
    }
    cr_expect_gt(failures, 0);
}

static pfh_status build_policy(thing *t, pfh_error *err)
{
    pfh_record *record = NULL;
    pfh_status status = pfh_record_new(&record, PFH_RECORD_POLICY, err);

    if (status != PFH_OK)
        return status;
    fill_policy(record);
    status = pfh_policy_build(&t->policy, record, err);
    pfh_record_free(record);
    return status;
}

FAILS_CLEANLY(a_policy_is_built_by_calls, .act = build_policy)

static pfh_status append_new(thing *t, pfh_error *err)
{
    pfh_record *event = NULL;
    pfh_status status = pfh_record_new(&event, PFH_RECORD_EVENT, err);

    if (status != PFH_OK)
        return status;
    fill_event(event);
    status = pfh_pathway_append(t->pathway, event, err);
    pfh_record_free(event);
    return status;
}

FAILS_CLEANLY(an_event_is_made_by_calls_and_appended, .prepare = have_pathway, .act = append_new)

static void have_pathway_and_event(thing *t)
{
    have_pathway(t);
    cr_assert_eq(pfh_record_new(&t->record, PFH_RECORD_EVENT, NULL), PFH_OK);
    fill_event(t->record);
}

/* Appends 60 events.  The one that could not be appended has left the log as it was, and is
 * appended when there is memory again. */
static pfh_status append_many(thing *t, pfh_error *err)
{
    pfh_status status = PFH_OK;

    for (int i = 0; i < 60 && status == PFH_OK; i++) {
        size_t before = pfh_pathway_event_count(t->pathway);
        char id[16];

        snprintf(id, sizeof id, "n%d", 99 - i);
        heap.failing = false;
        pfh_record_set_text(t->record, "id", id, NULL);
        heap.failing = true;
        status = pfh_pathway_append(t->pathway, t->record, err);
        heap.failing = false;
        if (status == PFH_E_NOMEM && (pfh_pathway_event_count(t->pathway) != before ||
                                      pfh_pathway_find(t->pathway, id) != NULL))
            return PFH_E_ARG;
        if (status == PFH_E_NOMEM)
            status = pfh_pathway_append(t->pathway, t->record, err);
    }
    return status;
}

/* What fails on the way is done again, so that in the end all is as if nothing had failed. */
static void expect_recovery(const operation *o)
{
    result good = try_once(o, 0, false);
    long n = 0;

    cr_assert_eq(good.status, PFH_OK);
    for (bool more = true; more;) {
        result r = try_once(o, ++n, false);

        more = r.failed > 0;
        cr_expect_eq(r.status, PFH_OK, "allocation %ld: %s", n, pfh_status_name(r.status));
        cr_expect_str_eq(r.after.data, good.after.data, "allocation %ld", n);
        cr_expect_eq(r.leaked, 0, "allocation %ld", n);
        result_free(&r);
    }
    cr_expect_gt(n, 2, "it allocates nothing");
    result_free(&good);
}

Test(allocation, an_event_that_could_not_be_appended_can_be_appended_again)
{
    static const operation o = {.prepare = have_pathway_and_event, .act = append_many};

    expect_recovery(&o);
}

/* ---- Plans -------------------------------------------------------------------------------- */

FAILS_CLEANLY(a_plan_is_derived, .prepare = have_both, .act = derive)

static pfh_status derive_at(thing *t, pfh_error *err)
{
    return pfh_plan_derive_at(&t->plan, t->pathway, t->policy, 20580, "2026-03-01T00:00:00Z",
                              "hdir-2022", err);
}

FAILS_CLEANLY(a_plan_of_what_was_known_is_derived, .prepare = have_both, .act = derive_at)

/* Three plans at once: those that fail are marked, and the others are made. */
static pfh_status derive_many(thing *t, pfh_error *err)
{
    const pfh_pathway *pathways[3] = {t->pathway, t->pathway, t->pathway};
    pfh_plan *plans[3] = {SENTINEL, SENTINEL, SENTINEL};
    pfh_error errors[3];
    size_t failed = 77, marked = 0;
    pfh_status status =
        pfh_plan_derive_many(plans, errors, &failed, pathways, 3, NULL, 20580, NULL, NULL, err);

    for (int i = 0; i < 3; i++) {
        bool bad = errors[i].status != PFH_OK;

        if (bad != (plans[i] == NULL) || (bad && errors[i].status != PFH_E_NOMEM))
            status = PFH_E_ARG;
        marked += bad;
        pfh_plan_free(plans[i]);
        if (bad && status == PFH_OK) {
            *err = errors[i];
            status = PFH_E_NOMEM;
        }
    }
    return marked == failed ? status : PFH_E_ARG;
}

FAILS_CLEANLY(many_plans_are_derived, .prepare = have_pathway, .act = derive_many)

static pfh_status write_plan(thing *t, pfh_error *err)
{
    return pfh_plan_to_json(&t->text, t->plan, 0, err);
}

FAILS_CLEANLY(a_plan_is_written, .prepare = have_plan, .act = write_plan)

static pfh_status write_explained(thing *t, pfh_error *err)
{
    return pfh_plan_to_json(&t->text, t->plan, 1, err);
}

FAILS_CLEANLY(a_plan_is_written_with_reasons, .prepare = have_plan, .act = write_explained)

static pfh_status explain(thing *t, pfh_error *err)
{
    const pfh_task *task = pfh_plan_task(t->plan, 0);

    return pfh_reason_to_text(&t->text, &task->reasons[task->reason_count - 1], PFH_LANGUAGE_NN,
                              err);
}

FAILS_CLEANLY(a_reason_is_written_as_a_sentence, .prepare = have_plan, .act = explain)

/* ---- Worklists ---------------------------------------------------------------------------- */

static pfh_status new_worklist(thing *t, pfh_error *err)
{
    return pfh_worklist_new(&t->list, err);
}

FAILS_CLEANLY(a_worklist_is_made, .act = new_worklist)

static void have_worklist(thing *t)
{
    have_plan(t);
    cr_assert_eq(pfh_worklist_new(&t->list, NULL), PFH_OK);
}

static pfh_status filter_worklist(thing *t, pfh_error *err)
{
    return pfh_worklist_filter(t->list, "unit", "u1", err);
}

FAILS_CLEANLY(a_worklist_is_filtered, .prepare = have_worklist, .act = filter_worklist)

static pfh_status add_to_worklist(thing *t, pfh_error *err)
{
    return pfh_worklist_add(t->list, t->plan, err);
}

FAILS_CLEANLY(a_plan_is_added_to_a_worklist, .prepare = have_worklist, .act = add_to_worklist)

/* A plan that could not be added has left the list as it was, and is added when there is memory. */
static pfh_status add_many(thing *t, pfh_error *err)
{
    pfh_status status = PFH_OK;

    for (int i = 0; i < 60 && status == PFH_OK; i++) {
        size_t before = pfh_worklist_count(t->list);

        heap.failing = true;
        status = pfh_worklist_add(t->list, t->plan, err);
        heap.failing = false;
        if (status == PFH_E_NOMEM && pfh_worklist_count(t->list) != before)
            return PFH_E_ARG;
        if (status == PFH_E_NOMEM)
            status = pfh_worklist_add(t->list, t->plan, err);
    }
    return status;
}

Test(allocation, a_plan_that_could_not_be_added_to_a_worklist_can_be_added_again)
{
    static const operation o = {.prepare = have_worklist, .act = add_many};

    expect_recovery(&o);
}

static pfh_status add_much_and_sort(thing *t, pfh_error *err)
{
    pfh_worklist *list = NULL;
    pfh_status status = pfh_worklist_new(&list, err);

    for (int i = 0; i < 100 && status == PFH_OK; i++)
        status = pfh_worklist_add(list, t->plan, err);
    if (status == PFH_OK)
        status = pfh_worklist_sort(list, err);
    if (status == PFH_OK)
        t->list = list;
    else
        pfh_worklist_free(list);
    return status;
}

FAILS_CLEANLY(a_long_worklist_is_made_and_sorted, .prepare = have_plan, .act = add_much_and_sort,
              .may_do_without = true)

/* ---- Caseloads ---------------------------------------------------------------------------- */

static pfh_status new_caseload(thing *t, pfh_error *err)
{
    return pfh_caseload_new(&t->reader, err);
}

FAILS_CLEANLY(a_caseload_is_begun, .act = new_caseload)

static void have_caseload(thing *t)
{
    cr_assert_eq(pfh_caseload_new(&t->reader, NULL), PFH_OK);
}

/* A piece that could not be taken can be given again; a line that could not be read says so, and
 * its bytes are there. */
static pfh_status read_caseload(thing *t, pfh_error *err)
{
    pfh_status status = pfh_caseload_feed(t->reader, pathway_json, sizeof pathway_json - 1, err);
    const pfh_line *line;

    if (status == PFH_E_NOMEM && pfh_caseload_next(t->reader) != NULL)
        return PFH_E_ARG;
    if (status == PFH_OK)
        status = pfh_caseload_feed(t->reader, "\n", 1, err);
    if (status != PFH_OK)
        return status;
    line = pfh_caseload_next(t->reader);
    if (line == NULL || line->number != 1 || line->size != sizeof pathway_json ||
        memcmp(line->text, pathway_json, line->size - 1) != 0 ||
        (line->status == PFH_OK) != (line->error == NULL) ||
        (line->status == PFH_OK) != (line->pathway != NULL))
        return PFH_E_ARG;
    if (line->error != NULL)
        *err = *line->error;
    else
        t->pathway = pfh_caseload_take(t->reader);
    return line->status;
}

FAILS_CLEANLY(a_caseload_is_read, .prepare = have_caseload, .act = read_caseload)

/* Memory comes back: the line is lost, and the next one is read. */
static pfh_status read_two_lines(thing *t, pfh_error *err)
{
    pfh_status status = PFH_OK;
    const pfh_line *line;

    heap.failing = false;
    for (int i = 0; i < 2 && status == PFH_OK; i++) {
        status = pfh_caseload_feed(t->reader, pathway_json, sizeof pathway_json - 1, err);
        if (status == PFH_OK)
            status = pfh_caseload_feed(t->reader, "\n", 1, err);
    }
    heap.failing = true;
    line = pfh_caseload_next(t->reader);
    heap.failing = false;
    if (status != PFH_OK || line == NULL)
        return PFH_E_ARG;
    if (heap.failed > 0 && line->status != PFH_E_NOMEM)
        return PFH_E_ARG;
    line = pfh_caseload_next(t->reader);
    if (line == NULL || line->number != 2)
        return PFH_E_ARG;
    t->pathway = pfh_caseload_take(t->reader);
    return line->status;
}

Test(allocation, a_line_that_could_not_be_read_does_not_stop_the_next)
{
    static const operation o = {.prepare = have_caseload, .act = read_two_lines};

    expect_recovery(&o);
}

/* ---- Lint --------------------------------------------------------------------------------- */

/* Folded lines, whose names are kept; more names and defects than there is room for at first. */
static growing bad_calendar;

static void have_calendar(thing *t)
{
    (void)t;
    heap.watched = false; /* it stays */
    if (bad_calendar.data == NULL) {
        growing_print(&bad_calendar, "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:A\\,\r\n  B\r\n");
        for (int i = 0; i < 100; i++)
            growing_print(&bad_calendar,
                          "BEGIN:VTODO\r\nUID:\r\n %d\r\nDTSTART;TZID=a\r\n b:20260504"
                          "T100000\r\nX-A:a\nEND:VTODO\r\n",
                          i / 2);
    }
    heap.watched = true;
}

static pfh_status lint(thing *t, pfh_error *err)
{
    pfh_defects *defects = SENTINEL;
    pfh_status status = pfh_ical_lint(&defects, bad_calendar.data, bad_calendar.size, err);

    (void)t;
    if (status == PFH_OK)
        pfh_defects_free(defects);
    return status == PFH_OK || defects == SENTINEL ? status : PFH_E_ARG;
}

FAILS_CLEANLY(a_calendar_is_looked_at, .prepare = have_calendar, .act = lint,
              .may_do_without = true)

/* ---- The test itself ---------------------------------------------------------------------- */

static void *volatile lost;

static pfh_status leak(thing *t, pfh_error *err)
{
    (void)t;
    (void)err;
    lost = malloc(1);
    return lost == NULL ? PFH_E_NOMEM : PFH_OK;
}

Test(allocation, what_leaks_is_seen)
{
    static const operation o = {.act = leak};
    result r = try_once(&o, 0, false);

    cr_expect_eq(r.leaked, 1);
    result_free(&r);
}
