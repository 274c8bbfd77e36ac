"""The database as one file and back: a copy of SQLite's taken while it is written to, a dump of PostgreSQL's by its own programs."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import psycopg
from psycopg.conninfo import make_conninfo

from enduse.domain.ledger import Frontier
from enduse.formats.problems import BadInput, Problem

WAIT_SECONDS = 20
ASIDE = "before_"  # schemas that a restore moved aside; no backup holds them
_HEAD = "SELECT size, frontier FROM ledger_head WHERE id = 1"
_ATTACHED = "SELECT DISTINCT digest FROM deals_attachment"


class Database(Protocol):
    """Where the records live, as the configuration says it."""

    @property
    def engine(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> str: ...
    @property
    def options(self) -> Mapping[str, str] | None: ...


@dataclass(frozen=True, slots=True)
class Dumped:
    """A database as a file, and what stood in it at that moment: the ledger's size and root, the attachments that it names."""

    file: Path
    version: str
    size: int
    root: str
    attachments: frozenset[str]


def dump(database: Database, folder: Path) -> Dumped:
    """The database as it stands at one moment, as a file in `folder`. Nobody who writes has to wait. Raises BadInput."""
    return _copy(Path(database.name), folder) if database.engine == "sqlite" else _dump(database, folder)


def _copy(path: Path, folder: Path) -> Dumped:
    if not path.is_file():
        raise BadInput(Problem("backup.no_database", values={"file": str(path)}))
    file = folder / "enduse.sqlite3"
    try:
        with closing(sqlite3.connect(_uri(path, "rw"), uri=True, timeout=WAIT_SECONDS)) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)  # in one step: a reader's view, whatever is written meanwhile
            target.execute("PRAGMA journal_mode = DELETE")  # so that the copy is one file
            size, root = _head(target.execute(_HEAD).fetchone())
            return Dumped(file, sqlite3.sqlite_version, size, root, _digests(target.execute(_ATTACHED)))
    except sqlite3.Error as error:
        raise _unreadable(error) from error


def _dump(database: Database, folder: Path) -> Dumped:
    file = folder / "enduse.dump"
    try:
        with psycopg.connect(conninfo(database), password=database.password or None) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            (moment,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            size, root = _head(connection.execute(_HEAD).fetchone())
            attachments = _digests(connection.execute(_ATTACHED))
            version = connection.info.server_version // 10_000
            arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*", f"--snapshot={moment}", f"--file={file}"]
            _run(program("pg_dump", version), [*arguments, f"--dbname={conninfo(database)}"], database)
            return Dumped(file, connection.info.parameter_status("server_version") or str(version), size, root, attachments)
    except psycopg.Error as error:
        raise _unreadable(error) from error


def check(file: Path, engine: str, size: int, root: str) -> str | None:
    """What is wrong with a database's file before it is put anywhere; None where it is whole and its ledger as said."""
    if engine != "sqlite":
        try:
            _run(program("pg_restore", 0), ["--list", str(file)], None)
        except BadInput as bad:
            return bad.problems[0].text("en")
        return None
    try:
        with closing(sqlite3.connect(_uri(file, "ro"), uri=True)) as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if said != "ok":
                return str(said)
            found = _head(connection.execute(_HEAD).fetchone())
    except (sqlite3.Error, BadInput) as error:
        return str(error)
    return None if found == (size, root) else f"{found[0]} records, root {found[1]}"


def empty(database: Database) -> bool:
    """Whether a PostgreSQL database holds no tables. Raises BadInput where it cannot be asked."""
    try:
        with psycopg.connect(conninfo(database), password=database.password or None) as connection:
            row = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").fetchone()
    except psycopg.Error as error:
        raise _unrestored(error) from error
    return row is not None and row[0] == 0


def load(file: Path, database: Database, aside: str | None) -> None:
    """Restore a dump into a PostgreSQL database; what is there is moved aside into the schema `aside`, and comes back where that fails."""
    try:
        with psycopg.connect(conninfo(database), password=database.password or None, autocommit=True) as connection:
            tool = program("pg_restore", connection.info.server_version // 10_000)
            if aside:
                _execute(connection, "SET lock_timeout = '10s'", f'ALTER SCHEMA public RENAME TO "{aside}"', "CREATE SCHEMA public")
            try:
                arguments = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
                _run(tool, [*arguments, f"--dbname={conninfo(database)}", str(file)], database)
            except BadInput as bad:
                if aside:
                    _execute(connection, "DROP SCHEMA public CASCADE", f'ALTER SCHEMA "{aside}" RENAME TO public')
                raise BadInput(Problem("restore.database", values={"why": bad.problems[0].text("en")})) from bad
    except psycopg.Error as error:
        raise _unrestored(error) from error


def _execute(connection: psycopg.Connection[Any], *statements: str) -> None:
    with connection.transaction():
        for statement in statements:
            connection.execute(statement.encode())


def conninfo(database: Database) -> str:
    """How PostgreSQL's own programs find the database; the password is told them apart, where nobody sees it."""
    named = {"dbname": database.name, "user": database.user, "host": database.host, "port": database.port}
    return make_conninfo(**{key: value for key, value in named.items() if value}, **(database.options or {}))


def program(name: str, least: int) -> str:
    """The newest program of this name that is installed, of at least that version. Raises BadInput where there is none."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(re.sub(r"\D", "", str(place)) or 0), reverse=True)
    places = [*map(str, newest), *os.environ.get("PATH", os.defpath).split(os.pathsep)]
    for place in places:
        if (found := shutil.which(name, path=place)) and _major(found) >= least:
            return found
    raise BadInput(Problem("backup.no_program", values={"program": name, "version": least or ""}))


def _major(found: str) -> int:
    try:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=WAIT_SECONDS).stdout
    except (OSError, subprocess.SubprocessError):
        return -1
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else -1


def _run(tool: str, arguments: list[str], database: Database | None) -> None:
    environ = dict(os.environ) | ({"PGPASSWORD": database.password} if database and database.password else {})
    try:
        done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False, env=environ, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise BadInput(Problem("backup.program", values={"program": tool, "why": str(error)})) from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise BadInput(Problem("backup.program", values={"program": Path(tool).name, "why": last}))


def _head(row: tuple[Any, ...] | None) -> tuple[int, str]:
    try:
        size, frontier = row or (0, "")
        return int(size), Frontier.from_text(frontier).root().hex()
    except (ValueError, AttributeError, TypeError) as error:
        raise BadInput(Problem("backup.database", values={"why": f"ledger_head: {error}"})) from error


def _digests(rows: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    return frozenset(str(digest) for (digest,) in rows)


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def _unreadable(error: Exception) -> BadInput:
    return BadInput(Problem("backup.database", values={"why": " ".join(str(error).split())}))


def _unrestored(error: Exception) -> BadInput:
    return BadInput(Problem("restore.database", values={"why": " ".join(str(error).split())}))
