/*
 * base/number.c -- numbers that identify people, organisations and places.
 *
 * Classifies by form, checks by modulus 11; never says sex, never checks an individual number
 * against a century, and repeats no number in a message.  Neither allocates nor loops beyond the
 * digits.  Sources: pfh/number.h, doc/rules.md.
 */
#include "base/base.h"

enum { PERSON_DIGITS = 11, DUF_DIGITS = 12, H_NUMBER_MONTH = 40 };

/* What stands before two check digits, read by its first digits alone. */
typedef struct {
    pfh_number_kind kind; /* fnr, dnr, fhn or duf: an hnr has the form of an fnr */
    int32_t traits;
    int32_t year; /* of the century; these four are 0 where the kind has no date */
    int32_t month, day;
    int32_t individual;
} number_form;

/* What is added to the month, and what it says. */
static const struct {
    int32_t added, traits;
} month_series[] = {
    {0, 0},
    {H_NUMBER_MONTH, PFH_TRAIT_AMBIGUOUS},
    {65, PFH_TRAIT_SYNTHETIC}, /* Norsk helsenett */
    {80, PFH_TRAIT_SYNTHETIC}, /* Skatteetaten */
};

/* What the individual number says of the year: inclusive, the first row that fits */
static const struct {
    int32_t individual_min, individual_max, year_min, year_max, century;
} century_rows[] = {
    {0, 499, 0, 99, 1900},
    {500, 749, 54, 99, 1800},
    {500, 999, 0, 39, 2000},
    {900, 999, 40, 99, 1900},
};

