/*
 * Hand-over copies: what each audience gets and does not get, and that nothing private survives.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

enum { STORIES = 700 };

static pfh_pathway *handed(const pfh_pathway *pathway, pfh_audience audience)
{
    pfh_pathway *copy = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_pathway_handover(&copy, pathway, audience, NULL, 0, &err), PFH_OK, "%s: %s",
                 err.where, err.text);
    return copy;
}

#define BEGIN                                                                                      \
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\",\"patient\":{\"id\":"   \
    "\"4711\",\"x_p\":1},\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"x_v\":2,"    \
    "\"events\":["

static pfh_pathway *pathway_with(const char *events)
{
    growing text = {0};
    pfh_pathway *pathway;

    growing_print(&text, "%s", BEGIN);
    growing_add(&text, events, strlen(events));
    growing_print(&text, "]}");
    pathway = pathway_of(text.data);
    free(text.data);
    return pathway;
}

/* ---- The table of the rules, event by event ----------------------------------------------- */

/* M, S, G, P: municipality, specialist, GP and patient get an event of this kind; - they do not. */
static const struct {
    const char *event, *gets;
} table[] = {
    {"\"type\":\"clinical_decision\"", "MSGP"},
    {"\"type\":\"treatment_started\"", "MSGP"},
    {"\"type\":\"offered\",\"point\":1", "MSGP"},
    {"\"type\":\"accepted\",\"point\":1", "MSGP"},
    {"\"type\":\"declined\",\"point\":1", "MSGP"},
    {"\"type\":\"deferred\",\"point\":1,\"until\":\"2026-05-01\"", "MSGP"},
    {"\"type\":\"scheduled\",\"point\":1,\"start\":\"2026-05-01\"", "MSGP"},
    {"\"type\":\"cancelled\",\"point\":1", "MSGP"},
    {"\"type\":\"form_sent\",\"point\":1", "MS-P"},
    {"\"type\":\"performed\",\"point\":1", "MSGP"},
    {"\"type\":\"coded\",\"point\":1,\"code\":\"WMFG10\"", "-S--"},
    {"\"type\":\"message\",\"to\":\"gp\",\"kind\":\"letter\"", "-SG-"},
    {"\"type\":\"message\",\"to\":\"municipality\",\"kind\":\"plo\"", "MS--"},
    {"\"type\":\"message\",\"to\":\"specialist\",\"kind\":\"letter\"", "-S--"},
    {"\"type\":\"message\",\"to\":\"other\",\"kind\":\"letter\"", "-S--"},
    {"\"type\":\"receipt\",\"of\":\"m\",\"status\":\"ok\"", "-S--"},
    {"\"type\":\"followed_up\",\"of\":\"p\"", "MSGP"},
    {"\"type\":\"assigned\",\"point\":2,\"level\":\"municipality\"", "MSG-"},
    {"\"type\":\"moved\",\"municipality\":\"4003\"", "MSGP"},
    {"\"type\":\"excluded\",\"reason\":\"other\"", "MSGP"},
    {"\"type\":\"ended\",\"reason\":\"dead\"", "MSGP"},
    {"\"type\":\"reopened\"", "MSGP"},
    {"\"type\":\"corrected\",\"of\":\"p\"", "MSGP"},
    {"\"type\":\"withheld\"", "MSGP"},
};

static const char audiences[] = "MSGP";

/* The event "e" of a pathway as it is written. */
static char *event_text(const pfh_pathway *pathway)
{
    char *text = pathway_text(pathway), *event;
    const char *found = strstr(text, "{\"id\":\"e\",");

    cr_assert_not_null(found);
    event = raw_copy(found, NULL);
    free(text);
    return event;
}

#define NAMED                                                                                      \
    "{\"id\":\"m\",\"type\":\"message\",\"date\":\"2026-02-01\",\"to\":\"gp\",\"kind\":\"edi\"},"  \
    "{\"id\":\"p\",\"type\":\"performed\",\"date\":\"2026-02-01\",\"point\":2},"

