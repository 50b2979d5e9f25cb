/*
 * support.c -- files, JSON, plans and random documents for the suites.
 *
 * Random documents are told by rows: which type of event has which key how often, with which
 * values.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- Files and text ----------------------------------------------------------------------- */

static void *need(void *memory)
{
    cr_assert_not_null(memory, "out of memory");
    return memory;
}

char *file_read(const char *name, size_t *size)
{
    char path[1024];
    growing text = {0};
    FILE *file;
    size_t got;

    snprintf(path, sizeof path, "%s/%s", PFH_TEST_DATA, name);
    file = fopen(path, "rb");
    cr_assert_not_null(file, "cannot open %s", path);
    do {
        char piece[65536];

        got = fread(piece, 1, sizeof piece, file);
        growing_add(&text, piece, got);
    } while (got > 0);
    fclose(file);
    if (size != NULL)
        *size = text.size;
    return text.data;
}

static int nibble(char digit)
{
    const char *digits = "0123456789abcdef", *found = strchr(digits, digit);

    cr_assert(digit != '\0' && found != NULL, "no hexadecimal digit");
    return (int)(found - digits);
}

void expect_piece(const char *text, const char *piece)
{
    cr_expect_not_null(strstr(text, piece), "\"%s\" is not in:\n%s", piece, text);
}

void expect_no_piece(const char *text, const char *piece)
{
    cr_expect_null(strstr(text, piece), "\"%s\" is in:\n%s", piece, text);
}

char *hex_read(const char *hex, size_t *size)
{
    size_t count = strlen(hex) / 2;
    char *bytes = need(malloc(count + 1));

    for (size_t i = 0; i < count; i++)
        bytes[i] = (char)(nibble(hex[2 * i]) * 16 + nibble(hex[2 * i + 1]));
    bytes[count] = '\0';
    *size = count;
    return bytes;
}

