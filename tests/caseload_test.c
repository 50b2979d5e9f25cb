/*
 * Caseloads: pathways a line at a time, from pieces of any size.
 */
#include "support.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
#include <malloc.h>
#define HAS_MALLINFO2
#endif

enum { LONGEST = 4 * 1024 * 1024 }; /* of a document */

#define PATHWAY(id)                                                                                \
    "{\"format\":\"pfh-pathway/1\",\"id\":\"" id "\",\"edition\":\"hdir-2022\",\"diagnosis\":"     \
    "{\"code\":\"C50\",\"date\":\"2026-01-31\"}}"

static pfh_caseload *new_reader(void)
{
    pfh_caseload *reader = NULL;
    cr_assert_eq(pfh_caseload_new(&reader, NULL), PFH_OK);
    return reader;
}

static void feed(pfh_caseload *reader, const char *text, size_t size)
{
    cr_assert_eq(pfh_caseload_feed(reader, text, size, NULL), PFH_OK);
}

/* What a reader gives for a text in pieces of a size: for each line its number, and the pathway's
 * id or the status. */
static char *read_all(const char *text, size_t size, size_t piece)
{
    pfh_caseload *reader = new_reader();
    growing got = {0};
    const pfh_line *line;

    growing_add(&got, "", 0);
    for (size_t at = 0;; at += piece) {
        feed(reader, text + (at < size ? at : size),
             at >= size          ? 0
             : size - at < piece ? size - at
                                 : piece);
        while ((line = pfh_caseload_next(reader)) != NULL)
            growing_print(&got, "%d:%s ", (int)line->number,
                          line->pathway != NULL ? pfh_pathway_id(line->pathway)
                                                : pfh_status_name(line->status));
        if (at >= size)
            break;
    }
    pfh_caseload_free(reader);
    return got.data;
}

/* ---- Lines -------------------------------------------------------------------------------- */

Test(caseload, a_line_is_a_document_whatever_the_pieces)
{
    static const struct {
        const char *text, *lines;
    } row[] = {
        {"", ""},
        {"\n", ""},
        {PATHWAY("a"), "1:a "},
        {PATHWAY("a") "\n", "1:a "},
        {PATHWAY("a") "\n" PATHWAY("b"), "1:a 2:b "},
        {PATHWAY("a") "\r\n" PATHWAY("b") "\r\n", "1:a 2:b "},
        {PATHWAY("a") "\r", "1:a "},
        {"\n \t\r\n\n" PATHWAY("a") "\n\n\n" PATHWAY("a") "\n  ", "4:a 7:a "},
        {" \t" PATHWAY("a") " \r\n", "1:a "},
        {"\r\n\r\n" PATHWAY("a"), "3:a "},
        {"{}\n" PATHWAY("a") "\nx\n" PATHWAY("b") "\n", "1:key 2:a 3:syntax 4:b "},
        {PATHWAY("a") PATHWAY("b") "\n" PATHWAY("c"), "1:syntax 2:c "},
        {PATHWAY("a") "\n"
                      "{\"format\":",
         "1:a 2:syntax "},
        {"\r\r\n\r \n" PATHWAY("a"), "3:a "},
        {"\f\n", "1:syntax "},
        {"[]\nnull\n1\n", "1:type 2:type 3:type "},
    };
    static const size_t pieces[] = {1, 2, 3, 7, 64, 100000};

    for (size_t i = 0; i < COUNT(row); i++)
        for (size_t p = 0; p < COUNT(pieces); p++) {
            char *got = read_all(row[i].text, strlen(row[i].text), pieces[p]);

            cr_expect_str_eq(got == NULL ? "" : got, row[i].lines, "in pieces of %zu: %s",
                             pieces[p], row[i].text);
            free(got);
        }
}

