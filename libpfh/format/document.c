/*
 * format/document.c -- `pfh-pathway/1` and `pfh-policy/1`, read and written by the schemas of the
 * model.
 *
 * No key of a document is named here but `format` and `events`: which keys there are, what they
 * take and in which order they are written stands in model/schema.c.
 */
#include "format/json.h"
#include "model/model.h"

#include <stdlib.h>

#define PATHWAY_FORMAT "pfh-pathway/1"
#define POLICY_FORMAT "pfh-policy/1"

/* ---- Reading ------------------------------------------------------------------------------ */

/* What a node is as a value; objects and lists are PFH_VALUE_OTHER. */
static pfh_value value_of(const pfh_json *node)
{
    pfh_value value = {.kind = PFH_VALUE_OTHER};

    switch (pfh__json_kind(node)) {
    case PFH_JSON_TEXT:
        value.kind = PFH_VALUE_TEXT;
        value.text = pfh__json_text(node);
        value.size = strlen(value.text);
        break;
    case PFH_JSON_NUMBER:
        if (pfh__json_number(&value.number, node))
            value.kind = PFH_VALUE_NUMBER;
        break;
    case PFH_JSON_FLAG:
        value.kind = PFH_VALUE_FLAG;
        value.number = pfh__json_flag(node);
        break;
    case PFH_JSON_NULL:
    case PFH_JSON_LIST:
    case PFH_JSON_OBJECT:
        break;
    }
    return value;
}

static const pfh_json *find_member(const pfh_json *node, const char *key, size_t size)
{
    for (node = pfh__json_first(node); node != NULL; node = pfh__json_next(node)) {
        const char *name = pfh__json_key(node);

        if (strncmp(name, key, size) == 0 && name[size] == '\0')
            return node;
    }
    return NULL;
}

/* Keys that every object of a kind must have are looked for before anything is kept, so that a long
 * list of empty objects costs nothing. */
static pfh_status check_required(const pfh_schema *schema, const pfh_json *node,
                                 const pfh_place *place, pfh_error *err)
{
    for (size_t i = 0; i < schema->field_count; i++) {
        const pfh_field *field = &schema->fields[i];
        pfh_place at_key = {.up = place, .key = field->key, .key_size = strlen(field->key)};
        const pfh_json *member;

        if (!field->required)
            continue;
        member = find_member(node, field->key, at_key.key_size);
        if (member == NULL)
            return pfh__missing_key(field, place, err);
        if (pfh__json_kind(member) == PFH_JSON_NULL)
            return pfh__fail_at(err, PFH_E_TYPE, &at_key, "must not be null");
    }
    return PFH_OK;
}

static pfh_status read_object(pfh_record *object, const pfh_json *node, pfh_arena *arena,
                              const pfh_place *place, pfh_error *err);

static pfh_status read_item(pfh_record *object, const pfh_field *field, const pfh_json *node,
                            pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    pfh_status status;
    pfh_record *item;

    if (pfh__json_kind(node) != PFH_JSON_OBJECT)
        return pfh__fail_at(err, PFH_E_TYPE, place, "must be an object");
    status = check_required(field->child, node, place, err);
    if (status != PFH_OK)
        return status;
    item = pfh__field_push(object, field, arena);
    return item == NULL ? pfh__no_memory(err) : read_object(item, node, arena, place, err);
}

static pfh_status read_list(pfh_record *object, const pfh_field *field, const pfh_json *node,
                            pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    pfh_status status = PFH_OK;
    size_t index = 0;

    if (pfh__json_kind(node) != PFH_JSON_LIST)
        return pfh__field_type_error(field, place, err);
    pfh__field_list(object, field)->present = true;
    for (node = pfh__json_first(node); node != NULL && status == PFH_OK;
         node = pfh__json_next(node)) {
        pfh_place at_item = {.up = place, .index = index++};
        pfh_value value = value_of(node);

        status = field->kind == PFH_FIELD_TEXTS
                     ? pfh__field_add_text(object, field, &value, arena, &at_item, err)
                     : read_item(object, field, node, arena, &at_item, err);
    }
    return status;
}