void growing_add(growing *text, const char *piece, size_t size)
{
    if (text->size + size + 1 > text->room) {
        text->room = (text->size + size + 1) * 2;
        text->data = need(realloc(text->data, text->room));
    }
    memcpy(text->data + text->size, piece, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void growing_print(growing *text, const char *format, ...)
{
    char piece[512];
    va_list values;
    int size;

    va_start(values, format);
    size = vsnprintf(piece, sizeof piece, format, values);
    va_end(values);
    cr_assert(size >= 0 && (size_t)size < sizeof piece, "too long for a piece");
    growing_add(text, piece, (size_t)size);
}

/* ---- JSON --------------------------------------------------------------------------------- */

cJSON *json_read(const char *text)
{
    cJSON *tree = cJSON_Parse(text);

    cr_assert_not_null(tree, "no JSON: %.200s", text);
    return tree;
}

const char *json_text(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static bool list_covers(const cJSON *wanted, const cJSON *got)
{
    const cJSON *a = wanted->child, *b = got->child;

    for (; a != NULL && b != NULL; a = a->next, b = b->next)
        if (!json_covers(a, b))
            return false;
    return a == NULL && b == NULL;
}

bool json_covers(const cJSON *wanted, const cJSON *got)
{
    const cJSON *member;

    if (got == NULL)
        return false;
    if (cJSON_IsArray(wanted) && cJSON_IsArray(got))
        return list_covers(wanted, got);
    if (!cJSON_IsObject(wanted) || !cJSON_IsObject(got))
        return cJSON_Compare(wanted, got, true);
    cJSON_ArrayForEach(member, wanted)
    {
        if (!json_covers(member, cJSON_GetObjectItemCaseSensitive(got, member->string)))
            return false;
    }
    return true;
}

static const char *string_end(const char *quote)
{
    const char *p = quote + 1;

    while (*p != '"')
        p += *p == '\\' ? 2 : 1;
    return p + 1;
}

static const char *value_end(const char *p)
{
    size_t depth = 0;

    do {
        size_t plain = strcspn(p, "\"{}[],: \t\r\n");

        if (*p == '"') {
            p = string_end(p);
            continue;
        }
        depth += *p == '{' || *p == '[';
        depth -= *p == '}' || *p == ']';
        p += plain > 0 ? plain : 1;
    } while (depth > 0);
    return p;
}

/* The value after what separates it from the one before; NULL at the end of its list. */
static const char *value_at(const char *p)
{
    p += strspn(p, " \t\r\n,:");
    return *p == ']' || *p == '}' || *p == '\0' ? NULL : p;
}

static void add_text_of(growing *text, const cJSON *value)
{
    char *printed = value == NULL ? NULL : need(cJSON_PrintUnformatted(value));
    const char *shown = printed == NULL ? "nothing" : printed;

    growing_add(text, shown, strlen(shown));
    free(printed);
}

void growing_differs(growing *text, const char *key, const cJSON *wanted, const cJSON *got)
{
    growing_print(text, "\n  %s: wanted ", key);
    add_text_of(text, wanted);
    growing_print(text, "\n  got ");
    add_text_of(text, got);
}

void each_vector(const char *file, void (*use)(const char *file, const cJSON *row, const char *raw))
{
    char name[300];
    const cJSON *row;
    const char *raw;
    cJSON *rows;
    char *text;

    snprintf(name, sizeof name, "vectors/%s", file);
    text = file_read(name, NULL);
    rows = json_read(text);
    raw = raw_first(text);
    cJSON_ArrayForEach(row, rows)
    {
        use(file, row, raw);
        raw = raw_next(raw);
    }
    cr_assert_null(raw, "%s: cut wrongly", file);
    cJSON_Delete(rows);
    free(text);
}

const char *raw_first(const char *list)
{
    return value_at(list + strspn(list, " \t\r\n") + 1);
}

const char *raw_next(const char *item)
{
    return value_at(value_end(item));
}

const char *raw_member(const char *object, const char *key)
{
    const char *name = raw_first(object);

    while (name != NULL) {
        const char *value = raw_next(name);

        if (strncmp(name + 1, key, strlen(key)) == 0 && name[1 + strlen(key)] == '"')
            return value;
        name = raw_next(value);
    }
    return NULL;
}

char *raw_copy(const char *value, size_t *size)
{
    growing copy = {0};

    growing_add(&copy, value, (size_t)(value_end(value) - value));
    if (size != NULL)
        *size = copy.size;
    return copy.data;
}

/* ---- The library -------------------------------------------------------------------------- */

pfh_date day(const char *text)
{
    pfh_date date = PFH_NONE;

    cr_assert_eq(pfh_date_parse(&date, text, NULL), PFH_OK, "%s", text);
    return date;
}

pfh_pathway *pathway_of(const char *text)
{
    pfh_pathway *pathway = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_pathway_parse(&pathway, text, strlen(text), &err), PFH_OK, "%s at %s in %s",
                 err.text, err.where, text);
    return pathway;
}

pfh_policy *policy_of(const char *text)
{
    pfh_policy *policy = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_policy_parse(&policy, text, strlen(text), &err), PFH_OK, "%s at %s in %s",
                 err.text, err.where, text);
    return policy;
}

pfh_plan *plan_with(const char *keys, const char *events, const char *policy_keys,
                    const char *as_of, const char *known_at)
{
    growing text = {0}, rules = {0};
    pfh_pathway *pathway;
    pfh_policy *policy;
    pfh_plan *plan = NULL;

    growing_print(&text, "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",%s,\"events\":[", keys);
    growing_add(&text, events, strlen(events));
    growing_add(&text, "]}", 2);
    growing_print(&rules, "{\"format\":\"pfh-policy/1\"%s}", policy_keys);
    pathway = pathway_of(text.data);
    policy = policy_of(rules.data);
    cr_assert_eq(pfh_plan_derive_at(&plan, pathway, policy, day(as_of), known_at, NULL, NULL),
                 PFH_OK);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    free(text.data);
    free(rules.data);
    return plan;
}

char *pathway_text(const pfh_pathway *pathway)
{
    char *text = NULL;

    cr_assert_eq(pfh_pathway_to_json(&text, pathway, NULL), PFH_OK);
    return text;
}

char *policy_text(const pfh_policy *policy)
{
    char *text = NULL;

    cr_assert_eq(pfh_policy_to_json(&text, policy, NULL), PFH_OK);
    return text;
}

char *plan_text(const pfh_plan *plan, int32_t explain)
{
    char *text = NULL;

    cr_assert_eq(pfh_plan_to_json(&text, plan, explain, NULL), PFH_OK);
    return text;
}

/* ---- Dice --------------------------------------------------------------------------------- */

dice dice_of(uint64_t seed)
{
    dice d = {seed * 0x9E3779B97F4A7C15u + 0x2545F4914F6CDD1Du};

    if (d.state == 0)
        d.state = 1;
    for (int i = 0; i < 8; i++)
        roll(&d, 2);
    return d;
}

int32_t roll(dice *d, int32_t sides)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return (int32_t)((d->state >> 16) % (uint64_t)sides);
}

bool chance(dice *d, int32_t percent)
{
    return roll(d, 100) < percent;
}

#define PICK(d, array) ((array)[roll((d), (int32_t)COUNT(array))])

