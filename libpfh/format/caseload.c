/*
 * format/caseload.c -- NDJSON in pieces of any size, a pathway at a time.
 *
 * Bytes wait in one buffer until their line is whole.  A line that cannot become a document,
 * because it is longer than one may be, is handed back in pieces as it comes, so the buffer holds
 * at most the longest document and the piece that was given last.
 */
#include "format/json.h"

#include <pfh/caseload.h>

#include <stdlib.h>

#define LONGEST_LINE (PFH_JSON_MAX_SIZE + 1) /* a document and a CR */

struct pfh_caseload {
    char *data;
    size_t begin, end, room; /* unread bytes are data[begin] to data[end - 1] */
    size_t looked;           /* how many of them hold no line end */
    bool ended;              /* there is no more */
    bool inside;             /* of a line that is too long */
    pfh_line line;
    pfh_error error;
    pfh_pathway *pathway;
};

pfh_status pfh_caseload_new(pfh_caseload **out, pfh_error *err)
{
    pfh_caseload *reader;

    if (out == NULL)
        return pfh__null(err, "out");
    reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return pfh__no_memory(err);
    *out = reader;
    return PFH_OK;
}

static void drop_buffer(pfh_caseload *reader)
{
    if (reader->data != NULL)
        pfh__wipe(reader->data, reader->room);
    free(reader->data);
}

void pfh_caseload_free(pfh_caseload *reader)
{
    if (reader == NULL)
        return;
    pfh_pathway_free(reader->pathway);
    drop_buffer(reader);
    free(reader);
}

/* ---- The buffer --------------------------------------------------------------------------- */

static bool make_room(pfh_caseload *reader, size_t size)
{
    size_t waiting = reader->end - reader->begin, room = reader->room;
    char *data;

    if (size > SIZE_MAX / 2 - waiting)
        return false;
    if (waiting + size <= reader->room) {
        memmove(reader->data, reader->data + reader->begin, waiting);
    } else {
        for (room = room == 0 ? 64 * 1024 : room; room < waiting + size;)
            room *= 2;
        data = malloc(room);
        if (data == NULL)
            return false;
        if (waiting > 0)
            memcpy(data, reader->data + reader->begin, waiting);
        drop_buffer(reader);
        reader->data = data;
        reader->room = room;
    }
    reader->begin = 0;
    reader->end = waiting;
    return true;
}

pfh_status pfh_caseload_feed(pfh_caseload *reader, const char *piece, size_t size, pfh_error *err)
{
    if (reader == NULL || (piece == NULL && size > 0))
        return pfh__null(err, reader == NULL ? "reader" : "piece");
    if (reader->ended && size > 0)
        return pfh__fail(err, PFH_E_ARG, "piece", "a piece came after the end");
    if (size == 0) {
        reader->ended = true;
        return PFH_OK;
    }
    if (!make_room(reader, size))
        return pfh__no_memory(err);
    memcpy(reader->data + reader->end, piece, size);
    reader->end += size;
    return PFH_OK;
}

/* ---- Lines -------------------------------------------------------------------------------- */

static bool is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            return false;
    return true;
}

/* Takes the next bytes off the buffer: a whole line, or all there is of one that is too long.  Sets
 * *whole to whether they end the line; false when more bytes are needed. */
static bool take_bytes(pfh_caseload *reader, bool *whole)
{
    size_t waiting = reader->end - reader->begin;
    const char *text = reader->data == NULL ? NULL : reader->data + reader->begin;
    const char *newline = waiting == reader->looked
                              ? NULL
                              : memchr(text + reader->looked, '\n', waiting - reader->looked);

    *whole = newline != NULL || reader->ended;
    reader->looked = waiting;
    if (newline == NULL &&
        (waiting == 0 || (!reader->ended && !reader->inside && waiting <= LONGEST_LINE)))
        return false;
    reader->line.text = text;
    reader->line.size = newline == NULL ? waiting : (size_t)(newline - text) + 1;
    reader->begin += reader->line.size;
    reader->looked = 0;
    return true;
}

/* The line without its end. */
static size_t content_size(const pfh_line *line)
{
    size_t size = line->size;

    if (size > 0 && line->text[size - 1] == '\n')
        size--;
    if (size > 0 && line->text[size - 1] == '\r')
        size--;
    return size;
}

static void refuse(pfh_caseload *reader, pfh_status status)
{
    reader->line.status = status;
    reader->line.error = &reader->error;
}

static void read_line(pfh_caseload *reader, size_t size)
{
    pfh_status status =
        pfh_pathway_parse(&reader->pathway, reader->line.text, size, &reader->error);

    if (status != PFH_OK)
        refuse(reader, status);
    reader->line.pathway = reader->pathway;
}

const pfh_line *pfh_caseload_next(pfh_caseload *reader)
{
    bool whole;

    if (reader == NULL)
        return NULL;
    pfh_pathway_free(reader->pathway);
    reader->pathway = NULL;
    while (take_bytes(reader, &whole)) {
        bool continued = reader->inside;
        size_t size = content_size(&reader->line);

        reader->inside = !whole;
        reader->line.number += !continued;
        reader->line.continued = continued;
        reader->line.pathway = NULL;
        reader->line.error = NULL;
        reader->line.status = PFH_OK;
        if (continued) { /* reader->error still says why */
            refuse(reader, PFH_E_SYNTAX);
            return &reader->line;
        }
        if (!whole || size > PFH_JSON_MAX_SIZE)
            refuse(reader, pfh__gate_too_long(&reader->error));
        else if (is_blank(reader->line.text, size))
            continue;
        else
            read_line(reader, size);
        return &reader->line;
    }
    return NULL;
}

pfh_pathway *pfh_caseload_take(pfh_caseload *reader)
{
    pfh_pathway *pathway = reader == NULL ? NULL : reader->pathway;

    if (reader != NULL)
        reader->pathway = NULL;
    return pathway;
}