static pfh_status read_child(pfh_record *object, const pfh_field *field, const pfh_json *node,
                             pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    pfh_record *child;

    if (pfh__json_kind(node) != PFH_JSON_OBJECT)
        return pfh__field_type_error(field, place, err);
    child = pfh__field_object(object, field, arena);
    return child == NULL ? pfh__no_memory(err) : read_object(child, node, arena, place, err);
}

static pfh_status read_field(pfh_record *object, const pfh_field *field, const pfh_json *node,
                             pfh_arena *arena, const pfh_place *place, pfh_error *err)
{
    pfh_value value;

    if (pfh__json_kind(node) == PFH_JSON_NULL)
        return PFH_OK; /* a null where something must be is told by forbid_null() */
    if (pfh__field_storage(field->kind) == PFH_STORED_LIST)
        return read_list(object, field, node, arena, place, err);
    if (field->kind == PFH_FIELD_OBJECT)
        return read_child(object, field, node, arena, place, err);
    value = value_of(node);
    return pfh__field_set(object, field, &value, arena, place, err);
}

static pfh_status read_member(pfh_record *object, const pfh_json *node, pfh_arena *arena,
                              const pfh_place *place, pfh_error *err)
{
    const pfh_schema *schema = object->schema;
    const char *key = place->key;
    const pfh_field *field = pfh__field_find(schema, key, place->key_size);

    if (field == NULL && pfh__json_is_vendor_key(key, place->key_size))
        return pfh__vendor_push(object, key, place->key_size, pfh__json_text(node), arena, err);
    if (field == NULL)
        return pfh__unknown_key(schema, place, err);
    if (schema->admit != NULL) {
        pfh_status status = schema->admit(object, field, place->up, err);
        if (status != PFH_OK)
            return status;
    }
    return read_field(object, field, node, arena, place, err);
}

/* The key that says which other keys there may be is read before them. */
static pfh_status read_first(pfh_record *object, const pfh_json *node, pfh_arena *arena,
                             const pfh_place *place, pfh_error *err)
{
    const pfh_field *first = object->schema->first;
    pfh_place at_key = {.up = place};

    if (first == NULL)
        return PFH_OK;
    at_key.key = first->key;
    at_key.key_size = strlen(first->key);
    node = find_member(node, at_key.key, at_key.key_size);
    return node == NULL ? PFH_OK : read_field(object, first, node, arena, &at_key, err);
}

static pfh_status read_object(pfh_record *object, const pfh_json *node, pfh_arena *arena,
                              const pfh_place *place, pfh_error *err)
{
    pfh_status status;

    status = read_first(object, node, arena, place, err);
    for (node = pfh__json_first(node); node != NULL && status == PFH_OK;
         node = pfh__json_next(node)) {
        const char *key = pfh__json_key(node);
        pfh_place at_key = {.up = place, .key = key, .key_size = strlen(key)};

        status = read_member(object, node, arena, &at_key, err);
    }
    pfh__vendor_sort(object);
    return status;
}

static const pfh_json *list_item(const pfh_json *node, const char *index)
{
    size_t place = (size_t)strtoul(index, NULL, 10);

    for (node = pfh__json_first(node); node != NULL && place > 0; node = pfh__json_next(node))
        place--;
    return node;
}

/* The node of a pointer of ours, whose keys need no unescaping; NULL where there is none. */
static const pfh_json *find_node(const pfh_json *node, const char *pointer)
{
    while (node != NULL && *pointer == '/') {
        const char *key = pointer + 1;

        pointer = key + strcspn(key, "/");
        node = pfh__json_kind(node) == PFH_JSON_LIST
                   ? list_item(node, key)
                   : find_member(node, key, (size_t)(pointer - key));
    }
    return node;
}

/* A key that is missing because it is null has the wrong type instead. */
static pfh_status forbid_null(pfh_status status, const pfh_json *tree, pfh_error *detail)
{
    const pfh_json *node;

    if (status != PFH_E_KEY)
        return status;
    node = find_node(tree, detail->where);
    if (node == NULL || pfh__json_kind(node) != PFH_JSON_NULL)
        return status;
    return pfh__fail(detail, PFH_E_TYPE, detail->where, "must not be null");
}

