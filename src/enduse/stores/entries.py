"""The entries of hits as the searched snapshots of their lists have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from enduse.domain.screening.entity import Entity
from enduse.domain.screening.receipt import Searched
from enduse.stores.lists import entities, snapshot_of

Key = tuple[str, str]  # a list's word, an entry's id


def entries_of(data: Path, lists: Sequence[Searched], wanted: Collection[Key]) -> Mapping[Key, Entity]:
    """The entries of these keys, each out of the snapshot that was searched; one that is held no more is left out.

    Raises BadInput where a list is damaged.
    """
    found: dict[Key, Entity] = {}
    for one in lists:
        left = {entry for word, entry in wanted if word == one.word}
        if not left:
            continue
        snapshot = snapshot_of(data, one.word, one.digest)
        for entity in entities(data, snapshot) if snapshot is not None else ():
            if entity.id in left:
                found[one.word, entity.id] = entity
                left.remove(entity.id)
                if not left:
                    break
    return found
