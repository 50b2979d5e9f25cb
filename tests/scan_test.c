/*
 * The lines of a calendar as they stand there: folds, line ends, names, parameters and values, and
 * that no byte is lost.  The reader is internal, so this suite is linked against the static
 * library.
 */
#include "format/scan.h"
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>

static void add_span(growing *got, const char *before, pfh_span span)
{
    growing_print(got, "%s", before);
    if (span.at == NULL)
        growing_print(got, "-");
    else
        growing_add(got, span.at, span.size);
}

/* Each line as "number name|parameters|value", a "-" for what is absent. */
static char *scan(const char *text, size_t size)
{
    pfh_scanner scanner;
    pfh_content_line line;
    growing got = {0};

    growing_add(&got, "", 0);
    pfh__scan_begin(&scanner, text, size);
    while (pfh__scan_next(&scanner, &line)) {
        growing_print(&got, "%d ", (int)line.number);
        add_span(&got, "", line.name);
        add_span(&got, "|", line.parameters);
        add_span(&got, "|", line.value);
        growing_print(&got, "\n");
    }
    pfh__scan_end(&scanner);
    return got.data;
}

Test(scan, a_line_has_a_name_parameters_and_a_value)
{
    static const struct {
        const char *text, *lines;
    } row[] = {
        {"", ""},
        {"A:b\r\n", "1 A|-|b\n"},
        {"A:b", "1 A|-|b\n"},
        {"A:\r\n", "1 A|-|\n"},
        {"A\r\n", "1 A|-|-\n"},
        {"A;B=c\r\n", "1 A|B=c|-\n"},
        {"A;B=c:d\r\n", "1 A|B=c|d\n"},
        {"A;:d\r\n", "1 A||d\n"},
        {"A;B=\"c:d;e\";F=g:h:i;j\r\n", "1 A|B=\"c:d;e\";F=g|h:i;j\n"},
        {"A;B=\"c:d\r\n", "1 A|B=\"c:d|-\n"},
        {"A:b\nC:d\rE:f\r\r\n", "1 A|-|b\n2 C|-|d\n3 E|-|f\n4 |-|-\n"},
        {"A:b\r\n c\r\n\td\r\nE:f\r\n", "1 A|-|bcd\n4 E|-|f\n"},
        {"A\r\n :b\r\n", "1 A|-|b\n"},
        {"A;B\r\n =c\r\n :d\r\n", "1 A|B=c|d\n"},
        {"\r\n\r\n", "1 |-|-\n2 |-|-\n"},
        {"\r\n \r\n", "1 |-|-\n"},
        {" A:b\r\n", "1  A|-|b\n"},
        {"A:b\r\n ", "1 A|-|b\n"},
        {"A:b\r\n \r\n \r\nC:d", "1 A|-|b\n4 C|-|d\n"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        char *got = scan(row[i].text, strlen(row[i].text));

        cr_expect_str_eq(got, row[i].lines, "%s", row[i].text);
        free(got);
    }
}

Test(scan, a_parameter_is_found_whatever_its_case_and_without_its_quotes)
{
    static const char text[] = "A;b=1;C=\"2;3\";D;E=;C=4:x\r\n";
    static const struct {
        const char *name, *value;
    } row[] = {{"B", "1"}, {"c", "2;3"}, {"D", NULL}, {"E", ""}, {"F", NULL}, {"", NULL}};
    pfh_scanner scanner;
    pfh_content_line line;

    pfh__scan_begin(&scanner, text, strlen(text));
    cr_assert(pfh__scan_next(&scanner, &line));
    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_span value = pfh__scan_parameter(&line, row[i].name);

        cr_expect(row[i].value == NULL ? value.at == NULL : pfh__span_is(value, row[i].value), "%s",
                  row[i].name);
    }
    cr_expect_not(pfh__scan_next(&scanner, &line));
    pfh__scan_end(&scanner);
}

Test(scan, spans_are_compared_by_letters_or_by_bytes)
{
    static const pfh_span abc = {"aBc", 3}, same = {"aBc", 3}, other = {"abc", 3}, none = {NULL, 0};

    cr_expect(pfh__span_is(abc, "AbC"));
    cr_expect_not(pfh__span_is(abc, "ab"));
    cr_expect_not(pfh__span_is(none, ""));
    cr_expect(pfh__span_equal(abc, same));
    cr_expect_not(pfh__span_equal(abc, other));
    cr_expect(pfh__span_equal(none, none));
}

/* ---- No byte is lost ---------------------------------------------------------------------- */

static void check_bytes(const char *name, const char *text, size_t size)
{
    pfh_scanner scanner;
    pfh_content_line line;
    const char *at = text;
    int32_t rows = 1;

    pfh__scan_begin(&scanner, text, size);
    while (pfh__scan_next(&scanner, &line)) {
        cr_assert_eq(line.raw.at, at, "%s", name);
        cr_assert_gt(line.raw.size, 0);
        cr_assert_eq(line.number, rows, "%s", name);
        cr_assert_leq(line.text.size, line.raw.size);
        at += line.raw.size;
        for (size_t i = 0; i < line.raw.size; i++)
            rows +=
                line.raw.at[i] == '\n' ||
                (line.raw.at[i] == '\r' && (i + 1 == line.raw.size || line.raw.at[i + 1] != '\n'));
    }
    cr_assert_eq((size_t)(at - text), size, "%s", name);
    cr_assert_not(scanner.failed);
    pfh__scan_end(&scanner);
}

Test(scan, the_raw_lines_are_the_text)
{
    char *list = file_read("ical/public/list.txt", NULL);
    dice d = dice_of(20260505);

    for (char *name = list, *end; (end = strchr(name, '\n')) != NULL; name = end + 1) {
        char path[200], *text;
        size_t size;

        *end = '\0';
        snprintf(path, sizeof path, "ical/public/%s", name);
        text = file_read(path, &size);
        check_bytes(path, text, size);
        for (int i = 0; i < 100; i++) {
            text[roll(&d, (int32_t)size)] = "\r\n \t:;\"\\"[roll(&d, 8)];
            check_bytes(path, text, size);
        }
        for (size_t cut = 0; cut < size; cut += 97)
            check_bytes(path, text, cut);
        free(text);
    }
    free(list);
}
