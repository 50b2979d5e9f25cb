/*
 * format/plan_json.c -- `pfh-plan/1`: every key always present, in the order of doc/formats.md.
 */
#include "format/put.h"

#include <pfh/plan.h>

/* ---- Why ---------------------------------------------------------------------------------- */

static void put_anchor(pfh_text_buffer *out, const pfh_reason *reason)
{
    if (reason->anchor != PFH_ANCHOR_EVENT) {
        pfh__put_word(out, "anchor", PFH_WORDS_ANCHOR, (int32_t)reason->anchor);
        return;
    }
    pfh__put_key(out, "anchor");
    pfh__text_puts(out, "\"event:");
    pfh__text_puts(out, reason->anchor_event); /* an id: nothing in it needs escaping */
    pfh__text_putc(out, '"');
}

/* "P3M", "-P14D", "P0D"; working days as the calendar days that they came to. */
static void put_add(pfh_text_buffer *out, const pfh_reason *reason)
{
    int32_t months = reason->months, days = reason->days;

    pfh__put_key(out, "add");
    pfh__text_putc(out, '"');
    if (months < 0 || days < 0)
        pfh__text_putc(out, '-');
    pfh__text_putc(out, 'P');
    if (months != 0) {
        pfh__text_number(out, months < 0 ? -months : months);
        pfh__text_putc(out, 'M');
    }
    if (days != 0 || months == 0) {
        pfh__text_number(out, days < 0 ? -days : days);
        pfh__text_putc(out, 'D');
    }
    pfh__text_putc(out, '"');
}

static void put_reason(pfh_text_buffer *out, const pfh_reason *reason)
{
    pfh__text_putc(out, '{');
    pfh__put_date(out, "date", reason->date);
    pfh__put_word(out, "is", PFH_WORDS_DATED, (int32_t)reason->is);
    put_anchor(out, reason);
    pfh__put_date(out, "anchor_date", reason->anchor_date);
    put_add(out, reason);
    pfh__put_text(out, "rule", reason->rule);
    pfh__put_text(out, "source", reason->source);
    pfh__text_putc(out, '}');
}

static void put_because(pfh_text_buffer *out, const pfh_reason *reasons, size_t count)
{
    pfh__put_key(out, "because");
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        pfh__put_comma(out, i);
        put_reason(out, &reasons[i]);
    }
    pfh__text_putc(out, ']');
}

/* ---- Rows --------------------------------------------------------------------------------- */

static void put_appointment(pfh_text_buffer *out, const pfh_point *point)
{
    pfh__put_key(out, "appointment");
    if (point->appointment_event == NULL) {
        pfh__text_puts(out, "null");
        return;
    }
    pfh__text_putc(out, '{');
    pfh__put_text(out, "event", point->appointment_event);
    pfh__put_text(out, "start", point->appointment_start);
    pfh__put_number(out, "minutes", point->appointment_minutes);
    pfh__put_text(out, "place", point->appointment_place);
    pfh__text_putc(out, '}');
}

static void put_performed(pfh_text_buffer *out, const pfh_point *point)
{
    pfh__put_key(out, "performed");
    if (point->performed_event == NULL) {
        pfh__text_puts(out, "null");
        return;
    }
    pfh__text_putc(out, '{');
    pfh__put_text(out, "event", point->performed_event);
    pfh__put_date(out, "date", point->performed_date);
    pfh__put_word(out, "level", PFH_WORDS_LEVEL, (int32_t)point->performed_level);
    pfh__text_putc(out, '}');
}

static void put_maps_to(pfh_text_buffer *out, const pfh_point *point)
{
    pfh__put_key(out, "maps_to");
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < point->maps_to_count; i++) {
        pfh__put_comma(out, i);
        pfh__text_number(out, point->maps_to[i]);
    }
    pfh__text_putc(out, ']');
}

static void put_point(pfh_text_buffer *out, const pfh_point *point, bool explain)
{
    pfh__text_putc(out, '{');
    pfh__put_number(out, "point", point->point);
    pfh__put_word(out, "level", PFH_WORDS_LEVEL, (int32_t)point->level);
    pfh__put_text(out, "unit", point->unit);
    pfh__put_word(out, "role", PFH_WORDS_ROLE, (int32_t)point->role);
    pfh__put_date(out, "opens", point->opens);
    pfh__put_date(out, "about", point->about);
    pfh__put_date(out, "closes", point->closes);
    pfh__put_flag(out, "estimated", point->estimated);
    pfh__put_word(out, "waiting_for", PFH_WORDS_WAITING, (int32_t)point->waiting_for);
    pfh__put_word(out, "state", PFH_WORDS_STATE, (int32_t)point->state);
    pfh__put_date(out, "since", point->since);
    pfh__put_word(out, "timing", PFH_WORDS_TIMING, (int32_t)point->timing);
    put_appointment(out, point);
    put_performed(out, point);
    pfh__put_number(out, "repeats", point->repeats);
    pfh__put_flag(out, "superseded", point->superseded);
    put_maps_to(out, point);
    if (explain)
        put_because(out, point->reasons, point->reason_count);
    pfh__text_putc(out, '}');
}

