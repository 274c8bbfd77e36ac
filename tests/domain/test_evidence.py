"""Evidence left standing: the highest grade not rebutted, and which rebuttals count."""

from __future__ import annotations

from typing import Any

import pytest

from enduse.domain.deal import Evidence
from enduse.domain.evidence import refusal, same_person
from tests.builders import PERMIT, decided, fact

ALLEGED = {"id": "e1", "purpose": "military", "grade": "alleged", "source": "trade press", "recorded_by": "anna"}
ANSWER = {"id": "e2", "purpose": "military", "grade": "clearing", "rebuts": "e1", "source": "site visit, minutes 14", "recorded_by": "boris"}


@pytest.mark.parametrize("purpose", ["wmd", "terrorism", "military", "other_harm"])
@pytest.mark.parametrize("grade", ["alleged", "concern", "confirmed"])
def test_an_item_sets_its_own_purpose_and_no_other(purpose: str, grade: str) -> None:
    facts = decided(evidence=[{**ALLEGED, "purpose": purpose, "grade": grade}]).facts
    assert facts[f"{purpose}_evidence"] == grade
    assert sum(facts[f"{other}_evidence"] != "none" for other in ("wmd", "terrorism", "military", "other_harm")) == 1


def test_the_highest_grade_counts_and_is_named_first() -> None:
    decision = decided(evidence=[ALLEGED, {**ALLEGED, "id": "e9", "grade": "concern"}])
    assert decision.facts["military_evidence"] == "concern"
    assert [ground.values["id"] for ground in decision.grounds["military_evidence"]] == ["e9", "e1"]


@pytest.mark.parametrize("grade", ["alleged", "concern"])
@pytest.mark.parametrize("rebuts", ["e1", ["e1"], ["e0", "e1"]])
def test_another_person_rebuts_what_is_alleged_or_feared(grade: str, rebuts: object) -> None:
    items = [{**ALLEGED, "grade": grade}, {**ALLEGED, "id": "e0", "grade": "alleged"}, {**ANSWER, "rebuts": rebuts}]
    left = "none" if rebuts == ["e0", "e1"] else "alleged"
    assert fact("military_evidence", evidence=items) == left


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ({"grade": "confirmed"}, {}),
        ({}, {"recorded_by": "anna"}),
        ({}, {"recorded_by": " Anna "}),
        ({}, {"recorded_by": None}),
        ({"recorded_by": None}, {}),
        ({}, {"source": None}),
        ({}, {"source": "  "}),
        ({}, {"purpose": "wmd"}),
        ({}, {"grade": "alleged"}),
        ({}, {"rebuts": []}),
    ],
)
def test_a_rebuttal_that_lacks_anything_leaves_the_item_standing(item: dict[str, Any], answer: dict[str, Any]) -> None:
    held = {**ALLEGED, **item}
    found = fact("military_evidence", evidence=[held, {**ANSWER, **answer}])
    assert found == held["grade"]


def test_a_rebuttal_is_remarked_and_an_idle_one_with_its_why() -> None:
    idle = decided(evidence=[ALLEGED, {**ANSWER, "recorded_by": "anna"}]).remarks
    assert [(remark.code, dict(remark.values)) for remark in idle] == [("idle_rebuttal", {"id": "e2", "rebuts": "e1", "why": "same_person"})]
    assert [remark.code for remark in decided(evidence=[ALLEGED, ANSWER]).remarks] == ["rebutted"]


def test_a_permit_that_lifts_a_hold_is_remarked_and_one_without_need_is_not() -> None:
    assert [remark.code for remark in decided(evidence=[ALLEGED], permit=PERMIT).remarks] == ["permit_lifts"]
    assert decided(permit=PERMIT).remarks == ()


def test_why_a_rebuttal_does_not_count() -> None:
    item = Evidence("e1", "military", "alleged", recorded_by="anna")
    answer = Evidence("e2", "military", "clearing", source="visit", recorded_by="boris", rebuts=("e1",))
    assert refusal(answer, item) is None
    assert refusal(item, item) == "not_clearing"
    assert refusal(answer, answer) == "nothing_adverse"
    assert refusal(answer, Evidence("e1", "military", "confirmed", recorded_by="anna")) == "confirmed"


@pytest.mark.parametrize("mark", ["\u200b", "\u200f", "\u2060", "\ufeff", "\xad", "\u034f", "\u202e", "\u3164", "\u115f", "\u2800", "\x85"])
def test_a_mark_that_cannot_be_seen_makes_neither_another_person_nor_a_source(mark: str) -> None:
    assert same_person("anna", f"an{mark}na{mark}")
    assert fact("military_evidence", evidence=[ALLEGED, {**ANSWER, "recorded_by": f"anna{mark}"}]) == "alleged"
    assert fact("military_evidence", evidence=[ALLEGED, {**ANSWER, "source": mark}]) == "alleged"
    assert fact("military_evidence", evidence=[ALLEGED, {**ANSWER, "recorded_by": mark}]) == "alleged"


def test_letters_that_look_alike_make_no_other_person() -> None:
    assert same_person("anna", "аnnа")
    assert same_person("Сорос", "Copoc")


def test_one_person_in_another_spelling_is_one_person() -> None:
    assert same_person("Anna  Orlova", "ANNA ORLOVA ")
    assert same_person("Ａnna", "anna")
    assert not same_person("Anna", "Boris")
