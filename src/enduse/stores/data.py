"""The data folder (`ENDUSE_DATA`): everything that an installation writes lies in it, nothing outside."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path

from enduse.formats.problems import BadInput, Problem


def data_folder(environ: Mapping[str, str] | None = None) -> Path:
    """`ENDUSE_DATA`, else the user's data folder. It need not exist yet."""
    environ = os.environ if environ is None else environ
    if environ.get("ENDUSE_DATA"):
        return Path(environ["ENDUSE_DATA"])
    base = environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "enduse"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: a reader never sees half of it. Raises BadInput where the folder cannot be written."""
    half = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.half")  # threads of one process may write the same file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink()
        raise BadInput(Problem("data.unwritable", values={"folder": str(path.parent), "why": error.strerror or str(error)})) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a new file whole and for its owner alone, never over another. Raises FileExistsError, or BadInput where the folder cannot be written."""
    taken = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, half = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".half", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(handle)
            try:
                path.hardlink_to(half)  # unlike a rename it fails where the name is taken
            except FileExistsError:
                taken = True
        finally:
            with contextlib.suppress(OSError):
                Path(half).unlink()
    except OSError as error:
        raise BadInput(Problem("data.unwritable", values={"folder": str(path.parent), "why": error.strerror or str(error)})) from error
    if taken:
        raise FileExistsError(path)
