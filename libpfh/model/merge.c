/*
 * model/merge.c -- two copies of a pathway: what the other one has, and both in one.
 *
 * The events of both copies stand sorted by id, so one pass pairs them; each pair becomes a slot
 * that says what is taken.  Then what events name is looked up among the slots.  Rows (for a diff)
 * and the new pathway (for a merge) are made from the slots alone.  Nothing of the copies is
 * changed.
 */
#include "model/merge.h"

#include <stdlib.h>

/* ---- Options ------------------------------------------------------------------------------ */

typedef struct choice {
    struct choice *next;
    const char *conflict;
    pfh_side side;
} choice;

struct pfh_merge_options {
    pfh_arena arena;
    const pfh_edition *edition; /* NULL: that of both */
    choice *choices;            /* the last first */
    pfh_side others;            /* of what none of them names */
};

pfh_status pfh_merge_options_new(pfh_merge_options **out, pfh_error *err)
{
    pfh_merge_options *options;

    if (out == NULL)
        return pfh__null(err, "out");
    options = calloc(1, sizeof *options);
    if (options == NULL)
        return pfh__no_memory(err);
    *out = options;
    return PFH_OK;
}

void pfh_merge_options_free(pfh_merge_options *options)
{
    if (options == NULL)
        return;
    pfh__arena_free(&options->arena);
    free(options);
}

pfh_status pfh_merge_options_edition(pfh_merge_options *options, const char *edition,
                                     pfh_error *err)
{
    const pfh_edition *found = pfh_edition_find(edition);

    if (options == NULL)
        return pfh__null(err, "options");
    if (edition != NULL && found == NULL)
        return pfh__fail(err, PFH_E_EDITION, "/edition", "%s", pfh__edition_unknown());
    options->edition = found;
    return PFH_OK;
}

pfh_status pfh_merge_options_choose(pfh_merge_options *options, const char *conflict, pfh_side side,
                                    pfh_error *err)
{
    choice *made;

    if (options == NULL)
        return pfh__null(err, "options");
    if (side != 0 && pfh_word(PFH_WORDS_SIDE, (int32_t)side) == NULL)
        return pfh__fail(err, PFH_E_ARG, "side", "must be mine, theirs or 0");
    if (conflict == NULL) {
        options->others = side;
        return PFH_OK;
    }
    made = pfh__arena_alloc(&options->arena, sizeof *made);
    if (made == NULL)
        return pfh__no_memory(err);
    *made = (choice){.next = options->choices, .side = side};
    made->conflict = pfh__arena_text(&options->arena, conflict, strlen(conflict));
    if (made->conflict == NULL)
        return pfh__no_memory(err);
    options->choices = made;
    return PFH_OK;
}

/* ---- What is compared --------------------------------------------------------------------- */

/* Something beside the events: a key of the head, of the patient, or a vendor's. */
typedef struct head_row {
    pfh_place place;                 /* in both copies */
    const pfh_field *field;          /* NULL: a vendor's */
    bool of_patient, differs, added; /* added: mine has it not */
    pfh_side chosen;
} head_row;

/* An event, of one copy or of both. */
typedef struct slot {
    const pfh_event *mine, *theirs; /* one of them may be NULL */
    pfh_joint joint;
    pfh_side chosen;     /* of a conflict of its content */
    struct slot *naming; /* the event that it names wrongly */
    pfh_side chosen_naming;
} slot;

typedef struct merging {
    const pfh_pathway *mine, *theirs;
    pfh_pathway *converted[2]; /* copies read under another edition, while it lasts */
    const pfh_merge_options *options;
    pfh_arena scratch;
    head_row *head;
    slot *slots; /* sorted by id */
    size_t head_count, slot_count;
    size_t open; /* conflicts for which nothing was chosen */
} merging;

#define PFH_NAME_ROOM 256 /* of a conflict */

