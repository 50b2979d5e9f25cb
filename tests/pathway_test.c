/*
 * The event log: what may join it, in which order events count, and that a failure changes nothing.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define JSON(...) #__VA_ARGS__

#define HEAD                                                                                       \
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2022\","                       \
    "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"}"

static pfh_record *new_event(const char *id, const char *type, const char *date)
{
    pfh_record *event = NULL;

    cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
    pfh_record_set_text(event, "id", id, NULL);
    pfh_record_set_text(event, "type", type, NULL);
    pfh_record_set_text(event, "date", date, NULL);
    return event;
}

static pfh_status append(pfh_pathway *pathway, pfh_record *event, pfh_error *error)
{
    pfh_status status = pfh_pathway_append(pathway, event, error);

    pfh_record_free(event);
    return status;
}

static void append_simple(pfh_pathway *pathway, const char *id, const char *type, const char *date)
{
    cr_assert_eq(append(pathway, new_event(id, type, date), NULL), PFH_OK, "%s", id);
}

/* The ids of the events in the order in which they count. */
static void expect_order(const pfh_pathway *pathway, const char *ids)
{
    growing text = {0};

    growing_add(&text, "", 0);
    for (size_t i = 0; i < pfh_pathway_event_count(pathway); i++)
        growing_print(&text, i == 0 ? "%s" : " %s",
                      pfh_record_text(pfh_pathway_event(pathway, i), "id"));
    cr_expect_str_eq(text.data == NULL ? "" : text.data, ids);
    free(text.data);
}

/* ---- Making ------------------------------------------------------------------------------- */

