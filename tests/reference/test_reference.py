#!/usr/bin/env python3
"""Cases made by hand from the sentences of the specification, for the reference itself.

    python3 tests/reference/test_reference.py
"""

import json
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate  # noqa: E402
import pfh_reference as pfh  # noqa: E402

D = pfh.parse_date


def pathway(*events, edition="hdir-2022", date="2026-01-31", **more):
    """Events are (type, date, {keys}); their ids are e1, e2, ..."""
    rows = [{"id": "e%d" % n, "type": kind, "date": day, **keys}
            for n, (kind, day, keys) in enumerate(events, 1)]
    diagnosis = {"code": "C50.9", "date": date, **more.pop("diagnosis", {})}
    return {"format": "pfh-pathway/1", "id": "p", "edition": edition, "diagnosis": diagnosis,
            "events": rows, **more}


def read(document):
    return pfh.read_pathway(json.dumps(document).encode())


def plan(document, as_of, policy=None, known_at=None, edition=None, explain=False):
    rules = pfh.read_policy(json.dumps({"format": "pfh-policy/1", **(policy or {})}).encode())
    made = pfh.make_plan(read(document), rules, D(as_of), known_at and pfh.parse_timestamp(known_at),
                         edition, explain)
    return json.loads(pfh.write(made))


def point(made, number):
    return made["points"][number - 1]


def task(made, name):
    return next((t for t in made["tasks"] if t["id"] == name), None)


def names(made):
    return [(f["id"], f["point"], f["event"]) for f in made["findings"]]


class Dates(unittest.TestCase):
    def test_months_take_the_last_day(self):
        self.assertEqual(pfh.add_months(D("2026-11-30"), 3), D("2027-02-28"))
        self.assertEqual(pfh.add_months(D("2023-11-30"), 3), D("2024-02-29"))

    def test_timestamps_are_written_in_utc_without_trailing_zeros(self):
        for given, written in {"2026-02-03T10:12:00Z": "2026-02-03T10:12:00Z",
                               "2026-02-03T00:12:00.500+01:00": "2026-02-02T23:12:00.5Z",
                               "2026-02-03T10:12:00.000-23:59": "2026-02-04T10:11:00Z",
                               "2026-02-03T10:12:00.000000001Z": "2026-02-03T10:12:00.000000001Z"}.items():
            self.assertEqual(pfh.write_timestamp(pfh.parse_timestamp(given)), written)
        for bad in generate.BAD_STAMPS:
            self.assertIsNone(pfh.parse_timestamp(bad), bad)

    def test_the_holidays_of_2026(self):
        free = [d for d in (pfh.add_days(D("2026-01-01"), n) for n in range(365)) if pfh.is_holiday(d)]
        self.assertEqual([str(d)[5:] for d in free], "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 "
                         "05-24 05-25 12-25 12-26".split())

    def test_working_days_are_steps(self):
        self.assertEqual(pfh.add_working_days(D("2026-04-01"), 0), D("2026-04-01"))
        self.assertEqual(pfh.add_working_days(D("2026-04-01"), 1), D("2026-04-07"))
        self.assertEqual(pfh.add_working_days(D("2026-12-23"), 2), D("2026-12-28"))


class Numbers(unittest.TestCase):
    def test_the_recomputed_vectors(self):
        for digits, strict, later in (("30108299939", False, True), ("02013299903", False, True),
                                      ("02013299997", True, True), ("41814061033", True, True),
                                      ("13097248022", True, True), ("13057444850", False, False)):
            self.assertEqual(pfh.is_person_number(digits), strict, digits)
            self.assertEqual(pfh.is_person_number(digits, rule="2032"), later, digits)
        self.assertTrue(pfh.is_person_number("41814061033", "dnr"))
        self.assertFalse(pfh.is_person_number("41814061033", "fnr"))
        self.assertEqual(pfh.birth_hint("13097248022"), (D("1972-09-13"), False))

    def test_ids_that_hold_one(self):
        for bad in generate.NAMED_IDS:
            self.assertTrue(pfh.holds_person_number(bad), bad)
        for fine in ("141814061033", "418140-610331", "418140--61033", "00000000-0000-0000-0000-041814061033",
                     "13057444850", "x-12345678901"):
            self.assertFalse(pfh.holds_person_number(fine), fine)


