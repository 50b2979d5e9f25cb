/*
 * model/join.c -- two versions of one event, of which either may come from a hand-over copy.
 *
 * Such a copy lacks notes, topics and the author, and counts the notes and topics that it lacks in
 * `withheld`.  So the versions are put together part by part, and the counts say whether these can
 * be parts of one event.  The rules: doc/rules.md, "Two copies of a pathway".
 *
 * Topics are matched by sorting both lists, so an event of n topics costs n log n.
 */
#include "model/merge.h"

#include <stdlib.h>

/* ---- Topics, side by side ----------------------------------------------------------------- */

typedef struct topic_pair {
    const pfh_assessed *mine, *theirs; /* one of them may be NULL */
} topic_pair;

typedef struct topic_pairs {
    topic_pair *pairs; /* in the order of the guideline, then local ones by their bytes */
    size_t count;
} topic_pairs;

static int topic_order(const pfh_assessed *a, const pfh_assessed *b)
{
    const int32_t x = pfh__topic_find(a->topic, strlen(a->topic));
    const int32_t y = pfh__topic_find(b->topic, strlen(b->topic));

    if (x < 0 && y < 0)
        return strcmp(a->topic, b->topic);
    return x < 0 || y < 0 ? (x < 0) - (y < 0) : (x > y) - (x < y);
}

static int by_topic(const void *a, const void *b)
{
    return topic_order(*(const pfh_assessed *const *)a, *(const pfh_assessed *const *)b);
}

static const pfh_list *topics_of(const pfh_event *event)
{
    static const pfh_list none;

    return event->assessment == NULL ? &none : &event->assessment->topics;
}

/* The topics of an event in order, with a NULL at the end; NULL: out of memory. */
static const pfh_assessed **sorted_topics(const pfh_event *event, pfh_arena *arena)
{
    const pfh_list *list = topics_of(event);
    const pfh_assessed **sorted = pfh__arena_alloc(arena, (list->count + 1) * sizeof *sorted);

    if (sorted == NULL)
        return NULL;
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = &((const pfh_assessed *)list->items)[i];
    sorted[list->count] = NULL;
    if (list->count > 1)
        qsort(sorted, list->count, sizeof *sorted, by_topic);
    return sorted;
}

static bool pair_topics(topic_pairs *out, const pfh_event *mine, const pfh_event *theirs,
                        pfh_arena *arena)
{
    const pfh_assessed **a = sorted_topics(mine, arena), **b = sorted_topics(theirs, arena);
    size_t room = topics_of(mine)->count + topics_of(theirs)->count;

    out->count = 0;
    out->pairs = pfh__arena_alloc(arena, room * sizeof *out->pairs);
    if (a == NULL || b == NULL || out->pairs == NULL)
        return false;
    while (*a != NULL || *b != NULL) {
        const int order = *a == NULL ? 1 : *b == NULL ? -1 : topic_order(*a, *b);

        out->pairs[out->count++] = (topic_pair){
            .mine = order <= 0 ? *a++ : NULL,
            .theirs = order >= 0 ? *b++ : NULL,
        };
    }
    return true;
}

/* ---- Whether they are parts of one event -------------------------------------------------- */

/* What there is of the parts that can be left out, and in which version each is. */
typedef struct parts {
    int64_t mine, theirs, joined;
    bool more; /* theirs has one that mine has not */
} parts;

static void count_part(parts *count, bool mine, bool theirs)
{
    count->mine += mine;
    count->theirs += theirs;
    count->joined += mine || theirs;
    count->more |= theirs && !mine;
}

/* A topic without the note that the other version has was not all there. */
static void count_topic(parts *count, const topic_pair *pair)
{
    const pfh_assessed *mine = pair->mine, *theirs = pair->theirs;
    const bool noted =
        (mine != NULL && mine->note != NULL) || (theirs != NULL && theirs->note != NULL);
    const bool both = mine != NULL && theirs != NULL;

    count_part(count, mine != NULL && (!both || !noted || mine->note != NULL),
               theirs != NULL && (!both || !noted || theirs->note != NULL));
}

