"""The proofs hold of the edition, and each goes red when a guard is taken away."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
import z3

from enduse.domain.proof.logic import Logic, counterexample, states
from enduse.domain.proof.properties import PROPERTIES, Reader
from enduse.domain.proof.prover import looser, prove, redundant, spans, state_count
from enduse.domain.rules import All, Any, Atom, Chain, Effect, Rule, Table, Words
from enduse.domain.witness import possible
from enduse.stores.editions import load_edition
from tests.builders import outcome, random_facts

TABLE = load_edition().table


def without(*names: str, table: Table = TABLE) -> Table:
    assert set(names) <= {rule.id for rule in table.rules}
    return Table(table.chains, tuple(rule for rule in table.rules if rule.id not in names))


def fails(table: Table, red: str) -> bool:
    """Whether the property `red` (its id and table) fails of a table."""
    name, scope = red.split("/")
    logic = Logic(table if scope == "all" else table.only("text"))
    claims = [prop.claim(Reader(logic)) for prop in PROPERTIES if prop.id == name and scope in prop.tables]
    if not claims:
        return any(proof.id == name and proof.table == scope and not proof.holds for proof in prove(table))
    return counterexample(claims[0], logic) is not None


def broken(table: Table) -> bool:
    """Whether any property fails of a table, or of its text rules alone."""
    for scope, one in (("all", table), ("text", table.only("text"))):
        logic = Logic(one)
        claims = [prop.claim(Reader(logic)) for prop in PROPERTIES if scope in prop.tables]
        if counterexample(z3.And(*claims), logic) is not None:
            return True
    return any(not proof.holds for proof in prove(table) if proof.id.startswith("reachable"))


def test_everything_is_proved_of_the_edition() -> None:
    proofs = list(prove(TABLE))
    assert [proof.id for proof in proofs if not proof.holds] == []
    assert len(proofs) > 150
    assert {proof.table for proof in proofs} == {"all", "text"}


@pytest.mark.parametrize(
    ("gone", "red"),
    [
        (["wmd-or-terrorism-known"], "known-wmd-terror-refused/text"),
        (["wmd-or-terrorism-known", "known-harm-any-supply"], "known-wmd-terror-refused/all"),
        (["known-harm-any-supply"], "known-harm-refused-any-supply/all"),
        (["feared-use"], "fear-held/all"),
        (["written-notice"], "written-notice-held/text"),
        (["written-notice-any-supply"], "written-notice-never-released/all"),
        (["oral-notice"], "oral-notice-never-released/all"),
        (["deeper-check"], "deeper-check-held/all"),
        (["other-harm-known"], "known-other-harm-refused/text"),
        (["suspected-use"], "suspicion-checked-first/text"),
        (["suspected-use-any-supply"], "suspicion-checked-any-supply/all"),
        (["listed"], "listed-statutory/all"),
        (["military-design"], "listed-statutory/text"),
        (["military-use-known"], "known-military-statutory/all"),
        (["indicator-present"], "present-indicator-checked/all"),
        (["most-dangerous-modification"], "indicator-8-held/all"),
        (["risk-identified"], "risk-held/all"),
        (["risk-refused"], "chosen-refusal-stands/all"),
        (["permit-pending"], "pending-permit-waits/all"),
        (["permit-denied"], "denied-permit-refused/all"),
        (["clauses-rejected"], "rejected-clauses-checked/all"),
        (["excuse-under-suspicion"], "excuse-ends-with-suspicion/all"),
        (["foreign-unknown"], "unknown-foreign/all"),
        (["modifiable-unknown"], "unknown-modifiable/text"),
        (["listing-unknown"], "unknown-listed/all"),
        (["civil-use-unknown"], "unknown-military_design/all"),
        (["checks-not-done"], "unknown-screening_check/all"),
        (["authority-checks-not-done"], "unknown-notice_check/all"),
        (["risk-assessment-not-done"], "unknown-risk_assessment_check/text"),
        (["clauses-open"], "unknown-clauses/all"),
        (["record-missing"], "unknown-record/all"),
        (["indicator-open"], "indicator-14-unknown/all"),
        (["export"], "reachable-proceed/all"),
        (["other-harm-suspected"], "released-iff-text/text"),
        (["risk-any-supply"], "released-iff-all/all"),
        (["other-harm-suspected-any-supply"], "suspicion-checked-any-supply/all"),
    ],
)  # fmt: skip
def test_a_proof_goes_red_when_its_rule_is_gone(gone: list[str], red: str) -> None:
    assert not fails(TABLE, red)
    assert fails(without(*gone), red)


def test_every_rule_but_the_floor_is_guarded() -> None:
    assert not broken(TABLE)
    for rule in TABLE.rules:
        if rule.id != "floor":
            assert broken(without(rule.id)), rule.id


def test_a_counterexample_is_a_state_for_which_the_table_does_what_it_must_not() -> None:
    table = without("feared-use", "suspected-use", "suspected-use-any-supply")
    proof = next(proof for proof in prove(table) if proof.id == "fear-held" and proof.table == "all")
    assert proof.fails_for is not None
    assert possible(proof.fails_for)
    assert outcome(proof.fails_for, table) == "proceed"
    assert outcome(proof.fails_for) == "hold"
    adverse = [fact for fact, level in proof.fails_for.items() if fact.endswith("_evidence") and level != "none"]
    assert len(adverse) == 1  # as few as can be


def test_a_rule_that_is_not_monotone_would_be_found() -> None:
    """The language cannot say it, so the solver's reading is bent: one table where a worse fact takes a rule away."""
    chains = (Chain("a", ("0", "1", "2")),)
    words = Words("п", "p")
    table = Table(
        chains, (Rule("floor", Effect.not_export, All(), ("2.1",), "text", words), Rule("r", Effect.hold, Atom("a", "1"), ("2.1",), "text", words))
    )
    logic, worse = Logic(table), Logic(table, "'")
    bent = z3.And(logic.ge("a", "1"), z3.Not(logic.ge("a", "2")))
    bent_worse = z3.And(worse.ge("a", "1"), z3.Not(worse.ge("a", "2")))
    above = z3.And(*(z3.Implies(logic.ge("a", level), worse.ge("a", level)) for level in ("1", "2")))
    solver = z3.Solver()
    solver.add(logic.chained, worse.chained, above, bent, z3.Not(bent_worse))
    assert solver.check() == z3.sat


