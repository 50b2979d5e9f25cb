/*
 * Injection: each text of ical/injection.txt in each field that can hold text.  Either it is
 * refused, or the calendar has the lines and components that it has with harmless text, in the same
 * order.
 *
 * Each calendar is read by libical here; what came out is also written below PFH_TEST_OUT, a file a
 * field, for tools/read_injected.py.
 */
#include "calendar.h"

#include <criterion/criterion.h>
#include <libical/ical.h>

#include <stdlib.h>
#include <string.h>

/* <<field=harmless>> stands for a text. */
static const char pathway_template[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"<<id=p1>>\",\"edition\":\"hdir-2022\",\"previous\":"
    "\"<<previous=p0>>\",\"x_<<key=a>>\":\"<<vendor=v>>\",\"patient\":{\"id\":\"<<patient=7>>\","
    "\"identifiers\":[{\"type\":\"duf\",\"value\":\"200816832910\",\"assigner\":\"<<assigner=UDI>>"
    "\"}],"
    "\"name\":{\"given\":\"<<given=Kari>>\",\"family\":\"<<family=Nordmann>>\"}},\"diagnosis\":{"
    "\"code\":"
    "\"C50\",\"date\":\"2026-01-31\",\"x_d\":{\"<<diagnosis_key=a>>\":[\"<<diagnosis_vendor=b>>\"]}"
    "},"
    "\"events\":[{\"id\":\"x1\",\"type\":\"excluded\",\"date\":\"2026-02-03\",\"point\":1,"
    "\"reason\":"
    "\"other\"},{\"id\":\"x3\",\"type\":\"excluded\",\"date\":\"2026-02-03\",\"point\":3,"
    "\"reason\":"
    "\"other\"},{\"id\":\"<<event=e1>>\",\"type\":\"scheduled\",\"date\":\"2026-02-23\",\"point\":"
    "2,"
    "\"start\":\"2026-05-04T10:00\",\"minutes\":45,\"place\":\"<<place=Rom "
    "3>>\",\"note\":\"<<note=n>>\","
    "\"author\":{\"name\":\"<<author=a>>\",\"unit\":\"<<author_unit=u5>>\"},\"performer\":{"
    "\"name\":"
    "\"<<performer=b>>\",\"unit\":\"<<performer_unit=u6>>\"},\"x_<<event_key=k>>\":\"<<event_"
    "vendor=v>>\"},"
    "{\"id\":\"a1\",\"type\":\"assigned\",\"date\":\"2026-02-22\",\"point\":2,\"level\":"
    "\"municipality\","
    "\"unit\":\"<<unit=u1>>\"},{\"id\":\"<<message=m1>>\",\"type\":\"message\",\"date\":\"2026-02-"
    "24\","
    "\"to\":\"gp\",\"kind\":\"plo\",\"point\":2,\"ref\":\"<<ref=r>>\"},{\"id\":\"r1\",\"type\":"
    "\"receipt\","
    "\"date\":\"2026-02-25\",\"of\":\"<<message=m1>>\",\"status\":\"rejected\",\"error\":\"<<error="
    "e>>\"}]}";
static const char policy_template[] =
    "{\"format\":\"pfh-policy/1\",\"x_<<policy_key=k>>\":\"<<policy_vendor=v>>\",\"extra_codes\":["
    "\"<<code=ABC00>>\"],\"extra_topics\":[{\"code\":\"x_t\",\"title\":\"<<title=T>>\"}],\"units\":"
    "[{"
    "\"unit\":\"<<policy_unit=u1>>\",\"name\":\"<<unit_name=Skien>>\",\"phone\":\"<<phone=35 "
    "00>>\",\"email\":"
    "\"<<email=post@epj.example>>\",\"url\":\"<<url=https://epj.example/"
    ">>\"},{\"unit\":\"u2\",\"name\":"
    "\"<<guest_name=Porsgrunn>>\",\"email\":\"<<guest_email=b@c.example>>\"}]}";
static const char name_template[] = "<<calendar=Kreft>>",
                  domain_template[] = "<<domain=epj.example>>";

/* The field that is tried, and with what; its name NULL: none. */
typedef struct attempt {
    const char *field, *text;
} attempt;

static const attempt harmless = {NULL, NULL};

/* ---- The corpus --------------------------------------------------------------------------- */

enum { LINE_MAX_BYTES = 4096 };

typedef struct corpus {
    char *text;
    const char *lines[1000];
    size_t count;
} corpus;

static corpus corpus_read(void)
{
    corpus all = {.count = 0};
    char *at = all.text = file_read("ical/injection.txt", NULL);

    while (*at != '\0') {
        char *end = strchr(at, '\n');

        cr_assert_not_null(end);
        *end = '\0';
        if (strncmp(at, "# ", 2) != 0)
            all.lines[all.count++] = at;
        at = end + 1;
    }
    cr_assert_geq(all.count, 200);
    return all;
}

/* Adds a line with \xHH as bytes; a backslash before anything else stays for JSON. */
static void add_line(growing *out, const char *line)
{
    while (*line != '\0') {
        size_t size = line[0] == '\\' && line[1] != '\0' ? 2 : 1, count;
        char hex[3] = "", *byte;

        if (line[0] == '\\' && line[1] == 'x') {
            memcpy(hex, line + 2, 2);
            byte = hex_read(hex, &count);
            growing_add(out, byte, 1);
            free(byte);
            size = 4;
        } else {
            growing_add(out, line, size);
        }
        line += size;
    }
}

/* A document of a template. */
static growing filled(const char *template, const attempt *try)
{
    growing out = {0};
    const char *mark;

    growing_add(&out, "", 0);
    while ((mark = strstr(template, "<<")) != NULL) {
        const char *equals = strchr(mark, '='), *end = strstr(mark, ">>");
        const size_t size = (size_t)(equals - mark - 2);

        growing_add(&out, template, (size_t)(mark - template));
        if (try->field != NULL && strlen(try->field) == size &&
            memcmp(mark + 2, try->field, size) == 0)
            add_line(&out, try->text);
        else
            growing_add(&out, equals + 1, (size_t)(end - equals - 1));
        template = end + 2;
    }
    growing_add(&out, template, strlen(template));
    return out;
}

/* The same as a text of C, for a call; NULL where the line cannot be one. */
static char *plain_text(const char *template, const attempt *try)
{
    growing body = filled(template, try), json = {0};
    cJSON *string;
    char *copy = NULL;

    growing_print(&json, "\"");
    growing_add(&json, body.data, body.size);
    growing_print(&json, "\"");
    string = strlen(json.data) == json.size ? cJSON_Parse(json.data) : NULL;
    if (cJSON_IsString(string)) {
        growing text = {0};

        growing_add(&text, string->valuestring, strlen(string->valuestring));
        copy = text.data;
    }
    cJSON_Delete(string);
    free(body.data);
    free(json.data);
    return copy;
}

/* ---- Calendars ---------------------------------------------------------------------------- */

static const char *const variants[] = {
    "form=both|tell=name|span=from_due|attendee=u1|attendee=u2",
    "tell=initials|language=en|alarm=none|organizer=u2", "audience=patient|language=nn",
    NULL, /* a message to be mailed */
};

static void expect_clear_refusal(const pfh_error *err, pfh_status status, const attempt *try)
{
    cr_expect(status == PFH_E_SYNTAX || status == PFH_E_KEY || status == PFH_E_VALUE ||
                  status == PFH_E_PRIVACY || status == PFH_E_DUPLICATE ||
                  status == PFH_E_REFERENCE || status == PFH_E_TYPE || status == PFH_E_DATE,
              "%d for %s in %s", (int)status, try->text, try->field);
    cr_expect_eq(err->status, status);
    cr_expect_neq(err->text[0], '\0', "no sentence for %s in %s", try->text, try->field);
    for (const char *c = err->text; *c != '\0'; c++)
        cr_expect((unsigned char)*c >= ' ' && *c != 0x7f, "%s in %s", try->text, try->field);
    for (const char *c = err->where; *c != '\0'; c++)
        cr_expect((unsigned char)*c >= ' ' && *c != 0x7f, "%s in %s", try->text, try->field);
}

/* Sets one of the options that take a text; false when it was refused or cannot be said. */
static bool set_text(pfh_ical_options *options, const char *key, const char *template,
                     const attempt *try)
{
    char *text = plain_text(template, try);
    pfh_error err = {0};
    pfh_status status = text == NULL ? PFH_E_VALUE : pfh_ical_options_set(options, key, text, &err);

    if (status != PFH_OK && text != NULL)
        expect_clear_refusal(&err, status, try);
    free(text);
    return status == PFH_OK;
}

static bool take_policy(pfh_ical_options *options, const attempt *try)
{
    growing text = filled(policy_template, try);
    pfh_policy *policy = NULL;
    pfh_error err = {0};
    pfh_status status = pfh_policy_parse(&policy, text.data, text.size, &err);

    if (status == PFH_OK)
        status = pfh_ical_options_policy(options, policy, &err);
    if (status != PFH_OK)
        expect_clear_refusal(&err, status, try);
    pfh_policy_free(policy);
    free(text.data);
    return status == PFH_OK;
}

static pfh_plan *plan_of_attempt(const attempt *try)
{
    growing text = filled(pathway_template, try);
    pfh_pathway *pathway = NULL;
    pfh_plan *plan = NULL;
    pfh_error err = {0};
    pfh_status status = pfh_pathway_parse(&pathway, text.data, text.size, &err);

    if (status != PFH_OK)
        expect_clear_refusal(&err, status, try);
    else
        cr_assert_eq(pfh_plan_derive(&plan, pathway, NULL, day("2026-04-01"), NULL), PFH_OK);
    pfh_pathway_free(pathway);
    free(text.data);
    return plan;
}

static bool is_unit(const char *field)
{
    return field != NULL && (strcmp(field, "unit") == 0 || strcmp(field, "policy_unit") == 0);
}

/* The calendar, or NULL where the text was refused. */
static char *calendar_with(const attempt *try, size_t variant)
{
    pfh_plan *plan = plan_of_attempt(try);
    const char *settings = variants[variant] == NULL ? variants[0] : variants[variant];
    pfh_ical_options *options = options_of(settings, NULL);
    growing copy = {0};
    char *text = NULL;

    if (plan != NULL && take_policy(options, try) &&
        set_text(options, "name", name_template, try) &&
        set_text(options, "domain", domain_template, try)) {
        pfh_status status = variants[variant] == NULL
                                ? pfh_plan_to_invitation(&text, plan, 2, NULL, 0, options, NULL)
                                : pfh_plan_to_ical(&text, plan, options, NULL);

        /* a unit by another name has no address to mail to */
        if (variants[variant] == NULL && is_unit(try->field) && status == PFH_E_VALUE)
            text = NULL;
        else
            cr_assert(status == PFH_OK && text != NULL, "%d for %s in %s", (int)status, try->text,
                      try->field);
    }
    if (text != NULL)
        growing_add(&copy, text, strlen(text));
    pfh_string_free(text);
    pfh_ical_options_free(options);
    pfh_plan_free(plan);
    return copy.data;
}

/* ---- What it has -------------------------------------------------------------------------- */

/* The names of its properties and the frames of its components, a line each, in their order. */
static char *profile_of(const char *text)
{
    char *unfolded = unfold(text);
    growing profile = {0};

    for (const char *at = unfolded; *at != '\0'; at += *at == '\n') {
        size_t size = strcspn(at, "\n");
        const bool is_frame = strncmp(at, "BEGIN:", 6) == 0 || strncmp(at, "END:", 4) == 0;

        growing_add(&profile, at, is_frame ? size : strcspn(at, ":;\n"));
        growing_add(&profile, "\n", 1);
        at += size;
    }
    free(unfolded);
    return profile.data;
}

typedef struct counts {
    size_t components, properties;
} counts;

static counts counts_of(const char *profile)
{
    const size_t begins = count_lines(profile, "BEGIN:");

    return (counts){begins, count_lines(profile, "") - 2 * begins};
}

static void count_all(counts *into, icalcomponent *component)
{
    icalcomponent *inside = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);

    const int categories = icalcomponent_count_properties(component, ICAL_CATEGORIES_PROPERTY);

    into->components++;
    into->properties += (size_t)icalcomponent_count_properties(component, ICAL_ANY_PROPERTY);
    if (categories > 1) /* libical makes a property of each in the list */
        into->properties -= (size_t)categories - 1;
    for (; inside != NULL; inside = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        count_all(into, inside);
}

/* libical sees as much, and no error. */
static void expect_read_by_libical(const char *text, counts wanted, const attempt *try)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    counts got = {0, 0};

    cr_assert_not_null(calendar, "%s in %s", try->text, try->field);
    cr_expect_eq(icalcomponent_isa(calendar), ICAL_VCALENDAR_COMPONENT);
    cr_expect_eq(icalcomponent_count_errors(calendar), 0, "%s in %s", try->text, try->field);
    count_all(&got, calendar);
    cr_expect_eq(got.components, wanted.components, "%s in %s", try->text, try->field);
    cr_expect_eq(got.properties, wanted.properties, "%s in %s: %zu, %zu\n%s", try->text, try->field,
                 got.properties, wanted.properties, text);
    icalcomponent_free(calendar);
}

