"""Held lists: taken in whole or not at all, never replaced by half of one."""

from __future__ import annotations

import gzip
import json
import os
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Entity, Name
from enduse.formats.problems import BadInput
from enduse.sources.source import File, Read, Skipped
from enduse.stores.checked import CHECKED
from enduse.stores.lists import (
    ENTRIES,
    digest_of,
    entities,
    files_of,
    held,
    held_words,
    keep,
    latest,
    own_word,
    reads,
    snapshot_of,
    snapshots,
    standing,
    sweep,
)
from tests.stores.made_up import AT, SOURCE, file


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


def test_a_snapshot_is_found_by_its_digest_and_a_list_by_its_folder(tmp_path: Path) -> None:
    assert held_words(tmp_path) == []
    first, _ = keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    keep(SOURCE, file("2026-11-19", "Ada", "Eve"), at=AT, data=tmp_path)
    assert snapshot_of(tmp_path, "made-up", first.digest) == first
    assert snapshot_of(tmp_path, "made-up", "sha256:0") is None
    (tmp_path / "lists" / "empty").mkdir()
    (tmp_path / "lists" / ".tried").touch()
    assert held_words(tmp_path) == ["empty", "made-up"]


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
    for at in range(len(whole) // 2, len(whole)):  # any byte behind the header
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with pytest.raises(BadInput, match="damaged"):
            list(entities(tmp_path, snapshot))
    path.write_bytes(whole)
    with pytest.raises(BadInput, match="damaged"):
        list(entities(tmp_path, replace(snapshot, entries=3)))


def test_a_list_of_which_nothing_can_be_taken_over_is_none(tmp_path: Path) -> None:
    for consent in (False, True):
        with pytest.raises(BadInput) as refused:
            keep(SOURCE, file("2026-11-18", "?", "?"), at=AT, data=tmp_path, smaller=consent, damaged=consent)
        assert [problem.code for problem in refused.value.problems] == ["list.no_entities"]
    assert standing(tmp_path, ["made-up"], at=AT.date())[0].state == "missing"


def test_a_first_list_of_which_most_could_not_be_read_needs_somebody_who_has_looked(tmp_path: Path) -> None:
    for smaller in (False, True):
        with pytest.raises(BadInput) as refused:
            keep(SOURCE, file("2026-11-18", "Ada", "?", "?"), at=AT, data=tmp_path, smaller=smaller)
        assert [problem.code for problem in refused.value.problems] == ["list.mostly_unread"]
        assert "--damaged" in refused.value.problems[0].text("en") and "--damaged" in refused.value.problems[0].text("ru")
    assert standing(tmp_path, ["made-up"], at=AT.date())[0].state == "missing"
    keep(SOURCE, file("2026-11-18", "Ada", "?"), at=AT, data=tmp_path, word="half")  # half is not more than half
    keep(SOURCE, file("2026-11-18", "Ada", "?", "?"), at=AT, data=tmp_path, damaged=True)
    keep(SOURCE, file("2026-11-19", "Ada", "?", "?", "?"), at=AT, data=tmp_path)  # somebody has looked at that
    with pytest.raises(BadInput) as refused:
        keep(SOURCE, file("2026-11-19", "Ada", "?", "?"), at=AT, data=tmp_path, word="half")  # the one held was read
    assert [problem.code for problem in refused.value.problems] == ["list.mostly_unread"]


def test_entries_that_repeat_others_are_not_lost(tmp_path: Path) -> None:
    twice = tuple(Skipped(f"line {number}", "skipped.same", {"id": "1"}, whole=True) for number in range(9))
    repeated = replace(SOURCE, read=lambda _: Read((Entity("1", "Person", (Name("Ada"),)),), twice, None, 10))
    assert keep(repeated, file("", "Ada"), at=AT, data=tmp_path)[0].entries == 1


def emptied(data: Path, word: str, **values: object) -> None:
    """The list as a version that did not look took it in: without entries."""
    (path,) = (data / "lists" / word).rglob("list.json")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"entries": 0, "names": 0, **values}), "utf-8")
    path.with_name(ENTRIES).write_bytes(gzip.compress(b""))


