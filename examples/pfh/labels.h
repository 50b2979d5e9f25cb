/*
 * labels.h -- the few words of the command line's own in three languages, and those of the library.
 */
#ifndef PFH_CLI_LABELS_H
#define PFH_CLI_LABELS_H

#include "output.h"

#include <pfh/pfh.h>

typedef enum label_id {
#define LABEL(id, nb, nn, en) id,
#include "labels.def"
#undef LABEL
    LABEL_COUNT
} label_id;

const char *label(pfh_language language, label_id id);

/* The text of a value of one of the documents' lists; its word where there is no text; "" for 0. */
const char *word_text(pfh_language language, pfh_vocabulary vocabulary, int32_t value);

/* The text of `list` `.` `word`; the word itself where there is none. */
const char *named_text(pfh_language language, const char *list, const char *word);

/* The title of a finding. */
const char *finding_title(pfh_language language, const pfh_finding *finding);

/* Writes "Point 2: what it is". */
void put_point_name(cli_output *out, pfh_language language, const pfh_edition *edition,
                    int32_t point);

/* Writes a date to `text`, which has room for 11 bytes; "-" for none. */
const char *date_text(char *text, pfh_date date);

/* The same as the language writes it: 31.01.2026 in Norwegian. */
const char *spoken_date(char *text, pfh_language language, pfh_date date);

#endif
