/*
 * format/ical_lint.c -- what is wrong with the bytes of a calendar.
 *
 * The text is judged as it stands, line by line with scan.h; libical has no say.  What the tables
 * below do not know (X- names, names of other standards, what stands inside such a component) is
 * judged as lines only.  A line that is no content line is told as that and not looked into.
 *
 * Cost: a pass over the bytes, a few over each line, and a sort of the names (UID, TZID).  No
 * recursion: what is nested deeper than MAX_DEPTH is counted, not looked into.  At most twice
 * MAX_DEFECTS defects are held at a time.
 *
 * Sources: RFC 5545, with what RFC 7986 (calendar properties, COLOR, IMAGE, CONFERENCE) and RFC
 * 9074 (alarms) add to it.  Where they say SHOULD (lines of 75 octets), so does a defect.
 */
#include "format/lint_value.h"

#include <pfh/ical.h>

#include <stdlib.h>

enum {
    MAX_SIZE = 64 * 1024 * 1024,
    MAX_DEFECTS = 10000,
    MAX_LINE = 75, /* octets, without the line end */
    MAX_DEPTH = 32,
    MAX_NAME = 40, /* of a name that is told but not known */
};

/* ---- Rules -------------------------------------------------------------------------------- */

#define PFH_PROPERTY(id, name, type, once, many)

typedef enum rule_id {
#define PFH_RULE(id, name, section, text) RULE_##id,
#include "format/ical_lint.def"
#undef PFH_RULE
} rule_id;

static const pfh_defect rules[] = {
#define PFH_RULE(id, name, section, text) {0, 0, name, section, text, NULL},
#include "format/ical_lint.def"
#undef PFH_RULE
};

#undef PFH_PROPERTY

size_t pfh_lint_rule_count(void)
{
    return PFH_COUNT(rules);
}

const pfh_defect *pfh_lint_rule(size_t index)
{
    return index < PFH_COUNT(rules) ? &rules[index] : NULL;
}

/* ---- Components and properties ------------------------------------------------------------ */

/* Components, each a bit. */
enum {
    TOP = 1 << 0, /* outside all of them */
    CALENDAR = 1 << 1,
    EVENT = 1 << 2,
    TODO = 1 << 3,
    JOURNAL = 1 << 4,
    FREEBUSY = 1 << 5,
    TIMEZONE = 1 << 6,
    OBSERVANCE = 1 << 7,
    ALARM = 1 << 8,
    OTHER = 1 << 9, /* and all that stands in it */
    ENTRIES = EVENT | TODO | JOURNAL,
};

static const struct {
    const char *name;
    int kind, parents;
} components[] = {
    {"VCALENDAR", CALENDAR, TOP},       {"VEVENT", EVENT, CALENDAR},
    {"VTODO", TODO, CALENDAR},          {"VJOURNAL", JOURNAL, CALENDAR},
    {"VFREEBUSY", FREEBUSY, CALENDAR},  {"VTIMEZONE", TIMEZONE, CALENDAR},
    {"STANDARD", OBSERVANCE, TIMEZONE}, {"DAYLIGHT", OBSERVANCE, TIMEZONE},
    {"VALARM", ALARM, EVENT | TODO},
};

typedef enum value_type {
    TYPE_ANY, /* or judged elsewhere */
    TYPE_TEXT,
    TYPE_TEXTS,
    TYPE_WORD,
    TYPE_INTEGER,
    TYPE_MOMENT, /* a date-time or a date */
    TYPE_MOMENTS,
    TYPE_UTC,
    TYPE_PERIODS,
    TYPE_DURATION, /* positive */
    TYPE_TRIGGER,
    TYPE_OFFSET,
    TYPE_VERSION,
} value_type;

#define PFH_RULE(id, name, section, text)

typedef enum property_id {
#define PFH_PROPERTY(id, name, type, once, many) PROPERTY_##id,
#include "format/ical_lint.def"
#undef PFH_PROPERTY
} property_id;

typedef struct property {
    const char *name;
    value_type type;
    int once, many;
} property;

static const property properties[] = {
#define PFH_PROPERTY(id, name, type, once, many) {name, TYPE_##type, once, many},
#include "format/ical_lint.def"
#undef PFH_PROPERTY
};

#undef PFH_RULE

_Static_assert(PFH_COUNT(properties) <= 64, "what was seen is a bit each");

#define BIT(id) (UINT64_C(1) << PROPERTY_##id)

/* What a component must have, but for what depends on other properties. */
static const struct {
    int kinds;
    property_id id;
    rule_id rule;
    bool tell_property; /* the rule does not say which it is */
} needs[] = {
    {CALENDAR, PROPERTY_PRODID, RULE_PRODID_MISSING, false},
    {CALENDAR, PROPERTY_VERSION, RULE_VERSION_MISSING, false},
    {ENTRIES | FREEBUSY, PROPERTY_UID, RULE_UID_MISSING, false},
    {ENTRIES | FREEBUSY, PROPERTY_DTSTAMP, RULE_DTSTAMP_MISSING, false},
    {TIMEZONE, PROPERTY_TZID, RULE_EMPTY, true},
    {OBSERVANCE, PROPERTY_DTSTART, RULE_EMPTY, true},
    {OBSERVANCE, PROPERTY_TZOFFSETFROM, RULE_EMPTY, true},
    {OBSERVANCE, PROPERTY_TZOFFSETTO, RULE_EMPTY, true},
    {ALARM, PROPERTY_ACTION, RULE_ALARM_ACTION, false},
    {ALARM, PROPERTY_TRIGGER, RULE_ALARM_TRIGGER, false},
};

