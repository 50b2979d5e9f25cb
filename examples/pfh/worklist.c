/*
 * worklist.c -- `pfh worklist`: the open tasks of many pathways in the order in which they are due.
 *
 * Memory grows with the tasks that pass the filters.  CSV is RFC 4180 and written as it is: ids and
 * the documents' words hold none of = + @ ( ! |, so no cell can be a formula that calls anything,
 * and a guard before an id that begins with `-` would make it another id.
 */
#include "labels.h"
#include "run.h"
#include "table.h"

#include <inttypes.h>
#include <string.h>

typedef struct cli_view {
    const pfh_worklist *list;
    pfh_language language;
} cli_view;

static pfh_status use(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err)
{
    (void)pathway;
    return pfh_worklist_add(context, *plan, err);
}

static pfh_status filter(void *list, const char *key, const char *value, pfh_error *err)
{
    return pfh_worklist_filter(list, key, value, err);
}

/* "unit / role", or who has the level when neither is known. */
static const char *who(pfh_language language, const pfh_task *task, char *scratch)
{
    const char *role = word_text(language, PFH_WORDS_ROLE, (int32_t)task->role);
    const char *level = word_text(language, PFH_WORDS_LEVEL, (int32_t)task->level);

    if (task->unit == NULL && task->role == 0)
        return task->level != 0 ? level : "-";
    snprintf(scratch, CELL_SIZE, "%s%s%s", task->unit != NULL ? task->unit : "",
             task->unit != NULL && task->role != 0 ? " / " : "", role);
    return scratch;
}

/* The title, and in brackets that it is optional or what stands in its way. */
static const char *title(pfh_language language, const pfh_task *task, char *scratch)
{
    const char *text = word_text(language, PFH_WORDS_TASK, (int32_t)task->kind);
    const char *optional = task->optional ? label(language, LABEL_OPTIONAL) : "";
    const char *blocked = word_text(language, PFH_WORDS_BLOCK, (int32_t)task->blocked);

    if (!task->optional && task->blocked == 0)
        return text;
    snprintf(scratch, CELL_SIZE, "%s (%s%s%s)", text, optional,
             task->optional && task->blocked != 0 ? ", " : "", blocked);
    return scratch;
}

static const char *cell(const void *context, size_t row, size_t column, char *scratch)
{
    const cli_view *view = context;
    const pfh_work *work = pfh_worklist_row(view->list, row);
    const pfh_task *task = work->task;

    switch (column) {
    case 0:
        return date_text(scratch, task->due);
    case 1:
        return word_text(view->language, PFH_WORDS_TASK_STATE, (int32_t)task->state);
    case 2:
        return title(view->language, task, scratch);
    case 3:
        snprintf(scratch, CELL_SIZE, task->point != 0 ? "%" PRId32 : "-", task->point);
        return scratch;
    case 4:
        return who(view->language, task, scratch);
    default:
        return work->pathway;
    }
}

static void put_view(cli_output *out, const pfh_worklist *list, pfh_language language)
{
    static const char *const words[] = {"due", "state", "task", "point", "who", "pathway"};
    const cli_view view = {list, language};
    const char *headings[6];
    const cli_table table = {.indent = "",
                             .headings = headings,
                             .columns = 6,
                             .rows = pfh_worklist_count(list),
                             .cell = cell,
                             .context = &view};

    for (size_t i = 0; i < 6; i++)
        headings[i] = named_text(language, "head", words[i]);
    if (table.rows > 0)
        put_table(out, &table);
    else
        put_format(out, "%s\n", label(language, LABEL_NO_TASKS));
}

/* A task with the keys of the plan, and its pathway first. */
static void put_work_json(cli_output *out, const pfh_work *work)
{
    const pfh_task *task = work->task;
    char date[11];

    put_text(out, "{");
    put_json_key(out, "pathway", true);
    put_json(out, work->pathway);
    put_json_text(out, "id", task->id);
    put_json_text(out, "kind", pfh_word(PFH_WORDS_TASK, (int32_t)task->kind));
    if (task->point != 0)
        put_json_number(out, "point", task->point);
    else
        put_json_text(out, "point", NULL);
    put_json_text(out, "from", date_text(date, task->from));
    put_json_text(out, "due", date_text(date, task->due));
    put_json_text(out, "state", pfh_word(PFH_WORDS_TASK_STATE, (int32_t)task->state));
    put_json_text(out, "level", pfh_word(PFH_WORDS_LEVEL, (int32_t)task->level));
    put_json_text(out, "unit", task->unit);
    put_json_text(out, "role", pfh_word(PFH_WORDS_ROLE, (int32_t)task->role));
    put_json_flag(out, "optional", task->optional != 0);
    put_json_text(out, "blocked", pfh_word(PFH_WORDS_BLOCK, (int32_t)task->blocked));
    put_json_text(out, "event", task->event);
    put_text(out, "}\n");
}

static void put_work_csv(cli_output *out, const pfh_work *work)
{
    const pfh_task *task = work->task;
    char text[16] = "";
    char date[11];

    put_csv(out, work->pathway, false);
    put_csv(out, task->id, false);
    put_csv(out, pfh_word(PFH_WORDS_TASK, (int32_t)task->kind), false);
    if (task->point != 0)
        snprintf(text, sizeof text, "%" PRId32, task->point);
    put_csv(out, text, false);
    put_csv(out, date_text(date, task->from), false);
    put_csv(out, date_text(date, task->due), false);
    put_csv(out, pfh_word(PFH_WORDS_TASK_STATE, (int32_t)task->state), false);
    put_csv(out, pfh_word(PFH_WORDS_LEVEL, (int32_t)task->level), false);
    put_csv(out, task->unit, false);
    put_csv(out, pfh_word(PFH_WORDS_ROLE, (int32_t)task->role), false);
    put_csv(out, task->optional ? "true" : "false", false);
    put_csv(out, pfh_word(PFH_WORDS_BLOCK, (int32_t)task->blocked), false);
    put_csv(out, task->event, true);
}

static void put_list(cli_output *out, const pfh_worklist *list, const cli_options *options)
{
    if (options->format == FORMAT_TEXT) {
        put_view(out, list, options->language);
        return;
    }
    if (options->format == FORMAT_CSV)
        put_text(out, "pathway,id,kind,point,from,due,state,level,unit,role,optional,blocked,"
                      "event\r\n");
    for (size_t i = 0; i < pfh_worklist_count(list) && out->error == 0; i++) {
        if (options->format == FORMAT_CSV)
            put_work_csv(out, pfh_worklist_row(list, i));
        else
            put_work_json(out, pfh_worklist_row(list, i));
    }
}

int run_worklist(cli_output *out, const cli_options *options)
{
    pfh_worklist *list = NULL;
    int code;

    if (pfh_worklist_new(&list, NULL) != PFH_OK) {
        complain("out of memory");
        return EXIT_IO;
    }
    code = options_apply(options, filter, list);
    if (code == EXIT_WELL)
        code = run_plans(out, options, &(cli_job){.use = use, .context = list, .at_end = true});
    if (code <= EXIT_BAD && pfh_worklist_sort(list, NULL) != PFH_OK) {
        complain("out of memory");
        code = EXIT_IO;
    }
    if (code <= EXIT_BAD) /* a list from input that failed would lack tasks unseen */
        put_list(out, list, options);
    pfh_worklist_free(list);
    return code;
}
