/*
 * pfh/words.h -- the closed lists of the documents: their values here, their words there.
 *
 * In every row of the interface such a value is an int32_t of its enum, and 0 is "nothing".  The
 * words are those of the document formats and never change; texts for people are in pfh/text.h.
 * Words may be added to a list at its end: give every switch a default (the last enumerator of each
 * enum only fixes its width).
 */
#ifndef PFH_WORDS_H
#define PFH_WORDS_H

#include <pfh/status.h>

PFH_BEGIN_DECLS

/* Every table: ROW(enumerator, value, word).  Values are part of the ABI. */

#define PFH_LANGUAGE_TABLE(ROW)                                                                    \
    ROW(PFH_LANGUAGE_NB, 1, "nb") /* Bokmål */                                                    \
    ROW(PFH_LANGUAGE_NN, 2, "nn") /* Nynorsk */                                                    \
    ROW(PFH_LANGUAGE_EN, 3, "en")

#define PFH_LEVEL_TABLE(ROW)                                                                       \
    ROW(PFH_LEVEL_SPECIALIST, 1, "specialist")     /* spesialisthelsetjenesten */                  \
    ROW(PFH_LEVEL_MUNICIPALITY, 2, "municipality") /* kommunen */

#define PFH_ROLE_TABLE(ROW)                                                                        \
    ROW(PFH_ROLE_DOCTOR, 1, "doctor")                                                              \
    ROW(PFH_ROLE_NURSE, 2, "nurse")                                                                \
    ROW(PFH_ROLE_GP, 3, "gp")                                   /* fastlege */                     \
    ROW(PFH_ROLE_CANCER_NURSE, 4, "cancer_nurse")               /* kreftsykepleier */              \
    ROW(PFH_ROLE_CANCER_COORDINATOR, 5, "cancer_coordinator")   /* kreftkoordinator */             \
    ROW(PFH_ROLE_PATHWAY_COORDINATOR, 6, "pathway_coordinator") /* forløpskoordinator */          \
    ROW(PFH_ROLE_RESOURCE_NURSE, 7, "resource_nurse")           /* ressurssykepleier */            \
    ROW(PFH_ROLE_CASE_MANAGER, 8, "case_manager")               /* saksbehandler */                \
    ROW(PFH_ROLE_CONTACT_DOCTOR, 9, "contact_doctor")           /* kontaktlege */                  \
    ROW(PFH_ROLE_OTHER, 10, "other")

/* In the order in which events of one date and time count. */
#define PFH_EVENT_TABLE(ROW)                                                                       \
    ROW(PFH_EVENT_MOVED, 1, "moved")                                                               \
    ROW(PFH_EVENT_ASSIGNED, 2, "assigned")                                                         \
    ROW(PFH_EVENT_CLINICAL_DECISION, 3, "clinical_decision")                                       \
    ROW(PFH_EVENT_TREATMENT_STARTED, 4, "treatment_started")                                       \
    ROW(PFH_EVENT_OFFERED, 5, "offered")                                                           \
    ROW(PFH_EVENT_DECLINED, 6, "declined")                                                         \
    ROW(PFH_EVENT_ACCEPTED, 7, "accepted")                                                         \
    ROW(PFH_EVENT_DEFERRED, 8, "deferred")                                                         \
    ROW(PFH_EVENT_CANCELLED, 9, "cancelled")                                                       \
    ROW(PFH_EVENT_SCHEDULED, 10, "scheduled")                                                      \
    ROW(PFH_EVENT_FORM_SENT, 11, "form_sent")                                                      \
    ROW(PFH_EVENT_PERFORMED, 12, "performed")                                                      \
    ROW(PFH_EVENT_CODED, 13, "coded")                                                              \
    ROW(PFH_EVENT_MESSAGE, 14, "message")                                                          \
    ROW(PFH_EVENT_RECEIPT, 15, "receipt")                                                          \
    ROW(PFH_EVENT_FOLLOWED_UP, 16, "followed_up")                                                  \
    ROW(PFH_EVENT_EXCLUDED, 17, "excluded")                                                        \
    ROW(PFH_EVENT_ENDED, 18, "ended")                                                              \
    ROW(PFH_EVENT_REOPENED, 19, "reopened")                                                        \
    ROW(PFH_EVENT_CORRECTED, 20, "corrected")                                                      \
    ROW(PFH_EVENT_WITHHELD, 21, "withheld")

