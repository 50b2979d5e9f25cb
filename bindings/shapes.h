/*
 * shapes.h -- the rows of the interface as data: what the values of every binding are made of.
 *
 * The library gives rows as borrowed pointers; a binding gives values.  Each shape here says how one
 * becomes the other: the value's name, the C struct, and a line a field.  rows.h reads them to take a row
 * apart, the program in classes.c of each language to write its classes, with these sentences as their
 * documentation.
 *
 *     F(kind, name, member, of, doc)
 *
 * `of` is the enum of a WORD, the shape of a ROW, or the member that counts a list; else 0.
 *
 * | kind       | of the struct                       | in the value                          |
 * |------------|-------------------------------------|---------------------------------------|
 * | TEXT       | const char *, never NULL            | a text                                |
 * | TEXT_0     | const char *                        | a text, or none                       |
 * | CHARS      | char[]                              | a text                                |
 * | BYTES      | const char *, counted by `of`       | bytes                                 |
 * | COUNT      | int32_t                             | a number                              |
 * | NUMBER_0   | int32_t, PFH_NONE is none           | a number, or none                     |
 * | ORDINAL_0  | int32_t, 0 is none                  | a number, or none                     |
 * | LONG       | int64_t                             | a number                              |
 * | FLAG       | int32_t                             | true or false                         |
 * | FLAG_0     | int32_t, PFH_NONE is none           | true, false, or none                  |
 * | DATE       | pfh_date, never PFH_NONE            | a date                                |
 * | DATE_0     | pfh_date                            | a date, or none                       |
 * | WORD       | an enum of pfh/words.h, never 0     | a member of that enum                 |
 * | WORD_0     | an enum of pfh/words.h              | a member, or none                     |
 * | WORDS      | such an enum[4], 0 ends it          | a list of members                     |
 * | STATUS     | pfh_status                          | a status                              |
 * | NUMBERS    | const int32_t *, counted by `of`    | a list of numbers                     |
 * | PART_0     | has_<member>, <member>_months, _days| a value of the shape Offset, or none  |
 * | ROW        | const struct *, never NULL          | a value of the shape                  |
 * | ROW_0      | const struct *                      | a value of the shape, or none         |
 * | ROWS       | const struct *, <member>_count      | a list of values of the shape         |
 * | HANDLE_0   | void *, given away                  | an object of the language, or none    |
 */
#ifndef PFHB_SHAPES_H
#define PFHB_SHAPES_H

#include <pfh/pfh.h>

/* ---- Structs of this layer: what several calls of the library answer, as one row ----------- */

typedef struct pfhb_number {
    int32_t kind, strict, synthetic, ambiguous, uncertain;
    pfh_date birth_hint;
} pfhb_number;

typedef struct pfhb_head {
    const char *pathway, *edition;
    pfh_date as_of;
    const char *known_at, *given_name, *family_name;
    int32_t language, status, cause, child;
} pfhb_head;

typedef struct pfhb_planned {
    pfh_plan *plan;
    char *json;
    const pfh_error *error;
} pfhb_planned;

typedef struct pfhb_line {
    int64_t number;
    pfh_pathway *pathway;
    const pfh_error *error;
    const char *text;
    size_t size;
    int32_t continued;
} pfhb_line;

typedef struct pfhb_offset {
    int32_t months, days;
} pfhb_offset;

/* ---- The shapes --------------------------------------------------------------------------- */

#define PFHB_ERROR(F)                                                                              \
    F(STATUS, status, status, 0, "What kind of mistake it is.")                                    \
    F(COUNT, offset, offset, 0, "The byte at which a text is wrong, from 0; -1 where that says nothing.") \
    F(CHARS, where, where, 0, "A JSON pointer into the document, or the name of the argument.")   \
    F(CHARS, text, text, 0, "One English sentence without a full stop.")

#define PFHB_REASON(F)                                                                             \
    F(DATE, date, date, 0, "The date that is explained.")                                          \
    F(WORD, of, is, pfh_dated, "Which date of the row it is.")                                     \
    F(WORD, anchor, anchor, pfh_anchor, "What it is counted from.")                                \
    F(TEXT_0, anchor_event, anchor_event, 0, "The event's id where it is counted from an event.")  \
    F(WORD_0, anchor_type, anchor_type, pfh_event_type, "The type of that event.")                 \
    F(TEXT_0, anchor_key, anchor_key, 0, "Which of its dates: \"date\", \"start\" or \"until\".") \
    F(DATE_0, anchor_date, anchor_date, 0, "The date it is counted from.")                           \
    F(COUNT, months, months, 0, "Months that are added.")                                          \
    F(COUNT, days, days, 0, "Days that are added.")                                                \
    F(NUMBER_0, working_days, working_days, 0, "Working days that are added, where those are counted.") \
    F(TEXT_0, rule, rule, 0, "The rule: \"hdir-2022/2/opens\", \"policy/coding_days\", \"working_day\".") \
    F(TEXT_0, source, source, 0, "Where the rule comes from.")

