"""The rows of an organisation's own file: CSV however it is parted, JSON however deep."""

from __future__ import annotations

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.own_rows import of_table, rows_of
from enduse.sources.source import File


@pytest.mark.parametrize(
    "text", ["Name,Country\nAda,Kenya\n", "Name;Country\nAda;Kenya\n", "Name\tCountry\r\nAda\tKenya\r\n", "\ufeffName,Country\nAda,Kenya"]
)
def test_a_table_is_read_however_it_is_parted(text: str) -> None:
    rows = rows_of(File("own.csv", text.encode()))
    assert rows.titles == ("Name", "Country")
    assert [cells for _, cells in rows.rows] == [(("Ada",), ("Kenya",))]
    assert rows.rows[0][0] == "own.csv:2"


def test_russian_offices_files_are_read() -> None:
    rows = rows_of(File("own.csv", "Название;Страна\nВаза;Кения\n".encode("cp1251")))
    assert (rows.titles, rows.rows[0][1]) == (("Название", "Страна"), (("Ваза",), ("Кения",)))


def test_a_record_within_a_record_goes_by_both_keys() -> None:
    rows = rows_of(File("own.json", b'{"count": 1, "items": [{"name": "Ada", "address": {"city": "Nakuru"}, "aliases": ["A", "B"]}]}'))
    assert dict(zip(rows.titles, rows.rows[0][1], strict=True)) == {"name": ("Ada",), "address.city": ("Nakuru",), "aliases": ("A", "B")}


def test_what_is_no_record_is_told() -> None:
    rows = rows_of(File("own.json", b'[{"name": "Ada"}, "Eve", 7]'))
    assert [(one.code, one.whole) for one in rows.skipped] == [("skipped.record", True)] * 2


@pytest.mark.parametrize(
    "data", [b"Name,Country\n", b"[]", b'{"a": [{"n": "1"}], "b": [{"n": "2"}]}', b'{"a": 1}', b"[{", b'["\xff"]', b"PK\x03\x04" + bytes(40)]
)
def test_what_has_no_rows_or_more_than_one_list_of_them_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        rows_of(File("own", data))


def test_rows_of_a_spreadsheet_are_handed_in() -> None:
    rows = of_table("own.xlsx", ["Name", "Country"], [(2, ["Ada", ""]), (5, ["Eve", "Kenya"])])
    assert rows.rows == (("own.xlsx:2", (("Ada",), ())), ("own.xlsx:5", (("Eve",), ("Kenya",))))
