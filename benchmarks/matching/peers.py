"""Other matchers, and ours, behind one protocol: entries in, hits of a query out, and the score of one pair of names.

All get the same: the names of the entries with their kinds and parts, and of a query its name and kind. What else an entry says (birth dates,
countries, numbers) is left out, since the queries have nothing of it: names alone are compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, Protocol

import numpy as np

from benchmarks.matching.data import Key, Listing
from benchmarks.matching.pairs import plain
from benchmarks.measuring import wanted
from enduse.domain.screening.entity import Entity, Name
from enduse.domain.screening.query import Kind, Query

CANDIDATES = 30
LOWEST = 0.15  # of ours lower scores are not asked for: no threshold at a low rate of false alerts lies there
_SCHEMAS: dict[Kind, str] = {"any": "LegalEntity", "person": "Person", "company": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
_KINDS: dict[str, Kind] = {"Person": "person", "Company": "company", "Organization": "company", "Vessel": "vessel", "Airplane": "aircraft"}
_PROPERTIES = {"name": "name", "alias": "alias", "weak": "weakAlias", "former": "previousName", "original": "name"}

Hits = list[tuple[Key, float]]


class Peer(Protocol):
    """A matcher. `usual` is the score from which on its makers call something a hit; None where they name none."""

    name: str
    usual: float | None

    def build(self, entries: Sequence[Listing]) -> None:
        """Make entries searchable."""

    def search(self, query: Query) -> Hits:
        """The entries found, best first, with scores in which more is nearer."""

    def pair(self, query: str, candidate: str, schema: str) -> float:
        """How near two names of a kind are."""


class Grams:
    """Tantivy over 3-grams of the romanised words, a document a name: candidates by BM25, scored by the share of 3-grams in common (Dice)."""

    name = "tantivy n-grams"
    usual: float | None = None

    def __init__(self, candidates: int = CANDIDATES) -> None:
        self.tantivy = wanted("tantivy")
        self.candidates = candidates
        self.keys: list[Key] = []

    def build(self, entries: Sequence[Listing]) -> None:
        schema = self.tantivy.SchemaBuilder()
        schema.add_integer_field("at", stored=True)
        schema.add_text_field("name", tokenizer_name="whitespace", index_option="freq")
        self.schema = schema.build()
        index = self.tantivy.Index(self.schema)
        writer = index.writer(100_000_000, 1)
        self.keys = [(word, entity.id) for word, entity in entries]
        self.names: list[tuple[int, str]] = []
        for at, (_, entity) in enumerate(entries):
            for grams in dict.fromkeys(" ".join(_grams(name.text)) for name in entity.names):
                writer.add_document(self.tantivy.Document(at=len(self.names), name=grams))
                self.names.append((at, grams))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()

    def near(self, text: str) -> list[int]:
        """The places of the entries of the nearest names, best first."""
        return list(dict.fromkeys(at for at, _ in self._names(text)))[: self.candidates]

    def _names(self, text: str) -> list[tuple[int, str]]:
        terms = [(self.tantivy.Occur.Should, self.tantivy.Query.term_query(self.schema, "name", gram, "freq")) for gram in set(_grams(text))]
        if not terms:
            return []
        hits = self.searcher.search(self.tantivy.Query.boolean_query(terms), 3 * self.candidates, count=False).hits
        return [self.names[self.searcher.doc(address)["at"][0]] for _, address in hits]

    def search(self, query: Query) -> Hits:
        own, found = set(_grams(query.name)), dict[Key, float]()
        for at, grams in self._names(query.name):
            found[self.keys[at]] = max(found.get(self.keys[at], 0.0), _dice(own, set(grams.split())))
        return sorted(found.items(), key=lambda hit: -hit[1])

    def pair(self, query: str, candidate: str, schema: str) -> float:
        return _dice(set(_grams(query)), set(_grams(candidate)))


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _grams(text: str) -> list[str]:
    words = [f"_{word}_" for word in plain(text).split()]
    return [word[at : at + 3] for word in words for at in range(max(1, len(word) - 2))]


class Logic:
    """nomenklatura's scorers on the best n-gram candidates, with ids made of what an entity says: it keeps names by id."""

    def __init__(self, version: str, candidates: int = CANDIDATES) -> None:
        matching = wanted("nomenklatura.matching")
        self.model = wanted("followthemoney").model
        self.algorithm = {"logic-v1": matching.LogicV1, "logic-v2": matching.LogicV2}[version]
        self.config = self.algorithm.default_config()
        _remember_names()
        self.grams = Grams(candidates)
        self.name, self.usual = version, 0.7

    def build(self, entries: Sequence[Listing]) -> None:
        self.grams.build(entries)
        self.entries: list[Any] = [entity for _, entity in entries]  # proxies are made when first needed

    def search(self, query: Query) -> Hits:
        asked = self.proxy(_SCHEMAS[query.kind], [("name", query.name)])
        found = []
        for at in self.grams.near(query.name):
            held = self.held(at)
            if asked.schema.can_match(held.schema):
                found.append((self.grams.keys[at], float(self.algorithm.compare(asked, held, self.config).score)))
        return sorted(found, key=lambda hit: -hit[1])

    def held(self, at: int) -> Any:
        entity = self.entries[at]
        if isinstance(entity, Entity):
            schema = "Organization" if entity.schema == "Company" else entity.schema
            told = [(_PROPERTIES[name.kind], name.text) for name in entity.names]
            if entity.schema == "Person":  # by these it tells initials and family names
                told += [(part, text) for name in entity.names for part, text in (("firstName", name.given), ("lastName", name.family)) if text]
            entity = self.entries[at] = self.proxy(schema, told)
        return entity

    def proxy(self, schema: str, names: Iterable[tuple[str, str]]) -> Any:
        properties: dict[str, list[str]] = {}
        known = self.model.get(schema).properties
        for kind, text in names:
            properties.setdefault(kind if kind in known else "name", []).append(text)
        digest = hashlib.sha1(repr((schema, properties)).encode()).hexdigest()
        return self.model.get_proxy({"id": digest, "schema": schema, "properties": properties})

    def pair(self, query: str, candidate: str, schema: str) -> float:
        one, other = self.proxy(schema, [("name", query)]), self.proxy(schema, [("name", candidate)])
        return float(self.algorithm.compare(one, other, self.config).score)


