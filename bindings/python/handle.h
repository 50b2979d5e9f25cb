/*
 * handle.h -- how an object of the library is held by Python: never used after it was freed.
 *
 * A handle is a capsule.  It counts the calls that are inside: close() while a call that released the lock is
 * under way frees the object when that call leaves, and a call that changes an object is refused while another
 * is inside.  A borrowed object (a record of a pathway) has a handle that keeps its owner's and counts there.
 * All of it runs under Python's lock.
 */
#ifndef PFHB_HANDLE_H
#define PFHB_HANDLE_H

#include "rows.h"

#include <Python.h>

#define PFHB_CAPSULE "pfh.handle"

/* Every type of object: its name, and the class that Python users see. */
#define PFHB_OBJECTS(ROW)                                                                          \
    ROW(pathway, "Pathway")                                                                        \
    ROW(policy, "Policy")                                                                          \
    ROW(plan, "Plan")                                                                              \
    ROW(record, "Record")                                                                          \
    ROW(worklist, "Worklist")                                                                      \
    ROW(caseload, "caseload")                                                                      \
    ROW(needs, "Needs")                                                                            \
    ROW(merge_options, "MergeOptions")                                                             \
    ROW(diff, "Diff")                                                                              \
    ROW(ical_options, "IcalOptions")                                                               \
    ROW(feed, "Feed")                                                                              \
    ROW(proposals, "proposals")

typedef enum pfhb_object {
#define PFHB_ONE(name, seen) PFHB_OBJECT_##name,
    PFHB_OBJECTS(PFHB_ONE)
#undef PFHB_ONE
        PFHB_OBJECT_COUNT
} pfhb_object;

typedef struct pfhb_handle {
    void *it; /* NULL once it was freed */
    pfhb_object type;
    PyObject *owner; /* of a borrowed object: the capsule whose object it belongs to */
    int read_only;
    int inside; /* calls that use it; -1: one that changes it */
    int closed;
} pfhb_handle;

static const char *pfhb_seen_name(pfhb_object type)
{
    static const char *const names[] = {
#define PFHB_ONE(name, seen) seen,
        PFHB_OBJECTS(PFHB_ONE)
#undef PFHB_ONE
    };
    return names[type];
}

static void pfhb_free_object(pfhb_object type, void *it)
{
    switch (type) {
#define PFHB_ONE(name, seen)                                                                       \
    case PFHB_OBJECT_##name:                                                                       \
        pfh_##name##_free((pfh_##name *)it);                                                       \
        break;
        PFHB_OBJECTS(PFHB_ONE)
#undef PFHB_ONE
    case PFHB_OBJECT_COUNT:
        break;
    }
}

static pfhb_handle *pfhb_handle_of(PyObject *capsule)
{
    return (pfhb_handle *)PyCapsule_GetPointer(capsule, PFHB_CAPSULE);
}

/* Where the counting is done: the handle itself, or its owner's. */
static pfhb_handle *pfhb_root(pfhb_handle *handle)
{
    return handle->owner == NULL ? handle : pfhb_handle_of(handle->owner);
}

static void pfhb_free_if_done(pfhb_handle *root)
{
    if (root->closed && root->inside == 0 && root->it != NULL) {
        pfhb_free_object(root->type, root->it);
        root->it = NULL;
    }
}

static void pfhb_handle_destroy(PyObject *capsule)
{
    pfhb_handle *handle = pfhb_handle_of(capsule);

    if (handle->owner == NULL) {
        handle->closed = 1; /* a call inside holds a reference, so there is none */
        pfhb_free_if_done(handle);
    }
    Py_XDECREF(handle->owner);
    free(handle);
}

