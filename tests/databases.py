"""The database of this run of the tests: SQLite in a file, or a PostgreSQL that answers, or one started for this run.

ENDUSE_TEST_DATABASE=sqlite|postgresql picks it. ENDUSE_TEST_DATABASE_URL names a PostgreSQL of your own, whose user may create databases.
A DATABASE_URL of yours is never used: the tests keep away from what is not theirs.
"""

from __future__ import annotations

import atexit
import os
import pwd
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

KIND, URL, LACKING = "ENDUSE_TEST_DATABASE", "ENDUSE_TEST_DATABASE_URL", "ENDUSE_TEST_DATABASE_LACKING"
LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
USING = ("db", "transactional_db", "live_server")  # fixtures that bring the database along
MINE = os.getpid()

MEMORY = Path("/dev/shm")  # what is committed there is safe from every kill, which is all that tests need, and no disk is waited for
# each process's own: what runs beside it does not meet it
folder = Path(tempfile.mkdtemp(prefix="enduse-tests-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
own_cluster: list[str] = []  # the command that stops it, where one was started


def choose() -> None:
    """Point the settings at a folder and a database of this process's own. What the first process finds, its workers inherit."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "enduse.config.settings"
    os.environ["ENDUSE_DATA"] = str(folder)
    for name in ("DATABASE_URL", "DATABASE_URL_FILE"):
        os.environ.pop(name, None)
    if kind() == "postgresql":
        if "PYTEST_XDIST_WORKER" not in os.environ:
            find()
        server = urlsplit(os.environ.get(URL, NOWHERE))
        os.environ["DATABASE_URL"] = server._replace(path=f"/enduse_{os.getpid()}").geturl()


def kind() -> str:
    """Which database this run uses."""
    picked = os.environ.get(KIND) or "sqlite"
    if picked not in ("sqlite", "postgresql"):
        raise pytest.UsageError(f"{KIND}={picked}: it is sqlite or postgresql")
    return picked


def find() -> None:
    """Leave in the environment the address of a PostgreSQL for the tests, or why there is none."""
    os.environ.pop(LACKING, None)
    if named := os.environ.get(URL):
        if why := refusal(named):
            raise pytest.UsageError(f"{URL}: {why}")
        return
    try:
        os.environ[URL] = start() if refusal(LOCAL) else LOCAL
    except OSError as error:
        os.environ[LACKING] = f"no PostgreSQL: {error}"


def refusal(url: str) -> str | None:
    """Why the server at `url` cannot be used, if so."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute("select rolsuper or rolcreatedb from pg_roles where rolname = current_user").fetchone()
    except (psycopg.Error, UnicodeError) as error:
        return " ".join(str(error).split())
    return None if row and row[0] else "its user may not create databases"


def start() -> str:
    """The address of a PostgreSQL made of the programs that are installed; it goes when the run ends."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(re.sub(r"\D", "", str(place)) or 0), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, newest_first)])
    initdb, pg_ctl = shutil.which("initdb", path=path), shutil.which("pg_ctl", path=path)
    if not (initdb and pg_ctl):
        raise FileNotFoundError("none answers at 127.0.0.1:5432, and none is installed that could be started")
    home, user = folder / "postgresql", unprivileged()
    home.mkdir()
    if user:
        folder.chmod(0o711)
        os.chown(home, user, -1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off"
    run([initdb, "-D", f"{home}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], user, home)
    run([pg_ctl, "-D", f"{home}/data", "-l", f"{home}/log", "-o", settings, "-w", "start"], user, home)
    own_cluster[:] = [pg_ctl, "-D", f"{home}/data", "-m", "immediate", "stop"]
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"


def unprivileged() -> int | None:
    """Whom PostgreSQL runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return next((entry.pw_uid for name in ("postgres", "nobody") for entry in pwd.getpwall() if entry.pw_name == name), 65534)


def run(command: list[str], user: int | None, home: Path) -> None:
    """Run a program of PostgreSQL, as `user` where there is one; OSError in its last words where it fails."""
    said = home.parent / "said"  # a file: the server keeps its outlets open
    groups: list[int] | None = None if user is None else []
    with said.open("w+") as out:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, user=user, extra_groups=groups, cwd=home, timeout=120, check=False
        )
        out.seek(0)
        last = (out.read().strip().splitlines() or [""])[-1]
    if done.returncode:
        raise ChildProcessError(f"`{Path(command[0]).name}`: {last}")


def stop() -> None:
    """Stop what was started here."""
    if own_cluster:
        run(own_cluster, unprivileged(), folder / "postgresql")
        own_cluster.clear()
        shutil.rmtree(folder / "postgresql")


def put_away() -> None:
    """Leave nothing behind; a process that was forked off leaves it alone."""
    if os.getpid() == MINE:
        stop()
        shutil.rmtree(folder, ignore_errors=True)


atexit.register(put_away)


def lacking() -> str | None:
    """Why the tests that need this run's database cannot run, if so."""
    return os.environ.get(LACKING) if kind() == "postgresql" else None


def name_of_the_tests_database() -> str:
    """What the database made for the tests is called: for SQLite a file, since threads and processes share it."""
    return str(folder / "tests.sqlite3") if kind() == "sqlite" else f"enduse_tests_{os.getpid()}"


def uses(item: pytest.Item) -> bool:
    """Whether a test uses the database."""
    return item.get_closest_marker("django_db") is not None or any(name in USING for name in getattr(item, "fixturenames", ()))


def title() -> str:
    """The database of this run in words."""
    if kind() == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    if why := lacking():
        return why
    with psycopg.connect(os.environ[URL], connect_timeout=5) as connection:
        return f"PostgreSQL {connection.info.parameter_status('server_version')}{', started for this run' * bool(own_cluster)}"
