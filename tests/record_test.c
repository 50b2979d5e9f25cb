/*
 * Records: facts set and read back by the path of their key.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <string.h>

static const pfh_record_kind HEAD = PFH_RECORD_PATHWAY, EVENT = PFH_RECORD_EVENT,
                             POLICY = PFH_RECORD_POLICY;

static pfh_record *new_record(int kind)
{
    pfh_record *record = NULL;
    cr_assert_eq(pfh_record_new(&record, (pfh_record_kind)kind, NULL), PFH_OK);
    return record;
}

static pfh_record *new_head(void)
{
    pfh_record *head = new_record(HEAD);

    pfh_record_set_text(head, "id", "p1", NULL);
    pfh_record_set_text(head, "edition", "hdir-2022", NULL);
    pfh_record_set_text(head, "diagnosis/code", "C50.9", NULL);
    pfh_record_set_text(head, "diagnosis/date", "2026-01-31", NULL);
    return head;
}

static pfh_record *new_event(const char *id, const char *type)
{
    pfh_record *event = new_record(EVENT);

    pfh_record_set_text(event, "id", id, NULL);
    pfh_record_set_text(event, "type", type, NULL);
    pfh_record_set_text(event, "date", "2026-02-20", NULL);
    return event;
}

static pfh_pathway *new_pathway(void)
{
    pfh_pathway *pathway = NULL;
    pfh_record *head = new_head();

    cr_assert_eq(pfh_pathway_build(&pathway, head, NULL), PFH_OK);
    pfh_record_free(head);
    return pathway;
}

/* ---- Making ------------------------------------------------------------------------------- */

