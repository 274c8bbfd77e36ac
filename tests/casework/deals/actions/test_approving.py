"""Putting forward, approving, rejecting, holding: what is signed is what was seen, and nothing else. (Hands: `test_hands.py`.)"""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import approving, filing, releasing, stages
from enduse.casework.deals.models import Approval, Decision, Submission
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import Refused, Stale
from tests.casework.cast import held, imported
from tests.casework.deals.stories import approve, later, ready, sign, submit
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def test_what_is_signed_is_what_stands(cast: Cast) -> None:
    deal = ready(cast)
    (asked,), (word,) = Submission.objects.all(), Approval.objects.all()
    assert asked.signed == word.signed == deal.decided.signed
    assert (asked.by_id, word.by_id, word.hands, word.word) == (cast["anna"].person, cast["boris"].person, [cast["boris"].person], "approved")
    assert word.decision == Decision.objects.latest("pk")
    assert (word.version, deal.deal.status) == (deal.version, "approved")


def test_what_was_not_seen_is_not_signed(cast: Cast) -> None:
    deal = imported(cast["anna"])
    before = dump()
    for seen in ("", "sha256:" + "0" * 64, deal.decided.decision.fingerprint):
        with pytest.raises(Stale, match=r"approval\.stale"):
            approving.submit(deal.deal.pk, by=cast["anna"], seen=seen)
        with pytest.raises(Stale):
            approving.approve(deal.deal.pk, by=cast["boris"], seen=seen)
        with pytest.raises(Stale):
            approving.reject(deal.deal.pk, by=cast["boris"], seen=seen, note="no")
    assert changed(before, dump()) == []


def test_any_edit_makes_an_approval_stale_and_taking_it_back_makes_it_stand_again(cast: Cast) -> None:
    deal = ready(cast)
    title, signed = deal.content["title"], deal.decided.signed
    stages.intake(deal.deal.pk, by=cast["anna"], seen=1, changes={"title": "another"})
    assert [one.code for one in held(deal.deal.pk).objections] == ["release.stale_submission", "release.stale_approval"]
    stages.intake(deal.deal.pk, by=cast["anna"], seen=2, changes={"title": title})
    assert held(deal.deal.pk).decided.signed == signed
    assert held(deal.deal.pk).objections == ()


def test_a_day_on_which_nothing_changes_leaves_what_is_signed(cast: Cast) -> None:
    deal = ready(cast)
    with later(days=30):
        assert held(deal.deal.pk).decided.signed == deal.decided.signed
        assert releasing.release(deal.deal.pk, by=cast["anna"]).pk


def test_what_is_open_is_neither_put_forward_nor_approved(cast: Cast) -> None:
    deal = imported(cast["anna"], contract={"clauses": "unknown"})
    seen = deal.decided.signed
    with pytest.raises(Refused, match=r"release\.outcome, release\.outcome_today"):
        approving.submit(deal.deal.pk, by=cast["anna"], seen=seen)
    with pytest.raises(Refused, match=r"release\.outcome.*release\.not_submitted"):
        approving.approve(deal.deal.pk, by=cast["boris"], seen=seen)
    with pytest.raises(Refused, match=r"release\.not_submitted"):
        approving.reject(deal.deal.pk, by=cast["boris"], seen=seen, note="no")


def test_a_rejection_counts_until_the_deal_is_put_forward_again(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal)
    with later(hours=1):
        approving.reject(deal, by=cast["boris"], seen=held(deal).decided.signed, note="not yet")
        assert held(deal).deal.status == "rejected"
    with later(hours=2):
        submit(cast, deal)
        assert held(deal).deal.status == "submitted"
        approve(cast, deal)
        assert releasing.release(deal, by=cast["anna"]).pk


def test_a_rejection_takes_a_reason(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal)
    with pytest.raises(Refused, match=r"deal\.reason"):
        approving.reject(deal, by=cast["boris"], seen=held(deal).decided.signed, note=" ")


def test_an_approver_may_change_their_mind_until_it_is_released(cast: Cast) -> None:
    deal = ready(cast).deal.pk
    with later(hours=1):
        approving.reject(deal, by=cast["boris"], seen=held(deal).decided.signed, note="on second thoughts")
    for name in ("boris", "petr"):  # neither their own no nor another's is overruled: it is put forward again
        with later(hours=2), pytest.raises(Refused, match=r"release\.rejected"):
            approve(cast, deal, name)
    with later(hours=3):
        sign(cast, deal)
        assert releasing.release(deal, by=cast["anna"]).approval == Approval.objects.latest("pk")


def test_a_hold_says_why_and_what_ends_it(cast: Cast) -> None:
    deal = ready(cast).deal.pk
    for reason, ends in (("", "x"), ("x", " ")):
        with pytest.raises(Refused, match=r"hold\.unreasoned"):
            approving.hold(deal, by=cast["anna"], reason=reason, ends_when=ends)
    one = approving.hold(deal, by=cast["anna"], reason="a rumour", ends_when="it is cleared up").pk
    other = approving.hold(deal, by=cast["oleg"], reason="another", ends_when="it ends").pk
    with pytest.raises(Refused, match=r"hold\.no_evidence"):
        approving.lift_hold(deal, by=cast["boris"], hold=one, evidence=" ")
    approving.lift_hold(deal, by=cast["boris"], hold=one, evidence="a letter")
    assert [hold.pk for hold in held(deal).holds] == [other]
    for gone in (one, 10_000):
        with pytest.raises(Refused, match=r"hold\.absent"):
            approving.lift_hold(deal, by=cast["boris"], hold=gone, evidence="a letter")
    approving.lift_hold(deal, by=cast["boris"], hold=other, evidence="a letter")
    assert releasing.release(deal, by=cast["anna"]).pk


def test_a_hold_of_another_deal_is_not_lifted_here(cast: Cast) -> None:
    here, there = imported(cast["anna"]).deal.pk, imported(cast["anna"], reference="D-2").deal.pk
    hold = approving.hold(there, by=cast["anna"], reason="a rumour", ends_when="it ends").pk
    with pytest.raises(Refused, match=r"hold\.absent"):
        approving.lift_hold(here, by=cast["boris"], hold=hold, evidence="a letter")


def test_nothing_is_done_with_a_deal_that_is_closed(cast: Cast) -> None:
    deal = imported(cast["anna"])
    filing.abandon(deal.deal.pk, by=cast["anna"], seen=1, reason="over")
    seen = deal.decided.signed
    for do in (
        lambda: approving.submit(deal.deal.pk, by=cast["anna"], seen=seen),
        lambda: approving.approve(deal.deal.pk, by=cast["boris"], seen=seen),
        lambda: approving.reject(deal.deal.pk, by=cast["boris"], seen=seen, note="no"),
        lambda: approving.hold(deal.deal.pk, by=cast["anna"], reason="r", ends_when="e"),
    ):
        with pytest.raises(Refused, match=r"deal\.closed"):
            do()
