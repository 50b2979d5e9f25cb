/*
 * Needs as plain text: what is said to whom, in which order, and what is left out where there is
 * little room.  Whole texts were written by hand from doc/rules.md, and read aloud.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

static const pfh_language languages[] = {PFH_LANGUAGE_NB, PFH_LANGUAGE_NN, PFH_LANGUAGE_EN};
static const pfh_audience audiences[] = {PFH_AUDIENCE_MUNICIPALITY, PFH_AUDIENCE_SPECIALIST,
                                         PFH_AUDIENCE_GP, PFH_AUDIENCE_PATIENT};

#define ROOMY 100000

/* ---- Pathways ----------------------------------------------------------------------------- */

/* The needs of a pathway with these keys (each begins with a comma), under a policy of these. */
static pfh_needs *needs_with(const char *edition, const char *keys, const char *policy_keys,
                             const char *as_of)
{
    growing text = {0}, rules = {0};
    pfh_pathway *pathway;
    pfh_policy *policy;
    pfh_needs *needs = NULL;

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"edition\":\"%s\",\"diagnosis\":{\"code\":"
                  "\"C50\",\"date\":\"2026-01-31\"}",
                  edition);
    growing_add(&text, keys, strlen(keys));
    growing_print(&text, "}");
    growing_print(&rules, "{\"format\":\"pfh-policy/1\"");
    growing_add(&rules, policy_keys, strlen(policy_keys));
    growing_print(&rules, "}");
    pathway = pathway_of(text.data);
    policy = policy_of(rules.data);
    cr_assert_eq(pfh_needs_derive(&needs, pathway, policy, day(as_of), NULL, NULL, NULL), PFH_OK);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    free(text.data);
    free(rules.data);
    return needs;
}

#define EVENTS(list) ",\"id\":\"p1\",\"events\":[" list "]"
#define AT(point, id, date, more)                                                                  \
    "{\"id\":\"" id "\",\"type\":\"performed\",\"date\":\"" date "\",\"point\":" point more "}"
#define FOUND(topics) ",\"assessment\":{\"topics\":[" topics "]}"
#define TOPIC(topic, need, more) "{\"topic\":\"" topic "\",\"need\":\"" need "\"" more "}"
#define BY(who) ",\"responsible\":{" who "}"

static char *text_to(const pfh_needs *needs, pfh_audience audience, pfh_language language,
                     int32_t most)
{
    char *text = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_needs_to_text(&text, needs, audience, language, most, &err), PFH_OK, "%s",
                 err.text);
    return text;
}

/* Derives, writes in nb, and frees the needs. */
static char *written(const char *keys, const char *policy_keys, pfh_audience audience)
{
    pfh_needs *needs = needs_with("hdir-2022", keys, policy_keys, "2026-04-20");
    char *text = text_to(needs, audience, PFH_LANGUAGE_NB, ROOMY);

    pfh_needs_free(needs);
    return text;
}

static size_t characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

#define MISSING "Noe av det som er registrert, er ikke med her.\n"

/* ---- Whole texts -------------------------------------------------------------------------- */

/* Two conversations; needs of three urgencies, and one of each other kind. */
static const char course[] = EVENTS(AT(
    "1", "a", "2026-02-20",
    ",\"assessment\":{\"distress\":6,\"topics\":[" TOPIC("nutrition", "follow_up", BY("\"level\":\"municipality\",\"role\":\"gp\"")) "," TOPIC("work_school", "follow_up", BY("\"level\":\"specialist\"") ",\"note\":\"Sliten.\"") "," TOPIC(
        "home_help", "follow_up",
        "") "," TOPIC("oral_health", "follow_up",
                      BY("\"role\":\"nurse\"")) "," TOPIC("own_health", "none",
                                                          "") "]}") "," AT("2", "b", "2026-04-14",
                                                                           ",\"assessment\":{"
                                                                           "\"distress\":2,"
                                                                           "\"topics\":[" TOPIC(
                                                                               "nutrition",
                                                                               "follow_up",
                                                                               BY("\"level\":"
                                                                                  "\"municipality"
                                                                                  "\",\"unit\":"
                                                                                  "\"team\","
                                                                                  "\"role\":"
                                                                                  "\"cancer_"
                                                                                  "coordinator"
                                                                                  "\"")) "," TOPIC("oral_health",
                                                                                                   "none",
                                                                                                   "") "," TOPIC("mental_health",
                                                                                                                 "declined",
                                                                                                                 "") "," TOPIC("economy_housing",
                                                                                                                               "follow_up",
                                                                                                                               "") "]}") ","
                                                                                                                                         "{\"id\":\"u\",\"type\":\"followed_up\",\"date\":\"2026-03-02\",\"of\":\"a\"}");

#define UNITS                                                                                      \
    ",\"units\":[{\"unit\":\"team\",\"name\":\"Kreftteamet\",\"phone\":\"35 00 00 00\"}],"         \
    "\"assign\":[{\"point\":3,\"unit\":\"team\",\"role\":\"cancer_nurse\"}]"

/* Nobody responsible comes first (in the order of the topics), then what nobody followed up, and
 * only then the rest. */
