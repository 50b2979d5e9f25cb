/*
 * What each kind of key takes, at its limits.
 */
#include <criterion/criterion.h>

#include <pfh/record.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { HEAD = PFH_RECORD_PATHWAY, EVENT = PFH_RECORD_EVENT, POLICY = PFH_RECORD_POLICY };

typedef struct {
    const char *text;
    pfh_status status;
} text_row;

static pfh_record *new_record(int kind)
{
    pfh_record *record = NULL;
    cr_assert_eq(pfh_record_new(&record, (pfh_record_kind)kind, NULL), PFH_OK);
    return record;
}

static void expect_set(int kind, const char *path, const char *text, pfh_status status)
{
    pfh_record *record = new_record(kind);
    pfh_error error = {.status = PFH_OK};

    cr_expect_eq(pfh_record_set_text(record, path, text, &error), status, "%s: \"%s\"", path, text);
    cr_expect_eq(error.status, status, "%s: \"%s\"", path, text);
    if (status != PFH_OK)
        cr_expect_str_eq(error.where + 1, path);
    pfh_record_free(record);
}

static void expect_rows(int kind, const char *path, const text_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_set(kind, path, rows[i].text, rows[i].status);
}

/* A text of one piece so many times. */
static char *repeat(char *text, const char *piece, size_t times)
{
    size_t size = strlen(piece);

    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, piece, size);
    text[times * size] = '\0';
    return text;
}

/* ---- Texts -------------------------------------------------------------------------------- */

Test(field, a_free_text_is_utf8_without_control_characters)
{
    static const text_row rows[] = {
        {"", PFH_OK},
        {"\t\n\r ~", PFH_OK},
        {"\xC2\xA0", PFH_OK},
        {"\xDF\xBF", PFH_OK},
        {"\xE0\xA0\x80", PFH_OK},
        {"\xED\x9F\xBF", PFH_OK},
        {"\xEE\x80\x80", PFH_OK},
        {"\xEF\xBF\xBF", PFH_OK},
        {"\xF0\x90\x80\x80", PFH_OK},
        {"\xF3\xA0\x80\x81", PFH_OK},
        {"\xF4\x8F\xBF\xBF", PFH_OK},
        {"\x01", PFH_E_VALUE},
        {"\x08", PFH_E_VALUE},
        {"\x0B", PFH_E_VALUE},
        {"\x0C", PFH_E_VALUE},
        {"\x0E", PFH_E_VALUE},
        {"\x1F", PFH_E_VALUE},
        {"\x7F", PFH_E_VALUE},
        {"\x80", PFH_E_VALUE},
        {"\xBF", PFH_E_VALUE},
        {"\xC0\x80", PFH_E_VALUE},
        {"\xC1\xBF", PFH_E_VALUE},
        {"\xC2", PFH_E_VALUE},
        {"\xC2\x20", PFH_E_VALUE},
        {"\xC2\x80", PFH_E_VALUE},
        {"\xC2\x9F", PFH_E_VALUE},
        {"\xE0\x80\x80", PFH_E_VALUE},
        {"\xE0\x9F\xBF", PFH_E_VALUE},
        {"\xE2\x82", PFH_E_VALUE},
        {"\xE2\x82\x28", PFH_E_VALUE},
        {"\xED\xA0\x80", PFH_E_VALUE},
        {"\xED\xBF\xBF", PFH_E_VALUE},
        {"\xF0\x80\x80\x80", PFH_E_VALUE},
        {"\xF0\x8F\xBF\xBF", PFH_E_VALUE},
        {"\xF0\x9F\x98", PFH_E_VALUE},
        {"\xF0\x9F\x98\x28", PFH_E_VALUE},
        {"\xF4\x90\x80\x80", PFH_E_VALUE},
        {"\xF5\x80\x80\x80", PFH_E_VALUE},
        {"\xFF", PFH_E_VALUE},
        {"fine until \x01", PFH_E_VALUE},
    };

    expect_rows(HEAD, "patient/name/given", rows, COUNT(rows));
    expect_rows(EVENT, "note", rows, COUNT(rows));
    expect_rows(POLICY, "extra_codes/0", rows, COUNT(rows));
}

