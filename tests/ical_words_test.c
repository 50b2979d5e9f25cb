/*
 * What an entry says to a reader: the patient as far as that is to be told, in three languages, and
 * nothing of what a calendar must not give away.
 */
#include "calendar.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define DIAGNOSIS                                                                                  \
    "\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}"

static void expect_entry(const pfh_plan *plan, const char *settings, const char *uid,
                         const char *lines)
{
    char *unfolded = unfolded_of(plan, settings);

    expect_lines(unfolded, uid, lines);
    free(unfolded);
}

/* ---- The patient -------------------------------------------------------------------------- */

/* Names as JSON; what the summary ends in. */
static const struct {
    const char *given, *family, *initials, *name;
} names[] = {
    {"\"Kari\"", "\"Nordmann\"", "K.N.", "Kari Nordmann"},
    {"\"Kari Anne\"", "\"Nordmann Hansen\"", "K.N.", "Kari Anne Nordmann Hansen"},
    {"\"Kari\"", "null", "K.", "Kari"},
    {"null", "\"Nordmann\"", "N.", "Nordmann"},
    {"null", "null", "p1", "p1"},
    {"\"\"", "\"\"", "p1", "p1"},
    {"\"  \"", "\"\\t\\r\\n\"", "p1", "p1"},
    {"\"Kari\"", "\"\"", "K.", "Kari"},
    {"\"Kari\"", "\"   \"", "K.", "Kari"},
    {"\"   \"", "\"Nordmann\"", "N.", "Nordmann"},
    {"\" Kari \"", "\" Nordmann \"", "K.N.", "Kari Nordmann"},
    {"\"Kari\\r\\nAnne\"", "\"Nord\\tmann\"", "K.N.", "Kari Anne Nord mann"},
    {"\"Kari \\t\\n  Anne\"", "\"N\"", "K.N.", "Kari Anne N"},
    {"\"\\u00c5se\"", "\"\\u00d8deg\\u00e5rd\"", "\303\205.\303\230.",
     "\303\205se \303\230deg\303\245rd"},
    {"\"\\ud83d\\ude00\"", "\"\\u6f22\"", "\360\237\230\200.\346\274\242.",
     "\360\237\230\200 \346\274\242"},
    {"\"E\\u0301mile\"", "\"Zola\"", "E.Z.", "E\314\201mile Zola"},
    {"\"\\u202eirak\"", "\"\\u2066N\\u2069\"", "i.N.", "irak N"},
    {"\"K\\u2028a\"", "\"N\\u200f\"", "K.N.", "K a N"},
    {"\"\\ufeffKari\"", "\"N\"", "K.N.", "Kari N"},
    {"\"Kari, Ola; Per\"", "\"a\\\\nb\"", "K.a.", "Kari\\, Ola\\; Per a\\\\nb"},
    {"\"Kari:\"", "\"\\\"N\\\"\"", "K.\".", "Kari: \"N\""},
    {"\"kari\"", "\"von der N\"", "k.v.", "kari von der N"},
};

static pfh_plan *plan_of_name(const char *given, const char *family)
{
    char keys[400];

    snprintf(keys, sizeof keys, DIAGNOSIS ",\"patient\":{\"name\":{\"given\":%s,\"family\":%s}}",
             given, family);
    return plan_with(keys, "", "", "2026-02-02", NULL);
}

static void expect_who(const pfh_plan *plan, const char *tell, const char *who)
{
    char settings[60], line[200];

    snprintf(settings, sizeof settings, "tell=%s", tell);
    snprintf(line, sizeof line, "SUMMARY:Tilby: %s (punkt 1)", who);
    expect_entry(plan, settings, "p1+1.offer@pfh.invalid", line);
    snprintf(settings, sizeof settings, "tell=%s|language=en|form=todo", tell);
    snprintf(line, sizeof line, "SUMMARY:Offer: %s (point 1)", who);
    expect_entry(plan, settings, "p1+1.offer+todo@pfh.invalid", line);
    snprintf(line, sizeof line,
             "SUMMARY:Punkt 1: Kartlegging i spesialisthelsetjenesten etter diagnosen: %s", who);
    snprintf(settings, sizeof settings, "tell=%s|form=todo", tell);
    expect_entry(plan, settings, "p1+point.1+todo@pfh.invalid", line);
}

