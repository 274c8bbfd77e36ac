"""The types that the formats are made of: what each takes, what each refuses, and every complaint with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from enduse.formats.deal_shape import DEAL_FILE
from enduse.formats.plain import Document, read_yaml
from enduse.formats.problems import BadInput, Problem
from enduse.formats.schema import Count, Country, Currency, Day, Number, PartialDay, Percent, Text, YesNo, YesNoUnknown, check, keys_at

GOOD: list[tuple[Any, str, object]] = [
    (Day, "2026-11-02", date(2026, 11, 2)),
    (Day, "2024-02-29", date(2024, 2, 29)),
    (PartialDay, "1980", "1980"),
    (PartialDay, "1980-02", "1980-02"),
    (PartialDay, "1980-02-29", "1980-02-29"),
    (Count, "0", 0),
    (Count, "007", 7),
    (Number, "0.5", Decimal("0.5")),
    (Number, "118000", Decimal(118000)),
    (Percent, "100", Decimal(100)),
    (Percent, "33.3", Decimal("33.3")),
    (Country, "NO", "NO"),
    (Country, "AE", "AE"),
    (Currency, "USD", "USD"),
    (YesNo, "yes", "yes"),
    (YesNo, "true", "yes"),
    (YesNo, "False", "no"),
    (YesNoUnknown, "TRUE", "yes"),
    (YesNoUnknown, "unknown", "unknown"),
    (Text, "0412", "0412"),
    (Text, " x ", " x "),
]
BAD: list[tuple[Any, str, str]] = [
    *(
        (Day, day, "value.day")
        for day in ("2026-02-30", "2025-02-29", "20261102", "2026-11-2", "2026-W45-1", "2026-11-02T00:00:00Z", "2026-11-02 10:00")
    ),
    *(
        (Day, day, "value.day")
        for day in ("02.11.2026", "2026/11/02", "0000-01-01", "10000-01-01", "today", "２０２６-11-02", "٢٠٢٦-١١-٠٢", "-2026-11-02")
    ),
    *((PartialDay, day, "value.partial_day") for day in ("80", "1980-13", "1980-02-30", "1980-2", "0000", "1980-", "1980-01-01-01", "٢٠٢٦")),
    *((Count, count, "value.count") for count in ("-1", "1.0", "1e3", "٣", "²", "1,000", " 1", "x", "9" * 13)),
    *((Number, number, "value.number") for number in ("-1", "1,5", "1e3", ".5", "5.", "NaN", "Infinity", "٣", "0x1", "1" * 16)),
    *((Percent, percent, "value.percent") for percent in ("101", "100.01", "-1", "30%", "٣")),
    *((Country, country, "value.country") for country in ("ae", "ARE", "UK", "A", "XX", "EU", "no", "Norway", "А" + "Е", " AE")),
    *((Currency, currency, "value.currency") for currency in ("usd", "US", "USDT", "$", "РУБ")),
    *((YesNo, word, "word.unknown") for word in ("unknown", "Yes", "YES", "y", "on", "1", "да")),
    *((YesNoUnknown, word, "word.unknown") for word in ("Unknown", "maybe", "?")),
    *((Text, text, "want.given") for text in ("", "  ", "\n", "\u00a0")),
]


def problems(kind: Any, value: object) -> tuple[Problem, ...]:
    adapter = TypeAdapter(dict[str, kind])
    with pytest.raises(BadInput) as caught:
        check(adapter, Document({"value": value}, {(): 1, ("value",): 7}), file="x.yaml")  # type: ignore[dict-item]
    return caught.value.problems


@pytest.mark.parametrize(("kind", "text", "value"), GOOD, ids=[f"good-{number}" for number in range(len(GOOD))])
def test_it_takes(kind: Any, text: str, value: object) -> None:
    assert check(TypeAdapter(dict[str, kind]), Document({"value": text})) == {"value": value}


@pytest.mark.parametrize(("kind", "text", "code"), BAD, ids=[f"bad-{number}" for number in range(len(BAD))])
def test_it_refuses_with_place_and_value(kind: Any, text: str, code: str) -> None:
    (problem,) = problems(kind, text)
    assert (problem.code, problem.where, problem.path) == (code, "x.yaml:7", ("value",))
    for lang in ("ru", "en"):
        assert "value.other" not in problem.text(lang)
        assert text.strip()[:50] in problem.text(lang)


@pytest.mark.parametrize(
    "kind",
    [Day, PartialDay, Count, Number, Percent, Country, Currency, YesNo, YesNoUnknown, Text],
    ids=["day", "partial_day", "count", "number", "percent", "country", "currency", "yes_no", "yes_no_unknown", "text"],
)
def test_a_list_or_a_mapping_is_no_text(kind: Any) -> None:
    for value in ([], ["2026-11-02"], {}, {"a": "b"}):
        assert [problem.code for problem in problems(kind, value)] == ["want.text"]
    assert [problem.code for problem in problems(kind, None)] == ["want.given"]


@pytest.mark.parametrize(("word", "hint"), [("ae", "AE"), (" no ", "NO"), ("UK", None), ("are", None)])
def test_a_country_in_small_letters_is_told_the_right_ones(word: str, hint: str | None) -> None:
    (problem,) = problems(Country, word)
    assert (f"Perhaps `{hint}`" in problem.text("en")) == (hint is not None)
    assert "Perhaps" not in problem.text("en") or hint


def test_the_keys_of_a_format_are_known_at_every_place() -> None:
    assert keys_at(DEAL_FILE, ())[:3] == ["format", "reference", "title"]
    assert keys_at(DEAL_FILE, ("notices", 0)) == ["from", "written", "number", "date", "withdrawn"]
    assert keys_at(DEAL_FILE, ("solution", "identification", "entries", 3)) == ["list", "entry"]
    assert keys_at(DEAL_FILE, ("parties", 0, "identifiers", 0)) == ["scheme", "value"]
    assert keys_at(DEAL_FILE, ("indicators", "9")) == ["state", "reason", "by"]
    assert keys_at(DEAL_FILE, ("parties", 0, "capacity")) == []
    assert keys_at(DEAL_FILE, ("no", "such", "place")) == []


def test_an_unknown_key_is_told_at_its_own_line_with_what_was_meant() -> None:
    document = read_yaml("format: enduse/deal-1\nreference: D-1\nsolution:\n  name: x\n  vesion: 1\n")
    with pytest.raises(BadInput) as caught:
        check(DEAL_FILE, document, file="x.yaml")
    (problem,) = caught.value.problems
    assert problem.where == "x.yaml:5"
    assert problem.text("en").startswith("`solution`: there is no key `vesion` here. Perhaps `version`? Possible: name, version, civil_only")


def test_every_problem_is_told_once() -> None:
    document = read_yaml("a: 1\nb: 2\nformat: x\n")
    with pytest.raises(BadInput) as caught:
        check(DEAL_FILE, document)
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [
        (1, "key.missing"),
        (1, "key.unknown"),
        (2, "key.unknown"),
        (3, "word.unknown"),
    ]


def test_two_keys_missing_at_one_place_are_two_problems() -> None:
    document = read_yaml("format: enduse/deal-1\nreference: D-1\nevidence:\n  - party: x\n")
    with pytest.raises(BadInput) as caught:
        check(DEAL_FILE, document)
    assert [(problem.line, problem.values["key"]) for problem in caught.value.problems] == [(4, "id"), (4, "purpose"), (4, "grade")]


def test_more_problems_come_with_those_of_the_shape() -> None:
    document = read_yaml("format: x\n")
    with pytest.raises(BadInput) as caught:
        check(DEAL_FILE, document, file="x.yaml", more=[Problem("deal.entries", ("format",))])
    assert [problem.where for problem in caught.value.problems] == ["x.yaml:1"] * 3
    assert "deal.entries" in [problem.code for problem in caught.value.problems]
