#!/usr/bin/env python3
"""Checks doc/formats.md and doc/rules.md against the library: doc_examples.py PATH-OF-PFH, TAP on standard output.

The examples of formats.md are run; its tables of keys are compared with the rows of libpfh/model/schema.c, its table
of events with what pfh takes, its words with include/pfh/. A comment before a table or an example says what it is.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


FORMATS = read("doc", "formats.md")
CALENDARS = read("doc", "calendars.md")
RULES = read("doc", "rules.md")
SCHEMA = read("libpfh", "model", "schema.c")
PFH = os.path.abspath(sys.argv[1]) if len(sys.argv) == 2 else sys.exit("usage: doc_examples.py PATH-OF-PFH")
FOLDER = tempfile.TemporaryDirectory()
CASES = []  # whether each was well


def case(name, problems):
    """A case of TAP; `problems` is a list of sentences, empty when all is well."""
    CASES.append(not problems)
    print("%sok %d - %s" % ("not " if problems else "", len(CASES), name))
    for problem in problems:
        print("#   " + str(problem)[:300])


def differences(what, found, wanted):
    """What is in one list and not in the other, or that the order is another."""
    found, wanted = list(found), list(wanted)
    problems = ["%s: %r is missing in the document" % (what, x) for x in wanted if x not in found]
    problems += ["%s: %r is in the document alone" % (what, x) for x in found if x not in wanted]
    if not problems and found != wanted:
        problems = ["%s: another order: %r, wanted %r" % (what, found, wanted)]
    return problems


# ---------------------------------------------------------------- the document


def example(name):
    """The code block after the comment `example: name`."""
    match = re.search(r"<!-- example: %s -->\n```\w+\n(.*?)```\n" % re.escape(name), FORMATS, re.S)
    return match.group(1) if match else ""


def rows(marker, text=FORMATS):
    """The rows of the table after a comment, as dicts by the table's heading."""
    match = re.search(r"<!-- %s -->\n((?:\|.*\n)+)" % re.escape(marker), text)
    if not match:
        return []
    lines = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in match.group(1).splitlines()]
    return [dict(zip(lines[0], cells)) for cells in lines[2:]]


def ticks(cell):
    return re.findall(r"`([^`]*)`", cell)


def keys(name):
    return [ticks(row["key"])[0] for row in rows("keys: " + name)]


# ---------------------------------------------------------------- the library


def schema(name):
    """The rows of an object in schema.c: key, text of the row."""
    match = re.search(r"\b%s_fields\[\] = \{\n(.*?)\n\};" % name, SCHEMA, re.S)
    parts = re.split(r"\{(?=\")", match.group(1))[1:] if match else []
    return [(re.match(r'"(\w+)"', part).group(1), part) for part in parts]


def words():
    """The lists of words.h: table, words."""
    tables = re.findall(r"#define PFH_(\w+)_TABLE\(ROW\)(.*?)\n(?=\n|#|/\*)", read("include", "pfh", "words.h"), re.S)
    return {name: re.findall(r'ROW\(\w+, \d+, "([^"]+)"\)', body) for name, body in tables if name != "VOCABULARY"}


