"""Marks: which version of a deal a reader saw last, so that a list can tell what changed since."""

from __future__ import annotations

from collections.abc import Iterable

from enduse.casework import clock
from enduse.casework.desk.models import Mark


def seen(account: int, deals: Iterable[int]) -> dict[int, int]:
    """Of these deals the versions that a reader saw last; a deal that they never saw is not there."""
    return dict(Mark.objects.filter(account=account, deal__in=list(deals)).values_list("deal", "number"))


def see(account: int, deal: int, number: int) -> None:
    """A reader sees this version of a deal now."""
    Mark.objects.update_or_create(account_id=account, deal_id=deal, defaults={"number": number, "at": clock.now()})
