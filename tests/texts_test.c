/*
 * The texts for people, and the sentences made of them.
 */
#include <criterion/criterion.h>

#include <pfh/edition.h>
#include <pfh/handover.h>
#include <pfh/plan.h>
#include <pfh/text.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const pfh_language languages[] = {PFH_LANGUAGE_NB, PFH_LANGUAGE_NN, PFH_LANGUAGE_EN};

static int is_upper_case(const char *text)
{
    return (text[0] >= 'A' && text[0] <= 'Z') || strncmp(text, "Å", 2) == 0 ||
           strncmp(text, "Ø", 2) == 0;
}

/* ---- The table ---------------------------------------------------------------------------- */

Test(texts, ids_are_sorted_and_none_comes_twice)
{
    for (size_t i = 1; i < pfh_text_count(); i++)
        cr_expect_lt(strcmp(pfh_text_id(i - 1), pfh_text_id(i)), 0, "%s", pfh_text_id(i));
}

Test(texts, every_id_has_a_text_in_all_three_languages)
{
    for (size_t i = 0; i < pfh_text_count(); i++) {
        for (size_t l = 0; l < COUNT(languages); l++) {
            const char *text = pfh_text(languages[l], pfh_text_id(i));

            cr_assert_not_null(text, "%s", pfh_text_id(i));
            cr_expect_gt(strlen(text), 0, "%s", pfh_text_id(i));
        }
    }
}

Test(texts, there_is_none_for_an_unknown_id_or_language)
{
    cr_expect_null(pfh_text(PFH_LANGUAGE_NB, NULL));
    cr_expect_null(pfh_text(PFH_LANGUAGE_NB, ""));
    cr_expect_null(pfh_text(PFH_LANGUAGE_NB, "task"));
    cr_expect_null(pfh_text(PFH_LANGUAGE_NB, "task.offe"));
    cr_expect_null(pfh_text(PFH_LANGUAGE_NB, "task.offer "));
    cr_expect_null(pfh_text(PFH_LANGUAGE_NB, "zzz"));
    cr_expect_null(pfh_text((pfh_language)0, "task.offer"));
    cr_expect_null(pfh_text((pfh_language)4, "task.offer"));
    cr_expect_null(pfh_text((pfh_language)-1, "task.offer"));
    cr_expect_null(pfh_text_id(pfh_text_count()));
    cr_expect_null(pfh_text_id(SIZE_MAX));
}

/* ---- What must have a text ---------------------------------------------------------------- */

