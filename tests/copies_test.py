#!/usr/bin/env python3
"""Random copies of one log through the library and through the reference, as in reference_test.py.

    copies_test.py PATH-OF-LIBPFH.SO [--seeds 1,2] [--count N]

For each case: the hand-over copies; each merging from the left and from the right, with every row of what
differs; the same with choices; the needs and the checklist of what was merged.  All must be the same bytes, or
the same refusal.  Prints TAP.  The reference is reference/pfh_merge_reference.py.
"""

import argparse
import ctypes
import datetime
import io
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "reference"))
import pfh_merge_reference as merging  # noqa: E402
import pfh_reference as reference  # noqa: E402
import reference_test  # noqa: E402
from reference_test import Refused, encoded  # noqa: E402

GENERATOR = os.path.join(HERE, "reference", "generate_copies.py")
EPOCH = datetime.date(1970, 1, 1)
POINTS = (1, 2, 3)


class Difference(ctypes.Structure):
    """pfh_difference."""

    _fields_ = [("kind", ctypes.c_int32), ("name", ctypes.c_char_p), ("event", ctypes.c_char_p),
                ("type", ctypes.c_int32), ("date", ctypes.c_int32), ("mine", ctypes.c_char_p),
                ("theirs", ctypes.c_char_p), ("conflict", ctypes.c_int32), ("key", ctypes.c_char_p),
                ("chosen", ctypes.c_int32)]


class Library(reference_test.Library):
    """The calls of merging, hand-over and needs; each takes and gives text."""

    def __init__(self, path):
        super().__init__(path)
        for name in ("merge_options", "diff", "needs"):
            getattr(self.pfh, "pfh_%s_free" % name).argtypes = [ctypes.c_void_p]
        self.pfh.pfh_word.restype = ctypes.c_char_p
        self.pfh.pfh_vocabulary_name.restype = ctypes.c_char_p
        self.pfh.pfh_diff_row.restype = ctypes.POINTER(Difference)
        self.pfh.pfh_diff_row.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self.pfh.pfh_diff_count.restype = ctypes.c_size_t
        self.pfh.pfh_diff_count.argtypes = [ctypes.c_void_p]
        self.pfh.pfh_edition_find.restype = ctypes.c_void_p
        self.vocabularies = {self.pfh.pfh_vocabulary_name(n).decode(): n
                             for n in range(1, self.pfh.pfh_vocabulary_count() + 1)}

    def word(self, vocabulary, value):
        word = self.pfh.pfh_word(self.vocabularies[vocabulary], value)
        return word and word.decode()

    def value(self, vocabulary, word):
        return self.pfh.pfh_word_find(self.vocabularies[vocabulary], word.encode())

    def free(self, kind, thing):
        getattr(self.pfh, "pfh_%s_free" % kind)(thing)

    def options(self, edition, choices):
        made = self.call("pfh_merge_options_new")
        err = reference_test.Error()
        try:
            status = self.pfh.pfh_merge_options_edition(made, encoded(edition), ctypes.byref(err))
            for name, side in choices.items():
                status = status or self.pfh.pfh_merge_options_choose(
                    made, encoded(name), self.value("side", side), ctypes.byref(err))
            if status != 0:
                raise Refused(self.pfh.pfh_status_name(status).decode(), err.where.decode())
        except Refused:
            self.free("merge_options", made)
            raise
        return made

    def of_two(self, use, mine_text, theirs_text, edition, choices):
        mine = theirs = options = None
        try:
            mine, theirs = self.parse("pathway", mine_text), self.parse("pathway", theirs_text)
            options = self.options(edition, choices)
            return use(mine, theirs, options)
        finally:
            for kind, thing in (("pathway", mine), ("pathway", theirs), ("merge_options", options)):
                self.free(kind, thing)

    def merge(self, *arguments):
        def use(mine, theirs, options):
            merged = self.call("pfh_pathway_merge", mine, theirs, options)
            try:
                return self.text("pfh_pathway_to_json", merged)
            finally:
                self.free("pathway", merged)
        return self.of_two(use, *arguments)

    def diff(self, *arguments):
        def use(mine, theirs, options):
            found = self.call("pfh_pathway_diff", mine, theirs, options)
            try:
                count = self.pfh.pfh_diff_count(found)
                return [self.difference(self.pfh.pfh_diff_row(found, index).contents) for index in range(count)]
            finally:
                self.free("diff", found)
        return self.of_two(use, *arguments)

    def difference(self, row):
        date = EPOCH + datetime.timedelta(days=row.date) if row.event is not None else None
        texts = {name: None if getattr(row, name) is None else getattr(row, name).decode()
                 for name in ("name", "event", "mine", "theirs", "key")}
        return {"kind": self.word("difference", row.kind), "name": texts["name"], "event": texts["event"],
                "type": self.word("event", row.type), "date": date and date.isoformat(),
                "mine": texts["mine"], "theirs": texts["theirs"], "conflict": self.word("conflict", row.conflict),
                "key": texts["key"], "chosen": self.word("side", row.chosen)}

    def handover(self, text, audience, policy_text, override):
        pathway = policy = made = None
        try:
            pathway = self.parse("pathway", text)
            policy = self.parse("policy", policy_text) if policy_text is not None else None
            made = self.call("pfh_pathway_handover", pathway, self.value("audience", audience), policy, int(override))
            return self.text("pfh_pathway_to_json", made)
        finally:
            for kind, thing in (("pathway", pathway), ("policy", policy), ("pathway", made)):
                self.free(kind, thing)

    def needs(self, text, policy_text, as_of, known_at, edition, name, points):
        """The needs; and for each point the checklist that they fill in."""
        pathway = policy = made = None
        try:
            pathway = self.parse("pathway", text)
            policy = self.parse("policy", policy_text) if policy_text is not None else None
            day = ctypes.c_int32()
            self.pfh.pfh_date_parse(ctypes.byref(day), encoded(as_of), None)
            made = self.call("pfh_needs_derive", pathway, policy, day, encoded(known_at), encoded(edition))
            rules = ctypes.c_void_p(self.pfh.pfh_edition_find(encoded(name)))
            lists = [self.text("pfh_checklist_to_json", rules, point, policy, made, 1) for point in points]
            return [self.text("pfh_needs_to_json", made)] + lists
        finally:
            for kind, thing in (("pathway", pathway), ("policy", policy), ("needs", made)):
                self.free(kind, thing)


