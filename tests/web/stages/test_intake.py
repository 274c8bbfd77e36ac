"""Intake: its steps, what each still asks, parties added, changed, taken from the records and taken out."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import filing, stages
from enduse.casework.parties.models import Party
from enduse.casework.solutions.models import Solution
from tests.web.conftest import Member
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on, forms_of, posts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def deal(ivan: Member) -> int:
    """A deal of which nothing is known but its reference."""
    return filing.file_deal({"format": "enduse/deal-1", "reference": "D-1"}, by=ivan.actor).deal.pk


def test_the_first_step_with_something_left_is_open(deal: int, ivan: Member) -> None:
    text = ivan.client.get(stage(deal, "intake")).content.decode()
    assert "There are no parties yet" in text
    assert "No end user is named" in text


def test_every_step_is_saved_at_once_and_leads_to_the_next(deal: int, ivan: Member) -> None:
    address = stage(deal, "intake") + "?step=solution"
    response = form_on(ivan.client, address, "intake").fill(intake__name="Slovo", intake__version="3.10").send(ivan.client, address)
    assert response["Location"].endswith("?step=delivery")
    assert standing(deal).content["solution"] == {"name": "Slovo", "version": "3.10"}
    address = stage(deal, "intake") + "?step=delivery"
    filled = {"intake-form": "on_premises", "intake-hardware": "no", "intake-purpose": "a call centre"}
    assert form_on(ivan.client, address, "intake").fill(**filled).send(ivan.client, address).status_code == 302
    content = standing(deal).content
    assert (content["delivery"], content["solution"]["hardware"], content["end_use"]) == ({"form": "on_premises"}, "no", {"purpose": "a call centre"})


def test_a_party_is_added_changed_and_taken_out(deal: int, ivan: Member) -> None:
    new = stage(deal, "intake") + "?step=parties&party=new"
    filled = {"party-role": "counterparty", "party-name": "Lakeside", "party-kind": "company", "party-country": "KE"}
    assert form_on(ivan.client, new, "party").fill(**filled).send(ivan.client, new).status_code == 302
    assert standing(deal).content["parties"] == [{key[6:]: value for key, value in filled.items()}]
    first = stage(deal, "intake") + "?step=parties&party=0"
    person = {"party-kind": "person", "party-citizenship": "Kenya\r\nRussia", "party-country": ""}
    assert form_on(ivan.client, first, "party").fill(**person).send(ivan.client, first).status_code == 302
    assert standing(deal).content["parties"][0]["citizenship"] == ["KE", "RU"]
    address = stage(deal, "intake") + "?step=parties"
    assert form_on(ivan.client, address, "remove").send(ivan.client, address).status_code == 302
    assert "parties" not in standing(deal).content or standing(deal).content["parties"] == []


def test_a_party_that_somebody_else_changed_is_not_overwritten(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "intake") + "?step=parties&party=0"
    form = form_on(anna.client, address, "party").fill(party__name="Mine")
    rows = standing(deal).content["parties"]
    stages.intake(deal, by=anna.actor, seen=1, changes={"parties": [{**rows[0], "name": "Theirs"}, rows[1]]})
    first = form.send(anna.client, address)
    assert first.status_code in (409, 422)
    again = posts_of(first)["party"]
    assert dict(again.fields)["party-name"] == "Mine"
    second = again.send(anna.client, address)
    assert second.status_code == 422
    assert "changed or removed this party meanwhile" in second.content.decode()
    assert standing(deal).content["parties"][0]["name"] == "Theirs"


def test_a_party_keeps_its_place_when_another_one_goes_first(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "intake") + "?step=parties&party=1"
    form = form_on(anna.client, address, "party").fill(party__address="Nairobi")
    rows = standing(deal).content["parties"]
    stages.intake(deal, by=anna.actor, seen=1, changes={"parties": [rows[1]]})
    again = posts_of(form.send(anna.client, address))["party"]
    assert again.send(anna.client, address).status_code == 302
    assert standing(deal).content["parties"] == [{**rows[1], "address": "Nairobi"}]


def test_a_party_comes_from_the_records_with_all_that_they_say(anna: Member) -> None:
    deal = taken_in(anna, parties=[{"role": "owner", "name": "Somebody", "kind": "person", "citizenship": ["AE"], "staff": "3"}])
    record = Party.objects.get()
    address = stage(deal, "intake") + "?step=parties&party=new"
    assert f"record={record.pk}" in anna.client.get(f"{address}&find=Some").content.decode()
    taking = f"{address}&record={record.pk}"
    assert form_on(anna.client, taking, "party").fill(party__role="payer").send(anna.client, taking).status_code == 302
    assert standing(deal).content["parties"][1] == {"role": "payer", "name": "Somebody", "kind": "person", "citizenship": ["AE"], "staff": "3"}


def test_a_solution_comes_from_the_records(anna: Member, ivan: Member) -> None:
    taken_in(anna)
    deal = filing.file_deal({"format": "enduse/deal-1", "reference": "D-2"}, by=anna.actor).deal.pk
    address = stage(deal, "intake") + f"?step=solution&record={Solution.objects.get().pk}"
    assert form_on(anna.client, address, "intake").send(anna.client, address).status_code == 302
    assert standing(deal).content["solution"] == {"name": "Slovo", "version": "1.10"}


def test_what_no_open_indicator_reads_is_not_asked_but_can_be_shown(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "intake") + "?step=terms"
    page = anna.client.get(address)
    assert "Not asked:" in page.content.decode()
    assert "intake-packaging" not in dict(posts_of(page)["intake"].fields)  # type: ignore[arg-type]
    assert "intake-packaging" in dict(form_on(anna.client, f"{address}&all=1", "intake").fields)


def test_an_open_indicator_asks_for_what_it_reads(anna: Member) -> None:
    deal = taken_in(anna, indicators={"13": None})
    page = anna.client.get(stage(deal, "intake") + "?step=terms")
    fields = dict(posts_of(page)["intake"].fields)  # type: ignore[arg-type]
    assert "intake-price" in fields
    assert "intake-packaging" not in fields
    assert "Read by indicators: 13." in page.content.decode()


def test_equipment_that_does_not_go_along_asks_for_no_packaging(anna: Member) -> None:
    open_ones = dict.fromkeys(("12", "15", "18"))
    for hardware, asked in (("no", False), ("yes", True)):
        deal = taken_in(anna, reference=f"D-{hardware}", indicators=open_ones, solution={"hardware": hardware})
        fields = dict(form_on(anna.client, stage(deal, "intake") + "?step=terms", "intake").fields)
        assert ("intake-packaging" in fields) is asked


def test_bad_values_are_told_at_the_form(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "intake") + "?step=terms&all=1"
    response = form_on(anna.client, address, "intake").fill(intake__units="many", intake__route="Nowhere").send(anna.client, address)
    assert response.status_code == 422
    text = response.content.decode()
    assert "`many` is no number" in text
    assert "the country `Nowhere` is not known" in text
    alone = form_on(anna.client, address, "intake").fill(intake__price="1").send(anna.client, address)
    assert alone.status_code == 422
    assert "`payment.price`" in alone.content.decode()
    assert form_on(anna.client, address, "intake").fill(intake__price="1", intake__currency="usd").send(anna.client, address).status_code == 302
    assert standing(deal).content["payment"] == {"price": {"amount": "1", "currency": "USD"}}


def test_html_in_a_name_stays_text(anna: Member) -> None:
    deal = taken_in(anna, parties=[{"role": "counterparty", "name": "<script>alert(1)</script>", "kind": "company", "country": "KE"}])
    for name in ("intake", "determination", "screening", "evidence", "permits?permit=new"):
        page = anna.client.get(stage(deal, name.partition("?")[0]) + name[len(name.partition("?")[0]) :])
        assert "<script>" not in page.content.decode()


def test_a_search_among_records_is_not_sent_with_the_party(anna: Member) -> None:
    page = anna.client.get(stage(taken_in(anna), "intake") + "?step=parties&party=new")
    assert [form.method for form in forms_of(page) if ("find", "") in form.fields] == ["get"]  # type: ignore[arg-type]
