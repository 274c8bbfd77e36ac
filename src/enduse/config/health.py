"""Whether an installation is well: the database answers, is of this version's form and guarded; when a worker was last seen."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from enduse import __version__
from enduse.casework import clock
from enduse.config import schema

PATH = "/healthz"
WORKER = "worker"  # the cache's key for when a worker last went its round
KNOWN_SECONDS = 5  # how long what is dear to find out is taken as known
LATE_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Health:
    """What is well and what is not: `ok`, or a word for what is wrong."""

    database: str  # ok | unreachable
    schema: str = "unknown"  # ok | behind | newer
    triggers: str = "unknown"  # ok | missing
    worker: str = "unknown"  # ok | late | never; the workbench goes on without one
    worker_seen: str | None = None
    stuck: int = 0  # deals that a worker could not look at

    @property
    def well(self) -> bool:
        """Whether requests can be answered as they should be."""
        return (self.database, self.schema, self.triggers) == ("ok", "ok", "ok")


def examine() -> Health:
    """How the installation is; what is dear to find out is a few seconds old."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        form, triggers = _form(int(time.monotonic() // KNOWN_SECONDS))
        return Health("ok", form, triggers, *(_worker() if form == "ok" else ()))
    except (DatabaseError, InterfaceError):
        connection.close()
        return Health("unreachable")


@lru_cache(maxsize=1)
def _form(_when: int) -> tuple[str, str]:
    if schema.ahead():
        return "newer", "unknown"
    if schema.pending():
        return "behind", "unknown"
    return "ok", "missing" if schema.unguarded() else "ok"


def worker_seen(stuck: int) -> None:
    """Note that a worker went its round, and how many deals it could not look at."""
    cache.set(WORKER, {"at": clock.now().isoformat(timespec="seconds"), "stuck": stuck}, timeout=None)


def _worker() -> tuple[str, str | None, int]:
    held = cache.get(WORKER)
    if not isinstance(held, dict):
        return "never", None, 0
    seen = datetime.fromisoformat(held["at"])
    late = clock.now() - seen > timedelta(seconds=LATE_ROUNDS * max(settings.CONFIG.sweep_seconds, 10))
    return "late" if late else "ok", held["at"], int(held["stuck"])


def healthz(request: HttpRequest) -> HttpResponse:
    """The page for machines, without sign-in: 200 while requests can be answered as they should be, 503 with what is not well."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    found = examine()
    said = {
        "status": "ok" if found.well else "unwell",
        "version": __version__,
        "database": found.database,
        "schema": found.schema,
        "triggers": found.triggers,
        "worker": found.worker,
        "worker_seen": found.worker_seen,
        "stuck": found.stuck,
    }
    response = JsonResponse(said, status=200 if found.well else 503, headers={"Cache-Control": "no-store"})
    response.headers["Content-Length"] = str(len(response.content))
    return response
