"""The score: between 0 and 1, more for what agrees, and taken apart without a rest."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from enduse.domain.screening.features import FEATURES, PLACE
from enduse.domain.screening.scoring import GROUPS, PRODUCTS, gave, scores, widened
from enduse.reference.name_scores import name_scores

ROWS = arrays.arrays(np.float32, st.tuples(st.integers(1, 12), st.just(len(FEATURES))), elements=st.floats(0, 3, width=32))


def row(**values: float) -> npt.NDArray[np.float32]:
    found = np.zeros((1, len(FEATURES)), dtype=np.float32)
    for name, value in {"base": 1.0, **values}.items():
        found[0, PLACE[name]] = value
    return found


def test_every_weight_is_one_of_a_feature_or_a_product_and_each_has_one() -> None:
    assert set(name_scores()) == {*FEATURES, *("*".join(names) for names in PRODUCTS)}


def test_every_feature_is_told_in_one_group() -> None:
    told = [name for names in GROUPS.values() for name in names]
    assert sorted(told) == sorted(set(FEATURES) - {"base"})


def test_the_same_two_rare_words_score_high_and_nothing_in_common_low() -> None:
    same = row(of_query=1, of_form=1, told=2, told_one=1, exact=1)
    assert scores(same)[0] > 0.9
    assert scores(row(of_query=0.3, of_form=0.3, missing_query=1, missing_form=1, missed_query=1, missed_form=1, single=1))[0] < 0.3


def test_products_stand_behind_the_features() -> None:
    one = row(of_query=0.5, of_form=0.25, told=2)
    wide = widened(one)
    assert wide.shape == (1, len(FEATURES) + len(PRODUCTS))
    assert wide[0, len(FEATURES) + PRODUCTS.index(("told", "of_query", "of_form"))] == 0.25


@given(ROWS)
def test_a_score_is_that_of_its_row_alone_to_the_last_bit(rows: npt.NDArray[np.float32]) -> None:
    whole = scores(rows)
    assert ((whole >= 0) & (whole <= 1)).all()
    assert [float(scores(rows[at : at + 1])[0]) for at in range(len(rows))] == whole.tolist()


@given(ROWS)
def test_what_each_group_gave_is_the_score(rows: npt.NDArray[np.float32]) -> None:
    rows[:, PLACE["base"]] = 1
    parts = gave(rows[0])
    assert parts.keys() == {"same", *GROUPS}
    assert sum(parts.values()) == pytest.approx(float(scores(rows[:1])[0]), abs=1e-9)
