"""Reading master records: found in either alphabet, told with their versions, and with the deals that the reader may see."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import files, stages
from enduse.casework.deals.models import Link
from enduse.casework.deals.records import PAGE, parties, party, solution, solutions
from enduse.casework.door import action
from enduse.casework.parties.models import Party
from enduse.casework.parties.records import change_party
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.records import change_solution
from enduse.domain.refusals import NotAllowed, Refused
from tests.casework.cast import imported
from tests.casework.deals.stories import later
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
USER = {"name": "Nairobi Care Line", "kind": "company", "country": "KE"}


def link(deal: int, role: str) -> Link:
    return Link.objects.get(deal=deal, role=role)


def test_records_are_found_by_a_part_of_the_name_in_either_alphabet(cast: Cast) -> None:
    people = [{"role": "end_user", "name": "ООО «Ромашка»", "kind": "company", "country": "RU"}]
    imported(cast["anna"])
    imported(cast["anna"], reference="D-2", parties=people, solution={"name": "Голос"})
    for wanted in ("Ромаш", "ромаш", "РОМАШ", " ромаш\u200b"):
        assert [found.name for found in parties(cast["vera"], wanted)] == ["ООО «Ромашка»"], wanted
    assert [found.name for found in parties(cast["vera"], "")] == ["Lakeside Telecom", "Nairobi Care Line", "ООО «Ромашка»"]
    assert [found.name for found in solutions(cast["vera"], "голос")] == ["Голос"]
    assert parties(cast["vera"], "nobody") == []


def test_a_list_is_read_page_by_page(cast: Cast) -> None:
    with action("deal.filed", by=cast["anna"], about="deal:1") as act:
        Party.objects.bulk_create(Party(name=f"P{number}", name_key=f"P{number}", created_at=act.at) for number in range(PAGE + 5))
    first = parties(cast["anna"], "P")
    assert len(first) == PAGE + 1  # one more says that there are more
    assert [found.name for found in parties(cast["anna"], "P", after=first[PAGE - 1].pk)] == [f"P{PAGE + number}" for number in range(5)]


def test_a_record_tells_its_versions_and_who_uses_which(cast: Cast) -> None:
    one, other = imported(cast["anna"]).deal, imported(cast["anna"], reference="D-2").deal
    held, product = link(one.pk, "end_user").party, link(one.pk, "solution").solution
    assert held
    assert product
    change_party(held.pk, content={**USER, "address": "Quay 1"}, reason="moved", seen=1, by=cast["oleg"])
    with later(hours=1):
        stages.refresh(other.pk, by=cast["anna"], seen=1, link=link(other.pk, "end_user").pk)
    change_solution(product.pk, content={"name": "Slovo", "version": "2"}, reason="newer", seen=1, by=cast["elena"])
    found = party(cast["anna"], held.pk)
    assert found.content == {**USER, "address": "Quay 1"}
    assert [(version.number, version.by and version.by.name) for version in found.versions] == [(2, "Oleg"), (1, "Anna")]
    assert {use.deal.reference: (use.role, use.number, use.behind) for use in found.uses} == {
        "D-1": ("end_user", 1, True),
        "D-2": ("end_user", 2, False),
    }
    told = solution(cast["anna"], product.pk)
    assert told.content == {"name": "Slovo", "version": "2"}
    assert [(use.deal.reference, use.number, use.behind) for use in told.uses] == [("D-2", 1, True), ("D-1", 1, True)]


def test_a_record_names_only_deals_that_the_reader_sees(cast: Cast) -> None:
    one = imported(cast["anna"]).deal
    imported(cast["anna"], reference="D-2")
    held = link(one.pk, "end_user").party
    assert held
    assert party(cast["elena"], held.pk).uses == []
    files.hand_over(one.pk, by=cast["anna"], to=cast["elena"].who)
    assert [use.deal.reference for use in party(cast["elena"], held.pk).uses] == ["D-1"]
    assert len(party(cast["vera"], held.pk).uses) == 2


def test_who_may_not_see_records_learns_nothing(cast: Cast) -> None:
    held = link(imported(cast["anna"]).deal.pk, "end_user").party
    assert held
    before = dump()
    for name in ("ivan", "root"):
        for ask in (lambda who: parties(who, "a"), lambda who: solutions(who, "a"), lambda who: party(who, held.pk), lambda who: solution(who, 1)):
            with pytest.raises(NotAllowed, match=r"people\.no_role"):
                ask(cast[name])
    with pytest.raises(Refused, match=r"party\.absent"):
        party(cast["anna"], 10_000)
    with pytest.raises(Refused, match=r"solution\.absent"):
        solution(cast["anna"], 10_000)
    assert changed(before, dump()) == []
