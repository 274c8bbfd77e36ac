"""The rows of an organisation's own file: CSV however it is parted, JSON however deep."""

from __future__ import annotations

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.own_rows import Encoding, of_table, rows_of
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


RUSSIAN = "Название;Страна\nООО Ваза;Кения\nИванов Иван;Россия\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_the_usual_encodings_are_told_apart(encoding: str) -> None:
    rows = rows_of(File("own.csv", RUSSIAN.encode(encoding)))
    assert (rows.titles, rows.rows[1][1]) == (("Название", "Страна"), (("Иванов Иван",), ("Россия",)))


@pytest.mark.parametrize(("encoding", "told"), [("koi8-r", "koi8-r"), ("cp866", "cp866"), ("utf-16-le", "utf-16-le"), ("cp1251", "windows-1251")])
def test_an_encoding_may_be_told(encoding: str, told: Encoding) -> None:
    assert rows_of(File("own.csv", RUSSIAN.encode(encoding)), None, told).rows[0][1] == (("ООО Ваза",), ("Кения",))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (RUSSIAN.encode("koi8-r"), None),  # not taken for Windows-1251, in which it would be other letters
        (RUSSIAN.encode("cp866"), None),
        (RUSSIAN.encode("cp1251"), "utf-8"),
        (b"\xff\xfeN\x00a", None),
        (b"\xff\xfeN\x00a\x00m\x00e\x00\n", None),
        (b"\x98\x80\x81;\x82\n\x83\x98;\x84\n", None),
    ],
)
def test_another_encoding_is_told_with_what_to_do(data: bytes, told: Encoding | None) -> None:
    with pytest.raises(BadInput) as refused:
        rows_of(File("own.csv", data), None, told)
    (problem,) = refused.value.problems
    assert problem.code in ("list.own.encoding", "list.rows")
    assert problem.file == "own.csv"


def test_capitals_alone_are_no_other_encoding() -> None:
    assert rows_of(File("own.csv", "ФИО;СТРАНА\nИВАНОВ ИВАН;РОССИЯ\n".encode("cp1251"))).titles == ("ФИО", "СТРАНА")


def test_an_object_a_line_is_read_and_a_line_that_is_none_is_told() -> None:
    lines = [f'{{"name": "Name {number}", "country": "Kenya"}}' for number in range(20)]
    rows = rows_of(File("own.jsonl", "\n".join([*lines, ""]).encode()))
    assert (rows.titles, len(rows.rows), rows.rows[3][0], rows.skipped) == (("name", "country"), 20, "own.jsonl:4", ())
    rows = rows_of(File("own.jsonl", "\n".join([*lines[:5], "{broken", "", *lines[5:], "7"]).encode()))
    assert [(one.place, one.code, one.whole) for one in rows.skipped] == [
        ("own.jsonl:6", "skipped.record", True),
        ("own.jsonl:23", "skipped.record", True),
    ]
    assert len(rows.rows) == 20


@pytest.mark.parametrize(("tail", "code"), [(b'\n{"name": "Bo', "list.truncated"), (b"\n{a\n{b\n{c\n", "json.broken")])
def test_lines_that_break_off_or_are_mostly_none_are_refused(tail: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        rows_of(File("own.jsonl", b'{"name": "Ada"}\n{"name": "Eve"}' + tail))
    assert refused.value.problems[0].code == code
    assert refused.value.problems[0].line == (3)


def test_one_object_over_several_lines_is_one_object() -> None:
    rows = rows_of(File("own.json", b'{"items":\n [{"name": "Ada"},\n {"name": "Eve"}]}'))
    assert len(rows.rows) == 2
