"""The table of roles: what every role may, what none may, and what must stay apart."""

from __future__ import annotations

import pytest

from enduse.casework.people.roles import POWERS, ROLES, SEE_ALL, WORK


def may(role: str) -> set[str]:
    return {verb for verb, roles in POWERS.items() if role in roles}


def test_only_known_roles_are_named_and_each_may_do_something() -> None:
    assert {role for roles in POWERS.values() for role in roles} == set(ROLES)
    assert set(ROLES) >= SEE_ALL | set(WORK)
    assert all(POWERS.values())


def test_an_auditor_reads_everything_and_changes_nothing() -> None:
    assert may("auditor") == {verb for verb in POWERS if verb.endswith(".see")} | {"ledger.checkpoint"}


def test_an_administrator_has_no_deals() -> None:
    assert {verb.split(".")[0] for verb in may("administrator")} == {"people", "settings", "ledger"}


def test_an_approver_prepares_nothing() -> None:
    prepares = {verb for verb in POWERS if verb.startswith("deal.")} - {
        "deal.comment", "deal.hold", "deal.lift_hold", "deal.approve", "deal.reject", "deal.release", "deal.suspend", "deal.stop", "deal.resume",
        "deal.withdraw",
    }  # fmt: skip
    assert not may("approver") & prepares


@pytest.mark.parametrize("verb", ["deal.approve", "deal.reject"])
def test_only_approvers_give_the_last_word(verb: str) -> None:
    assert POWERS[verb] == ("approver",)


def test_whoever_works_on_deals_sees_deals() -> None:
    working = {role for verb, roles in POWERS.items() if verb.startswith("deal.") for role in roles}
    assert working == set(WORK)
    assert working <= set(POWERS["deals.see"])


def test_only_an_expert_signs_an_identification() -> None:
    assert POWERS["deal.sign_identification"] == ("expert",)
