/*
 * rules/edition.c -- the registry of editions and the questions that can be asked of it.
 *
 * Constant tables made from the .def files: nothing is computed at start-up, nothing changes, any
 * thread may read.  A new edition is a new .def and a row in `editions`.  The tables are short, so
 * every search is linear.
 */
#include "rules/rules.h"

/* A row of the registry.  The public row comes first: a pointer to it is a pointer to this. */
typedef struct registered {
    pfh_edition row;
    const pfh_rule *rules;
    const pfh_topic *topics;
    uint32_t topic_places; /* a bit for each place in the 13 of hdir-2022 */
    const pfh_activity *activities;
    size_t activity_count;
} registered;

/* ---- From the columns of the .def files to the fields of the rows ------------------------- */

/* has, months, days */
#define NONE 0, 0, 0
#define DAYS(n) 1, 0, n
#define MONTHS(n) 1, n, 0

#define HAS(...) HAS_(__VA_ARGS__, )
#define HAS_(has, ...) has
#define RULE(number, end, ...) (HAS(__VA_ARGS__) ? NAME "/" #number "/" end : NULL)

/* maps_to, maps_to_count */
#define TO(...) (const int32_t[]){__VA_ARGS__}, PFH_COUNT(((const int32_t[]){__VA_ARGS__}))

#define WORDS_INFORMED "diagnosis.informed, else diagnosis.date"
#define WORDS_DIAGNOSIS "diagnosis.date"
#define WORDS_DECISION "first clinical_decision, else " WORDS_INFORMED
#define WORDS_TREATMENT "first treatment_started"
#define WORDS_POINT_3 "point 3"

#define POINT(number, level, anchor, opens, about, closes, source, opens_source, about_source,     \
              closes_source, maps_to)                                                              \
    {{number, PFH_LEVEL_##level, WORDS_##anchor, opens, about, closes, HAS(about), source,         \
      maps_to},                                                                                    \
     PFH_FROM_##anchor,                                                                            \
     RULE(number, "opens", opens),                                                                 \
     RULE(number, "about", about),                                                                 \
     RULE(number, "closes", closes),                                                               \
     opens_source,                                                                                 \
     about_source,                                                                                 \
     closes_source},

#define TOPIC(code, source) {#code, source},
#define TOPIC_PLACE(code, source) PLACE_##code,
#define TOPIC_BIT(code, source) | 1u << PLACE_##code