static const char *const other_ids[] = {
    /* the keys of a policy, rules section 9 */
    "policy.start_date",
    "policy.no_answer_days",
    "policy.first_offer_days",
    "policy.offer_lead_days",
    "policy.ask_again_days",
    "policy.booking_days",
    "policy.form_days",
    "policy.closing_days",
    "policy.coding_days",
    "policy.summary_days",
    "policy.receipt_working_days",
    "policy.assess_days",
    "policy.needs_days",
    "policy.anchor_days",
    "policy.distress_threshold",
    "policy.shift",
    "policy.municipality_messages",
    "policy.extra_codes",
    "policy.extra_topics",
    "policy.assign",
    "policy.units",
    /* headings */
    "head.due",
    "head.from",
    "head.task",
    "head.point",
    "head.who",
    "head.state",
    "head.pathway",
    /* sentences */
    "because",
    "because.no_rule",
    "because.working_day",
    "anchor.event.start",
    "anchor.event.until",
    "is.opens",
    "is.about",
    "is.closes",
    "is.since",
    "is.from",
    "is.due",
    "add.anchor",
    "add.days",
    "add.days.one",
    "add.days.before",
    "add.days.before.one",
    "add.months",
    "add.months.one",
    "add.months.before",
    "add.months.before.one",
    "add.working_days",
    "add.working_days.one",
    "rule.edition",
    "rule.draft",
    "rule.ours",
    "rule.policy",
    /* calendars */
    "ical.calendar",
    "ical.calendar.patient",
    "ical.contact",
    "ical.gone",
    "ical.time",
    "in.optional",
    "in.point",
    "in.to",
    "patient.about",
    "patient.accepted",
    "patient.appointment.municipality",
    "patient.appointment.specialist",
    "patient.change",
    "patient.from",
    "patient.offer",
    "patient.window.municipality",
    "patient.window.specialist",
    /* needs and checklists: phrases, to who follows up, to the patient */
    "in.by",
    "in.clock",
    "in.hospital",
    "in.phone",
    "in.you.gp",
    "in.you.municipality",
    "in.you.specialist",
    "in.your.gp",
    "needs.appointment",
    "needs.cut",
    "needs.cut.one",
    "needs.declined",
    "needs.distress",
    "needs.distress.high",
    "needs.distress.low",
    "needs.done",
    "needs.follow_up",
    "needs.follow_up.none",
    "needs.goes_on",
    "needs.heading",
    "needs.last",
    "needs.last.empty",
    "needs.last.none",
    "needs.new",
    "needs.next",
    "needs.next.none",
    "needs.nobody",
    "needs.none",
    "needs.not_discussed",
    "needs.not_mentioned",
    "needs.patient.done.withheld",
    "needs.done.withheld",
    "needs.since",
    "needs.patient.ended",
    "needs.patient.later",
    "needs.patient.offered",
    "needs.task.past",
    "needs.window.past",
    "needs.appointment.past",
    "needs.patient.follow_up.withheld",
    "needs.follow_up.withheld",
    "needs.patient.last.withheld",
    "needs.last.withheld",
    "needs.patient.cut",
    "needs.not_done",
    "needs.note",
    "needs.note.cut",
    "needs.reference",
    "needs.resolved",
    "needs.stands",
    "needs.stands.once",
    "needs.task",
    "needs.who",
    "needs.who.since",
    "needs.window",
    "needs.window.estimated",
    "needs.window.from",
    "needs.withheld",
    "needs.patient.appointment",
    "needs.patient.ask",
    "needs.patient.contact",
    "needs.patient.declined",
    "needs.patient.distress",
    "needs.patient.distress.high",
    "needs.patient.done",
    "needs.patient.follow_up",
    "needs.patient.follow_up.none",
    "needs.patient.goes_on",
    "needs.patient.heading",
    "needs.patient.last",
    "needs.patient.last.none",
    "needs.patient.new",
    "needs.patient.next",
    "needs.patient.next.none",
    "needs.patient.nobody",
    "needs.patient.none",
    "needs.patient.not_discussed",
    "needs.patient.not_mentioned",
    "needs.patient.not_done",
    "needs.patient.reference",
    "needs.patient.resolved",
    "needs.patient.window",
    "needs.patient.window.from",
    "checklist.heading",
    "checklist.intro",
    "checklist.other",
    "checklist.reference",
    "checklist.was.declined",
    "checklist.was.follow_up",
    "checklist.was.none",
    "checklist.wish",
    "checklist.words",
};

/* Every id that something in the library names: filled by the functions below. */
typedef struct {
    char ids[512][64];
    size_t count;
} id_set;

static void add_id(id_set *set, const char *list, const char *word)
{
    char id[sizeof set->ids[0]];

    snprintf(id, sizeof id, "%s%s%s", list, list[0] != '\0' ? "." : "", word);
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->ids[i], id) == 0)
            return;
    }
    cr_assert_lt(set->count, COUNT(set->ids));
    strcpy(set->ids[set->count++], id);
}

static void add_words(id_set *set)
{
    for (int32_t list = 1; list <= pfh_vocabulary_count(); list++) {
        pfh_vocabulary vocabulary = (pfh_vocabulary)list;

        for (int32_t value = 1; value <= pfh_word_count(vocabulary); value++)
            add_id(set, pfh_vocabulary_name(vocabulary), pfh_word(vocabulary, value));
    }
}

static void add_point(id_set *set, const pfh_edition *edition, int32_t point)
{
    char word[40];

    snprintf(word, sizeof word, "%s/%d", edition->name, point);
    add_id(set, "point", word);
    add_id(set, "in.point", word);
    for (size_t i = 0; i < pfh_edition_activity_count(edition, point); i++) {
        const pfh_activity *activity = pfh_edition_activity(edition, point, i);

        add_id(set, "activity", activity->id);
        add_id(set, "", activity->who);
    }
}

static void add_edition(id_set *set, const pfh_edition *edition)
{
    for (int32_t point = 1; point <= edition->point_count; point++)
        add_point(set, edition, point);
    for (int32_t i = 0; i < edition->topic_count; i++)
        add_id(set, "topic", pfh_edition_topic(edition, (size_t)i)->code);
}