class Reference:
    """The same calls of the reference."""

    @staticmethod
    def merge(mine, theirs, edition, choices):
        try:
            return merging.spelling(merging.merge(mine, theirs, edition, choices))
        except merging.Conflicts as conflicts:
            first = conflicts.rows[0]
            raise Refused("conflict", first["theirs"] if first["mine"] is None else first["mine"]) from None

    @staticmethod
    def diff(*arguments):
        return merging.diff(*arguments)

    @staticmethod
    def handover(text, audience, policy_text, override):
        policy = reference.read_policy(policy_text) if policy_text is not None else None
        return merging.spelling(merging.handover(merging.Copy(text), audience, policy, override))

    @staticmethod
    def needs(text, policy_text, as_of, known_at, edition, name, points):
        policy = reference.read_policy(policy_text) if policy_text is not None else dict(reference.POLICY_DEFAULTS)
        known = (reference.read_pathway(text), policy, reference.parse_date(as_of),
                 known_at and reference.parse_timestamp(known_at), edition)
        lists = [merging.checklist(name, point, policy, known) for point in points]
        return [merging.spelling(item) for item in [merging.needs(*known)] + lists]


# ---------------------------------------------------------------- one case


class Disagreement(Exception):
    """What the two say of one call."""


class Both:
    """Every call made of the library and of the reference."""

    def __init__(self, library):
        self.library = library
        self.conflicts = self.merged = 0

    def ask(self, name, *arguments):
        """What both answer: a value, or None where both refuse in the same way."""
        got, wanted = (self.answer(getattr(who, name), arguments) for who in (self.library, Reference))
        if got != wanted:
            raise Disagreement(name, arguments, got, wanted)
        return None if isinstance(got, tuple) else got

    @staticmethod
    def answer(call, arguments):
        try:
            return call(*arguments)
        except Refused as refused:
            return refused.args
        except reference.Refused as refused:
            return refused.status, refused.where

    def case(self, line):
        case = Case(line)
        copies = [self.handed_over(case, text, audience) for text, audience in zip(case.copies, case.audiences)]
        merged = [self.from_the_left(case, order) for order in (copies, copies[::-1])]
        if len(copies) == 2 and None not in merged and merged[0] != merged[1]:
            raise Disagreement("merge", copies, *merged)
        for text in [merged[0]] if merged[0] else copies[:1]:
            self.needs(case, text)

    def handed_over(self, case, text, audience):
        if audience is None:
            return text
        return self.ask("handover", text, audience, case.policy, case.override) or text

    def from_the_left(self, case, copies):
        result = copies[0]
        for text in copies[1:]:
            result = self.two(case, result, text)
            if result is None:
                return None
        return result

    def two(self, case, mine, theirs):
        self.ask("diff", mine, theirs, case.merge_edition, {})
        merged = self.ask("merge", mine, theirs, case.merge_edition, {})
        self.merged += merged is not None
        self.conflicts += merged is None
        if merged is None and case.choices:
            self.ask("diff", mine, theirs, case.merge_edition, case.choices)
            self.ask("merge", mine, theirs, case.merge_edition, case.choices)
        return merged

    def needs(self, case, text):
        name = case.edition or reference.read_pathway(text)["edition"]
        self.ask("needs", text, case.policy, case.as_of, case.known_at, case.edition, name, POINTS)


