"""Entries when all are read: each has a name and an id of its own, and none is lost by a publisher's slip."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from enduse.domain.screening.entity import Entity
from enduse.formats.problems import short
from enduse.sources.source import Skipped


@dataclass(frozen=True, slots=True)
class Settled:
    """Entries with ids of their own, each with its number among those that were given, and what was skipped of them."""

    entities: tuple[Entity, ...]
    numbers: tuple[int, ...]
    skipped: tuple[Skipped, ...]


def made_id(*parts: str) -> str:
    """An id made of what an entry says, for publishers that give none: the same in every version that says the same."""
    return hashlib.sha256("\x1f".join(" ".join(part.casefold().split()) for part in parts).encode()).hexdigest()[:16]


def settle(given: Iterable[tuple[str, Entity]]) -> Settled:
    """The entries, each given with its place: without a name it is none; one that repeats another wholly is not taken again.

    An entry without an id gets one of its name, countries and addresses. Another entry under an id that was there before, or made of
    the same, is taken under an id of its own: whoever is on a list is not lost by the publisher's slip.
    """
    taken: dict[str, Entity] = {}
    numbers: list[int] = []
    skipped: list[Skipped] = []
    for number, (place, read) in enumerate(given):
        if not read.names:
            skipped.append(Skipped(place, "skipped.nameless", whole=True))
            continue
        entity = read if read.id else replace(read, id=_of_its_own(read))
        if (before := taken.get(entity.id)) is not None:
            own = f"{entity.id}~{made_id(repr(entity))[:8]}"
            if before == entity or own in taken:
                skipped.append(Skipped(place, "skipped.same", {"id": short(entity.id)}, whole=True))
                continue
            if read.id:
                skipped.append(Skipped(place, "skipped.renumbered", {"id": short(entity.id), "taken": own}))
            entity = replace(entity, id=own)
        taken[entity.id] = entity
        numbers.append(number)
    return Settled(tuple(taken.values()), tuple(numbers), tuple(skipped))


def _of_its_own(entity: Entity) -> str:
    places = [place.text for place in (*entity.countries, *entity.nationalities)]
    return made_id(entity.names[0].text, *places, *(address.text for address in entity.addresses))
