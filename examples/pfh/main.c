/*
 * main.c -- `pfh`: the command line of libpfh, and an example of how to use it.
 *
 * Here is the table of commands and what is common to them; each command has a file of its own.
 */
#include "cli.h"

#include <string.h>

#define PATHWAYS "[FILE...]"

/* With the commands that read standard input without a FILE, and with the others. */
static const char *const about_input =
    "Reads pathways (pfh-pathway/1) from files, or from standard input %sas -:\n"
    "NDJSON, one pathway a line, or one pathway over several lines. A bad line is reported on\n"
    "standard error as FILE:LINE: STATUS at POINTER: sentence, and the others go on.\n\n";

#define REFUSED "1 a line was refused"

static const char *const about_ical =
    "Writes a calendar (iCalendar, RFC 5545): each task an entry on its due date, each\n"
    "appointment one at its hour. Programs subscribe to it; written anew each night it\n"
    "follows the pathways.\n"
    "With --update an entry that is still true stays as it is, one that changed says so,\n"
    "and one that is no longer in the plans is cancelled: all pathways of the calendar must\n"
    "be read. A refused line would cancel that patient's entries, so then the file is left\n"
    "as it was (exit 1).\n"
    "With --split unit FILE is a folder, made if need be, with UNIT.ics for each unit that\n"
    "has tasks and ~none.ics for tasks without one; --update also brings the files up to\n"
    "date of units that have none any more.\n"
    "Files are replaced as a whole, and left alone where nothing changed; new ones are for\n"
    "yourself alone (mode 600). When a file cannot be read, nothing is written (exit 3). Of\n"
    "two pathways with one id the later line is refused. Filters can be given more than\n"
    "once, and - is none, as in pfh worklist. PERIOD is RFC 5545's, at most 366 days:\n"
    "PT15H, P1D, P2W. Alarms and colours are a choice of this library, not national policy.\n";

static const char *const about_needs =
    "Writes for each pathway what the patient needs, topic by topic, as plain text that fits a\n"
    "message: what is private is left out, and what is longer than --max, from its end. It is\n"
    "for the municipality, or who --audience says, of a copy as by pfh handover: where the policy\n"
    "says that the municipality takes no messages, the line is refused (agreement). Between two\n"
    "texts stand two empty lines, which no text holds. With --format json it is pfh-needs/1, one\n"
    "a line; without --audience of the pathway itself, with all notes and private topics.\n";

static const char *const about_checklist =
    "Without a FILE it is a blank one of the edition. With files it is one for each pathway, in\n"
    "which what is known from earlier assessments is filled in, but for notes and what is\n"
    "private. Between two texts stand two empty lines; with --format json it is pfh-checklist/1,\n"
    "one a line. It holds the topics' titles, and no text of any instrument.\n";

static const char *const about_handover =
    "Writes of each pathway a copy for who is to have it, a pathway again, one a line in the\n"
    "order of the input, without what is private and what --rules lists. What is left out\n"
    "leaves its id and date, or is counted, so that pfh merge puts the copy back. Where the\n"
    "policy says that the municipality takes no messages, lines are refused (agreement).\n";

static const char *const about_merge =
    "Reads all files and writes each pathway once, one a line in the order in which the ids first\n"
    "came, with all that its copies have; copies by pfh handover are filled up. A line does not\n"
    "depend on the order of the files, and with --sort the whole output does not.\n"
    "Where copies contradict each other nothing is written of that pathway (exit 1), and each\n"
    "conflict is reported on standard error, with the first earlier copy that says otherwise:\n"
    "FILE:LINE: conflict at POINTER: PATHWAY/NAME against FILE:LINE at POINTER: sentence (key).\n"
    "--resolve says whose is taken: mine is the earlier copy, theirs the later one. CHOICE is\n"
    "mine or theirs for all; NAME=mine for that NAME, as event:e7 or /diagnosis, in every\n"
    "pathway; PATHWAY/NAME=mine, as it is reported, in one. It can be given more than once: the\n"
    "narrower goes first, then the last. Of what is not taken nothing is kept.\n"
    "Of a pathway of which a line is refused nothing is written either: its other lines are left\n"
    "alone, which is reported. --rejects keeps all lines of which nothing is written, to be put\n"
    "right and merged again. When a file cannot be read, nothing is written (exit 3). All of the\n"
    "input is in memory at once.\n";

