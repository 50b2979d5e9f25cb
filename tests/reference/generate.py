#!/usr/bin/env python3
"""Random but valid cases for `pfh_reference.py plan --cases`, the same for the same seed.

    generate.py --seed N --count N            valid cases, one a line
    generate.py --seed N --count N --broken   cases with exactly one error each

A case is {"pathway", "policy", "as_of", "known_at", "edition"}; the last four may be left out except
`as_of`. A broken case has the broken document as `pathway_text` or `policy_text` (a string, so that text
which is not JSON fits too) and `expect`: {"error", "where"}, which follows from the mutation and not
from any implementation.

Person numbers in here are synthetic (month + 80) or published for tests.
"""

import argparse
import copy
import datetime
import random
import sys

TOPICS = ("family_network work_school economy_housing home_help rehabilitation physical_activity "
          "nutrition own_health coping_learning leisure_social mental_health sexual_health "
          "oral_health x_pets x_a:b.C").split()
ROLES = ("doctor nurse gp cancer_nurse cancer_coordinator pathway_coordinator resource_nurse "
         "case_manager contact_doctor other").split()
LEVELS = ["specialist", "municipality"]
UNITS = ["ward-1", "office.2", "GP:3", "z_9"]
MUNICIPALITIES = ["4003", "0301", "4601"]
REASONS = {
    "declined": "no_need not_now too_much_information too_ill other".split(),
    "deferred": "too_ill treatment other".split(),
    "cancelled": "patient provider no_show other".split(),
    "excluded": "no_need short_treatment too_ill other".split(),
    "ended": "dead withdrawn emigrated other".split()}
KINDS = "epicrisis outpatient_note dialogue plo edi phone meeting letter".split()
RECIPIENTS = ["gp", "gp", "municipality", "municipality", "specialist", "other"]
TEXTS = ["", "a", "Første 😀", "\"quoted\" \\ and / solidus", "line\nline\r\n\ttab", "\u2028 æøå <b>&amp;"]
NUMBERS = ["0", "-0", "1.50", "1e999", "-0.0", "12345678901234567890", "2E+3"]
PUBLISHED = [("fnr", "13097248022"), ("fnr", "02013299997")]
POINTED = ("offered accepted declined deferred scheduled cancelled form_sent performed coded assigned "
           "message excluded").split()


# ---------------------------------------------------------------- writing


class Raw(str):
    """Text that goes into the document as it is: a number's spelling, or a mistake."""