/* What an alarm must have besides, by its ACTION; it has no such word: any other. */
static const struct {
    const char *action;
    property_id id;
    rule_id rule;
    bool tell_property;
} alarm_needs[] = {
    {"DISPLAY", PROPERTY_DESCRIPTION, RULE_ALARM_DESCRIPTION, false},
    {"EMAIL", PROPERTY_DESCRIPTION, RULE_ALARM_DESCRIPTION, false},
    {"EMAIL", PROPERTY_SUMMARY, RULE_ALARM_EMAIL, true},
    {"EMAIL", PROPERTY_ATTENDEE, RULE_ALARM_EMAIL, true},
};

#define ANY_TOKEN NULL

static const struct {
    property_id id;
    int kinds;
    const char *word;
} words[] = {
    {PROPERTY_ACTION, ALARM, ANY_TOKEN},     {PROPERTY_CALSCALE, CALENDAR, "GREGORIAN"},
    {PROPERTY_CLASS, ENTRIES, ANY_TOKEN},    {PROPERTY_METHOD, CALENDAR, ANY_TOKEN},
    {PROPERTY_STATUS, EVENT, "TENTATIVE"},   {PROPERTY_STATUS, EVENT, "CONFIRMED"},
    {PROPERTY_STATUS, ENTRIES, "CANCELLED"}, {PROPERTY_STATUS, TODO, "NEEDS-ACTION"},
    {PROPERTY_STATUS, TODO, "COMPLETED"},    {PROPERTY_STATUS, TODO, "IN-PROCESS"},
    {PROPERTY_STATUS, JOURNAL, "DRAFT"},     {PROPERTY_STATUS, JOURNAL, "FINAL"},
    {PROPERTY_TRANSP, EVENT, "OPAQUE"},      {PROPERTY_TRANSP, EVENT, "TRANSPARENT"},
};

static const struct {
    property_id id;
    int64_t min, max;
} ranges[] = {
    {PROPERTY_PERCENT_COMPLETE, 0, 100},
    {PROPERTY_PRIORITY, 0, 9},
    {PROPERTY_REPEAT, 0, INT32_MAX},
    {PROPERTY_SEQUENCE, 0, INT32_MAX},
};

/* RFC 7986: "no default". */
#define UNTYPED (BIT(CONFERENCE) | BIT(IMAGE) | BIT(REFRESH_INTERVAL) | BIT(SOURCE))

/* ---- What is kept ------------------------------------------------------------------------- */

typedef pfh_text_place place;

/* A component that is open. */
typedef struct frame {
    int kind;
    const char *name; /* of one that is known */
    pfh_span word;    /* as it stands there */
    place begin;
    int32_t calendar; /* which one it stands in, from 1 */
    uint64_t seen;    /* properties */
    int inside;       /* components */
    pfh_moment start, end;
    int32_t end_line, duration_line, repeat_line;
    place duration_time; /* of a DURATION in hours, minutes or seconds */
    place uid_at;
    pfh_span uid, action;
    place from_start, from_end; /* in it, the first alarm that is relative to either */
} frame;

/* Names that are compared when all is read. */
typedef enum name_use { ZONE_DEFINED, ZONE_USED, UID_USED } name_use;

typedef struct noted_name {
    int32_t calendar;
    name_use use;
    pfh_span text;
    place at;
    const char *subject;
} noted_name;

struct pfh_defects {
    pfh_arena arena; /* subjects, and names of folded lines */
    pfh_defect *rows;
    size_t count, room;
};

typedef struct lint {
    pfh_defects *out;
    bool cut;    /* what stands behind row MAX_DEFECTS - 1 is of no interest any more */
    bool failed; /* out of memory */
    const char *text, *end;
    bool bom;
    pfh_content_line line;
    const property *property; /* of the line; NULL: not known */
    const char *subject;
    bool subject_made;
    struct {
        const char *at;
        size_t offset;
        place place;
    } spot; /* where an offset of the unfolded line stands; goes forward */
    frame frames[MAX_DEPTH];
    size_t depth;
    size_t deeper; /* components that are open within the innermost frame and not looked into */
    int32_t calendars;
    noted_name *names;
    size_t name_count, name_room;
} lint;

/* ---- Defects ------------------------------------------------------------------------------ */

static int compare_places(place a, place b)
{
    if (a.line != b.line)
        return a.line < b.line ? -1 : 1;
    return (a.column > b.column) - (a.column < b.column);
}

static int compare_defects(const void *first, const void *second)
{
    const pfh_defect *a = first, *b = second;
    int order = compare_places((place){a->line, a->column}, (place){b->line, b->column});

    if (order == 0)
        order = strcmp(a->rule, b->rule);
    if (order == 0 && a->subject != NULL && b->subject != NULL)
        order = strcmp(a->subject, b->subject);
    return order;
}

/* Sorts the rows, and leaves those that stand first. */
static void settle(lint *l)
{
    pfh_defects *out = l->out;

    if (out->count > 1)
        qsort(out->rows, out->count, sizeof *out->rows, compare_defects);
    if (out->count > MAX_DEFECTS) {
        out->count = MAX_DEFECTS;
        l->cut = true;
    }
}

static bool make_room(lint *l)
{
    pfh_defects *out = l->out;
    size_t room = out->room == 0 ? 16 : out->room * 2;
    pfh_defect *rows;

    if (out->count == 2 * (size_t)MAX_DEFECTS)
        settle(l);
    if (out->count < out->room)
        return true;
    if (room > 2 * (size_t)MAX_DEFECTS)
        room = 2 * (size_t)MAX_DEFECTS;
    rows = realloc(out->rows, room * sizeof *rows);
    if (rows == NULL) {
        l->failed = true;
        return false;
    }
    out->rows = rows;
    out->room = room;
    return true;
}

