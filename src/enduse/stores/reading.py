"""Reading input files: bounded, decoded, split into deals. What cannot be read is a problem with its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from enduse.formats.plain import Document, Plain, json_lines, read_json, read_yaml
from enduse.formats.problems import BadInput, Problem

MOST_MEGABYTES = 2
_MOST = MOST_MEGABYTES * 1024 * 1024
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\x0c") | {127}
_BEGINS_JSON = re.compile(r"\s*\{\s*[\"}]")
STDIN = "-"
MOST_BLANK = 100  # lines that standard input may begin with before it has to say what it is


@dataclass(frozen=True, slots=True)
class Item:
    """One deal's (or decision's) text as found: the document, or what is wrong with it."""

    where: str
    document: Document | None
    problem: BadInput | None = None


def items(name: str, *, lines: bool = False) -> Iterator[Item]:
    """The documents of one input, one after the other: a YAML or JSON file holds one, a `.jsonl` (or any, with `lines`) one a line;
    `-` is standard input.

    Never raises for what is wrong with the input: that is an item with its problem, and the rest goes on.
    """
    if name == STDIN:
        yield from _of_stream(sys.stdin.buffer, "-", ".jsonl" if lines else None)
        return
    try:
        with opened(name) as stream:
            yield from _of_stream(stream, name, ".jsonl" if lines else Path(name).suffix.lower())
    except BadInput as error:
        yield Item(name, None, error)


def items_in(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The documents of an open stream that goes by this name, as `items` gives them: how they are read is told by the name's ending."""
    yield from _of_stream(stream, name, Path(name).suffix.lower())


def records(name: str) -> Iterator[tuple[str, dict[str, Plain] | None, BadInput | None]]:
    """The lines of a file of decisions: where, the object, or what is wrong with the line. Scalars are text as it is spelt."""
    for item in items(name, lines=True):
        data = item.document.data if item.document is not None else None
        if item.document is not None and not isinstance(data, dict):
            yield item.where, None, BadInput(Problem("replay.line", values={"why": "{ … }"}))
        else:
            yield item.where, data if isinstance(data, dict) else None, item.problem


def read_text(name: str) -> str:
    """A whole file as text. Raises BadInput where it is absent, too large, empty, or no UTF-8 text."""
    with opened(name) as stream:
        return text_of(stream.read(_MOST + 1), name)


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file open for reading. Raises BadInput where it is absent, a folder, or cannot be read, then or later."""
    path = Path(name)
    try:
        if path.is_dir():
            raise BadInput(Problem("file.folder", values={"file": name}, file=name))
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError as error:
        raise BadInput(Problem("file.absent", values={"file": name}, file=name)) from error
    except OSError as error:
        raise BadInput(Problem("file.unreadable", values={"file": name, "why": error.strerror or str(error)}, file=name)) from error


def _of_stream(stream: BinaryIO, name: str, suffix: str | None) -> Iterator[Item]:
    if suffix == ".jsonl":
        yield from _lines(stream, name)
        return
    begun: list[bytes] = []
    if suffix is None and _has_a_deal_a_line(stream, begun):
        yield from _lines(stream, name, begun)
        return
    yield _whole(b"".join(begun) + stream.read(_MOST + 1), name, suffix)


def _has_a_deal_a_line(stream: BinaryIO, begun: list[bytes]) -> bool:
    """Whether standard input holds a JSON object a line: its first is one, or is a broken one and the second begins anew.

    What had to be read to say so is in `begun`. Whoever sends one deal and waits is not kept waiting for a second line.
    """
    first = _next_line(stream, begun).removeprefix(_BOMS[0])
    if not first.startswith(b"{"):
        return False
    if _is_json(first):
        return True
    return _next_line(stream, begun).startswith(b"{") and not first.endswith((b"{", b"[", b":", b","))


def _next_line(stream: BinaryIO, begun: list[bytes]) -> bytes:
    """The next line that is not blank, without the spaces around it."""
    while len(begun) < MOST_BLANK and (line := stream.readline(_MOST + 1)):
        begun.append(line)
        if line.strip():
            return line.strip()
    return b""


def _is_json(line: bytes) -> bool:
    try:
        read_json(line.decode())
    except (BadInput, UnicodeDecodeError):
        return False
    return True


def _whole(data: bytes, name: str, suffix: str | None) -> Item:
    try:
        return Item(name, _document(text_of(data, name), suffix))
    except BadInput as error:
        return Item(name, None, in_file(error, name))


def _document(text: str, suffix: str | None) -> Document:
    """The document of a whole file; standard input is JSON where it begins as only JSON would."""
    if suffix == ".json" or (suffix is None and _BEGINS_JSON.match(text)):
        return Document(read_json(text), json_lines(text))
    return read_yaml(text)


def _lines(stream: BinaryIO, name: str, begun: Iterable[bytes] = ()) -> Iterator[Item]:
    empty = True
    for number, line in enumerate(chain(begun, iter(lambda: stream.readline(_MOST + 1), b"")), 1):
        where = f"{name}:{number}"
        if len(line) > _MOST:
            empty = False
            rest = line
            while not rest.endswith(b"\n") and (rest := stream.readline(_MOST)):
                pass
            yield Item(where, None, BadInput(Problem("line.large", line=number, values={"limit": MOST_MEGABYTES}, file=name)))
            continue
        if not line.strip():
            continue
        empty = False
        try:
            yield Item(where, Document(read_json(_decoded(line, name, number), first_line=number), {(): number}))
        except BadInput as error:
            yield Item(where, None, in_file(error, name))
    if empty:
        yield Item(name, None, BadInput(Problem("file.empty", line=1, file=name)))


def in_file(error: BadInput, name: str) -> BadInput:
    """The same problems, with the file's name where they have none yet."""
    named = (Problem(problem.code, problem.path, problem.line, problem.values, problem.file or name) for problem in error.problems)
    return BadInput(*named, reference=error.reference)


def text_of(data: bytes, name: str) -> str:
    """The bytes of a file as text. Raises BadInput where they are too many, none, or no UTF-8 text."""
    if len(data) > _MOST:
        raise BadInput(Problem("file.large", line=1, values={"limit": MOST_MEGABYTES}, file=name))
    if not data.strip():
        raise BadInput(Problem("file.empty", line=1, file=name))
    return _decoded(data, name, 1)


def _decoded(data: bytes, name: str, first_line: int) -> str:
    if data.startswith(_BOMS):
        raise BadInput(Problem("file.bom", line=first_line, file=name))
    if data.translate(None, bytes(_CONTROL)) != data:
        at = next(place for place, byte in enumerate(data) if byte in _CONTROL)
        line = first_line + data.count(b"\n", 0, at)
        raise BadInput(Problem("file.binary", line=line, values={"byte": f"0x{data[at]:02X}"}, file=name))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        values = {"byte": f"0x{data[error.start]:02X}", "guess": _guess(data)}
        raise BadInput(Problem("file.encoding", line=line, values=values, file=name)) from error


def _guess(data: bytes) -> str:
    """Which encoding the bytes look like: Russian text is mostly small letters, and those lie apart in the old code pages."""
    high = [byte for byte in data if byte > 127]
    small = {"Windows-1251": range(0xE0, 0x100), "KOI8-R": range(0xC0, 0xE0)}
    counts = {name: sum(byte in letters for byte in high) for name, letters in small.items()}
    return max(counts, key=lambda name: counts[name])
