"""One patient's Pakkeforløp hjem, and many of them."""

from __future__ import annotations

import datetime
import itertools
import json
from typing import (
    Any,
    BinaryIO,
    Callable,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Tuple,
    Type,
    TypeVar,
    Union,
    overload,
)

from . import _native
from ._base import Object, Text, day, flag, handle, handle_or_none, number, time
from ._errors import BY_STATUS, PfhError
from ._national import Edition, edition_name
from ._plan import Needs, Plan, made_needs, made_plan
from ._policy import Policy
from ._record import Facts, Record, borrowed, facts_json
from ._values import Audience, Difference, RecordKind, Side

_P = TypeVar("_P", bound="Pathway")

Known = Union[None, str, datetime.datetime]
"""An RFC 3339 timestamp, or a datetime with a zone."""
Under = Union[None, str, Edition]
"""An edition, or its name; None: the one that the pathway names."""


class Pathway(Object):
    """One patient's Pakkeforløp hjem: who, which diagnosis, and what has happened.

    Events are only ever added; a mistake is put right by an event of type ``corrected``.  While events are
    appended a pathway is for one thread at a time (``RuntimeError``); it may be read from any number.
    """

    __slots__ = ()

    def __init__(self, head: Union[Record, Facts]) -> None:
        if isinstance(head, Mapping):  # a document, with or without its `format` and `events`
            self._handle = _native.pathway_parse(facts_json({"format": "pfh-pathway/1", **head}))
        else:
            self._handle = _native.pathway_build(handle(Record, head))

    @classmethod
    def parse(cls: Type[_P], text: Text) -> _P:
        """Reads a ``pfh-pathway/1`` document."""
        return cls._made(_native.pathway_parse(text))

    @classmethod
    def _made(cls: Type[_P], made: _native.Handle) -> _P:
        pathway = cls.__new__(cls)
        pathway._handle = made
        return pathway

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self).parse, (self.to_json(),)

    def __repr__(self) -> str:
        try:
            return f"<{type(self).__name__} {self.id!r}: {self.edition.name}, {len(self.events)} events>"
        except ValueError:
            return f"<{type(self).__name__}, closed>"

    def append(self, event: Union[Record, Facts]) -> None:
        """Adds an event, which is copied.  What it refers to (``of``) must be there before it."""
        record = Record(RecordKind.EVENT, event) if isinstance(event, Mapping) else event
        _native.pathway_append(self._handle, handle(Record, record))

    def to_json(self) -> str:
        """The pathway as ``pfh-pathway/1``: the same pathway gives the same bytes."""
        return _native.pathway_to_json(self._handle)

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dicts and lists."""
        return json.loads(self.to_json())

    @property
    def id(self) -> str:
        """The pathway's id."""
        return _native.pathway_id(self._handle)

    @property
    def edition(self) -> Edition:
        """The edition that the pathway names."""
        return Edition.find(_native.pathway_edition(self._handle))

    @property
    def head(self) -> Record:
        """All but the events, read-only."""
        record = borrowed(_native.pathway_head(self._handle))
        assert record is not None
        return record

    @property
    def events(self) -> "Events":
        """The events in the order in which they count, read-only."""
        return Events(self)

    def find(self, id: str) -> Optional[Record]:
        """The event of an id; None where there is none."""
        return borrowed(_native.pathway_find(self._handle, id))

    def plan(
        self,
        as_of: datetime.date,
        policy: Optional[Policy] = None,
        known_at: Known = None,
        edition: Under = None,
    ) -> Plan:
        """The plan as of a day: what happened later does not count.

        ``known_at``: what was recorded later does not count either.  ``edition``: the one
        to plan under, where it is not the pathway's own.
        """
        return made_plan(
            _native.plan_derive(self._handle, handle_or_none(Policy, policy), day(as_of), time(known_at), edition_name(edition))
        )

    def needs(
        self,
        as_of: datetime.date,
        policy: Optional[Policy] = None,
        known_at: Known = None,
        edition: Under = None,
    ) -> Needs:
        """The needs as of a day; the arguments are those of ``plan()``."""
        return made_needs(
            _native.needs_derive(self._handle, handle_or_none(Policy, policy), day(as_of), time(known_at), edition_name(edition))
        )

    def handover(self, audience: Union[Audience, str], policy: Optional[Policy] = None, override: bool = False) -> "Pathway":
        """The copy for an audience, without what it does not need and without anything private.

        ``override`` hands over to the municipality although the policy says that it takes no messages.
        """
        return Pathway._made(
            _native.pathway_handover(
                self._handle, number(Audience, audience), handle_or_none(Policy, policy), flag(override)
            )
        )

    def merge(self, theirs: "Pathway", options: Optional["MergeOptions"] = None) -> "Pathway":
        """Both copies in one.  With conflicts nothing is merged: ``PfhConflictError``, see ``diff()``."""
        return Pathway._made(
            _native.pathway_merge(self._handle, handle(Pathway, theirs), handle_or_none(MergeOptions, options))
        )

    def diff(self, theirs: "Pathway", options: Optional["MergeOptions"] = None) -> "Diff":
        """What the other copy has that this has not, and where they contradict each other."""
        made = _native.pathway_diff(self._handle, handle(Pathway, theirs), handle_or_none(MergeOptions, options))
        return Diff(_native.diff_rows(made), _native.diff_conflict_count(made))


