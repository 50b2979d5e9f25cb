"""alone.py -- where the libraries of the system are hidden: plans, writes a calendar, and sees where libraries come from."""

import ctypes
import datetime
import re
import sys
from pathlib import Path

OURS = re.compile(r"/(_native\.|lib(pfh|cjson|ical|icu)[^/]*\.so)")


def works(pfh):
    """A plan and a calendar."""
    pathway = pfh.Pathway(
        {"id": "p1", "edition": "hdir-2022", "diagnosis": {"code": "C50.9", "date": datetime.date(2026, 1, 31)}}
    )
    plan = pathway.plan(datetime.date(2026, 4, 20))
    calendar = plan.to_ical(pfh.IcalOptions(domain="epj.example"))
    return plan.tasks[0].id == "1.offer" and calendar.startswith("BEGIN:VCALENDAR") and pfh.lint_calendar(calendar) == ()


def hidden(name):
    """Whether a library of the system's cannot be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return True
    return False


def main():
    there = [name for name in ("libical.so.3", "libcjson.so.1") if not hidden(name)]
    assert not there, f"{there} of the system's can be loaded: this tests nothing"
    import pfh  # not before: a library that is loaded is found by its name

    assert works(pfh)
    mapped = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines()}
    ours = sorted(path for path in mapped if OURS.search(path))
    wheel = str(Path(pfh.__file__).resolve().parents[1])  # a repaired one has a folder beside the package
    assert len(ours) >= 4, ours
    assert all(path.startswith(wheel + "/") for path in ours), ours


if __name__ == "__main__":
    sys.exit(main())
