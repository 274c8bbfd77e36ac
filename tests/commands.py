"""The command line as tests run it: in this process where that will do, else in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enduse.formats.writing import deal_text
from tests.builders import file_with

ROOT = Path(__file__).resolve().parents[1]
EVIDENCE = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "trade press", "recorded_by": "anna"}]
STOPPED: dict[str, Any] = {"evidence": EVIDENCE}


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def answers(self) -> list[dict[str, Any]]:
        """Standard output as one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def answer(self) -> dict[str, Any]:
        """The only line of standard output as JSON."""
        (found,) = self.answers
        return found


Enduse = Callable[..., Ran]


def deal_file(folder: Path, name: str = "deal.yaml", **changes: Any) -> Path:
    """The clean deal with keys changed, as a file; `.json` and `.jsonl` by its name."""
    path, data = folder / name, file_with(**changes)
    path.write_text(deal_text(data) if path.suffix == ".yaml" else json.dumps(data, ensure_ascii=False) + "\n", "utf-8")
    return path


def process(*arguments: object, environ: Mapping[str, str] | None = None, stdin: str | bytes = b"", cwd: Path | None = None) -> Ran:
    """The command in a process of its own, with only the environment given."""
    done = subprocess.run(
        [sys.executable, "-m", "enduse.cli.main", *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], **(environ or {})},
        cwd=cwd,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