class Events(Sequence[Record]):
    """The events of a pathway, in the order in which they count."""

    __slots__ = ("_pathway",)

    def __init__(self, pathway: Pathway) -> None:
        self._pathway = pathway

    def __len__(self) -> int:
        return _native.pathway_event_count(self._pathway._handle)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> List[Record]: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Record, List[Record]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        count = len(self)
        if not -count <= index < count:
            raise IndexError("the pathway has no such event")
        record = borrowed(_native.pathway_event(self._pathway._handle, index + count if index < 0 else index))
        assert record is not None
        return record


# ---- Two copies ------------------------------------------------------------------------------


class MergeOptions(Object):
    """How two copies are merged.

        MergeOptions(choices={"event:e7": Side.THEIRS})
    """

    __slots__ = ()

    def __init__(
        self,
        edition: Under = None,
        choices: Optional[Mapping[str, Union[Side, str]]] = None,
        choose_all: Union[None, Side, str] = None,
    ) -> None:
        self._handle = _native.merge_options_new()
        if edition is not None:
            self.edition(edition)
        if choose_all is not None:
            self.choose_all(choose_all)
        if not isinstance(choices, (Mapping, type(None))):
            raise TypeError(f"choices are a mapping, not {type(choices).__name__}")
        for conflict, side in (choices or {}).items():
            self.choose(conflict, side)

    def edition(self, edition: Under) -> None:
        """Asks for one edition; None: both copies must name the same."""
        _native.merge_options_edition(self._handle, edition_name(edition))

    def choose(self, conflict: str, side: Union[None, Side, str]) -> None:
        """Resolves a conflict by its ``name`` in ``Pathway.diff()``; None takes the choice back."""
        if not isinstance(conflict, str):
            raise TypeError("a conflict is named by a str")
        _native.merge_options_choose(self._handle, conflict, 0 if side is None else number(Side, side))

    def choose_all(self, side: Union[None, Side, str]) -> None:
        """Resolves all that nothing else was said of, but ``/id``: these may be two patients."""
        _native.merge_options_choose(self._handle, None, 0 if side is None else number(Side, side))


class Diff(Sequence[Difference]):
    """What one copy has that another has not."""

    __slots__ = ("rows", "conflict_count")

    def __init__(self, rows: Tuple[Difference, ...], conflict_count: int) -> None:
        self.rows: Tuple[Difference, ...] = rows
        """The differences: what stands beside the events, then the events as they count."""
        self.conflict_count: int = conflict_count
        """How many are conflicts for which nothing was chosen: 0 can be merged."""

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Difference: ...
    @overload
    def __getitem__(self, index: slice) -> Tuple[Difference, ...]: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Difference, Tuple[Difference, ...]]:
        return self.rows[index]


# ---- Many ------------------------------------------------------------------------------------

BATCH = 16  # few enough to stay in the processor's cache, many enough that the call costs nothing


_Planned = Tuple[Any, Optional[str], Optional[Tuple[int, int, str, str]]]
"""A plan's handle, or its document, or the error: the fields of the shape Planned."""


def _planned(
    pathways: Iterable[Pathway],
    as_of: datetime.date,
    policy: Optional[Policy],
    known_at: Known,
    edition: Under,
    on_error: Optional[Callable[[int, PfhError], None]],
    form: int,
) -> Iterator[_Planned]:
    """What the iterators of plans stand on: a wrong argument is said at once, not when they are asked."""
    terms = (handle_or_none(Policy, policy), day(as_of), time(known_at), edition_name(edition), form)
    return _good(_batches(iter(pathways), terms), on_error)


