/*
 * pfh/edition.h -- the national rules as data: editions, their points, topics and activities.
 *
 * An edition is never changed after its release; a correction is a new edition.  Every row says
 * where it comes from.  Windows are recommendations: the guideline says "bør" and "ca.".
 */
#ifndef PFH_EDITION_H
#define PFH_EDITION_H

#include <pfh/date.h>
#include <pfh/words.h>

PFH_BEGIN_DECLS

/** An edition of the national rules.  @since 0.1.0 */
typedef struct pfh_edition {
    const char *name;    /**< "hdir-2022": what documents say */
    const char *title;   /**< of the source, in its own language */
    const char *source;  /**< who published it and when */
    pfh_date effective;  /**< diagnoses before this date are not included */
    int32_t draft;       /**< 1 for a consultation draft */
    int32_t point_count; /**< points are numbered 1 to this */
    int32_t topic_count;
    const char *maps_edition; /**< whose points `maps_to` of this one's points are */
    const char *maps_source;  /**< where that mapping comes from */
} pfh_edition;

/** An interaction point (*samhandlingspunkt*) of an edition.  The window is counted from an anchor:
 *  each date is there when its `has_` is 1, and is `anchor + months + days`; with `relative` 1 the
 *  first and last day are counted from the middle (`about`) instead.  @since 0.1.0 */
typedef struct pfh_point_rule {
    int32_t point;
    pfh_level level;    /**< who has the point when nobody else was assigned */
    const char *anchor; /**< in words: "diagnosis.informed, else diagnosis.date" */
    int32_t has_opens, opens_months, opens_days;
    int32_t has_about, about_months, about_days;
    int32_t has_closes, closes_months, closes_days;
    int32_t relative;
    const char *source;     /**< "G, point 2"; parts that are this library's choice say "ours" */
    const int32_t *maps_to; /**< the points of the edition's `maps_edition` that stand for this */
    size_t maps_to_count;
} pfh_point_rule;

/** A topic of the needs assessment (*behovskartlegging*).  @since 0.1.0 */
typedef struct pfh_topic {
    const char *code; /**< what documents say; its text is pfh_text(language, "topic." code) */
    const char *source;
} pfh_topic;

/** An activity or responsibility at a point, to be shown beside it.  @since 0.1.0 */
typedef struct pfh_activity {
    const char *id; /**< "hdir-2022/1/a1"; its text is pfh_text(language, "activity." id) */
    int32_t point;
    const char *who;        /**< an id of pfh_text(): "who.municipal_office" */
    const char *source;     /**< letters as in the table of sources in the README */
    pfh_task_kind tasks[4]; /**< the kinds of task that it belongs to; 0 ends the list */
} pfh_activity;

/** How many editions there are.  @since 0.1.0 */
PFH_API size_t pfh_edition_count(void);

/** The edition in place @p index, the newest first; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_edition *pfh_edition_at(size_t index);

/** The edition of a name; NULL where there is none.  @since 0.1.0 */
PFH_API const pfh_edition *pfh_edition_find(const char *name);

/** A point of an edition, 1 to `point_count`; NULL for another number.  @since 0.1.0 */
PFH_API const pfh_point_rule *pfh_edition_point(const pfh_edition *edition, int32_t point);

/** A topic of an edition in the guideline's order, 0 to `topic_count` - 1; NULL beyond.
 *  @since 0.1.0 */
PFH_API const pfh_topic *pfh_edition_topic(const pfh_edition *edition, size_t index);

/** Whether a topic's code belongs to an edition; local codes (`x_`) belong to every one.
 *  @since 0.1.0 */
PFH_API int32_t pfh_edition_has_topic(const pfh_edition *edition, const char *code);

/** How many activities stand at a point of an edition.  @since 0.1.0 */
PFH_API size_t pfh_edition_activity_count(const pfh_edition *edition, int32_t point);

/** An activity at a point of an edition, 0 to the count - 1; NULL beyond.  @since 0.1.0 */
PFH_API const pfh_activity *pfh_edition_activity(const pfh_edition *edition, int32_t point,
                                                 size_t index);

PFH_END_DECLS

#endif
