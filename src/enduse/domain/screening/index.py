"""Lists made searchable: an index is a value, built from entries, kept as bytes.

Names are taken apart into words; equal names are one *form*. A word leads to the places in forms where it stands, a form to the names that
are written so, a name to its entry. What is found of an entry depends on that entry and the query alone, never on what else is in
the index: a part of a list searched by itself gives what the whole list would have given (`delta`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enduse.domain.screening.entity import Entity, NameKind, Period
from enduse.domain.screening.packing import Array, Texts, listed, packed, texts_of, unpacked
from enduse.domain.screening.respelling import respelt
from enduse.domain.screening.vocabulary import Ints, Postings, Vocabulary, family
from enduse.domain.screening.wording import PARTICLE, Word, worded

ALGORITHM = "names-1"
MAGIC = b"enduse/index/names-1\n"
NAME_KINDS: tuple[NameKind, ...] = ("name", "alias", "weak", "former", "original")
ROLES = ("content", "particle", "legal", "initial", "number")
LONGEST_JOIN, JOINED_WORDS = 24, 5
_KIND_OF_NUMBER = re.compile(
    r"^(?:IMO|MMSI|INN|ИНН|OGRN|ОГРН|ОГРНИП|KPP|КПП|OKPO|ОКПО|BIN|БИН|UNP|УНП|EDRPOU|ЕДРПОУ|PASSPORT|ПАСПОРТ|LEI|DUNS|SWIFT|NUMBER|NO|N)+(?=[A-Z]{0,2}\d)"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is held: its word, the digest of its snapshot and its entries."""

    word: str
    digest: str
    entities: Sequence[Entity]


