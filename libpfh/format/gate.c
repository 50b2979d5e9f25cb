/*
 * format/gate.c -- every byte of a document is checked here, before anything else sees it.
 *
 * One pass from the text to a canonical copy of it (json.h says which).  The grammar is RFC 8259's,
 * UTF-8 is table 3-7 of the Unicode Standard, the rest is doc/formats.md.  What a key means is not
 * asked, except whether it is the vendor's own; the outer value may be of any type.
 *
 * Cost: linear in the text, but for objects of many keys, which are sorted to find a duplicate: n
 * log n whatever the keys are.  One allocation of one and a half times the text's size; more only
 * for objects of very many keys and for vendor values full of quotes.  What was copied is wiped on
 * failure.
 */
#include "format/json.h"

#include <stdlib.h>

#define FEW_KEYS 16                    /* up to here each key is compared with each */
#define KEYS_ON_STACK 128              /* of all the objects that are open */
#define MAX_DIGITS PFH_JSON_MAX_DIGITS /* of an integer; json.h */

/* A key as it stands in the copy: equal keys have equal bytes there, for there is one way to
 * escape. */
typedef struct span {
    uint32_t at, size;
} span;

/* A list or object that is open, and the member of it that is being read. */
typedef struct frame {
    bool is_list;
    span key;         /* in an object */
    size_t index;     /* in a list */
    size_t first_key; /* of its keys in gate.keys */
} frame;

typedef struct gate {
    const unsigned char *text, *at, *end;
    char *copy, *put; /* room for the rest of the text, byte for byte, is always left after put */
    size_t room;
    bool vendor; /* inside a value of the vendor's own */
    bool in_key;
    pfh_status status;
    pfh_error *err;
    size_t depth; /* how many frames are open */
    size_t above; /* how many lists and objects the text will stand in */
    span *keys;   /* of all open objects, the innermost one's last */
    size_t key_count, key_room;
    frame frames[PFH_JSON_MAX_DEPTH];
    span few_keys[KEYS_ON_STACK];
} gate;

/* ---- What can go wrong -------------------------------------------------------------------- */

static bool fail(gate *g, pfh_status status)
{
    g->status = status;
    return false;
}

static bool no_memory(gate *g)
{
    return fail(g, pfh__no_memory(g->err));
}

static bool expected(gate *g, const char *what)
{
    int offset = (int)(g->at - g->text);

    pfh__fail(g->err, PFH_E_SYNTAX, "", "expected %s, at byte %d", what, offset);
    if (g->err != NULL)
        g->err->offset = offset;
    return fail(g, PFH_E_SYNTAX);
}

/* Undoes the escapes of a key where it stands; all of them are of two bytes. */
static size_t unescape(char *key, size_t size)
{
    size_t put = 0;

    for (size_t i = 0; i < size; i++) {
        char byte = key[i];

        if (byte == '\\') {
            byte = key[++i];
            byte = byte == 'n' ? '\n' : byte == 'r' ? '\r' : byte == 't' ? '\t' : byte;
        }
        key[put++] = byte;
    }
    return put;
}

/* Writes the pointer to the member of the innermost of so many frames.  Spoils the copy. */
static void say_where(gate *g, size_t depth)
{
    pfh_place places[PFH_JSON_MAX_DEPTH]; /* from the outside in */

    for (size_t i = 0; i < depth; i++) {
        const frame *f = &g->frames[i];
        pfh_place *place = &places[i];

        *place = (pfh_place){.up = i == 0 ? NULL : &places[i - 1], .index = f->index};
        if (!f->is_list) {
            place->key = g->copy + f->key.at;
            place->key_size = unescape(g->copy + f->key.at, f->key.size);
        }
    }
    pfh__where(g->err, depth == 0 ? NULL : &places[depth - 1]);
}

/* An error that is not one of syntax does not stop the gate: a text that is no JSON is told as
 * that.  The first such error counts. */
static void refuse(gate *g, pfh_status status, size_t depth, const char *sentence)
{
    if (g->status != PFH_OK)
        return;
    g->status = pfh__fail(g->err, status, "", "%s", sentence);
    if (g->err != NULL)
        say_where(g, depth);
}

static void refuse_character(gate *g)
{
    if (g->in_key)
        refuse(g, PFH_E_VALUE, g->depth - 1, "a key holds a character that is not allowed");
    else
        refuse(g, PFH_E_VALUE, g->depth, "a text holds a character that is not allowed");
}

static void refuse_key(gate *g, frame *object, span key)
{
    object->key = key;
    refuse(g, PFH_E_KEY, g->depth, "a key is there twice");
}

