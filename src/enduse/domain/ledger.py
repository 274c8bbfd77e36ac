"""The tamper-evident log: records as leaves of a Merkle tree (RFC 6962), checkpoints of it, and what an examination finds wrong.

Whoever owns the database can rewrite all of it; what they cannot do is rewrite it and still come to the root of a checkpoint
that was signed before and is kept elsewhere. Everything here is a function of its arguments: rows, keys and clocks are the caller's.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import reduce
from hashlib import sha256
from itertools import accumulate, islice
from operator import attrgetter
from typing import NamedTuple

FORM = "enduse/ledger-1"
BODY_ERASED = "ledger.body_erased"
TOLERANCE = timedelta(seconds=2)  # clocks of several machines, and one that is being put right
SALT_BYTES = HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
MOST_FINDINGS = 100  # kept of each code; the rest are counted
Head = tuple[int, bytes]  # the size and root that a log keeps of itself
_GARBAGE = (AttributeError, LookupError, TypeError, ValueError)
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z", re.ASCII).fullmatch
_moment = datetime.fromisoformat
_HEX = re.compile(r"[0-9a-f]{64}").fullmatch
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}").fullmatch


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log holds of one record. `body` is the hash of what it says, so that the record stands when the body is erased."""

    index: int
    at: str  # UTC, as `stamp` writes it
    kind: str  # dotted: deal.approved
    about: str
    by: str
    body: str  # hex, as `body_hash` gives it


