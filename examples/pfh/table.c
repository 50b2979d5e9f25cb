/*
 * table.c -- see table.h.  A table is gone through twice, so it takes no memory of its own.
 */
#include "table.h"

#include <string.h>

#define MOST_COLUMNS 16
#define LINE_WIDTH 96

typedef struct cli_range {
    uint32_t first, last;
} cli_range;

/* Blocks of combining marks, joiners and direction marks. */
static const cli_range zero[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x1AB0, 0x1AFF},
                                 {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
                                 {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
                                 {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};

static const cli_range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},  {0x3041, 0xA4CF},
                                 {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},  {0xFE30, 0xFE6F},
                                 {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                                 {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

static bool is_in(const cli_range *ranges, size_t count, uint32_t letter)
{
    for (size_t i = 0; i < count; i++)
        if (letter >= ranges[i].first && letter <= ranges[i].last)
            return true;
    return false;
}

/* Reads a letter of valid UTF-8 and answers what follows it. */
static const char *read_letter(const char *text, uint32_t *letter)
{
    unsigned char lead = (unsigned char)*text++;
    uint32_t value = lead;

    if (lead >= 0xF0)
        value = lead & 0x07U;
    else if (lead >= 0xE0)
        value = lead & 0x0FU;
    else if (lead >= 0xC0)
        value = lead & 0x1FU;
    while (((unsigned char)*text & 0xC0U) == 0x80U)
        value = value << 6 | ((unsigned char)*text++ & 0x3FU);
    *letter = value;
    return text;
}

size_t text_width(const char *text)
{
    size_t width = 0;
    uint32_t letter;

    while (*text != '\0') {
        text = read_letter(text, &letter);
        if (is_in(wide, sizeof wide / sizeof wide[0], letter))
            width += 2;
        else if (!is_in(zero, sizeof zero / sizeof zero[0], letter))
            width += 1;
    }
    return width;
}

static void put_spaces(cli_output *out, size_t count)
{
    for (; count > 0; count--)
        put_bytes(out, " ", 1);
}

/* The rows are counted from 0; the headings stand above them. */
static const char *cell_at(const cli_table *table, size_t line, size_t column, char *scratch)
{
    if (line == 0)
        return table->headings[column];
    return table->cell(table->context, line - 1, column, scratch);
}

void put_table(cli_output *out, const cli_table *table)
{
    size_t widths[MOST_COLUMNS] = {0};
    char scratch[CELL_SIZE];

    for (size_t line = 0; line <= table->rows; line++)
        for (size_t i = 0; i < table->columns; i++) {
            size_t width = text_width(cell_at(table, line, i, scratch));
            widths[i] = width > widths[i] ? width : widths[i];
        }
    for (size_t line = 0; line <= table->rows; line++) {
        put_text(out, table->indent);
        for (size_t i = 0; i < table->columns; i++) {
            const char *text = cell_at(table, line, i, scratch);
            put_text(out, text);
            if (i + 1 < table->columns)
                put_spaces(out, widths[i] - text_width(text) + 2);
        }
        put_bytes(out, "\n", 1);
    }
}

/* How many bytes of `text` fit on a line: up to a space, and one word at least. */
static size_t fitting(const char *text, size_t width)
{
    size_t fits = strcspn(text, " ");
    size_t used = 0;
    size_t at = 0;

    while (text[at] != '\0') {
        size_t word = strcspn(text + at, " ");
        char letters[CELL_SIZE];
        if (word >= sizeof letters)
            break;
        memcpy(letters, text + at, word);
        letters[word] = '\0';
        used += text_width(letters) + (at > 0);
        if (used > width)
            break;
        fits = at + word;
        at = fits + (text[fits] == ' ');
    }
    return fits;
}

void put_wrapped(cli_output *out, const char *text, size_t indent)
{
    while (*text != '\0') {
        size_t size = fitting(text, LINE_WIDTH - indent);
        put_spaces(out, indent);
        put_bytes(out, text, size);
        put_bytes(out, "\n", 1);
        text += size;
        text += strspn(text, " ");
    }
}
