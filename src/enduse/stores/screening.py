"""Screening from end to end: the chosen lists as they stand, their index, the search, and its receipt; and a receipt replayed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from enduse import __version__
from enduse.domain.screening.algorithms import ALGORITHMS, algorithm
from enduse.domain.screening.index import Index
from enduse.domain.screening.query import Query
from enduse.domain.screening.receipt import Receipt, Searched, differences, kept, receipt
from enduse.domain.screening.search import Norms
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.registry import SOURCES
from enduse.stores.indexes import index_of
from enduse.stores.lists import AHEAD, Snapshot, Standing, entities, snapshot_of, standing

LONGEST = 40  # letters of a list's word; a receipt may come from anybody
ZONE = timedelta(days=1)  # the day of a moment is one earlier or later elsewhere
NOT_PUBLISHED = ("csv", "ftm")  # words for files of one's own choice: that they are not held says nothing


@dataclass(frozen=True, slots=True)
class Desk:
    """Lists made ready to be searched, as they stood at one moment: for as many questions as there are."""

    lists: tuple[Searched, ...]
    unsearched: tuple[str, ...]
    index: Index

    def warm(self, queries: Iterable[Query]) -> None:
        """Make ready for queries that are to be asked one after the other."""
        algorithm(self.index.algorithm).warm(self.index, queries)

    def screen(self, query: Query, norms: Norms, *, at: datetime) -> Receipt:
        """Hold a query against the lists."""
        found = algorithm(self.index.algorithm).search(self.index, query, norms)
        moment = at.astimezone(UTC)
        return receipt(query, self.lists, self.index.algorithm, norms, found, at=moment, program=__version__, unsearched=self.unsearched)


def screen(
    data: Path, query: Query, norms: Norms, *, at: datetime, words: Collection[str] | None = None, limits: Mapping[str, int] | None = None
) -> Receipt:
    """Hold a query against the chosen lists (`words`; all that are held where it is None) and give the receipt.

    `at` is the moment of the search, with the zone in which lists age by days; `limits` are the most days by the lists' words. Lists that are
    missing, old or damaged do not stop the search: they make the receipt incomplete (`Receipt.complete`), which is an error of screening and
    never an ok. The index is kept in this process from one call to the next.
    """
    return desk(data, at=at, words=words, limits=limits).screen(query, norms, at=at)


def desk(data: Path, *, at: datetime, words: Collection[str] | None = None, limits: Mapping[str, int] | None = None) -> Desk:
    """The chosen lists as they stand, made ready to be searched; one whose entries cannot be read is `damaged` and left out."""
    found = standing(data, words, at=at.date(), limits=limits)
    while True:
        good = [one.snapshot for one in found if one.snapshot is not None and one.state in ("ok", "old")]
        try:
            index = index_of(data, good)
            break
        except BadInput:
            checked = [
                one if one.snapshot is None or _readable(data, one.snapshot) else replace(one, state="damaged", snapshot=None) for one in found
            ]
            if checked == found:
                raise
            found = checked
    lists = tuple(_searched(one) for one in found)
    return Desk(lists, _unsearched(lists), index)


def _unsearched(lists: Iterable[Searched]) -> tuple[str, ...]:
    """The published lists that are not among these."""
    known = {one.word for one in lists}
    return tuple(word for word in SOURCES if word not in known and word not in NOT_PUBLISHED)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A receipt's search made again: for each part that differs what was recorded and what is now; nothing where all is the same."""

    differs: Mapping[str, tuple[object, object]]

    @property
    def same(self) -> bool:
        """Whether the search gave what the receipt says."""
        return not self.differs


def replay(data: Path, held: Receipt) -> Replayed:
    """Search the very snapshots of a receipt again, with its version of the matcher, under its norms; and hold what it says of them against them.

    Raises BadInput where a snapshot is held no more or cannot be read, where this program lacks the algorithm's version, or where the
    receipt names no list: nothing was searched.
    """
    if not held.lists:
        raise BadInput(Problem("receipt.no_lists"))
    if held.algorithm not in ALGORITHMS:
        raise BadInput(Problem("receipt.algorithm", values={"algorithm": short(held.algorithm), "known": ", ".join(ALGORITHMS)}))
    snapshots = {one.word: _snapshot(data, one) for one in held.lists if one.state in ("ok", "old")}
    index = index_of(data, list(snapshots.values()), held.algorithm)
    found = differences(held.found, kept(algorithm(held.algorithm).search(index, held.query, held.norms)))
    return Replayed({**_misfits(held, snapshots), **found})


def _misfits(held: Receipt, snapshots: Mapping[str, Snapshot]) -> dict[str, tuple[object, object]]:
    """What a receipt says of its lists and of itself that cannot be: as recorded, and as it would be.

    The very moment, until when a list was known to be the publisher's, and its limit are in no snapshot: of them only what contradicts the rest.
    """
    parts: dict[str, tuple[object, object]] = {}
    day, today = held.at.astimezone(UTC).date(), datetime.now(UTC).date()
    if day > today + ZONE:
        parts["at"] = (day, today)
    for one in held.lists:
        due = _due(one, snapshots.get(one.word), day)
        for part in ("state", "publisher", "digest", "day", "current", "entries"):
            if getattr(one, part) != getattr(due, part):
                parts[f"lists.{one.word}.{part}"] = (getattr(one, part), getattr(due, part))
        if due.current is not None and due.current > day + AHEAD:
            parts["at"] = (day, due.current)
    due_unsearched = _unsearched(held.lists) if held.program == __version__ else tuple(word for word in held.unsearched if word not in snapshots)
    if held.unsearched != due_unsearched:
        parts["unsearched"] = (held.unsearched, due_unsearched)
    return parts


def _due(one: Searched, snapshot: Snapshot | None, day: date) -> Searched:
    """What a receipt of a day would say of a list, as far as its snapshot tells; of one that was not searched it says nothing."""
    if snapshot is None:
        return Searched(one.word, one.state, limit_days=one.limit_days)
    due = replace(one, publisher=snapshot.publisher, entries=snapshot.entries, day=snapshot.published or one.day or snapshot.day)
    if due.current is None or (due.day and due.current < due.day):
        due = replace(due, current=due.day)
    age = day - (due.current or day)
    limit = timedelta(days=one.limit_days)
    if one.state == "ok" and age - ZONE > limit:
        return replace(due, state="old")
    return replace(due, state="ok") if one.state == "old" and age + ZONE <= limit else due


def _snapshot(data: Path, wanted: Searched) -> Snapshot:
    values = {"list": short(wanted.word), "digest": short(wanted.digest), "day": wanted.day.isoformat() if wanted.day else "—"}
    sound = wanted.word and "/" not in wanted.word and "\0" not in wanted.word and not wanted.word.startswith(".") and len(wanted.word) <= LONGEST
    found = snapshot_of(data, wanted.word, wanted.digest) if sound else None
    if found is None:
        raise BadInput(Problem("receipt.snapshot", values=values))
    return found


def _readable(data: Path, snapshot: Snapshot) -> bool:
    try:
        for _ in entities(data, snapshot):
            pass
    except BadInput:
        return False
    return True


def _searched(one: Standing) -> Searched:
    held = one.snapshot
    if held is None:
        return Searched(one.word, one.state, limit_days=one.limit_days)
    return Searched(one.word, one.state, held.publisher, held.digest, held.day, one.current, held.entries, one.limit_days)
