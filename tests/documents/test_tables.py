"""Tables that people bring: real workbooks and CSV in the shapes they come in, and what poses as one."""

from __future__ import annotations

import io
import re
import time
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.documents import tables
from enduse.documents.safe_cells import write_csv, write_xlsx
from enduse.documents.tables import Table, read_table
from enduse.formats.problems import BadInput

HEADER = ("Номер", "Контрагент", "Страна")
ROWS = (("D-1", "Al Noor", "ОАЭ"), ("D-2", "Заря", "Казахстан"))


def workbook(*rows: Any, edit: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    if edit is not None:
        edit(page)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def replaced(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A workbook with the text of one of its files changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(entry, change(text.decode()).encode() if entry == name else text)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def of_excel() -> bytes:
    """A workbook as Excel writes it: the texts in a file of their own."""
    stream = io.BytesIO()
    write_xlsx([HEADER, *ROWS], stream)
    return stream.getvalue()


def read(data: bytes, **more: Any) -> Table:
    return read_table(data, "register", **more)


def told(data: bytes, **more: Any) -> tuple[str, int | None]:
    with pytest.raises(BadInput) as caught:
        read(data, **more)
    (problem,) = caught.value.problems
    assert problem.text("ru") != problem.text("en") and "{" not in problem.text("ru")
    return problem.code, problem.line


def only(*values: Any, edit: Callable[[Any], None] | None = None) -> tuple[str, ...]:
    """How the cells of one row are read."""
    header = [f"Title {at}" for at in range(len(values))] + ["Last"]
    ((_, cells),) = read(workbook(header, [*values, "x"], edit=edit)).rows
    return cells[:-1]


def test_a_workbook_is_read_with_its_rows_and_their_numbers() -> None:
    table = read(workbook(HEADER, *ROWS))
    assert table == Table(("Sheet",), "Sheet", HEADER, ((2, ROWS[0]), (3, ROWS[1])))


def test_a_workbook_of_excels_is_read_too() -> None:
    assert read(of_excel()).rows == ((2, ROWS[0]), (3, ROWS[1]))


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_bytes(workbook(HEADER, *ROWS))
    assert read_table(tmp_path / "register.xlsx", "register.xlsx").header == HEADER
    with pytest.raises(BadInput) as caught:
        read_table(tmp_path / "none.xlsx", "none.xlsx")
    assert caught.value.problems[0].code == "file.absent"


def test_a_heading_is_found_under_titles_and_blank_rows() -> None:
    rows: list[list[Any]] = [
        ["Реестр внешнеэкономических сделок"],
        [],
        ["Организация:", "ООО «Заря»"],
        [date(2026, 11, 1)],
        [],
        [*list(HEADER), "Дата"],
    ]
    table = read(
        workbook(*rows, ["D-1", "Al Noor", "ОАЭ", date(2026, 2, 1)], [], ["D-2", "Заря", None, None], edit=lambda page: page.merge_cells("A1:D1"))
    )
    assert table.header == (*HEADER, "Дата")
    assert table.rows == ((7, ("D-1", "Al Noor", "ОАЭ", "2026-02-01")), (9, ("D-2", "Заря", "", "")))


def test_a_row_that_only_numbers_the_columns_is_no_data() -> None:
    assert [number for number, _ in read(workbook(HEADER, [1, 2, 3], *ROWS)).rows] == [3, 4]
    assert [number for number, _ in read(workbook(HEADER, [1, 2, 4], *ROWS)).rows] == [2, 3, 4]
    assert [number for number, _ in read(workbook(HEADER, [1, 2, 3])).rows] == [2]


@pytest.mark.parametrize(
    "rows", [[], [HEADER], [["one"], ["a"], ["b"]], [["a", "a"], ["a", "a"]], [[1, 2], [3, 4]], [["", None], [None, ""]], [[], ["a", "b"], []]]
)
def test_where_there_is_no_heading_with_rows_under_it_that_is_told(rows: list[Any]) -> None:
    assert told(workbook(*rows)) == ("table.header", None)


def test_titles_that_repeat_or_lack_are_told_apart() -> None:
    table = read(workbook(["Номер", "Страна", None, "страна", "Страна", None, "a\n b"], ["D-1", "AE", "x", "KE", "RU", None, "y"]))
    assert table.header == ("Номер", "Страна", "C", "страна (2)", "Страна (3)", "a b")
    assert table.rows == ((2, ("D-1", "AE", "x", "KE", "RU", "y")),)


def test_a_cell_beyond_the_heading_is_not_lost() -> None:
    assert read(workbook(HEADER, ROWS[0], (*ROWS[1], None, "more"))).header == (*HEADER, "E")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3.0, None, "3"),
        (3.1, None, "3.1"),
        (3.1, "0.00", "3.10"),
        (3.14159, "0.00", "3.14159"),
        (0.1 + 0.2, None, "0.3"),
        (412, "0000", "0412"),
        (118000.5, "#,##0.00", "118000.50"),
        (-5, "0.0", "-5.0"),
        (0.3, "0%", "30%"),
        (0.125, "0.0%", "12.5%"),
        (1e15, None, "1000000000000000"),
        (7701234567890123, None, "7701234567890123"),
        (1e-7, None, "0.0000001"),
        (0, None, "0"),
        (100, None, "100"),
        (True, None, "TRUE"),
        (False, None, "FALSE"),
        (date(2026, 2, 1), None, "2026-02-01"),
        (date(2026, 2, 1), "dd.mm.yyyy", "2026-02-01"),
        (datetime(2026, 2, 1, 10, 30), None, "2026-02-01"),
        (clock(10, 30), None, "10:30:00"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        ("  3.10 ", None, "3.10"),
        ("NO", None, "NO"),
        ("a\nb", None, "a\nb"),
        ("a_x000D_b_x0007_", None, "a b"),
        ("\u00a0", None, ""),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: Any, form: str | None, text: str) -> None:
    def dressed(page: Any) -> None:
        if form:
            page["A2"].number_format = form

    assert only(value, edit=dressed) == (text,)


def test_days_count_from_where_the_workbook_says() -> None:
    data = workbook(["a", "b"], [date(2026, 2, 1), "x"])
    old = replaced(data, "xl/workbook.xml", lambda text: text.replace("<workbookPr />", '<workbookPr date1904="1" />'))
    assert read(old).rows[0][1][0] == "2030-02-02"


def formula(value: str) -> bytes:
    """A workbook whose B2 holds a formula and, where there is one, the value it had."""
    return replaced(workbook(HEADER, ["D-1", "=1+1", "x"]), SHEET, lambda text: text.replace("<v />", value).replace("<v></v>", value))


def test_a_formula_is_read_by_its_value() -> None:
    table = read(formula("<v>2</v>"))
    assert (table.rows[0][1], table.problems) == (("D-1", "2", "x"), ())


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_a_formula_without_a_value_is_told_and_empty(value: str) -> None:
    table = read(formula(value))
    assert table.rows[0][1] == ("D-1", "", "x")
    ((problem),) = table.problems
    assert (problem.code, problem.where, problem.values["cell"]) == ("table.formula", "register:2", "B2")


def test_a_formula_whose_value_is_an_empty_text_is_empty() -> None:
    data = replaced(formula("<v></v>"), SHEET, lambda text: text.replace('r="B2"', 'r="B2" t="str"'))
    assert (read(data).rows[0][1], read(data).problems) == (("D-1", "", "x"), ())


def test_an_error_in_a_cell_is_told_and_empty() -> None:
    data = replaced(formula("<v>#N/A</v>"), SHEET, lambda text: text.replace('r="B2"', 'r="B2" t="e"'))
    table = read(data)
    assert table.rows[0][1] == ("D-1", "", "x")
    assert [(problem.code, problem.values["value"]) for problem in table.problems] == [("table.error", "#N/A")]
    assert [*table.unread] == [(2, 1)]


def test_a_row_and_a_column_of_nothing_but_errors_are_there_all_the_same() -> None:
    def unread(text: str) -> str:
        return re.sub(r'(<c r="(?:A3|B3|C3|D2)")[^>]*>.*?</c>', r'\1 t="e"><v>#REF!</v></c>', text)

    data = replaced(workbook(HEADER, [*ROWS[0], "x"], [*ROWS[1]]), SHEET, unread)
    table = read(data)
    assert table.header == (*HEADER, "D")
    assert table.rows == ((2, (*ROWS[0], "")), (3, ("", "", "", "")))
    assert sorted(table.unread) == [(2, 3), (3, 0), (3, 1), (3, 2)]


def test_more_cells_that_cannot_be_read_than_are_told_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_UNREAD", 1)
    data = replaced(workbook(HEADER, *ROWS), SHEET, lambda text: re.sub(r'(<c r="B[23]")[^>]*>.*?</c>', r'\1 t="e"><v>#REF!</v></c>', text))
    assert told(data)[0] == "table.unread"


def test_a_day_that_cannot_be_is_an_error_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = read(replaced(workbook(HEADER, [date(2026, 2, 1), "b", "c"]), SHEET, lambda text: text.replace("<v>46054</v>", "<v>99999999</v>")))
    assert (table.rows[0][1][0], [problem.code for problem in table.problems]) == ("", ["table.error"])


def test_a_problem_above_the_heading_is_nobodys() -> None:
    assert read(replaced(workbook(["=1+1"], HEADER, *ROWS), SHEET, lambda text: text.replace("<v />", ""))).problems == ()


def book_of_sheets() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Титул"
    first.append(["Реестр"])
    hidden = book.create_sheet("Скрытый")
    hidden.sheet_state = "hidden"
    for page, name in ((hidden, "hidden"), (book.create_sheet("Сделки"), "shown")):
        page.append(HEADER)
        page.append([name, "a", "b"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_first_visible_sheet_with_a_table_is_read_or_the_one_named() -> None:
    data = book_of_sheets()
    assert read(data).sheets == ("Титул", "Скрытый", "Сделки")
    assert (read(data).sheet, read(data).rows[0][1][0]) == ("Сделки", "shown")
    assert read(data, sheet="Скрытый").rows[0][1][0] == "hidden"
    assert told(data, sheet="Титул") == ("table.header", None)
    assert told(data, sheet="Сделка") == ("table.sheet", None)
    assert told(b"a,b\n1,2\n", sheet="1") == ("table.sheet", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_csv_is_read_however_it_was_saved(encoding: str, delimiter: str, end: str) -> None:
    text = end.join(delimiter.join(row) for row in (HEADER, *ROWS)) + end
    assert read(text.encode(encoding)) == Table((), "", HEADER, ((2, ROWS[0]), (3, ROWS[1])))


def test_csv_of_russian_excel_is_read() -> None:
    text = """Реестр сделок;;;

Номер;Контрагент;Сумма;Адрес
17/26;"ООО ""Заря"", дочернее";"118 000,50";"Шарджа,
а/я 4471"
;;;
18/26;b;"1,5";c, d
"""
    table = read(text.replace("\n", "\r\n").encode("cp1251"))
    assert table.header == ("Номер", "Контрагент", "Сумма", "Адрес")
    assert table.rows == ((4, ("17/26", 'ООО "Заря", дочернее', "118 000,50", "Шарджа,\r\nа/я 4471")), (6, ("18/26", "b", "1,5", "c, d")))


def test_the_remark_of_what_delimits_is_heeded() -> None:
    assert read(b"sep=|\r\na|b,c;d\r\n1|2\r\n").rows == ((2, ("1", "2")),)
    assert read(b"sep=|\r\na|b,c;d\r\n1|2\r\n").header == ("a", "b,c;d")


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'a,b\n1,"2\n3,4\n', "table.csv", 3),
        (b'a,b\n"1"x,2\n', "table.csv", 2),
        (b"a,b\n1,\x002\n", "table.binary", 2),
        (b"\x7fELF\x00", "table.binary", 1),
        (b"a,b\n\x98,2\n", "table.encoding", None),
        (b"", "table.header", None),
        (b"\n\n", "table.header", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table.format", None),
        (b"%PDF-1.7", "table.format", None),
        (b"PK\x03\x04rubbish", "attachment.broken", None),
    ],
)
def test_what_is_no_table_is_told_at_its_line(data: bytes, code: str, line: int | None) -> None:
    assert told(data) == (code, line)


def test_too_many_rows_columns_and_letters_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def csv(rows: int, columns: int = 2, letters: int = 1) -> bytes:
        heading = ",".join(f"t{at}" for at in range(columns))
        return "\n".join([heading, *[",".join(["x" * letters] * columns)] * rows]).encode()

    assert len(read(csv(1, columns=200)).header) == 200
    assert told(csv(1, columns=201)) == ("table.columns", 1)
    assert len(read(csv(1, letters=32_767)).rows[0][1][0]) == 32_767
    assert told(csv(1, letters=32_768)) == ("table.cell", 2)
    assert told(csv(1, letters=200_000)) == ("table.csv", 2)
    monkeypatch.setattr(tables, "MOST_ROWS", 100)
    assert len(read(csv(100)).rows) == 100
    assert told(csv(101)) == ("table.rows", 102)
    assert told(csv(100_000)) == ("table.rows", 152)
    assert told(workbook(HEADER, [*[""] * 200, "x"])) == ("table.columns", 2)
    monkeypatch.setattr(tables, "MOST_MEGABYTES", 0)
    assert told(b"a,b\n1,2\n") == ("table.large", None)


def test_rows_may_be_as_many_as_is_said() -> None:
    assert tables.MOST_ROWS == 200_000
    began = time.monotonic()
    assert len(read(b"a,b\n" + b"1,2\n" * 200_000).rows) == 200_000
    assert told(b"a,b\n" + b"1,2\n" * 200_001) == ("table.rows", 200_002)
    assert time.monotonic() - began < 30


def test_a_row_far_down_and_a_size_that_lies_cost_nothing() -> None:
    far = replaced(workbook(HEADER, *ROWS), SHEET, lambda text: text.replace('r="3"', 'r="999999999999"').replace('r="A3"', 'r="A999"'))
    lying = replaced(workbook(HEADER, *ROWS), SHEET, lambda text: text.replace("A1:C3", "A1:XFD1048576"))
    began = time.monotonic()
    assert len(read(far).rows) == 2
    assert read(lying).rows == ((2, ROWS[0]), (3, ROWS[1]))
    assert time.monotonic() - began < 5


def test_cells_out_of_order_are_not_lost() -> None:
    turned = replaced(
        workbook(HEADER, ("a", "b", "c")), SHEET, lambda text: text.replace('r="A2"', 'r="X"').replace('r="C2"', 'r="A2"').replace('r="X"', 'r="C2"')
    )
    assert read(turned).rows == ((2, ("c", "b", "a")),)


def test_a_workbook_of_too_many_cells_is_told_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_TAGS", 1000)
    monkeypatch.setattr(tables, "load_workbook", None)
    assert told(workbook(HEADER, *ROWS * 100)) == ("table.full", None)


def test_a_bomb_is_told_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    data = replaced(workbook(HEADER, *ROWS), SHEET, lambda text: text.replace("</sheetData>", " " * 17 * 1024 * 1024 + "</sheetData>"))
    monkeypatch.setattr(tables, "load_workbook", None)
    assert told(data) == ("attachment.bomb", None)


def test_a_text_that_grows_by_its_entities_is_told_at_once() -> None:
    laughs = "".join(f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'
    for name, start in ((SHEET, "<worksheet"), ("xl/workbook.xml", "<workbook "), (STRINGS, "<sst")):

        def grown(text: str, start: str = start) -> str:
            assert start in text
            return text.replace(start, bomb + start, 1).replace("<t>Al", "<t>&a9;Al")

        data = replaced(of_excel(), name, grown)
        began = time.monotonic()
        assert told(data) == ("table.broken", None), name
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("name", ["[Content_Types].xml", "xl/workbook.xml", SHEET, STRINGS, "xl/styles.xml"])
@pytest.mark.parametrize("text", ["", "<", "<x/>"])
def test_a_workbook_broken_anywhere_is_told_or_read(name: str, text: str) -> None:
    try:
        table = read(replaced(of_excel(), name, lambda _: text))
    except BadInput as error:
        assert error.problems[0].code in ("table.broken", "table.header")
    else:
        assert len(table.rows) == 2


def test_another_office_file_is_no_table() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<x/>")
    assert told(stream.getvalue())[0] == "table.broken"


CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters="=+-@＝＋－＠﹦﹢﹣﹫−_\ufeff\ufffe\uffff\u200b"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(["csv", "russian csv", "xlsx"]))
def test_what_we_write_we_read(rows: list[tuple[str, str, str]], form: str) -> None:
    stream = io.BytesIO()
    if form == "xlsx":
        write_xlsx([HEADER, *rows], stream)
    else:
        write_csv([HEADER, *rows], stream, delimiter="," if form == "csv" else ";")
    kept = [row for row in rows if any(row)]
    if kept and not (kept[0] == ("1", "2", "3") and len(kept) > 1):
        assert [cells for _, cells in read(stream.getvalue()).rows] == [tuple(cells) for cells in kept]


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"a;b\n1;2\n", b"\xff\xfe"]))
def test_any_bytes_are_a_table_or_a_clear_problem(data: bytes, start: bytes) -> None:
    try:
        table = read(start + data)
    except BadInput as error:
        assert error.problems[0].code.startswith(("table.", "attachment."))
    else:
        assert all(len(cells) == len(table.header) for _, cells in table.rows)
        assert len({title.casefold() for title in table.header}) == len(table.header)
