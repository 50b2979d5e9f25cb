/*
 * format/ical_part.c -- see ical_part.h.  Costs a pass over the lines for each question.
 */
#include "format/ical_part.h"
#include "format/ical_time.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

/* ---- Lines -------------------------------------------------------------------------------- */

/* What is neither FOREIGN nor in an alarm. */
static const struct {
    const char *name;
    pfh_line_class class;
} names[] = {
    {"UID", PFH_LINE_SEEN},
    {"DTSTAMP", PFH_LINE_STAMP},
    {"LAST-MODIFIED", PFH_LINE_STAMP},
    {"SEQUENCE", PFH_LINE_STAMP},
    {"DTSTART", PFH_LINE_SEEN},
    {"DTEND", PFH_LINE_SEEN},
    {"DUE", PFH_LINE_SEEN},
    {"DURATION", PFH_LINE_SEEN},
    {"SUMMARY", PFH_LINE_SEEN},
    {"DESCRIPTION", PFH_LINE_SEEN},
    {"LOCATION", PFH_LINE_SEEN},
    {"STATUS", PFH_LINE_SEEN},
    {"TRANSP", PFH_LINE_SEEN},
    {"CLASS", PFH_LINE_SEEN},
    {"CATEGORIES", PFH_LINE_SEEN},
    {"COLOR", PFH_LINE_HINT},
    {"PRIORITY", PFH_LINE_SEEN},
    {"URL", PFH_LINE_SEEN},
    {"CONTACT", PFH_LINE_SEEN},
    {"ORGANIZER", PFH_LINE_SEEN},
    {"ATTENDEE", PFH_LINE_SEEN},
    {"RELATED-TO", PFH_LINE_SEEN},
    {"COMPLETED", PFH_LINE_SEEN},
    {"PERCENT-COMPLETE", PFH_LINE_SEEN},
    {PFH_X_APPOINTMENT, PFH_LINE_HINT},
};

void pfh__part_begin(pfh_part_walk *w, pfh_span component)
{
    *w = (pfh_part_walk){.depth = 0};
    pfh__scan_begin(&w->scanner, component.at, component.size);
}

/* The priority of an event is what some programs add by themselves. */
static pfh_line_class class_of(const pfh_part_walk *w, const pfh_content_line *line)
{
    if (!w->is_todo && pfh__span_is(line->name, "PRIORITY"))
        return PFH_LINE_FOREIGN;
    for (size_t i = 0; i < PFH_COUNT(names); i++)
        if (pfh__span_is(line->name, names[i].name))
            return names[i].class;
    return PFH_LINE_FOREIGN;
}

static bool ends_with_alarm(pfh_span uid)
{
    const char *at = uid.size == 0 ? NULL : memchr(uid.at, '@', uid.size);
    const size_t size = sizeof PFH_ALARM - 1;

    return at != NULL && (size_t)(at - uid.at) > size && memcmp(at - size, PFH_ALARM, size) == 0;
}

/* Whether the part that begins here is an alarm of this library: it says so in its UID. */
static bool is_own_alarm(pfh_part_walk *w)
{
    pfh_scanner ahead;
    pfh_content_line line;
    bool own = false;

    pfh__scan_begin(&ahead, w->scanner.at, (size_t)(w->scanner.end - w->scanner.at));
    while (pfh__scan_next(&ahead, &line) && !pfh__span_is(line.name, "END") && !own)
        own = pfh__span_is(line.name, "UID") && ends_with_alarm(line.value);
    w->scanner.failed |= ahead.failed;
    pfh__scan_end(&ahead);
    return own;
}

/* Of a line of this library's alarm.  That somebody has seen it (ACKNOWLEDGED) is no change. */
static pfh_line_class class_in_alarm(const pfh_content_line *line)
{
    static const char *const own[] = {"BEGIN", "END", "UID", "ACTION", "TRIGGER", "DESCRIPTION"};

    for (size_t i = 0; i < PFH_COUNT(own); i++)
        if (pfh__span_is(line->name, own[i]))
            return PFH_LINE_SEEN;
    return PFH_LINE_STAMP;
}

