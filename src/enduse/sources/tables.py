"""Lists in CSV: rows from untrusted bytes, each with its line; what is no such table is BadInput that says what it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enduse.formats.problems import BadInput, Problem, nearest, short
from enduse.sources.sorts import PACKED, sort_of
from enduse.sources.source import File, Skipped

END = "\x1a"  # the old sign for a file's end, with which some publishers close a file
_BOM = b"\xef\xbb\xbf"
_UNSOUND = 0.01  # of the lines: beyond it the file is not in UTF-8; up to it single bytes went wrong


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the number of the line that it begins at."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows that hold anything, whether it is closed by the sign for a file's end, and which lines could not be decoded whole."""

    file: File
    rows: tuple[Row, ...]
    closed: bool
    skipped: tuple[Skipped, ...]

    def place(self, row: Row) -> str:
        return f"{self.file.name}:{row.line}"


def table_of(file: File, word: str, *, delimiter: str = ",") -> Table:
    """The rows of a file of the list `word`, in UTF-8. Raises BadInput where it is another sort of file, is cut off, or is no table."""
    _refuse_other_sorts(file, word)
    text, skipped = _decoded(file, word)
    body = text.rstrip("\r\n").removesuffix(END)
    rows = tuple(_rows(body, file, word, delimiter))
    if not rows:
        raise BadInput(Problem("list.empty", values={"list": word}, file=file.name))
    last = rows[-1]
    if body == text and len(rows) > 1 and len(last.cells) < len(rows[-2].cells):  # no line's end and cells missing: it stops within a row
        raise BadInput(Problem("list.truncated", line=last.line, values={"list": word, "at": last.line}, file=file.name))
    return Table(file, rows, END in text[len(body) :], skipped)


def named(
    table: Table, word: str, required: Collection[str], known: Collection[str]
) -> tuple[Iterator[tuple[Row, Mapping[str, str]]], list[Skipped]]:
    """The rows beneath a header as mappings, and what is not taken over: columns that are not `known`, rows of another width.

    Raises BadInput where a `required` column is missing, or where most rows do not fit the header.
    """
    header = [cell.strip() for cell in table.rows[0].cells]
    if missing := [name for name in required if name not in header]:
        values = {"list": word, "missing": _some(missing), "found": _some(header), "near": nearest(missing[0], header)}
        raise BadInput(Problem("list.columns", line=1, values=values, file=table.file.name))
    rows = table.rows[1:]
    if not rows:
        raise BadInput(Problem("list.rows", line=1, values={"list": word}, file=table.file.name))
    strange = [name for at, name in enumerate(header) if name not in known or name in header[:at]]
    skipped = [Skipped(f"{table.file.name}:{table.rows[0].line}", "skipped.column", {"field": short(name, 60)}) for name in strange]
    fit, narrow = of_width(table, rows, len(header), word)
    # of a name that stands twice the first column counts
    return ((row, dict(reversed(list(zip(header, row.cells, strict=True))))) for row in fit), skipped + narrow


def of_width(table: Table, rows: Sequence[Row], width: int, word: str) -> tuple[list[Row], list[Skipped]]:
    """The rows that have so many cells, and the others as skipped. Raises BadInput where every tenth is another: it is not that table."""
    fit = [row for row in rows if len(row.cells) == width]
    others = [row for row in rows if len(row.cells) != width]
    if (len(others) * 10 > len(rows) and len(others) > 1) or not fit:
        values = {"list": word, "expected": width, "count": len(others), "got": str(len(others[0].cells))}
        raise BadInput(Problem("list.width", line=others[0].line, values=values, file=table.file.name))
    return fit, [
        Skipped(table.place(row), "skipped.width", {"count": len(row.cells), "expected": width, "text": short(" | ".join(row.cells))}, whole=True)
        for row in others
    ]


def _some(names: Sequence[str]) -> tuple[str, ...]:
    """The first names, as many as an error can hold."""
    return (*(f"`{short(name, 30)}`" for name in names[:6]), *(("…",) if len(names) > 6 else ()))


def _rows(text: str, file: File, word: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(begun, tuple(cells))
            begun = reader.line_num + 1
    except csv.Error as error:
        cut = "unexpected end of data" in str(error)
        code, values = ("list.truncated", {"list": word, "at": begun}) if cut else ("list.table", {"list": word, "at": begun, "why": str(error)})
        raise BadInput(Problem(code, line=begun, values=values, file=file.name)) from error


def _refuse_other_sorts(file: File, word: str) -> None:
    sort = sort_of(file.data)
    if not sort or not file.data.strip(b"\x1a \t\r\n"):
        raise BadInput(Problem("list.empty", values={"list": word}, file=file.name))
    if sort != "got.plain":
        code = "list.packed" if sort in PACKED else "list.sort"
        raise BadInput(Problem(code, values={"list": word, "got": sort, "expected": "CSV"}, file=file.name))


def _decoded(file: File, word: str) -> tuple[str, tuple[Skipped, ...]]:
    data = file.data.removeprefix(_BOM)
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        lines = data.split(b"\n")
        bad = [number for number, line in enumerate(lines, 1) if not _sound(line)]
        if len(bad) > max(1, len(lines) * _UNSOUND) or b"\0" in data or len(lines) < 10:
            values = {"list": word, "at": bad[0], "byte": f"0x{data[error.start]:02X}"}
            raise BadInput(Problem("list.encoding", line=bad[0], values=values, file=file.name)) from error
        skipped = tuple(Skipped(f"{file.name}:{number}", "skipped.bytes") for number in bad)
        return data.decode(errors="replace"), skipped


def _sound(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
