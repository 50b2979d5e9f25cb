/*
 * input.h -- pathways from a file or standard input: NDJSON, or one document over several lines.
 *
 * Memory is bounded by the longest document, whatever the number of lines.
 */
#ifndef PFH_CLI_INPUT_H
#define PFH_CLI_INPUT_H

#include <pfh/caseload.h>

#include <stdbool.h>

typedef enum input_result {
    INPUT_DONE,
    INPUT_STOPPED,    /* the visitor said so */
    INPUT_UNREADABLE, /* errno says why */
    INPUT_NO_MEMORY
} input_result;

/* Is given each line, or the one document as if it were a line; false stops the reading. */
typedef bool (*input_visit)(void *context, const pfh_line *line);

/* Reads all of a file; "-" is standard input. */
input_result input_lines(const char *file, input_visit visit, void *context);

/* The most that the library takes of a document, and of a calendar that it updates or looks at. */
#define DOCUMENT_MOST ((size_t)4 * 1024 * 1024)
#define CALENDAR_MOST ((size_t)64 * 1024 * 1024)

/* Reads a whole file of at most `most` bytes; of a longer one a byte more, which the library
 * refuses.  `text` is the caller's, for free(). */
input_result input_whole(const char *file, size_t most, char **text, size_t *size);

#endif
