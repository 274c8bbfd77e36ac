"""From one script to another: how likely a word in Latin letters is another script's word, by weights learned of pairs of names.

The weights (`reference/scripts.json`) say for each letter of a romanised word and each letter of a Latin one how much more often they
stand for one another than chance would have it. A word is followed letter by letter along the best way through both (Viterbi).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from enduse.domain.screening.writing import ABJAD, CHINESE, HANGUL, KANA
from enduse.reference.scripts import script_weights

LONGEST = 20  # letters of a word that are followed
Floats = npt.NDArray[np.float32]
Letters = npt.NDArray[np.uint8]

_SPELLINGS = {
    **{"shch": "S", "sch": "S", "tch": "C", "sh": "S", "ch": "C", "zh": "J", "kh": "X", "gh": "G", "ph": "f", "th": "T", "dh": "D", "ts": "c"},
    **{"ck": "k", "ng": "N", "dj": "J", "oo": "u", "ou": "u", "ee": "i", "ei": "y", "ai": "y", "ay": "y", "ey": "y", "eu": "E", "eo": "O", "ae": "A"},
    **{"oe": "O"},
}
_SPELT = {"S": "sh", "C": "ch", "J": "zh", "X": "kh", "G": "gh", "T": "th", "D": "dh", "c": "ts", "N": "ng", "E": "eu", "O": "eo", "A": "ae"}
_PATTERN = re.compile("|".join(sorted(_SPELLINGS, key=lambda one: -len(one))))
_TWICE = re.compile(r"(.)\1+")

BRIDGED = (*sorted(ABJAD), CHINESE, KANA, HANGUL, "cyrillic")


@lru_cache(maxsize=262144)
def units(form: str) -> str:
    """A word in Latin letters as the units that are compared: spellings of one sound are one unit, doubled letters count once."""
    return _TWICE.sub(r"\1", _PATTERN.sub(lambda found: _SPELLINGS[found[0]], form))[:LONGEST]


def lettered(forms: list[str]) -> Letters:
    """Words as rows of unit codes, filled up with zeros."""
    found = np.zeros((len(forms), LONGEST), dtype=np.uint8)
    for row, form in enumerate(forms):
        code = units(form).encode("ascii", "ignore")
        found[row, : len(code)] = np.frombuffer(code, dtype=np.uint8)
    return found


@dataclass(frozen=True, slots=True)
class Bridge:
    """What is learned of one script: weights of a pair of units, of one left out, of one put in; the best that each can reach."""

    pair: Floats  # 128 x 128
    out: Floats
    put: Floats
    best_own: Floats
    best_latin: Floats
    likely: str  # 128 signs: the Latin unit that each own unit most often stands for

    def likeness(self, form: str, others: Letters) -> Floats:
        """How like a word of this script (romanised) is to each of some Latin words: 1 as good as it gets, 0 no better than chance."""
        own = np.frombuffer(units(form).encode("ascii", "ignore"), dtype=np.uint8)
        if not len(own) or not len(others):
            return np.zeros(len(others), dtype=np.float32)
        lengths = np.count_nonzero(others, axis=1)
        others = others[:, : int(lengths.max())]
        put = np.concatenate([np.zeros((len(others), 1), dtype=np.float32), np.cumsum(self.put[others], axis=1)], axis=1)
        row = put
        for letter in own:
            step = row + self.out[letter]
            np.maximum(step[:, 1:], row[:, :-1] + self.pair[letter].take(others), out=step[:, 1:])
            step -= put
            row = np.maximum.accumulate(step, axis=1, out=step)
            row += put
        reached = row[np.arange(len(others)), lengths]
        most = (self.best_own[own].sum() + self.best_latin[others].sum(axis=1, dtype=np.float64)) / 2
        found: Floats = np.clip(reached / np.maximum(most, 1e-6), 0, 1).astype(np.float32)
        return found

    def guess(self, form: str) -> str:
        """A word of this script as a Latin one would most often write it, unit by unit: good enough to look for candidates."""
        return "".join(_SPELT.get(unit, unit) for unit in (self.likely[ord(own)] for own in units(form) if ord(own) < 128)).replace("\0", "")


@lru_cache(maxsize=16)
def bridge(script: str) -> Bridge | None:
    """What is learned of a script; None where nothing is."""
    weights = script_weights().get(script)
    if weights is None:
        return None
    pair = np.full((128, 128), weights["unseen"], dtype=np.float32)
    out = np.full(128, weights["unseen"], dtype=np.float32)
    put = np.full(128, weights["unseen"], dtype=np.float32)
    put[0] = 0
    pair[:, 0] = -1e6
    best_own, best_latin = np.full(128, 2, dtype=np.float32), np.full(128, 2, dtype=np.float32)
    best_latin[0] = 0
    likely = ["\0"] * 128
    for own, row in weights["units"].items():
        for latin, weight in row.items():
            if own and latin:
                pair[ord(own), ord(latin)] = weight
                best_latin[ord(latin)] = max(best_latin[ord(latin)], weight)
                best_own[ord(own)] = max(best_own[ord(own)], weight)
            elif own:
                out[ord(own)] = weight
            else:
                put[ord(latin)] = weight
    for own, latin in weights["likely"].items():
        likely[ord(own)] = latin or "\0"
    return Bridge(pair, out, put, best_own, best_latin, "".join(likely))


@lru_cache(maxsize=16)
def turned(script: str) -> Bridge | None:
    """The same weights the other way round: from a Latin word to words of a script."""
    one = bridge(script)
    if one is None:
        return None
    pair = one.pair.T.copy()
    pair[:, 0] = -1e6
    put = one.out.copy()
    put[0] = 0
    best_own = one.best_own.copy()
    best_own[0] = 0
    return Bridge(pair, one.put, put, one.best_latin, best_own, one.likely)
