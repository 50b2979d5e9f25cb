/*
 * format/ical_feed.c -- a calendar from plans, and from what it was before.
 *
 * The previous text is cut into parts that are kept as they stand: the calendar's own properties,
 * and one part for each component.  A plan's entry is looked up by its UID; where a reader would
 * see no difference the old bytes stay.  What no plan has any more is cancelled when the calendar
 * is written.  Time and memory grow with the number of entries.
 */
#include "format/ical_part.h"
#include "format/ical_time.h"

#include <pfh/text.h>
#include <stdlib.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

/* An entry, something of others, or the mark of a pathway whose plan was added. */
typedef struct feed_item {
    pfh_span old;       /* where it stood in the previous text; at NULL: it did not */
    pfh_span key;       /* its UID, or the pathway's id; at NULL: it is of others */
    size_t text, size;  /* its new text in the feed's; size 0: the old one stays */
    size_t round;       /* of the plan that has it; 0: none */
    size_t next;        /* of the same hash, plus 1 */
    uint32_t performed; /* of a pathway: a bit for each point that was carried out */
} feed_item;

struct pfh_feed {
    pfh_ical_options *options;
    pfh_ical_method method;
    char *previous;      /* a copy, with a NUL; NULL: there is none */
    pfh_span head, tail; /* up to the first component, and from the end of the calendar on */
    bool is_others;      /* somebody else's calendar: its own properties stay */
    bool has_timezone, needs_timezone;
    pfh_arena arena;      /* keys */
    pfh_text_buffer text; /* of what is new or changed */
    feed_item *items;     /* in the order in which they are written */
    size_t count, room;
    size_t *buckets; /* the first item of each hash, plus 1; as many as there is room for items */
    size_t rounds;   /* plans that were added */
    size_t entries;  /* that the plans have */
    pfh_date day;    /* the latest of the plans; PFH_NONE: there was none */
    pfh_language language; /* of the first plan; 0: there was none */
};

/* ---- Items by their key ------------------------------------------------------------------- */

/* FNV-1a: spreads ids well and needs no table. */
static uint64_t hash(pfh_span key)
{
    uint64_t value = 14695981039346656037u;

    for (size_t i = 0; i < key.size; i++)
        value = (value ^ (unsigned char)key.at[i]) * 1099511628211u;
    return value;
}

static size_t *bucket_of(const pfh_feed *feed, pfh_span key)
{
    return &feed->buckets[hash(key) % feed->room];
}

static feed_item *find(const pfh_feed *feed, pfh_span key)
{
    size_t at = feed->room == 0 ? 0 : *bucket_of(feed, key);

    for (; at != 0; at = feed->items[at - 1].next)
        if (pfh__span_equal(feed->items[at - 1].key, key))
            return &feed->items[at - 1];
    return NULL;
}

/* Whether so many keys have the hash of this one that somebody chose them for it: there is about
 * one bucket for each key. */
static bool is_crowded(const pfh_feed *feed, pfh_span key)
{
    enum { NEVER_BY_CHANCE = 64 };
    size_t count = 0;

    for (size_t at = feed->room == 0 ? 0 : *bucket_of(feed, key); at != 0;
         at = feed->items[at - 1].next)
        count++;
    return count > NEVER_BY_CHANCE;
}

static void enter(pfh_feed *feed, size_t index)
{
    feed_item *item = &feed->items[index];
    size_t *bucket;

    if (item->key.at == NULL)
        return;
    bucket = bucket_of(feed, item->key);
    item->next = *bucket;
    *bucket = index + 1;
}

static void enter_all(pfh_feed *feed)
{
    if (feed->room > 0)
        memset(feed->buckets, 0, feed->room * sizeof *feed->buckets);
    for (size_t i = 0; i < feed->count; i++)
        enter(feed, i);
}

static bool grow(pfh_feed *feed)
{
    enum { FIRST_ROOM = 64 };
    size_t room = feed->room == 0 ? FIRST_ROOM : feed->room * 2;
    size_t *buckets = malloc(room * sizeof *buckets);
    feed_item *items = buckets == NULL ? NULL : realloc(feed->items, room * sizeof *items);

    if (items == NULL) {
        free(buckets);
        return false;
    }
    free(feed->buckets);
    feed->items = items;
    feed->room = room;
    feed->buckets = buckets;
    enter_all(feed);
    return true;
}

