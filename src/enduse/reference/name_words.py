"""How many of the entries of published lists bear a word in a name: counted once over half of the entries of the lists that the benchmarks name.

The first line of `name_words.txt` is the number of entries counted, each other one a word in Latin letters and its count; counts below
four are left out. Facts of the publishers' lists (UN, US, Canada, EU, Japan), of 2019 to 2026; not a copy of any of them. Canada gives its list out
under the Open Government Licence – Canada.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def name_words() -> tuple[int, dict[str, int]]:
    """The number of entries counted, and for each word how many bear it."""
    first, *lines = files(__package__).joinpath("name_words.txt").read_text("utf-8").splitlines()
    return int(first), {word: int(count) for word, count in (line.split(" ") for line in lines)}
