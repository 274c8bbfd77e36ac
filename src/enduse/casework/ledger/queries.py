"""Reading the ledger: its head, its records in the order of their numbers, and the checkpoints that were given out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connections, transaction
from django.db.models import QuerySet

from enduse.casework.ledger.models import Checkpoint, Head, Record
from enduse.domain import ledger
from enduse.domain.ledger import Entry, Frontier, Row

PAGE = 5000
COLUMNS = ("index", "at", "kind", "about", "by", "body_hash", "leaf_hash", "salt", "body")
Progress = Callable[[int], object]


@contextmanager
def snapshot(using: str = "default") -> Iterator[None]:
    """Within, everything is read as it stood at one moment, and nobody who writes has to wait."""
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":  # not `atomic`: here that takes the writer's turn
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def head(using: str = "default") -> ledger.Head:
    """Size and root as the log keeps them of itself; a size of -1 or an empty root where that cannot be read."""
    held = Head.objects.using(using).filter(pk=1).values_list("size", "frontier").first()
    size, text = held if held else (-1, "")
    try:
        frontier = Frontier.from_text(text)
    except (ValueError, AttributeError):
        return (size if type(size) is int else -1), b""
    return (size if type(size) is int else -1), frontier.root()


def rows(using: str = "default", progress: Progress | None = None) -> Iterator[Row]:
    """Every record as stored, page by page in the order of the numbers, whatever somebody has put there. `progress` is told how many were read."""
    count, last = 0, None
    while page := _page(using, last):
        yield from map(_row, page)
        count, last = count + len(page), page[-1][0]
        if progress is not None:
            progress(count)


def _page(using: str, last: Any) -> Sequence[tuple[Any, ...]]:
    columns = [f'"{name}"' for name in COLUMNS]
    beyond, values = ("", []) if last is None else ('WHERE "index" > %s', [last])
    statement = f'SELECT {{}} FROM ledger_record {beyond} ORDER BY "index" LIMIT {PAGE}'
    with connections[using].cursor() as cursor:
        try:
            cursor.execute(statement.format(", ".join(columns)), values)
            return list(cursor.fetchall())
        except OperationalError:  # SQLite keeps text that is none
            cursor.execute(statement.format(", ".join([columns[0], *(f"CAST({name} AS BLOB)" for name in columns[1:])])), values)
            return [(row[0], *(cell if cell is None else cell.decode("utf-8", "surrogateescape") for cell in row[1:])) for row in cursor.fetchall()]


def _row(stored: tuple[Any, ...]) -> Row:
    index, at, kind, about, by, hashed, leaf, salt, body = stored
    entry = Entry(index, at, kind, about, by, hashed)
    try:
        return Row(entry, bytes.fromhex(leaf), None if salt is None else bytes.fromhex(salt), None if body is None else body.encode())
    except (ValueError, TypeError, AttributeError):
        return Row(entry, _bytes(leaf) or b"", _bytes(salt), body.encode("utf-8", "surrogateescape") if isinstance(body, str) else None)


def _bytes(text: Any) -> bytes | None:
    """What hex says; empty where it is none."""
    if text is None:
        return None
    try:
        return bytes.fromhex(text)
    except (ValueError, TypeError):
        return b""


def records(*, about: str = "", kind: str = "", limit: int | None = None) -> Iterator[Record]:
    """Records about something, of a kind, or all: the latest `limit` of them, oldest first."""
    found = Record.objects.order_by("-index")
    if about:
        found = found.filter(about=about)
    if kind:
        found = found.filter(kind=kind)
    if limit is None:
        return found.order_by("index").iterator(PAGE)
    return iter(list(found[:limit])[::-1])


def body_of(record: Record) -> Any:
    """What a record says; None where that was erased, the text itself where it is no JSON."""
    try:
        return None if record.body is None else json.loads(record.body)
    except ValueError:
        return record.body


def checkpoints() -> QuerySet[Checkpoint]:
    """The checkpoints that were given out, the latest first."""
    return Checkpoint.objects.order_by("-pk")
