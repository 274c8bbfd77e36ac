"""Numbered lines of the public list: where an entry begins and ends, names and stars, births, what a heading says."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.domain.screening.entity import Period
from enduse.sources.rosfin_text import TERRORISM, birth_of, dated, entity_of, gaps, heading, lines_of_text, names_of

TEXT = """Национальная часть
Физические лица
1. ВЕТРОВ ПЁТР ЛУКИЧ*, 05.03.1961 г.р. , Г. СЕВЕРОДОЛЬСК;
2. ЛУГОВАЯ АННА, (РЕЧНАЯ АННА), 00.00.1970 г.р. ,
П. ЗАРЕЧНЫЙ;
4. ПОЛЕВОЙ ИВАН, 01.01.1980 г.р.;
"""


def test_an_entry_goes_on_until_its_end_and_what_is_missing_is_seen() -> None:
    lines, strays, _ = lines_of_text(TEXT, "list.txt")
    assert [(line.number, line.foreign, line.schema) for line in lines] == [(1, False, "Person"), (2, False, "Person"), (4, False, "Person")]
    assert "ЗАРЕЧНЫЙ" in lines[1].text
    assert strays == []
    assert len(list(gaps(lines))) == 1


def test_a_line_becomes_a_person_with_a_birth_and_a_programme() -> None:
    lines, _, _ = lines_of_text(TEXT, "list.txt")
    entity, skipped = entity_of(lines[0])
    assert (entity.schema, entity.names[0].text) == ("Person", "ВЕТРОВ ПЁТР ЛУКИЧ")
    assert entity.births == (Period(date(1961, 3, 5), date(1961, 3, 5)),)
    assert TERRORISM in entity.programmes
    assert skipped == []
    other, _ = entity_of(lines[1])
    assert TERRORISM not in other.programmes
    assert "РЕЧНАЯ АННА" in [name.text for name in other.names]


def test_names_in_brackets_are_others_and_a_star_is_told() -> None:
    names, star = names_of("ВАЗА* (СОСУД; КУВШИН)")
    assert ([name.text for name in names], star) == (["ВАЗА", "СОСУД", "КУВШИН"], True)
    assert names_of("ВАЗА")[1] is False


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("05.03.1961", date(1961, 3, 5), date(1961, 3, 5)),
        ("00.00.1961", date(1961, 1, 1), date(1961, 12, 31)),
        ("1961", date(1961, 1, 1), date(1961, 12, 31)),
    ],
)
def test_zeros_are_what_is_not_known(text: str, first: date, last: date) -> None:
    found = birth_of(text)
    assert found
    assert (found.first, found.last) == (first, last)


def test_no_date_is_none() -> None:
    assert birth_of("весной") is None


def test_headings_say_what_stands_below() -> None:
    assert heading("Международная часть", (False, None)) == (True, None)
    assert heading("Российские юридические лица", (False, None)) == (False, "Organization")
    assert heading("1. ВЕТРОВ", (False, None)) is None


def test_the_day_is_found() -> None:
    assert dated(["Перечень по состоянию на 01.02.2026", "прочее"]) == "01.02.2026"
    assert dated(["прочее"]) == ""
