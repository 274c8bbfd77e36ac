"""Correcting the register: a new entry in place of one that was wrong; both stay."""

from __future__ import annotations

from enduse.casework.deals.keeping import about
from enduse.casework.deals.queries import deal_for
from enduse.casework.deals.registering import Particulars, enter_correction
from enduse.casework.door import action
from enduse.casework.people.actor import Actor
from enduse.casework.register.models import Entry
from enduse.domain.deal import visible
from enduse.domain.refusals import refuse

NOTHING = Particulars()


def correct(entry: int, *, by: Actor, reason: str, given: Particulars = NOTHING) -> Entry:
    """Enter what was entered, with what is given put right or added, in place of an entry that was wrong or incomplete.

    Also of a deal that has ended: the deal changes no more, and the register says what it lacked.
    """
    by.demand("register.correct")
    if not visible(reason):
        raise refuse("deal.reason")
    wrong = Entry.objects.filter(number=entry).first()
    if wrong is None:
        raise refuse("register.absent", number=entry)
    with action("register.corrected", by=by, about=about(wrong.deal_id)) as act:
        deal_for(by, wrong.deal_id)
        if wrong.corrections.exists():
            raise refuse("register.corrected", number=entry)
        made = enter_correction(wrong, given, act, reason=reason)
        act.says(register=made.number, corrects=entry, reason=reason)
        return made
