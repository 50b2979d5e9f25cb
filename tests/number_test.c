/*
 * Numbers that identify.
 *
 * The numbers written here are synthetic (month + 80) or published test numbers.  All others are
 * made while the test runs, by trying check digits until they fit, and are not shown.
 */
#include <criterion/criterion.h>
#include <pfh/number.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ANY = PFH_NUMBER_ANY, FNR, DNR, HNR, FHN, DUF };
enum { STRICT = 1, SYNTHETIC = 2, AMBIGUOUS = 4, UNCERTAIN = 8 };

typedef struct {
    pfh_status status;
    pfh_number_kind kind;
    int32_t traits;
    pfh_date hint;
} answer;

static answer ask(const char *number, int declared, pfh_number_rule rule)
{
    answer given = {PFH_E_ARG, PFH_NUMBER_FORCE_INT32, -1, -1};
    given.status = pfh_number_classify(&given.kind, &given.traits, &given.hint, number,
                                       (pfh_number_kind)declared, rule, NULL);
    return given;
}

static bool valid(const char *number, int declared, pfh_number_rule rule)
{
    return ask(number, declared, rule).status == PFH_OK;
}

/* ---- Making numbers ----------------------------------------------------------------------- */

/* Remainders of the first and the second check digit, by the formulas of the tax administration. */
static void remainders(const char *number, int *first, int *second)
{
    int d[11];

    for (int i = 0; i < 11; i++)
        d[i] = number[i] - '0';
    *first = (3 * d[0] + 7 * d[1] + 6 * d[2] + d[3] + 8 * d[4] + 9 * d[5] + 4 * d[6] + 5 * d[7] +
              2 * d[8] + d[9]) %
             11;
    *second = (5 * d[0] + 4 * d[1] + 3 * d[2] + 2 * d[3] + 7 * d[4] + 6 * d[5] + 5 * d[6] +
               4 * d[7] + 3 * d[8] + 2 * d[9] + d[10]) %
              11;
}

/* Writes a number in so many digits; gives the place after them. */
static char *put(char *text, int number, int count)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        text[i] = (char)('0' + number % 10);
    return text + count;
}

/* Gives nine digits their check digits, where there are any that leave this first remainder. */
static bool finish(char number[12], int first_remainder)
{
    int first, second;

    for (int tail = 0; tail < 100; tail++) {
        *put(number + 9, tail, 2) = '\0';
        remainders(number, &first, &second);
        if (first == first_remainder && second == 0)
            return true;
    }
    return false;
}

/* A number of six digits and an individual number from this one on, as far as 100 have it. */
static void make(char number[12], const char *six, int individual, int first_remainder)
{
    for (int i = individual; i < individual + 100 && i < 1000; i++) {
        memcpy(number, six, 6);
        put(number + 6, i, 3);
        if (finish(number, first_remainder))
            return;
    }
    cr_assert_fail("no number for %s and %d", six, individual);
}

/* ---- Published numbers -------------------------------------------------------------------- */

Test(number, the_published_test_numbers)
{
    static const struct {
        const char *number;
        bool strict, by_2032;
        int kind, traits;
    } row[] = {
        {"30108299939", false, true, FNR, 0},
        {"02013299903", false, true, FNR, 0},
        {"02013299997", true, true, FNR, STRICT},
        {"41814061033", true, true, DNR, STRICT | SYNTHETIC},
        {"13097248022", true, true, FNR, STRICT},
        {"13057444850", false, false, ANY, 0}, /* an example that is invalid */
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        const answer strict = ask(row[i].number, ANY, PFH_RULE_STRICT);
        const answer by_2032 = ask(row[i].number, ANY, PFH_RULE_2032);
        cr_expect_eq(strict.status, row[i].strict ? PFH_OK : PFH_E_VALUE, "%zu", i);
        cr_expect_eq(by_2032.status, row[i].by_2032 ? PFH_OK : PFH_E_VALUE, "%zu", i);
        if (row[i].by_2032) {
            cr_expect_eq((int)by_2032.kind, row[i].kind, "%zu", i);
            cr_expect_eq(by_2032.traits, row[i].traits, "%zu", i);
        }
    }
}

/* ---- Kinds -------------------------------------------------------------------------------- */

