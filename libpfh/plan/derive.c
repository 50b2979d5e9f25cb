/*
 * plan/derive.c -- the one pure function: pathway + edition + policy + day -> plan.
 *
 * Costs one allocation for most pathways, and no text is formatted.  Nothing of the inputs is kept.
 */
#include "plan/plan.h"

/* All that a plan depends on but the pathway. */
typedef struct plan_terms {
    const pfh_policy_keys *policy;
    pfh_policy_keys defaults;
    pfh_date as_of;
    const char *known_at; /* in UTC, or NULL */
    pfh_timestamp known_stamp;
    char known_text[PFH_TIMESTAMP_ROOM];
    const pfh_edition *edition; /* NULL: the pathway's own */
} plan_terms;

static pfh_status read_known_at(plan_terms *terms, const char *known_at, pfh_error *err)
{
    terms->known_at = NULL;
    if (known_at == NULL)
        return PFH_OK;
    if (!pfh__timestamp_read(&terms->known_stamp, terms->known_text, known_at, strlen(known_at)))
        return pfh__fail(err, PFH_E_DATE, "known_at",
                         "must be a time such as 2026-02-03T10:12:00Z");
    terms->known_at = terms->known_text;
    return PFH_OK;
}

static pfh_status read_terms(plan_terms *terms, const pfh_policy *policy, pfh_date as_of,
                             const char *known_at, const char *edition, pfh_error *err)
{
    terms->as_of = as_of;
    terms->edition = NULL;
    if (as_of < PFH_DATE_MIN || as_of > PFH_DATE_MAX)
        return pfh__fail(err, PFH_E_DATE, "as_of", "must be from 1850-01-01 to 2299-12-31");
    if (edition != NULL && (terms->edition = pfh_edition_find(edition)) == NULL)
        return pfh__fail(err, PFH_E_EDITION, "/edition", "%s", pfh__edition_unknown());
    if (policy == NULL)
        pfh__policy_defaults(&terms->defaults);
    terms->policy = policy == NULL ? &terms->defaults : &policy->rules;
    return read_known_at(terms, known_at, err);
}

/* Which point each of the document's points is planned as. */
static pfh_status map_points(pfh_view *view, pfh_error *err)
{
    const pfh_edition *own = view->pathway->edition;

    for (int32_t i = 1; i <= own->point_count; i++) {
        view->onto[i] = pfh__point_onto(view->edition, own, i);
        if (view->onto[i] == 0)
            return pfh__fail(err, PFH_E_EDITION, "/edition",
                             "a pathway of %s cannot be planned under %s: its points could stand "
                             "for several",
                             own->name, view->edition->name);
    }
    return PFH_OK;
}

static int32_t is_child(const pfh_pathway *pathway, pfh_date as_of)
{
    enum { MONTHS_OF_A_CHILD = 216 };
    const pfh_patient *patient = pathway->head->patient;

    if (patient == NULL || patient->birth_date == PFH_NONE)
        return PFH_NONE;
    return pfh_date_add_months(patient->birth_date, MONTHS_OF_A_CHILD) > as_of;
}

static pfh_plan *new_plan(void)
{
    enum { FIRST_BLOCK = 8 * 1024 }; /* holds the plan of a usual pathway */
    pfh_arena arena = {.next_size = FIRST_BLOCK};
    pfh_plan *plan = pfh__arena_alloc(&arena, sizeof *plan);

    if (plan == NULL)
        return NULL;
    memset(plan, 0, offsetof(pfh_plan, points) + sizeof plan->points[0]);
    plan->arena = arena;
    return plan;
}

/* Who the plan is about, for texts that are to say so. */
static void keep_patient(pfh_view *view)
{
    const pfh_patient *patient = view->pathway->head->patient;
    pfh_plan *plan = view->plan;

    if (patient == NULL)
        return;
    plan->language = (pfh_language)patient->language;
    if (patient->name == NULL)
        return;
    plan->given = pfh__view_keep(view, patient->name->given);
    plan->family = pfh__view_keep(view, patient->name->family);
}

static void fill(pfh_view *view, const char *known_at)
{
    pfh_plan *plan = view->plan;

    plan->edition = view->edition;
    plan->document = view->pathway->edition;
    plan->as_of = view->as_of;
    plan->child = is_child(view->pathway, view->as_of);
    plan->point_count = (size_t)view->edition->point_count;
    plan->pathway = pfh__view_keep(view, view->pathway->head->id);
    plan->known_at = pfh__view_keep(view, known_at);
    keep_patient(view);
    pfh__view_read(view);
    if (view->failed)
        return;
    pfh__view_status(view);
    pfh__states_derive(view);
    pfh__windows_derive(view);
    pfh__points_finish(view);
    pfh__tasks_derive(view);
    pfh__findings_derive(view);
}

static pfh_status derive(pfh_plan **out, const pfh_pathway *pathway, const plan_terms *terms,
                         const pfh_reading *reading, pfh_error *err)
{
    pfh_view view = {
        .pathway = pathway,
        .diagnosis = pathway->head->diagnosis,
        .policy = terms->policy,
        .edition = terms->edition == NULL ? pathway->edition : terms->edition,
        .as_of = terms->as_of,
        .known_at = terms->known_at == NULL ? NULL : &terms->known_stamp,
        .open = reading != NULL && reading->open,
    };
    pfh_status status = map_points(&view, err);

    if (status != PFH_OK)
        return status;
    view.plan = new_plan();
    if (view.plan == NULL)
        return pfh__no_memory(err);
    fill(&view, terms->known_at);
    if (reading != NULL && !view.failed)
        reading->read(&view, reading->made);
    if (view.failed) {
        pfh_plan_free(view.plan);
        return pfh__no_memory(err);
    }
    *out = view.plan;
    return PFH_OK;
}

