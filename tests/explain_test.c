/*
 * Reasons of real plans as sentences.  texts_test.c has the sentences themselves and what is
 * refused.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <string.h>

static const pfh_language languages[] = {PFH_LANGUAGE_NB, PFH_LANGUAGE_NN, PFH_LANGUAGE_EN};

/* A whole sentence, which names its date, its event and its rule. */
static void expect_sentence(const pfh_reason *reason, pfh_language language)
{
    char *text = NULL, date[11], norwegian[11];

    cr_assert_eq(pfh_reason_to_text(&text, reason, language, NULL), PFH_OK);
    cr_assert_eq(pfh_date_write(date, sizeof date, reason->date, NULL), PFH_OK);
    snprintf(norwegian, sizeof norwegian, "%.2s.%.2s.%.4s", date + 8, date + 5, date);
    cr_expect_not_null(strstr(text, language == PFH_LANGUAGE_EN ? date : norwegian), "%s", text);
    cr_expect_null(strchr(text, '{'), "%s", text);
    cr_expect_null(strstr(text, "  "), "%s", text);
    cr_expect_eq(text[strlen(text) - 1], '.', "%s", text);
    if (reason->anchor_event != NULL)
        cr_expect_not_null(strstr(text, reason->anchor_event), "%s", text);
    if (reason->rule != NULL && strcmp(reason->rule, "working_day") != 0)
        cr_expect_not_null(strstr(text, reason->rule), "%s", text);
    pfh_string_free(text);
}

static void expect_sentences(const pfh_reason *reasons, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t l = 0; l < COUNT(languages); l++)
            expect_sentence(&reasons[i], languages[l]);
}

Test(explain, every_reason_of_many_plans_is_a_sentence_in_three_languages)
{
    dice d = dice_of(3);

    for (int i = 0; i < 100; i++) {
        story s = story_of(&d);
        char *text = cJSON_PrintUnformatted(s.pathway);
        pfh_pathway *pathway = pathway_of(text);
        pfh_plan *plan = NULL;

        cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, s.as_of, NULL), PFH_OK);
        for (size_t n = 1; n <= pfh_plan_point_count(plan); n++) {
            const pfh_point *point = pfh_plan_point(plan, (int32_t)n);
            expect_sentences(point->reasons, point->reason_count);
        }
        for (size_t n = 0; n < pfh_plan_task_count(plan); n++) {
            const pfh_task *task = pfh_plan_task(plan, n);
            expect_sentences(task->reasons, task->reason_count);
        }
        pfh_plan_free(plan);
        pfh_pathway_free(pathway);
        cJSON_free(text);
        story_free(&s);
    }
}

Test(explain, a_date_in_working_days_says_how_many)
{
    pfh_pathway *pathway = pathway_of(
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"diagnosis\":"
        "{\"code\":\"C50\",\"date\":\"2026-01-31\"},\"events\":[{\"id\":\"m\",\"type\":\"message\","
        "\"date\":\"2026-02-20\",\"to\":\"gp\",\"kind\":\"plo\"}]}");
    pfh_plan *plan = NULL;
    char *text = NULL;

    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day("2026-02-20"), NULL), PFH_OK);
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
        const pfh_task *task = pfh_plan_task(plan, i);

        if (task->kind != PFH_TASK_FOLLOW_UP_MESSAGE)
            continue;
        cr_assert_eq(pfh_reason_to_text(&text, &task->reasons[1], PFH_LANGUAGE_EN, NULL), PFH_OK);
        cr_expect_not_null(strstr(text, "is due on 2026-02-25: 3 working days after "), "%s", text);
        cr_expect_not_null(strstr(text, ", 2026-02-20 (policy/receipt_working_days, local"));
        pfh_string_free(text);
    }
    cr_expect_not_null(text);
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
}

/* Each field of a reason, when it could not have come from a plan. */
Test(explain, a_reason_with_one_field_out_of_its_range_is_refused)
{
    const pfh_reason sound = {.date = day("2026-02-25"),
                              .is = PFH_DATED_DUE,
                              .anchor = PFH_ANCHOR_FROM,
                              .anchor_date = day("2026-02-20"),
                              .days = 5,
                              .working_days = PFH_NONE};
    pfh_reason wrong[14];
    char *text = NULL;

    for (size_t i = 0; i < COUNT(wrong); i++)
        wrong[i] = sound;
    wrong[0].is = (pfh_dated)7;
    wrong[1].is = (pfh_dated)-1;
    wrong[2].anchor = (pfh_anchor)0;
    wrong[3].anchor = (pfh_anchor)11;
    wrong[4].date = INT32_MAX;
    wrong[5].date = pfh_date_min() - 8000;
    wrong[6].anchor_date = INT32_MAX;
    wrong[7].months = PFH_NONE;
    wrong[8].days = PFH_NONE;
    wrong[9].working_days = -1;
    for (size_t i = 10; i < COUNT(wrong); i++) {
        wrong[i].anchor = PFH_ANCHOR_EVENT;
        wrong[i].anchor_event = "e";
        wrong[i].anchor_type = PFH_EVENT_OFFERED;
        wrong[i].anchor_key = "date";
    }
    wrong[10].anchor_event = NULL;
    wrong[11].anchor_key = NULL;
    wrong[12].anchor_type = (pfh_event_type)0;
    wrong[13].anchor_type = (pfh_event_type)22;
    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect_eq(pfh_reason_to_text(&text, &wrong[i], PFH_LANGUAGE_NB, NULL), PFH_E_ARG,
                     "field %zu", i);
    cr_expect_null(text);
    cr_expect_eq(pfh_reason_to_text(&text, &sound, PFH_LANGUAGE_NB, NULL), PFH_OK);
    pfh_string_free(text);
}

Test(explain, what_comes_from_neither_guideline_nor_draft_is_said_to_be_a_choice)
{
    pfh_reason reason = {.date = day("2026-02-25"),
                         .is = PFH_DATED_OPENS,
                         .anchor = PFH_ANCHOR_DIAGNOSIS_DATE,
                         .anchor_date = day("2026-02-20"),
                         .days = 5,
                         .working_days = PFH_NONE,
                         .rule = "hdir-2022/1/opens"};
    static const struct {
        const char *source;
        int ours;
    } row[] = {
        {"G", 0}, {"D", 0}, {"M", 1}, {"", 1}, {NULL, 1}, {"D; edges ours", 1},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        char *text = NULL;

        reason.source = row[i].source;
        cr_assert_eq(pfh_reason_to_text(&text, &reason, PFH_LANGUAGE_EN, NULL), PFH_OK);
        cr_expect_eq(strstr(text, "not a national") != NULL, row[i].ours, "%s", text);
        pfh_string_free(text);
    }
}
