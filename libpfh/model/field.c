/*
 * model/field.c -- one value into one field, and objects handled by their schema.
 *
 * Nothing here knows a document: what a key takes stands in schema.c.  An error's text says what
 * would have been right and never repeats the value.
 */
#include "model/model.h"

#include <stdlib.h>

#define FREE_TEXT_MAX 4000 /* code points */
#define ID_MAX 64
#define CODE_MAX 16
#define EVERY_WORD UINT32_MAX

static void *at(const pfh_record *object, const pfh_field *field)
{
    return (char *)(uintptr_t)object + field->offset;
}

const char **pfh__field_text(const pfh_record *object, const pfh_field *field)
{
    return at(object, field);
}

int32_t *pfh__field_number(const pfh_record *object, const pfh_field *field)
{
    return at(object, field);
}

pfh_record **pfh__field_child(const pfh_record *object, const pfh_field *field)
{
    return at(object, field);
}

pfh_list *pfh__field_list(const pfh_record *object, const pfh_field *field)
{
    return at(object, field);
}

pfh_storage pfh__field_storage(pfh_field_kind kind)
{
    static const pfh_storage storages[] = {
        [PFH_FIELD_TEXT] = PFH_STORED_TEXT,      [PFH_FIELD_ID] = PFH_STORED_TEXT,
        [PFH_FIELD_ICD10] = PFH_STORED_TEXT,     [PFH_FIELD_CODE] = PFH_STORED_TEXT,
        [PFH_FIELD_DIGITS] = PFH_STORED_TEXT,    [PFH_FIELD_TOPIC] = PFH_STORED_TEXT,
        [PFH_FIELD_LOCAL] = PFH_STORED_TEXT,     [PFH_FIELD_EDITION] = PFH_STORED_TEXT,
        [PFH_FIELD_WORD] = PFH_STORED_WORD,      [PFH_FIELD_NUMBER] = PFH_STORED_NUMBER,
        [PFH_FIELD_FLAG] = PFH_STORED_NUMBER,    [PFH_FIELD_DATE] = PFH_STORED_NUMBER,
        [PFH_FIELD_TIMESTAMP] = PFH_STORED_TEXT, [PFH_FIELD_START] = PFH_STORED_TEXT,
        [PFH_FIELD_OBJECT] = PFH_STORED_OBJECT,  [PFH_FIELD_LIST] = PFH_STORED_LIST,
        [PFH_FIELD_TEXTS] = PFH_STORED_LIST,
    };
    return storages[kind];
}

/* ---- Checks of texts ---------------------------------------------------------------------- */

static bool is_id_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == ':' || c == '-';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_code_char(char c)
{
    return is_upper(c) || is_digit(c) || c == '.';
}

static bool all(const char *text, size_t size, bool (*is)(char))
{
    for (size_t i = 0; i < size; i++)
        if (!is(text[i]))
            return false;
    return true;
}

size_t pfh__char_size(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;

    if (c[0] < 0x20)
        return c[0] == '\t' || c[0] == '\n' || c[0] == '\r';
    if (c[0] < 0x7f)
        return 1;
    if (c[0] < 0xc2 || c[0] > 0xf4 || (c[1] & 0xc0) != 0x80)
        return 0;
    if (c[0] < 0xe0)
        return c[0] == 0xc2 && c[1] < 0xa0 ? 0 : 2; /* U+0080 to U+009F */
    if ((c[2] & 0xc0) != 0x80)
        return 0;
    if (c[0] < 0xf0)
        return (c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] > 0x9f) ? 0 : 3;
    if ((c[3] & 0xc0) != 0x80 || (c[0] == 0xf0 && c[1] < 0x90) || (c[0] == 0xf4 && c[1] > 0x8f))
        return 0;
    return 4;
}

static const char *wrong_text(const char *text, size_t size)
{
    size_t count = 0;

    for (size_t i = 0, step; i < size; i += step, count++) {
        step = pfh__char_size(text + i);
        if (step == 0)
            return "a text holds no control characters and is valid UTF-8";
    }
    return count > FREE_TEXT_MAX ? "a text has at most 4000 characters" : NULL;
}

