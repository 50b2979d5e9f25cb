"""A municipality's worklist of the month: due date, state, task, pathway, unit.

    python bindings/python/examples/worklist.py examples/data/caseload.ndjson examples/data/policy.json
"""

import datetime
import sys
from pathlib import Path
from typing import BinaryIO, Iterator

import pfh

TODAY = datetime.date(2026, 4, 20)


def pathways(file: BinaryIO) -> Iterator[pfh.Pathway]:
    """The pathways of a caseload; a line that is refused is told of, and does not stop the others."""
    for line in pfh.read_caseload(file):
        if line.pathway is not None:
            yield line.pathway
        elif not line.continued:
            print(f"line {line.number}: {line.error}", file=sys.stderr)


def main(caseload: str, policy_file: str) -> None:
    policy = pfh.Policy.parse(Path(policy_file).read_bytes())
    worklist = pfh.Worklist(level=pfh.Level.MUNICIPALITY, to=datetime.date(2026, 4, 30))
    with open(caseload, "rb") as file:
        for plan in pfh.plan_many(pathways(file), TODAY, policy):
            worklist.add(plan)
    worklist.sort()
    for pathway, task in worklist:
        print(f"{task.due} {task.state}: {task.id}, {pathway}, {task.unit or '-'}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
