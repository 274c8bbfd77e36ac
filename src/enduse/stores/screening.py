"""Screening from end to end: the chosen lists as they stand, their index, the search, and its receipt; and a receipt replayed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
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
from enduse.stores.lists import Snapshot, Standing, entities, snapshot_of, standing

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
    known = {one.word for one in lists}
    return Desk(lists, tuple(word for word in SOURCES if word not in known and word not in NOT_PUBLISHED), index)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A receipt's search made again: for each part that differs what was recorded and what is now; nothing where all is the same."""

    differs: Mapping[str, tuple[object, object]]

    @property
    def same(self) -> bool:
        """Whether the search gave what the receipt says."""
        return not self.differs


def replay(data: Path, held: Receipt) -> Replayed:
    """Search the very snapshots of a receipt again, with its version of the matcher, under its norms.

    Raises BadInput where a snapshot is held no more or cannot be read, or where this program lacks the algorithm's version.
    """
    if held.algorithm not in ALGORITHMS:
        raise BadInput(Problem("receipt.algorithm", values={"algorithm": short(held.algorithm), "known": ", ".join(ALGORITHMS)}))
    index = index_of(data, [_snapshot(data, one) for one in held.lists if one.state in ("ok", "old")], held.algorithm)
    return Replayed(differences(held.found, kept(algorithm(held.algorithm).search(index, held.query, held.norms))))


def _snapshot(data: Path, wanted: Searched) -> Snapshot:
    values = {"list": short(wanted.word), "digest": short(wanted.digest), "day": wanted.day.isoformat() if wanted.day else "—"}
    sound = wanted.word and "/" not in wanted.word and not wanted.word.startswith(".")  # a receipt may come from anybody
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