/* Roles, levels and points as they stand inside a sentence. */
static void add_phrases(id_set *set)
{
    for (int32_t role = 1; role <= pfh_word_count(PFH_WORDS_ROLE); role++)
        add_id(set, "in.role", pfh_word(PFH_WORDS_ROLE, role));
    for (int32_t level = 1; level <= pfh_word_count(PFH_WORDS_LEVEL); level++)
        add_id(set, "in.level", pfh_word(PFH_WORDS_LEVEL, level));
}

/* Why each kind of task is to be done, and what it is called where there is little room. */
static void add_kinds(id_set *set)
{
    for (int32_t kind = 1; kind <= pfh_word_count(PFH_WORDS_TASK); kind++)
        add_id(set, "why", pfh_word(PFH_WORDS_TASK, kind));
    for (int32_t kind = 1; kind <= pfh_word_count(PFH_WORDS_TASK); kind++)
        add_id(set, "short", pfh_word(PFH_WORDS_TASK, kind));
}

/* Why an audience does not get something. */
static void add_handover(id_set *set)
{
    for (size_t i = 0; i < pfh_handover_rule_count(); i++)
        add_id(set, "", pfh_handover_rule_at(i)->reason);
}

static const id_set *all_ids(void)
{
    static id_set set; /* each test is a process of its own */

    add_words(&set);
    add_kinds(&set);
    add_handover(&set);
    add_phrases(&set);
    for (size_t i = 0; i < pfh_edition_count(); i++)
        add_edition(&set, pfh_edition_at(i));
    for (size_t i = 0; i < COUNT(other_ids); i++)
        add_id(&set, "", other_ids[i]);
    return &set;
}

Test(texts, every_word_point_topic_activity_and_phrase_has_a_text)
{
    const id_set *set = all_ids();

    for (size_t i = 0; i < set->count; i++) {
        for (size_t l = 0; l < COUNT(languages); l++)
            cr_expect_not_null(pfh_text(languages[l], set->ids[i]), "%s", set->ids[i]);
    }
}

Test(texts, there_is_no_id_that_nothing_uses)
{
    cr_expect_eq(pfh_text_count(), all_ids()->count);
}

/* ---- The languages ------------------------------------------------------------------------ */

static int is_phrase(const char *id)
{
    return strncmp(id, "add.", 4) == 0 || strncmp(id, "anchor.", 7) == 0 ||
           strncmp(id, "because", 7) == 0 || strncmp(id, "in.", 3) == 0 ||
           strncmp(id, "rule.", 5) == 0;
}

Test(texts, names_and_labels_begin_with_a_capital_letter)
{
    for (size_t i = 0; i < pfh_text_count(); i++) {
        const char *id = pfh_text_id(i);

        for (size_t l = 0; !is_phrase(id) && l < COUNT(languages); l++)
            cr_expect(is_upper_case(pfh_text(languages[l], id)), "%s", id);
    }
}

static int is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80) != 0;
}

static int has_word(const char *text, const char *word)
{
    const size_t size = strlen(word);

    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        if ((at == text || !is_letter(at[-1])) && !is_letter(at[size]))
            return 1;
    }
    return 0;
}

static void expect_no_word(pfh_language language, const char *const *words, size_t count)
{
    for (size_t i = 0; i < pfh_text_count(); i++) {
        const char *text = pfh_text(language, pfh_text_id(i));

        for (size_t w = 0; w < count; w++)
            cr_expect_not(has_word(text, words[w]), "%s: %s in \"%s\"", pfh_text_id(i), words[w],
                          text);
    }
}

Test(texts, nynorsk_has_no_words_of_bokmaal)
{
    static const char *const words[] = {
        "ikke",
        "Ikke",
        "hva",
        "hvem",
        "hvor",
        "hvis",
        "fra",
        "Fra",
        "en",
        "et",
        "ble",
        "være",
        "noe",
        "nå",
        "uten",
        "de",
        "dem",
        "selv",
        "igjen",
        "måneder",
        "måned",
        "dager",
        "Dager",
        "hendelse",
        "hendelsen",
        "Hendelse",
        "oppgave",
        "oppgaven",
        "Oppgaven",
        "behandlingen",
        "kartleggingen",
        "tjenester",
        "tjenesten",
        "sykehuset",
        "syk",
        "venter",
        "gjøres",
        "tilbud",
        "Tilbud",
        "svar på",
        "sammen",
        "videre",
        "senere",
        "lav",
        "loven",
        "Melding sendt",
    };

    expect_no_word(PFH_LANGUAGE_NN, words, COUNT(words));
}