/* A new item at the end; NULL: out of memory. */
static feed_item *push(pfh_feed *feed, pfh_span key)
{
    if (feed->count == feed->room && !grow(feed))
        return NULL;
    feed->items[feed->count] = (feed_item){.key = key};
    enter(feed, feed->count);
    return &feed->items[feed->count++];
}

/* Takes the last item away, which is the first of its bucket. */
static void pop(pfh_feed *feed)
{
    const feed_item *item = &feed->items[--feed->count];

    if (item->key.at != NULL)
        *bucket_of(feed, item->key) = item->next;
}

/* The same with a copy of the key. */
static feed_item *push_text(pfh_feed *feed, const char *key, size_t size)
{
    pfh_span copy = {pfh__arena_text(&feed->arena, key, size), size};

    return copy.at == NULL ? NULL : push(feed, copy);
}

/* ---- Cutting the previous calendar -------------------------------------------------------- */

typedef struct feed_cut {
    pfh_feed *feed;
    size_t depth;
    const char *start; /* of the component at depth 2 */
    pfh_span uid;      /* in the feed's arena; at NULL: not of this library */
    bool is_entry, is_timezone, is_oslo, is_recurrence, has_head, done;
    pfh_error *err;
} feed_cut;

static pfh_status refuse(const feed_cut *cut, const char *at, const char *sentence)
{
    pfh__fail(cut->err, PFH_E_SYNTAX, "previous", "%s", sentence);
    if (cut->err != NULL)
        cut->err->offset = (int32_t)(at - cut->feed->previous);
    return PFH_E_SYNTAX;
}

static void end_head(feed_cut *cut, const char *at)
{
    if (!cut->has_head)
        cut->feed->head = (pfh_span){cut->feed->previous, (size_t)(at - cut->feed->previous)};
    cut->has_head = true;
}

static pfh_status keep_part(feed_cut *cut, const char *start, const char *end, pfh_span key)
{
    feed_item *item = push(cut->feed, key);

    if (item == NULL)
        return pfh__no_memory(cut->err);
    item->old = (pfh_span){start, (size_t)(end - start)};
    return PFH_OK;
}

static pfh_status cut_begin(feed_cut *cut, const pfh_content_line *line)
{
    if (cut->depth == 0 && !pfh__span_is(line->value, "VCALENDAR"))
        return refuse(cut, line->raw.at, "the text must begin with BEGIN:VCALENDAR");
    if (++cut->depth > PFH_ICAL_MAX_DEPTH)
        return refuse(cut, line->raw.at, "components are nested deeper than 32");
    if (cut->depth != 2)
        return PFH_OK;
    end_head(cut, line->raw.at);
    cut->start = line->raw.at;
    cut->uid = (pfh_span){NULL, 0};
    cut->is_timezone = pfh__span_is(line->value, "VTIMEZONE");
    cut->is_entry = pfh__span_is(line->value, "VEVENT") || pfh__span_is(line->value, "VTODO");
    cut->is_oslo = cut->is_recurrence = false;
    return PFH_OK;
}

/* What stands twice, and what is one of several dates, is left to others. */
static bool is_ours(const feed_cut *cut)
{
    return cut->uid.at != NULL && !cut->is_recurrence && !is_crowded(cut->feed, cut->uid) &&
           find(cut->feed, cut->uid) == NULL;
}

static pfh_status cut_end(feed_cut *cut, const pfh_content_line *line)
{
    if (cut->depth == 2) {
        cut->depth--;
        cut->feed->has_timezone |= cut->is_timezone && cut->is_oslo;
        return keep_part(cut, cut->start, line->raw.at + line->raw.size,
                         is_ours(cut) ? cut->uid : (pfh_span){NULL, 0});
    }
    if (--cut->depth > 0)
        return PFH_OK;
    if (!pfh__span_is(line->value, "VCALENDAR")) /* cut off in its last line, it may be */
        return refuse(cut, line->raw.at, "the calendar must end with END:VCALENDAR");
    end_head(cut, line->raw.at);
    cut->feed->tail = (pfh_span){line->raw.at, strlen(line->raw.at)};
    cut->done = true; /* whatever follows stays as it is */
    return PFH_OK;
}

