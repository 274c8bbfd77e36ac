"""How a command gets Django."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from enduse.config import start
from enduse.formats.problems import BadInput


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "new" / "data"))
    start.django()
    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(BadInput) as told:
        start.django()
    assert told.value.problems[0].code == "data.unwritable"
