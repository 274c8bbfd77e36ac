"""FSTEC's notices: which count on a day, and the fact they make (4.3, reading 12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enduse.domain.deal import Notice, given
from enduse.domain.trace import Ground


def counts(notice: Notice, at: date) -> bool:
    """Whether a notice counts on `at`: always, whatever its date, unless withdrawn by number and date, not after `at`."""
    gone = notice.withdrawn
    return gone is None or given(gone.number) is None or gone.date is None or gone.date > at


def standing(notices: Iterable[Notice], at: date) -> tuple[str, tuple[Ground, ...]]:
    """The fact `notice` on `at`: `written` before `oral` before `no`, with the notices that make it so."""
    left = [notice for notice in notices if counts(notice, at)]
    written = [notice for notice in left if notice.written]
    level = "written" if written else "oral" if left else "no"
    return level, tuple(_ground(notice) for notice in written or left)


def _ground(notice: Notice) -> Ground:
    return Ground("notice", {"number": given(notice.number) or "—", "date": notice.date.isoformat() if notice.date else "—"})