static const struct {
    pfh_audience audience;
    pfh_language language;
    const char *text;
} whole[] = {
    {PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB,
     "Pakkeforløp hjem: behov for oppfølging\n"
     "Forløp p1, slik det står 20.04.2026.\n"
     "Siste behovskartlegging ble gjennomført 14.04.2026 av dere i kommunen (punkt 2, "
     "ca. 3–4 måneder etter diagnosen).\n"
     "\n"
     "Behov som skal følges opp: 4. Hos dere: 1. Uten ansvarlig: 2.\n"
     "1. Økonomi og boforhold\n"
     "Nytt behov 14.04.2026. Ingen har ansvaret ennå. Det må avklares hvem som følger opp. Ikke "
     "registrert som fulgt opp ennå.\n"
     "2. Hjelp og tilrettelegging i hjemmet\n"
     "Behov fra 20.02.2026, ikke tatt opp i den siste kartleggingen. Ingen har "
     "ansvaret ennå. Det må avklares hvem som følger opp. Oppfølging er registrert 02.03.2026.\n"
     "3. Ernæring/mat/måltider\n"
     "Behov siden 20.02.2026, sist tatt opp 14.04.2026. Ansvaret ligger hos dere i kommunen ved "
     "kreftkoordinatoren, Kreftteamet, tlf. 35 00 00 00. Det gjelder fra 14.04.2026. Ikke "
     "registrert som fulgt opp ennå.\n"
     "4. Jobb/skole/utdanning\n"
     "Behov fra 20.02.2026, ikke tatt opp i den siste kartleggingen. Ansvaret "
     "ligger hos spesialisthelsetjenesten. Oppfølging er registrert 02.03.2026.\n"
     "Merknad: Sliten.\n"
     "\n"
     "Ikke lenger behov: Oral helse\n"
     "Pasienten ønsker ikke oppfølging av: Psykisk helse\n"
     "Ikke behov: Ivaretakelse av egen helse\n"
     "Ikke tatt opp: Familiesituasjon og nettverk, Rehabilitering, Fysisk aktivitet og fysisk "
     "funksjon, Egne ressurser / læring og mestring, Fritid/sosiale aktiviteter, Seksuell helse\n"
     "\n"
     "Belastning (0–10, pasientens eget tall): 6 (20.02.2026), 2 (14.04.2026). Det siste tallet "
     "er under 4, som er lokal grense.\n"
     "Neste kartlegging er punkt 3, ca. 12–18 måneder etter diagnosen. Tidsrommet er omtrent "
     "31.01.2027 "
     "til 31.07.2027. Status: Tilbud ikke gitt. Neste oppgave: Tilby samtale, frist 29.01.2027. "
     "Ansvaret ligger hos "
     "dere i kommunen ved kreftsykepleieren, Kreftteamet, tlf. 35 00 00 00.\n"},
    {PFH_AUDIENCE_GP, PFH_LANGUAGE_NN,
     "Pakkeforløp hjem: behov for oppfølging\n"
     "Forløp p1, slik det står 20.04.2026.\n"
     "Siste behovskartlegging vart gjennomført 14.04.2026 av kommunen (punkt 2, "
     "ca. 3–4 månader etter diagnosen).\n"
     "\n"
     "Behov som skal følgjast opp: 4. Hos dykk: 0. Utan ansvarleg: 2.\n"
     "1. Økonomi og butilhøve\n"
     "Nytt behov 14.04.2026. Ingen har ansvaret enno. Det må avklarast kven som følgjer opp. "
     "Ikkje registrert som følgt opp enno.\n"
     "2. Hjelp og tilrettelegging i heimen\n"
     "Behov frå 20.02.2026, ikkje teke opp i den siste kartlegginga. Ingen har "
     "ansvaret enno. Det må avklarast kven som følgjer opp. Oppfølging er registrert 02.03.2026.\n"
     "3. Ernæring/mat/måltid\n"
     "Behov sidan 20.02.2026, sist teke opp 14.04.2026. Ansvaret ligg hos kommunen ved "
     "kreftkoordinatoren, Kreftteamet, tlf. 35 00 00 00. Det gjeld frå 14.04.2026. Ikkje "
     "registrert som følgt opp enno.\n"
     "4. Jobb/skule/utdanning\n"
     "Behov frå 20.02.2026, ikkje teke opp i den siste kartlegginga. Ansvaret "
     "ligg hos spesialisthelsetenesta. Oppfølging er registrert 02.03.2026.\n"
     "Merknad: Sliten.\n"
     "\n"
     "Ikkje lenger behov: Oral helse\n"
     "Pasienten ønskjer ikkje oppfølging av: Psykisk helse\n"
     "Ikkje behov: Ivaretaking av eiga helse\n"
     "Ikkje teke opp: Familiesituasjon og nettverk, Rehabilitering, Fysisk aktivitet og fysisk "
     "funksjon, Eigne ressursar / læring og meistring, Fritid/sosiale aktivitetar, Seksuell "
     "helse\n"
     "\n"
     "Belastning (0–10, pasienten sitt eige tal): 6 (20.02.2026), 2 (14.04.2026). Det siste talet "
     "er under 4, som er lokal grense.\n"
     "Neste kartlegging er punkt 3, ca. 12–18 månader etter diagnosen. Tidsrommet er om lag "
     "31.01.2027 "
     "til 31.07.2027. Status: Tilbod ikkje gitt. Neste oppgåve: Tilby samtale, frist 29.01.2027. "
     "Ansvaret ligg hos "
     "kommunen ved kreftsjukepleiaren, Kreftteamet, tlf. 35 00 00 00.\n"},
    {PFH_AUDIENCE_PATIENT, PFH_LANGUAGE_EN,
     "What we have talked about\n"
     "As of 2026-04-20. Reference: p1.\n"
     "The last conversation was on 2026-04-14 with the municipality.\n"
     "\n"
     "This is to be followed up:\n"
     "1. Finances and housing\n"
     "This came up on 2026-04-14. Nobody is responsible for this yet. Please ask us who will "
     "follow it up. We have not recorded yet that it was followed up.\n"
     "2. Help and adaptation at home\n"
     "This came up on 2026-02-20. Nobody is responsible for this yet. Please ask us who will "
     "follow it up. We have recorded a follow-up on 2026-03-02.\n"
     "3. Nutrition/food/meals\n"
     "You have needed this since 2026-02-20. We last talked about it on 2026-04-14. Responsible: "
     "the municipality through the cancer coordinator, Kreftteamet, tel. 35 00 00 00. That holds "
     "from 2026-04-14. We have not recorded yet that it was followed up.\n"
     "4. Work/school/education\n"
     "This came up on 2026-02-20. Responsible: the hospital. We have recorded a follow-up on "
     "2026-03-02.\n"
     "\n"
     "You no longer need follow-up of: Oral health\n"
     "You do not want follow-up of: Mental health\n"
     "You do not need follow-up of: Looking after one's own health\n"
     "We have not talked about: Family situation and network, Rehabilitation, Physical activity "
     "and physical function, Own resources / learning and coping, Leisure/social activities, "
     "Sexual health\n"
     "\n"
     "Your distress, by your own number from 0 to 10: 6 (2026-02-20), 2 (2026-04-14).\n"
     "The next conversation is with the municipality. It is meant to be around 2027-01-31 to "
     "2027-07-31. Contact for the conversation: the municipality through the cancer nurse, "
     "Kreftteamet, tel. 35 00 00 00.\n"
     "You may ask for a new conversation whenever you like.\n"},
};

Test(needs_text, whole_texts)
{
    pfh_needs *needs = needs_with("hdir-2022", course, UNITS, "2026-04-20");

    for (size_t i = 0; i < COUNT(whole); i++) {
        char *text = text_to(needs, whole[i].audience, whole[i].language, ROOMY);

        cr_expect_str_eq(text, whole[i].text);
        pfh_string_free(text);
    }
    pfh_needs_free(needs);
}

Test(needs_text, before_the_first_conversation_there_is_only_what_comes_next)
{
    char *text = written(EVENTS(""), "", PFH_AUDIENCE_MUNICIPALITY);

    cr_expect_str_eq(
        text, "Pakkeforløp hjem: behov for oppfølging\n"
              "Forløp p1, slik det står 20.04.2026.\n"
              "Ingen behovskartlegging er registrert.\n"
              "\n"
              "Neste kartlegging er punkt 2, ca. 3–4 måneder etter diagnosen. Tidsrommet er "
              "omtrent 30.04.2026 til 31.05.2026. Status: Tilbud ikke gitt. Neste oppgave: Tilby "
              "samtale, frist 30.04.2026. Ansvaret ligger hos dere i kommunen.\n");
    pfh_string_free(text);
}

Test(needs_text, that_a_pathway_is_over_stands_before_all_else)
{
    char *text =
        written(EVENTS("{\"id\":\"s\",\"type\":\"ended\",\"date\":\"2026-04-01\",\"reason\":"
                       "\"dead\"}"),
                "", PFH_AUDIENCE_GP);

    cr_expect_str_eq(text, "Pakkeforløp hjem: behov for oppfølging\n"
                           "Forløp p1, slik det står 20.04.2026.\n"
                           "Forløp: Avsluttet (Pasienten er død).\n"
                           "Ingen behovskartlegging er registrert.\n");
    pfh_string_free(text);
}

/* ---- Who ---------------------------------------------------------------------------------- */

