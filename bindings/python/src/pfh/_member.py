"""What the enums of libpfh have in common."""

import enum
import functools
from typing import Any, Dict, Tuple, Type, TypeVar, Union

from . import _native

_M = TypeVar("_M", bound="Member")


@functools.total_ordering
class Member(enum.Enum):
    """A member of one of libpfh's lists: its ``value`` is that of the C interface.

    It equals its word (``task.state == "late"``), is found by it (``TaskState("late")``), and members of one list
    have its order.
    """

    @classmethod
    def _missing_(cls: Type[_M], value: object) -> Any:
        """A member by its word; or a value that a newer library has, which has no name of its own."""
        if isinstance(value, str):
            return next((cls(known) for known, word in _DESCRIBED[cls][1].items() if word == value), None)
        if not isinstance(value, int):
            return None
        made = object.__new__(cls)
        made._name_ = f"UNKNOWN_{abs(value)}"
        made._value_ = value
        return cls._value2member_map_.setdefault(value, made)  # the same one the next time

    @property
    def word(self) -> str:
        """The word of the documents: ``"in_person"``."""
        return _DESCRIBED[type(self)][1].get(self.value, self.name.lower())

    def __str__(self) -> str:
        return self.word

    def __eq__(self, other: object) -> bool:
        return self.word == other if isinstance(other, str) else self is other

    def __hash__(self) -> int:
        return hash(self.word)

    def __lt__(self: _M, other: _M) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return abs(self.value) < abs(other.value)  # statuses count downwards

    @classmethod
    def of(cls: Type[_M], word: str) -> _M:
        """The member of a word.  A word that is not in the list is a ``PfhValueError`` that lists them."""
        try:
            return cls(word)
        except ValueError:
            from ._errors import PfhValueError  # which stands on the enums

            words = ", ".join(_DESCRIBED[cls][1].values())
            raise PfhValueError(-6, cls.__name__, f"must be one of: {words}") from None


class Outcome(Member):
    """A member of the list of statuses, which has a sentence."""

    @property
    def text(self) -> str:
        """What it says: ``"a value has the wrong type"``."""
        return _native.status_sentence(self.value)


class Word(Member):
    """A member of a list of words that has a text for people."""

    def text(self, language: Union[str, "Word"]) -> str:
        """The text for people in a ``Language``, or ``"nb"``, ``"nn"``, ``"en"``: ``"Tilby samtale"``."""
        return _native.text_of(_language(language), f"{_DESCRIBED[type(self)][0]}.{self.word}") or self.word


def _language(given: object) -> int:
    """The number of a language, whose class comes after this one."""
    of = next(of for of, (name, _) in _DESCRIBED.items() if name == "language")
    if isinstance(given, str):
        return int(of.of(given).value)
    if not isinstance(given, of):
        raise TypeError(f"Language is wanted, not {type(given).__name__}")
    return int(given.value)


_DESCRIBED: Dict[Type[Member], Tuple[str, Dict[int, str]]] = {}


def document(of: type, docs: Tuple[str, ...]) -> None:
    """Gives each field of a named tuple its sentence."""
    for name, doc in zip(of._fields, docs):  # type: ignore[attr-defined]
        getattr(of, name).__doc__ = doc


def describe(words: Dict[Type[Member], Tuple[str, Dict[int, str]]]) -> None:
    """Takes the words of all enums."""
    _DESCRIBED.update(words)
