"""Which encoding a large text is in, told from all of its bytes in little memory."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from enduse.formats.problems import BadInput, Problem

PIECE = 1024 * 1024
MOSTLY = 0.5  # of the letters beyond ASCII: the commonest of Russian are two thirds of any text
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_RUN = re.compile(rb"[\x80-\xff]{2,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_BEYOND = re.compile("[^\x00-\x7f\ufffd]")
_COMMON = "оеаинтсрвлкОЕАИНТСРВЛК"
_PAGES = {"cp1251": "Windows-1251", "koi8-r": "KOI8-R", "cp866": "CP866 (DOS)", "iso8859-5": "ISO 8859-5", "mac-cyrillic": "Mac Cyrillic"}
_NOT_IN_1251 = 0x98


def encoding_of(stream: BinaryIO, name: str) -> str:
    """The encoding of a stream from here on, for Python: `utf-8-sig` (also without the mark), `utf-16` (by its mark) or `cp1251`.

    Text that could be something else is refused and not guessed: raises BadInput with the line and byte where UTF-8 breaks, and with
    what it looks like where that can be told. The stream is at its end afterwards, or wherever that was seen.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    begin = stream.tell()
    lines = 1
    while piece := stream.read(PIECE):
        if stream.tell() - len(piece) == begin and piece.startswith(_UTF16):
            return "utf-16"
        if b"\0" in piece:
            raise BadInput(Problem("table.binary", line=lines + piece[: piece.index(0)].count(b"\n"), values={"character": "U+0000"}, file=name))
        held = decoder.getstate()[0]
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            whole = held + piece
            line, byte = lines + whole.count(b"\n", 0, error.start), whole[error.start]
            stream.seek(begin)
            return _other_than_utf8(stream, name, line, byte)
        lines += piece.count(b"\n")
    if held := decoder.getstate()[0]:  # it ends within a letter
        stream.seek(begin)
        return _other_than_utf8(stream, name, lines, held[0])
    return "utf-8-sig"


def _other_than_utf8(stream: BinaryIO, name: str, line: int, byte: int) -> str:
    """Windows-1251, where that reads the bytes as Russian, and better than any other code page of Russian does."""
    values = {"line": line, "byte": f"0x{byte:02X}"}
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    counts = [0] * 256
    good = bad = runs = 0
    while piece := stream.read(PIECE):
        text = decoder.decode(piece)
        bad += text.count("\ufffd")
        good += len(_BEYOND.findall(text))
        runs += sum(map(len, _RUN.findall(piece)))
        high = b"".join(_HIGH.findall(piece))
        for one in set(high):
            counts[one] += high.count(one)
    if good > bad:
        raise BadInput(Problem("screen.encoding_broken", line=line, values=values, file=name))
    total = sum(counts)
    shares = {page: sum(counts[one] for one in _COMMON.encode(page)) / max(total, 1) for page in _PAGES}
    best = max(shares, key=lambda page: shares[page])
    if counts[_NOT_IN_1251] or shares[best] < MOSTLY or runs < MOSTLY * total:  # no Russian: letters that stand alone among ASCII are of the West
        raise BadInput(Problem("screen.encoding", line=line, values=values, file=name))
    if best != "cp1251":
        raise BadInput(Problem("screen.encoding_guess", values={"guess": _PAGES[best]}, file=name))
    return "cp1251"