static pfh_status cut_property(feed_cut *cut, const pfh_content_line *line)
{
    pfh_span pathway, task;

    if (cut->depth == 1 && cut->has_head) /* a property of the calendar behind a component */
        return keep_part(cut, line->raw.at, line->raw.at + line->raw.size, (pfh_span){NULL, 0});
    if (cut->depth == 1 && pfh__span_is(line->name, "PRODID"))
        cut->feed->is_others = !pfh__span_is(line->value, PFH_PRODID);
    if (cut->depth != 2)
        return PFH_OK;
    cut->is_oslo |= pfh__span_is(line->name, "TZID") && pfh__span_is(line->value, PFH_OSLO);
    cut->is_recurrence |= pfh__span_is(line->name, "RECURRENCE-ID");
    if (!cut->is_entry || !pfh__span_is(line->name, "UID") ||
        !pfh__ical_uid_read(&pathway, &task, line->value, cut->feed->options))
        return PFH_OK;
    cut->uid = (pfh_span){pfh__arena_text(&cut->feed->arena, line->value.at, line->value.size),
                          line->value.size};
    return cut->uid.at == NULL ? pfh__no_memory(cut->err) : PFH_OK;
}

static pfh_status cut_line(feed_cut *cut, const pfh_content_line *line)
{
    if (pfh__span_is(line->name, "BEGIN"))
        return cut_begin(cut, line);
    if (cut->depth == 0)
        return line->text.size == 0
                   ? PFH_OK
                   : refuse(cut, line->raw.at, "the text must begin with BEGIN:VCALENDAR");
    return pfh__span_is(line->name, "END") ? cut_end(cut, line) : cut_property(cut, line);
}

static pfh_status cut_previous(pfh_feed *feed, size_t size, pfh_error *err)
{
    static const char mark[] = "\xef\xbb\xbf"; /* some programs begin a text with it */
    const size_t skip = strncmp(feed->previous, mark, 3) == 0 ? 3 : 0;
    feed_cut cut = {.feed = feed, .err = err};
    pfh_status status = PFH_OK;
    pfh_content_line line;
    pfh_scanner scanner;

    pfh__scan_begin(&scanner, feed->previous + skip, size - skip);
    while (status == PFH_OK && !cut.done && pfh__scan_next(&scanner, &line))
        status = cut_line(&cut, &line);
    if (status == PFH_OK && scanner.failed)
        status = pfh__no_memory(err);
    if (status == PFH_OK && !cut.done)
        status =
            refuse(&cut, feed->previous + size,
                   "a component does not end: its END is missing (pfh_ical_lint() says which)");
    pfh__scan_end(&scanner);
    return status;
}

/* ---- Beginning and ending ----------------------------------------------------------------- */

static pfh_status take_previous(pfh_feed *feed, const char *previous, size_t size, pfh_error *err)
{
    pfh_status status;

    if (size > PFH_ICAL_MAX_SIZE)
        return pfh__ical_check_text(previous, size, PFH_ICAL_MAX_SIZE, "previous", err);
    feed->previous = malloc(size + 1);
    if (feed->previous == NULL)
        return pfh__no_memory(err);
    memcpy(feed->previous, previous, size);
    feed->previous[size] = '\0';
    status = pfh__ical_check_text(feed->previous, size, PFH_ICAL_MAX_SIZE, "previous", err);
    return status == PFH_OK ? cut_previous(feed, size, err) : status;
}

pfh_status pfh_feed_new(pfh_feed **out, const char *previous, size_t size,
                        const pfh_ical_options *options, pfh_error *err)
{
    pfh_feed *feed;
    pfh_status status;

    if (out == NULL || (previous == NULL && size > 0))
        return pfh__null(err, out == NULL ? "out" : "previous");
    feed = calloc(1, sizeof *feed);
    if (feed == NULL)
        return pfh__no_memory(err);
    feed->day = PFH_NONE;
    status = pfh__ical_options_copy(&feed->options, options, err);
    if (status == PFH_OK && feed->options->organizer != NULL)
        status = pfh__ical_check_address(feed->options, feed->options->organizer, "organizer", err);
    if (status == PFH_OK && size > 0)
        status = take_previous(feed, previous, size, err);
    if (status == PFH_OK)
        *out = feed;
    else
        pfh_feed_free(feed);
    return status;
}

void pfh_feed_free(pfh_feed *feed)
{
    if (feed == NULL)
        return;
    pfh_ical_options_free(feed->options);
    pfh_string_free(feed->previous);
    pfh__arena_free(&feed->arena);
    pfh__text_free(&feed->text);
    free(feed->items);
    free(feed->buckets);
    free(feed);
}

size_t pfh_feed_count(const pfh_feed *feed)
{
    return feed == NULL ? 0 : feed->entries;
}

/* ---- Adding ------------------------------------------------------------------------------- */

