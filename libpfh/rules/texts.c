/*
 * rules/texts.c -- looks a text up by its id, by halves, in the constant table of texts.def.
 */
#include "base/base.h"

#include <pfh/text.h>

/* `text` in the order of pfh_language; or the other row's id, where this one has the same texts. */
typedef struct row {
    const char *id;
    const char *text[3];
    const char *same;
} row;

#define PFH_TEXT(id, nb, nn, en) {id, {nb, nn, en}, NULL},
#define PFH_SAME(id, other) {id, {NULL, NULL, NULL}, other},
static const row rows[] = {
#include "rules/texts.def"
};
#undef PFH_SAME
#undef PFH_TEXT

static const row *find(const char *id)
{
    size_t low = 0, high = PFH_COUNT(rows);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, rows[middle].id);

        if (order == 0)
            return &rows[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *pfh_text(pfh_language language, const char *id)
{
    const row *found;

    if (id == NULL || language < PFH_LANGUAGE_NB || language > PFH_LANGUAGE_EN)
        return NULL;
    found = find(id);
    if (found != NULL && found->same != NULL)
        found = find(found->same);
    return found == NULL ? NULL : found->text[language - PFH_LANGUAGE_NB];
}

size_t pfh_text_count(void)
{
    return PFH_COUNT(rows);
}

const char *pfh_text_id(size_t index)
{
    return index < PFH_COUNT(rows) ? rows[index].id : NULL;
}
