/*
 * model/schema.c -- the keys of `pfh-pathway/1` and `pfh-policy/1` as rows, in the order in which
 * they are written, and what goes together in each object.  The formats: doc/formats.md.
 *
 * A new key is a row here and a member of its struct; a new event type is a row in pfh/words.h and
 * its bit in the rows of the keys that it carries.
 */
#include "model/model.h"

/* ---- Shorthand for rows ------------------------------------------------------------------- */

#define AT(type, member) .offset = offsetof(type, member)
#define TEXT(type, member) .kind = PFH_FIELD_TEXT, AT(type, member)
#define ID(type, member) .kind = PFH_FIELD_ID, AT(type, member)
#define WORD(type, member, list) .kind = PFH_FIELD_WORD, AT(type, member), .words = (list)
#define NUMBER(type, member, low, high)                                                            \
    .kind = PFH_FIELD_NUMBER, AT(type, member), .min = (low), .max = (high)
#define DIGITS(type, member, low, high)                                                            \
    .kind = PFH_FIELD_DIGITS, AT(type, member), .min = (low), .max = (high)
#define FLAG(type, member) .kind = PFH_FIELD_FLAG, AT(type, member)
#define DATE(type, member) .kind = PFH_FIELD_DATE, AT(type, member)
#define OBJECT(type, member, schema) .kind = PFH_FIELD_OBJECT, AT(type, member), .child = &(schema)
#define LIST(type, member, schema) .kind = PFH_FIELD_LIST, AT(type, member), .child = &(schema)
#define REQUIRED .required = true

#define SCHEMA(type, rows, checks)                                                                 \
    {                                                                                              \
        .size = sizeof(type), .fields = (rows), .field_count = PFH_COUNT(rows), .check = (checks)  \
    }

/* ---- The head of a pathway ---------------------------------------------------------------- */

static pfh_status check_identifier(const pfh_record *object, const pfh_place *place, pfh_error *err)
{
    const pfh_identifier *identifier = (const pfh_identifier *)object;
    pfh_error detail;
    pfh_status status =
        pfh_number_classify(NULL, NULL, NULL, identifier->value, (pfh_number_kind)identifier->type,
                            PFH_RULE_STRICT, &detail);

    return status == PFH_OK ? PFH_OK
                            : pfh__fail_key(err, PFH_E_VALUE, place, "value", "%s", detail.text);
}

static const pfh_field identifier_fields[] = {
    {"type", REQUIRED, WORD(pfh_identifier, type, PFH_WORDS_NUMBER)},
    {"value", REQUIRED, TEXT(pfh_identifier, value)},
    {"assigner", TEXT(pfh_identifier, assigner)},
};
static const pfh_schema identifier_schema =
    SCHEMA(pfh_identifier, identifier_fields, check_identifier);

static const pfh_field name_fields[] = {
    {"given", TEXT(pfh_name, given)},
    {"family", TEXT(pfh_name, family)},
};
static const pfh_schema name_schema = SCHEMA(pfh_name, name_fields, NULL);

static const pfh_field patient_fields[] = {
    {"id", TEXT(pfh_patient, id)},
    {"identifiers", LIST(pfh_patient, identifiers, identifier_schema)},
    {"name", OBJECT(pfh_patient, name, name_schema)},
    {"birth_date", DATE(pfh_patient, birth_date)},
    {"municipality", DIGITS(pfh_patient, municipality, 4, 4)},
    {"district", DIGITS(pfh_patient, district, 6, 6)},
    {"language", WORD(pfh_patient, language, PFH_WORDS_LANGUAGE)},
    {"has_municipal_services", FLAG(pfh_patient, has_municipal_services)},
};
const pfh_schema pfh__patient_schema = SCHEMA(pfh_patient, patient_fields, NULL);

/* C00 to C97: what counts as cancer without being said to. */
static bool is_cancer_code(const char *code)
{
    return code != NULL && code[0] == 'C' && (code[1] < '9' || code[2] <= '7'); /* C9: up to C97 */
}

static pfh_status check_diagnosis(const pfh_record *object, const pfh_place *place, pfh_error *err)
{
    const pfh_diagnosis *diagnosis = (const pfh_diagnosis *)object;

    if (diagnosis->code == NULL && diagnosis->cancer != 1)
        return pfh__fail_key(err, PFH_E_KEY, place, "code",
                             "the diagnosis needs a code, unless cancer is true");
    if (diagnosis->cancer == 0 && is_cancer_code(diagnosis->code))
        return pfh__fail_key(err, PFH_E_VALUE, place, "cancer",
                             "cancer cannot be false with a code of C00 to C97");
    if (diagnosis->informed != PFH_NONE && diagnosis->informed < diagnosis->date)
        return pfh__fail_key(err, PFH_E_DATE, place, "informed",
                             "the patient cannot be informed before the date of the diagnosis");
    return PFH_OK;
}

