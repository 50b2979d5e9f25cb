/*
 * ical.c -- `pfh ical`: the plans of the pathways as a calendar, or one for each unit.
 *
 * Memory grows with the entries.  Nothing is written before all is read, and every file as a whole.
 */
#include "calendar.h"
#include "input.h"
#include "labels.h"
#include "replace.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define ENDING ".ics"
#define NO_UNIT "~none" /* no unit's id: they hold no ~ */

/* A calendar on its way out. */
typedef struct cli_feed {
    char *unit; /* with --split; NULL: tasks without one */
    char *file; /* NULL: standard output */
    bool existed;
    bool is_ours; /* what existed says that libpfh made it */
    size_t last;  /* the number of the last plan that was added */
    pfh_feed *feed;
} cli_feed;

typedef struct cli_calendar {
    cli_output *out;
    const cli_options *options;
    const pfh_policy *policy;
    const char *file; /* of --out or --update; or NULL */
    bool updates, splits;
    char stamp[32];     /* "" where --stamp says it */
    pfh_feed *pathways; /* with --split: those that were read */
    size_t plans;
    cli_feed *feeds; /* with --split by unit, none first */
    size_t count, room;
} cli_calendar;

/* ---- Options ------------------------------------------------------------------------------ */

static int check_split(const cli_calendar *calendar)
{
    const cli_options *options = calendar->options;
    const char *audience = options_setting(options, "audience");

    if (strcmp(options->values[OPTION_SPLIT], "unit") != 0)
        return wrong_use(options->command, "--split: unit is wanted");
    if (calendar->file == NULL)
        return wrong_use(options->command, "--split needs a folder: --out FILE or --update FILE");
    if (audience != NULL && strcmp(audience, "patient") == 0)
        return wrong_use(options->command, "--split: a calendar for the patient has no units");
    return EXIT_WELL;
}

