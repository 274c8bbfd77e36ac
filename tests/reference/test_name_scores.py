"""The weights of the score: one for each feature, and on the side where common sense has them."""

from __future__ import annotations

import math

from enduse.domain.screening.features import FEATURES
from enduse.domain.screening.scoring import PRODUCTS
from enduse.reference.name_scores import name_scores


def test_there_is_one_for_each_feature_and_product_and_no_other() -> None:
    assert set(name_scores()) == {*FEATURES, *("*".join(names) for names in PRODUCTS)}
    assert all(math.isfinite(weight) and abs(weight) < 20 for weight in name_scores().values())


def test_what_speaks_against_a_name_never_speaks_for_it() -> None:
    assert all(name_scores()[name] <= 0 for name in ("legal_other", "other_kind", "order", "initials"))
