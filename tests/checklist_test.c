/*
 * The checklist of a conversation to come: as pfh-checklist/1 and as text for the patient, blank
 * and with what is known.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

static const pfh_language languages[] = {PFH_LANGUAGE_NB, PFH_LANGUAGE_NN, PFH_LANGUAGE_EN};

static const char policy_text_of_two[] =
    "{\"format\":\"pfh-policy/1\",\"extra_topics\":[{\"code\":\"x_z\",\"title\":\"Hund\\nog "
    "katt\"},{\"code\":\"x_a\",\"title\":\" \"}],\"units\":[{\"unit\":\"team\",\"name\":"
    "\"Kreftteamet\",\"phone\":\"35 00 00 00\"}]}";

/* What is known of a pathway with these topics in its one conversation. */
static pfh_needs *known_of(const char *edition, const char *topics, const char *more)
{
    growing text = {0};
    pfh_pathway *pathway;
    pfh_policy *policy = policy_of(policy_text_of_two);
    pfh_needs *needs = NULL;

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"%s\",\"diagnosis\":"
                  "{\"code\":\"C50\",\"date\":\"2026-01-31\"},\"events\":[{\"id\":\"a\",\"type\":"
                  "\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"assessment\":{\"topics\":[",
                  edition);
    growing_add(&text, topics, strlen(topics));
    growing_print(&text, "]}}%s]}", more);
    pathway = pathway_of(text.data);
    cr_assert_eq(pfh_needs_derive(&needs, pathway, policy, day("2026-04-20"), NULL, NULL, NULL),
                 PFH_OK);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    free(text.data);
    return needs;
}

static char *json_of(const char *edition, int32_t point, const char *rules, const pfh_needs *known,
                     pfh_language language)
{
    pfh_policy *policy = rules == NULL ? NULL : policy_of(rules);
    char *text = NULL;

    cr_assert_eq(pfh_checklist_to_json(&text, pfh_edition_find(edition), point, policy, known,
                                       language, NULL),
                 PFH_OK);
    pfh_policy_free(policy);
    return text;
}

static char *text_of(const char *edition, int32_t point, const char *rules, const pfh_needs *known,
                     pfh_language language)
{
    pfh_policy *policy = rules == NULL ? NULL : policy_of(rules);
    char *text = NULL;

    cr_assert_eq(pfh_checklist_to_text(&text, pfh_edition_find(edition), point, policy, known,
                                       language, NULL),
                 PFH_OK);
    pfh_policy_free(policy);
    return text;
}

/* ---- Blank -------------------------------------------------------------------------------- */

#define BLANK(topic, title)                                                                        \
    "{\"topic\":\"" topic "\",\"title\":\"" title                                                  \
    "\",\"need\":null,\"note\":null,\"responsible\":"                                              \
    "null,\"known\":null}"

Test(checklist, the_whole_of_a_blank_one)
{
    char *text = json_of("hdir-2021-draft", 4, policy_text_of_two, NULL, PFH_LANGUAGE_NN);

    cr_expect_str_eq(text, "{\"format\":\"pfh-checklist/"
                           "1\",\"edition\":\"hdir-2021-draft\",\"point\":4,"
                           "\"language\":\"nn\",\"pathway\":null,\"as_of\":null,\"instrument\":"
                           "null,"
                           "\"distress\":null,\"topics\":[" BLANK("family_network", "Familiesituasj"
                                                                                    "on og "
                                                                                    "nettverk") "," BLANK("work_school", "Jobb/skule/utdanning") "," BLANK("economy_housing", "Økonomi og butilhøve") "," BLANK("home_help", "Hjelp og tilrettelegging i heimen") "," BLANK("physical_activity", "Fysisk aktivitet og fysisk funksjon") "," BLANK("nutrition", "Ernæring/mat/måltid") "," BLANK("own_health",
                                                                                                                                                                                                                                                                                                                                                                                                "Ivaretaking av eiga helse") "," BLANK("leisure_social", "Fritid/"
                                                                                                                                                                                                                                                                                                                                                                                                                                                         "sosiale "
                                                                                                                                                                                                                                                                                                                                                                                                                                                         "aktiviteta"
                                                                                                                                                                                                                                                                                                                                                                                                                                                         "r") "," BLANK("mental_health", "Psykisk helse") "," BLANK("x_z", "Hund\\nog katt") "," BLANK("x_a",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       " ") "]}");
    pfh_string_free(text);
}

