/*
 * calendar.h -- what `ical` and `ical-read` share: settings, calendars as input, each pathway once.
 */
#ifndef PFH_CLI_CALENDAR_H
#define PFH_CLI_CALENDAR_H

#include "run.h"

/* pfh_ical_options_set() for options_apply(). */
pfh_status calendar_set(void *target, const char *key, const char *value, pfh_error *err);

/* Reads a calendar; says why when it cannot be.  `text` is the caller's, for free().  Answers an
 * exit status. */
int calendar_input(const char *file, size_t most, char **text, size_t *size);

/* Makes what knows the pathways that were read, for pfh_feed_free(). */
pfh_status pathways_new(pfh_feed **out);

/* PFH_E_DUPLICATE, with the place in the document, when a plan of that pathway was added. */
pfh_status pathways_add(pfh_feed *pathways, const pfh_plan *plan, pfh_error *err);

#endif
