/*
 * classes.c -- prints the enums and value classes of the Java binding: `classes FOLDER`.
 *
 * An enum has a member a word, a record a component a field, each with its sentence.  How a record is read
 * stands in its read(), field by field in the order in which rows.h writes them.
 */
#include "generate.h"

static const char head[] = "package org.libpfh;\n\n";

/* ---- Documentation ------------------------------------------------------------------------ */

/* A sentence as JavaDoc has it: what it would take for its own is written otherwise, `code` is code. */
static void put_doc(FILE *out, const char *text)
{
    int code = 0;

    for (; *text != '\0'; text++) {
        if (*text == '`')
            fputs((code = !code) ? "{@code " : "}", out);
        else if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '>')
            fputs("&gt;", out);
        else if (*text == '&')
            fputs("&amp;", out);
        else if (*text == '@')
            fputs("&#64;", out);
        else
            fputc(*text, out);
    }
}

static FILE *open_class(const char *folder, const char *name)
{
    char path[4096];
    FILE *out;

    if (snprintf(path, sizeof path, "%s/%s.java", folder, name) >= (int)sizeof path)
        return NULL;
    out = fopen(path, "w");
    if (out == NULL)
        perror(path);
    else
        fputs(head, out);
    return out;
}

/* Whether all of it was written. */
static int close_class(FILE *out)
{
    const int failed = ferror(out);
    return fclose(out) == 0 && !failed;
}

/* ---- Enums -------------------------------------------------------------------------------- */

static int is_status(const pfhb_enum *it)
{
    return strcmp(it->type, "pfh_status") == 0;
}

/* Lists of words may grow: a value that a newer libpfh gives must not spoil the values around it.  In lists that
 * only go in there is no such member. */
static void put_newer(FILE *out)
{
    fputs("    /** A word of a newer libpfh that this binding does not know; it cannot be set. */\n    NEWER(\"\");\n", out);
}

static void put_members(FILE *out, const pfhb_enum *it)
{
    char name[PFHB_NAME_ROOM];

    for (int32_t i = 0; i < it->count; i++) {
        const char *word = pfhb_member_word(it, i);
        fputs("    /** ", out);
        put_doc(out, pfhb_member_doc(it, i));
        fprintf(out, " */\n    %s(\"%s\"", pfhb_upper(name, word), word);
        if (is_status(it))
            fprintf(out, ", \"%s\"", pfhb_member_doc(it, i));
        fprintf(out, ")%s\n", i + 1 < it->count || it->vocabulary != 0 ? "," : ";");
    }
    if (it->vocabulary != 0)
        put_newer(out);
}

/* What a member has beside its name. */
static void put_parts(FILE *out, const pfhb_enum *it, const char *name)
{
    fprintf(out, "\n    private static final %s[] MEMBERS = values();\n\n    private final String word;\n", name);
    if (is_status(it))
        fputs("    private final String text;\n", out);
    fprintf(out, "\n    %s(String word%s) {\n        this.word = word;\n%s    }\n", name, is_status(it) ? ", String text" : "",
            is_status(it) ? "        this.text = text;\n" : "");
}

static void put_word(FILE *out, const pfhb_enum *it)
{
    const char *doc = it->vocabulary != 0
                          ? "    @Override\n"
                          : "    /**\n     * The word of the member.\n     *\n     * @return as documents and the command "
                            "line have it\n     */\n";

    fprintf(out, "\n%s    public String word() {\n        return word;\n    }\n", doc);
    doc = it->vocabulary != 0
              ? "    @Override\n"
              : "    /**\n     * The value of the member.\n     *\n     * @return as C has it\n     */\n";
    fprintf(out, "\n%s    public int value() {\n        return ", doc);
    if (it->vocabulary != 0)
        fputs("this == NEWER ? -1 : ", out);
    fprintf(out, "%sordinal()%s;\n    }\n", it->step < 0 ? "-" : "", it->first == 0 ? "" : " + 1");
}

static void put_text(FILE *out, const pfhb_enum *it)
{
    if (it->vocabulary != 0)
        fprintf(out,
                "\n    @Override\n    public String text(Language language) {\n"
                "        return this == NEWER ? null : Words.text(language, \"%s.\" + word);\n    }\n",
                pfh_vocabulary_name((pfh_vocabulary)it->vocabulary));
    if (is_status(it))
        fputs("\n    /**\n     * What the status means.\n     *\n     * @return one English sentence without a full "
              "stop\n     */\n    public String text() {\n        return text;\n    }\n",
              out);
}

