"""A fixture that runs the command line in this process."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from enduse.cli.main import run
from tests.commands import Enduse, Ran


@pytest.fixture
def enduse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Enduse:
    """Runs `enduse ARGUMENTS`, in English unless they say otherwise, with a data folder of its own; `stdin` may be given."""
    for name in ("LC_ALL", "LC_MESSAGES", "ENDUSE_TRACEBACK", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "data"))

    def go(*arguments: object, stdin: str | bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin)))
        capsys.readouterr()
        code = run([str(word) for word in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return go
