#!/usr/bin/env python3
"""Compares what public readers find in libpfh's calendars, with each other and with the plans.

    tests/tools/compare_calendars.py --pfh build/examples/pfh/pfh [--scratch FOLDER]

Each feed is read by icalendar and vobject (PyPI), ical.js (npm) and ical4j (Maven), which print all
entries in one form (read_calendar.py, .mjs, .java). Two things are asked of every reader and feed:

- its entries are those of the plans: UIDs, days, hours, lengths, places, texts, as this file works
  them out of `pfh plan`'s JSON and Python's own Europe/Oslo;
- field by field they are what the first reader found.

Hours come from the VTIMEZONE of the file: a feed whose VTIMEZONE is half an hour off has to be read
half an hour off. ical4j validates as well, strictly, and has to object where something was taken away.
RFC 5546 wants an ORGANIZER in every VEVENT of METHOD:PUBLISH, and ical4j says so; libpfh has one only
where the policy gives the unit an e-mail address. So the feed that is to be flawless is that of the
pathways whose tasks all have a unit, by a policy that gives every unit an address; in the others this
one objection is expected.

The form of an entry: `uid`, `kind` (event, todo), `start`, `end` (also where the file has a DURATION;
times in UTC, days as they are), `duration` and `trigger` in seconds, `all_day`, `zone`, the texts
unescaped, `categories`, `organizer`, `attendees` and `related` as pairs of value and parameter,
`alarms`, and `names`, those of all properties, so that none is passed over.

Prints TAP. What cannot be installed is skipped.
"""

import argparse
import concurrent.futures
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zoneinfo

from tap import Tap, differences

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "examples", "data")
OSLO = zoneinfo.ZoneInfo("Europe/Oslo")
DOMAIN = "epj.example"
STAMP = "2026-04-20T05:00:00Z"

# ---------------------------------------------------------------- feeds


def pathway(name, diagnosis, *events, language="nb"):
    return {"format": "pfh-pathway/1", "id": name, "edition": "hdir-2022",
            "patient": {"id": "made", "name": {"given": "Åse", "family": "Prøve;sen"},
                        "language": language},
            "diagnosis": {"code": "C50.9", "date": diagnosis, "informed": diagnosis},
            "events": [{"id": f"e{i + 1}", "date": "2026-02-02", **event}
                       for i, event in enumerate(events)]}


def appointment(name, start, minutes, place=None):
    event = {"type": "scheduled", "point": 1, "start": start, "minutes": minutes, "place": place}
    return pathway(name, "2026-01-19", {key: value for key, value in event.items()
                                        if value is not None})


def ask_on(day, point):
    return pathway(f"ask-{point}-{day}", "2026-01-19",
                   {"type": "deferred", "point": point, "until": day})


PLACES = ("Rom 3, 2. etasje; inngang B", r"C:\rom\nord", "«Dagposten» på 漢字 😀 " + "æøå" * 40,
          'Rom "3": a,b;c', "SUMMARY:x", ";,:\\,;")


def edge_caseload():
    """Days and hours at which calendars go wrong: changes of the clock, 29 February, New Year's Eve."""
    rows = []
    for change in ("2026-03-29", "2026-10-25"):
        day = datetime.date.fromisoformat(change)
        for hour, minutes in (("00:00", 60), ("01:30", 30), ("01:30", 120), ("01:59", 1),
                              ("02:00", 60), ("02:30", 60), ("02:59", 2), ("03:00", 45),
                              ("03:30", 60), ("23:30", 90), ("00:00", 1440)):
            rows.append(appointment(f"{change}-{hour.replace(':', '')}-{minutes}",
                                    f"{change}T{hour}", minutes))
        for days in (-1, 0, 1):
            near = day + datetime.timedelta(days)
            rows += [appointment(f"whole-{near}", str(near), None), ask_on(str(near), 1),
                     appointment(f"noon-{near}", f"{near}T12:00", 60)]
    for day in ("2028-02-28", "2028-02-29", "2028-03-01", "2026-12-31", "2027-01-01"):
        rows += [ask_on(day, 3), appointment(f"whole-{day}", day, None),
                 appointment(f"late-{day}", f"{day}T23:30", 60)]
    rows += [appointment(f"place-{i}", "2026-06-01T09:15", 45, place)
             for i, place in enumerate(PLACES)]
    rows += [appointment(f"whole-place-{i}", "2026-06-01", None, place)
             for i, place in enumerate(PLACES)]
    rows.append(appointment("length-unknown", "2026-06-02T10:00", None))
    rows.append(appointment("yesterday", "2026-02-28T10:00", 30, "Rom 1"))  # not confirmed
    return rows


