"""Text in Windows-1251 becomes UTF-8; nothing else is touched."""

from __future__ import annotations

import pytest

from enduse.sources.russian import in_utf_8
from enduse.sources.source import File

RUSSIAN = "Перечень организаций — «Ваза», № 7, ёлка"


def test_russian_text_is_read() -> None:
    assert in_utf_8(File("a", RUSSIAN.encode("cp1251"))) == File("a", RUSSIAN.encode())


@pytest.mark.parametrize(
    "data", [b"", b"plain", RUSSIAN.encode(), "Müller, Łódź".encode("cp1250"), b"\x98" + "Ваза".encode("cp1251"), bytes(range(256))]
)
def test_what_is_utf_8_or_something_else_stays_as_it_is(data: bytes) -> None:
    assert in_utf_8(File("a", data)).data == data
