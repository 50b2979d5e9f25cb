/*
 * Calendars kept up to date for 20 random days: they show what one written afresh shows, and no
 * byte changes without a reason.  A failing test names its seed.
 */
#include "server.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

enum { SEQUENCES = 150, DAYS = 20 };

/* ---- One random sequence ------------------------------------------------------------------ */

typedef struct run {
    uint64_t seed;
    dice d;
    story s;
    char settings[300];
    int32_t keep_days;
    pfh_date today;
    char stamp[48]; /* of today, as in a calendar */
    char *calendar; /* as it was written last */
    char *server;   /* as a server has it; the calendar itself where there is none */
    bool has_server;
    size_t changes, cancelled, revived, gone, unchanged; /* seen so far */
} run;

static void say(run *r, const char *key, const char *value)
{
    size_t size = strlen(r->settings);

    snprintf(r->settings + size, sizeof r->settings - size, "%s=%s ", key, value);
}

#define ONE_OF(d, ...)                                                                             \
    ((const char *const[]){                                                                        \
        __VA_ARGS__})[roll((d), (int32_t)COUNT(((const char *const[]){__VA_ARGS__})))]

static void choose_settings(run *r)
{
    dice *d = &r->d;
    static const char *const days[] = {"0", "1", "3", "30"};
    const int32_t keep = roll(d, 4);

    say(r, "domain", "epj.example");
    say(r, "form", ONE_OF(d, "event", "event", "todo", "both"));
    say(r, "span", ONE_OF(d, "due", "from_due"));
    say(r, "tell", ONE_OF(d, "reference", "initials", "name"));
    say(r, "alarm", ONE_OF(d, "PT15H", "none", "P2D"));
    if (chance(d, 20))
        say(r, "audience", "patient");
    if (chance(d, 30))
        say(r, "language", ONE_OF(d, "nn", "en"));
    if (chance(d, 30))
        say(r, "horizon_days", ONE_OF(d, "0", "30", "200"));
    if (chance(d, 20))
        say(r, "level", ONE_OF(d, "specialist", "municipality"));
    if (chance(d, 10))
        say(r, "unit", ONE_OF(d, "ward-1", "office.2"));
    if (chance(d, 10))
        say(r, "state", ONE_OF(d, "active", "late", "waiting"));
    say(r, "keep_days", days[keep]);
    r->keep_days = atoi(days[keep]);
}

static run run_of(uint64_t seed, bool has_server)
{
    run r = {.seed = seed, .d = dice_of(seed), .has_server = has_server};

    r.s = story_of(&r.d);
    r.today = r.s.as_of;
    if (events_of(r.s.pathway) == NULL)
        cJSON_AddArrayToObject(r.s.pathway, "events");
    choose_settings(&r);
    return r;
}

static void run_free(run *r)
{
    story_free(&r->s);
    free(r->calendar);
    free(r->server);
}

/* ---- A day of it -------------------------------------------------------------------------- */

static pfh_plan *plan_of_today(run *r)
{
    char *text = cJSON_PrintUnformatted(r->s.pathway), *rules = NULL;
    pfh_pathway *pathway = pathway_of(text);
    pfh_policy *policy = NULL;
    pfh_plan *plan = NULL;

    if (r->s.policy != NULL)
        policy = policy_of(rules = cJSON_PrintUnformatted(r->s.policy));
    cr_assert_eq(pfh_plan_derive_at(&plan, pathway, policy, r->today, NULL, r->s.edition, NULL),
                 PFH_OK);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    free(text);
    free(rules);
    return plan;
}

/* The stamp is at nine, ten or so of the day. */
static pfh_ical_options *options_of_today(run *r)
{
    char settings[400], date[11];
    int32_t hour = 9 + roll(&r->d, 4);
    pfh_ical_options *options;

    cr_assert_eq(pfh_date_write(date, sizeof date, r->today, NULL), PFH_OK);
    snprintf(settings, sizeof settings, "%sstamp=%sT%02d:00:00Z", r->settings, date, (int)hour);
    snprintf(r->stamp, sizeof r->stamp, "%.4s%.2s%.2sT%02d0000Z", date, date + 5, date + 8,
             (int)hour);
    options = options_with(settings);
    if (r->s.policy != NULL) {
        char *rules = cJSON_PrintUnformatted(r->s.policy);
        pfh_policy *policy = policy_of(rules);

        cr_assert_eq(pfh_ical_options_policy(options, policy, NULL), PFH_OK);
        pfh_policy_free(policy);
        free(rules);
    }
    return options;
}

static void something_happens(run *r, int32_t number)
{
    static const int32_t earlier[] = {0, 0, 0, 0, 1, 3, 30};
    char id[16];

    if (!chance(&r->d, 80))
        return;
    snprintf(id, sizeof id, "new%d", (int)number);
    cJSON_AddItemToArray(events_of(r->s.pathway),
                         random_event(&r->d, r->s.pathway, NULL, id,
                                      r->today - earlier[roll(&r->d, (int32_t)COUNT(earlier))]));
}

