/*
 * model/record.c -- facts set and read by the path of their key, without JSON.
 *
 * A setter walks the path twice: once to see that it is right, once to make what the
 * path needs and to set it; so a record is as it was when a setter fails.  The first error stays.
 */
#include "model/model.h"

#include <stdlib.h>

#define MAX_STEPS 8 /* deeper than any key lies */

typedef struct pfh_builder {
    pfh_arena arena;
    pfh_error first; /* status PFH_OK while nothing failed */
} pfh_builder;

/* Where a path leads: a field of an object, or one member of its list. */
typedef struct route {
    pfh_place places[MAX_STEPS];
    size_t steps;
    pfh_record *object;       /* NULL: the path is right, but what it leads through is absent */
    const pfh_schema *schema; /* of that object, also when it is absent */
    const pfh_field *field;   /* NULL: a key that the schema does not have */
    size_t index;             /* of a member of a list */
    bool has_index;
} route;

pfh_status pfh_record_new(pfh_record **out, pfh_record_kind kind, pfh_error *err)
{
    const pfh_schema *schema = kind == PFH_RECORD_PATHWAY  ? &pfh__head_schema
                               : kind == PFH_RECORD_EVENT  ? &pfh__event_schema
                               : kind == PFH_RECORD_POLICY ? &pfh__policy_schema
                                                           : NULL;
    pfh_builder *builder;
    pfh_record *record;

    if (out == NULL)
        return pfh__null(err, "out");
    if (schema == NULL)
        return pfh__fail(err, PFH_E_ARG, "kind", "a record is of a pathway, an event or a policy");
    builder = calloc(1, sizeof *builder);
    record = builder == NULL ? NULL : pfh__object_new(&builder->arena, schema);
    if (record == NULL) {
        free(builder);
        return pfh__no_memory(err);
    }
    record->builder = builder;
    *out = record;
    return PFH_OK;
}

pfh_arena *pfh__record_arena(pfh_record *record)
{
    return &record->builder->arena;
}

void pfh_record_free(pfh_record *record)
{
    pfh_builder *builder = record == NULL ? NULL : record->builder;

    if (builder == NULL)
        return;
    pfh__arena_free(&builder->arena);
    pfh__wipe(builder, sizeof *builder);
    free(builder);
}

/* ---- Walking a path ----------------------------------------------------------------------- */

static size_t segment_size(const char *path)
{
    const char *slash = strchr(path, '/');

    return slash == NULL ? strlen(path) : (size_t)(slash - path);
}

/* A key of the vendor's own in a path: `~1` stands for `/` and `~0` for `~`, as in a JSON pointer.
 */
static char next_char(const char **segment)
{
    char c = *(*segment)++;

    if (c == '~' && (**segment == '0' || **segment == '1'))
        return *(*segment)++ == '0' ? '~' : '/';
    return c;
}

static bool names(const char *segment, const char *key)
{
    while (*segment != '\0' && *key != '\0')
        if (next_char(&segment) != *key++)
            return false;
    return *segment == *key;
}

/* In place; returns the new size. */
static size_t unescape(char *key)
{
    const char *from = key;
    size_t size = 0;

    while (*from != '\0')
        key[size++] = next_char(&from);
    key[size] = '\0';
    return size;
}

static bool step(route *walk, const char *key, size_t size)
{
    if (walk->steps == MAX_STEPS)
        return false;
    walk->places[walk->steps] = (pfh_place){
        .up = walk->steps == 0 ? NULL : &walk->places[walk->steps - 1],
        .key = key,
        .key_size = size,
    };
    walk->steps++;
    return true;
}

static bool read_index(size_t *out, const char *text, size_t size)
{
    size_t index = 0;

    if (size == 0 || size > 7)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        index = index * 10 + (size_t)(text[i] - '0');
    }
    *out = index;
    return true;
}

/* Goes from a field into the object or member that it holds; false when the path goes wrong. */
static bool descend(route *walk, const char **path)
{
    const pfh_field *field = walk->field;
    size_t size = segment_size(*path);

    if (field->kind == PFH_FIELD_OBJECT) {
        walk->object = walk->object == NULL ? NULL : *pfh__field_child(walk->object, field);
        walk->schema = field->child;
        return true;
    }
    if (pfh__field_storage(field->kind) != PFH_STORED_LIST ||
        !read_index(&walk->index, *path, size) || !step(walk, *path, size))
        return false;
    walk->has_index = true;
    *path += size;
    if (field->kind == PFH_FIELD_TEXTS || **path == '\0')
        return **path == '\0';
    *path += 1;
    if (walk->object != NULL) {
        const pfh_list *list = pfh__field_list(walk->object, field);
        walk->object =
            walk->index < list->count ? pfh__list_item(list, field->child, walk->index) : NULL;
    }
    walk->schema = field->child;
    walk->has_index = false;
    return true;
}

