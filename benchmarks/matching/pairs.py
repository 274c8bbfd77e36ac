"""Pairs of a name in another script and a Latin one: the right one, and the wrong one that a plain transliteration takes for the right one."""

from __future__ import annotations

import os
import pickle
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import icu
import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from benchmarks.matching.data import Half, cache_folder, half_of, normal, number, rows

LANGUAGES = ("ar", "zh", "ko", "he", "ja", "ru")
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Pair:
    """A query in the script of a language and a Latin candidate, and whether they are one name."""

    language: str
    query: str
    candidate: str
    match: bool


@cache
def _icu() -> Any:
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII")


def plain(text: str) -> str:
    """A name as ICU romanises it, without case and punctuation."""
    return normal(str(_icu().transliterate(text)))


def script_pairs(of: Half) -> list[Pair]:
    """For each query of a half its right candidate and its hardest wrong one, a language after the other.

    Split by the Latin candidate. The wrong candidate is of the same language and half: the one that ICU's romanisation of the query is
    nearest to (Levenshtein, normalised) among those that are not the right one, nor any other right one of this query.
    """
    kept = cache_folder() / f"pairs-2-{of}.pickle"
    if not kept.exists():
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps([pair for language in LANGUAGES for pair in _of_language(language, of)]))
        part.replace(kept)
    found: list[Pair] = pickle.loads(kept.read_bytes())
    return found


def some(pairs: Sequence[Pair], language: str, count: int) -> list[Pair]:
    """`count` queries of a language with both their pairs, drawn by a hash."""
    queries = sorted({pair.query for pair in pairs if pair.language == language}, key=lambda query: number("draw", query))
    drawn = set(queries[:count])
    return [pair for pair in pairs if pair.language == language and pair.query in drawn]


def _of_language(language: str, of: Half) -> list[Pair]:
    right: dict[str, dict[str, str]] = defaultdict(dict)
    for name in ("translit_coling2018.csv", "translit_google_ar2en.csv"):
        for row in rows(name):
            told = row["source"].rsplit(":", 1)[1].split("_")[0].replace("ar2en", "ar")
            if told == language and half_of(row["candidate"]) == of and plain(row["candidate"]) and plain(row["query"]):
                right[row["query"]].setdefault(plain(row["candidate"]), row["candidate"])
    candidates = sorted({(folded, text) for texts in right.values() for folded, text in texts.items()})
    folded = [one for one, _ in candidates]
    queries = sorted(right)
    found = []
    for start in range(0, len(queries), _BLOCK):
        block = queries[start : start + _BLOCK]
        near = process.cdist([plain(query) for query in block], folded, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
        for query, row in zip(block, near, strict=True):
            best = next(int(at) for at in np.argsort(-row, kind="stable") if folded[at] not in right[query])
            found += [Pair(language, query, text, True) for text in list(right[query].values())[:1]]
            found.append(Pair(language, query, candidates[best][1], False))
    return found
