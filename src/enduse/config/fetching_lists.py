"""Published lists fetched by the worker, once a day where the settings want it; what came of each is logged."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from enduse.config import logs
from enduse.config.environment import Config
from enduse.documents.own_lists import source_of
from enduse.formats.problems import BadInput
from enduse.stores.data import write_whole
from enduse.stores.fetching import Reach
from enduse.stores.lists import FOLDER
from enduse.stores.updating import update, words_to_update

EVERY = timedelta(days=1)
TRIED = ".tried"  # its time is that of the last attempt: a worker that starts again and again asks no publisher again and again


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
        logs.event("work.lists_not_updated", level=logging.ERROR, problems=[problem.code for problem in error.problems])
        return
    except OSError as error:
        logs.event("work.lists_not_updated", level=logging.ERROR, error=error)
        return
    reach = Reach(settings.proxy, settings.megabytes, settings.seconds)
    for word in words:
        if stopping():
            return
        try:
            done = update(word, addresses=settings.addresses, reach=reach, at=datetime.now(UTC), data=config.data, source_of=source_of)
        except BadInput as error:
            logs.event("work.list_not_updated", level=logging.ERROR, list=word, problems=[problem.code for problem in error.problems])
        except Exception as error:  # our own fault: logged, and the others go on
            logs.event("work.list_not_updated", level=logging.ERROR, list=word, error=error)
        else:
            logs.event("work.list_updated", list=word, new=done.new, day=done.snapshot.day.isoformat(), entries=done.snapshot.entries)


def _due(config: Config) -> bool:
    try:
        age = time.time() - (config.data / FOLDER / TRIED).stat().st_mtime
    except OSError:
        return True
    return not 0 <= age < EVERY.total_seconds()  # an attempt that is yet to come was written by a clock that was wrong