class Twin(str):
    """A key that may stand twice in one object."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


def quote(text, ascii_only):
    out = ['"']
    for char in text:
        code = ord(char)
        if char in '"\\':
            out.append("\\" + char)
        elif code < 32 or 0xD800 <= code < 0xE000 or (ascii_only and 126 < code < 0x10000):
            out.append("\\u%04x" % code)
        elif ascii_only and code >= 0x10000:
            out.append("\\u%04X\\u%04X" % (0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF)))
        else:
            out.append(char)
    return "".join(out) + '"'


def write(value, ascii_only=False):
    if isinstance(value, Raw):
        return str(value)
    if value is None or isinstance(value, (bool, int)):
        return {None: "null", True: "true", False: "false"}[value] \
            if value is None or isinstance(value, bool) else str(value)
    if isinstance(value, str):
        return quote(value, ascii_only)
    if isinstance(value, list):
        return "[" + ", ".join(write(v, ascii_only) for v in value) + "]"
    members = (quote(str(k), ascii_only) + ": " + write(v, ascii_only) for k, v in value.items())
    return "{" + ", ".join(members) + "}"


# ---------------------------------------------------------------- small random things


def iso(date):
    return date.isoformat()


def plus(date, days):
    return date + datetime.timedelta(days=days)


def months(date, count):
    """The same day of another month, kept below the 29th: edges are then missed by a day or hit."""
    year, month0 = divmod(date.year * 12 + date.month - 1 + count, 12)
    return datetime.date(year, month0 + 1, min(date.day, 28))


def near(rng, date):
    return plus(date, rng.choice([-40, -15, -14, -13, -2, -1, 0, 0, 0, 1, 2, 13, 14, 15, 40]))


def maybe(rng, chance, row, **values):
    """Adds each key with that chance; the value is given or made."""
    for key, value in values.items():
        if rng.random() < chance:
            row[key] = value() if callable(value) else value


def vendor(rng, row, chance=0.03):
    if rng.random() < chance:
        name = "x_" + rng.choice(["a", "A", "zz", "ø", "😀", "b/c~d", "_"])
        row[name] = rng.choice([
            None, True, rng.choice(TEXTS), Raw(rng.choice(NUMBERS)),
            {"b": [None, Raw(rng.choice(NUMBERS)), {}], "a": {"note": None, "x_": []}}])
    if rng.random() < chance and not any(key.startswith("x_1") for key in row):
        row["x_1"] = rng.choice(TEXTS)
    return row


def nulls(rng, row, names):
    """A null for an optional key is the same as leaving it out."""
    for name in names:
        if name not in row and rng.random() < 0.03:
            row[name] = None
    return row


def shuffled(rng, row):
    keys = list(row)
    if rng.random() < 0.3:
        rng.shuffle(keys)
    return {key: row[key] for key in keys}


def timestamp(rng, date):
    """A moment on or a little after the date, spelt in one of many ways."""
    day = plus(date, rng.choice([0, 0, 0, 1, 2, 5, 30, -1]))
    clock = rng.choice(["00:00:00", "10:12:00", "23:59:59", "%02d:%02d:%02d" % (
        rng.randrange(24), rng.randrange(60), rng.randrange(60))])
    fraction = rng.choice(["", "", ".5", ".500", ".000", ".123456789", ".12345678"])
    return iso(day) + "T" + clock + fraction + rng.choice(["Z", "Z", "+01:00", "+02:00", "-05:30", "+23:59"])


# ---------------------------------------------------------------- the person


def check_digit(digits, weights):
    return (-sum(int(d) * w for d, w in zip(digits, weights))) % 11


def synthetic_number(rng, dnr):
    """Month + 80, so that it is nobody's."""
    while True:
        date = plus(datetime.date(1930, 1, 1), rng.randrange(30000))
        digits = "%02d%02d%02d%03d" % (date.day + 40 * dnr, date.month + 80, date.year % 100,
                                       rng.randrange(1000))
        k1 = check_digit(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2))
        k2 = check_digit(digits + str(k1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
        if k1 < 10 and k2 < 10:
            return digits + str(k1) + str(k2)


def identifier(rng):
    kind = rng.choice(["fnr", "dnr", "duf", "published"])
    if kind == "published":
        kind, value = rng.choice(PUBLISHED)
    else:
        value = "000000%06d" % rng.randrange(10 ** 6) if kind == "duf" \
            else synthetic_number(rng, kind == "dnr")
    row = {"type": kind, "value": value}
    maybe(rng, 0.3, row, assigner=rng.choice(TEXTS))
    return vendor(rng, nulls(rng, row, ["assigner"]))


def patient(rng, diagnosed):
    row = {}
    births = [datetime.date(1950, 5, 5), plus(diagnosed, -6400), months(diagnosed, -216 + rng.randrange(24)),
              datetime.date(2008, 2, 29)]
    maybe(rng, 0.5, row, id="4711", birth_date=iso(rng.choice(births)),
          municipality=rng.choice(MUNICIPALITIES), has_municipal_services=rng.random() < 0.5)
    maybe(rng, 0.2, row, identifiers=lambda: [identifier(rng) for _ in range(rng.randrange(3))],
          name=lambda: vendor(rng, {"given": "Kari", "family": rng.choice(TEXTS)}),
          district="030101", language=rng.choice(["nb", "nn", "en"]))
    return vendor(rng, nulls(rng, row, ["birth_date", "municipality", "language", "name"]))


def diagnosis(rng, date):
    row = {"code": rng.choice(["C50.9", "C509", "C61", "C97", "C00.0", "C18.", "C3412"]), "date": iso(date)}
    if rng.random() < 0.1:
        row["code"] = rng.choice(["D05.1", "C98", "Z03", "B99"])
        maybe(rng, 0.6, row, cancer=rng.random() < 0.7)
        if row.get("cancer") and rng.random() < 0.3:
            del row["code"]
    maybe(rng, 0.3, row, informed=iso(plus(date, rng.choice([0, 1, 2, 7, 30]))))
    maybe(rng, 0.15, row, kind=rng.choice(["primary", "relapse"]), in_cancer_pathway=rng.random() < 0.5,
          intent=rng.choice(["curative", "palliative"]))
    return vendor(rng, nulls(rng, row, ["informed", "kind", "cancer"]))


# ---------------------------------------------------------------- events


class Log:
    """The events of one pathway while it is made."""

    def __init__(self, rng, edition, diagnosed):
        self.rng, self.edition, self.diagnosed = rng, edition, diagnosed
        self.last_point = 3 if edition == "hdir-2022" else 5
        self.rows = []
        self.recorded = rng.choice([0, 0, 0.3, 0.9])
        self.days = [plus(diagnosed, rng.choice([0, 5, 90, 120, 400])) for _ in range(3)] \
            if rng.random() < 0.25 else None  # dense: everything on three days

    def middle(self, point):
        """A date about where the point has its window."""
        after = {1: 5, 2: 105, 3: 450} if self.last_point == 3 else {1: 5, 2: 20, 3: 20, 4: 112, 5: 385}
        return plus(self.diagnosed, after[point])

    def edges(self, point):
        after = {1: [0], 2: [3, 4], 3: [12, 18]} if self.last_point == 3 else \
            {1: [0], 2: [0], 3: [0], 4: [3], 5: [12]}
        return [months(self.diagnosed, n) for n in after[point]]

    def a_date(self, point):
        rng = self.rng
        if self.days:
            return rng.choice(self.days)
        return rng.choice([self.middle(point), near(rng, self.middle(point)),
                           near(rng, rng.choice(self.edges(point)))])

    def new_id(self):
        return self.rng.choice(["e", "E", "e-", "e.", "e_", "a:"]) + str(len(self.rows) + 1)

    def add(self, kind, date, **more):
        rng = self.rng
        row = {"id": self.new_id(), "type": kind, "date": iso(date)}
        if kind != "withheld":
            maybe(rng, self.recorded, row, recorded=timestamp(rng, date))
            maybe(rng, 0.04, row, note=rng.choice(TEXTS), private=rng.random() < 0.5, author=self.author)
            maybe(rng, 0.02, row, withheld=rng.choice([1, 999]))
            nulls(rng, row, ["recorded", "note", "author", "withheld"])
        row.update(more)
        FILL.get(kind, lambda log, row: None)(self, row)
        self.rows.append(shuffled(rng, vendor(rng, row)))
        return row

    def author(self):
        return self.some(role=self.rng.choice(ROLES), hpr="1234567", unit=self.rng.choice(UNITS), name="N. N.")

    def performer(self):
        return self.some(role=self.rng.choice(ROLES), unit=self.rng.choice(UNITS), name="Ola")

    def some(self, **values):
        row = {}
        maybe(self.rng, 0.5, row, **values)
        return vendor(self.rng, row)

    def find(self, *kinds):
        return [row for row in self.rows if row["type"] in kinds]


def fill_offered(log, row):
    maybe(log.rng, 0.3, row, channel=log.rng.choice(["letter", "phone", "in_person", "digital"]))


def fill_reason(log, row):
    if row["type"] in ("excluded", "ended") or log.rng.random() < 0.5:
        row["reason"] = log.rng.choice(REASONS[row["type"]])


def fill_deferred(log, row):
    date = datetime.date.fromisoformat(row["date"])
    row["until"] = iso(plus(date, log.rng.choice([-3, 0, 7, 30, 75, 200])))
    fill_reason(log, row)


def fill_scheduled(log, row):
    date = datetime.date.fromisoformat(row["date"])
    row["start"] = iso(plus(date, log.rng.choice([-20, 0, 1, 7, 14, 15, 30, 30, 60, 120])))
    row["start"] += log.rng.choice(["", "T00:00", "T10:30", "T23:59"])
    maybe(log.rng, 0.3, row, minutes=log.rng.choice([1, 45, 1440]), place=log.rng.choice(TEXTS),
          performer=log.performer)


def fill_performed(log, row):
    maybe(log.rng, 0.3, row, level=log.rng.choice(LEVELS), performer=log.performer)
    maybe(log.rng, 0.8, row, assessment=lambda: assessment(log))


def assessment(log):
    rng, row = log.rng, {}
    maybe(rng, 0.2, row, instrument=lambda: log.some(id="tool", version="1.0"))
    maybe(rng, 0.6, row, distress=rng.choice([0, 3, 4, 5, 10, Raw("-0")]))
    maybe(rng, 0.7, row, topics=lambda: [topic(log, code) for code in rng.sample(TOPICS, rng.randrange(4))])
    return vendor(rng, nulls(rng, row, ["distress", "topics"]))


def topic(log, code):
    rng = log.rng
    row = {"topic": code, "need": rng.choice(["none", "follow_up", "follow_up", "declined", "not_discussed"])}
    maybe(rng, 0.4, row, responsible=lambda: {"level": rng.choice(LEVELS)} if rng.random() < 0.7
          else {"unit": rng.choice(UNITS), "role": rng.choice(ROLES), "level": None})
    maybe(rng, 0.1, row, note=rng.choice(TEXTS), private=rng.random() < 0.5)
    return vendor(rng, nulls(rng, row, ["responsible", "note"]))


def fill_coded(log, row):
    row["code"] = log.rng.choice(["WMFG10", "WMFG10", "WMFG10", "WMFG10", "LOCAL1", "A.1"])


def fill_message(log, row):
    row["to"], row["kind"] = log.rng.choice(RECIPIENTS), log.rng.choice(KINDS)
    maybe(log.rng, 0.2, row, ref="ref 1")


def fill_receipt(log, row):
    row["status"] = log.rng.choice(["ok", "ok_with_errors", "rejected", "rejected"])
    maybe(log.rng, 0.2, row, error=log.rng.choice(TEXTS))


def fill_assigned(log, row):
    row["level"] = log.rng.choice(LEVELS)
    maybe(log.rng, 0.5, row, unit=log.rng.choice(UNITS), role=log.rng.choice(ROLES))


def fill_moved(log, row):
    row["municipality"] = log.rng.choice(MUNICIPALITIES)
    maybe(log.rng, 0.3, row, district="030102")


FILL = {"offered": fill_offered, "declined": fill_reason, "deferred": fill_deferred,
        "scheduled": fill_scheduled, "cancelled": fill_reason, "performed": fill_performed,
        "coded": fill_coded, "message": fill_message, "receipt": fill_receipt, "assigned": fill_assigned,
        "moved": fill_moved, "excluded": fill_reason, "ended": fill_reason}

STORIES = ["", "", "offered", "offered", "offered accepted", "offered declined", "offered deferred",
           "offered scheduled", "offered scheduled form_sent", "scheduled cancelled", "offered excluded",
           "scheduled offered", "scheduled accepted",
           "offered accepted scheduled", "performed", "performed coded", "performed coded message",
           "offered accepted scheduled performed coded message message", "declined performed",
           "performed performed coded", "performed coded coded", "coded", "assigned", "assigned performed",
           "scheduled performed message receipt"]


def tell_story(log, point):
    """A plausible course at one point, its events a few days apart."""
    date = log.a_date(point)
    for kind in log.rng.choice(STORIES).split():
        date = plus(date, log.rng.choice([0, 0, 1, 3, 10, -1]))
        if kind == "receipt":
            add_receipt(log, date)
        else:
            log.add(kind, date, point=point)


def add_receipt(log, date):
    messages = log.find("message", "message", "withheld")
    if messages:
        log.add("receipt", date, of=log.rng.choice(messages)["id"])


def add_noise(log):
    """Anything, anywhere."""
    rng = log.rng
    point = rng.randint(1, log.last_point)
    date = log.a_date(point)
    kind = rng.choice(POINTED + ["message", "moved", "receipt", "receipt", "followed_up", "corrected",
                                 "withheld", "clinical_decision", "treatment_started"])
    if kind in ("moved", "clinical_decision", "treatment_started", "withheld"):
        log.add(kind, date)
    elif kind == "receipt":
        add_receipt(log, date)
    elif kind in ("followed_up", "corrected"):
        add_naming(log, kind, date)
    elif kind == "message" and rng.random() < 0.4:
        log.add(kind, date)
    else:
        log.add(kind, date, point=point)


def add_naming(log, kind, date):
    """`followed_up` or `corrected`; the date has little to do with that of the event it names."""
    may = log.find("performed", "withheld") if kind == "followed_up" else \
        [row for row in log.rows if row["type"] != "corrected"]
    if may:
        row = log.rng.choice(may)
        log.add(kind, log.rng.choice([date, plus(datetime.date.fromisoformat(row["date"]), 3)]), of=row["id"])


def add_endings(log):
    """Pathway-wide events, on some."""
    rng = log.rng
    date = plus(log.diagnosed, rng.choice([0, 10, 100, 130, 400, 500]))
    for kind in rng.choice([["ended"], ["excluded"], ["ended", "reopened"], ["excluded", "reopened"],
                            ["ended", "reopened", "ended"], ["reopened"], ["ended", "ended"]]):
        log.add(kind, date)
        date = plus(date, rng.choice([0, 1, 20]))


def add_anchors(log):
    rng = log.rng
    for kind in ("clinical_decision", "treatment_started"):
        for _ in range(rng.choice([0, 1, 1, 1, 2])):
            log.add(kind, plus(log.diagnosed, rng.choice([-30, -1, 0, 3, 14, 20])))


def events(rng, edition, diagnosed):
    log = Log(rng, edition, diagnosed)
    if edition != "hdir-2022" or rng.random() < 0.05:
        add_anchors(log)
    last = rng.randint(0, log.last_point)
    for point in range(1, last + 1):
        tell_story(log, point)
    for _ in range(rng.choice([0, 0, 1, 2, 4, 8, 20])):
        add_noise(log)
    for row in log.find("performed"):
        if rng.random() < 0.2:
            log.add("followed_up", plus(diagnosed, rng.randrange(500)), of=row["id"])
    if rng.random() < 0.15:
        add_endings(log)
    if rng.random() < 0.5:
        rng.shuffle(log.rows)
    return log.rows


# ---------------------------------------------------------------- policy and case


def policy(rng):
    chance = rng.choice([0.1, 0.3, 0.9])
    row = {"format": "pfh-policy/1"}
    days = ("no_answer_days first_offer_days offer_lead_days ask_again_days booking_days form_days "
            "closing_days coding_days summary_days receipt_working_days assess_days needs_days anchor_days")
    for key in days.split():
        maybe(rng, chance, row, **{key: rng.choice([0, 1, 2, 5, 10, 14, 21, 60, 120, 3650 if rng.random()
                                                    < 0.1 else 7])})
    maybe(rng, chance, row, distress_threshold=rng.choice([1, 3, 4, 5, 10]),
          shift=rng.choice(["none", "none", "working_day"]), municipality_messages=rng.random() < 0.5)
    maybe(rng, 0.2 * chance, row, start_date=rng.choice(["2022-03-01", "2023-06-30", "2024-01-01"]))
    maybe(rng, chance, row, extra_codes=rng.choice([[], ["LOCAL1"], ["A.1", "LOCAL1"]]),
          extra_topics=lambda: [{"code": c, "title": rng.choice(TEXTS)} for c in rng.choice([[], TOPICS[-2:]])],
          assign=lambda: [assign_row(rng) for _ in range(rng.randrange(5))],
          units=lambda: [unit_row(rng, unit) for unit in rng.sample(UNITS, rng.randrange(4))])
    return shuffled(rng, vendor(rng, nulls(rng, row, days.split() + ["start_date", "shift", "assign"])))


def assign_row(rng):
    row = {}
    maybe(rng, 0.35, row, point=rng.randint(1, 5), level=rng.choice(LEVELS),
          municipality=rng.choice(MUNICIPALITIES), has_municipal_services=rng.random() < 0.5,
          child=rng.random() < 0.5)
    maybe(rng, 0.7, row, unit=rng.choice(UNITS), role=rng.choice(ROLES))
    return vendor(rng, nulls(rng, row, ["point", "child", "unit", "role"]))


def unit_row(rng, unit):
    row = {"unit": unit}
    maybe(rng, 0.4, row, name=rng.choice(TEXTS), phone="73 00 00 00", email="post@example.org",
          url="https://example.org/")
    return vendor(rng, row)


def pathway(rng, edition, diagnosed):
    row = {"format": "pfh-pathway/1", "id": rng.choice(["b1f0c6e2", "P.1_a:b-c", "p" * 64]),
           "edition": edition}
    maybe(rng, 0.7, row, patient=lambda: patient(rng, diagnosed))
    row["diagnosis"] = diagnosis(rng, diagnosed)
    maybe(rng, 0.1, row, previous="a0d1")
    row["events"] = events(rng, edition, diagnosed)
    return shuffled(rng, vendor(rng, nulls(rng, row, ["patient", "previous"])))


def dates_in(document):
    """The dates that make the edges of something."""
    found = [document["diagnosis"]["date"]]
    for row in document["events"]:
        found += [row["date"]] + [row[key][:10] for key in ("until", "start") if key in row]
    return [datetime.date.fromisoformat(date) for date in found]


def choose_as_of(rng, document):
    """Near an event, near an edge of a window, or anywhere in two years."""
    diagnosed = dates_in(document)[0]
    edges = [months(diagnosed, n) for n in (3, 4, 12, 18)]
    return rng.choice([
        near(rng, rng.choice(dates_in(document))), near(rng, rng.choice(edges)), max(dates_in(document)),
        plus(rng.choice(dates_in(document)), rng.choice([3, 4, 5, 7, 8, 14, 15, 30, 60])),
        plus(max(dates_in(document)), rng.choice([1, 7, 14, 30])), plus(diagnosed, rng.randrange(-10, 750))])


def case(rng):
    edition = rng.choice(["hdir-2022", "hdir-2021-draft"])
    diagnosed = plus(datetime.date(2022, 1, 1), rng.randrange(1700))
    if rng.random() < 0.15:
        diagnosed = rng.choice([
            datetime.date(2021, 12, 31), datetime.date(2022, 1, 1), datetime.date(2021, 9, 1),
            datetime.date(2021, 8, 31), datetime.date(2023, 11, 30), datetime.date(2024, 2, 29),
            datetime.date(2026, 1, 31), datetime.date(2023, 8, 31), datetime.date(2022, 10, 31),
            datetime.date(1870, 2, 28), datetime.date(2296, 2, 29)])
    row = {"pathway": pathway(rng, edition, diagnosed)}
    maybe(rng, 0.6, row, policy=lambda: policy(rng))
    as_of = choose_as_of(rng, row["pathway"])
    row["as_of"] = iso(as_of)
    maybe(rng, 0.25, row, known_at=timestamp(rng, plus(as_of, rng.choice([0, -1, -30, -100]))))
    maybe(rng, 0.35, row, edition="hdir-2022" if rng.random() < 0.8 else edition)
    return row


# ---------------------------------------------------------------- broken ones
# A mutation changes a document in one place and gives (status, pointer, text), where text is None if
# the document itself is to be written; it gives None where the document has no such place.

BAD_DATES = ["2026-02-30", "2025-02-29", "2026-2-03", "1849-12-31", "2300-01-01", "", "2026-13-01", "20260203",
             "2026-00-10", "2026-02-00", " 2026-02-03", "2026-02-03Z", "0000-01-01", "2026/02/03", "２026-02-03"]
BAD_STAMPS = ["2026-02-03", "2026-02-03T10:12Z", "2026-02-03t10:12:00Z", "2026-02-03T10:12:00z",
              "2026-02-03T10:12:00", "2026-02-03T24:00:00Z", "2026-02-03T10:60:00Z", "2026-02-03T10:12:60Z",
              "2026-02-03T10:12:00.Z", "2026-02-03T10:12:00.1234567890Z", "2026-02-03T10:12:00+24:00",
              "2026-02-03T10:12:00+0100", "2026-02-03T10:12:00+01:60", "1850-01-01T00:00:00+00:01",
              "2299-12-31T23:59:59-00:01", "2026-02-30T10:12:00Z", "2026-02-03 10:12:00Z",
              "2026-02-03T10:12:00,5Z"]
BAD_STARTS = BAD_DATES[:8] + ["2026-02-03T24:00", "2026-02-03T10:60", "2026-02-03T10", "2026-02-03T10:00:00",
                              "2026-02-03T10:00Z", "2026-02-03 10:00", "2026-02-03T"]
BAD_TEXTS = ["a\u0000b", "\u0001", "\u000b", "\u001f", "\u007f", "\u0085", "\u009f", "\ud800", "x\udc00", "\udc00\ud800"]
NAMED_IDS = ["41814061033", "a-41814061033", "418140-61033", "x.418140.61033.y", "418140_61033",
             "418140:61033", "30108299939", "301082-99939"]
BAD_IDS = ["", "a b", "å", "a/b", "x" * 65, "a\tb"]
ENUMS = "channel reason to kind status need language intent level role shift".split()


def spots(node, path=()):
    """Every (object, key, pointer) outside the vendor's own keys."""
    if isinstance(node, dict):
        for key in list(node):
            if not key.startswith("x_"):
                yield node, key, path + (key,)
                yield from spots(node[key], path + (key,))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from spots(item, path + (index,))


def point_to(path):
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def pick(rng, document, holds):
    """One spot of the document, of those that hold."""
    found = [spot for spot in spots(document) if holds(*spot)]
    return rng.choice(found) if found else None


def named(document):
    """Ids of events that an `of` names: changing those would be a second error."""
    return {row["of"] for row in document.get("events", []) if "of" in row}


def is_event(path):
    return len(path) == 3 and path[0] == "events"


def replace(rng, document, holds, values, status, tail=()):
    """Puts a wrong value into a spot."""
    spot = pick(rng, document, holds)
    if spot is None:
        return None
    row, key, path = spot
    row[key] = rng.choice(values)
    return status, point_to(path + tail), None


def break_syntax(rng, document):
    text = write(document)
    deep = {**document, "x_deep": Raw("[" * 32 + "]" * 32)}
    return "syntax", "", rng.choice([
        text[:-1], text + "}", text + " x", "\ufeff" + text, text.replace('"format"', "'format'", 1),
        text.replace('"format": ', '"format" ', 1), text[:-1] + ",}", text.replace("{", "{,", 1),
        write({**document, "x_a": Raw(rng.choice([
            "01", "+1", "1.", ".5", "1e", "-", "NaN", "Infinity", "True", "nul", "0x1", "[1,]", "[,]", "{1:2}",
            '"\\u12g4"', '"\\x41"', '"\\', '"a\tb"', "/* */ 1", "'a'", "\u00a01", '"\\u 123"', "1_0"]))}),
        write(deep), "{", '"', "nul"])


def break_unknown_key(rng, document):
    spot = pick(rng, document, lambda row, key, path: True)
    row, _, path = spot
    name = rng.choice(["noet", "Note", "x_", "X_a", "", "a/b", "~", "ø", "dates"])
    row[name] = rng.choice([None, "a", 1])
    return "key", point_to(path[:-1] + (name,)), None


def break_long_digits(rng, document):
    row, _, path = pick(rng, document, lambda row, key, path: True)
    row[rng.choice(["12345678901", "a123456789012", "/12345678901/"])] = "a"
    return "key", point_to(path[:-1]), None


def break_misspelt(rng, document):
    optional = "recorded author note channel minutes place performer assessment distress topics informed " \
               "patient previous birth_date instrument private ref error district".split()
    spot = pick(rng, document, lambda row, key, path: key in optional)
    if spot is None:
        return None
    row, key, path = spot
    row[key + "s" if not key.endswith("s") else key[:-1]] = row.pop(key)
    return "key", point_to(path[:-1] + (key + "s" if not key.endswith("s") else key[:-1],)), None


def break_duplicate_key(rng, document):
    row, key, path = pick(rng, document, lambda row, key, path: True)
    row[Twin(key)] = row[key]
    return "key", point_to(path), None


def break_vendor_duplicate(rng, document):
    row, _, path = pick(rng, document, lambda row, key, path: True)
    row["x_twice"] = [{"a": 1, Twin("a"): 2}]
    return "key", point_to(path[:-1] + ("x_twice", 0, "a")), None


def is_required(document, row, key, path):
    """A required key whose absence is one error and no more."""
    if is_event(path):
        if key == "id":
            return row["id"] not in named(document)
        always = {"date", "type", "until", "start", "to", "of", "status", "municipality"}
        own = {"message": {"kind"}, "ended": {"reason"}, "excluded": {"reason"}, "coded": {"code", "point"},
               "assigned": {"level", "point"}}
        pointed = row["type"] in POINTED and row["type"] not in ("message", "excluded") and key == "point"
        free = key == "type" and row["id"] in named(document)
        return (key in always and not free) or key in own.get(row["type"], ()) or pointed
    if path[0] == "diagnosis":
        return key == "date" or (key == "code" and row.get("cancer") is not True)
    return path in (("format",), ("id",), ("edition",), ("diagnosis",)) or key in ("topic", "need", "title") or \
        (path[:2] == ("patient", "identifiers") and key in ("type", "value")) or \
        (path[0] in ("units", "extra_topics") and key in ("unit", "code"))


def break_missing(rng, document):
    spot = pick(rng, document, lambda row, key, path: is_required(document, row, key, path))
    if spot is None:
        return None
    row, key, path = spot
    del row[key]
    return "key", point_to(path), None


def break_null(rng, document):
    return replace(rng, document, lambda row, key, path: is_required(document, row, key, path), [None], "type")


def break_null_item(rng, document):
    spot = pick(rng, document, lambda row, key, path: isinstance(row[key], list))
    if spot is None:
        return None
    row, key, path = spot
    row[key].append(None)
    return "type", point_to(path + (len(row[key]) - 1,)), None


def is_alone(document, row, key, path):
    """A value that nothing else in the document depends on."""
    of_event = is_event(path) and key in ("id", "type") and row["id"] in named(document)
    return not of_event and row[key] is not None and path != ("events",) and key != "cancer"


def break_type(rng, document):
    spot = pick(rng, document, lambda row, key, path: is_alone(document, row, key, path))
    row, key, path = spot
    value = row[key]
    others = [("a", str), (True, bool), ({}, dict), ([], list), (7, int)]
    kind = int if isinstance(value, Raw) else type(value)
    row[key] = rng.choice([other for other, other_kind in others if other_kind is not kind])
    return "type", point_to(path), None


def is_number(row, key):
    return isinstance(row[key], Raw) or (isinstance(row[key], int) and not isinstance(row[key], bool))


def break_spelling(rng, document):
    values = [Raw(n) for n in ("1.0", "1e0", "1E+0", "10e-1", "0.0", "-0.0", "2.5")]
    return replace(rng, document, lambda row, key, path: is_number(row, key), values, "type")


def break_range(rng, document):
    values = [-1, 3651, 10 ** 9, Raw("99999999999999999999999"), Raw("-9223372036854775809"), 2 ** 32 + 1]
    return replace(rng, document, lambda row, key, path: is_number(row, key), values, "value")


def break_zero(rng, document):
    keys = ("point", "minutes", "withheld", "distress_threshold")
    return replace(rng, document, lambda row, key, path: key in keys and row[key] is not None,
                   [0, Raw("-0")], "value")


def break_point(rng, document):
    too_high = [4, 5, 6] if document.get("edition") == "hdir-2022" else [6, 7]
    return replace(rng, document, lambda row, key, path: is_event(path) and key == "point", too_high, "value")


def break_enum(rng, document):
    def holds(row, key, path):
        one = key in ENUMS or (key == "type" and is_event(path) and is_alone(document, row, key, path)) or \
            path == ("format",)
        return one and row[key] is not None
    return replace(rng, document, holds, ["", "no_such", "Other", "none ", "pfh-pathway/2"], "value")


def break_date(rng, document):
    keys = ("date", "until", "birth_date", "informed", "start_date")
    return replace(rng, document, lambda row, key, path: key in keys and row[key] is not None, BAD_DATES, "date")


def break_timestamp(rng, document):
    rows = [i for i, row in enumerate(document.get("events", [])) if row["type"] != "withheld"]
    if not rows:
        return None
    index = rng.choice(rows)
    document["events"][index]["recorded"] = rng.choice(BAD_STAMPS)
    return "date", "/events/%d/recorded" % index, None


def break_start(rng, document):
    return replace(rng, document, lambda row, key, path: key == "start", BAD_STARTS, "date")


def break_informed(rng, document):
    if "diagnosis" not in document:
        return None
    date = datetime.date.fromisoformat(document["diagnosis"]["date"])
    document["diagnosis"]["informed"] = iso(plus(date, -rng.choice([1, 400])))
    return "date", "/diagnosis/informed", None


def break_text(rng, document):
    keys = ("note", "place", "name", "ref", "error", "given", "family", "title", "phone", "assigner")
    values = BAD_TEXTS + ["a" * 4001, "😀" * 4001]
    return replace(rng, document, lambda row, key, path: key in keys and isinstance(row[key], str), values,
                   "value")


def break_vendor_text(rng, document):
    row, _, path = pick(rng, document, lambda row, key, path: True)
    bad = rng.choice(BAD_TEXTS)
    row["x_v"], tail = rng.choice([(bad, ("x_v",)), (["", bad], ("x_v", 1)), ({"a": {bad: 1}}, ("x_v", "a"))])
    return "value", point_to(path[:-1] + tail), None


def break_vendor_key(rng, document):
    row, _, path = pick(rng, document, lambda row, key, path: True)
    row["x_" + rng.choice(BAD_TEXTS)] = "a"
    return "value", point_to(path[:-1]), None


def break_topic(rng, document):
    return replace(rng, document, lambda row, key, path: key == "topic",
                   ["pets", "", "x_", "x_a b", "x_" + "a" * 63, "Nutrition"], "value")


def break_repeated_topic(rng, document):
    spot = pick(rng, document, lambda row, key, path: key == "topics" and row[key])
    if spot is None:
        return None
    row, key, path = spot
    row[key].append({"topic": rng.choice(row[key])["topic"], "need": "none"})
    return "value", point_to(path + (len(row[key]) - 1, "topic")), None


def break_cancer(rng, document):
    if not document.get("diagnosis", {}).get("code", "D")[:3] in ("C50", "C61", "C97", "C00", "C18", "C34"):
        return None
    document["diagnosis"]["cancer"] = False
    return "value", "/diagnosis/cancer", None


def break_code(rng, document):
    if "diagnosis" not in document:
        return None
    document["diagnosis"]["code"] = rng.choice(["", "c50", "C5", "C50.999", "C50..9", "50.9", "C50 9", "C50.9 "])
    document["diagnosis"]["cancer"] = None
    return "value", "/diagnosis/code", None


def break_form(rng, document):
    """Values with a form of their own."""
    bad = {"municipality": ["403", "40033", "4oo3", ""], "district": ["03010", "0301011"],
           "hpr": ["", "1234567890", "a"], "code": ["", "wmfg10", "A" * 17, "A B"]}

    def holds(row, key, path):
        return key in bad and path[0] not in ("diagnosis", "extra_topics") and row[key] is not None
    spot = pick(rng, document, holds)
    if spot is None:
        return None
    row, key, path = spot
    row[key] = rng.choice(bad[key])
    return "value", point_to(path), None


def break_identifier(rng, document):
    if "diagnosis" not in document:
        return None
    bad = [("fnr", "13057444850"), ("fnr", "30108299939"), ("fnr", "02013299903"), ("fnr", "41814061033"),
           ("dnr", "13097248022"), ("fhn", "13097248022"), ("hnr", "13097248022"), ("fnr", "1309724802"),
           ("fnr", ""), ("fnr", "130972 48022"), ("duf", "00000000000"), ("duf", "0000000000000"),
           ("duf", "00000000000a"), ("fnr", "00000000000"), ("dnr", "41814061034")]
    kind, value = rng.choice(bad)
    document["patient"] = {"identifiers": [{"type": "duf", "value": "000000000001"}, {"type": kind, "value": value}]}
    return "value", "/patient/identifiers/1/value", None


def break_previous(rng, document):
    if "diagnosis" not in document:
        return None
    document["previous"] = document["id"]
    return "value", "/previous", None


def break_responsible(rng, document):
    return replace(rng, document, lambda row, key, path: key == "responsible" and row[key] is not None,
                   [{}, {"level": None}, {"x_a": 1}], "value")


def is_identity(document, row, key, path):
    """An id or unit that nothing else names."""
    if key == "id":
        return path == ("id",) or (is_event(path) and is_alone(document, row, key, path))
    return (key == "unit" or path == ("previous",)) and row[key] is not None


def break_identity(rng, document):
    return replace(rng, document, lambda *spot: is_identity(document, *spot), BAD_IDS, "value")


def break_privacy(rng, document):
    return replace(rng, document, lambda *spot: is_identity(document, *spot), NAMED_IDS, "privacy")


def break_duplicate_event(rng, document):
    if not document.get("events"):
        return None
    document["events"].append(copy.deepcopy(rng.choice(document["events"])))
    return "duplicate", "/events/%d/id" % (len(document["events"]) - 1), None


def break_reference(rng, document):
    wrong = {"receipt": lambda t: t not in ("message", "withheld"),
             "followed_up": lambda t: t not in ("performed", "withheld"), "corrected": lambda t: t == "corrected"}
    spot = pick(rng, document, lambda row, key, path: key == "of")
    if spot is None:
        return None
    row, key, path = spot
    row[key] = rng.choice([e["id"] for e in document["events"] if wrong[row["type"]](e["type"])] + ["nothing"])
    return "reference", point_to(path), None


def break_edition(rng, document):
    if "edition" not in document:
        return None
    document["edition"] = rng.choice(["", "hdir-2021", "HDIR-2022", "hdir-2023"])
    return "edition", "/edition", None


def break_withheld(rng, document):
    if "events" not in document:
        return None
    extra = rng.choice([("recorded", "2026-02-03T10:12:00Z"), ("note", "a"), ("point", 1), ("withheld", 1)])
    document["events"].append({"id": "w", "type": "withheld", "date": "2024-01-01", extra[0]: extra[1]})
    return "key", "/events/%d/%s" % (len(document["events"]) - 1, extra[0]), None


def break_foreign_key(rng, document):
    """A key that another type of event has."""
    rows = [i for i, row in enumerate(document.get("events", [])) if row["type"] in ("accepted", "reopened", "moved")]
    if not rows:
        return None
    index = rng.choice(rows)
    key, value = rng.choice([("reason", "other"), ("until", "2026-01-01"), ("code", "WMFG10"), ("of", "nothing")])
    document["events"][index][key] = value
    return "key", "/events/%d/%s" % (index, key), None


def break_outer(rng, document):
    return "type", "", rng.choice(["[]", "null", "1", '"a"', "true", "[{}]", " [ ] "])


def break_twin_rows(rng, document):
    """Only in a policy: two rows for one unit, or for one topic."""
    if "events" in document:
        return None
    name, key, more = rng.choice([("units", "unit", {}), ("extra_topics", "code", {"title": "t"})])
    document[name] = [{key: "x_one", **more}, {key: "x_two", **more}, {key: "x_one", **more}]
    return "duplicate", "/%s/2/%s" % (name, key), None


BREAKS = [rule for name, rule in sorted(globals().items()) if name.startswith("break_")]


def broken_case(rng):
    while True:
        row = case(rng)
        of_policy = "policy" in row and rng.random() < 0.25
        document = row.pop("policy" if of_policy else "pathway")
        outcome = rng.choice(BREAKS)(rng, document)
        if outcome is None:
            continue
        status, where, text = outcome
        row["policy_text" if of_policy else "pathway_text"] = write(document) if text is None else text
        row["expect"] = {"error": status, "where": where}
        row.pop("edition", None)
        return row


def refused_conversion(rng):
    row = case(rng)
    while row["pathway"]["edition"] != "hdir-2022":
        row = case(rng)
    row["edition"] = "hdir-2021-draft"
    row["pathway_text"] = write(row.pop("pathway"))
    row["expect"] = {"error": "edition", "where": "/edition"}
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--broken", action="store_true")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    for _ in range(options.count):
        make = case
        if options.broken:
            make = refused_conversion if rng.random() < 0.02 else broken_case
        row = make(rng)
        sys.stdout.buffer.write(write(row, rng.random() < 0.3).encode("utf-8", "strict") + b"\n")


if __name__ == "__main__":
    main()
