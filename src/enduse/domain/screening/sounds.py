"""How a word in Latin letters sounds, roughly and across spellings: what is left of Mohammed, Muhammad and Mohamad is the same."""

from __future__ import annotations

import re
from functools import lru_cache

# Order matters: longer spellings first. Signs in capitals are sounds of their own: S (ship), C (chip), J (measure, jam).
_SPELLINGS = [
    ("shch", "S"), ("tsch", "C"), ("dzh", "J"), ("sch", "S"), ("tch", "C"), ("sh", "S"), ("ch", "C"), ("cz", "C"), ("zh", "J"), ("dj", "J"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ck", "k"), ("qu", "k"), ("ks", "x"), ("ts", "z"), ("tz", "z"),
    ("wh", "v"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ie", "i"), ("ei", "i"), ("ey", "i"), ("eo", "o"), ("ae", "e"), ("oe", "e"),
]  # fmt: skip
_PATTERN = re.compile("|".join(spelling for spelling, _ in _SPELLINGS))
_SIGNS = dict(_SPELLINGS)
_SOFT_C = re.compile(r"c(?=[eiy])")
_LETTERS = str.maketrans({"q": "k", "c": "k", "w": "v", "y": "i", "j": "J"})
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")
_COARSE = str.maketrans({"b": "p", "f": "p", "v": "p", "d": "t", "g": "k", "h": "k", "x": "k", "z": "s", "S": "s", "C": "s", "J": "s", "r": "l"})


@lru_cache(maxsize=262144)
def sound(form: str) -> str:
    """A word by its sounds: spellings of one sound written alike, doubled letters once."""
    text = _SOFT_C.sub("s", form)
    text = _PATTERN.sub(lambda found: _SIGNS[found[0]], text).translate(_LETTERS)
    text = _TWICE.sub(r"\1", text)
    if len(text) > 3 and text.endswith("h"):
        text = text[:-1]
    return text


@lru_cache(maxsize=262144)
def bones(form: str) -> str:
    """A word by its consonants: what remains where vowels are left out or guessed. A vowel at the beginning leaves a mark."""
    text = sound(form)
    rest = _VOWELS.sub("", text[1:])
    head = "a" if text[:1] and text[0] in "aeiou" else text[:1]
    return _TWICE.sub(r"\1", head + rest)


@lru_cache(maxsize=262144)
def coarse(form: str) -> str:
    """A word by classes of consonants (b p f v are one, l and r are one): what survives a journey through another script."""
    text = sound(form).translate(_COARSE)
    return _TWICE.sub(r"\1", _VOWELS.sub("", text))
