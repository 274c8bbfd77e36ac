"""How else a name may be read: parts of a text that holds more than a name, letters that stand for others, letters set apart.

The name as it stands comes first. Another reading can only add to what is found: each is searched by itself, and an entry keeps the
best of them, which its explanation names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from enduse.domain.screening.respelling import respelt
from enduse.domain.screening.wording import CONTENT, LEGAL, LEGAL_FORMS, LONG_FORMS, MOST_LETTERS, NUMBER, RUSSIAN_FORMS, Worded, worded
from enduse.domain.screening.writing import twin

MOST = 10  # readings of a name; what is beyond is nobody's way of writing one
_ALIAS = (
    r"(?<!\w)(?:[afn][./]?\s?k[./]?\s?a|t/a|d[./]?b[./]?a|trading as|(?:also |formerly )?known as|formerly|alias"
    r"|он же|она же|они же|ранее|также|известн\w+ как)(?!\w)\.?:?"
)
_PIECES = re.compile(rf"[()\[\]{{}};|\n]|\s/\s|{_ALIAS}", re.IGNORECASE)
_LEGAL = LEGAL_FORMS | RUSSIAN_FORMS | frozenset(LONG_FORMS)
_COMMA = re.compile(r"\s*,\s*|\s[-–—]\s")  # the dashes that people write
_NUMBERS = re.compile(r"(?<!\w)(?:#\s*)?\d[\d./:-]*(?!\w)")
_LETTER_APART = re.compile(r"(?<!\w)(?:[^\W\d_][\s.·_-]{1,3}){3,}[^\W\d_](?!\w)")
_MORE = re.compile(rf"[^A-Za-z\s.'-]|{_PIECES.pattern}|{_COMMA.pattern}|{_LETTER_APART.pattern}", re.IGNORECASE)  # what a plain name has nothing of
_GAP = re.compile(r"\s{2,}")
_SIGNS = str.maketrans({"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a", "!": "i"})
_FOREIGN = re.compile("[ѕјԁԛԝһӏ]", re.IGNORECASE)  # letters of hardly any name: who writes them wants them to look Latin
_SIGN = re.compile("[013457$@!]")
_SIGN_WORD = re.compile(r"[\w$@!]*[^\W\d_][\w$@!]*")


class Reading(NamedTuple):
    """A name taken apart, and the text that was: empty for the name as it stands.

    `respelt` where it was parted or written in pinyin, `bare` where numbers were left out.
    """

    name: Worded
    text: str = ""
    respelt: bool = False
    bare: bool = False


@lru_cache(maxsize=65536)
def readings(name: str, person: bool) -> tuple[Reading, ...]:
    """The name as it stands, then how else it may be read, each only once. Where there are too many to be searched by, the first is `cut`."""
    whole = worded(name, person)
    found = {_told(whole): Reading(whole)}
    for one in _others(unicodedata.normalize("NFKC", name[:MOST_LETTERS].replace("№", "#")), person, whole):
        if any(word.role == CONTENT and word.form not in LEGAL_FORMS for word in one.name.telling):
            found.setdefault(_told(one.name), one)
        if len(found) > MOST:
            return (Reading(replace(whole, cut=True)), *list(found.values())[1:MOST])
    return tuple(found.values())


def _told(name: Worded) -> tuple[object, ...]:
    return name.legal, *((word.form, word.role) for word in name.telling)


def _others(text: str, person: bool, whole: Worded) -> Iterator[Reading]:
    if text.isascii() and not _MORE.search(text) and not any(word.form in _LEGAL for word in whole.words):
        return  # most names are read in one way alone
    pieces = [piece for piece in map(str.strip, _PIECES.split(text)) if piece]
    parts = [part for piece in pieces if _COMMA.search(piece) for part in _COMMA.split(piece) if _words(part, person) > 1]
    texts = [one for one in (*(pieces if len(pieces) > 1 else ()), *parts) if _words(one, person)]
    for one in (text, *texts):
        yield from (Reading(worded(other, person), other) for other in (*_signs(one), *_apart(one)))
        yield from (Reading(worded(other, person), other, respelt=True) for other in respelt(one))
    yield from (Reading(worded(one, person), one) for one in texts)
    if any(word.role == NUMBER for word in whole.words):
        for one in (text, *texts):
            bare = _GAP.sub(" ", _NUMBERS.sub(" ", one)).strip(" ,.-")
            if bare != one and _words(bare, person):
                yield Reading(worded(bare, person), bare, bare=True)
                yield from (Reading(worded(other, person), other, respelt=True, bare=True) for other in respelt(bare))
    if person:
        company = worded(text, False)
        if any(word.role == LEGAL for word in company.words) and any(len(word.form) > 3 for word in company.telling):
            yield Reading(company, text)


def _words(text: str, person: bool) -> int:
    """How many telling words of more than two letters a text has."""
    return sum(word.role == CONTENT and len(word.form) > 2 and word.form not in LEGAL_FORMS for word in worded(text, person).words)


def _signs(text: str) -> Iterator[str]:
    """Signs that stand for letters: digits within words, and Cyrillic letters all of which look Latin."""
    for one in "il" if _SIGN.search(text) else "":
        read = _SIGN_WORD.sub(lambda found, one=one: _unsigned(found[0], one), text)  # type: ignore[misc]
        if read != text:
            yield read
    if _FOREIGN.search(text):
        yield " ".join(twin(word.lower()) or word for word in text.split())


def _unsigned(word: str, one: str) -> str:
    if len(word) < 3 or sum(letter.isalpha() for letter in word) < 2:
        return word
    return word.rstrip("!$@").translate(_SIGNS).replace("1", one)


def _apart(text: str) -> Iterator[str]:
    """Letters set apart written as words: by wider gaps where there are some, else as one."""
    if not _LETTER_APART.search(text):
        return
    if _GAP.search(text):
        yield " ".join(re.sub(r"[\W_]", "", word) for word in _GAP.split(text))
    yield _LETTER_APART.sub(lambda found: re.sub(r"[\W_]", "", found[0]), _GAP.sub(" ", text))
