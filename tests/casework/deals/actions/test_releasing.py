"""Release and what comes after: what it binds, deliveries that draw on it, and everything that stops it. (Guards: `test_guards.py`.)"""

from __future__ import annotations

import copy
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import approving, evidence, files, releasing, stages
from enduse.casework.deals.history import used
from enduse.casework.deals.models import Decision, Delivery, Release
from enduse.casework.door import action
from enduse.casework.ledger.models import Record
from enduse.casework.ledger.verifying import verify
from enduse.casework.people.actions.settling import settle
from enduse.casework.people.actor import Actor
from enduse.casework.register.models import Entry
from enduse.domain.refusals import Refused
from tests.builders import PERMIT
from tests.casework.calls import released
from tests.casework.cast import held, imported, make_cast
from tests.casework.deals.stories import CONCERN, later, ready, sign, submit
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
USER = "Nairobi Care Line"


def deliver(cast: Cast, deal: int, **changes: Any) -> Delivery:
    values: dict[str, Any] = {"day": clock.today(), "version": "1.10", "units": Decimal(1), "recipient": USER}
    return releasing.deliver(deal, by=cast["anna"], **values | changes)


def events(deal: int) -> list[tuple[str, str]]:
    return [(event.kind, event.cause) for event in held(deal).events]


def test_a_release_rests_on_its_approval_and_on_a_decision_of_today(cast: Cast) -> None:
    deal = ready(cast)
    with later(days=3):
        made = releasing.release(deal.deal.pk, by=cast["anna"], note="go")
        assert made.decision.day == clock.today()
        assert made.decision == Decision.objects.latest("pk")
    assert made.approval == deal.approval
    assert made.bound == deal.decided.bound.as_data()
    entry = Entry.objects.get()
    assert (entry.event, entry.deal_id, entry.reason) == ("released", deal.deal.pk, "go")
    assert held(deal.deal.pk).deal.status == "released"


def test_deliveries_draw_on_what_was_released(cast: Cast) -> None:
    deal = released(cast, quantity={"units": "10", "of": "seats"}).deal.pk
    deliver(cast, deal, units=Decimal(4))
    deliver(cast, deal, units=Decimal(5), version="1.10.3")
    for changes, code in (
        ({"units": Decimal("1.0001")}, "delivery.quantity"),
        ({"units": Decimal(0)}, "delivery.units"),
        ({"version": "1.11"}, "delivery.version"),
        ({"recipient": "Somebody"}, "delivery.recipient"),
        ({"day": clock.today() - timedelta(days=1)}, "delivery.day"),
        ({"day": clock.today() + timedelta(days=1)}, "delivery.day"),
    ):
        before = dump()
        with pytest.raises(Refused) as refused:
            deliver(cast, deal, **changes)
        assert refused.value.refusals[0].code == code
        assert changed(before, dump()) == []
    assert sum(Delivery.objects.values_list("units", flat=True)) == 9


def test_a_delivery_is_recorded_as_it_is_kept(cast: Cast) -> None:
    """What cannot be seen is in neither, and what the row could not hold is refused, so that the ledger and the rows say the same."""
    deal = released(cast, quantity={"units": "9"}).deal.pk
    made = deliver(cast, deal, version="\u200b" * 300 + "1.10", recipient=f" {USER}\u2060" + "\u200b" * 600)
    assert (made.version, made.recipient) == ("1.10", USER)
    verified = verify()
    assert (verified.findings, verified.uncompared) == ((), 0)
    settle("minor_updates", "minor", by=cast["root"], reason="a policy of ours")
    other = released(cast, reference="D-2").deal.pk
    before = dump()
    with pytest.raises(Refused, match=r"delivery\.too_long"):
        deliver(cast, other, version="1.10" + ".1" * 99)
    assert changed(before, dump()) == []
    assert deliver(cast, other, version="1.10" + ".1" * 98).version.endswith(".1")


def test_what_was_delivered_under_a_release_of_before_counts(cast: Cast) -> None:
    deal = released(cast, quantity={"units": "10", "of": "seats"}).deal.pk
    deliver(cast, deal, units=Decimal(8))
    stages.intake(deal, by=cast["anna"], seen=1, changes={"title": "another"})
    sign(cast, deal)
    releasing.release(deal, by=cast["anna"])
    with pytest.raises(Refused, match=r"delivery\.quantity"):
        deliver(cast, deal, units=Decimal(3))
    assert deliver(cast, deal, units=Decimal(2)).release == Release.objects.latest("pk")


