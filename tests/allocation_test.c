/*
 * Every allocation failed in turn.  What fails says so, leaves its outputs alone and leaks nothing.
 *
 * This program defines malloc and its like itself, for itself and for every library that it loads,
 * and forwards them to those of the GNU C library; so it is built nowhere else, and not under
 * sanitizers, which do the same.  Each operation is tried with its first allocation failing, its
 * second and so on, until there is none left to fail; then the same with all that follow failing
 * too.
 *
 * libical writes through NULL when its own memory runs out, so what libical asks for is never
 * refused: it is known by the address that it asks from (strdup, of the C library, is defined here
 * for that).  What libpfh does against it is tried otherwise: with a heap of so many bytes and no
 * more, it must see that there is no room before libical does.
 */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include "support.h"

#include <criterion/criterion.h>

#include <link.h>
#include <malloc.h>
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
    size_t limit, used; /* bytes; limit 0: there is none */
    long late;          /* what libical asked for after something had failed */
    long too_big;       /* what libical asked for beyond the limit, and got */
} heap;

/* ---- Who asks ----------------------------------------------------------------------------- */

/* Where the code of libical lies, and of what it calls for itself. */
static struct {
    uintptr_t from, to;
} libical[8];
static size_t libical_count;

static int note_library(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    (void)data;
    if (strstr(info->dlpi_name, "/libical") == NULL && strstr(info->dlpi_name, "/libicu") == NULL)
        return 0;
    for (int i = 0; i < info->dlpi_phnum && libical_count < COUNT(libical); i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];

        if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0)
            continue;
        libical[libical_count].from = info->dlpi_addr + part->p_vaddr;
        libical[libical_count++].to = info->dlpi_addr + part->p_vaddr + part->p_memsz;
    }
    return 0;
}

static bool is_libical(const void *caller)
{
    const uintptr_t at = (uintptr_t)caller;

    for (size_t i = 0; i < libical_count; i++)
        if (at >= libical[i].from && at < libical[i].to)
            return true;
    return false;
}

#define CALLER __builtin_return_address(0)

/* ---- Refusing ----------------------------------------------------------------------------- */

static bool is_beyond(size_t size)
{
    return heap.limit > 0 && heap.used + size > heap.limit;
}

static bool refuses(size_t size, const void *caller)
{
    if (!heap.failing)
        return false;
    if (is_libical(caller)) {
        heap.late += heap.failed > 0;
        heap.too_big += heap.failed == 0 && is_beyond(size);
        return false;
    }
    heap.asked++;
    if (!is_beyond(size) && heap.asked != heap.fail_at &&
        !(heap.for_good && heap.asked > heap.fail_at))
        return false;
    heap.failed++;
    return true;
}

static void *counted(void *memory)
{
    if (heap.watched && memory != NULL)
        heap.live++;
    if (memory != NULL)
        heap.used += malloc_usable_size(memory);
    return memory;
}

static void forget(void *memory)
{
    const size_t size = memory == NULL ? 0 : malloc_usable_size(memory);

    heap.used -= size < heap.used ? size : heap.used;
}

void *malloc(size_t size)
{
    return refuses(size, CALLER) ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return refuses(count * size, CALLER) ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    void *moved;

    if (refuses(size, CALLER))
        return NULL;
    if (memory == NULL)
        return counted(__libc_malloc(size));
    forget(memory);
    moved = __libc_realloc(memory, size);
    heap.used += moved == NULL ? 0 : malloc_usable_size(moved);
    return moved;
}

char *strdup(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = refuses(size, CALLER) ? NULL : counted(__libc_malloc(size));

    return copy == NULL ? NULL : memcpy(copy, text, size);
}

