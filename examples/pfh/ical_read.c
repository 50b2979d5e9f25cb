/*
 * ical_read.c -- `pfh ical-read`: what people did in a calendar, as proposed events.
 *
 * All plans are in memory: the calendar is read once, in its own order.
 */
#include "calendar.h"
#include "input.h"
#include "labels.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct cli_reader {
    cli_output *out;
    const cli_options *options;
    const char *file;
    char *text;
    size_t size;
    pfh_ical_options *settings;
    pfh_feed *pathways; /* those that were read */
    pfh_plan **plans;
    size_t count, room;
} cli_reader;

/* ---- An event as JSON --------------------------------------------------------------------- */

typedef enum key_kind { KEY_TEXT, KEY_DATE, KEY_NUMBER, KEY_FLAG } key_kind;

/* The keys that a proposed event can have, in the order of the document. */
static const struct {
    const char *key;
    key_kind kind;
} keys[] = {
    {"type", KEY_TEXT},    {"date", KEY_DATE},      {"recorded", KEY_TEXT}, {"note", KEY_TEXT},
    {"private", KEY_FLAG}, {"to", KEY_TEXT},        {"kind", KEY_TEXT},     {"of", KEY_TEXT},
    {"point", KEY_NUMBER}, {"channel", KEY_TEXT},   {"until", KEY_DATE},    {"reason", KEY_TEXT},
    {"start", KEY_TEXT},   {"minutes", KEY_NUMBER}, {"place", KEY_TEXT},    {"level", KEY_TEXT},
    {"code", KEY_TEXT},
};

static void put_key(cli_output *out, const pfh_record *event, size_t index)
{
    const char *key = keys[index].key;
    const char *text = pfh_record_text(event, key);
    int32_t number = pfh_record_number(event, key);
    int32_t flag = pfh_record_flag(event, key);
    char date[11];

    if (keys[index].kind == KEY_TEXT && text != NULL)
        put_json_text(out, key, text);
    else if (keys[index].kind == KEY_DATE && pfh_record_date(event, key) != PFH_NONE)
        put_json_text(out, key, date_text(date, pfh_record_date(event, key)));
    else if (keys[index].kind == KEY_NUMBER && number != PFH_NONE)
        put_json_number(out, key, number);
    else if (keys[index].kind == KEY_FLAG && flag != PFH_NONE)
        put_json_flag(out, key, flag != 0);
}

static void put_event(cli_output *out, const pfh_record *event)
{
    put_json_key(out, "event", false);
    if (event == NULL) {
        put_text(out, "null");
        return;
    }
    put_text(out, "{");
    put_json_key(out, keys[0].key, true);
    put_json(out, pfh_record_text(event, keys[0].key));
    for (size_t i = 1; i < sizeof keys / sizeof keys[0]; i++)
        put_key(out, event, i);
    put_text(out, "}");
}

static void put_proposal_json(cli_output *out, const pfh_proposal *proposal)
{
    put_text(out, "{");
    put_json_key(out, "pathway", true);
    put_json(out, proposal->pathway);
    put_json_text(out, "task", proposal->task);
    put_json_text(out, "kind", pfh_word(PFH_WORDS_TASK, (int32_t)proposal->kind));
    if (proposal->point != 0)
        put_json_number(out, "point", proposal->point);
    else
        put_json_text(out, "point", NULL);
    put_event(out, proposal->event);
    put_json_text(out, "needs", proposal->needs);
    put_json_text(out, "uid", proposal->uid);
    put_json_number(out, "line", proposal->line);
    put_text(out, "}\n");
}

/* ---- A proposal in words ------------------------------------------------------------------ */

/* Parts of a line stand apart by a dot. */
static void put_part(cli_output *out, const char *text)
{
    if (text == NULL)
        return;
    put_text(out, " · ");
    put_plain(out, text);
}

/* When it is, or was: the hour of an appointment, else the day. */
static void put_when(const cli_reader *reader, const pfh_record *event)
{
    pfh_language language = reader->options->language;
    const char *start = pfh_record_text(event, "start");
    const char *time = start != NULL ? strchr(start, 'T') : NULL;
    int32_t minutes = pfh_record_number(event, "minutes");
    char date[11];

    put_part(reader->out,
             spoken_date(date, language, pfh_record_date(event, start != NULL ? "start" : "date")));
    if (time != NULL)
        put_format(reader->out, " %s %s", label(language, LABEL_AT_TIME), time + 1);
    if (start != NULL && minutes != PFH_NONE)
        put_format(reader->out, " (%" PRId32 " %s)", minutes, label(language, LABEL_MINUTES));
}

static void put_event_words(const cli_reader *reader, const pfh_record *event)
{
    pfh_language language = reader->options->language;
    int32_t reason = pfh_record_number(event, "reason");

    put_plain(reader->out, word_text(language, PFH_WORDS_EVENT, pfh_record_number(event, "type")));
    put_when(reader, event);
    put_part(reader->out, pfh_record_text(event, "place"));
    put_part(reader->out, pfh_record_text(event, "code"));
    if (reason != PFH_NONE)
        put_part(reader->out, word_text(language, PFH_WORDS_REASON, reason));
}