Test(field, a_free_text_has_up_to_4000_code_points)
{
    static const char *const pieces[] = {"a", "\xC3\xB8", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    static char text[4 * 4001 + 1];

    for (size_t i = 0; i < COUNT(pieces); i++) {
        expect_set(EVENT, "note", repeat(text, pieces[i], 4000), PFH_OK);
        expect_set(EVENT, "note", repeat(text, pieces[i], 4001), PFH_E_VALUE);
        expect_set(POLICY, "extra_codes/0", repeat(text, pieces[i], 4001), PFH_E_VALUE);
    }
}

Test(field, an_id_is_1_to_64_characters_of_its_own_set)
{
    static const char *const paths[] = {"id", "of", "unit", "author/unit", "performer/unit"};
    static const text_row rows[] = {
        {"a", PFH_OK},
        {"AZaz09._:-", PFH_OK},
        {"..", PFH_OK},
        {"", PFH_E_VALUE},
        {"a b", PFH_E_VALUE},
        {"a/b", PFH_E_VALUE},
        {"a@b", PFH_E_VALUE},
        {"a`b", PFH_E_VALUE},
        {"a[b", PFH_E_VALUE},
        {"a{b", PFH_E_VALUE},
        {"a;b", PFH_E_VALUE},
        {"a,b", PFH_E_VALUE},
        {"\xC3\xA5", PFH_E_VALUE},
        {"a\n", PFH_E_VALUE},
    };
    char text[66];

    for (size_t i = 0; i < COUNT(paths); i++) {
        expect_rows(EVENT, paths[i], rows, COUNT(rows));
        expect_set(EVENT, paths[i], repeat(text, "a", 64), PFH_OK);
        expect_set(EVENT, paths[i], repeat(text, "a", 65), PFH_E_VALUE);
    }
    expect_rows(HEAD, "id", rows, COUNT(rows));
    expect_rows(HEAD, "previous", rows, COUNT(rows));
    expect_rows(POLICY, "units/0/unit", rows, COUNT(rows));
    expect_rows(POLICY, "assign/0/unit", rows, COUNT(rows));
}

Test(field, an_id_with_a_person_number_in_it_is_refused)
{
    static const text_row rows[] = {
        {"13097248022", PFH_E_PRIVACY},
        {"p13097248022", PFH_E_PRIVACY},
        {"13097248022.1", PFH_E_PRIVACY},
        {"130972-48022", PFH_E_PRIVACY},
        {"a:130972.48022:b", PFH_E_PRIVACY},
        {"130972_48022", PFH_E_PRIVACY},
        {"130972:48022", PFH_E_PRIVACY},
        {"41814061033", PFH_E_PRIVACY}, /* a synthetic D-number */
        {"30108299939", PFH_E_PRIVACY}, /* by the rule of 2032 alone */
        {"113097248022", PFH_OK},       /* a run of twelve */
        {"13097248023", PFH_OK},        /* a wrong check digit */
        {"1309724-8022", PFH_OK},       /* seven and four */
        {"130972--48022", PFH_OK},
        {"01234567-89ab-4cde-8f01-a13097248022", PFH_OK}, /* a UUID */
        {"urn:uuid:01234567-89ab-4cde-8f01-a13097248022", PFH_E_PRIVACY},
    };

    expect_rows(HEAD, "id", rows, COUNT(rows));
    expect_rows(HEAD, "previous", rows, COUNT(rows));
    expect_rows(EVENT, "id", rows, COUNT(rows));
    expect_rows(EVENT, "of", rows, COUNT(rows));
    expect_rows(EVENT, "performer/unit", rows, COUNT(rows));
    expect_rows(POLICY, "units/0/unit", rows, COUNT(rows));
}

Test(field, a_free_text_may_hold_any_number)
{
    expect_set(HEAD, "patient/id", "13097248022", PFH_OK);
    expect_set(EVENT, "note", "13097248022", PFH_OK);
    expect_set(EVENT, "ref", "13097248022", PFH_OK);
}

Test(field, an_icd10_code_has_a_letter_and_two_to_four_digits)
{
    static const text_row rows[] = {
        {"C50", PFH_OK},         {"C50.9", PFH_OK},      {"C509", PFH_OK},
        {"C50.", PFH_OK},        {"C50.12", PFH_OK},     {"C5012", PFH_OK},
        {"D05", PFH_OK},         {"A00", PFH_OK},        {"Z99", PFH_OK},
        {"", PFH_E_VALUE},       {"C5", PFH_E_VALUE},    {"C50.123", PFH_E_VALUE},
        {"C50123", PFH_E_VALUE}, {"c50", PFH_E_VALUE},   {"C5O", PFH_E_VALUE},
        {"50.9", PFH_E_VALUE},   {"CC5", PFH_E_VALUE},   {"C50.9 ", PFH_E_VALUE},
        {"C50..9", PFH_E_VALUE}, {"C50,9", PFH_E_VALUE}, {"C50.a", PFH_E_VALUE},
        {"[50", PFH_E_VALUE},    {"@50", PFH_E_VALUE},   {"C:0", PFH_E_VALUE},
        {"C/0", PFH_E_VALUE},
    };

    expect_rows(HEAD, "diagnosis/code", rows, COUNT(rows));
}

Test(field, a_procedure_code_has_1_to_16_characters)
{
    static const text_row rows[] = {
        {"W", PFH_OK},
        {"WMFG10", PFH_OK},
        {"A.1", PFH_OK},
        {"ABCDEFGHIJKLMNOP", PFH_OK},
        {"ABCDEFGHIJKLMNOPQ", PFH_E_VALUE},
        {"", PFH_E_VALUE},
        {"wmfg10", PFH_E_VALUE},
        {"WMFG 10", PFH_E_VALUE},
        {"WMFG-10", PFH_E_VALUE},
    };

    expect_rows(EVENT, "code", rows, COUNT(rows));
}

Test(field, a_topic_is_of_the_guideline_or_local)
{
    static const text_row rows[] = {
        {"family_network", PFH_OK},  {"work_school", PFH_OK},
        {"economy_housing", PFH_OK}, {"home_help", PFH_OK},
        {"rehabilitation", PFH_OK},  {"physical_activity", PFH_OK},
        {"nutrition", PFH_OK},       {"own_health", PFH_OK},
        {"coping_learning", PFH_OK}, {"leisure_social", PFH_OK},
        {"mental_health", PFH_OK},   {"sexual_health", PFH_OK},
        {"oral_health", PFH_OK},     {"x_a", PFH_OK},
        {"x_A.b_c:d-9", PFH_OK},     {"", PFH_E_VALUE},
        {"nutritio", PFH_E_VALUE},   {"nutritions", PFH_E_VALUE},
        {"Nutrition", PFH_E_VALUE},  {"x_", PFH_E_VALUE},
        {"x_a b", PFH_E_VALUE},      {"y_a", PFH_E_VALUE},
        {"X_a", PFH_E_VALUE},        {"x_\xC3\xA5", PFH_E_VALUE},
    };
    char text[70] = "x_";

    expect_rows(EVENT, "assessment/topics/0/topic", rows, COUNT(rows));
    repeat(text + 2, "a", 62);
    expect_set(EVENT, "assessment/topics/0/topic", text, PFH_OK);
    expect_set(POLICY, "extra_topics/0/code", text, PFH_OK);
    repeat(text + 2, "a", 63);
    expect_set(EVENT, "assessment/topics/0/topic", text, PFH_E_VALUE);
    expect_set(POLICY, "extra_topics/0/code", text, PFH_E_VALUE);
    expect_set(POLICY, "extra_topics/0/code", "nutrition", PFH_E_VALUE);
    expect_set(POLICY, "extra_topics/0/code", "x_", PFH_E_VALUE);
}

Test(field, digits_are_as_many_as_the_key_says)
{
    static const text_row four[] = {
        {"4003", PFH_OK},       {"0301", PFH_OK},      {"", PFH_E_VALUE},     {"403", PFH_E_VALUE},
        {"40030", PFH_E_VALUE}, {"40a3", PFH_E_VALUE}, {"-403", PFH_E_VALUE},
    };
    static const text_row six[] = {
        {"030101", PFH_OK},
        {"03010", PFH_E_VALUE},
        {"0301011", PFH_E_VALUE},
    };
    static const text_row one_to_nine[] = {
        {"1", PFH_OK},         {"999999999", PFH_OK},
        {"", PFH_E_VALUE},     {"1234567890", PFH_E_VALUE},
        {"12 3", PFH_E_VALUE},
    };

    expect_rows(HEAD, "patient/municipality", four, COUNT(four));
    expect_rows(EVENT, "municipality", four, COUNT(four));
    expect_rows(POLICY, "assign/0/municipality", four, COUNT(four));
    expect_rows(HEAD, "patient/district", six, COUNT(six));
    expect_rows(EVENT, "district", six, COUNT(six));
    expect_rows(EVENT, "author/hpr", one_to_nine, COUNT(one_to_nine));
}

Test(field, the_error_says_how_many_digits_there_must_be)
{
    pfh_record *head = new_record(HEAD), *event = new_record(EVENT);
    pfh_error error;

    pfh_record_set_text(head, "patient/municipality", "1", &error);
    cr_expect_str_eq(error.text, "must be 4 digits");
    pfh_record_set_text(event, "author/hpr", "", &error);
    cr_expect_str_eq(error.text, "must be 1 to 9 digits");
    pfh_record_free(head);
    pfh_record_free(event);
}

Test(field, an_edition_is_one_that_the_library_has)
{
    expect_set(HEAD, "edition", "hdir-2022", PFH_OK);
    expect_set(HEAD, "edition", "hdir-2021-draft", PFH_OK);
    expect_set(HEAD, "edition", "hdir-2023", PFH_E_EDITION);
    expect_set(HEAD, "edition", "", PFH_E_EDITION);
}

Test(field, a_refused_text_is_not_repeated_in_the_error)
{
    static const struct {
        int kind;
        const char *path, *text;
    } row[] = {
        {HEAD, "id", "13097248022"},
        {HEAD, "id", "Kari Nordmann"},
        {HEAD, "edition", "Kari Nordmann"},
        {HEAD, "patient/municipality", "13097248022"},
        {HEAD, "patient/birth_date", "13.09.1972"},
        {HEAD, "diagnosis/code", "Kari Nordmann"},
        {EVENT, "type", "Kari Nordmann"},
        {EVENT, "recorded", "13.09.1972"},
        {EVENT, "start", "13.09.1972"},
        {EVENT, "code", "Kari Nordmann"},
        {EVENT, "note", "Kari Nordmann\x01"},
        {EVENT, "author/hpr", "13097248022"},
        {EVENT, "assessment/topics/0/topic", "Kari Nordmann"},
    };
    pfh_error error;

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_neq(pfh_record_set_text(record, row[i].path, row[i].text, &error), PFH_OK);
        cr_expect_null(strstr(error.text, row[i].text), "%s", error.text);
        cr_expect_null(strstr(error.where, row[i].text), "%s", error.where);
        pfh_record_free(record);
    }
}

