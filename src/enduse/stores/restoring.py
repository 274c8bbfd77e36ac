"""Restoring a backup: taken apart and checked beside what is there, then put in its place whole; what was there is moved aside, never deleted."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enduse.formats.problems import BadInput, Problem
from enduse.stores import dumps
from enduse.stores.backups import ASIDE, DATA, STAGE, Manifest, Progress, unpack
from enduse.stores.dumps import Database

_BESIDE = ("", "-wal", "-shm", "-journal")
_TRIFLES = {"secret"}  # made by any command that starts here


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where what was there before is now."""

    manifest: Manifest
    folder: Path
    aside: tuple[str, ...]


def restore(
    source: Path, *, folder: Path, database: Database, version: str, stamp: str, over: bool = False, progress: Progress | None = None
) -> Restored:
    """Restore a backup into the data folder and the database; `stamp` names what is moved aside.

    Raises BadInput, and then everything is as it was: there are data already and they are not to be replaced (`over`), the backup
    is not whole, of another kind of database, or of a newer program; the place cannot be written.
    """
    full = has_data(folder, database)
    if full and not over:
        raise BadInput(Problem("restore.has_data", values={"where": full}))
    if not source.exists():
        raise BadInput(Problem("file.absent", values={"file": str(source)}, file=str(source)))
    was_there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=folder))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        manifest = unpack(source, stage, progress)
        _fits(manifest, source, stage, database, version)
        aside = _swap(stage, manifest, folder, database, stamp, keep=bool(full))
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if not was_there:
            with suppress(OSError):
                folder.rmdir()  # only where nothing came of it
    return Restored(manifest, folder, tuple(aside))


def has_data(folder: Path, database: Database) -> str:
    """Where there are data already; empty where there are none."""
    if database.engine == "sqlite":
        path = Path(database.name)
        if path.is_file() and path.stat().st_size:
            return str(path)
    elif not dumps.empty(database):
        return database.name
    if not folder.is_dir():
        return ""
    held = (path for path in folder.rglob("*") if path.is_file() and path.name not in _TRIFLES and _counts(folder, path, database))
    return str(folder) if next(held, None) else ""


def _counts(folder: Path, path: Path, database: Database) -> bool:
    """Whether a file in the data folder is of the installation: not what a restore moved aside, nor an empty database."""
    top = path.relative_to(folder).parts[0]
    return not top.startswith((ASIDE, STAGE)) and str(path) not in {database.name + end for end in _BESIDE}


def _fits(manifest: Manifest, source: Path, stage: Path, database: Database, version: str) -> None:
    """Whether the backup can be restored here, and its database is whole."""
    if manifest.engine != database.engine:
        raise BadInput(Problem("backup.other_engine", values={"theirs": manifest.engine, "ours": database.engine}))
    if _numbers(manifest.enduse) > _numbers(version):
        raise BadInput(Problem("backup.newer", values={"theirs": manifest.enduse, "ours": version}))
    if wrong := dumps.check(stage / manifest.database, manifest.engine, manifest.records, manifest.root):
        raise BadInput(Problem("backup.broken", values={"file": str(source), "got": "got.backup_database", "value": wrong}))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def _swap(stage: Path, manifest: Manifest, folder: Path, database: Database, stamp: str, *, keep: bool) -> list[str]:
    """Move what is there aside and what was restored in; everything back where that fails. Where what was there is now."""
    undo: list[Callable[[], object]] = []
    aside = folder / f"{ASIDE}{stamp}" if keep else stage / "former"
    told: list[str] = []
    try:
        former = [path for path in folder.iterdir() if path != stage and not path.name.startswith((ASIDE, STAGE))]
        if former:
            aside.mkdir()
            undo.append(aside.rmdir)
            told += [str(aside)] * keep
        for path in former:
            _move(path, aside / path.name, undo)
        for path in (stage / DATA).iterdir() if (stage / DATA).is_dir() else ():
            _move(path, folder / path.name, undo)
        if manifest.engine == "sqlite":
            told += _place(stage / manifest.database, Path(database.name), stamp, undo)
        else:
            schema = None if dumps.empty(database) else f"{dumps.ASIDE}{stamp.lower()}"
            dumps.load(stage / manifest.database, database, schema)
            told += [f"{database.name}: {schema}"] * bool(schema)
    except BaseException:
        for back in reversed(undo):
            back()
        raise
    return told


def _place(file: Path, path: Path, stamp: str, undo: list[Callable[[], object]]) -> list[str]:
    """Put SQLite's file where the configuration says; one that stands there, outside of the data folder, is moved aside beside it."""
    told = []
    for end in _BESIDE:
        held = Path(f"{path}{end}")
        if held.exists():
            _move(held, held.with_name(f"{path.name}.{ASIDE}{stamp}{end}"), undo)
            told.append(f"{path}.{ASIDE}{stamp}")
    path.parent.mkdir(parents=True, exist_ok=True)
    _move(file, path, undo)
    return told[:1]


def _move(path: Path, to: Path, undo: list[Callable[[], object]]) -> None:
    shutil.move(path, to)
    undo.append(lambda: shutil.move(to, path))


def _unwritable(folder: Path, error: OSError) -> BadInput:
    return BadInput(Problem("data.unwritable", values={"folder": str(folder), "why": error.strerror or str(error)}))