#define PFHB_POINT(F)                                                                              \
    F(COUNT, point, point, 0, "Its number, from 1.")                                               \
    F(WORD, level, level, pfh_level, "Who has it.")                                                \
    F(TEXT_0, unit, unit, 0, "The unit that is responsible.")                                      \
    F(WORD_0, role, role, pfh_role, "The role that is responsible.")                               \
    F(DATE_0, opens, opens, 0, "The first day of the window.")                                     \
    F(DATE_0, about, about, 0, "The middle of the window.")                                        \
    F(DATE_0, closes, closes, 0, "The last day of the window.")                                    \
    F(FLAG, estimated, estimated, 0, "Whether it is counted from an appointment that may yet move.") \
    F(WORD_0, waiting_for, waiting_for, pfh_waiting, "What there is no window without.")           \
    F(WORD, state, state, pfh_state, "What has become of it.")                                     \
    F(DATE_0, since, since, 0, "Since when.")                                                      \
    F(WORD, timing, timing, pfh_timing, "Before, within or after the window.")                     \
    F(TEXT_0, appointment_event, appointment_event, 0, "The event that made the appointment.")     \
    F(TEXT_0, appointment_start, appointment_start, 0, "\"2026-05-04T10:00\" in Oslo, or \"2026-05-04\".") \
    F(TEXT_0, appointment_place, appointment_place, 0, "Where it is.")                             \
    F(DATE_0, appointment_date, appointment_date, 0, "The day of the appointment.")                \
    F(NUMBER_0, appointment_minutes, appointment_minutes, 0, "How long it is.")                    \
    F(TEXT_0, performed_event, performed_event, 0, "The representative performance.")              \
    F(DATE_0, performed_date, performed_date, 0, "When that was.")                                 \
    F(WORD_0, performed_level, performed_level, pfh_level, "Who performed it.")                    \
    F(COUNT, repeats, repeats, 0, "Performances less one.")                                        \
    F(FLAG, superseded, superseded, 0, "Whether a later point is performed and this one is not.")  \
    F(NUMBERS, maps_to, maps_to, maps_to_count, "The points of the other edition that stand for it.") \
    F(ROWS, reasons, reasons, Reason, "Why its dates are what they are.")

#define PFHB_TASK(F)                                                                               \
    F(TEXT, id, id, 0, "\"2.offer\", \"1.register_code.e7\": stable for the life of the task.")   \
    F(WORD, kind, kind, pfh_task_kind, "What is to be done.")                                      \
    F(ORDINAL_0, point, point, 0, "At which point.")                                               \
    F(DATE, starts, from, 0, "The first day on which it can be done (`from` in the documents).")   \
    F(DATE, due, due, 0, "The last day on which it is not late.")                                  \
    F(WORD, state, state, pfh_task_state, "Waiting, active or late.")                              \
    F(WORD_0, level, level, pfh_level, "Who is to do it.")                                         \
    F(TEXT_0, unit, unit, 0, "The unit that is responsible.")                                      \
    F(WORD_0, role, role, pfh_role, "The role that is responsible.")                               \
    F(FLAG, optional, optional, 0, "Whether it is to be done as needed.")                          \
    F(WORD_0, blocked, blocked, pfh_blocked, "What stands in its way.")                            \
    F(TEXT_0, event, event, 0, "The id of the event that it is about.")                            \
    F(ROWS, reasons, reasons, Reason, "Why its dates are what they are; none in a worklist.")

#define PFHB_FINDING(F)                                                                            \
    F(WORD, kind, kind, pfh_finding_kind, "What is wrong.")                                        \
    F(WORD, severity, severity, pfh_severity, "How much it matters.")                              \
    F(ORDINAL_0, point, point, 0, "At which point.")                                               \
    F(TEXT_0, event, event, 0, "The id of the event that it is about.")

