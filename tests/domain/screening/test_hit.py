"""A hit's rank: how near the names are, and how much stands behind it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.hit import Found, Hit

PART = st.floats(0, 1)
ROSA = Hit("own", "1", "Rosa Quill", "name", 0.9, 0.5)


@given(PART, PART, PART, PART)
def test_the_rank_follows_the_score_and_the_strength(score: float, strength: float, other: float, more: float) -> None:
    one = replace(ROSA, score=score, strength=strength)
    assert 0.5 * score <= one.rank <= score  # however weak the evidence, half of it stays
    assert replace(one, strength=max(strength, more)).rank >= one.rank
    assert replace(one, score=max(score, other)).rank >= one.rank


def test_evidence_decides_between_equal_names() -> None:
    assert replace(ROSA, strength=0.8).rank > ROSA.rank > replace(ROSA, strength=0.1).rank > 0


def test_an_answer_without_hits_says_so() -> None:
    assert Found(()) == Found((), 0, ())
