"""Notices and permits: recorded, withdrawn, followed by what became of them; whether each counts is told with its reasons."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from enduse.casework import clock
from tests.builders import PERMIT
from tests.web.conftest import Member
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on

pytestmark = pytest.mark.django_db(transaction=True)

CONCERN = {"id": "e1", "purpose": "military", "grade": "concern", "source": "registry", "recorded_by": "anna"}


def test_a_notice_is_recorded_and_withdrawn_but_stays(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "permits")
    filled = {"notice-written": "yes", "notice-number": "240/1-77", "notice-date": "2026-10-20"}
    assert form_on(anna.client, address, "notice").fill(**filled).send(anna.client, address).status_code == 302
    assert standing(deal).decided.decision.facts["notice"] == "written"
    withdrawn = {"notice-0-number": "240/1-99", "notice-0-date": "2026-10-25"}
    assert form_on(anna.client, address, "notice-0").fill(**withdrawn).send(anna.client, address).status_code == 302
    notice = standing(deal).content["notices"][0]
    assert notice == {"from": "fstec", **{key[7:]: value for key, value in filled.items()}, "withdrawn": {"number": "240/1-99", "date": "2026-10-25"}}
    assert "withdrawn: No 240/1-99 of 25 October 2026" in anna.client.get(address).content.decode()


def test_a_permit_is_recorded_whole(anna: Member) -> None:
    deal = taken_in(anna, evidence=[CONCERN], date="2026-11-02")
    address = stage(deal, "permits") + "?permit=new"
    filled: dict[str, Any] = {
        "permit-status": "granted",
        "permit-number": "0412",
        "permit-valid_from": "2026-10-25",
        "permit-valid_until": "2027-10-24",
        "permit-parties": ["Lakeside Telecom", "Nairobi Care Line"],
        "permit-conditions-0-text": "yearly report",
        "permit-conditions-0-met": "yes",
    }
    form = form_on(anna.client, address, "permit")
    assert ("permit-covers", "military") in form.fields
    assert form.fill(**filled).send(anna.client, address).status_code == 302
    held = standing(deal)
    assert held.content["permits"] == [
        {
            "status": "granted",
            "authority": "commission",
            "number": "0412",
            "valid_from": "2026-10-25",
            "valid_until": "2027-10-24",
            "solution": "Slovo",
            "version": "1.10",
            "parties": ["Lakeside Telecom", "Nairobi Care Line"],
            "covers": ["military"],
            "conditions": [{"text": "yearly report", "met": "yes"}],
        }
    ]
    assert held.decided.decision.facts["permit"] == "valid"
    assert "counts for this deal" in anna.client.get(stage(deal, "permits")).content.decode()


def test_a_permit_that_does_not_count_says_why(anna: Member) -> None:
    permit = {**PERMIT, "version": "1.9", "parties": ["Lakeside Telecom"], "covers": []}
    deal = taken_in(anna, evidence=[CONCERN], permit=permit, date="2026-11-02")
    text = anna.client.get(stage(deal, "permits")).content.decode()
    assert "does not name Nairobi Care Line" in text
    assert "for version 1.9, the deal has 1.10" in text
    assert "does not cover: military use" in text


def test_what_became_of_a_permit_is_recorded_and_the_adverse_stays(anna: Member) -> None:
    deal = taken_in(anna, permit={**PERMIT, "status": "pending"}, date="2026-11-02")
    address = stage(deal, "permits") + "?permit=0"
    form = form_on(anna.client, address, "permit").fill(permit__status="denied", permit__valid_until="")
    assert form.send(anna.client, address).status_code == 302
    assert "valid_until" not in standing(deal).content["permits"][0]
    again = form_on(anna.client, address, "permit").fill(permit__status="granted")
    response = again.send(anna.client, address)
    assert response.status_code == 422
    assert standing(deal).content["permits"][0]["status"] == "denied"


def test_an_end_before_the_beginning_is_told_at_the_form(anna: Member) -> None:
    deal = taken_in(anna, permit=PERMIT, date="2026-11-02")
    address = stage(deal, "permits") + "?permit=0"
    response = form_on(anna.client, address, "permit").fill(permit__valid_until="2026-01-01").send(anna.client, address)
    assert response.status_code == 422
    assert "2026-01-01" in response.content.decode()


def test_a_permit_that_is_not_there_is_not_found(anna: Member) -> None:
    assert anna.client.get(stage(taken_in(anna), "permits") + "?permit=7").status_code == 404


def test_a_permit_that_has_ended_since_the_deals_day_is_told_so(anna: Member) -> None:
    deal = taken_in(anna, evidence=[CONCERN], permit={**PERMIT, "valid_until": "2026-11-05"}, date="2026-11-02")
    with clock.at(datetime(2026, 11, 20, 9, tzinfo=UTC)):
        shown = anna.client.get(stage(deal, "permits")).content.decode()
    assert "As of today" in shown
    assert "counts for this deal" not in shown
