/*
 * format/ical_options.c -- the options of a calendar, from words.
 *
 * A key stands once, in the table: what it takes, where it goes, what it is by default.  A copy is
 * made by setting the same again, so it shares nothing with what it is a copy of.
 */
#include "format/ical.h"

#include <stdlib.h>

enum {
    HOUR = 60,
    DAY = 24 * HOUR,
    DURATION_MAX = 366 * DAY,
    DAYS_MAX = 3650,           /* as in a policy */
    DEFAULT_ALARM = 15 * HOUR, /* nine in the morning of the day before */
    DEFAULT_REFRESH = 12 * HOUR,
    DEFAULT_KEEP_DAYS = 30
};

#define DEFAULT_DOMAIN "pfh.invalid" /* RFC 2606: nobody's */

/* Something that was set. */
typedef struct pfh_ical_setting {
    struct pfh_ical_setting *next;
    const char *key, *value; /* value: or NULL */
} pfh_ical_setting;

typedef struct option_row option_row;
typedef pfh_status take(pfh_ical_options *options, const option_row *row, const char *value,
                        pfh_error *err);

struct option_row {
    const char *key;
    take *set;
    size_t offset;
    const char *words[4]; /* of take_word: their values are their places, plus `first` */
    int32_t fallback;
    int32_t first; /* the value of the first word */
};

/* ---- Durations ---------------------------------------------------------------------------- */

/* Digits and a unit: "15H". */
static bool read_part(int64_t *minutes, char unit, int32_t factor, const char **at, const char *end)
{
    const char *digit = *at;
    int64_t number = 0;

    while (digit < end && *digit >= '0' && *digit <= '9' && number <= DURATION_MAX)
        number = number * 10 + (*digit++ - '0');
    if (digit == *at || digit >= end || *digit != unit)
        return false;
    *minutes += number * factor;
    *at = digit + 1;
    return true;
}

/* PnW, PnD, PnDTnHnM, PTnHnM: with no gap between hours and seconds, of which there are none. */
bool pfh__ical_duration_read(int32_t *minutes, const char *text, size_t size)
{
    const char *at = text + 1, *end = text + size;
    int64_t sum = 0;
    bool any;

    if (size < 3 || text[0] != 'P')
        return false;
    any = read_part(&sum, 'W', 7 * DAY, &at, end);
    if (!any && (any = read_part(&sum, 'D', DAY, &at, end), at < end && *at == 'T')) {
        at++;
        any = read_part(&sum, 'H', HOUR, &at, end);
        any |= read_part(&sum, 'M', 1, &at, end);
    }
    if (!any || at != end || sum < 1 || sum > DURATION_MAX)
        return false;
    *minutes = (int32_t)sum;
    return true;
}

/* ---- What the keys take ------------------------------------------------------------------- */

static int32_t *number_at(pfh_ical_options *options, const option_row *row)
{
    return (int32_t *)(void *)((char *)options + row->offset);
}

static const char **text_at(pfh_ical_options *options, const option_row *row)
{
    return (const char **)(void *)((char *)options + row->offset);
}

static pfh_status refuse(const option_row *row, const char *sentence, pfh_error *err)
{
    return pfh__fail(err, PFH_E_VALUE, "value", "%s %s", row->key, sentence);
}

static pfh_status take_word(pfh_ical_options *options, const option_row *row, const char *value,
                            pfh_error *err)
{
    for (int32_t i = 0; i < (int32_t)PFH_COUNT(row->words) && row->words[i] != NULL; i++)
        if (strcmp(row->words[i], value) == 0) {
            *number_at(options, row) = row->first + i;
            return PFH_OK;
        }
    return pfh__fail(err, PFH_E_VALUE, "value", "%s must be one of: %s, %s%s%s", row->key,
                     row->words[0], row->words[1], row->words[2] == NULL ? "" : ", ",
                     row->words[2] == NULL ? "" : row->words[2]);
}

static pfh_status take_days(pfh_ical_options *options, const option_row *row, const char *value,
                            pfh_error *err)
{
    int32_t days = 0;
    const char *at = value;

    for (; *at >= '0' && *at <= '9' && days <= DAYS_MAX; at++)
        days = days * 10 + (*at - '0');
    if (at == value || *at != '\0' || days > DAYS_MAX)
        return refuse(row, "must be a number of days from 0 to 3650", err);
    *number_at(options, row) = days;
    return PFH_OK;
}

