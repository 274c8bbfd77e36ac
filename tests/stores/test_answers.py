"""Answers go on where they broke off: nothing twice, nothing missing, and never on top of something else."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from enduse.formats.problems import BadInput
from enduse.stores import answers
from enduse.stores.answers import answers_in, digest_of_file, state_of

KEY = {"input": "sha256:aa", "lists": "[]", "norms": "0.8"}
LINE = b'{"id":1,"receipt":{}}\n'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "hits.jsonl"


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """How far it is, is noted after every bundle."""
    monkeypatch.setattr(answers, "NOTED_EVERY", 0.0)


def codes(output: Path, key: dict[str, str] = KEY) -> list[tuple[str, object]]:
    with pytest.raises(BadInput) as refused:
        answers_in(output, key)
    return [(problem.code, problem.values.get("got")) for problem in refused.value.problems]


def test_a_whole_run_leaves_the_answers_and_no_note(output: Path) -> None:
    with answers_in(output, KEY) as held:
        held.write(LINE * 2, 2, {"clear": 1, "hits": 1})
        held.write(LINE, 1, {"clear": 1})
        held.end()
        assert (held.rows, held.counts) == (3, {"clear": 2, "hits": 1})
    assert output.read_bytes() == LINE * 3
    assert not state_of(output).exists()


def test_it_goes_on_after_what_was_noted_and_cuts_off_the_rest(output: Path, noted: None) -> None:
    with answers_in(output, KEY) as held:
        held.write(LINE, 1, {"bad": 1})
    with output.open("ab") as stream:
        stream.write(LINE + LINE[:5])  # written after the last note, half a line too
    with answers_in(output, KEY) as held:
        assert (held.begun, held.rows, held.counts) == (True, 1, {"bad": 1})
        held.write(LINE, 1, {"clear": 1})
        held.end()
        assert held.counts == {"bad": 1, "clear": 1}
    assert output.read_bytes() == LINE * 2


def test_what_was_never_noted_begins_anew(output: Path) -> None:
    with answers_in(output, KEY) as held:
        held.write(LINE, 1, {})
    with answers_in(output, KEY) as held:
        assert (held.begun, held.rows) == (False, 0)
    assert output.read_bytes() == b""


def test_another_file_in_its_place_is_never_cut_nor_gone_on_with(output: Path, noted: None) -> None:
    for written in (LINE, b""):
        with answers_in(output, KEY, restart=True) as held:
            if written:
                held.write(written, 1, {})
        for other in (b"MY DIARY\n" * 50, b'{"id":"mine"}\n', LINE.replace(b"1", b"2") * 3):
            if not written and b"receipt" in other:
                continue  # answers that were never noted: begun anew
            output.write_bytes(other)
            assert codes(output) == [("screen.changed", "got.changed.output") if written else ("screen.output_there", None)]
            assert output.read_bytes() == other


def test_half_a_first_line_that_was_never_noted_begins_anew(output: Path) -> None:
    with answers_in(output, KEY):
        pass
    output.write_bytes(LINE[:8])
    with answers_in(output, KEY) as held:
        assert (held.rows, output.stat().st_size) == (0, 0)


def test_what_was_noted_twice_goes_on_all_the_same(output: Path, noted: None) -> None:
    for number in (1, 2, 3):
        with answers_in(output, KEY) as held:
            assert held.rows == number - 1
            held.write(LINE, 1, {})
    with answers_in(output, KEY) as held:
        held.end()
    assert output.read_bytes() == LINE * 3


def test_what_changed_is_told_and_nothing_is_touched(output: Path, noted: None) -> None:
    with answers_in(output, KEY) as held:
        held.write(LINE, 1, {})
    changed = {**KEY, "input": "sha256:bb", "norms": "0.9"}
    assert codes(output, changed) == [("screen.changed", "got.changed.input"), ("screen.changed", "got.changed.norms")]
    assert output.read_bytes() == LINE
    with answers_in(output, changed, restart=True) as held:
        assert held.rows == 0
    assert output.read_bytes() == b""


def test_a_file_that_is_shorter_than_it_was_or_gone_is_told(output: Path, noted: None) -> None:
    with answers_in(output, KEY) as held:
        held.write(LINE, 1, {})
    output.write_bytes(LINE[:-3])
    assert codes(output) == [("screen.changed", "got.changed.output")]
    output.unlink()
    assert codes(output) == [("screen.changed", "got.changed.output")]


@pytest.mark.parametrize("state", ["", "{}", "[]", '{"format": "enduse/screening-state-1", "key": 1}', '{"format": "other"}'])
def test_a_note_that_cannot_be_read_is_told(output: Path, state: str) -> None:
    state_of(output).write_text(state, "utf-8")
    assert codes(output) == [("screen.state_broken", None)]
    with answers_in(output, KEY, restart=True) as held:
        held.end()


def test_a_file_that_holds_something_else_is_not_wiped(output: Path) -> None:
    output.write_text("id,name\n1,Rosa\n", "utf-8")
    assert codes(output) == [("screen.output_there", None)]
    assert output.read_text("utf-8").startswith("id,name")
    with answers_in(output, KEY, restart=True) as held:
        held.end()
    output.write_bytes(LINE)
    with answers_in(output, KEY) as held:  # answers of before are
        held.end()


def test_two_do_not_write_to_one_file(output: Path) -> None:
    code = "import pathlib, sys; from enduse.stores.answers import answers_in"
    code += f"; held = answers_in(pathlib.Path({str(output)!r}), {KEY!r}); print(1, flush=True); sys.stdin.read()"
    environ = {"PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        assert codes(output) == [("screen.busy", None)]
        assert other.stdin is not None
        other.stdin.close()
    with answers_in(output, KEY) as held:
        held.end()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    assert codes(tmp_path / "folder.jsonl")[0][0] == "screen.unwritable"
    assert codes(tmp_path / "no" / "folder" / "x.jsonl")[0][0] in ("screen.unwritable", "data.unwritable")


def test_a_full_disk_is_told(output: Path) -> None:
    with answers_in(output, KEY) as held:
        held.stream.close()
        held.stream = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115
        with pytest.raises(BadInput, match="cannot be written"):
            held.write(LINE, 1, {})


def test_the_note_says_what_it_is_of(output: Path, noted: None) -> None:
    with answers_in(output, KEY) as held:
        held.write(LINE, 1, {"hits": 1})
    told = json.loads(state_of(output).read_text("utf-8"))
    assert told == {
        "format": "enduse/screening-state-1",
        "key": KEY,
        "rows": 1,
        "bytes": len(LINE),
        "digest": hashlib.sha256(LINE).hexdigest(),
        "counts": {"hits": 1},
    }


def test_a_file_is_known_by_its_digest_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a\nb\n")
    digest, lines = digest_of_file(str(path))
    assert (digest, lines) == ("sha256:" + hashlib.sha256(b"a\nb\n").hexdigest(), 2)
    path.write_bytes(b"a\nc\n")
    assert digest_of_file(str(path))[0] != digest
    with pytest.raises(BadInput):
        digest_of_file(str(tmp_path / "none"))
