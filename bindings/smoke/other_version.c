/*
 * other_version.c -- makes libpfh say that it is of another major version.  Put before the other libraries with
 * LD_PRELOAD: a symbol without a version is taken for any version that is asked for.
 */
#include <stdint.h>

const char *pfh_version(void);
int32_t pfh_version_number(void);

const char *pfh_version(void)
{
    return "1.0.0";
}

int32_t pfh_version_number(void)
{
    return 1000000;
}
