/*
 * format/plain.c -- parts of plain texts.  Free texts of a document come in through
 * pfh__say_clean() alone, so none of them can end a line.
 */
#include "format/plain.h"

#include "format/explain.h"
#include "format/ical.h"

#include <pfh/text.h>

enum {
    LONGEST_NAME = 100,
    LONGEST_PHONE = 40
}; /* longer ones are left out: they tell nobody anything */

/* ---- Texts -------------------------------------------------------------------------------- */

void pfh__say(const pfh_speech *s, const char *id)
{
    pfh__text_puts(s->out, pfh_text(s->language, id));
}

static void fill(const pfh_speech *s, const pfh_blank *blank)
{
    if (blank->kind == PFH_BLANK_TEXT)
        pfh__text_puts(s->out, blank->text);
    else if (blank->kind == PFH_BLANK_DATE)
        pfh__text_spoken_date(s->out, s->language, blank->number);
    else
        pfh__text_number(s->out, blank->number);
}

static const pfh_blank *find_blank(const pfh_blank *blanks, const char *text)
{
    while (blanks->kind != PFH_BLANK_END && strncmp(blanks->name, text, strlen(blanks->name)) != 0)
        blanks++;
    return blanks;
}

void pfh__say_filled(const pfh_speech *s, const char *id, const pfh_blank *blanks)
{
    const char *text = pfh_text(s->language, id);

    while (*text != '\0') {
        const size_t plain = strcspn(text, "{");
        const pfh_blank *blank = find_blank(blanks, text + plain);

        pfh__text_add(s->out, text, plain);
        text += plain;
        if (blank->kind == PFH_BLANK_END)
            continue; /* the text is at its end: every placeholder of a text is filled in */
        fill(s, blank);
        text += strlen(blank->name);
    }
}

const char *pfh__words_of(pfh_language language, const char *list, const char *word)
{
    char id[96];
    const size_t before = strlen(list), size = strlen(word);

    if (before + size + 2 > sizeof id)
        return NULL;
    memcpy(id, list, before);
    id[before] = '.';
    memcpy(id + before + 1, word, size + 1);
    return pfh_text(language, id);
}

void pfh__say_value(const pfh_speech *s, pfh_vocabulary words, int32_t value)
{
    pfh__text_puts(s->out,
                   pfh__words_of(s->language, pfh_vocabulary_name(words), pfh_word(words, value)));
}

/* ---- Free texts --------------------------------------------------------------------------- */

