/*
 * copies.h -- copies of pathways from several files, by the ids of the pathways.
 *
 * What is kept is the text of each line, to be read again when its pathway's turn comes: it is as
 * small as the input, and it is what --rejects keeps.
 */
#ifndef PFH_CLI_COPIES_H
#define PFH_CLI_COPIES_H

#include "run.h"

typedef struct cli_copy {
    char *kept;       /* the bytes of the line, and the id after them */
    const char *id;   /* of the pathway */
    const char *file; /* as the command was given it */
    pfh_line line;    /* its number and bytes alone */
    size_t number;    /* its place in the whole input */
    bool refused;     /* it could not be read: the id was looked for in its text */
} cli_copy;

/* The copies of one pathway, in the order of the input. */
typedef struct cli_group {
    const cli_copy *copies;
    size_t count;
    const cli_copy *refused; /* the first that could not be read; or NULL */
} cli_group;

typedef struct cli_copies {
    const char *edition; /* that all are read under; or NULL */
    pfh_merge_options *terms;
    cli_copy *rows;
    size_t count, room;
    cli_group *groups; /* once they are grouped */
    size_t group_count;
} cli_copies;

/* Makes room for copies, for copies_free() in every case.  Answers an exit status. */
int copies_begin(cli_copies *copies, const cli_options *options);

/* Keeps a copy; refuses one that cannot be read under --edition. */
pfh_status copies_add(cli_copies *copies, const char *file, const pfh_line *line, pfh_error *err);

/* Remembers that a pathway has a copy that could not be read, where its id can be found.  False:
 * out of memory. */
bool copies_add_refused(cli_copies *copies, const char *file, const pfh_line *line);

/* Says of the other copies of a pathway that they were left alone, for one of them was refused, and
 * keeps their lines; answers an exit status. */
int copies_hold_back(const cli_group *group, cli_rejects *rejects);

/* Groups the copies, in the order in which the ids first came, or in that of the ids.  False: out
 * of memory. */
bool copies_group(cli_copies *copies, bool by_id);

/* Reads a copy. */
pfh_status copy_parse(pfh_pathway **out, const cli_copy *copy, pfh_error *err);

/* Says what is wrong with a copy and keeps its line; answers an exit status. */
int copy_refuse(const cli_copy *copy, cli_rejects *rejects, const pfh_error *error);

void copies_free(cli_copies *copies);

#endif
