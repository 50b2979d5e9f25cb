/*
 * model/model.h -- a pathway and a policy in memory, and the one table that says what their keys
 * take.
 *
 * Every object of a document is a struct that begins with a pfh_record; a schema says which key
 * stands at which offset, what it takes and what it must have.  Reading JSON, building by calls,
 * reading back and writing all go by the schemas, so a key is described once.
 *
 * An absent number, flag or date is PFH_NONE, an absent word 0, an absent text or object NULL.
 */
#ifndef PFH_MODEL_MODEL_H
#define PFH_MODEL_MODEL_H

#include "base/base.h"
#include "rules/rules.h"

#include <pfh/pathway.h>
#include <pfh/policy.h>

/* ---- Schemas ------------------------------------------------------------------------------ */

typedef enum pfh_field_kind {
    PFH_FIELD_TEXT,      /* const char *: free text */
    PFH_FIELD_ID,        /* const char *: a pathway's, event's or unit's id */
    PFH_FIELD_ICD10,     /* const char *: kept with its dot */
    PFH_FIELD_CODE,      /* const char *: a procedure code */
    PFH_FIELD_DIGITS,    /* const char *: min to max digits */
    PFH_FIELD_TOPIC,     /* const char *: a national or local topic */
    PFH_FIELD_LOCAL,     /* const char *: a local topic */
    PFH_FIELD_EDITION,   /* const char *: an edition's name */
    PFH_FIELD_WORD,      /* int32_t: a word of `words` */
    PFH_FIELD_NUMBER,    /* int32_t: min to max */
    PFH_FIELD_FLAG,      /* int32_t */
    PFH_FIELD_DATE,      /* pfh_date */
    PFH_FIELD_TIMESTAMP, /* pfh_timestamp */
    PFH_FIELD_START,     /* pfh_start */
    PFH_FIELD_OBJECT,    /* pointer to an object of `child` */
    PFH_FIELD_LIST,      /* pfh_list of objects of `child` */
    PFH_FIELD_TEXTS      /* pfh_list of const char * */
} pfh_field_kind;

/* How a field is stored, which says what absent is. */
typedef enum pfh_storage {
    PFH_STORED_TEXT,   /* const char *, or a struct that begins with one: NULL */
    PFH_STORED_NUMBER, /* int32_t: PFH_NONE */
    PFH_STORED_WORD,   /* int32_t: 0 */
    PFH_STORED_OBJECT, /* pfh_record *: NULL */
    PFH_STORED_LIST    /* pfh_list: not present */
} pfh_storage;

pfh_storage pfh__field_storage(pfh_field_kind kind);

typedef struct pfh_schema pfh_schema;

typedef struct pfh_field {
    const char *key;
    pfh_field_kind kind;
    size_t offset;
    bool required;    /* in an event: see `must` */
    int32_t min, max; /* of a number, or how many digits */
    int32_t fallback; /* of a policy's number, flag or word */
    pfh_vocabulary words;
    const pfh_schema *child;
    uint32_t may, must; /* of events: the types (1 << type) that may carry it and must */
} pfh_field;

struct pfh_schema {
    size_t size; /* of the struct */
    const pfh_field *fields;
    size_t field_count;
    /* The key that says which other keys there may be, and whether it admits one; both may be NULL.
     */
    const pfh_field *first;
    pfh_status (*admit)(const struct pfh_record *object, const pfh_field *field,
                        const pfh_place *place, pfh_error *err);
    /* Whether what was read goes together; the keys that must be there are checked before it. */
    pfh_status (*check)(const struct pfh_record *object, const pfh_place *place, pfh_error *err);
};

/* A vendor's own key and its value as compact JSON, in a list sorted by the keys' bytes. */
typedef struct pfh_vendor {
    struct pfh_vendor *next;
    const char *key;
    const char *json;
} pfh_vendor;

/* What every object begins with. */
struct pfh_record {
    const pfh_schema *schema;
    struct pfh_builder *builder; /* of a record that still collects; NULL in a pathway or policy */
    pfh_vendor *vendor;
};

