/*
 * format/lint_value.h -- dates, durations and numbers of iCalendar, by the letter of RFC 5545, 3.3.
 *
 * Nothing is converted: what is read is whether a value is one, and enough of it to compare two.
 */
#ifndef PFH_FORMAT_LINT_VALUE_H
#define PFH_FORMAT_LINT_VALUE_H

#include "format/scan.h"

/* Where a byte of a text stands. */
typedef struct pfh_text_place {
    int32_t line, column; /* from 1; line 0: nowhere */
} pfh_text_place;

typedef enum pfh_moment_form { NO_TIME, A_DATE, LOCAL, ZONED, IN_UTC } pfh_moment_form;

/* A date or date-time. */
typedef struct pfh_moment {
    pfh_moment_form form;
    int32_t date, time; /* their digits as numbers */
    pfh_span zone;      /* of ZONED */
    pfh_text_place at;  /* left to who reads it */
} pfh_moment;

typedef struct pfh_duration {
    bool valid, negative, zero;
    bool has_time; /* hours, minutes or seconds */
} pfh_duration;

/* `20260131`, `20260131T100000` or the same with a Z; NO_TIME for anything else, and for what does
 * not exist. */
pfh_moment pfh__moment_read(pfh_span span);
/* Whether two are of forms that can be compared, and the end is not later. */
bool pfh__moment_not_later(const pfh_moment *start, const pfh_moment *end);

pfh_duration pfh__duration_read(pfh_span span);
bool pfh__duration_is_positive(pfh_duration duration);

/* `+0100` or `+010000`, and not minus nothing. */
bool pfh__is_offset(pfh_span span);
/* An integer with or without a sign; min is at least -INT32_MAX and max at most INT32_MAX. */
bool pfh__is_integer_within(pfh_span span, int64_t min, int64_t max);

#endif
