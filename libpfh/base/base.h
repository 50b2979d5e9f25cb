/*
 * base/base.h -- what every other part stands on: errors, memory, growable text.
 *
 * Internal names begin with pfh__ and are not exported.
 */
#ifndef PFH_BASE_BASE_H
#define PFH_BASE_BASE_H

#include <pfh/date.h>
#include <pfh/number.h>
#include <pfh/status.h>
#include <pfh/words.h>

#include <stdbool.h>
#include <string.h>

#if defined(__GNUC__)
#define PFH_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define PFH_PRINTF(text, first)
#endif

#define PFH_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Errors ------------------------------------------------------------------------------- */

/* Fills in *err (where it is given) and returns status.  `where` is a pointer or an argument's
 * name; the sentence is printf's, and must hold nothing of the document but keys. */
pfh_status pfh__fail(pfh_error *err, pfh_status status, const char *where, const char *format, ...)
    PFH_PRINTF(4, 5);
pfh_status pfh__no_memory(pfh_error *err);
pfh_status pfh__null(pfh_error *err, const char *argument);

/* A place in a document, from the inside out: frames on the C stack that cost nothing until
 * something is wrong. */
typedef struct pfh_place {
    const struct pfh_place *up; /* NULL: it stands in the document's outer object */
    const char *key;            /* NULL: a member of a list */
    size_t key_size;
    size_t index;
} pfh_place;

/* Writes a place as a JSON pointer into err->where: keys escaped, never with a person number or 11
 * digits in a row (it ends at the object that holds such a key), cut only between keys.  A NULL
 * place is the document itself; a NULL err is fine. */
void pfh__where(pfh_error *err, const pfh_place *place);
/* pfh__fail() at a place, and at the place of a key of an object. */
pfh_status pfh__fail_at(pfh_error *err, pfh_status status, const pfh_place *place,
                        const char *format, ...) PFH_PRINTF(4, 5);
pfh_status pfh__fail_key(pfh_error *err, pfh_status status, const pfh_place *object,
                         const char *key, const char *format, ...) PFH_PRINTF(5, 6);

/* ---- Memory ------------------------------------------------------------------------------- */

/* Overwrites memory in a way that the compiler may not leave out. */
void pfh__wipe(void *memory, size_t size);

/* Many allocations, one free.  Zero it to begin with.  Memory is aligned for anything, not cleared,
 * and wiped before it is freed. */
typedef struct pfh_arena {
    struct pfh_block *block; /* the newest */
    size_t next_size;        /* of the next block; 0: a default */
} pfh_arena;

void *pfh__arena_alloc(pfh_arena *arena, size_t size);                  /* NULL: out of memory */
char *pfh__arena_text(pfh_arena *arena, const char *text, size_t size); /* a copy, with a NUL */
void pfh__arena_free(pfh_arena *arena);

/* ---- Growable text ------------------------------------------------------------------------ */

/* Text that is written piece by piece; the first failure stays, so one check at the end will do.
 * Zero it to begin with; `max` 0 is no limit. */
typedef struct pfh_text_buffer {
    char *data; /* always with a NUL, once something was added */
    size_t size, room, max;
    bool failed;
} pfh_text_buffer;

void pfh__text_add(pfh_text_buffer *text, const char *piece, size_t size);
void pfh__text_puts(pfh_text_buffer *text, const char *piece);
void pfh__text_putc(pfh_text_buffer *text, char byte);
void pfh__text_number(pfh_text_buffer *text, int64_t number);
void pfh__text_date(pfh_text_buffer *text, pfh_date date); /* PFH_NONE is a failure */
/* A JSON string: quoted, with only `"`, `\` and control characters escaped. */
void pfh__text_json(pfh_text_buffer *text, const char *piece, size_t size);
/* Hands the text over; PFH_E_NOMEM when anything failed.  The buffer is empty afterwards. */
pfh_status pfh__text_finish(char **out, pfh_text_buffer *text, pfh_error *err);
void pfh__text_free(pfh_text_buffer *text); /* wipes */

/* ---- JSON values --------------------------------------------------------------------------- */

/* Whether two compact JSON texts are one value: neither the order of keys nor how a number is spelt
 * makes a difference.  false: out of memory. */
bool pfh__json_same(bool *same, const char *a, const char *b);

/* ---- Dates -------------------------------------------------------------------------------- */

/* The range of documents, and of dates that are computed from them (20 years more at each end). */
#define PFH_DATE_MIN (-43829)
#define PFH_DATE_MAX 120529
#define PFH_DATE_COMPUTED_MIN (PFH_DATE_MIN - 7305)
#define PFH_DATE_COMPUTED_MAX (PFH_DATE_MAX + 7304)

/* The number in so many digits, at most nine; -1 where they are not all digits. */
int32_t pfh__digits(const char *text, size_t count);
/* Ten characters at text, not necessarily with a NUL after them; false when they are no date. */
bool pfh__date_read(pfh_date *out, const char *text);
/* Ten characters to text, no NUL; the date is within the computed range. */
void pfh__date_put(char *text, pfh_date date);
/* PFH_NONE for what is not within the computed range. */
pfh_date pfh__date_working_on_or_after(pfh_date date);
pfh_date pfh__date_working_on_or_before(pfh_date date);

/* An RFC 3339 timestamp in the range of documents, compared by seconds and then nanos. */
typedef struct pfh_timestamp {
    const char *text; /* in UTC, as it is written; NULL: absent */
    int64_t seconds;  /* since 1970-01-01T00:00:00Z */
    int32_t nanos;
} pfh_timestamp;

#define PFH_TIMESTAMP_ROOM 31 /* "2026-02-03T10:12:00.123456789Z" and a NUL */

/* Reads a timestamp and writes it in UTC, without trailing zeros, to utc; out->text is left NULL.
 */
bool pfh__timestamp_read(pfh_timestamp *out, char utc[PFH_TIMESTAMP_ROOM], const char *text,
                         size_t size);
int pfh__timestamp_compare(const pfh_timestamp *a, const pfh_timestamp *b);

/* An appointment's start: a local civil time as the minute of the day, or a whole day, for which
 * the minute is PFH_NONE. */
bool pfh__start_read(pfh_date *date, int32_t *minute, const char *text, size_t size);

/* ---- Numbers ------------------------------------------------------------------------------ */

/* Whether text holds a person number that must not travel as an id (doc/rules.md). */
bool pfh__number_inside(const char *text, size_t size);

#endif
