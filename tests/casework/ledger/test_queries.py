"""Reading the ledger: in the order of the numbers, page by page, as of one moment."""

from __future__ import annotations

import pytest

from enduse.casework.ledger import queries
from enduse.casework.ledger.actions.checkpointing import checkpoint
from enduse.casework.ledger.actions.erasing import erase
from enduse.casework.people.actor import Actor
from enduse.domain.ledger import tree_root
from tests.casework.ledger.logs import past_the_guards, small

Cast = dict[str, Actor]


def test_rows_come_in_pages_and_give_the_head(installation: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    small(installation)
    monkeypatch.setattr(queries, "PAGE", 5)
    counts: list[int] = []
    rows = list(queries.rows(progress=counts.append))
    assert [row.entry.index for row in rows] == list(range(len(rows)))
    assert queries.head() == (len(rows), tree_root(row.leaf_hash for row in rows))
    assert counts == [5, 10, len(rows)]


def test_records_are_found_by_what_they_are_about_and_their_kind(installation: Cast) -> None:
    deal = small(installation)
    assert [record.kind for record in queries.records(about=f"deal:{deal}", limit=2)] == ["deal.commented"] * 2
    assert [record.index for record in queries.records(kind="deal.commented")] == [record.index for record in queries.records(about=f"deal:{deal}")][
        1:
    ]
    assert len(list(queries.records())) == queries.head()[0]


def test_what_a_record_says_is_read_or_gone(installation: Cast) -> None:
    small(installation)
    record = next(queries.records(kind="deal.commented"))
    assert queries.body_of(record) == {"text": "remark 0"}
    erase(record.pk, by=installation["root"], reason="asked for")
    record.refresh_from_db()
    assert queries.body_of(record) is None
    record.body = "{"
    assert queries.body_of(record) == "{"


def test_the_latest_checkpoint_comes_first(installation: Cast) -> None:
    made = [checkpoint(by=installation["anna"]).number for _ in range(3)]
    assert [row.pk for row in queries.checkpoints()] == made[::-1]


def test_a_head_that_cannot_be_read_is_no_head(installation: Cast) -> None:
    past_the_guards("UPDATE ledger_head SET frontier = 'x'")
    assert queries.head()[1] == b""
    past_the_guards("DELETE FROM ledger_head")
    assert queries.head() == (-1, b"")


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_leaves_no_transaction_behind() -> None:
    from django.db import connection, transaction  # noqa: PLC0415

    for _ in range(2):
        with queries.snapshot():
            assert queries.head()[0] == 0
        with transaction.atomic():
            assert connection.in_atomic_block
