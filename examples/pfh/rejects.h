/*
 * rejects.h -- the file of --rejects: refused lines, byte for byte, to be repaired and read again.
 */
#ifndef PFH_CLI_REJECTS_H
#define PFH_CLI_REJECTS_H

#include "cli.h"

typedef struct cli_rejects {
    const char *name;
    FILE *file;    /* NULL: nothing is kept */
    bool mid_line; /* the last byte that was kept ended no line */
} cli_rejects;

/* Empties the file where one is asked for.  Answers an exit status. */
int rejects_open(cli_rejects *rejects, const cli_options *options);

/* Keeps the bytes of a refused line.  False: it could not be written, and that was said. */
bool rejects_keep(cli_rejects *rejects, const pfh_line *line);

/* Closes it; answers as rejects_keep(). */
bool rejects_close(cli_rejects *rejects);

#endif