Test(texts, bokmaal_has_no_words_of_nynorsk)
{
    static const char *const words[] = {
        "ikkje",   "Ikkje",       "kva",          "kven",     "Kven",    "frå",        "Frå",
        "ein",     "eit",         "vart",         "vere",     "noko",    "no",         "utan",
        "dei",     "sjølv",       "månader",      "månad",    "dagar",   "Dagar",      "hending",
        "oppgåva", "behandlinga", "kartlegginga", "tenester", "tenesta", "sjukehuset", "sjuk",
        "ventar",  "gjerast",     "tilbod",       "Tilbod",   "saman",   "vidare",     "seinare",
        "lova",    "gjeld",
    };

    expect_no_word(PFH_LANGUAGE_NB, words, COUNT(words));
}

Test(texts, nothing_is_called_recommended_but_the_rules_of_the_guideline)
{
    for (size_t i = 0; i < pfh_text_count(); i++) {
        const char *id = pfh_text_id(i), *text = pfh_text(PFH_LANGUAGE_EN, id);

        if (strcmp(id, "rule.edition") == 0)
            continue;
        cr_expect(strstr(text, "recommend") == NULL || strstr(text, "not a national") != NULL,
                  "%s: %s", id, text);
    }
}

/* ---- Sentences ---------------------------------------------------------------------------- */

static pfh_date day(const char *text)
{
    pfh_date date;

    cr_assert_eq(pfh_date_parse(&date, text, NULL), PFH_OK, "%s", text);
    return date;
}

static void expect_sentence(const pfh_reason *reason, pfh_language language, const char *expected)
{
    char *text = NULL;

    cr_assert_eq(pfh_reason_to_text(&text, reason, language, NULL), PFH_OK);
    cr_expect_str_eq(text, expected);
    pfh_string_free(text);
}

static pfh_reason opens_three_months_after_the_diagnosis(void)
{
    return (pfh_reason){.date = day("2026-04-30"),
                        .is = PFH_DATED_OPENS,
                        .anchor = PFH_ANCHOR_DIAGNOSIS_DATE,
                        .anchor_date = day("2026-01-31"),
                        .months = 3,
                        .working_days = PFH_NONE,
                        .rule = "hdir-2022/2/opens",
                        .source = "G"};
}

Test(texts, a_window_of_the_guideline_is_explained_as_recommended)
{
    pfh_reason reason = opens_three_months_after_the_diagnosis();

    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Tidsrommet begynner 30.04.2026: 3 måneder etter diagnosedatoen, 31.01.2026 "
                    "(hdir-2022/2/opens, anbefaling fra Helsedirektoratet).");
    expect_sentence(&reason, PFH_LANGUAGE_NN,
                    "Tidsrommet byrjar 30.04.2026: 3 månader etter diagnosedatoen, 31.01.2026 "
                    "(hdir-2022/2/opens, tilråding frå Helsedirektoratet).");
    expect_sentence(&reason, PFH_LANGUAGE_EN,
                    "The window opens on 2026-04-30: 3 months after the date of diagnosis, "
                    "2026-01-31 (hdir-2022/2/opens, recommended by the Norwegian Directorate of "
                    "Health).");
}

Test(texts, a_deadline_of_the_policy_is_explained_as_a_local_setting)
{
    pfh_reason reason = {.date = day("2026-02-27"),
                         .is = PFH_DATED_DUE,
                         .anchor = PFH_ANCHOR_EVENT,
                         .anchor_event = "e7",
                         .anchor_type = PFH_EVENT_PERFORMED,
                         .anchor_key = "date",
                         .anchor_date = day("2026-02-20"),
                         .days = 7,
                         .working_days = PFH_NONE,
                         .rule = "policy/coding_days",
                         .source = "ours"};

    expect_sentence(
        &reason, PFH_LANGUAGE_NB,
        "Fristen er 27.02.2026: 7 dager etter «Behovskartlegging gjennomført» (hendelse e7), "
        "20.02.2026 "
        "(policy/coding_days, lokal innstilling).");
    expect_sentence(
        &reason, PFH_LANGUAGE_NN,
        "Fristen er 27.02.2026: 7 dagar etter «Behovskartlegging gjennomført» (hending e7), "
        "20.02.2026 "
        "(policy/coding_days, lokal innstilling).");
    expect_sentence(&reason, PFH_LANGUAGE_EN,
                    "The task is due on 2026-02-27: 7 days after “Needs assessment carried out” "
                    "(event e7), 2026-02-20 "
                    "(policy/coding_days, local setting).");
}

