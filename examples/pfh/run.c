/*
 * run.c -- see run.h.  Memory is that of one document and one plan, whatever the input.
 */
#include "run.h"

#include "input.h"
#include "progress.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INPUTS_BY_OPTION ((size_t)2)

typedef struct cli_run {
    cli_output *out;
    const cli_options *options;
    const cli_job *job;
    pfh_policy *policy;
    const char *file;
    cli_rejects rejects;
    int code; /* the worst so far */
    cli_progress progress;
} cli_run;

int no_memory(void)
{
    complain("out of memory");
    return EXIT_IO;
}

static bool fail(cli_run *run, int code)
{
    if (code > run->code)
        run->code = code;
    return false;
}

static bool out_of_memory(cli_run *run)
{
    progress_clear(&run->progress);
    return fail(run, no_memory());
}

static void unreadable(cli_run *run, const char *file)
{
    int error = errno;

    progress_clear(&run->progress);
    complain("cannot read %s: %s", strcmp(file, "-") == 0 ? "standard input" : file,
             strerror(error));
    fail(run, EXIT_IO);
}

/* Of a document over several lines: in which one its text is wrong.  The byte is in the sentence.
 */
static void report_line(const pfh_line *line, int32_t offset)
{
    size_t lines = 1;

    if (offset < 0 || (size_t)offset > line->size || line->size == 0 ||
        memchr(line->text, '\n', line->size - 1) == NULL)
        return;
    for (size_t i = 0; i < (size_t)offset; i++)
        lines += line->text[i] == '\n';
    fprintf(stderr, " (line %zu)", lines);
}

void report(const char *file, const pfh_line *line, const pfh_error *error)
{
    const char *pointer = error->status == PFH_E_EDITION ? "/edition" : error->where;

    complain_plain(file);
    fprintf(stderr, ":%" PRId64 ": %s at ", line->number, pfh_status_name(error->status));
    complain_plain(pointer[0] == '/' ? pointer : "\"\""); /* no name of an argument */
    fputs(": ", stderr);
    complain_plain(error->text);
    report_line(line, error->offset);
    fputc('\n', stderr);
}

/* Keeps the bytes of a refused line. */
static bool keep(cli_run *run, const pfh_line *line)
{
    progress_clear(&run->progress);
    return rejects_keep(&run->rejects, line) || fail(run, EXIT_IO);
}

static bool refuse(cli_run *run, const pfh_line *line, const pfh_error *error)
{
    if (error->status == PFH_E_NOMEM)
        return out_of_memory(run);
    progress_clear(&run->progress);
    report(run->file, line, error);
    fail(run, EXIT_BAD);
    if (run->job->refused != NULL && !run->job->refused(run->job->context, run->file, line))
        return out_of_memory(run);
    return keep(run, line);
}

static pfh_status use_plan(const cli_run *run, const pfh_line *line, pfh_error *err)
{
    const cli_options *options = run->options;
    pfh_plan *plan = NULL;
    pfh_status status;

    status =
        pfh_plan_derive_at(&plan, line->pathway, run->policy, options->as_of,
                           options->values[OPTION_KNOWN_AT], options->values[OPTION_EDITION], err);
    if (status == PFH_OK)
        status = run->job->use(run->job->context, &plan, line->pathway, err);
    pfh_plan_free(plan);
    return status;
}

/* Does the job with a line that could be read. */
static bool work(cli_run *run, const pfh_line *line)
{
    const cli_job *job = run->job;
    pfh_error err = {0};
    pfh_status status = job->take != NULL ? job->take(job->context, run->file, line, &err)
                                          : use_plan(run, line, &err);

    err.status = status;
    if (status != PFH_OK)
        return refuse(run, line, &err);
    return run->out->error == 0 || fail(run, EXIT_IO);
}

static bool visit(void *context, const pfh_line *line)
{
    cli_run *run = context;

    if (line->continued != 0)
        return keep(run, line);
    progress_step(&run->progress);
    if (line->pathway == NULL)
        return refuse(run, line, line->error);
    return work(run, line);
}

/* Reads one file; false ends the work.  A file that cannot be read does not keep the others back.
 */
static bool read_file(cli_run *run, const char *file)
{
    run->file = file;
    switch (input_lines(file, visit, run)) {
    case INPUT_DONE:
        return true;
    case INPUT_STOPPED:
        return false;
    case INPUT_NO_MEMORY:
        return out_of_memory(run);
    case INPUT_UNREADABLE:
        break;
    }
    unreadable(run, file);
    return true;
}

static void read_files(cli_run *run)
{
    const cli_options *options = run->options;

    if (options->operand_count == 0 && !run->job->no_default)
        read_file(run, "-");
    for (size_t i = 0; i < options->operand_count; i++)
        if (!read_file(run, options->operands[i]))
            return;
}