#define PFH_CHANNEL_TABLE(ROW)                                                                     \
    ROW(PFH_CHANNEL_LETTER, 1, "letter")                                                           \
    ROW(PFH_CHANNEL_PHONE, 2, "phone")                                                             \
    ROW(PFH_CHANNEL_IN_PERSON, 3, "in_person")                                                     \
    ROW(PFH_CHANNEL_DIGITAL, 4, "digital")

/* The reasons of declined, deferred, cancelled, excluded and ended, and of a plan's status. */
#define PFH_REASON_TABLE(ROW)                                                                      \
    ROW(PFH_REASON_NO_NEED, 1, "no_need")                                                          \
    ROW(PFH_REASON_NOT_NOW, 2, "not_now")                                                          \
    ROW(PFH_REASON_TOO_MUCH_INFORMATION, 3, "too_much_information")                                \
    ROW(PFH_REASON_TOO_ILL, 4, "too_ill")                                                          \
    ROW(PFH_REASON_TREATMENT, 5, "treatment")                                                      \
    ROW(PFH_REASON_PATIENT, 6, "patient")                                                          \
    ROW(PFH_REASON_PROVIDER, 7, "provider")                                                        \
    ROW(PFH_REASON_NO_SHOW, 8, "no_show")                                                          \
    ROW(PFH_REASON_SHORT_TREATMENT, 9, "short_treatment")                                          \
    ROW(PFH_REASON_DEAD, 10, "dead")                                                               \
    ROW(PFH_REASON_WITHDRAWN, 11, "withdrawn")                                                     \
    ROW(PFH_REASON_EMIGRATED, 12, "emigrated")                                                     \
    ROW(PFH_REASON_OTHER, 13, "other")                                                             \
    ROW(PFH_REASON_NOT_CANCER, 14, "not_cancer")                                                   \
    ROW(PFH_REASON_BEFORE_START, 15, "before_start")

#define PFH_RECIPIENT_TABLE(ROW)                                                                   \
    ROW(PFH_RECIPIENT_GP, 1, "gp")                                                                 \
    ROW(PFH_RECIPIENT_MUNICIPALITY, 2, "municipality")                                             \
    ROW(PFH_RECIPIENT_SPECIALIST, 3, "specialist")                                                 \
    ROW(PFH_RECIPIENT_OTHER, 4, "other")

#define PFH_MESSAGE_TABLE(ROW)                                                                     \
    ROW(PFH_MESSAGE_EPICRISIS, 1, "epicrisis")                                                     \
    ROW(PFH_MESSAGE_OUTPATIENT_NOTE, 2, "outpatient_note")                                         \
    ROW(PFH_MESSAGE_DIALOGUE, 3, "dialogue")                                                       \
    ROW(PFH_MESSAGE_PLO, 4, "plo")                                                                 \
    ROW(PFH_MESSAGE_EDI, 5, "edi")                                                                 \
    ROW(PFH_MESSAGE_PHONE, 6, "phone")                                                             \
    ROW(PFH_MESSAGE_MEETING, 7, "meeting")                                                         \
    ROW(PFH_MESSAGE_LETTER, 8, "letter")

#define PFH_RECEIPT_TABLE(ROW)                                                                     \
    ROW(PFH_RECEIPT_OK, 1, "ok")                                                                   \
    ROW(PFH_RECEIPT_OK_WITH_ERRORS, 2, "ok_with_errors")                                           \
    ROW(PFH_RECEIPT_REJECTED, 3, "rejected")

#define PFH_NEED_TABLE(ROW)                                                                        \
    ROW(PFH_NEED_NONE, 1, "none")                                                                  \
    ROW(PFH_NEED_FOLLOW_UP, 2, "follow_up")                                                        \
    ROW(PFH_NEED_DECLINED, 3, "declined")                                                          \
    ROW(PFH_NEED_NOT_DISCUSSED, 4, "not_discussed")