/* When the calendar is written: as it was said, or the day's first second. */
static int64_t stamp_of(const pfh_feed *feed, pfh_date day)
{
    return feed->options->stamp.text != NULL ? feed->options->stamp.seconds
                                             : (int64_t)day * DAY_SECONDS;
}

/* Writes a version of an entry at the end of the feed's text. */
static pfh_status put(pfh_feed *feed, const pfh_entry *entry, const pfh_ical_version *version,
                      const pfh_text_buffer *kept, pfh_error *err)
{
    feed->needs_timezone |= entry->minute != PFH_NONE;
    return pfh__ical_put_entry(&feed->text, entry, feed->options, feed->method, version, kept, err);
}

static pfh_status add_new(pfh_feed *feed, const pfh_entry *entry, pfh_error *err)
{
    const int64_t stamp = stamp_of(feed, entry->plan->as_of);
    const pfh_ical_version version = {stamp, stamp, 0};
    const size_t start = feed->text.size;
    pfh_status status = put(feed, entry, &version, NULL, err);
    feed_item *item;

    if (status != PFH_OK)
        return status;
    item = push_text(feed, entry->uid, strlen(entry->uid));
    if (item == NULL)
        return pfh__no_memory(err);
    item->text = start;
    item->size = feed->text.size - start;
    item->round = feed->rounds;
    return PFH_OK;
}

/* Writes the entry as a version after the old one, with what others have put into that. */
static pfh_status add_changed(pfh_feed *feed, feed_item *item, const pfh_entry *entry,
                              const pfh_part_old *old, pfh_error *err)
{
    const int64_t stamp = stamp_of(feed, entry->plan->as_of);
    const pfh_ical_version version = {stamp, stamp, old->version.sequence + 1};
    pfh_text_buffer kept = {0};
    pfh_status status = pfh__part_keep_foreign(&kept, item->old, entry->todo, err);

    if (status == PFH_OK)
        status = put(feed, entry, &version, &kept, err);
    item->size = feed->text.size - item->text;
    pfh__text_free(&kept);
    return status;
}

static pfh_status add_known(pfh_feed *feed, feed_item *item, const pfh_entry *entry, pfh_error *err)
{
    pfh_status status;
    pfh_span text;
    pfh_part_old old;
    bool same;

    item->round = feed->rounds;
    item->text = feed->text.size;
    status = pfh__part_read(&old, item->old, err);
    if (status == PFH_OK)
        status = put(feed, entry, &old.version, NULL, err);
    if (status != PFH_OK)
        return status;
    text = (pfh_span){feed->text.data + item->text, feed->text.size - item->text};
    same = pfh__span_equal(text, item->old);
    if (!same)
        status = pfh__part_same(&same, item->old, text, err);
    feed->text.size = item->text;
    return status == PFH_OK && !same ? add_changed(feed, item, entry, &old, err) : status;
}

static pfh_status add_entry(void *context, const pfh_entry *entry, pfh_error *err)
{
    pfh_feed *feed = context;
    feed_item *item = find(feed, (pfh_span){entry->uid, strlen(entry->uid)});

    feed->entries++;
    return item == NULL ? add_new(feed, entry, err) : add_known(feed, item, entry, err);
}

static pfh_status add_pathway(pfh_feed *feed, const pfh_plan *plan, pfh_error *err)
{
    feed_item *item = push_text(feed, plan->pathway, strlen(plan->pathway));

    if (item == NULL)
        return pfh__no_memory(err);
    item->round = feed->rounds;
    for (size_t i = 1; i <= plan->point_count; i++)
        if (plan->points[i].state == PFH_STATE_PERFORMED)
            item->performed |= 1u << i;
    return PFH_OK;
}

/* As it was before a plan that could not be added. */
static void take_back(pfh_feed *feed, size_t count, size_t size, size_t entries)
{
    while (feed->count > count)
        pop(feed);
    feed->text.size = size;
    feed->text.failed = false;
    feed->entries = entries;
    for (size_t i = 0; i < count; i++)
        if (feed->items[i].round == feed->rounds)
            feed->items[i].round = feed->items[i].size = 0;
    feed->rounds--;
}

