/*
 * target.i -- how a text, an object, a row and an error of calls.h cross over to Java.
 *
 * | C                          | Java                                                                  |
 * |----------------------------|-----------------------------------------------------------------------|
 * | const char *, taken        | String; UTF-8 in bytes, Texts.name() refuses a NUL and half a pair;    |
 * |                            | by their names below: those that must be there, else one may be null   |
 * | const char *text, size_t   | byte[], raw; null is NULL                                             |
 * | const char *, char *, given| String, or null; a char * is freed                                    |
 * | pfhb_rows                  | byte[]: the number of rows and the rows, as rows.h writes a block      |
 * | pfh_plan * and its like    | long                                                                  |
 * | arrays of those            | long[]                                                                |
 * | pfh_error *err             | leaves the signature; what fails throws PfhException                  |
 *
 * No text goes through GetStringUTFChars() or NewStringUTF(): their UTF-8 is modified.
 */

%pragma(java) moduleclassmodifiers="final class"
%pragma(java) jniclassclassmodifiers="final class"

/* Every call asks for the library first: a static block would say only once what is wrong with it. */
%typemap(javaout) void { Loader.check(); $jnicall; }
%typemap(javaout) int { Loader.check(); return $jnicall; }

%{
/* ---- Errors ------------------------------------------------------------------------------- */

static jclass pfhj_exception;
static jmethodID pfhj_new_exception;

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *machine, void *reserved)
{
    JNIEnv *env = NULL;
    jclass exception;

    (void)reserved;
    if ((*machine)->GetEnv(machine, (void **)&env, JNI_VERSION_1_8) != JNI_OK)
        return JNI_ERR;
    exception = (*env)->FindClass(env, "org/libpfh/PfhException");
    if (exception == NULL)
        return JNI_ERR;
    pfhj_exception = (jclass)(*env)->NewGlobalRef(env, exception);
    if (pfhj_exception == NULL)
        return JNI_ERR;
    pfhj_new_exception = (*env)->GetMethodID(env, pfhj_exception, "<init>", "(I[B[BI)V");
    return pfhj_new_exception == NULL ? JNI_ERR : JNI_VERSION_1_8;
}

JNIEXPORT void JNICALL JNI_OnUnload(JavaVM *machine, void *reserved)
{
    JNIEnv *env = NULL;

    (void)reserved;
    if ((*machine)->GetEnv(machine, (void **)&env, JNI_VERSION_1_8) == JNI_OK)
        (*env)->DeleteGlobalRef(env, pfhj_exception);
}

/* An array of Java has no more than 2^31-1 members. */
static void pfhj_throw_too_large(JNIEnv *env)
{
    jclass error = (*env)->FindClass(env, "java/lang/OutOfMemoryError");

    if (error != NULL)
        (*env)->ThrowNew(env, error, "libpfh: more bytes than an array can hold");
}

/* NULL with an OutOfMemoryError thrown where the heap is full. */
static jbyteArray pfhj_bytes(JNIEnv *env, const void *data, size_t size)
{
    jbyteArray bytes = NULL;

    if (size > INT32_MAX)
        pfhj_throw_too_large(env);
    else
        bytes = (*env)->NewByteArray(env, (jsize)size);
    if (bytes != NULL)
        (*env)->SetByteArrayRegion(env, bytes, 0, (jsize)size, (const jbyte *)data);
    return bytes;
}

/* A call is not made, and nothing more is taken, once something was thrown. */
static int pfhj_thrown(JNIEnv *env)
{
    return (*env)->ExceptionCheck(env);
}

/* Throws the exception of an error, unless something was thrown already. */
static void pfhj_throw(JNIEnv *env, const pfh_error *error)
{
    jbyteArray where, text;
    jobject exception;

    if (pfhj_thrown(env))
        return;
    where = pfhj_bytes(env, error->where, strlen(error->where));
    text = where == NULL ? NULL : pfhj_bytes(env, error->text, strlen(error->text));
    if (text == NULL)
        return;
    exception = (*env)->NewObject(env, pfhj_exception, pfhj_new_exception, (jint)error->status, where,
                                  text, (jint)error->offset);
    if (exception != NULL)
        (*env)->Throw(env, (jthrowable)exception);
}

