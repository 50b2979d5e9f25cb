/*
 * Every key of `pfh-pathway/1` and `pfh-policy/1`, as the tables of the formats have them: what it
 * takes, whether it must be there, and in which order keys are written.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* A key of an object; `@name` in a value stands for the object of that name. */
typedef struct {
    const char *object, *key;
    const char *value, *wrong; /* one that it takes, and one of a wrong type */
    int required;
} key_row;

/* Where an object stands. */
typedef struct {
    const char *object, *where;
} place_row;

/* clang-format off */
static const key_row pathway_keys[] = {
    {"document", "format", "\"pfh-pathway/1\"", "1", 1},
    {"document", "id", "\"p1\"", "1", 1},
    {"document", "edition", "\"hdir-2022\"", "2022", 1},
    {"document", "patient", "@patient", "[]", 0},
    {"document", "diagnosis", "@diagnosis", "\"C50\"", 1},
    {"document", "previous", "\"p0\"", "0", 0},
    {"document", "events", "[@event]", "{}", 0},
    {"document", "x_a", "1.50", NULL, 0},
    {"patient", "id", "\"4711\"", "4711", 0},
    {"patient", "identifiers", "[@identifier]", "{}", 0},
    {"patient", "name", "@name", "\"Kari Nordmann\"", 0},
    {"patient", "birth_date", "\"1972-09-13\"", "1972", 0},
    {"patient", "municipality", "\"4003\"", "4003", 0},
    {"patient", "district", "\"030101\"", "30101", 0},
    {"patient", "language", "\"nn\"", "1", 0},
    {"patient", "has_municipal_services", "false", "\"false\"", 0},
    {"patient", "x_a", "null", NULL, 0},
    {"identifier", "type", "\"fnr\"", "1", 1},
    {"identifier", "value", "\"13097248022\"", "13097248022", 1},
    {"identifier", "assigner", "\"a\"", "true", 0},
    {"identifier", "x_a", "[]", NULL, 0},
    {"name", "given", "\"Kari\"", "[\"Kari\"]", 0},
    {"name", "family", "\"Nordmann\"", "1", 0},
    {"name", "x_a", "{\"b\":-0}", NULL, 0},
    {"diagnosis", "code", "\"C50.9\"", "50.9", 1},
    {"diagnosis", "date", "\"2026-01-31\"", "20260131", 1},
    {"diagnosis", "informed", "\"2026-02-02\"", "false", 0},
    {"diagnosis", "kind", "\"primary\"", "1", 0},
    {"diagnosis", "intent", "\"curative\"", "1", 0},
    {"diagnosis", "in_cancer_pathway", "true", "1", 0},
    {"diagnosis", "x_a", "\"\"", NULL, 0},
    {"event", "id", "\"e1\"", "1", 1},
    {"event", "type", "\"performed\"", "12", 1},
    {"event", "date", "\"2026-02-20\"", "20260220", 1},
    {"event", "recorded", "\"2026-02-20T10:12:00Z\"", "1771582320", 0},
    {"event", "author", "@author", "\"A\"", 0},
    {"event", "note", "\"a\"", "1", 0},
    {"event", "private", "true", "\"true\"", 0},
    {"event", "point", "1", "\"1\"", 1},
    {"event", "level", "\"specialist\"", "1", 0},
    {"event", "performer", "@performer", "[]", 0},
    {"event", "assessment", "@assessment", "[]", 0},
    {"event", "withheld", "3", "3.0", 0},
    {"event", "x_a", "1", NULL, 0},
    {"author", "role", "\"nurse\"", "2", 0},
    {"author", "hpr", "\"9999999\"", "9999999", 0},
    {"author", "unit", "\"u1\"", "1", 0},
    {"author", "name", "\"A\"", "{}", 0},
    {"author", "x_a", "1", NULL, 0},
    {"performer", "role", "\"nurse\"", "2", 0},
    {"performer", "unit", "\"u1\"", "1", 0},
    {"performer", "name", "\"A\"", "{}", 0},
    {"performer", "x_a", "1", NULL, 0},
    {"assessment", "instrument", "@instrument", "\"a\"", 0},
    {"assessment", "distress", "0", "1e0", 0},
    {"assessment", "topics", "[@topic]", "\"nutrition\"", 0},
    {"assessment", "x_a", "1", NULL, 0},
    {"instrument", "id", "\"i\"", "1", 0},
    {"instrument", "version", "\"1\"", "1", 0},
    {"instrument", "x_a", "1", NULL, 0},
    {"topic", "topic", "\"nutrition\"", "7", 1},
    {"topic", "need", "\"follow_up\"", "true", 1},
    {"topic", "note", "\"a\"", "1", 0},
    {"topic", "responsible", "@responsible", "\"gp\"", 0},
    {"topic", "private", "false", "0", 0},
    {"topic", "x_a", "1", NULL, 0},
    {"responsible", "level", "\"municipality\"", "2", 0},
    {"responsible", "unit", "\"u2\"", "2", 0},
    {"responsible", "role", "\"gp\"", "3", 0},
    {"responsible", "x_a", "1", NULL, 0},
};

