"""Archives looked over: real ones pass, bombs, liars and those that lead out of their folder do not, and nothing is unpacked to find out."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.formats.problems import BadInput
from enduse.stores.archives import FREE, MEGABYTE, MOST_DIRECTORY, Archive, Limits, looked_over

TEXT = b"Passenger flow at the terminal. " * 40


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def told(data: bytes, limits: Limits | None = None) -> tuple[str, str]:
    """The code of what is wrong with an archive, and of the reason where it is a bomb."""
    with pytest.raises(BadInput) as caught:
        looked_over(io.BytesIO(data), name="a.zip", limits=limits)
    (problem,) = caught.value.problems
    assert all("a.zip" in problem.text(lang) and "got." not in problem.text(lang) for lang in ("ru", "en"))
    return problem.code, str(problem.values.get("got", ""))


def directory(data: bytes) -> int:
    """Where the directory of an archive begins."""
    return int(struct.unpack("<L", data[-6:-2])[0])


def changed(data: bytes, at: int, form: str, *values: int) -> bytes:
    """The bytes with some numbers in their middle replaced."""
    new = struct.pack(form, *values)
    return data[:at] + new + data[at + len(new) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_honest_archive_passes_and_says_what_it_holds(method: int) -> None:
    data = packed(("letter.txt", TEXT), ("папка/письмо.txt", TEXT), ("empty", b""), ("folder/", b""), method=method)
    assert looked_over(io.BytesIO(data), name="a.zip") == Archive(("letter.txt", "папка/письмо.txt", "empty", "folder/"), False)


def test_an_archive_written_as_a_stream_passes() -> None:
    class OneWay(io.RawIOBase):
        def __init__(self) -> None:
            self.held = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.held += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    stream = OneWay()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
    assert looked_over(io.BytesIO(bytes(stream.held)), name="a.zip").names == ("a.txt", "b.txt")


def test_every_piece_is_shown_as_it_unpacks() -> None:
    pieces: list[bytes] = []
    big = bytes(range(256)) * 8 * 1024
    looked_over(io.BytesIO(packed(("a", TEXT), ("b", big))), name="a.zip", seen=pieces.append)
    assert b"".join(pieces) == TEXT + big
    assert max(map(len, pieces)) <= MEGABYTE


def test_whoever_looks_on_may_stop_it() -> None:
    def stop(_: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        looked_over(io.BytesIO(packed(("a", TEXT))), name="a.zip", seen=stop)


def test_a_bomb_of_zeros_is_told_by_its_ratio_at_once() -> None:
    layer = packed(*((f"{number}.bin", bytes(17 * MEGABYTE)) for number in range(4)))
    assert len(layer) < MEGABYTE
    began = time.monotonic()
    assert told(layer) == ("attachment.bomb", "got.bomb_ratio")
    assert time.monotonic() - began < 0.5


def test_a_bomb_behind_much_noise_is_told_by_its_own_ratio() -> None:
    noise = zlib.compress(bytes(range(256)) * 100) * 2000
    assert told(packed(("noise", noise), ("zeros", bytes(FREE + 1)), method=zipfile.ZIP_DEFLATED)) == ("attachment.bomb", "got.bomb_ratio")


def test_what_is_small_may_be_packed_as_well_as_it_can() -> None:
    assert looked_over(io.BytesIO(packed(("zeros", bytes(FREE)))), name="a.zip").names == ("zeros",)


def test_a_bomb_of_bombs_is_not_opened() -> None:
    inner = packed(("zeros", bytes(64 * MEGABYTE)))
    outer = packed(*((f"{number}.zip", inner) for number in range(16)))
    began = time.monotonic()
    assert len(looked_over(io.BytesIO(outer), name="a.zip").names) == 16
    assert time.monotonic() - began < 0.5


def test_too_many_entries_and_too_much_are_told() -> None:
    three = packed(("a", TEXT), ("b", TEXT), ("c", TEXT))
    assert looked_over(io.BytesIO(three), name="a.zip", limits=Limits(entries=3)).names == ("a", "b", "c")
    assert told(three, Limits(entries=2)) == ("attachment.bomb", "got.bomb_entries")
    mebibyte = packed(("a", bytes(MEGABYTE)))
    assert looked_over(io.BytesIO(mebibyte), name="a.zip", limits=Limits(megabytes=1)).names == ("a",)
    assert told(packed(("a", bytes(MEGABYTE)), ("b", b"1")), Limits(megabytes=1)) == ("attachment.bomb", "got.bomb_size")


def test_a_directory_without_end_is_not_read() -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    many = entry * (MOST_DIRECTORY // len(entry) + 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(many), 0, 0)
    assert told(b"PK\x03\x04" + many + end) == ("attachment.bomb", "got.bomb_directory")


@pytest.mark.parametrize("lie", [-1, +1, -len(TEXT) + 1, 1000])
def test_a_size_that_lies_in_header_and_directory_is_told(lie: int) -> None:
    data = packed(("a.txt", TEXT))
    at = directory(data)
    for place in (22, at + 24):
        data = changed(data, place, "<L", len(TEXT) + lie)
    assert told(data) == ("attachment.bomb", "got.bomb_lie")


def test_a_small_size_before_a_flood_stops_the_flood() -> None:
    pieces: list[bytes] = []
    data = packed(("word/document.xml", bytes(200 * MEGABYTE)))
    at = directory(data)
    for place in (22, at + 24):
        data = changed(data, place, "<L", 100)
    with pytest.raises(BadInput) as caught:
        looked_over(io.BytesIO(data), name="a.zip", seen=pieces.append)
    assert caught.value.problems[0].values["got"] == "got.bomb_lie"
    assert pieces == []


def test_a_stored_entry_that_lies_is_told() -> None:
    data = packed(("a.txt", TEXT), method=zipfile.ZIP_STORED)
    assert told(changed(data, directory(data) + 24, "<L", len(TEXT) + 5)) == ("attachment.bomb", "got.bomb_lie")


def test_two_entries_of_the_same_bytes_are_told() -> None:
    data = packed(("a.txt", TEXT))
    at = directory(data)
    entry = data[at:-22]
    quine = data[:at] + entry + changed(entry, 46, "<5B", *b"b.txt")  # another name, the same bytes
    same = quine + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(entry), at, 0)
    assert told(same) == ("attachment.bomb", "got.bomb_overlap")


def test_an_entry_over_the_next_one_is_told() -> None:
    data = packed(("a", bytes(range(256))), ("b", b"12345"), method=zipfile.ZIP_STORED)
    at = directory(data)
    longer = len(data[:at]) - 31
    for place in (at + 20, at + 24):
        data = changed(data, place, "<L", longer)
    assert told(data) == ("attachment.bomb", "got.bomb_overlap")


def test_an_entry_over_the_directory_is_told() -> None:
    data = packed(("a", b"12345"), method=zipfile.ZIP_STORED)
    at = directory(data)
    for place in (at + 20, at + 24):
        data = changed(data, place, "<L", 5 + 40)
    assert told(data) == ("attachment.bomb", "got.bomb_overlap")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_told() -> None:
    assert told(packed(("a.txt", TEXT), ("a.txt", b"other"))) == ("attachment.bomb", "got.bomb_twice")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\..\\b", "C:\\b", "c:b", "\\\\host\\b", ".."])
def test_a_name_that_leads_out_is_told(name: str) -> None:
    assert told(packed(("ok.txt", TEXT), (name, b"x"))) == ("attachment.path", "")


@pytest.mark.parametrize("name", ["a..b", "...", "a/..b/c", "folder/"])
def test_a_name_with_dots_that_leads_nowhere_passes(name: str) -> None:
    assert looked_over(io.BytesIO(packed((name, b""))), name="a.zip").names == (name,)


def test_a_link_to_elsewhere_is_told() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert told(stream.getvalue()) == ("attachment.path", "")


def test_what_is_encrypted_is_said_to_be_and_not_looked_into() -> None:
    data = packed(("a.txt", TEXT))
    at = directory(data)
    data = changed(changed(data, 6, "<H", 1), at + 8, "<H", 1)
    assert looked_over(io.BytesIO(data), name="a.zip") == Archive(("a.txt",), True)
    assert told(changed(data, 6, "<H", 0))[0] == "attachment.broken"


def _rotten(data: bytes) -> bytes:
    return data[:40] + bytes(byte ^ 0xFF for byte in data[40:60]) + data[60:]


def _longer(data: bytes) -> bytes:
    """Four bytes more stand in the entry than its content takes."""
    at = directory(data)
    size = struct.unpack("<L", data[18:22])[0] + 4
    data = data[:at] + b"more" + data[at:]
    return changed(changed(changed(data, 18, "<L", size), at + 4 + 20, "<L", size), len(data) - 6, "<L", at + 4)


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-5],
    "nothing": lambda _: b"",
    "only the mark": lambda _: b"PK\x03\x04",
    "something before it": lambda data: b"MZ" + data,
    "rotten": _rotten,
    "something after the content": _longer,
    "another checksum": lambda data: changed(data, directory(data) + 16, "<L", 7),
    "another name within": lambda data: data[:30] + b"z" + data[31:],
    "another method within": lambda data: changed(data, 8, "<H", 0),
    "a method that is not read": lambda _: packed(("a.txt", TEXT), method=zipfile.ZIP_LZMA),
    "an end that points before the beginning": lambda data: changed(data, len(data) - 10, "<L", 0xFFFFFF00),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_broken_is_told(how: str) -> None:
    assert told(BROKEN[how](packed(("a.txt", TEXT))))[0] == "attachment.broken"


WHOLE = packed(("a.txt", TEXT), ("b/c.txt", TEXT[:100]), ("d", b""))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_damage_is_found_or_does_none(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    unpacked: list[bytes] = []
    try:
        looked_over(io.BytesIO(bytes(data)), name="a.zip", seen=unpacked.append)
    except BadInput as error:
        assert error.problems[0].code in ("attachment.broken", "attachment.bomb", "attachment.path")
    else:
        assert b"".join(unpacked) in (TEXT + TEXT[:100], TEXT, TEXT[:100], b"")