Test(needs_text, who_is_responsible_is_said_to_each_as_it_concerns_them)
{
    static const struct {
        const char *who, *municipality, *specialist, *gp, *patient;
    } cases[] = {
        {"\"level\":\"municipality\"", "dere i kommunen", "kommunen", "kommunen", "kommunen"},
        {"\"level\":\"specialist\"", "spesialisthelsetjenesten", "dere i spesialisthelsetjenesten",
         "spesialisthelsetjenesten", "sykehuset"},
        {"\"level\":\"municipality\",\"role\":\"gp\"", "kommunen ved fastlegen",
         "kommunen ved fastlegen", "deg som fastlege", "fastlegen din"},
        {"\"role\":\"gp\"", "fastlegen", "fastlegen", "deg som fastlege", "fastlegen din"},
        {"\"level\":\"municipality\",\"role\":\"case_manager\"",
         "dere i kommunen ved saksbehandleren", "kommunen ved saksbehandleren",
         "kommunen ved saksbehandleren", "kommunen ved saksbehandleren"},
        {"\"level\":\"municipality\",\"role\":\"other\"", "dere i kommunen", "kommunen", "kommunen",
         "kommunen"},
        {"\"role\":\"other\"", "en annen rolle", "en annen rolle", "en annen rolle",
         "en annen rolle"},
        {"\"unit\":\"u-1\"", "u-1", "u-1", "u-1", "u-1"},
        {"\"unit\":\"team\",\"role\":\"other\"", "Team et, tlf. 1", "Team et, tlf. 1",
         "Team et, tlf. 1", "Team et, tlf. 1"},
        {"\"unit\":\"mute\"", "mute, tlf. 2", "mute, tlf. 2", "mute, tlf. 2", "mute, tlf. 2"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *const expected[] = {cases[i].municipality, cases[i].specialist, cases[i].gp,
                                        cases[i].patient};
        char events[400], sentence[200];
        pfh_needs *needs;

        snprintf(events, sizeof events,
                 ",\"id\":\"p1\",\"events\":[{\"id\":\"a\",\"type\":\"performed\",\"date\":"
                 "\"2026-02-20\",\"point\":1,\"assessment\":{\"topics\":[{\"topic\":\"nutrition\","
                 "\"need\":\"follow_up\",\"responsible\":{%s}}]}}]",
                 cases[i].who);
        needs =
            needs_with("hdir-2022", events,
                       ",\"units\":[{\"unit\":\"team\",\"name\":\" Team\\net\",\"phone\":\"1\"},"
                       "{\"unit\":\"mute\",\"name\":\" \",\"phone\":\"2\"}]",
                       "2026-04-20");
        for (size_t a = 0; a < COUNT(audiences); a++) {
            char *text = text_to(needs, audiences[a], PFH_LANGUAGE_NB, ROOMY);

            snprintf(sentence, sizeof sentence, "20.02.2026. Ansvaret ligger hos %s. ",
                     expected[a]);
            expect_piece(text, sentence);
            pfh_string_free(text);
        }
        pfh_needs_free(needs);
    }
}

Test(needs_text, needs_of_the_reader_are_counted)
{
#define FOUR                                                                                                             \
    EVENTS(AT(                                                                                                           \
        "1", "a", "2026-02-20",                                                                                          \
        FOUND(TOPIC("work_school", "follow_up", BY("\"level\":\"municipality\"")) "," TOPIC(                             \
            "nutrition", "follow_up",                                                                                    \
            BY("\"role\":\"gp\"")) "," TOPIC("oral_health", "follow_up",                                                 \
                                             BY("\"level\":\"specialist\"")) "," TOPIC("home_"                           \
                                                                                       "help",                           \
                                                                                       "follow_"                         \
                                                                                       "up",                             \
                                                                                       BY("\"leve"                       \
                                                                                          "l\":"                         \
                                                                                          "\"spec"                       \
                                                                                          "ialist"                       \
                                                                                          "\"")) "," TOPIC("own_health", \
                                                                                                           "follow_up",  \
                                                                                                           ""))))
    char *text = written(FOUR, "", PFH_AUDIENCE_MUNICIPALITY);

    expect_piece(text, "Behov som skal følges opp: 5. Hos dere: 1. Uten ansvarlig: 1.\n");
    pfh_string_free(text);
    text = written(FOUR, "", PFH_AUDIENCE_SPECIALIST);
    expect_piece(text, "Behov som skal følges opp: 5. Hos dere: 2. Uten ansvarlig: 1.\n");
    pfh_string_free(text);
    text = written(FOUR, "", PFH_AUDIENCE_GP);
    expect_piece(text, "Behov som skal følges opp: 5. Hos dere: 1. Uten ansvarlig: 1.\n");
    pfh_string_free(text);
}

/* ---- Free texts --------------------------------------------------------------------------- */

#define NOTED(note)                                                                                \
    EVENTS(AT("1", "a", "2026-02-20",                                                              \
              FOUND(TOPIC("nutrition", "follow_up", ",\"note\":\"" note "\""))))

Test(needs_text, a_note_is_one_line_and_keeps_its_words)
{
    static const struct {
        const char *keys, *line;
    } cases[] = {
        {NOTED("En\\nto\\r\\n\\ttre  fire"), "Merknad: En to tre fire\n"},
        {NOTED("  kant  "), "Merknad: kant\n"},
        {NOTED("a\\u2028b\\u2029c\\u00a0d\\u3000e\\u202ff"), "Merknad: a b c d e f\n"},
        {NOTED("\\u202eav\\ufeff"), "Merknad: av\n"},
        {NOTED("{date} {n}"), "Merknad: {date} {n}\n"},
        {NOTED("F\\u00f8rste \\ud83d\\ude00"), "Merknad: Første 😀\n"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = written(cases[i].keys, "", PFH_AUDIENCE_MUNICIPALITY);

        expect_piece(text, cases[i].line);
        pfh_string_free(text);
    }
}

Test(needs_text, an_empty_note_is_no_note)
{
    char *text = written(NOTED(" \\n "), "", PFH_AUDIENCE_MUNICIPALITY);

    expect_no_piece(text, "Merknad");
    pfh_string_free(text);
}

Test(needs_text, a_patient_gets_no_notes)
{
    char *text = written(NOTED("Hemmelig"), "", PFH_AUDIENCE_PATIENT);

    expect_no_piece(text, "Hemmelig");
    expect_no_piece(text, "Merknad");
    pfh_string_free(text);
}

Test(needs_text, a_local_topic_is_called_by_its_title_or_else_its_code)
{
#define LOCAL                                                                                      \
    EVENTS(AT("1", "a", "2026-02-20",                                                              \
              FOUND(TOPIC("x_a", "follow_up", "") "," TOPIC("x_b", "none", ""))))
    char *text =
        written(LOCAL, ",\"extra_topics\":[{\"code\":\"x_a\",\"title\":\"Hund\\nog katt\"}]",
                PFH_AUDIENCE_MUNICIPALITY);

    expect_piece(text, "1. Hund og katt\n");
    expect_piece(text, "Ikke behov: x_b\n");
    pfh_string_free(text);
    text = written(LOCAL, ",\"extra_topics\":[{\"code\":\"x_a\",\"title\":\" \"}]",
                   PFH_AUDIENCE_MUNICIPALITY);
    expect_piece(text, "1. x_a\n");
    pfh_string_free(text);
}

Test(needs_text, neither_the_patients_name_nor_number_is_told)
{
    growing keys = {0};
    char *text;

    growing_add(&keys, course, strlen(course));
    growing_print(&keys, ",\"patient\":{\"id\":\"4711\",\"name\":{\"given\":\"Kari\",\"family\":"
                         "\"Nordmann\"},\"identifiers\":[{\"type\":\"fnr\",\"value\":"
                         "\"13897210066\"}]}");
    text = written(keys.data, UNITS, PFH_AUDIENCE_MUNICIPALITY);

    expect_no_piece(text, "Kari");
    expect_no_piece(text, "Nordmann");
    expect_no_piece(text, "13897210066");
    expect_no_piece(text, "4711");
    pfh_string_free(text);
    free(keys.data);
}

/* ---- Distress ----------------------------------------------------------------------------- */

#define SCORED(id, date, score) AT("1", id, date, ",\"assessment\":{\"distress\":" score "}")

Test(needs_text, the_last_three_scores_are_told_and_whether_the_last_is_high)
{
    static const struct {
        const char *keys, *line, *to_patient;
    } cases[] = {
        {EVENTS(SCORED("a", "2026-02-01", "3")), "3 (01.02.2026). Det siste tallet er under 4, som",
         "fra 0 til 10: 3 (01.02.2026).\n"},
        {EVENTS(SCORED("a", "2026-02-01", "4")),
         "4 (01.02.2026). Det siste tallet er høyt: på eller over 4, som er lokal grense. Ikke "
         "registrert som fulgt opp ennå.\n",
         "4 (01.02.2026). Det siste tallet er 4 eller høyere. Da snakker vi "
         "gjerne mer om det. Vi har ikke registrert at det er fulgt opp ennå.\n"},
        {EVENTS(SCORED(
             "a", "2026-02-01",
             "9") ",{\"id\":\"u\",\"type\":\"followed_up\",\"date\":\"2026-02-03\",\"of\":\"a\"}"),
         "som er lokal grense. Oppfølging er registrert 03.02.2026.\n",
         "Vi har registrert oppfølging 03.02.2026.\n"},
        {EVENTS(SCORED("a", "2026-02-01", "9") "," SCORED("b", "2026-02-02", "8") "," SCORED(
             "c", "2026-02-03", "7") "," SCORED("d", "2026-02-04", "0")),
         "tall): 8 (02.02.2026), 7 (03.02.2026), 0 (04.02.2026). Det siste tallet er under",
         "fra 0 til 10: 8 (02.02.2026), 7 (03.02.2026), 0 (04.02.2026).\n"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = written(cases[i].keys, "", PFH_AUDIENCE_SPECIALIST);

        expect_piece(text, cases[i].line);
        pfh_string_free(text);
        text = written(cases[i].keys, "", PFH_AUDIENCE_PATIENT);
        expect_piece(text, cases[i].to_patient);
        pfh_string_free(text);
    }
}

Test(needs_text, a_conversation_without_a_result_is_said_to_have_none)
{
    char *text = written(
        EVENTS(AT("1", "a", "2026-02-20",
                  FOUND(TOPIC("nutrition", "follow_up", ""))) "," AT("1", "b", "2026-03-20", "")),
        "", PFH_AUDIENCE_MUNICIPALITY);

    expect_piece(text, "gjennomført 20.03.2026 av spesialisthelsetjenesten (punkt 1, etter "
                       "diagnosen). Resultatet er ikke registrert.\n");
    expect_piece(text, "Nytt behov 20.02.2026."); /* nothing is known to have passed it over */
    pfh_string_free(text);
}

/* ---- What comes next ---------------------------------------------------------------------- */

Test(needs_text, what_comes_next_is_told_as_it_concerns_the_reader)
{
    static const struct {
        const char *keys, *municipality, *specialist, *patient;
    } cases[] = {
        /* nothing yet: each has a point of its own */
        {EVENTS(""), "Neste kartlegging er punkt 2,", "Neste kartlegging er punkt 1,",
         "Neste samtale er med sykehuset."},
        /* booked */
        {EVENTS("{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-01\",\"point\":2,"
                "\"start\":\"2026-05-04T09:30\",\"place\":\"Rom\\n3\"}"),
         "Timen er 04.05.2026 kl. 09.30, Rom 3. Status: Time satt opp. Neste oppgave: Send ut "
         "skjema, frist 20.04.2026.",
         "Neste kartlegging er punkt 1,", "Neste samtale er med sykehuset."},
        {EVENTS(AT("1", "a", "2026-02-20", "") ",{\"id\":\"s\",\"type\":\"scheduled\",\"date\":"
                                               "\"2026-04-01\",\"point\":2,\"start\":"
                                               "\"2026-05-04\"}"),
         "Timen er 04.05.2026. Status:", "Timen er 04.05.2026. Status:", "Du har time 04.05.2026."},
        /* accepted */
        {EVENTS(AT("1", "a", "2026-02-20",
                   "") ",{\"id\":\"s\",\"type\":\"accepted\",\"date\":\"2026-04-01\",\"point\":2}"),
         "Status: Takket ja, time ikke satt opp. Neste oppgave: Sett opp time, frist 13.05.2026.",
         "Neste oppgave: Sett opp time, frist 13.05.2026.",
         "Du har takket ja til en samtale, og får en time."},
        /* all of them carried out */
        {EVENTS(AT("3", "a", "2026-02-20", "")),
         "Ingen flere kartlegginger gjenstår i forløpet. Oppfølgingen av behovene slutter ikke med "
         "det.\n",
         "Ingen flere kartlegginger gjenstår", "Det er ikke planlagt flere samtaler.\n"},
        /* ended */
        {EVENTS("{\"id\":\"s\",\"type\":\"ended\",\"date\":\"2026-04-01\",\"reason\":"
                "\"emigrated\"}"),
         "\nForløp: Avsluttet (Flyttet til utlandet).\n",
         "\nForløp: Avsluttet (Flyttet til utlandet).\n", "\nForløpet er avsluttet.\n"},
    };
    static const char *const ask = "\nDu kan be om en ny samtale når du vil.\n";

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = written(cases[i].keys, "", PFH_AUDIENCE_MUNICIPALITY);

        expect_piece(text, cases[i].municipality);
        pfh_string_free(text);
        text = written(cases[i].keys, "", PFH_AUDIENCE_SPECIALIST);
        expect_piece(text, cases[i].specialist);
        pfh_string_free(text);
        text = written(cases[i].keys, "", PFH_AUDIENCE_PATIENT);
        expect_piece(text, cases[i].patient);
        if (strstr(text, "avsluttet") == NULL)
            expect_piece(text, ask);
        else
            expect_no_piece(text, ask);
        pfh_string_free(text);
    }
}

/* The last assessment may have discussed what is not in this copy of it. */
Test(needs_text, what_stands_is_not_said_to_be_passed_over_where_something_was_left_out)
{
    char *text = written(
        EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("nutrition", "follow_up", ""))) "," AT(
            "1", "b", "2026-03-20", FOUND(TOPIC("oral_health", "none", "")) ",\"withheld\":1")),
        "", PFH_AUDIENCE_MUNICIPALITY);

    expect_piece(text, "\nBehov fra 20.02.2026. ");
    expect_no_piece(text, "ikke tatt opp");
    pfh_string_free(text);
    text = written(
        EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("nutrition", "follow_up", ""))) "," AT(
            "1", "b", "2026-03-20",
            FOUND(TOPIC("nutrition", "follow_up", ""))) "," AT("1", "c", "2026-03-27",
                                                               FOUND(TOPIC("oral_health", "none",
                                                                           "")) ",\"withheld\":1")),
        "", PFH_AUDIENCE_MUNICIPALITY);
    expect_piece(text, "\nBehov siden 20.02.2026, sist tatt opp 20.03.2026. ");
    expect_no_piece(text, "ikke tatt opp");
    pfh_string_free(text);
}

