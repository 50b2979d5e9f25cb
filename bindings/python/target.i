/*
 * target.i -- how things cross between C and Python: see handle.h and values.h.
 */
%{
#include "values.h"
%}

/* ---- Errors: `err` leaves the signature and becomes an exception -------------------------- */

%typemap(in, numinputs=0) pfh_error *err (pfh_error error) {
  memset(&error, 0, sizeof error);
  $1 = &error;
}
%typemap(argout) pfh_error *err {
  if ($1->status != PFH_OK) {
    pfhb_raise($1);
    Py_CLEAR($result);
    SWIG_fail;
  }
}

/* ---- Texts -------------------------------------------------------------------------------- */

%typemap(in) const char * (pfhb_kept keep = {NULL, 0}, char *text = NULL) {
  if (pfhb_name($input, "$1_name", &keep, &text) != 0)
    SWIG_fail;
  $1 = text;
}
%typemap(freearg) const char * "pfhb_let_go(&keep$argnum);"

%typemap(in) (const char *text, size_t size) (pfhb_kept keep = {NULL, 0}, char *text = NULL, Py_ssize_t size = 0) {
  if (pfhb_bytes($input, "$1_name", &keep, &text, &size) != 0)
    SWIG_fail;
  $1 = text;
  $2 = (size_t)size;
}
%typemap(freearg) (const char *text, size_t size) "pfhb_let_go(&keep$argnum);"

%typemap(out) const char * "$result = pfhb_str($1);"
%typemap(out) char * {
  $result = pfhb_str($1);
  pfh_string_free($1);
}

/* ---- Numbers and rows --------------------------------------------------------------------- */

%typemap(in) int32_t {
  if (pfhb_integer($input, "$1_name", &$1) != 0)
    SWIG_fail;
}
%typemap(out) int32_t "$result = pfhb_number_or_none($1);"
%typemap(out) pfhb_rows "$result = pfhb_values(&$1);"

/* ---- Objects ------------------------------------------------------------------------------ */

%define PFHB_OBJECT(name)
%typemap(in) const pfh_##name * (pfhb_handle *in = NULL, void *it = NULL) {
  if (pfhb_enter($input, PFHB_OBJECT_##name, 0, &in, &it) != 0)
    SWIG_fail;
  $1 = (pfh_##name *)it;
}
%typemap(in) pfh_##name * (pfhb_handle *in = NULL, void *it = NULL) {
  if (pfhb_enter($input, PFHB_OBJECT_##name, 1, &in, &it) != 0)
    SWIG_fail;
  $1 = (pfh_##name *)it;
}
%typemap(freearg) const pfh_##name *, pfh_##name * { pfhb_leave(in$argnum); }
%typemap(out) pfh_##name * { $result = pfhb_wrap(PFHB_OBJECT_##name, $1, NULL, 0); }
/* borrowed from the first argument */
%typemap(out) const pfh_##name * { $result = pfhb_wrap(PFHB_OBJECT_##name, $1, swig_obj[0], 1); }
%typemap(in) (const pfh_##name *const *name##s, size_t count) (pfhb_many many = {NULL, NULL, 0}) {
  if (pfhb_enter_many($input, PFHB_OBJECT_##name, &many) != 0)
    SWIG_fail;
  $1 = ($1_ltype)many.items;
  $2 = (size_t)many.count;
}
%typemap(freearg) (const pfh_##name *const *name##s, size_t count) { pfhb_leave_many(&many$argnum); }
%enddef
PFHB_OBJECT(pathway)
PFHB_OBJECT(policy)
PFHB_OBJECT(plan)
PFHB_OBJECT(record)
PFHB_OBJECT(worklist)
PFHB_OBJECT(caseload)
PFHB_OBJECT(needs)
PFHB_OBJECT(merge_options)
PFHB_OBJECT(diff)
PFHB_OBJECT(ical_options)
PFHB_OBJECT(feed)
PFHB_OBJECT(proposals)

/* A proposed event is for the caller to complete. */
%typemap(out) const pfh_record *proposals_event "$result = pfhb_wrap(PFHB_OBJECT_record, $1, swig_obj[0], 0);"

/* ---- Calls that take long let other threads run ------------------------------------------- */

%define PFHB_LONG(name)
%exception name {
  Py_BEGIN_ALLOW_THREADS
  $action
  Py_END_ALLOW_THREADS
}
%enddef
PFHB_LONG(pathway_parse)
PFHB_LONG(policy_parse)
PFHB_LONG(pathway_handover)
PFHB_LONG(plan_derive)
PFHB_LONG(plan_to_json)
PFHB_LONG(plan_to_ical)
PFHB_LONG(plan_to_invitation)
PFHB_LONG(needs_derive)
PFHB_LONG(needs_to_json)
PFHB_LONG(needs_to_text)
PFHB_LONG(worklist_add)
PFHB_LONG(feed_add)
PFHB_LONG(pathway_to_json)
PFHB_LONG(pathway_merge)
PFHB_LONG(pathway_diff)
PFHB_LONG(caseload_feed)
PFHB_LONG(caseload_next)
PFHB_LONG(plan_many)
PFHB_LONG(worklist_sort)
PFHB_LONG(plans_to_ical)
PFHB_LONG(ical_update)
PFHB_LONG(ical_read)
PFHB_LONG(ical_lint)
PFHB_LONG(feed_new)
PFHB_LONG(feed_to_ical)

/* ---- What is not of the library ----------------------------------------------------------- */

%typemap(in) PyObject * "$1 = $input;"
%exception define {
  $action
  if (PyErr_Occurred())
    SWIG_fail;
}
%exception release {
  $action
  if (PyErr_Occurred())
    SWIG_fail;
}
%inline %{
/* Frees the object of a handle; a second time does nothing. */
static void release(PyObject *handle)
{
    (void)pfhb_close(handle);
}

/* Tells which classes values are made of: see values.h. */
static void define(PyObject *shapes, PyObject *enums, PyObject *members, PyObject *exceptions, PyObject *from_ordinal)
{
    static PyInterpreterState *first;
    PyObject *make;

    if (first != NULL && first != PyInterpreterState_Get()) {
        PyErr_SetString(PyExc_ImportError, "pfh is for the main interpreter of a process, not for subinterpreters");
        return;
    }
    first = PyInterpreterState_Get();
    make = PyObject_GetAttrString((PyObject *)&PyTuple_Type, "__new__");
    pfhb_keep(&pfhb_shape_classes, shapes);
    pfhb_keep(&pfhb_word_classes, enums);
    pfhb_keep(&pfhb_word_members, members);
    pfhb_keep(&pfhb_exceptions, exceptions);
    pfhb_keep(&pfhb_from_ordinal, from_ordinal);
    pfhb_keep(&pfhb_tuple_new, make);
    Py_XDECREF(make);
}
%}
