"""Saved views: the filters of a table under a name, each reader's own."""

from __future__ import annotations

from collections.abc import Sequence

from enduse.casework import clock
from enduse.casework.desk.models import View
from enduse.domain.refusals import refuse

MOST = 30


def saved(account: int, table: str) -> Sequence[View]:
    """The views of a table that a reader saved, by name."""
    return list(View.objects.filter(account=account, table_word=table).order_by("name"))


def save(account: int, table: str, name: str, query: str) -> View:
    """Keep a table's filters under a name; what stood under it is replaced. Raises Refused without a name, for one too long, or beyond MOST views."""
    name = " ".join(name.split())
    if not name:
        raise refuse("view.unnamed")
    if len(name) > 80 or len(query) > 2000:
        raise refuse("view.too_long")
    held = View.objects.filter(account=account, table_word=table)
    if held.exclude(name=name).count() >= MOST:
        raise refuse("view.too_many", most=MOST)
    view, _ = View.objects.update_or_create(account_id=account, table_word=table, name=name, defaults={"query": query, "at": clock.now()})
    return view


def forget(account: int, view: int) -> None:
    """Drop a view of the reader's own; one that is not theirs stays, and nothing is said of it."""
    View.objects.filter(account=account, pk=view).delete()
