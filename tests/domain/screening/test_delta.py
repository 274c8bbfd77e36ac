"""A new version of a list: searching what changed gives what searching the whole would, to the last bit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.domain.screening.delta import changes, merged, part
from enduse.domain.screening.entity import Country, Entity, Identifier, Name, NameKind, Period, Schema
from enduse.domain.screening.hit import Found, Hit
from enduse.domain.screening.index import Listed, build
from enduse.domain.screening.query import KINDS, Query
from enduse.domain.screening.search import Norms, search
from tests.searched import ALL, company, entry, found

ROSA, MARTA, PLANT = entry("Rosa Quill", id="1"), entry("Marta Vogelsang", id="2"), company("Plant 114", id="3")


def test_what_is_new_gone_and_other() -> None:
    other = replace(MARTA, reason="of another decree")
    new = entry("Ozymandias Plumbworth", id="4")
    seen = changes((ROSA, MARTA, PLANT), (new, other, PLANT))
    assert (seen.added, seen.removed, seen.changed) == ((new,), (ROSA,), (other,))
    assert seen.gone == {"1", "2"}
    assert part("own", "sha256:01", seen) == Listed("own", "sha256:01", (new, other))
    assert changes((ROSA, MARTA), (MARTA, ROSA)) == changes((), ())


def test_an_answer_that_left_hits_out_cannot_be_brought_up_to_date() -> None:
    seen = changes((ROSA,), (ROSA, MARTA))
    whole, cut = Found(()), Found((), more=1)
    for old, new in ((cut, whole), (whole, cut)):
        with pytest.raises(ValueError, match="search the whole"):
            merged(old, "own", seen, new, ALL)


def test_hits_of_other_lists_stay() -> None:
    kept = Hit("other", "1", "Rosa Quill", "name", 0.9, 0.5)
    gone = Hit("own", "1", "Rosa Quill", "name", 0.9, 0.5)
    assert merged(Found((gone, kept)), "own", changes((ROSA,), ()), Found(()), ALL).hits == (kept,)


WORDS = (
    "Ivan Anna Mohammed Muhammad Abdulrahman Abdul Rahman al bin Rosa Quill Kim Jong Un Wang Xiaoming Tanaka Plumbworth Trading LLC 114 7 I. P."
    " Sidorov Sidorova Petrovich Иван Анна Сидоров Петрович Cбербанк Ромашка ООО محمد حسين الفايد יוסף 王小明 王 김정은 김 タナカ ヒロシ नरेंद्र ᚠᚢ 😀"
).split()
SIZES = st.sampled_from([1, 1, 2, 2, 2, 3, 3, 4, 5, 8, 12])
NAMES = SIZES.flatmap(lambda size: st.lists(st.sampled_from(WORDS), min_size=size, max_size=size)).map(" ".join)
KINDS_OF_NAMES: list[NameKind] = ["name", "alias", "weak", "former", "original"]
SCHEMAS: list[Schema] = ["Person", "Company", "Organization", "LegalEntity", "Vessel", "Airplane"]
YEARS = st.integers(1950, 1953).map(lambda year: Period(date(year, 1, 1), date(year, 12, 31)))
CODES = st.sampled_from(("RU", "FR", "CN"))
NUMBERS = st.sampled_from(("AB 1234", "AB 1235", "7"))
ENTITIES = st.builds(
    Entity,
    st.just(""),
    st.sampled_from(SCHEMAS),
    st.lists(st.builds(Name, NAMES, st.sampled_from(KINDS_OF_NAMES)), max_size=4).map(tuple),
    births=st.lists(YEARS, max_size=2).map(tuple),
    nationalities=st.lists(CODES.map(lambda code: Country(code, code)), max_size=1).map(tuple),
    identifiers=st.lists(NUMBERS.map(lambda value: Identifier("passport", value)), max_size=1).map(tuple),
)
LISTS = st.lists(ENTITIES, max_size=8).map(lambda made: tuple(replace(one, id=str(at)) for at, one in enumerate(made)))
QUERIES = st.builds(
    Query,
    NAMES,
    st.sampled_from(KINDS),
    st.lists(CODES, max_size=1).map(tuple),
    st.none() | YEARS,
    st.lists(NUMBERS, max_size=1).map(tuple),
)


@st.composite
def versions(draw: st.DrawFn) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """A list and a later version of it: some entries gone, some changed, some new, in another order."""
    old = draw(LISTS)
    new = []
    for entity in old:
        fate = draw(st.sampled_from(("stays", "stays", "goes", "changes")))
        if fate != "goes":
            new.append(replace(draw(ENTITIES), id=entity.id) if fate == "changes" else entity)
    new += [replace(entity, id=f"new-{entity.id}") for entity in draw(LISTS)]
    return old, tuple(draw(st.permutations(new)))


@settings(max_examples=150)
@given(versions(), QUERIES, st.sampled_from((0.0, 0.3, 0.6)))
def test_what_changed_and_what_was_found_before_give_what_the_whole_gives(
    two: tuple[tuple[Entity, ...], tuple[Entity, ...]], query: Query, least: float
) -> None:
    old, new = two
    norms = Norms(least, {"own:person": least / 2}, limit=100)
    seen = changes(old, new)
    before = found(query, *old, norms=norms)
    delta = search(build([part("own", "sha256:01", seen)]), query, norms)
    assert merged(before, "own", seen, delta, norms) == found(query, *new, norms=norms)


@settings(max_examples=100)
@given(LISTS, QUERIES)
def test_what_is_found_of_an_entry_does_not_depend_on_the_others(entities: tuple[Entity, ...], query: Query) -> None:
    alone = [hit for entity in entities for hit in found(query, entity).hits]
    whole = found(query, *entities).hits
    assert sorted(whole, key=lambda hit: hit.entry) == sorted(alone, key=lambda hit: hit.entry)
    assert search(build([Listed("a", "x", entities[:3]), Listed("own", "x", entities[3:])]), query, ALL).hits == tuple(
        replace(hit, list="a" if int(hit.entry) < 3 else "own")
        for hit in sorted(whole, key=lambda hit: (-hit.rank, -hit.score, int(hit.entry) >= 3, hit.entry))
    )
