#!/usr/bin/env python3
"""An independent reading of the rules for two copies of a pathway, for hand-over copies and for needs.

    pfh_merge_reference.py merge [--edition E] [--choose NAME=SIDE] [--default SIDE] FILE FILE
    pfh_merge_reference.py diff [--edition E] [--choose NAME=SIDE] [--default SIDE] MINE THEIRS
    pfh_merge_reference.py handover --audience A [--policy FILE] [--override] FILE
    pfh_merge_reference.py needs --as-of D [--known-at T] [--policy FILE] [--edition E] FILE
    pfh_merge_reference.py checklist --point N [--edition E] [--policy FILE] [--as-of D FILE]

Section 11 of the rules, and what follows from an assessment through time.  It builds on pfh_reference.py
and, like that, shares nothing with the library.  Where the text was open, the comment says "Read:".
"""

import argparse
import sys

import pfh_reference as base
from pfh_reference import Number, Object, Refused, is_vendor_key, pointer, write

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)  # an exponent may have any number of digits

AUDIENCES = ("specialist", "municipality", "gp", "patient")
SIDES = ("mine", "theirs")
MAX_WITHHELD = 999


# ---------------------------------------------------------------- section 11: equal as JSON values


def number_value(spelling):
    """The value of a number, however it is spelt: (negative, digits, exponent)."""
    mantissa, _, exponent = spelling.lower().partition("e")
    negative, mantissa = mantissa.startswith("-"), mantissa.lstrip("-")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return False, "", 0  # -0 is 0
    short = digits.rstrip("0")
    return negative, short, int(exponent or "0") - len(fraction) + len(digits) - len(short)


def members(value):
    return dict(value.members) if isinstance(value, Object) else value


