"""A server whose every request is a slow action: what a stop may not cut short. Run by the tests in a process of its own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from enduse.config import start

start.django()

from enduse.casework.door import action  # noqa: E402 - Django comes first
from enduse.casework.people.actor import SYSTEM  # noqa: E402
from enduse.config import logs, schema, serving  # noqa: E402


def slow(environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
    """An action that takes a second and a half."""
    with action("test.slow", by=SYSTEM, about="test:1") as act:
        print("inside", flush=True)
        time.sleep(1.5)
        act.says(slow=True)
    begin("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
    return [b"done"]


if __name__ == "__main__":
    logs.set_up("json")
    schema.bring_up()
    how = serving.Serving("127.0.0.1", int(sys.argv[1]), 1, ready=lambda: print("ready", flush=True))
    sys.exit(serving.serve(slow, how))
