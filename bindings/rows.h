/*
 * rows.h -- takes rows apart by the shapes of shapes.h: the table of fields, and a block of bytes that Java
 * and C# read values from.
 *
 * A block is an int64_t with the size of what follows, then an int32_t with the number of rows, then the rows,
 * field by field in the order of the shape: whole numbers as int32_t, PFH_NONE where there is none; texts and
 * bytes as an int32_t with their length, -1 where there is none, and the bytes; lists as an int32_t with
 * their length and the members; what may be missing (ROW_0, PART_0) as an int32_t, 0 or 1, before it; LONG
 * and HANDLE_0 as int64_t.  All in the order of bytes of the machine.  It never leaves the process.
 */
#ifndef PFHB_ROWS_H
#define PFHB_ROWS_H

#include "shapes.h"

#include <stdlib.h>
#include <string.h>

/* ---- The table of fields ------------------------------------------------------------------ */

typedef enum pfhb_kind {
    PFHB_TEXT, PFHB_TEXT_0, PFHB_CHARS, PFHB_BYTES, PFHB_COUNT, PFHB_NUMBER_0, PFHB_ORDINAL_0, PFHB_LONG,
    PFHB_FLAG, PFHB_FLAG_0, PFHB_DATE, PFHB_DATE_0, PFHB_WORD, PFHB_WORD_0, PFHB_WORDS, PFHB_STATUS,
    PFHB_NUMBERS, PFHB_PART_0, PFHB_ROW, PFHB_ROW_0, PFHB_ROWS, PFHB_HANDLE_0
} pfhb_kind;

typedef enum pfhb_shape_id {
#define PFHB_ONE(name, type, fields, doc) PFHB_SHAPE_##name,
    PFHB_SHAPES(PFHB_ONE)
#undef PFHB_ONE
        PFHB_SHAPE_COUNT
} pfhb_shape_id;

enum {
#define PFHB_ONE(name, value, word, table, type) PFHB_OF_##type = value,
    PFH_VOCABULARY_TABLE(PFHB_ONE)
#undef PFHB_ONE
};

typedef struct pfhb_field {
    const char *name;
    pfhb_kind kind;
    size_t at;  /* where the member stands in the struct */
    size_t too; /* where its count stands, or `has_` */
    int of;     /* the list of words, or the shape */
} pfhb_field;

typedef struct pfhb_shape {
    const char *name;
    size_t size; /* of the struct: the step from row to row in a list of rows */
    const pfhb_field *fields;
    size_t count;
} pfhb_shape;

#define PFHB_PLAIN(member, of) offsetof(row, member), 0, 0
#define PFHB_WORDED(member, of) offsetof(row, member), 0, PFHB_OF_##of
#define PFHB_COUNTED(member, of) offsetof(row, member), offsetof(row, of), 0
#define PFHB_SHAPED(member, of) offsetof(row, member), 0, PFHB_SHAPE_##of

#define PFHB_AT_TEXT PFHB_PLAIN
#define PFHB_AT_TEXT_0 PFHB_PLAIN
#define PFHB_AT_CHARS PFHB_PLAIN
#define PFHB_AT_BYTES PFHB_COUNTED
#define PFHB_AT_COUNT PFHB_PLAIN
#define PFHB_AT_NUMBER_0 PFHB_PLAIN
#define PFHB_AT_ORDINAL_0 PFHB_PLAIN
#define PFHB_AT_LONG PFHB_PLAIN
#define PFHB_AT_FLAG PFHB_PLAIN
#define PFHB_AT_FLAG_0 PFHB_PLAIN
#define PFHB_AT_DATE PFHB_PLAIN
#define PFHB_AT_DATE_0 PFHB_PLAIN
#define PFHB_AT_WORD PFHB_WORDED
#define PFHB_AT_WORD_0 PFHB_WORDED
#define PFHB_AT_WORDS PFHB_WORDED
#define PFHB_AT_STATUS PFHB_PLAIN
#define PFHB_AT_NUMBERS PFHB_COUNTED
#define PFHB_AT_PART_0(member, of) offsetof(row, member##_months), offsetof(row, has_##member), PFHB_SHAPE_##of
#define PFHB_AT_ROW PFHB_SHAPED
#define PFHB_AT_ROW_0 PFHB_SHAPED
/* reasons are counted by reason_count, changes by change_count */
#define PFHB_AT_ROWS(member, of) offsetof(row, member), offsetof(row, PFHB_COUNT_OF_##member), PFHB_SHAPE_##of
#define PFHB_COUNT_OF_reasons reason_count
#define PFHB_COUNT_OF_changes change_count
#define PFHB_AT_HANDLE_0 PFHB_PLAIN

