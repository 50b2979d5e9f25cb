/*
 * Documents: whole bytes typed by hand, and that they are written in one way.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* Expects a pathway to be written so, and what was written to be written as itself. */
static void expect_written(const char *given, const char *written)
{
    pfh_pathway *pathway = pathway_of(given);
    char *text = pathway_text(pathway);

    cr_expect_str_eq(text, written);
    pfh_pathway_free(pathway);
    pathway = pathway_of(written);
    pfh_string_free(text);
    text = pathway_text(pathway);
    cr_expect_str_eq(text, written, "it is written again as it is");
    pfh_string_free(text);
    pfh_pathway_free(pathway);
}

/* ---- Whole documents ---------------------------------------------------------------------- */

Test(document, the_smallest_pathway)
{
    expect_written("{ \"diagnosis\" : { \"date\" : \"2026-01-31\" , \"cancer\" : true } ,\n"
                   "  \"edition\" : \"hdir-2022\" , \"id\" : \"p1\" , \"format\" : "
                   "\"pfh-pathway/1\" }\r\n",
                   "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
                   "\"diagnosis\":{\"date\":\"2026-01-31\",\"cancer\":true}}");
}

Test(document, a_pathway_with_all_that_is_written_in_one_way)
{
    expect_written(
        "{\"x_z\":1.50,\"x_a\":{\"b\":1e999,\"a\":[-0,null, true]},\"events\":["
        "{\"type\":\"scheduled\",\"start\":\"2026-05-04T10:00\",\"point\":2,\"id\":\"e3\","
        "\"date\":\"2026-03-01\",\"place\":\"Rom \\\"3\\\" \\/ \\u00e5\\ud83d\\ude00\\n\\t\\\\\","
        "\"minutes\":null,\"author\":{\"name\":null},\"recorded\":"
        "\"2026-03-01T11:12:00.500+01:00\"},"
        "{\"id\":\"e2\",\"type\":\"withheld\",\"date\":\"2026-03-01\"},"
        "{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"assessment\":"
        "{\"topics\":[],\"instrument\":{}},\"x_b\":null,\"x_B\":\"\",\"note\":null}],"
        "\"previous\":null,\"patient\":{\"identifiers\":[],\"name\":{\"family\":\"N\",\"given\":"
        "\"K\"},\"x_1\":[ ]},\"id\":\"p1\",\"format\":\"pfh-pathway/1\",\"edition\":"
        "\"hdir-2021-draft\",\"diagnosis\":{\"code\":\"C509\",\"date\":\"2026-01-31\","
        "\"in_cancer_pathway\":false}}",
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2021-draft\",\"patient\":"
        "{\"identifiers\":[],\"name\":{\"given\":\"K\",\"family\":\"N\"},\"x_1\":[]},\"diagnosis\":"
        "{\"code\":\"C50.9\",\"date\":\"2026-01-31\",\"in_cancer_pathway\":false},\"events\":["
        "{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"assessment\":"
        "{\"instrument\":{},\"topics\":[]},\"x_B\":\"\",\"x_b\":null},"
        "{\"id\":\"e2\",\"type\":\"withheld\",\"date\":\"2026-03-01\"},"
        "{\"id\":\"e3\",\"type\":\"scheduled\",\"date\":\"2026-03-01\",\"recorded\":"
        "\"2026-03-01T10:12:00.5Z\",\"author\":{},\"point\":2,\"start\":\"2026-05-04T10:00\","
        "\"place\":\"Rom \\\"3\\\" / \xC3\xA5\xF0\x9F\x98\x80\\n\\t\\\\\"}],"
        "\"x_a\":{\"b\":1e999,\"a\":[-0,null,true]},\"x_z\":1.50}");
}

Test(document, an_empty_list_of_events_is_written_and_none_is_not)
{
    static const char head[] = "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":"
                               "\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":"
                               "\"2026-01-31\"}";
    static const char *const ends[][2] = {
        {"}", "}"},
        {",\"events\":null}", "}"},
        {",\"events\":[]}", ",\"events\":[]}"},
        {",\"events\":[],\"x_a\":1}", ",\"events\":[],\"x_a\":1}"},
    };

    for (size_t i = 0; i < COUNT(ends); i++) {
        char given[256], written[256];

        snprintf(given, sizeof given, "%s%s", head, ends[i][0]);
        snprintf(written, sizeof written, "%s%s", head, ends[i][1]);
        expect_written(given, written);
    }
}

