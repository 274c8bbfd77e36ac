"""An index is a value: the same bytes for the same lists, the same answers from its bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enduse.domain.screening.entity import Address, Country, Identifier, Name, Period
from enduse.domain.screening.index import ALGORITHM, MAGIC, Index, Listed, bare, build, joined_words, legal_bits, told, turned_words
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import search
from enduse.domain.screening.wording import worded
from tests.searched import ALL, company, entry, index_of

ENTRIES = (
    entry("Rosa Quill", Name("R. Quill", "weak"), Name("Роза Квилл", "original"), id="1"),
    company("ООО «Ромашка»", "Romashka LLC", id="2"),
    entry("محمد حسين", "王小明", "김정은", "タナカ", id="3"),
    replace(
        entry("Marta Vogelsang", id="4"),
        births=(Period(date(1960, 1, 1), date(1960, 12, 31), True),),
        identifiers=(Identifier("passport", "AB 12-34"),),
    ),
)


def test_the_same_lists_are_the_same_bytes() -> None:
    assert index_of(*ENTRIES).to_bytes() == index_of(*ENTRIES).to_bytes()
    assert index_of(*ENTRIES).to_bytes() != index_of(*ENTRIES[:-1]).to_bytes()
    assert index_of(*ENTRIES).to_bytes() != index_of(*ENTRIES, word="other").to_bytes()


@pytest.mark.parametrize("entities", [ENTRIES, (), (entry(),), (entry("", "😀", "ᚠᚢᚦ"),)])
def test_from_its_bytes_it_answers_the_same(entities: tuple[object, ...]) -> None:
    made = index_of(*entities)  # type: ignore[arg-type]
    again = Index.from_bytes(made.to_bytes())
    assert (again.lists, again.size, again.algorithm) == (made.lists, made.size, ALGORITHM) == ((("own", "sha256:00"),), len(entities), ALGORITHM)
    assert again.to_bytes() == made.to_bytes()
    for name in ("Rosa Quill", "ООО Ромашка", "Muhammad Husayn", "", "ᚠᚢᚦ", "Quill"):
        query = Query(name, identifiers=("ab1234",))
        assert search(again, query, ALL) == search(made, query, ALL)


def test_bytes_that_are_damaged_or_of_another_version_are_refused() -> None:
    whole = index_of(*ENTRIES).to_bytes()
    for data in (b"", whole[:-1], whole.replace(b"Vogelsang", b"Vogelsong"), b"enduse/index/names-0\n" + whole[len(MAGIC) :]):
        with pytest.raises(ValueError, match=r"damaged|not these bytes"):
            Index.from_bytes(data)


def test_lists_keep_their_order_and_digests() -> None:
    made = build([Listed("b", "sha256:02", ENTRIES[:1]), Listed("a", "sha256:01", ()), Listed("c", "sha256:03", ENTRIES[1:])])
    assert made.lists == (("b", "sha256:02"), ("a", "sha256:01"), ("c", "sha256:03"))
    assert made.size == len(ENTRIES)
    assert [hit.list for hit in search(made, Query("Rosa Quill"), ALL).hits][:1] == ["b"]
    assert [hit.list for hit in search(made, Query("Romashka"), ALL).hits][:1] == ["c"]


def test_an_identifier_is_compared_by_its_letters_and_digits() -> None:
    assert bare(" ab 12-34/5_x.") == "AB12345X"
    assert bare("№ 7701") == "7701"


def test_what_is_kept_of_an_entry() -> None:
    entity = replace(
        entry("Rosa Quill"),
        nationalities=(Country("Ruritania"), Country("Russia", "RU")),
        addresses=(Address("1 Main St", Country("France", "FR")), Address("2 Main St")),
        programmes=("X",),
    )
    assert told(0, entity) == (
        '{"list":0,"id":"1","schema":"Person","name":"Rosa Quill","nationalities":["RU"],"countries":["FR"],'
        '"addresses":["1 Main St","2 Main St"],"programmes":["X"]}'
    )
    assert '"name":""' in told(0, entry())


def test_neighbours_are_also_one_word() -> None:
    words = worded("Abdul Rahman Fayed", True).telling
    assert [*joined_words(words)] == [(0, 2, "abdulrahman"), (1, 2, "rahmanfayed"), (0, 3, "abdulrahmanfayed")]
    assert [*turned_words(words)] == [(2, 0, "fayedabdul")]
    assert [*joined_words(worded("Jalal al Din Rumi", True).telling)][:2] == [(0, 2, "jalalal"), (0, 3, "jalalaldin")]
    assert [*joined_words(worded("Rosa", True).telling)] == [] == [*turned_words(worded("Rosa", True).telling)]
    assert [*joined_words(worded("a b", True).telling)] == []  # too short to tell
    many = worded(" ".join(["plumbworth"] * 24), True).telling
    assert max(start for start, _, _ in joined_words(many)) < 5


def test_legal_forms_as_bits() -> None:
    assert legal_bits(frozenset()) == 0
    assert legal_bits(frozenset(("limited", "shares"))) == 3
    assert legal_bits(frozenset(("ip", "fgup"))) == 4
