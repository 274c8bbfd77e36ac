"""The register's page and files."""

from __future__ import annotations

import json

import pytest

from enduse.casework.deals.actions import filing
from tests.casework.cast import imported
from tests.web.conftest import Member

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_shows_every_entry_with_what_it_lacks_and_goes_out_as_files(anna: Member, vera: Member) -> None:
    assert "no entries yet" in vera.client.get("/register/").content.decode()
    deal = imported(anna.actor, title="<b>=1+1</b>", documents=None)
    filing.refuse_deal(deal.deal.pk, by=anna.actor, seen=1, reason="not for us")
    page = vera.client.get("/register/").content.decode()
    assert "incomplete" in page
    assert "<b>=1+1" not in page
    assert "&lt;b&gt;=1+1" in page
    table = vera.client.get("/register/export.csv")
    assert table["Content-Disposition"].startswith("attachment")
    assert "Lakeside Telecom" in table.content.decode("utf-8-sig")
    line = json.loads(vera.client.get("/register/export.jsonl").content)
    assert (line["event"], line["lacks"]) == ("refused", ["documents"])


def test_a_long_register_has_pages(anna: Member, vera: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enduse.web.register.PAGE", 2)
    for number in range(5):
        deal = imported(anna.actor, reference=f"N-{number}")
        filing.refuse_deal(deal.deal.pk, by=anna.actor, seen=1, reason="no")
    first = vera.client.get("/register/").content.decode()
    assert "N-4" in first
    assert "N-2" not in first
    assert "N-2" in vera.client.get("/register/?before=4").content.decode()
    assert vera.client.get("/register/?before=x").status_code == 200


def test_initiators_do_not_see_it(ivan: Member) -> None:
    for address in ("/register/", "/register/export.csv", "/register/export.jsonl"):
        assert ivan.client.get(address).status_code == 403
