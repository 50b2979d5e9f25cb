/*
 * check.c -- `pfh check`: the findings alone, one a line; the exit status says whether one is an
 * error.
 */
#include "labels.h"
#include "run.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

typedef struct cli_checker {
    cli_output *out;
    const cli_options *options;
    bool found_error;
    size_t findings;
    size_t pathways;
} cli_checker;

static const char *severity(const pfh_finding *finding)
{
    return pfh_word(PFH_WORDS_SEVERITY, (int32_t)finding->severity);
}

static const char *id(const pfh_finding *finding)
{
    return pfh_word(PFH_WORDS_FINDING, (int32_t)finding->kind);
}

/* PATHWAY: SEVERITY ID point N event E: title */
static void put_finding(const cli_checker *checker, const char *pathway, const pfh_finding *finding)
{
    cli_output *out = checker->out;

    put_format(out, "%s: %s %s", pathway, severity(finding), id(finding));
    if (finding->point != 0)
        put_format(out, " point %" PRId32, finding->point);
    if (finding->event != NULL)
        put_format(out, " event %s", finding->event);
    put_format(out, ": %s\n", finding_title(checker->options->language, finding));
}

static void put_finding_json(cli_output *out, const char *pathway, const pfh_finding *finding)
{
    put_text(out, "{");
    put_json_key(out, "pathway", true);
    put_json(out, pathway);
    put_json_text(out, "id", id(finding));
    put_json_text(out, "severity", severity(finding));
    if (finding->point != 0)
        put_json_number(out, "point", finding->point);
    else
        put_json_text(out, "point", NULL);
    put_json_text(out, "event", finding->event);
    put_text(out, "}\n");
}

static void put_finding_csv(cli_output *out, const char *pathway, const pfh_finding *finding)
{
    char point[16] = "";

    if (finding->point != 0)
        snprintf(point, sizeof point, "%" PRId32, finding->point);
    put_csv(out, pathway, false);
    put_csv(out, id(finding), false);
    put_csv(out, severity(finding), false);
    put_csv(out, point, false);
    put_csv(out, finding->event, true);
}

static pfh_status use(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err)
{
    cli_checker *checker = context;
    const char *name = pfh_pathway_id(pathway);

    (void)err;
    checker->pathways++;
    checker->findings += pfh_plan_finding_count(*plan);
    for (size_t i = 0; i < pfh_plan_finding_count(*plan); i++) {
        const pfh_finding *finding = pfh_plan_finding(*plan, i);
        if (finding->severity == PFH_SEVERITY_ERROR)
            checker->found_error = true;
        if (checker->options->format == FORMAT_JSON)
            put_finding_json(checker->out, name, finding);
        else if (checker->options->format == FORMAT_CSV)
            put_finding_csv(checker->out, name, finding);
        else
            put_finding(checker, name, finding);
    }
    return PFH_OK;
}

/* Who looks at a terminal is told that nothing was found; a file stays empty. */
static void say_none(const cli_checker *checker)
{
    if (checker->findings == 0 && checker->options->format == FORMAT_TEXT && isatty(STDOUT_FILENO))
        fprintf(stderr, "0 findings in %zu pathway%s\n", checker->pathways,
                checker->pathways == 1 ? "" : "s");
}

int run_check(cli_output *out, const cli_options *options)
{
    cli_checker checker = {.out = out, .options = options};
    int code;

    if (options->format == FORMAT_CSV)
        put_text(out, "pathway,id,severity,point,event\r\n");
    code = run_plans(out, options, &(cli_job){.use = use, .context = &checker});
    if (code <= EXIT_BAD)
        say_none(&checker);
    return code == EXIT_WELL && checker.found_error ? EXIT_BAD : code;
}
