/*
 * format/put.c -- the members of the JSON objects that are written key by key.
 */
#include "format/put.h"

void pfh__put_key(pfh_text_buffer *out, const char *key)
{
    if (out->size > 0 && out->data != NULL && out->data[out->size - 1] != '{')
        pfh__text_putc(out, ',');
    pfh__text_putc(out, '"');
    pfh__text_puts(out, key);
    pfh__text_add(out, "\":", 2);
}

void pfh__put_text(pfh_text_buffer *out, const char *key, const char *value)
{
    pfh__put_key(out, key);
    if (value == NULL)
        pfh__text_puts(out, "null");
    else
        pfh__text_json(out, value, strlen(value));
}

void pfh__put_word(pfh_text_buffer *out, const char *key, pfh_vocabulary words, int32_t value)
{
    pfh__put_text(out, key, pfh_word(words, value));
}

void pfh__put_date(pfh_text_buffer *out, const char *key, pfh_date date)
{
    pfh__put_key(out, key);
    if (date == PFH_NONE) {
        pfh__text_puts(out, "null");
        return;
    }
    pfh__text_putc(out, '"');
    pfh__text_date(out, date);
    pfh__text_putc(out, '"');
}

void pfh__put_number(pfh_text_buffer *out, const char *key, int32_t value)
{
    pfh__put_key(out, key);
    if (value == PFH_NONE)
        pfh__text_puts(out, "null");
    else
        pfh__text_number(out, value);
}

void pfh__put_flag(pfh_text_buffer *out, const char *key, int32_t value)
{
    pfh__put_key(out, key);
    pfh__text_puts(out, value == PFH_NONE ? "null" : value ? "true" : "false");
}

void pfh__put_comma(pfh_text_buffer *out, size_t index)
{
    if (index > 0)
        pfh__text_putc(out, ',');
}
