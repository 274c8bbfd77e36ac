"""Attacks on the server by connections: those that hang up at once, and those that begin and say no more."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import ROOT

# one process of two threads: what takes them all takes the server
SERVER = """
import os, signal, sys
import django
django.setup()
from enduse.config import serving
signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as the command line leaves it
serving.SILENT_SECONDS = 2
def application(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"x" * 9_000_000 if environ["PATH_INFO"] == "/large" else str(os.getpid()).encode()]
how = serving.Serving("127.0.0.1", int(sys.argv[1]), workers=1, threads=2, ready=lambda: print("ready", flush=True))
sys.exit(serving.serve(application, how))
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server's port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = int(taken.getsockname()[1])
    environ = {
        "PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "ENDUSE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "enduse.config.settings",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(number)], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield number
        server.terminate()
        server.wait(30)


def ask(port: int) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        found: bytes = answer.read()
    return found


def test_a_reader_that_hangs_up_ends_no_process_of_the_server(port: int) -> None:
    before = ask(port)
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
    time.sleep(0.5)
    assert ask(port) == before


def test_requests_that_begin_and_say_no_more_take_no_thread_for_good(port: int) -> None:
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
    for client in idle:
        client.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    time.sleep(0.3)
    began = time.monotonic()
    assert ask(port)
    assert time.monotonic() - began < 10
    for client in idle:
        client.close()