static const char *const about_diff =
    "Writes a line for each thing that THEIRS has and MINE has not, or has less of, and for each\n"
    "conflict, by the ids of the pathways: PATHWAY: KIND NAME TYPE DATE (POINTERS): sentence.\n"
    "KIND is added, fuller or conflict; a pathway that MINE has not at all is added /. What only\n"
    "MINE has is no line. With --format json each is an object: pathway, kind, name, event,\n"
    "type, date, mine and theirs (pointers), conflict, key; null where there is nothing.\n"
    "Differences alone are exit 0: they can be merged. Of two pathways with one id in a file the\n"
    "later line is refused; where a line is refused, the other copy of its pathway is left alone.\n"
    "When a file cannot be read, nothing is written (exit 3).\n";

static const cli_command commands[] = {
    {"plan", FOR_PLAN, PATHWAYS, "where each pathway stands and what is to be done, as JSON", NULL,
     REFUSED, "Writes one plan (pfh-plan/1) a line, in the order of the input.\n", run_plan},
    {"worklist", FOR_WORKLIST, PATHWAYS, "the open tasks, in the order in which they are due",
     "table json csv", REFUSED,
     "Filters can be given more than once: values of one are alternatives, different ones narrow\n"
     "each other. - stands for none: --unit - shows the tasks without a unit. Without filters all\n"
     "open tasks are shown, also those that wait for their day. Of --from and --to the last "
     "counts.\n"
     "Units and roles come from the policy's `assign` and from `assigned` events; without a "
     "policy\n"
     "nearly all tasks have none. When a file cannot be read, no list is written (exit 3). A "
     "refused\n"
     "line does not stop the list (exit 1): its tasks are missing, so look at standard error.\n",
     run_worklist},
    {"check", FOR_CHECK, PATHWAYS, "what is coded wrongly or does not fit together",
     "text json csv", "1 a line was refused, or an error found",
     "Writes one line for each finding: PATHWAY: SEVERITY ID point N event E: title.\n", run_check},
    {"explain", FOR_EXPLAIN, PATHWAYS, "why each date is what it is, in words", "text json",
     REFUSED,
     "Writes a text for each pathway; with --format json its plan, each date with its reasons.\n",
     run_explain},
    {"ical", FOR_ICAL, PATHWAYS, "the tasks and appointments as a calendar", NULL, REFUSED,
     about_ical, run_ical},
    {"ical-read", FOR_ICAL_READ, "--calendar FILE [FILE...]",
     "what people did in a calendar, as proposed events", "text json", REFUSED,
     "Looks at a calendar of pfh ical in which people have worked: an appointment moved or\n"
     "cancelled, a to-do completed. Writes CALENDAR:LINE: PATHWAY TASK: the event that it\n"
     "proposes, or what must be known first; with --format json an object a line: pathway,\n"
     "task, kind, point, event (as in a pathway, without an id; or null), needs, uid, line.\n"
     "Nothing is applied: give an event an id and the time at which it is recorded, without\n"
     "which it may count before what it replaces, and add it to the pathway. Entries of others\n"
     "are left alone. --domain must be that of the calendar. When a file cannot be read,\n"
     "nothing is written (exit 3).\n",
     run_ical_read},
    {"lint", FOR_LINT, "[FILE...]", "what is wrong with the bytes of a calendar", "text json",
     "1 there are defects",
     "Looks at iCalendar files, or at standard input without a FILE or as -. Writes a line\n"
     "for each defect, FILE:LINE:COLUMN: RULE (RFC 5545, 3.1) SUBJECT: sentence, columns in\n"
     "bytes, and nothing for a calendar without defects.\n",
     run_lint},
    {"needs", FOR_NEEDS, PATHWAYS, "what each patient needs, as text for a message or as JSON",
     "text json", REFUSED, about_needs, run_needs},
    {"checklist", FOR_CHECKLIST, "--point N [FILE...]",
     "the topics of a point, blank or with what is known", "text json", REFUSED, about_checklist,
     run_checklist},
    {"handover", FOR_HANDOVER, "--audience WORD [FILE...]",
     "each pathway as somebody else may have it", NULL, REFUSED, about_handover, run_handover},
    {"merge", FOR_MERGE, PATHWAYS, "copies of pathways put together, each pathway once", NULL,
     "1 a line was refused, or there are conflicts", about_merge, run_merge},
    {"diff", FOR_DIFF, "MINE THEIRS", "what another copy of pathways has, and what conflicts",
     "text json", "1 a line was refused, or there are conflicts", about_diff, run_diff},
    {"id", FOR_ID, "[NUMBER...]", "classify and check person numbers and others", NULL,
     "1 some number is invalid",
     "Checks the numbers given, or one a line of standard input, where nobody else can see them.\n"
     "Writes PLACE: KIND valid or invalid, what is known of it, and a hint of the birth date. No\n"
     "number is ever repeated. A hint is no fact: never fill in a birth date from it.\n",
     run_id},
    {"edition", FOR_EDITION, "[NAME...]", "the national rules that run, with their sources", NULL,
     NULL, "Writes the points, topics and activities of the editions named, or of all.\n",
     run_edition},
};
#define COMMANDS (sizeof commands / sizeof commands[0])

