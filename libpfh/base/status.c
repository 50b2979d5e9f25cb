/*
 * base/status.c -- statuses and their words, errors and where they are, the version.
 *
 * An error is written once, when a call has failed already: cost does not matter here.  Nothing of
 * a document gets into it but keys, and no key with a run of digits as long as a person number.
 */
#include "base/base.h"
#include "version.h"

#include <stdarg.h>
#include <stdio.h> /* vsnprintf, nothing else */
#include <stdlib.h>

enum { DIGITS_OF_A_PERSON = 11 };

typedef struct {
    pfh_status status;
    const char *name, *text;
} status_row;

#define ROW(name, value, word, text) {name, word, text},
static const status_row statuses[] = {PFH_STATUS_TABLE(ROW)};
#undef ROW

static const status_row *find_status(pfh_status status)
{
    static const status_row unknown = {PFH_E_ARG, "unknown", "a number that is no status"};

    for (size_t i = 0; i < PFH_COUNT(statuses); i++)
        if (statuses[i].status == status)
            return &statuses[i];
    return &unknown;
}

const char *pfh_status_name(pfh_status status)
{
    return find_status(status)->name;
}

const char *pfh_status_text(pfh_status status)
{
    return find_status(status)->text;
}

size_t pfh_status_count(void)
{
    return PFH_COUNT(statuses);
}

pfh_status pfh_status_at(size_t index)
{
    return index < PFH_COUNT(statuses) ? statuses[index].status : PFH_E_ARG;
}

size_t pfh_error_size(void)
{
    return sizeof(pfh_error);
}

void pfh_string_free(char *text)
{
    if (text == NULL)
        return;
    pfh__wipe(text, strlen(text));
    free(text);
}

const char *pfh_version(void)
{
    return PFH_VERSION;
}

int32_t pfh_version_number(void)
{
    return PFH_VERSION_NUMBER;
}

/* ---- Errors ------------------------------------------------------------------------------- */

/* Takes the end off a text in which a character was cut. */
static void drop_cut_character(char *text)
{
    size_t size = strlen(text), start = size;

    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || ((unsigned char)text[start - 1] & 0x80) == 0)
        return;
    start--; /* the lead byte: 0xC0, 0xE0 and 0xF0 begin two, three and four bytes */
    if (size - start <
        2u + ((unsigned char)text[start] >= 0xE0) + ((unsigned char)text[start] >= 0xF0))
        text[start] = '\0';
}

static void set_where(pfh_error *err, const char *where)
{
    size_t size = strlen(where);

    if (size >= sizeof err->where) /* a pointer ends at an object above */
        for (size = sizeof err->where - 1; size > 0 && where[size] != '/'; size--)
            ;
    memmove(err->where, where, size); /* it may be the error's own */
    memset(err->where + size, 0, sizeof err->where - size);
}

/* All but `where`. */
PFH_PRINTF(3, 0)
static void set_error(pfh_error *err, pfh_status status, const char *format, va_list values)
{
    err->status = status;
    err->offset = -1;
    memset(err->text, 0, sizeof err->text);
    if (vsnprintf(err->text, sizeof err->text, format, values) >= (int)sizeof err->text)
        drop_cut_character(err->text);
    memset(err->reserved, 0, sizeof err->reserved);
}

pfh_status pfh__fail(pfh_error *err, pfh_status status, const char *where, const char *format, ...)
{
    va_list values;

    if (err == NULL)
        return status;
    set_where(err, where);
    va_start(values, format);
    set_error(err, status, format, values);
    va_end(values);
    return status;
}

pfh_status pfh__fail_at(pfh_error *err, pfh_status status, const pfh_place *place,
                        const char *format, ...)
{
    va_list values;

    if (err == NULL)
        return status;
    pfh__where(err, place);
    va_start(values, format);
    set_error(err, status, format, values);
    va_end(values);
    return status;
}

pfh_status pfh__fail_key(pfh_error *err, pfh_status status, const pfh_place *object,
                         const char *key, const char *format, ...)
{
    pfh_place at = {.up = object, .key = key, .key_size = strlen(key)};
    va_list values;

    if (err == NULL)
        return status;
    pfh__where(err, &at);
    va_start(values, format);
    set_error(err, status, format, values);
    va_end(values);
    return status;
}

pfh_status pfh__no_memory(pfh_error *err)
{
    return pfh__fail(err, PFH_E_NOMEM, "", "%s", pfh_status_text(PFH_E_NOMEM));
}

pfh_status pfh__null(pfh_error *err, const char *argument)
{
    return pfh__fail(err, PFH_E_ARG, argument, "%s is required", argument);
}

/* ---- JSON pointers ------------------------------------------------------------------------ */

/* Writes into room that it never overruns; false where the step does not fit. */
typedef struct {
    char *text;
    size_t size, room; /* room without the NUL */
} pointer_writer;

static bool put(pointer_writer *writer, char byte)
{
    if (writer->size == writer->room)
        return false;
    writer->text[writer->size++] = byte;
    return true;
}

static bool put_index(pointer_writer *writer, size_t index)
{
    return (index < 10 || put_index(writer, index / 10)) &&
           put(writer, (char)('0' + (int)(index % 10)));
}

static bool put_key(pointer_writer *writer, const char *key, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const bool escaped = key[i] == '~' || key[i] == '/';
        if (escaped && (!put(writer, '~') || !put(writer, key[i] == '/' ? '1' : '0')))
            return false;
        if (!escaped && !put(writer, key[i]))
            return false;
    }
    return true;
}

/* Whether a key can be shown: not a person's number, and no NUL that would end the text. */
static bool can_be_shown(const char *key, size_t size)
{
    size_t run = 0;

    for (size_t i = 0; i < size; i++) {
        run = key[i] >= '0' && key[i] <= '9' ? run + 1 : 0;
        if (run == DIGITS_OF_A_PERSON || key[i] == '\0')
            return false;
    }
    return !pfh__number_inside(key, size);
}

/* Writes a place from the outside in, as far as it can be said; false where it had to end. */
static bool put_place(pointer_writer *writer, const pfh_place *place)
{
    size_t above;
    bool whole;

    if (place == NULL)
        return true;
    if (!put_place(writer, place->up))
        return false;
    above = writer->size;
    if (place->key == NULL)
        whole = put(writer, '/') && put_index(writer, place->index);
    else
        whole = can_be_shown(place->key, place->key_size) && put(writer, '/') &&
                put_key(writer, place->key, place->key_size);
    if (!whole)
        writer->size = above;
    return whole;
}

void pfh__where(pfh_error *err, const pfh_place *place)
{
    pointer_writer writer;

    if (err == NULL)
        return;
    memset(err->where, 0, sizeof err->where);
    writer = (pointer_writer){err->where, 0, sizeof err->where - 1};
    put_place(&writer, place);
    err->where[writer.size] = '\0';
}