Test(texts, a_date_that_an_event_sets_is_named_for_what_it_is)
{
    pfh_reason reason = {.date = day("2026-05-05"),
                         .is = PFH_DATED_DUE,
                         .anchor = PFH_ANCHOR_EVENT,
                         .anchor_event = "e3",
                         .anchor_type = PFH_EVENT_SCHEDULED,
                         .anchor_key = "start",
                         .anchor_date = day("2026-05-04"),
                         .days = 1,
                         .working_days = PFH_NONE};

    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Fristen er 05.05.2026: 1 dag etter timen (hendelse e3), 04.05.2026.");
    expect_sentence(&reason, PFH_LANGUAGE_EN,
                    "The task is due on 2026-05-05: 1 day after the appointment (event e3), "
                    "2026-05-04.");
    reason.date = reason.anchor_date;
    reason.days = 0;
    reason.anchor_type = PFH_EVENT_DEFERRED;
    reason.anchor_key = "until";
    expect_sentence(&reason, PFH_LANGUAGE_NN,
                    "Fristen er 04.05.2026: dagen det skal spørjast på nytt (hending e3).");
}

Test(texts, a_choice_of_this_library_is_not_explained_as_national)
{
    pfh_reason reason = {.date = day("2026-06-24"),
                         .is = PFH_DATED_OPENS,
                         .anchor = PFH_ANCHOR_ABOUT,
                         .anchor_date = day("2026-07-08"),
                         .days = -14,
                         .working_days = PFH_NONE,
                         .rule = "hdir-2021-draft/4/opens",
                         .source = "ours"};

    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Tidsrommet begynner 24.06.2026: 14 dager før midten av tidsrommet, "
                    "08.07.2026 (hdir-2021-draft/4/opens, valgt i programvaren, ikke en nasjonal "
                    "anbefaling).");
    reason.source = "D, point 4; edges ours";
    expect_sentence(&reason, PFH_LANGUAGE_NN,
                    "Tidsrommet byrjar 24.06.2026: 14 dagar før midten av tidsrommet, "
                    "08.07.2026 (hdir-2021-draft/4/opens, valt i programvara, ikkje ei nasjonal "
                    "tilråding).");
    reason.source = NULL;
    expect_sentence(&reason, PFH_LANGUAGE_EN,
                    "The window opens on 2026-06-24: 14 days before the middle of the window, "
                    "2026-07-08 (hdir-2021-draft/4/opens, chosen by this software, not a national "
                    "recommendation).");
}

Test(texts, a_window_of_the_draft_is_explained_as_of_a_draft)
{
    pfh_reason reason = {.date = day("2026-07-08"),
                         .is = PFH_DATED_ABOUT,
                         .anchor = PFH_ANCHOR_POINT_3,
                         .anchor_date = day("2026-04-08"),
                         .months = 3,
                         .working_days = PFH_NONE,
                         .rule = "hdir-2021-draft/4/about",
                         .source = "D"};

    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Midten av tidsrommet er omtrent 08.07.2026: 3 måneder etter "
                    "samhandlingspunkt 3, 08.04.2026 (hdir-2021-draft/4/about, høringsutkast fra "
                    "Helsedirektoratet).");
    expect_sentence(&reason, PFH_LANGUAGE_NN,
                    "Midten av tidsrommet er om lag 08.07.2026: 3 månader etter "
                    "samhandlingspunkt 3, 08.04.2026 (hdir-2021-draft/4/about, høyringsutkast frå "
                    "Helsedirektoratet).");
}