Test(checklist, without_a_policy_it_has_the_topics_of_the_edition_alone)
{
    char *text = json_of("hdir-2022", 1, NULL, NULL, PFH_LANGUAGE_EN);
    cJSON *tree = json_read(text);

    cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(tree, "topics")), 13);
    expect_piece(text, BLANK("oral_health", "Oral health") "]}");
    cJSON_Delete(tree);
    pfh_string_free(text);
}

/* The filled-in topics of an assessment have the same keys. */
Test(checklist, what_is_filled_in_is_an_assessment)
{
    static const char *const keys[] = {"topic", "need", "note", "responsible"};
    char *text = json_of("hdir-2022", 2, NULL, NULL, PFH_LANGUAGE_NB);
    cJSON *tree = json_read(text), *topics = cJSON_DetachItemFromObject(tree, "topics"), *topic;
    growing document = {0};

    cJSON_ArrayForEach(topic, topics)
    {
        cJSON_DeleteItemFromObject(topic, "title");
        cJSON_DeleteItemFromObject(topic, "known");
        cJSON_ReplaceItemInObject(topic, "need", cJSON_CreateString("none"));
        for (size_t i = 0; i < COUNT(keys); i++)
            cr_expect_not_null(cJSON_GetObjectItem(topic, keys[i]), "%s", keys[i]);
    }
    pfh_string_free(text);
    text = cJSON_PrintUnformatted(topics);
    growing_print(&document, "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":"
                             "\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":"
                             "\"2026-01-31\"},\"events\":[{\"id\":\"a\",\"type\":\"performed\","
                             "\"date\":\"2026-02-20\",\"point\":1,\"assessment\":{"
                             "\"instrument\":null,\"distress\":null,\"topics\":");
    growing_add(&document, text, strlen(text));
    growing_print(&document, "}}]}");
    pfh_pathway_free(pathway_of(document.data));
    free(document.data);
    cJSON_free(text);
    cJSON_Delete(topics);
    cJSON_Delete(tree);
}

/* ---- What is known ------------------------------------------------------------------------- */

#define TOPIC(topic, need, more) "{\"topic\":\"" topic "\",\"need\":\"" need "\"" more "}"
static const char some[] = TOPIC(
    "nutrition", "follow_up",
    ",\"note\":\"Hemmelig\",\"responsible\":{\"level\":\"municipality\",\"unit\":\"team\","
    "\"role\":\"gp\"}") "," TOPIC("oral_health", "none",
                                  "") "," TOPIC("mental_health", "declined",
                                                "") "," TOPIC("home_help", "follow_up",
                                                              "") "," TOPIC("own_health",
                                                                            "not_discussed",
                                                                            "") "," TOPIC("sexual_"
                                                                                          "health",
                                                                                          "follow_"
                                                                                          "up",
                                                                                          ",\"priva"
                                                                                          "te\":"
                                                                                          "true");

Test(checklist, what_is_known_stands_beside_a_topic_that_was_discussed)
{
    pfh_needs *known = known_of("hdir-2022", some, "");
    char *text = json_of("hdir-2022", 2, policy_text_of_two, known, PFH_LANGUAGE_NB);

    expect_piece(text, "\"point\":2,\"language\":\"nb\",\"pathway\":\"p1\",\"as_of\":"
                       "\"2026-04-20\",\"instrument\":null,\"distress\":null,");
    expect_piece(text,
                 "\"title\":\"Ernæring/mat/måltider\",\"need\":null,\"note\":null,\"responsible\":"
                 "null,\"known\":{\"need\":\"follow_up\",\"since\":\"2026-02-20\",\"discussed\":"
                 "\"2026-02-20\",\"responsible\":{\"level\":\"municipality\",\"unit\":\"team\","
                 "\"role\":\"gp\"}}}");
    expect_piece(text, "\"known\":{\"need\":\"none\",\"since\":\"2026-02-20\",\"discussed\":"
                       "\"2026-02-20\",\"responsible\":null}}");
    expect_piece(text, BLANK("own_health", "Ivaretakelse av egen helse"));
    expect_piece(text, BLANK("family_network", "Familiesituasjon og nettverk"));
    expect_piece(text, BLANK("sexual_health", "Seksuell helse")); /* it is private */
    expect_no_piece(text, "Hemmelig");
    pfh_string_free(text);
    pfh_needs_free(known);
}