static const pfh_place at_patient = {.key = "patient", .key_size = sizeof "patient" - 1};
static const pfh_place at_events = {.key = "events", .key_size = sizeof "events" - 1};

static void name_event(char name[PFH_NAME_ROOM], const char *what, const char *id)
{
    const size_t size = strlen(what), rest = strlen(id); /* an id is at most 64 long */

    memcpy(name, what, size);
    memcpy(name + size, id, rest + 1);
}

/* What was chosen; a conflict of ids is only settled by its name, lest two patients become one. */
static pfh_side chosen(const merging *m, const char *name)
{
    if (m->options == NULL)
        return 0;
    for (const choice *made = m->options->choices; made != NULL; made = made->next)
        if (strcmp(made->conflict, name) == 0)
            return made->side;
    return strcmp(name, "/id") == 0 ? 0 : m->options->others;
}

/* Counts a conflict, and says what was chosen. */
static pfh_side count_conflict(merging *m, const char *name)
{
    const pfh_side side = chosen(m, name);

    m->open += side == 0;
    return side;
}

/* ---- One edition -------------------------------------------------------------------------- */

/* A copy with every event at the point that it maps to. */
static pfh_status convert(pfh_pathway **out, const pfh_pathway *pathway, const pfh_edition *edition,
                          pfh_error *err)
{
    pfh_pathway *copy = calloc(1, sizeof *copy);
    pfh_head *head =
        copy == NULL ? NULL
                     : (pfh_head *)(void *)pfh__object_copy(&copy->arena, &pathway->head->record);
    pfh_event **events =
        head == NULL ? NULL : pfh__arena_alloc(&copy->arena, pathway->count * sizeof *events);
    pfh_status status = events == NULL ? pfh__no_memory(err) : PFH_OK;

    if (head != NULL)
        head->edition = edition->name;
    for (size_t i = 0; i < pathway->count && status == PFH_OK; i++) {
        events[i] =
            (pfh_event *)(void *)pfh__object_copy(&copy->arena, &pathway->events[i]->record);
        if (events[i] == NULL)
            status = pfh__no_memory(err);
        else if (events[i]->point != PFH_NONE)
            events[i]->point = pfh__point_onto(edition, pathway->edition, events[i]->point);
    }
    if (status == PFH_OK)
        status = pfh__pathway_adopt(copy, head, events, pathway->count, err);
    if (status != PFH_OK) {
        pfh_pathway_free(copy);
        return status;
    }
    copy->has_events = pathway->has_events;
    for (size_t i = 0; i < copy->count; i++) /* their order does not depend on the point */
        copy->events[i]->position = pathway->events[i]->position;
    *out = copy;
    return PFH_OK;
}

static pfh_status read_under(const pfh_pathway **copy, pfh_pathway **converted,
                             const pfh_edition *edition, const char *argument, pfh_error *err)
{
    pfh_status status;

    if ((*copy)->edition == edition)
        return PFH_OK;
    if (pfh__point_onto(edition, (*copy)->edition, 1) == 0)
        return pfh__fail(err, PFH_E_EDITION, "/edition",
                         "%s is of %s, whose points could stand for several of %s", argument,
                         (*copy)->edition->name, edition->name);
    status = convert(converted, *copy, edition, err);
    if (status == PFH_OK)
        *copy = *converted;
    return status;
}

/* Reads both copies under the edition that was asked for, or chosen. */
static pfh_status settle_edition(merging *m, pfh_error *err)
{
    const pfh_edition *edition = m->options == NULL ? NULL : m->options->edition;
    pfh_status status;

    if (edition == NULL && m->mine->edition != m->theirs->edition) {
        const pfh_side side = chosen(m, "/edition");

        edition = side == PFH_SIDE_MINE     ? m->mine->edition
                  : side == PFH_SIDE_THEIRS ? m->theirs->edition
                                            : NULL;
    }
    if (edition == NULL)
        return PFH_OK;
    status = read_under(&m->mine, &m->converted[0], edition, "mine", err);
    return status == PFH_OK ? read_under(&m->theirs, &m->converted[1], edition, "theirs", err)
                            : status;
}

