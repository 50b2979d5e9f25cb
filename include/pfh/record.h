/*
 * pfh/record.h -- facts on their way in without JSON, and facts read back.
 *
 * A record is the head of a pathway (all but its events), one event, or a policy.  Its parts are
 * named by the keys of the documents with `/` between: "diagnosis/date", "performer/role",
 * "assessment/topics/0/need".  A list grows when its next index is set.  Values are checked when
 * they are set, against the same table that reads documents; what must be there, and what goes
 * together, when the record is used.
 *
 *     pfh_record *event = NULL;
 *     pfh_status status = pfh_record_new(&event, PFH_RECORD_EVENT, &err);
 *     pfh_record_set_text(event, "id", "e4", NULL);
 *     pfh_record_set_text(event, "type", "scheduled", NULL);
 *     pfh_record_set_date(event, "date", today, NULL);
 *     pfh_record_set_number(event, "point", 2, NULL);
 *     pfh_record_set_text(event, "start", "2026-05-04T10:00", NULL);
 *     status = pfh_pathway_append(pathway, event, &err);
 *
 * The first error of a setter stays with the record: its answer may be ignored, and
 * pfh_pathway_append() and its like give it again; such a record can only be freed.  A refusal by
 * those calls themselves does not stay: put the record right and try again.  A record may be used
 * for several events.
 */
#ifndef PFH_RECORD_H
#define PFH_RECORD_H

#include <pfh/date.h>
#include <pfh/words.h>

PFH_BEGIN_DECLS

/** Facts about one thing: the head of a pathway, an event or a policy.  @since 0.1.0 */
typedef struct pfh_record pfh_record;

/** What a record is about.  @since 0.1.0 */
typedef enum pfh_record_kind {
    PFH_RECORD_PATHWAY = 1, /**< the keys of `pfh-pathway/1` but `format` and `events` */
    PFH_RECORD_EVENT = 2,   /**< the keys of an event of any type */
    PFH_RECORD_POLICY = 3,  /**< the keys of `pfh-policy/1` but `format` */
    PFH_RECORD_FORCE_INT32 = INT32_MAX
} pfh_record_kind;

/** Makes an empty record.
 *  @param[out] out yours, for pfh_record_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_record_new(pfh_record **out, pfh_record_kind kind,
                                                 pfh_error *err);

/** Reads a record from JSON: an object with the keys of @p kind, as it stands in a document.
 *  @param[out] out  yours, for pfh_record_free(), and to be added to; untouched on failure
 *  @param      text UTF-8, need not end in a NUL
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM or a status of the text: PFH_E_SYNTAX to PFH_E_EDITION,
 *          with a JSON pointer in `err->where`; what must be there, and what goes together, is
 *          asked for when the record is used
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_record_parse(pfh_record **out, pfh_record_kind kind,
                                                   const char *text, size_t size, pfh_error *err);

/** Writes a record as it stands in a document: an object on one line.
 *  @param[out] out yours, for pfh_string_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_record_to_json(char **out, const pfh_record *record,
                                                     pfh_error *err);

/** Sets a text, a word of a list, an id, a date, a timestamp, an appointment or a code, written as
 * in a document; NULL takes it away.
 *  @return PFH_OK; PFH_E_KEY (no such key), PFH_E_TYPE (the key takes no text), PFH_E_VALUE,
 *          PFH_E_DATE, PFH_E_PRIVACY, PFH_E_EDITION, PFH_E_ARG, PFH_E_NOMEM; the record is as it
 * was
 *  @since 0.1.0 */
PFH_API pfh_status pfh_record_set_text(pfh_record *record, const char *path, const char *value,
                                       pfh_error *err);

/** Sets a number, or a word of a list by its value (pfh/words.h); PFH_NONE takes it away.  Errors
 * as pfh_record_set_text().  @since 0.1.0 */
PFH_API pfh_status pfh_record_set_number(pfh_record *record, const char *path, int32_t value,
                                         pfh_error *err);

/** Sets a true (1) or false (0); PFH_NONE takes it away.  Errors as pfh_record_set_text().
 *  @since 0.1.0 */
PFH_API pfh_status pfh_record_set_flag(pfh_record *record, const char *path, int32_t value,
                                       pfh_error *err);

/** Sets a date, or an appointment on a whole day; PFH_NONE takes it away.  Errors as
 * pfh_record_set_text().  @since 0.1.0 */
PFH_API pfh_status pfh_record_set_date(pfh_record *record, const char *path, pfh_date value,
                                       pfh_error *err);

/** Sets a value of the vendor's own: @p path ends in a key that begins with `x_`, @p json is strict
 *  JSON, or NULL to take it away.  In that key `~1` stands for a `/` and `~0` for a `~`, as in a
 * JSON pointer; so too when it is read back.  Also errors PFH_E_SYNTAX; else as
 * pfh_record_set_text().  @since 0.1.0 */
PFH_API pfh_status pfh_record_set_json(pfh_record *record, const char *path, const char *json,
                                       pfh_error *err);

/** A text, word, id, timestamp, appointment or code; NULL where it is absent or no text.  Dates and
 *  numbers have calls of their own.  For a key of the vendor's own: its value as JSON.
 *  @since 0.1.0 */
PFH_API const char *pfh_record_text(const pfh_record *record, const char *path);

/** A number, or a word's value in its list (pfh/words.h); PFH_NONE where absent.  @since 0.1.0 */
PFH_API int32_t pfh_record_number(const pfh_record *record, const char *path);

/** 1, 0, or PFH_NONE where absent.  @since 0.1.0 */
PFH_API int32_t pfh_record_flag(const pfh_record *record, const char *path);

/** A date, also that of an appointment; PFH_NONE where absent.  @since 0.1.0 */
PFH_API pfh_date pfh_record_date(const pfh_record *record, const char *path);

/** How many members a list has; 0 where it is absent or no list.  @since 0.1.0 */
PFH_API size_t pfh_record_count(const pfh_record *record, const char *path);

/** Frees a record of pfh_record_new(), after wiping it; NULL is fine, and a borrowed record is left
 *  alone.  @since 0.1.0 */
PFH_API void pfh_record_free(pfh_record *record);

PFH_END_DECLS

#endif
