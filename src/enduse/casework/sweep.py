"""The sweep: what time has changed is found and written down, a deal an action. Several at once do no harm; a deal that fails stops no other.

Nothing rests on it: whether a release stands is asked anew whenever something is to go. It writes down what has come about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError, connection

from enduse.casework import clock
from enduse.casework.deals.actions.releasing import review
from enduse.casework.deals.models import Deal

ENDED = ("refused", "withdrawn")  # time changes nothing there
TURN = 200  # how many deals a sweep looks at in turn, beside those that are due


@dataclass(frozen=True, slots=True)
class Stuck:
    """A deal that could not be looked at, and why."""

    deal: int
    reference: str
    error: Exception


@dataclass(slots=True)
class Swept:
    """What a sweep did: how many deals it looked at, how many of them changed, and which are stuck."""

    looked: int = 0
    changed: int = 0
    stuck: list[Stuck] = field(default_factory=list)


@dataclass(slots=True)
class Sweep:
    """One sweep after another: what is due, and in turn every deal that is not closed, so that a forgotten day or a changed setting is found too."""

    turn: int = TURN
    _after: int = 0

    def go(self, stopping: Callable[[], bool] = lambda: False) -> Swept:
        """One round; it ends early, between two deals, once it is to stop. Raises only what the database raises when it is away."""
        done = Swept()
        for deal, reference in self._found():
            if stopping():
                break
            done.looked += 1
            try:
                done.changed += review(deal)
            except Exception as error:
                if _away(error):
                    raise
                done.stuck.append(Stuck(deal, reference, error))
        return done

    def _found(self) -> list[tuple[int, str]]:
        deals = Deal.objects.exclude(status__in=ENDED).values_list("pk", "reference")
        due = deals.filter(due__lte=clock.today()).order_by("due", "pk")
        in_turn = list(deals.filter(pk__gt=self._after).order_by("pk")[: self.turn])
        self._after = in_turn[-1][0] if len(in_turn) == self.turn else 0
        return list(dict([*due, *in_turn]).items())


def _away(error: Exception) -> bool:
    """Whether it is the database that is away, so that no deal can be looked at."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    connection.close()  # one that broke is not asked again
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return True
    return False
