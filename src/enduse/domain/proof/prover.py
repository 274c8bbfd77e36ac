"""Runs the proofs: properties, monotonicity, reachability, what permits discharge, redundant rules, and acts against the base."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import z3

from enduse.domain.proof.logic import Logic, counterexample, states
from enduse.domain.proof.properties import PROPERTIES, Property, Reader
from enduse.domain.rules import Effect, Table, Words

TRIGGERS = {
    "wmd": {"wmd_evidence": "concern"},
    "terrorism": {"terrorism_evidence": "concern"},
    "military": {"military_evidence": "concern"},
    "notice": {"notice": "written"},
    "deeper_check": {"deeper_check": "yes"},
    "risk": {"risk": "identified"},
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing proved, or the facts for which it fails."""

    id: str
    table: str
    clauses: tuple[str, ...]
    words: Words
    seconds: float
    fails_for: Mapping[str, str] | None = None

    @property
    def holds(self) -> bool:
        """Whether it is proved."""
        return self.fails_for is None


@dataclass(frozen=True, slots=True)
class Redundant:
    """A rule that changes no outcome of a table, and the rules that already say as much wherever it fires."""

    rule: str
    table: str
    covered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Milder:
    """Facts for which an act is milder than the base: both outcomes, and the days from when and until when it is; None: always."""

    facts: Mapping[str, str]
    base: Effect
    act: Effect
    since: date | None = None
    until: date | None = None

    @property
    def day(self) -> date | None:
        """A day on which it is so; None where it always is."""
        return self.since or self.until


def prove(table: Table) -> Iterator[Proof]:
    """Prove everything of a base table, one thing after the other."""
    for name, one in (("all", table), ("text", table.only("text"))):
        logic = Logic(one)
        for prop in PROPERTIES:
            if name in prop.tables:
                yield _timed(prop, name, lambda logic=logic, prop=prop: counterexample(prop.claim(Reader(logic)), logic))  # type: ignore[misc]
        yield _timed(_MONOTONE, name, lambda one=one: _not_monotone(one))  # type: ignore[misc]
        yield from _reachable(logic, name)
    yield from _discharges(Logic(table))


def redundant(table: Table, name: str) -> Iterator[Redundant]:
    """The rules that could be taken out of a table without any outcome changing, each with what covers it."""
    logic = Logic(table)
    for rule in table.rules:
        solver = z3.Solver()
        solver.set(unsat_core=True)
        solver.set("core.minimize", True)
        solver.add(logic.chained, logic.fires(rule.id))
        others = {f"covers {other.id}": other.id for other in table.rules if other.effect >= rule.effect and other.id != rule.id}
        for label, other in others.items():
            solver.assert_and_track(z3.Not(logic.fires(other)), label)
        if solver.check() == z3.unsat:
            yield Redundant(rule.id, name, tuple(others[str(label)] for label in solver.unsat_core()))


_MONOTONE = Property(
    "monotone",
    ("3.1", "3.4"),
    Words("Ни один факт, став хуже, не смягчает исход.", "No fact that gets more adverse ever makes the outcome milder."),
    lambda r: z3.BoolVal(True),
)


def _not_monotone(table: Table) -> dict[str, str] | None:
    """Facts that have a more adverse neighbour with a milder outcome; None where there are none."""
    one, worse = Logic(table), Logic(table, "'")
    above = z3.And(*(z3.Implies(one.ge(atom.fact, atom.level), worse.ge(atom.fact, atom.level)) for atom in table.space.atoms))
    claim = z3.And(*(z3.Implies(one.reaches(effect), worse.reaches(effect)) for effect in Effect))
    return counterexample(claim, one, worse.chained, above)


def _reachable(logic: Logic, name: str) -> Iterator[Proof]:
    for effect in Effect:
        above = z3.Not(logic.reaches(Effect(effect + 1))) if effect < Effect.refuse else z3.BoolVal(True)
        words = Words(f"Исход {effect.name} достижим.", f"The outcome {effect.name} can be reached.")
        prop = Property(f"reachable-{effect.name}", ("1.1",), words, lambda r: z3.BoolVal(True))

        def unreachable(effect: Effect = effect, above: z3.BoolRef = above) -> dict[str, str] | None:
            solver = z3.Solver()
            solver.add(logic.chained, logic.reaches(effect), above)
            return None if solver.check() == z3.sat else {}

        yield _timed(prop, name, unreachable)


def _discharges(logic: Logic) -> Iterator[Proof]:
    """With everything else in order, a valid permit lifts each kind of hold, and only what it may."""
    clean = {chain.fact: chain.levels[0] for chain in logic.table.chains} | {"foreign": "yes", "modifiable": "yes", "permit": "valid"}
    cases: dict[str, tuple[dict[str, str], Effect]] = {name: (facts, Effect.proceed) for name, facts in TRIGGERS.items()}
    cases["indicator_8"] = ({"indicator_8": "present"}, Effect.diligence)
    cases["indicator_8-explained"] = ({"indicator_8": "explained"}, Effect.proceed)
    cases["military-confirmed"] = ({"military_evidence": "confirmed"}, Effect.statutory)
    for name, (facts, effect) in cases.items():
        words = Words(
            f"Действующее разрешение при {name}: исход {effect.name}.",
            f"With a valid permit, {name} leads to {effect.name}.",
        )
        prop = Property(f"permit-{name}", ("4.2", "4.3"), words, lambda r: z3.BoolVal(True))
        reached = logic.reaches(effect)
        exactly = z3.And(reached, z3.Not(logic.reaches(Effect(effect + 1))))
        yield _timed(prop, "all", lambda facts=facts, exactly=exactly: counterexample(exactly, logic, logic.facts_at(clean | facts)))  # type: ignore[misc]


def _timed(prop: Property, table: str, run: Callable[[], Mapping[str, str] | None]) -> Proof:
    began = time.perf_counter()
    fails = run()
    return Proof(prop.id, table, prop.clauses, prop.words, time.perf_counter() - began, fails)


def looser(base: Table, act: Table) -> Milder | None:
    """Facts for which an act is milder than the base on some day; None where the solver finds none: it is only stricter (1.7).

    A deal that the act releases and the base stops comes first; then any whose outcome it makes milder, stopped or not.
    """
    return _milder(base, act, [Effect.incomplete]) or _milder(base, act, list(Effect))


def _milder(base: Table, act: Table, effects: list[Effect]) -> Milder | None:
    for since, until in spans(base, act):
        day = since or until or date.min
        before, after = Logic(base.at(day)), Logic(act.at(day))
        claim = z3.And(*(z3.Implies(before.reaches(effect), after.reaches(effect)) for effect in effects))
        facts = counterexample(claim, after, before.chained)
        if facts is not None:
            one, other = (logic.table.effect(logic.table.space.encode(facts)) for logic in (before, after))
            return Milder(facts, one, other, since, until)
    return None


def spans(*tables: Table) -> list[tuple[date | None, date | None]]:
    """The spans in which the same rules are in force: the first day of each and the last; None is without end."""
    day = timedelta(days=1)
    starts = {rule.since for table in tables for rule in table.rules if rule.since and rule.since > date.min}
    ends = {rule.until + day for table in tables for rule in table.rules if rule.until and rule.until < date.max}
    changes = sorted(starts | ends)
    return list(zip([None, *changes], [*(change - day for change in changes), None], strict=True))


def state_count(table: Table) -> int:
    """How many states of the facts a proof speaks of."""
    return states(table.chains)
