/*
 * base/text.c -- text that grows as it is written, up to a maximum.
 *
 * The room doubles, so writing n bytes costs at most 2 n bytes copied; the old room is wiped before
 * it is freed, because the text may be about a person (realloc would leave a copy behind).  The
 * first failure (no memory, too long, a date that is none) stays: what follows is ignored, and
 * pfh__text_finish() answers PFH_E_NOMEM.
 */
#include "base/base.h"

#include <stdlib.h>

enum { FIRST_ROOM = 256 };

static bool grow(pfh_text_buffer *text, size_t needed)
{
    size_t room = text->room > 0 ? text->room : FIRST_ROOM;
    char *data;

    while (room < needed)
        room = room <= SIZE_MAX / 2 ? room * 2 : needed;
    data = malloc(room);
    if (data == NULL)
        return false;
    if (text->data != NULL) {
        memcpy(data, text->data, text->size);
        pfh__wipe(text->data, text->size);
        free(text->data);
    }
    text->data = data;
    text->room = room;
    return true;
}

/* Makes room for so many bytes and a NUL. */
static bool reserve(pfh_text_buffer *text, size_t size)
{
    if (text->failed)
        return false;
    if (size >= SIZE_MAX - text->size || (text->max > 0 && text->size + size > text->max) ||
        (text->size + size >= text->room && !grow(text, text->size + size + 1)))
        text->failed = true;
    return !text->failed;
}

void pfh__text_add(pfh_text_buffer *text, const char *piece, size_t size)
{
    if (!reserve(text, size))
        return;
    if (size > 0)
        memcpy(text->data + text->size, piece, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void pfh__text_puts(pfh_text_buffer *text, const char *piece)
{
    pfh__text_add(text, piece, strlen(piece));
}

void pfh__text_putc(pfh_text_buffer *text, char byte)
{
    pfh__text_add(text, &byte, 1);
}

void pfh__text_number(pfh_text_buffer *text, int64_t number)
{
    char digits[20]; /* of INT64_MIN, with its sign */
    char *first = digits + sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do {
        *--first = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        *--first = '-';
    pfh__text_add(text, first, (size_t)(digits + sizeof digits - first));
}

void pfh__text_date(pfh_text_buffer *text, pfh_date date)
{
    char ten[10];

    if (date < PFH_DATE_COMPUTED_MIN || date > PFH_DATE_COMPUTED_MAX) {
        text->failed = true;
        return;
    }
    pfh__date_put(ten, date);
    pfh__text_add(text, ten, sizeof ten);
}

static bool needs_escape(char byte)
{
    return (unsigned char)byte < 0x20 || byte == '"' || byte == '\\';
}

static void add_escaped(pfh_text_buffer *text, char byte)
{
    static const char hex[] = "0123456789abcdef";
    static const char plain[] = "\"\\\n\r\t", letters[] = "\"\\nrt";
    const char *found = byte != '\0' ? strchr(plain, byte) : NULL;

    pfh__text_putc(text, '\\');
    if (found != NULL) {
        pfh__text_putc(text, letters[found - plain]);
        return;
    }
    pfh__text_puts(text, "u00");
    pfh__text_putc(text, hex[byte >> 4]);
    pfh__text_putc(text, hex[byte & 15]);
}

void pfh__text_json(pfh_text_buffer *text, const char *piece, size_t size)
{
    size_t done = 0;

    pfh__text_putc(text, '"');
    for (size_t i = 0; i < size; i++) {
        if (!needs_escape(piece[i]))
            continue;
        pfh__text_add(text, piece + done, i - done);
        add_escaped(text, piece[i]);
        done = i + 1;
    }
    pfh__text_add(text, piece + done, size - done);
    pfh__text_putc(text, '"');
}

pfh_status pfh__text_finish(char **out, pfh_text_buffer *text, pfh_error *err)
{
    pfh__text_add(text, "", 0); /* an empty text is a text */
    if (text->failed) {
        pfh__text_free(text);
        return pfh__no_memory(err);
    }
    *out = text->data;
    *text = (pfh_text_buffer){.max = text->max};
    return PFH_OK;
}

void pfh__text_free(pfh_text_buffer *text)
{
    if (text->data != NULL)
        pfh__wipe(text->data, text->size);
    free(text->data);
    *text = (pfh_text_buffer){.max = text->max};
}