static const place_row pathway_places[] = {
    {"document", ""},
    {"patient", "/patient"},
    {"identifier", "/patient/identifiers/0"},
    {"name", "/patient/name"},
    {"diagnosis", "/diagnosis"},
    {"event", "/events/0"},
    {"author", "/events/0/author"},
    {"performer", "/events/0/performer"},
    {"assessment", "/events/0/assessment"},
    {"instrument", "/events/0/assessment/instrument"},
    {"topic", "/events/0/assessment/topics/0"},
    {"responsible", "/events/0/assessment/topics/0/responsible"},
};

static const key_row policy_keys[] = {
    {"document", "format", "\"pfh-policy/1\"", "[]", 1},
    {"document", "start_date", "\"2026-01-01\"", "2026", 0},
    {"document", "no_answer_days", "1", "\"1\"", 0},
    {"document", "first_offer_days", "2", "true", 0},
    {"document", "offer_lead_days", "3", "3.0", 0},
    {"document", "ask_again_days", "4", "4e0", 0},
    {"document", "booking_days", "5", "[5]", 0},
    {"document", "form_days", "6", "{}", 0},
    {"document", "closing_days", "7", "\"\"", 0},
    {"document", "coding_days", "8", "false", 0},
    {"document", "summary_days", "9", "0.5", 0},
    {"document", "receipt_working_days", "10", "\"10\"", 0},
    {"document", "assess_days", "11", "\"11\"", 0},
    {"document", "needs_days", "12", "\"12\"", 0},
    {"document", "anchor_days", "13", "\"13\"", 0},
    {"document", "distress_threshold", "5", "\"5\"", 0},
    {"document", "shift", "\"none\"", "false", 0},
    {"document", "municipality_messages", "false", "\"no\"", 0},
    {"document", "extra_codes", "[\"A\",\"B\"]", "\"A\"", 0},
    {"document", "extra_topics", "[@topic]", "{}", 0},
    {"document", "assign", "[@row]", "{}", 0},
    {"document", "units", "[@unit]", "{}", 0},
    {"document", "x_a", "1e999", NULL, 0},
    {"topic", "code", "\"x_pets\"", "1", 1},
    {"topic", "title", "\"Pets\"", "1", 1},
    {"topic", "x_a", "1", NULL, 0},
    {"row", "point", "2", "\"2\"", 0},
    {"row", "level", "\"municipality\"", "2", 0},
    {"row", "municipality", "\"4003\"", "4003", 0},
    {"row", "has_municipal_services", "false", "0", 0},
    {"row", "child", "true", "1", 0},
    {"row", "unit", "\"u1\"", "1", 0},
    {"row", "role", "\"gp\"", "3", 0},
    {"row", "x_a", "1", NULL, 0},
    {"unit", "unit", "\"u1\"", "1", 1},
    {"unit", "name", "\"A\"", "1", 0},
    {"unit", "phone", "\"1\"", "1", 0},
    {"unit", "email", "\"a@b\"", "1", 0},
    {"unit", "url", "\"http://a\"", "1", 0},
    {"unit", "x_a", "1", NULL, 0},
};

static const place_row policy_places[] = {
    {"document", ""},
    {"topic", "/extra_topics/0"},
    {"row", "/assign/0"},
    {"unit", "/units/0"},
};
/* clang-format on */

/* A kind of document: its tables, and how its text is read and written. */
typedef struct {
    const key_row *keys;
    size_t key_count;
    const place_row *places;
    size_t place_count;
    pfh_status (*pass)(char **out, const char *text, pfh_error *error);
} document_kind;

