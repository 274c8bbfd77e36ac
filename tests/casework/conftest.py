"""What the tests of casework share: the cast, and a day that does not depend on when they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from enduse.casework import clock
from enduse.casework.people.actor import Actor
from tests.casework.cast import make_cast

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    """It is the morning of the cast's day."""
    with clock.at(NOW):
        yield


@pytest.fixture
def cast(db: None) -> dict[str, Actor]:
    """Everybody."""
    return make_cast()


@pytest.fixture
def chosen(settings: Settings) -> Callable[..., None]:
    """Choose lists, as `ENDUSE_LISTS` does."""

    def choose(*words: str) -> None:
        settings.CONFIG = replace(settings.CONFIG, lists=replace(settings.CONFIG.lists, chosen=words))

    return choose