pfh_status pfh__plan_derive_with(pfh_plan **out, const pfh_pathway *pathway,
                                 const pfh_policy *policy, pfh_date as_of, const char *known_at,
                                 const char *edition, const pfh_reading *reading, pfh_error *err)
{
    plan_terms terms;
    pfh_status status;

    if (out == NULL || pathway == NULL)
        return pfh__null(err, out == NULL ? "out" : "pathway");
    status = read_terms(&terms, policy, as_of, known_at, edition, err);
    return status == PFH_OK ? derive(out, pathway, &terms, reading, err) : status;
}

pfh_status pfh_plan_derive_at(pfh_plan **out, const pfh_pathway *pathway, const pfh_policy *policy,
                              pfh_date as_of, const char *known_at, const char *edition,
                              pfh_error *err)
{
    return pfh__plan_derive_with(out, pathway, policy, as_of, known_at, edition, NULL, err);
}

pfh_status pfh_plan_derive(pfh_plan **out, const pfh_pathway *pathway, const pfh_policy *policy,
                           pfh_date as_of, pfh_error *err)
{
    return pfh_plan_derive_at(out, pathway, policy, as_of, NULL, NULL, err);
}

pfh_status pfh_plan_derive_many(pfh_plan **plans, pfh_error *errors, size_t *failed,
                                const pfh_pathway *const *pathways, size_t count,
                                const pfh_policy *policy, pfh_date as_of, const char *known_at,
                                const char *edition, pfh_error *err)
{
    plan_terms terms;
    pfh_status status;
    size_t failures = 0;

    if (plans == NULL || (pathways == NULL && count > 0))
        return pfh__null(err, plans == NULL ? "plans" : "pathways");
    status = read_terms(&terms, policy, as_of, known_at, edition, err);
    if (status != PFH_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        pfh_error *error = errors == NULL ? NULL : &errors[i];

        plans[i] = NULL;
        status = pathways[i] == NULL ? pfh__null(error, "pathways")
                                     : derive(&plans[i], pathways[i], &terms, NULL, error);
        if (status != PFH_OK)
            failures++;
        else if (error != NULL)
            error->status = PFH_OK;
    }
    if (failed != NULL)
        *failed = failures;
    return PFH_OK;
}

void pfh_plan_free(pfh_plan *plan)
{
    pfh_arena arena;

    if (plan == NULL)
        return;
    arena = plan->arena; /* the plan lies in its own arena */
    pfh__arena_free(&arena);
}

/* ---- Reading ------------------------------------------------------------------------------ */

const char *pfh_plan_pathway(const pfh_plan *plan)
{
    return plan == NULL ? NULL : plan->pathway;
}

const pfh_edition *pfh_plan_edition(const pfh_plan *plan)
{
    return plan == NULL ? NULL : plan->edition;
}

pfh_date pfh_plan_as_of(const pfh_plan *plan)
{
    return plan == NULL ? PFH_NONE : plan->as_of;
}

const char *pfh_plan_given_name(const pfh_plan *plan)
{
    return plan == NULL ? NULL : plan->given;
}

const char *pfh_plan_family_name(const pfh_plan *plan)
{
    return plan == NULL ? NULL : plan->family;
}

pfh_language pfh_plan_language(const pfh_plan *plan)
{
    return plan == NULL ? (pfh_language)0 : plan->language;
}

const char *pfh_plan_known_at(const pfh_plan *plan)
{
    return plan == NULL ? NULL : plan->known_at;
}

pfh_plan_state pfh_plan_status(const pfh_plan *plan)
{
    return plan == NULL ? (pfh_plan_state)0 : plan->status;
}

pfh_cause pfh_plan_cause(const pfh_plan *plan)
{
    return plan == NULL ? (pfh_cause)0 : plan->cause;
}

int32_t pfh_plan_child(const pfh_plan *plan)
{
    return plan == NULL ? PFH_NONE : plan->child;
}

size_t pfh_plan_point_count(const pfh_plan *plan)
{
    return plan == NULL ? 0 : plan->point_count;
}

const pfh_point *pfh_plan_point(const pfh_plan *plan, int32_t point)
{
    return plan == NULL || point < 1 || (size_t)point > plan->point_count ? NULL
                                                                          : &plan->points[point];
}

size_t pfh_plan_task_count(const pfh_plan *plan)
{
    return plan == NULL ? 0 : plan->task_count;
}

const pfh_task *pfh_plan_task(const pfh_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->task_count ? NULL : &plan->tasks[index];
}

size_t pfh_plan_finding_count(const pfh_plan *plan)
{
    return plan == NULL ? 0 : plan->finding_count;
}

const pfh_finding *pfh_plan_finding(const pfh_plan *plan, size_t index)
{
    return plan == NULL || index >= plan->finding_count ? NULL : &plan->findings[index];
}
