/*
 * Civil dates, months, Easter, holidays and working days.
 *
 * Every day is walked by a calendar of this file, which knows nothing but how long a month is; the
 * holidays are those of a public library (data/holidays-no.txt).
 */
#include <criterion/criterion.h>
#include <pfh/date.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
    FIRST_YEAR = 1830, /* of computed dates */
    LAST_YEAR = 2319,
    YEARS = LAST_YEAR - FIRST_YEAR + 1,
    MONTHS = YEARS * 12,
    FIRST_DAY = -51134, /* 1830-01-01 */
    DAYS = 178968,
};

static int32_t length_of(int32_t year, int32_t month)
{
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool in_documents(int32_t year)
{
    return year >= 1850 && year <= 2299;
}

/* The day of a text of the range; the test ends where it is none. */
static pfh_date day(const char *text)
{
    pfh_date date = PFH_NONE;
    cr_assert_eq(pfh_date_parse(&date, text, NULL), PFH_OK, "%s", text);
    return date;
}

/* ---- Days --------------------------------------------------------------------------------- */

static void expect_day(pfh_date date, int32_t year, int32_t month, int32_t of_month)
{
    int32_t y, m, d;
    pfh_date back = PFH_NONE;
    char expected[40], text[11];

    snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, of_month);
    pfh_date_to_ymd(date, &y, &m, &d);
    cr_assert(y == year && m == month && d == of_month, "%d is not %s", date, expected);
    cr_assert_eq(pfh_date_write(text, sizeof text, date, NULL), PFH_OK);
    cr_assert_str_eq(text, expected);
    if (!in_documents(year)) {
        cr_assert_eq(pfh_date_parse(&back, text, NULL), PFH_E_DATE, "%s", text);
        cr_assert_eq(pfh_date_from_ymd(&back, y, m, d, NULL), PFH_E_DATE, "%s", text);
        return;
    }
    cr_assert_eq(pfh_date_parse(&back, text, NULL), PFH_OK, "%s", text);
    cr_assert_eq(back, date, "%s", text);
    cr_assert_eq(pfh_date_from_ymd(&back, y, m, d, NULL), PFH_OK, "%s", text);
    cr_assert_eq(back, date, "%s", text);
}

Test(date, every_day_of_the_range_and_20_years_around_it_comes_back)
{
    pfh_date date = FIRST_DAY;
    int32_t weekday = 5; /* 1830-01-01 was a Friday */

    for (int32_t year = FIRST_YEAR; year <= LAST_YEAR; year++)
        for (int32_t month = 1; month <= 12; month++)
            for (int32_t of_month = 1; of_month <= length_of(year, month); of_month++) {
                expect_day(date, year, month, of_month);
                cr_assert_eq(pfh_date_weekday(date), weekday, "%d-%d-%d", year, month, of_month);
                weekday = weekday % 7 + 1;
                date++;
            }
    cr_expect_eq(date, FIRST_DAY + DAYS);
}

Test(date, the_ends_of_the_range_are_1850_and_2299)
{
    cr_expect_eq(pfh_date_min(), day("1850-01-01"));
    cr_expect_eq(pfh_date_max(), day("2299-12-31"));
    cr_expect_eq(pfh_none(), PFH_NONE);
    cr_expect_eq(day("1970-01-01"), 0);
}

Test(date, known_days_of_the_week)
{
    cr_expect_eq(pfh_date_weekday(day("1970-01-01")), 4); /* Thursday */
    cr_expect_eq(pfh_date_weekday(day("2000-02-29")), 2);
    cr_expect_eq(pfh_date_weekday(day("2026-02-01")), 7);
}

