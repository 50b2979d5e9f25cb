// Reads calendars with ical.js and prints each as one line of JSON, as read_calendar.py does.
//
//     node read_calendar.mjs FOLDER-WITH-node_modules FILE...

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const found = createRequire(resolve(folder, "x.js")).resolve("ical.js");
const module = await import(pathToFileURL(found));
const ICAL = module.default ?? module;

const HEAD = ["prodid", "version", "method", "name", "x-wr-calname", "x-published-ttl", "color"];
const TEXTS = ["summary", "description", "location", "status", "class", "transp", "url", "contact",
    "color", "comment"];
const NUMBERS = ["sequence", "priority", "percent-complete"];
const STAMPS = { dtstamp: "stamp", "last-modified": "modified", created: "created",
    completed: "completed" };

const one = (component, key) => {
    const all = component.getAllProperties(key);
    if (all.length > 1) throw new Error(`${key} is there ${all.length} times`);
    return all.length ? all[0].getFirstValue() : null;
};

const text = (component, key) => {
    const value = one(component, key);
    return value === null ? null : String(value);
};

// A date as it is, a time with a zone in UTC, one without as it stands.
const instant = (time) => {
    if (time === null) return null;
    if (time.isDate || time.zone === ICAL.Timezone.localTimezone) return time.toString();
    return time.convertToZone(ICAL.Timezone.utcTimezone).toString();
};

const people = (component, key) => component.getAllProperties(key)
    .map((property) => [property.getFirstValue(), property.getFirstParameter("cn") ?? null]);

function alarm(component) {
    const trigger = component.getFirstProperty("trigger");
    return {
        action: text(component, "action"), trigger: trigger.getFirstValue().toSeconds(),
        related: trigger.getFirstParameter("related") ?? null,
        description: text(component, "description"),
    };
}

function entry(component) {
    const start = one(component, "dtstart");
    const duration = one(component, "duration");
    let end = one(component, "dtend") ?? one(component, "due");
    if (end === null && duration !== null) {
        // Hours of a duration are hours, also across a change of the clock.
        end = start.isDate ? start.clone() : start.convertToZone(ICAL.Timezone.utcTimezone);
        end.addDuration(duration);
    }
    const result = {
        uid: text(component, "uid"), kind: component.name.slice(1),
        start: instant(start), end: instant(end), duration: duration?.toSeconds() ?? null,
        all_day: start?.isDate ?? false,
        zone: component.getFirstProperty("dtstart")?.getFirstParameter("tzid") ?? null,
    };
    for (const key of TEXTS) result[key] = text(component, key);
    for (const key of NUMBERS) result[key] = one(component, key);
    for (const [key, name] of Object.entries(STAMPS)) result[name] = instant(one(component, key));
    result.categories = component.getAllProperties("categories").flatMap((p) => p.getValues());
    result.organizer = people(component, "organizer");
    result.attendees = people(component, "attendee");
    result.related = component.getAllProperties("related-to")
        .map((p) => [p.getFirstValue(), p.getFirstParameter("reltype") ?? null]);
    result.alarms = component.getAllSubcomponents("valarm").map(alarm);
    result.names = component.getAllProperties().map((p) => p.name.toUpperCase()).sort();
    return result;
}

for (const file of files) {
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
    const head = {};
    for (const key of HEAD) head[key] = text(calendar, key);
    const refresh = one(calendar, "refresh-interval");
    head.refresh = refresh === null ? null : ICAL.Duration.fromString(String(refresh)).toSeconds();
    const entries = calendar.getAllSubcomponents()
        .filter((component) => ["vevent", "vtodo"].includes(component.name)).map(entry);
    console.log(JSON.stringify({ calendar: head, entries }));
}
