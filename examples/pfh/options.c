/*
 * options.c -- see options.h.
 *
 * The one table of options is below; the help of every command is made from it.
 */
#include "cli.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct cli_option_row {
    const char *name;
    const char *argument; /* what the help calls it; NULL: a switch */
    option_id id;
    unsigned commands;
    const char *help;
    const char *key; /* of a setting, where the library calls it otherwise */
} cli_option_row;

#define FOR_TASKS (FOR_WORKLIST | FOR_ICAL)
#define FOR_FORMAT                                                                                 \
    (FOR_WORKLIST | FOR_CHECK | FOR_EXPLAIN | FOR_ICAL_READ | FOR_LINT | FOR_NEEDS |               \
     FOR_CHECKLIST | FOR_DIFF)
#define FOR_TEXT                                                                                   \
    (FOR_WORKLIST | FOR_CHECK | FOR_EXPLAIN | FOR_EDITION | FOR_ICAL_READ | FOR_HANDOVER | FOR_DIFF)
#define FOR_ALL (FOR_PATHWAYS | FOR_ID | FOR_EDITION | FOR_LINT)
#define FILTER(name, argument, help)                                                               \
    {                                                                                              \
        name, argument, OPTION_FILTER, FOR_TASKS, help, name                                       \
    }
#define SETTING(name, argument, commands, help)                                                    \
    {                                                                                              \
        name, argument, OPTION_SETTING, commands, help, name                                       \
    }

