"""From features to a score, and back: what each of them gave.

The score is a logistic function of the features and of some of their products; its weights (`reference/name_scores.json`) are learned of
names whose answer is known (`python -m benchmarks.matching.fit`), on the half of the entries that the benchmarks do not report on.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from enduse.domain.screening.features import FEATURES, PLACE
from enduse.domain.screening.vocabulary import Floats
from enduse.reference.name_scores import name_scores

PRODUCTS = (
    ("of_query", "of_query"),
    ("of_form", "of_form"),
    ("of_query", "of_form"),
    ("told", "of_query", "of_form"),
    ("single", "of_form"),
    ("across", "of_query", "of_form"),
    ("across", "unlike"),
    ("across", "single"),
    ("across", "told"),
    ("unlike", "told"),
    ("unlike", "unlike"),
    ("weak", "single"),
    ("elsewhere", "of_form"),
    ("short", "of_form"),
    ("short", "unlike"),
    ("missed_query", "missed_form"),
    ("single", "told"),
    ("told", "told"),
    ("exact", "exact"),
    ("exact", "inexact"),
    ("exact", "unlike"),
    ("exact", "told"),
    ("inexact", "told"),
    ("inexact", "of_form"),
)
# What is said apart in an explanation, in the order in which it is taken away from a name of the very same words.
GROUPS = {
    "words": ("of_query", "of_form", "unlike", "missing_query", "missing_form", "missed_query", "missed_form", "single", "exact", "inexact"),
    "common": ("told", "told_one", "short"),
    "elsewhere": ("elsewhere",),
    "across": ("across",),
    "respelt": ("respelt",),
    "order": ("order",),
    "initials": ("initials",),
    "numbers": ("numbers",),
    "legal": ("legal_other", "legal_same"),
    "weak": ("weak",),
    "other_kind": ("other_kind",),
}
_NO_THIRD = len(FEATURES)
_FACTORS = np.array([[*(PLACE[name] for name in names), _NO_THIRD][:3] for names in PRODUCTS]).T
_SAME = {"base": 1.0, "of_query": 1.0, "of_form": 1.0, "told": 2.0, "told_one": 1.0, "exact": 1.0}  # a name of the same two rare words


def widened(rows: Floats) -> npt.NDArray[np.float64]:
    """The features with their products."""
    own = np.ones((len(FEATURES) + 1, len(rows)))  # a row for each: what is worked on lies together
    own[:_NO_THIRD] = rows.T
    first, second, third = own[_FACTORS]
    return np.concatenate([own[:_NO_THIRD], first * second * third]).T


def scores(rows: Floats) -> npt.NDArray[np.float64]:
    """The score of each row of features, 0 to 1."""
    terms = widened(rows).T * _weights()[:, None]
    sums = np.add.accumulate(terms, axis=0)[-1]  # one after the other: a sum or a product of matrices rounds by how many rows there are
    found: npt.NDArray[np.float64] = 1 / (1 + np.exp(-sums))
    return found


def gave(row: Floats) -> dict[str, float]:
    """What each group of features took from, or gave to, the score of a name of the very same words: the path from there to here.

    `same` is where the path begins; all together are the score.
    """
    steps = np.zeros((1 + len(GROUPS), len(FEATURES)), dtype=np.float32)
    for name, value in _SAME.items():
        steps[:, PLACE[name]] = value
    for at, names in enumerate(GROUPS.values(), start=1):
        for name in names:
            steps[at:, PLACE[name]] = row[PLACE[name]]
    first, *reached = scores(steps).tolist()
    return {"same": first, **{group: now - last for group, last, now in zip(GROUPS, [first, *reached], reached, strict=False)}}


@lru_cache(maxsize=1)
def _weights() -> npt.NDArray[np.float64]:
    known = name_scores()
    return np.array([known.get(name, 0.0) for name in (*FEATURES, *("*".join(names) for names in PRODUCTS))])