/* A new handle.  It owns `it` where `owner` is NULL, from the first moment: on failure `it` is freed. */
static PyObject *pfhb_wrap(pfhb_object type, const void *it, PyObject *owner, int read_only)
{
    pfhb_handle *handle;
    PyObject *capsule = NULL;

    if (it == NULL)
        Py_RETURN_NONE;
    handle = (pfhb_handle *)calloc(1, sizeof *handle);
    if (handle != NULL) {
        handle->it = (void *)(intptr_t)it;
        handle->type = type;
        handle->read_only = read_only;
        handle->owner = owner;
        capsule = PyCapsule_New(handle, PFHB_CAPSULE, pfhb_handle_destroy);
    } else {
        PyErr_NoMemory();
    }
    if (capsule != NULL) {
        Py_XINCREF(owner);
    } else {
        free(handle);
        if (owner == NULL)
            pfhb_free_object(type, (void *)(intptr_t)it);
    }
    return capsule;
}

static int pfhb_no(PyObject *exception, const char *format, const char *name)
{
    PyErr_Format(exception, format, name);
    return -1;
}

/* Enters an object for a call; `*in` is its handle, NULL for None.  0, or -1 with an exception. */
static int pfhb_enter(PyObject *object, pfhb_object type, int changes, pfhb_handle **in, void **it)
{
    pfhb_handle *handle, *root;

    *it = NULL;
    if (object == Py_None)
        return 0;
    if (!PyCapsule_IsValid(object, PFHB_CAPSULE) || (handle = pfhb_handle_of(object))->type != type)
        return pfhb_no(PyExc_TypeError, "a %s is wanted", pfhb_seen_name(type));
    root = pfhb_root(handle);
    if (root->closed)
        return pfhb_no(PyExc_ValueError, "the %s is closed", pfhb_seen_name(root->type));
    if (changes && handle->read_only)
        return pfhb_no(PyExc_TypeError, "the %s belongs to another object and cannot be changed", pfhb_seen_name(type));
    if (root->inside < 0 || (changes && root->inside > 0))
        return pfhb_no(PyExc_RuntimeError, "the %s is in use by another call", pfhb_seen_name(root->type));
    root->inside = changes ? -1 : root->inside + 1;
    *in = handle;
    *it = handle->it;
    return 0;
}

static void pfhb_leave(pfhb_handle *in)
{
    pfhb_handle *root;

    if (in == NULL)
        return;
    root = pfhb_root(in);
    root->inside = root->inside < 0 ? 0 : root->inside - 1;
    pfhb_free_if_done(root);
}

/* Frees the object, now or when the calls inside have left; a second time does nothing. */
static int pfhb_close(PyObject *object)
{
    pfhb_handle *handle;

    if (!PyCapsule_IsValid(object, PFHB_CAPSULE))
        return pfhb_no(PyExc_TypeError, "%s", "a handle is wanted");
    handle = pfhb_handle_of(object);
    if (handle->owner == NULL) {
        handle->closed = 1;
        pfhb_free_if_done(handle);
    }
    return 0;
}

/* ---- A tuple of them ---------------------------------------------------------------------- */

typedef struct pfhb_many {
    void **items;
    pfhb_handle **in;
    Py_ssize_t count;
} pfhb_many;

static void pfhb_leave_many(pfhb_many *many)
{
    for (Py_ssize_t i = 0; many->in != NULL && i < many->count; i++)
        pfhb_leave(many->in[i]);
    free(many->in);
    free(many->items);
    many->in = NULL;
    many->items = NULL;
}

static int pfhb_enter_many(PyObject *tuple, pfhb_object type, pfhb_many *many)
{
    if (!PyTuple_Check(tuple))
        return pfhb_no(PyExc_TypeError, "a tuple of %s is wanted", pfhb_seen_name(type));
    many->count = PyTuple_Size(tuple);
    many->items = (void **)calloc((size_t)many->count + 1, sizeof *many->items);
    many->in = (pfhb_handle **)calloc((size_t)many->count + 1, sizeof *many->in);
    if (many->items == NULL || many->in == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < many->count; i++)
        if (pfhb_enter(PyTuple_GetItem(tuple, i), type, 0, &many->in[i], &many->items[i]) != 0)
            return -1;
    return 0;
}

#endif
