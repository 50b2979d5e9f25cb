#!/usr/bin/env python3
"""Random copies of one pathway, what each of some offices has of one log; the same for the same seed.

    generate_copies.py --seed N --count N     cases, one a line

A case is {"copies": [document, ...], "audiences": [audience or null, ...], "merge_edition", "choices",
"policy", "as_of", "known_at", "edition", "override"}.  A copy with an audience is handed over to it before it is
merged.  Most cases can be merged; about a third have something in one copy that contradicts another.

The copies are spelt differently: order of keys, zones of timestamps, numbers under the vendor's keys.
What is left out of a copy here is left out at random, not by any audience's rules.
"""

import argparse
import copy
import datetime
import random
import sys

import generate
from generate import Raw, maybe, vendor

NOTES_OF_TOPICS_COUNT = False  # as in pfh_merge_reference.py
AUDIENCES = ["specialist", "municipality", "gp", "patient"]


# ---------------------------------------------------------------- a log with more to leave out


def enrich(rng, document):
    """Notes, authors, private ones and topics, oftener than in a plain log."""
    log = generate.Log(rng, document["edition"], datetime.date.fromisoformat(document["diagnosis"]["date"]))
    for row in document["events"]:
        if row["type"] == "withheld":
            continue
        maybe(rng, 0.25, row, note=rng.choice(generate.TEXTS), author=log.author)
        maybe(rng, 0.1, row, private=rng.random() < 0.6)
        if row["type"] == "performed" and rng.random() < 0.7:
            row["assessment"] = generate.assessment(log)
            codes = rng.sample(generate.TOPICS, rng.randrange(6))
            row["assessment"]["topics"] = [generate.topic(log, code) for code in codes]
        for topic in topics_of(row):
            maybe(rng, 0.4, topic, note=rng.choice(generate.TEXTS))
            maybe(rng, 0.15, topic, private=rng.random() < 0.7)


def topics_of(row):
    return (row.get("assessment") or {}).get("topics") or []


# ---------------------------------------------------------------- what one office has


def with_references(rows, ids):
    """What is named stands in the same copy."""
    named = {row["id"]: row.get("of") for row in rows}
    todo = list(ids)
    ids = set(ids)
    while todo:
        of = named[todo.pop()]
        if of is not None and of not in ids:
            ids.add(of)
            todo.append(of)
    return ids


def stub(row):
    return {"id": row["id"], "type": "withheld", "date": row["date"]}


def leave_out(rng, row):
    """A part of an event, counted; whatever it was, the whole can be made again with the others."""
    count = row.get("withheld") or 0
    if row.get("note") is not None and rng.random() < 0.5:
        del row["note"]
        count += 1
    if rng.random() < 0.5:
        row.pop("author", None)
    topics = topics_of(row)
    for topic in list(topics):
        if rng.random() < 0.3:
            topics.remove(topic)
            count += 1 + (NOTES_OF_TOPICS_COUNT and topic.get("note") is not None)
        elif topic.get("note") is not None and rng.random() < 0.4:
            del topic["note"]
            count += 1
    if 0 < count <= 999:
        row["withheld"] = count
    return row


def one_copy(rng, document):
    made = copy.deepcopy(document)
    share = rng.choice([0.4, 0.7, 1, 1])
    ids = with_references(made["events"], [row["id"] for row in made["events"] if rng.random() < share])
    made["events"] = [row for row in made["events"] if row["id"] in ids]
    if rng.random() < 0.4:
        made["events"] = [less(rng, row) for row in made["events"]]
    for key in list(made.get("patient") or {}):
        if rng.random() < 0.15:
            del made["patient"][key]
    for key in ("previous", "x_a", "x_1"):
        if rng.random() < 0.15:
            made.pop(key, None)
    if not made["events"] and rng.random() < 0.5:
        del made["events"]
    if "patient" in made and not made["patient"] and rng.random() < 0.5:
        del made["patient"]
    return made


