"""What the intake still has to say, step by step."""

from __future__ import annotations

import pytest

from enduse.web.stages.asking import parties_shown, steps_shown
from tests.web.conftest import Member
from tests.web.pages import standing, taken_in

pytestmark = pytest.mark.django_db(transaction=True)


def left(deal: int) -> dict[str, list[str]]:
    """What each step has left."""
    return {shown.step: shown.left for shown in steps_shown(standing(deal)) if shown.left}


def test_nothing_is_left_of_a_deal_that_may_proceed(anna: Member) -> None:
    assert left(taken_in(anna)) == {}


def test_a_deal_without_anything_says_what_it_needs(anna: Member) -> None:
    deal = taken_in(anna, parties=None, solution=None, delivery=None)
    assert set(left(deal)) == {"parties", "solution", "delivery"}


def test_a_party_says_what_it_lacks(anna: Member) -> None:
    deal = taken_in(anna, parties=[{"role": "counterparty", "name": "A", "kind": "person"}, {"role": "payer", "name": "B"}, {"role": "payer"}])
    assert [bool(party.lacks) for party in parties_shown(standing(deal))] == [True, False, True]


def test_what_is_no_export_asks_for_nothing_more(anna: Member) -> None:
    deal = taken_in(anna, delivery={"form": "saas", "recipient_can_modify": "no"}, parties=None, indicators=None)
    assert left(deal) == {}
