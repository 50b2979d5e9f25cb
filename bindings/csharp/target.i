/*
 * target.i -- how texts, objects, rows and errors cross over between C# and C.
 *
 * Nothing is left to the runtime's marshalling of strings, which would go by the code page of the machine:
 *
 * | C                            | P/Invoke | C#                                                        |
 * |------------------------------|----------|-----------------------------------------------------------|
 * | const char * in              | byte[]   | string: strict UTF-8 and a NUL; null by some names alone  |
 * | const char *text, size_t size| byte[]   | Utf8.Document(): its size as an int64_t, then its bytes   |
 * | array of objects, size_t     | IntPtr[] | IReference[]: their number, then the pointers             |
 * | char *, const char * out     | IntPtr   | string or null, from a block of rows.h                    |
 * | pfhb_rows out                | IntPtr   | a block of rows.h, for Block                              |
 * | object in                    | IntPtr   | IReference, held by a Use while the call lasts            |
 * | object out, owned            | IntPtr   | Handle                                                    |
 * | object out, borrowed         | IntPtr   | IntPtr, or zero                                           |
 * | pfh_error *                  | --       | kept for the thread, and thrown by Failed.Check()         |
 *
 * An object that a call changes (no `const`) is used alone: see Handle.cs.
 */

/* SWIG's own helpers, which would hand texts to callbacks in the code page of the machine, are left out by
 * CMakeLists.txt: they are made before this file is read. */

%pragma(csharp) moduleclassmodifiers="internal static class"
%pragma(csharp) imclassclassmodifiers="internal static class"

%header %{
#if defined(_MSC_VER)
#define PFHB_THREAD __declspec(thread)
#else
#define PFHB_THREAD _Thread_local
#endif

/* What the last call of this thread said.  It is taken, and cleared, at once: see Failed.cs. */
static PFHB_THREAD pfh_error pfhb_failure;

static void pfhb_short_of_memory(void)
{
    pfhb_refuse(&pfhb_failure, PFH_E_NOMEM, "", pfh_status_text(PFH_E_NOMEM));
}

/* A text on its way out; NULL without a failure: there is none. */
static char *pfhb_give_text(const char *text)
{
    char *block = pfhb_block_of_text(text);

    if (block == NULL && text != NULL)
        pfhb_short_of_memory();
    return block;
}

/* Rows on their way out; NULL: they failed. */
static char *pfhb_give_rows(const pfhb_rows *rows)
{
    char *block = NULL;

    if (pfhb_failure.status != PFH_OK) {
        pfhb_rows_release(rows);
        return NULL;
    }
    block = pfhb_block_of(rows);
    if (block == NULL)
        pfhb_short_of_memory();
    return block;
}
%}

/* What C# calls beside the calls of calls.h: declared by hand in Library.cs. */
%wrapper %{
#ifdef __cplusplus
extern "C" {
#endif

/* The version that this was compiled for, as pfh_version_number() has it. */
SWIGEXPORT int32_t SWIGSTDCALL pfhb_csharp_version(void)
{
    return PFHB_VERSION_NUMBER;
}

SWIGEXPORT int32_t SWIGSTDCALL pfhb_csharp_failed(void)
{
    return pfhb_failure.status != PFH_OK;
}

enum { PFHB_FAILURE_ROOM = sizeof(pfh_error) + 64 }; /* more than a Failure takes */

SWIGEXPORT int32_t SWIGSTDCALL pfhb_csharp_failure_room(void)
{
    return PFHB_FAILURE_ROOM;
}

/* Takes the failure: writes it as a row of the shape Failure, without allocating anything. */
SWIGEXPORT void SWIGSTDCALL pfhb_csharp_take_failure(char *room)
{
    pfhb_block block = {room, 0, PFHB_FAILURE_ROOM, 0};

    pfhb_put_row(&block, pfhb_shape_of(PFHB_SHAPE_Failure), &pfhb_failure);
    pfhb_failure.status = PFH_OK;
}

/* A block holds what its texts held: it is wiped. */
SWIGEXPORT void SWIGSTDCALL pfhb_csharp_release(char *block)
{
    if (block != NULL)
        pfhb_wipe(block, pfhb_block_size(block) + sizeof(int64_t));
    free(block);
}

#define PFHB_FREE(name)                                                                            \
    SWIGEXPORT void SWIGSTDCALL pfhb_csharp_free_##name(void *object)                              \
    {                                                                                              \
        pfh_##name##_free((pfh_##name *)object);                                                   \
    }
PFHB_FREE(caseload)
PFHB_FREE(diff)
PFHB_FREE(feed)
PFHB_FREE(ical_options)
PFHB_FREE(merge_options)
PFHB_FREE(needs)
PFHB_FREE(pathway)
PFHB_FREE(plan)
PFHB_FREE(policy)
PFHB_FREE(proposals)
PFHB_FREE(record)
PFHB_FREE(worklist)

#ifdef __cplusplus
}
#endif
%}

/* ---- Errors ------------------------------------------------------------------------------- */

/* `canthrow` has `excode` put in where C# is to look whether the call failed.  Where what comes back says so
 * itself (nothing), that is looked at instead, which SWIG warns of. */
