"""The one door of release, what becomes of a release, and deliveries that draw on it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from enduse.casework import clock
from enduse.casework.deals.deciding import decided
from enduse.casework.deals.history import used as used_of
from enduse.casework.deals.keeping import about, due_on, open_case, record_decision, settle, status_of
from enduse.casework.deals.models import Deal, Delivery, Release, ReleaseEvent
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.deals.registering import enter_deal, enter_withdrawal
from enduse.casework.door import action
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.domain.deal import given, visible
from enduse.domain.monitoring import BECOMES, may_follow, state_after
from enduse.domain.refusals import Refused, refuse
from enduse.domain.release import GUARDS, STANDS, Bound, delivery_refusals, refusals

MOST_VERSION, MOST_RECIPIENT = 200, 500  # as long as the columns of a delivery


def release(deal: int, *, by: Actor, note: str = "") -> Release:
    """Release a deal. The only function that can.

    Everything is read anew while nobody else can write, every guard is asked, and the release rests on a decision of today.
    Raises Refused with every objection; nothing is written then.
    """
    by.demand("deal.release")
    with action("deal.released", by=by, about=about(deal)) as act:
        held = open_case(deal, by, None)
        if objections := refusals(held.case, GUARDS):
            raise Refused(*objections)
        assert held.approval is not None
        decision = record_decision(held.deal, held.version, held.decided, act)
        made = Release.objects.create(
            deal=held.deal,
            version=held.version,
            decision=decision,
            approval=held.approval,
            bound=held.decided.bound.as_data(),
            by_id=by.who,
            at=act.at,
        )
        entry = enter_deal(Held(held.deal), "released", act, reason=note)
        act.says(release=made.pk, approval=held.approval.pk, signed=held.decided.signed, bound=made.bound, register=entry.number, note=note)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def suspend(deal: int, *, by: Actor, reason: str) -> ReleaseEvent:
    """Suspend a release: nothing goes until it is resumed."""
    return _happen(deal, "suspended", "deal.suspended", "deal.suspend", by, reason)


def stop_deliveries(deal: int, *, by: Actor, reason: str) -> ReleaseEvent:
    """Stop deliveries under a release."""
    return _happen(deal, "stopped", "deal.stopped", "deal.stop", by, reason)


def resume(deal: int, *, by: Actor, reason: str) -> ReleaseEvent:
    """Resume a release that was suspended or stopped: by another person than the one who did so, and only where every guard is silent."""
    return _happen(deal, "resumed", "deal.resumed", "deal.resume", by, reason)


def withdraw_release(deal: int, *, by: Actor, reason: str) -> ReleaseEvent:
    """Withdraw a release for good; the register says so."""
    return _happen(deal, "withdrawn", "deal.release_withdrawn", "deal.withdraw", by, reason)


def _happen(deal: int, event: str, kind: str, verb: str, by: Actor, reason: str) -> ReleaseEvent:
    by.demand(verb)
    if given(reason) is None:
        raise refuse("deal.reason")
    with action(kind, by=by, about=about(deal)) as act:
        held = Held(deal_for(by, deal))
        if held.release is None:
            raise refuse("release.none", reference=held.deal.reference)
        if refusal := may_follow(held.state or "withdrawn", event):  # type: ignore[arg-type]
            raise Refused(refusal)
        if event == "resumed":
            _may_resume(held, by)
        made = ReleaseEvent.objects.create(
            release=held.release, kind=event, cause="by_hand", reason=reason, by_id=by.person, hands=sorted(by.hands), at=act.at
        )
        act.says(release=held.release.pk, event=made.pk, reason=reason)
        if event == "withdrawn":
            act.says(register=enter_withdrawal(held.release, act, reason=reason).number)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def _may_resume(held: Held, by: Actor) -> None:
    ended = max((place for place, event in enumerate(held.events, 1) if event.kind == "resumed"), default=0)
    if any(event.cause == "by_hand" and by.hands & set(event.hands) for event in held.events[ended:]):
        raise refuse("release.resume_same_hands")
    objections = refusals(held.case, STANDS)
    if objections or held.release is None or held.release.approval.signed != held.decided.signed:
        raise Refused(*objections) if objections else refuse("release.stale_approval")


def deliver(deal: int, *, by: Actor, day: date, version: str, units: Decimal, recipient: str) -> Delivery:
    """Record a delivery that draws on the release. Raises Refused where the release does not stand or does not cover it.

    INVARIANT: the record and the row say the same: what can be seen of version and recipient, whole.
    """
    by.demand("deal.deliver")
    version, recipient = visible(version), visible(recipient)
    with action("deal.delivered", by=by, about=about(deal)) as act:
        held = Held(deal_for(by, deal))
        if held.release is None or held.standing is None:
            raise refuse("release.none", reference=held.deal.reference)
        if held.standing.state == "withdrawn":
            raise refuse("delivery.withdrawn")
        if held.standing.state != "released":
            raise refuse("delivery.not_standing", state=held.standing.state)
        if held.standing.objections:
            raise Refused(*held.standing.objections)
        released = clock.local_day(held.release.at)
        if not released <= day <= clock.today():
            raise refuse("delivery.day", day=day.isoformat(), released=released.isoformat())
        if not _stood_on(held, day) or not _good_on(held, day):
            raise refuse("delivery.not_standing_then", day=day.isoformat())
        used = used_of(held)
        bound = Bound.from_data(held.release.bound)
        if objections := delivery_refusals(bound, version=version, units=units, recipient=recipient, used=used):
            raise Refused(*objections)
        for text, most in ((version, MOST_VERSION), (recipient, MOST_RECIPIENT)):
            if len(text) > most:
                raise refuse("delivery.too_long", value=text[:40], most=most)
        act.says(day=day.isoformat(), version=version, units=format(units, "f"), to=recipient)
        return Delivery.objects.create(
            release=held.release,
            deal=held.deal,
            day=day,
            version=version,
            units=units,
            recipient=recipient,
            by_id=by.person,
            at=act.at,
        )


def _stood_on(held: Held, day: date) -> bool:
    """Whether the release stood at any moment of a day, as its events have it."""
    assert held.release is not None
    state, since = state_after(()), clock.local_day(held.release.at)
    for event in held.events:
        until = clock.local_day(event.at)
        if state == "released" and since <= day <= until:
            return True
        state, since = BECOMES[event.kind], until  # type: ignore[index]
    return state == "released" and since <= day


def _good_on(held: Held, day: date) -> bool:
    """Whether on a day gone by the permits were in force and the checks fresh, although nobody looked and wrote a suspension down."""
    if day >= clock.today():
        return True
    then = decided(held.content, policy=held.decided.bound.policy, day=day)
    # as with events: it is enough that they were fresh at some moment of that day
    moments = (clock.end_of(day - timedelta(days=1)), clock.end_of(day))
    fresh = any(not held.checking.stale(held.content, moment) and not held.checking.unscreened(held.content, moment) for moment in moments)
    return then.today.outcome.releases and fresh


def review(deal: int) -> bool:
    """Look at a deal again because time has passed: what expired is decided and suspended. Whether anything changed; then a record says so."""
    if not _needs_review(Held(Deal.objects.get(pk=deal))):
        return False
    with suppress(_ReviewedAlready), action("deal.reviewed", by=SYSTEM, about=about(deal)) as act:
        held = Held(Deal.objects.get(pk=deal))
        if not _needs_review(held):  # another worker was here first
            raise _ReviewedAlready
        decision = record_decision(held.deal, held.version, held.decided, act)
        act.says(outcome=decision.outcome, today=held.decided.today.outcome.name, stale_checks=list(held.stale_checks))
        settle(held, act)
        return True
    return False


class _ReviewedAlready(Exception):
    """Nothing is left to write, so no record is."""


def _needs_review(held: Held) -> bool:
    """Whether time changed something that nobody has written down: a release that no longer stands, another outcome, a day gone by."""
    outcome = max(held.decided.decision.outcome, held.decided.today.outcome).name
    return (outcome, status_of(held), due_on(held)) != (held.deal.outcome, held.deal.status, held.deal.due)
