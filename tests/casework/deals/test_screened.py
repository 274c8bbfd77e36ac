"""Where the screening of a deal stands, by the rows alone; what actions make of it is tested with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import screening
from enduse.casework.deals.models import Deal
from enduse.casework.deals.screened import DONE, Screening, is_of, unscreened
from enduse.casework.people.actor import Actor
from enduse.formats.deal_parts import particulars_of
from tests.builders import file_with
from tests.casework import listed
from tests.casework.cast import held, imported
from tests.casework.deals.stories import later

Cast = dict[str, Actor]


@pytest.fixture(autouse=True)
def _no_lists_left() -> Iterator[None]:
    listed.forget()
    yield
    listed.forget()


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
