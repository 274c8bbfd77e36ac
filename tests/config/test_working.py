"""The background worker: rounds, checkpoints, and an end between two deals."""

from __future__ import annotations

import io
import logging
import os
import signal
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.test import override_settings

from enduse.casework import clock
from enduse.casework.ledger.actions.checkpointing import begin_key
from enduse.casework.ledger.queries import checkpoints
from enduse.casework.sweep import Sweep
from enduse.config import working
from enduse.config.environment import list_settings
from enduse.config.health import WORKER
from enduse.config.working import Worker
from enduse.formats.problems import BadInput, Problem
from enduse.stores.attachments import keep
from tests.casework.cast import imported, make_cast
from tests.casework.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


DAILY = list_settings({"ENDUSE_LIST_UPDATE": "daily"})


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="enduse")
    return caplog


@pytest.fixture(autouse=True)
def _key() -> None:
    key: Path = settings.CONFIG.checkpoint_key
    if not key.exists():
        begin_key()


def events(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.name == "enduse"]


def test_a_round_is_logged_and_leaves_word_that_it_was_there(log: pytest.LogCaptureFixture) -> None:
    imported(make_cast("anna")["anna"])
    done = Worker(60).round()
    assert done is not None
    assert done.looked == 1
    assert events(log)[-1] == "work.swept"
    assert cache.get(WORKER)["stuck"] == 0


def test_a_deal_that_is_stuck_is_logged_by_its_number(log: pytest.LogCaptureFixture) -> None:
    held = imported(make_cast("anna")["anna"])
    with patch("enduse.casework.sweep.review", side_effect=ValueError("Lakeside Telecom")):
        Worker(60).round()
    (record,) = [record for record in log.records if record.getMessage() == "work.stuck"]
    assert record.values == {"deal": held.deal.pk}  # type: ignore[attr-defined]
    assert cache.get(WORKER)["stuck"] == 1


def test_it_waits_for_a_database_that_is_away(log: pytest.LogCaptureFixture) -> None:
    with patch.object(Sweep, "go", side_effect=OperationalError("gone")):
        assert Worker(60).round() is None
    assert events(log) == ["work.database_away"]


def test_a_checkpoint_is_made_once_a_day_while_the_ledger_grows(log: pytest.LogCaptureFixture) -> None:
    worker = Worker(60)
    with clock.at(NOW):
        anna = make_cast("anna")["anna"]
        worker.round()
        imported(anna)
        worker.round()
        assert checkpoints().count() == 1
    with clock.at(NOW + timedelta(days=1)):
        worker.round()
        assert checkpoints().count() == 2
    with clock.at(NOW + timedelta(days=3)):
        worker.round()
        assert checkpoints().count() == 2


def test_without_a_key_it_says_so_and_goes_on(log: pytest.LogCaptureFixture) -> None:
    make_cast("anna")
    key: Path = settings.CONFIG.checkpoint_key
    aside = key.rename(key.with_suffix(".aside"))
    try:
        assert Worker(60).round() is not None
    finally:
        aside.rename(key)
    assert events(log) == ["work.no_checkpoint", "work.swept"]


def test_registers_that_were_looked_at_and_half_written_files_go_after_a_day(log: pytest.LogCaptureFixture) -> None:
    folders = {name: settings.CONFIG.data / name for name in ("imports", "attachments")}
    kept = {}
    for hours in (23, 25):
        for name, folder in folders.items():
            digest = keep(folder, io.BytesIO(f"a;b {hours} {name}".encode()), name="a.csv", limit_mb=1).digest.removeprefix("sha256:")
            kept[name, hours] = folder / digest[:2] / digest[2:4] / digest
            kept[f"{name} half", hours] = folder / f".half-{hours}"
            kept[f"{name} half", hours].touch()
        for (_, ago), path in kept.items():
            os.utime(path, (time.time() - ago * 3600,) * 2)
    Worker(60).round()
    assert {what for what, path in kept.items() if not path.exists()} == {("imports", 25), ("imports half", 25), ("attachments half", 25)}
    (record,) = [record for record in log.records if record.getMessage() == "work.cleared"]
    assert record.values == {"files": 3}  # type: ignore[attr-defined]
    for path in kept.values():
        path.unlink(missing_ok=True)


def test_half_a_list_that_a_kill_left_behind_is_removed() -> None:
    half: Path = settings.CONFIG.data / "lists" / "un-sc" / ".half-1"
    half.mkdir(parents=True)
    os.utime(half, (time.time() - 3600,) * 2)  # said, since a file system may keep a time of its own
    assert Worker(60).round() is not None
    assert half.exists()
    os.utime(half, (time.time() - 200_000,) * 2)
    assert Worker(60).round() is not None
    assert not half.exists()


def test_lists_are_fetched_beside_the_rounds_where_the_settings_want_it() -> None:
    fetched: list[bool] = []
    worker = Worker(0.01)

    def fetch(_: object, stopping: object) -> None:
        fetched.append(True)
        worker.stop()

    with patch.object(working, "fetch_lists", fetch), override_settings(CONFIG=replace(settings.CONFIG, lists=DAILY)):
        worker.go()
    assert fetched
    fetched.clear()
    idle = Worker(60)
    with patch.object(working, "fetch_lists", fetch):
        idle._fetch()
    assert not fetched


def test_what_cannot_be_cleared_is_logged_and_the_sweep_goes_on(log: pytest.LogCaptureFixture) -> None:
    with patch.object(working, "clear", side_effect=BadInput(Problem("data.unwritable", values={"folder": "x", "why": "y"}))):
        assert Worker(60).round() is not None
    assert events(log)[-2:] == ["work.not_cleared", "work.swept"]


def test_it_ends_when_told(log: pytest.LogCaptureFixture) -> None:
    worker = Worker(3600)
    with patch.object(Worker, "round", worker.stop):
        worker.go()
    assert events(log) == ["work.began", "work.ended"]


def test_it_ends_when_its_parent_is_gone() -> None:
    assert Worker(1, parent=os.getppid() + 100_000).stopping()
    assert not Worker(1, parent=os.getppid()).stopping()


def test_a_signal_stops_it() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    worker = Worker(1)
    working.on_signals(worker.stop)
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)
        assert worker.stopping()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
