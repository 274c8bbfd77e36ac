"""The fact `permit`: valid only for these parties, this solution and version, these triggers, on this day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enduse.domain.permits import triggers
from tests.builders import PERMIT, clean_facts, decided, fact

CONCERN = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "tender", "recorded_by": "anna"}]
LATER = {**PERMIT, "number": "0500", "valid_from": "2026-11-01"}


def with_permit(permit: dict[str, Any], **more: Any) -> str:
    return fact("permit", permit=permit, evidence=CONCERN, **more)


def test_a_permit_for_this_deal_is_valid() -> None:
    assert with_permit(PERMIT) == "valid"


@pytest.mark.parametrize(
    "change",
    [
        {"authority": "fstec"},
        {"authority": None},
        {"status": "suspended"},
        {"status": "revoked"},
        {"status": None},
        {"valid_from": None},
        {"valid_until": None},
        {"valid_from": "2026-11-03"},
        {"valid_until": "2026-11-01"},
        {"parties": ["Lakeside Telecom"]},
        {"parties": []},
        {"parties": ["Lakeside Telecom", "nairobi care line"]},
        {"solution": "Other"},
        {"solution": None},
        {"version": "1.1"},
        {"version": None},
        {"covers": ["wmd"]},
        {"covers": []},
        {"covers": None},
        {"conditions": [{"text": "yearly report", "met": "no"}]},
        {"conditions": [{"text": "yearly report"}]},
        {"conditions": [{"text": "one", "met": "yes"}, {"text": "two", "met": "unknown"}]},
    ],
)
def test_one_thing_wrong_makes_it_none_and_says_which(change: dict[str, Any]) -> None:
    decision = decided(permit={**PERMIT, **change}, evidence=CONCERN)
    assert decision.facts["permit"] == "none"
    assert len(decision.grounds["permit"]) >= 1


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 10, 24)])
def test_both_ends_of_its_time_count(day: date) -> None:
    assert fact("permit", at=day, permit=PERMIT, evidence=CONCERN) == "valid"


@pytest.mark.parametrize("day", [date(2026, 10, 24), date(2027, 10, 25)])
def test_a_day_beside_its_time_does_not(day: date) -> None:
    assert fact("permit", at=day, permit=PERMIT, evidence=CONCERN) == "none"


def test_spaces_around_names_do_not_matter() -> None:
    spaced = {**PERMIT, "parties": [" Lakeside Telecom ", "Nairobi Care Line\t"], "solution": " Slovo", "version": "1.10 "}
    assert with_permit(spaced) == "valid"


def test_every_party_not_known_to_be_russian_is_named_in_any_role() -> None:
    rest = [{"role": "counterparty", "name": "Lakeside Telecom", "kind": "company", "country": "KE"}]
    named = {**PERMIT, "parties": ["Lakeside Telecom"]}
    assert with_permit(named, parties=rest) == "valid"
    assert with_permit(named, parties=[*rest, {"role": "payer", "name": "Bank", "kind": "company", "country": "CY"}]) == "none"
    assert with_permit(named, parties=[*rest, {"role": "consignee", "name": "Depot"}]) == "none"
    assert with_permit(named, parties=[*rest, {"role": "owner", "kind": "company", "country": "RU"}]) == "none"
    assert with_permit(named, parties=[*rest, {"role": "exporter", "name": "Ours"}][:1]) == "valid"
    assert with_permit(named, parties=[*rest, {"role": "intermediary", "name": "Ours", "kind": "company", "country": "RU"}]) == "valid"


@pytest.mark.parametrize("status", ["pending", "denied"])
def test_pending_and_denied_count_whatever_they_name(status: str) -> None:
    assert fact("permit", permit={"status": status}) == status
    assert fact("permit", permit={**PERMIT, "status": status, "authority": "other", "parties": ["Nobody"]}) == status


@pytest.mark.parametrize(
    ("levels", "needed"),
    [
        ({}, ()),
        ({"wmd_evidence": "alleged", "military_evidence": "concern"}, ("wmd", "military")),
        ({"terrorism_evidence": "confirmed"}, ("terrorism",)),
        ({"other_harm_evidence": "concern"}, ()),
        ({"notice": "oral"}, ("notice",)),
        ({"notice": "written", "deeper_check": "yes", "risk": "identified"}, ("notice", "deeper_check", "risk")),
        ({"indicator_8": "present"}, ("indicator_8",)),
        ({"indicator_8": "explained"}, ()),
        ({"indicator_9": "present"}, ()),
    ],
)
def test_triggers(levels: dict[str, str], needed: tuple[str, ...]) -> None:
    assert triggers(clean_facts(**levels)) == needed


@pytest.mark.parametrize(
    ("changes", "trigger"),
    [
        ({"evidence": CONCERN}, "military"),
        ({"notices": [{"from": "fstec", "written": "no"}]}, "notice"),
        ({"solution": {"identification": {"deeper_check": "yes"}}}, "deeper_check"),
        ({"risk": "identified"}, "risk"),
        ({"indicators": {"8": "present"}}, "indicator_8"),
    ],
)
def test_a_trigger_not_covered_leaves_no_permit(changes: dict[str, Any], trigger: str) -> None:
    covers = [other for other in PERMIT["covers"] if other != trigger]
    assert fact("permit", permit=PERMIT, **changes) == "valid"
    assert fact("permit", permit={**PERMIT, "covers": covers}, **changes) == "none"


class TestSeveral:
    """`permits:` together."""

    def held(self, *permits: dict[str, Any], **more: Any) -> str:
        return fact("permit", permits=list(permits), evidence=CONCERN, notices=[{"from": "fstec", "written": "yes"}], **more)

    def test_they_cover_together(self) -> None:
        military, notice = {**PERMIT, "covers": ["military"]}, {**PERMIT, "covers": ["notice"]}
        assert self.held(military, notice) == "valid"
        assert self.held(military) == "none"
        assert self.held(military, {**notice, "valid_until": "2026-11-01"}) == "none"

    def test_a_pending_renewal_does_not_stop_what_is_covered(self) -> None:
        assert self.held(PERMIT, {"status": "pending"}) == "valid"
        assert self.held({**PERMIT, "covers": ["military"]}, {"status": "pending"}) == "pending"

    def test_a_denial_counts_unless_it_came_before_the_last_beginning(self) -> None:
        assert self.held(PERMIT, {"status": "denied", "date": "2026-10-24"}) == "valid"
        assert self.held(PERMIT, {"status": "denied", "date": "2026-10-25"}) == "valid"
        assert self.held(PERMIT, {"status": "denied", "date": "2026-10-26"}) == "denied"
        assert self.held(PERMIT, LATER, {"status": "denied", "date": "2026-10-26"}) == "valid"
        assert self.held(PERMIT, {"status": "denied"}) == "denied"
        assert self.held({"status": "pending"}, {"status": "denied", "date": "2020-01-01"}) == "denied"

    def test_no_valid_one_covers_nothing_even_where_nothing_is_to_cover(self) -> None:
        assert fact("permit", permits=[]) == "none"
        assert fact("permit", permits=[{"status": "pending"}]) == "pending"
        assert fact("permit", permits=[{**PERMIT, "status": "suspended"}]) == "none"
        assert fact("permit", permits=[PERMIT]) == fact("permit", permit=PERMIT) == "valid"
