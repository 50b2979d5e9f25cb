"""Facts on their way in without JSON, and facts read back."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any, Dict, Mapping, Optional, Sequence, Type, TypeVar, Union

from . import _native
from ._base import Object, Text, date, date_error, day, number, time
from ._errors import PfhValueError
from ._member import Member
from ._values import RecordKind

Facts = Mapping[str, Any]
"""Facts by their keys: what ``json.dumps()`` can write, dates, datetimes and members of enums."""

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

    def __init__(self, kind: Union[RecordKind, str], facts: Optional[Facts] = None) -> None:
        of = number(RecordKind, kind)
        self._handle = _native.record_new(of) if facts is None else _native.record_parse(of, facts_json(facts))

    @classmethod
    def parse(cls: Type[_R], kind: Union[RecordKind, str], text: Text) -> _R:
        """Reads a record from JSON: an object as it stands in a document."""
        record = cls.__new__(cls)
        record._handle = _native.record_parse(number(RecordKind, kind), text)
        return record

    @classmethod
    def head(cls: Type[_R], **facts: Any) -> _R:
        """The head of a pathway: all keys but ``format`` and ``events``."""
        return cls(RecordKind.PATHWAY, facts)

    @classmethod
    def event(cls: Type[_R], **facts: Any) -> _R:
        """An event."""
        return cls(RecordKind.EVENT, facts)

    @classmethod
    def policy(cls: Type[_R], **facts: Any) -> _R:
        """A policy: all keys but ``format``."""
        return cls(RecordKind.POLICY, facts)

    def set(self, path: str, value: Any) -> None:
        """Sets what stands at a path.

        A str is a text, a word, an id, or a date or time as documents write it; a member of an enum is its
        word; a date is a date; a datetime with a zone is a timestamp, one without is an appointment in Oslo,
        in whole minutes; None takes the key away.  A mapping or list is set member by member, and must have some.
        A key of the vendor's own (``x_``) takes whatever ``json.dumps()`` can write.
        """
        if not isinstance(path, str):
            raise TypeError(f"a path is to be a str, not {type(path).__name__}")
        if path.rpartition("/")[2].startswith("x_"):
            self.set_json(path, None if value is None else facts_json(value))
        elif isinstance(value, Mapping):
            _must_have_some(path, value)
            self.update(value, path + "/")
        elif isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
            _must_have_some(path, value)
            for index, item in enumerate(value):
                self.set(f"{path}/{index}", item)
        else:
            self._set_one(path, plain(value))

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
            _native.record_set_text(self._handle, path, _time(path, value))
        elif isinstance(value, datetime.date):
            _native.record_set_date(self._handle, path, day(value))
        else:
            raise TypeError(f"{path}: a text, a number, a date or a flag is wanted, not {type(value).__name__}")

    def update(self, facts: Facts, before: str = "") -> None:
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

    def get(self, path: str) -> Any:
        """What stands at a path, whatever it is: a text, a number, a flag or a date; None where there is nothing."""
        for read in (self.text, self.flag, self.date, self.number):
            value = read(path)
            if value is not None:
                return value
        return None

    def to_json(self) -> str:
        """The record as it stands in a document."""
        return _native.record_to_json(self._handle)

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dicts and lists."""
        return json.loads(self.to_json())

    def count(self, path: str) -> int:
        """How many members a list has; 0 where it is absent."""
        return _native.record_count(self._handle, path)


def plain(value: Any) -> Any:
    """What a scalar of numpy holds; all else as it is."""
    return value.item() if type(value).__module__ == "numpy" and getattr(value, "shape", None) == () else value


def _must_have_some(path: str, value: Any) -> None:
    """An empty object can be read (``Record.parse()``), not set: it has nothing to set."""
    if len(value) == 0:
        raise PfhValueError(-6, path, "there is nothing in it to set")


def _time(path: str, value: datetime.datetime) -> Optional[str]:
    """A timestamp, or an appointment: where else there is a date, a time of day would be lost."""
    key = path.rpartition("/")[2]
    if key == "recorded" or (value.tzinfo is not None and key == "start"):
        if key == "start":
            raise date_error(path, "an appointment is at a local time in Oslo, without a zone")
        return time(value)
    if key != "start":
        raise TypeError(f"{key}: a datetime.date is wanted, not datetime")
    if value.second or value.microsecond:
        raise date_error(path, "an appointment is in whole minutes")
    return value.isoformat(timespec="minutes")


def facts_json(facts: Any) -> str:
    """Facts as JSON, with dates and words as documents write them."""
    return json.dumps(_written("", facts), ensure_ascii=False)


def _written(key: str, value: Any) -> Any:
    value = plain(value)
    if isinstance(value, Mapping):
        if not all(isinstance(name, str) for name in value):
            raise TypeError("keys are to be str")
        return {name: _written(name, item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_written(key, item) for item in value]
    if isinstance(value, Member):
        return value.word
    if isinstance(value, datetime.datetime):
        return _time(key, value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise PfhValueError(-6, key, "NaN and infinity are no values; None is nothing")
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise TypeError(f"{key}: a text, a number, a date or a flag is wanted, not {type(value).__name__}")


def borrowed(handle: Optional[_native.Handle]) -> Optional[Record]:
    """A record that belongs to another object, which it keeps alive."""
    if handle is None:
        return None
    record = Record.__new__(Record)
    record._handle = handle
    return record
