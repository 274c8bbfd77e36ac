"""Tables of names, row by row: every row is there, or is told with its place."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from enduse.documents import name_rows
from enduse.documents.name_rows import NameRow, rows_of
from enduse.formats.problems import BadInput

Told = list[tuple[int, Any]]


def written(folder: Path, content: str | bytes, name: str = "names.csv") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def read(path: str, sheet: str | None = None) -> Told:
    """The rows by their numbers: the values, or the code of what is wrong."""
    return [(row.number, told(row)) for row in rows_of(path, sheet=sheet)[1]]


def told(row: NameRow) -> Any:
    return row.problem.problems[0].code if row.problem is not None else dict(row.values)


def refused(path: str, sheet: str | None = None) -> str:
    with pytest.raises(BadInput) as found:
        list(rows_of(path, sheet=sheet)[1])
    return found.value.problems[0].code


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_in_its_usual_forms(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    lines = ["id,Name,Country", "1,Роза Квилл,Кения", '2,"Пётр, сын\nИвана",', ""]
    text = end.join(line.replace(",", delimiter) if "Пётр" not in line else f'2{delimiter}"Пётр, сын\nИвана"{delimiter}' for line in lines)
    found = read(written(tmp_path, text.encode(encoding)))
    assert [row for _, row in found] == [
        {"id": "1", "name": "Роза Квилл", "country": "Кения"},
        {"id": "2", "name": "Пётр, сын\nИвана", "country": ""},
    ]


def test_a_broken_row_is_told_and_costs_no_other(tmp_path: Path) -> None:
    text = 'id,name\n1,Rosa\n2,"open, and never closed\n3,Ivan\n4,"bad" quotes\n5,too,many,cells\n\n , \n6\n7,Last,,\n'
    assert read(written(tmp_path, text)) == [
        (2, {"id": "1", "name": "Rosa"}),
        (3, "screen.quote"),
        (4, {"id": "3", "name": "Ivan"}),
        (5, "screen.quote"),
        (6, "screen.wide"),
        (9, {"id": "6"}),
        (10, {"id": "7", "name": "Last"}),
    ]


def test_an_open_quotation_mark_does_not_eat_a_long_file(tmp_path: Path) -> None:
    lines = "".join(f"{number},Name {number}\n" for number in range(2000))
    found = read(written(tmp_path, f'id,name\nx,"open\n{lines}'))
    assert found[0] == (2, "screen.quote_open")
    assert [row["id"] for _, row in found[1:]] == [str(number) for number in range(2000)]


def test_columns_that_are_not_known_are_gathered_and_the_separator_line_of_spreadsheets_is_none(tmp_path: Path) -> None:
    table, rows = rows_of(written(tmp_path, "sep=;\nBirth Date;NAME;Colour;\n1961;Rosa;red;\n"))
    assert [(row.number, dict(row.values)) for row in rows] == [(3, {"birth_date": "1961", "name": "Rosa"})]
    assert list(table.extra) == ["Colour"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("id,nmae\n1,Rosa\n", "names.csv", "screen.column"),
        ("name,Name\nA,B\n", "names.csv", "screen.column_twice"),
        ("name\n", "names.csv", "screen.empty"),
        ("", "names.csv", "screen.empty"),
        ("\n\n", "names.csv", "screen.empty"),
        ('name,"id\n', "names.csv", "screen.quote_open"),
        ("name\nRosa\n", "names.xls", "screen.suffix"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "names.csv", "table.format"),
        (b"%PDF-1.7", "names.csv", "table.format"),
        (b"PK\x03\x04broken", "names.xlsx", "attachment.broken"),
        (b"PAR1broken", "names.parquet", "screen.parquet_broken"),
        (b"name\nRo\x00sa\n", "names.csv", "table.binary"),
        ("name\nРоза Иванова\n".encode("koi8-r"), "names.csv", "screen.encoding_guess"),
    ],
)
def test_what_is_no_such_table_is_told(tmp_path: Path, content: str | bytes, name: str, code: str) -> None:
    assert refused(written(tmp_path, content, name)) == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "none.csv")) == "file.absent"
    assert refused(str(tmp_path)) == "file.folder"


def workbook(folder: Path, **sheets: list[list[object]]) -> str:
    path = folder / "names.xlsx"
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        page.write(at, column, value)
    path.write_bytes(stream.getvalue())
    return str(path)


def test_a_workbook_with_days_numbers_and_formulas(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "name", "birth_date", "colour"],
        [7, "Роза", datetime(1961, 5, 2), "red"],
        [None, None, None, None],
        [8, "Ivan", 1961, None],
    ]
    path = workbook(tmp_path, Names=rows, Other=[["name"], ["Ada"]])
    table, found = rows_of(path)
    assert [(row.number, told(row)) for row in found] == [
        (2, {"id": "7", "name": "Роза", "birth_date": "1961-05-02"}),
        (4, {"id": "8", "name": "Ivan", "birth_date": "1961"}),
    ]
    assert list(table.extra) == ["colour"]
    assert read(path, sheet="Other") == [(2, {"name": "Ada"})]
    assert refused(path, sheet="None") == "table.sheet"
    assert refused(written(tmp_path, "name\nRosa\n"), sheet="Names") == "table.sheet"


def test_shown_sheets_with_rows_that_were_not_read_are_told_where_none_was_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, Names=[["name"], ["Rosa"]], Empty=[], More=[[], ["name"], ["Ada"]])
    for sheet, expected in ((None, ["More"]), ("Names", []), ("More", [])):
        table, rows = rows_of(path, sheet=sheet)
        assert len(list(rows)) == 1
        assert table.sheets == expected


def test_a_cell_that_cannot_be_read_is_a_bad_row_where_its_column_counts(tmp_path: Path) -> None:
    path = workbook(tmp_path, Names=[["name", "colour"], ["Rosa", "red"]])
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(path)
    book["Names"]["A3"], book["Names"]["B3"] = "=A2", "x"
    book["Names"]["A4"], book["Names"]["B4"] = "Ivan", "=B2"
    book.save(path)
    assert read(path) == [(2, {"name": "Rosa"}), (3, "table.formula"), (4, {"name": "Ivan"})]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {"id": 7, "name": "Роза", "country": ["KE", "RU", None], "colour": 1, "birth_date": None, "identifier": 12.0},
        {"name": {"first": "Rosa"}},
        {"name": True},
    ]
    text = "\ufeff" + "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + '\n\n[1]\nnot json\n{"name": "Last"}'
    table, rows = rows_of(written(tmp_path, text, "names.jsonl"))
    assert [(row.number, told(row)) for row in rows] == [
        (1, {"id": "7", "name": "Роза", "country": ["KE", "RU"], "birth_date": "", "identifier": "12"}),
        (2, "screen.value"),
        (3, "screen.value"),
        (5, "screen.json_line"),
        (6, "screen.json_line"),
        (7, {"name": "Last"}),
    ]
    assert list(table.extra) == ["colour"]


def test_numbers_that_are_none_keys_that_stand_twice_and_lists_of_names_are_bad_rows_alone(tmp_path: Path) -> None:
    text = (
        '{"name": "Rosa", "identifier": 1e400}\n{"name": 1e400}\n{"name": "Rosa", "identifier": [1, -1e400]}\n{"name": NaN, "id": 1}\n'
        '{"name": "Joseph Kony", "name": "foo"}\n{"name": ["Joseph Kony", "foo"]}\n{"name": ["Rosa", null]}\n'
        '{"name": "Rosa", "kind": ["person", "vessel"]}\n{"name": "Rosa", "identifier": 1.5}\n'
    )
    assert read(written(tmp_path, text, "names.jsonl")) == [
        (1, "screen.value"),
        (2, "screen.value"),
        (3, "screen.value"),
        (4, {"name": "", "id": "1"}),
        (5, "screen.key_twice"),
        (6, "screen.one"),
        (7, {"name": "Rosa"}),
        (8, "screen.one"),
        (9, {"name": "Rosa", "identifier": "1.5"}),
    ]


def test_parquet_with_numbers_that_are_none_and_decimals(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = str(tmp_path / "names.parquet")
    parquet.write_table(pyarrow.table({"name": ["A", "B", "C"], "identifier": [float("inf"), 7.0, float("nan")]}), path)
    assert read(path) == [(2, "screen.value"), (3, {"name": "B", "identifier": "7"}), (4, {"name": "C", "identifier": ""})]
    parquet.write_table(pyarrow.table({"name": ["A", "B"], "identifier": [Decimal("7701.10"), None]}), path)
    assert read(path) == [(2, {"name": "A", "identifier": "7701.10"}), (3, {"name": "B", "identifier": ""})]


def test_a_line_without_end_is_told_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_rows, "MOST_LINE", 64)
    long = json.dumps({"name": "x" * 500})
    assert read(written(tmp_path, f'{long}\n{{"name": "Rosa"}}\n', "names.jsonl")) == [(1, "screen.json_line"), (2, {"name": "Rosa"})]


def test_parquet_by_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(name_rows, "BATCH", 2)
    columns = {
        "id": [1, 2, 3],
        "name": ["Роза", None, "Ivan"],
        "birth_date": [date(1961, 5, 2), None, None],
        "country": [["KE"], [], None],
        "x": [1.5] * 3,
    }
    path = str(tmp_path / "names.parquet")
    parquet.write_table(pyarrow.table(columns), path, row_group_size=2)
    assert read(path) == [
        (2, {"id": "1", "name": "Роза", "birth_date": "1961-05-02", "country": ["KE"]}),
        (3, {"id": "2", "name": "", "birth_date": "", "country": []}),
        (4, {"id": "3", "name": "Ivan", "birth_date": "", "country": ""}),
    ]
    table, rows = rows_of(path)
    list(rows)
    assert list(table.extra) == ["x"]
    parquet.write_table(pyarrow.table({"nmae": ["Rosa"]}), path)
    assert refused(path) == "screen.column"


def test_without_pyarrow_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(BadInput, match=r"pip install 'enduse\[parquet\]'"):
        list(rows_of(written(tmp_path, b"PAR1....", "names.parquet"))[1])