/* ---- Beside the events -------------------------------------------------------------------- */

static void add_head_row(merging *m, const head_row *made)
{
    head_row *row = &m->head[m->head_count++];
    pfh_error at;

    *row = *made;
    if (!row->differs)
        return;
    pfh__where(&at, &row->place);
    row->chosen = count_conflict(m, at.where);
}

static pfh_status compare_field(merging *m, const pfh_record *mine, const pfh_record *theirs,
                                const pfh_field *field, bool of_patient, pfh_error *err)
{
    head_row row = {
        .place = {.up = of_patient ? &at_patient : NULL,
                  .key = field->key,
                  .key_size = strlen(field->key)},
        .field = field,
        .of_patient = of_patient,
    };
    const bool there = mine != NULL && pfh__field_present(mine, field);
    const bool too = theirs != NULL && pfh__field_present(theirs, field);
    pfh_status status = PFH_OK;
    bool same = true;

    if (there && too)
        status = pfh__field_same(&same, mine, theirs, field, err);
    row.added = too && !there;
    row.differs = !same;
    if (status == PFH_OK && (row.added || row.differs))
        add_head_row(m, &row);
    return status;
}

static pfh_status compare_vendor(merging *m, const pfh_record *mine, const pfh_record *theirs,
                                 bool of_patient, pfh_error *err)
{
    const pfh_vendor *x = mine == NULL ? NULL : mine->vendor;
    const pfh_vendor *y = theirs == NULL ? NULL : theirs->vendor;

    while (y != NULL) {
        const int order = x == NULL ? 1 : strcmp(x->key, y->key);
        head_row row = {
            .place = {.up = of_patient ? &at_patient : NULL,
                      .key = y->key,
                      .key_size = strlen(y->key)},
            .of_patient = of_patient,
            .added = order > 0,
        };
        bool same = order != 0;

        if (order == 0 && !pfh__json_same(&same, x->json, y->json))
            return pfh__no_memory(err);
        row.differs = !same;
        if (row.added || row.differs)
            add_head_row(m, &row);
        x = order <= 0 ? x->next : x;
        y = order >= 0 ? y->next : y;
    }
    return PFH_OK;
}

static pfh_status compare_patients(merging *m, pfh_error *err)
{
    const pfh_patient *mine = m->mine->head->patient, *theirs = m->theirs->head->patient;
    const pfh_record *a = mine == NULL ? NULL : &mine->record;
    const pfh_record *b = theirs == NULL ? NULL : &theirs->record;
    const pfh_schema *schema = &pfh__patient_schema;
    pfh_status status = PFH_OK;

    for (size_t i = 0; i < schema->field_count && status == PFH_OK; i++)
        status = compare_field(m, a, b, &schema->fields[i], true, err);
    return status == PFH_OK ? compare_vendor(m, a, b, true, err) : status;
}

static size_t vendor_count(const pfh_record *object)
{
    size_t count = 0;

    for (const pfh_vendor *v = object == NULL ? NULL : object->vendor; v != NULL; v = v->next)
        count++;
    return count;
}

static pfh_status compare_heads(merging *m, pfh_error *err)
{
    const pfh_head *mine = m->mine->head, *theirs = m->theirs->head;
    const pfh_schema *schema = &pfh__head_schema;
    const size_t room = schema->field_count + pfh__patient_schema.field_count +
                        vendor_count(&theirs->record) +
                        vendor_count(theirs->patient == NULL ? NULL : &theirs->patient->record);
    pfh_status status = PFH_OK;

    m->head = pfh__arena_alloc(&m->scratch, room * sizeof *m->head);
    if (m->head == NULL)
        return pfh__no_memory(err);
    for (size_t i = 0; i < schema->field_count && status == PFH_OK; i++) {
        if (schema->fields[i].offset == offsetof(pfh_head, patient))
            status = compare_patients(m, err);
        else
            status =
                compare_field(m, &mine->record, &theirs->record, &schema->fields[i], false, err);
    }
    return status == PFH_OK ? compare_vendor(m, &mine->record, &theirs->record, false, err)
                            : status;
}

