"""Features: what speaks for and against a candidate, in numbers."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from enduse.domain.screening.candidates import candidates
from enduse.domain.screening.entity import Entity, Name
from enduse.domain.screening.features import FEATURES, PLACE, of_entries, of_forms
from enduse.domain.screening.index import legal_bits
from enduse.domain.screening.wording import worded
from tests.searched import company, entry, index_of


def features(query: str, entity: Entity, person: bool | None = None) -> dict[str, float]:
    """Of the best name of an entry."""
    index = index_of(entity)
    name = worded(query, entity.schema == "Person")
    laid = candidates(index, name.telling)
    rows, best = of_forms(index, name.telling, legal_bits(name.legal), laid)
    assert len(rows) == len(laid.forms) == best.shape[1]
    _, _, found = of_entries(index, name.telling, laid, rows, best, person)
    assert np.isfinite(found).all()
    row = max(found, key=lambda one: float(one[PLACE["of_query"]] + one[PLACE["of_form"]]))
    return dict(zip(FEATURES, map(float, row), strict=True))


def test_the_same_name_is_all_there() -> None:
    found = features("Rosa Quill", entry("Rosa Quill"))
    assert (found["of_query"], found["of_form"], found["unlike"], found["base"]) == (1, 1, 0, 1)
    assert not any(
        found[one] for one in ("missing_query", "missing_form", "single", "initials", "numbers", "legal_other", "weak", "across", "short", "order")
    )


def test_what_is_missing_counts_on_its_side() -> None:
    less, more = features("Ivan Sidorov", entry("Ivan Petrovich Sidorov")), features("Ivan Petrovich Sidorov", entry("Ivan Sidorov"))
    assert less["of_query"] == more["of_form"] == 1
    assert less["of_form"] < 1 > more["of_query"]
    assert (less["missing_query"], more["missing_form"]) == (0, 0)
    assert less["missing_form"] == pytest.approx(more["missing_query"])
    assert less["missed_form"] > 0 < more["missed_query"]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_found_of_a_name_does_not_depend_on_the_others_to_the_last_bit(seed: int) -> None:
    chance = Random(seed)
    words = "ivan mohammed ali trading general petrov kim lee sidorov hassan hussein quill company plumbworth rosa ahmed khan romashka".split()
    names = [" ".join(chance.sample(words, 12)) for _ in range(5)]
    entities = [entry(name, id=str(at)) for at, name in enumerate(names)]
    query = worded(" ".join(chance.sample(words, 12)), True).telling
    index = index_of(*entities)
    whole, _ = of_forms(index, query, 0, candidates(index, query))
    alone = [row for one in map(index_of, entities) for row in of_forms(one, query, 0, candidates(one, query))[0]]
    assert len(alone) > 1
    assert [row.tolist() for row in whole] == [row.tolist() for row in alone]


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert features("Mohammed Ali", entry("Mohammed Ali"))["told"] < features("Ozymandias Plumbworth", entry("Ozymandias Plumbworth"))["told"]


def test_a_common_word_misspelt_is_no_rare_one() -> None:
    right, slip = features("Mohammed Plumbworth", entry("Mohammed Plumbworth")), features("Mohzmmed Plumbworth", entry("Mohammed Plumbworth"))
    assert slip["told"] <= right["told"]
    assert slip["unlike"] > 0


@pytest.mark.parametrize(
    ("query", "name", "feature"),
    [
        ("Sidorov Ivan", "Ivan Sidorov", "order"),
        ("I. Sidorov", "Ivan Sidorov", "initials"),
        ("Ivan Sidorov", "I. Sidorov", "initials"),
        ("Quill", "Quill", "short"),
        ("Quill", "Rosa Quill", "single"),
        ("タナカ", "Tanaka", "across"),
        ("Tanaka", "タナカ", "across"),
    ],
)
def test_what_is_other_is_seen(query: str, name: str, feature: str) -> None:
    assert features(query, entry(name))[feature] > 0
    assert features("Ivan Petrov", entry("Ivan Petrov"))[feature] == 0


def test_cyrillic_against_latin_is_not_another_family_of_scripts() -> None:
    assert features("Роза Квилл", entry("Roza Kvill"))["across"] == 0


@pytest.mark.parametrize(
    ("query", "name", "other", "same"),
    [
        ("ООО Ромашка", "OOO Romashka", 0, 1),
        ("ООО Ромашка", "Romashka LLC", 0, 1),
        ("ООО Ромашка", "АО Ромашка", 1, 0),
        ("Ромашка", "АО Ромашка", 0, 0),
        ("삼성전자 주식회사", "삼성전자 Ltd", 0, 0),
    ],
)
def test_legal_forms_are_compared_where_both_bear_one(query: str, name: str, other: float, same: float) -> None:
    found = features(query, company(name))
    assert (found["legal_other"], found["legal_same"]) == (other, same)


def test_numbers_that_differ() -> None:
    assert features("Plant Romashka 114", company("Plant Romashka 115"))["numbers"] == 1
    assert features("Plant Romashka 114", company("Plant Romashka"))["numbers"] == 1
    assert features("Plant Romashka", company("Plant Romashka 114"))["numbers"] == 1
    assert features("Plant Romashka 114", company("Plant Romashka 114"))["numbers"] == 0


def test_other_names_of_the_entry_carry_what_one_lacks() -> None:
    both = entry("Rosa Quill", "Rosa Plumbworth")
    assert features("Rosa Quill Plumbworth", both)["elsewhere"] > 0
    assert features("Rosa Quill Plumbworth", entry("Rosa Quill"))["elsewhere"] == 0


def test_a_weak_name_and_another_kind() -> None:
    assert features("Rosa Quill", entry(Name("Rosa Quill", "weak")))["weak"] == 1
    assert features("Rosa Quill", entry("Rosa Quill"))["weak"] == 0
    assert [features("Rosa Quill", entry("Rosa Quill"), person)["other_kind"] for person in (None, True, False)] == [0, 0, 1]
    assert [features("Rosa Quill", company("Rosa Quill"), person)["other_kind"] for person in (None, True, False)] == [0, 1, 0]
    unsaid = entry("Rosa Quill", schema="LegalEntity")  # the list does not say: it is no other kind
    assert [features("Rosa Quill", unsaid, person)["other_kind"] for person in (None, True, False)] == [0, 0, 0]