/* All but the note of a topic that one of them lacks. */
static pfh_status topic_same(bool *same, const pfh_assessed *mine, const pfh_assessed *theirs,
                             pfh_error *err)
{
    const pfh_schema *schema = &pfh__assessed_schema;
    pfh_status status = PFH_OK;
    const char *key;

    *same = true;
    for (size_t i = 0; i < schema->field_count && *same && status == PFH_OK; i++) {
        const pfh_field *field = &schema->fields[i];

        if (field->offset != offsetof(pfh_assessed, note) ||
            (mine->note != NULL && theirs->note != NULL))
            status = pfh__field_same(same, &mine->record, &theirs->record, field, err);
    }
    return *same && status == PFH_OK
               ? pfh__vendor_same(same, &key, &mine->record, &theirs->record, err)
               : status;
}

static pfh_status topics_same(bool *same, parts *count, const pfh_event *mine,
                              const pfh_event *theirs, pfh_arena *scratch, pfh_error *err)
{
    pfh_status status = PFH_OK;
    topic_pairs topics;

    if (!pair_topics(&topics, mine, theirs, scratch))
        return pfh__no_memory(err);
    for (size_t i = 0; i < topics.count && *same && status == PFH_OK; i++) {
        const topic_pair *pair = &topics.pairs[i];

        if (pair->mine != NULL && pair->theirs != NULL)
            status = topic_same(same, pair->mine, pair->theirs, err);
        count_topic(count, pair);
    }
    return status;
}

/* All of an assessment but its topics. */
static pfh_status assessment_same(bool *same, const pfh_event *mine, const pfh_event *theirs,
                                  pfh_error *err)
{
    const pfh_assessment *a = mine->assessment, *b = theirs->assessment;
    const pfh_schema *schema = &pfh__assessment_schema;
    pfh_status status = PFH_OK;
    const char *key;

    *same = (a == NULL) == (b == NULL);
    if (!*same || a == NULL)
        return PFH_OK;
    for (size_t i = 0; i < schema->field_count && *same && status == PFH_OK; i++)
        if (schema->fields[i].offset != offsetof(pfh_assessment, topics))
            status = pfh__field_same(same, &a->record, &b->record, &schema->fields[i], err);
    return *same && status == PFH_OK ? pfh__vendor_same(same, &key, &a->record, &b->record, err)
                                     : status;
}

static pfh_status field_fits(bool *fits, parts *count, const pfh_event *mine,
                             const pfh_event *theirs, const pfh_field *field, pfh_arena *scratch,
                             pfh_error *err)
{
    const pfh_record *a = &mine->record, *b = &theirs->record;
    const bool there = pfh__field_present(a, field), too = pfh__field_present(b, field);
    pfh_status status;

    *fits = true;
    switch (field->offset) {
    case offsetof(pfh_event, withheld):
        return PFH_OK;
    case offsetof(pfh_event, note):
        count_part(count, there, too);
        break;
    case offsetof(pfh_event, author):
        count->more |= too && !there;
        break;
    case offsetof(pfh_event, assessment):
        status = assessment_same(fits, mine, theirs, err);
        return *fits && there && status == PFH_OK
                   ? topics_same(fits, count, mine, theirs, scratch, err)
                   : status;
    default:
        return pfh__field_same(fits, a, b, field, err);
    }
    return there && too ? pfh__field_same(fits, a, b, field, err) : PFH_OK;
}

static int64_t withheld_of(const pfh_event *event)
{
    return event->withheld == PFH_NONE ? 0 : event->withheld;
}

/* Whether what is there and what is said to be left out come to the same in both. */
static void check_counts(pfh_joint *joint, const parts *count, const pfh_event *mine,
                         const pfh_event *theirs)
{
    const int64_t total = count->mine + withheld_of(mine);

    joint->more = count->more;
    if (total == count->theirs + withheld_of(theirs) && count->joined <= total)
        return;
    joint->conflict = PFH_CONFLICT_WITHHELD;
    joint->key = "withheld";
}

