"""What would release a deal: every way is tried on the deal file itself, is minimal, and touches nothing adverse."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.clearing import Clearing, Step, clear_by
from enduse.domain.decision import Decision, decide
from enduse.domain.permits import triggers
from enduse.domain.register import lacks
from enduse.domain.witness import deal_for, possible
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.stores.editions import load_edition
from tests.builders import DAY, PERMIT, deal_with, decided, file_with, random_facts

EDITION = load_edition()
UNTOUCHABLE = ("evidence", "notices", "risk")
CONCERN = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "tender", "recorded_by": "anna"}]
EXPLAINED = {"state": "explained", "reason": "looked into", "by": "boris"}


def cleared(**changes: Any) -> Clearing:
    deal = deal_with(**changes)
    return clear_by(deal, decide(deal, EDITION, at=DAY), EDITION)


def facts_named(clearing: Clearing) -> list[list[str]]:
    return [[step.fact for step in way] for way in clearing.ways]


def done(held: dict[str, Any], steps: Iterable[Step]) -> dict[str, Any]:
    """The deal file after the steps were taken, as a person would write it."""
    held = copy.deepcopy(held)
    solution = held["solution"]
    order = {"permit": 2, "later_permit": 2, "record": 1}
    for step in sorted(steps, key=lambda step: order.get(step.do, 0)):
        fact, key = step.fact, step.fact.removeprefix("indicator_")
        match step.do:
            case "check":
                held["checks"] = [*held["checks"], fact.removesuffix("_check")]
            case "identification":
                solution["identification"]["result"] = "not_listed"
            case "indicator" | "explanation":
                held["indicators"][key] = EXPLAINED
            case "clauses":
                held["contract"]["clauses"] = "agreed"
            case "record":
                held["documents"] = [{"kind": "contract", "number": "1", "date": "2026-10-01"}]
            case "choice":
                held["choice"] = "section_4"
            case "answer" if fact == "foreign":
                held["parties"][0]["country"] = "BR" if step.level == "yes" else "RU"
            case "answer" if fact == "modifiable":
                held["delivery"]["recipient_can_modify"] = step.level
            case "answer" if fact == "military_design":
                solution["civil_only"] = "yes"
            case "answer" if fact == "hardware":
                solution["hardware"] = "no"
            case "answer" if fact.startswith("suitable_"):
                solution["suitable_for"][fact.removeprefix("suitable_")] = "no"
            case "permit" | "later_permit":
                held.pop("permit", None)
                covers = list(step.details)
                held["permit"] = {
                    **PERMIT, "valid_from": DAY.isoformat(), "parties": [party["name"] for party in held["parties"]],
                    "solution": solution["name"], "version": solution["version"], "covers": covers,
                }  # fmt: skip
            case _:
                raise AssertionError(step)
    return held


def decision_of(held: dict[str, Any]) -> Decision:
    return decide(read_deal(Document(held), EDITION), EDITION, at=DAY)


def alternatives(way: Iterable[Step]) -> Iterable[tuple[Step, ...]]:
    """Every choice of one step from each step and those that would do instead."""
    return product(*((step, *step.instead) for step in way))


@given(st.integers(0, 2**32 - 1).map(random.Random))
def test_every_way_releases_the_deal_file_and_no_part_of_it_does(rng: random.Random) -> None:
    facts = random_facts(EDITION.table, rng)
    if not possible(facts):
        facts |= {"identification_check": "done", "listed": "no"}
    held = deal_for(facts, EDITION, at=DAY)
    decision = decision_of(held)
    assert decision.facts == facts
    clearing = clear_by(read_deal(Document(held), EDITION), decision, EDITION)
    if decision.released:
        assert clearing == Clearing()
        return
    assert bool(clearing.ways) != bool(clearing.stuck)
    for way in clearing.ways:
        for steps in list(alternatives(way))[:20]:
            after = done(held, steps)
            assert decision_of(after).released, (facts, steps)
            assert all(after.get(key) == held.get(key) for key in UNTOUCHABLE)
        for left_out in range(len(way)):
            rest = [step for place, step in enumerate(way) if place != left_out]
            assert not decision_of(done(held, rest)).released, (facts, way, left_out)


@given(st.integers(0, 2**32 - 1).map(random.Random))
def test_what_is_stuck_stays_stuck_whatever_is_done(rng: random.Random) -> None:
    """Everything that steps can reach is set to its mildest; a stuck deal is stopped even then."""
    facts = random_facts(EDITION.table, rng, 0.15)
    facts |= {"identification_check": "done"} if facts["listed"] != "unknown" else {"identification_check": "not_done", "record": "missing"}
    held = deal_for(facts, EDITION, at=DAY)
    deal = read_deal(Document(held), EDITION)
    clearing = clear_by(deal, decide(deal, EDITION, at=DAY), EDITION)
    adverse = {fact: level for fact, level in facts.items() if fact.endswith("_evidence") or fact in ("notice", "risk", "deeper_check")}
    best = {chain.fact: chain.levels[0] for chain in EDITION.table.chains} | adverse
    for fact in ("foreign", "modifiable", "listed", "military_design"):
        best[fact] = facts[fact] if facts[fact] == "yes" else "no"
    if facts["permit"] == "denied":  # made without a date
        best["permit"] = "denied"
    released = EDITION.table.effect(EDITION.table.space.encode(best)).releases
    assert bool(clearing.stuck) == (not released)


def test_a_released_deal_needs_nothing() -> None:
    assert cleared() == Clearing()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"evidence": [{"id": "e", "purpose": "wmd", "grade": "confirmed"}]}, "wmd-or-terrorism-known"),
        ({"evidence": [{"id": "e", "purpose": "other_harm", "grade": "confirmed"}], "permit": PERMIT}, "other-harm-known"),
        ({"evidence": [{"id": "e", "purpose": "other_harm", "grade": "alleged"}], "permit": PERMIT}, "other-harm-suspected"),
        ({"evidence": [{"id": "e", "purpose": "military", "grade": "confirmed"}], "permit": PERMIT}, "military-use-known"),
        ({"solution": {"identification": {"result": "listed"}}}, "listed"),
        ({"solution": {"civil_only": "no"}}, "military-design"),
        ({"permit": {"status": "denied"}}, "permit-denied"),
    ],
)
def test_where_nothing_can_release_it_says_which_rule(changes: dict[str, Any], rule: str) -> None:
    clearing = cleared(**changes)
    assert clearing.ways == ()
    assert rule in clearing.stuck


def test_a_fear_is_lifted_by_a_permit_that_covers_it() -> None:
    (way,) = cleared(evidence=CONCERN).ways
    assert [(step.do, step.details) for step in way] == [("permit", ("military",))]


def test_a_dated_denial_may_be_followed_by_a_later_permit() -> None:
    (way,) = cleared(permit={"status": "denied", "date": "2026-10-01"}).ways
    assert [step.do for step in way] == ["later_permit"]


def test_indicator_8_needs_its_explanation_and_then_no_permit_for_it() -> None:
    (way,) = cleared(indicators={"8": "present"}).ways
    assert [step.do for step in way] == ["explanation"]
    (way,) = cleared(indicators={"8": "present"}, evidence=CONCERN).ways
    assert {step.do for step in way} == {"explanation", "permit"}
    assert next(step.details for step in way if step.do == "permit") == ("military",)


def test_one_answer_may_stand_for_several() -> None:
    clearing = cleared(solution={"hardware": "unknown"}, indicators={"12": "unknown", "15": "unknown", "18": "unknown"})
    assert facts_named(clearing) == [["hardware"], ["indicator_12", "indicator_15", "indicator_18"]]


def test_answers_that_do_the_same_stand_beside_each_other() -> None:
    (way,) = cleared(solution={"hardware": "unknown"}, indicators={"12": "unknown"}).ways
    assert [step.fact for step in way] == ["hardware"]
    assert [step.fact for step in way[0].instead] == ["indicator_12"]


def test_identification_alone_completes_a_record_that_lacks_only_it() -> None:
    changes: dict[str, Any] = {"solution": {"identification": {"result": "not_done"}}}
    assert lacks(deal_with(**changes)) == ("identification",)
    assert facts_named(cleared(**changes)) == [["listed"]]


def test_either_answer_will_do_where_either_releases() -> None:
    clearing = cleared(delivery={"recipient_can_modify": "unknown"})
    assert [[(step.fact, step.level) for step in way] for way in clearing.ways] == [[("modifiable", "yes")]]


def test_an_early_draft_is_released_by_one_answer_or_by_all() -> None:
    held = file_with(delivery={"recipient_can_modify": "unknown"}, checks=[], indicators=None)
    deal = read_deal(Document(held), EDITION)
    clearing = clear_by(deal, decide(deal, EDITION, at=DAY), EDITION)
    assert [(step.fact, step.level) for step in clearing.ways[0]] == [("modifiable", "no")]
    assert len(clearing.ways[1]) > 20


def test_the_choice_to_refuse_can_be_taken_otherwise_under_a_permit() -> None:
    (way,) = cleared(risk="identified", choice="refuse").ways
    assert {step.do for step in way} == {"choice", "permit"}


def test_a_permit_names_what_has_to_be_given_first() -> None:
    changes: dict[str, Any] = {
        "delivery": {"form": "saas", "recipient_can_modify": "no"},
        "solution": {"version": None},
        "parties": [{"role": "counterparty", "name": "One", "kind": "company", "country": "KE"}, {"role": "payer"}],
        "notices": [{"from": "fstec", "written": "yes"}],
    }
    (way,) = cleared(**changes).ways
    assert [(step.do, step.first) for step in way] == [("permit", ("party_names", "version"))]


def test_nobody_is_said_to_be_possibly_at_home_who_is_stated_to_be_abroad() -> None:
    clearing = cleared(parties=[{"role": "end_user", "kind": "company", "country": "DE"}])
    assert all(step.level != "no" for way in clearing.ways for step in way if step.fact == "foreign")


def test_a_permit_held_is_not_asked_for_again_once_indicator_8_is_explained() -> None:
    covers_military = {**PERMIT, "covers": ["military"]}
    (way,) = cleared(evidence=CONCERN, permit=covers_military, indicators={"8": "present"}).ways
    assert [step.do for step in way] == ["explanation"]


def test_a_permit_step_covers_every_trigger() -> None:
    changes: dict[str, Any] = {"evidence": CONCERN, "risk": "identified", "notices": [{"from": "fstec", "written": "no"}]}
    (way,) = cleared(**changes).ways
    assert way[0].details == triggers(decided(**changes).facts)