class Reading(unittest.TestCase):
    def refused(self, status, where, text):
        with self.assertRaises(pfh.Refused) as caught:
            pfh.read_pathway(text if isinstance(text, bytes) else text.encode())
        self.assertEqual((caught.exception.status, caught.exception.where), (status, where))

    def test_syntax(self):
        fine = json.dumps(pathway())
        for bad in (b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf" + fine.encode(), b"", fine[:-1].encode(),
                    (fine + " " * pfh.MAX_BYTES).encode()):
            self.refused("syntax", "", bad)

    def test_depth(self):
        def deep(n):
            return json.dumps(pathway())[:-1] + ', "x_a": ' + "[" * n + "]" * n + "}"
        pfh.read_pathway(deep(31).encode())
        self.refused("syntax", "", deep(32))

    def test_size(self):
        fine = json.dumps(pathway()).encode()
        pfh.read_pathway(fine + b" " * (pfh.MAX_BYTES - len(fine)))

    def test_pointer_ends_before_a_long_number(self):
        self.refused("key", "", json.dumps({**pathway(), "12345678901": 1}))
        self.refused("key", "/x_a", json.dumps({**pathway(), "x_a": 0})[:-2] + '{"12345678901":1,"12345678901":2}}')
        self.refused("key", "/a~1b~0", json.dumps({**pathway(), "a/b~": 1}))

    def test_code_is_required_unless_cancer(self):
        document = pathway()
        document["diagnosis"] = {"date": "2026-01-31"}
        self.refused("key", "/diagnosis/code", json.dumps(document))
        document["diagnosis"]["code"] = None
        self.refused("type", "/diagnosis/code", json.dumps(document))
        document["diagnosis"]["cancer"] = True
        self.assertEqual(read(document)["diagnosis"], {"date": "2026-01-31", "cancer": True})

    def test_any_of_may_name_a_withheld_event(self):
        for kind, more in (("receipt", {"status": "ok"}), ("followed_up", {}), ("corrected", {})):
            read(pathway(("withheld", "2026-02-01", {}), (kind, "2026-02-02", {"of": "e1", **more})))
        self.refused("reference", "/events/1/of", json.dumps(pathway(
            ("offered", "2026-02-01", {"point": 1}), ("followed_up", "2026-02-02", {"of": "e1"}))))
        self.refused("reference", "/events/0/of", json.dumps(pathway(("corrected", "2026-02-02", {"of": "e1"}))))

    def test_written_in_one_way(self):
        document = '{"x_b": 1.50, "x_a": {"b": null, "a": "\\u00e5\\/"}, "previous": null, "events": [' \
            '{"date": "2026-02-02", "point": 1, "type": "offered", "id": "b", "recorded": "2026-02-02T10:00:00.10+01:00"},' \
            '{"date": "2026-02-02", "type": "performed", "id": "a", "point": 1, "assessment": {"distress": -0}}], ' \
            '"diagnosis": {"date": "2026-01-31", "code": "C509"}, "edition": "hdir-2022", "id": "p", ' \
            '"format": "pfh-pathway/1"}'
        self.assertEqual(pfh.write(pfh.read_pathway(document.encode())), (
            '{"format":"pfh-pathway/1","id":"p","edition":"hdir-2022","diagnosis":{"code":"C50.9",'
            '"date":"2026-01-31"},"events":[{"id":"a","type":"performed","date":"2026-02-02","point":1,'
            '"assessment":{"distress":0}},{"id":"b","type":"offered","date":"2026-02-02",'
            '"recorded":"2026-02-02T09:00:00.1Z","point":1}],"x_a":{"b":null,"a":"å/"},"x_b":1.50}'))


class Status(unittest.TestCase):
    def test_not_included(self):
        for more, reason in (({"diagnosis": {"code": "D05.1"}}, "not_cancer"), ({"date": "2021-12-31"}, "before_start")):
            made = plan(pathway(**more), "2026-04-20")
            self.assertEqual((made["status"], made["reason"], made["tasks"]), ("not_included", reason, []))
            self.assertEqual((point(made, 1)["state"], point(made, 1)["since"]), ("closed", None))
        self.assertEqual(plan(pathway(diagnosis={"code": "D05.1", "cancer": True}), "2026-04-20")["status"], "active")

    def test_local_start_date(self):
        self.assertEqual(plan(pathway(), "2026-04-20", {"start_date": "2026-02-01"})["reason"], "before_start")

    def test_ended_and_reopened(self):
        events = [("ended", "2026-03-01", {"reason": "dead"}), ("reopened", "2026-03-05", {})]
        made = plan(pathway(*events[:1]), "2026-06-20")
        self.assertEqual((made["status"], made["reason"]), ("ended", "dead"))
        self.assertEqual((point(made, 2)["since"], point(made, 2)["timing"]), ("2026-03-01", "before"))
        self.assertEqual(plan(pathway(*events), "2026-06-20")["status"], "active")

    def test_the_draft_keeps_its_effective_date_under_the_published_edition(self):
        made = plan(pathway(edition="hdir-2021-draft", date="2021-10-01"), "2022-01-10", edition="hdir-2022")
        self.assertEqual((made["status"], made["edition"], len(made["points"])), ("active", "hdir-2022", 3))

    def test_what_one_knew_then(self):
        document = pathway(("performed", "2026-02-20", {"point": 1, "recorded": "2026-02-20T10:00:00Z"}),
                           ("corrected", "2026-05-01", {"of": "e1", "recorded": "2026-02-25T10:00:00Z"}))
        self.assertEqual(point(plan(document, "2026-03-01"), 1)["state"], "none")
        then = plan(document, "2026-03-01", known_at="2026-02-25T10:59:59+01:00")
        self.assertEqual((point(then, 1)["state"], then["known_at"]), ("performed", "2026-02-25T09:59:59Z"))


