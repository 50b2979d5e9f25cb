/*
 * merge_bench.c -- what merging two copies of a pathway costs, beside what reading and writing them
 * costs, and beside what one would write without the library.
 *
 *     merge_bench [PATHWAYS]    100,000 where it is not given
 *
 * Each pathway has 20 events: the hospital has 14 of them, the municipality a hand-over copy of 9
 * of those and 6 of its own.  All in one run: the two are read, merged, and what came of it is
 * written; the yardstick reads both with cJSON alone, adds the events whose ids are not there, and
 * prints that (it knows neither hand-over copies nor conflicts nor the order of events).  Times are
 * taken for blocks of pathways, in turn; printed are the median and the quartiles of the blocks in
 * nanoseconds a pathway, the ratio to reading both, and the peak of the memory, first when one
 * pathway is held at a time and then with all of them in memory.
 */
#include <pfh/pfh.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { BLOCK = 500, MOST = 1000000, ROOM = 8192 };

/* ---- The two copies ----------------------------------------------------------------------- */

static const char head[] =
    "{\"format\":\"pfh-pathway/1\",\"id\":\"p%zu\",\"edition\":\"hdir-2022\","
    "\"patient\":{\"id\":\"%zu\",\"birth_date\":\"1972-09-13\",\"municipality\":\"4003\"},"
    "\"diagnosis\":{\"code\":\"C50.9\",\"date\":\"2026-01-31\",\"informed\":\"2026-02-02\"},"
    "\"events\":[%s]}";

static const char hospital[] =
    "{\"id\":\"e1\",\"type\":\"offered\",\"date\":\"2026-02-05\",\"point\":1},"
    "{\"id\":\"e2\",\"type\":\"accepted\",\"date\":\"2026-02-06\",\"point\":1},"
    "{\"id\":\"e3\",\"type\":\"scheduled\",\"date\":\"2026-02-06\",\"point\":1,\"start\":"
    "\"2026-02-20T10:00\",\"minutes\":45,\"place\":\"Poliklinikken\"},"
    "{\"id\":\"e4\",\"type\":\"form_sent\",\"date\":\"2026-02-08\",\"point\":1},"
    "{\"id\":\"e5\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"recorded\":"
    "\"2026-02-20T10:12:00Z\",\"author\":{\"role\":\"nurse\",\"unit\":\"ward-1\"},\"note\":\"Kom "
    "sammen med en venn.\",\"point\":1,\"assessment\":{\"distress\":5,\"topics\":[{\"topic\":"
    "\"economy_housing\",\"need\":\"follow_up\",\"note\":\"Lurer på "
    "sykepenger\",\"responsible\":{\"level\":"
    "\"municipality\"}},{\"topic\":\"nutrition\",\"need\":\"none\"},{\"topic\":\"sexual_health\","
    "\"need\":\"follow_up\",\"private\":true}]}},"
    "{\"id\":\"e6\",\"type\":\"coded\",\"date\":\"2026-02-20\",\"point\":1,\"code\":\"WMFG10\"},"
    "{\"id\":\"e7\",\"type\":\"message\",\"date\":\"2026-02-23\",\"to\":\"gp\",\"kind\":"
    "\"epicrisis\",\"point\":1},"
    "{\"id\":\"e8\",\"type\":\"receipt\",\"date\":\"2026-02-23\",\"of\":\"e7\",\"status\":\"ok\"},"
    "{\"id\":\"e9\",\"type\":\"message\",\"date\":\"2026-02-23\",\"to\":\"municipality\",\"kind\":"
    "\"dialogue\",\"point\":1},"
    "{\"id\":\"e10\",\"type\":\"followed_up\",\"date\":\"2026-03-10\",\"of\":\"e5\"},"
    "{\"id\":\"e11\",\"type\":\"receipt\",\"date\":\"2026-02-24\",\"of\":\"e9\",\"status\":"
    "\"ok\"},"
    "{\"id\":\"e12\",\"type\":\"moved\",\"date\":\"2026-03-12\",\"municipality\":\"4003\"},"
    "{\"id\":\"e13\",\"type\":\"message\",\"date\":\"2026-03-13\",\"to\":\"other\",\"kind\":"
    "\"phone\"},"
    "{\"id\":\"e14\",\"type\":\"assigned\",\"date\":\"2026-03-14\",\"point\":2,\"level\":"
    "\"municipality\"}";

