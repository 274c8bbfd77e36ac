"""Backups as files: what is in them, and which are not taken apart."""

from __future__ import annotations

import gzip
import json
import tarfile
from pathlib import Path

import pytest

from enduse.config.environment import Database
from enduse.formats.problems import BadInput
from enduse.stores.backups import FORM, Manifest, back_up, unpack
from tests.stores.archive_of import FRONTIER, installation, made, rewritten


def same(name: str, data: bytes) -> tuple[str, bytes]:
    return name, data


def wrong(source: Path, stage: Path) -> str:
    """Why a backup is not taken apart."""
    with pytest.raises(BadInput) as bad:
        unpack(source, stage)
    (problem,) = bad.value.problems
    assert problem.text("ru") != problem.text("en")
    return str(problem.values.get("got", problem.code))


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz", "folder"])
def test_what_is_put_in_comes_out(tmp_path: Path, name: str) -> None:
    backup = made(tmp_path, name)
    manifest = unpack(backup.file, tmp_path / "stage")
    assert manifest == backup.manifest
    assert (manifest.format, manifest.records, manifest.root, manifest.engine) == (FORM, 2, FRONTIER.root().hex(), "sqlite")
    for file in manifest.files:
        if file.startswith("data/"):
            assert (tmp_path / "stage" / file).read_bytes() == (tmp_path / "source" / file.removeprefix("data/")).read_bytes()
    assert sorted(path.name for path in (tmp_path / "stage").rglob("*") if path.is_file()) == sorted(
        ["manifest.json", "enduse.sqlite3", "secret", "checkpoint.pem", "ab" * 32, "one.txt"]
    )
    assert backup.lacking == ()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "stage").rglob("*") if path.is_file())


def test_an_attachment_that_is_not_there_is_told(tmp_path: Path) -> None:
    installation(tmp_path / "source")
    for path in (tmp_path / "source/attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    assert made(tmp_path).lacking == ("sha256:" + "ab" * 32,)


def test_half_written_files_and_what_was_moved_aside_stay_out(tmp_path: Path) -> None:
    installation(tmp_path / "source")
    for name in ("attachments/.half-x", "checkpoints/a.txt.1.half", "before-20260101T000000Z/old", ".restoring-x/new", "enduse.sqlite3-wal"):
        path = tmp_path / "source" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "source" / "enduse.sqlite3-wal").unlink()
    assert len(made(tmp_path).manifest.files) == 5


def test_a_folder_that_is_linked_in_comes_along_and_a_circle_ends(tmp_path: Path) -> None:
    installation(tmp_path / "source")
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "list.txt").write_text("list")
    (tmp_path / "source" / "lists").symlink_to(tmp_path / "disk")
    (tmp_path / "source" / "circle").symlink_to(tmp_path / "source")
    assert "data/lists/list.txt" in made(tmp_path).manifest.files