/* The same as it would be read from a document; beside it stand events that it may name. */
static pfh_pathway *pathway_around(const char *keys, const char *extra)
{
    growing text = {0};
    pfh_pathway *pathway;

    growing_print(&text, "%s{\"id\":\"e\",\"date\":\"2026-04-01\",%s%s}", NAMED, keys, extra);
    pathway = pathway_with(text.data);
    free(text.data);
    return pathway;
}

/* An event with `extra` keys becomes the same with `left`, or, where that is NULL, a stub. */
static void expect_event(const char *keys, const char *extra, const char *left, int32_t audience)
{
    pfh_pathway *pathway = pathway_around(keys, extra);
    pfh_pathway *copy = handed(pathway, (pfh_audience)audience);
    pfh_pathway *wanted =
        left == NULL ? pathway_around("\"type\":\"withheld\"", "") : pathway_around(keys, left);
    char *got = event_text(copy), *want = event_text(wanted);

    cr_expect_str_eq(got, want, "%s%s for %s: %s", keys, extra,
                     pfh_word(PFH_WORDS_AUDIENCE, audience), got);
    free(got);
    free(want);
    pfh_pathway_free(wanted);
    pfh_pathway_free(copy);
    pfh_pathway_free(pathway);
}

static bool gets(size_t row, int32_t audience)
{
    return table[row].gets[audience - 1] == audiences[audience - 1];
}

static bool is(size_t row, const char *type)
{
    return strstr(table[row].event, type) != NULL;
}

Test(handover, every_audience_gets_the_events_of_its_table)
{
    for (size_t row = 0; row < COUNT(table); row++)
        for (int32_t audience = 1; audience <= 4; audience++)
            expect_event(table[row].event, "", gets(row, audience) ? "" : NULL, audience);
}

Test(handover, a_vendors_keys_go_with_an_event_that_goes_and_stay_with_one_that_stays)
{
    for (size_t row = 0; row < COUNT(table); row++)
        for (int32_t audience = 1; audience <= 4; audience++)
            expect_event(table[row].event, ",\"x_a\":[1]",
                         gets(row, audience) ? ",\"x_a\":[1]" : NULL, audience);
}

Test(handover, the_patient_gets_no_notes_and_no_authors_and_the_others_get_both)
{
    static const char *const said = ",\"note\":\"n\",\"author\":{\"role\":\"nurse\"}";

    for (size_t row = 0; row < COUNT(table); row++) {
        if (is(row, "\"withheld\""))
            continue; /* has neither */
        for (int32_t audience = 1; audience <= 4; audience++)
            expect_event(table[row].event, said,
                         !gets(row, audience)               ? NULL
                         : audience == PFH_AUDIENCE_PATIENT ? ",\"withheld\":1"
                                                            : said,
                         audience);
    }
}

/* But a correction: what is void must be known to be. */
Test(handover, nobody_gets_a_private_event)
{
    static const char *const said = ",\"private\":true,\"note\":\"n\",\"x_a\":1";

    for (size_t row = 0; row < COUNT(table); row++) {
        if (is(row, "\"withheld\""))
            continue;
        for (int32_t audience = 1; audience <= 4; audience++)
            expect_event(table[row].event, said,
                         is(row, "corrected") ? ",\"private\":true,\"withheld\":1,\"x_a\":1" : NULL,
                         audience);
    }
}

Test(handover, an_event_that_is_said_not_to_be_private_stays)
{
    for (int32_t audience = 1; audience <= 4; audience++)
        expect_event("\"type\":\"reopened\"", ",\"private\":false", ",\"private\":false", audience);
}

/* ---- Topics ------------------------------------------------------------------------------- */

#define PERFORMED "\"type\":\"performed\",\"point\":1"
#define OPEN "{\"topic\":\"nutrition\",\"need\":\"follow_up\",\"note\":\"eats\"}"
#define BARE "{\"topic\":\"nutrition\",\"need\":\"follow_up\"}"
#define SECRET                                                                                     \
    "{\"topic\":\"sexual_health\",\"need\":\"none\",\"note\":\"s\",\"private\":true,\"x_a\":1}"
#define TOPICS(list) ",\"assessment\":{\"distress\":5,\"topics\":[" list "]}"

