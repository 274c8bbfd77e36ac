"""The pages of master records: versions, snapshots that stay, and no silent overwriting."""

from __future__ import annotations

import pytest

from enduse.casework.deals.queries import Held
from enduse.casework.parties.models import Party
from enduse.domain.refusals import NotAllowed, Refusal
from tests.casework.cast import held, imported
from tests.web.conftest import Member
from tests.web.pages import forms

pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = {
    "name": "Lakeside Telecom",
    "kind": "company",
    "country": "UG",
    "citizenship": "",
    "address": "Quay 2",
    "correspondence_address": "",
    "reason": "moved",
}


@pytest.fixture
def deal(anna: Member) -> Held:
    return imported(anna.actor)


def test_a_change_is_a_version_and_deals_keep_their_snapshot(anna: Member, deal: Held) -> None:
    party = Party.objects.get(name="Lakeside Telecom")
    page = anna.client.get(f"/parties/{party.pk}/")
    assert page.status_code == 200
    assert "D-1" in page.content.decode()
    sent = anna.client.post(f"/parties/{party.pk}/", {**CHANGED, "seen": 1})
    assert sent.status_code == 302
    party.refresh_from_db()
    assert (party.version, party.country) == (2, "UG")
    assert party.versions.get(number=2).content["address"] == "Quay 2"
    stands = held(deal.deal.pk)
    assert stands.content["parties"][0]["country"] == "KE"
    assert stands.moved_on == [("counterparty", "Lakeside Telecom", 1, 2)]
    assert "moved on" in anna.client.get(f"/parties/{party.pk}/").content.decode()


def test_what_somebody_changed_in_between_is_not_overwritten(anna: Member, deal: Held) -> None:
    party = Party.objects.get(name="Lakeside Telecom")
    anna.client.post(f"/parties/{party.pk}/", {**CHANGED, "seen": 1})
    late = anna.client.post(f"/parties/{party.pk}/", {**CHANGED, "address": "Quay 3", "seen": 1})
    assert late.status_code == 409
    assert "Quay 3" in late.content.decode()
    party.refresh_from_db()
    assert party.version == 2


def test_what_was_typed_may_be_sent_again_once_it_is_known_what_changed(anna: Member, deal: Held) -> None:
    address = f"/parties/{Party.objects.get(name='Lakeside Telecom').pk}/"
    anna.client.post(address, {**CHANGED, "seen": 1})
    late = anna.client.post(address, {**CHANGED, "address": "Quay 3", "seen": 1})
    assert "Meanwhile Anna changed: country, address" in late.content.decode()
    again = forms(late)[""]
    assert (again["seen"], again["address"]) == ("2", "Quay 3")
    assert anna.client.post(address, {**CHANGED, **again}).status_code == 302
    assert Party.objects.get(name="Lakeside Telecom").versions.get(number=3).content["address"] == "Quay 3"
    assert anna.client.post(address, {**CHANGED, "name": "", "seen": 3}).status_code == 422


def test_who_lost_the_role_meanwhile_is_told_that(anna: Member, deal: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise NotAllowed(Refusal("people.no_role", {"verb": "party.edit", "roles": "officer"}))

    monkeypatch.setattr("enduse.web.records.change_party", refused)
    party = Party.objects.get(name="Lakeside Telecom")
    assert anna.client.post(f"/parties/{party.pk}/", {**CHANGED, "seen": 1}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "told"), [({"name": ""}, "Name"), ({"citizenship": "XX, KE"}, "XX"), ({"reason": ""}, "Why"), ({"country": "Atlantis"}, "Country")]
)
def test_a_form_that_is_no_good_is_told(anna: Member, deal: Held, changes: dict[str, str], told: str) -> None:
    party = Party.objects.get(name="Lakeside Telecom")
    answer = anna.client.post(f"/parties/{party.pk}/", {**CHANGED, **changes, "seen": 1})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Party.objects.get(pk=party.pk).version == 1


def test_a_solution_changes_too_and_the_list_finds_it(anna: Member, deal: Held) -> None:
    row = Party.objects.get(name="Nairobi Care Line")
    assert "Nairobi Care Line" in anna.client.get("/parties/?q=care").content.decode()
    assert "Nairobi Care Line" not in anna.client.get("/parties/?q=lakeside").content.decode()
    assert anna.client.get(f"/parties/{row.pk + 1000}/").status_code == 404
    page = anna.client.get("/solutions/")
    assert "Slovo" in page.content.decode()
    sent = anna.client.post(
        "/solutions/1/" if b"/solutions/1/" in page.content else "/solutions/0/",
        {"name": "Slovo", "version": "2.0", "hardware": "no", "reason": "new", "seen": 1},
    )
    assert sent.status_code in (302, 404)


def test_who_may_not_edit_sees_no_form_and_changes_nothing(vera: Member, anna: Member, deal: Held) -> None:
    party = Party.objects.get(name="Lakeside Telecom")
    page = vera.client.get(f"/parties/{party.pk}/")
    assert page.status_code == 200
    assert 'name="reason"' not in page.content.decode()
    assert vera.client.post(f"/parties/{party.pk}/", {**CHANGED, "seen": 1}).status_code == 403
    assert Party.objects.get(pk=party.pk).version == 1
