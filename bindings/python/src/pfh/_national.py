"""What is national, or the calendar's: editions, texts, dates and numbers."""

import datetime
from typing import Iterator, Optional, Tuple, Type, TypeVar, Union

from . import _native
from ._base import date, day, number, time
from ._values import (
    Activity,
    EditionRow,
    HandoverRule,
    Language,
    NumberKind,
    NumberRule,
    PersonNumber,
    PointRule,
    Topic,
)

_E = TypeVar("_E", bound="Edition")


class Edition(EditionRow):
    """An edition of the national rules.  Windows are recommendations: the guideline says "bør" and "ca."."""

    __slots__ = ()

    @classmethod
    def all(cls: Type[_E]) -> Tuple[_E, ...]:
        """All editions, the newest first."""
        return tuple(cls._make(row) for row in _native.edition_all())

    @classmethod
    def find(cls: Type[_E], name: str) -> _E:
        """The edition of a name; another name is a ``PfhEditionError``."""
        return cls._make(_native.edition_find(name)[0])

    @property
    def points(self) -> Tuple[PointRule, ...]:
        """Its points, from 1."""
        return _native.edition_points(self.name)

    @property
    def topics(self) -> Tuple[Topic, ...]:
        """Its topics, in the guideline's order."""
        return _native.edition_topics(self.name)

    def activities(self, point: Optional[int] = None) -> Tuple[Activity, ...]:
        """Activities and responsibilities, of a point or of all."""
        rows: Tuple[Activity, ...] = _native.edition_activities(self.name)
        return tuple(row for row in rows if point is None or row.point == point)

    def has_topic(self, code: str) -> bool:
        """Whether a topic belongs to it; local ones (``x_``) belong to every one."""
        return bool(_native.edition_has_topic(self.name, code))


def edition_name(edition: Union[None, str, EditionRow]) -> Optional[str]:
    """The name of an edition, which may be named or given."""
    return edition.name if isinstance(edition, EditionRow) else edition


# ---- Texts -----------------------------------------------------------------------------------


def version() -> str:
    """The version of the library that runs."""
    return _native.version()


def text(language: Union[Language, str], text_id: str) -> Optional[str]:
    """The text of an id (``"topic.nutrition"``, ``"head.due"``) in a language; None where there is none.

    ``text_ids()`` gives all ids.
    """
    return _native.text_of(number(Language, language), text_id)


def text_ids() -> Iterator[str]:
    """The ids of all texts."""
    index = 0
    while True:
        found: Optional[str] = _native.text_id(index)
        if found is None:
            return
        yield found
        index += 1


def handover_rules() -> Tuple[HandoverRule, ...]:
    """The table that ``Pathway.handover()`` goes by."""
    return _native.handover_rules()


# ---- Dates -----------------------------------------------------------------------------------

DATE_MIN: datetime.date = date(_native.date_min())
"""The first date that a document may hold."""
DATE_MAX: datetime.date = date(_native.date_max())
"""The last date that a document may hold."""


def add_months(start: datetime.date, months: int) -> datetime.date:
    """The same day of the month, or the month's last day where it does not exist.

    This choice is the library's; no guideline says it.
    """
    return date(_native.date_add_months(day(start), months))


def add_working_days(start: datetime.date, count: int) -> datetime.date:
    """The date ``count`` working days after a date; 0 is the date itself."""
    return date(_native.date_add_working_days(day(start), count))


def is_holiday(of: datetime.date) -> bool:
    """Whether a date is a Norwegian public holiday."""
    return bool(_native.date_is_holiday(day(of)))


def is_working_day(of: datetime.date) -> bool:
    """Whether a date is Monday to Friday and no public holiday."""
    return bool(_native.date_is_working_day(day(of)))


def easter(year: int) -> datetime.date:
    """Easter Sunday of a year, 1830 to 2319."""
    return date(_native.date_easter(year))


def timestamp_to_utc(timestamp: Union[str, datetime.datetime]) -> str:
    """An RFC 3339 timestamp as the library writes it: in UTC, without trailing zeros."""
    return _native.timestamp_to_utc(time(timestamp))


# ---- Numbers ---------------------------------------------------------------------------------


def classify_number(
    value: str, declared: Union[None, NumberKind, str] = None, rule: Union[NumberRule, str] = NumberRule.STRICT
) -> PersonNumber:
    """Classifies and checks a number that identifies a person.

    ``declared`` is what it is said to be, which must match; None finds out.  Sex is never derived.
    """
    kind = 0 if declared is None else number(NumberKind, declared)
    rows: Tuple[PersonNumber, ...] = _native.number_classify(value, kind, number(NumberRule, rule))
    return rows[0]


def _required(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a str is wanted, not {type(value).__name__}")
    return value


def is_organisation_number(value: str) -> bool:
    """Whether a text is a valid organisation number (*organisasjonsnummer*)."""
    return bool(_native.number_is_organisation(_required(value)))


def is_municipality_number(value: str) -> bool:
    """Whether a text has the form of a municipality number (*kommunenummer*)."""
    return bool(_native.number_is_municipality(_required(value)))


def is_hpr_number(value: str) -> bool:
    """Whether a text has the form of an HPR number."""
    return bool(_native.number_is_hpr(_required(value)))


def is_her_id(value: str) -> bool:
    """Whether a text has the form of a HER-id."""
    return bool(_native.number_is_her_id(_required(value)))


def holds_person_number(value: str) -> bool:
    """Whether a text holds a person number, so that it must not travel as an id."""
    return bool(_native.number_is_inside(_required(value)))
