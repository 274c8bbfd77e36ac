"""Countries by the names that people write: every name leads to one country, and what might be two leads to none."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.reference import country_codes, country_name
from enduse.reference.country_names import country_named, country_names, folded

ENTRIES = json.loads(files("enduse.reference").joinpath("country_names.json").read_bytes())["entries"]
CODES = sorted(country_codes())


def test_every_country_is_there_once_with_its_three_letters() -> None:
    assert sorted(ENTRIES) == CODES
    assert {code: entry["alpha_3"] for code, entry in ENTRIES.items()} == {one.alpha_2: one.alpha_3 for one in pycountry.countries}


@pytest.mark.parametrize("code", CODES)
def test_a_country_is_found_by_each_of_its_names_and_codes(code: str) -> None:
    names = [code, ENTRIES[code]["alpha_3"], country_name(code, "ru"), country_name(code, "en"), *ENTRIES[code]["names"]]
    for name in names:
        assert country_named(name) == country_named(f" {name} ") == code, name
    for name in names[2:]:
        assert country_named(name.upper()) == code or country_named(name.lower()) == code, name


def test_no_name_stands_for_two_countries() -> None:
    every = [(folded(name), code) for code in CODES for name in (country_name(code, "ru"), country_name(code, "en"), *ENTRIES[code]["names"])]
    assert len({name for name, _ in every}) == len(set(every))
    assert dict(every) == dict(country_names())


def test_names_of_the_standard_lead_to_their_own_country() -> None:
    names = [(name, one.alpha_2) for one in pycountry.countries for name in (one.name, getattr(one, "official_name", one.name))]
    assert [(name, code, found) for name, code in names if (found := country_named(name)) not in (code, None)] == []
    assert {name for name, code in names[::2] if country_named(name) is None} <= {"Congo", "Saint Martin (French part)", "Sint Maarten (Dutch part)"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ОАЭ", "AE"),
        ("объединенные арабские эмираты", "AE"),
        ("U.A.E.", "AE"),
        ("u.s.a.", "US"),
        ("США", "US"),
        ("КНР", "CN"),
        ("Китайская  Народная\nРеспублика", "CN"),
        ("Тайвань (Китай)", "TW"),
        ("Taiwan, Province of China", "TW"),
        ("Papua-New Guinea", "PG"),
        ("Папуа - Новая Гвинея", "PG"),
        ("Cote d'Ivoire", "CI"),
        ("CÔTE D’IVOIRE", "CI"),
        ("turkiye", "TR"),
        ("St Lucia", "LC"),
        ("Острова Кука", "CK"),
        ("о-ва Кука", "CK"),
        ("The Netherlands", "NL"),
        ("Bosnia and Herzegovina", "BA"),
        ("Иран, Исламская Республика", None),
        ("йемен", "YE"),
        ("Йемен", "YE"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, code: str | None) -> None:
    assert country_named(name) == code


@pytest.mark.parametrize(
    "name",
    ["", "-", "Корея", "Korea", "Конго", "Congo", "САР", "Нарния", "no", "is", "ae", "are", "can", "AА", "СН", "XX", "Крым", "Дубай", "ОАЭ, Дубай"],
)
def test_what_might_be_two_or_is_none_is_not_guessed(name: str) -> None:
    assert country_named(name) is None


def test_a_code_is_one_only_in_capitals() -> None:
    assert (country_named("NO"), country_named("NOR"), country_named("No"), country_named("nor")) == ("NO", "NO", None, None)


@given(st.text())
def test_folding_twice_is_folding_once_and_never_fails(text: str) -> None:
    assert country_named(text) is None or country_named(text) in country_codes()
    assert not re.search(r"[A-ZА-ЯЁё&.,()]|  ", folded(text))
