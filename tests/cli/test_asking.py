"""What commands about people ask for."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from enduse.cli.asking import made_up, password_from
from enduse.formats.problems import BadInput


def test_a_password_that_is_made_up_is_long_and_never_the_same() -> None:
    assert len({made_up() for _ in range(50)}) == 50
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", made_up())


def test_a_files_first_line_is_the_password(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(" spaces count \r\nnot this\n")
    assert password_from(str(file), ask=False) == (" spaces count ", False)


def test_standard_input_may_be_that_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("from a pipe\n"))
    assert password_from("-", ask=True) == ("from a pipe", False)


def test_without_a_terminal_one_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert password_from(None, ask=True)[1]


@pytest.mark.parametrize(("content", "code"), [(None, "file.absent"), (b"\xff\xfe", "file.unreadable")])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, code: str) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput) as told:
        password_from(str(file), ask=False)
    assert told.value.problems[0].code == code
