/*
 * model/pathway.c -- the event log: what may join it, and in which order events count.
 *
 * Two sorted arrays of the same events, one in the order in which events count, one by id.  An
 * append costs a search and a move of pointers; it changes nothing before all that can fail is
 * done.
 */
#include "model/model.h"

#include <stdlib.h>

/* ---- Order -------------------------------------------------------------------------------- */

int pfh__timestamp_order(const pfh_timestamp *a, const pfh_timestamp *b)
{
    if (a->text == NULL || b->text == NULL)
        return (a->text != NULL) - (b->text != NULL); /* absent first */
    return pfh__timestamp_compare(a, b);
}

int pfh__event_compare(const pfh_event *a, const pfh_event *b)
{
    int order = (a->date > b->date) - (a->date < b->date);

    if (order == 0)
        order = pfh__timestamp_order(&a->recorded, &b->recorded);
    if (order == 0)
        order = (a->type > b->type) - (a->type < b->type);
    return order != 0 ? order : strcmp(a->id, b->id);
}

static int by_order(const void *a, const void *b)
{
    return pfh__event_compare(*(pfh_event *const *)a, *(pfh_event *const *)b);
}

/* By id; of one id, the one that stands first in the document. */
static int by_id(const void *a, const void *b)
{
    const pfh_event *x = *(pfh_event *const *)a, *y = *(pfh_event *const *)b;
    int order = strcmp(x->id, y->id);

    return order != 0 ? order : (x > y) - (x < y);
}

