"""An explanation: a line for each thing that was compared, in words, and together they are the score."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.entity import Entity, Name
from enduse.domain.screening.hit import Hit
from enduse.domain.screening.query import Query
from enduse.words import TABLE, say
from enduse.words.screening import SCREENING
from tests.searched import codes, company, entry, found, hit

PAIRS = [
    ("Rosa Quill", entry("Rosa Quill"), "feature.word_same"),
    ("Сидоров Иван", entry("Ivan Sidorov"), "feature.order"),
    ("Muhammad Plumbworth", entry("Mohammed Plumbworth"), "feature.word_sound"),
    ("Rosa Quilt", entry("Rosa Quill"), "feature.word_near"),
    ("Роза Квилл", entry("Roza Qvill"), "feature.word_script"),
    ("タナカ ヒロシ", entry("Tanaka Hiroshi"), "feature.word_script"),
    ("Abdulrahman Fayed", entry("Abdul Rahman Fayed"), "feature.word_joined"),
    ("I. P. Sidorov", entry("Ivan Petrovich Sidorov"), "feature.word_initial"),
    ("Ivan Petrovich Sidorov", entry("Ivan Sidorov"), "feature.word_missing"),
    ("Ivan Sidorov", entry("Ivan Petrovich Sidorov"), "feature.word_left"),
    ("ООО Ромашка", company("АО Ромашка"), "feature.legal"),
    ("Cбербанк России", company("Сбербанк России"), "feature.looked_alike"),
    ("Rosa Quill Plumbworth", entry("Rosa Quill", "Rosa Plumbworth"), "feature.elsewhere"),
    ("John", entry("John"), "feature.same_name"),
]


def sums(one: Hit) -> float:
    return sum(line.gave for line in one.explanation if line.of == "score")


@pytest.mark.parametrize(("query", "entity", "code"), PAIRS, ids=[code for _, _, code in PAIRS])
def test_what_was_taken_for_what_is_told(query: str, entity: Entity, code: str) -> None:
    one = hit(query, entity)
    assert code in codes(one)
    assert codes(one)[0] == "feature.same_words"


@pytest.mark.parametrize(("query", "entity", "code"), PAIRS, ids=[code for _, _, code in PAIRS])
def test_the_lines_together_are_the_score(query: str, entity: Entity, code: str) -> None:
    one = hit(query, entity)
    assert sums(one) == pytest.approx(one.score, abs=0.005)


def test_each_word_of_the_query_and_each_left_over_has_its_line() -> None:
    one = hit("Ivan Petrovich Sidorow Khan", entry("Ivan Petrovich Ali Sidorov"))
    lines = [(line.code, line.values.get("word"), line.values.get("entry")) for line in one.explanation if line.code.startswith("feature.word_")]
    assert lines == [
        ("feature.word_same", "ivan", "ivan"),
        ("feature.word_same", "petrovich", "petrovich"),
        ("feature.word_sound", "sidorow", "sidorov"),
        ("feature.word_missing", "khan", None),
        ("feature.word_left", "ali", None),
    ]


def test_a_word_not_found_costs_more_than_one_misspelt() -> None:
    lines = {line.code: line.gave for line in hit("Ivan Petrovich Sidorow Khan", entry("Ivan Petrovich Ali Sidorov")).explanation}
    assert lines["feature.word_missing"] < lines["feature.word_sound"] <= 0


def test_a_name_that_is_the_same_says_so_and_no_other() -> None:
    assert "feature.same_name" in codes(hit("Mohammed Ali", entry("Mohammed Ali")))
    assert "feature.same_name" not in codes(hit("Muhammad Husayn", entry("Mohammed Hussein")))
    assert "feature.each_word" in codes(hit("Muhamad Ahmad Ali", entry("Mohammed Ahmed Aly")))
    told = codes(hit("Ким Чен Ын", entry("KIM, Jung Jong")))
    assert "feature.word_missing" in told
    assert "feature.same_name" not in told  # it would say the contrary


def test_strength_grows_with_what_agrees() -> None:
    assert (
        hit("John", entry("John")).strength < hit("John Ali", entry("John Ali")).strength < hit("John Plumbworth", entry("John Plumbworth")).strength
    )


WORDS = st.sampled_from(
    "Ivan Иван Petrovich Sidorov Сидоров Rosa Quill Abdul Rahman Abdulrahman I. محمد 王小明 タナカ 114 LLC ООО Cбербанк bin".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(
    NAMES,
    st.lists(st.builds(Name, NAMES, st.sampled_from(["name", "weak"])), min_size=1, max_size=3),
    st.sampled_from(["any", "person", "company"]),
    st.booleans(),
)
def test_every_explanation_can_be_said_and_is_the_score(query: str, names: list[Name], kind: str, person: bool) -> None:
    entity = entry(*names) if person else company(*names)
    for one in found(Query(query, kind), entity).hits:  # type: ignore[arg-type]
        assert sums(one) == pytest.approx(one.score, abs=0.005)
        assert 0 <= one.strength <= 1 >= one.score >= 0
        for line in one.explanation:
            for lang in ("ru", "en"):
                places = {name for _, name, _, _ in string.Formatter().parse(SCREENING[line.code][lang == "en"]) if name}
                assert places <= line.values.keys()
                assert "{" not in say(line.code, lang, **line.values)
        if "feature.same_name" in codes(one):
            assert one.score >= 0.7
        if {"feature.same_name", "feature.each_word"} & set(codes(one)):
            assert not {"feature.word_missing", "feature.initials"} & set(codes(one))


def test_every_code_of_screening_is_a_word_of_the_program() -> None:
    assert SCREENING.items() <= TABLE.items()
