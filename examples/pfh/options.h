/*
 * options.h -- the arguments of a command, read against one table and checked before any input is
 * read.
 *
 * `--long=value` and `--long value`, `-h`, `--` ends the options, `-` is an operand.  What is wrong
 * is said on standard error; a value is never repeated there, because it may be a person number.
 */
#ifndef PFH_CLI_OPTIONS_H
#define PFH_CLI_OPTIONS_H

#include <pfh/pfh.h>

#include <stdbool.h>

struct cli_command;
struct cli_output;

typedef enum option_id {
    OPTION_AS_OF,
    OPTION_KNOWN_AT,
    OPTION_EDITION,
    OPTION_POLICY,
    OPTION_REJECTS,
    OPTION_LANG,
    OPTION_FORMAT,
    OPTION_EXPLAIN,
    OPTION_JSON,
    OPTION_KIND,
    OPTION_RULE,
    OPTION_OUT,
    OPTION_UPDATE,
    OPTION_SPLIT,
    OPTION_CALENDAR,
    OPTION_RULES,
    OPTION_AUDIENCE,
    OPTION_OVERRIDE,
    OPTION_MAX,
    OPTION_POINT,
    OPTION_BLANK,
    OPTION_SORT,
    OPTION_HELP,
    OPTION_FILTER,  /* which tasks: a setting that takes `-` for none */
    OPTION_SETTING, /* any other that the library takes by its key */
    OPTION_COUNT
} option_id;

typedef enum cli_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV } cli_format;

/* An option that is given on to the library, in the order of the arguments. */
typedef struct cli_setting {
    const char *option; /* "keep-days" */
    const char *key;    /* "keep_days" */
    const char *value;  /* NULL: tasks without one */
} cli_setting;

typedef struct cli_options {
    const struct cli_command *command;
    const char *values[OPTION_COUNT]; /* the last one given; "" for a switch; NULL: not given */
    cli_setting *settings;
    size_t setting_count;
    const char **operands;
    size_t operand_count;
    pfh_date as_of; /* given, or today */
    pfh_language language;
    cli_format format;
} cli_options;

/* Reads the arguments after the command's name; options_free() in every case.
 * Answers EXIT_WELL, EXIT_USE or EXIT_IO (no memory). */
int options_parse(cli_options *options, const struct cli_command *command, int count,
                  char **arguments);

void options_free(cli_options *options);

/* pfh_worklist_filter() or pfh_ical_options_set(), of whatever `target` is. */
typedef pfh_status (*setting_use)(void *target, const char *key, const char *value, pfh_error *err);

/* Gives all settings on; says what is wrong with one.  Answers an exit status. */
int options_apply(const cli_options *options, setting_use set, void *target);

/* The last value of a setting; NULL where it is not given. */
const char *options_setting(const cli_options *options, const char *key);

/* The audience of --audience, or 0 where it is not given; says what is wrong with it.  Answers an
 * exit status. */
int options_audience(const cli_options *options, pfh_audience *audience);

/* Reads the number of an option, `low` to `high`, or leaves `number` alone where it is not given;
 * says what is wrong with it.  Answers an exit status. */
int options_number(const cli_options *options, option_id id, int32_t low, int32_t high,
                   int32_t *number);

/* Writes the part of the help that lists a command's options. */
void options_help(struct cli_output *out, const struct cli_command *command);

/* Says that a command was used wrongly, as `pfh COMMAND: ...`, and answers EXIT_USE. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int wrong_use(const struct cli_command *command, const char *text, ...);

/* The same for the name of an edition that does not exist: `text` and a list of those that do. */
int wrong_edition(const struct cli_command *command, const char *text);

/* Whether a word that was typed is like one that exists: a mistake of one or two letters. */
bool is_like(const char *typed, const char *word);

/* Whether an argument may be repeated in a message: not if it has six digits in a row. */
bool may_repeat(const char *argument);

#endif
