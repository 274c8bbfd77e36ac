"""Writing to the ledger: one record an action, canonical, salted, and the head with it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from enduse.casework.door import action
from enduse.casework.ledger.models import Head, Record
from enduse.casework.ledger.writing import JITTER, begin, canonical, parsed
from enduse.casework.people.actor import SYSTEM
from enduse.domain.ledger import Entry, Frontier, body_hash, leaf, leaf_hash
from enduse.domain.ledger import stamp as moment

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def written(at: datetime = NOW, **body: Any) -> Record:
    """A record, written inside an action."""
    with action("deal.commented", by=SYSTEM, about="deal:1", at=at) as act:
        act.says(**body)
    return Record.objects.latest("index")


def test_a_body_is_canonical() -> None:
    assert canonical({"б": 1, "а": [True, None, "ё"]}) == '{"а":[true,null,"ё"],"б":1}'
    assert (
        canonical({"at": NOW, "day": date(2026, 1, 2), "units": Decimal("1.50")}) == '{"at":"2026-11-02T09:00:00Z","day":"2026-01-02","units":"1.50"}'
    )


def test_a_moment_is_utc_to_the_microsecond_and_back() -> None:
    assert moment(NOW) == "2026-11-02T09:00:00.000000Z"
    assert parsed(moment(NOW + timedelta(microseconds=7))) == NOW + timedelta(microseconds=7)


@pytest.mark.django_db
def test_a_record_is_hashed_as_the_domain_says_and_the_head_follows() -> None:
    first, second = written(text="one"), written(text="one")
    for record in (first, second):
        assert record.body is not None
        assert record.salt is not None
        assert body_hash(bytes.fromhex(record.salt), record.body.encode()) == record.body_hash
        entry = Entry(record.index, record.at, record.kind, record.about, record.by, record.body_hash)
        assert leaf_hash(leaf(entry)).hex() == record.leaf_hash
    assert first.body == second.body == json.dumps({"text": "one"}, separators=(",", ":"))
    assert first.body_hash != second.body_hash  # the salt
    head, frontier = Head.objects.get(), Frontier()
    for record in (first, second):
        frontier = frontier.append(bytes.fromhex(record.leaf_hash))
    assert (head.size, head.frontier, head.last_at) == (2, frontier.to_text(), second.at)


@pytest.mark.django_db
def test_clocks_that_differ_by_little_go_on_and_one_set_back_is_seen() -> None:
    written(NOW)
    assert written(NOW - JITTER + timedelta(microseconds=1)).at == moment(NOW)
    assert written(NOW - timedelta(minutes=5)).at == moment(NOW - timedelta(minutes=5))
    assert Head.objects.get().last_at == moment(NOW)


@pytest.mark.django_db
def test_a_log_begins_once() -> None:
    written(text="one")
    begin()
    assert (Head.objects.count(), Head.objects.get().size) == (1, 1)
