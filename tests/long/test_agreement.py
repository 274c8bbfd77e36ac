"""The three evaluators on many random deals: traced, numpy, and the solver's."""

from __future__ import annotations

import random

import pytest
import z3

from enduse.domain.batch import columns, decide_all
from enduse.domain.decision import decide
from enduse.domain.proof.logic import Logic
from enduse.domain.rules import Effect
from enduse.domain.witness import deal_for, possible
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.stores.editions import load_edition
from tests.builders import DAY, random_facts
from tests.domain.oracle import oracle

EDITION = load_edition()
DEALS = 100_000


def solver_effects(logic: Logic, facts: list[dict[str, str]]) -> list[Effect]:
    """The outcome of each state as the solver gives it, the atoms assumed to be as they are."""
    index = {chain.fact: {level: place for place, level in enumerate(chain.levels)} for chain in logic.table.chains}
    atoms = [(chain.fact, place, logic.ge(chain.fact, level)) for chain in logic.table.chains for place, level in enumerate(chain.levels) if place]
    either = [(fact, place, atom, z3.Not(atom)) for fact, place, atom in atoms]
    solver = z3.SolverFor("QF_FD")
    named = {effect: z3.Bool(f"reaches {effect.name}") for effect in Effect}
    solver.add(logic.chained, *(name == logic.reaches(effect) for effect, name in named.items()))
    found = []
    for one in facts:
        levels = {fact: index[fact][level] for fact, level in one.items()}
        assert solver.check([atom if levels[fact] >= place else other for fact, place, atom, other in either]) == z3.sat
        model = solver.model()
        found.append(max(effect for effect, name in named.items() if z3.is_true(model[name])))
    return found


@pytest.mark.long
def test_the_three_evaluators_and_the_oracle_agree_on_random_deals(capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(2026)
    table = EDITION.table
    facts: list[dict[str, str]] = []
    effects: list[Effect] = []
    rules: list[list[str]] = []
    while len(facts) < DEALS:
        one = random_facts(table, rng, rng.choice((0.02, 0.05, 0.1, 0.2)))
        if not possible(one):
            one |= {"identification_check": "done", "listed": "no"}
        decision = decide(read_deal(Document(deal_for(one, EDITION, at=DAY)), EDITION), EDITION, at=DAY)
        assert decision.facts == one
        facts.append(one)
        effects.append(decision.outcome)
        rules.append(list(decision.rules))
    outcomes = decide_all(table, columns(table, facts))
    assert [Effect(int(effect)) for effect in outcomes.effects] == effects
    assert [outcomes.rules(table, row) for row in range(DEALS)] == rules
    assert [oracle(one) for one in facts] == [effect.name for effect in effects]
    assert solver_effects(Logic(table), facts) == effects
    with capsys.disabled():
        counted = {effect.name: effects.count(effect) for effect in Effect}
        print(f"\n{DEALS} deals, traced = numpy = solver = oracle: {counted}")
    assert all(counted.values())
