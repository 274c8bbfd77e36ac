"""Rows as questions: what people write of countries, days and kinds, and what of it will not do."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.domain.screening.entity import Period
from enduse.domain.screening.query import Query
from enduse.formats.problems import BadInput
from enduse.stores.questions import MOST_NAME, query_from


def codes(**row: str) -> list[str]:
    with pytest.raises(BadInput) as refused:
        query_from({"name": "Rosa", **row})
    return [problem.code for problem in refused.value.problems]


def test_a_name_is_enough_and_whatever_else_is_known_goes_along() -> None:
    assert query_from({"name": " Rosa  "}) == Query("Rosa")
    assert query_from({"name": "Rosa", "kind": "", "country": None, "birth_date": "n/a", "identifier": " ; ", "address": "-"}) == Query("Rosa")
    full = {"name": "Rosa", "kind": "Person", "country": "Кения; RU|ke", "birth_date": "1961", "identifier": "AB 1; AB 1;2", "address": " Quay  St "}
    assert query_from(full) == Query("Rosa", "person", ("KE", "RU"), Period(date(1961, 1, 1), date(1961, 12, 31)), ("AB 1", "2"), "Quay St")
    assert query_from({"name": "Rosa", "country": ["RU", "KE"], "identifier": ["1;2"]}) == Query("Rosa", countries=("RU", "KE"), identifiers=("1;2",))


@pytest.mark.parametrize(
    ("text", "code"),
    [("ru", "RU"), ("no", "NO"), ("Россия", "RU"), ("Russian Federation", "RU"), ("КНДР", "KP"), ("DPRK", "KP"), ("UAE", "AE"), ("Kosovo", "XK")],
)
def test_countries_by_code_and_by_name(text: str, code: str) -> None:
    assert query_from({"name": "Rosa", "country": text}).countries == (code,)


@pytest.mark.parametrize(
    ("text", "first", "last", "circa"),
    [
        ("1961", "1961-01-01", "1961-12-31", False),
        ("1961-05", "1961-05-01", "1961-05-31", False),
        ("05.1961", "1961-05-01", "1961-05-31", False),
        ("12.05.1961", "1961-05-12", "1961-05-12", False),
        ("12.05.1961 г.р.", "1961-05-12", "1961-05-12", False),
        ("1961 года рождения", "1961-01-01", "1961-12-31", False),
        ("circa 1961", "1961-01-01", "1961-12-31", True),
        ("около 1961 г.", "1961-01-01", "1961-12-31", True),
        ("1957 to 1960", "1957-01-01", "1960-12-31", False),
    ],
)
def test_birth_dates_as_they_are_written(text: str, first: str, last: str, circa: bool) -> None:
    assert query_from({"name": "Rosa", "birth_date": text}).birth == Period(date.fromisoformat(first), date.fromisoformat(last), circa)


@pytest.mark.parametrize(
    "text",
    ["31.02.1960", "1960-02-31", "29.02.1961", "31 Apr 1960", "Apr 31, 1960", "31/02/1960", "1957 to 31.02.1960", "32.01.1960", "circa 31.02.1960"],
)
def test_a_day_that_no_month_has_is_told_and_not_taken_for_the_month(text: str) -> None:
    assert codes(birth_date=text) == ["screen.birth"]


@pytest.mark.parametrize("text", ["29.02.1960", "31 Mar 1960", "Mar 31, 1960", "5/3/1961", "00.05.1961", "1957-01-31 to 1960-02-29", "31/12/1960"])
def test_days_that_there_are_and_days_that_are_not_known(text: str) -> None:
    assert query_from({"name": "Rosa", "birth_date": text}).birth is not None


def test_everything_that_is_wrong_with_a_row_is_told() -> None:
    assert codes(name=" ") == ["screen.name"]
    assert codes(name="я" * (MOST_NAME + 1)) == ["screen.long"]
    assert codes(kind="dog", country="Narnia; RU; Gondor", birth_date="13.13", address="x" * 2001, identifier="1;" * 3 + "x" * 3000) == [
        "screen.kind",
        "screen.country",
        "screen.country",
        "screen.birth",
        "screen.cell",
        "screen.cell",
    ]
    assert codes(identifier=";".join(map(str, range(51)))) == ["screen.cell"]


def test_an_unknown_kind_says_which_there_are() -> None:
    with pytest.raises(BadInput, match=r"Perhaps `person`.*any, person, company, vessel, aircraft"):
        query_from({"name": "Rosa", "kind": "persons"})


@pytest.mark.parametrize("name", ["A", "я" * 2000, "12345", "ООО", "😀", "\u202eabc", "a\x00b", "\ud800x", "*", "\u200b"])
def test_strange_names_are_questions_all_the_same(name: str) -> None:
    assert query_from({"name": name}).name == name.encode("utf-8", "replace").decode().strip()
