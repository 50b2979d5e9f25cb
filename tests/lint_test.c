/*
 * Lint: each rule by calendars that break it and their healthy neighbours, every place of a defect
 * by its bytes, and that nothing goes wrong whatever the bytes.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

enum { MOST = 10000, MIB = 1024 * 1024 };

#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n"
#define EVENT HEAD "BEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTAMP:20260101T000000Z\r\n"
#define START "DTSTART:20260504T100000Z\r\n"
#define LAST                                                                                       \
    "BEGIN:VEVENT\r\nUID:last@example.com\r\nDTSTAMP:20260101T000000Z\r\n" START "END:VEVENT\r\n"
#define FOOT "END:VCALENDAR\r\n"
#define OF(name) HEAD "BEGIN:" name "\r\nUID:1@example.com\r\nDTSTAMP:20260101T000000Z\r\n"

/* A calendar of one event; the lines are its 8th and so on. */
#define AROUND(lines) EVENT START lines "END:VEVENT\r\n" FOOT

static pfh_defects *lint(const char *text, size_t size)
{
    pfh_defects *defects = NULL;

    cr_assert_eq(pfh_ical_lint(&defects, text, size, NULL), PFH_OK);
    cr_assert_not_null(defects);
    return defects;
}

/* The defects as "rule 8:10", a line each. */
static char *lint_text(const char *text, size_t size)
{
    pfh_defects *defects = lint(text, size);
    growing got = {0};

    growing_add(&got, "", 0);
    for (size_t i = 0; i < pfh_defects_count(defects); i++) {
        const pfh_defect *row = pfh_defects_row(defects, i);

        growing_print(&got, "%s %d:%d\n", row->rule, (int)row->line, (int)row->column);
    }
    pfh_defects_free(defects);
    return got.data;
}

static void expect(const char *what, const char *text, size_t size, const char *wanted)
{
    char *got = lint_text(text, size);

    cr_expect_str_eq(got, wanted, "%s: wanted\n%sgot\n%sof\n%.*s", what, wanted, got,
                     size < 2000 ? (int)size : 2000, text);
    free(got);
}

/* ---- The cases of ical/defects.txt -------------------------------------------------------- */

static const struct {
    const char *name, *before, *after;
} around[] = {
    {"text", "", ""},
    {"calendar", HEAD, LAST FOOT},
    {"bare", HEAD "BEGIN:VEVENT\r\n", "END:VEVENT\r\n" FOOT},
    {"dates", EVENT, "END:VEVENT\r\n" FOOT},
    {"event", EVENT START, "END:VEVENT\r\n" FOOT},
    {"alarm", EVENT START "BEGIN:VALARM\r\n", "END:VALARM\r\nEND:VEVENT\r\n" FOOT},
    {"todo", OF("VTODO"), "END:VTODO\r\n" FOOT},
    {"journal", OF("VJOURNAL"), "END:VJOURNAL\r\n" FOOT},
    {"freebusy", OF("VFREEBUSY"), "END:VFREEBUSY\r\n" FOOT},
    {"observance", HEAD "BEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r\n",
     "END:STANDARD\r\nEND:VTIMEZONE\r\n" LAST FOOT},
};

typedef struct defect_case {
    char rule[40], where[20];
    int line, column, number; /* number: of its line in the file */
    growing bad, good;
} defect_case;

typedef void case_function(const defect_case *c, void *data);

static void begin_texts(defect_case *c)
{
    for (size_t i = 0; i < COUNT(around); i++)
        if (strcmp(c->where, around[i].name) == 0) {
            growing_print(&c->bad, "%s", around[i].before);
            growing_print(&c->good, "%s", around[i].before);
            return;
        }
    cr_assert_fail("line %d: %s?", c->number, c->where);
}

static void end_case(defect_case *c, case_function *use, void *data)
{
    if (c->number == 0)
        return;
    for (size_t i = 0; i < COUNT(around); i++)
        if (strcmp(c->where, around[i].name) == 0) {
            growing_print(&c->bad, "%s", around[i].after);
            growing_print(&c->good, "%s", around[i].after);
        }
    use(c, data);
    free(c->bad.data);
    free(c->good.data);
    *c = (defect_case){.number = 0};
}

