/*
 * format/ical_time.h -- civil time in Norway, for calendars: two changes of the clock a year.
 *
 * The rule that has held since 1996 (EU, last Sundays of March and October at 01:00 UTC) and
 * nothing older: no pathway is.  So no zone has to be loaded from anywhere.
 */
#ifndef PFH_FORMAT_ICAL_TIME_H
#define PFH_FORMAT_ICAL_TIME_H

#include "format/scan.h"

#define PFH_OSLO "Europe/Oslo"
#define PFH_OSLO_FIRST_YEAR 1996
#define PFH_OSLO_CHANGE_UTC 60 /* the minute of the day, in UTC, at which the clock is changed */

/* A change of the clock, on the last Sunday of a month. */
typedef struct pfh_clock_change {
    const char *name; /* of the time that begins */
    int32_t month;
    int32_t from, to; /* minutes east of Greenwich, before and after */
} pfh_clock_change;

/* Spring, autumn. */
extern const pfh_clock_change pfh__oslo_changes[2];

/* A DATE or DATE-TIME of RFC 5545. */
typedef struct pfh_ical_moment {
    pfh_date date;
    int32_t second; /* of the day; PFH_NONE: a DATE */
    bool is_utc;
} pfh_ical_moment;

/* "20260504", "20260504T100000" or "20260504T100000Z"; a second 60 is the one before. */
bool pfh__ical_moment_read(pfh_ical_moment *out, pfh_span value);
/* The last Sunday of a month. */
pfh_date pfh__last_sunday(int32_t year, int32_t month);
/* Minutes since 1970-01-01T00:00Z of a local time.  One that the clock skips is read by the time
 * before the change, one that it shows twice as the first (RFC 5545, 3.3.5). */
int64_t pfh__oslo_to_utc(pfh_date date, int32_t minute);
void pfh__oslo_from_utc(pfh_date *date, int32_t *minute, int64_t utc);

#endif