bool pfh__chars_allowed(const char *text, size_t size)
{
    for (size_t i = 0, step; i < size; i += step)
        if ((step = pfh__char_size(text + i)) == 0)
            return false;
    return true;
}

bool pfh__is_id(const char *text, size_t size)
{
    return size >= 1 && size <= ID_MAX && all(text, size, is_id_char);
}

static bool is_code(const char *text, size_t size)
{
    return size >= 1 && size <= CODE_MAX && all(text, size, is_code_char);
}

static bool is_icd10(const char *code, size_t size)
{
    const char *end = code + size;

    if (size < 3 || !is_upper(code[0]) || !is_digit(code[1]) || !is_digit(code[2]))
        return false;
    code += 3;
    if (code < end && *code == '.')
        code++;
    return end - code <= 2 && all(code, (size_t)(end - code), is_digit);
}

static bool is_local_topic(const char *code, size_t size)
{
    return size >= 3 && size <= ID_MAX && memcmp(code, "x_", 2) == 0 &&
           all(code + 2, size - 2, is_id_char);
}

static bool is_topic(const char *code, size_t size)
{
    return is_local_topic(code, size) || pfh__topic_find(code, size) >= 0;
}

/* ---- Errors ------------------------------------------------------------------------------- */

/* How many of a list's words a document may have: the last reasons are those of a plan. */
static int32_t document_words(pfh_vocabulary vocabulary)
{
    return vocabulary == PFH_WORDS_REASON ? PFH_REASON_NOT_CANCER - 1 : pfh_word_count(vocabulary);
}

void pfh__list_words(char text[PFH_WORDS_ROOM], pfh_vocabulary vocabulary, uint32_t values)
{
    size_t used = 0;

    for (int32_t i = 1; i <= document_words(vocabulary); i++) {
        const char *word = pfh_word(vocabulary, i), *comma = used == 0 ? "" : ", ";

        if ((values & 1u << i) == 0)
            continue;
        if (used + strlen(word) + 8 > PFH_WORDS_ROOM) {
            memcpy(text + used, ", ...", 5);
            used += 5;
            break;
        }
        memcpy(text + used, comma, strlen(comma));
        used += strlen(comma);
        memcpy(text + used, word, strlen(word));
        used += strlen(word);
    }
    text[used] = '\0';
}

static pfh_status refuse_range(pfh_error *err, const pfh_field *field, const pfh_place *place)
{
    return pfh__fail_at(err, PFH_E_VALUE, place, "must be a whole number from %d to %d",
                        (int)field->min, (int)field->max);
}

static pfh_status refuse_digits(pfh_error *err, const pfh_field *field, const pfh_place *place)
{
    if (field->min == field->max)
        return pfh__fail_at(err, PFH_E_VALUE, place, "must be %d digits", (int)field->min);
    return pfh__fail_at(err, PFH_E_VALUE, place, "must be %d to %d digits", (int)field->min,
                        (int)field->max);
}

static const char *expected_type(const pfh_field *field)
{
    switch (pfh__field_storage(field->kind)) {
    case PFH_STORED_OBJECT:
        return "must be an object";
    case PFH_STORED_LIST:
        return "must be a list";
    case PFH_STORED_NUMBER:
        if (field->kind == PFH_FIELD_NUMBER)
            return "must be a whole number, written without point or exponent";
        return field->kind == PFH_FIELD_FLAG ? "must be true or false" : "must be a text";
    case PFH_STORED_TEXT:
    case PFH_STORED_WORD:
        break;
    }
    return "must be a text";
}

pfh_status pfh__field_type_error(const pfh_field *field, const pfh_place *place, pfh_error *err)
{
    return pfh__fail_at(err, PFH_E_TYPE, place, "%s", expected_type(field));
}

/* How far apart two keys are: insertions, deletions and changes, up to 3. */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size, size_t limit)
{
    size_t best, other;

    while (a_size > 0 && b_size > 0 && *a == *b)
        a++, b++, a_size--, b_size--;
    if (a_size == 0 || b_size == 0)
        return a_size + b_size;
    if (limit == 0)
        return 1;
    best = distance(a + 1, a_size - 1, b + 1, b_size - 1, limit - 1);
    other = distance(a + 1, a_size - 1, b, b_size, limit - 1);
    best = other < best ? other : best;
    other = distance(a, a_size, b + 1, b_size - 1, limit - 1);
    return 1 + (other < best ? other : best);
}

