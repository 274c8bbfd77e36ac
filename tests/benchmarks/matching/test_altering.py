"""Alterations: mild, of every kind, never a name that the entry has."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.matching import altering, data
from benchmarks.matching.altering import alterations, to_cyrillic, to_latin
from benchmarks.matching.data import Listing, half, normal
from enduse.domain.screening.entity import Country, Entity, Name


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[Listing]:
    monkeypatch.setattr(altering, "_common", lambda: Counter({"trading": 50, "llc": 90}))
    russian = (Country("Russia", "RU"),)
    people = [Entity(f"P{at}", "Person", (Name(f"PETROV{'abcdefghij'[at % 10]}, Ivan Sergeyevich"),), nationalities=russian) for at in range(400)]
    firms = [Entity(f"C{at}", "Company", (Name(f"Blue Lantern{'abcdefghij'[at % 10]} Trading LLC"),)) for at in range(400)]
    return [("un-sc", entity) for entity in (*people, *firms)]


def test_every_way_is_taken_and_says_what_it_did(entries: list[Listing]) -> None:
    asked = alterations(entries, "tune")
    assert {"typo", "order", "initial", "dropped", "joined", "cyrillic", "romanised again"} <= {one.how for one in asked}
    held = {(word, entity.id): entity for word, entity in entries}
    for one in asked:
        entity = held[one.truth]
        assert half("un-sc", entity) == "tune"
        assert normal(one.query.name) not in {normal(name.text) for name in entity.names}
        assert one.was == entity.names[0].text
    assert {one.query.name.split()[-1] for one in asked if one.how == "dropped" and one.truth[1].startswith("C")} == {"Trading"}
    assert all(one.query.name.startswith("PETROV") for one in asked if one.how == "order" and one.truth[1].startswith("P"))


def test_they_are_the_same_for_a_seed_and_a_part_of_them_is_their_beginning(entries: list[Listing]) -> None:
    asked = alterations(entries, "report")
    assert asked == alterations(list(reversed(entries)), "report")
    assert alterations(entries, "report", count=20) == asked[:20]
    assert alterations(entries, "report", seed=2) != asked


def test_names_go_from_script_to_script() -> None:
    assert to_latin("Юрий Щербаков") == "Iurii Shcherbakov"
    assert to_latin("Юрий ХЛЕБНИКОВ", passport=False) == "Yurij XLEBNIKOV"
    assert to_cyrillic("Yuri Khlebnikov") == "Юри Хлебников"
    assert to_cyrillic("Dmitriy Vodolatsky") == "Дмитрий Водолацкий"


def test_the_pools_names_give_enough() -> None:
    if not data.DATA.is_dir():
        pytest.skip("NOT RUN: ../shared/data is not there")
    asked = alterations(data.un(), "tune")
    assert len(asked) > 400
    assert set(Counter(one.truth for one in asked).values()) == {1}
