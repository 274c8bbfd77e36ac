"""The words of an index, and which of them are like a given one: a value of arrays."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from enduse.domain.screening.bridging import Asked, Bridge, bridge, lettered, likenesses, turned
from enduse.domain.screening.packing import Array, listed, texts_of
from enduse.domain.screening.sounds import bones, coarse, sound
from enduse.domain.screening.writing import ABJAD, CHINESE, HANGUL, KANA
from enduse.reference.same_names import EASTERN, same_names

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Like = tuple[npt.NDArray[Any], Floats]  # places of words and how like they are

LEAST = 0.6  # a word less like another than this is another
STRICT, STRICT_ACROSS = 0.82, 0.7  # for words written as one
NEAR = 0.48  # the share of common pairs of letters from which on words of one script are compared at all
FAR, STRICTLY_FAR = 0.4, 0.5  # the same between two scripts
CLOSE, BY_LETTERS = 0.55, 0.35  # from which likeness on spelling is weighed by what is learned, and what letters alone count for then
ROUGHLY, STRICTLY_ROUGHLY = 0.5, 0.6  # so like two words must be by classes of consonants to be followed letter by letter between scripts
KNOWN = 0.9  # how like words are that are known to be the same name
WIDE = 16_000_000
MOST_KNOWN, MOST_HELD = 50_000, 5_000_000  # words, places of words
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
    """Which numbers a key leads to: keys as a dictionary, numbers in one array; those alone are counted that any key leads to."""

    def __init__(self, keys: Sequence[str], starts: Ints, numbers: Ints, sizes: Floats) -> None:
        self.who = np.flatnonzero(sizes)
        self.sizes = sizes[self.who]
        ranks = np.zeros(len(sizes), dtype=np.intp if len(numbers) < WIDE else np.int32)  # what counting wants, where memory allows
        ranks[self.who] = np.arange(len(self.who))
        self.starts, self.numbers = starts, ranks[numbers]
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
        return cls(texts_of(arrays, f"{name}.keys").all(), arrays[f"{name}.starts"], arrays[f"{name}.numbers"], arrays[f"{name}.sizes"])

    def of_key(self, key: str) -> npt.NDArray[np.intp]:
        """The numbers of a key."""
        found: npt.NDArray[np.intp] = self.who[self._of_key(key)]
        return found

    def _of_key(self, key: str) -> npt.NDArray[Any]:
        place = self.places.get(key)
        return _NONE[0] if place is None else self.numbers[self.starts[place] : self.starts[place + 1]]

    def sharing(self, keys: frozenset[str], least: float) -> npt.NDArray[np.intp]:
        """The numbers that share that much of their keys with these (twice the common ones in all of both), in order."""
        common = np.bincount(np.concatenate([_NONE[0], *(self._of_key(key) for key in keys)]))
        fewest = ceil(least * len(keys) / (2 - least) - 1e-9)  # fewer cannot be enough, however few keys the other has
        (found,) = (common >= fewest).nonzero()
        return self.who[found[2 * common[found] >= least * (self.sizes[found] + len(keys))]]


class Sought(NamedTuple):
    """A word that others like it are looked for; see `Vocabulary.like`."""

    form: str
    script: str
    strict: bool = False
    back: bool = True


class _Way(NamedTuple):
    """Some words that a word may stand for: what is to be followed letter by letter, if anything, and what they are like when that is known."""

    asked: Asked | None
    done: Callable[[Floats], Like]


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
        self.same = Postings.of(arrays, f"{name}.same")
        self.near, self.far, self.back = (Postings.of(arrays, f"{name}.{one}") for one in ("near", "far", "back"))
        self.known_groups: Ints = arrays[f"{name}.known.groups"]
        self.known_places: Ints = arrays[f"{name}.known.places"]
        self._seen: dict[Sought, Like] = {}
        self._seen_roughly: dict[tuple[str, bool, bool], Ints] = {}  # what words with the same consonants begin with
        self._held = 0

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
            **Postings.arrays((pairs_of(heard) if loosely else () for heard in sounds), f"{name}.near"),
            **Postings.arrays(([bones(form)] for form, _ in words), f"{name}.same"),
            **_by_group(words, f"{name}.known"),
            **Postings.arrays((pairs_of(rough) if kind == "plain" else () for rough, (_, kind) in zip(roughly, words, strict=True)), f"{name}.far"),
            **Postings.arrays((pairs_of(rough) if kind != "plain" else () for rough, (_, kind) in zip(roughly, words, strict=True)), f"{name}.back"),
        }

    def like(self, form: str, script: str, *, strict: bool = False, back: bool = True) -> Like:
        """The words that a word is like, and how much (LEAST to 1), the least like first; `strict`: those alone that are very much so.

        `back`: whether a Latin word may also stand for one of another script.
        """
        (found,) = self.like_each([Sought(form, script, strict, back)])
        return found

    def like_each(self, sought: Sequence[Sought]) -> list[Like]:
        """The same for several words: together they take much less time than one after the other."""
        found = {one: known for one in sought if (known := self._seen.get(one)) is not None}
        if new := list(dict.fromkeys(one for one in sought if one not in found)):
            if len(self._seen) > MOST_KNOWN:
                self._seen.clear()
            fresh = dict(zip(new, self._like(new), strict=True))
            self._seen |= fresh
            found |= fresh
        return [found[one] for one in sought]

    def _like(self, sought: Sequence[Sought]) -> Iterator[Like]:
        ways = [list(self._ways(one)) if len(self.forms) else [] for one in sought]
        learned = iter(likenesses([way.asked for some in ways for way in some if way.asked is not None], self.letters))
        for one, some in zip(sought, ways, strict=True):
            parts = [way.done(next(learned) if way.asked is not None else _NONE[1]) for way in some]
            yield self._sorted(one, *_better(parts))

    def _sorted(self, one: Sought, places: Ints, like: Floats) -> Like:
        """What is like enough, the least like first."""
        if not len(places):
            return _NONE
        plain = family(one.script) == "plain"
        least = np.where((self.kinds[places] == 0) == plain, STRICT, STRICT_ACROSS) if one.strict else LEAST
        places, like = places[like >= least], like[like >= least]
        order = np.lexsort((places, like))
        return places[order].astype(np.int32), like[order].astype(np.float32)

    def _ways(self, one: Sought) -> Iterator[_Way]:
        own = family(one.script)
        yield from self._within(one, own)
        yield from self._known(one, own)
        if own != "plain":
            yield from self._across(one)
        elif one.back and not (self.plain or one.form.isdigit() or len(one.form) < 3):
            yield from self._back(one)

    def _within(self, one: Sought, own: str) -> Iterator[_Way]:
        """Words of the same family: by letters, by sounds, by what is learned of spellings. Strictly those alone that have the same consonants."""
        form, heard = one.form, sound(one.form)
        places = self.same.of_key(bones(form)) if one.strict else self.near.sharing(pairs_of(heard), NEAR)
        if not len(places):
            return
        kinds = self.kinds[places]
        same = kinds == KINDS.index(own)
        if own in PINYIN:  # Chinese in pinyin is how it is written in Latin
            same |= kinds == PINYIN[own]
        places = places[same]
        if form.isdigit():
            places = places[self.forms[places] == form]
        if not len(places):
            return
        letters, sounds = _like_letters(form, self.forms[places]), _like_letters(heard, self.sounds[places])
        best = np.maximum(letters, 0.97 * sounds)
        close = np.flatnonzero((best > CLOSE) & (letters < 1))
        guide = bridge("cyrillic" if one.script == "cyrillic" else "latin")
        weighed = own == "plain" and guide is not None and len(close) and not form.isdigit()

        def done(learned: Floats) -> Like:
            if weighed:
                best[close] = BY_LETTERS * best[close] + (1 - BY_LETTERS) * shaped(learned)
            found = best
            if any(letter.isdigit() for letter in form):
                found = np.where(letters < 1, found * 0.5, found)
            else:
                found = np.where(self.digits[places], found * 0.5, found)
            if own in PINYIN:  # between pinyin and Latin the very same counts; what is merely like it is the learned odds' affair
                found = np.where((self.kinds[places] == PINYIN[own]) & (sounds < 1), 0, found).astype(np.float32)
            return places, found

        yield _Way(Asked(guide, form, places[close]) if weighed and guide is not None else None, done)

    def _across(self, one: Sought) -> Iterator[_Way]:
        """Latin words that a word of another script may be written as."""
        if guide := bridge(one.script):
            places = self._roughly(self.far, coarse(guide.guess(one.form)), one.strict)
            yield self._learned(guide, one.form, places)

    def _back(self, one: Sought) -> Iterator[_Way]:
        """Words of other scripts that a Latin word may stand for: the same the other way round."""
        places = self._roughly(self.back, coarse(one.form), one.strict)
        kinds = self.kinds[places]
        for code in np.unique(kinds).tolist():
            if guide := turned(GUIDES[KINDS[code]]):
                yield self._learned(guide, one.form, places[kinds == code])

    def _known(self, one: Sought, own: str) -> Iterator[_Way]:
        """Words that are known to be the same name, however unlike they look."""
        groups = same_names().groups(one.form, own)
        eastern = same_names().groups(one.form, EASTERN) if own == "plain" and one.back else _NONE[0]
        if not len(groups) and not len(eastern):
            return
        places, others = self._of_groups(groups), self._of_groups(eastern)
        if own == "plain" and not one.back:
            places = places[self.kinds[places] == 0]
        if len(places := np.unique(np.concatenate([places, others[self.kinds[others] != 0]]))):
            yield _Way(None, lambda _: (places, np.full(len(places), KNOWN, dtype=np.float32)))

    def _of_groups(self, groups: Ints) -> Ints:
        if not len(groups) or not len(self.known_groups):
            return _NONE[0]
        firsts, lasts = (np.searchsorted(self.known_groups, groups, side=side) for side in ("left", "right"))
        return np.concatenate([self.known_places[first:last] for first, last in zip(firsts, lasts, strict=True)])

    def _roughly(self, postings: Postings, rough: str, strict: bool) -> Ints:
        """The words that by classes of consonants are enough like one to be followed letter by letter."""
        key = (rough, strict, postings is self.back)
        if (known := self._seen_roughly.get(key)) is None:
            share, least = (STRICTLY_FAR, STRICTLY_ROUGHLY) if strict else (FAR, ROUGHLY)
            places = postings.sharing(pairs_of(rough), share)
            known = places[_like_letters(rough, self.roughly[places], least) >= least].astype(np.int32)
            self._held += len(known) + 50  # what an array takes by itself
            if self._held > MOST_HELD:
                self._seen_roughly, self._held = {}, 0
            self._seen_roughly[key] = known
        return known

    def _learned(self, guide: Bridge, form: str, places: npt.NDArray[Any]) -> _Way:
        return _Way(Asked(guide, form, places), lambda learned: (places, shaped(learned)))


def _by_group(words: Sequence[tuple[str, str]], name: str) -> dict[str, Array]:
    """The arrays of the groups of names known to be the same: a row for each group of each word, by group."""
    held = same_names()
    groups = [
        np.concatenate([held.groups(form, kind), held.groups(form, EASTERN)]) if kind == "plain" else held.groups(form, kind) for form, kind in words
    ]
    places = np.repeat(np.arange(len(words), dtype=np.int32), [len(one) for one in groups])
    numbers = np.concatenate([*groups, np.zeros(0, dtype=np.int32)])
    order = np.argsort(numbers, kind="stable")
    return {f"{name}.groups": numbers[order], f"{name}.places": places[order]}


def _like_letters(form: str, others: npt.NDArray[Any], least: float | None = None) -> Floats:
    found: Floats = process.cdist([form], others.tolist(), scorer=OSA.normalized_similarity, score_cutoff=least, dtype=np.float32)[0]
    return found


def _better(parts: Sequence[Like]) -> Like:
    """Each place once, with the best likeness; each part has none twice."""
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    places, like = np.concatenate([places for places, _ in parts]), np.concatenate([like for _, like in parts])
    order = np.lexsort((-like, places))
    places, like = places[order], like[order]
    first = np.ones(len(places), dtype=bool)
    first[1:] = places[1:] != places[:-1]
    return places[first], like[first]


def shaped(likeness: Floats) -> Floats:
    """A likeness between scripts on the scale of one within: what chance reaches comes out under LEAST."""
    return (0.5 + 0.5 * likeness).astype(np.float32)