def test_nothing_is_delivered_where_nothing_was_released(cast: Cast) -> None:
    deal = ready(cast).deal.pk
    with pytest.raises(Refused, match=r"release\.none"):
        deliver(cast, deal)
    with pytest.raises(Refused, match=r"release\.none"):
        releasing.suspend(deal, by=cast["anna"], reason="odd")


@pytest.mark.parametrize("event", ["suspend", "stop_deliveries", "withdraw_release"])
def test_nothing_is_delivered_after_it_was_stopped(event: str, cast: Cast) -> None:
    deal = released(cast).deal.pk
    getattr(releasing, event)(deal, by=cast["anna"], reason="odd")
    with pytest.raises(Refused) as told:
        deliver(cast, deal)
    (refusal,) = told.value.refusals
    final = event == "withdraw_release"  # there is nothing to wait for
    assert (refusal.code, "возобновления" in refusal.text("ru")) == ("delivery.withdrawn" if final else "delivery.not_standing", not final)


def test_every_turn_takes_a_reason_and_its_order(cast: Cast) -> None:
    deal = released(cast).deal.pk
    for event in ("suspend", "stop_deliveries", "resume", "withdraw_release"):
        with pytest.raises(Refused, match=r"deal\.reason"):
            getattr(releasing, event)(deal, by=cast["anna"], reason=" ")
    with pytest.raises(Refused, match=r"monitoring\.order"):
        releasing.resume(deal, by=cast["boris"], reason="all well")
    releasing.stop_deliveries(deal, by=cast["anna"], reason="odd")
    with pytest.raises(Refused, match=r"monitoring\.order"):
        releasing.suspend(deal, by=cast["anna"], reason="odd")
    releasing.resume(deal, by=cast["boris"], reason="all well")
    releasing.withdraw_release(deal, by=cast["anna"], reason="over")
    for event in ("suspend", "stop_deliveries", "resume", "withdraw_release"):
        with pytest.raises(Refused, match=r"monitoring\.order"):
            getattr(releasing, event)(deal, by=cast["boris"], reason="again")
    assert events(deal) == [("stopped", "by_hand"), ("resumed", "by_hand"), ("withdrawn", "by_hand")]
    assert list(Entry.objects.order_by("number").values_list("number", "event")) == [(1, "released"), (2, "withdrawn")]


def suspended_by(cast: Cast, deal: int, what: str) -> None:
    """Something that makes a release stand no longer."""
    anna = cast["anna"]
    if what == "notice":
        evidence.record_notice(deal, by=anna, seen=1, written="yes", number="1")
    elif what == "evidence":
        evidence.record_evidence(deal, by=anna, seen=1, purpose="wmd", grade="alleged", source="press")
    elif what == "hold":
        approving.hold(deal, by=anna, reason="a rumour", ends_when="it ends")
    elif what == "edit":
        stages.intake(deal, by=anna, seen=1, changes={"title": "another"})
    elif what == "file":
        files.attach(deal, by=anna, seen=1, stage="evidence", name="a", digest="sha256:" + "a" * 64, size=1, media_type="text/plain")
    elif what == "indicator":
        stages.indicate(deal, by=anna, seen=1, number="9", state="present")


@pytest.mark.parametrize(
    ("what", "cause"),
    [("notice", "adverse"), ("evidence", "adverse"), ("indicator", "adverse"), ("hold", "hold"), ("edit", "changed"), ("file", "changed")],
)
def test_what_comes_up_suspends_a_release_at_once(what: str, cause: str, cast: Cast) -> None:
    deal = released(cast).deal.pk
    suspended_by(cast, deal, what)
    assert events(deal) == [("suspended", cause)]
    assert held(deal).deal.status == "suspended"
    assert '"suspended":' in (Record.objects.latest("index").body or "")
    with pytest.raises(Refused, match=r"delivery\.not_standing"):
        deliver(cast, deal)
    with pytest.raises(Refused, match=r"release\."):
        releasing.resume(deal, by=cast["boris"], reason="all well")


