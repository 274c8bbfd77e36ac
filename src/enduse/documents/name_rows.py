"""Tables of names to be screened, read row by row in little memory: CSV, XLSX, JSON lines, Parquet."""

from __future__ import annotations

import csv
import importlib
import io
import json
import math
import re
import warnings
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook

from enduse.documents.tables import Unread, delimiter_of, sheet_rows
from enduse.formats.plain import once
from enduse.formats.problems import BadInput, Problem, nearest, short
from enduse.stores.archives import Limits, looked_over
from enduse.stores.encodings import encoding_of
from enduse.stores.questions import COLUMNS, Value
from enduse.stores.reading import opened

MOST_LINES = 50  # of the file in one row of a CSV: beyond that a quotation mark was left open
MOST_LINE = 4 * 1024 * 1024  # characters
MOST_EXTRA = 200
BATCH = 1_000
SEVERAL = ("country", "identifier")  # columns that may hold a list
LIMITS = Limits(entries=2_000, megabytes=1_024, ratio=1_000)
_SNIFFED = 100_000
_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*[\r\n]*', re.IGNORECASE)
_OTHERS = {b"\xd0\xcf\x11\xe0": "XLS", b"%PDF": "PDF", b"{\\rtf": "RTF"}
_OPEN = "unexpected end of data"  # as `csv` says it
_CSV = {_OPEN: "screen.quote_open", **{f"'{one}' expected after '\"'": "screen.quote" for one in ",;\t|:"}}
_ENDINGS = (".csv", ".tsv", ".txt", "")


@dataclass(frozen=True, slots=True)
class NameRow:
    """A row: its number as the file counts, from 1 on with the heading; its values by the columns that are known, or why it cannot be read."""

    number: int
    values: Mapping[str, Value]
    problem: BadInput | None = None


@dataclass
class NameTable:
    """A table as it is read: columns that are not known are gathered in `extra`, sheets with rows that nobody asked for in `sheets`."""

    name: str
    extra: dict[str, None] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)

    def known(self, titles: Sequence[str]) -> dict[int, str]:
        """The known columns by their place. Raises BadInput where `name` is missing or one stands twice."""
        found: dict[int, str] = {}
        for at, title in enumerate(titles):
            column = re.sub(r"[\s-]+", "_", title.strip().lower())
            if column not in COLUMNS:
                self.note(title)
            elif column in found.values():
                raise BadInput(Problem("screen.column_twice", line=1, values={"column": column}, file=self.name))
            else:
                found[at] = column
        if "name" not in found.values():
            shown = tuple(f"`{short(title, 30)}`" for title in titles[:10] if title.strip())
            values = {"found": shown or ("—",), "known": COLUMNS, "near": nearest("name", [title.lower() for title in titles])}
            raise BadInput(Problem("screen.column", line=1, values=values, file=self.name))
        return found

    def note(self, title: str) -> None:
        """Remember a column that is not known."""
        if title.strip() and len(self.extra) < MOST_EXTRA:
            self.extra[short(title, 40)] = None

    def bad(self, number: int, code: str, **values: object) -> NameRow:
        return NameRow(number, {}, BadInput(Problem(code, line=number, values=values, file=self.name)))


def rows_of(path: str, *, sheet: str | None = None) -> tuple[NameTable, Iterator[NameRow]]:
    """The rows of a table, known by its content and its ending; one that cannot be read is a row with its problem, and the rest goes on.

    The iterator raises BadInput where the table itself will not do: absent, of another format, not decodable, without a column `name`.
    """
    table = NameTable(path)
    return table, _rows(path, table, sheet)


def _rows(path: str, table: NameTable, sheet: str | None) -> Iterator[NameRow]:
    with opened(path) as stream:
        start = stream.read(8)
        stream.seek(0)
        for sign, kind in _OTHERS.items():
            if start.startswith(sign):
                raise BadInput(Problem("table.format", values={"name": short(path), "found": kind}, file=path))
        suffix = Path(path).suffix.lower()
        if start.startswith(b"PK\x03\x04"):
            found = _of_workbook(stream, table, sheet)
        elif sheet is not None:
            raise BadInput(Problem("table.sheet", values={"sheet": short(sheet), "known": ("—",)}, file=path))
        elif start.startswith(b"PAR1"):
            found = _of_parquet(stream, table)
        elif suffix in (".jsonl", ".ndjson"):
            found = _of_lines(stream, table)
        elif suffix in _ENDINGS:
            found = _of_csv(stream, table)
        else:
            raise BadInput(Problem("screen.suffix", values={"file": short(path)}, file=path))
        seen = False
        for row in found:
            seen = True
            yield row
        if not seen:
            raise BadInput(Problem("screen.empty", file=path))


