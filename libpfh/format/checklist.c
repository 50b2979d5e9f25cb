/*
 * format/checklist.c -- the topics of a conversation to come, to be filled in: as `pfh-checklist/1`
 * for a record system, as plain text for the patient.
 *
 * It holds titles of topics and this library's own sentences, and no text of any instrument.  What
 * is known comes from the open rows alone, which hold nothing private, and without notes.
 */
#include "format/plain.h"
#include "format/put.h"

#include <pfh/text.h>

typedef struct checklist {
    const pfh_edition *edition;
    int32_t point;
    const pfh_policy *policy;
    const pfh_needs *known;
    pfh_language language;
} checklist;

static pfh_status check(char **out, const checklist *list, pfh_error *err)
{
    if (out == NULL || list->edition == NULL)
        return pfh__null(err, out == NULL ? "out" : "edition");
    if (list->point < 1 || list->point > list->edition->point_count)
        return pfh__fail(err, PFH_E_ARG, "point", "must be from 1 to %d",
                         list->edition->point_count);
    if (pfh_word(PFH_WORDS_LANGUAGE, (int32_t)list->language) == NULL)
        return pfh__fail(err, PFH_E_ARG, "language", "the language is not one of the list");
    if (list->known != NULL && list->known->plan->edition != list->edition)
        return pfh__fail(err, PFH_E_EDITION, "known", "what is known is of %s, not of %s",
                         list->known->plan->edition->name, list->edition->name);
    return PFH_OK;
}

/* ---- Its topics --------------------------------------------------------------------------- */

typedef struct asked_topic {
    const char *code;
    const char *title;         /* of a local one */
    const pfh_need_row *known; /* NULL: it was not discussed, or that is private */
} asked_topic;

static size_t policy_topic_count(const checklist *list)
{
    return list->policy == NULL ? 0 : list->policy->rules.extra_topics.count;
}

static size_t topic_count(const checklist *list)
{
    return (size_t)list->edition->topic_count + policy_topic_count(list);
}

/* Where both are of one policy, a topic stands in the same place. */
static const pfh_need_row *find_known(const pfh_needs *known, const char *code, size_t place)
{
    const size_t count = known == NULL ? 0 : known->open.topic_count;

    for (size_t i = 0; i < count; i++) {
        const pfh_need_row *row = &known->open.topics[(place + i) % count];

        if (strcmp(row->need.topic, code) == 0)
            return row->need.discussed == PFH_NONE ? NULL : row;
    }
    return NULL;
}

/* Those of the edition, then the policy's own. */
static asked_topic topic_at(const checklist *list, size_t index)
{
    const size_t national = (size_t)list->edition->topic_count;
    asked_topic topic = {NULL, NULL, NULL};

    if (index < national) {
        topic.code = pfh_edition_topic(list->edition, index)->code;
    } else {
        const pfh_local_topic *locals = list->policy->rules.extra_topics.items;

        topic.code = locals[index - national].code;
        topic.title = locals[index - national].title;
    }
    topic.known = find_known(list->known, topic.code, index);
    return topic;
}

/* ---- As JSON ------------------------------------------------------------------------------ */

static void put_known(pfh_text_buffer *out, const pfh_need_row *row)
{
    const pfh_topic_need *need;

    pfh__put_key(out, "known");
    if (row == NULL) {
        pfh__text_puts(out, "null");
        return;
    }
    need = &row->need;
    pfh__text_putc(out, '{');
    pfh__put_word(out, "need", PFH_WORDS_NEED, (int32_t)need->need);
    pfh__put_date(out, "since", need->since);
    pfh__put_date(out, "discussed", need->discussed);
    if (need->responsible_since == PFH_NONE) {
        pfh__put_text(out, "responsible", NULL);
    } else {
        pfh__put_key(out, "responsible");
        pfh__text_putc(out, '{');
        pfh__put_word(out, "level", PFH_WORDS_LEVEL, (int32_t)need->responsible_level);
        pfh__put_text(out, "unit", need->responsible_unit);
        pfh__put_word(out, "role", PFH_WORDS_ROLE, (int32_t)need->responsible_role);
        pfh__text_putc(out, '}');
    }
    pfh__text_putc(out, '}');
}

static void put_topic(pfh_text_buffer *out, const checklist *list, const asked_topic *topic)
{
    const char *title = pfh__words_of(list->language, "topic", topic->code);

    pfh__text_putc(out, '{');
    pfh__put_text(out, "topic", topic->code);
    pfh__put_text(out, "title", title == NULL ? topic->title : title);
    pfh__put_text(out, "need", NULL);
    pfh__put_text(out, "note", NULL);
    pfh__put_text(out, "responsible", NULL);
    put_known(out, topic->known);
    pfh__text_putc(out, '}');
}

