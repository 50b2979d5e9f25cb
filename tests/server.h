/*
 * server.h -- what the suites of calendars need: plans and options in a line, calendars cut into
 * entries by a reader of their own (nothing of the library's), and a server that changes how a
 * calendar is written but not what it says.
 */
#ifndef PFH_TESTS_SERVER_H
#define PFH_TESTS_SERVER_H

#include "support.h"

/* ---- Plans and options -------------------------------------------------------------------- */

/* The plan of a breast cancer diagnosed on 2026-01-31, under hdir-2022; of the pathway @p id.  The
 * events are JSON objects with commas between, the keys of the policy each begin with a comma. */
pfh_plan *plan_of_log(const char *id, const char *events, const char *policy_keys,
                      const char *as_of);

/* Options of "key=value key=value"; a `~` in a value stands for a space. */
pfh_ical_options *options_with(const char *settings);
/* The same with the units of a policy, as JSON objects with commas between. */
pfh_ical_options *options_with_units(const char *settings, const char *units);

/* ---- Calls that must succeed; the calendar is judged by lint ------------------------------ */

char *write_plan(const pfh_plan *plan, const pfh_ical_options *options);
char *update_plan(const char *previous, const pfh_plan *plan, const pfh_ical_options *options);
/* The same for a calendar in which others may have put what lint finds. */
char *update_unjudged(const char *previous, const pfh_plan *plan, const pfh_ical_options *options);
void expect_well_formed(const char *text, const char *what);

/* ---- Texts -------------------------------------------------------------------------------- */

/* A copy in which the first @p from is @p to; it must be there.  @p text is freed. */
char *swap(char *text, const char *from, const char *to);
/* The same for every one. */
char *swap_all(char *text, const char *from, const char *to);
char *copy_text(const char *text);
size_t count_of(const char *text, const char *part);

/* ---- Calendars ---------------------------------------------------------------------------- */

typedef struct cal_entry {
    char *raw;        /* as it stands */
    char *kind;       /* "VEVENT" */
    char *uid;        /* "" without one */
    char *seen;       /* its lines unfolded and sorted, without DTSTAMP, LAST-MODIFIED, SEQUENCE */
    char *stamp;      /* DTSTAMP */
    char *modified;   /* LAST-MODIFIED */
    int32_t sequence; /* -1: none */
    bool is_over;     /* cancelled or completed */
} cal_entry;

typedef struct cal {
    char *head; /* the lines of the calendar itself, unfolded and sorted */
    cal_entry *entries;
    size_t count;
} cal;

cal cal_of(const char *text);
void cal_free(cal *c);
/* NULL: none. */
const cal_entry *cal_find(const cal *c, const char *uid);
/* Whether the entry has this line, unfolded. */
bool has_line(const cal_entry *entry, const char *line);

/* What a server makes of a calendar: components, properties and parameters in another order, lines
 * folded elsewhere.  No word is another. */
char *through_server(const char *text, dice *d);

#endif
