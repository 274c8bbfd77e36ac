"""The register of 5.3: numbered entries, written inside the action that ends a deal or releases it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enduse.casework.door import Act
from enduse.casework.register.models import Entry
from enduse.domain.rules import fingerprint


def enter(
    act: Act, *, deal: int, event: str, content: Mapping[str, Any], lacks: Sequence[str], reason: str = "", corrects: Entry | None = None
) -> Entry:
    """Write the next entry, complete or saying what it lacks. Entries are never changed: a correction is an entry of its own.

    The action's record gets the digest of what is entered, so that an entry that was altered is found.
    """
    act.says(entered=fingerprint({"event": event, "content": dict(content), "lacks": list(lacks)}))
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    return Entry.objects.create(
        number=(last or 0) + 1,
        deal_id=deal,
        event=event,
        content=dict(content),
        lacks=list(lacks),
        reason=reason,
        corrects=corrects,
        by_id=act.by.person,
        at=act.at,
    )
