"""What is learned of names written in two scripts: weights for the letters of each script against Latin ones.

`scripts.json` is made by `python -m benchmarks.matching.learn` of pairs of names (COLING 2018, of Wikidata, CC0; Google's Arabic to
English, Apache-2.0), half of them, split by name; the other half is what the benchmarks report on.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict


class Weights(TypedDict):
    """Of one script: `units[own][latin]` in nats (an empty key for nothing), what a pair never seen is given, the likeliest Latin unit of each."""

    units: dict[str, dict[str, float]]
    unseen: float
    likely: dict[str, str]


@lru_cache(maxsize=1)
def script_weights() -> dict[str, Weights]:
    """The weights of each script: `arabic`, `hebrew`, `han`, `hangul`, `kana`, `cyrillic`."""
    found: dict[str, Weights] = json.loads(files(__package__).joinpath("scripts.json").read_bytes())
    return found