/* One of the words between blanks. */
static const char *pick_word(dice *d, const char *words, char *room, size_t size)
{
    int32_t count = 1;

    for (const char *p = words; *p != '\0'; p++)
        count += *p == ' ';
    for (int32_t skip = roll(d, count); skip > 0; skip--)
        words = strchr(words, ' ') + 1;
    snprintf(room, size, "%.*s", (int)strcspn(words, " "), words);
    return room;
}

/* ---- Random values ------------------------------------------------------------------------ */

#define ROLES                                                                                      \
    "doctor nurse gp cancer_nurse cancer_coordinator pathway_coordinator resource_nurse "          \
    "case_manager contact_doctor other"
#define LEVELS "specialist municipality"
#define UNITS "ward-1 office.2 GP:3 z_9"
#define MUNICIPALITIES "4003 0301 4601"

static const char *const free_texts[] = {
    "",
    "a",
    "Første 😀",
    "\"quoted\" \\ and / solidus",
    "line\nline\r\n\ttab",
    "\u2028 æøå <b>&amp;",
};
static const char *const vendor_keys[] = {"x_a", "x_A", "x_zz", "x_ø", "x_😀", "x__", "x_12345"};
static const char *const vendor_values[] = {
    "null",
    "true",
    "\"æ\\n\\\"\"",
    "1.50",
    "-0",
    "-0.0",
    "1e999",
    "12345678901234567890",
    "{\"b\":[null,2E+3,{}],\"a\":{\"note\":null,\"x_\":[]}}",
    "[]",
    "\"\"",
};
/* Synthetic (month + 80) or published for tests. */
static const char *const identifiers[][2] = {
    {"fnr", "13097248022"}, {"fnr", "02013299997"}, {"duf", "000000123456"}};

static void add_text(cJSON *object, const char *key, const char *value)
{
    need(cJSON_AddStringToObject(object, key, value));
}

static void add_date(cJSON *object, const char *key, pfh_date date)
{
    char text[11];

    cr_assert_eq(pfh_date_write(text, sizeof text, date, NULL), PFH_OK);
    add_text(object, key, text);
}

static pfh_date date_at(const cJSON *object, const char *key)
{
    return day(json_text(object, key));
}

static void add_vendor_key(dice *d, cJSON *object)
{
    if (chance(d, 4))
        need(cJSON_AddRawToObject(object, PICK(d, vendor_keys), PICK(d, vendor_values)));
}

static void add_timestamp(dice *d, cJSON *object, const char *key, pfh_date date)
{
    static const int32_t later[] = {0, 0, 0, 1, 2, 5, 30, -1};
    static const char *const fractions[] = {"", "", ".5", ".500", ".000", ".123456789"};
    static const char *const zones[] = {"Z", "Z", "+01:00", "+02:00", "-05:30", "+23:59"};
    char text[40], when[11];

    cr_assert_eq(pfh_date_write(when, sizeof when, date + PICK(d, later), NULL), PFH_OK);
    snprintf(text, sizeof text, "%sT%02d:%02d:%02d%s%s", when, chance(d, 40) ? 10 : roll(d, 24),
             roll(d, 2) * 30, roll(d, 2) * 59, PICK(d, fractions), PICK(d, zones));
    add_text(object, key, text);
}

static void add_start(dice *d, cJSON *object, const char *key, pfh_date date)
{
    static const int32_t later[] = {-20, 0, 1, 7, 14, 15, 30, 30, 60, 120};
    static const char *const times[] = {"", "T00:00", "T10:30", "T23:59"};
    char text[40], when[11];

    cr_assert_eq(pfh_date_write(when, sizeof when, date + PICK(d, later), NULL), PFH_OK);
    snprintf(text, sizeof text, "%s%s", when, PICK(d, times));
    add_text(object, key, text);
}

/* ---- Rows: which key how often with which values ------------------------------------------ */

typedef enum value_kind {
    A_WORD,   /* one of the words in `values` */
    A_NUMBER, /* one of the numbers in `values` */
    A_TEXT,
    A_FLAG,
    A_DATE, /* one of `values` days after the object's own date */
    A_START,
    A_POINT,
    AN_OBJECT,
} value_kind;

typedef struct row {
    const char *type; /* of event; NULL: of all but withheld */
    const char *key;
    int32_t percent;
    value_kind kind;
    const char *values;
    const struct row *rows; /* of an object; ends with a row without a key */
} row;

typedef struct place {
    pfh_date date; /* of the object */
    int32_t points;
} place;

static void fill(dice *d, cJSON *object, const row *rows, const char *type, const place *at);

/* Takes a member away that holds nothing but nulls: what is empty cannot be told by calls alone. */
static void drop_if_empty(cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key)->child;

    while (cJSON_IsNull(member))
        member = member->next;
    if (member == NULL)
        cJSON_DeleteItemFromObjectCaseSensitive(object, key);
}

