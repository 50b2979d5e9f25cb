#!/usr/bin/env python3
"""Reads calendars with icalendar or vobject and prints each as one line of JSON.

    tests/tools/read_calendar.py icalendar|vobject FILE...

What stands in the line is the same for every reader (read_calendar.mjs, read_calendar.java) and is
told in compare_calendars.py. Instants come from the VTIMEZONE of the file, never from the machine's
own zones.
"""

import datetime
import json
import sys

TEXTS = ("summary", "description", "location", "status", "class", "transp", "url", "contact",
         "color", "comment")
NUMBERS = ("sequence", "priority", "percent-complete")
STAMPS = {"dtstamp": "stamp", "last-modified": "modified", "created": "created",
          "completed": "completed"}
HEAD = ("prodid", "version", "method", "name", "x-wr-calname", "x-published-ttl", "color")


def seconds(delta):
    return int(delta.total_seconds())


def instant(value):
    """A date as it is, a time with a zone in UTC, one without as it stands."""
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(start, end, due, duration):
    """The keys of an entry that say when."""
    last = end or due
    if last is None and duration is not None and start is not None:
        # Hours of a duration are hours, also across a change of the clock.
        exact = (start.astimezone(datetime.timezone.utc)
                 if isinstance(start, datetime.datetime) and start.tzinfo else start)
        last = exact + duration
    return {"start": start and instant(start), "end": last and instant(last),
            "duration": None if duration is None else seconds(duration),
            "all_day": start is not None and not isinstance(start, datetime.datetime)}


# ---------------------------------------------------------------- icalendar


class Icalendar:
    def __init__(self):
        import icalendar
        self.icalendar = icalendar

    def read(self, text):
        calendar = self.icalendar.Calendar.from_ical(text)
        self.zones = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False)
                      for zone in calendar.walk("VTIMEZONE")}
        head = {key: self.text(calendar, key) for key in HEAD}
        refresh = calendar.get("REFRESH-INTERVAL")
        head["refresh"] = refresh and seconds(self.duration(refresh))
        return {"calendar": head,
                "entries": [self.entry(component) for component in calendar.subcomponents
                            if component.name in ("VEVENT", "VTODO")]}

    def duration(self, value):
        if hasattr(value, "td"):
            return value.td
        if hasattr(value, "dt"):
            return value.dt
        return self.icalendar.vDuration.from_ical(str(value))

    def text(self, component, key):
        value = component.get(key)
        if isinstance(value, list):
            sys.exit(f"icalendar: {key} is there {len(value)} times")
        return None if value is None else str(value)

    def when(self, component, key):
        value = component.get(key)
        if value is None:
            return None
        zone = self.zones.get(value.params.get("TZID"))
        return value.dt.replace(tzinfo=zone) if zone else value.dt

    def many(self, component, key):
        value = component.get(key)
        return [] if value is None else value if isinstance(value, list) else [value]

    def entry(self, component):
        start, duration = self.when(component, "DTSTART"), component.get("DURATION")
        entry = {"uid": self.text(component, "uid"), "kind": component.name[1:].lower()}
        entry.update(span(start, self.when(component, "DTEND"), self.when(component, "DUE"),
                          duration and self.duration(duration)))
        entry["zone"] = component["DTSTART"].params.get("TZID") if start else None
        entry.update({key: self.text(component, key) for key in TEXTS})
        entry.update({key: None if key not in component else int(component[key])
                      for key in NUMBERS})
        entry.update({name: None if key not in component else instant(component[key].dt)
                      for key, name in STAMPS.items()})
        entry["categories"] = [str(one) for value in self.many(component, "CATEGORIES")
                               for one in value.cats]
        entry["organizer"] = [self.person(value) for value in self.many(component, "ORGANIZER")]
        entry["attendees"] = [self.person(value) for value in self.many(component, "ATTENDEE")]
        entry["related"] = [[str(value), value.params.get("RELTYPE")]
                            for value in self.many(component, "RELATED-TO")]
        entry["alarms"] = [self.alarm(one) for one in component.walk("VALARM")]
        entry["names"] = sorted(name for name, _ in component.property_items(recursive=False)
                                if name not in ("BEGIN", "END"))
        return entry

    def person(self, value):
        return [str(value), value.params.get("CN")]

    def alarm(self, component):
        trigger = component["TRIGGER"]
        return {"action": self.text(component, "action"),
                "trigger": seconds(trigger.dt),
                "related": trigger.params.get("RELATED"),
                "description": self.text(component, "description")}