static void put_head(pfh_text_buffer *out, const checklist *list)
{
    const pfh_plan *plan = list->known == NULL ? NULL : list->known->plan;

    pfh__put_text(out, "format", "pfh-checklist/1");
    pfh__put_text(out, "edition", list->edition->name);
    pfh__put_number(out, "point", list->point);
    pfh__put_word(out, "language", PFH_WORDS_LANGUAGE, (int32_t)list->language);
    pfh__put_text(out, "pathway", plan == NULL ? NULL : plan->pathway);
    pfh__put_date(out, "as_of", plan == NULL ? PFH_NONE : plan->as_of);
    pfh__put_text(out, "instrument", NULL);
    pfh__put_text(out, "distress", NULL);
}

pfh_status pfh_checklist_to_json(char **out, const pfh_edition *edition, int32_t point,
                                 const pfh_policy *policy, const pfh_needs *known,
                                 pfh_language language, pfh_error *err)
{
    const checklist list = {edition, point, policy, known, language};
    pfh_text_buffer text = {0};
    pfh_status status = check(out, &list, err);

    if (status != PFH_OK)
        return status;
    pfh__text_putc(&text, '{');
    put_head(&text, &list);
    pfh__put_key(&text, "topics");
    pfh__text_putc(&text, '[');
    for (size_t i = 0; i < topic_count(&list); i++) {
        const asked_topic topic = topic_at(&list, i);

        pfh__put_comma(&text, i);
        put_topic(&text, &list, &topic);
    }
    pfh__text_puts(&text, "]}");
    return pfh__text_finish(out, &text, err);
}

/* ---- As text ------------------------------------------------------------------------------ */

static void end_line(const pfh_speech *s)
{
    pfh__text_putc(s->out, '\n');
}

static void say_line(const pfh_speech *s, const char *id)
{
    pfh__say(s, id);
    end_line(s);
}

/* Who has the point: on the day of what is known, else by the edition. */
static pfh_level level_of(const checklist *list)
{
    const pfh_needs *known = list->known;

    return known != NULL ? known->open_plan->points[list->point].level
                         : pfh_edition_point(list->edition, list->point)->level;
}

static void say_head(const pfh_speech *s, const checklist *list)
{
    const char *level = pfh_word(PFH_WORDS_LEVEL, (int32_t)level_of(list));

    say_line(s, "checklist.heading");
    pfh__text_puts(s->out, pfh__words_of(s->language, "patient.appointment", level));
    pfh__text_puts(s->out, ", ");
    pfh__say_point(s, list->edition, list->point);
    end_line(s);
    end_line(s);
    say_line(s, "checklist.intro");
}

/* What was said last time, and who follows it up. */
static void say_known(const pfh_speech *s, const pfh_need_row *row)
{
    static const char *const ids[] = {[PFH_NEED_NONE] = "checklist.was.none",
                                      [PFH_NEED_FOLLOW_UP] = "checklist.was.follow_up",
                                      [PFH_NEED_DECLINED] = "checklist.was.declined"};
    const pfh_blank blanks[] = {PFH_FILL_DATE("{date}", row->need.discussed), PFH_FILL_END};
    const pfh_who who = pfh__who_of(row);

    pfh__say_filled(s, ids[row->need.need], blanks);
    if (row->need.need == PFH_NEED_FOLLOW_UP && !row->need.no_responsible) {
        pfh__text_putc(s->out, ' ');
        pfh__say_with_who(s, "needs.who", &who);
    }
    end_line(s);
}

static void say_topic(const pfh_speech *s, const asked_topic *topic, size_t number)
{
    end_line(s);
    pfh__text_number(s->out, (int64_t)number);
    pfh__text_puts(s->out, ". ");
    pfh__say_topic(s, topic->code, topic->title);
    end_line(s);
    if (topic->known != NULL)
        say_known(s, topic->known);
    say_line(s, "checklist.wish");
    say_line(s, "checklist.words");
}

static void say_end(const pfh_speech *s, const checklist *list)
{
    end_line(s);
    say_line(s, "checklist.other");
    if (list->known != NULL) {
        const pfh_blank blanks[] = {PFH_FILL_TEXT("{id}", list->known->plan->pathway),
                                    PFH_FILL_END};
        end_line(s);
        pfh__say_filled(s, "checklist.reference", blanks);
        end_line(s);
    }
}

pfh_status pfh_checklist_to_text(char **out, const pfh_edition *edition, int32_t point,
                                 const pfh_policy *policy, const pfh_needs *known,
                                 pfh_language language, pfh_error *err)
{
    const checklist list = {edition, point, policy, known, language};
    pfh_text_buffer text = {0};
    const pfh_speech s = {&text, language, PFH_AUDIENCE_PATIENT};
    pfh_status status = check(out, &list, err);

    if (status != PFH_OK)
        return status;
    say_head(&s, &list);
    for (size_t i = 0; i < topic_count(&list); i++) {
        const asked_topic topic = topic_at(&list, i);

        say_topic(&s, &topic, i + 1);
    }
    say_end(&s, &list);
    return pfh__text_finish(out, &text, err);
}
