"""What the state machines over the real actions have in common: the run and its clock, what everybody has seen, and how an action is tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, rule

from enduse.casework import clock
from enduse.casework.deals.actions import releasing
from enduse.casework.deals.queries import Held
from enduse.casework.ledger.models import Record
from enduse.domain.refusals import Refused
from enduse.formats.problems import BadInput
from tests.casework.cast import ROLES, actor, held, make_cast

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
OFFICERS = ("anna", "oleg", "dina")
EVERYBODY = tuple(sorted(ROLES))
MOSTLY = ("",) * 6


def make_people() -> None:
    """The cast, with roles given before the time of the machines: whatever the real day is."""
    with clock.at(START - timedelta(days=1)):
        make_cast()


class Trying(RuleBasedStateMachine):
    """A run of one deal after another, in which everything that is tried is done whole or refused without a trace."""

    deal: int
    done: ClassVar[Counter[str]]  # what was done, not only tried: a run that never released has shown nothing

    def __init__(self) -> None:
        super().__init__()
        self.run = transaction.atomic()  # undone at the end, so that every run begins alike
        self.run.__enter__()
        self.time, self.now = ExitStack(), START
        self.filed = self.records = 0
        self.seen: Held | None = None
        self.tried: Held | None = None
        self.clock()

    def teardown(self) -> None:
        """Undo the run."""
        self.time.close()
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def clock(self, **passed: float) -> None:
        """Let time pass, also backwards."""
        self.now += timedelta(**passed)
        self.time.close()
        self.time.enter_context(clock.at(self.now))
        self.seen = None

    @property
    def stands(self) -> Held:
        """What everybody has just seen: read once until something is done or time passes."""
        if self.seen is None:
            self.seen = held(self.deal)
        return self.seen

    @property
    def content(self) -> dict[str, Any]:
        """What the deal says."""
        return self.stands.content

    def attempt(self, do: Callable[[], Any]) -> Any:
        """Try an action: one record if it is done, none if it is refused. What it gives, or None."""
        about = Record.objects.filter(about=f"deal:{self.deal}")
        try:
            found = do()
        except (Refused, BadInput):
            assert about.count() == self.records
            return None
        kinds = list(about.order_by("index").values_list("kind", flat=True))[self.records :]
        assert len(kinds) == 1, kinds
        self.was_done(kinds[0])
        self.records += 1
        self.done[kinds[0]] += 1
        self.clock(seconds=1)
        return found

    def was_done(self, kind: str) -> None:
        """A place for what may not be done at all."""

    def change(self, do: Callable[..., Any], by: str, **how: Any) -> Any:
        """Try to change what is signed."""
        if found := self.attempt(partial(do, self.deal, by=actor(by), seen=self.stands.version.number, **how)):
            self.was_changed(by)
        return found

    def was_changed(self, by: str) -> None:
        """A place for what a model keeps of a change."""
        raise NotImplementedError

    @rule()
    def sweep(self) -> None:
        """The worker looks at it."""
        self.records += releasing.review(self.deal)
        self.seen = None
        assert Record.objects.filter(about=f"deal:{self.deal}").count() == self.records

    def release_in_vain(self) -> None:
        """A release goes: it is tried, and undone. Not a second time of what was seen then."""
        self.tried = self.stands
        with suppress(_Undone), transaction.atomic():
            releasing.release(self.deal, by=actor("oleg"))
            raise _Undone


class _Undone(Exception):
    """What was tried is not kept."""