/* What a person must say first; a word that is new in the library stands as it is. */
static const char *needs_text(pfh_language language, const char *needs)
{
    static const struct {
        const char *word;
        label_id text;
    } words[] = {{"answer", LABEL_NEEDS_ANSWER},
                 {"start", LABEL_NEEDS_START},
                 {"assessment", LABEL_NEEDS_ASSESSMENT},
                 {"kind", LABEL_NEEDS_KIND},
                 {"outcome", LABEL_NEEDS_OUTCOME},
                 {"status", LABEL_NEEDS_STATUS},
                 {"conflict", LABEL_NEEDS_CONFLICT},
                 {"point", LABEL_NEEDS_POINT}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].word, needs) == 0)
            return label(language, words[i].text);
    return needs;
}

/* FILE:LINE: PATHWAY TASK: proposal */
static void put_proposal(const cli_reader *reader, const pfh_proposal *proposal)
{
    pfh_language language = reader->options->language;

    put_plain(reader->out, reader->file);
    put_format(reader->out, ":%" PRId32 ": %s %s: ", proposal->line, proposal->pathway,
               proposal->task);
    if (proposal->event != NULL)
        put_event_words(reader, proposal->event);
    else {
        put_plain(reader->out, word_text(language, PFH_WORDS_TASK, (int32_t)proposal->kind));
        put_format(reader->out, " · %s: ", label(language, LABEL_NEEDS));
        put_plain(reader->out, needs_text(language, proposal->needs));
    }
    put_text(reader->out, "\n");
}

/* ---- The command -------------------------------------------------------------------------- */

static void put_proposals(const cli_reader *reader, const pfh_proposals *proposals)
{
    for (size_t i = 0; i < pfh_proposals_count(proposals) && reader->out->error == 0; i++) {
        const pfh_proposal *proposal = pfh_proposals_row(proposals, i);
        if (reader->options->format == FORMAT_JSON)
            put_proposal_json(reader->out, proposal);
        else
            put_proposal(reader, proposal);
    }
}

static int read_calendar(const cli_reader *reader)
{
    pfh_proposals *proposals = NULL;
    pfh_error err;

    if (pfh_ical_read(&proposals, reader->text, reader->size,
                      (const pfh_plan *const *)reader->plans, reader->count, reader->settings,
                      &err) != PFH_OK)
        return report_document(reader->file, reader->text, reader->size, &err, EXIT_IO);
    put_proposals(reader, proposals);
    pfh_proposals_free(proposals);
    return EXIT_WELL;
}

static int begin(void *context, const pfh_policy *policy)
{
    cli_reader *reader = context;

    (void)policy;
    return calendar_input(reader->file, DOCUMENT_MOST, &reader->text, &reader->size);
}

static bool make_room(cli_reader *reader)
{
    size_t room = reader->room * 2 + 64;
    pfh_plan **plans;

    if (reader->count < reader->room)
        return true;
    plans = realloc(reader->plans, room * sizeof plans[0]);
    if (plans == NULL)
        return false;
    reader->plans = plans;
    reader->room = room;
    return true;
}

/* Keeps the plan. */
static pfh_status use(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err)
{
    cli_reader *reader = context;
    pfh_status status = make_room(reader) ? PFH_OK : PFH_E_NOMEM;

    (void)pathway;
    if (status == PFH_OK)
        status = pathways_add(reader->pathways, *plan, err);
    if (status != PFH_OK)
        return status;
    reader->plans[reader->count++] = *plan;
    *plan = NULL;
    return PFH_OK;
}

static int set_up(cli_reader *reader)
{
    if (reader->file == NULL)
        return wrong_use(reader->options->command, "a calendar is wanted: --calendar FILE");
    if (pfh_ical_options_new(&reader->settings, NULL) != PFH_OK ||
        pathways_new(&reader->pathways) != PFH_OK) {
        complain("out of memory");
        return EXIT_IO;
    }
    return options_apply(reader->options, calendar_set, reader->settings);
}

static void free_all(cli_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++)
        pfh_plan_free(reader->plans[i]);
    free(reader->plans);
    free(reader->text);
    pfh_feed_free(reader->pathways);
    pfh_ical_options_free(reader->settings);
}

int run_ical_read(cli_output *out, const cli_options *options)
{
    cli_reader reader = {.out = out, .options = options};
    int code, read;

    reader.file = options->values[OPTION_CALENDAR];
    code = set_up(&reader);
    if (code == EXIT_WELL)
        code =
            run_plans(out, options,
                      &(cli_job){.begin = begin, .use = use, .context = &reader, .at_end = true});
    if (code <= EXIT_BAD && out->error == 0) {
        read = read_calendar(&reader);
        code = read > code ? read : code;
    }
    free_all(&reader);
    return code;
}
