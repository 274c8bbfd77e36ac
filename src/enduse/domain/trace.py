"""The why of a decision: grounds behind each fact, reasons with what they fold, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from enduse.domain.rules import Node, Rule, Space


@dataclass(frozen=True, slots=True)
class Ground:
    """Something in the deal that a fact rests on: a code of phrases.yaml and its values."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


Grounds = Mapping[str, tuple[Ground, ...]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired, the levels of the facts that made it fire, and the milder rules that it folds."""

    rule: Rule
    because: Mapping[str, str]
    folded: tuple[Reason, ...] = ()

    @property
    def all(self) -> list[Reason]:
        """This reason and everything folded into it."""
        return [self, *(inner for reason in self.folded for inner in reason.all)]


@dataclass(frozen=True, slots=True)
class FactInfo:
    """What the edition says of a fact beside its levels."""

    fact: str
    open: frozenset[str]
    gate: bool
    rank: int  # how early its question is asked; smaller is earlier


def reasons(fired: Sequence[tuple[Rule, Node]], state: int, facts: Mapping[str, str], space: Space, gates: frozenset[str]) -> tuple[Reason, ...]:
    """The reasons of a decision, strictest first.

    A reason is folded where strictly stronger ones already speak of all its facts (facts that only say whether a rule
    applies do not count), into the one nearest to it. A rule that would release says something only where nothing stricter fired.
    """
    outcome = max(rule.effect for rule, _ in fired)
    speaking = [pair for pair in fired if not pair[0].effect.releases or pair[0].effect == outcome]
    speaking.sort(key=lambda pair: (-pair[0].effect, pair[0].basis != "text"))
    tops: list[tuple[Rule, dict[str, str], frozenset[str]]] = []
    inner: list[list[Reason]] = []
    for rule, node in speaking:
        because = {fact: facts[fact] for fact in space.facts_in(node.grounds(state))}
        if not because:  # the floor: what keeps it from being an export
            because = {fact: facts[fact] for fact in ("foreign", "modifiable") if facts.get(fact) == "no"}
        named = frozenset(because) - gates
        above = [place for place, (top, _, names) in enumerate(tops) if top.effect > rule.effect and names & named]
        if named and named <= frozenset().union(*(tops[place][2] for place in above)):
            inner[above[-1]].append(Reason(rule, because))
        else:
            tops.append((rule, because, named))
            inner.append([])
    return tuple(Reason(rule, because, tuple(folds)) for (rule, because, _), folds in zip(tops, inner, strict=True))


def missing(found: Iterable[Reason], infos: Mapping[str, FactInfo]) -> tuple[str, ...]:
    """The facts not known or steps not done that keep the deal from being complete, the weightiest question first.

    A question whose answer can make others needless comes first, then the one that may bring the worst news;
    one that no rule waits for is not asked.
    """
    wanted = {
        fact
        for top in found
        for reason in top.all
        if not reason.rule.effect.releases
        for fact, level in reason.because.items()
        if level in infos[fact].open
    }
    return tuple(sorted(wanted, key=lambda fact: infos[fact].rank))
