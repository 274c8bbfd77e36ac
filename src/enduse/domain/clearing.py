"""What would release a deal: minimal sets of checks, records, permits or explanations, each proved by deciding again.

A stop fires on sets of adverse bits (conjuncts). A step takes some bits away: a check done, a question answered mildly, an
indicator explained, a permit granted. A set of steps releases the deal where every conjunct of every stop loses a bit; so the
minimal sets are the minimal hitting sets. Steps never touch evidence, notices, a listing or a risk once identified (3.1):
what only those hold up, nothing here can release.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from enduse.domain.deal import Deal, given
from enduse.domain.decision import Decision
from enduse.domain.determination import may_be_home
from enduse.domain.edition import Edition
from enduse.domain.permits import standing, to_be_named, triggers, undatable
from enduse.domain.register import lacks
from enduse.domain.rules import Rule, Table, bits_of

MOST_WAYS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, the level it has to bring the fact to, and other things that would do as well."""

    do: str
    fact: str
    level: str
    details: tuple[str, ...] = ()
    first: tuple[str, ...] = ()  # particulars without which no permit can name the parties, the solution or its version
    instead: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Clearing:
    """The sets of steps that would each release the deal, fewest steps first; where there are none, the rules that nothing lifts."""

    ways: tuple[tuple[Step, ...], ...] = ()
    stuck: tuple[str, ...] = ()


RELEASED = Clearing()


def clear_by(deal: Deal, decision: Decision, edition: Edition) -> Clearing:
    """Say what would release a stopped deal; nothing for one that is released already."""
    if decision.released:
        return RELEASED
    table = edition.table.at(decision.at)
    steps = _steps(deal, decision, edition)
    masks = tuple(_cleared(table, step, decision, deal) for step in steps)
    chosen, stuck = _hitting_sets(table, decision.state, masks, tuple((step.fact, step.level) for step in steps))
    if stuck:
        return Clearing(stuck=stuck)
    ways = []
    for way in chosen:
        cleared = 0
        for places in way:
            cleared |= masks[places[0]]
        # INVARIANT: a way is offered only after deciding again says that it releases.
        if not table.effect(decision.state & ~cleared).releases:
            raise AssertionError(f"a way that does not release {decision.reference}")
        ways.append(_with_coverage(tuple(_merged(steps, places) for places in way)))
    return Clearing(ways=tuple(ways))


def _steps(deal: Deal, decision: Decision, edition: Edition) -> list[Step]:
    """Everything that a person could do about the facts as they stand, the least demanding first."""
    facts = decision.facts
    steps: list[Step] = []
    for name, mildest in edition.mildest.items():
        level = facts[name]
        if level == mildest:
            continue
        fact = edition.facts[name]
        if name == "permit":
            steps += _permit_step(deal, facts, decision.at)
        elif name in ("choice", "clauses"):
            steps.append(Step(name, name, mildest))
        elif level == "present" and name.startswith("indicator_"):
            steps.append(Step("explanation", name, "explained"))
        elif level not in fact.open or name in ("listed", "identification_check"):
            continue
        elif name in ("foreign", "modifiable"):
            steps.append(Step("answer", name, "yes"))
            if name == "modifiable" or may_be_home(deal.parties):
                steps.append(Step("answer", name, "no"))
        elif name.startswith("indicator_"):
            steps.append(Step("indicator", name, "explained"))
        elif name == "record":
            wanting = lacks(deal)
            if wanting != ("identification",):
                steps.append(Step("record", name, mildest, wanting))
        else:
            steps.append(Step("check" if fact.check else "answer", name, mildest))
    if facts["identification_check"] == "not_done":
        steps.append(Step("identification", "listed", "no"))
    return steps


