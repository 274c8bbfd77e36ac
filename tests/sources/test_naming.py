"""Names out of texts that hold several, in two scripts, with remarks and acronyms."""

from __future__ import annotations

import pytest

from enduse.domain.screening.entity import Name
from enduse.sources.naming import acronym, items, labelled, plain, remark, scripts, strongest, unique


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The Lamp”", "The Lamp"),
        ("«Маяк»", "Маяк"),
        ("АО «Маяк»", "АО «Маяк»"),
        ("«Завод «Маяк»", "«Завод «Маяк»"),
        (") Omar Sample", "Omar Sample"),
        ("(Омар Образцов", "Омар Образцов"),
        ("Sample Front (SF", "Sample Front (SF"),
        ("Sample Front (SF))", "Sample Front (SF)"),
        ("Sample () Front ( ; )", "Sample Front"),
        ("Народный банк) (", "Народный банк"),
        ("“General” Sample", "“General” Sample"),
        ("", ""),
    ],
)
def test_a_name_stands_without_what_is_around_it(text: str, name: str) -> None:
    assert plain(text) == name


def test_names_between_semicolons() -> None:
    assert items("Omar Sample; Umar Sample ;, Omer Sample") == ["Omar Sample", "Umar Sample", "Omer Sample"]
    assert items("Omar Sample; Umar Sample b) O. Sample") == ["Omar Sample", "Umar Sample", "O. Sample"]
    assert items(" ;; - ") == []


@pytest.mark.parametrize(
    ("text", "rest", "found"),
    [
        ("حسن مثال (Hasan Mithal; Hassan Mithal)", "Hasan Mithal; Hassan Mithal", ["حسن مثال"]),
        ("Omar Mithal (عمر مثال)", "Omar Mithal", ["عمر مثال"]),
        ("Agha Mithal اغا مثال", "Agha Mithal", ["اغا مثال"]),
        ("Amir Obraz (original script: Амир Образ)", "Amir Obraz", ["Амир Образ"]),
        ("Tie Yang (铁样)", "Tie Yang", ["铁样"]),
        ("عمر مثال", "عمر مثال", []),
        ("МЦСТ OAO", "МЦСТ OAO", []),
        ("華信樣本(香港)有限公司", "華信樣本(香港)有限公司", []),
    ],
)
def test_two_scripts_are_two_names(text: str, rest: str, found: list[str]) -> None:
    assert scripts(text) == (rest, found)


def test_a_note_may_say_the_name_in_another_script() -> None:
    assert labelled("Previously listed as. In Arabic: عمر مثال") == ("Previously listed as.", ["عمر مثال"])
    assert labelled("name in Arabic script: سالم") == ("", ["سالم"])
    assert labelled("nom de guerre") == ("nom de guerre", [])


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Encep Sample (birth name)", "Encep Sample", "birth name"),
        ("EL SAMPLE (COMBAT NAME)", "EL SAMPLE", "COMBAT NAME"),
        ("Omar Sample, born in Kandahar on 1 Jan. 1967", "Omar Sample", "born in Kandahar on 1 Jan. 1967"),
        ("Sample Network - sub-unit name", "Sample Network", "sub-unit name"),
        ("Front (the Sample Front; Other Front)", "Front (the Sample Front; Other Front)", ""),
        ("Battalion of Shahids (martyrs)", "Battalion of Shahids (martyrs)", ""),
        ("Sample Foundation (Kenya Branch)", "Sample Foundation (Kenya Branch)", ""),
    ],
)
def test_a_remark_is_no_part_of_a_name(text: str, name: str, said: str) -> None:
    assert remark(text) == (name, said)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Lamp Resistance Movement (LRM)", ("Lamp Resistance Movement", "LRM")),
        ("The Sample Enforcement Forces (SEF)", ("The Sample Enforcement Forces", "SEF")),
        ("Научный центр образцов (НЦО)", ("Научный центр образцов", "НЦО")),
        ("LAMP FOUNDATION (PAKISTAN)", None),
        ("TOUS POUR LA LAMPE (NGO)", None),
        ("Lamp (Hong Kong) Limited", None),
        ("Lamp", None),
    ],
)
def test_an_acronym_in_brackets_is_a_name_of_its_own(name: str, parts: tuple[str, str] | None) -> None:
    assert acronym(name) == parts


def test_each_text_once_with_its_strongest_kind() -> None:
    names = [Name("A", "weak"), Name("B"), Name("A", "alias"), Name("B", "former")]
    assert strongest(names) == (Name("A", "alias"), Name("B"))
    assert unique(["A", "", "--", "A", "B"]) == ["A", "B"]
