"""Words that are like a word: in one script, between scripts, and none that are not."""

from __future__ import annotations

import numpy as np
import pytest

from enduse.domain.screening.vocabulary import KINDS, LEAST, Postings, Vocabulary, family, pairs_of, shaped
from enduse.domain.screening.writing import latin

PLAIN = ["mohammed", "hussein", "ivanov", "petrov", "putin", "romashka", "vasilek", "kim", "tanaka", "114", "115", "a114", "yusuf", "wang"]


def vocabulary(*words: tuple[str, str]) -> Vocabulary:
    return Vocabulary(Vocabulary.arrays(list(words), "words"), "words")


MIXED = vocabulary(
    *((word, "plain") for word in PLAIN), (latin("محمد", "arabic"), "abjad"), (latin("タナカ", "kana"), "kana"), (latin("김", "hangul"), "hangul")
)


def like(form: str, script: str = "latin", *, strict: bool = False, of: Vocabulary = MIXED) -> dict[str, float]:
    found, how = of.like(form, script, strict=strict)
    assert list(how) == sorted(how)
    return {f"{of.forms[place]}/{KINDS[of.kinds[place]]}": float(one) for place, one in zip(found, how, strict=True)}


def test_a_script_has_a_family() -> None:
    assert family("latin") == family("cyrillic") == family("greek") == family("other") == "plain"
    assert family("arabic") == family("hebrew") == "abjad"
    assert (family("han"), family("kana"), family("hangul")) == ("han", "kana", "hangul")


@pytest.mark.parametrize(
    ("form", "word"),
    [("muhammad", "mohammed"), ("husayn", "hussein"), ("ivanow", "ivanov"), ("petroff", "petrov"), ("jusuf", "yusuf"), ("ivnaov", "ivanov")],
)
def test_spellings_and_slips_are_found(form: str, word: str) -> None:
    found = like(form)
    assert found[f"{word}/plain"] == max(found.values())
    assert LEAST <= found[f"{word}/plain"] < 1


def test_the_same_word_is_1_and_a_stranger_is_not_there() -> None:
    assert like("romashka")["romashka/plain"] == 1
    assert "vasilek/plain" not in like("romashka")
    assert like("plumbworth") == {}
    assert like("pulin").get("putin/plain", 0) < 0.9


def test_numbers_are_only_themselves() -> None:
    assert like("114") == {"114/plain": 1.0}
    assert like("116") == {}
    assert "114/plain" not in like("a114")
    assert like("b114").get("a114/plain", 0) < LEAST


@pytest.mark.parametrize(
    ("word", "script", "found"),
    [("محمد", "arabic", "mohammed"), ("יוסוף", "hebrew", "yusuf"), ("김", "hangul", "kim"), ("タナカ", "kana", "tanaka"), ("王", "han", "wang")],
)
def test_a_word_of_another_script_finds_latin_ones(word: str, script: str, found: str) -> None:
    best = like(latin(word, script), script)
    assert best[f"{found}/plain"] == max(one for name, one in best.items() if name.endswith("plain"))


@pytest.mark.parametrize(("form", "found"), [("mohammed", "mhmd/abjad"), ("tanaka", "tanaka/kana"), ("kim", "gim/hangul")])
def test_a_latin_word_finds_those_of_other_scripts(form: str, found: str) -> None:
    assert found in like(form)
    assert like(form, strict=True).items() <= like(form).items()


def test_strictly_less_is_found() -> None:
    for form in ("muhammad", "ivanow", "romashka", "tanaca"):
        assert like(form, strict=True).items() <= like(form).items()
    assert "romashka/plain" in like("romashka", strict=True)
    assert len(like("tanava", strict=True)) < len(like("tanava"))


def test_what_is_like_a_word_does_not_depend_on_the_other_words() -> None:
    for form, script in (("muhammad", "latin"), (latin("محمد", "arabic"), "arabic"), (latin("タナカ", "kana"), "kana"), ("kim", "latin")):
        whole = like(form, script)
        for place, word in enumerate(MIXED.forms):
            kind = KINDS[MIXED.kinds[place]]
            alone = like(form, script, of=vocabulary((word, kind)))
            assert alone.get(f"{word}/{kind}") == whole.get(f"{word}/{kind}")


def test_no_words_are_like_nothing() -> None:
    assert like("rosa", of=vocabulary()) == {}


def test_a_key_leads_to_its_numbers() -> None:
    held = Postings.of(Postings.arrays([("a", "b"), (), ("b",)], "x"), "x")
    assert held.of_key("b").tolist() == [0, 2]
    assert held.of_key("c").tolist() == []
    assert held.sharing(frozenset("abc"), 0.3).tolist() == [0, 2]
    assert held.sharing(frozenset("abc"), 0.6).tolist() == [0]
    none = Postings.of(Postings.arrays([(), ()], "x"), "x")
    assert (none.of_key("a").tolist(), none.sharing(frozenset("a"), 0.1).tolist()) == ([], [])


def test_pairs_of_letters_count_the_ends() -> None:
    assert pairs_of("ab") == {"^a", "ab", "b$"}
    assert shaped(np.array([0, 1], dtype=np.float32)).tolist() == [0.5, 1]