/* Whether what stands there would be left out. */
static bool is_beyond(const lint *l, place at)
{
    const pfh_defect *last;

    if (!l->cut)
        return false;
    last = &l->out->rows[MAX_DEFECTS - 1];
    return compare_places(at, (place){last->line, last->column}) > 0;
}

static void add(lint *l, rule_id rule, place at, const char *subject)
{
    pfh_defect defect = rules[rule];

    defect.line = at.line;
    defect.column = at.column;
    defect.subject = subject;
    if (!is_beyond(l, at) && !l->failed && make_room(l))
        l->out->rows[l->out->count++] = defect;
}

/* ---- Characters --------------------------------------------------------------------------- */

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static char to_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

static bool is_name_byte(char byte)
{
    return is_letter(byte) || is_digit(byte) || byte == '-';
}

static bool is_token(pfh_span span)
{
    for (size_t i = 0; i < span.size; i++)
        if (!is_name_byte(span.at[i]))
            return false;
    return span.size > 0;
}

/* Whether a name may be told: it may be about nobody. */
static bool is_plain_name(pfh_span span)
{
    for (size_t i = 0; i < span.size; i++)
        if (!is_letter(span.at[i]) && span.at[i] != '-')
            return false;
    return span.size > 0 && span.size <= MAX_NAME;
}

/* ---- Places ------------------------------------------------------------------------------- */

static place line_start(const lint *l)
{
    return (place){l->line.number, l->bom && l->line.number == 1 ? 4 : 1};
}

/* Goes over folds where the spot stands at one: to behind the blank of the next line. */
static void skip_folds(lint *l)
{
    const char *end = l->line.raw.at + l->line.raw.size;

    while (l->spot.at < end && (*l->spot.at == '\r' || *l->spot.at == '\n')) {
        const char *next = l->spot.at + 1;

        if (*l->spot.at == '\r' && next < end && *next == '\n')
            next++;
        if (next == end)
            break;
        l->spot.at = next + 1;
        l->spot.place.line++;
        l->spot.place.column = 2;
    }
}

static void rewind_spot(lint *l)
{
    l->spot.at = l->line.raw.at;
    l->spot.offset = 0;
    l->spot.place = line_start(l);
    skip_folds(l);
}

/* Where a byte of the unfolded line stands, or the end of it.  Cheap when asked in ascending
 * order. */
static place place_of(lint *l, const char *at)
{
    size_t offset = (size_t)(at - l->line.text.at);

    if (offset < l->spot.offset)
        rewind_spot(l);
    while (l->spot.offset < offset) {
        l->spot.at++;
        l->spot.offset++;
        l->spot.place.column++;
        skip_folds(l);
    }
    return l->spot.place;
}

/* The name of the line's property or component, where there is one to be told. */
static const char *subject_of(lint *l)
{
    bool bounds = pfh__span_is(l->line.name, "BEGIN") || pfh__span_is(l->line.name, "END");
    pfh_span word = bounds ? l->line.value : l->line.name;
    char *copy;

    if (l->subject_made)
        return l->subject;
    l->subject_made = true;
    l->subject = NULL;
    if (l->property != NULL)
        return l->subject = l->property->name;
    if (l->line.value.at == NULL || !is_plain_name(word))
        return NULL;
    copy = pfh__arena_text(&l->out->arena, word.at, word.size);
    if (copy == NULL) {
        l->failed = true;
        return NULL;
    }
    for (size_t i = 0; copy[i] != '\0'; i++)
        copy[i] = to_upper(copy[i]);
    return l->subject = copy;
}

static void blame(lint *l, rule_id rule, place at)
{
    if (!is_beyond(l, at))
        add(l, rule, at, subject_of(l));
}

static void blame_byte(lint *l, rule_id rule, const char *at)
{
    blame(l, rule, place_of(l, at));
}

static void blame_line(lint *l, rule_id rule)
{
    blame(l, rule, line_start(l));
}

/* Text of a line that outlives it. */
static pfh_span keep(lint *l, pfh_span span)
{
    if (span.size == 0 || (span.at >= l->text && span.at < l->end))
        return span;
    span.at = pfh__arena_text(&l->out->arena, span.at, span.size);
    if (span.at == NULL) {
        l->failed = true;
        span.size = 0;
    }
    return span;
}

/* ---- Bytes -------------------------------------------------------------------------------- */

/* Table 3-7 of the Unicode Standard. */
static const struct {
    unsigned char first, last; /* of the lead byte */
    unsigned char low, high;   /* of the byte after it */
    int more;
} leads[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 1}, {0xE0, 0xE0, 0xA0, 0xBF, 2}, {0xE1, 0xEC, 0x80, 0xBF, 2},
    {0xED, 0xED, 0x80, 0x9F, 2}, {0xEE, 0xEF, 0x80, 0xBF, 2}, {0xF0, 0xF0, 0x90, 0xBF, 3},
    {0xF1, 0xF3, 0x80, 0xBF, 3}, {0xF4, 0xF4, 0x80, 0x8F, 3},
};

/* A character that is being read. */
typedef struct character {
    int more; /* bytes to come */
    unsigned char low, high;
    place start;
    bool folded; /* inside */
} character;