Test(needs_text, a_patient_is_not_told_of_a_pathway_that_holds_the_rest)
{
    pfh_needs *needs = needs_with("hdir-2022", course, UNITS, "2026-04-20");
    char *full = text_to(needs, PFH_AUDIENCE_PATIENT, PFH_LANGUAGE_NB, ROOMY);
    char *text =
        text_to(needs, PFH_AUDIENCE_PATIENT, PFH_LANGUAGE_NB, (int32_t)characters(full) - 1);

    expect_no_piece(full, "plass");
    expect_piece(text, "\nDet er ikke plass til alt her. Spør oss gjerne om resten.\n");
    pfh_string_free(text);
    pfh_string_free(full);
    pfh_needs_free(needs);
}

Test(needs_text, when_the_pathway_is_over_the_patient_is_asked_for_nothing)
{
    static const char *const keys = EVENTS(AT(
        "1", "a", "2026-02-20", ",\"assessment\":{\"distress\":9}") ",{\"id\":\"s\",\"type\":"
                                                                    "\"ended\",\"date\":\"2026-"
                                                                    "04-01\",\"reason\":\"dead\"}");
    char *text = written(keys, "", PFH_AUDIENCE_PATIENT);

    expect_piece(text, "9 (20.02.2026).\n");
    expect_no_piece(text, "snakker");
    expect_no_piece(text, "Neste samtale");
    expect_no_piece(text, "be om");
    pfh_string_free(text);
    text = written(keys, "", PFH_AUDIENCE_GP);
    expect_piece(text, "9 (20.02.2026). Det siste tallet er høyt");
    pfh_string_free(text);
}

