"""The smoke story (bindings/smoke/README.md), a test a step.

PFH_STORY names another list of steps beside story.json: those of shortage.json need memory to be short.
"""

import datetime
import json
import os
import re
import unittest

import pfh
import said
from pfh import _native

SMOKE = said.ROOT / "bindings" / "smoke"
CALLS = {}


def call(function):
    """A call of the story, by its name."""
    CALLS[function.__name__.rstrip("_")] = function
    return function


# ---- What steps give -------------------------------------------------------------------------



def is_special(value):
    """Whether it stands for a text that JSON cannot carry safely, or for bytes; a policy has units of another kind."""
    if set(value) == {"units"}:
        return all(isinstance(unit, int) for unit in value["units"])
    return set(value) in ({"repeat", "times"}, {"bytes"})


def special(value):
    if "units" in value:
        units = b"".join(unit.to_bytes(2, "little") for unit in value["units"])
        return units.decode("utf-16-le", "surrogatepass")
    return bytes.fromhex(value["bytes"]) if "bytes" in value else value["repeat"] * value["times"]


def read(value):
    """A value of the story with such texts in place."""
    if isinstance(value, dict):
        return special(value) if is_special(value) else {key: read(item) for key, item in value.items()}
    return [read(item) for item in value] if isinstance(value, list) else value