def less(rng, row):
    if row["type"] == "withheld" or (row.get("withheld") or 0) > 900:
        return row
    if row["type"] != "corrected" and rng.random() < 0.2:
        return stub(row)
    return leave_out(rng, row) if rng.random() < 0.5 else row


# ---------------------------------------------------------------- the same, spelt otherwise

SPELLINGS = {"0": ["0", "-0", "0.0", "0e5"], "-0": ["-0", "0"], "1.50": ["1.50", "1.5", "15e-1", "0.15E1"],
             "2E+3": ["2E+3", "2000", "2e3"], "-0.0": ["-0.0", "0"], "1e999": ["1e999", "10e998", "1E+999"]}


def respell(rng, value, key=""):
    if isinstance(value, dict):
        rows = [(name, respell(rng, item, name if not key.startswith("x_") else key)) for name, item in value.items()]
        if rng.random() < 0.3:
            rng.shuffle(rows)
        return dict(rows)
    if isinstance(value, list):
        return [respell(rng, item, key) for item in value]
    if isinstance(value, Raw) and key.startswith("x_"):
        return Raw(rng.choice(SPELLINGS.get(str(value), [str(value)])))
    if key == "recorded" and isinstance(value, str) and value.endswith("Z") and "." not in value:
        return value[:-1] + rng.choice(["Z", ".0Z", "+00:00", ".000-00:00"])
    if key == "code" and value in ("C50.9", "C509"):
        return rng.choice(["C50.9", "C509"])
    return value


# ---------------------------------------------------------------- contradictions


def contradict(rng, document):
    rng.choice([other_head, other_diagnosis, other_key, other_key, other_key, other_count, other_count,
                other_topic, other_topic, other_note, other_type, other_stub, wrong_name, wrong_name])(rng, document)


def other_head(rng, document):
    what = rng.randrange(5)
    if what == 0:
        document["id"] = "another"
    elif what == 1:
        document["previous"] = rng.choice(["a0d2", "a0d3"])
    elif what == 2:
        document[rng.choice(["x_a", "x_zz", "x_b/c~d", "x_1"])] = rng.choice([None, Raw("7"), "æ", {"a": None}, []])
    else:
        document["patient"] = {**(document.get("patient") or {})}
        key, value = rng.choice([("id", "4712"), ("municipality", "5001"), ("language", "en"), ("birth_date", "1960-01-01"),
                                 ("name", {"given": "Ola", "x_a": Raw("1")}), ("identifiers", []), ("x_a/b", Raw("3")),
                                 ("has_municipal_services", True), ("x_12345678901", Raw("1"))])
        document["patient"][key] = value


def other_diagnosis(rng, document):
    key, value = rng.choice([("intent", "palliative"), ("kind", "relapse"), ("x_a", Raw("8")), ("in_cancer_pathway", True)])
    document["diagnosis"][key] = value


def an_event(rng, document, holds=lambda row: True):
    rows = [row for row in document.get("events") or [] if row["type"] != "withheld" and holds(row)]
    return rng.choice(rows) if rows else None


def other_key(rng, document):
    row = an_event(rng, document)
    if row is not None:
        key, value = rng.choice([("private", True), ("private", False), ("x_a", Raw("9")), ("x_b", None), ("date", "2024-05-06"),
                                 ("recorded", "2024-05-06T00:00:00Z"), ("x_98765432109", Raw("1")),
                                 ("author", {"name": "M. M."})])
        row[key] = value


def other_count(rng, document):
    row = an_event(rng, document)
    if row is not None:
        row["withheld"] = (row.get("withheld") or 0) % 990 + rng.choice([1, 1, 2])


def other_note(rng, document):
    row = an_event(rng, document)
    if row is not None:
        row["note"] = "something else"


def other_topic(rng, document):
    row = an_event(rng, document, lambda row: topics_of(row))
    if row is not None:
        topics = topics_of(row)
        topic = rng.choice(topics)
        what = rng.randrange(4)
        if rng.random() < 0.1:
            topics.clear()
        elif what == 0:
            topic["need"] = "declined" if topic["need"] != "declined" else "none"
        elif what == 1:
            topic["note"] = "another note"
        elif what == 2:
            topics.remove(topic)
        else:
            rng.shuffle(topics)