Test(date, a_text_that_is_no_date_is_refused_and_leaves_the_output_alone)
{
    static const char *const wrong[] = {
        "",           "2026",        "2026-1-01",   "2026-01-1",  "2026-01-011", "2026-00-01",
        "2026-13-01", "2026-01-00",  "2026-01-32",  "2026-04-31", "2026-02-29",  "2100-02-29",
        "1900-02-29", "2026/01/01",  "20260101",    "2026-01-0a", "+026-01-01",  "-026-01-01",
        "2026-+1-01", " 2026-01-01", "2026-01-01 ", "1849-12-31", "2300-01-01",  "0000-00-00",
        "9999-99-99", "２026-1-1",   "2026-01-01T", "2026-01:01",
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        pfh_date date = 4711;
        pfh_error error;
        cr_expect_eq(pfh_date_parse(&date, wrong[i], &error), PFH_E_DATE, "\"%s\"", wrong[i]);
        cr_expect_eq(error.status, PFH_E_DATE);
        cr_expect_str_eq(error.where, "text");
        cr_expect_eq(date, 4711);
    }
}

Test(date, a_day_that_does_not_exist_has_no_number)
{
    static const int32_t extreme[] = {INT32_MIN, -1, 0, 1, 12, 13, 31, 32, 1850, 2299, INT32_MAX};
    pfh_date date = 4711;

    for (size_t y = 0; y < COUNT(extreme); y++)
        for (size_t m = 0; m < COUNT(extreme); m++)
            for (size_t d = 0; d < COUNT(extreme); d++) {
                const bool exists = in_documents(extreme[y]) && extreme[m] >= 1 &&
                                    extreme[m] <= 12 && extreme[d] >= 1 && extreme[d] <= 31;
                const pfh_status status =
                    pfh_date_from_ymd(&date, extreme[y], extreme[m], extreme[d], NULL);
                cr_expect_eq(status, exists ? PFH_OK : PFH_E_DATE);
            }
    cr_expect_eq(pfh_date_from_ymd(&date, 2026, 2, 29, NULL), PFH_E_DATE);
    cr_expect_eq(pfh_date_from_ymd(&date, 2028, 2, 29, NULL), PFH_OK);
}

