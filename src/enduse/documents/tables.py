"""Tables that people bring, XLSX and CSV, as plain text: sheet names, the heading, and the rows with their numbers.

Nothing is guessed: a number stands as it is shown, a date as its ISO day, and a formula without a value is a problem and an empty cell.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser  # the only place that tells a formula without a value from no cell

from enduse.formats.problems import BadInput, Problem, nearest, short
from enduse.stores.archives import Limits, looked_over
from enduse.stores.reading import opened

MOST_MEGABYTES = 64
MOST_ROWS, MOST_COLUMNS, MOST_TEXT = 200_000, 200, 32_767
MOST_TAGS = 10_000_000  # two and a half million cells
MOST_UNREAD = 200_000
MOST_ABOVE = 50  # rows that may stand before the heading
_LIMITS = Limits(entries=2_000, megabytes=256)
_ZIP, _OTHERS = b"PK\x03\x04", {b"\xd0\xcf\x11\xe0": "XLS", b"%PDF": "PDF", b"{\\rtf": "RTF"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ESCAPED = re.compile("_x00([01][0-9A-Fa-f])_")
_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_SHOWN = re.compile(r"(?:#,##|#)?(0+)(?:\.(0+))?(%)?")
Row = tuple[int, tuple[str, ...]]
Unread = dict[int, dict[int, Problem]]  # by the row's number and the column's place in the sheet


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name among those of the workbook, the titles of its columns (no two the same), its rows with the numbers they have
    in a spreadsheet, each as long as the heading; and the cells that cannot be read, by the row's number and the column's place in the
    heading: those are empty here, and no such cell says what an empty one does."""

    sheets: tuple[str, ...]
    sheet: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    unread: Mapping[tuple[int, int], Problem] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with single cells."""
        return tuple(self.unread.values())


def read_table(source: Path | bytes, name: str, *, sheet: str | None = None, narrow: bool = False) -> Table:
    """The table of a file, known by its content: of a workbook the `sheet` named, else the first visible one that holds a table.
    `narrow` takes a single column for one, too: its first text is the heading then.

    Raises BadInput: too large, another format, broken, no heading with rows under it, more than may be in it, no such sheet.
    """
    if isinstance(source, Path):
        with opened(str(source)) as stream:
            source = stream.read(MOST_MEGABYTES * 1024 * 1024 + 1)
    if len(source) > MOST_MEGABYTES * 1024 * 1024:
        raise _bad(name, "table.large", limit=MOST_MEGABYTES)
    for start, kind in _OTHERS.items():
        if source.startswith(start):
            raise _bad(name, "table.format", name=short(name), found=kind)
    return _of_workbook(source, name, sheet, narrow) if source.startswith(_ZIP) else _of_csv(source, name, sheet, narrow)


def _bad(name: str, code: str, line: int | None = None, /, **values: object) -> BadInput:
    return BadInput(Problem(code, line=line, values=values, file=name))


def _of_csv(data: bytes, name: str, sheet: str | None, narrow: bool) -> Table:
    if sheet:
        raise _bad(name, "table.sheet", sheet=short(sheet), known=("—",))
    text = _decoded(data, name)
    if hint := _SEPARATOR.match(text):  # Excel's own remark of what delimits; it is no row
        text, delimiter = text[hint.end() :], hint[1]
    else:
        delimiter = delimiter_of(text)
    return _table(_csv_rows(text, delimiter, name), name, (), "", {}, narrow)


def _decoded(data: bytes, name: str) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, or Windows-1251."""
    for encoding in ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if unfit := _CONTROL.search(text):
            line = text.count("\n", 0, unfit.start()) + 1
            raise _bad(name, "table.binary", line, character=f"U+{ord(unfit.group()):04X}")
        return text
    raise _bad(name, "table.encoding")


