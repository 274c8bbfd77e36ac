"""Reading for the stages' pages: what a deal said at an earlier version, who made its checks, and the next free reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Length

from enduse.casework.deals.models import Deal
from enduse.casework.deals.queries import Held
from enduse.formats.deal_parts import Content

MOST_REFERENCES = 200  # looked at for the highest number: what else begins like ours may stand among them


def content_at(held: Held, number: int) -> Content:
    """What a deal said at a version; what it says now where there is no such version."""
    found = held.version if number == held.version.number else held.deal.versions.filter(number=number).first()
    content: Content = (found or held.version).content
    return content


@dataclass(frozen=True, slots=True)
class Made:
    """The last time that a check was made: by whom, when, and what they looked at."""

    by: str
    at: datetime
    note: str


def checks_made(held: Held) -> dict[str, Made]:
    """For each check the last time that it was made."""
    rows = held.deal.made_checks.order_by("pk").select_related("by")
    return {row.check_word: Made(row.by.name if row.by else "", row.at, row.note) for row in rows}


def next_reference(year: int) -> str:
    """A reference that is free: `D-2026-018` after `D-2026-017`."""
    start = f"D-{year}-"
    taken = Deal.objects.filter(reference__startswith=start).annotate(length=Length("reference"))
    numbers = [
        int(found[1])
        for reference in taken.order_by("-length", "-reference").values_list("reference", flat=True)[:MOST_REFERENCES]
        if (found := re.fullmatch(rf"{start}([0-9]{{1,9}})", reference))
    ]
    return f"{start}{max(numbers, default=0) + 1:03d}"