Test(document, a_policy_is_written_in_the_order_of_the_table)
{
    static const char written[] =
        "{\"format\":\"pfh-policy/1\",\"start_date\":\"2024-02-29\",\"no_answer_days\":0,"
        "\"distress_threshold\":10,\"shift\":\"working_day\",\"municipality_messages\":true,"
        "\"extra_codes\":[\"B\",\"\"],\"units\":[{\"unit\":\"u1\",\"phone\":\"\"}],\"x_a\":[1e0],"
        "\"x_b\":\"/\"}";
    pfh_policy *policy = policy_of(
        "{\"x_b\":\"\\/\",\"units\":[{\"phone\":\"\",\"name\":null,\"unit\":\"u1\"}],\"x_a\":[1e0],"
        "\"extra_codes\":[\"B\",\"\"],\"municipality_messages\":true,\"shift\":\"working_day\","
        "\"assign\":null,\"distress_threshold\":10,\"no_answer_days\":-0,\"start_date\":"
        "\"2024-02-29\",\"format\":\"pfh-policy/1\"}");
    char *text = policy_text(policy);

    cr_expect_str_eq(text, written);
    pfh_string_free(text);
    pfh_policy_free(policy);
}

/* ---- Values as they are written ----------------------------------------------------------- */

/* Expects an event that is not worth more to be written so. */
static void expect_event(const char *given, const char *written)
{
    static const char before[] = "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":"
                                 "\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":"
                                 "\"2026-01-31\"},\"events\":[{\"id\":\"e\",\"type\":\"reopened\","
                                 "\"date\":\"2026-02-01\",";
    char one[1024], other[1024];

    snprintf(one, sizeof one, "%s%s}]}", before, given);
    snprintf(other, sizeof other, "%s%s}]}", before, written);
    expect_written(one, other);
}

