"""Who acts: roles, hands and the stamp in the ledger."""

from __future__ import annotations

import pytest

from enduse.casework.people.actor import SYSTEM, Actor
from enduse.casework.people.roles import POWERS
from enduse.domain.refusals import NotAllowed

ANNA = Actor(7, "Anna (anna@example.org)", 3, frozenset({"officer"}), frozenset({9, 2}))


def test_hands_are_ones_own_and_those_of_the_absent() -> None:
    assert ANNA.hands == {7, 9, 2}
    assert Actor(7, "Anna").hands == {7}
    assert SYSTEM.hands == frozenset()


def test_the_stamp_names_numbers_only() -> None:
    assert ANNA.stamp == "person:7 account:3 for:2 for:9"
    assert Actor(7, "Anna").stamp == "person:7"
    assert SYSTEM.stamp == "system"


def test_the_system_is_nobody() -> None:
    assert SYSTEM.is_system
    assert not ANNA.is_system
    assert ANNA.who == 7
    with pytest.raises(RuntimeError, match="signs nothing"):
        _ = SYSTEM.who
    assert not any(SYSTEM.may(verb) for verb in POWERS)


def test_a_verb_takes_one_of_its_roles() -> None:
    assert ANNA.may("deal.submit")
    assert not ANNA.may("deal.approve")
    ANNA.demand("deal.submit")
    with pytest.raises(NotAllowed) as refused:
        ANNA.demand("deal.approve")
    assert [(one.code, dict(one.values)) for one in refused.value.refusals] == [("people.no_role", {"verb": "deal.approve", "roles": "approver"})]
    with pytest.raises(KeyError):
        ANNA.may("deal.anything")


def test_who_sees_every_deal() -> None:
    seeing = {
        role
        for role in ("initiator", "officer", "expert", "lawyer", "approver", "auditor", "administrator")
        if Actor(1, "", roles=frozenset({role})).sees_all
    }
    assert seeing == {"officer", "approver", "auditor"}
