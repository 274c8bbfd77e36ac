"""The release page: what stands against it, what it binds, deliveries, and what becomes of it; and the page that watches it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from enduse.casework.deals.models import Delivery, Release
from enduse.web.release import plain
from tests.web.conftest import Member
from tests.web.pages import approved, do, forms, released, stage, standing, taken_in

pytestmark = pytest.mark.django_db


def page(member: Member, deal: int, name: str = "release") -> str:
    return str(member.client.get(stage(deal, name)).content.decode())


def test_objections_are_told_and_no_button_is_offered(anna: Member) -> None:
    deal = taken_in(anna)
    shown = page(anna, deal)
    assert "It cannot be released yet" in shown
    assert "deed-release" not in shown
    assert do(anna.client, deal, "release", "release", once="x").status_code == 422
    assert Release.objects.count() == 0


def test_an_approved_deal_is_released_and_its_register_entry_made(anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    approved(deal, anna, boris)
    assert "Nothing stands against it" in page(anna, deal)
    assert do(anna.client, deal, "release", "release", note="first lot").status_code == 302
    shown = page(anna, deal)
    assert "The release stands" in shown
    assert "3.2 also covers 3.2.1" in shown
    assert standing(deal).deal.entries.count() == 1


def test_deliveries_draw_on_it_and_a_double_click_draws_once(anna: Member, boris: Member) -> None:
    deal = released(anna, boris, quantity={"units": "10", "of": "licences"})
    address = reverse("deal-deliver", args=[deal])
    held = {**forms(anna.client.get(stage(deal, "release")))[address], "units": "4", "recipient": "Nairobi Care Line"}
    assert [anna.client.post(address, held).status_code for _ in range(2)] == [302, 302]
    assert Delivery.objects.get().units == 4
    assert "Released: 10 licences; delivered 4, left 6" in page(anna, deal)
    too_many = do(anna.client, deal, "release", "deliver", units="7", recipient="Nairobi Care Line")
    assert too_many.status_code == 422
    assert do(anna.client, deal, "release", "deliver", units="1", recipient="Somebody Else").status_code == 422
    assert do(anna.client, deal, "release", "deliver", units="NaN", recipient="Nairobi Care Line").status_code == 422
    assert "Nairobi Care Line" in page(anna, deal, "monitoring")


def test_it_is_suspended_resumed_by_another_and_withdrawn_each_with_its_reason(anna: Member, boris: Member) -> None:
    deal = released(anna, boris)
    assert do(anna.client, deal, "release", "suspend", reason="the buyer was sold").status_code == 302
    shown = page(anna, deal)
    assert "the buyer was sold" in shown
    assert "deed-deliver" not in shown
    assert do(anna.client, deal, "release", "resume", reason="all well").status_code == 422
    assert do(boris.client, deal, "release", "resume", reason="looked into").status_code == 302
    assert do(boris.client, deal, "release", "stop", reason="a strike").status_code == 302
    assert do(boris.client, deal, "release", "withdraw", reason="for good").status_code == 302
    assert standing(deal).deal.status == "withdrawn"
    assert "The release is withdrawn" in page(anna, deal)


def test_watching_says_when_time_will_change_something(anna: Member, boris: Member) -> None:
    assert "not released yet" in page(anna, taken_in(anna, reference="D-2"), "monitoring")
    shown = page(anna, released(anna, boris), "monitoring")
    assert "the deal is reviewed by itself" in shown


def test_quantities_are_told_plainly() -> None:
    assert [plain(Decimal(units)) for units in ("100", "1.5000", "0", "400.0")] == ["100", "1.5", "0", "400"]
