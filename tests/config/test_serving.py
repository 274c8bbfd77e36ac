"""The web server: it starts only where all is well, and what is under way ends before it does."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings

from enduse.config import serving
from enduse.domain.refusals import Refused
from enduse.formats.problems import BadInput
from tests.commands import ROOT

SLOW = Path(__file__).parent / "serving_slowly.py"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_action_under_way_ends_before_the_server_does(number: signal.Signals, tmp_path: Path) -> None:
    port, data = free_port(), tmp_path / "data"
    environ = {"PYTHONPATH": f"{ROOT / 'src'}", "PATH": os.environ["PATH"], "ENDUSE_DATA": str(data)}
    answers: list[bytes] = []
    with subprocess.Popen(
        [sys.executable, str(SLOW), str(port)], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"

        def ask() -> None:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
                answers.append(answer.read())

        asking = threading.Thread(target=ask)
        asking.start()
        assert server.stdout.readline() == "inside\n"
        if number == signal.SIGINT:
            os.killpg(server.pid, number)  # as a terminal does: to every process
        else:
            server.send_signal(number)
        asking.join(30)
        assert server.wait(30) == 0
    assert answers == [b"done"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)
    with sqlite3.connect(data / "enduse.sqlite3") as kept:
        assert kept.execute("SELECT count(*) FROM ledger_record WHERE kind = 'test.slow'").fetchone() == (1,)
    kept.close()


@pytest.mark.django_db
def test_it_starts_where_all_is_well() -> None:
    serving.refuse_unready()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "code"), [("ahead", "start.newer"), ("pending", "start.behind"), ("unguarded", "start.unguarded")], ids=lambda word: word
)
def test_it_does_not_start_on_a_database_that_is_not_of_this_version_or_not_guarded(what: str, code: str) -> None:
    with patch.object(serving, what, return_value=[f"step_{number}" for number in range(9)]), pytest.raises(Refused) as told:
        serving.refuse_unready()
    (refusal,) = told.value.refusals
    assert refusal.code == code
    assert all("step_4 …" in refusal.text(lang) for lang in ("ru", "en"))


def test_a_port_that_is_taken_is_told_with_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput) as told:
            serving.refuse_taken("127.0.0.1", port)
    assert f"ENDUSE_PORT={port + 1}" in told.value.problems[0].text("en")
    serving.refuse_taken("127.0.0.1", port)


@pytest.fixture
def two_addresses(monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """A name that stands for an address that this machine has not, then for one that it has."""
    port = free_port()
    places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("203.0.113.1", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
    return "localhost", port


def test_one_address_of_a_name_is_enough(two_addresses: tuple[str, int]) -> None:
    serving.refuse_taken(*two_addresses)


def test_a_family_that_the_machine_does_not_know_is_passed_over(two_addresses: tuple[str, int]) -> None:
    real = socket.socket

    def no_ipv6(family: int, *more: int) -> socket.socket:
        if family == socket.AF_INET6:
            raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
        return real(family, *more)

    places = [
        (family, socket.SOCK_STREAM, 6, "", (address, two_addresses[1]))
        for family, address in ((socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.1"))
    ]
    with patch("socket.getaddrinfo", return_value=places), patch("socket.socket", no_ipv6):
        serving.refuse_taken(*two_addresses)
    with patch("socket.getaddrinfo", return_value=places[:1]), patch("socket.socket", no_ipv6), pytest.raises(BadInput) as told:
        serving.refuse_taken(*two_addresses)
    assert told.value.problems[0].code == "serve.address"


def test_a_port_that_is_taken_at_any_address_is_told(two_addresses: tuple[str, int]) -> None:
    with socket.create_server(("127.0.0.1", two_addresses[1])), pytest.raises(BadInput) as told:
        serving.refuse_taken(*two_addresses)
    assert told.value.problems[0].code == "serve.taken"


@pytest.mark.parametrize("address", ["203.0.113.1", "no such name"])
def test_an_address_that_is_not_ours_is_told(address: str) -> None:
    with pytest.raises(BadInput) as told:
        serving.refuse_taken(address, free_port())
    assert told.value.problems[0].code == "serve.address"


def test_the_number_of_processes_suits_the_database() -> None:
    config = settings.CONFIG
    assert serving.workers_for(replace(config, database=replace(config.database, engine="sqlite"))) == 2
    with patch("os.cpu_count", return_value=64):
        assert serving.workers_for(replace(config, database=replace(config.database, engine="postgresql"))) == 9