static pfh_status compare_versions(pfh_joint *joint, const pfh_event *mine, const pfh_event *theirs,
                                   pfh_arena *scratch, pfh_error *err)
{
    const pfh_schema *schema = &pfh__event_schema;
    pfh_status status = PFH_OK;
    parts count = {0};
    bool fits = true;

    for (size_t i = 0; i < schema->field_count && fits && status == PFH_OK; i++) {
        joint->key = schema->fields[i].key;
        status = field_fits(&fits, &count, mine, theirs, &schema->fields[i], scratch, err);
    }
    if (fits && status == PFH_OK)
        status = pfh__vendor_same(&fits, &joint->key, &mine->record, &theirs->record, err);
    joint->conflict = fits ? 0 : PFH_CONFLICT_CONTENT;
    if (fits)
        check_counts(joint, &count, mine, theirs);
    return status;
}

pfh_status pfh__events_compare(pfh_joint *joint, const pfh_event *mine, const pfh_event *theirs,
                               pfh_arena *scratch, pfh_error *err)
{
    const bool stub = mine->type == PFH_EVENT_WITHHELD, other = theirs->type == PFH_EVENT_WITHHELD;

    *joint = (pfh_joint){.take = PFH_TAKE_BOTH};
    if (!stub && !other)
        return compare_versions(joint, mine, theirs, scratch, err);
    if (stub != other)
        joint->take = stub ? PFH_TAKE_THEIRS : PFH_TAKE_MINE;
    joint->more = stub && !other;
    if (mine->date != theirs->date) {
        joint->conflict = PFH_CONFLICT_CONTENT;
        joint->key = "date";
    }
    return PFH_OK;
}

/* ---- Putting them together ---------------------------------------------------------------- */

/* Which of two sequences of the same topics comes first. */
static int sequence_order(const pfh_list *a, const pfh_list *b)
{
    const pfh_assessed *x = a->items, *y = b->items;

    for (size_t i = 0; i < a->count; i++) {
        const int order = topic_order(&x[i], &y[i]);

        if (order != 0)
            return order;
    }
    return 0;
}

/* The version whose order is kept: one that has all the topics, of two the one that comes last,
 * which is what makes it not matter in which order copies are merged.  NULL: neither has all. */
static const pfh_list *ordered_by(const pfh_event *mine, const pfh_event *theirs, size_t count)
{
    const pfh_list *a = topics_of(mine), *b = topics_of(theirs);

    if (a->count == count && b->count == count)
        return sequence_order(a, b) < 0 ? b : a;
    return a->count == count ? a : b->count == count ? b : NULL;
}

static int pair_order(const void *key, const void *pair)
{
    const topic_pair *p = pair;

    return topic_order(key, p->mine != NULL ? p->mine : p->theirs);
}

static bool join_topic(pfh_assessed *to, const topic_pair *pair, pfh_arena *arena)
{
    const pfh_assessed *mine = pair->mine != NULL ? pair->mine : pair->theirs;
    const pfh_assessed *theirs = pair->theirs != NULL ? pair->theirs : pair->mine;
    const pfh_assessed *noted = mine->note != NULL ? mine : theirs;
    const pfh_record *copy = pfh__object_copy(arena, &noted->record);

    if (copy == NULL)
        return false;
    *to = *(const pfh_assessed *)(const void *)copy;
    return pfh__object_respell(&to->record, noted == mine ? &theirs->record : &mine->record, arena);
}

/* Two versions on their way into one. */
typedef struct joining {
    const pfh_event *mine, *theirs;
    topic_pairs topics;
    pfh_event *to; /* a copy of mine, at first */
    pfh_arena *arena;
} joining;

static bool join_topics(const joining *join, pfh_list *list)
{
    const topic_pairs *topics = &join->topics;
    const pfh_list *order = ordered_by(join->mine, join->theirs, topics->count);
    pfh_assessed *items = pfh__arena_alloc(join->arena, topics->count * sizeof *items);

    if (items == NULL)
        return false;
    for (size_t i = 0; i < topics->count; i++) {
        const topic_pair *pair = &topics->pairs[i];

        if (order != NULL)
            pair = bsearch(&((const pfh_assessed *)order->items)[i], topics->pairs, topics->count,
                           sizeof *topics->pairs, pair_order);
        if (pair == NULL || !join_topic(&items[i], pair, join->arena))
            return false;
    }
    list->present |= topics_of(join->theirs)->present;
    list->items = items;
    list->count = list->room = topics->count;
    return true;
}