static pfh_status take_duration(pfh_ical_options *options, const option_row *row, const char *value,
                                pfh_error *err)
{
    if (pfh__ical_duration_read(number_at(options, row), value, strlen(value)))
        return PFH_OK;
    return refuse(row, "must be a duration such as PT15H, P1D or P2W, at most 366 days", err);
}

static pfh_status take_alarm(pfh_ical_options *options, const option_row *row, const char *value,
                             pfh_error *err)
{
    if (strcmp(value, "none") != 0)
        return take_duration(options, row, value, err);
    *number_at(options, row) = PFH_NONE;
    return PFH_OK;
}

static pfh_status keep(pfh_ical_options *options, const option_row *row, const char *value,
                       pfh_error *err)
{
    const char *copy = pfh__arena_text(&options->arena, value, strlen(value));

    if (copy == NULL)
        return pfh__no_memory(err);
    *text_at(options, row) = copy;
    return PFH_OK;
}

static pfh_status take_name(pfh_ical_options *options, const option_row *row, const char *value,
                            pfh_error *err)
{
    enum { NAME_MAX_BYTES = 400 };

    if (value[0] == '\0' || strlen(value) > NAME_MAX_BYTES ||
        !pfh__chars_allowed(value, strlen(value)))
        return refuse(row, "must be 1 to 400 bytes of UTF-8 without control characters", err);
    return keep(options, row, value, err);
}

static pfh_status take_domain(pfh_ical_options *options, const option_row *row, const char *value,
                              pfh_error *err)
{
    if (!pfh__ical_is_domain(value))
        return refuse(row, "must be a host name in lower case, such as epj.example", err);
    return keep(options, row, value, err);
}

static pfh_status check_unit(const option_row *row, const char *value, pfh_error *err)
{
    if (pfh__is_id(value, strlen(value)))
        return PFH_OK;
    return refuse(row, "must be a unit: 1 to 64 characters of A-Z a-z 0-9 . _ : -", err);
}

static pfh_status take_organizer(pfh_ical_options *options, const option_row *row,
                                 const char *value, pfh_error *err)
{
    pfh_status status = check_unit(row, value, err);

    return status == PFH_OK ? keep(options, row, value, err) : status;
}

static bool is_guest(const pfh_ical_options *options, const char *unit)
{
    for (const pfh_ical_guest *guest = options->attendees; guest != NULL; guest = guest->next)
        if (strcmp(guest->unit, unit) == 0)
            return true;
    return false;
}

static pfh_status take_attendee(pfh_ical_options *options, const option_row *row, const char *value,
                                pfh_error *err)
{
    pfh_status status = check_unit(row, value, err);
    pfh_ical_guest *guest;

    if (status != PFH_OK || is_guest(options, value))
        return status;
    guest = pfh__arena_alloc(&options->arena, sizeof *guest);
    if (guest == NULL ||
        (guest->unit = pfh__arena_text(&options->arena, value, strlen(value))) == NULL)
        return pfh__no_memory(err);
    guest->next = NULL;
    *options->last_attendee = guest;
    options->last_attendee = &guest->next;
    return PFH_OK;
}

static pfh_status take_stamp(pfh_ical_options *options, const option_row *row, const char *value,
                             pfh_error *err)
{
    char utc[PFH_TIMESTAMP_ROOM];
    pfh_timestamp stamp;

    if (!pfh__timestamp_read(&stamp, utc, value, strlen(value)))
        return pfh__fail(err, PFH_E_DATE, "value", "%s must be a time such as 2026-02-03T10:12:00Z",
                         row->key);
    stamp.text = row->key; /* that it is there: nobody reads the text */
    options->stamp = stamp;
    return PFH_OK;
}

static pfh_status take_filter(pfh_ical_options *options, const option_row *row, const char *value,
                              pfh_error *err)
{
    return pfh__task_filter_set(&options->filter, &options->arena, row->key, value, err);
}

/* ---- The table ---------------------------------------------------------------------------- */

#define AT(member) .offset = offsetof(pfh_ical_options, member)
#define FILTER(key)                                                                                \
    {                                                                                              \
        key, take_filter, .fallback = PFH_NONE                                                     \
    }

