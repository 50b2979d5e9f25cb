/*
 * format/ical_words.c -- what an entry says to a reader, and what of a document may stand in it.
 *
 * A text of a document goes through pfh__ical_clean(), an address through a check: so nothing that
 * a document holds can end a line.  Of the patient only what `tell` allows is said, and of the
 * diagnosis nothing, not even its date.
 */
#include "format/explain.h"
#include "format/ical.h"

#include <pfh/text.h>

/* ---- What may stand in a calendar --------------------------------------------------------- */

/* Marks and controls that change the direction of writing or end a line: U+061C, U+200E, U+200F,
 * U+2028 to U+202E, U+2066 to U+2069, and U+FEFF. */
static bool is_unseen(const unsigned char *c, size_t size)
{
    if (size == 2)
        return c[0] == 0xd8 && c[1] == 0x9c;
    if (size != 3)
        return false;
    if (c[0] == 0xef)
        return c[1] == 0xbb && c[2] == 0xbf;
    return c[0] == 0xe2 &&
           ((c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xa8 && c[2] <= 0xae))) ||
            (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9));
}

static bool is_space(const char *text, size_t size)
{
    return size == 0 || (size == 1 && (unsigned char)*text <= ' ') ||
           is_unseen((const unsigned char *)text, size);
}

/* How many bytes stand at text that are visible ASCII and not refused. */
static size_t plain_size(const char *text, const char *refused)
{
    size_t size = 0;

    while (text[size] > ' ' && text[size] < 0x7f &&
           (*refused == '\0' || strchr(refused, text[size]) == NULL))
        size++;
    return size;
}

/* Adds characters; a run of what is no letter becomes one space. */
static void clean(pfh_text_buffer *out, const char *text, const char *refused, const char *instead)
{
    bool gap = false, any = false;

    while (*text != '\0') {
        size_t plain = plain_size(text, refused), size = plain > 0 ? plain : pfh__char_size(text);
        const char *found = plain == 0 && size == 1 ? strchr(refused, *text) : NULL;

        if (plain == 0 && is_space(text, size)) {
            gap = true;
        } else {
            if (gap && any)
                pfh__text_putc(out, ' ');
            pfh__text_add(out, found != NULL ? &instead[found - refused] : text, size);
            gap = false;
            any = true;
        }
        text += size == 0 ? 1 : size;
    }
}

void pfh__ical_clean(pfh_text_buffer *out, const char *text)
{
    clean(out, text, "", "");
}

/* A parameter is quoted, and readers differ over what `^` does in it (RFC 6868). */
void pfh__ical_clean_name(pfh_text_buffer *out, const char *text)
{
    clean(out, text, "\"^", "'-");
}

void pfh__ical_clean_behind(pfh_text_buffer *out, const char *separator, const char *text)
{
    const size_t before = out->size;
    size_t start;

    if (text == NULL)
        return;
    if (before > 0)
        pfh__text_puts(out, separator);
    start = out->size;
    pfh__ical_clean(out, text);
    if (out->size == start && start > before) {
        out->size = before;
        out->data[before] = '\0';
    }
}

static bool is_alnum(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

/* Labels of letters, digits and inner hyphens, with dots between, 253 bytes at most. */
static bool is_host(const char *text, size_t size)
{
    enum { HOST_MAX = 253, LABEL_MAX = 63 };
    size_t label = 0;

    if (size == 0 || size > HOST_MAX)
        return false;
    for (size_t i = 0; i <= size; i++) {
        if (i == size || text[i] == '.') {
            if (label == 0 || label > LABEL_MAX || text[i - 1] == '-')
                return false;
            label = 0;
        } else if (is_alnum(text[i]) || (text[i] == '-' && label > 0)) {
            label++;
        } else {
            return false;
        }
    }
    return true;
}

static bool has_upper(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text >= 'A' && *text <= 'Z')
            return true;
    return false;
}

bool pfh__ical_is_domain(const char *text)
{
    return is_host(text, strlen(text)) && !has_upper(text);
}

/* All bytes are letters, digits or of `also`. */
static bool all_of(const char *text, size_t size, const char *also)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\0' || (!is_alnum(text[i]) && strchr(also, text[i]) == NULL))
            return false;
    return true;
}

