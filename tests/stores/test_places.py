"""Where files go: a regular file or a new one, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from enduse.formats.problems import BadInput
from enduse.stores.places import read_again, same, to_be_written, write_at


def code(name: str) -> str:
    with pytest.raises(BadInput) as refused:
        to_be_written(name)
    return refused.value.problems[0].code


@pytest.mark.parametrize("name", ["", ".", "..", "/", "/dev/stdout", "/dev/null", "/proc/self/fd/1", "folder", "pipe", "folder/", "new/"])
def test_what_is_no_file_and_can_be_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert code(name) == "screen.no_file"


def test_a_file_and_a_new_one_will_do(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x")
    for name in ("old", "new"):
        assert to_be_written(str(tmp_path / name)) == tmp_path / name
    to_be_written("/dev/shm/hits.jsonl")  # a place as any other
    assert code(str(tmp_path / ("x" * 500))) == "screen.no_file"


def test_what_is_read_twice_is_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "old").write_text("x")
    for name in ("old", "absent"):
        read_again(str(tmp_path / name))
    for name in ("pipe", "/dev/null"):
        with pytest.raises(BadInput) as refused:
            read_again(str(tmp_path / name))
        assert refused.value.problems[0].code == "screen.no_input"


def test_it_is_written_whole_through_a_link_or_the_old_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, link = tmp_path / "old", tmp_path / "link"
    old.write_text("old")
    link.symlink_to(old)
    write_at(link, b"new")
    assert (old.read_text(), link.is_symlink(), sorted(path.name for path in tmp_path.iterdir())) == ("new", True, ["link", "old"])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BadInput, match="No space left"):
        write_at(old, b"newer")
    assert (old.read_text(), sorted(path.name for path in tmp_path.iterdir())) == ("new", ["link", "old"])


def test_two_names_of_one_file_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    assert same(str(tmp_path / "a"), str(tmp_path / "b"))
    assert same(str(tmp_path / "new"), str(tmp_path / "x" / ".." / "new"))
    assert not same(str(tmp_path / "a"), str(tmp_path / "new"))
