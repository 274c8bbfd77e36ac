"""Attacks on releases and deliveries: one's own stop ended, a delivery dated back, another version, too much, to somebody else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import approving, filing, releasing
from enduse.casework.deals.models import Delivery, Release
from enduse.casework.deals.queries import Held
from enduse.casework.people.actions import persons, settling
from enduse.casework.people.actor import Actor
from tests.attacks.conftest import codes
from tests.casework.calls import released
from tests.casework.cast import actor, held, imported
from tests.casework.deals.stories import later, ready, submit

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
PARTIES = [
    {"role": role, "name": name, "kind": "company", "country": "KE"}
    for role, name in (("counterparty", "C"), ("end_user", "E"), ("owner", "O"), ("payer", "P"))
]


def deliver(deal: Held, by: Actor, *, units: str = "1", version: str = "1.10", to: str = "E", day: date | None = None) -> tuple[str, ...]:
    return codes(lambda: releasing.deliver(deal.deal.pk, by=by, day=day or clock.today(), version=version, units=Decimal(units), recipient=to))


def test_nobody_resumes_what_they_suspended_because_somebody_stopped_it_too(cast: Cast) -> None:
    deal = released(cast).deal.pk
    releasing.suspend(deal, by=cast["anna"], reason="odd")
    releasing.stop_deliveries(deal, by=cast["oleg"], reason="odder")
    for name in ("anna", "oleg"):
        assert codes(releasing.resume, deal, by=cast[name], reason="fine") == ("release.resume_same_hands",)
    releasing.resume(deal, by=cast["boris"], reason="looked into")
    releasing.suspend(deal, by=cast["oleg"], reason="again")
    releasing.resume(deal, by=cast["anna"], reason="her own stop is over")  # only what came since counts


def test_no_delivery_is_dated_back_into_a_suspension(cast: Cast) -> None:
    deal = released(cast, parties=PARTIES, quantity={"units": "100"})
    begun = clock.today()
    with later(days=2):
        releasing.suspend(deal.deal.pk, by=cast["anna"], reason="odd")
    with later(days=6):
        releasing.resume(deal.deal.pk, by=cast["boris"], reason="fine")
    with later(days=7):
        answers = {days: deliver(deal, cast["anna"], day=begun + timedelta(days=days)) for days in range(-1, 9)}
    then = ("delivery.not_standing_then",)
    assert answers == {-1: ("delivery.day",), 0: (), 1: (), 2: (), 3: then, 4: then, 5: then, 6: (), 7: (), 8: ("delivery.day",)}


@pytest.mark.parametrize("units", ["NaN", "sNaN", "-NaN", "Infinity", "-1", "0", "1e999", "1e-999", "0.00004", "5.0001", "1e16"])
def test_no_quantity_slips_past_what_was_released(cast: Cast, units: str) -> None:
    deal = released(cast, parties=PARTIES, quantity={"units": "5"})
    assert deliver(deal, cast["anna"], units=units)
    assert not Delivery.objects.exists()


def test_many_small_deliveries_add_up(cast: Cast) -> None:
    deal = released(cast, parties=PARTIES, quantity={"units": "1"})
    for units in ("0.3", "0.3", "0.3", "0.1"):
        assert deliver(deal, cast["anna"], units=units) == ()
    assert deliver(deal, cast["anna"], units="0.0001") == ("delivery.quantity",)


@pytest.mark.parametrize("version", ["1.10.0-rc", "1.9", "1.11", "2.10", "١.10", "1.10.١", "1.10.", "1.10..1", "1.+10", "1_0.10", "", "1.10 beta"])
def test_no_other_version_is_taken_for_the_released_one(cast: Cast, version: str) -> None:
    deal = released(cast, parties=PARTIES)
    assert deliver(deal, cast["anna"], version=version) == ("delivery.version",)


@pytest.mark.parametrize("to", ["O", "P", "", "e", "Е", "E; X", "*"])  # the owner, the payer, nobody, look-alikes
def test_nobody_receives_but_whom_the_release_names_as_receiving(cast: Cast, to: str) -> None:
    deal = released(cast, parties=PARTIES)
    assert deliver(deal, cast["anna"], to=to) == ("delivery.recipient",)


def test_a_wider_policy_settled_after_the_approval_makes_it_stale(cast: Cast) -> None:
    deal = ready(cast).deal.pk
    settling.settle("minor_updates", "minor", by=cast["root"], reason="x")
    assert codes(lambda: releasing.release(deal, by=cast["anna"])) == ("release.stale_submission", "release.stale_approval")


def test_an_approver_who_no_longer_is_one_approves_nothing_with_an_old_page(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal)
    persons.revoke(cast["boris"].who, by=cast["root"], role="approver")
    approving.approve(deal, by=cast["boris"], seen=held(deal).decided.signed)  # the roles of a moment ago
    assert codes(lambda: releasing.release(deal, by=cast["anna"])) == ("release.no_role",)
    assert not Release.objects.exists()


def test_a_release_is_no_way_round_by_closing_and_taking_in_again(cast: Cast) -> None:
    deal = released(cast).deal.pk
    assert codes(lambda: filing.refuse_deal(deal, by=cast["anna"], seen=1, reason="x")) == ("deal.released_already",)
    assert codes(lambda: filing.import_deal(held(deal).content, by=cast["anna"])) == ("deal.exists",)


def test_an_administrator_does_not_become_an_approver_by_standing_in_for_one(cast: Cast) -> None:
    today = clock.today()
    root, boris = cast["root"], cast["boris"]
    assert codes(lambda: persons.substitute(by=root, absent=boris.who, substitute=root.who, since=today, until=today, reason="x")) == (
        "people.own_role",
    )
    assert codes(lambda: persons.grant(root.who, by=root, role="approver")) == ("people.own_role",)
    assert actor("root").roles == {"administrator"}
    persons.substitute(by=boris, absent=boris.who, substitute=cast["petr"].who, since=today, until=today, reason="leave")
