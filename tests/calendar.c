/*
 * calendar.c -- see calendar.h.
 */
#include "calendar.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

/* ---- Options ------------------------------------------------------------------------------ */

static void set(pfh_ical_options *options, const char *setting, size_t size)
{
    char room[1024];
    char *equals;
    pfh_error err = {0};

    cr_assert_lt(size, sizeof room);
    memcpy(room, setting, size);
    room[size] = '\0';
    equals = strchr(room, '=');
    if (equals != NULL)
        *equals++ = '\0';
    cr_assert_eq(pfh_ical_options_set(options, room, equals, &err), PFH_OK, "%s: %s", room,
                 err.text);
}

pfh_ical_options *options_of(const char *settings, const char *policy)
{
    pfh_ical_options *options = NULL;
    pfh_error err = {0};

    cr_assert_eq(pfh_ical_options_new(&options, NULL), PFH_OK);
    while (*settings != '\0') {
        size_t size = strcspn(settings, "|");

        set(options, settings, size);
        settings += size + (settings[size] == '|');
    }
    if (policy != NULL) {
        pfh_policy *read = policy_of(policy);

        cr_assert_eq(pfh_ical_options_policy(options, read, &err), PFH_OK, "%s %s", err.where,
                     err.text);
        pfh_policy_free(read);
    }
    return options;
}

/* ---- Calendars ---------------------------------------------------------------------------- */

static void expect_no_defect(const char *text)
{
    pfh_defects *defects = NULL;
    const pfh_defect *first;

    cr_assert_eq(pfh_ical_lint(&defects, text, strlen(text), NULL), PFH_OK);
    first = pfh_defects_row(defects, 0);
    if (first != NULL)
        cr_assert_fail("%d:%d %s: %s (%s) in\n%s", (int)first->line, (int)first->column,
                       first->rule, first->text, first->subject == NULL ? "" : first->subject,
                       text);
    pfh_defects_free(defects);
}

/* Lines of 1 to 75 octets that end in CR LF, no other control character, none inside a character.
 */
static void expect_bytes(const char *text)
{
    const char *line = text;

    while (*line != '\0') {
        size_t size = strcspn(line, "\r\n");

        cr_assert(size >= 1 && size <= 75, "%zu octets: %.*s", size, (int)size, line);
        cr_assert(strncmp(line + size, "\r\n", 2) == 0, "no CR LF after: %.*s", (int)size, line);
        cr_assert_neq((unsigned char)line[line[0] == ' '] & 0xc0, 0x80, "%.*s", (int)size, line);
        for (size_t i = 0; i < size; i++)
            cr_assert((unsigned char)line[i] >= ' ' && line[i] != 0x7f, "%.*s", (int)size, line);
        line += size + 2;
    }
}

void expect_sound(const char *text)
{
    expect_bytes(text);
    expect_no_defect(text);
}

char *calendar_by(const pfh_plan *plan, const pfh_ical_options *options)
{
    growing copy = {0};
    pfh_error err = {0};
    char *text = NULL;

    cr_assert_eq(pfh_plan_to_ical(&text, plan, options, &err), PFH_OK, "%s %s", err.where,
                 err.text);
    expect_sound(text);
    growing_add(&copy, text, strlen(text));
    pfh_string_free(text);
    return copy.data;
}

char *calendar_of(const pfh_plan *plan, const char *settings)
{
    pfh_ical_options *options = options_of(settings, NULL);
    char *text = calendar_by(plan, options);

    pfh_ical_options_free(options);
    return text;
}

/* ---- Lines -------------------------------------------------------------------------------- */

char *unfold(const char *text)
{
    growing plain = {0};

    growing_add(&plain, "", 0);
    for (; *text != '\0'; text++) {
        if (strncmp(text, "\r\n ", 3) == 0)
            text += 2;
        else if (strncmp(text, "\r\n", 2) == 0)
            growing_add(&plain, "\n", 1), text++;
        else
            growing_add(&plain, text, 1);
    }
    return plain.data;
}

char *unfolded_of(const pfh_plan *plan, const char *settings)
{
    char *text = calendar_of(plan, settings), *plain = unfold(text);

    free(text);
    return plain;
}

static char *copy_of(const char *from, const char *to)
{
    growing copy = {0};

    growing_add(&copy, from, (size_t)(to - from));
    return copy.data;
}

/* Where the component with a UID begins; NULL: none. */
static const char *find_component(const char *unfolded, const char *uid)
{
    growing line = {0};
    const char *at;

    growing_print(&line, "\nUID:");
    growing_add(&line, uid, strlen(uid));
    growing_add(&line, "\n", 1);
    at = strstr(unfolded, line.data);
    free(line.data);
    while (at != NULL && at > unfolded && strncmp(at, "\nBEGIN:", 7) != 0)
        at--;
    return at == NULL ? NULL : at + 1;
}

char *component_of(const char *unfolded, const char *uid)
{
    const char *at = find_component(unfolded, uid), *end, *inside;

    if (at == NULL)
        return NULL;
    end = strstr(at, "\nEND:") + 1;
    inside = strstr(at + 1, "\nBEGIN:");
    return copy_of(at, inside != NULL && inside < end ? inside + 1 : end);
}

char *alarm_of(const char *unfolded, const char *uid)
{
    const char *at = find_component(unfolded, uid), *end, *inside;

    cr_assert_not_null(at, "no %s in\n%s", uid, unfolded);
    end = strstr(at, "\nEND:") + 1;
    inside = strstr(at + 1, "\nBEGIN:VALARM");
    return inside != NULL && inside < end ? copy_of(inside + 1, end) : NULL;
}

size_t count_lines(const char *unfolded, const char *beginning)
{
    size_t count = 0;

    while (*unfolded != '\0') {
        count += strncmp(unfolded, beginning, strlen(beginning)) == 0;
        unfolded += strcspn(unfolded, "\n");
        unfolded += *unfolded == '\n';
    }
    return count;
}

char *line_of(const char *unfolded, const char *beginning)
{
    while (*unfolded != '\0') {
        size_t size = strcspn(unfolded, "\n");

        if (strncmp(unfolded, beginning, strlen(beginning)) == 0)
            return copy_of(unfolded, unfolded + size);
        unfolded += size + (unfolded[size] == '\n');
    }
    return NULL;
}

bool has_line(const char *unfolded, const char *line)
{
    const size_t length = strlen(line);

    while (*unfolded != '\0') {
        size_t size = strcspn(unfolded, "\n");

        if (size == length && memcmp(unfolded, line, size) == 0)
            return true;
        unfolded += size + (unfolded[size] == '\n');
    }
    return false;
}

void expect_lines(const char *unfolded, const char *uid, const char *lines)
{
    char *component = component_of(unfolded, uid);

    cr_assert_not_null(component, "no %s in\n%s", uid, unfolded);
    while (*lines != '\0') {
        size_t size = strcspn(lines, "\n");
        char *line = copy_of(lines, lines + size);

        cr_expect(has_line(component, line), "no %s in\n%s", line, component);
        free(line);
        lines += size + (lines[size] == '\n');
    }
    free(component);
}