bool pfh__diagnosis_is_cancer(const pfh_diagnosis *diagnosis)
{
    return diagnosis->cancer == 1 || is_cancer_code(diagnosis->code);
}

static const pfh_field diagnosis_fields[] = {
    {"code", .kind = PFH_FIELD_ICD10, AT(pfh_diagnosis, code)},
    {"date", REQUIRED, DATE(pfh_diagnosis, date)},
    {"informed", DATE(pfh_diagnosis, informed)},
    {"kind", WORD(pfh_diagnosis, kind, PFH_WORDS_DIAGNOSIS)},
    {"intent", WORD(pfh_diagnosis, intent, PFH_WORDS_INTENT)},
    {"in_cancer_pathway", FLAG(pfh_diagnosis, in_cancer_pathway)},
    {"cancer", FLAG(pfh_diagnosis, cancer)},
};
static const pfh_schema diagnosis_schema = SCHEMA(pfh_diagnosis, diagnosis_fields, check_diagnosis);

static pfh_status check_head(const pfh_record *object, const pfh_place *place, pfh_error *err)
{
    const pfh_head *head = (const pfh_head *)object;

    if (head->previous != NULL && strcmp(head->previous, head->id) == 0)
        return pfh__fail_key(err, PFH_E_VALUE, place, "previous",
                             "a pathway cannot be its own previous one");
    return PFH_OK;
}

static const pfh_field head_fields[] = {
    {"id", REQUIRED, ID(pfh_head, id)},
    {"edition", REQUIRED, .kind = PFH_FIELD_EDITION, AT(pfh_head, edition)},
    {"patient", OBJECT(pfh_head, patient, pfh__patient_schema)},
    {"diagnosis", REQUIRED, OBJECT(pfh_head, diagnosis, diagnosis_schema)},
    {"previous", ID(pfh_head, previous)},
};
const pfh_schema pfh__head_schema = SCHEMA(pfh_head, head_fields, check_head);

/* ---- Events ------------------------------------------------------------------------------- */

static const pfh_field author_fields[] = {
    {"role", WORD(pfh_person, role, PFH_WORDS_ROLE)},
    {"hpr", DIGITS(pfh_person, hpr, 1, 9)},
    {"unit", ID(pfh_person, unit)},
    {"name", TEXT(pfh_person, name)},
};
static const pfh_schema author_schema = SCHEMA(pfh_person, author_fields, NULL);

static const pfh_field performer_fields[] = {
    {"role", WORD(pfh_person, role, PFH_WORDS_ROLE)},
    {"unit", ID(pfh_person, unit)},
    {"name", TEXT(pfh_person, name)},
};
static const pfh_schema performer_schema = SCHEMA(pfh_person, performer_fields, NULL);

static pfh_status check_responsible(const pfh_record *object, const pfh_place *place,
                                    pfh_error *err)
{
    const pfh_responsible *who = (const pfh_responsible *)object;

    if (who->level != 0 || who->unit != NULL || who->role != 0)
        return PFH_OK;
    return pfh__fail_at(err, PFH_E_VALUE, place,
                        "who is responsible needs a level, a unit or a role");
}

static const pfh_field responsible_fields[] = {
    {"level", WORD(pfh_responsible, level, PFH_WORDS_LEVEL)},
    {"unit", ID(pfh_responsible, unit)},
    {"role", WORD(pfh_responsible, role, PFH_WORDS_ROLE)},
};
static const pfh_schema responsible_schema =
    SCHEMA(pfh_responsible, responsible_fields, check_responsible);

static const pfh_field assessed_fields[] = {
    {"topic", REQUIRED, .kind = PFH_FIELD_TOPIC, AT(pfh_assessed, topic)},
    {"need", REQUIRED, WORD(pfh_assessed, need, PFH_WORDS_NEED)},
    {"note", TEXT(pfh_assessed, note)},
    {"responsible", OBJECT(pfh_assessed, responsible, responsible_schema)},
    {"private", FLAG(pfh_assessed, is_private)},
};
const pfh_schema pfh__assessed_schema = SCHEMA(pfh_assessed, assessed_fields, NULL);

