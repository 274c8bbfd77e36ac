"""`enduse screen --input`: a line a row, in order, by one process or several, and on from where it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from enduse.domain.screening.query import Query
from enduse.domain.screening.receipt import Receipt
from enduse.domain.screening.search import Norms
from enduse.formats.receipts import intact
from enduse.stores import answers
from enduse.stores.answers import state_of
from enduse.stores.indexes import forget
from enduse.stores.screening import Desk
from tests.commands import ROOT, Enduse
from tests.listed import NAMES, STRANGER, hold

ROWS = f"id,name,kind,birth_date,colour\n7,{NAMES[0]},company,,red\n,{STRANGER},,,\n9,,,,\n10,{NAMES[1]},dog,1961,\n11,😀,,,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    forget()
    hold(tmp_path / "data")
    path = tmp_path / "names.csv"
    path.write_text(ROWS, "utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_line_a_row_in_their_order(table: Path, enduse: Enduse, tmp_path: Path, workers: int) -> None:
    output = tmp_path / "hits.jsonl"
    ran = enduse("screen", "--input", table, "--output", output, "--workers", workers)
    assert ran.code == 2, ran.err
    found = lines(output)
    assert [(line["id"], line["row"], line["name"]) for line in found] == [
        ("7", 2, NAMES[0]),
        (None, 3, STRANGER),
        ("9", 4, ""),
        ("10", 5, NAMES[1]),
        ("11", 6, "😀"),
    ]
    assert ["error" in line for line in found] == [False, False, True, True, False]
    assert [len(line.get("hits", [])) for line in found] == [1, 0, 0, 0, 0]
    assert all(intact(line["receipt"]) and "not_covered" in line for line in found if "error" not in line)
    assert found[2]["errors"][0]["where"] == f"{table}:4"
    assert "Possible: any, person" in found[3]["error"]
    assert "left aside: colour" in ran.err
    assert not found[4]["complete"]  # a name without a letter is not clear
    assert "Rows: 5; with hits: 1; without: 1; bad: 3" in ran.out
    assert not state_of(output).exists()


def test_the_worst_of_all_rows_is_the_exit_code(table: Path, enduse: Enduse, tmp_path: Path) -> None:
    output = tmp_path / "hits.jsonl"
    for text, code in ((f"name\n{STRANGER}\n", 0), (f"name\n{STRANGER}\n{NAMES[0]}\n", 3), (f"name\n{NAMES[0]}\n\n{STRANGER}\nA,B\n", 2)):
        table.write_text(text, "utf-8")
        ran = enduse("screen", "--input", table, "--output", output, "--workers", 1, "--json")
        assert (ran.code, ran.answer["complete"]) == (code, True), ran.err


@pytest.mark.parametrize("workers", [1, 2])
def test_a_hit_of_a_name_that_was_not_wholly_searched_by_is_bad_too(table: Path, enduse: Enduse, tmp_path: Path, workers: int) -> None:
    name = f"{NAMES[0]} 𒀀𒀁𒀂"  # cuneiform
    assert enduse("screen", name).code == 2
    table.write_text(f"name\n{name}\n{STRANGER}\n", "utf-8")
    ran = enduse("screen", "--input", table, "--output", tmp_path / "h.jsonl", "--workers", workers, "--json")
    assert (ran.code, {key: ran.answer[key] for key in ("count", "hits", "clear", "bad")}) == (2, {"count": 2, "hits": 1, "clear": 1, "bad": 1})


def test_a_row_with_a_number_that_is_none_costs_no_other(table: Path, enduse: Enduse, tmp_path: Path) -> None:
    rows = tmp_path / "n.jsonl"
    rows.write_text(f'{{"name": "{STRANGER}", "identifier": 1e400}}\n{{"name": "{NAMES[0]}"}}\n', "utf-8")
    ran = enduse("screen", "--input", rows, "--output", tmp_path / "h.jsonl", "--workers", 1)
    assert (ran.code, ["error" in line for line in lines(tmp_path / "h.jsonl")]) == (2, [True, False]), ran.err


def test_a_sheet_with_rows_that_was_not_read_is_told(table: Path, enduse: Enduse, tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    for title in ("Names", "More names"):
        page = book.create_sheet(title)
        page.append(["name"])
        page.append([STRANGER])
    book.save(tmp_path / "n.xlsx")
    ran = enduse("screen", "--input", tmp_path / "n.xlsx", "--output", tmp_path / "h.jsonl", "--workers", 1, "--json")
    assert (ran.code, "More names" in ran.err, ran.answer["sheets_not_read"]) == (0, True, ["More names"])
    ran = enduse("screen", "--input", table, "--output", tmp_path / "h.jsonl", "--workers", 1, "--json")
    assert ran.answer["sheets_not_read"] == []


def test_an_old_list_is_told_once_and_in_every_line(table: Path, enduse: Enduse, tmp_path: Path) -> None:
    hold(tmp_path / "data", "Old Name", word="own-old", days_ago=400)
    table.write_text(f"name\n{STRANGER}\n", "utf-8")
    ran = enduse("screen", "--input", table, "--output", tmp_path / "h.jsonl", "--workers", 1)
    assert (ran.code, ran.err.count("own-old is old")) == (2, 1)
    (line,) = lines(tmp_path / "h.jsonl")
    assert (line["complete"], line["receipt"]["complete"]) == (False, False)


def test_a_line_without_hits_is_small(table: Path, enduse: Enduse, tmp_path: Path) -> None:
    for number in range(7):
        hold(tmp_path / "data", "Somebody", word=f"own-{number}")
    table.write_text(f"name\n{STRANGER}\n", "utf-8")
    assert enduse("screen", "--input", table, "--output", tmp_path / "h.jsonl", "--workers", 1).code == 0
    assert (tmp_path / "h.jsonl").stat().st_size < 2600  # eight lists


def test_the_same_question_is_searched_once(table: Path, enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    screen = Desk.screen

    def counted(self: Desk, query: Query, norms: Norms, *, at: datetime) -> Receipt:
        asked.append(query.name)
        return screen(self, query, norms, at=at)

    monkeypatch.setattr(Desk, "screen", counted)
    table.write_text("id,name\n" + "".join(f"{number},{NAMES[0]}\n" for number in range(1000)), "utf-8")
    assert enduse("screen", "--input", table, "--output", tmp_path / "h.jsonl", "--workers", 1).code == 3
    assert asked.count(NAMES[0]) == 1
    assert [line["id"] for line in lines(tmp_path / "h.jsonl")] == [str(number) for number in range(1000)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--input", "{table}", "--output", "{table}"], "both the question and the place"),
        (["--input", "{folder}/none.csv", "--output", "{folder}/h.jsonl"], "no file"),
        (["--input", "{table}", "--output", "{folder}/no/h.jsonl"], "cannot be written"),
        (["--input", "{table}", "--output", "{folder}/own.txt"], "holds no answers"),
        (["--input", "{table}", "--output", "."], "is no file that can be written"),
        (["--input", "{table}", "--output", "{folder}"], "is no file that can be written"),
        (["--input", "{table}", "--output", "{folder}/pipe"], "is no file that can be written"),
        (["--input", "{table}", "--output", "/dev/null"], "is no file that can be written"),
        (["--input", "{table}", "--output", "/dev/stdout"], "is no file that can be written"),
        (["--input", "{folder}/pipe", "--output", "{folder}/h.jsonl"], "is a pipe or a device"),
        (["--input", "{table}", "--output", "{folder}/h.jsonl", "--sheet", "x"], "no sheet"),
    ],
)
def test_a_bad_question_writes_nothing(table: Path, enduse: Enduse, tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "own.txt").write_text("mine", "utf-8")
    os.mkfifo(tmp_path / "pipe")
    before = sorted(path.name for path in tmp_path.iterdir() if path.name != "data")
    ran = enduse("screen", *(word.format(table=table, folder=tmp_path) for word in arguments))
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert table.read_text("utf-8") == ROWS
    assert (tmp_path / "own.txt").read_text("utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name not in ("data", "no")) == before


def test_our_own_fault_is_a_line_and_stops_no_other(table: Path, enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Desk.screen

    def faulty(self: Desk, query: Query, norms: Norms, *, at: datetime) -> Receipt:
        if query.name == NAMES[0]:
            raise RuntimeError("broken")
        return screen(self, query, norms, at=at)

    monkeypatch.setattr(Desk, "screen", faulty)
    ran = enduse("screen", "--input", table, "--output", tmp_path / "h.jsonl", "--workers", 1)
    found = lines(tmp_path / "h.jsonl")
    assert (ran.code, len(found), "RuntimeError" in found[0]["error"]) == (1, 5, True)


def started(table: Path, output: Path, data: Path) -> subprocess.Popen[bytes]:
    """The command in a process that notes how far it is at once and is slow."""
    code = (
        "import sys, time; from enduse.stores import answers; from enduse.cli import screen_many; from enduse.cli.main import run;"
        "answers.NOTED_EVERY = 0; screen_many.CHUNK = 20; work = screen_many._Answering.chunk;"
        "screen_many._Answering.chunk = lambda self, rows: (time.sleep(0.02), work(self, rows))[1];"
        f"sys.exit(run(['screen', '--input', {str(table)!r}, '--output', {str(output)!r}, '--workers', '2']))"
    )
    environ = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "ENDUSE_DATA": str(data)}
    return subprocess.Popen([sys.executable, "-c", code], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN: looks into /proc")
def test_killed_in_the_middle_it_goes_on_and_no_line_is_missing_or_there_twice(table: Path, enduse: Enduse, tmp_path: Path) -> None:
    table.write_text("id,name\n" + "".join(f"{number},{STRANGER} {number % 50}\n" for number in range(3000)), "utf-8")
    output = tmp_path / "hits.jsonl"
    resumed = 0
    for wanted in (100, 900):
        running = started(table, output, tmp_path / "data")
        workers: list[str] = []
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and running.poll() is None:
            if state_of(output).exists() and json.loads(state_of(output).read_text("utf-8"))["rows"] > wanted:
                break
            time.sleep(0.02)
        workers = children(running.pid)
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
        assert len(workers) >= 2
        while any(Path(f"/proc/{pid}").exists() for pid in workers):  # they end with it
            assert time.monotonic() < deadline
            time.sleep(0.02)
        with output.open("ab") as stream:
            stream.write(b'{"id":"half a li')
        resumed = json.loads(state_of(output).read_text("utf-8"))["rows"]
        assert resumed > wanted
    ran = enduse("screen", "--input", table, "--output", output, "--workers", 2)
    assert ran.code == 0, ran.err
    assert f"{resumed} rows are answered already" in ran.err
    assert [(line["id"], line["row"]) for line in lines(output)] == [(str(number), number + 2) for number in range(3000)]
    assert "Rows: 3000;" in ran.out
    assert not state_of(output).exists()


def test_it_does_not_go_on_where_something_changed(table: Path, enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "hits.jsonl"
    monkeypatch.setattr(answers, "NOTED_EVERY", 0.0)
    monkeypatch.setattr(answers.Answers, "end", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))  # broken off before its end
    ask = ("screen", "--input", table, "--output", output, "--workers", 1)
    stopped = enduse(*ask)
    assert (stopped.code, "The same command goes on" in stopped.err) == (130, True)
    before = output.read_bytes()
    for change, told in (
        (lambda: table.write_text(ROWS + "12,Late\n", "utf-8"), "the file of questions"),
        (lambda: table.write_text(ROWS, "utf-8") and hold(tmp_path / "data", *NAMES, "New"), "the lists"),
    ):
        change()
        ran = enduse(*ask)
        assert (ran.code, told in ran.err, "--restart" in ran.err) == (2, True, True)
        assert output.read_bytes() == before
    assert "the thresholds" in enduse(*ask, "--threshold", "0.9").err
    monkeypatch.undo()
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "data"))
    assert enduse(*ask, "--restart").code == 2
    assert len(lines(output)) == 5


def test_nothing_is_said_of_progress_where_nobody_looks(table: Path, enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("screen", "--input", table, "--output", tmp_path / "h.jsonl", "--workers", 1)
    assert "\r" not in ran.err + ran.out
    assert "Screened" not in ran.err