/* Whether the refused lines would be written over the calendar. */
static bool is_rejects(const cli_calendar *calendar)
{
    const char *rejects = calendar->options->values[OPTION_REJECTS];
    struct stat one, other;

    if (rejects == NULL || calendar->file == NULL)
        return false;
    if (strcmp(rejects, calendar->file) == 0)
        return true;
    return stat(rejects, &one) == 0 && stat(calendar->file, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static int check_use(const cli_calendar *calendar)
{
    const cli_options *options = calendar->options;
    const char *name = calendar->updates ? "update" : "out";

    if (calendar->updates && options->values[OPTION_OUT] != NULL)
        return wrong_use(options->command, "--out and --update: only one of them is possible");
    if (calendar->file != NULL && strcmp(calendar->file, "-") == 0)
        return wrong_use(options->command, "--%s: a file is wanted", name);
    if (calendar->file != NULL && is_input(options, calendar->file))
        return wrong_use(options->command, "--%s: that file is an input", name);
    if (is_rejects(calendar))
        return wrong_use(options->command, "--rejects: that file is the calendar");
    return calendar->splits ? check_split(calendar) : EXIT_WELL;
}

/* With --as-of the calendar is written at the beginning of that day, so that the same command gives
 * the same bytes; the library would take it from the plans, of which there may be none. */
static bool stamp_day(cli_calendar *calendar)
{
    char day[11];

    if (pfh_date_write(day, sizeof day, calendar->options->as_of, NULL) != PFH_OK)
        return false;
    snprintf(calendar->stamp, sizeof calendar->stamp, "%sT00:00:00Z", day);
    return true;
}

static bool stamp_now(cli_calendar *calendar)
{
    time_t now = time(NULL);
    struct tm utc;

    return now != (time_t)-1 && gmtime_r(&now, &utc) != NULL &&
           strftime(calendar->stamp, sizeof calendar->stamp, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0;
}

/* When it is written. */
static int set_stamp(cli_calendar *calendar)
{
    const cli_options *options = calendar->options;

    if (options_setting(options, "stamp") != NULL)
        return EXIT_WELL;
    if (options->values[OPTION_AS_OF] != NULL ? stamp_day(calendar) : stamp_now(calendar))
        return EXIT_WELL;
    return wrong_use(options->command, "the clock gives no time: use --stamp");
}

static pfh_status set_scope(void *target, const char *key, const char *value, pfh_error *err)
{
    return strcmp(key, "unit") == 0 ? PFH_OK : pfh_ical_options_set(target, key, value, err);
}

static pfh_status set_own(const cli_calendar *calendar, pfh_ical_options *to)
{
    const char *language = calendar->options->values[OPTION_LANG];
    pfh_status status = PFH_OK;

    if (language != NULL)
        status = pfh_ical_options_set(to, "language", language, NULL);
    if (status == PFH_OK && calendar->stamp[0] != '\0')
        status = pfh_ical_options_set(to, "stamp", calendar->stamp, NULL);
    return status;
}

/* The contact details of the units, which a calendar cannot take all. */
static int set_policy(const cli_calendar *calendar, pfh_ical_options *to)
{
    pfh_error err;

    if (calendar->policy == NULL || pfh_ical_options_policy(to, calendar->policy, &err) == PFH_OK)
        return EXIT_WELL;
    return report_document(calendar->options->values[OPTION_POLICY], "", 0, &err, EXIT_USE);
}

/* The library's options, but for the unit of a calendar of --split. */
static int make_options(pfh_ical_options **out, const cli_calendar *calendar)
{
    int code;

    if (pfh_ical_options_new(out, NULL) != PFH_OK)
        return no_memory();
    code = options_apply(calendar->options, calendar->splits ? set_scope : calendar_set, *out);
    if (code == EXIT_WELL && set_own(calendar, *out) != PFH_OK)
        code = no_memory();
    return code == EXIT_WELL ? set_policy(calendar, *out) : code;
}

/* Says what is wrong with a setting, also the unit that --split does not give on. */
static int check_settings(const cli_options *options)
{
    pfh_ical_options *scratch = NULL;
    int code;

    if (pfh_ical_options_new(&scratch, NULL) != PFH_OK)
        return no_memory();
    code = options_apply(options, calendar_set, scratch);
    pfh_ical_options_free(scratch);
    return code;
}

/* ---- Feeds -------------------------------------------------------------------------------- */

/* The order of units: none first. */
static int compare(const char *one, const char *other)
{
    if (one == NULL || other == NULL)
        return (one != NULL) - (other != NULL);
    return strcmp(one, other);
}

/* The first place whose unit is not before `unit`. */
static size_t place_of(const cli_calendar *calendar, const char *unit)
{
    size_t low = 0, high = calendar->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(calendar->feeds[middle].unit, unit) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Makes room for a feed in its place, empty but for its unit and file. */
static cli_feed *insert(cli_calendar *calendar, size_t place)
{
    cli_feed *feeds = calendar->feeds;

    if (calendar->count == calendar->room) {
        size_t room = calendar->room * 2 + 8;
        feeds = realloc(feeds, room * sizeof feeds[0]);
        if (feeds == NULL)
            return NULL;
        calendar->feeds = feeds;
        calendar->room = room;
    }
    memmove(&feeds[place + 1], &feeds[place], (calendar->count - place) * sizeof feeds[0]);
    memset(&feeds[place], 0, sizeof feeds[0]);
    calendar->count++;
    return &feeds[place];
}

/* Gives a feed its unit and the file of it. */
static bool name_feed(cli_feed *feed, const cli_calendar *calendar, const char *unit)
{
    const char *stem = unit != NULL ? unit : NO_UNIT;
    size_t size;

    if (!calendar->splits) {
        feed->file = calendar->file != NULL ? strdup(calendar->file) : NULL;
        return calendar->file == NULL || feed->file != NULL;
    }
    size = strlen(calendar->file) + strlen(stem) + sizeof "/" ENDING;
    feed->unit = unit != NULL ? strdup(unit) : NULL;
    feed->file = malloc(size);
    if (feed->file == NULL || (unit != NULL && feed->unit == NULL))
        return false;
    snprintf(feed->file, size, "%s/%s" ENDING, calendar->file, stem);
    return true;
}

/* Whether the text of a calendar says that libpfh made it. */
static bool names_maker(const char *text, size_t size)
{
    static const char maker[] = "\nPRODID:-//libpfh//";

    for (size_t i = 0; i + sizeof maker - 1 <= size; i++)
        if (text[i] == '\n' && memcmp(text + i, maker, sizeof maker - 1) == 0)
            return true;
    return false;
}

static int read_previous(cli_feed *feed, const cli_calendar *calendar, char **text, size_t *size)
{
    struct stat old;
    int code;

    if (!calendar->updates || (stat(feed->file, &old) != 0 && errno == ENOENT))
        return EXIT_WELL;
    feed->existed = true;
    code = calendar_input(feed->file, CALENDAR_MOST, text, size);
    feed->is_ours = code == EXIT_WELL && names_maker(*text, *size);
    return code;
}

/* A calendar of its own, and by a name of its own, for who subscribes to several. */
static pfh_status set_unit(const cli_calendar *calendar, pfh_ical_options *options,
                           const char *unit)
{
    char name[160];
    pfh_status status = pfh_ical_options_set(options, "unit", unit, NULL);

    if (status != PFH_OK || unit == NULL || options_setting(calendar->options, "name") != NULL)
        return status;
    snprintf(name, sizeof name, "%s: %s",
             named_text(calendar->options->language, "ical", "calendar"), unit);
    return pfh_ical_options_set(options, "name", name, NULL);
}

static int begin_feed(cli_feed *feed, const cli_calendar *calendar, const char *text, size_t size)
{
    pfh_ical_options *options = NULL;
    pfh_error err;
    int code = make_options(&options, calendar);

    if (code == EXIT_WELL && calendar->splits && set_unit(calendar, options, feed->unit) != PFH_OK)
        code = no_memory();
    if (code == EXIT_WELL && pfh_feed_new(&feed->feed, text, size, options, &err) != PFH_OK)
        code =
            err.status == PFH_E_VALUE
                ? wrong_use(calendar->options->command, "--%s: %s", err.where, err.text)
                : report_document(feed->file != NULL ? feed->file : "-", text, size, &err, EXIT_IO);
    pfh_ical_options_free(options);
    return code;
}

/* Adds the calendar of a unit, or the only one.  Answers an exit status. */
static int add_feed(cli_calendar *calendar, size_t place, const char *unit)
{
    cli_feed *feed = insert(calendar, place);
    char *text = NULL;
    size_t size = 0;
    int code;

    if (feed == NULL || !name_feed(feed, calendar, unit))
        return no_memory();
    code = read_previous(feed, calendar, &text, &size);
    if (code == EXIT_WELL)
        code = begin_feed(feed, calendar, text, size);
    free(text);
    return code;
}

/* Whether the user's --unit takes a unit. */
static bool is_wanted(const cli_options *options, const char *unit)
{
    bool narrowed = false;

    for (size_t i = 0; i < options->setting_count; i++) {
        const cli_setting *setting = &options->settings[i];
        if (strcmp(setting->key, "unit") != 0)
            continue;
        if (compare(setting->value, unit) == 0)
            return true;
        narrowed = true;
    }
    return !narrowed;
}

/* The feed of a unit, made where there is none; NULL where none is wanted or memory ran out. */
static cli_feed *feed_of(cli_calendar *calendar, const char *unit, int *code)
{
    size_t place = place_of(calendar, unit);

    if (place < calendar->count && compare(calendar->feeds[place].unit, unit) == 0)
        return &calendar->feeds[place];
    if (!is_wanted(calendar->options, unit))
        return NULL;
    *code = add_feed(calendar, place, unit);
    return *code == EXIT_WELL ? &calendar->feeds[place] : NULL;
}

/* ---- The folder of --split ---------------------------------------------------------------- */

/* Whether a file is one of a unit; its name loses its ending, and `unit` is where it begins. */
static bool is_unit_file(char *name, const char **unit, pfh_ical_options *scratch)
{
    size_t size = strlen(name);

    if (size < sizeof ENDING || strcmp(name + size - strlen(ENDING), ENDING) != 0)
        return false;
    name[size - strlen(ENDING)] = '\0';
    *unit = strcmp(name, NO_UNIT) == 0 ? NULL : name;
    return *unit == NULL || pfh_ical_options_set(scratch, "unit", *unit, NULL) == PFH_OK;
}

static int add_unit_files(cli_calendar *calendar, DIR *folder, pfh_ical_options *scratch)
{
    struct dirent *entry;
    const char *unit;
    int code = EXIT_WELL;

    while (code == EXIT_WELL && (errno = 0, entry = readdir(folder)) != NULL)
        if (is_unit_file(entry->d_name, &unit, scratch))
            (void)feed_of(calendar, unit, &code);
    if (code != EXIT_WELL || errno == 0)
        return code;
    complain("cannot read %s: %s", calendar->file, strerror(errno));
    return EXIT_IO;
}

/* Takes up the calendars that are there, of units that may have no task any more. */
static int read_folder(cli_calendar *calendar)
{
    DIR *folder = opendir(calendar->file);
    pfh_ical_options *scratch = NULL;
    int code = EXIT_IO;

    if (folder == NULL && errno == ENOENT)
        return EXIT_WELL;
    if (folder == NULL)
        complain("cannot read %s: %s", calendar->file, strerror(errno));
    else if (pfh_ical_options_new(&scratch, NULL) != PFH_OK)
        code = no_memory();
    else
        code = add_unit_files(calendar, folder, scratch);
    pfh_ical_options_free(scratch);
    if (folder != NULL)
        closedir(folder);
    return code;
}

static int make_folder(const cli_calendar *calendar)
{
    struct stat folder;
    int error = 0;

    if (mkdir(calendar->file, S_IRWXU) != 0 && errno != EEXIST)
        error = errno;
    else if (stat(calendar->file, &folder) != 0)
        error = errno;
    else if (!S_ISDIR(folder.st_mode))
        error = ENOTDIR;
    if (error == 0)
        return EXIT_WELL;
    complain("cannot write %s: %s", calendar->file, strerror(error));
    return EXIT_IO;
}

/* ---- Plans -------------------------------------------------------------------------------- */

static int begin(void *context, const pfh_policy *policy)
{
    cli_calendar *calendar = context;
    pfh_ical_options *options = NULL;
    int code;

    calendar->policy = policy;
    if (!calendar->splits)
        return add_feed(calendar, 0, NULL);
    code = make_options(&options, calendar); /* also where no unit turns up */
    pfh_ical_options_free(options);
    if (code == EXIT_WELL && pathways_new(&calendar->pathways) != PFH_OK)
        code = no_memory();
    return code == EXIT_WELL && calendar->updates ? read_folder(calendar) : code;
}

static pfh_status add_to_unit(cli_calendar *calendar, const char *unit, const pfh_plan *plan,
                              pfh_error *err)
{
    int code = EXIT_WELL;
    cli_feed *feed = feed_of(calendar, unit, &code);

    if (code != EXIT_WELL)
        return PFH_E_NOMEM;
    if (feed == NULL || feed->last == calendar->plans)
        return PFH_OK;
    feed->last = calendar->plans;
    return pfh_feed_add(feed->feed, plan, err);
}

/* Gives a plan to the calendar of each unit that may have an entry of it: whose task or point it
 * is. */
static pfh_status add_to_units(cli_calendar *calendar, const pfh_plan *plan, pfh_error *err)
{
    pfh_status status = pathways_add(calendar->pathways, plan, err);

    for (size_t i = 0; status == PFH_OK && i < pfh_plan_task_count(plan); i++)
        status = add_to_unit(calendar, pfh_plan_task(plan, i)->unit, plan, err);
    for (size_t i = 1; status == PFH_OK && i <= pfh_plan_point_count(plan); i++)
        status = add_to_unit(calendar, pfh_plan_point(plan, (int32_t)i)->unit, plan, err);
    return status;
}

static pfh_status use(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err)
{
    cli_calendar *calendar = context;

    (void)pathway;
    calendar->plans++;
    if (calendar->splits)
        return add_to_units(calendar, *plan, err);
    return pathways_add(calendar->feeds[0].feed, *plan, err);
}

/* ---- Writing ------------------------------------------------------------------------------ */

static int write_text(const cli_calendar *calendar, const cli_feed *feed, const char *text)
{
    const char *reason;

    if (feed->file == NULL) {
        put_text(calendar->out, text);
        return EXIT_WELL;
    }
    reason = replace_file(feed->file, text, strlen(text));
    if (reason == NULL)
        return EXIT_WELL;
    complain("cannot write %s: %s", feed->file, reason);
    return EXIT_IO;
}

/* With --split: a unit without tasks has no calendar, but the one that it had is brought up to
 * date; a calendar that somebody else put into the folder is left alone. */
static bool is_idle(const cli_feed *feed)
{
    return pfh_feed_count(feed->feed) == 0 && !(feed->existed && feed->is_ours);
}

static int write_feed(const cli_calendar *calendar, const cli_feed *feed)
{
    char *text = NULL;
    int code;

    if (calendar->splits && is_idle(feed))
        return EXIT_WELL;
    if (pfh_feed_to_ical(&text, feed->feed, NULL) != PFH_OK)
        return no_memory();
    code = write_text(calendar, feed, text);
    pfh_string_free(text);
    return code;
}

/* A file that cannot be written does not keep the others back. */
static int write_feeds(const cli_calendar *calendar)
{
    int code = calendar->splits ? make_folder(calendar) : EXIT_WELL;

    if (code != EXIT_WELL)
        return code;
    for (size_t i = 0; i < calendar->count; i++)
        if (write_feed(calendar, &calendar->feeds[i]) != EXIT_WELL)
            code = EXIT_IO;
    return code;
}

/* Whether there is a calendar that is brought up to date. */
static bool has_previous(const cli_calendar *calendar)
{
    for (size_t i = 0; i < calendar->count; i++)
        if (calendar->feeds[i].existed)
            return true;
    return false;
}

static int finish(const cli_calendar *calendar, int code)
{
    int written;

    if (code > EXIT_BAD)
        return code;
    if (code == EXIT_BAD && calendar->updates) {
        complain("%s is left as it was: the entries of who was refused would be cancelled",
                 calendar->file);
        return code;
    }
    if (calendar->plans == 0 && has_previous(calendar)) {
        complain("%s is left as it was: no pathway was read, so all would be cancelled",
                 calendar->file);
        return EXIT_BAD;
    }
    written = write_feeds(calendar);
    return written > code ? written : code;
}

static void free_feeds(cli_calendar *calendar)
{
    for (size_t i = 0; i < calendar->count; i++) {
        pfh_feed_free(calendar->feeds[i].feed);
        free(calendar->feeds[i].unit);
        free(calendar->feeds[i].file);
    }
    free(calendar->feeds);
    pfh_feed_free(calendar->pathways);
}

int run_ical(cli_output *out, const cli_options *options)
{
    cli_calendar calendar = {.out = out, .options = options};
    int code;

    calendar.updates = options->values[OPTION_UPDATE] != NULL;
    calendar.splits = options->values[OPTION_SPLIT] != NULL;
    calendar.file = options->values[calendar.updates ? OPTION_UPDATE : OPTION_OUT];
    code = check_use(&calendar);
    if (code == EXIT_WELL)
        code = check_settings(options);
    if (code == EXIT_WELL)
        code = set_stamp(&calendar);
    if (code == EXIT_WELL) {
        code =
            run_plans(out, options,
                      &(cli_job){.begin = begin, .use = use, .context = &calendar, .at_end = true});
        code = finish(&calendar, code);
    }
    free_feeds(&calendar);
    return code;
}
