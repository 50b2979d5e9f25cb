/*
 * model/merge.h -- how two copies of a pathway are compared and joined, step by step.
 *
 *     same     whether two objects are one, as JSON values                  same.c
 *     join     two versions of one event: what comes of them                join.c
 *     merge    the head, the events, what they name; rows, and the result   merge.c
 */
#ifndef PFH_MODEL_MERGE_H
#define PFH_MODEL_MERGE_H

#include "model/model.h"

#include <pfh/merge.h>

/* ---- same.c ------------------------------------------------------------------------------- */

/* Whether a field, or all of the vendor's keys, are the same in two objects of one schema; *key is
 * then the first vendor's key that differs.  PFH_E_NOMEM. */
pfh_status pfh__field_same(bool *same, const pfh_record *a, const pfh_record *b,
                           const pfh_field *field, pfh_error *err);
pfh_status pfh__vendor_same(bool *same, const char **key, const pfh_record *a, const pfh_record *b,
                            pfh_error *err);

/* Takes the smaller spelling of the vendor's values from another object that is the same; false:
 * out of memory. */
bool pfh__object_respell(pfh_record *object, const pfh_record *other, pfh_arena *arena);
bool pfh__field_respell(pfh_record *object, const pfh_record *other, const pfh_field *field,
                        pfh_arena *arena);
bool pfh__vendor_respell(pfh_record *object, const pfh_record *other, pfh_arena *arena);

/* ---- join.c ------------------------------------------------------------------------------- */

typedef enum pfh_take {
    PFH_TAKE_MINE,
    PFH_TAKE_THEIRS,
    PFH_TAKE_BOTH, /* joined */
    PFH_TAKE_STUB  /* neither: a `withheld` in its place */
} pfh_take;

/* What comes of two versions of one event. */
typedef struct pfh_joint {
    pfh_take take;
    bool more;             /* theirs has something of it that mine has not */
    pfh_conflict conflict; /* 0: none */
    const char *key;       /* of a conflict: the first key that differs */
} pfh_joint;

/* Compares two versions; `scratch` is only used meanwhile.  PFH_E_NOMEM. */
pfh_status pfh__events_compare(pfh_joint *joint, const pfh_event *mine, const pfh_event *theirs,
                               pfh_arena *scratch, pfh_error *err);
/* The event that two versions without a conflict make together; NULL: out of memory. */
pfh_event *pfh__events_join(const pfh_event *mine, const pfh_event *theirs, pfh_arena *arena,
                            pfh_arena *scratch);
/* A `withheld` that stands for an event; NULL: out of memory. */
pfh_event *pfh__event_stub(const pfh_event *event, pfh_arena *arena);

#endif
