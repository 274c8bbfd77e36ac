"""Freezing an edition while it is being written."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from enduse.stores import freeze
from enduse.stores.editions import CURRENT, FROZEN

HELD = Path(str(files("enduse.declaration").joinpath(CURRENT)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copytree(HELD, tmp_path / CURRENT, ignore=shutil.ignore_patterns("examples", FROZEN)))
    monkeypatch.setattr(freeze, "files", lambda _: tmp_path)
    return copy


def test_it_writes_the_frozen_form_beside_the_files(folder: Path) -> None:
    assert freeze.main(CURRENT) == 0
    assert (folder / FROZEN).read_bytes() == (HELD / FROZEN).read_bytes()


def test_it_says_what_is_wrong_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (folder / "duties.yaml").read_text("utf-8")
    (folder / "duties.yaml").write_text(text.replace("- duty:", "- deed:", 1), "utf-8")
    assert freeze.main(CURRENT) == 2
    assert "duties.yaml:" in capsys.readouterr().err
    assert not (folder / FROZEN).exists()
