/*
 * plan/needs.c -- the assessments of a pathway one after another: how each topic stands, and what
 * each assessment says beside those before it.  The rules: doc/rules.md.
 *
 * All is done twice, the plan too: with everything, and, for texts that others read, as if nothing
 * private were there, so that nothing of it can come into one.  Texts of the pathway are copied
 * last, when it is known which of them stay.
 */
#include "plan/plan.h"

#include <stdlib.h>

enum { NATIONAL = 32 }; /* places of national topics: a bit each in an event's `topics` */

#define NO_ROW SIZE_MAX

/* A local topic that some assessment or the policy names. */
typedef struct local_topic {
    const char *code, *title;
    size_t place; /* among the policy's; NO_ROW: not one of them */
    size_t row;
} local_topic;

typedef struct deriving {
    pfh_view *view; /* without private events where it is open */
    pfh_need_rows *rows;
    const char *national_codes[NATIONAL]; /* NULL: of no row */
    size_t national_rows[NATIONAL];
    local_topic *locals; /* by their code */
    size_t local_count;
    const pfh_assessed **said; /* by row: what the assessment in hand says of it, or NULL */
    pfh_topic_change *changes; /* room for one of each row */
    int32_t distress;          /* the last score */
} deriving;

/* ---- What is left out --------------------------------------------------------------------- */

static bool is_set(int32_t flag)
{
    return flag == 1;
}

static bool has_topic(const deriving *d, const pfh_assessed *topic)
{
    return !d->view->open || !is_set(topic->is_private);
}

static const pfh_assessed *topic_at(const pfh_assessment *assessment, size_t index)
{
    return &((const pfh_assessed *)assessment->topics.items)[index];
}

/* ---- Which topics there are --------------------------------------------------------------- */