Test(ical_words, of_the_patient_is_told_what_tell_says)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        pfh_plan *plan = plan_of_name(names[i].given, names[i].family);

        expect_who(plan, "reference", "p1");
        expect_who(plan, "initials", names[i].initials);
        expect_who(plan, "name", names[i].name);
        pfh_plan_free(plan);
    }
}

/* ---- Three languages ---------------------------------------------------------------------- */

/* Informed on 2026-02-02; said no on 02-23, so that 1.ask_again is of 03-25, a Wednesday. */
static pfh_plan *refused_plan(void)
{
    return plan_with(DIAGNOSIS ",\"patient\":{\"language\":\"nn\"}",
                     "{\"id\":\"e1\",\"type\":\"declined\",\"date\":\"2026-02-23\",\"point\":1}",
                     ",\"assign\":[{\"unit\":\"u1\",\"role\":\"nurse\"}]", "2026-03-01", NULL);
}

static const char *const said[] = {
    ("SUMMARY:Sp\303\270r igjen: p1 (punkt 1)\n"
     "DESCRIPTION:Sp\303\270r p\303\245 nytt\\nPunkt 1: Kartlegging i spesialisthelsetjenesten "
     "etter diagnosen"
     "\\nPasienten har takket nei eller utsatt\\, og skal sp\303\270rres p\303\245 nytt."
     "\\nOppgaven gjelder fra 25.03.2026: 30 dager etter \302\253Takket nei\302\273 (hendelse "
     "e1)\\, "
     "23.02.2026 (policy/ask_again_days\\, lokal innstilling)."
     "\\nFristen er 25.03.2026: 30 dager etter \302\253Takket nei\302\273 (hendelse e1)\\, "
     "23.02.2026 (policy/ask_again_days\\, lokal innstilling)."
     "\\nAnsvarlig: Spesialisthelsetjenesten \302\267 u1 \302\267 Sykepleier\\nForl\303\270p: p1\n"
     "CATEGORIES:Pakkeforl\303\270p hjem,Sp\303\270r p\303\245 nytt,Kommer senere"),
    ("SUMMARY:Sp\303\270r p\303\245 nytt: p1 (punkt 1)\n"
     "CATEGORIES:Pakkeforl\303\270p hjem,Sp\303\270r p\303\245 nytt,Kjem seinare"),
    "SUMMARY:Ask again: p1 (point 1)\nCATEGORIES:Pakkeforl\303\270p hjem,Ask again,Later",
};

Test(ical_words, a_task_says_what_why_by_when_who_and_by_which_rule)
{
    static const char *const settings[] = {"language=nb", "language=nn", "language=en"};
    static const struct {
        const char *settings, *words[5];
    } parts[] = {
        {"language=nn",
         {"DESCRIPTION:Sp\303\270r p\303\245 nytt\\nPunkt 1: ",
          "\\nPasienten har takka nei eller utsett\\, og skal sp\303\270rjast p\303\245 nytt.\\n",
          "25.03.2026", "(policy/ask_again_days\\, ",
          "\\nAnsvarleg: Spesialisthelsetenesta \302\267 u1 \302\267 Sjukepleiar\\nForl\303\270p: "
          "p1"}},
        {"language=en",
         {"DESCRIPTION:Ask again\\nPoint 1: ",
          "\\nThe patient declined or put it off\\, and is to be asked again.\\n", "2026-03-25",
          "(policy/ask_again_days\\, ",
          "\\nResponsible: Specialist health service \302\267 u1 \302\267 Nurse\\nPathway: p1"}},
    };
    pfh_plan *plan = refused_plan();

    for (size_t i = 0; i < COUNT(said); i++)
        expect_entry(plan, settings[i], "p1+1.ask_again@pfh.invalid", said[i]);
    for (size_t i = 0; i < COUNT(parts); i++) {
        char *unfolded = unfolded_of(plan, parts[i].settings);
        char *component = component_of(unfolded, "p1+1.ask_again@pfh.invalid");
        char *line = line_of(component, "DESCRIPTION:");

        for (size_t j = 0; j < COUNT(parts[i].words); j++)
            cr_expect_not_null(strstr(line, parts[i].words[j]), "%s in %s", parts[i].words[j],
                               line);
        free(line);
        free(component);
        free(unfolded);
    }
    pfh_plan_free(plan);
}

