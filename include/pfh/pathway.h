/*
 * pfh/pathway.h -- one patient's Pakkeforløp hjem: who, which diagnosis, and what has happened.
 *
 * Events are only ever added.  A mistake is put right by an event of type `corrected`; the log is
 * kept in the order in which events count, whatever the order they came in.
 *
 * The head (patient, diagnosis) is not an event and does not change.  When it must, build a new
 * pathway from a new record with the same id, and append each pfh_pathway_event() of the old one,
 * in order (one whose `of` names a later event: after that one); they can be given on as they are.
 */
#ifndef PFH_PATHWAY_H
#define PFH_PATHWAY_H

#include <pfh/edition.h>
#include <pfh/record.h>

PFH_BEGIN_DECLS

/** A pathway.  @since 0.1.0 */
typedef struct pfh_pathway pfh_pathway;

/** Reads a `pfh-pathway/1` document.
 *  @param[out] out  yours, for pfh_pathway_free(); untouched on failure
 *  @param      text UTF-8, need not end in a NUL
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM or a status of the document: PFH_E_SYNTAX to
 * PFH_E_EDITION, with a JSON pointer in `err->where`
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_pathway_parse(pfh_pathway **out, const char *text,
                                                    size_t size, pfh_error *err);

/** Makes a pathway without events from the record of its head.
 *  @param head a PFH_RECORD_PATHWAY, copied
 *  @return as pfh_pathway_parse()
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_pathway_build(pfh_pathway **out, const pfh_record *head,
                                                    pfh_error *err);

/** Adds an event.  What it refers to (`of`) must be there before it.
 *  @param event a PFH_RECORD_EVENT, copied
 *  @return as pfh_pathway_parse(), the pointer from the event; the pathway is as it was on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_pathway_append(pfh_pathway *pathway, const pfh_record *event,
                                                     pfh_error *err);

/** Writes a pathway as `pfh-pathway/1`: the same pathway gives the same bytes.  A log of tens of
 *  thousands of events can become longer than the 4 MiB that pfh_pathway_parse() reads.
 *  @param[out] out yours, for pfh_string_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_pathway_to_json(char **out, const pfh_pathway *pathway,
                                                      pfh_error *err);

/** The pathway's id.  @since 0.1.0 */
PFH_API const char *pfh_pathway_id(const pfh_pathway *pathway);

/** The edition that the pathway names.  @since 0.1.0 */
PFH_API const pfh_edition *pfh_pathway_edition(const pfh_pathway *pathway);

/** All but the events, to be read with pfh_record_text() and its like.  @since 0.1.0 */
PFH_API const pfh_record *pfh_pathway_head(const pfh_pathway *pathway);

/** How many events there are.  @since 0.1.0 */
PFH_API size_t pfh_pathway_event_count(const pfh_pathway *pathway);

/** The event in place @p index of the order in which they count; NULL beyond the end.  Borrowed
 * until the pathway is freed; the place of an event changes when others are added.  @since 0.1.0 */
PFH_API const pfh_record *pfh_pathway_event(const pfh_pathway *pathway, size_t index);

/** The event of an id; NULL where there is none.  @since 0.1.0 */
PFH_API const pfh_record *pfh_pathway_find(const pfh_pathway *pathway, const char *id);

/** Frees a pathway after wiping it; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_pathway_free(pfh_pathway *pathway);

PFH_END_DECLS

#endif
