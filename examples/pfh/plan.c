/*
 * plan.c -- `pfh plan`: one plan a line, in the order of the input.
 */
#include "plan.h"

typedef struct cli_writer {
    cli_output *out;
    int32_t explain;
} cli_writer;

static pfh_status use(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err)
{
    const cli_writer *writer = context;
    char *json = NULL;
    pfh_status status = pfh_plan_to_json(&json, *plan, writer->explain, err);

    (void)pathway;
    if (status != PFH_OK)
        return status;
    put_text(writer->out, json);
    put_bytes(writer->out, "\n", 1);
    pfh_string_free(json);
    return PFH_OK;
}

int write_plans(cli_output *out, const cli_options *options, bool explain)
{
    cli_writer writer = {out, explain};

    return run_plans(out, options, &(cli_job){.use = use, .context = &writer});
}

int run_plan(cli_output *out, const cli_options *options)
{
    return write_plans(out, options, options->values[OPTION_EXPLAIN] != NULL);
}