/* The dot-atom of RFC 5322 without what would mean something else in a mailto: (RFC 6068, 2), and a
 * host. */
bool pfh__ical_is_email(const char *text)
{
    enum { LOCAL_MAX = 64 };
    const char *at = strchr(text, '@');
    size_t size = at == NULL ? 0 : (size_t)(at - text);

    return size >= 1 && size <= LOCAL_MAX && all_of(text, size, ".!$'*+-_~") && text[0] != '.' &&
           at[-1] != '.' && strstr(text, "..") == NULL && is_host(at + 1, strlen(at + 1));
}

/* Nothing, or a colon and 1 to 5 digits: else what looks like a host is a name and a password. */
static bool is_port(const char *text, size_t size)
{
    if (size == 0)
        return true;
    for (size_t i = 1; i < size; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return size >= 2 && size <= 6;
}

/* http or https, a host, perhaps a port, and then the characters of RFC 3986. */
bool pfh__ical_is_url(const char *text)
{
    enum { URL_MAX = 2000 };
    const char *host = strncmp(text, "https://", 8) == 0  ? text + 8
                       : strncmp(text, "http://", 7) == 0 ? text + 7
                                                          : NULL;
    size_t size = host == NULL ? 0 : strcspn(host, ":/?#");
    size_t port = host == NULL ? 0 : strcspn(host + size, "/?#");

    return size > 0 && strlen(text) <= URL_MAX && is_host(host, size) &&
           is_port(host + size, port) &&
           all_of(host + size, strlen(host + size), "-._~:/?#[]@!$&'()*+,;=%");
}

/* ---- Small parts -------------------------------------------------------------------------- */

typedef struct speaker {
    const pfh_entry *entry;
    const pfh_ical_options *options;
    pfh_language language;
    const pfh_ical_contact *contact; /* of the unit, or NULL */
} speaker;

pfh_language pfh__ical_language(const pfh_plan *plan, const pfh_ical_options *options)
{
    if (options->language != 0)
        return options->language;
    if (options->patient && plan != NULL && plan->language != 0)
        return plan->language;
    return PFH_LANGUAGE_NB;
}

static const char *say(const speaker *s, const char *id)
{
    return pfh_text(s->language, id);
}

static void put_said(pfh_text_buffer *out, const speaker *s, const char *id)
{
    pfh__text_puts(out, say(s, id));
}

/* The text of `list` `.` `word`. */
static const char *say_word(const speaker *s, const char *list, const char *word)
{
    char id[64];
    size_t size = strlen(list);

    memcpy(id, list, size);
    id[size] = '.';
    memcpy(id + size + 1, word, strlen(word) + 1);
    return say(s, id);
}

static const char *say_value(const speaker *s, pfh_vocabulary words, int32_t value)
{
    return say_word(s, pfh_vocabulary_name(words), pfh_word(words, value));
}

static const char *say_task(const speaker *s)
{
    return say_value(s, PFH_WORDS_TASK, (int32_t)s->entry->task->kind);
}

static const char *say_point(const speaker *s)
{
    char id[64];
    const char *edition = s->entry->plan->edition->name;
    size_t size = strlen(edition);

    memcpy(id, edition, size);
    id[size] = '/';
    id[size + 1] = (char)('0' + s->entry->point->point);
    id[size + 2] = '\0';
    return say_word(s, "point", id);
}

static void put_line(pfh_text_buffer *out)
{
    if (out->size > 0)
        pfh__text_putc(out, '\n');
}

/* The first letter and a dot. */
static void put_initial(pfh_text_buffer *out, const char *name)
{
    pfh_text_buffer word = {0};

    pfh__ical_clean(&word, name == NULL ? "" : name);
    if (word.size > 0) {
        pfh__text_add(out, word.data, pfh__char_size(word.data));
        pfh__text_putc(out, '.');
    }
    out->failed |= word.failed;
    pfh__text_free(&word);
}

/* The patient as far as that is to be told; the pathway's id where there is nothing to tell. */
static void put_who(pfh_text_buffer *out, const speaker *s)
{
    const pfh_plan *plan = s->entry->plan;
    pfh_text_buffer who = {0};

    if (s->options->tell == PFH_TELL_INITIALS) {
        put_initial(&who, plan->given);
        put_initial(&who, plan->family);
    } else if (s->options->tell == PFH_TELL_NAME) {
        pfh__ical_clean_behind(&who, " ", plan->given);
        pfh__ical_clean_behind(&who, " ", plan->family);
    }
    if (who.size == 0)
        pfh__text_puts(out, plan->pathway);
    else
        pfh__text_add(out, who.data, who.size);
    out->failed |= who.failed;
    pfh__text_free(&who);
}

static bool is_appointment(const pfh_entry *entry)
{
    return entry->kind == PFH_ENTRY_APPOINTMENT ||
           (entry->task != NULL && entry->task->kind == PFH_TASK_HOLD);
}

/* One property for all of them (RFC 5546 has one): a comma stands between, and in none of the
 * texts. */
static void add_category(pfh_ical_words *words, const char *category)
{
    if (words->categories.size > 0)
        pfh__text_putc(&words->categories, ',');
    pfh__text_puts(&words->categories, category);
}

/* ---- Units -------------------------------------------------------------------------------- */

static const char *unit_of(const pfh_entry *entry)
{
    if (entry->task != NULL)
        return entry->task->unit;
    return entry->point == NULL ? NULL : entry->point->unit;
}

/* "Level · unit · role". */
static void put_responsible(pfh_text_buffer *out, const speaker *s)
{
    const pfh_task *task = s->entry->task;

    if (task->level == 0)
        return;
    put_line(out);
    put_said(out, s, "head.who");
    pfh__text_puts(out, ": ");
    pfh__text_puts(out, say_value(s, PFH_WORDS_LEVEL, (int32_t)task->level));
    if (task->unit != NULL) {
        pfh__text_puts(out, PFH_DOT);
        pfh__text_puts(out, s->contact != NULL ? s->contact->name : task->unit);
    }
    if (task->role != 0) {
        pfh__text_puts(out, PFH_DOT);
        pfh__text_puts(out, say_value(s, PFH_WORDS_ROLE, (int32_t)task->role));
    }
}

static void put_contact_line(pfh_text_buffer *out, const speaker *s, const char *details)
{
    if (details[0] == '\0')
        return;
    put_line(out);
    put_said(out, s, "ical.contact");
    pfh__text_puts(out, ": ");
    pfh__text_puts(out, details);
}

/* ---- What is said to a unit --------------------------------------------------------------- */

static void put_point_line(pfh_text_buffer *out, const speaker *s)
{
    if (s->entry->point == NULL)
        return;
    put_line(out);
    put_said(out, s, "head.point");
    pfh__text_putc(out, ' ');
    pfh__text_number(out, s->entry->point->point);
    pfh__text_puts(out, ": ");
    pfh__text_puts(out, say_point(s));
}

static void put_task_line(pfh_text_buffer *out, const speaker *s)
{
    const pfh_task *task = s->entry->task;

    pfh__text_puts(out, say_task(s));
    if (task->optional) {
        pfh__text_puts(out, " (");
        put_said(out, s, "in.optional");
        pfh__text_putc(out, ')');
    }
    if (task->blocked != 0) {
        put_line(out);
        pfh__text_puts(out, say_value(s, PFH_WORDS_BLOCK, (int32_t)task->blocked));
    }
}

/* Whether a date is one of the diagnosis itself, as is the first day of a window that opens with
 * it. */
static bool is_of_diagnosis(const pfh_reason *reason)
{
    return reason->date == reason->anchor_date && (reason->anchor == PFH_ANCHOR_DIAGNOSIS_DATE ||
                                                   reason->anchor == PFH_ANCHOR_DIAGNOSIS_INFORMED);
}

/* The date of the diagnosis among the reasons of a task or its point; PFH_NONE where it is not. */
static pfh_date date_of_diagnosis(const pfh_task *task, const pfh_point *point)
{
    for (size_t i = 0; i < task->reason_count; i++)
        if (is_of_diagnosis(&task->reasons[i]))
            return task->reasons[i].date;
    for (size_t i = 0; point != NULL && i < point->reason_count; i++)
        if (point->reasons[i].is == PFH_DATED_OPENS && is_of_diagnosis(&point->reasons[i]))
            return point->reasons[i].date;
    return PFH_NONE;
}

/* "Time: 04.05.2026 10:00". */
static void put_hour(pfh_text_buffer *out, const speaker *s)
{
    put_line(out);
    put_said(out, s, "ical.time");
    pfh__text_puts(out, ": ");
    pfh__text_spoken_date(out, s->language, s->entry->first);
    if (s->entry->minute != PFH_NONE) {
        pfh__text_putc(out, ' ');
        pfh__ical_clock_write(out, s->entry->minute);
    }
}

/* What the due date follows from is always said; since when, not if it is since the diagnosis. */
static void put_reasons(pfh_text_buffer *out, const speaker *s)
{
    const pfh_task *task = s->entry->task;
    const pfh_date kept_back = date_of_diagnosis(task, s->entry->point);

    for (size_t i = 0; i < task->reason_count; i++) {
        if (task->reasons[i].is == PFH_DATED_FROM && task->reasons[i].date == kept_back)
            continue;
        put_line(out);
        pfh__reason_add_discreetly(out, &task->reasons[i], s->language, kept_back);
    }
}

static void put_why(pfh_text_buffer *out, const speaker *s)
{
    put_line(out);
    pfh__text_puts(out,
                   say_word(s, "why", pfh_word(PFH_WORDS_TASK, (int32_t)s->entry->task->kind)));
    if (is_appointment(s->entry))
        put_hour(out, s);
    else
        put_reasons(out, s);
}

static void put_reference(pfh_text_buffer *out, const speaker *s)
{
    put_line(out);
    put_said(out, s, "head.pathway");
    pfh__text_puts(out, ": ");
    pfh__text_puts(out, s->entry->plan->pathway);
}

static void put_point(pfh_text_buffer *out, const speaker *s, int32_t point)
{
    if (point == 0)
        return;
    pfh__text_puts(out, " (");
    put_said(out, s, "in.point");
    pfh__text_putc(out, ' ');
    pfh__text_number(out, point);
    pfh__text_putc(out, ')');
}

/* "Offer: b1f0c6e2 (point 2)": short, because a month's view cuts off what is not. */
static void put_summary(pfh_text_buffer *out, const speaker *s)
{
    const char *kind = pfh_word(PFH_WORDS_TASK, (int32_t)s->entry->task->kind);

    pfh__text_puts(out, say_word(s, "short", kind));
    pfh__text_puts(out, ": ");
    put_who(out, s);
    put_point(out, s, s->entry->point == NULL ? 0 : s->entry->point->point);
}

static void say_to_unit(pfh_ical_words *words, const speaker *s)
{
    put_summary(&words->summary, s);
    put_task_line(&words->description, s);
    put_point_line(&words->description, s);
    put_why(&words->description, s);
    put_responsible(&words->description, s);
    if (s->contact != NULL)
        put_contact_line(&words->description, s, s->contact->reach);
    put_reference(&words->description, s);
    add_category(words, say_task(s));
    if (!is_appointment(s->entry))
        add_category(words, say_value(s, PFH_WORDS_TASK_STATE, (int32_t)s->entry->task->state));
}

/* What the to-dos of a point hang below. */
static void say_point_to_unit(pfh_ical_words *words, const speaker *s)
{
    put_point_line(&words->summary, s);
    pfh__text_puts(&words->summary, ": ");
    put_who(&words->summary, s);
    put_point_line(&words->description, s);
    put_reference(&words->description, s);
    add_category(words, say(s, "head.point"));
}

/* ---- What is said to the patient ---------------------------------------------------------- */

static void put_window(pfh_text_buffer *out, const speaker *s)
{
    const pfh_point *point = s->entry->point;

    put_said(out, s, "patient.from");
    pfh__text_putc(out, ' ');
    pfh__text_spoken_date(out, s->language, point->opens);
    if (point->closes == PFH_NONE)
        return;
    pfh__text_putc(out, ' ');
    put_said(out, s, "in.to");
    pfh__text_putc(out, ' ');
    pfh__text_spoken_date(out, s->language, point->closes);
}

static void say_to_patient(pfh_ical_words *words, const speaker *s)
{
    const bool agreed = s->entry->kind == PFH_ENTRY_APPOINTMENT;
    const char *level = pfh_word(PFH_WORDS_LEVEL, (int32_t)s->entry->point->level);
    pfh_text_buffer *out = &words->description;

    pfh__text_puts(&words->summary,
                   say_word(s, agreed ? "patient.appointment" : "patient.window", level));
    if (!agreed) {
        put_window(out, s);
        pfh__text_putc(out, '\n');
        put_said(out, s,
                 s->entry->point->state == PFH_STATE_ACCEPTED ? "patient.accepted"
                                                              : "patient.offer");
        pfh__text_putc(out, '\n');
    }
    put_said(out, s, "patient.about");
    if (agreed) {
        pfh__text_putc(out, '\n');
        put_said(out, s, "patient.change");
    }
    if (s->contact != NULL)
        put_contact_line(out, s, s->contact->details);
}

/* ---- All ---------------------------------------------------------------------------------- */

/* The contact details of a unit, and who stands behind the entry. */
static void say_contacts(pfh_ical_words *words, const speaker *s)
{
    const pfh_ical_contact *organizer = s->options->organizer == NULL
                                            ? s->contact
                                            : pfh__ical_contact(s->options, s->options->organizer);

    words->contact = s->contact;
    if (organizer != NULL && organizer->email != NULL)
        words->organizer = organizer;
}

void pfh__ical_words(pfh_ical_words *words, const pfh_entry *entry, const pfh_ical_options *options)
{
    const speaker s = {entry, options, pfh__ical_language(entry->plan, options),
                       pfh__ical_contact(options, unit_of(entry))};

    *words = (pfh_ical_words){.contact = NULL};
    add_category(words, say(&s, "ical.calendar"));
    say_contacts(words, &s);
    if (is_appointment(entry) && entry->point->appointment_place != NULL)
        pfh__ical_clean(&words->location, entry->point->appointment_place);
    if (entry->kind == PFH_ENTRY_TASK)
        say_to_unit(words, &s);
    else if (entry->kind == PFH_ENTRY_POINT)
        say_point_to_unit(words, &s);
    else
        say_to_patient(words, &s);
}

void pfh__ical_title(pfh_text_buffer *out, pfh_span uid, pfh_language language,
                     const pfh_ical_options *options)
{
    pfh_span pathway, task;

    if (!pfh__ical_uid_read(&pathway, &task, uid, options))
        return;
    for (int32_t kind = 1; kind <= pfh_word_count(PFH_WORDS_TASK); kind++) {
        const char *word = pfh_word(PFH_WORDS_TASK, kind);
        const size_t size = strlen(word);
        const speaker s = {.language = language};

        if (task.size < size + 2 || task.at[1] != '.' || memcmp(task.at + 2, word, size) != 0 ||
            (task.size > size + 2 && task.at[size + 2] != '.' && task.at[size + 2] != '+'))
            continue;
        pfh__text_puts(out, say_word(&s, "short", word));
        pfh__text_puts(out, ": ");
        pfh__text_add(out, pathway.at, pathway.size);
        put_point(out, &s, task.at[0] - '0');
    }
}

bool pfh__ical_words_failed(const pfh_ical_words *words)
{
    return words->summary.failed || words->description.failed || words->location.failed ||
           words->categories.failed;
}

size_t pfh__ical_words_size(const pfh_ical_words *words)
{
    size_t size = words->summary.size + words->description.size + words->location.size;

    if (words->contact != NULL)
        size += strlen(words->contact->details);
    return words->organizer == NULL ? size : size + strlen(words->organizer->cn);
}

void pfh__ical_words_free(pfh_ical_words *words)
{
    pfh__text_free(&words->summary);
    pfh__text_free(&words->description);
    pfh__text_free(&words->location);
    pfh__text_free(&words->categories);
}