class Case:
    """A line of generate_copies.py; each document by its own bytes."""

    def __init__(self, line):
        parser = reference.Parser(reference.decode(line, None), max_depth=100)
        tree = parser.document()
        self.copies = [text.encode() for text in reference.list_items(parser.spans["copies"])]
        self.policy = parser.spans["policy"].encode() if tree.get("policy") is not None else None
        self.audiences = tree.get("audiences")
        self.override = bool(tree.get("override"))
        for name in ("merge_edition", "as_of", "known_at", "edition"):
            setattr(self, name, tree.get(name))
        given = tree.get("choices").members if tree.has("choices") else []
        self.choices = {name or None: side for name, side in given}


# ---------------------------------------------------------------- all of them


def cases(seed, count):
    command = [sys.executable, GENERATOR, "--seed", str(seed), "--count", str(count)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()


def compare(both, lines, most):
    """Counts the cases that differ and shows the first of them."""
    shown, wrong = io.StringIO(), 0
    for line in lines:
        try:
            both.case(line)
        except Disagreement as difference:
            wrong += 1
            if wrong <= most:
                name, arguments, got, wanted = difference.args
                print("#", name, *arguments, sep="\n#   ", file=shown)
                print("#   library:   %s\n#   reference: %s" % from_where_they_differ(got, wanted), file=shown)
    return wrong, shown.getvalue()


def from_where_they_differ(got, wanted):
    """Both as text, from a little before the first difference."""
    got, wanted = repr(got), repr(wanted)
    start = max(0, len(os.path.commonprefix([got, wanted])) - 60)
    return got[start:start + 400], wanted[start:start + 400]


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("library")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    library = Library(options.library)
    seeds = [int(seed) for seed in options.seeds.split(",")]
    failed = 0
    print("1..%d" % len(seeds))
    for number, seed in enumerate(seeds, 1):
        lines, both = cases(seed, options.count), Both(library)
        wrong, shown = compare(both, lines, options.show)
        wrong += len(lines) != options.count
        failed += wrong > 0
        print("%sok %d - seed %d, %d cases of copies: %d mergings, %d refused; %d differ" % (
            "not " if wrong else "", number, seed, len(lines), both.merged, both.conflicts, wrong))
        print(shown, end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
