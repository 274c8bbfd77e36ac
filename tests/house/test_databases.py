"""The database of the tests: picked by name, found or started, and its lack is said."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import databases
from tests.conftest import NOT_RUN

UNREACHABLE = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A machine where no PostgreSQL answers; what the test starts is stopped."""
    for name in (databases.KIND, databases.URL, databases.LACKING):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(databases, "LOCAL", UNREACHABLE)
    yield monkeypatch
    databases.stop()


def test_another_name_is_refused(bare: pytest.MonkeyPatch) -> None:
    bare.setenv(databases.KIND, "mysql")
    with pytest.raises(pytest.UsageError, match="sqlite or postgresql"):
        databases.kind()


def test_a_server_that_was_named_is_used_or_the_run_stops(bare: pytest.MonkeyPatch) -> None:
    bare.setenv(databases.URL, UNREACHABLE)
    with pytest.raises(pytest.UsageError, match=databases.URL):
        databases.find()


def test_where_there_is_none_the_lack_is_said(bare: pytest.MonkeyPatch) -> None:
    bare.setattr("shutil.which", lambda name, path: None)
    databases.find()
    assert databases.URL not in os.environ
    bare.setenv(databases.KIND, "postgresql")
    assert "no PostgreSQL: none answers" in str(databases.lacking())


def test_one_is_started_of_what_is_installed_and_stopped(bare: pytest.MonkeyPatch) -> None:
    databases.find()
    if why := os.environ.get(databases.LACKING):
        pytest.skip(f"{NOT_RUN} {why}")
    url = os.environ[databases.URL]
    with psycopg.connect(url) as reached:
        assert reached.execute("select lower('ДА')").fetchone() == ("да",)
    databases.stop()
    assert databases.refusal(url)
    assert not (databases.folder / "postgresql").exists()


@pytest.mark.django_db
def test_the_settings_use_the_database_of_the_run() -> None:
    assert connection.vendor == databases.kind()
    name = str(connection.settings_dict["NAME"])
    assert name == databases.name_of_the_tests_database()
    if connection.vendor == "sqlite":
        with sqlite3.connect(name) as file:  # a file that others can open, too
            assert file.execute("select count(*) from sqlite_master").fetchone()[0] > 0
        file.close()
    assert Path(os.environ["ENDUSE_DATA"]) == databases.folder
