"""Held lists: taken in whole or not at all, never replaced by half of one."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Entity, Name
from enduse.formats.problems import BadInput, Problem
from enduse.sources.source import File, Read, Skipped, Source
from enduse.stores.lists import ENTRIES, digest_of, entities, held, keep, latest, snapshots, sweep

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def read(files: Sequence[File]) -> Read:
    """A line an entry; the first is the day. A line `?` cannot be taken over."""
    if not files[0].data:
        raise BadInput(Problem("list.empty", values={"list": "made-up"}))
    first, *lines = files[0].data.decode().splitlines()
    named = [line for line in lines if line != "?"]
    skipped = tuple(Skipped(f"line {number}", "skipped.name", {}, whole=True) for number, line in enumerate(lines, 2) if line == "?")
    found = tuple(Entity(line, "Person", (Name(line),)) for line in named)
    return Read(found, skipped, date.fromisoformat(first) if first else None, len(lines))


SOURCE = Source("made-up", "Nobody", ("выдуманный", "made up"), ("свободно", "free"), read)


def file(day: str, *names: str) -> list[File]:
    return [File("list.txt", "\n".join([day, *names]).encode())]


def test_a_list_is_kept_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    files = file("2026-11-18", "Ada", "?", "Боб")
    snapshot, _ = keep(SOURCE, files, at=AT, data=tmp_path)
    assert (snapshot.source, snapshot.publisher, snapshot.published, snapshot.taken) == ("made-up", "Nobody", date(2026, 11, 18), AT)
    assert (snapshot.counted, snapshot.entries, snapshot.skipped) == (3, 2, (("skipped.name", 1),))
    assert snapshot.digest == digest_of(files)
    assert [one.names[0].text for one in entities(tmp_path, snapshot)] == ["Ada", "Боб"]
    assert held(tmp_path) == [snapshot]
    (kept,) = (tmp_path / "lists" / "made-up").glob("*/files/0")
    assert kept.read_bytes() == files[0].data


def test_the_same_files_are_the_same_snapshot(tmp_path: Path) -> None:
    first, _ = keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    again, _ = keep(SOURCE, file("2026-11-18", "Ada"), at=AT + timedelta(days=1), data=tmp_path)
    assert again == first
    assert len(snapshots(tmp_path, "made-up")) == 1


def test_the_newest_day_counts_not_what_was_taken_in_last(tmp_path: Path) -> None:
    newer, _ = keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    older, _ = keep(SOURCE, file("2026-10-01", "Ada", "Eve"), at=AT + timedelta(days=1), data=tmp_path)
    assert snapshots(tmp_path, "made-up") == [older, newer]
    assert latest(tmp_path, "made-up") == newer
    undated, _ = keep(SOURCE, file("", "Ada"), at=AT, data=tmp_path)
    assert undated.day == AT.date()
    assert latest(tmp_path, "made-up") == undated


def test_a_list_that_has_shrunk_by_half_replaces_nothing_until_somebody_has_looked(tmp_path: Path) -> None:
    good, _ = keep(SOURCE, file("2026-11-18", "a", "b", "c", "d"), at=AT, data=tmp_path)
    with pytest.raises(BadInput) as refused:
        keep(SOURCE, file("2026-11-19", "a"), at=AT, data=tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["list.shrunk"]
    assert latest(tmp_path, "made-up") == good
    keep(SOURCE, file("2026-11-19", "a", "b"), at=AT, data=tmp_path)  # half is not less than half
    smaller, _ = keep(SOURCE, file("2026-11-20", "a"), at=AT, data=tmp_path)
    assert latest(tmp_path, "made-up") == smaller
    with pytest.raises(BadInput):
        keep(SOURCE, file("2026-11-21"), at=AT, data=tmp_path)
    keep(SOURCE, file("2026-11-21"), at=AT, data=tmp_path, smaller=True)


def test_what_is_no_list_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        keep(SOURCE, [File("list.txt", b"")], at=AT, data=tmp_path)
    assert list(tmp_path.rglob("*")) == []
    assert held(tmp_path) == []


def test_entries_that_are_not_those_that_were_kept_are_an_error(tmp_path: Path) -> None:
    snapshot, _ = keep(SOURCE, file("2026-11-18", "Ada", "Eve"), at=AT, data=tmp_path)
    (path,) = tmp_path.rglob(ENTRIES)
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], b"no gzip"):
        path.write_bytes(damaged)
        with pytest.raises(BadInput, match="damaged"):
            list(entities(tmp_path, snapshot))
    path.write_bytes(whole)
    with pytest.raises(BadInput, match="damaged"):
        list(entities(tmp_path, replace(snapshot, entries=3)))


def test_a_snapshot_whose_description_cannot_be_read_is_an_error_not_an_absence(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    (path,) = tmp_path.rglob("list.json")
    for text in ("", "{}", '{"format": "enduse/list-9"}'):
        path.write_text(text, "utf-8")
        with pytest.raises(BadInput, match="damaged"):
            held(tmp_path)


def test_a_name_of_a_file_leads_nowhere(tmp_path: Path) -> None:
    snapshot, _ = keep(SOURCE, [File("../../x", b"2026-11-18\nAda")], at=AT, data=tmp_path / "data")
    assert snapshot.files[0][0] == "../../x"
    assert not list(tmp_path.glob("x*"))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("a file", "utf-8")
    with pytest.raises(BadInput) as refused:
        keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["data.unwritable"]


def test_what_a_kill_left_behind_is_swept_and_counts_for_nothing(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    half = tmp_path / "lists" / "made-up" / ".half-1"
    half.mkdir()
    (half / ENTRIES).write_bytes(b"half")
    assert len(snapshots(tmp_path, "made-up")) == 1
    sweep(tmp_path, datetime.now(UTC) - timedelta(days=1))
    assert half.exists()
    os.utime(half, (time.time() - 200_000,) * 2)
    sweep(tmp_path, datetime.now(UTC) - timedelta(days=1))
    assert not half.exists()
