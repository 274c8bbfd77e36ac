"""Which indicators exist for a deal at all, and where one does not, because of what (notes to 12, 15, 18 and 19-22)."""

from __future__ import annotations

from enduse.casework.deals.deciding import edition
from enduse.domain.decision import Decision
from enduse.domain.edition import Indicator
from enduse.domain.rules import atoms_of
from enduse.domain.wording import Wording
from enduse.formats.guards import Vocabulary, parse_guard


def why_not(indicator: Indicator, decision: Decision, worded: Wording) -> str:
    """Why an indicator does not apply to a deal, in words; empty where it does."""
    if indicator.applies is None:
        return ""
    held = edition()
    levels = {chain.fact: chain.levels for chain in held.table.chains}
    guard = parse_guard(indicator.applies, Vocabulary(levels, {}, held.thresholds, {}))
    if held.table.space.compile(guard).holds(decision.state):
        return ""
    facts = dict.fromkeys(atom.fact for atom in atoms_of(guard))
    return "; ".join(worded.level(fact, decision.facts[fact]) for fact in facts)
