"""Reading inputs: bounded, decoded, one deal after the other, and whatever a file holds it never stops the rest."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.formats.problems import BadInput
from enduse.stores import reading
from enduse.stores.reading import MOST_MEGABYTES, Item, items, read_text, records

DEAL = "format: enduse/deal-1\nreference: D-1\n"
LINE = '{"format": "enduse/deal-1", "reference": "D-%d"}\n'
RUSSIAN = "title: Распознавание речи для колл-центра\n"


def file(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def told(item: Item) -> list[tuple[str, str]]:
    """What is wrong with an item: place and code."""
    assert (item.document is None) == (item.problem is not None)
    return [(problem.where.rsplit("/", 1)[-1], problem.code) for problem in item.problem.problems] if item.problem else []


def all_told(name: str) -> list[list[tuple[str, str]]]:
    return [told(item) for item in items(name)]


def give(monkeypatch: pytest.MonkeyPatch, data: bytes | str) -> None:
    """Put data on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode() if isinstance(data, str) else data)))


def references(name: str) -> list[object]:
    """The references of the deals of an input, or the codes of what is wrong."""
    found: list[object] = []
    for item in items(name):
        data = item.document.data if item.document else None
        found.append(data["reference"] if isinstance(data, dict) else [code for _, code in told(item)])
    return found


@pytest.mark.parametrize("name", ["deal.yaml", "deal.yml", "deal.YAML", "deal.txt", "deal"])
def test_a_file_is_yaml_unless_its_name_says_otherwise(tmp_path: Path, name: str) -> None:
    (item,) = items(file(tmp_path, name, DEAL))
    assert item.document is not None
    assert item.document.data == {"format": "enduse/deal-1", "reference": "D-1"}


def test_a_json_file_has_lines_too(tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "deal.JSON", '{\n\t"format": "enduse/deal-1",\n\t"reference": "D-1"\n}\n'))
    assert item.document is not None
    assert item.document.lines == {(): 1, ("format",): 2, ("reference",): 3}


def test_a_jsonl_holds_one_deal_a_line_and_blank_lines_count(tmp_path: Path) -> None:
    found = list(items(file(tmp_path, "deals.jsonl", "\n" + LINE % 1 + "\r\n  \n" + LINE % 2 + (LINE % 3).strip())))
    assert [item.where.rsplit("/", 1)[-1] for item in found] == ["deals.jsonl:2", "deals.jsonl:5", "deals.jsonl:6"]
    assert [item.document and item.document.line(("reference",)) for item in found] == [2, 5, 6]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "json.broken"),
        ("{}}", "json.broken"),
        ("format: enduse/deal-1", "json.broken"),
        ('{"a": 1, "a": 2}', "key.repeated"),
        ('{"a": NaN}', "json.broken"),
        ('{"a": "\\u0000"}', "text.control"),
        ('{"a": "\\ud800"}', "text.control"),
        ("[" * 100_000, "text.deep"),
        ("\ufeff{}", "file.bom"),
        ("\x00\x00", "file.binary"),
        ("\x1b[31m{}", "file.binary"),
    ],
)
def test_a_bad_line_is_told_at_its_line_and_the_others_go_on(tmp_path: Path, line: str, code: str) -> None:
    name = file(tmp_path, "deals.jsonl", LINE % 1 + line + "\n" + LINE % 2)
    assert all_told(name) == [[], [("deals.jsonl:2", code)], []]


def test_a_line_in_another_encoding_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    name = file(tmp_path, "deals.jsonl", (LINE % 1).encode() + '{"title": "сделка"}\n'.encode("cp1251") + (LINE % 2).encode())
    assert all_told(name) == [[], [("deals.jsonl:2", "file.encoding")], []]


def test_a_huge_line_is_passed_over_and_the_others_go_on(tmp_path: Path) -> None:
    huge = b'{"a": "' + b"x" * (3 * MOST_MEGABYTES * 1024 * 1024) + b'"}\n'
    name = file(tmp_path, "deals.jsonl", (LINE % 1).encode() + huge + (LINE % 2).encode())
    assert all_told(name) == [[], [("deals.jsonl:2", "line.large")], []]


def test_a_line_as_long_as_may_be_is_read(tmp_path: Path) -> None:
    most = MOST_MEGABYTES * 1024 * 1024
    line = '{"a": "' + "x" * (most - 10) + '"}\n'
    assert len(line) == most
    assert all_told(file(tmp_path, "deals.jsonl", line * 2)) == [[], []]


