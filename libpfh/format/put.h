/*
 * format/put.h -- what the JSON documents that are written key by key are put together from.  Keys
 * are written as they stand; nothing is null: PFH_NONE, 0 of a word, NULL.
 */
#ifndef PFH_FORMAT_PUT_H
#define PFH_FORMAT_PUT_H

#include "base/base.h"

/* `,"key":` or, after an opening bracket, `"key":`. */
void pfh__put_key(pfh_text_buffer *out, const char *key);
void pfh__put_text(pfh_text_buffer *out, const char *key, const char *value);
void pfh__put_word(pfh_text_buffer *out, const char *key, pfh_vocabulary words, int32_t value);
void pfh__put_date(pfh_text_buffer *out, const char *key, pfh_date date);
void pfh__put_number(pfh_text_buffer *out, const char *key, int32_t value);
void pfh__put_flag(pfh_text_buffer *out, const char *key, int32_t value);
/* The comma before a member of a list, but for the first one. */
void pfh__put_comma(pfh_text_buffer *out, size_t index);

#endif
