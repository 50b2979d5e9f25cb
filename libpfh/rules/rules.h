/*
 * rules/rules.h -- the editions as the plan reads them.
 */
#ifndef PFH_RULES_RULES_H
#define PFH_RULES_RULES_H

#include "base/base.h"

#include <pfh/edition.h>
#include <pfh/text.h>

#define PFH_MAX_POINTS 5

/* What a window is counted from. */
typedef enum pfh_rule_anchor {
    PFH_FROM_INFORMED,  /* diagnosis.informed, else diagnosis.date */
    PFH_FROM_DIAGNOSIS, /* diagnosis.date */
    PFH_FROM_DECISION,  /* first clinical_decision, else as PFH_FROM_INFORMED */
    PFH_FROM_TREATMENT, /* first treatment_started */
    PFH_FROM_POINT_3    /* representative performance of point 3, and what stands for it */
} pfh_rule_anchor;

/* A point's row: the public row and what the plan needs beside it. */
typedef struct pfh_rule {
    pfh_point_rule row;
    pfh_rule_anchor anchor;
    /* Names of the rules, "hdir-2022/2/opens", and their sources. */
    const char *opens_rule, *about_rule, *closes_rule;
    const char *opens_source, *about_source, *closes_source;
} pfh_rule;

/* What is said of a name that no edition has. */
const char *pfh__edition_unknown(void);

/* The row of a point, 1 to the edition's point_count. */
const pfh_rule *pfh__rule(const pfh_edition *edition, int32_t point);

/* The point of edition `to` for a point of `from`; the same point when they are one edition, 0 when
 * it cannot be told (published to draft). */
int32_t pfh__point_onto(const pfh_edition *to, const pfh_edition *from, int32_t point);

/* The place of a national topic in the 13 of hdir-2022, -1 for others. */
int32_t pfh__topic_find(const char *code, size_t size);

/* Whether an edition has the topic in that place. */
bool pfh__topic_in(const pfh_edition *edition, int32_t topic);

#endif
