/*
 * What is true of every pathway, tried on thousands of random ones; a failing test names the seed.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

enum { STORIES = 2000 };

static char *print(const cJSON *tree)
{
    char *text = cJSON_PrintUnformatted(tree);

    cr_assert_not_null(text);
    return text;
}

static cJSON *copy_of(const cJSON *tree)
{
    cJSON *copy = cJSON_Duplicate(tree, true);

    cr_assert_not_null(copy);
    return copy;
}

/* The pathway of a tree as the library writes it. */
static char *canonical(const cJSON *tree)
{
    char *text = print(tree), *result;
    pfh_pathway *pathway = pathway_of(text);

    result = pathway_text(pathway);
    pfh_pathway_free(pathway);
    free(text);
    return result;
}

static char *canonical_policy(const cJSON *tree)
{
    char *text = print(tree), *result;
    pfh_policy *policy = policy_of(text);

    result = policy_text(policy);
    pfh_policy_free(policy);
    free(text);
    return result;
}

/* Two texts, which are freed, are equal; if not, the seed and the document are shown. */
static void expect_same(char *got, char *wanted, uint64_t seed, const cJSON *document)
{
    if (strcmp(got, wanted) != 0) {
        char *text = print(document);

        cr_expect(false, "seed %llu: %s\n  got %s\n  wanted %s", (unsigned long long)seed, text,
                  got, wanted);
        free(text);
    }
    free(got);
    free(wanted);
}

static void expect_same_plan(const story *s, const cJSON *other, uint64_t seed)
{
    expect_same(plan_of(s, other), plan_of(s, s->pathway), seed, other);
}

/* Calls @p use with many stories; dice of their own are thrown for what is changed. */
static void each_story(uint64_t first, void (*use)(story *, dice *, uint64_t))
{
    for (uint64_t seed = first; seed < first + STORIES; seed++) {
        dice d = dice_of(seed), more = dice_of(~seed);
        story s = story_of(&d);

        use(&s, &more, seed);
        story_free(&s);
    }
}

/* ---- The generator itself ----------------------------------------------------------------- */

static size_t type_seen[32], state_seen[32], task_seen[32], finding_seen[32], status_seen[8];

static void count_plan(const pfh_plan *plan)
{
    status_seen[pfh_plan_status(plan)]++;
    for (int32_t i = 1; pfh_plan_point(plan, i) != NULL; i++)
        state_seen[pfh_plan_point(plan, i)->state]++;
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++)
        task_seen[pfh_plan_task(plan, i)->kind]++;
    for (size_t i = 0; i < pfh_plan_finding_count(plan); i++)
        finding_seen[pfh_plan_finding(plan, i)->kind]++;
}

static void count_story(story *s, dice *d, uint64_t seed)
{
    char *text = print(s->pathway), *rules = s->policy == NULL ? NULL : print(s->policy);
    pfh_pathway *pathway = pathway_of(text);
    pfh_policy *policy = rules == NULL ? NULL : policy_of(rules);
    pfh_plan *plan = NULL;

    (void)d;
    (void)seed;
    for (size_t i = 0; i < pfh_pathway_event_count(pathway); i++)
        type_seen[pfh_record_number(pfh_pathway_event(pathway, i), "type")]++;
    cr_assert_eq(pfh_plan_derive(&plan, pathway, policy, s->as_of, NULL), PFH_OK);
    count_plan(plan);
    pfh_plan_free(plan);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    free(rules);
    free(text);
}

static void expect_all_seen(const size_t *seen, pfh_vocabulary words)
{
    for (int32_t i = 1; i <= pfh_word_count(words); i++)
        cr_expect_geq(seen[i], 10, "%s %s is in only %zu", pfh_vocabulary_name(words),
                      pfh_word(words, i), seen[i]);
}

Test(property, the_random_stories_show_every_type_state_task_and_finding)
{
    each_story(1, count_story);
    expect_all_seen(type_seen, PFH_WORDS_EVENT);
    expect_all_seen(state_seen, PFH_WORDS_STATE);
    expect_all_seen(task_seen, PFH_WORDS_TASK);
    expect_all_seen(finding_seen, PFH_WORDS_FINDING);
    expect_all_seen(status_seen, PFH_WORDS_PLAN_STATUS);
}

Test(property, the_dice_are_the_same_on_every_machine)
{
    static const int32_t wanted[] = {827, 413, 161, 235, 988, 284, 622, 206};
    dice d = dice_of(2022);

    for (size_t i = 0; i < COUNT(wanted); i++)
        cr_expect_eq(roll(&d, 1000), wanted[i], "roll %zu", i);
}

/* ---- The same in, the same out ------------------------------------------------------------ */

static void try_twice(story *s, dice *d, uint64_t seed)
{
    (void)d;
    expect_same_plan(s, s->pathway, seed);
    expect_same(canonical(s->pathway), canonical(s->pathway), seed, s->pathway);
}

