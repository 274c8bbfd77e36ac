"""Held lists: a snapshot of each list as it was taken in, whole or not at all; a good one is never replaced by half of one.

`ENDUSE_DATA/lists/<list>/<digest>/` holds the publisher's files as they came, the entries as read, and what is known of both; beside them,
and alone ever written anew, what became known later (`checked`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import tempfile
import time
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from enduse.domain.screening.entity import Entity, Schema
from enduse.formats.list_entries import entry_from, entry_line
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.own_rows import WORD as OWN
from enduse.sources.registry import SOURCES
from enduse.sources.source import File, Read, Source
from enduse.stores.checked import CHECKED, checked_in, confirm, known_of, tell

FOLDER, ENTRIES, ABOUT = "lists", "entries.jsonl.gz", "list.json"
HALF = ".half-"
FORMAT = "enduse/list-1"
SHRUNK = 0.5  # a list with fewer than half of the entries or names held did not arrive whole, as far as anybody can tell
SPOILT = frozenset({"skipped.damaged", "skipped.bytes", "skipped.width", "skipped.line", "skipped.record"})  # what went wrong under way
MOST_SPOILT, FEW_SPOILT = 0.01, 5  # of the entries; and so many are nothing yet
AHEAD = timedelta(days=2)  # a publisher's day may be ahead of ours by its time zone, not by more
_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


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
    kind: str = ""  # the source that reads it, where the list has a word of its own
    names: int = 0  # of all entries together; 0 where a snapshot is too old to say
    kept: str = ""  # the digest of the entries as they are kept; empty where a snapshot is too old to say
    checked: datetime | None = None  # when the publisher last gave out just these bytes, after `taken`
    by_hand: date | None = None  # the day that whoever brought it told, where the publisher gives none

    @property
    def seen(self) -> datetime:
        """When just these bytes were last given out, or brought here."""
        return self.checked or self.taken

    @property
    def current(self) -> date:
        """The last day of which we know that this was the list: its own, or a later one on which it was fetched and the same."""
        return max(self.day, self.checked.date()) if self.checked else self.day

    @property
    def hollow(self) -> bool:
        """Whether the files had something and none of it is here: whoever searches such a list finds nobody, and all seems well."""
        return not self.entries and bool(self.counted or self.skipped)

    @property
    def mostly_unread(self) -> bool:
        """Whether more entries of the files were left out than taken over; one that repeats another to the letter is not lost."""
        return self.counted - self.entries - dict(self.skipped).get("skipped.same", 0) > self.entries

    @property
    def day(self) -> date:
        """The day that the list is of: the publisher's, else the one told by hand, else the one on which it was taken in."""
        return self.published or self.by_hand or self.taken.date()

    @property
    def undated(self) -> bool:
        """Whether nobody has said of which day the list is: neither its publisher nor whoever brought it."""
        return self.published is None and self.by_hand is None


