"""Which language a command speaks: `--lang`, else the locale."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence


def language(arguments: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> str:
    """`ru` or `en`: what `--lang` among the arguments says, else the first locale variable that is set."""
    arguments = sys.argv[1:] if arguments is None else arguments
    environ = os.environ if environ is None else environ
    for place, word in enumerate(arguments):
        if word == "--":
            break
        value = (
            word.removeprefix("--lang=")
            if word.startswith("--lang=")
            else arguments[place + 1]
            if word == "--lang" and place + 1 < len(arguments)
            else None
        )
        if value in ("ru", "en"):
            return value
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "ru" if environ[name].lower().startswith("ru") else "en"
    return "en"
