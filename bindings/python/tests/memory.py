"""Nothing leaks, and nothing is used after it was freed."""

import ctypes
import datetime
import gc
import json
import os
import random
import resource
import sys
import unittest

import pfh

DAY = datetime.date(2026, 4, 20)
OBJECTS = int(os.environ.get("PFH_MEMORY_OBJECTS", "200000"))
HELD = 400  # so many objects are alive at a time
MAY_GROW = 6 << 20  # bytes between a quarter of the objects and all: 40 for each
HEAD = {"id": "p1", "edition": "hdir-2022", "patient": {"municipality": "4003", "language": pfh.Language.NN},
        "diagnosis": {"code": "C50.9", "date": datetime.date(2026, 1, 31)}}  # fmt: skip
OFFERED = {"id": "e1", "type": "offered", "date": datetime.date(2026, 2, 5), "point": 1}
BOOKED = {"id": "e2", "type": "scheduled", "date": datetime.date(2026, 4, 1), "point": 2,
          "start": datetime.datetime(2026, 5, 11, 10, 0), "place": "Rom 1"}  # fmt: skip
HELD_TALK = {"id": "e3", "type": "performed", "date": datetime.date(2026, 2, 20), "point": 1,
             "assessment": {"distress": 7, "topics": [{"topic": "nutrition", "need": "follow_up", "note": "Mat"}]}}  # fmt: skip


def pathway(*events):
    made = pfh.Pathway(HEAD)
    for event in events or (OFFERED, BOOKED, HELD_TALK):
        made.append(event)
    return made


DOCUMENT = pathway().to_json()
OTHER = pathway(OFFERED, {**BOOKED, "place": "Rom 2"}).to_json()
POLICY = '{"format":"pfh-policy/1","coding_days":5,"assign":[{"point":2,"unit":"u1"}],"units":[{"unit":"u1","email":"a@b.example"}]}'
OPTIONS = pfh.IcalOptions(domain="epj.example")
STAMPED = pfh.IcalOptions(domain="epj.example", stamp="2026-04-20T00:00:00Z")
CALENDAR = pathway().plan(DAY).to_ical(OPTIONS)
MOVED = CALENDAR.replace("20260511T100000", "20260512T100000")


def rss():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def refusal():
    try:
        pfh.Pathway.parse('{"format": "pfh-pathway/1", "id": 5}')
    except pfh.PfhError as error:
        return error
    raise AssertionError("that was to be refused")


def caseload():
    text = (DOCUMENT + "\n{}\n").encode()
    return list(pfh.read_caseload(text[at : at + 300] for at in range(0, len(text), 300)))


# ---- What can be made, and how it is used ----------------------------------------------------

MAKERS = (
    pathway,
    lambda: pfh.Pathway.parse(DOCUMENT),
    lambda: pfh.Pathway.parse(DOCUMENT).events,
    lambda: pfh.Pathway.parse(DOCUMENT).events[1],
    lambda: pfh.Pathway.parse(DOCUMENT).head,
    lambda: pfh.Pathway.parse(DOCUMENT).find("e3"),
    lambda: pfh.Pathway.parse(DOCUMENT).handover(pfh.Audience.PATIENT),
    lambda: pfh.Pathway.parse(DOCUMENT).diff(pfh.Pathway.parse(OTHER)),
    lambda: pfh.Pathway.parse(DOCUMENT).merge(pfh.Pathway.parse(OTHER), pfh.MergeOptions(choose_all=pfh.Side.MINE)),
    lambda: pfh.Policy.parse(POLICY),
    lambda: pfh.Policy({"coding_days": 5}),
    lambda: pfh.Policy.parse(POLICY).record,
    lambda: pfh.Record.event(**HELD_TALK),
    lambda: pfh.MergeOptions("hdir-2022", {"event:e2": pfh.Side.THEIRS}),
    lambda: pfh.Pathway.parse(DOCUMENT).plan(DAY),
    lambda: pfh.Pathway.parse(DOCUMENT).plan(DAY, pfh.Policy.parse(POLICY)).tasks,
    lambda: pfh.Pathway.parse(DOCUMENT).needs(DAY),
    lambda: pfh.Pathway.parse(DOCUMENT).needs(DAY).plan,
    lambda: pfh.Pathway.parse(DOCUMENT).needs(DAY).topics,
    lambda: pfh.plan_many((pfh.Pathway.parse(DOCUMENT) for _ in range(3)), DAY),
    lambda: list(pfh.plan_many_json((pfh.Pathway.parse(DOCUMENT) for _ in range(3)), DAY)),
    lambda: pfh.Worklist(pfh.plan_many([pfh.Pathway.parse(DOCUMENT)], DAY), level=pfh.Level.MUNICIPALITY),
    lambda: pfh.IcalOptions(pfh.Policy.parse(POLICY), language=pfh.Language.NN),
    lambda: pfh.Feed(CALENDAR, STAMPED),
    lambda: pfh.read_ical(MOVED, [pfh.Pathway.parse(DOCUMENT).plan(DAY)], OPTIONS)[0].event,
    lambda: pfh.lint_calendar("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n"),
    lambda: pfh.Edition.find("hdir-2022").points,
    lambda: pfh.classify_number("13897210066"),
    caseload,
    refusal,
)