@pytest.mark.parametrize("name", ["deal.yaml", "deal.json"])
def test_a_file_of_two_gigabytes_is_answered_at_once(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(DEAL.encode())
        stream.truncate(2 * 1024**3)
    began = time.monotonic()
    assert all_told(str(path)) == [[(f"{name}:1", "file.large")]]
    assert time.monotonic() - began < 2


def test_a_file_without_end_is_answered_at_once() -> None:
    assert all_told("/dev/zero") == [[("zero:1", "file.large")]]


@pytest.mark.parametrize("name", ["deal.yaml", "deal.json", "deals.jsonl"])
@pytest.mark.parametrize("data", [b"", b"\n", b" \n\t\n", b"\r\n\r\n"])
def test_an_empty_file_is_no_deal(tmp_path: Path, name: str, data: bytes) -> None:
    (found,) = all_told(file(tmp_path, name, data))
    assert [code for _, code in found] == ["file.empty"]


@pytest.mark.parametrize("name", ["deal.yaml", "deal.json", "deals.jsonl"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_told(tmp_path: Path, name: str, encoding: str) -> None:
    assert all_told(file(tmp_path, name, (LINE % 1).encode(encoding)))[0] == [(f"{name}:1", "file.bom")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_wide_encoding_without_mark_is_no_text(tmp_path: Path, encoding: str) -> None:
    assert all_told(file(tmp_path, "deal.yaml", DEAL.encode(encoding))) == [[("deal.yaml:1", "file.binary")]]


@pytest.mark.parametrize(("encoding", "guess"), [("cp1251", "Windows-1251"), ("koi8-r", "KOI8-R")])
def test_an_old_russian_encoding_is_guessed_and_told_at_its_line(tmp_path: Path, encoding: str, guess: str) -> None:
    (item,) = items(file(tmp_path, "deal.yaml", DEAL.encode() + RUSSIAN.encode(encoding)))
    assert told(item) == [("deal.yaml:3", "file.encoding")]
    assert item.problem is not None
    assert guess in item.problem.problems[0].text("ru")


@pytest.mark.parametrize(
    ("data", "line"), [(b"a: 1\nb: \xff\n", 2), (b"\x80", 1), (b"a: 1\n\nb: \xd0", 3), (b"a: \xed\xa0\x80", 1), (b"a: \xc0\x80", 1)]
)
def test_what_is_not_utf_8_is_told_at_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    assert all_told(file(tmp_path, "deal.yaml", data)) == [[(f"deal.yaml:{line}", "file.encoding")]]


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"\x7fELF\x02", 1), (b"PK\x03\x04", 1), (b"%PDF-1.7\n%\xe2\xe3\n\x00", 3), (b"a: 1\nb: \x00\n", 2), (b"a: 1\n\x1b[2J\n", 2), (b"a\x08", 1)],
)
def test_rubbish_is_told_at_the_line_where_it_is_none(tmp_path: Path, data: bytes, line: int) -> None:
    assert all_told(file(tmp_path, "deal.yaml", data)) == [[(f"deal.yaml:{line}", "file.binary")]]


def test_dos_ends_of_lines_are_read(tmp_path: Path) -> None:
    (item,) = items(file(tmp_path, "deal.yaml", (DEAL + RUSSIAN).replace("\n", "\r\n")))
    assert item.document is not None
    assert item.document.data == {"format": "enduse/deal-1", "reference": "D-1", "title": "Распознавание речи для колл-центра"}


def test_an_absent_file_a_folder_and_one_in_a_file_are_told(tmp_path: Path) -> None:
    deal = file(tmp_path, "deal.yaml", DEAL)
    assert all_told(str(tmp_path / "no.yaml")) == [[("no.yaml", "file.absent")]]
    assert [code for _, code in all_told(str(tmp_path))[0]] == ["file.folder"]
    assert [code for _, code in all_told(f"{deal}/x.yaml")[0]] == ["file.unreadable"]
    assert [code for _, code in all_told("x" * 5000)[0]] == ["file.unreadable"]
    assert [code for _, code in all_told("")[0]] in (["file.absent"], ["file.folder"])


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = file(tmp_path, "deal.yaml", DEAL)
    Path(deal).chmod(0)
    if os.geteuid() == 0:  # who is root may read all

        def refused(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refused)
    assert all_told(deal) == [[("deal.yaml", "file.unreadable")]]
    with pytest.raises(BadInput) as caught:
        read_text(deal)
    assert "Permission denied" in caught.value.problems[0].text("en")


def test_a_file_that_breaks_off_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", lambda *_: Broken())
    assert all_told(file_name := str(tmp_path / "deal.yaml")) == [[("deal.yaml", "file.unreadable")]]
    assert file_name


def test_standard_input_says_by_how_it_begins_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    cases: dict[str, list[object]] = {
        DEAL: ["D-1"],
        LINE % 1: ["D-1"],
        (LINE % 1).strip(): ["D-1"],
        LINE % 1 + LINE % 2: ["D-1", "D-2"],
        "\n\n" + LINE % 1 + "\n" + LINE % 2: ["D-1", "D-2"],
        json.dumps(json.loads(LINE % 1), indent=2): ["D-1"],
        json.dumps(json.loads(LINE % 1), indent="\t"): ["D-1"],
        "  \n" + json.dumps(json.loads(LINE % 1), indent=2): ["D-1"],
        "{format: enduse/deal-1, reference: D-1}\n": ["D-1"],
        "{format: enduse/deal-1,\n reference: D-1}\n": ["D-1"],
        "# a remark\n" + DEAL: ["D-1"],
        "": [["file.empty"]],
        "\n \n": [["file.empty"]],
    }
    for text, found in cases.items():
        give(monkeypatch, text)
        assert references("-") == found, text


def test_a_bad_first_line_on_standard_input_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for first in ('{"format": "enduse/deal-1", "refer', "{]", '{"a": 1, "a": 2}', "\ufeff{}", '{"a": "\\ud800"}'):
        give(monkeypatch, first + "\n" + LINE % 1 + LINE % 2)
        assert references("-")[1:] == ["D-1", "D-2"], first
        give(monkeypatch, first + "\n" + LINE % 1)
        assert [item.where for item in items("-")] == ["-:1", "-:2"]


def test_bad_standard_input_is_told_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {
        DEAL + "a: [\n": [("-:3", "yaml.broken")],
        '{\n "a": 1,\n "b": }\n': [("-:3", "json.broken")],
        '{"a": 1': [("-:1", "json.broken")],
        DEAL + "\x00": [("-:3", "file.binary")],
        "\ufeff" + DEAL: [("-:1", "file.bom")],
    }
    for text, found in cases.items():
        give(monkeypatch, text)
        assert all_told("-") == [found], text


def test_too_much_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, DEAL + "#" * (3 * 1024 * 1024))
    assert all_told("-") == [[("-:1", "file.large")]]
    give(monkeypatch, "\n" * (3 * 1024 * 1024))
    assert all_told("-") == [[("-:1", "file.large")]]


