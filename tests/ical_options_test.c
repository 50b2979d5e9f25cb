/*
 * The options of a calendar: each key with what it takes and what it refuses, and that a refusal
 * changes nothing.  That a value was taken is seen in a calendar.
 */
#include "calendar.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#define SKIEN "C50.9\",\"date\":\"2026-01-31\",\"informed\":\"2026-02-02\""
#define KEYS "\"edition\":\"hdir-2022\",\"diagnosis\":{\"code\":\"" SKIEN "}"

/* 1.offer due on 2026-02-16, 2.offer on 04-30, 2.window_closing on 05-31, 3.offer on 2027-01-29,
 * 3.window_closing on 07-31. */
static pfh_plan *bare_plan(void)
{
    return plan_with(KEYS, "", "", "2026-02-02", NULL);
}

static char *with(const pfh_ical_options *options)
{
    pfh_plan *plan = bare_plan();
    char *text = calendar_by(plan, options);

    pfh_plan_free(plan);
    return text;
}

/* ---- What is taken and refused ------------------------------------------------------------ */

#define A_63 "abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopqrstuvwxyz"
#define A_50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A_100 A_50 A_50
#define A_400 A_100 A_100 A_100 A_100

static const struct {
    const char *key, *value;
    pfh_status status;
} values[] = {
    {"level", "specialist", PFH_OK},
    {"level", "municipality", PFH_OK},
    {"level", NULL, PFH_OK},
    {"level", "hospital", PFH_E_VALUE},
    {"level", "", PFH_E_VALUE},
    {"level", "Specialist", PFH_E_VALUE},
    {"unit", "skien-kreftkoordinator", PFH_OK},
    {"unit", "A.z_0:9-", PFH_OK},
    {"unit", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234", PFH_OK},
    {"unit", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345", PFH_E_VALUE},
    {"unit", NULL, PFH_OK},
    {"unit", "", PFH_E_VALUE},
    {"unit", "a b", PFH_E_VALUE},
    {"unit", "a\r\nb", PFH_E_VALUE},
    {"unit", "\303\270", PFH_E_VALUE},
    {"role", "doctor", PFH_OK},
    {"role", "nurse", PFH_OK},
    {"role", "gp", PFH_OK},
    {"role", "cancer_nurse", PFH_OK},
    {"role", "cancer_coordinator", PFH_OK},
    {"role", "pathway_coordinator", PFH_OK},
    {"role", "resource_nurse", PFH_OK},
    {"role", "case_manager", PFH_OK},
    {"role", "contact_doctor", PFH_OK},
    {"role", "other", PFH_OK},
    {"role", NULL, PFH_OK},
    {"role", "surgeon", PFH_E_VALUE},
    {"kind", "offer", PFH_OK},
    {"kind", "follow_up_offer", PFH_OK},
    {"kind", "ask_again", PFH_OK},
    {"kind", "book", PFH_OK},
    {"kind", "send_form", PFH_OK},
    {"kind", "hold", PFH_OK},
    {"kind", "confirm", PFH_OK},
    {"kind", "window_closing", PFH_OK},
    {"kind", "register_code", PFH_OK},
    {"kind", "send_summary", PFH_OK},
    {"kind", "notify_municipality", PFH_OK},
    {"kind", "follow_up_message", PFH_OK},
    {"kind", "assess_further", PFH_OK},
    {"kind", "follow_up_needs", PFH_OK},
    {"kind", NULL, PFH_OK},
    {"kind", "hold ", PFH_E_VALUE},
    {"state", "waiting", PFH_OK},
    {"state", "active", PFH_OK},
    {"state", "late", PFH_OK},
    {"state", NULL, PFH_OK},
    {"state", "done", PFH_E_VALUE},
    {"from", "2026-02-16", PFH_OK},
    {"from", NULL, PFH_OK},
    {"from", "2026-02-30", PFH_E_DATE},
    {"from", "20260216", PFH_E_DATE},
    {"from", "", PFH_E_DATE},
    {"to", "2026-02-16", PFH_OK},
    {"to", NULL, PFH_OK},
    {"to", "16.02.2026", PFH_E_DATE},
    {"horizon_days", "0", PFH_OK},
    {"horizon_days", "3650", PFH_OK},
    {"horizon_days", "007", PFH_OK},
    {"horizon_days", NULL, PFH_OK},
    {"horizon_days", "3651", PFH_E_VALUE},
    {"horizon_days", "99999999999999999999", PFH_E_VALUE},
    {"horizon_days", "", PFH_E_VALUE},
    {"horizon_days", "-1", PFH_E_VALUE},
    {"horizon_days", "+1", PFH_E_VALUE},
    {"horizon_days", " 1", PFH_E_VALUE},
    {"horizon_days", "1 ", PFH_E_VALUE},
    {"horizon_days", "1.0", PFH_E_VALUE},
    {"horizon_days", "0x10", PFH_E_VALUE},
    {"horizon_days", "P1D", PFH_E_VALUE},
    {"language", "nb", PFH_OK},
    {"language", "nn", PFH_OK},
    {"language", "en", PFH_OK},
    {"language", NULL, PFH_OK},
    {"language", "no", PFH_E_VALUE},
    {"language", "NB", PFH_E_VALUE},
    {"language", "nb-NO", PFH_E_VALUE},
    {"language", "", PFH_E_VALUE},
    {"form", "event", PFH_OK},
    {"form", "todo", PFH_OK},
    {"form", "both", PFH_OK},
    {"form", NULL, PFH_OK},
    {"form", "journal", PFH_E_VALUE},
    {"form", "events", PFH_E_VALUE},
    {"span", "due", PFH_OK},
    {"span", "from_due", PFH_OK},
    {"span", NULL, PFH_OK},
    {"span", "from-due", PFH_E_VALUE},
    {"alarm", "PT15H", PFH_OK},
    {"alarm", "none", PFH_OK},
    {"alarm", NULL, PFH_OK},
    {"alarm", "None", PFH_E_VALUE},
    {"alarm", "", PFH_E_VALUE},
    {"alarm", "-PT15H", PFH_E_VALUE},
    {"name", "Min kalender", PFH_OK},
    {"name", "F\303\270rste \360\237\230\200", PFH_OK},
    {"name", "a", PFH_OK},
    {"name", A_400, PFH_OK},
    {"name", A_400 "a", PFH_E_VALUE},
    {"name", NULL, PFH_OK},
    {"name", "", PFH_E_VALUE},
    {"name", "a\001", PFH_E_VALUE},
    {"name", "a\177", PFH_E_VALUE},
    {"name", "\302\205", PFH_E_VALUE},
    {"name", "\377", PFH_E_VALUE},
    {"name", "\355\240\200", PFH_E_VALUE},
    {"refresh", "PT1H", PFH_OK},
    {"refresh", "P1W", PFH_OK},
    {"refresh", NULL, PFH_OK},
    {"refresh", "none", PFH_E_VALUE},
    {"refresh", "PT0M", PFH_E_VALUE},
    {"stamp", "2026-02-03T10:12:00Z", PFH_OK},
    {"stamp", "2026-02-03T11:12:00.5+01:00", PFH_OK},
    {"stamp", NULL, PFH_OK},
    {"stamp", "2026-02-03", PFH_E_DATE},
    {"stamp", "2026-02-03T10:12:00", PFH_E_DATE},
    {"stamp", "2026-02-03t10:12:00z", PFH_E_DATE},
    {"stamp", "20260203T101200Z", PFH_E_DATE},
    {"stamp", "2026-02-30T10:12:00Z", PFH_E_DATE},
    {"stamp", "", PFH_E_DATE},
    {"domain", "epj.skien.example", PFH_OK},
    {"domain", NULL, PFH_OK},
    {"domain", "", PFH_E_VALUE},
    {"domain", "EPJ.example", PFH_E_VALUE},
    {"tell", "reference", PFH_OK},
    {"tell", "initials", PFH_OK},
    {"tell", "name", PFH_OK},
    {"tell", NULL, PFH_OK},
    {"tell", "all", PFH_E_VALUE},
    {"audience", "staff", PFH_OK},
    {"audience", "patient", PFH_OK},
    {"audience", NULL, PFH_OK},
    {"audience", "gp", PFH_E_VALUE},
    {"keep_days", "0", PFH_OK},
    {"keep_days", "3650", PFH_OK},
    {"keep_days", NULL, PFH_OK},
    {"keep_days", "3651", PFH_E_VALUE},
    {"keep_days", "P30D", PFH_E_VALUE},
    {"organizer", "skien", PFH_OK},
    {"organizer", NULL, PFH_OK},
    {"organizer", "", PFH_E_VALUE},
    {"organizer", "post@epj.example", PFH_E_VALUE},
    {"attendee", "skien", PFH_OK},
    {"attendee", NULL, PFH_OK},
    {"attendee", "", PFH_E_VALUE},
    {"attendee", "mailto:post@epj.example", PFH_E_VALUE},
    {"", "x", PFH_E_KEY},
    {"Level", "specialist", PFH_E_KEY},
    {"level ", "specialist", PFH_E_KEY},
    {"x_level", "specialist", PFH_E_KEY},
    {"method", "PUBLISH", PFH_E_KEY},
    {"known", NULL, PFH_E_KEY},
};

Test(ical_options, each_value_is_taken_or_refused_with_its_status_and_argument)
{
    for (size_t i = 0; i < COUNT(values); i++) {
        pfh_ical_options *options =
            options_of("", "{\"format\":\"pfh-policy/"
                           "1\",\"units\":[{\"unit\":\"skien\",\"email\":\"a@b.example\"}]}");
        pfh_error err = {0};
        const char *value = values[i].value == NULL ? "NULL" : values[i].value;

        cr_expect_eq(pfh_ical_options_set(options, values[i].key, values[i].value, &err),
                     values[i].status, "%s = %s", values[i].key, value);
        cr_expect_eq(err.status, values[i].status, "%s = %s", values[i].key, value);
        if (values[i].status == PFH_E_KEY)
            cr_expect_str_eq(err.where, "key", "%s", values[i].key);
        else if (values[i].status != PFH_OK)
            cr_expect_str_eq(err.where, "value", "%s = %s", values[i].key, value);
        cr_expect_eq(pfh_ical_options_set(options, values[i].key, values[i].value, NULL),
                     values[i].status, "without a place for the error");
        free(with(options));
        pfh_ical_options_free(options);
    }
}

/* What a calendar looks like after a key was set, and that a refusal and NULL change it as they
 * must. */
static const struct {
    const char *key, *value, *wrong;
} sets[] = {
    {"level", "specialist", "hospital"},
    {"unit", "u1", "u 1"},
    {"role", "gp", "surgeon"},
    {"kind", "offer", "offers"},
    {"state", "active", "done"},
    {"from", "2026-04-30", "2026-04-31"},
    {"to", "2026-04-30", "2026-04-31"},
    {"horizon_days", "87", "-1"},
    {"language", "en", "de"},
    {"form", "both", "journal"},
    {"span", "from_due", "all"},
    {"alarm", "P1D", "P400D"},
    {"name", "Min", ""},
    {"refresh", "PT1H", "1H"},
    {"stamp", "2026-02-03T10:12:00Z", "2026-02-03"},
    {"domain", "epj.example", "epj example"},
    {"tell", "name", "nothing"},
    {"audience", "patient", "gp"},
};
#define NAMED ",\"patient\":{\"name\":{\"given\":\"Kari\",\"family\":\"Nordmann\"}}"

static char *shown(const pfh_ical_options *options)
{
    pfh_plan *plan = plan_with(KEYS NAMED, "", "", "2026-02-02", NULL);
    char *text = calendar_by(plan, options);

    pfh_plan_free(plan);
    return text;
}

Test(ical_options, a_refused_value_leaves_the_one_before_and_null_takes_the_default_back)
{
    pfh_ical_options *fresh = options_of("", NULL);
    char *usual = shown(fresh);

    for (size_t i = 0; i < COUNT(sets); i++) {
        pfh_ical_options *options = options_of("", NULL);
        const char *key = sets[i].key;
        /* with these NULL says: those without one */
        const bool is_choice =
            strcmp(key, "level") == 0 || strcmp(key, "unit") == 0 || strcmp(key, "role") == 0;
        char *text;

        cr_expect_neq(pfh_ical_options_set(options, key, sets[i].wrong, NULL), PFH_OK, "%s", key);
        text = shown(options);
        cr_expect_str_eq(text, usual, "%s: a refused value changed something", key);
        free(text);
        cr_expect_eq(pfh_ical_options_set(options, key, sets[i].value, NULL), PFH_OK, "%s", key);
        text = shown(options);
        cr_expect_str_neq(text, usual, "%s: a value changed nothing", key);
        cr_expect_neq(pfh_ical_options_set(options, key, sets[i].wrong, NULL), PFH_OK, "%s", key);
        {
            char *again = shown(options);

            cr_expect_str_eq(again, text, "%s: a refused value changed the one before", key);
            free(again);
        }
        free(text);
        cr_expect_eq(pfh_ical_options_set(options, key, NULL, NULL), PFH_OK, "%s: NULL", key);
        if (!is_choice) {
            text = shown(options);
            cr_expect_str_eq(text, usual, "%s: NULL does not take the default back", key);
            free(text);
        }
        pfh_ical_options_free(options);
    }
    free(usual);
    pfh_ical_options_free(fresh);
}

/* Values of one key are alternatives, keys narrow each other. */
static const struct {
    const char *settings, *tasks;
} choices[] = {
    {"", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"level=specialist", "1.offer"},
    {"level=municipality", "2.offer 2.window_closing 3.offer 3.window_closing"},
    {"level=municipality|level=specialist",
     "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"level", ""},
    {"level|level=specialist", "1.offer"},
    {"unit", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"unit=u1", ""},
    {"unit=u1|unit", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"role", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"role=gp", ""},
    {"kind=offer", "1.offer 2.offer 3.offer"},
    {"kind=window_closing|level=specialist", ""},
    {"kind=hold|kind=window_closing", "2.window_closing 3.window_closing"},
    {"state=active", "1.offer"},
    {"state=waiting|kind=offer", "2.offer 3.offer"},
    {"state=late", ""},
    {"from=2026-04-30", "2.offer 2.window_closing 3.offer 3.window_closing"},
    {"from=2026-05-01", "2.window_closing 3.offer 3.window_closing"},
    {"to=2026-04-30", "1.offer 2.offer"},
    {"to=2026-04-29", "1.offer"},
    {"from=2026-04-30|to=2026-05-31", "2.offer 2.window_closing"},
    {"from=2027-01-01|from=2026-05-31", "2.window_closing 3.offer 3.window_closing"},
    {"from=2027-01-01|from", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"to=2026-04-30|to", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"kind=hold|kind", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"state=late|state", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
    {"horizon_days=13", ""},
    {"horizon_days=14", "1.offer"}, /* due on 2026-02-16 */
    {"horizon_days=86", "1.offer"},
    {"horizon_days=87", "1.offer 2.offer"}, /* 2026-04-30 */
    {"horizon_days=88|level=municipality", "2.offer"},
    {"horizon_days=0|horizon_days", "1.offer 2.offer 2.window_closing 3.offer 3.window_closing"},
};

/* "2.offer 3.offer" of a calendar, in its order. */
static char *tasks_of(const char *unfolded)
{
    growing tasks = {0};
    const char *at = unfolded;

    growing_add(&tasks, "", 0);
    while ((at = strstr(at, "\nUID:p1+")) != NULL) {
        size_t size;

        at += strlen("\nUID:p1+");
        size = strcspn(at, "@");
        if (size > 6 && strncmp(at + size - 6, "+alarm", 6) == 0)
            continue;
        growing_print(&tasks, "%s%.*s", tasks.size > 0 ? " " : "", (int)size, at);
    }
    return tasks.data;
}

Test(ical_options, values_of_one_key_are_alternatives_and_keys_narrow_each_other)
{
    pfh_plan *plan = bare_plan();

    for (size_t i = 0; i < COUNT(choices); i++) {
        char *unfolded = unfolded_of(plan, choices[i].settings), *tasks = tasks_of(unfolded);

        cr_expect_str_eq(tasks, choices[i].tasks, "%s: %s", choices[i].settings, tasks);
        free(tasks);
        free(unfolded);
    }
    pfh_plan_free(plan);
}

/* ---- NULLs -------------------------------------------------------------------------------- */

Test(ical_options, nulls_are_refused_by_the_name_of_the_argument)
{
    pfh_ical_options *options = options_of("", NULL);
    pfh_policy *policy = policy_of("{\"format\":\"pfh-policy/1\"}");
    pfh_error err = {0};

    cr_expect_eq(pfh_ical_options_new(NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "out");
    cr_expect_eq(pfh_ical_options_set(NULL, "form", "event", &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "options");
    cr_expect_eq(pfh_ical_options_set(options, NULL, "event", &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "key");
    cr_expect_eq(pfh_ical_options_policy(NULL, policy, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "options");
    cr_expect_eq(pfh_ical_options_policy(options, NULL, &err), PFH_E_ARG);
    cr_expect_str_eq(err.where, "policy");
    cr_expect_eq(pfh_ical_options_new(NULL, NULL), PFH_E_ARG);
    pfh_ical_options_free(NULL);
    pfh_ical_options_free(options);
    pfh_policy_free(policy);
}

/* ---- Durations ---------------------------------------------------------------------------- */

/* RFC 5545, 3.3.6; the calendar says what was read, in the shortest form. */
static const struct {
    const char *text, *minutes; /* as REFRESH-INTERVAL; NULL: refused */
} durations[] = {
    {"PT1M", "PT1M"},
    {"PT59M", "PT59M"},
    {"PT60M", "PT1H"},
    {"PT90M", "PT1H30M"},
    {"PT15H", "PT15H"},
    {"PT1H30M", "PT1H30M"},
    {"PT01H05M", "PT1H5M"},
    {"PT0H5M", "PT5M"},
    {"PT24H", "P1D"},
    {"PT25H", "P1DT1H"},
    {"P1D", "P1D"},
    {"P1DT12H", "P1DT12H"},
    {"P1DT12H30M", "P1DT12H30M"},
    {"P1DT30M", "P1DT30M"},
    {"P0DT1M", "PT1M"},
    {"P1W", "P1W"},
    {"P2W", "P2W"},
    {"P14D", "P2W"},
    {"P52W", "P52W"},
    {"P366D", "P366D"},
    {"P365DT24H", "P366D"},
    {"PT8784H", "P366D"},
    {"PT527040M", "P366D"},
    {"P00000000000000000000001D", "P1D"},
    {"P366DT1M", NULL},
    {"P367D", NULL},
    {"P53W", NULL},
    {"PT8785H", NULL},
    {"PT527041M", NULL},
    {"P99999999999999999999999999D", NULL},
    {"", NULL},
    {"P", NULL},
    {"PT", NULL},
    {"P0D", NULL},
    {"P0W", NULL},
    {"PT0H", NULL},
    {"PT0M", NULL},
    {"PT0S", NULL},
    {"PT30S", NULL}, /* seconds: of no use here */
    {"PT1H1S", NULL},
    {"PT1H1M1S", NULL},
    {"-PT1H", NULL},
    {"-P1D", NULL},
    {"P-1D", NULL},
    {"P1DT", NULL},
    {"P1H", NULL},
    {"P1M", NULL},
    {"P1Y", NULL},
    {"P1Y1M1D", NULL},
    {"PT1D", NULL},
    {"PT1W", NULL},
    {"P1W1D", NULL},
    {"P1WT1H", NULL},
    {"P1D1W", NULL},
    {"PT1M1H", NULL},
    {"PT1H1H", NULL},
    {"P1D1D", NULL},
    {"PD", NULL},
    {"PTH", NULL},
    {"P1", NULL},
    {"1D", NULL},
    {"PT15", NULL},
    {"PT1.5H", NULL},
    {"PT1,5H", NULL},
    {" PT1H", NULL},
    {"PT1H ", NULL},
    {"PT 1H", NULL},
    {"PT1H\r\n", NULL},
    {"PT1HX", NULL},
    {"pt1h", NULL},
    {"PT1h", NULL},
    {"T1H", NULL},
    {"PTT1H", NULL},
    {"PP1D", NULL},
    {"PT\357\274\221H", NULL},
    {"PT1H;VALUE=X", NULL},
};

Test(ical_options, a_duration_is_one_of_rfc_5545_in_whole_minutes)
{
    for (size_t i = 0; i < COUNT(durations); i++) {
        pfh_ical_options *options = options_of("", NULL);
        const bool good = durations[i].minutes != NULL;
        char line[100], *text;

        cr_expect_eq(pfh_ical_options_set(options, "refresh", durations[i].text, NULL),
                     good ? PFH_OK : PFH_E_VALUE, "%s", durations[i].text);
        cr_expect_eq(pfh_ical_options_set(options, "alarm", durations[i].text, NULL),
                     good ? PFH_OK : PFH_E_VALUE, "%s", durations[i].text);
        text = with(options);
        snprintf(line, sizeof line, "REFRESH-INTERVAL;VALUE=DURATION:%s\r\nX-PUBLISHED-TTL:%s\r\n",
                 good ? durations[i].minutes : "PT12H", good ? durations[i].minutes : "PT12H");
        cr_expect_not_null(strstr(text, line), "%s: %.400s", durations[i].text, text);
        snprintf(line, sizeof line, "TRIGGER:-%s\r\n", good ? durations[i].minutes : "PT15H");
        cr_expect_not_null(strstr(text, line), "%s", durations[i].text);
        free(text);
        pfh_ical_options_free(options);
    }
}

/* ---- Domains ------------------------------------------------------------------------------ */

#define LABEL_63 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123"

/* RFC 952, 1123: letters, digits and inner hyphens. */
static const char *const good_domains[] = {
    "epj.example",
    "a",
    "a.b",
    "1",
    "1.2",
    "3com.example",
    "a-b.example",
    "a--b.example",
    "x1.y2.z3",
    "xn--bl-zka.example",
    "pfh.invalid",
    "localhost",
    LABEL_63 ".example",
    LABEL_63 "." LABEL_63 "." LABEL_63 "."
             "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1",
};
static const char *const bad_domains[] = {
    "",
    ".",
    "..",
    ".a",
    "a.",
    "a..b",
    "-a",
    "a-",
    "a.-b",
    "a-.b",
    "-",
    "a_b.example",
    "epj example",
    " epj.example",
    "epj.example ",
    "epj.example\r\nATTENDEE:x",
    "epj\n",
    "\tepj",
    "Epj.example",
    "EPJ.EXAMPLE",
    "epj.Example",
    "bl\303\245.example",
    "epj.example:80",
    "epj@example",
    "user@epj.example",
    "https://epj.example",
    "epj.example/",
    "epj/example",
    "epj+x.example",
    "epj\"example",
    "<epj.example>",
    "epj,example",
    "epj;example",
    "epj:example",
    "epj%2eexample",
    "epj\\example",
    "[::1]",
    "::1",
    "*",
    "*.example",
    "epj.example.",
    "epj!",
    "\377",
    "\001",
    "\177",
    "\342\200\256epj.example",
    "e\314\201.example",
    "\357\274\216",
    LABEL_63 "4.example",
    LABEL_63 "4",
    LABEL_63 "." LABEL_63 "." LABEL_63 "."
             "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12",
};

Test(ical_options, a_domain_is_a_host_name_in_lower_case)
{
    pfh_ical_options *options = options_of("", NULL);

    cr_assert_eq(strlen(good_domains[COUNT(good_domains) - 1]), 253);
    for (size_t i = 0; i < COUNT(good_domains); i++) {
        char line[400], *text, *unfolded;

        cr_expect_eq(pfh_ical_options_set(options, "domain", good_domains[i], NULL), PFH_OK, "%s",
                     good_domains[i]);
        text = with(options);
        unfolded = unfold(text);
        snprintf(line, sizeof line, "UID:p1+1.offer@%s", good_domains[i]);
        cr_expect(has_line(unfolded, line), "%s", line);
        free(unfolded);
        free(text);
    }
    for (size_t i = 0; i < COUNT(bad_domains); i++)
        cr_expect_eq(pfh_ical_options_set(options, "domain", bad_domains[i], NULL), PFH_E_VALUE,
                     "%s", bad_domains[i]);
    cr_assert_geq(COUNT(good_domains) + COUNT(bad_domains), 40);
    pfh_ical_options_free(options);
}

/* ---- Addresses of units ------------------------------------------------------------------- */

#define LOCAL_64 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234"

/* The dot-atom of RFC 5322 without what RFC 6068 wants to be escaped in a mailto:. */
static const char *const good_emails[] = {
    "post@epj.example",      "a@b",
    "a.b.c@d.example",       "post+kreft@epj.example",
    "post_1@epj.example",    "post-2@epj.example",
    "p'o@epj.example",       "a!b@epj.example",
    "$a@epj.example",        "a*b@epj.example",
    "~a@epj.example",        "1@1.example",
    "Post@EPJ.Example",      "post@xn--bl-zka.example",
    LOCAL_64 "@epj.example", "post@a-b.example",
};
static const char *const bad_emails[] = {
    "",
    "@",
    "post",
    "post@",
    "@epj.example",
    "post@@epj.example",
    "a@b@c",
    "post@epj..example",
    "post@.epj.example",
    "post@epj.example.",
    "post@-epj.example",
    "post@epj-.example",
    ".post@epj.example",
    "post.@epj.example",
    "po..st@epj.example",
    "po st@epj.example",
    " post@epj.example",
    "post@epj.example ",
    "post@epj example",
    "post@epj.example\\r\\nATTENDEE:x",
    "post\\n@epj.example",
    "post\\r@epj.example",
    "post\\t@epj.example",
    "\\\"post\\\"@epj.example",
    "\\\"a b\\\"@epj.example",
    "<post@epj.example>",
    "Post <post@epj.example>",
    "mailto:post@epj.example",
    "post@epj.example?subject=x",
    "post?subject@epj.example",
    "a&b@epj.example",
    "a=b@epj.example",
    "a#b@epj.example",
    "a/b@epj.example",
    "a^b@epj.example",
    "a`b@epj.example",
    "a{b@epj.example",
    "a}b@epj.example",
    "a|b@epj.example",
    "po%40st@epj.example",
    "post%0d%0a@epj.example",
    "a,b@epj.example",
    "a;b@epj.example",
    "a:b@epj.example",
    "a(b)@epj.example",
    "a[b@epj.example",
    "a\\\\b@epj.example",
    "post@[192.0.2.1]",
    "post@[IPv6:2001:db8::1]",
    "post@epj.example:25",
    "post@epj_x.example",
    "p\303\270st@epj.example",
    "post@bl\303\245.example",
    "post@epj.example,a@b",
    "\342\200\256post@epj.example",
    "post@epj.example\342\200\250",
    "\357\273\277post@epj.example",
    LOCAL_64 "5@epj.example",
    "post@" LABEL_63 "4.example",
};

/* http or https, a host, perhaps a port, and the characters of RFC 3986. */
static const char *const good_urls[] = {
    "https://epj.example",
    "http://epj.example",
    "https://epj.example/",
    "https://epj.example/a/b",
    "https://epj.example/a?b=c&d=e",
    "https://epj.example/#a",
    "https://epj.example?a",
    "https://epj.example#a",
    "https://epj.example:8443",
    "https://epj.example:8443/a",
    "https://epj.example:1/?q#f",
    "https://a",
    "https://a.b.c.d/",
    "https://1.2/",
    "https://epj.example/%C3%A5",
    "https://epj.example/a;b,c",
    "https://epj.example/~a/-._!$'()*+,;=",
    "https://epj.example/@a",
    "https://epj.example/a:b",
    "https://xn--bl-zka.example/",
    "https://EPJ.Example/",
    "https://epj.example/http://a.example/",
};
static const char *const bad_urls[] = {
    "",
    "epj.example",
    "//epj.example",
    "/a",
    "https://",
    "https:///",
    "http:///a",
    "https:epj.example",
    "https:/epj.example",
    "https//epj.example",
    "ftp://epj.example",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "JavaScript://epj.example/%0aalert(1)",
    "data:text/html,x",
    "vbscript:x",
    "mailto:post@epj.example",
    "tel:+4735000000",
    "webcal://epj.example/",
    "urn:uuid:1",
    "about:blank",
    "https://user@epj.example/",
    "https://user:pass@epj.example/",
    "https://epj.example:x@evil.example/",
    "https://epj.example:80@evil.example/",
    "https://epj.example:@evil.example/",
    "https://@epj.example/",
    "https://:80/",
    "https://epj.example:/",
    "https://epj.example:x/",
    "https://epj.example:8o/",
    "https://epj.example:999999/",
    "https://?a",
    "https://#a",
    "https://epj..example/",
    "https://.epj.example/",
    "https://epj.example./",
    "https://-epj.example/",
    "https://epj_a.example/",
    "https://epj example/",
    "https://epj.example/ a",
    " https://epj.example/",
    "https://epj.example/ ",
    "https://epj.example/\\r\\nATTENDEE:x",
    "https://epj.example/\\na",
    "https://epj.example/\\ta",
    "https://epj.example/\\\"a",
    "https://epj.example/<a>",
    "https://epj.example/a\\\\b",
    "https://epj.example/a^b",
    "https://epj.example/a`b",
    "https://epj.example/{a}",
    "https://epj.example/a|b",
    "https://epj.example\\\\@evil.example/",
    "https://epj.example%2eevil.example/",
    "https://bl\303\245.example/",
    "https://epj.example/\303\245",
    "https://[::1]/",
    "https://[2001:db8::1]:443/",
    "https://\342\200\256epj.example/",
    "https://epj.example/\342\200\250",
    "https://epj.example/\342\200\213",
    "\357\273\277https://epj.example/",
};

static pfh_status take(const char *key, const char *value, pfh_error *err)
{
    pfh_ical_options *options = options_of("", NULL);
    growing text = {0};
    pfh_policy *policy;
    pfh_status status;

    growing_print(&text,
                  "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u0\",\"%s\":null},"
                  "{\"unit\":\"u1\",\"name\":\"Skien\"},{\"unit\":\"u2\",\"%s\":\"",
                  key, key);
    growing_add(&text, value, strlen(value));
    growing_print(&text, "\"}]}");
    policy = policy_of(text.data);
    status = pfh_ical_options_policy(options, policy, err);
    if (status != PFH_OK)
        free(with(options));
    pfh_policy_free(policy);
    free(text.data);
    pfh_ical_options_free(options);
    return status;
}

static void expect_taken(const char *key, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pfh_error err = {0};

        cr_expect_eq(take(key, list[i], &err), PFH_OK, "%s: %s", list[i], err.text);
    }
}

static void expect_refused(const char *key, const char *const *list, size_t count)
{
    char where[40], sentence[300] = "";

    snprintf(where, sizeof where, "/units/2/%s", key);
    for (size_t i = 0; i < count; i++) {
        pfh_error err = {0};

        cr_expect_eq(take(key, list[i], &err), PFH_E_VALUE, "%s", list[i]);
        cr_expect_str_eq(err.where, where, "%s", list[i]);
        if (i == 0)
            snprintf(sentence, sizeof sentence, "%s", err.text);
        cr_expect_str_eq(err.text, sentence, "the value is no part of the sentence");
    }
}

Test(ical_options, an_email_address_is_plain_or_refused_where_it_stands)
{
    cr_assert_geq(COUNT(good_emails) + COUNT(bad_emails), 40);
    expect_taken("email", good_emails, COUNT(good_emails));
    expect_refused("email", bad_emails, COUNT(bad_emails));
}

Test(ical_options, a_url_is_of_the_web_with_a_host_or_refused_where_it_stands)
{
    cr_assert_geq(COUNT(good_urls) + COUNT(bad_urls), 40);
    expect_taken("url", good_urls, COUNT(good_urls));
    expect_refused("url", bad_urls, COUNT(bad_urls));
}

Test(ical_options, a_url_has_at_most_2000_bytes)
{
    char url[2002] = "https://epj.example/";
    const char *const list[] = {url};

    memset(url + strlen(url), 'a', 2000 - strlen(url));
    url[2000] = '\0';
    expect_taken("url", list, 1);
    url[2000] = 'a';
    url[2001] = '\0';
    expect_refused("url", list, 1);
}

Test(ical_options, the_last_policy_counts_and_a_refused_one_does_not)
{
    static const char *const policies[] = {
        "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u1\",\"phone\":\"1\"}]}",
        "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u1\",\"phone\":\"2\"}]}",
        "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u1\",\"phone\":\"3\",\"url\":\"x\"}]}",
    };
    pfh_plan *plan = plan_with(KEYS, "", ",\"assign\":[{\"unit\":\"u1\"}]", "2026-02-02", NULL);
    pfh_ical_options *options = options_of("", policies[0]);
    char *text;

    for (size_t i = 1; i < COUNT(policies); i++) {
        pfh_policy *policy = policy_of(policies[i]);

        cr_expect_eq(pfh_ical_options_policy(options, policy, NULL), i == 1 ? PFH_OK : PFH_E_VALUE);
        pfh_policy_free(policy); /* it was copied */
    }
    text = calendar_by(plan, options);
    cr_expect_not_null(strstr(text, "CONTACT:2\r\n"));
    cr_expect_null(strstr(text, "CONTACT:1\r\n"));
    cr_expect_null(strstr(text, "CONTACT:3\r\n"));
    free(text);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
}

/* A feed has a copy: what is set afterwards is not its own. */
Test(ical_options, a_feed_copies_its_options)
{
    pfh_ical_options *options = options_of(
        "level=specialist|unit|unit=u9|kind=offer|state=active|from=2026-01-01|to=2026-12-31|"
        "horizon_days=100|language=en|form=both|span=from_due|alarm=PT1H|name=N|refresh=PT2H|"
        "stamp=2026-03-01T00:00:00Z|domain=d.example|tell=initials|keep_days=1|organizer=u1|"
        "attendee=u1|attendee=u2|attendee|attendee=u3",
        "{\"format\":\"pfh-policy/1\",\"units\":[{\"unit\":\"u1\",\"email\":\"a@b.example\"}]}");
    pfh_plan *plan = bare_plan();
    pfh_feed *feed = NULL;
    char *before = calendar_by(plan, options), *text = NULL;

    cr_assert_eq(pfh_feed_new(&feed, NULL, 0, options, NULL), PFH_OK);
    cr_expect_eq(pfh_ical_options_set(options, "language", "nn", NULL), PFH_OK);
    cr_expect_eq(pfh_ical_options_set(options, "domain", "other.example", NULL), PFH_OK);
    pfh_ical_options_free(options);
    cr_assert_eq(pfh_feed_add(feed, plan, NULL), PFH_OK);
    cr_assert_eq(pfh_feed_to_ical(&text, feed, NULL), PFH_OK);
    cr_expect_str_eq(text, before);
    pfh_string_free(text);
    free(before);
    pfh_feed_free(feed);
    pfh_plan_free(plan);
}