typedef struct pfh_list {
    void *items; /* structs of the child, or const char * */
    size_t count, room;
    bool present;
} pfh_list;

typedef struct pfh_start {
    const char *text; /* as in the document; NULL: absent */
    pfh_date date;
    int32_t minute; /* of the day; PFH_NONE: the whole day */
} pfh_start;

extern const pfh_schema pfh__head_schema, pfh__event_schema, pfh__policy_schema;
extern const pfh_schema pfh__patient_schema, pfh__assessment_schema, pfh__assessed_schema;

/* The one procedure code that the rules know (NCMP). */
#define PFH_WMFG10 "WMFG10"

/* ---- Objects ------------------------------------------------------------------------------ */

typedef struct pfh_identifier {
    pfh_record record;
    int32_t type;
    const char *value, *assigner;
} pfh_identifier;

typedef struct pfh_name {
    pfh_record record;
    const char *given, *family;
} pfh_name;

typedef struct pfh_patient {
    pfh_record record;
    const char *id;
    pfh_list identifiers;
    pfh_name *name;
    pfh_date birth_date;
    const char *municipality, *district;
    int32_t language, has_municipal_services;
} pfh_patient;

typedef struct pfh_diagnosis {
    pfh_record record;
    const char *code;
    pfh_date date, informed;
    int32_t kind, intent, in_cancer_pathway, cancer;
} pfh_diagnosis;

typedef struct pfh_head {
    pfh_record record;
    const char *id, *edition;
    pfh_patient *patient;
    pfh_diagnosis *diagnosis;
    const char *previous;
} pfh_head;

typedef struct pfh_person { /* an author or performer */
    pfh_record record;
    int32_t role;
    const char *hpr, *unit, *name;
} pfh_person;

typedef struct pfh_responsible {
    pfh_record record;
    int32_t level, role;
    const char *unit;
} pfh_responsible;

typedef struct pfh_assessed { /* a topic of an assessment */
    pfh_record record;
    const char *topic, *note;
    int32_t need, is_private;
    pfh_responsible *responsible;
} pfh_assessed;

typedef struct pfh_instrument {
    pfh_record record;
    const char *id, *version;
} pfh_instrument;

typedef struct pfh_assessment {
    pfh_record record;
    pfh_instrument *instrument;
    int32_t distress;
    pfh_list topics;
} pfh_assessment;

typedef struct pfh_event {
    pfh_record record;
    const char *id;
    int32_t type;
    pfh_date date;
    pfh_timestamp recorded;
    pfh_person *author;
    const char *note;
    int32_t is_private;

    int32_t to, kind;
    const char *of;
    int32_t point, channel;
    pfh_date until;
    int32_t reason;
    pfh_start start;
    int32_t minutes;
    const char *place;
    int32_t level;
    pfh_person *performer;
    pfh_assessment *assessment;
    const char *code, *ref;
    int32_t status;
    const char *error, *unit;
    int32_t role;
    const char *municipality, *district;
    int32_t withheld;

    size_t position; /* in the document that was read; what was appended stands after it */

    /* What follows from the above when the event joins a pathway. */
    struct pfh_event *target;     /* what `of` names */
    struct pfh_event *correction; /* the `corrected` that names it and was recorded first */
    uint32_t topics;              /* national topics of the assessment, a bit each */
    bool has_topic, has_follow_up, has_unowned, is_wmfg10;
} pfh_event;

struct pfh_pathway {
    pfh_arena arena;
    const pfh_head *head;
    const pfh_edition *edition;
    bool is_cancer, has_events; /* has_events: the document has the key */
    pfh_event **events;         /* in the order in which they count */
    pfh_event **by_id;          /* the same, sorted by id */
    size_t count, room;
};

typedef struct pfh_assign {
    pfh_record record;
    int32_t point, level;
    const char *municipality;
    int32_t has_municipal_services, child;
    const char *unit;
    int32_t role;
} pfh_assign;

typedef struct pfh_unit {
    pfh_record record;
    const char *unit, *name, *phone, *email, *url;
} pfh_unit;

typedef struct pfh_local_topic {
    pfh_record record;
    const char *code, *title;
} pfh_local_topic;