SAMPLE, EDGES, ADDRESSED = "sample", "edges", "addressed"

NEAR = {"horizon": "45"}  # fewer entries, where all of them say the same
AT_EDGES = {"kind": ("hold", "ask_again")}

# name, caseload, options of `pfh ical`
FEEDS = (
    ("events", SAMPLE, {}),
    ("to-dos", SAMPLE, {"form": "todo"}),
    ("both", SAMPLE, {**NEAR, "form": "both"}),
    ("from the first day", SAMPLE, {**NEAR, "span": "from_due"}),
    ("to-dos from the first day", SAMPLE, {**NEAR, "form": "todo", "span": "from_due"}),
    ("for patients", SAMPLE, {"audience": "patient"}),
    ("nynorsk", SAMPLE, {**NEAR, "lang": "nn"}),
    ("English", SAMPLE, {**NEAR, "lang": "en"}),
    ("initials", SAMPLE, {**NEAR, "tell": "initials"}),
    ("names", SAMPLE, {**NEAR, "tell": "name", "form": "both"}),
    ("one unit", SAMPLE, {**NEAR, "unit": "kreftpoliklinikken"}),
    ("no alarm", SAMPLE, {**NEAR, "alarm": "none", "refresh": "P1D",
                          "name": "Kreft; Skien, \\ «nå»"}),
    ("edges", EDGES, AT_EDGES),
    ("edges as both", EDGES, {**AT_EDGES, "form": "both"}),
    ("edges from the first day", EDGES, {**AT_EDGES, "span": "from_due", "alarm": "P1D"}),
    ("edges for patients", EDGES, {"audience": "patient"}),
    ("every unit has an address", ADDRESSED, {}),
    ("every unit has an address, to-dos", ADDRESSED, {**NEAR, "form": "todo"}),
)


class Caseload:
    def __init__(self, folder, name, as_of, policy, rows):
        self.name, self.as_of = name, as_of
        self.path = os.path.join(folder, f"{name}.ndjson")
        self.policy = os.path.join(folder, f"{name}.policy.json")
        with open(self.path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        with open(self.policy, "w", encoding="utf-8") as file:
            json.dump(policy, file, ensure_ascii=False)
        self.names = {row["id"]: row.get("patient", {}).get("name", {}) for row in rows}
        self.units = {unit["unit"]: unit for unit in policy.get("units", ())}

    def arguments(self):
        return ["--as-of", self.as_of, "--policy", self.policy]

    def plan(self, pfh):
        text = run([pfh, "plan", *self.arguments(), self.path])
        self.plans = [json.loads(line) for line in text.splitlines()]
        return self


def caseloads(pfh, folder):
    with open(os.path.join(DATA, "caseload.ndjson"), encoding="utf-8") as file:
        sample = [json.loads(line) for line in file]
    with open(os.path.join(DATA, "policy.json"), encoding="utf-8") as file:
        policy = json.load(file)
    first = Caseload(folder, SAMPLE, "2026-04-20", policy, sample).plan(pfh)
    addressed = {**policy, "units": [
        {**unit, "email": unit.get("email", f"{unit['unit']}@kommune.example")}
        for unit in policy["units"]]}
    units = {unit["unit"] for unit in addressed["units"]}
    whole = {plan["pathway"] for plan in first.plans
             if all(row["unit"] in units for row in plan["tasks"] + plan["points"])}
    return {SAMPLE: first,
            EDGES: Caseload(folder, EDGES, "2026-03-01",
                            {"format": "pfh-policy/1", "shift": "none"}, edge_caseload()).plan(pfh),
            ADDRESSED: Caseload(folder, ADDRESSED, "2026-04-20", addressed,
                                [row for row in sample if row["id"] in whole]).plan(pfh)}


# ---------------------------------------------------------------- what the plans say


def days_later(day, days):
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days))


