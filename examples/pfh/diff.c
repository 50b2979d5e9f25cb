/*
 * diff.c -- `pfh diff`: what one file has of the pathways that another has not, and where they
 * contradict each other.
 */
#include "copies.h"
#include "labels.h"

#include <string.h>

typedef struct cli_comparer {
    cli_output *out;
    const cli_options *options;
    cli_copies copies;
    cli_rejects *rejects;
    int code; /* the worst so far */
} cli_comparer;

/* ---- A difference ------------------------------------------------------------------------- */

static void put_difference_json(cli_output *out, const char *pathway, const pfh_difference *row)
{
    char date[11];

    put_text(out, "{");
    put_json_key(out, "pathway", true);
    put_json(out, pathway);
    put_json_text(out, "kind", pfh_word(PFH_WORDS_DIFFERENCE, (int32_t)row->kind));
    put_json_text(out, "name", row->name);
    put_json_text(out, "event", row->event);
    put_json_text(out, "type", pfh_word(PFH_WORDS_EVENT, (int32_t)row->type));
    put_json_text(out, "date", row->date != PFH_NONE ? date_text(date, row->date) : NULL);
    put_json_text(out, "mine", row->mine);
    put_json_text(out, "theirs", row->theirs);
    put_json_text(out, "conflict", pfh_word(PFH_WORDS_CONFLICT, (int32_t)row->conflict));
    put_json_text(out, "key", row->key);
    put_text(out, "}\n");
}

/* " (MINE, THEIRS)"; nothing where the name tells the place. */
static void put_places(cli_output *out, const pfh_difference *row)
{
    if (row->event == NULL)
        return;
    put_text(out, " (");
    put_plain(out, row->mine != NULL ? row->mine : row->theirs);
    if (row->mine != NULL && row->theirs != NULL) {
        put_text(out, ", ");
        put_plain(out, row->theirs);
    }
    put_text(out, ")");
}

/* PATHWAY: KIND NAME TYPE DATE (PLACES): sentence */
static void put_difference(const cli_comparer *comparer, const char *pathway,
                           const pfh_difference *row)
{
    cli_output *out = comparer->out;
    char date[11];

    put_format(out, "%s: %s ", pathway, pfh_word(PFH_WORDS_DIFFERENCE, (int32_t)row->kind));
    put_plain(out, row->name);
    if (row->type != 0)
        put_format(out, " %s %s", pfh_word(PFH_WORDS_EVENT, (int32_t)row->type),
                   date_text(date, row->date));
    put_places(out, row);
    if (row->conflict != 0)
        put_format(
            out, ": %s",
            word_text(comparer->options->language, PFH_WORDS_CONFLICT, (int32_t)row->conflict));
    if (row->key != NULL) {
        put_text(out, " (");
        put_plain(out, row->key);
        put_text(out, ")");
    }
    put_text(out, "\n");
}

static void put(const cli_comparer *comparer, const char *pathway, const pfh_difference *row)
{
    if (comparer->options->format == FORMAT_JSON)
        put_difference_json(comparer->out, pathway, row);
    else
        put_difference(comparer, pathway, row);
}

/* ---- Pathways ----------------------------------------------------------------------------- */

static void fail(cli_comparer *comparer, int code)
{
    if (code > comparer->code)
        comparer->code = code;
}

/* A pathway that mine has not at all. */
static void put_whole(const cli_comparer *comparer, const char *pathway)
{
    const pfh_difference row = {
        .kind = PFH_DIFFERENCE_ADDED, .name = "/", .date = PFH_NONE, .theirs = ""};

    put(comparer, pathway, &row);
}

static void put_rows(cli_comparer *comparer, const char *pathway, const pfh_diff *diff)
{
    for (size_t i = 0; i < pfh_diff_count(diff); i++)
        put(comparer, pathway, pfh_diff_row(diff, i));
    if (pfh_diff_conflict_count(diff) > 0)
        fail(comparer, EXIT_BAD);
}

static void compare(cli_comparer *comparer, const cli_copy *mine, const cli_copy *theirs)
{
    pfh_pathway *one = NULL, *other = NULL;
    pfh_diff *diff = NULL;
    pfh_error err = {0};
    pfh_status status = copy_parse(&one, mine, &err);

    if (status == PFH_OK)
        status = copy_parse(&other, theirs, &err);
    if (status == PFH_OK)
        status = pfh_pathway_diff(&diff, one, other, comparer->copies.terms, &err);
    if (status == PFH_OK)
        put_rows(comparer, mine->id, diff);
    else
        fail(comparer, copy_refuse(theirs, comparer->rejects, &err));
    pfh_diff_free(diff);
    pfh_pathway_free(one);
    pfh_pathway_free(other);
}

/* The copy of a file; a further one is refused: which of them would be compared? */
static const cli_copy *copy_of(cli_comparer *comparer, const cli_group *group, const char *file)
{
    const cli_copy *found = NULL;
    pfh_error err = {.status = PFH_E_DUPLICATE, .offset = -1, .where = "/id"};

    snprintf(err.text, sizeof err.text,
             "that file has a pathway of this id before; merge it first");
    for (size_t i = 0; i < group->count; i++) {
        if (group->copies[i].file != file)
            continue;
        if (found != NULL)
            fail(comparer, copy_refuse(&group->copies[i], comparer->rejects, &err));
        else
            found = &group->copies[i];
    }
    return found;
}

static int end(void *context, cli_rejects *rejects)
{
    cli_comparer *comparer = context;
    const char *const *files = comparer->options->operands;
    cli_copies *copies = &comparer->copies;

    comparer->rejects = rejects;
    if (!copies_group(copies, false))
        return no_memory();
    for (size_t i = 0; i < copies->group_count && comparer->code < EXIT_USE; i++) {
        const cli_group *group = &copies->groups[i];
        const cli_copy *mine, *theirs;

        if (group->refused != NULL) {
            fail(comparer, copies_hold_back(group, rejects));
            continue;
        }
        mine = copy_of(comparer, group, files[0]);
        theirs = copy_of(comparer, group, files[1]);
        if (mine != NULL && theirs != NULL)
            compare(comparer, mine, theirs);
        else if (theirs != NULL)
            put_whole(comparer, theirs->id);
        if (comparer->out->error != 0)
            return EXIT_IO;
    }
    return comparer->code;
}

static pfh_status take(void *context, const char *file, const pfh_line *line, pfh_error *err)
{
    cli_comparer *comparer = context;

    return copies_add(&comparer->copies, file, line, err);
}

static bool refused(void *context, const char *file, const pfh_line *line)
{
    cli_comparer *comparer = context;

    return copies_add_refused(&comparer->copies, file, line);
}

int run_diff(cli_output *out, const cli_options *options)
{
    cli_comparer comparer = {.out = out, .options = options};
    int code;

    if (options->operand_count != 2)
        return wrong_use(options->command, "two files are wanted: MINE THEIRS");
    code = copies_begin(&comparer.copies, options);
    if (code == EXIT_WELL)
        code = run_plans(out, options,
                         &(cli_job){.take = take,
                                    .refused = refused,
                                    .end = end,
                                    .context = &comparer,
                                    .at_end = true});
    copies_free(&comparer.copies);
    return code;
}