static void expect_no_mark(const char *text, const attempt *try)
{
    static const char *const marks[] = {
        "\330\234",     "\342\200\216", "\342\200\217", "\342\200\250",
        "\342\200\251", "\342\200\252", "\342\200\253", "\342\200\254",
        "\342\200\255", "\342\200\256", "\342\201\246", "\342\201\247",
        "\342\201\250", "\342\201\251", "\357\273\277", "\302\205"};

    for (size_t i = 0; i < COUNT(marks); i++)
        cr_expect_null(strstr(text, marks[i]), "mark %zu by %s in %s", i, try->text, try->field);
}

/* What is the same as with harmless text need not be read again. */
static void record(FILE *file, const char *text, counts has, size_t line, size_t variant)
{
    fprintf(file, "%zu %zu %zu %zu %zu\n", line, variant, strlen(text), has.components,
            has.properties);
    fwrite(text, 1, strlen(text), file);
}

typedef struct usual {
    char *text, *profile;
    char *blank; /* with nothing in the field but spaces; or NULL */
    char *plain; /* with another harmless text that leaves something out; or NULL */
} usual;

static char *profile_with(const char *field, const char *text, size_t variant)
{
    const attempt try = {field, text};
    char *calendar = calendar_with(&try, variant);
    char *profile = calendar == NULL ? NULL : profile_of(calendar);

    free(calendar);
    return profile;
}