def covering(first, last):
    """A whole-day event, whose end is the day after."""
    return {"start": first, "end": days_later(last, 1), "duration": None, "all_day": True,
            "zone": None}


def in_utc(start):
    # Inside a change of the clock: as before it (RFC 5545, 3.3.5), which is what fold=0 means.
    local = datetime.datetime.fromisoformat(start).replace(tzinfo=OSLO)
    return local.astimezone(datetime.timezone.utc)


def at_hour(start, minutes):
    if "T" not in start:
        return covering(start, start)
    begin = in_utc(start)
    end = None if minutes is None else begin + datetime.timedelta(minutes=minutes)
    form = "%Y-%m-%dT%H:%M:%SZ"
    return {"start": begin.strftime(form), "end": end and end.strftime(form),
            "duration": None if minutes is None else minutes * 60, "all_day": False,
            "zone": "Europe/Oslo"}


def expected_entries(caseload, options):
    """Of each entry, what this file can tell without the library."""
    found = {}
    for plan in caseload.plans:
        rows = (of_patient(plan) if options.get("audience") == "patient"
                else of_units(plan, options))
        for name, unit, entry in rows:
            contact = caseload.units.get(unit, {})
            mail = contact.get("email")
            uid = f"{plan['pathway']}+{name}@{DOMAIN}"
            if DUE_IN_THE_NIGHT(uid):
                entry.update(end=NOT_COMPARED, duration=NOT_COMPARED)
            found[uid] = {
                **entry, "url": contact.get("url"),
                "organizer": [[f"mailto:{mail}", contact["name"]]] if mail else []}
    return found


def is_wanted(task, plan, options):
    until = days_later(plan["as_of"], int(options.get("horizon", "100000")))
    return (options.get("unit", task["unit"]) == task["unit"] and task["due"] <= until and
            task["kind"] in options.get("kind", (task["kind"],)))


def of_units(plan, options):
    """Each entry's name in its UID, the unit whose it is, and what is in it."""
    points = {point["point"]: point for point in plan["points"]}
    tasks = [task for task in plan["tasks"] if is_wanted(task, plan, options)]
    form = options.get("form", "event")
    for task in tasks:
        point = points.get(task["point"])
        if form in ("event", "both"):
            yield task["id"], task["unit"], event_of(task, point, options)
        if form in ("todo", "both"):
            yield task["id"] + "+todo", task["unit"], todo_of(task, point)
    for number, point in points.items():
        past = {**point, "id": f"{number}.hold", "kind": "hold",
                "due": (point["appointment"] or {"start": ""})["start"][:10]}
        if (point["state"] == "unconfirmed" and form != "todo" and
                is_wanted(past, plan, options)):
            yield past["id"], point["unit"], event_of(past, point, options)
        if form != "event" and any(task["point"] == number for task in tasks):
            yield f"point.{number}+todo", point["unit"], {
                "kind": "todo", "start": point["opens"], "end": point["closes"], "alarms": []}


def event_of(task, point, options):
    if task["kind"] == "hold":
        return appointment_of(point)
    first = task["from"] if options.get("span") == "from_due" else task["due"]
    return {"kind": "event", **covering(first, task["due"]), "location": None,
            "transp": "TRANSPARENT", "status": "CONFIRMED"}


def appointment_of(point):
    when = at_hour(point["appointment"]["start"], point["appointment"]["minutes"])
    return {"kind": "event", **when, "location": clean(point["appointment"]["place"]),
            "transp": "TRANSPARENT" if when["all_day"] else "OPAQUE", "status": "CONFIRMED"}


