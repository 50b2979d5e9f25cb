"""The conformance vectors through the binding: tests/vectors/README.md says what a case holds.

What goes in are the documents as they stand in the file.  What comes out is compared twice: the document, and the
same made of the binding's values.
"""

import datetime
import json
import unittest

import pfh
import said

FOLDER = said.ROOT / "tests" / "vectors"
ENOUGH = 1600
"""There are at least so many cases."""
COPIES = {"checklist.json": "checklist", "handover.json": "handover", "merge.json": "copies", "needs.json": "needs"}
"""The files whose cases are about something else than a plan, and the key that says so."""
ABOUT = {"name", "why", "source", "covers", "expect"}
TERMS = {"pathway", "policy", "as_of", "known_at", "edition"}
KEYS = {
    "plan": TERMS,
    "needs": TERMS | {"needs"},
    "checklist": TERMS | {"checklist"},
    "handover": {"pathway", "policy", "handover", "override"},
    "copies": {"copies", "merge_edition", "choices", "choose_all"},
}
"""What a case of each kind may say: another key would be left undone."""


# ---- Documents as they stand -----------------------------------------------------------------

DECODER = json.JSONDecoder()


def end_of(text, at):
    """Where a value ends that begins at a place."""
    return DECODER.raw_decode(text, at)[1]


def after(text, at, signs=" \t\r\n,:"):
    """The next place that is none of these."""
    while text[at] in signs:
        at += 1
    return at


def pieces(text):
    """The members of a list or an object, keys too, as they stand."""
    at = after(text, 1)
    while text[at] not in "]}":
        end = end_of(text, at)
        yield text[at:end]
        at = after(text, end)


def members(text):
    """The members of an object by key, as they stand."""
    parts = list(pieces(text))
    return {json.loads(key): value for key, value in zip(parts[::2], parts[1::2])}


class Case:
    """One case: as it reads, and its documents as they stand."""

    def __init__(self, text):
        self.keys = json.loads(text)
        self.raw = members(text)
        self.expect = self.keys["expect"]

    def policy(self):
        return pfh.Policy.parse(self.raw["policy"]) if "policy" in self.raw else None

    def terms(self):
        """What a plan and needs are derived with."""
        day = datetime.date.fromisoformat(self.keys["as_of"])
        return day, self.policy(), self.keys.get("known_at"), self.keys.get("edition")


def cases_of(path):
    return [Case(text) for text in pieces(path.read_text(encoding="utf-8").strip())]


def speaks_of(value, key):
    """Whether a key stands anywhere in a value."""
    if isinstance(value, dict):
        return key in value or any(speaks_of(item, key) for item in value.values())
    return isinstance(value, list) and any(speaks_of(item, key) for item in value)


# ---- Comparing -------------------------------------------------------------------------------


