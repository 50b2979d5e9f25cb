/*
 * replace.c -- see replace.h.
 *
 * The text is written and synchronised under another name in the same folder, which then takes the
 * place of the file: rename() is atomic.  Signals wait meanwhile, so that none leaves the other
 * name behind.  What only the old file had beyond mode and owner, as access control lists, is lost.
 */
#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_SIZE ((size_t)65536)

typedef struct cli_replacement {
    char *target; /* without symbolic links, where it exists */
    bool exists;
    struct stat old;
    char *folder;
    char *temporary; /* "" once it is gone */
    int descriptor;
} cli_replacement;

static const char *why(void)
{
    return strerror(errno != 0 ? errno : EIO);
}

/* Whether the file that is to be replaced is one that could be written. */
static const char *check_old(cli_replacement *work)
{
    if (stat(work->target, &work->old) != 0)
        return why();
    if (S_ISDIR(work->old.st_mode))
        return strerror(EISDIR);
    if (!S_ISREG(work->old.st_mode))
        return "it is no regular file";
    return faccessat(AT_FDCWD, work->target, W_OK, AT_EACCESS) != 0 ? why() : NULL;
}

static const char *find_target(cli_replacement *work, const char *file)
{
    work->target = realpath(file, NULL);
    work->exists = work->target != NULL;
    if (work->exists)
        return check_old(work);
    if (errno != ENOENT)
        return why();
    if (lstat(file, &work->old) == 0)
        return "it is a symbolic link that leads nowhere";
    work->target = strdup(file);
    return work->target == NULL ? why() : NULL;
}

/* Whether all of `descriptor` is `text`. */
static bool holds(int descriptor, const char *text, size_t size)
{
    char piece[PIECE_SIZE];
    size_t at = 0;

    for (;;) {
        ssize_t got = read(descriptor, piece, sizeof piece);
        if (got == -1 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 && at == size;
        if ((size_t)got > size - at || memcmp(piece, text + at, (size_t)got) != 0)
            return false;
        at += (size_t)got;
    }
}

static bool is_same(const cli_replacement *work, const char *text, size_t size)
{
    int descriptor;
    bool same;

    if (!work->exists || work->old.st_size < 0 || (size_t)work->old.st_size != size)
        return false;
    descriptor = open(work->target, O_RDONLY | O_CLOEXEC);
    if (descriptor == -1)
        return false;
    same = holds(descriptor, text, size);
    close(descriptor);
    return same;
}

/* The folder of the target, and a name for what is not finished. */
static const char *name_temporary(cli_replacement *work)
{
    static const char pattern[] = ".pfh-XXXXXX";
    const char *slash = strrchr(work->target, '/');
    size_t size = slash != NULL ? (size_t)(slash - work->target) + 1 : 0;

    work->folder = size > 0 ? strndup(work->target, size) : strdup(".");
    work->temporary = malloc(size + sizeof pattern);
    if (work->folder == NULL || work->temporary == NULL)
        return why();
    memcpy(work->temporary, work->target, size);
    memcpy(work->temporary + size, pattern, sizeof pattern);
    return NULL;
}

static const char *open_temporary(cli_replacement *work)
{
    const char *reason = name_temporary(work);

    if (reason != NULL)
        return reason;
    work->descriptor = mkstemp(work->temporary);
    if (work->descriptor != -1)
        return NULL;
    reason = why();
    work->temporary[0] = '\0';
    return reason;
}

/* A group that cannot be kept gives another one no right to read. */
static const char *keep_mode(const cli_replacement *work)
{
    mode_t mode = work->old.st_mode & 0777;

    if (!work->exists)
        return NULL;
    if (fchown(work->descriptor, work->old.st_uid, work->old.st_gid) != 0 &&
        fchown(work->descriptor, (uid_t)-1, work->old.st_gid) != 0)
        mode &= ~(mode_t)S_IRWXG;
    return fchmod(work->descriptor, mode) != 0 ? why() : NULL;
}

static const char *write_all(const cli_replacement *work, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t written = write(work->descriptor, text, size);
        if (written == -1 && errno == EINTR)
            continue;
        if (written <= 0)
            return why();
        text += written;
        size -= (size_t)written;
    }
    return fsync(work->descriptor) != 0 ? why() : NULL;
}

static const char *close_temporary(cli_replacement *work)
{
    int descriptor = work->descriptor;

    work->descriptor = -1;
    return close(descriptor) != 0 ? why() : NULL;
}

static const char *take_place(cli_replacement *work)
{
    if (rename(work->temporary, work->target) != 0)
        return why();
    work->temporary[0] = '\0';
    return NULL;
}

/* The new name lasts once the folder is written.  Some file systems cannot be told to, and the file
 * is replaced already, so that nothing is said of a failure. */
static void sync_folder(const cli_replacement *work)
{
    int descriptor = open(work->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (descriptor == -1)
        return;
    (void)fsync(descriptor);
    close(descriptor);
}

static const char *replace(cli_replacement *work, const char *text, size_t size)
{
    const char *reason = open_temporary(work);

    if (reason == NULL)
        reason = keep_mode(work);
    if (reason == NULL)
        reason = write_all(work, text, size);
    if (reason == NULL)
        reason = close_temporary(work);
    if (reason == NULL)
        reason = take_place(work);
    if (reason == NULL)
        sync_folder(work);
    return reason;
}

static void clean_up(cli_replacement *work)
{
    if (work->descriptor != -1)
        close(work->descriptor);
    if (work->temporary != NULL && work->temporary[0] != '\0')
        unlink(work->temporary);
    free(work->temporary);
    free(work->folder);
    free(work->target);
}

const char *replace_file(const char *file, const char *text, size_t size)
{
    cli_replacement work = {.descriptor = -1};
    const char *reason = find_target(&work, file);
    sigset_t all, before;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    if (reason == NULL && !is_same(&work, text, size))
        reason = replace(&work, text, size);
    clean_up(&work);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return reason;
}