Test(ical_words, a_feed_for_units_is_in_bokmaal_whatever_the_patient_speaks)
{
    pfh_plan *plan = refused_plan();

    expect_entry(plan, "", "p1+1.ask_again@pfh.invalid", said[0]);
    pfh_plan_free(plan);
}

Test(ical_words, a_calendar_has_a_name_by_its_language)
{
    static const struct {
        const char *settings, *name;
    } row[] = {
        {"", "Pakkeforl\303\270p hjem"},
        {"language=en", "Pakkeforl\303\270p hjem"},
        {"audience=patient|language=nb", "Samtaler om livet utenom behandlingen"},
        {"audience=patient|language=nn", "Samtalar om livet utanom behandlinga"},
        {"audience=patient|language=en", "Conversations about life beyond the treatment"},
        {"audience=patient", "Samtalar om livet utanom behandlinga"}, /* the patient's own */
        {"name=Kreft i Skien", "Kreft i Skien"},
        {"name=Kreft i Skien|audience=patient", "Kreft i Skien"},
    };
    pfh_plan *plan = refused_plan();

    for (size_t i = 0; i < COUNT(row); i++) {
        char *unfolded = unfolded_of(plan, row[i].settings), line[100];

        snprintf(line, sizeof line, "NAME:%s", row[i].name);
        cr_expect(has_line(unfolded, line), "%s: %s", row[i].settings, line);
        snprintf(line, sizeof line, "X-WR-CALNAME:%s", row[i].name);
        cr_expect(has_line(unfolded, line), "%s: %s", row[i].settings, line);
        free(unfolded);
    }
    pfh_plan_free(plan);
}

/* NAME escapes what separates; X-WR-CALNAME, which programs read either way, has nothing to escape.
 */
Test(ical_words, a_name_with_separators_is_whole_in_one_and_plain_in_the_other)
{
    pfh_plan *plan = refused_plan();
    char *unfolded = unfolded_of(plan, "name=a,b;c\\nd:e\r\nf");

    cr_expect(has_line(unfolded, "NAME:a\\,b\\;c\\\\nd:e f"));
    cr_expect(has_line(unfolded, "X-WR-CALNAME:a b c nd:e f"), "%s", line_of(unfolded, "X-WR-"));
    free(unfolded);
    pfh_plan_free(plan);
}

Test(ical_words, a_name_of_spaces_is_none)
{
    pfh_plan *plan = refused_plan();
    char *unfolded = unfolded_of(plan, "name= \t ");

    cr_expect_eq(count_lines(unfolded, "NAME"), 0);
    cr_expect_eq(count_lines(unfolded, "X-WR-CALNAME"), 0);
    free(unfolded);
    pfh_plan_free(plan);
}

/* ---- Units -------------------------------------------------------------------------------- */