/* false at the end, or when memory ran out. */
bool pfh__part_next(pfh_part_walk *w, pfh_content_line *line, pfh_line_class *class)
{
    bool begins, ends;

    if (!pfh__scan_next(&w->scanner, line))
        return false;
    begins = pfh__span_is(line->name, "BEGIN");
    ends = pfh__span_is(line->name, "END");
    if (begins && ++w->depth == 2)
        w->alarm_is_own = is_own_alarm(w);
    w->is_inside = w->depth > 1;
    if (begins && w->depth == 2)
        w->is_alarm = pfh__span_is(line->value, "VALARM");
    if (begins && !w->is_inside)
        w->is_todo = pfh__span_is(line->value, "VTODO");
    if (w->is_inside && !w->alarm_is_own)
        *class = PFH_LINE_FOREIGN;
    else if (w->is_inside)
        *class = w->depth == 2 ? class_in_alarm(line) : PFH_LINE_STAMP;
    else
        *class = begins || ends ? PFH_LINE_FRAME : class_of(w, line);
    if (ends && w->depth > 0)
        w->depth--;
    return true;
}

pfh_status pfh__part_end(pfh_part_walk *w, pfh_error *err)
{
    bool failed = w->scanner.failed;

    pfh__scan_end(&w->scanner);
    return failed ? pfh__no_memory(err) : PFH_OK;
}

/* ---- What an older version says of itself ------------------------------------------------- */

/* A date-time in UTC in seconds since 1970. */
static void read_utc(int64_t *seconds, pfh_span value)
{
    pfh_ical_moment moment;

    if (pfh__ical_moment_read(&moment, value) && moment.is_utc)
        *seconds = (int64_t)moment.date * DAY_SECONDS + moment.second;
}

/* Beyond the largest number that can be followed by another: that. */
static int32_t read_sequence(pfh_span value)
{
    int64_t number = 0;

    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return 0;
        if (number < INT32_MAX)
            number = number * 10 + (value.at[i] - '0');
    }
    return number < INT32_MAX ? (int32_t)number : INT32_MAX - 1;
}

pfh_status pfh__part_read(pfh_part_old *old, pfh_span component, pfh_error *err)
{
    pfh_content_line line;
    pfh_line_class class;
    pfh_part_walk w;

    *old = (pfh_part_old){.is_over = false};
    pfh__part_begin(&w, component);
    while (pfh__part_next(&w, &line, &class)) {
        if (w.is_inside)
            continue;
        if (pfh__span_is(line.name, "DTSTAMP"))
            read_utc(&old->version.stamp, line.value);
        else if (pfh__span_is(line.name, "LAST-MODIFIED"))
            read_utc(&old->version.modified, line.value);
        else if (pfh__span_is(line.name, "COMPLETED"))
            read_utc(&old->completed, line.value);
        else if (pfh__span_is(line.name, "SEQUENCE"))
            old->version.sequence = read_sequence(line.value);
        else if (pfh__span_is(line.name, "STATUS"))
            old->is_over =
                pfh__span_is(line.value, "CANCELLED") || pfh__span_is(line.value, "COMPLETED");
    }
    return pfh__part_end(&w, err);
}

/* ---- Whether a reader would see a difference ---------------------------------------------- */

static char upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

/* Names of properties and parameters are the same in whatever case. */
bool pfh__same_name(pfh_span a, pfh_span b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (upper(a.at[i]) != upper(b.at[i]))
            return false;
    return true;
}

static pfh_span unquoted(pfh_span value)
{
    if (value.size < 2 || value.at[0] != '"' || value.at[value.size - 1] != '"')
        return value;
    return (pfh_span){value.at + 1, value.size - 2};
}

static bool has_parameter(pfh_span parameters, pfh_span name, pfh_span value)
{
    pfh_span other_name, other_value;

    while (pfh__scan_next_parameter(&parameters, &other_name, &other_value))
        if (pfh__same_name(name, other_name) &&
            pfh__span_equal(unquoted(value), unquoted(other_value)))
            return true;
    return false;
}

/* All of `some` are among `all`, in whatever order. */
static bool has_parameters(pfh_span all, pfh_span some)
{
    pfh_span name, value;

    while (pfh__scan_next_parameter(&some, &name, &value))
        if (!has_parameter(all, name, value))
            return false;
    return true;
}

bool pfh__same_parameters(const pfh_content_line *a, const pfh_content_line *b)
{
    return has_parameters(a->parameters, b->parameters) &&
           has_parameters(b->parameters, a->parameters);
}

bool pfh__same_line(const pfh_content_line *a, const pfh_content_line *b)
{
    return pfh__same_name(a->name, b->name) && pfh__span_equal(a->value, b->value) &&
           pfh__same_parameters(a, b);
}

