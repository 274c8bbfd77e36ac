"""Records of the ledger in words: what is known is told, what is erased says so, what has no words is told as it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils import translation

from enduse.casework.deals.history import Event
from enduse.web.events import told

AT = datetime(2026, 11, 2, tzinfo=UTC)


def event(kind: str, body: dict[str, Any] | None, **more: Any) -> Event:
    return Event(7, kind, AT, "Anna", (), body, **more)


def test_what_a_record_says_is_told_in_words() -> None:
    with translation.override("en"):
        found = told(event("deal.evidence_recorded", {"purpose": "military", "grade": "concern", "changed": ["evidence"], "version": 2}))
    assert found.what == "evidence was recorded"
    assert found.said == [("purpose", "military use"), ("grade", "concern")]
    assert found.changed == "knowledge of risk"


def test_a_change_of_outcome_is_told_from_and_to() -> None:
    with translation.override("ru"):
        found = told(event("deal.indicated", {"indicators": {"9": "explained"}, "outcome": "hold"}, was="proceed", outcome="hold"))
    assert (found.was, found.now) == ("Можно экспортировать", "Приостановить")
    assert found.said == [("признаки", "9: объяснён")]


def test_an_erased_body_and_an_unknown_kind_do_no_harm() -> None:
    found = told(event("deal.something_new", None))
    assert (found.erased, found.what, found.said) == (True, "deal.something_new", [])


def test_what_followed_of_its_own_accord_is_told() -> None:
    with translation.override("en"):
        found = told(event("deal.intake_saved", {"suspended": 3, "cause": "changed", "checks_dropped": ["wmd", "house"]}))
    assert found.effects == ["the release was suspended", "count no more: WMD check, house"]
    assert ("cause", "the deal changed after approval") in found.said


def test_the_system_and_those_stood_in_for_are_named() -> None:
    found = told(Event(1, "deal.reviewed", AT, "", ("Boris", "Petr"), {}))
    assert (found.by, found.for_whom) == ("EndUse", "Boris, Petr")