/* A row of the policy's units, and what comes of it. */
static const struct {
    const char *unit, *lines, *who;
    bool has_url;
} units[] = {
    {"\"name\":\"Skien kommune\",\"phone\":\"35 00 00 00\",\"email\":\"post@epj.example\","
     "\"url\":\"https://epj.example/a,b;c\"",
     "CONTACT:Skien kommune \302\267 35 00 00 00 \302\267 post@epj.example\n"
     "URL:https://epj.example/a,b;c\nORGANIZER;CN=Skien kommune:mailto:post@epj.example",
     "Spesialisthelsetjenesten \302\267 Skien kommune \302\267 Sykepleier\\nKontakt: "
     "35 00 00 00 \302\267 post@epj.example\\nForl\303\270p",
     true},
    {"\"email\":\"post@epj.example\"",
     "CONTACT:post@epj.example\nORGANIZER;CN=u1:mailto:post@epj.example",
     "Spesialisthelsetjenesten \302\267 u1 \302\267 Sykepleier\\nKontakt: "
     "post@epj.example\\nForl\303\270p",
     false},
    {"\"name\":\"Skien\",\"phone\":\"  \"", "CONTACT:Skien",
     "Spesialisthelsetjenesten \302\267 Skien \302\267 Sykepleier\\nForl\303\270p", false},
    {"\"name\":\"  \",\"phone\":\"1\",\"email\":\"post@epj.example\"",
     "CONTACT:1 \302\267 post@epj.example\nORGANIZER;CN=u1:mailto:post@epj.example",
     "Spesialisthelsetjenesten \302\267 u1 \302\267 Sykepleier\\nKontakt: 1 \302\267 "
     "post@epj.example\\nForl\303\270p",
     false},
    {"\"name\":\"\\u202e\",\"email\":\"post@epj.example\"",
     "CONTACT:post@epj.example\nORGANIZER;CN=u1:mailto:post@epj.example",
     "Spesialisthelsetjenesten \302\267 u1 \302\267 Sykepleier\\nKontakt: "
     "post@epj.example\\nForl\303\270p",
     false},
    {"\"name\":\"A, \\\"B\\\"; C: ^n\",\"email\":\"post@epj.example\"",
     "ORGANIZER;CN=\"A, 'B'; C: -n\":mailto:post@epj.example\n"
     "CONTACT:A\\, \"B\"\\; C: ^n \302\267 post@epj.example",
     "Spesialisthelsetjenesten \302\267 A\\, \"B\"\\; C: ^n \302\267 Sykepleier", false},
    {"\"url\":\"http://epj.example\"", "URL:http://epj.example",
     "Spesialisthelsetjenesten \302\267 u1 \302\267 Sykepleier\\nForl\303\270p", true},
    {"\"name\":\"   \"", "STATUS:CONFIRMED",
     "Spesialisthelsetjenesten \302\267 u1 \302\267 Sykepleier\\nForl\303\270p", false},
};

Test(ical_words, contact_details_are_those_of_the_policy)
{
    for (size_t i = 0; i < COUNT(units); i++) {
        char policy[500];
        pfh_plan *plan = refused_plan();
        pfh_ical_options *options;
        char *text, *unfolded, *component, *line;

        snprintf(policy, sizeof policy,
                 "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u0\"},"
                 "{\"unit\":\"u1\",%s}]}",
                 units[i].unit);
        options = options_of("", policy);
        text = calendar_by(plan, options);
        unfolded = unfold(text);
        component = component_of(unfolded, "p1+1.ask_again@pfh.invalid");
        expect_lines(unfolded, "p1+1.ask_again@pfh.invalid", units[i].lines);
        line = line_of(component, "DESCRIPTION:");
        cr_expect_not_null(strstr(line, units[i].who), "%s in %s", units[i].who, line);
        cr_expect_eq(count_lines(component, "URL"), units[i].has_url);
        cr_expect_eq(count_lines(component, "ORGANIZER"), strstr(units[i].unit, "email") != NULL);
        cr_expect_eq(count_lines(component, "ATTENDEE"), 0);
        free(line);
        free(component);
        free(unfolded);
        free(text);
        pfh_ical_options_free(options);
        pfh_plan_free(plan);
    }
}

