"""The data folder (`ENDUSE_DATA`): everything that an installation writes lies in it, nothing outside."""

from __future__ import annotations

import contextlib
import os
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
    half = path.with_name(path.name + f".{os.getpid()}.half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink()
        raise BadInput(Problem("data.unwritable", values={"folder": str(path.parent), "why": error.strerror or str(error)})) from error