Test(document, texts_are_escaped_where_they_must_be_and_nowhere_else)
{
    static const char *const row[][2] = {
        {"\"note\":\"\"", "\"note\":\"\""},
        {"\"note\":\"\\u0041\\u002f\\/\"", "\"note\":\"A//\""},
        {"\"note\":\"\\u0022\\u005C\"", "\"note\":\"\\\"\\\\\""},
        {"\"note\":\"\\u000a\\u000D\\u0009\"", "\"note\":\"\\n\\r\\t\""},
        {"\"note\":\"<>&'\\u2028\"", "\"note\":\"<>&'\xE2\x80\xA8\""},
        {"\"note\":\"\\uD83D\\uDE00\\u00e6\"", "\"note\":\"\xF0\x9F\x98\x80\xC3\xA6\""},
        {"\"x_\\u0061\":\"\\u0041\"", "\"x_a\":\"A\""},
        {"\"x_\\\"\\\\\\n\":0", "\"x_\\\"\\\\\\n\":0"},
        {"\"x_a\":\"\\\"\\\\\\/\\n\"", "\"x_a\":\"\\\"\\\\/\\n\""},
        {"\"x_a\":{ \"x_b\" : \"\\u00e6\" , \"c\" : null }",
         "\"x_a\":{\"x_b\":\"\xC3\xA6\",\"c\":null}"},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        expect_event(row[i][0], row[i][1]);
}

Test(document, keys_of_the_vendors_own_are_sorted_by_their_bytes)
{
    expect_event("\"x_b\":1,\"x_a\":2,\"x_ab\":3,\"x_B\":4,\"x_\xC3\xA6\":5,\"x_~\":6,\"x_-\":7",
                 "\"x_-\":7,\"x_B\":4,\"x_a\":2,\"x_ab\":3,\"x_b\":1,\"x_~\":6,\"x_\xC3\xA6\":5");
}

Test(document, many_keys_of_the_vendors_own_are_sorted_too)
{
    growing given = {0};
    pfh_policy *policy;
    char *text, name[16];
    const char *at;

    growing_print(&given, "{\"format\":\"pfh-policy/1\"");
    for (int i = 0; i < 300; i++)
        growing_print(&given, ",\"x_%03d\":%d", (i * 7) % 300, (i * 7) % 300);
    growing_add(&given, "}", 1);
    policy = policy_of(given.data);
    text = policy_text(policy);
    at = text;
    for (int i = 0; i < 300 && at != NULL; i++) {
        snprintf(name, sizeof name, ",\"x_%03d\":%d", i, i);
        at = strstr(at, name);
        cr_assert_not_null(at, "%s", name);
    }
    pfh_string_free(text);
    pfh_policy_free(policy);
    free(given.data);
}

Test(document, a_vendor_value_is_kept_for_every_object)
{
    expect_written(
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"diagnosis\":"
        "{\"code\":\"C50\",\"date\":\"2026-01-31\",\"x_a\":1.0},\"events\":[{\"id\":\"e\",\"type\":"
        "\"performed\",\"date\":\"2026-02-01\",\"point\":1,\"assessment\":{\"topics\":[{\"topic\":"
        "\"nutrition\",\"need\":\"none\",\"responsible\":{\"role\":\"gp\",\"x_a\":2.0},\"x_a\":"
        "3.0}],\"x_a\":4.0},\"x_a\":5.0}],\"x_a\":6.0}",
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"diagnosis\":"
        "{\"code\":\"C50\",\"date\":\"2026-01-31\",\"x_a\":1.0},\"events\":[{\"id\":\"e\",\"type\":"
        "\"performed\",\"date\":\"2026-02-01\",\"point\":1,\"assessment\":{\"topics\":[{\"topic\":"
        "\"nutrition\",\"need\":\"none\",\"responsible\":{\"role\":\"gp\",\"x_a\":2.0},\"x_a\":"
        "3.0}],\"x_a\":4.0},\"x_a\":5.0}],\"x_a\":6.0}");
}

/* ---- What is refused ---------------------------------------------------------------------- */

Test(document, it_begins_with_its_format)
{
    static const struct {
        const char *text;
        pfh_status status;
        const char *where;
    } row[] = {
        {"{}", PFH_E_KEY, "/format"},
        {"{\"format\":null}", PFH_E_TYPE, "/format"},
        {"{\"format\":1}", PFH_E_TYPE, "/format"},
        {"{\"format\":\"\"}", PFH_E_VALUE, "/format"},
        {"{\"format\":\"pfh-pathway/2\"}", PFH_E_VALUE, "/format"},
        {"{\"format\":\"pfh-plan/1\"}", PFH_E_VALUE, "/format"},
        {"{\"Format\":\"pfh-pathway/1\"}", PFH_E_KEY, "/format"},
        {"[]", PFH_E_TYPE, ""},
        {"\"pfh-pathway/1\"", PFH_E_TYPE, ""},
        {"1", PFH_E_TYPE, ""},
        {"true", PFH_E_TYPE, ""},
        {"null", PFH_E_TYPE, ""},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_pathway *pathway = (pfh_pathway *)1;
        pfh_policy *policy = (pfh_policy *)1;
        pfh_error error;
        size_t size = strlen(row[i].text);

        cr_expect_eq(pfh_pathway_parse(&pathway, row[i].text, size, &error), row[i].status, "%s",
                     row[i].text);
        cr_expect_str_eq(error.where, row[i].where);
        cr_expect_eq(error.offset, -1);
        cr_expect_eq(pfh_policy_parse(&policy, row[i].text, size, &error), row[i].status);
        cr_expect_str_eq(error.where, row[i].where);
        cr_expect_eq(pathway, (pfh_pathway *)1);
        cr_expect_eq(policy, (pfh_policy *)1);
    }
}

Test(document, one_kind_is_not_read_as_another)
{
    pfh_pathway *pathway = NULL;
    pfh_policy *policy = NULL;

    cr_expect_eq(pfh_pathway_parse(&pathway, "{\"format\":\"pfh-policy/1\"}", 25, NULL),
                 PFH_E_VALUE);
    cr_expect_eq(pfh_policy_parse(&policy, "{\"format\":\"pfh-pathway/1\"}", 26, NULL),
                 PFH_E_VALUE);
}

Test(document, a_null_where_something_must_be_is_a_wrong_type_at_its_place)
{
    static const struct {
        const char *document, *where;
    } row[] = {
        {"\"id\":null,\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":"
         "\"2026-01-31\"}",
         "/id"},
        {"\"id\":\"p\",\"edition\":\"hdir-2022\",\"diagnosis\":null", "/diagnosis"},
        {"\"id\":\"p\",\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":null}",
         "/diagnosis/date"},
        {"\"id\":\"p\",\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":null,\"date\":"
         "\"2026-01-31\"}",
         "/diagnosis/code"},
        {"\"id\":\"p\",\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":"
         "\"2026-01-31\"},\"events\":[{\"id\":\"e\",\"type\":null,\"date\":\"2026-02-01\"}]",
         "/events/0/type"},
        {"\"id\":\"p\",\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":"
         "\"2026-01-31\"},\"events\":[{\"id\":\"e\",\"type\":\"reopened\",\"date\":\"2026-02-01\"},"
         "{\"id\":\"f\",\"type\":\"performed\",\"date\":\"2026-02-01\",\"point\":1,\"assessment\":"
         "{\"topics\":[{\"topic\":\"x_a\",\"need\":\"none\"},{\"topic\":\"x_b\",\"need\":null}]}}]",
         "/events/1/assessment/topics/1/need"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_pathway *pathway = NULL;
        pfh_error error;
        char text[1024];

        snprintf(text, sizeof text, "{\"format\":\"pfh-pathway/1\",%s}", row[i].document);
        cr_expect_eq(pfh_pathway_parse(&pathway, text, strlen(text), &error), PFH_E_TYPE, "%s",
                     text);
        cr_expect_str_eq(error.where, row[i].where);
        cr_expect_str_eq(error.text, "must not be null");
        cr_expect_eq(pfh_pathway_parse(&pathway, text, strlen(text), NULL), PFH_E_TYPE);
    }
}

Test(document, the_text_need_not_end_in_a_nul)
{
    static const char text[] = "{\"format\":\"pfh-policy/1\"}{";
    pfh_policy *policy = NULL;

    cr_expect_eq(pfh_policy_parse(&policy, text, sizeof text - 2, NULL), PFH_OK);
    pfh_policy_free(policy);
    cr_expect_eq(pfh_policy_parse(&policy, text, sizeof text - 1, NULL), PFH_E_SYNTAX);
    cr_expect_eq(pfh_policy_parse(&policy, text, sizeof text - 3, NULL), PFH_E_SYNTAX);
}