def other_type(rng, document):
    row = an_event(rng, document, lambda row: row["type"] in ("accepted", "form_sent"))
    if row is not None:
        row["type"] = "accepted" if row["type"] == "form_sent" else "form_sent"


def other_stub(rng, document):
    """A stub of another date, or with a key of a vendor's."""
    row = an_event(rng, document, lambda row: row["type"] != "corrected")
    if row is not None:
        left = stub(row)
        if rng.random() < 0.5:
            left["date"] = "2024-05-06"
        else:
            left["x_a"] = Raw("1")
        row.clear()
        row.update(left)


def wrong_name(rng, document):
    """An event becomes a stub here, and something of another kind names it."""
    row = an_event(rng, document, lambda row: row["type"] in ("offered", "performed", "message", "coded"))
    if row is None:
        return
    kind = {"message": "followed_up"}.get(row["type"], "receipt")
    left = stub(row)
    named = row["id"]
    row.clear()
    row.update(left)
    more = {"status": "ok"} if kind == "receipt" else {}
    document["events"].append({"id": "w%d" % rng.randrange(3), "type": kind, "date": left["date"], "of": named, **more})
    ids = [event["id"] for event in document["events"]]
    if len(set(ids)) < len(ids):
        document["events"].pop()


# ---------------------------------------------------------------- the case


def onto_the_published(document):
    """The same copy, taken to the published edition by hand."""
    mapped = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
    document["edition"] = "hdir-2022"
    for row in document.get("events") or []:
        if row.get("point") is not None:
            row["point"] = mapped[row["point"]]


def case(rng):
    row = generate.case(rng)
    document = row.pop("pathway")
    if rng.random() < 0.5:  # fewer events: what is wrong is then seen
        ids = with_references(document["events"], [event["id"] for event in document["events"][:5]])
        document["events"] = [event for event in document["events"] if event["id"] in ids]
    if rng.random() < 0.8:
        enrich(rng, document)
    copies = [one_copy(rng, document) for _ in range(rng.choice([2, 2, 2, 3, 4, 5]))]
    if document["edition"] != "hdir-2022" and rng.random() < 0.5:
        row["merge_edition"] = "hdir-2022"
        onto_the_published(rng.choice(copies))
    elif rng.random() < 0.1:
        row["merge_edition"] = rng.choice(["hdir-2022", "hdir-2021-draft"])
    elif rng.random() < 0.03 and document["edition"] != "hdir-2022":
        onto_the_published(rng.choice(copies))
    if rng.random() < 0.35:
        for _ in range(rng.choice([1, 1, 2, 4])):
            contradict(rng, rng.choice(copies))
        if document["edition"] != "hdir-2022" and "merge_edition" not in row and rng.random() < 0.2:
            onto_the_published(rng.choice(copies))
        row["choices"] = choices(rng, copies)
    row["copies"] = [respell(rng, made) for made in copies]
    row["audiences"] = [rng.choice(AUDIENCES) if rng.random() < 0.3 else None for _ in copies]
    maybe(rng, 0.8, row, override=True)
    return row


def choices(rng, copies):
    ids = [row["id"] for made in copies for row in made.get("events") or []]
    names = ["/diagnosis", "/id", "/edition", "/previous", "/patient/name", "/patient", "/x_a"] + \
        [kind + name for name in ids for kind in ("event:", "of:")]
    row = {name: rng.choice(["mine", "theirs"]) for name in names if rng.random() < 0.5}
    maybe(rng, 0.3, row, **{"": rng.choice(["mine", "theirs"])})
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    for _ in range(options.count):
        line = generate.write(case(rng), rng.random() < 0.3)
        sys.stdout.buffer.write(line.encode("utf-8", "strict") + b"\n")


if __name__ == "__main__":
    main()
