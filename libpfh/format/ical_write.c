/*
 * format/ical_write.c -- an entry as a component, made and printed by libical.
 *
 * Every text that comes here has been cleaned or checked (ical_words.c), because libical copies
 * some values as they are.  It does not survive running out of memory either, so room is asked for
 * before it is called.  It folds lines before 75 octets, between characters, but for one case that
 * is put right here.  No time zone is loaded and no file read: the only zone is written from
 * ical_time.c.
 */
#include "format/ical.h"
#include "format/ical_time.h"

#include <libical/ical.h>
#include <pfh/text.h>
#include <stdlib.h>

enum { DAY_SECONDS = 24 * 60 * 60, DAY_MINUTES = 24 * 60 };

/* Texts for which the room that is asked for once a plan will do. */
enum { USUAL_TEXTS = 4 * 1024 };

/* libical makes several copies of a text, escaped, folded, and in a buffer that doubles. */
static pfh_status ask_for_room(size_t of_texts, pfh_error *err)
{
    enum { FOR_THE_REST = 64 * 1024, COPIES = 16 };
    void *room = malloc(FOR_THE_REST + of_texts * COPIES);

    free(room);
    return room == NULL ? pfh__no_memory(err) : PFH_OK;
}

pfh_status pfh__ical_ask_for_room(pfh_error *err)
{
    return ask_for_room(USUAL_TEXTS, err);
}

/* ---- Printing ----------------------------------------------------------------------------- */

/* libical takes the end of a line for part of what it folds: where no space, colon or semicolon is
 * left to fold at, it may fold before the CR LF or inside it.  A fold before an end is taken out.
 */
static void add_mended(pfh_text_buffer *out, const char *text)
{
    static const char fold[] = "\r\n ";
    const size_t size = sizeof fold - 1;
    const char *at;

    while ((at = strstr(text, fold)) != NULL) {
        const bool is_last = at[size] == '\n' || (at[size] == '\r' && at[size + 1] == '\n');

        pfh__text_add(out, text, (size_t)(at - text) + (is_last ? 0 : size));
        text = at + size;
    }
    pfh__text_puts(out, text);
}

static pfh_status add_printed(pfh_text_buffer *out, char *text, pfh_error *err)
{
    if (text == NULL)
        return pfh__no_memory(err);
    add_mended(out, text);
    pfh__wipe(text, strlen(text));
    icalmemory_free_buffer(text);
    return out->failed ? pfh__no_memory(err) : PFH_OK;
}

static pfh_status put_property(pfh_text_buffer *out, icalproperty *property, pfh_error *err)
{
    pfh_status status = add_printed(out, icalproperty_as_ical_string_r(property), err);

    icalproperty_free(property);
    return status;
}

/* ---- Values ------------------------------------------------------------------------------- */

static struct icaltimetype date_value(pfh_date date)
{
    struct icaltimetype value = icaltime_null_date();
    int32_t year, month, day;

    pfh_date_to_ymd(date, &year, &month, &day);
    value.year = year;
    value.month = month;
    value.day = day;
    return value;
}

static icalproperty *x_property(const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);

    icalproperty_set_x_name(property, name);
    return property;
}

