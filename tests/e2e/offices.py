"""A real installation in a folder of its own: its database, its people, its server process; as `enduse init` and `enduse serve` make them."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests import databases
from tests.commands import ROOT

PASSWORD = "wide river under a bridge 7"
# who works there: the key, which is also the e-mail's first part, and role and name
CAST: Mapping[str, tuple[str, str]] = {
    "ivan": ("initiator", "Иван Громов"),
    "gleb": ("initiator", "Глеб Чужой"),
    "anna": ("officer", "Анна Ветрова"),
    "elena": ("expert", "Елена Сорокина"),
    "lev": ("lawyer", "Лев Правдин"),
    "boris": ("approver", "Борис Столетов"),
    "vera": ("auditor", "Вера Ким"),
}
STANDING_CLOCK = Path(__file__).parent / "standing_clock.py"
PR_SET_PDEATHSIG = 1
PATIENCE = 60  # seconds until a server must have begun


@dataclass(frozen=True, slots=True)
class Office:
    """A server that answers: where, and who may sign in with what."""

    address: str
    password: str
    emails: Mapping[str, str]
    sittings: dict[str, Any] = field(default_factory=dict)  # who has signed in already, with what their browser keeps of it

    def email(self, who: str) -> str:
        """The e-mail of somebody who works there."""
        return self.emails[who]


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _environment(data: Path, **more: str) -> dict[str, str]:
    home = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    return {**home, "PYTHONPATH": str(ROOT / "src"), "ENDUSE_DATA": str(data), "LANG": "C.UTF-8", **more}


@contextmanager
def _database(number: int) -> Iterator[dict[str, str]]:
    """Which database the office keeps its records in: this run's kind; a PostgreSQL one is made for it and goes with it."""
    if databases.kind() == "sqlite":
        yield {}
        return
    server, name = os.environ[databases.URL], f"enduse_office_{os.getpid()}_{number}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload, unused-ignore]
    try:
        yield {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload, unused-ignore]


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    """A new installation with the cast, served."""
    port, secret = free_port(), folder / "password"
    secret.write_text(PASSWORD, "utf-8")
    with _database(port) as kept:
        environ = _environment(folder / "data", ENDUSE_PORT=str(port), **kept)
        enduse = [sys.executable, "-m", "enduse.cli.main"]
        begin = ["init", "--organisation", "ООО «Северный алгоритм»", "--name", "Лариса Тихонова", "--email", "root@example.ru"]
        subprocess.run([*enduse, *begin, "--password-file", str(secret)], env=environ, check=True, capture_output=True)
        people = [{"name": name, "email": f"{key}@example.ru", "roles": [role]} for key, (role, name) in CAST.items()]
        subprocess.run([sys.executable, "-c", _ADD], input=json.dumps(people), env=environ, check=True, capture_output=True, text=True)
        emails = {key: f"{key}@example.ru" for key in ("root", *CAST)}
        with _running([*enduse, "serve", "--workers", "1"], environ, port, folder):
            yield Office(f"http://127.0.0.1:{port}", PASSWORD, emails)


# as `enduse users add` does, in one process for all of them
_ADD = f"""
import json, sys
from enduse.config import start
start.django()
from enduse.casework.people.actions.persons import add_person
from enduse.casework.people.models import Account
from enduse.casework.people.queries import actor_named
for person in json.load(sys.stdin):
    add_person(by=actor_named("root@example.ru"), password={PASSWORD!r}, **person)
Account.objects.update(password_by_other=False)  # as if each had changed it on the first day
"""


@contextmanager
def demonstration(folder: Path, moment: str) -> Iterator[Office]:
    """`enduse demo` on a day that is always the same, so that its pages are, too."""
    port = free_port()
    command = [sys.executable, str(STANDING_CLOCK), moment, "demo", "--json"]
    with _running(command, _environment(folder / "data", ENDUSE_PORT=str(port)), port, folder) as said:
        told = json.loads(said.read_text("utf-8").splitlines()[0])
        emails = {account["email"].partition("@")[0]: account["email"] for account in told["accounts"]}
        yield Office(f"http://127.0.0.1:{port}", told["password"], emails)


@contextmanager
def _running(command: list[str], environ: Mapping[str, str], port: int, folder: Path) -> Iterator[Path]:
    """A server's process while it runs; the file that holds what it says."""
    said, logged = folder / "said", folder / "logged"
    with (
        said.open("w") as out,
        logged.open("w") as log,
        subprocess.Popen(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=log,
            start_new_session=True,
            preexec_fn=_end_with_the_tests,  # noqa: PLW1509 - no thread of ours forks here
        ) as server,
    ):
        try:
            _wait(server, port, logged)
            yield said
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(40)


def _end_with_the_tests() -> None:
    """In the server's process: it is told to stop when the tests' process ends, however that does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait(server: subprocess.Popen[bytes], port: int, logged: Path) -> None:
    """Until it answers that it is well."""
    for _ in range(PATIENCE * 10):
        assert server.poll() is None, logged.read_text("utf-8")[-2000:]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10):
                return
        except urllib.error.HTTPError as error:
            raise AssertionError(f"the server is not well: {error.read()!r}") from error
        except OSError:
            time.sleep(0.1)
    raise AssertionError(logged.read_text("utf-8")[-2000:])
