"""What a file is, by its content: real beginnings of every type, texts in their encodings, and what poses as something else."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.formats.problems import BadInput
from enduse.stores import sniffing as kinds
from enduse.stores.sniffing import CLAIMS, DOCUMENTS, claimed, found_type, label

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
DEAL = "format: enduse/deal-1\nreference: D-1\ndate: 2026-11-02\n"
MAIL = "Received: from a by b\r\nFrom: anna@example.com\r\nTo: boris@example.com\r\nSubject: Contract\r\nMIME-Version: 1.0\r\n\r\n<html><p>Hello"
VBA, WORD, BOOK = "_VBA_PROJECT", "WordDocument", "Workbook"


def office(*entries: str, **more: bytes) -> bytes:
    """An office file of these entries, a real zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in entries:
            archive.writestr(name, TYPES if name == "[Content_Types].xml" else "<x/>")
        for name, data in more.items():
            archive.writestr(name, data)
    return stream.getvalue()


def open_document(kind: str, *entries: str, manifest: str = "<m/>") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", manifest)
        for name in ("content.xml", *entries):
            archive.writestr(name, "<x/>")
    return stream.getvalue()


def ole(*names: str, root: bytes = bytes(16)) -> bytes:
    """An old office file of a header and one sector of directory."""
    entries = b""
    for at, name in enumerate(("Root Entry", *names)):
        text = name.encode("utf-16-le") + b"\0\0"
        kind = 5 if at == 0 else 2
        entries += text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + bytes(12) + (root if at == 0 else bytes(16)) + bytes(32)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries.ljust(1024, b"\0")


def clsid(text: str) -> bytes:
    return bytes.fromhex(text)


def found(data: bytes) -> str:
    return found_type(io.BytesIO(data), name="file")


