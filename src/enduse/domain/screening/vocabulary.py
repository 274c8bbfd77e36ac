"""The words of an index, and which of them are like a given one: a value of arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from enduse.domain.screening.bridging import bridge, lettered, turned
from enduse.domain.screening.packing import Array, listed, texts_of
from enduse.domain.screening.sounds import bones, coarse, sound
from enduse.domain.screening.writing import ABJAD, CHINESE, HANGUL, KANA

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Found = tuple[npt.NDArray[Any], Floats]  # places of words and how like they are

LEAST = 0.6  # a word less like another than this is another
STRICT, STRICT_ACROSS = 0.82, 0.7  # for words written as one
NEAR = 0.48  # the share of common pairs of letters from which on words of one script are compared at all
FAR, STRICTLY_FAR, BACK = 0.4, 0.5, 0.4  # the same between two scripts: from another to Latin, from Latin to another
CLOSE, BY_LETTERS = 0.55, 0.35  # from which likeness on spelling is weighed by what is learned, and what letters alone count for then
ROUGHLY = 0.5  # so like two words must be by classes of consonants to be followed letter by letter between scripts
WIDE = 16_000_000
MOST_KNOWN = 50_000
FAMILIES = {
    **dict.fromkeys(ABJAD, "abjad"),
    CHINESE: CHINESE,
    KANA: KANA,
    HANGUL: HANGUL,
}  # scripts whose romanised form is not how it is written in Latin
KINDS = ("plain", "abjad", CHINESE, KANA, HANGUL)
PINYIN = {"plain": KINDS.index(CHINESE), CHINESE: 0}
GUIDES = {"abjad": "arabic", CHINESE: CHINESE, KANA: KANA, HANGUL: HANGUL}
_NONE = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))


def family(script: str) -> str:
    """Scripts whose Latin forms can be compared letter by letter are one family, `plain`; each other one is its own."""
    return FAMILIES.get(script, "plain")


@lru_cache(maxsize=8192)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a word, its ends counted."""
    framed = f"^{text}$"
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


class Postings:
    """Which numbers a key leads to: keys as a dictionary, numbers in one array."""

    def __init__(self, keys: Sequence[str], starts: Ints, numbers: Ints) -> None:
        self.starts = starts
        self.numbers = numbers.astype(np.intp) if len(numbers) < WIDE else numbers  # what counting wants, where memory allows
        self.places = {key: place for place, key in enumerate(keys)}

    @classmethod
    def arrays(cls, rows: Iterable[Iterable[str]], name: str) -> dict[str, Array]:
        """The arrays of the keys of each number, from 0; `sizes` are how many each has."""
        places: dict[str, int] = {}
        where, who, sizes = array("i"), array("i"), array("f")
        for number, keys in enumerate(rows):
            before = len(who)
            for key in keys:
                where.append(places.setdefault(key, len(places)))
                who.append(number)
            sizes.append(len(who) - before)
        at = np.frombuffer(where, dtype=np.int32) if where else np.zeros(0, dtype=np.int32)
        starts = np.zeros(len(places) + 1, dtype=np.int32)
        np.cumsum(np.bincount(at, minlength=len(places)), out=starts[1:])
        numbers = np.frombuffer(who, dtype=np.int32)[np.argsort(at, kind="stable")] if who else at
        told = {f"{name}.starts": starts, f"{name}.numbers": numbers, f"{name}.sizes": np.array(sizes, dtype=np.float32)}
        return listed(list(places), f"{name}.keys") | told

    @classmethod
    def of(cls, arrays: dict[str, Array], name: str) -> Postings:
        """Of the arrays of `arrays`."""
        return cls(texts_of(arrays, f"{name}.keys").all(), arrays[f"{name}.starts"], arrays[f"{name}.numbers"])

    def of_key(self, key: str) -> Ints:
        """The numbers of a key."""
        place = self.places.get(key)
        return _NONE[0] if place is None else np.asarray(self.numbers[self.starts[place] : self.starts[place + 1]], dtype=np.int32)

    def common(self, keys: Iterable[str], size: int) -> npt.NDArray[np.intp]:
        """For each number how many of the keys lead to it."""
        known = [place for key in keys if (place := self.places.get(key)) is not None]
        found = [self.numbers[self.starts[place] : self.starts[place + 1]] for place in known]
        return np.bincount(np.concatenate(found), minlength=size) if found else np.zeros(size, dtype=np.intp)


