/*
 * model/same.c -- whether two objects of one schema are the same, as JSON values are.
 *
 * A vendor's value may be spelt in two ways and still be one; then the smaller spelling by bytes is
 * kept, so that it does not matter which copy it came from.  Two values stay what they are: a
 * conflict was resolved there.
 */
#include "model/merge.h"

static pfh_status object_same(bool *same, const pfh_record *a, const pfh_record *b, pfh_error *err);

static pfh_status list_same(bool *same, const pfh_list *a, const pfh_list *b,
                            const pfh_schema *child, pfh_error *err)
{
    pfh_status status = PFH_OK;

    *same = a->count == b->count;
    for (size_t i = 0; i < a->count && *same && status == PFH_OK; i++) {
        if (child == NULL)
            *same = strcmp(((const char **)a->items)[i], ((const char **)b->items)[i]) == 0;
        else
            status =
                object_same(same, pfh__list_item(a, child, i), pfh__list_item(b, child, i), err);
    }
    return status;
}

pfh_status pfh__field_same(bool *same, const pfh_record *a, const pfh_record *b,
                           const pfh_field *field, pfh_error *err)
{
    *same = pfh__field_present(a, field) == pfh__field_present(b, field);
    if (!*same || !pfh__field_present(a, field))
        return PFH_OK;
    switch (pfh__field_storage(field->kind)) {
    case PFH_STORED_TEXT: /* a timestamp's is in UTC */
        *same = strcmp(*pfh__field_text(a, field), *pfh__field_text(b, field)) == 0;
        break;
    case PFH_STORED_NUMBER:
    case PFH_STORED_WORD:
        *same = *pfh__field_number(a, field) == *pfh__field_number(b, field);
        break;
    case PFH_STORED_OBJECT:
        return object_same(same, *pfh__field_child(a, field), *pfh__field_child(b, field), err);
    case PFH_STORED_LIST:
        return list_same(same, pfh__field_list(a, field), pfh__field_list(b, field), field->child,
                         err);
    }
    return PFH_OK;
}

pfh_status pfh__vendor_same(bool *same, const char **key, const pfh_record *a, const pfh_record *b,
                            pfh_error *err)
{
    const pfh_vendor *x = a->vendor, *y = b->vendor;

    *same = true;
    for (; x != NULL && y != NULL; x = x->next, y = y->next) {
        const int order = strcmp(x->key, y->key);

        *key = order > 0 ? y->key : x->key;
        *same = order == 0;
        if (*same && !pfh__json_same(same, x->json, y->json))
            return pfh__no_memory(err);
        if (!*same)
            return PFH_OK;
    }
    *same = x == NULL && y == NULL;
    if (!*same)
        *key = x != NULL ? x->key : y->key;
    return PFH_OK;
}

static pfh_status object_same(bool *same, const pfh_record *a, const pfh_record *b, pfh_error *err)
{
    pfh_status status = PFH_OK;
    const char *key;

    *same = true;
    for (size_t i = 0; i < a->schema->field_count && *same && status == PFH_OK; i++)
        status = pfh__field_same(same, a, b, &a->schema->fields[i], err);
    return *same && status == PFH_OK ? pfh__vendor_same(same, &key, a, b, err) : status;
}

/* ---- The smaller spelling ----------------------------------------------------------------- */

bool pfh__vendor_respell(pfh_record *object, const pfh_record *other, pfh_arena *arena)
{
    pfh_vendor *x = object->vendor;
    const pfh_vendor *y = other->vendor;

    while (x != NULL && y != NULL) {
        const int order = strcmp(x->key, y->key);
        bool same = order == 0 && strcmp(y->json, x->json) < 0;

        if (same && !pfh__json_same(&same, x->json, y->json))
            return false;
        if (same && (x->json = pfh__arena_text(arena, y->json, strlen(y->json))) == NULL)
            return false;
        x = order <= 0 ? x->next : x;
        y = order >= 0 ? y->next : y;
    }
    return true;
}

bool pfh__field_respell(pfh_record *object, const pfh_record *other, const pfh_field *field,
                        pfh_arena *arena)
{
    pfh_list *list;
    const pfh_list *others;

    if (field->child == NULL || !pfh__field_present(object, field) ||
        !pfh__field_present(other, field))
        return true;
    if (field->kind == PFH_FIELD_OBJECT)
        return pfh__object_respell(*pfh__field_child(object, field),
                                   *pfh__field_child(other, field), arena);
    list = pfh__field_list(object, field);
    others = pfh__field_list(other, field);
    for (size_t i = 0; i < list->count && i < others->count; i++)
        if (!pfh__object_respell(pfh__list_item(list, field->child, i),
                                 pfh__list_item(others, field->child, i), arena))
            return false;
    return true;
}

bool pfh__object_respell(pfh_record *object, const pfh_record *other, pfh_arena *arena)
{
    for (size_t i = 0; i < object->schema->field_count; i++)
        if (!pfh__field_respell(object, other, &object->schema->fields[i], arena))
            return false;
    return pfh__vendor_respell(object, other, arena);
}
