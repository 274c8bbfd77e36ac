"""What a file is, found from its content and never from its name; and what its name claims it to be."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.archives import looked_over

TEXT, ZIP, PDF, RTF = "text/plain", "application/zip", "application/pdf", "application/rtf"
PNG, JPEG, GIF, TIFF, WEBP = "image/png", "image/jpeg", "image/gif", "image/tiff", "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT, ODS, ODP = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation"))
DOC, XLS, PPT, MSG = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/vnd.ms-outlook"
EML, HTML, SVG, XML = "message/rfc822", "text/html", "image/svg+xml", "application/xml"
PROGRAM, SCRIPT, ARCHIVE = "application/x-executable", "text/x-script", "application/x-archive"
OLE, ENCRYPTED, UNKNOWN = "application/x-ole-storage", "application/x-encrypted", "application/octet-stream"

DOCUMENTS = frozenset(
    {TEXT, ZIP, PDF, RTF, PNG, JPEG, GIF, TIFF, WEBP, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, XLS, PPT, MSG, EML}
)  # what is taken where the organisation says nothing else
_LABELS = {
    **{TEXT: "TXT", ZIP: "ZIP", PDF: "PDF", RTF: "RTF", PNG: "PNG", JPEG: "JPEG", GIF: "GIF", TIFF: "TIFF", WEBP: "WEBP"},
    **{DOCX: "DOCX", XLSX: "XLSX", PPTX: "PPTX", ODT: "ODT", ODS: "ODS", ODP: "ODP", DOC: "DOC", XLS: "XLS", PPT: "PPT", MSG: "MSG"},
    **{EML: "EML", HTML: "HTML", SVG: "SVG", XML: "XML", PROGRAM: "EXE", SCRIPT: "script", ARCHIVE: "RAR/7Z/GZ"},
}
CLAIMS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("txt", "csv", "tsv", "md", "log", "json", "jsonl", "yaml", "yml"), frozenset({TEXT})),
    **{"pdf": frozenset({PDF}), "rtf": frozenset({RTF}), "png": frozenset({PNG}), "gif": frozenset({GIF}), "webp": frozenset({WEBP})},
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif"), frozenset({JPEG})),
    **dict.fromkeys(("tif", "tiff"), frozenset({TIFF})),
    **dict.fromkeys(("docx", "dotx"), frozenset({DOCX, ENCRYPTED})),
    **dict.fromkeys(("xlsx", "xltx"), frozenset({XLSX, ENCRYPTED})),
    **dict.fromkeys(("pptx", "ppsx"), frozenset({PPTX, ENCRYPTED})),
    **{"odt": frozenset({ODT, ENCRYPTED}), "ods": frozenset({ODS, ENCRYPTED}), "odp": frozenset({ODP, ENCRYPTED})},
    **{"doc": frozenset({DOC}), "xls": frozenset({XLS}), "ppt": frozenset({PPT}), "msg": frozenset({MSG})},
    **{"zip": frozenset({ZIP, ENCRYPTED}), "eml": frozenset({EML}), "svg": frozenset({SVG}), "xml": frozenset({XML})},
    **dict.fromkeys(("html", "htm", "xhtml", "shtml", "mht", "mhtml"), frozenset({HTML})),
    **dict.fromkeys(("exe", "dll", "com", "scr", "msi", "pif", "cpl", "sys", "jar", "apk", "lnk", "so", "deb", "rpm"), frozenset({PROGRAM})),
    **dict.fromkeys(("js", "mjs", "vbs", "vbe", "wsf", "hta", "ps1", "bat", "cmd", "sh", "py", "pl", "php", "rb", "reg", "url"), frozenset({SCRIPT})),
    **dict.fromkeys(("rar", "7z", "gz", "tgz", "bz2", "xz", "cab", "iso", "tar"), frozenset({ARCHIVE})),
}
_BEGINNINGS = (
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xfe\xed\xfa", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\0asm", PROGRAM),
    (b"dex\n", PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", PROGRAM),  # a Windows shortcut
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"MSCF", ARCHIVE),
)
_WORDS_TOO = frozenset({b"MZ", b"BZh", b"MSCF"})  # text may begin so
_OPEN_DOCUMENT = {ODT, ODS, ODP}
_OFFICE = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS, "PowerPoint Document": PPT, "__nameid_version1.0": MSG}
_OLE_ROOTS = {"0609020000000000c000000000000046": DOC, "2008020000000000c000000000000046": XLS, "1008020000000000c000000000000046": XLS}
_OLE_ENTRY, _OLE_KEPT = 128, frozenset({1, 2, 5})
_OLE_MACROS = frozenset({"_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"})
_PIECE = 1024 * 1024
_HEAD = 4096
_PROLOG = re.compile(r"\A(?:\s|\ufeff|<\?.*?\?>|<!--.*?-->|<!doctype(?!\s+(?:html|svg))[^>\[]*(?:\[.*?\]\s*)?>)*", re.IGNORECASE | re.DOTALL)
_HTML = re.compile(r"<!doctype\s+html|<(?:html|head|body|script|iframe|object|embed)\b(?=[\s/>])", re.IGNORECASE)
_SVG = re.compile(r"<(?:\w+:)?svg\b(?=[\s/>:])|<!doctype\s+svg", re.IGNORECASE)
_SCRIPT = re.compile(r"#!|<\?php|<%|@echo\s+off|\[InternetShortcut\]", re.IGNORECASE)
_HEADERS = re.compile(r"^(?:from|to|date|subject|message-id|received|mime-version|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_STRONG = re.compile(r"^(?:message-id|received|mime-version|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_BINARY = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r") | {127})
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = bytes(range(128, 256))
_RUSSIAN = bytes({*range(0xC0, 0x100), *b"\xa8\xb8\xa0\xab\xbb\x96\x97\xb9"})  # letters, and the signs that go with them in Windows-1251


def label(kind: str) -> str:
    """A type as people call it."""
    return _LABELS.get(kind, kind)


def claimed(name: str) -> frozenset[str] | None:
    """The types that a name claims by its extension; None where it claims none that is known here."""
    return CLAIMS.get(PurePosixPath(name).suffix[1:].casefold())


def found_type(stream: BinaryIO, *, name: str) -> str:
    """The media type of a file's content. `name` only stands in what is raised.

    Raises BadInput where it is a zip inside that may not be opened (see `archives`), or an office file with macros.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning) and (beginning not in _WORDS_TOO or head.translate(None, _BINARY) != head):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(stream, name)
    if head.startswith(_OLE_MARK):
        return _of_ole(stream, name)
    encoding = _encoding(stream, head)
    return UNKNOWN if encoding is None else _of_text(head.decode(encoding, "ignore"))


