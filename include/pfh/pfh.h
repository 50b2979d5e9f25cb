/*
 * pfh/pfh.h -- the whole interface of libpfh.
 *
 * libpfh knows the rules of Pakkeforløp hjem for cancer patients.  Give it what has happened to a
 * patient (pathway.h), local practice (policy.h) and a day, and it answers where the pathway stands
 * and what is to be done (plan.h).
 */
#ifndef PFH_PFH_H
#define PFH_PFH_H

#include <pfh/caseload.h>
#include <pfh/date.h>
#include <pfh/edition.h>
#include <pfh/export.h>
#include <pfh/handover.h>
#include <pfh/ical.h>
#include <pfh/merge.h>
#include <pfh/needs.h>
#include <pfh/number.h>
#include <pfh/pathway.h>
#include <pfh/plan.h>
#include <pfh/policy.h>
#include <pfh/record.h>
#include <pfh/status.h>
#include <pfh/text.h>
#include <pfh/words.h>
#include <pfh/worklist.h>

#endif