def todo_of(task, point):
    """From the first day to the due date itself; an appointment from hour to hour."""
    entry = {"kind": "todo", "location": None, "transp": None, "status": "NEEDS-ACTION",
             "start": task["from"], "end": task["due"], "duration": None, "all_day": True,
             "zone": None}
    if task["kind"] == "hold":
        start, minutes = point["appointment"]["start"], point["appointment"]["minutes"]
        when = at_hour(start, minutes or 0)
        entry.update({key: when[key] for key in ("start", "end", "all_day", "zone")})
        entry["location"] = clean(point["appointment"]["place"])
        if when["all_day"]:
            entry["end"] = entry["start"]
        elif not minutes:  # the same hour of the day before
            entry["start"] = at_hour(days_later(start[:10], -1) + start[10:], 0)["start"]
    if entry["start"] == entry["end"]:  # RFC 5545, 3.8.2.3: due later than it begins
        entry["start"] = days_later(entry["end"], -1)
    return entry


def clean(text):
    """A text of a document in one line."""
    return None if text is None else " ".join(text.split())


OPEN = ("none", "offered", "unanswered", "accepted", "deferred")


def of_patient(plan):
    for point in plan["points"]:
        made = point["appointment"]
        if made:
            yield f"conversation.{point['point']}", point["unit"], appointment_of(point)
        elif (plan["status"] == "active" and point["opens"] and not point["superseded"] and
              point["state"] in OPEN):
            yield f"window.{point['point']}", point["unit"], {
                "kind": "event", **covering(point["opens"], point["opens"]),
                "transp": "TRANSPARENT"}


def check_against_plans(caseload, options, calendar):
    """The differences between a reader's entries and the plans, a line each."""
    entries = {entry["uid"]: entry for entry in calendar["entries"]}
    expected = expected_entries(caseload, options)
    if len(entries) != len(calendar["entries"]):
        yield "two entries have one UID"
    for uid in sorted(set(expected) ^ set(entries)):
        yield f"{uid}: {'no such entry' if uid in expected else 'not in the plans'}"
    for uid in entries.keys() & expected.keys():
        entry = entries[uid]
        yield from differences({key: entry[key] for key in expected[uid]}, expected[uid], uid)
        yield from (f"{uid}: {line}" for line in check_entry(caseload, options, entry))
    head = calendar["calendar"]
    refresh = {"P1D": 86400}.get(options.get("refresh"), 43200)
    name = options.get("name") or head["name"]
    both = options.get("form") == "both"  # a method would be of one kind of component
    wanted = {"version": "2.0", "method": None if both else "PUBLISH", "name": name,
              "x-wr-calname": clean(re.sub(r"[,;\\]", " ", name)), "refresh": refresh}
    yield from differences({key: head[key] for key in wanted}, wanted, "VCALENDAR")


def check_entry(caseload, options, entry):
    """What holds for all entries."""
    pathway, name = entry["uid"].split("@")[0].split("+", 1)
    for key, value in (("class", "CONFIDENTIAL"), ("stamp", STAMP), ("sequence", 0)):
        if entry[key] != value:
            yield f"{key}: {entry[key]!r}, expected {value!r}"
    for key in ("summary", "description", "categories"):
        if not entry[key]:
            yield f"{key} is empty"
    tell = "nothing" if options.get("audience") == "patient" else options.get("tell", "reference")
    if (tell == "reference") != (re.sub(r" \(\w+ \d\)$", "", entry["summary"]).endswith(": " + pathway)):
        yield f"the pathway's id in the summary: {entry['summary']!r}"
    family = caseload.names[pathway].get("family")
    if family and (tell == "name") != (family in entry["summary"]):
        yield f"the patient's name in the summary: {entry['summary']!r}"
    if family and tell != "name" and family in entry["description"]:
        yield f"the patient's name in the description: {entry['description']!r}"
    if not name.startswith("point."):
        yield from check_alarm(options, entry)


def check_alarm(options, entry):
    """One alarm, so long before the due date or the appointment begins."""
    before = {"none": None, "P1D": 24}.get(options.get("alarm"), 15)
    if len(entry["alarms"]) != (before is not None):
        yield f"alarms: {entry['alarms']}"
        return
    for alarm in entry["alarms"]:
        if alarm["action"] != "DISPLAY" or not alarm["description"]:
            yield f"alarm: {alarm}"
        anchor = entry["end"] if alarm["related"] == "END" else entry["start"]
        begins = (days_later(entry["end"], -1) if entry["kind"] == "event" and entry["all_day"]
                  else entry["end"] if entry["all_day"] or is_moment(entry, alarm)
                  else entry["start"])
        rings = moment(anchor) + datetime.timedelta(seconds=alarm["trigger"])
        if rings != moment(begins) - datetime.timedelta(hours=before):
            yield f"alarm: {alarm} rings at {rings}"


