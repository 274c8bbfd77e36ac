"""Reading input files: bounded, decoded, split into deals. What cannot be read is a problem with its place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from enduse.formats.plain import Document, Plain, read_json, read_yaml
from enduse.formats.problems import BadInput, Problem

MOST_MEGABYTES = 2
_MOST = MOST_MEGABYTES * 1024 * 1024
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\x0c") | {127}
STDIN = "-"


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
    path = Path(name)
    try:
        if path.is_dir():
            raise BadInput(Problem("file.folder", values={"file": name}, file=name))
        with path.open("rb") as stream:
            yield from _of_stream(stream, name, ".jsonl" if lines else path.suffix.lower())
    except FileNotFoundError:
        yield Item(name, None, BadInput(Problem("file.absent", values={"file": name}, file=name)))
    except BadInput as error:
        yield Item(name, None, error)
    except OSError as error:
        yield Item(name, None, BadInput(Problem("file.unreadable", values={"file": name, "why": error.strerror or str(error)}, file=name)))


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
    path = Path(name)
    try:
        if path.is_dir():
            raise BadInput(Problem("file.folder", values={"file": name}, file=name))
        with path.open("rb") as stream:
            return _text(stream.read(_MOST + 1), name)
    except FileNotFoundError as error:
        raise BadInput(Problem("file.absent", values={"file": name}, file=name)) from error
    except OSError as error:
        raise BadInput(Problem("file.unreadable", values={"file": name, "why": error.strerror or str(error)}, file=name)) from error


def _of_stream(stream: BinaryIO, name: str, suffix: str | None) -> Iterator[Item]:
    if suffix == ".jsonl":
        yield from _lines(stream, name)
        return
    if suffix is None:  # standard input says by its first line what it is
        first = stream.readline(_MOST + 1)
        if first.lstrip().startswith(b"{") and _is_json(first):
            yield from _lines(stream, name, first)
            return
        yield _whole(first + stream.read(_MOST + 1), name, suffix)
        return
    yield _whole(stream.read(_MOST + 1), name, suffix)


def _is_json(line: bytes) -> bool:
    try:
        read_json(line.decode())
    except (BadInput, UnicodeDecodeError):
        return False
    return True


def _whole(data: bytes, name: str, suffix: str | None) -> Item:
    try:
        text = _text(data, name)
        if suffix == ".json" or (suffix is None and text.lstrip().startswith("{")):
            held = read_json(text)
            document = Document(held, _lines_of_json(text))
        else:
            document = read_yaml(text)
    except BadInput as error:
        return Item(name, None, in_file(error, name))
    return Item(name, document)


def _lines_of_json(text: str) -> dict[tuple[str | int, ...], int]:
    """JSON is YAML too, which knows its lines; where it is not (tabs), the first line has to do."""
    try:
        return read_yaml(text).lines
    except BadInput:
        return {(): 1}


def _lines(stream: BinaryIO, name: str, first: bytes = b"") -> Iterator[Item]:
    number = 0
    while line := first or stream.readline(_MOST + 1):
        first = b""
        number += 1
        where = f"{name}:{number}"
        if len(line) > _MOST:
            while not line.endswith(b"\n") and (line := stream.readline(_MOST)):
                pass
            yield Item(where, None, BadInput(Problem("line.large", line=number, values={"limit": MOST_MEGABYTES}, file=name)))
            continue
        if not line.strip():
            continue
        try:
            yield Item(where, Document(read_json(_decoded(line, name, number), first_line=number), {(): number}))
        except BadInput as error:
            yield Item(where, None, in_file(error, name))
    if not number:
        yield Item(name, None, BadInput(Problem("file.empty", line=1, file=name)))


def in_file(error: BadInput, name: str) -> BadInput:
    """The same problems, with the file's name."""
    named = (Problem(problem.code, problem.path, problem.line, problem.values, name) for problem in error.problems)
    return BadInput(*named, reference=error.reference)


def _text(data: bytes, name: str) -> str:
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