class Points(unittest.TestCase):
    def test_the_four_edge_days(self):
        for day, timing in (("2026-04-29", "before"), ("2026-04-30", "within"), ("2026-05-31", "within"),
                            ("2026-06-01", "after")):
            self.assertEqual(point(plan(pathway(), day), 2)["timing"], timing)

    def test_the_example_of_section_10(self):
        document = pathway(("performed", "2026-02-20", {"point": 1, "assessment": {}}),
                           ("message", "2026-02-20", {"to": "gp", "kind": "phone"}),
                           diagnosis={"informed": "2026-02-02"})
        made = plan(document, "2026-04-20", {"municipality_messages": False})
        self.assertEqual(point(made, 1), {
            "point": 1, "level": "specialist", "unit": None, "role": None, "opens": "2026-02-02", "about": None,
            "closes": None, "estimated": False, "waiting_for": None, "state": "performed", "since": "2026-02-20",
            "timing": "within", "appointment": None,
            "performed": {"event": "e1", "date": "2026-02-20", "level": "specialist"}, "repeats": 0,
            "superseded": False, "maps_to": [1, 2]})
        self.assertEqual(task(made, "2.offer"), {
            "id": "2.offer", "kind": "offer", "point": 2, "from": "2026-04-16", "due": "2026-04-30",
            "state": "active", "level": "municipality", "unit": None, "role": None, "optional": False,
            "blocked": None, "event": None})
        self.assertEqual(made["findings"], [{"id": "wmfg10.missing", "severity": "error", "point": 1, "event": "e1"}])
        self.assertEqual(task(made, "1.notify_municipality")["blocked"], "no_agreement")

    def test_silence_is_not_a_no(self):
        document = pathway(("offered", "2026-02-02", {"point": 1}))
        self.assertEqual(point(plan(document, "2026-02-15"), 1)["state"], "offered")
        after = point(plan(document, "2026-02-16"), 1)
        self.assertEqual((after["state"], after["since"]), ("unanswered", "2026-02-16"))

    def test_an_offer_before_the_appointment_changes_nothing(self):
        first = ("scheduled", "2026-02-02", {"point": 1, "start": "2026-02-10T10:00"})
        for day, state in (("2026-02-10", "unconfirmed"), ("2026-02-11", "accepted")):
            made = plan(pathway(first, ("accepted", day, {"point": 1})), "2026-02-12")
            self.assertEqual(point(made, 1)["state"], state)
        self.assertEqual(point(plan(pathway(first), "2026-02-10"), 1)["state"], "scheduled")
        self.assertEqual(point(plan(pathway(first), "2026-02-11"), 1)["since"], "2026-02-11")

    def test_the_representative_is_the_first_inside_the_window(self):
        document = pathway(*[("performed", day, {"point": 2}) for day in ("2026-04-29", "2026-05-02", "2026-05-03")])
        made = point(plan(document, "2026-07-01"), 2)
        self.assertEqual((made["performed"]["event"], made["repeats"], made["timing"]), ("e2", 2, "within"))

    def test_the_draft_counts_from_point_3(self):
        start = ("treatment_started", "2026-02-10", {})
        done = ("performed", "2026-03-30", {"point": 3})
        fourth = point(plan(pathway(start, done, edition="hdir-2021-draft"), "2026-04-20"), 4)
        self.assertEqual((fourth["opens"], fourth["about"], fourth["closes"]), ("2026-06-16", "2026-06-30", "2026-07-14"))
        booked = ("scheduled", "2026-03-01", {"point": 3, "start": "2026-03-30"})
        guess = point(plan(pathway(start, booked, edition="hdir-2021-draft"), "2026-04-20"), 4)
        self.assertEqual((guess["about"], guess["estimated"]), ("2026-06-30", True))
        alone = plan(pathway(("performed", "2026-06-30", {"point": 4}), edition="hdir-2021-draft"), "2026-07-20")
        self.assertEqual(point(alone, 5)["about"], "2027-03-30")
        self.assertEqual(point(alone, 4)["waiting_for"], "point:3")
        self.assertEqual(point(alone, 2)["waiting_for"], "treatment_started")
        self.assertIn(("anchor.missing", 2, None), names(alone))

    def test_assigned_alone_then_the_policy(self):
        rows = [{"level": "specialist", "unit": "no"}, {"level": "municipality", "child": True, "unit": "no"},
                {"point": 1, "level": "municipality", "municipality": "4601", "unit": "u", "role": "gp"}]
        document = pathway(("assigned", "2026-02-01", {"point": 1, "level": "specialist", "unit": "old"}),
                           ("assigned", "2026-02-03", {"point": 1, "level": "municipality", "role": "nurse"}),
                           ("moved", "2026-02-04", {"municipality": "4601"}), patient={"municipality": "4003"})
        made = point(plan(document, "2026-03-01", {"assign": rows}), 1)
        self.assertEqual((made["level"], made["unit"], made["role"]), ("municipality", "u", "nurse"))