def document(value):
    """A document: a text or bytes as they are; an object is written."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def day(text):
    return datetime.date.fromisoformat(text)


def member(of, word):
    return None if word is None else of.of(word)


def optional(**arguments):
    """Arguments that are given; the others are left to their defaults."""
    return {key: value for key, value in arguments.items() if value is not None}


def pathway_of(value):
    return pfh.Pathway.parse(document(value))


def policy_of(value):
    return None if value is None else pfh.Policy.parse(document(value))


def terms(policy=None, as_of=None, known_at=None, edition=None):
    return optional(policy=policy_of(policy), as_of=day(as_of), known_at=known_at, edition=edition)


def plan_of(pathway, **rest):
    return pathway_of(pathway).plan(**terms(**rest))


def needs_of(pathway, **rest):
    return pathway_of(pathway).needs(**terms(**rest))


# ---- Versions, words, texts ------------------------------------------------------------------


@call
def versions():
    cmake = (said.ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    version = re.search(r"project\(libpfh VERSION ([0-9.]+)", cmake).group(1)
    major, minor, patch = map(int, version.split("."))
    number = major * 1000000 + minor * 1000 + patch
    return pfh.__version__ == pfh.version() == version and _native.version_number() == number


@call
def words(enum):
    of = getattr(pfh, enum)
    first, step = {"Status": (0, -1), "NumberRule": (0, 1)}.get(enum, (1, 1))
    assert [one.value for one in of] == [first + step * place for place in range(len(of))], list(of)
    assert all(of(one.value) is one and of.of(one.word) is one for one in of)
    return [one.word for one in of]


@call
def members(enum):
    return [one.name for one in getattr(pfh, enum)]


@call
def enum_text(enum, word, language):
    return getattr(pfh, enum).of(word).text(pfh.Language.of(language))


@call
def text(language, id):
    return pfh.text(pfh.Language.of(language), id)


@call
def status(status):
    of = pfh.Status.of(status)
    return {"word": of.word, "text": of.text}


# ---- Dates and numbers -----------------------------------------------------------------------


@call
def date(date):
    record = pfh.Record.event()
    record.set("date", day(date))
    return record.date("date")


@call
def add_months(date, months):
    return pfh.add_months(day(date), months)


@call
def add_working_days(date, count):
    return pfh.add_working_days(day(date), count)


@call
def is_holiday(date):
    return pfh.is_holiday(day(date))


@call
def is_working_day(date):
    return pfh.is_working_day(day(date))


@call
def easter(year):
    return pfh.easter(year)


@call
def date_range():
    return [pfh.DATE_MIN, pfh.DATE_MAX]


@call
def timestamp(text):
    return pfh.timestamp_to_utc(text)


@call
def classify_number(number, declared=None, rule=None):
    how = optional(declared=member(pfh.NumberKind, declared), rule=member(pfh.NumberRule, rule))
    return said.all_of(pfh.classify_number(number, **how))


@call
def number_is(what, text):
    return {
        "organisation": pfh.is_organisation_number,
        "municipality": pfh.is_municipality_number,
        "hpr": pfh.is_hpr_number,
        "her_id": pfh.is_her_id,
    }[what](text)


@call
def holds_person_number(text):
    return pfh.holds_person_number(text)


# ---- Records ---------------------------------------------------------------------------------


def with_event(key, value):
    """A pathway with an event that has a key."""
    made = pfh.Pathway({"id": "p1", "edition": "hdir-2022", "diagnosis": {"code": "C50.9", "date": day("2026-01-31")}})
    event = pfh.Record.event(id="e1", type=pfh.EventType.OFFERED, date=day("2026-02-03"), point=1)
    event.set(key, value)
    made.append(event)
    return made


@call
def echo(text):
    return with_event("note", text).events[0].text("note")


@call
def echo_json(text):
    written = with_event("x_note", text).to_json()
    return json.loads(pfh.Pathway.parse(written).events[0].text("x_note"))


def value_and_getter(kind, value, enum):
    """A value of the story as Python has it, and how it is read back."""
    if kind == "date":
        return None if value is None else day(value), pfh.Record.date
    if kind == "word":
        return member(getattr(pfh, enum), value), pfh.Record.text
    return value, {"number": pfh.Record.number, "flag": pfh.Record.flag}.get(kind, pfh.Record.text)


@call
def set_(record, path, before=None, enum=None, **given):
    ((kind, value),) = given.items()
    of = pfh.Record(pfh.RecordKind.of(record))
    put = of.set_json if kind == "json" else of.set
    if before is not None:
        put(path, value_and_getter(kind, before, enum)[0])
    value, get = value_and_getter(kind, value, enum)
    put(path, value)
    return get(of, path)


def put_all(record, value, path):
    """Sets what an object holds, one member at a time."""
    key = path.rpartition("/")[2]
    if key.startswith("x_"):
        record.set_json(path, json.dumps(value))
    elif isinstance(value, dict):
        for name, item in value.items():
            escaped = name.replace("~", "~0").replace("/", "~1") if name.startswith("x_") else name
            put_all(record, item, f"{path}/{escaped}" if path else escaped)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            put_all(record, item, f"{path}/{index}")
    else:
        record.set(path, value)


def built(kind, value):
    record = pfh.Record(kind)
    put_all(record, value, "")
    return record


@call
def build(head, events=()):
    made = pfh.Pathway(built(pfh.RecordKind.PATHWAY, head))
    for event in events:
        made.append(built(pfh.RecordKind.EVENT, event))
    at_once = pfh.Pathway(head)  # a mapping is the same
    for event in events:
        at_once.append(event)
    assert at_once.to_json() == made.to_json()
    return made.to_dict()


@call
def build_policy(record):
    made = pfh.Policy(built(pfh.RecordKind.POLICY, record)).to_json()
    assert pfh.Policy(record).to_json() == made
    return json.loads(made)


# ---- Documents -------------------------------------------------------------------------------


@call
def pathway(text):
    return pfh.Pathway.parse(document(text)).to_dict()


@call
def policy(text):
    return json.loads(pfh.Policy.parse(document(text)).to_json())


@call
def policy_number(policy, key):
    return policy_of(policy).number(key)


def offset(value):
    return None if value is None else said.all_of(value)


def point_rule(value):
    row = said.row(value, "point", "level", "relative", "maps_to")
    return {**row, **{key: offset(getattr(value, key)) for key in ("opens", "about", "closes")}}


@call
def edition(name):
    found = pfh.Edition.find(name)
    return {
        **said.row(found, "name", "effective", "draft", "maps_edition"),
        "points": [point_rule(point) for point in found.points],
        "topics": [topic.code for topic in found.topics],
        "activities": len(found.activities()),
    }


@call
def editions():
    return [edition.name for edition in pfh.Edition.all()]


@call
def has_topic(edition, code):
    return pfh.Edition.find(edition).has_topic(code)


@call
def events(pathway):
    return [event.text("id") for event in pathway_of(pathway).events]


def part_of(pathway, id):
    return pathway.head if id is None else pathway.find(id)


@call
def find(pathway, path, id=None):
    found = part_of(pathway_of(pathway), id)
    return None if found is None else found.text(path)


@call
def count(pathway, path, id=None):
    found = part_of(pathway_of(pathway), id)
    return None if found is None else found.count(path)


# ---- Plans -----------------------------------------------------------------------------------


@call
def plan(**given):
    made = plan_of(**given)
    return {**said.plan(made), **said.row(made, "given_name", "family_name", "language")}


@call
def plan_json(explain=False, **given):
    return plan_of(**given).to_dict(explain)


@call
def explain(language, task=None, point=None, **given):
    made = plan_of(**given)
    if task is not None:
        row = made.tasks[0]._replace(id=task)
    else:
        row = made.points[0]._replace(point=point)
    return list(made.explain(row, pfh.Language.of(language)))


def many(made, how, pathways, **rest):
    """What each became, or the word of its error, in their order."""
    refused = {}
    results = made(
        map(pathway_of, pathways), on_error=lambda index, error: refused.update({index: error.status.word}),
        **terms(**rest),
    )  # fmt: skip
    given = [how(one) for one in results]
    return [refused[index] if index in refused else given.pop(0) for index in range(len(pathways))]


@call
def plan_many(**given):
    return many(pfh.plan_many, lambda plan: [task.id for task in plan.tasks], **given)


@call
def plan_many_json(**given):
    documents = many(pfh.plan_many_json, json.loads, **given)
    assert many(pfh.plan_many_dicts, lambda plan: plan, **given) == documents
    return documents


def line(value):
    if value.error is None:
        return [value.number, value.pathway.id]
    return [value.number, value.error.status.word, value.error.where]


@call
def caseload(text, piece):
    whole = document(text)
    data = whole.encode() if isinstance(whole, str) else whole
    lines = list(pfh.read_caseload(data[at : at + piece] for at in range(0, len(data), piece)))
    assert all(line.text in data for line in lines)
    return [line(value) for value in lines if not value.continued]


@call
def worklist(pathways, policy=None, as_of=None, filters=()):
    found = pfh.Worklist()
    for key, value in filters:
        found.filter(key, value)
    for made in pfh.plan_many(map(pathway_of, pathways), day(as_of), policy_of(policy)):
        found.add(made)
    found.sort()
    return [[task.due, task.state, pathway, task.id] for pathway, task in found]


# ---- Needs -----------------------------------------------------------------------------------


@call
def needs(**given):
    made = needs_of(**given)
    return {
        "topics": [[row.topic, row.need, row.since] for row in made.topics if row.discussed is not None],
        "assessments": [
            [row.event, row.distress, [[change.topic, change.change] for change in row.changes]]
            for row in made.assessments
        ],
    }


@call
def needs_json(**given):
    return needs_of(**given).to_dict()


@call
def needs_find(topic, **given):
    found = needs_of(**given).find(topic)
    return None if found is None else found.need


@call
def needs_text(audience, language, max_characters, **given):
    return needs_of(**given).to_text(pfh.Audience.of(audience), pfh.Language.of(language), max_characters)


@call
def needs_text_min():
    return pfh.needs_text_min()


def asked_of(edition, point, policy=None, known=None, language=None):
    return optional(
        edition=edition, point=point, policy=policy_of(policy), known=None if known is None else needs_of(**known),
        language=member(pfh.Language, language),
    )  # fmt: skip


@call
def checklist(**given):
    return json.loads(pfh.checklist_json(**asked_of(**given)))


@call
def checklist_text(**given):
    return pfh.checklist_text(**asked_of(**given))


# ---- Two copies ------------------------------------------------------------------------------


@call
def handover(pathway, audience, policy=None, override=False):
    return pathway_of(pathway).handover(pfh.Audience.of(audience), policy_of(policy), override).to_dict()


@call
def handover_rules():
    return [[rule.audience, rule.left_out] for rule in pfh.handover_rules()]


def copies(mine, theirs, edition=None, choices=None, choose_all=None):
    sides = {name: pfh.Side.of(side) for name, side in (choices or {}).items()}
    options = pfh.MergeOptions(edition, sides, member(pfh.Side, choose_all))
    return pathway_of(mine), pathway_of(theirs), options


@call
def merge(**given):
    mine, theirs, options = copies(**given)
    return mine.merge(theirs, options).to_dict()


@call
def diff(**given):
    mine, theirs, options = copies(**given)
    found = mine.diff(theirs, options)
    assert list(found) == list(found.rows) and len(found) == len(found.rows)
    return {
        "conflicts": found.conflict_count,
        "rows": [[row.kind, row.name, row.conflict, row.chosen] for row in found],
    }


# ---- Calendars -------------------------------------------------------------------------------


def options_of(policy, options):
    return pfh.IcalOptions(policy_of(policy), **(options or {}))


def plans_of(pathways, policy, as_of):
    return list(pfh.plan_many(map(pathway_of, pathways), day(as_of), policy_of(policy)))


def lines_of(calendar, *names):
    """The lines of some properties, unfolded."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    return [line for line in lines if line.split(":")[0] in names]


