/*
 * needs.c -- `pfh needs`: what each patient needs as of a day, as text for a message or as JSON.
 */
#include "run.h"

typedef struct cli_teller {
    cli_output *out;
    const cli_options *options;
    pfh_audience audience; /* who gets a copy; 0: nobody, it is of the pathway itself */
    const pfh_policy *policy;
    int32_t most; /* characters of a text */
    bool first;
} cli_teller;

static int begin(void *context, const pfh_policy *policy)
{
    cli_teller *teller = context;

    teller->policy = policy;
    return EXIT_WELL;
}

/* A patient is written to in the language of the patient. */
static pfh_language language_for(const cli_teller *teller, const pfh_needs *needs)
{
    const pfh_language own = pfh_plan_language(pfh_needs_plan(needs));
    const bool is_said = teller->options->values[OPTION_LANG] != NULL;

    return teller->audience == PFH_AUDIENCE_PATIENT && own != 0 && !is_said
               ? own
               : teller->options->language;
}

static bool is_json(const cli_teller *teller)
{
    return teller->options->format == FORMAT_JSON;
}

static pfh_status put_needs(cli_teller *teller, const pfh_needs *needs, pfh_error *err)
{
    char *text = NULL;
    pfh_status status = is_json(teller)
                            ? pfh_needs_to_json(&text, needs, err)
                            : pfh_needs_to_text(&text, needs, teller->audience,
                                                language_for(teller, needs), teller->most, err);

    if (status != PFH_OK)
        return status;
    put_document(teller->out, text, is_json(teller), teller->first);
    teller->first = false;
    pfh_string_free(text);
    return PFH_OK;
}

/* A document is of the copy that the audience gets.  A text is of the pathway itself, as it holds
 * nothing private and knows who is responsible, which a copy for the patient does not; but it goes
 * out, so that the copy must be one that may be handed over. */
static pfh_status take(void *context, const char *file, const pfh_line *line, pfh_error *err)
{
    cli_teller *teller = context;
    const cli_options *options = teller->options;
    pfh_pathway *copy = NULL;
    pfh_needs *needs = NULL;
    pfh_status status = PFH_OK;

    (void)file;
    if (teller->audience != 0)
        status = pfh_pathway_handover(&copy, line->pathway, teller->audience, teller->policy,
                                      options->values[OPTION_OVERRIDE] != NULL, err);
    if (status == PFH_OK)
        status = pfh_needs_derive(&needs, copy != NULL && is_json(teller) ? copy : line->pathway,
                                  teller->policy, options->as_of, options->values[OPTION_KNOWN_AT],
                                  options->values[OPTION_EDITION], err);
    if (status == PFH_OK)
        status = put_needs(teller, needs, err);
    pfh_needs_free(needs);
    pfh_pathway_free(copy);
    return status;
}

int run_needs(cli_output *out, const cli_options *options)
{
    cli_teller teller = {.out = out, .options = options, .most = 4000, .first = true};
    int code = options_audience(options, &teller.audience);

    if (code == EXIT_WELL)
        code = options_number(options, OPTION_MAX, 1, 1000000, &teller.most);
    if (code != EXIT_WELL)
        return code;
    if (teller.audience == 0 && options->format != FORMAT_JSON)
        teller.audience = PFH_AUDIENCE_MUNICIPALITY; /* a text is for somebody */
    return run_plans(out, options, &(cli_job){.begin = begin, .take = take, .context = &teller});
}