#define PFH_DIAGNOSIS_TABLE(ROW)                                                                   \
    ROW(PFH_DIAGNOSIS_PRIMARY, 1, "primary")                                                       \
    ROW(PFH_DIAGNOSIS_RELAPSE, 2, "relapse")

#define PFH_INTENT_TABLE(ROW)                                                                      \
    ROW(PFH_INTENT_CURATIVE, 1, "curative")                                                        \
    ROW(PFH_INTENT_PALLIATIVE, 2, "palliative")

#define PFH_SHIFT_TABLE(ROW)                                                                       \
    ROW(PFH_SHIFT_WORKING_DAY, 1, "working_day")                                                   \
    ROW(PFH_SHIFT_NONE, 2, "none")

#define PFH_PLAN_STATUS_TABLE(ROW)                                                                 \
    ROW(PFH_PLAN_ACTIVE, 1, "active")                                                              \
    ROW(PFH_PLAN_NOT_INCLUDED, 2, "not_included")                                                  \
    ROW(PFH_PLAN_EXCLUDED, 3, "excluded")                                                          \
    ROW(PFH_PLAN_ENDED, 4, "ended")

#define PFH_STATE_TABLE(ROW)                                                                       \
    ROW(PFH_STATE_NONE, 1, "none")                                                                 \
    ROW(PFH_STATE_OFFERED, 2, "offered")                                                           \
    ROW(PFH_STATE_UNANSWERED, 3, "unanswered")                                                     \
    ROW(PFH_STATE_ACCEPTED, 4, "accepted")                                                         \
    ROW(PFH_STATE_DECLINED, 5, "declined")                                                         \
    ROW(PFH_STATE_DEFERRED, 6, "deferred")                                                         \
    ROW(PFH_STATE_SCHEDULED, 7, "scheduled")                                                       \
    ROW(PFH_STATE_UNCONFIRMED, 8, "unconfirmed")                                                   \
    ROW(PFH_STATE_PERFORMED, 9, "performed")                                                       \
    ROW(PFH_STATE_EXCLUDED, 10, "excluded")                                                        \
    ROW(PFH_STATE_CLOSED, 11, "closed")

#define PFH_TIMING_TABLE(ROW)                                                                      \
    ROW(PFH_TIMING_UNKNOWN, 1, "unknown")                                                          \
    ROW(PFH_TIMING_BEFORE, 2, "before")                                                            \
    ROW(PFH_TIMING_WITHIN, 3, "within")                                                            \
    ROW(PFH_TIMING_AFTER, 4, "after")

/* In the order of doc/rules.md, which is also the order of tasks with equal dates. */
#define PFH_TASK_TABLE(ROW)                                                                        \
    ROW(PFH_TASK_OFFER, 1, "offer")                                                                \
    ROW(PFH_TASK_FOLLOW_UP_OFFER, 2, "follow_up_offer")                                            \
    ROW(PFH_TASK_ASK_AGAIN, 3, "ask_again")                                                        \
    ROW(PFH_TASK_BOOK, 4, "book")                                                                  \
    ROW(PFH_TASK_SEND_FORM, 5, "send_form")                                                        \
    ROW(PFH_TASK_HOLD, 6, "hold")                                                                  \
    ROW(PFH_TASK_CONFIRM, 7, "confirm")                                                            \
    ROW(PFH_TASK_WINDOW_CLOSING, 8, "window_closing")                                              \
    ROW(PFH_TASK_REGISTER_CODE, 9, "register_code")                                                \
    ROW(PFH_TASK_SEND_SUMMARY, 10, "send_summary")                                                 \
    ROW(PFH_TASK_NOTIFY_MUNICIPALITY, 11, "notify_municipality")                                   \
    ROW(PFH_TASK_FOLLOW_UP_MESSAGE, 12, "follow_up_message")                                       \
    ROW(PFH_TASK_ASSESS_FURTHER, 13, "assess_further")                                             \
    ROW(PFH_TASK_FOLLOW_UP_NEEDS, 14, "follow_up_needs")

