"""What some bytes are is told by how they begin."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from enduse.sources.sorts import PACKED, sort_of
from enduse.words import TABLE


def zipped(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("list.xml", text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "sort"),
    [
        (b"", ""),
        (b" \r\n\t", ""),
        (b"\xef\xbb\xbf", ""),
        (b"<!DOCTYPE html><html><body>503</body></html>", "got.html"),
        (b'<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml">', "got.html"),
        (b"\n <HTML><head>", "got.html"),
        (b'<?xml version="1.0"?><data-set/>', "got.xml"),
        (b"\xef\xbb\xbf<export/>", "got.xml"),
        ("<export/>".encode("utf-16"), "got.xml"),
        ("a,b".encode("utf-16"), "got.plain"),
        (b'{"results": []}', "got.json"),
        (b"%PDF-1.7", "got.pdf"),
        (zipped("x"), "got.zip"),
        (gzip.compress(b"x", mtime=0), "got.gzip"),
        (b"7z\xbc\xaf\x27\x1c\x00", "got.packed"),
        (b"\x00\x01\x02", "got.binary"),
        (b'36,"NAME","-0- "\x1a', "got.plain"),
        (b" " * 70_000 + b"<a/>", "got.xml"),
    ],
)
def test_bytes_are_called_by_their_sort(data: bytes, sort: str) -> None:
    assert sort_of(data) == sort
    assert not sort or sort in TABLE


def test_archives_are_told_from_documents() -> None:
    assert sort_of(zipped("x")) in PACKED
    assert "got.pdf" not in PACKED
