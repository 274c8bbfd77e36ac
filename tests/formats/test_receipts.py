"""Receipts as plain data: they read back to the same, and no field of them can be altered unseen."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from enduse import __version__
from enduse.domain.screening.entity import Period
from enduse.domain.screening.hit import Blind, Feature, Found, Hit
from enduse.domain.screening.query import Query
from enduse.domain.screening.receipt import Receipt, Searched, kept
from enduse.domain.screening.search import Norms
from enduse.formats.problems import BadInput
from enduse.formats.receipts import agrees, also_not_covered, answer, asked, explained, intact, misstated, not_covered, plain, receipt_from, troubles

BORN = Period(date(1961, 1, 1), date(1961, 12, 31), circa=True)
RECEIPT = Receipt(
    query=Query("Роза Квилл", "person", ("RU", "KE"), BORN, ("AB 123",), "12 Quay St"),
    lists=(
        Searched("un-sc", "ok", "United Nations", "sha256:aa", date(2026, 11, 20), date(2026, 11, 22), 1003, 7),
        Searched("eu-fsf", "old", "EU", "sha256:bb", date(2026, 1, 20), date(2026, 1, 20), 5, 7),
        Searched("own", "damaged", limit_days=365),
    ),
    algorithm="names-1",
    norms=Norms(0.8, {"un-sc:person": 0.7}, 5),
    found=kept(
        Found(
            (Hit("un-sc", "QDi.1", "Rosa Quill", "weak", 0.91234, 0.5, (Feature("feature.same", {"query": "x", "entry": "y", "n": (1, 2)}, 0.9),)),),
            2,
            (Blind("blind.no_letter", {"script": "Thai"}),),
        )
    ),
    at=datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC),
    program="0.1.0",
    unsearched=("ca-sema",),
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything in a receipt that is no container, and of empty containers."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = False
    for key, one in inner:
        found = True
        yield from leaves(one, (*path, key))
    if not found:
        yield path


def altered(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, (int, float)):
        return value + 0.0001
    return f"{value}x" if isinstance(value, str) else {"a": 1}


def test_a_receipt_reads_back_to_the_same_also_from_text() -> None:
    data = json.loads(json.dumps(plain(RECEIPT), ensure_ascii=True, indent=3))
    assert receipt_from(data) == RECEIPT
    assert intact(data)
    assert plain(receipt_from(data)) == plain(RECEIPT)
    nothing = replace(RECEIPT, found=Found(()), query=Query("x"), lists=(), unsearched=(), norms=Norms())
    assert receipt_from(json.loads(json.dumps(plain(nothing)))) == nothing


@pytest.mark.parametrize("path", list(leaves(plain(RECEIPT))), ids=lambda path: ".".join(map(str, path)))
def test_no_field_can_be_altered_taken_away_or_moved_unseen(path: tuple[Any, ...]) -> None:
    for change in ("alter", "remove"):
        data: Any = copy.deepcopy(plain(RECEIPT))
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        if change == "alter":
            holder[path[-1]] = altered(holder[path[-1]])
        else:
            del holder[path[-1]]
        assert not intact(data)


def test_a_field_that_is_added_is_seen_and_the_order_of_keys_is_nothing() -> None:
    data = plain(RECEIPT)
    assert not intact({**data, "note": "x"})
    assert intact(dict(reversed(list(data.items()))))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "receipt.format"),
        ({}, "receipt.format"),
        ({"format": "enduse/receipt-9"}, "receipt.format"),
        ({"format": "enduse/receipt-1"}, "receipt.broken"),
        ({**plain(RECEIPT), "lists": 1}, "receipt.broken"),
        ({**plain(RECEIPT), "at": "yesterday"}, "receipt.broken"),
        ({**plain(RECEIPT), "norms": {"threshold": "high", "of": {}, "limit": 1}}, "receipt.broken"),
        ({**plain(RECEIPT), "query": {**plain(RECEIPT)["query"], "kind": "dog"}}, "receipt.broken"),
        ({**plain(RECEIPT), "blind": [{"code": "x", "values": {"deep": {"er": 1}}}]}, "receipt.broken"),
        ({**plain(RECEIPT), "note": "believe me"}, "receipt.broken"),
        ({**plain(RECEIPT), "query": {**plain(RECEIPT)["query"], "note": 1}}, "receipt.broken"),
        ({**plain(RECEIPT), "query": {**plain(RECEIPT)["query"], "countries": ["zz\x1b[31m"]}}, "receipt.broken"),
        ({**plain(RECEIPT), "program": "99 <b>"}, "receipt.broken"),
        ({**plain(RECEIPT), "more": -1}, "receipt.broken"),
        ({**plain(RECEIPT), "lists": plain(RECEIPT)["lists"] * 2}, "receipt.broken"),
        *(
            ({**plain(RECEIPT), "lists": [{**plain(RECEIPT)["lists"][0], "list": word}]}, "receipt.broken")
            for word in ("a" * 5000, "*", "..", "", "a\0b")
        ),
        *(({**plain(RECEIPT), "norms": {"threshold": score, "of": {}, "limit": 1}}, "receipt.broken") for score in (1.5, -0.1, float("nan"), True)),
        *(({**plain(RECEIPT), "norms": {"threshold": 0.5, "of": {}, "limit": limit}}, "receipt.broken") for limit in (0, -2, 2.5, True, "5")),
        ({**plain(RECEIPT), "norms": {"threshold": 0.5, "of": {"un-sc": 2}, "limit": 1}}, "receipt.broken"),
    ],
)
def test_what_is_no_receipt_is_told(data: object, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        receipt_from(data)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert "Error" not in refused.value.problems[0].text("en")
    assert "' object" not in refused.value.problems[0].text("en")


def test_what_makes_a_search_incomplete_comes_first_and_everything_is_said_in_both_languages() -> None:
    told = {lang: not_covered(RECEIPT, lang) for lang in ("ru", "en")}
    assert [len(lines) for lines in told.values()] == [4, 4]
    assert "eu-fsf is old" in told["en"][0]
    assert "own is damaged" in told["en"][1]
    assert "ca-sema" in told["en"][-1]
    assert "устарел" in told["ru"][0]
    assert troubles(RECEIPT, "en") == told["en"][:3]  # a name that was not searched by, too
    assert also_not_covered(RECEIPT, "en") == told["en"][3:]
    assert "no list is held" in troubles(replace(RECEIPT, lists=()), "en")[0]
    whole = replace(RECEIPT, lists=RECEIPT.lists[:1], found=Found(()), unsearched=())
    assert not_covered(whole, "en") == []


def test_an_explanation_says_what_each_feature_gave_and_an_unknown_code_is_shown_as_it_is() -> None:
    (feature,) = RECEIPT.found.hits[0].explanation
    assert explained(feature, "en").endswith("(score +0.90)")
    assert explained(replace(feature, gave=-0.2, of="strength"), "ru").endswith("(вес -0.20)")
    assert explained(Feature("feature.of_another_version", {"a": (1, 2)}), "en") == 'feature.of_another_version {"a":[1,2]}'
    assert explained(replace(feature, gave=-0.004), "en") == explained(replace(feature, gave=0.0), "en")  # no "-0.00"
    assert explained(replace(feature, values={}), "en").startswith("feature.same {}")


def test_what_was_asked_is_said() -> None:
    assert asked(RECEIPT.query, "en") == ["kind: person", "country: Russia, Kenya", "born: circa 1961", "number: AB 123", "address: 12 Quay St"]
    assert asked(Query("x"), "ru") == ["вид: любой"]
    assert asked(Query("x", "person"), "ru") == ["вид: физическое лицо"]
    day = replace(RECEIPT.query, birth=Period(date(1961, 5, 2), date(1961, 5, 2)))
    assert "born: 1961-05-02" in asked(day, "en")
    assert "born: 1961-05-01 – 1961-05-31" in asked(replace(day, birth=Period(date(1961, 5, 1), date(1961, 5, 31))), "en")


def test_all_of_an_answer_is_held_against_its_receipt() -> None:
    ours = replace(RECEIPT, program=__version__)
    for lang in ("ru", "en"):
        line = {"id": "7", "row": 2, **answer(ours, lang)}
        assert agrees(line, ours)
        assert not line["complete"]
        for key, value in (("score", 0.1), ("name", "Somebody"), ("list", "own"), ("explanation", ["nothing"]), ("note", "x")):
            assert not agrees({**line, "hits": [{**line["hits"][0], key: value}]}, ours)
        others: tuple[tuple[str, object], ...] = (
            ("hits", []),
            ("hits", None),
            ("hits", [5]),
            ("name", "x"),
            ("complete", True),
            ("not_covered", []),
            ("more", 0),
            ("note", "x"),
        )
        for other, wrong in others:
            assert not agrees({**line, other: wrong}, ours)
        assert not agrees({key: value for key, value in line.items() if key != "complete"}, ours)


def test_the_words_of_another_version_are_its_own_and_all_else_is_held_against_the_receipt() -> None:
    old = replace(RECEIPT, program="0.0.1")
    line = answer(old, "en")
    assert agrees({**line, "not_covered": ["as it was said then"]}, old)
    changes: tuple[dict[str, object], ...] = ({"hits": []}, {"hits": [5]}, {"name": "x"}, {"complete": True})
    for changed in changes:
        assert not agrees({**line, **changed}, old)


def test_what_a_receipt_comes_to_is_held_against_what_it_states() -> None:
    data = plain(RECEIPT)
    assert misstated(data, RECEIPT) == {}
    assert misstated({**data, "complete": True}, RECEIPT) == {"complete": (True, False)}
    assert set(misstated({**data, "at": "2026-11-23T09:00:05+00:00"}, RECEIPT)) == {"at"}