static const cli_option_row table[] = {
    {"as-of", "DATE", OPTION_AS_OF, FOR_PLANS,
     "the day of the plan, YYYY-MM-DD; later events do not count (default: today)", NULL},
    {"known-at", "TIME", OPTION_KNOWN_AT, FOR_PLANS,
     "what was known then, as 2026-02-03T10:12:00Z; what was recorded later does not count", NULL},
    {"edition", "NAME", OPTION_EDITION, FOR_PLANS & ~FOR_CHECKLIST,
     "plan under this edition, not the one that each pathway names", NULL},
    {"edition", "NAME", OPTION_EDITION, FOR_CHECKLIST,
     "the points of this edition (default: the one that the pathway names, else the newest)", NULL},
    {"edition", "NAME", OPTION_EDITION, FOR_MERGE | FOR_DIFF,
     "read all copies under this edition: a copy of the draft as one of hdir-2022", NULL},
    {"policy", "FILE", OPTION_POLICY, FOR_PLANS | FOR_HANDOVER,
     "local rules, a pfh-policy/1 document", NULL},
    {"rejects", "FILE", OPTION_REJECTS, FOR_PATHWAYS,
     "keep the refused lines there, byte for byte (for yourself alone: mode 600)", NULL},
    {"explain", NULL, OPTION_EXPLAIN, FOR_PLAN, "add why each date is what it is (`because`)",
     NULL},
    {"audience", "WORD", OPTION_AUDIENCE, FOR_HANDOVER,
     "who it is for: municipality, specialist, gp or patient", NULL},
    {"audience", "WORD", OPTION_AUDIENCE, FOR_NEEDS,
     "who it is for: municipality (default of a text), specialist, gp or patient", NULL},
    {"override", NULL, OPTION_OVERRIDE, FOR_HANDOVER | FOR_NEEDS,
     "to the municipality also where the policy says that it takes no messages", NULL},
    {"max", "N", OPTION_MAX, FOR_NEEDS,
     "the most characters of a text (default: 4000, as many as a note can have)", NULL},
    {"point", "N", OPTION_POINT, FOR_CHECKLIST, "the point that it is for; required", NULL},
    {"blank", NULL, OPTION_BLANK, FOR_CHECKLIST, "fill in nothing of what is known", NULL},
    {"resolve", "CHOICE", OPTION_SETTING, FOR_MERGE,
     "whose is taken in a conflict: mine or theirs, or NAME=mine for one", "resolve"},
    {"sort", NULL, OPTION_SORT, FOR_MERGE, "write the pathways in the order of their ids", NULL},
    {"calendar", "FILE", OPTION_CALENDAR, FOR_ICAL_READ,
     "the calendar that people have worked in; - is standard input", NULL},
    {"out", "FILE", OPTION_OUT, FOR_ICAL, "write there, not to standard output", NULL},
    {"update", "FILE", OPTION_UPDATE, FOR_ICAL,
     "bring that calendar up to date, in place; it is made where it is not there", NULL},
    {"split", "unit", OPTION_SPLIT, FOR_ICAL, "a calendar for each unit; FILE is then a folder",
     NULL},
    FILTER("level", "WORD", "only tasks of specialist or municipality"),
    FILTER("unit", "ID", "only tasks of this unit"),
    FILTER("role", "WORD", "only tasks of this role"),
    FILTER("kind", "WORD", "only this kind of task, as offer or hold"),
    FILTER("state", "WORD", "only tasks that are waiting, active or late"),
    FILTER("from", "DATE", "only tasks due on this day or later"),
    FILTER("to", "DATE", "only tasks due on this day or earlier"),
    {"horizon", "DAYS", OPTION_SETTING, FOR_ICAL, "only tasks due at most so many days from now",
     "horizon_days"},
    SETTING("form", "WORD", FOR_ICAL, "tasks as event (default), todo or both"),
    SETTING("span", "WORD", FOR_ICAL,
            "an entry is on its due date (due, default) or all days to it (from_due)"),
    SETTING("alarm", "PERIOD", FOR_ICAL,
            "how long before an entry begins, as PT15H (default) or P1D, or none"),
    SETTING("name", "TEXT", FOR_ICAL, "the calendar's name"),
    SETTING("refresh", "PERIOD", FOR_ICAL, "how often programs should look again (default: PT12H)"),
    SETTING("stamp", "TIME", FOR_ICAL,
            "when it is written (default: now; with --as-of that day, 00:00 UTC)"),
    SETTING("domain", "NAME", FOR_ICAL | FOR_ICAL_READ,
            "a host name of yours, for the ids of entries (default: pfh.invalid)"),
    SETTING("tell", "WORD", FOR_ICAL,
            "of the patient: reference (default: the pathway's id), initials or name"),
    SETTING("audience", "WORD", FOR_ICAL,
            "staff (default), or patient: appointments and windows in plain words"),
    SETTING("organizer", "UNIT", FOR_ICAL,
            "the unit that all entries are from (default: each entry's own)"),
    {"keep-days", "DAYS", OPTION_SETTING, FOR_ICAL,
     "how long a cancelled entry stays in an updated calendar (default: 30)", "keep_days"},
    {"kind", "WORD", OPTION_KIND, FOR_ID,
     "what the numbers are: fnr dnr hnr fhn duf, or org municipality hpr her", NULL},
    {"rule", "WORD", OPTION_RULE, FOR_ID,
     "the first check digit: strict (default), or 2032 for numbers issued from 2032-01-01", NULL},
    {"format", "WORD", OPTION_FORMAT, FOR_FORMAT, "one of: ", NULL},
    {"json", NULL, OPTION_JSON, FOR_EDITION, "one JSON object for each edition, one a line", NULL},
    {"rules", NULL, OPTION_RULES, FOR_LINT | FOR_HANDOVER, "list the rules, and read nothing",
     NULL},
    {"lang", "WORD", OPTION_LANG, FOR_TEXT, "language of the text: nb (default), nn or en", NULL},
    {"lang", "WORD", OPTION_LANG, FOR_CHECKLIST,
     "language: nb, nn or en (default: the patient's own, else nb)", NULL},
    {"lang", "WORD", OPTION_LANG, FOR_ICAL | FOR_NEEDS,
     "language: nb, nn or en (default: nb; for a patient the patient's own)", NULL},
    {"help", NULL, OPTION_HELP, FOR_ALL, "show this help, also -h", NULL},
};
#define ROWS (sizeof table / sizeof table[0])

int wrong_use(const cli_command *command, const char *text, ...)
{
    va_list arguments;

    fprintf(stderr, "pfh %s: ", command->name);
    va_start(arguments, text);
    (void)vfprintf(stderr, text, arguments);
    va_end(arguments);
    fprintf(stderr, "\npfh: see pfh %s --help\n", command->name);
    return EXIT_USE;
}