/* What has passed is told as that, and to the patient not at all. */
Test(needs_text, what_has_passed_is_not_told_as_if_it_were_to_come)
{
    pfh_needs *needs = needs_with(
        "hdir-2022",
        EVENTS(AT("1", "a", "2026-02-20",
                  "") ",{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-01\",\"point\":2,"
                      "\"start\":\"2026-05-04T09:30\"}"),
        "", "2026-09-10");
    char *text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, ROOMY);

    /* confirm is due the day after the appointment */
    expect_piece(text, "Tidsrommet var omtrent 30.04.2026 til 31.05.2026. Timen var 04.05.2026 kl. "
                       "09.30.");
    expect_piece(text, ", fristen var 05.05.2026.");
    pfh_string_free(text);
    text = text_to(needs, PFH_AUDIENCE_PATIENT, PFH_LANGUAGE_NB, ROOMY);
    expect_no_piece(text, "05.2026");
    pfh_string_free(text);
    pfh_needs_free(needs);
}

/* The last day of the window, of the appointment and of the deadline are still to come. */
Test(needs_text, today_has_not_passed)
{
    pfh_needs *needs = needs_with(
        "hdir-2022",
        EVENTS(AT("1", "a", "2026-02-20",
                  "") ",{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-01\",\"point\":"
                      "2,\"start\":\"2026-05-31T09:30\"}"),
        "", "2026-05-31");
    char *text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, ROOMY);

    expect_piece(text, "Tidsrommet er omtrent 30.04.2026 til 31.05.2026. Timen er 31.05.2026 kl. "
                       "09.30.");
    pfh_string_free(text);
    text = text_to(needs, PFH_AUDIENCE_PATIENT, PFH_LANGUAGE_NB, ROOMY);
    expect_piece(text, "Du har time 31.05.2026 kl. 09.30.");
    expect_no_piece(text, "Etter planen"); /* beside an appointment the window is in the way */
    pfh_string_free(text);
    pfh_needs_free(needs);
}

/* Offered and unanswered on 20 April; said no, or not now. */
Test(needs_text, the_patient_is_told_of_an_offer_and_of_a_no)
{
    static const struct {
        const char *event, *piece;
    } cases[] = {
        {"\"type\":\"offered\",\"date\":\"2026-04-19\"", "Du har fått tilbud om en samtale."},
        {"\"type\":\"offered\",\"date\":\"2026-03-01\"", "Du har fått tilbud om en samtale."},
        {"\"type\":\"declined\",\"date\":\"2026-04-19\"", "Du har ikke ønsket samtalen så langt."},
        {"\"type\":\"deferred\",\"date\":\"2026-04-19\",\"until\":\"2026-05-01\"",
         "Du har ikke ønsket samtalen så langt."},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        growing keys = {0};
        char *text;

        growing_print(&keys,
                      ",\"id\":\"p1\",\"events\":[{\"id\":\"a\",\"type\":\"performed\",\"date\":"
                      "\"2026-02-20\",\"point\":1},{\"id\":\"o\",\"point\":2,%s}]",
                      cases[i].event);
        text = written(keys.data, "", PFH_AUDIENCE_PATIENT);
        expect_piece(text, cases[i].piece);
        pfh_string_free(text);
        text = written(keys.data, "", PFH_AUDIENCE_MUNICIPALITY);
        expect_no_piece(text, cases[i].piece);
        pfh_string_free(text);
        free(keys.data);
    }
}

/* That nothing is known is not told as that there is nothing. */
Test(needs_text, no_need_is_only_told_where_needs_are_known)
{
    static const char *const none = "Ingen behov skal følges opp nå.";
    char *text = written(EVENTS(AT("1", "a", "2026-02-20", "")), "", PFH_AUDIENCE_MUNICIPALITY);

    expect_no_piece(text, none); /* the result is not recorded */
    pfh_string_free(text);
    text = written(EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("nutrition", "none", "")))), "",
                   PFH_AUDIENCE_MUNICIPALITY);
    expect_piece(text, none);
    pfh_string_free(text);
    text = written(
        EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("nutrition", "none", "")) ",\"withheld\":1")),
        "", PFH_AUDIENCE_MUNICIPALITY);
    expect_no_piece(text, none);
    expect_piece(text, "\nIngen behov som skal følges opp, er med her.\n");
    pfh_string_free(text);
    text = written(EVENTS("{\"id\":\"a\",\"type\":\"withheld\",\"date\":\"2026-02-20\"}"), "",
                   PFH_AUDIENCE_MUNICIPALITY);
    expect_piece(text, "\nHer er det ikke med noen behovskartlegging.\n");
    expect_piece(text, MISSING);
    pfh_string_free(text);
    text = written(EVENTS("{\"id\":\"a\",\"type\":\"withheld\",\"date\":\"2026-02-20\"}"), "",
                   PFH_AUDIENCE_PATIENT);
    expect_piece(text, "\nHer står det ikke om noen samtale.\n");
    pfh_string_free(text);
}

/* The warning that the window closes is due before the offer is to be followed up. */
Test(needs_text, the_next_task_is_one_that_moves_the_conversation_on)
{
    pfh_needs *needs = needs_with("hdir-2022",
                                  EVENTS("{\"id\":\"o\",\"type\":\"offered\",\"date\":"
                                         "\"2026-05-25\",\"point\":2}"),
                                  "", "2026-05-26");
    char *text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, ROOMY);

    cr_expect_eq(pfh_plan_task(pfh_needs_plan(needs), 1)->kind, PFH_TASK_WINDOW_CLOSING);
    expect_piece(text, "Neste oppgave: Følg opp tilbud uten svar, frist 08.06.2026.");
    pfh_string_free(text);
    pfh_needs_free(needs);
}

Test(needs_text, a_window_that_is_not_known_or_may_move_is_said_to_be_so)
{
    pfh_needs *needs = needs_with("hdir-2021-draft", EVENTS(""), "", "2026-04-20");
    char *text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_EN, ROOMY);

    expect_piece(text, "The next assessment is point 3, at the start of follow-up in the "
                       "municipality. Waiting for the start of treatment. State: Not offered.");
    pfh_string_free(text);
    pfh_needs_free(needs);
    /* 3 was taken over by the hospital and is booked; 4 is counted from the appointment */
    needs = needs_with("hdir-2021-draft",
                       EVENTS("{\"id\":\"t\",\"type\":\"treatment_started\",\"date\":"
                              "\"2026-02-10\"},{\"id\":\"s\",\"type\":\"assigned\",\"date\":"
                              "\"2026-02-11\",\"point\":3,\"level\":\"specialist\"},{\"id\":\"v\","
                              "\"type\":\"scheduled\",\"date\":\"2026-02-12\",\"point\":3,"
                              "\"start\":\"2026-05-08T10:00\"}"),
                       "", "2026-04-20");
    text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NN, ROOMY);
    expect_piece(text,
                 "Neste kartlegging er punkt 4, ca. 3 månader etter punkt 3. Tidsrommet er om "
                 "lag 25.07.2026 til 22.08.2026. Datoane er rekna ut frå ein time som kan bli "
                 "flytta.");
    pfh_string_free(text);
    pfh_needs_free(needs);
}