def stamp(at: datetime) -> str:
    """A moment as the log writes it: UTC, microseconds, Z; so that text sorts as time does. Raises ValueError where it has no zone."""
    if at.utcoffset() is None:
        raise ValueError("a moment without a zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def leaf(entry: Entry) -> bytes:
    r"""The bytes of a record that are hashed: the form, then a field a line, as `printf '%s\n' FORM INDEX AT KIND ABOUT BY BODY` gives.

    Raises ValueError where a field holds a newline, and TypeError where one that should be text is not.
    """
    # Joined, not formatted: it is faster, and refuses what is no text instead of writing "None".
    text = "\n".join((FORM, str(entry.index), entry.at, entry.kind, entry.about, entry.by, entry.body, ""))
    if text.count("\n") != 7:
        raise ValueError("a field of a record holds a newline")
    return text.encode()


def body_hash(salt: bytes, body: bytes) -> str:
    """The hash that stands for a body in its record, hex.

    Salted, because a body can be erased and its hash cannot: without the salt, which goes with the body, nobody can guess
    what it said by hashing what it may have said. The salt is always 32 bytes, or its end could be taken for the body's beginning.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return sha256(b"".join((salt, body))).hexdigest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; marked, so that no inner node can pass for a record."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that has to be kept of a tree to append to it: the roots of its perfect subtrees, largest first (a compact range)."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or not all(map(_hash, self.peaks)):
            raise ValueError(f"a tree of {self.size} leaves does not have these perfect subtrees")

    def append(self, hashed: bytes) -> Frontier:
        """The frontier with one more leaf, given by its hash."""
        tree = Tree(self.size, list(self.peaks))
        tree.append(hashed)
        return Frontier(tree.size, tuple(tree.peaks))

    def root(self) -> bytes:
        """The root of the tree."""
        return Tree(self.size, list(self.peaks)).root()

    def to_text(self) -> str:
        """The frontier as one line of text: the size and the peaks in hex."""
        return " ".join((str(self.size), *(peak.hex() for peak in self.peaks)))

    @classmethod
    def from_text(cls, text: str) -> Frontier:
        """The frontier that `to_text` wrote. Raises ValueError for anything else."""
        size, *peaks = text.split(" ")
        if not _SIZE(size) or not all(map(_HEX, peaks)):
            raise ValueError("this is no frontier of a ledger")
        return cls(int(size), tuple(map(bytes.fromhex, peaks)))


@dataclass(slots=True)
class Tree:
    """A frontier that grows in place: what a million leaves are put through."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, hashed: bytes) -> None:
        """Take one more leaf, given by its hash."""
        size, peaks = self.size, self.peaks
        while size & 1:  # there is a subtree as large as the one in hand
            hashed = sha256(b"\x01" + peaks.pop() + hashed).digest()
            size >>= 1
        peaks.append(hashed)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return reduce(lambda right, left: node_hash(left, right), reversed(self.peaks)) if self.peaks else EMPTY_ROOT


def tree_root(hashes: Iterable[bytes]) -> bytes:
    """The root of the tree over these leaf hashes."""
    tree = Tree()
    for hashed in hashes:
        tree.append(hashed)
    return tree.root()


def inclusion_proof(hashes: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """The hashes beside the path from leaf `index` to the root of the first `size` leaves, lowest first. Raises ValueError out of range."""
    if not 0 <= index < size <= len(hashes):
        raise ValueError(f"no leaf {index} among {size} of {len(hashes)}")
    return _beside(hashes, index, size)[0]


def consistency_proof(hashes: Sequence[bytes], first: int, second: int) -> list[bytes]:
    """The hashes that show the tree of `first` leaves to be the beginning of that of `second`. Raises ValueError out of range."""
    if not 0 <= first <= second <= len(hashes):
        raise ValueError(f"no trees of {first} and {second} leaves in {len(hashes)}")
    if first == 0:
        return []
    path, low = _beside(hashes, first - 1, second, first)
    return [tree_root(hashes[low:first]), *path] if low else path  # whoever verifies has the root of a left side already


def _beside(hashes: Sequence[bytes], leaf: int, high: int, stop: int = 0) -> tuple[list[bytes], int]:
    """Down from the root of `high` leaves to a leaf, or to the subtree that ends at `stop`: what was passed by, and where that begins."""
    low, path = 0, []
    while high - low > 1 and high != stop:
        middle = low + (1 << (high - low - 1).bit_length() - 1)  # the largest power of two that leaves something on the right
        if leaf < middle:
            path.append(tree_root(hashes[middle:high]))
            high = middle
        else:
            path.append(tree_root(hashes[low:middle]))
            low = middle
    return path[::-1], low


def verify_inclusion(hashed: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf with this hash is number `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2)."""
    return 0 <= index < size and _climbed(hashed, index, size - 1, proof)[1] == root


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `first` leaves is the beginning of that of `second` (RFC 9162, 2.1.4.2). The empty tree begins every one."""
    if not 0 < first < second or not proof:
        return not proof and ((first == second and first_root == second_root) or (0 == first < second and first_root == EMPTY_ROOT))
    if first & (first - 1) == 0:
        proof = [first_root, *proof]
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    return _climbed(proof[0], node, last, proof[1:]) == (first_root, second_root)


def _climbed(hashed: bytes, node: int, last: int, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Up from a node: the root of the tree that ends with it, and that of the tree that ends with `last`; empty where the proof does not fit."""
    old = new = hashed
    for part in proof:
        if last == 0 or not _hash(part):
            return b"", b""
        if node & 1 or node == last:
            old, new = node_hash(part, old), node_hash(part, new)
            while node and not node & 1:  # above a last node that stands alone there is nothing to hash it with
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, part)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else (b"", b"")


class BrokenNote(ValueError):
    """A text is no checkpoint of ours: a code for what is wrong, and the line where it stands."""

    def __init__(self, code: str, line: int | None = None) -> None:
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log as it stood: so many records, with this root, at this time. Raises BrokenNote where that cannot be written."""

    origin: str  # which log; also the name of the key that signs it
    size: int
    root: bytes
    at: str

    def __post_init__(self) -> None:
        if not named(self.origin):
            raise BrokenNote("note.origin", 1)
        if not 0 <= self.size < 1 << 63:
            raise BrokenNote("note.size", 2)
        if not _hash(self.root):
            raise BrokenNote("note.root", 3)
        if not _dated(self.at):
            raise BrokenNote("note.at", 4)


def named(name: str) -> bool:
    """Whether a log, and so its key, can have this name: something, without spaces, plus signs and what cannot be seen."""
    return name.isprintable() and not re.search(r"[\s+]", name) and name != ""


def note_text(checkpoint: Checkpoint) -> str:
    """The text of a checkpoint, which is what is signed (C2SP tlog-checkpoint): origin, size, root, and as an extension when it was made."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{b64encode(checkpoint.root).decode()}\nat {checkpoint.at}\n"


def parse_note(text: str) -> Checkpoint:
    """The checkpoint that `note_text` wrote. Raises BrokenNote for any other text."""
    if len(lines := text.split("\n")) != 5:
        raise BrokenNote("note.lines")
    origin, size, root, at, _ = lines
    checkpoint = Checkpoint(origin, int(size) if _SIZE(size) else -1, based(root) or b"", at.removeprefix("at "))
    if note_text(checkpoint) != text:
        raise BrokenNote("note.lines")
    return checkpoint


def based(text: str) -> bytes | None:
    """What a text says in base 64, written in the one right way; None where it is not."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        return None
    return data if b64encode(data).decode() == text else None


class Row(NamedTuple):
    """A record as stored: its fields, the leaf hash kept beside them, and salt and body, both None where the body was erased."""

    entry: Entry
    leaf_hash: bytes
    salt: bytes | None
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: its code, the number of the record it stands at, and the values of its words."""

    code: str
    index: int
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination of the whole log came to. Where nothing is found, `unproved` still says what could not be excluded."""

    records: int
    erased: int
    first_at: str  # empty where there is none
    last_at: str
    root: bytes
    proved: Checkpoint | None  # the largest whose root the records come to
    findings: tuple[Finding, ...]  # of each code the first MOST_FINDINGS
    counts: Mapping[str, int]  # of each code all
    unproved: tuple[str, ...]


def examine(rows: Iterable[Row], checkpoints: Iterable[Checkpoint] = (), *, head: Head | None = None, until: int | None = None) -> Examination:
    """Go through the log once, in the order of its numbers, and tell everything that is wrong with it.

    The signatures of `checkpoints` are verified already. Of `rows` the first `until` are examined; those after them are only asked
    which erasures they announce, so that a log can be examined while it grows: up to the head that was read first.
    """
    examiner, iterator = _Examiner(checkpoints), iter(rows)
    for row in islice(iterator, until):
        examiner.take(row)
    return examiner.result(head, sum(map(examiner.announced, iterator)))


class _Examiner:
    """What has to be remembered while going through the log: the tree's frontier, the checkpoints ahead, erasures not yet announced."""

    def __init__(self, checkpoints: Iterable[Checkpoint]) -> None:
        self.tree = Tree()
        self.findings: list[Finding] = []
        self.counts: Counter[str] = Counter()
        self.expected = self.erased = 0
        self.first_at = self.last_at = self.latest = ""
        self.silent: dict[str, int] = {}
        self.ahead = sorted(checkpoints, key=attrgetter("size"), reverse=True)
        self.earliest = list(accumulate((checkpoint.at for checkpoint in self.ahead), min))
        self.proved: Checkpoint | None = None
        self.low, self.high = "", self.earliest[-1] if self.earliest else "~"  # the latest of those passed, the earliest of those ahead
        self.reach()

    def found(self, code: str, index: int, **values: object) -> None:
        self.counts[code] += 1
        if self.counts[code] <= MOST_FINDINGS:
            self.findings.append(Finding(code, index, values))

    def take(self, row: Row) -> None:
        """Examine the next record. What it holds is put into the tree by its stored hash, so that an edit of its fields stays in its place."""
        try:
            entry, stored, salt, body = row
            hashed = leaf_hash(leaf(entry))
        except _GARBAGE:
            self.unreadable(row)
            return
        index = entry.index if entry.index == self.expected and type(entry.index) is int else self.numbered(entry.index)
        self.expected = index + 1
        if stored != hashed:
            self.found("ledger.leaf", index)
            hashed = stored if _hash(stored) else hashed
        if entry.kind == BODY_ERASED:
            self.silent.pop(entry.about, None)
        if salt is None and body is None:
            self.erased += 1
            self.silent[f"ledger:{index}"] = index
        if not _says(entry.body, salt, body):
            self.found("ledger.body", index)
        self.dated(index, entry.at)
        self.append(hashed)

    def append(self, hashed: bytes) -> None:
        self.tree.append(hashed)
        self.reach()

    def reach(self) -> None:
        """Hold the tree against the checkpoints of its size, and see which are ahead."""
        while self.ahead and self.ahead[-1].size == self.tree.size:
            checkpoint = self.ahead.pop()
            if checkpoint.root == self.tree.root():
                self.proved = checkpoint
            else:  # what is wrong stands somewhere after the last checkpoint that was right
                self.found("ledger.root", self.proved.size if self.proved else 0, size=checkpoint.size, at=checkpoint.at)
            self.low, self.high = max(self.low, checkpoint.at), self.earliest[len(self.ahead) - 1] if self.ahead else "~"

    def numbered(self, index: int) -> int:
        """The number of a record that is not the one expected, told; the one expected where it is no number."""
        self.found("ledger.gap", self.expected, expected=self.expected, got=index if type(index) is int else repr(index))
        return index if type(index) is int else self.expected

    def dated(self, index: int, at: str) -> None:
        if not _dated(at):
            self.found("ledger.unreadable", index, field="at")
            return
        self.first_at, self.last_at = self.first_at or at, at
        if at < self.latest and _moment(self.latest) - _moment(at) > TOLERANCE:
            self.found("ledger.clock", index, at=at, before=self.latest)
            self.latest = at  # told once, and what follows is held against the clock as it goes now
        self.latest = max(self.latest, at)
        if at < self.low and _moment(self.low) - _moment(at) > TOLERANCE:
            self.found("ledger.after_checkpoint", index, at=at, checkpoint=self.low, side="beyond")
        if at > self.high and _moment(at) - _moment(self.high) > TOLERANCE:
            self.found("ledger.after_checkpoint", index, at=at, checkpoint=self.high, side="within")

    def unreadable(self, row: Row) -> None:
        """A record of which no leaf can be made: told, and its place in the tree taken by what is stored."""
        entry, stored = (row[0], row[1]) if isinstance(row, tuple) and len(row) == 4 else (None, b"")
        wrong = (name for name in ("at", "kind", "about", "by", "body") if not _line(getattr(entry, name, None)))
        self.found("ledger.unreadable", self.expected, field="row" if entry is None else next(wrong, "index"))
        self.expected += 1
        self.append(stored if _hash(stored) else bytes(HASH_BYTES))

    def announced(self, row: Row) -> int:
        """Of a record that is not examined: the erasure that it announces. Counts it."""
        with suppress(*_GARBAGE):
            if row[0].kind == BODY_ERASED:
                self.silent.pop(row[0].about, None)
        return 1

    def result(self, head: Head | None, beyond: int) -> Examination:
        size, root = self.tree.size, self.tree.root()
        total = size + beyond
        for checkpoint in reversed(self.ahead):
            if checkpoint.size > total:
                self.found("ledger.truncated", total, size=checkpoint.size, records=total, at=checkpoint.at)
        if head is not None and (not size <= head[0] <= total or (head[0] == size and head[1] != root)):
            self.found("ledger.head", total, size=head[0], records=total)
        for index in self.silent.values():
            self.found("ledger.erased_silently", index)
        unproved = ["ledger.unproved_after"] if self.proved and self.proved.size else ["ledger.unproved_whole", "ledger.unproved_tail"]
        unproved += ["ledger.unproved_until"] * bool(beyond)
        return Examination(size, self.erased, self.first_at, self.last_at, root, self.proved, tuple(self.findings), self.counts, tuple(unproved))


def _says(hashed: str, salt: bytes | None, body: bytes | None) -> bool:
    """Whether what is stored of a body comes to the hash in its record; or all of it is gone, and that is at least a hash."""
    if salt is None or body is None:
        return salt is body and bool(_HEX(hashed))
    try:
        return body_hash(salt, body) == hashed
    except _GARBAGE:
        return False


def _hash(stored: object) -> bool:
    return isinstance(stored, bytes) and len(stored) == HASH_BYTES


def _line(value: object) -> bool:
    return isinstance(value, str) and "\n" not in value and value == value.encode("utf-8", "ignore").decode()


def _dated(at: str) -> bool:
    """Whether a moment is written as `stamp` writes it."""
    try:
        return bool(_STAMP(at) and _moment(at))
    except ValueError:
        return False
