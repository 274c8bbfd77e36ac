"""Attachments: kept once under their digest, bounded while they are read, known by their content, checked before they are given out."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import time
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enduse.formats.problems import BadInput
from enduse.stores.attachments import MOST_OF_A_NAME, Kept, clear, keep, opened, plain_name, remove, verify
from enduse.stores.sniffing import DOCUMENTS, DOCX, ENCRYPTED, HTML, PDF, TEXT, UNKNOWN
from tests.stores.test_sniffing import DOCX as A_DOCX
from tests.stores.test_sniffing import office, ole

PAPER = b"%PDF-1.7\nThe contract.\n"
DIGEST = "sha256:" + hashlib.sha256(PAPER).hexdigest()
MEGABYTE = 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


def put(folder: Path, data: bytes, name: str = "contract.pdf", limit_mb: int = 10, allowed: frozenset[str] = DOCUMENTS) -> Kept:
    return keep(folder, io.BytesIO(data), name=name, limit_mb=limit_mb, allowed=allowed)


def told(call: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as caught:
        call()
    (problem,) = caught.value.problems
    assert problem.text("ru") != problem.text("en")
    return problem.code


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def place(folder: Path, digest: str = DIGEST) -> Path:
    held = digest.removeprefix("sha256:")
    return folder / held[:2] / held[2:4] / held


def altered(folder: Path, data: bytes) -> None:
    place(folder).chmod(0o600)
    place(folder).write_bytes(data)


def test_it_is_kept_under_its_digest_and_given_back(folder: Path) -> None:
    assert put(folder, PAPER) == Kept(DIGEST, len(PAPER), PDF, "contract.pdf")
    assert files(folder) == [str(place(folder).relative_to(folder))]
    with opened(folder, DIGEST) as file:
        assert file.read() == PAPER
    assert verify(folder, DIGEST) is True


def test_it_can_only_be_read(folder: Path) -> None:
    put(folder, PAPER)
    assert place(folder).stat().st_mode & 0o777 == 0o440


def test_the_same_content_twice_is_one_file(folder: Path) -> None:
    first, second = put(folder, PAPER, "a.pdf"), put(folder, PAPER, "b.pdf")
    assert (first.digest, first.name, second.name) == (second.digest, "a.pdf", "b.pdf")
    assert len(files(folder)) == 1


def test_keeping_it_again_heals_what_was_altered(folder: Path) -> None:
    put(folder, PAPER)
    altered(folder, b"%PDF-1.7 another")
    put(folder, PAPER)
    assert verify(folder, DIGEST) is True


class Flood:
    """A stream of `megabytes` that counts what was taken of it."""

    def __init__(self, megabytes: int) -> None:
        self.left, self.taken = megabytes * MEGABYTE, 0

    def read(self, size: int, /) -> bytes:
        assert 0 < size <= MEGABYTE, "never all at once"
        piece = b"a" * min(size, self.left)
        self.left, self.taken = self.left - len(piece), self.taken + len(piece)
        return piece


def test_a_stream_past_the_limit_is_not_read_to_its_end(folder: Path) -> None:
    flood = Flood(500)
    assert told(lambda: keep(folder, flood, name="a.txt", limit_mb=3)) == "attachment.large"
    assert flood.taken <= 4 * MEGABYTE
    assert files(folder) == []


def test_a_stream_as_large_as_the_limit_is_kept(folder: Path) -> None:
    assert keep(folder, Flood(3), name="a.txt", limit_mb=3).size == 3 * MEGABYTE
    assert told(lambda: put(folder, b"a" * (3 * MEGABYTE + 1), "a.txt", 3)) == "attachment.large"
    assert len(files(folder)) == 1


def test_an_empty_file_is_told(folder: Path) -> None:
    assert told(lambda: put(folder, b"")) == "attachment.empty"
    assert files(folder) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    class Full(io.FileIO):
        written = 0

        def write(self, data: object, /) -> int:
            if self.written >= 2:
                raise OSError(number, os.strerror(number))
            self.written += 1
            return super().write(bytes(data)[: 600 * 1024])  # type: ignore[call-overload]

    monkeypatch.setattr("enduse.stores.attachments.os.fdopen", lambda handle, mode, **_: Full(handle, mode))
    assert told(lambda: put(folder, b"a" * 2 * MEGABYTE, "a.txt")) == "attachment.full"
    assert files(folder) == []


def test_a_write_that_takes_only_a_part_goes_on_with_the_rest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(io.FileIO):
        def write(self, data: object, /) -> int:
            return super().write(bytes(data)[:7])  # type: ignore[call-overload]

    monkeypatch.setattr("enduse.stores.attachments.os.fdopen", lambda handle, mode, **_: Slow(handle, mode))
    kept = put(folder, PAPER)
    monkeypatch.undo()
    assert (kept.digest, verify(folder, DIGEST)) == (DIGEST, True)


def test_a_disk_that_fills_when_all_is_written_out_is_told_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("enduse.stores.attachments.os.fsync", full)
    assert told(lambda: put(folder, PAPER)) == "attachment.full"
    assert files(folder) == []


def test_it_is_on_the_disk_before_it_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(place(folder).exists())
        real(handle)

    monkeypatch.setattr("enduse.stores.attachments.os.fsync", fsync)
    put(folder, PAPER)
    assert synced[0] is False and synced[-1] is True


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert told(lambda: put(tmp_path / "file", PAPER)) == "data.unwritable"


def test_a_stream_that_breaks_off_leaves_no_half_file(folder: Path) -> None:
    class Broken:
        def read(self, _: int, /) -> bytes:
            if not hasattr(self, "begun"):
                self.begun = True
                return PAPER
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        keep(folder, Broken(), name="a.pdf", limit_mb=1)
    assert files(folder) == []


BAD: dict[str, tuple[str, bytes, str]] = {
    "a zip in a pdf": ("report.pdf", office("a.txt"), "attachment.mismatch"),
    "a program in a document": ("invoice.docx", b"MZ\x90\0\x03", "attachment.mismatch"),
    "a page in a text": ("evil.txt", b"<html><script>alert(1)</script>", "attachment.mismatch"),
    "a document in a table": ("a.xlsx", A_DOCX, "attachment.mismatch"),
    "a zip in a document": ("a.docx", office("a.txt"), "attachment.mismatch"),
    "a document as a program": ("contract.pdf.exe", PAPER, "attachment.mismatch"),
    "a program": ("setup.exe", b"MZ\x90\0\x03", "attachment.type"),
    "a program without a name": ("", b"\x7fELF\x02\x01", "attachment.type"),
    "a page": ("page.html", b"<!doctype html><p>", "attachment.type"),
    "a drawing that runs": ("logo.svg", b"<svg onload=x>", "attachment.type"),
    "a script that looks like text": ("run.ps1", b"Remove-Item *", "attachment.type"),
    "a script": ("run", b"#!/bin/sh\n", "attachment.type"),
    "a locked document": ("a.docx", ole("EncryptedPackage"), "attachment.type"),
    "what nobody knows": ("a.bin", b"\0\1\2\3", "attachment.type"),
    "macros": ("a.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "attachment.macros"),
    "a bomb": ("a.docx", office("[Content_Types].xml", "word/document.xml", big=bytes(20 * MEGABYTE)), "attachment.bomb"),
    "a way out": ("a.zip", office("../a"), "attachment.path"),
    "half an archive": ("a.docx", A_DOCX[:-3], "attachment.broken"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_taken_is_told_and_leaves_nothing(folder: Path, what: str) -> None:
    name, data, code = BAD[what]
    assert told(lambda: put(folder, data, name)) == code
    assert files(folder) == []


def test_both_the_claim_and_what_was_found_are_named(folder: Path) -> None:
    with pytest.raises(BadInput) as caught:
        put(folder, b"MZ\x90\0", "invoice.docx")
    for lang in ("ru", "en"):
        text = caught.value.problems[0].text(lang)
        assert "`.docx`" in text and "EXE" in text and "`invoice.docx`" in text


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("contract.docx", A_DOCX, DOCX),
        ("contract", A_DOCX, DOCX),
        ("contract.v2", A_DOCX, DOCX),
        ("letter.yaml", b"a: 1\n", TEXT),
        ("письмо.txt", "Договор".encode("cp1251"), TEXT),
    ],
)
def test_what_is_what_its_name_claims_is_taken(folder: Path, name: str, data: bytes, kind: str) -> None:
    assert put(folder, data, name).media_type == kind


def test_an_organisation_may_take_more_and_less(folder: Path) -> None:
    assert put(folder, ole("EncryptedPackage"), "a.docx", allowed=DOCUMENTS | {ENCRYPTED}).media_type == ENCRYPTED
    assert put(folder, b"\0\1", "a.bin", allowed=frozenset({UNKNOWN})).media_type == UNKNOWN
    assert told(lambda: put(folder, PAPER, allowed=frozenset({TEXT}))) == "attachment.type"
    assert told(lambda: put(folder, b"<html>", "a.txt", allowed=DOCUMENTS | {HTML})) == "attachment.mismatch"


@pytest.mark.parametrize(
    "digest",
    [
        "",
        "sha256:",
        DIGEST.upper(),
        DIGEST[:-1],
        DIGEST + "0",
        DIGEST.removeprefix("sha256:"),
        "sha256:../../../etc/passwd",
        "md5:" + "0" * 64,
        "sha256:" + "/" * 64,
        DIGEST + "\n",
        "sha256:" + "..%2f" * 12 + "0000",
        "/etc/passwd",
    ],
)
def test_a_digest_that_is_none_leads_nowhere(folder: Path, digest: str) -> None:
    put(folder, PAPER)
    assert told(lambda: opened(folder, digest)) == told(lambda: verify(folder, digest)) == "attachment.digest"


def test_what_is_missing_is_told(folder: Path) -> None:
    assert told(lambda: opened(folder, DIGEST)) == told(lambda: verify(folder, DIGEST)) == "attachment.missing"
    put(folder, PAPER)
    place(folder).unlink()
    place(folder).mkdir()
    assert told(lambda: opened(folder, DIGEST)) == "attachment.missing"


@pytest.mark.parametrize("data", [PAPER + b" ", PAPER[:-1], b"", PAPER.replace(b"contract", b"Contract")])
def test_what_was_altered_is_not_given_out(folder: Path, data: bytes) -> None:
    put(folder, PAPER)
    altered(folder, data)
    assert verify(folder, DIGEST) is False
    assert told(lambda: opened(folder, DIGEST)) == "attachment.altered"


def test_a_link_in_its_place_is_not_followed(folder: Path, tmp_path: Path) -> None:
    put(folder, PAPER)
    place(folder).rename(tmp_path / "elsewhere")
    place(folder).symlink_to(tmp_path / "elsewhere")
    assert told(lambda: opened(folder, DIGEST)) == "file.unreadable"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("contract.pdf", "contract.pdf"),
        ("../../x", "x"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\anna\\Договор № 5.docx", "Договор № 5.docx"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("contract\u202efdp.exe", "contractfdp.exe"),
        ("a\u200b\u2066b\u2069\x00\x1b[31m\r\n.pdf", "ab[31m.pdf"),
        ("...hidden", "hidden"),
        (".htaccess", "htaccess"),
        (" . .a.pdf. . ", "a.pdf"),
        ("CON", "file"),
        ("con.txt", "file.txt"),
        ("Lpt1 .tar.gz", "file.tar.gz"),
        ("console.txt", "console.txt"),
        ("a:b|c?.pdf", "a_b_c_.pdf"),
        ("report.txt:stream", "report.txt_stream"),
        ("", "file"),
        ("..", "file"),
        ("a/", "file"),
        ("\u202e\u200f", "file"),
        ("a   b\u00a0\u3000c.pdf", "a b c.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("x" * 300 + ".docx", "x" * (MOST_OF_A_NAME - 5) + ".docx"),
        ("a." + "x" * 300, "a." + "x" * (MOST_OF_A_NAME - 2)),
    ],
)
def test_a_name_is_only_a_label(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_the_label_is_what_is_kept_and_the_file_is_where_its_digest_says(folder: Path) -> None:
    assert put(folder, PAPER, "../../../etc/contract\u202e.pdf").name == "contract.pdf"
    assert files(folder) == [str(place(folder).relative_to(folder))]


PIECES = [*"abcC.. /\\:*~-_é", "\u202e", "\u200b", "\u0301", "\u0000", "\ud800", "con", "aux.", "\u00a0", "x" * 50, ".pdf"]
NAMES = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.text() | NAMES)
@example("e\u200b\u0301")
@example("nul\u200b.txt")
def test_any_name_becomes_one_that_does_no_harm(name: str) -> None:
    plain = plain_name(name)
    assert 0 < len(plain) <= MOST_OF_A_NAME
    assert plain_name(plain) == plain
    assert not set(plain) & set('/\\<>:"|?*')
    assert plain[0] not in ". " and plain[-1] not in ". "
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for sign in plain)
    assert plain.split(".")[0].strip().casefold() not in ("con", "aux", "nul", "prn")


@given(st.binary(min_size=1, max_size=3000))
def test_what_is_kept_comes_back_to_the_byte(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "kept"
    try:
        kept = keep(folder, io.BytesIO(data), name="a", limit_mb=1, allowed=DOCUMENTS | {UNKNOWN})
    except BadInput:
        return
    with opened(folder, kept.digest) as file:
        assert file.read() == data
    assert kept.size == len(data)


def test_a_real_document_of_many_parts_passes(folder: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for part in range(300):
            archive.writestr(f"word/media/image{part}.xml", os.urandom(2000) + bytes(20000))
    assert put(folder, stream.getvalue(), "big.docx").media_type == DOCX


def aged(path: Path, hours: float) -> Path:
    """The file as if it was last written so long ago."""
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def test_what_was_left_half_written_long_ago_is_cleared_and_nothing_else(folder: Path) -> None:
    put(folder, PAPER)
    aged(place(folder), 1000)
    for name, hours in ((".half-old", 25), (".half-new", 23)):
        (folder / name).write_bytes(b"x")
        aged(folder / name, hours)
    assert clear(folder, older=timedelta(days=1)) == 1
    assert files(folder) == [".half-new", str(place(folder).relative_to(folder))]
    assert clear(folder / "none", older=timedelta(days=1)) == 0


def test_what_is_only_kept_for_a_while_is_cleared_too_and_kept_anew_begins_anew(folder: Path) -> None:
    put(folder, PAPER)
    put(folder, b"%PDF-1.7\nAnother.\n")
    aged(place(folder), 25)
    (folder / "secret.txt").write_bytes(b"not ours")
    aged(folder / "secret.txt", 25)
    assert clear(folder, older=timedelta(days=1), kept=True) == 1
    assert len(files(folder)) == 2
    assert told(lambda: opened(folder, DIGEST)) == "attachment.missing"
    aged(place(folder, put(folder, PAPER).digest), 25)
    put(folder, PAPER)
    assert clear(folder, older=timedelta(days=1), kept=True) == 0
    assert verify(folder, DIGEST)


def test_a_file_is_removed_once_and_for_all(folder: Path) -> None:
    put(folder, PAPER)
    remove(folder, DIGEST)
    remove(folder, DIGEST)
    assert files(folder) == []
    assert told(lambda: remove(folder, "sha256:../../x")) == "attachment.digest"
