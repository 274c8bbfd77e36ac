"""Scripts and letters: how a word is read, and what only looks like a letter of another alphabet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.writing import fold, latin, script_of, twin, unmixed


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("a", "latin"),
        ("É", "latin"),
        ("ə", "latin"),
        ("ё", "cyrillic"),
        ("қ", "cyrillic"),
        ("ω", "greek"),
        ("ש", "hebrew"),
        ("م", "arabic"),
        ("پ", "arabic"),
        ("王", "han"),
        ("タ", "kana"),
        ("ひ", "kana"),
        ("김", "hangul"),
        ("न", "other"),
        ("ა", "other"),
        ("𠮷", "han"),
        ("7", ""),
        (" ", ""),
        ("-", ""),
        ("😀", ""),
        ("٣", ""),
    ],
)
def test_each_letter_has_a_script(letter: str, script: str) -> None:
    assert script_of(letter) == script


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ROSA Quill", "rosa quill"),
        ("Ｒｏｓａ", "rosa"),  # letters of full width
        ("ﬁrma", "firma"),  # a ligature
        ("\u202eRo\u200bsa\u202c", "rosa"),  # a mark of direction, a space of no width
        ("Ro\x00sa", "rosa"),
        ("Rosa\tQuill\n", "rosa quill "),
        ("Rosa😀Quill", "rosa quill"),
        ("محـــمد", "محمد"),  # stretched
        ("नरेंद्र", "नरेंद्र"),  # marks that carry vowels stay
        ("ТОВ «Ромашка»", "тов «ромашка»"),
    ],
)
def test_folding_evens_out_what_does_not_tell(text: str, folded: str) -> None:
    assert fold(text).replace("\t", " ").replace("\n", " ") == folded


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("cбербанк", "сбербанк"),  # a Latin c
        ("сбepбaнк", "сбербанк"),
        ("sberbаnk", "sberbank"),  # a Cyrillic а
        ("βoeing", "boeing"),
    ],
)
def test_letters_that_only_look_alike_are_put_right(word: str, mended: str) -> None:
    assert unmixed(word) == (mended, True)


@pytest.mark.parametrize("word", ["сбербанк", "sberbank", "ромашка", "7", "a7", "я7", "фz", "zф", "محمد", "", "ｱ"])
def test_a_word_of_one_script_and_one_mixed_otherwise_stay(word: str) -> None:
    assert unmixed(word) == (word, False)


def test_a_cyrillic_word_that_looks_latin_has_a_twin() -> None:
    assert twin("сосо") == "coco"
    assert (twin("ромашка"), twin(""), twin("coco")) == ("", "", "")


@pytest.mark.parametrize(
    ("word", "script", "form"),
    [
        ("щукин", "cyrillic", "shchukin"),
        ("ёлкин", "cyrillic", "elkin"),
        ("їжак", "cyrillic", "izhak"),
        ("йод", "cyrillic", "yod"),
        ("müller", "latin", "muller"),
        ("łódź", "latin", "lodz"),
        ("straße", "latin", "strasse"),
        ("김정은", "hangul", "gimjeongeun"),
        ("王", "han", "wang"),
        ("タナカ", "kana", "tanaka"),
        ("παπαδόπουλος", "greek", "papadopoulos"),
        ("मोदी", "other", "modi"),
        ("გიორგი", "other", "giorgi"),
        ("ᚠᚢ", "other", ""),  # runes: no rule
    ],
)
def test_a_word_is_written_in_latin_letters(word: str, script: str, form: str) -> None:
    assert latin(word, script) == form


def test_hangul_taken_apart_into_letters_is_the_same_word() -> None:
    assert latin("\u1100\u1175\u11b7", "hangul") == latin("김", "hangul") == "gim"


@given(st.text())
def test_folding_twice_is_folding_once_and_what_is_read_is_plain_latin(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    for word in folded.split():
        mended, changed = unmixed(word)
        assert changed == (mended != word)
        assert len(mended) == len(word)
        script = next((script for letter in word if (script := script_of(letter))), "latin")
        form = latin(word, script)
        assert form == word if word.isascii() else (form.isascii() and (form == "" or form.isalnum()))
