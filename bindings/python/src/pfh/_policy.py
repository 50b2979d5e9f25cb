"""Local practice."""

from typing import Any, Mapping, Tuple, Type, TypeVar, Union

from . import _native
from ._base import Object, Text, handle
from ._record import Facts, Record, borrowed, facts_json

_P = TypeVar("_P", bound="Policy")


class Policy(Object):
    """Local rules: days, thresholds, who does what.  None of it is national policy.

    Wherever a policy is taken, None stands for one with all the defaults.
    """

    __slots__ = ()

    def __init__(self, record: Union[Record, Facts]) -> None:
        if isinstance(record, Mapping):  # with or without its `format`
            self._handle = _native.policy_parse(facts_json({"format": "pfh-policy/1", **record}))
        else:
            self._handle = _native.policy_build(handle(Record, record))

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self).parse, (self.to_json(),)

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
