"""Drafts: deals that somebody is writing and has not filed. Each is its writer's own; others do not see that it exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enduse.casework import clock
from enduse.casework.desk.models import Draft
from enduse.domain.refusals import NotAllowed, Refusal, refuse

MOST = 50


def drafts(account: int) -> Sequence[Draft]:
    """A writer's drafts, the one worked on last first."""
    return list(Draft.objects.filter(account=account).order_by("-updated_at", "-pk"))


def draft(account: int, pk: int) -> Draft:
    """A draft of the writer's own. Raises NotAllowed, the same for one that is not theirs as for none."""
    found = Draft.objects.filter(account=account, pk=pk).first()
    if found is None:
        raise NotAllowed(Refusal("draft.absent"))
    return found


def begin(account: int, content: Mapping[str, Any], title: str = "") -> Draft:
    """A new draft. Raises Refused beyond MOST of them: who has so many is told to file or drop some."""
    if Draft.objects.filter(account=account).count() >= MOST:
        raise refuse("draft.too_many", most=MOST)
    now = clock.now()
    return Draft.objects.create(account_id=account, title=title[:200], content=dict(content), started_at=now, updated_at=now)


def keep(account: int, pk: int, content: Mapping[str, Any], title: str = "") -> Draft:
    """Write a draft anew. Raises NotAllowed as `draft`."""
    held = draft(account, pk)
    held.title, held.content, held.updated_at = title[:200], dict(content), clock.now()
    held.save(update_fields=("title", "content", "updated_at"))
    return held


def drop(account: int, pk: int) -> None:
    """Drop a draft of the writer's own, filed or not wanted any more."""
    Draft.objects.filter(account=account, pk=pk).delete()
