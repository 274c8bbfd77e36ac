"""Published lists fetched by the worker, once a day where the settings want it; what came of each is logged."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from enduse.config import logs
from enduse.config.environment import Config
from enduse.documents.own_lists import source_of
from enduse.formats.problems import BadInput, Problem
from enduse.stores.data import write_whole
from enduse.stores.fetching import Reach
from enduse.stores.indexes import forget
from enduse.stores.lists import FOLDER
from enduse.stores.screening import desk
from enduse.stores.updating import update, words_to_update

EVERY = timedelta(days=1)
TRIED = ".tried"  # its time is that of the last attempt: a worker that starts again and again asks no publisher again and again
TOLD = (  # what a log may say of why a list was not updated
    *("status", "why", "tries", "got", "told", "day", "held", "today"),
    *("counted", "entries", "names", "before", "names_before", "count", "count_before"),
)
_ADDRESS = re.compile(r"[/?=&@]")  # what stands in an address and in no plain reason


def fetch_lists(config: Config, stopping: Callable[[], bool] = lambda: False) -> None:
    """Bring the lists up to date where that is wanted and due; a list that fails is logged and stops no other."""
    if not config.lists.daily or not _due(config):
        return
    settings = config.lists
    try:
        write_whole(config.data / FOLDER / TRIED, b"")
        now = time.time()
        os.utime(config.data / FOLDER / TRIED, (now, now))  # a file system may keep a time of its own
        words = words_to_update(config.data, (), settings.chosen, settings.addresses)
    except BadInput as error:
        codes, details = [problem.code for problem in error.problems], [safe(problem) for problem in error.problems]
        logs.event("work.lists_not_updated", level=logging.ERROR, problems=codes, details=details)
        return
    except OSError as error:
        logs.event("work.lists_not_updated", level=logging.ERROR, error=error)
        return
    reach = Reach(settings.proxy, settings.megabytes, settings.seconds)
    updated = False
    for word in words:
        if stopping():
            return
        try:
            done = update(word, addresses=settings.addresses, reach=reach, at=datetime.now(UTC), data=config.data, source_of=source_of)
        except BadInput as error:
            codes, details = [problem.code for problem in error.problems], [safe(problem) for problem in error.problems]
            logs.event("work.list_not_updated", level=logging.ERROR, list=word, problems=codes, details=details)
        except Exception as error:  # our own fault: logged, and the others go on
            logs.event("work.list_not_updated", level=logging.ERROR, list=word, error=error)
        else:
            updated = True
            logs.event("work.list_updated", list=word, new=done.new, day=done.snapshot.day.isoformat(), entries=done.snapshot.entries)
    if updated and not stopping():
        _index(config)


def safe(problem: Problem) -> dict[str, object]:
    """A problem as it may be logged: its code, numbers, days and reasons; nothing that may hold an address, a name or a token."""
    found = {name: problem.values[name] for name in TOLD if name in problem.values}
    return {"code": problem.code} | {name: "…" if isinstance(value, str) and _ADDRESS.search(value) else value for name, value in found.items()}


def _index(config: Config) -> None:
    """Build the index of the chosen lists, for the first search of a page not to wait for it. What goes wrong is logged: the search says it, too."""
    settings, began = config.lists, time.perf_counter()
    try:  # as a search finds it: by the same lists, in the same order
        made = desk(config.data, at=datetime.now(ZoneInfo(settings.time_zone)), words=settings.chosen or None, limits=settings.limits)
    except Exception as error:
        logs.event("work.index_not_built", level=logging.ERROR, error=error)
        return
    logs.event("work.index_built", lists=len(made.index.lists), ms=round((time.perf_counter() - began) * 1000))
    forget()  # a worker searches nothing: it need not hold what is large


def _due(config: Config) -> bool:
    try:
        age = time.time() - (config.data / FOLDER / TRIED).stat().st_mtime
    except OSError:
        return True
    return not 0 <= age < EVERY.total_seconds()  # an attempt that is yet to come was written by a clock that was wrong
