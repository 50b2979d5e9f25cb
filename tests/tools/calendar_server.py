#!/usr/bin/env python3
"""Takes libpfh's calendar through a real server and a real client, and compares what they show.

    tests/tools/calendar_server.py --pfh build/examples/pfh/pfh [--scratch FOLDER]

Radicale, on 127.0.0.1 alone and with a folder of its own, gets the feed of the sample caseload; then
an appointment is moved and two tasks are done, and `pfh ical --update` brings the feed up to date each
time. After each step vdirsyncer fetches the collection, and khal lists it: what it lists has to be
what `pfh plan` says, worked out in compare_calendars.py. At last the server's own text, which Radicale
has rewritten, is updated and read back by libpfh, untouched and with an appointment that was moved in
it.

The server is ended with this program, whatever happens. Prints TAP; what cannot be installed is
skipped.
"""

import argparse
import base64
import datetime
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from compare_calendars import DATA, Caseload, days_later, installed_by, of_units, run
from tap import Tap

# In Radicale, khal and vdirsyncer their own requirements decide the rest.
CLIENTS = ("radicale==3.9.0", "vdirsyncer==0.21.0", "khal==0.14.1", "icalendar==7.3.0")
DOMAIN = "epj.example"
POLICY = "policy.json"
USER, COLLECTION = "pfh", "feed"  # no password is asked for

# ---------------------------------------------------------------- the server


class Server:
    """Radicale in a process of its own, with nothing but its folder."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        os.makedirs(folder)
        for _ in range(5):  # another program may take the port before Radicale does
            self.port = free_port()
            if self.start():
                return
        raise RuntimeError("radicale does not start")

    def start(self):
        settings = os.path.join(self.folder, "radicale.conf")
        with open(settings, "w", encoding="utf-8") as file:
            file.write(f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = none\n"
                       f"[storage]\nfilesystem_folder = {self.folder}/store\n[web]\ntype = none\n")
        with open(os.path.join(self.folder, "log"), "wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "radicale", "--config", settings], env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(150):
            if self.process.poll() is not None:
                return False
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            except OSError:
                time.sleep(0.1)
        self.stop()
        return False

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/{USER}/"

    def ask(self, method, path="", body=None):
        request = urllib.request.Request(
            f"{self.address}{COLLECTION}/{path}", body, method=method,
            headers={"Content-Type": "text/calendar; charset=utf-8", "Authorization": "Basic " +
                     base64.b64encode(f"{USER}:{USER}".encode()).decode()})
        # No proxy stands between this machine and itself.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return answer.read()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# ---------------------------------------------------------------- the clients


class Clients:
    def __init__(self, folder, server, environment):
        self.folder, self.environment = folder, environment
        os.makedirs(os.path.join(folder, "local"))
        self.vdirsyncer = self.write("vdirsyncer.conf", f"""
[general]
status_path = "{folder}/status/"
[pair pfh]
a = "remote"
b = "local"
collections = ["{COLLECTION}"]
conflict_resolution = "a wins"
partial_sync = "revert"
[storage remote]
type = "caldav"
url = "{server.address}"
username = "{USER}"
password = "{USER}"
read_only = true
[storage local]
type = "filesystem"
path = "{folder}/local/"
fileext = ".ics"
""")
        self.khal = self.write("khal.conf", f"""
