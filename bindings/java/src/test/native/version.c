/*
 * version.c -- makes libpfh say that it is of version 0.MINOR.9, for one that is older or newer than the binding but
 * of the same major version.  Put before the other libraries with LD_PRELOAD, as bindings/smoke/other_version.c.
 */
#include <stdint.h>

#define WORD(number) #number
#define TEXT(minor) "0." WORD(minor) ".9"

const char *pfh_version(void);
int32_t pfh_version_number(void);

const char *pfh_version(void)
{
    return TEXT(MINOR);
}

int32_t pfh_version_number(void)
{
    return MINOR * 1000 + 9;
}
