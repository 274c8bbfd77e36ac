"""Made-up names: the same for a seed, each once, none that a list has."""

from __future__ import annotations

import pytest

from benchmarks.matching.data import latin, script
from benchmarks.matching.negatives import SEEDS, bare, made_up, negatives, patronymic


def test_a_seed_always_makes_the_same_and_another_seed_others() -> None:
    made = negatives(SEEDS["tune"], 2000, listed=())
    assert made == negatives(SEEDS["tune"], 2000, listed=())
    assert made.queries[:500] == negatives(SEEDS["tune"], 500, listed=()).queries
    others = {bare(one.name) for one in negatives(SEEDS["report"], 2000, listed=()).queries}
    assert len(others & {bare(one.name) for one in made.queries}) < 400  # common names are common


def test_each_stands_once_and_what_a_list_has_is_left_out_and_counted() -> None:
    made = negatives(1, 3000, listed=())
    names = [bare(one.name) for one in made.queries]
    assert len(names) == len(set(names)) == 3000 and made.listed == 0
    without = negatives(1, 3000, listed=set(names[:100]))
    assert without.listed == 100
    assert not {bare(one.name) for one in without.queries} & set(names[:100])


def test_there_are_people_and_companies_of_many_countries_and_scripts() -> None:
    made = made_up(3, 8000)
    kinds = [one.kind for one in made]
    assert 0.55 < kinds.count("person") / len(kinds) < 0.65 and kinds.count("company") > 2500
    assert len({one.countries for one in made}) > 60
    scripts = {script(one.name) for one in made}
    assert {"latin", "cyrillic", "arabic", "cjk", "hangul", "greek", "hebrew", "georgian", "devanagari", "thai"} <= scripts
    assert 0.5 < sum(latin(one.name) for one in made) / len(made) < 0.85


def test_a_listed_name_with_its_words_turned_or_in_another_script_is_listed() -> None:
    assert bare("Ivanov, Ivan") == bare("Иван ИВАНОВ") != bare("Иван Иванович")


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Иван", "Иванович", "Ивановна"),
        ("Сергей", "Сергеевич", "Сергеевна"),
        ("Юрий", "Юрьевич", "Юрьевна"),
        ("Илья", "Ильич", "Ильинична"),
        ("Павел", "Павлович", "Павловна"),
        ("Лев", "Львович", "Львовна"),
    ],
)
def test_patronymics(father: str, son: str, daughter: str) -> None:
    assert (patronymic(father, False), patronymic(father, True)) == (son, daughter)
