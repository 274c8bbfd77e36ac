"""Putting a deal forward, approving or rejecting it, holding it and lifting a hold."""

from __future__ import annotations

from enduse.casework.deals.keeping import Kept, about, keep, open_case, reasoned, record_decision, settle
from enduse.casework.deals.models import Approval, Deal, Hold, HoldLift, Submission
from enduse.casework.deals.queries import Held
from enduse.casework.door import Act, action
from enduse.casework.people.actor import Actor
from enduse.domain.approval import same_hands
from enduse.domain.deal import given
from enduse.domain.refusals import Refusal, Refused, Stale, refuse
from enduse.domain.release import READY, is_new, is_submitted, refusals


def vouch(deal: int, *, by: Actor, seen: int, note: str) -> Kept:
    """Stand for what a file answered of stages that its bringer had no power over. It takes the power of each of them."""
    by.demand("deal.vouch")
    said = {"note": reasoned(note)}
    with action("deal.vouched", by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        if not held.unvouched:
            raise refuse("deal.nothing_unvouched", reference=held.deal.reference)
        for verb in held.unvouched:
            by.demand(verb)
        return keep(held.deal, held.content, act, before=held.content, says=said)


def submit(deal: int, *, by: Actor, seen: str, note: str = "") -> Submission:
    """Put a deal forward for approval: the first of the two signatures. `seen` is the fingerprint that the officer saw."""
    by.demand("deal.submit")
    with action("deal.submitted", by=by, about=about(deal)) as act:
        held = _as_seen(deal, by, seen)
        if objections := refusals(held.case, (*READY, is_new)):
            raise Refused(*objections)
        made = Submission.objects.create(
            deal=held.deal, version=held.version, signed=seen, note=note, by_id=by.who, hands=sorted(by.hands), at=act.at
        )
        act.says(signed=seen, version=held.version.number)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def approve(deal: int, *, by: Actor, seen: str, note: str = "") -> Approval:
    """Sign the decision that the approver saw. Raises Stale where another stands, Refused where anything is open or the hands are the same."""
    by.demand("deal.approve")
    with action("deal.approved", by=by, about=about(deal)) as act:
        held = _as_seen(deal, by, seen)
        objections = list(refusals(held.case, (*READY, is_submitted, is_new)))
        if held.case.rejected:  # another approver's no, or one's own, is not overruled but put forward again
            objections.append(Refusal("release.rejected"))
        if same := same_hands(by.hands, by.names, held.preparers, held.case.recorders):
            objections.append(same)
        if objections:
            raise Refused(*objections)
        made = _word(held, "approved", seen, note, act)
        act.says(signed=seen, version=held.version.number, decision=made.decision_id, approval=made.pk)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def reject(deal: int, *, by: Actor, seen: str, note: str) -> Approval:
    """Say no to what was put forward, with the reason. It counts until the deal is put forward again."""
    by.demand("deal.reject")
    if given(note) is None:
        raise refuse("deal.reason")
    with action("deal.rejected", by=by, about=about(deal)) as act:
        held = _as_seen(deal, by, seen)
        if objections := refusals(held.case, (is_submitted,)):
            raise Refused(*objections)
        made = _word(held, "rejected", seen, note, act)
        act.says(signed=seen, version=held.version.number, approval=made.pk, note=note)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def hold(deal: int, *, by: Actor, reason: str, ends_when: str) -> Hold:
    """Stop a deal by hand, and say what ends the stop. A release is suspended at once."""
    by.demand("deal.hold")
    if given(reason) is None or given(ends_when) is None:
        raise refuse("hold.unreasoned")
    with action("deal.held", by=by, about=about(deal)) as act:
        held = open_case(deal, by, None)
        made = Hold.objects.create(deal=held.deal, reason=reason, ends_when=ends_when, by_id=by.person, hands=sorted(by.hands), at=act.at)
        act.says(hold=made.pk, reason=reason, ends_when=ends_when)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def lift_hold(deal: int, *, by: Actor, hold: int, evidence: str) -> HoldLift:
    """End a hold: by another person than the one who set it, with evidence that what ends it has come about."""
    by.demand("deal.lift_hold")
    if given(evidence) is None:
        raise refuse("hold.no_evidence")
    with action("deal.hold_lifted", by=by, about=about(deal)) as act:
        held = open_case(deal, by, None)
        found = next((row for row in held.holds if row.pk == hold), None)
        if found is None:
            raise refuse("hold.absent", hold=hold)
        if by.hands & set(found.hands):
            raise refuse("hold.same_hands", hold=hold)
        made = HoldLift.objects.create(hold=found, evidence=evidence, by_id=by.person, at=act.at)
        act.says(hold=hold, evidence=evidence)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def _as_seen(deal: int, by: Actor, seen: str) -> Held:
    """The deal as it stands, where that is what the actor saw. Raises Stale otherwise."""
    held = open_case(deal, by, None)
    if held.decided.signed != seen:
        raise Stale(Refusal("approval.stale", {"reference": held.deal.reference}))
    return held


def _word(held: Held, word: str, seen: str, note: str, act: Act) -> Approval:
    """An approver's word, with the decision it signs: kept anew where the last one kept is of another day or edition."""
    last = held.deal.decisions.order_by("-pk").first()
    if last is None or last.signed != seen:
        last = record_decision(held.deal, held.version, held.decided, act)
    return Approval.objects.create(
        deal=held.deal,
        version=held.version,
        decision=last,
        signed=seen,
        word=word,
        note=note,
        by_id=act.by.who,
        account=act.by.account,
        hands=sorted(act.by.hands),
        at=act.at,
    )
