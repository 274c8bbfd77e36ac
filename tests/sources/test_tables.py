"""Tables from untrusted bytes: what is none, is cut off, or is another list's, is said in words; single bad bytes and rows are told."""

from __future__ import annotations

import gzip

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.source import File
from enduse.sources.tables import Table, named, table_of

HEADER = "name,place,since\n"
ROWS = "".join(f"Firm {number},Town {number},2020\n" for number in range(400))


def read(data: str | bytes, delimiter: str = ",") -> Table:
    return table_of(File("list.csv", data.encode() if isinstance(data, str) else data), "us-csl", delimiter=delimiter)


def refused(data: str | bytes) -> str:
    with pytest.raises(BadInput) as error:
        table = read(data)
        named(table, "us-csl", ("name", "place"), ("name", "place", "since"))
    assert all(problem.text("ru") and "list.csv" in problem.where for problem in error.value.problems)
    return str(error.value)


def test_rows_have_the_line_they_begin_at() -> None:
    table = read('\ufeffname,place\n"One, of\nthem",A\n\n  , \nTwo,B\r\n\x1a')
    assert [(row.line, row.cells) for row in table.rows] == [(1, ("name", "place")), (2, ("One, of\nthem", "A")), (6, ("Two", "B"))]
    assert table.closed and not table.skipped
    assert not read("a,b\nc,d\n").closed


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "is empty"),
        (" \r\n\x1a", "is empty"),
        ("<!DOCTYPE html><html><body>Access denied</body></html>", "an HTML page"),
        ('<?xml version="1.0"?><sdnList/>', "this is an XML file"),
        ('{"error": "quota"}', "this is a JSON file"),
        (b"PK\x03\x04list.csv", "a ZIP archive"),
        (gzip.compress(b"name,place", mtime=0), "a GZIP archive"),
        (b"\x00\x01\x02\x03", "a binary file"),
        (HEADER, "holds a header and no entry"),
        (HEADER + "Firm,Town,2020\nFirm,To", "breaks off at line 3"),
        (HEADER + 'Firm,Town,2020\nFirm,"To', "breaks off at line 3"),
        (HEADER + 'Firm,"Town"x,2020\n', "does not parse (line 2)"),
        ("nam,place\nFirm,Town\n", "the columns `name` of the list `us-csl` are missing"),
        (HEADER + ROWS.replace(",2020", ""), "rows of another width"),
        ((HEADER + ROWS).replace("Firm", "Fürma").encode("latin-1"), "not UTF-8: line 2 holds the byte 0xFC"),
        ((HEADER + ROWS).encode("utf-16"), "not UTF-8"),
        (HEADER + "x" * 200_000 + ",Town,2020\n", "does not parse (line 2)"),
    ],
)
def test_what_is_no_such_table_is_refused(data: str | bytes, said: str) -> None:
    assert said in refused(data)


def test_a_missing_column_is_named_with_its_likeness() -> None:
    assert "the columns `place` of the list `us-csl` are missing; the file has `name`, `plce`. Perhaps" in refused("name,plce\nFirm,Town\n")


def test_single_bad_bytes_and_rows_are_told_and_the_rest_is_read() -> None:
    data = (HEADER + ROWS).encode().replace(b"Firm 7,", b"F\xfcrm 7,").replace(b"Firm 9,Town 9,2020", b"Firm 9,Town 9")
    table = read(data)
    assert [(one.place, one.code, one.whole) for one in table.skipped] == [("list.csv:9", "skipped.bytes", False)]
    rows, skipped = named(table, "us-csl", ("name",), ("name", "place"))
    found = [values["name"] for _, values in rows]
    assert len(found) == 399 and found[7] == "F\ufffdrm 7"
    assert [(one.place, one.code, one.whole) for one in skipped] == [
        ("list.csv:1", "skipped.column", False),
        ("list.csv:11", "skipped.width", True),
    ]


def test_a_column_that_stands_twice_is_told_and_the_first_counts() -> None:
    rows, skipped = named(read("name,name\nFirm,Other\n"), "us-csl", ("name",), ("name",))
    assert [values for _, values in rows] == [{"name": "Firm"}]
    assert [one.code for one in skipped] == ["skipped.column"]
