"""The database as one file: SQLite's here; PostgreSQL's programs where a database of theirs is there (see also `tests/cli/test_backup.py`)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from enduse.config.environment import Database
from enduse.formats.problems import BadInput
from enduse.stores import dumps
from tests.stores.archive_of import DIGEST, FRONTIER, installation, word


def test_a_copy_is_one_file_with_what_was_committed(tmp_path: Path) -> None:
    database = installation(tmp_path / "data")
    with closing(sqlite3.connect(database.name, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE words SET word = 'half done'")
        dumped = dumps.dump(database, tmp_path)
        writer.execute("COMMIT")
    assert (dumped.size, dumped.root, dumped.attachments) == (2, FRONTIER.root().hex(), frozenset({DIGEST}))
    assert word(dumped.file) == "kept"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("enduse.sqlite3")] == ["enduse.sqlite3"]


def test_a_file_is_checked_before_it_is_used(tmp_path: Path) -> None:
    database = installation(tmp_path / "data")
    file = dumps.dump(database, tmp_path).file
    root = FRONTIER.root().hex()
    assert dumps.check(file, "sqlite", 2, root) is None
    assert "2 records" in (dumps.check(file, "sqlite", 3, root) or "")
    file.write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert dumps.check(file, "sqlite", 2, root)


def test_a_database_without_a_ledger_is_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE other (x)")
    with pytest.raises(BadInput) as bad:
        dumps.dump(Database("sqlite", str(tmp_path / "other.db")), tmp_path)
    assert bad.value.problems[0].code == "backup.database"


def test_a_password_is_not_among_the_words_of_a_command() -> None:
    told = dumps.conninfo(Database("postgresql", "deals", "anna", "secret word", "db.example.org", "5433", {"sslmode": "require"}))
    assert "secret" not in told
    assert set(told.split()) == {"dbname=deals", "user=anna", "host=db.example.org", "port=5433", "sslmode=require"}


def test_a_program_that_is_not_there_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "_major", lambda found: 9)
    with pytest.raises(BadInput) as bad:
        dumps.program("pg_dump", 15)
    assert "postgresql-client" in bad.value.problems[0].text("en")


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    nowhere = Database("postgresql", "deals", "nobody", "", "127.0.0.1", "1")
    for call, code in ((lambda: dumps.dump(nowhere, tmp_path), "backup.database"), (lambda: dumps.empty(nowhere), "restore.database")):
        with pytest.raises(BadInput) as bad:
            call()
        assert bad.value.problems[0].code == code
