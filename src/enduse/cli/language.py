"""Which language a command speaks: `--lang`, else the locale."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

_arguments: ContextVar[Sequence[str] | None] = ContextVar("arguments", default=None)


@contextmanager
def speaking(arguments: Sequence[str]) -> Iterator[None]:
    """Within, the arguments of the run are these, not the process's."""
    token = _arguments.set(arguments)
    try:
        yield
    finally:
        _arguments.reset(token)


def language(arguments: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> str:
    """`ru` or `en`: what the last `--lang` among the arguments says, else the first locale variable that is set."""
    if arguments is None:
        held = _arguments.get()
        arguments = sys.argv[1:] if held is None else held
    environ = os.environ if environ is None else environ
    said = None
    for place, word in enumerate(arguments):
        if word == "--":
            break
        value = (
            word.removeprefix("--lang=")
            if word.startswith("--lang=")
            else arguments[place + 1]
            if word == "--lang" and arguments[place + 1 :]
            else ""
        )
        said = value if value in ("ru", "en") else said
    if said is not None:
        return said
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "ru" if environ[name].lower().startswith("ru") else "en"
    return "en"