#define PFHB_PLAN_HEAD(F)                                                                          \
    F(TEXT, pathway, pathway, 0, "The id of the pathway.")                                         \
    F(TEXT, edition, edition, 0, "The edition that was planned under.")                            \
    F(DATE, as_of, as_of, 0, "The day of the plan.")                                               \
    F(TEXT_0, known_at, known_at, 0, "The timestamp of what was known, in UTC.")                   \
    F(TEXT_0, given_name, given_name, 0, "The patient's given name.")                              \
    F(TEXT_0, family_name, family_name, 0, "The patient's family name.")                           \
    F(WORD_0, language, language, pfh_language, "The patient's language.")                         \
    F(WORD, status, status, pfh_plan_state, "Whether the pathway runs.")                           \
    F(WORD_0, cause, cause, pfh_cause, "Why it does not.")                                         \
    F(FLAG_0, child, child, 0, "Whether the patient is under 18; none without a birth date.")

#define PFHB_PLANNED(F)                                                                            \
    F(HANDLE_0, plan, plan, 0, "The plan.")                                                        \
    F(TEXT_0, json, json, 0, "Or its document.")                                                   \
    F(ROW_0, error, error, Failure, "Or why there is none.")

#define PFHB_LINE(F)                                                                               \
    F(LONG, number, number, 0, "From 1, blank lines counted.")                                     \
    F(HANDLE_0, pathway, pathway, 0, "The pathway.")                                               \
    F(ROW_0, error, error, Failure, "Or why the line is refused.")                                 \
    F(BYTES, text, text, size, "The line as it came, with its line end.")                          \
    F(FLAG, continued, continued, 0, "Whether these are more bytes of the refused line before.")

#define PFHB_WORK(F)                                                                               \
    F(TEXT, pathway, pathway, 0, "The id of the pathway.")                                         \
    F(ROW, task, task, Task, "What is to be done.")

#define PFHB_EDITION(F)                                                                            \
    F(TEXT, name, name, 0, "What documents say: \"hdir-2022\".")                                   \
    F(TEXT, title, title, 0, "The title of the source, in its own language.")                      \
    F(TEXT, source, source, 0, "Who published it and when.")                                       \
    F(DATE, effective, effective, 0, "Diagnoses before this date are not included.")               \
    F(FLAG, draft, draft, 0, "Whether it is a consultation draft.")                                \
    F(COUNT, point_count, point_count, 0, "Points are numbered 1 to this.")                        \
    F(COUNT, topic_count, topic_count, 0, "How many topics it has.")                               \
    F(TEXT, maps_edition, maps_edition, 0, "Whose points stand for this one's.")                   \
    F(TEXT, maps_source, maps_source, 0, "Where that mapping comes from.")

#define PFHB_OFFSET(F)                                                                             \
    F(COUNT, months, months, 0, "Months that are added.")                                          \
    F(COUNT, days, days, 0, "Days that are added.")

#define PFHB_POINT_RULE(F)                                                                         \
    F(COUNT, point, point, 0, "Its number, from 1.")                                               \
    F(WORD, level, level, pfh_level, "Who has it when nobody else was assigned.")                  \
    F(TEXT, anchor, anchor, 0, "What its window is counted from, in words.")                       \
    F(PART_0, opens, opens, Offset, "The first day, from the anchor.")                             \
    F(PART_0, about, about, Offset, "The middle, from the anchor.")                                \
    F(PART_0, closes, closes, Offset, "The last day, from the anchor.")                            \
    F(FLAG, relative, relative, 0, "Whether the first and last day are counted from the middle.")  \
    F(TEXT, source, source, 0, "Where it comes from; what is this library's choice says \"ours\".") \
    F(NUMBERS, maps_to, maps_to, maps_to_count, "The points of the other edition that stand for it.")

#define PFHB_TOPIC(F)                                                                              \
    F(TEXT, code, code, 0, "What documents say: \"nutrition\".")                                   \
    F(TEXT, source, source, 0, "Where it comes from.")

#define PFHB_ACTIVITY(F)                                                                           \
    F(TEXT, id, id, 0, "\"hdir-2022/1/a1\"; its text has the id \"activity.\" and this.")         \
    F(COUNT, point, point, 0, "At which point.")                                                   \
    F(TEXT, who, who, 0, "The id of the text that says who does it.")                              \
    F(TEXT, source, source, 0, "Where it comes from.")                                             \
    F(WORDS, tasks, tasks, pfh_task_kind, "The kinds of task that it belongs to.")