/* DDMMYY and what may come of it; `declared` has one letter for each kind it may be said to be. */
static const struct {
    const char *six;
    int kind, traits;
    const char *declared;
} form[] = {
    {"010150", FNR, 0, "f"},          {"311299", FNR, 0, "f"},
    {"410150", DNR, 0, "d"},          {"711299", DNR, 0, "d"},
    {"014150", ANY, AMBIGUOUS, "fh"}, {"315299", ANY, AMBIGUOUS, "fh"},
    {"016650", FNR, SYNTHETIC, "f"},  {"317799", FNR, SYNTHETIC, "f"},
    {"018150", FNR, SYNTHETIC, "f"},  {"319299", FNR, SYNTHETIC, "f"},
    {"416650", DNR, SYNTHETIC, "d"},  {"717799", DNR, SYNTHETIC, "d"},
    {"418150", DNR, SYNTHETIC, "d"},  {"719299", DNR, SYNTHETIC, "d"},
    {"800000", FHN, 0, "a"},          {"999999", FHN, 0, "a"},
    {"814150", FHN, 0, "a"},
};

static const struct {
    char letter;
    int kind;
} kind_letter[] = {{'f', FNR}, {'d', DNR}, {'h', HNR}, {'a', FHN}, {'u', DUF}};

Test(number, what_is_not_declared_is_found_out)
{
    char number[12];

    for (size_t i = 0; i < COUNT(form); i++) {
        answer given;
        make(number, form[i].six, 100, 0);
        given = ask(number, ANY, PFH_RULE_STRICT);
        cr_expect_eq(given.status, PFH_OK, "%s", form[i].six);
        cr_expect_eq((int)given.kind, form[i].kind, "%s", form[i].six);
        cr_expect_eq(given.traits & ~UNCERTAIN, form[i].traits | STRICT, "%s", form[i].six);
    }
}

Test(number, a_declared_kind_must_match)
{
    char number[12];

    for (size_t i = 0; i < COUNT(form); i++) {
        make(number, form[i].six, 100, 0);
        for (size_t k = 0; k < COUNT(kind_letter); k++) {
            const int kind = kind_letter[k].kind;
            const bool may = strchr(form[i].declared, kind_letter[k].letter) != NULL;
            const answer given = ask(number, kind, PFH_RULE_STRICT);
            cr_expect_eq(given.status, may ? PFH_OK : PFH_E_VALUE, "%s as %d", form[i].six, kind);
            if (may)
                cr_expect_eq((int)given.kind, kind, "%s as %d", form[i].six, kind);
        }
    }
}

Test(number, month_plus_40_is_ambiguous_unless_it_is_declared_an_h_number)
{
    char number[12];

    make(number, "014250", 100, 0);
    cr_expect_eq(ask(number, ANY, PFH_RULE_STRICT).traits, STRICT | AMBIGUOUS);
    cr_expect_eq(ask(number, FNR, PFH_RULE_STRICT).traits, STRICT | AMBIGUOUS);
    cr_expect_eq(ask(number, HNR, PFH_RULE_STRICT).traits, STRICT);
}

Test(number, an_h_number_combines_with_nothing)
{
    static const char *const six[] = {"414150", "715299", "018150", "016650", "410150", "010150"};
    char number[12];

    for (size_t i = 0; i < COUNT(six); i++) {
        make(number, six[i], 100, 0);
        cr_expect_not(valid(number, HNR, PFH_RULE_STRICT), "%s", six[i]);
        cr_expect(valid(number, ANY, PFH_RULE_STRICT), "%s", six[i]);
    }
}

Test(number, month_plus_40_on_a_d_number_is_a_d_number_that_may_be_synthetic)
{
    char number[12];

    make(number, "414150", 100, 0);
    cr_expect_eq((int)ask(number, ANY, PFH_RULE_STRICT).kind, DNR);
    cr_expect_eq(ask(number, ANY, PFH_RULE_STRICT).traits, STRICT | AMBIGUOUS);
    cr_expect_eq(ask(number, DNR, PFH_RULE_STRICT).traits, STRICT | AMBIGUOUS);
    cr_expect_eq(ask(number, DNR, PFH_RULE_STRICT).hint, PFH_NONE);
    cr_expect_not(valid(number, FNR, PFH_RULE_STRICT));
}