/* ---- Words -------------------------------------------------------------------------------- */

/* Every list of words that a document has, with the words that it takes. */
static const struct {
    int kind;
    const char *path, *words; /* with a blank after each */
} lists[] = {
    {HEAD, "patient/identifiers/0/type", "fnr dnr hnr fhn duf "},
    {HEAD, "patient/language", "nb nn en "},
    {HEAD, "diagnosis/kind", "primary relapse "},
    {HEAD, "diagnosis/intent", "curative palliative "},
    {EVENT, "type",
     "clinical_decision treatment_started offered accepted declined deferred scheduled cancelled "
     "form_sent performed coded message receipt followed_up assigned moved excluded ended reopened "
     "corrected withheld "},
    {EVENT, "channel", "letter phone in_person digital "},
    {EVENT, "reason",
     "no_need not_now too_much_information too_ill other treatment patient provider no_show "
     "short_treatment dead withdrawn emigrated "},
    {EVENT, "level", "specialist municipality "},
    {EVENT, "role",
     "doctor nurse gp cancer_nurse cancer_coordinator pathway_coordinator resource_nurse "
     "case_manager contact_doctor other "},
    {EVENT, "to", "gp municipality specialist other "},
    {EVENT, "kind", "epicrisis outpatient_note dialogue plo edi phone meeting letter "},
    {EVENT, "status", "ok ok_with_errors rejected "},
    {EVENT, "assessment/topics/0/need", "none follow_up declined not_discussed "},
    {POLICY, "shift", "working_day none "},
    {POLICY, "assign/0/level", "specialist municipality "},
};

