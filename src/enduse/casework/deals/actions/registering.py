"""Correcting the register: a new entry in place of one that was wrong; both stay."""

from __future__ import annotations

from enduse.casework.deals.keeping import about
from enduse.casework.deals.models import Deal
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.deals.registering import enter_deal
from enduse.casework.door import action
from enduse.casework.people.actor import Actor
from enduse.casework.register.models import Entry
from enduse.domain.refusals import refuse


def correct(entry: int, *, by: Actor, reason: str) -> Entry:
    """Enter a deal as it stands now in place of an entry that was wrong or incomplete."""
    by.demand("register.correct")
    if not reason.strip():
        raise refuse("deal.reason")
    wrong = Entry.objects.filter(number=entry).first()
    if wrong is None:
        raise refuse("register.absent", number=entry)
    with action("register.corrected", by=by, about=about(wrong.deal_id)) as act:
        deal_for(by, wrong.deal_id)
        if wrong.corrections.exists():
            raise refuse("register.corrected", number=entry)
        made = enter_deal(Held(Deal.objects.get(pk=wrong.deal_id)), wrong.event, act, reason=reason, corrects=wrong)
        act.says(register=made.number, corrects=entry, reason=reason)
        return made