enum { LONGEST_NAME = 32 }; /* of those that are worth a guess */

/* A name without what people spell differently: case and `_`. */
static size_t plain_name(char plain[LONGEST_NAME], const char *name, size_t size)
{
    size_t length = 0;

    for (size_t i = 0; i < size && length < LONGEST_NAME; i++)
        if (name[i] != '_')
            plain[length++] = is_upper(name[i]) ? (char)(name[i] - 'A' + 'a') : name[i];
    return length;
}

/* How far a candidate is from a plain name. */
static size_t apart(const char *plain, size_t size, const char *candidate)
{
    char other[LONGEST_NAME];
    size_t length = plain_name(other, candidate, strlen(candidate));

    return distance(plain, size, other, length, 3);
}

/* At most one slip in a short name, two in a longer one. */
static size_t too_far(size_t size)
{
    return size < 4 ? 2 : 3;
}

static const char *nearest_key(const pfh_schema *schema, const char *key, size_t size)
{
    char plain[LONGEST_NAME];
    size_t length = plain_name(plain, key, size), least = too_far(length);
    const char *nearest = NULL;

    for (size_t i = 0; i < schema->field_count; i++) {
        size_t slips = apart(plain, length, schema->fields[i].key);

        if (slips < least) {
            least = slips;
            nearest = schema->fields[i].key;
        }
    }
    return nearest;
}

static const char *nearest_word(pfh_vocabulary words, const char *word, size_t size)
{
    char plain[LONGEST_NAME];
    size_t length = plain_name(plain, word, size), least = too_far(length);
    const char *nearest = NULL;

    for (int32_t i = 1; i <= document_words(words); i++) {
        size_t slips = apart(plain, length, pfh_word(words, i));

        if (slips < least) {
            least = slips;
            nearest = pfh_word(words, i);
        }
    }
    return nearest;
}

pfh_status pfh__unknown_key(const pfh_schema *schema, const pfh_place *place, pfh_error *err)
{
    const char *nearest = nearest_key(schema, place->key, place->key_size);

    if (nearest != NULL)
        return pfh__fail_at(err, PFH_E_KEY, place, "unknown key; %s was perhaps meant", nearest);
    return pfh__fail_at(err, PFH_E_KEY, place,
                        "unknown key; keys of your own are x_ and at least one more character");
}

pfh_status pfh__word_error(pfh_error *err, pfh_vocabulary words, const char *where)
{
    char text[PFH_WORDS_ROOM];

    pfh__list_words(text, words, EVERY_WORD);
    return pfh__fail(err, PFH_E_VALUE, where, "must be one of: %s", text);
}

/* "must be one of: letter, phone, ...", after the one that was perhaps meant. */
static pfh_status refuse_word(pfh_error *err, const pfh_field *field, const pfh_value *value,
                              const pfh_place *place)
{
    const char *nearest = nearest_word(field->words, value->text, value->size);
    char words[PFH_WORDS_ROOM];

    pfh__list_words(words, field->words, EVERY_WORD);
    return pfh__fail_at(err, PFH_E_VALUE, place, "%s%smust be one of: %s",
                        nearest == NULL ? "" : nearest,
                        nearest == NULL ? "" : " was perhaps meant; ", words);
}

/* ---- Setting ------------------------------------------------------------------------------ */

static pfh_status keep_text(const char **out, const char *text, size_t size, pfh_arena *arena,
                            pfh_error *err)
{
    char *copy = pfh__arena_text(arena, text, size);

    if (copy == NULL)
        return pfh__no_memory(err);
    *out = copy;
    return PFH_OK;
}

/* What a text must be, kind by kind; a free text says itself what is wrong with it. */
static const struct {
    bool (*fits)(const char *text, size_t size);
    const char *otherwise;
} text_rules[PFH_FIELD_TEXTS + 1] = {
    [PFH_FIELD_ID] = {pfh__is_id, "an id is 1 to 64 characters of A-Z a-z 0-9 . _ : -"},
    [PFH_FIELD_ICD10] = {is_icd10, "must be an ICD-10 code such as C50.9"},
    [PFH_FIELD_CODE] = {is_code, "a procedure code is 1 to 16 characters of A-Z 0-9 ."},
    [PFH_FIELD_TOPIC] = {is_topic, "must be a topic of the guideline or begin with x_"},
    [PFH_FIELD_LOCAL] = {is_local_topic,
                         "a local topic is x_ and 1 to 62 characters of A-Z a-z 0-9 . _ : -"},
};