static const option_row rows[] = {
    FILTER("level"),
    FILTER("unit"),
    FILTER("role"),
    FILTER("kind"),
    FILTER("state"),
    FILTER("from"),
    FILTER("to"),
    {"horizon_days", take_days, AT(horizon_days), .fallback = PFH_NONE},
    {"language", take_word, AT(language), {"nb", "nn", "en"}, 0, PFH_LANGUAGE_NB},
    {"form", take_word, AT(form), {"event", "todo", "both"}, PFH_FORM_EVENT, PFH_FORM_EVENT},
    {"span", take_word, AT(spread), {"due", "from_due"}, 0, 0},
    {"alarm", take_alarm, AT(alarm_minutes), .fallback = DEFAULT_ALARM},
    {"name", take_name, AT(name)},
    {"refresh", take_duration, AT(refresh_minutes), .fallback = DEFAULT_REFRESH},
    {"stamp", take_stamp, AT(stamp)},
    {"domain", take_domain, AT(domain)},
    {"tell", take_word, AT(tell), {"reference", "initials", "name"}, 0, PFH_TELL_REFERENCE},
    {"audience", take_word, AT(patient), {"staff", "patient"}, 0, 0},
    {"keep_days", take_days, AT(keep_days), .fallback = DEFAULT_KEEP_DAYS},
    {"organizer", take_organizer, AT(organizer)},
    {"attendee", take_attendee, AT(attendees)},
};

static bool is_number(const option_row *row)
{
    return row->set == take_word || row->set == take_days || row->set == take_duration ||
           row->set == take_alarm;
}

static const option_row *find(const char *key)
{
    for (size_t i = 0; i < PFH_COUNT(rows); i++)
        if (strcmp(rows[i].key, key) == 0)
            return &rows[i];
    return NULL;
}

void pfh__ical_options_init(pfh_ical_options *options)
{
    *options = (pfh_ical_options){.domain = DEFAULT_DOMAIN};
    options->last = &options->settings;
    options->last_attendee = &options->attendees;
    pfh__task_filter_init(&options->filter);
    for (size_t i = 0; i < PFH_COUNT(rows); i++)
        if (is_number(&rows[i]))
            *number_at(options, &rows[i]) = rows[i].fallback;
}

/* Takes the default back. */
static void reset(pfh_ical_options *options, const option_row *row)
{
    if (is_number(row)) {
        *number_at(options, row) = row->fallback;
    } else if (row->set == take_stamp) {
        options->stamp = (pfh_timestamp){NULL, 0, 0};
    } else if (row->set == take_attendee) {
        options->attendees = NULL;
        options->last_attendee = &options->attendees;
    } else if (row->set == take_filter) {
        pfh__task_filter_clear(&options->filter, row->key);
    } else {
        *text_at(options, row) = row->set == take_domain ? DEFAULT_DOMAIN : NULL;
    }
}

/* ---- The calls ---------------------------------------------------------------------------- */

pfh_status pfh_ical_options_new(pfh_ical_options **out, pfh_error *err)
{
    pfh_ical_options *options;

    if (out == NULL)
        return pfh__null(err, "out");
    options = malloc(sizeof *options);
    if (options == NULL)
        return pfh__no_memory(err);
    pfh__ical_options_init(options);
    *out = options;
    return PFH_OK;
}

void pfh_ical_options_free(pfh_ical_options *options)
{
    if (options == NULL)
        return;
    pfh__arena_free(&options->arena);
    free(options);
}

static pfh_status unknown_option(pfh_error *err)
{
    pfh_text_buffer keys = {0};
    pfh_status status;

    for (size_t i = 0; i < PFH_COUNT(rows); i++) {
        pfh__text_putc(&keys, ' ');
        pfh__text_puts(&keys, rows[i].key);
    }
    status = pfh__fail(err, PFH_E_KEY, "key", "there is no such option of a calendar; there are%s",
                       keys.failed ? " others" : keys.data);
    pfh__text_free(&keys);
    return status;
}

static void remember(pfh_ical_options *options, pfh_ical_setting *setting, const char *key,
                     const char *value)
{
    setting->next = NULL;
    setting->key = key;
    setting->value = value;
    *options->last = setting;
    options->last = &setting->next;
}