/* Follows a path as far as there is something; false when no document has such a key. */
static bool follow(route *walk, const pfh_record *record, const char *path)
{
    path += *path == '/'; /* as the pointers in errors begin */
    memset(walk, 0, sizeof *walk);
    walk->object = (pfh_record *)(uintptr_t)record;
    walk->schema = record->schema;
    for (;;) {
        size_t size = segment_size(path);

        if (!step(walk, path, size))
            return false;
        walk->field = pfh__field_find(walk->schema, path, size);
        path += size;
        if (walk->field == NULL || *path == '\0')
            return walk->field != NULL;
        path++;
        if (!descend(walk, &path))
            return false;
        if (walk->has_index)
            return true;
    }
}

/* The way to the object that holds a path's last key, and what was made on it. */
typedef struct made_way {
    pfh_record *object; /* NULL: out of memory, or a gap */
    bool gap;           /* a list would get one */
    size_t steps;
    struct {
        pfh_record **child; /* was NULL */
        pfh_list *list;     /* was as it is here */
        pfh_list before;
    } made[MAX_STEPS];
} made_way;

/* Takes back what was made. */
static void undo(made_way *way)
{
    while (way->steps-- > 0) {
        if (way->made[way->steps].child != NULL)
            *way->made[way->steps].child = NULL;
        else
            *way->made[way->steps].list = way->made[way->steps].before;
    }
}

static void enter_object(made_way *way, const pfh_field *field, pfh_arena *arena)
{
    pfh_record **child = pfh__field_child(way->object, field);

    if (*child == NULL) {
        way->made[way->steps].list = NULL;
        way->made[way->steps++].child = child;
    }
    way->object = pfh__field_object(way->object, field, arena);
}

static void enter_item(made_way *way, const pfh_field *field, size_t index, pfh_arena *arena)
{
    pfh_list *list = pfh__field_list(way->object, field);

    way->gap = index > list->count;
    way->made[way->steps].child = NULL;
    way->made[way->steps].list = list;
    way->made[way->steps++].before = *list;
    if (way->gap) {
        way->object = NULL;
    } else if (index < list->count) {
        way->object = pfh__list_item(list, field->child, index);
    } else {
        list->present = true;
        way->object = pfh__field_push(way->object, field, arena);
    }
}

/* Makes what a path, which is known to be right, leads through. */
static void make_way(made_way *way, pfh_record *record, const char *path, pfh_arena *arena)
{
    way->object = record;
    way->gap = false;
    way->steps = 0;
    for (const char *next; way->object != NULL && (next = strchr(path, '/')) != NULL;) {
        const pfh_field *field = pfh__field_find(way->object->schema, path, (size_t)(next - path));
        size_t index = 0;

        path = next + 1;
        if (field->kind == PFH_FIELD_OBJECT) {
            enter_object(way, field, arena);
            continue;
        }
        read_index(&index, path, segment_size(path));
        if (field->kind == PFH_FIELD_TEXTS) { /* its members are no objects */
            way->gap = index > pfh__field_list(way->object, field)->count;
            way->object = way->gap ? NULL : way->object;
            return;
        }
        enter_item(way, field, index, arena);
        path = strchr(path, '/') + 1;
    }
}

/* ---- Setting ------------------------------------------------------------------------------ */

static pfh_status keep_first(pfh_record *record, pfh_status status, const pfh_error *detail,
                             pfh_error *err)
{
    if (status != PFH_OK && record->builder->first.status == PFH_OK)
        record->builder->first = *detail;
    if (status != PFH_OK && err != NULL)
        *err = *detail;
    return status;
}

/* Where a path goes wrong. */
static const pfh_place *last_place(const route *walk)
{
    return walk->steps == 0 ? NULL : &walk->places[walk->steps - 1];
}

