"""How fast names are found and how much memory it takes: one query, bulk, the pool and a million names, a new version of a list."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.matching import data
from benchmarks.matching.altering import alterations
from benchmarks.matching.figures import OURS, PARTS, Run, progress
from benchmarks.matching.negatives import made_up
from benchmarks.matching.scoring import hits, mapped
from benchmarks.measuring import Figure, NotRun, Spread, quantile, spread, timed, wanted
from enduse.domain.screening.entity import Country, Entity, Name
from enduse.domain.screening.index import build
from enduse.domain.screening.query import Query

QUERIES = 4_000  # of ours; the peers, whose speed hardly varies, get a tenth
MILLION, MILLION_QUERIES = 1_000_000, 1_500
PARTIES = 100_000
_PADDING_SEED, _PARTY_SEED = 7, 8


def mix(run: Run, count: int) -> list[Query]:
    """What a desk asks: four in five stand on no list, one in five is a listed name a little altered."""
    made = run.negatives(OURS)
    listed = [one.query for one in alterations(data.pool(), run.half, seed=2, count=count // 5)]
    return [listed[at // 5] if at % 5 == 0 and at // 5 < len(listed) else made[at % len(made)] for at in range(count)]


def pool(run: Run) -> list[Figure]:
    """Build, load, memory, one query and bulk on the pool."""
    queries = mix(run, QUERIES // run.part_of)
    with tempfile.TemporaryDirectory(prefix="enduse-matching-") as folder:
        entries, index, asked = (Path(folder) / name for name in ("entries", "index", "queries"))
        _write(entries, data.pool())
        asked.write_text(json.dumps([(query.name, query.kind) for query in queries]), "utf-8")
        progress("  enduse: build, load, search")
        built = [fresh("build", entries, index) for _ in range(1 if run.part_of > 1 else 3)]
        searched = [fresh("search", index, asked) for _ in range(1 if run.part_of > 1 else 3)]
        bulk = [fresh("bulk", index, asked) for _ in range(1 if run.part_of > 1 else 3)]
    own, peers = _quantiles(one["taken"] for one in searched), _peers(run, queries[:: 10 if run.part_of == 1 else 4])
    others = {name: taken for name, taken in peers.items() if name != OURS}
    note = f"{len(queries):,} names, four in five on no list, hits explained"
    return [
        Figure("one query on the pool: p50", "ms", own[0], at_most=5, peers={name: taken[0] for name, taken in others.items()}, note=note),
        Figure("one query on the pool: p99", "ms", own[1], at_most=30, peers={name: taken[1] for name, taken in others.items()}),
        Figure(
            "bulk on the pool, two processes",
            "/s",
            spread(one["per_second"] for one in bulk),
            at_least=1000,
            peers={name: taken[2] for name, taken in others.items()},
            note="in memory: reading and writing files is not in it",
        ),
        Figure(
            "index of the pool: build", "s", spread(one["seconds"] for one in built), at_most=20, note=f"{built[0]['bytes'] / 1e6:.0f} MB as bytes"
        ),
        Figure("index of the pool: load again", "s", spread(one["loaded"] for one in searched), at_most=2, note="with the first search"),
        Figure("memory, the pool loaded and searched", "MB", spread(one["megabytes"] for one in searched), at_most=500, note="most at any moment"),
        Figure("memory while the index of the pool is built", "MB", spread(one["megabytes"] for one in built)),
    ]


def million(run: Run) -> list[Figure]:
    """The pool padded with made-up names to a million names."""
    count = MILLION // run.part_of
    listings = data.pool()
    names = sum(len(entity.names) for _, entity in listings)
    progress(f"  padding {names:,} names of the pool to {count:,}")
    listings = [*listings, *(("padding", entity) for entity in padding(max(0, count - names)))]
    queries = mix(run, MILLION_QUERIES // run.part_of)
    with tempfile.TemporaryDirectory(prefix="enduse-matching-") as folder:
        entries, index, asked = (Path(folder) / name for name in ("entries", "index", "queries"))
        _write(entries, listings)
        del listings
        asked.write_text(json.dumps([(query.name, query.kind) for query in queries]), "utf-8")
        progress("  enduse: build, load, search")
        built, searched, bulk = fresh("build", entries, index), fresh("search", index, asked), fresh("bulk", index, asked)
    own = _quantiles([searched["taken"]])
    note = f"{len(queries):,} names; {bulk['hits'] / len(queries):.1f} hits a name: common names stand there many times"
    return [
        Figure("bulk on 1M names, two processes", "/s", spread([bulk["per_second"]]), at_least=150, note=note),
        Figure("memory, 1M names loaded and searched", "MB", spread([searched["megabytes"]]), at_most=3000, note="most at any moment"),
        Figure("one query on 1M names: p50", "ms", own[0]),
        Figure("one query on 1M names: p99", "ms", own[1]),
        Figure(
            "index of 1M names: build",
            "s",
            spread([built["seconds"]]),
            note=f"{built['bytes'] / 1e6:.0f} MB as bytes; {built['megabytes']:.0f} MB at most",
        ),
        Figure("index of 1M names: load again", "s", spread([searched["loaded"]])),
    ]


def delta(run: Run) -> list[Figure]:
    """A new version of the OFAC list against 100,000 parties: only what changed is searched."""
    old, new = ({entity.id: entity for entity in data.sdn(day)} for day in ("2021-07", "2022-01"))
    fresh_ids, gone = new.keys() - old.keys(), old.keys() - new.keys()
    changed = [id for id in new.keys() & old.keys() if new[id] != old[id]]
    note = f"+{len(fresh_ids)}, -{len(gone)}, {len(changed)} changed"
    measure = f"OFAC 2021-07 to 2022-01 against {PARTIES // run.part_of:,} parties"
    try:
        module = wanted("enduse.domain.screening.delta")
    except NotRun as why:
        return [Figure(measure, "s", at_most=15, note=f"{note}; NOT RUN: {why}")]
    parties = [Query(one.name, one.kind) for one in made_up(_PARTY_SEED, PARTIES // run.part_of)]
    seconds, found = delta_seconds(module, list(old.values()), list(new.values()), parties)
    return [Figure(measure, "s", spread([seconds]), at_most=15, note=f"{note}; {found:,} hits; indexes held")]


def delta_seconds(module: Any, old: Sequence[Entity], new: Sequence[Entity], parties: Sequence[Query]) -> tuple[float, int]:
    """Seconds from two versions of a list to what the new one changes for the parties, in two processes; and how many hits."""
    start = perf_counter()
    part = build([module.part("ofac-sdn", "", module.changes(old, new))])
    found = hits(part, parties)
    return perf_counter() - start, found


def padding(count: int) -> list[Entity]:
    """Made-up entries of one name each."""
    schemas: dict[str, Any] = {"person": "Person", "company": "Company", "vessel": "Vessel"}
    return [
        Entity(f"P{at}", schemas[one.kind], (Name(one.name),), countries=tuple(Country(code, code) for code in one.countries))
        for at, one in enumerate(made_up(_PADDING_SEED, count))
    ]


def fresh(what: str, first: Path, second: Path) -> dict[str, Any]:
    """What a process of its own measured."""
    command = [sys.executable, "-m", "benchmarks.matching.fresh", what, str(first), str(second)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRun(f"{what}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _write(path: Path, listings: Iterable[data.Listing]) -> None:
    lists: dict[str, list[Entity]] = {}
    for word, entity in listings:
        lists.setdefault(word, []).append(entity)
    with path.open("wb") as file:
        pickle.dump(list(lists.items()), file, protocol=5)


def _quantiles(runs: Iterable[Sequence[float]]) -> tuple[Spread, Spread]:
    """p50 and p99 in milliseconds over runs."""
    held = list(runs)
    return spread(quantile(one, 0.5) * 1000 for one in held), spread(quantile(one, 0.99) * 1000 for one in held)


def _peers(run: Run, queries: Sequence[Query]) -> dict[str, tuple[Spread, Spread, Spread]]:
    """p50, p99 and queries a second in two processes of the other matchers."""
    found = {}
    for name, built in run.peers():
        if name == OURS:
            continue
        progress(f"  {name}: {len(queries)} queries")
        run.build(name, built, "the pool", data.pool())
        for query in queries[: len(queries) // 4]:
            built.search(query)
        taken = [timed(lambda query=query, built=built: built.search(query)) for query in queries]  # type: ignore[misc]
        start = perf_counter()
        mapped(lambda query, built=built: len(built.search(query)), queries)  # type: ignore[misc]
        found[name] = (*_quantiles([taken]), spread([len(queries) / (perf_counter() - start)]))
    return found


PARTS |= {"speed": pool, "million": million, "delta": delta}