static void read_case_line(defect_case *c, const char *line, int number)
{
    const char *content = line[1] == ' ' ? line + 2 : "";

    switch (line[0]) {
    case '-':
        growing_print(&c->bad, "%s\r\n", content);
        break;
    case '+':
        growing_print(&c->good, "%s\r\n", content);
        break;
    case '=':
        growing_print(&c->bad, "%s\r\n", content);
        growing_print(&c->good, "%s\r\n", content);
        break;
    default:
        c->number = number;
        cr_assert(sscanf(line, "%39s %19s %d:%d", c->rule, c->where, &c->line, &c->column) >= 2);
        begin_texts(c);
    }
}

static void for_each_case(case_function *use, void *data)
{
    char *text = file_read("ical/defects.txt", NULL), *line = text;
    defect_case c = {.number = 0};

    for (int number = 1; *line != '\0'; number++) {
        char *end = strchr(line, '\n');

        cr_assert_not_null(end);
        *end = '\0';
        if (*line == '\0')
            end_case(&c, use, data);
        else if (*line != '#')
            read_case_line(&c, line, number);
        line = end + 1;
    }
    end_case(&c, use, data);
    free(text);
}

static void check_bad(const defect_case *c, void *data)
{
    char wanted[80] = "";

    if (strcmp(c->rule, "none") != 0) {
        snprintf(wanted, sizeof wanted, "%s %d:%d\n", c->rule, c->line, c->column);
        ++*(int *)data;
    }
    expect(c->rule, c->bad.data, c->bad.size, wanted);
}

static void check_good(const defect_case *c, void *data)
{
    (void)data;
    expect(c->rule, c->good.data, c->good.size, "");
}

Test(lint, a_defective_calendar_is_told_its_defect_where_it_stands)
{
    int cases = 0;

    for_each_case(check_bad, &cases);
    cr_expect_geq(cases, 60);
}

Test(lint, its_healthy_neighbour_is_told_nothing)
{
    for_each_case(check_good, NULL);
}

static void count_rule(const defect_case *c, void *data)
{
    int *counts = data;

    for (size_t i = 0; i < pfh_lint_rule_count(); i++)
        counts[i] += strcmp(pfh_lint_rule(i)->rule, c->rule) == 0;
}

/* ---- Bytes -------------------------------------------------------------------------------- */

#define SUMMARY_OF_75 "SUMMARY:1234567890123456789012345678901234567890123456789012345678901234567"

