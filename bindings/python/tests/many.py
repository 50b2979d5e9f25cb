"""Many pathways at once: their order, their errors, and how many of them are held."""

import datetime
import itertools
import unittest

import pfh

DAY = datetime.date(2026, 4, 20)
DRAFT = "hdir-2021-draft"
COUNT = 700  # of which a third is refused, over several batches


def pathway(number):
    """Every third is of the published edition, which cannot be planned under the draft."""
    edition = "hdir-2022" if number % 3 == 0 else DRAFT
    return pfh.Pathway(
        {"id": f"p{number}", "edition": edition, "diagnosis": {"code": "C50.9", "date": datetime.date(2026, 1, 31)}}
    )


class Many(unittest.TestCase):
    def test_errors(self):
        """many: each error has the place of its pathway, and the others stay in order"""
        refused = []
        plans = pfh.plan_many(
            map(pathway, range(COUNT)), DAY, edition=DRAFT, on_error=lambda index, error: refused.append((index, error))
        )
        self.assertEqual([plan.pathway for plan in plans], [f"p{n}" for n in range(COUNT) if n % 3 != 0])
        self.assertEqual([index for index, _ in refused], list(range(0, COUNT, 3)))
        self.assertEqual({type(error) for _, error in refused}, {pfh.PfhEditionError})

    def test_first_error(self):
        """many: without on_error the first error is raised, after the plans before it"""
        given = []
        with self.assertRaises(pfh.PfhEditionError):
            for plan in pfh.plan_many(map(pathway, range(1, COUNT)), DAY, edition=DRAFT):
                given.append(plan.pathway)
        self.assertEqual(given, ["p1", "p2"])

    def test_lazy(self):
        """many: pathways are taken as they are needed, a few ahead at most"""
        taken = []

        def source():
            for number in itertools.count():
                taken.append(number)
                yield pathway(number)

        for call in (pfh.plan_many, pfh.plan_many_json, pfh.plan_many_dicts):
            taken.clear()
            results = call(source(), DAY)
            self.assertEqual(taken, [])
            next(results)
            self.assertLess(len(taken), 100)

    def test_same(self):
        """many: they are what one call each gives"""
        some = [pathway(number) for number in range(COUNT)]
        documents = [one.plan(DAY).to_json(explain=True) for one in some]
        self.assertEqual(list(pfh.plan_many_json(some, DAY, explain=True)), documents)
        self.assertEqual([plan.to_json(True) for plan in pfh.plan_many(some, DAY)], documents)
        self.assertEqual(list(pfh.plan_many_dicts(some, DAY)), [one.plan(DAY).to_dict() for one in some])

    def test_source_fails(self):
        """many: an error of the source is its own"""

        def source():
            yield pathway(1)
            raise KeyError("mine")

        plans = pfh.plan_many(source(), DAY)
        self.assertEqual(next(plans).pathway, "p1")  # what it gave before comes first
        with self.assertRaisesRegex(KeyError, "mine"):
            next(plans)
        with self.assertRaisesRegex(KeyError, "mine"):
            list(pfh.read_caseload(text for text in itertools.chain([b"{}\n"], map({}.__getitem__, ["mine"]))))

    def test_caseload(self):
        """many: a caseload is read as it comes, from a file or in pieces"""
        text = "".join(pathway(number).to_json() + "\n" for number in range(50)).encode()
        pieces = iter([text[:100], text[100:]])
        lines = pfh.read_caseload(pieces)
        self.assertEqual(next(lines).pathway.id, "p0")
        self.assertEqual([line.pathway.id for line in lines], [f"p{n}" for n in range(1, 50)])
        self.assertRaises(TypeError, lambda: list(pfh.read_caseload(text)))
        self.assertRaises(TypeError, lambda: list(pfh.read_caseload(["{}"])))
