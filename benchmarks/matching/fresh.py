"""What has to be measured in a process of its own: `python -m benchmarks.matching.fresh build|search|bulk ...` prints a line of JSON.

build ENTRIES INDEX: makes an index of pickled lists and writes it. search INDEX QUERIES: loads it and searches, one query after the other.
bulk INDEX QUERIES: loads it and searches in two forked processes. Memory is the most that the process held at any moment, Python and all.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.matching.scoring import hits
from enduse.domain.screening.index import Index, Listed, build
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import Norms, search


def main(arguments: list[str]) -> int:
    """Do one of them."""
    what, first, second = arguments
    calls: dict[str, Callable[[Path, Path], dict[str, Any]]] = {"build": _build, "search": _search, "bulk": _bulk}
    print(json.dumps({**calls[what](Path(first), Path(second)), "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    return 0


def _build(entries: Path, index: Path) -> dict[str, Any]:
    with entries.open("rb") as file:
        lists = [Listed(word, word, entities) for word, entities in pickle.load(file)]
    start = perf_counter()
    data = build(lists).to_bytes()
    seconds = perf_counter() - start
    index.write_bytes(data)
    return {"seconds": seconds, "bytes": len(data)}


def _load(index: Path) -> tuple[Index, float]:
    start = perf_counter()
    held = Index.from_bytes(index.read_bytes())
    search(held, Query("Anna Example"), Norms())  # what is only made when first asked for belongs to loading
    return held, perf_counter() - start


def _search(index: Path, queries: Path) -> dict[str, Any]:
    held, loaded = _load(index)
    asked, norms, taken = [Query(*one) for one in json.loads(queries.read_text("utf-8"))], Norms(), []
    for query in asked:
        start = perf_counter()
        search(held, query, norms)
        taken.append(perf_counter() - start)
    return {"loaded": loaded, "taken": taken}


def _bulk(index: Path, queries: Path) -> dict[str, Any]:
    held, loaded = _load(index)
    asked = [Query(*one) for one in json.loads(queries.read_text("utf-8"))]
    start = perf_counter()
    found = hits(held, asked)
    return {"loaded": loaded, "per_second": len(asked) / (perf_counter() - start), "hits": found}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
