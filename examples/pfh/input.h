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

/* Reads a whole file of at most 4 MiB; of a longer one 4 MiB + 1 byte, which the library refuses.
 * `text` is the caller's, for free(). */
input_result input_whole(const char *file, char **text, size_t *size);

#endif