def test_the_solver_decides_as_the_table_does() -> None:
    rng = random.Random(3)
    for table in (TABLE, TABLE.only("text")):
        logic = Logic(table)
        solver = z3.Solver()
        solver.add(logic.chained)
        for _ in range(60):
            facts = random_facts(table, rng, 0.15)
            effect = table.effect(table.space.encode(facts))
            exactly = z3.And(logic.reaches(effect), *([z3.Not(logic.reaches(Effect(effect + 1)))] if effect < Effect.refuse else []))
            assert solver.check(logic.facts_at(facts), z3.Not(exactly)) == z3.unsat


def test_redundant_rules_are_named_with_what_covers_them() -> None:
    found = {one.rule: one.covered_by for one in redundant(TABLE, "all")}
    assert found == {
        "wmd-or-terrorism-known": ("known-harm-any-supply",),
        "suspected-use": ("suspected-use-any-supply",),
        "other-harm-known": ("known-harm-any-supply",),
        "other-harm-suspected": ("other-harm-suspected-any-supply",),
        "written-notice": ("written-notice-any-supply",),
    }
    assert list(redundant(TABLE.only("text"), "text")) == []
    for rule in found:
        assert looser(TABLE, without(rule)) is None


def test_a_table_that_adds_a_rule_is_no_looser_and_one_that_drops_one_is() -> None:
    more = Rule("more", Effect.hold, Atom("foreign", "yes"), ("1.7",), "policy", Words("п", "p"))
    assert looser(TABLE, Table(TABLE.chains, (*TABLE.rules, more))) is None
    found = looser(TABLE, without("permit-pending"))
    assert found is not None
    assert (found.base, found.act.releases) == (Effect.hold, True)
    assert found.facts["permit"] == "pending"


def test_a_milder_headline_that_releases_nothing_is_no_stricter_either() -> None:
    rules = tuple(replace(rule, effect=Effect.diligence) if rule.id == "permit-pending" else rule for rule in TABLE.rules)
    found = looser(TABLE, Table(TABLE.chains, rules))
    assert found is not None
    assert (found.base, found.act) == (Effect.hold, Effect.diligence)


def test_a_rule_that_ends_is_looser_from_the_day_after() -> None:
    rules = tuple(replace(rule, until=date(2027, 3, 31)) if rule.id == "permit-pending" else rule for rule in TABLE.rules)
    found = looser(TABLE, Table(TABLE.chains, rules))
    assert found is not None
    assert (found.since, found.until, found.day) == (date(2027, 4, 1), None, date(2027, 4, 1))


def test_spans_are_told_by_their_first_and_last_days() -> None:
    assert spans(TABLE) == [(None, None)]
    dated = replace(TABLE.rules[3], since=date(2027, 1, 1), until=date(2027, 3, 31))
    table = Table(TABLE.chains, (*TABLE.rules, dated))
    assert spans(table) == [(None, date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 3, 31)), (date(2027, 4, 1), None)]
    endless = Table(TABLE.chains, (replace(TABLE.rules[3], since=date.min, until=date.max),))
    assert spans(endless) == [(None, None)]


def test_states_are_counted() -> None:
    chains = (Chain("a", ("0", "1", "2")), Chain("b", ("0", "1")))
    assert states(chains) == 6
    assert state_count(TABLE) == 3**4 * 4**4 * 2**8 * 3 * 2 * 5**22 * 3 * 3**4 * 2 * 2 * 4 * 4 * 3


def test_every_property_names_clauses_that_exist_and_says_itself_twice() -> None:
    clauses = set(load_edition().clauses)
    for prop in PROPERTIES:
        assert prop.clauses
        assert set(prop.clauses) <= clauses
        assert prop.words.ru != prop.words.en
    assert len({prop.id for prop in PROPERTIES}) == len(PROPERTIES)


def test_no_property_is_true_of_just_any_table() -> None:
    """A table that never stops, and one that always refuses, between them fail every property."""
    words = Words("п", "p")
    never = Table(TABLE.chains, (Rule("floor", Effect.not_export, All(), ("2.1",), "text", words),))
    always = Table(TABLE.chains, (Rule("floor", Effect.refuse, All(), ("2.1",), "text", words),))
    for prop in PROPERTIES:
        failed = [counterexample(prop.claim(Reader(logic)), logic) is not None for logic in (Logic(never), Logic(always))]
        assert any(failed), prop.id


def test_an_unknown_level_is_no_silent_truth() -> None:
    with pytest.raises(KeyError):
        Logic(TABLE).ge("notice", "shouted")


def test_an_empty_any_never_holds() -> None:
    assert not TABLE.space.compile(Any()).holds(-1)