static usual usual_of(const char *field, size_t variant)
{
    /* a unit of which no details are known; a name that X-WR-CALNAME leaves out */
    const char *other = is_unit(field) ? "u9" : strcmp(field, "calendar") == 0 ? "," : NULL;
    usual made = {calendar_with(&harmless, variant), NULL, profile_with(field, " ", variant),
                  other == NULL ? NULL : profile_with(field, other, variant)};

    expect_sound(made.text);
    made.profile = profile_of(made.text);
    if (made.blank != NULL)
        cr_expect_leq(strlen(made.profile) - strlen(made.blank),
                      strlen("NAME\nX-WR-CALNAME\nLOCATION\n"), "a space in %s", field);
    return made;
}

/* Whether the text was taken. */
static bool try_text(FILE *file, const usual *like, const attempt *try, size_t variant, size_t line)
{
    char *text = calendar_with(try, variant), *profile;
    const bool is_taken = text != NULL;
    counts has;

    if (!is_taken || strcmp(text, like->text) == 0) { /* the usual one was read */
        free(text);
        return is_taken;
    }
    expect_sound(text);
    expect_no_mark(text, try);
    profile = profile_of(text);
    has = counts_of(profile);
    cr_expect(strcmp(profile, like->profile) == 0 ||
                  (like->blank != NULL && strcmp(profile, like->blank) == 0) ||
                  (like->plain != NULL && strcmp(profile, like->plain) == 0),
              "%s in %s changes the calendar:\n%s", try->text, try->field, text);
    expect_read_by_libical(text, has, try);
    if (variant == 0 || variants[variant] == NULL) /* the others have little of their own */
        record(file, text, has, line, variant);
    free(profile);
    free(text);
    return true;
}