Test(number, every_month_of_two_digits_is_in_one_series_or_in_none)
{
    char six[] = "150070", number[12];

    for (int month = 0; month < 100; month++) {
        const bool plain = month >= 1 && month <= 12, forty = month >= 41 && month <= 52;
        const bool synthetic = (month >= 66 && month <= 77) || (month >= 81 && month <= 92);
        answer fnr, dnr;
        six[0] = '1';
        put(six + 2, month, 2);
        make(number, six, 100, 0);
        fnr = ask(number, ANY, PFH_RULE_STRICT);
        six[0] = '5';
        make(number, six, 100, 0);
        dnr = ask(number, ANY, PFH_RULE_STRICT);
        cr_expect_eq(fnr.status == PFH_OK, plain || forty || synthetic, "%d", month);
        cr_expect_eq(dnr.status == PFH_OK, plain || forty || synthetic, "%d", month);
        cr_expect_eq(fnr.status == PFH_OK && (fnr.traits & SYNTHETIC) != 0, synthetic, "%d", month);
        cr_expect_eq(dnr.status == PFH_OK && (dnr.traits & SYNTHETIC) != 0, synthetic, "%d", month);
        cr_expect_eq(fnr.status == PFH_OK && (fnr.traits & AMBIGUOUS) != 0, forty, "%d", month);
    }
}

