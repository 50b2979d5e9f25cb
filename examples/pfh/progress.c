/*
 * progress.c -- see progress.h.  The clock is looked at once in 256 pathways.
 */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_SECONDS 3 /* of which the first may have been almost over */

static int64_t seconds(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec;
}

void progress_begin(cli_progress *progress, bool quiet_output)
{
    progress->wanted = isatty(STDERR_FILENO) && (quiet_output || !isatty(STDOUT_FILENO));
    progress->visible = false;
    progress->count = 0;
    progress->next = seconds() + PATIENCE_SECONDS;
}

/* With a space between thousands: 1 234 567. */
static void show(int64_t count)
{
    fputc('\r', stderr);
    if (count >= 1000000)
        fprintf(stderr, "%" PRId64 " %03" PRId64, count / 1000000, count / 1000 % 1000);
    else
        fprintf(stderr, "%" PRId64, count / 1000);
    fprintf(stderr, " %03" PRId64 " pathways", count % 1000);
}

void progress_step(cli_progress *progress)
{
    progress->count++;
    if (!progress->wanted || progress->count % 256 != 0 || seconds() < progress->next)
        return;
    progress->next = seconds() + 1;
    if (progress->count >= 1000)
        show(progress->count);
    else
        fprintf(stderr, "\r%" PRId64 " pathways", progress->count);
    progress->visible = true;
}

void progress_clear(cli_progress *progress)
{
    if (progress->visible)
        fputs("\r\033[K", stderr);
    progress->visible = false;
}
