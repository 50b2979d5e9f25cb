/*
 * pfh/merge.h -- two copies of a pathway: what the other one has, and both in one.
 *
 * Hospital and municipality each append to their copy.  Merging is the union of what both have; it
 * does not depend on order, grouping or repetition, so many copies are merged two at a time.
 *
 *     if (pfh_pathway_merge(&merged, mine, theirs, NULL, &err) == PFH_E_CONFLICT) {
 *         pfh_pathway_diff(&diff, mine, theirs, NULL, &err);
 *         ... show the rows that are conflicts, let somebody choose ...
 *         pfh_merge_options_new(&options, &err);
 *         pfh_merge_options_choose(options, "event:e7", PFH_SIDE_THEIRS, &err);
 *         pfh_pathway_merge(&merged, mine, theirs, options, &err);
 *     }
 *
 * What is equal, how hand-over copies join and what is a conflict: doc/rules.md, "Two copies of a
 * pathway".
 */
#ifndef PFH_MERGE_H
#define PFH_MERGE_H

#include <pfh/pathway.h>

PFH_BEGIN_DECLS

/* ---- Options ------------------------------------------------------------------------------ */

/** How two copies are merged.  Wherever it is taken, NULL stands for one with all the defaults.
 *  It collects: for one thread at a time while it is set.  @since 0.1.0 */
typedef struct pfh_merge_options pfh_merge_options;

/** Makes options with all the defaults.
 *  @param[out] out yours, for pfh_merge_options_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_merge_options_new(pfh_merge_options **out, pfh_error *err);

/** Asks for one edition: a copy of "hdir-2021-draft" is read as one of "hdir-2022", each event at
 *  the point that it maps to.  The other way is ambiguous (PFH_E_EDITION when copies are merged).
 *  @param edition NULL: both copies must name the same (the default)
 *  @return PFH_OK, PFH_E_ARG, PFH_E_EDITION (no such edition)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_merge_options_edition(pfh_merge_options *options,
                                                            const char *edition, pfh_error *err);

/** Resolves a conflict.  Of two choices for one conflict the last counts; a choice for a conflict
 *  that does not come is no error.
 *  @param conflict the `name` of a row of pfh_pathway_diff(), as "/diagnosis" or "event:e7"; NULL:
 *                  all that nothing else was said of, but "/id": these may be two patients.  A side
 *                  for "/edition" is to ask for that side's edition
 *  @param side     whose is taken, and nothing is kept of the other's; of a reference ("of:e9")
 *                  that side's naming event is taken, with a `withheld` for what it names, or else
 *                  it becomes a `withheld` itself; 0 takes the choice back
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM; the options are as they were on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_merge_options_choose(pfh_merge_options *options,
                                                           const char *conflict, pfh_side side,
                                                           pfh_error *err);

/** Frees options; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_merge_options_free(pfh_merge_options *options);

/* ---- Merging ------------------------------------------------------------------------------ */

/** Merges two copies of a pathway, hand-over copies included.  With conflicts nothing is merged.
 *
 *  @param[out] out     a new pathway, yours; untouched on failure
 *  @param      options NULL takes the defaults
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM, PFH_E_EDITION (a copy cannot be read under the edition
 *          asked for), PFH_E_CONFLICT: `where` is the first conflict's place in @p mine, or in
 *          @p theirs where that has none; pfh_pathway_diff() lists all of them
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_pathway_merge(pfh_pathway **out, const pfh_pathway *mine,
                                                    const pfh_pathway *theirs,
                                                    const pfh_merge_options *options,
                                                    pfh_error *err);

/* ---- What differs ------------------------------------------------------------------------- */

/** What one copy has that another has not, and where they contradict each other.  @since 0.1.0 */
typedef struct pfh_diff pfh_diff;

/** A row.  Places are JSON pointers; events are counted as they stood in the document that was
 *  read, and what was appended after them.  @since 0.1.0 */
typedef struct pfh_difference {
    pfh_difference_kind kind;
    const char *name;  /**< what differs: "/patient/name", "event:e7", or "of:e9" for a reference */
    const char *event; /**< the id, where it is an event; or NULL */
    pfh_event_type type;   /**< of that event, theirs where both have it; or 0 */
    pfh_date date;         /**< of that event; or PFH_NONE */
    const char *mine;      /**< its place in mine; NULL where mine has nothing there */
    const char *theirs;    /**< its place in theirs; NULL where theirs has nothing there */
    pfh_conflict conflict; /**< of a conflict: why; else 0 */
    const char *key; /**< of an event with two contents: the first key that differs, in the order in
                        which they are written; or NULL */
    pfh_side chosen; /**< of a conflict: what the options say of it, or 0 */
} pfh_difference;

/** Compares two copies, in the order: what stands beside the events, then the events in the order
 *  in which they count.  What only @p mine has is no row.
 *
 *  @param[out] out     yours, for pfh_diff_free(); untouched on failure.  Needs neither copy later
 *  @param      options NULL takes the defaults
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM, PFH_E_EDITION
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_pathway_diff(pfh_diff **out, const pfh_pathway *mine,
                                                   const pfh_pathway *theirs,
                                                   const pfh_merge_options *options,
                                                   pfh_error *err);

/** How many rows there are.  @since 0.1.0 */
PFH_API size_t pfh_diff_count(const pfh_diff *diff);

/** How many of them are conflicts for which nothing was chosen: 0 can be merged.  @since 0.1.0 */
PFH_API size_t pfh_diff_conflict_count(const pfh_diff *diff);

/** The row in place @p index; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_difference *pfh_diff_row(const pfh_diff *diff, size_t index);

/** Frees it; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_diff_free(pfh_diff *diff);

PFH_END_DECLS

#endif