static const struct byte_case {
    const char *what, *text;
    size_t size;
    const char *wanted;
} bytes[] = {
#define BYTES(what, text, wanted)                                                                  \
    {                                                                                              \
        what, text, sizeof(text) - 1, wanted                                                       \
    }
    BYTES("no byte at all", "", "calendar-missing 1:1\n"),
    BYTES("a healthy calendar", AROUND("SUMMARY:a\r\n"), ""),
    BYTES("LF alone", AROUND("SUMMARY:a\n"), "line-end 8:10\n"),
    BYTES("CR alone", AROUND("SUMMARY:a\r"), "line-end 8:10\n"),
    BYTES("CR CR LF", AROUND("SUMMARY:a\r\r\n"), "line-end 8:10\ncontent-line 9:1\n"),
    BYTES("LF alone before a fold", AROUND("SUMMARY:a\n b\r\n"), "line-end 8:10\n"),
    BYTES("no end of the last line", EVENT START "END:VEVENT\r\nEND:VCALENDAR", "line-end 9:14\n"),
    BYTES("CR at the very end", EVENT START "END:VEVENT\r\nEND:VCALENDAR\r", "line-end 9:14\n"),
    BYTES("an empty line at the end", AROUND("") "\r\n", "content-line 10:1\n"),
    BYTES("75 octets", AROUND(SUMMARY_OF_75 "\r\n"), ""),
    BYTES("76 octets", AROUND(SUMMARY_OF_75 "8\r\n"), "line-length 8:76\n"),
    BYTES("75 octets with the blank of a fold", AROUND("X:\r\n " SUMMARY_OF_75 "\r\n"),
          "line-length 9:76\n"),
    BYTES("octets are counted, not characters",
          AROUND("SUMMARY:\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6"
                 "\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6"
                 "\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\u00e6\r\n"),
          "line-length 8:76\n"),
    BYTES("two bytes", AROUND("SUMMARY:\xc3\xa6\r\n"), ""),
    BYTES("two bytes, folded between", AROUND("SUMMARY:\xc3\r\n \xa6\r\n"),
          "fold-in-character 8:9\n"),
    BYTES("three bytes, folded after the first", AROUND("SUMMARY:\xe2\r\n \x82\xac\r\n"),
          "fold-in-character 8:9\n"),
    BYTES("three bytes, folded after the second", AROUND("SUMMARY:\xe2\x82\r\n \xac\r\n"),
          "fold-in-character 8:9\n"),
    BYTES("four bytes, folded after the first", AROUND("SUMMARY:\xf0\r\n \x9f\x98\x80\r\n"),
          "fold-in-character 8:9\n"),
    BYTES("four bytes, folded after the second", AROUND("SUMMARY:\xf0\x9f\r\n\t\x98\x80\r\n"),
          "fold-in-character 8:9\n"),
    BYTES("four bytes, folded after the third", AROUND("SUMMARY:\xf0\x9f\x98\r\n \x80\r\n"),
          "fold-in-character 8:9\n"),
    BYTES("four bytes, folded between all", AROUND("SUMMARY:\xf0\r\n \x9f\r\n \x98\r\n \x80\r\n"),
          "fold-in-character 8:9\n"),
    BYTES("folded before and behind a character", AROUND("SUMMARY:\r\n \xc3\xa6\r\n a\r\n"), ""),
    BYTES("a character that a fold breaks off", AROUND("SUMMARY:\xc3\r\n a\r\n"), "utf8 8:9\n"),
    BYTES("a character that the line breaks off", AROUND("SUMMARY:\xc3\r\nX:\xa6\r\n"),
          "utf8 8:9\nutf8 9:3\n"),
    BYTES("a byte that begins nothing", AROUND("SUMMARY:\xff\r\n"), "utf8 8:9\n"),
    BYTES("a continuation alone", AROUND("SUMMARY:a\x80z\r\n"), "utf8 8:10\n"),
    BYTES("too long a form, two bytes", AROUND("SUMMARY:\xc0\xaf\r\n"), "utf8 8:9\nutf8 8:10\n"),
    BYTES("too long a form, three bytes", AROUND("SUMMARY:\xe0\x9f\xbf\r\n"),
          "utf8 8:9\nutf8 8:10\nutf8 8:11\n"),
    BYTES("the first of three bytes", AROUND("SUMMARY:\xe0\xa0\x80\r\n"), ""),
    BYTES("a surrogate", AROUND("SUMMARY:\xed\xa0\x80\r\n"), "utf8 8:9\nutf8 8:10\nutf8 8:11\n"),
    BYTES("before the surrogates", AROUND("SUMMARY:\xed\x9f\xbf\r\n"), ""),
    BYTES("the last character", AROUND("SUMMARY:\xf4\x8f\xbf\xbf\r\n"), ""),
    BYTES("beyond the last character", AROUND("SUMMARY:\xf4\x90\x80\x80\r\n"),
          "utf8 8:9\nutf8 8:10\nutf8 8:11\nutf8 8:12\n"),
    BYTES("a byte order mark", "\xef\xbb\xbf" AROUND(""), "bom 1:1\n"),
    BYTES("a byte order mark counts in its line",
          "\xef\xbb\xbf"
          "VERSION\r\n" AROUND(""),
          "bom 1:1\ncontent-line 1:11\n"),
    BYTES("half a byte order mark", "\xef\xbb" AROUND(""),
          "calendar-missing 1:1\ncontent-line 1:1\nutf8 1:1\ncomponent-place 2:1\ncomponent-place "
          "3:1\n"
          "component-place 4:1\ncomponent-end 9:1\n"),
    BYTES("the same mark inside is a character", AROUND("SUMMARY:\xef\xbb\xbf\r\n"), ""),
    BYTES("NUL", AROUND("SUMMARY:a\0b\r\n"), "control 8:10\n"),
    BYTES("NUL in a name", AROUND("SUM\0MARY:a\r\n"), "content-line 8:4\ncontrol 8:4\n"),
    BYTES("a tab", AROUND("SUMMARY:a\tb\r\n"), ""),
    BYTES("the first control character", AROUND("SUMMARY:\x01\r\n"), "control 8:9\n"),
    BYTES("the last but one", AROUND("SUMMARY:a\x1f\r\n"), "control 8:10\n"),
    BYTES("DEL", AROUND("SUMMARY:a\x7f\r\n"), "control 8:10\n"),
    BYTES("a control character in a fold", AROUND("SUMMARY:a\r\n b\x0b\r\n"), "control 9:3\n"),
    BYTES("a backslash before NUL", AROUND("SUMMARY:\\\0\r\n"), "escape 8:9\ncontrol 8:10\n"),
    BYTES("a fold before the first line", " " AROUND(""),
          "calendar-missing 1:1\ncontent-line 1:1\ncomponent-place 2:1\ncomponent-place 3:1\n"
          "component-place 4:1\ncomponent-end 9:1\n"),
    BYTES("a line of nothing, folded", AROUND("\r\n \r\n"), "content-line 9:2\n"),
    BYTES("a line with nothing before its fold", AROUND("\r\n SUMMARY:a;\r\n"), "escape 9:11\n"),
    BYTES("a property that is folded everywhere",
          AROUND("D\r\n T\r\n E\r\n N\r\n D\r\n :\r\n 2\r\n 0260504T110000z\r\n"), "date 14:2\n"),
};

