/*
 * older_version.c -- makes libpfh say that it is older than any binding of it.  Put before the other libraries with
 * LD_PRELOAD: a symbol without a version is taken for any version that is asked for.
 */
#include <stdint.h>

const char *pfh_version(void);
int32_t pfh_version_number(void);

const char *pfh_version(void)
{
    return "0.0.9";
}

int32_t pfh_version_number(void)
{
    return 9;
}