class Index:
    """Entries of some lists, made searchable. `lists` are their words and digests."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        self.arrays = arrays
        about = json.loads(bytes(arrays["about"]))
        self.algorithm: str = about["algorithm"]
        self.lists: tuple[tuple[str, str], ...] = tuple((word, digest) for word, digest in about["lists"])
        self.words, self.joins = Vocabulary(arrays, "words"), Vocabulary(arrays, "joins")
        self.form_starts: Ints = arrays["form_starts"]  # of each form the places of its words
        self.form_words: Ints = arrays["form_words"]
        self.form_weights = arrays["form_weights"]
        self.form_roles = arrays["form_roles"]
        self.form_legal = arrays["form_legal"]
        self.totals = np.add.reduceat(self.form_weights, self.form_starts[:-1]) if len(self.form_words) else np.zeros(0, dtype=np.float32)
        self.heads = np.array([ord(form[0]) for form in self.words.forms], dtype=np.uint8)  # their first letters
        self.form_of_place = np.repeat(np.arange(len(self.form_starts) - 1, dtype=np.int32), np.diff(self.form_starts))
        self.word_starts, self.word_places = _turned(self.form_words, len(self.words.forms))
        self.join_starts, self.join_order = _turned(arrays["join_words"], len(self.joins.forms))
        self.join_places: Ints = arrays["join_places"][self.join_order]
        self.join_others: Ints = arrays["join_others"][self.join_order]  # from there to there, or both alone where the first is behind
        self.carrier_starts, self.carriers = _turned(arrays["name_forms"], len(self.form_starts) - 1)  # names written so
        self.name_entries: Ints = arrays["name_entries"]
        self.name_kinds = arrays["name_kinds"]
        self.name_respelt = arrays["name_respelt"]
        self.persons = arrays["persons"]  # of each entry whether it is a person: 0 no, 1 yes, 2 the list does not say
        self.names: Texts = texts_of(arrays, "names")
        self.entries: Texts = texts_of(arrays, "entries")
        self.identifiers = Postings.of(arrays, "identifiers")

    @property
    def size(self) -> int:
        """How many entries."""
        return len(self.entries)

    def to_bytes(self) -> bytes:
        """The index as bytes: the same for the same lists."""
        return packed(MAGIC, self.arrays)

    @classmethod
    def from_bytes(cls, data: bytes) -> Index:
        """The index again. Raises ValueError where the bytes are damaged, or of another version of the algorithm."""
        return cls(unpacked(MAGIC, data))


def build(lists: Sequence[Listed]) -> Index:
    """The index of some lists."""
    return Index(_Builder().of(lists))


def bare(identifier: str) -> str:
    """An identifier as it is compared: letters and digits alone, of one width, without what says of which kind it is."""
    return _KIND_OF_NUMBER.sub("", re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", identifier)).upper())


class _Builder:
    def __init__(self) -> None:
        self.words: dict[tuple[str, str], int] = {}
        self.joins: dict[tuple[str, str], int] = {}
        self.forms: dict[tuple[object, ...], int] = {}
        self.starts, self.form_words, self.roles = array("i", [0]), array("i"), array("b")
        self.weights, self.legal = array("f"), array("b")
        self.join_words, self.join_places, self.join_others = array("i"), array("i"), array("i")
        self.name_forms, self.name_entries, self.name_kinds = array("i"), array("i"), array("b")
        self.name_respelt = array("b")
        self.names: list[str] = []
        self.entries: list[str] = []
        self.identifiers: list[tuple[str, ...]] = []
        self.persons = array("b")

    def of(self, lists: Sequence[Listed]) -> dict[str, Array]:
        for number, one in enumerate(lists):
            for entity in one.entities:
                self._entry(number, entity)
        about = json.dumps({"algorithm": ALGORITHM, "lists": [(one.word, one.digest) for one in lists]}).encode()
        return {
            "about": np.frombuffer(about, dtype=np.uint8),
            **Vocabulary.arrays(list(self.words), "words"),
            **Vocabulary.arrays(list(self.joins), "joins", loosely=False),
            "form_starts": _ints(self.starts),
            "form_words": _ints(self.form_words),
            "form_weights": np.array(self.weights, dtype=np.float32),
            "form_roles": np.array(self.roles, dtype=np.uint8),
            "form_legal": np.array(self.legal, dtype=np.uint8),
            "join_words": _ints(self.join_words),
            "join_places": _ints(self.join_places),
            "join_others": _ints(self.join_others),
            "name_forms": _ints(self.name_forms),
            "name_entries": _ints(self.name_entries),
            "name_kinds": np.array(self.name_kinds, dtype=np.uint8),
            "name_respelt": np.array(self.name_respelt, dtype=bool),
            "persons": np.array(self.persons, dtype=np.uint8),
            **listed(self.names, "names"),
            **listed(self.entries, "entries"),
            **Postings.arrays(self.identifiers, "identifiers"),
        }

    def _entry(self, number: int, entity: Entity) -> None:
        place = len(self.entries)
        self.entries.append(told(number, entity))
        self.persons.append({"Person": 1, "LegalEntity": 2}.get(entity.schema, 0))
        self.identifiers.append(tuple(dict.fromkeys(key for one in entity.identifiers if len(key := bare(one.value)) > 3)))
        seen: set[int] = set()
        for name in entity.names:
            for text in (name.text, *respelt(name.text)):
                form = self._form(text, entity.schema == "Person")
                if form is None or form in seen:
                    continue
                seen.add(form)
                self.name_forms.append(form)
                self.name_entries.append(place)
                self.name_kinds.append(NAME_KINDS.index(name.kind))
                self.name_respelt.append(text != name.text)
                self.names.append(name.text)

    def _form(self, text: str, person: bool) -> int | None:
        name = worded(text, person)
        words = name.telling
        if not words:
            return None
        legal = legal_bits(name.legal)
        key = (legal, *((word.form, word.script, word.role) for word in words))
        if (form := self.forms.get(key)) is None:
            form = self.forms[key] = len(self.forms)
            first = len(self.form_words)
            for word in words:
                self.form_words.append(self.words.setdefault((word.form, family(word.script)), len(self.words)))
                self.roles.append(ROLES.index(word.role))
                self.weights.append(word.weight)
            self.starts.append(len(self.form_words))
            self.legal.append(legal)
            for start, span, joined in joined_words(words):
                self.join_words.append(self.joins.setdefault((joined, family(words[start].script)), len(self.joins)))
                self.join_places.append(first + start)
                self.join_others.append(first + start + span - 1)
            for last, start, joined in turned_words(words):
                self.join_words.append(self.joins.setdefault((joined, family(words[start].script)), len(self.joins)))
                self.join_places.append(first + last)
                self.join_others.append(first + start)
        return form


def joined_words(words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """Neighbouring words written as one: where they begin, how many they are, the word. Each two, and all of a short name."""
    for start in range(min(len(words), JOINED_WORDS) - 1):
        joined = words[start].form + words[start + 1].form
        if 3 < len(joined) <= LONGEST_JOIN:
            yield start, 2, joined
        if start + 2 < len(words) and words[start + 1].role == PARTICLE:  # Jalal al-Din is also Jalaluddin
            joined += words[start + 2].form
            if len(joined) <= LONGEST_JOIN and len(words) != 3:
                yield start, 3, joined
    if 2 < len(words) <= 4:
        joined = "".join(word.form for word in words)
        if len(joined) <= LONGEST_JOIN:
            yield 0, len(words), joined


def turned_words(words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """The last word and the first written as one, where the family name stands first in one name and last in another; the places and the word."""
    if 1 < len(words) <= JOINED_WORDS:
        joined = words[-1].form + words[0].form
        if 3 < len(joined) <= LONGEST_JOIN:
            yield len(words) - 1, 0, joined


def legal_bits(legal: frozenset[str]) -> int:
    """Legal forms as bits: limited liability, shares, any other."""
    return sum({"limited": 1, "shares": 2}.get(one, 4) for one in {one if one in ("limited", "shares") else "other" for one in legal})


def told(number: int, entity: Entity) -> str:
    """What of an entry is compared or shown beside its names, as one line of JSON."""
    found: dict[str, Any] = {"list": number, "id": entity.id, "schema": entity.schema, "name": entity.names[0].text if entity.names else ""}
    countries = sorted({one.code for one in (*entity.countries, *(place.country for place in entity.addresses if place.country)) if one.code})
    optional = {
        "births": [_days(one) for one in entity.births],
        "nationalities": sorted({one.code for one in entity.nationalities if one.code}),
        "countries": countries,
        "addresses": [one.text for one in entity.addresses],
        "programmes": list(entity.programmes),
    }
    return json.dumps(found | {key: value for key, value in optional.items() if value}, ensure_ascii=False, separators=(",", ":"))


def _days(period: Period) -> list[object]:
    return [period.first.isoformat(), period.last.isoformat(), period.circa]


def _ints(values: array[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def _turned(leads: Array, size: int) -> tuple[Ints, Ints]:
    """Which places lead to each of `size` numbers: where each one's places begin, and the places."""
    starts = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(leads, minlength=size), out=starts[1:])
    return starts, np.argsort(leads, kind="stable").astype(np.int32)