/* Every text in a field; at least `taken` of them, and not more than `most`. */
static void try_field(const char *field, size_t taken, size_t most)
{
    corpus all = corpus_read();
    char path[1024];
    size_t count = 0;
    FILE *file;

    snprintf(path, sizeof path, "%s/%s.bin", PFH_TEST_OUT, field);
    file = fopen(path, "wb");
    cr_assert_not_null(file, "%s", path);
    for (size_t v = 0; v < COUNT(variants); v++) {
        usual like = usual_of(field, v);

        for (size_t i = 0; i < all.count; i++) {
            const attempt try = {field, all.lines[i]};

            count += try_text(file, &like, &try, v, i) && v == 0;
        }
        free(like.text);
        free(like.profile);
        free(like.blank);
        free(like.plain);
    }
    fclose(file);
    cr_expect(count >= taken && count <= most, "%zu of %zu texts were taken in %s", count,
              all.count, field);
    free(all.text);
}

/* A free text takes most of the corpus; an id, an address or a host a few. */
#define FREE_TEXT(field)                                                                           \
    Test(ical_injection, a_text_in_##field)                                                        \
    {                                                                                              \
        try_field(#field, 200, 1000);                                                              \
    }
#define STRICT_TEXT(field)                                                                         \
    Test(ical_injection, a_text_in_##field)                                                        \
    {                                                                                              \
        try_field(#field, 1, 60);                                                                  \
    }

FREE_TEXT(given)
FREE_TEXT(family)
FREE_TEXT(place)
FREE_TEXT(note)
FREE_TEXT(author)
FREE_TEXT(performer)
FREE_TEXT(ref)
FREE_TEXT(error)
FREE_TEXT(patient)
FREE_TEXT(assigner)
FREE_TEXT(vendor)
FREE_TEXT(key)
FREE_TEXT(event_vendor)
FREE_TEXT(event_key)
FREE_TEXT(diagnosis_vendor)
FREE_TEXT(diagnosis_key)
FREE_TEXT(unit_name)
FREE_TEXT(guest_name)
FREE_TEXT(phone)
FREE_TEXT(title)
FREE_TEXT(code)
FREE_TEXT(policy_vendor)
FREE_TEXT(policy_key)
FREE_TEXT(calendar)
STRICT_TEXT(id)
STRICT_TEXT(previous)
STRICT_TEXT(event)
STRICT_TEXT(message)
STRICT_TEXT(unit)
STRICT_TEXT(policy_unit)
STRICT_TEXT(author_unit)
STRICT_TEXT(performer_unit)
STRICT_TEXT(email)
STRICT_TEXT(guest_email)
STRICT_TEXT(url)
STRICT_TEXT(domain)
