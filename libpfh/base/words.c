/*
 * base/words.c -- the words of the closed lists, from the tables in pfh/words.h.
 *
 * Value to word is an array access; word to value compares with each word of the list, 21 at most.
 */
#include "base/base.h"

/* One array a list, its words in the places of their values less one. */
#define WORD(name, value, word) [(value)-1] = (word),
#define LIST(name, value, word, table, type)                                                       \
    static const char *const type##_words[] = {table(WORD)};
PFH_VOCABULARY_TABLE(LIST)
#undef LIST
#undef WORD

typedef struct {
    const char *name;
    const char *const *words;
    int32_t count;
} word_list;

#define LIST(name, value, word, table, type)                                                       \
    [(value)-1] = {word, type##_words, (int32_t)PFH_COUNT(type##_words)},
static const word_list lists[] = {PFH_VOCABULARY_TABLE(LIST)};
#undef LIST

static const word_list *find_list(pfh_vocabulary vocabulary)
{
    const int64_t number = (int64_t)vocabulary;
    return number >= 1 && number <= (int64_t)PFH_COUNT(lists) ? &lists[number - 1] : NULL;
}

const char *pfh_word(pfh_vocabulary vocabulary, int32_t value)
{
    const word_list *list = find_list(vocabulary);
    return list != NULL && value >= 1 && value <= list->count ? list->words[value - 1] : NULL;
}

int32_t pfh_word_find(pfh_vocabulary vocabulary, const char *word)
{
    const word_list *list = find_list(vocabulary);

    if (list == NULL || word == NULL)
        return 0;
    for (int32_t i = 0; i < list->count; i++)
        if (strcmp(list->words[i], word) == 0)
            return i + 1;
    return 0;
}

int32_t pfh_word_count(pfh_vocabulary vocabulary)
{
    const word_list *list = find_list(vocabulary);
    return list != NULL ? list->count : 0;
}

const char *pfh_vocabulary_name(pfh_vocabulary vocabulary)
{
    const word_list *list = find_list(vocabulary);
    return list != NULL ? list->name : NULL;
}

int32_t pfh_vocabulary_count(void)
{
    return (int32_t)PFH_COUNT(lists);
}