static const pfh_field instrument_fields[] = {
    {"id", TEXT(pfh_instrument, id)},
    {"version", TEXT(pfh_instrument, version)},
};
static const pfh_schema instrument_schema = SCHEMA(pfh_instrument, instrument_fields, NULL);

static pfh_status check_topics(const pfh_record *object, const pfh_place *place, pfh_error *err)
{
    const pfh_list *topics = &((const pfh_assessment *)object)->topics;
    pfh_place list = {.up = place, .key = "topics", .key_size = strlen("topics")};

    return pfh__list_unique(topics, &pfh__assessed_schema, "topic", PFH_E_VALUE, &list, err);
}

static const pfh_field assessment_fields[] = {
    {"instrument", OBJECT(pfh_assessment, instrument, instrument_schema)},
    {"distress", NUMBER(pfh_assessment, distress, 0, 10)},
    {"topics", LIST(pfh_assessment, topics, pfh__assessed_schema)},
};
const pfh_schema pfh__assessment_schema = SCHEMA(pfh_assessment, assessment_fields, check_topics);

#define T(type) (1u << PFH_EVENT_##type)
#define EVERY_TYPE (0xffffffffu & ~1u)
#define NOT_WITHHELD (EVERY_TYPE & ~T(WITHHELD))
#define AT_A_POINT                                                                                 \
    (T(OFFERED) | T(ACCEPTED) | T(DECLINED) | T(DEFERRED) | T(SCHEDULED) | T(CANCELLED) |          \
     T(FORM_SENT) | T(PERFORMED) | T(CODED) | T(ASSIGNED))
#define NAMES_ANOTHER (T(RECEIPT) | T(FOLLOWED_UP) | T(CORRECTED))
#define MAY(types) .may = (types)
#define MUST(types) .may = (types), .must = (types)

static const pfh_field event_fields[] = {
    {"id", REQUIRED, MUST(EVERY_TYPE), ID(pfh_event, id)},
    {"type", REQUIRED, MUST(EVERY_TYPE), WORD(pfh_event, type, PFH_WORDS_EVENT)},
    {"date", REQUIRED, MUST(EVERY_TYPE), DATE(pfh_event, date)},
    {"recorded", MAY(NOT_WITHHELD), .kind = PFH_FIELD_TIMESTAMP, AT(pfh_event, recorded)},
    {"author", MAY(NOT_WITHHELD), OBJECT(pfh_event, author, author_schema)},
    {"note", MAY(NOT_WITHHELD), TEXT(pfh_event, note)},
    {"private", MAY(NOT_WITHHELD), FLAG(pfh_event, is_private)},
    {"to", MUST(T(MESSAGE)), WORD(pfh_event, to, PFH_WORDS_RECIPIENT)},
    {"kind", MUST(T(MESSAGE)), WORD(pfh_event, kind, PFH_WORDS_MESSAGE)},
    {"of", MUST(NAMES_ANOTHER), ID(pfh_event, of)},
    {"point", .must = AT_A_POINT, MAY(AT_A_POINT | T(MESSAGE) | T(EXCLUDED)),
     NUMBER(pfh_event, point, 1, PFH_MAX_POINTS)},
    {"channel", MAY(T(OFFERED)), WORD(pfh_event, channel, PFH_WORDS_CHANNEL)},
    {"until", MUST(T(DEFERRED)), DATE(pfh_event, until)},
    {"reason", .must = T(EXCLUDED) | T(ENDED),
     MAY(T(DECLINED) | T(DEFERRED) | T(CANCELLED) | T(EXCLUDED) | T(ENDED)),
     WORD(pfh_event, reason, PFH_WORDS_REASON)},
    {"start", MUST(T(SCHEDULED)), .kind = PFH_FIELD_START, AT(pfh_event, start)},
    {"minutes", MAY(T(SCHEDULED)), NUMBER(pfh_event, minutes, 1, 1440)},
    {"place", MAY(T(SCHEDULED)), TEXT(pfh_event, place)},
    {"level", .must = T(ASSIGNED), MAY(T(PERFORMED) | T(ASSIGNED)),
     WORD(pfh_event, level, PFH_WORDS_LEVEL)},
    {"performer", MAY(T(SCHEDULED) | T(PERFORMED)), OBJECT(pfh_event, performer, performer_schema)},
    {"assessment", MAY(T(PERFORMED)), OBJECT(pfh_event, assessment, pfh__assessment_schema)},
    {"code", MUST(T(CODED)), .kind = PFH_FIELD_CODE, AT(pfh_event, code)},
    {"ref", MAY(T(MESSAGE)), TEXT(pfh_event, ref)},
    {"status", MUST(T(RECEIPT)), WORD(pfh_event, status, PFH_WORDS_RECEIPT)},
    {"error", MAY(T(RECEIPT)), TEXT(pfh_event, error)},
    {"unit", MAY(T(ASSIGNED)), ID(pfh_event, unit)},
    {"role", MAY(T(ASSIGNED)), WORD(pfh_event, role, PFH_WORDS_ROLE)},
    {"municipality", MUST(T(MOVED)), DIGITS(pfh_event, municipality, 4, 4)},
    {"district", MAY(T(MOVED)), DIGITS(pfh_event, district, 6, 6)},
    {"withheld", MAY(NOT_WITHHELD), NUMBER(pfh_event, withheld, 1, 999)},
};

