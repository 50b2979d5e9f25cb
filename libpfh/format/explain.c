/*
 * format/explain.c -- a reason as one sentence, from the templates "because", "is", "add", "anchor"
 * and "rule" of rules/texts.def.
 *
 * It words what a reason says and asks no rule.  What is not known to come from the published
 * guideline or its draft is said to be this library's choice.
 */
#include "format/explain.h"

#include <pfh/text.h>

/* The longest: days after months after a dated anchor. */
#define MAX_STEPS 4

/* A template that is filled in by the next step: "{n} days after {anchor}". */
typedef struct step {
    const char *text;
    int32_t n;
} step;

typedef struct sentence {
    pfh_text_buffer *out;
    const pfh_reason *reason;
    pfh_language language;
    bool discreet;
    pfh_date kept_back;    /* what is not to be told either; PFH_NONE: nothing */
    step steps[MAX_STEPS]; /* outermost first, the anchor last */
    size_t count, done;
} sentence;

#define ID(name, value, word) [value] = "is." word,
static const char *const is_ids[] = {PFH_DATED_TABLE(ID)};
#undef ID
#define ID(name, value, word) [value] = "anchor." word,
static const char *const anchor_ids[] = {PFH_ANCHOR_TABLE(ID)};
#undef ID

#define EVENT_ID(name, value, word) [value] = "event." word,

/* After many, after one, before many, before one. */
static const char *const months_ids[] = {"add.months", "add.months.one", "add.months.before",
                                         "add.months.before.one"};
static const char *const days_ids[] = {"add.days", "add.days.one", "add.days.before",
                                       "add.days.before.one"};
static const char *const working_days_ids[] = {"add.working_days", "add.working_days.one"};

/* ---- Templates ---------------------------------------------------------------------------- */

static void expand(sentence *into, const char *text);

static void add_text(sentence *into, const char *id)
{
    expand(into, pfh_text(into->language, id));
}

void pfh__text_spoken_date(pfh_text_buffer *out, pfh_language language, pfh_date date)
{
    char iso[10];

    if (language == PFH_LANGUAGE_EN) {
        pfh__text_date(out, date);
        return;
    }
    pfh__date_put(iso, date);
    pfh__text_add(out, iso + 8, 2);
    pfh__text_putc(out, '.');
    pfh__text_add(out, iso + 5, 2);
    pfh__text_putc(out, '.');
    pfh__text_add(out, iso, 4);
}

static void add_date(sentence *into, pfh_date date)
{
    pfh__text_spoken_date(into->out, into->language, date);
}

static void add_explained_date(sentence *into)
{
    add_date(into, into->reason->date);
}

static void add_anchor_date(sentence *into)
{
    add_date(into, into->reason->anchor_date);
}

static void add_is(sentence *into)
{
    add_text(into, is_ids[into->reason->is]);
}

static void add_next_step(sentence *into)
{
    if (into->done < into->count)
        expand(into, into->steps[into->done++].text);
}

/* Stands before {anchor} in every template, so the step last begun is its own. */
static void add_number(sentence *into)
{
    pfh__text_number(into->out, into->steps[into->done - 1].n);
}

static void add_event(sentence *into)
{
    pfh__text_puts(into->out, into->reason->anchor_event);
}

static void add_type(sentence *into)
{
    static const char *const ids[] = {PFH_EVENT_TABLE(EVENT_ID)};

    add_text(into, ids[into->reason->anchor_type]);
}

static const char *rule_id(const pfh_reason *reason)
{
    if (strncmp(reason->rule, "policy/", 7) == 0)
        return "rule.policy";
    if (reason->source == NULL || strstr(reason->source, "ours") != NULL)
        return "rule.ours";
    if (reason->source[0] == 'G')
        return "rule.edition";
    return reason->source[0] == 'D' ? "rule.draft" : "rule.ours";
}

static void add_rule(sentence *into)
{
    add_text(into, rule_id(into->reason));
}

static void add_rule_name(sentence *into)
{
    pfh__text_puts(into->out, into->reason->rule);
}

static const struct placeholder {
    const char *name;
    void (*add)(sentence *into);
} placeholders[] = {
    {"{date}", add_explained_date}, {"{is}", add_is},
    {"{add}", add_next_step},       {"{n}", add_number},
    {"{anchor}", add_next_step},    {"{anchor_date}", add_anchor_date},
    {"{event}", add_event},         {"{rule}", add_rule},
    {"{name}", add_rule_name},      {"{type}", add_type},
};

/* Adds what the placeholder at text stands for, and says how long its name is. */
static size_t fill_in(sentence *into, const char *text)
{
    for (size_t i = 0; i < PFH_COUNT(placeholders); i++) {
        size_t size = strlen(placeholders[i].name);

        if (strncmp(text, placeholders[i].name, size) == 0) {
            placeholders[i].add(into);
            return size;
        }
    }
    pfh__text_putc(into->out, *text);
    return 1;
}

