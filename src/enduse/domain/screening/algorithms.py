"""The versions of the matcher, side by side: what a version found once it finds again, whatever came after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from enduse.domain.screening import index, search
from enduse.domain.screening.hit import Found
from enduse.domain.screening.index import Index, Listed
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import Norms


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A version: how it makes lists searchable, how it reads its index again, how it makes ready for many queries, how it searches.

    A version that has been given out is never changed: its modules and its data stay, a new one stands beside them.
    """

    version: str
    build: Callable[[Sequence[Listed]], Index]
    load: Callable[[bytes], Index]
    warm: Callable[[Index, Iterable[Query]], None]
    search: Callable[[Index, Query, Norms], Found]


NEWEST = index.ALGORITHM
ALGORITHMS = {NEWEST: Algorithm(NEWEST, index.build, Index.from_bytes, search.warm, search.search)}


def algorithm(version: str) -> Algorithm:
    """The version of that name. Raises KeyError where this program has none such."""
    return ALGORITHMS[version]