@cache
def _remember_names() -> None:
    """nomenklatura keeps the analysed names of 1,000 entries; given all of the pool's here, it is quicker and its scores are the same."""
    analysis, match = wanted("nomenklatura.matching.logic_v2.names.analysis"), wanted("nomenklatura.matching.logic_v2.names.match")
    for name in ("entity_names", "entity_names_consolidated"):
        kept = lru_cache(maxsize=40_000)(getattr(analysis, name).__wrapped__)
        setattr(analysis, name, kept)
        setattr(match, name, kept)


class Brute:
    """rapidfuzz over all romanised names one by one: the words sorted, Levenshtein-like ratio."""

    name = "rapidfuzz"
    usual: float | None = None

    def __init__(self) -> None:
        self.fuzz, self.process = wanted("rapidfuzz.fuzz"), wanted("rapidfuzz.process")

    def build(self, entries: Sequence[Listing]) -> None:
        named = [(" ".join(sorted(plain(name.text).split())), at) for at, (_, entity) in enumerate(entries) for name in entity.names]
        self.names, owners = zip(*dict.fromkeys(one for one in named if one[0]), strict=True)
        self.owners = np.array(owners)
        self.keys = [(word, entity.id) for word, entity in entries]

    def search(self, query: Query) -> Hits:
        scores = self.process.cdist([_sorted(query.name)], self.names, scorer=self.fuzz.ratio, dtype=np.float32, score_cutoff=40)[0]
        best = np.argpartition(-scores, min(60, len(scores) - 1))[:60]
        found: dict[Key, float] = {}
        for at in best[np.argsort(-scores[best], kind="stable")]:
            if scores[at] > 0:
                found.setdefault(self.keys[self.owners[at]], float(scores[at]) / 100)
        return list(found.items())

    def pair(self, query: str, candidate: str, schema: str) -> float:
        return float(self.fuzz.ratio(_sorted(query), _sorted(candidate))) / 100


def _sorted(text: str) -> str:
    return " ".join(sorted(plain(text).split()))


class Ours:
    """`enduse.domain.screening` with its explanations."""

    name = "enduse"

    def __init__(self, threshold: float = LOWEST, limit: int = 10) -> None:
        self.searching, self.indexing = wanted("enduse.domain.screening.search"), wanted("enduse.domain.screening.index")
        self.usual: float | None = self.searching.Norms().threshold
        self.norms = self.searching.Norms(threshold=threshold, limit=limit)
        self.index: Any = None

    def build(self, entries: Sequence[Listing]) -> None:
        by_list: dict[str, list[Entity]] = {}
        for word, entity in entries:
            by_list.setdefault(word, []).append(entity)
        self.index = self.indexing.build([self.indexing.Listed(word, word, entities) for word, entities in by_list.items()])

    def search(self, query: Query) -> Hits:
        found = self.searching.search(self.index, Query(query.name, query.kind), self.norms)
        return [((hit.list, hit.entry), hit.score) for hit in found.hits]

    def pair(self, query: str, candidate: str, schema: str) -> float:
        """The score of an index of one entry with one name."""
        kind: Any = schema
        index = self.indexing.build([self.indexing.Listed("pair", "pair", [Entity("1", kind, (Name(candidate),))])])
        found = self.searching.search(index, Query(query, _KINDS.get(schema, "any")), self.searching.Norms(threshold=0.0, limit=1))
        return max((hit.score for hit in found.hits), default=0.0)


PEERS: dict[str, Callable[[], Peer]] = {
    "enduse": Ours,
    "logic-v2": lambda: Logic("logic-v2"),
    "logic-v1": lambda: Logic("logic-v1"),
    "rapidfuzz": Brute,
    "tantivy n-grams": Grams,
}


@cache
def peer(name: str) -> Peer:
    """A matcher by its name, made once. Raises NotRun where its packages are not here."""
    return PEERS[name]()
