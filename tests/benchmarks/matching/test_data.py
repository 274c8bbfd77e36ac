"""The split by entity, the names taken out, the judged pairs."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.matching import data
from benchmarks.matching.data import Listing, half, half_of, held_out_aliases, held_out_originals, normal
from enduse.domain.screening.entity import Entity, Name


def entry(number: int, *names: Name) -> Listing:
    return "un-sc", Entity(f"Q{number}", "Person", (Name(f"Omar Sample {number}"), *names))


def entries(*names: Name) -> list[Listing]:
    return [entry(number, *names) for number in range(200)]


def test_one_person_on_two_lists_falls_into_one_half_as_far_as_names_tell() -> None:
    assert half_of("SAMPLE, Omar") == half_of("Omar Sämple") == half_of("sample omar")
    halves = Counter(half(*listing) for listing in entries())
    assert set(halves) == {"tune", "report"}
    assert min(halves.values()) > 70


def test_one_alias_is_taken_out_of_each_entry_of_the_half_that_has_two() -> None:
    whole = entries(Name("Umar Mithal", "alias"), Name("UMAR-MITHAL", "weak"), Name("The Lamp", "weak"), Name("عمر", "alias"))
    kept, asked = held_out_aliases(whole, "tune")
    assert [one.truth[1] for one in asked] == [entity.id for word, entity in whole if half(word, entity) == "tune"]
    assert {one.how for one in asked} == {"weak"} | ({"alias"} & {one.how for one in asked})
    held = {entity.id: entity for _, entity in kept}
    for one in asked:
        left = {normal(name.text) for name in held[one.truth[1]].names}
        assert normal(one.query.name) not in left and one.query.kind == "person"
        assert len(left) == 3  # the main name, one alias, the Arabic one
    assert [entity for word, entity in kept if half(word, entity) == "report"] == [entity for word, entity in whole if half(word, entity) == "report"]
    assert held_out_aliases(whole, "tune") == (kept, asked)


def test_an_entry_with_one_alias_keeps_it() -> None:
    whole = entries(Name("Umar Mithal", "alias"), Name("umar mithal", "former"), Name("عمر", "alias"))
    assert held_out_aliases(whole, "tune") == (whole, [])


def test_all_names_in_other_scripts_are_taken_out_and_one_is_asked_for() -> None:
    kept, asked = held_out_originals(entries(Name("عمر مثال", "original"), Name("Омар Пример", "alias")), "report")
    held = {entity.id: entity for _, entity in kept}
    assert asked and {(one.query.name, one.how) for one in asked} == {("عمر مثال", "arabic")}
    assert {len(held[one.truth[1]].names) for one in asked} == {1}


def test_the_pool_holds_each_entry_once() -> None:
    if not data.DATA.is_dir():
        pytest.skip("NOT RUN: ../shared/data is not there")
    listed = data.un()
    assert len(listed) == len({(word, entity.id) for word, entity in listed}) == 1003


def test_judged_pairs_stand_in_five_folds_of_one_size() -> None:
    if not data.DATA.is_dir():
        pytest.skip("NOT RUN: ../shared/data is not there")
    pairs = data.judged()
    assert len(pairs) == 600
    assert set(Counter(pair.fold for pair in pairs).values()) == {120}
    assert pairs == data.judged()
