"""Tampering with the real database, as its owner can: what is found with a checkpoint kept outside, and what without one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from enduse.casework.deals.actions import files
from enduse.casework.ledger import queries, writing
from enduse.casework.ledger.actions.checkpointing import checkpoint
from enduse.casework.ledger.actions.erasing import erase
from enduse.casework.ledger.models import Head, Record
from enduse.casework.ledger.verifying import Verified, verify
from enduse.casework.people.actor import Actor
from enduse.domain.ledger import Checkpoint, Entry, Frontier, body_hash, leaf, leaf_hash, stamp
from tests.casework.ledger.logs import busy, last, later, past_the_guards, size, small

Cast = dict[str, Actor]
WHOLE = ("ledger.unproved_whole", "ledger.unproved_tail")


def made(by: Actor) -> Checkpoint:
    """A checkpoint that goes outside; the ledger keeps none, as if its owner had taken the row away."""
    found = checkpoint(by=by).checkpoint
    return found


def codes(verified: Verified) -> set[str]:
    return set(verified.counts)


def rebuild(rows: list[Record]) -> None:
    """Write the log anew from these records, with our own code: every hash right, the head too."""
    frontier, statements, values = Frontier(), [], []
    for index, row in enumerate(rows):
        salt, body = secrets.token_bytes(32), (row.body or "").encode()
        entry = Entry(index, row.at, row.kind, row.about, row.by, body_hash(salt, body))
        hashed = leaf_hash(leaf(entry))
        frontier = frontier.append(hashed)
        statements.append([index, row.at, row.kind, row.about, row.by, entry.body, hashed.hex(), salt.hex(), body.decode()])
        values.append(index)
    past_the_guards("DELETE FROM ledger_record")
    with connection.cursor() as cursor:
        drop_and_run(cursor, statements)
    set_head(frontier, rows[-1].at)


def drop_and_run(cursor: object, rows: list[list[object]]) -> None:
    quoted = [
        ", ".join(str(cell) if isinstance(cell, int) else "'" + str(cell).replace("'", "''").replace("%", "%%") + "'" for cell in row) for row in rows
    ]
    columns = ", ".join(f'"{name}"' for name in queries.COLUMNS)
    past_the_guards(*(f"INSERT INTO ledger_record ({columns}) VALUES ({values})" for values in quoted))


def set_head(frontier: Frontier, at: str) -> None:
    past_the_guards(f"UPDATE ledger_head SET size = {frontier.size}, frontier = '{frontier.to_text()}', last_at = '{at}'")


def frontier_of(rows: list[Record]) -> Frontier:
    frontier = Frontier()
    for row in rows:
        frontier = frontier.append(bytes.fromhex(row.leaf_hash))
    return frontier


def edit_a_body() -> None:
    past_the_guards('UPDATE ledger_record SET body = \'{"text":"nothing"}\' WHERE "index" = 7')


def edit_a_field() -> None:
    past_the_guards('UPDATE ledger_record SET "by" = \'person:1\' WHERE "index" = 7')


def edit_a_field_and_its_hash() -> None:
    row = Record.objects.get(pk=7)
    entry = Entry(7, row.at, row.kind, row.about, "person:1", row.body_hash)
    past_the_guards(f"UPDATE ledger_record SET \"by\" = 'person:1', leaf_hash = '{leaf_hash(leaf(entry)).hex()}' WHERE \"index\" = 7")


def delete() -> None:
    past_the_guards('DELETE FROM ledger_record WHERE "index" = 7')


def reorder() -> None:
    past_the_guards(*(f'UPDATE ledger_record SET "index" = {new} WHERE "index" = {old}' for old, new in ((7, 1000), (8, 7), (1000, 8))))


def insert() -> None:
    columns = [name for name in queries.COLUMNS if name != "index"]
    held = ", ".join(f'"{name}"' for name in columns)
    past_the_guards(
        'UPDATE ledger_record SET "index" = "index" + 1000 WHERE "index" >= 7',
        'UPDATE ledger_record SET "index" = "index" - 999 WHERE "index" >= 1000',
        f'INSERT INTO ledger_record ("index", {held}) SELECT 7, {held} FROM ledger_record WHERE "index" = 6',
    )


def cut_off_the_tail() -> None:
    past_the_guards('DELETE FROM ledger_record WHERE "index" >= 7')


def cut_off_the_tail_and_set_the_head_back() -> None:
    rows = list(Record.objects.order_by("index")[:7])
    cut_off_the_tail()
    set_head(frontier_of(rows), rows[-1].at)


def rebuild_without_a_record() -> None:
    rebuild([row for row in Record.objects.order_by("index") if row.pk != 7])


def rebuild_with_another_body() -> None:
    rows = list(Record.objects.order_by("index"))
    rows[7].body = '{"text":"I never said that"}'
    rebuild(rows)


TAMPERINGS: list[tuple[Callable[[], None], bool]] = [  # and whether it is found also without a checkpoint from outside
    (edit_a_body, True),
    (edit_a_field, True),
    (edit_a_field_and_its_hash, True),
    (delete, True),
    (reorder, True),
    (insert, True),
    (cut_off_the_tail, True),
    (cut_off_the_tail_and_set_the_head_back, False),
    (rebuild_without_a_record, False),
    (rebuild_with_another_body, False),
]


@pytest.mark.parametrize(("tampering", "found_without"), TAMPERINGS, ids=[one.__name__ for one, _ in TAMPERINGS])
def test_every_tampering_is_found_with_a_checkpoint(installation: Cast, tampering: Callable[[], None], found_without: bool) -> None:
    small(installation)
    outside = made(installation["anna"])
    past_the_guards("DELETE FROM ledger_checkpoint", f'DELETE FROM ledger_record WHERE "index" = {last().pk}')  # who tampers takes them along
    rows = list(Record.objects.order_by("index"))
    set_head(frontier_of(rows), rows[-1].at)
    assert verify([outside]).sound
    tampering()
    without = verify()
    assert without.sound is not found_without, codes(without)
    assert without.unproved == WHOLE
    with_it = verify([outside])
    assert not with_it.sound
    assert codes(with_it) & {"ledger.root", "ledger.truncated", "ledger.leaf", "ledger.body"}
    if tampering not in (edit_a_body, edit_a_field):  # there the hashes, and so the tree, still stand
        assert with_it.proved is None


def test_a_sound_log_is_proved_up_to_the_checkpoint_and_no_further(installation: Cast) -> None:
    deal = busy(installation)
    assert verify().unproved == WHOLE
    outside = made(installation["anna"])
    files.comment(deal, by=installation["anna"], text="later")
    verified = verify([outside])
    assert (verified.findings, verified.proved, verified.unproved) == ((), outside, ("ledger.unproved_after",))
    assert verified.examination.records == outside.size + 2
    assert verified.compared > 30
    assert verified.uncompared == 0


def test_an_older_checkpoint_still_holds_where_a_later_one_does_not(installation: Cast) -> None:
    deal = small(installation)
    older = made(installation["anna"])
    for number in range(3):
        files.comment(deal, by=installation["anna"], text=f"more {number}")
    newer = made(installation["anna"])
    with_hash_of_its_own(last().pk - 1)
    verified = verify([newer, older])
    assert verified.proved == older
    assert "ledger.root" in verified.counts


def with_hash_of_its_own(index: int) -> None:
    row = Record.objects.get(pk=index)
    entry = Entry(index, row.at, "deal.handed_over", row.about, row.by, row.body_hash)
    past_the_guards(f"UPDATE ledger_record SET kind = 'deal.handed_over', leaf_hash = '{leaf_hash(leaf(entry)).hex()}' WHERE \"index\" = {index}")


def test_a_clock_set_back_is_found(installation: Cast) -> None:
    deal = small(installation)
    with later(-90):
        files.comment(deal, by=installation["anna"], text="yesterday, as it were")
    assert codes(verify()) == {"ledger.clock"}


def test_a_clock_set_back_and_a_log_rebuilt_in_order_is_found_by_the_checkpoint(installation: Cast) -> None:
    small(installation)
    outside = made(installation["anna"])
    past_the_guards("DELETE FROM ledger_checkpoint")
    rows = list(Record.objects.order_by("index"))
    for row in rows:
        row.at = stamp(writing.parsed(row.at) + timedelta(days=3))
    rebuild([row for row in rows if row.kind != "ledger.checkpointed"])
    assert "ledger.clock" not in verify().counts
    assert {"ledger.root", "ledger.after_checkpoint"} <= codes(verify([outside]))


def test_the_checkpoints_kept_here_find_a_rebuilding_that_forgot_them(installation: Cast) -> None:
    small(installation)
    made(installation["anna"])
    rebuild_with_another_body()
    verified = verify()
    assert "ledger.root" in verified.counts
    assert verified.proved is None


def test_a_checkpoint_kept_here_that_was_altered_is_told(installation: Cast) -> None:
    small(installation)
    made(installation["anna"])
    past_the_guards("UPDATE ledger_checkpoint SET note = replace(note, 'at 2', 'at 3')")
    assert codes(verify()) == {"ledger.checkpoint"}
    past_the_guards("UPDATE ledger_checkpoint SET note = replace(note, 'at 3', 'at 2')", "UPDATE ledger_checkpoint SET size = 3")
    assert codes(verify()) == {"ledger.checkpoint", "ledger.row_altered"}


def test_a_head_that_is_gone_or_garbage_is_found(installation: Cast) -> None:
    small(installation)
    for statement in ("UPDATE ledger_head SET frontier = 'none'", "UPDATE ledger_head SET size = size + 1", "DELETE FROM ledger_head"):
        past_the_guards(statement)
        assert codes(verify()) == {"ledger.head"}


def test_a_body_erased_by_hand_is_found_and_one_erased_by_the_action_is_not(installation: Cast) -> None:
    small(installation)
    comment = Record.objects.filter(kind="deal.commented").first()
    assert comment is not None
    outside = made(installation["anna"])
    erase(comment.pk, by=installation["root"], reason="asked for by the person")
    verified = verify([outside])
    assert (verified.findings, verified.examination.erased, verified.proved, verified.uncompared) == ((), 1, outside, 0)
    past_the_guards(f'UPDATE ledger_record SET salt = NULL, body = NULL WHERE "index" = {comment.pk + 1}')
    assert codes(verify([outside])) == {"ledger.erased_silently"}


def test_an_empty_log_is_sound(transactional_db: None) -> None:
    assert Head.objects.get().size == 0
    verified = verify()
    assert (verified.sound, verified.examination.records) == (True, 0)


def test_garbage_is_a_finding_and_no_fault(installation: Cast) -> None:
    small(installation)
    past_the_guards("UPDATE ledger_record SET leaf_hash = 'zz', salt = 'zz' WHERE \"index\" = 8")
    assert codes(verify()) == {"ledger.leaf", "ledger.body"}
    if connection.vendor == "sqlite":  # PostgreSQL stores no text that is none
        past_the_guards('UPDATE ledger_record SET "by" = CAST(X\'FF00FE\' AS TEXT) WHERE "index" = 7')
        assert codes(verify()) == {"ledger.leaf", "ledger.body", "ledger.unreadable"}
        past_the_guards("UPDATE deals_hold SET reason = CAST(X'FF' AS TEXT)", "UPDATE deals_version SET kind = CAST(X'FF' AS TEXT)")
        assert "ledger.row_unreadable" in codes(verify())


@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_waits_for_a_verification(installation: Cast) -> None:
    deal, written = small(installation), []

    def meanwhile(count: int) -> None:
        import threading  # noqa: PLC0415

        def write() -> None:
            files.comment(deal, by=installation["anna"], text="meanwhile")
            written.append(True)
            connection.close()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join(10)

    before = size()
    verified = verify(progress=meanwhile)
    assert (written, verified.findings, verified.examination.records) == ([True], (), before)
    assert size() == before + 1


def test_what_a_record_says_is_what_was_hashed(installation: Cast) -> None:
    deal = small(installation)
    files.comment(deal, by=installation["anna"], text='«слово» \\ " \n\t\u2028 𝒳')
    assert json.loads(last().body or "")["text"] == '«слово» \\ " \n\t\u2028 𝒳'
    assert verify().sound
