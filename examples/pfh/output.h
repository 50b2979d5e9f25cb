/*
 * output.h -- standard output with every write checked, and messages on standard error.
 *
 * The first failure is kept and the rest is dropped: who writes need not look, who loops looks at
 * `error` now and then.  Text is UTF-8, written as it is.
 */
#ifndef PFH_CLI_OUTPUT_H
#define PFH_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

typedef struct cli_output {
    FILE *file;
    int error; /* errno of the first failure, or 0 */
} cli_output;

/* Opens standard output. */
void output_open(cli_output *out);

/* Flushes and closes it; says what failed.  Answers `code`, or EXIT_IO after a failure. */
int output_close(cli_output *out, int code);

void put_bytes(cli_output *out, const char *bytes, size_t size);
void put_text(cli_output *out, const char *text);
PRINTF_LIKE(2, 3) void put_format(cli_output *out, const char *text, ...);

/* A text in one line: each control character becomes a space. */
void put_plain(cli_output *out, const char *text);

/* A JSON string, or null for NULL. */
void put_json(cli_output *out, const char *text);

/* `"key":` and a JSON string, number or truth; a comma before it unless it is the first. */
void put_json_key(cli_output *out, const char *key, bool first);
void put_json_text(cli_output *out, const char *key, const char *text);
void put_json_number(cli_output *out, const char *key, int32_t number);
void put_json_flag(cli_output *out, const char *key, bool flag);

/* A cell of RFC 4180, in quotes where it needs them; NULL is an empty cell. */
void put_csv(cli_output *out, const char *text, bool last);

/* One of several documents: JSON on a line of its own, texts with two empty lines between them. */
void put_document(cli_output *out, const char *document, bool is_json, bool is_first);

/* Writes `pfh: ...` and a line end on standard error. */
PRINTF_LIKE(1, 2) void complain(const char *text, ...);

/* A text on standard error in one line: control characters are spelt \u00XX. */
void complain_plain(const char *text);

/* Makes sure that the descriptors 0 to 2 are taken, so that no file that is opened becomes one of
 * them. */
void keep_standard_streams(void);

#endif