static pfh_status pass_pathway(char **out, const char *text, pfh_error *error)
{
    pfh_pathway *pathway = NULL;
    pfh_status status = pfh_pathway_parse(&pathway, text, strlen(text), error);

    if (status == PFH_OK)
        *out = pathway_text(pathway);
    pfh_pathway_free(pathway);
    return status;
}

static pfh_status pass_policy(char **out, const char *text, pfh_error *error)
{
    pfh_policy *policy = NULL;
    pfh_status status = pfh_policy_parse(&policy, text, strlen(text), error);

    if (status == PFH_OK)
        *out = policy_text(policy);
    pfh_policy_free(policy);
    return status;
}

static const document_kind kinds[] = {
    {pathway_keys, COUNT(pathway_keys), pathway_places, COUNT(pathway_places), pass_pathway},
    {policy_keys, COUNT(policy_keys), policy_places, COUNT(policy_places), pass_policy},
};

/* ---- Documents from the tables ------------------------------------------------------------ */

/* How a document differs from the whole one. */
typedef struct {
    const document_kind *kind;
    const key_row *key; /* whose value is another; NULL: none */
    const char *value;  /* NULL: the key is left out */
    const char *name;   /* what the key is called instead; NULL: its own name */
    int backwards;      /* keys in the opposite order, with blanks and nulls between them */
} variant;

static void print_object(growing *text, const variant *of, const char *object);

static void print_value(growing *text, const variant *of, const char *value)
{
    for (; *value != '\0'; value++) {
        char name[24];
        size_t size = 0;

        if (*value != '@') {
            growing_add(text, value, 1);
            continue;
        }
        while (value[size + 1] >= 'a' && value[size + 1] <= 'z')
            size++;
        snprintf(name, sizeof name, "%.*s", (int)size, value + 1);
        print_object(text, of, name);
        value += size;
    }
}

static void print_member(growing *text, const variant *of, const key_row *key, int *first)
{
    const char *value = key == of->key ? of->value : key->value;
    const char *name = key == of->key && of->name != NULL ? of->name : key->key;

    if (value == NULL)
        return;
    growing_print(text, of->backwards && !*first ? " ,\n\t" : *first ? "" : ",");
    growing_print(text, of->backwards ? "\"%s\" : " : "\"%s\":", name);
    print_value(text, of, value);
    *first = 0;
}

static void print_object(growing *text, const variant *of, const char *object)
{
    const document_kind *kind = of->kind;
    int first = 1;

    growing_add(text, "{", 1);
    for (size_t i = 0; i < kind->key_count; i++) {
        const key_row *key = &kind->keys[of->backwards ? kind->key_count - 1 - i : i];
        if (strcmp(key->object, object) == 0)
            print_member(text, of, key, &first);
    }
    growing_add(text, "}", 1);
}

static char *print_document(const variant *of)
{
    growing text = {0};

    print_object(&text, of, "document");
    return text.data;
}

/* The pointer to a key. */
static const char *place_of(const variant *of, char *where, size_t size)
{
    for (size_t i = 0; i < of->kind->place_count; i++)
        if (strcmp(of->kind->places[i].object, of->key->object) == 0)
            snprintf(where, size, "%s/%s", of->kind->places[i].where,
                     of->name != NULL ? of->name : of->key->key);
    return where;
}

/* Expects a document to be refused at a key, or taken and written as itself or as another. */
static void expect_passed(const variant *of, pfh_status status, const char *written)
{
    char *text = print_document(of), *got = NULL, where[128];
    pfh_error error = {.status = PFH_OK};

    cr_expect_eq(of->kind->pass(&got, text, &error), status, "%s: %s in %s", error.where,
                 error.text, text);
    if (status != PFH_OK)
        cr_expect_str_eq(error.where, place_of(of, where, sizeof where));
    else if (got != NULL)
        cr_expect_str_eq(got, written == NULL ? text : written);
    pfh_string_free(got);
    free(text);
}

/* ---- Every key ---------------------------------------------------------------------------- */

Test(schema, a_document_with_every_key_is_taken_and_written_in_the_order_of_the_tables)
{
    for (size_t k = 0; k < COUNT(kinds); k++)
        expect_passed(&(variant){.kind = &kinds[k]}, PFH_OK, NULL);
}

