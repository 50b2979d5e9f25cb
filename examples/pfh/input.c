/*
 * input.c -- see input.h.
 *
 * What a file is, is seen from its head.  It is one document when its first non-blank line leaves a
 * bracket open, outside a string, and the line after it carries on: it does not begin with `{`, or
 * the first line ends in `[`, `:` or `,` and the second is no pathway of its own (a first line of
 * NDJSON that was cut off takes no other line with it).  All else is NDJSON, and so is what is no
 * JSON as one document but has a further line that looks like a pathway.
 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE_SIZE ((size_t)65536)
#define MOST_BYTES (DOCUMENT_MOST + 1)

typedef enum cli_shape { SHAPE_UNKNOWN, SHAPE_LINES, SHAPE_DOCUMENT } cli_shape;
typedef enum cli_stage { IN_BLANK, IN_FIRST, IN_BETWEEN, IN_SECOND } cli_stage;

/* What is known of a file from the bytes so far. */
typedef struct cli_head {
    char *text;
    size_t size, room;
    size_t seen; /* how much of it was looked at */
    cli_stage stage;
    int64_t line; /* of the first non-blank line */
    int depth;
    bool in_string, escaped;
    char first, last; /* non-blank bytes of the first line */
    size_t second;    /* where the second line begins */
} cli_head;

typedef struct cli_reader {
    int descriptor;
    cli_head head;
    bool ended;
    input_visit visit;
    void *context;
} cli_reader;

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Looks at a byte of the first line that is not its end. */
static void look_at_first(cli_head *head, char byte)
{
    if (!is_blank(byte))
        head->last = byte;
    if (head->in_string) {
        if (!head->escaped && byte == '"')
            head->in_string = false;
        head->escaped = !head->escaped && byte == '\\';
    } else if (byte == '"') {
        head->in_string = true;
    } else if (byte == '{' || byte == '[') {
        head->depth++;
    } else if (byte == '}' || byte == ']') {
        head->depth--;
    }
}

/* The second line begins with `byte`. */
static cli_shape begin_second(cli_head *head, char byte)
{
    if (byte != '{')
        return SHAPE_DOCUMENT;
    if (strchr("[:,", head->last) == NULL)
        return SHAPE_LINES;
    if (head->first != '{')
        return SHAPE_DOCUMENT;
    head->stage = IN_SECOND;
    head->second = head->seen;
    return SHAPE_UNKNOWN;
}

/* Whether a text looks like a pathway of its own: it names the format. */
static bool names_format(const char *text, size_t size)
{
    static const char format[] = "\"pfh-pathway/1\"";

    for (size_t i = 0; i + sizeof format - 1 <= size; i++)
        if (text[i] == '"' && memcmp(text + i, format, sizeof format - 1) == 0)
            return true;
    return false;
}

/* The second line, which may be a part of the document or a pathway of its own, is complete. */
static cli_shape end_second(const cli_head *head)
{
    return names_format(head->text + head->second, head->seen - head->second) ? SHAPE_LINES
                                                                              : SHAPE_DOCUMENT;
}

/* Whether a line after the first one that is not blank is a pathway of its own. */
static bool has_further_pathway(const cli_head *head)
{
    const char *at = head->text, *end = head->text + head->size;
    bool further = false;

    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline == NULL ? end : newline + 1;

        while (at < next && is_blank(*at))
            at++;
        if (at < next && further && *at == '{' && names_format(at, (size_t)(next - at)))
            return true;
        further |= at < next;
        at = next;
    }
    return false;
}

/* Looks at the byte in place `seen`. */
static cli_shape look(cli_head *head, char byte)
{
    if (head->stage == IN_BLANK && !is_blank(byte)) {
        head->stage = IN_FIRST;
        head->first = byte;
    }
    if (head->stage == IN_BLANK) {
        head->line += byte == '\n';
        return SHAPE_UNKNOWN;
    }
    if (head->stage == IN_BETWEEN)
        return is_blank(byte) ? SHAPE_UNKNOWN : begin_second(head, byte);
    if (head->stage == IN_SECOND)
        return byte == '\n' ? end_second(head) : SHAPE_UNKNOWN;
    if (byte != '\n') {
        look_at_first(head, byte);
        return SHAPE_UNKNOWN;
    }
    if (head->depth <= 0 || head->in_string)
        return SHAPE_LINES;
    head->stage = IN_BETWEEN;
    return SHAPE_UNKNOWN;
}

/* Looks at all bytes that were not looked at yet. */
static cli_shape look_on(cli_head *head)
{
    cli_shape shape = SHAPE_UNKNOWN;

    while (shape == SHAPE_UNKNOWN && head->seen < head->size) {
        shape = look(head, head->text[head->seen]);
        head->seen++;
    }
    return shape;
}

/* Reads up to `most` bytes at the end of the head. */
static input_result read_more(cli_reader *reader, size_t most)
{
    cli_head *head = &reader->head;
    ssize_t got;

    if (head->room - head->size < most) {
        size_t room = (head->size + most) * 2;
        char *text = realloc(head->text, room);
        if (text == NULL)
            return INPUT_NO_MEMORY;
        head->text = text;
        head->room = room;
    }
    do {
        got = read(reader->descriptor, head->text + head->size, most);
    } while (got == -1 && errno == EINTR);
    if (got == -1)
        return INPUT_UNREADABLE;
    head->size += (size_t)got;
    reader->ended = got == 0;
    return INPUT_DONE;
}

/* Reads until `head` has `most` bytes or the file ends. */
static input_result read_whole(cli_reader *reader, size_t most)
{
    input_result result = INPUT_DONE;

    while (result == INPUT_DONE && !reader->ended && reader->head.size < most) {
        size_t missing = most - reader->head.size;
        result = read_more(reader, missing < PIECE_SIZE ? missing : PIECE_SIZE);
    }
    return result;
}

