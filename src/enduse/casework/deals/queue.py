"""Reading for the pages of deals: the queue, a deal with the people it names, and who may be handed one.

The queue never counts and never skips: a page begins after the last row of the one before (its moment and number). Several
statuses are asked one by one, each along its own index, and put together; so a page takes the same few queries at any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from enduse.casework.deals.models import Deal, HandOver
from enduse.casework.deals.queries import Held, visible
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Person
from enduse.casework.people.roles import WORK
from enduse.domain.deal import visible as shown
from enduse.domain.refusals import NotAllowed, Refusal

PAGE = 50
MOST_WORDS = 8
ANY, MINE = "", "me"
OPEN = "going"
# what `status` may say beside a status of its own: several at once
GROUPS: dict[str, tuple[str, ...]] = {
    OPEN: ("open", "submitted", "rejected", "approved", "suspended", "stopped"),
    "ended": ("withdrawn", "refused"),
}
STATUSES = ("open", "submitted", "rejected", "approved", "released", "suspended", "stopped", "withdrawn", "refused")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants to see of the queue; everything empty is everything visible."""

    status: str = ANY  # a status or a group
    outcome: str = ANY
    stage: str = ANY
    who: str = ANY  # `me`, or the number of the person who has it
    q: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the queue, newest first, and after which row the older ones begin; empty where there are none."""

    rows: Sequence[Deal]
    older: str


def held_for(actor: Actor, pk: int) -> Held:
    """Everything that stands of a deal, read with the people it names. Raises NotAllowed, the same for one that is not theirs as for none."""
    found = visible(actor).select_related("initiator", "handler", "closing").filter(pk=pk).first()
    if found is None:
        raise NotAllowed(Refusal("deal.absent", {"deal": str(pk)}))
    return Held(found)


def queue(actor: Actor, wanted: Filter, *, after: str = "", size: int = PAGE) -> Page:
    """The rows that `wanted` asks for, newest first, beginning after the row `after`."""
    held = _from(_filtered(visible(actor), actor, wanted), after)
    keys: list[tuple[datetime, int]] = []
    for rows in _by_status(held, wanted.status):
        keys += rows.order_by("-updated_at", "-pk").values_list("updated_at", "pk")[: size + 1]
    keys = sorted(keys, reverse=True)
    found = Deal.objects.select_related("handler").defer("search").in_bulk([pk for _, pk in keys[:size]])
    older = f"{keys[size - 1][0].isoformat()}_{keys[size - 1][1]}" if len(keys) > size else ""
    return Page([found[pk] for _, pk in keys[:size] if pk in found], older)


def _by_status(held: QuerySet[Deal], status: str) -> list[QuerySet[Deal]]:
    if status in GROUPS:
        return [held.filter(status=one) for one in GROUPS[status]]
    return [held.filter(status=status) if status in STATUSES else held]


def _filtered(held: QuerySet[Deal], actor: Actor, wanted: Filter) -> QuerySet[Deal]:
    if wanted.outcome:
        held = held.filter(outcome=wanted.outcome)
    if wanted.stage:
        held = held.filter(stage=wanted.stage)
    if wanted.who == MINE:
        hands = actor.hands
        given = HandOver.objects.filter(person__in=hands).values("deal")
        held = held.filter(Q(initiator__in=hands) | Q(handler__in=hands) | Q(pk__in=given))
    elif wanted.who:
        held = held.filter(handler=int(wanted.who)) if wanted.who.isdecimal() and len(wanted.who) < 19 else held.none()
    for number, word in enumerate(sorted(shown(wanted.q).casefold().split(), key=len, reverse=True)[:MOST_WORDS]):
        held = held.alias(**{f"place_{number}": StrIndex("search", Value(word))}).filter(**{f"place_{number}__gt": 0})  # half the time of LIKE
    return held


def _from(held: QuerySet[Deal], after: str) -> QuerySet[Deal]:
    """What comes after a row. A mark that is none is none: the queue begins at its beginning."""
    stamp, _, pk = after.partition("_")
    try:
        given, number = datetime.fromisoformat(stamp), int(pk)
        at = given.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter: a moment of before the first year or after the last
        return held
    if given.tzinfo is None or not 0 < number < 1 << 63:
        return held
    return held.filter(updated_at__lte=at).exclude(updated_at=at, pk__gte=number)


def workers() -> list[Person]:
    """The persons who may be handed a deal: those with a role that works on deals, by name."""
    held = Person.objects.filter(left_at__isnull=True, grants__role__in=WORK, grants__until__isnull=True)
    return list(held.distinct().order_by("name", "pk"))