Test(caseload, a_nul_byte_is_no_end_of_a_line)
{
    static const char text[] = "\0\n" PATHWAY("a") "\n\0";
    char *got = read_all(text, sizeof text - 1, 5);

    cr_expect_str_eq(got, "1:syntax 2:a 3:syntax ");
    free(got);
}

Test(caseload, a_line_has_its_bytes_its_number_and_its_pathway_or_error)
{
    static const char text[] = PATHWAY("a") "\r\n\n"
                                            "{}\n" PATHWAY("b");
    pfh_caseload *reader = new_reader();
    const pfh_line *line;

    feed(reader, text, strlen(text));
    line = pfh_caseload_next(reader);
    cr_assert_not_null(line);
    cr_expect_eq(line->number, 1);
    cr_expect_eq(line->status, PFH_OK);
    cr_expect_not_null(line->pathway);
    cr_expect_null(line->error);
    cr_expect_eq(line->size, strlen(PATHWAY("a") "\r\n"));
    cr_expect_arr_eq(line->text, text, line->size);
    cr_expect_eq(line->continued, 0);
    line = pfh_caseload_next(reader);
    cr_assert_not_null(line);
    cr_expect_eq(line->number, 3);
    cr_expect_eq(line->status, PFH_E_KEY);
    cr_expect_null(line->pathway);
    cr_assert_not_null(line->error);
    cr_expect_eq(line->error->status, PFH_E_KEY);
    cr_expect_str_eq(line->error->where, "/format");
    cr_expect_eq(line->size, 3);
    cr_expect_null(pfh_caseload_next(reader), "the last line may go on");
    feed(reader, "", 0);
    line = pfh_caseload_next(reader);
    cr_assert_not_null(line);
    cr_expect_eq(line->number, 4);
    cr_expect_str_eq(pfh_pathway_id(line->pathway), "b");
    cr_expect_eq(line->size, strlen(PATHWAY("b")));
    cr_expect_null(pfh_caseload_next(reader));
    cr_expect_null(pfh_caseload_next(reader));
    pfh_caseload_free(reader);
}

/* ---- Taking ------------------------------------------------------------------------------- */

Test(caseload, a_pathway_can_be_taken_once)
{
    static const char text[] = PATHWAY("a") "\n{}\n" PATHWAY("b") "\n";
    pfh_caseload *reader = new_reader();
    pfh_pathway *taken;

    cr_expect_null(pfh_caseload_take(reader), "before the first line");
    feed(reader, text, strlen(text));
    cr_expect_null(pfh_caseload_take(reader));
    cr_assert_not_null(pfh_caseload_next(reader));
    taken = pfh_caseload_take(reader);
    cr_expect_null(pfh_caseload_take(reader));
    cr_assert_not_null(pfh_caseload_next(reader));
    cr_expect_null(pfh_caseload_take(reader), "a refused line has none");
    cr_assert_not_null(pfh_caseload_next(reader));
    pfh_caseload_free(reader); /* with the second pathway */
    cr_assert_not_null(taken);
    cr_expect_str_eq(pfh_pathway_id(taken), "a", "it outlives the reader");
    pfh_pathway_free(taken);
}

/* ---- The end ------------------------------------------------------------------------------ */