Test(property, the_same_inputs_give_the_same_bytes)
{
    each_story(10000, try_twice);
}

static void try_shuffled(story *s, dice *d, uint64_t seed)
{
    cJSON *other = copy_of(s->pathway);

    shuffle(d, events_of(other));
    expect_same_plan(s, other, seed);
    expect_same(canonical(other), canonical(s->pathway), seed, other);
    shuffle_keys(d, other);
    expect_same_plan(s, other, seed);
    cJSON_Delete(other);
}

Test(property, the_order_of_events_and_keys_in_the_file_changes_nothing)
{
    each_story(20000, try_shuffled);
}

static void try_written(story *s, dice *d, uint64_t seed)
{
    char *text = canonical(s->pathway);
    cJSON *again = json_read(text);
    pfh_pathway *pathway = pathway_of(text);

    (void)d;
    expect_same(pathway_text(pathway), text, seed, s->pathway);
    pfh_pathway_free(pathway);
    expect_same_plan(s, again, seed);
    cJSON_Delete(again);
}

Test(property, what_is_written_gives_the_same_bytes_and_the_same_plan)
{
    each_story(30000, try_written);
}

static void drop_reasons(cJSON *rows)
{
    cJSON *row;

    cJSON_ArrayForEach(row, rows)
    {
        cJSON_DeleteItemFromObjectCaseSensitive(row, "because");
    }
}

static void try_without_reasons(story *s, dice *d, uint64_t seed)
{
    char *explained = plan_of(s, s->pathway), *text = print(s->pathway);
    pfh_pathway *pathway = pathway_of(text);
    pfh_plan *plan = NULL;
    cJSON *tree = json_read(explained);

    (void)d;
    if (s->policy == NULL) {
        cr_assert_eq(pfh_plan_derive_at(&plan, pathway, NULL, s->as_of,
                                        s->known_at[0] == '\0' ? NULL : s->known_at, s->edition,
                                        NULL),
                     PFH_OK);
        drop_reasons(cJSON_GetObjectItemCaseSensitive(tree, "points"));
        drop_reasons(cJSON_GetObjectItemCaseSensitive(tree, "tasks"));
        expect_same(plan_text(plan, 0), print(tree), seed, s->pathway);
    }
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
    cJSON_Delete(tree);
    free(explained);
    free(text);
}

Test(property, a_plan_with_reasons_is_the_plan_and_reasons)
{
    each_story(40000, try_without_reasons);
}

static void try_default_policy(story *s, dice *d, uint64_t seed)
{
    char *without;

    (void)d;
    cJSON_Delete(s->policy);
    s->policy = NULL;
    without = plan_of(s, s->pathway);
    s->policy = json_read(
        "{\"format\":\"pfh-policy/1\",\"no_answer_days\":14,\"first_offer_days\":14,"
        "\"offer_lead_days\":14,\"ask_again_days\":30,\"booking_days\":14,\"form_days\":14,"
        "\"closing_days\":14,\"coding_days\":7,\"summary_days\":7,\"receipt_working_days\":3,"
        "\"assess_days\":7,\"needs_days\":30,\"anchor_days\":60,\"distress_threshold\":4,"
        "\"shift\":\"working_day\",\"municipality_messages\":true,\"extra_codes\":[],"
        "\"extra_topics\":[],\"assign\":[],\"units\":[]}");
    expect_same(plan_of(s, s->pathway), without, seed, s->pathway);
}

Test(property, no_policy_is_the_policy_of_the_defaults)
{
    each_story(50000, try_default_policy);
}

/* ---- What does not count ------------------------------------------------------------------ */

static cJSON *add_event(cJSON *pathway, cJSON *event)
{
    if (events_of(pathway) == NULL)
        cJSON_AddArrayToObject(pathway, "events");
    cJSON_AddItemToArray(events_of(pathway), event);
    return event;
}

static const char *text_of(const cJSON *event, const char *key)
{
    const char *text = json_text(event, key);

    return text == NULL ? "" : text;
}

static void try_later_event(story *s, dice *d, uint64_t seed)
{
    cJSON *other = copy_of(s->pathway);

    for (int32_t i = 0; i < 3; i++) {
        char id[16];
        cJSON *event;

        snprintf(id, sizeof id, "later%d", i);
        event = random_event(d, s->pathway, NULL, id, s->as_of + 1 + (i == 0 ? 0 : roll(d, 400)));
        if (strcmp(json_text(event, "type"), "corrected") == 0)
            cJSON_Delete(event); /* it counts whatever its date */
        else
            add_event(other, event);
    }
    expect_same_plan(s, other, seed);
    cJSON_Delete(other);
}

Test(property, an_event_after_the_day_of_the_plan_changes_nothing)
{
    each_story(60000, try_later_event);
}

