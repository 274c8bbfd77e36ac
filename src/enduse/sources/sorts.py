"""What sort of file some bytes are, told by how they begin: so that an error page or an archive is called by its name."""

from __future__ import annotations

import re

_MAGIC = (
    (b"PK\x03\x04", "got.zip"),
    (b"PK\x05\x06", "got.zip"),
    (b"\x1f\x8b", "got.gzip"),
    (b"7z\xbc\xaf\x27\x1c", "got.packed"),
    (b"Rar!", "got.packed"),
    (b"\xfd7zXZ\x00", "got.packed"),
    (b"BZh", "got.packed"),
    (b"%PDF-", "got.pdf"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
PACKED = frozenset(code for _, code in _MAGIC) - {"got.pdf"}
_HTML = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|(?:html|head|body|title|meta|script)[\s>])", re.IGNORECASE | re.DOTALL)
_BEGIN = 4096  # bytes that are looked at
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1a\x1b")


def sort_of(data: bytes) -> str:
    """The sort, as a code of `enduse.words` (`got.html`, `got.zip`, …, `got.plain`); empty where there is nothing but spaces."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    for magic, code in _MAGIC:
        if data.startswith(magic):
            return code
    if data.startswith(_UTF16):
        return "got.xml" if b"<" in data[2:4] else "got.plain"
    text = data[:_BEGIN].lstrip() or data.lstrip()[:_BEGIN]
    if not text:
        return ""
    if _HTML.match(text):
        return "got.html"
    if text.startswith(b"<"):
        return "got.xml"
    if text.startswith((b"{", b"[")):
        return "got.json"
    return "got.binary" if any(byte in _CONTROL for byte in text) else "got.plain"
