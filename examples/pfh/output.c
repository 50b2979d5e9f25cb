/*
 * output.c -- see output.h.
 *
 * SIGPIPE and SIGXFSZ are ignored, so a reader that goes away and a file that may not grow are
 * errors like a full disk and end in a message.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_SIZE ((size_t)1 << 18)

static char stdout_buffer[BUFFER_SIZE]; /* outlives main(), as setvbuf() asks */

void keep_standard_streams(void)
{
    /* Opened the wrong way round: using a stream that the caller closed still fails. */
    static const int mode[] = {O_WRONLY, O_RDONLY, O_RDONLY};

    for (int descriptor = 0; descriptor < 3; descriptor++)
        if (fcntl(descriptor, F_GETFD) == -1 && open("/dev/null", mode[descriptor]) == -1)
            return;
}

void output_open(cli_output *out)
{
    out->file = stdout;
    out->error = 0;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (!isatty(STDOUT_FILENO))
        (void)setvbuf(stdout, stdout_buffer, _IOFBF, sizeof stdout_buffer);
}

static void failed(cli_output *out)
{
    if (out->error == 0)
        out->error = errno != 0 ? errno : EIO;
}

int output_close(cli_output *out, int code)
{
    errno = 0;
    if (fflush(out->file) != 0)
        failed(out);
    errno = 0;
    if (fclose(out->file) != 0)
        failed(out);
    if (out->error == 0)
        return code;
    if (out->error == EPIPE)
        complain("output closed before everything was written");
    else
        complain("cannot write to standard output: %s", strerror(out->error));
    return EXIT_IO;
}

void put_bytes(cli_output *out, const char *bytes, size_t size)
{
    if (out->error != 0)
        return;
    errno = 0;
    if (fwrite(bytes, 1, size, out->file) != size)
        failed(out);
}

void put_text(cli_output *out, const char *text)
{
    put_bytes(out, text, strlen(text));
}

void put_format(cli_output *out, const char *text, ...)
{
    va_list arguments;

    if (out->error != 0)
        return;
    errno = 0;
    va_start(arguments, text);
    if (vfprintf(out->file, text, arguments) < 0)
        failed(out);
    va_end(arguments);
}

/* The length of a control character at `text`, in bytes: C0, DEL, or C1 in UTF-8; else 0. */
static size_t control_size(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;

    if (byte[0] < 0x20 || byte[0] == 0x7F)
        return 1;
    return byte[0] == 0xC2 && byte[1] >= 0x80 && byte[1] <= 0x9F ? 2 : 0;
}

/* Writes what stands before the first of `stops` or a control character; answers where that is. */
static const char *put_run(cli_output *out, const char *text, const char *stops)
{
    size_t size = 0;

    while (text[size] != '\0' && control_size(text + size) == 0 &&
           strchr(stops, text[size]) == NULL)
        size++;
    put_bytes(out, text, size);
    return text + size;
}

void put_plain(cli_output *out, const char *text)
{
    while (*(text = put_run(out, text, "")) != '\0') {
        put_bytes(out, " ", 1);
        text += control_size(text);
    }
}

void put_json(cli_output *out, const char *text)
{
    if (text == NULL) {
        put_text(out, "null");
        return;
    }
    put_bytes(out, "\"", 1);
    while (*(text = put_run(out, text, "\"\\")) != '\0') {
        if ((unsigned char)*text < 0x20)
            put_format(out, "\\u%04x", (unsigned)*text);
        else if (*text == '"' || *text == '\\')
            put_format(out, "\\%c", *text);
        else
            put_bytes(out, text, 1);
        text++;
    }
    put_bytes(out, "\"", 1);
}

void put_json_key(cli_output *out, const char *key, bool first)
{
    if (!first)
        put_bytes(out, ",", 1);
    put_json(out, key);
    put_bytes(out, ":", 1);
}

void put_json_text(cli_output *out, const char *key, const char *text)
{
    put_json_key(out, key, false);
    put_json(out, text);
}

void put_json_number(cli_output *out, const char *key, int32_t number)
{
    put_json_key(out, key, false);
    put_format(out, "%" PRId32, number);
}

void put_json_flag(cli_output *out, const char *key, bool flag)
{
    put_json_key(out, key, false);
    put_text(out, flag ? "true" : "false");
}

void put_csv(cli_output *out, const char *text, bool last)
{
    const char *quote = text != NULL && strpbrk(text, ",\"\r\n") != NULL ? "\"" : "";

    put_text(out, quote);
    for (const char *at = text; at != NULL && *at != '\0';) {
        size_t size = strcspn(at, "\"");
        put_bytes(out, at, size);
        at += size;
        if (*at == '"') {
            put_text(out, "\"\"");
            at++;
        }
    }
    put_text(out, quote);
    put_text(out, last ? "\r\n" : ",");
}

void put_document(cli_output *out, const char *document, bool is_json, bool is_first)
{
    put_text(out, is_json || is_first ? "" : "\n\n");
    put_text(out, document);
    put_text(out, is_json ? "\n" : "");
}

void complain(const char *text, ...)
{
    va_list arguments;

    fputs("pfh: ", stderr);
    va_start(arguments, text);
    (void)vfprintf(stderr, text, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void complain_plain(const char *text)
{
    while (*text != '\0') {
        size_t control = control_size(text);
        unsigned last = (unsigned char)text[control > 0 ? control - 1 : 0];
        if (control > 0)
            fprintf(stderr, "\\u%04x", last);
        else
            fputc(*text, stderr);
        text += control > 0 ? control : 1;
    }
}
