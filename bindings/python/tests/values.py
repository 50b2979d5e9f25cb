"""Arguments of every wrong kind, exceptions, and values as Python has them."""

import copy
import datetime
import enum
import inspect
import itertools
import pickle
import unittest

import exposed
import pfh
import said

DAY = datetime.date(2026, 4, 20)
HEAD = {"id": "p1", "edition": "hdir-2022", "diagnosis": {"code": "C50.9", "date": datetime.date(2026, 1, 31)}}
TALK = {"id": "e1", "type": "performed", "date": datetime.date(2026, 2, 20), "point": 1,
        "assessment": {"topics": [{"topic": "nutrition", "need": "follow_up"}]}}  # fmt: skip


class Odd:
    """An object that fits nothing."""


HOSTILE = (
    None, True, 0, -1, 3, 2**31, -(2**31), 2**40, -(2**40), 2**100, 1.5, float("nan"), "", "\0", "a\0b", "\ud800", "x_", "/", "a" * 70000,
    "hdir-2022", "2026-04-20", b"", b"\xff", b"{}", bytearray(b"{}"), object(), Odd, Odd(), [], [None], [0], ["\0"], (), (None,), {}, {"a": 1},
    {1: 2}, {"\ud800": "\0"}, set(), iter(()), DAY, datetime.date.min, datetime.date.max, datetime.datetime(2026, 4, 20, 1, 2, 3),
    datetime.datetime(2026, 4, 20, tzinfo=datetime.timezone.utc), datetime.timedelta(1), pfh.TaskKind.OFFER, pfh.Language.NB, pfh.Status.OK,
    pfh.TaskKind(999), pfh.Language(-5), pfh.Side(2**40), pfh.RecordKind.EVENT, pfh.PfhError, len, lambda *_: None,
)  # fmt: skip
"""What nobody would give.  Some of it is right somewhere: then the call works."""


def pathway():
    made = pfh.Pathway(HEAD)
    made.append(TALK)
    return made


def proposals():
    options = pfh.IcalOptions(domain="epj.example")
    plan = pathway().plan(DAY)
    return pfh.read_ical(plan.to_ical(options), [plan], options)


# What is called with them, and the arguments that are right: one after the other is replaced.
OBJECTS = {
    "Pathway": pathway,
    "Policy": lambda: pfh.Policy({}),
    "Record": lambda: pfh.Record.event(**TALK),
    "Plan": lambda: pathway().plan(DAY),
    "Needs": lambda: pathway().needs(DAY),
    "Worklist": pfh.Worklist,
    "MergeOptions": pfh.MergeOptions,
    "IcalOptions": pfh.IcalOptions,
    "Feed": pfh.Feed,
    "Edition": lambda: pfh.Edition.find("hdir-2022"),
    "Diff": lambda: pathway().diff(pathway()),
    "Events": lambda: pathway().events,
}
ARGUMENTS = {
    "head": HEAD, "text": "{}", "event": TALK, "as_of": DAY, "known_at": "2026-04-20T00:00:00Z", "edition": "hdir-2022",
    "audience": pfh.Audience.GP, "kind": pfh.RecordKind.EVENT, "facts": {}, "path": "note", "value": "a", "key": "role", "id": "e1",
    "conflict": "event:e1", "side": pfh.Side.MINE, "choose_all": pfh.Side.MINE, "choices": {}, "point": 1, "number": 1, "explain": False,
    "language": pfh.Language.NB, "topic": "nutrition", "max_characters": 1400, "previous": None, "override": False, "code": "nutrition",
    "text_id": "topic.nutrition", "status": pfh.Status.OK, "start": DAY, "months": 1, "count": 1, "of": DAY, "year": 2026,
    "timestamp": "2026-04-20T00:00:00Z", "declared": None, "rule": pfh.NumberRule.STRICT, "source": [b"{}"], "on_error": lambda *_: None,
    "before": "", "name": "hdir-2022", "word": "offer", "index": 0, "calendar": "", "json": "1",
}  # fmt: skip
MADE = {
    "policy": lambda: pfh.Policy({}), "plan": lambda: pathway().plan(DAY), "plans": lambda: [pathway().plan(DAY)], "theirs": pathway,
    "options": lambda: None, "known": lambda: pathway().needs(DAY), "pathways": lambda: [pathway()], "record": lambda: {},
    "row": lambda: pathway().plan(DAY).tasks[0],
}  # fmt: skip
ALLOWED = (pfh.PfhError, TypeError)
"""What a wrong argument gives; and, where the call says so, of Python's own:"""
ALSO = {
    "Plan.point": IndexError, "Events.__getitem__": IndexError, "Member.of": KeyError, "Diff.__getitem__": IndexError,
    "Record": ValueError, "Record.set": ValueError, "Record.update": ValueError, "Record.event": ValueError, "Record.head": ValueError,
    "Record.policy": ValueError, "Pathway": ValueError, "Pathway.append": ValueError, "Policy": ValueError,
    "Pathway.plan": ValueError, "Pathway.needs": ValueError, "plan_many": ValueError, "plan_many_json": ValueError,
    "plan_many_dicts": ValueError, "timestamp_to_utc": ValueError,
}  # fmt: skip
"""A datetime of the wrong kind is a ValueError: a timestamp needs a zone, an appointment has no seconds."""


