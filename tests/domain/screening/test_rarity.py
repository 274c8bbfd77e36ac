"""Rare words tell more than common ones, whatever their spelling."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.rarity import LEAST, LEGAL_CLASSES, weight


def test_a_common_word_tells_less_than_a_rare_one() -> None:
    assert weight("mohammed") < weight("ivanov") < weight("plumbworth")
    assert weight("trading") < weight("romashka")


def test_a_common_name_spelt_otherwise_is_no_rare_one() -> None:
    assert weight("mohhammed") == weight("mohammed")
    assert weight("mhmd", no_vowels=True) <= weight("mohammed")
    assert weight("mhmd", no_vowels=True) < weight("mhmd")


def test_a_short_word_tells_less() -> None:
    assert weight("z") < weight("zq") < weight("zqx")


def test_legal_forms_of_one_kind_are_one_class() -> None:
    assert LEGAL_CLASSES["ooo"] == LEGAL_CLASSES["llc"] == LEGAL_CLASSES["gmbh"] != LEGAL_CLASSES["jsc"] == LEGAL_CLASSES["ao"]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1), st.booleans())
def test_it_is_between_nearly_nothing_and_all(form: str, no_vowels: bool) -> None:
    assert LEAST / 2 < weight(form, no_vowels) <= 1