class Vocabulary:
    """Words in Latin letters, each with the family of its script; found by what they are like."""

    def __init__(self, arrays: dict[str, Array], name: str) -> None:
        self.forms = np.array(texts_of(arrays, f"{name}.forms").all(), dtype=object)
        self.sounds = np.array(texts_of(arrays, f"{name}.sounds").all(), dtype=object)
        self.roughly = np.array(texts_of(arrays, f"{name}.roughly").all(), dtype=object)
        self.kinds = arrays[f"{name}.kinds"]
        self.plain = not self.kinds.any()
        self.letters = arrays[f"{name}.letters"]
        self.digits = arrays[f"{name}.digits"]
        self.near_size, self.far_size, self.back_size = (arrays[f"{name}.{one}.sizes"] for one in ("near", "far", "back"))
        self.same = Postings.of(arrays, f"{name}.same")
        self.near, self.far, self.back = (Postings.of(arrays, f"{name}.{one}") for one in ("near", "far", "back"))
        self._seen: dict[tuple[str, str, bool, bool], tuple[Ints, Floats]] = {}

    @classmethod
    def arrays(cls, words: Sequence[tuple[str, str]], name: str, *, loosely: bool = True) -> dict[str, Array]:
        """The arrays of words, each a form and a family; not `loosely` where they are looked up strictly alone."""
        sounds = [sound(form) for form, _ in words]
        roughly = [coarse(guide.guess(form) if kind != "plain" and (guide := bridge(GUIDES[kind])) else form) for form, kind in words]
        return {
            **listed([form for form, _ in words], f"{name}.forms"),
            **listed(sounds, f"{name}.sounds"),
            **listed(roughly, f"{name}.roughly"),
            f"{name}.kinds": np.array([KINDS.index(kind) for _, kind in words], dtype=np.uint8),
            f"{name}.letters": lettered([form for form, _ in words]),
            f"{name}.digits": np.array([any(letter.isdigit() for letter in form) for form, _ in words], dtype=bool),
            **Postings.arrays(map(pairs_of, sounds if loosely else [""] * len(sounds)), f"{name}.near"),
            **Postings.arrays(([bones(form)] for form, _ in words), f"{name}.same"),
            **Postings.arrays((pairs_of(rough) if kind == "plain" else () for rough, (_, kind) in zip(roughly, words, strict=True)), f"{name}.far"),
            **Postings.arrays((pairs_of(rough) if kind != "plain" else () for rough, (_, kind) in zip(roughly, words, strict=True)), f"{name}.back"),
        }

    def like(self, form: str, script: str, *, strict: bool = False, back: bool = True) -> tuple[Ints, Floats]:
        """The words that a word is like, and how much (LEAST to 1), the least like first; `strict`: those alone that are very much so.

        `back`: whether a Latin word may also stand for one of another script.
        """
        key = (form, script, strict, back)
        if (known := self._seen.get(key)) is None:
            if len(self._seen) > MOST_KNOWN:
                self._seen.clear()
            known = self._seen[key] = self._like(form, script, strict, back)
        return known

    def _like(self, form: str, script: str, strict: bool, back: bool) -> tuple[Ints, Floats]:
        if not len(self.forms):
            return _NONE
        own = family(script)
        places, like = self._within(form, own, script, strict)
        if own != "plain" or (back and not (self.plain or form.isdigit() or len(form) < 3)):
            other, far = self._across(form, script, strict) if own != "plain" else self._back(form, strict)
            places, like = _better(np.concatenate([places, other]), np.concatenate([like, far]))
        least = np.where((self.kinds[places] == 0) == (own == "plain"), STRICT, STRICT_ACROSS) if strict else LEAST
        places, like = places[like >= least], like[like >= least]
        order = np.lexsort((places, like))
        return places[order].astype(np.int32), like[order].astype(np.float32)

    def _sharing(self, postings: Postings, sizes: Floats, keys: frozenset[str], least: float) -> npt.NDArray[np.intp]:
        """The words that share that much of their pairs of letters with some pairs (twice the common ones in all of both)."""
        common = postings.common(keys, len(sizes))
        places = np.flatnonzero(common >= least * len(keys) / (2 - least))  # fewer cannot be enough, however short the other word is
        return places[2 * common[places] >= least * (sizes[places] + len(keys))]

    def _within(self, form: str, own: str, script: str, strict: bool) -> Found:
        """Words of the same family: by letters, by sounds, by what is learned of spellings. Strictly those alone that have the same consonants."""
        heard = sound(form)
        keys = pairs_of(heard)
        places = self.same.of_key(bones(form)) if strict else self._sharing(self.near, self.near_size, keys, NEAR)
        kinds = self.kinds[places]
        same = kinds == KINDS.index(own)
        if own in PINYIN:  # Chinese in pinyin is how it is written in Latin
            same |= kinds == PINYIN[own]
        places = places[same]
        if form.isdigit():
            places = places[self.forms[places] == form]
        if not len(places):
            return _NONE
        forms, heards = self.forms[places].tolist(), self.sounds[places].tolist()
        letters = process.cdist([form], forms, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
        sounds = process.cdist([heard], heards, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
        best = np.maximum(letters, 0.97 * sounds)
        close = np.flatnonzero((best > CLOSE) & (letters < 1))
        guide = bridge("cyrillic" if script == "cyrillic" else "latin")
        if own == "plain" and guide is not None and len(close) and not form.isdigit():
            learned = shaped(guide.likeness(form, self.letters[places[close]]))
            best[close] = BY_LETTERS * best[close] + (1 - BY_LETTERS) * learned
        if any(letter.isdigit() for letter in form):
            best = np.where(letters < 1, best * 0.5, best)
        else:
            best = np.where(self.digits[places], best * 0.5, best)
        if own in PINYIN:  # between pinyin and Latin the very same counts; what is merely like it is the learned odds' affair
            best = np.where((self.kinds[places] == PINYIN[own]) & (sounds < 1), 0, best).astype(np.float32)
        return places, best

    def _across(self, form: str, script: str, strict: bool) -> Found:
        """Latin words that a word of another script may be written as."""
        guide = bridge(script)
        if guide is None:
            return _NONE
        guessed = coarse(guide.guess(form))
        places = self._sharing(self.far, self.far_size, pairs_of(guessed), STRICTLY_FAR if strict else FAR)
        if len(places):
            rough = process.cdist([guessed], self.roughly[places].tolist(), scorer=OSA.normalized_similarity, score_cutoff=ROUGHLY, dtype=np.float32)
            places = places[rough[0] >= ROUGHLY]
        return places, shaped(guide.likeness(form, self.letters[places]))

    def _back(self, form: str, strict: bool) -> Found:
        """Words of other scripts that a Latin word may stand for: the same the other way round."""
        rough = coarse(form)
        wide = self._sharing(self.back, self.back_size, pairs_of(rough), STRICTLY_FAR if strict else BACK)
        if not len(wide):
            return _NONE
        near = process.cdist([rough], self.roughly[wide].tolist(), scorer=OSA.normalized_similarity, score_cutoff=ROUGHLY, dtype=np.float32)
        wide = wide[near[0] >= ROUGHLY]
        found = [_NONE]
        for code, kind in enumerate(KINDS[1:], start=1):
            places = wide[self.kinds[wide] == code]
            guide = turned(GUIDES[kind])
            if len(places) and guide is not None:
                found.append((places, shaped(guide.likeness(form, self.letters[places]))))
        return np.concatenate([places for places, _ in found]), np.concatenate([like for _, like in found])


def _better(places: npt.NDArray[Any], like: Floats) -> Found:
    """Each place once, with the better likeness."""
    order = np.lexsort((-like, places))
    places, like = places[order], like[order]
    first = np.ones(len(places), dtype=bool)
    first[1:] = places[1:] != places[:-1]
    return places[first], like[first]


def shaped(likeness: Floats) -> Floats:
    """A likeness between scripts on the scale of one within: what chance reaches comes out under LEAST."""
    return (0.5 + 0.5 * likeness).astype(np.float32)
