"""Many threads: what they read is right, and what they change meanwhile is refused."""

import datetime
import itertools
import json
import os
import random
import threading
import time
import unittest

import pfh
import said

SECONDS = float(os.environ.get("PFH_THREAD_SECONDS", "10"))
THREADS = 4
DAY = datetime.date(2026, 4, 20)
DATA = said.ROOT / "examples" / "data"
CASELOAD = (DATA / "caseload.ndjson").read_bytes()
POLICY = pfh.Policy.parse((DATA / "policy.json").read_bytes())
OPTIONS = pfh.IcalOptions(POLICY, domain="epj.example", horizon_days=60)


def read():
    return [line.pathway for line in pfh.read_caseload([CASELOAD]) if line.pathway is not None]


SHARED = read()
PLANS = [pathway.plan(DAY, POLICY) for pathway in SHARED]
CALENDAR = pfh.plans_to_ical(PLANS, OPTIONS)


# ---- What every thread does ------------------------------------------------------------------


def own(place):
    """A pathway of the thread's own."""
    return pfh.Pathway.parse(SHARED[place].to_json())


def worklist():
    found = pfh.Worklist(pfh.plan_many(SHARED, DAY, POLICY), level=pfh.Level.MUNICIPALITY)
    found.sort()
    return [(pathway, task.id, task.due) for pathway, task in found]


def added_to(place):
    made = own(place)
    made.append({"id": "t1", "type": "moved", "date": DAY, "municipality": "0301"})
    return made.merge(SHARED[place]).to_json()


def feed():
    made = pfh.Feed(CALENDAR, OPTIONS)
    for plan in PLANS[:20]:
        made.add(plan)
    return made.to_ical()


def refusal(text):
    try:
        pfh.Pathway.parse(text)
    except pfh.PfhError as error:
        return error.args
    return "accepted"


JOBS = (
    [lambda place=place: own(place).plan(DAY, POLICY).to_json(explain=True) for place in range(0, len(SHARED), 7)]
    + [lambda place=place: SHARED[place].plan(DAY, POLICY).tasks for place in range(0, len(SHARED), 7)]
    + [lambda place=place: [event.text("id") for event in SHARED[place].events] for place in range(5)]
    + [lambda place=place: said.needs(SHARED[place].needs(DAY, POLICY)) for place in range(5)]
    + [lambda place=place: added_to(place) for place in range(5)]
    + [lambda text=text: refusal(text) for text in ("{", "{}", '{"id": 5}', "\ud800")]
    + [
        lambda: list(pfh.plan_many_json(SHARED, DAY, POLICY)),
        lambda: list(pfh.plan_many_json(read(), DAY, POLICY, explain=True)),
        lambda: [said.plan(plan) for plan in pfh.plan_many(itertools.islice(SHARED, 20), DAY)],
        lambda: pfh.plans_to_ical(PLANS, OPTIONS),
        lambda: pfh.update_ical(CALENDAR, PLANS[10:], OPTIONS),
        lambda: [said.proposal(one) for one in pfh.read_ical(CALENDAR.replace("T09", "T10"), PLANS, OPTIONS)],
        lambda: pfh.lint_calendar(CALENDAR + "X"),
        lambda: PLANS[0].to_ical(OPTIONS),
        lambda: [pathway.handover(pfh.Audience.PATIENT, POLICY).to_json() for pathway in SHARED[:10]],
        lambda: pfh.checklist_text("hdir-2022", 2, POLICY, SHARED[0].needs(DAY)),
        worklist,
        feed,
    ]
)


class Worker(threading.Thread):
    """Does the jobs in its own order until it is time, and notes which gave something else than alone."""

    def __init__(self, seed, wanted, until):
        super().__init__()
        self.chance, self.wanted, self.until = random.Random(seed), wanted, until
        self.done, self.wrong = [0] * len(JOBS), []

    def run(self):
        while time.monotonic() < self.until or not all(self.done):
            for place in self.chance.sample(range(len(JOBS)), len(JOBS)):
                self.job(place)

    def job(self, place):
        try:
            right = JOBS[place]() == self.wanted[place]
        except Exception as error:
            right = False
            self.wrong.append(repr(error))
        self.done[place] += 1
        if not right:
            self.wrong.append(place)