static int is_listed(const char *words, const char *word)
{
    size_t size = strlen(word);

    for (const char *at = words; *at != '\0'; at = strchr(at, ' ') + 1)
        if (strncmp(at, word, size) == 0 && at[size] == ' ')
            return 1;
    return 0;
}

Test(field, a_word_is_one_of_its_list_and_no_other_lists_word)
{
    for (size_t i = 0; i < COUNT(lists); i++) {
        for (int32_t list = 1; list <= pfh_vocabulary_count(); list++) {
            for (int32_t n = 1; n <= pfh_word_count((pfh_vocabulary)list); n++) {
                const char *word = pfh_word((pfh_vocabulary)list, n);
                expect_set(lists[i].kind, lists[i].path, word,
                           is_listed(lists[i].words, word) ? PFH_OK : PFH_E_VALUE);
            }
        }
        expect_set(lists[i].kind, lists[i].path, "", PFH_E_VALUE);
        expect_set(lists[i].kind, lists[i].path, "Other", PFH_E_VALUE);
    }
}

Test(field, every_word_of_the_table_is_taken)
{
    char word[40];

    for (size_t i = 0; i < COUNT(lists); i++) {
        for (const char *at = lists[i].words; *at != '\0'; at = strchr(at, ' ') + 1) {
            snprintf(word, sizeof word, "%.*s", (int)strcspn(at, " "), at);
            expect_set(lists[i].kind, lists[i].path, word, PFH_OK);
        }
    }
}

