/*
 * id.c -- `pfh id`: classifies and checks numbers, and never repeats one.
 *
 * Numbers on a command line can be seen by others on the machine; on standard input they cannot.
 */
#include "cli.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define NUMBER_SIZE 64 /* no number is as long */

typedef int32_t (*number_test)(const char *text);

/* What --kind takes besides the person numbers. */
static const struct {
    const char *word;
    number_test test;
    const char *wanted;
} others[] = {
    {"org", pfh_number_is_organisation, "nine digits with a valid check digit are wanted"},
    {"municipality", pfh_number_is_municipality, "four digits are wanted"},
    {"hpr", pfh_number_is_hpr, "one to nine digits are wanted"},
    {"her", pfh_number_is_her_id, "one to nine digits are wanted"},
};
#define OTHERS (sizeof others / sizeof others[0])

typedef struct cli_checker {
    cli_output *out;
    const char *place; /* "argument" or "line" */
    pfh_number_kind declared;
    pfh_number_rule rule;
    size_t other; /* a row of `others`, or OTHERS */
    bool found_invalid;
} cli_checker;

static int choose_kind(cli_checker *checker, const cli_options *options)
{
    const char *word = options->values[OPTION_KIND];

    checker->other = OTHERS;
    checker->declared = PFH_NUMBER_ANY;
    if (word == NULL)
        return EXIT_WELL;
    checker->declared = pfh_number_kind_find(word);
    for (size_t i = 0; i < OTHERS; i++)
        if (strcmp(others[i].word, word) == 0)
            checker->other = i;
    if (checker->declared != PFH_NUMBER_ANY || checker->other < OTHERS)
        return EXIT_WELL;
    return wrong_use(options->command,
                     "--kind: one of fnr dnr hnr fhn duf org municipality hpr her is wanted");
}

static int choose_rule(cli_checker *checker, const cli_options *options)
{
    const char *word = options->values[OPTION_RULE];

    checker->rule = PFH_RULE_STRICT;
    if (word == NULL || strcmp(word, "strict") == 0)
        return EXIT_WELL;
    checker->rule = PFH_RULE_2032;
    if (strcmp(word, "2032") == 0)
        return EXIT_WELL;
    return wrong_use(options->command, "--rule: one of strict 2032 is wanted");
}

static void put_traits(cli_output *out, int32_t traits)
{
    if ((traits & PFH_TRAIT_STRICT) == 0)
        put_text(out, " only-2032");
    if ((traits & PFH_TRAIT_SYNTHETIC) != 0)
        put_text(out, " synthetic");
    if ((traits & PFH_TRAIT_AMBIGUOUS) != 0)
        put_text(out, " ambiguous");
}

static void put_hint(cli_output *out, int32_t traits, pfh_date hint)
{
    char date[11];

    if (hint == PFH_NONE || pfh_date_write(date, sizeof date, hint, NULL) != PFH_OK)
        return;
    put_format(out, " birth-hint %s", date);
    if ((traits & PFH_TRAIT_UNCERTAIN) != 0)
        put_text(out, " uncertain");
}

static void check_other(cli_checker *checker, const char *number)
{
    bool valid = others[checker->other].test(number) != 0;

    put_format(checker->out, "%s %s", others[checker->other].word, valid ? "valid" : "invalid");
    if (!valid)
        put_format(checker->out, ": %s", others[checker->other].wanted);
    checker->found_invalid = checker->found_invalid || !valid;
}

/* An invalid number has the kind that it is said to be of. */
static const char *kind_word(pfh_number_kind kind)
{
    const char *word = pfh_number_kind_name(kind);

    return word != NULL ? word : "unknown";
}

static void check_person(cli_checker *checker, const char *number)
{
    pfh_number_kind kind = PFH_NUMBER_ANY;
    int32_t traits = 0;
    pfh_date hint = PFH_NONE;
    pfh_error err;

    if (pfh_number_classify(&kind, &traits, &hint, number, checker->declared, checker->rule,
                            &err) != PFH_OK) {
        put_format(checker->out, "%s invalid: %s", kind_word(checker->declared), err.text);
        checker->found_invalid = true;
        return;
    }
    put_format(checker->out, "%s valid", kind == PFH_NUMBER_ANY ? "fnr-or-hnr" : kind_word(kind));
    if (kind != PFH_NUMBER_DUF)
        put_traits(checker->out, traits);
    put_hint(checker->out, traits, hint);
}

/* PLACE: KIND valid|invalid ... */
static void check_number(cli_checker *checker, int64_t place, const char *number)
{
    put_format(checker->out, "%s %" PRId64 ": ", checker->place, place);
    if (checker->other < OTHERS)
        check_other(checker, number);
    else
        check_person(checker, number);
    put_text(checker->out, "\n");
}

/* Reads a line without its end into `text`; what is too long or holds a NUL is spoilt, so that it
 * is no number.  False at the end of the input. */
static bool read_number(char *text, size_t *size)
{
    int byte;

    *size = 0;
    while ((byte = getchar()) != EOF && byte != '\n')
        if (*size + 1 < NUMBER_SIZE)
            text[(*size)++] = byte != '\0' ? (char)byte : '?';
    if (*size > 0 && text[*size - 1] == '\r')
        (*size)--;
    text[*size] = '\0';
    return byte != EOF || *size > 0;
}

static int check_input(cli_checker *checker)
{
    char text[NUMBER_SIZE];
    size_t size;

    checker->place = "line";
    errno = 0;
    for (int64_t line = 1; checker->out->error == 0 && read_number(text, &size); line++)
        if (size > 0)
            check_number(checker, line, text);
    memset(text, 0, sizeof text);
    if (!ferror(stdin))
        return EXIT_WELL;
    complain("cannot read standard input: %s", strerror(errno));
    return EXIT_IO;
}

int run_id(cli_output *out, const cli_options *options)
{
    cli_checker checker = {.out = out, .place = "argument"};
    int code = choose_kind(&checker, options);

    if (code == EXIT_WELL)
        code = choose_rule(&checker, options);
    if (code == EXIT_WELL && options->operand_count == 0)
        code = check_input(&checker);
    for (size_t i = 0; code == EXIT_WELL && i < options->operand_count; i++) {
        if (strcmp(options->operands[i], "-") == 0)
            code = check_input(&checker);
        else {
            checker.place = "argument";
            check_number(&checker, (int64_t)i + 1, options->operands[i]);
        }
    }
    return code == EXIT_WELL && checker.found_invalid ? EXIT_BAD : code;
}
