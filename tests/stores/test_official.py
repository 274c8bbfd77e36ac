"""The organisation's copy of the official text: read in its encodings, kept in the data folder and nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from enduse.formats.official import Official
from enduse.formats.problems import BadInput
from enduse.stores.official import MOST, held_official, keep_official, read_official

DAY = date(2026, 11, 22)
TEXT = "1. Общее\n1.1. Первый пункт;\n1.2. Второй пункт.\nПриложение\n1. Признак.\n"
FOUND = Official({"1.1": "Первый пункт;", "1.2": "Второй пункт."}, {"1": "Признак."})


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def told(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_official(str(path))
    (problem,) = caught.value.problems
    assert problem.text("ru") and problem.text("en")
    return problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_it_is_read_in_the_encodings_it_comes_in(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_official(str(path)) == (TEXT.encode(encoding), FOUND)


def test_the_whole_declaration_is_read_in_windows_1251_too(shared: Path, tmp_path: Path) -> None:
    source = shared / "declaration" / "declaration.ru.txt"
    path = tmp_path / "copy.txt"
    path.write_bytes(source.read_text("utf-8").encode("cp1251", "replace"))
    official = read_official(str(path))[1]
    assert (len(official.clauses), len(official.indicators)) == (24, 22)
    assert official.clauses["1.5"] == read_official(str(source))[1].clauses["1.5"]


@pytest.mark.parametrize(
    ("data_", "code"),
    [
        (b"%PDF-1.7\n1.1. x", "official.format"),
        (b"PK\x03\x04 1.1. x", "official.format"),
        (b"{\\rtf1 1.1. x}", "official.format"),
        (b"\xd0\xcf\x11\xe0", "official.format"),
        (b"", "official.none"),
        (b"\x00\x01\x02", "official.none"),
        ("Ничего похожего".encode(), "official.none"),
        (TEXT.encode("koi8-r").replace(b"1.", b"I."), "official.none"),
    ],
)
def test_what_is_no_text_of_it_is_refused(tmp_path: Path, data_: bytes, code: str) -> None:
    (tmp_path / "copy.txt").write_bytes(data_)
    assert told(tmp_path / "copy.txt") == code


def test_an_absent_file_a_folder_and_a_huge_one_are_refused(tmp_path: Path) -> None:
    assert told(tmp_path / "no.txt") == "file.absent"
    assert told(tmp_path) == "file.folder"
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(MOST * 200)
    assert told(tmp_path / "huge.txt") == "official.large"


def test_it_is_kept_in_the_data_folder_as_it_is(data: Path, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(data)}
    folder = keep_official(TEXT.encode("cp1251"), FOUND, "2026-1", DAY)
    assert folder == data / "declaration" / "2026-1"
    assert sorted(path.name for path in folder.iterdir()) == ["official.json", "official.txt"]
    assert (folder / "official.txt").read_bytes() == TEXT.encode("cp1251")
    assert held_official("2026-1") == (FOUND, DAY)
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(data)} == before


def test_a_later_copy_takes_the_place_of_the_earlier() -> None:
    keep_official(b"1", FOUND, "2026-1", DAY)
    keep_official(b"2", Official({"1.1": "x"}, {}), "2026-1", date(2026, 12, 1))
    assert held_official("2026-1") == (Official({"1.1": "x"}, {}), date(2026, 12, 1))


def test_nothing_kept_is_nothing() -> None:
    assert held_official("2026-1") is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "{}", "3", '{"attached": "2026-11-22"}', '{"attached": "x", "clauses": {}, "indicators": {}}'),
        '{"attached": "2026-11-22", "clauses": [], "indicators": {}}',
        '{"attached": 1, "clauses": {}, "indicators": {}}',
    ],
)
def test_a_kept_copy_that_was_spoilt_is_told(text: str, data: Path) -> None:
    keep_official(b"1", FOUND, "2026-1", DAY)
    (data / "declaration" / "2026-1" / "official.json").write_text(text)
    with pytest.raises(BadInput) as caught:
        held_official("2026-1")
    assert caught.value.problems[0].code == "file.unreadable"