/* ---- The events --------------------------------------------------------------------------- */

/* The version by which a slot is ordered and typed. */
static const pfh_event *shown(const slot *s)
{
    return s->joint.take == PFH_TAKE_THEIRS ? s->theirs : s->mine;
}

static pfh_status compare_slot(merging *m, slot *s, pfh_error *err)
{
    char name[PFH_NAME_ROOM];
    pfh_status status;

    if (s->mine == NULL || s->theirs == NULL) {
        s->joint.take = s->mine == NULL ? PFH_TAKE_THEIRS : PFH_TAKE_MINE;
        s->joint.more = s->mine == NULL;
        return PFH_OK;
    }
    status = pfh__events_compare(&s->joint, s->mine, s->theirs, &m->scratch, err);
    if (status != PFH_OK || s->joint.conflict == 0)
        return status;
    name_event(name, "event:", s->mine->id);
    s->chosen = count_conflict(m, name);
    s->joint.take = s->chosen == PFH_SIDE_THEIRS ? PFH_TAKE_THEIRS : PFH_TAKE_MINE;
    return PFH_OK;
}

static pfh_status compare_events(merging *m, pfh_error *err)
{
    const pfh_pathway *mine = m->mine, *theirs = m->theirs;
    size_t i = 0, j = 0;

    m->slots = pfh__arena_alloc(&m->scratch, (mine->count + theirs->count) * sizeof *m->slots);
    if (m->slots == NULL)
        return pfh__no_memory(err);
    while (i < mine->count || j < theirs->count) {
        const int order = i == mine->count     ? 1
                          : j == theirs->count ? -1
                                               : strcmp(mine->by_id[i]->id, theirs->by_id[j]->id);
        slot *s = &m->slots[m->slot_count++];
        pfh_status status;

        *s = (slot){.mine = order <= 0 ? mine->by_id[i++] : NULL,
                    .theirs = order >= 0 ? theirs->by_id[j++] : NULL};
        status = compare_slot(m, s, err);
        if (status != PFH_OK)
            return status;
    }
    return PFH_OK;
}

static int slot_of(const void *id, const void *s)
{
    return strcmp(id, shown(s)->id);
}

static slot *find_slot(const merging *m, const char *id)
{
    return bsearch(id, m->slots, m->slot_count, sizeof *m->slots, slot_of);
}

/* The versions that an event may come to be: two, while its content is in conflict. */
static size_t versions_of(const slot *s, const pfh_event *versions[2])
{
    versions[0] = shown(s);
    if (s->joint.conflict == 0 || s->chosen != 0)
        return 1;
    versions[0] = s->mine;
    versions[1] = s->theirs;
    return 2;
}

/* The event that another names and may not, whatever it comes to be; NULL where it may. */
static slot *wrongly_named(const merging *m, const pfh_event *event)
{
    slot *named = event->of == NULL ? NULL : find_slot(m, event->of);
    const pfh_event *versions[2];
    const size_t count = named == NULL ? 0 : versions_of(named, versions);

    for (size_t i = 0; i < count; i++)
        if (pfh__may_name(event->type, versions[i]->type))
            return NULL;
    return named;
}

/* What the events name, once it is known what each of them is. */
static void compare_references(merging *m)
{
    for (size_t i = 0; i < m->slot_count; i++) {
        slot *s = &m->slots[i], *named = NULL;
        const pfh_event *versions[2];
        const size_t count = versions_of(s, versions);
        size_t wrong = 0;
        char name[PFH_NAME_ROOM];

        for (size_t v = 0; v < count; v++) {
            slot *found = wrongly_named(m, versions[v]);

            wrong += found != NULL;
            named = found != NULL ? found : named;
        }
        if (wrong < count)
            continue;
        s->naming = named;
        name_event(name, "of:", shown(s)->id);
        s->chosen_naming = count_conflict(m, name);
    }
}

