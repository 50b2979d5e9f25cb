/*
 * calendar.c -- see calendar.h.
 */
#include "calendar.h"

#include "input.h"

#include <errno.h>
#include <string.h>

pfh_status calendar_set(void *target, const char *key, const char *value, pfh_error *err)
{
    return pfh_ical_options_set(target, key, value, err);
}

int calendar_input(const char *file, size_t most, char **text, size_t *size)
{
    switch (input_whole(file, most, text, size)) {
    case INPUT_DONE:
    case INPUT_STOPPED:
        return EXIT_WELL;
    case INPUT_NO_MEMORY:
        complain("out of memory");
        return EXIT_IO;
    case INPUT_UNREADABLE:
        break;
    }
    complain("cannot read %s: %s", strcmp(file, "-") == 0 ? "standard input" : file,
             strerror(errno));
    return EXIT_IO;
}

/* A feed that takes no task of any plan. */
pfh_status pathways_new(pfh_feed **out)
{
    pfh_ical_options *options = NULL;
    pfh_status status = pfh_ical_options_new(&options, NULL);

    if (status == PFH_OK)
        status = pfh_ical_options_set(options, "to", "1850-01-01", NULL);
    if (status == PFH_OK)
        status = pfh_feed_new(out, NULL, 0, options, NULL);
    pfh_ical_options_free(options);
    return status;
}

pfh_status pathways_add(pfh_feed *pathways, const pfh_plan *plan, pfh_error *err)
{
    pfh_status status = pfh_feed_add(pathways, plan, err);

    if (status == PFH_E_DUPLICATE) {
        snprintf(err->where, sizeof err->where, "/id");
        snprintf(err->text, sizeof err->text, "a pathway of this id was read before");
        err->offset = -1;
    }
    return status;
}
