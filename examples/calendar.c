/*
 * Keeps a calendar: writes a feed, brings it up to date, and reads back what people did in it.
 *
 * Prints the appointment's entry as it was and after it was moved, what is proposed when somebody
 * moves it in a calendar program, and that the feed is as it should be once that is in the log.
 */
#include <pfh/pfh.h>
#include <stdio.h>
#include <string.h>

static const char document[] =
    "{\"format\": \"pfh-pathway/1\", \"id\": \"demo-1\", \"edition\": \"hdir-2022\","
    " \"diagnosis\": {\"code\": \"C50.9\", \"date\": \"2026-01-31\"}, \"events\": ["
    "  {\"id\": \"e1\", \"type\": \"offered\", \"date\": \"2026-02-03\", \"point\": 1},"
    "  {\"id\": \"e2\", \"type\": \"scheduled\", \"date\": \"2026-02-05\", \"point\": 1,"
    "   \"start\": \"2026-02-20T10:00\", \"minutes\": 45, \"place\": \"Poliklinikk 3\"}]}";

/* Another time for the conversation at point 1, typed into the record system. */
static pfh_status move(pfh_pathway *pathway, const char *id, const char *start, pfh_error *err)
{
    pfh_record *event = NULL;
    pfh_status status = pfh_record_new(&event, PFH_RECORD_EVENT, err);

    if (status != PFH_OK)
        return status;
    pfh_record_set_text(event, "id", id, NULL);
    pfh_record_set_text(event, "type", "scheduled", NULL);
    pfh_record_set_text(event, "date", "2026-02-10", NULL);
    pfh_record_set_number(event, "point", 1, NULL);
    pfh_record_set_text(event, "start", start, NULL);
    pfh_record_set_number(event, "minutes", 45, NULL);
    status = pfh_pathway_append(pathway, event, err);
    pfh_record_free(event);
    return status;
}

/* The plan of the pathway on a day, and the calendar of it; both are replaced. */
static pfh_status update(pfh_plan **plan, char **calendar, const pfh_pathway *pathway,
                         const char *day, pfh_error *err)
{
    pfh_plan *next = NULL;
    char *text = NULL;
    pfh_date today;
    pfh_status status = pfh_date_parse(&today, day, err);

    if (status == PFH_OK)
        status = pfh_plan_derive(&next, pathway, NULL, today, err);
    if (status == PFH_OK)
        status = pfh_ical_update(&text, *calendar, *calendar != NULL ? strlen(*calendar) : 0,
                                 (const pfh_plan *const *)&next, 1, NULL, err);
    if (status != PFH_OK) {
        pfh_plan_free(next);
        return status;
    }
    pfh_plan_free(*plan);
    pfh_string_free(*calendar);
    *plan = next;
    *calendar = text;
    return PFH_OK;
}

/* Prints what is in a calendar of the appointment: the lines that change. */
static void show(const char *heading, const char *calendar)
{
    static const char *const wanted[] = {"UID:demo-1+1.hold@", "SEQUENCE", "STATUS",
                                         "DTSTART;TZID"};
    const char *at = strstr(calendar, "UID:demo-1+1.hold@");
    const char *end = at != NULL ? strstr(at, "END:VEVENT") : NULL;

    printf("%s\n", heading);
    for (; at != NULL && at < end; at = strchr(at, '\n') + 1)
        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
            if (strncmp(at, wanted[i], strlen(wanted[i])) == 0)
                printf("  %.*s\n", (int)strcspn(at, "\r"), at);
}

/* Somebody drags the appointment to another hour in a calendar program. */
static void drag(char *calendar)
{
    for (char *at = strstr(calendar, "20260225T"); at != NULL; at = strstr(at, "20260225T"))
        memcpy(at, "20260226T", 9);
}

/* Appends what is proposed, each with an id; a person has agreed to it. */
static pfh_status take(pfh_pathway *pathway, const pfh_proposals *proposals, pfh_error *err)
{
    pfh_status status = PFH_OK;

    for (size_t i = 0; status == PFH_OK && i < pfh_proposals_count(proposals); i++) {
        const pfh_proposal *proposal = pfh_proposals_row(proposals, i);
        char id[64];
        if (proposal->event == NULL)
            continue; /* a person must say more first: proposal->needs */
        printf("proposed for %s of %s: %s to %s\n", proposal->task, proposal->pathway,
               pfh_record_text(proposal->event, "type"), pfh_record_text(proposal->event, "start"));
        snprintf(id, sizeof id, "from-calendar-%zu", i);
        pfh_record_set_text(proposal->event, "id", id, NULL);
        pfh_record_set_text(proposal->event, "recorded", "2026-02-12T07:30:00Z", NULL); /* now */
        status = pfh_pathway_append(pathway, proposal->event, err);
    }
    return status;
}

static pfh_status run(pfh_pathway *pathway, pfh_plan **plan, char **calendar, pfh_error *err)
{
    pfh_proposals *proposals = NULL;
    pfh_status status = update(plan, calendar, pathway, "2026-02-10", err);

    if (status != PFH_OK)
        return status;
    show("written:", *calendar);
    status = move(pathway, "e3", "2026-02-25T12:30", err);
    if (status == PFH_OK)
        status = update(plan, calendar, pathway, "2026-02-11", err);
    if (status != PFH_OK)
        return status;
    show("after the appointment was moved:", *calendar);
    drag(*calendar);
    status = pfh_ical_read(&proposals, *calendar, strlen(*calendar), (const pfh_plan *const *)plan,
                           1, NULL, err);
    if (status == PFH_OK)
        status = take(pathway, proposals, err);
    pfh_proposals_free(proposals);
    if (status == PFH_OK)
        status = update(plan, calendar, pathway, "2026-02-12", err);
    if (status == PFH_OK)
        show("after the proposal was taken:", *calendar);
    return status;
}

int main(void)
{
    pfh_error err;
    pfh_pathway *pathway = NULL;
    pfh_plan *plan = NULL;
    char *calendar = NULL;
    int result = 0;

    if (pfh_pathway_parse(&pathway, document, sizeof document - 1, &err) != PFH_OK ||
        run(pathway, &plan, &calendar, &err) != PFH_OK) {
        fprintf(stderr, "%s at \"%s\": %s\n", pfh_status_name(err.status), err.where, err.text);
        result = 1;
    }
    pfh_string_free(calendar);
    pfh_plan_free(plan);
    pfh_pathway_free(pathway);
    return result;
}
