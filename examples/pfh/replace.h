/*
 * replace.h -- a file that is there as a whole, the old one or the new one, whatever happens.
 */
#ifndef PFH_CLI_REPLACE_H
#define PFH_CLI_REPLACE_H

#include <stddef.h>

/* Makes `text` the contents of a file; a symbolic link is followed.  A file that holds just that is
 * not touched.  An old file keeps its mode, and its owner and group where that may be; a new one is
 * for its owner alone.  Answers NULL, or why the old file, if any, is still there. */
const char *replace_file(const char *file, const char *text, size_t size);

#endif
