"""Own lists from workbooks: a sheet as any own list, and everything bad in it told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from enduse.documents.own_lists import OWN, of_files, source_of
from enduse.domain.screening.entity import Period
from enduse.formats.problems import BadInput
from enduse.sources.registry import SOURCES
from enduse.sources.source import File

HEAD = ("No", "Name", "Born", "Country", "Notes")
ROWS: list[Sequence[object]] = [
    HEAD,
    (1, "Rosa Quill", "circa 1961", "Kenya", "x"),
    (2, "Varnet Systems", "", "KE", ""),
    (None, None, None, None, None),
    (1, "Other Person", "1957 to 1960", "Nowhere", ""),
    (4, None, date(1970, 2, 3), "Kenya", ""),
    (5, "Dated Person", date(1970, 2, 3), "Kenya", ""),
]
MAPPING = "format: enduse/list-mapping-1\nkind: Person\n{more}columns: {{id: No, name: Name, birth: Born, country: Country, reason: Notes}}\n"


def book(*sheets: tuple[str, Sequence[Sequence[object]]]) -> File:
    made = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return File("own.xlsx", stream.getvalue())


def mapping(more: str = "", text: str = MAPPING) -> File:
    return File("mapping.yaml", text.format(more=more).encode())


def code_of(*files: File) -> str:
    with pytest.raises(BadInput) as refused:
        of_files(files)
    return refused.value.problems[0].code


def test_a_sheet_is_read_by_its_mapping_and_what_does_not_fit_is_told() -> None:
    read = of_files([book(("List", ROWS)), mapping()])
    assert [one.names[0].text for one in read.entities] == ["Rosa Quill", "Varnet Systems", "Other Person", "Dated Person"]
    births = [one.births for one in read.entities]
    assert births[0] == (Period(date(1961, 1, 1), date(1961, 12, 31), circa=True),)
    assert births[2] == (Period(date(1957, 1, 1), date(1960, 12, 31)),)
    assert births[3] == (Period(date(1970, 2, 3), date(1970, 2, 3)),)
    assert len({one.id for one in read.entities}) == 4  # the number 1 stands twice
    told = {(one.place, one.code) for one in read.skipped}
    assert {("own.xlsx:5", "skipped.renumbered"), ("own.xlsx:5", "skipped.country"), ("own.xlsx:6", "skipped.nameless")} <= told
    assert read.counted == len(read.entities) + sum(one.whole for one in read.skipped) == 5


def test_a_sheet_without_a_mapping_is_guessed_also_of_one_column() -> None:
    assert len(of_files([book(("List", ROWS))]).entities) == 4
    narrow = of_files([book(("List", [("Name",), ("Rosa Quill Trading",), ("Varnet Systems",)]))])
    assert [one.names[0].text for one in narrow.entities] == ["Rosa Quill Trading", "Varnet Systems"]


def test_the_mapping_says_which_sheet() -> None:
    two = book(("First", [HEAD, (1, "First", "", "", "")]), ("Second", [HEAD, (1, "Second", "", "", "")]))
    assert of_files([two, mapping()]).entities[0].names[0].text == "First"
    assert of_files([two, mapping("sheet: Second\n")]).entities[0].names[0].text == "Second"
    assert code_of(two, mapping("sheet: Third\n")) == "table.sheet"
    assert code_of(File("own.csv", b"No,Name\n1,Ada\n"), mapping("sheet: Second\n")) == "table.sheet"


def test_a_cell_that_cannot_be_read_is_told_with_its_place() -> None:
    read = of_files([book(("List", [HEAD, (1, "Rosa Quill", "=A1+1", "Kenya", ""), (2, "=B9", "", "Kenya", "")])), mapping()])
    assert {(one.place, one.code) for one in read.skipped} >= {("own.xlsx:2", "table.formula"), ("own.xlsx:3", "table.formula")}
    assert (len(read.entities), read.counted) == (1, 2)


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(BadInput) as refused:
        of_files([book(("List", ROWS)), mapping(text=MAPPING.replace("name: Name", "name: Nome"))])
    text = refused.value.problems[0].text("en")
    assert refused.value.problems[0].code == "mapping.column"
    assert all(word in text for word in ("Nome", "`Name`", "`Country`"))


def test_what_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("list.csv", "Name\nAda\n")
    whole = book(("List", ROWS)).data
    for data in (stream.getvalue(), whole[: len(whole) // 2], b"PK\x03\x04" + bytes(60)):
        assert code_of(File("own.xlsx", data)).startswith(("table.", "attachment."))
    assert code_of(book(("List", []))) == "table.header"
    assert code_of(book(("List", ROWS)), book(("List", ROWS))) == "list.own.files"
    assert code_of(File("own.xls", b"\xd0\xcf\x11\xe0" + bytes(60))) == "list.sort"


def test_other_files_are_read_as_before() -> None:
    assert len(of_files([File("own.csv", b"Name,Country\nAda,Kenya\n")]).entities) == 1
    assert source_of("csv") is OWN
    assert source_of("un-sc") is SOURCES["un-sc"]