#define PFH_TASK_STATE_TABLE(ROW)                                                                  \
    ROW(PFH_TASK_WAITING, 1, "waiting")                                                            \
    ROW(PFH_TASK_ACTIVE, 2, "active")                                                              \
    ROW(PFH_TASK_LATE, 3, "late")

#define PFH_BLOCK_TABLE(ROW) ROW(PFH_BLOCK_NO_AGREEMENT, 1, "no_agreement")

/* In the order of doc/rules.md, which is also the order of a point's findings. */
#define PFH_FINDING_TABLE(ROW)                                                                     \
    ROW(PFH_FINDING_WMFG10_MISSING, 1, "wmfg10.missing")                                           \
    ROW(PFH_FINDING_WMFG10_NOT_PERFORMED, 2, "wmfg10.not_performed")                               \
    ROW(PFH_FINDING_WMFG10_MUNICIPAL, 3, "wmfg10.municipal")                                       \
    ROW(PFH_FINDING_WMFG10_DUPLICATE, 4, "wmfg10.duplicate")                                       \
    ROW(PFH_FINDING_WMFG10_DATE, 5, "wmfg10.date")                                                 \
    ROW(PFH_FINDING_CODE_UNKNOWN, 6, "code.unknown")                                               \
    ROW(PFH_FINDING_EVENT_BEFORE_DIAGNOSIS, 7, "event.before_diagnosis")                           \
    ROW(PFH_FINDING_EVENT_AFTER_END, 8, "event.after_end")                                         \
    ROW(PFH_FINDING_ANCHOR_MISSING, 9, "anchor.missing")                                           \
    ROW(PFH_FINDING_POINT_ORDER, 10, "point.order")                                                \
    ROW(PFH_FINDING_PERFORMED_AFTER_DECLINE, 11, "performed.after_decline")                        \
    ROW(PFH_FINDING_ASSESSMENT_MISSING, 12, "assessment.missing")                                  \
    ROW(PFH_FINDING_ASSESSMENT_DISTRESS, 13, "assessment.distress")                                \
    ROW(PFH_FINDING_TOPIC_NOT_IN_EDITION, 14, "topic.not_in_edition")                              \
    ROW(PFH_FINDING_NEED_NO_RESPONSIBLE, 15, "need.no_responsible")                                \
    ROW(PFH_FINDING_MESSAGE_NO_AGREEMENT, 16, "message.no_agreement")

#define PFH_SEVERITY_TABLE(ROW)                                                                    \
    ROW(PFH_SEVERITY_INFO, 1, "info")                                                              \
    ROW(PFH_SEVERITY_WARNING, 2, "warning")                                                        \
    ROW(PFH_SEVERITY_ERROR, 3, "error")

/* The dates of a plan that have a reason. */
#define PFH_DATED_TABLE(ROW)                                                                       \
    ROW(PFH_DATED_OPENS, 1, "opens")                                                               \
    ROW(PFH_DATED_ABOUT, 2, "about")                                                               \
    ROW(PFH_DATED_CLOSES, 3, "closes")                                                             \
    ROW(PFH_DATED_SINCE, 4, "since")                                                               \
    ROW(PFH_DATED_FROM, 5, "from")                                                                 \
    ROW(PFH_DATED_DUE, 6, "due")

/* What a date is counted from. */
#define PFH_ANCHOR_TABLE(ROW)                                                                      \
    ROW(PFH_ANCHOR_DIAGNOSIS_DATE, 1, "diagnosis.date")                                            \
    ROW(PFH_ANCHOR_DIAGNOSIS_INFORMED, 2, "diagnosis.informed")                                    \
    ROW(PFH_ANCHOR_EVENT, 3, "event")                                                              \
    ROW(PFH_ANCHOR_POINT_3, 4, "point:3")                                                          \
    ROW(PFH_ANCHOR_OPENS, 5, "opens")                                                              \
    ROW(PFH_ANCHOR_ABOUT, 6, "about")                                                              \
    ROW(PFH_ANCHOR_CLOSES, 7, "closes")                                                            \
    ROW(PFH_ANCHOR_SINCE, 8, "since")                                                              \
    ROW(PFH_ANCHOR_FROM, 9, "from")                                                                \
    ROW(PFH_ANCHOR_DUE, 10, "due")