typedef struct pfh_policy_keys {
    pfh_record record;
    pfh_date start_date;
    int32_t no_answer_days, first_offer_days, offer_lead_days, ask_again_days, booking_days;
    int32_t form_days, closing_days, coding_days, summary_days, receipt_working_days, assess_days;
    int32_t needs_days, anchor_days, distress_threshold, shift, municipality_messages;
    pfh_list extra_codes, extra_topics, assign, units;
} pfh_policy_keys;

struct pfh_policy {
    pfh_arena arena;
    const pfh_policy_keys *given;
    pfh_policy_keys rules; /* the same with every default filled in */
};

/* Puts the defaults in where a number, flag or word is absent. */
void pfh__policy_fill(pfh_policy_keys *rules);
/* The policy with all the defaults. */
void pfh__policy_defaults(pfh_policy_keys *rules);

/* C00 to C97, or said to be cancer. */
bool pfh__diagnosis_is_cancer(const pfh_diagnosis *diagnosis);

/* ---- Objects by their schema -------------------------------------------------------------- */

/* A value on its way into a field.  PFH_VALUE_NUMBER and the like say what it was written as. */
typedef enum pfh_value_kind {
    PFH_VALUE_TEXT,
    PFH_VALUE_NUMBER,
    PFH_VALUE_FLAG,
    PFH_VALUE_DATE, /* by a call */
    PFH_VALUE_OTHER /* an object or list where none is taken, or a number that is no integer */
} pfh_value_kind;

typedef struct pfh_value {
    pfh_value_kind kind;
    const char *text;
    size_t size;
    int32_t number;
} pfh_value;

/* Makes every field of an object absent. */
void pfh__object_init(pfh_record *object, const pfh_schema *schema);
/* An object with every field absent; NULL: out of memory. */
pfh_record *pfh__object_new(pfh_arena *arena, const pfh_schema *schema);
const pfh_field *pfh__field_find(const pfh_schema *schema, const char *key, size_t size);
/* The bytes of the character at text; 0 when it is no UTF-8 or forbidden (doc/formats.md).  Past
 * the end of the text stands a NUL, which ends no sequence. */
size_t pfh__char_size(const char *text);
/* Whether a text is valid UTF-8 without the characters that no document may hold. */
bool pfh__chars_allowed(const char *text, size_t size);
/* Whether a text has the form of an id. */
bool pfh__is_id(const char *text, size_t size);
/* "letter, phone, ...": the words of a list whose bits are set, as many as there is room for. */
#define PFH_WORDS_ROOM 200
void pfh__list_words(char text[PFH_WORDS_ROOM], pfh_vocabulary vocabulary, uint32_t values);
/* "must be one of: ..." */
pfh_status pfh__word_error(pfh_error *err, pfh_vocabulary words, const char *where);
/* Checks a value and puts it into a field that is neither object nor list. */
pfh_status pfh__field_set(pfh_record *object, const pfh_field *field, const pfh_value *value,
                          pfh_arena *arena, const pfh_place *place, pfh_error *err);
/* Checks a text and adds it to a list of texts. */
pfh_status pfh__field_add_text(pfh_record *object, const pfh_field *field, const pfh_value *value,
                               pfh_arena *arena, const pfh_place *place, pfh_error *err);
/* The object in a field, made where there is none; NULL: out of memory. */
pfh_record *pfh__field_object(pfh_record *object, const pfh_field *field, pfh_arena *arena);
/* A new object at the end of a list; NULL: out of memory.  Older pointers into the list are void.
 */
pfh_record *pfh__field_push(pfh_record *object, const pfh_field *field, pfh_arena *arena);
pfh_record *pfh__list_item(const pfh_list *list, const pfh_schema *child, size_t index);
void pfh__field_clear(pfh_record *object, const pfh_field *field); /* makes it absent */
bool pfh__field_present(const pfh_record *object, const pfh_field *field);
/* Keeps a vendor's key, which is the arena's, and value, in the place of an older one. */
pfh_status pfh__vendor_set(pfh_record *object, const char *key, const char *json, pfh_arena *arena,
                           pfh_error *err);