Test(schema, keys_in_any_order_are_written_in_that_order)
{
    for (size_t k = 0; k < COUNT(kinds); k++) {
        char *whole = print_document(&(variant){.kind = &kinds[k]});

        expect_passed(&(variant){.kind = &kinds[k], .backwards = 1}, PFH_OK, whole);
        free(whole);
    }
}

Test(schema, a_key_that_must_be_there_is_missed_and_another_is_not)
{
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; i < kinds[k].key_count; i++) {
            const key_row *key = &kinds[k].keys[i];
            variant without = {.kind = &kinds[k], .key = key};

            expect_passed(&without, key->required ? PFH_E_KEY : PFH_OK, NULL);
        }
}

Test(schema, null_is_the_same_as_leaving_out_but_where_a_key_must_be_there)
{
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; i < kinds[k].key_count; i++) {
            const key_row *key = &kinds[k].keys[i];
            variant with_null = {.kind = &kinds[k], .key = key, .value = "null"};
            variant without = {.kind = &kinds[k], .key = key};
            char *written = print_document(key->wrong == NULL ? &with_null : &without);

            expect_passed(&with_null, key->required ? PFH_E_TYPE : PFH_OK, written);
            free(written);
        }
}

Test(schema, a_value_of_a_wrong_type_is_refused_at_its_key)
{
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; i < kinds[k].key_count; i++) {
            const key_row *key = &kinds[k].keys[i];
            variant wrong = {.kind = &kinds[k], .key = key, .value = key->wrong};

            if (key->wrong != NULL)
                expect_passed(&wrong, PFH_E_TYPE, NULL);
        }
}

Test(schema, a_key_that_is_not_in_the_table_is_refused_in_every_object)
{
    static const char *const names[] = {"y_a", "x_", "X_a", "format ", ""};

    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; i < kinds[k].key_count; i++) {
            const key_row *key = &kinds[k].keys[i];
            variant renamed = {.kind = &kinds[k], .key = key, .value = "null"};

            for (size_t n = 0; n < COUNT(names) && strcmp(key->key, "x_a") == 0; n++) {
                renamed.name = names[n];
                expect_passed(&renamed, PFH_E_KEY, NULL);
            }
        }
}

/* ---- Events ------------------------------------------------------------------------------- */

/* The keys that each type has besides `id`, `type` and `date`, which all have, and besides those of
 * `common`; `!` marks those that must be there. */
static const struct {
    const char *type, *keys;
} event_types[] = {
    {"clinical_decision", ""},
    {"treatment_started", ""},
    {"offered", "point! channel"},
    {"accepted", "point!"},
    {"declined", "point! reason"},
    {"deferred", "point! until! reason"},
    {"scheduled", "point! start! minutes place performer"},
    {"cancelled", "point! reason"},
    {"form_sent", "point!"},
    {"performed", "point! level performer assessment"},
    {"coded", "point! code!"},
    {"message", "to! kind! point ref"},
    {"receipt", "of! status! error"},
    {"followed_up", "of!"},
    {"assigned", "point! level! unit role"},
    {"moved", "municipality! district"},
    {"excluded", "point reason!"},
    {"ended", "reason!"},
    {"reopened", ""},
    {"corrected", "of!"},
    {"withheld", ""},
};

/* Every key of an event in the order in which it is written, with a value. */
static const struct {
    const char *key, *value;
} event_keys[] = {
    {"recorded", "\"2026-02-20T10:12:00Z\""},
    {"author", "{\"role\":\"gp\"}"},
    {"note", "\"a\""},
    {"private", "false"},
    {"to", "\"other\""},
    {"kind", "\"phone\""},
    {"of", "\"d\""},
    {"point", "1"},
    {"channel", "\"letter\""},
    {"until", "\"2026-03-01\""},
    {"reason", "\"other\""},
    {"start", "\"2026-03-01T10:00\""},
    {"minutes", "30"},
    {"place", "\"a\""},
    {"level", "\"specialist\""},
    {"performer", "{\"role\":\"gp\"}"},
    {"assessment", "{}"},
    {"code", "\"WMFG10\""},
    {"ref", "\"a\""},
    {"status", "\"ok\""},
    {"error", "\"a\""},
    {"unit", "\"u1\""},
    {"role", "\"gp\""},
    {"municipality", "\"4003\""},
    {"district", "\"030101\""},
    {"withheld", "1"},
};

enum { COMMON = 4 }; /* the first ones, and `withheld`, are of every type but `withheld` */

