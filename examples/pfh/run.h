/*
 * run.h -- from files of pathways to their plans, one at a time, in the order of the input.
 *
 * A bad line is reported, kept when that was asked for, and passed over.
 */
#ifndef PFH_CLI_RUN_H
#define PFH_CLI_RUN_H

#include "rejects.h"

/* What a command does with plans, or with the pathways themselves. */
typedef struct cli_job {
    /* Is given the policy, or NULL, before the first line; borrowed until run_plans() returns.
     * Another exit status than EXIT_WELL ends the work.  May be NULL. */
    int (*begin)(void *context, const pfh_policy *policy);
    /* Takes a plan and the pathway that it is of, borrowed for the call; who sets *plan to NULL
     * keeps it.  PFH_OK goes on, PFH_E_NOMEM ends the work, another status refuses the line. */
    pfh_status (*use)(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err);
    /* In place of `use`, with no plan derived: takes a line that could be read, borrowed for the
     * call but for the name of its file.  Answers as `use`. */
    pfh_status (*take)(void *context, const char *file, const pfh_line *line, pfh_error *err);
    /* Hears of a line that could not be read, after it was reported and kept; borrowed as in
     * `take`.  False: out of memory.  May be NULL. */
    bool (*refused)(void *context, const char *file, const pfh_line *line);
    /* What is left to do when all files could be read; may refuse more lines.  Answers an exit
     * status.  May be NULL. */
    int (*end)(void *context, cli_rejects *rejects);
    void *context;
    bool at_end;     /* nothing is written before all is read */
    bool no_default; /* without operands nothing is read, standard input neither */
} cli_job;

/* Does the job with the plan of every pathway of the operands, or of standard input.  Answers an
 * exit status. */
int run_plans(cli_output *out, const cli_options *options, const cli_job *job);

/* FILE:LINE: STATUS at POINTER: sentence, on standard error. */
void report(const char *file, const pfh_line *line, const pfh_error *error);

/* Says what is wrong with a document that is no line of a caseload, as of a refused line; answers
 * EXIT_IO when memory ran out, else `code`. */
int report_document(const char *file, const char *text, size_t size, const pfh_error *error,
                    int code);

/* Says that memory ran out, and answers EXIT_IO. */
int no_memory(void);

/* Whether the command reads that file. */
bool is_input(const cli_options *options, const char *file);

/* Says that pathways would be written over those that are read, and answers EXIT_USE. */
int check_output(const cli_options *options);

#endif
