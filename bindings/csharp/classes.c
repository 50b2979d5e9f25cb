/*
 * classes.c -- prints the enums and value classes of C#, when the binding is built.
 *
 * Enums come with extension methods, as C# has no methods on them: Word(), Text(language), and Words.TryParse().
 * A value is a sealed class whose constructor reads a Block in the order of its fields; how a kind of field is
 * typed and read stands in one table.
 */
#include "../generate.h"

/* ---- Documentation ------------------------------------------------------------------------ */

/* A sentence as XML: `x` is code. */
static void put_xml(const char *text)
{
    int code = 0;

    for (; *text != '\0'; text++)
        if (*text == '`') {
            code = !code;
            fputs(code ? "<c>" : "</c>", stdout);
        } else if (*text == '&') {
            fputs("&amp;", stdout);
        } else if (*text == '<') {
            fputs("&lt;", stdout);
        } else if (*text == '>') {
            fputs("&gt;", stdout);
        } else {
            putchar(*text);
        }
}

/* What is documented is public: the rest has no place in Libpfh.xml. */
static void put_doc(const char *indent, const char *text)
{
    printf("%s/// <summary>", indent);
    put_xml(text);
    puts("</summary>");
}

/* ---- Enums -------------------------------------------------------------------------------- */

static void put_enum(const pfhb_enum *of)
{
    char name[PFHB_NAME_ROOM];

    put_doc("    ", of->doc);
    printf("    public enum %s\n    {\n", pfhb_camel(name, of->type, 1));
    for (int32_t i = 0; i < of->count; i++) {
        put_doc("        ", pfhb_member_doc(of, i));
        printf("        %s = %d,\n", pfhb_camel(name, pfhb_member_word(of, i), 1), (int)(of->first + of->step * i));
    }
    puts("    }\n");
}

static void put_word_table(const pfhb_enum *of, const char *name)
{
    printf("        private static readonly string[] %sWords = {", name);
    for (int32_t i = 0; i < of->count; i++)
        printf("%s\"%s\"", i == 0 ? " " : ", ", pfhb_member_word(of, i));
    puts(" };\n");
}

/* The place of a member in its table of words, as C#. */
static const char *place_of(const pfhb_enum *of)
{
    return of->step < 0 ? "-(int)value" : of->first == 0 ? "(int)value" : "(int)value - 1";
}

static void put_text_method(const pfhb_enum *of, const char *name)
{
    if (of->vocabulary != 0) {
        puts("        /// <summary>What people are shown.</summary>");
        printf("        public static string Text(this %s value, Language language) =>\n"
               "            OfPeople(\"%s.\", value.Word(), language);\n\n",
               name, pfh_vocabulary_name((pfh_vocabulary)of->vocabulary));
    } else if (strcmp(of->type, "pfh_status") == 0) {
        puts("        /// <summary>The sentence of a status, in English and without a full stop.</summary>");
        printf("        public static string Text(this %s value) => Native.status_sentence((int)value);\n\n", name);
    }
}

static void put_methods(const pfhb_enum *of)
{
    char name[PFHB_NAME_ROOM];

    pfhb_camel(name, of->type, 1);
    put_word_table(of, name);
    puts("        /// <summary>The word of the documents; \"unknown\" for what is no member.</summary>");
    printf("        public static string Word(this %s value) => At(%sWords, %s);\n\n", name, name, place_of(of));
    put_text_method(of, name);
    puts("        /// <summary>The member of a word of the documents; false where there is none.</summary>");
    printf("        public static bool TryParse(string? word, out %s value)\n        {\n", name);
    printf("            int place = Array.IndexOf(%sWords, word);\n", name);
    printf("            value = place < 0 ? default(%s) : (%s)(%d + %d * place);\n", name, name, (int)of->first,
           (int)of->step);
    puts("            return place >= 0;\n        }\n");
}

static void put_any_word(const pfhb_enum *enums, size_t count)
{
    char name[PFHB_NAME_ROOM];

    puts("        // The word of a member of any of the enums; null for anything else.");
    puts("        internal static string? Of(object value)\n        {");
    for (size_t i = 0; i < count; i++) {
        pfhb_camel(name, enums[i].type, 1);
        printf("            if (value is %s a%zu)\n", name, i);
        printf("                return a%zu.Word();\n", i);
    }
    puts("            return null;\n        }\n");
}

