"""Archives looked over without unpacking them: what they would unpack to, and whether they lie about it.

Everything that is a zip inside comes through here: attachments and the workbooks that are read. Nothing is written, nothing nested is opened.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from enduse.formats.problems import BadInput, Problem, short

MEGABYTE = 1024 * 1024
FREE = 16 * MEGABYTE  # below this nobody is harmed, however well it is packed
MOST_DIRECTORY = 4 * MEGABYTE
_PIECE = 256 * 1024
_LOCAL = struct.Struct("<4s5H3L2H")
_IN_UTF8, _ENCRYPTED = 0x800, 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OverflowError, EOFError, IndexError, NotImplementedError, OSError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold: how many entries, megabytes unpacked, and how many times more than packed."""

    entries: int = 10_000
    megabytes: int = 512
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Archive:
    """What was found: the names, and whether some of it is encrypted, so that nobody has looked into it."""

    names: tuple[str, ...]
    encrypted: bool


def looked_over(stream: BinaryIO, *, name: str, limits: Limits | None = None, seen: Callable[[bytes], None] | None = None) -> Archive:
    """What an archive holds, once it is known that it may be opened. `seen` is given every piece as it unpacks, and may raise.

    Raises BadInput: `attachment.broken`, `attachment.bomb` (too many entries, too much, packed too well, two entries of the same bytes,
    a size that lies), `attachment.path` (an entry that leads out of its folder).
    """
    limits = limits or Limits()
    try:
        with zipfile.ZipFile(_Careful(stream, name)) as held:
            entries = held.infolist()
            _declared(entries, limits, name)
            for entry in entries:
                _stays_inside(entry, name)
            begins = _begins(stream, entries, held.start_dir, name)
            for entry in entries:
                if not entry.flag_bits & _ENCRYPTED:
                    _keeps_its_word(stream, begins[entry.header_offset], entry, name, seen)
    except _BROKEN as error:
        raise _broken(name, str(error) or type(error).__name__) from error
    return Archive(tuple(entry.filename for entry in entries), any(entry.flag_bits & _ENCRYPTED for entry in entries))


class _Careful:
    """A file that is never read by more than a directory may take: zipfile reads the whole directory at once."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.stream, self.name = stream, name

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self.stream.seek(offset, whence)

    def tell(self) -> int:
        return self.stream.tell()

    def read(self, size: int = -1, /) -> bytes:
        found = self.stream.read(size if 0 <= size <= MOST_DIRECTORY else MOST_DIRECTORY + 1)
        if len(found) > MOST_DIRECTORY:
            raise _bomb(self.name, "got.bomb_directory", MOST_DIRECTORY // MEGABYTE)
        return found


def _broken(name: str, why: str) -> BadInput:
    return BadInput(Problem("attachment.broken", values={"name": short(name), "why": short(why)}))


def _bomb(name: str, got: str, value: object = "") -> BadInput:
    return BadInput(Problem("attachment.bomb", values={"name": short(name), "got": got, "value": short(value)}))


def _declared(entries: list[zipfile.ZipInfo], limits: Limits, name: str) -> None:
    """What the directory says of itself."""
    if len(entries) > limits.entries:
        raise _bomb(name, "got.bomb_entries", len(entries))
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > limits.megabytes * MEGABYTE:
        raise _bomb(name, "got.bomb_size", unpacked // MEGABYTE)
    for more, less in [(unpacked, packed), *((entry.file_size, entry.compress_size) for entry in entries)]:
        if more > FREE and more > limits.ratio * less:
            raise _bomb(name, "got.bomb_ratio", more // max(less, 1))
    names = [entry.orig_filename for entry in entries]
    if len(set(names)) != len(names):
        raise _bomb(name, "got.bomb_twice", next(one for at, one in enumerate(names) if one in names[:at]))


def _stays_inside(entry: zipfile.ZipInfo, name: str) -> None:
    """No entry leads out of the folder that it would be unpacked into."""
    path = entry.orig_filename.replace("\\", "/")
    if path.startswith("/") or path[1:2] == ":" or "\0" in path or ".." in path.split("/") or stat.S_ISLNK(entry.external_attr >> 16):
        raise BadInput(Problem("attachment.path", values={"name": short(name), "entry": short(entry.orig_filename)}))


def _begins(stream: BinaryIO, entries: list[zipfile.ZipInfo], directory: int, name: str) -> dict[int, int]:
    """Where the bytes of each entry begin, by its header's place. No two share a byte, nothing stands before the first."""
    begins: dict[int, int] = {}
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise _bomb(name, "got.bomb_overlap", entry.orig_filename)
        if not begins and entry.header_offset:
            raise _broken(name, "something else stands before the archive")
        stream.seek(entry.header_offset)
        mark, _, flags, method, _, _, _, _, _, named, extra = _LOCAL.unpack(stream.read(_LOCAL.size))
        own = stream.read(named).decode("utf-8" if flags & _IN_UTF8 else "cp437")
        if mark != b"PK\x03\x04" or method != entry.compress_type or own != entry.orig_filename or (flags ^ entry.flag_bits) & _ENCRYPTED:
            raise _broken(name, f"{entry.orig_filename}: the entry is not what the directory says")
        begins[entry.header_offset] = entry.header_offset + _LOCAL.size + named + extra
        end = begins[entry.header_offset] + entry.compress_size
    if end > directory:
        raise _bomb(name, "got.bomb_overlap", "")
    return begins


def _keeps_its_word(stream: BinaryIO, begin: int, entry: zipfile.ZipInfo, name: str, seen: Callable[[bytes], None] | None) -> None:
    """An entry unpacks to as many bytes as it says, and to those."""
    size = check = 0
    for piece in _unpacked(stream, begin, entry):
        size, check = size + len(piece), zlib.crc32(piece, check)
        if size > entry.file_size:
            raise _bomb(name, "got.bomb_lie", entry.orig_filename)
        if seen is not None:
            seen(piece)
    if size != entry.file_size:
        raise _bomb(name, "got.bomb_lie", entry.orig_filename)
    if check != entry.CRC:
        raise _broken(name, f"{entry.orig_filename}: checksum")


def _unpacked(stream: BinaryIO, begin: int, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry in pieces of bounded size, whatever it says of itself."""
    stream.seek(begin)
    left = entry.compress_size
    if entry.compress_type == zipfile.ZIP_STORED:
        while left and (piece := stream.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(f"{entry.orig_filename}: packed in a way that is not read here ({entry.compress_type})")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting, full = b"", False
    while not inflater.eof:
        if not waiting and not full:
            waiting = stream.read(min(left, _PIECE))
            left -= len(waiting)
            if not waiting:
                raise EOFError(f"{entry.orig_filename}: breaks off")
        piece = inflater.decompress(waiting, _PIECE)
        waiting, full = inflater.unconsumed_tail, len(piece) == _PIECE
        yield piece
    if left or inflater.unused_data:
        raise EOFError(f"{entry.orig_filename}: something stands after its end")
