/*
 * pfh/ical.h -- plans as iCalendar: reminders in people's calendars, kept up to date and read back.
 *
 * A feed is a calendar that programs subscribe to (RFC 5545, 7986 and 9074; METHOD:PUBLISH as in
 * RFC 5546, but for `form` `both`): each task is an entry on its due date, each appointment one at
 * its hour in Europe/Oslo.  An entry keeps its UID as long as its task lives:
 * `<pathway>+<task>@<domain>`. Everything is CLASS:CONFIDENTIAL, and nothing that stands in a
 * document can add a line to a calendar.
 *
 *     pfh_ical_options_new(&options, &err);
 *     pfh_ical_options_set(options, "unit", "skien-kreftkoordinator", &err);
 *     pfh_ical_options_set(options, "domain", "epj.skien.example", &err);
 *     pfh_ical_options_policy(options, policy, &err);
 *     pfh_ical_update(&text, previous, previous_size, plans, count, options, &err);
 *
 * Alarms, sizes of windows and colours are this library's choice, not national policy.
 */
#ifndef PFH_ICAL_H
#define PFH_ICAL_H

#include <pfh/plan.h>

PFH_BEGIN_DECLS

/* ---- Options ------------------------------------------------------------------------------ */

/** What a calendar shows, and how.  Wherever it is taken, NULL stands for one with all the
 *  defaults.  It collects: for one thread at a time while it is set.  @since 0.1.0 */
typedef struct pfh_ical_options pfh_ical_options;

/** Makes options with all the defaults.
 *  @param[out] out yours, for pfh_ical_options_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_ical_options_new(pfh_ical_options **out, pfh_error *err);

/** Sets an option.
 *
 *  | key                  | value                                            | default     |
 *  |----------------------|--------------------------------------------------|-------------|
 *  | level unit role kind | which tasks, as in a worklist (`pfh_worklist_filter()`) | all   |
 *  | state from to        | the same                                         | all         |
 *  | horizon_days         | tasks due so many days after the plan's day      | no limit    |
 *  | language             | nb, nn or en                                     | nb (1)      |
 *  | form                 | `event`, `todo` or `both`                        | event       |
 *  | span                 | `due`, or `from_due`: all days to it             | due         |
 *  | alarm                | a duration before an entry begins, or `none`     | PT15H       |
 *  | name                 | the calendar's name                              | by language |
 *  | refresh              | a duration: how often programs should look       | PT12H       |
 *  | stamp                | a timestamp: when the calendar is written        | (2)         |
 *  | domain               | a host name, behind the @ of every UID           | pfh.invalid |
 *  | tell                 | of the patient: `reference`, `initials`, `name`  | reference   |
 *  | audience             | `staff` or `patient`                             | staff       |
 *  | keep_days            | days that a cancelled entry stays                | 30          |
 *  | organizer            | the unit that publishes or invites               | the entry's |
 *  | attendee             | a unit that is invited; repeatable               | the point's |
 *
 *  (1) For a patient the patient's own. (2) The first second (UTC) of the plan's day; give the
 *  time that it is where a calendar is written more than once a day.
 *
 *  Durations are RFC 5545's, in whole minutes, at most 366 days: "PT15H", "P1D", "P2W".  A feed of
 *  `audience` `patient` holds appointments and the points' windows in plain words, and nothing of
 *  tasks, so that which tasks, `form` and `tell` say nothing there.  `organizer` and `attendee`
 * name units that have an e-mail address in the policy of pfh_ical_options_policy(); patients have
 * none here.
 *
 *  @param value NULL takes the default back; with level, unit and role: tasks without one
 *  @return PFH_OK, PFH_E_KEY (no such option), PFH_E_VALUE, PFH_E_DATE, PFH_E_ARG or PFH_E_NOMEM;
 *          the options are as they were on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_ical_options_set(pfh_ical_options *options, const char *key,
                                                       const char *value, pfh_error *err);

/** Takes the contact details of the units (`units` of a policy): they become URL, CONTACT,
 *  ORGANIZER and ATTENDEE, which come from nowhere else.  They are copied; the last call counts.
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM, or PFH_E_VALUE with a pointer ("/units/3/email") to an
 *          e-mail address or a URL (http or https) that cannot stand in a calendar
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_ical_options_policy(pfh_ical_options *options,
                                                          const pfh_policy *policy, pfh_error *err);

/** Frees options; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_ical_options_free(pfh_ical_options *options);

/* ---- Writing and updating ----------------------------------------------------------------- */

