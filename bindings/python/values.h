/*
 * values.h -- rows, texts and errors as values of Python.
 *
 * Which classes they become is told once, by define(): the named tuple of each shape (None: a plain tuple),
 * the members of each enum, the exceptions by status, and datetime.date.fromordinal.
 */
#ifndef PFHB_VALUES_H
#define PFHB_VALUES_H

#include "handle.h"

enum { PFHB_EPOCH = 719163 }; /* the ordinal of 1970-01-01 */

static PyObject *pfhb_shape_classes;  /* a tuple by shape: a named tuple's class, or None */
static PyObject *pfhb_word_classes;   /* a tuple by list of words, None first: the enum */
static PyObject *pfhb_word_members;   /* the same: a tuple of members by value, None first */
static PyObject *pfhb_exceptions;     /* the same: PfhError and its like */
static PyObject *pfhb_from_ordinal;
static PyObject *pfhb_tuple_new;

static void pfhb_keep(PyObject **place, PyObject *object)
{
    PyObject *old = *place;

    Py_XINCREF(object);
    *place = object;
    Py_XDECREF(old);
}

/* ---- Errors ------------------------------------------------------------------------------- */

static void pfhb_raise(const pfh_error *error)
{
    PyObject *of = PyTuple_GetItem(pfhb_exceptions, -(Py_ssize_t)error->status);
    PyObject *made;

    if (of == NULL) { /* a status that a newer library has */
        PyErr_Clear();
        of = PyTuple_GetItem(pfhb_exceptions, 0);
    }
    made = PyObject_CallFunction(of, "issi", (int)error->status, error->where, error->text, (int)error->offset);
    if (made != NULL)
        PyErr_SetObject(of, made);
    Py_XDECREF(made);
}

static int pfhb_raise_argument(const char *name, const char *text)
{
    pfh_error error;

    memset(&error, 0, sizeof error);
    error.status = PFH_E_ARG;
    error.offset = -1;
    strncat(error.where, name, sizeof error.where - 1);
    strncat(error.text, text, sizeof error.text - 1);
    pfhb_raise(&error);
    return -1;
}

/* ---- Texts and numbers in ----------------------------------------------------------------- */

/* Bytes while a call lasts. */
typedef struct pfhb_kept {
    PyObject *bytes;
    int fresh; /* made for the call */
} pfhb_kept;

static void pfhb_let_go(pfhb_kept *kept)
{
    if (kept->fresh && PyBytes_Size(kept->bytes) > 1) /* shorter ones are shared by all of Python */
        pfhb_wipe(PyBytes_AsString(kept->bytes), (size_t)PyBytes_Size(kept->bytes));
    Py_XDECREF(kept->bytes);
}

/* The bytes of a str or bytes, None: NULL. */
static int pfhb_bytes(PyObject *object, const char *name, pfhb_kept *kept, char **text, Py_ssize_t *size)
{
    *text = NULL;
    *size = 0;
    if (object == Py_None)
        return 0;
    if (PyUnicode_Check(object)) {
        kept->bytes = PyUnicode_AsUTF8String(object);
        kept->fresh = kept->bytes != NULL;
        if (kept->bytes == NULL && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
            PyErr_Clear();
            return pfhb_raise_argument(name, "a lone surrogate cannot be written in UTF-8");
        }
    } else if (PyBytes_Check(object)) {
        Py_INCREF(object);
        kept->bytes = object;
    } else {
        return pfhb_no(PyExc_TypeError, "%s is to be a str or bytes", name);
    }
    return kept->bytes == NULL ? -1 : PyBytes_AsStringAndSize(kept->bytes, text, size);
}

static int pfhb_name(PyObject *object, const char *name, pfhb_kept *kept, char **text)
{
    Py_ssize_t size;

    if (object != Py_None && !PyUnicode_Check(object))
        return pfhb_no(PyExc_TypeError, "%s is to be a str", name);
    if (pfhb_bytes(object, name, kept, text, &size) != 0)
        return -1;
    if (*text != NULL && strlen(*text) != (size_t)size)
        return pfhb_raise_argument(name, "a NUL cannot stand in it");
    return 0;
}

static int pfhb_integer(PyObject *object, const char *name, int32_t *out)
{
    PyObject *whole = NULL;
    long value;
    int overflow = 0;

    if (PyIndex_Check(object)) /* an int, or one of numpy's */
        whole = PyNumber_Index(object);
    if (whole == NULL)
        return PyErr_Occurred() ? -1 : pfhb_no(PyExc_TypeError, "%s is to be an int", name);
    value = PyLong_AsLongAndOverflow(whole, &overflow);
    Py_DECREF(whole);
    if (overflow != 0 || value <= INT32_MIN || value > INT32_MAX)
        return pfhb_raise_argument(name, "the number does not fit into 32 bits");
    *out = (int32_t)value;
    return 0;
}

/* ---- Values out --------------------------------------------------------------------------- */

static PyObject *pfhb_none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

static PyObject *pfhb_str(const char *text)
{
    return text == NULL ? pfhb_none() : PyUnicode_DecodeUTF8(text, (Py_ssize_t)strlen(text), "strict");
}

static PyObject *pfhb_number_or_none(int32_t value)
{
    return value == PFH_NONE ? pfhb_none() : PyLong_FromLong(value);
}

static PyObject *pfhb_bool(int32_t value)
{
    return value == PFH_NONE ? pfhb_none() : PyBool_FromLong(value);
}

static PyObject *pfhb_date(int32_t value)
{
    return value == PFH_NONE ? pfhb_none() : PyObject_CallFunction(pfhb_from_ordinal, "i", (int)value + PFHB_EPOCH);
}

