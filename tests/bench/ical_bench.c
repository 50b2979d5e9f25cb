/*
 * ical_bench.c -- what a calendar costs, beside what a program written by hand for libical needs
 * for the same bytes; and how time and memory grow with the number of entries.
 *
 * The hand-written program has every text ready in memory and calls libical alone.  Both are timed
 * in turn, in one run; the two calendars are compared first, byte for byte.
 *
 *     ical_bench          ten events with alarms, side by side
 *     ical_bench N        a feed of N tasks, written and updated: time, and memory of this process
 *     ical_bench first    the first appointment of a process, and what loading the zone would cost
 */
#include <libical/ical.h>
#include <pfh/pfh.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { ROUNDS = 101, REPEATS = 100, EVENTS = 10, TASKS_EACH = 5 };

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void need(int condition, const char *what)
{
    if (condition)
        return;
    fprintf(stderr, "ical_bench: %s\n", what);
    exit(1);
}

/* ---- The plans ---------------------------------------------------------------------------- */

/* A pathway on which nothing has happened yet has five tasks. */
static pfh_plan *plan_of(size_t number, const pfh_policy *policy)
{
    char text[256];
    pfh_pathway *pathway = NULL;
    pfh_plan *plan = NULL;
    pfh_date day;

    snprintf(text, sizeof text,
             "{\"format\":\"pfh-pathway/1\",\"id\":\"bench-%zu\",\"edition\":\"hdir-2022\","
             "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-%02zu\"}}",
             number, 1 + number % 28);
    need(pfh_date_parse(&day, "2026-04-20", NULL) == PFH_OK, "no day");
    need(pfh_pathway_parse(&pathway, text, strlen(text), NULL) == PFH_OK, "no pathway");
    need(pfh_plan_derive(&plan, pathway, policy, day, NULL) == PFH_OK, "no plan");
    need(pfh_plan_task_count(plan) == TASKS_EACH, "a plan has other tasks than it should");
    pfh_pathway_free(pathway);
    return plan;
}

static pfh_policy *local_policy(void)
{
    static const char text[] =
        "{\"format\":\"pfh-policy/1\",\"assign\":[{\"unit\":\"clinic\",\"role\":\"nurse\"}],"
        "\"units\":[{\"unit\":\"clinic\",\"name\":\"Kreftpoliklinikken, Eksempelsykehuset\","
        "\"phone\":\"+47 00 00 00 02\",\"email\":\"post@sykehus.example\","
        "\"url\":\"https://sykehus.example/kreft\"}]}";
    pfh_policy *policy = NULL;

    need(pfh_policy_parse(&policy, text, sizeof text - 1, NULL) == PFH_OK, "no policy");
    return policy;
}

static pfh_ical_options *options_of(const pfh_policy *policy)
{
    pfh_ical_options *options = NULL;

    need(pfh_ical_options_new(&options, NULL) == PFH_OK &&
             pfh_ical_options_policy(options, policy, NULL) == PFH_OK &&
             pfh_ical_options_set(options, "stamp", "2026-04-20T05:00:00Z", NULL) == PFH_OK,
         "no options");
    return options;
}

/* ---- By hand ------------------------------------------------------------------------------ */

/* The texts of an event, ready in memory. */
typedef struct ready {
    char *uid, *alarm_uid, *summary, *description, *kind, *color, *contact, *organizer, *name, *url;
    struct icaltimetype start, end;
} ready;

static ready texts[EVENTS];
static icalcomponent *zone; /* as its text: the same for every calendar */

static char *copy(const char *text)
{
    char *made = text == NULL ? NULL : strdup(text);

    need(made != NULL, "a text is missing");
    return made;
}

static icalproperty *only(icalcomponent *event, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(event, kind);
}

/* libical makes a property of each in the list. */
static char *categories_of(icalcomponent *event)
{
    char list[300] = "";
    icalproperty *one = only(event, ICAL_CATEGORIES_PROPERTY);

    for (; one != NULL; one = icalcomponent_get_next_property(event, ICAL_CATEGORIES_PROPERTY)) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", used > 0 ? "," : "",
                 icalproperty_get_categories(one));
    }
    return copy(list);
}

