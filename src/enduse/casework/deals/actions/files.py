"""Files, comments and handing over."""

from __future__ import annotations

from enduse.casework.deals.keeping import about, open_case, settle
from enduse.casework.deals.models import Attachment, Comment, Deal, HandOver
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.door import action
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Person
from enduse.domain.deal import given
from enduse.domain.refusals import refuse


def attach(deal: int, *, by: Actor, seen: int | None, stage: str, name: str, digest: str, size: int, media_type: str, note: str = "") -> Attachment:
    """Add a file that the store already keeps. It is part of what an approval signs, so approvals of before go stale."""
    by.demand("deal.attach")
    with action("deal.attached", by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        made = Attachment.objects.create(
            deal=held.deal,
            stage=stage,
            name=name,
            digest=digest,
            size=size,
            media_type=media_type,
            note=note,
            by_id=by.person,
            hands=sorted(by.hands),
            at=act.at,
        )
        act.says(name=name, digest=digest, size=size, stage=stage)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return made


def comment(deal: int, *, by: Actor, text: str) -> Comment:
    """Say something on a deal. It changes nothing that is decided or signed."""
    by.demand("deal.comment")
    if given(text) is None:
        raise refuse("deal.reason")
    with action("deal.commented", by=by, about=about(deal)) as act:
        found = deal_for(by, deal)
        act.says(text=text)
        return Comment.objects.create(deal=found, text=text, by_id=by.person, at=act.at)


def hand_over(deal: int, *, by: Actor, to: int, stage: str = "", note: str = "") -> HandOver:
    """Give a deal, or one stage of it, to somebody: they may see it from then on. Without a stage they have it from now."""
    by.demand("deal.hand_over")
    with action("deal.handed_over", by=by, about=about(deal)) as act:
        found = deal_for(by, deal)
        person = Person.objects.filter(pk=to, left_at__isnull=True).first()
        if person is None:
            raise refuse("people.nobody", key=to)
        if not stage:
            found.handler = person
            found.updated_at = act.at
            found.save(update_fields=["handler", "updated_at"])
        act.says(to=person.pk, stage=stage, note=note)
        return HandOver.objects.create(deal=found, person=person, stage=stage, note=note, by_id=by.person, at=act.at)
