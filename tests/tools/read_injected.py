#!/usr/bin/env python3
"""Reads what ical_injection_test.c wrote with python's icalendar: it must see as many components and
properties as the test counted.  TAP; `skipped:` where icalendar is missing.

usage: read_injected.py FOLDER
"""
import multiprocessing
import pathlib
import sys

try:
    import icalendar
except ImportError:
    print("skipped: python3 has no icalendar (pip install icalendar)")
    sys.exit(0)


def records(data):
    """(line of the corpus, variant, text, components, properties) of a file."""
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        line, variant, size, components, properties = map(int, data[at:end].split())
        yield line, variant, data[end + 1:end + 1 + size], components, properties
        at = end + 1 + size


def count(component):
    """Components and properties of what was read, with those inside."""
    components, properties = 0, 0
    for inside in component.walk():
        components += 1
        properties += sum(1 for name, _ in inside.property_items(recursive=False, sorted=False)
                          if name not in ("BEGIN", "END"))
        if inside.errors:
            raise ValueError("errors: %r" % inside.errors)
    return components, properties


def read(text):
    found = icalendar.Calendar.from_ical(text, multiple=True)
    if len(found) != 1:
        raise ValueError("%d calendars" % len(found))
    return count(found[0])


def read_file(path):
    """How many calendars a file has, and a sentence for each that was read otherwise."""
    total, wrong = 0, []
    for line, variant, text, components, properties in records(path.read_bytes()):
        total += 1
        try:
            got = read(text)
        except Exception as problem:  # whatever a reader cannot read
            got = problem
        if got != (components, properties):
            wrong.append("text %d, variant %d: %s instead of %s" % (line, variant, got,
                                                                  (components, properties)))
    return total, wrong


def main():
    files = sorted(pathlib.Path(sys.argv[1]).glob("*.bin"))
    failed = 0 if files else 1
    print("1..%d" % len(files))
    with multiprocessing.Pool() as pool:
        results = pool.map(read_file, files, chunksize=1)
    for number, (path, (total, wrong)) in enumerate(zip(files, results), 1):
        print("%sok %d - icalendar %s reads %d calendars with texts in %s" % (
            "not " if wrong else "", number, icalendar.__version__, total, path.stem))
        for sentence in wrong[:20]:
            print("#", sentence)
        failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
