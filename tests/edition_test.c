/*
 * The editions against the tables of the rules, section 2, typed here a second time.
 */
#include <criterion/criterion.h>

#include <pfh/pfh.h>
#include <pfh/text.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const pfh_edition *edition_of(const char *name)
{
    const pfh_edition *edition = pfh_edition_find(name);

    cr_assert_not_null(edition, "%s", name);
    return edition;
}

/* ---- Editions ----------------------------------------------------------------------------- */

static void expect_effective(const char *name, const char *date)
{
    pfh_date expected;

    cr_assert_eq(pfh_date_parse(&expected, date, NULL), PFH_OK);
    cr_expect_eq(edition_of(name)->effective, expected, "%s from %s", name, date);
}

Test(edition, there_are_two_and_the_newest_comes_first)
{
    cr_assert_eq(pfh_edition_count(), 2);
    cr_expect_str_eq(pfh_edition_at(0)->name, "hdir-2022");
    cr_expect_str_eq(pfh_edition_at(1)->name, "hdir-2021-draft");
    cr_expect_null(pfh_edition_at(2));
    cr_expect_null(pfh_edition_at(SIZE_MAX));
}

Test(edition, each_says_where_it_comes_from_and_from_when_it_holds)
{
    expect_effective("hdir-2022", "2022-01-01");
    expect_effective("hdir-2021-draft", "2021-09-01");
    cr_expect_str_eq(edition_of("hdir-2022")->source, "Helsedirektoratet, 29.12.2021");
    cr_expect_str_eq(edition_of("hdir-2021-draft")->source, "Helsedirektoratet, 01.09.2021");
    cr_expect_eq(edition_of("hdir-2022")->draft, 0);
    cr_expect_eq(edition_of("hdir-2021-draft")->draft, 1);
    cr_expect_gt(strlen(edition_of("hdir-2022")->title), 0);
    cr_expect_gt(strlen(edition_of("hdir-2021-draft")->title), 0);
}

Test(edition, an_unknown_name_finds_nothing)
{
    cr_expect_null(pfh_edition_find(NULL));
    cr_expect_null(pfh_edition_find(""));
    cr_expect_null(pfh_edition_find("hdir-2021"));
    cr_expect_null(pfh_edition_find("HDIR-2022"));
    cr_expect_null(pfh_edition_find("hdir-2022 "));
}

/* ---- Points ------------------------------------------------------------------------------- */

typedef struct {
    const char *edition;
    int32_t point;
    pfh_level level;
    const char *anchor;
    int32_t opens[3], about[3], closes[3]; /* is there, months, days */
    int32_t relative;
    int32_t maps_to[3]; /* ended by 0 */
    const char *ours;   /* "ours" where a part of the row is this library's choice */
} point_row;