/* Whether a type has a key: 0, 1, or 2 when it must be there. */
static int has_key(size_t type, size_t key)
{
    const char *name = event_keys[key].key;
    size_t size = strlen(name);

    if (key < COMMON || key == COUNT(event_keys) - 1)
        return strcmp(event_types[type].type, "withheld") != 0;
    for (const char *at = event_types[type].keys; *at != '\0'; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");

        if (strncmp(at, name, size) == 0 && (word == size || (word == size + 1 && at[size] == '!')))
            return word == size ? 1 : 2;
        at += word;
    }
    return 0;
}

/* An event with all its keys, or without one, or with one that it does not have. */
static void print_event(growing *text, size_t type, size_t left_out, size_t added)
{
    growing_print(text, "{\"id\":\"e1\",\"type\":\"%s\",\"date\":\"2026-02-20\"",
                  event_types[type].type);
    for (size_t i = 0; i < COUNT(event_keys); i++) {
        const char *value = event_keys[i].value;

        if (i != added && (i == left_out || has_key(type, i) == 0))
            continue;
        if (strcmp(event_keys[i].key, "of") == 0 && strcmp(event_types[type].type, "receipt") == 0)
            value = "\"m\"";
        growing_print(text, ",\"%s\":%s", event_keys[i].key, value);
    }
    growing_add(text, "}", 1);
}

/* Expects a pathway with this event to be read or refused; what is read is written again. */
static void expect_event(size_t type, size_t left_out, size_t added, pfh_status status)
{
    growing event = {0}, text = {0};
    char *got = NULL, where[64];
    pfh_error error = {.status = PFH_OK};

    print_event(&event, type, left_out, added);
    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
                  "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":["
                  "{\"id\":\"m\",\"type\":\"message\",\"date\":\"2026-02-10\",\"to\":\"gp\","
                  "\"kind\":\"plo\"},%s,{\"id\":\"d\",\"type\":\"performed\",\"date\":"
                  "\"2026-02-11\",\"point\":1}]}",
                  event.data);
    cr_expect_eq(pass_pathway(&got, text.data, &error), status, "%s: %s in %s", error.where,
                 error.text, event.data);
    if (status == PFH_OK && got != NULL)
        cr_expect_not_null(strstr(got, event.data), "%s is not in %s", event.data, got);
    snprintf(where, sizeof where, "/events/1/%s",
             status == PFH_OK ? "" : event_keys[added < COUNT(event_keys) ? added : left_out].key);
    if (status != PFH_OK)
        cr_expect_str_eq(error.where, where);
    pfh_string_free(got);
    free(event.data);
    free(text.data);
}

enum { NO_KEY = 1000 };

Test(schema, an_event_of_each_type_has_its_keys_in_the_order_of_the_table)
{
    cr_assert_eq((int32_t)COUNT(event_types), pfh_word_count(PFH_WORDS_EVENT));
    for (size_t type = 0; type < COUNT(event_types); type++)
        expect_event(type, NO_KEY, NO_KEY, PFH_OK);
}

Test(schema, an_event_misses_what_its_type_must_have_and_nothing_else)
{
    for (size_t type = 0; type < COUNT(event_types); type++)
        for (size_t key = 0; key < COUNT(event_keys); key++)
            if (has_key(type, key) > 0)
                expect_event(type, key, NO_KEY, has_key(type, key) == 2 ? PFH_E_KEY : PFH_OK);
}

Test(schema, an_event_does_not_have_what_is_of_other_types)
{
    for (size_t type = 0; type < COUNT(event_types); type++)
        for (size_t key = 0; key < COUNT(event_keys); key++)
            if (has_key(type, key) == 0)
                expect_event(type, NO_KEY, key, PFH_E_KEY);
}

/* ---- The same by calls -------------------------------------------------------------------- */

/* Sets a key of an event, whatever its type takes. */
static void set_key(pfh_record *event, size_t key, const char *type)
{
    const char *name = event_keys[key].key, *value = event_keys[key].value;
    char text[40];

    snprintf(text, sizeof text, "%.*s", (int)strcspn(value + 1, "\""), value + 1);
    if (strcmp(name, "author") == 0 || strcmp(name, "performer") == 0)
        pfh_record_set_text(event, name[0] == 'a' ? "author/role" : "performer/role", "gp", NULL);
    else if (strcmp(name, "assessment") == 0)
        pfh_record_set_number(event, "assessment/distress", 0, NULL);
    else if (strcmp(name, "private") == 0)
        pfh_record_set_flag(event, name, 0, NULL);
    else if (strcmp(name, "of") == 0)
        pfh_record_set_text(event, name, strcmp(type, "receipt") == 0 ? "m" : "d", NULL);
    else if (value[0] == '"')
        pfh_record_set_text(event, name, text, NULL);
    else
        pfh_record_set_number(event, name, atoi(value), NULL);
}