static void expand(sentence *into, const char *text)
{
    while (*text != '\0') {
        size_t plain = strcspn(text, "{");

        pfh__text_add(into->out, text, plain);
        text += plain;
        if (*text != '\0')
            text += fill_in(into, text);
    }
}

/* ---- What a reason adds to what ----------------------------------------------------------- */

static void push(sentence *into, const char *id, int32_t n)
{
    into->steps[into->count++] = (step){pfh_text(into->language, id), n};
}

static void push_amount(sentence *into, const char *const *ids, int32_t n)
{
    int32_t size = n < 0 ? -n : n;

    if (n != 0)
        push(into, ids[(n < 0 ? 2 : 0) + (size == 1 ? 1 : 0)], size);
}

/* An event's own date, or one that it sets. */
static const char *anchor_id(const pfh_reason *reason)
{
    if (reason->anchor != PFH_ANCHOR_EVENT || strcmp(reason->anchor_key, "date") == 0)
        return anchor_ids[reason->anchor];
    return strcmp(reason->anchor_key, "start") == 0 ? "anchor.event.start" : "anchor.event.until";
}

/* Whether the date that is counted from is one of the diagnosis, and not to be told. */
static bool is_kept_back(const sentence *into)
{
    return into->discreet && (into->reason->anchor == PFH_ANCHOR_DIAGNOSIS_DATE ||
                              into->reason->anchor == PFH_ANCHOR_DIAGNOSIS_INFORMED ||
                              into->reason->anchor_date == into->kept_back);
}

static void push_steps(sentence *into)
{
    const pfh_reason *reason = into->reason;

    if (reason->working_days != PFH_NONE) {
        push_amount(into, working_days_ids, reason->working_days);
    } else {
        push_amount(into, days_ids, reason->days);
        push_amount(into, months_ids, reason->months);
    }
    if (into->count > 0 && !is_kept_back(into))
        push(into, "add.anchor", 0); /* else it is the explained date, which was just said */
    push(into, anchor_id(reason), 0);
}

static const char *form(const pfh_reason *reason)
{
    if (reason->rule == NULL)
        return "because.no_rule";
    return strcmp(reason->rule, "working_day") == 0 ? "because.working_day" : "because";
}

static bool is_computed(pfh_date date)
{
    return date >= PFH_DATE_COMPUTED_MIN && date <= PFH_DATE_COMPUTED_MAX;
}

static bool is_whole(const pfh_reason *reason)
{
    if (pfh_word(PFH_WORDS_DATED, (int32_t)reason->is) == NULL ||
        pfh_word(PFH_WORDS_ANCHOR, (int32_t)reason->anchor) == NULL)
        return false;
    if (reason->anchor == PFH_ANCHOR_EVENT &&
        (reason->anchor_event == NULL || reason->anchor_key == NULL ||
         pfh_word(PFH_WORDS_EVENT, (int32_t)reason->anchor_type) == NULL))
        return false;
    return is_computed(reason->date) && is_computed(reason->anchor_date) &&
           reason->months != PFH_NONE && reason->days != PFH_NONE &&
           (reason->working_days == PFH_NONE || reason->working_days >= 0);
}

static void add_sentence(sentence *made)
{
    push_steps(made);
    add_text(made, form(made->reason));
}

void pfh__reason_add(pfh_text_buffer *out, const pfh_reason *reason, pfh_language language)
{
    sentence made = {.out = out, .reason = reason, .language = language, .kept_back = PFH_NONE};

    add_sentence(&made);
}

void pfh__reason_add_discreetly(pfh_text_buffer *out, const pfh_reason *reason,
                                pfh_language language, pfh_date kept_back)
{
    sentence made = {.out = out,
                     .reason = reason,
                     .language = language,
                     .discreet = true,
                     .kept_back = kept_back};

    add_sentence(&made);
}

pfh_status pfh_reason_to_text(char **out, const pfh_reason *reason, pfh_language language,
                              pfh_error *err)
{
    pfh_text_buffer text = {0};

    if (out == NULL)
        return pfh__null(err, "out");
    if (reason == NULL)
        return pfh__null(err, "reason");
    if (!is_whole(reason))
        return pfh__fail(err, PFH_E_ARG, "reason", "the reason is not a row of a plan");
    if (pfh_word(PFH_WORDS_LANGUAGE, (int32_t)language) == NULL)
        return pfh__fail(err, PFH_E_ARG, "language", "the language is not one of the list");
    pfh__reason_add(&text, reason, language);
    return pfh__text_finish(out, &text, err);
}
