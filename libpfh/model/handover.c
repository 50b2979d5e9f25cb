/*
 * model/handover.c -- a copy of a pathway for an audience: what it does not get, as rows.
 */
#include "model/merge.h"

#include <pfh/handover.h>

#include <stdlib.h>

/* Every row with its reason, which pfh_text() says in words.  That a message to the audience itself
 * stays is told by recipient_of(). */
static const pfh_handover_rule rules[] = {
    {0, "private", 0, "handover.private"},
    {PFH_AUDIENCE_MUNICIPALITY, "coded", PFH_EVENT_CODED, "handover.municipality.coded"},
    {PFH_AUDIENCE_MUNICIPALITY, "receipt", PFH_EVENT_RECEIPT, "handover.municipality.receipt"},
    {PFH_AUDIENCE_MUNICIPALITY, "message", PFH_EVENT_MESSAGE, "handover.municipality.message"},
    {PFH_AUDIENCE_GP, "coded", PFH_EVENT_CODED, "handover.gp.coded"},
    {PFH_AUDIENCE_GP, "receipt", PFH_EVENT_RECEIPT, "handover.gp.receipt"},
    {PFH_AUDIENCE_GP, "form_sent", PFH_EVENT_FORM_SENT, "handover.gp.form_sent"},
    {PFH_AUDIENCE_GP, "message", PFH_EVENT_MESSAGE, "handover.gp.message"},
    {PFH_AUDIENCE_PATIENT, "coded", PFH_EVENT_CODED, "handover.patient.coded"},
    {PFH_AUDIENCE_PATIENT, "receipt", PFH_EVENT_RECEIPT, "handover.patient.receipt"},
    {PFH_AUDIENCE_PATIENT, "message", PFH_EVENT_MESSAGE, "handover.patient.message"},
    {PFH_AUDIENCE_PATIENT, "assigned", PFH_EVENT_ASSIGNED, "handover.patient.assigned"},
    {PFH_AUDIENCE_PATIENT, "note", 0, "handover.patient.note"},
    {PFH_AUDIENCE_PATIENT, "author", 0, "handover.patient.author"},
};

size_t pfh_handover_rule_count(void)
{
    return PFH_COUNT(rules);
}

const pfh_handover_rule *pfh_handover_rule_at(size_t index)
{
    return index < PFH_COUNT(rules) ? &rules[index] : NULL;
}

/* ---- What is left out --------------------------------------------------------------------- */

typedef struct handing {
    pfh_audience audience;
    bool notes, authors; /* whether these go too */
    pfh_arena *arena;
} handing;

static bool has_rule(pfh_audience audience, const char *left_out)
{
    for (size_t i = 0; i < PFH_COUNT(rules); i++)
        if (rules[i].audience == audience && strcmp(rules[i].left_out, left_out) == 0)
            return true;
    return false;
}

/* Whose messages an audience may see: those that it got. */
static pfh_recipient recipient_of(pfh_audience audience)
{
    static const pfh_recipient own[] = {
        [PFH_AUDIENCE_MUNICIPALITY] = PFH_RECIPIENT_MUNICIPALITY,
        [PFH_AUDIENCE_SPECIALIST] = PFH_RECIPIENT_SPECIALIST,
        [PFH_AUDIENCE_GP] = PFH_RECIPIENT_GP,
        [PFH_AUDIENCE_PATIENT] = 0,
    };
    return own[audience];
}

static bool is_left_out(const handing *h, const pfh_event *event)
{
    if (event->type == PFH_EVENT_CORRECTED || event->type == PFH_EVENT_WITHHELD)
        return false; /* what is void must be known to be */
    if (event->is_private == 1)
        return true;
    if (event->type == PFH_EVENT_MESSAGE && event->to == (int32_t)recipient_of(h->audience))
        return false;
    for (size_t i = 0; i < PFH_COUNT(rules); i++)
        if (rules[i].audience == h->audience && (int32_t)rules[i].type == event->type)
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
        if (items[i].is_private == 1) {
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
                       .notes = has_rule(audience, "note"),
                       .authors = has_rule(audience, "author"),
                       .arena = &copy->arena};
    pfh_head *head = (pfh_head *)(void *)pfh__object_copy(&copy->arena, &pathway->head->record);
    pfh_event **events = pfh__arena_alloc(&copy->arena, pathway->count * sizeof *events);
    pfh_status status = head == NULL || events == NULL ? pfh__no_memory(err) : PFH_OK;

    for (size_t i = 0; i < pathway->count && status == PFH_OK; i++)
        status = hand_event(&events[i], &h, pathway->events[i], err);
    if (status == PFH_OK)
        status = pfh__pathway_adopt(copy, head, events, pathway->count, err);
    copy->has_events = pathway->has_events;
    for (size_t i = 0; i < copy->count && status == PFH_OK; i++)
        copy->events[i]->position = i;
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