/* The sentence that says why a text does not fit its field; NULL when it does. */
static const char *unfit_text(const pfh_field *field, const char *text, size_t size)
{
    if (field->kind == PFH_FIELD_TEXT)
        return wrong_text(text, size);
    return text_rules[field->kind].fits(text, size) ? NULL : text_rules[field->kind].otherwise;
}

static pfh_status set_icd10(const char **out, const pfh_value *value, pfh_arena *arena,
                            pfh_error *err)
{
    char code[7];
    size_t digits = value->size - 3, from = 3;

    if (digits > 0 && value->text[3] == '.')
        digits--, from++;
    memcpy(code, value->text, 3);
    code[3] = '.';
    memcpy(code + 4, value->text + from, digits);
    return keep_text(out, code, digits > 0 ? 4 + digits : 3, arena, err);
}

static pfh_status set_checked_text(pfh_record *object, const pfh_field *field,
                                   const pfh_value *value, pfh_arena *arena, const pfh_place *place,
                                   pfh_error *err)
{
    const char *unfit = unfit_text(field, value->text, value->size);

    if (unfit != NULL)
        return pfh__fail_at(err, PFH_E_VALUE, place, "%s", unfit);
    if (field->kind == PFH_FIELD_ID && pfh__number_inside(value->text, value->size))
        return pfh__fail_at(err, PFH_E_PRIVACY, place,
                            "this id contains a person number; ids travel into calendars and logs");
    if (field->kind == PFH_FIELD_ICD10)
        return set_icd10(pfh__field_text(object, field), value, arena, err);
    return keep_text(pfh__field_text(object, field), value->text, value->size, arena, err);
}

static pfh_status set_digits(pfh_record *object, const pfh_field *field, const pfh_value *value,
                             pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    if (value->size < (size_t)field->min || value->size > (size_t)field->max ||
        !all(value->text, value->size, is_digit))
        return refuse_digits(err, field, place);
    return keep_text(pfh__field_text(object, field), value->text, value->size, arena, err);
}

static pfh_status set_edition(pfh_record *object, const pfh_field *field, const pfh_value *value,
                              pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    const pfh_edition *edition = pfh_edition_find(value->text);

    (void)arena;
    if (edition == NULL)
        return pfh__fail_at(err, PFH_E_EDITION, place, "%s", pfh__edition_unknown());
    *pfh__field_text(object, field) = edition->name;
    return PFH_OK;
}

static pfh_status set_word(pfh_record *object, const pfh_field *field, const pfh_value *value,
                           pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    int32_t word = pfh_word_find(field->words, value->text);

    (void)arena;
    if (word == 0 || word > document_words(field->words))
        return refuse_word(err, field, value, place);
    *pfh__field_number(object, field) = word;
    return PFH_OK;
}

static pfh_status set_date(pfh_record *object, const pfh_field *field, const pfh_value *value,
                           pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    pfh_date date = value->number;

    (void)arena;
    if (value->kind == PFH_VALUE_TEXT ? value->size != 10 || !pfh__date_read(&date, value->text)
                                      : date < PFH_DATE_MIN || date > PFH_DATE_MAX)
        return pfh__fail_at(
            err, PFH_E_DATE, place,
            "must be a date that exists, YYYY-MM-DD, from 1850-01-01 to 2299-12-31");
    *pfh__field_number(object, field) = date;
    return PFH_OK;
}

static pfh_status set_timestamp(pfh_record *object, const pfh_field *field, const pfh_value *value,
                                pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    char utc[PFH_TIMESTAMP_ROOM];
    pfh_timestamp stamp;
    pfh_status status;

    if (!pfh__timestamp_read(&stamp, utc, value->text, value->size))
        return pfh__fail_at(
            err, PFH_E_DATE, place,
            "must be a time such as 2026-02-03T10:12:00Z or 2026-02-03T11:12:00+01:00");
    status = keep_text(&stamp.text, utc, strlen(utc), arena, err);
    if (status == PFH_OK)
        *(pfh_timestamp *)at(object, field) = stamp;
    return status;
}

