/*
 * labels.c -- see labels.h.
 */
#include "labels.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const labels[LABEL_COUNT][3] = {
#define LABEL(id, nb, nn, en) {nb, nn, en},
#include "labels.def"
#undef LABEL
};

const char *label(pfh_language language, label_id id)
{
    return labels[id][language - PFH_LANGUAGE_NB];
}

const char *named_text(pfh_language language, const char *list, const char *word)
{
    char id[160];
    const char *text;

    snprintf(id, sizeof id, "%s.%s", list, word);
    text = pfh_text(language, id);
    return text != NULL ? text : word;
}

const char *word_text(pfh_language language, pfh_vocabulary vocabulary, int32_t value)
{
    const char *word = pfh_word(vocabulary, value);

    return word != NULL ? named_text(language, pfh_vocabulary_name(vocabulary), word) : "";
}

const char *finding_title(pfh_language language, const pfh_finding *finding)
{
    return word_text(language, PFH_WORDS_FINDING, (int32_t)finding->kind);
}

void put_point_name(cli_output *out, pfh_language language, const pfh_edition *edition,
                    int32_t point)
{
    char id[160];
    const char *name;

    snprintf(id, sizeof id, "point.%s/%" PRId32, edition->name, point);
    name = pfh_text(language, id);
    put_format(out, "%s %" PRId32 "%s%s", named_text(language, "head", "point"), point,
               name != NULL ? ": " : "", name != NULL ? name : "");
}

const char *date_text(char *text, pfh_date date)
{
    if (date == PFH_NONE || pfh_date_write(text, 11, date, NULL) != PFH_OK)
        return "-";
    return text;
}

const char *spoken_date(char *text, pfh_language language, pfh_date date)
{
    int32_t year, month, day;

    if (language == PFH_LANGUAGE_EN || date == PFH_NONE)
        return date_text(text, date);
    pfh_date_to_ymd(date, &year, &month, &day);
    snprintf(text, 11, "%02u.%02u.%04u", (unsigned)day % 100, (unsigned)month % 100,
             (unsigned)year % 10000);
    return text;
}
