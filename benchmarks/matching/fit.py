"""Learns the weights of the score (`enduse/reference/name_scores.json`) on the `tune` half: `python -m benchmarks.matching.fit`.

Right are the held-out aliases, the names in other scripts and the altered names of the half, each by its best name of the right entry;
wrong are the nearest entries of generated names of the tuning seed. A logistic regression is fitted, the best names are chosen again by
it, and so five times. The weights are then moved so that the score says 0.50 where 1.15 % of the generated names have an alert on the pool.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.matching.altering import alterations
from benchmarks.matching.data import Asked, Listing, held_out_aliases, held_out_originals, pool
from benchmarks.matching.negatives import SEEDS, negatives
from enduse import reference
from enduse.domain.screening.candidates import candidates
from enduse.domain.screening.entity import Entity
from enduse.domain.screening.features import FEATURES, PLACE, of_names
from enduse.domain.screening.index import Index, Listed, build
from enduse.domain.screening.query import Query
from enduse.domain.screening.readings import readings
from enduse.domain.screening.scoring import PRODUCTS, widened

KEPT, ROUNDS, RATE, MEANS = 10, 5, 0.0115, 0.50
SHARES = {"aliases": 1.0, "originals": 0.5, "altered": 1.4, "wrong": 30.0}
LEAST_OF = {
    "order": -0.4,
    "other_kind": -0.5,
}  # nats: who writes the family name first says the same; that generated names often meet others turned round is no reason
Rows = Any


def indexed(entries: Sequence[Listing]) -> Index:
    """The index of entries, list by list."""
    lists: dict[str, list[Entity]] = {}
    for word, entity in entries:
        lists.setdefault(word, []).append(entity)
    return build([Listed(word, "", found) for word, found in lists.items()])


def keys(index: Index) -> dict[tuple[str, str], int]:
    """The place of each entry of an index, by list and id."""
    found = {}
    for place in range(index.size):
        told = json.loads(index.entries[place])
        found[index.lists[told["list"]][0], told["id"]] = place
    return found


def features(index: Index, query: Query) -> tuple[Rows, Rows]:
    """The entries that a query may mean, and the features of each of their names."""
    entries, found = [np.zeros(0, dtype=np.int32)], [np.zeros((0, len(FEATURES)), dtype=np.float32)]
    for name, _, respelt, bare in readings(query.name, query.kind == "person"):
        if name.telling:
            names, _, rows = of_names(index, name, candidates(index, name.telling), query.kind, respelt=respelt, bare=bare)
            entries.append(index.name_entries[names])
            found.append(rows)
    return np.concatenate(entries), np.concatenate(found)


def right(index: Index, asked: Sequence[Asked]) -> list[Rows]:
    """Of each query the features of the names of the right entry."""
    places = keys(index)
    found = []
    for one in asked:
        entries, rows = features(index, one.query)
        found.append(rows[entries == places[one.truth]])
    return found


def wrong(index: Index, queries: Sequence[Query]) -> list[Rows]:
    """Of each query the features of the names that come nearest."""
    found = []
    for query in queries:
        _, rows = features(index, query)
        near = rows[:, PLACE["of_query"]] + rows[:, PLACE["of_form"]] - 0.5 * rows[:, PLACE["unlike"]] + 0.05 * rows[:, PLACE["told"]]
        found.append(rows[np.argsort(-near, kind="stable")[:KEPT]])
    return found


def fitted(rights: dict[str, list[Rows]], wrongs: list[Rows]) -> Rows:
    """The weights."""
    weights = None
    for _ in range(ROUNDS):
        rows, answers, shares = [], [], []
        for name, found in [*rights.items(), ("wrong", wrongs)]:
            for one in found:
                if not len(one):
                    continue
                reached = widened(one) @ weights if weights is not None else one[:, PLACE["of_query"]] + one[:, PLACE["of_form"]]
                for at in np.argsort(-reached, kind="stable")[: 2 if name == "wrong" else 1]:
                    rows.append(one[at])
                    answers.append(name != "wrong")
                    shares.append(SHARES[name] / len(found))
        weights = _logistic(widened(np.array(rows)), np.array(answers), np.array(shares), weights)
    return weights


def _logistic(wide: Rows, answers: Rows, shares: Rows, start: Rows) -> Rows:
    def loss(weights: Rows) -> tuple[float, Rows]:
        away = wide @ weights * np.where(answers, -1.0, 1.0)
        pull = 1 / (1 + np.exp(-away)) * np.where(answers, -1.0, 1.0)
        return float((shares * np.logaddexp(0, away)).sum() / 2 + 2e-4 * weights @ weights), wide.T @ (shares * pull) / 2 + 4e-4 * weights

    first = np.zeros(wide.shape[1]) if start is None else start
    names = (*FEATURES, *("*".join(one) for one in PRODUCTS))
    bounds = [(LEAST_OF.get(name), None) for name in names]
    return minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x


def main() -> None:
    """Learn and write."""
    chance = random.Random(5)
    entries = pool()
    kept, asked = held_out_aliases(entries, "tune")
    index = indexed(kept)
    rights = {"aliases": right(index, chance.sample(asked, 2500))}
    wrongs = wrong(index, chance.sample(list(negatives(SEEDS["tune"], 50_000).queries), 15_000))
    kept, asked = held_out_originals(entries, "tune")
    rights["originals"] = right(indexed(kept), chance.sample(asked, 1400))
    rights["altered"] = right(indexed(entries), chance.sample(alterations(entries, "tune", 1), 3000))
    weights = fitted(rights, wrongs)
    tops = sorted((float((widened(one) @ weights).max()) if len(one) else -99.0 for one in wrongs), reverse=True)
    weights[FEATURES.index("base")] += np.log(MEANS / (1 - MEANS)) - tops[int(RATE * len(tops))]
    names = (*FEATURES, *("*".join(one) for one in PRODUCTS))
    path = Path(reference.__path__[0]) / "name_scores.json"
    path.write_text(json.dumps({name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