/* What others get, and what the patient gets. */
static const struct {
    const char *whole, *others, *patient;
} topics[] = {
    {TOPICS(OPEN), TOPICS(OPEN), TOPICS(BARE) ",\"withheld\":1"},
    {TOPICS(SECRET), TOPICS("") ",\"withheld\":1", TOPICS("") ",\"withheld\":1"},
    {TOPICS(SECRET "," OPEN), TOPICS(OPEN) ",\"withheld\":1", TOPICS(BARE) ",\"withheld\":2"},
    {",\"note\":\"n\"" TOPICS(OPEN "," SECRET), ",\"note\":\"n\"" TOPICS(OPEN) ",\"withheld\":1",
     TOPICS(BARE) ",\"withheld\":3"},
    {TOPICS(OPEN) ",\"withheld\":4", TOPICS(OPEN) ",\"withheld\":4",
     TOPICS(BARE) ",\"withheld\":5"},
    {TOPICS(SECRET) ",\"withheld\":998", TOPICS("") ",\"withheld\":999",
     TOPICS("") ",\"withheld\":999"},
    {TOPICS("{\"topic\":\"x_a\",\"need\":\"none\",\"private\":false}"),
     TOPICS("{\"topic\":\"x_a\",\"need\":\"none\",\"private\":false}"),
     TOPICS("{\"topic\":\"x_a\",\"need\":\"none\",\"private\":false}")},
    {",\"assessment\":{\"distress\":5}", ",\"assessment\":{\"distress\":5}",
     ",\"assessment\":{\"distress\":5}"},
};

Test(handover, a_private_topic_goes_whole_and_what_goes_is_counted)
{
    for (size_t i = 0; i < COUNT(topics); i++)
        for (int32_t audience = 1; audience <= 4; audience++)
            expect_event(PERFORMED, topics[i].whole,
                         audience == PFH_AUDIENCE_PATIENT ? topics[i].patient : topics[i].others,
                         audience);
}

Test(handover, more_than_can_be_counted_is_refused)
{
    pfh_pathway *pathway = pathway_around(PERFORMED, TOPICS(SECRET) ",\"withheld\":999");
    pfh_pathway *copy = pathway;
    pfh_error err;

    cr_expect_eq(pfh_pathway_handover(&copy, pathway, PFH_AUDIENCE_GP, NULL, 0, &err), PFH_E_VALUE);
    cr_expect_str_eq(err.where, "/events/2");
    cr_expect_eq(copy, pathway);
    pfh_pathway_free(pathway);
}

/* ---- The gate ----------------------------------------------------------------------------- */

Test(handover, without_an_agreement_the_municipality_gets_a_copy_only_when_that_is_overridden)
{
    static const char *const terms[] = {
        NULL, "{\"format\":\"pfh-policy/1\"}",
        "{\"format\":\"pfh-policy/1\",\"municipality_messages\":true}",
        "{\"format\":\"pfh-policy/1\",\"municipality_messages\":false}"};
    pfh_pathway *pathway = pathway_around(PERFORMED, "");

    for (size_t i = 0; i < COUNT(terms); i++)
        for (int32_t audience = 1; audience <= 4; audience++)
            for (int32_t override = 0; override <= 1; override++) {
                pfh_policy *policy = terms[i] == NULL ? NULL : policy_of(terms[i]);
                const bool shut = i == 3 && audience == PFH_AUDIENCE_MUNICIPALITY && override == 0;
                pfh_pathway *copy = NULL;
                pfh_error err = {0};

                cr_expect_eq(pfh_pathway_handover(&copy, pathway, (pfh_audience)audience, policy,
                                                  override, &err),
                             shut ? PFH_E_AGREEMENT : PFH_OK);
                cr_expect_eq(copy == NULL, shut);
                if (shut)
                    cr_expect_str_eq(err.where, "policy");
                pfh_pathway_free(copy);
                pfh_policy_free(policy);
            }
    pfh_pathway_free(pathway);
}

