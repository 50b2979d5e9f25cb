/*
 * Statuses, errors and the version.
 */
#include <criterion/criterion.h>
#include <pfh/date.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A released value never changes, and neither does its word. */
static const struct {
    pfh_status status;
    int32_t value;
    const char *word;
} row[] = {
    {PFH_OK, 0, "ok"},
    {PFH_E_NOMEM, -1, "memory"},
    {PFH_E_ARG, -2, "argument"},
    {PFH_E_SYNTAX, -3, "syntax"},
    {PFH_E_KEY, -4, "key"},
    {PFH_E_TYPE, -5, "type"},
    {PFH_E_VALUE, -6, "value"},
    {PFH_E_DATE, -7, "date"},
    {PFH_E_DUPLICATE, -8, "duplicate"},
    {PFH_E_REFERENCE, -9, "reference"},
    {PFH_E_PRIVACY, -10, "privacy"},
    {PFH_E_EDITION, -11, "edition"},
    {PFH_E_CONFLICT, -12, "conflict"},
    {PFH_E_AGREEMENT, -13, "agreement"},
};

Test(status, every_status_keeps_its_value_and_its_word)
{
    cr_expect_eq(pfh_status_count(), COUNT(row));
    for (size_t i = 0; i < COUNT(row); i++) {
        cr_expect_eq((int32_t)row[i].status, row[i].value);
        cr_expect_eq(pfh_status_at(i), row[i].status);
        cr_expect_str_eq(pfh_status_name(row[i].status), row[i].word);
    }
}

Test(status, every_status_has_a_sentence_of_its_own_without_a_full_stop)
{
    for (size_t i = 0; i < COUNT(row); i++) {
        const char *text = pfh_status_text(row[i].status);
        cr_expect_gt(strlen(text), 3);
        cr_expect_neq(text[strlen(text) - 1], '.', "%s", text);
        for (size_t j = 0; j < i; j++)
            cr_expect_str_neq(text, pfh_status_text(row[j].status));
    }
}

Test(status, a_number_that_is_no_status_is_unknown)
{
    static const int32_t wrong[] = {1, -14, 100, INT32_MIN, INT32_MAX};

    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_expect_str_eq(pfh_status_name((pfh_status)wrong[i]), "unknown");
        cr_expect_not_null(pfh_status_text((pfh_status)wrong[i]));
    }
    cr_expect_eq(pfh_status_at(COUNT(row)), PFH_E_ARG);
    cr_expect_eq(pfh_status_at(SIZE_MAX), PFH_E_ARG);
}

Test(error, it_is_filled_in_whatever_was_in_it)
{
    static const char zero[248];
    pfh_error error;
    pfh_date date;

    memset(&error, 0xAA, sizeof error);
    cr_assert_eq(pfh_date_parse(&date, "2026-02-30", &error), PFH_E_DATE);
    cr_expect_eq(error.status, PFH_E_DATE);
    cr_expect_eq(error.offset, -1);
    cr_expect_str_eq(error.where, "text");
    cr_expect_gt(strlen(error.text), 10);
    cr_expect_null(strstr(error.text, "2026-02-30"));
    cr_expect_arr_eq(error.reserved, zero, sizeof zero);
}

Test(error, success_leaves_it_alone)
{
    pfh_error error, before;
    pfh_date date;

    memset(&error, 0xAA, sizeof error);
    before = error;
    cr_assert_eq(pfh_date_parse(&date, "2026-02-28", &error), PFH_OK);
    cr_expect_arr_eq(&error, &before, sizeof error);
}

Test(error, its_size_is_that_of_the_interface)
{
    cr_expect_eq(pfh_error_size(), sizeof(pfh_error));
    cr_expect_eq(pfh_error_size(), 768);
}

Test(version, text_and_number_are_the_same)
{
    int major, minor, patch;
    char text[40];

    cr_assert_eq(sscanf(pfh_version(), "%d.%d.%d", &major, &minor, &patch), 3);
    snprintf(text, sizeof text, "%d.%d.%d", major, minor, patch);
    cr_expect_str_eq(pfh_version(), text);
    cr_expect_eq(pfh_version_number(), major * 1000000 + minor * 1000 + patch);
}

Test(text, freeing_nothing_is_fine)
{
    pfh_string_free(NULL);
}