class _Lines:
    """The lines of a text, some of which may be given back; those of one row are kept."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream = stream
        self.again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise csv.Error(_OPEN)
        line = self.again.popleft() if self.again else self.stream.readline(MOST_LINE)
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line


def _of_csv(stream: BinaryIO, table: NameTable) -> Iterator[NameRow]:
    encoding = encoding_of(stream, table.name)
    stream.seek(0)
    with io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
        begin = text.read(_SNIFFED)
        hint = _SEPARATOR.match(begin)
        delimiter = hint[1] if hint else delimiter_of(begin)
        text.seek(0)
        lines = _Lines(text)
        number = 1
        if hint:
            text.readline()
            number = 2
        columns: dict[int, str] = {}
        width = 0
        for begun, cells in _csv_rows(lines, delimiter, number):
            if isinstance(cells, str):
                if not columns:
                    raise BadInput(Problem(_CSV.get(cells, "table.csv"), line=begun, values={"why": cells}, file=table.name))
                yield table.bad(begun, _CSV.get(cells, "screen.line"), why=cells)
            elif not any(cell.strip() for cell in cells):
                continue
            elif not columns:
                columns, width = table.known(cells), len(cells)
            elif any(cell.strip() for cell in cells[width:]):
                yield table.bad(begun, "screen.wide", got=len(cells), expected=width)
            else:
                yield NameRow(begun, {column: cells[at] for at, column in columns.items() if at < len(cells)})


def _csv_rows(lines: _Lines, delimiter: str, number: int) -> Iterator[tuple[int, list[str] | str]]:
    """The rows with the number of the line that each begins at, or why one cannot be read: then the line after it begins a new one."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        try:
            cells: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = str(error)
            lines.again.extendleft(reversed(lines.taken[1:]))
            del lines.taken[1:]
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        yield number, cells
        number += len(lines.taken)


def _of_workbook(stream: BinaryIO, table: NameTable, sheet: str | None) -> Iterator[NameRow]:
    looked_over(stream, name=table.name, limits=LIMITS)
    stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of looks and links that are of no use here
        try:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            pages: dict[str, Any] = {page.title: page for page in book.worksheets}
            shown = [page for page in pages.values() if page.sheet_state == "visible"]
            if (sheet is not None and sheet not in pages) or not shown:
                values = {"sheet": short(sheet or ""), "near": nearest(sheet or "", pages), "known": tuple(pages)}
                raise BadInput(Problem("table.sheet", values=values, file=table.name))
            if sheet is None:
                table.sheets = [page.title for page in shown[1:] if _has_rows(page)]
            yield from _of_sheet(pages[sheet] if sheet is not None else shown[0], table)
        except (BadInput, GeneratorExit):
            raise
        except Exception as error:  # openpyxl lets broken workbooks through as any plain error
            why = short(str(error.__cause__ or error) or type(error).__name__)
            raise BadInput(Problem("table.broken", values={"why": why}, file=table.name)) from error


def _has_rows(page: Any) -> bool:
    try:
        return any(value is not None for row in page.iter_rows(values_only=True) for value in row)
    except Exception:  # as broken as may be, nobody read it
        return True


def _of_sheet(page: Any, table: NameTable) -> Iterator[NameRow]:
    columns: dict[int, str] = {}
    unread: Unread = {}
    for number, cells in sheet_rows(page, table.name, unread):
        broken = unread.pop(number, {})
        if not any(cells) and not broken:
            continue
        if not columns:
            columns = table.known(cells)
        elif wrong := [problem for at, problem in broken.items() if at in columns]:
            yield NameRow(number, {}, BadInput(*wrong))
        elif any(cells):
            yield NameRow(number, {column: cells[at] for at, column in columns.items() if at < len(cells)})


def _of_lines(stream: BinaryIO, table: NameTable) -> Iterator[NameRow]:
    for number, line in enumerate(iter(lambda: stream.readline(MOST_LINE), b""), 1):
        if not line.strip():
            continue
        if len(line) == MOST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MOST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield table.bad(number, "screen.json_line", why=f"> {MOST_LINE // 1024 // 1024} MB")
            continue
        try:
            data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"), object_pairs_hook=once)
        except KeyError as error:
            yield table.bad(number, "screen.key_twice", column=short(error.args[0]))
            continue
        except (ValueError, RecursionError) as error:
            yield table.bad(number, "screen.json_line", why=short(str(error)))
            continue
        if not isinstance(data, dict):
            yield table.bad(number, "screen.json_line", why=short(line.decode()))
            continue
        yield _of_mapping(number, data, table)


def _of_parquet(stream: BinaryIO, table: NameTable) -> Iterator[NameRow]:
    try:
        parquet: Any = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise BadInput(Problem("screen.parquet", file=table.name)) from error
    number = 1
    try:
        file = parquet.ParquetFile(stream)
        columns = table.known(file.schema_arrow.names)
        names = [file.schema_arrow.names[at] for at in columns]
        for batch in file.iter_batches(batch_size=BATCH, columns=names):
            for values in batch.to_pylist():
                number += 1
                yield _of_mapping(number, {column: values[title] for title, column in zip(names, columns.values(), strict=True)}, table)
    except (BadInput, GeneratorExit):
        raise
    except Exception as error:  # what pyarrow lets through of a broken file are errors of its own and plain ones
        raise BadInput(Problem("screen.parquet_broken", values={"why": short(str(error))}, file=table.name)) from error


def _of_mapping(number: int, data: Mapping[str, object], table: NameTable) -> NameRow:
    """A row of typed values: texts, numbers and days as text, lists of them as they are."""
    found: dict[str, Value] = {}
    for column, value in data.items():
        if column not in COLUMNS:
            table.note(column)
            continue
        try:
            if not isinstance(value, (list, tuple)):
                found[column] = _text(value)
                continue
            texts = [_text(one) for one in value if one is not None]
        except TypeError:
            return table.bad(number, "screen.value", column=column)
        if column not in SEVERAL and len(texts) > 1:
            return table.bad(number, "screen.one", column=column)
        found[column] = texts if column in SEVERAL else texts[0] if texts else ""
    return NameRow(number, found)


def _text(value: object) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    if value is None or (isinstance(value, float) and math.isnan(value)):  # what a missing one becomes in a table of numbers
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TypeError
    return str(int(value)) if value == int(value) else str(value)
