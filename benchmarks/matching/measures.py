"""Figures out of scores: thresholds at a rate of false alerts, shares with their confidence intervals, F1 cross-validated. Pure."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.measuring import Spread

Z = 1.959964  # 95 %
NEVER = math.inf  # a threshold that nothing reaches


@dataclass(frozen=True, slots=True)
class Scores:
    """What a matcher gave on some entries: of each made-up name the best score of any hit (0 without one), of each query that of its true entry."""

    negatives: tuple[float, ...]
    truths: tuple[float, ...]

    def at(self, rate: float) -> tuple[float, Spread, Spread]:
        """The threshold of a rate of false alerts; the rate that it gives, and the share of the queries that find their entry."""
        threshold = threshold_at(self.negatives, rate)
        return threshold, self.alerts(threshold), self.found(threshold)

    def alerts(self, threshold: float) -> Spread:
        """The share of the made-up names that something is found for."""
        return share(sum(score >= threshold for score in self.negatives), len(self.negatives))

    def found(self, threshold: float) -> Spread:
        """The share of the queries that find their entry."""
        return share(sum(score >= threshold and score > 0 for score in self.truths), len(self.truths))


def threshold_at(negatives: Sequence[float], rate: float) -> float:
    """The lowest score at which at most `rate` of the negatives are alerts, each with the best score of any hit.

    Where many share one score the next higher one is taken, so that the rate is kept; NEVER where even the highest gives too many.
    """
    allowed = math.floor(rate * len(negatives) + 1e-9)
    held = sorted((score for score in negatives if score > 0), reverse=True)
    if len(held) <= allowed:
        return min(held, default=math.ulp(0.0)) if held else math.ulp(0.0)
    first_too_many = held[allowed]
    return next((score for score in reversed(held[:allowed]) if score > first_too_many), math.nextafter(first_too_many, NEVER))


def share(count: int, of: int) -> Spread:
    """A share with Wilson's interval at 95 %."""
    if not of:
        return Spread(0.0, 0.0, 1.0, 0)
    rate, square = count / of, Z * Z
    middle, width = (rate + square / (2 * of)), Z * math.sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    return Spread(rate, max(0.0, (middle - width) / (1 + square / of)), min(1.0, (middle + width) / (1 + square / of)), of)


def f1(scores: Sequence[float], right: Sequence[bool], threshold: float) -> float:
    """The harmonic mean of precision and recall of `score >= threshold`."""
    both = sum(score >= threshold and match for score, match in zip(scores, right, strict=True))
    told = sum(score >= threshold for score in scores)
    return 2 * both / (told + sum(right)) if told + sum(right) else 0.0


def best_threshold(scores: Sequence[float], right: Sequence[bool]) -> float:
    """The threshold of the best F1: midway to the next score below, so that it says nothing of scores in between."""
    levels = sorted(set(scores))
    best = max(levels, key=lambda level: (f1(scores, right, level), level))
    below = [level for level in levels if level < best]
    return (best + below[-1]) / 2 if below else best


def cross_validated(scores: Sequence[float], right: Sequence[bool], folds: Sequence[int]) -> list[bool]:
    """What is said of each pair by the threshold that is best on the other folds."""
    thresholds = {}
    for fold in set(folds):
        others = [at for at, other in enumerate(folds) if other != fold]
        thresholds[fold] = best_threshold([scores[at] for at in others], [right[at] for at in others])
    return [score >= thresholds[fold] for score, fold in zip(scores, folds, strict=True)]


def f1_of(said: Sequence[bool], right: Sequence[bool]) -> float:
    """F1 of what was said."""
    return f1([float(one) for one in said], right, 0.5)


def drawn_again(count: int, figure: Callable[[Sequence[int]], float], *, times: int = 1000, seed: int = 1) -> tuple[float, float]:
    """The middle 95 % of a figure over samples drawn again with replacement (bootstrap); `figure` gets the places drawn."""
    chance = random.Random(seed)
    held = sorted(figure(chance.choices(range(count), k=count)) for _ in range(times))
    return held[int(times * 0.025)], held[int(times * 0.975)]
