"""A made-up list for tests of how lists are kept: a line an entry, the first line its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from enduse.domain.screening.entity import Entity, Name
from enduse.formats.problems import BadInput, Problem
from enduse.sources.source import File, Read, Skipped, Source

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def read(files: Sequence[File]) -> Read:
    """A line an entry; the first is the day. A line `?` cannot be taken over."""
    if not files[0].data:
        raise BadInput(Problem("list.empty", values={"list": "made-up"}))
    first, *lines = files[0].data.decode().splitlines()
    named = [line for line in lines if line != "?"]
    skipped = tuple(Skipped(f"line {number}", "skipped.name", {}, whole=True) for number, line in enumerate(lines, 2) if line == "?")
    found = tuple(Entity(line, "Person", (Name(line),)) for line in named)
    return Read(found, skipped, date.fromisoformat(first) if first else None, len(lines))


SOURCE = Source("made-up", "Nobody", ("выдуманный", "made up"), ("свободно", "free"), read)


def file(day: str, *names: str) -> list[File]:
    return [File("list.txt", "\n".join([day, *names]).encode())]