static pfh_status set_start(pfh_record *object, const pfh_field *field, const pfh_value *value,
                            pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    pfh_start start;
    pfh_status status;

    if (!pfh__start_read(&start.date, &start.minute, value->text, value->size))
        return pfh__fail_at(err, PFH_E_DATE, place,
                            "must be a local time such as 2026-05-04T10:00, or a date");
    status = keep_text(&start.text, value->text, value->size, arena, err);
    if (status == PFH_OK)
        *(pfh_start *)at(object, field) = start;
    return status;
}

typedef pfh_status setter(pfh_record *object, const pfh_field *field, const pfh_value *value,
                          pfh_arena *arena, const pfh_place *place, pfh_error *err);

/* What each kind of field makes of a text; the others take none. */
static setter *const from_text[PFH_FIELD_TEXTS + 1] = {
    [PFH_FIELD_TEXT] = set_checked_text,   [PFH_FIELD_ID] = set_checked_text,
    [PFH_FIELD_ICD10] = set_checked_text,  [PFH_FIELD_CODE] = set_checked_text,
    [PFH_FIELD_TOPIC] = set_checked_text,  [PFH_FIELD_LOCAL] = set_checked_text,
    [PFH_FIELD_DIGITS] = set_digits,       [PFH_FIELD_EDITION] = set_edition,
    [PFH_FIELD_WORD] = set_word,           [PFH_FIELD_DATE] = set_date,
    [PFH_FIELD_TIMESTAMP] = set_timestamp, [PFH_FIELD_START] = set_start,
};

pfh_status pfh__field_set(pfh_record *object, const pfh_field *field, const pfh_value *value,
                          pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    if (value->kind == PFH_VALUE_TEXT && from_text[field->kind] != NULL)
        return from_text[field->kind](object, field, value, arena, place, err);
    if (value->kind == PFH_VALUE_DATE && field->kind == PFH_FIELD_DATE)
        return set_date(object, field, value, arena, place, err);
    if (value->kind == PFH_VALUE_NUMBER && field->kind == PFH_FIELD_NUMBER) {
        if (value->number < field->min || value->number > field->max)
            return refuse_range(err, field, place);
        *pfh__field_number(object, field) = value->number;
        return PFH_OK;
    }
    if (value->kind == PFH_VALUE_FLAG && field->kind == PFH_FIELD_FLAG) {
        *pfh__field_number(object, field) = value->number != 0;
        return PFH_OK;
    }
    return pfh__field_type_error(field, place, err);
}

/* ---- Objects ------------------------------------------------------------------------------ */

void pfh__object_init(pfh_record *object, const pfh_schema *schema)
{
    memset(object, 0, schema->size);
    object->schema = schema;
    for (size_t i = 0; i < schema->field_count; i++)
        pfh__field_clear(object, &schema->fields[i]);
}

void pfh__field_clear(pfh_record *object, const pfh_field *field)
{
    switch (pfh__field_storage(field->kind)) {
    case PFH_STORED_NUMBER:
        *pfh__field_number(object, field) = PFH_NONE;
        break;
    case PFH_STORED_WORD:
        *pfh__field_number(object, field) = 0;
        break;
    case PFH_STORED_LIST:
        *pfh__field_list(object, field) = (pfh_list){.items = NULL};
        break;
    case PFH_STORED_OBJECT:
        *pfh__field_child(object, field) = NULL;
        break;
    case PFH_STORED_TEXT:
        *pfh__field_text(object, field) = NULL;
        break;
    }
}

pfh_record *pfh__object_new(pfh_arena *arena, const pfh_schema *schema)
{
    pfh_record *object = pfh__arena_alloc(arena, schema->size);

    if (object != NULL)
        pfh__object_init(object, schema);
    return object;
}

const pfh_field *pfh__field_find(const pfh_schema *schema, const char *key, size_t size)
{
    for (size_t i = 0; i < schema->field_count; i++) {
        const pfh_field *field = &schema->fields[i];

        if (field->key[0] == key[0] && strncmp(field->key, key, size) == 0 &&
            field->key[size] == '\0')
            return field;
    }
    return NULL;
}

