"""Tables written so that no spreadsheet takes a text in them for a formula, a link or a number: the one way out for every export."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter  # type: ignore[import-untyped]  # it brings no types

from enduse.formats.problems import BadInput, Problem

Cell = str | int | Decimal | date | None
MOST_TEXT = 32_767
MOST_ROWS = 1_048_576
CUT = "…"
_SPACES = "[ \u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*"  # also what cannot be seen
_FORMULA = re.compile(rf"{_SPACES}[=+\-@＝＋－＠﹦﹢﹣﹫−\t\r\n]")
_ANEW = re.compile(rf"([,;\t\n\r|](?:\"|{_SPACES[:-1]})*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫−])")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe before it."""
    return "'" + text if _FORMULA.match(text) else text


def write_csv(rows: Iterable[Sequence[Cell]], stream: BinaryIO, *, bom: bool = True, delimiter: str = ",") -> None:
    """Rows as CSV (RFC 4180) in UTF-8, with the mark that Excel wants unless `bom` says no.

    A spreadsheet set to another delimiter splits a text in its middle, so what would begin like a formula there gets its apostrophe too.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig" if bom else "utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([_ANEW.sub(r"\1'", cell(_sound(one))) if isinstance(one, str) else _plain(one) for one in row])
    text.detach()


def write_xlsx(rows: Iterable[Sequence[Cell]], stream: BinaryIO, *, sheet: str = "1", widths: Sequence[int] = ()) -> None:
    """Rows as a workbook of one sheet, the first row as its heading. Every text stays a text; no file is written on the way.

    A text longer than a cell can hold is cut and ends in `…`. Raises BadInput where there are more rows than a sheet can hold.
    """
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        heading, plain = book.add_format({"bold": True, "text_wrap": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
        for number, row in enumerate(rows):
            if number >= MOST_ROWS:
                raise BadInput(Problem("table.rows", values={"limit": MOST_ROWS}))
            look = plain if number else heading
            for column, one in enumerate(row):
                if isinstance(one, (int, Decimal)) and not isinstance(one, bool):
                    page.write_number(number, column, one, look)
                elif text := one if isinstance(one, str) else _plain(one):
                    page.write_string(number, column, _fitting(cell(_sound(text))), look)
        page.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)


def _plain(value: int | Decimal | date | None) -> str:
    """A value that is no text: it is written as what it is, and a number below zero stays one."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _sound(text: str) -> str:
    """The text without what no file of these formats may hold."""
    return _UNFIT.sub("\ufffd", text)


def _fitting(text: str) -> str:
    """As much of a text as a cell holds, counted as spreadsheets count: a rare character is two."""
    if len(text) + sum(sign > "\uffff" for sign in text) <= MOST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * (MOST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _sheet_name(name: str) -> str:
    return _NOT_IN_SHEETS.sub(" ", _sound(name)).strip("' ")[:31].strip("' ") or "1"
