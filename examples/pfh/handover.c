/*
 * handover.c -- `pfh handover`: each pathway as somebody else may have it, and what is left out.
 */
#include "labels.h"
#include "run.h"

typedef struct cli_handing {
    cli_output *out;
    const cli_options *options;
    pfh_audience audience;
    const pfh_policy *policy;
} cli_handing;

/* AUDIENCE: LEFT-OUT: reason; what nobody gets is left out for all. */
static int list_rules(cli_output *out, const cli_options *options)
{
    if (options->operand_count > 0)
        return wrong_use(options->command, "--rules reads no FILE");
    for (size_t i = 0; i < pfh_handover_rule_count(); i++) {
        const pfh_handover_rule *rule = pfh_handover_rule_at(i);
        const char *audience = pfh_word(PFH_WORDS_AUDIENCE, (int32_t)rule->audience);

        const char *but_to = pfh_word(PFH_WORDS_RECIPIENT, (int32_t)rule->but_to);

        put_format(out, "%s: %s%s%s: %s\n", audience != NULL ? audience : "all", rule->left_out,
                   but_to != NULL ? ", but to " : "", but_to != NULL ? but_to : "",
                   pfh_text(options->language, rule->reason));
    }
    return EXIT_WELL;
}

static int begin(void *context, const pfh_policy *policy)
{
    cli_handing *handing = context;

    handing->policy = policy;
    return EXIT_WELL;
}

static pfh_status take(void *context, const char *file, const pfh_line *line, pfh_error *err)
{
    const cli_handing *handing = context;
    const int32_t override = handing->options->values[OPTION_OVERRIDE] != NULL;
    pfh_pathway *copy = NULL;
    char *json = NULL;
    pfh_status status;

    (void)file;
    status = pfh_pathway_handover(&copy, line->pathway, handing->audience, handing->policy,
                                  override, err);
    if (status == PFH_OK)
        status = pfh_pathway_to_json(&json, copy, err);
    if (status == PFH_OK)
        put_format(handing->out, "%s\n", json);
    pfh_string_free(json);
    pfh_pathway_free(copy);
    return status;
}

int run_handover(cli_output *out, const cli_options *options)
{
    cli_handing handing = {.out = out, .options = options};
    int code;

    if (options->values[OPTION_RULES] != NULL)
        return list_rules(out, options);
    code = options_audience(options, &handing.audience);
    if (code == EXIT_WELL && handing.audience == 0)
        code = wrong_use(options->command, "an audience is wanted: --audience WORD");
    if (code == EXIT_WELL)
        code = check_output(options);
    if (code != EXIT_WELL)
        return code;
    return run_plans(out, options, &(cli_job){.begin = begin, .take = take, .context = &handing});
}
