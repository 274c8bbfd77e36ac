"""A deal out as its file, and what a register's export says of each entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from enduse.casework.deals.models import Deal
from enduse.casework.deals.queries import Held, visible
from enduse.casework.people.actor import Actor
from enduse.casework.register.models import Entry
from enduse.formats.deal_parts import Content, items


def exported(held: Held) -> Content:
    """A deal's file as it stands: what it says, and the deliveries made under its releases."""
    made = _made(held.deal)
    return {**held.content, "deliveries": [*items(held.content, "deliveries"), *made]} if made else held.content


def as_it_says(deal: Deal, content: Content) -> Content:
    """A deal's file as it was exported, without the deliveries that were made here: those are rows of their own and no part of what it says.

    What the deal states already stays stated, however alike. Of the rest each delivery made here takes one out that is the same,
    wherever it stands: the file may be of before the last delivery, and may bring deliveries of its own.
    """
    says = deal.versions.order_by("-number").values_list("content", flat=True).first() or {}
    known, made = items(says, "deliveries"), _made(deal)
    stated, left = content.get("deliveries"), []
    for row in stated if isinstance(stated, list) else ():
        if row in known:
            known.remove(row)
        elif row in made:
            made.remove(row)
            continue
        left.append(row)
    if not stated or left == stated:
        return content
    return {key: left if key == "deliveries" else value for key, value in content.items() if key != "deliveries" or left}


def _made(deal: Deal) -> list[Content]:
    return [
        {"date": row.day.isoformat(), "version": row.version, "units": format(row.units.normalize(), "f"), "to": row.recipient}
        for row in deal.made_deliveries.order_by("pk")
    ]


def all_visible(actor: Actor) -> Iterator[Held]:
    """Every deal that the actor may see, by reference, one at a time."""
    for deal in visible(actor).order_by("reference").iterator(chunk_size=200):
        yield Held(deal)


def entries(actor: Actor, deal: Deal | None = None) -> Iterator[dict[str, Any]]:
    """The register's entries in their order, whole: number, event, when, by whom, what it corrects or is corrected by, content, what it lacks."""
    rows = _entries(actor) if deal is None else _entries(actor).filter(deal=deal)
    return map(_told, rows.order_by("number").iterator(chunk_size=500))


def entries_page(actor: Actor, *, before: int | None = None) -> Iterator[dict[str, Any]]:
    """The entries newest first, those before a number; `when` is the moment, `deal` the deal's key."""
    rows = _entries(actor) if before is None else _entries(actor).filter(number__lt=before)
    return ({**_told(entry), "when": entry.at, "deal": entry.deal_id} for entry in rows.order_by("-number").iterator(chunk_size=100))


def _entries(actor: Actor) -> QuerySet[Entry]:
    actor.demand("register.see")
    return Entry.objects.filter(deal__in=visible(actor)).select_related("by", "corrects").prefetch_related("corrections")


def _told(entry: Entry) -> dict[str, Any]:
    later = [correction.number for correction in entry.corrections.all()]
    return {
        "number": entry.number,
        "event": entry.event,
        "at": timezone.localtime(entry.at).isoformat(timespec="seconds"),
        "by": entry.by.name if entry.by else "",
        "corrects": entry.corrects.number if entry.corrects else None,
        "corrected_by": later[0] if later else None,
        "reason": entry.reason,
        "lacks": entry.lacks,
        "complete": not entry.lacks,
        **entry.content,
    }
