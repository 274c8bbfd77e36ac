"""The why: what is folded into what, and which question comes first."""

from __future__ import annotations

import random
from typing import Any

from enduse.domain.deal import Deal
from enduse.domain.decision import decide
from enduse.stores.editions import load_edition
from tests.builders import DAY, PERMIT, deal_with, decided

CONCERN = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "tender", "recorded_by": "anna"}]


def test_a_milder_rule_on_the_same_fact_is_folded() -> None:
    (reason,) = decided(evidence=CONCERN).reasons
    assert reason.rule.id == "feared-use"
    assert {inner.rule.id for inner in reason.folded} == {"suspected-use", "suspected-use-any-supply"}


def test_a_milder_rule_on_another_fact_stands_beside_it() -> None:
    reasons = decided(evidence=CONCERN, indicators={"9": "present"}).reasons
    assert [reason.rule.id for reason in reasons] == ["feared-use", "indicator-present"]


def test_a_milder_rule_on_one_fact_more_is_not_folded() -> None:
    ids = [reason.rule.id for reason in decided(evidence=CONCERN, contract={"clauses": {"state": "excused", "reason": "r"}}).reasons]
    assert ids == ["feared-use", "excuse-under-suspicion"]


def test_nothing_that_fired_is_lost_but_floors_under_a_stop() -> None:
    decision = decided(evidence=CONCERN, notices=[{"from": "fstec", "written": "yes"}], indicators={"3": "unknown"})
    told = {reason.rule.id for top in decision.reasons for reason in top.all}
    assert set(decision.rules) - told == {"floor", "export"}


def test_the_atoms_behind_a_reason_hold_and_are_its_own() -> None:
    decision = decided(evidence=CONCERN, permit={**PERMIT, "covers": []})
    (reason,) = decision.reasons
    assert dict(reason.because) == {"foreign": "yes", "modifiable": "yes", "military_evidence": "concern", "permit": "none"}
    assert [ground.values["id"] for ground in decision.grounds["military_evidence"]] == ["e1"]
    assert [ground.code for ground in decision.grounds["permit"]] == ["permit_uncovered"]


def test_a_release_says_why() -> None:
    assert [reason.rule.id for reason in decided().reasons] == ["export"]
    not_export = decided(delivery={"form": "saas", "recipient_can_modify": "no"})
    assert [dict(reason.because) for reason in not_export.reasons] == [{"modifiable": "no"}]


def test_what_is_missing_is_what_is_open_and_waited_for() -> None:
    assert decided().missing == ()
    assert decided(checks=[]).missing != ()
    assert decided(indicators={"4": "unknown"}).missing == ("indicator_4",)
    assert decided(indicators={"12": "unknown"}).missing == ()  # no equipment goes along
    assert decided(indicators={"12": "unknown"}, solution={"hardware": "unknown"}).missing == ("hardware", "indicator_12")


def test_a_service_that_cannot_be_modified_waits_for_no_indicator() -> None:
    decision = decided(delivery={"form": "saas", "recipient_can_modify": "no"}, indicators=None, checks=[])
    assert decision.missing == ()
    assert decision.outcome.name == "not_export"


def test_the_question_that_may_end_all_others_comes_first_then_the_worst_news() -> None:
    missing = decide(Deal("D"), load_edition(), at=DAY).missing
    assert missing[:3] == ("foreign", "modifiable", "hardware")
    assert (
        missing.index("wmd_check") < missing.index("listed") < missing.index("notice_check") < missing.index("indicator_3") < missing.index("record")
    )
    assert missing.index("indicator_8") < missing.index("indicator_1")


def test_every_missing_fact_has_a_question_in_both_languages() -> None:
    edition = load_edition()
    for fact in decide(Deal("D"), edition, at=DAY).missing:
        question = edition.facts[fact].question
        assert question is not None
        assert question.ru != question.en


def test_a_step_left_out_under_suspicion_is_asked_for_again() -> None:
    excused = {"state": "excused", "reason": "r", "by": "b"}
    changes: dict[str, Any] = {"evidence": CONCERN, "permit": PERMIT, "indicators": {"2": excused}, "contract": {"clauses": excused}}
    assert decided(**changes).missing == ("clauses", "indicator_2") or decided(**changes).missing == ("indicator_2", "clauses")
    assert decided(indicators={"2": excused}).missing == ()


def test_the_order_of_missing_does_not_hang_on_the_order_of_the_file() -> None:
    rng = random.Random(7)
    checks = ["wmd", "terrorism", "military"]
    seen = set()
    for _ in range(5):
        rng.shuffle(checks)
        seen.add(decide(deal_with(checks=list(checks)), load_edition(), at=DAY).missing)
    assert len(seen) == 1