#define PFHB_NUMBER(F)                                                                             \
    F(WORD_0, kind, kind, pfh_number_kind, "What it is; none where that is ambiguous.")            \
    F(FLAG, strict, strict, 0, "Whether it is valid by the strict rule too.")                      \
    F(FLAG, synthetic, synthetic, 0, "Whether it belongs to no real person: month + 80 or + 65.")  \
    F(FLAG, ambiguous, ambiguous, 0, "Whether it may be an H-number or a synthetic one: month + 40.") \
    F(FLAG, uncertain, uncertain, 0, "Whether the birth date may be wrong by a century.")          \
    F(DATE_0, birth_hint, birth_hint, 0, "A hint of the birth date, never a fact.")

#define PFHB_TOPIC_NEED(F)                                                                         \
    F(TEXT, topic, topic, 0, "Its code.")                                                          \
    F(TEXT_0, title, title, 0, "The title of a local topic, as the policy gives it.")              \
    F(FLAG, in_edition, in_edition, 0, "Whether it is a topic of the edition, or a local one.")    \
    F(WORD, need, need, pfh_need, "The need when it was last discussed.")                          \
    F(DATE_0, since, since, 0, "The first of the assessments that agree on that.")                 \
    F(DATE_0, discussed, discussed, 0, "When it was last discussed.")                              \
    F(TEXT_0, event, event, 0, "The `performed` in which it was.")                                 \
    F(TEXT_0, note, note, 0, "The note of that.")                                                  \
    F(WORD_0, responsible_level, responsible_level, pfh_level, "The level that is responsible.")   \
    F(TEXT_0, responsible_unit, responsible_unit, 0, "The unit that is responsible.")              \
    F(WORD_0, responsible_role, responsible_role, pfh_role, "The role that is responsible.")       \
    F(DATE_0, responsible_since, responsible_since, 0, "The first of the assessments that agree.") \
    F(TEXT_0, followed_up_event, followed_up_event, 0, "The last `followed_up` of that `performed`.") \
    F(DATE_0, followed_up, followed_up, 0, "When that was.")                                       \
    F(FLAG, no_responsible, no_responsible, 0, "To be followed up, and nobody is responsible.")    \
    F(FLAG, not_followed_up, not_followed_up, 0, "To be followed up, and nobody has said that it was.") \
    F(FLAG, is_private, is_private, 0, "Whether the topic or its event is private.")

#define PFHB_TOPIC_CHANGE(F)                                                                       \
    F(TEXT, topic, topic, 0, "Its code.")                                                          \
    F(WORD, change, change, pfh_need_change, "What became of the need.")

#define PFHB_ASSESSMENT(F)                                                                         \
    F(TEXT, event, event, 0, "The `performed` event.")                                             \
    F(DATE, date, date, 0, "When it was carried out.")                                             \
    F(COUNT, point, point, 0, "At which point, as planned.")                                       \
    F(WORD, level, level, pfh_level, "Who carried it out.")                                        \
    F(TEXT_0, instrument_id, instrument_id, 0, "The instrument.")                                  \
    F(TEXT_0, instrument_version, instrument_version, 0, "Its version.")                           \
    F(NUMBER_0, distress, distress, 0, "The score, 0 to 10.")                                      \
    F(NUMBER_0, distress_change, distress_change, 0, "The change from the score before it.")       \
    F(FLAG, distress_high, distress_high, 0, "Whether it is at or above the policy's threshold.")  \
    F(TEXT_0, followed_up_event, followed_up_event, 0, "The last `followed_up` that names it.")    \
    F(DATE_0, followed_up, followed_up, 0, "When that was.")                                       \
    F(COUNT, withheld, withheld, 0, "How much of it was left out of this copy.")                   \
    F(FLAG, has_assessment, has_assessment, 0, "Whether anything of it was recorded.")             \
    F(ROWS, changes, changes, TopicChange, "What it says of each topic, beside those before it.")

#define PFHB_HANDOVER_RULE(F)                                                                      \
    F(WORD_0, audience, audience, pfh_audience, "Who does not get it; none: none of them.")        \
    F(TEXT, left_out, left_out, 0, "A type of event, or \"private\", \"note\", \"author\".")     \
    F(WORD_0, type, type, pfh_event_type, "The type of the events that are left out.")             \
    F(WORD_0, but_to, but_to, pfh_recipient, "Messages to this one stay.")                         \
    F(TEXT, reason, reason, 0, "The id of the text that says why.")

