/*
 * pfh/caseload.h -- many pathways from NDJSON that arrives in pieces of any size.
 *
 * One document a line (one that goes over several lines is for pfh_pathway_parse()); blank lines
 * are skipped, CR LF is fine, the last line needs no line end. Memory is bounded by the longest
 * document (4 MiB), whatever the number of lines: a line that is longer is refused and handed back
 * in pieces.
 *
 *     pfh_caseload_new(&reader, &err);
 *     do {
 *         size = read(0, buffer, sizeof buffer);
 *         pfh_caseload_feed(reader, buffer, size, &err);      (size 0: that was all)
 *         while ((line = pfh_caseload_next(reader)) != NULL)
 *             use(line);
 *     } while (size > 0);
 */
#ifndef PFH_CASELOAD_H
#define PFH_CASELOAD_H

#include <pfh/pathway.h>

PFH_BEGIN_DECLS

/** A reader of pathways.  @since 0.1.0 */
typedef struct pfh_caseload pfh_caseload;

/** A line that was read.  @since 0.1.0 */
typedef struct pfh_line {
    int64_t number;             /**< from 1, blank lines counted */
    pfh_status status;          /**< PFH_OK, or why the line is refused */
    const pfh_pathway *pathway; /**< NULL when the line is refused */
    const pfh_error *error;     /**< NULL when it is not */
    const char *text;           /**< its bytes as they came, with the line end that they had */
    size_t size;
    int32_t continued; /**< 1: more bytes of the same refused line as before */
} pfh_line;

/** Makes a reader.
 *  @param[out] out yours, for pfh_caseload_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_caseload_new(pfh_caseload **out, pfh_error *err);

/** Gives the reader the next piece of the text, which it copies.  Size 0 says that there is no
 * more.
 *  @return PFH_OK, PFH_E_ARG (also: a piece after the end) or PFH_E_NOMEM; the reader is as it was
 * on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_caseload_feed(pfh_caseload *reader, const char *piece,
                                                    size_t size, pfh_error *err);

/** The next whole line; NULL when another piece is needed or all is read.  Borrowed until the next
 * call with this reader.  @since 0.1.0 */
PFH_API const pfh_line *pfh_caseload_next(pfh_caseload *reader);

/** Takes the pathway of the line that pfh_caseload_next() gave last: it is yours, for
 *  pfh_pathway_free().  NULL where there is none.  @since 0.1.0 */
PFH_API pfh_pathway *pfh_caseload_take(pfh_caseload *reader);

/** Frees a reader, with the pathway that it still holds; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_caseload_free(pfh_caseload *reader);

PFH_END_DECLS

#endif