static void put_words(const pfhb_enum *enums, size_t count)
{
    put_doc("    ", "The words that stand for the members of the enums: those of the documents, and those for people.");
    puts("    public static class Words\n    {");
    for (size_t i = 0; i < count; i++)
        put_methods(&enums[i]);
    put_any_word(enums, count);
    puts("        private static string At(string[] words, int place) =>\n"
         "            place >= 0 && place < words.Length ? words[place] : \"unknown\";\n");
    puts("        private static string OfPeople(string list, string word, Language language) =>\n"
         "            Native.text_of((int)language, list + word) ?? word;");
    puts("    }\n");
}

/* ---- Values ------------------------------------------------------------------------------- */

/* Task and Point would be taken for those of System.Threading.Tasks and System.Drawing. */
static const char *class_of(const char *shape)
{
    return strcmp(shape, "Task") == 0 ? "PlanTask" : strcmp(shape, "Point") == 0 ? "PlanPoint" : shape;
}

/* How a kind is typed and read.  `%s` is the enum or the class that it is of. */
typedef struct reading {
    const char *type, *read;
} reading;

static reading reading_of(pfhb_kind kind)
{
    static const reading readings[] = {
        [PFHB_TEXT] = {"string", "from.Text()"},
        [PFHB_TEXT_0] = {"string?", "from.TextOrNone()"},
        [PFHB_CHARS] = {"string", "from.Text()"},
        [PFHB_BYTES] = {"byte[]", "from.Bytes()"},
        [PFHB_COUNT] = {"int", "from.Number()"},
        [PFHB_NUMBER_0] = {"int?", "from.NumberOrNone()"},
        [PFHB_ORDINAL_0] = {"int?", "from.NumberOrNone()"},
        [PFHB_LONG] = {"long", "from.Long()"},
        [PFHB_FLAG] = {"bool", "from.Flag()"},
        [PFHB_FLAG_0] = {"bool?", "from.FlagOrNone()"},
        [PFHB_DATE] = {"DateTime", "from.Date()"},
        [PFHB_DATE_0] = {"DateTime?", "from.DateOrNone()"},
        [PFHB_WORD] = {"%s", "(%s)from.Number()"},
        [PFHB_WORD_0] = {"%s?", "(%s?)from.NumberOrNone()"},
        [PFHB_WORDS] = {"IReadOnlyList<%s>", "from.Rows(row => (%s)row.Number())"},
        [PFHB_STATUS] = {"Status", "(Status)from.Number()"},
        [PFHB_NUMBERS] = {"IReadOnlyList<int>", "from.Rows(row => row.Number())"},
        [PFHB_PART_0] = {"%s?", "from.Part(row => new %s(row))"},
        [PFHB_ROW] = {"%s", "new %s(from)"},
        [PFHB_ROW_0] = {"%s?", "from.Part(row => new %s(row))"},
        [PFHB_ROWS] = {"IReadOnlyList<%s>", "from.Rows(row => new %s(row))"},
        [PFHB_HANDLE_0] = {"Handle?", "from.Object(Kind.%s)"},
    };
    return readings[kind];
}

/* What a field is of, as C# calls it. */
static const char *of_what(char name[PFHB_NAME_ROOM], const pfhb_said_field *field)
{
    if (field->kind == PFHB_HANDLE_0)
        return pfhb_camel(name, field->name, 1);
    if (field->kind == PFHB_WORD || field->kind == PFHB_WORD_0 || field->kind == PFHB_WORDS)
        return pfhb_camel(name, field->of, 1);
    return class_of(field->of);
}

/* Prints with what the field is of in the place of `%s`. */
static void put_of(const char *format, const pfhb_said_field *field)
{
    char name[PFHB_NAME_ROOM];
    const char *hole = strstr(format, "%s");

    if (hole == NULL)
        fputs(format, stdout);
    else
        printf("%.*s%s%s", (int)(hole - format), format, of_what(name, field), hole + 2);
}

