/*
 * server.c -- see server.h.
 */
#include "server.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

static void *need(void *memory)
{
    cr_assert_not_null(memory, "out of memory");
    return memory;
}

/* ---- Plans and options -------------------------------------------------------------------- */

pfh_plan *plan_of_log(const char *id, const char *events, const char *policy_keys,
                      const char *as_of)
{
    growing text = {0}, rules = {0};
    pfh_pathway *pathway;
    pfh_policy *policy;
    pfh_plan *plan = NULL;

    growing_print(&text,
                  "{\"format\":\"pfh-pathway/1\",\"id\":\"%s\",\"edition\":\"hdir-2022\","
                  "\"patient\":{\"name\":{\"given\":\"Kari\",\"family\":\"Nordmann\"}},"
                  "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\"},\"events\":[",
                  id);
    growing_add(&text, events, strlen(events));
    growing_add(&text, "]}", 2);
    growing_print(&rules, "{\"format\":\"pfh-policy/1\"");
    growing_add(&rules, policy_keys, strlen(policy_keys));
    growing_add(&rules, "}", 1);
    pathway = pathway_of(text.data);
    policy = policy_of(rules.data);
    cr_assert_eq(pfh_plan_derive(&plan, pathway, policy, day(as_of), NULL), PFH_OK);
    pfh_pathway_free(pathway);
    pfh_policy_free(policy);
    free(text.data);
    free(rules.data);
    return plan;
}

static void set_one(pfh_ical_options *options, char *setting)
{
    char *value = strchr(setting, '=');
    pfh_error err = {0};

    cr_assert_not_null(value, "%s", setting);
    *value++ = '\0';
    for (char *c = value; *c != '\0'; c++)
        *c = *c == '~' ? ' ' : *c;
    cr_assert_eq(pfh_ical_options_set(options, setting, value, &err), PFH_OK, "%s: %s", setting,
                 err.text);
}

pfh_ical_options *options_with(const char *settings)
{
    pfh_ical_options *options = NULL;

    cr_assert_eq(pfh_ical_options_new(&options, NULL), PFH_OK);
    settings += strspn(settings, " ");
    while (*settings != '\0') {
        char setting[600];
        size_t size = strcspn(settings, " ");

        snprintf(setting, sizeof setting, "%.*s", (int)size, settings);
        set_one(options, setting);
        settings += size + strspn(settings + size, " ");
    }
    return options;
}

pfh_ical_options *options_with_units(const char *settings, const char *units)
{
    pfh_ical_options *options = options_with(settings);
    growing rules = {0};
    pfh_policy *policy;
    pfh_error err = {0};

    growing_print(&rules, "{\"format\":\"pfh-policy/1\",\"units\":[");
    growing_add(&rules, units, strlen(units));
    growing_add(&rules, "]}", 2);
    policy = policy_of(rules.data);
    cr_assert_eq(pfh_ical_options_policy(options, policy, &err), PFH_OK, "%s", err.text);
    pfh_policy_free(policy);
    free(rules.data);
    return options;
}

/* ---- Calls that must succeed -------------------------------------------------------------- */

void expect_well_formed(const char *text, const char *what)
{
    pfh_defects *defects = NULL;

    cr_assert_eq(pfh_ical_lint(&defects, text, strlen(text), NULL), PFH_OK);
    for (size_t i = 0; i < pfh_defects_count(defects) && i < 5; i++) {
        const pfh_defect *row = pfh_defects_row(defects, i);

        cr_expect(false, "%s: %d:%d %s (%s) of\n%s", what, (int)row->line, (int)row->column,
                  row->text, row->rule, text);
    }
    pfh_defects_free(defects);
}

char *update_unjudged(const char *previous, const pfh_plan *plan, const pfh_ical_options *options)
{
    char *text = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_ical_update(&text, previous, previous == NULL ? 0 : strlen(previous), &plan, 1,
                                 options, &err),
                 PFH_OK, "%s at %s, byte %d", err.text, err.where, (int)err.offset);
    return text;
}

char *update_plan(const char *previous, const pfh_plan *plan, const pfh_ical_options *options)
{
    char *text = update_unjudged(previous, plan, options);

    expect_well_formed(text, "updated");
    return text;
}

char *write_plan(const pfh_plan *plan, const pfh_ical_options *options)
{
    char *text = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_plan_to_ical(&text, plan, options, &err), PFH_OK, "%s", err.text);
    expect_well_formed(text, "written");
    return text;
}

/* ---- Texts -------------------------------------------------------------------------------- */

char *copy_text(const char *text)
{
    growing copy = {0};

    growing_add(&copy, text, strlen(text));
    return copy.data;
}

char *swap(char *text, const char *from, const char *to)
{
    char *at = strstr(text, from);
    growing result = {0};

    cr_assert_not_null(at, "there is no %s in\n%s", from, text);
    growing_add(&result, text, (size_t)(at - text));
    growing_add(&result, to, strlen(to));
    growing_add(&result, at + strlen(from), strlen(at + strlen(from)));
    free(text);
    return result.data;
}

