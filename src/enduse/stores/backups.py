"""Backups: everything that an installation keeps, in one archive or folder, with a manifest of what is in it; and taking one apart again.

A backup restores whole, so it holds private keys: it is made for its owner alone. Order is what makes it consistent: first the database
as it stood at one moment, then the files that it names, which are never changed. What comes in is not trusted: only plain files
beneath the folders of a backup are taken, each with the digest that the manifest says, and nothing else is touched before all are.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import stat
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Protocol, cast

from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.dumps import Database, dump

FORM = "enduse/backup-1"
MANIFEST = "manifest.json"
DATABASE, DATA = "database", "data"
STAGE, ASIDE = ".restoring-", "before-"
MADE_ANEW = "indexes"  # of the lists, which are kept: as large as they are, and built again where they are wanted
MOST_MANIFEST = 256 * 1024 * 1024
_PIECE = 1024 * 1024
_BESIDE_A_DATABASE = ("", "-wal", "-shm", "-journal")
_BROKEN = (tarfile.TarError, EOFError, zlib.error, ValueError, UnicodeError)
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: str
    made: str
    enduse: str
    engine: str
    database: str  # the name of the database's file
    database_version: str
    records: int  # in the ledger, when the database was copied
    root: str
    private_keys: bool
    files: Mapping[str, str]  # the SHA-256 of each

    def to_text(self) -> str:
        """The manifest as it stands in the backup."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """The manifest that `to_text` wrote. Raises ValueError for anything else."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORM:
            raise ValueError(MANIFEST)
        try:
            found = cls(**data)
        except TypeError as error:
            raise ValueError(str(error)) from error
        texts = (found.made, found.enduse, found.engine, found.database, found.root, *found.files, *found.files.values())
        if type(found.records) is not int or not all(isinstance(text, str) for text in texts) or found.database not in found.files:
            raise ValueError(MANIFEST)
        return found


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made."""

    file: Path
    manifest: Manifest
    bytes: int
    lacking: tuple[str, ...]  # attachments that the database names and the folder lacks


class _Archive(Protocol):
    def add(self, name: str, stream: BinaryIO, size: int) -> str: ...


class _Hashed:
    """A stream that is hashed as it is read, up to the size it had when it was opened."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self.stream, self.left, self.digest = stream, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(piece)
        self.digest.update(piece)
        return piece


class _Tar:
    """An archive in one file."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar

    def add(self, name: str, stream: BinaryIO, size: int) -> str:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        hashed = _Hashed(stream, size)
        self.tar.addfile(entry, cast("IO[bytes]", hashed))
        return hashed.digest.hexdigest()


class _Folder:
    """A backup as a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, stream: BinaryIO, size: int) -> str:
        hashed = _Hashed(stream, size)
        with _new_file(self.folder / name) as target:
            shutil.copyfileobj(hashed, target, _PIECE)
        return hashed.digest.hexdigest()


def back_up(
    target: Path, *, data: Path, database: Database, elsewhere: Mapping[str, Path], version: str, made: str, progress: Progress | None = None
) -> Backup:
    """Write a backup to `target`: a `.tar`, a `.tar.gz`, else a folder. `elsewhere` are files and folders that are kept outside of `data`.

    Raises BadInput and leaves nothing behind: the target exists, is inside of `data`, cannot be written; the database cannot be copied.
    """
    _fit(target, data)
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=".backup-", dir=target.parent))  # mode 0700
    try:
        with _writing(target):
            dumped = dump(database, half)
            place = half / target.name
            with _opened(place, target) as archive:
                files = {f"{DATABASE}/{dumped.file.name}": _add(archive, f"{DATABASE}/{dumped.file.name}", dumped.file)}
                skipped = {Path(database.name + end).absolute() for end in _BESIDE_A_DATABASE} if database.engine == "sqlite" else set()
                for count, (name, path) in enumerate(_everything(data, elsewhere, skipped), 1):
                    if name not in files:
                        with suppress(FileNotFoundError):  # gone since: nothing that the database names ever goes
                            files[name] = _add(archive, name, path)
                    if progress is not None:
                        progress(count)
                private = any(name.startswith(f"{DATA}/keys/") for name in files)
                database_file = next(iter(files))
                manifest = Manifest(FORM, made, version, database.engine, database_file, dumped.version, dumped.size, dumped.root, private, files)
                text = manifest.to_text().encode()
                archive.add(MANIFEST, io.BytesIO(text), len(text))
            _name_it(place, target)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    lacking = tuple(sorted(digest for digest in dumped.attachments if _attachment(digest) not in files))
    return Backup(target, manifest, _size(target), lacking)


def _fit(target: Path, data: Path) -> None:
    """Whether a backup can be called so and stand there."""
    if not _packed(target) and target.suffix in (".gz", ".tgz", ".zip", ".7z", ".bz2", ".xz", ".zst", ".rar"):
        raise BadInput(Problem("backup.name", values={"file": str(target)}))
    if target.absolute().resolve().is_relative_to(data.absolute().resolve()):
        raise BadInput(Problem("backup.inside", values={"file": str(target)}))
    if target.is_symlink() or target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise BadInput(Problem("backup.exists", values={"file": str(target)}))
    if _packed(target) and target.is_dir():
        raise BadInput(Problem("backup.exists", values={"file": str(target)}))


def _packed(target: Path) -> bool:
    return target.name.endswith((".tar", ".tar.gz"))


@contextmanager
def _opened(place: Path, target: Path) -> Iterator[_Archive]:
    if not _packed(target):
        place.mkdir(mode=0o700)
        yield _Folder(place)
        return
    with _new_file(place) as file:
        with tarfile.open(fileobj=file, mode="w|gz" if target.suffix == ".gz" else "w|", format=tarfile.PAX_FORMAT) as tar:
            yield _Tar(tar)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600), "wb") as file:
        yield file