static char *put_two(char *at, int32_t number)
{
    *at++ = (char)('0' + number / 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

/* A date-time by its name and its text: to print one of its own libical asks whether it is in UTC,
 * and for that it reads the list of all time zones from a file. */
static icalproperty *date_time(const char *name, pfh_date date, int32_t second, const char *suffix)
{
    char text[sizeof "yyyymmddThhmmssZ"], iso[10], *at = text;

    pfh__date_put(iso, date);
    memcpy(at, iso, 4);
    memcpy(at + 4, iso + 5, 2);
    memcpy(at + 6, iso + 8, 2);
    at += 8;
    *at++ = 'T';
    at = put_two(put_two(put_two(at, second / 3600), second / 60 % 60), second % 60);
    memcpy(at, suffix, strlen(suffix) + 1);
    return x_property(name, text);
}

static icalproperty *utc(const char *name, int64_t seconds)
{
    int64_t day =
        seconds >= 0 ? seconds / DAY_SECONDS : -((DAY_SECONDS - 1 - seconds) / DAY_SECONDS);

    return date_time(name, (pfh_date)day, (int32_t)(seconds - day * DAY_SECONDS), "Z");
}

static icalproperty *with(icalproperty *property, icalparameter *parameter)
{
    icalproperty_add_parameter(property, parameter);
    return property;
}

static icalproperty *oslo(const char *name, pfh_date date, int32_t minute)
{
    return with(date_time(name, date, minute * 60, ""), icalparameter_new_tzid(PFH_OSLO));
}

/* ---- An entry ----------------------------------------------------------------------------- */

static void add(icalcomponent *component, icalproperty *property)
{
    icalcomponent_add_property(component, property);
}

static void add_identity(icalcomponent *component, const pfh_entry *entry,
                         const pfh_ical_version *version)
{
    add(component, icalproperty_new_uid(entry->uid));
    add(component, utc("DTSTAMP", version->stamp));
    add(component, utc("LAST-MODIFIED", version->modified));
    add(component, icalproperty_new_sequence(version->sequence));
}

static bool is_hold(const pfh_entry *entry)
{
    return entry->task != NULL && entry->task->kind == PFH_TASK_HOLD;
}

/* In hours and minutes: a day would be one by the calendar, of 23 hours or of 25 (RFC 5545, 3.3.6).
 */
static icalproperty *exact_duration(int32_t minutes)
{
    struct icaldurationtype value = icaldurationtype_null_duration();

    value.hours = (unsigned int)minutes / 60;
    value.minutes = (unsigned int)minutes % 60;
    return icalproperty_new_duration(value);
}

/* How long it is: a to-do says when it is due, but where the clock shows that hour twice. */
static void add_length(icalcomponent *component, const pfh_entry *entry)
{
    const int64_t end = pfh__oslo_to_utc(entry->first, entry->minute) + entry->minutes;
    pfh_date date;
    int32_t minute;

    pfh__oslo_from_utc(&date, &minute, end);
    if (entry->todo && pfh__oslo_to_utc(date, minute) == end)
        add(component, oslo("DUE", date, minute));
    else
        add(component, exact_duration(entry->minutes));
}

/* A to-do is due later than it begins (RFC 5545, 3.8.2.3): one of no length begins a day before. */
static void add_hours(icalcomponent *component, const pfh_entry *entry)
{
    const bool is_moment = entry->todo && entry->minutes == PFH_NONE;

    add(component, oslo("DTSTART", entry->first - is_moment, entry->minute));
    if (is_moment)
        add(component, oslo("DUE", entry->first, entry->minute));
    else if (entry->minutes != PFH_NONE)
        add_length(component, entry);
}

/* The day on which a to-do begins: one of a single day on the day before. */
static pfh_date todo_start(const pfh_entry *entry)
{
    pfh_date first = entry->task != NULL ? entry->task->from : entry->first;

    return first != PFH_NONE && entry->last != PFH_NONE && first >= entry->last ? entry->last - 1
                                                                                : first;
}

/* An event ends on the day after its last. */
static void add_days(icalcomponent *component, const pfh_entry *entry)
{
    pfh_date first = entry->todo ? todo_start(entry) : entry->first;

    if (first != PFH_NONE)
        add(component, icalproperty_new_dtstart(date_value(first)));
    if (entry->todo && entry->last != PFH_NONE)
        add(component, icalproperty_new_due(date_value(entry->last)));
    else if (!entry->todo)
        add(component, icalproperty_new_dtend(date_value(entry->last + 1)));
}

/* By how soon something is to be done, in names of CSS3 (RFC 7986, 5.9). */
static const char *color_of(const pfh_entry *entry)
{
    static const char *const by_state[] = {[PFH_TASK_WAITING] = "steelblue",
                                           [PFH_TASK_ACTIVE] = "goldenrod",
                                           [PFH_TASK_LATE] = "firebrick"};

    if (entry->task == NULL || entry->task->kind == PFH_TASK_HOLD)
        return entry->kind == PFH_ENTRY_POINT ? "slategray" : "seagreen";
    return by_state[entry->task->state];
}

static void add_texts(icalcomponent *component, const pfh_ical_words *words)
{
    add(component, icalproperty_new_summary(words->summary.data));
    add(component, icalproperty_new_description(words->description.data));
    if (words->location.size > 0)
        add(component, icalproperty_new_location(words->location.data));
}

/* The same for programs of to-dos: 1 is the highest, 5 the middle, 9 the lowest. */
static int priority_of(const pfh_entry *entry)
{
    static const int by_state[] = {
        [PFH_TASK_WAITING] = 9, [PFH_TASK_ACTIVE] = 5, [PFH_TASK_LATE] = 1};

    return entry->task == NULL ? 5 : by_state[entry->task->state];
}

static void add_kind(icalcomponent *component, const pfh_entry *entry, const pfh_ical_words *words)
{
    add(component,
        icalproperty_new_status(entry->todo ? ICAL_STATUS_NEEDSACTION : ICAL_STATUS_CONFIRMED));
    if (entry->todo)
        add(component, icalproperty_new_priority(priority_of(entry)));
    else
        add(component, icalproperty_new_transp(entry->minute == PFH_NONE ? ICAL_TRANSP_TRANSPARENT
                                                                         : ICAL_TRANSP_OPAQUE));
    add(component, icalproperty_new_class(ICAL_CLASS_CONFIDENTIAL));
    add(component, icalproperty_new_categories(words->categories.data));
    add(component, icalproperty_new_color(color_of(entry)));
}

static icalproperty *address(icalproperty *(*make)(const char *), const pfh_ical_contact *contact)
{
    pfh_text_buffer mailto = {0};
    icalproperty *property = NULL;

    pfh__text_puts(&mailto, "mailto:");
    pfh__text_puts(&mailto, contact->email);
    if (!mailto.failed)
        property = with(make(mailto.data), icalparameter_new_cn(contact->cn));
    pfh__text_free(&mailto);
    return property;
}

static bool add_attendee(icalcomponent *component, const pfh_ical_contact *guest)
{
    icalproperty *property = address(icalproperty_new_attendee, guest);

    if (property == NULL)
        return false;
    with(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    with(property, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
    add(component, with(property, icalparameter_new_rsvp(ICAL_RSVP_TRUE)));
    return true;
}

/* Who is invited; that each has an address was checked by who invites. */
static bool add_attendees(icalcomponent *component, const pfh_entry *entry,
                          const pfh_ical_options *options)
{
    bool well = true;

    if (options->attendees == NULL)
        return add_attendee(component, pfh__ical_contact(options, entry->task->unit));
    for (const pfh_ical_guest *guest = options->attendees; guest != NULL; guest = guest->next)
        well &= add_attendee(component, pfh__ical_contact(options, guest->unit));
    return well;
}

static bool add_contacts(icalcomponent *component, const pfh_ical_words *words)
{
    icalproperty *organizer;

    if (words->contact != NULL && words->contact->url != NULL)
        add(component, icalproperty_new_url(words->contact->url));
    if (words->contact != NULL && words->contact->details[0] != '\0')
        add(component, icalproperty_new_contact(words->contact->details));
    if (words->organizer == NULL)
        return true;
    organizer = address(icalproperty_new_organizer, words->organizer);
    if (organizer != NULL)
        add(component, organizer);
    return organizer != NULL;
}

/* What the appointment was when it was written: from it one sees later whether somebody moved it.
 */
static bool add_appointment(icalcomponent *component, const pfh_entry *entry)
{
    pfh_text_buffer value = {0};
    bool well;

    pfh__ical_appointment_write(&value, entry->first, entry->minute, entry->minutes);
    well = !value.failed;
    if (well)
        add(component, x_property(PFH_X_APPOINTMENT, value.data));
    pfh__text_free(&value);
    return well;
}

/* ---- Its alarm ---------------------------------------------------------------------------- */

/* Before the due date or the appointment begins; an event of several days ends a day later. */
static icalproperty *trigger(const pfh_entry *entry, int32_t minutes)
{
    const bool several = !entry->todo && entry->first != entry->last;
    const bool from_end =
        several || (entry->todo && (entry->minute == PFH_NONE || entry->minutes == PFH_NONE));
    struct icaltriggertype value =
        icaltriggertype_from_int(-60 * (minutes + (several ? DAY_MINUTES : 0)));
    icalproperty *property = icalproperty_new_trigger(value);

    return from_end ? with(property, icalparameter_new_related(ICAL_RELATED_END)) : property;
}

static bool has_alarm(const pfh_entry *entry, const pfh_ical_options *options,
                      pfh_ical_method method)
{
    return options->alarm_minutes != PFH_NONE && method == PFH_METHOD_PUBLISH &&
           entry->kind != PFH_ENTRY_POINT;
}

static icalcomponent *new_alarm(const pfh_entry *entry, const pfh_ical_words *words,
                                const pfh_ical_options *options)
{
    icalcomponent *alarm = icalcomponent_new_valarm();
    char uid[PFH_UID_ROOM + sizeof PFH_ALARM];
    const char *at = strchr(entry->uid, '@');
    size_t size = (size_t)(at - entry->uid);

    memcpy(uid, entry->uid, size);
    memcpy(uid + size, PFH_ALARM, sizeof PFH_ALARM - 1);
    memcpy(uid + size + sizeof PFH_ALARM - 1, at, strlen(at) + 1);
    add(alarm, icalproperty_new_uid(uid));
    add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add(alarm, trigger(entry, options->alarm_minutes));
    add(alarm, icalproperty_new_description(words->summary.data));
    return alarm;
}

/* ---- The component ------------------------------------------------------------------------ */

static bool fill(icalcomponent *component, const pfh_entry *entry, const pfh_ical_words *words,
                 const pfh_ical_options *options, pfh_ical_method method,
                 const pfh_ical_version *version)
{
    bool well;

    add_identity(component, entry, version);
    if (entry->minute != PFH_NONE)
        add_hours(component, entry);
    else
        add_days(component, entry);
    add_texts(component, words);
    add_kind(component, entry, words);
    well = add_contacts(component, words);
    if (well && method == PFH_METHOD_REQUEST)
        well = add_attendees(component, entry, options);
    if (well && entry->parent[0] != '\0')
        add(component, icalproperty_new_relatedto(entry->parent));
    if (well && is_hold(entry))
        well = add_appointment(component, entry);
    return well;
}

/* Puts what is kept of others before the alarm and the end. */
static pfh_status print_around(pfh_text_buffer *out, icalcomponent *component, icalcomponent *alarm,
                               const pfh_text_buffer *kept, pfh_error *err)
{
    const char *end =
        icalcomponent_isa(component) == ICAL_VTODO_COMPONENT ? "END:VTODO\r\n" : "END:VEVENT\r\n";
    pfh_status status = add_printed(out, icalcomponent_as_ical_string_r(component), err);

    if (status != PFH_OK)
        return status;
    out->size -= strlen(end);
    pfh__text_add(out, kept->data, kept->size);
    if (alarm != NULL)
        status = add_printed(out, icalcomponent_as_ical_string_r(alarm), err);
    pfh__text_puts(out, end);
    return status;
}

static pfh_status print(pfh_text_buffer *out, icalcomponent *component, icalcomponent *alarm,
                        const pfh_text_buffer *kept, pfh_error *err)
{
    pfh_status status;

    if (kept != NULL && kept->size > 0) {
        status = print_around(out, component, alarm, kept, err);
        if (alarm != NULL)
            icalcomponent_free(alarm);
        return status;
    }
    if (alarm != NULL)
        icalcomponent_add_component(component, alarm);
    return add_printed(out, icalcomponent_as_ical_string_r(component), err);
}

static pfh_status put_component(pfh_text_buffer *out, const pfh_entry *entry,
                                const pfh_ical_words *words, const pfh_ical_options *options,
                                pfh_ical_method method, const pfh_ical_version *version,
                                const pfh_text_buffer *kept, pfh_error *err)
{
    const size_t size = pfh__ical_words_size(words);
    icalcomponent *component, *alarm = NULL;
    pfh_status status = size > USUAL_TEXTS ? ask_for_room(size, err) : PFH_OK;

    if (status != PFH_OK)
        return status;
    component = entry->todo ? icalcomponent_new_vtodo() : icalcomponent_new_vevent();
    if (!fill(component, entry, words, options, method, version)) {
        status = pfh__no_memory(err);
    } else {
        if (has_alarm(entry, options, method))
            alarm = new_alarm(entry, words, options);
        status = print(out, component, alarm, kept, err);
    }
    icalcomponent_free(component);
    return status;
}

pfh_status pfh__ical_put_entry(pfh_text_buffer *out, const pfh_entry *entry,
                               const pfh_ical_options *options, pfh_ical_method method,
                               const pfh_ical_version *version, const pfh_text_buffer *kept,
                               pfh_error *err)
{
    pfh_ical_words words;
    pfh_status status;

    pfh__ical_words(&words, entry, options);
    if (pfh__ical_words_failed(&words))
        status = pfh__no_memory(err);
    else
        status = put_component(out, entry, &words, options, method, version, kept, err);
    pfh__ical_words_free(&words);
    return status;
}

/* ---- The calendar ------------------------------------------------------------------------- */

/* The name without what a TEXT escapes: libical leaves it as it is in an X- property. */
static void plain_name(pfh_text_buffer *out, const char *name)
{
    pfh_text_buffer spaced = {0};

    for (; *name != '\0'; name++)
        pfh__text_putc(&spaced, *name == ',' || *name == ';' || *name == '\\' ? ' ' : *name);
    if (spaced.size > 0)
        pfh__ical_clean(out, spaced.data);
    out->failed |= spaced.failed;
    pfh__text_free(&spaced);
}

static pfh_status put_name(pfh_text_buffer *out, const pfh_ical_options *options,
                           pfh_language language, pfh_error *err)
{
    const char *id = options->patient ? "ical.calendar.patient" : "ical.calendar";
    pfh_text_buffer name = {0}, plain = {0};
    pfh_status status;

    pfh__ical_clean(&name, options->name != NULL ? options->name : pfh_text(language, id));
    if (name.size > 0)
        plain_name(&plain, name.data);
    status = name.failed || plain.failed ? pfh__no_memory(err) : PFH_OK;
    if (status == PFH_OK && name.size > 0)
        status = put_property(out, icalproperty_new_name(name.data), err);
    if (status == PFH_OK && plain.size > 0)
        status = put_property(out, x_property("X-WR-CALNAME", plain.data), err);
    pfh__text_free(&name);
    pfh__text_free(&plain);
    return status;
}

static pfh_status put_refresh(pfh_text_buffer *out, int32_t minutes, pfh_error *err)
{
    struct icaldurationtype interval = icaldurationtype_from_int(minutes * 60);
    char *text = icaldurationtype_as_ical_string_r(interval);
    pfh_status status = put_property(out, icalproperty_new_refreshinterval(interval), err);

    if (status == PFH_OK)
        status = put_property(out, x_property("X-PUBLISHED-TTL", text), err);
    icalmemory_free_buffer(text);
    return status;
}

pfh_status pfh__ical_put_head(pfh_text_buffer *out, const pfh_ical_options *options,
                              pfh_language language, pfh_ical_method method, pfh_error *err)
{
    static const icalproperty_method methods[] = {[PFH_METHOD_PUBLISH] = ICAL_METHOD_PUBLISH,
                                                  [PFH_METHOD_REQUEST] = ICAL_METHOD_REQUEST,
                                                  [PFH_METHOD_CANCEL] = ICAL_METHOD_CANCEL};
    pfh_status status = ask_for_room(0, err);

    if (status == PFH_OK)
        status = put_property(out, icalproperty_new_version("2.0"), err);
    if (status == PFH_OK)
        status = put_property(out, icalproperty_new_prodid(PFH_PRODID), err);
    /* A message of a method has components of one kind (RFC 5546, 3). */
    if (status == PFH_OK &&
        !(method == PFH_METHOD_PUBLISH && options->form == PFH_FORM_BOTH && !options->patient))
        status = put_property(out, icalproperty_new_method(methods[method]), err);
    if (status == PFH_OK && method == PFH_METHOD_PUBLISH)
        status = put_name(out, options, language, err);
    if (status == PFH_OK && method == PFH_METHOD_PUBLISH)
        status = put_refresh(out, options->refresh_minutes, err);
    return status;
}

static icalcomponent *new_observance(const pfh_clock_change *change)
{
    const bool summer = change->to > change->from;
    icalcomponent *part = summer ? icalcomponent_new_xdaylight() : icalcomponent_new_xstandard();
    struct icalrecurrencetype rule = icalrecurrencetype_from_string("FREQ=YEARLY;BYDAY=-1SU");

    rule.by_month[0] = (short)change->month;
    rule.by_month[1] = ICAL_RECURRENCE_ARRAY_MAX;
    add(part, date_time("DTSTART", pfh__last_sunday(PFH_OSLO_FIRST_YEAR, change->month),
                        (PFH_OSLO_CHANGE_UTC + change->from) * 60, ""));
    add(part, icalproperty_new_tzoffsetfrom(change->from * 60));
    add(part, icalproperty_new_tzoffsetto(change->to * 60));
    add(part, icalproperty_new_tzname(change->name));
    add(part, icalproperty_new_rrule(rule));
    return part;
}

pfh_status pfh__ical_put_timezone(pfh_text_buffer *out, pfh_error *err)
{
    pfh_status status = ask_for_room(0, err);
    icalcomponent *zone;

    if (status != PFH_OK)
        return status;
    zone = icalcomponent_new_vtimezone();
    add(zone, icalproperty_new_tzid(PFH_OSLO));
    for (size_t i = 0; i < PFH_COUNT(pfh__oslo_changes); i++)
        icalcomponent_add_component(zone, new_observance(&pfh__oslo_changes[i]));
    status = add_printed(out, icalcomponent_as_ical_string_r(zone), err);
    icalcomponent_free(zone);
    return status;
}

/* ---- What is over ------------------------------------------------------------------------- */

pfh_status pfh__ical_put_version(pfh_text_buffer *out, const pfh_ical_version *version,
                                 pfh_error *err)
{
    pfh_status status = ask_for_room(0, err);

    if (status == PFH_OK)
        status = put_property(out, utc("DTSTAMP", version->stamp), err);
    if (status == PFH_OK)
        status = put_property(out, utc("LAST-MODIFIED", version->modified), err);
    if (status == PFH_OK)
        status = put_property(out, icalproperty_new_sequence(version->sequence), err);
    return status == PFH_OK ? put_property(out, icalproperty_new_status(ICAL_STATUS_CANCELLED), err)
                            : status;
}

pfh_status pfh__ical_put_summary(pfh_text_buffer *out, const char *prefix, pfh_span old,
                                 pfh_error *err)
{
    pfh_text_buffer escaped = {0}, summary = {0};
    icalvalue *value = NULL;
    pfh_status status = ask_for_room(old.size, err);

    pfh__text_add(&escaped, old.at, old.size);
    if (status == PFH_OK && !escaped.failed)
        value = icalvalue_new_from_string(ICAL_TEXT_VALUE, escaped.data);
    if (value != NULL) {
        pfh__text_puts(&summary, prefix);
        pfh__text_puts(&summary, ": ");
        pfh__ical_clean(&summary, icalvalue_get_text(value));
        icalvalue_free(value);
    }
    if (status == PFH_OK && (value == NULL || summary.failed))
        status = pfh__no_memory(err);
    if (status == PFH_OK)
        status = put_property(out, icalproperty_new_summary(summary.data), err);
    pfh__text_free(&escaped);
    pfh__text_free(&summary);
    return status;
}
