"""The same name written otherwise, on both sides of a comparison: a Chinese or Korean name parted, Chinese in Russian letters as pinyin, Korean
in Russian letters as lists write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product, takewhile

from enduse.domain.screening.writing import CHINESE, HANGUL, script_of
from enduse.reference.kontsevich import romanised
from enduse.reference.palladius import pinyin

MOST, MOST_KOREAN = 3, 4  # each is a search; a fifth Korean one finds hardly any more
PARTED = {2: ((1, 1),), 3: ((1, 2), (1, 1, 1)), 4: ((2, 2), (1, 1, 2), (1, 1, 1, 1))}  # family name and given names, by signs
_LONGEST = 40
_RUSSIAN = re.compile(r"[а-яё\s,«»\"'()\u2010\u2011-]+")  # and no full stop: initials are letters, no syllables
_GAP = re.compile(r"[^а-яё]+")
_MARKS = ".,«»\"'()"


def respelt(text: str) -> Iterator[str]:
    """Other writings of a name, at most a few; none for most names."""
    yield from _parted(text)
    if len(text) <= _LONGEST and not text.isascii():
        yield from dict.fromkeys((*_pinyin(text), *_korean(text)))


def _parted(text: str) -> Iterator[str]:
    name = unicodedata.normalize("NFC", text.strip())
    if not 2 <= len(name) <= max(PARTED) or any(script_of(sign) not in (CHINESE, HANGUL) for sign in name):
        return
    for sizes in PARTED[len(name)]:
        signs = iter(name)
        yield " ".join("".join(islice(signs, size)) for size in sizes)


def _pinyin(text: str) -> Iterator[str]:
    words = [word.strip(_MARKS) for word in text.lower().replace("ё", "е").split()]
    ways = list(takewhile(bool, map(pinyin, words)))
    if ways and len(ways) == len(words):
        yield from (" ".join(way) for way in islice(product(*ways), MOST))


def _korean(text: str) -> Iterator[str]:
    name = unicodedata.normalize("NFC", text).lower()
    if _RUSSIAN.fullmatch(name):
        yield from islice(romanised(tuple(word for word in _GAP.split(name) if word)), MOST_KOREAN)