/* ---- What is private, and what is missing -------------------------------------------------- */

#define PRIVATE ",\"private\":true"

static void expect_nowhere(const char *keys, const char *piece)
{
    for (size_t a = 0; a < COUNT(audiences); a++) {
        char *text = written(keys, ",\"extra_topics\":[{\"code\":\"x_p\",\"title\":\"Titt\"}]",
                             audiences[a]);

        expect_no_piece(text, piece);
        expect_piece(text, MISSING);
        pfh_string_free(text);
    }
}

/* A topic of the edition stands among all the others of which nothing is said, and nowhere else: a
 * gap there would show which it is. */
static void expect_silent(const char *keys)
{
    for (size_t a = 0; a < COUNT(audiences); a++) {
        char *text = written(keys, "", audiences[a]);
        const char *found = strstr(text, "Psykisk helse, Seksuell helse, Oral helse");

        cr_assert_not_null(found, "%s", text);
        cr_expect_eq(strstr(text, "Seksuell"), found + strlen("Psykisk helse, "), "%s", text);
        cr_expect_null(strstr(found + strlen("Psykisk helse, Seksuell"), "Seksuell"), "%s", text);
        expect_no_piece(text, "Ikke tatt opp");
        expect_piece(text, MISSING);
        pfh_string_free(text);
    }
}

Test(needs_text, nothing_private_comes_into_a_text)
{
    /* a topic, and not what it was before either */
    expect_silent(
        EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("sexual_health", "follow_up", PRIVATE)))));
    expect_silent(
        EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("sexual_health", "follow_up", ""))) "," AT(
            "1", "b", "2026-03-20", FOUND(TOPIC("sexual_health", "none", PRIVATE)))));
    /* a topic that is none of the edition's */
    expect_nowhere(EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("x_q", "none", PRIVATE)))), "x_q");
    expect_nowhere(
        EVENTS(AT("1", "a", "2026-02-20", FOUND(TOPIC("x_q", "not_discussed", PRIVATE)))), "x_q");
    /* a conversation: its day, its score, its topics */
    expect_nowhere(EVENTS(AT("1", "a", "2026-02-20", ",\"assessment\":{\"distress\":9}" PRIVATE)),
                   "20.02.2026");
    expect_nowhere(EVENTS(AT("1", "a", "2026-02-20", ",\"assessment\":{\"distress\":9}" PRIVATE)),
                   "9 (");
    /* since when, where that was a private conversation */
    expect_nowhere(EVENTS(AT("1", "a", "2026-02-20",
                             FOUND(TOPIC("nutrition", "follow_up", ""))
                                 PRIVATE) "," AT("1", "b", "2026-03-20",
                                                 FOUND(TOPIC("nutrition", "follow_up", "")))),
                   "20.02.2026");
}

Test(needs_text, what_a_private_event_says_of_a_point_is_not_told)
{
    static const char *const keys[] = {
        EVENTS("{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-01\",\"point\":2,"
               "\"start\":\"2026-05-04T09:30\",\"place\":\"Rom 3\",\"private\":true}"),
        EVENTS("{\"id\":\"s\",\"type\":\"scheduled\",\"date\":\"2026-04-01\",\"point\":2,"
               "\"start\":\"2026-05-04T09:30\",\"place\":\"Rom 3\",\"private\":true},{\"id\":"
               "\"c\",\"type\":\"cancelled\",\"date\":\"2026-04-02\",\"point\":2}"),
        EVENTS("{\"id\":\"s\",\"type\":\"accepted\",\"date\":\"2026-04-01\",\"point\":2,"
               "\"private\":true}"),
        EVENTS("{\"id\":\"s\",\"type\":\"assigned\",\"date\":\"2026-04-01\",\"point\":2,"
               "\"level\":\"municipality\",\"unit\":\"secret\",\"private\":true}"),
    };

    for (size_t i = 0; i < COUNT(keys); i++) {
        char *text = written(keys[i], "", PFH_AUDIENCE_MUNICIPALITY);

        expect_piece(text, "Tidsrommet er omtrent 30.04.2026 til 31.05.2026. Status: Tilbud ikke "
                           "gitt. Neste oppgave: Tilby samtale, frist 30.04.2026. Ansvaret ligger "
                           "hos dere i kommunen.\n" MISSING);
        pfh_string_free(text);
    }
}

Test(needs_text, a_private_end_is_not_told)
{
    char *text =
        written(EVENTS("{\"id\":\"s\",\"type\":\"ended\",\"date\":\"2026-04-01\",\"reason\":"
                       "\"emigrated\",\"private\":true}"),
                "", PFH_AUDIENCE_MUNICIPALITY);

    expect_no_piece(text, "Avsluttet");
    expect_no_piece(text, "Flyttet");
    expect_piece(text, "Neste kartlegging er punkt 2,");
    pfh_string_free(text);
}

/* Others are told the same as of a copy from which all that was left out; topics are another thing,
 * for of one whose last word is private not even an older one is told. */
Test(needs_text, of_private_events_a_text_tells_what_it_would_without_them)
{
    size_t secrets = 0;

    for (uint64_t seed = 1; seed <= 400; seed++) {
        dice d = dice_of(seed), more = dice_of(~seed);
        story s = story_of(&d);
        cJSON *event, *topic;
        pfh_pathway *pathway, *copy = NULL;
        pfh_policy *policy = policy_of_story(&s);

        cJSON_ArrayForEach(event, events_of(s.pathway))
        {
            cJSON *assessment = cJSON_GetObjectItemCaseSensitive(event, "assessment");

            cJSON_DeleteItemFromObjectCaseSensitive(event, "private");
            if (chance(&more, 25) && strcmp(json_text(event, "type"), "withheld") != 0) {
                cJSON_AddTrueToObject(event, "private");
                cJSON_DeleteItemFromObjectCaseSensitive(assessment, "topics");
                secrets++;
            }
            cJSON_ArrayForEach(topic, cJSON_GetObjectItemCaseSensitive(assessment, "topics"))
            {
                cJSON_DeleteItemFromObjectCaseSensitive(topic, "private");
            }
        }
        pathway = pathway_of_tree(s.pathway);
        if (pfh_pathway_handover(&copy, pathway, PFH_AUDIENCE_SPECIALIST, NULL, 0, NULL) == PFH_OK)
            for (size_t a = 0; a < COUNT(audiences); a++) {
                pfh_needs *all = NULL, *left = NULL;
                char *x, *y;

                cr_assert_eq(
                    pfh_needs_derive(&all, pathway, policy, s.as_of, NULL, s.edition, NULL),
                    PFH_OK);
                cr_assert_eq(pfh_needs_derive(&left, copy, policy, s.as_of, NULL, s.edition, NULL),
                             PFH_OK);
                x = text_to(all, audiences[a], PFH_LANGUAGE_NB, ROOMY);
                y = text_to(left, audiences[a], PFH_LANGUAGE_NB, ROOMY);
                cr_expect_str_eq(x, y, "seed %llu", (unsigned long long)seed);
                pfh_string_free(x);
                pfh_string_free(y);
                pfh_needs_free(all);
                pfh_needs_free(left);
            }
        pfh_pathway_free(copy);
        pfh_pathway_free(pathway);
        pfh_policy_free(policy);
        story_free(&s);
    }
    cr_expect_gt(secrets, 500);
}

