"""Filing a deal, taking one in from a file, and giving one up."""

from __future__ import annotations

import copy
from typing import Any

from enduse.casework.deals.deciding import edition
from enduse.casework.deals.exchange import as_it_says
from enduse.casework.deals.keeping import Kept, about, amend, keep, open_case, settle
from enduse.casework.deals.models import Closing, Comment, Deal
from enduse.casework.deals.powers import demand_determination, demand_parts
from enduse.casework.deals.queries import Held
from enduse.casework.deals.registering import enter_deal
from enduse.casework.door import action
from enduse.casework.people.actor import Actor
from enduse.domain.deal import given, visible
from enduse.domain.refusals import refuse
from enduse.formats.deal_file import read_deal
from enduse.formats.deal_parts import Content
from enduse.formats.plain import Document

MOST_REFERENCE = 200  # as long as its column


def file_deal(content: Content, *, by: Actor, kind: str = "deal.filed", note: str = "", comment: str = "") -> Kept:
    """A new deal, with what is known of it so far, and a comment on it where there is something to say.

    Raises NotAllowed, BadInput, or Refused where the reference is taken.
    """
    by.demand("deal.import" if kind == "deal.imported" else "deal.file")
    held = read_deal(Document(content), edition())
    if len(held.reference) > MOST_REFERENCE:
        raise refuse("deal.reference_long", length=len(held.reference), most=MOST_REFERENCE)
    if visible(held.reference) != held.reference:  # or two deals would look like one
        raise refuse("deal.reference_unseen", reference=visible(held.reference))
    with action(kind, by=by, about="deal:new") as act:
        if Deal.objects.filter(reference=held.reference).exists():
            raise refuse("deal.exists", reference=held.reference)
        deal = Deal.objects.create(reference=held.reference, initiator_id=by.person, handler_id=by.person, created_at=act.at, updated_at=act.at)
        act.about = about(deal)
        if comment.strip():
            act.says(text=comment)
            Comment.objects.create(deal=deal, text=comment, by_id=by.person, at=act.at)
        return keep(deal, copy.deepcopy(content), act, before=None, says={"reference": held.reference, "note": note})


def import_deal(content: Content, *, by: Actor, source: str = "", comment: str = "") -> Kept:
    """A deal from a deal file or a register's row, whose remarks come with it as a comment.

    The checks that the file states count as made by whoever takes it in, on the day they do, where
    they may make them; what it answers of other stages waits for somebody with their power.
    """
    return file_deal(content, by=by, kind="deal.imported", note=source, comment=comment)


def replace_deal(deal: int, content: Content, *, by: Actor, seen: int, source: str = "") -> Kept:
    """A deal's content anew from its file: nothing adverse that stands may be missing in it, and each part takes the power of its stage.

    Deliveries that were made here and exported with it are rows of their own: they do not come in a second time.
    """
    there = Deal.objects.filter(pk=deal).first()
    says = content if there is None else as_it_says(there, content)

    def change(held: Content) -> None:
        held.clear()
        held.update(copy.deepcopy(says))

    def demand(before: Held, after: Content) -> None:
        demand_parts(by, before.content, after)
        demand_determination(by, before, after)

    return amend(deal, kind="deal.replaced", verb="deal.import", by=by, seen=seen, change=change, demand=demand, note=source)


def abandon(deal: int, *, by: Actor, seen: int, reason: str) -> Closing:
    """Give a deal up before it is released. It stays on record."""
    return _close(deal, "withdrawn", "deal.abandoned", "deal.abandon", by=by, seen=seen, reason=reason)


def refuse_deal(deal: int, *, by: Actor, seen: int, reason: str) -> Closing:
    """Refuse a deal (4.1, 4.4, 5.1): it does not go, and the register says so."""
    return _close(deal, "refused", "deal.refused", "deal.refuse", by=by, seen=seen, reason=reason)


def _close(deal: int, how: str, kind: str, verb: str, *, by: Actor, seen: int, reason: str) -> Closing:
    by.demand(verb)
    if given(reason) is None:
        raise refuse("deal.reason")
    with action(kind, by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        if held.state not in (None, "withdrawn"):  # also one that no longer stands: what went under it went
            raise refuse("deal.released_already", reference=held.deal.reference)
        closing = Closing.objects.create(deal=held.deal, kind=how, reason=reason, by_id=by.person, at=act.at)
        said: dict[str, Any] = {"reason": reason, "register": enter_deal(Held(held.deal), how, act, reason=reason).number}
        act.says(**said)
        settle(Held(Deal.objects.get(pk=deal)), act)
        return closing
