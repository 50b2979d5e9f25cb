/*
 * format/ical.h -- how a plan becomes a calendar, step by step.
 *
 *     options  what is shown, and how                                          ical_options.c
 *     entries  which entries a plan has, on which days                         ical_entry.c
 *     words    what they say to a reader                                       ical_words.c
 *     writing  an entry as a component, by libical                             ical_write.c
 *     parts    an older version of an entry, as it stands in a text           ical_part.c
 *     feed     what of it is new, changed, unchanged or over                   ical_feed.c
 *     reading  what people did with it                                         ical_read.c
 *
 * libical is included by ical_write.c and ical_read.c alone.
 */
#ifndef PFH_FORMAT_ICAL_H
#define PFH_FORMAT_ICAL_H

#include "format/scan.h"
#include "plan/plan.h"

#include <pfh/ical.h>

#define PFH_ICAL_MAX_SIZE ((size_t)64 * 1024 * 1024) /* of a calendar that is updated or judged */
#define PFH_ICAL_MAX_DEPTH 32

/* ---- Options (ical_options.c) ------------------------------------------------------------- */

typedef enum pfh_ical_form {
    PFH_FORM_EVENT = 1,
    PFH_FORM_TODO = 2,
    PFH_FORM_BOTH = 3
} pfh_ical_form;
typedef enum pfh_ical_tell { PFH_TELL_REFERENCE, PFH_TELL_INITIALS, PFH_TELL_NAME } pfh_ical_tell;

/* The contact details of a unit, checked and cleaned once for all entries. */
typedef struct pfh_ical_contact {
    const char *unit;
    const char *name;        /* or the unit, where it has none */
    const char *cn;          /* the same as a parameter */
    const char *reach;       /* phone and e-mail address in one line; "": there are none */
    const char *details;     /* the same behind the name */
    const char *email, *url; /* NULL: none */
} pfh_ical_contact;

/* A unit whose calendar a message goes to. */
typedef struct pfh_ical_guest {
    struct pfh_ical_guest *next;
    const char *unit;
} pfh_ical_guest;

struct pfh_ical_options {
    pfh_arena arena;
    struct pfh_ical_setting *settings, **last; /* what was set, in order: a copy is made of it */
    pfh_ical_contact *contacts;
    size_t contact_count;

    pfh_task_filter filter;
    int32_t horizon_days;  /* PFH_NONE: no limit */
    pfh_language language; /* 0: by the plan */
    int32_t form, tell;    /* pfh_ical_form, pfh_ical_tell */
    int32_t spread;        /* 1: an entry covers all days from `from` to the due date */
    int32_t patient;       /* 1: the feed is for the patient */
    int32_t alarm_minutes; /* PFH_NONE: no alarm */
    int32_t refresh_minutes;
    int32_t keep_days;
    const char *name; /* NULL: by language */
    const char *domain, *organizer;
    pfh_timestamp stamp; /* text NULL: by the plan's day */
    pfh_ical_guest *attendees, **last_attendee;
};

/* Fills in what is not given, on the stack: for where NULL stands for the defaults. */
void pfh__ical_options_init(pfh_ical_options *options);
/* PFH_E_NOMEM; the copy is for pfh_ical_options_free(). */
pfh_status pfh__ical_options_copy(pfh_ical_options **out, const pfh_ical_options *options,
                                  pfh_error *err);
/* The contact details of a unit; NULL where there are none. */
const pfh_ical_contact *pfh__ical_contact(const pfh_ical_options *options, const char *unit);
/* PFH_E_VALUE where a unit has no e-mail address. */
pfh_status pfh__ical_check_address(const pfh_ical_options *options, const char *unit,
                                   const char *where, pfh_error *err);
/* A duration of RFC 5545, whole minutes, positive and at most 366 days. */
bool pfh__ical_duration_read(int32_t *minutes, const char *text, size_t size);

/* ---- Entries (ical_entry.c) --------------------------------------------------------------- */

typedef enum pfh_entry_kind {
    PFH_ENTRY_TASK,        /* a task of the plan, or an appointment that is past */
    PFH_ENTRY_POINT,       /* what the to-dos of a point hang below */
    PFH_ENTRY_WINDOW,      /* for the patient: when a conversation is to be offered */
    PFH_ENTRY_APPOINTMENT, /* for the patient: the conversation */
} pfh_entry_kind;

#define PFH_UID_ROOM 512 /* the longest ids and host name, with what stands between them */

typedef struct pfh_entry {
    pfh_entry_kind kind;
    bool todo;
    const pfh_plan *plan;
    const pfh_task *task;                         /* NULL with the last three kinds */
    const pfh_point *point;                       /* NULL with a task without a point */
    pfh_date first, last;                         /* the days that it covers; PFH_NONE: not said */
    int32_t minute;                               /* of the first day; PFH_NONE: the whole day */
    int32_t minutes;                              /* PFH_NONE: not said */
    char uid[PFH_UID_ROOM], parent[PFH_UID_ROOM]; /* parent: "" for none */
} pfh_entry;

#define PFH_PRODID "-//libpfh//libpfh//EN"
#define PFH_ALARM "+alarm"                    /* what its alarm's UID has before the @ */
#define PFH_X_APPOINTMENT "X-PFH-APPOINTMENT" /* when it was when it was written; "-": it was off  \
                                               */

/* "10:00" */
void pfh__ical_clock_write(pfh_text_buffer *out, int32_t minute);
/* "2026-05-04T10:00" or "2026-05-04", as in a pathway. */
void pfh__ical_start_write(pfh_text_buffer *out, pfh_date date, int32_t minute);
/* "2026-05-04T10:00/60": a start, and minutes or `-`. */
void pfh__ical_appointment_write(pfh_text_buffer *out, pfh_date date, int32_t minute,
                                 int32_t minutes);

