"""Hits as the page shows them: why, both sides, what was said of them; and the forms that settle them."""

from __future__ import annotations

from html import unescape

import pytest

from enduse.casework.deals.actions import screening
from enduse.casework.deals.models import Settlement
from enduse.formats.receipts import explained, receipt_from
from enduse.web.stages import hits
from tests.casework import listed
from tests.casework.listed import LISTED
from tests.web.conftest import Member, signed_in
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on, posts_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_lists")]
PERSON = {"id": "P-1", "name": "Ann Lee", "alias": "Annie", "kind": "person", "birth date": "1961-05-02", "nationality": "Kenya", "programme": "ARMS"}


@pytest.fixture
def deal(anna: Member) -> int:
    """A deal with a hit."""
    listed.hold(LISTED)
    deal = taken_in(anna)
    screening.search(deal, by=anna.actor, seen=1)
    return deal


def text(member: Member, deal: int) -> str:
    return unescape(member.client.get(stage(deal, "screening")).content.decode())


def form_of(deal: int, member: Member) -> str:
    """The name of the only form of a hit."""
    (name,) = [name for name in posts_of(member.client.get(stage(deal, "screening"))) if name.startswith("hit-")]  # type: ignore[arg-type]
    return name


def test_a_hit_is_shown_with_why_and_both_sides(deal: int, anna: Member) -> None:
    page = text(anna, deal)
    found = standing(deal).deal.searches.order_by("pk")[0]
    receipt = receipt_from(found.receipt)
    (hit,) = receipt.found.hits
    assert all(explained(feature, "en") in page for feature in hit.explanation)
    for told in (
        "list own-a of 2026-",
        "entry A-1",
        f"likeness of names {hit.score:.2f}",
        f"strength {hit.strength:.2f}",
        "ships arms",
        "ARMS",
        "Kenya",
    ):
        assert told in page, told
    for told in ("hits to be settled", "nothing found", "What the search did not cover", "Download as data", "Search again"):
        assert told in page, told


def test_birth_countries_and_programmes_stand_side_by_side(anna: Member) -> None:
    listed.hold(PERSON)
    party = {"role": "counterparty", "name": "Ann Lee", "kind": "person", "citizenship": ["TZ"], "birth_date": "1970"}
    deal = taken_in(anna, parties=[party])
    screening.search(deal, by=anna.actor, seen=1)
    page = text(anna, deal)
    assert "<td>Birth</td><td>1970</td><td>1961-05-02</td>" in page
    assert "<td>Countries</td><td>Tanzania" in page and "<td>Kenya</td>" in page
    assert "<td>Names</td><td>Ann Lee</td><td>Ann Lee; Annie</td>" in page
    assert "<td>Programmes</td><td>—</td><td>ARMS</td>" in page


def test_a_hit_is_settled_on_the_page(deal: int, anna: Member) -> None:
    name, address = form_of(deal, anna), stage(deal, "screening")
    form = form_on(anna.client, address, name)
    assert form.send(anna.client, address).status_code == 422
    assert form.fill(**{f"{name}-outcome": "dismissed"}).send(anna.client, address).status_code == 422  # with a reason alone
    assert not Settlement.objects.exists()
    done = form.fill(**{f"{name}-outcome": "dismissed", f"{name}-reason": "another street"}).send(anna.client, address)
    assert (done.status_code, done["Location"]) == (302, f"{address}#{name}")
    page = text(anna, deal)
    assert "hits settled: somebody else" in page and "another street" in page and "It is the same after all" in page
    assert "Every named party was held against lists" in page


def test_a_match_takes_what_it_is_evidence_of_also_after_all(deal: int, anna: Member) -> None:
    name, address = form_of(deal, anna), stage(deal, "screening")
    first = {f"{name}-outcome": "dismissed", f"{name}-reason": "another street"}
    assert form_on(anna.client, address, name).fill(**first).send(anna.client, address).status_code == 302
    form = form_on(anna.client, address, name).fill(**{f"{name}-reason": "the same director"})
    answer = form.send(anna.client, address)
    assert answer.status_code == 422 and "recorded with what it is evidence of" in answer.content.decode()
    assert form.fill(**{f"{name}-purpose": "wmd", f"{name}-grade": "concern"}).send(anna.client, address).status_code == 302
    assert [one.result for one in Settlement.objects.order_by("pk")] == ["dismissed", "match"]
    assert not [name for name in posts_of(anna.client.get(address)) if name.startswith("hit-")]  # type: ignore[arg-type]


def test_what_was_said_of_it_before_is_shown_where_the_entry_changed(deal: int, anna: Member) -> None:
    name, address = form_of(deal, anna), stage(deal, "screening")
    said = {f"{name}-outcome": "dismissed", f"{name}-reason": "another street"}
    form_on(anna.client, address, name).fill(**said).send(anna.client, address)
    listed.hold({**LISTED, "reason": "ships more arms"})
    screening.search(deal, by=anna.actor, seen=3)
    page = text(anna, deal)
    assert "Settled before, but the entry or the party has changed since: somebody else; Anna" in page


def test_many_hits_are_shown_part_by_part(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "MOST_SHOWN", 1)
    listed.hold(LISTED, {**LISTED, "id": "A-2"})
    deal = taken_in(anna)
    screening.search(deal, by=anna.actor, seen=1)
    assert "The first 1 are shown; the other 1 appear" in text(anna, deal)
    name, address = form_of(deal, anna), stage(deal, "screening")
    said = {f"{name}-outcome": "dismissed", f"{name}-reason": "another street"}
    form_on(anna.client, address, name).fill(**said).send(anna.client, address)
    assert form_of(deal, anna) != name


def test_who_may_not_settle_sees_the_hits_without_forms(deal: int, vera: Member) -> None:
    page = vera.client.get(stage(deal, "screening"))
    assert "ships arms" in page.content.decode()
    assert not [name for name in posts_of(page) if name.startswith(("hit-", "run"))]  # type: ignore[arg-type]


def test_it_is_told_in_russian(deal: int, anna: Member) -> None:
    page = signed_in(anna.email, "ru").get(stage(deal, "screening")).content.decode()
    assert "есть неразобранные совпадения" in page and "Почему найдено" in page