def same(one, other):
    """Section 11: equal as JSON values; the order of keys and the spelling of numbers do not matter."""
    if isinstance(one, Number) and isinstance(other, Number):
        return number_value(one.spelling) == number_value(other.spelling)
    one, other = members(one), members(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def spelling(value):
    return write(value).encode("utf-8", "surrogatepass")


def one_spelling(one, other):
    """Of two equal values the one that is written: below a vendor key the smaller by its bytes."""
    if isinstance(one, dict):
        return {key: min(value, other[key], key=spelling) if is_vendor_key(key)
                else one_spelling(value, other[key]) for key, value in one.items()}
    if isinstance(one, list):
        return [one_spelling(item, also) for item, also in zip(one, other)]
    return one


def joined_spelling(key, one, other):
    return min(one, other, key=spelling) if is_vendor_key(key) else one_spelling(one, other)


def written_order(keys, known):
    """Section 3: the keys of the format in their order, then vendor keys by their bytes."""
    keys = set(keys)
    return [key for key in known if key in keys] + \
        sorted((key for key in keys if is_vendor_key(key)), key=str.encode)


# ---------------------------------------------------------------- a copy, as it was read


class Copy:
    """A pathway, and where each event stood in the document that was read."""

    def __init__(self, data):
        self.document = base.read_pathway(data)
        stood = base.parse_document(data).get("events") or []
        self.place = {row.get("id"): index for index, row in enumerate(stood)}
        self.events = {row["id"]: row for row in self.document.get("events", [])}

    def under(self, edition):
        """Section 2: a copy of the draft read as one of the published edition; the other way is refused."""
        named = self.document["edition"]
        if edition is None or edition == named:
            return self
        if edition != "hdir-2022":
            raise Refused("edition", ("edition",))
        other = Copy.__new__(Copy)
        other.place = self.place
        other.document = {**self.document, "edition": edition}
        other.events = {name: at_mapped_point(row) for name, row in self.events.items()}
        return other


def at_mapped_point(row):
    return {**row, "point": base.DRAFT.points[row["point"]].maps_to[0]} if "point" in row else row


# ---------------------------------------------------------------- section 11: versions of one event


class Contradiction(Exception):
    """Two versions that fit neither way; `key` is the first one that differs."""

    def __init__(self, kind, key):
        super().__init__(kind, key)
        self.kind = kind
        self.key = key if pointer((key,)) else None  # Read: a key that no pointer spells is not told


def is_stub(row):
    return row["type"] == "withheld"


def stub(row):
    return {"id": row["id"], "type": "withheld", "date": row["date"]}


def topic_rank(code):
    """The order of topics: the national ones as in section 2, then local ones by their bytes."""
    national = base.TOPICS.split()
    return (0, national.index(code), b"") if code in national else (1, 0, code.encode())


def join(one, other):
    """Section 11, "Merging with copies": the one version that two make, or Contradiction."""
    if is_stub(one) != is_stub(other):
        if one["date"] != other["date"]:
            raise Contradiction("content", "date")
        return other if is_stub(one) else one
    if is_stub(one):
        return join_stubs(one, other)
    if one["type"] != other["type"]:
        raise Contradiction("content", "type")
    known = [key.name for key in base.event_keys(one["type"])]
    result = {}
    for key in written_order([*one, *other], known):
        if key == "withheld":
            continue
        if key == "assessment" and key in one and key in other:
            result[key] = join_assessments(one[key], other[key])
        elif key in one and key in other and same(one[key], other[key]):
            result[key] = joined_spelling(key, one[key], other[key])
        elif key in ("author", "note") and not (key in one and key in other):
            result[key] = one.get(key, other.get(key))
        else:
            raise Contradiction("content", key)
    return with_withheld(result, left_out(result, one, other), known)


def join_stubs(one, other):
    """Read: what a vendor says of only one of them, or otherwise, goes, as it would when the event came."""
    if one["date"] != other["date"]:
        raise Contradiction("content", "date")
    kept = {key: joined_spelling(key, one[key], other[key]) for key in one
            if is_vendor_key(key) and key in other and same(one[key], other[key])}
    return {**stub(one), **{key: kept[key] for key in written_order(kept, [])}}


def join_assessments(one, other):
    rest_of_one, rest_of_other = without(one, "topics"), without(other, "topics")
    if not same(rest_of_one, rest_of_other):
        raise Contradiction("content", "assessment")
    result = one_spelling(rest_of_one, rest_of_other)
    if "topics" in one or "topics" in other:
        result["topics"] = join_topics(one.get("topics", []), other.get("topics", []))
    known = ["instrument", "distress", "topics"]
    return {key: result[key] for key in written_order(result, known)}


def without(row, *keys):
    return {key: value for key, value in row.items() if key not in keys}


def join_topics(one, other):
    """Section 11: by code, each as one or both have it; a note that one lacks was left out there."""
    mine, theirs = by_code(one), by_code(other)
    rows = {code: join_topic(mine[code], theirs[code]) if code in mine and code in theirs
            else mine.get(code, theirs.get(code)) for code in {**mine, **theirs}}
    orders = [list(version) for version in (mine, theirs) if len(version) == len(rows)]
    ranked = [sorted(rows, key=topic_rank)] + orders
    return [rows[code] for code in max(ranked, key=lambda order: list(map(topic_rank, order)))]


def by_code(topics):
    return {row["topic"]: row for row in topics}


def join_topic(one, other):
    rest_of_one, rest_of_other = without(one, "note"), without(other, "note")
    both = "note" in one and "note" in other
    if not same(rest_of_one, rest_of_other) or both and one["note"] != other["note"]:
        raise Contradiction("content", "assessment")
    result = one_spelling(rest_of_one, rest_of_other)
    if "note" in one or "note" in other:
        result["note"] = one.get("note", other.get("note"))
    known = [key.name for key in base.TOPIC]
    return {key: result[key] for key in written_order(result, known)}


def topics_of(row):
    return row.get("assessment", {}).get("topics", [])


# Whether the note of a topic that goes whole is counted beside the topic.  With False, copies that no
# audience gets can be merged in one order and not in another: test_merge_reference.py has an example.
NOTES_OF_TOPICS_COUNT = False


def there(row, whole):
    """How much of note and topics a version has; a topic that lacks a note the whole has is not there."""
    noted = {topic["topic"] for topic in topics_of(whole) if "note" in topic}
    if NOTES_OF_TOPICS_COUNT:
        return ("note" in row) + sum(1 + ("note" in topic) for topic in topics_of(row))
    return ("note" in row) + sum("note" in topic or topic["topic"] not in noted for topic in topics_of(row))


def left_out(whole, one, other):
    """Section 11: what is still left out of the joined version; the total must be equal in both."""
    total, also = (there(row, whole) + row.get("withheld", 0) for row in (one, other))
    if total != also or there(whole, whole) > total:
        raise Contradiction("withheld", "withheld")
    return total - there(whole, whole)


def with_withheld(row, count, known):
    result = {**without(row, "withheld"), **({"withheld": count} if count else {})}
    return {key: result[key] for key in written_order(result, known)}


# ---------------------------------------------------------------- section 11: merging, and what differs


class Conflicts(Exception):
    """Nothing is merged; `rows` are the conflicts for which nothing was chosen."""

    def __init__(self, rows):
        super().__init__([row["name"] for row in rows])
        self.rows = rows


PATIENT_KEYS = "id identifiers name birth_date municipality district language has_municipal_services".split()
NOTHING = object()


class Comparison:
    """Two copies beside each other: `rows` of what differs, and `merged`, None with open conflicts."""

    def __init__(self, mine, theirs, edition=None, choices=None):
        self.choices = choices or {}
        named = {"mine": mine.document["edition"], "theirs": theirs.document["edition"]}
        if edition is None and named["mine"] != named["theirs"]:
            # Read: who takes the edition of one side asks for it.
            edition = named.get(self.side("/edition"))
        self.mine, self.theirs = mine.under(edition), theirs.under(edition)
        self.rows = []
        head = self.merge_head()
        events = self.merge_events()
        self.open = [row for row in self.rows if row["kind"] == "conflict" and row["chosen"] is None]
        self.merged = None if self.open else self.put_together(head, events)

    def side(self, name):
        """What was chosen for a conflict: for its name, else for all of which nothing was said.

        Read: two ids are two pathways, until somebody says by name that they are one."""
        return self.choices.get(name, self.choices.get(None) if name != "/id" else None)

    def add(self, kind, name, mine, theirs, row=None, conflict=None, key=None):
        chosen = self.side(name) if kind == "conflict" else None
        self.rows.append({
            "kind": kind, "name": name, "event": row and row["id"], "type": row and row["type"],
            "date": row and row["date"], "mine": mine, "theirs": theirs, "conflict": conflict, "key": key,
            "chosen": chosen})
        return chosen

    # -- what stands beside the events

    def merge_head(self):
        """The values by path, in the order of the rows."""
        mine, theirs = head_values(self.mine.document), head_values(self.theirs.document)
        patient = written_order([path[1] for path in {**mine, **theirs} if path[0] == "patient"], PATIENT_KEYS)
        top = written_order([path[0] for path in {**mine, **theirs} if len(path) == 1], [])
        paths = [("id",), ("edition",)] + [("patient", key) for key in patient] + \
            [("diagnosis",), ("previous",)] + [(key,) for key in top]
        merged = {path: self.merge_value(path, mine.get(path, NOTHING), theirs.get(path, NOTHING))
                  for path in paths}
        return {path: value for path, value in merged.items() if value is not NOTHING}

    def merge_value(self, path, mine, theirs):
        """One value: absent on one side is no difference."""
        where = pointer(path)
        if theirs is NOTHING:
            return mine
        if mine is NOTHING:
            self.add("added", where, None, where)
            return theirs
        if same(mine, theirs):
            return joined_spelling(path[-1], mine, theirs)
        chosen = self.add("conflict", where, where, where, conflict="value")
        return {"mine": mine, "theirs": theirs, None: NOTHING}[chosen]

    # -- the events

    def merge_events(self):
        """The version of each event, by id; and the rows of events, in the order of the log."""
        outcome = {}
        for name in {**self.mine.events, **self.theirs.events}:
            outcome[name] = self.merge_event(self.mine.events.get(name), self.theirs.events.get(name))
        final = {name: version for name, (version, _) in outcome.items()}
        references = self.settle_references(final)
        for name in sorted(outcome, key=lambda name: base.event_order(self.place_in_order(outcome, name))):
            self.add_event_row(name, *outcome[name])
            if name in references:
                self.add_reference_row(name, references[name])
        return final

    def place_in_order(self, outcome, name):
        """Read: an event of two contents is listed where the chosen one stands, else where mine does."""
        return outcome[name][0] or self.mine.events[name]

    def merge_event(self, mine, theirs):
        """(version, contradiction): the version is None where nothing was chosen."""
        if mine is None or theirs is None:
            return mine or theirs, None
        try:
            return join(mine, theirs), None
        except Contradiction as contradiction:
            chosen = self.side("event:" + mine["id"])
            return {"mine": mine, "theirs": theirs, None: None}[chosen], contradiction

    def add_event_row(self, name, version, contradiction):
        mine, theirs = self.mine.events.get(name), self.theirs.events.get(name)
        places = self.place_of(self.mine, name), self.place_of(self.theirs, name)
        if contradiction is not None:
            self.add("conflict", "event:" + name, *places, theirs, contradiction.kind, contradiction.key)
        elif mine is None:
            self.add("added", "event:" + name, *places, theirs)
        elif theirs is not None and is_fuller(version, mine):
            self.add("fuller", "event:" + name, *places, theirs)

    @staticmethod
    def place_of(copy, name, key=None):
        if name not in copy.events:
            return None
        return pointer(("events", copy.place[name]) + ((key,) if key else ()))

    # -- references

    def settle_references(self, final):
        """`of` that names a wrong type after merging: {naming id: (named id, chosen)}; settles the chosen."""
        found = {}
        while True:
            wrong = {name: of for name, of in self.wrong_references(final) if name not in found}
            found.update(wrong)
            for name, of in wrong.items():
                self.settle(final, name, of)
            if not wrong:
                return found

    def versions(self, final, name):
        """What an event may come to be: one version, or both where nothing was chosen."""
        return [final[name]] if final[name] else [self.mine.events[name], self.theirs.events[name]]

    def wrong_references(self, final):
        """Read: with a contradiction left open, only what is wrong whatever is chosen."""
        for name in final:
            pairs = [(row, named) for row in self.versions(final, name)
                     for named in (self.versions(final, row["of"]) if "of" in row else [None])]
            if all(named is not None and not base.may_name(row["type"], named["type"]) for row, named in pairs):
                yield name, pairs[0][0]["of"]

    def settle(self, final, name, of):
        """The side's version of the named event; where that side does not name it, the naming one goes."""
        chosen = self.side("of:" + name)
        if chosen is None:
            return
        copy = self.mine if chosen == "mine" else self.theirs
        own, named = copy.events.get(name), copy.events.get(of)
        if names(copy, name) and self.takes(name, chosen) and named is not None and is_stub(named):
            final[of] = named
        else:
            final[name] = own if own is not None and is_stub(own) else stub(self.versions(final, name)[0])

    def takes(self, name, side):
        """Whether an event comes to be a side's: it is, unless its content was chosen otherwise."""
        both = [copy.events[name] for copy in (self.mine, self.theirs) if name in copy.events]
        try:
            join(both[0], both[-1])
        except Contradiction:
            return self.side("event:" + name) == side
        return True

    def add_reference_row(self, name, of):
        places = [self.place_of(copy, name, "of") if names(copy, name) else self.place_of(copy, of, "type")
                  for copy in (self.mine, self.theirs)]
        row = next(copy.events[name] for copy in (self.theirs, self.mine) if names(copy, name))
        self.add("conflict", "of:" + name, *places, row, "reference")

    # -- the document

    def put_together(self, head, events):
        documents = self.mine.document, self.theirs.document
        result = {"format": "pfh-pathway/1", "id": head[("id",)], "edition": head[("edition",)]}
        if any("patient" in document for document in documents):
            result["patient"] = {path[1]: value for path, value in head.items() if path[0] == "patient"}
        for key in ("diagnosis", "previous"):
            if (key,) in head:
                result[key] = head[(key,)]
        if events or any("events" in document for document in documents):
            result["events"] = sorted(events.values(), key=base.event_order)
        result.update((path[0], value) for path, value in head.items() if is_vendor_key(path[0]))
        return result


def is_fuller(version, mine):
    """Read: another order of topics, or a list of none, is nothing more."""
    return given(version) != given(mine)


def given(row):
    """How much a version gives, as it would be counted by somebody who looks."""
    return (is_stub(row), "author" in row, "note" in row, len(topics_of(row)),
            sum("note" in topic for topic in topics_of(row)), row.get("withheld", 0))


def names(copy, name):
    return "of" in copy.events.get(name, {})


def head_values(document):
    values = {(key,): value for key, value in document.items() if key not in ("format", "patient", "events")}
    values.update((("patient", key), value) for key, value in document.get("patient", {}).items())
    return values


def diff(mine, theirs, edition=None, choices=None):
    """Section 11: the rows of what differs, of two texts."""
    return Comparison(Copy(mine), Copy(theirs), edition, choices).rows


def merge(mine, theirs, edition=None, choices=None):
    """Section 11: one document of two texts; or Conflicts, and nothing is merged."""
    made = Comparison(Copy(mine), Copy(theirs), edition, choices)
    if made.open:
        raise Conflicts(made.open)
    # Read: choices can make what section 3 refuses, as a point outside the edition that was chosen.
    return base.read_pathway(spelling(made.merged))


# ---------------------------------------------------------------- section 11: a hand-over copy


def to_others(recipient):
    return lambda row: row["type"] == "message" and row["to"] != recipient


def of_types(*types):
    return lambda row: row["type"] in types


LEFT_OUT = {
    "specialist": [],
    "municipality": [of_types("coded", "receipt"), to_others("municipality")],
    "gp": [of_types("coded", "receipt", "form_sent"), to_others("gp")],
    "patient": [of_types("coded", "receipt", "message", "assigned")]}


def handover(copy, audience, policy=None, override=False):
    """Section 11: the copy for an audience, of a Copy."""
    policy = policy or base.POLICY_DEFAULTS
    if audience == "municipality" and not policy["municipality_messages"] and not override:
        refused = Refused("agreement")
        refused.where = "policy"  # an argument, not a place in a document
        raise refused
    result = dict(copy.document)
    if "events" in result:
        rows = [for_audience(row, audience, copy.place[row["id"]]) for row in result["events"]]
        result["events"] = sorted(rows, key=base.event_order)
    return result


def for_audience(row, audience, place):
    """One event: as it is, as a stub, or with less in it."""
    if is_stub(row):
        return row
    private = row.get("private", False)
    if row["type"] != "corrected" and (private or any(rule(row) for rule in LEFT_OUT[audience])):
        return stub(row)
    no_notes = audience == "patient"
    result, count = without(row, "author") if no_notes else row, row.get("withheld", 0)
    if "note" in row and (no_notes or private):
        result, count = without(result, "note"), count + 1
    if "topics" in row.get("assessment", {}):
        kept, gone = topics_for(topics_of(row), no_notes)
        result = {**result, "assessment": {**row["assessment"], "topics": kept}}
        count += gone
    if count > MAX_WITHHELD:
        raise Refused("value", ("events", place))
    return with_withheld(result, count, [key.name for key in base.event_keys(row["type"])])


def topics_for(topics, no_notes):
    """(those that stay, how many topics and notes go)."""
    kept = [topic for topic in topics if not topic.get("private", False)]
    gone = len(topics) - len(kept)
    if NOTES_OF_TOPICS_COUNT:
        gone += sum("note" in topic for topic in topics if topic not in kept)
    if no_notes:
        gone += sum("note" in topic for topic in kept)
        kept = [without(topic, "note") for topic in kept]
    return kept, gone


# ---------------------------------------------------------------- needs through time


def entries(row):
    """The topics of a performance, by code."""
    return by_code(topics_of(row.data))


def discussed_in(row, code):
    """The topic as a performance discussed it; or None."""
    topic = entries(row).get(code)
    return topic if topic is not None and topic["need"] != "not_discussed" else None


def discussions(performances, code):
    """(performance, topic) of all that discussed it, in order."""
    pairs = [(row, discussed_in(row, code)) for row in performances]
    return [(row, topic) for row, topic in pairs if topic is not None]


def topic_rows(case, performances):
    """(code, title, in_edition): of the edition, then the policy's, then others that stand in an assessment."""
    own = [(row["code"], row["title"], True) for row in case.policy["extra_topics"]]
    rows = [(code, None, True) for code in case.edition.topics] + own
    known = {code for code, _, _ in rows}
    others = {code for row in performances for code in entries(row)} - known
    return rows + [(code, None, code.startswith("x_")) for code in sorted(others, key=topic_rank)]


def start_of_run(found, alike):
    """The date of the first of the last ones that are all alike."""
    first = found[-1][0]
    for row, topic in reversed(found):
        if not alike(topic, found[-1][1]):
            break
        first = row
    return first.date


def same_need(one, other):
    return one["need"] == other["need"]


def same_responsible(one, other):
    return same_need(one, other) and responsible_of(one) == responsible_of(other)


def responsible_of(topic):
    """(level, unit, role), or None where nobody is."""
    given = topic.get("responsible")
    return given and tuple(given.get(key) for key in ("level", "unit", "role"))


def followed_up(case, row):
    last = [f for f in case.of_type("followed_up") if f.of == row.id][-1:]
    return {"event": last[0].id, "date": last[0].date} if last else None


def topic_need(case, performances, code, title, in_edition):
    found = discussions(performances, code)
    row, topic = found[-1] if found else (None, {"need": "not_discussed"})
    owner, follow = responsible_of(topic), topic["need"] == "follow_up"
    done = row and followed_up(case, row)
    return {
        "topic": code, "title": title, "in_edition": in_edition, "need": topic["need"],
        "since": row and start_of_run(found, same_need), "discussed": row and row.date,
        "event": row and row.id, "note": topic.get("note"),
        "responsible": owner and {"level": owner[0], "unit": owner[1], "role": owner[2],
                                  "since": start_of_run(found, same_responsible)},
        "followed_up": done, "no_responsible": follow and owner is None,
        "not_followed_up": follow and done is None,
        "private": topic.get("private", False) or bool(row and row.data.get("private", False))}


CHANGES = ("new", "goes_on", "resolved", "declined", "not_discussed")


def change(case, earlier, row, code, standing):
    """What a performance says of a topic, beside the last earlier one that discussed it; or None."""
    before = [topic["need"] for _, topic in discussions(earlier, code)][-1:]
    topic = discussed_in(row, code)
    if topic is None:
        # Read: a topic that stands in it as not discussed is told, whatever was known of it.
        told = code in entries(row) or standing and "withheld" not in row.data
        return "not_discussed" if told else None
    was_to_be = before == ["follow_up"]
    return {"follow_up": "goes_on" if was_to_be else "new", "none": "resolved" if was_to_be else None,
            "declined": "declined" if was_to_be else None}[topic["need"]]


def distress(case, earlier, row):
    score = base.distress_of(row)
    if score is None:
        return None
    before = [base.distress_of(other) for other in earlier if base.distress_of(other) is not None][-1:]
    return {"score": score, "change": score - before[0] if before else None,
            "high": score >= case.policy["distress_threshold"]}


def assessment_row(case, earlier, row, topics):
    given = row.data.get("assessment")
    tool = (given or {}).get("instrument", {})
    result = {
        "event": row.id, "date": row.date, "point": row.point, "level": base.performed_level(case, row),
        # Read: an instrument without id and version says nothing.
        "instrument": {"id": tool.get("id"), "version": tool.get("version")}
        if "id" in tool or "version" in tool else None,
        "distress": distress(case, earlier, row), "followed_up": followed_up(case, row),
        "recorded": given is not None, "withheld": row.data.get("withheld")}
    standing = set(case.edition.topics) | {extra["code"] for extra in case.policy["extra_topics"]}
    said = [(code, change(case, earlier, row, code, code in standing)) for code, _, _ in topics] \
        if given is not None else []
    result.update((word, [code for code, what in said if what == word]) for word in CHANGES)
    return result


def needs(document, policy, as_of, known_at=None, edition=None):
    """`pfh-needs/1` of a document that was read."""
    case = base.Case(document, policy, base.planned_edition(document, edition), as_of, known_at)
    performances = case.of_type("performed")
    topics = topic_rows(case, performances)
    return {
        "format": "pfh-needs/1", "pathway": document["id"], "edition": case.edition.name, "as_of": as_of,
        "known_at": known_at and base.write_timestamp(known_at),
        "topics": [topic_need(case, performances, *row) for row in topics],
        "assessments": [assessment_row(case, performances[:index], row, topics)
                        for index, row in enumerate(performances)]}


# ---------------------------------------------------------------- the checklist of a point

TITLES = {  # section 2; the other languages are texts of the library, and not compared here
    "family_network": "Familiesituasjon og nettverk", "work_school": "Jobb/skole/utdanning",
    "economy_housing": "Økonomi og boforhold", "home_help": "Hjelp og tilrettelegging i hjemmet",
    "rehabilitation": "Rehabilitering", "physical_activity": "Fysisk aktivitet og fysisk funksjon",
    "nutrition": "Ernæring/mat/måltider", "own_health": "Ivaretakelse av egen helse",
    "coping_learning": "Egne ressurser / læring og mestring", "leisure_social": "Fritid/sosiale aktiviteter",
    "mental_health": "Psykisk helse", "sexual_health": "Seksuell helse", "oral_health": "Oral helse"}


def checklist(edition, point, policy, known=None):
    """`pfh-checklist/1` in nb; `known` are the arguments of needs() for what is filled in."""
    filled_in = needs(*known) if known else None
    if known and filled_in["edition"] != edition:
        raise Refused("edition", ("edition",))
    if not 1 <= point <= len(base.EDITIONS[edition].points):
        raise Refused("argument")
    rows = [(code, TITLES[code]) for code in base.EDITIONS[edition].topics] + \
        [(row["code"], row["title"]) for row in policy["extra_topics"]]
    found = known_of(filled_in, *known) if known else {}
    return {
        "format": "pfh-checklist/1", "edition": edition, "point": point, "language": "nb",
        "pathway": filled_in and filled_in["pathway"], "as_of": filled_in and filled_in["as_of"],
        "instrument": None, "distress": None,
        "topics": [{"topic": code, "title": title, "need": None, "note": None, "responsible": None,
                    "known": found.get(code)} for code, title in rows]}


def known_of(filled_in, document, *more):
    """What may be sent out of what is known, by topic: no note, and nothing private.

    Read: what was private before does not show in `since` either."""
    private = {row["topic"] for row in filled_in["topics"] if row["private"]}
    public = needs({**document, "events": [without_private(row) for row in document.get("events", [])]}, *more)
    return {row["topic"]: known_topic(row) for row in public["topics"]
            if row["discussed"] is not None and row["topic"] not in private}


def without_private(row):
    """A performance that keeps what is not private of its topics."""
    if not topics_of(row):
        return row
    kept = [topic for topic in topics_of(row) if not row.get("private", False) and not topic.get("private", False)]
    return {**row, "assessment": {**row["assessment"], "topics": kept}}


def known_topic(row):
    owner = row["responsible"]
    return {"need": row["need"], "since": row["since"], "discussed": row["discussed"],
            "responsible": owner and {key: owner[key] for key in ("level", "unit", "role")}}


# ---------------------------------------------------------------- the command


def read_file(name):
    if name is None or name == "-":
        return sys.stdin.buffer.read()
    with open(name, "rb") as file:
        return file.read()


def run(options):
    policy = base.read_policy(read_file(options.policy)) if options.policy else dict(base.POLICY_DEFAULTS)
    choices = dict(choice.rsplit("=", 1) for choice in options.choose)
    choices[None] = options.default
    texts = [read_file(name) for name in options.files]
    if options.command == "merge":
        return merge(*texts, options.edition, choices)
    if options.command == "diff":
        return diff(*texts, options.edition, choices)
    if options.command == "handover":
        return handover(Copy(*texts), options.audience, policy, options.override)
    known = None
    if texts:
        known = (base.read_pathway(*texts), policy, base.parse_argument(base.parse_date, options.as_of, "as_of"),
                 options.known_at and base.parse_argument(base.parse_timestamp, options.known_at, "known_at"),
                 options.edition)
    if options.command == "needs":
        return needs(*known)
    return checklist(options.edition or "hdir-2022", options.point, policy, known)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("command", choices=("merge", "diff", "handover", "needs", "checklist"))
    for name in ("--edition", "--policy", "--as-of", "--known-at"):
        parser.add_argument(name)
    parser.add_argument("--choose", action="append", default=[], metavar="NAME=SIDE")
    parser.add_argument("--default", choices=SIDES)
    parser.add_argument("--audience", choices=AUDIENCES)
    parser.add_argument("--override", action="store_true")
    parser.add_argument("--point", type=int, default=1)
    parser.add_argument("files", nargs="*")
    try:
        result = run(parser.parse_intermixed_args(arguments))
    except Refused as refused:
        result = {"error": refused.status, "where": refused.where}
    except Conflicts as conflicts:
        result = {"error": "conflict", "conflicts": conflicts.rows}
    sys.stdout.buffer.write(write(result).encode("utf-8") + b"\n")
    return 1 if isinstance(result, dict) and "error" in result else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