def is_moment(entry, alarm):
    """A to-do of an appointment of unknown length, which begins a day before it is due."""
    return (entry["kind"] == "todo" and alarm["related"] == "END" and
            moment(entry["end"]) - moment(entry["start"]) == datetime.timedelta(1))


def moment(text):
    return datetime.datetime.fromisoformat(text.rstrip("Z"))


# ---------------------------------------------------------------- readers


def run(command, **more):
    result = subprocess.run(command, text=True, encoding="utf-8", stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=200, **more)
    if result.returncode != 0:
        raise RuntimeError(f"{os.path.basename(command[0])}: {result.stderr.strip()[-600:]}")
    return result.stdout


def installed_by(command, **more):
    if shutil.which(command[0]) is None:
        raise OSError(f"{command[0]} is not here")
    try:
        run(command, **more)
    except (RuntimeError, subprocess.TimeoutExpired):
        raise OSError(f"{os.path.basename(command[0])} could not install it") from None


class Reader:
    environment = {}

    def __init__(self, folder):
        self.folder = folder
        self.install()

    def read(self, paths):
        text = run([*self.command(), *paths], env={**os.environ, "TZ": "UTC", **self.environment})
        lines = text.split("\n")[:-1]
        if len(lines) != len(paths):
            raise RuntimeError(f"{len(lines)} answers to {len(paths)} calendars")
        return [json.loads(line) for line in lines]


class PyPI(Reader):
    def install(self):
        installed_by([sys.executable, "-m", "pip", "install", "-q", "--target", self.folder,
                      f"{self.name}=={self.version}"])
        self.environment = {"PYTHONPATH": self.folder}

    def command(self):
        return [sys.executable, os.path.join(HERE, "read_calendar.py"), self.name]


class Icalendar(PyPI):
    name, version = "icalendar", "7.3.0"


class Vobject(PyPI):
    name, version = "vobject", "0.9.9"


class Icaljs(Reader):
    name, version = "ical.js", "2.2.1"

    def install(self):
        if shutil.which("node") is None:
            raise OSError("node is not here")
        installed_by(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix",
                      self.folder, f"{self.name}@{self.version}"])

    def command(self):
        return ["node", os.path.join(HERE, "read_calendar.mjs"), self.folder]


class Ical4j(Reader):
    name = "ical4j"
    pom = os.path.join(HERE, "read_calendar.pom")
    with open(pom, encoding="utf-8") as file:
        version = re.search(r"ical4j</artifactId>\s*<version>([^<]+)", file.read()).group(1)

    def install(self):
        if shutil.which("java") is None:
            raise OSError("java is not here")
        # Maven writes beside the pom: not into the checkout.
        shutil.copy(self.pom, os.path.join(self.folder, "pom.xml"))
        installed_by(["mvn", "-q", "-B", "-f", os.path.join(self.folder, "pom.xml"),
                      "dependency:copy-dependencies", f"-DoutputDirectory={self.folder}"])

    def command(self):
        return ["java", "-XX:TieredStopAtLevel=1", "-cp", os.path.join(self.folder, "*"),
                os.path.join(HERE, "read_calendar.java")]


READERS = (Icalendar, Vobject, Icaljs, Ical4j)


def ask(kind, scratch, paths):
    """A reader's calendars, or why there are none."""
    folder = os.path.join(scratch, kind.__name__)
    os.makedirs(folder, exist_ok=True)
    try:
        return kind(folder).read(paths)
    except (OSError, RuntimeError) as reason:
        return reason


# ---------------------------------------------------------------- where readers differ


def between_two_and_three(day):
    """Appointments that begin in the hour of a change of the clock."""
    return re.compile(rf"{day}-02\d\d-\d+\+(1\.hold|conversation)").match