def uids_and_summaries(calendar):
    return sorted(lines_of(calendar, "UID", "SUMMARY"))


@call
def ical(pathways, as_of, policy=None, options=None):
    return uids_and_summaries(pfh.plans_to_ical(plans_of(pathways, policy, as_of), options_of(policy, options)))


@call
def ical_single(pathway, as_of, policy=None, options=None):
    made = plan_of(pathway=pathway, policy=policy, as_of=as_of)
    return uids_and_summaries(made.to_ical(options_of(policy, options)))


@call
def ical_update(pathways, as_of, previous=None, policy=None, options=None):
    how = options_of(policy, options)
    before = None if previous is None else pfh.plans_to_ical(plans_of(pathways, policy, previous), how)
    updated = pfh.update_ical(before, plans_of(pathways, policy, as_of), how)
    return sorted(lines_of(updated, "UID", "SEQUENCE", "STATUS"))


@call
def feed(pathways, as_of, policy=None, options=None):
    made = pfh.Feed(None, options_of(policy, options))
    for one in plans_of(pathways, policy, as_of):
        made.add(one)
    return {"count": len(made), "lines": uids_and_summaries(made.to_ical())}


@call
def invitation(pathway, as_of, point, previous=None, policy=None, options=None):
    how = options_of(policy, options)
    before = None
    if previous is not None:
        before = plan_of(pathway=pathway, policy=policy, as_of=previous).to_invitation(point, options=how)
    message = plan_of(pathway=pathway, policy=policy, as_of=as_of).to_invitation(point, before, how)
    return None if message is None else lines_of(message, "METHOD", "UID")