Test(checklist, nothing_of_a_private_conversation_is_known)
{
    pfh_needs *known =
        known_of("hdir-2022", TOPIC("nutrition", "none", ""),
                 ",{\"id\":\"b\",\"type\":\"performed\",\"date\":\"2026-03-20\",\"point\":1,"
                 "\"private\":true,\"assessment\":{\"topics\":[" TOPIC(
                     "nutrition", "follow_up", "") "," TOPIC("oral_health", "none", "") "]}}");
    char *text = json_of("hdir-2022", 2, NULL, known, PFH_LANGUAGE_NB);

    expect_piece(text, BLANK("nutrition", "Ernæring/mat/måltider"));
    expect_piece(text, BLANK("oral_health", "Oral helse"));
    pfh_string_free(text);
    pfh_needs_free(known);
}

/* ---- As text ------------------------------------------------------------------------------- */

Test(checklist, the_whole_of_a_blank_text)
{
    char *text = text_of("hdir-2021-draft", 5, NULL, NULL, PFH_LANGUAGE_NB);
#define ANSWERS                                                                                    \
    "Vil du snakke om dette? Svar ja, nei eller kanskje:\n"                                        \
    "Det viktigste for deg:\n"                                                                     \
    "\n"

    cr_expect_str_eq(
        text,
        "Forberedelse til samtalen\n"
        "Samtale i kommunen, ca. 1 år etter punkt 3\n"
        "\n"
        "Her er temaer vi kan snakke om. Ingenting er obligatorisk: Du velger selv hva du vil ta "
        "opp, og kan la resten stå tomt. Du kan ha med deg pårørende eller andre. Ta gjerne med "
        "deg dette til samtalen.\n"
        "\n"
        "1. Familiesituasjon og nettverk\n" ANSWERS "2. Jobb/skole/utdanning\n" ANSWERS
        "3. Økonomi og boforhold\n" ANSWERS "4. Hjelp og tilrettelegging i hjemmet\n" ANSWERS
        "5. Fysisk aktivitet og fysisk funksjon\n" ANSWERS "6. Ernæring/mat/måltider\n" ANSWERS
        "7. Ivaretakelse av egen helse\n" ANSWERS "8. Fritid/sosiale aktiviteter\n" ANSWERS
        "9. Psykisk helse\n" ANSWERS "Er det noe annet du vil ta opp?\n");
    pfh_string_free(text);
}

Test(checklist, what_was_said_last_time_is_told_to_the_patient)
{
    pfh_needs *known = known_of("hdir-2022", some, "");
    char *text = text_of("hdir-2022", 2, policy_text_of_two, known, PFH_LANGUAGE_NN);

    expect_piece(text, "Førebuing til samtalen\n"
                       "Samtale i kommunen, ca. 3–4 månader etter diagnosen\n");
    expect_piece(text, "7. Ernæring/mat/måltid\n"
                       "Sist vi snakka om dette, 20.02.2026, hadde du behov for oppfølging. "
                       "Ansvaret ligg hos fastlegen din, Kreftteamet, tlf. 35 00 00 00.\n"
                       "Vil du snakke om dette?");
    expect_piece(text, "Sist vi snakka om dette, 20.02.2026, trong du ikkje oppfølging.\n");
    expect_piece(text, "Sist vi snakka om dette, 20.02.2026, ønskte du ikkje oppfølging.\n");
    expect_piece(text, "4. Hjelp og tilrettelegging i heimen\n"
                       "Sist vi snakka om dette, 20.02.2026, hadde du behov for oppfølging.\n"
                       "Vil du");
    expect_piece(text, "8. Ivaretaking av eiga helse\nVil du");
    expect_piece(text, "12. Seksuell helse\nVil du");
    expect_piece(text, "14. Hund og katt\nVil du");
    expect_piece(text, "15. x_a\nVil du");
    expect_piece(text, "\nEr det noko anna du vil ta opp?\n\nReferanse: p1.\n");
    expect_no_piece(text, "Hemmelig");
    pfh_string_free(text);
    pfh_needs_free(known);
}