#define R(reason) (1u << PFH_REASON_##reason)

/* The reasons that each type of event takes. */
static uint32_t reasons_of(int32_t type)
{
    static const uint32_t reasons[32] = {
        [PFH_EVENT_DECLINED] =
            R(NO_NEED) | R(NOT_NOW) | R(TOO_MUCH_INFORMATION) | R(TOO_ILL) | R(OTHER),
        [PFH_EVENT_DEFERRED] = R(TOO_ILL) | R(TREATMENT) | R(OTHER),
        [PFH_EVENT_CANCELLED] = R(PATIENT) | R(PROVIDER) | R(NO_SHOW) | R(OTHER),
        [PFH_EVENT_EXCLUDED] = R(NO_NEED) | R(SHORT_TREATMENT) | R(TOO_ILL) | R(OTHER),
        [PFH_EVENT_ENDED] = R(DEAD) | R(WITHDRAWN) | R(EMIGRATED) | R(OTHER),
    };
    return reasons[type];
}

static pfh_status check_reason(const pfh_event *event, const pfh_place *place, pfh_error *err)
{
    uint32_t reasons = reasons_of(event->type);
    char words[PFH_WORDS_ROOM];

    if (event->reason == 0 || (reasons & 1u << event->reason) != 0)
        return PFH_OK;
    pfh__list_words(words, PFH_WORDS_REASON, reasons);
    return pfh__fail_key(err, PFH_E_VALUE, place, "reason", "a reason for %s is one of: %s",
                         pfh_word(PFH_WORDS_EVENT, event->type), words);
}

static pfh_status unfit_key(const pfh_event *event, const pfh_field *field, const pfh_place *place,
                            pfh_error *err, const char *sentence)
{
    return pfh__fail_key(err, PFH_E_KEY, place, field->key, "an event of type %s %s the key %s",
                         pfh_word(PFH_WORDS_EVENT, event->type), sentence, field->key);
}

static pfh_status admit_key(const pfh_record *object, const pfh_field *field,
                            const pfh_place *place, pfh_error *err)
{
    const pfh_event *event = (const pfh_event *)object;

    if (event->type == 0 || (field->may & 1u << event->type) != 0)
        return PFH_OK;
    return unfit_key(event, field, place, err, "does not have");
}

static pfh_status check_event(const pfh_record *object, const pfh_place *place, pfh_error *err)
{
    const pfh_event *event = (const pfh_event *)object;
    pfh_status status = PFH_OK;

    if (event->type == 0)
        return pfh__fail_key(err, PFH_E_KEY, place, "type", "an event needs the key type");
    for (size_t i = 0; i < PFH_COUNT(event_fields) && status == PFH_OK; i++) {
        const pfh_field *field = &event_fields[i];

        if (pfh__field_present(object, field))
            status = admit_key(object, field, place, err);
        else if ((field->must & 1u << event->type) != 0)
            status = unfit_key(event, field, place, err, "needs");
    }
    return status == PFH_OK ? check_reason(event, place, err) : status;
}

const pfh_schema pfh__event_schema = {
    .size = sizeof(pfh_event),
    .fields = event_fields,
    .field_count = PFH_COUNT(event_fields),
    .first = &event_fields[1],
    .admit = admit_key,
    .check = check_event,
};

/* ---- A policy ----------------------------------------------------------------------------- */

#define DAYS(member, days) NUMBER(pfh_policy_keys, member, 0, 3650), .fallback = (days)

static const pfh_field local_topic_fields[] = {
    {"code", REQUIRED, .kind = PFH_FIELD_LOCAL, AT(pfh_local_topic, code)},
    {"title", REQUIRED, TEXT(pfh_local_topic, title)},
};
static const pfh_schema local_topic_schema = SCHEMA(pfh_local_topic, local_topic_fields, NULL);

