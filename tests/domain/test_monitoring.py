"""Monitoring: what may follow what, and what makes a release stand no longer."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from enduse.domain import release as law
from enduse.domain.approval import Signature
from enduse.domain.monitoring import BECOMES, CAUSES, FOLLOWS, Event, Standing, State, may_follow, state_after
from enduse.domain.refusals import Refusal
from tests.domain.test_release import BAD, case

# written out by hand: what may follow
ORDER = {
    ("released", "suspended"),
    ("released", "stopped"),
    ("released", "withdrawn"),
    ("suspended", "stopped"),
    ("suspended", "resumed"),
    ("suspended", "withdrawn"),
    ("stopped", "resumed"),
    ("stopped", "withdrawn"),
}


@pytest.mark.parametrize(("state", "event"), list(product(get_args(State), get_args(Event))))
def test_what_may_follow_what(state: State, event: Event) -> None:
    refusal = may_follow(state, event)
    assert (refusal is None) == ((state, event) in ORDER)
    if refusal:
        assert (refusal.code, dict(refusal.values)) == ("monitoring.order", {"state": state, "event": event})


def test_every_state_and_event_is_known() -> None:
    assert set(FOLLOWS) == set(get_args(State))
    assert set(BECOMES) == set(get_args(Event))


def test_a_release_is_what_its_events_made_of_it() -> None:
    assert state_after([]) == "released"
    assert state_after(["suspended"]) == "suspended"
    assert state_after(["suspended", "resumed"]) == "released"
    assert state_after(["suspended", "stopped", "resumed", "stopped"]) == "stopped"
    assert state_after(["withdrawn"]) == "withdrawn"


def test_it_stands_only_released_and_without_objections() -> None:
    assert Standing("released").stands
    assert not Standing("released", (Refusal("release.held"),)).stands
    for state in ("suspended", "stopped", "withdrawn"):
        assert not Standing(state).stands


@pytest.mark.parametrize(
    ("codes", "cause"),
    [
        (("release.closed", "release.held"), "closed"),
        (("release.held", "release.outcome"), "hold"),
        (("release.outcome", "release.outcome_today", "release.stale_submission"), "adverse"),
        (("release.outcome_today", "release.stale_checks"), "expired"),
        (("release.stale_checks", "release.stale_approval"), "checks"),
        (("release.unscreened", "release.stale_approval"), "checks"),
        (("release.stale_submission", "release.stale_approval"), "changed"),
        (("release.rejected",), "rejected"),
        (("approval.same_hands",), "changed"),
        ((), "changed"),
    ],
)
def test_the_gravest_objection_is_the_cause(codes: tuple[str, ...], cause: str) -> None:
    assert Standing("released", tuple(Refusal(code) for code in codes)).cause == cause
    assert Standing("released", tuple(Refusal(code) for code in reversed(codes))).cause == cause


def test_every_answer_of_the_guards_that_a_release_stands_by_has_a_cause() -> None:
    answers = {refusal.code for _, changes, _ in BAD for refusal in law.refusals(case(**changes), law.STANDS)}
    assert len(answers) >= 12
    assert answers <= set(CAUSES)
    assert Signature("", frozenset()).fingerprint == ""