int wrong_edition(const cli_command *command, const char *text)
{
    char names[256] = "";

    for (size_t i = 0; pfh_edition_at(i) != NULL; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, " %s", pfh_edition_at(i)->name);
    }
    return wrong_use(command, "%s one of%s is wanted", text, names);
}

bool may_repeat(const char *argument)
{
    size_t run = 0;

    for (; *argument != '\0' && run < 6; argument++)
        run = *argument >= '0' && *argument <= '9' ? run + 1 : 0;
    return run < 6;
}

/* The number of letters to add, drop or change, over words shorter than the row. */
static size_t distance(const char *a, const char *b)
{
    size_t row[32];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
        }
    }
    return row[width];
}

bool is_like(const char *typed, const char *word)
{
    size_t length = strlen(typed);

    if (length < 2 || length > 30 || strlen(word) > 30)
        return false;
    return strncmp(typed, word, length) == 0 || distance(typed, word) <= (length > 3 ? 2 : 1);
}

/* The row of an option for a command; `name` ends at `size`. */
static const cli_option_row *find(const cli_command *command, const char *name, size_t size)
{
    for (size_t i = 0; i < ROWS; i++)
        if ((table[i].commands & command->bit) != 0 && strlen(table[i].name) == size &&
            memcmp(table[i].name, name, size) == 0)
            return &table[i];
    return NULL;
}

/* A command that has an option of exactly this name: this one first, then any other. */
static const cli_command *owner(const cli_command *command, const char *name, size_t size)
{
    if (find(command, name, size) != NULL)
        return command;
    for (size_t i = 0; command_at(i) != NULL; i++)
        if (find(command_at(i), name, size) != NULL)
            return command_at(i);
    return NULL;
}

static const char *similar(const cli_command *command, const char *name)
{
    for (size_t i = 0; i < ROWS; i++)
        if ((table[i].commands & command->bit) != 0 && is_like(name, table[i].name))
            return table[i].name;
    return NULL;
}

static int unknown_option(const cli_command *command, const char *argument)
{
    const char *name = argument + strspn(argument, "-");
    size_t size = strcspn(name, "=");
    const struct cli_command *other = owner(command, name, size);
    char typed[32] = "";

    if (!may_repeat(argument) || size >= sizeof typed)
        return wrong_use(command, "unknown option");
    memcpy(typed, name, size);
    if (other == command)
        return wrong_use(command, "unknown option -%s; did you mean --%s?", typed, typed);
    if (other != NULL)
        return wrong_use(command, "--%s is an option of pfh %s", typed, other->name);
    if (similar(command, typed) != NULL)
        return wrong_use(command, "unknown option %.*s%s; did you mean --%s?",
                         (int)(name - argument), argument, typed, similar(command, typed));
    return wrong_use(command, "unknown option %.*s%s", (int)(name - argument), argument, typed);
}

static void take(cli_options *options, const cli_option_row *row, const char *value)
{
    cli_setting *setting = &options->settings[options->setting_count];

    options->values[row->id] = value;
    if (row->key == NULL)
        return;
    setting->option = row->name;
    setting->key = row->key;
    setting->value = row->id == OPTION_FILTER && strcmp(value, "-") == 0 ? NULL : value;
    options->setting_count++;
}

/* Takes the option at arguments[*at] and its value, which may be the next argument. */
static int take_option(cli_options *options, int count, char **arguments, int *at)
{
    const char *argument = arguments[*at];
    bool is_long = strncmp(argument, "--", 2) == 0 || strcmp(argument, "-h") == 0;
    const char *name = strcmp(argument, "-h") == 0 ? "help" : argument + 2;
    const char *equals = strchr(name, '=');
    size_t size = equals != NULL ? (size_t)(equals - name) : strlen(name);
    const cli_option_row *row = NULL;

    if (is_long)
        row = find(options->command, name, size);
    if (row == NULL)
        return unknown_option(options->command, argument);
    if (row->argument == NULL && equals != NULL)
        return wrong_use(options->command, "--%s takes no value", row->name);
    if (row->argument != NULL && equals == NULL && *at + 1 >= count)
        return wrong_use(options->command, "--%s needs a value: --%s %s", row->name, row->name,
                         row->argument);
    if (row->argument == NULL)
        take(options, row, "");
    else
        take(options, row, equals != NULL ? equals + 1 : arguments[++*at]);
    return EXIT_WELL;
}

