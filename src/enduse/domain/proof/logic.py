"""The solver's evaluator: a rule table as formulas over `fact >= level`, and models back to facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from math import prod

import z3

from enduse.domain.rules import Atom, Chain, Effect, Node, Table, bits_of


class Logic:
    """One table's outcome as formulas. Tables over the same facts share the atoms, by name."""

    def __init__(self, table: Table, suffix: str = "") -> None:
        self.table = table
        self.suffix = suffix

    def ge(self, fact: str, level: str) -> z3.BoolRef:
        """`fact >= level`; true for the mildest level. Raises KeyError for a fact or level that the table lacks."""
        chain = self._chains[fact]
        if level == chain.levels[0]:
            return z3.BoolVal(True)
        if level not in chain.levels:
            raise KeyError(f"{fact} >= {level}")
        return z3.Bool(f"{fact}>={level}{self.suffix}")

    def at(self, fact: str, level: str) -> z3.BoolRef:
        """`fact = level`: it has reached the level and not the next."""
        levels = self._chains[fact].levels
        place = levels.index(level)
        above = [z3.Not(self.ge(fact, levels[place + 1]))] if place + 1 < len(levels) else []
        return z3.And(self.ge(fact, level), *above)

    def facts_at(self, levels: Mapping[str, str]) -> z3.BoolRef:
        """Every named fact stands at its level."""
        return z3.And(*(self.at(fact, level) for fact, level in levels.items()))

    def reaches(self, effect: Effect) -> z3.BoolRef:
        """The outcome is `effect` or stricter."""
        return self._reached[effect]

    @cached_property
    def released(self) -> z3.BoolRef:
        """The outcome is `not_export` or `proceed`."""
        return z3.Not(self.reaches(Effect.incomplete))

    def fires(self, rule: str) -> z3.BoolRef:
        """The rule's condition holds."""
        return self._fires[rule]

    @cached_property
    def chained(self) -> z3.BoolRef:
        """What makes the atoms chains: a higher level reached means the lower ones are."""
        links = []
        for chain in self.table.chains:
            for lower, higher in zip(chain.levels[1:], chain.levels[2:], strict=False):
                links.append(z3.Implies(self.ge(chain.fact, higher), self.ge(chain.fact, lower)))
        return z3.And(*links)

    def facts_of(self, model: z3.ModelRef) -> dict[str, str]:
        """The facts that a model stands for, the mildest where it says nothing."""
        return {
            chain.fact: next(
                (level for level in reversed(chain.levels[1:]) if z3.is_true(model.eval(self.ge(chain.fact, level), model_completion=True))),
                chain.levels[0],
            )
            for chain in self.table.chains
        }

    @cached_property
    def _chains(self) -> dict[str, Chain]:
        return {chain.fact: chain for chain in self.table.chains}

    @cached_property
    def _fires(self) -> dict[str, z3.BoolRef]:
        return {rule.id: self._formula(node) for rule, node in zip(self.table.rules, self.table.nodes, strict=True)}

    @cached_property
    def _reached(self) -> dict[Effect, z3.BoolRef]:
        return {effect: z3.Or(*(self._fires[rule.id] for rule in self.table.rules if rule.effect >= effect)) for effect in Effect}

    def _formula(self, node: Node) -> z3.BoolRef:
        bits = [self._atom(self.table.space.atoms[bit]) for bit in bits_of(node.mask)]
        parts = [self._formula(part) for part in node.parts]
        return z3.And(*bits, *parts) if node.every else z3.Or(*bits, *parts)

    def _atom(self, atom: Atom) -> z3.BoolRef:
        return self.ge(atom.fact, atom.level)


def states(chains: Iterable[Chain]) -> int:
    """How many states the facts have."""
    return prod(len(chain.levels) for chain in chains)


def counterexample(claim: z3.BoolRef, logic: Logic, *assumed: z3.BoolRef) -> dict[str, str] | None:
    """Facts for which `claim` fails, as few of them adverse as can be; None where there are none: it is proved.

    Facts that a deal file can have are preferred to those that none can.
    """
    solver = z3.Solver()
    solver.add(logic.chained, *assumed, z3.Not(claim))
    if solver.check() != z3.sat:
        return None
    solver.push()
    solver.add(realisable(logic))
    if solver.check() != z3.sat:
        solver.pop()
    for chain in logic.table.chains:
        for level in chain.levels:  # the mildest level that still fails
            solver.push()
            solver.add(logic.at(chain.fact, level))
            if solver.check() == z3.sat:
                break
            solver.pop()
    solver.check()
    return logic.facts_of(solver.model())


def realisable(logic: Logic) -> z3.BoolRef:
    """The facts that a deal file can have: an identification done has a result, and a record is complete only with one."""
    done = logic.at("identification_check", "done")
    return z3.And(done == z3.Not(logic.at("listed", "unknown")), z3.Implies(logic.at("record", "complete"), done))
