"""What became known of a snapshot since it was taken in: when it was given out again, and the day that somebody told by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from enduse.formats.problems import BadInput
from enduse.stores import lists
from enduse.stores.checked import CHECKED, Checked, checked_in, confirm, tell
from enduse.stores.lists import ENTRIES, Snapshot, keep, latest, reads, snapshots, standing
from tests.stores.made_up import AT, SOURCE, file

DAY = date(2026, 11, 10)


def bring(data: Path, *names: str, day: date | None = None, dated: str = "", later: int = 0, fetched: bool = False, word: str = "") -> Snapshot:
    """Take a list in by hand, with a day told of it or none; or as fetched."""
    files, at = file(dated, *names or ("Ada",)), AT + timedelta(days=later)
    return keep(SOURCE, files, at=at, data=data, word=word, by_hand=day, fetched=[{"etag": "1"}] if fetched else None)[0]


def code(refused: pytest.ExceptionInfo[BadInput]) -> str:
    (problem,) = refused.value.problems
    assert problem.text("ru") != problem.text("en")
    return problem.code


def test_nothing_is_known_where_nothing_is_kept(tmp_path: Path) -> None:
    assert checked_in(tmp_path) == Checked()
    confirm(tmp_path, AT, [{"etag": "1"}])
    assert checked_in(tmp_path) == Checked(AT, ({"etag": "1"},))
    for text in ("", "{}", '{"format": "enduse/list-checked-1", "checked": "2026-11-10", "files": [], "day_by_hand": "soon"}'):
        (tmp_path / CHECKED).write_text(text, "utf-8")
        with pytest.raises((ValueError, KeyError, TypeError)):
            checked_in(tmp_path)


def test_what_is_told_by_hand_undoes_what_a_hand_confirmed_and_not_what_a_publisher_did(tmp_path: Path) -> None:
    confirm(tmp_path, AT, ())
    tell(tmp_path, DAY)
    assert checked_in(tmp_path) == Checked(None, (), DAY)
    confirm(tmp_path, AT, [{"etag": "1"}])
    assert checked_in(tmp_path) == Checked(AT, ({"etag": "1"},), DAY)  # the day stays
    tell(tmp_path, DAY + timedelta(days=1))
    assert checked_in(tmp_path) == Checked(AT, ({"etag": "1"},), DAY + timedelta(days=1))


def test_an_undated_list_is_as_old_as_somebody_says_it_is(tmp_path: Path) -> None:
    told, undated = bring(tmp_path, day=DAY), bring(tmp_path, word="undated")
    assert (told.published, told.by_hand, told.day, told.current) == (None, DAY, DAY, DAY)
    assert (undated.published, undated.by_hand, undated.day, undated.current) == (None, None, AT.date(), AT.date())
    found = standing(tmp_path, ["made-up", "undated"], at=AT.date(), limits={"made-up": 9, "undated": 9})
    assert [(one.state, one.age_days) for one in found] == [("old", 10), ("ok", 0)]
    assert latest(tmp_path, "made-up") == told
    (path,) = (tmp_path / "lists" / "made-up").rglob("list.json")
    assert json.loads(path.read_text("utf-8"))["published"] is None  # the publisher said nothing


def test_a_day_that_the_file_tells_is_the_publishers(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        bring(tmp_path, dated="2026-11-11", day=DAY)
    assert code(refused) == "list.published.other"
    for lang in ("ru", "en"):
        assert "2026-11-11" in refused.value.problems[0].text(lang) and "2026-11-10" in refused.value.problems[0].text(lang)
    assert snapshots(tmp_path, "made-up") == []
    same = bring(tmp_path, dated="2026-11-10", day=DAY)
    assert (same.published, same.by_hand) == (DAY, None)


def test_a_day_may_be_told_afterwards_and_put_right(tmp_path: Path) -> None:
    bring(tmp_path)
    bring(tmp_path, later=2)  # brought again: it counted as of then
    for day in (DAY, DAY - timedelta(days=3), DAY + timedelta(days=1)):
        told = bring(tmp_path, day=day, later=3)
        assert (told.current, told.taken) == (day, AT)
        assert latest(tmp_path, "made-up") == told
    assert len(snapshots(tmp_path, "made-up")) == 1


def test_a_list_whose_day_was_told_does_not_grow_younger_by_being_brought_again(tmp_path: Path) -> None:
    bring(tmp_path, day=DAY)
    assert bring(tmp_path, later=5).current == DAY
    fetched = bring(tmp_path, later=6, fetched=True)  # the publisher gives it out: that it is still the list is known
    assert (fetched.current, fetched.by_hand) == ((AT + timedelta(days=6)).date(), DAY)
    told = bring(tmp_path, later=7, day=DAY - timedelta(days=1))
    assert (told.current, told.by_hand) == ((AT + timedelta(days=6)).date(), DAY - timedelta(days=1))


def test_of_lists_brought_by_hand_the_one_of_the_later_day_counts(tmp_path: Path) -> None:
    newer = bring(tmp_path, "Ada", day=DAY)
    older = bring(tmp_path, "Ada", "Eve", day=DAY - timedelta(days=30), later=1)
    assert snapshots(tmp_path, "made-up") == [older, newer]
    dated = bring(tmp_path, "Ada", "Bo", dated="2026-11-11")
    assert latest(tmp_path, "made-up") == dated


def test_a_publisher_that_gives_out_an_older_list_than_the_one_told_of_is_refused(tmp_path: Path) -> None:
    bring(tmp_path, day=DAY)
    with pytest.raises(BadInput) as refused:
        bring(tmp_path, "Ada", "Eve", dated="2026-11-09", fetched=True)
    assert code(refused) == "list.older"
    bring(tmp_path, "Ada", "Eve", dated="2026-11-10", fetched=True)
    bring(tmp_path, "Ada", "Bo", later=1, fetched=True)
    with pytest.raises(BadInput) as refused:
        bring(tmp_path, later=2, fetched=True)
    assert code(refused) == "list.older.again"


def test_no_day_to_come_is_told(tmp_path: Path) -> None:
    bring(tmp_path, word="held")
    for word in ("held", "new"):
        with pytest.raises(BadInput) as refused:
            bring(tmp_path, day=(AT + timedelta(days=1)).date(), word=word)
        assert code(refused) == "list.published.future"
    held = latest(tmp_path, "held")
    assert held is not None and held.by_hand is None


def test_a_refused_list_changes_nothing_that_was_told(tmp_path: Path) -> None:
    good = bring(tmp_path, "a", "b", "c", "d", day=DAY)
    with pytest.raises(BadInput):
        bring(tmp_path, "a", day=DAY + timedelta(days=1))
    assert snapshots(tmp_path, "made-up") == [good]


@pytest.mark.parametrize("damage", [ENTRIES, "list.json", CHECKED])
def test_what_was_told_is_kept_where_a_snapshot_is_mended(tmp_path: Path, damage: str) -> None:
    bring(tmp_path, day=DAY)
    (folder,) = (tmp_path / "lists" / "made-up").iterdir()
    (folder / damage).write_bytes(b"{")
    mended = bring(tmp_path, later=1, day=DAY if damage == CHECKED else None)
    assert (mended.by_hand, mended.current, reads(tmp_path, mended)) == (DAY, DAY, True)
    (folder / ENTRIES).write_bytes(b"{")
    again = bring(tmp_path, later=2, day=DAY - timedelta(days=1))
    assert (again.by_hand, reads(tmp_path, again)) == (DAY - timedelta(days=1), True)
    assert [one.name for one in (tmp_path / "lists" / "made-up").iterdir()] == [folder.name]


def test_that_the_publisher_gave_it_out_is_still_known_where_a_snapshot_is_mended_and_its_day_told(tmp_path: Path) -> None:
    bring(tmp_path, fetched=True)
    (path,) = tmp_path.rglob(ENTRIES)
    path.write_bytes(b"{")
    mended = bring(tmp_path, later=1, day=DAY)
    assert (mended.by_hand, mended.checked, mended.current) == (DAY, AT, AT.date())


def test_the_day_comes_with_the_snapshot_and_not_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_beside(folder: Path, day: date, *, before: Checked | None = None) -> None:
        assert folder.name.startswith(lists.HALF), "a kill just before would leave a list that is of today"
        tell(folder, day, before=before)

    monkeypatch.setattr(lists, "tell", only_beside)
    assert bring(tmp_path, day=DAY).current == DAY
    (path,) = tmp_path.rglob(ENTRIES)
    path.write_bytes(b"{")
    assert bring(tmp_path, day=DAY + timedelta(days=1)).current == DAY + timedelta(days=1)


def test_a_damaged_snapshot_of_which_the_day_is_told_is_mended_beside_others(tmp_path: Path) -> None:
    bring(tmp_path, day=DAY)
    (path,) = tmp_path.rglob("list.json")
    bring(tmp_path, "Ada", "Eve", day=DAY + timedelta(days=1))
    path.write_text("{", "utf-8")
    with pytest.raises(BadInput, match="damaged"):
        bring(tmp_path, later=1)
    assert bring(tmp_path, later=1, day=DAY).current == DAY
    assert latest(tmp_path, "made-up") == snapshots(tmp_path, "made-up")[1]