static void pfhj_throw_no_memory(JNIEnv *env)
{
    pfh_error error;

    pfhb_refuse(&error, PFH_E_NOMEM, "", pfh_status_text(PFH_E_NOMEM));
    pfhj_throw(env, &error);
}

/* ---- What comes in ------------------------------------------------------------------------ */

/* Bytes of Java while a call lasts: short ones stand on the stack. */
typedef struct pfhj_copy {
    char near[256];
    char *data; /* NULL: there are none */
    size_t size;
} pfhj_copy;

/* Copies bytes and puts a NUL behind them; throws where memory is short. */
static void pfhj_take(JNIEnv *env, pfhj_copy *copy, jbyteArray bytes)
{
    copy->data = NULL;
    copy->size = 0;
    if (bytes == NULL || pfhj_thrown(env))
        return;
    copy->size = (size_t)(*env)->GetArrayLength(env, bytes);
    copy->data = copy->size < sizeof copy->near ? copy->near : (char *)malloc(copy->size + 1);
    if (copy->data == NULL) {
        pfhj_throw_no_memory(env);
        return;
    }
    (*env)->GetByteArrayRegion(env, bytes, 0, (jsize)copy->size, (jbyte *)copy->data);
    copy->data[copy->size] = '\0';
}

static void pfhj_drop(pfhj_copy *copy)
{
    pfhb_wipe(copy->data, copy->size);
    if (copy->data != copy->near)
        free(copy->data);
}

/* The pointers that stand in an array of handles, for free(); throws where memory is short. */
static const void **pfhj_pointers(JNIEnv *env, jlongArray handles, size_t *count)
{
    const void **pointers;
    jlong *numbers;

    *count = 0;
    if (handles == NULL || pfhj_thrown(env))
        return NULL;
    *count = (size_t)(*env)->GetArrayLength(env, handles);
    pointers = (const void **)calloc(*count + 1, sizeof *pointers);
    numbers = (jlong *)calloc(*count + 1, sizeof *numbers);
    if (pointers == NULL || numbers == NULL) {
        free(pointers);
        free(numbers);
        pfhj_throw_no_memory(env);
        return NULL;
    }
    (*env)->GetLongArrayRegion(env, handles, 0, (jsize)*count, numbers);
    for (size_t i = 0; i < *count; i++)
        pointers[i] = (const void *)(intptr_t)numbers[i];
    free(numbers);
    return pointers;
}

/* ---- What goes out ------------------------------------------------------------------------ */

/* The rows as bytes: what follows the size in a block of rows.h.  Objects in them are given away only when
 * the bytes have arrived. */
static jbyteArray pfhj_rows(JNIEnv *env, const pfhb_rows *rows)
{
    pfhb_block block = {NULL, 0, 0, 0};
    jbyteArray bytes = NULL;

    if (pfhj_thrown(env))
        return NULL;
    pfhb_put_int(&block, (int32_t)rows->count);
    for (size_t i = 0; i < rows->count; i++)
        pfhb_put_row(&block, pfhb_shape_of(rows->shape), rows->at(rows->parent, i));
    if (block.failed)
        pfhj_throw_no_memory(env);
    else
        bytes = pfhj_bytes(env, block.data, block.size);
    if (bytes != NULL)
        pfhb_given(rows);
    pfhb_rows_release(rows);
    pfhb_drop(&block);
    return bytes;
}
%}

/* ---- Objects ------------------------------------------------------------------------------ */

%typemap(jni) SWIGTYPE * "jlong"
%typemap(jtype) SWIGTYPE * "long"
%typemap(jstype) SWIGTYPE * "long"
%typemap(javain) SWIGTYPE * "$javainput"
%typemap(javaout) SWIGTYPE * { Loader.check(); return $jnicall; }
%typemap(in) SWIGTYPE * %{ $1 = ($1_ltype)(intptr_t)$input; %}
%typemap(out) SWIGTYPE * %{ $result = (jlong)(intptr_t)$1; %}
%typemap(freearg) SWIGTYPE * ""

