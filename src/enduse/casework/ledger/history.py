"""Reading the ledger's records about a thing, as pages show them: when, what, by whom, and what the record says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enduse.casework.ledger.models import Checkpoint, Record
from enduse.casework.ledger.queries import body_of
from enduse.casework.ledger.writing import parsed
from enduse.domain.refusals import NotAllowed, Refusal

_PERSON = re.compile(r"^person:(\d+)")


@dataclass(frozen=True, slots=True)
class Told:
    """One record as people read it."""

    index: int
    at: datetime
    kind: str
    about: str
    by: int | None  # the person; None: the system
    body: dict[str, Any]
    erased: bool


def told_about(abouts: Iterable[str], *, most: int = 100) -> list[Told]:
    """The last records about these things, latest first."""
    return [_told(record) for record in Record.objects.filter(about__in=list(abouts)).order_by("-index")[:most]]


def told_before(index: int | None, *, about: str = "", most: int = 50) -> tuple[list[Told], int | None]:
    """The last records before `index` (None: of all), latest first, about one thing or about all; and the index before which there are more."""
    found = Record.objects.order_by("-index")
    if about:
        found = found.filter(about=about)
    if index is not None:
        found = found.filter(index__lt=index)
    rows = list(found[: most + 1])
    return [_told(record) for record in rows[:most]], rows[most - 1].index if len(rows) > most else None


def checkpoint_note(pk: int) -> Checkpoint:
    """A checkpoint that was given out. Raises NotAllowed where there is none of this number."""
    found = Checkpoint.objects.filter(pk=pk).first()
    if found is None:
        raise NotAllowed(Refusal("ledger.absent", {"index": pk}))
    return found


def _told(record: Record) -> Told:
    person = _PERSON.match(record.by)
    body = body_of(record)
    said = body if isinstance(body, dict) else {}
    return Told(record.index, parsed(record.at), record.kind, record.about, int(person[1]) if person else None, said, record.body is None)