/* Takes `format` out of the way: it is checked first, and no part of the model. */
static pfh_status check_format(const pfh_json *tree, const char *format, pfh_error *err)
{
    pfh_place place = {.key = "format", .key_size = strlen("format")};
    const pfh_json *node;
    pfh_status status;

    if (pfh__json_kind(tree) != PFH_JSON_OBJECT)
        return pfh__fail_at(err, PFH_E_TYPE, NULL,
                            "a document is an object, one a line where there are many");
    node = find_member(tree, place.key, place.key_size);
    if (node != NULL && pfh__json_kind(node) == PFH_JSON_TEXT &&
        strcmp(pfh__json_text(node), format) == 0)
        return PFH_OK;
    status = node == NULL                            ? PFH_E_KEY
             : pfh__json_kind(node) != PFH_JSON_TEXT ? PFH_E_TYPE
                                                     : PFH_E_VALUE;
    return pfh__fail_at(err, status, &place, "a document begins with \"format\": \"%s\"", format);
}

/* Where the events of a pathway are read to before they join it. */
typedef struct document_root {
    pfh_record record;
    pfh_list events;
} document_root;

static const pfh_field event_list = {"events", .kind = PFH_FIELD_LIST,
                                     .offset = offsetof(document_root, events),
                                     .child = &pfh__event_schema};

/* Reads the members of the outer object: those of `object`, and `events` where a root is given. */
static pfh_status read_document(pfh_record *object, document_root *root, const pfh_json *tree,
                                pfh_arena *arena, pfh_error *err)
{
    pfh_status status = PFH_OK;

    for (const pfh_json *node = pfh__json_first(tree); node != NULL && status == PFH_OK;
         node = pfh__json_next(node)) {
        const char *key = pfh__json_key(node);
        pfh_place at_key = {.key = key, .key_size = strlen(key)};

        if (strcmp(key, "format") == 0)
            continue;
        if (root == NULL || strcmp(key, event_list.key) != 0)
            status = read_member(object, node, arena, &at_key, err);
        else if (pfh__json_kind(node) != PFH_JSON_NULL)
            status = read_list(&root->record, &event_list, node, arena, &at_key, err);
    }
    pfh__vendor_sort(object);
    return status;
}

static pfh_status fill_pathway(pfh_pathway *pathway, const pfh_json *tree, pfh_error *err)
{
    pfh_head *head = (pfh_head *)(void *)pfh__object_new(&pathway->arena, &pfh__head_schema);
    document_root root = {0};
    pfh_status status;

    if (head == NULL)
        return pfh__no_memory(err);
    status = read_document(&head->record, &root, tree, &pathway->arena, err);
    if (status != PFH_OK)
        return status;
    status = pfh__pathway_head(pathway, head, err);
    if (status == PFH_OK && root.events.present)
        status = pfh__pathway_events(pathway, &root.events, err);
    return forbid_null(status, tree, err);
}

static pfh_status fill_policy(pfh_policy *policy, const pfh_json *tree, pfh_error *err)
{
    pfh_policy_keys *keys =
        (pfh_policy_keys *)(void *)pfh__object_new(&policy->arena, &pfh__policy_schema);
    pfh_status status;

    if (keys == NULL)
        return pfh__no_memory(err);
    status = read_document(&keys->record, NULL, tree, &policy->arena, err);
    return status == PFH_OK ? forbid_null(pfh__policy_keys_set(policy, keys, err), tree, err)
                            : status;
}

/* Text to tree, with the format checked. */
static pfh_status parse(pfh_json **out, const char *text, size_t size, const char *format,
                        pfh_error *err)
{
    pfh_status status = pfh__json_parse(out, text, size, err);

    if (status != PFH_OK)
        return status;
    status = check_format(*out, format, err);
    if (status != PFH_OK) {
        pfh__json_free(*out);
        *out = NULL;
    }
    return status;
}

static pfh_status give(pfh_status status, const pfh_error *detail, pfh_error *err)
{
    if (status != PFH_OK && err != NULL)
        *err = *detail;
    return status;
}