pfh_status pfh_feed_add(pfh_feed *feed, const pfh_plan *plan, pfh_error *err)
{
    size_t count, size, entries;
    pfh_status status;

    if (feed == NULL || plan == NULL)
        return pfh__null(err, feed == NULL ? "feed" : "plan");
    if (find(feed, (pfh_span){plan->pathway, strlen(plan->pathway)}) != NULL)
        return pfh__fail(err, PFH_E_DUPLICATE, "plan", "a plan of this pathway is in the feed");
    count = feed->count;
    size = feed->text.size;
    entries = feed->entries;
    feed->rounds++;
    status = pfh__ical_ask_for_room(err);
    if (status == PFH_OK)
        status = add_pathway(feed, plan, err);
    if (status == PFH_OK)
        status = pfh__ical_entries(plan, feed->options, add_entry, feed, err);
    if (status != PFH_OK) {
        take_back(feed, count, size, entries);
        return status;
    }
    if (feed->day == PFH_NONE || plan->as_of > feed->day)
        feed->day = plan->as_of;
    if (feed->language == 0)
        feed->language = pfh__ical_language(plan, feed->options);
    return PFH_OK;
}

/* What is said of no plan: as to the first one. */
static pfh_language language_of(const pfh_feed *feed)
{
    return feed->language != 0 ? feed->language : pfh__ical_language(NULL, feed->options);
}

/* ---- What is over ------------------------------------------------------------------------- */

/* An appointment of a pathway whose point was carried out. */
static bool was_held(const pfh_feed *feed, pfh_span uid)
{
    const feed_item *item;
    pfh_span pathway, task;
    int32_t point;

    if (!pfh__ical_uid_read(&pathway, &task, uid, feed->options))
        return false;
    point = pfh__ical_point_of_appointment(task);
    item = find(feed, pathway);
    return item != NULL && point > 0 && (item->performed & 1u << point) != 0;
}

/* What it was.  An older version may have told more of the patient than is told now: but where
 * names are told, the title is made of the UID. */
static pfh_status put_over_title(pfh_text_buffer *out, const pfh_feed *feed, const feed_item *item,
                                 pfh_span old, pfh_error *err)
{
    const char *prefix =
        pfh_text(language_of(feed), was_held(feed, item->key) ? "state.performed" : "ical.gone");
    pfh_text_buffer title = {0};
    pfh_status status = PFH_OK;

    if (feed->options->tell != PFH_TELL_NAME)
        pfh__ical_title(&title, item->key, language_of(feed), feed->options);
    if (title.failed)
        status = pfh__no_memory(err);
    else
        status = pfh__ical_put_summary(
            out, prefix, title.size > 0 ? (pfh_span){title.data, title.size} : old, err);
    pfh__text_free(&title);
    return status;
}

static pfh_status put_over_line(pfh_text_buffer *out, const pfh_feed *feed, const feed_item *item,
                                const pfh_content_line *line, pfh_error *err)
{
    /* The first comes with the new version, the others say what no longer holds. */
    static const char *const dropped[] = {"STATUS", "DESCRIPTION", "CATEGORIES", "COLOR",
                                          "PRIORITY"};

    if (pfh__span_is(line->name, PFH_X_APPOINTMENT)) {
        pfh__text_puts(out,
                       PFH_X_APPOINTMENT ":-\r\n"); /* that it is off was not a reader's doing */
        return PFH_OK;
    }
    for (size_t i = 0; i < PFH_COUNT(dropped); i++)
        if (pfh__span_is(line->name, dropped[i]))
            return PFH_OK;
    if (pfh__span_is(line->name, "SUMMARY"))
        return put_over_title(out, feed, item, line->value, err);
    pfh__text_add(out, line->raw.at, line->raw.size);
    return PFH_OK;
}

/* The old version without its alarms, cancelled. */
static pfh_status put_cancelled(pfh_text_buffer *out, const pfh_feed *feed, const feed_item *item,
                                const pfh_ical_version *version, pfh_error *err)
{
    pfh_status status = PFH_OK;
    pfh_content_line line;
    pfh_line_class class;
    pfh_part_walk w;

    pfh__part_begin(&w, item->old);
    while (status == PFH_OK && pfh__part_next(&w, &line, &class)) {
        if (class == PFH_LINE_FRAME && pfh__span_is(line.name, "END"))
            status = pfh__ical_put_version(out, version, err);
        if (status == PFH_OK && class == PFH_LINE_FOREIGN && !(w.is_inside && w.is_alarm))
            pfh__text_add(out, line.raw.at, line.raw.size);
        else if (status == PFH_OK && !w.is_inside && class != PFH_LINE_STAMP &&
                 class != PFH_LINE_FOREIGN)
            status = put_over_line(out, feed, item, &line, err);
    }
    return status == PFH_OK ? pfh__part_end(&w, err) : (pfh__scan_end(&w.scanner), status);
}