# ---------------------------------------------------------------- vobject


class Vobject:
    def __init__(self):
        import vobject
        self.vobject = vobject

    def read(self, text):
        # It keeps the first zone of a name that it met, in this file or another.
        zones = getattr(self.vobject.icalendar, "__tzidMap")
        for name in [name for name in zones if name != "UTC"]:
            del zones[name]
        calendar = next(self.vobject.readComponents(text))
        head = {key: self.text(calendar, key) for key in HEAD}
        refresh = self.text(calendar, "refresh-interval")
        head["refresh"] = refresh and seconds(self.vobject.icalendar.stringToDurations(refresh)[0])
        return {"calendar": head,
                "entries": [self.entry(component) for component in calendar.components()
                            if component.name in ("VEVENT", "VTODO")]}

    def all(self, component, key):
        return component.contents.get(key, [])

    def text(self, component, key):
        lines = self.all(component, key)
        if len(lines) > 1:
            sys.exit(f"vobject: {key} is there {len(lines)} times")
        return self.value(lines[0]) if lines else None

    def value(self, line):
        """vobject leaves the properties that it does not know as they stand in the file."""
        texts = ("NAME", "COLOR", "X-WR-CALNAME")
        if line.behavior is None and line.name in texts:
            return self.vobject.icalendar.stringToTextValues(line.value)[0]
        return line.value

    def when(self, component, key):
        lines = self.all(component, key)
        return lines[0].value if lines else None

    def entry(self, component):
        durations = self.all(component, "duration")
        start = self.when(component, "dtstart")
        entry = {"uid": self.text(component, "uid"), "kind": component.name[1:].lower()}
        entry.update(span(start, self.when(component, "dtend"), self.when(component, "due"),
                          durations[0].value if durations else None))
        entry["zone"] = self.zone(component)
        entry.update({key: self.text(component, key) for key in TEXTS})
        entry.update({key: None if not self.all(component, key)
                      else int(self.text(component, key)) for key in NUMBERS})
        entry.update({name: None if not self.all(component, key)
                      else instant(self.moment(self.text(component, key)))
                      for key, name in STAMPS.items()})
        entry["categories"] = [one for line in self.all(component, "categories")
                               for one in line.value]
        for name, key in (("organizer", "organizer"), ("attendees", "attendee")):
            entry[name] = [[line.value, self.parameter(line, "CN")]
                           for line in self.all(component, key)]
        entry["related"] = [[line.value, self.parameter(line, "RELTYPE")]
                            for line in self.all(component, "related-to")]
        entry["alarms"] = [self.alarm(one) for one in self.all(component, "valarm")]
        entry["names"] = sorted(line.name for line in component.lines())
        return entry

    def moment(self, value):
        if isinstance(value, str):
            return self.vobject.icalendar.stringToDateTime(value)
        return value

    def zone(self, component):
        """vobject puts the TZID away when it makes a time of its own of the value."""
        for line in self.all(component, "dtstart"):
            return self.parameter(line, "X-VOBJ-ORIGINAL-TZID") or self.parameter(line, "TZID")
        return None

    def parameter(self, line, name):
        values = line.params.get(name)
        return values[0] if values else None

    def alarm(self, component):
        trigger = component.contents["trigger"][0]
        return {"action": self.text(component, "action"), "trigger": seconds(trigger.value),
                "related": self.parameter(trigger, "RELATED"),
                "description": self.text(component, "description")}


if __name__ == "__main__":
    READER = {"icalendar": Icalendar, "vobject": Vobject}[sys.argv[1]]()
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8", newline="") as file:
            print(json.dumps(READER.read(file.read()), ensure_ascii=False))
