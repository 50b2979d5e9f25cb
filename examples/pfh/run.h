/*
 * run.h -- from files of pathways to their plans, one at a time, in the order of the input.
 *
 * A bad line is reported, kept when that was asked for, and passed over.
 */
#ifndef PFH_CLI_RUN_H
#define PFH_CLI_RUN_H

#include "cli.h"

/* Takes a plan and the pathway that it is of, borrowed for the call.  PFH_OK goes on; PFH_E_NOMEM
 * ends the work. */
typedef pfh_status (*plan_use)(void *context, const pfh_plan *plan, const pfh_pathway *pathway);

/* Gives `use` the plan of every pathway of the operands, or of standard input.
 * `at_end`: the command writes nothing before all is read.  Answers an exit status. */
int run_plans(cli_output *out, const cli_options *options, plan_use use, void *context,
              bool at_end);

#endif