/* Reads until it is known what the file is. */
static input_result read_head(cli_reader *reader, cli_shape *shape)
{
    input_result result = INPUT_DONE;

    *shape = SHAPE_UNKNOWN;
    while (result == INPUT_DONE && !reader->ended && *shape == SHAPE_UNKNOWN &&
           reader->head.size < MOST_BYTES) {
        result = read_more(reader, PIECE_SIZE);
        if (result == INPUT_DONE)
            *shape = look_on(&reader->head);
    }
    if (*shape == SHAPE_UNKNOWN && reader->ended && reader->head.stage == IN_SECOND)
        *shape = end_second(&reader->head);
    if (*shape == SHAPE_UNKNOWN)
        *shape = SHAPE_LINES; /* the library says what is wrong with it, if anything */
    return result;
}

/* What is left of a document that was too long, for who keeps refused ones. */
static input_result visit_rest(cli_reader *reader, pfh_line *line)
{
    input_result result = INPUT_DONE;

    line->continued = 1;
    while (result == INPUT_DONE && !reader->ended) {
        reader->head.size = 0;
        result = read_more(reader, PIECE_SIZE);
        line->text = reader->head.text;
        line->size = reader->head.size;
        if (result == INPUT_DONE && line->size > 0 && !reader->visit(reader->context, line))
            result = INPUT_STOPPED;
    }
    return result;
}

/* Gives the visitor the lines that a piece completes; size 0 ends the input. */
static input_result visit_piece(cli_reader *reader, pfh_caseload *caseload, const char *piece,
                                size_t size)
{
    const pfh_line *line;

    if (pfh_caseload_feed(caseload, piece, size, NULL) != PFH_OK)
        return INPUT_NO_MEMORY;
    while ((line = pfh_caseload_next(caseload)) != NULL)
        if (!reader->visit(reader->context, line))
            return INPUT_STOPPED;
    return INPUT_DONE;
}

/* Gives the visitor what was read to see what the file is. */
static input_result visit_head(cli_reader *reader, pfh_caseload *caseload)
{
    input_result result = INPUT_DONE;

    for (size_t at = 0; result == INPUT_DONE && at < reader->head.size; at += PIECE_SIZE) {
        size_t left = reader->head.size - at;
        result = visit_piece(reader, caseload, reader->head.text + at,
                             left < PIECE_SIZE ? left : PIECE_SIZE);
    }
    return result;
}

static input_result visit_lines(cli_reader *reader)
{
    pfh_caseload *caseload = NULL;
    input_result result = INPUT_NO_MEMORY;

    if (pfh_caseload_new(&caseload, NULL) == PFH_OK)
        result = visit_head(reader, caseload);
    while (result == INPUT_DONE && !reader->ended) {
        reader->head.size = 0;
        result = read_more(reader, PIECE_SIZE);
        if (result == INPUT_DONE && reader->head.size > 0)
            result = visit_piece(reader, caseload, reader->head.text, reader->head.size);
    }
    if (result == INPUT_DONE)
        result = visit_piece(reader, caseload, "", 0);
    pfh_caseload_free(caseload);
    return result;
}

/* Gives the visitor the whole input as one line, or, where it turns out to be lines, those. */
static input_result visit_document(cli_reader *reader)
{
    input_result result = read_whole(reader, MOST_BYTES);
    pfh_pathway *pathway = NULL;
    pfh_line line = {0};
    pfh_error err;

    if (result != INPUT_DONE)
        return result;
    line.number = reader->head.line;
    line.text = reader->head.text;
    line.size = reader->head.size;
    line.status = pfh_pathway_parse(&pathway, line.text, line.size, &err);
    if (line.status == PFH_E_SYNTAX && has_further_pathway(&reader->head))
        return visit_lines(reader);
    line.pathway = pathway;
    line.error = line.status != PFH_OK ? &err : NULL;
    if (!reader->visit(reader->context, &line))
        result = INPUT_STOPPED;
    else if (line.status != PFH_OK)
        result = visit_rest(reader, &line);
    pfh_pathway_free(pathway);
    return result;
}

/* Also keeps what errno says of a failed reading over the closing. */
static void close_input(cli_reader *reader)
{
    int error = errno;

    if (reader->descriptor > STDERR_FILENO)
        close(reader->descriptor);
    free(reader->head.text);
    errno = error;
}

static bool open_input(cli_reader *reader, const char *file)
{
    memset(reader, 0, sizeof *reader);
    reader->head.line = 1;
    reader->descriptor = strcmp(file, "-") == 0 ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
    return reader->descriptor != -1;
}

input_result input_lines(const char *file, input_visit visit, void *context)
{
    cli_reader reader;
    cli_shape shape;
    input_result result;

    if (!open_input(&reader, file))
        return INPUT_UNREADABLE;
    reader.visit = visit;
    reader.context = context;
    result = read_head(&reader, &shape);
    if (result == INPUT_DONE)
        result = shape == SHAPE_DOCUMENT ? visit_document(&reader) : visit_lines(&reader);
    close_input(&reader);
    return result;
}

input_result input_whole(const char *file, size_t most, char **text, size_t *size)
{
    cli_reader reader;
    input_result result;

    if (!open_input(&reader, file))
        return INPUT_UNREADABLE;
    result = read_whole(&reader, most + 1);
    if (result == INPUT_DONE) {
        *text = reader.head.text;
        *size = reader.head.size;
        reader.head.text = NULL;
    }
    close_input(&reader);
    return result;
}