/* How many lines of a component are seen. */
static pfh_status count_seen(size_t *count, pfh_span component, pfh_error *err)
{
    pfh_content_line line;
    pfh_line_class class;
    pfh_part_walk w;

    *count = 0;
    pfh__part_begin(&w, component);
    while (pfh__part_next(&w, &line, &class))
        *count += class == PFH_LINE_SEEN;
    return pfh__part_end(&w, err);
}

/* Whether a line of a class stands in a component.  A hint does where none of its name does. */
static pfh_status has_line(bool *found, pfh_span component, const pfh_content_line *wanted,
                           pfh_line_class wanted_class, size_t depth, pfh_error *err)
{
    pfh_content_line line;
    pfh_line_class class;
    pfh_part_walk w;
    bool has_name = false;

    *found = false;
    pfh__part_begin(&w, component);
    while (!*found && pfh__part_next(&w, &line, &class)) {
        const bool is_like = class == wanted_class && w.depth == depth;

        has_name |= is_like && pfh__same_name(line.name, wanted->name);
        *found = is_like && pfh__same_line(&line, wanted);
    }
    *found |= wanted_class == PFH_LINE_HINT && !has_name;
    return pfh__part_end(&w, err);
}

/* Every line of the new version stands in the old one, and no other is seen there.  The new one is
 * short, so this is a few passes over the old one. */
pfh_status pfh__part_same(bool *same, pfh_span old, pfh_span new_one, pfh_error *err)
{
    pfh_content_line line;
    pfh_line_class class;
    size_t seen, before;
    pfh_status status = count_seen(&seen, new_one, err);
    pfh_part_walk w;

    if (status == PFH_OK)
        status = count_seen(&before, old, err);
    if (status != PFH_OK)
        return status;
    *same = seen == before;
    pfh__part_begin(&w, new_one);
    while (status == PFH_OK && *same && pfh__part_next(&w, &line, &class))
        if (class == PFH_LINE_SEEN || class == PFH_LINE_HINT)
            status = has_line(same, old, &line, class, w.depth, err);
    return status == PFH_OK ? pfh__part_end(&w, err) : (pfh__scan_end(&w.scanner), status);
}

/* What others have put into an entry. */
pfh_status pfh__part_keep_foreign(pfh_text_buffer *kept, pfh_span component, bool todo,
                                  pfh_error *err)
{
    pfh_content_line line;
    pfh_line_class class;
    pfh_part_walk w;

    pfh__part_begin(&w, component);
    while (pfh__part_next(&w, &line, &class))
        if (class == PFH_LINE_FOREIGN && !(todo && pfh__span_is(line.name, "PRIORITY")))
            pfh__text_add(kept, line.raw.at, line.raw.size);
    return kept->failed ? (pfh__scan_end(&w.scanner), pfh__no_memory(err)) : pfh__part_end(&w, err);
}

/* ---- The text of a calendar --------------------------------------------------------------- */

/* The size of a character that is folded inside, as simple writers do (RFC 5545, 3.1); 0: it is
 * none. */
static size_t folded_char_size(const char *text)
{
    char bytes[5] = "";
    size_t at = 0;

    for (size_t count = 0; count + 1 < sizeof bytes && text[at] != '\0'; count++) {
        bytes[count] = text[at++];
        if (pfh__char_size(bytes) == count + 1)
            return at;
        at += text[at] == '\r' && text[at + 1] == '\n' ? 1 : 0;
        at += text[at] == '\n' && (text[at + 1] == ' ' || text[at + 1] == '\t') ? 2 : 0;
    }
    return 0;
}

static size_t char_size(const char *text)
{
    const size_t size = pfh__char_size(text);

    return size > 0 ? size : folded_char_size(text);
}

pfh_status pfh__ical_check_text(const char *text, size_t size, size_t max, const char *where,
                                pfh_error *err)
{
    size_t at = 0, step = 1;

    if (size > max)
        return pfh__fail(err, PFH_E_SYNTAX, where, "a calendar has at most %d MiB",
                         (int)(max / (1024 * 1024)));
    while (at < size && (step = char_size(text + at)) > 0)
        at += step;
    if (at == size)
        return PFH_OK;
    pfh__fail(err, PFH_E_SYNTAX, where, "a calendar is UTF-8 without control characters");
    if (err != NULL)
        err->offset = (int32_t)at;
    return PFH_E_SYNTAX;
}