def test_after_a_hold_a_release_is_resumed_only_by_a_person(cast: Cast) -> None:
    deal = released(cast).deal.pk
    hold = approving.hold(deal, by=cast["anna"], reason="a rumour", ends_when="it ends").pk
    approving.lift_hold(deal, by=cast["boris"], hold=hold, evidence="a letter")
    assert held(deal).standing
    with pytest.raises(Refused, match=r"delivery\.not_standing"):
        deliver(cast, deal)
    releasing.resume(deal, by=cast["anna"], reason="lifted")
    assert deliver(cast, deal).pk


def permitted(cast: Cast, days: int) -> int:
    """A deal released under a permit that ends in some days."""
    today = clock.today()
    permit = {**PERMIT, "valid_from": today.isoformat(), "valid_until": (today + timedelta(days=days)).isoformat()}
    return released(cast, evidence=[CONCERN], permits=[permit]).deal.pk


def test_an_expired_permit_stops_everything_although_nobody_has_noticed(cast: Cast) -> None:
    deal = permitted(cast, 10)
    with later(days=10):
        assert deliver(cast, deal).pk
        assert not releasing.review(deal)
    with later(days=11):
        stands = held(deal)
        assert stands.deal.status == "released"  # nobody has looked
        assert stands.standing
        assert not stands.standing.stands
        with pytest.raises(Refused, match=r"release\.outcome_today"):
            deliver(cast, deal)
        assert releasing.review(deal)
        assert events(deal) == [("suspended", "expired")]
        assert held(deal).deal.status == "suspended"
        assert not releasing.review(deal)


def test_checks_that_grew_old_stop_it_too_and_made_again_it_may_be_resumed(cast: Cast) -> None:
    deal = released(cast).deal.pk
    with later(days=91):
        with pytest.raises(Refused, match=r"release\.stale_checks"):
            deliver(cast, deal)
        assert releasing.review(deal)
        assert events(deal) == [("suspended", "checks")]
        seen = 1
        for word in held(deal).stale_checks:
            stages.renew_check(deal, by=cast["anna"], seen=seen, word=word, note="again")
            seen += 1
        with pytest.raises(Refused, match=r"release\.already"):
            submit(cast, deal)
        releasing.resume(deal, by=cast["boris"], reason="made again")
        assert deliver(cast, deal).pk


def test_a_setting_that_becomes_stricter_counts_at_once(cast: Cast) -> None:
    deal = released(cast).deal.pk
    with later(days=40):
        assert deliver(cast, deal, units=Decimal("0.1")).pk
        settle("check_days", "30", by=cast["root"], reason="stricter")
        with pytest.raises(Refused, match=r"release\.stale_checks"):
            deliver(cast, deal, units=Decimal("0.1"))


def test_a_release_keeps_the_policy_under_which_it_was_signed(cast: Cast) -> None:
    deal = released(cast).deal.pk
    settle("minor_updates", "minor", by=cast["root"], reason="so decided")
    standing = held(deal).standing
    assert standing
    assert standing.stands
    assert deliver(cast, deal, version="1.10.1", units=Decimal("0.5")).pk
    with pytest.raises(Refused, match=r"delivery\.version"):
        deliver(cast, deal, version="1.11", units=Decimal("0.5"))


def test_under_a_permit_only_its_very_version_goes(cast: Cast) -> None:
    deal = permitted(cast, 30)
    with pytest.raises(Refused, match=r"delivery\.version"):
        deliver(cast, deal, version="1.10.1")
    assert deliver(cast, deal).pk


def test_a_withdrawn_release_may_be_followed_by_a_new_one_that_is_signed_anew(cast: Cast) -> None:
    deal = released(cast).deal.pk
    releasing.withdraw_release(deal, by=cast["anna"], reason="a slip")
    assert held(deal).deal.status in ("withdrawn", "submitted")
    with pytest.raises(Refused, match=r"release\.not_approved"):
        releasing.release(deal, by=cast["anna"])
    with later(hours=1):
        sign(cast, deal)
        releasing.release(deal, by=cast["anna"])
    assert Release.objects.filter(deal=deal).count() == 2
    standing = held(deal).standing
    assert standing
    assert standing.stands