class Tasks(unittest.TestCase):
    def dates(self, made, name):
        found = task(made, name)
        return found and (found["from"], found["due"], found["state"])

    def test_due_moves_back_and_a_follow_up_moves_on(self):
        document = pathway(("offered", "2026-03-19", {"point": 1}))
        self.assertEqual(self.dates(plan(document, "2026-04-01"), "1.follow_up_offer"), ("2026-04-07", "2026-04-07", "waiting"))
        self.assertEqual(self.dates(plan(document, "2026-04-05", {"shift": "none"}), "1.follow_up_offer"),
                         ("2026-04-02", "2026-04-02", "late"))
        done = pathway(("performed", "2026-03-28", {"point": 1}))
        self.assertEqual(self.dates(plan(done, "2026-04-02"), "1.register_code.e1"), ("2026-03-28", "2026-04-01", "late"))
        self.assertEqual(self.dates(plan(done, "2026-03-28", {"coding_days": 1}), "1.register_code.e1"),
                         ("2026-03-28", "2026-03-28", "active"))

    def test_ask_again_gives_way_to_the_next_point(self):
        for day, there in (("2026-03-30", True), ("2026-03-31", False)):
            made = plan(pathway(("declined", day, {"point": 1})), "2026-04-01")
            self.assertEqual(task(made, "1.ask_again") is not None, there)

    def test_a_rejected_message(self):
        events = [("message", "2026-03-30", {"to": "gp", "kind": "edi", "point": 1}),
                  ("receipt", "2026-03-31", {"of": "e1", "status": "rejected"})]
        self.assertEqual(self.dates(plan(pathway(events[0]), "2026-04-01"), "1.follow_up_message.e1"),
                         ("2026-04-07", "2026-04-07", "waiting"))
        self.assertEqual(self.dates(plan(pathway(*events), "2026-04-01"), "1.follow_up_message.e1"),
                         ("2026-03-31", "2026-03-31", "late"))
        again = events + [("message", "2026-03-30", {"to": "gp", "kind": "phone", "point": 1})]
        self.assertIsNone(task(plan(pathway(*again), "2026-04-01"), "1.follow_up_message.e1"))

    def test_only_codes_are_due_when_it_has_ended(self):
        made = plan(pathway(("performed", "2026-02-20", {"point": 1}), ("ended", "2026-02-21", {"reason": "dead"})), "2026-03-20")
        self.assertEqual([t["id"] for t in made["tasks"]], ["1.register_code.e1"])

    def test_a_task_of_the_performer_has_no_unit_of_another_level(self):
        made = plan(pathway(("performed", "2026-02-20", {"point": 1}),
                            ("assigned", "2026-02-25", {"point": 1, "level": "municipality", "unit": "u"})), "2026-03-20")
        self.assertEqual((task(made, "1.send_summary")["level"], task(made, "1.send_summary")["unit"]), ("specialist", None))

    def test_needs_and_distress_rest_once_mapped_again(self):
        high = {"distress": 4, "topics": [{"topic": "nutrition", "need": "follow_up"}]}
        events = [("performed", "2026-02-20", {"point": 1, "assessment": high}),
                  ("performed", "2026-05-20", {"point": 2, "assessment": {"topics": [{"topic": "x_a", "need": "none"}]}})]
        made = plan(pathway(*events), "2026-05-20")
        self.assertEqual(self.dates(made, "1.assess_further.e1"), ("2026-02-20", "2026-02-27", "late"))
        self.assertIsNone(task(made, "1.follow_up_needs.e1"))
        self.assertEqual(self.dates(plan(pathway(events[0]), "2026-05-19"), "1.follow_up_needs.e1"),
                         ("2026-02-20", "2026-03-20", "late"))