/* Takes the texts from the calendar that is to be written. */
static void make_ready(const char *text)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    icalcomponent *event;

    zone = icalcomponent_new_clone(
        icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT));
    event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (int i = 0; i < EVENTS; i++) {
        icalcomponent *alarm = icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT);
        icalproperty *organizer = only(event, ICAL_ORGANIZER_PROPERTY);

        texts[i] = (ready){
            .uid = copy(icalcomponent_get_uid(event)),
            .alarm_uid = copy(icalcomponent_get_uid(alarm)),
            .summary = copy(icalcomponent_get_summary(event)),
            .description = copy(icalcomponent_get_description(event)),
            .kind = categories_of(event),
            .color = copy(icalproperty_get_color(only(event, ICAL_COLOR_PROPERTY))),
            .contact = copy(icalproperty_get_contact(only(event, ICAL_CONTACT_PROPERTY))),
            .url = copy(icalproperty_get_url(only(event, ICAL_URL_PROPERTY))),
            .organizer = copy(icalproperty_get_organizer(organizer)),
            .name = copy(icalparameter_get_cn(
                icalproperty_get_first_parameter(organizer, ICAL_CN_PARAMETER))),
            .start = icalcomponent_get_dtstart(event),
            .end = icalcomponent_get_dtend(event),
        };
        event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    }
    icalcomponent_free(calendar);
}

static void add(icalcomponent *component, icalproperty *property)
{
    icalcomponent_add_property(component, property);
}

static void add_x(icalcomponent *component, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);

    icalproperty_set_x_name(property, name);
    add(component, property);
}

