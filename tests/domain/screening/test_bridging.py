"""Between scripts: the right Latin word is more likely than a wrong one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.bridging import BRIDGED, LONGEST, Asked, Bridge, Floats, Letters, bridge, lettered, likenesses, turned, units
from enduse.domain.screening.writing import latin

PAIRS = {
    "arabic": [("محمد", "mohammed"), ("حسين", "hussein"), ("يوسف", "yusuf"), ("خالد", "khaled"), ("طارق", "tarek"), ("سليمان", "suleiman")],
    "hebrew": [("יוסף", "yosef"), ("משה", "moshe"), ("אברהם", "avraham"), ("שרון", "sharon"), ("דוד", "david")],
    "han": [("王", "wang"), ("李", "lee"), ("陳", "chen"), ("黃", "huang"), ("小明", "xiaoming"), ("周", "chou")],
    "hangul": [("김", "kim"), ("박", "park"), ("송", "song"), ("정은", "jongun"), ("영희", "younghee"), ("한", "han")],
    "kana": [("タナカ", "tanaka"), ("スズキ", "suzuki"), ("ヒロシ", "hiroshi"), ("マイケル", "michael"), ("さとう", "sato")],
    "cyrillic": [("юрий", "yuri"), ("хрущев", "khrushchev"), ("алексеи", "aleksey"), ("щербаков", "shcherbakov"), ("джонсон", "johnson")],
}
MADE = [(script, own, other) for script, pairs in PAIRS.items() for own, other in pairs]


def like(guide: Bridge, form: str, others: Letters) -> Floats:
    (found,) = likenesses([Asked(guide, form, np.arange(len(others)))], others)
    return found


def likeness(script: str, own: str, *others: str) -> list[float]:
    guide = bridge(script)
    assert guide is not None
    return [float(one) for one in like(guide, latin(own, script), lettered(list(others)))]


def test_every_script_that_is_bridged_has_weights() -> None:
    assert all(bridge(script) is not None and turned(script) is not None for script in BRIDGED)
    assert bridge("runic") is None is turned("runic")


@pytest.mark.parametrize(("script", "own", "right"), MADE)
def test_the_right_word_is_likelier_than_those_of_other_names(script: str, own: str, right: str) -> None:
    wrong = [other for one, _, other in MADE if one == script and other != right]
    found = likeness(script, own, right, *wrong)
    assert found[0] == max(found)
    assert found[0] > 0.4
    assert sum(one > 0.9 * found[0] for one in found) == 1


@pytest.mark.parametrize(("script", "own", "right"), MADE)
def test_it_leads_back_too(script: str, own: str, right: str) -> None:
    guide = turned(script)
    assert guide is not None
    others = [one for kind, one, other in MADE if kind == script and one != own]
    found = like(guide, right, lettered([latin(one, script) for one in (own, *others)]))
    assert float(found[0]) == float(found.max()) > 0.4


@pytest.mark.parametrize(("script", "own", "right"), MADE)
def test_what_stands_beside_a_word_does_not_change_its_likeness(script: str, own: str, right: str) -> None:
    alone = likeness(script, own, right)[0]
    assert likeness(script, own, right, "x" * LONGEST, "a")[0] == alone  # to the last bit: a part of a list gives what the whole would


@given(st.sampled_from(BRIDGED), st.lists(st.text(alphabet="abdeghiklmnorstuyz", min_size=1, max_size=LONGEST), min_size=2, max_size=6, unique=True))
def test_nor_do_any_words_beside_one_another(script: str, words: list[str]) -> None:
    guide = bridge(script)
    assert guide is not None
    for form in words:
        assert like(guide, form, lettered(words)).tolist() == [float(like(guide, form, lettered([word]))[0]) for word in words]


def test_units_are_spellings_of_one_sound() -> None:
    assert units("shch") == units("sch") == "S"
    assert units("mohammed") == units("mohamed")
    assert len(units("xy" * LONGEST)) == LONGEST


def test_letters_fill_rows_with_nothing() -> None:
    found = lettered(["ab", ""])
    assert found.shape == (2, LONGEST)
    assert (found[0, :2] == [ord("a"), ord("b")]).all()
    assert not found[0, 2:].any()
    assert not found[1].any()


@given(st.sampled_from(BRIDGED), st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789"), st.lists(st.text(alphabet="abchkotz019"), max_size=4))
def test_it_is_never_out_of_its_range(script: str, form: str, others: list[str]) -> None:
    for guide in (bridge(script), turned(script)):
        assert guide is not None
        found = like(guide, form, lettered(others))
        assert found.shape == (len(others),)
        assert np.isfinite(found).all()
        assert ((found >= 0) & (found <= 1)).all()
        assert guide.guess(form).isascii()