/* What was known before it is known no more: it is not told that the rest was passed over. */
Test(needs_text, a_private_topic_leaves_no_gap_to_be_seen)
{
    char *text = written(
        EVENTS(AT("1", "a", "2026-02-20",
                  FOUND(TOPIC("sexual_health", "follow_up", PRIVATE) "," TOPIC(
                      "nutrition", "none", ""))) "," AT("1", "b", "2026-03-20",
                                                        FOUND(TOPIC("sexual_health", "none",
                                                                    "")) ",\"withheld\":1")),
        "", PFH_AUDIENCE_MUNICIPALITY);

    expect_no_piece(text, "Ikke tatt opp");
    expect_piece(text, "Ikke behov: Ernæring/mat/måltider, Seksuell helse\n");
    pfh_string_free(text);
    text = written(
        EVENTS(
            AT("1", "a", "2026-02-20", FOUND(TOPIC("sexual_health", "follow_up", PRIVATE))) "," AT(
                "1", "b", "2026-03-20", FOUND(TOPIC("sexual_health", "none", "")))),
        "", PFH_AUDIENCE_MUNICIPALITY);
    expect_piece(text, MISSING);
    expect_piece(text, "Ikke behov: Seksuell helse\n"); /* resolved would tell what was private */
    pfh_string_free(text);
}

Test(needs_text, a_private_follow_up_is_neither_told_nor_denied)
{
    char *text = written(
        EVENTS(AT("1", "a", "2026-02-20",
                  FOUND(TOPIC(
                      "nutrition", "follow_up",
                      ""))) ","
                            "{\"id\":\"u\",\"type\":\"followed_up\",\"date\":\"2026-02-25\",\"of\":"
                            "\"a\",\"private\":true}"),
        "", PFH_AUDIENCE_MUNICIPALITY);

    expect_no_piece(text, "ulgt opp");
    pfh_string_free(text);
}

Test(needs_text, a_copy_with_something_left_out_says_so_and_guesses_nothing)
{
    char *text =
        written(EVENTS(AT("1", "a", "2026-02-20",
                          FOUND(TOPIC("nutrition", "not_discussed", "")) ",\"withheld\":1")),
                "", PFH_AUDIENCE_MUNICIPALITY);

    expect_no_piece(text, "Ikke tatt opp");
    expect_piece(text, "\nIkke nevnt her: Familiesituasjon og nettverk, Jobb/skole/utdanning, ");
    expect_piece(text, MISSING);
    pfh_string_free(text);
    text = written(course, UNITS, PFH_AUDIENCE_MUNICIPALITY);
    expect_no_piece(text, MISSING);
    pfh_string_free(text);
}

/* ---- As much as there is room for ---------------------------------------------------------- */

static void expect_plain(const char *text)
{
    cr_expect_eq(text[strlen(text) - 1], '\n');
    for (const char *c = text; *c != '\0'; c++) {
        cr_expect((unsigned char)*c >= ' ' || *c == '\n', "a control character in:\n%s", text);
        cr_expect(*c == '\n' || *c != ' ' || c[1] != '\n', "a line ends in a space:\n%s", text);
    }
    expect_no_piece(text, "  ");
    expect_no_piece(text, "\n\n\n");
    expect_no_piece(text, "..\n");
    for (const char *c = text; *c != '\0';) { /* no character is cut */
        int size = (*c & 0x80) == 0 ? 1 : (*c & 0xe0) == 0xc0 ? 2 : (*c & 0xf0) == 0xe0 ? 3 : 4;

        for (int i = 1; i < size; i++)
            cr_assert_eq(c[i] & 0xc0, 0x80, "cut in a character:\n%s", text);
        c += size;
    }
}

/* How many lines of a text are in the whole text too, and in its order. */
static void expect_end(const char *text, const char *whole_text)
{
    const char *end = strstr(whole_text, "\nBelastning"), *found = strstr(text, "\nBelastning");

    cr_assert_not_null(end);
    cr_assert_not_null(found, "%s", text);
    cr_expect_str_eq(found, end);
}

Test(needs_text, with_less_room_topics_go_whole_from_the_end_and_the_text_says_how_many)
{
    pfh_needs *needs = needs_with("hdir-2022", course, UNITS, "2026-04-20");
    char *full = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, ROOMY);
    const int32_t size = (int32_t)characters(full);
    char *text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, size);

    cr_expect_str_eq(text, full, "exactly enough is enough");
    pfh_string_free(text);
    /* the line takes 63 characters, so three titles of 16, 28 and 37 with their commas must go */
    text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, size - 1);
    expect_piece(text, "Ikke tatt opp: Familiesituasjon og nettverk, Rehabilitering, Fysisk "
                       "aktivitet og fysisk funksjon\n"
                       "\n"
                       "Utelatt her av plasshensyn: 3 temaer. Resten står i forløpet.\n"
                       "\n"
                       "Belastning");
    pfh_string_free(text);
    for (int32_t most = pfh_needs_text_min(); most < size; most++) {
        text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, most);
        cr_expect_leq(characters(text), (size_t)most);
        expect_plain(text);
        expect_piece(text, "Utelatt her av plasshensyn: ");
        expect_end(text, full);
        pfh_string_free(text);
    }
    pfh_string_free(full);
    pfh_needs_free(needs);
}

/* A pathway with one need whose note has so many characters of two bytes. */
static pfh_needs *with_note(size_t length)
{
    growing keys = {0};
    pfh_needs *needs;

    growing_print(
        &keys, "%s",
        ",\"id\":\"p1\",\"events\":[{\"id\":\"a\",\"type\":\"performed\",\"date\":"
        "\"2026-02-20\",\"point\":1,\"withheld\":1,\"assessment\":{\"topics\":[{\"topic\":"
        "\"nutrition\",\"need\":\"follow_up\",\"note\":\"");
    for (size_t i = 0; i < length; i++)
        growing_print(&keys, "ø");
    growing_print(&keys, "\"},{\"topic\":\"oral_health\",\"need\":\"none\"}]}}]");
    needs = needs_with("hdir-2022", keys.data, "", "2026-04-20");
    free(keys.data);
    return needs;
}

Test(needs_text, a_note_that_has_no_room_goes_alone_and_the_text_says_so)
{
    pfh_needs *needs = with_note(3000);
    char *text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, 3000);

    expect_piece(text, "1. Ernæring/mat/måltider\nNytt behov 20.02.2026.");
    expect_piece(text, "\nMerknaden er for lang til å stå her.\n\nIkke behov: Oral helse\n");
    expect_no_piece(text, "øø");
    expect_no_piece(text, "plasshensyn");
    pfh_string_free(text);
    text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, 4000);
    expect_piece(text, "Merknad: øøø");
    expect_no_piece(text, "for lang");
    pfh_string_free(text);
    pfh_needs_free(needs);
}

Test(needs_text, a_topic_whose_title_has_no_room_is_where_the_text_is_cut)
{
    growing policy = {0};
    pfh_needs *needs;
    char *text;

    growing_print(&policy, ",\"extra_topics\":[{\"code\":\"x_a\",\"title\":\"");
    for (size_t i = 0; i < 3900; i++)
        growing_print(&policy, "t");
    growing_print(&policy, "\"}]");
    needs = needs_with(
        "hdir-2022",
        EVENTS(AT("1", "a", "2026-02-20",
                  FOUND(TOPIC("x_a", "follow_up", ",\"note\":\"n\"")) ",\"withheld\":1")),
        policy.data, "2026-04-20");
    text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, 3000);
    expect_piece(text, "Behov som skal følges opp: 1. Hos dere: 0. Uten ansvarlig: 1.\n"
                       "\n"
                       "Utelatt her av plasshensyn: 14 temaer. Resten står i forløpet.\n");
    pfh_string_free(text);
    pfh_needs_free(needs);
    free(policy.data);
}

/* ---- The least room ------------------------------------------------------------------------ */

