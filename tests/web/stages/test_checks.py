"""The checks on the pages of their stages: stated with a note, told as done, as no longer covering, or as not done."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import stages
from enduse.web.stages.checks import words_on
from tests.web.conftest import Member
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on, posts_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_check_stands_on_one_page() -> None:
    assert words_on("evidence") == ["wmd", "terrorism", "military", "other_harm"]
    assert [words_on(name) for name in ("permits", "indicators", "screening")] == [["notice"], ["risk_assessment"], ["screening"]]


def test_a_check_is_stated_with_a_note(anna: Member) -> None:
    deal = taken_in(anna, checks=["wmd"])
    address = stage(deal, "evidence")
    assert form_on(anna.client, address, "check-military").send(anna.client, address).status_code == 422
    form = form_on(anna.client, address, "check-military").fill(**{"check-military-note": "press and registers read"})
    assert form.send(anna.client, address).status_code == 302
    assert standing(deal).content["checks"] == ["wmd", "military"]
    text = anna.client.get(address).content.decode()
    assert "Anna" in text
    assert "press and registers read" in text


def test_a_check_that_no_longer_covers_the_deal_is_made_again(anna: Member) -> None:
    deal = taken_in(anna)
    stages.intake(deal, by=anna.actor, seen=1, changes={"end_use": {"purpose": "another one"}})
    address = stage(deal, "evidence")
    form = form_on(anna.client, address, "check-wmd").fill(**{"check-wmd-note": "looked at again"})
    assert form.send(anna.client, address).status_code == 302
    assert "wmd" in standing(deal).content["checks"]
    assert "check-wmd" not in posts_of(anna.client.get(address))  # type: ignore[arg-type]


def test_screening_is_not_stated_but_follows(anna: Member) -> None:
    deal = taken_in(anna, checks=["wmd"])
    page = anna.client.get(stage(deal, "screening"))
    assert "check-screening" not in posts_of(page)  # type: ignore[arg-type]
    assert "once every party was screened" in page.content.decode()