Test(ical_words, a_place_of_spaces_is_none)
{
    pfh_plan *plan =
        plan_with(DIAGNOSIS,
                  "{\"id\":\"e1\",\"type\":\"scheduled\",\"date\":\"2026-02-23\",\"point\":2,"
                  "\"start\":\"2026-05-04\",\"place\":\" \\n \"}",
                  "", "2026-03-01", NULL);
    char *unfolded = unfolded_of(plan, "");

    cr_expect_eq(count_lines(unfolded, "LOCATION"), 0);
    free(unfolded);
    pfh_plan_free(plan);
}

/* ---- What must not be there --------------------------------------------------------------- */

/* All that a pathway can hold, with recognisable values.  The numbers are synthetic. */
static const char secret_document[] =
    "{\"format\":\"pfh-pathway/"
    "1\",\"id\":\"ref-1\",\"edition\":\"hdir-2022\",\"previous\":\"Qprevious\","
    "\"x_doc\":\"Qvendor\",\"patient\":{\"id\":\"Qpatient\",\"identifiers\":[{\"type\":\"fnr\","
    "\"value\":"
    "\"13097248022\",\"assigner\":\"Qassigner\"},{\"type\":\"duf\",\"value\":\"200816832910\"}],"
    "\"name\":{\"given\":\"Qgiven\",\"family\":\"Qfamily\"},\"birth_date\":\"1972-09-13\","
    "\"municipality\":\"4003\",\"district\":\"030101\",\"x_p\":\"Qvendor\"},\"diagnosis\":{"
    "\"code\":"
    "\"C50.9\",\"date\":\"2026-01-19\",\"kind\":\"relapse\",\"intent\":\"palliative\"%s},"
    "\"events\":["
    "{\"id\":\"e1\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"note\":\"Qnote\","
    "\"author\":{\"role\":\"doctor\",\"hpr\":\"7654321\",\"name\":\"Qauthor\"},\"performer\":{"
    "\"name\":"
    "\"Qperformer\"},\"assessment\":{\"distress\":9,\"instrument\":{\"id\":\"Qinstrument\"},"
    "\"topics\":["
    "{\"topic\":\"sexual_health\",\"need\":\"follow_up\",\"note\":\"Qtopic\"}]}},"
    "{\"id\":\"e2\",\"type\":\"scheduled\",\"date\":\"2026-02-23\",\"point\":2,\"start\":"
    "\"2026-05-04T10:00\",\"minutes\":45,\"place\":\"Rom 3\",\"performer\":{\"name\":\"Qholder\"},"
    "\"note\":\"Qnote\",\"x_e\":{\"a\":\"Qvendor\"}},"
    "{\"id\":\"e3\",\"type\":\"message\",\"date\":\"2026-02-24\",\"to\":\"other\",\"kind\":\"plo\","
    "\"ref\":\"Qref\"},{\"id\":\"e4\",\"type\":\"receipt\",\"date\":\"2026-02-25\",\"of\":\"e3\","
    "\"status\":\"rejected\",\"error\":\"Qerror\"},{\"id\":\"e5\",\"type\":\"declined\",\"date\":"
    "\"2026-02-26\",\"point\":3,\"reason\":\"too_ill\",\"note\":\"Qnote\"}%s]}";

/* Nothing of these in any text of any entry; the dates in both ways of spelling. */
static const char *const secrets[] = {
    "Qprevious",    "Qvendor",    "Qpatient",   "Qassigner",   "Qgiven",      "Qfamily",
    "Qnote",        "Qauthor",    "Qperformer", "Qholder",     "Qinstrument", "Qtopic",
    "Qref",         "Qerror",     "7654321",    "13097248022", "130972",      "48022",
    "200816832910", "1972",       "C50",        "C509",        "4003",        "030101",
    "2026-01-19",   "19.01.2026", "2026-01-20", "20.01.2026",  "sexual",      "Seksuell",
    "relapse",      "palliativ",  "too_ill",    "Q.Q.",
};

