"""The background worker: a sweep every so often, checkpoints kept outside, until it is told to stop; what is under way ends first."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from enduse.casework import clock
from enduse.casework.deals.taking_in import IMPORTS, IMPORTS_LAST
from enduse.casework.ledger.actions.checkpointing import checkpoint
from enduse.casework.ledger.queries import checkpoints, head
from enduse.casework.ledger.writing import parsed
from enduse.casework.people.actor import SYSTEM
from enduse.casework.sweep import Sweep, Swept
from enduse.config import logs
from enduse.config.fetching_lists import fetch_lists
from enduse.config.health import worker_seen
from enduse.formats.problems import BadInput
from enduse.stores.attachments import clear
from enduse.stores.lists import sweep as sweep_lists

CHECKPOINT_EVERY = timedelta(days=1)
HALVES_LAST = timedelta(days=1)  # no upload takes as long
SLICE_SECONDS = 1.0  # how soon an orphan notices


@dataclass(slots=True)
class Worker:
    """A worker: `go` returns once it was told to stop, or its parent is gone where it has one."""

    sweep_seconds: float
    parent: int | None = None
    sweep: Sweep = field(default_factory=Sweep)
    _stop: threading.Event = field(default_factory=threading.Event)
    _fetching: threading.Thread | None = None

    def go(self) -> None:
        """Sweep again and again. While the database is away it waits for it."""
        logs.event("work.began", seconds=self.sweep_seconds)
        while not self.stopping():
            self._fetch()
            self.round()
            self._wait(self.sweep_seconds)
        logs.event("work.ended")

    def round(self) -> Swept | None:
        """One round, logged: what changed and what is stuck; None where the database is away."""
        close_old_connections()
        began = time.perf_counter()
        try:
            done = self.sweep.go(self.stopping)
            worker_seen(len(done.stuck))
            _checkpoint()
            _clear()
        except (DatabaseError, InterfaceError) as error:
            logs.event("work.database_away", level=logging.ERROR, error=error)
            return None
        for stuck in done.stuck:
            logs.event("work.stuck", level=logging.ERROR, error=stuck.error, deal=stuck.deal)
        logs.event("work.swept", looked=done.looked, changed=done.changed, stuck=len(done.stuck), ms=round((time.perf_counter() - began) * 1000))
        return done

    def _fetch(self) -> None:
        """Fetch published lists beside the rounds, where the settings want that and a day has passed: a slow publisher keeps no deal waiting."""
        if settings.CONFIG.lists.daily and (self._fetching is None or not self._fetching.is_alive()):
            self._fetching = threading.Thread(target=fetch_lists, args=(settings.CONFIG, self.stopping), daemon=True)
            self._fetching.start()

    def stop(self, *_: int | FrameType | None) -> None:
        """Stop after the deal under way: also a signal handler."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether it is to stop."""
        return self._stop.is_set() or (self.parent is not None and os.getppid() != self.parent)

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.stopping() and (left := end - time.monotonic()) > 0:
            self._stop.wait(min(left, SLICE_SECONDS))


def _checkpoint() -> None:
    """Sign a checkpoint and give it out where the last one is a day old and the ledger has grown. What goes wrong is logged: the sweep goes on."""
    last = checkpoints().first()
    size, _ = head()
    grown = size > (last.size + 1 if last else 0)  # a checkpoint's own record is no news
    if not grown or (last and clock.now() - parsed(last.at) < CHECKPOINT_EVERY):
        return
    try:
        made = checkpoint(by=SYSTEM)
    except BadInput as error:
        logs.event("work.no_checkpoint", level=logging.ERROR, error=error, problems=[problem.code for problem in error.problems])
        return
    problems = [problem.code for problem in made.problems]
    level = logging.ERROR if problems else logging.INFO
    logs.event("work.checkpoint", level=level, size=size, kept=made.file is not None, mailed=len(made.mailed), problems=problems)


def _clear() -> None:
    """Remove registers that somebody looked at and left, and what was left half written. What goes wrong is logged: the sweep goes on."""
    data: Path = settings.CONFIG.data
    sweep_lists(data, older=HALVES_LAST)
    try:
        gone = clear(data / IMPORTS, older=IMPORTS_LAST, kept=True) + clear(data / "attachments", older=HALVES_LAST)
    except BadInput as error:
        logs.event("work.not_cleared", level=logging.ERROR, error=error, problems=[problem.code for problem in error.problems])
        return
    if gone:
        logs.event("work.cleared", files=gone)


def on_signals(stop: Callable[..., None]) -> None:
    """Stop on SIGTERM and SIGINT; a second one ends the process at once."""

    def told(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop(number, frame)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a mail server that hangs up is an error to be told, not an end


@contextmanager
def beside(sweep_seconds: float) -> Iterator[None]:
    """Within, a worker runs beside this process; it ends with it, even where it is killed."""
    parent = os.getpid()
    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            worker = Worker(sweep_seconds, parent)
            on_signals(worker.stop)
            worker.go()
            code = 0
        finally:
            os._exit(code)  # nothing of the parent's is to be ended here
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
        with suppress(ChildProcessError):  # the server may have seen to it
            os.waitpid(child, 0)