static void add_row(dice *d, cJSON *object, const row *r, const place *at)
{
    char word[64];
    cJSON *child;

    switch (r->kind) {
    case A_WORD:
        add_text(object, r->key, pick_word(d, r->values, word, sizeof word));
        break;
    case A_NUMBER:
        cJSON_AddNumberToObject(object, r->key, atoi(pick_word(d, r->values, word, sizeof word)));
        break;
    case A_TEXT:
        add_text(object, r->key, PICK(d, free_texts));
        break;
    case A_FLAG:
        cJSON_AddBoolToObject(object, r->key, chance(d, 50));
        break;
    case A_DATE:
        add_date(object, r->key, at->date + atoi(pick_word(d, r->values, word, sizeof word)));
        break;
    case A_START:
        add_start(d, object, r->key, at->date);
        break;
    case A_POINT:
        cJSON_AddNumberToObject(object, r->key, 1 + roll(d, at->points));
        break;
    case AN_OBJECT:
        child = need(cJSON_CreateObject());
        fill(d, child, r->rows, NULL, at);
        cJSON_AddItemToObject(object, r->key, child);
        drop_if_empty(object, r->key);
        break;
    }
}

static void fill(dice *d, cJSON *object, const row *rows, const char *type, const place *at)
{
    for (; rows->key != NULL; rows++) {
        bool fits = rows->type == NULL || type == NULL || strcmp(rows->type, type) == 0;

        if (fits && chance(d, rows->percent))
            add_row(d, object, rows, at);
        else if (fits && rows->percent < 100 && chance(d, 2))
            cJSON_AddNullToObject(object, rows->key);
    }
    add_vendor_key(d, object);
}

static const row author_rows[] = {
    {NULL, "role", 50, A_WORD, ROLES, NULL},
    {NULL, "hpr", 50, A_WORD, "1 1234567 123456789", NULL},
    {NULL, "unit", 50, A_WORD, UNITS, NULL},
    {NULL, "name", 50, A_TEXT, NULL, NULL},
    {0},
};
static const row performer_rows[] = {
    {NULL, "role", 50, A_WORD, ROLES, NULL},
    {NULL, "unit", 50, A_WORD, UNITS, NULL},
    {NULL, "name", 50, A_TEXT, NULL, NULL},
    {0},
};
static const row instrument_rows[] = {
    {NULL, "id", 50, A_TEXT, NULL, NULL},
    {NULL, "version", 50, A_TEXT, NULL, NULL},
    {0},
};
static const row assessment_rows[] = {
    {NULL, "instrument", 20, AN_OBJECT, NULL, instrument_rows},
    {NULL, "distress", 60, A_NUMBER, "0 3 4 5 10", NULL},
    {0},
};
static const row responsible_rows[] = {
    {NULL, "level", 50, A_WORD, LEVELS, NULL},
    {NULL, "role", 50, A_WORD, ROLES, NULL},
    {NULL, "unit", 100, A_WORD, UNITS, NULL},
    {0},
};
static const row topic_rows[] = {
    {NULL, "need", 100, A_WORD, "none follow_up follow_up declined not_discussed", NULL},
    {NULL, "responsible", 40, AN_OBJECT, NULL, responsible_rows},
    {NULL, "note", 10, A_TEXT, NULL, NULL},
    {NULL, "private", 10, A_FLAG, NULL, NULL},
    {0},
};
static const row event_rows[] = {
    {NULL, "author", 6, AN_OBJECT, NULL, author_rows},
    {NULL, "note", 6, A_TEXT, NULL, NULL},
    {NULL, "private", 4, A_FLAG, NULL, NULL},
    {NULL, "withheld", 2, A_NUMBER, "1 999", NULL},
    {"offered", "point", 100, A_POINT, NULL, NULL},
    {"offered", "channel", 30, A_WORD, "letter phone in_person digital", NULL},
    {"accepted", "point", 100, A_POINT, NULL, NULL},
    {"declined", "point", 100, A_POINT, NULL, NULL},
    {"declined", "reason", 50, A_WORD, "no_need not_now too_much_information too_ill other", NULL},
    {"deferred", "point", 100, A_POINT, NULL, NULL},
    {"deferred", "until", 100, A_DATE, "-3 0 7 30 75 200", NULL},
    {"deferred", "reason", 50, A_WORD, "too_ill treatment other", NULL},
    {"scheduled", "point", 100, A_POINT, NULL, NULL},
    {"scheduled", "start", 100, A_START, NULL, NULL},
    {"scheduled", "minutes", 30, A_NUMBER, "1 45 1440", NULL},
    {"scheduled", "place", 30, A_TEXT, NULL, NULL},
    {"scheduled", "performer", 30, AN_OBJECT, NULL, performer_rows},
    {"cancelled", "point", 100, A_POINT, NULL, NULL},
    {"cancelled", "reason", 50, A_WORD, "patient provider no_show other", NULL},
    {"form_sent", "point", 100, A_POINT, NULL, NULL},
    {"performed", "point", 100, A_POINT, NULL, NULL},
    {"performed", "level", 30, A_WORD, LEVELS, NULL},
    {"performed", "performer", 30, AN_OBJECT, NULL, performer_rows},
    {"coded", "point", 100, A_POINT, NULL, NULL},
    {"coded", "code", 100, A_WORD, "WMFG10 WMFG10 WMFG10 WMFG10 LOCAL1 A.1", NULL},
    {"message", "to", 100, A_WORD, "gp gp municipality municipality specialist other", NULL},
    {"message", "kind", 100, A_WORD,
     "epicrisis outpatient_note dialogue plo edi phone meeting letter", NULL},
    {"message", "point", 60, A_POINT, NULL, NULL},
    {"message", "ref", 20, A_TEXT, NULL, NULL},
    {"receipt", "status", 100, A_WORD, "ok ok_with_errors rejected rejected", NULL},
    {"receipt", "error", 20, A_TEXT, NULL, NULL},
    {"assigned", "point", 100, A_POINT, NULL, NULL},
    {"assigned", "level", 100, A_WORD, LEVELS, NULL},
    {"assigned", "unit", 50, A_WORD, UNITS, NULL},
    {"assigned", "role", 50, A_WORD, ROLES, NULL},
    {"moved", "municipality", 100, A_WORD, MUNICIPALITIES, NULL},
    {"moved", "district", 30, A_WORD, "030101 030102", NULL},
    {"excluded", "point", 80, A_POINT, NULL, NULL},
    {"excluded", "reason", 100, A_WORD, "no_need short_treatment too_ill other", NULL},
    {"ended", "reason", 100, A_WORD, "dead withdrawn emigrated other", NULL},
    {0},
};

