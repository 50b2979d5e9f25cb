/*
 * base/date.c -- civil dates, months, Easter, working days, timestamps.
 *
 * A date is a day number; nothing here knows what day it is, and nothing allocates, prints or loops
 * over years.  A conversion costs a handful of multiplications; Easter is computed only for days on
 * which a holiday can depend on it; adding working days takes one step for each day that passes.
 * What is not within 20 years of the range of documents is no date: every public function says so
 * (PFH_NONE, 0) for any argument.
 *
 * Sources.  Day number to date: C. Neri and L. Schneider, "Euclidean affine functions and their
 * application to calendar algorithms", Software: Practice and Experience 53 (2023).  Easter: the
 * "anonymous Gregorian" method of J. Meeus, Astronomical Algorithms (1991), chapter 8.  Holidays:
 * pfh/date.h.
 */
#include "base/base.h"

enum {
    EPOCH = 719468,     /* days from 0000-03-01, which was a Wednesday, to 1970-01-01 */
    CENTURIES = 146097, /* days in four centuries, four times those of a century on average */
    YEARS = 1461,       /* the same for years */
    MIN_YEAR = 1850,
    MAX_YEAR = 2299,
    MARGIN = 20, /* years by which computed dates may lie outside */
    DAY_SECONDS = 24 * 60 * 60,
    DAY_MINUTES = 24 * 60,
};

/* Days of a year that begins on 1 March, so that the leap day is its last; from 0. */
enum {
    MARCH_22 = 21, /* the first possible Easter Sunday */
    MAY_1 = 61,
    MAY_17 = 77,
    DECEMBER_25 = 299,
    DECEMBER_26 = 300,
    JANUARY_1 = 306,
    FIRST_MOVING = MARCH_22 - 3,      /* Maundy Thursday */
    LAST_MOVING = MARCH_22 + 34 + 50, /* Whit Monday */
};

/* A date within a year that begins on 1 March. */
typedef struct {
    int32_t year; /* in which that March lies */
    int32_t day;  /* from 0 */
} march_date;

typedef struct {
    int32_t year, month, day;
} civil_date;

static bool computed(int64_t date)
{
    return date >= PFH_DATE_COMPUTED_MIN && date <= PFH_DATE_COMPUTED_MAX;
}

static march_date to_march(pfh_date date)
{
    const uint32_t quarters = 4 * (uint32_t)(date + EPOCH) + 3;
    const uint32_t rest = quarters % CENTURIES | 3;
    return (march_date){.year = (int32_t)(100 * (quarters / CENTURIES) + rest / YEARS),
                        .day = (int32_t)(rest % YEARS / 4)};
}

static pfh_date from_march(march_date date)
{
    const int32_t year = date.year;
    return 365 * year + year / 4 - year / 100 + year / 400 + date.day - EPOCH;
}

static civil_date to_civil(pfh_date date)
{
    const march_date march = to_march(date);
    const int32_t month = (5 * march.day + 2) / 153; /* 0 is March: five months have 153 days */
    const int32_t next_year = month >= 10;
    return (civil_date){.year = march.year + next_year,
                        .month = month + 3 - 12 * next_year,
                        .day = march.day - (153 * month + 2) / 5 + 1};
}

