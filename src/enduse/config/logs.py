"""Logs: one line an event on standard error, as JSON or as text; who and what by number, never names, bodies, queries or cookies."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

WARNING = logging.WARNING
MOST_FRAMES = 12
OPERATIONAL = ("OperationalError", "InterfaceError", "BadInput")  # whose words say what to do and nothing of anybody
request_id: ContextVar[str] = ContextVar("request_id", default="")
_events = logging.getLogger("enduse")


def set_up(form: str, *, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """From now on this process logs: `json` or `text`, to standard error unless a stream is given."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _events.setLevel(level)
    logging.captureWarnings(True)


def event(name: str, *, level: int = logging.INFO, error: BaseException | None = None, **values: object) -> None:
    """Log an event of our own, with plain values: numbers, codes, paths."""
    _events.log(level, name, extra={"values": values}, exc_info=error)


def line_of(record: logging.LogRecord) -> dict[str, object]:
    """What a record says. What others log is told by its template: what would be filled in may be anybody's."""
    held: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "event": str(record.msg) if record.name == _events.name else record.name,
    }
    if record.name != _events.name:
        held["says"] = str(record.msg)
    if request_id.get():
        held["request"] = request_id.get()
    held.update(getattr(record, "values", {}))
    if record.exc_info and record.exc_info[1] is not None:
        held.update(_told(record.exc_info[1]))
    return held


def _told(error: BaseException) -> dict[str, object]:
    """An error by its class and where it happened; its own words only where they are about the installation."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]]
    held: dict[str, object] = {"error": type(error).__name__, "at": frames}
    if type(error).__name__ in OPERATIONAL or os.environ.get("ENDUSE_TRACEBACK"):
        held["why"] = " ".join(str(error).split())
    return held


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        return json.dumps(line_of(record), ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """A line for people: time, level, event, and the values by name."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line; where an error happened follows on lines of its own."""
        held = line_of(record)
        frames = held.pop("at", [])
        head = f"{held.pop('time')} {held.pop('level')} {held.pop('event')}"
        said = " ".join(f"{name}={json.dumps(value, ensure_ascii=False, default=str)}" for name, value in held.items())
        return "\n".join([f"{head} {said}".rstrip(), *(f"    {frame}" for frame in frames)])  # type: ignore[attr-defined]