/* Where in a sorted array an event belongs. */
static size_t place_in(pfh_event *const *events, size_t count, const pfh_event *event,
                       int (*compare)(const void *, const void *))
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&events[middle], &event) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pfh_event *find(const pfh_pathway *pathway, const char *id)
{
    size_t low = 0, high = pathway->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(pathway->by_id[middle]->id, id);

        if (order == 0)
            return pathway->by_id[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- What may join ------------------------------------------------------------------------ */

static pfh_status check_point(const pfh_pathway *pathway, const pfh_event *event,
                              const pfh_place *place, pfh_error *err)
{
    if (event->point == PFH_NONE || event->point <= pathway->edition->point_count)
        return PFH_OK;
    return pfh__fail_key(err, PFH_E_VALUE, place, "point", "the edition %s has points 1 to %d",
                         pathway->edition->name, (int)pathway->edition->point_count);
}

bool pfh__may_name(int32_t type, int32_t named)
{
    return named == PFH_EVENT_WITHHELD ||
           (type == PFH_EVENT_RECEIPT       ? named == PFH_EVENT_MESSAGE
            : type == PFH_EVENT_FOLLOWED_UP ? named == PFH_EVENT_PERFORMED
                                            : named != PFH_EVENT_CORRECTED);
}

/* Finds what `of` names; *out is NULL where an event names nothing. */
static pfh_status find_target(pfh_event **out, const pfh_pathway *pathway, const pfh_event *event,
                              const pfh_place *place, pfh_error *err)
{
    pfh_event *target;

    *out = NULL;
    if (event->of == NULL)
        return PFH_OK;
    target = find(pathway, event->of);
    if (target == NULL)
        return pfh__fail_key(err, PFH_E_REFERENCE, place, "of", "there is no event of this id");
    if (!pfh__may_name(event->type, target->type))
        return pfh__fail_key(err, PFH_E_REFERENCE, place, "of",
                             event->type == PFH_EVENT_RECEIPT ? "a receipt is of a message"
                             : event->type == PFH_EVENT_FOLLOWED_UP
                                 ? "what is followed up is a performed"
                                 : "a corrected cannot be corrected");
    *out = target;
    return PFH_OK;
}

/* Facts about an event that the plan asks for often. */
static void summarize(pfh_event *event)
{
    const pfh_list *topics = event->assessment == NULL ? NULL : &event->assessment->topics;

    event->is_wmfg10 = event->type == PFH_EVENT_CODED && strcmp(event->code, PFH_WMFG10) == 0;
    event->topics = 0;
    event->has_topic = event->has_follow_up = event->has_unowned = false;
    for (size_t i = 0; topics != NULL && i < topics->count; i++) {
        const pfh_assessed *topic = &((const pfh_assessed *)topics->items)[i];
        int32_t place = pfh__topic_find(topic->topic, strlen(topic->topic));

        event->has_topic = true;
        if (place >= 0)
            event->topics |= 1u << place;
        if (topic->need == PFH_NEED_FOLLOW_UP) {
            event->has_follow_up = true;
            event->has_unowned |= topic->responsible == NULL;
        }
    }
}

static void set_target(pfh_event *event, pfh_event *target)
{
    event->target = target;
    if (event->type == PFH_EVENT_CORRECTED &&
        (target->correction == NULL ||
         pfh__timestamp_order(&event->recorded, &target->correction->recorded) < 0))
        target->correction = event;
}

/* ---- Making a pathway --------------------------------------------------------------------- */

pfh_status pfh__pathway_head(pfh_pathway *pathway, pfh_head *head, pfh_error *err)
{
    pfh_status status = pfh__object_check(&head->record, NULL, err);

    if (status != PFH_OK)
        return status;
    pathway->head = head;
    pathway->edition = pfh_edition_find(head->edition);
    pathway->is_cancer = pfh__diagnosis_is_cancer(head->diagnosis);
    return PFH_OK;
}

pfh_status pfh_pathway_build(pfh_pathway **out, const pfh_record *head, pfh_error *err)
{
    pfh_status status;
    pfh_pathway *pathway;
    pfh_record *copy;

    if (out == NULL)
        return pfh__null(err, "out");
    status = pfh__record_ready(head, &pfh__head_schema, "head", err);
    if (status != PFH_OK)
        return status;
    pathway = calloc(1, sizeof *pathway);
    copy = pathway == NULL ? NULL : pfh__object_copy(&pathway->arena, head);
    status = copy == NULL ? pfh__no_memory(err)
                          : pfh__pathway_head(pathway, (pfh_head *)(void *)copy, err);
    if (status != PFH_OK) {
        pfh_pathway_free(pathway);
        return status;
    }
    *out = pathway;
    return PFH_OK;
}

void pfh_pathway_free(pfh_pathway *pathway)
{
    if (pathway == NULL)
        return;
    pfh__arena_free(&pathway->arena);
    free(pathway);
}

/* ---- Many events at once ------------------------------------------------------------------ */

static pfh_status make_room(pfh_pathway *pathway, size_t room, pfh_error *err)
{
    pfh_event **events, **ids;

    if (room <= pathway->room)
        return PFH_OK;
    events = pfh__arena_alloc(&pathway->arena, room * sizeof *events);
    ids = pfh__arena_alloc(&pathway->arena, room * sizeof *ids);
    if (events == NULL || ids == NULL)
        return pfh__no_memory(err);
    if (pathway->count > 0) {
        memcpy(events, pathway->events, pathway->count * sizeof *events);
        memcpy(ids, pathway->by_id, pathway->count * sizeof *ids);
    }
    pathway->events = events;
    pathway->by_id = ids;
    pathway->room = room;
    return PFH_OK;
}

static void sort(pfh_event **events, size_t count, int (*compare)(const void *, const void *))
{
    for (size_t i = 1; i < count; i++) {
        if (compare(&events[i - 1], &events[i]) > 0) { /* logs are mostly in order already */
            qsort(events, count, sizeof *events, compare);
            return;
        }
    }
}

static pfh_status check_unique(const pfh_pathway *pathway, const pfh_event *first,
                               const pfh_place *list, pfh_error *err)
{
    for (size_t i = 1; i < pathway->count; i++) {
        pfh_place place = {.up = list, .index = (size_t)(pathway->by_id[i] - first)};

        if (strcmp(pathway->by_id[i - 1]->id, pathway->by_id[i]->id) == 0)
            return pfh__fail_key(err, PFH_E_DUPLICATE, &place, "id", "another event has this id");
    }
    return PFH_OK;
}

pfh_status pfh__pathway_events(pfh_pathway *pathway, const pfh_list *list, pfh_error *err)
{
    pfh_place at_list = {.key = "events", .key_size = strlen("events")};
    pfh_event *events = list->items;
    pfh_status status = make_room(pathway, list->count, err);

    for (size_t i = 0; i < list->count && status == PFH_OK; i++) {
        pfh_place place = {.up = &at_list, .index = i};

        status = pfh__object_check(&events[i].record, &place, err);
        if (status == PFH_OK)
            status = check_point(pathway, &events[i], &place, err);
        if (status != PFH_OK)
            return status;
        summarize(&events[i]);
        events[i].position = i;
        pathway->events[i] = pathway->by_id[i] = &events[i];
    }
    if (status != PFH_OK)
        return status;
    pathway->count = list->count;
    pathway->has_events = true;
    sort(pathway->by_id, pathway->count, by_id);
    status = check_unique(pathway, events, &at_list, err);
    for (size_t i = 0; i < list->count && status == PFH_OK; i++) {
        pfh_place place = {.up = &at_list, .index = i};
        pfh_event *target;

        status = find_target(&target, pathway, &events[i], &place, err);
        if (status == PFH_OK && target != NULL)
            set_target(&events[i], target);
    }
    sort(pathway->events, pathway->count, by_order);
    return status;
}

pfh_status pfh__pathway_adopt(pfh_pathway *pathway, pfh_head *head, pfh_event *const *events,
                              size_t count, pfh_error *err)
{
    pfh_status status = pfh__pathway_head(pathway, head, err);

    if (status == PFH_OK)
        status = make_room(pathway, count, err);
    if (status != PFH_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        events[i]->target = events[i]->correction = NULL;
        summarize(events[i]);
        pathway->events[i] = pathway->by_id[i] = events[i];
    }
    pathway->count = count;
    sort(pathway->by_id, count, by_id);
    for (size_t i = 0; i < count && status == PFH_OK; i++) {
        pfh_event *target;

        status = find_target(&target, pathway, events[i], NULL, err);
        if (status == PFH_OK && target != NULL)
            set_target(events[i], target);
    }
    sort(pathway->events, count, by_order);
    for (size_t i = 0; i < count; i++)
        pathway->events[i]->position = i;
    return status;
}

/* ---- One event ---------------------------------------------------------------------------- */

static void insert(pfh_event **events, size_t count, pfh_event *event,
                   int (*compare)(const void *, const void *))
{
    size_t place = place_in(events, count, event, compare);

    memmove(events + place + 1, events + place, (count - place) * sizeof *events);
    events[place] = event;
}

pfh_status pfh_pathway_append(pfh_pathway *pathway, const pfh_record *event, pfh_error *err)
{
    const pfh_event *given = (const pfh_event *)event;
    pfh_event *target = NULL, *copy;
    pfh_status status;

    if (pathway == NULL)
        return pfh__null(err, "pathway");
    status = pfh__record_ready(event, &pfh__event_schema, "event", err);
    if (status == PFH_OK)
        status = pfh__object_check(event, NULL, err);
    if (status == PFH_OK)
        status = check_point(pathway, given, NULL, err);
    if (status == PFH_OK && find(pathway, given->id) != NULL)
        status = pfh__fail_key(err, PFH_E_DUPLICATE, NULL, "id", "another event has this id");
    if (status == PFH_OK)
        status = find_target(&target, pathway, given, NULL, err);
    if (status == PFH_OK && pathway->count == pathway->room)
        status = make_room(pathway, pathway->room == 0 ? 16 : pathway->room * 2, err);
    if (status != PFH_OK)
        return status;
    copy = (pfh_event *)(void *)pfh__object_copy(&pathway->arena, event);
    if (copy == NULL)
        return pfh__no_memory(err);
    copy->target = copy->correction = NULL;
    copy->position = pathway->count;
    summarize(copy);
    if (target != NULL)
        set_target(copy, target);
    insert(pathway->events, pathway->count, copy, by_order);
    insert(pathway->by_id, pathway->count, copy, by_id);
    pathway->count++;
    pathway->has_events = true;
    return PFH_OK;
}

/* ---- Reading ------------------------------------------------------------------------------ */

const char *pfh_pathway_id(const pfh_pathway *pathway)
{
    return pathway == NULL ? NULL : pathway->head->id;
}

const pfh_edition *pfh_pathway_edition(const pfh_pathway *pathway)
{
    return pathway == NULL ? NULL : pathway->edition;
}

const pfh_record *pfh_pathway_head(const pfh_pathway *pathway)
{
    return pathway == NULL ? NULL : &pathway->head->record;
}

size_t pfh_pathway_event_count(const pfh_pathway *pathway)
{
    return pathway == NULL ? 0 : pathway->count;
}

const pfh_record *pfh_pathway_event(const pfh_pathway *pathway, size_t index)
{
    return pathway == NULL || index >= pathway->count ? NULL : &pathway->events[index]->record;
}

const pfh_record *pfh_pathway_find(const pfh_pathway *pathway, const char *id)
{
    const pfh_event *event = pathway == NULL || id == NULL ? NULL : find(pathway, id);

    return event == NULL ? NULL : &event->record;
}