def _macros(name: str) -> BadInput:
    return BadInput(Problem("attachment.macros", values={"name": short(name)}))


def _of_archive(stream: BinaryIO, name: str) -> str:
    archive = looked_over(stream, name=name)
    names = [entry.replace("\\", "/").casefold() for entry in archive.names]
    if archive.encrypted:
        return ENCRYPTED
    if {"meta-inf/manifest.mf", "androidmanifest.xml", "classes.dex"} & set(names):
        return PROGRAM
    office = next((kind for start, kind in _OFFICE.items() if any(entry.startswith(start) for entry in names)), None)
    if "[content_types].xml" in names and office:
        if any(entry.endswith("vbaproject.bin") or "/macrosheets/" in entry for entry in names):
            raise _macros(name)
        return office
    if archive.names and archive.names[0] == "mimetype":
        with zipfile.ZipFile(stream) as held, held.open("mimetype") as inner:
            kind = inner.read(100).decode("ascii", "replace").strip()
        if kind in _OPEN_DOCUMENT:
            if _is_locked(stream):
                return ENCRYPTED
            if any(entry.startswith(("basic/", "scripts/")) and not entry.endswith("/") for entry in names):
                raise _macros(name)
            return kind
    return ZIP


def _is_locked(stream: BinaryIO) -> bool:
    """Whether an OpenDocument file is behind a password: its manifest says how each part is encrypted."""
    with zipfile.ZipFile(stream) as held:
        if "META-INF/manifest.xml" not in held.namelist():
            return False
        with held.open("META-INF/manifest.xml") as inner:
            return b"encryption-data" in inner.read(_PIECE)


def _of_ole(stream: BinaryIO, name: str) -> str:
    """An old office file by the names in its directory, which stand at even places wherever it lies."""
    kinds, names = [], set()
    stream.seek(0)
    root = ""
    while block := stream.read(_PIECE):
        for at in range(0, len(block) - _OLE_ENTRY + 1, _OLE_ENTRY):
            length = block[at + 64] | block[at + 65] << 8
            if block[at + 66] not in _OLE_KEPT or block[at + 67] > 1 or not 4 <= length <= 64 or length % 2:
                continue
            entry = block[at : at + length - 2].decode("utf-16-le", "replace")
            names.add(entry)
            if entry in _OLE_KINDS:
                kinds.append(_OLE_KINDS[entry])
            if block[at + 66] == 5 and not root:
                root = block[at + 80 : at + 96].hex()
    if names & _OLE_MACROS:
        raise _macros(name)
    if "EncryptedPackage" in names:
        return ENCRYPTED
    return _OLE_ROOTS.get(root) or (kinds[0] if kinds else OLE)


def _encoding(stream: BinaryIO, head: bytes) -> str | None:
    """The encoding of a text: UTF-8, UTF-16 with its mark, or Windows-1251; None where it is no text."""
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if marked else "utf-8")()
    decodes, high, letters, lacking = bool(head), 0, 0, False
    stream.seek(0)
    while piece := stream.read(_PIECE):
        if not marked and piece.translate(None, _BINARY) != piece:
            return None
        high += len(piece) - len(piece.translate(None, _HIGH))
        letters += len(piece) - len(piece.translate(None, _RUSSIAN))
        lacking = lacking or b"\x98" in piece  # the one byte that Windows-1251 lacks
        decodes = decodes and _decodes(decoder, piece)
    if decodes and _decodes(decoder, b""):
        return "utf-16" if marked else "utf-8"
    return "cp1251" if head and not marked and not lacking and letters * 10 >= high * 7 else None


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    """Whether the next piece is text; the last is empty."""
    try:
        return _CONTROL.search(decoder.decode(piece, not piece)) is None
    except UnicodeDecodeError:
        return False


def _of_text(head: str) -> str:
    """What a text is by how it begins: pages, pictures and scripts that a browser or a shell would run are no plain text."""
    start = head.lstrip("\ufeff \t\r\n")
    if _SCRIPT.match(start):
        return SCRIPT
    matched = _PROLOG.match(start)
    body = start[matched.end() if matched else 0 :]
    if _SVG.match(body):
        return SVG
    top = re.split(r"\r?\n\r?\n", body, maxsplit=1)[0]
    mail = body[:1].isalpha() and _STRONG.search(top) is not None and len(_HEADERS.findall(top)) >= 2
    if not mail and _HTML.search(head):
        return HTML
    if not mail and _SVG.search(head):
        return SVG
    if start.startswith("<?xml") or re.match(r"<[A-Za-z!][^<>]*>", body):
        return XML
    return EML if mail else TEXT
