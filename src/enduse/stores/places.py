"""Places that a command is given: a regular file or one that may become it, never a folder, a pipe or a device; written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from enduse.formats.problems import BadInput, Problem, short

_SYSTEM, _MEMORY = ("/dev/", "/proc/", "/sys/"), "/dev/shm/"


def to_be_written(name: str) -> Path:
    """The place of a file that is to be written. Raises BadInput where it is no regular file and cannot become one."""
    path, why = Path(name), ""
    plain = os.path.abspath(name)  # noqa: PTH100  # a link such as /dev/stdout is not to be followed
    if not path.name or path.name == ".." or name.endswith("/") or (plain.startswith(_SYSTEM) and not plain.startswith(_MEMORY)):
        why = name
    try:
        if not why and not stat.S_ISREG(path.stat().st_mode):
            why = name
    except (FileNotFoundError, NotADirectoryError):
        pass  # it may become one, or is told when it is written
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
    if why or not name:
        raise BadInput(Problem("screen.no_file", values={"file": short(name)}))
    return path


def read_again(name: str) -> None:
    """Raise BadInput where a file is no regular one: what is read more than once can be no pipe. One that is absent is told where it is read."""
    with contextlib.suppress(OSError, ValueError):
        mode = Path(name).stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise BadInput(Problem("screen.no_input", values={"file": short(name)}))


def same(one: str, other: str) -> bool:
    """Whether two names are of one file, be it there or not."""
    with contextlib.suppress(OSError, ValueError):
        if Path(one).samefile(other):
            return True
    return os.path.realpath(one) == os.path.realpath(other)


def write_at(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what is there. Raises BadInput where it cannot be written."""
    place = Path(os.path.realpath(path))
    half = place.with_name(f"{place.name[:100]}.{os.getpid()}.{secrets.token_hex(4)}.half")
    try:
        half.write_bytes(content)
        half.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink()
        why = error.strerror or str(error)
        raise BadInput(Problem("screen.file", values={"file": str(path), "why": why}, file=str(path))) from error
