/*
 * generate.h -- what the generators of the three languages share: the enums and the shapes, described.
 *
 * Each language has a small program, <language>/classes.c, that prints its enums and value classes from these
 * tables when the binding is built.  The words come from the library's own tables, the shapes from shapes.h:
 * nothing is said twice, and nothing that is generated is committed.
 */
#ifndef PFHB_GENERATE_H
#define PFHB_GENERATE_H

#include "rows.h"

#include <stdio.h>

/* ---- Shapes, with what documents them ----------------------------------------------------- */

typedef struct pfhb_said_field {
    const char *name, *of, *doc; /* of: the C enum's or shape's name as in shapes.h */
    pfhb_kind kind;
} pfhb_said_field;

typedef struct pfhb_said_shape {
    const char *name, *doc;
    const pfhb_said_field *fields;
    size_t count;
} pfhb_said_shape;

#define PFHB_F(kind, name, member, of, doc) {#name, #of, doc, PFHB_##kind},
#define PFHB_ONE(name, type, list, doc) static const pfhb_said_field pfhb_said_##name[] = {list(PFHB_F)};
PFHB_SHAPES(PFHB_ONE)
#undef PFHB_ONE
#undef PFHB_F

static const pfhb_said_shape pfhb_said[] = {
#define PFHB_ONE(name, type, list, doc)                                                            \
    {#name, doc, pfhb_said_##name, sizeof pfhb_said_##name / sizeof pfhb_said_##name[0]},
    PFHB_SHAPES(PFHB_ONE)
#undef PFHB_ONE
};

/* ---- Enums -------------------------------------------------------------------------------- */

/* An enum of the languages.  Its members stand in order: `first`, then `step` more each time. */
typedef struct pfhb_enum {
    const char *type, *doc; /* the C enum: "pfh_task_kind" */
    int32_t vocabulary;     /* of pfh/words.h, or 0 */
    int32_t first, step, count;
} pfhb_enum;

/* What stands in no list of words. */
#define PFHB_OTHER_ENUMS(ROW)                                                                      \
    ROW("pfh_status", "The outcome of a call.", 0, -1, (int32_t)pfh_status_count())                \
    ROW("pfh_record_kind", "What a record is about.", 1, 1, 3)                                     \
    ROW("pfh_number_rule", "Which first check digit of a person number is accepted.", 0, 1, 2)

#define PFHB_ENUM_DOCS(ROW)                                                                        \
    ROW(language, "A language of texts for people.")                                               \
    ROW(level, "A level of the health service.")                                                   \
    ROW(role, "A role of those who take part.")                                                    \
    ROW(event, "A type of event.")                                                                 \
    ROW(channel, "How a conversation was offered.")                                                \
    ROW(reason, "A reason of an event, or of a plan's status.")                                    \
    ROW(recipient, "Whom a message is to.")                                                        \
    ROW(message, "How a message is sent.")                                                         \
    ROW(receipt, "What an application receipt says.")                                              \
    ROW(need, "What an assessment found of a topic.")                                              \
    ROW(diagnosis, "Whether a diagnosis is the first one.")                                        \
    ROW(intent, "What the treatment is for.")                                                      \
    ROW(shift, "How tasks move to working days.")                                                  \
    ROW(status, "Whether a pathway runs.")                                                         \
    ROW(state, "What has become of a point.")                                                      \
    ROW(timing, "Where a date lies beside a window.")                                              \
    ROW(task, "A kind of task.")                                                                   \
    ROW(task_state, "Whether a task can be done yet, or is late.")                                 \
    ROW(blocked, "What stands in the way of a task.")                                              \
    ROW(finding, "What is wrong.")                                                                 \
    ROW(severity, "How much a finding matters.")                                                   \
    ROW(dated, "A date of a plan that has a reason.")                                              \
    ROW(anchor, "What a date is counted from.")                                                    \
    ROW(waiting_for, "What a point has no window without.")                                        \
    ROW(identifier, "A kind of number that identifies a person.")                                  \
    ROW(audience, "Whom a hand-over copy is for.")                                                 \
    ROW(change, "What an assessment says of a topic, beside those before it.")                     \
    ROW(difference, "What one copy of a pathway has that another has not.")                        \
    ROW(conflict, "Why two copies contradict each other.")                                         \
    ROW(side, "Whose copy is meant.")

static const char *pfhb_enum_doc(const char *list)
{
#define PFHB_ONE(name, doc)                                                                        \
    if (strcmp(list, #name) == 0)                                                                  \
        return doc;
    PFHB_ENUM_DOCS(PFHB_ONE)
#undef PFHB_ONE
    return NULL;
}

enum { PFHB_ENUM_ROOM = 64 };

/* Fills in every enum; the number of them, 0 where one has no sentence above. */
static size_t pfhb_enums(pfhb_enum enums[PFHB_ENUM_ROOM])
{
    static const char *const types[] = {
#define PFHB_ONE(name, value, word, table, type) #type,
        PFH_VOCABULARY_TABLE(PFHB_ONE)
#undef PFHB_ONE
    };
    size_t n = 0;

    for (int32_t list = 1; list <= pfh_vocabulary_count(); list++, n++) {
        const pfhb_enum one = {types[list - 1], pfhb_enum_doc(pfh_vocabulary_name((pfh_vocabulary)list)), list, 1, 1,
                               pfh_word_count((pfh_vocabulary)list)};
        if (one.doc == NULL)
            return 0;
        enums[n] = one;
    }
#define PFHB_ONE(type, doc, first, step, count)                                                    \
    {                                                                                              \
        const pfhb_enum one = {type, doc, 0, first, step, count};                                  \
        enums[n++] = one;                                                                          \
    }
    PFHB_OTHER_ENUMS(PFHB_ONE)
#undef PFHB_ONE
    return n;
}

/* The word of a member, counted from 0, as documents have it. */
static const char *pfhb_member_word(const pfhb_enum *of, int32_t index)
{
    static const char *const kinds[] = {"pathway", "event", "policy"}, *const rules[] = {"strict", "2032"};

    if (of->vocabulary != 0)
        return pfh_word((pfh_vocabulary)of->vocabulary, index + 1);
    if (strcmp(of->type, "pfh_status") == 0)
        return pfh_status_name((pfh_status)-index);
    return strcmp(of->type, "pfh_record_kind") == 0 ? kinds[index] : rules[index];
}

/* The sentence that documents a member: what people are shown in English, or the status's own. */
static const char *pfhb_member_doc(const pfhb_enum *of, int32_t index)
{
    static const char *const kinds[] = {"The head of a pathway: all but its events.", "An event.", "A policy."};
    static const char *const rules[] = {"Numbers issued before 2032.", "Numbers issued from 2032-01-01 as well."};
    char id[128];
    const char *text;

    if (of->vocabulary != 0) {
        snprintf(id, sizeof id, "%s.%s", pfh_vocabulary_name((pfh_vocabulary)of->vocabulary), pfhb_member_word(of, index));
        text = pfh_text(PFH_LANGUAGE_EN, id);
        return text != NULL ? text : pfhb_member_word(of, index);
    }
    if (strcmp(of->type, "pfh_status") == 0)
        return pfh_status_text((pfh_status)-index);
    return strcmp(of->type, "pfh_record_kind") == 0 ? kinds[index] : rules[index];
}

/* ---- Names -------------------------------------------------------------------------------- */

enum { PFHB_NAME_ROOM = 128 };

static int pfhb_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static int pfhb_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || pfhb_is_upper(c) || (c >= '0' && c <= '9');
}

/* A name does not begin with a digit: those are the years of rules.  How much was put in front. */
static size_t pfhb_before_digit(char *out, const char *word, const char *prefix)
{
    const size_t size = *word >= '0' && *word <= '9' ? strlen(prefix) : 0;

    memcpy(out, prefix, size);
    return size;
}

/* "pfh_task_kind" or "task_kind": TaskKind with `first` 1, taskKind with 0; "2032": Rule2032. */
static const char *pfhb_camel(char out[PFHB_NAME_ROOM], const char *name, int first)
{
    size_t n = pfhb_before_digit(out, name, first ? "Rule" : "rule");
    int up = first;

    if (strncmp(name, "pfh_", 4) == 0)
        name += 4;
    for (; *name != '\0' && n < PFHB_NAME_ROOM - 1; name++) {
        if (!pfhb_is_word(*name)) {
            up = 1;
            continue;
        }
        out[n++] = up && *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name;
        up = 0;
    }
    out[n] = '\0';
    return out;
}

/* "wmfg10.missing": WMFG10_MISSING; "2032": RULE_2032. */
static const char *pfhb_upper(char out[PFHB_NAME_ROOM], const char *word)
{
    size_t n = pfhb_before_digit(out, word, "RULE_");

    for (; *word != '\0' && n < PFHB_NAME_ROOM - 1; word++)
        out[n++] = !pfhb_is_word(*word) ? '_' : *word >= 'a' && *word <= 'z' ? (char)(*word - 'a' + 'A') : *word;
    out[n] = '\0';
    return out;
}

/* Whether users see a shape: those that the hand-written classes take apart are named *Row and the like. */
static int pfhb_is_public(const char *shape)
{
    const size_t size = strlen(shape);
    return strcmp(shape, "Planned") != 0 && strcmp(shape, "PlanHead") != 0 && strcmp(shape, "Failure") != 0 &&
           !(size > 3 && strcmp(shape + size - 3, "Row") == 0);
}

#endif
