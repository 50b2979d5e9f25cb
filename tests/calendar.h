/*
 * calendar.h -- what the suites of calendars need: options from words, calendars that were looked
 * through, and their lines.
 *
 * Everything ends the running test when it cannot be done.  Texts that are returned as char *
 * belong to the caller, for free().
 */
#ifndef PFH_TESTS_CALENDAR_H
#define PFH_TESTS_CALENDAR_H

#include "support.h"

/* Options from "form=todo|alarm=none|unit" (without `=`: NULL); policy: the document, or NULL. */
pfh_ical_options *options_of(const char *settings, const char *policy);

/* Ends the test with its first defect unless a calendar is sound: by the lint, and by a look of its
 * own at the bytes. */
void expect_sound(const char *text);

/* The calendar of a plan, which was found to be sound. */
char *calendar_of(const pfh_plan *plan, const char *settings);
char *calendar_by(const pfh_plan *plan, const pfh_ical_options *options);

/* The same without its folds and with LF for CR LF. */
char *unfold(const char *text);
char *unfolded_of(const pfh_plan *plan, const char *settings);

/* The component with a UID, without its alarm, out of an unfolded text; NULL: none. */
char *component_of(const char *unfolded, const char *uid);
/* The alarm of the component with a UID; NULL: none. */
char *alarm_of(const char *unfolded, const char *uid);

/* How many lines begin so. */
size_t count_lines(const char *unfolded, const char *beginning);
/* The first line that begins so; NULL: none. */
char *line_of(const char *unfolded, const char *beginning);
bool has_line(const char *unfolded, const char *line);

/* Each line of `lines`, which are separated by LF, stands in the component of `uid`. */
void expect_lines(const char *unfolded, const char *uid, const char *lines);

#endif