def _add(archive: _Archive, name: str, path: Path) -> str:
    with path.open("rb") as stream:
        held = os.fstat(stream.fileno())
        return archive.add(name, stream, held.st_size)


def _everything(data: Path, elsewhere: Mapping[str, Path], skipped: set[Path]) -> Iterator[tuple[str, Path]]:
    """Every file to be kept, by its name in the backup: those of the data folder, then those kept elsewhere."""
    for path in _files(data, set()):
        relative = path.relative_to(data)
        left_out = relative.parts[0].startswith((STAGE, ASIDE)) or relative.parts[0] == MADE_ANEW or _half(path.name)
        if path.absolute() not in skipped and not left_out:
            yield f"{DATA}/{relative.as_posix()}", path
    for name, place in elsewhere.items():
        if place.is_file():
            yield f"{DATA}/{name}", place
        elif place.is_dir():
            for path in _files(place, set()):
                yield f"{DATA}/{name}/{path.relative_to(place).as_posix()}", path


def _files(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """The plain files beneath a folder; a folder that stands elsewhere and is linked in counts, once."""
    held = folder.stat()
    if (held.st_dev, held.st_ino) in seen:
        return
    seen.add((held.st_dev, held.st_ino))
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from _files(path, seen)
        elif path.is_file():
            yield path


def _half(name: str) -> bool:
    return name.startswith(".half-") or name.endswith(".half")


def _attachment(digest: str) -> str:
    held = digest.removeprefix("sha256:")
    return f"{DATA}/attachments/{held[:2]}/{held[2:4]}/{held}"


def _name_it(place: Path, target: Path) -> None:
    if _packed(target):
        target.hardlink_to(place)  # unlike a rename it fails where the name is taken
    else:
        place.rename(target)  # onto nothing, or an empty folder


def _size(target: Path) -> int:
    return sum(path.stat().st_size for path in _files(target, set())) if target.is_dir() else target.stat().st_size


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(Problem("backup.unwritable", values={"file": str(target), "why": error.strerror or str(error)})) from error


# Taking one apart


def unpack(source: Path, stage: Path, progress: Progress | None = None) -> Manifest:
    """Take a backup apart into `stage`, and its manifest. Raises BadInput where it is not whole, or holds anything that it does not say."""
    try:
        found = _from_folder(source, stage, progress) if source.is_dir() else _from_tar(source, stage, progress)
        text = (stage / MANIFEST).read_text("utf-8") if found.pop(MANIFEST, None) else None
        if text is None:
            raise _broken(source, "manifest")
        manifest = Manifest.from_text(text)
    except FileNotFoundError as error:
        raise BadInput(Problem("file.absent", values={"file": str(source)}, file=str(source))) from error
    except _BROKEN as error:
        raise _broken(source, "other", str(error)) from error
    except OSError as error:
        raise BadInput(Problem("file.unreadable", values={"file": str(source), "why": error.strerror or str(error)}, file=str(source))) from error
    for name, digest in manifest.files.items():
        if name not in found:
            raise _broken(source, "lacks", name)
        if found.pop(name) != digest:
            raise _broken(source, "altered", name)
    if found:
        raise _broken(source, "member", next(iter(found)))
    return manifest


def _broken(source: Path, got: str, value: str = "") -> BadInput:
    return BadInput(Problem("backup.broken", values={"file": str(source), "got": f"got.backup_{got}", "value": short(value)}))


def _from_tar(source: Path, stage: Path, progress: Progress | None) -> dict[str, str]:
    found: dict[str, str] = {}
    with tarfile.open(source, "r|*") as tar:
        for count, member in enumerate(tar, 1):
            if not member.isreg() or member.issparse() or not _ours(member.name) or member.name in found:
                raise _broken(source, "member", member.name)
            stream = tar.extractfile(member)
            assert stream is not None
            found[member.name] = _taken(source, stage, member.name, cast(BinaryIO, stream), member.size)
            if progress is not None:
                progress(count)
    return found


def _from_folder(source: Path, stage: Path, progress: Progress | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for count, path in enumerate(sorted(source.rglob("*")), 1):
        held, name = path.lstat(), path.relative_to(source).as_posix()
        if stat.S_ISDIR(held.st_mode):
            continue
        if not stat.S_ISREG(held.st_mode) or not _ours(name):
            raise _broken(source, "member", name)
        with path.open("rb") as stream:
            found[name] = _taken(source, stage, name, stream, held.st_size)
        if progress is not None:
            progress(count)
    return found


def _ours(name: str) -> bool:
    """Whether a backup can hold a file of this name, so that it lands beneath the folder it is taken apart in."""
    path = PurePosixPath(name)
    plain = "\\" not in name and "\0" not in name and str(path) == name and not path.is_absolute() and ".." not in path.parts
    return plain and (name == MANIFEST or (len(path.parts) > 1 and path.parts[0] in (DATABASE, DATA)))


def _taken(source: Path, stage: Path, name: str, stream: BinaryIO, size: int) -> str:
    if name == MANIFEST and size > MOST_MANIFEST:
        raise _broken(source, "member", name)
    hashed = _Hashed(stream, size)
    try:
        with _new_file(stage / name) as target:
            shutil.copyfileobj(cast(Any, hashed), target, _PIECE)
    except (FileExistsError, NotADirectoryError) as error:  # a file where a folder is wanted, or twice
        raise _broken(source, "member", name) from error
    if hashed.left:
        raise EOFError(name)
    return hashed.digest.hexdigest()
