"""Made-up entries and short ways to search them, for tests of the matcher."""

from __future__ import annotations

from collections.abc import Sequence

from enduse.domain.screening.entity import Entity, Name, Schema
from enduse.domain.screening.hit import Found, Hit
from enduse.domain.screening.index import Index, Listed, build
from enduse.domain.screening.query import Kind, Query
from enduse.domain.screening.search import Norms, search

ALL = Norms(0.0, limit=10_000)  # whatever a score says


def entry(*names: str | Name, id: str = "1", schema: Schema = "Person") -> Entity:
    """An entry with these names; texts are names of the kind `name`."""
    return Entity(id, schema, tuple(name if isinstance(name, Name) else Name(name) for name in names))


def company(*names: str | Name, id: str = "1") -> Entity:
    """A company with these names."""
    return entry(*names, id=id, schema="Company")


def index_of(*entities: Entity, word: str = "own") -> Index:
    """The index of one list."""
    return build([Listed(word, "sha256:00", entities)])


def found(query: str | Query, *entities: Entity, norms: Norms = ALL) -> Found:
    """What a search of these entries gives."""
    return search(index_of(*entities), query if isinstance(query, Query) else Query(query), norms)


def score(query: str | Query, *entities: Entity) -> float:
    """The best score; 0 where nothing is found."""
    return max((hit.score for hit in found(query, *entities).hits), default=0.0)


def hit(query: str | Query, *entities: Entity) -> Hit:
    """The one hit of a search."""
    (only,) = found(query, *entities).hits
    return only


def is_hit(query: str | Query, *entities: Entity, kind: Kind = "any") -> bool:
    """Whether there is a hit at the usual thresholds."""
    asked = query if isinstance(query, Query) else Query(query, kind)
    return bool(found(asked, *entities, norms=Norms()).hits)


def codes(one: Hit) -> Sequence[str]:
    """The codes of an explanation."""
    return [line.code for line in one.explanation]