/* From a value and from a word.  A status that is not known here is still one to be thrown. */
static void put_finders(FILE *out, const pfhb_enum *it, const char *name)
{
    fprintf(out,
            "\n    /**\n     * The member of a word.\n     *\n     * @param word the word\n"
            "     * @return null where there is none\n     */\n"
            "    public static %s of(String word) {\n        for (%s member : MEMBERS)\n"
            "            if (member.word.equals(word)%s)\n                return member;\n        return null;\n    }\n",
            name, name, it->vocabulary != 0 ? " && member != NEWER" : "");
    if (is_status(it))
        fputs("\n    static Status at(int value) {\n"
              "        return value <= 0 && value > -MEMBERS.length ? MEMBERS[-value] : ARGUMENT;\n    }\n",
              out);
    else if (it->vocabulary != 0)
        fprintf(out,
                "\n    static %s at(int value) {\n"
                "        return value >= 1 && value < MEMBERS.length ? MEMBERS[value - 1] : NEWER;\n    }\n",
                name);
}

static int put_enum(const char *folder, const pfhb_enum *it)
{
    char name[PFHB_NAME_ROOM];
    FILE *out = open_class(folder, pfhb_camel(name, it->type, 1));

    if (out == NULL)
        return 0;
    fputs("/** ", out);
    put_doc(out, it->doc);
    fprintf(out, " */\npublic enum %s%s {\n", name, it->vocabulary != 0 ? " implements Word" : "");
    put_members(out, it);
    put_parts(out, it, name);
    put_word(out, it);
    put_text(out, it);
    put_finders(out, it, name);
    fputs("}\n", out);
    return close_class(out);
}

/* ---- Records ------------------------------------------------------------------------------ */

/* How a kind is written: its type, how it is read, whether it may be null.  %s is the class of its `of`. */
typedef struct written {
    const char *type, *read;
    int absent;
} written;

static written how(pfhb_kind kind)
{
    static const written texts = {"String", "in.text()", 0}, text_0 = {"String", "in.text()", 1},
                         bytes = {"byte[]", "in.data()", 0}, count = {"int", "in.number()", 0},
                         number_0 = {"Integer", "in.numberOrNone()", 1}, wide = {"long", "in.wide()", 0},
                         flag = {"boolean", "in.flag()", 0}, flag_0 = {"Boolean", "in.flagOrNone()", 1},
                         date = {"LocalDate", "in.date()", 0}, date_0 = {"LocalDate", "in.date()", 1},
                         word = {"%s", "in.word(%s::at)", 0}, word_0 = {"%s", "in.wordOrNone(%s::at)", 1},
                         words = {"List<%s>", "in.rows(each -> each.word(%s::at))", 0},
                         status = {"Status", "in.word(Status::at)", 0},
                         numbers = {"List<Integer>", "in.rows(Reader::number)", 0}, row = {"%s", "%s.read(in)", 0},
                         row_0 = {"%s", "in.rowOrNone(%s::read)", 1}, rows = {"List<%s>", "in.rows(%s::read)", 0};

    switch (kind) {
    case PFHB_TEXT:
    case PFHB_CHARS:
        return texts;
    case PFHB_TEXT_0:
        return text_0;
    case PFHB_BYTES:
        return bytes;
    case PFHB_COUNT:
        return count;
    case PFHB_NUMBER_0:
    case PFHB_ORDINAL_0:
        return number_0;
    case PFHB_LONG:
    case PFHB_HANDLE_0:
        return wide;
    case PFHB_FLAG:
        return flag;
    case PFHB_FLAG_0:
        return flag_0;
    case PFHB_DATE:
        return date;
    case PFHB_DATE_0:
        return date_0;
    case PFHB_WORD:
        return word;
    case PFHB_WORD_0:
        return word_0;
    case PFHB_WORDS:
        return words;
    case PFHB_STATUS:
        return status;
    case PFHB_NUMBERS:
        return numbers;
    case PFHB_ROW:
        return row;
    case PFHB_PART_0:
    case PFHB_ROW_0:
        return row_0;
    case PFHB_ROWS:
        break;
    }
    return rows;
}