static const int8_t first_weights[] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
static const int8_t second_weights[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
static const int8_t organisation_weights[] = {3, 2, 7, 6, 5, 4, 3, 2, 1};

/* How many digits a text begins with, of at most so many bytes. */
static size_t run_of_digits(const char *text, size_t size)
{
    size_t run = 0;

    while (run < size && text[run] >= '0' && text[run] <= '9')
        run++;
    return run;
}

static int32_t digit(char byte)
{
    return byte - '0';
}

static int32_t two_digits(const char *text)
{
    return digit(text[0]) * 10 + digit(text[1]);
}

/* The weighted sum of digits, their check digit included with weight 1, modulus 11. */
static int32_t remainder_11(const char *text, const int8_t *weights, size_t count)
{
    int32_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += digit(text[i]) * weights[i];
    return sum % 11;
}

/* ---- The form ----------------------------------------------------------------------------- */

static bool read_month(number_form *form, int32_t month)
{
    for (size_t i = 0; i < PFH_COUNT(month_series); i++) {
        form->month = month - month_series[i].added;
        form->traits = month_series[i].traits;
        if (form->month >= 1 && form->month <= 12)
            return true;
    }
    return false;
}

/* Whether the day exists in some century. */
static bool day_exists(const number_form *form)
{
    static const int8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap_day = form->month == 2 && form->day == 29;
    return form->day >= 1 && form->day <= days[form->month - 1] &&
           (!leap_day || form->year % 4 == 0);
}

/* Reads eleven digits; false where they have no form. */
static bool read_form(number_form *form, const char *number)
{
    const int32_t first = digit(number[0]);

    *form = (number_form){.kind = first >= 8   ? PFH_NUMBER_FHN
                                  : first >= 4 ? PFH_NUMBER_DNR
                                               : PFH_NUMBER_FNR};
    if (form->kind == PFH_NUMBER_FHN)
        return true;
    form->day = two_digits(number) - (form->kind == PFH_NUMBER_DNR ? 40 : 0);
    form->year = two_digits(number + 4);
    form->individual = digit(number[6]) * 100 + two_digits(number + 7);
    return read_month(form, two_digits(number + 2)) && day_exists(form);
}

/* Gives a form the kind that it is declared to be; false where it cannot be that. */
static bool declare(number_form *form, pfh_number_kind declared)
{
    const bool ambiguous = (form->traits & PFH_TRAIT_AMBIGUOUS) != 0;

    if (declared == PFH_NUMBER_HNR && ambiguous && form->kind == PFH_NUMBER_FNR) {
        form->kind = PFH_NUMBER_HNR;
        form->traits &= ~PFH_TRAIT_AMBIGUOUS;
        return true;
    }
    if (declared == PFH_NUMBER_ANY) {
        if (ambiguous && form->kind == PFH_NUMBER_FNR)
            form->kind = PFH_NUMBER_ANY; /* to send one as the other would mix up two people */
        return true;
    }
    return form->kind == declared;
}

/* ---- Classifying -------------------------------------------------------------------------- */

static pfh_status invalid(pfh_error *err, const char *text)
{
    return pfh__fail(err, PFH_E_VALUE, "number", "%s", text);
}

/* Checks both check digits and adds PFH_TRAIT_STRICT. */
static pfh_status check(number_form *form, const char *number, pfh_number_rule rule, pfh_error *err)
{
    const int32_t first = remainder_11(number, first_weights, PFH_COUNT(first_weights));

    if (first > (rule == PFH_RULE_2032 ? 3 : 0))
        return invalid(err, "the first check digit is wrong");
    if (remainder_11(number, second_weights, PFH_COUNT(second_weights)) != 0)
        return invalid(err, "the second check digit is wrong");
    if (first == 0)
        form->traits |= PFH_TRAIT_STRICT;
    return PFH_OK;
}

static int32_t century_of(const number_form *form)
{
    for (size_t i = 0; i < PFH_COUNT(century_rows); i++)
        if (form->individual >= century_rows[i].individual_min &&
            form->individual <= century_rows[i].individual_max &&
            form->year >= century_rows[i].year_min && form->year <= century_rows[i].year_max)
            return century_rows[i].century;
    return 0;
}

/* A hint from a number that was checked by the strict rule; adds PFH_TRAIT_UNCERTAIN. */
static pfh_date hint_birth(number_form *form)
{
    const int32_t century = century_of(form);
    pfh_date hint;

    if ((form->kind != PFH_NUMBER_FNR && form->kind != PFH_NUMBER_DNR) ||
        (form->traits & PFH_TRAIT_AMBIGUOUS) != 0 || century == 0 ||
        pfh_date_from_ymd(&hint, century + form->year, form->month, form->day, NULL) != PFH_OK)
        return PFH_NONE;
    if (form->kind == PFH_NUMBER_DNR)
        form->traits |= PFH_TRAIT_UNCERTAIN;
    return hint;
}

/* Everything but the hint: form, kind and check digits of a text of digits. */
static pfh_status classify(number_form *form, const char *number, size_t size,
                           pfh_number_kind declared, pfh_number_rule rule, pfh_error *err)
{
    if (size == DUF_DIGITS)
        *form = (number_form){.kind = PFH_NUMBER_DUF, .traits = PFH_TRAIT_STRICT};
    else if (size != PERSON_DIGITS)
        return invalid(err, "a person number has 11 digits, a DUF number 12");
    else if (!read_form(form, number))
        return invalid(err, "there is no such day and month, or no number is formed like this");
    if (!declare(form, declared))
        return invalid(err, "the number is of another kind than declared");
    return size == DUF_DIGITS ? PFH_OK : check(form, number, rule, err);
}

static pfh_status check_arguments(const char *number, pfh_number_kind declared,
                                  pfh_number_rule rule, pfh_error *err)
{
    if (number == NULL)
        return pfh__null(err, "number");
    if (declared != PFH_NUMBER_ANY && pfh_number_kind_name(declared) == NULL)
        return pfh__fail(err, PFH_E_ARG, "declared", "there is no such kind of number");
    if (rule != PFH_RULE_STRICT && rule != PFH_RULE_2032)
        return pfh__fail(err, PFH_E_ARG, "rule", "there is no such rule");
    return PFH_OK;
}

pfh_status pfh_number_classify(pfh_number_kind *kind, int32_t *traits, pfh_date *birth_hint,
                               const char *number, pfh_number_kind declared, pfh_number_rule rule,
                               pfh_error *err)
{
    pfh_status status = check_arguments(number, declared, rule, err);
    number_form form;
    pfh_date hint;
    size_t size;

    if (status != PFH_OK)
        return status;
    size = strlen(number);
    if (run_of_digits(number, size) != size)
        return invalid(err, "a person number is digits and nothing else");
    status = classify(&form, number, size, declared, rule, err);
    if (status != PFH_OK)
        return status;
    hint = rule == PFH_RULE_STRICT ? hint_birth(&form) : PFH_NONE;
    if (kind != NULL)
        *kind = form.kind;
    if (traits != NULL)
        *traits = form.traits;
    if (birth_hint != NULL)
        *birth_hint = hint;
    return PFH_OK;
}

/* ---- Kinds -------------------------------------------------------------------------------- */

const char *pfh_number_kind_name(pfh_number_kind kind)
{
    return pfh_word(PFH_WORDS_NUMBER, (int32_t)kind);
}

pfh_number_kind pfh_number_kind_find(const char *word)
{
    return (pfh_number_kind)pfh_word_find(PFH_WORDS_NUMBER, word);
}

/* ---- Other numbers ------------------------------------------------------------------------ */

static bool has_digits(const char *text, size_t least, size_t most)
{
    size_t run;

    if (text == NULL)
        return false;
    run = run_of_digits(text, most + 1); /* stops at the NUL */
    return run >= least && run <= most && text[run] == '\0';
}

int32_t pfh_number_is_organisation(const char *text)
{
    return has_digits(text, 9, 9) &&
           remainder_11(text, organisation_weights, PFH_COUNT(organisation_weights)) == 0;
}

int32_t pfh_number_is_municipality(const char *text)
{
    return has_digits(text, 4, 4);
}

int32_t pfh_number_is_hpr(const char *text)
{
    return has_digits(text, 1, 9);
}

int32_t pfh_number_is_her_id(const char *text)
{
    return has_digits(text, 1, 9);
}

/* ---- Ids ---------------------------------------------------------------------------------- */

static bool is_hexadecimal(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
}

/* 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(const char *text, size_t size)
{
    static const char form[] = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

    if (size != sizeof form - 1)
        return false;
    for (size_t i = 0; i < size; i++)
        if (form[i] == '-' ? text[i] != '-' : !is_hexadecimal(text[i]))
            return false;
    return true;
}

/* Valid by either rule: what is valid by the strict one is so by the other. */
static bool is_person_number(const char *digits)
{
    number_form form;
    return classify(&form, digits, PERSON_DIGITS, PFH_NUMBER_ANY, PFH_RULE_2032, NULL) == PFH_OK;
}

/* Whether a text that begins with six digits goes on as a person number written in two parts. */
static bool is_parted_number(const char *text, size_t size)
{
    char digits[PERSON_DIGITS];

    if (size < PERSON_DIGITS + 1 || memchr("._:-", text[6], 4) == NULL ||
        run_of_digits(text + 7, size - 7) != 5)
        return false;
    memcpy(digits, text, 6);
    memcpy(digits + 6, text + 7, 5);
    return is_person_number(digits);
}

bool pfh__number_inside(const char *text, size_t size)
{
    if (is_uuid(text, size))
        return false;
    for (size_t i = 0; i < size; i++) {
        const size_t run = run_of_digits(text + i, size - i);
        if ((run == PERSON_DIGITS && is_person_number(text + i)) ||
            (run == 6 && is_parted_number(text + i, size - i)))
            return true;
        i += run; /* and past what is no digit, or the end */
    }
    return false;
}

int32_t pfh_number_is_inside(const char *text)
{
    return text != NULL && pfh__number_inside(text, strlen(text));
}
