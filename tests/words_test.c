/*
 * The closed lists: the words, in the order in which they stand there.
 */
#include <criterion/criterion.h>
#include <pfh/words.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    pfh_vocabulary vocabulary;
    const char *name, *words; /* one space between two */
} list[] = {
    {PFH_WORDS_LANGUAGE, "language", "nb nn en"},
    {PFH_WORDS_LEVEL, "level", "specialist municipality"},
    {PFH_WORDS_ROLE, "role",
     "doctor nurse gp cancer_nurse cancer_coordinator pathway_coordinator resource_nurse "
     "case_manager contact_doctor other"},
    {PFH_WORDS_EVENT, "event",
     "moved assigned clinical_decision treatment_started offered declined accepted deferred "
     "cancelled scheduled form_sent performed coded message receipt followed_up excluded ended "
     "reopened corrected withheld"},
    {PFH_WORDS_CHANNEL, "channel", "letter phone in_person digital"},
    {PFH_WORDS_REASON, "reason",
     "no_need not_now too_much_information too_ill treatment patient provider no_show "
     "short_treatment dead withdrawn emigrated other not_cancer before_start"},
    {PFH_WORDS_RECIPIENT, "recipient", "gp municipality specialist other"},
    {PFH_WORDS_MESSAGE, "message",
     "epicrisis outpatient_note dialogue plo edi phone meeting letter"},
    {PFH_WORDS_RECEIPT, "receipt", "ok ok_with_errors rejected"},
    {PFH_WORDS_NEED, "need", "none follow_up declined not_discussed"},
    {PFH_WORDS_DIAGNOSIS, "diagnosis", "primary relapse"},
    {PFH_WORDS_INTENT, "intent", "curative palliative"},
    {PFH_WORDS_SHIFT, "shift", "working_day none"},
    {PFH_WORDS_PLAN_STATUS, "status", "active not_included excluded ended"},
    {PFH_WORDS_STATE, "state",
     "none offered unanswered accepted declined deferred scheduled unconfirmed performed excluded "
     "closed"},
    {PFH_WORDS_TIMING, "timing", "unknown before within after"},
    {PFH_WORDS_TASK, "task",
     "offer follow_up_offer ask_again book send_form hold confirm window_closing register_code "
     "send_summary notify_municipality follow_up_message assess_further follow_up_needs"},
    {PFH_WORDS_TASK_STATE, "task_state", "waiting active late"},
    {PFH_WORDS_BLOCK, "blocked", "no_agreement"},
    {PFH_WORDS_FINDING, "finding",
     "wmfg10.missing wmfg10.not_performed wmfg10.municipal wmfg10.duplicate wmfg10.date "
     "code.unknown event.before_diagnosis event.after_end anchor.missing point.order "
     "performed.after_decline assessment.missing assessment.distress topic.not_in_edition "
     "need.no_responsible message.no_agreement"},
    {PFH_WORDS_SEVERITY, "severity", "info warning error"},
    {PFH_WORDS_DATED, "dated", "opens about closes since from due"},
    {PFH_WORDS_ANCHOR, "anchor",
     "diagnosis.date diagnosis.informed event point:3 opens about closes since from due"},
    {PFH_WORDS_WAITING, "waiting_for", "treatment_started point:3"},
    {PFH_WORDS_NUMBER, "identifier", "fnr dnr hnr fhn duf"},
    {PFH_WORDS_AUDIENCE, "audience", "municipality specialist gp patient"},
    {PFH_WORDS_CHANGE, "change", "new goes_on resolved declined not_discussed"},
    {PFH_WORDS_DIFFERENCE, "difference", "added fuller conflict"},
    {PFH_WORDS_CONFLICT, "conflict", "value content withheld reference"},
    {PFH_WORDS_SIDE, "side", "mine theirs"},
};

Test(words, every_list_is_that_of_the_specification)
{
    for (size_t i = 0; i < COUNT(list); i++) {
        char joined[1024] = "";
        for (int32_t value = 1; value <= pfh_word_count(list[i].vocabulary); value++) {
            if (value > 1)
                strcat(joined, " ");
            cr_assert_not_null(pfh_word(list[i].vocabulary, value), "%s", list[i].name);
            strcat(joined, pfh_word(list[i].vocabulary, value));
        }
        cr_expect_str_eq(joined, list[i].words, "%s", list[i].name);
    }
}

Test(words, every_list_has_its_name_and_is_tested_here)
{
    cr_expect_eq(pfh_vocabulary_count(), COUNT(list));
    for (size_t i = 0; i < COUNT(list); i++) {
        cr_expect_eq((size_t)list[i].vocabulary, i + 1);
        cr_expect_str_eq(pfh_vocabulary_name(list[i].vocabulary), list[i].name);
    }
}

Test(words, every_word_is_found_under_its_own_value)
{
    for (size_t i = 0; i < COUNT(list); i++)
        for (int32_t value = 1; value <= pfh_word_count(list[i].vocabulary); value++) {
            const char *word = pfh_word(list[i].vocabulary, value);
            cr_expect_eq(pfh_word_find(list[i].vocabulary, word), value, "%s", word);
        }
}

Test(words, what_is_no_word_is_nothing)
{
    static const char *const wrong[] = {"",  " ",  "Gp", "GP", "gp ", " gp", "doctor nurse",
                                        "1", "æøå"};

    for (size_t i = 0; i < COUNT(list); i++) {
        cr_expect_eq(pfh_word_find(list[i].vocabulary, NULL), 0);
        for (size_t w = 0; w < COUNT(wrong); w++)
            cr_expect_eq(pfh_word_find(list[i].vocabulary, wrong[w]), 0, "\"%s\"", wrong[w]);
    }
    cr_expect_eq(pfh_word_find(PFH_WORDS_CHANNEL, "doctor"), 0);
}

Test(words, a_value_or_a_list_that_there_is_not_is_nothing)
{
    static const int32_t beyond[] = {INT32_MIN, -1, 0, 1000, INT32_MAX};

    for (size_t v = 0; v < COUNT(beyond); v++) {
        const pfh_vocabulary none = (pfh_vocabulary)beyond[v];
        cr_expect_null(pfh_word(none, 1), "%d", beyond[v]);
        cr_expect_eq(pfh_word_find(none, "gp"), 0, "%d", beyond[v]);
        cr_expect_eq(pfh_word_count(none), 0, "%d", beyond[v]);
        cr_expect_null(pfh_vocabulary_name(none), "%d", beyond[v]);
        for (size_t i = 0; i < COUNT(list); i++)
            cr_expect_null(pfh_word(list[i].vocabulary, beyond[v]), "%d", beyond[v]);
    }
    for (size_t i = 0; i < COUNT(list); i++)
        cr_expect_null(pfh_word(list[i].vocabulary, pfh_word_count(list[i].vocabulary) + 1));
    cr_expect_null(pfh_vocabulary_name((pfh_vocabulary)(COUNT(list) + 1)));
}
