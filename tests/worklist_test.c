/*
 * Worklists: every key of the filter, the order, and that a failure changes nothing.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* A plan on 2026-02-20 with these tasks, diagnosis 2026-01-31, performed and not coded:
 *   0.follow_up_message.m  due 2026-02-16           late     no level
 *   1.register_code.e      due 2026-02-17           late     specialist, nurse
 *   1.send_summary         due 2026-02-17           late     specialist, nurse
 *   1.notify_municipality  due 2026-02-17           late     specialist, nurse
 *   2.offer                due 2026-04-30           waiting  municipality, u2
 *   2.window_closing       due 2026-05-31           waiting  municipality, u2
 *   3.offer                due 2027-01-29           waiting  municipality, u2
 *   3.window_closing       due 2027-07-31           waiting  municipality, u2 */
static pfh_plan *plan_of_pathway(const char *id)
{
    growing text = {0};
    pfh_pathway *pathway;
    pfh_policy *policy;
    pfh_plan *plan = NULL;

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"%s\",\"edition\":\"hdir-2022\","
                  "\"diagnosis\":{\"code\":\"C50\",\"date\":\"2026-01-31\"},\"events\":["
                  "{\"id\":\"e\",\"type\":\"performed\",\"date\":\"2026-02-10\",\"point\":1,"
                  "\"assessment\":{}},{\"id\":\"m\",\"type\":\"message\",\"date\":\"2026-02-11\","
                  "\"to\":\"other\",\"kind\":\"edi\"}]}",
                  id);
    pathway = pathway_of(text.data);
    policy = policy_of("{\"format\":\"pfh-policy/1\",\"assign\":[{\"level\":\"specialist\","
                       "\"role\":\"nurse\"},{\"unit\":\"u2\"}]}");
    cr_assert_eq(pfh_plan_derive(&plan, pathway, policy, day("2026-02-20"), NULL), PFH_OK);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    free(text.data);
    return plan;
}

static pfh_worklist *new_list(void)
{
    pfh_worklist *list = NULL;
    cr_assert_eq(pfh_worklist_new(&list, NULL), PFH_OK);
    return list;
}

static void add(pfh_worklist *list, const char *id)
{
    pfh_plan *plan = plan_of_pathway(id);

    cr_assert_eq(pfh_worklist_add(list, plan, NULL), PFH_OK);
    pfh_plan_free(plan); /* rows are copies */
}

static void expect_rows(const pfh_worklist *list, const char *rows)
{
    growing text = {0};

    for (size_t i = 0; i < pfh_worklist_count(list); i++) {
        const pfh_work *work = pfh_worklist_row(list, i);
        growing_print(&text, "%s/%s ", work->pathway, work->task->id);
    }
    cr_expect_str_eq(text.data == NULL ? "" : text.data, rows);
    free(text.data);
}

/* ---- Rows --------------------------------------------------------------------------------- */

#define LATE "p/0.follow_up_message.m p/1.register_code.e p/1.send_summary p/1.notify_municipality "
#define WAITING "p/2.offer p/2.window_closing p/3.offer p/3.window_closing "

Test(worklist, without_a_filter_every_task_is_taken)
{
    pfh_worklist *list = new_list();

    cr_expect_eq(pfh_worklist_count(list), 0);
    cr_expect_null(pfh_worklist_row(list, 0));
    add(list, "p");
    expect_rows(list, LATE WAITING);
    cr_expect_null(pfh_worklist_row(list, 8));
    cr_expect_null(pfh_worklist_row(list, SIZE_MAX));
    pfh_worklist_free(list);
}

