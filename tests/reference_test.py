#!/usr/bin/env python3
"""Random cases through the library and through the reference: the same bytes, or the same refusal.

    reference_test.py PATH-OF-LIBPFH.SO [--seeds 1,2,3,4] [--count N] [--broken N]

Prints TAP.  The reference (reference/pfh_reference.py) was written from the rules by itself and shares
no code with the library.  What the library gets is the text of each document as it stands in its case.
"""

import argparse
import ctypes
import io
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "reference"))
import pfh_reference as reference  # noqa: E402

GENERATOR = os.path.join(HERE, "reference", "generate.py")


class Error(ctypes.Structure):
    """pfh_error; its size is checked against pfh_error_size()."""

    _fields_ = [("status", ctypes.c_int32), ("offset", ctypes.c_int32), ("where", ctypes.c_char * 256),
                ("text", ctypes.c_char * 256), ("reserved", ctypes.c_char * 248)]


class Refused(Exception):
    pass


class Library:
    """The few calls that a plan takes."""

    def __init__(self, path):
        self.pfh = ctypes.CDLL(path)
        self.pfh.pfh_status_name.restype = ctypes.c_char_p
        self.pfh.pfh_error_size.restype = ctypes.c_size_t
        for name in ("pathway", "policy", "plan"):
            getattr(self.pfh, "pfh_%s_free" % name).argtypes = [ctypes.c_void_p]
        self.pfh.pfh_string_free.argtypes = [ctypes.c_void_p]
        if self.pfh.pfh_error_size() != ctypes.sizeof(Error):
            sys.exit("pfh_error has another size than this test knows")

    def call(self, name, *arguments):
        """A call whose first argument is its output."""
        out, err = ctypes.c_void_p(), Error()
        status = getattr(self.pfh, name)(ctypes.byref(out), *arguments, ctypes.byref(err))
        if status != 0:
            raise Refused(self.pfh.pfh_status_name(status).decode(), err.where.decode())
        return out

    def parse(self, kind, document):
        return self.call("pfh_%s_parse" % kind, document, ctypes.c_size_t(len(document)))

    def text(self, name, *arguments):
        out = self.call(name, *arguments)
        try:
            return ctypes.string_at(out.value)
        finally:
            self.pfh.pfh_string_free(out)

    def plan(self, pathway_text, policy_text, as_of, known_at, edition):
        """The pathway as it is written, and its plan with reasons."""
        pathway = policy = plan = None
        try:
            pathway = self.parse("pathway", pathway_text)
            if policy_text is not None:
                policy = self.parse("policy", policy_text)
            day = ctypes.c_int32()
            if self.pfh.pfh_date_parse(ctypes.byref(day), as_of, None) != 0:
                raise Refused("date", "/as_of")
            plan = self.call("pfh_plan_derive_at", pathway, policy, day, known_at, edition)
            return self.text("pfh_pathway_to_json", pathway), self.text("pfh_plan_to_json", plan, 1)
        finally:
            self.pfh.pfh_plan_free(plan)
            self.pfh.pfh_policy_free(policy)
            self.pfh.pfh_pathway_free(pathway)


def encoded(text):
    return None if text is None else text.encode("utf-8")


def of_library(library, line):
    pathway, policy, case = reference.split_case(line)
    try:
        return library.plan(pathway, policy, encoded(case.get("as_of")), encoded(case.get("known_at")),
                            encoded(case.get("edition")))
    except Refused as refused:
        return refused.args


class Options:
    explain = True


def of_reference(line):
    try:
        plan = reference.write(reference.plan_of_case(line, Options))
        pathway = reference.write(reference.read_pathway(reference.split_case(line)[0]))
        return pathway.encode("utf-8"), plan.encode("utf-8")
    except reference.Refused as refused:
        return refused.status, refused.where


def expected(line):
    """What a broken case says itself: (status, pointer)."""
    expect = reference.split_case(line)[2].get("expect")
    return None if expect is None else (expect.get("error"), expect.get("where"))


def cases(seed, count, *more):
    command = [sys.executable, GENERATOR, "--seed", str(seed), "--count", str(count), *more]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()


def compare(library, lines):
    """Counts the cases that differ and shows the first of them."""
    shown, wrong = io.StringIO(), 0
    for line in lines:
        got, wanted, told = of_library(library, line), of_reference(line), expected(line)
        if got == wanted and told in (None, got):
            continue
        wrong += 1
        if wrong <= 3:
            print("# case", line.decode("utf-8", "backslashreplace"), file=shown)
            for who, answer in (("library", got), ("reference", wanted), ("case", told)):
                print("#   %s: %s" % (who, answer), file=shown)
    return wrong, shown.getvalue()


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("library")
    parser.add_argument("--seeds", default="1,2,3,4")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--broken", type=int, default=125)
    return parser.parse_args()


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = read_arguments()
    library = Library(options.library)
    runs = [(int(seed), count, more) for seed in options.seeds.split(",")
            for count, more in ((options.count, ()), (options.broken, ("--broken",)))]
    failed = 0
    print("1..%d" % len(runs))
    for number, (seed, count, more) in enumerate(runs, 1):
        lines = cases(seed, count, *more)
        wrong, shown = compare(library, lines)
        wrong += len(lines) != count
        failed += wrong > 0
        print("%sok %d - seed %d, %d %s, %d differ" % ("not " if wrong else "", number, seed, len(lines),
                                                      "broken cases" if more else "cases", wrong))
        print(shown, end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
