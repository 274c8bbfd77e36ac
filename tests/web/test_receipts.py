"""Receipts given out: as data and as a page, to whoever sees the deal and to nobody else."""

from __future__ import annotations

import json

import pytest

from enduse.casework.deals.actions import screening
from enduse.casework.deals.models import Search
from enduse.formats.receipts import intact, receipt_from
from tests.casework import listed
from tests.web.conftest import Member, signed_in
from tests.web.pages import taken_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def search(anna: Member) -> Search:
    """A party that was found."""
    deal = taken_in(anna)
    with listed.held(listed.LISTED):
        screening.search(deal, by=anna.actor, seen=1)
    return Search.objects.order_by("pk")[0]


def test_the_data_is_the_receipt_as_it_is_kept(search: Search, vera: Member) -> None:
    answer = vera.client.get(f"/deals/{search.deal_id}/receipts/{search.pk}/json/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{search.deal_id}-{search.pk}.json"'
    found = json.loads(answer.content)
    assert found == search.receipt and intact(found)
    assert receipt_from(found).query.name == "Lakeside Telecom"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_is_a_pdf(search: Search, anna: Member, language: str) -> None:
    answer = signed_in(anna.email, language).get(f"/deals/{search.deal_id}/receipts/{search.pk}/pdf/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")


def test_who_does_not_see_the_deal_does_not_see_its_receipts(search: Search, gleb: Member, root: Member) -> None:
    for kind in ("json", "pdf"):
        address = f"/deals/{search.deal_id}/receipts/{search.pk}/{kind}/"
        assert gleb.client.get(address).status_code == 404
        assert root.client.get(address).status_code == 403


def test_a_receipt_is_of_its_deal(search: Search, anna: Member) -> None:
    other = taken_in(anna, reference="D-2")
    for address in (f"/deals/{other}/receipts/{search.pk}/json/", f"/deals/{search.deal_id}/receipts/999999/pdf/"):
        assert anna.client.get(address).status_code == 404