def test_a_database_that_is_not_there_or_none_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "text").write_text("no database" * 100)
    for name, code in (("absent", "backup.no_database"), ("text", "backup.database")):
        database = Database("sqlite", str(tmp_path / "data" / name))
        with pytest.raises(BadInput) as bad:
            back_up(tmp_path / "b.tar", data=tmp_path / "data", database=database, elsewhere={}, version="1", made="")
        assert bad.value.problems[0].code == code
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_backup_that_is_cut_off_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    for name in ("b.tar", "b.tar.gz"):
        data = made(tmp_path, name).file.read_bytes()
        end = len(data) - 11_000 if name == "b.tar" else len(data) - 80  # a tar ends in padding that may go
        for share in {0, 1, 10, *range(20, end, max(1, end // 40)), end}:
            (tmp_path / "cut").write_bytes(data[:share])
            assert wrong(tmp_path / "cut", tmp_path / f"stage-{name}-{share}").startswith("got.backup_"), share


def test_a_backup_with_a_byte_changed_is_refused(tmp_path: Path) -> None:
    backup = made(tmp_path)
    changed = rewritten(backup.file, tmp_path / "c.tar", lambda name, data: (name, data + b"!") if name.endswith("one.txt") else (name, data))
    assert wrong(changed, tmp_path / "s1") == "got.backup_altered"
    packed = bytearray(gzip.compress(backup.file.read_bytes()))
    packed[len(packed) // 2] ^= 1
    (tmp_path / "g.tar.gz").write_bytes(packed)
    assert wrong(tmp_path / "g.tar.gz", tmp_path / "s2").startswith("got.backup_")


def test_a_backup_with_more_or_less_than_it_says_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path).file
    assert wrong(rewritten(file, tmp_path / "1.tar", lambda n, d: None if n.endswith("one.txt") else (n, d)), tmp_path / "s1") == "got.backup_lacks"
    assert wrong(rewritten(file, tmp_path / "2.tar", lambda n, d: None if n == "manifest.json" else (n, d)), tmp_path / "s2") == "got.backup_manifest"
    more = tarfile.TarInfo("data/more")
    assert wrong(rewritten(file, tmp_path / "3.tar", same, more), tmp_path / "s3") == "got.backup_member"
    assert wrong(rewritten(file, tmp_path / "4.tar", same, *[tarfile.TarInfo("data/keys/secret")] * 2), tmp_path / "s4") == "got.backup_member"


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.mark.parametrize(
    "evil",
    [
        member("../outside"),
        member("data/../../outside"),
        member("/data/outside"),
        member("data/./x"),
        member("data//x"),
        member("data\\..\\x"),
        member("outside"),
        member("data"),
        member("data/link", tarfile.SYMTYPE, "/etc"),
        member("data/link", tarfile.LNKTYPE, "data/keys/secret"),
        member("data/pipe", tarfile.FIFOTYPE),
        member("data/device", tarfile.CHRTYPE),
        member("data/folder", tarfile.DIRTYPE),
    ],
    ids=lambda info: f"{info.name} {info.type.decode()}",
)
def test_nothing_leads_out_of_the_folder_it_is_taken_apart_in(tmp_path: Path, evil: tarfile.TarInfo) -> None:
    file = rewritten(made(tmp_path).file, tmp_path / "evil.tar", same, evil)
    assert wrong(file, tmp_path / "deep" / "stage") == "got.backup_member"
    assert [path for path in tmp_path.rglob("outside") if path.exists()] == []


def test_a_file_where_a_folder_is_wanted_is_refused(tmp_path: Path) -> None:
    file = rewritten(made(tmp_path).file, tmp_path / "evil.tar", same, member("data/keys"))
    assert wrong(file, tmp_path / "stage") == "got.backup_member"


def test_a_folder_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    folder = made(tmp_path, "folder").file
    (folder / "data" / "link").symlink_to("/etc/hostname")
    assert wrong(folder, tmp_path / "stage") == "got.backup_member"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "enduse/backup-2"}', '{"format": "enduse/backup-1"}'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    file = rewritten(made(tmp_path).file, tmp_path / "m.tar", lambda n, d: (n, text.encode()) if n == "manifest.json" else (n, d))
    assert wrong(file, tmp_path / "stage") == "got.backup_other"


def test_a_manifest_comes_out_as_it_went_in(tmp_path: Path) -> None:
    manifest = made(tmp_path).manifest
    assert Manifest.from_text(manifest.to_text()) == manifest
    for key, value in (("records", "2"), ("files", {}), ("made", 7), ("files", {"a": 1})):
        with pytest.raises(ValueError):
            Manifest.from_text(json.dumps({**json.loads(manifest.to_text()), key: value}))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no archive")
    assert wrong(tmp_path / "text", tmp_path / "s1") == "got.backup_other"
    assert wrong(tmp_path / "absent", tmp_path / "s2") == "file.absent"
