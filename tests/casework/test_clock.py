"""The clock: one place that asks it, and the day of the installation."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import enduse.casework
from enduse.casework import clock

MIDNIGHT = datetime(2026, 11, 1, 21, 0, tzinfo=UTC)  # in Moscow it is the second of November


def test_the_day_is_the_one_where_the_installation_is() -> None:
    with clock.at(MIDNIGHT):
        assert clock.today() == date(2026, 11, 2)
    with clock.at(MIDNIGHT - timedelta(microseconds=1)):
        assert clock.today() == date(2026, 11, 1)
    assert clock.local_day(MIDNIGHT) == date(2026, 11, 2)


def test_a_fixed_moment_ends_and_may_stand_within_another() -> None:
    outside = clock.now()
    with clock.at(MIDNIGHT):
        assert clock.now() == MIDNIGHT
        with clock.at(MIDNIGHT + timedelta(days=1)):
            assert clock.now() == MIDNIGHT + timedelta(days=1)
        assert clock.now() == MIDNIGHT
        with pytest.raises(ValueError, match="oh"), clock.at(outside):
            raise ValueError("oh")
        assert clock.now() == MIDNIGHT
    assert clock.now() == outside


def test_the_moment_is_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_a_day_is_read_as_deal_files_spell_it() -> None:
    assert clock.day(" 2026-11-02 ") == date(2026, 11, 2)
    for text in ("02.11.2026", "", "tomorrow", "2026-13-01"):
        with pytest.raises(ValueError, match=r"[Ii]nvalid isoformat|month"):
            clock.day(text)


def test_nothing_else_in_casework_asks_what_time_it_is() -> None:
    for path in Path(enduse.casework.__file__).parent.rglob("*.py"):
        if path.name != "clock.py":
            assert not re.search(r"datetime\.now|date\.today|timezone\.now|time\.time\(", path.read_text("utf-8")), path
