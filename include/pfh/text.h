/*
 * pfh/text.h -- texts for people, in Bokmål, Nynorsk and English, from one table.
 */
#ifndef PFH_TEXT_H
#define PFH_TEXT_H

#include <pfh/words.h>

PFH_BEGIN_DECLS

/** The text of @p id in @p language, UTF-8; NULL where there is no such id or language.
 *
 *  An id is a list's name and a word of it: "task.offer", "state.unanswered", "role.gp",
 *  "finding.wmfg10.missing", "topic.economy_housing", "activity.hdir-2022/1/a1", "reason.too_ill".
 *  The topics' titles in Bokmål are those of the guideline; the others are this library's.
 *  @since 0.1.0 */
PFH_API const char *pfh_text(pfh_language language, const char *id);

/** How many texts there are.  @since 0.1.0 */
PFH_API size_t pfh_text_count(void);

/** The id of the text in place @p index; NULL beyond the end.  @since 0.1.0 */
PFH_API const char *pfh_text_id(size_t index);

PFH_END_DECLS

#endif
