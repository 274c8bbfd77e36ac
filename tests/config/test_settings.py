"""Django's settings: what of them must not change unseen."""

from __future__ import annotations

import stat

from django.conf import settings

from enduse.config.environment import Database
from enduse.config.settings import _database


def test_the_secret_is_for_its_owner_alone() -> None:
    path = settings.CONFIG.data / "keys" / "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(settings.SECRET_KEY) > 40


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
