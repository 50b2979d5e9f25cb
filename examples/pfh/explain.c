/*
 * explain.c -- `pfh explain`: a plan in words, with a sentence for each of its dates.
 */
#include "labels.h"
#include "plan.h"

#include <inttypes.h>
#include <string.h>

typedef struct cli_teller {
    cli_output *out;
    pfh_language language;
    bool first;
} cli_teller;

static const char *say(const cli_teller *teller, label_id id)
{
    return label(teller->language, id);
}

static const char *words(const cli_teller *teller, pfh_vocabulary vocabulary, int32_t value)
{
    return word_text(teller->language, vocabulary, value);
}

/* Parts of a line stand apart by a dot. */
static void put_part(const cli_teller *teller, const char *text)
{
    put_text(teller->out, " · ");
    put_plain(teller->out, text);
}

static pfh_status put_reasons(const cli_teller *teller, const pfh_reason *reasons, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *text = NULL;
        pfh_status status = pfh_reason_to_text(&text, &reasons[i], teller->language, NULL);
        if (status != PFH_OK)
            return status;
        put_text(teller->out, "      ");
        put_plain(teller->out, text);
        put_text(teller->out, "\n");
        pfh_string_free(text);
    }
    return PFH_OK;
}

static void put_who(const cli_teller *teller, pfh_level level, const char *unit, pfh_role role)
{
    if (level != 0)
        put_part(teller, words(teller, PFH_WORDS_LEVEL, (int32_t)level));
    if (unit != NULL)
        put_part(teller, unit);
    if (role != 0)
        put_part(teller, words(teller, PFH_WORDS_ROLE, (int32_t)role));
}

static void put_appointment(const cli_teller *teller, const pfh_point *point)
{
    const char *time =
        point->appointment_event != NULL ? strchr(point->appointment_start, 'T') : NULL;
    char date[11];

    if (point->appointment_event == NULL)
        return;
    put_format(teller->out, "      %s: %s", say(teller, LABEL_APPOINTMENT),
               spoken_date(date, teller->language, point->appointment_date));
    if (time != NULL)
        put_format(teller->out, " %s %s", say(teller, LABEL_AT_TIME), time + 1);
    if (point->appointment_minutes != PFH_NONE)
        put_format(teller->out, " (%" PRId32 " %s)", point->appointment_minutes,
                   say(teller, LABEL_MINUTES));
    if (point->appointment_place != NULL)
        put_part(teller, point->appointment_place);
    put_text(teller->out, "\n");
}

/* Where the point stands, and whose it is. */
static void put_state(const cli_teller *teller, const pfh_point *point)
{
    put_format(teller->out, "    %s", words(teller, PFH_WORDS_STATE, (int32_t)point->state));
    if (point->timing != PFH_TIMING_UNKNOWN)
        put_part(teller, words(teller, PFH_WORDS_TIMING, (int32_t)point->timing));
    put_who(teller, point->level, point->unit, point->role);
    if (point->estimated)
        put_part(teller, say(teller, LABEL_ESTIMATED));
    if (point->waiting_for != 0)
        put_part(teller, words(teller, PFH_WORDS_WAITING, (int32_t)point->waiting_for));
    if (point->superseded)
        put_part(teller, say(teller, LABEL_SUPERSEDED));
    put_text(teller->out, "\n");
    put_appointment(teller, point);
}

static pfh_status put_points(const cli_teller *teller, const pfh_plan *plan)
{
    pfh_status status = PFH_OK;

    for (size_t i = 1; i <= pfh_plan_point_count(plan) && status == PFH_OK; i++) {
        const pfh_point *point = pfh_plan_point(plan, (int32_t)i);
        put_text(teller->out, "  ");
        put_point_name(teller->out, teller->language, pfh_plan_edition(plan), point->point);
        put_text(teller->out, "\n");
        put_state(teller, point);
        status = put_reasons(teller, point->reasons, point->reason_count);
    }
    return status;
}

/* "Point 2", after a dot; nothing for 0. */
static void put_point_number(const cli_teller *teller, int32_t point)
{
    if (point != 0)
        put_format(teller->out, " · %s %" PRId32, named_text(teller->language, "head", "point"),
                   point);
}

static void put_task(const cli_teller *teller, const pfh_task *task)
{
    char date[11];

    put_format(teller->out, "    %s  %s", spoken_date(date, teller->language, task->due),
               words(teller, PFH_WORDS_TASK, (int32_t)task->kind));
    put_point_number(teller, task->point);
    put_part(teller, words(teller, PFH_WORDS_TASK_STATE, (int32_t)task->state));
    put_who(teller, task->level, task->unit, task->role);
    if (task->optional)
        put_part(teller, say(teller, LABEL_OPTIONAL));
    if (task->blocked != 0)
        put_part(teller, words(teller, PFH_WORDS_BLOCK, (int32_t)task->blocked));
    put_text(teller->out, "\n");
}

/* Why from and due are what they are; once where both are the same day for the same reason. */
static pfh_status put_task_reasons(const cli_teller *teller, const pfh_task *task)
{
    size_t skip = 0;

    while (task->from == task->due && skip < task->reason_count &&
           task->reasons[skip].is == PFH_DATED_FROM)
        skip++;
    return put_reasons(teller, task->reasons + skip, task->reason_count - skip);
}

static pfh_status put_tasks(const cli_teller *teller, const pfh_plan *plan)
{
    size_t count = pfh_plan_task_count(plan);
    pfh_status status = PFH_OK;

    put_format(teller->out, "  %s:%s%s\n", say(teller, LABEL_TASKS), count == 0 ? " " : "",
               count == 0 ? say(teller, LABEL_NONE) : "");
    for (size_t i = 0; i < count && status == PFH_OK; i++) {
        const pfh_task *task = pfh_plan_task(plan, i);
        put_task(teller, task);
        status = put_task_reasons(teller, task);
    }
    return status;
}

