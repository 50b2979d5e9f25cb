/*
 * format/explain.h -- dates and reasons in words, for whoever writes texts for people.
 */
#ifndef PFH_FORMAT_EXPLAIN_H
#define PFH_FORMAT_EXPLAIN_H

#include "base/base.h"

#include <pfh/plan.h>

/* yyyy-mm-dd in English, dd.mm.yyyy in Norwegian. */
void pfh__text_spoken_date(pfh_text_buffer *out, pfh_language language, pfh_date date);
/* The sentence of a row of a plan. */
void pfh__reason_add(pfh_text_buffer *out, const pfh_reason *reason, pfh_language language);
/* The same without the dates of the diagnosis: those that are named so, and the one given. */
void pfh__reason_add_discreetly(pfh_text_buffer *out, const pfh_reason *reason,
                                pfh_language language, pfh_date kept_back);

#endif
