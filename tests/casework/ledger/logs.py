"""A log with records of many kinds, made through the real actions; and a hand that can write past the guards."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from enduse.casework import clock, guarding
from enduse.casework.deals.actions import approving, evidence, files, filing, registering, releasing
from enduse.casework.deals.registering import Particulars
from enduse.casework.ledger import queries
from enduse.casework.ledger.actions.checkpointing import begin_key
from enduse.casework.ledger.models import Record
from enduse.casework.people.actions import persons, settling
from enduse.casework.people.actor import Actor
from tests.casework import listed
from tests.casework.cast import held, imported, make_cast

SMALL = ("anna", "boris", "dina", "vera")


@contextlib.contextmanager
def configured(monkeypatch: pytest.MonkeyPatch, folder: Path, **changes: Any) -> Iterator[None]:
    """Checkpoints and keys in `folder`, other settings changed."""
    import dataclasses  # noqa: PLC0415

    told = {"checkpoint_key": folder / "keys" / "checkpoint.pem", "checkpoint_folder": folder / "checkpoints", "data": folder, **changes}
    monkeypatch.setattr(settings, "CONFIG", dataclasses.replace(settings.CONFIG, **told))
    yield


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> dict[str, Actor]:
    """An installation with a key of its own and a small cast."""
    with configured(monkeypatch, tmp_path):
        begin_key()
    return make_cast(*SMALL)


def small(cast: dict[str, Actor]) -> int:
    """A few records: a deal taken in and talked about; its number."""
    deal = imported(cast["anna"]).deal.pk
    for number in range(6):
        files.comment(deal, by=cast["anna"], text=f"remark {number}")
    return deal


def released(cast: dict[str, Actor], reference: str = "D-1") -> int:
    """A deal that goes all the way; its number."""
    found = imported(cast["anna"], reference=reference, quantity={"units": "400", "of": "licences"})
    deal = found.deal.pk
    approving.submit(deal, by=cast["anna"], seen=found.decided.signed)
    approving.approve(deal, by=cast["boris"], seen=found.decided.signed)
    releasing.release(deal, by=cast["anna"])
    return deal


def busy(cast: dict[str, Actor]) -> int:
    """Records of every kind that tells of rows; the number of the deal that is released."""
    anna, boris, dina, root = cast["anna"], cast["boris"], cast["dina"], cast["root"]
    deal = released(cast)
    releasing.suspend(deal, by=anna, reason="a question came up")
    releasing.resume(deal, by=dina, reason="answered")
    releasing.deliver(deal, by=anna, day=clock.today(), version="1.10", units=Decimal("1.50"), recipient="Nairobi Care Line")
    registering.correct(1, by=anna, reason="a line was missing", given=Particulars(excused="kept by the distributor"))
    releasing.withdraw_release(deal, by=anna, reason="the buyer is gone")
    second = released(cast, "D-2")
    evidence.record_notice(second, by=anna, seen=1, written="yes", number="240/1-77")  # the release is suspended by itself
    third = imported(anna, reference="D-3").deal.pk
    stop = approving.hold(third, by=anna, reason="look again", ends_when="the answer is in")
    approving.lift_hold(third, by=boris, hold=stop.pk, evidence="the answer, letter 7")
    files.attach(third, by=anna, seen=1, stage="evidence", name="letter.pdf", digest="sha256:" + "a" * 64, size=5, media_type="application/pdf")
    files.comment(third, by=anna, text="he is ill again")
    found = held(third)
    approving.submit(third, by=anna, seen=found.decided.signed)
    approving.reject(third, by=boris, seen=found.decided.signed, note="not yet")
    filing.refuse_deal(third, by=anna, seen=1, reason="we would rather not")
    listed.settled(anna, imported(anna, reference="D-5").deal.pk)
    fourth = imported(anna, reference="D-4").deal.pk
    filing.abandon(fourth, by=anna, seen=1, reason="no money")
    persons.grant(cast["vera"].person or 0, by=root, role="lawyer")
    persons.revoke(cast["vera"].person or 0, by=root, role="lawyer")
    persons.leave(cast["vera"].person or 0, by=root)
    settling.settle("check_days", "60", by=root, reason="stricter")
    return deal


def past_the_guards(*statements: str) -> None:
    """Write as the owner of the database can: triggers and foreign keys off, any SQL, all of them on again."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            for name, _ in guarding.triggers(connection):
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA foreign_keys = OFF" if sqlite else "SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("PRAGMA foreign_keys = ON" if sqlite else "SET session_replication_role = DEFAULT")
    if sqlite:
        guarding.install()


def last() -> Record:
    """The record written last."""
    return Record.objects.order_by("-index")[0]


def later(minutes: int) -> Any:
    """Within, the clock is so many minutes on; before now where that is less than nothing."""
    return clock.at(clock.now() + timedelta(minutes=minutes))


def size() -> int:
    """How many records the head says there are."""
    return queries.head()[0]
