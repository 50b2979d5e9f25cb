/*
 * pfh/needs.h -- the needs assessment (*behovskartlegging*) through time, and the checklist for the
 * next one.
 *
 *     pfh_needs_derive(&needs, pathway, policy, today, NULL, NULL, &err);
 *     for (size_t i = 0; i < pfh_needs_topic_count(needs); i++)
 *         ... pfh_needs_topic(needs, i) ...
 *     pfh_needs_to_text(&text, needs, PFH_AUDIENCE_MUNICIPALITY, PFH_LANGUAGE_NB, 4000, &err);
 *
 * A text holds nothing private and is made of the pathway itself, which knows more of who is
 * responsible than a copy does; whether it may be sent is for pfh_pathway_handover() to say.  JSON
 * for somebody else is that of the hand-over copy.
 */
#ifndef PFH_NEEDS_H
#define PFH_NEEDS_H

#include <pfh/plan.h>

PFH_BEGIN_DECLS

/** The needs of a pathway as of a day.  @since 0.1.0 */
typedef struct pfh_needs pfh_needs;

/** A topic, as it stands on the day.  @since 0.1.0 */
typedef struct pfh_topic_need {
    const char
        *topic; /**< its code; the text of a national one is pfh_text(language, "topic." code) */
    const char *title;  /**< of a local topic, as the policy gives it; or NULL */
    int32_t in_edition; /**< 1: a topic of the edition, or a local one */
    pfh_need need;      /**< as it was when last discussed; PFH_NEED_NOT_DISCUSSED: it never was */
    pfh_date since;     /**< the first of the assessments that agree on that; or PFH_NONE */
    pfh_date discussed; /**< when it was last discussed; or PFH_NONE */
    const char *event;  /**< the `performed` in which it was; or NULL */
    const char *note;   /**< from that; or NULL */
    pfh_level responsible_level;   /**< from that; or 0 */
    const char *responsible_unit;  /**< or NULL */
    pfh_role responsible_role;     /**< or 0 */
    pfh_date responsible_since;    /**< the first of the assessments that agree; or PFH_NONE */
    const char *followed_up_event; /**< the last `followed_up` of that `performed`; or NULL */
    pfh_date followed_up;          /**< its date; or PFH_NONE */
    int32_t no_responsible;        /**< 1: to be followed up, and nobody is responsible */
    int32_t not_followed_up;       /**< 1: to be followed up, and nobody has said that it was */
    int32_t is_private;            /**< 1: the topic is private there, or the event */
} pfh_topic_need;

/** What an assessment says of a topic, beside those before it.  Rows of it stand in a list, so that
 *  it never grows within a major version.  @since 0.1.0 */
typedef struct pfh_topic_change {
    const char *topic;
    pfh_need_change change;
} pfh_topic_change;

/** An assessment that was carried out.  @since 0.1.0 */
typedef struct pfh_needs_assessment {
    const char *event;
    pfh_date date;
    int32_t point; /**< as planned */
    pfh_level level;
    const char *instrument_id, *instrument_version; /**< or NULL */
    int32_t distress;                               /**< 0 to 10, or PFH_NONE */
    int32_t distress_change;       /**< from the score before it; PFH_NONE where there is none */
    int32_t distress_high;         /**< 1: at or above the policy's threshold */
    const char *followed_up_event; /**< the last `followed_up` that names it; or NULL */
    pfh_date followed_up;
    int32_t withheld;                /**< how much of it was left out of this copy; 0: nothing */
    int32_t has_assessment;          /**< 0: it was carried out, and nothing of it was recorded */
    const pfh_topic_change *changes; /**< in the order of the topics */
    size_t change_count;
} pfh_needs_assessment;

/** Derives the needs of a pathway; the arguments are those of pfh_plan_derive_at().
 *
 *  @param[out] out yours, for pfh_needs_free(); untouched on failure
 *  @return as pfh_plan_derive_at()
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_needs_derive(pfh_needs **out, const pfh_pathway *pathway,
                                                   const pfh_policy *policy, pfh_date as_of,
                                                   const char *known_at, const char *edition,
                                                   pfh_error *err);

/** The plan of the same day and terms.  @since 0.1.0 */
PFH_API const pfh_plan *pfh_needs_plan(const pfh_needs *needs);

/** How many topics there are: those of the edition, the policy's own, and any other that was
 *  assessed.  @since 0.1.0 */
PFH_API size_t pfh_needs_topic_count(const pfh_needs *needs);

/** The topic in place @p index: in the order of the edition, then the policy's, then any other,
 *  national ones before local ones; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_topic_need *pfh_needs_topic(const pfh_needs *needs, size_t index);

/** The topic of a code; NULL where there is none.  @since 0.1.0 */
PFH_API const pfh_topic_need *pfh_needs_find(const pfh_needs *needs, const char *topic);

/** How many assessments were carried out.  @since 0.1.0 */
PFH_API size_t pfh_needs_assessment_count(const pfh_needs *needs);

/** The assessment in place @p index, the first at 0; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_needs_assessment *pfh_needs_assessment_at(const pfh_needs *needs, size_t index);

/** Writes the needs as `pfh-needs/1`, one line without a line end: the same needs give the same
 *  bytes.  It holds notes and private topics: as confidential as the pathway.
 *  @param[out] out yours, for pfh_string_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_needs_to_json(char **out, const pfh_needs *needs,
                                                    pfh_error *err);

/** Writes the needs for people to read, as plain text that survives a dialogue message: lines that
 *  end in a line feed, no formatting, nothing private.  What does not fit is left out from the end,
 *  by whole topics, and the text says so.
 *
 *  @param[out] out            yours, for pfh_string_free(); untouched on failure
 *  @param      audience       who is to read it; a patient gets no notes and is spoken to
 *  @param      max_characters the longest that the text may be, in Unicode code points; what is
 *                             always there must fit, for which pfh_needs_text_min() is enough
 *  @return PFH_OK, PFH_E_ARG (`err->text` says how many characters are wanted) or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_needs_to_text(char **out, const pfh_needs *needs,
                                                    pfh_audience audience, pfh_language language,
                                                    int32_t max_characters, pfh_error *err);

/** How many characters are enough for what is always in a text of needs, whatever the pathway.
 *  @since 0.1.0 */
PFH_API int32_t pfh_needs_text_min(void);

/** Frees needs after wiping them; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_needs_free(pfh_needs *needs);

/* ---- Checklist ---------------------------------------------------------------------------- */

/** Writes the checklist of a point as `pfh-checklist/1`: the topics of the edition and the policy's
 *  own, to be filled in.  It holds no text of any instrument.
 *
 *  @param[out] out      yours, for pfh_string_free(); untouched on failure
 *  @param      point    1 to the edition's point_count
 *  @param      policy   for its own topics; NULL takes the defaults
 *  @param      known    what is known is filled in, but for notes and what is private; of the same
 *                       edition; NULL: a blank one
 *  @param      language of the titles
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM or PFH_E_EDITION (@p known is of another edition)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_checklist_to_json(char **out, const pfh_edition *edition,
                                                        int32_t point, const pfh_policy *policy,
                                                        const pfh_needs *known,
                                                        pfh_language language, pfh_error *err);

/** Writes the same as plain text that can be sent out beforehand.  Arguments and errors as
 *  pfh_checklist_to_json().  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_checklist_to_text(char **out, const pfh_edition *edition,
                                                        int32_t point, const pfh_policy *policy,
                                                        const pfh_needs *known,
                                                        pfh_language language, pfh_error *err);

PFH_END_DECLS

#endif
