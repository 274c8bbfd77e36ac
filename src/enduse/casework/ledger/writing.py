"""Writing to the ledger: the record of an action, in its transaction, and the tree's head with it."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from enduse.casework.ledger.models import Head, Record
from enduse.domain.ledger import Entry, Frontier, body_hash, leaf, leaf_hash
from enduse.domain.ledger import stamp as stamped

JITTER = timedelta(seconds=2)  # clocks of several machines differ by so little that it is no news


def hold_head() -> Head:
    """The head, held until the transaction ends: whoever else writes waits here."""
    return Head.objects.select_for_update().get(pk=1)


def begin(using: str = "default") -> None:
    """The head of an empty log, where there is none yet."""
    Head.objects.using(using).get_or_create(pk=1, defaults={"size": 0, "frontier": Frontier().to_text()})


def append(head: Head, *, kind: str, about: str, by: str, at: datetime, body: dict[str, Any]) -> int:
    """Write one record; its index. The body is canonical JSON, salted and hashed, so that it can be erased later and the tree still stands."""
    text = canonical(body)
    salt = secrets.token_bytes(32)
    stamp = stamped(at)
    if stamp < head.last_at and parsed(head.last_at) - at < JITTER:
        stamp = head.last_at
    entry = Entry(head.size, stamp, kind, about, by, body_hash(salt, text.encode()))
    hashed = leaf_hash(leaf(entry))
    frontier = Frontier.from_text(head.frontier).append(hashed)
    Record.objects.create(
        index=entry.index,
        at=stamp,
        kind=kind,
        about=about,
        by=by,
        body_hash=entry.body,
        leaf_hash=hashed.hex(),
        salt=salt.hex(),
        body=text,
    )
    head.size, head.frontier, head.last_at = frontier.size, frontier.to_text(), max(stamp, head.last_at)
    head.save(update_fields=["size", "frontier", "last_at"])
    return entry.index


def canonical(body: dict[str, Any]) -> str:
    """A body as the text that is hashed: sorted keys, no spaces."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)


def parsed(stamp: str) -> datetime:
    """The moment that a record names."""
    return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
