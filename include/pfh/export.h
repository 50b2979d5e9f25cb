/*
 * pfh/export.h -- what marks a symbol as public, and the shape of the whole interface.
 *
 * Nothing here depends on the platform's sizes beyond int32_t, int64_t, size_t and pointers, so
 * that C#, Java, Delphi and Python can read it: no struct by value, no varargs, no bit-fields.
 *
 * Ownership, in the whole library: what comes back through a pointer-to-pointer is yours and
 * goes to the matching pfh_*_free(), which accepts NULL; what comes back as a return value is
 * borrowed from the first argument and lives as long; inputs are copied.
 *
 * Threads: no function has hidden state.  Objects never change once they are made, and may be
 * read from any number of threads, but for those that collect (pfh_record, pfh_pathway while events
 * are appended, pfh_caseload, pfh_worklist, pfh_ical_options and pfh_merge_options while they are
 * set, pfh_feed): each of those is for one thread at a time.
 */
#ifndef PFH_EXPORT_H
#define PFH_EXPORT_H

#include <stddef.h>
#include <stdint.h>

#if defined(PFH_STATIC)
#define PFH_API
#elif defined(_WIN32)
#ifdef PFH_BUILDING
#define PFH_API __declspec(dllexport)
#else
#define PFH_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define PFH_API __attribute__((visibility("default")))
#else
#define PFH_API
#endif

#if defined(__GNUC__)
#define PFH_MUST_CHECK __attribute__((warn_unused_result))
#else
#define PFH_MUST_CHECK
#endif

#ifdef __cplusplus
#define PFH_BEGIN_DECLS extern "C" {
#define PFH_END_DECLS }
#else
#define PFH_BEGIN_DECLS
#define PFH_END_DECLS
#endif

#endif