int report_document(const char *file, const char *text, size_t size, const pfh_error *error,
                    int code)
{
    const pfh_line line = {.number = 1, .text = text, .size = size};

    if (error->status == PFH_E_NOMEM)
        return no_memory();
    report(file, &line, error);
    return code;
}

static int parse_policy(cli_run *run, const char *file, const char *text, size_t size)
{
    pfh_error err;

    if (pfh_policy_parse(&run->policy, text, size, &err) == PFH_OK)
        return EXIT_WELL;
    return report_document(file, text, size, &err, EXIT_USE);
}

static int read_policy(cli_run *run)
{
    const char *file = run->options->values[OPTION_POLICY];
    char *text = NULL;
    size_t size = 0;
    int code;

    if (file == NULL)
        return EXIT_WELL;
    switch (input_whole(file, DOCUMENT_MOST, &text, &size)) {
    case INPUT_DONE:
    case INPUT_STOPPED:
        code = parse_policy(run, file, text, size);
        free(text);
        return code;
    case INPUT_NO_MEMORY:
        out_of_memory(run);
        return EXIT_IO;
    case INPUT_UNREADABLE:
        break;
    }
    unreadable(run, file);
    return EXIT_IO;
}

/* What is common to all plans is checked before the first line. */
static int check_common(const cli_run *run)
{
    const cli_options *options = run->options;
    const char *edition = options->values[OPTION_EDITION];
    const char *known_at = options->values[OPTION_KNOWN_AT];
    char utc[32];
    pfh_error err;

    if (edition != NULL && pfh_edition_find(edition) == NULL)
        return wrong_edition(options->command, "--edition:");
    if (known_at == NULL || pfh_timestamp_to_utc(utc, sizeof utc, known_at, &err) == PFH_OK)
        return EXIT_WELL;
    return wrong_use(options->command, "--known-at: %s", err.text);
}

/* The file in place `index` of all that a command reads; NULL beyond the end, or where an option is
 * not given. */
static const char *input_at(const cli_options *options, size_t index)
{
    static const option_id given[] = {OPTION_POLICY, OPTION_CALENDAR};

    if (index < INPUTS_BY_OPTION)
        return options->values[given[index]];
    index -= INPUTS_BY_OPTION;
    return index < options->operand_count ? options->operands[index] : NULL;
}

/* Whether the command reads that file; what is no regular file may be both read and written. */
static bool reads(const cli_options *options, const struct stat *wanted)
{
    struct stat input;

    if (!S_ISREG(wanted->st_mode))
        return false;
    for (size_t i = 0; i < INPUTS_BY_OPTION + options->operand_count; i++) {
        const char *name = input_at(options, i);
        if (name != NULL && stat(name, &input) == 0 && input.st_dev == wanted->st_dev &&
            input.st_ino == wanted->st_ino)
            return true;
    }
    return fstat(STDIN_FILENO, &input) == 0 && input.st_dev == wanted->st_dev &&
           input.st_ino == wanted->st_ino;
}

bool is_input(const cli_options *options, const char *file)
{
    struct stat wanted;

    return stat(file, &wanted) == 0 && reads(options, &wanted);
}

int check_output(const cli_options *options)
{
    struct stat output;

    if (fstat(STDOUT_FILENO, &output) != 0 || !reads(options, &output))
        return EXIT_WELL;
    return wrong_use(options->command, "the standard output is an input: write to another file");
}

/* Standard input holds one thing, once. */
static int check_inputs(const cli_options *options, const cli_job *job)
{
    size_t read = options->operand_count == 0 && !job->no_default;

    for (size_t i = 0; i < INPUTS_BY_OPTION + options->operand_count; i++) {
        const char *name = input_at(options, i);
        read += name != NULL && strcmp(name, "-") == 0;
    }
    if (read <= 1)
        return EXIT_WELL;
    return wrong_use(options->command, "standard input can be read once only");
}

static int begin(cli_run *run)
{
    int code = check_inputs(run->options, run->job);

    if (code == EXIT_WELL)
        code = read_policy(run);
    if (code == EXIT_WELL)
        code = check_common(run);
    if (code == EXIT_WELL && run->job->begin != NULL)
        code = run->job->begin(run->job->context, run->policy);
    return code == EXIT_WELL ? rejects_open(&run->rejects, run->options) : code;
}

int run_plans(cli_output *out, const cli_options *options, const cli_job *job)
{
    cli_run run = {.out = out, .options = options, .job = job};

    run.code = begin(&run);
    if (run.code == EXIT_WELL) {
        progress_begin(&run.progress, job->at_end);
        read_files(&run);
        progress_clear(&run.progress);
        if (job->end != NULL && run.code <= EXIT_BAD)
            fail(&run, job->end(job->context, &run.rejects));
    }
    if (!rejects_close(&run.rejects))
        fail(&run, EXIT_IO);
    pfh_policy_free(run.policy);
    return run.code;
}