static void try_recorded_later(story *s, dice *d, uint64_t seed)
{
    cJSON *other = copy_of(s->pathway), *event;
    char text[40];

    event = add_event(other, random_event(d, s->pathway, chance(d, 30) ? "corrected" : NULL,
                                          "unknown", s->as_of - roll(d, 300)));
    if (strcmp(json_text(event, "type"), "withheld") != 0) {
        snprintf(s->known_at, sizeof s->known_at, "2100-01-01T00:00:00Z");
        snprintf(text, sizeof text, "2100-01-01T00:00:00.%dZ", 1 + roll(d, 9));
        cJSON_DeleteItemFromObjectCaseSensitive(event, "recorded");
        cJSON_AddStringToObject(event, "recorded", text);
        expect_same_plan(s, other, seed);
    }
    cJSON_Delete(other);
}

Test(property, an_event_that_was_not_known_then_changes_nothing)
{
    each_story(70000, try_recorded_later);
}

static void drop_event(cJSON *events, cJSON *event)
{
    cJSON_Delete(cJSON_DetachItemViaPointer(events, event));
}

/* Takes all out that names the event of an id, and what names that. */
static void drop_what_names(cJSON *events, const char *id)
{
    cJSON *event = events->child;

    while (event != NULL) {
        if (strcmp(text_of(event, "of"), id) != 0) {
            event = event->next;
            continue;
        }
        drop_what_names(events, json_text(event, "id"));
        drop_event(events, event);
        event = events->child; /* what is next may be gone too */
    }
}

static cJSON *find_event(const cJSON *pathway, const char *id)
{
    cJSON *event;

    cJSON_ArrayForEach(event, events_of(pathway))
    {
        if (strcmp(json_text(event, "id"), id) == 0)
            return event;
    }
    return NULL;
}

/* Chooses an event that is no `corrected`, takes out what names it, and gives its id in @p id;
 * false where there is none. */
static bool choose_event(story *s, dice *d, char id[80])
{
    cJSON *events = events_of(s->pathway), *event;

    if (cJSON_GetArraySize(events) == 0)
        return false;
    event = cJSON_GetArrayItem(events, roll(d, cJSON_GetArraySize(events)));
    if (strcmp(json_text(event, "type"), "corrected") == 0)
        return false;
    snprintf(id, 80, "%s", json_text(event, "id"));
    drop_what_names(events, id);
    return true;
}

static void try_corrected(story *s, dice *d, uint64_t seed)
{
    char id[80];
    cJSON *with, *correction;

    if (!choose_event(s, d, id))
        return;
    with = copy_of(s->pathway);
    correction = cJSON_CreateObject();
    cJSON_AddStringToObject(correction, "id", "the-correction");
    cJSON_AddStringToObject(correction, "type", "corrected");
    cJSON_AddStringToObject(correction, "date", chance(d, 50) ? "2299-12-31" : "1850-01-01");
    cJSON_AddStringToObject(correction, "of", id);
    add_event(with, correction);
    drop_event(events_of(s->pathway), find_event(s->pathway, id));
    expect_same_plan(s, with, seed);
    cJSON_Delete(with);
}

Test(property, a_corrected_event_is_as_if_it_had_never_been)
{
    each_story(80000, try_corrected);
}

static void try_withheld(story *s, dice *d, uint64_t seed)
{
    char id[80], date[16];
    cJSON *with, *stub;

    if (!choose_event(s, d, id))
        return;
    with = copy_of(s->pathway);
    snprintf(date, sizeof date, "%s", json_text(find_event(with, id), "date"));
    drop_event(events_of(with), find_event(with, id));
    drop_event(events_of(s->pathway), find_event(s->pathway, id));
    stub = add_event(with, cJSON_CreateObject());
    cJSON_AddStringToObject(stub, "id", id);
    cJSON_AddStringToObject(stub, "type", "withheld");
    cJSON_AddStringToObject(stub, "date", date);
    expect_same_plan(s, with, seed);
    cJSON_Delete(with);
}

Test(property, a_withheld_event_is_as_if_it_had_never_been)
{
    each_story(90000, try_withheld);
}

/* ---- Without JSON ------------------------------------------------------------------------- */