static const char municipality[] =
    "{\"id\":\"e2\",\"type\":\"accepted\",\"date\":\"2026-02-06\",\"point\":1},"
    "{\"id\":\"e3\",\"type\":\"scheduled\",\"date\":\"2026-02-06\",\"point\":1,\"start\":"
    "\"2026-02-20T10:00\",\"minutes\":45,\"place\":\"Poliklinikken\"},"
    "{\"id\":\"e5\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"recorded\":"
    "\"2026-02-20T10:12:00Z\",\"author\":{\"role\":\"nurse\",\"unit\":\"ward-1\"},\"note\":\"Kom "
    "sammen med en venn.\",\"point\":1,\"assessment\":{\"distress\":5,\"topics\":[{\"topic\":"
    "\"economy_housing\",\"need\":\"follow_up\",\"note\":\"Lurer på "
    "sykepenger\",\"responsible\":{\"level\":"
    "\"municipality\"}},{\"topic\":\"nutrition\",\"need\":\"none\"}]},\"withheld\":1},"
    "{\"id\":\"e6\",\"type\":\"withheld\",\"date\":\"2026-02-20\"},"
    "{\"id\":\"e7\",\"type\":\"withheld\",\"date\":\"2026-02-23\"},"
    "{\"id\":\"e9\",\"type\":\"message\",\"date\":\"2026-02-23\",\"to\":\"municipality\",\"kind\":"
    "\"dialogue\",\"point\":1},"
    "{\"id\":\"e10\",\"type\":\"followed_up\",\"date\":\"2026-03-10\",\"of\":\"e5\"},"
    "{\"id\":\"e13\",\"type\":\"withheld\",\"date\":\"2026-03-13\"},"
    "{\"id\":\"e14\",\"type\":\"assigned\",\"date\":\"2026-03-14\",\"point\":2,\"level\":"
    "\"municipality\"},"
    "{\"id\":\"k1\",\"type\":\"offered\",\"date\":\"2026-04-20\",\"point\":2,\"channel\":"
    "\"letter\"},"
    "{\"id\":\"k2\",\"type\":\"accepted\",\"date\":\"2026-04-24\",\"point\":2},"
    "{\"id\":\"k3\",\"type\":\"scheduled\",\"date\":\"2026-04-24\",\"point\":2,\"start\":"
    "\"2026-05-06T09:00\"},"
    "{\"id\":\"k4\",\"type\":\"form_sent\",\"date\":\"2026-04-24\",\"point\":2},"
    "{\"id\":\"k5\",\"type\":\"performed\",\"date\":\"2026-05-06\",\"point\":2,\"assessment\":"
    "{\"distress\":3,\"topics\":[{\"topic\":\"economy_housing\",\"need\":\"none\"}]}},"
    "{\"id\":\"k6\",\"type\":\"message\",\"date\":\"2026-05-07\",\"to\":\"gp\",\"kind\":\"plo\","
    "\"point\":2}";

/* ---- One pathway -------------------------------------------------------------------------- */

typedef struct work {
    char mine_text[ROOM], theirs_text[ROOM];
    size_t mine_size, theirs_size;
    pfh_pathway *mine, *theirs, *merged;
} work;

static void write_texts(work *w, size_t number)
{
    w->mine_size = (size_t)snprintf(w->mine_text, ROOM, head, number, number, hospital);
    w->theirs_size = (size_t)snprintf(w->theirs_text, ROOM, head, number, number, municipality);
}

static int read_both(work *w)
{
    return pfh_pathway_parse(&w->mine, w->mine_text, w->mine_size, NULL) == PFH_OK &&
           pfh_pathway_parse(&w->theirs, w->theirs_text, w->theirs_size, NULL) == PFH_OK;
}

static int merge_both(work *w)
{
    return pfh_pathway_merge(&w->merged, w->mine, w->theirs, NULL, NULL) == PFH_OK;
}

static int write_merged(work *w)
{
    char *text = NULL;
    pfh_status status = pfh_pathway_to_json(&text, w->merged, NULL);

    pfh_string_free(text);
    return status == PFH_OK && pfh_pathway_event_count(w->merged) == 20;
}