Test(lint, bytes_are_judged_as_they_stand)
{
    for (size_t i = 0; i < COUNT(bytes); i++)
        expect(bytes[i].what, bytes[i].text, bytes[i].size, bytes[i].wanted);
}

/* ---- Rules -------------------------------------------------------------------------------- */

static bool is_rule_name(const char *name)
{
    return name[0] != '\0' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz-8")] == '\0';
}

Test(lint, every_rule_has_a_name_a_section_a_sentence_and_a_case)
{
    int counts[100] = {0};

    cr_assert_lt(pfh_lint_rule_count(), COUNT(counts));
    for_each_case(count_rule, counts);
    for (size_t i = 0; i < pfh_lint_rule_count(); i++) {
        const pfh_defect *rule = pfh_lint_rule(i);

        cr_expect(is_rule_name(rule->rule), "%s", rule->rule);
        cr_expect(strncmp(rule->section, "RFC ", 4) == 0, "%s", rule->section);
        cr_expect(strchr(rule->text, '.') == NULL || strstr(rule->text, "2.0") != NULL, "%s",
                  rule->text);
        cr_expect_eq(rule->line, 0);
        cr_expect_null(rule->subject);
        for (size_t b = 0; b < COUNT(bytes); b++)
            counts[i] += strncmp(bytes[b].wanted, rule->rule, strlen(rule->rule)) == 0;
        cr_expect_gt(counts[i], 0, "no case has the rule %s", rule->rule);
        for (size_t k = 0; k < i; k++)
            cr_expect_str_neq(rule->rule, pfh_lint_rule(k)->rule);
    }
    cr_expect_null(pfh_lint_rule(pfh_lint_rule_count()));
    cr_expect_null(pfh_lint_rule(SIZE_MAX));
}