/* Adds a text to a list of texts, or puts it in the place of an older one. */
static pfh_status put_text(pfh_record *object, const route *walk, const pfh_value *value,
                           pfh_arena *arena, pfh_error *err)
{
    pfh_list *list = pfh__field_list(object, walk->field);
    pfh_status status =
        pfh__field_add_text(object, walk->field, value, arena, &walk->places[walk->steps - 1], err);

    if (status == PFH_OK && walk->index + 1 < list->count) {
        const char **items = list->items;
        items[walk->index] = items[--list->count];
    }
    return status;
}

static pfh_status put(pfh_record *object, const route *walk, const pfh_value *value,
                      pfh_arena *arena, pfh_error *err)
{
    const pfh_place *place = &walk->places[walk->steps - 1];

    if (walk->field->kind != PFH_FIELD_TEXTS)
        return pfh__field_set(object, walk->field, value, arena, place, err);
    if (!walk->has_index)
        return pfh__field_type_error(walk->field, place, err);
    return put_text(object, walk, value, arena, err);
}

/* Takes a member off a list; what stands after it moves up. */
static void remove_member(pfh_list *list, size_t size, size_t index)
{
    char *items = list->items;

    if (index >= list->count)
        return;
    list->count--;
    memmove(items + index * size, items + (index + 1) * size, (list->count - index) * size);
}

static pfh_status clear(const route *walk)
{
    const pfh_field *field = walk->field;

    if (walk->object == NULL)
        return PFH_OK;
    if (walk->has_index)
        remove_member(pfh__field_list(walk->object, field),
                      field->child == NULL ? sizeof(const char *) : field->child->size,
                      walk->index);
    else
        pfh__field_clear(walk->object, field);
    return PFH_OK;
}

static pfh_status no_way(const made_way *way, const route *walk, pfh_error *err)
{
    return way->gap ? pfh__fail_at(err, PFH_E_VALUE, last_place(walk),
                                   "a list grows by its next index; this one leaves a gap")
                    : pfh__no_memory(err);
}

/* A word by its value, and an appointment on a whole day, become the text that documents have. */
static void spell(pfh_value *value, const pfh_field *field, char date[11])
{
    const char *text = NULL;

    if (value->kind == PFH_VALUE_NUMBER && field->kind == PFH_FIELD_WORD) {
        text = pfh_word(field->words, value->number);
    } else if (value->kind == PFH_VALUE_DATE && field->kind == PFH_FIELD_START &&
               value->number >= PFH_DATE_MIN && value->number <= PFH_DATE_MAX) {
        pfh__date_put(date, value->number);
        date[10] = '\0';
        text = date;
    }
    if (text != NULL)
        *value = (pfh_value){.kind = PFH_VALUE_TEXT, .text = text, .size = strlen(text)};
}

static pfh_status make_and_put(pfh_record *record, const route *walk, const char *path,
                               const pfh_value *given, pfh_error *err)
{
    pfh_value value = *given;
    char date[11];
    pfh_status status;
    made_way way;

    spell(&value, walk->field, date);
    make_way(&way, record, path, &record->builder->arena);
    status = way.object == NULL ? no_way(&way, walk, err)
                                : put(way.object, walk, &value, &record->builder->arena, err);
    if (status != PFH_OK)
        undo(&way);
    return status;
}

/* Why no value can be set where a path leads. */
static pfh_status wrong_path(const route *walk, pfh_error *err)
{
    const pfh_place *last = last_place(walk);

    if (walk->field != NULL || last == NULL)
        return pfh__fail_at(err, PFH_E_KEY, last_place(walk), "no key of a document has this path");
    if (last->key_size > 2 && strncmp(last->key, "x_", 2) == 0)
        return pfh__fail_at(err, PFH_E_KEY, last_place(walk),
                            "a key of your own is set as JSON, by the call for that");
    if (strncmp(last->key, "events", last->key_size) == 0 && last->key_size == 6)
        return pfh__fail_at(err, PFH_E_KEY, last_place(walk),
                            "events are no part of this: they are appended to the pathway");
    return pfh__unknown_key(walk->schema, last, err);
}

/* A path may begin with a `/`, as the pointers in errors do. */
static const char *path_of(const char *path)
{
    return *path == '/' ? path + 1 : path;
}

/* Whether a record can be set at all; *detail is the error that it keeps. */
static pfh_status may_set(pfh_record *record, const char *path, pfh_error *err)
{
    pfh_error detail = {0};

    if (record == NULL)
        return pfh__null(err, "record");
    if (record->builder == NULL)
        return pfh__fail(err, PFH_E_ARG, "record", "this record belongs to a pathway or policy");
    if (path == NULL)
        return keep_first(record, pfh__null(&detail, "path"), &detail, err);
    return PFH_OK;
}