def delimiter_of(text: str) -> str:
    """What parts the cells: of the usual ones, the one that parts most rows into most cells alike."""
    scores = {}
    for mark in ";,\t":
        rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=mark)
        counts: Counter[int] = Counter()
        try:
            for _, row in zip(range(200), rows, strict=False):
                counts[len(row)] += 1
        except csv.Error:
            pass  # a cell that is too long is told when the rows are read
        scores[mark] = max(((count - 1) * often for count, often in counts.items()), default=0)
    return max(scores, key=lambda mark: scores[mark])


def _csv_rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows, 1):
            yield number, tuple(cell.strip() for cell in row)
    except csv.Error as error:
        raise _bad(name, "table.csv", rows.line_num, why=str(error)) from error


def _of_workbook(data: bytes, name: str, sheet: str | None, narrow: bool) -> Table:
    tags = 0

    def count(piece: bytes) -> None:
        nonlocal tags
        tags += piece.count(b"<")
        if tags > MOST_TAGS:
            raise _bad(name, "table.full", limit=MOST_TAGS // 4)

    stream = io.BytesIO(data)
    looked_over(stream, name=name, limits=_LIMITS, seen=count)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of looks and links that are of no use here
        try:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            pages: dict[str, Any] = {page.title: page for page in book.worksheets}
            shown = [title for title, page in pages.items() if page.sheet_state == "visible"]
            if sheet is not None and sheet not in pages:
                raise _bad(name, "table.sheet", sheet=short(sheet), near=nearest(sheet, pages), known=tuple(pages))
            for title in [sheet] if sheet is not None else shown:
                try:
                    unread: Unread = {}
                    return _table(sheet_rows(pages[title], name, unread), name, tuple(pages), title, unread, narrow)
                except BadInput as error:
                    if sheet is not None or error.problems[0].code != "table.header":
                        raise
        except BadInput:
            raise
        except Exception as error:  # openpyxl lets broken workbooks through as any plain error
            raise _bad(name, "table.broken", why=short(str(error.__cause__ or error) or type(error).__name__)) from error
    raise _bad(name, "table.header")


class _Reader(WorkSheetParser):
    """Cells, and of a formula without a value that it is one."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_cell(element)
        empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None  # what a formula may well give
        if found["value"] is None and not empty_text and element.find(FORMULA_TAG) is not None:
            found["data_type"] = "f"
        return found


def sheet_rows(page: Any, name: str, unread: Unread) -> Iterator[Row]:
    """The rows of a sheet as they are shown. What is wrong with a cell goes to `unread`."""
    book, count = page.parent, 0
    with page._get_source() as source:
        reader = _Reader(
            source,
            page._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in reader.parse():
            texts: dict[int, str] = {}
            last = 0
            for held in cells:
                found = ReadOnlyCell(page, number, held["column"], held["value"], held["data_type"], held["style_id"])
                if held["data_type"] in ("f", "e"):
                    code = "table.formula" if held["data_type"] == "f" else "table.error"
                    values = {"cell": f"{get_column_letter(held['column'])}{number}", "value": short(held["value"] or "")}
                    unread.setdefault(number, {})[held["column"] - 1] = Problem(code, line=number, values=values, file=name)
                    count += 1
                    if count > MOST_UNREAD:
                        raise _bad(name, "table.unread", number, limit=MOST_UNREAD)
                elif text := _shown(found):
                    texts[held["column"]] = text
                else:
                    continue
                last = max(last, held["column"])
            if last > MOST_COLUMNS:
                raise _bad(name, "table.columns", number, limit=MOST_COLUMNS)
            if last:
                yield number, tuple(texts.get(column, "") for column in range(1, last + 1))


def _shown(cell: Any) -> str:
    """A cell's value as text."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return _ESCAPED.sub(lambda found: " " if found[1].upper() in ("09", "0A", "0D") else "", str(value)).strip()


def _number(value: int | float, shown_as: str | None) -> str:
    """A number as it is shown, with nothing cut off: `3.1` in two places is `3.10`, `412` in four is `0412`, a percentage has its sign."""
    exact = Decimal(value if isinstance(value, int) else f"{value:.15g}")  # no spreadsheet shows more of it
    form = _SHOWN.fullmatch((shown_as or "").split(";")[0])
    whole, places, percent = form.groups() if form else ("0", None, None)
    text = format((exact * 100 if percent else exact).normalize(), "f")
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    before, _, after = text.partition(".")
    after = after.ljust(len(places or ""), "0")
    return sign + before.rjust(len(whole), "0") + ("." + after if after else "") + (percent or "")


def _table(rows: Iterable[Row], name: str, sheets: tuple[str, ...], sheet: str, unread: Unread, narrow: bool) -> Table:
    held: list[Row] = []
    for number, cells in rows:
        broken = unread.get(number, {})
        if not any(cells) and not broken:
            continue
        if len(held) > MOST_ROWS + MOST_ABOVE:
            raise _bad(name, "table.rows", number, limit=MOST_ROWS)
        long = next((at for at, text in enumerate(cells) if len(text) > MOST_TEXT), None)
        if long is not None:
            raise _bad(name, "table.cell", number, cell=f"{get_column_letter(long + 1)}{number}", limit=MOST_TEXT)
        width = max(at for at, text in enumerate(cells, 1) if text or at - 1 in broken)
        if width > MOST_COLUMNS:
            raise _bad(name, "table.columns", number, limit=MOST_COLUMNS)
        held.append((number, cells[:width]))
    top = _heading(held)
    if top is None and narrow and len(held) > 1 and all(_filled(cells) == 1 for _, cells in held):
        top = 0
    if top is None:
        raise _bad(name, "table.header")
    data = held[top + 1 :]
    if _only_counts(data[0][1]) and len(data) > 1:
        data = data[1:]
    if len(data) > MOST_ROWS:
        raise _bad(name, "table.rows", data[MOST_ROWS][0], limit=MOST_ROWS)
    width = max(len(held[top][1]), *(len(cells) for _, cells in data))
    titles = _titles(held[top][1], width)
    told = {at for number, _ in data for at in unread.get(number, ())}
    filled = [
        at
        for at in range(width)
        if (at < len(held[top][1]) and held[top][1][at]) or at in told or any(at < len(cells) and cells[at] for _, cells in data)
    ]
    kept = tuple((number, tuple(cells[at] if at < len(cells) else "" for at in filled)) for number, cells in data)
    bad = {(number, place): unread[number][at] for number, _ in data if number in unread for place, at in enumerate(filled) if at in unread[number]}
    return Table(sheets, sheet, tuple(titles[at] for at in filled), kept, bad)


def _heading(rows: Sequence[Row]) -> int | None:
    """Which row is the heading: the first with two different texts and rows under it, that is not much narrower than those."""
    looks = [
        at
        for at, (_, cells) in enumerate(rows[:MOST_ABOVE])
        if at + 1 < len(rows) and len({text.casefold() for text in cells if any(sign.isalpha() or sign in "№#" for sign in text)}) > 1
    ]
    for at in looks:
        if 2 * _filled(rows[at][1]) > max(_filled(cells) for _, cells in rows[at + 1 : at + 21]):
            return at
    return looks[0] if looks else None


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for text in cells if text)


def _only_counts(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns, as printed registers do under their heading."""
    return len(cells) > 2 and list(cells) == [str(number) for number in range(1, len(cells) + 1)]


def _titles(cells: Sequence[str], width: int) -> list[str]:
    """A title for each column: its own on one line, else its letter; one that repeats gets a number."""
    found: list[str] = []
    for at in range(width):
        title = " ".join(cells[at].split()) if at < len(cells) else ""
        title = plain = title or get_column_letter(at + 1)
        again = 1
        while title.casefold() in (other.casefold() for other in found):
            again += 1
            title = f"{plain} ({again})"
        found.append(title)
    return found