Test(lint, a_defect_has_what_its_rule_says_and_the_property_or_component)
{
    static const struct {
        const char *text, *rule, *subject;
    } row[] = {
        {AROUND("summary:a;b\r\n"), "escape", "SUMMARY"},
        {AROUND("x-note:a\n"), "line-end", "X-NOTE"},
        {AROUND("BEGIN:x-Group\n"
                "END:x-Group\r\n"),
         "line-end", "X-GROUP"},
        {HEAD "BEGIN:VEVENT\r\nEND:VEVENT\r\n" FOOT, "dtstamp-missing", "VEVENT"},
        {HEAD FOOT, "component-empty", "VCALENDAR"},
        {AROUND("STATUS:x\r\n"), "value", "STATUS"},
        {AROUND("01017012345\r\n"), "content-line", NULL}, /* may be about somebody */
        {AROUND("X-01017012345:a\n"), "line-end", NULL},
        {AROUND("KARI NORDMANN\r\n"), "content-line", NULL},
        {AROUND("NORDMANN\r\n"), "content-line", NULL},
        {AROUND("X-ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL:a\n"), "line-end",
         "X-ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL"},
        {AROUND("X-ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM:a\n"), "line-end", NULL},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_defects *defects = lint(row[i].text, strlen(row[i].text));
        const pfh_defect *defect = pfh_defects_row(defects, 0);

        cr_assert_not_null(defect, "%s", row[i].text);
        cr_expect_str_eq(defect->rule, row[i].rule);
        cr_expect(row[i].subject == NULL
                      ? defect->subject == NULL
                      : defect->subject != NULL && strcmp(defect->subject, row[i].subject) == 0,
                  "%s: %s", row[i].text, defect->subject == NULL ? "NULL" : defect->subject);
        for (size_t k = 0; k < pfh_lint_rule_count(); k++)
            if (strcmp(pfh_lint_rule(k)->rule, defect->rule) == 0) {
                cr_expect_str_eq(defect->section, pfh_lint_rule(k)->section);
                cr_expect_str_eq(defect->text, pfh_lint_rule(k)->text);
            }
        pfh_defects_free(defects);
    }
}

Test(lint, defects_come_in_the_order_of_their_places)
{
    expect("what is known late stands early", HEAD "BEGIN:VEVENT\r\nUID:a;b\n" FOOT,
           strlen(HEAD "BEGIN:VEVENT\r\nUID:a;b\n" FOOT),
           "component-unclosed 4:1\nescape 5:6\nline-end 5:8\n");
    expect("several at one place", HEAD "BEGIN:VEVENT\r\nEND:VEVENT\r\n" FOOT,
           strlen(HEAD "BEGIN:VEVENT\r\nEND:VEVENT\r\n" FOOT),
           "dtstamp-missing 4:1\ndtstart-missing 4:1\nuid-missing 4:1\n");
}

/* ---- Much of it --------------------------------------------------------------------------- */

static void repeat(growing *text, const char *piece, size_t times)
{
    size_t size = strlen(piece);

    for (size_t i = 0; i < times; i++)
        growing_add(text, piece, size);
}

static void expect_first(const growing *text, size_t count, const char *rule, int line, int column)
{
    pfh_defects *defects = lint(text->data, text->size);
    const pfh_defect *first = pfh_defects_row(defects, 0);

    cr_expect_eq(pfh_defects_count(defects), count, "%zu", pfh_defects_count(defects));
    cr_assert_not_null(first);
    cr_expect_str_eq(first->rule, rule);
    cr_expect_eq(first->line, line);
    cr_expect_eq(first->column, column);
    pfh_defects_free(defects);
}

/* So many lines with a defect each; the event has no UID, which is known when all is read. */
static pfh_defects *lint_many(size_t lines)
{
    growing text = {0};
    pfh_defects *defects;

    growing_print(&text, "%s", HEAD "BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n" START);
    repeat(&text, "X:\x01\r\n", lines);
    growing_print(&text, "%s", "END:VEVENT\r\n" FOOT);
    defects = lint(text.data, text.size);
    free(text.data);
    return defects;
}