char *swap_all(char *text, const char *from, const char *to)
{
    const char *at, *rest = text;
    growing result = {0};

    cr_assert_not_null(strstr(text, from), "there is no %s in\n%s", from, text);
    while ((at = strstr(rest, from)) != NULL) {
        growing_add(&result, rest, (size_t)(at - rest));
        growing_add(&result, to, strlen(to));
        rest = at + strlen(from);
    }
    growing_add(&result, rest, strlen(rest));
    free(text);
    return result.data;
}

size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/* ---- Lines -------------------------------------------------------------------------------- */

typedef struct text_lines {
    char **lines;        /* unfolded */
    const char **starts; /* where each begins in the text; one more for the end */
    size_t count, room;
} text_lines;

static char *copy_part(const char *text, size_t size)
{
    growing copy = {0};

    growing_add(&copy, text, size);
    return copy.data;
}

static const char *end_of_line(const char *at)
{
    return at + strcspn(at, "\r\n");
}

static const char *behind_line(const char *end)
{
    return *end == '\r' && end[1] == '\n' ? end + 2 : *end == '\0' ? end : end + 1;
}

static void make_room(text_lines *l)
{
    if (l->count + 1 < l->room)
        return;
    l->room = l->room * 2 + 64;
    l->lines = need(realloc(l->lines, l->room * sizeof *l->lines));
    l->starts = need(realloc(l->starts, l->room * sizeof *l->starts));
}

static text_lines lines_of(const char *text)
{
    text_lines l = {0};

    make_room(&l);
    while (*text != '\0') {
        growing line = {0};
        const char *end = end_of_line(text);

        make_room(&l);
        l.starts[l.count] = text;
        growing_add(&line, text, (size_t)(end - text));
        text = behind_line(end);
        while (*text == ' ' || *text == '\t') {
            end = end_of_line(text);
            growing_add(&line, text + 1, (size_t)(end - text - 1));
            text = behind_line(end);
        }
        l.lines[l.count++] = line.data;
    }
    l.starts[l.count] = text;
    return l;
}

static void lines_free(text_lines *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->lines[i]);
    free(l->lines);
    free(l->starts);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Cuts a line into its name and parameters, and the value with its colon; gives how many. */
static size_t cut_line(const char *line, char *parts[20])
{
    size_t count = 0;
    const char *start = line, *at = line;
    bool quoted = false;

    for (; *at != '\0' && (quoted || *at != ':'); at++) {
        quoted = quoted != (*at == '"');
        if (!quoted && *at == ';' && count < 18) {
            parts[count++] = copy_part(start, (size_t)(at - start));
            start = at + 1;
        }
    }
    parts[count++] = copy_part(start, (size_t)(at - start));
    parts[count++] = copy_text(at);
    return count;
}

static char *join_line(char *parts[20], size_t count)
{
    growing line = {0};

    for (size_t i = 0; i < count; i++) {
        if (i > 0 && i + 1 < count)
            growing_add(&line, ";", 1);
        growing_add(&line, parts[i], strlen(parts[i]));
        free(parts[i]);
    }
    return line.data;
}

/* The line with its parameters in the order of their bytes. */
static char *sorted_line(const char *line)
{
    char *parts[20];
    size_t count = cut_line(line, parts);

    if (count > 3)
        qsort(parts + 1, count - 2, sizeof *parts, by_bytes);
    return join_line(parts, count);
}

/* ---- Calendars ---------------------------------------------------------------------------- */

static bool begins(const char *line, const char *start)
{
    return strncmp(line, start, strlen(start)) == 0;
}

static char *sort_and_join(char **lines, size_t count)
{
    growing text = {0};

    qsort(lines, count, sizeof *lines, by_bytes);
    growing_add(&text, "", 0);
    for (size_t i = 0; i < count; i++) {
        growing_add(&text, lines[i], strlen(lines[i]));
        growing_add(&text, "\n", 1);
        free(lines[i]);
    }
    free(lines);
    return text.data;
}

static const char *value_of(const char *line)
{
    const char *colon = strchr(line, ':');

    return colon == NULL ? "" : colon + 1;
}

static void replace_text(char **to, const char *text)
{
    free(*to);
    *to = copy_text(text);
}

/* A line of the entry itself that is not compared; false for others. */
static bool take_version(cal_entry *e, const char *line)
{
    if (begins(line, "DTSTAMP:"))
        replace_text(&e->stamp, value_of(line));
    else if (begins(line, "LAST-MODIFIED:"))
        replace_text(&e->modified, value_of(line));
    else if (begins(line, "SEQUENCE:"))
        e->sequence = atoi(value_of(line));
    else
        return false;
    return true;
}