def test_a_list_kept_earlier_of_which_nothing_was_taken_over_is_damaged(tmp_path: Path) -> None:
    for word in ("made-up", "other", "third"):
        keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path, word=word)
    emptied(tmp_path, "made-up", counted=7, skipped=[["skipped.nameless", 7]])
    emptied(tmp_path, "other", counted=0, skipped=[["skipped.damaged", 1]])
    emptied(tmp_path, "third", counted=0)
    found = standing(tmp_path, ["made-up", "other", "third"], at=AT.date())
    assert [(one.state, one.snapshot is None) for one in found] == [("damaged", True), ("damaged", True), ("ok", False)]
    assert found[0].why.endswith("list.json (0 / 7)")
    keep(SOURCE, file("2026-11-19"), at=AT, data=tmp_path, word="third")  # empty as before, and truly so
    with pytest.raises(BadInput) as refused:  # what is empty by mistake is nothing to compare with
        keep(SOURCE, file("2026-11-19", "Ada", "?", "?"), at=AT, data=tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["list.mostly_unread"]
    keep(SOURCE, file("2026-11-19", "Ada"), at=AT, data=tmp_path)
    assert standing(tmp_path, ["made-up"], at=AT.date())[0].state == "ok"


def test_what_counts_as_before_is_the_last_list_that_held_something(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-18", "a"), at=AT, data=tmp_path)
    emptied(tmp_path, "made-up", counted=7, skipped=[["skipped.nameless", 7]])
    keep(SOURCE, file("2026-11-17", "a", "b", "c", "d"), at=AT, data=tmp_path)
    with pytest.raises(BadInput) as refused:
        keep(SOURCE, file("2026-11-19", "a"), at=AT, data=tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["list.shrunk"]


@pytest.mark.parametrize("damage", [ENTRIES, "files/0", "no entries", "list.json", CHECKED, "no list.json"])
def test_a_snapshot_that_is_damaged_is_written_anew_where_the_same_files_come_again(tmp_path: Path, damage: str) -> None:
    files = file("2026-11-18", "Ada", "Eve")
    first, _ = keep(SOURCE, files, at=AT, data=tmp_path, fetched=[{}])
    assert reads(tmp_path, first)
    (folder,) = (tmp_path / "lists" / "made-up").iterdir()
    if damage.startswith("no "):
        (folder / {"no entries": ENTRIES}.get(damage, "list.json")).unlink()
    else:
        (folder / damage).write_bytes(b"{")
    if damage not in ("list.json", CHECKED, "no list.json"):
        assert not reads(tmp_path, first)
    again, _ = keep(SOURCE, files, at=AT + timedelta(days=1), data=tmp_path)
    assert reads(tmp_path, again)
    assert (again.digest, again.day, [one.id for one in entities(tmp_path, again)]) == (first.digest, first.day, ["Ada", "Eve"])
    assert files_of(tmp_path, again) == files
    assert standing(tmp_path, at=AT.date())[0].state == "ok"
    assert list((tmp_path / "lists" / "made-up").iterdir()) == [folder]  # nothing is left beside it


def test_a_damaged_snapshot_is_no_way_round_the_guards(tmp_path: Path) -> None:
    keep(SOURCE, file("", "Ada"), at=AT, data=tmp_path)
    (path,) = tmp_path.rglob("list.json")
    keep(SOURCE, file("", "Ada", "Eve"), at=AT + timedelta(days=1), data=tmp_path)
    path.write_text("{", "utf-8")  # of which day it was nobody knows now
    with pytest.raises(BadInput, match="damaged"):
        keep(SOURCE, file("", "Ada"), at=AT + timedelta(days=2), data=tmp_path)
    with pytest.raises(BadInput, match="damaged"):
        keep(SOURCE, file("", "Ada", "Bo"), at=AT + timedelta(days=2), data=tmp_path)
    keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path, word="dated")
    (path,) = (tmp_path / "lists" / "dated").rglob("list.json")
    keep(SOURCE, file("2026-11-19", "Ada"), at=AT, data=tmp_path, word="dated")
    path.write_text("{", "utf-8")
    assert keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path, word="dated")[0].day == date(2026, 11, 18)
    path.write_text("{", "utf-8")
    with pytest.raises(BadInput) as refused:
        keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path, word="dated", fetched=[{}])
    assert [problem.code for problem in refused.value.problems] == ["list.older"]


def test_what_cannot_be_mended_is_told(tmp_path: Path) -> None:
    snapshot, _ = keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    (path,) = tmp_path.rglob(ENTRIES)
    path.unlink()
    (path / "in the way").mkdir(parents=True)
    with pytest.raises(BadInput) as refused:
        keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["data.unwritable"]
    assert not reads(tmp_path, snapshot)
    assert [one.name for one in (tmp_path / "lists" / "made-up").iterdir()] == [path.parent.name]


def test_what_was_confirmed_stays_so_where_a_snapshot_is_mended(tmp_path: Path) -> None:
    files, later = file("2026-11-10", "Ada"), AT + timedelta(days=9)
    keep(SOURCE, files, at=AT, data=tmp_path, fetched=[{}])
    (path,) = tmp_path.rglob(ENTRIES)
    path.unlink()
    mended, _ = keep(SOURCE, files, at=later, data=tmp_path)
    assert (mended.taken, mended.checked) == (AT, AT)


