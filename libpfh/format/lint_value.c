/*
 * format/lint_value.c -- see lint_value.h.  Each value is read once, byte by byte.
 *
 * Letters: the grammar (RFC 5545, 2.1, by RFC 5234) takes those of a duration in either case; of T
 * and Z in a date-time the text says that they are capital letters.
 */
#include "format/lint_value.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static char to_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

/* ---- Dates -------------------------------------------------------------------------------- */

static bool is_day(int32_t date)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* Sixty seconds are those of a leap second. */
static bool is_time(int32_t time)
{
    return time >= 0 && time / 10000 <= 23 && time / 100 % 100 <= 59 && time % 100 <= 60;
}

pfh_moment pfh__moment_read(pfh_span span)
{
    pfh_moment m = {.form = NO_TIME};
    bool is_date = span.size == 8, utc = span.size == 16 && span.at[15] == 'Z';

    if (!is_date && !utc && span.size != 15)
        return m;
    m.date = pfh__digits(span.at, 8);
    if (m.date < 0 || !is_day(m.date))
        return m;
    if (is_date) {
        m.form = A_DATE;
        return m;
    }
    m.time = pfh__digits(span.at + 9, 6);
    if (span.at[8] == 'T' && is_time(m.time))
        m.form = utc ? IN_UTC : LOCAL;
    return m;
}

bool pfh__moment_not_later(const pfh_moment *start, const pfh_moment *end)
{
    if (start->form == NO_TIME || start->form != end->form ||
        (start->form == ZONED && !pfh__span_equal(start->zone, end->zone)))
        return false;
    return end->date < start->date || (end->date == start->date && end->time <= start->time);
}

/* ---- Durations ---------------------------------------------------------------------------- */

/* Takes a number and the letter after it, where that is `unit`. */
static bool take_unit(pfh_span *left, char unit, pfh_duration *d)
{
    size_t size = 0;

    while (size < left->size && is_digit(left->at[size]))
        size++;
    if (size == 0 || size == left->size || to_upper(left->at[size]) != unit)
        return false;
    for (size_t i = 0; i < size; i++)
        d->zero = d->zero && left->at[i] == '0';
    *left = (pfh_span){left->at + size + 1, left->size - size - 1};
    return true;
}

static bool take_letter(pfh_span *left, char letter)
{
    if (left->size == 0 || to_upper(*left->at) != letter)
        return false;
    *left = (pfh_span){left->at + 1, left->size - 1};
    return true;
}

/* Hours, minutes and seconds: none may be left out between two that are there. */
static bool take_clock(pfh_span *left, pfh_duration *d)
{
    bool hours = take_unit(left, 'H', d);
    bool minutes = take_unit(left, 'M', d);
    bool seconds = (minutes || !hours) && take_unit(left, 'S', d);

    d->has_time = true;
    return hours || minutes || seconds;
}

pfh_duration pfh__duration_read(pfh_span span)
{
    pfh_duration d = {.zero = true};

    d.negative = take_letter(&span, '-');
    if (!d.negative)
        take_letter(&span, '+');
    if (!take_letter(&span, 'P'))
        return d;
    if (take_unit(&span, 'W', &d))
        d.valid = span.size == 0;
    else if (take_unit(&span, 'D', &d) && span.size == 0)
        d.valid = true;
    else
        d.valid = take_letter(&span, 'T') && take_clock(&span, &d) && span.size == 0;
    return d;
}

bool pfh__duration_is_positive(pfh_duration duration)
{
    return duration.valid && !duration.negative && !duration.zero;
}

/* ---- Numbers ------------------------------------------------------------------------------ */

bool pfh__is_offset(pfh_span span)
{
    const bool sized = span.size == 5 || span.size == 7;
    int32_t number;

    if (!sized || (span.at[0] != '+' && span.at[0] != '-'))
        return false;
    number = pfh__digits(span.at + 1, span.size - 1);
    if (number >= 0 && span.size == 5)
        number *= 100;
    return is_time(number) && number % 100 <= 59 && (span.at[0] == '+' || number > 0);
}

bool pfh__is_integer_within(pfh_span span, int64_t min, int64_t max)
{
    const bool negative = take_letter(&span, '-');
    int64_t number = 0;

    if (!negative)
        take_letter(&span, '+');
    for (size_t i = 0; i < span.size; i++) {
        if (!is_digit(span.at[i]))
            return false;
        if (number <= INT32_MAX)
            number = number * 10 + span.at[i] - '0';
    }
    if (negative)
        number = -number;
    return span.size > 0 && number >= min && number <= max;
}
