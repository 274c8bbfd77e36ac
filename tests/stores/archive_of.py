"""A small installation without Django: a database with a ledger's head, files beside it, and a backup of both."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from enduse.config.environment import Database
from enduse.domain.ledger import Frontier, leaf_hash
from enduse.stores.backups import Backup, back_up

DIGEST = "sha256:" + "ab" * 32
FRONTIER = Frontier().append(leaf_hash(b"one")).append(leaf_hash(b"two"))


def installation(folder: Path) -> Database:
    """A data folder with a database of two records and one attachment."""
    folder.mkdir(parents=True)
    database = Database("sqlite", str(folder / "enduse.sqlite3"))
    with closing(sqlite3.connect(database.name)) as connection:
        connection.executescript(
            "PRAGMA journal_mode = WAL;"
            "CREATE TABLE ledger_head (id INTEGER PRIMARY KEY, size INTEGER, frontier TEXT);"
            "CREATE TABLE deals_attachment (digest TEXT); CREATE TABLE words (word TEXT);"
        )
        connection.execute("INSERT INTO ledger_head VALUES (1, 2, ?)", [FRONTIER.to_text()])
        connection.execute("INSERT INTO deals_attachment VALUES (?)", [DIGEST])
        connection.execute("INSERT INTO words VALUES ('kept')")
        connection.commit()
    held = {"keys/secret": b"s", "keys/checkpoint.pem": b"k", f"attachments/ab/ab/{'ab' * 32}": b"paper", "checkpoints/one.txt": b"note"}
    for name, data in held.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return database


def made(folder: Path, name: str = "backup.tar", version: str = "0.1.0") -> Backup:
    """A backup of a small installation, both in `folder`."""
    data = folder / "source"
    database = installation(data) if not data.exists() else Database("sqlite", str(data / "enduse.sqlite3"))
    return back_up(folder / name, data=data, database=database, elsewhere={}, version=version, made="2026-11-22T20:00:00.000000Z")


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None], *more: tarfile.TarInfo) -> Path:
    """An archive with members changed, taken out (None) or put in."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for info in more:
            new.addfile(info, io.BytesIO(b"x" * info.size))
        for member in old:
            stream = old.extractfile(member)
            if stream is not None and (kept := change(member.name, stream.read())) is not None:
                entry = tarfile.TarInfo(kept[0])
                entry.size = len(kept[1])
                new.addfile(entry, io.BytesIO(kept[1]))
    return target


def word(file: Path) -> str:
    """The word that the database of such an installation holds."""
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT word FROM words").fetchone()[0])