def test_a_half_that_is_nearly_whole_counts_for_nothing(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    (folder,) = (tmp_path / "lists" / "made-up").iterdir()
    (half := folder.with_name(".half-1")).mkdir()
    (half / "list.json").write_bytes((folder / "list.json").read_bytes())
    assert len(snapshots(tmp_path, "made-up")) == 1


def test_half_files_of_a_kill_are_swept(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-18", "Ada"), at=AT, data=tmp_path)
    (folder,) = (tmp_path / "lists" / "made-up").iterdir()
    lists = tmp_path / "lists"
    halves = [folder / f"{CHECKED}.7.a.half", folder.parent / "x.half", lists / ".tried.7.a.half"]
    for path in halves:
        path.write_bytes(b"x")
        os.utime(path, (time.time() - 3600,) * 2)
    sweep(tmp_path, older=timedelta(days=1))
    assert all(path.exists() for path in halves)
    for path in halves:
        os.utime(path, (time.time() - 200_000,) * 2)
    sweep(tmp_path, older=timedelta(days=1))
    assert not any(path.exists() for path in halves)
    assert standing(tmp_path, at=AT.date())[0].state == "ok"


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
    os.utime(half, (time.time() - 3600,) * 2)
    sweep(tmp_path, older=timedelta(days=1))
    assert half.exists()
    os.utime(half, (time.time() - 200_000,) * 2)
    sweep(tmp_path, older=timedelta(days=1))
    assert not half.exists()


def test_how_lists_stand_is_told_of_each_none_left_out(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-10", "Ada"), at=AT, data=tmp_path)
    keep(SOURCE, file("2026-11-10", "Ada"), at=AT, data=tmp_path, word="other")
    keep(SOURCE, file("2026-11-10", "Ada"), at=AT, data=tmp_path, word="third")
    (tmp_path / "lists" / "third").rglob("list.json").__next__().write_text("{", "utf-8")
    at, limits = date(2026, 11, 20), {"made-up": 10, "other": 9, "un-sc": 3}
    found = standing(tmp_path, ["un-sc", "made-up", "other", "third", "made-up"], at=at, limits=limits)
    assert [(one.word, one.state, one.age_days) for one in found] == [
        ("un-sc", "missing", None),
        ("made-up", "ok", 10),
        ("other", "old", 10),
        ("third", "damaged", None),
    ]
    assert [one.problem and one.problem.code for one in found] == ["list.missing", None, "list.old", "list.damaged"]
    for one in found:
        for lang in ("ru", "en"):
            assert one.problem is None or one.problem.text(lang)
    assert [one.word for one in standing(tmp_path, at=at)] == ["made-up", "other", "third"]
    assert standing(tmp_path, [], at=at) == standing(tmp_path / "none", at=at) == []
    (tmp_path / "lists" / "made-up").rglob(ENTRIES).__next__().unlink()
    assert standing(tmp_path, ["made-up"], at=at)[0].state == "damaged"


def test_the_limit_is_the_lists_own_where_the_settings_give_none(tmp_path: Path) -> None:
    keep(replace(SOURCE, word="un-sc"), file("2026-11-10", "Ada"), at=AT, data=tmp_path)
    keep(replace(SOURCE, word="csv"), file("2026-11-10", "Ada"), at=AT, data=tmp_path, word="own-a")
    keep(replace(SOURCE, word="ftm"), file("2026-11-10", "Ada"), at=AT, data=tmp_path, word="own-b")
    at = date(2026, 11, 18)
    assert [(one.word, one.state, one.limit_days) for one in standing(tmp_path, at=at)] == [
        ("own-a", "ok", 365),
        ("own-b", "old", 7),
        ("un-sc", "old", 7),
    ]


def test_what_counts_is_when_a_list_was_last_known_to_be_right(tmp_path: Path) -> None:
    taken, _ = keep(SOURCE, file("2026-11-10", "Ada"), at=AT, data=tmp_path)
    assert taken.current == date(2026, 11, 10)  # that it was brought here on the 20th says nothing
    again, _ = keep(SOURCE, file("2026-11-10", "Ada"), at=AT + timedelta(days=5), data=tmp_path)
    assert again.current == date(2026, 11, 10)
    fetched, _ = keep(SOURCE, file("2026-11-10", "Ada"), at=AT + timedelta(days=5), data=tmp_path, fetched=[{"etag": "1"}])
    assert (fetched.current, fetched.day, fetched.digest) == (date(2026, 11, 25), date(2026, 11, 10), taken.digest)
    undated, _ = keep(SOURCE, file("", "Ada"), at=AT, data=tmp_path, word="undated")
    brought, _ = keep(SOURCE, file("", "Ada"), at=AT + timedelta(days=5), data=tmp_path, word="undated")
    assert (undated.current, brought.current) == (AT.date(), date(2026, 11, 25))


def test_a_confirmation_that_cannot_be_read_is_no_confirmation(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-10", "Ada"), at=AT, data=tmp_path, fetched=[{}])
    (path,) = tmp_path.rglob(CHECKED)
    for text in ("", "{}", '{"format": "enduse/list-checked-9", "checked": "2026-11-10"}', '{"format": "enduse/list-checked-1", "checked": 7}'):
        path.write_text(text, "utf-8")
        assert standing(tmp_path, at=AT.date())[0].state == "damaged"


def test_a_list_of_a_day_to_come_would_never_age(tmp_path: Path) -> None:
    for day, good in (("2026-11-22", True), ("2026-11-23", False), ("2062-11-20", False)):
        if good:
            keep(SOURCE, file(day, "Ada"), at=AT, data=tmp_path)
        else:
            with pytest.raises(BadInput) as refused:
                keep(SOURCE, file(day, "Ada"), at=AT, data=tmp_path)
            assert refused.value.problems[0].code == "list.future"
    assert len(snapshots(tmp_path, "made-up")) == 1


def test_a_list_that_lost_half_of_its_names_is_half_a_list(tmp_path: Path) -> None:
    aliases = tuple(Name(f"Alias {number}", "alias") for number in range(3))
    rich = replace(SOURCE, read=lambda _: Read((Entity("1", "Person", (Name("Ada"), *aliases)),), (), None, 1))
    keep(rich, file("", "Ada"), at=AT, data=tmp_path)
    with pytest.raises(BadInput) as refused:
        keep(SOURCE, file("", "Ada Eve"), at=AT, data=tmp_path)
    assert refused.value.problems[0].code == "list.shrunk"


def test_a_list_that_lost_half_of_its_entries_is_half_a_list_also_where_names_became_more(tmp_path: Path) -> None:
    keep(SOURCE, file("", "a", "b", "c"), at=AT, data=tmp_path)
    rich = replace(SOURCE, read=lambda _: Read((Entity("1", "Person", tuple(Name(f"Alias {number}") for number in range(9))),), (), None, 1))
    with pytest.raises(BadInput) as refused:
        keep(rich, file("", "d"), at=AT, data=tmp_path)
    assert refused.value.problems[0].code == "list.shrunk"


def test_the_files_of_a_snapshot_are_given_back_as_they_came(tmp_path: Path) -> None:
    snapshot, _ = keep(SOURCE, file("2026-11-10", "Ada"), at=AT, data=tmp_path)
    assert files_of(tmp_path, snapshot) == file("2026-11-10", "Ada")
    (path,) = tmp_path.rglob("files/0")
    path.write_bytes(b"other")
    with pytest.raises(BadInput, match="damaged"):
        files_of(tmp_path, snapshot)
    path.unlink()
    with pytest.raises(BadInput, match="damaged"):
        files_of(tmp_path, snapshot)


@pytest.mark.parametrize("word", ["own-partners", "a", "x9", "own-2026-list", "a" * 40])
def test_an_own_list_has_a_word_of_its_own(word: str) -> None:
    assert own_word(word) == word


@pytest.mark.parametrize("word", ["", "un-sc", "csv", "Own", "own_list", "-own", "own-", "own--list", "9", "../own", "a/b", "a" * 41, "мой", "own\n"])
def test_a_word_that_is_taken_or_no_folder_is_refused(word: str) -> None:
    with pytest.raises(BadInput) as refused:
        own_word(word)
    assert refused.value.problems[0].code == ("list.word.taken" if word in ("un-sc", "csv") else "list.word")


def test_a_snapshot_of_before_words_and_names_were_kept_is_read(tmp_path: Path) -> None:
    snapshot, _ = keep(SOURCE, file("2026-11-10", "Ada"), at=AT, data=tmp_path)
    (path,) = tmp_path.rglob("list.json")
    data = {key: value for key, value in json.loads(path.read_text("utf-8")).items() if key not in ("kind", "names")}
    path.write_text(json.dumps(data), "utf-8")
    assert latest(tmp_path, "made-up") == replace(snapshot, names=0)


def test_entries_that_were_altered_are_damaged_and_taking_the_files_in_again_mends_them(tmp_path: Path) -> None:
    keep(SOURCE, file("2026-11-18", "Ada", "Bea"), at=AT, data=tmp_path)
    (path,) = (tmp_path / "lists" / "made-up").rglob(ENTRIES)
    whole = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(whole.replace(b"Bea", b"Zoe"), mtime=0))
    now = latest(tmp_path, "made-up")
    assert now is not None
    with pytest.raises(BadInput) as refused:
        list(entities(tmp_path, now))
    assert [problem.code for problem in refused.value.problems] == ["list.damaged"]
    assert not reads(tmp_path, now)
    keep(SOURCE, file("2026-11-18", "Ada", "Bea"), at=AT, data=tmp_path)
    assert gzip.decompress(path.read_bytes()) == whole
    assert reads(tmp_path, now)
