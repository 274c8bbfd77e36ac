"""Candidates: which names a query may mean, and how its words lie on theirs."""

from __future__ import annotations

import numpy as np
import pytest

from enduse.domain.screening.candidates import Laid, candidates
from enduse.domain.screening.index import Index
from enduse.domain.screening.wording import worded
from tests.searched import company, entry, index_of

MANY = (
    entry("Ivan Petrovich Sidorov", id="1"),
    entry("Abdul Rahman Fayed", id="2"),
    entry("Abdulrahman Fayed", id="3"),
    company("ООО «Ромашка»", id="4"),
    company("Plant 114", id="5"),
    entry("Rosa Quill", id="6"),
    entry("I. P. Sidorov", id="7"),
)


def of(index: Index, name: str) -> dict[str, list[list[float]]]:
    """For each candidate, written as its words, how like each word of the query (a row) is to each word of the candidate."""
    laid = candidates(index, worded(name, False).telling)
    found = {}
    for at in range(len(laid.forms)):
        places = slice(int(laid.starts[at]), int(laid.starts[at + 1]))
        name = " ".join(index.words.forms[index.form_words[place]] for place in laid.places[places])
        found[name] = [[round(float(one), 2) for one in row] for row in laid.like[:, places]]
    return found


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(*MANY)


def test_the_same_words_lie_on_one_another_in_any_order(index: Index) -> None:
    assert of(index, "Sidorov Ivan Petrovich")["ivan petrovich sidorov"] == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


def test_words_merged_and_split_lie_on_both(index: Index) -> None:
    split, merged = of(index, "Abdulrahman Fayed"), of(index, "Abdul Rahman Fayed")
    assert split["abdul rahman fayed"][0][:2] == [0.97, 0.97]
    assert merged["abdulrahman fayed"][0][0] == merged["abdulrahman fayed"][1][0] == 0.97
    assert merged["abdul rahman fayed"] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_an_initial_lies_on_each_word_that_begins_so(index: Index) -> None:
    assert of(index, "I. Sidorov")["ivan petrovich sidorov"][0] == [0.8, 0, 0]
    assert of(index, "Ivan Sidorov")["i p sidorov"][0][0] == 0.8
    assert of(index, "R. Sidorov")["ivan petrovich sidorov"][0] == [0, 0, 0]


def test_a_stranger_is_no_candidate(index: Index) -> None:
    assert of(index, "Ozymandias Plumbworth") == {}
    assert of(index, "ООО Василёк") == {}
    assert "romashka" in of(index, "OOO Romashka")
    assert of(index, "Plant 115").get("plant 114", [[0], [0, 0]])[1][1] == 0


def test_which_they_are_does_not_depend_on_the_others(index: Index) -> None:
    for name in ("Ivan Sidorov", "Abdul Rahman Fayed", "I. P. Sidorow", "Rosa Kvill", "Plant 114 Romashka"):
        whole = of(index, name)
        alone: dict[str, list[list[float]]] = {}
        for entity in MANY:
            alone |= of(index_of(entity), name)
        assert alone == whole


def test_nothing_to_search_in_gives_nothing() -> None:
    for one in (index_of(), index_of(entry("😀"))):
        laid = candidates(one, worded("Rosa Quill", False).telling)
        assert isinstance(laid, Laid)
        assert (len(laid.forms), laid.like.shape, laid.starts.tolist()) == (0, (2, 0), [0])
        assert laid.like.dtype == np.float32