/* ---- Reading and writing ------------------------------------------------------------------ */

/* The next byte; 0, which is nowhere allowed, at the end. */
static inline unsigned char peek(const gate *g)
{
    return g->at < g->end ? *g->at : 0;
}

static inline unsigned char next_token(gate *g)
{
    unsigned char byte = peek(g);

    while (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t') {
        g->at++;
        byte = peek(g);
    }
    return byte;
}

/* Copies a byte that has been looked at. */
static inline void pass(gate *g)
{
    *g->put++ = (char)*g->at++;
}

static inline bool is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static uint32_t written(const gate *g)
{
    return (uint32_t)(g->put - g->copy);
}

/* Makes room for so many bytes besides those that the rest of the text may need. */
static bool make_room(gate *g, size_t more)
{
    size_t size = g->copy != NULL ? written(g) : 0;
    size_t need = size + more + (size_t)(g->end - g->at) + 1; /* the one is for a NUL */
    char *bigger = NULL;

    if (need <= g->room)
        return true;
    need += need / 2;
    bigger = malloc(need);
    if (bigger == NULL)
        return no_memory(g);
    if (size > 0) {
        memcpy(bigger, g->copy, size);
        pfh__wipe(g->copy, size);
    }
    free(g->copy);
    g->copy = bigger;
    g->put = bigger + size;
    g->room = need;
    return true;
}