static void expect_appended(size_t type, size_t left_out, size_t added, pfh_status status)
{
    static const char start[] =
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"diagnosis\":"
        "{\"code\":\"C50\",\"date\":\"2026-01-31\"},\"events\":[{\"id\":\"m\",\"type\":\"message\","
        "\"date\":\"2026-02-10\",\"to\":\"gp\",\"kind\":\"plo\"},{\"id\":\"d\",\"type\":"
        "\"performed\",\"date\":\"2026-02-11\",\"point\":1}]}";
    const char *name = event_types[type].type;
    pfh_pathway *pathway = pathway_of(start);
    pfh_record *event = NULL;
    pfh_error error = {.status = PFH_OK};

    cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
    pfh_record_set_text(event, "id", "e1", NULL);
    pfh_record_set_text(event, "type", name, NULL);
    pfh_record_set_text(event, "date", "2026-02-20", NULL);
    for (size_t key = 0; key < COUNT(event_keys); key++)
        if (key == added || (key != left_out && has_key(type, key) > 0))
            set_key(event, key, name);
    cr_expect_eq(pfh_pathway_append(pathway, event, &error), status, "%s: %s at %s", name,
                 error.text, error.where);
    if (status != PFH_OK)
        cr_expect_str_eq(error.where + 1,
                         event_keys[added < COUNT(event_keys) ? added : left_out].key);
    cr_expect_eq(pfh_pathway_event_count(pathway), status == PFH_OK ? 3 : 2);
    pfh_record_free(event);
    pfh_pathway_free(pathway);
}

Test(schema, an_event_that_is_appended_has_the_same_keys)
{
    for (size_t type = 0; type < COUNT(event_types); type++) {
        expect_appended(type, NO_KEY, NO_KEY, PFH_OK);
        for (size_t key = 0; key < COUNT(event_keys); key++) {
            int has = has_key(type, key);
            if (has == 2)
                expect_appended(type, key, NO_KEY, PFH_E_KEY);
            else if (has == 0)
                expect_appended(type, NO_KEY, key, PFH_E_KEY);
        }
    }
}