class Vectors(unittest.TestCase):
    maxDiff = 4000
    seen = 0

    def covered(self, key, wanted, got):
        self.assertTrue(said.covers(wanted, got), f"{key}: wanted {wanted}, got {got}")

    def refused(self, error, call):
        """Calls, and sees to the error that is expected; None: to that there is none."""
        if error is None:
            return call()
        with self.assertRaises(pfh.PfhError) as caught:
            call()
        got = {"status": caught.exception.status.word, "where": caught.exception.where}
        self.covered("error", error, got)
        return None

    # ---- A plan ----

    def like(self, wanted, rows, key):
        """Each given row with the row of the same key."""
        for one in wanted:
            self.covered(key, one, next((row for row in rows if row.get(key) == one[key]), rows))

    def some(self, wanted, rows):
        """Each given row with any of them."""
        for one in wanted:
            self.assertTrue(any(said.covers(one, row) for row in rows), f"no {one} in {rows}")

    def none_of(self, words, rows, *keys):
        for row in rows:
            self.assertFalse({row[key] for key in keys} & set(words), f"there is {row}")

    def plan_key(self, key, wanted, plan):
        """One expectation of a plan's document."""
        tasks, findings = plan["tasks"], plan["findings"]
        if key == "points":
            self.like(wanted, plan["points"], "point")
        elif key == "tasks":
            self.like(wanted, tasks, "id")
        elif key == "findings":
            self.some(wanted, findings)
        elif key == "only_tasks":
            self.assertEqual(wanted, [task["id"] for task in tasks])
        elif key == "no_tasks":
            self.none_of(wanted, tasks, "id", "kind")
        elif key == "no_findings":
            self.none_of(wanted, findings, "id")
        else:
            self.covered(key, wanted, plan["findings" if key == "only_findings" else key])

    def planned(self, case, pathway_text, policy_text):
        terms = case.terms()
        policy = None if policy_text is None else pfh.Policy.parse(policy_text)
        return pfh.Pathway.parse(pathway_text).plan(terms[0], policy, *terms[2:])

    def plan_case(self, case):
        texts = case.raw["pathway"], case.raw.get("policy")
        plan = self.refused(case.expect.get("error"), lambda: self.planned(case, *texts))
        if plan is None:
            self.assertEqual(list(case.expect), ["error"], "error stands alone")
            return
        reasons = speaks_of(case.expect, "because")
        document, values = plan.to_dict(explain=reasons), {"format": "pfh-plan/1", **said.plan(plan, reasons)}
        for key, wanted in case.expect.items():
            self.plan_key(key, wanted, document)
            self.plan_key(key, wanted, values)
        self.assertEqual(values, document)
        self.written_again(case, plan)

    def written_again(self, case, plan):
        """What is written and read is written with the same bytes, and gives the same plan."""
        pathway, policy = pfh.Pathway.parse(case.raw["pathway"]).to_json(), case.policy()
        rules = None if policy is None else policy.to_json()
        self.assertEqual(pfh.Pathway.parse(pathway).to_json(), pathway)
        if rules is not None:
            self.assertEqual(pfh.Policy.parse(rules).to_json(), rules)
        self.assertEqual(self.planned(case, pathway, rules).to_json(), plan.to_json())

    # ---- Two copies ----

    def options(self, case):
        choices = {name: pfh.Side.of(side) for name, side in case.keys.get("choices", {}).items()}
        rest = case.keys.get("choose_all")
        return pfh.MergeOptions(
            case.keys.get("merge_edition"), choices, None if rest is None else pfh.Side.of(rest)
        )  # fmt: skip

    def merged(self, copies, options):
        """All copies in one, from the first on; or the error."""
        so_far = copies[0]
        try:
            for copy in copies[1:]:
                so_far = so_far.merge(copy, options)
        except pfh.PfhError as error:
            return error
        return so_far.to_json()

    def differences(self, case, copies, options):
        """The rows of the first two; none with an edition that is refused, as merging says."""
        try:
            rows = [said.all_of(row) for row in copies[0].diff(copies[1], options)]
        except pfh.PfhError:
            rows = []
        conflicts = [row for row in rows if row["kind"] == "conflict"]
        self.covered("differences", case.expect.get("differences", rows), rows)
        self.covered("conflicts", case.expect.get("conflicts", conflicts), conflicts)

    def copies_case(self, case):
        copies = [pfh.Pathway.parse(text) for text in pieces(case.raw["copies"])]
        options = self.options(case)
        self.differences(case, copies, options)
        merged = self.merged(copies, options)
        if "choices" not in case.keys:  # with choices the sides are not the same the other way round
            self.reversed(merged, self.merged(copies[::-1], options))
        self.merge_outcome(case, merged)

    def reversed(self, merged, other):
        """From the last on the same."""
        if isinstance(merged, pfh.PfhError):
            self.assertIsInstance(other, pfh.PfhError)
            self.assertEqual(other.status, merged.status)
        else:
            self.assertEqual(other, merged)

    def merge_outcome(self, case, merged):
        expect = case.expect
        error = expect.get("error", {"status": "conflict"} if "conflicts" in expect else None)
        if isinstance(merged, pfh.PfhError):
            self.assertIsNotNone(error, f"refused: {merged}")
            self.covered("error", error, {"status": merged.status.word, "where": merged.where})
            self.assertFalse({"merged", "merged_is", "merged_text"} & set(expect), f"refused: {merged}")
            return
        self.assertIsNone(error, "nothing was refused")
        self.covered("merged", expect.get("merged", {}), json.loads(merged))
        if "merged_is" in expect:
            self.assertTrue(said.same(expect["merged_is"], json.loads(merged)), merged)
        self.assertEqual(merged, expect.get("merged_text", merged))

    # ---- Hand-over ----

    def handover_case(self, case):
        pathway, policy = pfh.Pathway.parse(case.raw["pathway"]), case.policy()
        audience = pfh.Audience.of(case.keys["handover"])
        override = case.keys.get("override", False)
        copy = self.refused(case.expect.get("error"), lambda: pathway.handover(audience, policy, override))
        if copy is None:
            return
        text, original = copy.to_json(), pathway.to_json()
        self.covered("copy", case.expect.get("copy", {}), json.loads(text))
        if "copy_is" in case.expect:
            self.assertTrue(said.same(case.expect["copy_is"], json.loads(text)), text)
        self.assertEqual(pfh.Pathway.parse(text).to_json(), text)
        self.assertEqual(pathway.merge(copy).to_json(), original)
        self.assertEqual(copy.merge(pathway).to_json(), original)

    # ---- Needs and checklists ----

    def rows_of(self, expect, document):
        """The keys of a document of needs, or of a checklist."""
        names = {"topics": "topic", "assessments": "event"}
        for key, wanted in expect.items():
            listed = key[len("only_"):] if key.startswith("only_") else key
            if key in names:
                self.like(wanted, document[key], names[key])
            elif listed != key:
                self.assertEqual(wanted, [row[names[listed]] for row in document[listed]])
            else:
                self.covered(key, wanted, document[key])

    def needs_case(self, case):
        pathway = pfh.Pathway.parse(case.raw["pathway"])
        needs = self.refused(case.expect.get("error"), lambda: pathway.needs(*case.terms()))
        if needs is None:
            return
        document, values = needs.to_dict(), {"format": "pfh-needs/1", **said.needs(needs)}
        self.rows_of(case.expect["needs"], document)
        self.rows_of(case.expect["needs"], values)
        self.assertEqual(values, document)

    def checklist_case(self, case):
        asked = case.keys["checklist"]
        known = pfh.Pathway.parse(case.raw["pathway"]).needs(*case.terms()) if asked.get("known") else None
        language = pfh.Language.of(asked.get("language", "nb"))
        text = self.refused(
            case.expect.get("error"),
            lambda: pfh.checklist_json(asked["edition"], asked["point"], case.policy(), known, language),
        )
        if text is not None:
            self.rows_of(case.expect["checklist"], json.loads(text))

    # ---- A file ----

    def run_file(self, path):
        kind = COPIES.get(path.name, "plan")
        for case in cases_of(path):
            Vectors.seen += 1
            with self.subTest(case.keys["name"]):
                self.assertTrue(case.expect, "a case without expectations")
                self.assertEqual(set(case.keys) - ABOUT - KEYS[kind], set(), "keys that nothing is done about")
                getattr(self, kind + "_case")(case)

    def test_zz_all(self):
        """vectors: every case of every file was run"""
        there = sum(len(json.loads(path.read_bytes())) for path in FOLDER.glob("*.json"))
        self.assertEqual(Vectors.seen, there)
        self.assertGreaterEqual(there, ENOUGH)


def add_test(path):
    def test(self):
        self.run_file(path)

    test.__doc__ = f"vectors: every case of {path.name}"
    setattr(Vectors, "test_" + path.stem.replace("-", "_"), test)


for found in sorted(FOLDER.glob("*.json")):
    add_test(found)
