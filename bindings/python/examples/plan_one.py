"""Plans one patient: where the three points stand on 2026-04-20, and the open tasks, due first on top."""

import datetime

import pfh

# Told in February, assessed in the hospital (e1), which has not registered its code.
DOCUMENT = """{"format": "pfh-pathway/1", "id": "demo-1", "edition": "hdir-2022",
 "diagnosis": {"code": "C50.9", "date": "2026-01-31", "informed": "2026-02-02"},
 "events": [
  {"id": "e1", "type": "performed", "date": "2026-02-20", "point": 1},
  {"id": "e2", "type": "message", "date": "2026-02-21", "point": 1, "to": "gp", "kind": "letter"},
  {"id": "e3", "type": "message", "date": "2026-02-21", "point": 1, "to": "municipality", "kind": "phone"}]}"""


def main() -> None:
    plan = pfh.Pathway.parse(DOCUMENT).plan(datetime.date(2026, 4, 20))
    print(f"{plan.pathway} is {plan.status}")
    for point in plan.points:
        print(
            f"point {point.point}: {point.state}, {point.timing} the window"
            f" {point.opens or '-'} to {point.closes or '-'}"
        )
    for task in plan.tasks:
        print(f"{task.level} {task.id}: {task.state}, {task.starts} to {task.due}")


if __name__ == "__main__":
    main()
