"""From one script to another: how likely a word in Latin letters is another script's word, by weights learned of pairs of names.

The weights (`reference/scripts.json`) say for each letter of a romanised word and each letter of a Latin one how much more often they
stand for one another than chance would have it. A word is followed letter by letter along the best way through both (Viterbi).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from enduse.domain.screening.writing import ABJAD, CHINESE, HANGUL, KANA
from enduse.reference.scripts import script_weights

LONGEST = 20  # letters of a word that are followed
UNITS, NEVER = 128, -1e6
AT_ONCE = 1024  # pairs of words that are followed at once: what they need stays in the processor
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
    """What is learned of one script: where its weights stand among those of all, and how a word of it is most often written."""

    number: int
    likely: str  # 128 signs: the Latin unit that each own unit most often stands for

    def guess(self, form: str) -> str:
        """A word of this script as a Latin one would most often write it, unit by unit: good enough to look for candidates."""
        return "".join(_SPELT.get(unit, unit) for unit in (self.likely[ord(own)] for own in units(form) if ord(own) < 128)).replace("\0", "")


class Asked(NamedTuple):
    """How like is a word to each of some others (places in a table of them)?"""

    guide: Bridge
    form: str
    others: npt.NDArray[Any]


def likenesses(asked: Sequence[Asked], table: Letters) -> list[Floats]:
    """How like words of some scripts (romanised) are to Latin ones (of a table, `lettered`): 1 as good as it gets, 0 no better than chance.

    Many are followed at once, since a step costs more than what it does; what comes of each does not depend on what stands beside it.
    """
    sizes = [len(one.others) for one in asked]
    if not sum(sizes):
        return [np.zeros(0, dtype=np.float32) for _ in asked]
    words = [np.frombuffer(units(one.form).encode("ascii", "ignore"), dtype=np.uint8) for one in asked]
    number = np.repeat(np.arange(len(asked)), sizes)  # of the word, for each two words
    others = table[np.concatenate([one.others for one in asked])]
    long, lengths = np.array([len(word) for word in words])[number], np.count_nonzero(others, axis=1)
    order = np.argsort(((LONGEST - long) * (LONGEST + 1) + lengths).astype(np.uint16), kind="stable")  # the longest words first
    own = np.zeros((len(words), LONGEST), dtype=np.intp)
    most = np.zeros(len(words))
    for at, (one, word) in enumerate(zip(asked, words, strict=True)):
        own[at, : len(word)] = word
        own[at] += one.guide.number * UNITS
        most[at] = _weights().best_own[own[at, : len(word)]].sum()
    found = np.zeros(len(others), dtype=np.float32)
    for start in range(0, len(order), AT_ONCE):
        now = order[start : start + AT_ONCE]
        reached, best = _followed(own[number[now]], long[now], others[now], lengths[now])
        best += most[number[now]]
        found[now] = np.clip(reached / np.maximum(best / 2, 1e-6), 0, 1)
    found[long == 0] = 0
    return np.split(found, np.cumsum(sizes)[:-1])


def _followed(
    own: npt.NDArray[np.intp], long: npt.NDArray[np.intp], others: Letters, lengths: npt.NDArray[np.intp]
) -> tuple[Floats, npt.NDArray[np.float64]]:
    """The weight of the best way through each two words, and the most that there is for the other word. The longest `own` come first.

    The arrays within hold a column for each two words.
    """
    weights = _weights()
    latin = np.ascontiguousarray(others[:, : int(lengths.max())].T).astype(np.intp)
    among = latin + own[:, 0] // UNITS * UNITS
    free = np.zeros((len(latin) + 1, len(own)), dtype=np.float32)
    np.cumsum(weights.put.take(among), axis=0, out=free[1:])
    reached = free.copy()
    for at in range(int(long[0])):
        still = int(np.searchsorted(-long, -at))  # those that have such a letter
        letter, before = own[:still, at], reached[:, :still]
        step = before + weights.out.take(letter)
        stands_for = weights.pair.take(latin[:, :still] + letter * UNITS)
        stands_for += before[:-1]
        np.maximum(step[1:], stands_for, out=step[1:])
        step -= free[:, :still]
        for below in range(1, len(step)):
            np.maximum(step[below], step[below - 1], out=step[below])
        np.add(step, free[:, :still], out=before)
    return reached[lengths, np.arange(len(own))], weights.best_latin.take(among).sum(axis=0, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Weights:
    """The weights of all scripts, each after the other: of a pair of units, of one left out, of one put in; the best that each can reach."""

    pair: Floats  # for each script UNITS x UNITS
    out: Floats  # for each script UNITS, and so the others
    put: Floats
    best_own: Floats
    best_latin: Floats
    bridges: dict[str, Bridge]
    turned: dict[str, Bridge]


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    """What is learned, each script one way and then each the other way round."""
    known = script_weights()
    tables = [_table(weights) for weights in known.values()]
    likely = ["".join(weights["likely"].get(chr(code), "\0") or "\0" for code in range(UNITS)) for weights in known.values()]
    tables += [_table_turned(*table) for table in tables]
    pair, out, put, best_own, best_latin = (np.concatenate([part.ravel() for part in parts]) for parts in zip(*tables, strict=True))
    guides = [{script: Bridge(first + at, one) for at, (script, one) in enumerate(zip(known, likely, strict=True))} for first in (0, len(known))]
    return _Weights(pair, out, put, best_own, best_latin, *guides)


def _table(weights: Mapping[str, Any]) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    pair = np.full((UNITS, UNITS), weights["unseen"], dtype=np.float32)
    out = np.full(UNITS, weights["unseen"], dtype=np.float32)
    put = np.full(UNITS, weights["unseen"], dtype=np.float32)
    put[0] = 0
    pair[:, 0] = NEVER
    best_own, best_latin = np.full(UNITS, 2, dtype=np.float32), np.full(UNITS, 2, dtype=np.float32)
    best_latin[0] = 0
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
    return pair, out, put, best_own, best_latin


def _table_turned(pair: Floats, out: Floats, put: Floats, best_own: Floats, best_latin: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """The same weights from a Latin word to words of a script."""
    back, put_back, best_back = pair.T.copy(), out.copy(), best_own.copy()
    back[:, 0], put_back[0], best_back[0] = NEVER, 0, 0
    return back, put, put_back, best_latin, best_back


def bridge(script: str) -> Bridge | None:
    """What is learned of a script; None where nothing is."""
    return _weights().bridges.get(script)


def turned(script: str) -> Bridge | None:
    """The same the other way round: from a Latin word to words of a script."""
    return _weights().turned.get(script)
