"""The receipt of a search: what was asked of which lists under which norms, what was found, and what was not covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from enduse.domain.screening.hit import Blind, Feature, Found
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import Norms

State = Literal["ok", "old", "missing", "damaged"]
UNSEARCHED = frozenset(("blind.no_letter", "blind.script", "blind.cut"))  # what was asked for and took no part in the search
PLACES = 4  # of a score: what a receipt keeps, and what a replay compares


@dataclass(frozen=True, slots=True)
class Searched:
    """A list that was to be searched: whose, of which bytes and day, how many entries, and how it stood.

    `old` was searched all the same; of a `missing` or `damaged` one nothing was. `current` is the last day on which it is known to have been
    the publisher's; past `limit_days` from there it is old.
    """

    word: str
    state: State
    publisher: str = ""
    digest: str = ""
    day: date | None = None
    current: date | None = None
    entries: int = 0
    limit_days: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """One search, with all that it takes to make it again. `unsearched` are the published lists that could be held and were not asked for."""

    query: Query
    lists: tuple[Searched, ...]
    algorithm: str
    norms: Norms
    found: Found
    at: datetime  # UTC, whole seconds
    program: str
    unsearched: tuple[str, ...] = ()

    @property
    def read(self) -> bool:
        """Whether all of the name was searched by."""
        return not any(one.code in UNSEARCHED for one in self.found.blind)

    @property
    def complete(self) -> bool:
        """Whether the answer may be relied on: at least one list, each of them whole and of late, and all of the name searched by."""
        return self.read and bool(self.lists) and all(one.state == "ok" for one in self.lists)


def receipt(
    query: Query, lists: Sequence[Searched], algorithm: str, norms: Norms, found: Found, *, at: datetime, program: str, unsearched: Sequence[str] = ()
) -> Receipt:
    """The receipt of a search that was made; its figures as they are kept."""
    return Receipt(query, tuple(lists), algorithm, norms, kept(found), at.replace(microsecond=0), program, tuple(unsearched))


def kept(found: Found) -> Found:
    """An answer as a receipt keeps it: figures to four places, values that read back to the same."""
    hits = tuple(
        replace(
            hit,
            score=round(hit.score, PLACES),
            strength=round(hit.strength, PLACES),
            explanation=tuple(Feature(one.code, _values(one.values), round(float(one.gave), PLACES), one.of) for one in hit.explanation),
        )
        for hit in found.hits
    )
    return Found(hits, found.more, tuple(Blind(one.code, _values(one.values)) for one in found.blind))


def differences(recorded: Found, now: Found) -> dict[str, tuple[object, object]]:
    """What differs between the answer of a receipt and the same search made again: for each part what was recorded and what is now."""
    parts: dict[str, tuple[object, object]] = {}
    then, anew = ({(hit.list, hit.entry): hit for hit in found.hits} for found in (recorded, now))
    for key in [*then, *(key for key in anew if key not in then)]:
        before, after = then.get(key), anew.get(key)
        for part in ("name", "kind", "score", "strength", "explanation"):
            one, other = (getattr(hit, part) if hit is not None else None for hit in (before, after))
            if one != other:
                parts[f"hits.{'/'.join(key)}.{part}"] = (one, other)
    order = [(hit.list, hit.entry) for hit in recorded.hits], [(hit.list, hit.entry) for hit in now.hits]
    if not parts and order[0] != order[1]:
        parts["hits"] = ([*map("/".join, order[0])], [*map("/".join, order[1])])
    for part in ("more", "blind"):
        one, other = getattr(recorded, part), getattr(now, part)
        if one != other:
            parts[part] = (one, other)
    return parts


def _values(values: Mapping[str, object]) -> dict[str, object]:
    return {str(name): _value(value) for name, value in values.items()}


def _value(value: object) -> object:
    """A value as JSON brings it back: texts, numbers, and tuples of them."""
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, (list, tuple)):
        return tuple(_value(one) for one in value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
