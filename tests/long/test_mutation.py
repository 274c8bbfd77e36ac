"""Mutation of the rule table: what changes released, refuse or a property of the text is caught by the solver, the rest by an example."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
import z3

from enduse.domain.decision import decide
from enduse.domain.proof.logic import Logic, counterexample, realisable
from enduse.domain.proof.properties import PROPERTIES, Reader
from enduse.domain.rules import Effect, Table
from enduse.formats.deal_file import read_deal
from enduse.formats.examples import BASE, read_examples
from enduse.formats.plain import read_yaml
from enduse.stores.editions import load_edition
from tests.builders import DAY
from tests.long.mutants import Mutant, mutants

EDITION = load_edition()
TABLE = EDITION.table
TEXT = TABLE.only("text")


def property_broken(table: Table, scope: str) -> bool:
    """Whether the solver finds a state for which a property of `scope` fails, or an outcome that nothing leads to."""
    logic = Logic(table)
    claims = [prop.claim(Reader(logic)) for prop in PROPERTIES if scope in prop.tables]
    if counterexample(z3.And(*claims), logic) is not None:
        return True
    for effect in Effect:
        solver = z3.Solver()
        above = [z3.Not(logic.reaches(Effect(effect + 1)))] if effect < Effect.refuse else []
        solver.add(logic.chained, logic.reaches(effect), *above)
        if solver.check() == z3.unsat:
            return True
    return False


def differs(one: Table, other: Table, *, released_only: bool = False, real: bool = False) -> bool:
    """Whether some state has another outcome under the other table; only as to released, or only among what files can have."""
    before, after = Logic(one), Logic(other)
    effects = [Effect.incomplete, Effect.refuse] if released_only else list(Effect)
    same = z3.And(*(before.reaches(effect) == after.reaches(effect) for effect in effects))
    return counterexample(same, before, *([realisable(before)] if real else [])) is not None


def states_of_examples() -> list[tuple[str, int, Effect]]:
    folder = files("enduse.declaration") / EDITION.id / "examples"
    documents = {path.name: read_yaml(path.read_text("utf-8")) for path in folder.iterdir() if path.name.endswith(".yaml") and path.name != BASE}
    found = []
    for one in read_examples(read_yaml((folder / BASE).read_text("utf-8")), documents):
        deal = read_deal(one.document, EDITION)
        found.append((one.example, decide(deal, EDITION, at=deal.date or DAY).state, Effect[one.outcome]))
    return found


@pytest.mark.long
def test_no_mutant_of_the_table_survives(capsys: pytest.CaptureFixture[str]) -> None:
    examples = states_of_examples()
    assert all(TABLE.effect(state) == effect for _, state, effect in examples)
    counts: Counter[str] = Counter()
    equivalent, unreachable, survivors = [], [], []
    for mutant in mutants(TABLE):
        if property_broken(mutant.table, "all"):
            counts["caught by the solver"] += 1
        elif text_broken(mutant):
            counts["caught by the solver on the text rules alone"] += 1
        elif caught_by_example(mutant, examples):
            counts["caught by a worked example"] += 1
        elif not differs(TABLE, mutant.table):
            equivalent.append(mutant.name)
        elif not differs(TABLE, mutant.table, real=True):
            unreachable.append(mutant.name)
        else:
            survivors.append(mutant.name)
        if differs(TABLE, mutant.table, released_only=True):
            counts["(change released or refuse)"] += 1
            assert property_broken(mutant.table, "all"), mutant.name
        elif differs(TABLE, mutant.table, real=True):
            counts["(change only the headline, each caught by a worked example as well)"] += 1
            assert caught_by_example(mutant, examples), mutant.name
    with capsys.disabled():
        print(f"\n{sum(1 for _ in mutants(TABLE))} mutants of {len(TABLE.rules)} rules, {len(examples)} worked examples")
        for name, count in counts.items():
            print(f"  {count:4} {name}")
        print(f"  {len(equivalent):4} equivalent, proved: no state of the facts has another outcome")
        for name in equivalent:
            print(f"         {name}")
        print(f"  {len(unreachable):4} change only states that no deal file can have, proved")
        for name in unreachable:
            print(f"         {name}")
    assert survivors == []


def caught_by_example(mutant: Mutant, examples: list[tuple[str, int, Effect]]) -> bool:
    """Whether some worked example has another outcome under the mutant, or none at all."""
    for _, state, effect in examples:
        fired = [rule.effect for rule, _ in mutant.table.fired(state)]
        if max(fired, default=None) != effect:
            return True
    return False


def text_broken(mutant: Mutant) -> bool:
    """Whether the mutant's rule is one of the text and the text alone then fails its properties."""
    return any(rule.id == mutant.rule for rule in TEXT.rules) and property_broken(mutant.table.only("text"), "text")


@pytest.mark.long
def test_every_mutant_of_the_text_that_changes_released_or_refuse_is_caught_on_the_text_alone() -> None:
    changing = [mutant for mutant in mutants(TEXT) if differs(TEXT, mutant.table, released_only=True)]
    assert changing
    for mutant in changing:
        assert property_broken(mutant.table, "text"), mutant.name
