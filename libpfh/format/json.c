/*
 * format/json.c -- a thin skin over cJSON, which no other file includes.
 *
 * cJSON is shown nothing but what the gate wrote, so the only thing that it can fail for is memory;
 * and it is walked but never asked for a name, since it does not tell upper from lower case.  The
 * gate's limit bounds the depth of every walk here and in cJSON.
 */
#include "format/json.h"

#include <cjson/cJSON.h>

pfh_status pfh__json_parse(pfh_json **out, const char *text, size_t size, pfh_error *err)
{
    pfh_text_buffer checked = {0};
    pfh_json *tree = NULL;
    pfh_status status = pfh__gate(&checked, text, size, err);

    if (status == PFH_OK) {
        tree = cJSON_ParseWithLength(checked.data, checked.size);
        if (tree != NULL)
            *out = tree;
        else
            status = pfh__no_memory(err);
    }
    pfh__text_free(&checked);
    return status;
}

static void wipe_text(char *text)
{
    if (text != NULL)
        pfh__wipe(text, strlen(text));
}

static void wipe(pfh_json *node)
{
    for (; node != NULL; node = node->next) {
        wipe_text(node->string);
        wipe_text(node->valuestring);
        wipe(node->child);
    }
}

void pfh__json_free(pfh_json *tree)
{
    wipe(tree);
    cJSON_Delete(tree);
}

pfh_json_kind pfh__json_kind(const pfh_json *node)
{
    switch (node->type & 0xFF) {
    case cJSON_False:
    case cJSON_True:
        return PFH_JSON_FLAG;
    case cJSON_Number:
        return PFH_JSON_NUMBER;
    case cJSON_String:
        return PFH_JSON_TEXT;
    case cJSON_Array:
        return PFH_JSON_LIST;
    case cJSON_Object:
        return PFH_JSON_OBJECT;
    default:
        return PFH_JSON_NULL;
    }
}

const pfh_json *pfh__json_first(const pfh_json *node)
{
    return node->child;
}

const pfh_json *pfh__json_next(const pfh_json *node)
{
    return node->next;
}

const char *pfh__json_key(const pfh_json *node)
{
    return node->string;
}

const char *pfh__json_text(const pfh_json *node)
{
    return node->valuestring;
}

bool pfh__json_flag(const pfh_json *node)
{
    return (node->type & 0xFF) == cJSON_True;
}

bool pfh__json_number(int32_t *out, const pfh_json *node)
{
    const double largest = 999999999; /* of PFH_JSON_MAX_DIGITS */

    if (node->valuedouble > largest)
        return false;
    *out = (int32_t)node->valuedouble;
    return true;
}
