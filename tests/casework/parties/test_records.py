"""Records of parties: found or made by deals, changed by versions of their own."""

from __future__ import annotations

import pytest

from enduse.casework.parties.models import Party, PartyVersion
from enduse.casework.parties.records import change_party, snapshot
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import Refused, Stale
from enduse.formats.deal_parts import Content
from tests.builders import file_with
from tests.casework.cast import held, imported

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
LINE = {"name": "Nairobi Care Line", "kind": "company", "country": "KE"}


def test_a_snapshot_leaves_the_role_out() -> None:
    assert snapshot({"role": "owner", **LINE}) == LINE


def test_deals_share_a_record_of_the_same_name_country_kind_and_birth(cast: Cast) -> None:
    person: Content = {"role": "owner", "name": "Ali Hassan", "kind": "person", "citizenship": ["KE"], "birth_date": "1980-01-01"}
    same: list[Content] = [{}, {"role": "payer"}, {"address": "Quay 1"}, {"name": " Ali Hassan\u200b"}]
    company = {"kind": "company", "country": "KE", "citizenship": None}
    others: list[Content] = [{"birth_date": "1990-01-01"}, {"citizenship": ["UG"]}, company]
    for number, changes in enumerate((*same, *others)):
        party = {key: value for key, value in (person | changes).items() if value is not None}
        imported(cast["anna"], reference=f"P-{number}", parties=[*file_with()["parties"], party])
    assert Party.objects.filter(name="Ali Hassan").count() == 4
    assert PartyVersion.objects.filter(party__name="Ali Hassan").count() == 4


def test_a_change_is_a_version_and_deals_keep_their_snapshot(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    party = Party.objects.get(name="Nairobi Care Line")
    made = change_party(party.pk, content={**LINE, "name": "Nairobi Care", "country": "UG"}, reason="renamed", seen=1, by=cast["elena"])
    party.refresh_from_db()
    assert (party.name, party.country, party.version, made.number, made.reason) == ("Nairobi Care", "UG", 2, 2, "renamed")
    assert (made.hands, PartyVersion.objects.get(party=party, number=1).hands) == ([cast["elena"].person], [cast["anna"].person])
    assert held(deal).content["parties"] == file_with()["parties"]
    assert PartyVersion.objects.get(party=party, number=1).content == LINE
    assert held(deal).moved_on == [("end_user", "Nairobi Care", 1, 2)]


def test_what_is_refused(cast: Cast) -> None:
    imported(cast["anna"])
    pk = Party.objects.get(name="Nairobi Care Line").pk
    for changes, error, code in (
        ({"party": 10_000}, Refused, "party.absent"),
        ({"seen": 0}, Stale, "party.stale"),
        ({"content": LINE}, Refused, "party.unchanged"),
        ({"content": {"kind": "company"}}, Refused, "party.unnamed"),
        ({"content": {**LINE, "name": " \u200b"}}, Refused, "party.unnamed"),
    ):
        values = {"party": pk, "content": {**LINE, "address": "x"}, "reason": "r", "seen": 1, "by": cast["anna"]} | changes
        with pytest.raises(error, match=code):
            change_party(**values)  # type: ignore[arg-type]
    assert PartyVersion.objects.filter(party=pk).count() == 1
