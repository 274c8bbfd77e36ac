"""`enduse restore`: what it says and with which exit code; `test_backup.py` compares what comes back."""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from enduse.casework.people.actor import Actor
from tests.casework.ledger.logs import small
from tests.cli.test_backup import empty_database, restored, running
from tests.commands import Enduse, process

__all__ = ["empty_database", "running"]
Cast = dict[str, Actor]


def test_what_is_there_is_replaced_only_when_asked_and_kept_aside(
    enduse: Enduse, running: Cast, tmp_path: Path, empty_database: dict[str, str]
) -> None:
    small(running)
    enduse("backup", tmp_path / "backup.tar")
    assert restored(tmp_path / "backup.tar", tmp_path / "other", empty_database).code == 0
    again = restored(tmp_path / "backup.tar", tmp_path / "other", empty_database)
    assert (again.code, again.out, "--replace" in again.err) == (2, "", True)
    over = restored(tmp_path / "backup.tar", tmp_path / "other", empty_database, "--replace")
    assert (over.code, over.answer["problems"]) == (0, [])
    (aside, *schema) = over.answer["aside"]
    assert (Path(aside) / "keys" / "checkpoint.pem").exists()
    assert [len(schema), (Path(aside) / "enduse.sqlite3").exists()] == ([1, False] if empty_database else [0, True])
    third = restored(tmp_path / "backup.tar", tmp_path / "other", empty_database, "--replace")
    assert (third.code, third.answer["problems"]) == (0, [])


def test_it_is_told_to_people(enduse: Enduse, running: Cast, tmp_path: Path, empty_database: dict[str, str]) -> None:
    enduse("backup", tmp_path / "backup")
    environ = {"ENDUSE_DATA": str(tmp_path / "unused"), **empty_database}
    ran = process("restore", tmp_path / "backup", "--into", tmp_path / "other", "--lang", "ru", environ=environ)
    assert (ran.code, "Восстановлено" in ran.out, "проверен целиком" in ran.out) == (0, True, True), ran
    assert str(tmp_path / "other") in ran.out
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize("what", ["absent", "text", "cut"])
def test_a_bad_backup_is_a_bad_question_and_nothing_is_begun(
    enduse: Enduse, running: Cast, tmp_path: Path, empty_database: dict[str, str], what: str
) -> None:
    enduse("backup", tmp_path / "backup.tar")
    (tmp_path / "text").write_text("no backup at all")
    (tmp_path / "cut").write_bytes((tmp_path / "backup.tar").read_bytes()[:30_000])
    ran = restored(tmp_path / what, tmp_path / "other", empty_database)
    assert (ran.code, ran.out, ran.err.startswith("Error: ")) == (2, "", True)
    assert not (tmp_path / "other").exists()
    assert restored(tmp_path / "backup.tar", tmp_path / "other", empty_database).code == 0


def changed(source: Path, target: Path, *statements: str) -> None:
    """A backup whose database was changed before it was packed again, its manifest put right, as an owner of it can."""
    import hashlib  # noqa: PLC0415
    import json  # noqa: PLC0415

    folder = target.with_suffix("")
    with tarfile.open(source) as tar:
        if hasattr(tarfile, "data_filter"):  # Debian 12's Python is older than it
            tar.extraction_filter = tarfile.data_filter
        tar.extractall(folder)
    file = folder / "database" / "enduse.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["database/enduse.sqlite3"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    folder.rename(target)


def test_a_backup_that_lost_its_guards_or_was_tampered_with_is_restored_and_told(enduse: Enduse, running: Cast, tmp_path: Path) -> None:
    from django.db import connection  # noqa: PLC0415

    small(running)
    enduse("backup", tmp_path / "backup.tar")
    if connection.vendor != "sqlite":
        return  # a dump is no file that one edits; what is told is the same code
    changed(tmp_path / "backup.tar", tmp_path / "a", "DROP TRIGGER guard_deals_release_insert")
    ran = restored(tmp_path / "a", tmp_path / "one", {})
    assert (ran.code, [one["code"] for one in ran.answer["problems"]]) == (3, ["restore.guards"])
    assert "guard_deals_release_insert" in ran.answer["problems"][0]["text"]
    assert restored(tmp_path / "a", tmp_path / "one", {}, "--replace").code == 3
    with closing(sqlite3.connect(tmp_path / "one" / "enduse.sqlite3")) as held:
        assert held.execute("SELECT count(*) FROM sqlite_master WHERE name = 'guard_deals_release_insert'").fetchone() == (1,)
    changed(tmp_path / "backup.tar", tmp_path / "b", "DROP TRIGGER guard_ledger_record_update", "UPDATE ledger_record SET body = '{}'")
    ran = restored(tmp_path / "b", tmp_path / "two", {})
    assert (ran.code, [one["code"] for one in ran.answer["problems"]]) == (3, ["restore.guards", "ledger.tampered"])


def test_a_backup_of_the_other_kind_of_database_is_refused(enduse: Enduse, running: Cast, tmp_path: Path, empty_database: dict[str, str]) -> None:
    from django.db import connection  # noqa: PLC0415

    enduse("backup", tmp_path / "backup.tar")
    other = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"} if connection.vendor == "sqlite" else {}
    ran = restored(tmp_path / "backup.tar", tmp_path / "other", other)
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "other").exists()
