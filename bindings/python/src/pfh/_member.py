"""What the enums of libpfh have in common."""

import enum
from typing import Any, Dict, Tuple, Type, TypeVar

from . import _native

_M = TypeVar("_M", bound="Member")


class Member(enum.Enum):
    """A member of one of libpfh's lists: its ``value`` is that of the C interface."""

    @classmethod
    def _missing_(cls: Type[_M], value: object) -> Any:
        """A value that a newer library has: it stays what it is, without a name of its own."""
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

    @classmethod
    def of(cls: Type[_M], word: str) -> _M:
        """The member of a word.  A word that is not in the list is a ``KeyError``."""
        for value, known in _DESCRIBED[cls][1].items():
            if known == word:
                return cls(value)
        raise KeyError(word)


class Outcome(Member):
    """A member of the list of statuses, which has a sentence."""

    @property
    def text(self) -> str:
        """What it says: ``"a value has the wrong type"``."""
        return _native.status_sentence(self.value)


class Word(Member):
    """A member of a list of words that has a text for people."""

    def text(self, language: "Word") -> str:
        """The text for people in a ``Language``: ``"Tilby samtale"``."""
        if _DESCRIBED.get(type(language), ("",))[0] != "language":
            raise TypeError(f"a Language is wanted, not {type(language).__name__}")
        return _native.text_of(language.value, f"{_DESCRIBED[type(self)][0]}.{self.word}") or self.word


_DESCRIBED: Dict[Type[Member], Tuple[str, Dict[int, str]]] = {}


def describe(words: Dict[Type[Member], Tuple[str, Dict[int, str]]]) -> None:
    """Takes the words of all enums."""
    _DESCRIBED.update(words)
