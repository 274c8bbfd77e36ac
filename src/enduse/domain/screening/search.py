"""A query held against an index: hits with their reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from enduse.domain.screening import candidates
from enduse.domain.screening.candidates import Laid
from enduse.domain.screening.evidence import beside
from enduse.domain.screening.explaining import explained, strength_of
from enduse.domain.screening.features import PLACE, of_names
from enduse.domain.screening.hit import Blind, Feature, Found, Hit, rank
from enduse.domain.screening.index import ALGORITHM, NAME_KINDS, Index, bare
from enduse.domain.screening.query import Query
from enduse.domain.screening.readings import Reading, readings
from enduse.domain.screening.scoring import scores
from enduse.domain.screening.vocabulary import Floats
from enduse.domain.screening.wording import INITIAL, Worded

__all__ = ["ALGORITHM", "Norms", "search", "warm"]

IDENTIFIED = 0.95  # the score of an entry that bears a number of the query, however its name is written
SAME_NAME = 0.9  # of one whose name is the same word for word, however common its words are
NAMESAKE = 0.1
EACH_WORD, SPELT = 0.51, 0.15  # of one whose words all stand for one another; what may be missing of a word for that
LEAST_SCORED = 0.001


@dataclass(frozen=True, slots=True)
class Norms:
    """From which score on an entry is a hit: for all lists, for a list, for a list and a kind (`un-sc`, `un-sc:person`); how many hits are given."""

    threshold: float = 0.5
    of: Mapping[str, float] = field(default_factory=dict)
    limit: int = 20

    def least(self, word: str, kind: str) -> float:
        """The threshold of a list and a kind of entry: the nearest one that is set."""
        return self.of.get(f"{word}:{kind}", self.of.get(word, self.threshold))


@dataclass(frozen=True, slots=True)
class _Best:
    """The best name of an entry: its score, its place among the names, and its features."""

    score: float
    name: int
    laid: Laid
    form: int  # a row of the candidates
    row: Floats
    reading: Reading


def warm(index: Index, queries: Iterable[Query]) -> None:
    """Make ready for some queries: searched one after the other then, all together take much less time. What is found stays the same."""
    candidates.warm(index, [reading.name.telling for query in queries for reading in _readings(query)])


def search(index: Index, query: Query, norms: Norms) -> Found:
    """The hits of a query, best first. What is found of an entry depends on that entry and the query alone."""
    identified = {int(place) for one in query.identifiers if len(key := bare(one)) > 3 for place in index.identifiers.of_key(key)}
    best: dict[int, _Best] = {}
    least = min([norms.threshold, *norms.of.values()])
    for reading in _readings(query):
        if reading.name.telling:
            for entry, found in _best(index, reading, query, least).items():
                if entry not in best or found.score > best[entry].score:
                    best[entry] = found
    met = [_met(index, query, best.get(entry), entry, entry in identified) for entry in {*best, *identified}]
    met = [one for one in met if one.identified or one.score >= norms.least(one.word, _kind(one.told["schema"]))]
    met.sort(key=lambda one: (-rank(one.score, one.strength), -one.score, one.word, one.told["id"]))
    hits = tuple(_hit(index, one) for one in met[: norms.limit])
    return Found(hits, max(0, len(met) - norms.limit), _blind(_readings(query)[0].name))


def _readings(query: Query) -> tuple[Reading, ...]:
    return readings(query.name, query.kind == "person")


@dataclass(frozen=True, slots=True)
class _Met:
    """An entry that may be a hit, before it is explained."""

    word: str
    told: Mapping[str, Any]
    best: _Best | None
    score: float
    strength: float
    facts: tuple[Feature, ...]
    identified: bool


def _met(index: Index, query: Query, best: _Best | None, entry: int, identified: bool) -> _Met:
    told: dict[str, Any] = json.loads(index.entries[entry])
    facts = tuple(beside(query, told, identified))
    named = best.score if best else 0.0
    strength = (strength_of(best.row, named) if best else 0.0) + sum(fact.gave for fact in facts)
    score = max(named, IDENTIFIED if identified else 0.0)
    return _Met(index.lists[told["list"]][0], told, best, score, min(1.0, max(0.0, strength)), facts, identified)


def _best(index: Index, reading: Reading, query: Query, least: float) -> dict[int, _Best]:
    """Of each candidate entry the name that is most like the query, where that reaches the least score asked for."""
    laid = candidates.candidates(index, reading.name.telling)
    if not len(laid.forms):
        return {}
    names, which, found = of_names(index, reading.name, laid, query.kind, respelt=reading.respelt, bare=reading.bare)
    if not len(names):
        return {}
    reached = np.maximum(scores(found), _same(found))
    entries = index.name_entries[names]
    order = np.lexsort((names, -reached))  # the best first; among equals the one that stands first on the list
    _, first = np.unique(entries[order], return_index=True)
    chosen = order[first]
    return {
        int(entries[at]): _Best(float(reached[at]), int(names[at]), laid, int(which[at]), found[at], reading)
        for at in chosen[reached[chosen] >= max(least, LEAST_SCORED)]
    }


def _same(found: Floats) -> npt.NDArray[np.float64]:
    """SAME_NAME where all words agree to the letter and none is left over; less for a name that the publisher calls weak.

    Where two words or more only sound alike and none is left over, EACH_WORD and no more: common names are told, and stay behind others.
    """
    whole = (found[:, PLACE["of_query"]] > 0.9999) & (found[:, PLACE["of_form"]] > 0.9999) & (found[:, PLACE["unlike"]] < 1e-4)
    whole &= (
        (found[:, PLACE["numbers"]] == 0)
        & (found[:, PLACE["initials"]] == 0)
        & (found[:, PLACE["across"]] == 0)
        & (found[:, PLACE["legal_other"]] == 0)
        & (found[:, PLACE["respelt"]] == 0)
    )
    agrees = (found[:, PLACE["missed_query"]] <= SPELT) & (found[:, PLACE["missed_form"]] <= SPELT) & (found[:, PLACE["initials"]] == 0)
    agrees &= (found[:, PLACE["numbers"]] == 0) & (found[:, PLACE["legal_other"]] == 0) & (found[:, PLACE["single"]] == 0)
    agrees &= (found[:, PLACE["respelt"]] == 0) | (found[:, PLACE["unlike"]] <= NAMESAKE)  # syllables that only sound alike are anybody's
    least = np.where(agrees, EACH_WORD - 0.01 * found[:, PLACE["unlike"]].astype(np.float64), 0)
    return np.where(whole, SAME_NAME - 0.2 * found[:, PLACE["weak"]].astype(np.float64), least)


def _hit(index: Index, met: _Met) -> Hit:
    lines: list[Feature] = []
    text, kind = met.told["name"], NAME_KINDS[0]
    if met.best is not None:
        text, kind = index.names[met.best.name], NAME_KINDS[int(index.name_kinds[met.best.name])]
        lines = explained(index, met.best.reading.name, met.best.laid, met.best.form, met.best.row, met.best.score)
        if met.best.reading.text:
            lines.append(Feature("feature.read_as", {"text": met.best.reading.text}))
    if met.score > (met.best.score if met.best else 0.0):
        lines.append(Feature("feature.identified", {}, met.score - (met.best.score if met.best else 0.0)))
    return Hit(met.word, met.told["id"], text, kind, met.score, met.strength, (*lines, *met.facts))


def _kind(schema: str) -> str:
    return {"Person": "person", "Vessel": "vessel", "Airplane": "aircraft"}.get(schema, "company")


def _blind(name: Worded) -> tuple[Blind, ...]:
    """What the search could not see of the query."""
    found = []
    if not name.words and not name.unread:
        found.append(Blind("blind.no_letter"))
    elif len(name.telling) == 1 and (len(name.telling[0].form) == 1 or name.telling[0].role == INITIAL):
        found.append(Blind("blind.one_letter"))
    elif name.formal:
        found.append(Blind("blind.formal"))
    if name.unread:
        found.append(Blind("blind.script", {"words": ", ".join(name.unread[:5])}))
    if name.cut:
        found.append(Blind("blind.cut"))
    if any(word.script == "han" for word in name.words):
        found.append(Blind("blind.han"))
    return tuple(found)