Test(record, there_are_three_kinds_and_no_other)
{
    static const int32_t wrong[] = {0, 4, -1, INT32_MAX, INT32_MIN};
    pfh_record *record = (pfh_record *)1;
    pfh_error error;

    for (int kind = 1; kind <= 3; kind++)
        pfh_record_free(new_record(kind));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_expect_eq(pfh_record_new(&record, (pfh_record_kind)wrong[i], &error), PFH_E_ARG);
        cr_expect_str_eq(error.where, "kind");
        cr_expect_eq(record, (pfh_record *)1, "the output was touched");
    }
    cr_expect_eq(pfh_record_new(NULL, PFH_RECORD_EVENT, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    pfh_record_free(NULL);
}

/* ---- What is set is read back ------------------------------------------------------------- */

Test(record, a_text_is_read_back_as_documents_write_it)
{
    static const struct {
        int kind;
        const char *path, *given, *read;
    } row[] = {
        {HEAD, "id", "p1", "p1"},
        {HEAD, "edition", "hdir-2021-draft", "hdir-2021-draft"},
        {HEAD, "previous", "p0", "p0"},
        {HEAD, "patient/id", "4711", "4711"},
        {HEAD, "patient/identifiers/0/type", "fnr", "fnr"},
        {HEAD, "patient/identifiers/0/value", "13097248022", "13097248022"},
        {HEAD, "patient/identifiers/0/assigner", "", ""},
        {HEAD, "patient/name/given", "K\xC3\xA5re \xF0\x9F\x98\x80",
         "K\xC3\xA5re \xF0\x9F\x98\x80"},
        {HEAD, "patient/name/family", "a\tb\nc\rd\"e\\", "a\tb\nc\rd\"e\\"},
        {HEAD, "patient/municipality", "0301", "0301"},
        {HEAD, "patient/district", "030101", "030101"},
        {HEAD, "patient/language", "nn", "nn"},
        {HEAD, "diagnosis/code", "C509", "C50.9"},
        {HEAD, "diagnosis/code", "C50.", "C50"},
        {HEAD, "diagnosis/kind", "relapse", "relapse"},
        {EVENT, "type", "scheduled", "scheduled"},
        {EVENT, "recorded", "2026-02-03T11:12:00.500+01:00", "2026-02-03T10:12:00.5Z"},
        {EVENT, "author/hpr", "9999999", "9999999"},
        {EVENT, "author/role", "gp", "gp"},
        {EVENT, "performer/unit", "u:1", "u:1"},
        {EVENT, "start", "2026-05-04T10:00", "2026-05-04T10:00"},
        {EVENT, "start", "2026-05-04", "2026-05-04"},
        {EVENT, "code", "WMFG10", "WMFG10"},
        {EVENT, "assessment/topics/0/topic", "x_pets", "x_pets"},
        {EVENT, "assessment/topics/0/responsible/level", "municipality", "municipality"},
        {EVENT, "reason", "too_ill", "too_ill"},
        {POLICY, "shift", "none", "none"},
        {POLICY, "extra_codes/0", "ABC12", "ABC12"},
        {POLICY, "extra_topics/0/title", "Kj\xC3\xA6ledyr", "Kj\xC3\xA6ledyr"},
        {POLICY, "assign/0/role", "gp", "gp"},
        {POLICY, "units/0/phone", "+47 00 00 00 00", "+47 00 00 00 00"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_null(pfh_record_text(record, row[i].path), "%s", row[i].path);
        cr_expect_eq(pfh_record_set_text(record, row[i].path, row[i].given, NULL), PFH_OK, "%s",
                     row[i].path);
        cr_assert_not_null(pfh_record_text(record, row[i].path), "%s", row[i].path);
        cr_expect_str_eq(pfh_record_text(record, row[i].path), row[i].read, "%s", row[i].path);
        pfh_record_free(record);
    }
}

Test(record, a_number_is_read_back)
{
    static const struct {
        int kind;
        const char *path;
        int32_t value;
    } row[] = {
        {EVENT, "point", 5},           {EVENT, "minutes", 1440},
        {EVENT, "withheld", 1},        {EVENT, "assessment/distress", 0},
        {POLICY, "no_answer_days", 0}, {POLICY, "assign/0/point", 1},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_eq(pfh_record_number(record, row[i].path), PFH_NONE, "%s", row[i].path);
        cr_expect_eq(pfh_record_set_number(record, row[i].path, row[i].value, NULL), PFH_OK);
        cr_expect_eq(pfh_record_number(record, row[i].path), row[i].value, "%s", row[i].path);
        cr_expect_null(pfh_record_text(record, row[i].path));
        cr_expect_eq(pfh_record_flag(record, row[i].path), PFH_NONE);
        cr_expect_eq(pfh_record_date(record, row[i].path), PFH_NONE);
        pfh_record_free(record);
    }
}

Test(record, a_flag_is_read_back)
{
    static const struct {
        int kind;
        const char *path;
    } row[] = {
        {HEAD, "patient/has_municipal_services"},
        {HEAD, "diagnosis/cancer"},
        {HEAD, "diagnosis/in_cancer_pathway"},
        {EVENT, "private"},
        {EVENT, "assessment/topics/0/private"},
        {POLICY, "municipality_messages"},
        {POLICY, "assign/0/child"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_eq(pfh_record_flag(record, row[i].path), PFH_NONE, "%s", row[i].path);
        for (int32_t value = 0; value <= 1; value++) {
            cr_expect_eq(pfh_record_set_flag(record, row[i].path, value, NULL), PFH_OK);
            cr_expect_eq(pfh_record_flag(record, row[i].path), value, "%s", row[i].path);
        }
        cr_expect_eq(pfh_record_number(record, row[i].path), PFH_NONE);
        pfh_record_free(record);
    }
}

Test(record, a_date_is_read_back_whether_it_came_as_a_date_or_a_text)
{
    static const struct {
        int kind;
        const char *path;
    } row[] = {
        {HEAD, "patient/birth_date"},
        {HEAD, "diagnosis/date"},
        {HEAD, "diagnosis/informed"},
        {EVENT, "date"},
        {EVENT, "until"},
        {POLICY, "start_date"},
    };
    const pfh_date date = day("2026-05-04");

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_eq(pfh_record_date(record, row[i].path), PFH_NONE, "%s", row[i].path);
        cr_expect_eq(pfh_record_set_date(record, row[i].path, date, NULL), PFH_OK);
        cr_expect_eq(pfh_record_date(record, row[i].path), date, "%s", row[i].path);
        cr_expect_eq(pfh_record_set_text(record, row[i].path, "2026-05-05", NULL), PFH_OK);
        cr_expect_eq(pfh_record_date(record, row[i].path), date + 1, "%s", row[i].path);
        cr_expect_null(pfh_record_text(record, row[i].path), "a date has a call of its own");
        cr_expect_eq(pfh_record_number(record, row[i].path), PFH_NONE);
        pfh_record_free(record);
    }
}

Test(record, an_appointment_has_a_text_and_a_date)
{
    pfh_record *event = new_record(EVENT);

    cr_expect_eq(pfh_record_date(event, "start"), PFH_NONE);
    pfh_record_set_text(event, "start", "2026-05-04T23:59", NULL);
    cr_expect_eq(pfh_record_date(event, "start"), day("2026-05-04"));
    cr_expect_str_eq(pfh_record_text(event, "start"), "2026-05-04T23:59");
    cr_expect_eq(pfh_record_set_date(event, "start", day("2026-05-05"), NULL), PFH_OK);
    cr_expect_str_eq(pfh_record_text(event, "start"), "2026-05-05", "the whole day");
    pfh_record_free(event);
}

Test(record, a_word_is_also_its_number_in_its_list)
{
    pfh_record *event = new_event("e1", "performed");

    pfh_record_set_text(event, "performer/role", "cancer_nurse", NULL);
    cr_expect_eq(pfh_record_number(event, "type"), (int32_t)PFH_EVENT_PERFORMED);
    cr_expect_eq(pfh_record_number(event, "performer/role"), (int32_t)PFH_ROLE_CANCER_NURSE);
    cr_expect_eq(pfh_record_number(event, "level"), PFH_NONE, "0 is not the answer for absent");
    pfh_record_free(event);
}

/* ---- What is absent, or no such thing ----------------------------------------------------- */

Test(record, a_path_that_no_document_has_reads_as_nothing)
{
    static const struct {
        int kind;
        const char *path;
    } row[] = {
        {HEAD, ""},
        {HEAD, "/"},
        {HEAD, "ID"},
        {HEAD, "id/x"},
        {HEAD, "patient/"},
        {HEAD, "patient/identifiers/x/type"},
        {HEAD, "format"},
        {HEAD, "events"},
        {HEAD, "patient/identifiers/0/type/a"},
        {HEAD, "/id"},
        {HEAD, "id/"},
        {HEAD, "patient/identifiers/"},
        {HEAD, "x_mine"},
        {HEAD, "patient/x_a"},
        {HEAD, "patient/identifiers/-1/type"},
        {POLICY, "format"},
        {POLICY, "extra_codes/a"},
        {POLICY, "extra_codes/0/a"},
        {POLICY, "extra_codes/12345678"},
        {POLICY, "a/b/c/d/e/f/g/h/i/j"},
        {EVENT, "performer/hpr"},
        {EVENT, "assessment/topics/0/x/y"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_null(pfh_record_text(record, row[i].path), "%s", row[i].path);
        cr_expect_eq(pfh_record_number(record, row[i].path), PFH_NONE, "%s", row[i].path);
        cr_expect_eq(pfh_record_flag(record, row[i].path), PFH_NONE, "%s", row[i].path);
        cr_expect_eq(pfh_record_date(record, row[i].path), PFH_NONE, "%s", row[i].path);
        cr_expect_eq(pfh_record_count(record, row[i].path), 0, "%s", row[i].path);
        pfh_record_free(record);
    }
}

Test(record, what_lies_in_an_absent_object_or_beyond_a_list_reads_as_nothing)
{
    pfh_record *event = new_record(EVENT), *policy = new_record(POLICY);

    cr_expect_null(pfh_record_text(event, "performer/role"));
    cr_expect_null(pfh_record_text(event, "assessment/topics/0/responsible/unit"));
    cr_expect_eq(pfh_record_count(event, "assessment/topics"), 0);
    pfh_record_set_text(event, "assessment/topics/0/note", "a", NULL);
    cr_expect_null(pfh_record_text(event, "assessment/topics/1/note"));
    cr_expect_null(pfh_record_text(event, "assessment/topics/0"));
    cr_expect_null(pfh_record_text(event, "assessment/topics"));
    cr_expect_null(pfh_record_text(event, "assessment"));
    cr_expect_eq(pfh_record_count(event, "assessment"), 0);
    cr_expect_eq(pfh_record_count(event, "assessment/topics/0"), 0);
    cr_expect_eq(pfh_record_number(event, "assessment/topics/0"), PFH_NONE);
    pfh_record_set_text(policy, "extra_codes/0", "A", NULL);
    cr_expect_null(pfh_record_text(policy, "extra_codes/1"));
    cr_expect_null(pfh_record_text(policy, "extra_codes"));
    pfh_record_free(event);
    pfh_record_free(policy);
}

Test(record, setting_a_path_that_no_document_has_is_refused_where_it_goes_wrong)
{
    static const struct {
        int kind;
        const char *path, *where;
    } row[] = {
        {HEAD, "ID", "/ID"},
        {HEAD, "format", "/format"},
        {HEAD, "events", "/events"},
        {HEAD, "patient/shoe", "/patient/shoe"},
        {HEAD, "patient/shoe/size", "/patient/shoe"},
        {HEAD, "id/x", "/id"},
        {HEAD, "patient/identifiers/x/type", "/patient/identifiers"},
        {HEAD, "patient/identifiers/0", "/patient/identifiers/0"},
        {HEAD, "patient/identifiers/0/kind", "/patient/identifiers/0/kind"},
        {EVENT, "performer/hpr", "/performer/hpr"},
        {EVENT, "assessment/topics/0/responsible/name", "/assessment/topics/0/responsible/name"},
        {POLICY, "extra_codes/1e0", "/extra_codes"},
        {POLICY, "extra_codes/0/a", "/extra_codes/0"},
        {POLICY, "x_mine", "/x_mine"},
        {HEAD, "12345678901", ""},
    };
    pfh_error error;

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_eq(pfh_record_set_text(record, row[i].path, "a", &error), PFH_E_KEY, "%s",
                     row[i].path);
        cr_expect_str_eq(error.where, row[i].where, "%s", row[i].path);
        cr_expect_eq(pfh_record_set_text(record, row[i].path, NULL, &error),
                     strcmp(row[i].path, "patient/identifiers/0") == 0 ? PFH_OK : PFH_E_KEY,
                     "%s cannot be taken away either", row[i].path);
        pfh_record_free(record);
    }
}

Test(record, an_unknown_key_is_answered_with_the_one_that_was_probably_meant)
{
    static const struct {
        int kind;
        const char *path, *meant;
    } row[] = {
        {HEAD, "diagnose", "diagnosis"},
        {HEAD, "disease", NULL},
        {HEAD, "diagnosi", "diagnosis"},
        {HEAD, "edtion", "edition"},
        {HEAD, "editoin", "edition"},
        {HEAD, "patient/birthdate", "birth_date"},
        {HEAD, "diagnosis/infromed", "informed"},
        {HEAD, "patient/fnr", NULL},
        {EVENT, "dat", "date"},
        {EVENT, "typ", "type"},
        {EVENT, "tpye", "type"},
        {EVENT, "if", "id"},
        {EVENT, "on", "of"},
        {EVENT, "qq", NULL},
        {EVENT, "", NULL},
        {EVENT, "performer/unity", "unit"},
        {POLICY, "no_answer_day", "no_answer_days"},
        {POLICY, "extracodes", "extra_codes"},
        {POLICY, "weather", NULL},
    };
    pfh_error error;
    char sentence[80];

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        if (row[i].meant != NULL)
            snprintf(sentence, sizeof sentence, "unknown key; %s was perhaps meant", row[i].meant);
        else
            strcpy(sentence,
                   "unknown key; keys of your own are x_ and at least one more character");
        cr_expect_eq(pfh_record_set_text(record, row[i].path, "a", &error), PFH_E_KEY);
        cr_expect_str_eq(error.text, sentence, "%s", row[i].path);
        pfh_record_free(record);
    }
}

/* ---- Wrong types -------------------------------------------------------------------------- */

static pfh_status set_as(pfh_record *record, const char *path, char type, pfh_error *error)
{
    switch (type) {
    case 't':
        return pfh_record_set_text(record, path, "1", error);
    case 'n':
        return pfh_record_set_number(record, path, 1, error);
    case 'f':
        return pfh_record_set_flag(record, path, 1, error);
    default:
        return pfh_record_set_date(record, path, 1, error);
    }
}

Test(record, a_key_takes_only_what_it_is_for)
{
    static const struct {
        int kind;
        const char *path, *refused; /* text, number, flag, date */
        const char *sentence;
    } row[] = {
        {HEAD, "id", "nfd", "must be a text"},
        {HEAD, "edition", "nfd", "must be a text"},
        {HEAD, "patient/municipality", "nfd", "must be a text"},
        {HEAD, "patient/language", "fd", "must be a text"},
        {HEAD, "patient/birth_date", "nf", "must be a text"},
        {HEAD, "diagnosis/cancer", "tnd", "must be true or false"},
        {HEAD, "patient", "tnfd", "must be an object"},
        {HEAD, "patient/identifiers", "tnfd", "must be a list"},
        {EVENT, "recorded", "nfd", "must be a text"},
        {EVENT, "start", "nf", "must be a text"},
        {EVENT, "point", "tfd", "must be a whole number, written without point or exponent"},
        {EVENT, "code", "nfd", "must be a text"},
        {EVENT, "assessment/topics/0/topic", "nfd", "must be a text"},
        {POLICY, "extra_codes", "tnfd", "must be a list"},
        {POLICY, "extra_codes/0", "nfd", "must be a text"},
        {POLICY, "extra_topics/0/code", "nfd", "must be a text"},
    };
    pfh_error error;

    for (size_t i = 0; i < COUNT(row); i++) {
        for (const char *type = row[i].refused; *type != '\0'; type++) {
            pfh_record *record = new_record(row[i].kind);

            cr_expect_eq(set_as(record, row[i].path, *type, &error), PFH_E_TYPE, "%s as %c",
                         row[i].path, *type);
            cr_expect_str_eq(error.text, row[i].sentence, "%s as %c", row[i].path, *type);
            cr_expect_eq(error.where[0], '/');
            cr_expect_str_eq(error.where + 1, row[i].path);
            pfh_record_free(record);
        }
    }
}

/* ---- Lists -------------------------------------------------------------------------------- */

Test(record, a_list_grows_by_its_next_index)
{
    pfh_record *event = new_record(EVENT), *policy = new_record(POLICY);
    char path[64], text[16];

    for (int i = 0; i < 100; i++) {
        snprintf(path, sizeof path, "assessment/topics/%d/topic", i);
        snprintf(text, sizeof text, "x_%d", i);
        cr_assert_eq(pfh_record_set_text(event, path, text, NULL), PFH_OK);
        snprintf(path, sizeof path, "assessment/topics/%d/responsible/role", i);
        cr_assert_eq(pfh_record_set_text(event, path, "gp", NULL), PFH_OK);
        cr_assert_eq(pfh_record_count(event, "assessment/topics"), (size_t)i + 1);
        snprintf(path, sizeof path, "extra_codes/%d", i);
        cr_assert_eq(pfh_record_set_text(policy, path, text, NULL), PFH_OK);
        cr_assert_eq(pfh_record_count(policy, "extra_codes"), (size_t)i + 1);
    }
    for (int i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "x_%d", i);
        snprintf(path, sizeof path, "assessment/topics/%d/topic", i);
        cr_expect_str_eq(pfh_record_text(event, path), text);
        snprintf(path, sizeof path, "extra_codes/%d", i);
        cr_expect_str_eq(pfh_record_text(policy, path), text);
    }
    pfh_record_free(event);
    pfh_record_free(policy);
}

