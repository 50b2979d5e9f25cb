"""A unit's calendar: writes it, brings it up to date a week later, and tells what people see in it.

    python bindings/python/examples/reminders.py examples/data/caseload.ndjson examples/data/policy.json skien-kreftkoordinator
"""

import datetime
import sys
from pathlib import Path
from typing import List, Optional

import pfh


def calendar(
    previous: Optional[str], pathways: List[pfh.Pathway], policy: pfh.Policy, unit: str, today: datetime.date
) -> str:
    """What the unit's people subscribe to: written once a night, from all pathways, two weeks ahead."""
    options = pfh.IcalOptions(policy, unit=unit, domain="epj.example", horizon_days=14)
    return pfh.update_ical(previous, pfh.plan_many(pathways, today, policy), options)


def show(today: datetime.date, text: str) -> None:
    """The entries, a line each: the day, and what stands there."""
    entries = text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
    print(f"{today}: {len(entries)} entries")
    for entry in entries:
        lines = dict(line.split(":", 1) for line in entry.split("\r\n") if ":" in line)
        start = next(value for key, value in lines.items() if key.startswith("DTSTART"))
        print(f"  {start} {lines['SUMMARY']}, {lines['STATUS']} {lines['SEQUENCE']}")


def main(caseload: str, policy_file: str, unit: str) -> None:
    policy = pfh.Policy.parse(Path(policy_file).read_bytes())
    with open(caseload, "rb") as file:
        pathways = [line.pathway for line in pfh.read_caseload(file) if line.pathway is not None]
    text: Optional[str] = None
    for today in (datetime.date(2026, 4, 20), datetime.date(2026, 4, 27)):
        text = calendar(text, pathways, policy, unit, today)
        show(today, text)


if __name__ == "__main__":
    main(*sys.argv[1:4])
