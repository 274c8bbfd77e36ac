"""The file that the answers to a table go to: a line a row, in order, and where it broke off, so that it can be gone on with."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.data import write_whole
from enduse.stores.reading import opened

FORMAT = "enduse/screening-state-1"
ENDING = ".state.json"
NOTED_EVERY = 1.0  # seconds: what a kill may cost
_OURS = ("receipt", "error")
_BEGIN = b'{"id":'
_FIRST = 64 * 1024


@dataclass
class Answers:
    """An open file of answers. `rows` are answered already, with `counts` of each kind of answer; `begun` says whether it goes on from before."""

    path: Path
    key: Mapping[str, str]  # what has to be the same for it to go on, by the codes `got.changed.*`
    stream: BinaryIO
    rows: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    begun: bool = False
    digest: Any = field(default_factory=hashlib.sha256)  # of all that is written
    noted: float = field(default_factory=time.monotonic)

    def write(self, lines: bytes, rows: int, counts: Mapping[str, int]) -> None:
        """Add the answers to some rows. Raises BadInput where they cannot be written."""
        try:
            self.stream.write(lines)
            self.digest.update(lines)
            self.rows += rows
            for name, count in counts.items():
                self.counts[name] = self.counts.get(name, 0) + count
            if time.monotonic() - self.noted >= NOTED_EVERY:
                self._note()
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _note(self) -> None:
        self.stream.flush()
        os.fsync(self.stream.fileno())
        _write_state(self.path, self.key, self.rows, self.stream.tell(), self.digest.hexdigest(), self.counts)
        self.noted = time.monotonic()

    def end(self) -> None:
        """Everything is answered: nothing is left to go on with."""
        try:
            self._note()
            state_of(self.path).unlink()
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stream.close()


def answers_in(path: Path, key: Mapping[str, str], *, restart: bool = False) -> Answers:
    """The file of answers, open to be written: gone on with where it broke off, else begun.

    What was written after the last note is cut off, half a line too. Raises BadInput where something of `key` has changed since, where the
    file is no such file, or where another process writes to it; `restart` begins anew all the same.
    """
    state = None if restart else _state(path)
    if not restart and (state is None or not state["bytes"]):
        _refuse_others(path, begun=state is not None)
    if state is not None:
        changed = [name for name in key if state["key"].get(name) != key[name]]
        if not path.is_file() or path.stat().st_size < state["bytes"]:
            changed.append("output")
        _refuse_changed(path, changed)
    try:
        stream = _locked(path)
        digest = hashlib.sha256()
        if state is None:
            state = {"rows": 0, "bytes": 0, "counts": {}}
            _write_state(path, key, 0, 0, digest.hexdigest(), {})
        elif _begin_of(stream, state["bytes"], digest) != state["digest"]:
            stream.close()
            _refuse_changed(path, ["output"])
        stream.truncate(state["bytes"])
        stream.seek(state["bytes"])
    except OSError as error:
        raise _unwritable(path, error) from error
    return Answers(path, key, stream, state["rows"], dict(state["counts"]), begun=state["rows"] > 0, digest=digest)


def _refuse_changed(path: Path, changed: list[str]) -> None:
    if changed:
        raise BadInput(*(Problem("screen.changed", values={"got": f"got.changed.{name}"}, file=str(path)) for name in changed))


def _begin_of(stream: BinaryIO, size: int, digest: Any) -> str:
    """The digest of the first bytes of a file: of what was noted, if it is still there."""
    while size > 0 and (piece := stream.read(min(size, 1024 * 1024))):
        digest.update(piece)
        size -= len(piece)
    return str(digest.hexdigest())


def state_of(path: Path) -> Path:
    """Where it is noted how far a file of answers has come."""
    return path.with_name(path.name + ENDING)


def digest_of_file(name: str) -> tuple[str, int]:
    """The SHA-256 of a file, and how many lines it has. Raises BadInput where it cannot be read."""
    digest, lines = hashlib.sha256(), 0
    with opened(name) as stream:
        while piece := stream.read(1024 * 1024):
            digest.update(piece)
            lines += piece.count(b"\n")
    return f"sha256:{digest.hexdigest()}", lines


def _locked(path: Path) -> BinaryIO:
    """The file open for writing by us alone; the lock goes with this process, however it ends."""
    stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b")
    try:
        fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        stream.close()
        raise BadInput(Problem("screen.busy", values={"file": str(path)}, file=str(path))) from error
    return stream


def _state(path: Path) -> dict[str, Any] | None:
    place = state_of(path)
    try:
        data: dict[str, Any] = json.loads(place.read_text("utf-8"))
        if data["format"] != FORMAT or not isinstance(data["key"], dict):
            raise ValueError(data["format"])
        return {
            "key": data["key"],
            "rows": int(data["rows"]),
            "bytes": int(data["bytes"]),
            "digest": str(data["digest"]),
            "counts": {**data["counts"]},
        }
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(Problem("screen.state_broken", values={"file": str(place)}, file=str(path))) from error


def _write_state(path: Path, key: Mapping[str, str], rows: int, size: int, digest: str, counts: Mapping[str, int]) -> None:
    data = {"format": FORMAT, "key": dict(key), "rows": rows, "bytes": size, "digest": digest, "counts": dict(counts)}
    write_whole(state_of(path), json.dumps(data, ensure_ascii=False).encode())


def _refuse_others(path: Path, *, begun: bool) -> None:
    """Raise BadInput where the file holds something that is not ours to wipe; where we had begun, half a line of ours may stand there."""
    try:
        with path.open("rb") as stream:
            line = stream.readline(_FIRST)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unwritable(path, error) from error
    half = begun and b"\n" not in line and line[: len(_BEGIN)] == _BEGIN[: len(line)]
    if line and not half and not any(f'"{word}":'.encode() in line for word in _OURS):
        raise BadInput(Problem("screen.output_there", values={"file": short(path)}, file=str(path)))


def _unwritable(path: Path, error: OSError) -> BadInput:
    return BadInput(Problem("screen.unwritable", values={"file": short(path), "why": error.strerror or str(error)}, file=str(path)))
