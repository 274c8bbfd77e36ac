"""What a search gives: hits with their reasons, and what the search could not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enduse.domain.screening.entity import NameKind


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of an explanation: what was compared with what (`code` and `values` of `words.screening`), and what it gave.

    `gave` is in points of the score (-1 to 1) where `of` is `score`; in points of the strength where `of` is `strength`.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    gave: float = 0.0
    of: str = "score"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that the query may mean.

    `score` (0 to 1) says how near the names are; `strength` (0 to 1) how much stands behind it: how rare what agrees is, and what else
    that is known agrees or contradicts. Hits are ranked by `rank`; a contradiction lowers it and never drops the hit.
    """

    list: str
    entry: str
    name: str
    kind: NameKind
    score: float
    strength: float
    explanation: tuple[Feature, ...] = ()

    @property
    def rank(self) -> float:
        """By what hits are ordered."""
        return rank(self.score, self.strength)


def rank(score: float, strength: float) -> float:
    """By what hits are ordered: the score, of which half counts as far as something stands behind it."""
    return score * (0.5 + 0.5 * strength)


@dataclass(frozen=True, slots=True)
class Blind:
    """What a search could not see, as a code of `words.screening` with its values: a script not handled, a name without a letter."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: the hits, best first, how many more there were than were asked for, and what was not covered."""

    hits: tuple[Hit, ...]
    more: int = 0
    blind: tuple[Blind, ...] = ()
