"""`enduse backup`: whole and consistent while it runs, tried by restoring; on the database of the run."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from enduse.casework.deals.actions import files
from enduse.casework.ledger.actions.checkpointing import begin_key, checkpoint
from enduse.casework.ledger.models import Record
from enduse.casework.people.actor import Actor
from enduse.stores.attachments import keep
from tests import databases
from tests.casework.cast import imported, make_cast
from tests.casework.ledger.logs import SMALL, busy, configured
from tests.commands import Enduse, Ran, process
from tests.conftest import NOT_RUN

Cast = dict[str, Actor]
FLAT = ("deals_version", "deals_approval", "deals_release", "deals_comment", "register_entry", "people_person", "people_grant", "ledger_checkpoint")


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Cast:
    """An installation in a folder of its own, in a database that other processes see too."""
    if connection.vendor == "postgresql" and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip(f"{NOT_RUN} there is no `pg_dump` and `pg_restore` (PostgreSQL's client)")
    with configured(monkeypatch, tmp_path / "data"):
        begin_key()
    (tmp_path / "data" / "keys" / "secret").write_text("s" * 50)
    return make_cast(*SMALL)


@pytest.fixture
def empty_database() -> Iterator[dict[str, str]]:
    """Where a backup can be restored to: an environment with an empty database, where that is not a file in the folder."""
    if databases.kind() == "sqlite":
        yield {}
        return
    server = urlsplit(os.environ[databases.URL])
    name = f"enduse_restored_{os.getpid()}"
    with psycopg.connect(server.geturl(), autocommit=True) as there:
        there.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        there.execute(f"CREATE DATABASE {name}".encode())
        yield {"DATABASE_URL": server._replace(path=f"/{name}").geturl()}
        there.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def restored(file: Path, folder: Path, where: dict[str, str], *more: str) -> Ran:
    return process("restore", file, *more, "--json", "--lang", "en", environ={"ENDUSE_DATA": str(folder), **where})


def rows(table: str, folder: Path | None = None, where: Mapping[str, str] | None = None) -> list[Any]:
    """The rows of a table as they lie in the database of the run, or in a restored one."""
    statement = f"SELECT * FROM {table} ORDER BY id"
    held = connection.settings_dict
    if connection.vendor == "postgresql":
        here = urlsplit(os.environ[databases.URL])._replace(path=f"/{held['NAME']}").geturl()
        with psycopg.connect(where["DATABASE_URL"] if where else here) as there:
            return there.execute(statement.encode()).fetchall()
    with closing(sqlite3.connect(folder / "enduse.sqlite3" if folder else held["NAME"])) as lite:
        return lite.execute(statement).fetchall()


def attached(cast: Cast, deal: int, text: str) -> str:
    import io  # noqa: PLC0415

    kept = keep(settings.CONFIG.data / "attachments", io.BytesIO(text.encode()), name="note.txt", limit_mb=1)
    files.attach(deal, by=cast["anna"], seen=None, stage="evidence", name=kept.name, digest=kept.digest, size=kept.size, media_type=kept.media_type)
    return kept.digest


@pytest.mark.parametrize("name", ["backup.tar", "backup.tar.gz", "backup"])
def test_what_was_backed_up_is_restored_whole(enduse: Enduse, running: Cast, tmp_path: Path, empty_database: dict[str, str], name: str) -> None:
    busy(running)
    for number in range(3):
        attached(running, imported(running["anna"], reference=f"A-{number}").deal.pk, f"paper {number}")
    checkpoint(by=running["anna"])
    ran = enduse("backup", tmp_path / name, "--json")
    assert ran.answer["lacking"] == ["sha256:" + "a" * 64]  # which `busy` only names
    assert (ran.code, ran.answer["records"]) == (3, Record.objects.count())
    done = restored(tmp_path / name, tmp_path / "other", empty_database)
    assert (done.code, done.answer["problems"], done.answer["records"]) == (0, [], ran.answer["records"]), done
    for table in FLAT:
        assert rows(table, tmp_path / "other", empty_database) == rows(table), table
    assert all_files(tmp_path / "other") == all_files(tmp_path / "data")
    verified = process("ledger", "verify", "--json", environ={"ENDUSE_DATA": str(tmp_path / "other"), **empty_database})
    assert (verified.code, verified.answer["verified"], verified.answer["uncompared"]) == (0, True, 0)
    assert verified.answer["root"] == ran.answer["root"]


def all_files(folder: Path) -> dict[str, bytes]:
    """What lies in a data folder beside the database."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if not name.startswith("enduse.sqlite3")}