Test(handover, a_missing_or_wrong_argument_is_refused)
{
    pfh_pathway *pathway = pathway_around(PERFORMED, ""), *copy = NULL;
    static const int32_t wrong[] = {0, 5, -1, INT32_MAX};
    pfh_error err;

    cr_expect_eq(pfh_pathway_handover(NULL, pathway, PFH_AUDIENCE_GP, NULL, 0, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_pathway_handover(&copy, NULL, PFH_AUDIENCE_GP, NULL, 0, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "pathway");
    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_expect_eq(pfh_pathway_handover(&copy, pathway, (pfh_audience)wrong[i], NULL, 0, &err),
                     PFH_E_ARG);
        cr_expect_str_eq(err.where, "audience");
    }
    cr_expect_null(copy);
    pfh_pathway_free(pathway);
}

/* ---- The rows ----------------------------------------------------------------------------- */

/* Every row has a reason in all languages, and what it says is what happens. */
Test(handover, the_rows_say_what_the_copies_lack)
{
    for (size_t row = 0; row < COUNT(table); row++) {
        for (int32_t audience = 1; audience <= 4; audience++) {
            bool said = false;

            for (size_t i = 0; i < pfh_handover_rule_count(); i++) {
                const pfh_handover_rule *rule = pfh_handover_rule_at(i);

                said |= rule->audience == (pfh_audience)audience && rule->type != 0 &&
                        strncmp(table[row].event + strlen("\"type\":\""), rule->left_out,
                                strlen(rule->left_out)) == 0;
            }
            if (!gets(row, audience))
                cr_expect(said, "%s for %d", table[row].event, audience);
            else if (!is(row, "message"))
                cr_expect(!said, "%s for %d", table[row].event, audience);
        }
    }
    for (size_t i = 0; i < pfh_handover_rule_count(); i++)
        for (int32_t language = 1; language <= 3; language++)
            cr_expect_not_null(pfh_text((pfh_language)language, pfh_handover_rule_at(i)->reason));
    cr_expect_null(pfh_handover_rule_at(pfh_handover_rule_count()));
}

/* ---- What is true of every copy ----------------------------------------------------------- */

/* Some have an event of which 999 parts were left out already. */
static bool can_be_handed(const pfh_pathway *pathway)
{
    pfh_pathway *copy = NULL;
    const bool can =
        pfh_pathway_handover(&copy, pathway, PFH_AUDIENCE_PATIENT, NULL, 0, NULL) == PFH_OK;

    pfh_pathway_free(copy);
    return can;
}

static char *text_of_merged(const pfh_pathway *mine, const pfh_pathway *theirs)
{
    pfh_pathway *pathway = NULL;
    pfh_error err = {0};
    char *text;

    cr_assert_eq(pfh_pathway_merge(&pathway, mine, theirs, NULL, &err), PFH_OK, "%s: %s", err.where,
                 err.text);
    text = pathway_text(pathway);
    pfh_pathway_free(pathway);
    return text;
}

static void expect_merges_back(const pfh_pathway *pathway, uint64_t seed)
{
    char *whole = pathway_text(pathway);

    for (int32_t audience = 1; audience <= 4; audience++) {
        pfh_pathway *copy = handed(pathway, (pfh_audience)audience);
        pfh_pathway *again = handed(copy, (pfh_audience)audience);
        char *a = text_of_merged(pathway, copy), *b = text_of_merged(copy, pathway);
        char *once = pathway_text(copy), *twice = pathway_text(again);

        cr_expect_str_eq(a, whole, "seed %llu", (unsigned long long)seed);
        cr_expect_str_eq(b, whole, "seed %llu", (unsigned long long)seed);
        cr_expect_str_eq(once, twice, "seed %llu", (unsigned long long)seed);
        free(a);
        free(b);
        free(once);
        free(twice);
        pfh_pathway_free(again);
        pfh_pathway_free(copy);
    }
    free(whole);
}

Test(handover, every_copy_merges_back_into_what_it_was_made_of)
{
    for (uint64_t seed = 1; seed < STORIES; seed++) {
        dice d = dice_of(seed);
        story s = story_of(&d);
        pfh_pathway *pathway = pathway_of_tree(s.pathway);

        if (can_be_handed(pathway))
            expect_merges_back(pathway, seed);
        pfh_pathway_free(pathway);
        story_free(&s);
    }
}

/* ---- Nothing private by any path ---------------------------------------------------------- */

#define SECRET_MARK "s3cr3t"
#define NOTE_MARK "n0t3"
#define AUTHOR_MARK "auth0r"

static void set_text(cJSON *object, const char *key, const char *text)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    cJSON_AddStringToObject(object, key, text);
}

