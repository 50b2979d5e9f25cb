/*
 * base/value.c -- whether two JSON texts are one value, however it is spelt.
 *
 * Both are compact: they came through the gate, which writes strings in one way and leaves numbers
 * and the order of keys as they were.  So each is written once more with its keys in order and its
 * numbers as digits and a power of ten, exactly, and the two are compared as bytes.  Costs a sort
 * for each object, and a few looks at each byte for each level that it lies under.
 */
#include "base/base.h"

#include <stdlib.h>

typedef struct member {
    const char *key; /* with its quotes */
    size_t size;
    const char *value;
} member;

typedef struct canon {
    pfh_text_buffer out;
    pfh_arena arena; /* for the members of objects */
} canon;

/* ---- Where a value ends ------------------------------------------------------------------- */

static const char *string_end(const char *at)
{
    for (at++; *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at + 1;
}

static const char *value_end(const char *at)
{
    size_t depth = 0;

    if (*at != '"' && *at != '{' && *at != '[')
        return at + strcspn(at, ",]}");
    do {
        if (*at == '"') {
            at = string_end(at);
            continue;
        }
        if (*at == '{' || *at == '[')
            depth++;
        else if (*at == '}' || *at == ']')
            depth--;
        at++;
    } while (depth > 0);
    return at;
}

/* ---- Numbers ------------------------------------------------------------------------------ */

enum { MOST_EXPONENT_DIGITS = 9 }; /* beyond that a number is compared as it is spelt */

/* The power of ten behind an e; false where it has too many digits. */
static bool read_exponent(int64_t *exponent, const char *at, const char *end)
{
    bool minus = false;

    *exponent = 0;
    if (at == end)
        return true;
    at++;
    if (*at == '-' || *at == '+')
        minus = *at++ == '-';
    while (at < end && *at == '0')
        at++;
    if (end - at > MOST_EXPONENT_DIGITS)
        return false;
    for (; at < end; at++)
        *exponent = *exponent * 10 + (*at - '0');
    if (minus)
        *exponent = -*exponent;
    return true;
}

/* The first and last digit that is not 0, and how many places the last stands left of the ones. */
typedef struct digits {
    const char *first, *last;
    int64_t places;
} digits;

static digits find_digits(const char *at, const char *end)
{
    digits found = {NULL, NULL, 0};
    const char *point = memchr(at, '.', (size_t)(end - at));

    for (const char *digit = at; digit < end; digit++) {
        if (*digit < '1')
            continue;
        if (found.first == NULL)
            found.first = digit;
        found.last = digit;
    }
    if (found.last == NULL)
        return found;
    if (point == NULL)
        found.places = end - 1 - found.last;
    else if (found.last < point)
        found.places = point - 1 - found.last;
    else
        found.places = point - found.last;
    return found;
}

/* "-12.50e1" as "-125e0"; every zero as "0". */
static void put_number(pfh_text_buffer *out, const char *at, const char *end)
{
    const char *start = at + (*at == '-'), *e = start + strcspn(start, "eE,]}");
    const digits found = find_digits(start, e);
    int64_t exponent;

    if (found.first == NULL) {
        pfh__text_putc(out, '0');
    } else if (!read_exponent(&exponent, e, end)) {
        pfh__text_add(out, at, (size_t)(end - at));
    } else {
        if (*at == '-')
            pfh__text_putc(out, '-');
        for (const char *digit = found.first; digit <= found.last; digit++)
            if (*digit != '.')
                pfh__text_putc(out, *digit);
        pfh__text_putc(out, 'e');
        pfh__text_number(out, exponent + found.places);
    }
}

/* ---- Values ------------------------------------------------------------------------------- */

static const char *put_value(canon *c, const char *at);

static int by_key(const void *a, const void *b)
{
    const member *x = a, *y = b;
    int order = memcmp(x->key, y->key, x->size < y->size ? x->size : y->size);

    return order != 0 ? order : (x->size > y->size) - (x->size < y->size);
}

/* Goes over the members of an object; they are put into `members` where that is given. */
static size_t read_members(member *members, const char *at)
{
    size_t count = 0;

    for (at++; *at != '}'; at += *at == ',') {
        const char *end = string_end(at);

        if (members != NULL)
            members[count] = (member){.key = at, .size = (size_t)(end - at), .value = end + 1};
        count++;
        at = value_end(end + 1);
    }
    return count;
}

static void put_object(canon *c, const char *at)
{
    size_t count = read_members(NULL, at);
    member *members = pfh__arena_alloc(&c->arena, count * sizeof *members);

    if (members == NULL) {
        c->out.failed = true;
        return;
    }
    read_members(members, at);
    if (count > 1)
        qsort(members, count, sizeof *members, by_key);
    pfh__text_putc(&c->out, '{');
    for (size_t i = 0; i < count && !c->out.failed; i++) {
        pfh__text_add(&c->out, members[i].key, members[i].size);
        put_value(c, members[i].value);
    }
    pfh__text_putc(&c->out, '}');
}

static void put_list(canon *c, const char *at)
{
    pfh__text_putc(&c->out, '[');
    for (at++; *at != ']'; at += *at == ',') {
        at = put_value(c, at);
        pfh__text_putc(&c->out, ',');
    }
    pfh__text_putc(&c->out, ']');
}

static const char *put_value(canon *c, const char *at)
{
    const char *end = value_end(at);

    if (*at == '{')
        put_object(c, at);
    else if (*at == '[')
        put_list(c, at);
    else if (*at == '-' || (*at >= '0' && *at <= '9'))
        put_number(&c->out, at, end);
    else
        pfh__text_add(&c->out, at, (size_t)(end - at));
    return end;
}

static bool canonical(pfh_text_buffer *out, const char *json)
{
    canon c = {.out = *out};

    put_value(&c, json);
    pfh__arena_free(&c.arena);
    *out = c.out;
    return !out->failed;
}

bool pfh__json_same(bool *same, const char *a, const char *b)
{
    pfh_text_buffer x = {0}, y = {0};
    bool done = true;

    *same = strcmp(a, b) == 0;
    if (!*same) {
        done = canonical(&x, a) && canonical(&y, b);
        *same = done && x.size == y.size && memcmp(x.data, y.data, x.size) == 0;
    }
    pfh__text_free(&x);
    pfh__text_free(&y);
    return done;
}
