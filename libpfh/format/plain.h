/*
 * format/plain.h -- what plain texts for people are put together from: texts of rules/texts.def
 * with their blanks filled in, names cleaned to one line, who is responsible in words.
 */
#ifndef PFH_FORMAT_PLAIN_H
#define PFH_FORMAT_PLAIN_H

#include "plan/plan.h"

/* Who speaks to whom, and into what. */
typedef struct pfh_speech {
    pfh_text_buffer *out;
    pfh_language language;
    pfh_audience audience;
} pfh_speech;

/* What stands for a placeholder of a text. */
typedef enum pfh_blank_kind {
    PFH_BLANK_END, /* of a list of them */
    PFH_BLANK_TEXT,
    PFH_BLANK_DATE,
    PFH_BLANK_NUMBER
} pfh_blank_kind;

typedef struct pfh_blank {
    pfh_blank_kind kind;
    const char *name; /* "{date}" */
    const char *text; /* put in as it stands */
    int32_t number;   /* or date */
} pfh_blank;

#define PFH_FILL_TEXT(name, text)                                                                  \
    {                                                                                              \
        PFH_BLANK_TEXT, name, text, 0                                                              \
    }
#define PFH_FILL_DATE(name, date)                                                                  \
    {                                                                                              \
        PFH_BLANK_DATE, name, NULL, date                                                           \
    }
#define PFH_FILL_NUMBER(name, number)                                                              \
    {                                                                                              \
        PFH_BLANK_NUMBER, name, NULL, number                                                       \
    }
#define PFH_FILL_END                                                                               \
    {                                                                                              \
        PFH_BLANK_END, NULL, NULL, 0                                                               \
    }

/* The text of an id; the same with its blanks filled in. */
void pfh__say(const pfh_speech *s, const char *id);
void pfh__say_filled(const pfh_speech *s, const char *id, const pfh_blank *blanks);
/* The text of `list` `.` `word`, and of a value of a vocabulary. */
const char *pfh__words_of(pfh_language language, const char *list, const char *word);
void pfh__say_value(const pfh_speech *s, pfh_vocabulary words, int32_t value);

/* How many characters (code points) a text of valid UTF-8 has. */
size_t pfh__characters(const char *text, size_t size);
/* Adds a free text as one line: runs of spaces, line ends and unseen marks become one space. */
void pfh__say_clean(const pfh_speech *s, const char *text);
/* The same behind `before`, where it has 1 to `most` characters so; says whether it did. */
bool pfh__say_bounded(const pfh_speech *s, const char *before, const char *text, size_t most);
/* The title of a topic in words: of a local one its title, or its code where it has none. */
void pfh__say_topic(const pfh_speech *s, const char *code, const char *title);

/* Who is responsible for something. */
typedef struct pfh_who {
    pfh_level level;
    pfh_role role;
    const char *unit;
    pfh_contact contact;
} pfh_who;

/* Whether that is the audience itself. */
bool pfh__who_is_audience(const pfh_who *who, pfh_audience audience);
/* "you in the municipality through the cancer coordinator, <unit>, tel. <phone>": what stands
 * after "the responsibility lies with".  Of a bounded length; nothing where nobody is. */
void pfh__say_who(const pfh_speech *s, const pfh_who *who);
/* The text of an id with that for its {who}; nothing where nobody is. */
void pfh__say_with_who(const pfh_speech *s, const char *id, const pfh_who *who);
pfh_who pfh__who_of(const pfh_need_row *row);
/* "about 3-4 months after the diagnosis". */
void pfh__say_point(const pfh_speech *s, const pfh_edition *edition, int32_t point);

#endif