Test(record, a_member_of_a_list_can_be_set_again)
{
    pfh_record *policy = new_record(POLICY);

    for (int i = 0; i < 5; i++) { /* more than fit at first */
        char path[32];
        snprintf(path, sizeof path, "extra_codes/%d", i);
        pfh_record_set_text(policy, path, "OLD", NULL);
    }
    pfh_record_set_text(policy, "extra_codes/0", "NEW", NULL);
    pfh_record_set_text(policy, "units/0/unit", "u1", NULL);
    pfh_record_set_text(policy, "units/0/unit", "u2", NULL);
    cr_expect_eq(pfh_record_count(policy, "extra_codes"), 5);
    cr_expect_str_eq(pfh_record_text(policy, "extra_codes/0"), "NEW");
    cr_expect_str_eq(pfh_record_text(policy, "extra_codes/1"), "OLD");
    cr_expect_str_eq(pfh_record_text(policy, "extra_codes/4"), "OLD");
    cr_expect_eq(pfh_record_count(policy, "units"), 1);
    cr_expect_str_eq(pfh_record_text(policy, "units/0/unit"), "u2");
    cr_expect_eq(pfh_record_set_text(policy, "extra_codes/0", "\x01", NULL), PFH_E_VALUE);
    cr_expect_str_eq(pfh_record_text(policy, "extra_codes/0"), "NEW");
    cr_expect_eq(pfh_record_count(policy, "extra_codes"), 5);
    pfh_record_free(policy);
}

