/*
 * run.c -- see run.h.  Memory is that of one document and one plan, whatever the input.
 */
#include "run.h"

#include "input.h"
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
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
    FILE *rejects;
    bool mid_line; /* the last byte of the rejects ended no line */
    int code;      /* the worst so far */
    cli_progress progress;
} cli_run;

static bool fail(cli_run *run, int code)
{
    if (code > run->code)
        run->code = code;
    return false;
}

static bool out_of_memory(cli_run *run)
{
    progress_clear(&run->progress);
    complain("out of memory");
    return fail(run, EXIT_IO);
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

/* FILE:LINE: STATUS at POINTER: sentence */
static void report(const char *file, const pfh_line *line, const pfh_error *error)
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

static bool rejects_failed(cli_run *run, int error)
{
    progress_clear(&run->progress);
    complain("cannot write %s: %s", run->options->values[OPTION_REJECTS], strerror(error));
    return fail(run, EXIT_IO);
}

/* Keeps the bytes of a refused line.  Only a last line without a line end gets one, so that the
 * first of the next file does not join it. */
static bool keep(cli_run *run, const pfh_line *line)
{
    if (run->rejects == NULL || line->size == 0)
        return true;
    errno = 0;
    if (run->mid_line && line->continued == 0 && fputc('\n', run->rejects) == EOF)
        return rejects_failed(run, errno);
    if (fwrite(line->text, 1, line->size, run->rejects) != line->size)
        return rejects_failed(run, errno);
    run->mid_line = line->text[line->size - 1] != '\n';
    return true;
}

static bool refuse(cli_run *run, const pfh_line *line, const pfh_error *error)
{
    if (error->status == PFH_E_NOMEM)
        return out_of_memory(run);
    progress_clear(&run->progress);
    report(run->file, line, error);
    fail(run, EXIT_BAD);
    return keep(run, line);
}

/* The plan of a line that could be read. */
static bool plan(cli_run *run, const pfh_line *line)
{
    const cli_options *options = run->options;
    pfh_plan *plan = NULL;
    pfh_error err = {0};
    pfh_status status;

    status =
        pfh_plan_derive_at(&plan, line->pathway, run->policy, options->as_of,
                           options->values[OPTION_KNOWN_AT], options->values[OPTION_EDITION], &err);
    if (status != PFH_OK)
        return refuse(run, line, &err);
    status = run->job->use(run->job->context, &plan, line->pathway, &err);
    pfh_plan_free(plan);
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
    return plan(run, line);
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

    if (options->operand_count == 0)
        read_file(run, "-");
    for (size_t i = 0; i < options->operand_count; i++)
        if (!read_file(run, options->operands[i]))
            return;
}

int report_document(const char *file, const char *text, size_t size, const pfh_error *error,
                    int code)
{
    const pfh_line line = {.number = 1, .text = text, .size = size};

    if (error->status == PFH_E_NOMEM) {
        complain("out of memory");
        return EXIT_IO;
    }
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

bool is_input(const cli_options *options, const char *file)
{
    struct stat wanted;
    struct stat input;

    if (stat(file, &wanted) != 0 || !S_ISREG(wanted.st_mode))
        return false;
    for (size_t i = 0; i < INPUTS_BY_OPTION + options->operand_count; i++) {
        const char *name = input_at(options, i);
        if (name != NULL && stat(name, &input) == 0 && input.st_dev == wanted.st_dev &&
            input.st_ino == wanted.st_ino)
            return true;
    }
    return fstat(STDIN_FILENO, &input) == 0 && input.st_dev == wanted.st_dev &&
           input.st_ino == wanted.st_ino;
}

/* Whether standard output goes to that file: two writers would write over each other. */
static bool is_output(const char *file)
{
    struct stat rejects;
    struct stat output;

    return stat(file, &rejects) == 0 && S_ISREG(rejects.st_mode) &&
           fstat(STDOUT_FILENO, &output) == 0 && output.st_dev == rejects.st_dev &&
           output.st_ino == rejects.st_ino;
}

static int open_rejects(cli_run *run)
{
    const char *file = run->options->values[OPTION_REJECTS];
    int descriptor;

    if (file == NULL)
        return EXIT_WELL;
    if (strcmp(file, "-") == 0)
        return wrong_use(run->options->command, "--rejects: a file is wanted");
    if (is_input(run->options, file))
        return wrong_use(run->options->command, "--rejects: that file is an input");
    if (is_output(file))
        return wrong_use(run->options->command, "--rejects: that file is the standard output");
    descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor != -1)
        run->rejects = fdopen(descriptor, "w");
    if (run->rejects != NULL)
        return EXIT_WELL;
    rejects_failed(run, errno);
    return EXIT_IO;
}

static void close_rejects(cli_run *run)
{
    FILE *rejects = run->rejects;
    bool kept;

    if (rejects == NULL)
        return;
    errno = 0;
    kept = fflush(rejects) == 0;
    if (!kept)
        rejects_failed(run, errno);
    if (fclose(rejects) != 0 && kept)
        rejects_failed(run, errno);
}

/* Standard input holds one thing, once. */
static int check_inputs(const cli_options *options)
{
    size_t read = options->operand_count == 0;

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
    int code = check_inputs(run->options);

    if (code == EXIT_WELL)
        code = read_policy(run);
    if (code == EXIT_WELL)
        code = check_common(run);
    if (code == EXIT_WELL && run->job->begin != NULL)
        code = run->job->begin(run->job->context, run->policy);
    return code == EXIT_WELL ? open_rejects(run) : code;
}

int run_plans(cli_output *out, const cli_options *options, const cli_job *job)
{
    cli_run run = {.out = out, .options = options, .job = job};

    run.code = begin(&run);
    if (run.code == EXIT_WELL) {
        progress_begin(&run.progress, job->at_end);
        read_files(&run);
        progress_clear(&run.progress);
    }
    close_rejects(&run);
    pfh_policy_free(run.policy);
    return run.code;
}