Test(field, a_wrong_word_is_answered_with_the_list)
{
    pfh_record *event = new_record(EVENT);
    pfh_error error;

    pfh_record_set_text(event, "channel", "pigeon", &error);
    cr_expect_str_eq(error.text, "must be one of: letter, phone, in_person, digital");
    pfh_record_set_text(event, "reason", "not_cancer", &error);
    cr_expect_null(strstr(error.text, "not_cancer"), "that is a plan's reason alone");
    cr_expect_not_null(strstr(error.text, "emigrated, other"));
    pfh_record_set_text(event, "type", "offer", &error);
    cr_expect_not_null(strstr(error.text, "moved, assigned"));
    cr_expect_str_eq(error.text + strlen(error.text) - 5, ", ...", "a long list is cut");
    pfh_record_free(event);
}

/* ---- Dates and times ---------------------------------------------------------------------- */

Test(field, a_date_is_ten_characters_of_the_range)
{
    static const text_row rows[] = {
        {"1850-01-01", PFH_OK},           {"2299-12-31", PFH_OK},
        {"2024-02-29", PFH_OK},           {"1849-12-31", PFH_E_DATE},
        {"2300-01-01", PFH_E_DATE},       {"2026-02-29", PFH_E_DATE},
        {"2026-2-1", PFH_E_DATE},         {"", PFH_E_DATE},
        {"2026-02-01 ", PFH_E_DATE},      {"20260201", PFH_E_DATE},
        {"2026-02-01T10:00", PFH_E_DATE}, {"01.02.2026", PFH_E_DATE},
    };

    expect_rows(HEAD, "diagnosis/date", rows, COUNT(rows));
    expect_rows(EVENT, "date", rows, COUNT(rows));
    expect_rows(EVENT, "until", rows, COUNT(rows));
    expect_rows(POLICY, "start_date", rows, COUNT(rows));
}

