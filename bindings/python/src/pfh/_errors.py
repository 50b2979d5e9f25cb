"""The exceptions: one class a status, each under the built-in that fits."""

from typing import Tuple, Type

from ._values import Status


class PfhError(Exception):
    """A call that libpfh refused.  Nothing has changed."""

    def __init__(self, status: int, where: str, text: str, offset: int = -1) -> None:
        super().__init__(status, where, text, offset)
        self.status: Status = Status(status)
        """What kind of mistake it is."""
        self.where: str = where
        """A JSON pointer into the document ("/events/3/point"), or the name of the argument."""
        self.text: str = text
        """One English sentence.  It holds nothing personal."""
        self.offset: int = offset
        """The byte at which a text is wrong, from 0; -1 where that says nothing."""

    def __str__(self) -> str:
        place = f' at "{self.where}"' if self.where else ""
        return f"{self.status.word}{place}: {self.text}"


class PfhMemoryError(PfhError, MemoryError):
    """Memory is short."""


class PfhArgumentError(PfhError, ValueError):
    """An argument is missing or out of range."""


class PfhSyntaxError(PfhError, ValueError):
    """A text is not strict JSON in UTF-8, or not a calendar."""


class PfhKeyError(PfhError, KeyError):
    """A key is unknown, given twice or missing."""

    def __str__(self) -> str:
        return PfhError.__str__(self)


class PfhTypeError(PfhError, TypeError):
    """A value of a document has the wrong type."""


class PfhValueError(PfhError, ValueError):
    """A value is not in its list or range."""


class PfhDateError(PfhError, ValueError):
    """A date or time does not exist or is out of range."""


class PfhDuplicateError(PfhError, ValueError):
    """Two rows have the same id."""


class PfhReferenceError(PfhError, LookupError):
    """A reference names nothing of the right type."""


class PfhPrivacyError(PfhError, ValueError):
    """An id contains a person number."""


class PfhEditionError(PfhError, LookupError):
    """The edition is unknown, or cannot be planned under."""


class PfhConflictError(PfhError, ValueError):
    """Two copies contradict each other: ``Pathway.diff()`` lists where."""


class PfhAgreementError(PfhError, PermissionError):
    """The municipality takes no messages, by the policy."""

    def __init__(self, status: int, where: str, text: str, offset: int = -1) -> None:
        PfhError.__init__(self, status, where, text, offset)

    def __str__(self) -> str:
        return PfhError.__str__(self)


BY_STATUS: Tuple[Type[PfhError], ...] = (
    PfhError,  # also of a status that a newer library has
    PfhMemoryError,
    PfhArgumentError,
    PfhSyntaxError,
    PfhKeyError,
    PfhTypeError,
    PfhValueError,
    PfhDateError,
    PfhDuplicateError,
    PfhReferenceError,
    PfhPrivacyError,
    PfhEditionError,
    PfhConflictError,
    PfhAgreementError,
)
"""By status, with the sign turned."""
