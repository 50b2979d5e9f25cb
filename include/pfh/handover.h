/*
 * pfh/handover.h -- a copy of a pathway for somebody else, with no more than is needed.
 *
 * The copy is a pathway: it is planned, written and merged back like any other.  An event that is
 * left out leaves a stub of type `withheld` with its id and date; notes and topics that are left
 * out of an event that stays are counted in its `withheld`.
 */
#ifndef PFH_HANDOVER_H
#define PFH_HANDOVER_H

#include <pfh/pathway.h>
#include <pfh/policy.h>

PFH_BEGIN_DECLS

/** Makes the copy for an audience.
 *
 *  @param[out] out      a new pathway, yours; untouched on failure
 *  @param      policy   says whether the municipality takes messages (`municipality_messages`);
 *                       NULL takes the defaults
 *  @param      override 0, or not 0: hand over to the municipality although the policy says that
 *                       there is no agreement
 *  @return PFH_OK, PFH_E_ARG, PFH_E_NOMEM, PFH_E_AGREEMENT (the municipality takes no messages),
 *          PFH_E_VALUE (more than 999 notes and topics would be left out of one event)
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_pathway_handover(pfh_pathway **out,
                                                       const pfh_pathway *pathway,
                                                       pfh_audience audience,
                                                       const pfh_policy *policy, int32_t override,
                                                       pfh_error *err);

/** Something that an audience does not get, and why.  @since 0.1.0 */
typedef struct pfh_handover_rule {
    pfh_audience audience; /**< 0: none of them gets it */
    const char *left_out;  /**< a type of event, or "private", "note", "author" */
    pfh_event_type type;   /**< of the events that are left out; 0: it is no type of event */
    pfh_recipient but_to;  /**< messages to this one stay; 0: all go */
    const char *reason;    /**< an id of pfh_text() */
} pfh_handover_rule;

/** A row of the table that pfh_pathway_handover() goes by; NULL beyond the end.  @since 0.1.0 */
PFH_API const pfh_handover_rule *pfh_handover_rule_at(size_t index);

/** How many rows there are.  @since 0.1.0 */
PFH_API size_t pfh_handover_rule_count(void);

PFH_END_DECLS

#endif
