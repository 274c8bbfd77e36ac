"""A receipt's value: what of an answer is kept, when it is complete, what a replay tells apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from enduse.domain.screening.hit import Blind, Feature, Found, Hit
from enduse.domain.screening.query import Query
from enduse.domain.screening.receipt import Receipt, Searched, State, differences, kept, receipt
from enduse.domain.screening.search import Norms

HIT = Hit("own", "1", "Rosa Quill", "name", 0.123456789, 0.5, (Feature("feature.same", {"rate": 0.123456, "words": ["a", "b"]}, 0.1 + 0.2),))
AT = datetime(2026, 11, 23, 9, 0, 5, 999, tzinfo=UTC)


def made(*lists: Searched, found: Found | None = None) -> Receipt:
    return receipt(Query("Rosa"), lists, "names-1", Norms(), found or Found((HIT,)), at=AT, program="0.1.0")


def test_figures_are_kept_to_four_places_and_times_to_the_second() -> None:
    (hit,) = made().found.hits
    assert (hit.score, hit.explanation[0].gave, hit.explanation[0].values) == (0.1235, 0.3, {"rate": 0.1235, "words": ("a", "b")})
    assert made().at == datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)
    assert kept(made().found) == made().found  # keeping what is kept changes nothing


def test_values_of_other_types_become_what_json_brings_back() -> None:
    found = kept(Found((), blind=(Blind("x", {"day": date(2026, 1, 2), "set": {1}, "none": None, "deep": [[1.00001]]}),)))
    assert found.blind[0].values == {"day": "2026-01-02", "set": "{1}", "none": None, "deep": ((1.0,),)}


@pytest.mark.parametrize(("states", "complete"), [((), False), (("ok",), True), (("ok", "old"), False), (("missing",), False), (("damaged",), False)])
def test_a_search_is_complete_where_every_list_was_whole_and_of_late(states: tuple[State, ...], complete: bool) -> None:
    assert made(*(Searched(f"list-{at}", state) for at, state in enumerate(states))).complete is complete


def test_every_part_of_an_answer_that_differs_is_told() -> None:
    found = kept(Found((HIT, replace(HIT, entry="2")), more=1, blind=(Blind("blind.no_letter"),)))
    first = found.hits[0]
    assert differences(found, found) == {}
    assert differences(found, replace(found, hits=(replace(first, score=0.2), found.hits[1]))) == {"hits.own/1.score": (0.1235, 0.2)}
    assert differences(found, replace(found, more=2)) == {"more": (1, 2)}
    assert "blind" in differences(found, replace(found, blind=()))
    assert differences(found, replace(found, hits=found.hits[::-1])) == {"hits": (["own/1", "own/2"], ["own/2", "own/1"])}
    gone = differences(found, replace(found, hits=found.hits[:1]))
    assert gone["hits.own/2.name"] == ("Rosa Quill", None)
    new = differences(replace(found, hits=()), found)
    assert new["hits.own/1.score"] == (None, 0.1235)
