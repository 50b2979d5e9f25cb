"""What follows from a pathway on a given day."""

from __future__ import annotations

import datetime
import json
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple, Union

from . import _native
from ._base import Object, Text, flag, handle, handle_or_none, number, option
from ._calendar import IcalOptions
from ._national import Edition, edition_name
from ._policy import Policy
from ._values import (
    Assessment,
    Audience,
    Cause,
    Finding,
    Language,
    PlanState,
    Point,
    Task,
    TopicNeed,
    Work,
)


class _Head(NamedTuple):
    """What a plan is of: the fields of the shape PlanHead, in their order."""

    pathway: str
    edition: str
    as_of: datetime.date
    known_at: Optional[str]
    given_name: Optional[str]
    family_name: Optional[str]
    language: Optional[Language]
    status: PlanState
    cause: Optional[Cause]
    child: Optional[bool]


class Plan(Object):
    """The plan of a pathway on a day: where each point stands, what is to be done, what is coded wrongly.

    It holds copies alone: the pathway may be added to or closed.
    """

    __slots__ = ("_head",)
    _head: Optional[_Head]

    def __init__(self) -> None:
        raise TypeError("a plan is made by Pathway.plan()")

    def __repr__(self) -> str:
        try:
            return f"<{type(self).__name__} of {self.pathway!r} as of {self.as_of}: {self.status}>"
        except ValueError:
            return f"<{type(self).__name__}, closed>"

    def _of(self) -> _Head:
        if self._head is None:
            self._head = _Head._make(_native.plan_head(self._handle)[0])
        return self._head

    @property
    def pathway(self) -> str:
        """The id of the pathway."""
        return self._of().pathway

    @property
    def edition(self) -> Edition:
        """The edition that was planned under."""
        return Edition.find(self._of().edition)

    @property
    def as_of(self) -> datetime.date:
        """The day of the plan."""
        return self._of().as_of

    @property
    def known_at(self) -> Optional[str]:
        """The timestamp of what was known, in UTC."""
        return self._of().known_at

    @property
    def given_name(self) -> Optional[str]:
        """The patient's given name."""
        return self._of().given_name

    @property
    def family_name(self) -> Optional[str]:
        """The patient's family name."""
        return self._of().family_name

    @property
    def language(self) -> Optional[Language]:
        """The patient's language."""
        return self._of().language

    @property
    def status(self) -> PlanState:
        """Whether the pathway runs."""
        return self._of().status

    @property
    def cause(self) -> Optional[Cause]:
        """Why the pathway does not run (``reason`` in documents)."""
        return self._of().cause

    @property
    def child(self) -> Optional[bool]:
        """Whether the patient is under 18; None without a birth date."""
        return self._of().child

    @property
    def points(self) -> Tuple[Point, ...]:
        """Where each point stands."""
        return _native.plan_points(self._handle)

    def point(self, number: int) -> Point:
        """The point of a number, from 1; another number is an ``IndexError``."""
        points = self.points
        if not 1 <= number <= len(points):
            raise IndexError(f"the plan has points 1 to {len(points)}")
        return points[number - 1]

    @property
    def tasks(self) -> Tuple[Task, ...]:
        """What is to be done, the task due first in front."""
        return _native.plan_tasks(self._handle)

    @property
    def findings(self) -> Tuple[Finding, ...]:
        """What is coded wrongly or does not fit together."""
        return _native.plan_findings(self._handle)

    def to_json(self, explain: bool = False) -> str:
        """The plan as ``pfh-plan/1``; with ``explain`` each date says why it is what it is."""
        return _native.plan_to_json(self._handle, flag(explain))

    def to_dict(self, explain: bool = False) -> Dict[str, Any]:
        """The same as plain dicts and lists."""
        return json.loads(self.to_json(explain))

    def explain(self, row: Union[Point, Task], language: Union[Language, str]) -> Tuple[str, ...]:
        """Why the dates of a point or a task are what they are: a sentence for each of its ``reasons``."""
        of = number(Language, language)
        if isinstance(row, Task):
            return tuple(_native.plan_explain_task(self._handle, row.id, of).splitlines())
        if not isinstance(row, Point):
            raise TypeError(f"a Point or a Task is wanted, not {type(row).__name__}")
        return tuple(_native.plan_explain_point(self._handle, row.point, of).splitlines())

    def to_ical(self, options: Optional[IcalOptions] = None) -> str:
        """The calendar of the plan."""
        return _native.plan_to_ical(self._handle, handle_or_none(IcalOptions, options))

    def to_invitation(
        self, point: int, previous: Optional[Text] = None, options: Optional[IcalOptions] = None
    ) -> Optional[str]:
        """The appointment at a point as a message to be mailed; None when nothing is to be mailed.

        ``previous`` is what this call wrote last for the point.
        """
        return _native.plan_to_invitation(self._handle, point, previous, handle_or_none(IcalOptions, options))


