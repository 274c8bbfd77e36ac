"""How the table of same names is made: which words, which groups, and what of them the matcher would not find anyway."""

from __future__ import annotations

import pytest

from benchmarks.matching.same_names import Word, groups, unlike, word


@pytest.mark.parametrize(
    ("text", "form", "family", "signs"),
    [
        ("Rosa", "rosa", "plain", 4),
        ("Роза", "roza", "plain", 4),
        ("O’Plumb", "oplumb", "plain", 6),
        ("כהן", "khn", "abjad", 3),
        ("محمد", "mhmd", "abjad", 4),
        ("张", "zhang", "han", 1),
        ("김", "gim", "hangul", 1),
        ("タナカ", "tanaka", "kana", 3),
    ],
)
def test_a_word_is_as_the_matcher_writes_it(text: str, form: str, family: str, signs: int) -> None:
    assert word(text) == ((form, family), signs)


@pytest.mark.parametrize("text", ["", "’", "123", "Rosa2", "Рosa", "田中タナカ", "😀"])
def test_what_is_no_word_of_one_script_is_none(text: str) -> None:
    assert word(text) is None


def test_a_group_is_a_line_whose_words_stand_before_the_arrow() -> None:
    made = ["rosa, Роза => Q1", "rosa, роза", "", "rosa quill, quill => Q2", "rosa, R, 2x => Q3", "張三, 李四 => Q4"]
    assert list(groups(made)) == [[("rosa", "plain"), ("roza", "plain")]]  # of the others no two are words, or none is Latin


def test_of_chinese_and_korean_names_family_names_alone_are_kept_and_their_spellings_are_not_one_anothers() -> None:
    assert list(groups(["kim, gim, 김 => Q1", "wei, 偉 => Q2"])) == []  # nothing says that they are family names
    (korean,) = groups(["kim, gim, 김, 김씨 => Q1"])
    assert {("gim", "hangul"), ("gim", "eastern"), ("kim", "eastern")} <= set(korean)
    (chinese,) = groups(["zhang, cheung, 张, 张姓 => Q2"])
    assert {("zhang", "han"), ("zhang", "eastern"), ("cheung", "eastern")} <= set(chinese)
    assert "plain" not in {family for _, family in (*korean, *chinese)}


def test_a_sign_read_as_in_japanese_alone_is_left_out() -> None:
    (kept,) = groups(["hayashi, ハヤシ, 林, 林氏 => Q1"])
    assert ("hayashi", "kana") in kept and ("lin", "han") not in kept


def test_what_the_matcher_finds_by_letters_sounds_or_odds_stays_out_of_the_table() -> None:
    alike: list[Word] = [("plumbworth", "plain"), ("plumbworthe", "plain")]
    across: list[Word] = [("tanaka", "kana"), ("tanaka", "plain")]
    assert list(unlike([alike, across])) == []


def test_what_is_unlike_is_kept_with_what_it_is_unlike() -> None:
    mohammed: list[Word] = [("mehmet", "plain"), ("mohammed", "plain")]
    cohen: list[Word] = [("cohen", "plain"), ("khn", "abjad")]
    quill: list[Word] = [("kui", "han"), ("plumb", "eastern"), ("quill", "eastern")]
    assert list(unlike([mohammed, cohen, quill])) == [mohammed, cohen, quill]
    assert list(unlike([[("quill", "eastern"), ("plumb", "eastern")]])) == []  # Latin spellings of the east are held against their signs alone


def test_groups_are_held_each_by_itself_and_in_order() -> None:
    some = list(groups(["mohammed, mehmet, محمد => Q1", "rosa, rosae => Q2", "cohen, כהן => Q3"]))
    assert list(unlike(some)) == [one for group in some for one in unlike([group])]
    assert list(unlike([])) == []
