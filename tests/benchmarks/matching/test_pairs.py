"""Pairs across scripts: the wrong candidate is the one that a plain transliteration comes nearest to."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.matching import pairs
from benchmarks.matching.pairs import Pair, plain, script_pairs, some

NAMES = {"иванов": "ivanov", "иванова": "ivanova", "петров": "petrov", "щука": "pike", "брюс": "bruce"}


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = [{"query": query, "candidate": name, "source": "made:ru"} for query, name in NAMES.items()]
    told.append({"query": "щука", "candidate": "Suka", "source": "made:ru"})
    monkeypatch.setattr(pairs, "rows", lambda name: told if "coling" in name else [])
    monkeypatch.setattr(pairs, "half_of", lambda name: "tune")
    monkeypatch.setattr(pairs, "cache_folder", lambda: tmp_path)


def test_each_query_has_its_right_candidate_and_the_hardest_wrong_one() -> None:
    found = script_pairs("tune")
    assert Pair("ru", "иванов", "ivanov", True) in found
    assert Pair("ru", "иванов", "ivanova", False) in found
    assert Pair("ru", "щука", "pike", True) in found and Pair("ru", "щука", "Suka", False) not in found  # it is right as well
    assert Pair("ru", "иванова", "ivanov", False) in found
    assert [pair.match for pair in found] == [True, False] * len(NAMES)
    assert script_pairs("report") == []
    assert script_pairs("tune") == found  # kept


def test_a_part_holds_both_pairs_of_a_query() -> None:
    drawn = some(script_pairs("tune"), "ru", 2)
    assert len(drawn) == 4 and len({pair.query for pair in drawn}) == 2


def test_plain_is_without_case_and_marks() -> None:
    assert plain("Щука-Éclair") == "suka eclair"