class Together(unittest.TestCase):
    def test_results(self):
        """threads: four give what one gives"""
        wanted = [job() for job in JOBS]
        self.assertEqual(wanted, [job() for job in JOBS])
        workers = [Worker(seed, wanted, time.monotonic() + SECONDS) for seed in range(THREADS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print(f"# {THREADS} threads, {SECONDS:g} s: {sum(sum(worker.done) for worker in workers)} jobs")
        self.assertEqual([worker.wrong[:5] for worker in workers], [[]] * THREADS)


# ---- During a long call ----------------------------------------------------------------------

EVENTS = 9000


def large():
    """A pathway that takes a while to write."""
    head = {"format": "pfh-pathway/1", "id": "large", "edition": "hdir-2022",
            "diagnosis": {"code": "C50.9", "date": "2026-01-31"}}  # fmt: skip
    events = [
        {"id": f"e{number}", "type": "moved", "date": "2026-02-01", "note": "æ" * 100, "municipality": "4003"}
        for number in range(EVENTS)
    ]
    return json.dumps({**head, "events": events}, ensure_ascii=False)


class Call(threading.Thread):
    """A long call in another thread: whether it runs, and what it gave."""

    def __init__(self, call):
        super().__init__()
        self.call, self.result, self.ended = call, None, False
        self.begun = threading.Event()

    def run(self):
        self.begun.set()
        try:
            self.result = self.call()
        except Exception as error:
            self.result = error
        self.ended = True


def during(call, then):
    """Does something while the call runs in another thread; what came of both, and whether it was meanwhile.

    The call lets go of Python's lock, and another thread takes it: the pause is for that.
    """
    thread = Call(call)
    thread.start()
    thread.begun.wait()
    time.sleep(0.001)
    try:
        result = then()
    except Exception as error:
        result = error
    meanwhile = not thread.ended
    thread.join()
    return thread.result, result, meanwhile


class LongCalls(unittest.TestCase):
    """Each is tried until it was meanwhile often enough: a busy machine may be late."""

    OFTEN, TRIES = 3, 60

    def meanwhile(self, attempt):
        """Attempts until it was meanwhile often enough."""
        seen = 0
        for _ in range(self.TRIES):
            seen += bool(attempt())
            if seen == self.OFTEN:
                return
        self.fail(f"only {seen} of {self.TRIES} calls were still under way")

    def test_close(self):
        """threads: close() during a call waits with the freeing until the call has ended"""
        wanted = pfh.Pathway.parse(large()).to_json()

        def attempt():
            made = pfh.Pathway.parse(wanted)
            written, nothing, meanwhile = during(made.to_json, made.close)
            self.assertIsNone(nothing)
            if not isinstance(written, ValueError):  # it was closed before the call began
                self.assertEqual(written, wanted)
            self.assertRaises(ValueError, made.to_json)
            return meanwhile and not isinstance(written, ValueError)

        self.meanwhile(attempt)

    def test_append(self):
        """threads: append() during a call is a RuntimeError, and nothing is added"""
        before = pfh.Pathway.parse(large()).to_json()
        event = {"id": "late", "type": "moved", "date": DAY, "municipality": "0301"}

        def attempt():
            made = pfh.Pathway.parse(before)
            written, refused, meanwhile = during(made.to_json, lambda: made.append(event))
            if not meanwhile or refused is None:  # the call was over, or had not begun
                return False
            self.assertIsInstance(refused, RuntimeError)
            self.assertEqual(written, before)
            self.assertEqual(len(made.events), EVENTS)
            made.append(event)
            return True

        self.meanwhile(attempt)

    def test_parents(self):
        """threads: a record is read while its pathway is written, and keeps it when it is dropped meanwhile"""
        text = large()

        def attempt():
            made = pfh.Pathway.parse(text)
            event = made.events[0]
            _, read, meanwhile = during(made.to_json, lambda: event.text("id"))
            del made
            self.assertEqual([read, event.text("id")], ["e0"] * 2)
            return meanwhile

        self.meanwhile(attempt)

    def test_worklist(self):
        """threads: a worklist that is being sorted is not read, added to or closed at once"""
        plans = PLANS * 400

        def attempt(call):
            worklist = pfh.Worklist(plans)
            count = len(worklist)
            _, refused, meanwhile = during(worklist.sort, lambda: call(worklist))
            if meanwhile and call is not pfh.Worklist.close:
                self.assertIsInstance(refused, RuntimeError)
                self.assertEqual(len(worklist), count)
            return meanwhile

        for call in (len, lambda it: it.add(PLANS[0]), pfh.Worklist.close):
            self.meanwhile(lambda call=call: attempt(call))

    def test_many(self):
        """threads: a pathway that is closed while many are planned is planned nevertheless"""
        document = large()  # so that one batch takes long
        wanted = [pfh.Pathway.parse(document).plan(DAY, POLICY).to_json()] * 4

        def attempt():
            made = [pfh.Pathway.parse(document) for _ in wanted]

            def close():
                for one in made:
                    one.close()

            documents, _, meanwhile = during(lambda: list(pfh.plan_many_json(made, DAY, POLICY)), close)
            if isinstance(documents, ValueError):
                return False
            self.assertEqual(documents, wanted)
            return meanwhile

        self.meanwhile(attempt)
