#!/usr/bin/env python3
"""Sees that the story of the bindings is whole, and says so in TAP.

Calls and their arguments are those of README.md; enums and statuses those of the public headers.
"""
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADERS = HERE.parent.parent / "include" / "pfh"
ANSWERS = {"gives", "has", "refused"}
STEP = {"step", "call", "with", "then"} | ANSWERS
OTHER_ENUMS = {"RecordKind": ["pathway", "event", "policy"], "NumberRule": ["strict", "2032"]}

# ---- What there is ------------------------------------------------------------------------------


def calls():
    """The arguments of each call, by its name; a row may say that they are those of another."""
    known, before, inside = {}, set(), False
    for line in (HERE / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif cells[0] == "call":
            inside = True
        elif inside and not cells[0].startswith("---"):
            words = set(re.findall(r"`(\w+)`", cells[1]))
            others = [known[name] for name in re.findall(r"as `(\w+)`", cells[1])]
            if not others and "the same" in cells[1]:
                others = [before]
            before = words.union(*others)
            known.update({name: before for name in re.findall(r"`(\w+)`", cells[0])})
    return known


def table(text, name):
    """The words of a table of a header, in order."""
    body = re.search(r"#define " + name + r"\(ROW\)((?:.*\\\n)*.*\n)", text).group(1)
    return re.findall(r'ROW\(\w+, -?\d+, "([^"]+)"', body)


def camel(type_name):
    return "".join(part.capitalize() for part in type_name[len("pfh_"):].split("_"))


def enums():
    """The words of each enum, by its name, and which of them have texts."""
    words = (HEADERS / "words.h").read_text(encoding="utf-8")
    lists = re.findall(r'ROW\(PFH_WORDS_\w+, \d+, "\w+", (\w+), (\w+)\)', words)
    found = {camel(of): table(words, name) for name, of in lists}
    with_texts = set(found)
    found["Status"] = table((HEADERS / "status.h").read_text(encoding="utf-8"), "PFH_STATUS_TABLE")
    found.update(OTHER_ENUMS)
    return found, with_texts


def member(word):
    return ("RULE_" if word[0].isdigit() else "") + re.sub(r"\W", "_", word).upper()


# ---- What is wrong ------------------------------------------------------------------------------


def wrong_step(step, known, statuses):
    """What is wrong with the form of a step, as sentences."""
    if len(ANSWERS & set(step)) != 1:
        yield "has not just one of gives, has and refused"
    for key in set(step) - STEP:
        yield f"has the key {key}"
    if step["call"] not in known:
        yield f"calls {step['call']}, which is no call"
    for key in set(step.get("with", {})) - known.get(step["call"], set()):
        yield f"has the argument {key}"
    refused = step.get("refused", {"status": "memory"})
    if refused.get("status") not in statuses or set(refused) - {"status", "where", "offset"}:
        yield "is refused in another form"
    if ("then" in step) != (step["call"] == "long" and "refused" in step):
        yield "has a then, or none, where it must not"


def wrong_form(steps, known, statuses):
    names = [step["step"] for step in steps]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name!r} stands there more than once"
    for step in steps:
        for sentence in wrong_step(step, known, statuses):
            yield f"{step['step']!r} {sentence}"


def wrong_words(story, enum, words):
    """An enum's words and members have a step each, which gives what the header has."""
    for call, wanted in ("words", words), ("members", [member(word) for word in words]):
        given = [s.get("gives") for s in story if s["call"] == call and s["with"]["enum"] == enum]
        if given != [wanted]:
            yield f"{call} of {enum}: {given} and not {[wanted]}"


def wrong_enums(story, found, with_texts):
    for enum, words in found.items():
        yield from wrong_words(story, enum, words)
    told = {step["with"]["enum"] for step in story if step["call"] == "enum_text"}
    for enum in sorted(with_texts ^ told):
        yield f"enum_text of {enum}"
    for step in story:
        enum = step.get("with", {}).get("enum")
        if enum is not None and enum not in found:
            yield f"there is no enum {enum}"


def uncovered(name, wanted, there):
    for one in sorted(set(wanted) - set(there)):
        yield f"no step has {name} {one}"


def refusals(steps):
    return [step["refused"]["status"] for step in steps if "refused" in step]


# ---- All of it ----------------------------------------------------------------------------------


def main():
    story, shortage = (json.loads((HERE / name).read_text(encoding="utf-8")) for name in ("story.json", "shortage.json"))
    known = calls()
    found, with_texts = enums()
    statuses = found["Status"]
    told = [step["with"]["status"] for step in story if step["call"] == "status"]
    checks = [
        ("every step has its form, and a sentence of its own", wrong_form(story + shortage, known, statuses)),
        ("every call is made", uncovered("the call", known, [step["call"] for step in story + shortage])),
        ("every enum gives its words, members and texts", wrong_enums(story, found, with_texts)),
        ("every status has its word and sentence", uncovered("the status", statuses, told)),
        ("every status is refused with", uncovered("a refusal with", set(statuses) - {"ok", "memory"}, refusals(story))),
        ("memory is short", uncovered("a refusal with", ["memory"], refusals(shortage))),
    ]
    failed = 0
    for number, (name, sentences) in enumerate(checks, 1):
        wrong = list(sentences)
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - story: {name}")
        for sentence in wrong:
            print(f"#   {sentence}")
    print(f"1..{len(checks)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
