"""Two copies of a pathway: the hospital hands over, both go on, and the copies are merged.

The second time both have recorded one event differently; a person decides.
"""

import datetime

import pfh


def hospital_copy() -> pfh.Pathway:
    """What the hospital has recorded by the end of February; one topic is private."""
    pathway = pfh.Pathway(
        {
            "id": "two-copies",
            "edition": "hdir-2022",
            "patient": {"municipality": "4003"},
            "diagnosis": {"code": "C50.9", "date": datetime.date(2026, 1, 31)},
        }
    )
    topics = [
        {"topic": "economy_housing", "need": pfh.Need.FOLLOW_UP, "note": "Lurer på sykepenger."},
        {"topic": "sexual_health", "need": pfh.Need.FOLLOW_UP, "private": True},
    ]
    day = datetime.date(2026, 2, 20)
    pathway.append({"id": "h1", "type": "performed", "date": day, "point": 1, "assessment": {"topics": topics}})
    pathway.append({"id": "h2", "type": "coded", "date": day, "point": 1, "code": "WMFG10"})
    return pathway


def show(heading: str, pathway: pfh.Pathway) -> None:
    print(heading + ":", " ".join(f"{event.text('id')}={event.text('type')}" for event in pathway.events))


def main() -> None:
    hospital = hospital_copy()
    municipality = hospital.handover(pfh.Audience.MUNICIPALITY)
    show("handed over", municipality)

    municipality.append({"id": "m1", "type": "offered", "date": datetime.date(2026, 4, 20), "point": 2})
    for difference in hospital.diff(municipality):
        print(f"{difference.kind}: {difference.name}")
    show("merged", hospital.merge(municipality))

    hospital.append({"id": "m1", "type": "offered", "date": datetime.date(2026, 4, 21), "point": 2})
    try:
        hospital.merge(municipality)
    except pfh.PfhConflictError as error:
        print(f"refused at {error.where}")
    for difference in hospital.diff(municipality):
        if difference.conflict is not None:
            print(f"{difference.name}: {difference.key} differs, {difference.mine} and {difference.theirs}")
    options = pfh.MergeOptions(choices={"event:m1": pfh.Side.THEIRS})
    merged = hospital.merge(municipality, options)
    found = merged.find("m1")
    assert found is not None
    print(f"by choice: {found.date('date')}")


if __name__ == "__main__":
    main()
