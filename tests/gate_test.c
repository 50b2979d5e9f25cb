/*
 * The gate: strict JSON in UTF-8, and what of it a document may be made of.
 *
 * Values are tried as vendor values, where only the rules of JSON hold, and read back as the gate
 * left them.  tests/bad has the other side: documents and a test suite of JSON, from outside.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                       \
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"diagnosis\":"         \
    "{\"code\":\"C50\",\"date\":\"2026-01-31\"}"

static pfh_status parse(const char *text, size_t size, pfh_error *error)
{
    pfh_pathway *pathway = (pfh_pathway *)1;
    pfh_status status = pfh_pathway_parse(&pathway, text, size, error);

    if (status == PFH_OK)
        pfh_pathway_free(pathway);
    else
        cr_expect_eq(pathway, (pfh_pathway *)1, "the output was touched");
    return status;
}

/* Expects the value of a vendor key to come out so; by a document and by a call. */
static void expect_value(const char *given, const char *compact)
{
    pfh_record *head = NULL;
    growing text = {0};
    pfh_pathway *pathway;

    growing_print(&text, HEAD ",\"x_a\":");
    growing_add(&text, given, strlen(given));
    growing_print(&text, "}");
    pathway = pathway_of(text.data);
    cr_expect_str_eq(pfh_record_text(pfh_pathway_head(pathway), "x_a"), compact, "%s", given);
    pfh_pathway_free(pathway);
    cr_assert_eq(pfh_record_new(&head, PFH_RECORD_PATHWAY, NULL), PFH_OK);
    cr_expect_eq(pfh_record_set_json(head, "x_a", given, NULL), PFH_OK);
    cr_expect_str_eq(pfh_record_text(head, "x_a"), compact, "%s", given);
    pfh_record_free(head);
    free(text.data);
}

/* Expects the bytes of a value to be refused, with the byte at which the text is wrong. */
static void expect_wrong(const char *bytes, size_t size, size_t at)
{
    static const char before[] = HEAD ",\"x_a\":";
    growing text = {0};
    pfh_error error;

    growing_add(&text, before, strlen(before));
    growing_add(&text, bytes, size);
    growing_add(&text, "}", 1);
    cr_expect_eq(parse(text.data, text.size, &error), PFH_E_SYNTAX, "%s", bytes);
    cr_expect_eq(error.status, PFH_E_SYNTAX);
    cr_expect_str_eq(error.where, "");
    cr_expect_eq(error.offset, (int32_t)(strlen(before) + at), "%s: byte %d", bytes,
                 (int)error.offset - (int)strlen(before));
    cr_expect_eq(parse(text.data, text.size, NULL), PFH_E_SYNTAX);
    free(text.data);
}

/* ---- Values ------------------------------------------------------------------------------- */