MADE_BY_CALLS = {"Plan", "Needs", "Diff", "Events"}


def default(name):
    return MADE[name]() if name in MADE else ARGUMENTS[name]


def used(result):
    """Uses what came: an iterator is run, a text is written."""
    if hasattr(result, "__next__"):
        return list(itertools.islice(result, 10))
    return repr(result)


def callables():
    """Every public call by name, and how to get at it."""
    for name in sorted(set(exposed.public()) | set(OBJECTS)):
        class_name, _, method = name.partition(".")
        of = exposed.found(name)
        if isinstance(of, property) or class_name == "Object" or exposed.is_value(of):
            continue
        if method and class_name in OBJECTS and not inspect.ismethod(of):
            yield name, lambda class_name=class_name, method=method: getattr(OBJECTS[class_name](), method)
        elif method or name not in MADE_BY_CALLS:
            yield name, lambda of=of: of
    for name in ("Diff", "Events"):
        yield f"{name}.__getitem__", lambda name=name: OBJECTS[name]().__getitem__
    yield "Member.of", lambda: pfh.TaskKind.of
    yield "Word.text", lambda: pfh.TaskKind.OFFER.text


def parameters(call):
    """The names that can be given; (name, whether it is needed)."""
    for parameter in inspect.signature(call).parameters.values():
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            yield parameter.name, parameter.default is parameter.empty


def differ(a, b):
    return a.word not in [member.word for member in type(b)]


class Hostile(unittest.TestCase):
    def attempt(self, name, get, arguments):
        """Calls; what comes is a value or an error that may come."""
        also = (ALSO[name],) if name in ALSO else ()
        try:
            used(get()(**arguments))
        except (*ALLOWED, *also):
            return False
        return True

    def one(self, name, get, parameter, needed, value):
        arguments = {other: default(other) for other, is_needed in needed if is_needed}
        with self.subTest(f"{name}({parameter}={repr(value)[:40]})"):
            self.attempt(name, get, {**arguments, parameter: value})

    def test_arguments(self):
        """values: every call with every wrong argument gives a value, a TypeError or a PfhError"""
        tried = 0
        for name, get in callables():
            needed = list(parameters(get()))
            for (parameter, _), value in itertools.product(needed, HOSTILE):
                self.one(name, get, parameter, needed, value)
                tried += 1
        print(f"# {tried} calls with a wrong argument")
        self.assertGreater(tried, 5000)

    def test_right(self):
        """values: the arguments beside the wrong ones are right"""
        refused = []
        for name, get in callables():
            arguments = {other: default(other) for other, _ in parameters(get())}
            if not self.attempt(name, get, arguments):
                refused.append(name)
        # documents that are none, an event that is there, keys of one call that are none of another, an empty list
        self.assertEqual(set(refused) - RIGHTLY_REFUSED, set())

    def test_none(self):
        """values: a call without its arguments is a TypeError"""
        for name, get in callables():
            with self.subTest(name):
                if any(needed for _, needed in parameters(get())):
                    self.assertRaises(TypeError, get())

    def test_enums(self):
        """values: a member of another enum is refused, though it has the number of a right one"""
        for key, right in (("type", pfh.EventType.OFFERED), ("channel", pfh.Channel.PHONE), ("level", pfh.Level.MUNICIPALITY)):
            for wrong in (member for of in ENUMS for member in of if differ(member, right)):
                with self.subTest(f"{key}: {wrong!r}"):
                    self.assertRaises(pfh.PfhError, pfh.Record.event, **{key: wrong})
            self.assertEqual(pfh.Record.event(**{key: right}).text(key), right.word)

    def test_numbers(self):
        """values: a number that does not fit is refused, not cut"""
        for call in (
            lambda big: pfh.add_months(DAY, big), lambda big: pfh.add_working_days(DAY, big), lambda big: pfh.easter(big + 2026),
            lambda big: pfh.Record.event().set("point", big + 1), lambda big: pfh.checklist_json("hdir-2022", big + 1),
            lambda big: pathway().needs(DAY).to_text(pfh.Audience.GP, pfh.Language.NB, big + 1400),
        ):  # fmt: skip
            call(0)
            for big in (2**32, -(2**32), 2**64, 2**200):
                self.assertRaises(pfh.PfhArgumentError, call, big)

    def test_handles(self):
        """values: below the classes a handle of another kind is refused"""
        made, policy = pathway(), pfh.Policy({})
        for wrong in (policy._handle, pfh._native, 5, "a", made):
            self.assertRaises(TypeError, pfh._native.pathway_to_json, wrong)
            self.assertRaises(TypeError, pfh._native.pathway_append, made._handle, wrong)
            self.assertRaises(TypeError, pfh._native.plans_to_ical, (wrong,), None)
        self.assertRaises(TypeError, pfh._native.plans_to_ical, [made._handle], None)

    def test_keywords(self):
        """values: every option with every wrong value is refused or taken, and no crash"""
        for of, keys in ((pfh.IcalOptions, ICAL_OPTIONS), (pfh.Worklist, FILTERS), (pfh.Record.event, EVENT_KEYS)):
            for key, value in itertools.product(keys, HOSTILE):
                with self.subTest(f"{of.__name__}({key}={repr(value)[:40]})"):
                    self.attempt("Record", lambda: of, {key: value})