def code(data: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        found(data)
    return caught.value.problems[0].code


DOCX = office("[Content_Types].xml", "_rels/.rels", "word/document.xml")
FILES = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", kinds.PDF),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", kinds.PNG),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", kinds.JPEG),
    "gif": (b"GIF89a\x01\0", kinds.GIF),
    "tiff": (b"II*\0\x08\0\0\0", kinds.TIFF),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 ", kinds.WEBP),
    "docx": (DOCX, kinds.DOCX),
    "xlsx": (office("[Content_Types].xml", "xl/workbook.xml"), kinds.XLSX),
    "pptx": (office("[Content_Types].xml", "ppt/presentation.xml"), kinds.PPTX),
    "odt": (open_document("text"), kinds.ODT),
    "ods": (open_document("spreadsheet"), kinds.ODS),
    "odp": (open_document("presentation"), kinds.ODP),
    "zip": (office("word/document.xml", "letter.txt"), kinds.ZIP),
    "an empty zip": (b"PK\x05\x06" + bytes(18), kinds.ZIP),
    "a mimetype of another sort": (office("mimetype"), kinds.ZIP),
    "jar": (office("META-INF/MANIFEST.MF", "a.class"), kinds.PROGRAM),
    "apk": (office("AndroidManifest.xml"), kinds.PROGRAM),
    "rtf": (b"{\\rtf1\\ansi Hello}", kinds.RTF),
    "doc": (ole(WORD), kinds.DOC),
    "xls": (ole(BOOK), kinds.XLS),
    "an older xls": (ole("Book"), kinds.XLS),
    "ppt": (ole("PowerPoint Document"), kinds.PPT),
    "msg": (ole("__nameid_version1.0"), kinds.MSG),
    "a doc with a table in it": (ole(BOOK, WORD, root=clsid("0609020000000000c000000000000046")), kinds.DOC),
    "msi": (ole("SummaryInformation"), kinds.OLE),
    "an office file behind a password": (ole("EncryptionInfo", "EncryptedPackage"), kinds.ENCRYPTED),
    "an odt behind a password": (open_document("text", manifest="<m><manifest:encryption-data/></m>"), kinds.ENCRYPTED),
    "text": ("Письмо: passenger flow.\r\n\tДа".encode(), kinds.TEXT),
    "text with a mark": (b"\xef\xbb\xbf" + "Письмо".encode(), kinds.TEXT),
    "text in Windows-1251": ("Письмо о поставке № 5 — «Заря»".encode("cp1251"), kinds.TEXT),
    "text in UTF-16": ("Письмо".encode("utf-16"), kinds.TEXT),
    "a deal": (DEAL.encode(), kinds.TEXT),
    "json": (b'{"reference": "D-1"}', kinds.TEXT),
    "csv": (b"a;b\r\n1;2\r\n", kinds.TEXT),
    "text with a sign of less": (b"a < b and b > c", kinds.TEXT),
    "text that begins like a program": ("MZ-17: договор".encode(), kinds.TEXT),
    "mail": (MAIL.encode(), kinds.EML),
    "exe": (b"MZ\x90\0\x03\0\0\0", kinds.PROGRAM),
    "elf": (b"\x7fELF\x02\x01\x01\0", kinds.PROGRAM),
    "a shortcut": (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", kinds.PROGRAM),
    "rar": (b"Rar!\x1a\x07\x01\0", kinds.ARCHIVE),
    "gz": (b"\x1f\x8b\x08\0", kinds.ARCHIVE),
    "a script": (b"#!/bin/sh\nrm -rf /\n", kinds.SCRIPT),
    "a script after a mark": (b"\xef\xbb\xbf#!/bin/sh\n", kinds.SCRIPT),
    "php": (b"<?php system($_GET['c']);", kinds.SCRIPT),
    "a batch file": (b"@ECHO OFF\r\ndel *\r\n", kinds.SCRIPT),
    "html": (b"<!DOCTYPE html><html><body>", kinds.HTML),
    "html after spaces and a remark": (b"\n <!-- hello --> <HTML >", kinds.HTML),
    "html after xml": (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', kinds.HTML),
    "html in UTF-16": ("<html><script>".encode("utf-16"), kinds.HTML),
    "html in Windows-1251": ("Договор поставки <script>alert(1)</script>".encode("cp1251"), kinds.HTML),
    "a script in a text": (b"Dear Anna,\n<script src=x></script>", kinds.HTML),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x">', kinds.SVG),
    "svg after xml": (b'<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "a" "b">\n<svg >', kinds.SVG),
    "a drawing in a text": (b"Dear Anna,\n<svg onload=x>", kinds.SVG),
    "svg with a prefix": (b'<?xml version="1.0"?><s:svg xmlns:s="http://www.w3.org/2000/svg"/>', kinds.SVG),
    "xml": (b'<?xml version="1.0"?><list><entry/></list>', kinds.XML),
    "xml without its line": (b"<list><entry/></list>", kinds.XML),
    "nothing": (b"", kinds.UNKNOWN),
    "rubbish": (b"\x00\x01\x02\x03", kinds.UNKNOWN),
    "rubbish after much text": (b"a" * 3_000_000 + b"\x01", kinds.UNKNOWN),
    "what no code page has": (b"abc \x98\x98\x98", kinds.UNKNOWN),
    "one byte that no code page has": ("Договор".encode("cp1251") + b"\x98", kinds.UNKNOWN),
    "high bytes that are no letters": (bytes(range(0x80, 0x98)) * 20, kinds.UNKNOWN),
    "broken UTF-16": (b"\xff\xfe\x00\xd8\x00\xd8", kinds.UNKNOWN),
    "UTF-16 with controls": ("a\x01".encode("utf-16"), kinds.UNKNOWN),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_known_by_its_content(name: str) -> None:
    data, kind = FILES[name]
    assert found(data) == kind


def test_a_letter_on_the_border_of_two_pieces_is_still_one_letter() -> None:
    assert found(b"a" * (1024 * 1024 - 1) + "ы".encode()) == kinds.TEXT


@pytest.mark.parametrize(
    "data",
    [
        office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        office("[Content_Types].xml", "xl/workbook.xml", "xl/VBAPROJECT.BIN"),
        office("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"),
        open_document("text", "Basic/Standard/Module1.xml"),
        open_document("spreadsheet", "Scripts/python/a.py"),
        ole(WORD, VBA),
        ole(BOOK, "_VBA_PROJECT_CUR"),
        ole(WORD, "Macros"),
    ],
)
def test_an_office_file_with_macros_is_told(data: bytes) -> None:
    assert code(data) == "attachment.macros"


def test_a_zip_inside_that_may_not_be_opened_is_told_by_what_is_wrong_with_it() -> None:
    assert code(office("[Content_Types].xml", "word/document.xml", "../evil")) == "attachment.path"
    assert code(office("[Content_Types].xml", "word/document.xml", **{"word/media": bytes(20 * 1024 * 1024)})) == "attachment.bomb"
    assert code(DOCX[:-7]) == "attachment.broken"


def test_a_zip_behind_a_password_is_encrypted_whatever_it_holds() -> None:
    at = struct.unpack("<L", DOCX[-6:-2])[0]
    locked = bytearray(DOCX)
    locked[6] |= 1
    locked[at + 8] |= 1
    assert found(bytes(locked)) == kinds.ENCRYPTED


def test_a_name_claims_by_its_last_extension_in_any_case() -> None:
    assert claimed("report.PDF") == frozenset({kinds.PDF})
    assert claimed("invoice.pdf.exe") == frozenset({kinds.PROGRAM})
    assert claimed("photo.jpg") == claimed("photo.JPEG") == frozenset({kinds.JPEG})
    assert claimed("report") is claimed("report.") is claimed("report.xyz") is claimed(".pdf") is None


def test_what_is_taken_by_default_can_neither_run_nor_hide() -> None:
    assert not DOCUMENTS & {kinds.PROGRAM, kinds.SCRIPT, kinds.HTML, kinds.SVG, kinds.XML, kinds.ARCHIVE, kinds.OLE, kinds.ENCRYPTED, kinds.UNKNOWN}
    assert {kind for types in CLAIMS.values() for kind in types} >= DOCUMENTS


def test_every_type_that_has_a_name_is_called_by_it() -> None:
    assert (label(kinds.DOCX), label(kinds.UNKNOWN)) == ("DOCX", "application/octet-stream")
    assert all("/" not in label(kind) for kind in DOCUMENTS)


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml", b"\xff\xfe", b"%PDF-"]))
def test_any_bytes_are_of_some_type_or_a_clear_problem(data: bytes, start: bytes) -> None:
    try:
        kind = found(start + data)
    except BadInput as error:
        assert error.problems[0].code.startswith("attachment.")
    else:
        assert "/" in kind


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_is_text_of_some_sort(text: str) -> None:
    assert found(text.encode()) in (kinds.TEXT, kinds.HTML, kinds.SVG, kinds.XML, kinds.SCRIPT, kinds.EML, kinds.RTF, kinds.PDF, kinds.GIF)
