"""Evidence, rebuttals, notices, permits: everything is added, and every change is decided at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import evidence
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import NotAllowed, Stale
from enduse.formats.problems import BadInput
from tests.builders import PERMIT
from tests.casework.cast import held, imported
from tests.casework.deals.stories import CONCERN
from tests.casework.tables import changed, dump, refused

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
PAPER = ["sha256:" + "a" * 64]


def record(cast: Cast, deal: int, **changes: Any) -> Any:
    values: dict[str, Any] = {"by": cast["anna"], "seen": 1, "purpose": "military", "grade": "alleged", "source": "press"}
    return evidence.record_evidence(deal, **values | changes)


def test_evidence_stops_a_deal_at_once(cast: Cast) -> None:
    deal = imported(cast["anna"])
    assert deal.deal.outcome == "proceed"
    kept = record(cast, deal.deal.pk, party="Lakeside Telecom")
    assert not kept.decided.decision.released
    assert held(deal.deal.pk).deal.outcome == kept.decided.decision.outcome.name != "proceed"
    (row,) = held(deal.deal.pk).content["evidence"]
    assert row == {
        "id": "e1",
        "purpose": "military",
        "grade": "alleged",
        "party": "Lakeside Telecom",
        "source": "press",
        "recorded_by": "Anna (anna@example.org)",
        "recorded_on": "2026-11-02",
        "reliability": "unknown",
    }


def test_what_is_confirmed_takes_an_officer_and_a_paper(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert refused(lambda: record(cast, deal, grade="confirmed")) == "evidence.confirmed"
    with pytest.raises(NotAllowed):
        record(cast, deal, by=cast["elena"], grade="confirmed", attachments=PAPER)
    assert record(cast, deal, grade="confirmed", attachments=PAPER).decided.decision.outcome.name in ("refuse", "statutory", "hold")


def test_nothing_clears_but_a_rebuttal(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert refused(lambda: record(cast, deal, grade="clearing")) == "evidence.clearing"
    assert refused(lambda: record(cast, deal, source=" ")) == "deal.reason"
    with pytest.raises(BadInput):
        record(cast, deal, grade="dubious")


def test_a_rebuttal_by_another_clears(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    record(cast, deal)
    assert refused(lambda: evidence.rebut(deal, by=cast["anna"], seen=2, item="e1", source="a visit")) == "evidence.same_person"
    assert refused(lambda: evidence.rebut(deal, by=cast["oleg"], seen=2, item="e7", source="a visit")) == "evidence.absent"
    assert refused(lambda: evidence.rebut(deal, by=cast["oleg"], seen=2, item="e1", source="")) == "deal.reason"
    kept = evidence.rebut(deal, by=cast["oleg"], seen=2, item="e1", source="a visit", attachments=PAPER)
    assert kept.decided.decision.released
    assert refused(lambda: evidence.rebut(deal, by=cast["dina"], seen=3, item="e2", source="a visit")) == "evidence.not_rebuttable"


def test_what_is_confirmed_is_not_rebutted(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    record(cast, deal, grade="confirmed", attachments=PAPER)
    assert refused(lambda: evidence.rebut(deal, by=cast["oleg"], seen=2, item="e1", source="a visit")) == "evidence.not_rebuttable"


def test_a_notice_stops_until_it_is_withdrawn_and_stays(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert not evidence.record_notice(deal, by=cast["anna"], seen=1, written="yes", number=" 240/1 ").decided.decision.released
    for place in (-1, 1):
        assert (
            refused(partial(evidence.withdraw_notice, deal, by=cast["anna"], seen=2, place=place, number="2", date="2026-11-02")) == "notice.absent"
        )
    assert refused(lambda: evidence.withdraw_notice(deal, by=cast["anna"], seen=2, place=0, number=" ", date="2026-11-02")) == "deal.reason"
    kept = evidence.withdraw_notice(deal, by=cast["anna"], seen=2, place=0, number="2", date="2026-11-02")
    assert kept.decided.decision.released
    (notice,) = held(deal).content["notices"]
    assert notice == {"from": "fstec", "written": "yes", "number": "240/1", "withdrawn": {"number": "2", "date": "2026-11-02"}}
    assert refused(lambda: evidence.withdraw_notice(deal, by=cast["anna"], seen=3, place=0, number="3", date="2026-11-02")) == "notice.withdrawn"


def test_a_notice_whose_end_lies_ahead_still_stops(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    evidence.record_notice(deal, by=cast["anna"], seen=1, written="no")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert not evidence.withdraw_notice(deal, by=cast["anna"], seen=2, place=0, number="2", date=tomorrow).decided.decision.released


def test_a_permit_carries_what_evidence_stopped(cast: Cast) -> None:
    deal = imported(cast["anna"], evidence=[CONCERN]).deal.pk
    pending = {**PERMIT, "status": "pending", "valid_from": None, "valid_until": None}
    assert not evidence.record_permit(deal, by=cast["anna"], seen=1, permit=pending).decided.decision.released
    assert refused(lambda: evidence.record_permit(deal, by=cast["anna"], seen=2, permit=PERMIT, place=1)) == "permit.absent"
    assert evidence.record_permit(deal, by=cast["anna"], seen=2, permit=PERMIT, place=0).decided.decision.released
    assert held(deal).content["permits"] == [PERMIT]
    assert refused(lambda: evidence.record_permit(deal, by=cast["anna"], seen=3, permit={"status": "pending"}, place=0)) == "deal.permit_kept"


def test_a_denial_stays_a_denial(cast: Cast) -> None:
    deal = imported(cast["anna"], permit={**PERMIT, "status": "denied"}).deal.pk
    assert refused(lambda: evidence.record_permit(deal, by=cast["anna"], seen=1, permit={"status": "granted"}, place=0)) == "deal.permit_kept"
    evidence.record_permit(deal, by=cast["anna"], seen=1, permit={**PERMIT, "number": "0500"})
    assert [permit["status"] for permit in held(deal).content["permits"]] == ["denied", "granted"]


def test_whoever_saw_an_older_version_changes_nothing(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    record(cast, deal)
    before = dump()
    with pytest.raises(Stale):
        record(cast, deal)
    assert changed(before, dump()) == []
