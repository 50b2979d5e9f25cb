/*
 * merge.c -- `pfh merge`: copies of pathways from several files, each pathway once.
 *
 * The copies of a pathway are merged in the order of the input.  When one contradicts those before
 * it, what it contradicts is told, and the merging goes on with what the earlier ones say, so that
 * all conflicts are found; then nothing is written of that pathway.
 */
#include "copies.h"
#include "input.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct cli_merger {
    cli_output *out;
    const cli_options *options;
    cli_copies copies;
} cli_merger;

/* A pathway on its way. */
typedef struct cli_merging {
    const cli_merger *merger;
    const cli_group *group;
    pfh_merge_options *chosen; /* what --resolve says of this pathway */
    pfh_merge_options *early;  /* and else what the earlier copies say */
    pfh_pathway *merged;
    bool conflicts;
} cli_merging;

/* ---- --resolve ---------------------------------------------------------------------------- */

/* [PATHWAY/][NAME=]SIDE */
typedef struct cli_choice {
    const char *pathway; /* NULL: any */
    size_t pathway_size;
    char name[320]; /* "": every conflict */
    pfh_side side;
} cli_choice;

static bool is_event_name(const char *name)
{
    return strncmp(name, "event:", 6) == 0 || strncmp(name, "of:", 3) == 0;
}

/* Reads what was typed; false when it is none. */
static bool read_choice(cli_choice *choice, const char *typed)
{
    const char *equals = strrchr(typed, '=');
    const char *slash = strchr(typed, '/');
    const char *name = typed;

    memset(choice, 0, sizeof *choice);
    choice->side = (pfh_side)pfh_word_find(PFH_WORDS_SIDE, equals != NULL ? equals + 1 : typed);
    if (equals == NULL || choice->side == 0)
        return choice->side != 0;
    if (slash != NULL && slash > typed && slash < equals) {
        choice->pathway = typed;
        choice->pathway_size = (size_t)(slash - typed);
        name = is_event_name(slash + 1) ? slash + 1 : slash;
    }
    if ((name[0] != '/' && !is_event_name(name)) || (size_t)(equals - name) >= sizeof choice->name)
        return false;
    memcpy(choice->name, name, (size_t)(equals - name));
    return true;
}

static int check_choices(const cli_options *options)
{
    cli_choice choice;

    for (size_t i = 0; i < options->setting_count; i++)
        if (!read_choice(&choice, options->settings[i].value))
            return wrong_use(options->command,
                             "--resolve: mine, theirs, NAME=mine or NAME=theirs is wanted, with a "
                             "NAME as conflicts are reported");
    return EXIT_WELL;
}

static bool is_of(const cli_choice *choice, const char *id)
{
    return strlen(id) == choice->pathway_size &&
           memcmp(id, choice->pathway, choice->pathway_size) == 0;
}

/* Gives on what is said of any pathway, and then what is said of this one, which goes before it. */
static pfh_status choose(pfh_merge_options *to, const cli_options *options, const char *id)
{
    pfh_status status = PFH_OK;
    cli_choice choice;

    for (size_t i = 0; i < 2 * options->setting_count && status == PFH_OK; i++) {
        const bool own = i >= options->setting_count;
        (void)read_choice(&choice, options->settings[i % options->setting_count].value);
        if (own == (choice.pathway != NULL) && (!own || is_of(&choice, id)))
            status = pfh_merge_options_choose(to, choice.name[0] != '\0' ? choice.name : NULL,
                                              choice.side, NULL);
    }
    return status;
}

static pfh_status make_options(pfh_merge_options **out, const cli_merging *work, bool early)
{
    const cli_options *options = work->merger->options;
    pfh_status status = pfh_merge_options_new(out, NULL);

    if (status == PFH_OK)
        status = pfh_merge_options_edition(*out, options->values[OPTION_EDITION], NULL);
    if (status == PFH_OK && early)
        status = pfh_merge_options_choose(*out, NULL, PFH_SIDE_MINE, NULL);
    return status == PFH_OK ? choose(*out, options, work->group->copies->id) : status;
}

/* ---- Conflicts ---------------------------------------------------------------------------- */

static void put_place(const char *file, int64_t line, const char *between, const char *pointer)
{
    complain_plain(file);
    fprintf(stderr, ":%" PRId64 "%s at ", line, between);
    complain_plain(pointer != NULL && pointer[0] != '\0' ? pointer : "\"\"");
}

/* FILE:LINE: conflict at POINTER: PATHWAY/NAME against FILE:LINE at POINTER: sentence (key);
 * without an earlier copy it is what several of them come to that is contradicted. */