bool pfh__field_present(const pfh_record *object, const pfh_field *field)
{
    switch (pfh__field_storage(field->kind)) {
    case PFH_STORED_NUMBER:
        return *pfh__field_number(object, field) != PFH_NONE;
    case PFH_STORED_WORD:
        return *pfh__field_number(object, field) != 0;
    case PFH_STORED_LIST:
        return pfh__field_list(object, field)->present;
    case PFH_STORED_OBJECT:
        return *pfh__field_child(object, field) != NULL;
    case PFH_STORED_TEXT:
        break;
    }
    return *pfh__field_text(object, field) != NULL;
}

pfh_record *pfh__field_object(pfh_record *object, const pfh_field *field, pfh_arena *arena)
{
    pfh_record **child = pfh__field_child(object, field);

    if (*child == NULL)
        *child = pfh__object_new(arena, field->child);
    return *child;
}

/* Room for one more member at the end of a list; NULL: out of memory. */
static void *list_push(pfh_list *list, size_t size, pfh_arena *arena)
{
    if (list->count == list->room) {
        size_t room = list->room == 0 ? 4 : list->room * 2;
        void *items = pfh__arena_alloc(arena, room * size);

        if (items == NULL)
            return NULL;
        if (list->count > 0)
            memcpy(items, list->items, list->count * size);
        list->items = items;
        list->room = room;
    }
    return (char *)list->items + size * list->count++;
}

pfh_record *pfh__field_push(pfh_record *object, const pfh_field *field, pfh_arena *arena)
{
    pfh_record *item = list_push(pfh__field_list(object, field), field->child->size, arena);

    if (item != NULL)
        pfh__object_init(item, field->child);
    return item;
}

pfh_status pfh__field_add_text(pfh_record *object, const pfh_field *field, const pfh_value *value,
                               pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    pfh_list *list = pfh__field_list(object, field);
    const char *unfit, *copy, **item;

    if (value->kind != PFH_VALUE_TEXT)
        return pfh__fail_at(err, PFH_E_TYPE, place, "must be a text");
    unfit = wrong_text(value->text, value->size);
    if (unfit != NULL)
        return pfh__fail_at(err, PFH_E_VALUE, place, "%s", unfit);
    copy = pfh__arena_text(arena, value->text, value->size);
    item = copy == NULL ? NULL : list_push(list, sizeof *item, arena);
    if (item == NULL)
        return pfh__no_memory(err);
    *item = copy;
    list->present = true;
    return PFH_OK;
}

pfh_record *pfh__list_item(const pfh_list *list, const pfh_schema *child, size_t index)
{
    return (pfh_record *)(void *)((char *)list->items + child->size * index);
}

pfh_status pfh__vendor_push(pfh_record *object, const char *key, size_t key_size, const char *json,
                            pfh_arena *arena, pfh_error *err)
{
    pfh_vendor *vendor = pfh__arena_alloc(arena, sizeof *vendor);

    if (vendor == NULL)
        return pfh__no_memory(err);
    vendor->key = pfh__arena_text(arena, key, key_size);
    vendor->json = pfh__arena_text(arena, json, strlen(json));
    if (vendor->key == NULL || vendor->json == NULL)
        return pfh__no_memory(err);
    vendor->next = object->vendor;
    object->vendor = vendor;
    return PFH_OK;
}

/* Takes the first half of a list off it; lists of two or more. */
static pfh_vendor *take_half(pfh_vendor **list)
{
    pfh_vendor *first = *list, *end = first;

    for (pfh_vendor *ahead = first->next; ahead != NULL && ahead->next != NULL;
         ahead = ahead->next->next)
        end = end->next;
    *list = end->next;
    end->next = NULL;
    return first;
}

static pfh_vendor *merge(pfh_vendor *a, pfh_vendor *b)
{
    pfh_vendor *merged = NULL, **end = &merged;

    while (a != NULL && b != NULL) {
        pfh_vendor **least = strcmp(a->key, b->key) < 0 ? &a : &b;

        *end = *least;
        end = &(*least)->next;
        *least = (*least)->next;
    }
    *end = a != NULL ? a : b;
    return merged;
}