static bool join_assessment(const joining *join)
{
    const pfh_schema *schema = &pfh__assessment_schema;
    const pfh_record *other = &join->theirs->assessment->record;
    pfh_assessment *to = join->to->assessment;

    for (size_t i = 0; i < schema->field_count; i++)
        if (schema->fields[i].offset != offsetof(pfh_assessment, topics) &&
            !pfh__field_respell(&to->record, other, &schema->fields[i], join->arena))
            return false;
    return pfh__vendor_respell(&to->record, other, join->arena) && join_topics(join, &to->topics);
}

static bool join_field(const joining *join, const pfh_field *field)
{
    const pfh_record *other = &join->theirs->record;
    pfh_record *to = &join->to->record;

    if (field->offset == offsetof(pfh_event, assessment))
        return join->to->assessment == NULL || join_assessment(join);
    if (field->offset != offsetof(pfh_event, withheld) && !pfh__field_present(to, field) &&
        pfh__field_present(other, field))
        return pfh__field_copy(to, other, field, join->arena);
    return pfh__field_respell(to, other, field, join->arena);
}

/* The total less what is there. */
static int32_t left_out(const joining *join)
{
    parts count = {0};
    int64_t rest;

    count_part(&count, join->mine->note != NULL, join->theirs->note != NULL);
    for (size_t i = 0; i < join->topics.count; i++)
        count_topic(&count, &join->topics.pairs[i]);
    rest = count.mine + withheld_of(join->mine) - count.joined;
    return rest > 0 ? (int32_t)rest : PFH_NONE;
}

/* Adds a copy at the end of a vendor's list; false: out of memory. */
static bool add_vendor(pfh_vendor ***end, const char *key, const char *json, pfh_arena *arena)
{
    pfh_vendor *v = pfh__arena_alloc(arena, sizeof *v);

    if (v == NULL)
        return false;
    *v = (pfh_vendor){.key = pfh__arena_text(arena, key, strlen(key)),
                      .json = pfh__arena_text(arena, json, strlen(json))};
    **end = v;
    *end = &v->next;
    return v->key != NULL && v->json != NULL;
}

/* Of two stubs: what a vendor says of only one of them, or otherwise, goes, as it would when the
 * event itself came. */
static pfh_event *join_stubs(const pfh_event *mine, const pfh_event *theirs, pfh_arena *arena)
{
    pfh_event *to = pfh__event_stub(mine, arena);
    pfh_vendor **end = to == NULL ? NULL : &to->record.vendor;
    const pfh_vendor *x = mine->record.vendor, *y = theirs->record.vendor;

    while (end != NULL && x != NULL && y != NULL) {
        const int order = strcmp(x->key, y->key);
        bool same = order == 0;

        if (same && !pfh__json_same(&same, x->json, y->json))
            return NULL;
        if (same &&
            !add_vendor(&end, x->key, strcmp(y->json, x->json) < 0 ? y->json : x->json, arena))
            return NULL;
        x = order <= 0 ? x->next : x;
        y = order >= 0 ? y->next : y;
    }
    return to;
}

pfh_event *pfh__events_join(const pfh_event *mine, const pfh_event *theirs, pfh_arena *arena,
                            pfh_arena *scratch)
{
    const pfh_schema *schema = &pfh__event_schema;
    joining join = {.mine = mine, .theirs = theirs, .arena = arena};

    if (mine->type == PFH_EVENT_WITHHELD)
        return join_stubs(mine, theirs, arena);
    join.to = (pfh_event *)(void *)pfh__object_copy(arena, &mine->record);
    if (join.to == NULL || !pair_topics(&join.topics, mine, theirs, scratch))
        return NULL;
    for (size_t i = 0; i < schema->field_count; i++)
        if (!join_field(&join, &schema->fields[i]))
            return NULL;
    join.to->withheld = left_out(&join);
    return pfh__vendor_respell(&join.to->record, &theirs->record, arena) ? join.to : NULL;
}

pfh_event *pfh__event_stub(const pfh_event *event, pfh_arena *arena)
{
    pfh_event *stub = (pfh_event *)(void *)pfh__object_new(arena, &pfh__event_schema);

    if (stub == NULL)
        return NULL;
    stub->id = pfh__arena_text(arena, event->id, strlen(event->id));
    stub->type = PFH_EVENT_WITHHELD;
    stub->date = event->date;
    return stub->id == NULL ? NULL : stub;
}