static int compare_locals(const void *a, const void *b)
{
    const local_topic *x = a, *y = b;
    int order = strcmp(x->code, y->code);

    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

/* Sorts the local topics and keeps one of each code: the policy's, which comes first. */
static void sort_locals(deriving *d)
{
    size_t kept = 0;

    if (d->local_count > 1)
        qsort(d->locals, d->local_count, sizeof *d->locals, compare_locals);
    for (size_t i = 0; i < d->local_count; i++)
        if (kept == 0 || strcmp(d->locals[kept - 1].code, d->locals[i].code) != 0)
            d->locals[kept++] = d->locals[i];
    d->local_count = kept;
}

static void find_policy_topics(deriving *d)
{
    const pfh_list *topics = &d->view->policy->extra_topics;

    for (size_t i = 0; i < topics->count; i++) {
        const pfh_local_topic *topic = &((const pfh_local_topic *)topics->items)[i];

        d->locals[d->local_count++] =
            (local_topic){.code = topic->code, .title = topic->title, .place = i};
    }
}

static size_t assessed_count(const pfh_performance *performed)
{
    const pfh_assessment *assessment = performed->event->assessment;

    return assessment == NULL ? 0 : assessment->topics.count;
}

static void find_assessed_topics(deriving *d, const pfh_performance *performed)
{
    for (size_t i = 0; i < assessed_count(performed); i++) {
        const pfh_assessed *topic = topic_at(performed->event->assessment, i);
        int32_t place = pfh__topic_find(topic->topic, strlen(topic->topic));

        if (place >= 0)
            d->national_codes[place] = topic->topic;
        else
            d->locals[d->local_count++] = (local_topic){.code = topic->topic, .place = NO_ROW};
    }
}

static void find_topics(deriving *d)
{
    const pfh_view *view = d->view;
    size_t most = view->policy->extra_topics.count;

    for (size_t i = 0; i < view->performed_count; i++)
        most += assessed_count(&view->performed[i]);
    d->locals = pfh__view_alloc(d->view, most, sizeof *d->locals);
    if (d->locals == NULL)
        return;
    find_policy_topics(d);
    for (size_t i = 0; i < view->performed_count; i++)
        find_assessed_topics(d, &view->performed[i]);
    sort_locals(d);
}

/* ---- The rows of topics ------------------------------------------------------------------- */

/* A topic of which nothing was said. */
static pfh_need_row silent_row(const char *code, const char *title, int32_t in_edition)
{
    return (pfh_need_row){
        .need = {.topic = code,
                 .title = title,
                 .in_edition = in_edition,
                 .need = PFH_NEED_NOT_DISCUSSED,
                 .since = PFH_NONE,
                 .discussed = PFH_NONE,
                 .responsible_since = PFH_NONE,
                 .followed_up = PFH_NONE},
    };
}

static size_t add_row(deriving *d, const char *code, const char *title)
{
    size_t at = d->rows->topic_count++;

    d->rows->topics[at] = silent_row(pfh__view_keep(d->view, code), pfh__view_keep(d->view, title),
                                     pfh_edition_has_topic(d->view->edition, code));
    return at;
}

static void add_edition_rows(deriving *d)
{
    for (size_t i = 0; i < (size_t)d->view->edition->topic_count; i++) {
        const char *code = pfh_edition_topic(d->view->edition, i)->code;
        int32_t place = pfh__topic_find(code, strlen(code));

        d->national_rows[place] = add_row(d, code, NULL);
    }
}

/* The policy's own topics keep its order. */
static void add_policy_rows(deriving *d)
{
    size_t first = d->rows->topic_count;

    for (size_t i = 0; i < d->view->policy->extra_topics.count; i++) {
        const pfh_local_topic *topics = d->view->policy->extra_topics.items;

        add_row(d, topics[i].code, topics[i].title);
    }
    for (size_t i = 0; i < d->local_count; i++)
        if (d->locals[i].place != NO_ROW)
            d->locals[i].row = first + d->locals[i].place;
}

static void add_other_rows(deriving *d)
{
    for (int32_t i = 0; i < NATIONAL; i++)
        if (d->national_codes[i] != NULL && !pfh__topic_in(d->view->edition, i))
            d->national_rows[i] = add_row(d, d->national_codes[i], NULL);
    for (size_t i = 0; i < d->local_count; i++)
        if (d->locals[i].place == NO_ROW)
            d->locals[i].row = add_row(d, d->locals[i].code, NULL);
}

static void add_rows(deriving *d)
{
    size_t most = (size_t)d->view->edition->topic_count + NATIONAL + d->local_count;

    d->rows->topics = pfh__view_alloc(d->view, most, sizeof *d->rows->topics);
    d->said = pfh__view_alloc(d->view, most, sizeof(const pfh_assessed *));
    d->changes = pfh__view_alloc(d->view, most, sizeof *d->changes);
    if (d->view->failed)
        return;
    memset(d->said, 0, most * sizeof(const pfh_assessed *));
    add_edition_rows(d);
    add_policy_rows(d);
    d->rows->listed = d->rows->topic_count;
    add_other_rows(d);
}

static int compare_code(const void *code, const void *local)
{
    return strcmp(code, ((const local_topic *)local)->code);
}

/* The row of a topic that has one. */
static size_t row_of(const deriving *d, const char *code)
{
    int32_t place = pfh__topic_find(code, strlen(code));
    const local_topic *local;

    if (place >= 0)
        return d->national_rows[place];
    local = bsearch(code, d->locals, d->local_count, sizeof *d->locals, compare_code);
    return local == NULL ? NO_ROW : local->row;
}

/* ---- What an assessment says -------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_responsible(const pfh_topic_need *row, const pfh_responsible *responsible)
{
    return (int32_t)row->responsible_level == responsible->level &&
           (int32_t)row->responsible_role == responsible->role &&
           same_text(row->responsible_unit, responsible->unit);
}

static void set_responsible(pfh_topic_need *row, const pfh_responsible *responsible, pfh_date date,
                            bool same_need)
{
    static const pfh_responsible nobody;

    if (responsible == NULL)
        row->responsible_since = PFH_NONE;
    else if (!same_need || row->responsible_since == PFH_NONE ||
             !same_responsible(row, responsible))
        row->responsible_since = date;
    responsible = responsible == NULL ? &nobody : responsible;
    row->responsible_level = (pfh_level)responsible->level;
    row->responsible_role = (pfh_role)responsible->role;
    row->responsible_unit = responsible->unit;
}

static void set_followed_up(pfh_topic_need *row, const pfh_event *followed_up)
{
    row->followed_up_event = followed_up == NULL ? NULL : followed_up->id;
    row->followed_up = followed_up == NULL ? PFH_NONE : followed_up->date;
    row->not_followed_up = row->need == PFH_NEED_FOLLOW_UP && followed_up == NULL;
}

/* The need becomes what an assessment that discussed it says. */
static void discuss(pfh_topic_need *row, const pfh_performance *performed, const pfh_assessed *said)
{
    const pfh_event *event = performed->event;
    bool same_need = (int32_t)row->need == said->need;

    if (!same_need)
        row->since = event->date;
    row->need = (pfh_need)said->need;
    row->discussed = event->date;
    row->event = event->id;
    row->note = said->note;
    set_responsible(row, said->responsible, event->date, same_need);
    row->no_responsible = row->need == PFH_NEED_FOLLOW_UP && said->responsible == NULL;
    row->is_private = is_set(event->is_private) || is_set(said->is_private);
    set_followed_up(row, performed->followed_up);
}

/* What an assessment says of a topic that it names, or does not; 0: nothing new.  `expected`: that
 * it is silent says that it was not discussed. */
static pfh_need_change change_of(pfh_need before, const pfh_assessed *said, bool expected)
{
    bool was_needed = before == PFH_NEED_FOLLOW_UP;

    if (said == NULL)
        return expected ? PFH_CHANGE_NOT_DISCUSSED : (pfh_need_change)0;
    if (said->need == PFH_NEED_NOT_DISCUSSED)
        return PFH_CHANGE_NOT_DISCUSSED;
    if (said->need == PFH_NEED_FOLLOW_UP)
        return was_needed ? PFH_CHANGE_GOES_ON : PFH_CHANGE_NEW;
    if (!was_needed)
        return (pfh_need_change)0;
    return said->need == PFH_NEED_DECLINED ? PFH_CHANGE_DECLINED : PFH_CHANGE_RESOLVED;
}

/* Notes what is said of each topic; returns how many topics are private and were not to be read. */
static int32_t hear(deriving *d, const pfh_assessment *assessment)
{
    int32_t left_out = 0;

    for (size_t i = 0; i < assessment->topics.count; i++) {
        const pfh_assessed *topic = topic_at(assessment, i);

        if (has_topic(d, topic))
            d->said[row_of(d, topic->topic)] = topic;
        else
            left_out++;
    }
    return left_out;
}

/* Compares an assessment with those before it, row by row, and brings the rows up to date. */
static size_t compare(deriving *d, const pfh_performance *performed, bool is_whole)
{
    size_t count = 0;

    for (size_t i = 0; i < d->rows->topic_count; i++) {
        pfh_need_row *row = &d->rows->topics[i];
        const pfh_assessed *said = d->said[i];
        pfh_need_change change = change_of(row->need.need, said, is_whole && i < d->rows->listed);

        row->change = change;
        if (change != 0)
            d->changes[count++] = (pfh_topic_change){row->need.topic, change};
        if (change == PFH_CHANGE_NOT_DISCUSSED)
            row->passed_over = true;
        else if (said != NULL)
            discuss(&row->need, performed, said);
        d->said[i] = NULL;
    }
    return count;
}

static void read_topics(deriving *d, pfh_needs_assessment *row, const pfh_performance *performed)
{
    pfh_topic_change *changes;

    row->withheld += hear(d, performed->event->assessment);
    row->change_count = compare(d, performed, row->withheld == 0);
    if (d->view->open)
        row->change_count = 0; /* nobody asks: see each row's own */
    changes = pfh__view_alloc(d->view, row->change_count, sizeof *changes);
    if (changes != NULL && row->change_count > 0)
        memcpy(changes, d->changes, row->change_count * sizeof *changes);
    row->changes = changes;
}

static void read_distress(deriving *d, pfh_needs_assessment *row, int32_t distress)
{
    if (distress == PFH_NONE)
        return;
    row->distress = distress;
    row->distress_high = distress >= d->view->policy->distress_threshold;
    if (d->distress != PFH_NONE)
        row->distress_change = distress - d->distress;
    d->distress = distress;
}

static void read_performance(deriving *d, const pfh_performance *performed)
{
    const pfh_event *event = performed->event, *followed_up = performed->followed_up;
    const pfh_instrument *instrument =
        event->assessment == NULL ? NULL : event->assessment->instrument;
    pfh_needs_assessment *row = &d->rows->assessments[d->rows->assessment_count++];

    *row = (pfh_needs_assessment){
        .event = pfh__view_keep(d->view, event->id),
        .date = event->date,
        .point = performed->point,
        .level = performed->level,
        .instrument_id = instrument == NULL ? NULL : pfh__view_keep(d->view, instrument->id),
        .instrument_version =
            instrument == NULL ? NULL : pfh__view_keep(d->view, instrument->version),
        .distress = PFH_NONE,
        .distress_change = PFH_NONE,
        .followed_up_event = followed_up == NULL ? NULL : pfh__view_keep(d->view, followed_up->id),
        .followed_up = followed_up == NULL ? PFH_NONE : followed_up->date,
        .withheld = event->withheld == PFH_NONE ? 0 : event->withheld,
        .has_assessment = event->assessment != NULL,
    };
    if (event->assessment == NULL)
        return;
    read_distress(d, row, event->assessment->distress);
    read_topics(d, row, performed);
}

/* ---- What stays --------------------------------------------------------------------------- */

static pfh_contact contact_of(pfh_view *view, const char *unit)
{
    const pfh_unit *units = view->policy->units.items;

    for (size_t i = 0; unit != NULL && i < view->policy->units.count; i++)
        if (strcmp(units[i].unit, unit) == 0)
            return (pfh_contact){pfh__view_keep(view, units[i].name),
                                 pfh__view_keep(view, units[i].phone)};
    return (pfh_contact){NULL, NULL};
}

static void keep_row(pfh_view *view, pfh_need_row *row)
{
    pfh_topic_need *need = &row->need;

    need->event = pfh__view_keep(view, need->event);
    need->note = pfh__view_keep(view, need->note);
    need->responsible_unit = pfh__view_keep(view, need->responsible_unit);
    need->followed_up_event = pfh__view_keep(view, need->followed_up_event);
    row->contact = contact_of(view, need->responsible_unit);
}

static void derive_rows(pfh_view *view, pfh_need_rows *rows)
{
    deriving d = {.view = view, .rows = rows, .distress = PFH_NONE};

    rows->assessments = pfh__view_alloc(view, view->performed_count, sizeof *rows->assessments);
    find_topics(&d);
    if (!view->failed)
        add_rows(&d);
    for (size_t i = 0; !view->failed && i < view->performed_count; i++)
        read_performance(&d, &view->performed[i]);
    for (size_t i = 0; !view->failed && i < rows->topic_count; i++)
        keep_row(view, &rows->topics[i]);
}

/* Of a topic whose last word is private, others are not told an older one either.  One of those
 * that everybody knows is as if nothing had been said of it: a gap would show which it is.  The
 * open rows are some of all rows, in the same order. */
static void drop_private(pfh_needs *needs)
{
    pfh_need_rows *open = &needs->open;
    const pfh_need_row *all = needs->all.topics;
    size_t kept = 0;

    for (size_t i = 0; i < open->topic_count; i++) {
        const pfh_topic_need *need = &open->topics[i].need;

        while (strcmp(all->need.topic, need->topic) != 0)
            all++;
        if (!all->need.is_private)
            open->topics[kept++] = open->topics[i];
        else if (i < open->listed)
            open->topics[kept++] = silent_row(need->topic, need->title, need->in_edition);
    }
    open->topic_count = kept;
}

static bool is_partial(const pfh_view *view)
{
    for (size_t i = 0; i < view->event_count; i++)
        if (view->events[i]->type == PFH_EVENT_WITHHELD || is_set(view->events[i]->is_private))
            return true;
    return false;
}

static void read_all(pfh_view *view, void *made)
{
    pfh_needs *needs = pfh__view_alloc(view, 1, sizeof *needs);

    if (needs == NULL)
        return;
    *needs = (pfh_needs){.plan = view->plan,
                         .is_partial = is_partial(view),
                         .distress_threshold = view->policy->distress_threshold};
    derive_rows(view, &needs->all);
    *(pfh_needs **)made = needs;
}

static void read_open(pfh_view *view, void *made)
{
    pfh_needs *needs = made;

    derive_rows(view, &needs->open);
    if (!view->failed)
        drop_private(needs);
    for (int32_t i = 1; i <= view->edition->point_count; i++)
        needs->contacts[i] = contact_of(view, view->plan->points[i].unit);
}

pfh_status pfh_needs_derive(pfh_needs **out, const pfh_pathway *pathway, const pfh_policy *policy,
                            pfh_date as_of, const char *known_at, const char *edition,
                            pfh_error *err)
{
    pfh_plan *plan = NULL;
    pfh_needs *needs = NULL;
    const pfh_reading all = {.read = read_all, .made = &needs};
    pfh_reading open = {.read = read_open, .open = true};
    pfh_status status;

    if (out == NULL)
        return pfh__null(err, "out");
    status = pfh__plan_derive_with(&plan, pathway, policy, as_of, known_at, edition, &all, err);
    if (status != PFH_OK)
        return status;
    open.made = needs;
    status = pfh__plan_derive_with(&needs->open_plan, pathway, policy, as_of, known_at, edition,
                                   &open, err);
    if (status == PFH_OK)
        *out = needs;
    else
        pfh_plan_free(plan);
    return status;
}

void pfh_needs_free(pfh_needs *needs)
{
    pfh_plan *plan = needs == NULL ? NULL : needs->plan; /* the needs lie in its arena */

    if (needs != NULL)
        pfh_plan_free(needs->open_plan);
    pfh_plan_free(plan);
}

/* ---- Reading ------------------------------------------------------------------------------ */

const pfh_plan *pfh_needs_plan(const pfh_needs *needs)
{
    return needs == NULL ? NULL : needs->plan;
}

size_t pfh_needs_topic_count(const pfh_needs *needs)
{
    return needs == NULL ? 0 : needs->all.topic_count;
}

const pfh_topic_need *pfh_needs_topic(const pfh_needs *needs, size_t index)
{
    return index >= pfh_needs_topic_count(needs) ? NULL : &needs->all.topics[index].need;
}

const pfh_topic_need *pfh_needs_find(const pfh_needs *needs, const char *topic)
{
    for (size_t i = 0; topic != NULL && i < pfh_needs_topic_count(needs); i++)
        if (strcmp(needs->all.topics[i].need.topic, topic) == 0)
            return &needs->all.topics[i].need;
    return NULL;
}

size_t pfh_needs_assessment_count(const pfh_needs *needs)
{
    return needs == NULL ? 0 : needs->all.assessment_count;
}

const pfh_needs_assessment *pfh_needs_assessment_at(const pfh_needs *needs, size_t index)
{
    return index >= pfh_needs_assessment_count(needs) ? NULL : &needs->all.assessments[index];
}
