"""What every published list has in common: files in, entries and a report of what did not fit out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enduse.domain.screening.entity import Entity


@dataclass(frozen=True, slots=True)
class File:
    """A file of a list: its name, which tells the parts of a set apart, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Skipped:
    """What of a list was not taken over: where it stands, why (a code of `enduse.words`), and the values of its words.

    `whole` where an entry is missing altogether, so that counts can be checked; else a part of an entry.
    """

    place: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A list as read: entries in the publisher's order, what was skipped, the day the publisher gives it (None where it gives none)."""

    entities: tuple[Entity, ...]
    skipped: tuple[Skipped, ...] = ()
    published: date | None = None
    counted: int = 0  # entries that stand in the files, taken over or not: `len(entities) + whole skipped` must come to it


Mapped = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A published list: its word on the command line, publisher, and how its files are read.

    `read` raises BadInput where the files are no such list (another format, truncated, an error page, an empty list).
    `addresses` are where the publisher gives the files out, in the order of `read`'s files; settings may name others. None where there is no
    lasting one: then only the settings can say.
    `max_age_days`: older than this a held list makes screening an error.
    """

    word: str
    publisher: str
    title: tuple[str, str]  # Russian, English
    terms: tuple[str, str]  # what the publisher allows, Russian, English
    read: Callable[[Sequence[File]], Read]
    addresses: tuple[str, ...] = ()
    max_age_days: int = 7
    several: bool = False  # held as often as somebody wants, each under a word of its own
    tried_on: str = "real"  # `sample` where no real file was at hand when the importer was written
