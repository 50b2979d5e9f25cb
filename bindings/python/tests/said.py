"""Values of the binding as the documents say them, and how they are compared."""

import datetime
from pathlib import Path

import pfh

ROOT = Path(__file__).resolve().parents[3]


# ---- Comparing -------------------------------------------------------------------------------


def same(wanted, got):
    """Equal as JSON: Python alone takes True for 1."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        return wanted.keys() == got.keys() and all(same(value, got[key]) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(same, wanted, got))
    return isinstance(wanted, bool) == isinstance(got, bool) and wanted == got


def covers(wanted, got):
    """Whether `got` has all that `wanted` gives: its keys at every level, lists of the same length."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(key in got and covers(value, got[key]) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(got, list) and len(wanted) == len(got) and all(map(covers, wanted, got))
    return same(wanted, got)


# ---- Values ----------------------------------------------------------------------------------


def plain(value):
    """A value as JSON has it: words, dates, lists."""
    if isinstance(value, pfh.Member):
        return value.word
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def row(value, *fields, **renamed):
    """Some fields of a value; `renamed` are keys that are fields of another name."""
    keys = {**{field: field for field in fields}, **renamed}
    return {key: plain(getattr(value, field)) for key, field in keys.items()}


def all_of(value):
    """All fields of a named tuple."""
    return row(value, *value._fields)


def part(value, has, **fields):
    """An object of the document that is spread over fields; None where `has` is."""
    return None if getattr(value, has) is None else row(value, **fields)


# ---- A plan ----------------------------------------------------------------------------------


def duration(months, days):
    """What is added, as a duration."""
    if days < 0:
        return f"-P{-days}D"
    return "P" + (f"{months}M" if months else "") + (f"{days}D" if days or not months else "")


def reason(value):
    anchor = value.anchor.word
    if value.anchor is pfh.Anchor.EVENT:
        anchor += ":" + value.anchor_event
    days = value.days
    if value.working_days is not None:  # documents give the calendar days that they came to
        days = (value.date - value.anchor_date).days
    said = row(value, "date", "anchor_date", "rule", "source", **{"is": "of"})
    return {**said, "anchor": anchor, "add": duration(value.months, days)}


def with_reasons(said, value, reasons):
    if reasons:
        said["because"] = [reason(item) for item in value.reasons]
    return said


def point(value, reasons=False):
    said = row(
        value, "point", "level", "unit", "role", "opens", "about", "closes", "estimated", "waiting_for", "state",
        "since", "timing", "repeats", "superseded", "maps_to",
    )  # fmt: skip
    said["appointment"] = part(
        value, "appointment_event", event="appointment_event", start="appointment_start",
        minutes="appointment_minutes", place="appointment_place",
    )  # fmt: skip
    said["performed"] = part(
        value, "performed_event", event="performed_event", date="performed_date", level="performed_level"
    )
    return with_reasons(said, value, reasons)


def task(value, reasons=False):
    said = row(
        value, "id", "kind", "point", "due", "state", "level", "unit", "role", "optional", "blocked", "event",
        **{"from": "starts"},
    )  # fmt: skip
    return with_reasons(said, value, reasons)


def plan(value, reasons=False):
    """The plan by the keys of its document, from the values alone."""
    said = row(value, "pathway", "as_of", "known_at", "status", "child", reason="cause")
    said["edition"] = value.edition.name
    said["points"] = [point(item, reasons) for item in value.points]
    said["tasks"] = [task(item, reasons) for item in value.tasks]
    said["findings"] = [row(item, "severity", "point", "event", id="kind") for item in value.findings]
    return said


# ---- Needs -----------------------------------------------------------------------------------


def topic(value):
    said = row(
        value, "topic", "title", "in_edition", "need", "since", "discussed", "event", "note", "no_responsible",
        "not_followed_up", private="is_private",
    )  # fmt: skip
    said["responsible"] = part(
        value, "responsible_since", level="responsible_level", unit="responsible_unit", role="responsible_role",
        since="responsible_since",
    )  # fmt: skip
    said["followed_up"] = part(value, "followed_up_event", event="followed_up_event", date="followed_up")
    return said


def assessment(value):
    said = row(value, "event", "date", "point", "level", recorded="has_assessment")
    instrument = row(value, id="instrument_id", version="instrument_version")
    said["instrument"] = instrument if any(instrument.values()) else None
    said["distress"] = part(value, "distress", score="distress", change="distress_change", high="distress_high")
    said["followed_up"] = part(value, "followed_up_event", event="followed_up_event", date="followed_up")
    said["withheld"] = value.withheld or None
    for change in pfh.NeedChange:
        said[change.word] = [item.topic for item in value.changes if item.change is change]
    return said


def needs(value):
    """The needs by the keys of their document, from the values alone."""
    with_plan = value.plan
    said = row(with_plan, "pathway", "as_of", "known_at")
    said["edition"] = with_plan.edition.name
    said["topics"] = [topic(item) for item in value.topics]
    said["assessments"] = [assessment(item) for item in value.assessments]
    return said


def proposal(value):
    event = None if value.event is None else {key: value.event.text(key) for key in ("type", "start")}
    return {**row(value, "pathway", "task", "needs"), "event": event}
