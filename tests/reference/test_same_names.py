"""The table of names that are one and look unlike: looked up by word and script; and what it is for, in a search."""

from __future__ import annotations

from importlib.resources import files

import pytest

from enduse import reference
from enduse.reference.same_names import EASTERN, SIGNS, SameNames, same_names
from tests.searched import entry, is_hit, score

MADE_UP = SameNames(["-rsh rosa roza", "*gwil +kui ~quill ~kwill", "plumb rosa"])


@pytest.mark.parametrize(
    ("form", "family", "groups"),
    [
        ("rosa", "plain", [0, 2]),
        ("roza", "plain", [0]),
        ("plumb", "plain", [2]),
        ("rsh", "abjad", [0]),
        ("rsh", "plain", []),
        ("rosa", "abjad", []),
        ("quill", EASTERN, [1]),
        ("quill", "plain", []),
        ("gwil", "hangul", [1]),
        ("kui", "han", [1]),
        ("kui", "kana", []),
        ("", "plain", []),
    ],
)
def test_a_word_is_looked_up_with_its_script(form: str, family: str, groups: list[int]) -> None:
    assert MADE_UP.groups(form, family).tolist() == groups


def lines() -> list[list[str]]:
    return [line.split(" ") for line in files(reference).joinpath("same_names.txt").read_text("ascii").splitlines()]


def test_each_line_of_the_table_has_several_words_each_once() -> None:
    signs = "".join(SIGNS.values())
    for line in lines():
        assert len(set(line)) == len(line) > 1
        assert all(word.strip(signs) and word == word.lower() for word in line)


def test_latin_spellings_of_the_east_stand_beside_no_others() -> None:
    for line in lines():
        families = {next((name for name, sign in SIGNS.items() if sign and word.startswith(sign)), "plain") for word in line}
        assert not {"plain", EASTERN} <= families


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("mohammed", "plain"), ("mhmd", "abjad")),
        (("mohammed", "plain"), ("mahomet", "plain")),
        (("cohen", "plain"), ("khn", "abjad")),
        (("lee", EASTERN), ("i", "hangul")),
        (("cheung", EASTERN), ("zhang", "han")),
    ],
)
def test_names_known_to_be_one_share_a_line(one: tuple[str, str], other: tuple[str, str]) -> None:
    held = same_names()
    assert set(held.groups(*one).tolist()) & set(held.groups(*other).tolist())


@pytest.mark.parametrize(("one", "other"), [("rosa", "plumbworth"), ("mohammed", "ibrahim")])
def test_others_share_none(one: str, other: str) -> None:
    held = same_names()
    assert not set(held.groups(one, "plain").tolist()) & set(held.groups(other, "plain").tolist())


@pytest.mark.parametrize(
    ("one", "other"),
    [("אליעזר כהן", "Eliezer Cohen"), ("محمد رضا نقدي", "Mohammad Reza Naqdi")],
)
def test_names_spelt_by_tradition_are_hits_from_either_side(one: str, other: str) -> None:
    assert is_hit(one, entry(other), kind="person")
    assert is_hit(other, entry(one), kind="person")


def test_a_korean_family_name_spelt_by_tradition_is_found() -> None:
    assert score("이재용", entry("Lee Jae-yong")) > 0  # among the candidates; a hit where the weights say so
    assert score("Lee Jae-yong", entry("이재용")) > 0