Test(field, a_date_by_its_number_is_of_the_range_too)
{
    const struct {
        pfh_date date;
        pfh_status status;
    } row[] = {
        {pfh_date_min(), PFH_OK},         {pfh_date_max(), PFH_OK},
        {pfh_date_min() - 1, PFH_E_DATE}, {pfh_date_max() + 1, PFH_E_DATE},
        {INT32_MAX, PFH_E_DATE},          {INT32_MIN + 1, PFH_E_DATE},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *event = new_record(EVENT);
        cr_expect_eq(pfh_record_set_date(event, "date", row[i].date, NULL), row[i].status);
        pfh_record_free(event);
    }
}

Test(field, a_timestamp_is_rfc_3339_and_its_date_of_the_range)
{
    static const text_row rows[] = {
        {"2026-02-03T10:12:00Z", PFH_OK},
        {"2026-02-03T10:12:00.123456789Z", PFH_OK},
        {"2026-02-03T10:12:59+23:59", PFH_OK},
        {"2026-02-03T10:12:59-23:59", PFH_OK},
        {"1850-01-01T00:00:00Z", PFH_OK},
        {"2299-12-31T23:59:59.999999999Z", PFH_OK},
        {"1850-01-01T00:00:00+00:01", PFH_E_DATE},
        {"2299-12-31T23:59:59-00:01", PFH_E_DATE},
        {"2026-02-03T10:12:00", PFH_E_DATE},
        {"2026-02-03t10:12:00z", PFH_E_DATE},
        {"2026-02-03 10:12:00Z", PFH_E_DATE},
        {"2026-02-03T10:12:60Z", PFH_E_DATE},
        {"2026-02-03T24:00:00Z", PFH_E_DATE},
        {"2026-02-03T10:60:00Z", PFH_E_DATE},
        {"2026-02-03T10:12:00.Z", PFH_E_DATE},
        {"2026-02-03T10:12:00.1234567890Z", PFH_E_DATE},
        {"2026-02-03T10:12:00+24:00", PFH_E_DATE},
        {"2026-02-03T10:12:00+00:60", PFH_E_DATE},
        {"2026-02-03T10:12:00+0100", PFH_E_DATE},
        {"2026-02-30T10:12:00Z", PFH_E_DATE},
        {"2026-02-03T10:12Z", PFH_E_DATE},
        {"2026-02-03", PFH_E_DATE},
        {"", PFH_E_DATE},
    };

    expect_rows(EVENT, "recorded", rows, COUNT(rows));
}

