"""Indexes of held lists: built once, used again, and never trusted where the file is not what it should be."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from enduse.domain.screening.algorithms import ALGORITHMS, NEWEST
from enduse.domain.screening.index import Index, Listed, build
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import Norms, search
from enduse.formats.problems import BadInput
from enduse.stores import backups
from enduse.stores.indexes import ENDING, FOLDER, KEPT, forget, index_of, sweep
from tests.listed import NAMES, hold


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lists each index was built of."""
    found: list[int] = []

    def counted(lists: Sequence[Listed]) -> Index:
        found.append(len(lists))
        return build(lists)

    monkeypatch.setitem(ALGORITHMS, NEWEST, replace(ALGORITHMS[NEWEST], build=counted))
    return found


def file(data: Path) -> Path:
    (found,) = (data / FOLDER).glob(f"*{ENDING}")
    return found


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_an_index_is_built_once_and_then_read(tmp_path: Path, builds: list[int]) -> None:
    held = hold(tmp_path)
    first = index_of(tmp_path, [held])
    assert index_of(tmp_path, [held]) is first  # from memory
    forget()
    again = index_of(tmp_path, [held])
    assert builds == [1]
    assert again.to_bytes() == first.to_bytes()
    assert search(again, Query(NAMES[0]), Norms()) == search(first, Query(NAMES[0]), Norms())


def test_another_choice_of_lists_is_another_index(tmp_path: Path, builds: list[int]) -> None:
    one, other = hold(tmp_path), hold(tmp_path, "Somebody", word="own-more")
    assert index_of(tmp_path, [one]).lists == ((one.source, one.digest),)
    assert index_of(tmp_path, [one, other]).lists == ((one.source, one.digest), (other.source, other.digest))
    newer = hold(tmp_path, *NAMES, "Newcomer")
    index_of(tmp_path, [newer])
    assert builds == [1, 2, 1]


@pytest.mark.parametrize("damage", ["empty", "cut", "first bit", "middle bit", "last bit", "foreign", "other lists"])
def test_a_file_that_is_not_that_index_is_built_anew(tmp_path: Path, builds: list[int], damage: str) -> None:
    held, other = hold(tmp_path), hold(tmp_path, "Somebody", word="own-more")
    index_of(tmp_path, [held])
    path = file(tmp_path)
    whole = path.read_bytes()
    index_of(tmp_path, [other])
    (stranger,) = (one for one in (tmp_path / FOLDER).glob(f"*{ENDING}") if one != path)
    path.write_bytes(
        {
            "empty": b"",
            "cut": whole[:-1],
            "first bit": flipped(whole, 0),
            "middle bit": flipped(whole, len(whole) // 2),
            "last bit": flipped(whole, len(whole) - 1),
            "foreign": b"something else\n" + whole,
            "other lists": stranger.read_bytes(),
        }[damage]
    )
    forget()
    builds.clear()
    found = index_of(tmp_path, [held])
    assert builds == [1]
    assert found.lists == ((held.source, held.digest),)
    assert path.read_bytes() == whole


def test_each_version_of_the_matcher_has_an_index_of_its_own(tmp_path: Path, builds: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    held = hold(tmp_path)
    index_of(tmp_path, [held])
    older = replace(
        ALGORITHMS[NEWEST], version="names-0", load=lambda data: replaced(Index.from_bytes(data)), build=lambda lists: replaced(build(lists))
    )
    monkeypatch.setitem(ALGORITHMS, "names-0", older)
    assert index_of(tmp_path, [held], "names-0").algorithm == "names-0"
    assert index_of(tmp_path, [held]).algorithm == NEWEST
    builds.clear()
    forget()
    monkeypatch.setitem(ALGORITHMS, "names-0", replace(older, build=ALGORITHMS[NEWEST].build))
    assert index_of(tmp_path, [held], "names-0").algorithm == "names-0"
    assert builds == []  # each from its own file
    assert sorted(path.name[:8] for path in (tmp_path / FOLDER).glob(f"*{ENDING}")) == ["names-0-", "names-1-"]
    with pytest.raises(KeyError):
        index_of(tmp_path, [held], "names-9")


def replaced(index: Index) -> Index:
    index.algorithm = "names-0"
    return index


def test_a_folder_that_cannot_be_written_does_not_stop_a_search(tmp_path: Path, builds: list[int]) -> None:
    held = hold(tmp_path)
    (tmp_path / FOLDER).write_text("a file", "utf-8")
    assert index_of(tmp_path, [held]).lists == ((held.source, held.digest),)


def test_entries_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    held = hold(tmp_path)
    (entries,) = tmp_path.rglob("entries.jsonl.gz")
    entries.write_bytes(b"half")
    with pytest.raises(BadInput, match="damaged"):
        index_of(tmp_path, [held])


def test_what_was_used_last_is_kept_and_halves_go(tmp_path: Path) -> None:
    now = time.time()
    for number in range(KEPT + 3):
        path = tmp_path / f"names-{number}{ENDING}"
        path.write_bytes(b"x")
        os.utime(path, (now - number, now - number))
    for name, age in (("old.half", 200_000), ("new.half", 5)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (now - age, now - age))
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [*(f"names-{number}{ENDING}" for number in range(KEPT)), "new.half"]


def test_a_backup_carries_the_lists_and_not_their_indexes(tmp_path: Path) -> None:
    index_of(tmp_path, [hold(tmp_path)])
    names = {name for name, _ in backups._everything(tmp_path, {}, set())}
    assert backups.MADE_ANEW == FOLDER
    assert any(name.startswith("data/lists/csv/") for name in names)
    assert not any(name.startswith(f"data/{FOLDER}/") for name in names)


def test_an_index_that_is_read_counts_as_used(tmp_path: Path) -> None:
    held = hold(tmp_path)
    index_of(tmp_path, [held])
    os.utime(file(tmp_path), (1, 1))
    forget()
    index_of(tmp_path, [held])
    assert file(tmp_path).stat().st_mtime > 1