Test(record, a_list_gets_no_gaps)
{
    static const struct {
        int kind;
        const char *path, *list;
    } row[] = {
        {HEAD, "patient/identifiers/1/assigner", "patient/identifiers"},
        {EVENT, "assessment/topics/9999999/note", "assessment/topics"},
        {POLICY, "extra_codes/1", "extra_codes"},
        {POLICY, "units/2/name", "units"},
    };
    pfh_error error;

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_eq(pfh_record_set_text(record, row[i].path, "a", &error), PFH_E_VALUE, "%s",
                     row[i].path);
        cr_expect_str_eq(error.where + 1, row[i].path);
        cr_expect_eq(pfh_record_count(record, row[i].list), 0);
        pfh_record_free(record);
    }
}

/* ---- Taking away -------------------------------------------------------------------------- */

static const char *json_of(pfh_record *head, char *text, size_t size)
{
    pfh_pathway *pathway = NULL;
    char *json = NULL;

    cr_assert_eq(pfh_pathway_build(&pathway, head, NULL), PFH_OK);
    cr_assert_eq(pfh_pathway_to_json(&json, pathway, NULL), PFH_OK);
    snprintf(text, size, "%s", json);
    pfh_string_free(json);
    pfh_pathway_free(pathway);
    return text;
}

Test(record, what_is_taken_away_is_gone_as_if_it_had_never_been_set)
{
    pfh_record *head = new_head();
    char before[1024], after[1024];

    json_of(head, before, sizeof before);
    pfh_record_set_text(head, "previous", "p0", NULL);
    pfh_record_set_text(head, "diagnosis/kind", "relapse", NULL);
    pfh_record_set_flag(head, "diagnosis/cancer", 1, NULL);
    pfh_record_set_date(head, "diagnosis/informed", day("2026-02-01"), NULL);
    pfh_record_set_text(head, "patient/name/given", "A", NULL);
    pfh_record_set_text(head, "patient/identifiers/0/assigner", "B", NULL);
    pfh_record_set_text(head, "previous", NULL, NULL);
    pfh_record_set_text(head, "diagnosis/kind", NULL, NULL);
    pfh_record_set_flag(head, "diagnosis/cancer", PFH_NONE, NULL);
    pfh_record_set_date(head, "diagnosis/informed", PFH_NONE, NULL);
    cr_expect_eq(pfh_record_count(head, "patient/identifiers"), 1);
    pfh_record_set_text(head, "patient/identifiers", NULL, NULL);
    cr_expect_eq(pfh_record_count(head, "patient/identifiers"), 0);
    pfh_record_set_text(head, "patient", NULL, NULL);
    cr_expect_null(pfh_record_text(head, "patient/name/given"));
    cr_expect_str_eq(json_of(head, after, sizeof after), before);
    pfh_record_free(head);
}

Test(record, taking_away_what_is_not_there_is_fine_and_makes_nothing)
{
    pfh_record *head = new_head();
    char before[1024], after[1024];

    json_of(head, before, sizeof before);
    cr_expect_eq(pfh_record_set_text(head, "patient/name/given", NULL, NULL), PFH_OK);
    cr_expect_eq(pfh_record_set_flag(head, "patient/has_municipal_services", PFH_NONE, NULL),
                 PFH_OK);
    cr_expect_eq(pfh_record_set_text(head, "patient/identifiers/3/type", NULL, NULL), PFH_OK);
    cr_expect_str_eq(json_of(head, after, sizeof after), before);
    pfh_record_free(head);
}

Test(record, a_number_is_taken_away_by_the_number_that_is_none)
{
    pfh_record *event = new_record(EVENT);

    pfh_record_set_number(event, "point", 2, NULL);
    cr_expect_eq(pfh_record_set_number(event, "point", PFH_NONE, NULL), PFH_OK);
    cr_expect_eq(pfh_record_number(event, "point"), PFH_NONE);
    pfh_record_set_text(event, "recorded", "2026-02-03T10:12:00Z", NULL);
    cr_expect_eq(pfh_record_set_text(event, "recorded", NULL, NULL), PFH_OK);
    cr_expect_null(pfh_record_text(event, "recorded"));
    pfh_record_set_text(event, "start", "2026-02-03", NULL);
    cr_expect_eq(pfh_record_set_text(event, "start", NULL, NULL), PFH_OK);
    cr_expect_eq(pfh_record_date(event, "start"), PFH_NONE);
    pfh_record_free(event);
}

/* ---- The first error stays ---------------------------------------------------------------- */

Test(record, the_first_error_stays_and_is_given_where_the_record_is_used)
{
    pfh_pathway *pathway = new_pathway();
    pfh_record *event = new_event("e1", "offered");
    pfh_error error;

    cr_expect_eq(pfh_record_set_number(event, "point", 6, NULL), PFH_E_VALUE);
    cr_expect_eq(pfh_record_set_text(event, "channel", "pigeon", NULL), PFH_E_VALUE);
    cr_expect_eq(pfh_record_set_number(event, "point", 2, NULL), PFH_OK);
    cr_expect_eq(pfh_pathway_append(pathway, event, &error), PFH_E_VALUE);
    cr_expect_eq(error.status, PFH_E_VALUE);
    cr_expect_str_eq(error.where, "/point");
    cr_expect_eq(pfh_pathway_append(pathway, event, NULL), PFH_E_VALUE);
    cr_expect_eq(pfh_pathway_event_count(pathway), 0);
    pfh_record_free(event);
    pfh_pathway_free(pathway);
}

Test(record, the_first_error_of_a_head_and_of_a_policy_stays_too)
{
    pfh_record *head = new_head(), *policy = new_record(POLICY);
    pfh_pathway *pathway = (pfh_pathway *)1;
    pfh_policy *built = (pfh_policy *)1;
    pfh_error error;

    pfh_record_set_text(head, "patient/municipality", "40032", NULL);
    cr_expect_eq(pfh_pathway_build(&pathway, head, &error), PFH_E_VALUE);
    cr_expect_str_eq(error.where, "/patient/municipality");
    cr_expect_eq(pathway, (pfh_pathway *)1, "the output was touched");
    pfh_record_set_json(policy, "mine", "1", NULL);
    cr_expect_eq(pfh_policy_build(&built, policy, &error), PFH_E_KEY);
    cr_expect_eq(built, (pfh_policy *)1, "the output was touched");
    pfh_record_free(head);
    pfh_record_free(policy);
}

