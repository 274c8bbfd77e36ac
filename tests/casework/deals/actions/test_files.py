"""Files, comments, handing over."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import files, filing
from enduse.casework.deals.models import Attachment, Comment, HandOver
from enduse.casework.deals.queries import visible
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import NotAllowed, Refused, Stale
from tests.casework.busy import FILE
from tests.casework.cast import actor, held, imported

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def test_a_file_is_part_of_what_is_signed(cast: Cast) -> None:
    deal = imported(cast["anna"])
    seen = deal.decided.signed
    files.attach(deal.deal.pk, by=cast["anna"], seen=1, stage="evidence", **FILE)  # type: ignore[arg-type]
    after = held(deal.deal.pk).decided.signed
    assert after != seen
    files.attach(deal.deal.pk, by=cast["anna"], seen=1, stage="evidence", **FILE)  # type: ignore[arg-type]
    assert held(deal.deal.pk).decided.signed != after
    made = Attachment.objects.latest("pk")
    assert (made.hands, made.by_id, made.name) == ([cast["anna"].person], cast["anna"].person, "a.pdf")


def test_a_file_is_not_added_to_what_nobody_saw_or_what_is_closed(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    with pytest.raises(Stale):
        files.attach(deal, by=cast["anna"], seen=2, stage="evidence", **FILE)  # type: ignore[arg-type]
    filing.abandon(deal, by=cast["anna"], seen=1, reason="over")
    with pytest.raises(Refused, match=r"deal\.closed"):
        files.attach(deal, by=cast["anna"], seen=1, stage="evidence", **FILE)  # type: ignore[arg-type]


def test_a_comment_changes_nothing_that_is_signed(cast: Cast) -> None:
    deal = imported(cast["anna"])
    seen, updated = deal.decided.signed, deal.deal.updated_at
    files.comment(deal.deal.pk, by=cast["boris"], text="<b>Ask</b> again.")
    assert held(deal.deal.pk).decided.signed == seen
    assert held(deal.deal.pk).deal.updated_at == updated
    assert Comment.objects.get().text == "<b>Ask</b> again."
    with pytest.raises(Refused, match=r"deal\.reason"):
        files.comment(deal.deal.pk, by=cast["boris"], text="\n ")
    with pytest.raises(NotAllowed, match=r"deal\.absent"):
        files.comment(deal.deal.pk, by=cast["gleb"], text="let me in")


def test_whoever_is_handed_a_deal_sees_it_and_has_it(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert not visible(cast["elena"]).exists()
    files.hand_over(deal, by=cast["anna"], to=cast["elena"].who, stage="identification")
    assert visible(actor("elena")).get().handler_id == cast["anna"].person
    files.hand_over(deal, by=cast["anna"], to=cast["lev"].who, note="yours")
    assert held(deal).deal.handler_id == cast["lev"].person
    assert HandOver.objects.count() == 2


def test_nobody_is_handed_a_deal_who_is_not_here(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    persons.leave(cast["lev"].who, by=cast["root"])
    for to in (cast["lev"].who, 10_000):
        with pytest.raises(Refused, match=r"people\.nobody"):
            files.hand_over(deal, by=cast["anna"], to=to)
