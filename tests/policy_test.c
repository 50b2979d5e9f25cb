/*
 * Local rules: every default, and what is given instead.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <string.h>

/* The table of the rules, typed a second time. */
static const struct {
    const char *key;
    int32_t fallback;
} numbers[] = {
    {"no_answer_days", 14},      {"first_offer_days", 14},  {"offer_lead_days", 14},
    {"ask_again_days", 30},      {"booking_days", 14},      {"form_days", 14},
    {"closing_days", 14},        {"coding_days", 7},        {"summary_days", 7},
    {"receipt_working_days", 3}, {"assess_days", 7},        {"needs_days", 30},
    {"anchor_days", 60},         {"distress_threshold", 4},
};

static pfh_record *new_record(void)
{
    pfh_record *record = NULL;
    cr_assert_eq(pfh_record_new(&record, PFH_RECORD_POLICY, NULL), PFH_OK);
    return record;
}

static pfh_policy *build(pfh_record *record)
{
    pfh_policy *policy = NULL;

    cr_assert_eq(pfh_policy_build(&policy, record, NULL), PFH_OK);
    pfh_record_free(record);
    return policy;
}

/* ---- Defaults ----------------------------------------------------------------------------- */

static void expect_defaults(const pfh_policy *policy)
{
    for (size_t i = 0; i < COUNT(numbers); i++)
        cr_expect_eq(pfh_policy_number(policy, numbers[i].key), numbers[i].fallback, "%s",
                     numbers[i].key);
    cr_expect_eq(pfh_policy_number(policy, "shift"), (int32_t)PFH_SHIFT_WORKING_DAY);
    cr_expect_eq(pfh_policy_number(policy, "municipality_messages"), 1);
}

Test(policy, the_defaults_are_those_of_the_table)
{
    pfh_policy *policy = policy_of("{\"format\":\"pfh-policy/1\"}");
    char *text = policy_text(policy);

    expect_defaults(policy);
    expect_defaults(NULL);
    cr_expect_str_eq(text, "{\"format\":\"pfh-policy/1\"}", "a default is not written");
    cr_expect_eq(pfh_record_date(pfh_policy_record(policy), "start_date"), PFH_NONE);
    cr_expect_eq(pfh_record_count(pfh_policy_record(policy), "extra_codes"), 0);
    cr_expect_eq(pfh_record_number(pfh_policy_record(policy), "no_answer_days"), PFH_NONE,
                 "the record holds what was given alone");
    pfh_string_free(text);
    pfh_policy_free(policy);
}

Test(policy, an_empty_record_is_one_with_the_defaults)
{
    pfh_policy *policy = build(new_record());

    expect_defaults(policy);
    pfh_policy_free(policy);
}

Test(policy, null_is_the_default)
{
    growing text = {0};
    pfh_policy *policy;

    growing_print(&text, "{\"format\":\"pfh-policy/1\",\"shift\":null,\"municipality_messages\":"
                         "null,\"start_date\":null,\"extra_codes\":null,\"extra_topics\":null,"
                         "\"assign\":null,\"units\":null");
    for (size_t i = 0; i < COUNT(numbers); i++)
        growing_print(&text, ",\"%s\":null", numbers[i].key);
    growing_print(&text, "}");
    policy = policy_of(text.data);
    expect_defaults(policy);
    free(text.data);
    pfh_policy_free(policy);
}

/* ---- What is given ------------------------------------------------------------------------ */

Test(policy, a_number_that_is_given_counts_and_the_others_stay)
{
    for (size_t i = 0; i < COUNT(numbers); i++) {
        pfh_record *record = new_record();
        pfh_policy *policy;

        pfh_record_set_number(record, numbers[i].key, 1, NULL);
        policy = build(record);
        for (size_t j = 0; j < COUNT(numbers); j++)
            cr_expect_eq(pfh_policy_number(policy, numbers[j].key),
                         i == j ? 1 : numbers[j].fallback, "%s given, %s", numbers[i].key,
                         numbers[j].key);
        pfh_policy_free(policy);
    }
}

Test(policy, zero_days_are_not_the_default)
{
    pfh_policy *policy = policy_of("{\"format\":\"pfh-policy/1\",\"no_answer_days\":0,"
                                   "\"coding_days\":-0,\"municipality_messages\":false,"
                                   "\"shift\":\"none\"}");

    cr_expect_eq(pfh_policy_number(policy, "no_answer_days"), 0);
    cr_expect_eq(pfh_policy_number(policy, "coding_days"), 0);
    cr_expect_eq(pfh_policy_number(policy, "municipality_messages"), 0);
    cr_expect_eq(pfh_policy_number(policy, "shift"), (int32_t)PFH_SHIFT_NONE);
    pfh_policy_free(policy);
}