static pfh_status set(pfh_record *record, const char *path, const pfh_value *value, pfh_error *err)
{
    pfh_error detail = {0};
    pfh_status status = may_set(record, path, err);
    route walk;

    if (status != PFH_OK)
        return status;
    path = path_of(path);
    if (!follow(&walk, record, path) ||
        (value != NULL && walk.has_index && walk.field->kind == PFH_FIELD_LIST))
        status = wrong_path(&walk, &detail);
    else if (value == NULL)
        status = clear(&walk);
    else
        status = make_and_put(record, &walk, path, value, &detail);
    return keep_first(record, status, &detail, err);
}

pfh_status pfh_record_set_text(pfh_record *record, const char *path, const char *value,
                               pfh_error *err)
{
    pfh_value text = {.kind = PFH_VALUE_TEXT, .text = value};

    if (value == NULL)
        return set(record, path, NULL, err);
    text.size = strlen(value);
    return set(record, path, &text, err);
}

static pfh_status set_number(pfh_record *record, const char *path, pfh_value_kind kind,
                             int32_t value, pfh_error *err)
{
    pfh_value number = {.kind = kind, .number = value};

    return set(record, path, value == PFH_NONE ? NULL : &number, err);
}

pfh_status pfh_record_set_number(pfh_record *record, const char *path, int32_t value,
                                 pfh_error *err)
{
    return set_number(record, path, PFH_VALUE_NUMBER, value, err);
}

pfh_status pfh_record_set_flag(pfh_record *record, const char *path, int32_t value, pfh_error *err)
{
    return set_number(record, path, PFH_VALUE_FLAG, value, err);
}

pfh_status pfh_record_set_date(pfh_record *record, const char *path, pfh_date value, pfh_error *err)
{
    return set_number(record, path, PFH_VALUE_DATE, value, err);
}

static pfh_status make_and_put_vendor(pfh_record *record, const char *path, const route *walk,
                                      const char *json, pfh_error *err)
{
    pfh_arena *arena = &record->builder->arena;
    const pfh_place *key = &walk->places[walk->steps - 1];
    char *name = pfh__arena_text(arena, key->key, key->key_size);
    pfh_status status;
    made_way way;

    if (name == NULL)
        return pfh__no_memory(err);
    unescape(name);
    if (json == NULL) {
        if (walk->object != NULL)
            pfh__vendor_remove(walk->object, name);
        return PFH_OK;
    }
    make_way(&way, record, path, arena);
    status = way.object == NULL ? no_way(&way, walk, err)
                                : pfh__vendor_set(way.object, name, json, arena, err);
    if (status != PFH_OK)
        undo(&way);
    return status;
}

/* The key of the vendor's own in which a path ends; false when it does not. */
static bool find_vendor(route *walk, const pfh_record *record, const char *path)
{
    const char *slash = strrchr(path, '/'), *key = slash == NULL ? path : slash + 1;

    return !follow(walk, record, path) && walk->field == NULL && walk->steps > 0 &&
           walk->places[walk->steps - 1].key == key && strncmp(key, "x_", 2) == 0 && key[2] != '\0';
}

/* Checks and compacts the value of a vendor's key; where it is wrong, says so below the key. */
static pfh_status compact(pfh_text_buffer *out, const route *walk, const char *json, size_t above,
                          pfh__compact_json *compact_json, pfh_error *err)
{
    const pfh_place *place = &walk->places[walk->steps - 1];
    char inner[sizeof err->where];
    pfh_status status;

    if (!pfh__chars_allowed(place->key, place->key_size))
        return pfh__fail_at(err, PFH_E_VALUE, last_place(walk),
                            "a key holds no control characters and is valid UTF-8");
    status = compact_json(out, json, strlen(json), above, err);
    if (status == PFH_OK || status == PFH_E_NOMEM)
        return status;
    memcpy(inner, err->where, sizeof inner);
    pfh__where(err, place);
    if (strlen(err->where) + strlen(inner) < sizeof err->where)
        memcpy(err->where + strlen(err->where), inner, strlen(inner));
    return status;
}

/* In how many objects and lists of a document the value at a path stands. */
static size_t depth_of(const pfh_record *record, const char *path)
{
    size_t depth = record->schema == &pfh__event_schema ? 3 : 1; /* an event stands in `events` */

    for (; *path != '\0'; path++)
        depth += *path == '/';
    return depth;
}