Test(pathway, what_is_missing_in_a_head_is_told_where_it_would_be)
{
    static const struct {
        const char *left_out, *where;
    } row[] = {
        {"id", "/id"},
        {"edition", "/edition"},
        {"diagnosis/code", "/diagnosis/code"},
        {"diagnosis/date", "/diagnosis/date"},
        {"diagnosis", "/diagnosis"},
        {"patient/identifiers/0/type", "/patient/identifiers/0/type"},
        {"patient/identifiers/0/value", "/patient/identifiers/0/value"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_record *head = NULL;
        pfh_pathway *pathway = (pfh_pathway *)1;
        pfh_error error;

        cr_assert_eq(pfh_record_new(&head, PFH_RECORD_PATHWAY, NULL), PFH_OK);
        pfh_record_set_text(head, "id", "p1", NULL);
        pfh_record_set_text(head, "edition", "hdir-2022", NULL);
        pfh_record_set_text(head, "diagnosis/code", "C50", NULL);
        pfh_record_set_text(head, "diagnosis/date", "2026-01-31", NULL);
        pfh_record_set_text(head, "patient/identifiers/0/type", "fnr", NULL);
        pfh_record_set_text(head, "patient/identifiers/0/value", "13097248022", NULL);
        cr_assert_eq(pfh_record_set_text(head, row[i].left_out, NULL, NULL), PFH_OK);
        cr_expect_eq(pfh_pathway_build(&pathway, head, &error), PFH_E_KEY, "%s", row[i].left_out);
        cr_expect_str_eq(error.where, row[i].where);
        cr_expect_eq(pathway, (pfh_pathway *)1, "the output was touched");
        pfh_record_free(head);
    }
}

Test(pathway, one_that_was_built_has_no_events_and_is_written_without_them)
{
    pfh_pathway *parsed = pathway_of(HEAD "}"), *built = NULL;
    char *text;

    cr_assert_eq(pfh_pathway_build(&built, pfh_pathway_head(parsed), NULL), PFH_OK);
    pfh_pathway_free(parsed);
    cr_expect_eq(pfh_pathway_event_count(built), 0);
    cr_expect_null(pfh_pathway_event(built, 0));
    cr_expect_null(pfh_pathway_find(built, "e1"));
    text = pathway_text(built);
    cr_expect_str_eq(text, HEAD "}");
    pfh_string_free(text);
    append_simple(built, "e1", "reopened", "2026-02-01");
    text = pathway_text(built);
    cr_expect_str_eq(
        text, HEAD ",\"events\":[{\"id\":\"e1\",\"type\":\"reopened\",\"date\":\"2026-02-01\"}]}");
    pfh_string_free(text);
    pfh_pathway_free(built);
}

Test(pathway, its_head_is_read_but_its_events_are_not_in_it)
{
    pfh_pathway *pathway = pathway_of(
        "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"hdir-2021-draft\",\"patient\":"
        "{\"id\":\"4711\"},\"diagnosis\":{\"code\":\"C509\",\"date\":\"2026-01-31\"},\"events\":["
        "{\"id\":\"e1\",\"type\":\"reopened\",\"date\":\"2026-02-01\"}],\"x_a\":[1]}");
    const pfh_record *head = pfh_pathway_head(pathway);

    cr_expect_str_eq(pfh_pathway_id(pathway), "p1");
    cr_expect_str_eq(pfh_pathway_edition(pathway)->name, "hdir-2021-draft");
    cr_expect_str_eq(pfh_record_text(head, "patient/id"), "4711");
    cr_expect_str_eq(pfh_record_text(head, "diagnosis/code"), "C50.9");
    cr_expect_eq(pfh_record_date(head, "diagnosis/date"), day("2026-01-31"));
    cr_expect_str_eq(pfh_record_text(head, "x_a"), "[1]");
    cr_expect_eq(pfh_record_count(head, "events"), 0);
    pfh_pathway_free(pathway);
}

/* ---- Order -------------------------------------------------------------------------------- */

/* Types in the order of the rules, section 3. */
static const char *const types[] = {
    "moved",    "assigned",  "clinical_decision", "treatment_started", "offered",   "declined",
    "accepted", "deferred",  "cancelled",         "scheduled",         "form_sent", "performed",
    "coded",    "message",   "receipt",           "followed_up",       "excluded",  "ended",
    "reopened", "corrected", "withheld",
};

/* An event with all that its type must have. */
static pfh_record *whole_event(const char *id, const char *type, const char *date)
{
    static const struct {
        const char *type, *key, *value;
    } must[] = {
        {"moved", "municipality", "4003"},
        {"assigned", "level", "specialist"},
        {"deferred", "until", "2026-06-01"},
        {"scheduled", "start", "2026-06-01"},
        {"coded", "code", "WMFG10"},
        {"message", "to", "gp"},
        {"message", "kind", "plo"},
        {"receipt", "of", "m"},
        {"receipt", "status", "ok"},
        {"followed_up", "of", "d"},
        {"excluded", "reason", "other"},
        {"ended", "reason", "other"},
        {"corrected", "of", "d"},
    };
    static const char at_a_point[] = " assigned offered declined accepted deferred cancelled "
                                     "scheduled form_sent performed coded ";
    pfh_record *event = new_event(id, type, date);
    char word[32];

    for (size_t i = 0; i < COUNT(must); i++)
        if (strcmp(must[i].type, type) == 0)
            pfh_record_set_text(event, must[i].key, must[i].value, NULL);
    snprintf(word, sizeof word, " %s ", type);
    if (strstr(at_a_point, word) != NULL)
        pfh_record_set_number(event, "point", 1, NULL);
    return event;
}

/* A message and a performance before all others, which receipts and the like can name. */
static pfh_pathway *with_targets(void)
{
    return pathway_of(HEAD
                      ",\"events\":[{\"id\":\"m\",\"type\":\"message\",\"date\":\"2026-02-01\","
                      "\"to\":\"gp\",\"kind\":\"plo\"},{\"id\":\"d\",\"type\":\"performed\","
                      "\"date\":\"2026-02-01\",\"point\":1}]}");
}

Test(pathway, events_of_one_day_count_in_the_order_of_their_types)
{
    pfh_pathway *pathway = with_targets();
    char id[8];

    for (size_t i = COUNT(types); i-- > 0;) { /* ids against the order */
        snprintf(id, sizeof id, "e%02d", (int)(COUNT(types) - i));
        cr_assert_eq(append(pathway, whole_event(id, types[i], "2026-03-01"), NULL), PFH_OK, "%s",
                     types[i]);
    }
    cr_assert_eq(pfh_pathway_event_count(pathway), 2 + COUNT(types));
    for (size_t i = 0; i < COUNT(types); i++)
        cr_expect_str_eq(pfh_record_text(pfh_pathway_event(pathway, 2 + i), "type"), types[i]);
    pfh_pathway_free(pathway);
}

Test(pathway, events_count_by_date_then_time_then_type_then_id)
{
    static const struct {
        const char *id, *type, *date, *recorded;
    } row[] = {
        /* in the order in which they must come out */
        {"z", "ended", "2026-02-27", "2026-03-09T10:00:00Z"},
        {"y", "reopened", "2026-02-28", NULL},
        {"x", "moved", "2026-02-28", "2026-02-28T09:59:59.999999999Z"},
        {"w", "ended", "2026-02-28", "2026-02-28T11:00:00+01:00"},
        {"v", "reopened", "2026-02-28", "2026-02-28T10:00:00Z"},
        {"u", "moved", "2026-02-28", "2026-02-28T10:00:00.000000001Z"},
        {"t", "moved", "2026-02-28", "2026-02-28T10:00:00.1Z"},
        {"A", "moved", "2026-03-01", NULL},
        {"B", "moved", "2026-03-01", NULL},
        {"a", "moved", "2026-03-01", NULL},
        {"a-", "moved", "2026-03-01", NULL},
        {"aa", "moved", "2026-03-01", NULL},
    };
    dice d = dice_of(1);

    for (int round = 0; round < 50; round++) {
        pfh_pathway *pathway = pathway_of(HEAD "}");
        size_t order[COUNT(row)];

        for (size_t i = 0; i < COUNT(row); i++)
            order[i] = i;
        for (size_t i = COUNT(row); i-- > 1;) {
            size_t other = (size_t)roll(&d, (int32_t)i + 1), kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        for (size_t i = 0; i < COUNT(row); i++) {
            pfh_record *event =
                whole_event(row[order[i]].id, row[order[i]].type, row[order[i]].date);
            pfh_record_set_text(event, "recorded", row[order[i]].recorded, NULL);
            cr_assert_eq(append(pathway, event, NULL), PFH_OK);
        }
        expect_order(pathway, "z y x w v u t A B a a- aa");
        pfh_pathway_free(pathway);
    }
}

Test(pathway, the_order_in_a_document_means_nothing)
{
    static const char a[] = "{\"id\":\"a\",\"type\":\"reopened\",\"date\":\"2026-02-01\"}";
    static const char b[] = "{\"id\":\"b\",\"type\":\"reopened\",\"date\":\"2026-02-02\"}";
    static const char c[] = "{\"id\":\"c\",\"type\":\"reopened\",\"date\":\"2026-02-03\"}";
    const char *orders[][3] = {{a, b, c}, {a, c, b}, {b, a, c}, {b, c, a}, {c, a, b}, {c, b, a}};

    for (size_t i = 0; i < COUNT(orders); i++) {
        growing text = {0};
        pfh_pathway *pathway;

        growing_print(&text, HEAD ",\"events\":[%s,%s,%s]}", orders[i][0], orders[i][1],
                      orders[i][2]);
        pathway = pathway_of(text.data);
        expect_order(pathway, "a b c");
        pfh_pathway_free(pathway);
        free(text.data);
    }
}

/* ---- Finding ------------------------------------------------------------------------------ */

Test(pathway, an_event_is_found_by_its_id)
{
    pfh_pathway *pathway = pathway_of(HEAD "}");
    char id[16];

    for (int i = 0; i < 100; i++) {
        snprintf(id, sizeof id, "e%d", (i * 37) % 100);
        append_simple(pathway, id, "reopened", "2026-02-01");
    }
    for (int i = 0; i < 100; i++) {
        snprintf(id, sizeof id, "e%d", i);
        cr_assert_not_null(pfh_pathway_find(pathway, id), "%s", id);
        cr_expect_str_eq(pfh_record_text(pfh_pathway_find(pathway, id), "id"), id);
    }
    cr_expect_null(pfh_pathway_find(pathway, "e100"));
    cr_expect_null(pfh_pathway_find(pathway, "E1"));
    cr_expect_null(pfh_pathway_find(pathway, ""));
    cr_expect_null(pfh_pathway_find(pathway, NULL));
    cr_expect_null(pfh_pathway_event(pathway, 100));
    cr_expect_null(pfh_pathway_event(pathway, SIZE_MAX));
    pfh_pathway_free(pathway);
}

Test(pathway, a_borrowed_event_stays_while_others_are_added)
{
    pfh_pathway *pathway = pathway_of(HEAD "}");
    const pfh_record *event;
    char id[16];

    append_simple(pathway, "last", "reopened", "2026-12-31");
    event = pfh_pathway_event(pathway, 0);
    for (int i = 0; i < 1000; i++) {
        snprintf(id, sizeof id, "e%d", i);
        append_simple(pathway, id, "reopened", "2026-02-01");
    }
    cr_expect_str_eq(pfh_record_text(event, "id"), "last");
    cr_expect_eq(pfh_pathway_event(pathway, 1000), event, "its place is another");
    pfh_pathway_free(pathway);
}

/* ---- What may not join -------------------------------------------------------------------- */

/* Expects an event to be refused by append, and the pathway to be as it was. */
static void expect_refused(pfh_pathway *pathway, pfh_record *event, pfh_status status,
                           const char *where)
{
    char *before = pathway_text(pathway), *after;
    pfh_error error;

    cr_expect_eq(pfh_pathway_append(pathway, event, NULL), status, "%s", where);
    cr_expect_eq(append(pathway, event, &error), status, "%s", where);
    cr_expect_eq(error.status, status);
    cr_expect_str_eq(error.where, where);
    after = pathway_text(pathway);
    cr_expect_str_eq(after, before);
    pfh_string_free(before);
    pfh_string_free(after);
}

static pfh_record *naming(const char *type, const char *of)
{
    pfh_record *event = whole_event("e9", type, "2026-03-01");

    pfh_record_set_text(event, "of", of, NULL);
    return event;
}

Test(pathway, an_id_that_is_there_already_is_refused)
{
    pfh_pathway *pathway = with_targets();

    expect_refused(pathway, whole_event("m", "offered", "2026-03-01"), PFH_E_DUPLICATE, "/id");
    expect_refused(pathway, whole_event("d", "performed", "2026-02-01"), PFH_E_DUPLICATE, "/id");
    pfh_pathway_free(pathway);
}

Test(pathway, an_event_of_its_own_cannot_be_added_again)
{
    pfh_pathway *pathway = with_targets();

    cr_expect_eq(pfh_pathway_append(pathway, pfh_pathway_find(pathway, "d"), NULL),
                 PFH_E_DUPLICATE);
    cr_expect_eq(pfh_pathway_event_count(pathway), 2);
    pfh_pathway_free(pathway);
}

Test(pathway, a_reference_names_an_event_of_the_right_type_that_is_there)
{
    static const struct {
        const char *type, *of;
        pfh_status status;
    } row[] = {
        {"receipt", "m", PFH_OK},
        {"receipt", "w", PFH_OK}, /* left out of a copy: it may have been anything */
        {"receipt", "d", PFH_E_REFERENCE},
        {"receipt", "c", PFH_E_REFERENCE},
        {"receipt", "nothing", PFH_E_REFERENCE},
        {"receipt", "e9", PFH_E_REFERENCE}, /* itself */
        {"followed_up", "d", PFH_OK},
        {"followed_up", "w", PFH_OK},
        {"followed_up", "m", PFH_E_REFERENCE},
        {"followed_up", "nothing", PFH_E_REFERENCE},
        {"corrected", "m", PFH_OK},
        {"corrected", "d", PFH_OK}, /* for the second time */
        {"corrected", "w", PFH_OK},
        {"corrected", "c", PFH_E_REFERENCE},
        {"corrected", "nothing", PFH_E_REFERENCE},
        {"corrected", "e9", PFH_E_REFERENCE},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_pathway *pathway = with_targets();

        cr_assert_eq(append(pathway, whole_event("c", "corrected", "2026-02-02"), NULL), PFH_OK);
        append_simple(pathway, "w", "withheld", "2026-02-02");
        if (row[i].status == PFH_OK)
            cr_expect_eq(append(pathway, naming(row[i].type, row[i].of), NULL), PFH_OK, "%s of %s",
                         row[i].type, row[i].of);
        else
            expect_refused(pathway, naming(row[i].type, row[i].of), row[i].status, "/of");
        pfh_pathway_free(pathway);
    }
}

Test(pathway, a_point_is_one_of_its_edition)
{
    static const struct {
        const char *edition;
        int32_t points;
    } row[] = {{"hdir-2022", 3}, {"hdir-2021-draft", 5}};

    for (size_t i = 0; i < COUNT(row); i++) {
        growing text = {0};
        pfh_pathway *pathway;

        growing_print(&text,
                      "{\"format\":\"pfh-pathway/1\",\"id\":\"p1\",\"edition\":\"%s\","
                      "\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-31\"}}",
                      row[i].edition);
        pathway = pathway_of(text.data);
        for (int32_t point = 1; point <= 5; point++) {
            char id[8];
            pfh_record *event;

            snprintf(id, sizeof id, "e%d", (int)point);
            event = new_event(id, "offered", "2026-03-01");
            pfh_record_set_number(event, "point", point, NULL);
            if (point <= row[i].points)
                cr_expect_eq(append(pathway, event, NULL), PFH_OK);
            else
                expect_refused(pathway, event, PFH_E_VALUE, "/point");
        }
        pfh_pathway_free(pathway);
        free(text.data);
    }
}

Test(pathway, a_reason_is_one_of_its_type)
{
    pfh_pathway *pathway = with_targets();
    pfh_record *event = whole_event("e1", "declined", "2026-03-01");

    pfh_record_set_text(event, "reason", "dead", NULL);
    expect_refused(pathway, event, PFH_E_VALUE, "/reason");
    pfh_pathway_free(pathway);
}

Test(pathway, an_empty_event_is_refused)
{
    pfh_pathway *pathway = with_targets();
    pfh_record *event = NULL;

    cr_assert_eq(pfh_record_new(&event, PFH_RECORD_EVENT, NULL), PFH_OK);
    expect_refused(pathway, event, PFH_E_KEY, "/id");
    pfh_pathway_free(pathway);
}

Test(pathway, an_event_joins_after_one_that_was_refused)
{
    pfh_pathway *pathway = with_targets();

    expect_refused(pathway, naming("receipt", "d"), PFH_E_REFERENCE, "/of");
    cr_expect_eq(append(pathway, naming("receipt", "m"), NULL), PFH_OK);
    expect_order(pathway, "d m e9");
    pfh_pathway_free(pathway);
}

/* ---- The same in a document --------------------------------------------------------------- */

Test(pathway, what_may_not_join_is_refused_in_a_document_at_its_place)
{
    /* clang-format off */
    static const struct {
        const char *events;
        pfh_status status;
        const char *where;
    } row[] = {
        {JSON({"id": "b", "type": "reopened", "date": "2026-02-02"},
              {"id": "a", "type": "reopened", "date": "2026-02-01"},
              {"id": "b", "type": "reopened", "date": "2026-01-01"}),
         PFH_E_DUPLICATE, "/events/2/id"},
        {JSON({"id": "b", "type": "reopened", "date": "2026-02-02"},
              {"id": "c", "type": "corrected", "date": "2026-02-01", "of": "d"}),
         PFH_E_REFERENCE, "/events/1/of"},
        {JSON({"id": "c", "type": "corrected", "date": "2026-02-01", "of": "b"},
              {"id": "b", "type": "corrected", "date": "2026-02-02", "of": "c"}),
         PFH_E_REFERENCE, "/events/0/of"},
        {JSON({"id": "b", "type": "offered", "date": "2026-02-02", "point": 4}), PFH_E_VALUE,
         "/events/0/point"},
        {JSON({"id": "b", "type": "offered", "date": "2026-02-02"}), PFH_E_KEY,
         "/events/0/point"},
        {JSON(1), PFH_E_TYPE, "/events/0"},
        {JSON({"id": "c", "type": "receipt", "date": "2026-02-01", "of": "b", "status": "ok"},
              {"id": "b", "type": "message", "date": "2026-02-02", "to": "gp", "kind": "plo"}),
         PFH_OK, ""}, /* what it names comes later */
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(row); i++) {
        growing text = {0};
        pfh_pathway *pathway = NULL;
        pfh_error error = {.where = ""};

        growing_print(&text, HEAD ",\"events\":[%s]}", row[i].events);
        cr_expect_eq(pfh_pathway_parse(&pathway, text.data, text.size, &error), row[i].status, "%s",
                     row[i].events);
        cr_expect_str_eq(error.where, row[i].where);
        cr_expect_eq(pathway == NULL, row[i].status != PFH_OK);
        pfh_pathway_free(pathway);
        free(text.data);
    }
}

/* ---- Many events -------------------------------------------------------------------------- */

/* Seconds of processor time to append so many events, in order or against it. */
static double time_to_append(int count, int against)
{
    pfh_pathway *pathway = pathway_of(HEAD "}");
    pfh_record *event = new_event("e", "reopened", "2026-02-01");
    clock_t start = clock();
    char id[16];

    for (int i = 0; i < count; i++) {
        snprintf(id, sizeof id, "e%06d", i);
        pfh_record_set_text(event, "id", id, NULL);
        pfh_record_set_date(event, "date", day("2026-02-01") + (against ? count - i : i) / 100,
                            NULL);
        cr_assert_eq(pfh_pathway_append(pathway, event, NULL), PFH_OK);
    }
    cr_assert_eq(pfh_pathway_event_count(pathway), (size_t)count);
    cr_expect_not_null(pfh_pathway_find(pathway, id));
    pfh_record_free(event);
    pfh_pathway_free(pathway);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

Test(pathway, fifty_thousand_events_are_appended_without_growing_slow, .timeout = 60)
{
    double few = time_to_append(12500, 0), many = time_to_append(50000, 0);

    /* Four times as many: linear is 4, quadratic 16. */
    cr_expect_lt(many, 10 * few + 0.5, "%g s for 12 500, %g s for 50 000", few, many);
    cr_expect_lt(time_to_append(50000, 1), 30.0);
}

/* ---- NULL --------------------------------------------------------------------------------- */

static void expect_argument(pfh_status status, const pfh_error *error, const char *where)
{
    cr_expect_eq(status, PFH_E_ARG, "%s", where);
    cr_expect_str_eq(error->where, where);
}

Test(pathway, a_missing_argument_is_refused)
{
    pfh_pathway *pathway = with_targets(), *out = (pfh_pathway *)1;
    pfh_record *event = whole_event("e1", "offered", "2026-03-01");
    char *text = (char *)1;
    pfh_error error;

    expect_argument(pfh_pathway_parse(NULL, "{}", 2, &error), &error, "out");
    expect_argument(pfh_pathway_parse(&out, NULL, 0, &error), &error, "text");
    expect_argument(pfh_pathway_build(NULL, event, &error), &error, "out");
    expect_argument(pfh_pathway_build(&out, NULL, &error), &error, "head");
    expect_argument(pfh_pathway_append(NULL, event, &error), &error, "pathway");
    expect_argument(pfh_pathway_append(pathway, NULL, &error), &error, "event");
    expect_argument(pfh_pathway_to_json(NULL, pathway, &error), &error, "out");
    expect_argument(pfh_pathway_to_json(&text, NULL, &error), &error, "pathway");
    cr_expect_eq(out, (pfh_pathway *)1, "the output was touched");
    cr_expect_eq(text, (char *)1, "the output was touched");
    pfh_record_free(event);
    pfh_pathway_free(pathway);
}

Test(pathway, nothing_is_read_from_none)
{
    cr_expect_null(pfh_pathway_id(NULL));
    cr_expect_null(pfh_pathway_edition(NULL));
    cr_expect_null(pfh_pathway_head(NULL));
    cr_expect_eq(pfh_pathway_event_count(NULL), 0);
    cr_expect_null(pfh_pathway_event(NULL, 0));
    cr_expect_null(pfh_pathway_find(NULL, "e1"));
    pfh_pathway_free(NULL);
}