Test(number, every_day_of_two_digits_exists_or_does_not)
{
    static const int last[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    char six[] = "000064", number[12];

    for (int day = 0; day < 80; day++)
        for (int month = 1; month <= 12; month++) {
            const int of_month = day >= 40 ? day - 40 : day;
            const bool exists = of_month >= 1 && of_month <= last[month - 1];
            put(put(six, day, 2), month + 80, 2);
            make(number, six, 100, 0);
            cr_expect_eq(valid(number, ANY, PFH_RULE_STRICT), exists, "%s", six);
        }
}

Test(number, the_29th_of_february_needs_two_digits_that_divide_by_4)
{
    static const char *const start[] = {"2982", "6982", "2967", "2902", "6902"};
    char six[7], number[12];

    for (size_t i = 0; i < COUNT(start); i++)
        for (int year = 0; year < 100; year++) {
            memcpy(six, start[i], 4);
            *put(six + 4, year, 2) = '\0';
            make(number, six, 100, 0);
            cr_expect_eq(valid(number, ANY, PFH_RULE_STRICT), year % 4 == 0, "%s", six);
            cr_expect_eq(valid(number, ANY, PFH_RULE_2032), year % 4 == 0, "%s", six);
        }
}

Test(number, an_fh_number_has_no_date_but_check_digits)
{
    char six[] = "000000", number[12];

    for (int start = 80; start < 100; start++) {
        put(put(six, start, 2), start % 7 * 13, 2);
        make(number, six, 0, 0);
        cr_expect_eq((int)ask(number, ANY, PFH_RULE_STRICT).kind, FHN, "%d", start);
        cr_expect_eq(ask(number, FHN, PFH_RULE_STRICT).traits, STRICT);
        number[10] = (char)('0' + (number[10] - '0' + 1) % 10);
        cr_expect_not(valid(number, FHN, PFH_RULE_2032), "%d", start);
    }
}

Test(number, a_duf_number_has_a_form_only)
{
    cr_expect_eq((int)ask("200012345678", ANY, PFH_RULE_STRICT).kind, DUF);
    cr_expect_eq((int)ask("000000000000", DUF, PFH_RULE_2032).kind, DUF);
    cr_expect_eq(ask("200012345678", DUF, PFH_RULE_STRICT).traits, STRICT);
    cr_expect_eq(ask("200012345678", DUF, PFH_RULE_STRICT).hint, PFH_NONE);
    cr_expect_not(valid("200012345678", FNR, PFH_RULE_STRICT));
    cr_expect_not(valid("41814061033", DUF, PFH_RULE_STRICT));
}

Test(number, what_is_not_11_or_12_digits_is_refused)
{
    static const char *const wrong[] = {
        "",
        "4",
        "4181406103",
        "4181406103300",
        "41814 61033",
        "418140-1033",
        "418140 61033",
        "41814061033 ",
        " 41814061033",
        "4181406103a",
        "+1814061033",
        "41814061033\n",
        "４1814061033",
        "-20001234567",
        "20001234567x",
    };

    for (size_t i = 0; i < COUNT(wrong); i++)
        for (int declared = ANY; declared <= DUF; declared++)
            cr_expect_eq(ask(wrong[i], declared, PFH_RULE_2032).status, PFH_E_VALUE, "\"%s\"",
                         wrong[i]);
}

/* ---- Check digits ------------------------------------------------------------------------- */

Test(number, the_first_remainder_may_be_0_or_by_the_2032_rule_up_to_3)
{
    char number[12];

    for (size_t i = 0; i < COUNT(form); i++)
        for (int remainder = 0; remainder < 11; remainder++) {
            answer by_2032;
            make(number, form[i].six, 300, remainder);
            by_2032 = ask(number, ANY, PFH_RULE_2032);
            cr_expect_eq(valid(number, ANY, PFH_RULE_STRICT), remainder == 0, "%s", form[i].six);
            cr_expect_eq(by_2032.status == PFH_OK, remainder <= 3, "%s", form[i].six);
            if (by_2032.status == PFH_OK)
                cr_expect_eq((by_2032.traits & STRICT) != 0, remainder == 0, "%s", form[i].six);
        }
}

/* A small generator of its own, so that every run and machine tests the same numbers. */
static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

Test(number, of_the_hundred_ways_to_end_a_number_at_most_one_is_strict_and_four_are_not)
{
    uint32_t state = 2032;
    char number[12];

    for (int i = 0; i < 20000; i++) {
        int strict = 0, by_2032 = 0;
        const int day = (int)(next(&state) % 28 + 1 + 40 * (next(&state) % 2));
        put(put(number, day, 2), (int)(next(&state) % 12 + 81), 2);
        put(number + 4, (int)(next(&state) % 100000), 5);
        for (int tail = 0; tail < 100; tail++) {
            *put(number + 9, tail, 2) = '\0';
            strict += valid(number, ANY, PFH_RULE_STRICT);
            by_2032 += valid(number, ANY, PFH_RULE_2032);
            cr_assert(!valid(number, ANY, PFH_RULE_STRICT) || valid(number, ANY, PFH_RULE_2032));
        }
        cr_assert_leq(strict, 1);
        cr_assert(by_2032 <= 4 && by_2032 >= strict);
    }
}

Test(number, one_wrong_digit_is_always_found)
{
    char number[12], wrong[12];

    for (int individual = 0; individual < 900; individual += 100)
        for (int remainder = 0; remainder <= 3; remainder++) {
            make(number, "418140", individual, remainder);
            for (int place = 0; place < 11; place++)
                for (char digit = '0'; digit <= '9'; digit++) {
                    memcpy(wrong, number, sizeof wrong);
                    wrong[place] = digit;
                    if (digit != number[place])
                        cr_expect_not(valid(wrong, ANY, PFH_RULE_2032), "place %d", place);
                }
        }
}

/* ---- The birth date hint ------------------------------------------------------------------ */

/* Two digits of the year and an individual number; what year they hint at, 0 for none. */
static const struct {
    int year, individual, hint;
} century[] = {
    {0, 0, 1900},    {0, 499, 1900},  {39, 0, 1939},   {39, 499, 1939}, {40, 0, 1940},
    {99, 0, 1999},   {99, 499, 1999}, {53, 499, 1953}, {54, 499, 1954}, {54, 500, 1854},
    {54, 749, 1854}, {99, 500, 1899}, {99, 749, 1899}, {53, 500, 0},    {53, 749, 0},
    {54, 750, 0},    {54, 899, 0},    {99, 899, 0},    {40, 500, 0},    {40, 899, 0},
    {39, 500, 2039}, {39, 749, 2039}, {39, 750, 2039}, {39, 899, 2039}, {39, 900, 2039},
    {39, 999, 2039}, {0, 500, 2000},  {0, 999, 2000},  {40, 900, 1940}, {53, 900, 1953},
    {54, 900, 1954}, {99, 999, 1999}, {99, 900, 1999}, {40, 999, 1940},
};

/* A number of exactly this individual number, on one of several days. */
static int make_on_some_day(char number[12], int first_day, int month, int year, int individual)
{
    for (int day = 1; day <= 28; day++) {
        put(put(put(put(number, first_day + day, 2), month, 2), year, 2), individual, 3);
        if (finish(number, 0))
            return day;
    }
    cr_assert_fail("no number for %d and %d", year, individual);
    return 0;
}

static void expect_hint(const char *number, int traits, int year, int month, int day)
{
    const answer given = ask(number, ANY, PFH_RULE_STRICT);
    pfh_date expected = PFH_NONE;

    if (year != 0)
        cr_assert_eq(pfh_date_from_ymd(&expected, year, month, day, NULL), PFH_OK);
    cr_expect_eq(given.status, PFH_OK);
    cr_expect_eq(given.hint, expected, "%d-%d-%d", year, month, day);
    cr_expect_eq(given.traits, traits | STRICT, "%d-%d-%d", year, month, day);
}

Test(birth_hint, the_individual_number_says_the_century)
{
    static const struct {
        int added, traits;
    } series[] = {{0, 0}, {65, SYNTHETIC}, {80, SYNTHETIC}};
    char number[12];

    for (size_t i = 0; i < COUNT(century); i++)
        for (size_t s = 0; s < COUNT(series); s++) {
            const int year = century[i].hint, month = series[s].added + 7;
            const int uncertain = year != 0 ? UNCERTAIN : 0;
            int day = make_on_some_day(number, 0, month, century[i].year, century[i].individual);
            expect_hint(number, series[s].traits, year, 7, day);
            day = make_on_some_day(number, 40, month, century[i].year, century[i].individual);
            expect_hint(number, series[s].traits | uncertain, year, 7, day);
        }
}

Test(birth_hint, a_day_that_was_not_in_its_century_is_none)
{
    char number[12];

    make(number, "298200", 0, 0); /* 1900 was no leap year */
    expect_hint(number, SYNTHETIC, 0, 0, 0);
    make(number, "698200", 400, 0);
    expect_hint(number, SYNTHETIC, 0, 0, 0);
    make(number, "298200", 500, 0);
    expect_hint(number, SYNTHETIC, 2000, 2, 29);
    make(number, "698200", 900, 0);
    expect_hint(number, SYNTHETIC | UNCERTAIN, 2000, 2, 29);
}

Test(birth_hint, there_is_none_for_other_kinds_nor_where_the_kind_is_ambiguous)
{
    char number[12];

    make(number, "014170", 100, 0);
    for (int declared = ANY; declared <= HNR; declared++)
        if (declared != DNR)
            cr_expect_eq(ask(number, declared, PFH_RULE_STRICT).hint, PFH_NONE, "%d", declared);
    make(number, "810170", 100, 0);
    cr_expect_eq(ask(number, ANY, PFH_RULE_STRICT).hint, PFH_NONE);
}

Test(birth_hint, there_is_none_under_the_2032_rule)
{
    static const char *const number[] = {"30108299939", "02013299903", "02013299997", "41814061033",
                                         "13097248022"};

    for (size_t i = 0; i < COUNT(number); i++) {
        const answer given = ask(number[i], ANY, PFH_RULE_2032);
        cr_expect_eq(given.status, PFH_OK);
        cr_expect_eq(given.hint, PFH_NONE);
        cr_expect_eq(given.traits & UNCERTAIN, 0);
    }
}

Test(birth_hint, of_a_published_number)
{
    expect_hint("13097248022", 0, 1972, 9, 13);
    expect_hint("02013299997", 0, 2032, 1, 2);
}

/* ---- Calls -------------------------------------------------------------------------------- */

Test(number, a_wrong_argument_is_said)
{
    pfh_error error;

    cr_expect_eq(
        pfh_number_classify(NULL, NULL, NULL, NULL, PFH_NUMBER_ANY, PFH_RULE_STRICT, &error),
        PFH_E_ARG);
    cr_expect_str_eq(error.where, "number");
    cr_expect_eq(ask("41814061033", 6, PFH_RULE_STRICT).status, PFH_E_ARG);
    cr_expect_eq(ask("41814061033", -1, PFH_RULE_STRICT).status, PFH_E_ARG);
    cr_expect_eq(ask("41814061033", ANY, (pfh_number_rule)2).status, PFH_E_ARG);
    cr_expect_eq(ask("41814061033", ANY, (pfh_number_rule)-1).status, PFH_E_ARG);
}

Test(number, every_output_may_be_left_out)
{
    cr_expect_eq(
        pfh_number_classify(NULL, NULL, NULL, "41814061033", PFH_NUMBER_ANY, PFH_RULE_STRICT, NULL),
        PFH_OK);
}

/* The longest run of digits in a text. */
static size_t run_in(const char *text)
{
    size_t longest = 0;

    for (; *text != '\0'; text += strcspn(text, "0123456789")) {
        const size_t run = strspn(text, "0123456789");
        longest = run > longest ? run : longest;
        text += run;
    }
    return longest;
}

Test(number, a_failure_leaves_the_outputs_alone_and_does_not_repeat_the_number)
{
    static const char *const wrong[] = {"41814061034", "41814061023",  "41944061033", "71824061033",
                                        "4181406103",  "41814061033x", "418140610333"};

    for (size_t i = 0; i < COUNT(wrong); i++) {
        pfh_number_kind kind = PFH_NUMBER_FORCE_INT32;
        int32_t traits = 77;
        pfh_date hint = 77;
        pfh_error error;
        cr_expect_eq(pfh_number_classify(&kind, &traits, &hint, wrong[i], PFH_NUMBER_DNR,
                                         PFH_RULE_STRICT, &error),
                     PFH_E_VALUE, "%zu", i);
        cr_expect(kind == PFH_NUMBER_FORCE_INT32 && traits == 77 && hint == 77, "%zu", i);
        cr_expect_eq(error.status, PFH_E_VALUE);
        cr_expect_str_eq(error.where, "number");
        cr_expect_leq(run_in(error.text), 2, "%s", error.text);
    }
}

Test(number, every_kind_has_a_word)
{
    static const char *const word[] = {"fnr", "dnr", "hnr", "fhn", "duf"};

    for (int32_t i = 0; i < (int32_t)COUNT(word); i++) {
        cr_expect_str_eq(pfh_number_kind_name((pfh_number_kind)(i + 1)), word[i]);
        cr_expect_eq((int32_t)pfh_number_kind_find(word[i]), i + 1);
    }
    cr_expect_null(pfh_number_kind_name(PFH_NUMBER_ANY));
    cr_expect_null(pfh_number_kind_name((pfh_number_kind)6));
    cr_expect_null(pfh_number_kind_name((pfh_number_kind)INT32_MIN));
    cr_expect_eq(pfh_number_kind_find(NULL), PFH_NUMBER_ANY);
    cr_expect_eq(pfh_number_kind_find("FNR"), PFH_NUMBER_ANY);
}

/* ---- Other numbers ------------------------------------------------------------------------ */

Test(other_numbers, an_organisation_number_has_nine_digits_of_which_the_last_is_right)
{
    char text[] = "974760673"; /* the Brønnøysund Register Centre */

    cr_expect(pfh_number_is_organisation(text));
    for (char digit = '0'; digit <= '9'; digit++) {
        text[8] = digit;
        cr_expect_eq(pfh_number_is_organisation(text), digit == '3');
    }
    cr_expect_not(pfh_number_is_organisation("97476067"));
    cr_expect_not(pfh_number_is_organisation("9747606730"));
    cr_expect_not(pfh_number_is_organisation("974 760 673"));
    cr_expect_not(pfh_number_is_organisation("NO974760673"));
    cr_expect_not(pfh_number_is_organisation(""));
    cr_expect_not(pfh_number_is_organisation(NULL));
}

Test(other_numbers, nine_digits_have_one_last_digit_or_none)
{
    char text[10] = "";
    int none = 0;

    for (int first = 80000000; first < 80001100; first++) {
        int right = 0;
        for (int last = 0; last < 10; last++) {
            put(put(text, first, 8), last, 1);
            right += pfh_number_is_organisation(text);
        }
        cr_expect_leq(right, 1, "%d", first);
        none += right == 0;
    }
    cr_expect_eq(none, 100); /* one in eleven */
}

Test(other_numbers, the_forms_of_the_rest)
{
    static const struct {
        const char *text;
        bool municipality, hpr;
    } row[] = {
        {"4003", true, true},   {"0301", true, true},       {"301", false, true},
        {"1", false, true},     {"123456789", false, true}, {"1234567890", false, false},
        {"", false, false},     {"40 3", false, false},     {"40030", false, true},
        {"-403", false, false}, {"4003\n", false, false},   {"400a", false, false},
        {"0000", true, true},   {NULL, false, false},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        cr_expect_eq(pfh_number_is_municipality(row[i].text), row[i].municipality, "%zu", i);
        cr_expect_eq(pfh_number_is_hpr(row[i].text), row[i].hpr, "%zu", i);
        cr_expect_eq(pfh_number_is_her_id(row[i].text), row[i].hpr, "%zu", i);
    }
}

/* ---- Ids ---------------------------------------------------------------------------------- */

Test(ids, a_run_that_is_a_person_number_is_found)
{
    static const struct {
        const char *id;
        bool inside;
    } row[] = {
        {"41814061033", true},
        {"a41814061033", true},
        {"41814061033a", true},
        {"patient:41814061033:1", true},
        {"x-41814061033-y", true},
        {"1.41814061033", true},
        {"41814061034.41814061033", true},
        {"41814061033.41814061034", true},
        {"30108299939", true}, /* by the 2032 rule alone */
        {"13097248022", true},
        {"13057444850", false}, /* valid by neither */
        {"41814061034", false},
        {"041814061033", false}, /* twelve digits */
        {"418140610330", false},
        {"4181406103", false},
        {"200012345678", false}, /* a DUF number is no run of eleven */
        {"418140.61033", true},
        {"418140_61033", true},
        {"418140:61033", true},
        {"418140-61033", true},
        {"a418140-61033b", true},
        {"1-418140-61033-2", true},
        {"999999-418140-61033", true},
        {"418140-61034.418140-61033", true},
        {"418140 61033", false}, /* no separator of an id */
        {"418140/61033", false},
        {"418140--61033", false},
        {"418140-.61033", false},
        {"0418140-61033", false},
        {"418140-610330", false},
        {"41814-061033", false},
        {"418140a61033", false},
        {"418140-6103", false},
        {"418140-6103a3", false},
        {"418140-", false},
        {"418140", false},
        {"", false},
        {"e7", false},
        {"b1f0c6e2", false},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        cr_expect_eq(pfh_number_is_inside(row[i].id), row[i].inside, "%s", row[i].id);
    cr_expect_eq(pfh_number_is_inside(NULL), 0);
}

Test(ids, a_uuid_is_never_refused)
{
    static const struct {
        const char *id;
        bool inside;
    } row[] = {
        {"0f8fad5b-d9cb-469f-a165-a41814061033", false},
        {"0F8FAD5B-D9CB-469F-A165-A41814061033", false},
        {"0f8fad5b-d9cb-469f-a165-41814061033a", false},
        {"0f8fad5b-d9cb-469f-a165-g41814061033", true}, /* g is no hexadecimal digit */
        {"0f8fad5b-d9cb-469f-a165.a41814061033", true},
        {"0f8fad5b-d9cb-469f-a165a-41814061033", true},
        {"0f8fad5b-d9cb-469f-a165-a41814061033b", true},
        {"00f8fad5b-d9cb-469f-a165-a41814061033", true},
        {"{0f8fad5b-d9cb-469f-a165-a41814061033}", true},
        {"0f8fad5bd9cb469fa165a41814061033", true},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        cr_expect_eq(pfh_number_is_inside(row[i].id), row[i].inside, "%s", row[i].id);
}

Test(ids, every_kind_is_found_and_only_what_is_valid)
{
    char number[12], parted[16];

    for (size_t i = 0; i < COUNT(form); i++)
        for (int remainder = 0; remainder < 11; remainder++) {
            make(number, form[i].six, 200, remainder);
            snprintf(parted, sizeof parted, "%.6s_%.5s", number, number + 6);
            cr_expect_eq(pfh_number_is_inside(number), remainder <= 3, "%s", form[i].six);
            cr_expect_eq(pfh_number_is_inside(parted), remainder <= 3, "%s", form[i].six);
        }
}
