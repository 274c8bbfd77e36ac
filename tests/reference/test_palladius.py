"""Chinese in Russian letters: each syllable has its pinyin, and words that are no Chinese have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.reference.palladius import MOST_SYLLABLES, MOST_WAYS, pinyin, syllables

SAME = """
чжан=zhang чжэ=zhe чжо=zhuo чжун=zhong чжи=zhi цзы=zi цы=ci сы=si ши=shi жи=ri цзян=jiang цзе=jie цзюн=jiong цюй=qu сюй=xu сюэ=xue сюн=xiong
хуан=huang хуань=huan хуа=hua хуэй=hui хой=hui хо=huo го=guo ло=luo ли=li люй=lu люэ=lue лю=liu лян=liang лянь=lian лин=ling линь=lin
нюй=nu ню=niu мэй=mei мянь=mian бо=bo бэй=bei фэн=feng фэнь=fen дэн=deng тянь=tian вэнь=wen вэн=weng ван=wang вань=wan во=wo у=wu и=yi
ю=you юй=yu юэ=yue юань=yuan юн=yong юнь=yun ян=yang янь=yan ин=ying инь=yin э=e эр=er ань=an ан=ang жуй=rui шуй=shui гуй=gui
"""


@pytest.mark.parametrize("pair", SAME.split())
def test_a_syllable_stands_for_its_pinyin(pair: str) -> None:
    russian, _, latin = pair.partition("=")
    assert latin in pinyin(russian)


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("сяопин", "xiaoping"),
        ("цзиньпин", "jinping"),
        ("цзэдун", "zedong"),
        ("чанъань", "changan"),  # the hard sign parts syllables
        ("чанань", "changan"),
        ("юаньъюань", "yuanyuan"),
        ("гуанчжоу", "guangzhou"),
    ],
)
def test_a_word_is_its_syllables(word: str, latin: str) -> None:
    assert latin in pinyin(word)


def test_where_syllables_may_be_parted_in_two_ways_both_are_told() -> None:
    assert {"pingan", "pinan"} == set(pinyin("пинань"))


@pytest.mark.parametrize("word", ["", "ромашка", "марина", "роза", "лев", "сидоров", "xiaoping", "ъ", "сяо-пин", "Дэн", "習"])
def test_what_is_no_chinese_has_none(word: str) -> None:
    assert pinyin(word) == ()


def test_a_word_of_too_many_syllables_has_none() -> None:
    assert pinyin("чжан" * MOST_SYLLABLES) == ("zhang" * MOST_SYLLABLES,)
    assert pinyin("чжан" * (MOST_SYLLABLES + 1)) == ()


def test_every_syllable_leads_to_its_pinyin_and_back() -> None:
    back: dict[str, set[str]] = {}
    for russian, ways in syllables().items():
        assert ways == pinyin(russian)[: len(ways)]
        assert all(way.isascii() and way.isalpha() for way in ways)
        for way in ways:
            back.setdefault(way, set()).add(russian)
    assert all(way in pinyin(russian) for way, spellings in back.items() for russian in spellings)


@given(st.lists(st.sampled_from(sorted(syllables())), min_size=1, max_size=3))
def test_words_of_syllables_are_read_where_the_hard_sign_parts_them(parts: list[str]) -> None:
    found = pinyin("ъ".join(parts))
    assert "".join(syllables()[part][0] for part in parts) in found
    assert len(set(found)) == len(found) <= MOST_WAYS


@given(st.text())
def test_every_word_can_be_asked_for(word: str) -> None:
    assert len(pinyin(word)) <= MOST_WAYS
