/*
 * support.h -- what several suites need: files, JSON cut out as it stands, plans as text, and
 * random but valid documents, the same for the same seed.
 *
 * Everything ends the running test when it cannot be done.  Texts that are returned as char *
 * belong to the caller, for free().
 */
#ifndef PFH_TESTS_SUPPORT_H
#define PFH_TESTS_SUPPORT_H

#include <pfh/pfh.h>

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Files and text ----------------------------------------------------------------------- */

/* A file below the folder of the tests, with a NUL after it; @p size may be NULL. */
char *file_read(const char *name, size_t *size);

/* Whether a text holds a piece; both are shown where it is otherwise than wanted. */
void expect_piece(const char *text, const char *piece);
void expect_no_piece(const char *text, const char *piece);

/* The bytes of hexadecimal digits, with a NUL after them. */
char *hex_read(const char *hex, size_t *size);

/* Text that grows; data is NULL or ends in a NUL. */
typedef struct growing {
    char *data;
    size_t size, room;
} growing;

void growing_add(growing *text, const char *piece, size_t size);
void growing_print(growing *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- JSON --------------------------------------------------------------------------------- */

/* Reads what is known to be JSON; for cJSON_Delete(). */
cJSON *json_read(const char *text);

/* The string of a member; NULL where there is none. */
const char *json_text(const cJSON *object, const char *key);

/* Whether all that is in @p wanted is in @p got: objects by the keys of @p wanted, lists in full.
 */
bool json_covers(const cJSON *wanted, const cJSON *got);

/* Adds a line: what was wanted under @p key, and what was got; NULL is nothing. */
void growing_differs(growing *text, const char *key, const cJSON *wanted, const cJSON *got);

/* Values of a JSON text as they stand there: a pointer to the first byte, or NULL for none. */
const char *raw_first(const char *list);
const char *raw_next(const char *item);
const char *raw_member(const char *object, const char *key);
char *raw_copy(const char *value, size_t *size);

/* Calls @p use with every row of a file of the vectors: the row, and the same as it stands there.
 */
void each_vector(const char *file,
                 void (*use)(const char *file, const cJSON *row, const char *raw));

/* ---- The library -------------------------------------------------------------------------- */

pfh_date day(const char *text);
pfh_pathway *pathway_of(const char *text);
pfh_policy *policy_of(const char *text);
/* The plan of the pathway p1 with these keys and events, under a policy of these keys (each begins
 * with a comma); known_at may be NULL.  Pathway and policy are freed before it is looked at. */
pfh_plan *plan_with(const char *keys, const char *events, const char *policy_keys,
                    const char *as_of, const char *known_at);
char *pathway_text(const pfh_pathway *pathway);
char *policy_text(const pfh_policy *policy);
char *plan_text(const pfh_plan *plan, int32_t explain);

/* ---- Random documents --------------------------------------------------------------------- */

/* Xorshift: the same rolls for the same seed, on every machine. */
typedef struct dice {
    uint64_t state;
} dice;

dice dice_of(uint64_t seed);
int32_t roll(dice *d, int32_t sides); /* 0 to sides - 1 */
bool chance(dice *d, int32_t percent);

/* A pathway, a policy or NULL, and the day on which and the terms under which it is planned. */
typedef struct story {
    cJSON *pathway, *policy;
    pfh_date as_of;
    char known_at[40];   /* empty: all counts */
    const char *edition; /* NULL: the pathway's */
} story;

story story_of(dice *d);
void story_free(story *s);

/* An event of @p type, NULL: of any; with the id @p id.  Where the log has nothing that it could
 * name, it is of a type that names nothing. */
cJSON *random_event(dice *d, const cJSON *pathway, const char *type, const char *id, pfh_date date);

cJSON *random_policy(dice *d);

/* Changes the order of the members of an object or list. */
void shuffle(dice *d, cJSON *container);

/* Changes the order of the keys, here and in everything below. */
void shuffle_keys(dice *d, cJSON *tree);

/* The events of a pathway; NULL where it has none. */
cJSON *events_of(const cJSON *pathway);

/* The pathway of a story, another one in its place, and its policy, or NULL. */
pfh_pathway *pathway_of_tree(const cJSON *pathway);
pfh_policy *policy_of_story(const story *s);

/* The needs of a story with another pathway or with its own. */
pfh_needs *needs_of_story(const story *s, const cJSON *pathway);

/* The plan of a story with another pathway or with its own, explained, as text. */
char *plan_of(const story *s, const cJSON *pathway);

#endif
