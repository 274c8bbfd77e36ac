"""Finding the records of parties: by a part of the name, in either alphabet, and only for those who may see them."""

from __future__ import annotations

import pytest

from enduse.casework.parties.queries import parties_like, party_record
from enduse.domain.refusals import NotAllowed, Refused
from tests.casework.cast import imported, make_cast

pytestmark = pytest.mark.django_db(transaction=True)

PARTIES = [
    {"role": "counterparty", "name": "Lakeside Telecom", "kind": "company", "country": "KE"},
    {"role": "end_user", "name": "Спас-Взгляд", "kind": "company", "country": "RU", "address": "Москва"},
]


def test_a_part_of_the_name_finds_a_record() -> None:
    anna = make_cast("anna")["anna"]
    imported(anna, parties=PARTIES)
    assert [party.name for party in parties_like(anna, "lake")] == ["Lakeside Telecom"]
    assert [party.name for party in parties_like(anna, "спас")] == ["Спас-Взгляд"]
    assert parties_like(anna, " ") == []
    assert party_record(anna, parties_like(anna, "взгляд")[0].pk) == {
        "name": "Спас-Взгляд",
        "kind": "company",
        "country": "RU",
        "address": "Москва",
    }
    with pytest.raises(Refused):
        party_record(anna, 999)


def test_sales_does_not_look_into_the_records() -> None:
    ivan = make_cast("ivan")["ivan"]
    with pytest.raises(NotAllowed):
        parties_like(ivan, "a")
    with pytest.raises(NotAllowed):
        party_record(ivan, 1)
