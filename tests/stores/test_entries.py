"""The entries of hits, out of the snapshots that were searched."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from enduse.domain.screening.query import Query
from enduse.domain.screening.receipt import Searched
from enduse.domain.screening.search import Norms
from enduse.formats.problems import BadInput
from enduse.sources.registry import source_named
from enduse.sources.source import File
from enduse.stores.entries import entries_of
from enduse.stores.lists import keep
from enduse.stores.screening import desk

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def held(data: Path, text: str) -> str:
    return keep(source_named("csv"), [File("a.csv", f"id,name\n{text}".encode())], at=AT, data=data, word="own-a", smaller=True)[0].digest


def test_an_entry_is_that_of_the_snapshot_that_was_searched(tmp_path: Path) -> None:
    first = held(tmp_path, "A,Quill Trading\nB,Ozymandias Plumbworth\n")
    second = held(tmp_path, "A,Quill Trading House\nB,Ozymandias Plumbworth\n")
    for digest, name in ((first, "Quill Trading"), (second, "Quill Trading House")):
        found = entries_of(tmp_path, [Searched("own-a", "ok", digest=digest)], {("own-a", "A"), ("own-a", "C"), ("own-b", "A")})
        assert {key: entity.names[0].text for key, entity in found.items()} == {("own-a", "A"): name}


def test_of_a_snapshot_that_is_held_no_more_there_is_nothing(tmp_path: Path) -> None:
    held(tmp_path, "A,Quill Trading\n")
    assert entries_of(tmp_path, [Searched("own-a", "ok", digest="sha256:0")], {("own-a", "A")}) == {}
    assert entries_of(tmp_path, [Searched("own-b", "missing")], {("own-b", "A")}) == {}


def test_a_damaged_list_is_told(tmp_path: Path) -> None:
    digest = held(tmp_path, "A,Quill Trading\n")
    for path in tmp_path.rglob("entries.jsonl.gz"):
        path.write_bytes(b"no")
    with pytest.raises(BadInput):
        entries_of(tmp_path, [Searched("own-a", "ok", digest=digest)], {("own-a", "A")})


def test_what_is_found_by_a_search_is_there(tmp_path: Path) -> None:
    held(tmp_path, "A,Quill Trading\nB,Ozymandias Plumbworth\n")
    made = desk(tmp_path, at=AT, words=["own-a"]).screen(Query("Ozymandias Plumbworth"), Norms(), at=AT)
    keys = {(hit.list, hit.entry) for hit in made.found.hits}
    assert ("own-a", "B") in keys
    assert set(entries_of(tmp_path, made.lists, keys)) == keys