static pfh_date from_civil(civil_date date)
{
    const int32_t last_year = date.month < 3;
    const int32_t month = date.month - 3 + 12 * last_year;
    return from_march(
        (march_date){.year = date.year - last_year, .day = (153 * month + 2) / 5 + date.day - 1});
}

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t month_days(int32_t year, int32_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool exists(civil_date date)
{
    return date.year >= MIN_YEAR && date.year <= MAX_YEAR && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= month_days(date.year, date.month);
}

int32_t pfh_none(void)
{
    return PFH_NONE;
}

pfh_date pfh_date_min(void)
{
    return PFH_DATE_MIN;
}

pfh_date pfh_date_max(void)
{
    return PFH_DATE_MAX;
}

/* ---- Text --------------------------------------------------------------------------------- */

int32_t pfh__digits(const char *text, size_t count)
{
    int32_t number = 0;

    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

static char *put_digits(char *text, int32_t number, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return text + count;
}

bool pfh__date_read(pfh_date *out, const char *text)
{
    civil_date date;

    if ((date.year = pfh__digits(text, 4)) < 0 || text[4] != '-' ||
        (date.month = pfh__digits(text + 5, 2)) < 0 || text[7] != '-' ||
        (date.day = pfh__digits(text + 8, 2)) < 0 || !exists(date))
        return false;
    *out = from_civil(date);
    return true;
}

void pfh__date_put(char *text, pfh_date date)
{
    const civil_date civil = to_civil(date);

    text = put_digits(text, civil.year, 4);
    *text++ = '-';
    text = put_digits(text, civil.month, 2);
    *text++ = '-';
    put_digits(text, civil.day, 2);
}

pfh_status pfh_date_parse(pfh_date *out, const char *text, pfh_error *err)
{
    if (out == NULL)
        return pfh__null(err, "out");
    if (text == NULL)
        return pfh__null(err, "text");
    if (strlen(text) != 10 || !pfh__date_read(out, text))
        return pfh__fail(err, PFH_E_DATE, "text",
                         "a date is YYYY-MM-DD, exists, and lies in 1850-01-01 to 2299-12-31");
    return PFH_OK;
}

pfh_status pfh_date_write(char *text, size_t size, pfh_date date, pfh_error *err)
{
    if (text == NULL)
        return pfh__null(err, "text");
    if (size < sizeof "YYYY-MM-DD")
        return pfh__fail(err, PFH_E_ARG, "size", "a date needs 11 bytes");
    if (!computed(date))
        return pfh__fail(err, PFH_E_DATE, "date", "the date is none or far out of range");
    pfh__date_put(text, date);
    text[10] = '\0';
    return PFH_OK;
}

/* ---- Year, month, day --------------------------------------------------------------------- */

pfh_status pfh_date_from_ymd(pfh_date *out, int32_t year, int32_t month, int32_t day,
                             pfh_error *err)
{
    const civil_date date = {year, month, day};

    if (out == NULL)
        return pfh__null(err, "out");
    if (!exists(date))
        return pfh__fail(err, PFH_E_DATE, "day", "there is no such day from 1850 to 2299");
    *out = from_civil(date);
    return PFH_OK;
}

void pfh_date_to_ymd(pfh_date date, int32_t *year, int32_t *month, int32_t *day)
{
    const civil_date civil = computed(date) ? to_civil(date) : (civil_date){0, 0, 0};

    if (year != NULL)
        *year = civil.year;
    if (month != NULL)
        *month = civil.month;
    if (day != NULL)
        *day = civil.day;
}

int32_t pfh_date_weekday(pfh_date date)
{
    return computed(date) ? (date + EPOCH + 2) % 7 + 1 : 0;
}

pfh_date pfh_date_add_months(pfh_date date, int32_t months)
{
    civil_date civil;
    int64_t month; /* from January of year 0 */

    if (!computed(date))
        return PFH_NONE;
    civil = to_civil(date);
    month = (int64_t)civil.year * 12 + civil.month - 1 + months;
    if (month < (MIN_YEAR - MARGIN) * 12 || month >= (MAX_YEAR + MARGIN + 1) * 12)
        return PFH_NONE;
    civil.year = (int32_t)(month / 12);
    civil.month = (int32_t)(month % 12) + 1;
    if (civil.day > 28 && civil.day > month_days(civil.year, civil.month))
        civil.day = month_days(civil.year, civil.month);
    return from_civil(civil);
}

/* ---- Working days ------------------------------------------------------------------------- */

/* Easter Sunday as a day of the year that begins on 1 March. */
static int32_t easter_day(int32_t year)
{
    const int32_t century = year / 100, lunar = year % 19;
    const int32_t moon_shift = (century - (century + 8) / 25 + 1) / 3;
    const int32_t epact = (19 * lunar + century - century / 4 - moon_shift + 15) % 30;
    const int32_t to_sunday =
        (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 100 % 4) % 7;
    const int32_t late = (lunar + 11 * epact + 22 * to_sunday) / 451;
    return MARCH_22 + epact + to_sunday - 7 * late;
}

pfh_date pfh_date_easter(int32_t year)
{
    if (year < MIN_YEAR - MARGIN || year > MAX_YEAR + MARGIN)
        return PFH_NONE;
    return from_march((march_date){.year = year, .day = easter_day(year)});
}

static bool is_fixed_holiday(int32_t day)
{
    return day == MAY_1 || day == MAY_17 || day == DECEMBER_25 || day == DECEMBER_26 ||
           day == JANUARY_1;
}

/* Maundy Thursday, Good Friday, Easter, Ascension Day, Whitsun. */
static bool is_moving_holiday(int32_t after_easter)
{
    return after_easter == -3 || after_easter == -2 || after_easter == 0 || after_easter == 1 ||
           after_easter == 39 || after_easter == 49 || after_easter == 50;
}

int32_t pfh_date_is_holiday(pfh_date date)
{
    march_date march;

    if (!computed(date))
        return 0;
    march = to_march(date);
    if (is_fixed_holiday(march.day))
        return 1;
    return march.day >= FIRST_MOVING && march.day <= LAST_MOVING &&
           is_moving_holiday(march.day - easter_day(march.year));
}

int32_t pfh_date_is_working_day(pfh_date date)
{
    return computed(date) && pfh_date_weekday(date) <= 5 && !pfh_date_is_holiday(date);
}

pfh_date pfh__date_working_on_or_after(pfh_date date)
{
    for (; computed(date); date++)
        if (pfh_date_is_working_day(date))
            return date;
    return PFH_NONE;
}

pfh_date pfh__date_working_on_or_before(pfh_date date)
{
    for (; computed(date); date--)
        if (pfh_date_is_working_day(date))
            return date;
    return PFH_NONE;
}

pfh_date pfh_date_add_working_days(pfh_date date, int32_t count)
{
    if (!computed(date))
        return PFH_NONE;
    for (; count > 0 && date != PFH_NONE; count--)
        date = pfh__date_working_on_or_after(date + 1);
    return date;
}

/* ---- Times -------------------------------------------------------------------------------- */

/* `hh:mm`, 00:00 to 23:59, in minutes. */
static bool clock_read(int32_t *minutes, const char *text)
{
    const int32_t hour = pfh__digits(text, 2);
    int32_t minute;

    if (hour < 0 || hour > 23 || text[2] != ':' || (minute = pfh__digits(text + 3, 2)) < 0 ||
        minute > 59)
        return false;
    *minutes = hour * 60 + minute;
    return true;
}

/* `Z`, `+hh:mm` or `-hh:mm`, and nothing after it, in minutes to take away. */
static bool offset_read(int32_t *minutes, const char *text, size_t size)
{
    *minutes = 0;
    if (size == 1)
        return text[0] == 'Z';
    if (size != 6 || (text[0] != '+' && text[0] != '-') || !clock_read(minutes, text + 1))
        return false;
    if (text[0] == '-')
        *minutes = -*minutes;
    return true;
}

/* The decimals after a seconds' point, as nanoseconds; how many there are, 0 where not 1 to 9. */
static size_t nanos_read(int32_t *nanos, const char *text, size_t size)
{
    size_t count = 0;

    while (count < size && text[count] >= '0' && text[count] <= '9')
        count++;
    if (count < 1 || count > 9)
        return 0;
    *nanos = pfh__digits(text, count);
    for (size_t i = count; i < 9; i++)
        *nanos *= 10;
    return count;
}

static void put_utc(char *utc, pfh_date date, int32_t second, int32_t nanos)
{
    pfh__date_put(utc, date);
    utc += 10;
    *utc++ = 'T';
    utc = put_digits(utc, second / 3600, 2);
    *utc++ = ':';
    utc = put_digits(utc, second / 60 % 60, 2);
    *utc++ = ':';
    utc = put_digits(utc, second % 60, 2);
    if (nanos != 0) {
        *utc++ = '.';
        utc = put_digits(utc, nanos, 9);
        while (utc[-1] == '0')
            utc--;
    }
    *utc++ = 'Z';
    *utc = '\0';
}

/* The civil part in seconds, the decimals and the offset, as they are written. */
static bool timestamp_parts(int64_t *seconds, int32_t *nanos, int32_t *offset, const char *text,
                            size_t size)
{
    pfh_date date;
    int32_t minute, second;
    size_t end = sizeof "YYYY-MM-DDThh:mm:ss" - 1, decimals;

    if (size <= end || !pfh__date_read(&date, text) || text[10] != 'T' ||
        !clock_read(&minute, text + 11) || text[16] != ':' ||
        (second = pfh__digits(text + 17, 2)) < 0 || second > 59)
        return false;
    *nanos = 0;
    if (text[end] == '.') {
        decimals = nanos_read(nanos, text + end + 1, size - end - 1);
        if (decimals == 0)
            return false;
        end += 1 + decimals;
    }
    *seconds = (int64_t)date * DAY_SECONDS + minute * 60 + second;
    return offset_read(offset, text + end, size - end);
}

bool pfh__timestamp_read(pfh_timestamp *out, char utc[PFH_TIMESTAMP_ROOM], const char *text,
                         size_t size)
{
    const int64_t first = (int64_t)PFH_DATE_MIN * DAY_SECONDS;
    const int64_t end = ((int64_t)PFH_DATE_MAX + 1) * DAY_SECONDS;
    int64_t seconds;
    int32_t nanos, offset;

    if (!timestamp_parts(&seconds, &nanos, &offset, text, size))
        return false;
    seconds -= offset * 60;
    if (seconds < first || seconds >= end)
        return false;
    put_utc(utc, PFH_DATE_MIN + (pfh_date)((seconds - first) / DAY_SECONDS),
            (int32_t)((seconds - first) % DAY_SECONDS), nanos);
    *out = (pfh_timestamp){.text = NULL, .seconds = seconds, .nanos = nanos};
    return true;
}

pfh_status pfh_timestamp_to_utc(char *utc, size_t size, const char *timestamp, pfh_error *err)
{
    char text[PFH_TIMESTAMP_ROOM];
    pfh_timestamp stamp;

    if (utc == NULL || timestamp == NULL)
        return pfh__null(err, utc == NULL ? "utc" : "timestamp");
    if (!pfh__timestamp_read(&stamp, text, timestamp, strlen(timestamp)))
        return pfh__fail(err, PFH_E_DATE, "timestamp",
                         "must be a time such as 2026-02-03T10:12:00Z");
    if (strlen(text) >= size)
        return pfh__fail(err, PFH_E_ARG, "size", "the time needs room for 31 bytes at most");
    memcpy(utc, text, strlen(text) + 1);
    return PFH_OK;
}

int pfh__timestamp_compare(const pfh_timestamp *a, const pfh_timestamp *b)
{
    if (a->seconds != b->seconds)
        return a->seconds < b->seconds ? -1 : 1;
    return (a->nanos > b->nanos) - (a->nanos < b->nanos);
}

bool pfh__start_read(pfh_date *date, int32_t *minute, const char *text, size_t size)
{
    const bool whole_day = size == 10;
    pfh_date day;
    int32_t time = PFH_NONE;

    if ((!whole_day && size != 16) || !pfh__date_read(&day, text))
        return false;
    if (!whole_day && (text[10] != 'T' || !clock_read(&time, text + 11)))
        return false;
    *date = day;
    *minute = time;
    return true;
}
