/*
 * format/ical_time.c -- see ical_time.h.
 */
#include "format/ical_time.h"

enum { DAY = 24 * 60, SUNDAY = 7 };

const pfh_clock_change pfh__oslo_changes[2] = {
    {"CEST", 3, 60, 120},
    {"CET", 10, 120, 60},
};

pfh_date pfh__last_sunday(int32_t year, int32_t month)
{
    pfh_date last = PFH_NONE;

    /* Both months have 31 days. */
    if (pfh_date_from_ymd(&last, year, month, 31, NULL) != PFH_OK)
        return PFH_NONE;
    return last - pfh_date_weekday(last) % SUNDAY;
}

static int64_t change_at(int32_t year, const pfh_clock_change *change)
{
    return (int64_t)pfh__last_sunday(year, change->month) * DAY + PFH_OSLO_CHANGE_UTC;
}

/* Minutes east of Greenwich. */
static int32_t offset_at(int64_t utc)
{
    const pfh_clock_change *spring = &pfh__oslo_changes[0], *autumn = &pfh__oslo_changes[1];
    int64_t day = utc >= 0 ? utc / DAY : -((DAY - 1 - utc) / DAY);
    int32_t year;

    pfh_date_to_ymd((pfh_date)day, &year, NULL, NULL);
    if (year < PFH_OSLO_FIRST_YEAR || pfh__last_sunday(year, spring->month) == PFH_NONE)
        return spring->from;
    return utc >= change_at(year, spring) && utc < change_at(year, autumn) ? spring->to
                                                                           : autumn->to;
}

int64_t pfh__oslo_to_utc(pfh_date date, int32_t minute)
{
    const int64_t local = (int64_t)date * DAY + minute;
    const int32_t summer = pfh__oslo_changes[0].to, winter = pfh__oslo_changes[0].from;

    /* In the skipped hour neither fits; the time before the change is winter. */
    return offset_at(local - summer) == summer ? local - summer : local - winter;
}

void pfh__oslo_from_utc(pfh_date *date, int32_t *minute, int64_t utc)
{
    const int64_t local = utc + offset_at(utc);

    *date = (pfh_date)(local >= 0 ? local / DAY : -((DAY - 1 - local) / DAY));
    *minute = (int32_t)(local - (int64_t)*date * DAY);
}

/* ---- Values ------------------------------------------------------------------------------- */

static bool read_clock(pfh_ical_moment *out, const char *text)
{
    int32_t hour = pfh__digits(text, 2), minute = pfh__digits(text + 2, 2),
            second = pfh__digits(text + 4, 2);

    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return false;
    out->second = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
    return true;
}

bool pfh__ical_moment_read(pfh_ical_moment *out, pfh_span value)
{
    enum { DATE = 8, LOCAL = 15, UTC = 16 };
    const char *text = value.at;

    if ((value.size != DATE && value.size != LOCAL && value.size != UTC) ||
        pfh_date_from_ymd(&out->date, pfh__digits(text, 4), pfh__digits(text + 4, 2),
                          pfh__digits(text + 6, 2), NULL) != PFH_OK)
        return false;
    out->second = PFH_NONE;
    out->is_utc = value.size == UTC;
    if (value.size == DATE)
        return true;
    return text[DATE] == 'T' && (!out->is_utc || text[LOCAL] == 'Z') &&
           read_clock(out, text + DATE + 1);
}