static void begin_character(lint *l, character *c, unsigned char byte, place at)
{
    if (byte < 0x80) {
        if (byte == 0x7F || (byte < 0x20 && byte != '\t'))
            blame(l, RULE_CONTROL, at);
        return;
    }
    for (size_t i = 0; i < PFH_COUNT(leads); i++)
        if (byte >= leads[i].first && byte <= leads[i].last) {
            *c = (character){leads[i].more, leads[i].low, leads[i].high, at, false};
            return;
        }
    blame(l, RULE_UTF8, at);
}

static void break_character(lint *l, character *c)
{
    if (c->more > 0)
        blame(l, RULE_UTF8, c->start);
    c->more = 0;
}

static void judge_byte(lint *l, character *c, unsigned char byte, place at)
{
    if (c->more > 0 && byte >= c->low && byte <= c->high) {
        c->low = 0x80;
        c->high = 0xBF;
        if (--c->more == 0 && c->folded)
            blame(l, RULE_FOLD, c->start);
        return;
    }
    break_character(l, c);
    begin_character(l, c, byte, at);
}

/* A line of the text up to its end, from `at`; `column` is that of the byte there. */
static const char *judge_row(lint *l, character *c, const char *at, const char *end, place *p)
{
    int32_t octets = p->column - 1;

    for (; at < end && *at != '\r' && *at != '\n'; at++) {
        if (octets++ == MAX_LINE)
            blame(l, RULE_LINE_LENGTH, *p);
        judge_byte(l, c, (unsigned char)*at, *p);
        p->column++;
    }
    return at;
}

/* The bytes of a content line, folded as it stands there. */
static void judge_bytes(lint *l)
{
    const char *at = l->line.raw.at, *end = at + l->line.raw.size;
    character c = {0};
    place p = line_start(l);

    while (at < end) {
        at = judge_row(l, &c, at, end, &p);
        if (end - at >= 2 && at[0] == '\r' && at[1] == '\n')
            at += 2;
        else {
            blame(l, RULE_LINE_END, p);
            at += at < end;
        }
        if (at < end) { /* a fold, and the blank that makes it one */
            c.folded = c.more > 0;
            at++;
            p = (place){p.line + 1, 2};
        }
    }
    break_character(l, &c);
}

/* ---- Content lines ------------------------------------------------------------------------ */

static const char *pass_name(const char *at, const char *end)
{
    while (at < end && is_name_byte(*at))
        at++;
    return at;
}

/* One value of a parameter; *bad is the first byte that cannot be there, or NULL. */
static const char *pass_value(const char *at, const char *end, const char **bad)
{
    const char *quote = at;

    if (at < end && *at == '"') {
        for (at++; at < end && *at != '"'; at++)
            ;
        if (at == end) {
            *bad = quote;
            return end;
        }
        return at + 1;
    }
    while (at < end && *at != '"' && *at != ';' && *at != ':' && *at != ',')
        at++;
    return at;
}

/* `name=value,value`, from behind the `;`. */
static const char *pass_parameter(const char *at, const char *end, const char **bad)
{
    const char *start = at;

    at = pass_name(at, end);
    if (at == start || at == end || *at != '=') {
        *bad = at;
        return at;
    }
    do
        at = pass_value(at + 1, end, bad);
    while (*bad == NULL && at < end && *at == ',');
    return at;
}

/* The first byte for which the line is no content line, or NULL. */
static const char *find_bad_byte(pfh_span text)
{
    const char *end = text.at + text.size, *at = pass_name(text.at, end), *bad = NULL;

    if (at == text.at)
        return at;
    while (bad == NULL && at < end && *at == ';')
        at = pass_parameter(at + 1, end, &bad);
    if (bad == NULL && (at == end || *at != ':'))
        bad = at;
    return bad;
}

/* ---- Values ------------------------------------------------------------------------------- */

static frame *innermost(lint *l)
{
    return l->depth > 0 ? &l->frames[l->depth - 1] : NULL;
}

static property_id id_of(const lint *l)
{
    return (property_id)(l->property - properties);
}

/* The parameter of a name, with its place; at NULL where it is not there. */
static pfh_span find_parameter(const lint *l, const char *name, const char **at)
{
    pfh_span left = l->line.parameters, found, value;

    while (pfh__scan_next_parameter(&left, &found, &value))
        if (pfh__span_is(found, name)) {
            *at = found.at;
            return pfh__scan_parameter(&l->line, name);
        }
    return (pfh_span){NULL, 0};
}

/* Whether the parameter VALUE says this type; without one, whether it is the default. */
static bool value_is(const lint *l, const char *type, bool by_default)
{
    pfh_span value = pfh__scan_parameter(&l->line, "VALUE");

    return value.at == NULL ? by_default : pfh__span_is(value, type);
}

static void judge_text(lint *l, bool is_list)
{
    const char *end = l->line.value.at + l->line.value.size;

    if (!value_is(l, "TEXT", true))
        return;
    for (const char *at = l->line.value.at; at < end; at++) {
        if (*at == '\\') {
            if (at + 1 == end || strchr("\\;,nN", at[1]) == NULL || at[1] == '\0')
                blame_byte(l, RULE_ESCAPE, at);
            else
                at++;
        } else if (*at == ';' || (*at == ',' && !is_list))
            blame_byte(l, RULE_ESCAPE, at);
    }
}

static void judge_word(lint *l, int kind)
{
    for (size_t i = 0; i < PFH_COUNT(words); i++)
        if (words[i].id == id_of(l) && (words[i].kinds & kind) != 0 &&
            (words[i].word == ANY_TOKEN ? is_token(l->line.value)
                                        : pfh__span_is(l->line.value, words[i].word)))
            return;
    blame_byte(l, RULE_VALUE, l->line.value.at);
}

