"""Arrays and texts as bytes and back, the same bytes for the same values."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts in one piece of memory; a text is made when it is asked for."""

    data: bytes
    ends: npt.NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Of texts, in their order."""
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        return cls(b"".join(parts), np.cumsum(np.array([len(part) for part in parts], dtype=np.int64), dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, place: int) -> str:
        start = int(self.ends[place - 1]) if place else 0
        return self.data[start : int(self.ends[place])].decode("utf-8", "surrogatepass")

    def all(self) -> list[str]:
        """Each text, in order."""
        return [self[place] for place in range(len(self))]


def packed(magic: bytes, arrays: dict[str, Array]) -> bytes:
    """Named arrays as bytes, with a sum that shows damage."""
    out = io.BytesIO()
    for name in sorted(arrays):
        head = name.encode()
        body = io.BytesIO()
        np.lib.format.write_array(body, np.ascontiguousarray(arrays[name]), version=(1, 0), allow_pickle=False)
        out.write(len(head).to_bytes(2, "big") + head + body.tell().to_bytes(8, "big") + body.getvalue())
    data = out.getvalue()
    return magic + zlib.crc32(data).to_bytes(4, "big") + data


def unpacked(magic: bytes, data: bytes) -> dict[str, Array]:
    """The arrays of `packed` again. Raises ValueError where the bytes are none of that magic, or damaged."""
    if not data.startswith(magic):
        raise ValueError("not these bytes, or of another version")
    start = len(magic) + 4
    view = memoryview(data)[start:]
    if zlib.crc32(view).to_bytes(4, "big") != data[len(magic) : start]:
        raise ValueError("damaged")
    arrays: dict[str, Array] = {}
    at = 0
    while at < len(view):
        size = int.from_bytes(view[at : at + 2], "big")
        name = bytes(view[at + 2 : at + 2 + size]).decode()
        at += 2 + size
        length = int.from_bytes(view[at : at + 8], "big")
        arrays[name] = _viewed(view[at + 8 : at + 8 + length])
        at += 8 + length
    return arrays


def _viewed(data: memoryview) -> Array:
    """An array as it lies in the bytes, not copied."""
    head = io.BytesIO(data[:512])
    np.lib.format.read_magic(head)
    shape, _, kind = np.lib.format.read_array_header_1_0(head)
    return np.frombuffer(data, dtype=kind, offset=head.tell()).reshape(shape)


def listed(texts: Sequence[str], name: str) -> dict[str, Array]:
    """Texts as arrays of a name."""
    found = Texts.of(texts)
    return {f"{name}.data": np.frombuffer(found.data, dtype=np.uint8), f"{name}.ends": found.ends}


def texts_of(arrays: dict[str, Array], name: str) -> Texts:
    """The texts of a name again."""
    return Texts(arrays[f"{name}.data"].tobytes(), arrays[f"{name}.ends"])
