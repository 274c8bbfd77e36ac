"""What is known beside the name: it raises or lowers the rank, and never drops a hit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Period
from enduse.domain.screening.evidence import beside
from enduse.domain.screening.hit import Feature
from enduse.domain.screening.query import Query
from tests.searched import codes, company, entry, found, hit

ROSA = entry("Rosa Quill")


def year(first: int, last: int | None = None, *, circa: bool = False) -> Period:
    return Period(date(first, 1, 1), date(last or first, 12, 31), circa)


def day(text: str) -> Period:
    return Period(date.fromisoformat(text), date.fromisoformat(text))


def births(own: Period | None, *others: Period) -> list[Feature]:
    entries = {"schema": "Person", "births": [[one.first.isoformat(), one.last.isoformat(), one.circa] for one in others]}
    return beside(Query("x", birth=own), entries, False)


@pytest.mark.parametrize(
    ("own", "others", "code"),
    [
        (None, (), None),
        (None, (year(1961),), None),
        (year(1961), (), None),
        (day("1961-05-01"), (day("1961-05-01"),), "birth_same"),
        (day("1961-05-01"), (year(1961),), "birth_same"),
        (day("1959-05-01"), (year(1957, 1960),), "birth_same"),
        (day("1961-01-01"), (year(1957, 1960),), "birth_other"),
        (day("1961-05-01"), (day("1961-05-02"),), "birth_other"),
        (year(1963), (year(1961),), "birth_other"),
        (year(1963), (year(1961), year(1963)), "birth_same"),
        (year(1963), (year(1961, circa=True),), None),
        (year(1963, circa=True), (year(1961),), None),
        (year(1961), (year(1963, circa=True),), None),
        (year(1971), (year(1961, circa=True),), "birth_other"),
    ],
)
def test_days_of_birth(own: Period | None, others: tuple[Period, ...], code: str | None) -> None:
    assert [line.code for line in births(own, *others)] == ([f"feature.{code}"] if code else [])


def test_the_very_day_says_more_than_the_year_and_a_sure_other_one_more_than_a_doubtful() -> None:
    (exact,), (about,) = births(day("1961-05-01"), day("1961-05-01")), births(day("1961-05-01"), year(1961))
    assert exact.gave > about.gave > 0
    (sure,), (doubtful,) = births(year(1980), year(1961)), births(year(1980), year(1961, circa=True))
    assert sure.gave < doubtful.gave < 0


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (day("1961-05-01"), "1961-05-01"),
        (year(1961), "1961"),
        (year(1957, 1960), "1957–1960"),
        (year(1961, circa=True), "~1961"),
        (Period(date(1961, 5, 1), date(1961, 5, 31)), "1961-05-01–1961-05-31"),
    ],
)
def test_a_period_is_said_as_it_is_known(period: Period, said: str) -> None:
    assert births(period, period)[0].values == {"query": said, "entry": said}


CONTRADICTING = [
    (replace(ROSA, births=(year(1961),)), Query("Rosa Quill", birth=year(1980))),
    (replace(ROSA, nationalities=(Country("Russia", "RU"),)), Query("Rosa Quill", countries=("FR",))),
    (company("Rosa Quill"), Query("Rosa Quill", "person")),
    (replace(ROSA, births=(year(1961),), countries=(Country("Russia", "RU"),)), Query("Rosa Quill", countries=("FR",), birth=year(1980))),
]


@pytest.mark.parametrize(("entity", "query"), CONTRADICTING)
def test_a_contradiction_lowers_the_rank_and_never_drops_a_hit(entity: Entity, query: Query) -> None:
    plain, contradicted = hit("Rosa Quill", entity), hit(query, entity)
    assert contradicted.rank < plain.rank
    assert contradicted.score > 0
    if query.kind == "any":
        assert contradicted.score == plain.score  # what is known beside the name does not change how near the names are
    assert contradicted.strength >= 0


AGREEING = [
    (replace(ROSA, births=(year(1961),)), Query("Rosa Quill", birth=day("1961-05-01")), "feature.birth_same"),
    (replace(ROSA, nationalities=(Country("Russia", "RU"),)), Query("Rosa Quill", countries=("FR", "RU")), "feature.country_same"),
    (
        replace(ROSA, addresses=(Address("1 Main St, Zenda", Country("France", "FR")),)),
        Query("Rosa Quill", countries=("FR",)),
        "feature.country_same",
    ),
    (replace(ROSA, addresses=(Address("1 Main Street, Zenda"),)), Query("Rosa Quill", address="Zenda, Main Street 1"), "feature.address_same"),
    (replace(ROSA, identifiers=(Identifier("passport", "AB 12-34"),)), Query("Rosa Quill", identifiers=("ab1234",)), "feature.identifier"),
]


@pytest.mark.parametrize(("entity", "query", "code"), AGREEING)
def test_what_agrees_raises_the_rank(entity: Entity, query: Query, code: str) -> None:
    assert hit(query, entity).rank > hit("Rosa Quill", entity).rank
    assert code in codes(hit(query, entity))


@pytest.mark.parametrize(
    ("entity", "query"),
    [
        (replace(ROSA, nationalities=(Country("Ruritania"),)), Query("Rosa Quill", countries=("FR",))),  # a country nobody knows
        (ROSA, Query("Rosa Quill", countries=("FR",), birth=year(1961), address="1 Main Street, Zenda", identifiers=("ab1234",))),
        (replace(ROSA, addresses=(Address("1 Main Street, Zenda"),)), Query("Rosa Quill", address="7 Other Alley, Strelsau")),
        (replace(ROSA, addresses=(Address("1 Main Street, Zenda"),)), Query("Rosa Quill", address="1 st")),
        (replace(ROSA, identifiers=(Identifier("passport", "AB 12-34"),)), Query("Rosa Quill", identifiers=("ab1235",))),
    ],
)
def test_what_one_side_does_not_know_says_nothing(entity: Entity, query: Query) -> None:
    assert hit(query, entity) == hit("Rosa Quill", entity)


def test_an_identifier_finds_whatever_the_name() -> None:
    entity = replace(ROSA, identifiers=(Identifier("passport", "AB 12-34"), Identifier("other", "12")))
    one = hit(Query("Ozymandias Plumbworth", identifiers=("ab 1234",)), entity)
    assert one.score >= 0.9
    assert {"feature.identified", "feature.identifier"} <= set(codes(one))
    assert hit(Query("", identifiers=("AB1234",)), entity).score >= 0.9
    assert found(Query("Ozymandias Plumbworth", identifiers=("12", "", "--")), entity).hits == ()  # too short to tell
