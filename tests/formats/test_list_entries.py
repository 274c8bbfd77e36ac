"""An entry as a line, and back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, Name, Period
from enduse.formats.list_entries import entry_from, entry_line

TEXT = st.text(max_size=12)
COUNTRIES = st.builds(Country, TEXT, st.sampled_from(["", "KE", "RU"]))
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
ENTITIES = st.builds(
    Entity,
    id=TEXT,
    schema=st.sampled_from(["Person", "Company", "Vessel"]),
    names=st.lists(st.builds(Name, TEXT, st.sampled_from(["name", "weak"]), TEXT, TEXT), max_size=3).map(tuple),
    births=st.lists(st.builds(Period, DAYS, DAYS, st.booleans()), max_size=2).map(tuple),
    nationalities=st.lists(COUNTRIES, max_size=2).map(tuple),
    countries=st.lists(COUNTRIES, max_size=2).map(tuple),
    addresses=st.lists(st.builds(Address, TEXT, st.none() | COUNTRIES), max_size=2).map(tuple),
    identifiers=st.lists(st.builds(Identifier, st.just("tax"), TEXT, st.none() | COUNTRIES), max_size=2).map(tuple),
    programmes=st.lists(TEXT, max_size=2).map(tuple),
    reason=TEXT,
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    links=st.lists(st.builds(Link, st.just("other"), TEXT, TEXT), max_size=2).map(tuple),
)


@given(ENTITIES)
def test_nothing_is_lost_on_the_way(entity: Entity) -> None:
    line = entry_line(entity)
    assert "\n" not in line
    assert entry_from(line) == entity


def test_what_is_empty_takes_no_room() -> None:
    assert json.loads(entry_line(Entity("7", "Person", (Name("A"),)))) == {"id": "7", "schema": "Person", "names": [{"text": "A", "kind": "name"}]}


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"id": "7"}', '{"id": "7", "schema": "Person", "names": [{"txt": "A"}]}'])
def test_what_is_no_entry_is_refused(line: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        entry_from(line)
