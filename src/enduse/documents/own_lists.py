"""An organisation's own list from a workbook as well: its sheet as rows, then as any own list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enduse.documents.tables import read_table
from enduse.sources import own, own_rows
from enduse.sources.own import ListMapping
from enduse.sources.own_rows import Rows
from enduse.sources.registry import SOURCES
from enduse.sources.source import File, Read, Skipped, Source

_WORKBOOK = b"PK\x03\x04"


def source_of(kind: str) -> Source:
    """The source that a list is read by: as registered, but own lists from workbooks, too."""
    return OWN if kind == own_rows.WORD else SOURCES[kind]


def _rows(file: File, mapping: ListMapping | None) -> Rows:
    """The rows of a sheet: the one that the mapping names, else the first that holds a table. A cell that cannot be read is told."""
    table = read_table(file.data, file.name, sheet=mapping.sheet if mapping else None, narrow=True)
    rows = own_rows.of_table(file.name, table.header, table.rows)
    return replace(rows, skipped=tuple(Skipped(one.where, one.code, one.values) for one in table.problems))


def of_files(files: Sequence[File]) -> Read:
    """The entries of a workbook, a CSV or a JSON file. Raises BadInput where it is none of them, broken, or lacks a column of its mapping."""
    if any(file.data.startswith(_WORKBOOK) for file in files):
        return own.of_files(files, _rows)
    return own.of_files(files)


OWN = replace(own.SOURCE, read=of_files)