static pfh_plan *secret_plan(const char *diagnosis, const char *events, const char *as_of)
{
    char text[4000];
    pfh_pathway *pathway;
    pfh_plan *plan = NULL;

    snprintf(text, sizeof text, secret_document, diagnosis, events);
    pathway = pathway_of(text);
    cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day(as_of), NULL), PFH_OK);
    pfh_pathway_free(pathway);
    return plan;
}

/* The texts alone: DTSTART of a window or a to-do is a date by its nature. */
static char *texts_of(const char *unfolded)
{
    growing texts = {0};

    growing_add(&texts, "", 0);
    while (*unfolded != '\0') {
        size_t size = strcspn(unfolded, "\n");

        if (strncmp(unfolded, "DTSTART", 7) != 0 && strncmp(unfolded, "DT", 2) != 0)
            growing_add(&texts, unfolded, size + 1);
        unfolded += size + 1;
    }
    return texts.data;
}

static void expect_no_secret(const pfh_plan *plan, const char *settings, bool also_dates)
{
    char *unfolded = unfolded_of(plan, settings), *texts = texts_of(unfolded);

    for (size_t i = 0; i < COUNT(secrets); i++)
        if (also_dates || strncmp(secrets[i], "20", 2) != 0 || strlen(secrets[i]) > 10)
            if (also_dates || strstr(secrets[i], ".2026") == NULL)
                cr_expect_null(strstr(texts, secrets[i]), "%s with %s in\n%s", secrets[i], settings,
                               texts);
    free(texts);
    free(unfolded);
}

Test(ical_words, a_feed_by_reference_gives_nothing_away)
{
    static const char *const informed[] = {"", ",\"informed\":\"2026-01-20\""};
    /* with and without an offer of the first conversation */
    static const char *const events[] = {
        "", ",{\"id\":\"c1\",\"type\":\"corrected\",\"date\":\"2026-02-27\",\"of\":\"e1\"}"};
    static const char *const days[] = {"2026-02-28", "2026-05-05", "2027-08-01"};
    static const char *const forms[] = {"event", "todo", "both"};
    static const char *const languages[] = {"nb", "nn", "en"};
    static const char *const spans[] = {"due", "from_due"};
    char settings[100];

    for (size_t n = 0; n < 2 * 2 * COUNT(days); n++) {
        pfh_plan *plan = secret_plan(informed[n % 2], events[n / 2 % 2], days[n / 4]);

        for (size_t i = 0; i < COUNT(forms) * COUNT(languages) * COUNT(spans); i++) {
            snprintf(settings, sizeof settings, "form=%s|language=%s|span=%s", forms[i % 3],
                     languages[i / 3 % 3], spans[i / 9]);
            expect_no_secret(plan, settings, true);
        }
        for (size_t i = 0; i < COUNT(languages); i++) {
            /* who is to have a conversation may know since when */
            snprintf(settings, sizeof settings, "audience=patient|language=%s", languages[i]);
            expect_no_secret(plan, settings, false);
        }
        pfh_plan_free(plan);
    }
}

/* 3 months after the diagnosis: nothing to hide, and what the due date follows from. */
Test(ical_words, the_first_day_of_a_later_window_is_told)
{
    static const char *const told[] = {
        "\\nOppgaven gjelder fra 16.04.2026: 14 dager f\303\270r f\303\270rste dag i tidsrommet\\, "
        "30.04.2026 "
        "(policy/offer_lead_days\\, lokal innstilling).\\n",
        "\\nFristen er 30.04.2026: f\303\270rste dag i tidsrommet.\\n"};
    pfh_plan *plan = plan_with(DIAGNOSIS, "", "", "2026-02-02", NULL);
    char *unfolded = unfolded_of(plan, ""),
         *component = component_of(unfolded, "p1+2.offer@pfh.invalid");

    for (size_t i = 0; i < COUNT(told); i++)
        cr_expect_not_null(strstr(component, told[i]), "%s in\n%s", told[i], component);
    free(component);
    free(unfolded);
    pfh_plan_free(plan);
}

