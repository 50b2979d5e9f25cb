/*
 * classes.c -- prints _values.py: the enums and the named tuples of the Python binding.
 */
#include "../generate.h"

static const char *python_type(const pfhb_said_field *field)
{
    static char type[PFHB_NAME_ROOM + 32];
    char name[PFHB_NAME_ROOM];

    switch (field->kind) {
    case PFHB_TEXT:
    case PFHB_CHARS:
        return "str";
    case PFHB_TEXT_0:
        return "Optional[str]";
    case PFHB_BYTES:
        return "bytes";
    case PFHB_COUNT:
    case PFHB_LONG:
    case PFHB_STATUS:
        return "int";
    case PFHB_NUMBER_0:
    case PFHB_ORDINAL_0:
        return "Optional[int]";
    case PFHB_FLAG:
        return "bool";
    case PFHB_FLAG_0:
        return "Optional[bool]";
    case PFHB_DATE:
        return "datetime.date";
    case PFHB_DATE_0:
        return "Optional[datetime.date]";
    case PFHB_NUMBERS:
        return "Tuple[int, ...]";
    case PFHB_WORD:
    case PFHB_ROW:
        return pfhb_camel(type, field->of, 1);
    case PFHB_WORD_0:
    case PFHB_ROW_0:
    case PFHB_PART_0:
        snprintf(type, sizeof type, "Optional[%s]", pfhb_camel(name, field->of, 1));
        return type;
    case PFHB_WORDS:
    case PFHB_ROWS:
        snprintf(type, sizeof type, "Tuple[%s, ...]", pfhb_camel(name, field->of, 1));
        return type;
    case PFHB_HANDLE_0:
        return "object";
    }
    return NULL;
}

/* A text inside a docstring of Python. */
static void print_doc(const char *indent, const char *text)
{
    const size_t size = strlen(text);

    printf("%s\"\"\"", indent);
    for (const char *at = text; *at != '\0'; at++)
        printf(*at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
    printf("%s\"\"\"\n", size > 0 && strchr(".!?", text[size - 1]) != NULL ? "" : ".");
}

static void print_enum(const pfhb_enum *of)
{
    char name[PFHB_NAME_ROOM];

    printf("\n\nclass %s(%s):\n", pfhb_camel(name, of->type, 1),
           of->vocabulary != 0 ? "Word" : strcmp(of->type, "pfh_status") == 0 ? "Outcome" : "Member");
    print_doc("    ", of->doc);
    printf("\n");
    for (int32_t i = 0; i < of->count; i++) {
        printf("    %s = %d\n", pfhb_upper(name, pfhb_member_word(of, i)), (int)(of->first + of->step * i));
        print_doc("    ", pfhb_member_doc(of, i));
    }
}

static void print_words(const pfhb_enum *of)
{
    char name[PFHB_NAME_ROOM];

    printf("    %s: (\"%s\", {", pfhb_camel(name, of->type, 1),
           of->vocabulary != 0 ? pfh_vocabulary_name((pfh_vocabulary)of->vocabulary) : "");
    for (int32_t i = 0; i < of->count; i++)
        printf("%s%d: \"%s\"", i > 0 ? ", " : "", (int)(of->first + of->step * i), pfhb_member_word(of, i));
    printf("}),\n");
}

static void print_shape(const pfhb_said_shape *shape)
{
    if (!pfhb_is_public(shape->name) && strcmp(shape->name, "EditionRow") != 0)
        return;
    printf("\n\nclass %s(NamedTuple):\n", shape->name);
    print_doc("    ", shape->doc);
    printf("\n");
    for (size_t i = 0; i < shape->count; i++) {
        printf("    %s: \"%s\"\n", shape->fields[i].name, python_type(&shape->fields[i]));
        print_doc("    ", shape->fields[i].doc);
    }
    printf("\n\ndocument(%s, (\n", shape->name); /* a named tuple has sentences of its own for its fields */
    for (size_t i = 0; i < shape->count; i++) {
        print_doc("    ", shape->fields[i].doc);
        printf("    ,\n");
    }
    printf("))\n");
}

/* What users of the package see of it: enums and values. */
static void print_all(const pfhb_enum *enums, size_t count)
{
    char name[PFHB_NAME_ROOM];

    printf("\n__all__ = [\"Member\"");
    for (size_t i = 0; i < count; i++)
        printf(", \"%s\"", pfhb_camel(name, enums[i].type, 1));
    for (size_t i = 0; i < sizeof pfhb_said / sizeof pfhb_said[0]; i++)
        if (pfhb_is_public(pfhb_said[i].name))
            printf(", \"%s\"", pfhb_said[i].name);
    printf("]\n");
}

int main(void)
{
    pfhb_enum enums[PFHB_ENUM_ROOM];
    const size_t count = pfhb_enums(enums), shapes = sizeof pfhb_said / sizeof pfhb_said[0];
    char name[PFHB_NAME_ROOM];

    printf("# Written when the binding is built, by bindings/python/classes.c.\n"
           "\"\"\"The enums and the values of libpfh.\"\"\"\n\n"
           "import datetime\nfrom typing import Dict, NamedTuple, Optional, Tuple, Type\n\n"
           "from ._member import Member, Outcome, Word, describe, document\n\n"
           "VERSION = \"%s\"\n",
           PFHB_VERSION);
    print_all(enums, count);
    for (size_t i = 0; i < count; i++)
        print_enum(&enums[i]);
    for (size_t i = 0; i < shapes; i++)
        print_shape(&pfhb_said[i]);
    printf("\n\nWORDS: Dict[Type[Member], Tuple[str, Dict[int, str]]] = {\n");
    for (size_t i = 0; i < count; i++)
        print_words(&enums[i]);
    printf("}\n\"\"\"Of every enum: the list's name in texts, and the words by value.\"\"\"\n\n"
           "describe(WORDS)\n\nLISTS: Tuple[Type[Word], ...] = (");
    for (size_t i = 0; i < count && enums[i].vocabulary != 0; i++)
        printf("%s, ", pfhb_camel(name, enums[i].type, 1));
    printf(")\n\"\"\"The enums of the lists of words, in the order of their numbers.\"\"\"\n\n"
           "SHAPES: Tuple[Optional[type], ...] = (");
    for (size_t i = 0; i < shapes; i++)
        printf("%s, ", pfhb_is_public(pfhb_said[i].name) ? pfhb_said[i].name : "None");
    printf(")\n\"\"\"The classes of rows, in the order of shapes.h; None: taken apart here.\"\"\"\n");
    return count > 0 ? 0 : 1;
}
