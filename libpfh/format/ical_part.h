/*
 * format/ical_part.h -- an entry of a calendar as it stands in a text: which of its lines are this
 * library's, what its version is, and whether another version says the same to a reader.
 */
#ifndef PFH_FORMAT_ICAL_PART_H
#define PFH_FORMAT_ICAL_PART_H

#include "format/ical.h"

typedef enum pfh_line_class {
    PFH_LINE_FRAME,  /* BEGIN and END of the entry */
    PFH_LINE_STAMP,  /* is another with every version, or gone with the next */
    PFH_LINE_SEEN,   /* of this library, and a reader sees it */
    PFH_LINE_HINT,   /* of this library, and a server may have dropped it */
    PFH_LINE_FOREIGN /* of others */
} pfh_line_class;

/* Goes through the lines of a component. */
typedef struct pfh_part_walk {
    pfh_scanner scanner;
    size_t depth; /* behind the line that was read last */
    bool is_todo;
    bool is_alarm;
    bool is_inside;    /* it stands in an alarm or the like, or is its frame */
    bool alarm_is_own; /* of that alarm */
} pfh_part_walk;

void pfh__part_begin(pfh_part_walk *w, pfh_span component);
/* false at the end, or when memory ran out. */
bool pfh__part_next(pfh_part_walk *w, pfh_content_line *line, pfh_line_class *class);
pfh_status pfh__part_end(pfh_part_walk *w, pfh_error *err); /* PFH_E_NOMEM */

/* What a version says of itself. */
typedef struct pfh_part_old {
    pfh_ical_version version;
    int64_t completed; /* when a to-do was */
    bool is_over;      /* cancelled or completed */
} pfh_part_old;

pfh_status pfh__part_read(pfh_part_old *old, pfh_span component, pfh_error *err);
/* Whether a reader would see no difference.  The new one is short, so this is a few passes over the
 * old one. */
pfh_status pfh__part_same(bool *same, pfh_span old, pfh_span new_one, pfh_error *err);
/* Adds what others have put into an entry, as it stands. */
pfh_status pfh__part_keep_foreign(pfh_text_buffer *kept, pfh_span component, bool todo,
                                  pfh_error *err);

bool pfh__same_name(pfh_span a, pfh_span b); /* whatever the case */
bool pfh__same_parameters(const pfh_content_line *a, const pfh_content_line *b);
bool pfh__same_line(const pfh_content_line *a, const pfh_content_line *b);

#endif