# Readers, entries by UID, by how many seconds they are read wrong, why.
KNOWN = (
    (("icalendar", "vobject", "ical.js"), between_two_and_three("2026-03-29"), -3600,
     "02:00 to 02:59 is not there that night: RFC 5545, 3.3.5 takes the offset before the change, "
     "these take the one after it"),
    (("ical.js",), between_two_and_three("2026-10-25"), 3600,
     "02:00 to 02:59 is there twice that night: RFC 5545, 3.3.5 means the first, ical.js the second"),
)

NOT_COMPARED = "not compared"

# A to-do ends at an hour on the wall (DUE), and where that is there twice after a DURATION: not compared.
DUE_IN_THE_NIGHT = re.compile(r"2026-(03-29|10-25)-0[12]\d\d-\d+\+1\.hold\+todo").match

# These give NAME (RFC 7986) and X-WR-CALNAME back with their backslashes, as text that they do not know.
KEEP_BACKSLASHES = ("icalendar", "ical.js")

# ---------------------------------------------------------------- the story


class Feed:
    def __init__(self, pfh, folder, name, caseload, options):
        self.name, self.caseload, self.options = name, caseload, options
        self.path = os.path.join(folder, name.replace(" ", "-").replace(",", "") + ".ics")
        words = [word for key, values in options.items()
                 for value in ([values] if isinstance(values, str) else values)
                 for word in (f"--{key}", value)]
        run([pfh, "ical", *caseload.arguments(), "--domain", DOMAIN, "--stamp", STAMP, *words,
             "--out", self.path, caseload.path])

    def text(self):
        with open(self.path, encoding="utf-8", newline="") as file:
            return file.read()


def changed(feed, name, pattern, instead, count=0):
    """A copy of a feed in which something is different."""
    path = os.path.join(os.path.dirname(feed.path), name)
    text, changes = re.subn(pattern, instead, feed.text(), count=count)
    if not changes:
        raise RuntimeError(f"nothing in {feed.name} to make {name} of")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def half_an_hour_off(feed):
    return changed(feed, "off.ics", r"(?m)^(TZOFFSET(?:FROM|TO):\+0[12])00", r"\g<1>30")


# What ical4j is to object to, in a copy of this feed.
TO_DAMAGE = "one unit"
DAMAGES = (
    ("an entry without a UID", r"(?m)^UID:[^\r]*\r\n"),
    ("an entry without a DTSTAMP", r"(?m)^DTSTAMP:[^\r]*\r\n"),
    ("an alarm without a TRIGGER", r"(?m)^TRIGGER[^\r]*\r\n"),
    ("no PRODID", r"(?m)^PRODID:[^\r]*\r\n"),
    ("no VERSION", r"(?m)^VERSION:[^\r]*\r\n"),
)


def check_against_first(calendar, first):
    """The differences between two readers' entries; their order is not asked for."""
    yield from differences(calendar["calendar"], first["calendar"], "VCALENDAR")
    mine = {entry["uid"]: entry for entry in calendar["entries"]}
    for theirs in first["entries"]:
        yield from differences(mine.get(theirs["uid"], {}), theirs, theirs["uid"])


def moved(moment, seconds):
    """A time by so many seconds later; a day as it is."""
    if moment is None or not moment.endswith("Z"):
        return moment
    form = "%Y-%m-%dT%H:%M:%SZ"
    return (datetime.datetime.strptime(moment, form) +
            datetime.timedelta(seconds=seconds)).strftime(form)


def shifted(entries):
    """When entries are where offsets are half an hour more."""
    return {entry["uid"]: [moved(entry[key], -1800) for key in ("start", "end")]
            for entry in entries}


def without_known(reader, calendar):
    """Takes out of a calendar what is known of its reader; how many entries that was about."""
    head = calendar["calendar"]
    for key in ("name", "x-wr-calname"):
        if reader.name in KEEP_BACKSLASHES:
            head[key] = re.sub(r"\\(.)", r"\1", head[key])
    count = 0
    for entry in calendar["entries"]:
        for names, applies, seconds, _ in KNOWN:
            if reader.name in names and applies(entry["uid"]):
                count += 1
                entry.update({key: moved(entry[key], -seconds) for key in ("start", "end")})
        if DUE_IN_THE_NIGHT(entry["uid"]):
            entry.update(end=NOT_COMPARED, duration=NOT_COMPARED)
    return count


