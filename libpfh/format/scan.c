/*
 * format/scan.c -- see scan.h.  One pass; memory is that of the longest folded line.
 */
#include "format/scan.h"

void pfh__scan_begin(pfh_scanner *scanner, const char *text, size_t size)
{
    *scanner = (pfh_scanner){.at = text, .end = text + size, .number = 1};
}

void pfh__scan_end(pfh_scanner *scanner)
{
    pfh__text_free(&scanner->unfolded);
}

/* ---- Lines -------------------------------------------------------------------------------- */

/* Where the line at `at` ends, and in *next where the one after it begins. */
static const char *line_end(const char *at, const char *end, const char **next)
{
    const char *stop = at;

    while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;
    *next = stop;
    if (*next < end && *(*next)++ == '\r' && *next < end && **next == '\n')
        (*next)++;
    return stop;
}

static bool is_fold(const char *at, const char *end)
{
    return at < end && (*at == ' ' || *at == '\t');
}

/* Takes one line of the text, and says where it ends. */
static pfh_span take(pfh_scanner *scanner)
{
    pfh_span part = {scanner->at, 0};
    const char *next;

    part.size = (size_t)(line_end(scanner->at, scanner->end, &next) - scanner->at);
    scanner->at = next;
    scanner->number++;
    return part;
}

static void unfold(pfh_scanner *scanner, pfh_content_line *line)
{
    pfh_text_buffer *unfolded = &scanner->unfolded;

    unfolded->size = 0;
    pfh__text_add(unfolded, line->text.at, line->text.size);
    while (is_fold(scanner->at, scanner->end)) {
        pfh_span part = take(scanner);
        pfh__text_add(unfolded, part.at + 1, part.size - 1);
    }
    scanner->failed = unfolded->failed;
    line->text = (pfh_span){unfolded->data, unfolded->size};
}

/* ---- Parts -------------------------------------------------------------------------------- */

/* The first `stop` or `other` outside double quotes, or the end. */
static const char *find(const char *at, const char *end, char stop, char other)
{
    bool quoted = false;

    for (; at < end; at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (!quoted && (*at == stop || *at == other))
            break;
    }
    return at;
}

static void split(pfh_content_line *line)
{
    const char *start = line->text.at, *end = start + line->text.size;
    const char *name_end = find(start, end, ':', ';');
    const char *colon = find(name_end, end, ':', ':');

    line->name = (pfh_span){start, (size_t)(name_end - start)};
    line->parameters = line->value = (pfh_span){NULL, 0};
    if (name_end < colon)
        line->parameters = (pfh_span){name_end + 1, (size_t)(colon - name_end - 1)};
    if (colon < end)
        line->value = (pfh_span){colon + 1, (size_t)(end - colon - 1)};
}

bool pfh__scan_next(pfh_scanner *scanner, pfh_content_line *line)
{
    if (scanner->failed || scanner->at >= scanner->end)
        return false;
    line->raw.at = scanner->at;
    line->number = scanner->number;
    line->text = take(scanner);
    if (is_fold(scanner->at, scanner->end))
        unfold(scanner, line);
    line->raw.size = (size_t)(scanner->at - line->raw.at);
    if (scanner->failed)
        return false;
    split(line);
    return true;
}

/* ---- Words and parameters ----------------------------------------------------------------- */

static char upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

bool pfh__span_is(pfh_span span, const char *word)
{
    if (span.at == NULL || strlen(word) != span.size)
        return false;
    for (size_t i = 0; i < span.size; i++)
        if (upper(span.at[i]) != upper(word[i]))
            return false;
    return true;
}

bool pfh__span_equal(pfh_span a, pfh_span b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

bool pfh__scan_next_parameter(pfh_span *left, pfh_span *name, pfh_span *value)
{
    const char *end, *stop, *equals;

    if (left->at == NULL)
        return false;
    end = left->at + left->size;
    stop = find(left->at, end, ';', ';');
    equals = find(left->at, stop, '=', '=');
    *name = (pfh_span){left->at, (size_t)(equals - left->at)};
    *value = (pfh_span){NULL, 0};
    if (equals < stop)
        *value = (pfh_span){equals + 1, (size_t)(stop - equals - 1)};
    *left = (pfh_span){NULL, 0};
    if (stop < end)
        *left = (pfh_span){stop + 1, (size_t)(end - stop - 1)};
    return true;
}

pfh_span pfh__scan_parameter(const pfh_content_line *line, const char *name)
{
    pfh_span left = line->parameters, found, value;

    while (pfh__scan_next_parameter(&left, &found, &value)) {
        if (!pfh__span_is(found, name))
            continue;
        if (value.size >= 2 && value.at[0] == '"' && value.at[value.size - 1] == '"')
            return (pfh_span){value.at + 1, value.size - 2};
        return value;
    }
    return (pfh_span){NULL, 0};
}
