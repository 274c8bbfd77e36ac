"""Measures matching beside other matchers in one run: `python -m benchmarks.matching`. Prints the table of README.md and writes results.json."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.__main__ import as_data, load, machine, table_of, table_of_machine
from benchmarks.__main__ import held as held_version
from benchmarks.matching import speed
from benchmarks.matching.data import DATA, LISTS, pool
from benchmarks.matching.figures import PARTS, Run, progress
from benchmarks.matching.peers import PEERS
from benchmarks.measuring import Figure, NotRun

RESULTS = Path(__file__).with_name("results.json")
PACKAGES = ("rigour", "rapidfuzz", "nomenklatura", "followthemoney", "tantivy", "pyicu-wheels", "numpy")


def main(arguments: list[str]) -> int:
    """Measure; 0 where every target measured is met, else 3; 2 where the lists are not there."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    options.add_argument("--quick", action="store_true", help="a fortieth of everything, to see that it works; not to be quoted")
    options.add_argument("--part", action="append", choices=tuple(PARTS), help="only this part (may be repeated); results.json is not written")
    options.add_argument("--peer", action="append", choices=tuple(PEERS), help="only this matcher (may be repeated); results.json is not written")
    options.add_argument("--half", default="report", choices=("tune", "report"), help="which half of the data; `tune` to look at while tuning")
    options.add_argument("--misses", type=int, default=0, metavar="N", help="tell N of our misses and false alerts of each part (with --half tune)")
    options.add_argument("--processes", type=int, default=2, help="how many share the work of accuracy (speed always takes two)")
    told = options.parse_args(arguments)
    if not DATA.is_dir():
        progress(f"NOT RUN: {DATA} is not there")
        return 2
    if told.misses and told.half == "report":
        options.error("what is reported is not looked at: --misses goes with --half tune")
    run = Run(told.half, 40 if told.quick else 1, tuple(told.peer or PEERS), told.misses, told.processes)
    about = {**_machine(), "command": " ".join(["python -m benchmarks.matching", *arguments])}
    figures, seconds = [], {}
    for part in told.part or PARTS:
        progress(part)
        start = perf_counter()
        figures += _figures(run, part)
        seconds[part] = round(perf_counter() - start)
    about |= {"load_after": load(), "seconds": ", ".join(f"{part} {taken}" for part, taken in seconds.items())}
    if not (told.part or told.peer or told.quick or told.half == "tune"):
        RESULTS.write_text(json.dumps({"machine": about, "figures": [as_data(figure) for figure in figures]}, indent=1) + "\n", "utf-8")
    print("\n".join([*table_of_machine(about), "", *table_of(figures)]))
    return 3 if any(figure.met is False for figure in figures) else 0


def _figures(run: Run, part: str) -> list[Figure]:
    try:
        return PARTS[part](run)
    except NotRun as why:
        return [Figure(part, note=f"NOT RUN: {why}")]


def _machine() -> dict[str, str]:
    """What it was measured on; matching takes both cores."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    told = machine()  # holds this process to one core
    if cores:
        os.sched_setaffinity(0, cores)
    entries = pool()
    told["cores"] = f"{len(cores) or os.cpu_count()}"
    told["packages"] = ", ".join(f"{name} {held_version(name)}" for name in PACKAGES)
    told["pool"] = f"{len(entries):,} entries with {sum(len(entity.names) for _, entity in entries):,} names of {len(LISTS)} files"
    return told


assert speed  # its parts are among PARTS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