#define PFH_WAITING_TABLE(ROW)                                                                     \
    ROW(PFH_WAITING_TREATMENT_STARTED, 1, "treatment_started")                                     \
    ROW(PFH_WAITING_POINT_3, 2, "point:3")

#define PFH_NUMBER_TABLE(ROW)                                                                      \
    ROW(PFH_NUMBER_FNR, 1, "fnr") /* fødselsnummer */                                             \
    ROW(PFH_NUMBER_DNR, 2, "dnr") /* D-number: first digit + 4 */                                  \
    ROW(PFH_NUMBER_HNR, 3, "hnr") /* H-number: month + 40, local to its assigner */                \
    ROW(PFH_NUMBER_FHN, 4, "fhn") /* felles hjelpenummer: first digit 8 or 9, no date */           \
    ROW(PFH_NUMBER_DUF, 5, "duf") /* the form only: 12 digits */

/* Who a hand-over copy is for. */
#define PFH_AUDIENCE_TABLE(ROW)                                                                    \
    ROW(PFH_AUDIENCE_MUNICIPALITY, 1, "municipality")                                              \
    ROW(PFH_AUDIENCE_SPECIALIST, 2, "specialist")                                                  \
    ROW(PFH_AUDIENCE_GP, 3, "gp")                                                                  \
    ROW(PFH_AUDIENCE_PATIENT, 4, "patient")

/* What an assessment says of a topic, beside those before it. */
#define PFH_CHANGE_TABLE(ROW)                                                                      \
    ROW(PFH_CHANGE_NEW, 1, "new")                     /* to be followed up now, not before */      \
    ROW(PFH_CHANGE_GOES_ON, 2, "goes_on")             /* to be followed up, as before */           \
    ROW(PFH_CHANGE_RESOLVED, 3, "resolved")           /* was to be followed up, no need now */     \
    ROW(PFH_CHANGE_DECLINED, 4, "declined")           /* was to be followed up, not wanted now */  \
    ROW(PFH_CHANGE_NOT_DISCUSSED, 5, "not_discussed") /* what was known before stands */

/* What one copy of a pathway has that another has not. */
#define PFH_DIFFERENCE_TABLE(ROW)                                                                  \
    ROW(PFH_DIFFERENCE_ADDED, 1, "added")   /* theirs has it, mine has not */                      \
    ROW(PFH_DIFFERENCE_FULLER, 2, "fuller") /* theirs has more of it */                            \
    ROW(PFH_DIFFERENCE_CONFLICT, 3, "conflict")

/* Why two copies of a pathway contradict each other. */
#define PFH_CONFLICT_TABLE(ROW)                                                                    \
    ROW(PFH_CONFLICT_VALUE, 1, "value")         /* two values of one key beside the events */      \
    ROW(PFH_CONFLICT_CONTENT, 2, "content")     /* two contents of one event */                    \
    ROW(PFH_CONFLICT_WITHHELD, 3, "withheld")   /* what is left out does not fit what is there */  \
    ROW(PFH_CONFLICT_REFERENCE, 4, "reference") /* `of` names an event of another type */

#define PFH_SIDE_TABLE(ROW)                                                                        \
    ROW(PFH_SIDE_MINE, 1, "mine")                                                                  \
    ROW(PFH_SIDE_THEIRS, 2, "theirs")