static void report_conflict(const cli_copy *mine, const cli_copy *theirs, const pfh_difference *row)
{
    const cli_copy *first = mine != NULL ? mine : theirs;
    const char *sentence;
    char text[64];

    snprintf(text, sizeof text, "conflict.%s",
             pfh_word(PFH_WORDS_CONFLICT, (int32_t)row->conflict));
    sentence = pfh_text(PFH_LANGUAGE_EN, text);
    put_place(first->file, first->line.number, ": conflict",
              mine != NULL ? row->mine : row->theirs);
    fprintf(stderr, ": %s%s", first->id, row->name[0] == '/' ? "" : "/");
    complain_plain(row->name);
    fputs(" against ", stderr);
    if (mine != NULL)
        put_place(theirs->file, theirs->line.number, "", row->theirs);
    else
        fputs("the copies before it", stderr);
    fprintf(stderr, ": %s", sentence != NULL ? sentence : text);
    if (row->key != NULL && may_repeat(row->key)) {
        fputs(" (", stderr);
        complain_plain(row->key);
        fputs(")", stderr);
    }
    fputs("\n", stderr);
}

static bool is_open(const pfh_difference *row)
{
    return row->kind == PFH_DIFFERENCE_CONFLICT && row->chosen == 0;
}

/* Reports the open conflicts of `diff` that are in `wanted` too and were not told yet. */
static void tell_rows(const pfh_diff *diff, const pfh_diff *wanted, bool *told,
                      const cli_copy *mine, const cli_copy *theirs)
{
    for (size_t i = 0; i < pfh_diff_count(diff); i++) {
        const pfh_difference *row = pfh_diff_row(diff, i);
        for (size_t j = 0; is_open(row) && j < pfh_diff_count(wanted); j++) {
            const pfh_difference *other = pfh_diff_row(wanted, j);
            if (told[j] || !is_open(other) || strcmp(row->name, other->name) != 0)
                continue;
            report_conflict(mine, theirs, row);
            told[j] = true;
        }
    }
}

static bool all_told(const pfh_diff *wanted, const bool *told)
{
    for (size_t i = 0; i < pfh_diff_count(wanted); i++)
        if (is_open(pfh_diff_row(wanted, i)) && !told[i])
            return false;
    return true;
}

/* Finds the first copy that each conflict is with. */
static pfh_status tell_against_copies(const cli_merging *work, const cli_copy *copy,
                                      const pfh_pathway *theirs, const pfh_diff *wanted, bool *told)
{
    pfh_status status = PFH_OK;

    for (const cli_copy *at = work->group->copies;
         at < copy && status == PFH_OK && !all_told(wanted, told); at++) {
        pfh_pathway *mine = NULL;
        pfh_diff *diff = NULL;

        status = copy_parse(&mine, at, NULL);
        if (status == PFH_OK)
            status = pfh_pathway_diff(&diff, mine, theirs, work->chosen, NULL);
        if (status == PFH_OK)
            tell_rows(diff, wanted, told, at, copy);
        pfh_diff_free(diff);
        pfh_pathway_free(mine);
        if (status == PFH_E_EDITION)
            status = PFH_OK; /* these two alone cannot be compared */
    }
    return status;
}

static pfh_status tell_conflicts(const cli_merging *work, const cli_copy *copy,
                                 const pfh_pathway *theirs)
{
    pfh_diff *diff = NULL;
    bool *told = NULL;
    pfh_status status = pfh_pathway_diff(&diff, work->merged, theirs, work->chosen, NULL);

    if (status == PFH_OK)
        told = calloc(pfh_diff_count(diff) + 1, sizeof told[0]);
    if (told == NULL)
        status = PFH_E_NOMEM;
    if (status == PFH_OK)
        status = tell_against_copies(work, copy, theirs, diff, told);
    if (status == PFH_OK)
        tell_rows(diff, diff, told, NULL, copy);
    free(told);
    pfh_diff_free(diff);
    return status;
}

/* ---- Merging ------------------------------------------------------------------------------ */

/* Tells the conflicts of a copy with those before it, and takes it in as if they were settled for
 * the earlier ones, where that is possible. */
static pfh_status go_on(cli_merging *work, const cli_copy *copy, const pfh_pathway *theirs,
                        pfh_pathway **merged)
{
    pfh_status status = tell_conflicts(work, copy, theirs);

    work->conflicts = true;
    if (status == PFH_OK)
        status = pfh_pathway_merge(merged, work->merged, theirs, work->early, NULL);
    return status == PFH_E_EDITION ? PFH_OK : status;
}

