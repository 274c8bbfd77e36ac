"""What the British lists share: the day first, values that are numbered, tables beneath a title, ties by name."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.sources.uk import Draft, finished, numbered, uk_day, uk_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("05/03/1961", date(1961, 3, 5), date(1961, 3, 5)),
        ("00/03/1961", date(1961, 3, 1), date(1961, 3, 31)),
        ("dd/mm/1961", date(1961, 1, 1), date(1961, 12, 31)),
        ("1961", date(1961, 1, 1), date(1961, 12, 31)),
    ],
)
def test_the_day_stands_first(text: str, first: date, last: date) -> None:
    found = uk_period(text)
    assert found
    assert (found.first, found.last) == (first, last)
    assert uk_day(text) == (first if first == last else None)


def test_numbered_values_are_parted_and_others_are_one() -> None:
    assert numbered("(1) Nakuru (2) Eldoret.") == ["Nakuru", "Eldoret"]
    assert numbered("Nakuru (2)") == ["Nakuru (2)"]
    assert numbered(" ") == []


def draft(id: str, name: str, kind: str = "Primary Name", strength: str = "") -> Draft:
    made = Draft(id, f"row {id}", "Person")
    made.add_name(["Ada", "", "", "", "", name], kind, strength)
    return made


def test_a_name_has_its_parts_kind_and_strength() -> None:
    made = draft("1", "Byron")
    made.add_name(["", "", "", "", "", "Countess"], "Alias", "Low quality a.k.a")
    made.add_name(["", "", "", "", "", "Gordon"], "FKA", "")
    entities, skipped = finished([made])
    assert [(name.text, name.kind) for name in entities[0].names] == [("Ada Byron", "name"), ("Countess", "weak"), ("Gordon", "former")]
    assert (entities[0].names[0].given, entities[0].names[0].family) == ("Ada", "Byron")
    assert skipped == ()


def test_a_registration_keeps_what_stands_beside_a_russian_number() -> None:
    made = draft("1", "Byron")
    made.add_identifiers("registration", "(1) INN 7700000016 (2) OGRN: 1027700000016, Nevis C-44", "", "Registration")
    assert [one.value for one in made.identifiers] == ["7700000016", "1027700000016"]
    assert list(made.reasons) == ["Registration: OGRN: 1027700000016, Nevis C-44"]


def test_na_is_a_part_of_a_name_and_no_name_alone() -> None:
    assert draft("1", "NA").entity().names[0].text == "Ada NA"
    alone = Draft("1", "row 1", "Person")
    alone.add_name(["", "", "", "", "", "N/A"], "Primary Name", "")
    assert not alone.names


def test_a_kind_that_nobody_knows_is_told_and_the_name_kept() -> None:
    entities, skipped = finished([draft("1", "Byron", "Nom de guerre")])
    assert entities[0].names[0].text == "Ada Byron"
    assert [one.code for one in skipped] == ["skipped.kind"]
