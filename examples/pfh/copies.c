/*
 * copies.c -- see copies.h.  Sorting finds the copies of a pathway: n log n, whatever the ids.
 */
#include "copies.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

int copies_begin(cli_copies *copies, const cli_options *options)
{
    copies->edition = options->values[OPTION_EDITION];
    if (copies->edition != NULL && pfh_edition_find(copies->edition) == NULL)
        return wrong_edition(options->command, "--edition:");
    if (pfh_merge_options_new(&copies->terms, NULL) != PFH_OK ||
        pfh_merge_options_edition(copies->terms, copies->edition, NULL) != PFH_OK)
        return no_memory();
    return EXIT_WELL;
}

/* Merging a copy with itself is what tells whether it can be read under another edition. */
static pfh_status check_edition(const cli_copies *copies, const pfh_pathway *copy, pfh_error *err)
{
    const char *named = pfh_pathway_edition(copy)->name;
    pfh_pathway *read = NULL;
    pfh_status status;

    if (copies->edition == NULL || strcmp(copies->edition, named) == 0)
        return PFH_OK;
    status = pfh_pathway_merge(&read, copy, copy, copies->terms, err);
    pfh_pathway_free(read);
    if (status == PFH_E_EDITION)
        snprintf(err->text, sizeof err->text, "the points of %s could stand for several of %s",
                 named, copies->edition);
    return status;
}

static bool make_room(cli_copies *copies)
{
    size_t room = copies->room * 2 + 64;
    cli_copy *rows;

    if (copies->count < copies->room)
        return true;
    rows = realloc(copies->rows, room * sizeof rows[0]);
    if (rows == NULL)
        return false;
    copies->rows = rows;
    copies->room = room;
    return true;
}

static bool add(cli_copies *copies, const char *file, const pfh_line *line, const char *id,
                size_t id_size, bool refused)
{
    const size_t size = refused ? 0 : line->size; /* of a refused one the line was kept already */
    char *kept = make_room(copies) ? malloc(size + id_size + 1) : NULL;

    if (kept == NULL)
        return false;
    memcpy(kept, line->text, size);
    memcpy(kept + size, id, id_size);
    kept[size + id_size] = '\0';
    copies->rows[copies->count] = (cli_copy){
        .kept = kept,
        .id = kept + size,
        .file = file,
        .line = {.number = line->number, .text = kept, .size = size},
        .number = copies->count,
        .refused = refused,
    };
    copies->count++;
    return true;
}

pfh_status copies_add(cli_copies *copies, const char *file, const pfh_line *line, pfh_error *err)
{
    const char *id = pfh_pathway_id(line->pathway);
    pfh_status status = check_edition(copies, line->pathway, err);

    if (status != PFH_OK)
        return status;
    return add(copies, file, line, id, strlen(id), false) ? PFH_OK : PFH_E_NOMEM;
}

/* ---- Lines that could not be read --------------------------------------------------------- */

/* Behind a string; or the end of the text. */
static const char *skip_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\' && at + 1 < end)
            at++;
    return at < end ? at + 1 : end;
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && strchr(" \t\r\n", *at) != NULL)
        at++;
    return at;
}

/* The string that stands under the key "id" of the outer object, as far as brackets and quotes
 * tell: the text may be anything. */
static bool find_id(const char **id, size_t *size, const char *at, const char *end)
{
    static const char key[] = "\"id\"";
    int depth = 0;

    while (at < end) {
        const char *begin = at;

        if (*at != '"') {
            depth += *at == '{' || *at == '[' ? 1 : *at == '}' || *at == ']' ? -1 : 0;
            at++;
            continue;
        }
        at = skip_string(at, end);
        if (depth != 1 || (size_t)(at - begin) != strlen(key) ||
            memcmp(begin, key, strlen(key)) != 0)
            continue;
        at = skip_space(at, end);
        if (at == end || *at != ':')
            continue;
        *id = skip_space(at + 1, end);
        if (*id == end || **id != '"')
            return false;
        at = skip_string(*id, end);
        *size = (size_t)(at - ++*id) - 1;
        return at[-1] == '"' && *size > 0;
    }
    return false;
}

bool copies_add_refused(cli_copies *copies, const char *file, const pfh_line *line)
{
    const char *id;
    size_t size;

    return !find_id(&id, &size, line->text, line->text + line->size) ||
           add(copies, file, line, id, size, true);
}

/* The id is not repeated: it may be why the line was refused. */
int copies_hold_back(const cli_group *group, cli_rejects *rejects)
{
    for (size_t i = 0; i < group->count; i++) {
        const cli_copy *copy = &group->copies[i];

        if (copy->refused)
            continue;
        complain_plain(copy->file);
        fprintf(stderr, ":%" PRId64 ": left alone: another copy of the pathway was refused (",
                copy->line.number);
        complain_plain(group->refused->file);
        fprintf(stderr, ":%" PRId64 ")\n", group->refused->line.number);
        if (!rejects_keep(rejects, &copy->line))
            return EXIT_IO;
    }
    return EXIT_BAD;
}

/* ---- Groups ------------------------------------------------------------------------------- */

static int by_id_and_number(const void *one, const void *other)
{
    const cli_copy *a = one, *b = other;
    int order = strcmp(a->id, b->id);

    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

static int by_number(const void *one, const void *other)
{
    const cli_group *a = one, *b = other;

    return (a->copies->number > b->copies->number) - (a->copies->number < b->copies->number);
}

static void add_to_group(cli_group *group, const cli_copy *copy)
{
    group->count++;
    if (copy->refused && group->refused == NULL)
        group->refused = copy;
}

bool copies_group(cli_copies *copies, bool by_id)
{
    if (copies->count == 0)
        return true;
    copies->groups = calloc(copies->count, sizeof copies->groups[0]);
    if (copies->groups == NULL)
        return false;
    qsort(copies->rows, copies->count, sizeof copies->rows[0], by_id_and_number);
    for (size_t i = 0; i < copies->count; i++) {
        if (i == 0 || strcmp(copies->rows[i - 1].id, copies->rows[i].id) != 0)
            copies->groups[copies->group_count++].copies = &copies->rows[i];
        add_to_group(&copies->groups[copies->group_count - 1], &copies->rows[i]);
    }
    if (!by_id)
        qsort(copies->groups, copies->group_count, sizeof copies->groups[0], by_number);
    return true;
}

/* The line end may have been beyond the most that a document may have. */
pfh_status copy_parse(pfh_pathway **out, const cli_copy *copy, pfh_error *err)
{
    size_t size = copy->line.size;

    while (size > 0 && strchr("\r\n", copy->line.text[size - 1]) != NULL)
        size--;
    return pfh_pathway_parse(out, copy->line.text, size, err);
}

int copy_refuse(const cli_copy *copy, cli_rejects *rejects, const pfh_error *error)
{
    if (error->status == PFH_E_NOMEM)
        return no_memory();
    report(copy->file, &copy->line, error);
    return rejects_keep(rejects, &copy->line) ? EXIT_BAD : EXIT_IO;
}

void copies_free(cli_copies *copies)
{
    for (size_t i = 0; i < copies->count; i++)
        free(copies->rows[i].kept);
    free(copies->rows);
    free(copies->groups);
    pfh_merge_options_free(copies->terms);
}
