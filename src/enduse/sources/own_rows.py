"""An organisation's own list as rows, from CSV or JSON; a workbook's rows are handed in the same shape by whoever reads it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from enduse.formats.plain import Plain, read_json
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.russian import in_utf_8
from enduse.sources.sorts import PACKED, sort_of
from enduse.sources.source import File, Skipped
from enduse.sources.tables import of_width, table_of

WORD = "csv"
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


def rows_of(file: File, records: str | None = None) -> Rows:
    """The rows of a CSV file (UTF-8 or Windows-1251; commas, semicolons or tabs) or of a JSON file: a list of objects, or one under the key
    `records`, else the only such list. Raises BadInput where it is neither, or broken."""
    sort = sort_of(file.data)
    if sort == "got.json":
        return _of_json(file, records)
    if sort not in ("", "got.plain"):
        values = {"list": WORD, "got": sort, "expected": "CSV, JSON"}
        raise BadInput(Problem("list.packed" if sort in PACKED else "list.sort", values=values, file=file.name))
    return _of_csv(in_utf_8(file))


def _of_csv(file: File) -> Rows:
    table = table_of(file, WORD, delimiter=_delimiter(file.data))
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
        data = read_json(file.data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        values = {"list": WORD, "at": line, "byte": f"0x{file.data[error.start]:02X}"}
        raise BadInput(Problem("list.encoding", line=line, values=values, file=file.name)) from error
    except BadInput as error:
        raise BadInput(*(replace(problem, file=file.name) for problem in error.problems)) from error
    key, held = _records(data, records, file)
    titles: dict[str, None] = {}
    read: list[tuple[str, dict[str, list[str]]]] = []
    skipped: list[Skipped] = []
    for number, record in enumerate(held, 1):
        place = f"{file.name}: {key}[{number}]"
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
