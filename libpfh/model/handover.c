/*
 * model/handover.c -- a copy of a pathway for an audience: what it does not get, as rows.
 */
#include "model/merge.h"

#include <pfh/handover.h>

#include <stdlib.h>

/* What a row is about. */
typedef enum part { EVENTS, PRIVATE, NOTES, AUTHORS } part;

typedef struct row {
    part part;
    pfh_handover_rule rule;
} row;

#define GOES(audience, part, word, type, but_to, reason)                                           \
    {                                                                                              \
        part,                                                                                      \
        {                                                                                          \
            audience, word, type, but_to, reason                                                   \
        }                                                                                          \
    }
#define EVENT(audience, type, word, but_to)                                                        \
    GOES(PFH_AUDIENCE_##audience, EVENTS, word, PFH_EVENT_##type, but_to,                          \
         AUDIENCE_##audience "." word)
#define AUDIENCE_MUNICIPALITY "handover.municipality"
#define AUDIENCE_GP "handover.gp"
#define AUDIENCE_PATIENT "handover.patient"

/* All that is left out, by the audience (0: of all copies), with the reason, which pfh_text() says
 * in words.  The specialist service has no rows of its own. */
static const row rows[] = {
    GOES(0, PRIVATE, "private", 0, 0, "handover.private"),
    EVENT(MUNICIPALITY, CODED, "coded", 0),
    EVENT(MUNICIPALITY, RECEIPT, "receipt", 0),
    EVENT(MUNICIPALITY, MESSAGE, "message", PFH_RECIPIENT_MUNICIPALITY),
    EVENT(GP, CODED, "coded", 0),
    EVENT(GP, RECEIPT, "receipt", 0),
    EVENT(GP, FORM_SENT, "form_sent", 0),
    EVENT(GP, MESSAGE, "message", PFH_RECIPIENT_GP),
    EVENT(PATIENT, CODED, "coded", 0),
    EVENT(PATIENT, RECEIPT, "receipt", 0),
    EVENT(PATIENT, MESSAGE, "message", 0),
    EVENT(PATIENT, ASSIGNED, "assigned", 0),
    GOES(PFH_AUDIENCE_PATIENT, NOTES, "note", 0, 0, "handover.patient.note"),
    GOES(PFH_AUDIENCE_PATIENT, AUTHORS, "author", 0, 0, "handover.patient.author"),
};

size_t pfh_handover_rule_count(void)
{
    return PFH_COUNT(rows);
}

const pfh_handover_rule *pfh_handover_rule_at(size_t index)
{
    return index < PFH_COUNT(rows) ? &rows[index].rule : NULL;
}

/* ---- What is left out --------------------------------------------------------------------- */

typedef struct handing {
    pfh_audience audience;
    bool private_topics, notes, authors; /* whether these go */
    pfh_arena *arena;
} handing;

static bool is_for(const row *r, pfh_audience audience)
{
    return r->rule.audience == 0 || r->rule.audience == audience;
}

static bool goes(pfh_audience audience, part what)
{
    for (size_t i = 0; i < PFH_COUNT(rows); i++)
        if (is_for(&rows[i], audience) && rows[i].part == what)
            return true;
    return false;
}

static bool matches(const row *r, const pfh_event *event)
{
    if (r->part == PRIVATE)
        return event->is_private == 1;
    return r->part == EVENTS && (int32_t)r->rule.type == event->type &&
           (r->rule.but_to == 0 || (int32_t)r->rule.but_to != event->to);
}

static bool is_left_out(const handing *h, const pfh_event *event)
{
    if (event->type == PFH_EVENT_CORRECTED || event->type == PFH_EVENT_WITHHELD)
        return false; /* what is void must be known to be */
    for (size_t i = 0; i < PFH_COUNT(rows); i++)
        if (is_for(&rows[i], h->audience) && matches(&rows[i], event))
            return true;
    return false;
}

/* Takes a text away; answers how many notes that are. */
static int32_t drop(const char **note, bool goes)
{
    const int32_t dropped = goes && *note != NULL;

    if (dropped)
        *note = NULL;
    return dropped;
}

/* A private topic goes whole, and counts as one. */
static int32_t strip_topics(const handing *h, pfh_list *topics)
{
    pfh_assessed *items = topics->items;
    size_t kept = 0;
    int32_t gone = 0;

    for (size_t i = 0; i < topics->count; i++) {
        if (h->private_topics && items[i].is_private == 1) {
            gone++;
            continue;
        }
        items[kept] = items[i];
        gone += drop(&items[kept++].note, h->notes);
    }
    topics->count = kept;
    return gone;
}

static int32_t strip(const handing *h, pfh_event *event)
{
    int32_t gone = drop(&event->note, h->notes || event->is_private == 1);

    if (h->authors)
        event->author = NULL;
    if (event->assessment != NULL)
        gone += strip_topics(h, &event->assessment->topics);
    return gone;
}

enum { MOST_WITHHELD = 999 };

static pfh_status hand_event(pfh_event **out, const handing *h, const pfh_event *event,
                             pfh_error *err)
{
    const pfh_place events = {.key = "events", .key_size = sizeof "events" - 1};
    const pfh_place place = {.up = &events, .index = event->position};
    int32_t gone;

    if (is_left_out(h, event)) {
        *out = pfh__event_stub(event, h->arena);
        return *out == NULL ? pfh__no_memory(err) : PFH_OK;
    }
    *out = (pfh_event *)(void *)pfh__object_copy(h->arena, &event->record);
    if (*out == NULL)
        return pfh__no_memory(err);
    gone = strip(h, *out);
    if (gone == 0)
        return PFH_OK;
    gone += event->withheld == PFH_NONE ? 0 : event->withheld;
    if (gone > MOST_WITHHELD)
        return pfh__fail_at(err, PFH_E_VALUE, &place,
                            "more than %d notes and topics would be left out", MOST_WITHHELD);
    (*out)->withheld = gone;
    return PFH_OK;
}

/* ---- The copy ----------------------------------------------------------------------------- */

static pfh_status fill(pfh_pathway *copy, const pfh_pathway *pathway, pfh_audience audience,
                       pfh_error *err)
{
    const handing h = {.audience = audience,
                       .private_topics = goes(audience, PRIVATE),
                       .notes = goes(audience, NOTES),
                       .authors = goes(audience, AUTHORS),
                       .arena = &copy->arena};
    pfh_head *head = (pfh_head *)(void *)pfh__object_copy(&copy->arena, &pathway->head->record);
    pfh_event **events = pfh__arena_alloc(&copy->arena, pathway->count * sizeof *events);
    pfh_status status = head == NULL || events == NULL ? pfh__no_memory(err) : PFH_OK;

    for (size_t i = 0; i < pathway->count && status == PFH_OK; i++)
        status = hand_event(&events[i], &h, pathway->events[i], err);
    if (status == PFH_OK)
        status = pfh__pathway_adopt(copy, head, events, pathway->count, err);
    copy->has_events = pathway->has_events;
    return status;
}

static pfh_status check_terms(pfh_audience audience, const pfh_policy *policy, int32_t override,
                              pfh_error *err)
{
    if (pfh_word(PFH_WORDS_AUDIENCE, (int32_t)audience) == NULL)
        return pfh__fail(err, PFH_E_ARG, "audience", "the audience is not one of the list");
    if (audience == PFH_AUDIENCE_MUNICIPALITY && override == 0 && policy != NULL &&
        policy->rules.municipality_messages == 0)
        return pfh__fail(err, PFH_E_AGREEMENT, "policy",
                         "the policy says municipality_messages false: without an agreement it is "
                         "handed over only when the caller overrides that");
    return PFH_OK;
}

pfh_status pfh_pathway_handover(pfh_pathway **out, const pfh_pathway *pathway,
                                pfh_audience audience, const pfh_policy *policy, int32_t override,
                                pfh_error *err)
{
    pfh_pathway *copy;
    pfh_status status;

    if (out == NULL || pathway == NULL)
        return pfh__null(err, out == NULL ? "out" : "pathway");
    status = check_terms(audience, policy, override, err);
    if (status != PFH_OK)
        return status;
    copy = calloc(1, sizeof *copy);
    status = copy == NULL ? pfh__no_memory(err) : fill(copy, pathway, audience, err);
    if (status == PFH_OK)
        *out = copy;
    else
        pfh_pathway_free(copy);
    return status;
}
