"""The numpy evaluator: row by row the same as the traced one."""

from __future__ import annotations

import random

import numpy as np
import pytest

from enduse.domain.batch import ROWS, columns, decide_all, decide_states
from enduse.domain.rules import All, Chain, Effect, Rule, Table, Words
from enduse.stores.editions import load_edition
from tests.builders import clean_facts, random_facts

TABLE = load_edition().table


def test_it_agrees_with_the_traced_evaluator_row_by_row() -> None:
    rng = random.Random(11)
    facts = [random_facts(TABLE, rng, 0.1) for _ in range(3_000)]
    outcomes = decide_all(TABLE, columns(TABLE, facts))
    seen = set()
    for row, one in enumerate(facts):
        state = TABLE.space.encode(one)
        assert Effect(int(outcomes.effects[row])) == TABLE.effect(state)
        assert outcomes.rules(TABLE, row) == [rule.id for rule, _ in TABLE.fired(state)]
        seen.add(Effect(int(outcomes.effects[row])))
    assert seen == set(Effect)


def test_states_are_decided_as_their_facts_are() -> None:
    rng = random.Random(12)
    facts = [random_facts(TABLE, rng, 0.1) for _ in range(1_000)]
    by_facts = decide_all(TABLE, columns(TABLE, facts))
    by_states = decide_states(TABLE, (TABLE.space.encode(one) for one in facts))
    assert (by_facts.effects == by_states.effects).all()
    assert (by_facts.fired == by_states.fired).all()
    with pytest.raises(OverflowError):
        decide_states(TABLE, [1 << 200])


def test_more_rows_than_it_works_on_at_a_time() -> None:
    clean, refused = columns(TABLE, [clean_facts()]), columns(TABLE, [clean_facts(wmd_evidence="confirmed")])
    levels = np.concatenate([clean.repeat(ROWS, axis=1), refused], axis=1)
    effects = decide_all(TABLE, levels).effects
    assert (effects[:-1] == Effect.proceed).all()
    assert effects[-1] == Effect.refuse


def test_no_rows_are_no_outcomes() -> None:
    assert decide_all(TABLE, np.zeros((len(TABLE.chains), 0), dtype=np.uint8)).effects.shape == (0,)


def test_more_than_sixty_four_rules() -> None:
    words = Words("п", "p")
    many = Table((Chain("a", ("0", "1")),), tuple(Rule(f"r{number}", Effect.not_export, All(), ("1.7",), "policy", words) for number in range(70)))
    assert len(decide_all(many, np.zeros((1, 1), dtype=np.uint8)).rules(many, 0)) == 70


def test_it_refuses_another_shape_and_a_level_beyond_the_chain() -> None:
    with pytest.raises(ValueError, match="shape"):
        decide_all(TABLE, np.zeros((3, 1), dtype=np.uint8))
    with pytest.raises(ValueError, match="beyond"):
        decide_all(TABLE, np.full((len(TABLE.chains), 1), 9, dtype=np.uint8))
    with pytest.raises(KeyError):
        columns(TABLE, [{**clean_facts(), "foreign": "perhaps"}])