static void judge_integer(lint *l)
{
    for (size_t i = 0; i < PFH_COUNT(ranges); i++)
        if (ranges[i].id == id_of(l) &&
            !pfh__is_integer_within(l->line.value, ranges[i].min, ranges[i].max))
            blame_byte(l, RULE_VALUE, l->line.value.at);
}

static void judge_offset(lint *l)
{
    if (!pfh__is_offset(l->line.value))
        blame_byte(l, RULE_VALUE, l->line.value.at);
}

static void judge_version(lint *l)
{
    if (!pfh__span_is(l->line.value, "2.0"))
        blame_byte(l, RULE_VERSION_OTHER, l->line.value.at);
}

/* ---- Values that are times ---------------------------------------------------------------- */

static void add_name(lint *l, name_use use, pfh_span text, place at, const char *subject);

/* The TZID of a property whose (first) value this is. */
static void judge_zone(lint *l, pfh_moment *m)
{
    const char *at = NULL;
    pfh_span zone = find_parameter(l, "TZID", &at);

    if (zone.at == NULL || m->form == NO_TIME)
        return;
    if (m->form != LOCAL) {
        blame_byte(l, RULE_TZID_UTC, at);
        return;
    }
    m->form = ZONED;
    m->zone = keep(l, zone);
    add_name(l, ZONE_USED, m->zone, place_of(l, at), l->property->name);
}

/* Reads a date or date-time where it must fit the parameter VALUE. */
static pfh_moment judge_moment(lint *l, pfh_span span)
{
    pfh_moment m = pfh__moment_read(span);

    m.at = place_of(l, span.at);
    if (m.form == NO_TIME)
        blame(l, RULE_DATE, m.at);
    else if ((m.form == A_DATE) != value_is(l, "DATE", false)) {
        blame(l, RULE_DATE_MIX, m.at);
        m.form = NO_TIME; /* told once is enough */
    }
    return m;
}

static pfh_moment judge_utc(lint *l, pfh_span span)
{
    pfh_moment m = pfh__moment_read(span);

    m.at = place_of(l, span.at);
    if (m.form == NO_TIME)
        blame(l, RULE_DATE, m.at);
    else if (m.form == A_DATE)
        blame(l, RULE_DATE_MIX, m.at);
    else if (m.form == LOCAL)
        blame(l, RULE_DATE_UTC, m.at);
    return m;
}

/* What stands before the next `stop`, and goes on behind it; false at the end. */
static bool next_part(pfh_span *left, char stop, pfh_span *part)
{
    const char *found;

    *part = *left;
    if (left->at == NULL)
        return false;
    found = left->size == 0 ? NULL : memchr(left->at, stop, left->size);
    if (found == NULL) {
        *left = (pfh_span){NULL, 0};
        return true;
    }
    part->size = (size_t)(found - left->at);
    *left = (pfh_span){found + 1, left->size - part->size - 1};
    return true;
}

/* `start/end` or `start/duration`. */
static pfh_moment judge_period(lint *l, pfh_span span, bool utc)
{
    pfh_span start, end = span;
    pfh_moment from, to;

    next_part(&end, '/', &start);
    from = utc ? judge_utc(l, start) : pfh__moment_read(start);
    if (from.form == A_DATE || (from.form == NO_TIME && !utc))
        blame_byte(l, RULE_DATE, start.at);
    if (end.at == NULL) {
        blame_byte(l, RULE_DATE, span.at + span.size);
        return from;
    }
    if (end.size > 0 && !is_digit(*end.at)) {
        if (!pfh__duration_is_positive(pfh__duration_read(end)))
            blame_byte(l, RULE_DURATION, end.at);
        return from;
    }
    to = utc ? judge_utc(l, end) : pfh__moment_read(end);
    if (!utc && (to.form == NO_TIME || to.form == A_DATE))
        blame_byte(l, RULE_DATE, end.at);
    if (pfh__moment_not_later(&from, &to))
        blame_byte(l, RULE_END_BEFORE_START, end.at);
    return from;
}

/* A list; the TZID is that of its first member, for it is told once. */
static void judge_list(lint *l, bool periods, bool utc)
{
    pfh_span left = l->line.value, part;
    pfh_moment first = {.form = NO_TIME};

    for (bool more = false; next_part(&left, ',', &part); more = true) {
        pfh_moment m = periods ? judge_period(l, part, utc) : judge_moment(l, part);

        if (!more)
            first = m;
    }
    judge_zone(l, &first);
}

static void judge_moments(lint *l)
{
    if (value_is(l, "PERIOD", false))
        judge_list(l, true, false);
    else if (value_is(l, "DATE", true) || value_is(l, "DATE-TIME", true))
        judge_list(l, false, false);
}

static void judge_one_moment(lint *l, frame *f)
{
    pfh_moment m;

    if (!value_is(l, "DATE", true) && !value_is(l, "DATE-TIME", true))
        return; /* a type that this property does not have, or a new one */
    m = f->kind == FREEBUSY ? judge_utc(l, l->line.value) : judge_moment(l, l->line.value);
    judge_zone(l, &m);
    if (f->kind == OBSERVANCE && m.form != LOCAL && m.form != NO_TIME)
        blame(l, RULE_VALUE, m.at); /* RFC 5545, 3.8.2.4: local time without a TZID */
    if (id_of(l) == PROPERTY_DTSTART)
        f->start = m;
    else if (id_of(l) == PROPERTY_DTEND || id_of(l) == PROPERTY_DUE) {
        f->end = m;
        f->end_line = l->line.number;
    }
}