USES = {
    pfh.Pathway: lambda it: (it.to_json(), it.id, len(it.events), it.plan(DAY).status),
    pfh.Events: lambda it: [event.text("id") for event in it],
    pfh.Record: lambda it: (it.text("id"), it.date("date"), it.count("assessment/topics")),
    pfh.Policy: lambda it: (it.to_json(), it.number("coding_days")),
    pfh.MergeOptions: lambda it: it.choose("event:e9", None),
    pfh.Diff: lambda it: (len(it), it.conflict_count),
    pfh.Plan: lambda it: (it.points, it.tasks, it.findings, it.pathway, it.to_json(explain=True)),
    pfh.Needs: lambda it: (it.topics, it.assessments, it.to_json(), it.plan.tasks),
    pfh.Worklist: lambda it: (it.sort(), list(it)),
    pfh.IcalOptions: lambda it: it.set("horizon_days", 14),
    pfh.Feed: lambda it: (len(it), it.to_ical()),
}


def use(it):
    """Uses an object; one that is closed says so."""
    how = USES.get(type(it), repr)
    try:
        how(it)
    except ValueError as error:
        if "closed" not in str(error):
            raise


def drop(held, chance):
    """Drops one of what is held: closed before, left in a cycle, or as it is."""
    it = held.pop(chance.randrange(len(held)))
    way = chance.random()
    if way < 0.25 and hasattr(it, "close"):
        it.close()
        use(it)
        it.close()
    elif way < 0.5:
        cycle = [it]
        cycle.append(cycle)  # the collector alone frees it


def live(count, chance, held):
    """Makes, uses and drops so many objects in random order."""
    for number in range(count):
        held.append(chance.choice(MAKERS)())
        if len(held) > HELD:
            drop(held, chance)
        if number % 4 == 0:
            use(chance.choice(held))
        if number % 997 == 0:
            gc.collect()