Test(worklist, a_row_is_the_task_without_its_reasons)
{
    pfh_plan *plan = plan_of_pathway("p");
    pfh_worklist *list = new_list();

    cr_assert_eq(pfh_worklist_add(list, plan, NULL), PFH_OK);
    cr_assert_eq(pfh_worklist_count(list), pfh_plan_task_count(plan));
    for (size_t i = 0; i < pfh_worklist_count(list); i++) {
        const pfh_task *copy = pfh_worklist_row(list, i)->task, *task = pfh_plan_task(plan, i);

        cr_expect_str_eq(copy->id, task->id);
        cr_expect_eq(copy->kind, task->kind);
        cr_expect_eq(copy->point, task->point);
        cr_expect_eq(copy->from, task->from);
        cr_expect_eq(copy->due, task->due);
        cr_expect_eq(copy->state, task->state);
        cr_expect_eq(copy->level, task->level);
        cr_expect_eq(copy->role, task->role);
        cr_expect_eq(copy->optional, task->optional);
        cr_expect_eq(copy->blocked, task->blocked);
        cr_expect_eq(copy->unit == NULL, task->unit == NULL);
        cr_expect_eq(copy->event == NULL, task->event == NULL);
        if (task->unit != NULL && copy->unit != NULL)
            cr_expect_str_eq(copy->unit, task->unit);
        if (task->event != NULL && copy->event != NULL)
            cr_expect_str_eq(copy->event, task->event);
        cr_expect_null(copy->reasons);
        cr_expect_eq(copy->reason_count, 0);
    }
    pfh_plan_free(plan);
    pfh_worklist_free(list);
}

/* ---- The filter --------------------------------------------------------------------------- */

Test(worklist, each_key_narrows_what_is_taken)
{
    static const struct {
        const char *filter[4][2]; /* key and value, up to an empty key */
        const char *rows;
    } row[] = {
        {{{"level", "specialist"}},
         "p/1.register_code.e p/1.send_summary p/1.notify_municipality "},
        {{{"level", "municipality"}}, WAITING},
        {{{"level", NULL}}, "p/0.follow_up_message.m "},
        {{{"level", NULL}, {"level", "municipality"}}, "p/0.follow_up_message.m " WAITING},
        {{{"unit", "u2"}}, WAITING},
        {{{"unit", "u3"}}, ""},
        {{{"unit", NULL}}, LATE},
        {{{"unit", "u3"}, {"unit", NULL}}, LATE},
        {{{"unit", "u3"}, {"unit", "u2"}}, WAITING},
        {{{"unit", NULL}, {"unit", "u2"}}, LATE WAITING},
        {{{"role", "nurse"}}, "p/1.register_code.e p/1.send_summary p/1.notify_municipality "},
        {{{"role", "gp"}}, ""},
        {{{"role", NULL}}, "p/0.follow_up_message.m " WAITING},
        {{{"kind", "offer"}}, "p/2.offer p/3.offer "},
        {{{"kind", "offer"}, {"kind", "send_summary"}}, "p/1.send_summary p/2.offer p/3.offer "},
        {{{"kind", "hold"}}, ""},
        {{{"state", "late"}}, LATE},
        {{{"state", "waiting"}}, WAITING},
        {{{"state", "active"}}, ""},
        {{{"state", "active"}, {"state", "late"}}, LATE},
        {{{"from", "2026-02-17"}, {"to", "2026-04-30"}},
         "p/1.register_code.e p/1.send_summary p/1.notify_municipality p/2.offer "},
        {{{"from", "2026-02-18"}, {"to", "2026-04-29"}}, ""},
        {{{"from", "2026-02-18"}}, WAITING},
        {{{"to", "2026-02-16"}}, "p/0.follow_up_message.m "},
        {{{"to", "2026-02-16"}, {"to", "2026-02-17"}}, LATE}, /* the last one counts */
        {{{"level", "municipality"}, {"kind", "offer"}, {"to", "2026-12-31"}}, "p/2.offer "},
        {{{"level", "specialist"}, {"unit", "u2"}}, ""},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_worklist *list = new_list();

        for (size_t n = 0; n < 4 && row[i].filter[n][0] != NULL; n++)
            cr_assert_eq(pfh_worklist_filter(list, row[i].filter[n][0], row[i].filter[n][1], NULL),
                         PFH_OK);
        add(list, "p");
        expect_rows(list, row[i].rows);
        pfh_worklist_free(list);
    }
}

