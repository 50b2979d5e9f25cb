/*
 * rejects.c -- see rejects.h.
 */
#include "rejects.h"

#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const cli_rejects *rejects, int error)
{
    complain("cannot write %s: %s", rejects->name, strerror(error));
    return false;
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

int rejects_open(cli_rejects *rejects, const cli_options *options)
{
    int descriptor;

    rejects->name = options->values[OPTION_REJECTS];
    if (rejects->name == NULL)
        return EXIT_WELL;
    if (strcmp(rejects->name, "-") == 0)
        return wrong_use(options->command, "--rejects: a file is wanted");
    if (is_input(options, rejects->name))
        return wrong_use(options->command, "--rejects: that file is an input");
    if (is_output(rejects->name))
        return wrong_use(options->command, "--rejects: that file is the standard output");
    descriptor = open(rejects->name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor != -1)
        rejects->file = fdopen(descriptor, "w");
    return rejects->file != NULL || failed(rejects, errno) ? EXIT_WELL : EXIT_IO;
}

/* Only a last line without a line end gets one, so that the first of the next file does not join
 * it. */
bool rejects_keep(cli_rejects *rejects, const pfh_line *line)
{
    if (rejects->file == NULL || line->size == 0)
        return true;
    errno = 0;
    if (rejects->mid_line && line->continued == 0 && fputc('\n', rejects->file) == EOF)
        return failed(rejects, errno);
    if (fwrite(line->text, 1, line->size, rejects->file) != line->size)
        return failed(rejects, errno);
    rejects->mid_line = line->text[line->size - 1] != '\n';
    return true;
}

bool rejects_close(cli_rejects *rejects)
{
    bool kept = true;

    if (rejects->file == NULL)
        return true;
    errno = 0;
    if (fflush(rejects->file) != 0)
        kept = failed(rejects, errno);
    if (fclose(rejects->file) != 0 && kept)
        kept = failed(rejects, errno);
    return kept;
}
