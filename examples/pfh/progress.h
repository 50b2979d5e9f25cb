/*
 * progress.h -- "12 000 pathways" on standard error, when that is a terminal and the work is long.
 */
#ifndef PFH_CLI_PROGRESS_H
#define PFH_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct cli_progress {
    bool wanted, visible;
    int64_t count;
    int64_t next; /* the second in which it is shown again */
} cli_progress;

/* `quiet_output`: nothing comes on a terminal meanwhile that a line of progress would spoil. */
void progress_begin(cli_progress *progress, bool quiet_output);

/* One more. */
void progress_step(cli_progress *progress);

/* Takes the line away, before a message and at the end. */
void progress_clear(cli_progress *progress);

#endif