Test(schema, each_type_has_reasons_of_its_own)
{
    static const struct {
        const char *type, *reasons, *sentence;
    } row[] = {
        {"declined", "no_need not_now too_much_information too_ill other ",
         "a reason for declined is one of: no_need, not_now, too_much_information, too_ill, other"},
        {"deferred", "too_ill treatment other ",
         "a reason for deferred is one of: too_ill, treatment, other"},
        {"cancelled", "patient provider no_show other ",
         "a reason for cancelled is one of: patient, provider, no_show, other"},
        {"excluded", "no_need short_treatment too_ill other ",
         "a reason for excluded is one of: no_need, too_ill, short_treatment, other"},
        {"ended", "dead withdrawn emigrated other ",
         "a reason for ended is one of: dead, withdrawn, emigrated, other"},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        for (int32_t n = 1; n <= (int32_t)PFH_REASON_OTHER; n++) {
            const char *reason = pfh_word(PFH_WORDS_REASON, n);
            growing text = {0};
            char word[40], *got = NULL;
            pfh_error error;
            int fits;

            snprintf(word, sizeof word, "%s ", reason);
            fits = strncmp(row[i].reasons, word, strlen(word)) == 0;
            snprintf(word, sizeof word, " %s ", reason);
            fits |= strstr(row[i].reasons, word) != NULL;
            growing_print(&text,
                          "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
                          "\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-31\"},\"events\":["
                          "{\"id\":\"e1\",\"type\":\"%s\",\"date\":\"2026-02-20\",%s\"reason\":"
                          "\"%s\"}]}",
                          row[i].type,
                          strcmp(row[i].type, "ended") == 0      ? ""
                          : strcmp(row[i].type, "deferred") == 0 ? "\"until\":\"2026-03-01\","
                                                                   "\"point\":1,"
                                                                 : "\"point\":1,",
                          reason);
            cr_expect_eq(pass_pathway(&got, text.data, &error), fits ? PFH_OK : PFH_E_VALUE,
                         "%s of %s", reason, row[i].type);
            if (!fits) {
                cr_expect_str_eq(error.where, "/events/0/reason");
                cr_expect_str_eq(error.text, row[i].sentence);
                cr_expect_eq(pass_pathway(&got, text.data, NULL), PFH_E_VALUE);
            }
            pfh_string_free(got);
            free(text.data);
        }
}

/* ---- What goes together ------------------------------------------------------------------- */

typedef struct {
    const char *text;
    pfh_status status;
    const char *where;
} together_row;

static void expect_together(const char *before, const together_row *rows, size_t count,
                            const char *after, const document_kind *kind)
{
    for (size_t i = 0; i < count; i++) {
        growing text = {0};
        char *got = NULL;
        pfh_error error = {.where = ""};

        growing_print(&text, "%s%s%s", before, rows[i].text, after);
        cr_expect_eq(kind->pass(&got, text.data, &error), rows[i].status, "%s", text.data);
        cr_expect_str_eq(error.where, rows[i].where, "%s", text.data);
        pfh_string_free(got);
        free(text.data);
    }
}

#define JSON(...) #__VA_ARGS__

/* clang-format off */
Test(schema, a_diagnosis_is_coded_or_said_to_be_cancer)
{
    static const together_row rows[] = {
        {JSON("code": "C50"), PFH_OK, ""},
        {JSON("cancer": true), PFH_OK, ""},
        {JSON("code": "D05", "cancer": true), PFH_OK, ""},
        {JSON("code": "D05", "cancer": false), PFH_OK, ""},
        {JSON("code": "C00", "cancer": true), PFH_OK, ""},
        {JSON("code": "C98", "cancer": false), PFH_OK, ""},
        {JSON("code": "B99", "cancer": false), PFH_OK, ""},
        {JSON("cancer": false), PFH_E_KEY, "/diagnosis/code"},
        {JSON("code": null, "cancer": false), PFH_E_TYPE, "/diagnosis/code"},
        {JSON("code": "C00", "cancer": false), PFH_E_VALUE, "/diagnosis/cancer"},
        {JSON("code": "C97", "cancer": false), PFH_E_VALUE, "/diagnosis/cancer"},
        {JSON("code": "C89.9", "cancer": false), PFH_E_VALUE, "/diagnosis/cancer"},
        {JSON("code": "C50", "informed": "2026-01-31"), PFH_OK, ""},
        {JSON("code": "C50", "informed": "2026-01-30"), PFH_E_DATE, "/diagnosis/informed"},
    };

    expect_together(JSON({"format": "pfh-pathway/1", "id": "p1", "edition": "hdir-2022",
                          "diagnosis": {"date": "2026-01-31", ),
                    rows, COUNT(rows), "}}", &kinds[0]);
}

Test(schema, a_pathway_is_not_its_own_previous_one)
{
    static const together_row rows[] = {
        {JSON("p0"), PFH_OK, ""},
        {JSON("P1"), PFH_OK, ""},
        {JSON("p1"), PFH_E_VALUE, "/previous"},
    };

    expect_together(JSON({"format": "pfh-pathway/1", "id": "p1", "edition": "hdir-2022",
                          "diagnosis": {"date": "2026-01-31", "code": "C50"}, "previous": ),
                    rows, COUNT(rows), "}", &kinds[0]);
}

Test(schema, a_person_number_is_valid_and_of_its_type)
{
    static const together_row rows[] = {
        {JSON("type": "fnr", "value": "13097248022"), PFH_OK, ""},
        {JSON("type": "dnr", "value": "41814061033"), PFH_OK, ""},
        {JSON("type": "duf", "value": "201012345678"), PFH_OK, ""},
        {JSON("type": "dnr", "value": "13097248022"), PFH_E_VALUE, "/patient/identifiers/0/value"},
        {JSON("type": "fnr", "value": "13097248023"), PFH_E_VALUE, "/patient/identifiers/0/value"},
        {JSON("type": "fnr", "value": "30108299939"), PFH_E_VALUE, "/patient/identifiers/0/value"},
        {JSON("type": "fnr", "value": ""), PFH_E_VALUE, "/patient/identifiers/0/value"},
    };

    expect_together(JSON({"format": "pfh-pathway/1", "id": "p1", "edition": "hdir-2022",
                          "diagnosis": {"date": "2026-01-31", "code": "C50"},
                          "patient": {"identifiers": [{),
                    rows, COUNT(rows), "}]}}", &kinds[0]);
}

Test(schema, a_topic_appears_once_and_who_is_responsible_is_said)
{
    static const char twice[] = "/events/0/assessment/topics/2/topic";
    static const char nobody[] = "/events/0/assessment/topics/0/responsible";
    static const together_row rows[] = {
        {JSON({"topic": "nutrition", "need": "none"}, {"topic": "x_a", "need": "none"}), PFH_OK, ""},
        {JSON({"topic": "x_a", "need": "none"}, {"topic": "oral_health", "need": "none"},
              {"topic": "x_a", "need": "none"}), PFH_E_VALUE, twice},
        {JSON({"topic": "x_a", "need": "none", "responsible": {"unit": "u"}}), PFH_OK, ""},
        {JSON({"topic": "x_a", "need": "none", "responsible": {"role": "gp"}}), PFH_OK, ""},
        {JSON({"topic": "x_a", "need": "none", "responsible": {"level": "specialist"}}), PFH_OK, ""},
        {JSON({"topic": "x_a", "need": "none", "responsible": null}), PFH_OK, ""},
        {JSON({"topic": "x_a", "need": "none", "responsible": {}}), PFH_E_VALUE, nobody},
        {JSON({"topic": "x_a", "need": "none", "responsible": {"x_a": 1, "unit": null}}),
         PFH_E_VALUE, nobody},
    };

    expect_together(JSON({"format": "pfh-pathway/1", "id": "p1", "edition": "hdir-2022",
                          "diagnosis": {"date": "2026-01-31", "code": "C50"},
                          "events": [{"id": "e1", "type": "performed", "date": "2026-02-20",
                                      "point": 1, "assessment": {"topics": [),
                    rows, COUNT(rows), "]}}]}", &kinds[0]);
}
                                    /* clang-format on */

                                    /* Rows of a list in a policy, each with a name of its own but,
                                     * perhaps, the last. */
                                    static void expect_policy_list(
                                        const char *key, const char *before, const char *after,
                                        int count, int last, pfh_status status, const char *where)
                                    {
                                        growing text = {0};
                                        char *got = NULL;
                                        pfh_error error = {.where = ""};

                                        growing_print(&text,
                                                      "{\"format\":\"pfh-policy/1\",\"%s\":[", key);
                                        for (int i = count; i > 0; i--) {
                                            growing_print(&text, "%s%d%s", before,
                                                          i == 1 ? last : i, after);
                                            growing_print(&text, i == 1 ? "]}" : ",");
                                        }
                                        cr_expect_eq(pass_policy(&got, text.data, &error), status,
                                                     "%s", text.data);
                                        cr_expect_str_eq(error.where, where);
                                        pfh_string_free(got);
                                        free(text.data);
                                    }

                                    Test(schema,
                                         units_and_local_topics_of_a_policy_have_names_of_their_own)
                                    {
                                        static const char unit[] = "{\"unit\":\"u",
                                                          unit_end[] = "\"}";
                                        static const char topic[] = "{\"code\":\"x_",
                                                          topic_end[] = "\",\"title\":\"\"}";
                                        static const int counts[] = {2, 3, 16, 17, 200};
                                        char where[40];

                                        for (size_t i = 0; i < COUNT(counts); i++) {
                                            int last = counts[i] - 1;

                                            expect_policy_list("units", unit, unit_end, counts[i],
                                                               1, PFH_OK, "");
                                            expect_policy_list("extra_topics", topic, topic_end,
                                                               counts[i], 1, PFH_OK, "");
                                            snprintf(where, sizeof where, "/units/%d/unit", last);
                                            expect_policy_list("units", unit, unit_end, counts[i],
                                                               counts[i], PFH_E_DUPLICATE, where);
                                            snprintf(where, sizeof where, "/extra_topics/%d/code",
                                                     last);
                                            expect_policy_list("extra_topics", topic, topic_end,
                                                               counts[i], 2, PFH_E_DUPLICATE,
                                                               where);
                                        }
                                        expect_policy_list("extra_codes", "\"A", "\"", 3, 3, PFH_OK,
                                                           ""); /* these may come twice */
                                    }