def test_a_delivery_is_of_what_can_be_counted_and_what_is_long_is_kept(cast: Cast) -> None:
    deal = released(cast, quantity={"units": "1", "of": "seats"}, solution={"version": "1" * 200}).deal.pk
    for units in ("0.00001", "1E-30", "NaN", "1E+999999"):
        with pytest.raises(Refused, match=r"delivery\.units"):
            deliver(cast, deal, version="1" * 200, units=Decimal(units))
    assert deliver(cast, deal, version="1" * 200, units=Decimal("0.0001")).units == Decimal("0.0001")
    assert f'"version":"{"1" * 200}"' in (Record.objects.latest("index").body or "")


def test_many_small_deliveries_come_to_exactly_what_was_released(cast: Cast) -> None:
    deal = released(cast, quantity={"units": "300", "of": "hours"})
    assert deal.release
    with action("deal.delivered", by=cast["anna"], about=f"deal:{deal.deal.pk}") as act:
        row = Delivery(release=deal.release, deal=deal.deal, day=clock.today(), version="1.10", units=Decimal("0.3"), recipient=USER, at=act.at)
        Delivery.objects.bulk_create([copy.copy(row) for _ in range(999)])
    assert used(held(deal.deal.pk)) == Decimal("299.7")
    assert deliver(cast, deal.deal.pk, units=Decimal("0.3")).pk
    with pytest.raises(Refused, match=r"delivery\.quantity"):
        deliver(cast, deal.deal.pk, units=Decimal("0.0001"))


@pytest.mark.django_db
def test_a_stop_by_hand_is_not_escaped_by_a_new_release() -> None:
    cast = make_cast("anna", "boris", "petr")
    deal = imported(cast["anna"]).deal.pk
    approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)
    approving.approve(deal, by=cast["boris"], seen=held(deal).decided.signed)
    releasing.release(deal, by=cast["anna"])
    releasing.stop_deliveries(deal, by=cast["petr"], reason="a rumour")
    stages.intake(deal, by=cast["anna"], seen=held(deal).version.number, changes={"title": "the same under another title"})
    with pytest.raises(Refused) as refused:
        approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)
    assert [one.code for one in refused.value.refusals] == ["release.already"]
    releasing.withdraw_release(deal, by=cast["petr"], reason="for good")
    approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)


@pytest.mark.django_db
def test_what_the_file_says_was_delivered_counts() -> None:
    cast = make_cast("anna", "boris")
    stated = [{"date": "2026-10-05", "version": "1.10", "units": "4", "to": "Nairobi Care Line"}, {"date": "2026-10-06"}]
    deal = imported(cast["anna"], quantity={"units": "6", "of": "seats"}, deliveries=stated).deal.pk
    approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)
    approving.approve(deal, by=cast["boris"], seen=held(deal).decided.signed)
    releasing.release(deal, by=cast["anna"])
    how: dict[str, Any] = {"by": cast["anna"], "day": clock.today(), "version": "1.10", "recipient": "Nairobi Care Line"}
    with pytest.raises(Refused) as refused:
        releasing.deliver(deal, units=Decimal(2), **how)
    assert [one.code for one in refused.value.refusals] == ["delivery.quantity"]
    releasing.deliver(deal, units=Decimal(1), **how)


@pytest.mark.django_db
def test_checks_stated_by_who_may_not_make_them_do_not_open_the_door() -> None:
    cast = make_cast("anna", "ivan", "boris")
    deal = imported(cast["ivan"]).deal.pk
    stands = held(deal)
    assert stands.decided.decision.released
    assert set(stands.stale_checks) == set(stands.content["checks"])
    with pytest.raises(Refused) as refused:
        approving.submit(deal, by=cast["anna"], seen=stands.decided.signed)
    assert [one.code for one in refused.value.refusals] == ["release.stale_checks", "release.unsigned_identification", "release.unvouched"]
    stages.sign_identification(deal, by=cast["anna"], seen=1, note="compared")
    approving.vouch(deal, by=cast["anna"], seen=2, note="compared")
    for word in stands.stale_checks:
        stages.renew_check(deal, by=cast["anna"], seen=held(deal).version.number, word=word, note="looked myself")
    approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)
