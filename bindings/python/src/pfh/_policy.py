"""Local practice."""

from typing import Mapping, Type, TypeVar, Union

from . import _native
from ._base import Object, Text, handle
from ._record import Fact, Record, as_record, borrowed
from ._values import RecordKind

_P = TypeVar("_P", bound="Policy")


class Policy(Object):
    """Local rules: days, thresholds, who does what.  None of it is national policy.

    Wherever a policy is taken, None stands for one with all the defaults.
    """

    __slots__ = ()

    def __init__(self, record: Union[Record, Mapping[str, Fact]]) -> None:
        self._handle = _native.policy_build(handle(Record, as_record(RecordKind.POLICY, record)))

    @classmethod
    def parse(cls: Type[_P], text: Text) -> _P:
        """Reads a ``pfh-policy/1`` document."""
        policy = cls.__new__(cls)
        policy._handle = _native.policy_parse(text)
        return policy

    def to_json(self) -> str:
        """The policy as ``pfh-policy/1``, without the keys that were left out."""
        return _native.policy_to_json(self._handle)

    @property
    def record(self) -> Record:
        """The keys as they were given, read-only."""
        record = borrowed(_native.policy_record(self._handle))
        assert record is not None
        return record

    def number(self, key: str) -> int:
        """The number of a key such as ``"no_answer_days"``, as given or by default."""
        return _native.policy_number(self._handle, key)