pfh_status pfh_pathway_parse(pfh_pathway **out, const char *text, size_t size, pfh_error *err)
{
    pfh_pathway *pathway = NULL;
    pfh_json *tree = NULL;
    pfh_error detail;
    pfh_status status;

    if (out == NULL || text == NULL)
        return pfh__null(err, out == NULL ? "out" : "text");
    status = parse(&tree, text, size, PATHWAY_FORMAT, &detail);
    if (status == PFH_OK) {
        pathway = calloc(1, sizeof *pathway);
        status = pathway == NULL ? pfh__no_memory(&detail) : fill_pathway(pathway, tree, &detail);
    }
    pfh__json_free(tree);
    if (status == PFH_OK)
        *out = pathway;
    else
        pfh_pathway_free(pathway);
    return give(status, &detail, err);
}

pfh_status pfh_policy_parse(pfh_policy **out, const char *text, size_t size, pfh_error *err)
{
    pfh_policy *policy = NULL;
    pfh_json *tree = NULL;
    pfh_error detail;
    pfh_status status;

    if (out == NULL || text == NULL)
        return pfh__null(err, out == NULL ? "out" : "text");
    status = parse(&tree, text, size, POLICY_FORMAT, &detail);
    if (status == PFH_OK) {
        policy = calloc(1, sizeof *policy);
        status = policy == NULL ? pfh__no_memory(&detail) : fill_policy(policy, tree, &detail);
    }
    pfh__json_free(tree);
    if (status == PFH_OK)
        *out = policy;
    else
        pfh_policy_free(policy);
    return give(status, &detail, err);
}

/* Reads all members; what must be there is asked for when the record is used. */
static pfh_status fill_record(pfh_record *record, const pfh_json *tree, pfh_error *err)
{
    pfh_status status = PFH_OK;

    if (pfh__json_kind(tree) != PFH_JSON_OBJECT)
        return pfh__fail_at(err, PFH_E_TYPE, NULL, "a record is an object");
    for (const pfh_json *node = pfh__json_first(tree); node != NULL && status == PFH_OK;
         node = pfh__json_next(node)) {
        const char *key = pfh__json_key(node);
        pfh_place at_key = {.key = key, .key_size = strlen(key)};

        status = read_member(record, node, pfh__record_arena(record), &at_key, err);
    }
    pfh__vendor_sort(record);
    return forbid_null(status, tree, err);
}

pfh_status pfh_record_parse(pfh_record **out, pfh_record_kind kind, const char *text, size_t size,
                            pfh_error *err)
{
    pfh_record *record = NULL;
    pfh_json *tree = NULL;
    pfh_error detail;
    pfh_status status;

    if (out == NULL || text == NULL)
        return pfh__null(err, out == NULL ? "out" : "text");
    status = pfh_record_new(&record, kind, &detail);
    if (status == PFH_OK)
        status = pfh__json_parse(&tree, text, size, &detail);
    if (status == PFH_OK)
        status = fill_record(record, tree, &detail);
    pfh__json_free(tree);
    if (status == PFH_OK)
        *out = record;
    else
        pfh_record_free(record);
    return give(status, &detail, err);
}

pfh_status pfh_record_set_json(pfh_record *record, const char *path, const char *json,
                               pfh_error *err)
{
    return pfh__record_set_vendor(record, path, json, pfh__gate_value, err);
}

/* ---- Writing ------------------------------------------------------------------------------ */

static void write_object(pfh_text_buffer *out, const pfh_record *object);

static void write_key(pfh_text_buffer *out, const char *key, bool *first)
{
    if (!*first)
        pfh__text_putc(out, ',');
    *first = false;
    pfh__text_json(out, key, strlen(key));
    pfh__text_putc(out, ':');
}

static void write_text(pfh_text_buffer *out, const char *text)
{
    pfh__text_json(out, text, strlen(text));
}

static void write_list(pfh_text_buffer *out, const pfh_list *list, const pfh_schema *child)
{
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            pfh__text_putc(out, ',');
        if (child == NULL)
            write_text(out, ((const char **)list->items)[i]);
        else
            write_object(out, pfh__list_item(list, child, i));
    }
    pfh__text_putc(out, ']');
}