/* ---- Strings ------------------------------------------------------------------------------ */

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Whether all of eight bytes are printable ASCII but `"` and `\`.  Subtracting n from a byte below
 * 0x80 sets its highest bit when it is below n, and so does adding one to 0x7F.  What carries from
 * one byte into the next only matters where something was found already. */
static inline bool is_plain_word(uint64_t word)
{
    uint64_t quote = word ^ EACH_BYTE('"'), backslash = word ^ EACH_BYTE('\\');
    uint64_t found = (word - EACH_BYTE(0x20)) | (word + EACH_BYTE(1)) | word;

    found |= (quote - EACH_BYTE(1)) | (backslash - EACH_BYTE(1));
    return (found & EACH_BYTE(0x80)) == 0;
}

static inline bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

static inline void copy_plain(gate *g)
{
    const unsigned char *at = g->at, *end = g->end;
    char *put = g->put;

    for (; end - at >= 8; at += 8, put += 8) {
        uint64_t word;

        memcpy(&word, at, 8);
        if (!is_plain_word(word))
            break;
        memcpy(put, at, 8);
    }
    while (at < end && is_plain(*at))
        *put++ = (char)*at++;
    g->at = at;
    g->put = put;
}

/* How many bytes the character at text has; 0: it is not UTF-8. */
static size_t character_size(const unsigned char *text, size_t left)
{
    unsigned char first = text[0], second = left > 1 ? text[1] : 0;
    size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    if (size == 1)
        return 1;
    if (first < 0xC2 || first > 0xF4 || size > left)
        return 0;
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
        return 0;
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    }
    return size;
}

static bool copy_character(gate *g)
{
    size_t size = character_size(g->at, (size_t)(g->end - g->at));

    if (size == 0)
        return expected(g, "valid UTF-8");
    if (g->at[0] == 0x7F || (g->at[0] == 0xC2 && g->at[1] < 0xA0))
        refuse_character(g);
    while (size-- > 0)
        pass(g);
    return true;
}

/* The number that four hexadecimal digits of an escape give; UINT32_MAX when they are not there. */
static uint32_t code_unit(const unsigned char *escape, const unsigned char *end)
{
    uint32_t unit = 0;

    if (end - escape < 6 || escape[0] != '\\' || escape[1] != 'u')
        return UINT32_MAX;
    for (size_t i = 2; i < 6; i++) {
        unsigned char digit = escape[i], letter = digit | 0x20;

        if (is_digit(digit))
            unit = unit * 16 + (uint32_t)(digit - '0');
        else if (letter >= 'a' && letter <= 'f')
            unit = unit * 16 + (uint32_t)(letter - 'a' + 10);
        else
            return UINT32_MAX;
    }
    return unit;
}

static void put_utf8(gate *g, uint32_t code)
{
    int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const uint32_t lead[] = {0, 0xC0, 0xE0, 0xF0};

    *g->put++ = (char)(unsigned char)(lead[more] | code >> 6 * more);
    while (more-- > 0)
        *g->put++ = (char)(unsigned char)(0x80 | (code >> 6 * more & 0x3F));
}

/* Writes a character that came as \u: escaped in the one way, or as it is. */
static void put_code(gate *g, uint32_t code)
{
    char letter = code == '\n' ? 'n' : code == '\r' ? 'r' : code == '\t' ? 't' : '\0';

    if (code == '"' || code == '\\')
        letter = (char)code;
    if (letter != '\0') {
        *g->put++ = '\\';
        *g->put++ = letter;
    } else if (code < 0x20 || (code >= 0x7F && code <= 0x9F) ||
               (code >= 0xD800 && code <= 0xDFFF)) {
        refuse_character(g);
    } else {
        put_utf8(g, code);
    }
}

static bool copy_code(gate *g)
{
    uint32_t code = code_unit(g->at, g->end), low = UINT32_MAX;

    if (code == UINT32_MAX)
        return expected(g, "four hexadecimal digits after \\u");
    g->at += 6;
    if (code >= 0xD800 && code <= 0xDBFF)
        low = code_unit(g->at, g->end);
    if (low >= 0xDC00 && low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        g->at += 6;
    }
    put_code(g, code);
    return true;
}

static bool copy_escape(gate *g)
{
    switch (g->end - g->at > 1 ? g->at[1] : 0) {
    case 'u':
        return copy_code(g);
    case '"':
    case '\\':
    case 'n':
    case 'r':
    case 't':
        pass(g);
        pass(g);
        return true;
    case '/':
        g->at++;
        pass(g);
        return true;
    case 'b':
    case 'f':
        refuse_character(g);
        g->at += 2;
        return true;
    default:
        return expected(g, "an escape that JSON has");
    }
}

/* From the opening quote to the closing one. */
static bool copy_string(gate *g)
{
    pass(g);
    for (;;) {
        bool fine = false;
        unsigned char byte;

        copy_plain(g);
        byte = peek(g);
        if (byte == '"')
            break;
        if (byte == '\\')
            fine = copy_escape(g);
        else if (byte >= 0x7F)
            fine = copy_character(g);
        else if (g->at == g->end)
            fine = expected(g, "a quote at the end of a string");
        else
            fine = expected(g, "a control character in a string to be escaped");
        if (!fine)
            return false;
    }
    pass(g);
    return true;
}

/* ---- Numbers and words -------------------------------------------------------------------- */

static bool skip_digits(gate *g)
{
    if (!is_digit(peek(g)))
        return expected(g, "a digit");
    while (is_digit(peek(g)))
        g->at++;
    return true;
}

/* Moves past a number; *is_integer becomes false when it is spelt with a point or an exponent. */
static bool skip_number(gate *g, bool *is_integer)
{
    if (peek(g) == '-')
        g->at++;
    if (peek(g) == '0')
        g->at++;
    else if (!skip_digits(g))
        return false;
    if (peek(g) == '.') {
        *is_integer = false;
        g->at++;
        if (!skip_digits(g))
            return false;
    }
    if (peek(g) == 'e' || peek(g) == 'E') {
        *is_integer = false;
        g->at++;
        if (peek(g) == '+' || peek(g) == '-')
            g->at++;
        return skip_digits(g);
    }
    return true;
}

static void put_bytes(gate *g, const void *bytes, size_t size)
{
    memcpy(g->put, bytes, size);
    g->put += size;
}

static bool copy_number(gate *g)
{
    const unsigned char *start = g->at;
    const size_t is_negative = *start == '-';
    size_t size = 0;
    bool is_integer = true;

    if (!skip_number(g, &is_integer))
        return false;
    size = (size_t)(g->at - start);
    if (!g->vendor && !is_integer)
        put_bytes(g, "9e9", 3);
    else if (!g->vendor && size > MAX_DIGITS + is_negative)
        put_bytes(g, &"-999999999"[!is_negative], MAX_DIGITS + is_negative);
    else if (!g->vendor && is_negative && start[1] == '0')
        put_bytes(g, "0", 1);
    else
        put_bytes(g, start, size);
    return true;
}

static bool copy_word(gate *g, const char *word, size_t size)
{
    if ((size_t)(g->end - g->at) < size || memcmp(g->at, word, size) != 0)
        return expected(g, "a value");
    g->at += size;
    put_bytes(g, word, size);
    return true;
}

/* ---- Duplicate keys ----------------------------------------------------------------------- */

static bool reserve_keys(gate *g, size_t more)
{
    size_t room = 2 * (g->key_count + more);
    span *bigger = NULL;

    if (g->key_count + more <= g->key_room)
        return true;
    bigger = malloc(room * sizeof *bigger);
    if (bigger == NULL)
        return no_memory(g);
    memcpy(bigger, g->keys, g->key_count * sizeof *bigger);
    if (g->keys != g->few_keys)
        free(g->keys);
    g->keys = bigger;
    g->key_room = room;
    return true;
}

/* Shorter keys come first: what counts is that there is one order. */
static int compare_keys(const char *copy, span a, span b)
{
    if (a.size != b.size)
        return a.size < b.size ? -1 : 1;
    return memcmp(copy + a.at, copy + b.at, a.size);
}

static void merge(span *out, const span *a, size_t a_count, const span *b, size_t b_count,
                  const char *copy)
{
    while (a_count > 0 && b_count > 0) {
        if (compare_keys(copy, *a, *b) <= 0) {
            *out++ = *a++;
            a_count--;
        } else {
            *out++ = *b++;
            b_count--;
        }
    }
    memcpy(out, a_count > 0 ? a : b, (a_count + b_count) * sizeof *out);
}

/* Merge sort, for the C library's qsort() promises nothing about crafted keys.  Both arrays have
 * room for all; the one that comes back is sorted. */
static const span *sort_keys(span *keys, span *spare, size_t count, const char *copy)
{
    for (size_t width = 1; width < count; width *= 2) {
        span *sorted = spare;

        for (size_t i = 0; i < count; i += 2 * width) {
            size_t left = count - i, a = left < width ? left : width;
            size_t b = left - a < width ? left - a : width;

            merge(spare + i, keys + i, a, keys + i + a, b, copy);
        }
        spare = keys;
        keys = sorted;
    }
    return keys;
}

/* A key that is among a few keys twice, or NULL. */
static const span *find_twice(const span *keys, size_t count, const char *copy)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (compare_keys(copy, keys[i], keys[j]) == 0)
                return &keys[i];
        }
    }
    return NULL;
}

static const span *find_twice_sorted(const span *keys, size_t count, const char *copy)
{
    for (size_t i = 1; i < count; i++) {
        if (compare_keys(copy, keys[i], keys[i - 1]) == 0)
            return &keys[i];
    }
    return NULL;
}

static bool check_keys(gate *g, frame *object)
{
    size_t count = g->key_count - object->first_key;
    const span *keys, *twice;

    if (count <= FEW_KEYS) {
        twice = find_twice(g->keys + object->first_key, count, g->copy);
    } else {
        if (!reserve_keys(g, count))
            return false;
        keys = sort_keys(g->keys + object->first_key, g->keys + g->key_count, count, g->copy);
        twice = find_twice_sorted(keys, count, g->copy);
    }
    if (twice != NULL)
        refuse_key(g, object, *twice);
    return true;
}

/* ---- Objects, lists and values ------------------------------------------------------------ */

static bool copy_value(gate *g);

/* Makes a string of the compact JSON that was written from start on; from its end, in place. */
static bool quote(gate *g, size_t start)
{
    size_t size = written(g) - start, more = 2;
    char *from, *to;

    for (const char *at = g->copy + start; at < g->put; at++)
        more += *at == '"' || *at == '\\';
    if (!make_room(g, more))
        return false;
    from = g->put;
    to = g->put += more;
    *--to = '"';
    for (; size > 0; size--) {
        *--to = *--from;
        if (*from == '"' || *from == '\\')
            *--to = '\\';
    }
    *--to = '"';
    return true;
}

static bool copy_vendor_value(gate *g)
{
    size_t start = written(g);
    bool fine;

    g->vendor = true;
    fine = copy_value(g);
    g->vendor = false;
    return fine && quote(g, start);
}

static bool copy_key(gate *g, frame *object)
{
    uint32_t start = written(g) + 1;

    g->in_key = true;
    if (!copy_string(g))
        return false;
    g->in_key = false;
    object->key = (span){start, written(g) - start - 1};
    if (!reserve_keys(g, 1))
        return false;
    g->keys[g->key_count++] = object->key;
    return true;
}

static bool copy_member(gate *g, frame *object)
{
    if (next_token(g) != '"')
        return expected(g, "a key in quotes");
    if (!copy_key(g, object))
        return false;
    if (next_token(g) != ':')
        return expected(g, "a colon after a key");
    pass(g);
    if (!g->vendor && pfh__json_is_vendor_key(g->copy + object->key.at, object->key.size))
        return copy_vendor_value(g);
    return copy_value(g);
}

/* Opens a list or object, bracket and all; NULL: too deep. */
static frame *enter(gate *g, bool is_list)
{
    frame *f;

    if (g->depth + g->above >= PFH_JSON_MAX_DEPTH) {
        expected(g, "no more than 32 lists and objects inside each other");
        return NULL;
    }
    f = &g->frames[g->depth++];
    f->is_list = is_list;
    f->key = (span){0, 0};
    f->index = 0;
    f->first_key = g->key_count;
    pass(g);
    return f;
}

static void leave(gate *g, const frame *f)
{
    pass(g);
    g->key_count = f->first_key;
    g->depth--;
}

static bool copy_object(gate *g)
{
    frame *f = enter(g, false);

    if (f == NULL)
        return false;
    if (next_token(g) != '}') {
        if (!copy_member(g, f))
            return false;
        while (next_token(g) == ',') {
            pass(g);
            if (!copy_member(g, f))
                return false;
        }
        if (peek(g) != '}')
            return expected(g, "a comma or } after a member of an object");
        if (!check_keys(g, f))
            return false;
    }
    leave(g, f);
    return true;
}

static bool copy_list(gate *g)
{
    frame *f = enter(g, true);

    if (f == NULL)
        return false;
    if (next_token(g) != ']') {
        if (!copy_value(g))
            return false;
        while (next_token(g) == ',') {
            pass(g);
            f->index++;
            if (!copy_value(g))
                return false;
        }
        if (peek(g) != ']')
            return expected(g, "a comma or ] after a member of a list");
    }
    leave(g, f);
    return true;
}

static bool copy_value(gate *g)
{
    unsigned char byte = next_token(g);

    switch (byte) {
    case '"':
        return copy_string(g);
    case '{':
        return copy_object(g);
    case '[':
        return copy_list(g);
    case 't':
        return copy_word(g, "true", 4);
    case 'f':
        return copy_word(g, "false", 5);
    case 'n':
        return copy_word(g, "null", 4);
    default:
        return byte == '-' || is_digit(byte) ? copy_number(g) : expected(g, "a value");
    }
}

pfh_status pfh__gate_too_long(pfh_error *err)
{
    pfh__fail(err, PFH_E_SYNTAX, "", "expected no more than 4 MiB, at byte %d", PFH_JSON_MAX_SIZE);
    if (err != NULL)
        err->offset = PFH_JSON_MAX_SIZE;
    return PFH_E_SYNTAX;
}

static bool copy_document(gate *g)
{
    if (g->end - g->at > PFH_JSON_MAX_SIZE)
        return fail(g, pfh__gate_too_long(g->err));
    if (g->end - g->at >= 3 && memcmp(g->at, "\xEF\xBB\xBF", 3) == 0)
        return expected(g, "no byte order mark");
    if (!make_room(g, 0) || !copy_value(g))
        return false;
    if (next_token(g) != 0 || g->at < g->end)
        return expected(g, "nothing after the value");
    return true;
}

/* ---- The gate ----------------------------------------------------------------------------- */

/* Gives the copy away: as the buffer's memory, or added to what is there. */
static void hand_over(pfh_text_buffer *out, gate *g)
{
    size_t size = written(g);

    if (out->data != NULL || out->max != 0) {
        pfh__text_add(out, g->copy, size);
        return;
    }
    g->copy[size] = '\0';
    out->data = g->copy;
    out->size = size;
    out->room = g->room - 1; /* safe whether or not a room counts the NUL */
    g->copy = NULL;
}

static pfh_status copy_text(pfh_text_buffer *out, const char *text, size_t size, size_t above,
                            pfh_error *err)
{
    const unsigned char *bytes = (const unsigned char *)text;
    gate g = {.text = bytes, .at = bytes, .end = bytes + size, .above = above, .err = err};

    g.vendor = above > 0;
    g.keys = g.few_keys;
    g.key_room = KEYS_ON_STACK;
    if (copy_document(&g) && g.status == PFH_OK) {
        hand_over(out, &g);
        if (out->failed)
            no_memory(&g);
    }
    if (g.copy != NULL)
        pfh__wipe(g.copy, written(&g));
    free(g.copy);
    if (g.keys != g.few_keys)
        free(g.keys);
    return g.status;
}

pfh_status pfh__gate(pfh_text_buffer *out, const char *text, size_t size, pfh_error *err)
{
    return copy_text(out, text, size, 0, err);
}

pfh_status pfh__gate_value(pfh_text_buffer *out, const char *text, size_t size, size_t above,
                           pfh_error *err)
{
    return copy_text(out, text, size, above, err);
}

bool pfh__json_is_vendor_key(const char *key, size_t size)
{
    return size > 2 && key[0] == 'x' && key[1] == '_';
}
