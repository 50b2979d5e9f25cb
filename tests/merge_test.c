/*
 * Two copies of a pathway: logs that are split among copies come together again, in whatever order;
 * what contradicts is listed whole, and nothing is merged then.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

enum { SPLITS = 1500, MOST_COPIES = 5 };

/* ---- Shorthand ---------------------------------------------------------------------------- */

#define HEAD                                                                                       \
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","                       \
    "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}"

/* The pathway p1 with these keys (each begins with a comma) and events. */
static pfh_pathway *copy_with(const char *keys, const char *events)
{
    growing text = {0};
    pfh_pathway *pathway;

    growing_print(&text, "%s%s,\"events\":[%s]}", HEAD, keys, events);
    pathway = pathway_of(text.data);
    free(text.data);
    return pathway;
}

static pfh_pathway *merged(const pfh_pathway *mine, const pfh_pathway *theirs,
                           const pfh_merge_options *options)
{
    pfh_pathway *out = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_pathway_merge(&out, mine, theirs, options, &err), PFH_OK, "%s: %s", err.where,
                 err.text);
    return out;
}

static char *merged_text(const pfh_pathway *mine, const pfh_pathway *theirs)
{
    pfh_pathway *pathway = merged(mine, theirs, NULL);
    char *text = pathway_text(pathway);

    pfh_pathway_free(pathway);
    return text;
}

static pfh_diff *diff_of(const pfh_pathway *mine, const pfh_pathway *theirs,
                         const pfh_merge_options *options)
{
    pfh_diff *diff = NULL;

    cr_assert_eq(pfh_pathway_diff(&diff, mine, theirs, options, NULL), PFH_OK);
    return diff;
}

