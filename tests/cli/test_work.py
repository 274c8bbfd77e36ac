"""`enduse work`: the background worker from the command line."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from enduse.casework.sweep import Stuck, Sweep, Swept
from enduse.config.working import Worker
from tests.casework.cast import imported, make_cast
from tests.commands import Enduse

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, events = logging.getLogger(), logging.getLogger("enduse")
    logs = (list(root.handlers), root.level, events.level)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    logging.captureWarnings(False)
    root.handlers[:], root.level, events.level = logs
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_one_round_says_what_it_did(enduse: Enduse) -> None:
    imported(make_cast("anna")["anna"])
    ran = enduse("work", "--once")
    assert (ran.code, ran.out) == (0, "Deals looked at: 1, changed: 0\n")


def test_a_deal_that_is_stuck_is_told_by_its_reference(enduse: Enduse) -> None:
    with patch.object(Sweep, "go", return_value=Swept(1, 0, [Stuck(7, "D-7", ValueError("unreadable"))])):
        ran = enduse("work", "--once", "--lang", "ru")
    assert ran.code == 1
    assert "Сделка D-7 не просмотрена: ValueError: unreadable" in ran.err


def test_without_once_it_goes_on_until_it_is_told(enduse: Enduse) -> None:
    with patch.object(Worker, "go") as gone:
        assert enduse("work").code == 0
    assert gone.called