Test(policy, what_is_no_number_of_a_policy_is_none)
{
    static const char *const keys[] = {"",           "no_answer_day", "NO_ANSWER_DAYS",
                                       "start_date", "extra_codes",   "assign/0/unit",
                                       "x_a",        "format",        "assign"};
    pfh_policy *policy =
        policy_of("{\"format\":\"pfh-policy/1\",\"start_date\":\"2026-01-01\",\"extra_codes\":"
                  "[\"A\"],\"assign\":[{\"unit\":\"u1\"}],\"x_a\":1}");

    for (size_t i = 0; i < COUNT(keys); i++) {
        cr_expect_eq(pfh_policy_number(policy, keys[i]), PFH_NONE, "%s", keys[i]);
        cr_expect_eq(pfh_policy_number(NULL, keys[i]), PFH_NONE, "%s", keys[i]);
    }
    cr_expect_eq(pfh_policy_number(policy, NULL), PFH_NONE);
    cr_expect_eq(pfh_policy_number(NULL, NULL), PFH_NONE);
    pfh_policy_free(policy);
}

static const char lists[] =
    "{\"format\":\"pfh-policy/"
    "1\",\"start_date\":\"2026-01-01\",\"extra_codes\":[\"B\",\"A\",\"B\"],"
    "\"extra_topics\":[{\"code\":\"x_pets\",\"title\":\"Pets\"},{\"code\":\"x_a\",\"title\":\"\"}],"
    "\"assign\":[{\"point\":2,\"level\":\"municipality\",\"municipality\":\"4003\","
    "\"has_municipal_services\":false,\"child\":true,\"unit\":\"u1\",\"role\":\"gp\"},{}],"
    "\"units\":[{\"unit\":\"u1\",\"name\":\"A\",\"phone\":\"1\",\"email\":\"a@b\",\"url\":"
    "\"http://a\"}],\"x_a\":1.50}";

Test(policy, the_lists_are_kept_in_their_order)
{
    pfh_policy *policy = policy_of(lists);
    const pfh_record *record = pfh_policy_record(policy);
    char *text = policy_text(policy);

    cr_expect_str_eq(text, lists);
    cr_expect_eq(pfh_record_date(record, "start_date"), day("2026-01-01"));
    cr_expect_eq(pfh_record_count(record, "extra_codes"), 3);
    cr_expect_str_eq(pfh_record_text(record, "extra_codes/0"), "B");
    cr_expect_str_eq(pfh_record_text(record, "extra_codes/2"), "B");
    cr_expect_eq(pfh_record_count(record, "extra_topics"), 2);
    cr_expect_str_eq(pfh_record_text(record, "extra_topics/0/title"), "Pets");
    cr_expect_eq(pfh_record_count(record, "assign"), 2);
    cr_expect_eq(pfh_record_number(record, "assign/0/point"), 2);
    cr_expect_eq(pfh_record_flag(record, "assign/0/child"), 1);
    cr_expect_eq(pfh_record_number(record, "assign/0/role"), (int32_t)PFH_ROLE_GP);
    cr_expect_eq(pfh_record_flag(record, "assign/1/child"), PFH_NONE);
    cr_expect_str_eq(pfh_record_text(record, "units/0/url"), "http://a");
    pfh_string_free(text);
    pfh_policy_free(policy);
}

Test(policy, one_is_built_from_the_record_of_another)
{
    pfh_policy *one = policy_of(lists), *other = NULL;
    char *text;

    cr_assert_eq(pfh_policy_build(&other, pfh_policy_record(one), NULL), PFH_OK);
    pfh_policy_free(one);
    text = policy_text(other);
    cr_expect_str_eq(text, lists);
    pfh_string_free(text);
    pfh_policy_free(other);
}

Test(policy, an_empty_list_that_was_given_is_written)
{
    static const char empty[] = "{\"format\":\"pfh-policy/1\",\"extra_codes\":[],\"extra_topics\":"
                                "[],\"assign\":[],\"units\":[]}";
    pfh_policy *policy = policy_of(empty);
    char *text = policy_text(policy);

    cr_expect_str_eq(text, empty);
    pfh_string_free(text);
    pfh_policy_free(policy);
}

/* ---- What is refused ---------------------------------------------------------------------- */