[calendars]
[[feed]]
path = {folder}/local/{COLLECTION}/
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
local_timezone = Europe/Oslo
default_timezone = Europe/Oslo
[sqlite]
path = {folder}/khal.db
""")
        os.makedirs(os.path.join(folder, "local", COLLECTION))
        self.call("vdirsyncer", self.vdirsyncer, "discover")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def call(self, program, settings, *arguments):
        return run([sys.executable, "-m", program, "-c", settings, *arguments],
                   env=self.environment)

    def fetch(self):
        self.call("vdirsyncer", self.vdirsyncer, "sync")

    def list(self):
        """What khal lists in three years, as it says it: UID and start to the rest."""
        keys = ("uid", "start-long", "end-long", "all-day", "title", "location", "status")
        text = self.call("khal", self.khal, "list",
                         *(word for key in keys for word in ("--json", key)),
                         "2025-06-01", "1100d")
        rows = [row for line in text.splitlines() if line.strip() for row in json.loads(line)]
        return {row["uid"]: row for row in rows}


# ---------------------------------------------------------------- what the plans say


def listed(plan):
    """Each event of a plan, as khal lists it: hours as they are in the plan, no detour by UTC."""
    points = {point["point"]: point for point in plan["points"]}
    for name, _, entry in of_units(plan, {}):
        point = points.get(int(name.split(".")[0]))
        if ".hold" in name:
            start, minutes = point["appointment"]["start"], point["appointment"]["minutes"]
        else:
            start, minutes = entry["start"], None
        end = (datetime.datetime.fromisoformat(start) + datetime.timedelta(minutes=minutes or 0)
               if "T" in start else None)
        yield f"{plan['pathway']}+{name}@{DOMAIN}", {
            "start-long": start, "end-long": end.strftime("%Y-%m-%dT%H:%M") if end else start,
            "all-day": str("T" not in start), "location": entry["location"] or ""}


def expected_list(plans):
    return {uid: row for plan in plans for uid, row in listed(plan)}


def compare(found, plans, cancelled):
    """What khal lists against the plans, a line each difference."""
    expected = expected_list(plans)
    active = {uid: row for uid, row in found.items() if row["status"].strip() != "CANCELLED"}
    for uid in sorted(set(active) ^ set(expected)):
        yield f"{uid}: {'is not listed' if uid in expected else 'is listed'}"
    for uid in sorted(set(active) & set(expected)):
        for key, value in expected[uid].items():
            if active[uid][key] != value:
                yield f"{uid}/{key}: {active[uid][key]!r}, expected {value!r}"
        if uid.split("+")[0] not in active[uid]["title"]:
            yield f"{uid}: the title is {active[uid]['title']!r}"
    gone = {uid for uid, row in found.items() if row["status"].strip() == "CANCELLED"}
    if not gone <= cancelled:
        yield f"cancelled: {sorted(gone - cancelled)}"


# ---------------------------------------------------------------- the sample caseload, day by day


def with_events(rows, name, *events):
    """The caseload with more events at one pathway."""
    return [{**row, "events": [*row["events"], *events]} if row["id"] == name else row
            for row in rows]


MOVED = {"id": "moved", "type": "scheduled", "date": "2026-04-20",
         "recorded": "2026-04-20T09:30:00Z", "point": 1, "start": "2026-05-06T12:15",
         "minutes": 75, "place": "Kreftpoliklinikken, rom 4"}
SENT = {"id": "sent", "type": "form_sent", "date": "2026-04-20",
        "recorded": "2026-04-20T10:00:00Z", "point": 1}


def coded(rows, name):
    held = next(row for row in rows if row["id"] == name)
    day = max(event["date"] for event in held["events"] if event["type"] == "performed")
    return {"id": "coded", "type": "coded", "date": day, "recorded": "2026-04-20T10:05:00Z",
            "point": 1, "code": "WMFG10"}


class Story:
    """The feed as it grows, on one day: what changes is only what happened."""

    AS_OF = "2026-04-20"

    def __init__(self, tap, pfh, folder):
        self.tap, self.pfh, self.folder = tap, pfh, folder
        with open(os.path.join(DATA, "caseload.ndjson"), encoding="utf-8") as file:
            self.rows = [json.loads(line) for line in file]
        with open(os.path.join(DATA, POLICY), encoding="utf-8") as file:
            self.policy = json.load(file)
        self.step, self.text = 0, b""

    def write(self, rows, stamp, previous=None):
        """The feed of these pathways; also from another text than the last one."""
        self.step += 1
        self.rows = rows
        self.caseload = Caseload(self.folder, f"step{self.step}", self.AS_OF, self.policy, rows)
        self.plans = self.caseload.plan(self.pfh).plans
        path = os.path.join(self.folder, f"step{self.step}.ics")
        previous = self.text if previous is None else previous
        with open(path, "wb") as file:
            file.write(previous)
        run([self.pfh, "ical", *self.caseload.arguments(), "--domain", DOMAIN, "--stamp", stamp,
             *(("--update",) if previous else ("--out",)), path, self.caseload.path])
        with open(path, "rb") as file:
            return file.read()

    def read_back(self, text):
        path = os.path.join(self.folder, "read.ics")
        with open(path, "wb") as file:
            file.write(text)
        said = run([self.pfh, "ical-read", "--format", "json", *self.caseload.arguments(),
                    "--domain", DOMAIN, "--calendar", path, self.caseload.path])
        return [json.loads(line) for line in said.splitlines()]


def entries_of(text):
    """UID to the lines of each entry, unfolded; written here so that no reader stands between."""
    plain = text.decode().replace("\r\n ", "").replace("\r\n\t", "")
    found = {}
    for entry in re.findall(r"BEGIN:(?:VEVENT|VTODO)\r\n.*?END:(?:VEVENT|VTODO)\r\n", plain, re.S):
        found[re.search(r"(?m)^UID:([^\r]*)", entry).group(1)] = entry.split("\r\n")
    return found


def value(entry, name):
    return next((line.split(":", 1)[1] for line in entry
                 if re.match(rf"{name}[;:]", line)), None)


def changes(before, after):
    """UIDs whose entries are not what they were."""
    return {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}


def uid(name):
    return f"{name}@{DOMAIN}"


def show(story, server, clients, cancelled, what):
    """Puts the feed on the server, fetches it and lists it."""
    server.ask("PUT", body=story.text)
    clients.fetch()
    found = clients.list()
    lines = list(compare(found, story.plans, cancelled))
    story.tap.case(not lines, f"{what}: khal lists what the plans say ({len(found)} entries)", lines)
    return found


def tell(story, server, clients):
    tap = story.tap
    show(story, server, clients, set(), "the feed")

    before = entries_of(story.text)
    hold = uid("booked-form-sent+1.hold")
    story.text = story.write(with_events(story.rows, "booked-form-sent", MOVED),
                             "2026-04-20T11:00:00Z")
    after = entries_of(story.text)
    tap.equal(sorted(changes(before, after)), [hold], "an appointment is moved: one entry changes")
    tap.equal([value(after[hold], "SEQUENCE"), value(after[hold], "DTSTAMP"),
               value(after[hold], "DTSTART")], ["1", "20260420T110000Z", "20260506T121500"],
              "an appointment is moved: SEQUENCE 1 and the new hour")
    found = show(story, server, clients, set(), "an appointment is moved")
    tap.equal(found.get(hold, {}).get("start-long"), "2026-05-06T12:15",
              "an appointment is moved: khal shows the new hour")

    before = after
    rows = with_events(story.rows, "booked-form-due", SENT)
    rows = with_events(rows, "held-last-week", coded(rows, "held-last-week"))
    done = {uid("booked-form-due+1.send_form"), uid("held-last-week+1.register_code.e4")}
    story.text = story.write(rows, "2026-04-20T12:00:00Z")
    after = entries_of(story.text)
    tap.equal(sorted(changes(before, after)), sorted(done), "two tasks are done: two entries change")
    tap.equal({one: [value(after.get(one, []), "STATUS"), value(after.get(one, []), "SEQUENCE")]
               for one in done}, {one: ["CANCELLED", "1"] for one in done},
              "two tasks are done: they are cancelled")
    found = show(story, server, clients, done, "two tasks are done")
    wrong = [one for one in done if found.get(one, {"status": "CANCELLED"})["status"].strip() !=
             "CANCELLED"]
    tap.case(not wrong, "two tasks are done: khal shows them as cancelled or not at all", wrong)


def versions(text):
    return {name: [value(entry, "SEQUENCE"), value(entry, "DTSTAMP")]
            for name, entry in entries_of(text).items()}


def read_back(story, server):
    """libpfh on what the server made of its feed."""
    tap = story.tap
    back = server.ask("GET")
    tap.case(back != story.text, "the server writes the calendar in its own way")
    tap.equal(versions(back), versions(story.text), "the server keeps versions and stamps")
    updated = story.write(story.rows, "2026-04-21T05:00:00Z", back)
    tap.equal(versions(updated), versions(back), "the server's text, updated: no entry gets a new version")
    tap.equal(sorted(changes(entries_of(back), entries_of(updated))), [],
              "the server's text, updated: no entry has other lines")
    tap.equal(story.read_back(back), [], "the server's text, read back: nothing is proposed")
    return back


EDIT = """
import datetime, sys, icalendar
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
event = next(one for one in calendar.walk("VEVENT"))
start = event["DTSTART"].dt + datetime.timedelta(hours=1)
del event["DTSTART"]
event.add("dtstart", start)
if sys.argv[1] == "careful":  # as a program that follows RFC 5545, 3.8.7.4
    now = datetime.datetime(2026, 4, 20, 13, 0, tzinfo=datetime.timezone.utc)
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        event.pop(name, None)
        event.add(name, now)
    event["SEQUENCE"] = int(event.get("SEQUENCE", 0)) + 1