/* A local topic that only this test knows, with all that a topic can say. */
static cJSON *marked_topic(bool is_private, const char *mark)
{
    cJSON *topic = cJSON_CreateObject(), *who;

    set_text(topic, "topic", is_private ? "x_" SECRET_MARK : "x_open");
    set_text(topic, "need", "follow_up");
    set_text(topic, "note", mark);
    who = cJSON_AddObjectToObject(topic, "responsible");
    set_text(who, "unit", is_private ? "unit-" SECRET_MARK : "ward-1");
    set_text(topic, "x_a", is_private ? SECRET_MARK : "open");
    if (is_private)
        cJSON_AddTrueToObject(topic, "private");
    return topic;
}

/* Says something secret in an assessment, and something that only the patient does not get. */
static void mark_assessment(cJSON *event, bool all)
{
    cJSON *assessment = cJSON_GetObjectItemCaseSensitive(event, "assessment"), *list;

    if (assessment == NULL || !cJSON_IsObject(assessment)) {
        cJSON_DeleteItemFromObjectCaseSensitive(event, "assessment");
        assessment = cJSON_AddObjectToObject(event, "assessment");
    }
    cJSON_DeleteItemFromObjectCaseSensitive(assessment, "topics");
    list = cJSON_AddArrayToObject(assessment, "topics");
    cJSON_AddItemToArray(list, marked_topic(true, SECRET_MARK));
    cJSON_AddItemToArray(list, marked_topic(false, all ? SECRET_MARK : NOTE_MARK));
}

static void mark_event(dice *d, cJSON *event)
{
    const char *type = json_text(event, "type");
    const bool is_corrected = strcmp(type, "corrected") == 0;
    const bool all = chance(d, 40) && !is_corrected;
    cJSON *author;

    if (strcmp(type, "withheld") == 0)
        return;
    cJSON_DeleteItemFromObjectCaseSensitive(event, "private");
    cJSON_DeleteItemFromObjectCaseSensitive(event, "withheld");
    cJSON_DeleteItemFromObjectCaseSensitive(event, "author");
    if (all || is_corrected)
        cJSON_AddTrueToObject(event, "private");
    set_text(event, "note", all || is_corrected ? SECRET_MARK : NOTE_MARK);
    author = cJSON_AddObjectToObject(event, "author");
    set_text(author, "name", all ? SECRET_MARK : AUTHOR_MARK);
    if (all)
        set_text(event, "x_a", SECRET_MARK);
    if (strcmp(type, "scheduled") == 0 && all)
        set_text(event, "place", SECRET_MARK);
    if (strcmp(type, "assigned") == 0 && all)
        set_text(event, "unit", "unit-" SECRET_MARK);
    if (strcmp(type, "performed") == 0)
        mark_assessment(event, all);
}

static void expect_not_in(const char *text, const char *mark, const char *what, uint64_t seed)
{
    const char *found = strstr(text, mark);

    cr_expect_null(found, "seed %llu: %s is in %s: %.200s", (unsigned long long)seed, mark, what,
                   found == NULL || found - text < 60 ? text : found - 60);
}

typedef struct output {
    char *text;
    const char *what;
} output;

enum { OUTPUTS = 40 };

