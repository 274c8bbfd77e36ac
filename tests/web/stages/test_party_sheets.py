"""A party's sheet: stateless, citizenships and unknown are three things; a mapping of numbers stays a mapping."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from enduse.web.stages.party_sheets import PartySheet
from tests.web.conftest import Member
from tests.web.pages import standing, taken_in

pytestmark = pytest.mark.django_db(transaction=True)


def sheet(deal: int, **filled: Any) -> PartySheet:
    """A new party's sheet, filled in."""
    data = QueryDict(mutable=True)
    for name, value in {"role": "owner", "seen": "1", "opened": "1", **filled}.items():
        data.setlist(f"party-{name}", value if isinstance(value, list) else [value])
    return PartySheet(data, held=standing(deal), place=None)


def test_unknown_stateless_and_a_citizen_are_told_apart(anna: Member) -> None:
    deal = taken_in(anna)
    made = []
    for filled in ({}, {"stateless": "on"}, {"citizenship": "Kenya"}):
        form = sheet(deal, **filled)
        assert form.is_valid()
        made.append(form.parties(standing(deal))[-1].get("citizenship"))
    assert made == [None, [], ["KE"]]
    assert not sheet(deal, stateless="on", citizenship="Kenya").is_valid()


def test_capacities_are_a_mapping_and_numbers_a_list(anna: Member) -> None:
    deal = taken_in(anna)
    rows = {"capacity-row": ["0"], "capacity-0-of": "channels", "capacity-0-units": "4"}
    rows |= {"identifiers-row": ["0"], "identifiers-0-scheme": "LEI", "identifiers-0-value": "X"}
    form = sheet(deal, **rows)
    assert form.is_valid()
    made = form.parties(standing(deal))[-1]
    assert (made["capacity"], made["identifiers"]) == ({"channels": "4"}, [{"scheme": "LEI", "value": "X"}])


def test_a_row_without_its_number_is_told(anna: Member) -> None:
    form = sheet(taken_in(anna), **{"capacity-row": ["0"], "capacity-0-of": "channels"})
    assert not form.is_valid()
    assert "Capacity 1" in str(form.non_field_errors()) or "Мощность 1" in str(form.non_field_errors())
