"""Plans as calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, NamedTuple, Optional, Tuple

from . import _native
from ._base import Object, Text, handle, handle_or_none, option
from ._policy import Policy
from ._record import Record, borrowed
from ._values import Defect, TaskKind

if TYPE_CHECKING:
    from ._plan import Plan


class IcalOptions(Object):
    """What a calendar shows, and how.

        IcalOptions(unit="skien-kreftkoordinator", domain="epj.skien.example", policy=policy)

    The options are those of ``pfh_ical_options_set()`` (doc/calendars.md): ``level unit role kind state from to
    horizon_days language form span alarm name refresh stamp domain tell audience keep_days organizer attendee``.
    ``policy`` gives the contact details of units.
    """

    __slots__ = ()

    def __init__(self, policy: Optional[Policy] = None, **options: Any) -> None:
        self._handle = _native.ical_options_new()
        for key, value in options.items():
            for one in value if isinstance(value, (list, tuple)) else (value,):
                self.set(key, one)
        if policy is not None:
            self.policy(policy)

    def set(self, key: str, value: Any) -> None:
        """Sets an option to a text, a number, a date or a member of an enum; None takes the default back."""
        _native.ical_options_set(self._handle, key, option(value))

    def policy(self, policy: Policy) -> None:
        """Takes the contact details of a policy's units; the last call counts."""
        _native.ical_options_policy(self._handle, handle(Policy, policy))


class Proposal(NamedTuple):
    """What somebody did in a calendar.  Nothing is applied by itself.

    Who agrees gives the event an ``id`` and the time at which it is ``recorded``, and appends it.
    """

    pathway: str
    """The id of the pathway."""
    task: str
    """The id of the task in the plan."""
    point: Optional[int]
    """At which point."""
    kind: TaskKind
    """The kind of the task."""
    needs: Optional[str]
    """What a person must say first, where there is no event."""
    uid: str
    """The UID of the entry."""
    line: int
    """The line on which the entry begins, from 1."""
    event: Optional[Record]
    """The proposed event, all but ``id`` and ``recorded``."""


def _handles(plans: Iterable[Plan]) -> Tuple[_native.Handle, ...]:
    from ._plan import Plan as of

    return tuple(handle(of, plan) for plan in plans)


def plans_to_ical(plans: Iterable[Plan], options: Optional[IcalOptions] = None) -> str:
    """One calendar of many plans."""
    return _native.plans_to_ical(_handles(plans), handle_or_none(IcalOptions, options))


def update_ical(previous: Optional[Text], plans: Iterable[Plan], options: Optional[IcalOptions] = None) -> str:
    """Brings a calendar up to date with plans, which are all that it is about."""
    return _native.ical_update(previous, _handles(plans), handle_or_none(IcalOptions, options))


def read_ical(text: Text, plans: Iterable[Plan], options: Optional[IcalOptions] = None) -> Tuple[Proposal, ...]:
    """Reads what people did in a calendar of plans.  Read back first and update then."""
    proposals = _native.ical_read(text, _handles(plans), handle_or_none(IcalOptions, options))
    rows: Tuple[Tuple[Any, ...], ...] = _native.proposals_rows(proposals)
    return tuple(
        Proposal._make((*row, borrowed(_native.proposals_event(proposals, index)))) for index, row in enumerate(rows)
    )


def lint_calendar(text: Text) -> Tuple[Defect, ...]:
    """What is wrong with the bytes of a calendar; at most 10,000 defects."""
    return _native.ical_lint(text)


def lint_rules() -> Tuple[Defect, ...]:
    """The rules of ``lint_calendar()``, as defects without a place."""
    return _native.lint_rules()


class Feed(Object):
    """A calendar that plans are added to, one at a time, for very many of them."""

    __slots__ = ()

    def __init__(self, previous: Optional[Text] = None, options: Optional[IcalOptions] = None) -> None:
        self._handle = _native.feed_new(previous, handle_or_none(IcalOptions, options))

    def add(self, plan: Plan) -> None:
        """Adds what a plan has to tell.  Nothing of the plan is kept."""
        _native.feed_add(self._handle, _handles((plan,))[0])

    def __len__(self) -> int:
        """How many entries there are now, without cancelled ones."""
        return _native.feed_count(self._handle)

    def to_ical(self) -> str:
        """The calendar; more can be added afterwards."""
        return _native.feed_to_ical(self._handle)