#define PFHB_DIFFERENCE(F)                                                                         \
    F(WORD, kind, kind, pfh_difference_kind, "What the difference is.")                            \
    F(TEXT, name, name, 0, "What differs: \"/patient/name\", \"event:e7\", \"of:e9\".")         \
    F(TEXT_0, event, event, 0, "The id, where it is an event.")                                    \
    F(WORD_0, type, type, pfh_event_type, "The type of that event.")                               \
    F(DATE_0, date, date, 0, "The date of that event.")                                            \
    F(TEXT_0, mine, mine, 0, "Its place in mine.")                                                 \
    F(TEXT_0, theirs, theirs, 0, "Its place in theirs.")                                           \
    F(WORD_0, conflict, conflict, pfh_conflict, "Why it is a conflict.")                           \
    F(TEXT_0, key, key, 0, "The first key that differs, of an event with two contents.")           \
    F(WORD_0, chosen, chosen, pfh_side, "What the options say of it.")

#define PFHB_PROPOSAL(F)                                                                           \
    F(TEXT, pathway, pathway, 0, "The id of the pathway.")                                         \
    F(TEXT, task, task, 0, "The id of the task in the plan.")                                      \
    F(ORDINAL_0, point, point, 0, "At which point.")                                               \
    F(WORD, kind, kind, pfh_task_kind, "The kind of the task.")                                    \
    F(TEXT_0, needs, needs, 0, "What a person must say first, where there is no event.")           \
    F(TEXT, uid, uid, 0, "The UID of the entry.")                                                  \
    F(COUNT, line, line, 0, "The line on which the entry begins, from 1.")

#define PFHB_DEFECT(F)                                                                             \
    F(COUNT, line, line, 0, "The line, from 1.")                                                   \
    F(COUNT, column, column, 0, "The column in bytes, from 1.")                                    \
    F(TEXT, rule, rule, 0, "The rule: \"line-end\".")                                              \
    F(TEXT, section, section, 0, "Where it is written: \"RFC 5545, 3.1\".")                        \
    F(TEXT, text, text, 0, "One English sentence without a full stop.")                            \
    F(TEXT_0, subject, subject, 0, "The property or component, in upper case.")

/* Every shape: its name, the C struct, its fields, what it is.  One is named after what it holds. */
#define PFHB_SHAPES(S)                                                                             \
    S(Failure, pfh_error, PFHB_ERROR, "What went wrong and where.")                                \
    S(Reason, pfh_reason, PFHB_REASON, "Why a date is what it is: the anchor's date and what is added to it.") \
    S(Point, pfh_point, PFHB_POINT, "Where a point (samhandlingspunkt) stands.")                   \
    S(Task, pfh_task, PFHB_TASK, "Something to be done.")                                          \
    S(Finding, pfh_finding, PFHB_FINDING, "Something that is coded wrongly or does not fit together.") \
    S(PlanHead, pfhb_head, PFHB_PLAN_HEAD, "What a plan is of.")                                   \
    S(Planned, pfhb_planned, PFHB_PLANNED, "What became of one pathway of many.")                  \
    S(LineRow, pfhb_line, PFHB_LINE, "A line that was read.")                                      \
    S(Work, pfh_work, PFHB_WORK, "A task of a pathway, in a worklist.")                            \
    S(EditionRow, pfh_edition, PFHB_EDITION, "An edition of the national rules.")                  \
    S(Offset, pfhb_offset, PFHB_OFFSET, "How far a date lies from another.")                       \
    S(PointRule, pfh_point_rule, PFHB_POINT_RULE, "An interaction point (samhandlingspunkt) of an edition.") \
    S(Topic, pfh_topic, PFHB_TOPIC, "A topic of the needs assessment (behovskartlegging).")        \
    S(Activity, pfh_activity, PFHB_ACTIVITY, "An activity or responsibility at a point, to be shown beside it.") \
    S(PersonNumber, pfhb_number, PFHB_NUMBER, "What a number that identifies a person is.")        \
    S(TopicNeed, pfh_topic_need, PFHB_TOPIC_NEED, "A topic, as it stands on the day.")             \
    S(TopicChange, pfh_topic_change, PFHB_TOPIC_CHANGE, "What an assessment says of a topic, beside those before it.") \
    S(Assessment, pfh_needs_assessment, PFHB_ASSESSMENT, "An assessment that was carried out.")    \
    S(HandoverRule, pfh_handover_rule, PFHB_HANDOVER_RULE, "Something that an audience does not get, and why.") \
    S(Difference, pfh_difference, PFHB_DIFFERENCE, "What one copy has that another has not, or where they contradict each other.") \
    S(ProposalRow, pfh_proposal, PFHB_PROPOSAL, "What somebody did in a calendar.")                \
    S(Defect, pfh_defect, PFHB_DEFECT, "A defect of a calendar.")

#endif
