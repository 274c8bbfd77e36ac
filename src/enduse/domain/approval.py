"""Approval: what an approver signs, and why somebody may not sign (four eyes, 3.1, reading 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enduse.domain.evidence import same_person
from enduse.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's signature under a fingerprint: the persons whose doing it is, and what a deal file may call them."""

    fingerprint: str
    hands: frozenset[int]
    names: tuple[str, ...] = ()
    held_role: bool = True  # whether they held the role when they signed
    order: int = 0  # which of several came last


def same_hands(signer: frozenset[int], names: Iterable[str], preparers: frozenset[int], recorders: Iterable[str]) -> Refusal | None:
    """Why these hands may not approve: they, or whom they stand in for, prepared the deal, or the deal itself names them as a recorder.

    Hands are persons, not accounts and not roles: a second account, a substitute and a role changed since make no difference.
    """
    if signer & preparers:
        return Refusal("approval.same_hands")
    for recorder in recorders:
        if any(same_person(recorder, name) for name in names):
            return Refusal("approval.named_in_deal", {"name": recorder})
    return None
