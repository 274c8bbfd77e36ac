"""A new version of a list against the old one: only what changed is searched, and the answer is the same as of the whole.

This holds since what is found of an entry depends on that entry and the query alone (`index`, `candidates`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enduse.domain.screening.entity import Entity
from enduse.domain.screening.hit import Found, Hit
from enduse.domain.screening.index import Listed
from enduse.domain.screening.search import Norms


@dataclass(frozen=True, slots=True)
class Changes:
    """What of a list is new, gone, and other than before (as it is now), in the order of the lists."""

    added: tuple[Entity, ...]
    removed: tuple[Entity, ...]
    changed: tuple[Entity, ...]

    @property
    def gone(self) -> frozenset[str]:
        """The ids whose old findings no longer stand."""
        return frozenset(entity.id for entity in (*self.removed, *self.changed))


def changes(old: Sequence[Entity], new: Sequence[Entity]) -> Changes:
    """What differs between two versions of a list: by id, and by all that an entry says."""
    before = {entity.id: entity for entity in old}
    now = {entity.id for entity in new}
    return Changes(
        tuple(entity for entity in new if entity.id not in before),
        tuple(entity for entity in old if entity.id not in now),
        tuple(entity for entity in new if entity.id in before and before[entity.id] != entity),
    )


def part(word: str, digest: str, found: Changes) -> Listed:
    """What is to be searched of a new version: what is new and what is other than before."""
    return Listed(word, digest, (*found.added, *found.changed))


def merged(old: Found, word: str, found: Changes, delta: Found, norms: Norms) -> Found:
    """The answer of the new version, from that of the old one and that of the part that changed.

    Both answers have to be whole: raises ValueError where either left hits out (`Found.more`), since which they are is not known.
    """
    if old.more or delta.more:
        raise ValueError("an answer that left hits out cannot be brought up to date: search the whole")
    hits: list[Hit] = [hit for hit in old.hits if hit.list != word or hit.entry not in found.gone]
    hits += delta.hits
    hits.sort(key=lambda hit: (-hit.rank, -hit.score, hit.list, hit.entry))
    return Found(tuple(hits[: norms.limit]), max(0, len(hits) - norms.limit), delta.blind)