Test(ical_words, initials_and_name_give_nothing_else_away)
{
    pfh_plan *plan = secret_plan("", "", "2026-02-28");
    char *named = unfolded_of(plan, "tell=name|form=both"),
         *initials = unfolded_of(plan, "tell=initials");

    cr_expect_not_null(strstr(named, ": Qgiven Qfamily\n"));
    cr_expect_not_null(strstr(initials, ": Q.Q.\n"));
    for (size_t i = 0; i < COUNT(secrets); i++) {
        if (strcmp(secrets[i], "Qgiven") != 0 && strcmp(secrets[i], "Qfamily") != 0)
            cr_expect_null(strstr(named, secrets[i]), "%s", secrets[i]);
        if (strcmp(secrets[i], "Q.Q.") != 0)
            cr_expect_null(strstr(initials, secrets[i]), "%s", secrets[i]);
    }
    free(named);
    free(initials);
    pfh_plan_free(plan);
}

/* Of coding, messages, tasks, units' words and events nothing reaches the patient. */
Test(ical_words, a_patient_reads_plain_words)
{
    static const char *const strange[] = {
        "WMFG10",         "kode",     "Kode",       "code",     "melding",  "Melding",
        "message",        "Message",  "kvittering", "receipt",  "epikrise", "policy",
        "hendelse",       "hending",  "event e",    "task",     "oppgave",  "Oppgave",
        "Oppg\303\245ve", "Frist",    "Due",        "Tilby",    "Offer a",  "Punkt",
        "Point",          "ref-1\\n", "kartlegg",   "Kartlegg", "assess",   "Ansvarlig",
        "Responsible",    "nurse",    "Sykepleier", "diagnos",
    };
    static const char *const languages[] = {"nb", "nn", "en"};
    static const char *const days[] = {"2026-02-28", "2026-05-05", "2027-03-01"};

    for (size_t n = 0; n < COUNT(days) * COUNT(languages); n++) {
        pfh_plan *plan = secret_plan("", "", days[n % 3]);
        char settings[60], *unfolded, *texts;

        snprintf(settings, sizeof settings, "audience=patient|language=%s", languages[n / 3]);
        unfolded = unfolded_of(plan, settings);
        texts = texts_of(unfolded);
        for (size_t i = 0; i < COUNT(strange); i++)
            cr_expect_null(strstr(texts, strange[i]), "%s in\n%s", strange[i], texts);
        free(texts);
        free(unfolded);
        pfh_plan_free(plan);
    }
}

#define PATIENT(language)                                                                          \
    "\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-31\"},"          \
    "\"patient\":{\"language\":" language "}"

/* Point 2 from 2026-04-30 to 05-31. */
static const struct {
    const char *language, *settings, *lines;
} to_patient[] = {
    {"\"nb\"", "",
     "SUMMARY:Tid for en samtale i kommunen\n"
     "DESCRIPTION:Fra 30.04.2026 til 31.05.2026\\nI denne tiden skal du f\303\245 tilbud om en "
     "samtale. "
     "Datoene er omtrentlige. H\303\270rer du ikke noe\\, er det bare \303\245 ta kontakt.\\nVi "
     "snakker om "
     "det som er viktig for deg n\303\245\\, utenom selve behandlingen. Du kan ha med deg noen "
     "hvis du "
     "\303\270nsker det."},
    {"\"nn\"", "", "SUMMARY:Tid for ein samtale i kommunen"},
    {"\"en\"", "",
     "SUMMARY:Time for a conversation in the municipality\n"
     "DESCRIPTION:From 2026-04-30 to 2026-05-31\\nAround this time you are to be offered a "
     "conversation. "
     "The dates are approximate. If you hear nothing\\, please get in touch.\\nWe talk about what "
     "matters "
     "to you now\\, beyond the treatment itself. You may bring someone with you if you like."},
    {"null", "", "SUMMARY:Tid for en samtale i kommunen"},
    {"\"en\"", "|language=nn", "SUMMARY:Tid for ein samtale i kommunen"},
    {"\"nn\"", "|language=en", "SUMMARY:Time for a conversation in the municipality"},
};