RIGHTLY_REFUSED = {
    "Pathway.parse", "Policy.parse", "Pathway.append", "IcalOptions.set", "Worklist.filter", "Feed", "Feed.to_ical", "read_ical", "update_ical",
    "classify_number", "Policy.number", "Diff.__getitem__", "Record.set_json", "plans_to_ical", "Plan.to_invitation",
}  # fmt: skip
ICAL_OPTIONS = (
    "level unit role kind state from to horizon_days language form span alarm name refresh stamp domain tell audience keep_days "
    "organizer attendee nothing"
).split()
FILTERS = "level unit role kind state to nothing".split()
EVENT_KEYS = "id type date recorded note private point start minutes assessment performer x_own nothing".split()


# ---- Exceptions ------------------------------------------------------------------------------

CLASSES = {
    "MEMORY": (pfh.PfhMemoryError, MemoryError), "ARGUMENT": (pfh.PfhArgumentError, ValueError), "SYNTAX": (pfh.PfhSyntaxError, ValueError),
    "KEY": (pfh.PfhKeyError, KeyError), "TYPE": (pfh.PfhTypeError, TypeError), "VALUE": (pfh.PfhValueError, ValueError),
    "DATE": (pfh.PfhDateError, ValueError), "DUPLICATE": (pfh.PfhDuplicateError, ValueError),
    "REFERENCE": (pfh.PfhReferenceError, LookupError), "PRIVACY": (pfh.PfhPrivacyError, ValueError),
    "EDITION": (pfh.PfhEditionError, LookupError), "CONFLICT": (pfh.PfhConflictError, ValueError),
    "AGREEMENT": (pfh.PfhAgreementError, PermissionError),
}  # fmt: skip


def an_error(of, status):
    return of(status.value, "/events/3", "a sentence", 17)


class Exceptions(unittest.TestCase):
    def test_classes(self):
        """values: each status has its class, under the built-in that fits"""
        self.assertEqual({status.name for status in pfh.Status} - {"OK"}, set(CLASSES))
        for name, (of, built_in) in CLASSES.items():
            with self.subTest(name):
                error = an_error(of, pfh.Status[name])
                self.assertIsInstance(error, pfh.PfhError)
                self.assertIsInstance(error, built_in)
                self.assertEqual((error.status, error.where, error.text, error.offset),
                                 (pfh.Status[name], "/events/3", "a sentence", 17))  # fmt: skip
                self.assertIn("/events/3", str(error))
                self.assertIn("a sentence", str(error))
                self.assertIn(pfh.Status[name].word, str(error))
                self.assertIn(of.__name__, repr(error))

    def test_none_besides(self):
        """values: there is no other exception"""
        there = {of for _, of in inspect.getmembers(pfh, inspect.isclass) if issubclass(of, BaseException)}
        self.assertEqual(there, {of for of, _ in CLASSES.values()} | {pfh.PfhError})

    def test_pickled(self):
        """values: an exception can be pickled and copied, with all that it says"""
        for name, (of, _) in CLASSES.items():
            with self.subTest(name):
                error = an_error(of, pfh.Status[name])
                for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
                    self.assertIs(type(other), of)
                    self.assertEqual(vars(other), vars(error))
                    self.assertEqual(str(other), str(error))

    def test_unknown(self):
        """values: a status that a newer library has is a PfhError"""
        error = pfh.PfhError(-99, "", "a sentence")
        self.assertEqual((error.status.name, error.status.value, error.offset), ("UNKNOWN_99", -99, -1))
        self.assertIn("a sentence", str(error))