/* An old entry that no plan has: cancelled now, kept for some days, left out. */
static pfh_status put_over(pfh_text_buffer *out, const pfh_feed *feed, const feed_item *item,
                           pfh_error *err)
{
    const int64_t keep = (int64_t)feed->options->keep_days * DAY_SECONDS;
    pfh_ical_version next;
    pfh_status status;
    int64_t stamp, since;
    pfh_part_old old;

    if (feed->options->stamp.text == NULL && feed->day == PFH_NONE)
        return pfh__fail(err, PFH_E_ARG, "stamp", "without a plan the option stamp is needed");
    status = pfh__part_read(&old, item->old, err);
    if (status != PFH_OK)
        return status;
    stamp = stamp_of(feed, feed->day);
    since = old.version.modified > old.version.stamp ? old.version.modified : old.version.stamp;
    since = old.completed > since ? old.completed : since;
    if (!old.is_over) {
        next = (pfh_ical_version){stamp, stamp, old.version.sequence + 1};
        if (keep == 0 && feed->method == PFH_METHOD_PUBLISH)
            return PFH_OK;
        return put_cancelled(out, feed, item, &next, err);
    }
    if (stamp - since < keep)
        pfh__text_add(out, item->old.at, item->old.size);
    return PFH_OK;
}

/* ---- Writing ------------------------------------------------------------------------------ */

/* Writes a line of the calendar's own, as it was or as it is now: by `lines`, where it has the
 * name. */
static pfh_status put_head_line(pfh_text_buffer *out, const pfh_content_line *old,
                                const pfh_text_buffer *lines, pfh_error *err)
{
    pfh_content_line line;
    pfh_scanner scanner;
    pfh_span raw = old->raw;
    bool failed;

    if (pfh__span_is(old->name, "METHOD")) /* there may be none any more */
        raw.size = 0;
    pfh__scan_begin(&scanner, lines->data, lines->size);
    while (pfh__scan_next(&scanner, &line))
        if (pfh__same_name(line.name, old->name) && pfh__same_parameters(&line, old))
            raw = pfh__same_line(&line, old) ? old->raw : line.raw;
    failed = scanner.failed;
    pfh__scan_end(&scanner);
    pfh__text_add(out, raw.at, raw.size);
    return failed ? pfh__no_memory(err) : PFH_OK;
}

static pfh_status has_head_line(bool *found, pfh_span head, pfh_span name, pfh_error *err)
{
    pfh_content_line line;
    pfh_scanner scanner;
    bool failed;

    *found = false;
    pfh__scan_begin(&scanner, head.at, head.size);
    while (!*found && pfh__scan_next(&scanner, &line))
        *found = pfh__same_name(line.name, name);
    failed = scanner.failed;
    pfh__scan_end(&scanner);
    return failed ? pfh__no_memory(err) : PFH_OK;
}

/* What every calendar must have. */
static bool is_required(const pfh_content_line *line)
{
    return pfh__span_is(line->name, "VERSION") || pfh__span_is(line->name, "PRODID");
}

/* Ends a pass over lines: with what became of it, or that memory ran out in its midst. */
static pfh_status end_pass(pfh_scanner *scanner, pfh_status status, pfh_error *err)
{
    const bool failed = scanner->failed;

    pfh__scan_end(scanner);
    return status == PFH_OK && failed ? pfh__no_memory(err) : status;
}

static pfh_status put_new_lines(pfh_text_buffer *out, const pfh_feed *feed,
                                const pfh_text_buffer *lines, pfh_error *err)
{
    pfh_status status = PFH_OK;
    pfh_content_line line;
    pfh_scanner scanner;
    bool found;

    pfh__scan_begin(&scanner, lines->data, lines->size);
    while (status == PFH_OK && pfh__scan_next(&scanner, &line)) {
        status = has_head_line(&found, feed->head, line.name, err);
        if (status == PFH_OK && !found && (!feed->is_others || is_required(&line)))
            pfh__text_add(out, line.raw.at, line.raw.size);
    }
    return end_pass(&scanner, status, err);
}