/* The lists themselves: enumerator, value, word, table, type. */
#define PFH_VOCABULARY_TABLE(ROW)                                                                  \
    ROW(PFH_WORDS_LANGUAGE, 1, "language", PFH_LANGUAGE_TABLE, pfh_language)                       \
    ROW(PFH_WORDS_LEVEL, 2, "level", PFH_LEVEL_TABLE, pfh_level)                                   \
    ROW(PFH_WORDS_ROLE, 3, "role", PFH_ROLE_TABLE, pfh_role)                                       \
    ROW(PFH_WORDS_EVENT, 4, "event", PFH_EVENT_TABLE, pfh_event_type)                              \
    ROW(PFH_WORDS_CHANNEL, 5, "channel", PFH_CHANNEL_TABLE, pfh_channel)                           \
    ROW(PFH_WORDS_REASON, 6, "reason", PFH_REASON_TABLE, pfh_cause)                                \
    ROW(PFH_WORDS_RECIPIENT, 7, "recipient", PFH_RECIPIENT_TABLE, pfh_recipient)                   \
    ROW(PFH_WORDS_MESSAGE, 8, "message", PFH_MESSAGE_TABLE, pfh_message_kind)                      \
    ROW(PFH_WORDS_RECEIPT, 9, "receipt", PFH_RECEIPT_TABLE, pfh_receipt_status)                    \
    ROW(PFH_WORDS_NEED, 10, "need", PFH_NEED_TABLE, pfh_need)                                      \
    ROW(PFH_WORDS_DIAGNOSIS, 11, "diagnosis", PFH_DIAGNOSIS_TABLE, pfh_diagnosis_kind)             \
    ROW(PFH_WORDS_INTENT, 12, "intent", PFH_INTENT_TABLE, pfh_intent)                              \
    ROW(PFH_WORDS_SHIFT, 13, "shift", PFH_SHIFT_TABLE, pfh_shift)                                  \
    ROW(PFH_WORDS_PLAN_STATUS, 14, "status", PFH_PLAN_STATUS_TABLE, pfh_plan_state)                \
    ROW(PFH_WORDS_STATE, 15, "state", PFH_STATE_TABLE, pfh_state)                                  \
    ROW(PFH_WORDS_TIMING, 16, "timing", PFH_TIMING_TABLE, pfh_timing)                              \
    ROW(PFH_WORDS_TASK, 17, "task", PFH_TASK_TABLE, pfh_task_kind)                                 \
    ROW(PFH_WORDS_TASK_STATE, 18, "task_state", PFH_TASK_STATE_TABLE, pfh_task_state)              \
    ROW(PFH_WORDS_BLOCK, 19, "blocked", PFH_BLOCK_TABLE, pfh_blocked)                              \
    ROW(PFH_WORDS_FINDING, 20, "finding", PFH_FINDING_TABLE, pfh_finding_kind)                     \
    ROW(PFH_WORDS_SEVERITY, 21, "severity", PFH_SEVERITY_TABLE, pfh_severity)                      \
    ROW(PFH_WORDS_DATED, 22, "dated", PFH_DATED_TABLE, pfh_dated)                                  \
    ROW(PFH_WORDS_ANCHOR, 23, "anchor", PFH_ANCHOR_TABLE, pfh_anchor)                              \
    ROW(PFH_WORDS_WAITING, 24, "waiting_for", PFH_WAITING_TABLE, pfh_waiting)                      \
    ROW(PFH_WORDS_NUMBER, 25, "identifier", PFH_NUMBER_TABLE, pfh_number_kind) /* number.h */      \
    ROW(PFH_WORDS_AUDIENCE, 26, "audience", PFH_AUDIENCE_TABLE, pfh_audience)                      \
    ROW(PFH_WORDS_CHANGE, 27, "change", PFH_CHANGE_TABLE, pfh_need_change)                         \
    ROW(PFH_WORDS_DIFFERENCE, 28, "difference", PFH_DIFFERENCE_TABLE, pfh_difference_kind)         \
    ROW(PFH_WORDS_CONFLICT, 29, "conflict", PFH_CONFLICT_TABLE, pfh_conflict)                      \
    ROW(PFH_WORDS_SIDE, 30, "side", PFH_SIDE_TABLE, pfh_side)