/* ---- What must hold ----------------------------------------------------------------------- */

static const char *name_of(const run *r)
{
    static char name[400];

    snprintf(name, sizeof name, "seed %llu, %s, %s", (unsigned long long)r->seed, r->stamp,
             r->settings);
    return name;
}

/* The day of "20260420T090000Z". */
static int64_t hours_of(const char *stamp)
{
    char date[11];
    int hour = 0;

    snprintf(date, sizeof date, "%.4s-%.2s-%.2s", stamp, stamp + 4, stamp + 6);
    sscanf(stamp + 9, "%2d", &hour);
    return (int64_t)day(date) * 24 + hour;
}

/* All that is not over is there and is equal, whichever way one looks. */
static void expect_same_sight(const run *r, const cal *kept, const cal *afresh)
{
    size_t count = 0;

    for (size_t i = 0; i < kept->count; i++)
        count += !kept->entries[i].is_over;
    cr_expect_eq(count, afresh->count, "%s: %zu entries, afresh %zu", name_of(r), count,
                 afresh->count);
    for (size_t i = 0; i < afresh->count; i++) {
        const cal_entry *a = &afresh->entries[i], *k = cal_find(kept, a->uid);

        if (strcmp(a->kind, "VTIMEZONE") == 0)
            continue;
        cr_assert_not_null(k, "%s: no %s", name_of(r), a->uid);
        cr_expect_str_eq(k->seen, a->seen, "%s: got\n%s\nafresh\n%s", name_of(r), k->seen, a->seen);
    }
    cr_expect_str_eq(kept->head, afresh->head, "%s", name_of(r));
}

static void expect_step(run *r, const cal_entry *was, const cal_entry *is)
{
    if (strcmp(was->raw, is->raw) == 0) {
        r->unchanged++;
        return;
    }
    cr_expect_str_neq(was->seen, is->seen, "%s: bytes without a reason:\n%s\n%s", name_of(r),
                      was->raw, is->raw);
    cr_expect_eq(is->sequence, was->sequence + 1, "%s:\n%s\n%s", name_of(r), was->raw, is->raw);
    cr_expect_str_eq(is->stamp, r->stamp, "%s:\n%s", name_of(r), is->raw);
    cr_expect_str_eq(is->modified, r->stamp, "%s:\n%s", name_of(r), is->raw);
    cr_expect(strcmp(is->stamp, was->stamp) > 0, "%s: %s after %s", name_of(r), is->stamp,
              was->stamp);
    r->changes++;
    r->cancelled += is->is_over && !was->is_over;
    r->revived += was->is_over && !is->is_over;
    cr_expect(!(was->is_over && is->is_over), "%s: what is over changed:\n%s", name_of(r), is->raw);
}

/* What is gone was over for keep_days; with 0 it need not have been. */
static void expect_may_be_gone(run *r, const cal_entry *was)
{
    const int64_t hours = hours_of(r->stamp) - hours_of(was->stamp);

    r->gone++;
    if (r->keep_days > 0)
        cr_expect(was->is_over && hours >= 24 * r->keep_days, "%s: gone too soon:\n%s", name_of(r),
                  was->raw);
}

static void expect_steps(run *r, const cal *before, const cal *after)
{
    for (size_t i = 0; i < before->count; i++) {
        const cal_entry *was = &before->entries[i];
        const cal_entry *is = was->uid[0] == '\0' ? NULL : cal_find(after, was->uid);

        if (is != NULL)
            expect_step(r, was, is);
        else if (was->uid[0] != '\0')
            expect_may_be_gone(r, was);
    }
    for (size_t i = 0; i < after->count; i++) {
        const cal_entry *is = &after->entries[i];

        if (is->uid[0] == '\0')
            continue;
        if (cal_find(before, is->uid) == NULL)
            cr_expect(is->sequence == 0 && strcmp(is->stamp, r->stamp) == 0, "%s: new:\n%s",
                      name_of(r), is->raw);
        if (is->is_over)
            cr_expect(hours_of(r->stamp) - hours_of(is->stamp) < 24 * r->keep_days,
                      "%s: too long:\n%s", name_of(r), is->raw);
    }
}

