"""Facts on their way in without JSON, and facts read back."""

from __future__ import annotations

import datetime
import json
from typing import Any, Mapping, Optional, Sequence, Type, TypeVar, Union

from . import _native
from ._base import Object, date, day, number, time
from ._member import Member
from ._values import RecordKind

Fact = Union[None, str, bool, int, datetime.date, datetime.datetime, Member, Mapping[str, Any], Sequence[Any]]
"""What a key can be set to."""

_R = TypeVar("_R", bound="Record")


class Record(Object):
    """Facts about one thing: the head of a pathway, an event or a policy.

    Its parts are named by the keys of the documents with ``/`` between: ``"diagnosis/date"``,
    ``"assessment/topics/0/need"``.  Values are checked when they are set; what must be there, and what goes
    together, when the record is used.  The first error stays with the record: it can then only be closed.

        event = Record.event(id="e4", type="scheduled", date=today, point=2,
                             start=datetime.datetime(2026, 5, 4, 10, 0))
        pathway.append(event)

    A record that belongs to a pathway or a policy is read-only (``TypeError``).
    """

    __slots__ = ()

    def __init__(self, kind: RecordKind, facts: Optional[Mapping[str, Fact]] = None) -> None:
        self._handle = _native.record_new(number(RecordKind, kind))
        if facts is not None:
            self.update(facts)

    @classmethod
    def head(cls: Type[_R], **facts: Fact) -> _R:
        """The head of a pathway: all keys but ``format`` and ``events``."""
        return cls(RecordKind.PATHWAY, facts)

    @classmethod
    def event(cls: Type[_R], **facts: Fact) -> _R:
        """An event."""
        return cls(RecordKind.EVENT, facts)

    @classmethod
    def policy(cls: Type[_R], **facts: Fact) -> _R:
        """A policy: all keys but ``format``."""
        return cls(RecordKind.POLICY, facts)

    def set(self, path: str, value: Fact) -> None:
        """Sets what stands at a path.

        A str is a text, a word, an id, or a date or time as documents write it; a member of an enum is its
        word; a date is a date; a datetime with a zone is a timestamp, one without is an appointment in Oslo,
        in whole minutes; None takes the key away.  A mapping or list is set member by member.  A key of the
        vendor's own (``x_``) takes whatever ``json.dumps()`` can write.
        """
        if not isinstance(path, str):
            raise TypeError(f"a path is to be a str, not {type(path).__name__}")
        if path.rpartition("/")[2].startswith("x_"):
            self.set_json(path, None if value is None else json.dumps(value, ensure_ascii=False))
        elif isinstance(value, Mapping):
            self.update(value, path + "/")
        elif isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
            for index, item in enumerate(value):
                self.set(f"{path}/{index}", item)
        else:
            self._set_one(path, value)

    def _set_one(self, path: str, value: Any) -> None:
        if value is None or isinstance(value, str):
            _native.record_set_text(self._handle, path, value)
        elif isinstance(value, bool):
            _native.record_set_flag(self._handle, path, int(value))
        elif isinstance(value, int):
            _native.record_set_number(self._handle, path, value)
        elif isinstance(value, Member):  # by its word: one of another enum has another
            _native.record_set_text(self._handle, path, value.word)
        elif isinstance(value, datetime.datetime):
            _native.record_set_text(self._handle, path, _time(value))
        elif isinstance(value, datetime.date):
            _native.record_set_date(self._handle, path, day(value))
        else:
            raise TypeError(f"{path}: a {type(value).__name__} is no fact")

    def update(self, facts: Mapping[str, Fact], before: str = "") -> None:
        """Sets several keys."""
        if not isinstance(facts, Mapping) or not all(isinstance(key, str) for key in facts):
            raise TypeError(f"a mapping by names of keys is wanted, not {type(facts).__name__}")
        for key, value in facts.items():
            self.set(before + key.replace("~", "~0").replace("/", "~1") if key.startswith("x_") else before + key, value)

    def set_json(self, path: str, value: Optional[str]) -> None:
        """Sets a key of the vendor's own to strict JSON; None takes it away.

        In the key ``~1`` stands for ``/`` and ``~0`` for ``~``.
        """
        _native.record_set_json(self._handle, path, value)

    def text(self, path: str) -> Optional[str]:
        """A text, word, id, timestamp, appointment or code; of a vendor's key its value as JSON."""
        return _native.record_text(self._handle, path)

    def number(self, path: str) -> Optional[int]:
        """A number, or the value of a word."""
        return _native.record_number(self._handle, path)

    def flag(self, path: str) -> Optional[bool]:
        """True, false, or None where it is absent."""
        value = _native.record_flag(self._handle, path)
        return None if value is None else bool(value)

    def date(self, path: str) -> Optional[datetime.date]:
        """A date, also that of an appointment."""
        value = _native.record_date(self._handle, path)
        return None if value is None else date(value)

    def count(self, path: str) -> int:
        """How many members a list has; 0 where it is absent."""
        return _native.record_count(self._handle, path)


def _time(value: datetime.datetime) -> Optional[str]:
    """A timestamp, or an appointment."""
    if value.tzinfo is not None:
        return time(value)
    if value.second or value.microsecond:
        raise ValueError("an appointment is in whole minutes")
    return value.isoformat(timespec="minutes")


def borrowed(handle: Optional[_native.Handle]) -> Optional[Record]:
    """A record that belongs to another object, which it keeps alive."""
    if handle is None:
        return None
    record = Record.__new__(Record)
    record._handle = handle
    return record


def as_record(kind: RecordKind, facts: Union[Record, Mapping[str, Fact]]) -> Record:
    """A record as it is, or one made of a mapping."""
    return facts if isinstance(facts, Record) else Record(kind, facts)