static bool is_date_key(const char *key)
{
    static const char *const keys[] = {"date", "informed", "birth_date", "until", "start_date"};

    for (size_t i = 0; i < COUNT(keys); i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

static void set_value(dice *d, pfh_record *record, const char *path, const cJSON *value)
{
    pfh_error err = {0};
    pfh_status status = PFH_OK;

    if (cJSON_IsNull(value))
        status = pfh_record_set_text(record, path, NULL, &err);
    else if (cJSON_IsRaw(value))
        status = pfh_record_set_json(record, path, value->valuestring, &err);
    else if (cJSON_IsBool(value))
        status = pfh_record_set_flag(record, path, cJSON_IsTrue(value), &err);
    else if (cJSON_IsNumber(value))
        status = pfh_record_set_number(record, path, value->valueint, &err);
    else if (is_date_key(value->string == NULL ? "" : value->string) && chance(d, 50))
        status = pfh_record_set_date(record, path, day(value->valuestring), &err);
    else
        status = pfh_record_set_text(record, path, value->valuestring, &err);
    cr_assert_eq(status, PFH_OK, "%s: %s", path, err.text);
}

/* Sets everything below an object or list in a record, but the keys that a record does not have. */
static void set_all(dice *d, pfh_record *record, const char *path, const cJSON *container)
{
    const cJSON *child;
    int32_t index = 0;

    cJSON_ArrayForEach(child, container)
    {
        char below[200], number[16];
        const char *key = child->string;

        if (cJSON_IsArray(container)) {
            snprintf(number, sizeof number, "%d", index++);
            key = number;
        }
        if (path[0] == '\0' && (strcmp(key, "format") == 0 || strcmp(key, "events") == 0))
            continue;
        snprintf(below, sizeof below, "%s%s%s", path, path[0] == '\0' ? "" : "/", key);
        if (cJSON_IsObject(child) || cJSON_IsArray(child))
            set_all(d, record, below, child);
        else
            set_value(d, record, below, child);
    }
}

static pfh_record *record_of(dice *d, pfh_record_kind kind, const cJSON *object)
{
    pfh_record *record = NULL;

    cr_assert_eq(pfh_record_new(&record, kind, NULL), PFH_OK);
    set_all(d, record, "", object);
    return record;
}

/* Events that name nothing are added first, then those that name these, then corrections. */
static int32_t turn_of(const cJSON *event)
{
    return strcmp(json_text(event, "type"), "corrected") == 0 ? 2
                                                              : cJSON_HasObjectItem(event, "of");
}

static void append_all(dice *d, pfh_pathway *pathway, const cJSON *events)
{
    pfh_error err = {0};
    const cJSON *event;

    for (int32_t turn = 0; turn < 3; turn++) {
        cJSON_ArrayForEach(event, events)
        {
            pfh_record *record;

            if (turn_of(event) != turn)
                continue;
            record = record_of(d, PFH_RECORD_EVENT, event);
            cr_assert_eq(pfh_pathway_append(pathway, record, &err), PFH_OK, "%s at %s", err.text,
                         err.where);
            pfh_record_free(record);
        }
    }
}

static pfh_pathway *pathway_by_calls(dice *d, const cJSON *tree)
{
    pfh_record *head = record_of(d, PFH_RECORD_PATHWAY, tree);
    pfh_pathway *pathway = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_pathway_build(&pathway, head, &err), PFH_OK, "%s at %s", err.text, err.where);
    pfh_record_free(head);
    append_all(d, pathway, events_of(tree));
    return pathway;
}

static pfh_policy *policy_by_calls(dice *d, const cJSON *tree)
{
    pfh_record *record;
    pfh_policy *policy = NULL;
    pfh_error err = {0};

    if (tree == NULL)
        return NULL;
    record = record_of(d, PFH_RECORD_POLICY, tree);
    cr_assert_eq(pfh_policy_build(&policy, record, &err), PFH_OK, "%s at %s", err.text, err.where);
    pfh_record_free(record);
    return policy;
}

static void try_calls(story *s, dice *d, uint64_t seed)
{
    pfh_pathway *pathway;
    pfh_policy *policy;
    pfh_plan *plan = NULL;

    if (chance(d, 50))
        shuffle_keys(d, s->pathway);
    pathway = pathway_by_calls(d, s->pathway);
    policy = policy_by_calls(d, s->policy);
    cr_assert_eq(pfh_plan_derive_at(&plan, pathway, policy, s->as_of,
                                    s->known_at[0] == '\0' ? NULL : s->known_at, s->edition, NULL),
                 PFH_OK);
    expect_same(plan_text(plan, 1), plan_of(s, s->pathway), seed, s->pathway);
    expect_same(pathway_text(pathway), canonical(s->pathway), seed, s->pathway);
    if (policy != NULL)
        expect_same(policy_text(policy), canonical_policy(s->policy), seed, s->policy);
    pfh_plan_free(plan);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
}

Test(property, calls_and_json_give_the_same_plan_and_the_same_bytes)
{
    each_story(100000, try_calls);
}

Test(property, what_was_set_and_taken_away_leaves_the_object_that_held_it)
{
    pfh_pathway *pathway =
        pathway_of("{\"format\":\"pfh-pathway/1\",\"id\":\"p\",\"edition\":\"hdir-2022\","
                   "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}}");
    cJSON *tree = json_read("{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\","
                            "\"point\":1,\"assessment\":{\"distress\":3}}");
    dice d = dice_of(1);
    pfh_record *event = record_of(&d, PFH_RECORD_EVENT, tree);
    char *text;

    pfh_record_set_number(event, "assessment/distress", PFH_NONE, NULL);
    cr_assert_eq(pfh_pathway_append(pathway, event, NULL), PFH_OK);
    text = pathway_text(pathway);
    cr_expect_not_null(strstr(text, "\"assessment\":{}"), "%s", text);
    pfh_string_free(text);
    pfh_record_free(event);
    pfh_pathway_free(pathway);
    cJSON_Delete(tree);
}

/* ---- Read back ---------------------------------------------------------------------------- */

static void expect_value(const pfh_record *record, const char *path, const cJSON *value)
{
    if (cJSON_IsNull(value))
        cr_expect_null(pfh_record_text(record, path), "%s", path);
    else if (cJSON_IsBool(value))
        cr_expect_eq(pfh_record_flag(record, path), cJSON_IsTrue(value), "%s", path);
    else if (cJSON_IsNumber(value))
        cr_expect_eq(pfh_record_number(record, path), value->valueint, "%s", path);
    else if (is_date_key(value->string == NULL ? "" : value->string))
        cr_expect_eq(pfh_record_date(record, path), day(value->valuestring), "%s", path);
    else
        cr_expect_str_eq(pfh_record_text(record, path), value->valuestring, "%s", path);
}

/* Everything of a written document is read back from the record, but vendor keys. */
static void expect_record(const pfh_record *record, const char *path, const cJSON *container)
{
    const cJSON *child;
    int32_t index = 0;

    if (cJSON_IsArray(container))
        cr_expect_eq(pfh_record_count(record, path), (size_t)cJSON_GetArraySize(container), "%s",
                     path);
    cJSON_ArrayForEach(child, container)
    {
        char below[200], number[16];
        const char *key = child->string;

        if (cJSON_IsArray(container)) {
            snprintf(number, sizeof number, "%d", index++);
            key = number;
        }
        if (strncmp(key, "x_", 2) == 0 ||
            (path[0] == '\0' && (strcmp(key, "format") == 0 || strcmp(key, "events") == 0)))
            continue;
        snprintf(below, sizeof below, "%s%s%s", path, path[0] == '\0' ? "" : "/", key);
        if (cJSON_IsObject(child) || cJSON_IsArray(child))
            expect_record(record, below, child);
        else
            expect_value(record, below, child);
    }
}

static void try_read_back(story *s, dice *d, uint64_t seed)
{
    char *text = canonical(s->pathway);
    pfh_pathway *pathway = pathway_of(text);
    cJSON *tree = json_read(text);
    const cJSON *event;
    size_t index = 0;

    (void)d;
    (void)seed;
    expect_record(pfh_pathway_head(pathway), "", tree);
    cJSON_ArrayForEach(event, events_of(tree))
    {
        const pfh_record *record = pfh_pathway_find(pathway, json_text(event, "id"));

        cr_expect_eq(record, pfh_pathway_event(pathway, index++), "written in the order of events");
        expect_record(record, "", event);
    }
    cr_expect_eq(index, pfh_pathway_event_count(pathway));
    pfh_pathway_free(pathway);
    cJSON_Delete(tree);
    free(text);
}

Test(property, all_that_was_given_can_be_read_back)
{
    each_story(110000, try_read_back);
}

/* ---- Broken bytes ------------------------------------------------------------------------- */

/* A document that parses is written in a way that is read again; one that does not leaves the
 * output alone and says nothing about the patient. */
static void try_bytes(const char *text, size_t size)
{
    pfh_pathway *const untouched = (pfh_pathway *)(void *)&(char){0};
    pfh_pathway *pathway = untouched;
    pfh_error err;
    pfh_status status = pfh_pathway_parse(&pathway, text, size, &err);

    if (status == PFH_OK) {
        char *first = pathway_text(pathway);
        pfh_pathway *again = pathway_of(first);
        char *second = pathway_text(again);

        cr_assert_str_eq(second, first);
        pfh_string_free(first);
        pfh_string_free(second);
        pfh_pathway_free(again);
        pfh_pathway_free(pathway);
        return;
    }
    cr_assert(pathway == untouched && status < PFH_E_ARG && status == err.status, "%.*s", (int)size,
              text);
    cr_assert(strstr(err.text, "Nordmann") == NULL && strstr(err.text, "13097") == NULL &&
                  strstr(err.where, "13097248022") == NULL,
              "%s at %s", err.text, err.where);
}

static void try_policy_bytes(const char *text, size_t size)
{
    pfh_policy *const untouched = (pfh_policy *)(void *)&(char){0};
    pfh_policy *policy = untouched;
    pfh_error err;
    pfh_status status = pfh_policy_parse(&policy, text, size, &err);

    if (status == PFH_OK)
        pfh_policy_free(policy);
    else
        cr_assert(policy == untouched && status < PFH_E_ARG && status == err.status, "%.*s",
                  (int)size, text);
}

/* Every other byte in every place. */
static void change_every_byte(const char *text, void (*use)(const char *, size_t))
{
    size_t size = strlen(text);
    char *bytes = malloc(size);

    cr_assert_not_null(bytes);
    memcpy(bytes, text, size);
    for (size_t at = 0; at < size; at++) {
        for (int other = 0; other < 256; other++) {
            bytes[at] = (char)other;
            use(bytes, size);
        }
        bytes[at] = text[at];
    }
    free(bytes);
}

static const char small[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p\",\"edition\":\"hdir-2022\",\"patient\":{"
    "\"identifiers\":[{\"type\":\"fnr\",\"value\":\"13097248022\"}],\"name\":{\"family\":"
    "\"Nordmann\"}},\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":["
    "{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"recorded\":"
    "\"2026-02-20T10:12:00Z\",\"point\":1,\"assessment\":{\"distress\":7,\"topics\":[{\"topic\":"
    "\"x_\\u0041\",\"need\":\"none\",\"note\":\"\\u00e6\\ud83d\\ude00\"}]}},{\"id\":\"e2\","
    "\"type\":\"corrected\","
    "\"date\":\"2026-03-01\",\"of\":\"e1\",\"note\":\"\xC3\xA6\",\"x_a\":[null,-1.5e3,true]}]}";

Test(property, every_changed_byte_of_a_pathway_is_read_or_refused)
{
    change_every_byte(small, try_bytes);
}

Test(property, every_changed_byte_of_a_policy_is_read_or_refused)
{
    change_every_byte("{\"format\":\"pfh-policy/1\",\"start_date\":\"2024-01-01\",\"form_days\":14,"
                      "\"shift\":\"none\",\"municipality_messages\":false,\"extra_codes\":[\"A1\"],"
                      "\"extra_topics\":[{\"code\":\"x_a\",\"title\":\"\\u00e6\"}],\"assign\":[{"
                      "\"point\":2,\"child\":true,\"unit\":\"u\"}],\"units\":[{\"unit\":\"u\"}]}",
                      try_policy_bytes);
}

/* One byte changed, put in or left out, or the end cut off, in many documents. */
static void try_damaged(story *s, dice *d, uint64_t seed)
{
    static const char likely[] = "\"\"\\{}[]:,0123456789-+.eE utfn\n\x00\x1f\x7f\xc3\xed\xff";
    char *text = print(s->pathway), *bytes = malloc(strlen(text) + 1);
    size_t size = strlen(text);

    (void)seed;
    cr_assert_not_null(bytes);
    for (int32_t i = 0; i < 40; i++) {
        size_t at = (size_t)roll(d, (int32_t)size), removed = (size_t)roll(d, 2);
        size_t added = (size_t)roll(d, 2), cut = chance(d, 10) ? size : at + removed;

        memcpy(bytes, text, at);
        if (added > 0)
            bytes[at] = chance(d, 80) ? likely[roll(d, sizeof likely - 1)] : (char)roll(d, 256);
        memcpy(bytes + at + added, text + cut, size - cut);
        try_bytes(bytes, at + added + size - cut);
    }
    free(bytes);
    free(text);
}

Test(property, damaged_documents_are_read_or_refused)
{
    each_story(120000, try_damaged);
}

/* ---- Many at once ------------------------------------------------------------------------- */

enum { MANY = 64 };

typedef struct crowd {
    pfh_pathway *pathways[MANY];
    pfh_plan *plans[MANY];
    pfh_error errors[MANY];
    size_t failed;
} crowd;

static void gather(crowd *all, dice *d)
{
    memset(all, 0, sizeof *all);
    for (size_t i = 0; i < MANY; i++) {
        story s = story_of(d);
        char *text = print(s.pathway);

        all->pathways[i] = chance(d, 10) ? NULL : pathway_of(text);
        story_free(&s);
        free(text);
    }
}

static void scatter(crowd *all)
{
    for (size_t i = 0; i < MANY; i++) {
        pfh_plan_free(all->plans[i]);
        pfh_pathway_free(all->pathways[i]);
    }
}

static void expect_as_alone(crowd *all, size_t i, const pfh_policy *policy, const char *known_at,
                            const char *edition)
{
    pfh_plan *alone = NULL;
    pfh_error err = {0};
    pfh_status status = all->pathways[i] == NULL
                            ? PFH_E_ARG
                            : pfh_plan_derive_at(&alone, all->pathways[i], policy,
                                                 day("2024-06-01"), known_at, edition, &err);

    cr_expect_eq(all->errors[i].status, status, "%zu", i);
    if (status == PFH_OK) {
        char *a = plan_text(all->plans[i], 1), *b = plan_text(alone, 1);

        cr_expect_str_eq(a, b);
        pfh_string_free(a);
        pfh_string_free(b);
    } else {
        cr_expect_null(all->plans[i], "%zu", i);
        all->failed--;
    }
    if (all->pathways[i] != NULL && status != PFH_OK) {
        cr_expect_str_eq(all->errors[i].text, err.text);
        cr_expect_str_eq(all->errors[i].where, err.where);
    }
    pfh_plan_free(alone);
}

Test(property, many_plans_at_once_are_those_made_one_by_one)
{
    static const char *const editions[] = {NULL, "hdir-2022", "hdir-2021-draft"};
    static const char *const times[] = {NULL, "2024-01-01T00:00:00Z"};
    static crowd all;

    for (uint64_t seed = 130000; seed < 130060; seed++) {
        dice d = dice_of(seed);
        const char *edition = editions[seed % 3], *known_at = times[seed / 3 % 2];
        cJSON *tree = random_policy(&d);
        char *text = print(tree);
        pfh_policy *policy = policy_of(text);
        const pfh_pathway *const *pathways = (const pfh_pathway *const *)all.pathways;

        gather(&all, &d);
        for (size_t i = 0; i < MANY; i++)
            all.plans[i] = (pfh_plan *)(void *)&all; /* whatever was there before */
        cr_assert_eq(pfh_plan_derive_many(all.plans, all.errors, &all.failed, pathways, MANY,
                                          policy, day("2024-06-01"), known_at, edition, NULL),
                     PFH_OK);
        for (size_t i = 0; i < MANY; i++)
            expect_as_alone(&all, i, policy, known_at, edition);
        cr_expect_eq(all.failed, 0, "counted wrongly");
        scatter(&all);
        pfh_policy_free(policy);
        cJSON_Delete(tree);
        free(text);
    }
}

Test(property, many_plans_with_a_wrong_argument_leave_all_outputs_alone)
{
    static const struct {
        const char *known_at, *edition, *where;
        pfh_date as_of;
        pfh_status status;
    } wrong[] = {
        {NULL, NULL, "as_of", PFH_NONE, PFH_E_DATE},
        {"2024-01-01", NULL, "known_at", 0, PFH_E_DATE},
        {NULL, "hdir-2023", "/edition", 0, PFH_E_EDITION},
    };
    char mark;
    pfh_plan *const untouched = (pfh_plan *)(void *)&mark;
    pfh_plan *plans[2] = {untouched, untouched};
    pfh_error errors[2] = {{.status = PFH_E_KEY}, {.status = PFH_E_KEY}}, err;
    const pfh_pathway *pathways[2] = {NULL, NULL};
    size_t failed = 77;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_expect_eq(pfh_plan_derive_many(plans, errors, &failed, pathways, 2, NULL, wrong[i].as_of,
                                          wrong[i].known_at, wrong[i].edition, &err),
                     wrong[i].status, "%zu", i);
        cr_expect_str_eq(err.where, wrong[i].where);
        cr_expect(plans[0] == untouched && plans[1] == untouched && failed == 77 &&
                  errors[0].status == PFH_E_KEY && errors[1].status == PFH_E_KEY);
    }
}

/* ---- Caseloads ---------------------------------------------------------------------------- */

/* A caseload with blank lines, CR LF, broken lines and no line end at its end. */
static growing random_caseload(uint64_t seed)
{
    static const char *const broken[] = {"{",  "\xff\xfe",       "nul",
                                         "[]", "{\"format\":1}", "\"\\u0000\""};
    growing text = {0};
    dice d = dice_of(seed);

    for (int32_t i = 0; i < 120; i++) {
        story s = story_of(&d);
        char *line = print(s.pathway);
        int32_t kind = i == 119 ? 2 : roll(&d, 10);

        if (kind == 0)
            growing_print(&text, "%s", broken[roll(&d, (int32_t)COUNT(broken))]);
        else if (kind < 8)
            growing_add(&text, line, strlen(line) - (kind == 1));
        else if (kind == 8)
            growing_print(&text, " \t");
        if (i < 119)
            growing_print(&text, "%s", chance(&d, 30) ? "\r\n" : "\n");
        story_free(&s);
        free(line);
    }
    return text;
}

/* All that a reader says, as text. */
static void tell_line(growing *told, const pfh_line *line)
{
    char *json = line->pathway == NULL ? NULL : pathway_text(line->pathway);

    growing_print(told, "%lld %d %d %zu ", (long long)line->number, (int)line->status,
                  line->continued, line->size);
    growing_add(told, line->text, line->size);
    if (line->error != NULL)
        growing_print(told, "%d %s %s", line->error->offset, line->error->where, line->error->text);
    if (json != NULL)
        growing_add(told, json, strlen(json));
    growing_print(told, "\n");
    pfh_string_free(json);
}

static growing read_in_pieces(const growing *text, size_t piece, bool wait)
{
    pfh_caseload *reader = NULL;
    const pfh_line *line;
    growing told = {0};

    cr_assert_eq(pfh_caseload_new(&reader, NULL), PFH_OK);
    for (size_t at = 0; at < text->size; at += piece) {
        size_t size = text->size - at < piece ? text->size - at : piece;

        cr_assert_eq(pfh_caseload_feed(reader, text->data + at, size, NULL), PFH_OK);
        while (!wait && (line = pfh_caseload_next(reader)) != NULL)
            tell_line(&told, line);
    }
    cr_assert_eq(pfh_caseload_feed(reader, NULL, 0, NULL), PFH_OK);
    while ((line = pfh_caseload_next(reader)) != NULL)
        tell_line(&told, line);
    pfh_caseload_free(reader);
    return told;
}

Test(property, a_caseload_gives_the_same_lines_in_pieces_of_any_size)
{
    static const size_t pieces[] = {1, 2, 3, 7, 64, 4096};

    for (uint64_t seed = 140000; seed < 140005; seed++) {
        growing text = random_caseload(seed);
        growing whole = read_in_pieces(&text, text.size, false);

        for (size_t i = 0; i < COUNT(pieces) * 2; i++) {
            growing told = read_in_pieces(&text, pieces[i / 2], i % 2 == 1);

            cr_expect_str_eq(told.data, whole.data, "seed %llu, pieces of %zu",
                             (unsigned long long)seed, pieces[i / 2]);
            free(told.data);
        }
        free(whole.data);
        free(text.data);
    }
}

Test(property, each_line_of_a_caseload_is_what_the_document_alone_is)
{
    growing text = random_caseload(150000);
    pfh_caseload *reader = NULL;
    const pfh_line *line;
    int64_t lines = 0;

    cr_assert_eq(pfh_caseload_new(&reader, NULL), PFH_OK);
    cr_assert_eq(pfh_caseload_feed(reader, text.data, text.size, NULL), PFH_OK);
    cr_assert_eq(pfh_caseload_feed(reader, NULL, 0, NULL), PFH_OK);
    while ((line = pfh_caseload_next(reader)) != NULL) {
        pfh_pathway *alone = NULL;
        size_t size = line->size;

        while (size > 0 && (line->text[size - 1] == '\n' || line->text[size - 1] == '\r'))
            size--;
        cr_expect_eq(pfh_pathway_parse(&alone, line->text, size, NULL), line->status);
        cr_expect_gt(line->number, lines);
        lines = line->number;
        if (alone != NULL) {
            pfh_pathway *taken = pfh_caseload_take(reader);
            char *a = pathway_text(alone), *b = pathway_text(taken);

            cr_expect_str_eq(a, b);
            pfh_string_free(a);
            pfh_string_free(b);
            pfh_pathway_free(taken);
        }
        pfh_pathway_free(alone);
    }
    cr_expect_eq(lines, 120);
    pfh_caseload_free(reader);
    free(text.data);
}

Test(property, the_longest_document_is_read_whatever_the_line_end)
{
    enum { LONGEST = 4 * 1024 * 1024 };
    static const char *const ends[] = {"", "\n", "\r\n"};
    static const size_t pieces[] = {65536, LONGEST, LONGEST + 1, LONGEST * 2};
    char *blanks = malloc(LONGEST);

    cr_assert_not_null(blanks);
    memset(blanks, ' ', LONGEST);
    for (size_t i = 0; i < COUNT(ends) * COUNT(pieces); i++) {
        growing text = {0}, told;

        growing_add(&text, blanks, LONGEST - (sizeof small - 1));
        growing_print(&text, "%s%s", small, ends[i % COUNT(ends)]);
        told = read_in_pieces(&text, pieces[i / COUNT(ends)], false);
        cr_expect(strncmp(told.data, "1 0 0 ", 6) == 0, "line end %zu: %.20s", i % COUNT(ends),
                  told.data);
        free(told.data);
        free(text.data);
    }
    free(blanks);
}

Test(property, a_line_that_is_too_long_comes_back_in_pieces_and_the_next_is_read)
{
    enum { LONG = 5 * 1024 * 1024 };
    static const size_t pieces[] = {4099, 65536, 3000000, LONG * 2};
    growing text = {0};
    char *filler = malloc(LONG);

    cr_assert_not_null(filler);
    memset(filler, 'a', LONG);
    growing_print(&text, "%s\n", small);
    growing_add(&text, filler, LONG);
    growing_print(&text, "\n%s\n", small);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        pfh_caseload *reader = NULL;
        const pfh_line *line;
        size_t at = 0, total = 0;

        cr_assert_eq(pfh_caseload_new(&reader, NULL), PFH_OK);
        for (bool more = true; more;) {
            size_t size = text.size - at < pieces[i] ? text.size - at : pieces[i];

            more = size > 0;
            cr_assert_eq(pfh_caseload_feed(reader, text.data + at, size, NULL), PFH_OK);
            at += size;
            while ((line = pfh_caseload_next(reader)) != NULL) {
                cr_assert(line->number >= 1 && line->number <= 3);
                if (line->number == 2)
                    cr_expect(line->status == PFH_E_SYNTAX && line->pathway == NULL &&
                              line->continued == (total > 0) && line->error != NULL);
                else
                    cr_expect(line->size == sizeof small, "%s", pfh_status_name(line->status));
                total += line->number == 2 ? line->size : 0;
            }
        }
        cr_expect_eq(total, LONG + 1, "pieces of %zu", pieces[i]);
        pfh_caseload_free(reader);
    }
    free(filler);
    free(text.data);
}
