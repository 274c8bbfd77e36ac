"""The steps' sheets: what is asked of every deal, and what only an open indicator asks for."""

from __future__ import annotations

import pytest

from enduse.casework.deals.deciding import edition
from enduse.formats.deal_shape import DEAL_FILE
from enduse.formats.schema import keys_at
from enduse.web.stages.intake_sheets import STEP_SHEETS, fed
from enduse.web.stages.party_sheets import PartySheet
from tests.web.conftest import Member
from tests.web.pages import standing, taken_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("step", list(STEP_SHEETS))
def test_every_field_stands_at_a_key_of_the_deal_file(anna: Member, step: str) -> None:
    sheet = STEP_SHEETS[step](None, held=standing(taken_in(anna)), everything=True)
    for name in sheet.fields:
        if name not in sheet.own:
            *way, last = sheet.path(name)
            assert last in keys_at(DEAL_FILE, tuple(way)), name


def test_everything_that_an_indicator_reads_can_be_given_somewhere() -> None:
    given = {path for sheet in STEP_SHEETS.values() for name in sheet.base_fields if (path := sheet.paths.get(name, (name,)))}
    given |= {(*table.path, name) for sheet in STEP_SHEETS.values() for table in sheet.tables.values() for name in table.row.base_fields}
    given |= {("parties", name) for name in [*PartySheet.base_fields, *PartySheet.tables]}
    elsewhere = ("contract", "suitable_for")
    for indicator in edition().indicators.values():
        for key in indicator.feeds:
            assert tuple(key.split(".")) in given or any(part in key.split(".") for part in elsewhere), key


def test_what_is_fed_follows_the_open_indicators(anna: Member) -> None:
    assert fed(standing(taken_in(anna))) == {}
    deal = taken_in(anna, reference="D-2", indicators={"1": None})
    assert fed(standing(deal))[("end_use", "purpose")] == ["1"]
