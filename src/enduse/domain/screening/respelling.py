"""The same name written otherwise, on both sides of a comparison: a Chinese or Korean name parted, Chinese in Russian letters as pinyin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice, product

from enduse.domain.screening.writing import CHINESE, HANGUL, script_of
from enduse.reference.palladius import pinyin

MOST = 3
PARTED = {2: ((1, 1),), 3: ((1, 2), (1, 1, 1)), 4: ((2, 2), (1, 1, 2), (1, 1, 1, 1))}  # family name and given names, by signs
_LONGEST = 40


def respelt(text: str) -> Iterator[str]:
    """Other writings of a name, at most a few; none for most names."""
    yield from _parted(text)
    yield from _pinyin(text)


def _parted(text: str) -> Iterator[str]:
    name = unicodedata.normalize("NFC", text.strip())
    if not 2 <= len(name) <= max(PARTED) or any(script_of(sign) not in (CHINESE, HANGUL) for sign in name):
        return
    for sizes in PARTED[len(name)]:
        signs = iter(name)
        yield " ".join("".join(islice(signs, size)) for size in sizes)


def _pinyin(text: str) -> Iterator[str]:
    words = [word.strip(".,«»\"'()") for word in text.lower().replace("ё", "е").split()]
    if len(text) > _LONGEST or not words or text.isascii():
        return
    ways = [pinyin(word) for word in words]
    if all(ways):
        yield from (" ".join(way) for way in islice(product(*ways), MOST))
