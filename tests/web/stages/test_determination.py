"""Is it an export: the edition's question, what follows from each answer, and the answer recorded with what it rests on."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import files
from tests.web.conftest import Member, signed_in
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_page_says_what_follows_from_each_answer(anna: Member) -> None:
    address = stage(taken_in(anna), "determination")
    text = anna.client.get(address).content.decode()
    assert "Can the recipient modify the solution in any way" in text
    assert "Not an export" in text
    assert "What counts is not the name" in text
    russian = signed_in(anna.email, "ru").get(address).content.decode()
    assert "Может ли получатель каким-либо способом изменить решение" in russian


def test_a_form_that_hands_the_power_over_says_so(anna: Member) -> None:
    deal = taken_in(anna, delivery={"form": "weights", "recipient_can_modify": "no"})
    assert "itself hands over the power" in anna.client.get(stage(deal, "determination")).content.decode()


def test_the_answer_takes_what_it_rests_on(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "determination")
    form = form_on(anna.client, address, "determine").fill(determine__recipient_can_modify="no")
    assert form.send(anna.client, address).status_code == 422
    assert form.fill(determine__note="hosted by us, no fine-tuning").send(anna.client, address).status_code == 302
    assert standing(deal).content["delivery"]["recipient_can_modify"] == "no"
    assert standing(deal).content["solution"]["hardware"] == "no"
    assert standing(deal).decided.decision.outcome.name == "not_export"


def test_sales_does_not_determine(anna: Member, ivan: Member) -> None:
    deal = taken_in(anna)
    files.hand_over(deal, by=anna.actor, to=ivan.person)
    assert ivan.client.get(stage(deal, "determination")).status_code == 200
    assert ivan.client.post(stage(deal, "determination"), {}).status_code == 403
