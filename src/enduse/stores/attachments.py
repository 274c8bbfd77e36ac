"""Attachments kept by what they hold: a file is named by its digest, written once, read only, outside any folder that is served.

What comes in is untrusted: it is bounded while it is read, known by its content and not by its name, and looked into before it is kept.
What cannot be looked into (behind a password, in a format that is not known here) is taken only where the organisation allows its type.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import RawIOBase
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from enduse.domain.deal import visible
from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.sniffing import CLAIMS, DOCUMENTS, SCRIPT, TEXT, claimed, found_type, label

MOST_OF_A_NAME = 120
_HALF = ".half-"
_PIECE = 1024 * 1024
_MEGABYTE = 1024 * 1024
_DIGEST = re.compile("sha256:[0-9a-f]{64}")
_SEPARATORS = re.compile(r"[/\\]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL)
_EXTENSION = re.compile(r"\.\w{1,15}")


class Stream(Protocol):
    """Anything that gives its bytes piece by piece."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: its digest (`sha256:…`), its size in bytes, what it is, and the name that people see."""

    digest: str
    size: int
    media_type: str
    name: str


def keep(folder: Path, stream: Stream, *, name: str, limit_mb: int, allowed: frozenset[str] = DOCUMENTS) -> Kept:
    """Keep what a stream holds, once, under its digest. The same content again is the same file.

    Raises BadInput and leaves nothing behind: too large (the rest is not read), empty, of a type that is not `allowed` or that its name
    does not claim, an archive that is a bomb, macros, no room on the disk.
    """
    name = plain_name(name)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(prefix=_HALF, dir=folder)
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            digest, size = _copied(stream, file, folder, name, limit_mb)
            with _writing(folder):
                os.fchmod(handle, 0o440)
                os.fsync(handle)
        with Path(half).open("rb") as copy:
            kind = _welcome(found_type(copy, name=name), name, allowed)
        place = _place(folder, digest)
        with _writing(folder):
            place.parent.mkdir(parents=True, exist_ok=True)
            Path(half).replace(place)
            for changed in (place.parent, place.parent.parent, folder):
                _sync(changed)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(half).unlink()
    return Kept(digest, size, kind, name)


def opened(folder: Path, digest: str) -> BinaryIO:
    """The file of a digest, open for reading, for whoever asked to close. Raises BadInput where it is missing or no longer what was kept."""
    file = _open(folder, digest)
    try:
        if _digest(file) != digest:
            raise BadInput(Problem("attachment.altered", values={"digest": digest}))
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def verify(folder: Path, digest: str) -> bool:
    """Whether the file of a digest still holds what was kept. Raises BadInput where it is missing."""
    with _open(folder, digest) as file:
        return _digest(file) == digest


def remove(folder: Path, digest: str) -> None:
    """Remove the file of a digest, if it is there. Raises BadInput where the disk refuses."""
    with _writing(folder):
        _place(folder, digest).unlink(missing_ok=True)


def clear(folder: Path, *, older: timedelta, kept: bool = False) -> int:
    """Remove what a process that was killed left half written; with `kept` also the files themselves. Only what nobody wrote for so long.

    How many went. Raises BadInput where the disk refuses.
    """
    then, gone = time.time() - older.total_seconds(), 0
    with _writing(folder):
        found = [*folder.glob(f"{_HALF}*"), *(folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*") if kept else ())]
        for path in found:
            with contextlib.suppress(FileNotFoundError):  # done with meanwhile
                if path.lstat().st_mtime < then:
                    path.unlink()
                    gone += 1
    return gone


def plain_name(name: str) -> str:
    """A name that is only a label: no folders, nothing invisible, nothing that a system takes for more than a name; `file` if that is all."""
    name = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    name = "".join(sign for sign in visible(name) if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    name = _NOT_IN_NAMES.sub("_", " ".join(unicodedata.normalize("NFC", name).split())).lstrip(". ").rstrip(". ")
    name = _RESERVED.sub(lambda found: "file" + (found[2] or ""), name) if _RESERVED.fullmatch(name) else name
    if len(name) > MOST_OF_A_NAME:
        end = PurePosixPath(name).suffix
        end = end if _EXTENSION.fullmatch(end) else ""
        name = name[: MOST_OF_A_NAME - len(end)].rstrip(". ") + end
    return name or "file"


def _copied(stream: Stream, file: RawIOBase, folder: Path, name: str, limit_mb: int) -> tuple[str, int]:
    """The digest and the size of what was copied; past the limit nothing more is read."""
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > limit_mb * _MEGABYTE:
            raise BadInput(Problem("attachment.large", values={"name": short(name), "limit": limit_mb}))
        digest.update(piece)
        rest = memoryview(piece)
        with _writing(folder):
            while rest:
                rest = rest[file.write(rest) or 0 :]
    if not size:
        raise BadInput(Problem("attachment.empty", values={"name": short(name)}))
    return "sha256:" + digest.hexdigest(), size


def _welcome(kind: str, name: str, allowed: frozenset[str]) -> str:
    """The type, if it is what the name claims and one that is taken here."""
    claims = claimed(name)
    if kind == TEXT and claims == CLAIMS["js"]:
        kind = SCRIPT  # what a script says is text; what it does is not
    if claims is not None and kind not in claims:
        claim = PurePosixPath(name).suffix
        raise BadInput(Problem("attachment.mismatch", values={"name": short(name), "claimed": short(claim), "found": label(kind)}))
    if kind not in allowed:
        taken = tuple(sorted(label(one) for one in allowed))
        raise BadInput(Problem("attachment.type", values={"name": short(name), "found": label(kind), "allowed": taken}))
    return kind


def _place(folder: Path, digest: str) -> Path:
    """Where a digest's file is. A digest that is none leads nowhere."""
    if not _DIGEST.fullmatch(digest):
        raise BadInput(Problem("attachment.digest", values={"digest": short(digest)}))
    held = digest.removeprefix("sha256:")
    return folder / held[:2] / held[2:4] / held


def _open(folder: Path, digest: str) -> BinaryIO:
    place = _place(folder, digest)
    try:
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise BadInput(Problem("attachment.missing", values={"digest": digest})) from error
    except OSError as error:
        raise BadInput(Problem("file.unreadable", values={"file": str(place), "why": error.strerror or str(error)})) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BadInput(Problem("attachment.missing", values={"digest": digest}))
    return os.fdopen(handle, "rb")


def _digest(file: BinaryIO) -> str:
    return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # typeshed asks for more than is used


def _sync(folder: Path) -> None:
    """Make sure that the folder itself, and with it the name, is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """What goes wrong with the disk is told with what to do."""
    try:
        yield
    except OSError as error:
        code = "attachment.full" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "data.unwritable"
        raise BadInput(Problem(code, values={"folder": str(folder), "why": error.strerror or str(error)})) from error