/* Whether a copy has the naming event, and not only a stub of it. */
static bool names(const pfh_event *event)
{
    return event != NULL && event->of != NULL;
}

static bool is_stub(const pfh_event *event)
{
    return event != NULL && event->type == PFH_EVENT_WITHHELD;
}

/* The side that was chosen keeps its naming event, with the stub that it has of what that names.
 * Where it has no such event, or has chosen otherwise what that names, a stub stands for the naming
 * one.  A stub may be named by all and names nothing, so nothing else comes to be wrong. */
static void settle_reference(slot *s)
{
    const bool theirs = s->chosen_naming == PFH_SIDE_THEIRS;
    const pfh_event *own = theirs ? s->theirs : s->mine;
    const pfh_event *named = theirs ? s->naming->theirs : s->naming->mine;

    if (names(own) && is_stub(named))
        s->naming->joint.take = theirs ? PFH_TAKE_THEIRS : PFH_TAKE_MINE;
    else
        s->joint.take = PFH_TAKE_STUB;
}

static void settle_references(merging *m)
{
    for (size_t i = 0; i < m->slot_count; i++)
        if (m->slots[i].naming != NULL && m->slots[i].chosen_naming != 0)
            settle_reference(&m->slots[i]);
}

/* ---- The whole comparison ----------------------------------------------------------------- */

static pfh_status compare(merging *m, pfh_error *err)
{
    pfh_status status;

    if (m->mine == NULL || m->theirs == NULL)
        return pfh__null(err, m->mine == NULL ? "mine" : "theirs");
    status = settle_edition(m, err);
    if (status == PFH_OK)
        status = compare_heads(m, err);
    if (status == PFH_OK)
        status = compare_events(m, err);
    if (status == PFH_OK)
        compare_references(m);
    return status;
}

static void finish(merging *m)
{
    pfh_pathway_free(m->converted[0]);
    pfh_pathway_free(m->converted[1]);
    pfh__arena_free(&m->scratch);
}

/* ---- Rows --------------------------------------------------------------------------------- */

struct pfh_diff {
    pfh_arena arena;
    pfh_difference *rows;
    size_t count, open;
    bool failed; /* out of memory */
};

static const char *keep(pfh_diff *diff, const char *text)
{
    const char *copy = text == NULL ? NULL : pfh__arena_text(&diff->arena, text, strlen(text));

    diff->failed |= text != NULL && copy == NULL;
    return copy;
}

static const char *keep_place(pfh_diff *diff, const pfh_place *place)
{
    pfh_error at;

    pfh__where(&at, place);
    return keep(diff, at.where);
}

static void add_head_difference(pfh_diff *diff, const head_row *row)
{
    pfh_difference *to = &diff->rows[diff->count++];
    const char *where = keep_place(diff, &row->place);

    *to = (pfh_difference){
        .kind = row->added ? PFH_DIFFERENCE_ADDED : PFH_DIFFERENCE_CONFLICT,
        .name = where,
        .date = PFH_NONE,
        .mine = row->added ? NULL : where,
        .theirs = where,
        .conflict = row->added ? 0 : PFH_CONFLICT_VALUE,
        .chosen = row->chosen,
    };
}

/* "/events/3", or a key of it; NULL where a copy has no such event. */
static const char *keep_event(pfh_diff *diff, const pfh_event *event, const char *key)
{
    pfh_place place = {.up = &at_events, .index = event == NULL ? 0 : event->position};
    const pfh_place at_key = {.up = &place, .key = key, .key_size = key == NULL ? 0 : strlen(key)};

    return event == NULL ? NULL : keep_place(diff, key == NULL ? &place : &at_key);
}