# ---- Enums -----------------------------------------------------------------------------------

ENUMS = [of for _, of in inspect.getmembers(pfh, inspect.isclass) if issubclass(of, enum.Enum) and len(of)]


class Enums(unittest.TestCase):
    def test_members(self):
        """values: a member is found by its value and by its word, and says what it is"""
        self.assertGreater(len(ENUMS), 25)
        for of in ENUMS:
            with self.subTest(of.__name__):
                self.assertEqual(len({member.word for member in of}), len(of))
                for member in of:
                    self.assertIs(of(member.value), member)
                    self.assertIs(of.of(member.word), member)
                    self.assertEqual(str(member), member.word)
                    self.assertIs(pickle.loads(pickle.dumps(member)), member)
                    self.assertIs(copy.deepcopy(member), member)

    def test_unknown(self):
        """values: a word that a newer library has is a member like others, and never comes into the list"""
        for of in ENUMS:
            with self.subTest(of.__name__):
                count = len(of)
                unknown = of(9999)
                self.assertEqual((unknown.name, unknown.value), ("UNKNOWN_9999", 9999))
                self.assertEqual((unknown.word, str(unknown)), ("unknown_9999", "unknown_9999"))
                self.assertIsInstance(unknown, of)
                self.assertIn("UNKNOWN_9999", repr(unknown))
                self.assertEqual(unknown, of(9999))
                self.assertEqual(len({unknown, of(9999)}), 1)
                self.assertNotEqual(unknown, of(9998))
                self.assertEqual(pickle.loads(pickle.dumps(unknown)), unknown)
                self.assertEqual(len(list(of)), count)

    def test_wrong(self):
        """values: what is no value and no word is an error"""
        for of in ENUMS:
            with self.subTest(of.__name__):
                self.assertRaises(ValueError, of, "no such word")
                self.assertRaises(ValueError, of, None)
                self.assertRaises(ValueError, of.of, "no such word")

    def test_words(self):
        """values: a member equals its word, is found by it, and has its place in the list"""
        for of in ENUMS:
            with self.subTest(of.__name__):
                for member in of:
                    self.assertTrue(member == member.word and member.word == member)
                    self.assertIs(of(member.word), member)
                    self.assertEqual({member.word: 1}[member], 1)
                self.assertEqual(sorted(reversed(list(of))), list(of))
        self.assertNotEqual(pfh.State.DECLINED, pfh.Need.DECLINED)
        with self.assertRaises(TypeError):
            pfh.State.DECLINED < pfh.Need.DECLINED

    def test_facts(self):
        """values: facts in a mapping are read like a document, and nothing of it is lost"""
        head = {"id": "p", "edition": "hdir-2022", "diagnosis": {"code": "C50.9", "date": datetime.date(2026, 1, 31)}}
        made = pfh.Pathway(head)
        for facts, where in (
            ({"assesment": {}}, "/assesment"), ({"assessment": {"topcs": []}}, "/assessment/topcs"),
            ({"assessment": {"topics": [{}]}}, "/assessment/topics/0/topic"), ({"performer": {"rol": "nurse"}}, "/performer/rol"),
        ):
            with self.assertRaises(pfh.PfhKeyError) as caught:
                made.append({"id": "e1", "type": "performed", "date": datetime.date(2026, 2, 1), "point": 1, **facts})
            self.assertEqual(caught.exception.where, where)
        made.append({"id": "e1", "type": "performed", "date": datetime.date(2026, 2, 1), "point": 1, "assessment": {}})
        self.assertEqual(made.events[0].to_dict()["assessment"], {})
        self.assertEqual(made.events[0].get("date"), datetime.date(2026, 2, 1))
        self.assertEqual(pfh.Pathway(made.to_dict()).to_json(), made.to_json())
        self.assertEqual(pickle.loads(pickle.dumps(made)).to_json(), made.to_json())
        for facts in ({"date": datetime.datetime(2026, 2, 1)}, {"point": object()}, {1: 2}):
            self.assertRaises(TypeError, made.append, facts)
        for facts in ({"recorded": datetime.datetime(2026, 2, 1)}, {"point": float("nan")},
                      {"start": datetime.datetime(2026, 2, 1, tzinfo=datetime.timezone.utc)},
                      {"start": datetime.datetime(2026, 2, 1, 10, 0, 1)}):
            self.assertRaises(pfh.PfhError, made.append, facts)

    def test_texts(self):
        """values: members have a text for people in every language"""
        for of in ENUMS:
            for member in of:
                if isinstance(member, pfh.Status):
                    self.assertTrue(member.text)
                elif hasattr(member, "text"):
                    for language in pfh.Language:
                        with self.subTest(f"{member!r} {language}"):
                            self.assertTrue(member.text(language))