static void put_comment(const char *indent, const char *text, int open)
{
    if (open)
        put_doc(indent, text);
    else
        printf("%s// %s\n", indent, text);
}

static void put_properties(const pfhb_said_shape *shape, int open)
{
    char name[PFHB_NAME_ROOM];

    for (size_t i = 0; i < shape->count; i++) {
        const pfhb_said_field *field = &shape->fields[i];
        put_comment("        ", field->doc, open);
        fputs("        public ", stdout);
        put_of(reading_of(field->kind).type, field);
        printf(" %s { get; }\n\n", pfhb_camel(name, field->name, 1));
    }
}

static void put_constructor(const pfhb_said_shape *shape, const char *type)
{
    char name[PFHB_NAME_ROOM];

    printf("        internal %s(Block from)\n        {\n", type);
    for (size_t i = 0; i < shape->count; i++) {
        const pfhb_said_field *field = &shape->fields[i];
        printf("            %s = ", pfhb_camel(name, field->name, 1));
        put_of(reading_of(field->kind).read, field);
        puts(";");
    }
    puts("        }\n");
}

static void put_list(const pfhb_said_shape *shape, const char *quote)
{
    char name[PFHB_NAME_ROOM];

    for (size_t i = 0; i < shape->count; i++)
        printf("%s%s%s%s", i == 0 ? "" : ", ", quote, pfhb_camel(name, shape->fields[i].name, 1), quote);
}

static void put_operator(const char *type, const char *sign, const char *not, const char *doc)
{
    put_doc("        ", doc);
    printf("        public static bool operator %s(%s? left, %s? right) => %sEquals(left, right);\n\n", sign, type, type,
           not);
}

static void put_comparison(const pfhb_said_shape *shape, const char *type)
{
    fputs("        private static readonly string[] names = { ", stdout);
    put_list(shape, "\"");
    fputs(" };\n\n        private object?[] Fields() => new object?[] { ", stdout);
    put_list(shape, "");
    puts(" };\n");
    puts("        /// <summary>Whether the other has the same values.</summary>");
    printf("        public bool Equals(%s? other) =>\n"
           "            (object?)other != null && Values.Same(Fields(), other.Fields());\n\n", type);
    puts("        /// <inheritdoc/>");
    printf("        public override bool Equals(object? other) => Equals(other as %s);\n\n", type);
    put_operator(type, "==", "", "Whether the two have the same values.");
    put_operator(type, "!=", "!", "Whether the two have other values.");
    puts("        /// <inheritdoc/>");
    puts("        public override int GetHashCode() => Values.Hash(Fields());\n");
    puts("        /// <summary>The values in one line, for a debugger; it holds what they hold.</summary>");
    printf("        public override string ToString() => Values.Show(\"%s\", names, Fields());\n", type);
}

static void put_class(const pfhb_said_shape *shape)
{
    const char *type = class_of(shape->name);
    const int open = pfhb_is_public(shape->name);

    put_comment("    ", shape->doc, open);
    printf("    %s sealed class %s", open ? "public" : "internal", type);
    if (open)
        printf(" : IEquatable<%s>", type);
    puts("\n    {");
    put_properties(shape, open);
    put_constructor(shape, type);
    if (open)
        put_comparison(shape, type);
    puts("    }\n");
}

int main(void)
{
    pfhb_enum enums[PFHB_ENUM_ROOM];
    const size_t count = pfhb_enums(enums);

    if (count == 0) {
        fputs("an enum of pfh/words.h has no sentence in generate.h\n", stderr);
        return 1;
    }
    puts("// Generated by bindings/csharp/classes.c when the binding is built.\n#nullable enable");
    puts("using System;\nusing System.Collections.Generic;\n\nnamespace Pfh\n{");
    for (size_t i = 0; i < count; i++)
        put_enum(&enums[i]);
    put_words(enums, count);
    for (size_t i = 0; i < sizeof pfhb_said / sizeof pfhb_said[0]; i++)
        put_class(&pfhb_said[i]);
    puts("}");
    return ferror(stdout) != 0 || fflush(stdout) != 0;
}
