"""Names that are one and look unlike: Mohammed and Mahomet, Cohen and its Hebrew spelling, Zhang as Russian and as Cantonese writes it.

`same_names.txt` holds a group of words a line, as the matcher writes them in Latin letters; a sign before one says of which script it is.
It is made by `python -m benchmarks.matching.same_names` of the names of persons in Wikidata (CC0), as the library rigour gathers them.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

EASTERN = "eastern"  # Latin spellings of Chinese and Korean family names: each stands for the name, not for one another
SIGNS = {"plain": "", EASTERN: "~", "abjad": "-", "han": "+", "kana": "=", "hangul": "*"}  # by the families of `domain.screening.vocabulary`
Groups = npt.NDArray[np.int32]


class SameNames:
    """The table, looked up by word."""

    def __init__(self, lines: list[str]) -> None:
        self._places: dict[str, int] = {}
        groups = [line.split() for line in lines]
        words = [self._places.setdefault(word, len(self._places)) for group in groups for word in group]
        numbers = np.repeat(np.arange(len(groups), dtype=np.int32), [len(group) for group in groups])
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(words, minlength=len(self._places)))])
        self._groups = numbers[np.argsort(words, kind="stable")]

    def groups(self, form: str, family: str) -> Groups:
        """The numbers of the groups that a word belongs to, in order."""
        place = self._places.get(SIGNS[family] + form)
        return self._groups[:0] if place is None else self._groups[self._starts[place] : self._starts[place + 1]]


@lru_cache(maxsize=1)
def same_names() -> SameNames:
    """The table that comes with the program."""
    return SameNames(files(__package__).joinpath("same_names.txt").read_text("ascii").splitlines())
