"""Django's settings: what of them must not change unseen."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from enduse.config import settings as made
from enduse.config.environment import Database
from enduse.config.settings import _database, _secret
from enduse.formats.problems import BadInput


def test_the_secret_is_for_its_owner_alone() -> None:
    path = settings.CONFIG.data / "keys" / "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(settings.SECRET_KEY) > 40


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the secret of another installation is."""
    monkeypatch.setattr(made, "CONFIG", replace(settings.CONFIG, data=tmp_path, secret_key=None))
    return tmp_path / "keys" / "secret"


def test_a_secret_is_made_once(secret: Path) -> None:
    first = _secret()
    assert len(first) > 40
    assert _secret() == first
    assert [path.name for path in secret.parent.iterdir()] == ["secret"]


def test_whoever_comes_second_reads_the_secret_of_the_first(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slower(_: int) -> None:
        secret.write_text("of the other process")

    monkeypatch.setattr(os, "fsync", slower)
    assert _secret() == "of the other process"


def test_a_full_disk_leaves_no_secret_that_is_empty(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput) as told:
        _secret()
    assert told.value.problems[0].code == "data.unwritable"
    assert not secret.exists()


def test_an_empty_secret_and_one_that_cannot_be_read_are_told(secret: Path) -> None:
    secret.parent.mkdir()
    secret.write_text("\n")
    with pytest.raises(BadInput) as told:
        _secret()
    problem = told.value.problems[0]
    assert (problem.code, str(secret) in problem.text("ru"), str(secret) in problem.text("en")) == ("secret.empty", True, True)
    secret.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput) as told:
        _secret()
    assert told.value.problems[0].code == "file.unreadable"


def test_pages_run_nothing_that_is_not_ours() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {name: directives[name] for name in ("default-src", "script-src", "style-src")} == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
    }
    assert not settings.DEBUG


def test_what_sqlite_has_written_stays_written() -> None:
    commands = _database(Database("sqlite", str(settings.CONFIG.data / "enduse.sqlite3")))["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in commands
    assert "recursive_triggers=ON" in commands


def test_requests_meet_their_number_first() -> None:
    assert settings.MIDDLEWARE[0] == "enduse.config.requests.RequestMiddleware"