#define PFHB_F(kind, name, member, of, doc) {#name, PFHB_##kind, PFHB_AT_##kind(member, of)},
#define PFHB_ONE(shape, type, list, doc)                                                           \
    static const pfhb_shape *pfhb_shape_##shape(void)                                              \
    {                                                                                              \
        typedef type row;                                                                          \
        static const pfhb_field fields[] = {list(PFHB_F)};                                         \
        static const pfhb_shape it = {#shape, sizeof(row), fields, sizeof fields / sizeof fields[0]}; \
        return &it;                                                                                \
    }
PFHB_SHAPES(PFHB_ONE)
#undef PFHB_ONE
#undef PFHB_F

static const pfhb_shape *pfhb_shape_of(int id)
{
    static const pfhb_shape *(*const shapes[])(void) = {
#define PFHB_ONE(name, type, fields, doc) pfhb_shape_##name,
        PFHB_SHAPES(PFHB_ONE)
#undef PFHB_ONE
    };
    return shapes[id]();
}

/* ---- Reading a member --------------------------------------------------------------------- */

static const void *pfhb_member(const void *row, size_t at)
{
    return (const char *)row + at;
}

static int32_t pfhb_int(const void *row, size_t at)
{
    int32_t value;
    memcpy(&value, pfhb_member(row, at), sizeof value);
    return value;
}

static int64_t pfhb_long(const void *row, size_t at)
{
    int64_t value;
    memcpy(&value, pfhb_member(row, at), sizeof value);
    return value;
}

static const void *pfhb_pointer(const void *row, size_t at)
{
    const void *value;
    memcpy(&value, pfhb_member(row, at), sizeof value);
    return value;
}

static size_t pfhb_size(const void *row, size_t at)
{
    size_t value;
    memcpy(&value, pfhb_member(row, at), sizeof value);
    return value;
}

/* What is 0 in a row where there is nothing is PFH_NONE in a value. */
static int32_t pfhb_or_none(int32_t value)
{
    return value == 0 ? PFH_NONE : value;
}

/* How many rows or numbers a list has, or of a list that ends in a 0. */
static size_t pfhb_length(const pfhb_field *field, const void *row)
{
    size_t n = 0;
    if (field->kind != PFHB_WORDS)
        return pfhb_size(row, field->too);
    while (n < 4 && pfhb_int(row, field->at + n * sizeof(int32_t)) != 0)
        n++;
    return n;
}

/* ---- Rows on their way out ---------------------------------------------------------------- */

/* Rows of one shape: borrowed from `parent`, or, with `release`, made for this answer. */
typedef struct pfhb_rows {
    int shape;
    void *parent;
    size_t count;
    const void *(*at)(const void *parent, size_t index);
    void (*release)(void *parent, size_t count);
} pfhb_rows;

static void pfhb_rows_release(const pfhb_rows *rows)
{
    if (rows->release != NULL)
        rows->release(rows->parent, rows->count);
}

/* ---- A block ------------------------------------------------------------------------------ */

typedef struct pfhb_block {
    char *data;
    size_t size, room;
    int failed;
} pfhb_block;

/* What held personal data is wiped before it is freed; a compiler may not leave that out. */
static void pfhb_wipe(void *data, size_t size)
{
    static void *(*const volatile fill)(void *, int, size_t) = memset;

    if (data != NULL)
        (void)fill(data, 0, size);
}

static void pfhb_drop(pfhb_block *block)
{
    pfhb_wipe(block->data, block->size);
    free(block->data);
    block->data = NULL;
}

/* Makes room for so many bytes more. */
static int pfhb_grow(pfhb_block *block, size_t size)
{
    const size_t room = block->room + size + block->room / 2 + 256;
    char *data = room > INT32_MAX ? NULL : (char *)malloc(room);

    if (data == NULL) {
        block->failed = 1;
        return 0;
    }
    if (block->size > 0)
        memcpy(data, block->data, block->size);
    pfhb_drop(block);
    block->data = data;
    block->room = room;
    return 1;
}

static void pfhb_put(pfhb_block *block, const void *bytes, size_t size)
{
    if (block->failed || (size > block->room - block->size && !pfhb_grow(block, size)))
        return;
    memcpy(block->data + block->size, bytes, size);
    block->size += size;
}

static void pfhb_put_int(pfhb_block *block, int32_t value)
{
    pfhb_put(block, &value, sizeof value);
}

static void pfhb_put_text(pfhb_block *block, const char *text, size_t size)
{
    pfhb_put_int(block, text == NULL ? -1 : (int32_t)size);
    if (text != NULL)
        pfhb_put(block, text, size);
}

static void pfhb_put_row(pfhb_block *block, const pfhb_shape *shape, const void *row);

static void pfhb_put_list(pfhb_block *block, const pfhb_field *field, const void *row)
{
    const size_t n = pfhb_length(field, row);
    const char *list = field->kind == PFHB_WORDS ? (const char *)pfhb_member(row, field->at)
                                                 : (const char *)pfhb_pointer(row, field->at);
    pfhb_put_int(block, (int32_t)n);
    for (size_t i = 0; i < n; i++)
        if (field->kind == PFHB_ROWS)
            pfhb_put_row(block, pfhb_shape_of(field->of), list + i * pfhb_shape_of(field->of)->size);
        else
            pfhb_put_int(block, pfhb_int(list, i * sizeof(int32_t)));
}

static void pfhb_put_field(pfhb_block *block, const pfhb_field *field, const void *row)
{
    const void *part;
    const char *text;
    int64_t wide;

    switch (field->kind) {
    case PFHB_TEXT:
    case PFHB_TEXT_0:
        text = (const char *)pfhb_pointer(row, field->at);
        pfhb_put_text(block, text, text == NULL ? 0 : strlen(text));
        break;
    case PFHB_CHARS:
        text = (const char *)pfhb_member(row, field->at);
        pfhb_put_text(block, text, strlen(text));
        break;
    case PFHB_BYTES:
        pfhb_put_text(block, (const char *)pfhb_pointer(row, field->at), pfhb_size(row, field->too));
        break;
    case PFHB_ORDINAL_0:
    case PFHB_WORD_0:
        pfhb_put_int(block, pfhb_or_none(pfhb_int(row, field->at)));
        break;
    case PFHB_LONG:
        wide = pfhb_long(row, field->at);
        pfhb_put(block, &wide, sizeof wide);
        break;
    case PFHB_HANDLE_0:
        wide = (int64_t)(intptr_t)pfhb_pointer(row, field->at);
        pfhb_put(block, &wide, sizeof wide);
        break;
    case PFHB_WORDS:
    case PFHB_NUMBERS:
    case PFHB_ROWS:
        pfhb_put_list(block, field, row);
        break;
    case PFHB_PART_0:
        pfhb_put_int(block, pfhb_int(row, field->too) != 0);
        if (pfhb_int(row, field->too) != 0)
            pfhb_put_row(block, pfhb_shape_of(field->of), pfhb_member(row, field->at));
        break;
    case PFHB_ROW:
        pfhb_put_row(block, pfhb_shape_of(field->of), pfhb_pointer(row, field->at));
        break;
    case PFHB_ROW_0:
        part = pfhb_pointer(row, field->at);
        pfhb_put_int(block, part != NULL);
        if (part != NULL)
            pfhb_put_row(block, pfhb_shape_of(field->of), part);
        break;
    case PFHB_COUNT:
    case PFHB_NUMBER_0:
    case PFHB_FLAG:
    case PFHB_FLAG_0:
    case PFHB_DATE:
    case PFHB_DATE_0:
    case PFHB_WORD:
    case PFHB_STATUS:
        pfhb_put_int(block, pfhb_int(row, field->at));
        break;
    }
}

static void pfhb_put_row(pfhb_block *block, const pfhb_shape *shape, const void *row)
{
    for (size_t i = 0; i < shape->count; i++)
        pfhb_put_field(block, &shape->fields[i], row);
}

/* The handles of rows that were put into a block now belong to who reads it. */
static void pfhb_given(const pfhb_rows *rows)
{
    const pfhb_shape *shape = pfhb_shape_of(rows->shape);

    for (size_t i = 0; i < rows->count; i++)
        for (size_t f = 0; f < shape->count; f++)
            if (shape->fields[f].kind == PFHB_HANDLE_0)
                memset((char *)(intptr_t)rows->at(rows->parent, i) + shape->fields[f].at, 0, sizeof(void *));
}

static void pfhb_close_block(pfhb_block *block)
{
    const int64_t size = (int64_t)block->size - (int64_t)sizeof(int64_t);

    if (!block->failed)
        memcpy(block->data, &size, sizeof size);
}

/* The block of rows, for free(); NULL where memory is short.  Releases the rows. */
static char *pfhb_block_of(const pfhb_rows *rows)
{
    static const int64_t nothing = 0;
    pfhb_block block = {NULL, 0, 0, 0};

    pfhb_put(&block, &nothing, sizeof nothing);
    pfhb_put_int(&block, (int32_t)rows->count);
    for (size_t i = 0; i < rows->count; i++)
        pfhb_put_row(&block, pfhb_shape_of(rows->shape), rows->at(rows->parent, i));
    pfhb_close_block(&block);
    if (!block.failed)
        pfhb_given(rows);
    pfhb_rows_release(rows);
    if (block.failed)
        pfhb_drop(&block);
    return block.data;
}

/* The block of a text: its size and its bytes.  NULL where there is no text, or memory is short. */
static char *pfhb_block_of_text(const char *text)
{
    pfhb_block block = {NULL, 0, 0, 0};
    const int64_t size = text == NULL ? 0 : (int64_t)strlen(text);

    if (text == NULL)
        return NULL;
    pfhb_put(&block, &size, sizeof size);
    pfhb_put(&block, text, (size_t)size);
    if (block.failed)
        pfhb_drop(&block);
    return block.data;
}

/* The number of bytes of a block after its size. */
static size_t pfhb_block_size(const char *block)
{
    int64_t size;
    memcpy(&size, block, sizeof size);
    return (size_t)size;
}

#endif
