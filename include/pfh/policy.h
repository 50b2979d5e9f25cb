/*
 * pfh/policy.h -- local practice: days, thresholds, who does what.  None of it is national policy.
 */
#ifndef PFH_POLICY_H
#define PFH_POLICY_H

#include <pfh/record.h>

PFH_BEGIN_DECLS

/** Local rules.  Wherever a policy is taken, NULL stands for one with all the defaults.
 *  @since 0.1.0 */
typedef struct pfh_policy pfh_policy;

/** Reads a `pfh-policy/1` document.
 *  @param[out] out  yours, for pfh_policy_free(); untouched on failure
 *  @param      text UTF-8, need not end in a NUL
 *  @return as pfh_pathway_parse()
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_policy_parse(pfh_policy **out, const char *text, size_t size,
                                                   pfh_error *err);

/** Makes a policy from a PFH_RECORD_POLICY, which is copied.  Errors as pfh_policy_parse().
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_policy_build(pfh_policy **out, const pfh_record *record,
                                                   pfh_error *err);

/** Writes a policy as `pfh-policy/1`, without the keys that were left out.
 *  @param[out] out yours, for pfh_string_free(); untouched on failure
 *  @return PFH_OK, PFH_E_ARG or PFH_E_NOMEM
 *  @since 0.1.0 */
PFH_API PFH_MUST_CHECK pfh_status pfh_policy_to_json(char **out, const pfh_policy *policy,
                                                     pfh_error *err);

/** The keys as they were given, to be read with pfh_record_text() and its like.  @since 0.1.0 */
PFH_API const pfh_record *pfh_policy_record(const pfh_policy *policy);

/** The number of a key such as "no_answer_days", as given or by default; PFH_NONE for another key.
 *  @since 0.1.0 */
PFH_API int32_t pfh_policy_number(const pfh_policy *policy, const char *key);

/** Frees a policy; NULL is fine.  @since 0.1.0 */
PFH_API void pfh_policy_free(pfh_policy *policy);

PFH_END_DECLS

#endif