pfh_status pfh_ical_options_set(pfh_ical_options *options, const char *key, const char *value,
                                pfh_error *err)
{
    const option_row *row = key == NULL ? NULL : find(key);
    pfh_ical_setting *setting;
    const char *copy = NULL;
    pfh_status status = PFH_OK;

    if (options == NULL || key == NULL)
        return pfh__null(err, options == NULL ? "options" : "key");
    if (row == NULL)
        return unknown_option(err);
    setting = pfh__arena_alloc(&options->arena, sizeof *setting);
    if (value != NULL)
        copy = pfh__arena_text(&options->arena, value, strlen(value));
    if (setting == NULL || (value != NULL && copy == NULL))
        return pfh__no_memory(err);
    if (value != NULL || (row->set == take_filter && pfh__task_filter_has_absent(row->key)))
        status = row->set(options, row, value, err);
    else
        reset(options, row);
    if (status == PFH_OK)
        remember(options, setting, row->key, copy);
    return status;
}

/* A place in the policy's table of units. */
static pfh_status refuse_contact(size_t index, const char *key, const char *sentence,
                                 pfh_error *err)
{
    const pfh_place units = {.key = "units", .key_size = strlen("units")};
    const pfh_place unit = {.up = &units, .index = index};

    return pfh__fail_key(err, PFH_E_VALUE, &unit, key, "%s", sentence);
}

static pfh_status check_contacts(const pfh_policy_keys *policy, pfh_error *err)
{
    const pfh_unit *units = policy->units.items;

    for (size_t i = 0; i < policy->units.count; i++) {
        if (units[i].email != NULL && !pfh__ical_is_email(units[i].email))
            return refuse_contact(i, "email", "must be an e-mail address such as post@epj.example",
                                  err);
        if (units[i].url != NULL && !pfh__ical_is_url(units[i].url))
            return refuse_contact(i, "url",
                                  "must be an address that begins with http:// or https://", err);
    }
    return PFH_OK;
}

/* Where nothing is left of a text, another stands for it. */
static const char *keep_cleaned(pfh_ical_options *options, const char *text, const char *instead,
                                void (*clean)(pfh_text_buffer *out, const char *text))
{
    pfh_text_buffer cleaned = {0};
    const char *kept = NULL;

    clean(&cleaned, text == NULL ? "" : text);
    if (!cleaned.failed)
        kept = cleaned.size == 0 ? instead
                                 : pfh__arena_text(&options->arena, cleaned.data, cleaned.size);
    pfh__text_free(&cleaned);
    return kept;
}

static const char *keep_optional(pfh_ical_options *options, const char *text, bool *failed)
{
    const char *kept = text == NULL ? NULL : pfh__arena_text(&options->arena, text, strlen(text));

    *failed |= text != NULL && kept == NULL;
    return kept;
}

static const char *keep_details(pfh_ical_options *options, const char *const parts[3])
{
    pfh_text_buffer details = {0};
    const char *kept = NULL;

    for (size_t i = 0; i < 3; i++)
        pfh__ical_clean_behind(&details, PFH_DOT, parts[i]);
    if (!details.failed)
        kept = pfh__arena_text(&options->arena, details.data == NULL ? "" : details.data,
                               details.size);
    pfh__text_free(&details);
    return kept;
}

static bool keep_contact(pfh_ical_contact *contact, pfh_ical_options *options, const pfh_unit *unit)
{
    const char *const reach[3] = {unit->phone, unit->email}, *const details[3] = {unit->name,
                                                                                  unit->phone,
                                                                                  unit->email};
    bool failed = false;

    contact->unit = keep_optional(options, unit->unit, &failed);
    contact->email = keep_optional(options, unit->email, &failed);
    contact->url = keep_optional(options, unit->url, &failed);
    contact->name = keep_cleaned(options, unit->name, contact->unit, pfh__ical_clean);
    contact->cn = keep_cleaned(options, unit->name, contact->unit, pfh__ical_clean_name);
    contact->reach = keep_details(options, reach);
    contact->details = keep_details(options, details);
    return !failed && contact->name != NULL && contact->cn != NULL && contact->reach != NULL &&
           contact->details != NULL;
}

static int compare_contacts(const void *a, const void *b)
{
    return strcmp(((const pfh_ical_contact *)a)->unit, ((const pfh_ical_contact *)b)->unit);
}