static pfh_difference *add_event_difference(pfh_diff *diff, const pfh_event *event,
                                            const char *what)
{
    pfh_difference *to = &diff->rows[diff->count++];
    char name[PFH_NAME_ROOM];

    name_event(name, what, event->id);
    *to = (pfh_difference){
        .kind = PFH_DIFFERENCE_CONFLICT,
        .name = keep(diff, name),
        .event = keep(diff, event->id),
        .type = (pfh_event_type)event->type,
        .date = event->date,
    };
    return to;
}

/* A key, unless it is one that no pointer spells. */
static const char *keep_key(pfh_diff *diff, const char *key)
{
    const pfh_place place = {.key = key, .key_size = strlen(key)};
    pfh_error at;

    pfh__where(&at, &place);
    return at.where[0] == '\0' ? NULL : keep(diff, key);
}

static void add_content(pfh_diff *diff, const slot *s)
{
    const pfh_event *event = s->theirs != NULL ? s->theirs : s->mine;
    pfh_difference *to = add_event_difference(diff, event, "event:");

    to->mine = keep_event(diff, s->mine, NULL);
    to->theirs = keep_event(diff, s->theirs, NULL);
    to->conflict = s->joint.conflict;
    to->chosen = s->chosen;
    if (s->joint.conflict != 0)
        to->key = keep_key(diff, s->joint.key);
    else
        to->kind = s->mine == NULL ? PFH_DIFFERENCE_ADDED : PFH_DIFFERENCE_FULLER;
}

/* Where a copy names the other event, or else where it says what that is. */
static const char *keep_reference(pfh_diff *diff, const pfh_event *naming, const pfh_event *named)
{
    return names(naming) ? keep_event(diff, naming, "of") : keep_event(diff, named, "type");
}

static void add_reference(pfh_diff *diff, const slot *s)
{
    const pfh_event *event = names(s->theirs) ? s->theirs : s->mine;
    pfh_difference *to = add_event_difference(diff, event, "of:");

    to->mine = keep_reference(diff, s->mine, s->naming->mine);
    to->theirs = keep_reference(diff, s->theirs, s->naming->theirs);
    to->conflict = PFH_CONFLICT_REFERENCE;
    to->chosen = s->chosen_naming;
}

static int by_order(const void *a, const void *b)
{
    return pfh__event_compare(shown(*(const slot *const *)a), shown(*(const slot *const *)b));
}

static bool has_content_row(const slot *s)
{
    return s->joint.conflict != 0 || s->joint.more;
}

/* The slots that have something to say, in the order in which their events count. */
static const slot **telling_slots(const merging *m, pfh_diff *diff, size_t *count)
{
    const slot **telling = pfh__arena_alloc(&diff->arena, m->slot_count * sizeof *telling);

    *count = 0;
    if (telling == NULL) {
        diff->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < m->slot_count; i++)
        if (has_content_row(&m->slots[i]) || m->slots[i].naming != NULL)
            telling[(*count)++] = &m->slots[i];
    if (*count > 1)
        qsort(telling, *count, sizeof *telling, by_order);
    return telling;
}

static void add_rows(const merging *m, pfh_diff *diff)
{
    size_t count;
    const slot **telling = telling_slots(m, diff, &count);

    diff->rows = pfh__arena_alloc(&diff->arena, (m->head_count + 2 * count) * sizeof *diff->rows);
    diff->failed |= diff->rows == NULL;
    if (diff->failed)
        return;
    for (size_t i = 0; i < m->head_count; i++)
        add_head_difference(diff, &m->head[i]);
    for (size_t i = 0; i < count; i++) {
        if (has_content_row(telling[i]))
            add_content(diff, telling[i]);
        if (telling[i]->naming != NULL)
            add_reference(diff, telling[i]);
    }
    diff->open = m->open;
}