Test(record, a_record_is_as_it_was_when_a_setter_fails)
{
    pfh_record *event = new_event("e1", "deferred");
    pfh_error error;

    pfh_record_set_text(event, "until", "2026-03-01", NULL);
    pfh_record_set_number(event, "point", 2, NULL);
    cr_expect_eq(pfh_record_set_text(event, "id", "a b", &error), PFH_E_VALUE);
    cr_expect_eq(pfh_record_set_text(event, "type", "offer", &error), PFH_E_VALUE);
    cr_expect_eq(pfh_record_set_text(event, "until", "2026-02-30", &error), PFH_E_DATE);
    cr_expect_eq(pfh_record_set_date(event, "until", pfh_date_max() + 1, &error), PFH_E_DATE);
    cr_expect_eq(pfh_record_set_date(event, "until", pfh_date_min() - 1, &error), PFH_E_DATE);
    cr_expect_eq(pfh_record_set_number(event, "point", 0, &error), PFH_E_VALUE);
    cr_expect_str_eq(pfh_record_text(event, "id"), "e1");
    cr_expect_str_eq(pfh_record_text(event, "type"), "deferred");
    cr_expect_eq(pfh_record_date(event, "until"), day("2026-03-01"));
    cr_expect_eq(pfh_record_number(event, "point"), 2);
    pfh_record_free(event);
}

Test(record, success_leaves_the_error_alone)
{
    pfh_record *event = new_record(EVENT);
    pfh_error error, before;

    memset(&error, 0xAA, sizeof error);
    before = error;
    cr_expect_eq(pfh_record_set_text(event, "id", "e1", &error), PFH_OK);
    cr_expect_eq(pfh_record_set_json(event, "x_a", "1", &error), PFH_OK);
    cr_expect_eq(pfh_record_set_text(event, "note", NULL, &error), PFH_OK);
    cr_expect_arr_eq(&error, &before, sizeof error);
    pfh_record_free(event);
}