static int has_id(const cJSON *events, const char *id)
{
    const cJSON *event;

    cJSON_ArrayForEach(event, events)
    {
        if (strcmp(cJSON_GetObjectItemCaseSensitive(event, "id")->valuestring, id) == 0)
            return 1;
    }
    return 0;
}

static int by_cjson(work *w)
{
    cJSON *mine = cJSON_ParseWithLength(w->mine_text, w->mine_size);
    cJSON *theirs = cJSON_ParseWithLength(w->theirs_text, w->theirs_size);
    cJSON *events = cJSON_GetObjectItemCaseSensitive(mine, "events");
    cJSON *others = cJSON_GetObjectItemCaseSensitive(theirs, "events");
    char *text;

    for (int i = cJSON_GetArraySize(others) - 1; i >= 0; i--) {
        cJSON *event = cJSON_GetArrayItem(others, i);

        if (!has_id(events, cJSON_GetObjectItemCaseSensitive(event, "id")->valuestring))
            cJSON_AddItemToArray(events, cJSON_DetachItemViaPointer(others, event));
    }
    text = cJSON_PrintUnformatted(mine);
    free(text);
    cJSON_Delete(mine);
    cJSON_Delete(theirs);
    return text != NULL;
}

static void forget(work *w, int keep_merged)
{
    pfh_pathway_free(w->mine);
    pfh_pathway_free(w->theirs);
    if (!keep_merged)
        pfh_pathway_free(w->merged);
    w->mine = w->theirs = NULL;
}

/* ---- Many of them ------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*run)(work *w);
} steps[] = {
    {"read both copies", read_both},
    {"merge them", merge_both},
    {"write what came of it", write_merged},
    {"cJSON alone: read, add, print", by_cjson},
};

enum { STEPS = sizeof steps / sizeof steps[0] };

static double times[STEPS][MOST / BLOCK];

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double peak(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static int run_block(size_t first, double spent[STEPS])
{
    work w = {.mine = NULL};

    for (size_t number = first; number < first + BLOCK; number++) {
        write_texts(&w, number);
        for (int step = 0; step < STEPS; step++) {
            const double start = now();

            if (!steps[step].run(&w))
                return 0;
            spent[step] += (now() - start) / BLOCK;
        }
        forget(&w, 0);
    }
    return 1;
}

/* All pathways in memory, as for a caseload that is merged by id. */
static int hold_all(size_t count)
{
    pfh_pathway **all = calloc(count, sizeof *all);
    work w = {.mine = NULL};
    int done = all != NULL;

    for (size_t i = 0; i < count && done; i++) {
        write_texts(&w, i);
        done = read_both(&w) && merge_both(&w);
        forget(&w, 1);
        all[i] = w.merged;
    }
    printf("peak with all %zu in memory: %.1f MB\n", count, peak());
    for (size_t i = 0; all != NULL && i < count; i++)
        pfh_pathway_free(all[i]);
    free(all);
    return done;
}

int main(int count, char **arguments)
{
    const long asked = count > 1 ? strtol(arguments[1], NULL, 10) : 100000;
    const size_t blocks = asked < BLOCK || asked > MOST ? 0 : (size_t)asked / BLOCK;

    if (blocks == 0) {
        fprintf(stderr, "usage: merge_bench [PATHWAYS], from %d to %d\n", BLOCK, MOST);
        return 2;
    }
    for (size_t block = 0; block < blocks; block++) {
        double spent[STEPS] = {0};

        if (!run_block(block * BLOCK, spent))
            return 1;
        for (int step = 0; step < STEPS; step++)
            times[step][block] = spent[step];
    }
    printf("%zu pathways of 20 events; libpfh %s\n", blocks * BLOCK, pfh_version());
    printf("%-30s %8s %8s %8s %8s\n", "ns a pathway", "median", "25 %", "75 %", "ratio");
    for (int step = 0; step < STEPS; step++) {
        qsort(times[step], blocks, sizeof times[step][0], compare);
        printf("%-30s %8.0f %8.0f %8.0f %8.2f\n", steps[step].name, times[step][blocks / 2],
               times[step][blocks / 4], times[step][blocks * 3 / 4],
               times[step][blocks / 2] / times[0][blocks / 2]);
    }
    printf("peak with one pathway at a time: %.1f MB\n", peak());
    return hold_all(blocks * BLOCK) ? 0 : 1;
}