/* Everything that can be written of a copy. */
static size_t write_all(output out[OUTPUTS], const pfh_pathway *copy, const pfh_policy *policy,
                        pfh_date as_of)
{
    size_t count = 0;
    pfh_plan *plan = NULL;
    pfh_needs *needs = NULL;
    pfh_ical_options *options = NULL;

    cr_assert_eq(pfh_needs_derive(&needs, copy, policy, as_of, NULL, NULL, NULL), PFH_OK);
    cr_assert_eq(pfh_plan_derive(&plan, copy, policy, as_of, NULL), PFH_OK);
    cr_assert_eq(pfh_ical_options_new(&options, NULL), PFH_OK);
    cr_assert_eq(pfh_ical_options_set(options, "form", "both", NULL), PFH_OK);
    cr_assert_eq(pfh_ical_options_set(options, "tell", "name", NULL), PFH_OK);
    out[count++] = (output){pathway_text(copy), "the copy"};
    out[count++] = (output){plan_text(plan, 1), "the plan"};
    cr_assert_eq(pfh_plan_to_ical(&out[count].text, plan, options, NULL), PFH_OK);
    out[count++].what = "the calendar";
    cr_assert_eq(pfh_ical_options_set(options, "audience", "patient", NULL), PFH_OK);
    cr_assert_eq(pfh_plan_to_ical(&out[count].text, plan, options, NULL), PFH_OK);
    out[count++].what = "the patient's calendar";
    cr_assert_eq(pfh_needs_to_json(&out[count].text, needs, NULL), PFH_OK);
    out[count++].what = "the needs as JSON";
    for (int32_t language = 1; language <= 3; language++) {
        const pfh_edition *edition = pfh_plan_edition(plan);

        for (int32_t audience = 1; audience <= 4; audience++) {
            cr_assert_eq(pfh_needs_to_text(&out[count].text, needs, (pfh_audience)audience,
                                           (pfh_language)language, 20000, NULL),
                         PFH_OK);
            out[count++].what = "the needs as text";
        }
        cr_assert_eq(pfh_checklist_to_json(&out[count].text, edition, 1, policy, needs,
                                           (pfh_language)language, NULL),
                     PFH_OK);
        out[count++].what = "the checklist as JSON";
        cr_assert_eq(pfh_checklist_to_text(&out[count].text, edition, 1, policy, needs,
                                           (pfh_language)language, NULL),
                     PFH_OK);
        out[count++].what = "the checklist as text";
    }
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
    pfh_needs_free(needs);
    return count;
}

static void expect_nothing_private(const story *s, const pfh_pathway *pathway, uint64_t seed)
{
    pfh_policy *policy = policy_of_story(s);

    for (int32_t audience = 1; audience <= 4; audience++) {
        pfh_pathway *copy = handed(pathway, (pfh_audience)audience);
        output out[OUTPUTS];
        const size_t count = write_all(out, copy, policy, s->as_of);

        for (size_t i = 0; i < count; i++) {
            expect_not_in(out[i].text, SECRET_MARK, out[i].what, seed);
            if (audience == PFH_AUDIENCE_PATIENT) {
                expect_not_in(out[i].text, NOTE_MARK, out[i].what, seed);
                expect_not_in(out[i].text, AUTHOR_MARK, out[i].what, seed);
            }
            free(out[i].text);
        }
        pfh_pathway_free(copy);
    }
    pfh_policy_free(policy);
}

/* Texts of needs and checklists hold nothing private even of the pathway itself. */
static void expect_no_private_words(const story *s, const pfh_pathway *pathway, uint64_t seed)
{
    output out[OUTPUTS];
    const size_t count = write_all(out, pathway, NULL, s->as_of);

    for (size_t i = 0; i < count; i++) {
        if (strstr(out[i].what, "as text") != NULL || strstr(out[i].what, "checklist") != NULL)
            expect_not_in(out[i].text, SECRET_MARK, out[i].what, seed);
        free(out[i].text);
    }
}

Test(handover, nothing_private_survives_in_any_output_by_any_path)
{
    size_t secrets = 0;

    for (uint64_t seed = 1; seed < 300; seed++) {
        dice d = dice_of(seed), more = dice_of(~seed);
        story s = story_of(&d);
        pfh_pathway *pathway;
        cJSON *event;
        char *text;

        cJSON_ArrayForEach(event, events_of(s.pathway))
        {
            mark_event(&more, event);
        }
        pathway = pathway_of_tree(s.pathway);
        text = pathway_text(pathway);
        secrets += strstr(text, SECRET_MARK) != NULL;
        free(text);
        expect_nothing_private(&s, pathway, seed);
        expect_no_private_words(&s, pathway, seed);
        pfh_pathway_free(pathway);
        story_free(&s);
    }
    cr_expect_gt(secrets, 150, "there was nothing to hide");
}
