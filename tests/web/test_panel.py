"""The decision in words: reasons once, missing answers with the stage that asks, ways out with the stage that takes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from enduse.casework import clock
from enduse.casework.deals.deciding import decided
from enduse.casework.deals.queries import Held
from enduse.domain.decision import Decision
from enduse.web.panel import panel, place_of, stage_asking, whys, wording
from tests.builders import PERMIT, file_with


def held(**changes: Any) -> Held:
    """Content decided as the page decides it; nothing is kept."""
    found = Held(cast(Any, None))
    found.__dict__["decided"] = decided(file_with(**changes), policy="patch")
    return found


def test_a_deal_that_may_go_lacks_nothing_and_needs_no_way_out() -> None:
    found = panel(held(), "en")
    assert (found.verdict.code, found.verdict.released, found.verdict.day) == ("proceed", True, "2 November 2026")
    assert not (found.missing or found.ways or found.stuck)
    assert found.duties


def test_what_is_missing_leads_to_the_stage_and_the_place_that_ask() -> None:
    found = panel(held(checks=["terrorism"], contract=None), "ru")
    assert {(item.stage, item.place) for item in found.missing} >= {("evidence", "check-wmd"), ("screening", "check-screening"), ("clauses", "")}
    assert all(item.text for item in found.missing)
    assert "checks" not in " ".join(step.text for way in found.ways for step in way)


def test_what_nothing_lifts_says_so() -> None:
    confirmed = [{"id": "e1", "purpose": "terrorism", "grade": "confirmed", "source": "a verdict", "recorded_by": "anna"}]
    found = panel(held(evidence=confirmed), "en")
    assert found.ways == []
    assert "lifted by nothing" in found.stuck[0].text


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_reason_is_told_once_with_its_clauses(lang: str) -> None:
    decision: Decision = held(indicators={}, checks=[]).decided.decision
    found = whys(decision, wording(lang))
    assert len({why.text for why in found}) == len(found)
    assert all(why.clauses and why.basis for why in found)


def test_the_words_of_an_edition_are_made_once() -> None:
    assert wording("ru") is wording("ru")
    assert wording("ru").lang == "ru"


def test_a_fact_has_its_stage() -> None:
    assert stage_asking("foreign") == "determination"
    assert stage_asking("nothing of the kind") == "intake"
    assert (place_of("wmd_check"), place_of("foreign"), place_of("nothing")) == ("check-wmd", "", "")


def test_a_permit_that_has_ended_since_stops_today_and_is_told_with_its_way_out() -> None:
    concern = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "press", "recorded_by": "anna"}]
    with clock.at(datetime(2028, 1, 10, 9, tzinfo=UTC)):
        found = panel(held(evidence=concern, permit=PERMIT), "en")
    assert found.verdict.released and not found.released
    assert found.today is not None and found.today.code == "hold"
    assert any("ended on 24 October 2027" in why.text or "24 October 2027" in why.text for why in found.why_today)
    assert found.ways and {step.stage for way in found.ways for step in way} == {"permits"}
