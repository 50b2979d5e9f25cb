/*
 * edition.c -- `pfh edition`: the national rules as they run, row by row, each with its source.
 */
#include "cli.h"
#include "labels.h"
#include "table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct cli_page {
    cli_output *out;
    const pfh_edition *edition;
    pfh_language language;
} cli_page;

/* "+3 md. ", "midten -14 d": what is added to the anchor, or to the middle of the window. */
static const char *window_text(const cli_page *page, int32_t months, int32_t days, bool relative,
                               char *scratch)
{
    bool in_months = months != 0;
    int32_t count = in_months ? months : days;
    const char *unit = label(page->language, in_months ? LABEL_MONTHS : LABEL_DAYS);

    snprintf(scratch, CELL_SIZE, "%s%s%s %" PRId32 " %s",
             relative ? label(page->language, LABEL_MIDDLE) : "", relative ? " " : "",
             count < 0 ? "-" : "+", abs(count), unit);
    return scratch;
}

static const char *point_cell(const void *context, size_t row, size_t column, char *scratch)
{
    const cli_page *page = context;
    const pfh_point_rule *rule = pfh_edition_point(page->edition, (int32_t)row + 1);
    bool relative = rule->relative != 0;

    switch (column) {
    case 0:
        snprintf(scratch, CELL_SIZE, "%" PRId32, rule->point);
        return scratch;
    case 1:
        return word_text(page->language, PFH_WORDS_LEVEL, (int32_t)rule->level);
    case 2:
        return !rule->has_opens
                   ? "-"
                   : window_text(page, rule->opens_months, rule->opens_days, relative, scratch);
    case 3:
        return !rule->has_about
                   ? "-"
                   : window_text(page, rule->about_months, rule->about_days, false, scratch);
    case 4:
        return !rule->has_closes
                   ? "-"
                   : window_text(page, rule->closes_months, rule->closes_days, relative, scratch);
    case 5:
        return rule->source;
    default:
        return rule->anchor;
    }
}

static void put_points(const cli_page *page)
{
    static const label_id ids[] = {LABEL_LEVEL,  LABEL_OPENS,  LABEL_ABOUT,
                                   LABEL_CLOSES, LABEL_SOURCE, LABEL_ANCHOR};
    const char *headings[7];
    const cli_table table = {.indent = "  ",
                             .headings = headings,
                             .columns = 7,
                             .rows = (size_t)page->edition->point_count,
                             .cell = point_cell,
                             .context = page};

    headings[0] = named_text(page->language, "head", "point");
    for (size_t i = 1; i < 7; i++)
        headings[i] = label(page->language, ids[i - 1]);
    put_format(page->out, "\n%s\n\n", label(page->language, LABEL_POINTS));
    put_table(page->out, &table);
}

/* "3 -> hdir-2021-draft 5" */
static void put_mapping(const cli_page *page)
{
    put_format(page->out, "\n%s\n\n", label(page->language, LABEL_STANDS_FOR));
    for (int32_t point = 1; point <= page->edition->point_count; point++) {
        const pfh_point_rule *rule = pfh_edition_point(page->edition, point);
        put_format(page->out, "  %" PRId32 " → %s ", point, page->edition->maps_edition);
        for (size_t i = 0; i < rule->maps_to_count; i++)
            put_format(page->out, "%s%" PRId32, i > 0 ? ", " : "", rule->maps_to[i]);
        put_text(page->out, "\n");
    }
}

static const char *topic_cell(const void *context, size_t row, size_t column, char *scratch)
{
    const cli_page *page = context;
    const pfh_topic *topic = pfh_edition_topic(page->edition, row);

    (void)scratch;
    switch (column) {
    case 0:
        return topic->code;
    case 1:
        return named_text(page->language, "topic", topic->code);
    default:
        return topic->source;
    }
}

