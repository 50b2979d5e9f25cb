/*
 * pfh/text.h -- texts for people, in Bokmål, Nynorsk and English, from one table.
 */
#ifndef PFH_TEXT_H
#define PFH_TEXT_H

#include <pfh/words.h>

PFH_BEGIN_DECLS

/** The text of @p id in @p language, UTF-8; NULL where there is no such id or language.
 *
 *  | id                          | the text of                                              |
 *  |-----------------------------|----------------------------------------------------------|
 *  | `<list>.<word>`             | a word of a list in pfh/words.h: "task.offer", "role.gp" |
 *  | `topic.<code>`              | a national topic: "topic.economy_housing"                |
 *  | `point.<edition>/<n>`       | a point's short title: "point.hdir-2022/2"               |
 *  | `activity.<id>`, `who.<id>` | an activity of pfh_edition_activity(), and who does it   |
 *  | `policy.<key>`              | a key of a policy: "policy.no_answer_days"               |
 *  | `head.<column>`             | a heading of a table of tasks: "head.due"                |
 *  | `why.<kind>`                | why a task of a kind is to be done: "why.send_form"      |
 *  | `short.<kind>`              | a kind of task where there is little room: "short.offer" |
 *
 *  The topics' titles in Bokmål are those of the guideline; the others are this library's.
 *  @since 0.1.0 */
PFH_API const char *pfh_text(pfh_language language, const char *id);

/** How many texts there are.  @since 0.1.0 */
PFH_API size_t pfh_text_count(void);

/** The id of the text in place @p index; NULL beyond the end.  @since 0.1.0 */
PFH_API const char *pfh_text_id(size_t index);

PFH_END_DECLS

#endif
