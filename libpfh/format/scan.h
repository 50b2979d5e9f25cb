/*
 * format/scan.h -- the lines of an iCalendar text, as they stand there.
 *
 * libical reads values; it does not say where they stood or how they were spelt.  Who must keep
 * bytes (update) or judge them (lint) goes by this: content lines (RFC 5545, 3.1), unfolded, each
 * with its place in the text.  Any bytes are read; nothing is judged.
 */
#ifndef PFH_FORMAT_SCAN_H
#define PFH_FORMAT_SCAN_H

#include "base/base.h"

/* A part of a text, not necessarily with a NUL after it. */
typedef struct pfh_span {
    const char *at; /* NULL: absent */
    size_t size;
} pfh_span;

/* A content line.  `name`, `parameters` and `value` lie in the text, or in the reader's memory
 * until the next line is read. */
typedef struct pfh_content_line {
    pfh_span raw;        /* the lines of the text, with their line ends */
    int32_t number;      /* of the first of them, from 1 */
    pfh_span text;       /* unfolded, without a line end */
    pfh_span name;       /* all of the text where there is no colon */
    pfh_span parameters; /* behind the first `;`, without it; at NULL where there are none */
    pfh_span value;      /* behind the colon; at NULL where there is none */
} pfh_content_line;

typedef struct pfh_scanner {
    const char *at, *end;
    int32_t number;
    pfh_text_buffer unfolded;
    bool failed; /* out of memory */
} pfh_scanner;

/* A line ends at LF or CR LF, or at a CR that no LF follows; one that begins with a space or a tab
 * belongs to the one before it. */
void pfh__scan_begin(pfh_scanner *scanner, const char *text, size_t size);
/* false at the end, or when memory ran out. */
bool pfh__scan_next(pfh_scanner *scanner, pfh_content_line *line);
void pfh__scan_end(pfh_scanner *scanner);

/* Whether a span is a word, whatever the case of its ASCII letters. */
bool pfh__span_is(pfh_span span, const char *word);
/* Whether two spans have the same bytes. */
bool pfh__span_equal(pfh_span a, pfh_span b);
/* The value of a parameter without its quotes; at NULL where it is absent. */
pfh_span pfh__scan_parameter(const pfh_content_line *line, const char *name);
/* The next parameter of what is left of a list of them; false at the end. */
bool pfh__scan_next_parameter(pfh_span *left, pfh_span *name, pfh_span *value);

#endif
