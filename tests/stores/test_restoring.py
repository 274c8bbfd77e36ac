"""Restoring: whole or not at all, and nothing that was there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from enduse.config.environment import Database
from enduse.formats.problems import BadInput
from enduse.stores import restoring
from enduse.stores.restoring import has_data, restore
from tests.stores.archive_of import installation, made, rewritten, word

STAMP = "20261122T200000Z"


def go(
    source: Path, folder: Path, *, over: bool = False, version: str = "0.1.0", name: Path | None = None, engine: str = "sqlite"
) -> restoring.Restored:
    database = Database(engine, str(name or folder / "enduse.sqlite3"))
    return restore(source, folder=folder, database=database, version=version, stamp=STAMP, over=over)


def refused(*arguments: Path, **more: object) -> str:
    with pytest.raises(BadInput) as bad:
        go(*arguments, **more)  # type: ignore[arg-type]
    return bad.value.problems[0].code


def listed(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_an_installation_is_there_again(tmp_path: Path) -> None:
    backup = made(tmp_path)
    done = go(backup.file, tmp_path / "new")
    assert (done.manifest, done.aside) == (backup.manifest, ())
    assert listed(tmp_path / "new") == [name for name in listed(tmp_path / "source") if not name.endswith(("-wal", "-shm"))]
    assert word(tmp_path / "new" / "enduse.sqlite3") == "kept"


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    backup = made(tmp_path)
    installation(tmp_path / "full")
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "attachment").write_text("mine")
    for folder in ("full", "file"):
        before = listed(tmp_path / folder)
        assert refused(backup.file, tmp_path / folder) == "restore.has_data"
        assert listed(tmp_path / folder) == before


def test_what_any_command_makes_is_no_data(tmp_path: Path) -> None:
    backup = made(tmp_path)
    (tmp_path / "new" / "keys").mkdir(parents=True)
    (tmp_path / "new" / "keys" / "secret").write_text("made a moment ago")
    (tmp_path / "new" / "enduse.sqlite3").touch()
    assert go(backup.file, tmp_path / "new").aside == ()
    assert (tmp_path / "new" / "keys" / "secret").read_text() == "s"
    assert [name for name in listed(tmp_path / "new") if "before" in name] == []


def test_what_is_replaced_is_moved_aside(tmp_path: Path) -> None:
    backup = made(tmp_path)
    installation(tmp_path / "full")
    (tmp_path / "full" / "note").write_text("mine")
    before = listed(tmp_path / "full")
    done = go(backup.file, tmp_path / "full", over=True)
    assert done.aside == (str(tmp_path / "full" / f"before-{STAMP}"),)
    assert listed(Path(done.aside[0])) == before
    assert not (tmp_path / "full" / "note").exists()


def test_a_database_elsewhere_is_moved_aside_beside_itself(tmp_path: Path) -> None:
    backup = made(tmp_path)
    name = tmp_path / "disk" / "records.db"
    name.parent.mkdir()
    name.write_text("former")
    assert refused(backup.file, tmp_path / "new", name=name) == "restore.has_data"
    done = go(backup.file, tmp_path / "new", name=name, over=True)
    assert done.aside == (f"{name}.before-{STAMP}",)
    assert (Path(done.aside[0]).read_text(), word(name)) == ("former", "kept")
    assert not (tmp_path / "new" / "enduse.sqlite3").exists()


def test_a_bad_backup_leaves_everything_as_it_was(tmp_path: Path) -> None:
    backup = made(tmp_path)
    installation(tmp_path / "full")
    before = listed(tmp_path / "full")
    cut = tmp_path / "cut.tar"
    cut.write_bytes(backup.file.read_bytes()[:9000])
    other = made(tmp_path, "other.tar", version="9.0.0").file
    for source, code in ((cut, "backup.broken"), (tmp_path / "absent", "file.absent"), (other, "backup.newer")):
        assert refused(source, tmp_path / "full", over=True) == code
        assert refused(source, tmp_path / "new") == code
    assert listed(tmp_path / "full") == before
    assert not (tmp_path / "new").exists()


def test_a_database_that_is_not_what_the_manifest_says_is_refused(tmp_path: Path) -> None:
    backup = made(tmp_path)
    root = backup.manifest.root.encode()
    for old, new in ((b'"records": 2', b'"records": 3'), (root, b"0" * 64)):

        def lie(name: str, data: bytes, old: bytes = old, new: bytes = new) -> tuple[str, bytes]:
            return name, data.replace(old, new) if name == "manifest.json" else data

        assert refused(rewritten(backup.file, tmp_path / "lie.tar", lie), tmp_path / "new") == "backup.broken"


def test_a_backup_of_another_kind_of_database_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enduse.stores.dumps.empty", lambda database: True)
    assert refused(made(tmp_path).file, tmp_path / "new", engine="postgresql") == "backup.other_engine"


def test_a_disk_that_fails_in_the_middle_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = made(tmp_path)
    installation(tmp_path / "full")
    (tmp_path / "full" / "note").write_text("mine")
    before = listed(tmp_path / "full")
    for failing in range(1, 10):
        count, move = 0, restoring._move

        def fail(path: Path, to: Path, undo: list[object], failing: int = failing, move: object = move) -> None:
            nonlocal count
            count += 1
            if count == failing:
                raise OSError(28, "No space left on device")
            move(path, to, undo)  # type: ignore[operator]

        with monkeypatch.context() as patched:
            patched.setattr(restoring, "_move", fail)
            assert refused(backup.file, tmp_path / "full", over=True) == "data.unwritable", failing
        assert listed(tmp_path / "full") == before


def test_data_are_found_where_there_are_some(tmp_path: Path) -> None:
    database = installation(tmp_path / "full")
    assert has_data(tmp_path / "full", database) == database.name
    assert has_data(tmp_path / "none", Database("sqlite", str(tmp_path / "none" / "x"))) == ""