/** Writes the calendar of one plan: the same inputs give the same bytes.
 *  @param[out] out     yours, for pfh_string_free(); untouched on failure
 *  @param      options NULL takes the defaults
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM or PFH_E_VALUE (the option `organizer` names no unit with
 * an e-mail address)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_plan_to_ical(char **out, const pfh_plan *plan,
                                                   const pfh_ical_options *options, pfh_error *err);

/** Writes one calendar of many plans.
 *  @return as pfh_plan_to_ical(), PFH_E_DUPLICATE (two plans of one pathway; `where` is
 *          "plans/17", counted from 0)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_plans_to_ical(char **out, const pfh_plan *const *plans,
                                                    size_t count, const pfh_ical_options *options,
                                                    pfh_error *err);

/** Brings a calendar up to date with plans, which are all that it is about.
 *
 *  An entry that a reader would see unchanged stays byte for byte; one that changed gets SEQUENCE +
 *  1 and the new stamp, also when only its state changed (waiting, active, late); one that is no
 *  longer in the plans becomes STATUS:CANCELLED, and is left
 *  out `keep_days` later.  What is not of this library and `domain` stays as it was.
 *
 *  @param previous what was written before, or what a server made of it; not necessarily with a NUL
 *  @param size     at most 64 MiB; 0 writes a new calendar
 *  @return as pfh_plans_to_ical(), PFH_E_SYNTAX (the previous text is no calendar in UTF-8, is
 *          nested deeper than 32 or too long; `err->offset` says where), PFH_E_ARG also where there
 *          is no plan, no `stamp` and something to cancel
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_ical_update(char **out, const char *previous, size_t size,
                                                  const pfh_plan *const *plans, size_t count,
                                                  const pfh_ical_options *options, pfh_error *err);

/** Writes the appointment at a point as a message to be mailed: METHOD:REQUEST when there is one to
 *  come, METHOD:CANCEL when there is none any more.  ORGANIZER and ATTENDEE are units with an
 *  e-mail address in the policy of pfh_ical_options_policy(); without options the point's unit
 *  invites itself.  The text is that for units, also with `audience` `patient`; mailing it, and to
 *  whom else, is yours to do.
 *
 *  @param[out] out      yours, for pfh_string_free(); untouched on failure; NULL when nothing is to
 *                       be mailed: nothing changed, nothing was sent before, or it was carried out
 *  @param      previous what this call wrote last for the point, or NULL
 *  @return as pfh_ical_update(), PFH_E_VALUE (a unit has no e-mail address; `where` is "organizer"
 *          or "attendee")
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_plan_to_invitation(char **out, const pfh_plan *plan,
                                                         int32_t point, const char *previous,
                                                         size_t size,
                                                         const pfh_ical_options *options,
                                                         pfh_error *err);

/** A calendar that plans are added to, one at a time: for so many that they are not all to be in
 *  memory.  For one thread at a time.  @since 0.1.0 */
typedef struct pfh_feed pfh_feed;

/** Begins a feed.
 *  @param[out] out      yours, for pfh_feed_free(); untouched on failure
 *  @param      previous as in pfh_ical_update(), copied; NULL writes a new calendar
 *  @param      options  copied; NULL takes the defaults
 *  @return as pfh_ical_update()
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_feed_new(pfh_feed **out, const char *previous, size_t size,
                                               const pfh_ical_options *options, pfh_error *err);

/** Adds what a plan has to tell.  Nothing of the plan is kept.
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM or PFH_E_DUPLICATE (a plan of that pathway was added);
 * the feed is as it was on failure
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_feed_add(pfh_feed *feed, const pfh_plan *plan,
                                               pfh_error *err);

/** How many entries there are now, without cancelled ones.  @since 0.1.0 */
PFH_API size_t pfh_feed_count(const pfh_feed *feed);

/** Writes the calendar; more can be added afterwards.
 *  @param[out] out yours, for pfh_string_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_feed_to_ical(char **out, const pfh_feed *feed,
                                                   pfh_error *err);

/** Frees a feed; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_feed_free(pfh_feed *feed);

/* ---- Reading back ------------------------------------------------------------------------- */

/** What people did in a calendar, as proposed events.  @since 0.1.0 */
typedef struct pfh_proposals pfh_proposals;

/** A proposed event.  Nothing is applied by itself: who agrees gives the event an `id` and the time
 *  at which it is `recorded` with pfh_record_set_text(), and appends it.  @since 0.1.0 */
