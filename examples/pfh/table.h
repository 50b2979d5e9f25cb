/*
 * table.h -- columns that stay in line whatever the letters, and text in lines of a width.
 *
 * Widths are those of a terminal: a combining mark takes no place, a wide East Asian letter two.
 * Nothing is ever cut off.
 */
#ifndef PFH_CLI_TABLE_H
#define PFH_CLI_TABLE_H

#include "output.h"

#define CELL_SIZE 1024 /* room for a cell that is made up */

/* Gives the text of a cell: a lasting one, or one written to `scratch`. */
typedef const char *(*table_cell)(const void *context, size_t row, size_t column, char *scratch);

typedef struct cli_table {
    const char *indent;
    const char *const *headings;
    size_t columns; /* at most 16 */
    size_t rows;
    table_cell cell;
    const void *context;
} cli_table;

void put_table(cli_output *out, const cli_table *table);

/* Writes a text in lines of at most 96 places, each after `indent` spaces. */
void put_wrapped(cli_output *out, const char *text, size_t indent);

/* How many places a text takes. */
size_t text_width(const char *text);

#endif