Test(lint, at_most_ten_thousand_defects_are_told_those_that_stand_first)
{
    static const size_t lines[] = {MOST - 2, MOST - 1, MOST, 2 * MOST, 2 * MOST + 1, 5 * MOST};

    for (size_t i = 0; i < COUNT(lines); i++) {
        pfh_defects *defects = lint_many(lines[i]);
        size_t count = lines[i] + 1 < MOST ? lines[i] + 1 : MOST;

        cr_assert_eq(pfh_defects_count(defects), count);
        cr_expect_str_eq(pfh_defects_row(defects, 0)->rule, "uid-missing");
        cr_expect_eq(pfh_defects_row(defects, 0)->line, 4);
        for (size_t k = 1; k < count; k++)
            cr_assert_eq(pfh_defects_row(defects, k)->line, (int32_t)k + 6);
        pfh_defects_free(defects);
    }
}

Test(lint, names_that_are_compared_late_are_told_first_where_they_stand_first)
{
    growing text = {0};
    pfh_defects *defects;

    growing_print(&text, "%s", HEAD "BEGIN:VTODO\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n");
    for (int i = 30000; i > 0; i--) /* in the order of names, the last come first */
        growing_print(&text, "EXDATE;TZID=%06d:20260504T100000\r\n", i);
    growing_print(&text, "%s", "END:VTODO\r\n" FOOT);
    defects = lint(text.data, text.size);
    cr_assert_eq(pfh_defects_count(defects), MOST);
    for (size_t k = 0; k < MOST; k++)
        cr_assert_eq(pfh_defects_row(defects, k)->line, (int32_t)k + 7);
    pfh_defects_free(defects);
    free(text.data);
}

Test(lint, components_in_components_to_any_depth)
{
    growing text = {0};

    repeat(&text, "BEGIN:VCALENDAR\r\n", 100000);
    expect_first(&text, MOST, "component-unclosed", 1, 1);
    repeat(&text, "END:VCALENDAR\r\n", 100000);
    expect_first(&text, MOST, "prodid-missing", 1, 1);
    repeat(&text, "END:VEVENT\r\n", 100000);
    expect_first(&text, MOST, "prodid-missing", 1, 1);
    free(text.data);
    text = (growing){0};
    growing_print(&text, "%s", HEAD);
    repeat(&text, "BEGIN:X-A\r\n", 100000);
    repeat(&text, "END:X-A\r\n", 100000);
    growing_print(&text, "%s", FOOT);
    expect("all closed", text.data, text.size, "");
    free(text.data);
}

Test(lint, a_line_of_a_mebibyte)
{
    static const struct {
        const char *name, *piece, *rule;
        int column;
        size_t count;
    } row[] = {
        {"X:", "a", "line-length", 76, 1},     {"SUMMARY:", ";", "escape", 9, MOST},
        {"SUMMARY:", "\x80", "utf8", 9, MOST}, {"X", "a", "line-length", 76, 2},
        {"X;A=", ",", "line-length", 76, 2},   {"X;A=", "\"\"\"", "content-line", 7, 2},
        {"EXDATE:", ",", "date", 8, MOST},     {"SUMMARY:", "\\;", "line-length", 76, 1},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        growing text = {0};

        growing_print(&text, "%s%s", EVENT START, row[i].name);
        repeat(&text, row[i].piece, MIB / strlen(row[i].piece));
        growing_print(&text, "\r\nEND:VEVENT\r\n%s", FOOT);
        expect_first(&text, row[i].count, row[i].rule, 8, row[i].column);
        free(text.data);
    }
}

Test(lint, a_mebibyte_of_folds)
{
    growing text = {0};

    growing_print(&text, "%s", EVENT START "SUMMARY:a");
    repeat(&text, "\r\n ", MIB / 3);
    growing_print(&text, "%s", ";\r\nEND:VEVENT\r\n" FOOT);
    expect_first(&text, 1, "escape", 8 + MIB / 3, 2);
    free(text.data);
}