static void write_number(pfh_text_buffer *out, const pfh_field *field, int32_t value)
{
    if (field->kind == PFH_FIELD_NUMBER) {
        pfh__text_number(out, value);
    } else if (field->kind == PFH_FIELD_FLAG) {
        pfh__text_puts(out, value ? "true" : "false");
    } else {
        pfh__text_putc(out, '"');
        pfh__text_date(out, value);
        pfh__text_putc(out, '"');
    }
}

static void write_value(pfh_text_buffer *out, const pfh_record *object, const pfh_field *field)
{
    switch (pfh__field_storage(field->kind)) {
    case PFH_STORED_NUMBER:
        write_number(out, field, *pfh__field_number(object, field));
        break;
    case PFH_STORED_WORD:
        write_text(out, pfh_word(field->words, *pfh__field_number(object, field)));
        break;
    case PFH_STORED_OBJECT:
        write_object(out, *pfh__field_child(object, field));
        break;
    case PFH_STORED_LIST:
        write_list(out, pfh__field_list(object, field), field->child);
        break;
    case PFH_STORED_TEXT:
        write_text(out, *pfh__field_text(object, field));
        break;
    }
}

static void write_fields(pfh_text_buffer *out, const pfh_record *object, bool *first)
{
    for (size_t i = 0; i < object->schema->field_count; i++) {
        const pfh_field *field = &object->schema->fields[i];

        if (!pfh__field_present(object, field))
            continue;
        write_key(out, field->key, first);
        write_value(out, object, field);
    }
}

static void write_vendor(pfh_text_buffer *out, const pfh_record *object, bool *first)
{
    for (const pfh_vendor *vendor = object->vendor; vendor != NULL; vendor = vendor->next) {
        write_key(out, vendor->key, first);
        pfh__text_puts(out, vendor->json);
    }
}

static void write_object(pfh_text_buffer *out, const pfh_record *object)
{
    bool first = true;

    pfh__text_putc(out, '{');
    write_fields(out, object, &first);
    write_vendor(out, object, &first);
    pfh__text_putc(out, '}');
}

static void write_format(pfh_text_buffer *out, const char *format, bool *first)
{
    pfh__text_putc(out, '{');
    write_key(out, "format", first);
    write_text(out, format);
}

pfh_status pfh_pathway_to_json(char **out, const pfh_pathway *pathway, pfh_error *err)
{
    pfh_text_buffer text = {0};
    bool first = true;

    if (out == NULL || pathway == NULL)
        return pfh__null(err, out == NULL ? "out" : "pathway");
    write_format(&text, PATHWAY_FORMAT, &first);
    write_fields(&text, &pathway->head->record, &first);
    if (pathway->has_events) {
        write_key(&text, event_list.key, &first);
        for (size_t i = 0; i < pathway->count; i++) {
            pfh__text_putc(&text, i == 0 ? '[' : ',');
            write_object(&text, &pathway->events[i]->record);
        }
        pfh__text_puts(&text, pathway->count == 0 ? "[]" : "]");
    }
    write_vendor(&text, &pathway->head->record, &first);
    pfh__text_putc(&text, '}');
    return pfh__text_finish(out, &text, err);
}

pfh_status pfh_policy_to_json(char **out, const pfh_policy *policy, pfh_error *err)
{
    pfh_text_buffer text = {0};
    bool first = true;

    if (out == NULL || policy == NULL)
        return pfh__null(err, out == NULL ? "out" : "policy");
    write_format(&text, POLICY_FORMAT, &first);
    write_fields(&text, &policy->given->record, &first);
    write_vendor(&text, &policy->given->record, &first);
    pfh__text_putc(&text, '}');
    return pfh__text_finish(out, &text, err);
}

pfh_status pfh_record_to_json(char **out, const pfh_record *record, pfh_error *err)
{
    pfh_text_buffer text = {0};

    if (out == NULL || record == NULL)
        return pfh__null(err, out == NULL ? "out" : "record");
    write_object(&text, record);
    return pfh__text_finish(out, &text, err);
}