/* clang-format off */
#define NO_TASK {0}
#define TASK(kind) {PFH_TASK_##kind}
#define TASKS(first, second) {PFH_TASK_##first, PFH_TASK_##second}
/* clang-format on */
#define ACTIVITY(point, n, who, source, tasks)                                                     \
    {NAME "/" #point "/a" #n, point, "who." #who, source, tasks},

/* The places of the topics: those of the edition that has them all. */
enum topic_place {
#define PFH_TOPIC TOPIC_PLACE
#include "rules/hdir-2022.def"
    TOPIC_PLACES
};

/* ---- hdir-2022 ---------------------------------------------------------------------------- */

#define NAME "hdir-2022"

static const pfh_rule rules_2022[] = {
#define PFH_POINT POINT
#include "rules/hdir-2022.def"
};

static const pfh_topic topics_2022[] = {
#define PFH_TOPIC TOPIC
#include "rules/hdir-2022.def"
};

static const pfh_activity activities_2022[] = {
#define PFH_ACTIVITY ACTIVITY
#include "rules/hdir-2022.def"
};

#undef NAME

/* ---- hdir-2021-draft ---------------------------------------------------------------------- */

#define NAME "hdir-2021-draft"

static const pfh_rule rules_2021_draft[] = {
#define PFH_POINT POINT
#include "rules/hdir-2021-draft.def"
};

static const pfh_topic topics_2021_draft[] = {
#define PFH_TOPIC TOPIC
#include "rules/hdir-2021-draft.def"
};

static const pfh_activity activities_2021_draft[] = {
#define PFH_ACTIVITY ACTIVITY
#include "rules/hdir-2021-draft.def"
};

#undef NAME

/* ---- The registry, the newest first ------------------------------------------------------- */

#define MAPS_SOURCE "ours: from level and time; no source prints the table"

static const registered editions[] = {
    {
        .row = {.name = "hdir-2022",
                .title = "Pakkeforløp hjem for pasienter med kreft",
                .source = "Helsedirektoratet, 29.12.2021",
                .effective = 18993, /* 2022-01-01 */
                .draft = 0,
                .point_count = PFH_COUNT(rules_2022),
                .topic_count = PFH_COUNT(topics_2022),
                .maps_edition = "hdir-2021-draft",
                .maps_source = MAPS_SOURCE},
        .rules = rules_2022,
        .topics = topics_2022,
        .topic_places = 0u
#define PFH_TOPIC TOPIC_BIT
#include "rules/hdir-2022.def"
        ,
        .activities = activities_2022,
        .activity_count = PFH_COUNT(activities_2022),
    },
    {
        .row = {.name = "hdir-2021-draft",
                .title = "Pakkeforløp hjem for pasienter med kreft (høringsutkast)",
                .source = "Helsedirektoratet, 01.09.2021",
                .effective = 18871, /* 2021-09-01 */
                .draft = 1,
                .point_count = PFH_COUNT(rules_2021_draft),
                .topic_count = PFH_COUNT(topics_2021_draft),
                .maps_edition = "hdir-2022",
                .maps_source = MAPS_SOURCE},
        .rules = rules_2021_draft,
        .topics = topics_2021_draft,
        .topic_places = 0u
#define PFH_TOPIC TOPIC_BIT
#include "rules/hdir-2021-draft.def"
        ,
        .activities = activities_2021_draft,
        .activity_count = PFH_COUNT(activities_2021_draft),
    },
};

_Static_assert(PFH_COUNT(rules_2021_draft) <= PFH_MAX_POINTS, "PFH_MAX_POINTS is too small");

/* ---- Questions ---------------------------------------------------------------------------- */

static const registered *of(const pfh_edition *edition)
{
    return (const registered *)edition;
}

size_t pfh_edition_count(void)
{
    return PFH_COUNT(editions);
}

const pfh_edition *pfh_edition_at(size_t index)
{
    return index < PFH_COUNT(editions) ? &editions[index].row : NULL;
}

/* Beside the registry, so that a new row is not forgotten here; a test compares. */
const char *pfh__edition_unknown(void)
{
    return "unknown edition; this library has hdir-2022 and hdir-2021-draft";
}

const pfh_edition *pfh_edition_find(const char *name)
{
    for (size_t i = 0; name != NULL && i < PFH_COUNT(editions); i++) {
        if (strcmp(editions[i].row.name, name) == 0)
            return &editions[i].row;
    }
    return NULL;
}

const pfh_rule *pfh__rule(const pfh_edition *edition, int32_t point)
{
    if (edition == NULL || point < 1 || point > edition->point_count)
        return NULL;
    return &of(edition)->rules[point - 1];
}

const pfh_point_rule *pfh_edition_point(const pfh_edition *edition, int32_t point)
{
    const pfh_rule *rule = pfh__rule(edition, point);

    return rule == NULL ? NULL : &rule->row;
}

int32_t pfh__point_onto(const pfh_edition *to, const pfh_edition *from, int32_t point)
{
    const pfh_rule *rule = pfh__rule(from, point);

    if (rule == NULL || to == NULL)
        return 0;
    if (to == from)
        return point;
    return from->draft && !to->draft ? rule->row.maps_to[0] : 0;
}

const pfh_topic *pfh_edition_topic(const pfh_edition *edition, size_t index)
{
    if (edition == NULL || index >= (size_t)edition->topic_count)
        return NULL;
    return &of(edition)->topics[index];
}

int32_t pfh__topic_find(const char *code, size_t size)
{
    for (size_t i = 0; i < PFH_COUNT(topics_2022); i++) {
        if (strlen(topics_2022[i].code) == size && memcmp(topics_2022[i].code, code, size) == 0)
            return (int32_t)i;
    }
    return -1;
}

bool pfh__topic_in(const pfh_edition *edition, int32_t topic)
{
    if (topic < 0 || topic >= TOPIC_PLACES)
        return false;
    return (of(edition)->topic_places >> topic & 1u) != 0;
}

int32_t pfh_edition_has_topic(const pfh_edition *edition, const char *code)
{
    if (edition == NULL || code == NULL)
        return 0;
    if (strncmp(code, "x_", 2) == 0)
        return code[2] != '\0';
    return pfh__topic_in(edition, pfh__topic_find(code, strlen(code)));
}

size_t pfh_edition_activity_count(const pfh_edition *edition, int32_t point)
{
    size_t count = 0;

    while (pfh_edition_activity(edition, point, count) != NULL)
        count++;
    return count;
}

const pfh_activity *pfh_edition_activity(const pfh_edition *edition, int32_t point, size_t index)
{
    if (edition == NULL)
        return NULL;
    for (size_t i = 0; i < of(edition)->activity_count; i++) {
        const pfh_activity *activity = &of(edition)->activities[i];

        if (activity->point == point && index-- == 0)
            return activity;
    }
    return NULL;
}
