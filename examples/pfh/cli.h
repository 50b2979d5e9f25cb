/*
 * cli.h -- what the parts of the command line share: exit statuses and the table of commands.
 */
#ifndef PFH_CLI_H
#define PFH_CLI_H

#include "options.h"
#include "output.h"

#include <pfh/pfh.h>

/* Exit statuses; the man page promises them. */
enum {
    EXIT_WELL = 0, /* all well */
    EXIT_BAD = 1,  /* a line refused, an invalid number, a conflict, or an error found by `check` */
    EXIT_USE = 2,  /* wrong use */
    EXIT_IO = 3    /* input or output failed, or memory ran out */
};

/* The commands, as bits for the table of options. */
enum {
    FOR_PLAN = 1,
    FOR_WORKLIST = 2,
    FOR_CHECK = 4,
    FOR_EXPLAIN = 8,
    FOR_ID = 16,
    FOR_EDITION = 32,
    FOR_ICAL = 64,
    FOR_ICAL_READ = 128,
    FOR_LINT = 256,
    FOR_NEEDS = 512,
    FOR_CHECKLIST = 1024,
    FOR_HANDOVER = 2048,
    FOR_MERGE = 4096,
    FOR_DIFF = 8192,
    /* those that look at a day */
    FOR_PLANS = FOR_PLAN | FOR_WORKLIST | FOR_CHECK | FOR_EXPLAIN | FOR_ICAL | FOR_ICAL_READ |
                FOR_NEEDS | FOR_CHECKLIST,
    FOR_PATHWAYS = FOR_PLANS | FOR_HANDOVER | FOR_MERGE | FOR_DIFF,
    FOR_STDIN = FOR_PATHWAYS & ~(FOR_CHECKLIST | FOR_DIFF) /* read it without a FILE */
};

/* A command: one row of the table in main.c. */
typedef struct cli_command {
    const char *name;
    unsigned bit;         /* FOR_... */
    const char *operands; /* as the usage line shows them */
    const char *summary;  /* one line */
    const char *formats;  /* the words of --format, the default first; NULL: no --format */
    const char *bad;      /* what exit status 1 stands for; NULL: there is none, and no input */
    const char *details;  /* paragraphs for --help */
    int (*run)(cli_output *out, const cli_options *options);
} cli_command;

/* The row in place `index`; NULL beyond the end. */
const cli_command *command_at(size_t index);

int run_plan(cli_output *out, const cli_options *options);
int run_worklist(cli_output *out, const cli_options *options);
int run_check(cli_output *out, const cli_options *options);
int run_explain(cli_output *out, const cli_options *options);
int run_id(cli_output *out, const cli_options *options);
int run_edition(cli_output *out, const cli_options *options);
int run_ical(cli_output *out, const cli_options *options);
int run_ical_read(cli_output *out, const cli_options *options);
int run_lint(cli_output *out, const cli_options *options);
int run_needs(cli_output *out, const cli_options *options);
int run_checklist(cli_output *out, const cli_options *options);
int run_handover(cli_output *out, const cli_options *options);
int run_merge(cli_output *out, const cli_options *options);
int run_diff(cli_output *out, const cli_options *options);

#endif