void pfh__vendor_remove(pfh_record *object, const char *key);
/* The same for many keys that are known to be different: first push them all, then sort. */
pfh_status pfh__vendor_push(pfh_record *object, const char *key, size_t key_size, const char *json,
                            pfh_arena *arena, pfh_error *err);
void pfh__vendor_sort(pfh_record *object);
/* What must be there and what goes together, in an object and all below it. */
pfh_status pfh__object_check(const pfh_record *object, const pfh_place *place, pfh_error *err);
/* Whether no two members of a list have the same text under `key`; the later one is reported. */
pfh_status pfh__list_unique(const pfh_list *list, const pfh_schema *child, const char *key,
                            pfh_status status, const pfh_place *place, pfh_error *err);
/* Puts a deep copy of a field of an object of the same schema into another; false: out of memory.
 */
bool pfh__field_copy(pfh_record *object, const pfh_record *from, const pfh_field *field,
                     pfh_arena *arena);
/* A deep copy. */
pfh_record *pfh__object_copy(pfh_arena *arena, const pfh_record *object);

/* A field's value by its kind. */
const char **pfh__field_text(const pfh_record *object, const pfh_field *field);
int32_t *pfh__field_number(const pfh_record *object, const pfh_field *field);
pfh_record **pfh__field_child(const pfh_record *object, const pfh_field *field);
pfh_list *pfh__field_list(const pfh_record *object, const pfh_field *field);

/* "must be a list", and the like. */
pfh_status pfh__field_type_error(const pfh_field *field, const pfh_place *place, pfh_error *err);
/* "the key is required", at the place where it would be in its object. */
pfh_status pfh__missing_key(const pfh_field *field, const pfh_place *place, pfh_error *err);
/* "key is unknown", with the key that was probably meant. */
pfh_status pfh__unknown_key(const pfh_schema *schema, const pfh_place *place, pfh_error *err);

/* ---- Records that collect ----------------------------------------------------------------- */

/* Whether a record is there, of a kind, and free of errors. */
pfh_status pfh__record_ready(const pfh_record *record, const pfh_schema *schema,
                             const char *argument, pfh_error *err);
/* Where what is read into a record of pfh_record_new() is kept. */
pfh_arena *pfh__record_arena(pfh_record *record);
/* What checks a vendor's value and writes it as compact JSON: the model knows no JSON, so the
 * format lends it this. */
typedef pfh_status pfh__compact_json(pfh_text_buffer *out, const char *text, size_t size,
                                     size_t above, pfh_error *err);
/* Sets a vendor's value under a path that ends in its key; NULL json takes it away. */
pfh_status pfh__record_set_vendor(pfh_record *record, const char *path, const char *json,
                                  pfh__compact_json *compact_json, pfh_error *err);

/* ---- The log ------------------------------------------------------------------------------ */

/* Makes a pathway around a head that was read into its arena and is checked here. */
pfh_status pfh__pathway_head(pfh_pathway *pathway, pfh_head *head, pfh_error *err);
/* Adds many events that were read into the arena; places are /events/<index>. */
pfh_status pfh__pathway_events(pfh_pathway *pathway, const pfh_list *events, pfh_error *err);

/* Makes a pathway of a head and of events that lie in its arena and go together: their order, which
 * is also their position, what they name and what follows from them. */
pfh_status pfh__pathway_adopt(pfh_pathway *pathway, pfh_head *head, pfh_event *const *events,
                              size_t count, pfh_error *err);
/* Whether an event of a type may name one of another type in its `of`. */
bool pfh__may_name(int32_t type, int32_t named);

/* An absent timestamp comes first. */
int pfh__timestamp_order(const pfh_timestamp *a, const pfh_timestamp *b);
/* The order in which events count. */
int pfh__event_compare(const pfh_event *a, const pfh_event *b);

/* Whether a code is one of the policy's own, to the byte. */
bool pfh__policy_knows_code(const pfh_policy_keys *rules, const char *code);

/* A policy around keys that were read into its arena. */
pfh_status pfh__policy_keys_set(pfh_policy *policy, pfh_policy_keys *keys, pfh_error *err);

#endif