pfh_status pfh__record_set_vendor(pfh_record *record, const char *path, const char *json,
                                  pfh__compact_json *compact_json, pfh_error *err)
{
    pfh_text_buffer value = {0};
    pfh_error detail = {0};
    pfh_status status = may_set(record, path, err);
    route walk;

    if (status != PFH_OK)
        return status;
    path = path_of(path);
    if (!find_vendor(&walk, record, path))
        status =
            pfh__fail_at(&detail, PFH_E_KEY, last_place(&walk),
                         "only keys that begin with x_ and have at least one more character are "
                         "set so");
    else if (json != NULL)
        status = compact(&value, &walk, json, depth_of(record, path), compact_json, &detail);
    if (status == PFH_OK)
        status =
            make_and_put_vendor(record, path, &walk, json == NULL ? NULL : value.data, &detail);
    pfh__text_free(&value);
    return keep_first(record, status, &detail, err);
}

pfh_status pfh__record_ready(const pfh_record *record, const pfh_schema *schema,
                             const char *argument, pfh_error *err)
{
    if (record == NULL)
        return pfh__null(err, argument);
    if (record->schema != schema)
        return pfh__fail(err, PFH_E_ARG, argument, "this record is of another kind");
    if (record->builder != NULL && record->builder->first.status != PFH_OK) {
        if (err != NULL)
            *err = record->builder->first;
        return record->builder->first.status;
    }
    return PFH_OK;
}

/* ---- Reading back ------------------------------------------------------------------------- */

static const char *vendor_text(const pfh_record *object, const char *segment)
{
    for (const pfh_vendor *v = object->vendor; v != NULL; v = v->next)
        if (names(segment, v->key))
            return v->json;
    return NULL;
}

/* The text of a field; words and texts of every kind. */
static const char *field_text(const pfh_record *object, const pfh_field *field)
{
    pfh_storage storage = pfh__field_storage(field->kind);

    if (storage == PFH_STORED_WORD)
        return pfh_word(field->words, *pfh__field_number(object, field));
    return storage == PFH_STORED_TEXT ? *pfh__field_text(object, field) : NULL;
}

const char *pfh_record_text(const pfh_record *record, const char *path)
{
    route walk;

    if (record == NULL || path == NULL)
        return NULL;
    if (!follow(&walk, record, path))
        return walk.object != NULL && walk.field == NULL && walk.steps > 0
                   ? vendor_text(walk.object, walk.places[walk.steps - 1].key)
                   : NULL;
    if (walk.object == NULL)
        return NULL;
    if (walk.has_index && walk.field->kind == PFH_FIELD_TEXTS) {
        const pfh_list *list = pfh__field_list(walk.object, walk.field);
        return walk.index < list->count ? ((const char **)list->items)[walk.index] : NULL;
    }
    return walk.has_index ? NULL : field_text(walk.object, walk.field);
}

/* The number in the field of a path, when it is of one of two kinds. */
static int32_t read_number(const pfh_record *record, const char *path, pfh_field_kind kind,
                           pfh_field_kind other)
{
    route walk;

    if (record == NULL || path == NULL || !follow(&walk, record, path) || walk.object == NULL ||
        walk.has_index || (walk.field->kind != kind && walk.field->kind != other) ||
        !pfh__field_present(walk.object, walk.field))
        return PFH_NONE;
    if (walk.field->kind == PFH_FIELD_START)
        return ((const pfh_start *)(const void *)pfh__field_text(walk.object, walk.field))->date;
    return *pfh__field_number(walk.object, walk.field);
}

int32_t pfh_record_number(const pfh_record *record, const char *path)
{
    return read_number(record, path, PFH_FIELD_NUMBER, PFH_FIELD_WORD);
}

int32_t pfh_record_flag(const pfh_record *record, const char *path)
{
    return read_number(record, path, PFH_FIELD_FLAG, PFH_FIELD_FLAG);
}

pfh_date pfh_record_date(const pfh_record *record, const char *path)
{
    return read_number(record, path, PFH_FIELD_DATE, PFH_FIELD_START);
}

size_t pfh_record_count(const pfh_record *record, const char *path)
{
    route walk;

    if (record == NULL || path == NULL || !follow(&walk, record, path) || walk.object == NULL ||
        walk.has_index || pfh__field_storage(walk.field->kind) != PFH_STORED_LIST)
        return 0;
    return pfh__field_list(walk.object, walk.field)->count;
}
