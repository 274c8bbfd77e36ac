"""A stage's page with its forms: each has a name and an action of its own, and what was sent is kept until it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from enduse.casework.deals.keeping import Kept
from enduse.casework.deals.queries import Held
from enduse.domain.refusals import refuse
from enduse.web.access import actor_in
from enduse.web.cases import INVALID, case, put_through, show
from enduse.web.panel import wording
from enduse.web.stages.sheets import Sheet
from enduse.web.templatetags.words import lang
from enduse.words import say


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that a page offers to whoever may do its verb: how it is made, what it does, and where its reader goes then."""

    verb: str
    make: Callable[[QueryDict | None, Held], Form]
    act: Callable[[Any, Held], object]  # the form in order, and the deal as it was read
    then: str = ""  # of the same page: its query and anchor
    only_changed: bool = False  # a sheet on which nothing was changed is told so, and no action is asked


Offers = Mapping[str, Offer]
Context = Callable[[Held, Mapping[str, Form]], Mapping[str, Any]]


def attend(request: HttpRequest, pk: int, stage: str, offers: Callable[[Held], Offers], context: Context) -> HttpResponse:
    """Show a stage's page; where a form was sent, do what it asks, or show it again with what is wrong.

    The forms stand in the context as `forms.<name>`; one that the reader may not use, or that a closed deal no longer takes, is not there.
    """
    actor, held, status = actor_in(request), case(request, pk), 200
    sent, form = "", None
    if request.method == "POST":
        offered = offers(held)
        sent = request.POST.get("form") or next(iter(offered), "")
        if sent not in offered:
            raise refuse("desk.no_form")
        actor.demand(offered[sent].verb)
        form = offered[sent].make(request.POST, held)
        status = _done(request, held, offered[sent], form)
        if not status:
            return redirect(reverse("deal-stage", kwargs={"pk": pk, "stage": stage}) + offered[sent].then)
        held = case(request, pk)
    open_to = {} if held.closed else {name: offer for name, offer in offers(held).items() if actor.may(offer.verb)}
    found = {name: offer.make(None, held) for name, offer in open_to.items() if name != sent}
    if form is not None:
        found[sent] = form
    return show(request, held, stage, f"web/stages/{stage}.html", status=status, forms=found, **context(held, found))


def _done(request: HttpRequest, held: Held, offer: Offer, form: Form) -> int:
    """0 where what the form asks was done; else the status of the page that shows it again."""
    pressed = request.POST.get("rows")
    if pressed and isinstance(form, Sheet):
        form.shape(request.POST, pressed)
        return 200
    if offer.only_changed and isinstance(form, Sheet) and form.is_valid() and not form.says_more:
        form.add_error(None, say("deal.unchanged", lang(), reference=held.deal.reference))
        return INVALID
    kept: list[object] = []
    status = put_through(form, held, lambda _: kept.append(offer.act(form, held)))
    if not status:
        _tell(request, held, kept[0] if kept else None)
    return status


def _tell(request: HttpRequest, held: Held, kept: object) -> None:
    """Say that it is done, and what the change made of the decision."""
    messages.success(request, say("desk.saved", lang()))
    if not isinstance(kept, Kept):
        return
    before, after = held.decided.decision.outcome, kept.decided.decision.outcome
    if before != after:
        worded = wording(lang())
        messages.info(request, say("desk.outcome_changed", lang(), before=worded.outcome(before), after=worded.outcome(after)))
