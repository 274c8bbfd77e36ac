"""Encodings told apart over a whole file, and never guessed."""

from __future__ import annotations

import io

import pytest

from enduse.formats.problems import BadInput
from enduse.stores import encodings
from enduse.stores.encodings import encoding_of

RUSSIAN = "name;страна\nООО «Ромашка»;Казахстан\nИВАНОВ ИВАН;Россия\nПётр;\n"


def refused(data: bytes) -> tuple[str, int | None, object]:
    with pytest.raises(BadInput) as found:
        encoding_of(io.BytesIO(data), "names.csv")
    (problem,) = found.value.problems
    return problem.code, problem.line, problem.values.get("guess")


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-be", ""), ("cp1251", "cp1251"), ("ascii", "utf-8-sig")],
)
def test_the_usual_encodings_are_told_apart(encoding: str, found: str) -> None:
    text = "name\nRosa\n" if encoding == "ascii" else RUSSIAN
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data, found = b"\xfe\xff" + data, "utf-16"
    assert encoding_of(io.BytesIO(data), "names.csv") == found


@pytest.mark.parametrize("text", ["name\nИВАНОВ ИВАН ИВАНОВИЧ\n", "name\nпетров пётр\n", "name\nООО Вектор\n"])
def test_windows_is_known_in_capitals_too(text: str) -> None:
    assert encoding_of(io.BytesIO(text.encode("cp1251")), "x") == "cp1251"


def test_what_is_refused_is_told_with_its_line() -> None:
    bare = RUSSIAN.replace("«", "").replace("»", "")
    assert refused(bare.encode("koi8-r")) == ("screen.encoding_guess", None, "KOI8-R")
    assert refused(bare.encode("cp866"))[2] == "CP866 (DOS)"
    assert refused("name\nJosé Álvarez\nBjörk\n".encode("latin-1")) == ("screen.encoding", 2, None)
    assert refused(RUSSIAN.encode() + b"\xff\n") == ("screen.encoding_broken", 5, None)
    assert refused(RUSSIAN.encode()[:-4] + b"\xd1") == ("screen.encoding_broken", 4, None)
    assert refused("name\nRosa\n".encode("utf-16-le")) == ("table.binary", 1, None)


def test_a_letter_that_falls_on_the_border_of_two_pieces_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "PIECE", 7)
    assert encoding_of(io.BytesIO(RUSSIAN.encode()), "x") == "utf-8-sig"
    assert encoding_of(io.BytesIO(RUSSIAN.encode("cp1251")), "x") == "cp1251"
    assert refused(RUSSIAN.encode() + b"\xff\n") == ("screen.encoding_broken", 5, None)