/* A pattern of the table above with the class in its place. */
static void put_pattern(FILE *out, const char *pattern, const pfhb_said_field *field)
{
    char name[PFHB_NAME_ROOM];
    const char *at = strstr(pattern, "%s");

    if (at == NULL)
        fputs(pattern, out);
    else
        fprintf(out, "%.*s%s%s", (int)(at - pattern), pattern, pfhb_camel(name, field->of, 1), at + 2);
}

static int is_list(const pfhb_said_field *field)
{
    return field->kind == PFHB_WORDS || field->kind == PFHB_NUMBERS || field->kind == PFHB_ROWS;
}

static int has_list(const pfhb_said_shape *it)
{
    for (size_t i = 0; i < it->count; i++)
        if (is_list(&it->fields[i]))
            return 1;
    return 0;
}

static int has_date(const pfhb_said_shape *it)
{
    for (size_t i = 0; i < it->count; i++)
        if (it->fields[i].kind == PFHB_DATE || it->fields[i].kind == PFHB_DATE_0)
            return 1;
    return 0;
}

/* The documentation of the record's or the constructor's parameters. */
static void put_params(FILE *out, const pfhb_said_shape *it, const char *indent)
{
    char name[PFHB_NAME_ROOM];

    for (size_t i = 0; i < it->count; i++) {
        fprintf(out, "%s * @param %s ", indent, pfhb_camel(name, it->fields[i].name, 0));
        put_doc(out, it->fields[i].doc);
        fputs(how(it->fields[i].kind).absent ? " May be null.\n" : "\n", out);
    }
}

static void put_components(FILE *out, const pfhb_said_shape *it)
{
    char name[PFHB_NAME_ROOM];

    for (size_t i = 0; i < it->count; i++) {
        fputs(i == 0 ? "\n        " : ",\n        ", out);
        put_pattern(out, how(it->fields[i].kind).type, &it->fields[i]);
        fprintf(out, " %s", pfhb_camel(name, it->fields[i].name, 0));
    }
}

/* Lists are copied, so that a value stays what it is. */
static void put_constructor(FILE *out, const pfhb_said_shape *it)
{
    char name[PFHB_NAME_ROOM];

    if (!has_list(it))
        return;
    fputs("    /**\n     * Makes a value; lists are copied.\n     *\n", out);
    put_params(out, it, "    ");
    fprintf(out, "     */\n    %s%s {\n", pfhb_is_public(it->name) ? "public " : "", it->name);
    for (size_t i = 0; i < it->count; i++)
        if (is_list(&it->fields[i]))
            fprintf(out, "        %s = List.copyOf(%s);\n", pfhb_camel(name, it->fields[i].name, 0), name);
    fputs("    }\n\n", out);
}

static void put_read(FILE *out, const pfhb_said_shape *it)
{
    fprintf(out, "    static %s read(Reader in) {\n        return new %s(", it->name, it->name);
    for (size_t i = 0; i < it->count; i++) {
        fputs(i == 0 ? "\n                " : ",\n                ", out);
        put_pattern(out, how(it->fields[i].kind).read, &it->fields[i]);
    }
    fputs(");\n    }\n", out);
}

static int put_record(const char *folder, const pfhb_said_shape *it)
{
    FILE *out = open_class(folder, it->name);

    if (out == NULL)
        return 0;
    if (has_date(it))
        fputs("import java.time.LocalDate;\n", out);
    if (has_list(it))
        fputs("import java.util.List;\n", out);
    fputs(has_date(it) || has_list(it) ? "\n/**\n * " : "/**\n * ", out);
    put_doc(out, it->doc);
    fputs("\n *\n", out);
    put_params(out, it, "");
    fprintf(out, " */\n%srecord %s(", pfhb_is_public(it->name) ? "public " : "", it->name);
    put_components(out, it);
    fputs(") {\n", out);
    put_constructor(out, it);
    put_read(out, it);
    fputs("}\n", out);
    return close_class(out);
}

/* ---- All of them -------------------------------------------------------------------------- */

int main(int argc, char **argv)
{
    pfhb_enum enums[PFHB_ENUM_ROOM];
    const size_t count = pfhb_enums(enums);
    int good = argc == 2 && count > 0;

    for (size_t i = 0; good && i < count; i++)
        good = put_enum(argv[1], &enums[i]);
    for (size_t i = 0; good && i < sizeof pfhb_said / sizeof pfhb_said[0]; i++)
        good = put_record(argv[1], &pfhb_said[i]);
    return good ? 0 : 1;
}