static pfh_status make_diff(pfh_diff **out, const merging *m, pfh_error *err)
{
    pfh_diff *diff = calloc(1, sizeof *diff);

    if (diff == NULL)
        return pfh__no_memory(err);
    add_rows(m, diff);
    if (diff->failed) {
        pfh_diff_free(diff);
        return pfh__no_memory(err);
    }
    *out = diff;
    return PFH_OK;
}

pfh_status pfh_pathway_diff(pfh_diff **out, const pfh_pathway *mine, const pfh_pathway *theirs,
                            const pfh_merge_options *options, pfh_error *err)
{
    merging m = {.mine = mine, .theirs = theirs, .options = options};
    pfh_status status;

    if (out == NULL)
        return pfh__null(err, "out");
    status = compare(&m, err);
    if (status == PFH_OK)
        status = make_diff(out, &m, err);
    finish(&m);
    return status;
}

size_t pfh_diff_count(const pfh_diff *diff)
{
    return diff == NULL ? 0 : diff->count;
}

size_t pfh_diff_conflict_count(const pfh_diff *diff)
{
    return diff == NULL ? 0 : diff->open;
}

const pfh_difference *pfh_diff_row(const pfh_diff *diff, size_t index)
{
    return diff == NULL || index >= diff->count ? NULL : &diff->rows[index];
}

void pfh_diff_free(pfh_diff *diff)
{
    if (diff == NULL)
        return;
    pfh__arena_free(&diff->arena);
    free(diff);
}

/* ---- The merged pathway ------------------------------------------------------------------- */

/* The side that a row takes: the one that was chosen, or theirs where mine has nothing. */
static const pfh_record *side_of(const merging *m, const head_row *row)
{
    const pfh_head *side = row->chosen == PFH_SIDE_MINE ? m->mine->head : m->theirs->head;

    return row->of_patient ? &side->patient->record : &side->record;
}

/* The rest of a vendor's list, from a key that is in it. */
static const pfh_vendor *skip_to(const pfh_vendor *v, const char *key)
{
    while (strcmp(v->key, key) != 0)
        v = v->next;
    return v;
}

/* A vendor's key in its place, or at it before what stands there. */
static bool put_vendor(pfh_vendor **place, const pfh_vendor *from, pfh_arena *arena)
{
    pfh_vendor *v = *place;

    if (v == NULL || strcmp(v->key, from->key) != 0) {
        v = pfh__arena_alloc(arena, sizeof *v);
        if (v == NULL)
            return false;
        v->next = *place;
        v->key = pfh__arena_text(arena, from->key, strlen(from->key));
        *place = v;
    }
    v->json = pfh__arena_text(arena, from->json, strlen(from->json));
    return v->key != NULL && v->json != NULL;
}

/* Rows and lists are in the order of the keys, so each list is gone through once. */
static bool take_vendors(const merging *m, pfh_record *to, bool of_patient, pfh_arena *arena)
{
    const pfh_vendor *lists[] = {NULL, NULL}; /* mine, theirs: the rest of each */
    pfh_vendor **place = &to->vendor;

    for (size_t i = 0; i < m->head_count; i++) {
        const head_row *row = &m->head[i];
        const pfh_vendor **rest = &lists[row->chosen != PFH_SIDE_MINE];

        if (row->field != NULL || row->of_patient != of_patient)
            continue;
        *rest = skip_to(*rest == NULL ? side_of(m, row)->vendor : *rest, row->place.key);
        while (*place != NULL && strcmp((*place)->key, row->place.key) < 0)
            place = &(*place)->next;
        if (!put_vendor(place, *rest, arena))
            return false;
    }
    return true;
}

static bool take_fields(const merging *m, pfh_head *head, pfh_arena *arena)
{
    for (size_t i = 0; i < m->head_count; i++) {
        const head_row *row = &m->head[i];
        pfh_record *to = row->of_patient ? &head->patient->record : &head->record;

        if (row->field != NULL && !pfh__field_copy(to, side_of(m, row), row->field, arena))
            return false;
    }
    return true;
}

