"""A matcher's scores of many queries, in two processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from benchmarks.matching.data import Asked
from benchmarks.matching.measures import Scores
from benchmarks.matching.peers import Peer
from enduse.cli.screen_many import CHUNK
from enduse.domain.screening.index import Index
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import Norms, search, warm

T = TypeVar("T")
_CHUNK = 50
_held: dict[str, Any] = {}  # what forked processes find: a matcher is not sent through a pipe


def scores(peer: Peer, asked: Sequence[Asked], negatives: Sequence[Query], *, processes: int = 2) -> Scores:
    """The scores that a matcher, already built, gives; of a query that of its own entry only."""
    truths = mapped(lambda one: dict(reversed(peer.search(one.query))).get(one.truth, 0.0), asked, processes)
    tops = mapped(lambda query: max((score for _, score in peer.search(query)), default=0.0), negatives, processes)
    return Scores(tuple(tops), tuple(truths))


def mapped(call: Callable[[Any], T], items: Sequence[Any], processes: int = 2, *, chunk: int = _CHUNK) -> list[T]:
    """The call on each item, in order; by forked processes where the system has them."""
    if processes < 2 or len(items) < 2 * chunk or not hasattr(os, "fork"):
        return [call(item) for item in items]
    with _sharing(call=call, items=items), multiprocessing.get_context("fork").Pool(processes) as pool:
        return pool.map(_one, range(len(items)), chunksize=chunk)


def hits(index: Index, queries: Sequence[Query]) -> int:
    """How many hits queries have, searched as `enduse screen` searches tables: in bundles, by two processes."""
    bundles = [queries[at : at + CHUNK] for at in range(0, len(queries), CHUNK)]

    def searched(bundle: Sequence[Query]) -> int:
        warm(index, bundle)
        return sum(len(search(index, query, Norms()).hits) for query in bundle)

    return sum(mapped(searched, bundles, chunk=1))


@contextmanager
def _sharing(**values: Any) -> Iterator[None]:
    _held.update(values)
    gc.collect()
    gc.freeze()  # as `enduse screen` does: what the collector never looks at stays shared
    try:
        yield
    finally:
        gc.unfreeze()
        _held.clear()


def _one(at: int) -> Any:
    return _held["call"](_held["items"][at])
