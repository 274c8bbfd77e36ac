"""Where the screening of a deal stands, by the rows alone; what actions make of it is tested with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import screening, stages
from enduse.casework.deals.models import Deal
from enduse.casework.deals.screened import DONE, Screening, is_of, unscreened, unsearched
from enduse.casework.people.actor import Actor
from enduse.formats.deal_parts import particulars_of
from tests.builders import file_with
from tests.casework import listed
from tests.casework.cast import held, imported
from tests.casework.deals.stories import later

pytestmark = pytest.mark.usefixtures("no_lists")
Cast = dict[str, Actor]


def test_only_three_states_are_done() -> None:
    assert set(DONE) == {"match", "cleared", "nothing"}


@pytest.mark.django_db
def test_a_deal_that_nobody_searched_is_screened_by_hand() -> None:
    kept = Screening(Deal(pk=1))
    assert not kept.demanded
    assert kept.waiting(file_with()) == ["Lakeside Telecom", "Nairobi Care Line"]
    assert kept.waiting(file_with()) == unscreened(file_with())
    assert kept.said(file_with()) == []


@pytest.mark.django_db
def test_it_is_told_as_of_a_moment(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal
    party = file_with()["parties"][0]
    with later(days=2):
        listed.hold(listed.LISTED)
        screening.search(deal.pk, by=cast["anna"], seen=1)
    with later(days=3):
        (last,) = [found for found in held(deal.pk).screening.last.values() if found.particulars == particulars_of(party)]
        screening.settle_hit(deal.pk, by=cast["anna"], seen=2, found=last.pk, number=0, result="dismissed", reason="another street")
    moments = [Screening(deal, clock.now() + timedelta(days=days)) for days in (1, 2.5, 4, 93)]
    assert [moment.state(party) for moment in moments] == ["not_searched", "open", "cleared", "too_old"]
    assert [moment.demanded for moment in moments] == [False, True, True, True]
    assert [len(moment.said(file_with())) for moment in moments] == [0, 0, 1, 1]


@pytest.mark.django_db
def test_a_party_without_a_name_always_waits(cast: Cast) -> None:
    listed.hold({**listed.LISTED, "name": "Ozymandias Plumbworth"})
    parties = [*file_with()["parties"], {"role": "payer"}]
    deal = imported(cast["anna"], parties=parties).deal
    screening.search(deal.pk, by=cast["anna"], seen=1)
    assert held(deal.pk).screening.waiting(held(deal.pk).content) == [""]


ONE: dict[str, Any] = {"role": "counterparty", "name": "Quill Trading", "country": "KE"}
OTHER = {**ONE, "role": "payer", "country": "TZ"}


def test_a_result_by_hand_is_of_the_party_whose_particulars_it_tells() -> None:
    row = {"party": "Quill\u00ad Trading"}
    assert is_of(row, ONE, [ONE])
    assert is_of(row, ONE, [ONE, {**ONE, "role": "payer"}])
    assert not is_of(row, ONE, [ONE, OTHER])
    assert not is_of({"party": "Quill"}, ONE, [ONE])
    assert not is_of({"party": ""}, {"role": "payer"}, [{"role": "payer"}])
    told = {**row, "particulars": particulars_of(OTHER)}
    assert [is_of(told, party, [ONE, OTHER]) for party in (ONE, OTHER)] == [False, True]
    assert not is_of(told, ONE, [ONE])


# former parties: a hit that is open goes on waiting


def moved(cast: Cast, deal: int, **changes: Any) -> None:
    """The first party becomes another; without changes it goes."""
    first, *others = held(deal).content["parties"]
    parties = [*([{**first, **changes}] if changes else []), *others]
    stages.intake(deal, by=cast["anna"], seen=held(deal).version.number, changes={"parties": parties})


def searched(cast: Cast, deal: int) -> None:
    screening.search(deal, by=cast["anna"], seen=held(deal).version.number)


def formers(deal: int) -> list[tuple[str, bool, list[str]]]:
    """The former parties: name, whether a hit is open, the entries."""
    found = held(deal).screening.former(held(deal).content)
    return [(one.name, one.open, [str(hit.hit["entry"]) for hit in one.hits]) for one in found]


LAKESIDE = ("Lakeside Telecom", True, ["A-1"])


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"name": "Ozymandias Plumbworth"}, {}], ids=["renamed", "removed"])
def test_an_open_hit_is_not_shed_by_changing_or_removing_the_party(cast: Cast, changes: dict[str, Any]) -> None:
    listed.hold(listed.LISTED)
    deal = imported(cast["anna"]).deal.pk
    searched(cast, deal)
    assert formers(deal) == []
    moved(cast, deal, **changes)
    assert formers(deal) == [LAKESIDE]
    searched(cast, deal)
    assert formers(deal) == [LAKESIDE]
    found = held(deal)
    assert found.screening.waiting(found.content) == ["Lakeside Telecom"]
    assert found.unscreened == ("Lakeside Telecom",)
    assert "screening" not in found.content["checks"]
    assert found.deal.stage == "screening"
    assert found.screening.party_of(found.screening.former(found.content)[0].search)["country"] == "KE"


@pytest.mark.django_db
def test_a_hit_that_the_same_party_has_again_is_told_once(cast: Cast) -> None:
    listed.hold(listed.LISTED)
    deal = imported(cast["anna"]).deal.pk
    searched(cast, deal)
    for address in ("Quay 1", "Quay 2"):
        moved(cast, deal, address=address)
        assert [name for name, _, _ in formers(deal)] == ["Lakeside Telecom"]
        searched(cast, deal)
        assert formers(deal) == []
    moved(cast, deal, name="Ozymandias Plumbworth")
    assert formers(deal) == [LAKESIDE]  # three searches of that party tell it


@pytest.mark.django_db
def test_the_hit_of_another_party_does_not_stand_for_it(cast: Cast) -> None:
    listed.hold(listed.LISTED)
    parties = [*file_with()["parties"], {"role": "payer", "name": "Lakeside Telecom", "kind": "company", "country": "KE", "address": "Quay 9"}]
    deal = imported(cast["anna"], parties=parties).deal.pk
    searched(cast, deal)
    moved(cast, deal, name="Ozymandias Plumbworth")
    searched(cast, deal)
    assert formers(deal) == [LAKESIDE]
    (payer,) = [found for found in map(held(deal).screening.search_of, held(deal).content["parties"]) if found and found.receipt["hits"]]
    screening.settle_hit(deal, by=cast["anna"], seen=held(deal).version.number, found=payer.pk, number=0, result="dismissed", reason="a bank")
    assert formers(deal) == [LAKESIDE]


@pytest.mark.django_db
def test_an_older_word_does_not_stand_for_an_entry_that_reads_otherwise_since(cast: Cast) -> None:
    listed.hold(listed.LISTED)
    deal = imported(cast["anna"]).deal.pk
    searched(cast, deal)
    (last,) = [found for found in held(deal).screening.last.values() if found.receipt["hits"]]
    screening.settle_hit(deal, by=cast["anna"], seen=2, found=last.pk, number=0, result="dismissed", reason="another street")
    moved(cast, deal, address="Quay 1")
    searched(cast, deal)
    was = file_with()["parties"]
    stages.intake(deal, by=cast["anna"], seen=held(deal).version.number, changes={"parties": was})
    assert formers(deal) == []  # the same entry, settled of the party as it stands again
    moved(cast, deal, address="Quay 1")
    with later(days=1):
        listed.hold({**listed.LISTED, "programme": "ARMS 2"})
        searched(cast, deal)
        stages.intake(deal, by=cast["anna"], seen=held(deal).version.number, changes={"parties": was})
        assert formers(deal) == [LAKESIDE]
        searched(cast, deal)
        assert formers(deal) == []


def test_who_is_named_but_no_party_is_not_searched_for() -> None:
    named = {"payment": {"payer": "Quill Bank"}, "shipment": {"final_destination": {"name": "lakeside telecom", "country": "KE"}}}
    assert unsearched(file_with(**named)) == ["Quill Bank"]
    assert unsearched({**named, "parties": []}) == ["Quill Bank", "lakeside telecom"]
    assert unsearched(file_with()) == []
