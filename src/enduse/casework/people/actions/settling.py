"""What an administrator settles for the organisation."""

from __future__ import annotations

from enduse.casework.door import action
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Setting
from enduse.casework.people.settings import CHOICES, value
from enduse.domain.deal import given
from enduse.domain.refusals import refuse

MOST_DAYS = 366


def settle(name: str, chosen: str, *, by: Actor, reason: str) -> Setting:
    """Settle one thing from now on, with the reason. Raises Refused for a name or a value that does not exist."""
    by.demand("settings.edit")
    chosen = chosen.strip()
    if name not in CHOICES:
        raise refuse("settings.name", setting=name, known=", ".join(CHOICES))
    allowed = CHOICES[name][1]
    if allowed is None and not (chosen.isascii() and chosen.isdigit() and 1 <= int(chosen) <= MOST_DAYS):
        raise refuse("settings.days", setting=name, value=chosen, most=MOST_DAYS)
    if allowed and chosen not in allowed:
        raise refuse("settings.value", setting=name, value=chosen, known=", ".join(allowed))
    if given(reason) is None:
        raise refuse("deal.reason")
    with action("settings.settled", by=by, about=f"setting:{name}") as act:
        act.says(was=value(name), now=chosen, reason=reason)
        return Setting.objects.create(name=name, value=chosen, reason=reason, at=act.at)