static void put_topics(const cli_page *page)
{
    const char *headings[] = {label(page->language, LABEL_CODE), label(page->language, LABEL_TOPIC),
                              label(page->language, LABEL_SOURCE)};
    const cli_table table = {.indent = "  ",
                             .headings = headings,
                             .columns = 3,
                             .rows = (size_t)page->edition->topic_count,
                             .cell = topic_cell,
                             .context = page};

    put_format(page->out, "\n%s\n\n", label(page->language, LABEL_TOPICS));
    put_table(page->out, &table);
}

/* "a1  who · tasks · source", and below it what is done. */
static void put_activity(const cli_page *page, const pfh_activity *activity)
{
    const char *slash = strrchr(activity->id, '/');
    const char *who = pfh_text(page->language, activity->who);
    cli_output *out = page->out;

    put_format(out, "    %s  %s", slash != NULL ? slash + 1 : activity->id,
               who != NULL ? who : activity->who);
    for (size_t i = 0; i < 4 && activity->tasks[i] != 0; i++)
        put_format(out, "%s%s", i > 0 ? ", " : " · ",
                   word_text(page->language, PFH_WORDS_TASK, (int32_t)activity->tasks[i]));
    put_format(out, " · %s\n", activity->source);
    put_wrapped(out, named_text(page->language, "activity", activity->id), 8);
}

static void put_activities(const cli_page *page)
{
    put_format(page->out, "\n%s\n", label(page->language, LABEL_ACTIVITIES));
    for (int32_t point = 1; point <= page->edition->point_count; point++) {
        size_t count = pfh_edition_activity_count(page->edition, point);
        put_text(page->out, "\n  ");
        put_point_name(page->out, page->language, page->edition, point);
        put_text(page->out, "\n");
        for (size_t i = 0; i < count; i++)
            put_activity(page, pfh_edition_activity(page->edition, point, i));
    }
}

static void put_page(cli_output *out, const pfh_edition *edition, pfh_language language)
{
    const cli_page page = {out, edition, language};
    char date[11];

    put_format(out, "%s  %s\n", edition->name, edition->title);
    put_format(out, "%s. %s %s%s%s.\n", edition->source, label(language, LABEL_EFFECTIVE),
               date_text(date, edition->effective), edition->draft ? ", " : "",
               edition->draft ? label(language, LABEL_DRAFT) : "");
    put_wrapped(out, label(language, LABEL_OURS), 0);
    put_points(&page);
    put_mapping(&page);
    put_topics(&page);
    put_activities(&page);
    put_text(out, "\n");
    put_wrapped(out, label(language, LABEL_SOURCES), 0);
}

static void put_window_json(cli_output *out, const char *key, int32_t has, int32_t months,
                            int32_t days)
{
    put_json_key(out, key, false);
    if (has)
        put_format(out, "{\"months\":%" PRId32 ",\"days\":%" PRId32 "}", months, days);
    else
        put_text(out, "null");
}

static void put_point_json(cli_output *out, const pfh_point_rule *rule)
{
    put_format(out, "{\"point\":%" PRId32, rule->point);
    put_json_text(out, "level", pfh_word(PFH_WORDS_LEVEL, (int32_t)rule->level));
    put_json_text(out, "anchor", rule->anchor);
    put_window_json(out, "opens", rule->has_opens, rule->opens_months, rule->opens_days);
    put_window_json(out, "about", rule->has_about, rule->about_months, rule->about_days);
    put_window_json(out, "closes", rule->has_closes, rule->closes_months, rule->closes_days);
    put_json_flag(out, "relative", rule->relative != 0);
    put_json_text(out, "source", rule->source);
    put_json_key(out, "maps_to", false);
    for (size_t i = 0; i < rule->maps_to_count; i++)
        put_format(out, "%c%" PRId32, i > 0 ? ',' : '[', rule->maps_to[i]);
    put_text(out, rule->maps_to_count > 0 ? "]}" : "[]}");
}