static void judge_duration(lint *l, frame *f)
{
    pfh_duration d = pfh__duration_read(l->line.value);

    if (!pfh__duration_is_positive(d))
        blame_byte(l, RULE_DURATION, l->line.value.at);
    if (id_of(l) != PROPERTY_DURATION)
        return;
    f->duration_line = l->line.number;
    if (d.valid && d.has_time)
        f->duration_time = place_of(l, l->line.value.at);
}

static void judge_trigger(lint *l)
{
    frame *parent = l->depth > 1 ? &l->frames[l->depth - 2] : NULL;
    place *first;

    if (value_is(l, "DATE-TIME", false)) {
        judge_utc(l, l->line.value);
        return;
    }
    if (!value_is(l, "DURATION", true))
        return;
    if (!pfh__duration_read(l->line.value).valid)
        blame_byte(l, RULE_DURATION, l->line.value.at);
    if (parent == NULL)
        return;
    first = pfh__span_is(pfh__scan_parameter(&l->line, "RELATED"), "END") ? &parent->from_end
                                                                          : &parent->from_start;
    if (first->line == 0)
        *first = line_start(l);
}

static void judge_value(lint *l, frame *f)
{
    switch (l->property->type) {
    case TYPE_TEXT:
    case TYPE_TEXTS:
        judge_text(l, l->property->type == TYPE_TEXTS);
        break;
    case TYPE_WORD:
        judge_word(l, f->kind);
        break;
    case TYPE_INTEGER:
        judge_integer(l);
        break;
    case TYPE_MOMENT:
        judge_one_moment(l, f);
        break;
    case TYPE_MOMENTS:
        judge_moments(l);
        break;
    case TYPE_PERIODS:
        judge_list(l, true, true);
        break;
    case TYPE_UTC:
        judge_utc(l, l->line.value);
        break;
    case TYPE_DURATION:
        judge_duration(l, f);
        break;
    case TYPE_TRIGGER:
        judge_trigger(l);
        break;
    case TYPE_OFFSET:
        judge_offset(l);
        break;
    case TYPE_VERSION:
        judge_version(l);
        break;
    case TYPE_ANY:
        break;
    }
}

/* ---- Names -------------------------------------------------------------------------------- */

static void add_name(lint *l, name_use use, pfh_span text, place at, const char *subject)
{
    const frame *f = innermost(l);

    if (use != ZONE_DEFINED && is_beyond(l, at))
        return;
    if (l->name_count == l->name_room) {
        size_t room = l->name_room == 0 ? 64 : l->name_room * 2;
        noted_name *names = realloc(l->names, room * sizeof *names);

        if (names == NULL) {
            l->failed = true;
            return;
        }
        l->names = names;
        l->name_room = room;
    }
    l->names[l->name_count++] = (noted_name){f == NULL ? 0 : f->calendar, use, text, at, subject};
}

