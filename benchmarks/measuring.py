"""How things are measured: a warm-up, several runs, the median with the least and the most; processes with their processor time."""

from __future__ import annotations

import importlib
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")


class NotRun(Exception):
    """A measure that could not be taken, and why."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several runs, the least and the most."""

    median: float
    low: float
    high: float
    runs: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `ours` is None where it was not run: `note` says why. The target is `at_most` or `at_least`."""

    measure: str
    unit: str = ""
    ours: Spread | None = None
    at_most: float | None = None
    at_least: float | None = None
    peers: Mapping[str, Spread] = field(default_factory=dict)
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the median meets the target; None without a target or a measurement."""
        if self.ours is None or (self.at_most is None and self.at_least is None):
            return None
        return (self.at_most is None or self.ours.median < self.at_most) and (self.at_least is None or self.ours.median >= self.at_least)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process took, from its start to its end."""

    seconds: float
    processor_seconds: float
    code: int


def wanted(module: str) -> Any:
    """A module that may not be there yet, or not in this environment. Raises NotRun where it is not."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise NotRun(f"there is no `{error.name}` here") from error


def spread(values: Iterable[float]) -> Spread:
    """The spread of measured values."""
    held = sorted(values)
    return Spread(statistics.median(held), held[0], held[-1], len(held))


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def timed(call: Callable[[], object]) -> float:
    """Seconds that one call took."""
    start = perf_counter()
    call()
    return perf_counter() - start


def repeated(call: Callable[[], object], runs: int) -> Spread:
    """Seconds a call takes, over `runs` runs after one that warms up."""
    call()
    return spread(timed(call) for _ in range(runs))


def rate(call: Callable[[T], object], items: Sequence[T], runs: int) -> Spread:
    """Calls a second, one after the other over all items, over `runs` runs after one that warms up."""

    def all_items() -> None:
        for item in items:
            call(item)

    taken = repeated(all_items, runs)
    return Spread(len(items) / taken.median, len(items) / taken.high, len(items) / taken.low, runs)


def one_core() -> int | None:
    """Keep this process, and those it starts, on one processor; its number, or None where the system has no such thing."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {chosen})
    return chosen


def enduse(*arguments: str) -> list[str]:
    """The installed command `enduse` of this environment. Raises NotRun where it, or what it runs, is not there."""
    wanted("enduse.cli.main")
    command = Path(sys.executable).with_name("enduse")
    if not command.exists():
        raise NotRun("there is no command `enduse` beside this Python")
    return [str(command), *arguments]


def process(command: Sequence[str], *, to: Path | None = None, good: frozenset[int] = frozenset({0})) -> Spent:
    """Run a command to its end, its output to `to` or away. Raises NotRun with its last words where it ends with no good code."""
    with open(to or os.devnull, "wb") as output:  # noqa: PTH123
        start = perf_counter()
        running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE)
        assert running.stderr is not None
        said = running.stderr.read()
        _, status, usage = os.wait4(running.pid, 0)
        seconds = perf_counter() - start
    running.returncode = code = os.waitstatus_to_exitcode(status)
    running.stderr.close()
    if code not in good:
        lines = said.decode(errors="replace").strip().splitlines()
        raise NotRun(f"`enduse {command[1]}` ended with {code}: {lines[-1] if lines else 'no words'}")
    return Spent(seconds, usage.ru_utime + usage.ru_stime, code)