static int take_arguments(cli_options *options, int count, char **arguments)
{
    bool ended = false;
    int code = EXIT_WELL;

    for (int i = 0; i < count && code == EXIT_WELL; i++) {
        const char *argument = arguments[i];
        if (ended || argument[0] != '-' || argument[1] == '\0')
            options->operands[options->operand_count++] = argument;
        else if (strcmp(argument, "--") == 0)
            ended = true;
        else
            code = take_option(options, count, arguments, &i);
    }
    return code;
}

/* Today by the local clock.  The command line may look; the library may not. */
static int today(cli_options *options)
{
    time_t now = time(NULL);
    struct tm local;
    pfh_error err;

    if (now != (time_t)-1 && localtime_r(&now, &local) != NULL &&
        pfh_date_from_ymd(&options->as_of, local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                          &err) == PFH_OK)
        return EXIT_WELL;
    return wrong_use(options->command, "the clock gives no date: use --as-of");
}

static int check_as_of(cli_options *options)
{
    const char *value = options->values[OPTION_AS_OF];
    pfh_error err;

    if ((options->command->bit & FOR_PLANS) == 0)
        return EXIT_WELL;
    if (value == NULL)
        return today(options);
    if (pfh_date_parse(&options->as_of, value, &err) == PFH_OK)
        return EXIT_WELL;
    return wrong_use(options->command, "--as-of: %s (write it as 2026-01-31)", err.text);
}

static int check_language(cli_options *options)
{
    const char *value = options->values[OPTION_LANG];

    options->language = PFH_LANGUAGE_NB;
    if (value != NULL)
        options->language = (pfh_language)pfh_word_find(PFH_WORDS_LANGUAGE, value);
    if (options->language != 0)
        return EXIT_WELL;
    return wrong_use(options->command, "--lang: one of nb nn en is wanted");
}

