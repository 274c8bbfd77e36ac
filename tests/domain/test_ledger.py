"""The ledger: RFC 6962 held against its published vectors and a slow oracle, and every way of tampering found or stated as unproved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enduse.domain.ledger import (
    BODY_ERASED,
    EMPTY_ROOT,
    MOST_FINDINGS,
    BrokenNote,
    Checkpoint,
    Entry,
    Examination,
    Frontier,
    Row,
    Tree,
    body_hash,
    consistency_proof,
    examine,
    inclusion_proof,
    leaf,
    leaf_hash,
    named,
    node_hash,
    note_text,
    parse_note,
    stamp,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

# The reference vectors of Certificate Transparency (transparency-dev/merkle, testonly).
INPUTS = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
NODE_01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
NODE_23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
NODE_45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
NODE_67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
NODE_03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
NODE_47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
HASHES = [leaf_hash(data) for data in INPUTS]


def hexes(hashes: Sequence[bytes]) -> list[str]:
    return [hashed.hex() for hashed in hashes]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_published_vectors(size: int) -> None:
    assert tree_root(HASHES[:size]).hex() == ROOTS[size]


def test_a_leaf_and_an_inner_node_are_hashed_apart() -> None:
    assert (leaf_hash(INPUTS[1]).hex(), node_hash(HASHES[0], HASHES[1]).hex()) == (LEAF_1, NODE_01)
    assert leaf_hash(HASHES[0] + HASHES[1]) != node_hash(HASHES[0], HASHES[1])


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert EMPTY_ROOT.hex() == ROOTS[0]
    assert Frontier().root() == Tree().root() == EMPTY_ROOT


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (0, 2, [LEAF_1]),
        (1, 2, [LEAF_0]),
        (2, 3, [NODE_01]),
        (1, 5, [LEAF_0, NODE_23, LEAF_4]),
        (0, 8, [LEAF_1, NODE_23, NODE_47]),
        (5, 8, [LEAF_4, NODE_67, NODE_03]),
    ],
)
def test_the_inclusion_proofs_are_those_of_the_published_vectors(index: int, size: int, proof: list[str]) -> None:
    assert hexes(inclusion_proof(HASHES, index, size)) == proof
    assert verify_inclusion(HASHES[index], index, size, [bytes.fromhex(part) for part in proof], bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(
    ("first", "second", "proof"),
    [
        (1, 1, []),
        (1, 8, [LEAF_1, NODE_23, NODE_47]),
        (2, 5, [NODE_23, LEAF_4]),
        (6, 8, [NODE_45, NODE_67, NODE_03]),
    ],
)
def test_the_consistency_proofs_are_those_of_the_published_vectors(first: int, second: int, proof: list[str]) -> None:
    assert hexes(consistency_proof(HASHES, first, second)) == proof
    assert verify_consistency(first, second, bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second]), [bytes.fromhex(part) for part in proof])


# The oracle: the definitions of RFC 6962, 2.1, word for word.


def split(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def mth(data: Sequence[bytes]) -> bytes:
    if not data:
        return sha256().digest()
    if len(data) == 1:
        return sha256(b"\0" + data[0]).digest()
    k = split(len(data))
    return sha256(b"\1" + mth(data[:k]) + mth(data[k:])).digest()


def path(m: int, data: Sequence[bytes]) -> list[bytes]:
    if len(data) == 1:
        return []
    k = split(len(data))
    return [*path(m, data[:k]), mth(data[k:])] if m < k else [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: Sequence[bytes], whole: bool) -> list[bytes]:
    if m == len(data):
        return [] if whole else [mth(data)]
    k = split(len(data))
    return [*subproof(m, data[:k], whole), mth(data[k:])] if m <= k else [*subproof(m - k, data[k:], False), mth(data[:k])]


sizes = st.integers(0, 70)
some_data = st.lists(st.binary(max_size=4), min_size=70, max_size=70)


@given(some_data, sizes)
def test_the_root_is_the_oracles_however_it_is_come_to(data: list[bytes], size: int) -> None:
    frontier = Frontier()
    for one in data[:size]:
        frontier = Frontier.from_text(frontier.append(leaf_hash(one)).to_text())
    assert frontier.size == size
    assert frontier.root() == tree_root(map(leaf_hash, data[:size])) == mth(data[:size])


@given(some_data, sizes, sizes)
def test_an_inclusion_proof_is_the_oracles_and_verifies(data: list[bytes], index: int, size: int) -> None:
    assume(index < size)
    proof = inclusion_proof(list(map(leaf_hash, data)), index, size)
    assert proof == path(index, data[:size])
    assert verify_inclusion(leaf_hash(data[index]), index, size, proof, mth(data[:size]))


@given(some_data, sizes, sizes)
def test_a_consistency_proof_is_the_oracles_and_verifies(data: list[bytes], first: int, second: int) -> None:
    assume(first <= second)
    proof = consistency_proof(list(map(leaf_hash, data)), first, second)
    assert proof == (subproof(first, data[:second], True) if first else [])
    assert verify_consistency(first, second, mth(data[:first]), mth(data[:second]), proof)


def spoilt(proof: list[bytes]) -> Iterator[list[bytes]]:
    """Every proof that is nearly this one."""
    yield [*proof, bytes(32)]
    yield [bytes(32), *proof]
    for i, part in enumerate(proof):
        yield proof[:i] + proof[i + 1 :]
        yield [*proof[:i], bytes([part[0] ^ 1]) + part[1:], *proof[i + 1 :]]
        yield [*proof[:i], part[:-1], *proof[i + 1 :]]
        yield [*proof[:i], part, *proof[i:]]


@pytest.mark.parametrize("size", range(1, 18))
def test_an_inclusion_proof_holds_for_nothing_else(size: int) -> None:
    data = [bytes([i]) for i in range(size)]
    hashes, root = list(map(leaf_hash, data)), mth(data)
    for index in range(size):
        proof = inclusion_proof(hashes, index, size)
        for other in range(-1, size + 2):
            assert verify_inclusion(hashes[index], other, size, proof, root) == (other == index)
            assert not verify_inclusion(leaf_hash(b"x"), other, size, proof, root)
        assert not any(verify_inclusion(hashes[index], index, size, bad, root) for bad in spoilt(proof))
        assert not verify_inclusion(hashes[index], index, size, proof, EMPTY_ROOT)


@pytest.mark.parametrize("second", range(18))
def test_a_consistency_proof_holds_for_nothing_else(second: int) -> None:
    data = [bytes([i]) for i in range(second)]
    hashes, root = list(map(leaf_hash, data)), mth(data)
    for first in range(second + 1):
        proof, old = consistency_proof(hashes, first, second), mth(data[:first])
        assert not any(verify_consistency(first, second, old, root, bad) for bad in spoilt(proof))
        assert not verify_consistency(first, second, bytes(32), root, proof)
        assert not verify_consistency(first, second, old, bytes(32), proof) or first == 0 < second
        assert not verify_consistency(second + 1, second, old, root, proof)


def test_the_empty_tree_begins_every_other_without_a_proof() -> None:
    assert consistency_proof(HASHES, 0, 8) == []
    assert verify_consistency(0, 8, EMPTY_ROOT, tree_root(HASHES), [])
    assert not verify_consistency(0, 8, tree_root(HASHES), tree_root(HASHES), [])
    assert not verify_consistency(1, 8, HASHES[0], tree_root(HASHES), [])


def test_proofs_out_of_range_are_not_made() -> None:
    for index, size in [(-1, 3), (3, 3), (0, 0), (0, 9)]:
        with pytest.raises(ValueError):
            inclusion_proof(HASHES, index, size)
    for first, second in [(-1, 3), (4, 3), (0, 9)]:
        with pytest.raises(ValueError):
            consistency_proof(HASHES, first, second)


@pytest.mark.parametrize(
    "text", ["", "1", "0 ", "01", "-1", "x", f"1 {LEAF_0} ", f"1 {LEAF_0} {LEAF_1}", f"3 {LEAF_0}", f"1 {LEAF_0.upper()}", "1 00"]
)
def test_a_frontier_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Frontier.from_text(text)


def test_a_frontier_is_one_line_of_text() -> None:
    frontier = Frontier().append(HASHES[0]).append(HASHES[1]).append(HASHES[2])
    assert frontier.to_text() == f"3 {NODE_01} {HASHES[2].hex()}"
    assert Frontier().to_text() == "0"


# Records

AT = datetime(2026, 11, 22, 20, tzinfo=UTC)
SALT = bytes(range(32))


def test_a_leaf_is_a_form_that_anyone_can_make_again() -> None:
    entry = Entry(17, "2026-11-22T20:00:00.000000Z", "deal.approved", "deal:Д-1", "anna", body_hash(SALT, b"{}"))
    text = f"enduse/ledger-1\n17\n2026-11-22T20:00:00.000000Z\ndeal.approved\ndeal:Д-1\nanna\n{sha256(SALT + b'{}').hexdigest()}\n"
    assert leaf(entry) == text.encode()


@pytest.mark.parametrize("field", ["at", "kind", "about", "by", "body"])
@pytest.mark.parametrize("value", ["\n", "a\nb", "\ud800", None, 3, b"x"])
def test_no_leaf_is_made_of_what_could_be_read_in_two_ways(field: str, value: Any) -> None:
    entry = replace(Entry(0, "a", "b", "c", "d", "e"), **{field: value})
    with pytest.raises((ValueError, TypeError)):
        leaf(entry)


def test_a_moment_is_written_in_utc_to_the_microsecond() -> None:
    assert stamp(AT) == "2026-11-22T20:00:00.000000Z"
    assert stamp(datetime(2026, 11, 22, 23, 0, 0, 7, tzinfo=timezone(timedelta(hours=3)))) == "2026-11-22T20:00:00.000007Z"
    with pytest.raises(ValueError):
        stamp(datetime(2026, 11, 22))


def test_a_salt_has_one_length_or_it_could_run_into_the_body() -> None:
    for salt in (b"", SALT[:31], SALT + b"\0"):
        with pytest.raises(ValueError):
            body_hash(salt, b"x")


# Checkpoints as text

POINT = Checkpoint("example.com/enduse", 8, bytes.fromhex(ROOTS[8]), stamp(AT))
TEXT = "example.com/enduse\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\nat 2026-11-22T20:00:00.000000Z\n"


def test_a_checkpoint_is_written_as_a_log_checkpoint_and_read_back() -> None:
    assert note_text(POINT) == TEXT
    assert parse_note(TEXT) == POINT


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("\nat 2026-11-22T20:00:00.000000Z", "", "note.lines", None),
        ("Z\n", "Z", "note.lines", None),
        ("Z\n", "Z\n\n", "note.lines", None),
        ("Z\n", "Z\nmore", "note.lines", None),
        ("\nat ", "\n", "note.lines", None),
        ("example.com/enduse", "", "note.origin", 1),
        ("/enduse", "/end use", "note.origin", 1),
        ("/enduse", "+enduse", "note.origin", 1),
        ("/enduse", "/enduse\r", "note.origin", 1),
        ("/enduse", "/\u2028", "note.origin", 1),
        ("\n8\n", "\n08\n", "note.size", 2),
        ("\n8\n", "\n-8\n", "note.size", 2),
        ("\n8\n", "\n８\n", "note.size", 2),
        ("\n8\n", "\n9999999999999999999\n", "note.size", 2),
        ("\n8\n", "\n" + "9" * 5000 + "\n", "note.size", 2),
        ("\n8\n", "\n\n", "note.size", 2),
        ("Xcna", "", "note.root", 3),
        ("Xcna", "Xcn", "note.root", 3),
        ("Xcna", "X\tna", "note.root", 3),
        ("Qyg=", "Qyh=", "note.root", 3),  # the same bytes, written otherwise
        ("Qyg=", "Qyg", "note.root", 3),
        ("at 2026", "at 26", "note.at", 4),
        ("11-22", "02-30", "note.at", 4),
        ("T20", " 20", "note.at", 4),
        ("T20", "T24", "note.at", 4),
        (".000000Z", "Z", "note.at", 4),
        (".000000Z", ".000000+00:00", "note.at", 4),
    ],
)
def test_what_is_not_exactly_a_checkpoint_is_refused_with_its_line(old: str, new: str, code: str, line: int | None) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(BrokenNote) as caught:
        parse_note(TEXT.replace(old, new))
    assert (caught.value.code, caught.value.line) == (code, line)
    assert isinstance(caught.value, ValueError)


@given(st.text(), st.integers(-5, 2**70), st.binary(max_size=40), st.datetimes(timezones=st.just(UTC)))
def test_whatever_can_be_a_checkpoint_is_read_back_from_its_text(origin: str, size: int, root: bytes, at: datetime) -> None:
    try:
        point = Checkpoint(origin, size, root.ljust(32, b"\0"), stamp(at))
    except BrokenNote:
        assume(False)
    assert parse_note(note_text(point)) == point


@given(st.text())
def test_any_text_is_a_checkpoint_or_refused(text: str) -> None:
    with pytest.raises(BrokenNote):
        parse_note(text)


@pytest.mark.parametrize("name", ["", " ", "a b", "a+b", "a\n", "a\u00a0b", "a\u200bb", "\ud800"])
def test_a_name_that_cannot_be_told_from_others_is_none(name: str) -> None:
    assert not named(name)


# The examination

Log = list[Row]


def row(index: int, at: datetime, kind: str = "deal.approved", about: str = "deal:D-1", body: bytes = b"{}") -> Row:
    salt = sha256(b"salt %d" % index).digest()
    entry = Entry(index, stamp(at), kind, about, "anna", body_hash(salt, body))
    return Row(entry, leaf_hash(leaf(entry)), salt, body)


def log(size: int = 12) -> Log:
    return [row(i, AT + timedelta(minutes=i), about=f"deal:D-{i}", body=b'{"n": %d}' % i) for i in range(size)]


def root_of(rows: Log) -> bytes:
    return tree_root(one.leaf_hash for one in rows)


def point(rows: Log, size: int | None = None, at: str | None = None) -> Checkpoint:
    size = len(rows) if size is None else size
    return Checkpoint("example.com/enduse", size, root_of(rows[:size]), at or (rows[size - 1].entry.at if size else stamp(AT)))


def head(rows: Log) -> tuple[int, bytes]:
    return len(rows), root_of(rows)


def hashed(one: Row, **fields: Any) -> Row:
    """The row with other fields, hashed anew as whoever forges it would."""
    entry = replace(one.entry, **fields)
    return one._replace(entry=entry, leaf_hash=leaf_hash(leaf(entry)))


def rewritten(one: Row, body: bytes) -> Row:
    """The row with another body, and every hash of it made anew."""
    assert one.salt is not None
    return hashed(one, body=body_hash(one.salt, body))._replace(body=body)


def renumbered(rows: Log) -> Log:
    return [hashed(one, index=i) for i, one in enumerate(rows)]


def codes(examination: Examination) -> list[str]:
    return [finding.code for finding in examination.findings]


def at_numbers(examination: Examination, code: str) -> list[int]:
    return [finding.index for finding in examination.findings if finding.code == code]


NOTHING_OUTSIDE = ("ledger.unproved_whole", "ledger.unproved_tail")


def test_a_sound_log_has_no_findings_and_says_what_it_could_not_exclude() -> None:
    rows = log()
    without = examine(iter(rows), head=head(rows))
    assert (without.findings, without.counts, without.unproved, without.proved) == ((), {}, NOTHING_OUTSIDE, None)
    assert (without.records, without.erased, without.root) == (12, 0, root_of(rows))
    assert (without.first_at, without.last_at) == (rows[0].entry.at, rows[-1].entry.at)
    points = [point(rows, size) for size in (12, 0, 5, 1, 5)]
    with_them = examine(iter(rows), points, head=head(rows))
    assert (with_them.findings, with_them.unproved, with_them.proved) == ((), ("ledger.unproved_after",), points[0])


def test_an_empty_log_is_sound_and_proves_nothing() -> None:
    assert examine([], [point([])], head=(0, EMPTY_ROOT)).unproved == NOTHING_OUTSIDE
    assert examine([]).findings == ()
    assert codes(examine([], [Checkpoint("x", 0, bytes(32), stamp(AT))])) == ["ledger.root"]
    assert codes(examine([], [point(log())])) == ["ledger.truncated"]


def edited_body(rows: Log) -> Log:
    rows[4] = rows[4]._replace(body=b"{}")
    return rows


def edited_body_and_its_hash(rows: Log) -> Log:
    rows[4] = rewritten(rows[4], b"{}")._replace(leaf_hash=rows[4].leaf_hash)
    return rows


def edited_field(rows: Log) -> Log:
    rows[4] = rows[4]._replace(entry=replace(rows[4].entry, by="boris"))
    return rows


def edited_time(rows: Log) -> Log:
    rows[4] = rows[4]._replace(entry=replace(rows[4].entry, at=rows[5].entry.at))
    return rows


def edited_leaf(rows: Log) -> Log:
    rows[4] = rows[4]._replace(leaf_hash=bytes(32))
    return rows


def deleted(rows: Log) -> Log:
    return rows[:4] + rows[5:]


def reordered(rows: Log) -> Log:
    return [*rows[:4], rows[5], rows[4], *rows[6:]]


def swapped(rows: Log) -> Log:
    return [*rows[:4], rows[5]._replace(entry=replace(rows[5].entry, index=4)), rows[4]._replace(entry=replace(rows[4].entry, index=5)), *rows[6:]]


def inserted(rows: Log) -> Log:
    return [*rows[:5], row(4, AT + timedelta(minutes=4)), *rows[5:]]


def silently_erased(rows: Log) -> Log:
    rows[4] = rows[4]._replace(salt=None, body=None)
    return rows


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (edited_body, ["ledger.body"]),
        (edited_body_and_its_hash, ["ledger.leaf"]),
        (edited_field, ["ledger.leaf"]),
        (edited_time, ["ledger.leaf"]),
        (deleted, ["ledger.gap"]),
        (reordered, ["ledger.gap", "ledger.gap", "ledger.gap", "ledger.clock"]),
        (swapped, ["ledger.leaf", "ledger.leaf", "ledger.clock"]),
        (inserted, ["ledger.gap"]),
        (silently_erased, ["ledger.erased_silently"]),
    ],
)
def test_an_edit_in_place_is_found_without_a_checkpoint_and_with_one(tamper: Callable[[Log], Log], found: list[str]) -> None:
    rows = log()
    forged = tamper(log())
    assert sorted(codes(examine(forged, head=head(forged)))) == sorted(found)  # the head was set anew
    with_it = examine(forged, [point(rows)], head=head(rows))
    assert set(found) <= set(codes(with_it))


@pytest.mark.parametrize("tamper", [edited_body, edited_body_and_its_hash, edited_field, edited_time, edited_leaf])
def test_the_record_that_was_edited_is_named_and_the_others_stay_proved(tamper: Callable[[Log], Log]) -> None:
    examination = examine(tamper(log()), [point(log())])
    assert {finding.index for finding in examination.findings if finding.code in ("ledger.leaf", "ledger.body")} == {4}
    assert (examination.proved is not None) == (tamper is not edited_leaf)


def test_a_stored_leaf_hash_that_is_none_does_not_hide_the_rest() -> None:
    rows = log()
    garbage: Any
    for garbage in (None, "x", b"", bytes(31), 7):
        forged = [*rows[:4], rows[4]._replace(leaf_hash=garbage), *rows[5:]]
        assert (codes(examine(forged, [point(rows)])), examine(forged, [point(rows)]).root) == (["ledger.leaf"], root_of(rows))


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (lambda rows: [*rows[:4], rewritten(rows[4], b"{}"), *rows[5:]], "ledger.root"),
        (lambda rows: [*rows[:4], hashed(rows[4], by="boris"), *rows[5:]], "ledger.root"),
        (lambda rows: renumbered(rows[:4] + rows[5:]), "ledger.truncated"),
        (lambda rows: renumbered([*rows[:4], rows[4], *rows[4:]]), "ledger.root"),
        (lambda rows: renumbered([*rows[:4], hashed(rows[5], at=rows[4].entry.at), hashed(rows[4], at=rows[5].entry.at), *rows[6:]]), "ledger.root"),
        (lambda rows: [rewritten(one, b"forged") for one in rows], "ledger.root"),
        (lambda rows: rows[:-1], "ledger.truncated"),
        (lambda rows: rows[:0], "ledger.truncated"),
        (lambda rows: [*rows[:-1], rewritten(rows[-1], b"forged")], "ledger.root"),
    ],
    ids=["edited", "field", "deleted", "inserted", "reordered", "rebuilt", "cut", "emptied", "last"],
)
def test_what_was_rebuilt_is_found_with_a_checkpoint_alone_and_stated_as_unproved_without(tamper: Callable[[Log], Log], code: str) -> None:
    rows = log()
    forged = tamper(log())
    without = examine(forged, head=head(forged))
    assert (without.findings, without.unproved) == ((), NOTHING_OUTSIDE)
    with_it = examine(forged, [point(rows)], head=head(forged))
    assert [(finding.code, finding.index) for finding in with_it.findings] == [(code, 0 if code == "ledger.root" else len(forged))]
    assert (with_it.proved, with_it.unproved) == (None, NOTHING_OUTSIDE)


def test_a_tail_cut_off_is_found_by_the_head_where_that_was_not_set_anew() -> None:
    rows = log()
    (finding,) = examine(rows[:-2], head=head(rows)).findings
    assert (finding.code, finding.index, finding.values) == ("ledger.head", 10, {"size": 12, "records": 10})
    assert codes(examine(rows, head=(12, bytes(32)))) == codes(examine(rows, head=(11, root_of(rows[:11])))) == ["ledger.head"]


def test_what_came_after_the_checkpoint_is_what_it_leaves_unproved() -> None:
    rows = log()
    points = [point(rows, 8)]
    for forged in (rows[:8], [*rows[:8], *(rewritten(one, b"forged") for one in rows[8:])]):
        examination = examine(forged, points, head=head(forged))
        assert (examination.findings, examination.unproved, examination.proved) == ((), ("ledger.unproved_after",), points[0])
    assert codes(examine(rows[:7], points)) == ["ledger.truncated"]


def test_of_several_checkpoints_the_last_right_one_says_since_when_it_is_wrong() -> None:
    rows = log()
    forged = [*rows[:5], rewritten(rows[5], b"forged"), *rows[6:]]
    examination = examine(forged, [point(rows, size) for size in (9, 3, 12, 5)])
    assert at_numbers(examination, "ledger.root") == [5, 5]
    assert [finding.values["size"] for finding in examination.findings] == [9, 12]
    assert examination.proved == point(rows, 5)


def test_two_checkpoints_that_disagree_cannot_both_be_right() -> None:
    rows = log()
    other = point([rewritten(one, b"other") for one in rows])
    assert codes(examine(rows, [point(rows), other])) == codes(examine(rows, [other, point(rows)])) == ["ledger.root"]


def dated(*seconds: float) -> Log:
    return [row(i, AT + timedelta(seconds=second)) for i, second in enumerate(seconds)]


def test_a_clock_set_back_is_told_once_where_it_happened() -> None:
    examination = examine(dated(0, 10, 20, 5, 6, 7, 30))
    (finding,) = examination.findings
    assert (finding.code, finding.index) == ("ledger.clock", 3)
    assert finding.values == {"at": stamp(AT + timedelta(seconds=5)), "before": stamp(AT + timedelta(seconds=20))}


def test_clocks_of_two_machines_may_differ_a_little_but_not_step_by_step_for_ever() -> None:
    assert examine(dated(0, 10, 8, 10, 8.5)).findings == ()
    assert at_numbers(examine(dated(10, 8.1, 6.2, 4.3, 2.4)), "ledger.clock") == [2, 4]


def test_a_record_on_the_wrong_side_of_a_checkpoint_in_time_is_told() -> None:
    rows = dated(0, 10, 20, 30)
    early = examine(rows, [point(rows, 2, at=stamp(AT + timedelta(seconds=25)))])
    assert [(finding.code, finding.index, finding.values["side"]) for finding in early.findings] == [("ledger.after_checkpoint", 2, "beyond")]
    late = examine(rows, [point(rows, 3, at=stamp(AT + timedelta(seconds=5)))])
    assert [(finding.index, finding.values["side"]) for finding in late.findings] == [(1, "within"), (2, "within")]
    assert examine(rows, [point(rows, 3, at=stamp(AT + timedelta(seconds=second))) for second in (18, 20, 25, 32)]).findings == ()


def test_the_time_of_the_end_of_the_world_is_a_time() -> None:
    rows = [row(0, AT), hashed(row(1, AT), at="9999-12-31T23:59:59.999999Z"), hashed(row(2, AT), at="0001-01-01T00:00:00.000000Z")]
    assert codes(examine(rows, [point(rows, at="9999-12-31T23:59:59.999999Z"), point(rows, 1, at="0001-01-01T00:00:00.000000Z")]))


def erasing(index: int, about: int | str) -> Row:
    return row(index, AT + timedelta(minutes=index), kind=BODY_ERASED, about=f"ledger:{about}")


def test_an_erasure_that_a_later_record_announces_is_no_finding() -> None:
    rows = [*log(), erasing(12, 4), erasing(13, 12)]
    proof = point(rows)
    for gone in (4, 12):
        rows[gone] = rows[gone]._replace(salt=None, body=None)
    examination = examine(rows, [proof], head=head(rows))
    assert (examination.findings, examination.erased, examination.proved) == ((), 2, proof)


@pytest.mark.parametrize(
    "announcement", [erasing(12, 5), erasing(12, "04"), erasing(12, "4 "), row(12, AT + timedelta(minutes=12), about="ledger:4")]
)
def test_an_erasure_that_nothing_announces_is_told(announcement: Row) -> None:
    assert at_numbers(examine([*silently_erased(log()), announcement]), "ledger.erased_silently") == [4]


def test_an_erasure_is_not_announced_in_advance_or_by_itself() -> None:
    for announced in (4, 9):
        rows = log()
        rows[4] = erasing(4, announced)
        rows[announced] = rows[announced]._replace(salt=None, body=None)
        assert at_numbers(examine(rows), "ledger.erased_silently") == [announced]


def test_half_of_an_erasure_is_none() -> None:
    rows = [*log(), erasing(12, 4)]
    for half in (rows[4]._replace(salt=None), rows[4]._replace(body=None)):
        examination = examine([*rows[:4], half, *rows[5:]])
        assert (codes(examination), at_numbers(examination, "ledger.body"), examination.erased) == (["ledger.body"], [4], 0)
    empty = rewritten(rows[4], b"")
    assert at_numbers(examine([*rows[:4], empty._replace(body=None), *rows[5:]]), "ledger.body") == [4]


def test_of_a_longer_log_the_first_records_can_be_examined() -> None:
    rows = [*log(), erasing(12, 4)]
    rows[4] = rows[4]._replace(salt=None, body=None)
    garbage: Any = [None, 7, (), Row(Entry(9, "", BODY_ERASED, [], "", ""), b"", None, None)]  # type: ignore[arg-type]
    examination = examine([*rows, *garbage], [point(rows, 10), point(rows, 13)], head=head(rows[:10]), until=10)
    assert (examination.records, examination.findings, examination.root) == (10, (), root_of(rows[:10]))
    assert examination.unproved == ("ledger.unproved_after", "ledger.unproved_until")
    assert codes(examine(rows, [point([*rows, *log()])], head=(14, bytes(32)), until=10)) == ["ledger.truncated", "ledger.head"]
    assert codes(examine(rows, head=(10, bytes(32)), until=10)) == codes(examine(rows, head=(9, bytes(32)), until=10)) == ["ledger.head"]
    assert examine(rows, head=head(rows), until=10).findings == ()
    assert examine(rows, head=head(rows), until=99).unproved == NOTHING_OUTSIDE


def test_of_findings_without_end_the_first_are_kept_and_all_counted() -> None:
    rows = [one._replace(body=b"forged") for one in log(MOST_FINDINGS + 50)]
    examination = examine(rows, [point(rows[:9])], head=(0, EMPTY_ROOT))
    assert examination.counts == {"ledger.body": MOST_FINDINGS + 50, "ledger.head": 1}
    assert len(examination.findings) == MOST_FINDINGS + 1


GARBAGE: list[Any] = [
    *(None, 7, "row", (), (1, 2, 3, 4), (None, None, None, None), [None] * 4),
    row(5, AT)._replace(entry=None),  # type: ignore[arg-type]
    *(row(5, AT)._replace(entry=replace(row(5, AT).entry, kind=kind)) for kind in (None, 3, b"x", "a\nb", "\ud800")),  # type: ignore[arg-type]
    *(row(5, AT)._replace(entry=replace(row(5, AT).entry, at=at)) for at in (None, "", "2026-02-30T00:00:00.000000Z", "x" * 27)),  # type: ignore[arg-type]
    *(row(5, AT)._replace(entry=replace(row(5, AT).entry, body=body)) for body in (None, "", "zz" * 32, "A" * 64)),  # type: ignore[arg-type]
    *(row(5, AT)._replace(entry=replace(row(5, AT).entry, index=i)) for i in (None, -1, 10**5000, 2**70, "5", 5.0, float("nan"))),  # type: ignore[arg-type]
    *(row(5, AT)._replace(salt=salt) for salt in (b"", bytes(33), "x" * 32, 32, [0] * 32)),  # type: ignore[arg-type]
    *(row(5, AT)._replace(body=body) for body in ("{}", 7, [1])),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_a_garbage_row_is_a_finding_and_the_rest_is_examined(garbage: Any) -> None:
    rows = dated(*range(12))
    rows[5] = garbage
    rows[8] = rows[8]._replace(body=b"forged")
    examination = examine(rows, [point(dated(*range(12)))])
    assert examination.records == 12
    assert examination.findings[0].index == 5
    assert len(at_numbers(examination, "ledger.gap")) <= 2  # one where a wrong number stands, one where it goes on
    assert 8 in at_numbers(examination, "ledger.body")


def test_a_record_that_cannot_be_read_leaves_the_others_proved_where_its_hash_stands() -> None:
    rows = log()
    garbled = rows[4]._replace(entry=replace(rows[4].entry, by="a\nb"))
    examination = examine([*rows[:4], garbled, *rows[5:]], [point(rows)])
    assert (codes(examination), examination.findings[0].index, examination.proved) == (["ledger.unreadable"], 4, point(rows))


def test_a_row_that_is_unreadable_says_which_field() -> None:
    def field(**fields: Any) -> object:
        return examine([row(0, AT)._replace(entry=replace(row(0, AT).entry, **fields))]).findings[0].values["field"]

    assert [field(kind=None), field(by="a\nb"), field(about="\ud800"), field(at=3), field(index=10**5000)] == ["kind", "by", "about", "at", "index"]
    nothing: Any = None
    assert examine([nothing]).findings[0].values == {"field": "row"}


def test_a_wrong_time_that_was_hashed_is_still_a_finding() -> None:
    rows = [hashed(row(0, AT), at="yesterday"), hashed(row(1, AT), index="1"), hashed(row(2, AT), body="none")._replace(salt=None, body=None)]
    assert codes(examine(rows, [point(rows, at=stamp(AT))])) == ["ledger.unreadable", "ledger.gap", "ledger.body", "ledger.erased_silently"]


@st.composite
def logs(draw: st.DrawFn) -> Log:
    """A sound log: any words, some bodies erased and announced."""
    words = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=5)
    rows: Log = []
    for index in range(draw(st.integers(1, 9))):
        about, kind = draw(words), draw(words)
        standing = [one.entry.index for one in rows if one.body is not None]
        if draw(st.booleans()) and standing:
            gone = draw(st.sampled_from(standing))
            rows[gone] = rows[gone]._replace(salt=None, body=None)
            about, kind = f"ledger:{gone}", BODY_ERASED
        rows.append(row(index, AT + timedelta(seconds=draw(st.integers(0, 2)) + index * 2), kind, about, draw(st.binary(max_size=5))))
    return rows


anything = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.binary(max_size=40), st.binary(min_size=32, max_size=32)),
    st.datetimes(timezones=st.just(UTC)).map(stamp),
    st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    st.lists(st.integers(0, 255), max_size=3),
)


@given(logs())
def test_a_sound_log_is_found_sound(rows: Log) -> None:
    assert examine(rows, [point(rows), point(rows, len(rows) // 2)], head=head(rows)).findings == ()


@settings(max_examples=400)
@given(logs(), st.data())
def test_any_change_of_one_stored_field_is_found(rows: Log, data: st.DataObject) -> None:
    proof, kept = point(rows), head(rows)
    index = data.draw(st.integers(0, len(rows) - 1))
    one = rows[index]
    name = data.draw(st.sampled_from([*Entry.__slots__, "leaf_hash", "salt", "body_itself"]))
    others = [row for row in rows if row is not one]
    if name in Entry.__slots__:
        value = data.draw(anything | st.sampled_from([getattr(row.entry, name) for row in others]) if others else anything)
        assume(value != getattr(one.entry, name))
        rows[index] = one._replace(entry=replace(one.entry, **{name: value}))
    else:
        name = name.removesuffix("_itself")
        value = data.draw(anything | st.sampled_from([getattr(row, name) for row in others]) if others else anything)
        assume(value != getattr(one, name))
        rows[index] = one._replace(**{name: value})
    assert examine(rows, [proof]).findings
    assert examine(rows, head=kept).findings  # and so long as the head stands, without a checkpoint


@given(logs(), st.data())
def test_any_rows_taken_out_put_in_or_moved_are_found(rows: Log, data: st.DataObject) -> None:
    proof = point(rows)
    numbers = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=len(rows) + 2))
    assume(numbers != list(range(len(rows))))
    forged = [rows[number] for number in numbers]
    assume(numbers[: len(rows)] != list(range(len(rows))))  # what only came after the checkpoint is for the numbers to tell
    assert examine(forged, [proof]).findings
    assert examine(renumbered(forged), [proof]).findings


@pytest.mark.long
def test_a_million_records_are_examined_in_seconds() -> None:
    size = 1_000_000
    rows = [row(i, AT + timedelta(milliseconds=i)) for i in range(size)]
    proof, kept = point(rows), head(rows)
    began = time.perf_counter()
    examination = examine(iter(rows), [proof], head=kept)
    took = time.perf_counter() - began
    print(f"{size} records examined in {took:.1f} s")
    assert (examination.records, examination.findings) == (size, ())
    assert took < 8