Test(texts, a_date_to_which_nothing_is_added_is_said_once)
{
    pfh_reason reason = {.date = day("2026-02-02"),
                         .is = PFH_DATED_OPENS,
                         .anchor = PFH_ANCHOR_DIAGNOSIS_INFORMED,
                         .anchor_date = day("2026-02-02"),
                         .working_days = PFH_NONE,
                         .rule = "hdir-2022/1/opens",
                         .source = "G"};

    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Tidsrommet begynner 02.02.2026: dagen pasienten fikk vite om diagnosen "
                    "(hdir-2022/1/opens, anbefaling fra Helsedirektoratet).");
}

Test(texts, a_date_without_a_rule_is_explained_without_one)
{
    pfh_reason reason = {.date = day("2026-02-20"),
                         .is = PFH_DATED_SINCE,
                         .anchor = PFH_ANCHOR_EVENT,
                         .anchor_event = "e7",
                         .anchor_type = PFH_EVENT_PERFORMED,
                         .anchor_key = "date",
                         .anchor_date = day("2026-02-20"),
                         .working_days = PFH_NONE};

    expect_sentence(
        &reason, PFH_LANGUAGE_NB,
        "Statusen gjelder fra 20.02.2026: «Behovskartlegging gjennomført» (hendelse e7).");
    expect_sentence(&reason, PFH_LANGUAGE_NN,
                    "Statusen gjeld frå 20.02.2026: «Behovskartlegging gjennomført» (hending e7).");
    expect_sentence(&reason, PFH_LANGUAGE_EN,
                    "The state holds from 2026-02-20: “Needs assessment carried out” (event e7).");
}

Test(texts, a_move_to_a_working_day_says_from_where)
{
    pfh_reason reason = {.date = day("2026-03-13"),
                         .is = PFH_DATED_DUE,
                         .anchor = PFH_ANCHOR_DUE,
                         .anchor_date = day("2026-03-14"),
                         .days = -1,
                         .working_days = PFH_NONE,
                         .rule = "working_day",
                         .source = "ours"};

    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Fristen er 13.03.2026: flyttet fra 14.03.2026, som ikke er en arbeidsdag.");
    expect_sentence(&reason, PFH_LANGUAGE_NN,
                    "Fristen er 13.03.2026: flytta frå 14.03.2026, som ikkje er ein arbeidsdag.");
    expect_sentence(
        &reason, PFH_LANGUAGE_EN,
        "The task is due on 2026-03-13: moved from 2026-03-14, which is not a working day.");
}

Test(texts, one_is_not_many)
{
    pfh_reason reason = opens_three_months_after_the_diagnosis();

    reason.rule = NULL;
    reason.months = 1;
    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Tidsrommet begynner 30.04.2026: 1 måned etter diagnosedatoen, 31.01.2026.");
    reason.months = 0;
    reason.days = -1;
    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Tidsrommet begynner 30.04.2026: 1 dag før diagnosedatoen, 31.01.2026.");
    reason.days = 0;
    reason.working_days = 1;
    expect_sentence(&reason, PFH_LANGUAGE_NB,
                    "Tidsrommet begynner 30.04.2026: 1 arbeidsdag etter diagnosedatoen, "
                    "31.01.2026.");
}

Test(texts, days_are_added_after_months)
{
    pfh_reason reason = opens_three_months_after_the_diagnosis();

    reason.days = -14;
    reason.rule = NULL;
    expect_sentence(&reason, PFH_LANGUAGE_EN,
                    "The window opens on 2026-04-30: 14 days before 3 months after the date of "
                    "diagnosis, 2026-01-31.");
}

/* ---- Every combination -------------------------------------------------------------------- */

static const struct {
    int32_t months, days, working_days;
} amounts[] = {
    {0, 0, PFH_NONE},  {1, 0, PFH_NONE},  {3, 0, PFH_NONE},  {-1, 0, PFH_NONE},  {-3, 0, PFH_NONE},
    {0, 1, PFH_NONE},  {0, 14, PFH_NONE}, {0, -1, PFH_NONE}, {0, -14, PFH_NONE}, {3, -14, PFH_NONE},
    {-1, 1, PFH_NONE}, {0, 0, 0},         {0, 0, 1},         {0, 0, 3},
};

static const struct {
    const char *rule, *source;
} rules[] = {
    {NULL, NULL},
    {"hdir-2022/2/opens", "G"},
    {"hdir-2021-draft/4/about", "D"},
    {"hdir-2021-draft/4/opens", "ours"},
    {"policy/offer_lead_days", "ours"},
    {"working_day", "ours"},
};