Test(lint, a_text_of_64_mebibytes_is_read_and_a_longer_one_refused, .timeout = 120)
{
    static const char line[] =
        "X:34567890123456789012345678901234567890123456789012345678901234567890\n";
    size_t size = (size_t)64 * MIB, at = 0;
    char *text = malloc(size + 1);
    pfh_defects *defects = NULL;
    pfh_error error;

    cr_assert_not_null(text);
    for (; at < size; at += sizeof line - 1)
        memcpy(text + at, line, size - at < sizeof line - 1 ? size - at : sizeof line - 1);
    defects = lint(text, size);
    cr_expect_eq(pfh_defects_count(defects), MOST);
    pfh_defects_free(defects);
    defects = NULL;
    cr_expect_eq(pfh_ical_lint(&defects, text, size + 1, &error), PFH_E_SYNTAX);
    cr_expect_eq(error.status, PFH_E_SYNTAX);
    cr_expect_eq(error.offset, 64 * MIB);
    cr_expect_null(defects, "untouched");
    free(text);
}

/* ---- Calendars of others ------------------------------------------------------------------ */

/* What is true of any answer: the places are in the text and in order. */
static void check_answer(const char *name, const char *text, size_t size)
{
    pfh_defects *defects = lint(text, size);
    const pfh_defect *before = NULL;

    cr_assert_leq(pfh_defects_count(defects), MOST);
    for (size_t i = 0; i < pfh_defects_count(defects); i++) {
        const pfh_defect *row = pfh_defects_row(defects, i);

        cr_assert(row->line >= 1 && (size_t)row->line <= size + 1, "%s", name);
        cr_assert(row->column >= 1 && (size_t)row->column <= size + 1, "%s", name);
        cr_assert(before == NULL || row->line > before->line ||
                      (row->line == before->line && row->column >= before->column),
                  "%s, line %d", name, (int)row->line);
        before = row;
    }
    pfh_defects_free(defects);
}

/* A copy that ends where the text does, so that sanitizers see a byte too much. */
static void check_copy(const char *name, const char *text, size_t size)
{
    char *copy = malloc(size + (size == 0));

    cr_assert_not_null(copy);
    if (size > 0)
        memcpy(copy, text, size);
    check_answer(name, copy, size);
    free(copy);
}

static void check_public(const char *name, dice *d)
{
    size_t size;
    char *text = file_read(name, &size);

    check_copy(name, text, size);
    for (size_t cut = 0; cut < size; cut += 97)
        check_copy(name, text, cut);
    for (int i = 0; i < 100; i++) {
        char *byte = &text[roll(d, (int32_t)size)], was = *byte;

        *byte = (char)roll(d, 256);
        check_answer(name, text, size);
        *byte = was;
    }
    free(text);
}

Test(lint, public_calendars_are_read_whole_cut_and_changed, .timeout = 120)
{
    char *list = file_read("ical/public/list.txt", NULL);
    dice d = dice_of(20260504);
    int files = 0;

    for (char *name = list, *end; (end = strchr(name, '\n')) != NULL; name = end + 1) {
        char path[200];

        *end = '\0';
        snprintf(path, sizeof path, "ical/public/%s", name);
        check_public(path, &d);
        files++;
    }
    cr_expect_geq(files, 50);
    free(list);
}

/* What their authors meant to be right, by hand: line and column of each thing that is not. */
Test(lint, the_examples_of_the_standard_are_told_what_they_leave_out)
{
    static const struct {
        const char *name, *wanted;
    } row[] = {
        {"ical/public/ical4j/rfc5545-sec3.4.ics", "line-end 11:14\n"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        size_t size;
        char *text = file_read(row[i].name, &size);

        expect(row[i].name, text, size, row[i].wanted);
        free(text);
    }
}

/* ---- Arguments ---------------------------------------------------------------------------- */

Test(lint, a_missing_argument_is_refused)
{
    pfh_defects *defects = NULL;
    pfh_error error;

    cr_expect_eq(pfh_ical_lint(NULL, "", 0, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_ical_lint(&defects, NULL, 0, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "text");
    cr_expect_null(defects);
    cr_expect_eq(pfh_defects_count(NULL), 0);
    cr_expect_null(pfh_defects_row(NULL, 0));
    pfh_defects_free(NULL);
    defects = lint("", 0);
    cr_expect_eq(pfh_defects_count(defects), 1);
    cr_expect_null(pfh_defects_row(defects, 1));
    cr_expect_null(pfh_defects_row(defects, SIZE_MAX));
    pfh_defects_free(defects);
}