/* How often which type is: a type that stands here more often comes more often. */
#define TYPES                                                                                      \
    "clinical_decision treatment_started treatment_started offered offered offered accepted "      \
    "accepted declined declined deferred scheduled scheduled scheduled cancelled form_sent "       \
    "performed performed performed performed coded coded coded message message message receipt "   \
    "receipt followed_up followed_up assigned moved excluded ended reopened corrected withheld"

/* ---- Events ------------------------------------------------------------------------------- */

cJSON *events_of(const cJSON *pathway)
{
    return cJSON_GetObjectItemCaseSensitive(pathway, "events");
}

static bool may_name(const char *type, const char *target)
{
    if (strcmp(type, "corrected") == 0)
        return strcmp(target, "corrected") != 0;
    return strcmp(target, "withheld") == 0 ||
           strcmp(target, strcmp(type, "receipt") == 0 ? "message" : "performed") == 0;
}

static bool names_another(const char *type)
{
    return strcmp(type, "receipt") == 0 || strcmp(type, "followed_up") == 0 ||
           strcmp(type, "corrected") == 0;
}

/* The id of an event of the log that an event of this type may name; NULL where there is none. */
static const char *pick_target(dice *d, const cJSON *pathway, const char *type)
{
    const cJSON *event;
    const char *chosen = NULL;
    int32_t seen = 0;

    cJSON_ArrayForEach(event, events_of(pathway))
    {
        if (may_name(type, json_text(event, "type")) && roll(d, ++seen) == 0)
            chosen = json_text(event, "id");
    }
    return chosen;
}

static void add_topics(dice *d, cJSON *assessment, const place *at)
{
    static const char *const codes[] = {
        "family_network", "work_school",     "economy_housing", "home_help", "rehabilitation",
        "nutrition",      "coping_learning", "sexual_health",   "x_pets",    "x_a:b.C",
    };
    cJSON *topics = need(cJSON_AddArrayToObject(assessment, "topics"));

    for (size_t i = 0; i < COUNT(codes); i++) {
        cJSON *topic;

        if (!chance(d, 20))
            continue;
        topic = need(cJSON_CreateObject());
        add_text(topic, "topic", codes[i]);
        fill(d, topic, topic_rows, NULL, at);
        cJSON_AddItemToArray(topics, topic);
    }
    drop_if_empty(assessment, "topics");
}