/* The first copy is merged with itself where that reads it under another edition. */
static pfh_status merge_copy(cli_merging *work, const cli_copy *copy, pfh_error *err)
{
    pfh_pathway *theirs = NULL, *merged = NULL;
    pfh_status status = copy_parse(&theirs, copy, err);

    if (status == PFH_OK && work->merged == NULL && work->merger->copies.edition == NULL) {
        work->merged = theirs;
        return PFH_OK;
    }
    if (status == PFH_OK)
        status = pfh_pathway_merge(&merged, work->merged != NULL ? work->merged : theirs, theirs,
                                   work->chosen, err);
    if (status == PFH_E_CONFLICT)
        status = go_on(work, copy, theirs, &merged);
    pfh_pathway_free(theirs);
    if (merged != NULL) {
        pfh_pathway_free(work->merged);
        work->merged = merged;
    }
    return status;
}

static pfh_status merge_copies(cli_merging *work, pfh_error *err, const cli_copy **at)
{
    pfh_status status = make_options(&work->chosen, work, false);

    if (status == PFH_OK)
        status = make_options(&work->early, work, true);
    for (size_t i = 0; i < work->group->count && status == PFH_OK; i++) {
        *at = &work->group->copies[i];
        status = merge_copy(work, *at, err);
    }
    return status;
}

/* Nothing is lost: what is not written is kept. */
static int keep_copies(const cli_merging *work, cli_rejects *rejects)
{
    for (size_t i = 0; i < work->group->count; i++)
        if (!rejects_keep(rejects, &work->group->copies[i].line))
            return EXIT_IO;
    return EXIT_BAD;
}

/* What could not be read again is not written. */
static int write_pathway(const cli_merging *work, cli_rejects *rejects)
{
    static const pfh_error too_long = {.status = PFH_E_SYNTAX,
                                       .offset = -1,
                                       .text = "what the copies come to is longer than 4 MiB"};
    const cli_copy *first = work->group->copies;
    cli_output *out = work->merger->out;
    char *json = NULL;

    if (pfh_pathway_to_json(&json, work->merged, NULL) != PFH_OK)
        return no_memory();
    if (strlen(json) > DOCUMENT_MOST) {
        pfh_string_free(json);
        report(first->file, &first->line, &too_long);
        return keep_copies(work, rejects);
    }
    put_text(out, json);
    put_bytes(out, "\n", 1);
    pfh_string_free(json);
    return out->error == 0 ? EXIT_WELL : EXIT_IO;
}

static int merge_group(const cli_merger *merger, const cli_group *group, cli_rejects *rejects)
{
    cli_merging work = {.merger = merger, .group = group};
    const cli_copy *at = group->copies;
    pfh_error err = {0};
    pfh_status status = merge_copies(&work, &err, &at);
    int code;

    if (status == PFH_OK && !work.conflicts)
        code = write_pathway(&work, rejects);
    else if (status == PFH_E_NOMEM)
        code = no_memory();
    else {
        if (status != PFH_OK)
            report(at->file, &at->line, &err);
        code = keep_copies(&work, rejects);
    }
    pfh_pathway_free(work.merged);
    pfh_merge_options_free(work.chosen);
    pfh_merge_options_free(work.early);
    return code;
}

static int end(void *context, cli_rejects *rejects)
{
    cli_merger *merger = context;
    cli_copies *copies = &merger->copies;
    int worst = EXIT_WELL;

    if (!copies_group(copies, merger->options->values[OPTION_SORT] != NULL))
        return no_memory();
    for (size_t i = 0; i < copies->group_count && worst < EXIT_USE; i++) {
        const cli_group *group = &copies->groups[i];
        int code = group->refused != NULL ? copies_hold_back(group, rejects)
                                          : merge_group(merger, group, rejects);
        worst = code > worst ? code : worst;
    }
    return worst;
}

static pfh_status take(void *context, const char *file, const pfh_line *line, pfh_error *err)
{
    cli_merger *merger = context;

    return copies_add(&merger->copies, file, line, err);
}

static bool refused(void *context, const char *file, const pfh_line *line)
{
    cli_merger *merger = context;

    return copies_add_refused(&merger->copies, file, line);
}

int run_merge(cli_output *out, const cli_options *options)
{
    cli_merger merger = {.out = out, .options = options};
    int code = check_choices(options);

    if (code == EXIT_WELL)
        code = check_output(options);
    if (code == EXIT_WELL)
        code = copies_begin(&merger.copies, options);
    if (code == EXIT_WELL)
        code = run_plans(
            out, options,
            &(cli_job){
                .take = take, .refused = refused, .end = end, .context = &merger, .at_end = true});
    copies_free(&merger.copies);
    return code;
}
