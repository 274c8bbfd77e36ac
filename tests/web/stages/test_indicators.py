"""The indicators: all 22 with their words, under tabs; several answered in one action; nothing adverse taken back."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import stages
from enduse.casework.deals.deciding import edition
from enduse.casework.ledger.models import Record
from tests.web.conftest import Member, signed_in
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on, posts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def deal(anna: Member) -> int:
    answers = {str(number): "absent" for number in range(1, 23)}
    return taken_in(anna, indicators={**answers, "3": "unknown", "9": "present", "10": {"state": "explained", "reason": "their form", "by": "boris"}})


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_indicator_stands_with_its_title_question_and_guidance(deal: int, anna: Member, language: str) -> None:
    page = signed_in(anna.email, language).get(stage(deal, "indicators") + "?show=all").content.decode()
    for indicator in edition().indicators.values():
        assert f'id="indicator-{indicator.key}"' in page
        for words in (indicator.title, indicator.question, indicator.guidance):
            assert words.of(language).split('"')[0].split("'")[0] in page


@pytest.mark.parametrize(
    ("tab", "numbers"),
    [("open", {"3", "9"}), ("found", {"9", "10"}), ("idle", {"12", "15", "18", "19", "20", "21", "22"}), ("", {"3", "9"})],
)
def test_a_tab_shows_what_stands_under_it(deal: int, anna: Member, tab: str, numbers: set[str]) -> None:
    page = anna.client.get(stage(deal, "indicators") + (f"?show={tab}" if tab else ""))
    form = posts_of(page)["answers"]  # type: ignore[arg-type]
    assert set(dict(form.fields)["answers-shown"].split(",")) == numbers


def test_several_answers_are_one_action_under_the_name_of_who_gave_them(deal: int, anna: Member) -> None:
    address, before = stage(deal, "indicators"), Record.objects.count()
    filled = {"answers-state-3": "absent", "answers-state-9": "explained", "answers-reason-9": "boxes are the norm there"}
    assert form_on(anna.client, address, "answers").fill(**filled).send(anna.client, address).status_code == 302
    held = standing(deal).content["indicators"]
    assert held["3"] == "absent"
    assert held["9"] == {"state": "explained", "reason": "boxes are the norm there", "by": anna.actor.signature}
    assert held["10"]["by"] == "boris"
    assert Record.objects.count() == before + 1
    record = Record.objects.order_by("index").last()
    assert record is not None
    assert (record.kind, record.about) == ("deal.indicated", f"deal:{deal}")


def test_an_explanation_takes_its_reason(deal: int, anna: Member) -> None:
    address = stage(deal, "indicators")
    response = form_on(anna.client, address, "answers").fill(**{"answers-state-9": "explained"}).send(anna.client, address)
    assert response.status_code == 422
    assert "an explanation needs its reason" in response.content.decode()


def test_what_was_found_is_not_taken_back(deal: int, anna: Member) -> None:
    address = stage(deal, "indicators")
    response = form_on(anna.client, address, "answers").fill(**{"answers-state-9": "absent"}).send(anna.client, address)
    assert response.status_code == 422
    assert "cannot be taken back" in response.content.decode()
    assert standing(deal).content["indicators"]["9"] == "present"


def test_what_was_typed_stays_although_somebody_answered_meanwhile(deal: int, anna: Member) -> None:
    address = stage(deal, "indicators")
    form = form_on(anna.client, address, "answers").fill(**{"answers-state-9": "explained", "answers-reason-9": "the norm"})
    stages.indicate(deal, by=anna.actor, seen=1, number="3", state="absent")
    response = form.send(anna.client, address)
    assert response.status_code == 409
    again = posts_of(response)["answers"]
    assert dict(again.fields)["answers-reason-9"] == "the norm"
    assert again.send(anna.client, address).status_code == 302
    held = standing(deal).content["indicators"]
    assert (held["3"], held["9"]["state"]) == ("absent", "explained")


def test_the_page_says_why_an_indicator_does_not_apply(deal: int, anna: Member) -> None:
    assert "Not applicable: No equipment goes along." in anna.client.get(stage(deal, "indicators") + "?show=idle").content.decode()