/* A text in every language, as an object. */
static void put_texts_json(cli_output *out, const char *key, const char *list, const char *word)
{
    put_json_key(out, key, false);
    for (int32_t i = 1; i <= pfh_word_count(PFH_WORDS_LANGUAGE); i++) {
        put_text(out, i > 1 ? "," : "{");
        put_json_key(out, pfh_word(PFH_WORDS_LANGUAGE, i), true);
        put_json(out, named_text((pfh_language)i, list, word));
    }
    put_text(out, "}");
}

static void put_topics_json(cli_output *out, const pfh_edition *edition)
{
    const pfh_topic *topic;

    put_json_key(out, "topics", false);
    put_text(out, "[");
    for (size_t i = 0; (topic = pfh_edition_topic(edition, i)) != NULL; i++) {
        put_text(out, i > 0 ? ",{" : "{");
        put_json_key(out, "code", true);
        put_json(out, topic->code);
        put_texts_json(out, "title", "topic", topic->code);
        put_json_text(out, "source", topic->source);
        put_text(out, "}");
    }
    put_text(out, "]");
}

static void put_activity_json(cli_output *out, const pfh_activity *activity)
{
    const char *dot = strchr(activity->who, '.');

    put_text(out, "{");
    put_json_key(out, "id", true);
    put_json(out, activity->id);
    put_json_number(out, "point", activity->point);
    put_json_text(out, "who", dot != NULL ? dot + 1 : activity->who);
    put_texts_json(out, "text", "activity", activity->id);
    put_json_key(out, "tasks", false);
    put_text(out, "[");
    for (size_t i = 0; i < 4 && activity->tasks[i] != 0; i++) {
        put_text(out, i > 0 ? "," : "");
        put_json(out, pfh_word(PFH_WORDS_TASK, (int32_t)activity->tasks[i]));
    }
    put_text(out, "]");
    put_json_text(out, "source", activity->source);
    put_text(out, "}");
}

static void put_activities_json(cli_output *out, const pfh_edition *edition)
{
    const char *comma = "";

    put_json_key(out, "activities", false);
    put_text(out, "[");
    for (int32_t point = 1; point <= edition->point_count; point++)
        for (size_t i = 0; i < pfh_edition_activity_count(edition, point); i++) {
            put_text(out, comma);
            put_activity_json(out, pfh_edition_activity(edition, point, i));
            comma = ",";
        }
    put_text(out, "]");
}

static void put_edition_json(cli_output *out, const pfh_edition *edition)
{
    char date[11];

    put_text(out, "{");
    put_json_key(out, "name", true);
    put_json(out, edition->name);
    put_json_text(out, "title", edition->title);
    put_json_text(out, "source", edition->source);
    put_json_text(out, "effective", date_text(date, edition->effective));
    put_json_flag(out, "draft", edition->draft != 0);
    put_json_key(out, "points", false);
    put_text(out, "[");
    for (int32_t point = 1; point <= edition->point_count; point++) {
        put_text(out, point > 1 ? "," : "");
        put_point_json(out, pfh_edition_point(edition, point));
    }
    put_text(out, "]");
    put_topics_json(out, edition);
    put_activities_json(out, edition);
    put_text(out, "}\n");
}

static void put_edition(cli_output *out, const cli_options *options, const pfh_edition *edition,
                        bool first)
{
    if (options->format == FORMAT_JSON) {
        put_edition_json(out, edition);
        return;
    }
    if (!first)
        put_text(out, "\n\n");
    put_page(out, edition, options->language);
}

int run_edition(cli_output *out, const cli_options *options)
{
    for (size_t i = 0; i < options->operand_count; i++)
        if (pfh_edition_find(options->operands[i]) == NULL)
            return wrong_edition(options->command, "there is no such edition:");
    for (size_t i = 0; i < options->operand_count; i++)
        put_edition(out, options, pfh_edition_find(options->operands[i]), i == 0);
    if (options->operand_count > 0)
        return EXIT_WELL;
    for (size_t i = 0; pfh_edition_at(i) != NULL; i++)
        put_edition(out, options, pfh_edition_at(i), i == 0);
    return EXIT_WELL;
}
