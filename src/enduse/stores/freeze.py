"""Freezes an edition while it is being written: `python -m enduse.stores.freeze 2026-1`. A published edition is not frozen again."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from enduse.formats.problems import BadInput
from enduse.stores.editions import FROZEN, freeze


def main(name: str) -> int:
    """Write the frozen form beside the edition's files; say what is wrong with them otherwise."""
    folder = files("enduse.declaration").joinpath(name)
    try:
        Path(str(folder.joinpath(FROZEN))).write_text(freeze(folder), "utf-8")
    except BadInput as error:
        for problem in error.problems:
            print(f"{problem.where}: {problem.text('en')}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