typedef struct pfh_proposal {
    const char *pathway;
    const char *task; /**< the id of the task in the plan */
    int32_t point;    /**< 0: none */
    pfh_task_kind kind;
    pfh_record *event; /**< all but `id` and `recorded`, borrowed; NULL where more must be known */
    const char *needs; /**< of the table at pfh_ical_read(); NULL with an event */
    const char *uid;   /**< of the entry */
    int32_t line;      /**< where the entry begins, from 1 */
} pfh_proposal;

/** Reads what people did in a calendar of plans: an appointment moved or given another length
 *  (`scheduled`) or cancelled (`cancelled`), a to-do completed (`offered`, `form_sent`, `coded`,
 *  `followed_up`, or what must be known first).  Entries of others, and what was taken out of the
 *  calendar, are left alone.
 *
 *  The `date` of an event is the day of LAST-MODIFIED or COMPLETED, or the plan's day where that is
 *  missing, later, or before the appointment was made.  Give each event its `recorded`: without it
 *  an event counts before the others of its day.
 *
 *  Read back first and update then: an update writes what the plan says over what people did.
 *
 *  | `needs`    | what a person must say first                                             |
 *  |------------|--------------------------------------------------------------------------|
 *  | answer     | what the patient said: `accepted`, `declined` or `deferred`              |
 *  | start      | when the appointment is                                                  |
 *  | assessment | what the assessment found: `performed`                                   |
 *  | outcome    | whether the appointment was kept: `performed` or `cancelled`             |
 *  | kind       | how the message was sent: `message`                                      |
 *  | status     | what became of the message: `receipt`, or another `message`              |
 *  | point      | which point of the pathway's own edition (planned under another one)     |
 *  | conflict   | plan and calendar were both changed since the calendar was written       |
 *
 *  @param[out] out     yours, for pfh_proposals_free(); untouched on failure
 *  @param      text    at most 4 MiB of UTF-8, nested at most 32 deep, without the control
 *                      characters that no document may hold
 *  @param      plans   of the pathways that are asked about, as they are now
 *  @param      options for `domain`
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM, PFH_E_DUPLICATE or PFH_E_SYNTAX
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_ical_read(pfh_proposals **out, const char *text, size_t size,
                                                const pfh_plan *const *plans, size_t count,
                                                const pfh_ical_options *options, pfh_error *err);

/** How many proposals there are.  @since 0.1.0 */
PFH_API size_t pfh_proposals_count(const pfh_proposals *proposals);

/** The proposal in place @p index, in the order of the calendar; NULL beyond the end.
 *  @since 0.1.0 */
PFH_API const pfh_proposal *pfh_proposals_row(const pfh_proposals *proposals, size_t index);

/** Frees proposals and their events; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_proposals_free(pfh_proposals *proposals);

/* ---- Lint --------------------------------------------------------------------------------- */

/** What is wrong with the bytes of a calendar.  @since 0.1.0 */
typedef struct pfh_defects pfh_defects;

/** A defect.  @since 0.1.0 */
typedef struct pfh_defect {
    int32_t line;        /**< of the text, from 1 */
    int32_t column;      /**< in bytes, from 1 */
    const char *rule;    /**< "line-end": see pfh_lint_rule() */
    const char *section; /**< "RFC 5545, 3.1" */
    const char *text;    /**< one English sentence without a full stop */
    const char *subject; /**< the property or component, in upper case; or NULL */
} pfh_defect;

/** Looks for what is wrong with a calendar, byte by byte.  Any text has an answer; one of other
 *  bytes has many.
 *  @param[out] out  yours, for pfh_defects_free(); untouched on failure
 *  @param      size at most 64 MiB
 *  @return PFH_OK, also when there are defects; PFH_E_ARG, PFH_E_NOMEM or PFH_E_SYNTAX (too long)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_ical_lint(pfh_defects **out, const char *text, size_t size,
                                                pfh_error *err);

/** How many defects there are: at most 10,000, those that stand first.  @since 0.1.0 */
PFH_API size_t pfh_defects_count(const pfh_defects *defects);

/** The defect in place @p index, by line and column; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_defect *pfh_defects_row(const pfh_defects *defects, size_t index);

/** Frees defects; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_defects_free(pfh_defects *defects);

/** How many rules there are.  @since 0.1.0 */
PFH_API size_t pfh_lint_rule_count(void);

/** The rule in place @p index, as a defect without a place; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_defect *pfh_lint_rule(size_t index);

PFH_END_DECLS

#endif