static pfh_vendor *sort_vendor(pfh_vendor *list)
{
    pfh_vendor *half;

    if (list == NULL || list->next == NULL)
        return list;
    half = take_half(&list);
    return merge(sort_vendor(half), sort_vendor(list));
}

void pfh__vendor_sort(pfh_record *object)
{
    object->vendor = sort_vendor(object->vendor);
}

/* Where a key stands, or would stand, in a sorted list. */
static pfh_vendor **vendor_place(pfh_record *object, const char *key)
{
    pfh_vendor **place = &object->vendor;

    while (*place != NULL && strcmp((*place)->key, key) < 0)
        place = &(*place)->next;
    return place;
}

void pfh__vendor_remove(pfh_record *object, const char *key)
{
    pfh_vendor **place = vendor_place(object, key);

    if (*place != NULL && strcmp((*place)->key, key) == 0)
        *place = (*place)->next;
}

pfh_status pfh__vendor_set(pfh_record *object, const char *key, const char *json, pfh_arena *arena,
                           pfh_error *err)
{
    pfh_vendor *vendor = pfh__arena_alloc(arena, sizeof *vendor);
    const char *value = pfh__arena_text(arena, json, strlen(json));
    pfh_vendor **place;

    if (vendor == NULL || value == NULL)
        return pfh__no_memory(err);
    pfh__vendor_remove(object, key);
    place = vendor_place(object, key);
    *vendor = (pfh_vendor){.next = *place, .key = key, .json = value};
    *place = vendor;
    return PFH_OK;
}

/* ---- Whole objects ------------------------------------------------------------------------ */

pfh_status pfh__missing_key(const pfh_field *field, const pfh_place *place, pfh_error *err)
{
    return pfh__fail_key(err, PFH_E_KEY, place, field->key, "the key %s is required", field->key);
}

static pfh_status check_children(const pfh_record *object, const pfh_field *field,
                                 const pfh_place *place, pfh_error *err)
{
    pfh_place at_key = {.up = place, .key = field->key, .key_size = strlen(field->key)};
    const pfh_list *list = pfh__field_list(object, field);
    pfh_status status = PFH_OK;

    if (field->kind == PFH_FIELD_OBJECT)
        return pfh__object_check(*pfh__field_child(object, field), &at_key, err);
    for (size_t i = 0; i < list->count && status == PFH_OK; i++) {
        pfh_place at_item = {.up = &at_key, .index = i};
        status = pfh__object_check(pfh__list_item(list, field->child, i), &at_item, err);
    }
    return status;
}

pfh_status pfh__object_check(const pfh_record *object, const pfh_place *place, pfh_error *err)
{
    const pfh_schema *schema = object->schema;
    pfh_status status = PFH_OK;

    for (size_t i = 0; i < schema->field_count && status == PFH_OK; i++) {
        const pfh_field *field = &schema->fields[i];

        if (!field->required && field->child == NULL)
            continue;
        if (pfh__field_present(object, field))
            status = field->child == NULL ? PFH_OK : check_children(object, field, place, err);
        else if (field->required)
            status = pfh__missing_key(field, place, err);
    }
    if (status == PFH_OK && schema->check != NULL)
        status = schema->check(object, place, err);
    return status;
}

static pfh_status not_unique(pfh_status status, size_t index, const char *key,
                             const pfh_place *place, pfh_error *err)
{
    pfh_place at_item = {.up = place, .index = index};
    pfh_place at_key = {.up = &at_item, .key = key, .key_size = strlen(key)};

    return pfh__fail_at(err, status, &at_key, "stands in an earlier member of the list already");
}

typedef struct named_item {
    const char *text;
    size_t index;
} named_item;

static int compare_named(const void *a, const void *b)
{
    const named_item *x = a, *y = b;
    int order = strcmp(x->text, y->text);

    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

pfh_status pfh__list_unique(const pfh_list *list, const pfh_schema *child, const char *key,
                            pfh_status status, const pfh_place *place, pfh_error *err)
{
    const pfh_field *field = pfh__field_find(child, key, strlen(key));
    named_item some[16], *items = some;
    pfh_status result = PFH_OK;

    if (list->count > PFH_COUNT(some) && (items = malloc(list->count * sizeof *items)) == NULL)
        return pfh__no_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        items[i].text = *pfh__field_text(pfh__list_item(list, child, i), field);
        items[i].index = i;
    }
    if (list->count > 1)
        qsort(items, list->count, sizeof *items, compare_named);
    for (size_t i = 1; i < list->count && result == PFH_OK; i++)
        if (strcmp(items[i - 1].text, items[i].text) == 0)
            result = not_unique(status, items[i].index, key, place, err);
    if (items != some)
        free(items);
    return result;
}