State = Literal["ok", "old", "missing", "damaged"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a list stands on a day. Only `ok` may be searched as if nothing were amiss: every other state is an error that blocks."""

    word: str
    state: State
    limit_days: int  # older than this it is `old`
    snapshot: Snapshot | None = None  # the newest one; None where the list is missing or damaged
    age_days: int | None = None  # since `current`
    why: str = ""  # what is damaged

    @property
    def current(self) -> date | None:
        """The last day of which we know that it was the publisher's list."""
        return self.snapshot.current if self.snapshot else None

    @property
    def problem(self) -> Problem | None:
        """Why the list may not be relied on and what to do; None where it is `ok`."""
        if self.state == "ok":
            return None
        values = {"list": self.word, "days": self.age_days, "limit": self.limit_days, "why": self.why}
        return Problem(f"list.{self.state}", values=values | {"day": self.current.isoformat() if self.current else ""})


def keep(
    source: Source,
    files: Sequence[File],
    *,
    at: datetime,
    data: Path,
    word: str = "",
    smaller: bool = False,
    damaged: bool = False,
    by_hand: date | None = None,
    fetched: Sequence[Mapping[str, str]] | None = None,
) -> tuple[Snapshot, Read]:
    """Take a list in, under a word of its own where one is given. What is held is given back as it is held; what of it is damaged is written anew.

    Raises BadInput where the files are no such list, where not one of their entries can be taken over, where they give a day to come,
    or are worse than what is held: half seems to be missing, much was spoilt under way, most could not be read.

    `smaller` and `damaged` take it all the same: somebody has looked. `by_hand` is the day that whoever brings it says it is of: refused
    where the files tell another, and where it is to come in the zone of `at`. `fetched` says that the publisher gave it out at `at`, and what it
    said of each file for the next time; a list older than the one held is then refused.
    """
    read = source.read(files)
    word = word or source.word
    if by_hand is not None:
        _refuse_told(word, by_hand, read.published, at.date())
    at = at.astimezone(UTC)
    if read.counted and not read.entities:  # whoever searches such a list finds nobody, and all seems well
        raise BadInput(Problem("list.no_entities", values={"list": word, "expected": get_args(Schema)}, file=files[0].name))
    digest = digest_of(files)
    folder = folder_of(data, word, digest)
    others, there = snapshots(data, word, besides=folder), _there(folder)
    found = sorted([*others, *([there] if isinstance(there, Snapshot) else [])], key=_order)
    if isinstance(there, BadInput) and others and (read.published or by_hand) in (None, others[-1].day):
        raise there  # which of them is the older one nobody can say
    held = there if isinstance(there, Snapshot) else None
    sound = held is not None and reads(data, held)
    snapshot = held if held is not None and sound else _described(source, word, digest, files, read, held.taken if held else at)
    if snapshot.published is None:
        snapshot = replace(snapshot, by_hand=by_hand or (held.by_hand if held else None))
    if fetched is not None and found:
        _refuse_older(snapshot, held, found[-1])
    if not sound:  # what is mended is held against itself, all else against the newest that held anything
        before = [one for one in ([held] if held else found) if not one.hollow] or [one for one in found if not one.hollow]
        _refuse_worse(snapshot, before[-1] if before else None, smaller=smaller, damaged=damaged)
        _write(folder, snapshot, files, read)
    brought_again = held is not None and read.published is None and snapshot.undated
    if fetched is not None or brought_again:  # whoever brings an undated list again says that it is still the list
        confirm(folder, at, fetched or ())
    elif snapshot.by_hand not in (None, _about(folder / ABOUT).by_hand):
        tell(folder, snapshot.by_hand)
    return _about(folder / ABOUT), read


def _there(folder: Path) -> Snapshot | BadInput | None:
    """What lies at a snapshot's place: it, or why nobody can say what it is; None where there is nothing."""
    try:
        return _about(folder / ABOUT) if folder.exists() else None
    except BadInput as error:
        return error


def _described(source: Source, word: str, digest: str, files: Sequence[File], read: Read, at: datetime) -> Snapshot:
    codes: dict[str, int] = {}
    for one in read.skipped:
        codes[one.code] = codes.get(one.code, 0) + 1
    return Snapshot(
        source=word,
        publisher=source.publisher,
        digest=digest,
        published=read.published,
        taken=at,
        files=tuple((file.name, f"sha256:{hashlib.sha256(file.data).hexdigest()}", len(file.data)) for file in files),
        counted=read.counted,
        entries=len(read.entities),
        skipped=tuple(sorted(codes.items())),
        kind=source.word,
        names=sum(len(entity.names) for entity in read.entities),
    )


def _refuse_older(new: Snapshot, there: Snapshot | None, held: Snapshot) -> None:
    """Raise BadInput where the publisher gave out a list of an earlier day than the one held, or just the bytes of one held before it."""
    if new.published is not None and not held.undated and new.published < held.day:
        raise BadInput(Problem("list.older", values={"list": new.source, "day": new.day.isoformat(), "held": held.day.isoformat()}))
    if there is not None and there.digest != held.digest:  # a mirror that lags behind; no day in the list tells
        values = {"list": new.source, "day": there.seen.date().isoformat(), "held": held.seen.date().isoformat()}
        raise BadInput(Problem("list.older.again", values=values))


def _refuse_told(word: str, told: date, published: date | None, today: date) -> None:
    """Raise BadInput where somebody tells another day than the files do, or a day to come: such a list would never grow old."""
    values = {"list": word, "given": told.isoformat()}
    if published not in (None, told):
        raise BadInput(Problem("list.published.other", values=values | {"day": published.isoformat()}))
    if told > today:
        raise BadInput(Problem("list.published.future", values=values | {"today": today.isoformat()}))


def _refuse_worse(new: Snapshot, held: Snapshot | None, *, smaller: bool, damaged: bool) -> None:
    """Raise BadInput where a list may not stand in for the one held, or may not be a first one."""
    values: dict[str, object] = {"list": new.source, "day": new.day.isoformat(), "entries": new.entries, "names": new.names}
    if new.published is not None and new.published > (new.taken + AHEAD).date():
        raise BadInput(Problem("list.future", values=values | {"today": new.taken.date().isoformat()}))
    if held is not None:
        values |= {"before": held.entries, "names_before": held.names, "held": held.day.isoformat()}
        if not smaller and (new.entries < held.entries * SHRUNK or new.names < held.names * SHRUNK):
            raise BadInput(Problem("list.shrunk", values=values))
        spoilt, spoilt_before = (sum(count for code, count in one.skipped if code in SPOILT) for one in (new, held))
        if not damaged and spoilt > max(FEW_SPOILT, new.entries * MOST_SPOILT, spoilt_before * 2):
            raise BadInput(Problem("list.spoilt", values=values | {"count": spoilt, "count_before": spoilt_before}))
    if new.mostly_unread and not damaged and not (held is not None and held.mostly_unread):  # a first list has none to be held against
        raise BadInput(Problem("list.mostly_unread", values=values | {"counted": new.counted}))


def folder_of(data: Path, word: str, digest: str) -> Path:
    """Where a snapshot lies."""
    return data / FOLDER / word / digest.removeprefix("sha256:")[:32]


def files_of(data: Path, snapshot: Snapshot) -> list[File]:
    """The files of a snapshot as they came. Raises BadInput where they are not those that were kept."""
    return [file_of(data, snapshot, number) for number in range(len(snapshot.files))]


def file_of(data: Path, snapshot: Snapshot, number: int) -> File:
    """One file of a snapshot as it came, by its place among them. Raises BadInput where it is not the one that was kept."""
    name, digest, _ = snapshot.files[number]
    path = folder_of(data, snapshot.source, snapshot.digest) / "files" / str(number)
    try:
        held = path.read_bytes()
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from error
    if f"sha256:{hashlib.sha256(held).hexdigest()}" != digest:
        raise _damaged(path, digest)
    return File(name, held)


def reads(data: Path, snapshot: Snapshot) -> bool:
    """Whether a snapshot can be relied on as it lies there: every file as it came, every entry, and not none where there were some."""
    try:
        for number in range(len(snapshot.files)):
            file_of(data, snapshot, number)
        for _ in entities(data, snapshot):
            pass
    except BadInput:
        return False
    return not snapshot.hollow


def own_word(word: str) -> str:
    """A word for a list of the organisation's own. Raises BadInput where it is that of a published list, or will not do for a folder."""
    if word in SOURCES or len(word) > 40 or not _WORD.fullmatch(word):
        raise BadInput(Problem("list.word" if word not in SOURCES else "list.word.taken", values={"list": short(word)}))
    return word


def digest_of(files: Sequence[File]) -> str:
    """The SHA-256 of a set of files: of their digests, in their order."""
    return f"sha256:{hashlib.sha256(b''.join(hashlib.sha256(file.data).digest() for file in files)).hexdigest()}"


def held(data: Path) -> list[Snapshot]:
    """The newest snapshot of each list that is held, by the lists' words."""
    return [snapshot for word in held_words(data) if (snapshot := latest(data, word)) is not None]


def held_words(data: Path) -> list[str]:
    """The words of the lists that have a folder, in order; whether it holds a snapshot is not asked."""
    return sorted(folder.name for folder in (data / FOLDER).glob("*") if folder.is_dir())


def latest(data: Path, word: str) -> Snapshot | None:
    """The newest snapshot of a list: of the latest day, of those the one seen last; None where none is held."""
    return next(iter(reversed(snapshots(data, word))), None)


def snapshots(data: Path, word: str, *, besides: Path | None = None) -> list[Snapshot]:
    """All snapshots of a list, oldest first, `besides` one folder. Raises BadInput where one cannot be read: a list that is half there is none."""
    paths = sorted((data / FOLDER / word).glob(f"*/{ABOUT}"))
    return sorted((_about(path) for path in paths if path.parent != besides and not path.parent.name.startswith(HALF)), key=_order)


def _order(one: Snapshot) -> tuple[date, datetime, str]:
    return one.published or one.current, one.seen, one.digest


def snapshot_of(data: Path, word: str, digest: str) -> Snapshot | None:
    """The snapshot of a list with this digest; None where it is not held. Raises BadInput as `snapshots` does."""
    return next((one for one in snapshots(data, word) if one.digest == digest), None)


def standing(data: Path, words: Collection[str] | None = None, *, at: date, limits: Mapping[str, int] | None = None) -> list[Standing]:
    """How lists stand on a day, each told, none left out: those of these words in their order, else all that are held.

    `limits` are the most days by the lists' words; without one there it is the source's (an own list's is that of `csv`).
    Never raises for what is wrong with a list: that is its state. Whether every entry can be read is told by `entities` alone.
    """
    wanted = list(dict.fromkeys(words)) if words is not None else held_words(data)
    return [_stands(data, word, at, (limits or {}).get(word)) for word in wanted]


def entities(data: Path, snapshot: Snapshot) -> Iterator[Entity]:
    """The entries of a snapshot, in the publisher's order. Raises BadInput where they are not those that were kept."""
    path = folder_of(data, snapshot.source, snapshot.digest) / ENTRIES
    count, read = 0, hashlib.sha256()
    try:
        with gzip.open(path) as lines:
            for line in lines:
                count += 1
                read.update(line)
                yield entry_from(line.decode())
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, str(error)) from error
    if count != snapshot.entries:
        raise _damaged(path, f"{count} != {snapshot.entries}")
    if snapshot.kept and snapshot.kept != f"sha256:{read.hexdigest()}":
        raise _damaged(path, f"sha256:{read.hexdigest()} != {snapshot.kept}")