/* The old lines in their order, then those that are new. */
static pfh_status put_old_head(pfh_text_buffer *out, const pfh_feed *feed,
                               const pfh_text_buffer *lines, pfh_error *err)
{
    pfh_status status = PFH_OK;
    pfh_content_line line;
    pfh_scanner scanner;

    pfh__scan_begin(&scanner, feed->head.at, feed->head.size);
    while (status == PFH_OK && pfh__scan_next(&scanner, &line)) {
        if (feed->is_others)
            pfh__text_add(out, line.raw.at, line.raw.size);
        else
            status = put_head_line(out, &line, lines, err);
    }
    status = end_pass(&scanner, status, err);
    return status == PFH_OK ? put_new_lines(out, feed, lines, err) : status;
}

static pfh_status put_head(pfh_text_buffer *out, const pfh_feed *feed, pfh_error *err)
{
    pfh_text_buffer lines = {0};
    pfh_status status =
        pfh__ical_put_head(&lines, feed->options, language_of(feed), feed->method, err);

    if (status == PFH_OK && feed->head.size > 0) {
        status = put_old_head(out, feed, &lines, err);
    } else if (status == PFH_OK) {
        pfh__text_puts(out, "BEGIN:VCALENDAR\r\n");
        pfh__text_add(out, lines.data, lines.size);
    }
    pfh__text_free(&lines);
    return status;
}

static pfh_status put_item(pfh_text_buffer *out, const pfh_feed *feed, const feed_item *item,
                           pfh_error *err)
{
    if (item->size > 0)
        pfh__text_add(out, feed->text.data + item->text, item->size);
    else if (item->key.at == NULL || item->round > 0)
        pfh__text_add(out, item->old.at, item->old.size); /* of others, or unchanged */
    else
        return put_over(out, feed, item, err);
    return PFH_OK;
}

static pfh_status put_calendar(pfh_text_buffer *out, const pfh_feed *feed, pfh_error *err)
{
    pfh_status status = put_head(out, feed, err);

    /* Also where no hour is told: a calendar without any component is none (RFC 5545, 3.6). */
    if (status == PFH_OK && !feed->has_timezone && (feed->needs_timezone || !feed->is_others))
        status = pfh__ical_put_timezone(out, err);
    for (size_t i = 0; i < feed->count && status == PFH_OK; i++)
        status = put_item(out, feed, &feed->items[i], err);
    if (feed->tail.size > 0)
        pfh__text_add(out, feed->tail.at, feed->tail.size);
    else
        pfh__text_puts(out, "END:VCALENDAR\r\n");
    return status;
}

pfh_status pfh_feed_to_ical(char **out, const pfh_feed *feed, pfh_error *err)
{
    pfh_text_buffer text = {0};
    pfh_status status;

    if (out == NULL || feed == NULL)
        return pfh__null(err, out == NULL ? "out" : "feed");
    status = put_calendar(&text, feed, err);
    if (status == PFH_OK)
        return pfh__text_finish(out, &text, err);
    pfh__text_free(&text);
    return status;
}

/* ---- In one call -------------------------------------------------------------------------- */

/* "plans/17" */
static void say_which(pfh_error *err, size_t index)
{
    pfh_text_buffer where = {.max = sizeof err->where - 1};

    pfh__text_puts(&where, "plans/");
    pfh__text_number(&where, (int64_t)index);
    if (!where.failed)
        memcpy(err->where, where.data, where.size + 1);
    pfh__text_free(&where);
}

static pfh_status add_plans(pfh_feed *feed, const pfh_plan *const *plans, size_t count,
                            pfh_error *err)
{
    pfh_status status = PFH_OK;

    for (size_t i = 0; i < count && status == PFH_OK; i++) {
        status = plans[i] == NULL ? pfh__null(err, "plans") : pfh_feed_add(feed, plans[i], err);
        if ((status == PFH_E_DUPLICATE || plans[i] == NULL) && err != NULL)
            say_which(err, i);
    }
    return status;
}

pfh_status pfh_ical_update(char **out, const char *previous, size_t size,
                           const pfh_plan *const *plans, size_t count,
                           const pfh_ical_options *options, pfh_error *err)
{
    pfh_feed *feed = NULL;
    pfh_status status;

    if (out == NULL || (plans == NULL && count > 0))
        return pfh__null(err, out == NULL ? "out" : "plans");
    status = pfh_feed_new(&feed, previous, size, options, err);
    if (status == PFH_OK)
        status = add_plans(feed, plans, count, err);
    if (status == PFH_OK)
        status = pfh_feed_to_ical(out, feed, err);
    pfh_feed_free(feed);
    return status;
}

