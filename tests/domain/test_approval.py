"""Approval: whose hands meet."""

from __future__ import annotations

import pytest

from enduse.domain.approval import Signature, same_hands

BORIS = ("Boris", "boris@example.org", "0017", "Boris (boris@example.org)")


def code(signer: set[int], preparers: set[int], recorders: tuple[str, ...] = (), names: tuple[str, ...] = BORIS) -> str:
    refusal = same_hands(frozenset(signer), names, frozenset(preparers), recorders)
    return refusal.code if refusal else ""


def test_others_may_sign() -> None:
    assert code({1}, {2, 3}, ("Anna", "somebody")) == ""
    assert code({1}, set()) == ""


@pytest.mark.parametrize(("signer", "preparers"), [({1}, {1}), ({1, 2}, {2, 3}), ({1}, {3, 2, 1})])
def test_one_hand_in_common_is_enough(signer: set[int], preparers: set[int]) -> None:
    assert code(signer, preparers) == "approval.same_hands"


@pytest.mark.parametrize("recorder", ["Boris", "BORIS", " boris ", "Воris", "bo\u200bris", "0017", "boris@example.org", "Boris  (boris@example.org)"])
def test_whoever_the_deal_names_may_not_however_it_is_spelt(recorder: str) -> None:
    assert code({1}, {2}, ("Anna", recorder)) == "approval.named_in_deal"
    refusal = same_hands(frozenset({1}), BORIS, frozenset({2}), ("Anna", recorder))
    assert refusal
    assert refusal.values == {"name": recorder}


def test_another_of_a_similar_name_is_another() -> None:
    assert code({1}, {2}, ("Boris Petrov", "boris@example.com", "17")) == ""
    assert code({1}, {2}, ("Boris",), names=()) == ""


def test_hands_come_before_names() -> None:
    assert code({1}, {1}, ("Boris",)) == "approval.same_hands"


def test_a_signature_is_of_somebody_who_held_the_role_unless_it_says_otherwise() -> None:
    assert Signature("sha256:1", frozenset({1})).held_role
