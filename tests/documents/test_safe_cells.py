"""Cells made safe: no text becomes a formula in any spreadsheet, and what was no formula stays to the letter."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.documents.safe_cells import MOST_TEXT, Cell, cell, write_csv, write_xlsx
from enduse.formats.problems import BadInput

HEADING = ("Номер", "Name")
SIGNS = st.lists(st.sampled_from([*"=+-@,;\t\n\r\"'| ab1", "＝", "＋", "－", "＠", "\u200b", "\u00a0", "\ufeff", "cmd"])).map("".join)


def as_csv(*rows: Sequence[Cell], bom: bool = False, delimiter: str = ",") -> str:
    stream = io.BytesIO()
    write_csv(rows, stream, bom=bom, delimiter=delimiter)
    return stream.getvalue().decode()


def as_workbook(*rows: Sequence[Cell], sheet: str = "1") -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_xlsx(rows, stream, sheet=sheet)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x","y")',
        "+7 495",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        " \xa0=1",
        "\u200b=1",
        "\ufeff=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM",
        " ＝1",
        "﹦1",
        "−1",
        "\x00=1",
        "\u3000=1",
        "=",
        "\t",
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == "'" + text
    assert cell(cell(text)) == cell(text)


@pytest.mark.parametrize("text", ["", "Al Noor", "a=b", "1-2", "D-1", "anna@example.com", "'=1", "(+7)", "№ 5", " a", "ООО «Заря» = лучшие"])
def test_what_does_not_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@given(st.text() | SIGNS)
def test_only_an_apostrophe_is_ever_added(text: str) -> None:
    assert cell(text) in (text, "'" + text)
    assert not re.match(r"\s*[=+\-@＝＋－＠]", cell(text))


def test_csv_is_that_of_the_rfc() -> None:
    assert as_csv(HEADING, ("D-1", 'Al "Noor", LLC\nSharjah'), (None, "")) == '"Номер","Name"\r\n"D-1","Al ""Noor"", LLC\nSharjah"\r\n"",""\r\n'


def test_csv_begins_with_the_mark_that_excel_wants_unless_told() -> None:
    stream = io.BytesIO()
    write_csv([HEADING], stream)
    assert stream.getvalue().startswith(b'\xef\xbb\xbf"')
    assert not stream.closed
    assert as_csv(HEADING).startswith('"')


def test_numbers_and_days_are_what_they_are() -> None:
    assert as_csv((-5, Decimal("-0.50"), date(2026, 2, 1), "-5"), delimiter=";") == '"-5";"-0.50";"2026-02-01";"\'-5"\r\n'


def test_a_formula_in_the_middle_is_none_for_another_delimiter_either() -> None:
    assert as_csv(("a;=cmd|' /C calc'!A0",)) == "\"a;'=cmd|' /C calc'!A0\"\r\n"
    assert as_csv(("a, =1\nb\t@x",)) == "\"a, '=1\nb\t'@x\"\r\n"
    assert as_csv(('a;"=1',)) == '"a;""\'=1"\r\n'


@given(st.lists(st.lists(SIGNS | st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=3), min_size=1, max_size=3))
def test_no_way_to_split_a_csv_gives_a_formula(rows: list[list[str]]) -> None:
    text = as_csv(*rows)
    for piece in re.split(r"[,;\t\r\n|]", text):
        assert not re.match(r"[\s\"\u200b\ufeff]*[=+\-@＝＋－＠]", piece), piece


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="=+-@＝＋－＠﹦﹢﹣﹫−")), min_size=1), min_size=1)
)
def test_what_holds_no_formula_comes_back_from_csv_to_the_letter(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(as_csv(*rows), newline="")))
    assert [row for row in read if row] == [row for row in rows if row]


def test_half_a_character_is_written_as_a_sign_for_it() -> None:
    assert as_csv(("a\ud800",)) == '"a\ufffd"\r\n'
    assert as_workbook(("a\ud800\x01\uffff",)).active["A1"].value == "a\ufffd\ufffd\ufffd"  # type: ignore[index]


def test_a_workbook_holds_texts_and_no_formula_link_or_number() -> None:
    texts = ["=1+1", '=HYPERLINK("http://x")', "＝1+1", "http://example.com", "mailto:a@example.com", "0412", "1e5", "{=1}", "internal:A1"]
    page = as_workbook(HEADING, texts).active
    assert page is not None
    assert [held.value for held in page[2]] == [cell(text) for text in texts]
    assert {held.data_type for held in page[2]} == {"s"}
    assert all(held.hyperlink is None for held in page[2])


def test_a_workbook_holds_numbers_as_numbers_and_days_as_texts() -> None:
    page = as_workbook(HEADING, (-5, Decimal("3.5"), date(2026, 2, 1), None)).active
    assert page is not None
    assert [held.value for held in page[2]][:3] == [-5, 3.5, "2026-02-01"]


def test_no_formula_stands_in_the_file_itself() -> None:
    stream = io.BytesIO()
    write_xlsx([("=1+1", "＝2")], stream)
    with zipfile.ZipFile(stream) as held:
        sheet = held.read("xl/worksheets/sheet1.xml")
    assert b"<c " in sheet and b"<f" not in sheet and b"hyperlink" not in sheet


def test_no_file_is_written_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a file is written")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    write_xlsx([HEADING] * 100, io.BytesIO(), widths=[10, 20])


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    whole, long, rare = "x" * MOST_TEXT, "x" * (MOST_TEXT + 1), "\U0001f600" * MOST_TEXT
    page = as_workbook((whole, long, rare)).active
    assert page is not None
    cells = [str(held.value) for held in page[1]]
    assert cells[0] == whole
    assert cells[1] == "x" * (MOST_TEXT - 1) + "…"
    assert cells[2] == "\U0001f600" * ((MOST_TEXT - 1) // 2) + "…"


@pytest.mark.parametrize(("name", "title"), [("Register", "Register"), ("a/b:c", "a b c"), ("x" * 50, "x" * 31), ("", "1"), ("''", "1"), ("[]", "1")])
def test_a_sheet_gets_a_name_that_may_be(name: str, title: str) -> None:
    assert as_workbook(HEADING, sheet=name).sheetnames == [title]


def test_more_rows_than_a_sheet_holds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enduse.documents.safe_cells.MOST_ROWS", 2)
    write_xlsx([HEADING] * 2, io.BytesIO())
    with pytest.raises(BadInput) as caught:
        write_xlsx([HEADING] * 3, io.BytesIO())
    assert caught.value.problems[0].code == "table.rows"


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_from_a_workbook(texts: list[str]) -> None:
    page = as_workbook(texts).active
    assert page is not None
    for held, text in zip(page[1], texts, strict=False):
        got = str(held.value or "")
        assert not re.match(r"\s*[=+\-@＝＋－＠]", got)
        if text.isprintable() and not text.startswith("_x"):
            assert got.strip() in (cell(text).strip(), text.strip())