#define PFH_ROW(name, value, word) name = value,
#define PFH_WORDS_ENUM(type, table)                                                                \
    typedef enum type { table(PFH_ROW) type##_force_int32 = INT32_MAX } type;

PFH_WORDS_ENUM(pfh_language, PFH_LANGUAGE_TABLE)
PFH_WORDS_ENUM(pfh_level, PFH_LEVEL_TABLE)
PFH_WORDS_ENUM(pfh_role, PFH_ROLE_TABLE)
PFH_WORDS_ENUM(pfh_event_type, PFH_EVENT_TABLE)
PFH_WORDS_ENUM(pfh_channel, PFH_CHANNEL_TABLE)
PFH_WORDS_ENUM(pfh_cause, PFH_REASON_TABLE)
PFH_WORDS_ENUM(pfh_recipient, PFH_RECIPIENT_TABLE)
PFH_WORDS_ENUM(pfh_message_kind, PFH_MESSAGE_TABLE)
PFH_WORDS_ENUM(pfh_receipt_status, PFH_RECEIPT_TABLE)
PFH_WORDS_ENUM(pfh_need, PFH_NEED_TABLE)
PFH_WORDS_ENUM(pfh_diagnosis_kind, PFH_DIAGNOSIS_TABLE)
PFH_WORDS_ENUM(pfh_intent, PFH_INTENT_TABLE)
PFH_WORDS_ENUM(pfh_shift, PFH_SHIFT_TABLE)
PFH_WORDS_ENUM(pfh_plan_state, PFH_PLAN_STATUS_TABLE)
PFH_WORDS_ENUM(pfh_state, PFH_STATE_TABLE)
PFH_WORDS_ENUM(pfh_timing, PFH_TIMING_TABLE)
PFH_WORDS_ENUM(pfh_task_kind, PFH_TASK_TABLE)
PFH_WORDS_ENUM(pfh_task_state, PFH_TASK_STATE_TABLE)
PFH_WORDS_ENUM(pfh_blocked, PFH_BLOCK_TABLE)
PFH_WORDS_ENUM(pfh_finding_kind, PFH_FINDING_TABLE)
PFH_WORDS_ENUM(pfh_severity, PFH_SEVERITY_TABLE)
PFH_WORDS_ENUM(pfh_dated, PFH_DATED_TABLE)
PFH_WORDS_ENUM(pfh_anchor, PFH_ANCHOR_TABLE)
PFH_WORDS_ENUM(pfh_waiting, PFH_WAITING_TABLE)
PFH_WORDS_ENUM(pfh_audience, PFH_AUDIENCE_TABLE)
PFH_WORDS_ENUM(pfh_need_change, PFH_CHANGE_TABLE)
PFH_WORDS_ENUM(pfh_difference_kind, PFH_DIFFERENCE_TABLE)
PFH_WORDS_ENUM(pfh_conflict, PFH_CONFLICT_TABLE)
PFH_WORDS_ENUM(pfh_side, PFH_SIDE_TABLE)
#undef PFH_WORDS_ENUM
#undef PFH_ROW

/** One of the lists above.  @since 0.1.0 */
typedef enum pfh_vocabulary {
#define PFH_ROW(name, value, word, table, type) name = value,
    PFH_VOCABULARY_TABLE(PFH_ROW)
#undef PFH_ROW
        PFH_VOCABULARY_FORCE_INT32 = INT32_MAX
} pfh_vocabulary;

/** The word of a value ("in_person"); NULL for 0 and for what is not in the list.  @since 0.1.0 */
PFH_API const char *pfh_word(pfh_vocabulary vocabulary, int32_t value);

/** The value of a word; 0 for NULL and for a word that is not in the list.  @since 0.1.0 */
PFH_API int32_t pfh_word_find(pfh_vocabulary vocabulary, const char *word);

/** How many words a list has; its values are 1 to that number.  @since 0.1.0 */
PFH_API int32_t pfh_word_count(pfh_vocabulary vocabulary);

/** The name of a list ("channel"); NULL for what is not one.  @since 0.1.0 */
PFH_API const char *pfh_vocabulary_name(pfh_vocabulary vocabulary);

/** How many lists there are; their values are 1 to that number.  @since 0.1.0 */
PFH_API int32_t pfh_vocabulary_count(void);

PFH_END_DECLS

#endif
