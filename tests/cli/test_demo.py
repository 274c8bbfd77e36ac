"""`enduse demo`: the workbench started with made-up deals; `--decide`: the deal files, decided in the terminal."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from enduse.casework.people.roles import ROLES
from enduse.domain.rules import Effect
from tests.commands import ROOT, Enduse, process


def test_every_outcome_is_shown_and_that_is_a_yes(enduse: Enduse) -> None:
    ran = enduse("demo", "--decide", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert {answer["outcome"] for answer in ran.answers} == set(Effect.__members__)


@pytest.mark.parametrize(("lang", "head", "outcome"), [("ru", "Демонстрация", "ОТКАЗАТЬ"), ("en", "Demonstration", "REFUSE")])
def test_it_is_shown_to_people(enduse: Enduse, lang: str, head: str, outcome: str) -> None:
    ran = enduse("demo", "--decide", "--lang", lang)
    assert ran.code == 0
    assert ran.out.startswith(head)
    assert outcome in ran.out
    assert "enduse assess" in ran.out.splitlines()[-1]


def test_it_starts_fills_serves_and_stops(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        environ = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "ENDUSE_PORT": str(port), "LANG": "ru_RU.UTF-8"}
        refused = process("demo", environ=environ, cwd=tmp_path)
    assert refused.code == 2
    assert f"ENDUSE_PORT={port + 1}" in refused.err

    command = [sys.executable, "-m", "enduse.cli.main", "demo"]
    with subprocess.Popen([*command, "--json"], env=environ, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None and demo.stderr is not None
        said = json.loads(demo.stdout.readline())
        assert said["address"] == f"http://localhost:{port}"
        assert {account["role"] for account in said["accounts"]} == set(ROLES)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
            assert json.load(answer)["status"] == "ok"
        demo.send_signal(signal.SIGINT)
        assert demo.wait(30) == 0
        assert demo.stderr.read().splitlines()[-1] == "Остановлено"
    assert (tmp_path / ".demo").is_dir()

    with subprocess.Popen(command, env=environ, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as again:
        assert again.stdout is not None
        shown = "".join(again.stdout.readline() for _ in range(14))
        again.send_signal(signal.SIGTERM)
        assert again.wait(30) == 0
    assert said["password"] in shown
    assert re.search("approver@demo.invalid +согласующий, Григорий Столетов", shown)
