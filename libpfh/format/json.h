/*
 * format/json.h -- strict JSON: a gate that checks the text, and a thin skin over cJSON.
 *
 * cJSON accepts much that is not JSON, and loses how numbers are spelt.  So the gate reads every
 * byte first (doc/formats.md: syntax, UTF-8, duplicate keys, depth, size, forbidden characters) and
 * writes the text that cJSON gets to see: compact; strings escaped in one way; each value under a
 * vendor key (`x_`) as a string that holds the value's own compact JSON; integers of more than nine
 * digits as one of nine nines, which no key takes; and numbers that are not spelt as an integer as
 * 9e9, which is larger than all of those (and has no decimal point for a locale to change).
 */
#ifndef PFH_FORMAT_JSON_H
#define PFH_FORMAT_JSON_H

#include "base/base.h"

#define PFH_JSON_MAX_SIZE (4 * 1024 * 1024)
#define PFH_JSON_MAX_DEPTH 32
#define PFH_JSON_MAX_DIGITS 9

/* Checks text and writes what cJSON is to see.  PFH_E_SYNTAX with "" as the place and the byte in
 * err->offset; PFH_E_KEY for a duplicate key, at it; PFH_E_VALUE for a forbidden character, at the
 * string, or at the object for a key; PFH_E_NOMEM. */
pfh_status pfh__gate(pfh_text_buffer *out, const char *text, size_t size, pfh_error *err);

/* What pfh__gate() says of a text that is longer than a document may be. */
pfh_status pfh__gate_too_long(pfh_error *err);

/* The same for a value of the vendor's own, which is to stand in `above` (1 or more) objects and
 * lists: writes it as compact JSON, numbers as they are spelt. */
pfh_status pfh__gate_value(pfh_text_buffer *out, const char *text, size_t size, size_t above,
                           pfh_error *err);

/* Whether a key is the vendor's own: `x_` and at least one more character. */
bool pfh__json_is_vendor_key(const char *key, size_t size);

/* ---- The skin over cJSON ------------------------------------------------------------------ */

typedef struct cJSON pfh_json;

typedef enum pfh_json_kind {
    PFH_JSON_NULL,
    PFH_JSON_FLAG,
    PFH_JSON_NUMBER,
    PFH_JSON_TEXT,
    PFH_JSON_LIST,
    PFH_JSON_OBJECT
} pfh_json_kind;

/* Through the gate and into a tree, for pfh__json_free(). */
pfh_status pfh__json_parse(pfh_json **out, const char *text, size_t size, pfh_error *err);
void pfh__json_free(pfh_json *tree); /* wipes its strings; NULL is fine */

pfh_json_kind pfh__json_kind(const pfh_json *node);
const pfh_json *pfh__json_first(const pfh_json *node); /* member of a list or object; or NULL */
const pfh_json *pfh__json_next(const pfh_json *node);
const char *pfh__json_key(const pfh_json *node); /* of a member of an object */
const char *pfh__json_text(const pfh_json *node);
bool pfh__json_flag(const pfh_json *node);
/* false when the number is not spelt as an integer */
bool pfh__json_number(int32_t *out, const pfh_json *node);

#endif
