/*
 * Documents that are refused, and those that just pass: bad/README.md says what a case holds.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* ---- A document and what came of it ------------------------------------------------------- */

typedef struct attempt {
    char *text;
    size_t size;
    pfh_status status;
    pfh_error error;
} attempt;

/* Reads a document as a pathway or a policy.  What is refused leaves the output alone. */
static void try_document(attempt *a, bool policy)
{
    char sentinel;
    void *untouched = &sentinel;
    pfh_pathway *pathway = untouched;
    pfh_policy *rules = untouched;

    memset(&a->error, '#', sizeof a->error);
    a->status = policy ? pfh_policy_parse(&rules, a->text, a->size, &a->error)
                       : pfh_pathway_parse(&pathway, a->text, a->size, &a->error);
    if (a->status == PFH_OK && policy)
        pfh_policy_free(rules);
    else if (a->status == PFH_OK)
        pfh_pathway_free(pathway);
    else
        cr_expect((void *)pathway == untouched && (void *)rules == untouched,
                  "the output was touched");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool holds(const char *text, const char *piece, size_t size)
{
    for (size_t at = 0; text[at] != '\0'; at++)
        if (strncmp(text + at, piece, size) == 0)
            return true;
    return false;
}

/* No run of more than 5 digits of the document stands in the error's sentence, and the pointer
 * spells none of 11 digits. */
static void expect_no_numbers(const attempt *a, const char *name)
{
    size_t run = 0;

    for (size_t at = 0; at <= a->size; at++) {
        if (at < a->size && is_digit(a->text[at])) {
            run++;
            continue;
        }
        if (run > 5)
            cr_expect(!holds(a->error.text, a->text + at - run, run), "%s: %s", name,
                      a->error.text);
        if (run >= 11)
            cr_expect(!holds(a->error.where, a->text + at - run, run), "%s: %s", name,
                      a->error.where);
        run = 0;
    }
}

/* A full stop that ends a sentence; " ." is one of a list of characters, "..." says that more
 * follows. */
static bool is_full_stop(const char *text, size_t i)
{
    return i > 0 && text[i] == '.' && text[i - 1] != ' ' && text[i - 1] != '.' &&
           (text[i + 1] == ' ' || text[i + 1] == '\0');
}

/* One sentence without a full stop, in printable ASCII. */
static bool is_sentence(const char *text)
{
    size_t size = strlen(text);

    if (size < 10 || text[0] == ' ' || text[size - 1] == ' ')
        return false;
    for (size_t i = 0; i < size; i++)
        if (text[i] < ' ' || text[i] > '~' || is_full_stop(text, i))
            return false;
    return true;
}

static void expect_good_error(const attempt *a, const char *name)
{
    cr_expect_eq(a->error.status, a->status, "%s", name);
    cr_assert(memchr(a->error.text, '\0', sizeof a->error.text) != NULL &&
                  memchr(a->error.where, '\0', sizeof a->error.where) != NULL,
              "%s: no end", name);
    cr_expect(is_sentence(a->error.text), "%s: \"%s\"", name, a->error.text);
    cr_expect(a->error.where[0] == '\0' || a->error.where[0] == '/', "%s: \"%s\"", name,
              a->error.where);
    cr_expect(a->error.offset >= -1 && (int64_t)a->error.offset <= (int64_t)a->size,
              "%s: offset %d", name, a->error.offset);
    for (size_t i = 0; i < sizeof a->error.reserved; i++)
        cr_assert_eq(a->error.reserved[i], 0, "%s: what is reserved is zero", name);
    expect_no_numbers(a, name);
}

static void expect_untouched_error(const attempt *a, const char *name)
{
    const char *bytes = (const char *)&a->error;

    for (size_t i = 0; i < sizeof a->error; i++)
        cr_assert_eq(bytes[i], '#', "%s: a success leaves the error alone", name);
}

/* ---- documents.json ----------------------------------------------------------------------- */

static void add_repeated(growing *text, const cJSON *repeat)
{
    const char *piece = json_text(repeat, "piece");
    size_t size = strlen(piece);

    growing_add(text, json_text(repeat, "prefix"), strlen(json_text(repeat, "prefix")));
    for (int i = cJSON_GetObjectItemCaseSensitive(repeat, "times")->valueint; i > 0; i--)
        growing_add(text, piece, size);
    growing_add(text, json_text(repeat, "suffix"), strlen(json_text(repeat, "suffix")));
}

/* The bytes of a case, in memory of exactly their size, so that a sanitizer sees a read beyond. */
static attempt attempt_of(const cJSON *row)
{
    const char *text = json_text(row, "text"), *hex = json_text(row, "hex");
    growing built = {0};
    attempt a = {0};

    if (hex != NULL) {
        a.text = hex_read(hex, &a.size);
        return a;
    }
    if (text != NULL)
        growing_add(&built, text, strlen(text));
    else
        add_repeated(&built, cJSON_GetObjectItemCaseSensitive(row, "repeat"));
    a.size = built.size;
    a.text = malloc(a.size > 0 ? a.size : 1);
    cr_assert_not_null(a.text);
    memcpy(a.text, built.data, a.size);
    free(built.data);
    return a;
}

static void check_document(const cJSON *row)
{
    const char *name = json_text(row, "name");
    attempt a = attempt_of(row);

    try_document(&a, strcmp(json_text(row, "document"), "policy") == 0);
    cr_expect_str_eq(pfh_status_name(a.status), json_text(row, "status"), "%s: %s", name,
                     a.status == PFH_OK ? "" : a.error.text);
    if (a.status == PFH_OK) {
        expect_untouched_error(&a, name);
    } else {
        cr_expect_str_eq(a.error.where, json_text(row, "where"), "%s", name);
        expect_good_error(&a, name);
    }
    free(a.text);
}

static size_t each_row(const char *file, void (*use)(const cJSON *))
{
    char *text = file_read(file, NULL);
    cJSON *rows = json_read(text);
    const cJSON *row;
    size_t count = 0;

    cJSON_ArrayForEach(row, rows)
    {
        use(row);
        count++;
    }
    cJSON_Delete(rows);
    free(text);
    return count;
}

Test(bad, every_document_is_refused_or_taken_as_the_rules_say)
{
    cr_expect_geq(each_row("bad/documents.json", check_document), 1800);
}

static void check_without_error(const cJSON *row)
{
    attempt a = attempt_of(row);
    pfh_pathway *pathway = NULL;
    pfh_policy *policy = NULL;
    bool of_policy = strcmp(json_text(row, "document"), "policy") == 0;
    pfh_status status = of_policy ? pfh_policy_parse(&policy, a.text, a.size, NULL)
                                  : pfh_pathway_parse(&pathway, a.text, a.size, NULL);

    cr_expect_str_eq(pfh_status_name(status), json_text(row, "status"), "%s",
                     json_text(row, "name"));
    pfh_policy_free(policy);
    pfh_pathway_free(pathway);
    free(a.text);
}

Test(bad, the_status_is_the_same_when_nobody_asks_where)
{
    each_row("bad/documents.json", check_without_error);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

Test(bad, no_two_documents_have_one_name)
{
    char *text = file_read("bad/documents.json", NULL);
    cJSON *rows = json_read(text);
    const cJSON *row;
    const char *names[4096];
    size_t count = 0;

    cJSON_ArrayForEach(row, rows)
    {
        cr_assert_lt(count, COUNT(names));
        names[count++] = json_text(row, "name");
    }
    qsort(names, count, sizeof names[0], by_bytes);
    for (size_t i = 1; i < count; i++)
        cr_expect_str_neq(names[i - 1], names[i]);
    cJSON_Delete(rows);
    free(text);
}

/* What makes a document of a pathway wrong makes a line of a caseload wrong. */
static void check_line(const cJSON *row)
{
    const char *name = json_text(row, "name");
    attempt a = attempt_of(row);
    pfh_caseload *reader = NULL;
    const pfh_line *line;

    if (strcmp(json_text(row, "document"), "pathway") == 0 &&
        memchr(a.text, '\n', a.size) == NULL && memchr(a.text, '\r', a.size) == NULL &&
        a.size > 0 && a.size <= 4 * 1024 * 1024) {
        cr_assert_eq(pfh_caseload_new(&reader, NULL), PFH_OK);
        cr_assert_eq(pfh_caseload_feed(reader, a.text, a.size, NULL), PFH_OK);
        cr_assert_eq(pfh_caseload_feed(reader, NULL, 0, NULL), PFH_OK);
        line = pfh_caseload_next(reader);
        cr_assert_not_null(line, "%s", name);
        cr_expect_str_eq(pfh_status_name(line->status), json_text(row, "status"), "%s", name);
        if (line->error != NULL)
            cr_expect_str_eq(line->error->where, json_text(row, "where"), "%s", name);
        cr_expect_null(pfh_caseload_next(reader), "%s", name);
        pfh_caseload_free(reader);
    }
    free(a.text);
}

Test(bad, a_line_of_a_caseload_is_refused_as_the_document_is)
{
    each_row("bad/documents.json", check_line);
}

/* ---- JSONTestSuite ------------------------------------------------------------------------ */

static bool is_utf8(const unsigned char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        unsigned char first = text[at++];
        size_t more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        uint32_t code = first < 0x80 ? first : first & (0x3Fu >> more);
        static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};

        if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || at + more > size)
            return false;
        for (size_t i = 0; i < more; i++, at++) {
            if ((text[at] & 0xC0) != 0x80)
                return false;
            code = code << 6 | (text[at] & 0x3Fu);
        }
        if (code < least[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return false;
    }
    return true;
}

/* Whether a text is no JSON for the library: what the suite rejects, and of what a parser may
 * choose, all that is not in UTF-8, too deep or begins with a byte order mark. */
static bool is_refused(const cJSON *row, const char *text, size_t size)
{
    const char *name = json_text(row, "name"), *expect = json_text(row, "expect");

    if (strcmp(expect, "either") != 0)
        return strcmp(expect, "reject") == 0;
    return !is_utf8((const unsigned char *)text, size) ||
           strcmp(name, "i_structure_500_nested_arrays") == 0 ||
           strcmp(name, "i_structure_UTF-8_BOM_empty_object") == 0;
}

static size_t refused_choices;

static void check_parsing(const cJSON *row)
{
    const char *name = json_text(row, "name");
    bool refused;

    for (int policy = 0; policy <= 1; policy++) {
        attempt a = {0};

        a.text = hex_read(json_text(row, "hex"), &a.size);
        refused = is_refused(row, a.text, a.size);
        refused_choices += policy && refused && strcmp(json_text(row, "expect"), "either") == 0;
        try_document(&a, policy);
        cr_assert_neq(a.status, PFH_OK, "%s: is no document", name);
        cr_expect((a.status == PFH_E_SYNTAX) == refused, "%s: %s", name, pfh_status_name(a.status));
        if (refused)
            cr_expect_str_eq(a.error.where, "", "%s", name);
        expect_good_error(&a, name);
        free(a.text);
    }
}

Test(bad, the_parser_takes_and_rejects_what_JSONTestSuite_says)
{
    cr_expect_eq(each_row("bad/json-test-suite.json", check_parsing), 318);
    cr_expect_eq(refused_choices, 15);
}