/* ---- Copies ------------------------------------------------------------------------------- */

static bool copy_text(const char **text, pfh_arena *arena)
{
    if (*text == NULL)
        return true;
    *text = pfh__arena_text(arena, *text, strlen(*text));
    return *text != NULL;
}

static bool copy_vendor(pfh_record *object, pfh_arena *arena)
{
    for (pfh_vendor **place = &object->vendor; *place != NULL; place = &(*place)->next) {
        pfh_vendor *copy = pfh__arena_alloc(arena, sizeof *copy);

        if (copy == NULL)
            return false;
        *copy = **place;
        *place = copy;
        if (!copy_text(&copy->key, arena) || !copy_text(&copy->json, arena))
            return false;
    }
    return true;
}

static bool copy_fields(pfh_record *object, pfh_arena *arena);

static bool copy_list(pfh_list *list, const pfh_schema *child, pfh_arena *arena)
{
    size_t size = child == NULL ? sizeof(const char *) : child->size;
    const void *items = list->items;

    if (list->count == 0)
        return true;
    list->room = list->count;
    list->items = pfh__arena_alloc(arena, list->count * size);
    if (list->items == NULL)
        return false;
    memcpy(list->items, items, list->count * size);
    for (size_t i = 0; i < list->count; i++)
        if (child == NULL ? !copy_text((const char **)list->items + i, arena)
                          : !copy_fields(pfh__list_item(list, child, i), arena))
            return false;
    return true;
}

static bool copy_field(pfh_record *object, const pfh_field *field, pfh_arena *arena)
{
    pfh_record **child;

    switch (pfh__field_storage(field->kind)) {
    case PFH_STORED_TEXT:
        return copy_text(pfh__field_text(object, field), arena);
    case PFH_STORED_LIST:
        return copy_list(pfh__field_list(object, field), field->child, arena);
    case PFH_STORED_OBJECT:
        child = pfh__field_child(object, field);
        return *child == NULL || (*child = pfh__object_copy(arena, *child)) != NULL;
    case PFH_STORED_NUMBER:
    case PFH_STORED_WORD:
        break;
    }
    return true;
}

/* Makes what an object points to its own; the struct itself was copied already. */
static bool copy_fields(pfh_record *object, pfh_arena *arena)
{
    object->builder = NULL;
    for (size_t i = 0; i < object->schema->field_count; i++)
        if (!copy_field(object, &object->schema->fields[i], arena))
            return false;
    return copy_vendor(object, arena);
}

/* How much of a struct a field takes. */
static size_t stored_size(pfh_field_kind kind)
{
    if (kind == PFH_FIELD_TIMESTAMP)
        return sizeof(pfh_timestamp);
    if (kind == PFH_FIELD_START)
        return sizeof(pfh_start);
    switch (pfh__field_storage(kind)) {
    case PFH_STORED_LIST:
        return sizeof(pfh_list);
    case PFH_STORED_NUMBER:
    case PFH_STORED_WORD:
        return sizeof(int32_t);
    case PFH_STORED_OBJECT:
    case PFH_STORED_TEXT:
        break;
    }
    return sizeof(const char *);
}

bool pfh__field_copy(pfh_record *object, const pfh_record *from, const pfh_field *field,
                     pfh_arena *arena)
{
    memcpy(at(object, field), at(from, field), stored_size(field->kind));
    return copy_field(object, field, arena);
}

pfh_record *pfh__object_copy(pfh_arena *arena, const pfh_record *object)
{
    pfh_record *copy = pfh__arena_alloc(arena, object->schema->size);

    if (copy == NULL)
        return NULL;
    memcpy(copy, object, object->schema->size);
    return copy_fields(copy, arena) ? copy : NULL;
}
