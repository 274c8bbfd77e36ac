"""Killed in the middle of an action, again and again, and out of room: nothing is half-written, and the next start works."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import databases

pytestmark = [pytest.mark.long, pytest.mark.timeout(3000)]
PROGRAM = str(Path(__file__).with_name("restless.py"))
TIMES = 60


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a database of this test's own."""
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "enduse.config.settings", "ENDUSE_DATA": str(tmp_path)}
    environ.pop("DATABASE_URL", None)
    if request.param == "sqlite":
        yield environ
        return
    databases.find()
    if why := os.environ.get(databases.LACKING):
        pytest.skip(f"NOT RUN: {why}")
    server, name = os.environ[databases.URL], f"enduse_killed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield environ | {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environ: dict[str, str], *what: str) -> str:
    done = subprocess.run([sys.executable, PROGRAM, *what], env=environ, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_killed_again_and_again(place: dict[str, str]) -> None:
    run(place, "begin")
    chance, records, acted = random.Random(7), 0, 0
    for seed in range(TIMES):
        with subprocess.Popen([sys.executable, PROGRAM, "go", str(seed)], env=place, stdout=PIPE, stderr=PIPE, text=True) as process:
            assert process.stdout
            assert process.stderr
            first = process.stdout.readline()
            if not first.startswith("sound "):
                pytest.fail(f"after {seed} kills: {first}{process.stderr.read()}")
            assert int(first.split()[1]) >= records
            records = int(first.split()[1])
            some = chance.randrange(4)  # actions are let through, and then it is killed somewhere in the next
            assert [process.stdout.readline() for _ in range(some)] == ["done\n"] * some
            time.sleep(chance.random() * 0.1)
            process.send_signal(signal.SIGKILL)
            acted += some + process.stdout.read().count("done")
    assert run(place, "look").startswith("sound ")
    print(f"{TIMES} kills, {acted} actions, {records} records")
    assert acted > TIMES
    assert records > TIMES


def test_out_of_room(tmp_path: Path) -> None:
    place = {**os.environ, "DJANGO_SETTINGS_MODULE": "enduse.config.settings", "ENDUSE_DATA": str(tmp_path)}
    place.pop("DATABASE_URL", None)
    run(place, "begin")
    told = run(place, "full")
    assert told.count("refused:") == 3, told
    assert run(place, "look").startswith("sound ")