static void add_assessment(dice *d, cJSON *event, const place *at)
{
    cJSON *assessment = need(cJSON_AddObjectToObject(event, "assessment"));

    fill(d, assessment, assessment_rows, NULL, at);
    if (chance(d, 70))
        add_topics(d, assessment, at);
    drop_if_empty(event, "assessment");
}

static int32_t points_of(const cJSON *pathway)
{
    return strcmp(json_text(pathway, "edition"), "hdir-2022") == 0 ? 3 : 5;
}

cJSON *random_event(dice *d, const cJSON *pathway, const char *type, const char *id, pfh_date date)
{
    place at = {date, points_of(pathway)};
    cJSON *event = need(cJSON_CreateObject());
    char word[64];
    const char *target = NULL;

    if (type == NULL)
        type = pick_word(d, TYPES, word, sizeof word);
    if (names_another(type) && (target = pick_target(d, pathway, type)) == NULL)
        type = "offered";
    add_text(event, "id", id);
    add_text(event, "type", type);
    add_date(event, "date", date);
    if (target != NULL)
        add_text(event, "of", target);
    if (strcmp(type, "withheld") == 0) {
        add_vendor_key(d, event);
        return event;
    }
    if (chance(d, 30))
        add_timestamp(d, event, "recorded", date);
    fill(d, event, event_rows, type, &at);
    if (strcmp(type, "performed") == 0 && chance(d, 80))
        add_assessment(d, event, &at);
    return event;
}

/* A day near the edge of a window, or near to any. */
static pfh_date random_date(dice *d, pfh_date diagnosed)
{
    static const int32_t months[] = {0, 0, 0, 1, 3, 3, 4, 12, 12, 18};
    static const int32_t near[] = {-40, -15, -14, -2, -1, 0, 0, 0, 0, 1, 2, 5, 13, 14, 15, 40};

    return pfh_date_add_months(diagnosed, PICK(d, months)) + PICK(d, near);
}

static void add_events(dice *d, cJSON *pathway, pfh_date diagnosed)
{
    static const int32_t counts[] = {1, 2, 3, 5, 8, 8, 13, 20, 40};
    static const char *const prefixes[] = {"e", "E", "e-", "e.", "e_", "a:"};
    cJSON *events = need(cJSON_AddArrayToObject(pathway, "events"));
    bool dense = chance(d, 25);
    pfh_date days[2] = {random_date(d, diagnosed), random_date(d, diagnosed)};
    int32_t count = PICK(d, counts);

    for (int32_t i = 0; i < count; i++) {
        char id[16];

        snprintf(id, sizeof id, "%s%d", PICK(d, prefixes), i + 1);
        cJSON_AddItemToArray(
            events,
            random_event(d, pathway, NULL, id, dense ? PICK(d, days) : random_date(d, diagnosed)));
    }
    if (chance(d, 50))
        shuffle(d, events);
}

/* ---- Pathways ----------------------------------------------------------------------------- */

static const row name_rows[] = {
    {NULL, "given", 80, A_TEXT, NULL, NULL},
    {NULL, "family", 80, A_WORD, "Nordmann", NULL},
    {0},
};
static const row patient_rows[] = {
    {NULL, "id", 50, A_WORD, "4711", NULL},
    {NULL, "name", 30, AN_OBJECT, NULL, name_rows},
    {NULL, "birth_date", 50, A_DATE, "-25000 -6600 -6575 -6500 -6000 -3650", NULL},
    {NULL, "municipality", 60, A_WORD, MUNICIPALITIES, NULL},
    {NULL, "district", 20, A_WORD, "030101", NULL},
    {NULL, "language", 20, A_WORD, "nb nn en", NULL},
    {NULL, "has_municipal_services", 50, A_FLAG, NULL, NULL},
    {0},
};
static const row diagnosis_rows[] = {
    {NULL, "informed", 30, A_DATE, "0 1 2 7 30", NULL},
    {NULL, "kind", 15, A_WORD, "primary relapse", NULL},
    {NULL, "intent", 15, A_WORD, "curative palliative", NULL},
    {NULL, "in_cancer_pathway", 15, A_FLAG, NULL, NULL},
    {0},
};

static void add_identifiers(dice *d, cJSON *patient)
{
    cJSON *list = need(cJSON_AddArrayToObject(patient, "identifiers"));

    for (int32_t i = 1 + roll(d, 2); i > 0; i--) {
        const char *const *identifier = PICK(d, identifiers);
        cJSON *item = need(cJSON_CreateObject());

        add_text(item, "type", identifier[0]);
        add_text(item, "value", identifier[1]);
        if (chance(d, 30))
            add_text(item, "assigner", PICK(d, free_texts));
        add_vendor_key(d, item);
        cJSON_AddItemToArray(list, item);
    }
}