static void live_a_day(run *r)
{
    pfh_plan *plan = plan_of_today(r);
    pfh_ical_options *options = options_of_today(r);
    char *afresh = write_plan(plan, options), *updated, *again;
    const char *previous = r->has_server ? r->server : r->calendar;

    updated = update_plan(previous, plan, options);
    again = update_plan(updated, plan, options);
    cr_expect_str_eq(again, updated, "%s: a second update changes something", name_of(r));
    if (previous != NULL) {
        cal kept = cal_of(updated), fresh = cal_of(afresh), before = cal_of(previous);

        expect_same_sight(r, &kept, &fresh);
        expect_steps(r, &before, &kept);
        cal_free(&kept);
        cal_free(&fresh);
        cal_free(&before);
    } else {
        cr_expect_str_eq(updated, afresh, "%s", name_of(r));
    }
    free(again);
    free(afresh);
    free(r->calendar);
    free(r->server);
    r->calendar = updated;
    r->server = r->has_server ? through_server(updated, &r->d) : NULL;
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

static void add_up(run *sum, const run *r)
{
    sum->changes += r->changes;
    sum->cancelled += r->cancelled;
    sum->revived += r->revived;
    sum->gone += r->gone;
    sum->unchanged += r->unchanged;
}

static void live(uint64_t first, bool has_server)
{
    run sum = {0};

    for (uint64_t seed = first; seed < first + SEQUENCES; seed++) {
        run r = run_of(seed, has_server);

        for (int32_t i = 0; i < DAYS; i++) {
            something_happens(&r, i);
            live_a_day(&r);
            r.today += chance(&r.d, 70) ? 1 : roll(&r.d, 15);
            r.today += hours_of(r.stamp) / 24 == r.today; /* each day has one stamp */
        }
        add_up(&sum, &r);
        run_free(&r);
    }
    /* So that nothing holds for want of cases. */
    cr_expect_gt(sum.changes, 600, "%zu", sum.changes);
    cr_expect_gt(sum.cancelled, 300, "%zu", sum.cancelled);
    cr_expect_gt(sum.revived, 10, "%zu", sum.revived);
    cr_expect_gt(sum.gone, 100, "%zu", sum.gone);
    cr_expect_gt(sum.unchanged, 5000, "%zu", sum.unchanged);
}

Test(ical_property, updating_day_by_day_shows_what_writing_afresh_shows)
{
    live(1000, false);
}

Test(ical_property, a_server_in_between_that_writes_otherwise_changes_nothing_of_that)
{
    live(2000, true);
}

/* ---- Several pathways in one feed --------------------------------------------------------- */

enum { TOGETHER = 4 };

/* Each pathway gets an id of its own; one of them is left out now and then. */
static char *update_together(run runs[TOGETHER], const char *previous, const bool in[TOGETHER],
                             pfh_ical_options *options)
{
    const pfh_plan *plans[TOGETHER];
    pfh_plan *mine[TOGETHER];
    char *text = NULL;
    size_t count = 0;

    for (int i = 0; i < TOGETHER; i++) {
        mine[i] = plan_of_today(&runs[i]);
        if (in[i])
            plans[count++] = mine[i];
    }
    cr_assert_eq(pfh_ical_update(&text, previous, previous == NULL ? 0 : strlen(previous), plans,
                                 count, options, NULL),
                 PFH_OK);
    expect_well_formed(text, "together");
    for (int i = 0; i < TOGETHER; i++)
        pfh_plan_free(mine[i]);
    return text;
}

static void live_together(uint64_t seed)
{
    run runs[TOGETHER];
    char *text = NULL;

    for (uint64_t i = 0; i < TOGETHER; i++) {
        char id[16];

        runs[i] = run_of(seed * TOGETHER + i, false);
        snprintf(id, sizeof id, "path-%d", (int)i);
        cJSON_ReplaceItemInObjectCaseSensitive(runs[i].s.pathway, "id", cJSON_CreateString(id));
        runs[i].today = runs[0].today;
    }
    for (int32_t day_number = 0; day_number < DAYS; day_number++) {
        bool in[TOGETHER];
        pfh_ical_options *options = options_of_today(&runs[0]);
        char *afresh, *updated;
        cal kept, fresh;

        for (int i = 0; i < TOGETHER; i++) {
            in[i] = chance(&runs[0].d, 85);
            something_happens(&runs[i], day_number);
        }
        afresh = update_together(runs, NULL, in, options);
        updated = update_together(runs, text, in, options);
        kept = cal_of(updated);
        fresh = cal_of(afresh);
        expect_same_sight(&runs[0], &kept, &fresh);
        if (text != NULL) {
            cal before = cal_of(text);

            expect_steps(&runs[0], &before, &kept);
            cal_free(&before);
        }
        cal_free(&kept);
        cal_free(&fresh);
        free(afresh);
        free(text);
        text = updated;
        pfh_ical_options_free(options);
        for (int i = 0; i < TOGETHER; i++)
            runs[i].today++;
    }
    free(text);
    for (int i = 0; i < TOGETHER; i++)
        run_free(&runs[i]);
}

Test(ical_property, several_pathways_in_one_feed_are_kept_apart)
{
    for (uint64_t seed = 3000; seed < 3040; seed++)
        live_together(seed);
}