static pfh_head *merge_heads(const merging *m, pfh_arena *arena)
{
    const pfh_head *theirs = m->theirs->head;
    pfh_head *head = (pfh_head *)(void *)pfh__object_copy(arena, &m->mine->head->record);

    if (head == NULL || !pfh__object_respell(&head->record, &theirs->record, arena))
        return NULL;
    if (head->patient == NULL && theirs->patient != NULL &&
        (head->patient = (pfh_patient *)(void *)pfh__object_new(arena, &pfh__patient_schema)) ==
            NULL)
        return NULL;
    if (!take_fields(m, head, arena) || !take_vendors(m, &head->record, false, arena))
        return NULL;
    if (head->patient != NULL && !take_vendors(m, &head->patient->record, true, arena))
        return NULL;
    return head;
}

static pfh_event *merge_slot(merging *m, const slot *s, pfh_arena *arena)
{
    const pfh_event *one = s->joint.take == PFH_TAKE_THEIRS ? s->theirs : s->mine;

    if (s->joint.take == PFH_TAKE_BOTH)
        return pfh__events_join(s->mine, s->theirs, arena, &m->scratch);
    if (s->joint.take == PFH_TAKE_STUB)
        return pfh__event_stub(s->mine != NULL ? s->mine : s->theirs, arena);
    return (pfh_event *)(void *)pfh__object_copy(arena, &one->record);
}

static pfh_status fill(pfh_pathway *pathway, merging *m, pfh_error *err)
{
    pfh_arena *arena = &pathway->arena;
    pfh_head *head = merge_heads(m, arena);
    pfh_event **events = pfh__arena_alloc(&m->scratch, m->slot_count * sizeof *events);
    pfh_status status = head == NULL || events == NULL ? pfh__no_memory(err) : PFH_OK;

    for (size_t i = 0; i < m->slot_count && status == PFH_OK; i++) {
        events[i] = merge_slot(m, &m->slots[i], arena);
        if (events[i] == NULL)
            status = pfh__no_memory(err);
    }
    if (status == PFH_OK)
        status = pfh__pathway_adopt(pathway, head, events, m->slot_count, err);
    pathway->has_events = m->mine->has_events || m->theirs->has_events;
    return status;
}

static pfh_status merge(pfh_pathway **out, merging *m, pfh_error *err)
{
    pfh_pathway *merged = calloc(1, sizeof *merged);
    pfh_status status;

    if (merged == NULL)
        return pfh__no_memory(err);
    settle_references(m);
    status = fill(merged, m, err);
    if (status == PFH_OK)
        *out = merged;
    else
        pfh_pathway_free(merged);
    return status;
}

/* Says where the first conflict is, and how many there are. */
static pfh_status refuse(const merging *m, pfh_error *err)
{
    const pfh_difference *row;
    pfh_diff *diff = NULL;
    pfh_status status;
    size_t i = 0;

    if (err == NULL)
        return PFH_E_CONFLICT;
    status = make_diff(&diff, m, err);
    if (status != PFH_OK)
        return status;
    do
        row = pfh_diff_row(diff, i++);
    while (row->kind != PFH_DIFFERENCE_CONFLICT || row->chosen != 0);
    pfh__fail(err, PFH_E_CONFLICT, row->mine != NULL ? row->mine : row->theirs,
              "the copies contradict each other in %zu %s", m->open, m->open == 1 ? "place" : "places");
    pfh_diff_free(diff);
    return PFH_E_CONFLICT;
}

pfh_status pfh_pathway_merge(pfh_pathway **out, const pfh_pathway *mine, const pfh_pathway *theirs,
                             const pfh_merge_options *options, pfh_error *err)
{
    merging m = {.mine = mine, .theirs = theirs, .options = options};
    pfh_status status;

    if (out == NULL)
        return pfh__null(err, "out");
    status = compare(&m, err);
    if (status == PFH_OK)
        status = m.open > 0 ? refuse(&m, err) : merge(out, &m, err);
    finish(&m);
    return status;
}
