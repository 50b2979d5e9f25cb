/*
 * checklist.c -- `pfh checklist`: the topics of a point, to be gone through with the patient.
 */
#include "run.h"

#include <inttypes.h>

typedef struct cli_lister {
    cli_output *out;
    const cli_options *options;
    const pfh_policy *policy;
    int32_t point;
    bool first;
} cli_lister;

/* Writes the checklist of a point; `known` may be NULL. */
static pfh_status put_checklist(cli_lister *lister, const pfh_edition *edition,
                                const pfh_needs *known, pfh_language language, pfh_error *err)
{
    const bool is_json = lister->options->format == FORMAT_JSON;
    char *text = NULL;
    pfh_status status = is_json ? pfh_checklist_to_json(&text, edition, lister->point,
                                                        lister->policy, known, language, err)
                                : pfh_checklist_to_text(&text, edition, lister->point,
                                                        lister->policy, known, language, err);

    if (status != PFH_OK)
        return status;
    put_document(lister->out, text, is_json, lister->first);
    lister->first = false;
    pfh_string_free(text);
    return PFH_OK;
}

/* ---- Without a pathway -------------------------------------------------------------------- */

static const pfh_edition *edition_of(const cli_options *options)
{
    const char *name = options->values[OPTION_EDITION];

    return name != NULL ? pfh_edition_find(name) : pfh_edition_at(0);
}

static int begin(void *context, const pfh_policy *policy)
{
    cli_lister *lister = context;
    const cli_options *options = lister->options;
    const pfh_edition *edition = edition_of(options);

    lister->policy = policy;
    if (options->operand_count > 0 && options->values[OPTION_EDITION] == NULL)
        return EXIT_WELL; /* each pathway names its own */
    if (lister->point > edition->point_count)
        return wrong_use(options->command, "--point: %s has %" PRId32 " points", edition->name,
                         edition->point_count);
    if (options->operand_count > 0)
        return EXIT_WELL;
    return put_checklist(lister, edition, NULL, options->language, NULL) == PFH_OK ? EXIT_WELL
                                                                                   : no_memory();
}

/* ---- Of pathways -------------------------------------------------------------------------- */

static pfh_status put_for(cli_lister *lister, const pfh_needs *needs, pfh_error *err)
{
    const pfh_plan *plan = pfh_needs_plan(needs);
    const pfh_edition *edition = pfh_plan_edition(plan);
    pfh_language language = lister->options->language;

    if (lister->options->values[OPTION_LANG] == NULL && pfh_plan_language(plan) != 0)
        language = pfh_plan_language(plan);
    if (lister->point > edition->point_count) {
        err->offset = -1;
        snprintf(err->where, sizeof err->where, "/edition");
        snprintf(err->text, sizeof err->text, "%s has %" PRId32 " points", edition->name,
                 edition->point_count);
        return PFH_E_VALUE;
    }
    return put_checklist(lister, edition,
                         lister->options->values[OPTION_BLANK] != NULL ? NULL : needs, language,
                         err);
}

static pfh_status take(void *context, const char *file, const pfh_line *line, pfh_error *err)
{
    cli_lister *lister = context;
    const cli_options *options = lister->options;
    pfh_needs *needs = NULL;
    pfh_status status =
        pfh_needs_derive(&needs, line->pathway, lister->policy, options->as_of,
                         options->values[OPTION_KNOWN_AT], options->values[OPTION_EDITION], err);

    (void)file;
    if (status == PFH_OK)
        status = put_for(lister, needs, err);
    pfh_needs_free(needs);
    return status;
}

int run_checklist(cli_output *out, const cli_options *options)
{
    cli_lister lister = {.out = out, .options = options, .first = true};
    int code = options_number(options, OPTION_POINT, 1, 99, &lister.point);

    if (code == EXIT_WELL && lister.point == 0)
        code = wrong_use(options->command, "a point is wanted: --point N");
    if (code != EXIT_WELL)
        return code;
    return run_plans(
        out, options,
        &(cli_job){.begin = begin, .take = take, .context = &lister, .no_default = true});
}