static void put_task(pfh_text_buffer *out, const pfh_task *task, bool explain)
{
    pfh__text_putc(out, '{');
    pfh__put_text(out, "id", task->id);
    pfh__put_word(out, "kind", PFH_WORDS_TASK, (int32_t)task->kind);
    pfh__put_number(out, "point", task->point == 0 ? PFH_NONE : task->point);
    pfh__put_date(out, "from", task->from);
    pfh__put_date(out, "due", task->due);
    pfh__put_word(out, "state", PFH_WORDS_TASK_STATE, (int32_t)task->state);
    pfh__put_word(out, "level", PFH_WORDS_LEVEL, (int32_t)task->level);
    pfh__put_text(out, "unit", task->unit);
    pfh__put_word(out, "role", PFH_WORDS_ROLE, (int32_t)task->role);
    pfh__put_flag(out, "optional", task->optional);
    pfh__put_word(out, "blocked", PFH_WORDS_BLOCK, (int32_t)task->blocked);
    pfh__put_text(out, "event", task->event);
    if (explain)
        put_because(out, task->reasons, task->reason_count);
    pfh__text_putc(out, '}');
}

static void put_finding(pfh_text_buffer *out, const pfh_finding *finding)
{
    pfh__text_putc(out, '{');
    pfh__put_word(out, "id", PFH_WORDS_FINDING, (int32_t)finding->kind);
    pfh__put_word(out, "severity", PFH_WORDS_SEVERITY, (int32_t)finding->severity);
    pfh__put_number(out, "point", finding->point == 0 ? PFH_NONE : finding->point);
    pfh__put_text(out, "event", finding->event);
    pfh__text_putc(out, '}');
}

/* ---- The document ------------------------------------------------------------------------- */

static void put_head(pfh_text_buffer *out, const pfh_plan *plan)
{
    pfh__put_text(out, "format", "pfh-plan/1");
    pfh__put_text(out, "pathway", pfh_plan_pathway(plan));
    pfh__put_text(out, "edition", pfh_plan_edition(plan)->name);
    pfh__put_date(out, "as_of", pfh_plan_as_of(plan));
    pfh__put_text(out, "known_at", pfh_plan_known_at(plan));
    pfh__put_word(out, "status", PFH_WORDS_PLAN_STATUS, (int32_t)pfh_plan_status(plan));
    pfh__put_word(out, "reason", PFH_WORDS_REASON, (int32_t)pfh_plan_cause(plan));
    pfh__put_flag(out, "child", pfh_plan_child(plan));
}

static void put_rows(pfh_text_buffer *out, const pfh_plan *plan, bool explain)
{
    pfh__put_key(out, "points");
    for (size_t i = 1; i <= pfh_plan_point_count(plan); i++) {
        pfh__text_putc(out, i == 1 ? '[' : ',');
        put_point(out, pfh_plan_point(plan, (int32_t)i), explain);
    }
    pfh__text_putc(out, ']');
    pfh__put_key(out, "tasks");
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < pfh_plan_task_count(plan); i++) {
        pfh__put_comma(out, i);
        put_task(out, pfh_plan_task(plan, i), explain);
    }
    pfh__text_putc(out, ']');
    pfh__put_key(out, "findings");
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < pfh_plan_finding_count(plan); i++) {
        pfh__put_comma(out, i);
        put_finding(out, pfh_plan_finding(plan, i));
    }
    pfh__text_putc(out, ']');
}

pfh_status pfh_plan_to_json(char **out, const pfh_plan *plan, int32_t explain, pfh_error *err)
{
    pfh_text_buffer text = {0};

    if (out == NULL || plan == NULL)
        return pfh__null(err, out == NULL ? "out" : "plan");
    pfh__text_putc(&text, '{');
    put_head(&text, plan);
    put_rows(&text, plan, explain != 0);
    pfh__text_putc(&text, '}');
    return pfh__text_finish(out, &text, err);
}
