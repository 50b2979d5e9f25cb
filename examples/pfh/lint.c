/*
 * lint.c -- `pfh lint`: what is wrong with the bytes of calendars, a defect a line.
 */
#include "calendar.h"
#include "input.h"

#include <inttypes.h>
#include <stdlib.h>

#define MOST_DEFECTS ((size_t)10000) /* that the library gives */

static void put_defect_json(cli_output *out, const char *file, const pfh_defect *defect)
{
    put_text(out, "{");
    if (file != NULL) {
        put_json_key(out, "file", true);
        put_json(out, file);
        put_json_number(out, "line", defect->line);
        put_json_number(out, "column", defect->column);
    }
    put_json_key(out, "rule", file == NULL);
    put_json(out, defect->rule);
    put_json_text(out, "section", defect->section);
    if (file != NULL)
        put_json_text(out, "subject", defect->subject);
    put_json_text(out, "text", defect->text);
    put_text(out, "}\n");
}

/* FILE:LINE:COLUMN: RULE (SECTION) SUBJECT: sentence; a rule has neither place nor subject. */
static void put_defect(cli_output *out, const char *file, const pfh_defect *defect)
{
    if (file != NULL) {
        put_plain(out, file);
        put_format(out, ":%" PRId32 ":%" PRId32 ": ", defect->line, defect->column);
    }
    put_format(out, "%s (%s)", defect->rule, defect->section);
    if (file != NULL && defect->subject != NULL) {
        put_text(out, " ");
        put_plain(out, defect->subject);
    }
    put_format(out, ": %s\n", defect->text);
}

static void put(cli_output *out, const cli_options *options, const char *file,
                const pfh_defect *defect)
{
    if (options->format == FORMAT_JSON)
        put_defect_json(out, file, defect);
    else
        put_defect(out, file, defect);
}

static int put_defects(cli_output *out, const cli_options *options, const char *file,
                       const pfh_defects *defects)
{
    size_t count = pfh_defects_count(defects);

    for (size_t i = 0; i < count && out->error == 0; i++)
        put(out, options, file, pfh_defects_row(defects, i));
    if (count >= MOST_DEFECTS)
        complain("%s: there may be more than these %zu defects", file, count);
    return count > 0 ? EXIT_BAD : EXIT_WELL;
}

static int lint_file(cli_output *out, const cli_options *options, const char *file)
{
    pfh_defects *defects = NULL;
    pfh_error err;
    char *text = NULL;
    size_t size = 0;
    int code = calendar_input(file, CALENDAR_MOST, &text, &size);

    if (code == EXIT_WELL) {
        if (pfh_ical_lint(&defects, text, size, &err) == PFH_OK)
            code = put_defects(out, options, file, defects);
        else
            code = report_document(file, text, size, &err, EXIT_IO);
    }
    pfh_defects_free(defects);
    free(text);
    return code;
}

static int list_rules(cli_output *out, const cli_options *options)
{
    if (options->operand_count > 0)
        return wrong_use(options->command, "--rules reads no FILE");
    for (size_t i = 0; i < pfh_lint_rule_count(); i++)
        put(out, options, NULL, pfh_lint_rule(i));
    return EXIT_WELL;
}

int run_lint(cli_output *out, const cli_options *options)
{
    int worst = EXIT_WELL;

    if (options->values[OPTION_RULES] != NULL)
        return list_rules(out, options);
    if (options->operand_count == 0)
        return lint_file(out, options, "-");
    for (size_t i = 0; i < options->operand_count && out->error == 0; i++) {
        int code = lint_file(out, options, options->operands[i]);
        worst = code > worst ? code : worst;
    }
    return worst;
}
