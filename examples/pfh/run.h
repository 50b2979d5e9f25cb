/*
 * run.h -- from files of pathways to their plans, one at a time, in the order of the input.
 *
 * A bad line is reported, kept when that was asked for, and passed over.
 */
#ifndef PFH_CLI_RUN_H
#define PFH_CLI_RUN_H

#include "cli.h"

/* What a command does with plans. */
typedef struct cli_job {
    /* Is given the policy, or NULL, before the first line; borrowed until run_plans() returns.
     * Another exit status than EXIT_WELL ends the work.  May be NULL. */
    int (*begin)(void *context, const pfh_policy *policy);
    /* Takes a plan and the pathway that it is of, borrowed for the call; who sets *plan to NULL
     * keeps it.  PFH_OK goes on, PFH_E_NOMEM ends the work, another status refuses the line. */
    pfh_status (*use)(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err);
    void *context;
    bool at_end; /* nothing is written before all is read */
} cli_job;

/* Does the job with the plan of every pathway of the operands, or of standard input.  Answers an
 * exit status. */
int run_plans(cli_output *out, const cli_options *options, const cli_job *job);

/* Says what is wrong with a document that is no line of a caseload, as of a refused line; answers
 * EXIT_IO when memory ran out, else `code`. */
int report_document(const char *file, const char *text, size_t size, const pfh_error *error,
                    int code);

/* Whether the command reads that file. */
bool is_input(const cli_options *options, const char *file);

#endif
