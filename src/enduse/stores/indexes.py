"""Indexes of held lists: built once, kept under `ENDUSE_DATA/indexes/`, and built anew where the file is not what it should be."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from enduse.domain.rules import fingerprint
from enduse.domain.screening.algorithms import NEWEST, Algorithm, algorithm
from enduse.domain.screening.index import Index, Listed
from enduse.formats.problems import BadInput
from enduse.stores.data import write_whole
from enduse.stores.lists import Snapshot, entities

FOLDER, ENDING = "indexes", ".index"
KEPT = 4  # files: each is as large as the lists themselves, and every choice of lists has its own
HALF_LASTS = 86_400  # seconds: a half file that is older was left behind
_HELD: dict[tuple[str, str], Index] = {}
_MOST_HELD = 2
_lock = Lock()


def index_of(data: Path, snapshots: Sequence[Snapshot], version: str = NEWEST) -> Index:
    """The index of these snapshots, in their order, for a version of the matcher: from memory, else from its file, else built and kept.

    A file that is damaged, of another version or another choice of lists is not used. Where the folder cannot be written the index is built
    all the same. Raises BadInput where the entries of a snapshot cannot be read, KeyError
    where there is no such version.
    """
    matcher = algorithm(version)
    wanted = _wanted(snapshots)
    path = data / FOLDER / f"{version}-{fingerprint([version, *map(list, wanted)]).removeprefix('sha256:')[:32]}{ENDING}"
    key = (str(path.absolute()), version)
    with _lock:
        if (held := _HELD.get(key)) is not None:
            return held
        index = _read(path, wanted, matcher)
        if index is None:
            index = matcher.build([Listed(one.source, one.digest, tuple(entities(data, one))) for one in snapshots])
            _keep(path, index)
        while len(_HELD) >= _MOST_HELD:
            _HELD.pop(next(iter(_HELD)))
        _HELD[key] = index
        return index


def forget() -> None:
    """Let go of the indexes that this process holds in memory."""
    with _lock:
        _HELD.clear()


def sweep(folder: Path) -> None:
    """Remove indexes beyond those used last, and what writers that were killed left behind."""
    found = []
    for path in folder.glob("*"):
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    whole = sorted((one for one in found if one[1].suffix == ENDING), reverse=True)
    halves = [one for one in found if one[1].suffix == ".half" and one[0] < time.time() - HALF_LASTS]
    for _, path in [*whole[KEPT:], *halves]:
        with suppress(OSError):
            path.unlink()


def _wanted(snapshots: Sequence[Snapshot]) -> tuple[tuple[str, str], ...]:
    return tuple((one.source, one.digest) for one in snapshots)


def _read(path: Path, wanted: tuple[tuple[str, str], ...], matcher: Algorithm) -> Index | None:
    """The index of a file; None where there is none, or it is not the one that is wanted."""
    try:
        index = matcher.load(path.read_bytes())  # they carry a sum that shows damage
    except (OSError, ValueError, TypeError, KeyError, IndexError, EOFError):
        return None
    if index.algorithm != matcher.version or tuple(map(tuple, index.lists)) != wanted:
        return None
    with suppress(OSError):
        os.utime(path)  # what is used stays
    return index


def _keep(path: Path, index: Index) -> None:
    with suppress(BadInput):  # a folder that cannot be written only costs the time to build it again
        write_whole(path, index.to_bytes())
        sweep(path.parent)