size_t pfh__characters(const char *text, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* U+00A0, U+1680, U+2000 to U+200B, U+202F, U+205F, U+2060, U+3000: spaces beside those that
 * pfh__ical_clean() knows. */
static bool is_wide_space(const char *text, size_t size)
{
    const unsigned char *c = (const unsigned char *)text;

    if (size == 2)
        return c[0] == 0xc2 && c[1] == 0xa0;
    if (size != 3)
        return false;
    if (c[0] == 0xe1)
        return c[1] == 0x9a && c[2] == 0x80;
    if (c[0] == 0xe3)
        return c[1] == 0x80 && c[2] == 0x80;
    return c[0] == 0xe2 && ((c[1] == 0x80 && (c[2] <= 0x8b || c[2] == 0xaf)) ||
                            (c[1] == 0x81 && (c[2] == 0x9f || c[2] == 0xa0)));
}

void pfh__say_clean(const pfh_speech *s, const char *text)
{
    pfh_text_buffer spaced = {0};

    while (*text != '\0') {
        const size_t size = pfh__char_size(text);

        if (size == 0 || is_wide_space(text, size))
            pfh__text_putc(&spaced, ' ');
        else
            pfh__text_add(&spaced, text, size);
        text += size == 0 ? 1 : size;
    }
    if (spaced.size > 0 && !spaced.failed)
        pfh__ical_clean(s->out, spaced.data);
    s->out->failed |= spaced.failed;
    pfh__text_free(&spaced);
}

bool pfh__say_bounded(const pfh_speech *s, const char *before, const char *text, size_t most)
{
    pfh_text_buffer line = {0};
    const pfh_speech aside = {&line, s->language, s->audience};
    size_t count;

    if (text == NULL)
        return false;
    pfh__say_clean(&aside, text);
    count = pfh__characters(line.data, line.size);
    if (count > 0 && count <= most && !line.failed) {
        pfh__text_puts(s->out, before);
        pfh__text_add(s->out, line.data, line.size);
    }
    s->out->failed |= line.failed;
    pfh__text_free(&line);
    return count > 0 && count <= most;
}

void pfh__say_topic(const pfh_speech *s, const char *code, const char *title)
{
    const char *national = pfh__words_of(s->language, "topic", code);

    if (national != NULL)
        pfh__text_puts(s->out, national);
    else if (!pfh__say_bounded(s, "", title, SIZE_MAX))
        pfh__text_puts(s->out, code);
}

/* ---- Who ---------------------------------------------------------------------------------- */

bool pfh__who_is_audience(const pfh_who *who, pfh_audience audience)
{
    const bool is_gp = who->role == PFH_ROLE_GP && who->level != PFH_LEVEL_SPECIALIST;

    if (audience == PFH_AUDIENCE_GP)
        return is_gp;
    if (audience == PFH_AUDIENCE_MUNICIPALITY)
        return who->level == PFH_LEVEL_MUNICIPALITY && !is_gp;
    return audience == PFH_AUDIENCE_SPECIALIST && who->level == PFH_LEVEL_SPECIALIST;
}

static void say_level(const pfh_speech *s, const pfh_who *who)
{
    const char *word = pfh_word(PFH_WORDS_LEVEL, (int32_t)who->level);
    const bool hospital = s->audience == PFH_AUDIENCE_PATIENT && who->level == PFH_LEVEL_SPECIALIST;
    const char *list = pfh__who_is_audience(who, s->audience) ? "in.you" : "in.level";

    if (hospital)
        pfh__say(s, "in.hospital");
    else
        pfh__text_puts(s->out, pfh__words_of(s->language, list, word));
}

static void say_role(const pfh_speech *s, pfh_role role)
{
    pfh__text_puts(s->out,
                   pfh__words_of(s->language, "in.role", pfh_word(PFH_WORDS_ROLE, (int32_t)role)));
}

/* The GP is the patient's own and the audience's own; to the others one of the municipality. */
static bool say_gp(const pfh_speech *s, const pfh_who *who)
{
    if (who->role != PFH_ROLE_GP || who->level == PFH_LEVEL_SPECIALIST)
        return false;
    if (s->audience == PFH_AUDIENCE_GP)
        pfh__say(s, "in.you.gp");
    else if (s->audience == PFH_AUDIENCE_PATIENT)
        pfh__say(s, "in.your.gp");
    else
        return false;
    return true;
}

/* "Another role" says something only where nothing else does. */
static void say_level_and_role(const pfh_speech *s, const pfh_who *who)
{
    const bool has_role =
        who->role != 0 && (who->role != PFH_ROLE_OTHER || (who->level == 0 && who->unit == NULL));

    if (say_gp(s, who))
        return;
    if (who->level != 0)
        say_level(s, who);
    if (who->level != 0 && has_role) {
        pfh__text_putc(s->out, ' ');
        pfh__say(s, "in.by");
        pfh__text_putc(s->out, ' ');
    }
    if (has_role)
        say_role(s, who->role);
}

void pfh__say_who(const pfh_speech *s, const pfh_who *who)
{
    const size_t start = s->out->size;
    const char *separator;

    say_level_and_role(s, who);
    if (who->unit == NULL)
        return;
    separator = s->out->size > start ? ", " : "";
    if (!pfh__say_bounded(s, separator, who->contact.name, LONGEST_NAME)) {
        pfh__text_puts(s->out, separator);
        pfh__text_puts(s->out, who->unit);
    }
    pfh__say_bounded(s, pfh_text(s->language, "in.phone"), who->contact.phone, LONGEST_PHONE);
}

void pfh__say_with_who(const pfh_speech *s, const char *id, const pfh_who *who)
{
    pfh_text_buffer words = {0};
    const pfh_speech aside = {&words, s->language, s->audience};

    pfh__say_who(&aside, who);
    if (words.size > 0) {
        const pfh_blank blanks[] = {PFH_FILL_TEXT("{who}", words.data), PFH_FILL_END};
        pfh__say_filled(s, id, blanks);
    }
    s->out->failed |= words.failed;
    pfh__text_free(&words);
}

pfh_who pfh__who_of(const pfh_need_row *row)
{
    return (pfh_who){row->need.responsible_level, row->need.responsible_role,
                     row->need.responsible_unit, row->contact};
}

/* ---- When --------------------------------------------------------------------------------- */

void pfh__say_point(const pfh_speech *s, const pfh_edition *edition, int32_t point)
{
    char word[64];
    const size_t size = strlen(edition->name);

    if (size + 3 > sizeof word)
        return;
    memcpy(word, edition->name, size);
    word[size] = '/';
    word[size + 1] = (char)('0' + point);
    word[size + 2] = '\0';
    pfh__text_puts(s->out, pfh__words_of(s->language, "in.point", word));
}
