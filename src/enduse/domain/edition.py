"""An edition of the Declaration as a value: clauses, terms, indicators, facts, rules, duties, readings and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from enduse.domain.deal import IndicatorState
from enduse.domain.indicators import Answered
from enduse.domain.rules import Effect, Table, Words, bits_of
from enduse.domain.trace import FactInfo

DutyStage = Literal["before_signing", "before_delivery", "after"]
INDICATOR_LEVELS: tuple[IndicatorState, ...] = ("absent", "explained", "excused", "unknown", "present")
INDICATOR_OPEN = frozenset({"unknown", "excused"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the Declaration in our words, and how the product carries it out."""

    clause: str
    title: Words
    text: Words
    here: Words


@dataclass(frozen=True, slots=True)
class Term:
    """A term of 2.1."""

    term: str
    clause: str
    name: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words leave open, the reading taken, why, and who may change it."""

    reading: str
    number: int
    clauses: tuple[str, ...]
    unclear: Words
    taken: Words
    why: Words
    may_change: Words


@dataclass(frozen=True, slots=True)
class Indicator:
    """A warning sign of Appendix 1 (or of an act): whom it concerns, when it is a hit, what to ask and what counts."""

    key: str
    concerns: tuple[str, ...]
    answered: Answered
    title: Words
    text: Words
    condition: Words
    question: Words
    guidance: Words
    evidence: Words
    feeds: tuple[str, ...]
    applies: str | None = None  # the guard's text; None where it always applies


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact's words and what is to be known of it."""

    fact: str
    clauses: tuple[str, ...]
    stage: str
    name: Words
    levels: Mapping[str, Words]
    open: frozenset[str] = frozenset()
    gate: bool = False
    check: str | None = None  # the word of `checks:` that states it
    reveals: tuple[str, ...] = ()
    question: Words | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What the developer owes, by when, and which clauses say so."""

    duty: str
    when: DutyStage
    clauses: tuple[str, ...]
    text: Words


@dataclass(frozen=True, slots=True)
class Act:
    """An organisation's own act, as a decision names it (1.7)."""

    act: str
    title: Words
    dated: date
    fingerprint: str


@dataclass(frozen=True)
class Edition:
    """Everything a decision is made under. Frozen and fingerprinted; an act makes a new value, never changes this one."""

    id: str
    dated: date
    title: Words
    note: Words
    table: Table
    facts: Mapping[str, Fact]
    indicators: Mapping[str, Indicator]
    duties: Mapping[str, Duty]
    clauses: Mapping[str, Clause]
    terms: Mapping[str, Term]
    readings: tuple[Reading, ...]
    phrases: Mapping[str, Mapping[str, Words]]
    reference_data: str
    act: Act | None = None
    thresholds: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""

    @cached_property
    def answered(self) -> tuple[tuple[str, str, Answered], ...]:
        """Each indicator's key, its fact, and how it is answered, in order."""
        return tuple((key, f"indicator_{key}", indicator.answered) for key, indicator in self.indicators.items())

    @cached_property
    def checks(self) -> dict[str, str]:
        """The words that `checks:` of a deal may hold, and the facts that they state."""
        return {fact.check: fact.fact for fact in self.facts.values() if fact.check}

    @cached_property
    def gates(self) -> frozenset[str]:
        """The facts that only say whether a rule applies."""
        return frozenset(fact.fact for fact in self.facts.values() if fact.gate)

    @cached_property
    def mildest(self) -> dict[str, str]:
        """Each fact's mildest level, in the order of the table."""
        return {chain.fact: chain.levels[0] for chain in self.table.chains}

    @cached_property
    def infos(self) -> dict[str, FactInfo]:
        """What the trace needs to know of each fact, with the rank of its question."""
        order = [chain.fact for chain in self.table.chains]
        needless, worst = self._needless(), self._worst()
        ranked = sorted(order, key=lambda fact: (-needless[fact], -worst[fact], order.index(fact)))
        rank = {fact: place for place, fact in enumerate(ranked)}
        return {name: FactInfo(name, fact.open, fact.gate, rank[name]) for name, fact in self.facts.items()}

    def _needless(self) -> dict[str, int]:
        """For each fact, how many questions its mildest answer would make needless: no stop can fire on them without it."""
        space, everything = self.table.space, (1 << len(self.table.space.atoms)) - 1
        together: dict[str, set[str]] = {}
        for _, node in self.table.stops:
            for conjunct in node.conjuncts(everything):
                facts = {space.atoms[i].fact for i in bits_of(conjunct)}
                for fact in facts:
                    together[fact] = together[fact] & facts if fact in together else set(facts)
        count = dict.fromkeys((chain.fact for chain in self.table.chains), 0)
        for fact, others in together.items():
            if self.facts[fact].open:
                for other in others - {fact}:
                    count[other] += self.facts[other].gate
        return count

    def _worst(self) -> dict[str, Effect]:
        """For each fact, the strictest effect that it, or what its question may reveal, can lead to."""
        own = dict.fromkeys((chain.fact for chain in self.table.chains), Effect.not_export)
        space = self.table.space
        for rule, node in self.table.stops:
            for fact in space.facts_in(node.grounds((1 << len(space.atoms)) - 1)):
                own[fact] = max(own[fact], rule.effect)
        gated = {fact: Effect.not_export if self.facts[fact].gate else effect for fact, effect in own.items()}
        return {fact: max([effect, *(own[other] for other in self.facts[fact].reveals)]) for fact, effect in gated.items()}
