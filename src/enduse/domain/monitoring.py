"""Monitoring: what becomes of a release, and what of its own accord makes it no longer stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from enduse.domain.refusals import Refusal

Event = Literal["suspended", "stopped", "resumed", "withdrawn"]
State = Literal["released", "suspended", "stopped", "withdrawn"]

# which events may follow which state; a withdrawn release stays so
FOLLOWS: dict[State, frozenset[Event]] = {
    "released": frozenset({"suspended", "stopped", "withdrawn"}),
    "suspended": frozenset({"stopped", "resumed", "withdrawn"}),
    "stopped": frozenset({"resumed", "withdrawn"}),
    "withdrawn": frozenset(),
}
BECOMES: dict[Event, State] = {"suspended": "suspended", "stopped": "stopped", "resumed": "released", "withdrawn": "withdrawn"}

# the refusals of the door, as causes of a suspension; the first that applies is the cause
CAUSES = {
    "release.closed": "closed",
    "release.held": "hold",
    "release.unattached": "changed",
    "release.outcome": "adverse",
    "release.outcome_today": "expired",
    "release.stale_checks": "checks",
    "release.unscreened": "checks",
    "release.unsigned_identification": "changed",
    "release.unvouched": "changed",
    "release.stale_submission": "changed",
    "release.stale_approval": "changed",
    "approval.same_hands": "changed",
    "approval.named_in_deal": "changed",
    "release.rejected": "rejected",
    "release.not_approved": "changed",
    "release.not_submitted": "changed",
    "release.no_role": "changed",
}


def state_after(events: Iterable[Event]) -> State:
    """What a release is after its events, in their order."""
    state: State = "released"
    for event in events:
        state = BECOMES[event]
    return state


def may_follow(state: State, event: Event) -> Refusal | None:
    """Why `event` may not follow `state`, or None where it may."""
    return None if event in FOLLOWS[state] else Refusal("monitoring.order", {"state": state, "event": event})


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a release stands now, and where it does not, since when by an event or why of its own accord."""

    state: State
    objections: tuple[Refusal, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether something may be delivered under it."""
        return self.state == "released" and not self.objections

    @property
    def cause(self) -> str:
        """The cause of a suspension that nobody has written down yet."""
        causes = [CAUSES[refusal.code] for refusal in self.objections]
        return next((cause for cause in ("closed", "hold", "adverse", "expired", "checks", "changed", "rejected") if cause in causes), "changed")
