"""The register's page of a deal: documents, what is lacking, entries, and corrections that leave the old entry in sight."""

from __future__ import annotations

import pytest
from django.urls import reverse

from enduse.casework.deals.actions import filing
from enduse.casework.register.models import Entry
from tests.web.conftest import Member
from tests.web.pages import do, forms, stage, standing, taken_in

pytestmark = pytest.mark.django_db


def page(member: Member, deal: int) -> str:
    return str(member.client.get(stage(deal, "register")).content.decode())


def test_documents_are_added_changed_and_taken_out(anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-document", args=[deal])
    held = forms(anna.client.get(stage(deal, "register")))[address]
    assert held["number_0"] == "7/26"
    added = {**held, "kind_1": "invoice", "number_1": "88", "date_1": "2026-10-02"}
    assert anna.client.post(address, added).status_code == 302
    assert standing(deal).content["documents"] == [
        {"kind": "contract", "number": "7/26", "date": "2026-10-01"},
        {"kind": "invoice", "number": "88", "date": "2026-10-02"},
    ]
    emptied = {name: "" if name.endswith("_0") else value for name, value in forms(anna.client.get(stage(deal, "register")))[address].items()}
    assert anna.client.post(address, emptied).status_code == 302
    assert [row["number"] for row in standing(deal).content["documents"]] == ["88"]


def test_a_day_that_is_none_is_told_and_the_rest_kept(anna: Member) -> None:
    deal = taken_in(anna)
    wrong = do(anna.client, deal, "register", "document", kind_1="invoice", number_1="88", date_1="31.02.2026")
    assert wrong.status_code == 422
    assert 'value="88"' in wrong.content.decode()


def test_what_the_record_lacks_is_told_and_may_be_left_out_on_purpose(anna: Member) -> None:
    deal = taken_in(anna, documents=None)
    assert "For a complete entry it lacks" in page(anna, deal)
    assert do(anna.client, deal, "register", "document", excused="a pilot, recorded elsewhere").status_code == 302
    assert "a pilot, recorded elsewhere" in page(anna, deal)


def test_an_entry_says_what_it_lacks_and_a_correction_stands_beside_it(anna: Member) -> None:
    deal = taken_in(anna, documents=None)
    filing.refuse_deal(deal, by=anna.actor, seen=1, reason="no")
    shown = page(anna, deal)
    assert "incomplete" in shown
    first = Entry.objects.get().number
    assert do(anna.client, deal, "register", "correct", entry=first, reason="a document was forgotten").status_code == 302
    shown = page(anna, deal)
    assert f"corrects no. {first}" in shown
    assert f"corrected by no. {first + 1}" in shown
    assert do(anna.client, deal, "register", "correct", entry=first, reason="again").status_code == 422


def test_an_entry_of_another_deal_is_not_among_the_choices(anna: Member) -> None:
    other = taken_in(anna, reference="D-other")
    filing.refuse_deal(other, by=anna.actor, seen=1, reason="no")
    deal = taken_in(anna)
    assert do(anna.client, deal, "register", "correct", entry=Entry.objects.get().number, reason="x", once="y").status_code == 422