def made_plan(made: _native.Handle) -> Plan:
    """A plan of the library's."""
    plan = Plan.__new__(Plan)
    plan._handle = made
    plan._head = None
    return plan


class Needs(Object):
    """The needs assessment (*behovskartlegging*) through time."""

    __slots__ = ()

    def __init__(self) -> None:
        raise TypeError("needs are made by Pathway.needs()")

    @property
    def plan(self) -> Plan:
        """The plan of the same day and terms."""
        return made_plan(_native.needs_plan(self._handle))

    @property
    def topics(self) -> Tuple[TopicNeed, ...]:
        """The topics of the edition, then the policy's, then any other that was assessed."""
        return _native.needs_topics(self._handle)

    def find(self, topic: str) -> Optional[TopicNeed]:
        """The topic of a code; None where there is none."""
        rows: Tuple[TopicNeed, ...] = _native.needs_find(self._handle, topic)
        return rows[0] if rows else None

    @property
    def assessments(self) -> Tuple[Assessment, ...]:
        """The assessments that were carried out, the first in front."""
        return _native.needs_assessments(self._handle)

    def to_json(self) -> str:
        """The needs as ``pfh-needs/1``: notes and private topics too."""
        return _native.needs_to_json(self._handle)

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dicts and lists."""
        return json.loads(self.to_json())

    def to_text(self, audience: Union[Audience, str], language: Union[Language, str], max_characters: int) -> str:
        """The needs for people to read: plain text, nothing private, cut at a topic where it would be too long."""
        return _native.needs_to_text(
            self._handle, number(Audience, audience), number(Language, language), max_characters
        )


def made_needs(made: _native.Handle) -> Needs:
    """Needs of the library's."""
    needs = Needs.__new__(Needs)
    needs._handle = made
    return needs


def needs_text_min() -> int:
    """How many characters are enough for what is always in a text of needs."""
    return _native.needs_text_min()


def checklist_json(
    edition: Union[Edition, str],
    point: int,
    policy: Optional[Policy] = None,
    known: Optional[Needs] = None,
    language: Union[Language, str] = Language.NB,
) -> str:
    """The checklist of a point as ``pfh-checklist/1``, blank or with what is known."""
    return _native.checklist_to_json(*_checklist(edition, point, policy, known, language))


def checklist_text(
    edition: Union[Edition, str],
    point: int,
    policy: Optional[Policy] = None,
    known: Optional[Needs] = None,
    language: Union[Language, str] = Language.NB,
) -> str:
    """The same as plain text that can be sent out beforehand."""
    return _native.checklist_to_text(*_checklist(edition, point, policy, known, language))


def _checklist(
    edition: Union[Edition, str], point: int, policy: Optional[Policy], known: Optional[Needs], language: Union[Language, str]
) -> Tuple[Any, ...]:
    return edition_name(edition), point, handle_or_none(Policy, policy), handle_or_none(Needs, known), number(Language, language)


class Worklist(Object):
    """The open tasks of many plans.

        worklist = Worklist(level="municipality", to=friday)
        for plan in pfh.plan_many(pathways, today):
            worklist.add(plan)
        worklist.sort()
        for pathway, task in worklist: ...
    """

    __slots__ = ()

    def __init__(self, plans: Iterable[Plan] = (), **filters: Union[None, str, datetime.date, Any]) -> None:
        self._handle = _native.worklist_new()
        for key, value in filters.items():
            for one in value if isinstance(value, (list, tuple, set)) else (value,):
                self.filter(key, one)
        for plan in plans:
            self.add(plan)

    def filter(self, key: str, value: Union[None, str, datetime.date, Any]) -> None:
        """Narrows what is taken from plans that are added later.

        Keys are ``level``, ``unit``, ``role``, ``kind`` or ``state``, with a word, a member of the enum, or None
        for tasks without one; ``from`` and ``to`` with a date, the first and last due date.  Values of one key
        are alternatives; keys narrow each other.  (``from`` is no keyword argument: call ``filter("from", …)``.)
        """
        _native.worklist_filter(self._handle, key, option(value))

    def add(self, plan: Plan) -> None:
        """Adds the tasks of a plan that pass the filter; they are copied."""
        _native.worklist_add(self._handle, handle(Plan, plan))

    def sort(self) -> None:
        """Sorts by due, from, point, kind, task and pathway."""
        _native.worklist_sort(self._handle)

    @property
    def rows(self) -> Tuple[Work, ...]:
        """The tasks, in their order."""
        return _native.worklist_rows(self._handle)

    def to_dicts(self) -> List[Dict[str, Any]]:
        """The tasks as plain dicts, with the id of the pathway: for ``pandas.DataFrame()``."""
        return [{"pathway": pathway, **task._asdict()} for pathway, task in self.rows]

    def __iter__(self) -> Iterator[Work]:
        return iter(self.rows)

    def __len__(self) -> int:
        return _native.worklist_count(self._handle)
