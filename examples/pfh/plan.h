/*
 * plan.h -- plans as pfh-plan/1, for `plan` and `explain --format json`.
 */
#ifndef PFH_CLI_PLAN_H
#define PFH_CLI_PLAN_H

#include "run.h"

/* Writes one plan a line; `explain` adds why each date is what it is. */
int write_plans(cli_output *out, const cli_options *options, bool explain);

#endif