class Peak(unittest.TestCase):
    def test_many_objects(self):
        """memory: the peak does not grow with the number of objects"""
        chance, held = random.Random(7), []
        live(OBJECTS // 4, chance, held)
        first = rss()
        live(OBJECTS - OBJECTS // 4, chance, held)
        grown = rss() - first
        print(f"# {OBJECTS} objects, peak {first >> 20} MiB after a quarter, {grown >> 10} KiB more after all")
        self.assertLess(grown, MAY_GROW)


# ---- What a call leaves behind ---------------------------------------------------------------


class Mallinfo(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks used free keep".split()]


def mallinfo():
    """The C library's own count of what is in use, where it has one that works."""
    try:
        call = ctypes.CDLL(None).mallinfo2
    except (AttributeError, OSError):
        return None
    call.restype = Mallinfo
    return call


MALLINFO = mallinfo()


def in_use():
    """Blocks of Python's allocator, and bytes of the C library's."""
    gc.collect()
    info = MALLINFO() if MALLINFO else None
    return sys.getallocatedblocks(), info.used + info.hblkhd if info else 0


SHARED = (None, True, pfh.PfhError, pfh.PfhKeyError, pfh.Plan, pfh.Task, pfh.TaskKind.OFFER, pfh.Level.MUNICIPALITY,
          pfh.Record, pfh.Pathway, datetime.date, "", ())  # fmt: skip


IMMORTAL = 1 << 28
"""From CPython 3.12 on some of them are never freed, and are not counted by those who know it."""


def counts():
    return [count for count in map(sys.getrefcount, SHARED) if count < IMMORTAL]


def refused(call, *arguments, **named):
    def run():
        try:
            call(*arguments, **named)
        except (pfh.PfhError, TypeError, ValueError, IndexError):
            return
        raise AssertionError(f"{call} was to be refused with {arguments} {named}")

    return run


A, B, RULES = pfh.Pathway.parse(DOCUMENT), pfh.Pathway.parse(OTHER), pfh.Policy.parse(POLICY)
PLAN, NEEDS, EVENT, LIST = A.plan(DAY, RULES), A.needs(DAY), pfh.Record.event(**OFFERED), pfh.Worklist([A.plan(DAY)])
MAIL = pfh.IcalOptions(RULES, domain="epj.example")
CLOSED = pfh.Pathway.parse(DOCUMENT)
CLOSED.close()
CLOSED_PARENT = pfh.Pathway.parse(DOCUMENT)
ORPHAN = CLOSED_PARENT.events[0]
CLOSED_PARENT.close()
MEMBER = pfh.TaskKind.OFFER

CALLS = (
    # what works
    lambda: A.to_json(), lambda: A.id, lambda: A.edition, lambda: A.head, lambda: list(A.events), lambda: A.find("e1"),
    lambda: A.find("none"), lambda: A.plan(DAY, RULES), lambda: A.needs(DAY), lambda: A.merge(A), lambda: list(A.diff(B)),
    lambda: A.handover(pfh.Audience.GP), lambda: pfh.Pathway.parse(DOCUMENT), lambda: pfh.Pathway.parse(DOCUMENT.encode()),
    lambda: pathway(), lambda: RULES.to_json(), lambda: RULES.record.text("format"), lambda: RULES.number("coding_days"),
    lambda: PLAN.points, lambda: PLAN.tasks, lambda: PLAN.findings, lambda: PLAN.to_json(True), lambda: A.plan(DAY).status,
    lambda: PLAN.explain(PLAN.tasks[0], pfh.Language.EN), lambda: PLAN.to_ical(OPTIONS), lambda: PLAN.to_invitation(2, None, MAIL),
    lambda: NEEDS.plan.tasks, lambda: NEEDS.topics, lambda: NEEDS.assessments, lambda: NEEDS.find("nutrition"),
    lambda: NEEDS.to_text(pfh.Audience.GP, pfh.Language.NB, 1400), lambda: LIST.rows, lambda: LIST.sort(), lambda: len(LIST),
    lambda: EVENT.text("note"), lambda: EVENT.date("date"),
    lambda: EVENT.flag("private"), lambda: EVENT.number("point"),
    lambda: pfh.Record.event(**{**HELD_TALK, "x_a": [1], "note": None}),  # one record grows when it is set again
    lambda: list(pfh.plan_many([A, B], DAY)), lambda: list(pfh.plan_many_json([A, B], DAY)),
    lambda: next(pfh.plan_many([A] * 9, DAY)), lambda: pfh.plans_to_ical([PLAN]), lambda: pfh.update_ical(CALENDAR, [PLAN]),
    lambda: pfh.read_ical(MOVED, [PLAN], OPTIONS), lambda: pfh.lint_calendar(b"a"), lambda: pfh.Feed(CALENDAR, STAMPED).to_ical(),
    lambda: pfh.Edition.all(), lambda: pfh.Edition.find("hdir-2022").topics, lambda: pfh.handover_rules(), caseload,
    lambda: pfh.classify_number("13897210066"), lambda: pfh.add_months(DAY, 1), lambda: pfh.text(pfh.Language.NB, "no.such"),
    lambda: pfh.timestamp_to_utc("2026-02-03T11:12:00+01:00"), lambda: MEMBER.text(pfh.Language.NB), lambda: pfh.TaskKind.of("book"),
    lambda: pfh.checklist_json("hdir-2022", 2, RULES, NEEDS), lambda: pfh.MergeOptions("hdir-2022"), lambda: pfh.Worklist(role=None),
    # what is refused: by the library, at the border, and here
    refused(pfh.Pathway.parse, "{"), refused(pfh.Pathway.parse, "{}"), refused(pfh.Pathway.parse, None),
    refused(pfh.Pathway.parse, 5), refused(pfh.Pathway.parse, "\ud800"), refused(pfh.Policy.parse, '{"a": 1}'),
    refused(A.plan, None), refused(A.plan, DAY, None, "then"), refused(A.plan, DAY, None, "a\0"), refused(A.plan, DAY, A),
    refused(A.merge, B), refused(A.merge, None), refused(A.append, OFFERED), refused(A.append, {"id": 5}), refused(A.find, b""),
    refused(A.head.set, "id", "p2"), refused(CLOSED.to_json), refused(ORPHAN.text, "id"), refused(A.events.__getitem__, 99),
    refused(lambda: list(pfh.plan_many([A, None], DAY))), refused(lambda: list(pfh.plan_many([A], DAY, edition="none"))),
    refused(pfh.plans_to_ical, [PLAN, None]), refused(pfh.read_ical, "no calendar", [PLAN]), refused(pfh.update_ical, "no", [PLAN]),
    refused(pfh.Record.event, point=2**40), refused(pfh.Record.event, nothing=1), refused(pfh.easter, 2**40), refused(pfh.easter, 1.5),
    refused(pfh.easter, 1), refused(pfh.add_months, DAY, 2**30), refused(pfh.Edition.find, "none"), refused(pfh.text, 1, "a"),
    refused(pfh.classify_number, "1"), refused(PLAN.point, 9), refused(NEEDS.to_text, pfh.Audience.GP, pfh.Language.NB, 1),
    refused(LIST.filter, "none", "1"), refused(OPTIONS.set, "none", 1), refused(pfh.checklist_json, "none", 1),
)  # fmt: skip
SMALLEST = 32  # bytes that a block of the C library takes at least
ROUNDS = 100000 // len(CALLS) + 1


class Calls(unittest.TestCase):
    def left(self, call):
        """What a round of calls leaves: references to what is shared, blocks, bytes."""
        for _ in range(50):
            call()  # what is kept for good is made
        gc.collect()
        shared, (blocks, size) = counts(), in_use()
        for _ in range(ROUNDS):
            call()
        now, (more_blocks, more_size) = counts(), in_use()
        return max(map(abs, map(int.__sub__, now, shared))), more_blocks - blocks, more_size - size

    def test_calls(self):
        """memory: a call leaves nothing behind, whether it works or is refused"""
        for number, call in enumerate(CALLS):
            with self.subTest(f"call {number}: {ROUNDS} times"):
                references, blocks, size = self.left(call)
                self.assertLess(references, 50, "references to what is shared")
                self.assertLess(blocks, ROUNDS // 10, "blocks of Python's")
                self.assertLess(size, SMALLEST // 2 * ROUNDS, "bytes of the C library's")

    def test_close(self):
        """memory: close() frees at once"""
        held = [pfh.Pathway.parse(DOCUMENT) for _ in range(2000)]
        before = in_use()[1]
        for one in held:
            one.close()
        if MALLINFO is None:
            self.skipTest("the C library does not count")
        self.assertGreater(before - in_use()[1], 2000 * 500)


# ---- Children of what is gone ----------------------------------------------------------------

RECORD_CALLS = (
    lambda it: it.text("id"), lambda it: it.number("point"), lambda it: it.flag("private"), lambda it: it.date("date"),
    lambda it: it.count("events"), lambda it: it.set("note", "a"), lambda it: it.set_json("x_a", "1"),
)  # fmt: skip
PLAN_CALLS = (
    lambda it: it.pathway, lambda it: it.tasks, lambda it: it.points, lambda it: it.point(1), lambda it: it.findings, lambda it: it.to_json(),
    lambda it: it.to_ical(), lambda it: it.to_invitation(1), lambda it: pfh.Worklist([it]), lambda it: pfh.Feed().add(it),
    lambda it: pfh.plans_to_ical([it]),
)  # fmt: skip


class Children(unittest.TestCase):
    def closed(self, calls, it):
        for number, call in enumerate(calls):
            with self.subTest(f"call {number}"), self.assertRaisesRegex(ValueError, "closed"):
                call(it)

    def test_dropped(self):
        """memory: what belongs to an object works after that was dropped"""
        event, head, found = pathway().events[0], pathway().head, pathway().find("e2")
        events, record = pathway().events, pfh.Policy.parse(POLICY).record
        plan = pathway().needs(DAY).plan
        (proposal,) = pfh.read_ical(MOVED, [pathway().plan(DAY)], OPTIONS)
        gc.collect()
        live(500, random.Random(1), [])  # what was freed would be overwritten
        self.assertEqual([event.text("id"), head.text("id"), found.text("place")], ["e1", "p1", "Rom 1"])
        self.assertEqual([one.text("id") for one in events], ["e1", "e3", "e2"])
        self.assertEqual(record.number("coding_days"), 5)
        self.assertEqual(plan.to_json(), pathway().plan(DAY).to_json())
        self.assertEqual(proposal.event.text("start"), "2026-05-12T10:00")

    def test_closed(self):
        """memory: what belongs to an object that was closed says so"""
        made, policy, needs = pathway(), pfh.Policy.parse(POLICY), pathway().needs(DAY)
        records = [made.events[0], made.events[-1], made.head, made.find("e3"), policy.record]
        events, walk, plan = made.events, iter(made.events), needs.plan
        next(walk)
        for parent in (made, policy, needs):
            parent.close()
        for record in records:
            self.closed(RECORD_CALLS[:-2], record)
        self.closed([len, list, lambda it: it[0], lambda it: it[-1], lambda it: it[:1]], events)
        self.closed([next], walk)
        self.closed(PLAN_CALLS, plan)

    def test_closed_itself(self):
        """memory: every call of a closed object is a ValueError"""
        made = pathway()
        many = pfh.plan_many([pathway(), made], DAY)
        made.close()
        self.closed([next], many)
        self.closed([
            lambda it: it.id, lambda it: it.edition, lambda it: it.head, lambda it: it.find("e1"), lambda it: it.plan(DAY),
            lambda it: it.needs(DAY), lambda it: it.append(OFFERED), lambda it: it.to_json(), lambda it: it.merge(pathway()),
            lambda it: pathway().merge(it), lambda it: it.diff(it), lambda it: it.handover(pfh.Audience.GP),
        ], made)  # fmt: skip
        for it, calls in (
            (pathway().plan(DAY), PLAN_CALLS),
            (pfh.Record.event(**OFFERED), (*RECORD_CALLS, lambda it: pathway(it), lambda it: it.update({"note": "a"}))),
            (pfh.Policy({}), [lambda it: it.to_json(), lambda it: it.record, lambda it: pathway().plan(DAY, it)]),
            (pathway().needs(DAY), [lambda it: it.plan, lambda it: it.topics, lambda it: it.find("a"), lambda it: it.to_json(),
                                    lambda it: pfh.checklist_text("hdir-2022", 1, None, it)]),
            (pfh.Worklist(), [len, list, lambda it: it.sort(), lambda it: it.add(PLAN), lambda it: it.filter("role", None)]),
            (pfh.MergeOptions(), [lambda it: it.edition(None), lambda it: it.choose_all(None), lambda it: A.merge(B, it)]),
            (pfh.IcalOptions(), [lambda it: it.set("unit", "u"), lambda it: it.policy(RULES), lambda it: PLAN.to_ical(it)]),
            (pfh.Feed(), [len, lambda it: it.add(PLAN), lambda it: it.to_ical()]),
        ):  # fmt: skip
            it.close()
            it.close()
            self.closed(calls, it)

    def test_read_only(self):
        """memory: a record that belongs to another object cannot be changed, a proposed event can"""
        made = pathway()
        for record in (made.head, made.events[0], pfh.Policy.parse(POLICY).record):
            for call in RECORD_CALLS[-2:]:
                self.assertRaises(TypeError, call, record)
            record.close()  # it is not its to free
            self.assertEqual(made.id, "p1")
        (proposal,) = pfh.read_ical(MOVED, [made.plan(DAY)], OPTIONS)
        proposal.event.update({"id": "e9", "recorded": "2026-04-21T10:00:00Z"})
        made.append(proposal.event)
        self.assertEqual(made.find("e9").text("start"), "2026-05-12T10:00")

    def test_copies(self):
        """memory: what was copied outlives what it was copied of"""
        made, policy = pathway(), pfh.Policy.parse(POLICY)
        plan, event = made.plan(DAY, policy), pfh.Record.event(**{**OFFERED, "id": "e7"})
        made.append(event)
        options = pfh.IcalOptions(policy, unit="u1")
        feed = pfh.Feed(None, options)
        feed.add(plan)
        worklist = pfh.Worklist([plan])
        tasks, diff = plan.tasks, made.diff(pathway())
        for one in (made, policy, event, options, plan):
            one.close()
        self.assertEqual(sorted(task.id for _, task in worklist), sorted(task.id for task in tasks))
        self.assertIn("BEGIN:VCALENDAR", feed.to_ical())
        self.assertEqual(len(diff), 0)


def load_tests(loader, tests, pattern):
    """The peak first: it is that of the whole process."""
    del tests, pattern
    return unittest.TestSuite(map(loader.loadTestsFromTestCase, (Peak, Calls, Children)))
