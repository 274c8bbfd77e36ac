"""What is stated of an indicator joined with what a detector found."""

from __future__ import annotations

import pytest

from enduse.domain.deal import Stated
from enduse.domain.decision import decide
from enduse.domain.indicators import Findings, Found, FoundState, state
from enduse.stores.editions import load_edition
from tests.builders import DAY, deal_with

COMPUTED = {1, 4, 9, 10, 11, 12, 13, 15, 17, 18}


@pytest.mark.parametrize("stated", ["absent", "excused", "unknown", "present"])
def test_found_present_raises_everything_but_explained(stated: str) -> None:
    assert state(Stated(stated), Found("present"), "computed") == "present"
    assert state(Stated("explained"), Found("present"), "computed") == "explained"
    assert state(None, Found("present"), "asked") == "present"


@pytest.mark.parametrize("found", ["absent", "unknown", "not_applicable"])
@pytest.mark.parametrize("stated", ["absent", "explained", "excused", "unknown", "present"])
def test_what_is_stated_stands_otherwise(stated: str, found: FoundState) -> None:
    assert state(Stated(stated), Found(found), "computed") == stated


def test_found_absent_is_absent_only_for_a_computed_indicator() -> None:
    assert state(None, Found("absent"), "computed") == "absent"
    assert state(None, Found("absent"), "proposed") == state(None, Found("absent"), "asked") == "unknown"


def test_not_applicable_is_absent_and_cannot_assess_is_unknown() -> None:
    assert state(None, Found("not_applicable"), "asked") == "absent"
    assert state(None, Found("unknown"), "computed") == state(None, None, "computed") == "unknown"


def test_the_edition_knows_which_are_computed() -> None:
    answered = {int(key): how for key, _, how in load_edition().answered}
    assert {number for number, how in answered.items() if how == "computed"} == COMPUTED
    assert {number for number, how in answered.items() if how == "asked"} == {6}


def test_findings_change_the_decision_and_its_fingerprint() -> None:
    deal, edition = deal_with(), load_edition()
    plain = decide(deal, edition, at=DAY)
    found = decide(deal, edition, Findings({"9": Found("present", {"address": "P.O. Box 1"})}), at=DAY)
    same = decide(deal, edition, Findings({"9": Found("absent")}), at=DAY)
    assert (plain.outcome.name, found.outcome.name, same.outcome.name) == ("proceed", "diligence", "proceed")
    assert len({plain.fingerprint, found.fingerprint, same.fingerprint}) == 3