Test(date, a_missing_argument_is_said)
{
    pfh_date date = 4711;
    pfh_error error;
    char text[11] = "unchanged";

    cr_expect_eq(pfh_date_parse(NULL, "2026-01-01", &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_date_parse(&date, NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "text");
    cr_expect_eq(pfh_date_from_ymd(NULL, 2026, 1, 1, &error), PFH_E_ARG);
    cr_expect_eq(pfh_date_write(NULL, 11, 0, &error), PFH_E_ARG);
    cr_expect_eq(pfh_date_write(text, 10, 0, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "size");
    cr_expect_eq(pfh_date_write(text, sizeof text, PFH_NONE, &error), PFH_E_DATE);
    cr_expect_str_eq(text, "unchanged");
    cr_expect_eq(date, 4711);
    pfh_date_to_ymd(0, NULL, NULL, NULL);
}

Test(date, what_is_outside_the_computed_range_is_no_date_for_any_function)
{
    static const pfh_date outside[] = {
        PFH_NONE, INT32_MIN + 1,      -719468,   -719469, FIRST_DAY - 1, FIRST_DAY + DAYS, 1 << 29,
        1 << 30,  INT32_MAX - 719468, INT32_MAX,
    };

    for (size_t i = 0; i < COUNT(outside); i++) {
        const pfh_date date = outside[i];
        int32_t year = 1, month = 1, of_month = 1;
        char text[11];
        pfh_date_to_ymd(date, &year, &month, &of_month);
        cr_expect(year == 0 && month == 0 && of_month == 0, "%d", date);
        cr_expect_eq(pfh_date_weekday(date), 0, "%d", date);
        cr_expect_eq(pfh_date_add_months(date, 0), PFH_NONE, "%d", date);
        cr_expect_eq(pfh_date_add_months(date, INT32_MAX), PFH_NONE, "%d", date);
        cr_expect_eq(pfh_date_add_months(date, INT32_MIN), PFH_NONE, "%d", date);
        cr_expect_eq(pfh_date_is_holiday(date), 0, "%d", date);
        cr_expect_eq(pfh_date_is_working_day(date), 0, "%d", date);
        cr_expect_eq(pfh_date_add_working_days(date, 0), PFH_NONE, "%d", date);
        cr_expect_eq(pfh_date_add_working_days(date, INT32_MAX), PFH_NONE, "%d", date);
        cr_expect_eq(pfh_date_write(text, sizeof text, date, NULL), PFH_E_DATE, "%d", date);
    }
}

/* ---- Months ------------------------------------------------------------------------------- */

Test(months, the_examples_of_the_specification)
{
    static const struct {
        const char *date;
        int32_t months;
        const char *expected;
    } row[] = {
        {"2026-11-30", 3, "2027-02-28"},  {"2023-11-30", 3, "2024-02-29"},
        {"2026-01-31", 3, "2026-04-30"},  {"2026-01-31", 4, "2026-05-31"},
        {"2026-12-31", 12, "2027-12-31"}, {"2024-02-29", 12, "2025-02-28"},
        {"2024-02-29", 48, "2028-02-29"}, {"2026-12-15", 12, "2027-12-15"},
        {"2026-03-31", -1, "2026-02-28"}, {"2096-02-29", 48, "2100-02-28"},
        {"2026-01-15", 0, "2026-01-15"},  {"2026-01-15", -13, "2024-12-15"},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        cr_expect_eq(pfh_date_add_months(day(row[i].date), row[i].months), day(row[i].expected),
                     "%s %+d", row[i].date, row[i].months);
}

/* The other formulation: of the months' first days, the one so many places on; from there the same
 * number of days, but not into the month after it. */
Test(months, every_day_plus_any_number_of_months_is_in_the_right_month)
{
    static pfh_date first[MONTHS + 1];
    static const int32_t far[] = {-5880, -1200, -599, -123, 119, 216, 600, 1201, 5880};
    int32_t month = 0;

    first[0] = FIRST_DAY;
    for (int32_t i = 0; i < MONTHS; i++)
        first[i + 1] = first[i] + length_of(FIRST_YEAR + i / 12, i % 12 + 1);
    cr_assert_eq(first[MONTHS], FIRST_DAY + DAYS);
    for (pfh_date date = FIRST_DAY; date < FIRST_DAY + DAYS; date++) {
        if (date == first[month + 1])
            month++;
        for (int32_t i = -40; i <= 40 + (int32_t)COUNT(far); i++) {
            const int32_t months = i > 40 ? far[i - 41] : i, to = month + months;
            pfh_date expected = PFH_NONE;
            if (to >= 0 && to < MONTHS) {
                expected = first[to] + date - first[month];
                if (expected >= first[to + 1])
                    expected = first[to + 1] - 1;
            }
            cr_assert_eq(pfh_date_add_months(date, months), expected, "%d %+d", date, months);
        }
    }
}

Test(months, extremes_are_no_date)
{
    static const int32_t months[] = {INT32_MIN, INT32_MIN + 1, -5881,
                                     5881,      INT32_MAX - 1, INT32_MAX};

    for (size_t i = 0; i < COUNT(months); i++) {
        cr_expect_eq(pfh_date_add_months(0, months[i]), PFH_NONE, "%d", months[i]);
        cr_expect_eq(pfh_date_add_months(pfh_date_min(), months[i]), PFH_NONE, "%d", months[i]);
        cr_expect_eq(pfh_date_add_months(pfh_date_max(), months[i]), PFH_NONE, "%d", months[i]);
    }
}

/* ---- Holidays ----------------------------------------------------------------------------- */

static pfh_date easter[YEARS];
static bool holiday[DAYS], working[DAYS];

/* Months and days of computed years are no texts of the range, so they are counted from 2000. */
static pfh_date day_of(int32_t year, int32_t month_and_day)
{
    pfh_date date = day("2000-01-01");

    for (int32_t y = year; y < 2000; y++)
        date -= 337 + length_of(y, 2);
    for (int32_t y = 2000; y < year; y++)
        date += 337 + length_of(y, 2);
    for (int32_t month = 1; month < month_and_day / 100; month++)
        date += length_of(year, month);
    return date + month_and_day % 100 - 1;
}

static void read_year(char *row)
{
    char *field = strtok(row, " \n");
    int year = 0, when = 0;

    cr_assert_eq(sscanf(field, "%d", &year), 1);
    cr_assert(year >= FIRST_YEAR && year <= LAST_YEAR);
    field = strtok(NULL, " \n");
    cr_assert(field != NULL && sscanf(field, "%d", &when) == 1);
    easter[year - FIRST_YEAR] = day_of(year, when);
    while ((field = strtok(NULL, " \n")) != NULL) {
        cr_assert_eq(sscanf(field, "%d", &when), 1);
        holiday[day_of(year, when) - FIRST_DAY] = true;
    }
}

static void read_holidays(void)
{
    FILE *file = fopen(PFH_TEST_DATA "/data/holidays-no.txt", "r");
    char row[256];
    int rows = 0;

    cr_assert_not_null(file);
    while (fgets(row, sizeof row, file) != NULL)
        if (row[0] != '#') {
            read_year(row);
            rows++;
        }
    fclose(file);
    cr_assert_eq(rows, YEARS);
    for (int32_t i = 0; i < DAYS; i++)
        working[i] = (i + 4) % 7 < 5 && !holiday[i]; /* the first one is a Friday */
}

Test(holidays, easter_of_every_year_is_that_of_a_public_library, .init = read_holidays)
{
    for (int32_t year = FIRST_YEAR; year <= LAST_YEAR; year++)
        cr_expect_eq(pfh_date_easter(year), easter[year - FIRST_YEAR], "%d", year);
    cr_expect_eq(pfh_date_easter(FIRST_YEAR - 1), PFH_NONE);
    cr_expect_eq(pfh_date_easter(LAST_YEAR + 1), PFH_NONE);
    cr_expect_eq(pfh_date_easter(INT32_MIN), PFH_NONE);
    cr_expect_eq(pfh_date_easter(INT32_MAX), PFH_NONE);
}

Test(holidays, every_day_is_a_holiday_where_a_public_library_has_one, .init = read_holidays)
{
    for (int32_t i = 0; i < DAYS; i++)
        cr_assert_eq(pfh_date_is_holiday(FIRST_DAY + i), holiday[i], "%d", FIRST_DAY + i);
}

Test(holidays, the_eves_are_working_days_and_no_day_is_moved)
{
    cr_expect_eq(pfh_date_is_working_day(day("2026-12-24")), 1);
    cr_expect_eq(pfh_date_is_working_day(day("2026-12-31")), 1);
    cr_expect_eq(pfh_date_is_working_day(day("2026-04-01")),
                 1);                                         /* the day before Maundy Thursday */
    cr_expect_eq(pfh_date_is_holiday(day("2026-05-17")), 1); /* a Sunday */
    cr_expect_eq(pfh_date_is_working_day(day("2026-05-18")), 1);
}

Test(holidays, the_holidays_of_2026)
{
    static const char *const dates[] = {
        "2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01",
        "2026-05-14", "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
    };
    size_t found = 0;

    for (pfh_date date = day("2026-01-01"); date <= day("2026-12-31"); date++)
        if (pfh_date_is_holiday(date)) {
            cr_assert_lt(found, COUNT(dates));
            cr_expect_eq(date, day(dates[found]), "%s", dates[found]);
            found++;
        }
    cr_expect_eq(found, COUNT(dates));
}

/* ---- Working days ------------------------------------------------------------------------- */

Test(working_days, every_day_is_one_where_it_is_no_weekend_and_no_holiday, .init = read_holidays)
{
    for (int32_t i = 0; i < DAYS; i++)
        cr_assert_eq(pfh_date_is_working_day(FIRST_DAY + i), working[i], "%d", FIRST_DAY + i);
}

/* So many steps, each to the next day until it is a working day. */
static pfh_date naive_add(int32_t index, int32_t count)
{
    while (count > 0 && index < DAYS)
        if (++index < DAYS && working[index])
            count--;
    return index < DAYS ? FIRST_DAY + index : PFH_NONE;
}

Test(working_days, adding_them_is_so_many_steps_to_the_next_one, .init = read_holidays)
{
    static const int32_t counts[] = {0, 1, 2, 3, 4, 5, 6, 7, 10};

    for (int32_t i = 0; i < DAYS; i++)
        for (size_t c = 0; c < COUNT(counts); c++)
            cr_assert_eq(pfh_date_add_working_days(FIRST_DAY + i, counts[c]),
                         naive_add(i, counts[c]), "%d %+d", FIRST_DAY + i, counts[c]);
    for (int32_t i = 0; i < DAYS; i += 997)
        cr_assert_eq(pfh_date_add_working_days(FIRST_DAY + i, 3650), naive_add(i, 3650), "%d",
                     FIRST_DAY + i);
}

Test(working_days, no_days_is_the_day_itself_and_so_is_less)
{
    const pfh_date sunday = day("2026-05-17");

    cr_expect_eq(pfh_date_add_working_days(sunday, 0), sunday);
    cr_expect_eq(pfh_date_add_working_days(sunday, -1), sunday);
    cr_expect_eq(pfh_date_add_working_days(sunday, INT32_MIN), sunday);
    cr_expect_eq(pfh_date_add_working_days(sunday, 1), day("2026-05-18"));
}

Test(working_days, easter_and_christmas_are_stepped_over)
{
    cr_expect_eq(pfh_date_add_working_days(day("2026-04-01"), 1), day("2026-04-07"));
    cr_expect_eq(pfh_date_add_working_days(day("2026-12-23"), 3), day("2026-12-29"));
    cr_expect_eq(pfh_date_add_working_days(day("2026-12-31"), 1), day("2027-01-04"));
}

Test(working_days, beyond_the_range_there_is_none)
{
    cr_expect_eq(pfh_date_add_working_days(pfh_date_max(), 20 * 365), PFH_NONE);
    cr_expect_eq(pfh_date_add_working_days(pfh_date_min(), INT32_MAX), PFH_NONE);
    cr_expect_eq(pfh_date_add_working_days(FIRST_DAY + DAYS - 1, 1), PFH_NONE);
    cr_expect_eq(pfh_date_add_working_days(FIRST_DAY + DAYS - 1, 0), FIRST_DAY + DAYS - 1);
}

/* ---- Timestamps --------------------------------------------------------------------------- */

Test(date, a_timestamp_is_written_in_utc_without_trailing_zeros)
{
    static const struct {
        const char *given, *utc; /* NULL: refused */
    } row[] = {
        {"2026-02-03T10:12:00Z", "2026-02-03T10:12:00Z"},
        {"2026-02-03T11:12:00+01:00", "2026-02-03T10:12:00Z"},
        {"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"},
        {"2026-02-03T10:12:00.500Z", "2026-02-03T10:12:00.5Z"},
        {"2026-02-03T10:12:00.000000000Z", "2026-02-03T10:12:00Z"},
        {"2026-02-03T10:12:00.123456789-23:59", "2026-02-04T10:11:00.123456789Z"},
        {"2026-02-03t10:12:00Z", NULL},
        {"2026-02-03T10:12:00z", NULL},
        {"2026-02-03T10:12:60Z", NULL},
        {"2026-02-03T24:00:00Z", NULL},
        {"2026-02-03T10:12:00+24:00", NULL},
        {"2026-02-03T10:12:00.Z", NULL},
        {"2026-02-03T10:12:00.1234567890Z", NULL},
        {"2026-02-30T10:12:00Z", NULL},
        {"1850-01-01T00:00:00+00:01", NULL},
        {"2299-12-31T23:59:59-00:01", NULL},
        {"2026-02-03", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char utc[31] = "as it was";
        pfh_status status = pfh_timestamp_to_utc(utc, sizeof utc, row[i].given, NULL);

        cr_expect_eq(status, row[i].utc != NULL ? PFH_OK : PFH_E_DATE, "%s", row[i].given);
        cr_expect_str_eq(utc, row[i].utc != NULL ? row[i].utc : "as it was", "%s", row[i].given);
    }
}

Test(date, a_timestamp_needs_room)
{
    char utc[31] = "as it was";
    pfh_error err;

    cr_expect_eq(pfh_timestamp_to_utc(utc, 20, "2026-02-03T10:12:00Z", &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "size");
    cr_expect_eq(pfh_timestamp_to_utc(utc, 21, "2026-02-03T10:12:00Z", &err), PFH_OK);
    cr_expect_eq(pfh_timestamp_to_utc(NULL, 31, "2026-02-03T10:12:00Z", &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "utc");
    cr_expect_eq(pfh_timestamp_to_utc(utc, 31, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "timestamp");
}