def put(name, text):
    path = os.path.join(FOLDER.name, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def pfh(*arguments):
    run = subprocess.run([PFH, *arguments], cwd=FOLDER.name, capture_output=True, encoding="utf-8", check=False)
    return run.returncode, run.stdout, run.stderr


# ---------------------------------------------------------------- examples


def check_examples():
    put("pathway.json", example("pathway"))
    put("policy.json", example("policy"))
    day = re.search(r"<!-- example: plan (\S+) -->", FORMATS).group(1)
    status, _, errors = pfh("plan", "--as-of", day, "pathway.json")
    case("the example of a pathway is taken", [] if status == 0 and not errors else [errors])
    status, out, errors = pfh("plan", "--as-of", day, "--policy", "policy.json", "pathway.json")
    case("the example of a policy is taken", [] if status == 0 and not errors else [errors])
    shown = json.dumps(json.loads(example("plan " + day)), ensure_ascii=False, separators=(",", ":"))
    case("the example of a plan is what pfh plan writes",
         [] if shown + "\n" == out else ["shown " + shown, "written " + out])

    _, out, _ = pfh("plan", "--explain", "--as-of", day, "--policy", "policy.json", "pathway.json")
    plan = json.loads(out)
    for name in re.findall(r"<!-- example: because (\S+) -->", FORMATS):
        task = [task["because"] for task in plan["tasks"] if task["id"] == name]
        shown = json.loads("{%s}" % example("because " + name))["because"]
        wanted = [[list(entry.items()) for entry in because] for because in task]
        found = [list(entry.items()) for entry in shown]
        case("the example of because is what pfh plan --explain writes", [] if [found] == wanted else [shown, task])

    put("refused.ndjson", example("refused"))
    _, _, errors = pfh("check", "refused.ndjson")
    case("the examples of mistakes are refused in these words",
         [] if errors == example("errors") else ["shown " + example("errors"), "written " + errors])
    return plan


def check_plan_keys(plan):
    point, task = plan["points"][0], plan["tasks"][0]
    objects = {"plan": plan, "point": point, "performed": point["performed"], "task": task,
               "finding": plan["findings"][0], "reason": task["because"][0]}
    scheduled = json.loads(example("pathway"))
    scheduled["events"] = [event for event in scheduled["events"] if event["type"] in ("offered", "scheduled")]
    put("scheduled.json", json.dumps(scheduled))
    _, out, _ = pfh("plan", "--as-of", "2026-02-06", "scheduled.json")
    objects["appointment"] = json.loads(out)["points"][0]["appointment"]
    problems = []
    for name, value in objects.items():
        problems += differences(name, keys(name), [key for key in value if key != "because"])
    case("the tables of a plan's keys are its keys, in order", problems)


# ---------------------------------------------------------------- needs and checklist


def needs_documents(day):
    """The needs of the examples as a document and as a text for the municipality, and a checklist."""
    terms = ["--as-of", day, "--policy", "policy.json"]
    return (pfh("needs", *terms, "--format", "json", "pathway.json")[1],
            pfh("needs", *terms, "--audience", "municipality", "--max", "1400", "pathway.json")[1],
            pfh("checklist", *terms, "--point", "2", "--lang", "nn", "--format", "json", "pathway.json")[1])


def ordered(value):
    """Objects as lists of pairs, so that the order of their keys counts."""
    if isinstance(value, dict):
        return [(key, ordered(member)) for key, member in value.items()]
    return [ordered(member) for member in value] if isinstance(value, list) else value


def shortened(document, shown):
    """The document with those topics alone that are shown."""
    topics = [topic["topic"] for topic in shown["topics"]]
    return dict(document, topics=[topic for topic in document["topics"] if topic["topic"] in topics])


def check_needs():
    day = re.search(r"<!-- example: needs (\S+) -->", FORMATS).group(1)
    written, text, checklist = needs_documents(day)
    for name, document in (("needs " + day, json.loads(written)), ("checklist 2", json.loads(checklist))):
        shown = json.loads(example(name))
        case("the example of %s is what is written" % name.split()[0],
             [] if ordered(shown) == ordered(shortened(document, shown)) else [shown, document])
    shown = example("needs text")  # with its longer lines broken
    case("the example of needs as text is what is written",
         [] if shown.split() == text.split() else ["shown " + shown, "written " + text])

    needs, checklist = json.loads(written), json.loads(checklist)
    topic = [topic for topic in needs["topics"] if topic["responsible"]][0]
    known = [topic["known"] for topic in checklist["topics"] if topic["known"]][0]
    objects = {"needs": needs, "topic_need": topic, "need_responsible": topic["responsible"],
               "needs_assessment": needs["assessments"][0], "needs_distress": needs["assessments"][0]["distress"],
               "checklist": checklist, "checklist_topic": checklist["topics"][0], "known": known}
    problems = []
    for name, value in objects.items():
        problems += differences(name, keys(name), value)
    case("the tables of the keys of needs and checklist are their keys, in order", problems)


# ---------------------------------------------------------------- keys


def check_schema_keys():
    objects = re.findall(r"\b(\w+)_fields\[\] = \{", SCHEMA)
    case("the schemas of the library were found", [] if len(objects) > 10 else [objects])
    own = {"head": (["format"], ["events"]), "policy": (["format"], [])}
    problems = []
    for name in objects:
        before, after = own.get(name, ([], []))
        wanted = [key for key, _ in schema(name)]
        problems += differences(name, keys(name), before + wanted + after)
    case("every key of a pathway and a policy is in its table, in order", problems)

    problems = []
    for name in objects:
        required = {key for key, row in schema(name) if re.search(r"\bREQUIRED\b", row)} | set(own.get(name, ([],))[0])
        for row in rows("keys: " + name):
            key = ticks(row["key"])[0]
            if "required" in row and (row["required"] == "yes") != (key in required):
                problems.append("%s/%s: required or not" % (name, key))
    case("the tables say which keys are required", problems)

    problems = []
    for row in rows("keys: policy"):
        key = ticks(row["key"])[0]
        default = re.search(r"DAYS\(%s, (\d+)\)" % key, SCHEMA) or \
            re.search(r'\{"%s", NUMBER\(.*?\.fallback = (\d+)\}' % key, SCHEMA)
        if default and row["default *(ours)*"] != default.group(1):
            problems.append("%s: %s, in the library %s" % (key, row["default *(ours)*"], default.group(1)))
        numbers = re.findall(r"`%s`[^|]*? \((\d+)[^()]* \*\(ours\)\*\)" % key, RULES)
        if default and any(number != default.group(1) for number in numbers):
            problems.append("%s in rules.md: %r, in the library %s" % (key, numbers, default.group(1)))
        if default and not numbers:
            problems.append("%s has no default in rules.md" % key)
    case("the defaults of a policy are the library's, in both documents", problems)


VALUES = {
    "recorded": "2026-02-03T10:12:00Z", "author": {}, "note": "", "private": True, "to": "gp", "kind": "plo",
    "of": None, "point": 1, "channel": "phone", "until": "2026-03-01", "reason": "other", "start": "2026-03-01",
    "minutes": 1, "place": "", "level": "municipality", "performer": {}, "assessment": {}, "code": "WMFG10", "ref": "",
    "status": "ok", "error": "", "unit": "u", "role": "gp", "municipality": "4003", "district": "030101",
    "withheld": 1,
}
COMMON = ["recorded", "author", "note", "private", "withheld"]


def pathway_with(kind, chosen):
    targets = [{"id": "of1", "type": "performed", "date": "2026-02-01", "point": 1},
               {"id": "of2", "type": "message", "date": "2026-02-01", "to": "gp", "kind": "plo"}]
    event = {"id": "e", "type": kind, "date": "2026-02-03"}
    event.update((key, VALUES[key]) for key in chosen)
    if "of" in event:
        event["of"] = "of2" if kind == "receipt" else "of1"
    return json.dumps({"format": "pfh-pathway/1", "id": "p", "edition": "hdir-2022",
                       "diagnosis": {"code": "C50.9", "date": "2026-01-31"}, "events": targets + [event]}) + "\n"


def check_event_types():
    wanted, lines = [], []
    for row in rows("types"):
        kind = ticks(row["type"])[0]
        must, may = ticks(row["must have"]), ticks(row["may have"])
        may = may + ([] if kind == "withheld" else COMMON)
        takes = [(must + may, "")]
        takes += [([other for other in must if other != key], "key at /events/2/" + key) for key in must]
        takes += [(must + [key], "key at /events/2/" + key) for key in VALUES if key not in must + may]
        for chosen, answer in takes:
            wanted.append((kind, answer))
            lines.append(pathway_with(kind, chosen))
    put("types.ndjson", "".join(lines))
    _, _, errors = pfh("check", "--as-of", "2026-03-01", "types.ndjson")
    told = dict(re.findall(r"^types\.ndjson:(\d+): (\w+ at \S+):", errors, re.M))
    problems = ["%s: %r, but the library said %r" % (kind, answer, told.get(str(i), ""))
                for i, (kind, answer) in enumerate(wanted, 1) if told.get(str(i), "") != answer]
    case("each type of event takes the keys that its row says, and no others", problems)
    case("the types of events stand in the order in which they count",
         differences("type", [ticks(row["type"])[0] for row in rows("types")], words()["EVENT"]))

    problems, lines = [], []
    reasons = {ticks(row["type"])[0]: ticks(row["meaning"]) for row in rows("types")
               if "reason" in ticks(row["must have"] + row["may have"])}
    tried = [(kind, reason) for kind in reasons for reason in words()["REASON"]]
    for kind, reason in tried:
        VALUES["reason"] = reason
        must = [ticks(row["must have"]) for row in rows("types") if ticks(row["type"])[0] == kind][0]
        lines.append(pathway_with(kind, must + ["reason"]))
    put("reasons.ndjson", "".join(lines))
    _, _, errors = pfh("check", "--as-of", "2026-03-01", "reasons.ndjson")
    refused = set(re.findall(r"^reasons\.ndjson:(\d+): value at /events/2/reason:", errors, re.M))
    for i, (kind, reason) in enumerate(tried, 1):
        if (str(i) in refused) == (reason in reasons[kind]):
            problems.append("%s: %s" % (kind, reason))
    case("each type of event takes the reasons that its row says, and no others", problems)


# ---------------------------------------------------------------- words


def check_words():
    lists = words()
    case("the lists of words were found", [] if len(lists) > 20 and all(lists.values()) else [lists])
    in_formats = set(ticks(re.sub(r"```.*?```", "", FORMATS, flags=re.S))) | {"event"}
    case("every word of the documents stands in formats.md",
         ["%s: %s" % (name, word) for name, list_ in lists.items() for word in list_ if word not in in_formats])
    in_rules = set(ticks(RULES))
    wanted = ["TASK", "TASK_STATE", "FINDING", "STATE", "TIMING", "PLAN_STATUS", "BLOCK", "WAITING", "NUMBER"]
    case("every task, finding and state stands in rules.md",
         ["%s: %s" % (name, word) for name in wanted for word in lists[name] if word not in in_rules])

    statuses = re.findall(r'ROW\(PFH_E_\w+, -\d+, "(\w+)"', read("include", "pfh", "status.h"))
    told = list(dict.fromkeys(ticks(row["status"])[0] for row in rows("statuses")))
    case("every status of a document is in the table of what is refused",
         differences("status", told, [word for word in statuses if word not in ("memory", "argument", "conflict", "agreement")]))


def check_windows(editions):
    """The months and days of each point's row; where a window is counted from its middle, the days stand twice."""
    problems = []
    for name, edition in editions.items():
        section = RULES[RULES.index("### `%s`" % name):]
        for point in edition["points"]:
            row = re.search(r"^\| %d\b.*" % point["point"], section, re.M).group(0)
            dates = [point[key] or {"months": 0, "days": 0} for key in ("opens", "about", "closes")]
            wanted = ["%+d months" % date["months"] for date in dates if date["months"]]
            wanted += ["%+d days" % date["days"] for date in dates if date["days"]]
            found = re.findall(r"([+\u2212]) (\d+ \w+)", row)
            found = [sign.replace("\u2212", "-") + number for sign, number in found]
            if sorted(found) != sorted(wanted) or point["level"] not in row:
                problems.append("%s/%d: %r, in the library %r" % (name, point["point"], found, wanted))
    return problems


def check_rules():
    tables = words()
    found = re.findall(r"^\| `([a-z0-9_]+\.[a-z_]+)` \|", RULES, re.M)
    case("the findings of rules.md are in the order in which they are given",
         differences("finding", found, tables["FINDING"]))
    put("caseload.ndjson", read("examples", "data", "caseload.ndjson"))
    _, out, _ = pfh("plan", "--as-of", "2026-06-01", "caseload.ndjson")
    graves = dict(re.findall(r"^\| `([a-z0-9_]+\.[a-z_]+)` \| ([^|]*) \|", RULES, re.M))
    plans = map(json.loads, out.splitlines())
    seen = {(finding["id"], finding["severity"]) for plan in plans for finding in plan["findings"]}
    case("the findings of the sample caseload are as grave as rules.md says",
         sorted(pair for pair in seen if pair[1] not in graves[pair[0]]) if seen else ["no finding was seen"])
    section = RULES[RULES.index("\n## Tasks"):RULES.index("\n### Working days")]
    found = list(dict.fromkeys(re.findall(r"^\| `(\w+)`", section, re.M)))
    case("the tasks of rules.md are in the order in which they are given", differences("task", found, tables["TASK"]))

    problems = []
    _, out, _ = pfh("edition", "--json", "--lang", "nb")
    editions = {edition["name"]: edition for edition in map(json.loads, out.splitlines())}
    case("the windows of rules.md are those of the editions", check_windows(editions))
    drafted = {topic["code"] for topic in editions["hdir-2021-draft"]["topics"]}
    wanted = ["| `%s` | %s | %s |" % (topic["code"], topic["title"]["nb"], "yes" if topic["code"] in drafted else "no")
              for topic in editions["hdir-2022"]["topics"]]
    found = re.findall(r"^\| `\w+` \| .* \| (?:yes|no) \|$", RULES, re.M)
    problems += differences("topic", found, wanted)
    case("the topics of rules.md are those of the editions, with their titles", problems)


def check_handover():
    """The types of events that each audience does not get: the table of rules.md and the library's rows."""
    found, audience = [], None
    for row in rows("handover", RULES):
        audience = (ticks(row["audience"]) or [audience])[0]
        found += [(audience, word) for word in ticks(row["gets no"])]
    _, out, _ = pfh("handover", "--rules")
    wanted = re.findall(r"^(\w+): (\w+)(?=[:,])", out, re.M)
    wanted = [(who if who != "all" else None, word) for who, word in wanted if word not in ("note", "author")]
    case("the table of hand-over copies is that of the library",
         differences("row", sorted(found, key=str), sorted(wanted, key=str)))


def check_options():
    """The options of calendars in doc/calendars.md are those of pfh/ical.h, with values and defaults."""
    def table(text, begin):
        lines = [line.lstrip(" *") for line in text.splitlines()]
        lines = lines[next(i for i, line in enumerate(lines) if line.startswith(begin)):]
        end = next(i for i, line in enumerate(lines) if not line.startswith("|"))
        return [[cell.strip() for cell in line.split("|")] for line in lines[:end] if "---" not in line]

    found = table(CALENDARS[CALENDARS.index("## Options"):], "| key ")
    wanted = table(read("include", "pfh", "ical.h"), "| key ")
    case("the options of calendars.md are those of pfh/ical.h", differences("option", found, wanted))


def check_links():
    problems = []
    for name, text in (("formats.md", FORMATS), ("rules.md", RULES)):
        for target, anchor in re.findall(r"\]\(([\w.]*)#([^)]+)\)", text):
            there = {"": text, "formats.md": FORMATS, "rules.md": RULES}.get(target, "")
            anchors = [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
                       for title in re.findall(r"^#+ (.*)$", there, re.M)]
            if anchor not in anchors:
                problems.append("%s: %s#%s" % (name, target, anchor))
    case("every link leads to a heading", problems)
    case("no line of text is longer than 120 columns",
         ["%s:%d" % (name, i) for name, text in (("formats.md", FORMATS), ("rules.md", RULES))
          for i, line in enumerate(text.splitlines(), 1) if len(line) > 120 and not line.startswith("|")])


def main():
    plan = check_examples()
    check_plan_keys(plan)
    check_needs()
    check_schema_keys()
    check_event_types()
    check_words()
    check_rules()
    check_handover()
    check_options()
    check_links()
    print("1..%d" % len(CASES))
    return 0 if all(CASES) else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