def test_it_is_consistent_while_everybody_works(enduse: Enduse, running: Cast, tmp_path: Path, empty_database: dict[str, str]) -> None:
    deal = imported(running["anna"]).deal.pk
    stop = threading.Event()
    made: list[str] = []

    def work() -> None:
        try:
            while not stop.is_set():
                made.append(attached(running, deal, f"paper {len(made)}"))
                imported(running["anna"], reference=f"W-{len(made)}")
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        while len(made) < 2:
            stop.wait(0.01)
        before = len(made)
        ran = enduse("backup", tmp_path / "backup.tar", "--json")
    finally:
        stop.set()
        thread.join()
    assert (ran.code, ran.answer["lacking"]) == (0, [])
    assert before <= ran.answer["records"] < Record.objects.count()
    done = restored(tmp_path / "backup.tar", tmp_path / "other", empty_database)
    assert (done.code, done.answer["problems"]) == (0, []), done
    verified = process("ledger", "verify", "--json", environ={"ENDUSE_DATA": str(tmp_path / "other"), **empty_database})
    assert (verified.code, verified.answer["records"]) == (0, ran.answer["records"])


def test_it_is_for_its_owner_alone_and_says_what_is_in_it(enduse: Enduse, running: Cast, tmp_path: Path) -> None:
    ran = enduse("backup", tmp_path / "backup.tar")
    assert (ran.code, "private keys" in ran.out) == (0, True)
    assert (tmp_path / "backup.tar").stat().st_mode & 0o777 == 0o600
    with tarfile.open(tmp_path / "backup.tar") as tar:
        held = {member.name: member for member in tar}
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert {"manifest.json", "data/keys/checkpoint.pem", "data/keys/secret"} < set(held)
    assert all(member.mode == 0o600 for member in held.values())
    assert manifest["private_keys"] is True
    assert set(manifest["files"]) == set(held) - {"manifest.json"}
    assert list(tmp_path.glob(".backup-*")) == []


def test_nothing_is_written_over_nor_inside_of_what_is_copied(enduse: Enduse, running: Cast, tmp_path: Path) -> None:
    (tmp_path / "there.tar").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    for target in ("there.tar", "full", "data/backup.tar", "data", "backup.zip", "there.tar/backup.tar"):
        ran = enduse("backup", tmp_path / target)
        assert (ran.code, ran.out) == (2, ""), target
    assert (tmp_path / "there.tar").read_text() == "mine"


def test_keys_and_checkpoints_that_are_kept_elsewhere_come_along(
    enduse: Enduse, running: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_database: dict[str, str]
) -> None:
    away = tmp_path / "away"
    with configured(monkeypatch, tmp_path / "data", checkpoint_key=away / "key.pem", checkpoint_folder=away / "points"):
        (tmp_path / "data" / "keys" / "checkpoint.pem").unlink()
        begin_key()
    made = checkpoint(by=running["anna"])
    assert made.file is not None
    assert enduse("backup", tmp_path / "backup").code == 0
    assert restored(tmp_path / "backup", tmp_path / "other", empty_database).code == 0
    assert (tmp_path / "other/keys/checkpoint.pem").read_bytes() == (away / "key.pem").read_bytes()
    assert (tmp_path / "other/checkpoints" / made.file.name).read_text() == made.note