Test(record, one_of_another_kind_is_refused_where_it_is_used)
{
    pfh_record *head = new_head(), *event = new_event("e1", "reopened");
    pfh_record *policy = new_record(POLICY);
    pfh_pathway *pathway = new_pathway(), *built = (pfh_pathway *)1;
    pfh_policy *built_policy = (pfh_policy *)1;
    pfh_error error;

    cr_expect_eq(pfh_pathway_append(pathway, head, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "event");
    cr_expect_eq(pfh_pathway_append(pathway, policy, NULL), PFH_E_ARG);
    cr_expect_eq(pfh_pathway_build(&built, event, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "head");
    cr_expect_eq(pfh_policy_build(&built_policy, head, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "record");
    pfh_record_free(head);
    pfh_record_free(event);
    pfh_record_free(policy);
    pfh_pathway_free(pathway);
}

/* ---- Borrowed records --------------------------------------------------------------------- */

Test(record, a_borrowed_one_is_read_but_not_written)
{
    pfh_pathway *pathway = new_pathway();
    pfh_record *borrowed = (pfh_record *)(uintptr_t)pfh_pathway_head(pathway);
    pfh_error error;

    cr_expect_str_eq(pfh_record_text(borrowed, "diagnosis/code"), "C50.9");
    cr_expect_eq(pfh_record_set_text(borrowed, "id", "p2", &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "record");
    cr_expect_eq(pfh_record_set_text(borrowed, "previous", NULL, NULL), PFH_E_ARG);
    cr_expect_eq(pfh_record_set_json(borrowed, "x_a", "1", &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "record");
    pfh_record_free(borrowed);
    cr_expect_str_eq(pfh_record_text(borrowed, "id"), "p1", "freeing it did nothing");
    pfh_pathway_free(pathway);
}

Test(record, a_borrowed_one_can_be_given_to_another_pathway)
{
    pfh_pathway *one = new_pathway(), *other = NULL;
    pfh_record *event = new_event("e1", "performed");
    char *text = NULL;

    pfh_record_set_number(event, "point", 1, NULL);
    pfh_record_set_text(event, "performer/role", "nurse", NULL);
    pfh_record_set_text(event, "assessment/topics/0/topic", "nutrition", NULL);
    pfh_record_set_text(event, "assessment/topics/0/need", "follow_up", NULL);
    pfh_record_set_json(event, "performer/x_a", "[1]", NULL);
    cr_assert_eq(pfh_pathway_append(one, event, NULL), PFH_OK);
    pfh_record_free(event);
    cr_assert_eq(pfh_pathway_build(&other, pfh_pathway_head(one), NULL), PFH_OK);
    cr_assert_eq(pfh_pathway_append(other, pfh_pathway_event(one, 0), NULL), PFH_OK);
    pfh_pathway_free(one);
    cr_assert_eq(pfh_pathway_to_json(&text, other, NULL), PFH_OK);
    cr_expect_str_eq(
        text,
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
        "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[{\"id\":\"e1\","
        "\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"performer\":{\"role\":"
        "\"nurse\",\"x_a\":[1]},\"assessment\":{\"topics\":[{\"topic\":\"nutrition\",\"need\":"
        "\"follow_up\"}]}}]}");
    pfh_string_free(text);
    pfh_pathway_free(other);
}

Test(record, what_was_copied_is_not_changed_with_the_record)
{
    pfh_record *head = new_head();
    pfh_pathway *pathway = NULL;

    pfh_record_set_json(head, "x_a", "1", NULL);
    cr_assert_eq(pfh_pathway_build(&pathway, head, NULL), PFH_OK);
    pfh_record_set_text(head, "diagnosis/code", "C18", NULL);
    pfh_record_set_json(head, "x_a", "2", NULL);
    pfh_record_free(head);
    cr_expect_str_eq(pfh_record_text(pfh_pathway_head(pathway), "diagnosis/code"), "C50.9");
    cr_expect_str_eq(pfh_record_text(pfh_pathway_head(pathway), "x_a"), "1");
    pfh_pathway_free(pathway);
}

/* ---- Keys of the vendor's own ------------------------------------------------------------- */

Test(record, a_key_of_the_vendors_own_keeps_its_value_as_compact_json)
{
    static const struct {
        int kind;
        const char *path, *given, *read;
    } row[] = {
        {HEAD, "x_a", "1.50", "1.50"},
        {HEAD, "x_a", "1e999", "1e999"},
        {HEAD, "x_a", "-0", "-0"},
        {HEAD, "x_a", "123456789012345678901234567890", "123456789012345678901234567890"},
        {HEAD, "x_a", " null ", "null"},
        {HEAD, "patient/x_a", " { \"b\" : [ 1 , true ] } ", "{\"b\":[1,true]}"},
        {HEAD, "patient/name/x_a", "\"\\u00e5\\/\"", "\"\xC3\xA5/\""},
        {HEAD, "patient/identifiers/0/x_a", "\"\\\"\"", "\"\\\"\""},
        {HEAD, "diagnosis/x_a", "{\"x_b\":{\"x_c\":\"d\"}}", "{\"x_b\":{\"x_c\":\"d\"}}"},
        {EVENT, "x_12345678901", "[]", "[]"},
        {EVENT, "author/x_a", "{}", "{}"},
        {EVENT, "assessment/instrument/x_a", "false", "false"},
        {EVENT, "assessment/topics/0/responsible/x_a", "\"a\"", "\"a\""},
        {POLICY, "x_a", "[[[1]]]", "[[[1]]]"},
        {POLICY, "units/0/x_a", "0", "0"},
        {HEAD, "x_b~1c~0d", "1", "1"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_null(pfh_record_text(record, row[i].path));
        cr_expect_eq(pfh_record_set_json(record, row[i].path, row[i].given, NULL), PFH_OK, "%s",
                     row[i].path);
        cr_assert_not_null(pfh_record_text(record, row[i].path), "%s", row[i].path);
        cr_expect_str_eq(pfh_record_text(record, row[i].path), row[i].read);
        cr_expect_eq(pfh_record_number(record, row[i].path), PFH_NONE);
        pfh_record_free(record);
    }
}

Test(record, a_key_of_the_vendors_own_may_hold_what_stands_between_keys)
{
    pfh_record *head = new_record(HEAD);
    pfh_pathway *pathway = NULL;
    char *json = NULL;

    pfh_record_set_text(head, "id", "p", NULL);
    pfh_record_set_text(head, "edition", "hdir-2022", NULL);
    pfh_record_set_text(head, "diagnosis/code", "C50", NULL);
    pfh_record_set_text(head, "diagnosis/date", "2026-01-31", NULL);
    pfh_record_set_json(head, "diagnosis/x_a~1b~0c", "1", NULL);
    cr_assert_eq(pfh_pathway_build(&pathway, head, NULL), PFH_OK);
    cr_assert_eq(pfh_pathway_to_json(&json, pathway, NULL), PFH_OK);
    cr_expect_not_null(strstr(json, "\"x_a/b~c\":1"), "%s", json);
    pfh_string_free(json);
    pfh_pathway_free(pathway);
    pfh_record_free(head);
}

Test(record, a_key_of_the_vendors_own_is_text_that_a_document_may_hold)
{
    static const char *const path[] = {"x_\xff", "x_\x01", "diagnosis/x_\x7f", "x_\xc2\x80"};

    for (size_t i = 0; i < COUNT(path); i++) {
        pfh_record *head = new_record(HEAD);

        cr_expect_eq(pfh_record_set_json(head, path[i], "1", NULL), PFH_E_VALUE, "%zu", i);
        cr_expect_null(pfh_record_text(head, path[i]));
        pfh_record_free(head);
    }
}

Test(record, keys_of_the_vendors_own_are_sorted_and_the_last_value_stays)
{
    pfh_record *head = new_head();
    char text[1024];

    pfh_record_set_json(head, "x_b", "1", NULL);
    pfh_record_set_json(head, "x_a", "2", NULL);
    pfh_record_set_json(head, "x_c", "3", NULL);
    pfh_record_set_json(head, "x_b", "4", NULL);
    pfh_record_set_json(head, "x_B", "5", NULL);
    cr_expect_str_eq(json_of(head, text, sizeof text),
                     "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","
                     "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},"
                     "\"x_B\":5,\"x_a\":2,\"x_b\":4,\"x_c\":3}");
    cr_expect_str_eq(pfh_record_text(head, "x_c"), "3");
    cr_expect_null(pfh_record_text(head, "x_d"));
    cr_expect_null(pfh_record_text(head, "x_c/x_c"));
    pfh_record_free(head);
}

Test(record, a_key_of_the_vendors_own_stands_where_an_object_is_and_begins_with_x)
{
    static const struct {
        int kind;
        const char *path;
        pfh_status status;
    } row[] = {
        {HEAD, "id", PFH_E_KEY},
        {HEAD, "x_", PFH_E_KEY},
        {HEAD, "X_a", PFH_E_KEY},
        {HEAD, "xa", PFH_E_KEY},
        {HEAD, "", PFH_E_KEY},
        {HEAD, "patient/", PFH_E_KEY},
        {HEAD, "patient/shoe/x_a", PFH_E_KEY},
        {HEAD, "id/x_a", PFH_E_KEY},
        {HEAD, "x_a/x_b", PFH_E_KEY},
        {HEAD, "patient/identifiers/x_a", PFH_E_KEY},
        {HEAD, "patient/identifiers/1/x_a", PFH_E_VALUE},
        {POLICY, "extra_codes/0/x_a", PFH_E_KEY},
        {HEAD, "x_\xFF", PFH_E_VALUE}, /* nothing that the library would not read again */
        {HEAD, "x_\x01", PFH_E_VALUE},
        {EVENT, "performer/x_a\xC2\x80", PFH_E_VALUE},
    };
    pfh_error error;

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_eq(pfh_record_set_json(record, row[i].path, "1", &error), row[i].status, "%s",
                     row[i].path);
        cr_expect_eq(error.status, row[i].status);
        cr_expect_null(pfh_record_text(record, row[i].path), "%s", row[i].path);
        pfh_record_free(record);
    }
}

Test(record, a_value_of_the_vendors_own_is_strict_json)
{
    static const struct {
        const char *json;
        pfh_status status;
    } row[] = {
        {"", PFH_E_SYNTAX},
        {"01", PFH_E_SYNTAX},
        {"{a:1}", PFH_E_SYNTAX},
        {"1 2", PFH_E_SYNTAX},
        {"'a'", PFH_E_SYNTAX},
        {"\"\xFF\"", PFH_E_SYNTAX},
        {"nul", PFH_E_SYNTAX},
        {"[1,]", PFH_E_SYNTAX},
        {"{\"a\":1,\"a\":2}", PFH_E_KEY},
        {"[1", PFH_E_SYNTAX},
        {"+1", PFH_E_SYNTAX},
        {"\"\\u0001\"", PFH_E_VALUE},
        {"{\"\\b\":1}", PFH_E_VALUE},
        {"\"\\ud800\"", PFH_E_VALUE},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *event = new_record(EVENT);

        cr_expect_eq(pfh_record_set_json(event, "x_a", row[i].json, NULL), row[i].status, "%s",
                     row[i].json);
        cr_expect_null(pfh_record_text(event, "x_a"));
        pfh_record_free(event);
    }
}

/* So many lists, one inside the other. */
static const char *nested(char *text, size_t depth)
{
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    text[2 * depth] = '\0';
    return text;
}

Test(record, a_value_of_the_vendors_own_is_no_deeper_than_its_document_may_be)
{
    static const struct {
        int kind;
        const char *path;
        size_t most; /* 32 less the objects and lists around it */
    } row[] = {
        {HEAD, "x_a", 31},
        {HEAD, "patient/x_a", 30},
        {HEAD, "patient/identifiers/0/x_a", 28},
        {EVENT, "x_a", 29}, /* in an event in a list in the document */
        {EVENT, "performer/x_a", 28},
        {EVENT, "assessment/topics/0/x_a", 26},
        {EVENT, "assessment/topics/0/responsible/x_a", 25},
        {POLICY, "x_a", 31},
        {POLICY, "units/0/x_a", 29},
    };
    char text[80];

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *record = new_record(row[i].kind);

        cr_expect_eq(pfh_record_set_json(record, row[i].path, nested(text, row[i].most), NULL),
                     PFH_OK, "%s", row[i].path);
        cr_expect_eq(pfh_record_set_json(record, row[i].path, nested(text, row[i].most + 1), NULL),
                     PFH_E_SYNTAX, "%s", row[i].path);
        pfh_record_free(record);
    }
}

Test(record, the_deepest_value_of_the_vendors_own_can_be_read_again)
{
    pfh_pathway *pathway = new_pathway(), *again = NULL;
    pfh_record *event = new_event("e1", "performed");
    char text[80], *json = NULL;

    pfh_record_set_number(event, "point", 1, NULL);
    pfh_record_set_text(event, "assessment/topics/0/topic", "nutrition", NULL);
    pfh_record_set_text(event, "assessment/topics/0/need", "none", NULL);
    pfh_record_set_text(event, "assessment/topics/0/responsible/role", "gp", NULL);
    pfh_record_set_json(event, "assessment/topics/0/responsible/x_a", nested(text, 25), NULL);
    cr_assert_eq(pfh_pathway_append(pathway, event, NULL), PFH_OK);
    cr_assert_eq(pfh_pathway_to_json(&json, pathway, NULL), PFH_OK);
    cr_expect_eq(pfh_pathway_parse(&again, json, strlen(json), NULL), PFH_OK);
    pfh_string_free(json);
    pfh_record_free(event);
    pfh_pathway_free(pathway);
    pfh_pathway_free(again);
}

/* ---- What calls may write in another way -------------------------------------------------- */

Test(record, a_word_may_be_given_by_its_value)
{
    pfh_record *event = new_record(EVENT);

    cr_expect_eq(pfh_record_set_number(event, "type", PFH_EVENT_OFFERED, NULL), PFH_OK);
    cr_expect_str_eq(pfh_record_text(event, "type"), "offered");
    cr_expect_eq(pfh_record_number(event, "type"), PFH_EVENT_OFFERED);
    cr_expect_eq(pfh_record_set_number(event, "channel", 99, NULL), PFH_E_TYPE);
    pfh_record_free(event);
}

Test(record, a_path_may_begin_as_the_pointers_of_errors_do)
{
    pfh_record *event = new_record(EVENT);

    cr_expect_eq(pfh_record_set_text(event, "/performer/role", "gp", NULL), PFH_OK);
    cr_expect_str_eq(pfh_record_text(event, "performer/role"), "gp");
    cr_expect_eq(pfh_record_set_json(event, "/performer/x_a", "1", NULL), PFH_OK);
    cr_expect_str_eq(pfh_record_text(event, "/performer/x_a"), "1");
    pfh_record_free(event);
}

Test(record, a_member_of_a_list_is_taken_away_and_the_next_ones_move_up)
{
    pfh_record *policy = new_record(POLICY);
    static const char *const codes[] = {"A", "B", "C"};
    char path[16];

    for (size_t i = 0; i < COUNT(codes); i++) {
        snprintf(path, sizeof path, "extra_codes/%zu", i);
        pfh_record_set_text(policy, path, codes[i], NULL);
        snprintf(path, sizeof path, "units/%zu/unit", i);
        pfh_record_set_text(policy, path, codes[i], NULL);
    }
    cr_expect_eq(pfh_record_set_text(policy, "extra_codes/1", NULL, NULL), PFH_OK);
    cr_expect_eq(pfh_record_set_text(policy, "units/0", NULL, NULL), PFH_OK);
    cr_expect_eq(pfh_record_set_text(policy, "units/7", NULL, NULL), PFH_OK);
    cr_expect_eq(pfh_record_count(policy, "extra_codes"), 2);
    cr_expect_str_eq(pfh_record_text(policy, "extra_codes/1"), "C");
    cr_expect_eq(pfh_record_count(policy, "units"), 2);
    cr_expect_str_eq(pfh_record_text(policy, "units/0/unit"), "B");
    cr_expect_str_eq(pfh_record_text(policy, "units/1/unit"), "C");
    pfh_record_free(policy);
}

Test(record, a_key_of_the_vendors_own_is_taken_away)
{
    pfh_record *head = new_record(HEAD);

    pfh_record_set_json(head, "patient/x_a", "1", NULL);
    cr_expect_eq(pfh_record_set_json(head, "patient/x_a", NULL, NULL), PFH_OK);
    cr_expect_null(pfh_record_text(head, "patient/x_a"));
    cr_expect_eq(pfh_record_set_json(head, "diagnosis/x_b", NULL, NULL), PFH_OK);
    cr_expect_null(pfh_record_text(head, "diagnosis/x_b"));
    pfh_record_free(head);
}

Test(record, a_mistake_inside_a_value_of_the_vendors_own_is_told_with_the_way_to_it)
{
    pfh_record *head = new_record(HEAD);
    pfh_error error;

    cr_expect_eq(pfh_record_set_json(head, "diagnosis/x_a", "{\"b\":{\"c\":1,\"c\":2}}", &error),
                 PFH_E_KEY);
    cr_expect_str_eq(error.where, "/diagnosis/x_a/b/c");
    cr_expect_eq(pfh_record_set_text(head, "x_b", "text", &error), PFH_E_KEY);
    cr_expect_str_eq(error.text, "a key of your own is set as JSON, by the call for that");
    cr_expect_eq(pfh_record_set_text(head, "events/0/id", "e", &error), PFH_E_KEY);
    cr_expect_str_eq(error.text, "events are no part of this: they are appended to the pathway");
    pfh_record_free(head);
}

Test(record, a_setter_without_a_path_stays_with_the_record)
{
    pfh_record *head = new_record(HEAD);
    pfh_pathway *pathway = NULL;
    pfh_error error;

    pfh_record_set_text(head, NULL, "a", NULL);
    cr_expect_eq(pfh_pathway_build(&pathway, head, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "path");
    pfh_record_free(head);
}

/* ---- NULL --------------------------------------------------------------------------------- */

static void expect_argument(pfh_status status, const pfh_error *error, const char *where)
{
    cr_expect_eq(status, PFH_E_ARG, "%s", where);
    cr_expect_eq(error->status, PFH_E_ARG);
    cr_expect_str_eq(error->where, where);
}

Test(record, a_setter_without_record_or_path_is_refused)
{
    pfh_record *event = new_record(EVENT);
    pfh_error error;

    expect_argument(pfh_record_set_text(NULL, "id", "a", &error), &error, "record");
    expect_argument(pfh_record_set_text(event, NULL, "a", &error), &error, "path");
    expect_argument(pfh_record_set_number(NULL, "point", 1, &error), &error, "record");
    expect_argument(pfh_record_set_number(event, NULL, 1, &error), &error, "path");
    expect_argument(pfh_record_set_flag(NULL, "private", 1, &error), &error, "record");
    expect_argument(pfh_record_set_flag(event, NULL, 1, &error), &error, "path");
    expect_argument(pfh_record_set_date(NULL, "date", 1, &error), &error, "record");
    expect_argument(pfh_record_set_date(event, NULL, 1, &error), &error, "path");
    expect_argument(pfh_record_set_json(NULL, "x_a", "1", &error), &error, "record");
    expect_argument(pfh_record_set_json(event, NULL, "1", &error), &error, "path");
    cr_expect_eq(pfh_record_set_text(NULL, NULL, NULL, NULL), PFH_E_ARG);
    pfh_record_free(event);
}

Test(record, a_getter_without_record_or_path_reads_nothing)
{
    pfh_record *event = new_record(EVENT);
    const pfh_record *given[] = {NULL, event};
    const char *path[] = {"id", NULL};

    for (size_t i = 0; i < 2; i++) {
        cr_expect_null(pfh_record_text(given[i], path[i]));
        cr_expect_eq(pfh_record_number(given[i], path[i]), PFH_NONE);
        cr_expect_eq(pfh_record_flag(given[i], path[i]), PFH_NONE);
        cr_expect_eq(pfh_record_date(given[i], path[i]), PFH_NONE);
        cr_expect_eq(pfh_record_count(given[i], path[i]), 0);
    }
    pfh_record_free(event);
}

/* ---- JSON --------------------------------------------------------------------------------- */

static pfh_record *record_of(pfh_record_kind kind, const char *json)
{
    pfh_record *record = NULL;
    pfh_error error;

    cr_assert_eq(pfh_record_parse(&record, kind, json, strlen(json), &error), PFH_OK, "%s: %s at %s",
                 json, error.text, error.where);
    return record;
}

static void expect_json(const pfh_record *record, const char *wanted)
{
    char *text = NULL;

    cr_assert_eq(pfh_record_to_json(&text, record, NULL), PFH_OK);
    cr_expect_str_eq(text, wanted);
    pfh_string_free(text);
}

Test(record, json_is_read_and_written_as_it_stands_in_a_document)
{
    static const struct {
        pfh_record_kind kind;
        const char *json, *written;
    } rows[] = {
        {PFH_RECORD_EVENT, "{}", "{}"},
        {PFH_RECORD_EVENT, "{\"point\": 2, \"id\": \"e1\", \"note\": null}", "{\"id\":\"e1\",\"point\":2}"},
        {PFH_RECORD_EVENT, "{\"assessment\": {}, \"performer\": {}}", "{\"performer\":{},\"assessment\":{}}"},
        {PFH_RECORD_EVENT, "{\"assessment\": {\"topics\": []}}", "{\"assessment\":{\"topics\":[]}}"},
        {PFH_RECORD_EVENT, "{\"recorded\": \"2026-02-03T11:12:00+01:00\"}",
         "{\"recorded\":\"2026-02-03T10:12:00Z\"}"},
        {PFH_RECORD_EVENT, "{\"x_b\": [1, null], \"x_a\": {}}", "{\"x_a\":{},\"x_b\":[1,null]}"},
        {PFH_RECORD_PATHWAY, "{\"diagnosis\": {\"code\": \"C509\"}}", "{\"diagnosis\":{\"code\":\"C50.9\"}}"},
        {PFH_RECORD_POLICY, "{\"form_days\": 3, \"units\": []}", "{\"form_days\":3,\"units\":[]}"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        pfh_record *record = record_of(rows[i].kind, rows[i].json);

        expect_json(record, rows[i].written);
        pfh_record_free(record);
    }
}

Test(record, json_that_is_wrong_is_refused_where_it_is)
{
    static const struct {
        pfh_record_kind kind;
        const char *json;
        pfh_status status;
        const char *where;
    } rows[] = {
        {PFH_RECORD_EVENT, "", PFH_E_SYNTAX, ""},
        {PFH_RECORD_EVENT, "[]", PFH_E_TYPE, ""},
        {PFH_RECORD_EVENT, "{\"format\": \"pfh-pathway/1\"}", PFH_E_KEY, "/format"},
        {PFH_RECORD_PATHWAY, "{\"events\": []}", PFH_E_KEY, "/events"},
        {PFH_RECORD_POLICY, "{\"format\": \"pfh-policy/1\"}", PFH_E_KEY, "/format"},
        {PFH_RECORD_EVENT, "{\"assesment\": {}}", PFH_E_KEY, "/assesment"},
        {PFH_RECORD_EVENT, "{\"assessment\": {\"topcs\": []}}", PFH_E_KEY, "/assessment/topcs"},
        {PFH_RECORD_EVENT, "{\"assessment\": {\"topics\": [{}]}}", PFH_E_KEY, "/assessment/topics/0/topic"},
        {PFH_RECORD_EVENT, "{\"assessment\": {\"topics\": [null]}}", PFH_E_TYPE, "/assessment/topics/0"},
        {PFH_RECORD_EVENT, "{\"point\": \"2\"}", PFH_E_TYPE, "/point"},
        {PFH_RECORD_EVENT, "{\"date\": \"2026-02-30\"}", PFH_E_DATE, "/date"},
        {PFH_RECORD_EVENT, "{\"id\": \"13097248022\"}", PFH_E_PRIVACY, "/id"},
        {PFH_RECORD_PATHWAY, "{\"edition\": \"hdir-1999\"}", PFH_E_EDITION, "/edition"},
        {(pfh_record_kind)9, "{}", PFH_E_ARG, "kind"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        pfh_record *record = NULL;
        pfh_error error = {0};

        cr_expect_eq(pfh_record_parse(&record, rows[i].kind, rows[i].json, strlen(rows[i].json), &error),
                     rows[i].status, "%s: %s", rows[i].json, pfh_status_name(error.status));
        cr_expect_str_eq(error.where, rows[i].where, "%s", rows[i].json);
        cr_expect_null(record, "%s", rows[i].json);
        pfh_record_free(record);
    }
}

/* What is read from JSON is used and added to like what was set by calls. */
Test(record, json_becomes_an_event_of_a_pathway)
{
    pfh_record *head = record_of(
        HEAD, "{\"id\":\"p\",\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50.9\",\"date\":"
              "\"2026-01-31\"}}");
    pfh_record *event = record_of(EVENT, "{\"id\":\"e1\",\"type\":\"performed\",\"x_b\":2}");
    pfh_pathway *pathway = NULL;
    pfh_error error;

    cr_assert_eq(pfh_pathway_build(&pathway, head, NULL), PFH_OK);
    cr_expect_eq(pfh_pathway_append(pathway, event, &error), PFH_E_KEY);
    cr_expect_str_eq(error.where, "/date");
    pfh_record_set_text(event, "date", "2026-02-20", NULL);
    pfh_record_set_number(event, "point", 1, NULL);
    pfh_record_set_text(event, "assessment/topics/0/topic", "nutrition", NULL);
    pfh_record_set_text(event, "assessment/topics/0/need", "none", NULL);
    pfh_record_set_json(event, "x_a", "1", NULL);
    cr_assert_eq(pfh_pathway_append(pathway, event, &error), PFH_OK, "%s: %s", error.where, error.text);
    expect_json(pfh_pathway_event(pathway, 0),
                "{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"assessment\":"
                "{\"topics\":[{\"topic\":\"nutrition\",\"need\":\"none\"}]},\"x_a\":1,\"x_b\":2}");
    pfh_record_free(event);
    pfh_record_free(head);
    pfh_pathway_free(pathway);
}

Test(record, json_without_a_place_for_it_is_refused)
{
    pfh_record *record = NULL;
    char *text = NULL;

    cr_expect_eq(pfh_record_parse(NULL, EVENT, "{}", 2, NULL), PFH_E_ARG);
    cr_expect_eq(pfh_record_parse(&record, EVENT, NULL, 0, NULL), PFH_E_ARG);
    cr_expect_eq(pfh_record_to_json(NULL, NULL, NULL), PFH_E_ARG);
    cr_expect_eq(pfh_record_to_json(&text, NULL, NULL), PFH_E_ARG);
    cr_expect(record == NULL && text == NULL);
}