static void repeat(growing *text, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++)
        growing_add(text, piece, strlen(piece));
}

/* Everything that is always there, at its longest; the topic in front has no room. */
static pfh_needs *longest(const char *state, const char *reason)
{
    growing keys = {0}, policy = {0};
    pfh_needs *needs;

    growing_print(&keys, ",\"id\":\"");
    repeat(&keys, "P", 64);
    growing_print(&keys, "\",\"events\":["
                         "{\"id\":\"t\",\"type\":\"treatment_started\",\"date\":\"2026-02-10\"},"
                         "{\"id\":\"k\",\"type\":\"assigned\",\"date\":\"2026-02-11\",\"point\":3,"
                         "\"level\":\"specialist\"},{\"id\":\"v\",\"type\":\"scheduled\",\"date\":"
                         "\"2026-02-12\",\"point\":3,\"start\":\"2026-05-08T10:00\"},");
    growing_print(&keys,
                  "%s," SCORED("a", "2026-02-01", "10") "," SCORED("b", "2026-02-02", "10") ",",
                  state);
    growing_print(&keys, AT("1", "c", "2026-02-03",
                            ",\"assessment\":{\"distress\":10,\"topics\":["
                            "{\"topic\":\"x_a\",\"need\":\"follow_up\"}]},"
                            "\"withheld\":1") ",");
    growing_print(&keys, AT("2", "d", "2026-02-04", "") "%s]", reason);
    growing_print(&policy, ",\"assign\":[{\"unit\":\"u\",\"role\":\"pathway_coordinator\"}],"
                           "\"units\":[{\"unit\":\"u\",\"name\":\"");
    repeat(&policy, "å", 100);
    growing_print(&policy, "\",\"phone\":\"");
    repeat(&policy, "1", 40);
    growing_print(&policy, "\"}],\"extra_topics\":[{\"code\":\"x_a\",\"title\":\"");
    repeat(&policy, "t", 3900);
    growing_print(&policy, "\"}]");
    needs = needs_with("hdir-2021-draft", keys.data, policy.data, "2026-04-20");
    free(keys.data);
    free(policy.data);
    return needs;
}

Test(needs_text, the_least_room_is_enough_for_the_longest_of_what_is_always_there)
{
    growing place = {0};
    size_t most = 0;

    growing_print(&place, "{\"id\":\"w\",\"type\":\"scheduled\",\"date\":\"2026-02-13\",\"point\":"
                          "4,\"start\":\"2026-03-09T10:00\",\"place\":\"");
    repeat(&place, "å", 100);
    growing_print(&place, "\"}");
    for (int ended = 0; ended < 2; ended++) {
        pfh_needs *needs = longest(place.data, ended ? ",{\"id\":\"z\",\"type\":\"excluded\","
                                                       "\"date\":\"2026-04-01\",\"reason\":"
                                                       "\"short_treatment\"}"
                                                     : "");

        for (size_t a = 0; a < COUNT(audiences); a++) {
            for (size_t l = 0; l < COUNT(languages); l++) {
                char *text = text_to(needs, audiences[a], languages[l], 3000);
                const size_t size = characters(text);

                expect_no_piece(text, "ttt");
                expect_plain(text);
                most = size > most ? size : most;
                pfh_string_free(text);
            }
        }
        pfh_needs_free(needs);
    }
    cr_expect_leq(most, (size_t)pfh_needs_text_min(), "%zu", most);
    cr_expect_geq(most, 900, "this is not the longest any more: %zu", most);
    free(place.data);
}

Test(needs_text, names_that_are_too_long_are_left_out)
{
    growing policy = {0};
    pfh_needs *needs;
    char *text;

    growing_print(&policy,
                  ",\"assign\":[{\"unit\":\"u-7\"}],\"units\":[{\"unit\":\"u-7\",\"name\":\"");
    repeat(&policy, "n", 101);
    growing_print(&policy, "\",\"phone\":\"");
    repeat(&policy, "1", 41);
    growing_print(&policy, "\"}]");
    needs = needs_with("hdir-2022", EVENTS(""), policy.data, "2026-04-20");
    text = text_to(needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, ROOMY);
    expect_piece(text, "Ansvaret ligger hos dere i kommunen, u-7.\n");
    pfh_string_free(text);
    pfh_needs_free(needs);
    free(policy.data);
}

/* ---- Many pathways ------------------------------------------------------------------------- */

Test(needs_text, of_many_pathways_no_text_is_longer_than_it_may_be)
{
    dice d = dice_of(7);

    for (int i = 0; i < 150; i++) {
        story s = story_of(&d);
        pfh_needs *needs = needs_of_story(&s, s.pathway);
        const pfh_audience audience = audiences[roll(&d, 4)];
        const pfh_language language = languages[roll(&d, 3)];
        char *full = text_to(needs, audience, language, ROOMY);
        const int32_t size = (int32_t)characters(full);

        expect_plain(full);
        for (int32_t most = pfh_needs_text_min(); most <= size; most++) {
            char *text = text_to(needs, audience, language, most);

            cr_assert_leq(characters(text), (size_t)most, "%s", text);
            expect_plain(text);
            cr_assert_eq(strcmp(text, full) == 0, most == size, "%s", text);
            pfh_string_free(text);
        }
        pfh_string_free(full);
        pfh_needs_free(needs);
        story_free(&s);
    }
}

/* ---- What is refused ----------------------------------------------------------------------- */

static void expect_refused(const pfh_needs *needs, pfh_audience audience, pfh_language language,
                           int32_t most, const char *where)
{
    char *text = (char *)1;
    pfh_error err;

    cr_assert_eq(pfh_needs_to_text(&text, needs, audience, language, most, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, where);
    cr_expect_eq(text, (char *)1, "the output was touched");
}

Test(needs_text, a_missing_or_wrong_argument_is_refused)
{
    pfh_needs *needs = needs_with("hdir-2022", EVENTS(""), "", "2026-04-20");
    const int32_t least = pfh_needs_text_min();

    expect_refused(NULL, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, least, "needs");
    expect_refused(needs, (pfh_audience)0, PFH_LANGUAGE_NB, least, "audience");
    expect_refused(needs, (pfh_audience)5, PFH_LANGUAGE_NB, least, "audience");
    expect_refused(needs, PFH_AUDIENCE_GP, (pfh_language)0, least, "language");
    expect_refused(needs, PFH_AUDIENCE_GP, (pfh_language)4, least, "language");
    expect_refused(needs, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, 0, "max_characters");
    expect_refused(needs, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, -1, "max_characters");
    expect_refused(needs, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, INT32_MIN, "max_characters");
    cr_expect_eq(pfh_needs_to_text(NULL, needs, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, least, NULL),
                 PFH_E_ARG);
    pfh_needs_free(needs);
}

/* The error says how many are wanted, and so many are enough. */
Test(needs_text, as_little_room_as_the_error_says_is_enough)
{
    pfh_needs *needs = needs_with("hdir-2022", course, UNITS, "2026-04-20");
    pfh_error err = {0};
    char *text = NULL;
    int least;

    cr_assert_eq(pfh_needs_to_text(&text, needs, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, 1, &err),
                 PFH_E_ARG);
    cr_assert_eq(sscanf(err.text, "the text needs room for at least %d characters", &least), 1,
                 "%s", err.text);
    cr_expect_lt(least, pfh_needs_text_min());
    expect_refused(needs, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, least - 1, "max_characters");
    text = text_to(needs, PFH_AUDIENCE_GP, PFH_LANGUAGE_NB, least);
    cr_expect_leq(characters(text), (size_t)least);
    expect_piece(text, "Utelatt her av plasshensyn: ");
    pfh_string_free(text);
    pfh_needs_free(needs);
}
