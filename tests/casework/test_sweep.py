"""The sweep: what time has changed is written down, and a deal that fails stops no other."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError

from enduse.casework import clock, sweep
from enduse.casework.deals.actions import approving, filing, releasing
from enduse.casework.deals.models import Deal
from enduse.casework.ledger.models import Record
from enduse.casework.people.actor import Actor
from enduse.casework.sweep import Sweep
from tests.builders import PERMIT
from tests.casework.cast import held, imported
from tests.casework.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)
ENDING = {**PERMIT, "valid_from": "2026-11-01", "valid_until": "2026-11-10"}
EVIDENCE = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "trade press", "recorded_by": "anna"}]


def released(cast: dict[str, Actor], reference: str) -> int:
    deal = imported(cast["anna"], reference=reference, evidence=EVIDENCE, permit=ENDING)
    pk, seen = deal.deal.pk, deal.decided.signed
    approving.submit(pk, by=cast["anna"], seen=seen)
    approving.approve(pk, by=cast["boris"], seen=seen)
    releasing.release(pk, by=cast["anna"])
    return int(pk)


def test_a_release_whose_permit_ended_is_suspended(cast: dict[str, Actor]) -> None:
    pk = released(cast, "D-1")
    assert Sweep().go().changed == 0
    with clock.at(NOW + timedelta(days=9)):
        done = Sweep().go()
        assert (done.looked, done.changed, done.stuck) == (1, 1, [])
        found = held(pk)
        assert (found.deal.status, found.deal.outcome, found.events[-1].cause) == ("suspended", "hold", "expired")
        assert Sweep().go().changed == 0


def test_two_workers_at_once_write_one_record(cast: dict[str, Actor]) -> None:
    pk = released(cast, "D-1")
    with clock.at(NOW + timedelta(days=9)):
        with patch.object(releasing, "_needs_review", side_effect=[True, False]):
            assert not releasing.review(pk)
        assert not Record.objects.filter(kind="deal.reviewed").exists()
        assert releasing.review(pk)
        assert not releasing.review(pk)
    assert Record.objects.filter(kind="deal.reviewed").count() == 1


def test_one_bad_deal_does_not_stop_the_others(cast: dict[str, Actor]) -> None:
    bad, good = released(cast, "D-1"), released(cast, "D-2")
    review = releasing.review

    def broken(deal: int) -> bool:
        if deal == bad:
            raise ValueError("unreadable")
        return review(deal)

    with clock.at(NOW + timedelta(days=9)), patch.object(sweep, "review", broken):
        done = Sweep().go()
    assert [(stuck.deal, stuck.reference) for stuck in done.stuck] == [(bad, "D-1")]
    assert held(good).deal.status == "suspended"


def test_every_deal_has_its_turn_whatever_its_day_says(cast: dict[str, Actor]) -> None:
    for number in range(5):
        imported(cast["anna"], reference=f"D-{number}")
    looked: list[int] = []
    going = Sweep(turn=2)
    with patch.object(sweep, "review", lambda deal: looked.append(deal) or False):  # type: ignore[func-returns-value]
        for _ in range(4):
            going.go()
    assert looked[:5] == sorted(Deal.objects.values_list("pk", flat=True))
    assert len(looked) == 7


def test_a_closed_deal_is_left_alone(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"])
    filing.abandon(deal.deal.pk, by=cast["anna"], seen=1, reason="lost")
    assert Sweep().go().looked == 0


def test_it_stops_between_two_deals(cast: dict[str, Actor]) -> None:
    imported(cast["anna"], reference="D-1")
    imported(cast["anna"], reference="D-2")
    answers = iter([False, True])
    assert Sweep().go(lambda: next(answers)).looked == 1


def test_a_database_that_is_away_ends_the_round(cast: dict[str, Actor]) -> None:
    imported(cast["anna"])
    gone = patch.object(sweep, "review", side_effect=OperationalError("gone"))
    with gone, patch.object(sweep, "_away", return_value=True), pytest.raises(OperationalError):
        Sweep().go()


def test_a_lock_that_was_not_had_in_time_is_one_deals_trouble(cast: dict[str, Actor]) -> None:
    imported(cast["anna"])
    with patch.object(sweep, "review", side_effect=OperationalError("database is locked")):
        assert len(Sweep().go().stuck) == 1