static void put_findings(const cli_teller *teller, const pfh_plan *plan)
{
    size_t count = pfh_plan_finding_count(plan);

    put_format(teller->out, "  %s:%s%s\n", say(teller, LABEL_FINDINGS), count == 0 ? " " : "",
               count == 0 ? say(teller, LABEL_NONE) : "");
    for (size_t i = 0; i < count; i++) {
        const pfh_finding *finding = pfh_plan_finding(plan, i);
        put_format(teller->out, "    %s: %s",
                   words(teller, PFH_WORDS_SEVERITY, (int32_t)finding->severity),
                   finding_title(teller->language, finding));
        put_point_number(teller, finding->point);
        put_format(teller->out, " (%s%s%s)", pfh_word(PFH_WORDS_FINDING, (int32_t)finding->kind),
                   finding->event != NULL ? ", " : "",
                   finding->event != NULL ? finding->event : "");
        put_text(teller->out, "\n");
    }
}

/* Whether an event was known when the plan was: without --known-at, and without `recorded`, it was.
 */
static bool was_known(const pfh_plan *plan, const pfh_record *event)
{
    const char *known_at = pfh_plan_known_at(plan);
    const char *recorded = pfh_record_text(event, "recorded");
    char known[40];
    char utc[40];

    if (known_at == NULL || recorded == NULL ||
        pfh_timestamp_to_utc(known, sizeof known, known_at, NULL) != PFH_OK ||
        pfh_timestamp_to_utc(utc, sizeof utc, recorded, NULL) != PFH_OK)
        return true;
    known[strcspn(known, "Z")] = '\0'; /* so that the order of the texts is that of the times */
    utc[strcspn(utc, "Z")] = '\0';
    return strcmp(utc, known) <= 0;
}

/* Whether an event of a pathway is void: a correction counts whatever its date. */
static bool is_void(const pfh_plan *plan, const pfh_pathway *pathway, const char *id)
{
    for (size_t i = 0; i < pfh_pathway_event_count(pathway); i++) {
        const pfh_record *event = pfh_pathway_event(pathway, i);
        const char *of = pfh_record_text(event, "of");
        if (of != NULL && strcmp(of, id) == 0 &&
            pfh_record_number(event, "type") == PFH_EVENT_CORRECTED && was_known(plan, event))
            return true;
    }
    return false;
}

/* Whether an event will count, but only after the day of the plan. */
static bool is_to_come(const pfh_plan *plan, const pfh_pathway *pathway, size_t index)
{
    const pfh_record *event = pfh_pathway_event(pathway, index);

    return pfh_record_date(event, "date") > pfh_plan_as_of(plan) &&
           pfh_record_number(event, "type") != PFH_EVENT_CORRECTED && was_known(plan, event) &&
           !is_void(plan, pathway, pfh_record_text(event, "id"));
}

/* What leaves no trace in the plan yet: it may be a mistyped year. */
static void put_to_come(const cli_teller *teller, const pfh_plan *plan, const pfh_pathway *pathway)
{
    size_t events = pfh_pathway_event_count(pathway);
    size_t count = 0;
    char date[11];

    for (size_t i = 0; i < events; i++)
        count += is_to_come(plan, pathway, i);
    if (count == 0)
        return;
    put_format(teller->out, "  %s: %zu %s %s", say(teller, LABEL_NOT_YET), count,
               say(teller, count == 1 ? LABEL_EVENT_AFTER : LABEL_EVENTS_AFTER),
               spoken_date(date, teller->language, pfh_plan_as_of(plan)));
    for (size_t i = 0, told = 0; i < events; i++)
        if (is_to_come(plan, pathway, i))
            put_format(teller->out, "%s%s", told++ == 0 ? " (" : ", ",
                       pfh_record_text(pfh_pathway_event(pathway, i), "id"));
    put_text(teller->out, ")\n");
}

static void put_status(const cli_teller *teller, const pfh_plan *plan)
{
    const char *known_at = pfh_plan_known_at(plan);
    char date[11];

    put_format(teller->out, "%s: %s, %s %s", pfh_plan_pathway(plan), pfh_plan_edition(plan)->name,
               say(teller, LABEL_AS_OF), spoken_date(date, teller->language, pfh_plan_as_of(plan)));
    if (known_at != NULL)
        put_format(teller->out, ", %s %s", say(teller, LABEL_KNOWN_AT), known_at);
    put_format(teller->out, "\n  %s: %s", say(teller, LABEL_PLAN_STATUS),
               words(teller, PFH_WORDS_PLAN_STATUS, (int32_t)pfh_plan_status(plan)));
    if (pfh_plan_cause(plan) != 0)
        put_part(teller, words(teller, PFH_WORDS_REASON, (int32_t)pfh_plan_cause(plan)));
    put_text(teller->out, "\n");
}

static pfh_status use(void *context, pfh_plan **plan, const pfh_pathway *pathway, pfh_error *err)
{
    cli_teller *teller = context;
    pfh_status status;

    (void)err;
    if (!teller->first)
        put_text(teller->out, "\n");
    teller->first = false;
    put_status(teller, *plan);
    status = put_points(teller, *plan);
    put_to_come(teller, *plan, pathway);
    if (status == PFH_OK)
        status = put_tasks(teller, *plan);
    put_findings(teller, *plan);
    return status;
}

int run_explain(cli_output *out, const cli_options *options)
{
    cli_teller teller = {out, options->language, true};

    if (options->format == FORMAT_JSON)
        return write_plans(out, options, true);
    return run_plans(out, options, &(cli_job){.use = use, .context = &teller});
}