void free(void *memory)
{
    if (heap.watched && memory != NULL)
        heap.live--;
    forget(memory);
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
    pfh_ical_options *options;
    pfh_feed *feed;
    pfh_proposals *found;
    pfh_pathway *other, *copy; /* another copy of the pathway, and one that is made */
    pfh_merge_options *terms;
    pfh_diff *diff;
    pfh_needs *needs;
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
    return (thing){SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL,
                   SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL, SENTINEL};
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
    if (made(t->options))
        pfh_ical_options_free(t->options);
    if (made(t->feed))
        pfh_feed_free(t->feed);
    if (made(t->found))
        pfh_proposals_free(t->found);
    if (made(t->other))
        pfh_pathway_free(t->other);
    if (made(t->copy))
        pfh_pathway_free(t->copy);
    if (made(t->terms))
        pfh_merge_options_free(t->terms);
    if (made(t->diff))
        pfh_diff_free(t->diff);
    if (made(t->needs))
        pfh_needs_free(t->needs);
}

static void tell(growing *text, char *part)
{
    growing_add(text, part, strlen(part));
    pfh_string_free(part);
}

/* What the options make of a plan. */
static void tell_options(growing *text, const thing *t)
{
    char *calendar = NULL;

    if (!made(t->plan)) {
        growing_print(text, "options");
        return;
    }
    cr_assert_eq(pfh_plan_to_ical(&calendar, t->plan, t->options, NULL), PFH_OK);
    tell(text, calendar);
}

static void tell_calendar(growing *text, const thing *t)
{
    char *calendar = NULL;

    if (made(t->options))
        tell_options(text, t);
    if (made(t->feed)) {
        cr_assert_eq(pfh_feed_to_ical(&calendar, t->feed, NULL), PFH_OK);
        tell(text, calendar);
        growing_print(text, "%zu\n", pfh_feed_count(t->feed));
    }
    for (size_t i = 0; made(t->found) && i < pfh_proposals_count(t->found); i++) {
        const pfh_proposal *row = pfh_proposals_row(t->found, i);

        growing_print(text, "%s %s %s\n", row->pathway, row->task,
                      row->needs == NULL ? "" : row->needs);
        if (row->event != NULL)
            growing_print(text, "%d %d %s\n", (int)pfh_record_number(row->event, "type"),
                          (int)pfh_record_date(row->event, "date"),
                          pfh_record_text(row->event, "start") == NULL
                              ? ""
                              : pfh_record_text(row->event, "start"));
    }
}

static void tell_copies(growing *text, const thing *t)
{
    if (made(t->other))
        tell(text, pathway_text(t->other));
    if (made(t->copy))
        tell(text, pathway_text(t->copy));
    for (size_t i = 0; made(t->diff) && i < pfh_diff_count(t->diff); i++) {
        const pfh_difference *row = pfh_diff_row(t->diff, i);

        growing_print(text, "%s %s %s %d\n", row->name, row->mine == NULL ? "" : row->mine,
                      row->theirs == NULL ? "" : row->theirs, (int)row->chosen);
    }
}

/* What the choices make of two copies. */
static void tell_terms(growing *text, const thing *t)
{
    pfh_diff *diff = NULL;

    if (!made(t->terms) || !made(t->other))
        return;
    cr_assert_eq(pfh_pathway_diff(&diff, t->pathway, t->other, t->terms, NULL), PFH_OK);
    growing_print(text, "%zu left\n", pfh_diff_conflict_count(diff));
    pfh_diff_free(diff);
}

static void tell_needs(growing *text, const thing *t)
{
    char *document = NULL;

    if (!made(t->needs))
        return;
    cr_assert_eq(pfh_needs_to_json(&document, t->needs, NULL), PFH_OK);
    tell(text, document);
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
    if (made(t->text) && t->text != NULL)
        growing_add(&text, t->text, strlen(t->text));
    tell_calendar(&text, t);
    tell_copies(&text, t);
    tell_terms(&text, t);
    tell_needs(&text, t);
    growing_print(&text, "%d%d%d%d", made(t->record), made(t->reader), made(t->text),
                  made(t->found));
    return text;
}

typedef struct result {
    pfh_status status;
    pfh_error error;
    long failed, leaked, late;
    growing before, after; /* what could be seen */
} result;