# ---- Values ----------------------------------------------------------------------------------


def values():
    """A value of every kind that there is."""
    plan, needs = pathway().plan(DAY), pathway().needs(DAY)
    edition = pfh.Edition.find("hdir-2022")
    yield from (plan.points[0], plan.tasks[0], plan.findings[0], plan.tasks[0].reasons[0], needs.topics[0])
    yield from (needs.assessments[0], needs.assessments[0].changes[0], edition, edition.points[1], edition.points[1].opens)
    yield from (edition.topics[0], edition.activities()[0], pfh.handover_rules()[0], pfh.classify_number("13897210066"))
    yield from (pfh.Worklist([plan]).rows[0], pfh.lint_rules()[0])
    yield pathway().diff(pfh.Pathway({**HEAD, "patient": {"municipality": "4003"}}))[0]


class Values(unittest.TestCase):
    def test_pickled(self):
        """values: a value is a tuple that can be pickled, copied and compared"""
        for value in values():
            with self.subTest(type(value).__name__):
                self.assertIsInstance(value, tuple)
                for other in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
                    self.assertIs(type(other), type(value))
                    self.assertEqual(other, value)
                self.assertEqual(hash(value), hash(pickle.loads(pickle.dumps(value))))
                self.assertEqual(len(value), len(value._fields))
                self.assertIn(type(value).__name__, repr(value))
                self.assertIn(value._fields[0] + "=", repr(value))

    def test_all_kinds(self):
        """values: one of every kind was looked at"""
        there = {of for name, of in inspect.getmembers(pfh, inspect.isclass) if exposed.is_value(of) and hasattr(of, "_fields")}
        self.assertEqual({of.__name__ for of in there - set(map(type, values()))}, {"Line", "Proposal"})

    def test_types(self):
        """values: each field has the type that it is declared with"""
        import typing

        for value in values():
            hints = typing.get_type_hints(type(value), vars(pfh._values))
            for field in type(value)._fields:
                with self.subTest(f"{type(value).__name__}.{field}"):
                    self.assertTrue(fits(getattr(value, field), hints[field]), (getattr(value, field), hints[field]))

    def test_objects(self):
        """values: an object without a document cannot be pickled or copied, and no crash"""
        for make in (pfh.Worklist, pfh.IcalOptions, pfh.Record.event, lambda: pathway().plan(DAY)):
            made = make()
            for way in (pickle.dumps, copy.deepcopy, copy.copy):
                self.assertRaises(TypeError, way, made)
            self.assertIn(type(made).__name__, repr(made))
            made.close()
            self.assertIn(type(made).__name__, repr(made))

    def test_copies(self):
        """values: pathways and policies are copied by their documents, each on its own"""
        for made in (pathway(), pfh.Policy({"form_days": 3})):
            text = made.to_json()
            twins = [copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))]
            made.close()
            self.assertEqual([twin.to_json() for twin in twins], [text] * 3)

    def test_made_by_hand(self):
        """values: plans and needs are not made by hand"""
        self.assertRaises(TypeError, pfh.Plan)
        self.assertRaises(TypeError, pfh.Needs)

    def test_none(self):
        """values: a value that is absent is None, and a flag is a bool"""
        plan = pathway().plan(DAY)
        self.assertIsNone(plan.known_at)
        self.assertIsNone(plan.cause)
        self.assertIs(plan.tasks[0].optional, False)
        self.assertEqual(said.all_of(plan.points[0])["appointment_event"], None)
        record = pfh.Record.event(private=True)
        self.assertIs(record.flag("private"), True)
        self.assertIsNone(record.flag("note"))


def fits(value, hint):
    """Whether a value is of a type as it is declared."""
    import typing

    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Union:
        return any(fits(value, one) for one in arguments)
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(item, arguments[0]) for item in value)
    if hint is int:
        return type(value) is int
    return isinstance(value, hint)