class Findings(unittest.TestCase):
    def codes(self, *events):
        return [n for n in names(plan(pathway(*events), "2026-06-01")) if n[0].startswith("wmfg10")]

    def test_matching(self):
        code = {"point": 1, "code": "WMFG10"}
        done = [("performed", "2026-02-20", {"point": 1}), ("performed", "2026-02-22", {"point": 1})]
        self.assertEqual(self.codes(*done, ("coded", "2026-02-22", code)), [("wmfg10.missing", 1, "e1")])
        self.assertEqual(self.codes(*done, ("coded", "2026-02-22", code), ("coded", "2026-02-22", code)),
                         [("wmfg10.date", 1, "e4")])
        self.assertEqual(self.codes(done[0], *[("coded", "2026-02-20", code)] * 2), [("wmfg10.duplicate", 1, "e3")])
        self.assertEqual(self.codes(("coded", "2026-02-20", code)), [("wmfg10.not_performed", 1, "e1")])
        self.assertEqual(self.codes(("performed", "2026-05-20", {"point": 2}), ("coded", "2026-05-20", {**code, "point": 2})),
                         [("wmfg10.municipal", 2, "e2")])

    def test_after_end_and_before_diagnosis(self):
        made = plan(pathway(("offered", "2026-01-30", {"point": 1}), ("ended", "2026-02-10", {"reason": "other"}),
                            ("form_sent", "2026-02-10", {"point": 1}), ("accepted", "2026-02-11", {"point": 1}),
                            ("reopened", "2026-02-12", {}), ("accepted", "2026-02-13", {"point": 1})), "2026-03-01")
        self.assertEqual(names(made), [("event.before_diagnosis", 1, "e1"), ("event.after_end", 1, "e4")])

    def test_order_decline_and_topics(self):
        odd = {"topics": [{"topic": "rehabilitation", "need": "follow_up"}], "distress": 4}
        made = plan(pathway(("declined", "2026-02-20", {"point": 1}), ("performed", "2026-02-21", {"point": 1}),
                            ("performed", "2026-02-20", {"point": 2, "level": "municipality", "assessment": odd}),
                            edition="hdir-2021-draft"), "2026-02-28")
        self.assertEqual([n for n in names(made) if not n[0].startswith("wmfg10")], [
            ("performed.after_decline", 1, "e2"), ("assessment.missing", 1, "e2"), ("point.order", 2, "e3"),
            ("assessment.distress", 2, "e3"), ("topic.not_in_edition", 2, "e3"), ("need.no_responsible", 2, "e3")])


class Explaining(unittest.TestCase):
    def test_the_step_of_an_edge(self):
        made = point(plan(pathway(), "2026-04-20", explain=True), 2)["because"]
        self.assertEqual(made[1], {"date": "2026-05-31", "is": "closes", "anchor": "diagnosis.date", "anchor_date": "2026-01-31",
                                   "add": "P4M", "rule": "hdir-2022/2/closes", "source": "G"})

    def test_each_step_leads_to_its_date(self):
        rng = random.Random(5)
        for _ in range(100):
            row = generate.case(rng)
            line = generate.write(row).encode()
            made = pfh.plan_of_case(line, pfh.read_arguments(["plan", "--cases", "--explain"]))
            for item in made["tasks"]:
                for name in ("from", "due"):
                    self.assertEqual([b for b in item["because"] if b["is"] == name][-1]["date"], item[name])


class Generated(unittest.TestCase):
    options = pfh.read_arguments(["plan", "--cases"])

    def test_valid_ones_are_taken_and_writing_is_stable(self):
        rng = random.Random(1)
        for _ in range(200):
            line = generate.write(generate.case(rng)).encode()
            pfh.plan_of_case(line, self.options)
            once = pfh.write(pfh.read_pathway(pfh.split_case(line)[0]))
            self.assertEqual(pfh.write(pfh.read_pathway(once.encode())), once)

    def test_broken_ones_are_refused_where_they_are_broken(self):
        rng = random.Random(2)
        for _ in range(500):
            row = generate.broken_case(rng)
            answer = json.loads(pfh.answer(pfh.plan_of_case, generate.write(row).encode(), self.options))
            self.assertEqual(answer, row["expect"], row)


if __name__ == "__main__":
    unittest.main()
