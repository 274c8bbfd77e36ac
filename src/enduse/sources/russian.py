"""Text in Windows-1251, as Russian offices still save it."""

from __future__ import annotations

from dataclasses import replace

from enduse.sources.source import File

_LETTERS = frozenset([*range(0xC0, 0x100), *b"\xa8\xb8\xa0\xab\xbb\x96\x97\xb9"])  # letters, and the signs that go with them
_LACKING = b"\x98"  # the one byte that Windows-1251 has no sign for


def in_utf_8(file: File) -> File:
    """The file in UTF-8 where it is Russian text in Windows-1251; any other as it is."""
    try:
        file.data.decode()
    except UnicodeDecodeError:
        high = [byte for byte in file.data if byte > 127]
        if sum(byte in _LETTERS for byte in high) * 10 >= len(high) * 9 and _LACKING not in file.data:
            return replace(file, data=file.data.decode("cp1251").encode())
    return file