def _permit_step(deal: Deal, facts: Mapping[str, str], at: date) -> list[Step]:
    """A permit of the Commission, where one can still come: after an undated or later denial none can by this day."""
    denials = [permit for permit in deal.permits if permit.status == "denied"]
    if facts["permit"] == "denied" and undatable(denials, at):
        return []
    unnamed = any(given(party.name) is None for party in to_be_named(deal))
    first = tuple(lack for lack in lacks(deal) if lack in ("solution", "version") or (lack == "party_names" and unnamed))
    return [Step("later_permit" if denials else "permit", "permit", "valid", triggers(facts), first)]


def _with_coverage(way: tuple[Step, ...]) -> tuple[Step, ...]:
    """Indicator 8 is no trigger of the permit once it is explained."""
    if not any(step.fact == "indicator_8" for step in way):
        return way
    return tuple(
        replace(step, details=tuple(trigger for trigger in step.details if trigger != "indicator_8")) if step.fact == "permit" else step
        for step in way
    )


def _cleared(table: Table, step: Step, decision: Decision, deal: Deal) -> int:
    """The bits that a step takes away."""
    space, facts = table.space, decision.facts
    if step.do == "identification":
        cleared = space.mask("listed") | space.mask("identification_check")
        return cleared | (space.mask("record") if lacks(deal) == ("identification",) else 0)
    cleared = space.level_mask(step.fact, facts[step.fact]) & ~space.level_mask(step.fact, step.level)
    if step.fact == "indicator_8":  # explained, it is no trigger any more, and a permit held may cover all the rest
        permit, _ = standing(deal, {**facts, "indicator_8": step.level}, decision.at)
        cleared |= space.level_mask("permit", facts["permit"]) & ~space.level_mask("permit", permit)
    return cleared


def _hitting_sets(
    table: Table, state: int, masks: tuple[int, ...], names: tuple[tuple[str, str], ...]
) -> tuple[tuple[tuple[tuple[int, ...], ...], ...], tuple[str, ...]]:
    """The minimal sets of steps that take a bit from every conjunct of every stop; and the stops that no step reaches.

    A set is a tuple of groups of places of steps; the steps of a group do the same here, any one is enough.
    """
    options: dict[int, Rule] = {}
    stuck: dict[str, None] = {}
    for rule, node in table.stops:
        if not node.holds(state):
            continue
        for conjunct in node.conjuncts(state):
            reach = sum(1 << place for place, mask in enumerate(masks) if mask & conjunct)
            if reach:
                options.setdefault(reach, rule)
            else:
                stuck[rule.id] = None
    if stuck:
        return (), tuple(stuck)
    demands = _least(options)
    groups = _alike(demands, len(masks), names)
    sets = [0]
    for demand in sorted(demands, key=lambda demand: (demand.bit_count(), demand)):
        leaders = [group[0] for group in groups if demand >> group[0] & 1]
        sets = _least(held if held & demand else held | 1 << leader for held in sets for leader in ([leaders[0]] if held & demand else leaders))
    sets.sort(key=lambda held: (held.bit_count(), held))
    by_leader = {group[0]: group for group in groups}
    return tuple(tuple(by_leader[place] for place in bits_of(held)) for held in sets[:MOST_WAYS]), ()


def _least(sets: Iterable[int]) -> list[int]:
    """The sets (as bits) that hold no other of them."""
    kept: list[int] = []
    for one in sorted(set(sets), key=int.bit_count):
        if not any(other & one == other for other in kept):
            kept.append(one)
    return kept


def _alike(demands: Sequence[int], count: int, names: Sequence[tuple[str, str]]) -> list[tuple[int, ...]]:
    """Steps that meet exactly the same demands, together; of one fact only the least demanding is kept."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for place in range(count):
        met = tuple(demand for demand in demands if demand >> place & 1)
        if met:
            group = groups.setdefault(met, [])
            if not any(names[other][0] == names[place][0] for other in group):
                group.append(place)
    return [tuple(group) for group in groups.values()]


def _merged(steps: Sequence[Step], places: Sequence[int]) -> Step:
    first, *others = (steps[place] for place in places)
    return replace(first, instead=tuple(others))
