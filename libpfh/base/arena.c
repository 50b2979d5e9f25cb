/*
 * base/arena.c -- many allocations, one free; and memory that is wiped.
 *
 * Blocks double in size, so a caller that guesses the first one right (next_size) pays for a single
 * malloc.  An allocation is a bump of a counter.  Nothing is freed alone, and an allocation larger
 * than a block gets a block of its own.  Not for use by several threads at once.
 */
#include "base/base.h"

#include <stdlib.h>

enum { DEFAULT_BLOCK = 4096, LARGEST_BLOCK = 1024 * 1024 };

struct pfh_block {
    struct pfh_block *older;
    size_t size, used; /* bytes of data */
    max_align_t data[];
};

void pfh__wipe(void *memory, size_t size)
{
    /* The compiler does not know what a volatile pointer points to, so it cannot drop the call. */
    static void *(*const volatile overwrite)(void *, int, size_t) = memset;

    if (size > 0)
        overwrite(memory, 0, size);
}

static struct pfh_block *new_block(pfh_arena *arena, size_t needed)
{
    const size_t usual = arena->next_size > 0 ? arena->next_size : DEFAULT_BLOCK;
    const size_t size = needed > usual ? needed : usual;
    struct pfh_block *block;

    if (size > SIZE_MAX - sizeof *block || (block = malloc(sizeof *block + size)) == NULL)
        return NULL;
    block->older = arena->block;
    block->size = size;
    block->used = 0;
    arena->block = block;
    arena->next_size = size < LARGEST_BLOCK / 2 ? size * 2 : LARGEST_BLOCK;
    return block;
}

void *pfh__arena_alloc(pfh_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    struct pfh_block *block = arena->block;
    size_t rounded;
    char *memory;

    if (size > SIZE_MAX - align)
        return NULL;
    rounded = (size + align - 1) / align * align;
    if (block == NULL || rounded > block->size - block->used) {
        block = new_block(arena, rounded);
        if (block == NULL)
            return NULL;
    }
    memory = (char *)block->data + block->used;
    block->used += rounded;
    return memory;
}

char *pfh__arena_text(pfh_arena *arena, const char *text, size_t size)
{
    char *copy = size < SIZE_MAX ? pfh__arena_alloc(arena, size + 1) : NULL;

    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

void pfh__arena_free(pfh_arena *arena)
{
    struct pfh_block *block = arena->block;

    while (block != NULL) {
        struct pfh_block *older = block->older;
        pfh__wipe(block->data, block->used);
        free(block);
        block = older;
    }
    *arena = (pfh_arena){NULL, 0};
}