Test(ical_words, a_patient_reads_their_own_language)
{
    for (size_t i = 0; i < COUNT(to_patient); i++) {
        char keys[200], settings[60];
        pfh_plan *plan;

        snprintf(keys, sizeof keys, PATIENT("%s"), to_patient[i].language);
        snprintf(settings, sizeof settings, "audience=patient%s", to_patient[i].settings);
        plan = plan_with(keys, "", "", "2026-04-01", NULL);
        expect_entry(plan, settings, "p1+window.2@pfh.invalid", to_patient[i].lines);
        pfh_plan_free(plan);
    }
}

Test(ical_words, a_patient_is_told_whom_to_reach)
{
    pfh_plan *plan =
        plan_with(PATIENT("\"nb\""),
                  "{\"id\":\"e1\",\"type\":\"scheduled\",\"date\":\"2026-02-23\",\"point\":2,"
                  "\"start\":\"2026-05-04T10:00\"},{\"id\":\"e2\",\"type\":\"accepted\","
                  "\"date\":\"2026-02-23\",\"point\":1}",
                  ",\"assign\":[{\"unit\":\"u1\"}]", "2026-04-01", NULL);
    pfh_ical_options *options =
        options_of("audience=patient",
                   "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u1\",\"name\":\"Skien\","
                   "\"phone\":\"35\",\"email\":\"a@b\",\"url\":\"https://b\"}]}");
    char *text = calendar_by(plan, options), *unfolded = unfold(text);

    expect_lines(
        unfolded, "p1+conversation.2@pfh.invalid",
        "SUMMARY:Samtale i kommunen\nCONTACT:Skien \302\267 35 \302\267 a@b\nURL:https://b\n"
        "DESCRIPTION:Vi snakker om det som er viktig for deg n\303\245\\, utenom selve "
        "behandlingen. Du kan ha med deg noen hvis du \303\270nsker det.\\nPasser ikke "
        "tidspunktet\\, er det bare \303\245 ta kontakt.\\nKontakt: Skien \302\267 35 \302\267 "
        "a@b");
    expect_lines(
        unfolded, "p1+window.1@pfh.invalid",
        "SUMMARY:Tid for en samtale p\303\245 sykehuset\n"
        "DESCRIPTION:Fra 31.01.2026\\nDu har takket ja til en samtale\\, og f\303\245r en time."
        "\\nVi snakker om det som er viktig for deg n\303\245\\, utenom selve behandlingen. Du kan "
        "ha med deg noen hvis du \303\270nsker det.\\nKontakt: Skien \302\267 35 \302\267 a@b");
    free(unfolded);
    free(text);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

/* ---- The date of the diagnosis ------------------------------------------------------------ */

/* A task that would begin before the diagnosis begins with it: its text does not say when. */
Test(ical_words, a_task_that_begins_with_the_diagnosis_does_not_tell_when_that_was)
{
    static const char *const languages[] = {"language=nb", "language=nn", "language=en"};
    pfh_pathway *draft = pathway_of(
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2021-draft\","
        "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[{\"id\":\"e1\","
        "\"type\":\"treatment_started\",\"date\":\"2026-02-05\"}]}");
    pfh_plan *plans[2] = {
        NULL, plan_with(DIAGNOSIS, "", ",\"offer_lead_days\":3000", "2026-02-06", NULL)};

    cr_assert_eq(pfh_plan_derive(&plans[0], draft, NULL, day("2026-02-06"), NULL), PFH_OK);
    for (size_t p = 0; p < 2; p++) {
        for (size_t l = 0; l < COUNT(languages); l++) {
            char *text = unfolded_of(plans[p], languages[l]);

            cr_expect_null(strstr(text, "2026-01-31"), "%s", text);
            cr_expect_null(strstr(text, "31.01.2026"), "%s", text);
            free(text);
        }
        pfh_plan_free(plans[p]);
    }
    pfh_pathway_free(draft);
}
