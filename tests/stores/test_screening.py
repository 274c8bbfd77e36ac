"""Screening from end to end: lists as they stand, the search, its receipt, and the receipt replayed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from enduse.domain.screening.algorithms import ALGORITHMS, NEWEST
from enduse.domain.screening.hit import Found
from enduse.domain.screening.query import Query
from enduse.domain.screening.search import Norms
from enduse.formats.problems import BadInput
from enduse.formats.receipts import plain, receipt_from
from enduse.stores.indexes import forget
from enduse.stores.lists import ENTRIES
from enduse.stores.screening import desk, replay, screen
from tests.listed import NAMES, STRANGER, hold

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    forget()
    yield
    forget()


def test_a_name_on_the_list_is_a_hit_and_a_stranger_is_none(tmp_path: Path) -> None:
    held = hold(tmp_path)
    found = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW)
    assert (found.found.hits[0].list, found.found.hits[0].name) == ("csv", NAMES[0])
    assert [(one.word, one.state, one.digest, one.entries) for one in found.lists] == [("csv", "ok", held.digest, 3)]
    assert found.complete
    assert "un-sc" in found.unsearched
    assert not {"csv", "ftm"} & set(found.unsearched)
    nothing = screen(tmp_path, Query(STRANGER), Norms(), at=NOW)
    assert (nothing.found.hits, nothing.complete) == ((), True)


def test_a_list_that_is_old_is_searched_and_makes_it_incomplete(tmp_path: Path) -> None:
    hold(tmp_path, days_ago=400)
    found = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW)
    assert ([one.state for one in found.lists], found.complete, len(found.found.hits)) == (["old"], False, 1)
    assert screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW, limits={"csv": 500}).complete


def test_a_list_that_is_missing_or_damaged_is_told_and_the_others_are_searched(tmp_path: Path) -> None:
    hold(tmp_path)
    broken = hold(tmp_path, "Somebody", word="own-more")
    (entries,) = (path for path in tmp_path.rglob(ENTRIES) if broken.digest[7:39] in str(path))
    entries.write_bytes(entries.read_bytes()[:-9])
    found = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW, words=("csv", "own-more", "un-sc"))
    assert [(one.word, one.state) for one in found.lists] == [("csv", "ok"), ("own-more", "damaged"), ("un-sc", "missing")]
    assert (found.complete, len(found.found.hits)) == (False, 1)
    assert "un-sc" not in found.unsearched


def test_where_nothing_is_held_nothing_is_found_and_that_is_no_ok(tmp_path: Path) -> None:
    found = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW)
    assert (found.lists, found.found.hits, found.complete) == ((), (), False)


def test_a_new_list_is_searched_at_once(tmp_path: Path) -> None:
    hold(tmp_path, "Somebody")
    assert not screen(tmp_path, Query(NAMES[1]), Norms(), at=NOW).found.hits
    hold(tmp_path, *NAMES)
    assert screen(tmp_path, Query(NAMES[1]), Norms(), at=NOW).found.hits


@pytest.mark.parametrize("name", [NAMES[0], STRANGER, "", "я" * 2000, "7", "ООО", "😀", "\u202eabc", "A", "\x00", "()*&^", "中文", "ab\ncd"])
def test_every_search_replays_to_the_same_on_its_own_snapshots_after_newer_ones_came(tmp_path: Path, name: str) -> None:
    hold(tmp_path, days_ago=5)
    receipt = screen(tmp_path, Query(name), Norms(), at=NOW)
    hold(tmp_path, "Somebody else altogether")
    forget()
    assert replay(tmp_path, receipt_from(plain(receipt))).same


def test_a_replay_tells_what_differs(tmp_path: Path) -> None:
    hold(tmp_path)
    receipt = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW)
    (hit,) = receipt.found.hits
    other = replace(receipt, found=replace(receipt.found, hits=(replace(hit, score=0.1),)))
    assert replay(tmp_path, other).differs == {"hits.csv/" + hit.entry + ".score": (0.1, hit.score)}
    assert not replay(tmp_path, replace(receipt, norms=Norms(1.1))).same


def test_what_a_receipt_says_of_its_lists_is_held_against_them(tmp_path: Path) -> None:
    hold(tmp_path, days_ago=3)
    receipt = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW, words=("csv", "un-sc"))
    one, missing = receipt.lists
    assert replay(tmp_path, receipt).same

    def differs(**changes: Any) -> set[str]:
        return set(replay(tmp_path, replace(receipt, lists=(replace(one, **changes), missing))).differs)

    assert differs(publisher="The Holy See") == {"lists.csv.publisher"}
    assert differs(entries=999) == {"lists.csv.entries"}
    assert differs(state="old") == {"lists.csv.state"}
    assert differs(current=NOW.date() - timedelta(days=300), day=NOW.date() - timedelta(days=300), limit_days=30) == {"lists.csv.state"}
    assert differs(current=None) == {"lists.csv.current"}
    assert differs(current=NOW.date() + timedelta(days=9)) == {"at"}
    assert differs(state="damaged") >= {"lists.csv.digest", "lists.csv.day", "lists.csv.entries"}
    for at in (datetime(2020, 1, 1, tzinfo=UTC), NOW + timedelta(days=5)):
        assert "at" in replay(tmp_path, replace(receipt, at=at)).differs
    assert set(replay(tmp_path, replace(receipt, unsearched=())).differs) == {"unsearched"}
    assert replay(tmp_path, replace(receipt, unsearched=("another",), program="9.9")).same  # who knows what there was
    assert set(replay(tmp_path, replace(receipt, unsearched=("csv",), program="9.9")).differs) == {"unsearched"}


def test_the_day_that_a_publisher_gives_is_held_against_the_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = hold(tmp_path)
    receipt = screen(tmp_path, Query(STRANGER), Norms(), at=NOW)
    (one,) = receipt.lists
    published = NOW.date() - timedelta(days=2)
    monkeypatch.setattr("enduse.stores.screening.snapshot_of", lambda *_: replace(held, published=published))
    assert replay(tmp_path, replace(receipt, lists=(replace(one, day=published, current=published),))).same
    assert set(replay(tmp_path, receipt).differs) == {"lists.csv.day"}


def test_a_search_that_cannot_be_made_again_is_told(tmp_path: Path) -> None:
    held = hold(tmp_path)
    receipt = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW)
    (one,) = receipt.lists
    for changed, code in (
        (replace(receipt, algorithm="names-0"), "receipt.algorithm"),
        (replace(receipt, lists=(replace(one, digest="sha256:00"),)), "receipt.snapshot"),
        (replace(receipt, lists=(replace(one, word="../lists/csv"),)), "receipt.snapshot"),
        (replace(receipt, lists=(replace(one, word=""),)), "receipt.snapshot"),
        (replace(receipt, lists=(replace(one, word="a" * 5000),)), "receipt.snapshot"),
        (replace(receipt, lists=()), "receipt.no_lists"),
    ):
        with pytest.raises(BadInput) as refused:
            replay(tmp_path, changed)
        assert [problem.code for problem in refused.value.problems] == [code]
    forget()
    shutil.rmtree(tmp_path / "lists" / "csv" / held.digest[7:39])
    with pytest.raises(BadInput) as refused:
        replay(tmp_path, receipt)
    assert refused.value.problems[0].code == "receipt.snapshot"


def test_a_receipt_is_replayed_by_its_own_version_of_the_matcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(tmp_path)
    receipt = screen(tmp_path, Query(NAMES[0]), Norms(), at=NOW)
    newest = ALGORITHMS[NEWEST]
    blind = replace(newest, search=lambda *_: Found(()))
    monkeypatch.setitem(ALGORITHMS, NEWEST, blind)
    assert not replay(tmp_path, receipt).same  # another matcher under that name is seen
    monkeypatch.setitem(ALGORITHMS, NEWEST, newest)
    monkeypatch.setitem(ALGORITHMS, "names-2", replace(blind, version="names-2"))
    assert replay(tmp_path, receipt).same  # a newer one beside it changes nothing


def test_the_day_of_the_search_is_that_of_its_zone_and_the_receipt_says_utc(tmp_path: Path) -> None:
    hold(tmp_path)
    at = datetime.now(UTC).astimezone()
    found = screen(tmp_path, Query("x"), Norms(), at=at + timedelta(microseconds=5))
    assert found.at.utcoffset() == timedelta(0)
    assert found.at == at.replace(microsecond=0)


def test_one_desk_answers_many(tmp_path: Path) -> None:
    hold(tmp_path)
    ready = desk(tmp_path, at=NOW)
    assert [bool(ready.screen(Query(name), Norms(), at=NOW).found.hits) for name in (*NAMES, STRANGER)] == [True, True, True, False]
