"""A name taken apart: its words, their parts in it, and what of it is not searched by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.wording import (
    CONTENT,
    INITIAL,
    LEGAL,
    MOST_LETTERS,
    MOST_WORDS,
    NUMBER,
    PARTICLE,
    worded,
)


def forms(name: str, *, person: bool = False) -> list[str]:
    return [word.form for word in worded(name, person).telling]


def roles(name: str, *, person: bool = False) -> list[str]:
    return [word.role for word in worded(name, person).words]


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("ООО «Ромашка»", "limited"),
        ("Общество с ограниченной ответственностью «Ромашка»", "limited"),
        ("Obshchestvo s ogranichennoy otvetstvennostyu Romashka", "limited"),
        ("OOO Romashka", "limited"),
        ("Romashka LLC", "limited"),
        ("Romashka L.L.C.", "limited"),
        ("Romashka Limited Liability Company", "limited"),
        ("Romashka GmbH", "limited"),
        ("ЗАО Ромашка", "shares"),
        ("Акционерное общество «Ромашка»", "shares"),
        ("Romashka Joint Stock Company", "shares"),
        ("Romashka Corp.", None),
    ],
)
def test_a_legal_form_is_weighed_not_matched(name: str, legal: str | None) -> None:
    found = worded(name, False)
    assert forms(name) == ["romashka"]
    assert legal is None or found.legal == {legal}
    assert LEGAL in roles(name)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("小米科技有限责任公司", "xiaomikeji"),
        ("小米股份有限公司", "xiaomi"),
        ("株式会社トヨタ", "toyota"),
        ("삼성전자 주식회사", "samseongjeonja"),
        ("주식회사 삼성전자", "samseongjeonja"),
        ("㈜ 삼성전자", "samseongjeonja"),
    ],
)
def test_legal_forms_of_the_east_go_too(name: str, form: str) -> None:
    assert form in forms(name)
    assert len(forms(name)) <= 2


@pytest.mark.parametrize("name", ["Ромашка ООО", "삼성전자 주식회사", "小米有限公司"])
def test_a_person_has_no_legal_form(name: str) -> None:
    assert worded(name, True).legal == frozenset()
    assert LEGAL not in roles(name, person=True)


def test_forms_of_the_east_are_of_no_class_since_all_are_translated_alike() -> None:
    assert worded("小米有限公司", False).legal == frozenset() == worded("삼성전자 주식회사", False).legal


@pytest.mark.parametrize("name", ["ООО", "LLC", "OOO LLC", "Company Limited", "有限公司", "Общество с ограниченной ответственностью"])
def test_a_name_that_is_only_a_legal_form_is_searched_by_it(name: str) -> None:
    assert set(roles(name)) == {CONTENT}
    assert worded(name, False).telling == worded(name, False).words != ()


def test_parts_of_a_name() -> None:
    assert roles("Usama bin Ladin", person=True) == [CONTENT, PARTICLE, CONTENT]
    assert roles("И. П. Сидоров", person=True) == roles("I. P. Sidorov", person=True) == [INITIAL, INITIAL, CONTENT]
    assert roles("Щ. Сидоров", person=True) == [INITIAL, CONTENT]
    assert roles("Plant 114") == [CONTENT, NUMBER]
    assert roles("王 小", person=True) == [CONTENT, CONTENT]  # one sign is a word
    light, heavy = sorted(word.weight for word in worded("Usama bin Ladin", True).words)[::2]
    assert light < 0.2 < heavy


def test_letters_with_dots_are_one_word_in_a_company_and_initials_where_they_are_two() -> None:
    assert forms("A.B.C. Trading") == forms("ABC Trading")
    assert roles("J. R. Smith", person=True)[:2] == [INITIAL, INITIAL]


def test_the_arabic_article_is_a_word_of_its_own() -> None:
    assert roles("الفايد", person=True) == [PARTICLE, CONTENT]
    assert worded("الفايد", True).words[0].form == "al"
    assert roles("على", person=True) == [CONTENT]
    assert len(roles("الي", person=True)) == 1  # too short to bear one


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("\u202eRosa Quill\u202c", "Rosa Quill"),
        ("Ro\u200bsa Quill", "Rosa Quill"),
        ("Rosa 😀 Quill", "Rosa Quill"),
        ("ＲＯＳＡ　ＱＵＩＬＬ", "Rosa Quill"),
        ("Rosa\nQuill", "Rosa Quill"),
        ("Rosa-Quill", "Rosa Quill"),
        ("O’Brien", "O'Brien"),
        ("OBrien", "O'Brien"),
        ("Ёлкин", "Елкин"),
        ("Мария́ Петрова", "Мария Петрова"),  # an accent
        ("И\u0306ван", "Йван"),  # й of two signs
    ],
)
def test_what_does_not_tell_makes_no_difference(name: str, same: str) -> None:
    assert forms(name, person=True) == forms(same, person=True) != []


def test_marks_that_carry_vowels_are_not_lost() -> None:
    assert forms("नरेंद्र मोदी", person=True) == ["narendra", "modi"]


def test_a_latin_letter_in_a_russian_word_is_put_right_and_told() -> None:
    assert worded("Cбербанк", False).looked_alike
    assert forms("Cбербанк") == forms("Сбербанк")
    assert not worded("Сбербанк Sberbank СССР CCCP", False).looked_alike


def test_scripts_beside_one_another_are_words_apart() -> None:
    assert forms("トヨタ自動車Toyota")[0] == "toyota"
    assert forms("トヨタ自動車Toyota")[-1] == "toyota"
    assert len(forms("トヨタ自動車Toyota")) == 3


def test_what_is_not_read_is_told() -> None:
    assert worded("ᚠᚢᚦ Rosa", False).unread == ("ᚠᚢᚦ",)
    assert forms("ᚠᚢᚦ Rosa") == ["rosa"]


def test_a_name_too_long_is_cut_and_told() -> None:
    assert not worded("x" * MOST_LETTERS, False).cut
    assert worded("x" * (MOST_LETTERS + 1), False).cut
    assert worded("я" * 2000, True).cut
    many = worded(" ".join(["rosa"] * (MOST_WORDS + 1)), False)
    assert (many.cut, len(many.words)) == (True, MOST_WORDS)
    assert not worded(" ".join(["rosa"] * MOST_WORDS), False).cut


@pytest.mark.parametrize("name", ["", " ", "()*&^", "😀", "\u202e", "\x00", "'", "..."])
def test_a_name_without_a_letter_has_no_words(name: str) -> None:
    assert worded(name, False) == worded(name, True)
    assert (worded(name, False).words, worded(name, False).unread) == ((), ())


@given(st.text(), st.booleans())
def test_every_name_can_be_taken_apart(name: str, person: bool) -> None:
    found = worded(name, person)
    assert all(word.form.isascii() and word.form.isalnum() and word.form == word.form.lower() and 0 < word.weight <= 1 for word in found.words)
    assert bool(found.telling) == bool(found.words)
    assert len(found.words) <= MOST_WORDS
