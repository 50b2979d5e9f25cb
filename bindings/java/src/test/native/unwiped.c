/*
 * unwiped.c -- tells of memory that libpfh or its binding frees while it still holds "SECRET-7".  Put before the other
 * libraries with LD_PRELOAD.  glibc alone: its second name for the call is there before any library is begun.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <malloc.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

extern void __libc_free(void *memory);

static void tell(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        return; /* nobody listens */
}

/* Who frees is seen by the address that the call returns to. */
static void look(void *memory, const void *caller)
{
    static const char secret[] = "SECRET-7";
    Dl_info from;

    if (memmem(memory, malloc_usable_size(memory), secret, sizeof secret - 1) == NULL || dladdr(caller, &from) == 0 ||
        from.dli_fname == NULL || strstr(from.dli_fname, "libpfh") == NULL)
        return;
    tell("not wiped: ");
    tell(from.dli_fname);
    tell(from.dli_sname == NULL ? "" : from.dli_sname);
    tell("\n");
}

void free(void *memory)
{
    if (memory != NULL)
        look(memory, __builtin_return_address(0));
    __libc_free(memory);
}
