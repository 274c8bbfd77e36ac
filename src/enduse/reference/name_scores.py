"""The weights of the score of names: see `domain/screening/scoring.py`. `python -m benchmarks.matching.fit` makes `name_scores.json`."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def name_scores() -> dict[str, float]:
    """The weight of each feature and of each product of features (`a*b`), in nats."""
    found: dict[str, float] = json.loads(files(__package__).joinpath("name_scores.json").read_bytes())
    return found