sys.stdout.buffer.write(calendar.to_ical())
"""


def edit(server, path, how, environment):
    """Moves the event of a collection's file an hour, as a person's program would."""
    text = server.ask("GET", path)
    result = subprocess.run([sys.executable, "-c", EDIT, how], input=text, check=True, timeout=60,
                            env=environment, stdout=subprocess.PIPE)
    server.ask("PUT", path, result.stdout)


def move_there(story, server, environment):
    """A person moves an appointment in the server's copy."""
    tap = story.tap
    for name, how, start in (("booked-form-late", "careful", "2026-04-24T10:00"),
                             ("file-order", "careless", "2026-04-22T12:00")):
        server.ask("PUT", body=story.text)
        edit(server, urllib.request.quote(uid(f"{name}+1.hold")) + ".ics", how, environment)
        proposals = story.read_back(server.ask("GET"))
        got = [[row["pathway"], row["task"], (row["event"] or {}).get("type"),
                (row["event"] or {}).get("start")] for row in proposals]
        tap.equal(got, [[name, "1.hold", "scheduled", start]],
                  f"an appointment moved on the server ({how}): exactly that is proposed")


# ---------------------------------------------------------------- all


def main(pfh, scratch):
    tap = Tap()
    libraries = os.path.join(scratch, "clients")
    try:
        installed_by([sys.executable, "-m", "pip", "install", "-q", "--target", libraries,
                      *CLIENTS])
    except OSError as reason:
        tap.skip(", ".join(CLIENTS), str(reason))
        return tap.end()
    environment = {key: text for key, text in os.environ.items()
                   if not key.lower().endswith("_proxy")}
    environment.update({"PYTHONPATH": libraries, "HOME": scratch, "TZ": "UTC", "LC_ALL": "C.UTF-8"})
    environment.update({f"XDG_{name}_HOME": os.path.join(scratch, name.lower())
                        for name in ("CACHE", "CONFIG", "DATA")})
    folder = os.path.join(scratch, "story")
    os.makedirs(folder)
    server = Server(os.path.join(scratch, "server"), environment)
    try:
        story = Story(tap, pfh, folder)
        server_and_clients(story, server, os.path.join(scratch, "client"), environment)
    except (RuntimeError, urllib.error.URLError, subprocess.SubprocessError) as reason:
        tap.case(False, "the story to its end", str(reason).split("\n"))
    finally:
        server.stop()
    return tap.end()


def server_and_clients(story, server, folder, environment):
    story.text = story.write(story.rows, "2026-04-20T05:00:00Z")
    server.ask("PUT", body=story.text)  # there has to be a collection to discover
    clients = Clients(folder, server, environment)
    tell(story, server, clients)
    read_back(story, server)
    move_there(story, server, environment)


def stop(number, frame):
    sys.exit(128 + number)  # so that `finally` ends the server


if __name__ == "__main__":
    PARSER = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    PARSER.add_argument("--pfh", required=True, help="the command line to ask")
    PARSER.add_argument("--scratch", help="an empty folder; else one that goes")
    OPTIONS = PARSER.parse_args()
    signal.signal(signal.SIGTERM, stop)
    if OPTIONS.scratch:
        sys.exit(main(os.path.abspath(OPTIONS.pfh), os.path.abspath(OPTIONS.scratch)))
    with tempfile.TemporaryDirectory() as DIRECTORY:
        sys.exit(main(os.path.abspath(OPTIONS.pfh), DIRECTORY))
