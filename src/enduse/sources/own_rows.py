"""An organisation's own list as rows, from CSV or JSON; a workbook's rows are handed in the same shape by whoever reads it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from enduse.formats.plain import Plain, read_json
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.russian import in_utf_8
from enduse.sources.sorts import PACKED, sort_of
from enduse.sources.source import File, Skipped
from enduse.sources.tables import of_width, table_of

WORD = "csv"
Encoding = Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1251", "windows-1252", "koi8-r", "cp866"]
_TURNED, _RIGHT = re.compile("[а-яё][А-ЯЁ]"), re.compile("[А-ЯЁ][а-яё]")
_BAD_LINES = 0.1  # of a file of JSON lines: with more it is none
Cell = tuple[str, ...]  # what a cell holds: nothing, a text, or several as a JSON list does


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file with their places, the titles of their columns, and what of the file is no row."""

    file: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    skipped: tuple[Skipped, ...] = ()


def of_table(file: str, titles: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Rows:
    """Rows as a spreadsheet has them: each its number and its texts, as long as the heading."""
    return Rows(file, tuple(titles), tuple((f"{file}:{number}", tuple((cell,) if cell else () for cell in cells)) for number, cells in rows))


def rows_of(file: File, records: str | None = None, encoding: Encoding | None = None) -> Rows:
    """The rows of a CSV file (commas, semicolons or tabs) or of a JSON file: an object a line, a list of objects, or one under the key
    `records`, else the only such list. In the encoding that is told, else UTF-8, UTF-16 with its mark, or Windows-1251.
    Raises BadInput where it is neither, broken, or in another encoding."""
    file = _in_utf_8(file, encoding)
    sort = sort_of(file.data)
    if sort == "got.json":
        return _of_lines(file) if records is None and _has_an_object_a_line(file) else _of_json(file, records)
    if sort not in ("", "got.plain"):
        values = {"list": WORD, "got": sort, "expected": "CSV, XLSX, JSON"}
        raise BadInput(Problem("list.packed" if sort in PACKED else "list.sort", values=values, file=file.name))
    return _of_csv(file)


def _in_utf_8(file: File, encoding: Encoding | None) -> File:
    """The file in UTF-8. Text in KOI8-R, read as Windows-1251, has its capitals within words: it is not taken for that."""
    if encoding is None and file.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if encoding is not None and sort_of(file.data) not in PACKED:
        try:
            return replace(file, data=file.data.decode(encoding).encode())
        except UnicodeError as error:
            raise _wrong_encoding(file, encoding, getattr(error, "start", 0)) from error
    found = in_utf_8(file)
    if found is not file:
        text = found.data.decode()
        if len(_TURNED.findall(text)) > len(_RIGHT.findall(text)):
            raise _wrong_encoding(file, "Windows-1251", next(at for at, byte in enumerate(file.data) if byte > 127))
    return found


def _wrong_encoding(file: File, encoding: str, at: int) -> BadInput:
    line = file.data.count(b"\n", 0, at) + 1
    values = {"encoding": encoding, "at": line, "byte": f"0x{file.data[at]:02X}" if at < len(file.data) else "—"}
    return BadInput(Problem("list.own.encoding", line=line, values=values, file=file.name))


def _of_csv(file: File) -> Rows:
    try:
        table = table_of(file, WORD, delimiter=_delimiter(file.data))
    except BadInput as error:
        if error.problems[0].code == "list.encoding":
            raise _wrong_encoding(file, "UTF-8", _first_bad(file.data)) from error
        raise
    titles = tuple(title.strip() for title in table.rows[0].cells)
    if len(table.rows) < 2:
        raise BadInput(Problem("list.rows", line=1, values={"list": WORD}, file=file.name))
    fit, skipped = of_width(table, table.rows[1:], len(titles), WORD)
    rows = tuple((table.place(row), tuple((cell,) if cell.strip() else () for cell in row.cells)) for row in fit)
    return Rows(file.name, titles, rows, (*table.skipped, *skipped))


def _delimiter(data: bytes) -> str:
    """What parts the titles: of the usual signs the one that parts most."""
    head = data.removeprefix(b"\xef\xbb\xbf")[:20_000].decode(errors="replace").splitlines()
    first = next((line for line in head if line.strip()), "")
    return max(",;\t", key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _of_json(file: File, records: str | None) -> Rows:
    try:
        data = read_json(_text(file))
    except BadInput as error:
        raise BadInput(*(replace(problem, file=file.name) for problem in error.problems)) from error
    key, held = _records(data, records, file)
    return _of_records(file, ((f"{file.name}: {key}[{number}]", record) for number, record in enumerate(held, 1)))


def _text(file: File) -> str:
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(file, "UTF-8", _first_bad(file.data)) from error


def _first_bad(data: bytes) -> int:
    """Where the bytes cease to be UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _has_an_object_a_line(file: File) -> bool:
    """Whether the first line is an object by itself, and another line follows."""
    first, _, rest = file.data.removeprefix(b"\xef\xbb\xbf").strip().partition(b"\n")
    try:
        return bool(rest) and first.startswith(b"{") and isinstance(read_json(first.decode()), dict)
    except (BadInput, UnicodeDecodeError):
        return False


def _of_lines(file: File) -> Rows:
    """Rows of a file with an object a line. A line that is none is told; a last one that breaks off says that not all of the file is there."""
    held: list[tuple[str, Plain]] = []
    broken: list[BadInput] = []
    lines = _text(file).split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            held.append((f"{file.name}:{number}", read_json(line, first_line=number)))
        except BadInput as error:
            if number == len(lines):
                raise BadInput(Problem("list.truncated", line=number, values={"list": WORD, "at": number}, file=file.name)) from error
            held.append((f"{file.name}:{number}", line))
            broken.append(error)
    if len(broken) > max(1, len(held) * _BAD_LINES):
        raise BadInput(*(replace(problem, file=file.name) for problem in broken[0].problems)) from broken[0]
    return _of_records(file, held)


def _of_records(file: File, held: Iterable[tuple[str, Plain]]) -> Rows:
    """Rows of objects with their places: what is no object is told."""
    titles: dict[str, None] = {}
    read: list[tuple[str, dict[str, list[str]]]] = []
    skipped: list[Skipped] = []
    for place, record in held:
        if not isinstance(record, dict):
            skipped.append(Skipped(place, "skipped.record", {"text": short(record)}, whole=True))
            continue
        cells: dict[str, list[str]] = {}
        for title, value in _flat(record):
            titles[title] = None
            cells.setdefault(title, []).extend([value] if value else [])
        read.append((place, cells))
    if not read:
        raise BadInput(Problem("list.records", values={"list": WORD}, file=file.name))
    rows = tuple((place, tuple(tuple(cells.get(title, ())) for title in titles)) for place, cells in read)
    return Rows(file.name, tuple(titles), rows, tuple(skipped))


def _records(data: Plain, records: str | None, file: File) -> tuple[str, list[Plain]]:
    """The list of objects, with the key that it stands under."""
    if records is None and isinstance(data, list):
        return "", data
    if isinstance(data, dict):
        found = {key: value for key, value in data.items() if isinstance(value, list) and any(isinstance(one, dict) for one in value)}
        if records is not None and isinstance(held := data.get(records), list):
            return records, held
        if records is None and len(found) == 1:
            return next(iter(found.items()))
        if found:
            raise BadInput(Problem("list.records.which", values={"list": WORD, "known": tuple(f"`{short(key)}`" for key in found)}, file=file.name))
    raise BadInput(Problem("list.records", values={"list": WORD}, file=file.name))


def _flat(value: Plain, path: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a value with their paths: what stands within an object goes by both keys (`address.city`), a list by its own."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _flat(inner, path)
    else:
        yield path, value if isinstance(value, str) else ""