static pfh_merge_options *under(const char *edition)
{
    pfh_merge_options *options = NULL;

    cr_assert_eq(pfh_merge_options_new(&options, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_edition(options, edition, NULL), PFH_OK);
    return options;
}

/* ---- Splitting a log among copies --------------------------------------------------------- */

typedef struct split {
    pfh_pathway *copies[MOST_COPIES];
    int32_t count;
} split;

static bool is_stub(const cJSON *event)
{
    return strcmp(json_text(event, "type"), "withheld") == 0;
}

/* Of a stub itself that with the keys of a vendor that it may have. */
static cJSON *stub_of(const cJSON *event)
{
    cJSON *stub = is_stub(event) ? cJSON_Duplicate(event, true) : cJSON_CreateObject();

    if (is_stub(event))
        return stub;
    cJSON_AddStringToObject(stub, "id", json_text(event, "id"));
    cJSON_AddStringToObject(stub, "type", "withheld");
    cJSON_AddStringToObject(stub, "date", json_text(event, "date"));
    return stub;
}

static int32_t drop_text(dice *d, cJSON *object, const char *key)
{
    const bool dropped =
        cJSON_IsString(cJSON_GetObjectItemCaseSensitive(object, key)) && chance(d, 50);

    if (dropped)
        cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    return dropped;
}

/* A topic goes whole or loses its note; which of them is the same in all copies of an event. */
static int32_t drop_topics(dice *d, cJSON *event, uint64_t seed)
{
    cJSON *assessment = cJSON_GetObjectItemCaseSensitive(event, "assessment");
    cJSON *topics = cJSON_GetObjectItemCaseSensitive(assessment, "topics");
    int32_t dropped = 0;

    for (int32_t i = cJSON_GetArraySize(topics) - 1; i >= 0; i--) {
        if ((seed >> (i % 32) & 1) != 0) {
            dropped += drop_text(d, cJSON_GetArrayItem(topics, i), "note");
        } else if (chance(d, 50)) {
            cJSON_DeleteItemFromArray(topics, i);
            dropped++;
        }
    }
    return dropped;
}

/* As much of an event as a hand-over copy may hold. */
static cJSON *part_of(dice *d, const cJSON *event, uint64_t seed)
{
    cJSON *part = cJSON_Duplicate(event, true);
    const cJSON *withheld = cJSON_GetObjectItemCaseSensitive(part, "withheld");
    double count = cJSON_IsNumber(withheld) ? withheld->valuedouble : 0;

    if (is_stub(event))
        return part;
    count += drop_text(d, part, "note");
    count += drop_topics(d, part, seed);
    if (chance(d, 50))
        cJSON_DeleteItemFromObjectCaseSensitive(part, "author");
    if (count > 999) {
        cJSON_Delete(part);
        return stub_of(event);
    }
    cJSON_DeleteItemFromObjectCaseSensitive(part, "withheld");
    if (count > 0)
        cJSON_AddNumberToObject(part, "withheld", count);
    return part;
}

static bool has_event(const cJSON *copy, const char *id)
{
    const cJSON *event;

    cJSON_ArrayForEach(event, events_of(copy))
    {
        if (strcmp(json_text(event, "id"), id) == 0)
            return true;
    }
    return false;
}

static const cJSON *event_of(const cJSON *pathway, const char *id)
{
    const cJSON *event;

    cJSON_ArrayForEach(event, events_of(pathway))
    {
        if (strcmp(json_text(event, "id"), id) == 0)
            return event;
    }
    return NULL;
}

/* Stands in for what an event of the copy names and the copy lacks. */
static void add_named(cJSON *copy, const cJSON *whole)
{
    for (int32_t i = 0; i < cJSON_GetArraySize(events_of(copy)); i++) {
        const char *of = json_text(cJSON_GetArrayItem(events_of(copy), i), "of");

        if (of != NULL && !has_event(copy, of))
            cJSON_AddItemToArray(events_of(copy), stub_of(event_of(whole, of)));
    }
}

/* A copy without events, and, but for the first, without some of what may be absent. */
static cJSON *bare_copy(dice *d, const cJSON *whole, bool all)
{
    cJSON *copy = cJSON_Duplicate(whole, true);
    cJSON *patient = cJSON_GetObjectItemCaseSensitive(copy, "patient");

    if (events_of(copy) != NULL)
        cJSON_ReplaceItemInObjectCaseSensitive(copy, "events", cJSON_CreateArray());
    for (int32_t i = cJSON_GetArraySize(patient) - 1; i >= 0 && !all; i--)
        if (chance(d, 30))
            cJSON_DeleteItemFromArray(patient, i);
    if (!all && chance(d, 30))
        cJSON_DeleteItemFromObjectCaseSensitive(copy, "previous");
    if (!all && chance(d, 30))
        cJSON_DeleteItemFromObjectCaseSensitive(copy, "patient");
    return copy;
}

/* Every event is whole in one copy at least; in others it is whole, in part, a stub or not there.
 */
static void deal(dice *d, cJSON **copies, int32_t count, const cJSON *event)
{
    const int32_t owner = roll(d, count);
    const uint64_t seed = (uint64_t)roll(d, INT32_MAX);

    for (int32_t i = 0; i < count; i++) {
        const int32_t how = i == owner ? 0 : roll(d, 5);
        cJSON *dealt = how <= 1   ? cJSON_Duplicate(event, true)
                       : how == 2 ? part_of(d, event, seed)
                       : how == 3 ? stub_of(event)
                                  : NULL;

        if (dealt != NULL)
            cJSON_AddItemToArray(events_of(copies[i]), dealt);
    }
}

static split split_of(dice *d, const cJSON *whole)
{
    cJSON *copies[MOST_COPIES];
    split made = {.count = 2 + roll(d, MOST_COPIES - 1)};
    const cJSON *event;

    for (int32_t i = 0; i < made.count; i++)
        copies[i] = bare_copy(d, whole, i == 0);
    cJSON_ArrayForEach(event, events_of(whole))
    {
        deal(d, copies, made.count, event);
    }
    for (int32_t i = 0; i < made.count; i++) {
        add_named(copies[i], whole);
        if (events_of(copies[i]) != NULL)
            shuffle(d, events_of(copies[i]));
        shuffle_keys(d, copies[i]);
        made.copies[i] = pathway_of_tree(copies[i]);
        cJSON_Delete(copies[i]);
    }
    return made;
}

static void split_free(split *s)
{
    for (int32_t i = 0; i < s->count; i++)
        pfh_pathway_free(s->copies[i]);
}

/* Merges all copies two at a time: any two, in any order, until one is left.  Consumes them. */
static pfh_pathway *merge_anyhow(dice *d, split *s)
{
    while (s->count > 1) {
        const int32_t a = roll(d, s->count), other = roll(d, s->count - 1);
        const int32_t b = other + (other >= a);
        pfh_pathway *both = merged(s->copies[a], s->copies[b], NULL);

        pfh_pathway_free(s->copies[a]);
        pfh_pathway_free(s->copies[b]);
        s->copies[a] = both;
        s->copies[b] = s->copies[--s->count];
        if (a == s->count)
            s->copies[b] = both;
    }
    return s->copies[0];
}

static void each_split(uint64_t first, void (*use)(story *, split *, dice *, uint64_t))
{
    for (uint64_t seed = first; seed < first + SPLITS; seed++) {
        dice d = dice_of(seed), more = dice_of(~seed);
        story s = story_of(&d);
        split copies = split_of(&more, s.pathway);

        use(&s, &copies, &more, seed);
        story_free(&s);
    }
}

static char *whole_text(const story *s)
{
    pfh_pathway *pathway = pathway_of_tree(s->pathway);
    char *text = pathway_text(pathway);

    pfh_pathway_free(pathway);
    return text;
}

/* ---- What is true of every log that was split --------------------------------------------- */

static void comes_together(story *s, split *copies, dice *d, uint64_t seed)
{
    pfh_pathway *pathway = merge_anyhow(d, copies);
    char *text = pathway_text(pathway), *whole = whole_text(s);
    char *plan, *planned = plan_of(s, s->pathway);
    cJSON *tree = json_read(text);

    cr_expect_str_eq(text, whole, "seed %llu", (unsigned long long)seed);
    plan = plan_of(s, tree);
    cr_expect_str_eq(plan, planned, "seed %llu", (unsigned long long)seed);
    cJSON_Delete(tree);
    free(plan);
    free(planned);
    free(whole);
    free(text);
    pfh_pathway_free(pathway);
}

Test(merge, a_log_that_was_split_comes_together_in_any_order_and_grouping_and_so_does_its_plan)
{
    each_split(1, comes_together);
}

static void is_commutative(story *s, split *copies, dice *d, uint64_t seed)
{
    char *one = merged_text(copies->copies[0], copies->copies[1]);
    char *other = merged_text(copies->copies[1], copies->copies[0]);

    (void)s;
    (void)d;
    cr_expect_str_eq(one, other, "seed %llu", (unsigned long long)seed);
    free(one);
    free(other);
    split_free(copies);
}

Test(merge, it_does_not_matter_which_copy_is_mine)
{
    each_split(10000, is_commutative);
}

static void is_idempotent(story *s, split *copies, dice *d, uint64_t seed)
{
    pfh_pathway *both = merged(copies->copies[0], copies->copies[1], NULL);
    char *text = pathway_text(both);

    (void)s;
    (void)d;
    for (int32_t i = 0; i < 2; i++) {
        char *same = merged_text(copies->copies[i], copies->copies[i]);
        char *copy = pathway_text(copies->copies[i]);
        char *again = merged_text(both, copies->copies[i]);

        cr_expect_str_eq(same, copy, "seed %llu", (unsigned long long)seed);
        cr_expect_str_eq(again, text, "seed %llu", (unsigned long long)seed);
        free(again);
        free(copy);
        free(same);
    }
    free(text);
    pfh_pathway_free(both);
    split_free(copies);
}

Test(merge, merging_a_copy_again_changes_nothing)
{
    each_split(20000, is_idempotent);
}

static void has_no_rows_when_nothing_is_new(story *s, split *copies, dice *d, uint64_t seed)
{
    pfh_pathway *both = merged(copies->copies[0], copies->copies[1], NULL);
    char *text = pathway_text(both), *mine = pathway_text(copies->copies[0]);
    pfh_diff *back = diff_of(both, copies->copies[1], NULL);
    pfh_diff *there = diff_of(copies->copies[0], copies->copies[1], NULL);

    (void)s;
    (void)d;
    cr_expect_eq(pfh_diff_count(back), 0, "seed %llu", (unsigned long long)seed);
    cr_expect_eq(pfh_diff_conflict_count(there), 0);
    cr_expect_eq(pfh_diff_count(there) == 0, strcmp(text, mine) == 0, "seed %llu\n%s\n%s",
                 (unsigned long long)seed, mine, text);
    pfh_diff_free(there);
    pfh_diff_free(back);
    free(mine);
    free(text);
    pfh_pathway_free(both);
    split_free(copies);
}

Test(merge, there_are_rows_exactly_when_the_other_copy_has_something)
{
    each_split(30000, has_no_rows_when_nothing_is_new);
}

/* ---- One contradiction -------------------------------------------------------------------- */

/* The same with a key more in one event; NULL where there is none, or a stub.  cJSON would not keep
 * the numbers of the others as they are spelt, so it is put in as text. */
static pfh_pathway *contradicted(dice *d, const pfh_pathway *copy, char id[65])
{
    const size_t count = pfh_pathway_event_count(copy);
    const pfh_record *event =
        count == 0 ? NULL : pfh_pathway_event(copy, (size_t)roll(d, (int32_t)count));
    growing changed = {0};
    char *text, *place, begins[80];
    pfh_pathway *pathway;

    if (event == NULL || pfh_record_number(event, "type") == PFH_EVENT_WITHHELD)
        return NULL;
    snprintf(id, 65, "%s", pfh_record_text(event, "id"));
    snprintf(begins, sizeof begins, "{\"id\":\"%s\",\"type\"", id);
    text = pathway_text(copy);
    place = strstr(text, begins);
    cr_assert_not_null(place);
    growing_add(&changed, text, (size_t)(place - text) + 1);
    growing_print(&changed, "\"x_other\":\"said here alone\",");
    growing_add(&changed, place + 1, strlen(place + 1));
    pathway = pathway_of(changed.data);
    free(changed.data);
    free(text);
    return pathway;
}

static void is_refused_whole(story *s, split *copies, dice *d, uint64_t seed)
{
    pfh_pathway *mine = copies->copies[0], *nothing = NULL;
    char id[65], name[80];
    pfh_pathway *theirs = contradicted(d, mine, id);
    pfh_merge_options *options = NULL;
    pfh_pathway *a, *b;
    char *x, *y;
    pfh_diff *diff;

    (void)s;
    if (theirs == NULL) {
        split_free(copies);
        return;
    }
    cr_expect_eq(pfh_pathway_merge(&nothing, mine, theirs, NULL, NULL), PFH_E_CONFLICT);
    cr_expect_null(nothing);
    diff = diff_of(mine, theirs, NULL);
    cr_assert_eq(pfh_diff_count(diff), 1, "seed %llu", (unsigned long long)seed);
    snprintf(name, sizeof name, "event:%s", id);
    cr_expect_str_eq(pfh_diff_row(diff, 0)->name, name);
    cr_expect_str_eq(pfh_diff_row(diff, 0)->key, "x_other");
    pfh_diff_free(diff);

    cr_assert_eq(pfh_merge_options_new(&options, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_choose(options, name, PFH_SIDE_MINE, NULL), PFH_OK);
    a = merged(mine, theirs, options);
    cr_assert_eq(pfh_merge_options_choose(options, name, PFH_SIDE_THEIRS, NULL), PFH_OK);
    b = merged(theirs, mine, options);
    x = pathway_text(a);
    y = pathway_text(b);
    cr_expect_str_eq(x, y, "seed %llu", (unsigned long long)seed);
    free(x);
    x = pathway_text(mine);
    cr_expect_str_eq(x, y);
    free(x);
    free(y);
    pfh_pathway_free(a);
    pfh_pathway_free(b);
    pfh_pathway_free(theirs);
    pfh_merge_options_free(options);
    split_free(copies);
}

Test(merge, a_contradiction_is_refused_and_settled_by_a_choice)
{
    each_split(40000, is_refused_whole);
}

/* ---- Conflicts, case by case -------------------------------------------------------------- */

#define DONE "\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1"
#define TOPICS(list) ",\"assessment\":{\"topics\":[" list "]}"
#define NEED(code, rest) "{\"topic\":\"" code "\",\"need\":\"follow_up\"" rest "}"

typedef struct conflict_case {
    const char *what;
    const char *mine_keys, *mine, *theirs_keys, *theirs;
    /* "kind name mine theirs key": what the rows are, one a line */
    const char *rows;
} conflict_case;

static const conflict_case conflict_cases[] = {
    {"one patient's name in two ways", ",\"patient\":{\"name\":{\"given\":\"Kari\"}}", "",
     ",\"patient\":{\"name\":{\"given\":\"Kari\",\"family\":\"Nordmann\"}}", "",
     "value /patient/name /patient/name /patient/name -\n"},
    {"keys of the patient that one lacks", ",\"patient\":{\"id\":\"4711\",\"x_a\":1}", "",
     ",\"patient\":{\"language\":\"nn\",\"x_b\":2}", "",
     "added /patient/language - /patient/language -\n"
     "added /patient/x_b - /patient/x_b -\n"},
    {"the same identifiers in another order",
     ",\"patient\":{\"identifiers\":[{\"type\":\"duf\",\"value\":\"200112345678\"},"
     "{\"type\":\"fnr\",\"value\":\"13097248022\"}]}",
     "",
     ",\"patient\":{\"identifiers\":[{\"type\":\"fnr\",\"value\":\"13097248022\"},"
     "{\"type\":\"duf\",\"value\":\"200112345678\"}]}",
     "", "value /patient/identifiers /patient/identifiers /patient/identifiers -\n"},
    {"one identifier, and it with another",
     ",\"patient\":{\"identifiers\":[{\"type\":\"duf\",\"value\":\"200112345678\"}]}", "",
     ",\"patient\":{\"identifiers\":[{\"type\":\"duf\",\"value\":\"200112345678\"},"
     "{\"type\":\"fnr\",\"value\":\"13097248022\"}]}",
     "", "value /patient/identifiers /patient/identifiers /patient/identifiers -\n"},
    {"two previous pathways", ",\"previous\":\"a1\"", "", ",\"previous\":\"a2\"", "",
     "value /previous /previous /previous -\n"},
    {"a vendor's key with two values", ",\"x_a\":{\"b\":[1,2]}", "", ",\"x_a\":{\"b\":[2,1]}", "",
     "value /x_a /x_a /x_a -\n"},
    {"a vendor's null is a value", ",\"x_a\":null", "", ",\"x_a\":0", "",
     "value /x_a /x_a /x_a -\n"},
    {"two contents of one event", "", "{" DONE "}", "", "{" DONE ",\"level\":\"municipality\"}",
     "content event:e1 /events/0 /events/0 level\n"},
    {"two dates of a stub and its event", "", "{" DONE "}", "",
     "{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-21\"}",
     "content event:e1 /events/0 /events/0 date\n"},
    {"two notes", "", "{" DONE ",\"note\":\"a\"}", "", "{" DONE ",\"note\":\"b\"}",
     "content event:e1 /events/0 /events/0 note\n"},
    {"two authors", "", "{" DONE ",\"author\":{\"role\":\"nurse\"}}", "",
     "{" DONE ",\"author\":{\"role\":\"nurse\",\"hpr\":\"1\"}}",
     "content event:e1 /events/0 /events/0 author\n"},
    {"a note that nothing counts", "", "{" DONE ",\"note\":\"a\"}", "", "{" DONE "}",
     "withheld event:e1 /events/0 /events/0 withheld\n"},
    {"a topic that nothing counts", "", "{" DONE TOPICS(NEED("nutrition", "")) "}", "",
     "{" DONE TOPICS("") "}", "withheld event:e1 /events/0 /events/0 withheld\n"},
    {"as many topics, and others", "", "{" DONE TOPICS(NEED("nutrition", "")) "}", "",
     "{" DONE TOPICS(NEED("x_a", "")) "}", "withheld event:e1 /events/0 /events/0 withheld\n"},
    {"more is counted than there is", "", "{" DONE ",\"note\":\"a\"}", "",
     "{" DONE ",\"note\":\"a\",\"withheld\":1}",
     "withheld event:e1 /events/0 /events/0 withheld\n"},
    {"one topic in two ways", "", "{" DONE TOPICS(NEED("nutrition", "")) "}", "",
     "{" DONE TOPICS("{\"topic\":\"nutrition\",\"need\":\"none\"}") "}",
     "content event:e1 /events/0 /events/0 assessment\n"},
    {"a topic's note that nothing counts", "", "{" DONE TOPICS(NEED("x_a", ",\"note\":\"n\"")) "}",
     "", "{" DONE TOPICS(NEED("x_a", "")) "}", "withheld event:e1 /events/0 /events/0 withheld\n"},
    {"two notes of one topic", "", "{" DONE TOPICS(NEED("x_a", ",\"note\":\"n\"")) "}", "",
     "{" DONE TOPICS(NEED("x_a", ",\"note\":\"m\"")) "}",
     "content event:e1 /events/0 /events/0 assessment\n"},
    {"an assessment and none", "", "{" DONE TOPICS("") "}", "", "{" DONE "}",
     "content event:e1 /events/0 /events/0 assessment\n"},
    {"a vendor's key in an event", "", "{" DONE ",\"x_b\":1}", "", "{" DONE ",\"x_a\":1}",
     "content event:e1 /events/0 /events/0 x_a\n"},
    {"a receipt of what is no message, once it is known what it is", "",
     "{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-20\"},{\"id\":\"r1\",\"type\":"
     "\"receipt\",\"date\":\"2026-02-22\",\"of\":\"e1\",\"status\":\"ok\"}",
     "", "{" DONE "}",
     "fuller event:e1 /events/0 /events/0 -\n"
     "reference of:r1 /events/1/of /events/0/type -\n"},
    {"what was followed up in theirs is a message in mine", "",
     "{\"id\":\"e0\",\"type\":\"offered\",\"date\":\"2026-02-01\",\"point\":1},{\"id\":\"e1\","
     "\"type\":\"message\",\"date\":\"2026-02-20\",\"to\":\"gp\",\"kind\":\"letter\"}",
     "",
     "{\"id\":\"f1\",\"type\":\"followed_up\",\"date\":\"2026-02-22\",\"of\":\"e1\"},"
     "{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-20\"}",
     "added event:f1 - /events/0 -\n"
     "reference of:f1 /events/1/type /events/0/of -\n"},
    {"a reference that is only wrong if a conflict is settled in one way", "",
     "{\"id\":\"r1\",\"type\":\"withheld\",\"date\":\"2026-03-01\"},{" DONE "}", "",
     "{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-20\"},{\"id\":\"r1\",\"type\":"
     "\"receipt\",\"date\":\"2026-02-22\",\"of\":\"e1\",\"status\":\"ok\"}",
     "content event:r1 /events/0 /events/1 date\n"},
    {"the same the other way round", "",
     "{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-20\"},{\"id\":\"r1\",\"type\":"
     "\"receipt\",\"date\":\"2026-02-22\",\"of\":\"e1\",\"status\":\"ok\"}",
     "", "{\"id\":\"r1\",\"type\":\"withheld\",\"date\":\"2026-03-01\"},{" DONE "}",
     "fuller event:e1 /events/0 /events/1 -\n"
     "content event:r1 /events/1 /events/0 date\n"},
    {"two, in the order in which they count and not in that of their ids", "",
     "{\"id\":\"a\",\"type\":\"ended\",\"date\":\"2026-05-01\",\"reason\":\"dead\"},{" DONE "}", "",
     "{\"id\":\"a\",\"type\":\"ended\",\"date\":\"2026-05-01\",\"reason\":\"other\"},{" DONE
     ",\"level\":\"specialist\"}",
     "content event:e1 /events/1 /events/1 level\n"
     "content event:a /events/0 /events/0 reason\n"},
    {"all at once, in the order of the document", ",\"x_a\":1,\"previous\":\"a1\"",
     "{\"id\":\"e9\",\"type\":\"ended\",\"date\":\"2026-05-01\",\"reason\":\"dead\"},{" DONE "}",
     ",\"x_a\":2,\"previous\":\"a2\"",
     "{\"id\":\"e9\",\"type\":\"ended\",\"date\":\"2026-05-01\",\"reason\":\"other\"},{" DONE
     ",\"level\":\"specialist\"}",
     "value /previous /previous /previous -\n"
     "value /x_a /x_a /x_a -\n"
     "content event:e1 /events/1 /events/1 level\n"
     "content event:e9 /events/0 /events/0 reason\n"},
};

static void print_row(growing *text, const pfh_difference *row)
{
    const bool conflict = row->kind == PFH_DIFFERENCE_CONFLICT;

    growing_print(text, "%s %s %s %s %s\n",
                  conflict ? pfh_word(PFH_WORDS_CONFLICT, (int32_t)row->conflict)
                           : pfh_word(PFH_WORDS_DIFFERENCE, (int32_t)row->kind),
                  row->name, row->mine == NULL ? "-" : row->mine,
                  row->theirs == NULL ? "-" : row->theirs, row->key == NULL ? "-" : row->key);
}

static char *print_rows(const pfh_diff *diff)
{
    growing text = {0};

    growing_add(&text, "", 0);
    for (size_t i = 0; i < pfh_diff_count(diff); i++)
        print_row(&text, pfh_diff_row(diff, i));
    return text.data;
}

static size_t conflicts_in(const char *rows)
{
    size_t count = 0;

    for (; *rows != '\0'; rows = strchr(rows, '\n') + 1)
        count += strncmp(rows, "added", 5) != 0 && strncmp(rows, "fuller", 6) != 0;
    return count;
}

Test(merge, every_conflict_is_listed_with_its_place_in_either_copy)
{
    for (size_t i = 0; i < COUNT(conflict_cases); i++) {
        const conflict_case *c = &conflict_cases[i];
        pfh_pathway *mine = copy_with(c->mine_keys, c->mine);
        pfh_pathway *theirs = copy_with(c->theirs_keys, c->theirs);
        pfh_diff *diff = diff_of(mine, theirs, NULL);
        char *rows = print_rows(diff);

        cr_expect_str_eq(rows, c->rows, "%s:\n%s", c->what, rows);
        cr_expect_eq(pfh_diff_conflict_count(diff), conflicts_in(c->rows), "%s", c->what);
        free(rows);
        pfh_diff_free(diff);
        pfh_pathway_free(mine);
        pfh_pathway_free(theirs);
    }
}

Test(merge, with_a_conflict_nothing_is_merged_and_the_error_says_where_the_first_is)
{
    for (size_t i = 0; i < COUNT(conflict_cases); i++) {
        const conflict_case *c = &conflict_cases[i];
        pfh_pathway *mine = copy_with(c->mine_keys, c->mine);
        pfh_pathway *theirs = copy_with(c->theirs_keys, c->theirs);
        pfh_pathway *out = mine;
        const bool wanted = conflicts_in(c->rows) > 0;
        pfh_status status;
        pfh_error err = {0};

        status = pfh_pathway_merge(&out, mine, theirs, NULL, &err);
        cr_expect_eq(status, wanted ? PFH_E_CONFLICT : PFH_OK, "%s", c->what);
        if (wanted) {
            cr_expect_eq(out, mine, "%s", c->what);
            cr_expect_eq(err.status, PFH_E_CONFLICT);
            cr_expect_eq(err.where[0], '/', "%s", c->what);
        } else {
            pfh_pathway_free(out);
        }
        pfh_pathway_free(mine);
        pfh_pathway_free(theirs);
    }
}

/* Every conflict settled by one side is that side's copy, and what only the other has besides. */
Test(merge, every_conflict_can_be_settled_by_either_side)
{
    for (size_t i = 0; i < COUNT(conflict_cases); i++) {
        const conflict_case *c = &conflict_cases[i];
        pfh_pathway *mine = copy_with(c->mine_keys, c->mine);
        pfh_pathway *theirs = copy_with(c->theirs_keys, c->theirs);

        for (int32_t side = PFH_SIDE_MINE; side <= PFH_SIDE_THEIRS; side++) {
            pfh_merge_options *options = NULL;
            pfh_pathway *out, *again;
            char *text;
            pfh_diff *diff;

            cr_assert_eq(pfh_merge_options_new(&options, NULL), PFH_OK);
            cr_assert_eq(pfh_merge_options_choose(options, NULL, (pfh_side)side, NULL), PFH_OK);
            diff = diff_of(mine, theirs, options);
            cr_expect_eq(pfh_diff_conflict_count(diff), 0, "%s", c->what);
            pfh_diff_free(diff);
            out = merged(mine, theirs, options);
            text = pathway_text(out);
            again = pathway_of(text); /* it is a document */
            pfh_pathway_free(again);
            free(text);
            /* merged again in the same way, nothing changes */
            again = merged(out, side == PFH_SIDE_MINE ? mine : theirs, options);
            pfh_pathway_free(again);
            pfh_pathway_free(out);
            pfh_merge_options_free(options);
        }
        pfh_pathway_free(mine);
        pfh_pathway_free(theirs);
    }
}

/* ---- Choices ------------------------------------------------------------------------------ */

static void expect_settled(const pfh_pathway *mine, const pfh_pathway *theirs, const char *name,
                           pfh_side side, const char *wanted)
{
    pfh_merge_options *options = NULL;
    pfh_pathway *out;
    char *text;

    cr_assert_eq(pfh_merge_options_new(&options, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_choose(options, name, side, NULL), PFH_OK);
    out = merged(mine, theirs, options);
    text = pathway_text(out);
    cr_expect_not_null(strstr(text, wanted), "%s: %s is not in %s", name == NULL ? "all" : name,
                       wanted, text);
    free(text);
    pfh_pathway_free(out);
    pfh_merge_options_free(options);
}

Test(merge, a_choice_takes_that_sides_value)
{
    pfh_pathway *mine = copy_with(",\"x_a\":1", "{" DONE ",\"level\":\"specialist\"}");
    pfh_pathway *theirs = copy_with(",\"x_a\":1", "{" DONE ",\"level\":\"municipality\"}");
    pfh_pathway *other = copy_with(",\"x_a\":2", "");

    expect_settled(mine, theirs, "event:e1", PFH_SIDE_MINE, "\"level\":\"specialist\"");
    expect_settled(mine, theirs, "event:e1", PFH_SIDE_THEIRS, "\"level\":\"municipality\"");
    expect_settled(mine, other, "/x_a", PFH_SIDE_MINE, "\"x_a\":1");
    expect_settled(mine, other, "/x_a", PFH_SIDE_THEIRS, "\"x_a\":2");
    expect_settled(other, mine, "/x_a", PFH_SIDE_MINE, "\"x_a\":2");
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
    pfh_pathway_free(other);
}

/* At the beginning, in the middle and at the end, in the pathway and in the patient. */
Test(merge, a_vendors_keys_of_both_stand_in_their_order)
{
    static const char *const keys = "\"x_b\":1,\"x_d\":1,\"x_f\":1";
    static const char *const others = "\"x_a\":2,\"x_b\":1,\"x_c\":2,\"x_d\":2,\"x_f\":2,\"x_g\":2";
    static const char *const wanted[] = {
        "\"x_a\":2,\"x_b\":1,\"x_c\":2,\"x_d\":1,\"x_f\":1,\"x_g\":2",
        "\"x_a\":2,\"x_b\":1,\"x_c\":2,\"x_d\":2,\"x_f\":2,\"x_g\":2",
    };
    growing mine = {0}, theirs = {0};
    pfh_pathway *a, *b;

    growing_print(&mine, ",\"patient\":{%s},%s", keys, keys);
    growing_print(&theirs, ",\"patient\":{%s},%s", others, others);
    a = copy_with(mine.data, "");
    b = copy_with(theirs.data, "");
    for (int32_t side = PFH_SIDE_MINE; side <= PFH_SIDE_THEIRS; side++) {
        growing both = {0};

        growing_print(&both, "\"patient\":{%s}", wanted[side - 1]);
        expect_settled(a, b, NULL, (pfh_side)side, both.data);
        both.size = 0;
        growing_print(&both, "\"events\":[],%s}", wanted[side - 1]);
        expect_settled(a, b, NULL, (pfh_side)side, both.data);
        free(both.data);
    }
    free(mine.data);
    free(theirs.data);
    pfh_pathway_free(a);
    pfh_pathway_free(b);
}

/* The side that has the receipt has a stub where the other has the performance. */
Test(merge, a_reference_is_settled_by_the_stub_or_by_leaving_the_naming_event_out)
{
    pfh_pathway *mine = copy_with(
        "", "{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-20\"},{\"id\":\"r1\",\"type\":"
            "\"receipt\",\"date\":\"2026-02-22\",\"of\":\"e1\",\"status\":\"ok\"}");
    pfh_pathway *theirs = copy_with("", "{" DONE "}");

    expect_settled(mine, theirs, "of:r1", PFH_SIDE_MINE,
                   "[{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-20\"},{\"id\":\"r1\","
                   "\"type\":\"receipt\"");
    expect_settled(mine, theirs, "of:r1", PFH_SIDE_THEIRS,
                   "[{" DONE "},{\"id\":\"r1\",\"type\":\"withheld\",\"date\":\"2026-02-22\"}]");
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
}

/* Mine says that m1 is a message, and has a receipt of it; theirs that it was a conversation, and
 * followed that up.  Whatever is chosen, in whatever combination, what comes of it is a document.
 */
Test(merge, choices_that_do_not_go_together_leave_a_stub)
{
    static const char *const names[] = {"event:m1", "event:f1", "of:f1", "of:r1"};
    pfh_pathway *mine = copy_with(
        "", "{\"id\":\"m1\",\"type\":\"message\",\"date\":\"2026-02-20\",\"to\":\"gp\",\"kind\":"
            "\"letter\"},"
            "{\"id\":\"r1\",\"type\":\"receipt\",\"date\":\"2026-02-21\",\"of\":\"m1\",\"status\":"
            "\"ok\"},"
            "{\"id\":\"p1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1},"
            "{\"id\":\"f1\",\"type\":\"followed_up\",\"date\":\"2026-02-22\",\"of\":\"p1\"}");
    pfh_pathway *theirs = copy_with(
        "", "{\"id\":\"m1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1},"
            "{\"id\":\"f1\",\"type\":\"followed_up\",\"date\":\"2026-02-22\",\"of\":\"m1\"}");

    for (int32_t combination = 0; combination < 81; combination++) {
        pfh_merge_options *options = under(NULL);
        int32_t rest = combination;
        pfh_pathway *out = NULL, *again;
        pfh_status status;
        char *text;

        for (size_t i = 0; i < COUNT(names); i++, rest /= 3)
            cr_assert_eq(pfh_merge_options_choose(options, names[i], (pfh_side)(rest % 3), NULL),
                         PFH_OK);
        status = pfh_pathway_merge(&out, mine, theirs, options, NULL);
        cr_assert(status == PFH_OK || status == PFH_E_CONFLICT, "%d: %s", (int)combination,
                  pfh_status_name(status));
        if (status == PFH_OK) {
            text = pathway_text(out);
            again = pathway_of(text);
            pfh_pathway_free(again);
            free(text);
        }
        pfh_pathway_free(out);
        pfh_merge_options_free(options);
    }
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
}

/* What a vendor says of a stub goes with the stub when the event comes: so it does not matter when.
 */
Test(merge, two_stubs_join_whatever_a_vendor_says_of_them)
{
    static const char stub[] = "{\"id\":\"e1\",\"type\":\"withheld\",\"date\":\"2026-02-20\"%s}";
    static const char *const keys[] = {",\"x_a\":1,\"x_b\":2", ",\"x_b\":2.0,\"x_c\":1",
                                       ",\"x_b\":3", ""};
    static const char *const wanted[4][4] = {
        {",\"x_a\":1,\"x_b\":2", ",\"x_b\":2", "", ""},
        {",\"x_b\":2", ",\"x_b\":2.0,\"x_c\":1", "", ""},
        {"", "", ",\"x_b\":3", ""},
        {"", "", "", ""},
    };

    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) {
            char a[200], b[200], c[200];
            pfh_pathway *mine, *theirs, *whole = copy_with("", "{" DONE "}"), *both, *all;
            pfh_diff *diff;
            char *x, *y;

            snprintf(a, sizeof a, stub, keys[i]);
            snprintf(b, sizeof b, stub, keys[j]);
            snprintf(c, sizeof c, stub, wanted[i][j]);
            mine = copy_with("", a);
            theirs = copy_with("", b);
            both = merged(mine, theirs, NULL);
            x = pathway_text(both);
            cr_expect_not_null(strstr(x, c), "%zu %zu: %s", i, j, x);
            free(x);
            all = merged(both, whole, NULL);
            x = pathway_text(all);
            y = pathway_text(whole);
            cr_expect_str_eq(x, y);
            diff = diff_of(mine, theirs, NULL);
            cr_expect_eq(pfh_diff_count(diff), 0);
            pfh_diff_free(diff);
            free(x);
            free(y);
            pfh_pathway_free(all);
            pfh_pathway_free(both);
            pfh_pathway_free(whole);
            pfh_pathway_free(mine);
            pfh_pathway_free(theirs);
        }
}

Test(merge, of_two_choices_the_last_counts_and_it_can_be_taken_back)
{
    pfh_pathway *mine = copy_with(",\"x_a\":1", ""), *theirs = copy_with(",\"x_a\":2", "");
    pfh_merge_options *options = NULL;
    pfh_diff *diff;

    cr_assert_eq(pfh_merge_options_new(&options, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_choose(options, "/x_a", PFH_SIDE_MINE, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_choose(options, "/x_a", PFH_SIDE_THEIRS, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_choose(options, "event:none", PFH_SIDE_MINE, NULL), PFH_OK);
    diff = diff_of(mine, theirs, options);
    cr_expect_eq(pfh_diff_row(diff, 0)->chosen, PFH_SIDE_THEIRS);
    cr_expect_eq(pfh_diff_conflict_count(diff), 0);
    pfh_diff_free(diff);
    cr_assert_eq(pfh_merge_options_choose(options, "/x_a", (pfh_side)0, NULL), PFH_OK);
    diff = diff_of(mine, theirs, options);
    cr_expect_eq(pfh_diff_conflict_count(diff), 1);
    pfh_diff_free(diff);
    pfh_merge_options_free(options);
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
}

Test(merge, two_patients_do_not_become_one_by_a_choice_for_all)
{
    pfh_pathway *mine = copy_with("", ""), *theirs;
    pfh_merge_options *options = NULL;
    pfh_pathway *out = NULL;
    pfh_error err;

    theirs = pathway_of("{\"format\":\"pfh-pathway/1\",\"id\":\"p2\",\"edition\":\"hdir-2022\","
                        "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}}");
    cr_assert_eq(pfh_merge_options_new(&options, NULL), PFH_OK);
    cr_assert_eq(pfh_merge_options_choose(options, NULL, PFH_SIDE_THEIRS, NULL), PFH_OK);
    cr_expect_eq(pfh_pathway_merge(&out, mine, theirs, options, &err), PFH_E_CONFLICT);
    cr_expect_str_eq(err.where, "/id");
    cr_assert_eq(pfh_merge_options_choose(options, "/id", PFH_SIDE_THEIRS, NULL), PFH_OK);
    out = merged(mine, theirs, options);
    cr_expect_str_eq(pfh_pathway_id(out), "p2");
    pfh_pathway_free(out);
    pfh_merge_options_free(options);
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
}

Test(merge, the_diagnosis_is_one_conflict_and_is_taken_whole)
{
    pfh_pathway *mine = copy_with("", "");
    pfh_pathway *theirs = pathway_of(
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
        "\"diagnosis\":{\"code\":\"C509\",\"date\":\"2026-02-01\",\"informed\":\"2026-02-02\"}}");
    pfh_diff *diff = diff_of(mine, theirs, NULL);
    char *rows = print_rows(diff);

    cr_expect_str_eq(rows, "value /diagnosis /diagnosis /diagnosis -\n");
    expect_settled(mine, theirs, "/diagnosis", PFH_SIDE_THEIRS,
                   "\"date\":\"2026-02-01\",\"informed\":\"2026-02-02\"");
    expect_settled(mine, theirs, "/diagnosis", PFH_SIDE_MINE, "\"date\":\"2026-01-31\"}");
    free(rows);
    pfh_diff_free(diff);
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
}

/* ---- What is equal ------------------------------------------------------------------------ */

/* Each pair is one value; the last is what is written, whichever of them is mine. */
static const struct {
    const char *one, *other, *written;
} spellings[] = {
    {"1", "1.0", "1"},
    {"10", "1e1", "10"},
    {"0.1e2", "10", "0.1e2"},
    {"-0", "0", "-0"},
    {"1200E-2", "12", "12"},
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "{\"a\":1,\"b\":2}"},
    {"{\"a\":[{\"c\":1.50}]}", "{\"a\":[{\"c\":15e-1}]}", "{\"a\":[{\"c\":1.50}]}"},
    {"\"\\u00e5\"", "\"å\"", "\"å\""},
    {"{\"a\":\"x\\\"}{\",\"b\":[]}", "{\"b\":[],\"a\":\"x\\\"}{\"}",
     "{\"a\":\"x\\\"}{\",\"b\":[]}"},
    {"1e+05", "100000", "100000"},
    {"1e+0000000000005", "1E5", "1E5"},
    {"-25e-0001", "-2.5", "-2.5"},
    {"0e99999999999", "0.00", "0.00"},
    {"{\"b\":{\"d\":1,\"c\":[{\"f\":1,\"e\":2}]}}", "{\"b\":{\"c\":[{\"e\":2.0,\"f\":1}],\"d\":1}}",
     "{\"b\":{\"c\":[{\"e\":2.0,\"f\":1}],\"d\":1}}"},
};

/* Each pair is two values. */
static const struct {
    const char *one, *other;
} differ[] = {
    {"1", "1.0000000000000000000001"},
    {"12345678901234567890", "12345678901234567891"},
    {"1e5", "1e6"},
    {"1e-5", "1e5"},
    {"0.1", "0.01"},
    {"1", "-1"},
    {"10", "1"},
    {"1e9999999999", "1e9999999998"},
    {"1", "\"1\""},
    {"null", "false"},
    {"[]", "{}"},
    {"[1,2]", "[2,1]"},
    {"[[1],2]", "[[1,2]]"},
    {"{\"a\":1}", "{\"a\":1,\"b\":null}"},
    {"{\"a\":1}", "{\"A\":1}"},
    {"{\"a\":{\"b\":1}}", "{\"a\":{},\"b\":1}"},
    {"\"a\"", "\"a \""},
};

Test(merge, what_is_not_one_value_is_a_conflict)
{
    for (size_t i = 0; i < COUNT(differ); i++) {
        growing a = {0}, b = {0};
        pfh_pathway *mine, *theirs;
        pfh_diff *diff;

        growing_print(&a, ",\"x_a\":%s", differ[i].one);
        growing_print(&b, ",\"x_a\":%s", differ[i].other);
        mine = copy_with(a.data, "");
        theirs = copy_with(b.data, "");
        diff = diff_of(mine, theirs, NULL);
        cr_expect_eq(pfh_diff_conflict_count(diff), 1, "%s %s", differ[i].one, differ[i].other);
        pfh_diff_free(diff);
        pfh_pathway_free(mine);
        pfh_pathway_free(theirs);
        free(a.data);
        free(b.data);
    }
}

static char *vendor_event(const char *value)
{
    growing text = {0};

    growing_print(&text,
                  "{" DONE ",\"performer\":{\"role\":\"nurse\",\"x_a\":%s}" TOPICS(
                      "{\"topic\":\"nutrition\",\"need\":\"none\",\"x_a\":%s}") ",\"x_a\":%s}",
                  value, value, value);
    return text.data;
}

Test(merge, how_a_vendors_value_is_spelt_makes_no_difference_and_the_smaller_is_written)
{
    for (size_t i = 0; i < COUNT(spellings); i++) {
        char *one = vendor_event(spellings[i].one), *other = vendor_event(spellings[i].other);
        char *kept = vendor_event(spellings[i].written);
        pfh_pathway *mine = copy_with("", one), *theirs = copy_with("", other);
        pfh_pathway *wanted = copy_with("", kept);
        char *a = merged_text(mine, theirs), *b = merged_text(theirs, mine);
        char *text = pathway_text(wanted);

        cr_expect_str_eq(a, text);
        cr_expect_str_eq(b, text);
        free(text);
        free(a);
        free(b);
        pfh_pathway_free(mine);
        pfh_pathway_free(theirs);
        pfh_pathway_free(wanted);
        free(one);
        free(other);
        free(kept);
    }
}

/* The same at every place beside the events. */
Test(merge, how_a_vendors_value_is_spelt_makes_no_difference_beside_the_events_either)
{
    pfh_pathway *mine =
        copy_with(",\"patient\":{\"name\":{\"x_a\":1.0},\"x_b\":2},\"x_c\":3.0", "");
    pfh_pathway *theirs =
        copy_with(",\"patient\":{\"name\":{\"x_a\":1},\"x_b\":2.0},\"x_c\":3", "");
    pfh_pathway *wanted = copy_with(",\"patient\":{\"name\":{\"x_a\":1},\"x_b\":2},\"x_c\":3", "");
    char *a = merged_text(mine, theirs), *b = merged_text(theirs, mine);
    char *text = pathway_text(wanted);

    cr_expect_str_eq(a, text);
    cr_expect_str_eq(b, text);
    free(a);
    free(b);
    free(text);
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
    pfh_pathway_free(wanted);
}

Test(merge, a_list_of_no_events_is_there_when_either_copy_has_it)
{
    pfh_pathway *none = pathway_of(HEAD "}"), *empty = copy_with("", "");
    char *a = merged_text(none, empty), *b = merged_text(empty, none), *c = merged_text(none, none);

    cr_expect_str_eq(a, HEAD ",\"events\":[]}");
    cr_expect_str_eq(b, HEAD ",\"events\":[]}");
    cr_expect_str_eq(c, HEAD "}");
    free(a);
    free(b);
    free(c);
    pfh_pathway_free(none);
    pfh_pathway_free(empty);
}

static const struct {
    const char *what, *mine, *theirs;
} equals[] = {
    {"a null and a key that is not there", "{" DONE ",\"note\":null}", "{" DONE "}"},
    {"a time in two zones", "{" DONE ",\"recorded\":\"2026-02-20T12:00:00.50+01:00\"}",
     "{" DONE ",\"recorded\":\"2026-02-20T11:00:00.5Z\"}"},
    {"keys in another order",
     "{\"point\":1,\"date\":\"2026-02-20\",\"type\":\"performed\","
     "\"id\":\"e1\"}",
     "{" DONE "}"},
    {"no topics and an empty list", "{" DONE ",\"assessment\":{\"distress\":1}}",
     "{" DONE ",\"assessment\":{\"distress\":1,\"topics\":[]}}"},
    {"topics in another order", "{" DONE TOPICS(NEED("nutrition", "") "," NEED("x_a", "")) "}",
     "{" DONE TOPICS(NEED("x_a", "") "," NEED("nutrition", "")) "}"},
};

Test(merge, what_is_equal_as_json_is_no_difference)
{
    for (size_t i = 0; i < COUNT(equals); i++) {
        pfh_pathway *mine = copy_with("", equals[i].mine);
        pfh_pathway *theirs = copy_with("", equals[i].theirs);
        pfh_diff *diff = diff_of(mine, theirs, NULL);
        char *a = merged_text(mine, theirs), *b = merged_text(theirs, mine);

        cr_expect_eq(pfh_diff_count(diff), 0, "%s", equals[i].what);
        cr_expect_str_eq(a, b, "%s", equals[i].what);
        free(a);
        free(b);
        pfh_diff_free(diff);
        pfh_pathway_free(mine);
        pfh_pathway_free(theirs);
    }
}

/* ---- The order of topics ------------------------------------------------------------------ */

/* Topics of three copies, each a list of letters: a is nutrition, b oral_health, c x_c; all are to
 * be in the order of the last, however they are merged. */
static const struct {
    const char *first, *second, *third, *wanted;
} orders[] = {
    {"cba", "c", "ba", "cba"}, {"a", "b", "ba", "ba"},  {"b", "a", "c", "abc"},
    {"ab", "ba", "b", "ba"},   {"c", "b", "bc", "bc"},  {"bca", "cab", "abc", "cab"},
    {"ca", "cb", "ab", "abc"}, {"c", "cb", "cb", "cb"},
};

static pfh_pathway *copy_of_topics(const char *letters, size_t total)
{
    static const char *const codes[] = {"nutrition", "oral_health", "x_c"};
    const size_t left = total - strlen(letters);
    growing text = {0};
    pfh_pathway *pathway;

    growing_add(&text, "{" DONE ",\"assessment\":{\"topics\":[",
                strlen("{" DONE ",\"assessment\":{\"topics\":["));
    for (size_t i = 0; letters[i] != '\0'; i++)
        growing_print(&text, "%s{\"topic\":\"%s\",\"need\":\"none\"}", i == 0 ? "" : ",",
                      codes[letters[i] - 'a']);
    growing_add(&text, "]}", 2);
    if (left > 0)
        growing_print(&text, ",\"withheld\":%zu", left);
    growing_add(&text, "}", 1);
    pathway = copy_with("", text.data);
    free(text.data);
    return pathway;
}

Test(merge, the_order_of_topics_does_not_depend_on_the_order_of_copies)
{
    static const int order[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                   {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    for (size_t i = 0; i < COUNT(orders); i++) {
        const size_t total = strlen(orders[i].wanted);
        pfh_pathway *copies[] = {copy_of_topics(orders[i].first, total),
                                 copy_of_topics(orders[i].second, total),
                                 copy_of_topics(orders[i].third, total)};
        pfh_pathway *whole = copy_of_topics(orders[i].wanted, total);
        char *wanted = pathway_text(whole);

        for (size_t o = 0; o < COUNT(order); o++) {
            pfh_pathway *two = merged(copies[order[o][0]], copies[order[o][1]], NULL);
            char *text = merged_text(two, copies[order[o][2]]);

            cr_expect_str_eq(text, wanted, "%s %s %s", orders[i].first, orders[i].second,
                             orders[i].third);
            free(text);
            pfh_pathway_free(two);
        }
        free(wanted);
        pfh_pathway_free(whole);
        for (size_t c = 0; c < COUNT(copies); c++)
            pfh_pathway_free(copies[c]);
    }
}

/* ---- Editions ----------------------------------------------------------------------------- */

static pfh_pathway *draft_with(const char *events)
{
    growing text = {0};
    pfh_pathway *pathway;

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2021-draft\","
                  "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[%s]}",
                  events);
    pathway = pathway_of(text.data);
    free(text.data);
    return pathway;
}

#define OFFERED(id, point)                                                                         \
    "{\"id\":\"" id "\",\"type\":\"offered\",\"date\":\"2026-02-20\",\"point\":" point "}"

Test(merge, a_draft_and_a_published_copy_merge_when_asked_for_one_edition)
{
    pfh_pathway *draft = draft_with(OFFERED("e1", "1") "," OFFERED("e2", "2") "," OFFERED(
        "e3", "3") "," OFFERED("e4", "4") "," OFFERED("e5", "5"));
    pfh_pathway *published =
        copy_with("", OFFERED("e2", "1") "," OFFERED("e5", "3") "," OFFERED("e6", "3"));
    pfh_pathway *wanted =
        copy_with("", OFFERED("e1", "1") "," OFFERED("e2", "1") "," OFFERED("e3", "2") "," OFFERED(
                          "e4", "2") "," OFFERED("e5", "3") "," OFFERED("e6", "3"));
    pfh_merge_options *options = under("hdir-2022");
    pfh_pathway *a = merged(draft, published, options), *b = merged(published, draft, options);
    char *x = pathway_text(a), *y = pathway_text(b), *text = pathway_text(wanted);

    cr_expect_str_eq(x, text);
    cr_expect_str_eq(y, text);
    free(x);
    free(y);
    free(text);
    pfh_pathway_free(a);
    pfh_pathway_free(b);
    pfh_merge_options_free(options);
    pfh_pathway_free(draft);
    pfh_pathway_free(published);
    pfh_pathway_free(wanted);
}

/* What it is planned as must not depend on whether it was converted first.  (Before 2022 it does:
 * the editions are effective from different days.) */
static void is_planned_the_same(story *s, split *copies, dice *d, uint64_t seed)
{
    const char *diagnosed =
        json_text(cJSON_GetObjectItemCaseSensitive(s->pathway, "diagnosis"), "date");
    pfh_merge_options *options = under("hdir-2022");
    pfh_pathway *whole = merge_anyhow(d, copies), *converted = merged(whole, whole, options);
    char *text = pathway_text(converted), *a, *b;
    cJSON *tree = json_read(text);

    s->edition = "hdir-2022";
    a = plan_of(s, s->pathway);
    b = plan_of(s, tree);
    if (strcmp(diagnosed, "2022-01-01") >= 0)
        cr_expect_str_eq(a, b, "seed %llu", (unsigned long long)seed);
    free(a);
    free(b);
    free(text);
    cJSON_Delete(tree);
    pfh_pathway_free(converted);
    pfh_pathway_free(whole);
    pfh_merge_options_free(options);
}

Test(merge, a_draft_that_is_read_as_published_has_the_plan_that_it_had_under_that)
{
    each_split(50000, is_planned_the_same);
}

Test(merge, two_editions_are_a_conflict_that_a_choice_settles_by_reading_both_under_one)
{
    pfh_pathway *draft = draft_with(OFFERED("e1", "5")), *published = copy_with("", "");
    pfh_diff *diff = diff_of(draft, published, NULL);
    pfh_merge_options *options = under(NULL);
    pfh_pathway *out;
    pfh_error err;

    cr_expect_eq(pfh_diff_count(diff), 1);
    cr_expect_str_eq(pfh_diff_row(diff, 0)->name, "/edition");
    pfh_diff_free(diff);
    cr_assert_eq(pfh_merge_options_choose(options, "/edition", PFH_SIDE_THEIRS, NULL), PFH_OK);
    out = merged(draft, published, options);
    cr_expect_str_eq(pfh_pathway_edition(out)->name, "hdir-2022");
    cr_expect_eq(pfh_record_number(pfh_pathway_event(out, 0), "point"), 3);
    pfh_pathway_free(out);
    cr_assert_eq(pfh_merge_options_choose(options, "/edition", PFH_SIDE_MINE, NULL), PFH_OK);
    cr_expect_eq(pfh_pathway_merge(&out, draft, published, options, &err), PFH_E_EDITION);
    pfh_merge_options_free(options);
    pfh_pathway_free(draft);
    pfh_pathway_free(published);
}

Test(merge, the_published_edition_is_not_read_as_the_draft)
{
    pfh_pathway *draft = draft_with(""), *published = copy_with("", "");
    pfh_merge_options *options = under("hdir-2021-draft");
    pfh_pathway *out = NULL;
    pfh_diff *diff = NULL;
    pfh_error err;

    cr_expect_eq(pfh_pathway_merge(&out, draft, published, options, &err), PFH_E_EDITION);
    cr_expect_str_eq(err.where, "/edition");
    cr_expect_eq(pfh_pathway_diff(&diff, published, draft, options, &err), PFH_E_EDITION);
    cr_expect_null(out);
    cr_expect_null(diff);
    pfh_merge_options_free(options);
    pfh_pathway_free(draft);
    pfh_pathway_free(published);
}

/* ---- Wrong use ---------------------------------------------------------------------------- */

Test(merge, a_missing_or_wrong_argument_is_refused)
{
    pfh_pathway *p = copy_with("", ""), *out = NULL;
    pfh_merge_options *options = under(NULL);
    pfh_diff *diff = NULL;
    pfh_error err;

    cr_expect_eq(pfh_pathway_merge(NULL, p, p, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_pathway_merge(&out, NULL, p, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "mine");
    cr_expect_eq(pfh_pathway_merge(&out, p, NULL, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "theirs");
    cr_expect_eq(pfh_pathway_diff(NULL, p, p, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_pathway_diff(&diff, NULL, p, NULL, &err), PFH_E_ARG);
    cr_expect_eq(pfh_merge_options_new(NULL, &err), PFH_E_ARG);
    cr_expect_eq(pfh_merge_options_edition(NULL, "hdir-2022", &err), PFH_E_ARG);
    cr_expect_eq(pfh_merge_options_edition(options, "hdir-2023", &err), PFH_E_EDITION);
    cr_expect_eq(pfh_merge_options_choose(NULL, "/id", PFH_SIDE_MINE, &err), PFH_E_ARG);
    cr_expect_eq(pfh_merge_options_choose(options, "/id", (pfh_side)3, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "side");
    cr_expect_null(out);
    cr_expect_null(diff);
    cr_expect_null(pfh_diff_row(NULL, 0));
    cr_expect_eq(pfh_diff_count(NULL), 0);
    cr_expect_eq(pfh_diff_conflict_count(NULL), 0);
    pfh_diff_free(NULL);
    pfh_merge_options_free(NULL);
    pfh_merge_options_free(options);
    pfh_pathway_free(p);
}

/* ---- Rows --------------------------------------------------------------------------------- */

Test(merge, a_row_tells_of_the_event_and_needs_neither_copy_later)
{
    pfh_pathway *mine = copy_with("", "{" DONE "}");
    pfh_pathway *theirs =
        copy_with(",\"x_a\":1", "{\"id\":\"e0\",\"type\":\"offered\",\"date\":\"2026-02-03\","
                                "\"point\":1},{" DONE "}");
    pfh_diff *diff = diff_of(mine, theirs, NULL);
    const pfh_difference *row;

    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
    cr_assert_eq(pfh_diff_count(diff), 2);
    row = pfh_diff_row(diff, 0);
    cr_expect_null(row->event);
    cr_expect_eq(row->date, PFH_NONE);
    cr_expect_eq(row->type, 0);
    row = pfh_diff_row(diff, 1);
    cr_expect_eq(row->kind, PFH_DIFFERENCE_ADDED);
    cr_expect_str_eq(row->event, "e0");
    cr_expect_eq(row->type, PFH_EVENT_OFFERED);
    cr_expect_eq(row->date, day("2026-02-03"));
    cr_expect_eq(row->conflict, 0);
    cr_expect_null(row->mine);
    cr_expect_null(pfh_diff_row(diff, 2));
    pfh_diff_free(diff);
}

Test(merge, a_number_like_key_is_not_spelt_in_a_row)
{
    pfh_pathway *mine = copy_with(",\"x_13097248022\":1", "");
    pfh_pathway *theirs = copy_with(",\"x_13097248022\":2", "");
    pfh_diff *diff = diff_of(mine, theirs, NULL);

    cr_assert_eq(pfh_diff_count(diff), 1);
    cr_expect_str_eq(pfh_diff_row(diff, 0)->name, "");
    pfh_diff_free(diff);
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
}

/* Events are counted as they stood in the document, then as they were appended. */
Test(merge, places_are_those_of_the_document_that_was_read)
{
    pfh_pathway *mine = copy_with("", "{\"id\":\"e9\",\"type\":\"offered\",\"date\":\"2026-03-03\","
                                      "\"point\":1}");
    pfh_pathway *theirs =
        copy_with("", "{\"id\":\"e1\",\"type\":\"offered\",\"date\":\"2026-01-31\","
                      "\"point\":2}");
    pfh_record *event = NULL;
    pfh_diff *diff;

    cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
    pfh_record_set_text(event, "id", "e1", NULL);
    pfh_record_set_text(event, "type", "offered", NULL);
    pfh_record_set_text(event, "date", "2026-01-31", NULL);
    pfh_record_set_number(event, "point", 1, NULL);
    cr_assert_eq(pfh_pathway_append(mine, event, NULL), PFH_OK);
    pfh_record_free(event);
    diff = diff_of(mine, theirs, NULL);
    cr_expect_str_eq(pfh_diff_row(diff, 0)->mine, "/events/1");
    cr_expect_str_eq(pfh_diff_row(diff, 0)->theirs, "/events/0");
    pfh_diff_free(diff);
    pfh_pathway_free(mine);
    pfh_pathway_free(theirs);
}

/* A copy that is read under another edition is still the document that somebody has. */
Test(merge, places_are_those_of_the_document_also_under_another_edition)
{
    pfh_pathway *draft = draft_with("{\"id\":\"late\",\"type\":\"offered\",\"date\":\"2026-03-03\","
                                    "\"point\":4},{\"id\":\"early\","
                                    "\"type\":\"offered\",\"date\":\"2026-02-03\",\"point\":1}");
    pfh_pathway *published =
        copy_with("", "{\"id\":\"late\",\"type\":\"offered\",\"date\":\"2026-03-03\",\"point\":3}");
    pfh_merge_options *options = under("hdir-2022");
    pfh_diff *diff = diff_of(draft, published, options);

    cr_assert_eq(pfh_diff_count(diff), 1);
    cr_expect_str_eq(pfh_diff_row(diff, 0)->key, "point");
    cr_expect_str_eq(pfh_diff_row(diff, 0)->mine, "/events/0");
    pfh_diff_free(diff);
    pfh_merge_options_free(options);
    pfh_pathway_free(draft);
    pfh_pathway_free(published);
}

/* As it would be written. */
Test(merge, places_in_what_was_merged_are_those_in_which_the_events_count)
{
    pfh_pathway *late = copy_with("", OFFERED("a", "1")), *early, *other, *both;
    pfh_diff *diff;

    early =
        copy_with("", "{\"id\":\"b\",\"type\":\"offered\",\"date\":\"2026-02-01\",\"point\":1}");
    other =
        copy_with("", "{\"id\":\"b\",\"type\":\"offered\",\"date\":\"2026-02-01\",\"point\":2}");
    both = merged(late, early, NULL);
    diff = diff_of(other, both, NULL);
    cr_expect_str_eq(pfh_diff_row(diff, 0)->theirs, "/events/0");
    cr_expect_str_eq(pfh_diff_row(diff, 1)->theirs, "/events/1");
    pfh_diff_free(diff);
    pfh_pathway_free(late);
    pfh_pathway_free(early);
    pfh_pathway_free(other);
    pfh_pathway_free(both);
}
