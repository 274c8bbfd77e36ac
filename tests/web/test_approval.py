"""The approval page: what is signed is what was shown; why somebody may not sign is said before they try."""

from __future__ import annotations

import pytest
from django.urls import reverse

from enduse.casework.deals.actions import evidence, files, stages
from enduse.casework.deals.models import Approval, Submission
from enduse.casework.people.actions.persons import grant
from enduse.casework.people.actions.settling import settle
from tests.web.conftest import Member
from tests.web.pages import do, forms, put_forward, stage, standing, taken_in

pytestmark = pytest.mark.django_db


def page(member: Member, deal: int) -> str:
    return str(member.client.get(stage(deal, "approval")).content.decode())


def test_one_puts_forward_and_another_approves_what_they_saw(anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    assert "deed-approve" not in page(boris, deal)
    assert do(anna.client, deal, "approval", "submit", note="all clear").status_code == 302
    shown = page(boris, deal)
    assert "all clear" in shown
    assert standing(deal).decided.signed in shown
    assert do(boris.client, deal, "approval", "approve").status_code == 302
    assert Approval.objects.get().signed == standing(deal).decided.signed
    assert "What stands now is approved" in page(boris, deal)
    assert "deed-approve" not in page(boris, deal)


def test_the_page_shows_everything_that_is_signed(anna: Member) -> None:
    deal = taken_in(anna, quantity={"units": "400", "of": "channels"}, end_use={"purpose": "passenger flow"})
    files.attach(
        deal, by=anna.actor, seen=None, stage="clauses", name="contract.pdf", digest="sha256:" + "a" * 64, size=10, media_type="application/pdf"
    )
    shown = page(anna, deal)
    for part in ("Slovo 1.10", "the version and its patches", "400 channels", "passenger flow", "contract.pdf", "Nairobi Care Line", "7/26"):
        assert part in shown, part


def test_an_edit_between_seeing_and_signing_is_told_and_nothing_is_signed(anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    put_forward(deal, anna)
    address = reverse("deal-approve", args=[deal])
    held = forms(boris.client.get(stage(deal, "approval")))[address]
    stages.depart(deal, by=anna.actor, seen=1, clause="5.2", text="other words", reason="their law")
    late = boris.client.post(address, {**held, "note": "looks well"})
    assert late.status_code == 409
    shown = late.content.decode()
    assert "Meanwhile Anna changed: departures under 1.4" in shown
    assert "looks well" in shown
    assert Approval.objects.count() == 0
    assert boris.client.post(address, forms(late)[address]).status_code == 422  # what stands now was not put forward


def test_a_file_or_a_house_rule_that_changed_makes_it_stale_too(anna: Member, boris: Member, root: Member) -> None:
    deal = taken_in(anna)
    put_forward(deal, anna)
    address = reverse("deal-approve", args=[deal])
    held = forms(boris.client.get(stage(deal, "approval")))[address]
    settle("minor_updates", "exact", by=root.actor, reason="weekly patches are reviewed")
    late = boris.client.post(address, held)
    assert late.status_code == 409
    assert "house rules" in late.content.decode()


def test_who_prepared_it_is_told_that_they_may_not_approve(root: Member, anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    put_forward(deal, anna)
    assert "You may not approve" not in page(boris, deal)
    grant(anna.person, by=root.actor, role="approver")
    shown = page(anna, deal)
    assert "You may not approve this deal" in shown
    assert "deed-approve" not in shown
    refused = anna.client.post(reverse("deal-approve", args=[deal]), {"signed": standing(deal).decided.signed, "seen": 1, "once": "x"})
    assert refused.status_code == 422
    assert Approval.objects.count() == 0


def test_a_deal_that_is_not_ready_says_why_and_cannot_be_put_forward(anna: Member) -> None:
    deal = taken_in(anna, checks=["wmd"])
    shown = page(anna, deal)
    assert "It cannot be put forward yet" in shown
    assert "deed-submit" not in shown
    assert do(anna.client, deal, "approval", "submit", signed=standing(deal).decided.signed, seen=1, once="x").status_code == 422


def test_a_no_takes_its_reason_and_what_changed_since_is_shown(anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    put_forward(deal, anna)
    assert do(boris.client, deal, "approval", "reject", note=" ").status_code == 422
    assert do(boris.client, deal, "approval", "reject", note="who is the payer?").status_code == 302
    assert standing(deal).deal.status == "rejected"
    assert "who is the payer?" in page(anna, deal)
    evidence.record_evidence(deal, by=anna.actor, seen=1, purpose="military", grade="alleged", source="trade press")
    shown = page(anna, deal)
    assert "Version 1 was signed, 2 stands now" in shown
    assert "trade press" in shown.split("What changed since the last signature", 1)[1].split("What exactly is signed", 1)[0]


def test_putting_forward_twice_is_done_once(anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-submit", args=[deal])
    held = forms(anna.client.get(stage(deal, "approval")))[address]
    assert [anna.client.post(address, held).status_code for _ in range(2)] == [302, 302]
    assert Submission.objects.count() == 1