static pfh_status take_units(pfh_ical_options *options, const pfh_unit *units, size_t count,
                             pfh_error *err)
{
    pfh_ical_contact *contacts = pfh__arena_alloc(&options->arena, (count + 1) * sizeof *contacts);

    if (contacts == NULL)
        return pfh__no_memory(err);
    for (size_t i = 0; i < count; i++)
        if (!keep_contact(&contacts[i], options, &units[i]))
            return pfh__no_memory(err);
    if (count > 1)
        qsort(contacts, count, sizeof *contacts, compare_contacts);
    options->contacts = contacts;
    options->contact_count = count;
    return PFH_OK;
}

pfh_status pfh_ical_options_policy(pfh_ical_options *options, const pfh_policy *policy,
                                   pfh_error *err)
{
    pfh_status status;

    if (options == NULL || policy == NULL)
        return pfh__null(err, options == NULL ? "options" : "policy");
    status = check_contacts(policy->given, err);
    return status == PFH_OK
               ? take_units(options, policy->given->units.items, policy->given->units.count, err)
               : status;
}

/* A calendar of one unit does not need the contact details of a thousand. */
static bool may_need(const pfh_ical_options *options, const char *unit)
{
    return options->patient || pfh__task_filter_has_unit(&options->filter, unit) ||
           is_guest(options, unit) ||
           (options->organizer != NULL && strcmp(options->organizer, unit) == 0);
}

/* What was cleaned once stays as it is: so the copy is made of the texts. */
static pfh_status copy_contacts(pfh_ical_options *copy, const pfh_ical_options *options,
                                pfh_error *err)
{
    const size_t count = options->contact_count;
    pfh_ical_contact *to = pfh__arena_alloc(&copy->arena, (count + 1) * sizeof *to);
    bool failed = to == NULL;
    size_t kept = 0;

    for (size_t i = 0; i < count && !failed; i++) {
        const pfh_ical_contact *from = &options->contacts[i];

        if (!may_need(options, from->unit))
            continue;
        to[kept++] = (pfh_ical_contact){.unit = keep_optional(copy, from->unit, &failed),
                                        .name = keep_optional(copy, from->name, &failed),
                                        .cn = keep_optional(copy, from->cn, &failed),
                                        .reach = keep_optional(copy, from->reach, &failed),
                                        .details = keep_optional(copy, from->details, &failed),
                                        .email = keep_optional(copy, from->email, &failed),
                                        .url = keep_optional(copy, from->url, &failed)};
    }
    copy->contacts = to;
    copy->contact_count = failed ? 0 : kept;
    return failed ? pfh__no_memory(err) : PFH_OK;
}

static pfh_status set_again(pfh_ical_options *copy, const pfh_ical_options *options, pfh_error *err)
{
    pfh_status status = PFH_OK;

    for (const pfh_ical_setting *s = options->settings; s != NULL && status == PFH_OK; s = s->next)
        status = pfh_ical_options_set(copy, s->key, s->value, err);
    return status == PFH_OK ? copy_contacts(copy, options, err) : status;
}

pfh_status pfh__ical_options_copy(pfh_ical_options **out, const pfh_ical_options *options,
                                  pfh_error *err)
{
    pfh_ical_options *copy = NULL;
    pfh_status status = pfh_ical_options_new(&copy, err);

    if (status == PFH_OK && options != NULL)
        status = set_again(copy, options, err);
    if (status == PFH_OK)
        *out = copy;
    else
        pfh_ical_options_free(copy);
    return status;
}

const pfh_ical_contact *pfh__ical_contact(const pfh_ical_options *options, const char *unit)
{
    const pfh_ical_contact wanted = {.unit = unit};

    if (unit == NULL || options->contact_count == 0)
        return NULL;
    return bsearch(&wanted, options->contacts, options->contact_count, sizeof wanted,
                   compare_contacts);
}

pfh_status pfh__ical_check_address(const pfh_ical_options *options, const char *unit,
                                   const char *where, pfh_error *err)
{
    const pfh_ical_contact *contact = pfh__ical_contact(options, unit);

    if (unit == NULL)
        return pfh__fail(err, PFH_E_VALUE, where,
                         "the point has no unit: the policy of its plan assigns none");
    if (contact == NULL)
        return pfh__fail(err, PFH_E_VALUE, where,
                         "the unit is not one of the policy of pfh_ical_options_policy()");
    if (contact->email == NULL)
        return pfh__fail(
            err, PFH_E_VALUE, where,
            "the unit has no e-mail address in the policy of pfh_ical_options_policy()");
    return PFH_OK;
}
