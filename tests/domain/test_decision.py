"""Deciding: against a slow oracle, deterministic, and every fact counts."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.deal import Deal
from enduse.domain.decision import clause_order, decide
from enduse.stores.editions import load_edition
from tests.builders import DAY, PERMIT, clean_facts, deal_with, decided, outcome, random_facts
from tests.domain.oracle import chain_of, oracle

TABLE = load_edition().table

# For every fact: the facts beside it, and two levels of it that lead to different outcomes.
ALONE: dict[str, tuple[dict[str, str], str, str]] = {
    "foreign": ({}, "no", "yes"),
    "modifiable": ({}, "no", "yes"),
    "listed": ({}, "no", "yes"),
    "military_design": ({}, "no", "unknown"),
    **{f"{purpose}_evidence": ({}, "none", "alleged") for purpose in ("wmd", "terrorism", "military", "other_harm")},
    **{
        f"{check}_check": ({}, "done", "not_done")
        for check in ("wmd", "terrorism", "military", "other_harm", "notice", "identification", "screening", "risk_assessment")
    },
    "notice": ({}, "oral", "written"),
    "deeper_check": ({}, "no", "yes"),
    **{f"indicator_{number}": ({}, "explained", "present") for number in range(1, 12)},
    **{f"indicator_{number}": ({"hardware": "yes"}, "absent", "unknown") for number in (12, 15, 18)},
    **{f"indicator_{number}": ({}, "excused", "unknown") for number in (13, 14, 16, 17)},
    "indicator_19": ({"suitable_nuclear": "unknown"}, "absent", "present"),
    "indicator_20": ({"suitable_missile": "yes"}, "absent", "present"),
    "indicator_21": ({"suitable_chemical_biological": "yes"}, "absent", "present"),
    "indicator_22": ({"suitable_military_intelligence": "unknown"}, "absent", "present"),
    "hardware": ({"indicator_15": "present"}, "no", "unknown"),
    "suitable_nuclear": ({"indicator_19": "present"}, "no", "unknown"),
    "suitable_missile": ({"indicator_20": "present"}, "no", "unknown"),
    "suitable_chemical_biological": ({"indicator_21": "present"}, "no", "unknown"),
    "suitable_military_intelligence": ({"indicator_22": "present"}, "no", "unknown"),
    "risk": ({}, "none", "identified"),
    "choice": ({"risk": "identified", "permit": "valid"}, "section_4", "refuse"),
    "permit": ({"military_evidence": "concern"}, "valid", "none"),
    "clauses": ({}, "agreed", "rejected"),
    "record": ({}, "excused", "missing"),
}


@pytest.mark.parametrize("fact", [chain.fact for chain in TABLE.chains])
def test_every_fact_alone_changes_the_answer(fact: str) -> None:
    beside, one, other = ALONE[fact]
    assert outcome(clean_facts(**{**beside, fact: one})) != outcome(clean_facts(**{**beside, fact: other}))


@pytest.mark.parametrize("fact", [chain.fact for chain in TABLE.chains])
def test_the_chains_are_those_of_the_readings(fact: str) -> None:
    assert list(next(chain.levels for chain in TABLE.chains if chain.fact == fact)) == chain_of(fact)


@given(st.integers(0, 2**32 - 1).map(random.Random))
def test_it_decides_as_the_slow_oracle_does(rng: random.Random) -> None:
    for _ in range(40):
        facts = random_facts(TABLE, rng)
        assert outcome(facts) == oracle(facts), facts


def test_every_neighbour_of_a_clean_export_is_decided_as_the_oracle_does() -> None:
    for permit in ("none", "valid"):
        for one in TABLE.chains:
            for other in TABLE.chains:
                for level in one.levels[1:]:
                    facts = clean_facts(**{"permit": permit, one.fact: level, other.fact: other.levels[-1]})
                    assert outcome(facts) == oracle(facts), (one.fact, level, other.fact)


@given(st.integers(0, 2**32 - 1).map(random.Random))
def test_more_adverse_facts_never_make_it_milder(rng: random.Random) -> None:
    facts = random_facts(TABLE, rng)
    before = TABLE.effect(TABLE.space.encode(facts))
    for chain in TABLE.chains:
        for level in chain.levels[chain.levels.index(facts[chain.fact]) :]:
            assert TABLE.effect(TABLE.space.encode(facts | {chain.fact: level})) >= before


def test_the_same_arguments_give_the_same_decision() -> None:
    deal = deal_with(permit=PERMIT)
    assert decide(deal, load_edition(), at=DAY) == decide(deal, load_edition(), at=DAY)


def test_any_edit_of_the_deal_changes_the_fingerprint_even_where_no_fact_does() -> None:
    plain, other = decided(), decided(quantity={"units": "400"})
    assert plain.facts == other.facts
    assert plain.fingerprint != other.fingerprint


def test_a_deal_made_in_code_has_a_fingerprint_of_its_content() -> None:
    deal = replace(deal_with(), digest="")
    again = replace(deal, title="Another")
    prints = {decide(one, load_edition(), at=DAY).fingerprint for one in (deal, deal, again)}
    assert len(prints) == 2


def test_an_empty_deal_is_not_released() -> None:
    decision = decide(Deal("D"), load_edition(), at=DAY)
    assert not decision.released
    assert decision.outcome.name == "incomplete"


def test_clauses_are_those_of_the_outcome_each_once_in_order() -> None:
    decision = decided(evidence=[{"id": "e1", "purpose": "wmd", "grade": "confirmed"}])
    assert decision.clauses == ("3.1", "4.1")
    assert sorted(["4.10", "4.9", "10.1", "4.2"], key=clause_order) == ["4.2", "4.9", "4.10", "10.1"]


def test_duties_come_in_the_order_of_their_stages() -> None:
    edition = load_edition()
    stages = [edition.duties[duty].when for duty in decided().duties]
    assert stages == sorted(stages, key=("before_signing", "before_delivery", "after").index)
    assert set(stages) == {"before_signing", "before_delivery", "after"}


def test_the_worked_scenarios_come_out_as_expected(shared: Path) -> None:
    from enduse.formats.deal_file import read_deal  # noqa: PLC0415
    from enduse.stores.reading import items  # noqa: PLC0415

    expected = json.loads((shared / "scenarios" / "expected.json").read_text("utf-8"))
    found = 0
    for path in sorted((shared / "scenarios").glob("*.yaml")):
        for item in items(str(path)):
            assert item.document is not None
            deal = read_deal(item.document, load_edition())
            assert deal.date is not None
            decision = decide(deal, load_edition(), at=deal.date)
            assert decision.outcome.name == expected[deal.reference]["outcome"]
            assert set(expected[deal.reference]["clauses_include"]) <= set(decision.clauses)
            found += 1
    assert found == len(expected)