const cli_command *command_at(size_t index)
{
    return index < COMMANDS ? &commands[index] : NULL;
}

static const cli_command *find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static void put_status(cli_output *out, const char *bad)
{
    put_format(out, "Exit status: 0 all well; %s; 2 wrong use; 3 input or output failed.\n", bad);
}

static int help(cli_output *out)
{
    put_text(out, "Usage: pfh COMMAND [OPTION...] [FILE...]\n\n"
                  "Pakkeforløp hjem for cancer patients: what follows from what has happened.\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        put_format(out, "  %-9s %s\n", commands[i].name, commands[i].summary);
    put_text(out, "  help      show the help of a command: pfh help COMMAND\n\n"
                  "  --help, -h  show this help\n"
                  "  --version   show the version\n\n");
    put_status(out,
               "1 a line was refused, a number invalid, or an error, defect or conflict found");
    return EXIT_WELL;
}

static int help_of(cli_output *out, const cli_command *command)
{
    put_format(out, "Usage: pfh %s [OPTION...] %s\n\n%c%s.\n\n", command->name, command->operands,
               command->summary[0] - 'a' + 'A', command->summary + 1);
    if ((command->bit & FOR_PATHWAYS) != 0)
        put_format(out, about_input, (command->bit & FOR_STDIN) != 0 ? "without a FILE or " : "");
    put_format(out, "%s\n", command->details);
    options_help(out, command);
    put_text(out, "\n");
    if (command->bad != NULL)
        put_status(out, command->bad);
    else
        put_text(out, "Exit status: 0 all well; 2 wrong use; 3 output failed.\n");
    return EXIT_WELL;
}

static int no_command(void)
{
    fputs("pfh: a command is wanted: ", stderr);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(stderr, "%s%s", commands[i].name,
                i + 2 < COMMANDS    ? ", "
                : i + 2 == COMMANDS ? " or "
                                    : "; see pfh --help\n");
    return EXIT_USE;
}

static int wrong_command(const char *typed)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (is_like(typed, commands[i].name)) {
            complain("there is no command %s; did you mean %s?", typed, commands[i].name);
            return EXIT_USE;
        }
    if (may_repeat(typed))
        complain("there is no command %s; see pfh --help", typed);
    else
        complain("there is no such command; see pfh --help");
    return EXIT_USE;
}

static int run_command(cli_output *out, const cli_command *command, int count, char **arguments)
{
    cli_options options;
    int code = options_parse(&options, command, count, arguments);

    if (code == EXIT_WELL)
        code = options.values[OPTION_HELP] != NULL ? help_of(out, command)
                                                   : command->run(out, &options);
    options_free(&options);
    return code;
}

static int dispatch(cli_output *out, int count, char **arguments)
{
    const char *name = count > 1 ? arguments[1] : NULL;
    bool helps = name != NULL && strcmp(name, "help") == 0;

    if (name == NULL)
        return no_command();
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || (helps && count == 2))
        return help(out);
    if (strcmp(name, "--version") == 0) {
        put_format(out, "pfh %s\n", pfh_version());
        return EXIT_WELL;
    }
    if (helps && find(arguments[2]) != NULL)
        return help_of(out, find(arguments[2]));
    if (!helps && find(name) != NULL)
        return run_command(out, find(name), count - 2, arguments + 2);
    if (name[0] == '-') {
        complain("options come after the command: pfh COMMAND [OPTION...]; see pfh --help");
        return EXIT_USE;
    }
    return wrong_command(arguments[helps ? 2 : 1]);
}

int main(int count, char **arguments)
{
    cli_output out;

    keep_standard_streams();
    output_open(&out);
    return output_close(&out, dispatch(&out, count, arguments));
}