/* clang-format off */
static const point_row points[] = {
    {"hdir-2022", 1, PFH_LEVEL_SPECIALIST, "diagnosis.informed, else diagnosis.date",
     {1, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0, {1, 2, 0}, NULL},
    {"hdir-2022", 2, PFH_LEVEL_MUNICIPALITY, "diagnosis.date",
     {1, 3, 0}, {0, 0, 0}, {1, 4, 0}, 0, {3, 4, 0}, NULL},
    {"hdir-2022", 3, PFH_LEVEL_MUNICIPALITY, "diagnosis.date",
     {1, 12, 0}, {0, 0, 0}, {1, 18, 0}, 0, {5, 0, 0}, NULL},
    {"hdir-2021-draft", 1, PFH_LEVEL_SPECIALIST,
     "first clinical_decision, else diagnosis.informed, else diagnosis.date",
     {1, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0, {1, 0, 0}, NULL},
    {"hdir-2021-draft", 2, PFH_LEVEL_SPECIALIST, "first treatment_started",
     {1, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0, {1, 0, 0}, NULL},
    {"hdir-2021-draft", 3, PFH_LEVEL_MUNICIPALITY, "first treatment_started",
     {1, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0, {2, 0, 0}, NULL},
    {"hdir-2021-draft", 4, PFH_LEVEL_MUNICIPALITY, "point 3",
     {1, 0, -14}, {1, 3, 0}, {1, 0, 14}, 1, {2, 0, 0}, "ours"},
    {"hdir-2021-draft", 5, PFH_LEVEL_MUNICIPALITY, "point 3",
     {1, 0, -30}, {1, 12, 0}, {1, 0, 30}, 1, {3, 0, 0}, "ours"},
};
/* clang-format on */

static void expect_date(const point_row *row, const char *which, const int32_t expected[3],
                        int32_t has, int32_t months, int32_t days)
{
    const int32_t actual[3] = {has, months, days};

    cr_expect_arr_eq(actual, expected, sizeof actual, "%s/%d %s: %d, %d months, %d days",
                     row->edition, row->point, which, has, months, days);
}

static void expect_maps_to(const point_row *row, const pfh_point_rule *actual)
{
    size_t count = 0;

    while (row->maps_to[count] != 0)
        count++;
    cr_assert_eq(actual->maps_to_count, count, "%s/%d", row->edition, row->point);
    for (size_t i = 0; i < count; i++)
        cr_expect_eq(actual->maps_to[i], row->maps_to[i], "%s/%d", row->edition, row->point);
}

Test(edition, every_point_is_that_of_the_rules)
{
    for (size_t i = 0; i < COUNT(points); i++) {
        const point_row *row = &points[i];
        const pfh_point_rule *actual = pfh_edition_point(edition_of(row->edition), row->point);

        cr_assert_not_null(actual);
        cr_expect_eq(actual->point, row->point);
        cr_expect_eq(actual->level, row->level, "%s/%d", row->edition, row->point);
        cr_expect_str_eq(actual->anchor, row->anchor);
        expect_date(row, "opens", row->opens, actual->has_opens, actual->opens_months,
                    actual->opens_days);
        expect_date(row, "about", row->about, actual->has_about, actual->about_months,
                    actual->about_days);
        expect_date(row, "closes", row->closes, actual->has_closes, actual->closes_months,
                    actual->closes_days);
        cr_expect_eq(actual->relative, row->relative, "%s/%d", row->edition, row->point);
        expect_maps_to(row, actual);
    }
}

Test(edition, a_points_source_says_so_where_a_part_of_it_is_ours)
{
    for (size_t i = 0; i < COUNT(points); i++) {
        const point_row *row = &points[i];
        const char *source = pfh_edition_point(edition_of(row->edition), row->point)->source;

        cr_expect_eq(source[0], strcmp(row->edition, "hdir-2022") == 0 ? 'G' : 'D', "%s", source);
        cr_expect_eq(strstr(source, "ours") != NULL, row->ours != NULL, "%s", source);
    }
}

Test(edition, points_beyond_the_last_are_nothing)
{
    cr_expect_eq(edition_of("hdir-2022")->point_count, 3);
    cr_expect_eq(edition_of("hdir-2021-draft")->point_count, 5);
    cr_expect_null(pfh_edition_point(edition_of("hdir-2022"), 0));
    cr_expect_null(pfh_edition_point(edition_of("hdir-2022"), -1));
    cr_expect_null(pfh_edition_point(edition_of("hdir-2022"), 4));
    cr_expect_null(pfh_edition_point(edition_of("hdir-2021-draft"), 6));
    cr_expect_null(pfh_edition_point(NULL, 1));
}

static int stands_for(const pfh_point_rule *row, int32_t point)
{
    for (size_t i = 0; i < row->maps_to_count; i++) {
        if (row->maps_to[i] == point)
            return 1;
    }
    return 0;
}

Test(edition, the_mapping_of_five_onto_three_says_the_same_both_ways)
{
    const pfh_edition *published = edition_of("hdir-2022"), *draft = edition_of("hdir-2021-draft");

    for (int32_t three = 1; three <= published->point_count; three++) {
        for (int32_t five = 1; five <= draft->point_count; five++)
            cr_expect_eq(stands_for(pfh_edition_point(published, three), five),
                         stands_for(pfh_edition_point(draft, five), three), "%d and %d", three,
                         five);
    }
}

/* ---- Topics ------------------------------------------------------------------------------- */

static const struct {
    const char *code;
    const char *nb;
    int32_t in_draft;
} topics[] = {
    {"family_network", "Familiesituasjon og nettverk", 1},
    {"work_school", "Jobb/skole/utdanning", 1},
    {"economy_housing", "Økonomi og boforhold", 1},
    {"home_help", "Hjelp og tilrettelegging i hjemmet", 1},
    {"rehabilitation", "Rehabilitering", 0},
    {"physical_activity", "Fysisk aktivitet og fysisk funksjon", 1},
    {"nutrition", "Ernæring/mat/måltider", 1},
    {"own_health", "Ivaretakelse av egen helse", 1},
    {"coping_learning", "Egne ressurser / læring og mestring", 0},
    {"leisure_social", "Fritid/sosiale aktiviteter", 1},
    {"mental_health", "Psykisk helse", 1},
    {"sexual_health", "Seksuell helse", 0},
    {"oral_health", "Oral helse", 0},
};

Test(edition, the_published_guideline_has_thirteen_topics_in_order)
{
    const pfh_edition *edition = edition_of("hdir-2022");

    cr_assert_eq(edition->topic_count, 13);
    for (size_t i = 0; i < COUNT(topics); i++) {
        cr_expect_str_eq(pfh_edition_topic(edition, i)->code, topics[i].code);
        cr_expect_str_eq(pfh_edition_topic(edition, i)->source, "G");
    }
    cr_expect_null(pfh_edition_topic(edition, 13));
    cr_expect_null(pfh_edition_topic(NULL, 0));
}

Test(edition, the_draft_has_nine_topics_in_order)
{
    const pfh_edition *edition = edition_of("hdir-2021-draft");
    size_t place = 0;

    cr_assert_eq(edition->topic_count, 9);
    for (size_t i = 0; i < COUNT(topics); i++) {
        if (!topics[i].in_draft)
            continue;
        cr_expect_str_eq(pfh_edition_topic(edition, place)->code, topics[i].code);
        cr_expect_str_eq(pfh_edition_topic(edition, place)->source, "D");
        place++;
    }
    cr_expect_null(pfh_edition_topic(edition, place));
}

Test(edition, a_topic_belongs_to_the_editions_that_have_it)
{
    for (size_t i = 0; i < COUNT(topics); i++) {
        const char *code = topics[i].code;

        cr_expect_eq(pfh_edition_has_topic(edition_of("hdir-2022"), code), 1, "%s", code);
        cr_expect_eq(pfh_edition_has_topic(edition_of("hdir-2021-draft"), code), topics[i].in_draft,
                     "%s", code);
    }
}

Test(edition, a_local_topic_belongs_to_every_edition)
{
    for (size_t i = 0; i < pfh_edition_count(); i++) {
        cr_expect_eq(pfh_edition_has_topic(pfh_edition_at(i), "x_children"), 1);
        cr_expect_eq(pfh_edition_has_topic(pfh_edition_at(i), "x_"), 0);
    }
}

Test(edition, an_unknown_topic_belongs_to_none)
{
    static const char *const wrong[] = {"", "nutritio", "nutrition_", "Nutrition", "children"};

    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_expect_eq(pfh_edition_has_topic(edition_of("hdir-2022"), wrong[i]), 0, "%s", wrong[i]);
        cr_expect_eq(pfh_edition_has_topic(edition_of("hdir-2021-draft"), wrong[i]), 0);
    }
    cr_expect_eq(pfh_edition_has_topic(edition_of("hdir-2022"), NULL), 0);
    cr_expect_eq(pfh_edition_has_topic(NULL, "nutrition"), 0);
}

Test(edition, the_topics_titles_in_bokmaal_are_those_of_the_guideline)
{
    for (size_t i = 0; i < COUNT(topics); i++) {
        char id[64];

        snprintf(id, sizeof id, "topic.%s", topics[i].code);
        cr_expect_str_eq(pfh_text(PFH_LANGUAGE_NB, id), topics[i].nb);
    }
}

/* ---- Activities --------------------------------------------------------------------------- */

typedef struct {
    const char *edition;
    const char *points; /* at each of them, in the order of these rows */
    const char *who, *source;
    pfh_task_kind tasks[2];
    const char *word; /* of its text in English, so that a row cannot have another's */
} activity_row;

/* clang-format off */
#define NO_TASK {(pfh_task_kind)0}

static const activity_row activities[] = {
    {"hdir-2022", "1", "who.trust_decides", "G", {PFH_TASK_HOLD}, "beyond the treatment"},
    {"hdir-2022", "1", "who.trust_decides", "G", NO_TASK, "come along"},
    {"hdir-2022", "1", "who.trust_decides", "G", {PFH_TASK_HOLD}, "topics"},
    {"hdir-2022", "1", "who.trust_decides", "G", {PFH_TASK_ASK_AGAIN}, "asked again"},
    {"hdir-2022", "1", "who.trust_decides", "G, V",
     {PFH_TASK_SEND_SUMMARY, PFH_TASK_NOTIFY_MUNICIPALITY}, "passed on"},
    {"hdir-2022", "1", "who.trust_decides", "D", {PFH_TASK_REGISTER_CODE}, "WMFG10"},
    {"hdir-2022", "23", "who.contact_point", "M", {PFH_TASK_OFFER}, "message goes on"},
    {"hdir-2022", "23", "who.performer", "M", {PFH_TASK_SEND_FORM}, "beforehand"},
    {"hdir-2022", "23", "who.performer", "M", {PFH_TASK_BOOK}, "is away"},
    {"hdir-2022", "23", "who.performer", "M", {PFH_TASK_HOLD}, "carried out"},
    {"hdir-2022", "23", "who.performer", "M", {PFH_TASK_SEND_SUMMARY}, "copy of the note"},
    {"hdir-2022", "23", "who.performer", "M", {PFH_TASK_FOLLOW_UP_NEEDS}, "peer support"},
    {"hdir-2021-draft", "1", "who.specialist_staff", "D", {PFH_TASK_HOLD}, "can manage now"},
    {"hdir-2021-draft", "1", "who.specialist_staff", "D", {PFH_TASK_HOLD}, "checklist"},
    {"hdir-2021-draft", "1", "who.specialist_staff", "D", NO_TASK, "whom to contact"},
    {"hdir-2021-draft", "1", "who.treating_department", "D",
     {PFH_TASK_SEND_SUMMARY, PFH_TASK_NOTIFY_MUNICIPALITY}, "referrer"},
    {"hdir-2021-draft", "1", "who.treating_department", "D", {PFH_TASK_REGISTER_CODE},
     "local code"},
    {"hdir-2021-draft", "2", "who.specialist_staff", "D", {PFH_TASK_HOLD}, "gone through again"},
    {"hdir-2021-draft", "2", "who.specialist_staff", "D", {PFH_TASK_SEND_SUMMARY}, "always"},
    {"hdir-2021-draft", "2", "who.treating_department", "D", {PFH_TASK_NOTIFY_MUNICIPALITY},
     "municipal allocation office"},
    {"hdir-2021-draft", "2", "who.treating_department", "D", {PFH_TASK_REGISTER_CODE}, "WMFG10"},
    {"hdir-2021-draft", "2", "who.patient", "D", NO_TASK, "appointment with the GP"},
    {"hdir-2021-draft", "3", "who.gp_or_contact", "D", {PFH_TASK_HOLD}, "Psychosocial"},
    {"hdir-2021-draft", "45", "who.gp_or_agreed_contact", "D",
     {PFH_TASK_HOLD, PFH_TASK_FOLLOW_UP_NEEDS}, "next of kin"},
    {"hdir-2021-draft", "45", "who.gp_or_agreed_contact", "D", NO_TASK, "individual plan"},
    {"hdir-2021-draft", "12345", "who.municipal_office", "D", NO_TASK, "according to the law"},
    {"hdir-2021-draft", "12345", "who.coordinating_unit", "D", NO_TASK, "a team"},
    {"hdir-2021-draft", "12345", "who.gp", "D", NO_TASK, "medical responsibility"},
    {"hdir-2021-draft", "12345", "who.cancer_coordinator", "D", NO_TASK, "with consent"},
};
/* clang-format on */

static void expect_text(const activity_row *row, const char *activity)
{
    char id[128];
    const char *text;

    snprintf(id, sizeof id, "activity.%s", activity);
    text = pfh_text(PFH_LANGUAGE_EN, id);
    cr_assert_not_null(text, "%s", id);
    cr_expect_not_null(strstr(text, row->word), "%s: %s", id, text);
}

static void expect_activity(const activity_row *row, int32_t point, size_t index)
{
    const pfh_activity *actual = pfh_edition_activity(edition_of(row->edition), point, index);
    char id[64];

    snprintf(id, sizeof id, "%s/%d/a%zu", row->edition, point, index + 1);
    cr_assert_not_null(actual, "%s", id);
    cr_expect_str_eq(actual->id, id);
    cr_expect_eq(actual->point, point, "%s", id);
    cr_expect_str_eq(actual->who, row->who, "%s", id);
    cr_expect_str_eq(actual->source, row->source, "%s", id);
    cr_expect_eq(actual->tasks[0], row->tasks[0], "%s", id);
    cr_expect_eq(actual->tasks[1], row->tasks[1], "%s", id);
    cr_expect_eq(actual->tasks[2], 0, "%s", id);
    expect_text(row, id);
}

static void expect_activities(const pfh_edition *edition, int32_t point)
{
    size_t index = 0;

    for (size_t i = 0; i < COUNT(activities); i++) {
        if (strcmp(activities[i].edition, edition->name) == 0 &&
            strchr(activities[i].points, '0' + point) != NULL)
            expect_activity(&activities[i], point, index++);
    }
    cr_expect_eq(pfh_edition_activity_count(edition, point), index, "%s/%d", edition->name, point);
    cr_expect_null(pfh_edition_activity(edition, point, index));
}

Test(edition, every_activity_is_that_of_the_rules)
{
    for (size_t i = 0; i < pfh_edition_count(); i++) {
        for (int32_t point = 1; point <= pfh_edition_at(i)->point_count; point++)
            expect_activities(pfh_edition_at(i), point);
    }
}

Test(edition, there_are_no_activities_where_there_is_no_point)
{
    cr_expect_eq(pfh_edition_activity_count(edition_of("hdir-2022"), 4), 0);
    cr_expect_eq(pfh_edition_activity_count(edition_of("hdir-2022"), 0), 0);
    cr_expect_eq(pfh_edition_activity_count(NULL, 1), 0);
    cr_expect_null(pfh_edition_activity(NULL, 1, 0));
}

Test(edition, an_unknown_one_is_answered_with_the_name_of_each_there_is)
{
    pfh_record *head = NULL;
    pfh_error err;

    cr_assert_eq(pfh_record_new(&head, PFH_RECORD_PATHWAY, NULL), PFH_OK);
    cr_expect_eq(pfh_record_set_text(head, "edition", "hdir-2023", &err), PFH_E_EDITION);
    for (size_t i = 0; i < pfh_edition_count(); i++)
        cr_expect_not_null(strstr(err.text, pfh_edition_at(i)->name), "%s", err.text);
    pfh_record_free(head);
}