static const pfh_field assign_fields[] = {
    {"point", NUMBER(pfh_assign, point, 1, PFH_MAX_POINTS)},
    {"level", WORD(pfh_assign, level, PFH_WORDS_LEVEL)},
    {"municipality", DIGITS(pfh_assign, municipality, 4, 4)},
    {"has_municipal_services", FLAG(pfh_assign, has_municipal_services)},
    {"child", FLAG(pfh_assign, child)},
    {"unit", ID(pfh_assign, unit)},
    {"role", WORD(pfh_assign, role, PFH_WORDS_ROLE)},
};
static const pfh_schema assign_schema = SCHEMA(pfh_assign, assign_fields, NULL);

static const pfh_field unit_fields[] = {
    {"unit", REQUIRED, ID(pfh_unit, unit)}, {"name", TEXT(pfh_unit, name)},
    {"phone", TEXT(pfh_unit, phone)},       {"email", TEXT(pfh_unit, email)},
    {"url", TEXT(pfh_unit, url)},
};
static const pfh_schema unit_schema = SCHEMA(pfh_unit, unit_fields, NULL);

static pfh_status check_policy(const pfh_record *object, const pfh_place *place, pfh_error *err)
{
    const pfh_policy_keys *keys = (const pfh_policy_keys *)object;
    pfh_place topics = {.up = place, .key = "extra_topics", .key_size = strlen("extra_topics")};
    pfh_place units = {.up = place, .key = "units", .key_size = strlen("units")};
    pfh_status status = pfh__list_unique(&keys->extra_topics, &local_topic_schema, "code",
                                         PFH_E_DUPLICATE, &topics, err);

    if (status == PFH_OK)
        status = pfh__list_unique(&keys->units, &unit_schema, "unit", PFH_E_DUPLICATE, &units, err);
    return status;
}

static const pfh_field policy_fields[] = {
    {"start_date", DATE(pfh_policy_keys, start_date)},
    {"no_answer_days", DAYS(no_answer_days, 14)},
    {"first_offer_days", DAYS(first_offer_days, 14)},
    {"offer_lead_days", DAYS(offer_lead_days, 14)},
    {"ask_again_days", DAYS(ask_again_days, 30)},
    {"booking_days", DAYS(booking_days, 14)},
    {"form_days", DAYS(form_days, 14)},
    {"closing_days", DAYS(closing_days, 14)},
    {"coding_days", DAYS(coding_days, 7)},
    {"summary_days", DAYS(summary_days, 7)},
    {"receipt_working_days", DAYS(receipt_working_days, 3)},
    {"assess_days", DAYS(assess_days, 7)},
    {"needs_days", DAYS(needs_days, 30)},
    {"anchor_days", DAYS(anchor_days, 60)},
    {"distress_threshold", NUMBER(pfh_policy_keys, distress_threshold, 1, 10), .fallback = 4},
    {"shift", WORD(pfh_policy_keys, shift, PFH_WORDS_SHIFT), .fallback = PFH_SHIFT_WORKING_DAY},
    {"municipality_messages", FLAG(pfh_policy_keys, municipality_messages), .fallback = 1},
    {"extra_codes", .kind = PFH_FIELD_TEXTS, AT(pfh_policy_keys, extra_codes)},
    {"extra_topics", LIST(pfh_policy_keys, extra_topics, local_topic_schema)},
    {"assign", LIST(pfh_policy_keys, assign, assign_schema)},
    {"units", LIST(pfh_policy_keys, units, unit_schema)},
};
const pfh_schema pfh__policy_schema = SCHEMA(pfh_policy_keys, policy_fields, check_policy);

static bool is_absent(const pfh_field *field, int32_t value)
{
    return value == (field->kind == PFH_FIELD_WORD ? 0 : PFH_NONE);
}

/* Fills the defaults in where a number, flag or word was not given. */
void pfh__policy_fill(pfh_policy_keys *rules)
{
    for (size_t i = 0; i < PFH_COUNT(policy_fields); i++) {
        const pfh_field *field = &policy_fields[i];
        int32_t *value;

        if (field->kind != PFH_FIELD_NUMBER && field->kind != PFH_FIELD_FLAG &&
            field->kind != PFH_FIELD_WORD)
            continue;
        value = pfh__field_number(&rules->record, field);
        if (is_absent(field, *value))
            *value = field->fallback;
    }
}
