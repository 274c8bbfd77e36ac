"""What attacks share: the cast, on the cast's day."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import filing
from enduse.casework.deals.keeping import Kept
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import Refused
from tests.casework.cast import held, make_cast
from tests.casework.conftest import NOW


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    """It is the morning of the cast's day."""
    with clock.at(NOW):
        yield


@pytest.fixture
def cast(db: None) -> dict[str, Actor]:
    """Everybody."""
    return make_cast()


def codes(do: Callable[..., object], *args: Any, **named: Any) -> tuple[str, ...]:
    """Why something was refused; empty where it was done."""
    try:
        do(*args, **named)
    except Refused as refused:
        return tuple(refusal.code for refusal in refused.refusals)
    return ()


def update(deal: Held, by: Actor, **changes: Any) -> Kept:
    """The deal's file taken in again with keys changed."""
    content = copy.deepcopy(held(deal.deal.pk).content) | changes
    return filing.replace_deal(deal.deal.pk, content, by=by, seen=held(deal.deal.pk).version.number)
