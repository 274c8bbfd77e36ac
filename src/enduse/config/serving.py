"""The web server: gunicorn in this process, stopped gracefully: what is under way ends, nothing new begins."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from enduse.config import logs
from enduse.config.environment import Config
from enduse.config.schema import ahead, pending, unguarded
from enduse.domain.refusals import refuse
from enduse.formats.problems import BadInput, Problem

Application = Callable[..., Any]
THREADS = 4
WORKERS_ON_SQLITE = 2  # writers follow one another there, more processes would only wait
MOST_WORKERS = 9
SILENT_SECONDS = 30  # how long a request that has begun may say nothing, or a reader take nothing
GRACE_SECONDS = 30  # how long what is under way may take to end
MOST_NAMED = 5
NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve: where, in how many processes; `ready` is called once requests are taken."""

    address: str
    port: int
    workers: int
    threads: int = THREADS
    ready: Callable[[], None] = lambda: None


def workers_for(config: Config) -> int:
    """How many processes suit the database and the machine."""
    return WORKERS_ON_SQLITE if config.database.engine == "sqlite" else min(2 * (os.cpu_count() or 1) + 1, MOST_WORKERS)


def refuse_unready() -> None:
    """Raises Refused where the database is not of this version's form or not guarded: nothing is served then; OperationalError where it is away."""
    connection.ensure_connection()
    if steps := ahead():
        raise refuse("start.newer", steps=_some(steps))
    if steps := pending():
        raise refuse("start.behind", steps=_some(steps))
    if triggers := unguarded():
        raise refuse("start.unguarded", triggers=_some(triggers))


def refuse_taken(address: str, port: int) -> None:
    """Raises BadInput where nothing can be served at this address: it is taken, not ours, or not allowed.

    A name may stand for several addresses, not all of which every machine has: one is enough.
    """
    bound, passed = False, None
    for family, kind, proto, _, place in _places(address, port):
        try:
            with socket.socket(family, kind, proto) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
                bound = True
        except OSError as error:
            if error.errno not in NOT_HERE:
                raise _unserved(address, port, error) from error
            passed = error
    if passed is not None and not bound:
        raise _unserved(address, port, passed) from passed


def _unserved(address: str, port: int, error: OSError) -> BadInput:
    code = "serve.taken" if error.errno == errno.EADDRINUSE else "serve.address"
    values = {"address": address, "port": port, "other": port + 1, "why": error.strerror or str(error)}
    return BadInput(Problem(code, values=values))


def _places(address: str, port: int) -> list[Any]:
    try:
        return socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except OSError as error:
        values = {"address": address, "port": port, "why": error.strerror or str(error)}
        raise BadInput(Problem("serve.address", values=values)) from error


def serve(application: Application, how: Serving) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. The second SIGINT does not wait for what is under way."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # commands end with their reader; a server's readers leave all the time
    connections.close_all()  # none is to be shared with the processes that are forked off
    try:
        Captain(_Server(application, how)).run()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


class Captain(Arbiter):  # type: ignore[misc]
    """Gunicorn's master: SIGINT is as graceful as SIGTERM."""

    def handle_int(self) -> None:
        """Stop gracefully."""
        self.handle_term()

    def spawn_worker(self) -> int:
        """Fork a worker off. When it ends, so does its process: nothing of what this one has under way is to be ended there."""
        try:
            return int(super().spawn_worker())
        except SystemExit as end:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(int(end.code or 0))


class Patient(ThreadWorker):  # type: ignore[misc]
    """A worker whose threads wait for a silent connection only so long: a few that begin and say no more would take them all for good."""

    def handle(self, conn: Any) -> Any:
        """Handle a request on a connection."""
        if not conn.initialized:
            begin = conn.init

            def init() -> None:
                begin()
                conn.sock.settimeout(SILENT_SECONDS)

            conn.init = init
        return super().handle(conn)


class _Log(Logger):  # type: ignore[misc]
    """Gunicorn's own words go where ours go."""

    def setup(self, cfg: object) -> None:
        """Leave the logs as they are set up already."""
        self.cfg = cfg


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, application: Application, how: Serving) -> None:
        self.application, self.how = application, how
        super().__init__()

    def load_config(self) -> None:
        how = self.how
        bound = f"[{how.address}]" if ":" in how.address else how.address
        settings = {
            "bind": f"{bound}:{how.port}",
            "workers": how.workers,
            "worker_class": Patient,
            "threads": how.threads,
            "timeout": 120,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 5,
            "limit_request_fields": 60,
            "preload_app": True,
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # a heartbeat never waits for a disk
            "logger_class": _Log,
            "proc_name": "enduse",
            "when_ready": self._ready,
            "post_worker_init": _worker_began,
            "on_exit": _ended,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        return self.application

    def _ready(self, _: Arbiter) -> None:
        logs.event("serve.ready", address=self.how.address, port=self.how.port, workers=self.how.workers)
        self.how.ready()


def _worker_began(_: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the master says when to end


def _ended(_: object) -> None:
    logs.event("serve.ended")


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