/* Whether `word` is one of the words of a list with single spaces between. */
static bool in_list(const char *list, const char *word)
{
    size_t size = strlen(word);

    for (const char *at = list; size > 0 && (at = strstr(at, word)) != NULL; at += size)
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

static int check_format(cli_options *options)
{
    const char *value = options->values[OPTION_FORMAT];
    const char *formats = options->command->formats;

    options->format = options->values[OPTION_JSON] != NULL ? FORMAT_JSON : FORMAT_TEXT;
    if (value == NULL)
        return EXIT_WELL;
    if (strchr(value, ' ') != NULL || !in_list(formats, value))
        return wrong_use(options->command, "--format: one of %s is wanted", formats);
    if (strcmp(value, "json") == 0)
        options->format = FORMAT_JSON;
    else if (strcmp(value, "csv") == 0)
        options->format = FORMAT_CSV;
    return EXIT_WELL;
}

int options_parse(cli_options *options, const cli_command *command, int count, char **arguments)
{
    int code;

    memset(options, 0, sizeof *options);
    options->command = command;
    options->settings = calloc((size_t)count + 1, sizeof options->settings[0]);
    options->operands = calloc((size_t)count + 1, sizeof options->operands[0]);
    if (options->settings == NULL || options->operands == NULL) {
        complain("out of memory");
        return EXIT_IO;
    }
    code = take_arguments(options, count, arguments);
    if (code != EXIT_WELL || options->values[OPTION_HELP] != NULL)
        return code;
    if ((code = check_as_of(options)) != EXIT_WELL)
        return code;
    if ((code = check_language(options)) != EXIT_WELL)
        return code;
    return check_format(options);
}

void options_free(cli_options *options)
{
    free(options->settings);
    free((void *)options->operands);
    options->settings = NULL;
    options->operands = NULL;
}

/* The list of words that a setting takes; 0 for the others. */
static pfh_vocabulary words_of(const char *key)
{
    static const struct {
        const char *key;
        pfh_vocabulary words;
    } lists[] = {{"level", PFH_WORDS_LEVEL},
                 {"role", PFH_WORDS_ROLE},
                 {"kind", PFH_WORDS_TASK},
                 {"state", PFH_WORDS_TASK_STATE}};

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (strcmp(lists[i].key, key) == 0)
            return lists[i].words;
    return (pfh_vocabulary)0;
}

/* What the library says of a setting; the option stands before it, so its key need not. */
static const char *sentence(const cli_setting *setting, const pfh_error *error)
{
    size_t size = strlen(setting->key);

    return strncmp(error->text, setting->key, size) == 0 && error->text[size] == ' '
               ? error->text + size + 1
               : error->text;
}

#define LIST_ROOM 512

/* Writes the words of a list, each after a space. */
static void list_words(char list[LIST_ROOM], pfh_vocabulary words)
{
    list[0] = '\0';
    for (int32_t i = 1; words != 0 && i <= pfh_word_count(words); i++) {
        size_t used = strlen(list);
        snprintf(list + used, LIST_ROOM - used, " %s", pfh_word(words, i));
    }
}

static int wrong_setting(const cli_options *options, const cli_setting *setting,
                         const pfh_error *error)
{
    pfh_vocabulary words = words_of(setting->key);
    char list[LIST_ROOM];

    if (error->status == PFH_E_NOMEM) {
        complain("out of memory");
        return EXIT_IO;
    }
    list_words(list, words);
    if (words != 0)
        return wrong_use(options->command, "--%s: one of%s is wanted", setting->option, list);
    return wrong_use(options->command, "--%s: %s", setting->option, sentence(setting, error));
}

int options_apply(const cli_options *options, setting_use set, void *target)
{
    pfh_error err;

    for (size_t i = 0; i < options->setting_count; i++) {
        const cli_setting *setting = &options->settings[i];
        if (set(target, setting->key, setting->value, &err) != PFH_OK)
            return wrong_setting(options, setting, &err);
    }
    return EXIT_WELL;
}

const char *options_setting(const cli_options *options, const char *key)
{
    const char *value = NULL;

    for (size_t i = 0; i < options->setting_count; i++)
        if (strcmp(options->settings[i].key, key) == 0)
            value = options->settings[i].value;
    return value;
}

int options_audience(const cli_options *options, pfh_audience *audience)
{
    const char *value = options->values[OPTION_AUDIENCE];
    char list[LIST_ROOM];

    *audience = (pfh_audience)pfh_word_find(PFH_WORDS_AUDIENCE, value);
    if (value == NULL || *audience != 0)
        return EXIT_WELL;
    list_words(list, PFH_WORDS_AUDIENCE);
    return wrong_use(options->command, "--audience: one of%s is wanted", list);
}

static const char *name_of(const cli_command *command, option_id id)
{
    size_t i = 0;

    while (table[i].id != id || (table[i].commands & command->bit) == 0)
        i++;
    return table[i].name;
}

int options_number(const cli_options *options, option_id id, int32_t low, int32_t high,
                   int32_t *number)
{
    const char *value = options->values[id];
    int32_t read = 0;

    if (value == NULL)
        return EXIT_WELL;
    for (const char *at = value; *at != '\0' && read <= high; at++)
        read = *at >= '0' && *at <= '9' && read <= high / 10 ? read * 10 + (*at - '0') : INT32_MAX;
    if (value[0] == '\0' || read < low || read > high)
        return wrong_use(options->command,
                         "--%s: a number from %" PRId32 " to %" PRId32 " is wanted",
                         name_of(options->command, id), low, high);
    *number = read;
    return EXIT_WELL;
}

void options_help(cli_output *out, const cli_command *command)
{
    for (size_t i = 0; i < ROWS; i++) {
        const cli_option_row *row = &table[i];
        char left[32];
        if ((row->commands & command->bit) == 0)
            continue;
        snprintf(left, sizeof left, "--%s%s%s", row->name, row->argument != NULL ? " " : "",
                 row->argument != NULL ? row->argument : "");
        put_format(out, "  %-16s  %s%s\n", left, row->help,
                   row->id == OPTION_FORMAT ? command->formats : "");
    }
}