# What ical4j finds missing by RFC 5546 (3.2.1, 3.4.1), and a feed of METHOD:PUBLISH lacks all the same:
# ORGANIZER where the policy has no address.
ONCE = "The following are REQUIRED, but MUST NOT occur more than once: "
EXPECTED_OBJECTIONS = (
    (lambda feed: feed.caseload.name != ADDRESSED,
     (f"ERROR VEVENT: {ONCE}ORGANIZER", f"ERROR VTODO: {ONCE}ORGANIZER")),
)


def judge(tap, title, feeds, calendars, damaged):
    for feed, calendar in zip(feeds, calendars):
        expected = [line for applies, lines in EXPECTED_OBJECTIONS if applies(feed)
                    for line in lines]
        said = [line for line in calendar["validation"] if line not in expected]
        tap.case(not said, f"{title}: {feed.name}: valid", said)
    whole = next(calendar["validation"] for feed, calendar in zip(feeds, calendars)
                 if feed.name == TO_DAMAGE)
    for (what, _), calendar in zip(DAMAGES, damaged):
        tap.case(set(calendar["validation"]) - set(whole), f"{title}: objects to {what}")


def report(tap, reader, feeds, answers, first):
    """The cases of one reader; its calendars."""
    title = f"{reader.name} {reader.version}"
    calendars, off, damaged = (answers[:len(feeds)], answers[len(feeds)],
                               answers[len(feeds) + 1:])
    edges = [feed.name for feed in feeds].index("edges")
    tap.equal({entry["uid"]: [entry["start"], entry["end"]] for entry in off["entries"]},
              shifted(calendars[edges]["entries"]), f"{title}: uses the file's VTIMEZONE")
    known = sum(without_known(reader, calendar) for calendar in calendars)
    if known:
        print(f"# {title}: {known} entries inside a change of the clock, read as is known of it")
    for feed, calendar in zip(feeds, calendars):
        lines = list(check_against_plans(feed.caseload, feed.options, calendar))
        tap.case(not lines, f"{title}: {feed.name}: as the plans say", lines)
    for feed, calendar, other in zip(feeds, calendars, first or ()):
        lines = list(check_against_first(calendar, other))
        tap.case(not lines, f"{title}: {feed.name}: as the first reader says", lines)
    if reader is Ical4j:
        judge(tap, title, feeds, calendars, damaged)
    return calendars


def main(pfh, scratch):
    tap = Tap()
    folder = os.path.join(scratch, "feeds")
    os.makedirs(folder, exist_ok=True)
    loads = caseloads(pfh, folder)
    feeds = [Feed(pfh, folder, name, loads[caseload], options)
             for name, caseload, options in FEEDS]
    by_name = {feed.name: feed for feed in feeds}
    paths = [feed.path for feed in feeds] + [half_an_hour_off(by_name["edges"])]
    damaged = [changed(by_name[TO_DAMAGE], f"damaged-{i}.ics", pattern, "", count=1)
               for i, (_, pattern) in enumerate(DAMAGES)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        asked = [pool.submit(ask, reader, scratch, paths + damaged * (reader is Ical4j))
                 for reader in READERS]
    first = None
    for reader, answers in zip(READERS, (one.result() for one in asked)):
        if isinstance(answers, OSError):
            tap.skip(f"calendars in {reader.name} {reader.version}", str(answers))
        elif isinstance(answers, RuntimeError):
            tap.case(False, f"{reader.name} {reader.version}: reads the feeds",
                     str(answers).split("\n"))
        else:
            calendars = report(tap, reader, feeds, answers, first)
            first = first or calendars
    return tap.end()


if __name__ == "__main__":
    PARSER = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    PARSER.add_argument("--pfh", required=True, help="the command line to ask")
    PARSER.add_argument("--scratch", help="where everything is put; else a directory that goes")
    OPTIONS = PARSER.parse_args()
    if OPTIONS.scratch:
        sys.exit(main(os.path.abspath(OPTIONS.pfh), os.path.abspath(OPTIONS.scratch)))
    with tempfile.TemporaryDirectory() as DIRECTORY:
        sys.exit(main(os.path.abspath(OPTIONS.pfh), DIRECTORY))