Test(worklist, every_word_of_the_documents_can_be_filtered_by)
{
    static const struct {
        const char *key;
        pfh_vocabulary words;
    } row[] = {
        {"level", PFH_WORDS_LEVEL},
        {"role", PFH_WORDS_ROLE},
        {"kind", PFH_WORDS_TASK},
        {"state", PFH_WORDS_TASK_STATE},
    };

    for (size_t i = 0; i < COUNT(row); i++)
        for (int32_t n = 1; n <= pfh_word_count(row[i].words); n++) {
            pfh_plan *plan = plan_of_pathway("p");
            pfh_worklist *list = new_list();
            size_t expected = 0;

            for (size_t t = 0; t < pfh_plan_task_count(plan); t++) {
                const pfh_task *task = pfh_plan_task(plan, t);
                int32_t values[] = {(int32_t)task->level, (int32_t)task->role, (int32_t)task->kind,
                                    (int32_t)task->state};
                expected += values[i] == n;
            }
            cr_expect_eq(pfh_worklist_filter(list, row[i].key, pfh_word(row[i].words, n), NULL),
                         PFH_OK);
            cr_expect_eq(pfh_worklist_add(list, plan, NULL), PFH_OK);
            cr_expect_eq(pfh_worklist_count(list), expected, "%s %s", row[i].key,
                         pfh_word(row[i].words, n));
            pfh_worklist_free(list);
            pfh_plan_free(plan);
        }
}

Test(worklist, a_filter_counts_for_plans_that_are_added_later)
{
    pfh_worklist *list = new_list();

    add(list, "a");
    cr_assert_eq(pfh_worklist_filter(list, "kind", "offer", NULL), PFH_OK);
    add(list, "b");
    cr_expect_eq(pfh_worklist_count(list), 8 + 2);
    pfh_worklist_free(list);
}

Test(worklist, a_wrong_filter_is_refused_and_the_filter_stays)
{
    static const struct {
        const char *key, *value;
        pfh_status status;
        const char *where;
    } row[] = {
        {"", "a", PFH_E_KEY, "key"},
        {"Level", "specialist", PFH_E_KEY, "key"},
        {"point", "1", PFH_E_KEY, "key"},
        {"level", "", PFH_E_VALUE, "value"},
        {"level", "hospital", PFH_E_VALUE, "value"},
        {"role", "boss", PFH_E_VALUE, "value"},
        {"kind", "offers", PFH_E_VALUE, "value"},
        {"kind", NULL, PFH_E_VALUE, "value"},
        {"state", "none", PFH_E_VALUE, "value"},
        {"state", NULL, PFH_E_VALUE, "value"},
        {"from", "2026-02-30", PFH_E_DATE, "value"},
        {"from", "", PFH_E_DATE, "value"},
        {"from", NULL, PFH_E_ARG, "value"},
        {"to", "01.02.2026", PFH_E_DATE, "value"},
        {"to", NULL, PFH_E_ARG, "value"},
        {NULL, "a", PFH_E_ARG, "key"},
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        pfh_worklist *list = new_list();
        pfh_error error;

        cr_assert_eq(pfh_worklist_filter(list, "to", "2026-02-16", NULL), PFH_OK);
        cr_expect_eq(pfh_worklist_filter(list, row[i].key, row[i].value, &error), row[i].status,
                     "%s", row[i].key);
        cr_expect_eq(error.status, row[i].status);
        cr_expect_str_eq(error.where, row[i].where);
        cr_expect_eq(pfh_worklist_filter(list, row[i].key, row[i].value, NULL), row[i].status);
        add(list, "p");
        expect_rows(list, "p/0.follow_up_message.m ");
        pfh_worklist_free(list);
    }
}

/* ---- Order -------------------------------------------------------------------------------- */

