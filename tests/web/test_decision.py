"""The decision page: reasons in full, choices, departures, holds, refusal, and every decision of before."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import stages
from enduse.casework.parties.models import Party
from enduse.casework.parties.records import change_party
from enduse.web.decision import DEEDS
from enduse.words import TABLE
from tests.web.conftest import Member
from tests.web.pages import do, stage, standing, taken_in

pytestmark = pytest.mark.django_db


def page(member: Member, deal: int) -> str:
    return str(member.client.get(stage(deal, "decision")).content.decode())


def test_a_risk_leads_to_a_choice_and_there_is_no_third(anna: Member) -> None:
    deal = taken_in(anna)
    assert do(anna.client, deal, "decision", "risk", reason="three front companies").status_code == 302
    assert standing(deal).deal.outcome == "hold"
    assert do(anna.client, deal, "decision", "choose", choice="later", reason="x").status_code == 422
    assert do(anna.client, deal, "decision", "choose", choice="refuse", reason="the risk is too large").status_code == 302
    assert "the risk is too large" in page(anna, deal)
    assert standing(deal).deal.outcome == "refuse"


def test_a_departure_is_signed_and_shown_and_changes_no_outcome(anna: Member) -> None:
    deal = taken_in(anna)
    assert do(anna.client, deal, "decision", "depart", clause="5.2", text="their own words", reason="their law").status_code == 302
    assert "Departure from 5.2" in page(anna, deal)
    assert standing(deal).deal.outcome == "proceed"


def test_a_hold_names_what_ends_it_and_another_person_lifts_it(anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    do(anna.client, deal, "decision", "hold", reason="a rumour", ends_when="it is looked into")
    assert "it is looked into" in page(boris, deal)
    hold = standing(deal).holds[0].pk
    same = do(anna.client, deal, "decision", "lift", hold=hold, evidence="I asked")
    assert same.status_code == 422
    assert "I asked" in same.content.decode()
    assert do(boris.client, deal, "decision", "lift", hold=hold, evidence="minutes 14").status_code == 302
    assert standing(deal).holds == []
    assert "minutes 14" in page(anna, deal)


def test_a_refused_deal_is_closed_and_offers_nothing_more(anna: Member) -> None:
    deal = taken_in(anna)
    assert do(anna.client, deal, "decision", "refuse", reason="we do not want it").status_code == 302
    found = page(anna, deal)
    assert "The deal has ended" in found
    assert "deed-hold" not in found
    assert do(anna.client, deal, "decision", "hold", reason="x", ends_when="y", once="mark").status_code == 422


def test_an_initiator_may_give_up_a_deal_but_not_refuse_it(ivan: Member) -> None:
    deal = taken_in(ivan)
    assert "deed-refuse" not in page(ivan, deal)
    assert do(ivan.client, deal, "decision", "abandon", reason="the buyer left").status_code == 302
    assert standing(deal).closed == "withdrawn"


def test_every_decision_of_before_stays_in_sight(anna: Member) -> None:
    deal = taken_in(anna)
    stages.identify_risk(deal, by=anna.actor, seen=1, reason="fronts")
    found = page(anna, deal).split("All decisions", 1)[1]
    assert found.index("Hold") < found.index("May proceed")
    assert standing(deal).decided.decision.fingerprint in found


def test_a_record_that_moved_on_may_be_taken_in(anna: Member) -> None:
    deal = taken_in(anna)
    party = Party.objects.get(name="Lakeside Telecom")
    change_party(party.pk, by=anna.actor, seen=1, content={"name": "Lakeside Telecom", "kind": "company", "country": "TZ"}, reason="moved")
    assert "Lakeside Telecom: version 1 in the deal, 2 in the records" in page(anna, deal)
    link = standing(deal).deal.links.get(party=party).pk
    assert do(anna.client, deal, "decision", "refresh", link=link).status_code == 302
    assert standing(deal).content["parties"][0]["country"] == "TZ"


def test_every_deed_has_its_words() -> None:
    for deed in DEEDS:
        assert {f"deed.{deed.name}", f"deed.{deed.name}.done"} <= set(TABLE)