def test_a_deal_on_standard_input_is_not_kept_waiting_for_another() -> None:
    class Waiting(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            line = super().readline(size)
            assert line, "it waits for a second line"
            return line

    begun: list[bytes] = []
    assert reading._has_a_deal_a_line(Waiting((LINE % 1).encode()), begun)


@pytest.mark.parametrize(
    ("line", "code"),
    [("[]", "replay.line"), ("3", "replay.line"), ("null", "replay.line"), ("x", "json.broken"), ('{"a": 1, "a": 1}', "key.repeated")],
)
def test_a_record_is_an_object_a_line(tmp_path: Path, line: str, code: str) -> None:
    found = list(records(file(tmp_path, "decisions.txt", '{"at": 1}\n' + line + '\n{"released": true}\n')))
    assert [record for _, record, _ in found] == [{"at": "1"}, None, {"released": "true"}]
    assert [where.rsplit("/", 1)[-1] for where, _, _ in found] == ["decisions.txt:1", "decisions.txt:2", "decisions.txt:3"]
    assert [problem.problems[0].code for _, _, problem in found if problem] == [code]


@given(st.binary(), st.sampled_from(["deal.yaml", "deal.json", "deals.jsonl", "-"]))
def test_any_bytes_are_documents_or_clear_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if name == "-":
            give(patch, data)
        else:
            name = file(tmp_path_factory.getbasetemp(), name, data)
        lines = data.count(b"\n") + data.count(b"\r") + 1
        found = list(items(name))
    assert found
    for item in found:
        if item.problem:
            assert all(problem.line is not None and 1 <= problem.line <= lines for problem in item.problem.problems)
