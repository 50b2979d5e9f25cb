/*
 * format/needs_json.c -- `pfh-needs/1`: every key always present, in the order of doc/formats.md.
 */
#include "format/put.h"

#include <pfh/needs.h>

static void put_followed_up(pfh_text_buffer *out, const char *event, pfh_date date)
{
    pfh__put_key(out, "followed_up");
    if (event == NULL) {
        pfh__text_puts(out, "null");
        return;
    }
    pfh__text_putc(out, '{');
    pfh__put_text(out, "event", event);
    pfh__put_date(out, "date", date);
    pfh__text_putc(out, '}');
}

/* ---- Topics ------------------------------------------------------------------------------- */

static void put_responsible(pfh_text_buffer *out, const pfh_topic_need *row)
{
    pfh__put_key(out, "responsible");
    if (row->responsible_level == 0 && row->responsible_unit == NULL &&
        row->responsible_role == 0) {
        pfh__text_puts(out, "null");
        return;
    }
    pfh__text_putc(out, '{');
    pfh__put_word(out, "level", PFH_WORDS_LEVEL, (int32_t)row->responsible_level);
    pfh__put_text(out, "unit", row->responsible_unit);
    pfh__put_word(out, "role", PFH_WORDS_ROLE, (int32_t)row->responsible_role);
    pfh__put_date(out, "since", row->responsible_since);
    pfh__text_putc(out, '}');
}

static void put_topic(pfh_text_buffer *out, const pfh_topic_need *row)
{
    pfh__text_putc(out, '{');
    pfh__put_text(out, "topic", row->topic);
    pfh__put_text(out, "title", row->title);
    pfh__put_flag(out, "in_edition", row->in_edition);
    pfh__put_word(out, "need", PFH_WORDS_NEED, (int32_t)row->need);
    pfh__put_date(out, "since", row->since);
    pfh__put_date(out, "discussed", row->discussed);
    pfh__put_text(out, "event", row->event);
    pfh__put_text(out, "note", row->note);
    put_responsible(out, row);
    put_followed_up(out, row->followed_up_event, row->followed_up);
    pfh__put_flag(out, "no_responsible", row->no_responsible);
    pfh__put_flag(out, "not_followed_up", row->not_followed_up);
    pfh__put_flag(out, "private", row->is_private);
    pfh__text_putc(out, '}');
}

/* ---- Assessments -------------------------------------------------------------------------- */

static void put_instrument(pfh_text_buffer *out, const pfh_needs_assessment *row)
{
    pfh__put_key(out, "instrument");
    if (row->instrument_id == NULL && row->instrument_version == NULL) {
        pfh__text_puts(out, "null");
        return;
    }
    pfh__text_putc(out, '{');
    pfh__put_text(out, "id", row->instrument_id);
    pfh__put_text(out, "version", row->instrument_version);
    pfh__text_putc(out, '}');
}

static void put_distress(pfh_text_buffer *out, const pfh_needs_assessment *row)
{
    pfh__put_key(out, "distress");
    if (row->distress == PFH_NONE) {
        pfh__text_puts(out, "null");
        return;
    }
    pfh__text_putc(out, '{');
    pfh__put_number(out, "score", row->distress);
    pfh__put_number(out, "change", row->distress_change);
    pfh__put_flag(out, "high", row->distress_high);
    pfh__text_putc(out, '}');
}

/* The topics of one kind of change. */
static void put_changes(pfh_text_buffer *out, const pfh_needs_assessment *row,
                        pfh_need_change change)
{
    size_t count = 0;

    pfh__put_key(out, pfh_word(PFH_WORDS_CHANGE, (int32_t)change));
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < row->change_count; i++) {
        if (row->changes[i].change != change)
            continue;
        pfh__put_comma(out, count++);
        pfh__text_json(out, row->changes[i].topic, strlen(row->changes[i].topic));
    }
    pfh__text_putc(out, ']');
}

static void put_assessment(pfh_text_buffer *out, const pfh_needs_assessment *row)
{
    pfh__text_putc(out, '{');
    pfh__put_text(out, "event", row->event);
    pfh__put_date(out, "date", row->date);
    pfh__put_number(out, "point", row->point);
    pfh__put_word(out, "level", PFH_WORDS_LEVEL, (int32_t)row->level);
    put_instrument(out, row);
    put_distress(out, row);
    put_followed_up(out, row->followed_up_event, row->followed_up);
    pfh__put_flag(out, "recorded", row->has_assessment);
    pfh__put_number(out, "withheld", row->withheld == 0 ? PFH_NONE : row->withheld);
    for (int32_t i = 1; i <= pfh_word_count(PFH_WORDS_CHANGE); i++)
        put_changes(out, row, (pfh_need_change)i);
    pfh__text_putc(out, '}');
}

/* ---- The document ------------------------------------------------------------------------- */

static void put_head(pfh_text_buffer *out, const pfh_plan *plan)
{
    pfh__put_text(out, "format", "pfh-needs/1");
    pfh__put_text(out, "pathway", pfh_plan_pathway(plan));
    pfh__put_text(out, "edition", pfh_plan_edition(plan)->name);
    pfh__put_date(out, "as_of", pfh_plan_as_of(plan));
    pfh__put_text(out, "known_at", pfh_plan_known_at(plan));
}

static void put_rows(pfh_text_buffer *out, const pfh_needs *needs)
{
    pfh__put_key(out, "topics");
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < pfh_needs_topic_count(needs); i++) {
        pfh__put_comma(out, i);
        put_topic(out, pfh_needs_topic(needs, i));
    }
    pfh__text_putc(out, ']');
    pfh__put_key(out, "assessments");
    pfh__text_putc(out, '[');
    for (size_t i = 0; i < pfh_needs_assessment_count(needs); i++) {
        pfh__put_comma(out, i);
        put_assessment(out, pfh_needs_assessment_at(needs, i));
    }
    pfh__text_putc(out, ']');
}

pfh_status pfh_needs_to_json(char **out, const pfh_needs *needs, pfh_error *err)
{
    pfh_text_buffer text = {0};

    if (out == NULL || needs == NULL)
        return pfh__null(err, out == NULL ? "out" : "needs");
    pfh__text_putc(&text, '{');
    put_head(&text, pfh_needs_plan(needs));
    put_rows(&text, needs);
    pfh__text_putc(&text, '}');
    return pfh__text_finish(out, &text, err);
}