static result try_once(const operation *o, long fail_at, bool for_good)
{
    result r = {.status = PFH_OK};
    thing t = new_thing();

    if (libical_count == 0)
        dl_iterate_phdr(note_library, NULL);
    heap.live = heap.asked = heap.failed = heap.late = 0;
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
    r.late = heap.late;
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

static void expect_clean_failure(const operation *o, const result *r, const result *good, long n,
                                 bool for_good)
{
    cr_assert_eq(r->leaked, 0, "allocation %ld: %ld are left", n, r->leaked);
    cr_expect(!for_good || r->late == 0, "allocation %ld: libical is called %ld times after it", n,
              r->late);
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
    result warm = try_once(o, 0, false), good; /* libical keeps something for each thread */
    long failures = 0, n = 1;

    result_free(&warm);
    good = try_once(o, 0, false);
    cr_assert_eq(good.status, PFH_OK, "%s at %s", good.error.text, good.error.where);
    cr_assert_eq(good.leaked, 0, "%ld are left", good.leaked);
    for (bool more = true; more; n++) {
        result r = try_once(o, n, for_good);

        more = r.failed > 0;
        if (more)
            expect_clean_failure(o, &r, &good, n, for_good);
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

/* Another copy of the same pathway: parts left out, spelt otherwise, and more of its own. */
static const char other_json[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"patient\":{"
    "\"language\":\"nn\",\"x_b\":[1,null],\"x_c\":{\"b\":1,\"a\":2}},\"diagnosis\":{\"code\":"
    "\"C50.9\",\"date\":\"2026-01-31\"},\"previous\":\"p0\",\"x_a\":{\"k\":\"v\"},\"events\":["
    "{\"id\":\"e3\",\"type\":\"withheld\",\"date\":\"2026-02-21\"},{\"id\":\"e2\",\"type\":"
    "\"performed\",\"date\":\"2026-02-20\",\"recorded\":\"2026-02-20T09:12:00Z\",\"point\":1,"
    "\"assessment\":{\"instrument\":{\"id\":\"tool\"},\"distress\":7,\"topics\":[{\"topic\":"
    "\"x_pets\",\"need\":\"none\"}]},\"withheld\":2},{\"id\":\"f1\",\"type\":\"followed_up\","
    "\"date\":\"2026-03-02\",\"of\":\"e2\",\"note\":\"n\",\"x_d\":1}]}";

static void have_copies(thing *t)
{
    have_pathway(t);
    t->other = pathway_of(other_json);
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

static pfh_status parse_record(thing *t, pfh_error *err)
{
    static const char json[] =
        "{\"id\":\"e2\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"x_a\":{\"k\":[1]},"
        "\"assessment\":{\"topics\":[{\"topic\":\"x_pets\",\"need\":\"none\"}]}}";

    return pfh_record_parse(&t->record, PFH_RECORD_EVENT, json, sizeof json - 1, err);
}

FAILS_CLEANLY(a_record_is_read, .act = parse_record)

static pfh_status write_record(thing *t, pfh_error *err)
{
    return pfh_record_to_json(&t->text, pfh_pathway_event(t->pathway, 1), err);
}

FAILS_CLEANLY(a_record_is_written, .prepare = have_pathway, .act = write_record)

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

/* ---- Copies ------------------------------------------------------------------------------- */

static pfh_status hand_over(thing *t, pfh_error *err)
{
    return pfh_pathway_handover(&t->copy, t->pathway, PFH_AUDIENCE_PATIENT, t->policy, 0, err);
}

FAILS_CLEANLY(a_copy_is_handed_over, .prepare = have_both, .act = hand_over)

static pfh_status merge_copies(thing *t, pfh_error *err)
{
    return pfh_pathway_merge(&t->copy, t->other, t->pathway, NULL, err);
}

FAILS_CLEANLY(two_copies_are_merged, .prepare = have_copies, .act = merge_copies)

static pfh_status compare_copies(thing *t, pfh_error *err)
{
    return pfh_pathway_diff(&t->diff, t->other, t->pathway, NULL, err);
}

FAILS_CLEANLY(two_copies_are_compared, .prepare = have_copies, .act = compare_copies)

/* A draft copy, and what contradicts it. */
static void have_contradicting_copies(thing *t)
{
    pfh_error err;

    t->pathway =
        pathway_of("{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":"
                   "\"hdir-2021-draft\",\"diagnosis\":{\"code\":\"C50.9\",\"date\":"
                   "\"2026-01-31\"},\"events\":[{\"id\":\"e1\",\"type\":\"offered\","
                   "\"date\":\"2026-02-01\",\"point\":5},{\"id\":\"e2\",\"type\":"
                   "\"withheld\",\"date\":\"2026-02-02\"},{\"id\":\"r1\",\"type\":"
                   "\"receipt\",\"date\":\"2026-02-03\",\"of\":\"e2\",\"status\":\"ok\"}]}");
    t->other =
        pathway_of("{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
                   "\"diagnosis\":{\"code\":\"C50.8\",\"date\":\"2026-01-31\"},\"events\":["
                   "{\"id\":\"e1\",\"type\":\"offered\",\"date\":\"2026-02-01\",\"point\":1},"
                   "{\"id\":\"e2\",\"type\":\"offered\",\"date\":\"2026-02-02\",\"point\":1}]}");
    cr_assert_eq(pfh_merge_options_new(&t->terms, &err), PFH_OK);
    cr_assert_eq(pfh_merge_options_edition(t->terms, "hdir-2022", &err), PFH_OK);
}

static pfh_status choose(thing *t, pfh_error *err)
{
    return pfh_merge_options_choose(t->terms, "event:e1", PFH_SIDE_THEIRS, err);
}

FAILS_CLEANLY(a_conflict_is_settled, .prepare = have_contradicting_copies, .act = choose)

/* The places of conflicts are looked up, and that can fail too. */
static pfh_status refuse_copies(thing *t, pfh_error *err)
{
    pfh_status status = pfh_pathway_merge(&t->copy, t->pathway, t->other, t->terms, err);

    return status == PFH_E_CONFLICT ? PFH_OK : status;
}

FAILS_CLEANLY(two_copies_that_contradict_each_other_are_refused,
              .prepare = have_contradicting_copies, .act = refuse_copies)

static void have_settled_copies(thing *t)
{
    have_contradicting_copies(t);
    cr_assert_eq(pfh_merge_options_choose(t->terms, NULL, PFH_SIDE_THEIRS, NULL), PFH_OK);
}

static pfh_status merge_settled(thing *t, pfh_error *err)
{
    return pfh_pathway_merge(&t->copy, t->pathway, t->other, t->terms, err);
}

FAILS_CLEANLY(two_copies_of_two_editions_are_merged, .prepare = have_settled_copies,
              .act = merge_settled)

static pfh_status new_terms(thing *t, pfh_error *err)
{
    return pfh_merge_options_new(&t->terms, err);
}

FAILS_CLEANLY(terms_of_merging_are_made, .act = new_terms)

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

/* ---- Needs -------------------------------------------------------------------------------- */

static pfh_status derive_needs(thing *t, pfh_error *err)
{
    return pfh_needs_derive(&t->needs, t->pathway, made(t->policy) ? t->policy : NULL, 20800, NULL,
                            NULL, err);
}

FAILS_CLEANLY(needs_are_derived, .prepare = have_both, .act = derive_needs)

/* Many assessments, each with topics and changes of its own: memory in many blocks. */
static growing long_course(void)
{
    growing text = {0};

    growing_print(&text, "{\"format\":\"pfh-pathway/1\",\"id\":\"long\",\"edition\":\"hdir-2022\","
                         "\"diagnosis\":{\"code\":\"C61\",\"date\":\"2026-01-31\"},\"events\":[");
    for (int i = 1; i <= 60; i++)
        growing_print(
            &text,
            "{\"id\":\"e%d\",\"type\":\"performed\",\"date\":\"2026-%02d-%02d\","
            "\"point\":1,\"assessment\":{\"instrument\":{\"id\":\"own\"},\"distress\":%d,"
            "\"topics\":[{\"topic\":\"x_%d\",\"need\":\"follow_up\",\"note\":\"n\","
            "\"responsible\":{\"unit\":\"u1\"}},{\"topic\":\"nutrition\",\"need\":\"%s\"}]}},",
            i, 2 + i / 28, 1 + i % 28, i % 11, i, i % 2 == 0 ? "none" : "follow_up");
    growing_print(&text, "{\"id\":\"u\",\"type\":\"followed_up\",\"date\":\"2026-06-01\",\"of\":"
                         "\"e60\"}]}");
    return text;
}

static growing course_text;

static void have_long_course(thing *t)
{
    heap.watched = false; /* it stays */
    if (course_text.data == NULL)
        course_text = long_course();
    heap.watched = true;
    t->pathway = pathway_of(course_text.data);
    have_policy(t);
}

FAILS_CLEANLY(needs_of_a_long_log_are_derived, .prepare = have_long_course, .act = derive_needs,
              .may_do_without = true)

static void have_needs(thing *t)
{
    have_long_course(t);
    cr_assert_eq(derive_needs(t, NULL), PFH_OK);
}

static pfh_status write_needs(thing *t, pfh_error *err)
{
    return pfh_needs_to_json(&t->text, t->needs, err);
}

FAILS_CLEANLY(needs_are_written, .prepare = have_needs, .act = write_needs)

static pfh_status say_needs(thing *t, pfh_error *err)
{
    return pfh_needs_to_text(&t->text, t->needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NN,
                             pfh_needs_text_min(), err);
}

FAILS_CLEANLY(needs_are_written_as_text, .prepare = have_needs, .act = say_needs)

static pfh_status write_checklist(thing *t, pfh_error *err)
{
    return pfh_checklist_to_json(&t->text, pfh_edition_find("hdir-2022"), 2, t->policy, t->needs,
                                 PFH_LANGUAGE_NB, err);
}

FAILS_CLEANLY(a_checklist_is_written, .prepare = have_needs, .act = write_checklist)

static pfh_status say_checklist(thing *t, pfh_error *err)
{
    return pfh_checklist_to_text(&t->text, pfh_edition_find("hdir-2022"), 2, t->policy, t->needs,
                                 PFH_LANGUAGE_NB, err);
}

FAILS_CLEANLY(a_checklist_is_written_as_text, .prepare = have_needs, .act = say_checklist)

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

/* ---- Calendars ---------------------------------------------------------------------------- */

static const char calendar_policy[] =
    "{\"format\":\"pfh-policy/"
    "1\",\"assign\":[{\"unit\":\"u1\",\"role\":\"gp\"}],\"units\":[{\"unit\":\"u1\","
    "\"name\":\"Kontoret; 1\",\"phone\":\"1 "
    "2\",\"email\":\"a@b.example\",\"url\":\"https://b.example/\"},"
    "{\"unit\":\"u2\",\"email\":\"c@b.example\"}]}";

static pfh_status new_options(thing *t, pfh_error *err)
{
    return pfh_ical_options_new(&t->options, err);
}

FAILS_CLEANLY(options_are_made, .act = new_options)

static void have_options(thing *t)
{
    have_plan(t);
    pfh_policy_free(t->policy);
    t->policy = policy_of(calendar_policy);
    pfh_plan_free(t->plan);
    cr_assert_eq(pfh_plan_derive(&t->plan, t->pathway, t->policy, day("2026-05-04"), NULL), PFH_OK);
    cr_assert_eq(pfh_ical_options_new(&t->options, NULL), PFH_OK);
}

/* Each of them, one after the other: the first that fails is the answer, and none is half set. */
static pfh_status set_options(thing *t, pfh_error *err)
{
    static const char *const settings[][2] = {
        {"kind", "hold"},
        {"unit", "u1"},
        {"language", "en"},
        {"form", "both"},
        {"alarm", "P1D"},
        {"name", "En; liste med et navn som er lengre enn det som kan stå i en eneste linje av en "
                 "kalender"},
        {"stamp", "2026-05-04T10:00:00Z"},
        {"domain", "epj.example"},
        {"organizer", "u2"},
        {"attendee", "u1"},
        {"attendee", "u2"},
        {"keep_days", "3"},
    };
    pfh_status status = PFH_OK;

    for (size_t i = 0; i < COUNT(settings) && status == PFH_OK; i++)
        status = pfh_ical_options_set(t->options, settings[i][0], settings[i][1], err);
    return status;
}

/* Only the first setting must not be there: those before the one that fails are set. */
static pfh_status set_one_option(thing *t, pfh_error *err)
{
    return pfh_ical_options_set(t->options, "name", "En annen liste", err);
}

FAILS_CLEANLY(an_option_is_set, .prepare = have_options, .act = set_one_option)

static pfh_status take_contacts(thing *t, pfh_error *err)
{
    return pfh_ical_options_policy(t->options, t->policy, err);
}

FAILS_CLEANLY(contacts_are_taken, .prepare = have_options, .act = take_contacts)

static void have_all_options(thing *t)
{
    have_options(t);
    cr_assert_eq(set_options(t, NULL), PFH_OK);
    cr_assert_eq(take_contacts(t, NULL), PFH_OK);
    cr_assert_eq(pfh_ical_options_set(t->options, "kind", NULL, NULL), PFH_OK);
}

static pfh_status write_calendar(thing *t, pfh_error *err)
{
    return pfh_plan_to_ical(&t->text, t->plan, made(t->options) ? t->options : NULL, err);
}

FAILS_CLEANLY(a_calendar_is_written, .prepare = have_plan, .act = write_calendar)
FAILS_CLEANLY(a_calendar_is_written_with_all_options, .prepare = have_all_options,
              .act = write_calendar)

static void have_patient_options(thing *t)
{
    have_all_options(t);
    cr_assert_eq(pfh_ical_options_set(t->options, "audience", "patient", NULL), PFH_OK);
}

FAILS_CLEANLY(a_calendar_for_a_patient_is_written, .prepare = have_patient_options,
              .act = write_calendar)

/* A calendar in which something is unchanged, changed, over, of others, folded, and refused to be
 * ours; it stays. */
static growing old_calendar;

/* The UID of the first alarm, folded. */
static char *swap_alarm(char *text, size_t *size)
{
    char *alarm = strstr(text, "BEGIN:VALARM\r\nUID:"), *uid;
    growing folded = {0};

    cr_assert_not_null(alarm);
    uid = alarm + strlen("BEGIN:VALARM\r\nUID:");
    growing_add(&folded, text, (size_t)(uid - text));
    growing_add(&folded, "\r\n ", 3);
    growing_add(&folded, uid, strlen(uid));
    free(text);
    *size = folded.size;
    return folded.data;
}

static void have_old_calendar(thing *t)
{
    char *text = NULL;

    have_all_options(t);
    heap.watched = false;
    if (old_calendar.data == NULL) {
        const char *end, *at;

        cr_assert_eq(write_calendar(t, NULL), PFH_OK);
        text = t->text;
        end = strstr(text, "END:VCALENDAR");
        at = strstr(text, "SUMMARY:");
        growing_add(&old_calendar, text, (size_t)(at - text));
        growing_print(&old_calendar, "SUMMARY:Annet\r\n  enn det\r\nX-OTHERS:1\r\n ");
        growing_add(&old_calendar, at, (size_t)(end - at));
        old_calendar.data = swap_alarm(old_calendar.data, &old_calendar.size);
        old_calendar.room = old_calendar.size + 1;
        growing_print(&old_calendar, "BEGIN:VEVENT\r\nUID:p9+2.hold@epj.example\r\nDTSTAMP:"
                                     "20260501T000000Z\r\nSEQUENCE:4\r\n"
                                     "SUMMARY:Borte\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nBEGIN:"
                                     "VEVENT\r\nUID:x\r\nEND:VEVENT\r\n");
        for (int i = 0; i < 80; i++)
            growing_print(&old_calendar, "BEGIN:VEVENT\r\nUID:y%d\r\nEND:VEVENT\r\n", i);
        growing_add(&old_calendar, end, strlen(end));
        pfh_string_free(text);
        t->text = SENTINEL;
    }
    heap.watched = true;
}

static pfh_status update_calendar(thing *t, pfh_error *err)
{
    const pfh_plan *plans[] = {t->plan};

    return pfh_ical_update(&t->text, old_calendar.data, old_calendar.size, plans, 1, t->options,
                           err);
}

FAILS_CLEANLY(a_calendar_is_updated, .prepare = have_old_calendar, .act = update_calendar)

/* ---- Messages ----------------------------------------------------------------------------- */

static pfh_status invite(thing *t, pfh_error *err)
{
    return pfh_plan_to_invitation(&t->text, t->plan, 2, NULL, 0, t->options, err);
}

FAILS_CLEANLY(an_invitation_is_written, .prepare = have_all_options, .act = invite)

static growing request;

/* The plan after the appointment was called off. */
static void have_request(thing *t)
{
    pfh_record *event = NULL;

    have_all_options(t);
    heap.watched = false;
    if (request.data == NULL) {
        cr_assert_eq(invite(t, NULL), PFH_OK);
        growing_add(&request, t->text, strlen(t->text));
        pfh_string_free(t->text);
        t->text = SENTINEL;
    }
    heap.watched = true;
    cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
    pfh_record_set_text(event, "id", "off", NULL);
    pfh_record_set_text(event, "type", "cancelled", NULL);
    pfh_record_set_text(event, "date", "2026-05-02", NULL);
    pfh_record_set_number(event, "point", 2, NULL);
    cr_assert_eq(pfh_pathway_append(t->pathway, event, NULL), PFH_OK);
    pfh_record_free(event);
    pfh_plan_free(t->plan);
    cr_assert_eq(pfh_plan_derive(&t->plan, t->pathway, t->policy, day("2026-05-04"), NULL), PFH_OK);
}

static pfh_status call_off(thing *t, pfh_error *err)
{
    return pfh_plan_to_invitation(&t->text, t->plan, 2, request.data, request.size, t->options,
                                  err);
}

FAILS_CLEANLY(an_appointment_is_called_off, .prepare = have_request, .act = call_off)

/* ---- Feeds -------------------------------------------------------------------------------- */

static pfh_status new_feed(thing *t, pfh_error *err)
{
    return pfh_feed_new(&t->feed, old_calendar.data, old_calendar.size, t->options, err);
}

FAILS_CLEANLY(a_feed_is_begun, .prepare = have_old_calendar, .act = new_feed)

static void have_feed(thing *t)
{
    have_old_calendar(t);
    cr_assert_eq(new_feed(t, NULL), PFH_OK);
}

static pfh_status add_to_feed(thing *t, pfh_error *err)
{
    return pfh_feed_add(t->feed, t->plan, err);
}

FAILS_CLEANLY(a_plan_is_added_to_a_feed, .prepare = have_feed, .act = add_to_feed)

static pfh_status write_feed(thing *t, pfh_error *err)
{
    return pfh_feed_to_ical(&t->text, t->feed, err);
}

static void have_full_feed(thing *t)
{
    have_feed(t);
    cr_assert_eq(add_to_feed(t, NULL), PFH_OK);
}

FAILS_CLEANLY(a_feed_is_written, .prepare = have_full_feed, .act = write_feed)

/* A plan that could not be added has left the feed as it was, and is added when there is memory. */
static pfh_status add_again(thing *t, pfh_error *err)
{
    pfh_status status = pfh_feed_add(t->feed, t->plan, err);

    heap.failing = false;
    if (status == PFH_E_NOMEM && pfh_feed_count(t->feed) != 0)
        return PFH_E_ARG;
    if (status == PFH_E_NOMEM)
        status = pfh_feed_add(t->feed, t->plan, err);
    return status;
}

Test(allocation, a_plan_that_could_not_be_added_to_a_feed_can_be_added_again)
{
    static const operation o = {.prepare = have_feed, .act = add_again};
    result warm = try_once(&o, 0, false);

    result_free(&warm);
    expect_recovery(&o);
}

/* ---- Reading back ------------------------------------------------------------------------- */

/* An appointment that was moved, in two zones; a to-do that was completed. */
static growing changed_calendar;

static void have_changed_calendar(thing *t)
{
    have_all_options(t);
    heap.watched = false;
    if (changed_calendar.data == NULL) {
        growing_print(&changed_calendar, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:p1+2.hold@epj."
                                         "example\r\nDTST\r\n ART;TZID=Europe/Oslo:"
                                         "20260512T100000\r\nDURATION:PT30M\r\nEND:VEVENT\r\n");
        for (int i = 0; i < 20; i++)
            growing_print(
                &changed_calendar,
                "BEGIN:VEVENT\r\nUID:p1+2.hold@epj.example\r\nDTSTART;TZID=X:"
                "20260512T100000\r\nEND:VEVENT\r\n"
                "BEGIN:VTODO\r\nUID:p1+2.send_form+todo@epj.example\r\nSTATUS:COMPLETED\r\nEND:"
                "VTODO\r\n"
                "BEGIN:VEVENT\r\nUID:p1+2.hold@epj.example\r\nDTSTART:20260511T080000Z\r\n"
                "STATUS:CANCELLED\r\nEND:VEVENT\r\n");
        growing_print(&changed_calendar, "END:VCALENDAR\r\n");
    }
    heap.watched = true;
}

static pfh_status read_calendar(thing *t, pfh_error *err)
{
    const pfh_plan *plans[] = {t->plan};

    return pfh_ical_read(&t->found, changed_calendar.data, changed_calendar.size, plans, 1,
                         t->options, err);
}

FAILS_CLEANLY(a_calendar_is_read_back, .prepare = have_changed_calendar, .act = read_calendar)

/* ---- With so much memory and no more ------------------------------------------------------ */

/* Tries an operation with every limit from nothing to enough; gives how often libical was the one
 * that would not have got what it asked for. */
static long limit_each(const operation *o, size_t step)
{
    result warm = try_once(o, 0, false);
    long too_big = 0;

    result_free(&warm);
    for (size_t room = step;; room += step) {
        thing t = new_thing();
        pfh_error err = {0};
        pfh_status status;

        o->prepare(&t);
        heap.asked = heap.failed = heap.too_big = heap.late = 0;
        heap.fail_at = 0;
        heap.for_good = false;
        heap.limit = heap.used + room;
        heap.failing = true;
        status = o->act(&t, &err);
        heap.failing = false;
        heap.limit = 0;
        thing_free(&t);
        too_big += heap.too_big > 0;
        if (status == PFH_OK && heap.too_big == 0)
            break;
        cr_assert(status == PFH_OK || status == PFH_E_NOMEM);
    }
    return too_big;
}

/* An appointment at a place that takes 16,000 bytes to say. */
static void have_long_place(thing *t)
{
    growing place = {0};
    pfh_record *event = NULL;

    have_all_options(t);
    heap.watched = false;
    for (int i = 0; i < 4000; i++)
        growing_add(&place, "\xf0\x9f\x98\x80", 4);
    heap.watched = true;
    cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
    pfh_record_set_text(event, "id", "long", NULL);
    pfh_record_set_text(event, "type", "scheduled", NULL);
    pfh_record_set_text(event, "date", "2026-05-02", NULL);
    pfh_record_set_text(event, "start", "2026-05-12T09:00", NULL);
    pfh_record_set_text(event, "place", place.data, NULL);
    pfh_record_set_number(event, "point", 2, NULL);
    cr_assert_eq(pfh_pathway_append(t->pathway, event, NULL), PFH_OK);
    pfh_record_free(event);
    pfh_plan_free(t->plan);
    cr_assert_eq(pfh_plan_derive(&t->plan, t->pathway, t->policy, day("2026-05-04"), NULL), PFH_OK);
    heap.watched = false;
    free(place.data);
    heap.watched = true;
}

Test(allocation, with_little_memory_libpfh_sees_it_before_libical)
{
    static const operation operations[] = {
        {have_all_options, write_calendar, false},
        {have_old_calendar, update_calendar, false},
        {have_all_options, invite, false},
        {have_request, call_off, false},
        {have_feed, add_to_feed, false},
        {have_full_feed, write_feed, false},
        {have_changed_calendar, read_calendar, false},
        {have_long_place, write_calendar, false},
    };

    for (size_t i = 0; i < COUNT(operations); i++) {
        long beyond = limit_each(&operations[i], 509);

        cr_expect_eq(beyond, 0, "operation %zu: libical runs out first at %ld limits", i, beyond);
    }
}

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
