"""Held lists: a snapshot of each list as it was taken in, whole or not at all; a good one is never replaced by half of one.

`ENDUSE_DATA/lists/<list>/<digest>/` holds the publisher's files as they came, the entries as read, and what is known of both.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from enduse.domain.screening.entity import Entity
from enduse.formats.list_entries import entry_from, entry_line
from enduse.formats.problems import BadInput, Problem
from enduse.sources.source import File, Read, Source

FOLDER, ENTRIES, ABOUT = "lists", "entries.jsonl.gz", "list.json"
FORMAT = "enduse/list-1"
SHRUNK = 0.5  # a list with fewer than half of the entries held did not arrive whole, as far as anybody can tell


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A list as it was taken in: whose, of which day, of which bytes, how much of it, and what was not taken over and why."""

    source: str
    publisher: str
    digest: str  # of all files, in their order
    published: date | None  # the day that the publisher gives it
    taken: datetime
    files: tuple[tuple[str, str, int], ...]  # name, digest, bytes
    counted: int
    entries: int
    skipped: tuple[tuple[str, int], ...]  # codes and how often, in order

    @property
    def day(self) -> date:
        """The day that the list is of: the publisher's, else the one on which it was taken in."""
        return self.published or self.taken.date()


def keep(source: Source, files: Sequence[File], *, at: datetime, data: Path, smaller: bool = False) -> tuple[Snapshot, Read]:
    """Take a list in. Raises BadInput where the files are no such list, or hold so few entries that half seems to be missing.

    What is held already is given back as it is held. `smaller` takes a list that has shrunk: somebody has looked.
    """
    read = source.read(files)
    digest = digest_of(files)
    folder = data / FOLDER / source.word / digest.removeprefix("sha256:")[:32]
    if (folder / ABOUT).is_file():
        return _about(folder / ABOUT), read
    before = latest(data, source.word)
    if before is not None and not smaller and len(read.entities) < before.entries * SHRUNK:
        values = {"list": source.word, "count": len(read.entities), "before": before.entries, "day": before.day.isoformat()}
        raise BadInput(Problem("list.shrunk", values=values))
    codes: dict[str, int] = {}
    for one in read.skipped:
        codes[one.code] = codes.get(one.code, 0) + 1
    snapshot = Snapshot(
        source=source.word,
        publisher=source.publisher,
        digest=digest,
        published=read.published,
        taken=at,
        files=tuple((file.name, f"sha256:{hashlib.sha256(file.data).hexdigest()}", len(file.data)) for file in files),
        counted=read.counted,
        entries=len(read.entities),
        skipped=tuple(sorted(codes.items())),
    )
    _write(folder, snapshot, files, read)
    return snapshot, read


def digest_of(files: Sequence[File]) -> str:
    """The SHA-256 of a set of files: of their digests, in their order."""
    return f"sha256:{hashlib.sha256(b''.join(hashlib.sha256(file.data).digest() for file in files)).hexdigest()}"


def held(data: Path) -> list[Snapshot]:
    """The newest snapshot of each list that is held, by the lists' words."""
    words = sorted(folder.name for folder in (data / FOLDER).glob("*") if folder.is_dir())
    return [snapshot for word in words if (snapshot := latest(data, word)) is not None]


def latest(data: Path, word: str) -> Snapshot | None:
    """The newest snapshot of a list: of the latest day, of those the one taken in last; None where none is held."""
    return max(snapshots(data, word), key=lambda one: (one.day, one.taken, one.digest), default=None)


def snapshots(data: Path, word: str) -> list[Snapshot]:
    """All snapshots of a list, oldest first. Raises BadInput where one cannot be read: a list that is half there is none."""
    found = [_about(path) for path in sorted((data / FOLDER / word).glob(f"*/{ABOUT}"))]
    return sorted(found, key=lambda one: (one.day, one.taken, one.digest))


def entities(data: Path, snapshot: Snapshot) -> Iterator[Entity]:
    """The entries of a snapshot, in the publisher's order. Raises BadInput where they are not those that were kept."""
    path = data / FOLDER / snapshot.source / snapshot.digest.removeprefix("sha256:")[:32] / ENTRIES
    count = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                count += 1
                yield entry_from(line)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, str(error)) from error
    if count != snapshot.entries:
        raise _damaged(path, f"{count} != {snapshot.entries}")


def _write(folder: Path, snapshot: Snapshot, files: Sequence[File], read: Read) -> None:
    """The folder of a snapshot, whole or not at all: made beside its place and moved there."""
    about: dict[str, Any] = {"format": FORMAT, **asdict(snapshot), "published": snapshot.published and snapshot.published.isoformat()}
    about |= {"taken": snapshot.taken.isoformat(), "not_taken_over": [asdict(one) for one in read.skipped]}
    half: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=".half-", dir=folder.parent))
        (half / "files").mkdir()
        for number, file in enumerate(files):
            (half / "files" / f"{number}").write_bytes(file.data)  # the name is the publisher's or anybody's: it stands in `list.json` alone
        with gzip.GzipFile(half / ENTRIES, "wb", mtime=0) as stream:
            for entity in read.entities:
                stream.write((entry_line(entity) + "\n").encode())
        (half / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")
        half.rename(folder)
    except OSError as error:
        if half is not None:
            shutil.rmtree(half, ignore_errors=True)
        if (folder / ABOUT).is_file():  # somebody else took the same files in at the same moment
            return
        raise BadInput(Problem("data.unwritable", values={"folder": str(folder.parent), "why": error.strerror or str(error)})) from error


def _about(path: Path) -> Snapshot:
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        return Snapshot(
            source=data["source"],
            publisher=data["publisher"],
            digest=data["digest"],
            published=date.fromisoformat(data["published"]) if data["published"] else None,
            taken=datetime.fromisoformat(data["taken"]),
            files=tuple((str(name), str(digest), int(size)) for name, digest, size in data["files"]),
            counted=int(data["counted"]),
            entries=int(data["entries"]),
            skipped=tuple((str(code), int(count)) for code, count in data["skipped"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, why: str) -> BadInput:
    return BadInput(Problem("list.damaged", values={"why": why}, file=str(path)))


def sweep(data: Path, before: datetime) -> None:
    """Remove what half-written snapshots left behind before a moment."""
    for half in (data / FOLDER).glob("*/.half-*"):
        with suppress(OSError):
            if half.stat().st_mtime < before.timestamp():
                shutil.rmtree(half, ignore_errors=True)