Test(worklist, it_is_sorted_by_due_from_point_kind_task_and_pathway)
{
    pfh_worklist *list = new_list();

    cr_assert_eq(pfh_worklist_filter(list, "to", "2026-02-17", NULL), PFH_OK);
    add(list, "b");
    add(list, "a");
    cr_assert_eq(pfh_worklist_sort(list, NULL), PFH_OK);
    expect_rows(list, "a/0.follow_up_message.m b/0.follow_up_message.m a/1.register_code.e "
                      "b/1.register_code.e a/1.send_summary b/1.send_summary "
                      "a/1.notify_municipality b/1.notify_municipality ");
    pfh_worklist_free(list);
}

Test(worklist, equal_tasks_stay_in_the_order_in_which_they_were_added)
{
    enum { TIMES = 40 };
    pfh_worklist *list = new_list();
    const pfh_task *added[TIMES];

    cr_assert_eq(pfh_worklist_filter(list, "kind", "send_summary", NULL), PFH_OK);
    for (size_t i = 0; i < TIMES; i++) {
        add(list, "p");
        added[i] = pfh_worklist_row(list, i)->task;
    }
    for (int again = 0; again < 2; again++) {
        cr_assert_eq(pfh_worklist_sort(list, NULL), PFH_OK);
        for (size_t i = 0; i < TIMES; i++)
            cr_expect_eq(pfh_worklist_row(list, i)->task, added[i], "row %zu", i);
    }
    pfh_worklist_free(list);
}

Test(worklist, many_tasks_are_sorted)
{
    pfh_worklist *list = new_list();
    char id[16];

    for (int i = 0; i < 500; i++) {
        snprintf(id, sizeof id, "p%03d", (i * 7) % 500);
        add(list, id);
    }
    cr_assert_eq(pfh_worklist_sort(list, NULL), PFH_OK);
    cr_assert_eq(pfh_worklist_count(list), 4000);
    for (size_t i = 0; i < 4000; i++) {
        snprintf(id, sizeof id, "p%03d", (int)(i % 500));
        cr_expect_str_eq(pfh_worklist_row(list, i)->pathway, id);
    }
    cr_expect_str_eq(pfh_worklist_row(list, 3999)->task->id, "3.window_closing");
    pfh_worklist_free(list);
}

Test(worklist, sorting_none_or_one_is_fine)
{
    pfh_worklist *list = new_list();

    cr_expect_eq(pfh_worklist_sort(list, NULL), PFH_OK);
    cr_assert_eq(pfh_worklist_filter(list, "to", "2026-02-16", NULL), PFH_OK);
    add(list, "p");
    cr_expect_eq(pfh_worklist_sort(list, NULL), PFH_OK);
    expect_rows(list, "p/0.follow_up_message.m ");
    pfh_worklist_free(list);
}

/* ---- NULL --------------------------------------------------------------------------------- */

Test(worklist, a_missing_argument_is_refused)
{
    pfh_worklist *list = new_list();
    pfh_plan *plan = plan_of_pathway("p");
    pfh_error error;

    cr_expect_eq(pfh_worklist_new(NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_worklist_filter(NULL, "level", "gp", &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "list");
    cr_expect_eq(pfh_worklist_add(NULL, plan, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "list");
    cr_expect_eq(pfh_worklist_add(list, NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "plan");
    cr_expect_eq(pfh_worklist_sort(NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "list");
    cr_expect_eq(pfh_worklist_count(NULL), 0);
    cr_expect_null(pfh_worklist_row(NULL, 0));
    pfh_worklist_free(NULL);
    pfh_plan_free(plan);
    pfh_worklist_free(list);
}

Test(worklist, a_unit_that_no_document_can_have_is_refused)
{
    static const char *const unit[] = {"", "Skien kreft", "bydel/1", "41814061033 "};
    pfh_worklist *list = NULL;
    pfh_error err;

    cr_assert_eq(pfh_worklist_new(&list, NULL), PFH_OK);
    for (size_t i = 0; i < sizeof unit / sizeof unit[0]; i++) {
        cr_expect_eq(pfh_worklist_filter(list, "unit", unit[i], &err), PFH_E_VALUE, "%zu", i);
        cr_expect_str_eq(err.where, "value");
    }
    pfh_worklist_free(list);
}
