"""Thresholds, shares and F1 out of scores, by hand and by what must always hold."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching.measures import Scores, best_threshold, cross_validated, drawn_again, f1, f1_of, share, threshold_at

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.7, 0.9, 1.0]), min_size=1, max_size=60)


def test_the_threshold_is_the_lowest_that_keeps_the_rate() -> None:
    assert threshold_at([0.9, 0.8, 0.7, 0.6], 0.5) == 0.8
    assert threshold_at([0.9, 0.8, 0.0, 0.0], 0.25) == 0.9
    assert threshold_at([0.9, 0.7, 0.7, 0.1], 0.5) == 0.9  # two share the next score: both would be too many
    assert threshold_at([0.7, 0.7, 0.7, 0.7], 0.5) > 0.7
    assert threshold_at([1.0, 1.0], 0.0) > 1.0


@given(SCORES, st.floats(0, 1))
def test_no_rate_is_exceeded_and_no_lower_score_would_keep_it(scores: list[float], rate: float) -> None:
    threshold = threshold_at(scores, rate)
    assert sum(score >= threshold for score in scores) <= rate * len(scores) + 1e-9
    lower = [score for score in scores if 0 < score < threshold]
    if lower:
        assert sum(score >= max(lower) for score in scores) > rate * len(scores)


def test_a_query_that_finds_nothing_is_a_miss_at_any_threshold() -> None:
    scored = Scores((0.0,) * 1000, (0.0, 0.4))
    threshold, alerts, found = scored.at(0.003)
    assert 0 < threshold <= 0.4
    assert (alerts.median, found.median) == (0, 0.5)
    assert scored.found(0.0).median == 0.5


def test_a_share_has_wilsons_interval() -> None:
    found = share(8, 10)
    assert (found.median, found.runs) == (0.8, 10)
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert share(0, 0).high == 1.0
    assert share(0, 100).low == pytest.approx(0, abs=1e-12)


def test_f1_by_hand() -> None:
    scores, right = [0.9, 0.8, 0.4, 0.2], [True, False, True, False]
    assert f1(scores, right, 0.5) == 0.5
    assert f1(scores, right, 0.3) == pytest.approx(0.8)
    assert best_threshold(scores, right) == pytest.approx(0.3)
    assert f1([0.1], [False], 0.5) == 0.0


def test_a_fold_does_not_choose_its_own_threshold() -> None:
    scores, right = [0.9, 0.1, 0.9, 0.1, 0.5, 0.45], [True, False, True, False, False, True]
    folds = [0, 0, 0, 0, 1, 1]
    said = cross_validated(scores, right, folds)
    assert said[4:] == [True, False]  # from the others: half-way between 0.1 and 0.9; in its own fold it would be the other way round
    assert f1_of(said[:4], right[:4]) == 0.0 or said[:4] == [True, False, True, False]


def test_drawing_again_is_the_same_each_time_and_holds_the_mean() -> None:
    values = [0.0, 1.0] * 50
    bounds = [drawn_again(100, lambda places: sum(values[at] for at in places) / len(places)) for _ in range(2)]
    assert bounds[0] == bounds[1]
    assert bounds[0][0] < 0.5 < bounds[0][1]
    assert math.isclose(bounds[0][1] - bounds[0][0], 0.2, abs_tol=0.05)
