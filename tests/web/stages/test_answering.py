"""A page with forms: what was sent is done, or comes back with what is wrong; who may not is refused; nothing is overwritten unseen."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import files, filing, stages
from enduse.casework.ledger.models import Record
from tests.web.conftest import Member
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on, posts_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_done_is_told_with_what_it_made_of_the_decision(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "determination")
    form = form_on(anna.client, address, "determine").fill(determine__recipient_can_modify="no", determine__note="hosted by us")
    response = anna.client.post(address, form.data(), follow=True)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Saved." in text
    assert "The decision changed: May proceed → Not an export" in text


def test_one_record_for_one_form(anna: Member) -> None:
    deal = taken_in(anna)
    before = Record.objects.count()
    address = stage(deal, "clauses")
    form_on(anna.client, address, "settle").fill(settle__state="rejected").send(anna.client, address)
    assert Record.objects.count() == before + 1
    assert standing(deal).content["contract"]["clauses"] == "rejected"


def test_a_form_that_is_not_in_order_comes_back_with_what_was_typed(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "clauses")
    response = form_on(anna.client, address, "settle").fill(settle__state="excused").send(anna.client, address)
    assert response.status_code == 422
    assert "Write it" in response.content.decode()
    assert dict(posts_of(response)["settle"].fields)["settle-state"] == "excused"
    assert standing(deal).version.number == 1


def test_somebody_who_was_faster_is_told_of_and_nothing_is_lost(anna: Member) -> None:
    deal = taken_in(anna)
    address = f"{stage(deal, 'intake')}?step=terms"
    form = form_on(anna.client, address, "intake").fill(intake__units="12", intake__of="licences")
    stages.intake(deal, by=anna.actor, seen=1, changes={"quantity": {"units": "5"}, "title": "Another"})
    response = form.send(anna.client, address)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Anna changed: title, checks, quantity" in text
    again = posts_of(response)["intake"]
    assert dict(again.fields)["intake-units"] == "12"
    assert again.send(anna.client, address).status_code == 302
    content = standing(deal).content
    assert content["quantity"] == {"units": "12", "of": "licences"}
    assert content["title"] == "Another"


def test_what_a_reader_did_not_touch_is_not_put_back_after_somebody_else_changed_it(anna: Member) -> None:
    deal = taken_in(anna)
    address = f"{stage(deal, 'intake')}?step=day"
    form = form_on(anna.client, address, "intake").fill(intake__exporter_name="Our house")
    stages.intake(deal, by=anna.actor, seen=1, changes={"title": "Another"})
    again = posts_of(form.send(anna.client, address))["intake"]
    assert again.send(anna.client, address).status_code == 302
    content = standing(deal).content
    assert (content["title"], content["exporter"]) == ("Another", {"name": "Our house"})


def test_who_may_only_read_sees_no_form_and_is_refused(anna: Member, vera: Member) -> None:
    deal = taken_in(anna)
    for name in ("intake", "determination", "identification", "screening", "indicators", "evidence", "permits", "clauses"):
        page = vera.client.get(stage(deal, name))
        assert page.status_code == 200
        assert posts_of(page) == {}  # type: ignore[arg-type]
        assert vera.client.post(stage(deal, name), {"form": "x"}).status_code == 403


def test_a_form_that_takes_another_role_than_the_page_is_refused(anna: Member, ivan: Member) -> None:
    deal = filing.import_deal({**standing(taken_in(anna)).content, "reference": "D-IVAN"}, by=anna.actor).deal.pk
    files.hand_over(deal, by=anna.actor, to=ivan.person)
    page = ivan.client.get(stage(deal, "clauses"))
    assert set(posts_of(page)) == {"documents"}  # type: ignore[arg-type]
    assert ivan.client.post(stage(deal, "clauses"), {"form": "settle", "settle-state": "agreed", "settle-seen": "1"}).status_code == 403


def test_a_closed_deal_offers_no_forms_and_says_why_to_those_who_send_one(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "clauses")
    form = form_on(anna.client, address, "settle").fill(settle__state="rejected")
    filing.abandon(deal, by=anna.actor, seen=1, reason="no more interest")
    assert posts_of(anna.client.get(address)) == {}  # type: ignore[arg-type]
    response = form.send(anna.client, address)
    assert response.status_code == 422
    assert "has ended" in response.content.decode()


def test_an_unknown_form_is_refused(anna: Member) -> None:
    assert anna.client.post(stage(taken_in(anna), "clauses"), {"form": "nonsense"}).status_code == 422


@pytest.mark.parametrize("name", ["intake", "determination", "identification", "screening", "indicators", "evidence", "permits", "clauses"])
def test_a_form_without_anything_in_it_is_told_of(anna: Member, name: str) -> None:
    response = anna.client.post(stage(taken_in(anna), name), {})
    assert response.status_code == 422
    assert "arrived distorted" in response.content.decode()