pfh_status pfh_plans_to_ical(char **out, const pfh_plan *const *plans, size_t count,
                             const pfh_ical_options *options, pfh_error *err)
{
    return pfh_ical_update(out, NULL, 0, plans, count, options, err);
}

pfh_status pfh_plan_to_ical(char **out, const pfh_plan *plan, const pfh_ical_options *options,
                            pfh_error *err)
{
    if (plan == NULL)
        return pfh__null(err, "plan");
    return pfh_plans_to_ical(out, &plan, 1, options, err);
}

/* ---- An invitation ------------------------------------------------------------------------ */

/* Whoever invites and is invited must have an address. */
static pfh_status check_addresses(const pfh_ical_options *options, const char *unit, pfh_error *err)
{
    const char *organizer = options->organizer != NULL ? options->organizer : unit;
    pfh_status status = pfh__ical_check_address(options, organizer, "organizer", err);

    if (status == PFH_OK && options->attendees == NULL)
        status = pfh__ical_check_address(options, unit, "attendee", err);
    for (const pfh_ical_guest *guest = options->attendees; guest != NULL && status == PFH_OK;
         guest = guest->next)
        status = pfh__ical_check_address(options, guest->unit, "attendee", err);
    return status;
}

/* Whether nothing that was sent still stands. */
static pfh_status is_over(bool *over, const feed_item *item, pfh_error *err)
{
    pfh_part_old old = {.is_over = true};
    pfh_status status = item == NULL ? PFH_OK : pfh__part_read(&old, item->old, err);

    *over = old.is_over;
    return status;
}

/* A message is of one appointment: of what was given as the one before, no more than that stays. */
static void keep_one(pfh_feed *feed, const char *uid)
{
    const pfh_span key = {uid, strlen(uid)};

    for (size_t i = 0; i < feed->count; i++)
        if (!pfh__span_equal(feed->items[i].key, key)) {
            feed->items[i].key = (pfh_span){NULL, 0};
            feed->items[i].old.size = 0;
        }
    enter_all(feed);
    feed->head = feed->tail = (pfh_span){NULL, 0};
    feed->has_timezone = false;
}

/* What is to be mailed: a request that is new or changed, or that it is off. */
static pfh_status invite(char **out, pfh_feed *feed, const pfh_plan *plan, const pfh_point *point,
                         pfh_error *err)
{
    char id[PFH_NAME_ROOM];
    pfh_task task;
    pfh_entry entry;
    char uid[PFH_UID_ROOM];
    const feed_item *item;
    bool is_unchanged;
    pfh_status status;

    pfh__ical_hold_uid(uid, plan, point->point, feed->options);
    keep_one(feed, uid);
    feed->day = plan->as_of;
    feed->rounds = 1;
    if (point->state == PFH_STATE_SCHEDULED &&
        pfh__ical_appointment(&entry, &task, id, plan, point, feed->options)) {
        feed->method = PFH_METHOD_REQUEST;
        status = check_addresses(feed->options, point->unit, err);
        if (status == PFH_OK)
            status = pfh__ical_ask_for_room(err);
        if (status == PFH_OK)
            status = add_entry(feed, &entry, err);
        item = find(feed, (pfh_span){uid, strlen(uid)});
        is_unchanged = item == NULL || item->size == 0;
    } else {
        feed->method = PFH_METHOD_CANCEL;
        status = is_over(&is_unchanged, find(feed, (pfh_span){uid, strlen(uid)}), err);
        is_unchanged |=
            point->state == PFH_STATE_PERFORMED || point->state == PFH_STATE_UNCONFIRMED;
    }
    if (status == PFH_OK && is_unchanged)
        *out = NULL;
    return status != PFH_OK || is_unchanged ? status : pfh_feed_to_ical(out, feed, err);
}

pfh_status pfh_plan_to_invitation(char **out, const pfh_plan *plan, int32_t point,
                                  const char *previous, size_t size,
                                  const pfh_ical_options *options, pfh_error *err)
{
    pfh_feed *feed = NULL;
    pfh_status status;

    if (out == NULL || plan == NULL)
        return pfh__null(err, out == NULL ? "out" : "plan");
    if (pfh_plan_point(plan, point) == NULL)
        return pfh__fail(err, PFH_E_ARG, "point", "the plan has no such point");
    status = pfh_feed_new(&feed, previous, size, options, err);
    if (status == PFH_OK)
        status = invite(out, feed, plan, pfh_plan_point(plan, point), err);
    pfh_feed_free(feed);
    return status;
}
