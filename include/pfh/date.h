/*
 * pfh/date.h -- civil dates as day numbers, month arithmetic and Norwegian working days.
 *
 * A date is the number of days since 1970-01-01 in the proleptic Gregorian calendar.  There is no
 * time zone in it and no clock behind it: today is an argument that you give.
 */
#ifndef PFH_DATE_H
#define PFH_DATE_H

#include <pfh/status.h>

PFH_BEGIN_DECLS

/** A civil date: days since 1970-01-01.  @since 0.1.0 */
typedef int32_t pfh_date;

/** No date.  Also what an absent number is in a row.  @since 0.1.0 */
#define PFH_NONE INT32_MIN

/** PFH_NONE, for callers that cannot see C.  @since 0.1.0 */
PFH_API int32_t pfh_none(void);

/** The first date a document may hold, 1850-01-01.  @since 0.1.0 */
PFH_API pfh_date pfh_date_min(void);

/** The last date a document may hold, 2299-12-31.  @since 0.1.0 */
PFH_API pfh_date pfh_date_max(void);

/** Reads `YYYY-MM-DD`, exactly ten characters, 1850-01-01 to 2299-12-31.
 *  @param[out] out the date; untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_DATE
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_date_parse(pfh_date *out, const char *text, pfh_error *err);

/** Writes `YYYY-MM-DD` and a NUL into @p text, which has room for @p size bytes (11 are needed).
 *  @return PFH_OK, PFH_E_ARG (no room) or PFH_E_DATE (more than 20 years outside the range)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_date_write(char *text, size_t size, pfh_date date,
                                                 pfh_error *err);

/** The day number of a year, month (1-12) and day (1-31) of the range.
 *  @return PFH_OK, PFH_E_ARG or PFH_E_DATE (no such day)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_date_from_ymd(pfh_date *out, int32_t year, int32_t month,
                                                    int32_t day, pfh_error *err);

/** The year, month and day of a date; each of the pointers may be NULL.  All are 0 for a date more
 *  than 20 years outside the range.  @since 0.1.0 */
PFH_API void pfh_date_to_ymd(pfh_date date, int32_t *year, int32_t *month, int32_t *day);

/** The day of the week, 1 (Monday) to 7 (Sunday); 0 for a date more than 20 years outside the
 * range.
 *  @since 0.1.0 */
PFH_API int32_t pfh_date_weekday(pfh_date date);

/** Adds months: the same day of the month, or the month's last day where it does not exist
 *  (2026-11-30 + 3 = 2027-02-28).  This choice is ours; no guideline says it.  A date further than
 *  20 years outside the range comes back as PFH_NONE.  @since 0.1.0 */
PFH_API pfh_date pfh_date_add_months(pfh_date date, int32_t months);

/** Whether a date is a Norwegian public holiday: 1 January, Maundy Thursday, Good Friday, Easter
 *  Sunday and Monday, 1 and 17 May, Ascension Day, Whit Sunday and Monday, 25 and 26 December.
 *  @since 0.1.0 */
PFH_API int32_t pfh_date_is_holiday(pfh_date date);

/** Whether a date is a working day: Monday to Friday and not a public holiday.  The eves (24 and 31
 *  December) are working days.  @since 0.1.0 */
PFH_API int32_t pfh_date_is_working_day(pfh_date date);

/** The date @p count working days after @p date (each step goes to the next one); 0 is the date
 *  itself, also where it is no working day.  Negative counts are 0.  PFH_NONE beyond the range and
 *  20 years.  @since 0.1.0 */
PFH_API pfh_date pfh_date_add_working_days(pfh_date date, int32_t count);

/** Easter Sunday of a year, 1830 to 2319; PFH_NONE of another.  @since 0.1.0 */
PFH_API pfh_date pfh_date_easter(int32_t year);

/** Reads an RFC 3339 timestamp (`T` and `Z` in upper case, or an offset of at most 23:59; up to
 * nine decimals) and writes it as this library does: in UTC, without trailing zeros, with a NUL.
 *  @param[out] utc  room for @p size bytes, 31 are enough for any; untouched on failure
 *  @return PFH_OK, PFH_E_ARG (no room) or PFH_E_DATE
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_timestamp_to_utc(char *utc, size_t size,
                                                       const char *timestamp, pfh_error *err);

PFH_END_DECLS

#endif