static void add_patient(dice *d, cJSON *pathway, const place *at)
{
    cJSON *patient = need(cJSON_AddObjectToObject(pathway, "patient"));

    fill(d, patient, patient_rows, NULL, at);
    if (chance(d, 20))
        add_identifiers(d, patient);
    drop_if_empty(pathway, "patient");
}

static void add_diagnosis(dice *d, cJSON *pathway, const place *at)
{
    static const char *const cancers[] = {"C50.9", "C509", "C61", "C97", "C00.0", "C18.", "C3412"};
    static const char *const others[] = {"D05.1", "C98", "Z03"};
    cJSON *diagnosis = need(cJSON_AddObjectToObject(pathway, "diagnosis"));
    bool cancer = chance(d, 90);

    if (cancer || chance(d, 70))
        add_text(diagnosis, "code", cancer ? PICK(d, cancers) : PICK(d, others));
    else
        cJSON_AddTrueToObject(diagnosis, "cancer");
    if (!cJSON_HasObjectItem(diagnosis, "cancer") && chance(d, 10))
        cJSON_AddBoolToObject(diagnosis, "cancer", cancer || chance(d, 50));
    add_date(diagnosis, "date", at->date);
    fill(d, diagnosis, diagnosis_rows, NULL, at);
}

static pfh_date random_diagnosis_date(dice *d)
{
    static const char *const edges[] = {"2021-12-31", "2022-01-01", "2021-09-01", "2021-08-31",
                                        "2023-11-30", "2024-02-29", "2026-01-31", "2296-02-29"};

    return chance(d, 15) ? day(PICK(d, edges)) : day("2022-01-01") + roll(d, 1700);
}

static cJSON *random_pathway(dice *d)
{
    place at = {random_diagnosis_date(d), 0};
    cJSON *pathway = need(cJSON_CreateObject());

    add_text(pathway, "format", "pfh-pathway/1");
    add_text(pathway, "id", chance(d, 80) ? "b1f0c6e2" : "P.1_a:b-c");
    add_text(pathway, "edition", chance(d, 50) ? "hdir-2022" : "hdir-2021-draft");
    if (chance(d, 70))
        add_patient(d, pathway, &at);
    add_diagnosis(d, pathway, &at);
    if (chance(d, 10))
        add_text(pathway, "previous", "a0d1");
    add_vendor_key(d, pathway);
    if (chance(d, 95))
        add_events(d, pathway, at.date);
    return pathway;
}

/* ---- Policies ----------------------------------------------------------------------------- */

#define DAYS "0 1 2 5 7 10 14 21 60 120 3650"

static const row policy_rows[] = {
    {NULL, "start_date", 5, A_DATE, "0 300 900", NULL},
    {NULL, "no_answer_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "first_offer_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "offer_lead_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "ask_again_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "booking_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "form_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "closing_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "coding_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "summary_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "receipt_working_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "assess_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "needs_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "anchor_days", 30, A_NUMBER, DAYS, NULL},
    {NULL, "distress_threshold", 30, A_NUMBER, "1 3 4 5 10", NULL},
    {NULL, "shift", 50, A_WORD, "none working_day", NULL},
    {NULL, "municipality_messages", 50, A_FLAG, NULL, NULL},
    {0},
};
static const row assign_rows[] = {
    {NULL, "point", 35, A_NUMBER, "1 2 3 4 5", NULL},
    {NULL, "level", 35, A_WORD, LEVELS, NULL},
    {NULL, "municipality", 35, A_WORD, MUNICIPALITIES, NULL},
    {NULL, "has_municipal_services", 35, A_FLAG, NULL, NULL},
    {NULL, "child", 35, A_FLAG, NULL, NULL},
    {NULL, "role", 70, A_WORD, ROLES, NULL},
    {NULL, "unit", 100, A_WORD, UNITS, NULL}, /* so that no row is empty */
    {0},
};
static const row unit_rows[] = {
    {NULL, "name", 40, A_TEXT, NULL, NULL},
    {NULL, "phone", 40, A_WORD, "73000000", NULL},
    {NULL, "email", 40, A_WORD, "post@example.org", NULL},
    {NULL, "url", 40, A_WORD, "https://example.org/", NULL},
    {0},
};
static const row local_topic_rows[] = {{NULL, "title", 100, A_TEXT, NULL, NULL}, {0}};