Test(field, a_timestamp_is_kept_in_utc_without_trailing_zeros)
{
    static const struct {
        const char *given, *kept;
    } row[] = {
        {"2026-02-03T10:12:00Z", "2026-02-03T10:12:00Z"},
        {"2026-02-03T10:12:00.000Z", "2026-02-03T10:12:00Z"},
        {"2026-02-03T10:12:00.120Z", "2026-02-03T10:12:00.12Z"},
        {"2026-02-03T10:12:00.000000001Z", "2026-02-03T10:12:00.000000001Z"},
        {"2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00Z"},
        {"2026-12-31T23:30:00-00:30", "2027-01-01T00:00:00Z"},
        {"2026-02-03T10:12:00-00:00", "2026-02-03T10:12:00Z"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *event = new_record(EVENT);
        cr_expect_eq(pfh_record_set_text(event, "recorded", row[i].given, NULL), PFH_OK);
        cr_expect_str_eq(pfh_record_text(event, "recorded"), row[i].kept);
        pfh_record_free(event);
    }
}

Test(field, an_appointment_is_a_local_time_or_a_day)
{
    static const text_row rows[] = {
        {"2026-05-04T00:00", PFH_OK},
        {"2026-05-04T23:59", PFH_OK},
        {"2026-05-04", PFH_OK},
        {"2026-03-29T02:30", PFH_OK}, /* no such hour */
        {"2026-10-25T02:30", PFH_OK},
        {"1850-01-01", PFH_OK},
        {"2026-05-04T24:00", PFH_E_DATE},
        {"2026-05-04T10:60", PFH_E_DATE},
        {"2026-05-04T10:00:00", PFH_E_DATE},
        {"2026-05-04T10:00Z", PFH_E_DATE},
        {"2026-05-04T1:00", PFH_E_DATE},
        {"2026-05-04 10:00", PFH_E_DATE},
        {"2026-05-32", PFH_E_DATE},
        {"2300-01-01T10:00", PFH_E_DATE},
        {"", PFH_E_DATE},
        {"2026-05-04T", PFH_E_DATE},
    };

    expect_rows(EVENT, "start", rows, COUNT(rows));
}

/* ---- Numbers ------------------------------------------------------------------------------ */

Test(field, a_number_is_within_its_limits)
{
    static const struct {
        int kind;
        const char *path;
        int32_t least, most;
    } row[] = {
        {EVENT, "point", 1, 5},
        {EVENT, "minutes", 1, 1440},
        {EVENT, "withheld", 1, 999},
        {EVENT, "assessment/distress", 0, 10},
        {POLICY, "assign/0/point", 1, 5},
        {POLICY, "distress_threshold", 1, 10},
        {POLICY, "no_answer_days", 0, 3650},
        {POLICY, "first_offer_days", 0, 3650},
        {POLICY, "offer_lead_days", 0, 3650},
        {POLICY, "ask_again_days", 0, 3650},
        {POLICY, "booking_days", 0, 3650},
        {POLICY, "form_days", 0, 3650},
        {POLICY, "closing_days", 0, 3650},
        {POLICY, "coding_days", 0, 3650},
        {POLICY, "summary_days", 0, 3650},
        {POLICY, "receipt_working_days", 0, 3650},
        {POLICY, "assess_days", 0, 3650},
        {POLICY, "needs_days", 0, 3650},
        {POLICY, "anchor_days", 0, 3650},
    };
    pfh_error error;
    char sentence[80];

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);
        const char *path = row[i].path;

        cr_expect_eq(pfh_record_set_number(record, path, row[i].least, NULL), PFH_OK, "%s", path);
        cr_expect_eq(pfh_record_set_number(record, path, row[i].most, NULL), PFH_OK, "%s", path);
        cr_expect_eq(pfh_record_set_number(record, path, row[i].least - 1, NULL), PFH_E_VALUE, "%s",
                     path);
        cr_expect_eq(pfh_record_set_number(record, path, row[i].most + 1, &error), PFH_E_VALUE,
                     "%s", path);
        snprintf(sentence, sizeof sentence, "must be a whole number from %d to %d",
                 (int)row[i].least, (int)row[i].most);
        cr_expect_str_eq(error.text, sentence);
        cr_expect_eq(pfh_record_number(record, path), row[i].most);
        pfh_record_free(record);
    }
}
