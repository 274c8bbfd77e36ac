"""The register's page of a deal: documents, what is lacking, entries, and corrections that leave the old entry in sight."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import filing
from enduse.casework.register.models import Entry
from tests.web.conftest import Member
from tests.web.pages import do, forms, released, stage, standing, taken_in

pytestmark = pytest.mark.django_db


def page(member: Member, deal: int) -> str:
    return str(member.client.get(stage(deal, "register")).content.decode())


def test_what_the_record_lacks_is_told_and_leads_to_where_it_is_stated(anna: Member, vera: Member) -> None:
    deal = taken_in(anna, documents=None)
    there = f'href="{stage(deal, "clauses")}#documents"'
    assert "For a complete entry it lacks" in page(anna, deal)
    assert there in page(anna, deal)
    assert there not in page(vera, deal)
    assert not [name for form in forms(anna.client.get(stage(deal, "register"))).values() for name in form if name.startswith(("kind", "excused"))]


def test_what_an_entry_of_a_deal_that_ended_lacks_is_asked_for(anna: Member) -> None:
    nameless = [{"role": "counterparty", "name": "Lakeside Telecom", "kind": "company", "country": "KE"}, {"role": "end_user", "kind": "company"}]
    deal = taken_in(anna, parties=nameless, solution={"version": None})
    filing.refuse_deal(deal, by=anna.actor, seen=1, reason="no")
    (form,) = (form for address, form in forms(anna.client.get(stage(deal, "register"))).items() if "correct" in address)
    assert {"version", "party_1", "kind_0", "excused"} <= set(form)
    assert form["number_0"] == "7/26"
    assert not {"solution", "party_0"} & set(form)
    said = {"version": "1.10", "party_1": "Nairobi Care Line", "number_0": "8/26"}
    assert do(anna.client, deal, "register", "correct", entry=1, reason="found", **said).status_code == 302
    made = Entry.objects.get(number=2)
    assert made.lacks == []
    assert [row["number"] for row in made.content["documents"]] == ["8/26"]
    assert made.content["parties"][1]["name"] == "Nairobi Care Line"


def test_an_entry_of_a_release_is_put_right_in_its_documents_only(anna: Member, boris: Member) -> None:
    deal = released(anna, boris)
    (form,) = (form for address, form in forms(anna.client.get(stage(deal, "register"))).items() if "correct" in address)
    assert not [name for name in form if name.startswith(("party", "solution", "version"))]
    wrong = do(anna.client, deal, "register", "correct", entry=1, reason="a slip", date_0="31.02.2026", number_0="88")
    assert wrong.status_code == 422
    assert 'value="88"' in wrong.content.decode()
    assert do(anna.client, deal, "register", "correct", entry=1, reason="a slip", number_0="88", once="b").status_code == 302
    assert [row["number"] for row in Entry.objects.get(number=2).content["documents"]] == ["88"]
    assert standing(deal).standing.stands  # type: ignore[union-attr]


def test_why_the_record_is_left_out_is_told(anna: Member) -> None:
    deal = taken_in(anna, documents=None, record={"excused": "a pilot, recorded elsewhere"})
    assert "The record is left out because: a pilot, recorded elsewhere" in page(anna, deal)


def test_an_entry_to_correct_is_called_by_the_day_that_it_was_here(anna: Member) -> None:
    deal = taken_in(anna)
    with clock.at(datetime(2026, 10, 5, 22, 30, tzinfo=UTC)):  # the 6th in Moscow
        filing.refuse_deal(deal, by=anna.actor, seen=1, reason="no")
    assert f"№ {Entry.objects.get().number}, 06.10.2026" in page(anna, deal)


def test_an_entry_says_what_it_lacks_and_a_correction_stands_beside_it(anna: Member) -> None:
    deal = taken_in(anna, documents=None)
    filing.refuse_deal(deal, by=anna.actor, seen=1, reason="no")
    shown = page(anna, deal)
    assert "incomplete" in shown
    first = Entry.objects.get().number
    assert do(anna.client, deal, "register", "correct", entry=first, reason="a document was forgotten").status_code == 422
    assert "there is nothing to correct" in do(anna.client, deal, "register", "correct", entry=first, reason="a slip", once="b").content.decode()
    paper = {"kind_0": "contract", "number_0": "9/26", "date_0": "2026-10-03"}
    assert do(anna.client, deal, "register", "correct", entry=first, reason="a document was forgotten", once="c", **paper).status_code == 302
    assert Entry.objects.get(corrects__number=first).lacks == []
    shown = page(anna, deal)
    assert f"corrects no. {first}" in shown
    assert f"corrected by no. {first + 1}" in shown
    assert do(anna.client, deal, "register", "correct", entry=first, reason="again").status_code == 422


def test_an_entry_of_another_deal_is_not_among_the_choices(anna: Member) -> None:
    other = taken_in(anna, reference="D-other")
    filing.refuse_deal(other, by=anna.actor, seen=1, reason="no")
    deal = taken_in(anna)
    assert do(anna.client, deal, "register", "correct", entry=Entry.objects.get().number, reason="x", once="y").status_code == 422
