/*
 * no_memory.c -- makes memory short for libpfh and for nobody else.  Put before the other libraries with
 * LD_PRELOAD: an allocation of 1 MiB or more that libpfh asks for is refused, as it is where there is no more.
 *
 * Who asks is seen by the address that the call returns to.  Below 1 MiB nobody is looked at, so that a virtual
 * machine runs as fast as ever.  glibc alone: the real calls go by its second names for them, which are there
 * before any library is begun; to ask dlsym() for them could itself ask for memory.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

enum { LARGE = 1024 * 1024 };

/* A wheel may give the library a name of its own: "libpfh-0f1e2d3c.so.0.1.0".  The bindings' own halves have
 * other letters there. */
static int is_library(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    const char *at = name + strlen("libpfh");

    if (strncmp(name, "libpfh", strlen("libpfh")) != 0)
        return 0;
    if (*at == '-')
        at += 1 + strspn(at + 1, "0123456789abcdef");
    return strncmp(at, ".so", strlen(".so")) == 0;
}

static int is_refused(size_t size, const void *caller)
{
    Dl_info from;

    if (size < LARGE || dladdr(caller, &from) == 0 || from.dli_fname == NULL || !is_library(from.dli_fname))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return is_refused(size, __builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    const size_t total = size != 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size;

    return is_refused(total, __builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return is_refused(size, __builtin_return_address(0)) ? NULL : __libc_realloc(memory, size);
}
