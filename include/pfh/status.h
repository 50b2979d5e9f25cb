/*
 * pfh/status.h -- what a call answers when it can fail, and where the mistake is.
 */
#ifndef PFH_STATUS_H
#define PFH_STATUS_H

#include <pfh/export.h>

PFH_BEGIN_DECLS

/* One row per status: name, value, word, sentence.  Values are part of the ABI: rows are added at
 * the end, never renumbered, never reused. */
#define PFH_STATUS_TABLE(ROW)                                                                      \
    ROW(PFH_OK, 0, "ok", "success")                                                                \
    ROW(PFH_E_NOMEM, -1, "memory", "out of memory")                                                \
    ROW(PFH_E_ARG, -2, "argument", "an argument is NULL or out of range")                          \
    ROW(PFH_E_SYNTAX, -3, "syntax", "the text is not strict JSON in UTF-8")                        \
    ROW(PFH_E_KEY, -4, "key", "a key is unknown, given twice or missing")                          \
    ROW(PFH_E_TYPE, -5, "type", "a value has the wrong type")                                      \
    ROW(PFH_E_VALUE, -6, "value", "a value is not in its list or range")                           \
    ROW(PFH_E_DATE, -7, "date", "a date or time does not exist or is out of range")                \
    ROW(PFH_E_DUPLICATE, -8, "duplicate", "two rows have the same id")                             \
    ROW(PFH_E_REFERENCE, -9, "reference", "a reference names nothing of the right type")           \
    ROW(PFH_E_PRIVACY, -10, "privacy", "an id contains a person number")                           \
    ROW(PFH_E_EDITION, -11, "edition", "the edition is unknown or cannot be planned under")        \
    ROW(PFH_E_CONFLICT, -12, "conflict", "two copies contradict each other")                       \
    ROW(PFH_E_AGREEMENT, -13, "agreement", "the municipality takes no messages by the policy")

/** The outcome of a call.  @since 0.1.0 */
typedef enum pfh_status {
#define PFH_ROW(name, value, word, text) name = value,
    PFH_STATUS_TABLE(PFH_ROW)
#undef PFH_ROW
        PFH_STATUS_FORCE_INT32 = INT32_MAX /* keeps the enum 32 bits wide */
} pfh_status;

/** What went wrong and where.  Yours: on the stack or in an array, no need to clear it first.
 *
 *  A call that fails fills it in; a call that succeeds leaves it alone.  `where` is a JSON pointer
 *  into the document ("/events/3/point"), or the name of the argument of the call at fault.  It
 *  holds keys and places in lists, never a value, and no key with a person number; `text` holds
 *  nothing of the document but keys that a document may have.
 *  @since 0.1.0
 */
typedef struct pfh_error {
    pfh_status status;
    int32_t offset;     /**< byte at which the text is wrong, from 0; -1 where that says nothing */
    char where[256];    /**< never cut inside a key: a longer pointer ends at an object above */
    char text[256];     /**< one English sentence without a full stop */
    char reserved[248]; /**< room to grow; zero */
} pfh_error;

/** The word of a status as the documents and the command line use it ("date"); "unknown" for a
 *  number that is no status.  @since 0.1.0 */
PFH_API const char *pfh_status_name(pfh_status status);

/** The sentence of a status.  @since 0.1.0 */
PFH_API const char *pfh_status_text(pfh_status status);

/** How many statuses there are.  @since 0.1.0 */
PFH_API size_t pfh_status_count(void);

/** The status in place @p index of the table, PFH_OK first; PFH_E_ARG beyond the end.
 *  @since 0.1.0 */
PFH_API pfh_status pfh_status_at(size_t index);

/** sizeof(pfh_error), for callers that cannot see C.  @since 0.1.0 */
PFH_API size_t pfh_error_size(void);

/** Frees a text that a pfh_*_to_*() call gave, after wiping it; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_string_free(char *text);

/** The version of the library that runs, "MAJOR.MINOR.PATCH".  @since 0.1.0 */
PFH_API const char *pfh_version(void);

/** The version as MAJOR * 1000000 + MINOR * 1000 + PATCH.  @since 0.1.0 */
PFH_API int32_t pfh_version_number(void);

PFH_END_DECLS

#endif
