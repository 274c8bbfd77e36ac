"""The steps of the demonstration's stories: deal files moved to the days of the story."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from enduse.casework import clock
from enduse.config.story_steps import moved_by, read


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2026-10-25", "2026-11-04"),
        ("осмотр терминала 28.10.2026, протокол № 14", "осмотр терминала 07.11.2026, протокол № 14"),
        ("tender of 2 September 2026: border patrol", "tender of 12 September 2026: border patrol"),
        ("240/1-77", "240/1-77"),
        ("D-2026-101", "D-2026-101"),
    ],
)
def test_days_move_however_they_are_spelt_and_nothing_else_does(text: str, moved: str) -> None:
    assert moved_by({"key": [text]}, timedelta(days=10)) == {"key": [moved]}


def test_a_files_own_day_becomes_today_and_its_permit_moves_along() -> None:
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=UTC)):
        content = read("07-permit-granted")
    assert content["date"] == "2027-03-01"
    shift = date(2027, 3, 1) - date(2026, 11, 9)
    assert content["permit"]["valid_until"] == (date(2027, 10, 24) + shift).isoformat()
