"""The record of a deal (5.3): what it lacks to be complete."""

from __future__ import annotations

from enduse.domain.deal import Deal, given
from enduse.domain.trace import Ground


def lacks(deal: Deal) -> tuple[str, ...]:
    """What the record still lacks: `documents`, `parties`, `party_names`, `solution`, `version`, `identification`."""
    found = []
    if not any(given(document.number) and document.date for document in deal.documents):
        found.append("documents")
    if not deal.parties:
        found.append("parties")
    elif not all(given(party.name) for party in deal.parties):
        found.append("party_names")
    if given(deal.solution.name) is None:
        found.append("solution")
    if given(deal.solution.version) is None:
        found.append("version")
    if deal.solution.identification.result == "not_done":
        found.append("identification")
    return tuple(found)


def standing(deal: Deal) -> tuple[str, tuple[Ground, ...]]:
    """The fact `record`: `complete`, else `excused` with its reason, else `missing`, with what it lacks."""
    found = lacks(deal)
    if not found:
        return "complete", ()
    if excuse := given(deal.record_excuse):
        return "excused", (Ground("reason", {"reason": excuse}),)
    return "missing", tuple(Ground("record_lacks", {"lack": lack}) for lack in found)