typedef pfh_status pfh__entry_use(void *context, const pfh_entry *entry, pfh_error *err);

/* Gives every entry of a plan to `use`, and stops at the first failure. */
pfh_status pfh__ical_entries(const pfh_plan *plan, const pfh_ical_options *options,
                             pfh__entry_use *use, void *context, pfh_error *err);
#define PFH_NAME_ROOM 32 /* of a task at a point that has no event: "2.hold" */
/* The entry of the appointment at a point, and the task that it is of; false where there is none.
 */
bool pfh__ical_appointment(pfh_entry *entry, pfh_task *task, char id[PFH_NAME_ROOM],
                           const pfh_plan *plan, const pfh_point *point,
                           const pfh_ical_options *options);
/* The UID of that entry. */
void pfh__ical_hold_uid(char uid[PFH_UID_ROOM], const pfh_plan *plan, int32_t point,
                        const pfh_ical_options *options);
/* Whether a UID is of this library and domain, and which pathway and task (as "2.hold", or
 * "2.hold+todo") it names. */
bool pfh__ical_uid_read(pfh_span *pathway, pfh_span *task, pfh_span uid,
                        const pfh_ical_options *options);
/* The point of a name of an appointment, also for the patient; 0 for another. */
int32_t pfh__ical_point_of_appointment(pfh_span task);

/* PFH_E_SYNTAX for what is longer than `max` bytes, no UTF-8 or has control characters, with the
 * byte in err->offset.  A NUL stands behind the text. */
pfh_status pfh__ical_check_text(const char *text, size_t size, size_t max, const char *where,
                                pfh_error *err);

/* ---- Words (ical_words.c) ----------------------------------------------------------------- */

/* The texts of an entry, for readers: nothing in them but letters, spaces and, in the description,
 * line feeds. */
typedef struct pfh_ical_words {
    pfh_text_buffer summary, description, location, categories;
    const pfh_ical_contact *contact;   /* of who is responsible; NULL: none */
    const pfh_ical_contact *organizer; /* who has an e-mail address; NULL: nobody */
} pfh_ical_words;

pfh_language pfh__ical_language(const pfh_plan *plan, const pfh_ical_options *options);
void pfh__ical_words(pfh_ical_words *words, const pfh_entry *entry,
                     const pfh_ical_options *options);
/* The title of a task by its UID, with the pathway's id and nothing else of the patient; nothing for
 * what is no task. */
void pfh__ical_title(pfh_text_buffer *out, pfh_span uid, pfh_language language,
                     const pfh_ical_options *options);
bool pfh__ical_words_failed(const pfh_ical_words *words);
size_t pfh__ical_words_size(const pfh_ical_words *words); /* in bytes */
void pfh__ical_words_free(pfh_ical_words *words);
#define PFH_DOT " \302\267 " /* between what stands in one line */
/* Adds a text of a document: in one line, without control characters, those that change the
 * direction of writing, and what is not UTF-8. */
void pfh__ical_clean(pfh_text_buffer *out, const char *text);
/* The same behind what stands there already; nothing where it says nothing (or is NULL). */
void pfh__ical_clean_behind(pfh_text_buffer *out, const char *separator, const char *text);
/* The same for the value of a parameter, which has no way to hold a quote. */
void pfh__ical_clean_name(pfh_text_buffer *out, const char *text);
bool pfh__ical_is_email(const char *text);
bool pfh__ical_is_url(const char *text);
bool pfh__ical_is_domain(const char *text);

/* ---- Writing (ical_write.c) --------------------------------------------------------------- */

/* What changes with every version of an entry. */
typedef struct pfh_ical_version {
    int64_t stamp; /* seconds since 1970-01-01T00:00:00Z */
    int64_t modified;
    int32_t sequence;
} pfh_ical_version;

typedef enum pfh_ical_method {
    PFH_METHOD_PUBLISH,
    PFH_METHOD_REQUEST,
    PFH_METHOD_CANCEL
} pfh_ical_method;

/* Asks for the memory that libical needs for entries with texts of a usual size: it does not
 * survive a lack of it.  Before the entries of each plan. */
pfh_status pfh__ical_ask_for_room(pfh_error *err);
/* Adds the component of an entry; `kept` is put in before its alarm as it stands (NULL: nothing).
 */
pfh_status pfh__ical_put_entry(pfh_text_buffer *out, const pfh_entry *entry,
                               const pfh_ical_options *options, pfh_ical_method method,
                               const pfh_ical_version *version, const pfh_text_buffer *kept,
                               pfh_error *err);
/* Adds the properties of the calendar itself, each in lines of its own. */
pfh_status pfh__ical_put_head(pfh_text_buffer *out, const pfh_ical_options *options,
                              pfh_language language, pfh_ical_method method, pfh_error *err);
pfh_status pfh__ical_put_timezone(pfh_text_buffer *out, pfh_error *err);
/* Adds DTSTAMP, LAST-MODIFIED, SEQUENCE and STATUS:CANCELLED. */
pfh_status pfh__ical_put_version(pfh_text_buffer *out, const pfh_ical_version *version,
                                 pfh_error *err);
/* Adds a SUMMARY: a prefix, a colon, and the old one as it stands escaped in its line. */
pfh_status pfh__ical_put_summary(pfh_text_buffer *out, const char *prefix, pfh_span old,
                                 pfh_error *err);

#endif
