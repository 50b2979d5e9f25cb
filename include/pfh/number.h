/*
 * pfh/number.h -- numbers that identify people, organisations and places in Norway.
 *
 * Sources: Skatteetaten (fødselsnummer, D-number, the change for 2032, synthetic + 80), Norsk
 * helsenett (FH-number, synthetic + 65), KITH 1001:2010 (H-number).  Nothing here derives sex, and
 * no message repeats a number.
 */
#ifndef PFH_NUMBER_H
#define PFH_NUMBER_H

#include <pfh/date.h>
#include <pfh/words.h>

PFH_BEGIN_DECLS

/** What a person number is.  @since 0.1.0 */
typedef enum pfh_number_kind {
#define PFH_ROW(name, value, word) name = value,
    PFH_NUMBER_TABLE(PFH_ROW)
#undef PFH_ROW
        PFH_NUMBER_ANY = 0, /**< to be found out */
    PFH_NUMBER_FORCE_INT32 = INT32_MAX
} pfh_number_kind;

/** Which first check digit is accepted.  @since 0.1.0 */
typedef enum pfh_number_rule {
    PFH_RULE_STRICT = 0, /**< remainder 0: every number issued before 2032 */
    PFH_RULE_2032 = 1,   /**< remainder 0 to 3: numbers issued from 2032-01-01 as well */
    PFH_RULE_FORCE_INT32 = INT32_MAX
} pfh_number_rule;

/** What else is known of a valid number, added up.  @since 0.1.0 */
typedef enum pfh_number_trait {
    PFH_TRAIT_STRICT = 1,    /**< valid by the strict rule too */
    PFH_TRAIT_SYNTHETIC = 2, /**< month + 80 or + 65: no real person */
    PFH_TRAIT_AMBIGUOUS = 4, /**< month + 40 without being declared hnr: H-number or synthetic */
    PFH_TRAIT_UNCERTAIN = 8, /**< the birth date hint may be wrong by a century (D-numbers) */
    PFH_TRAIT_FORCE_INT32 = INT32_MAX
} pfh_number_trait;

/** Classifies and checks a person number.
 *
 *  @param[out] kind        what it is; PFH_NUMBER_ANY where that is ambiguous; may be NULL
 *  @param[out] traits      pfh_number_trait values added up; may be NULL
 *  @param[out] birth_hint  a hint, never a fact: PFH_NONE where there is none, and always under
 *                          PFH_RULE_2032; may be NULL
 *  @param      number      11 or 12 digits, nothing else
 *  @param      declared    what it is said to be, which must match; PFH_NUMBER_ANY finds out
 *  @param      rule        which first check digit is accepted
 *  @return PFH_OK, PFH_E_ARG or PFH_E_VALUE (not a valid number of that kind); outputs untouched on
 *          failure, and the error's text says what is wrong without repeating the number
 *  @since 0.1.0
 */
PFH_API PFH_MUST_CHECK pfh_status pfh_number_classify(pfh_number_kind *kind, int32_t *traits,
                                                      pfh_date *birth_hint, const char *number,
                                                      pfh_number_kind declared,
                                                      pfh_number_rule rule, pfh_error *err);

/** The word of a kind ("fnr"), NULL for none.  @since 0.1.0 */
PFH_API const char *pfh_number_kind_name(pfh_number_kind kind);

/** The kind of a word, PFH_NUMBER_ANY where there is none of that name.  @since 0.1.0 */
PFH_API pfh_number_kind pfh_number_kind_find(const char *word);

/** Whether a text is a valid organisation number (*organisasjonsnummer*): nine digits, modulus 11.
 *  @since 0.1.0 */
PFH_API int32_t pfh_number_is_organisation(const char *text);

/** Whether a text has the form of a municipality number (*kommunenummer*): four digits.
 *  @since 0.1.0 */
PFH_API int32_t pfh_number_is_municipality(const char *text);

/** Whether a text has the form of an HPR number: one to nine digits.  @since 0.1.0 */
PFH_API int32_t pfh_number_is_hpr(const char *text);

/** Whether a text has the form of a HER-id: one to nine digits.  @since 0.1.0 */
PFH_API int32_t pfh_number_is_her_id(const char *text);

/** Whether a text holds a person number, so that it must not travel as an id: 11 digits in a row,
 * or 6 and 5 with one of `. _ : -` between, that are valid by either rule.  A UUID never does.
 *  @since 0.1.0 */
PFH_API int32_t pfh_number_is_inside(const char *text);

PFH_END_DECLS

#endif