def _stands(data: Path, word: str, at: date, limit: int | None) -> Standing:
    default = SOURCES[word if word in SOURCES else OWN].max_age_days
    try:
        snapshot = latest(data, word)
    except BadInput as error:
        return Standing(word, "damaged", limit or default, why=error.problems[0].where)
    if snapshot is None:
        return Standing(word, "missing", limit or default)
    entries = folder_of(data, word, snapshot.digest) / ENTRIES
    most = limit or SOURCES.get(snapshot.kind, SOURCES[OWN]).max_age_days
    if not entries.is_file():
        return Standing(word, "damaged", most, why=str(entries))
    if snapshot.hollow:  # kept by a version that did not look
        return Standing(word, "damaged", most, why=f"{entries.with_name(ABOUT)} (0 / {snapshot.counted})")
    age = max(0, (at - snapshot.current).days)
    return Standing(word, "old" if age > most else "ok", most, snapshot, age)


def _write(folder: Path, snapshot: Snapshot, files: Sequence[File], read: Read) -> None:
    """The folder of a snapshot, whole or not at all: made beside its place and moved there; one that is there and damaged is mended."""
    about: dict[str, Any] = {"format": FORMAT, **asdict(snapshot), "published": snapshot.published and snapshot.published.isoformat()}
    del about["checked"], about["by_hand"]  # they have a file of their own
    about |= {"taken": snapshot.taken.isoformat(), "not_taken_over": [asdict(one) for one in read.skipped]}
    half: Path | None = None
    mend = folder.exists()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=HALF, dir=folder.parent))
        (half / "files").mkdir()
        for number, file in enumerate(files):
            (half / "files" / f"{number}").write_bytes(file.data)  # the name is the publisher's or anybody's: it stands in `list.json` alone
        kept = hashlib.sha256()
        with gzip.GzipFile(half / ENTRIES, "wb", mtime=0) as stream:
            for entity in read.entities:
                kept.update(line := (entry_line(entity) + "\n").encode())
                stream.write(line)
        about["kept"] = f"sha256:{kept.hexdigest()}"
        if snapshot.by_hand is not None:
            tell(half, snapshot.by_hand, before=known_of(folder))
        (half / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")
        if mend:
            _mend(folder, half)
        else:
            half.rename(folder)
    except OSError as error:
        if half is not None:
            shutil.rmtree(half, ignore_errors=True)
        if not mend and (folder / ABOUT).is_file():  # somebody else took the same files in at the same moment
            return
        raise BadInput(Problem("data.unwritable", values={"folder": str(folder.parent), "why": error.strerror or str(error)})) from error


def _mend(folder: Path, whole: Path) -> None:
    """A damaged snapshot made whole, file by file: its place is never empty, and its description comes last."""
    (folder / "files").mkdir(exist_ok=True)
    for path in sorted((whole / "files").iterdir()):
        path.replace(folder / "files" / path.name)
    (whole / ENTRIES).replace(folder / ENTRIES)
    if (whole / CHECKED).is_file():
        (whole / CHECKED).replace(folder / CHECKED)
    elif known_of(folder) is None:
        (folder / CHECKED).unlink()
    (whole / ABOUT).replace(folder / ABOUT)
    shutil.rmtree(whole, ignore_errors=True)


def _about(path: Path) -> Snapshot:
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        checked = checked_in(path.parent)
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
            kind=data.get("kind") or data["source"],
            names=int(data.get("names", 0)),
            kept=str(data.get("kept", "")),
            checked=checked.at,
            by_hand=checked.by_hand,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, why: str) -> BadInput:
    return BadInput(Problem("list.damaged", values={"why": why}, file=str(path)))


def sweep(data: Path, *, older: timedelta) -> None:
    """Remove what a process that was killed left half written: only what nobody wrote for so long."""
    then = time.time() - older.total_seconds()
    for pattern in (f"*/{HALF}*", "*.half", "*/*.half", "*/*/*.half"):
        for half in (data / FOLDER).glob(pattern):
            with suppress(OSError):
                if half.stat().st_mtime >= then:
                    continue
                if half.is_dir():
                    shutil.rmtree(half, ignore_errors=True)
                else:
                    half.unlink()