Test(gate, a_value_is_kept_compact_and_a_number_as_it_is_spelt)
{
    static const struct {
        const char *given, *compact;
    } row[] = {
        {"0", "0"},
        {"-0", "-0"},
        {"1.50", "1.50"},
        {"1e999", "1e999"},
        {"1E+2", "1E+2"},
        {"-1.0e-0", "-1.0e-0"},
        {"0.0", "0.0"},
        {"12345678901234567890", "12345678901234567890"},
        {" \t\r\n1\n\r\t ", "1"},
        {"true", "true"},
        {"false", "false"},
        {"null", "null"},
        {"[]", "[]"},
        {"{}", "{}"},
        {"[ ]", "[]"},
        {"{ }", "{}"},
        {"[ 1 , [ 2 ] , { \"a\" : 3 } ]", "[1,[2],{\"a\":3}]"},
        {"{ \"b\" : 1 ,\n\"a\" : { \"c\" : null } }", "{\"b\":1,\"a\":{\"c\":null}}"},
        {"{\"x_b\":[1.50],\"a\":{\"x_c\":-0}}", "{\"x_b\":[1.50],\"a\":{\"x_c\":-0}}"},
        {"\"\"", "\"\""},
        {"\"a\\/b\"", "\"a/b\""},
        {"\"\\\"\\\\\\n\\r\\t\"", "\"\\\"\\\\\\n\\r\\t\""},
        {"\"\\u0022\\u005c\\u000a\\u000D\\u0009\"", "\"\\\"\\\\\\n\\r\\t\""},
        {"\"\\u0041\\u00e5\\u20AC\"", "\"A\xC3\xA5\xE2\x82\xAC\""},
        {"\"\\u0020\\u007e\\u00a0\"", "\" ~\xC2\xA0\""},
        {"\"\\ud83d\\ude00\"", "\"\xF0\x9F\x98\x80\""},
        {"\"\\uDBFF\\uDFFF\"", "\"\xF4\x8F\xBF\xBF\""},
        {"\"\\uD800\\uDC00\"", "\"\xF0\x90\x80\x80\""},
        {"\"\\ud7ff\\ue000\\uffff\"", "\"\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\""},
        {"\"\xC2\xA0\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\"",
         "\"\xC2\xA0\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"
         "\""},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        expect_value(row[i].given, row[i].compact);
}

Test(gate, a_text_is_kept_whatever_its_length)
{
    char given[80] = "\"";

    for (size_t size = 0; size < 40; size++) { /* around eight bytes at once */
        for (size_t at = 0; at <= size; at++) {
            char compact[80];

            memset(given + 1, 'a', size);
            given[1 + size] = '"';
            given[2 + size] = '\0';
            if (at < size)
                given[1 + at] = '~';
            strcpy(compact, given);
            expect_value(given, compact);
        }
    }
}

Test(gate, a_value_full_of_quotes_is_kept)
{
    enum { COUNT_OF_QUOTES = 3000 };
    growing given = {0};

    growing_add(&given, "[", 1);
    for (int i = 0; i < COUNT_OF_QUOTES; i++)
        growing_print(&given, "%s\"\\\"\\\\\"", i == 0 ? "" : ",");
    growing_add(&given, "]", 1);
    expect_value(given.data, given.data);
    free(given.data);
}

Test(gate, what_is_not_json_is_refused_where_it_goes_wrong)
{
    static const struct {
        const char *bytes;
        size_t at;
    } row[] = {
        {"", 0},
        {"01", 1},
        {"-", 1},
        {"+1", 0},
        {".5", 0},
        {"1.", 2},
        {"1.e1", 2},
        {"1e", 2},
        {"1e+", 3},
        {"-a", 1},
        {"1a", 1},
        {"0x1", 1},
        {"tru", 0},
        {"nulL", 0},
        {"False", 0},
        {"NaN", 0},
        {"'a'", 0},
        {"\"a\n\"", 2},
        {"\"\t\"", 1},
        {"\"\\a\"", 1},
        {"\"\\u12\"", 1},
        {"\"\\u12g4\"", 1},
        {"\"\\U0041\"", 1},
        {"\"\\u 041\"", 1},
        {"\"\\ud83d\\u\"", 7},
        {"[1,]", 3},
        {"[,1]", 1},
        {"[1 2]", 3},
        {"[1}", 2},
        {"{\"a\"}", 4},
        {"{\"a\":}", 5},
        {"{\"a\":1,}", 7},
        {"{,}", 1},
        {"{a:1}", 1},
        {"{\"a\" 1}", 5},
        {"{\"a\":1 \"b\":2}", 7},
        {"{\"a\":1]", 6},
        {"{1:1}", 1},
        {"1 /* a */", 2},
        {"\"\\u00\xC3\xA5\"", 1},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        expect_wrong(row[i].bytes, strlen(row[i].bytes), row[i].at);
}

Test(gate, what_does_not_end_is_refused_at_its_end)
{
    static const char *const texts[] = {
        "",  " ",  "{",   "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
        "[", "[1", "[1,", "\"",   "\"a",    "\"\\",    "\"\\u",    "\"\\u123",
        "-", "1.", "1e",  "tr",   "\xC3",   "\"\xC3",
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        pfh_error error;

        cr_expect_eq(parse(texts[i], strlen(texts[i]), &error), PFH_E_SYNTAX, "%s", texts[i]);
        cr_expect_leq(error.offset, (int32_t)strlen(texts[i]));
        cr_expect_geq(error.offset, 0);
    }
}

Test(gate, bytes_that_are_no_utf8_are_refused)
{
    static const char *const texts[] = {
        "\"\x80\"",
        "\"\xBF\"",
        "\"\xC0\x80\"",
        "\"\xC1\xBF\"",
        "\"\xC2\"",
        "\"\xC2\x41\"",
        "\"\xE0\x80\x80\"",
        "\"\xE0\x9F\xBF\"",
        "\"\xE2\x82\"",
        "\"\xE2\x28\xA1\"",
        "\"\xED\xA0\x80\"",
        "\"\xED\xBF\xBF\"",
        "\"\xF0\x80\x80\x80\"",
        "\"\xF0\x8F\xBF\xBF\"",
        "\"\xF0\x9F\x98\"",
        "\"\xF0\x9F\x98\x41\"",
        "\"\xF4\x90\x80\x80\"",
        "\"\xF5\x80\x80\x80\"",
        "\"\xFE\"",
        "\"\xFF\"",
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        expect_wrong(texts[i], strlen(texts[i]), 1);
    expect_wrong("\"a\0b\"", 5, 2);
    expect_wrong("\0", 1, 0);
}

Test(gate, nothing_stands_before_or_after_the_document)
{
    static const char *const after[] = {"x", "{}", ",", "\0", "1"};
    pfh_error error;

    cr_expect_eq(parse("\xEF\xBB\xBF" HEAD "}", strlen(HEAD) + 4, &error), PFH_E_SYNTAX);
    cr_expect_eq(error.offset, 0);
    cr_expect_eq(parse("\xEF\xBB\xBF", 3, &error), PFH_E_SYNTAX);
    cr_expect_eq(parse(" \n" HEAD "} \r\n", strlen(HEAD) + 6, NULL), PFH_OK);
    for (size_t i = 0; i < COUNT(after); i++) {
        char text[256];
        size_t size = (size_t)snprintf(text, sizeof text, HEAD "}%s", after[i]) + (i == 3);

        cr_expect_eq(parse(text, size, &error), PFH_E_SYNTAX);
        cr_expect_eq(error.offset, (int32_t)strlen(HEAD) + 1);
    }
}

/* ---- Limits ------------------------------------------------------------------------------- */

Test(gate, a_document_has_up_to_4_mib)
{
    enum { MOST = 4 * 1024 * 1024 };
    char *text = malloc(MOST + 1);
    pfh_error error;

    cr_assert_not_null(text);
    memset(text, ' ', MOST + 1);
    memcpy(text, HEAD "}", strlen(HEAD "}"));
    cr_expect_eq(parse(text, MOST, NULL), PFH_OK);
    cr_expect_eq(parse(text, MOST + 1, &error), PFH_E_SYNTAX);
    cr_expect_str_eq(error.where, "");
    cr_expect_eq(error.offset, MOST);
    free(text);
}

Test(gate, lists_and_objects_stand_in_each_other_up_to_32_deep)
{
    static const char *const pieces[][2] = {{"[", "]"}, {"{\"a\":", "}"}};

    for (size_t i = 0; i < COUNT(pieces); i++)
        for (int depth = 30; depth <= 33; depth++) {
            growing text = {0};
            pfh_error error;

            growing_print(&text, HEAD ",\"x_a\":"); /* the document is the first */
            for (int n = 1; n < depth; n++)
                growing_print(&text, "%s", pieces[i][0]);
            growing_add(&text, "1", 1);
            for (int n = 1; n < depth; n++)
                growing_print(&text, "%s", pieces[i][1]);
            growing_add(&text, "}", 1);
            cr_expect_eq(parse(text.data, text.size, &error), depth > 32 ? PFH_E_SYNTAX : PFH_OK,
                         "%d", depth);
            free(text.data);
        }
}

/* ---- Keys that come twice ----------------------------------------------------------------- */

static void expect_twice(const char *object, pfh_status status, const char *where)
{
    growing text = {0};
    pfh_error error = {.where = ""};

    growing_print(&text, HEAD ",\"x_a\":");
    growing_add(&text, object, strlen(object));
    growing_add(&text, "}", 1);
    cr_expect_eq(parse(text.data, text.size, &error), status, "%s", object);
    cr_expect_str_eq(error.where, where, "%s", object);
    free(text.data);
}

Test(gate, a_key_that_comes_twice_is_told)
{
    expect_twice("{\"a\":1,\"b\":2}", PFH_OK, "");
    expect_twice("{\"a\":1,\"A\":2,\"\":3,\"aa\":4}", PFH_OK, "");
    expect_twice("{\"a\":1,\"a\":1}", PFH_E_KEY, "/x_a/a");
    expect_twice("{\"a\":1,\"\\u0061\":1}", PFH_E_KEY, "/x_a/a");
    expect_twice("{\"\":1,\"\":1}", PFH_E_KEY, "/x_a/");
    expect_twice("[0,{\"b\":[{\"c\":1,\"c\":2}]}]", PFH_E_KEY, "/x_a/1/b/0/c");
    expect_twice("{\"a/b\":{\"c~d\":1,\"c~d\":2}}", PFH_E_KEY, "/x_a/a~1b/c~0d");
    expect_twice("{\"\\\"\\\\\\n\\r\\t\":1,\"\\\"\\\\\\n\\r\\t\":1}", PFH_E_KEY, "/x_a/\"\\\n\r\t");
    expect_twice("{\"a\":{\"a\":1},\"b\":{\"a\":1}}", PFH_OK, "");
}

Test(gate, the_first_error_counts_and_one_of_syntax_before_all)
{
    expect_twice("{\"a\":1,\"a\":\"\\u0001\"}", PFH_E_VALUE, "/x_a/a"); /* it is read first */
    expect_twice("[{\"a\":1,\"a\":1},{\"b\":1,\"b\":1}]", PFH_E_KEY, "/x_a/0/a");
    expect_twice("{\"a\":1,\"a\":1,}", PFH_E_SYNTAX, "");
}

Test(gate, among_many_keys_one_that_comes_twice_is_found)
{
    static const int counts[] = {2, 16, 17, 18, 31, 33, 127, 129, 1000};

    for (size_t c = 0; c < COUNT(counts); c++)
        for (int same = -1; same < counts[c] - 1; same += 1 + counts[c] / 7) {
            growing object = {0};
            char where[32] = "";

            for (int i = 0; i < counts[c]; i++) {
                int name = i == counts[c] - 1 && same >= 0 ? same : i;
                growing_print(&object, "%s\"k%d\":0", i == 0 ? "{" : ",", (name * 7919) % 10007);
            }
            growing_add(&object, "}", 1);
            if (same >= 0)
                snprintf(where, sizeof where, "/x_a/k%d", (same * 7919) % 10007);
            expect_twice(object.data, same >= 0 ? PFH_E_KEY : PFH_OK, where);
            free(object.data);
        }
}

/* ---- Characters that are not allowed ------------------------------------------------------ */

Test(gate, a_character_that_is_not_allowed_is_told_at_its_text_or_at_its_keys_object)
{
    static const char *const characters[] = {
        "\\u0000",        "\\u0001",        "\\u0008", "\\b",      "\\f",
        "\\u000b",        "\\u000C",        "\\u000e", "\\u001F",  "\\u007f",
        "\\u0080",        "\\u009F",        "\x7F",    "\xC2\x80", "\xC2\x9F",
        "\\ud800",        "\\udc00",        "\\uDFFF", "\\ud800a", "\\ud800\\u0041",
        "\\ud800\\ud800", "\\udc00\\ud800",
    };

    for (size_t i = 0; i < COUNT(characters); i++) {
        char object[80];

        snprintf(object, sizeof object, "\"%s\"", characters[i]);
        expect_twice(object, PFH_E_VALUE, "/x_a");
        snprintf(object, sizeof object, "{\"b\":[0,\"a%sz\"]}", characters[i]);
        expect_twice(object, PFH_E_VALUE, "/x_a/b/1");
        snprintf(object, sizeof object, "{\"b\":{\"a%sz\":0}}", characters[i]);
        expect_twice(object, PFH_E_VALUE, "/x_a/b");
    }
}

/* ---- Pointers ----------------------------------------------------------------------------- */

Test(gate, a_pointer_never_spells_eleven_digits)
{
    expect_twice("{\"1234567890\":{\"a\":1,\"a\":1}}", PFH_E_KEY, "/x_a/1234567890/a");
    expect_twice("{\"12345678901\":{\"a\":1,\"a\":1}}", PFH_E_KEY, "/x_a");
    expect_twice("{\"b\":{\"p12345678901q\":\"\\b\"}}", PFH_E_VALUE, "/x_a/b");
    expect_twice("{\"b\":{\"12345678901\":0,\"12345678901\":0}}", PFH_E_KEY, "/x_a/b");
}

Test(gate, a_pointer_that_is_too_long_ends_at_an_object_above)
{
    growing object = {0};
    char key[101];

    memset(key, 'k', 100);
    key[100] = '\0';
    growing_print(&object, "{\"%s\":{\"%s\":{\"%s\":\"\\b\"}}}", key, key, key);
    expect_twice(
        object.data, PFH_E_VALUE,
        "/x_a/kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkk/kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");
    free(object.data);
}

/* A text that is not allowed, in an object under a key of so many bytes and some more, or in a list
 * there: where it is said to be. */
static void expect_cut(size_t size, const char *end, int index, int fits)
{
    growing object = {0};
    char key[256], where[300], escaped[8] = "";

    memset(key, 'k', size);
    key[size] = '\0';
    for (const char *at = end; *at != '\0'; at++)
        strcat(escaped, *at == '~' ? "~0" : "~1");
    growing_print(&object, "{\"%s%s\":", key, end);
    for (int i = 0; i < index; i++)
        growing_print(&object, "%s", i == 0 ? "[0" : ",0");
    growing_print(&object, index > 0 ? ",\"\\b\"]}" : "\"\\b\"}");
    if (index > 0)
        snprintf(where, sizeof where, fits ? "/x_a/%s%s/%d" : "/x_a/%s%s", key, escaped, index);
    else
        snprintf(where, sizeof where, "/x_a/%s%s", key, escaped);
    expect_twice(object.data, PFH_E_VALUE, fits || index > 0 ? where : "/x_a");
    free(object.data);
}

Test(gate, a_pointer_is_cut_between_keys_to_the_byte)
{
    expect_cut(250, "", 0, 1); /* 255 bytes with /x_a/ before it */
    expect_cut(251, "", 0, 0);
    expect_cut(248, "~", 0, 1);
    expect_cut(249, "~", 0, 0);
    expect_cut(250, "~", 0, 0);
    expect_cut(248, "/", 0, 1);
    expect_cut(249, "/", 0, 0);
    expect_cut(248, "", 1, 1);
    expect_cut(249, "", 1, 0);
    expect_cut(250, "", 1, 0);
    expect_cut(247, "", 10, 1);
    expect_cut(248, "", 10, 0);
    expect_cut(249, "", 10, 0);
}

/* ---- Numbers where one is taken ----------------------------------------------------------- */

Test(gate, a_number_is_an_integer_by_how_it_is_spelt)
{
    static const struct {
        const char *number;
        pfh_status status;
    } row[] = {
        {"14", PFH_OK},
        {"0", PFH_OK},
        {"-0", PFH_OK},
        {"3650", PFH_OK},
        {"3651", PFH_E_VALUE},
        {"-1", PFH_E_VALUE},
        {"14.0", PFH_E_TYPE},
        {"1e1", PFH_E_TYPE},
        {"1E1", PFH_E_TYPE},
        {"-0.0", PFH_E_TYPE},
        {"1e999", PFH_E_TYPE},
        {"2147483647", PFH_E_VALUE},
        {"2147483648", PFH_E_VALUE},
        {"-2147483648", PFH_E_VALUE},
        {"-2147483649", PFH_E_VALUE},
        {"999999999999999", PFH_E_VALUE},
        {"1000000000000000", PFH_E_VALUE},
        {"-9999999999999999", PFH_E_VALUE},
        {"18446744073709551616", PFH_E_VALUE},
        {"-00", PFH_E_SYNTAX},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_policy *policy = NULL;
        char text[120];

        snprintf(text, sizeof text, "{\"format\":\"pfh-policy/1\",\"form_days\":%s}",
                 row[i].number);
        cr_expect_eq(pfh_policy_parse(&policy, text, strlen(text), NULL), row[i].status, "%s",
                     row[i].number);
        pfh_policy_free(policy);
    }
}
