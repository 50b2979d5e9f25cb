"""What every object has, and how arguments are told apart."""

from __future__ import annotations

import datetime
from typing import Any, Optional, Tuple, Type, TypeVar, Union

from . import _native
from ._errors import BY_STATUS, PfhDateError
from ._member import Member
from ._values import LISTS, SHAPES, VERSION

Text = Union[str, bytes]
"""A text: bytes are taken as UTF-8."""

EPOCH = datetime.date(1970, 1, 1).toordinal()


def check_version(found: str) -> None:
    """Refuses a library of another major version, which has another interface, and an older one, which has less."""
    wanted, got = ([int(part) for part in text.split(".")] for text in (VERSION, found))
    if got[0] != wanted[0] or got < wanted:
        raise ImportError(
            f"pfh {VERSION} needs libpfh {wanted[0]}.x, {VERSION} or later, and libpfh {found} is what was loaded"
        )


check_version(_native.version())
_native.define(
    SHAPES,
    (None, *LISTS),
    ((None,), *((None, *members) for members in LISTS)),
    BY_STATUS,
    datetime.date.fromordinal,
)


_S = TypeVar("_S", bound="Object")


class Object:
    """An object of libpfh.  It is freed when nothing refers to it, or by ``close()``."""

    __slots__ = ("_handle", "__weakref__")
    _handle: _native.Handle

    def close(self) -> None:
        """Frees what it holds.  Using it afterwards is a ``ValueError``; a second time does nothing."""
        _native.release(self._handle)

    def __enter__(self: _S) -> _S:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def __reduce__(self) -> Union[str, Tuple[Any, ...]]:
        raise TypeError(f"{type(self).__name__} cannot be copied or pickled: write it as JSON")


_O = TypeVar("_O", bound=Object)


def handle(of: Type[_O], value: Optional[_O]) -> _native.Handle:
    """The handle of an object that has to be there."""
    if not isinstance(value, of):
        raise TypeError(f"{of.__name__} is wanted, not {type(value).__name__}")
    return value._handle


def handle_or_none(of: Type[_O], value: Optional[_O]) -> Optional[_native.Handle]:
    """The handle of an object, or None where there is none."""
    return None if value is None else handle(of, value)


_M = TypeVar("_M", bound=Member)


def number(of: Type[_M], value: Union[str, _M]) -> int:
    """The number of a member of an enum, which may be given by its word."""
    if isinstance(value, str):
        value = of.of(value)
    if not isinstance(value, of):
        raise TypeError(f"{of.__name__} is wanted, not {type(value).__name__}")
    return int(value.value)


def day(value: datetime.date) -> int:
    """The day number of a date, which has no time of day."""
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise TypeError(f"a datetime.date is wanted, not {type(value).__name__}")
    return value.toordinal() - EPOCH


def flag(value: bool) -> int:
    """A flag, which is True or False: "no" would be true."""
    if not isinstance(value, bool):
        raise TypeError(f"True or False is wanted, not {type(value).__name__}")
    return int(value)


def option(value: object) -> Optional[str]:
    """The text of an option's or a filter's value; None where there is none."""
    if value is not None and not isinstance(value, (str, int, datetime.date, Member)):
        raise TypeError(f"a text, a number, a date or a member of an enum is wanted, not {type(value).__name__}")
    if isinstance(value, datetime.datetime):
        return time(value)
    return None if value is None else str(value)


def date_error(where: str, text: str) -> PfhDateError:
    """A date or time that is seen to be wrong here."""
    return PfhDateError(-7, where, text)


def time(value: Union[None, str, datetime.datetime]) -> Optional[str]:
    """A timestamp, of a datetime that knows its zone."""
    if not isinstance(value, datetime.datetime):
        return value
    if value.tzinfo is None:
        raise date_error("", "a timestamp needs a zone: datetime.timezone.utc")
    return value.astimezone(datetime.timezone.utc).replace(tzinfo=None).isoformat() + "Z"


def date(value: int) -> datetime.date:
    """The date of a day number."""
    return datetime.date.fromordinal(value + EPOCH)