def _batches(source: Iterator[Pathway], terms: Tuple[Any, ...]) -> Iterator[_Planned]:
    """Where the source fails, what it gave before is planned first."""
    failed: Optional[BaseException] = None
    while failed is None:
        batch: List[_native.Handle] = []
        try:
            for pathway in itertools.islice(source, BATCH):
                batch.append(handle(Pathway, pathway))
        except Exception as error:
            failed = error
        if batch:
            yield from _native.plan_many(tuple(batch), *terms)
        elif failed is None:
            return
    try:
        raise failed
    finally:
        failed = None  # or the exception would hold this frame, and this frame it


def _good(rows: Iterator[_Planned], on_error: Optional[Callable[[int, PfhError], None]]) -> Iterator[_Planned]:
    for index, row in enumerate(rows):
        error = row[2]
        if error is None:
            yield row
        elif on_error is None:
            raise made_error(error)
        else:
            on_error(index, made_error(error))


def made_error(error: Tuple[int, int, str, str]) -> PfhError:
    """The exception of a row of the shape Failure."""
    status, offset, where, text = error
    of = BY_STATUS[-status] if -status < len(BY_STATUS) else PfhError
    return of(status, where, text, offset)


def plan_many(
    pathways: Iterable[Pathway],
    as_of: datetime.date,
    policy: Optional[Policy] = None,
    known_at: Known = None,
    edition: Under = None,
    on_error: Optional[Callable[[int, PfhError], None]] = None,
) -> Iterator[Plan]:
    """The plans of many pathways, a few at a time.

    A pathway that cannot be planned raises its error; with ``on_error``, that is told its place, from 0, and
    the error, and the pathway is left out.
    """
    rows = _planned(pathways, as_of, policy, known_at, edition, on_error, 0)
    return (made_plan(plan) for plan, _, _ in rows if plan is not None)


def plan_many_json(
    pathways: Iterable[Pathway],
    as_of: datetime.date,
    policy: Optional[Policy] = None,
    known_at: Known = None,
    edition: Under = None,
    on_error: Optional[Callable[[int, PfhError], None]] = None,
    explain: bool = False,
) -> Iterator[str]:
    """The same as ``pfh-plan/1`` documents, which is the fastest way to many of them."""
    rows = _planned(pathways, as_of, policy, known_at, edition, on_error, 1 + flag(explain))
    return (text for _, text, _ in rows if text is not None)


def plan_many_dicts(
    pathways: Iterable[Pathway],
    as_of: datetime.date,
    policy: Optional[Policy] = None,
    known_at: Known = None,
    edition: Under = None,
    on_error: Optional[Callable[[int, PfhError], None]] = None,
    explain: bool = False,
) -> Iterator[Dict[str, Any]]:
    """The same as plain dicts: ``pandas.json_normalize(list(…), "tasks", ["pathway"])``."""
    texts = plan_many_json(pathways, as_of, policy, known_at, edition, on_error, explain)
    return (json.loads(text) for text in texts)


class Line(NamedTuple):
    """A line of a caseload."""

    number: int
    """From 1, blank lines counted."""
    pathway: Optional[Pathway]
    """The pathway; None when the line is refused."""
    error: Optional[PfhError]
    """Why the line is refused."""
    text: bytes
    """The line as it came, with its line end."""
    continued: bool
    """Whether these are more bytes of the refused line before."""


PIECE = 65536


def read_caseload(source: Union[BinaryIO, Iterable[bytes]]) -> Iterator[Line]:
    """Reads NDJSON from a file opened in binary, or from pieces of any size.

    One document a line; a line that is refused does not stop the others.  Memory is bounded by the longest
    document.  Bytes or a str are a ``TypeError``: put them into a list.
    """
    if isinstance(source, (bytes, bytearray, str)):
        raise TypeError("a file or an iterable of bytes is wanted: [text]")
    read = getattr(source, "read", None)
    return _lines(source if read is None else iter(lambda: read(PIECE), b""))


def _lines(pieces: Iterable[bytes]) -> Iterator[Line]:
    reader = _native.caseload_new()
    for piece in itertools.chain(pieces, (b"",)):
        if not isinstance(piece, bytes):
            raise TypeError("a caseload is read from bytes: open the file in binary")
        _native.caseload_feed(reader, piece)
        while True:
            rows = _native.caseload_next(reader)
            if not rows:
                break
            number_, pathway, error, text, continued = rows[0]
            yield Line(
                number_,
                None if pathway is None else Pathway._made(pathway),
                None if error is None else made_error(error),
                text,
                continued,
            )
