#!/usr/bin/env python3
"""The reference of merging, hand-over and needs: the conformance vectors, and properties of random copies.

    python3 tests/reference/test_merge_reference.py
"""

import json
import os
import random
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import generate  # noqa: E402
import generate_copies  # noqa: E402
import pfh_merge_reference as merging  # noqa: E402
import pfh_reference as pfh  # noqa: E402

VECTORS = os.path.join(HERE, "..", "vectors")


def spelling(value):
    """A document as bytes, by the reference's own writer or as it stands."""
    return value if isinstance(value, bytes) else merging.spelling(value)


def answer(call, *arguments):
    """(what comes back, None), or (None, (status, where))."""
    try:
        return call(*arguments), None
    except pfh.Refused as refused:
        return None, (refused.status, refused.where)
    except merging.Conflicts as conflicts:
        first = conflicts.rows[0]
        return None, ("conflict", first["mine"] if first["mine"] is not None else first["theirs"])


def covers(wanted, got):
    """Whether all that is wanted is there: objects by the keys given, lists in full."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(key in got and covers(wanted[key], got[key]) for key in wanted)
    if isinstance(wanted, list):
        return isinstance(got, list) and len(got) == len(wanted) and all(map(covers, wanted, got))
    return wanted == got and isinstance(wanted, bool) == isinstance(got, bool)


def fold(copies, edition, choices):
    result = copies[0]
    for text in copies[1:]:
        result = spelling(merging.merge(result, text, edition, choices))
    return result


# ---------------------------------------------------------------- the vectors


class Vector:
    """A case of a file; documents by their own bytes."""

    def __init__(self, text):
        parser = pfh.Parser(text, max_depth=100)
        parser.document()
        self.spans, self.row = parser.spans, json.loads(text)
        self.expect = self.row["expect"]

    def document(self, name):
        return self.spans[name].encode() if name in self.spans else None

    def policy(self):
        text = self.document("policy")
        return pfh.read_policy(text) if text is not None else dict(pfh.POLICY_DEFAULTS)

    def known(self):
        known_at = self.row.get("known_at")
        return (pfh.read_pathway(self.document("pathway")), self.policy(), pfh.parse_date(self.row["as_of"]),
                known_at and pfh.parse_timestamp(known_at), self.row.get("edition"))


def vectors(name):
    with open(os.path.join(VECTORS, name + ".json"), encoding="utf-8") as file:
        return [Vector(text) for text in pfh.list_items(file.read().lstrip())]


class Vectors(unittest.TestCase):
    def each(self, name, run):
        for vector in vectors(name):
            with self.subTest(vector.row["name"]):
                run(vector)

    def error(self, vector, got):
        wanted = vector.expect.get("error")
        self.assertEqual(None if wanted is None else (wanted["status"], wanted.get("where", got and got[1])), got)

    def test_merging(self):
        self.each("merge", self.merging)

    def merging(self, vector):
        copies = [text.encode() for text in pfh.list_items(vector.spans["copies"])]
        edition, choices = vector.row.get("merge_edition"), dict(vector.row.get("choices", {}))
        choices[None] = vector.row.get("choose_all")
        expect = vector.expect
        merged, error = answer(fold, copies, edition, choices)
        if "conflicts" not in expect:
            self.error(vector, error)
        rows, _ = answer(merging.diff, copies[0], copies[1], edition, choices)
        if "differences" in expect:
            self.assertTrue(covers(expect["differences"], rows), rows)
        if "conflicts" in expect:
            conflicts = [row for row in rows if row["kind"] == "conflict"]
            self.assertTrue(covers(expect["conflicts"], conflicts), conflicts)
            if "error" in expect:
                self.error(vector, error)
            self.assertEqual(error[0], "conflict")
        if "merged_is" in expect:
            self.assertEqual(json.loads(merged), expect["merged_is"])
        if "merged_text" in expect:
            self.assertEqual(merged.decode(), expect["merged_text"])
        if merged is not None and "choices" not in vector.row:
            self.assertEqual(fold(copies[::-1], edition, choices), merged)

    def test_handover(self):
        self.each("handover", self.handover)

    def handover(self, vector):
        text = vector.document("pathway")
        copy, error = answer(merging.handover, merging.Copy(text), vector.row["handover"], vector.policy(),
                             vector.row.get("override", False))
        self.error(vector, error)
        if copy is None:
            return
        written = json.loads(spelling(copy))
        self.assertTrue(covers(vector.expect.get("copy", {}), written), written)
        self.assertEqual(vector.expect.get("copy_is", written), written)
        self.assertEqual(spelling(copy), spelling(pfh.read_pathway(spelling(copy))))
        self.assertEqual(fold([text, spelling(copy)], None, {}), spelling(pfh.read_pathway(text)))

    def compared(self, expect, got):
        """The keys of a needs document or a checklist, rows by what they are about."""
        got = json.loads(spelling(got))
        for key, wanted in expect.items():
            if key.startswith("only_"):
                name = {"only_topics": "topic", "only_assessments": "event"}[key]
                self.assertEqual(wanted, [row[name] for row in got[key[5:]]])
            elif key in ("topics", "assessments"):
                name = {"topics": "topic", "assessments": "event"}[key]
                for row in wanted:
                    found = [other for other in got[key] if other[name] == row[name]]
                    self.assertTrue(found and covers(row, found[0]), (row, found))
            else:
                self.assertEqual(wanted, got[key])

    def test_needs(self):
        self.each("needs", self.needs)

    def needs(self, vector):
        got, error = answer(merging.needs, *vector.known())
        self.error(vector, error)
        if got is not None:
            self.compared(vector.expect["needs"], got)

    def test_checklist(self):
        self.each("checklist", self.checklist)

    def checklist(self, vector):
        asked = vector.row["checklist"]
        known = vector.known() if asked["known"] else None
        got, error = answer(merging.checklist, asked["edition"], asked["point"], vector.policy(), known)
        if error is not None:
            self.assertEqual(vector.expect["error"]["status"], error[0])
        elif asked.get("language", "nb") == "nb":  # the other languages are not the reference's
            self.compared(vector.expect["checklist"], got)


# ---------------------------------------------------------------- equal numbers


class Numbers(unittest.TestCase):
    def test_spellings_of_one_value(self):
        for one in (("1", "1.0", "10e-1", "0.1E+1"), ("0", "-0", "0e9", "-0.000"), ("1e999", "10e998", "0.1e1000")):
            self.assertEqual(len({merging.number_value(text) for text in one}), 1, one)
        values = [merging.number_value(text) for text in ("1", "-1", "10", "1e1000", "1e-1000", "1.01")]
        self.assertEqual(len(set(values)), len(values))


# ---------------------------------------------------------------- properties


def texts_of(row):
    return [generate.write(made).encode() for made in row["copies"]]


class Properties(unittest.TestCase):
    def cases(self, seed, count):
        rng = random.Random(seed)
        for _ in range(count):
            row = generate_copies.case(rng)
            yield row, texts_of(row)

    def test_copies_are_valid(self):
        for _, texts in self.cases(1, 100):
            for text in texts:
                once = spelling(pfh.read_pathway(text))
                self.assertEqual(spelling(pfh.read_pathway(once)), once)

    def test_two_copies_give_the_same_both_ways(self):
        for row, texts in self.cases(2, 100):
            edition = row.get("merge_edition")
            one, refused = answer(fold, texts[:2], edition, {})
            other, also = answer(fold, texts[1::-1], edition, {})
            self.assertEqual(one, other)
            self.assertEqual(refused and refused[0], also and also[0])

    def test_a_handover_copy_adds_nothing(self):
        for _, texts in self.cases(3, 60):
            for audience in merging.AUDIENCES:
                made, refused = answer(merging.handover, merging.Copy(texts[0]), audience)
                if refused is None:
                    self.assertEqual(fold([texts[0], spelling(made)], None, {}), spelling(pfh.read_pathway(texts[0])))

    def test_what_was_merged_differs_from_no_copy(self):
        for row, texts in self.cases(4, 60):
            merged, _ = answer(fold, texts, row.get("merge_edition"), {})
            for text in texts if merged is not None else []:
                rows = merging.diff(merged, text, row.get("merge_edition"))
                self.assertEqual(rows, [])

    def test_a_topic_and_its_note_counted_as_one_depend_on_the_order(self):
        """Known: copies that no audience gets.  With NOTES_OF_TOPICS_COUNT they are refused in any order."""
        def copy(topics, withheld):
            row = {"id": "e1", "type": "performed", "date": "2026-02-20", "point": 1, "assessment": {"topics": topics}}
            row.update({"withheld": withheld} if withheld else {})
            return json.dumps({"format": "pfh-pathway/1", "id": "p", "edition": "hdir-2022", "events": [row],
                               "diagnosis": {"code": "C50.9", "date": "2026-01-31"}}).encode()
        topic = {"topic": "nutrition", "need": "none"}
        whole, noteless, empty = copy([{**topic, "note": "a"}], 0), copy([topic], 1), copy([], 1)
        self.assertIsNone(answer(fold, [whole, noteless, empty], None, {})[1])
        self.assertEqual(answer(fold, [noteless, empty, whole], None, {})[1], ("conflict", "/events/0"))


if __name__ == "__main__":
    unittest.main()
