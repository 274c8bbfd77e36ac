"""The command itself: starts quickly, ends with the published codes, and never lets a traceback out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import enduse.cli.main as module
from enduse import __version__
from tests.builders import file_with
from tests.commands import ROOT, STOPPED, Enduse, deal_file, process


def test_the_exit_codes_of_the_process_are_the_published_ones(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("nothing")
    assert process("assess", deal_file(tmp_path, "yes.yaml")).code == 0
    assert process("assess", deal_file(tmp_path, "no.yaml", **STOPPED)).code == 3
    assert process("assess", tmp_path / "bad.yaml").code == 2
    assert process().code == 2


def test_standard_input_of_the_process_is_read(tmp_path: Path) -> None:
    ran = process("assess", "--json", "-", stdin=deal_file(tmp_path).read_bytes())
    assert (ran.code, ran.answer["outcome"]) == (0, "proceed")


def test_it_tells_its_version(enduse: Enduse) -> None:
    assert enduse("--version").out == f"enduse {__version__}\n"


def test_it_starts_quickly(tmp_path: Path) -> None:
    deal = deal_file(tmp_path)
    process("assess", deal)
    began = time.monotonic()
    process("assess", deal)
    assert time.monotonic() - began < 3  # the benchmarks measure it; here only that nothing heavy has slipped in


def test_our_own_fault_is_told_without_a_traceback(enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("at heart")

    monkeypatch.setattr("enduse.cli.prove.load_edition", broken)
    ran = enduse("prove", "--lang", "ru")
    assert (ran.code, ran.out) == (1, "")
    assert "ошибка в самой программе" in ran.err and "ZeroDivisionError: at heart" in ran.err
    assert "Traceback" not in ran.err and ran.err.count("\n") == 1


def test_who_asks_for_the_traceback_gets_it(enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("at heart")

    monkeypatch.setattr("enduse.cli.prove.load_edition", broken)
    monkeypatch.setenv("ENDUSE_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        module.run(["prove"])


def test_an_interruption_is_quiet(enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("enduse.cli.prove.load_edition", interrupted)
    ran = enduse("prove")
    assert (ran.code, ran.out, ran.err.strip()) == (130, "", "")


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    import json  # noqa: PLC0415

    deals = tmp_path / "deals.jsonl"
    deals.write_text((json.dumps(file_with()) + "\n") * 300)
    command = f"{sys.executable} -m enduse.cli.main assess --json {deals} | head -1 | cut -c1-20"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False)
    assert done.stdout.startswith('{"reference":"D-1"')
    assert done.stderr == ""


def test_a_full_disk_is_no_yes(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("NOT RUN: there is no /dev/full here")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "enduse.cli.main", "assess", "--json", str(deal_file(tmp_path))],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(ROOT / "src")},
            check=False,
        )
    assert done.returncode not in (0, 3)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "ru_RU.KOI8-R", "ru_RU.CP1251", ""])
def test_answers_are_utf_8_whatever_the_locale(tmp_path: Path, locale: str) -> None:
    ran = process("assess", deal_file(tmp_path, title="Сделка № 1"), "--brief", environ={"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONIOENCODING": ""})
    assert "Сделка № 1" in ran.out


def test_a_file_name_that_is_no_text_is_answered(tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path) + b"/\xff\xfe.yaml")
    ran = subprocess.run(
        [sys.executable, "-m", "enduse.cli.main", "assess", name], capture_output=True, env={"PYTHONPATH": str(ROOT / "src")}, check=False
    )
    assert ran.returncode == 2
    assert b"there is no file" in ran.stderr and b"Traceback" not in ran.stderr


def test_colours_only_on_a_terminal(tmp_path: Path) -> None:
    deal = deal_file(tmp_path, **STOPPED)
    assert "\x1b" not in process("assess", deal, environ={"TERM": "xterm-256color", "COLORTERM": "truecolor"}).out
    try:
        master, slave = os.openpty()
    except OSError:  # a bare chroot has none
        pytest.skip("NOT RUN: no terminal can be opened here")
    done = subprocess.Popen(
        [sys.executable, "-m", "enduse.cli.main", "assess", str(deal)],
        stdout=slave,
        stderr=slave,
        env={"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm-256color"},
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    assert done.wait() == 3
    os.close(master)
    assert b"\x1b[" in seen
    assert "HOLD" in re.sub(r"\x1b\[[0-9;]*m", "", seen.decode())


def test_the_command_that_is_installed_is_this_one() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'enduse = "enduse.cli.main:main"' in text


def test_every_command_that_is_named_can_be_had() -> None:
    import click  # noqa: PLC0415

    context = click.Context(module.enduse)
    for name in module.enduse.list_commands(context):
        command = module.enduse.get_command(context, name)
        assert command is not None and command.name == name
    assert module.enduse.get_command(context, "nope") is None
