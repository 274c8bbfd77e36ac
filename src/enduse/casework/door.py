"""The door of every write: one transaction, one ledger record, one at a time.

    with action("deal.commented", by=actor, about=deal_about(deal)) as act:
        Comment.objects.create(…, at=act.at)
        act.says(text=text)

Whoever is inside holds the ledger's head, so actions follow one another: what an action reads is what stands when it writes.
The record is written last; if anything fails, neither the change nor the record stays. The database asks `current()` in its
triggers, so that what is guarded cannot be written outside an action, also by SQL of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from enduse.casework import clock
from enduse.casework.ledger import writing
from enduse.casework.people.actor import Actor

_current: ContextVar[str] = ContextVar("action", default="")


@dataclass(slots=True)
class Act:
    """An action under way: its kind, who acts, when, and what the record will say."""

    kind: str
    by: Actor
    about: str
    at: datetime
    body: dict[str, Any] = field(default_factory=dict)
    index: int | None = None  # of the record, once it is written

    def says(self, **values: Any) -> None:
        """Add to what the record says."""
        self.body.update(values)


def current() -> str:
    """The kind of the action under way; empty outside of one."""
    return _current.get()


@contextmanager
def action(kind: str, *, by: Actor, about: str, at: datetime | None = None) -> Iterator[Act]:
    """One action: a transaction that ends with its ledger record. Raises RuntimeError inside another: an action is not made of actions."""
    if _current.get():
        raise RuntimeError(f"{kind} inside {_current.get()}")
    with transaction.atomic():
        head = writing.hold_head()
        act = Act(kind, by, about, at or clock.now())
        token = _current.set(kind)
        try:
            _tell_database(kind)
            yield act
            act.index = writing.append(head, kind=act.kind, about=act.about, by=by.stamp, at=act.at, body=act.body)
            _tell_database("")  # what fails is rolled back, and what was told with it
        finally:
            _current.reset(token)


def _tell_database(kind: str) -> None:
    """PostgreSQL's triggers read a setting of the transaction; SQLite's call a function that asks `current()`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('enduse.action', %s, true)", [kind])