static void expect_whole(const pfh_reason *reason, pfh_language language)
{
    char *text = NULL;
    const char *date = language == PFH_LANGUAGE_EN ? "2026-04-30" : "30.04.2026";

    cr_assert_eq(pfh_reason_to_text(&text, reason, language, NULL), PFH_OK);
    cr_expect_null(strpbrk(text, "{}"), "%s", text);
    cr_expect_null(strstr(text, "  "), "%s", text);
    cr_expect_not_null(strstr(text, date), "%s", text);
    cr_expect(is_upper_case(text), "%s", text);
    cr_expect_eq(text[strlen(text) - 1], '.', "%s", text);
    if (reason->rule != NULL && strcmp(reason->rule, "working_day") != 0)
        cr_expect_not_null(strstr(text, reason->rule), "%s", text);
    pfh_string_free(text);
}

static void expect_whole_with_every_rule(pfh_reason reason)
{
    for (size_t r = 0; r < COUNT(rules); r++) {
        reason.rule = rules[r].rule;
        reason.source = rules[r].source;
        for (size_t l = 0; l < COUNT(languages); l++)
            expect_whole(&reason, languages[l]);
    }
}

static void expect_whole_with_every_amount(pfh_reason reason)
{
    for (size_t a = 0; a < COUNT(amounts); a++) {
        reason.months = amounts[a].months;
        reason.days = amounts[a].days;
        reason.working_days = amounts[a].working_days;
        expect_whole_with_every_rule(reason);
    }
}

Test(texts, every_reason_is_a_whole_sentence)
{
    pfh_reason reason = opens_three_months_after_the_diagnosis();

    reason.anchor_event = "e7";
    reason.anchor_type = PFH_EVENT_PERFORMED;
    reason.anchor_key = "date";
    for (int32_t is = 1; is <= pfh_word_count(PFH_WORDS_DATED); is++) {
        for (int32_t anchor = 1; anchor <= pfh_word_count(PFH_WORDS_ANCHOR); anchor++) {
            reason.is = (pfh_dated)is;
            reason.anchor = (pfh_anchor)anchor;
            expect_whole_with_every_amount(reason);
        }
    }
}

/* ---- What is refused ---------------------------------------------------------------------- */

static void expect_refused(const pfh_reason *reason, pfh_language language, const char *where)
{
    char *text = (char *)1;
    pfh_error err;

    cr_assert_eq(pfh_reason_to_text(&text, reason, language, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, where);
    cr_expect_eq(text, (char *)1, "the output was touched");
}

Test(texts, what_is_no_row_of_a_plan_is_refused)
{
    pfh_reason reason = opens_three_months_after_the_diagnosis();

    reason.is = (pfh_dated)0;
    expect_refused(&reason, PFH_LANGUAGE_NB, "reason");
    reason = opens_three_months_after_the_diagnosis();
    reason.anchor = (pfh_anchor)99;
    expect_refused(&reason, PFH_LANGUAGE_NB, "reason");
    reason.anchor = PFH_ANCHOR_EVENT; /* without an event */
    expect_refused(&reason, PFH_LANGUAGE_NB, "reason");
    reason = opens_three_months_after_the_diagnosis();
    reason.date = PFH_NONE;
    expect_refused(&reason, PFH_LANGUAGE_NB, "reason");
    reason = opens_three_months_after_the_diagnosis();
    reason.anchor_date = PFH_NONE;
    expect_refused(&reason, PFH_LANGUAGE_NB, "reason");
    reason = opens_three_months_after_the_diagnosis();
    reason.days = PFH_NONE;
    expect_refused(&reason, PFH_LANGUAGE_NB, "reason");
}

Test(texts, a_missing_argument_is_refused)
{
    pfh_reason reason = opens_three_months_after_the_diagnosis();

    expect_refused(NULL, PFH_LANGUAGE_NB, "reason");
    expect_refused(&reason, (pfh_language)0, "language");
    expect_refused(&reason, (pfh_language)4, "language");
    cr_expect_eq(pfh_reason_to_text(NULL, &reason, PFH_LANGUAGE_NB, NULL), PFH_E_ARG);
}