static int compare_texts(pfh_span a, pfh_span b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size == 0 ? 0 : memcmp(a.at, b.at, size);

    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

/* Whether two names are of one calendar and of one sort, and which comes first if not. */
static int compare_sorts(const noted_name *a, const noted_name *b)
{
    int uid = (a->use == UID_USED) - (b->use == UID_USED);

    if (a->calendar != b->calendar)
        return a->calendar < b->calendar ? -1 : 1;
    return uid != 0 ? uid : compare_texts(a->text, b->text);
}

static int compare_names(const void *first, const void *second)
{
    const noted_name *a = first, *b = second;
    int order = compare_sorts(a, b);

    if (order == 0)
        order = (a->use > b->use) - (a->use < b->use);
    return order != 0 ? order : compare_places(a->at, b->at);
}

/* A UID is told where it comes again, a time zone where none of its names defines it. */
static void judge_names(lint *l)
{
    const noted_name *first = l->names;

    if (l->name_count > 1)
        qsort(l->names, l->name_count, sizeof *l->names, compare_names);
    for (size_t i = 0; i < l->name_count; i++) {
        const noted_name *n = &l->names[i];

        if (compare_sorts(first, n) != 0)
            first = n;
        if (n->use == UID_USED && n != first)
            add(l, RULE_DUPLICATE_UID, n->at, n->subject);
        if (n->use == ZONE_USED && first->use != ZONE_DEFINED)
            add(l, RULE_TZID_MISSING, n->at, n->subject);
    }
}

/* The id of a time zone as a parameter would have it: without backslashes. */
static pfh_span unescape(lint *l, pfh_span value)
{
    char *copy;
    size_t size = 0;

    if (value.size == 0 || memchr(value.at, '\\', value.size) == NULL)
        return keep(l, value);
    copy = pfh__arena_text(&l->out->arena, value.at, value.size);
    if (copy == NULL) {
        l->failed = true;
        return (pfh_span){"", 0};
    }
    for (size_t i = 0; i < value.size; i++) {
        if (copy[i] == '\\' && i + 1 < value.size)
            i++;
        copy[size++] = copy[i];
    }
    return (pfh_span){copy, size};
}

/* ---- Components --------------------------------------------------------------------------- */

static bool has(const frame *f, uint64_t bits)
{
    return (f->seen & bits) == bits;
}

static void need(lint *l, const frame *f, property_id id, rule_id rule, bool tell_property)
{
    if ((f->seen >> id & 1) == 0)
        add(l, rule, f->begin, tell_property ? properties[id].name : f->name);
}

static void judge_start(lint *l, const frame *f)
{
    const frame *calendar = l->depth > 1 ? &l->frames[l->depth - 2] : NULL;
    bool has_method = calendar != NULL && has(calendar, BIT(METHOD));

    if ((f->kind == EVENT && !has_method) || ((f->kind & ENTRIES) != 0 && has(f, BIT(RRULE))) ||
        (f->kind == TODO && has(f, BIT(DURATION))))
        need(l, f, PROPERTY_DTSTART, RULE_DTSTART_MISSING, false);
}

static void judge_end(lint *l, const frame *f)
{
    const char *end = f->kind == TODO ? "DUE" : "DTEND";
    const pfh_moment *a = &f->start, *b = &f->end;
    bool both = a->form != NO_TIME && b->form != NO_TIME;

    if (f->end_line > 0 && f->duration_line > 0) {
        bool duration_last = f->duration_line > f->end_line;

        add(l, RULE_END_TWICE, (place){duration_last ? f->duration_line : f->end_line, 1},
            duration_last ? "DURATION" : end);
    }
    if (both &&
        ((a->form == A_DATE) != (b->form == A_DATE) || (a->form == LOCAL) != (b->form == LOCAL)))
        add(l, RULE_DATE_MIX, b->at, end);
    else if (pfh__moment_not_later(a, b))
        add(l, RULE_END_BEFORE_START, b->at, end);
    if (a->form == A_DATE && f->duration_time.line > 0)
        add(l, RULE_DATE_MIX, f->duration_time, "DURATION");
}

/* An alarm is told at its TRIGGER. */
static void judge_anchors(lint *l, const frame *f)
{
    bool has_end = f->end_line > 0 || has(f, BIT(DTSTART) | BIT(DURATION));

    if (f->from_start.line > 0 && !has(f, BIT(DTSTART)))
        add(l, RULE_ALARM_ANCHOR, f->from_start, "TRIGGER");
    if (f->from_end.line > 0 && !has_end)
        add(l, RULE_ALARM_ANCHOR, f->from_end, "TRIGGER");
}

static void judge_alarm(lint *l, const frame *f)
{
    for (size_t i = 0; i < PFH_COUNT(alarm_needs); i++)
        if (pfh__span_is(f->action, alarm_needs[i].action))
            need(l, f, alarm_needs[i].id, alarm_needs[i].rule, alarm_needs[i].tell_property);
    if (has(f, BIT(DURATION)) && !has(f, BIT(REPEAT)))
        add(l, RULE_ALARM_REPEAT, (place){f->duration_line, 1}, "DURATION");
    if (has(f, BIT(REPEAT)) && !has(f, BIT(DURATION)))
        add(l, RULE_ALARM_REPEAT, (place){f->repeat_line, 1}, "REPEAT");
}

/* A component that ends where it should. */
static void judge_component(lint *l, const frame *f)
{
    for (size_t i = 0; i < PFH_COUNT(needs); i++)
        if ((needs[i].kinds & f->kind) != 0)
            need(l, f, needs[i].id, needs[i].rule, needs[i].tell_property);
    if ((f->kind == CALENDAR && f->inside == 0) ||
        (f->kind == TIMEZONE && (f->inside & OBSERVANCE) == 0))
        add(l, RULE_EMPTY, f->begin, f->name);
    if ((f->kind & (ENTRIES | FREEBUSY)) != 0) {
        judge_start(l, f);
        judge_end(l, f);
        judge_anchors(l, f);
        if (f->uid.at != NULL && !has(f, BIT(RECURRENCE_ID)))
            add_name(l, UID_USED, f->uid, f->uid_at, "UID");
    }
    if (f->kind == ALARM)
        judge_alarm(l, f);
}

static void judge_begin_place(lint *l, const char *name, int parents)
{
    const frame *parent = innermost(l);
    int kind = parent == NULL ? TOP : parent->kind;

    if ((parents & kind) == 0 || l->deeper > 0)
        add(l, RULE_PLACE, line_start(l), name);
}

static void begin_component(lint *l)
{
    frame *parent = innermost(l), f = {.kind = OTHER, .begin = line_start(l)};
    int parents = ~TOP;

    for (size_t i = 0; i < PFH_COUNT(components); i++)
        if ((parent == NULL || parent->kind != OTHER) &&
            pfh__span_is(l->line.value, components[i].name)) {
            f.kind = components[i].kind;
            f.name = components[i].name;
            parents = components[i].parents;
        }
    if (f.kind != OTHER || l->deeper == 0)
        judge_begin_place(l, f.name, parents);
    if (f.kind == OTHER && !is_token(l->line.value))
        blame_byte(l, RULE_CONTENT_LINE,
                   pass_name(l->line.value.at, l->line.value.at + l->line.value.size));
    if (parent != NULL)
        parent->inside |= f.kind;
    if (l->depth == MAX_DEPTH) {
        l->deeper++;
        return;
    }
    f.word = keep(l, l->line.value);
    f.calendar = f.kind == CALENDAR ? ++l->calendars : parent == NULL ? 0 : parent->calendar;
    l->frames[l->depth++] = f;
}

static void leave_unclosed(lint *l)
{
    const frame *f = innermost(l);

    add(l, RULE_UNCLOSED, f->begin, f->name);
    l->depth--;
}

static bool same_word(pfh_span a, pfh_span b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (to_upper(a.at[i]) != to_upper(b.at[i]))
            return false;
    return true;
}

static void end_component(lint *l)
{
    size_t depth = l->depth;

    if (l->deeper > 0) {
        l->deeper--;
        return;
    }
    while (depth > 0 && !same_word(l->frames[depth - 1].word, l->line.value))
        depth--;
    if (depth == 0) {
        blame_line(l, RULE_END);
        return;
    }
    while (l->depth > depth)
        leave_unclosed(l);
    judge_component(l, innermost(l));
    l->depth--;
}

/* ---- Properties --------------------------------------------------------------------------- */

static const property *find_property(pfh_span name)
{
    const char initial = name.size > 0 ? to_upper(*name.at) : '\0';

    for (size_t i = 0; i < PFH_COUNT(properties); i++)
        if (properties[i].name[0] == initial && pfh__span_is(name, properties[i].name))
            return &properties[i];
    return NULL;
}

/* What is asked about when the component ends. */
static void remember(lint *l, frame *f)
{
    place at = place_of(l, l->line.value.at);

    if (id_of(l) == PROPERTY_UID) {
        f->uid = keep(l, l->line.value);
        f->uid_at = at;
    } else if (id_of(l) == PROPERTY_ACTION)
        f->action = keep(l, l->line.value);
    else if (id_of(l) == PROPERTY_REPEAT)
        f->repeat_line = l->line.number;
    else if (id_of(l) == PROPERTY_TZID)
        add_name(l, ZONE_DEFINED, unescape(l, l->line.value), at, NULL);
}

static bool is_behind(const frame *f)
{
    return (f->kind & (CALENDAR | EVENT | TODO)) != 0 && f->inside != 0;
}

static void judge_property(lint *l)
{
    frame *f = innermost(l);
    uint64_t bit;

    if (f == NULL) {
        blame_line(l, RULE_PLACE);
        return;
    }
    if (l->property == NULL || f->kind == OTHER || l->deeper > 0)
        return;
    if (((l->property->once | l->property->many) & f->kind) == 0 || is_behind(f))
        blame_line(l, RULE_PROPERTY_PLACE);
    bit = UINT64_C(1) << id_of(l);
    if ((l->property->once & f->kind) != 0 && (f->seen & bit) != 0) {
        blame_line(l, RULE_DUPLICATE_PROPERTY);
        return; /* the first one counts */
    }
    f->seen |= bit;
    if (((l->property->once | l->property->many) & f->kind) == 0)
        return;
    if ((UNTYPED & bit) != 0 && pfh__scan_parameter(&l->line, "VALUE").at == NULL)
        blame_byte(l, RULE_VALUE_TYPE, l->line.value.at);
    remember(l, f);
    judge_value(l, f);
}

/* ---- The whole ---------------------------------------------------------------------------- */

static void judge_line(lint *l)
{
    const char *bad = find_bad_byte(l->line.text);

    l->property = find_property(l->line.name);
    l->subject_made = false;
    rewind_spot(l);
    judge_bytes(l);
    if (bad != NULL)
        blame_byte(l, RULE_CONTENT_LINE, bad);
    else if (pfh__span_is(l->line.name, "BEGIN"))
        begin_component(l);
    else if (pfh__span_is(l->line.name, "END"))
        end_component(l);
    else
        judge_property(l);
}

static void judge_all(lint *l)
{
    pfh_scanner scanner;
    size_t skip = l->bom ? 3 : 0;

    if (l->bom)
        add(l, RULE_BOM, (place){1, 1}, NULL);
    pfh__scan_begin(&scanner, l->text + skip, (size_t)(l->end - l->text) - skip);
    while (!l->failed && pfh__scan_next(&scanner, &l->line))
        judge_line(l);
    l->failed = l->failed || scanner.failed;
    pfh__scan_end(&scanner);
    while (l->depth > 0)
        leave_unclosed(l);
    if (l->calendars == 0)
        add(l, RULE_CALENDAR_MISSING, (place){1, 1}, NULL);
    judge_names(l);
    settle(l);
}

static bool begins_with_bom(const char *text, size_t size)
{
    return size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
}

static pfh_status too_long(pfh_error *err)
{
    pfh__fail(err, PFH_E_SYNTAX, "", "expected no more than 64 MiB, at byte %d", MAX_SIZE);
    if (err != NULL)
        err->offset = MAX_SIZE;
    return PFH_E_SYNTAX;
}

/* Fills in the defects; false when memory ran out. */
static bool fill(pfh_defects *out, const char *text, size_t size)
{
    lint *l = calloc(1, sizeof *l);
    bool filled = false;

    if (l == NULL)
        return false;
    l->out = out;
    l->text = text;
    l->end = text + size;
    l->bom = begins_with_bom(text, size);
    judge_all(l);
    filled = !l->failed;
    free(l->names);
    free(l);
    return filled;
}

pfh_status pfh_ical_lint(pfh_defects **out, const char *text, size_t size, pfh_error *err)
{
    pfh_defects *defects;

    if (out == NULL || text == NULL)
        return pfh__null(err, out == NULL ? "out" : "text");
    if (size > MAX_SIZE)
        return too_long(err);
    defects = calloc(1, sizeof *defects);
    if (defects == NULL || !fill(defects, text, size)) {
        pfh_defects_free(defects);
        return pfh__no_memory(err);
    }
    *out = defects;
    return PFH_OK;
}

size_t pfh_defects_count(const pfh_defects *defects)
{
    return defects == NULL ? 0 : defects->count;
}

const pfh_defect *pfh_defects_row(const pfh_defects *defects, size_t index)
{
    return defects != NULL && index < defects->count ? &defects->rows[index] : NULL;
}

void pfh_defects_free(pfh_defects *defects)
{
    if (defects == NULL)
        return;
    pfh__arena_free(&defects->arena);
    free(defects->rows);
    free(defects);
}