@call
def ical_read(pathways, as_of, move=None, policy=None, options=None):
    how, plans = options_of(policy, options), plans_of(pathways, policy, as_of)
    calendar = pfh.plans_to_ical(plans, how)
    if move is not None:
        assert move[0] in calendar, calendar
        calendar = calendar.replace(*move)
    return [said.proposal(one) for one in pfh.read_ical(calendar, plans, how)]


@call
def lint(text):
    return [[defect.line, defect.column, defect.rule] for defect in pfh.lint_calendar(text)]


@call
def lint_rules():
    return len(pfh.lint_rules())


# ---- Where memory is short -------------------------------------------------------------------


class Long:
    """A pathway that is appended to until that is refused."""

    def __init__(self, pathway, event, times, as_of):
        self.made, self.event, self.times, self.as_of = pathway_of(pathway), event, times, as_of
        self.ids = [event.text("id") for event in self.made.events]

    def run(self):
        for number in range(1, self.times + 1):
            event = {**self.event, "id": f"{self.event['id']}{number}"}
            self.made.append(event)
            self.ids.append(event["id"])
        return self.made.to_dict()

    def then(self):
        """What holds of it after the refusal."""
        kept = sorted(self.ids) == sorted(event.text("id") for event in self.made.events)
        return {"kept": kept, "tasks": [task.id for task in self.made.plan(day(self.as_of)).tasks]}


# ---- A step ----------------------------------------------------------------------------------

BUILT_IN = {
    "memory": MemoryError, "argument": ValueError, "syntax": ValueError, "key": KeyError, "type": TypeError,
    "value": ValueError, "date": ValueError, "duplicate": ValueError, "reference": LookupError,
    "privacy": ValueError, "edition": LookupError, "conflict": ValueError, "agreement": PermissionError,
}  # fmt: skip


class Story(unittest.TestCase):
    maxDiff = 3000

    def step(self, step):
        given = {key: value for key, value in read(step.get("with", {})).items()}
        long = Long(**given) if step["call"] == "long" else None
        run = long.run if long is not None else lambda: CALLS[step["call"]](**given)
        if "refused" in step:
            self.refused(step["refused"], run)
            if "then" in step:
                self.assertEqual(step["then"], long.then())
            return
        self.assertTrue(("gives" in step) != ("has" in step), "a step says what comes out, in one way")
        got = said.plain(run())
        if "gives" in step:
            if not said.same(read(step["gives"]), got):
                self.assertEqual(read(step["gives"]), got)
                self.fail(f"True is not 1: {got}")
        else:
            self.assertTrue(said.covers(read(step["has"]), got), f"wanted {step['has']}\n got {got}")

    def refused(self, wanted, run):
        with self.assertRaises(pfh.PfhError) as caught:
            run()
        error = caught.exception
        got = {"status": error.status.word, "where": error.where, "offset": error.offset}
        self.assertTrue(said.covers(wanted, got), f"wanted {wanted}, got {got}: {error}")
        self.assertIsInstance(error, BUILT_IN[error.status.word])
        self.assertEqual(type(error).__name__, f"Pfh{error.status.word.capitalize()}Error")


def add_step(number, step):
    def test(self):
        self.step(step)

    test.__doc__ = "story: " + step["step"]
    setattr(Story, f"test_{number:04}", test)


STEPS = json.loads((SMOKE / os.environ.get("PFH_STORY", "story.json")).read_text(encoding="utf-8"))
for place, found in enumerate(STEPS):
    add_step(place, found)