/* A list of objects, of which each has a key of its own where @p key is given. */
static void add_list(dice *d, cJSON *policy, const char *name, const char *key, const char *values,
                     const row *rows)
{
    const place at = {0, 5};
    cJSON *list = need(cJSON_AddArrayToObject(policy, name));
    char word[64];

    for (int32_t i = 1 + roll(d, 3); i > 0; i--) {
        cJSON *item = need(cJSON_CreateObject());

        if (key != NULL) {
            snprintf(word, sizeof word, "%s%d", values, i);
            add_text(item, key, word);
        }
        fill(d, item, rows, NULL, &at);
        cJSON_AddItemToArray(list, item);
    }
}

cJSON *random_policy(dice *d)
{
    static const char *const codes[] = {"LOCAL1", "A.1"};
    place at = {day("2022-06-01"), 5};
    cJSON *policy = need(cJSON_CreateObject());

    add_text(policy, "format", "pfh-policy/1");
    fill(d, policy, policy_rows, NULL, &at);
    if (chance(d, 40))
        cJSON_AddItemToObject(policy, "extra_codes",
                              need(cJSON_CreateStringArray(codes, 1 + roll(d, 2))));
    if (chance(d, 20))
        add_list(d, policy, "extra_topics", "code", "x_topic:", local_topic_rows);
    if (chance(d, 50))
        add_list(d, policy, "assign", NULL, NULL, assign_rows);
    if (chance(d, 20))
        add_list(d, policy, "units", "unit", "ward-", unit_rows);
    return policy;
}

/* ---- Stories ------------------------------------------------------------------------------ */

static pfh_date random_as_of(dice *d, const cJSON *pathway)
{
    pfh_date diagnosed = date_at(cJSON_GetObjectItemCaseSensitive(pathway, "diagnosis"), "date");
    cJSON *events = events_of(pathway);
    int32_t count = cJSON_GetArraySize(events);

    if (count == 0 || chance(d, 40))
        return random_date(d, diagnosed);
    return date_at(cJSON_GetArrayItem(events, roll(d, count)), "date") +
           (chance(d, 50) ? roll(d, 35) : 0);
}

story story_of(dice *d)
{
    story s = {.pathway = random_pathway(d)};

    s.policy = chance(d, 60) ? random_policy(d) : NULL;
    s.as_of = random_as_of(d, s.pathway);
    if (chance(d, 25)) {
        cJSON *holder = need(cJSON_CreateObject());

        add_timestamp(d, holder, "known_at", s.as_of - roll(d, 2) * roll(d, 100));
        snprintf(s.known_at, sizeof s.known_at, "%s", json_text(holder, "known_at"));
        cJSON_Delete(holder);
    }
    s.edition = chance(d, 35) ? "hdir-2022" : NULL;
    return s;
}

void story_free(story *s)
{
    cJSON_Delete(s->pathway);
    cJSON_Delete(s->policy);
}

void shuffle(dice *d, cJSON *container)
{
    for (int32_t left = cJSON_GetArraySize(container); left > 0; left--)
        cJSON_AddItemToArray(container, cJSON_DetachItemFromArray(container, roll(d, left)));
}

void shuffle_keys(dice *d, cJSON *tree)
{
    cJSON *child;

    cJSON_ArrayForEach(child, tree)
    {
        shuffle_keys(d, child);
    }
    if (cJSON_IsObject(tree))
        shuffle(d, tree);
}

pfh_pathway *pathway_of_tree(const cJSON *tree)
{
    char *text = need(cJSON_PrintUnformatted(tree));
    pfh_pathway *pathway = pathway_of(text);

    free(text);
    return pathway;
}

pfh_policy *policy_of_story(const story *s)
{
    char *rules = s->policy == NULL ? NULL : need(cJSON_PrintUnformatted(s->policy));
    pfh_policy *policy = rules == NULL ? NULL : policy_of(rules);

    free(rules);
    return policy;
}

static const char *known_at(const story *s)
{
    return s->known_at[0] == '\0' ? NULL : s->known_at;
}

pfh_needs *needs_of_story(const story *s, const cJSON *tree)
{
    pfh_pathway *pathway = pathway_of_tree(tree);
    pfh_policy *policy = policy_of_story(s);
    pfh_needs *needs = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_needs_derive(&needs, pathway, policy, s->as_of, known_at(s), s->edition, &err),
                 PFH_OK, "%s", err.text);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    return needs;
}

char *plan_of(const story *s, const cJSON *tree)
{
    pfh_pathway *pathway = pathway_of_tree(tree);
    pfh_policy *policy = policy_of_story(s);
    pfh_plan *plan = NULL;
    pfh_error err = {0};
    char *result;

    cr_assert_eq(
        pfh_plan_derive_at(&plan, pathway, policy, s->as_of, known_at(s), s->edition, &err), PFH_OK,
        "%s", err.text);
    result = plan_text(plan, 1);
    pfh_plan_free(plan);
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    return result;
}