static PyObject *pfhb_word(int list, int32_t value)
{
    PyObject *members = PyTuple_GetItem(pfhb_word_members, list);
    PyObject *member;

    if (members == NULL)
        return NULL;
    if (value < 0 || value >= PyTuple_Size(members)) /* a word that a newer library has */
        return PyObject_CallFunction(PyTuple_GetItem(pfhb_word_classes, list), "i", (int)value);
    member = PyTuple_GetItem(members, value);
    Py_XINCREF(member);
    return member;
}

static PyObject *pfhb_value(int shape, const void *row);

static PyObject *pfhb_list(const pfhb_field *field, const void *row)
{
    const size_t n = pfhb_length(field, row);
    const char *list = field->kind == PFHB_WORDS ? (const char *)pfhb_member(row, field->at)
                                                 : (const char *)pfhb_pointer(row, field->at);
    PyObject *tuple = PyTuple_New((Py_ssize_t)n);

    for (size_t i = 0; tuple != NULL && i < n; i++) {
        PyObject *item = field->kind == PFHB_ROWS
                             ? pfhb_value(field->of, list + i * pfhb_shape_of(field->of)->size)
                         : field->kind == PFHB_WORDS ? pfhb_word(field->of, pfhb_int(list, i * sizeof(int32_t)))
                                                     : PyLong_FromLong(pfhb_int(list, i * sizeof(int32_t)));
        if (item == NULL || PyTuple_SetItem(tuple, (Py_ssize_t)i, item) != 0) {
            Py_DECREF(tuple);
            return NULL;
        }
    }
    return tuple;
}

/* The object of a row, which now belongs to Python; the row forgets it. */
static PyObject *pfhb_taken(const pfhb_field *field, const void *row)
{
    void *it = (void *)(intptr_t)pfhb_pointer(row, field->at);

    memset((char *)(intptr_t)row + field->at, 0, sizeof it);
    return pfhb_wrap(strcmp(field->name, "plan") == 0 ? PFHB_OBJECT_plan : PFHB_OBJECT_pathway, it, NULL, 0);
}

static PyObject *pfhb_field_value(const pfhb_field *field, const void *row)
{
    const void *part;

    switch (field->kind) {
    case PFHB_TEXT:
    case PFHB_TEXT_0:
        return pfhb_str((const char *)pfhb_pointer(row, field->at));
    case PFHB_CHARS:
        return pfhb_str((const char *)pfhb_member(row, field->at));
    case PFHB_BYTES:
        return PyBytes_FromStringAndSize((const char *)pfhb_pointer(row, field->at),
                                         (Py_ssize_t)pfhb_size(row, field->too));
    case PFHB_COUNT:
    case PFHB_NUMBER_0:
        return pfhb_number_or_none(pfhb_int(row, field->at));
    case PFHB_ORDINAL_0:
        return pfhb_number_or_none(pfhb_or_none(pfhb_int(row, field->at)));
    case PFHB_LONG:
        return PyLong_FromLongLong(pfhb_long(row, field->at));
    case PFHB_FLAG:
    case PFHB_FLAG_0:
        return pfhb_bool(pfhb_int(row, field->at));
    case PFHB_DATE:
    case PFHB_DATE_0:
        return pfhb_date(pfhb_int(row, field->at));
    case PFHB_WORD:
    case PFHB_WORD_0:
        return pfhb_word(field->of, pfhb_int(row, field->at));
    case PFHB_STATUS:
        return PyLong_FromLong(pfhb_int(row, field->at));
    case PFHB_WORDS:
    case PFHB_NUMBERS:
    case PFHB_ROWS:
        return pfhb_list(field, row);
    case PFHB_PART_0:
        return pfhb_int(row, field->too) == 0 ? pfhb_none() : pfhb_value(field->of, pfhb_member(row, field->at));
    case PFHB_ROW:
    case PFHB_ROW_0:
        part = pfhb_pointer(row, field->at);
        return part == NULL ? pfhb_none() : pfhb_value(field->of, part);
    case PFHB_HANDLE_0:
        return pfhb_taken(field, row);
    }
    return NULL;
}

static PyObject *pfhb_value(int shape_id, const void *row)
{
    const pfhb_shape *shape = pfhb_shape_of(shape_id);
    PyObject *tuple = PyTuple_New((Py_ssize_t)shape->count), *of, *value;

    for (size_t i = 0; tuple != NULL && i < shape->count; i++) {
        PyObject *item = pfhb_field_value(&shape->fields[i], row);
        if (item == NULL || PyTuple_SetItem(tuple, (Py_ssize_t)i, item) != 0) {
            Py_DECREF(tuple);
            return NULL;
        }
    }
    of = tuple == NULL ? NULL : PyTuple_GetItem(pfhb_shape_classes, shape_id);
    if (of == NULL || of == Py_None)
        return tuple;
    value = PyObject_CallFunctionObjArgs(pfhb_tuple_new, of, tuple, NULL);
    Py_DECREF(tuple);
    return value;
}

/* A tuple of values.  Releases the rows. */
static PyObject *pfhb_values(const pfhb_rows *rows)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)rows->count);

    for (size_t i = 0; tuple != NULL && i < rows->count; i++) {
        PyObject *item = pfhb_value(rows->shape, rows->at(rows->parent, i));
        if (item == NULL || PyTuple_SetItem(tuple, (Py_ssize_t)i, item) != 0)
            Py_CLEAR(tuple);
    }
    pfhb_rows_release(rows);
    return tuple;
}

#endif