#pragma SWIG nowarn=844
%typemap(in, numinputs=0) pfh_error *err "$1 = &pfhb_failure;"
%typemap(check, canthrow=1) pfh_error *err "$1->status = PFH_OK;"

%typemap(csout, excode="\n    Failed.Check();") void {
    Library.Check();
    $imcall;$excode
  }
%typemap(csout, excode="\n    Failed.Check();") int32_t {
    Library.Check();
    int number = $imcall;$excode
    return number;
  }

/* ---- Texts -------------------------------------------------------------------------------- */

%typemap(ctype, out="void *") const char *, char * "const char *"
%typemap(imtype, out="global::System.IntPtr") const char *, char * "byte[]"
%typemap(cstype) const char *, char * "string"
%typemap(in) const char * "$1 = (char *)(intptr_t)$input;"
%typemap(csin) const char * "Utf8.Name($csinput, \"$1_name\")"
%typemap(csin) const char *value, const char *json, const char *known_at, const char *edition, const char *conflict
    "Utf8.NameOrNone($csinput, \"$1_name\")"
%typemap(out) const char * "$result = pfhb_give_text($1);"
%typemap(out) char * %{
  $result = pfhb_give_text($1);
  pfh_string_free($1);
%}
%typemap(csout) const char *, char * {
    Library.Check();
    return Block.Text($imcall);
  }

%typemap(ctype) (const char *text, size_t size) "const char *"
%typemap(imtype) (const char *text, size_t size) "byte[]"
%typemap(cstype) (const char *text, size_t size) "byte[]"
%typemap(csin) (const char *text, size_t size) "$csinput"
%typemap(in) (const char *text, size_t size) %{
  $1 = $input == NULL ? NULL : (char *)(intptr_t)$input + sizeof(int64_t);
  $2 = $input == NULL ? 0 : pfhb_block_size($input);
%}

/* ---- Rows --------------------------------------------------------------------------------- */

%typemap(ctype) pfhb_rows "void *"
%typemap(imtype) pfhb_rows "global::System.IntPtr"
%typemap(cstype) pfhb_rows "global::System.IntPtr"
%typemap(out) pfhb_rows "$result = pfhb_give_rows(&$1);"
%typemap(csout) pfhb_rows {
    Library.Check();
    global::System.IntPtr block = $imcall;
    if (block == global::System.IntPtr.Zero)
      Failed.Check();
    return block;
  }

/* ---- Objects ------------------------------------------------------------------------------ */

%define PFHB_OBJECT(type, kind)
%typemap(ctype) type *, const type * "void *"
%typemap(imtype) type *, const type * "global::System.IntPtr"
%typemap(cstype, out="Handle") type * "IReference"
%typemap(cstype, out="global::System.IntPtr") const type * "IReference"
%typemap(in) type *, const type * "$1 = (type *)$input;"
%typemap(out) type *, const type * "$result = (void *)(intptr_t)$1;"
%typemap(csin, pre="    using (Use use_$csinput = Use.Alone($csinput)) {", terminator="    }")
    type * "use_$csinput.Pointer"
%typemap(csin, pre="    using (Use use_$csinput = Use.Shared($csinput)) {", terminator="    }")
    const type * "use_$csinput.Pointer"
%typemap(csout) type * {
    Library.Check();
    global::System.IntPtr made = $imcall;
    if (made == global::System.IntPtr.Zero)
      Failed.Check();
    return new Handle(Kind.kind, made);
  }
%typemap(csout) const type * {
    Library.Check();
    return $imcall;
  }
%enddef

PFHB_OBJECT(pfh_caseload, Caseload)
PFHB_OBJECT(pfh_diff, Diff)
PFHB_OBJECT(pfh_feed, Feed)
PFHB_OBJECT(pfh_ical_options, IcalOptions)
PFHB_OBJECT(pfh_merge_options, MergeOptions)
PFHB_OBJECT(pfh_needs, Needs)
PFHB_OBJECT(pfh_pathway, Pathway)
PFHB_OBJECT(pfh_plan, Plan)
PFHB_OBJECT(pfh_policy, Policy)
PFHB_OBJECT(pfh_proposals, Proposals)
PFHB_OBJECT(pfh_record, Record)
PFHB_OBJECT(pfh_worklist, Worklist)

%define PFHB_OBJECTS(type, name)
%typemap(ctype) (const type *const *name, size_t count) "void **"
%typemap(imtype) (const type *const *name, size_t count) "global::System.IntPtr[]"
%typemap(cstype) (const type *const *name, size_t count) "IReference[]"
%typemap(in) (const type *const *name, size_t count) %{
  $1 = (type **)(intptr_t)($input + 1);
  $2 = (size_t)(intptr_t)$input[0];
%}
%typemap(csin, pre="    using (Uses use_$csinput = new Uses($csinput)) {", terminator="    }")
    (const type *const *name, size_t count) "use_$csinput.Pointers"
%enddef

PFHB_OBJECTS(pfh_pathway, pathways)
PFHB_OBJECTS(pfh_plan, plans)