Test(checklist, the_heading_says_who_has_the_conversation_on_the_day)
{
    pfh_needs *known = known_of("hdir-2022", "",
                                ",{\"id\":\"b\",\"type\":\"assigned\",\"date\":\"2026-03-20\","
                                "\"point\":2,\"level\":\"specialist\"}");
    char *text = text_of("hdir-2022", 2, NULL, known, PFH_LANGUAGE_EN);

    expect_piece(text, "Conversation at the hospital, about 3–4 months after the diagnosis\n");
    pfh_string_free(text);
    pfh_needs_free(known);
    known = known_of("hdir-2022", "",
                     ",{\"id\":\"b\",\"type\":\"assigned\",\"date\":\"2026-03-20\",\"point\":2,"
                     "\"level\":\"specialist\",\"private\":true}");
    text = text_of("hdir-2022", 2, NULL, known, PFH_LANGUAGE_EN);
    expect_piece(text, "Conversation in the municipality, about 3–4 months after the diagnosis\n");
    pfh_string_free(text);
    pfh_needs_free(known);
    text = text_of("hdir-2022", 1, NULL, NULL, PFH_LANGUAGE_EN);
    expect_piece(text, "Conversation at the hospital, after the diagnosis\n");
    pfh_string_free(text);
}

Test(checklist, every_point_of_every_edition_has_one_in_every_language)
{
    for (size_t e = 0; e < pfh_edition_count(); e++) {
        const pfh_edition *edition = pfh_edition_at(e);

        for (int32_t point = 1; point <= edition->point_count; point++) {
            for (size_t l = 0; l < COUNT(languages); l++) {
                char *json = json_of(edition->name, point, NULL, NULL, languages[l]);
                char *text = text_of(edition->name, point, NULL, NULL, languages[l]);

                cJSON_Delete(json_read(json));
                expect_no_piece(text, "{");
                expect_no_piece(text, "  ");
                expect_no_piece(text, "elastning"); /* no score is asked for */
                expect_no_piece(text, "istress");
                expect_no_piece(json, "NCCN");
                expect_no_piece(text, "NCCN");
                pfh_string_free(json);
                pfh_string_free(text);
            }
        }
    }
}

/* ---- What is refused ----------------------------------------------------------------------- */

static void expect_refused(const pfh_edition *edition, int32_t point, const pfh_needs *known,
                           pfh_language language, pfh_status status, const char *where)
{
    char *text = (char *)1;
    pfh_error err;

    cr_expect_eq(pfh_checklist_to_json(&text, edition, point, NULL, known, language, &err), status);
    cr_expect_str_eq(err.where, where);
    cr_expect_eq(pfh_checklist_to_text(&text, edition, point, NULL, known, language, &err), status);
    cr_expect_str_eq(err.where, where);
    cr_expect_eq(text, (char *)1, "the output was touched");
}

Test(checklist, a_missing_or_wrong_argument_is_refused)
{
    const pfh_edition *edition = pfh_edition_find("hdir-2022");
    pfh_needs *known = known_of("hdir-2021-draft", "", "");

    expect_refused(NULL, 1, NULL, PFH_LANGUAGE_NB, PFH_E_ARG, "edition");
    expect_refused(edition, 0, NULL, PFH_LANGUAGE_NB, PFH_E_ARG, "point");
    expect_refused(edition, 4, NULL, PFH_LANGUAGE_NB, PFH_E_ARG, "point");
    expect_refused(edition, 1, NULL, (pfh_language)0, PFH_E_ARG, "language");
    expect_refused(edition, 1, NULL, (pfh_language)4, PFH_E_ARG, "language");
    expect_refused(edition, 1, known, PFH_LANGUAGE_NB, PFH_E_EDITION, "known");
    cr_expect_eq(pfh_checklist_to_json(NULL, edition, 1, NULL, NULL, PFH_LANGUAGE_NB, NULL),
                 PFH_E_ARG);
    cr_expect_eq(pfh_checklist_to_text(NULL, edition, 1, NULL, NULL, PFH_LANGUAGE_NB, NULL),
                 PFH_E_ARG);
    pfh_needs_free(known);
}