static cal_entry entry_of(const text_lines *l, size_t first, size_t last)
{
    cal_entry e = {.sequence = -1};
    char **seen = need(malloc((last - first + 1) * sizeof *seen));
    size_t count = 0, depth = 0;

    e.raw = copy_part(l->starts[first], (size_t)(l->starts[last + 1] - l->starts[first]));
    e.kind = copy_text(value_of(l->lines[first]));
    e.uid = copy_text("");
    e.stamp = copy_text("");
    e.modified = copy_text("");
    for (size_t i = first; i <= last; i++) {
        const char *line = l->lines[i];
        growing piece = {0};
        char *sorted;

        depth += begins(line, "BEGIN:");
        if (depth == 1 && take_version(&e, line))
            continue;
        if (depth == 1 && begins(line, "UID:"))
            replace_text(&e.uid, value_of(line));
        e.is_over |= depth == 1 && (strcmp(line, "STATUS:CANCELLED") == 0 ||
                                    strcmp(line, "STATUS:COMPLETED") == 0);
        sorted = sorted_line(line);
        growing_print(&piece, "%d ", (int)depth);
        growing_add(&piece, sorted, strlen(sorted));
        free(sorted);
        seen[count++] = piece.data;
        depth -= begins(line, "END:");
    }
    e.seen = sort_and_join(seen, count);
    return e;
}

cal cal_of(const char *text)
{
    text_lines l = lines_of(text);
    cal c = {.entries = need(calloc(l.count + 1, sizeof *c.entries))};
    char **head = need(malloc((l.count + 1) * sizeof *head));
    size_t depth = 0, heads = 0, first = 0;

    for (size_t i = 0; i < l.count; i++) {
        if (begins(l.lines[i], "BEGIN:") && ++depth == 2)
            first = i;
        if (depth < 2)
            head[heads++] = sorted_line(l.lines[i]);
        if (begins(l.lines[i], "END:") && depth-- == 2)
            c.entries[c.count++] = entry_of(&l, first, i);
    }
    c.head = sort_and_join(head, heads);
    lines_free(&l);
    return c;
}

void cal_free(cal *c)
{
    for (size_t i = 0; i < c->count; i++) {
        cal_entry *e = &c->entries[i];

        free(e->raw);
        free(e->kind);
        free(e->uid);
        free(e->seen);
        free(e->stamp);
        free(e->modified);
    }
    free(c->entries);
    free(c->head);
}

const cal_entry *cal_find(const cal *c, const char *uid)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->entries[i].uid, uid) == 0)
            return &c->entries[i];
    return NULL;
}

bool has_line(const cal_entry *entry, const char *line)
{
    text_lines l = lines_of(entry->raw);
    bool found = false;

    for (size_t i = 0; i < l.count; i++)
        found |= strcmp(l.lines[i], line) == 0;
    lines_free(&l);
    return found;
}

/* ---- A server ----------------------------------------------------------------------------- */

static void mix(dice *d, char **items, size_t count)
{
    for (size_t left = count; left > 1; left--) {
        size_t at = (size_t)roll(d, (int32_t)left);
        char *item = items[at];

        items[at] = items[left - 1];
        items[left - 1] = item;
    }
}

static char *mixed_line(const char *line, dice *d)
{
    char *parts[20];
    size_t count = cut_line(line, parts);

    if (count > 3)
        mix(d, parts + 1, count - 2);
    return join_line(parts, count);
}

/* Folds between characters, somewhere. */
static void add_folded(growing *out, const char *line, dice *d)
{
    size_t width = 20 + (size_t)roll(d, 56), used = 0;

    for (const char *at = line; *at != '\0';) {
        size_t size = 1;

        while (((unsigned char)at[size] & 0xc0) == 0x80)
            size++;
        if (used + size > width) {
            growing_add(out, chance(d, 80) ? "\r\n " : "\r\n\t", 3);
            used = 1;
        }
        growing_add(out, at, size);
        used += size;
        at += size;
    }
    growing_add(out, "\r\n", 2);
}

/* A component, of which the first line is BEGIN, in another order; gives the line behind it. */
static size_t serve(growing *out, const text_lines *l, size_t at, dice *d)
{
    char **lines = need(malloc(l->count * sizeof *lines)), **parts;
    size_t line_count = 0, part_count = 0, begin = at++;

    parts = need(malloc(l->count * sizeof *parts));
    while (!begins(l->lines[at], "END:")) {
        growing part = {0};

        if (begins(l->lines[at], "BEGIN:")) {
            at = serve(&part, l, at, d);
            parts[part_count++] = part.data;
        } else {
            lines[line_count++] = mixed_line(l->lines[at++], d);
        }
    }
    mix(d, lines, line_count);
    mix(d, parts, part_count);
    add_folded(out, l->lines[begin], d);
    for (size_t i = 0; i < line_count; i++) {
        add_folded(out, lines[i], d);
        free(lines[i]);
    }
    for (size_t i = 0; i < part_count; i++) {
        growing_add(out, parts[i], strlen(parts[i]));
        free(parts[i]);
    }
    add_folded(out, l->lines[at], d);
    free(lines);
    free(parts);
    return at + 1;
}

char *through_server(const char *text, dice *d)
{
    text_lines l = lines_of(text);
    growing out = {0};

    serve(&out, &l, 0, d);
    lines_free(&l);
    return out.data;
}
