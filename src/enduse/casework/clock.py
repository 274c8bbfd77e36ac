"""The time and the day of the installation: one place that asks the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """The moment, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The day where the installation is (Europe/Moscow unless the settings say otherwise)."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The day that it was here at that moment."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def end_of(day: date) -> datetime:
    """The last moment of a day as it is here."""
    return datetime.combine(day, time.max, timezone.get_default_timezone()).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within, it is `moment`: for tests and demonstrations, which must not depend on the day they run."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


def day(text: str) -> date:
    """A day as deal files spell it. Raises ValueError where it is none."""
    return date.fromisoformat(text.strip())