Test(policy, a_wrong_one_is_refused_where_it_is_wrong)
{
    static const struct {
        const char *keys;
        pfh_status status;
        const char *where;
    } row[] = {
        {",\"no_answer_day\":1", PFH_E_KEY, "/no_answer_day"},
        {",\"events\":[]", PFH_E_KEY, "/events"},
        {",\"no_answer_days\":3651", PFH_E_VALUE, "/no_answer_days"},
        {",\"no_answer_days\":-1", PFH_E_VALUE, "/no_answer_days"},
        {",\"no_answer_days\":99999999999999999999", PFH_E_VALUE, "/no_answer_days"},
        {",\"no_answer_days\":-99999999999999999999", PFH_E_VALUE, "/no_answer_days"},
        {",\"no_answer_days\":1.0", PFH_E_TYPE, "/no_answer_days"},
        {",\"distress_threshold\":0", PFH_E_VALUE, "/distress_threshold"},
        {",\"distress_threshold\":11", PFH_E_VALUE, "/distress_threshold"},
        {",\"shift\":\"back\"", PFH_E_VALUE, "/shift"},
        {",\"start_date\":\"2026-02-29\"", PFH_E_DATE, "/start_date"},
        {",\"extra_codes\":[\"A\",1]", PFH_E_TYPE, "/extra_codes/1"},
        {",\"extra_codes\":[null]", PFH_E_TYPE, "/extra_codes/0"},
        {",\"extra_topics\":[{\"code\":\"pets\",\"title\":\"\"}]", PFH_E_VALUE,
         "/extra_topics/0/code"},
        {",\"extra_topics\":[{\"code\":\"x_a\"}]", PFH_E_KEY, "/extra_topics/0/title"},
        {",\"assign\":[{\"point\":6}]", PFH_E_VALUE, "/assign/0/point"},
        {",\"assign\":[null]", PFH_E_TYPE, "/assign/0"},
        {",\"units\":[{\"unit\":\"u\"},{\"unit\":\"u\"}]", PFH_E_DUPLICATE, "/units/1/unit"},
        {",\"units\":[{\"unit\":\"13097248022\"}]", PFH_E_PRIVACY, "/units/0/unit"},
        {",\"units\":[{\"name\":\"A\"}]", PFH_E_KEY, "/units/0/unit"},
        {",\"units\":[{\"unit\":null}]", PFH_E_TYPE, "/units/0/unit"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        growing text = {0};
        pfh_policy *policy = (pfh_policy *)1;
        pfh_error error = {.where = ""};

        growing_print(&text, "{\"format\":\"pfh-policy/1\"%s}", row[i].keys);
        cr_expect_eq(pfh_policy_parse(&policy, text.data, text.size, &error), row[i].status, "%s",
                     row[i].keys);
        cr_expect_str_eq(error.where, row[i].where);
        cr_expect_eq(pfh_policy_parse(&policy, text.data, text.size, NULL), row[i].status);
        cr_expect_eq(policy, (pfh_policy *)1, "the output was touched");
        free(text.data);
    }
}

Test(policy, a_record_that_does_not_go_together_is_refused)
{
    pfh_record *record = new_record();
    pfh_policy *policy = (pfh_policy *)1;
    pfh_error error;

    pfh_record_set_text(record, "units/0/unit", "u1", NULL);
    pfh_record_set_text(record, "units/1/unit", "u1", NULL);
    cr_expect_eq(pfh_policy_build(&policy, record, &error), PFH_E_DUPLICATE);
    cr_expect_str_eq(error.where, "/units/1/unit");
    cr_expect_eq(policy, (pfh_policy *)1, "the output was touched");
    pfh_record_set_text(record, "units/1/unit", "u2", NULL);
    cr_expect_eq(pfh_policy_build(&policy, record, &error), PFH_OK, "it can be put right");
    pfh_policy_free(policy);
    pfh_record_free(record);
}

/* ---- NULL --------------------------------------------------------------------------------- */

Test(policy, a_missing_argument_is_refused)
{
    pfh_record *record = new_record();
    pfh_policy *out = (pfh_policy *)1, *policy = policy_of("{\"format\":\"pfh-policy/1\"}");
    char *text = (char *)1;
    pfh_error error;

    cr_expect_eq(pfh_policy_parse(NULL, "{}", 2, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_policy_parse(&out, NULL, 2, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "text");
    cr_expect_eq(pfh_policy_build(NULL, record, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_policy_build(&out, NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "record");
    cr_expect_eq(pfh_policy_to_json(NULL, policy, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_policy_to_json(&text, NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "policy");
    cr_expect_eq(out, (pfh_policy *)1);
    cr_expect_eq(text, (char *)1);
    cr_expect_null(pfh_policy_record(NULL));
    pfh_policy_free(NULL);
    pfh_policy_free(policy);
    pfh_record_free(record);
}