Test(caseload, a_piece_after_the_end_is_refused_and_the_end_may_be_said_again)
{
    pfh_caseload *reader = new_reader();
    pfh_error error;

    feed(reader, PATHWAY("a"), strlen(PATHWAY("a")));
    feed(reader, NULL, 0);
    cr_expect_eq(pfh_caseload_feed(reader, "\n", 1, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "piece");
    feed(reader, NULL, 0);
    cr_assert_not_null(pfh_caseload_next(reader), "the reader is as it was");
    cr_expect_null(pfh_caseload_next(reader));
    cr_expect_eq(pfh_caseload_feed(reader, "\n", 1, NULL), PFH_E_ARG);
    pfh_caseload_free(reader);
}

Test(caseload, lines_may_be_asked_for_while_pieces_come)
{
    static const char text[] = PATHWAY("a") "\n" PATHWAY("b") "\n" PATHWAY("c") "\n";
    pfh_caseload *reader = new_reader();
    size_t half = strlen(text) / 2;
    char ids[4] = "";

    feed(reader, text, half);
    cr_assert_not_null(pfh_caseload_next(reader)); /* a; the rest of the piece waits */
    feed(reader, text + half, strlen(text) - half);
    for (size_t i = 0; i < 2; i++) {
        const pfh_line *line = pfh_caseload_next(reader);
        cr_assert_not_null(line);
        ids[i] = pfh_pathway_id(line->pathway)[0];
    }
    cr_expect_str_eq(ids, "bc");
    cr_expect_null(pfh_caseload_next(reader));
    pfh_caseload_free(reader);
}

/* ---- Long lines --------------------------------------------------------------------------- */

/* A pathway of so many bytes, blanks at its end. */
static char *long_pathway(size_t size)
{
    char *text = malloc(size + 3);

    cr_assert_not_null(text);
    memset(text, ' ', size);
    memcpy(text, PATHWAY("a"), strlen(PATHWAY("a")));
    memcpy(text + size, "\r\n", 3);
    return text;
}

Test(caseload, the_longest_document_is_read_and_a_longer_one_refused)
{
    char *fits = long_pathway(LONGEST), *longer = long_pathway(LONGEST + 1);
    char *got = read_all(fits, LONGEST + 2, 1000000);

    cr_expect_str_eq(got, "1:a ");
    free(got);
    got = read_all(fits, LONGEST, 1000000); /* without a line end */
    cr_expect_str_eq(got, "1:a ");
    free(got);
    got = read_all(longer, LONGEST + 3, 100 * 1000000);
    cr_expect_str_eq(got, "1:syntax ");
    free(got);
    free(fits);
    free(longer);
}

Test(caseload, the_longest_document_waits_for_its_line_end)
{
    char *text = long_pathway(LONGEST);
    pfh_caseload *reader = new_reader();
    const pfh_line *line;

    feed(reader, text, LONGEST + 1); /* up to the CR */
    cr_expect_null(pfh_caseload_next(reader));
    feed(reader, "\n", 1);
    line = pfh_caseload_next(reader);
    cr_assert_not_null(line);
    cr_expect_eq(line->status, PFH_OK);
    cr_expect_eq(line->size, (size_t)LONGEST + 2);
    pfh_caseload_free(reader);
    free(text);
}

Test(caseload, a_line_that_is_too_long_comes_back_in_pieces_and_the_next_one_is_read)
{
    enum { PIECE = 1000000, PIECES = 11 };
    static char piece[PIECE];
    pfh_caseload *reader = new_reader();
    const pfh_line *line;
    size_t bytes = 0, parts = 0;

    memset(piece, 'x', sizeof piece);
    feed(reader, "\n", 1);
    for (int i = 0; i <= PIECES; i++) {
        if (i < PIECES)
            feed(reader, piece, sizeof piece);
        else
            feed(reader, "yy\n" PATHWAY("a") "\n", strlen("yy\n" PATHWAY("a") "\n"));
        while ((line = pfh_caseload_next(reader)) != NULL && line->status != PFH_OK) {
            cr_expect_eq(line->number, 2);
            cr_expect_eq(line->status, PFH_E_SYNTAX);
            cr_assert_not_null(line->error);
            cr_expect_eq(line->error->status, PFH_E_SYNTAX);
            cr_expect_str_eq(line->error->text, "expected no more than 4 MiB, at byte 4194304");
            cr_expect_null(line->pathway);
            cr_expect_eq(line->continued, parts > 0);
            bytes += line->size;
            parts++;
        }
    }
    cr_expect_eq(bytes, (size_t)PIECE * PIECES + 3, "every byte comes back");
    cr_expect_gt(parts, 2);
    cr_assert_not_null(line);
    cr_expect_eq(line->number, 3);
    cr_expect_eq(line->continued, 0);
    cr_expect_str_eq(pfh_pathway_id(line->pathway), "a");
    pfh_caseload_free(reader);
}

Test(caseload, a_line_that_is_too_long_may_be_the_last_one)
{
    enum { SIZE = LONGEST + 100 };
    static char text[SIZE];
    pfh_caseload *reader = new_reader();
    const pfh_line *line;

    memset(text, 'x', sizeof text);
    feed(reader, text, sizeof text);
    line = pfh_caseload_next(reader);
    cr_assert_not_null(line);
    cr_expect_eq(line->continued, 0);
    feed(reader, "abc", 3);
    feed(reader, NULL, 0);
    line = pfh_caseload_next(reader);
    cr_assert_not_null(line);
    cr_expect_eq(line->continued, 1);
    cr_expect_eq(line->size, 3);
    cr_expect_arr_eq(line->text, "abc", 3);
    cr_expect_null(pfh_caseload_next(reader));
    pfh_caseload_free(reader);
}

/* Bytes in use, as far as the C library says it; 0 where it does not. */
static size_t memory_in_use(void)
{
#ifdef HAS_MALLINFO2
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

Test(caseload, its_memory_is_bounded_whatever_the_number_of_lines)
{
    enum { PIECE = 64 * 1024, PIECES = 1000 };
    static char piece[PIECE + 1];
    pfh_caseload *reader = new_reader();
    size_t lines = 0, before, size = 0;

    while (size + strlen(PATHWAY("a") "\n") < PIECE) {
        memcpy(piece + size, PATHWAY("a") "\n", strlen(PATHWAY("a") "\n"));
        size += strlen(PATHWAY("a") "\n");
    }
    before = memory_in_use();
    for (int i = 0; i < PIECES / 10; i++) {
        feed(reader, piece, size);
        while (pfh_caseload_next(reader) != NULL)
            lines++;
        cr_assert_lt(memory_in_use(), before + 1024 * 1024, "after %zu lines", lines);
    }
    memset(piece, 'x', sizeof piece);
    for (int i = 0; i < PIECES; i++) { /* one line of 64 MB */
        feed(reader, piece, PIECE);
        while (pfh_caseload_next(reader) != NULL)
            ;
        cr_assert_lt(memory_in_use(), before + 20u * 1024 * 1024);
    }
    cr_expect_gt(lines, 10000);
    pfh_caseload_free(reader);
}

/* ---- Arguments ---------------------------------------------------------------------------- */

Test(caseload, a_missing_argument_is_refused)
{
    pfh_caseload *reader = new_reader();
    pfh_error error;

    cr_expect_eq(pfh_caseload_new(NULL, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "out");
    cr_expect_eq(pfh_caseload_feed(NULL, "a", 1, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "reader");
    cr_expect_eq(pfh_caseload_feed(reader, NULL, 1, &error), PFH_E_ARG);
    cr_expect_str_eq(error.where, "piece");
    cr_expect_null(pfh_caseload_next(NULL));
    cr_expect_null(pfh_caseload_take(NULL));
    cr_expect_null(pfh_caseload_next(reader), "nothing was fed");
    pfh_caseload_free(NULL);
    pfh_caseload_free(reader);
}

Test(caseload, a_piece_that_no_memory_holds_is_refused_before_it_is_looked_at)
{
    pfh_caseload *reader = new_reader();
    pfh_error error;

    cr_expect_eq(pfh_caseload_feed(reader, "a", SIZE_MAX, &error), PFH_E_NOMEM);
    feed(reader, PATHWAY("a"), strlen(PATHWAY("a")));
    cr_expect_eq(pfh_caseload_feed(reader, "a", SIZE_MAX / 2, &error), PFH_E_NOMEM);
    feed(reader, NULL, 0);
    cr_expect_not_null(pfh_caseload_next(reader), "the reader is as it was");
    pfh_caseload_free(reader);
}