static icalcomponent *event_by_hand(const ready *r)
{
    icalcomponent *event = icalcomponent_new_vevent(), *alarm = icalcomponent_new_valarm();
    struct icaltimetype stamp = icaltime_from_string("20260420T050000Z");
    icalproperty *organizer = icalproperty_new_organizer(r->organizer);

    add(event, icalproperty_new_uid(r->uid));
    add(event, icalproperty_new_dtstamp(stamp));
    add(event, icalproperty_new_lastmodified(stamp));
    add(event, icalproperty_new_sequence(0));
    add(event, icalproperty_new_dtstart(r->start));
    add(event, icalproperty_new_dtend(r->end));
    add(event, icalproperty_new_summary(r->summary));
    add(event, icalproperty_new_description(r->description));
    add(event, icalproperty_new_status(ICAL_STATUS_CONFIRMED));
    add(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    add(event, icalproperty_new_class(ICAL_CLASS_CONFIDENTIAL));
    add(event, icalproperty_new_categories(r->kind));
    add(event, icalproperty_new_color(r->color));
    add(event, icalproperty_new_url(r->url));
    add(event, icalproperty_new_contact(r->contact));
    icalproperty_add_parameter(organizer, icalparameter_new_cn(r->name));
    add(event, organizer);
    add(alarm, icalproperty_new_uid(r->alarm_uid));
    add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add(alarm, icalproperty_new_trigger(icaltriggertype_from_int(-15 * 60 * 60)));
    add(alarm, icalproperty_new_description(r->summary));
    icalcomponent_add_component(event, alarm);
    return event;
}

static char *by_hand(void)
{
    icalcomponent *calendar = icalcomponent_new_vcalendar();
    char *text;

    add(calendar, icalproperty_new_version("2.0"));
    add(calendar, icalproperty_new_prodid("-//libpfh//libpfh//EN"));
    add(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add(calendar, icalproperty_new_name("Pakkeforløp hjem"));
    add_x(calendar, "X-WR-CALNAME", "Pakkeforløp hjem");
    add(calendar, icalproperty_new_refreshinterval(icaldurationtype_from_int(12 * 60 * 60)));
    add_x(calendar, "X-PUBLISHED-TTL", "PT12H");
    icalcomponent_add_component(calendar, icalcomponent_new_clone(zone));
    for (int i = 0; i < EVENTS; i++)
        icalcomponent_add_component(calendar, event_by_hand(&texts[i]));
    text = icalcomponent_as_ical_string_r(calendar);
    icalcomponent_free(calendar);
    return text;
}

/* ---- Side by side ------------------------------------------------------------------------- */

static const pfh_plan *plans[EVENTS / TASKS_EACH];
static pfh_ical_options *options;

static char *by_libpfh(void)
{
    char *text = NULL;

    need(pfh_plans_to_ical(&text, plans, EVENTS / TASKS_EACH, options, NULL) == PFH_OK,
         "no calendar");
    return text;
}

static double time_hand(void)
{
    double start = now();

    for (int i = 0; i < REPEATS; i++)
        icalmemory_free_buffer(by_hand());
    return (now() - start) / REPEATS;
}

static double time_libpfh(void)
{
    double start = now();

    for (int i = 0; i < REPEATS; i++)
        pfh_string_free(by_libpfh());
    return (now() - start) / REPEATS;
}

static void print_row(const char *name, double *times)
{
    qsort(times, ROUNDS, sizeof *times, compare);
    printf("%-28s %8.2f %8.2f %8.2f\n", name, times[ROUNDS / 2], times[ROUNDS / 4],
           times[ROUNDS * 3 / 4]);
}

static int side_by_side(void)
{
    static double hand[ROUNDS], ours[ROUNDS], ratio[ROUNDS];
    pfh_policy *policy = local_policy();
    char *text, *other;

    for (size_t i = 0; i < EVENTS / TASKS_EACH; i++)
        plans[i] = plan_of(i, policy);
    options = options_of(policy);
    text = by_libpfh();
    make_ready(text);
    other = by_hand();
    need(strcmp(text, other) == 0, "the calendar by hand has other bytes");
    printf("%d events with alarms, %zu bytes, the same by both; libpfh %s, libical %s\n", EVENTS,
           strlen(text), pfh_version(), ICAL_VERSION);
    for (int i = 0; i < ROUNDS; i++) {
        hand[i] = time_hand();
        ours[i] = time_libpfh();
        ratio[i] = ours[i] / hand[i];
    }
    printf("%-28s %8s %8s %8s\n", "us", "median", "25 %", "75 %");
    print_row("by hand, libical alone", hand);
    print_row("pfh_plans_to_ical()", ours);
    print_row("ratio", ratio);
    return 0;
}

/* ---- Many --------------------------------------------------------------------------------- */

static long peak_kilobytes(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static int many(size_t tasks)
{
    pfh_policy *policy = local_policy();
    size_t count = tasks / TASKS_EACH;
    pfh_plan **all = malloc(count * sizeof *all);
    char *text = NULL, *updated = NULL;
    double start, written, again;
    long plans_peak, peak;

    need(all != NULL && count > 0, "a number of tasks of at least 5 is wanted");
    for (size_t i = 0; i < count; i++)
        all[i] = plan_of(i, policy);
    options = options_of(policy);
    plans_peak = peak_kilobytes();
    start = now();
    need(pfh_plans_to_ical(&text, (const pfh_plan *const *)all, count, options, NULL) == PFH_OK,
         "no calendar");
    written = now() - start;
    peak = peak_kilobytes();
    start = now();
    need(pfh_ical_update(&updated, text, strlen(text), (const pfh_plan *const *)all, count, options,
                         NULL) == PFH_OK,
         "no update");
    again = now() - start;
    need(strcmp(text, updated) == 0, "an update without changes changed something");
    printf("%6zu tasks %9zu bytes: written in %9.0f us (%5.1f us each), updated in %9.0f us; "
           "peak %6ld kB, of it plans %6ld kB; with update %6ld kB\n",
           count * TASKS_EACH, strlen(text), written, written / (double)(count * TASKS_EACH), again,
           peak, plans_peak, peak_kilobytes());
    return 0;
}

/* ---- The first appointment ---------------------------------------------------------------- */

static int first(void)
{
    static const char text[] =
        "{\"format\":\"pfh-pathway/1\",\"id\":\"bench\",\"edition\":\"hdir-2022\","
        "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[{\"id\":\"e1\","
        "\"type\":\"scheduled\",\"date\":\"2026-04-10\",\"point\":2,\"start\":"
        "\"2026-05-04T10:00\",\"minutes\":45}]}";
    struct icaltimetype time = icaltime_null_time();
    pfh_pathway *pathway = NULL;
    pfh_plan *plan = NULL;
    pfh_date day;
    char *calendar = NULL;
    double start, ours;
    int is_daylight;

    need(pfh_date_parse(&day, "2026-04-20", NULL) == PFH_OK &&
             pfh_pathway_parse(&pathway, text, sizeof text - 1, NULL) == PFH_OK &&
             pfh_plan_derive(&plan, pathway, NULL, day, NULL) == PFH_OK,
         "no plan");
    start = now();
    need(pfh_plan_to_ical(&calendar, plan, NULL, NULL) == PFH_OK, "no calendar");
    ours = now() - start;
    need(strstr(calendar, "DTSTART;TZID=Europe/Oslo:20260504T100000") != NULL, "no appointment");
    start = now();
    time.year = 2026, time.month = 5, time.day = 4, time.hour = 10;
    icaltimezone_get_utc_offset(icaltimezone_get_builtin_timezone("Europe/Oslo"), &time,
                                &is_daylight);
    printf("the first calendar with an appointment: %.0f us; loading libical's zone: %.0f us\n",
           ours, now() - start);
    return 0;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "first") == 0)
        return first();
    return count > 1 ? many(strtoul(arguments[1], NULL, 10)) : side_by_side();
}