%define PFHJ_POINTERS(type, name)
%typemap(jni) (const type *const *name, size_t count) "jlongArray"
%typemap(jtype) (const type *const *name, size_t count) "long[]"
%typemap(jstype) (const type *const *name, size_t count) "long[]"
%typemap(javain) (const type *const *name, size_t count) "$javainput"
%typemap(in) (const type *const *name, size_t count) (const void **pointers) {
  pointers = pfhj_pointers(jenv, $input, &$2);
  $1 = ($1_ltype)pointers;
}
%typemap(freearg) (const type *const *name, size_t count) %{ free(pointers$argnum); %}
%enddef
PFHJ_POINTERS(pfh_plan, plans)
PFHJ_POINTERS(pfh_pathway, pathways)

/* ---- Texts -------------------------------------------------------------------------------- */

%typemap(jni) const char *, char * "jbyteArray"
%typemap(jtype) const char *, char * "byte[]"
%typemap(jstype) const char *, char * "String"
%typemap(javain) const char * "Texts.name($javainput, \"$1_name\")"
%typemap(javain) const char *code, const char *id, const char *key, const char *name, const char *number,
                 const char *path, const char *text, const char *timestamp, const char *topic
  "Texts.required($javainput, \"$1_name\")"
%typemap(javaout) const char *, char * { Loader.check(); return Texts.of($jnicall); }
%typemap(in) const char * (pfhj_copy copy) {
  pfhj_take(jenv, &copy, $input);
  $1 = copy.data;
}
%typemap(freearg) const char * %{ pfhj_drop(&copy$argnum); %}
%typemap(out) const char * %{ $result = $1 == NULL ? NULL : pfhj_bytes(jenv, $1, strlen($1)); %}
%typemap(out) char * %{
  $result = $1 == NULL ? NULL : pfhj_bytes(jenv, $1, strlen($1));
  pfh_string_free($1);
%}

%typemap(jni) (const char *text, size_t size) "jbyteArray"
%typemap(jtype) (const char *text, size_t size) "byte[]"
%typemap(jstype) (const char *text, size_t size) "byte[]"
%typemap(javain) (const char *text, size_t size) "$javainput"
%typemap(in) (const char *text, size_t size) (pfhj_copy copy) {
  pfhj_take(jenv, &copy, $input);
  $1 = copy.data;
  $2 = copy.size;
}
%typemap(freearg) (const char *text, size_t size) %{ pfhj_drop(&copy$argnum); %}

/* ---- Rows --------------------------------------------------------------------------------- */

%typemap(jni) pfhb_rows "jbyteArray"
%typemap(jtype) pfhb_rows "byte[]"
%typemap(jstype) pfhb_rows "byte[]"
%typemap(javaout) pfhb_rows { Loader.check(); return $jnicall; }
%typemap(out) pfhb_rows %{ $result = pfhj_rows(jenv, &$1); %}

/* ---- Errors ------------------------------------------------------------------------------- */

%typemap(in, numinputs=0) pfh_error *err (pfh_error error) %{
  error.status = PFH_OK;
  $1 = &error;
%}
%typemap(argout) pfh_error *err %{ if (error$argnum.status != PFH_OK) pfhj_throw(jenv, &error$argnum); %}

%exception %{
  if (pfhj_thrown(jenv)) {
    $cleanup
    return $null;
  }
  $action
%}

/* ---- What the objects' owners free -------------------------------------------------------- */

void pfh_caseload_free(pfh_caseload *object);
void pfh_diff_free(pfh_diff *object);
void pfh_feed_free(pfh_feed *object);
void pfh_ical_options_free(pfh_ical_options *object);
void pfh_merge_options_free(pfh_merge_options *object);
void pfh_needs_free(pfh_needs *object);
void pfh_pathway_free(pfh_pathway *object);
void pfh_plan_free(pfh_plan *object);
void pfh_policy_free(pfh_policy *object);
void pfh_proposals_free(pfh_proposals *object);
void pfh_record_free(pfh_record *object);
void pfh_worklist_free(pfh_worklist *object);

/* The version of this glue: it belongs to one jar. */
%{
static const char *glue_version(void)
{
    return PFHB_VERSION;
}
%}
const char *glue_version(void);
