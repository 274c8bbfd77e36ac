"""The data folder: where it is, and files written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from enduse.formats.problems import BadInput
from enduse.stores.data import data_folder, write_new, write_whole


def test_it_is_where_enduse_data_says() -> None:
    assert data_folder({"ENDUSE_DATA": "/srv/enduse", "XDG_DATA_HOME": "/x"}) == Path("/srv/enduse")


def test_else_it_is_the_users_data_folder() -> None:
    assert data_folder({"XDG_DATA_HOME": "/x"}) == Path("/x/enduse")
    assert data_folder({"ENDUSE_DATA": ""}) == Path.home() / ".local/share/enduse"


def test_it_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path))
    assert data_folder() == tmp_path


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_what_fails_leaves_the_old_file_and_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.txt"
    write_whole(path, b"old")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BadInput) as caught:
        write_whole(path, b"new")
    assert "No space left on device" in caught.value.problems[0].text("en")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_two_writers_of_one_process_do_not_share_a_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, used = tmp_path / "c.txt", []
    real = Path.write_bytes

    def noted(self: Path, data: bytes) -> int:
        used.append(self.name)
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", noted)
    for text in (b"one", b"two"):
        write_whole(path, text)
    assert len(set(used)) == 2
    assert all(name.startswith("c.txt.") and name.endswith(".half") for name in used)


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput) as caught:
        write_whole(tmp_path / "file" / "c.txt", b"x")
    problem = caught.value.problems[0]
    assert problem.code == "data.unwritable"
    assert "ENDUSE_DATA" in problem.text("ru")


def test_a_new_file_is_for_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret"
    write_new(path, b"one")
    with pytest.raises(FileExistsError):
        write_new(path, b"two")
    assert path.read_bytes() == b"one"
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]


def test_a_new_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        assert not (tmp_path / "secret").exists()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput) as caught:
        write_new(tmp_path / "secret", b"new")
    assert "No space left on device" in caught.value.problems[0].text("en")
    assert list(tmp_path.iterdir()) == []
