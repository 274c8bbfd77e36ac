"""Runs every measure and prints the table that stands in README.md: `python -m benchmarks [--quick]`. Also writes results.json."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measuring import Figure, Spread, one_core
from benchmarks.speed import MEASURES, bench, measured, stages
from enduse import __version__

RESULTS = Path(__file__).with_name("results.json")
PACKAGES = ("pydantic", "pydantic-core", "numpy", "ruamel.yaml", "z3-solver", "zen-engine", "cedarpy")


def main(arguments: list[str]) -> int:
    """Measure everything; 0 where every target measured is met, else 3."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of everything, fewer runs: to see that it works, not to be quoted")
    quick = options.parse_args(arguments).quick
    told = {**machine(), "command": " ".join(["python -m benchmarks", *arguments])}
    with tempfile.TemporaryDirectory(prefix="enduse-benchmarks-") as folder:
        progress("making and reading the deals")
        held = bench(Path(folder), quick=quick)
        figures = []
        for name in MEASURES:
            progress(name)
            figures += measured(held, name)
        progress("where the time goes")
        parts = stages(held)
    told["load_after"] = load()
    RESULTS.write_text(json.dumps({"machine": told, "figures": [as_data(figure) for figure in figures], "stages": parts}, indent=1) + "\n", "utf-8")
    print("\n".join([*table_of_machine(told), "", *table_of(figures), "", *table_of_stages(parts)]))
    return 3 if any(figure.met is False for figure in figures) else 0


def progress(what: str) -> None:
    """Say what is being done, out of the way of the table."""
    print(f"== {what}", file=sys.stderr, flush=True)


def machine() -> dict[str, str]:
    """What it was measured on."""
    core = one_core()
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": said_in("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": f"{os.cpu_count()}, one used" if core is not None else f"{os.cpu_count()}, not held to one",
        "memory": f"{int((said_in('/proc/meminfo', 'MemTotal') or '0').split()[0]) / 1024**2:.0f} GB",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": ", ".join(f"{name} {held(name)}" for name in PACKAGES),
        "enduse": __version__,
        "load_before": load(),
    }


def said_in(file: str, key: str) -> str:
    """The value of a key in one of the system's `key: value` files; empty where there is none."""
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "")


def held(package: str) -> str:
    """The version of a package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def load() -> str:
    """How busy the machine is: the mean number of processes that want to run, over the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def as_data(figure: Figure) -> dict[str, object]:
    """A figure for results.json."""
    return {**asdict(figure), "met": figure.met}


def table_of_machine(told: Mapping[str, str]) -> list[str]:
    """The machine and the command, a line each."""
    return [f"- {key.replace('_', ' ')}: {f'`{value}`' if key == 'command' else value}" for key, value in told.items()]


def table_of(figures: Iterable[Figure]) -> list[str]:
    """The figures as a Markdown table: median (least–most)."""
    rows = ["| measure | target | ours | peers | met? | |", "|---|---|---|---|---|---|"]
    for figure in figures:
        peers = "<br>".join(f"{name}: {_spread(found, figure.unit)}" for name, found in figure.peers.items())
        met = {True: "yes", False: "**no**", None: ""}[figure.met]
        ours = _spread(figure.ours, figure.unit) if figure.ours else "—"
        rows.append(f"| {figure.measure} | {_target(figure)} | {ours} | {peers} | {met} | {figure.note} |")
    return rows


def table_of_stages(parts: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Where the time of one assessed deal goes."""
    mixes = list(parts)
    rows = [f"| µs a deal | {' | '.join(mixes)} |", f"|---|{'---|' * len(mixes)}"]
    rows += [f"| {stage} | {' | '.join(f'{parts[mix][stage]:.0f}' for mix in mixes)} |" for stage in parts[mixes[0]]]
    return [*rows, f"| together | {' | '.join(f'{sum(parts[mix].values()):.0f}' for mix in mixes)} |"]


def _target(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"< {figure.at_most:g} {figure.unit}"
    return f"≥ {_number(figure.at_least)}{figure.unit}" if figure.at_least is not None else ""


def _spread(found: Spread, unit: str) -> str:
    space = "" if unit.startswith("/") else " "
    return f"{_number(found.median)}{space}{unit} ({_number(found.low)}–{_number(found.high)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
