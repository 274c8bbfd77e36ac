"""The queue: the deals that a reader may see, what they are at and what they wait for; the filters live in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enduse.casework import clock
from enduse.casework.deals.keeping import STAGES
from enduse.casework.deals.queue import ANY, GROUPS, MINE, OPEN, STATUSES, Filter, queue, workers
from enduse.casework.people.actor import Actor
from enduse.domain.rules import Effect
from enduse.reference import country_name
from enduse.web.access import actor_in, page
from enduse.web.forms import Form
from enduse.web.templatetags.words import lang
from enduse.words import say

FILTERS = ("q", "status", "outcome", "stage", "who")
ALL = "all"  # every status, said aloud: an address without filters means the role's own view
MOST_LETTERS = 200


class FilterForm(Form):
    """What to show."""

    words_of = "queue"
    q = forms.CharField(required=False, max_length=MOST_LETTERS, widget=forms.TextInput(attrs={"type": "search"}))
    status = forms.ChoiceField(required=False)
    outcome = forms.ChoiceField(required=False)
    stage = forms.ChoiceField(required=False)
    who = forms.ChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter_%s")
        named = lang()
        choices = {
            "status": [(ALL, say("queue.status.all", named))]
            + [(group, say(f"queue.status.{group}", named)) for group in GROUPS]
            + [(status, say(f"status.{status}", named)) for status in STATUSES],
            "outcome": [(ANY, say("queue.any", named))] + [(effect.name, say(f"outcome.{effect.name}", named)) for effect in Effect],
            "stage": [(ANY, say("queue.any", named))] + [(stage, say(f"stage.{stage}", named)) for stage in STAGES],
            "who": [(ANY, say("queue.anybody", named)), (MINE, say("queue.me", named))] + [(str(person.pk), person.name) for person in workers()],
        }
        for name, held in choices.items():
            self.fields[name].choices = held  # type: ignore[attr-defined]


def own_view(actor: Actor) -> dict[str, str]:
    """What a role sees first: officers what is going on, approvers what waits for them, the others what is theirs, auditors everything."""
    if "officer" in actor.roles:
        return {"status": OPEN}
    if "approver" in actor.roles:
        return {"status": "submitted"}
    if actor.roles & {"expert", "lawyer"}:
        return {"status": OPEN, "who": MINE}
    return {"status": ALL, "who": MINE} if "initiator" in actor.roles else {"status": ALL}


@page("deals.see")
def deals(request: HttpRequest) -> HttpResponse:
    """The queue."""
    actor = actor_in(request)
    asked = {name: request.GET[name] for name in FILTERS if name in request.GET}
    form = FilterForm(asked or own_view(actor))
    valid = form.is_valid()
    held = {name: str(form.cleaned_data.get(name) or "") for name in FILTERS}
    wanted = Filter(**{**held, "status": ANY if held["status"] in (ANY, ALL) else held["status"]})
    found = queue(actor, wanted, after=request.GET.get("after", ""))
    kept = {name: value for name, value in held.items() if value} or {"status": ALL}
    return render(
        request,
        "web/queue.html",
        {
            "form": form,
            "rows": [_row(deal) for deal in found.rows],
            "older": f"?{urlencode({**kept, 'after': found.older})}" if found.older else "",
            "newest": f"?{urlencode(kept)}" if request.GET.get("after") else "",
            "views": _views(kept),
            "filtered": bool(asked),
            "own": own_view(actor),
            "may_file": actor.may("deal.file"),
            "empty": _empty(actor, bool(asked)),
        },
        status=200 if valid else 422,
    )


def _row(deal: Any) -> dict[str, Any]:
    return {
        "deal": deal,
        "country": ", ".join(country_name(one, lang()) for one in deal.country.split("/") if one),
        "overdue": deal.due is not None and deal.due <= clock.today(),
        "outcome": say(f"outcome.{deal.outcome}", lang()) if deal.outcome else "",
    }


def _views(kept: dict[str, str]) -> list[dict[str, object]]:
    """The views one click away; the one that is shown is marked."""
    views = {"going": {"status": OPEN}, "waiting": {"status": "submitted"}, "mine": {"status": OPEN, "who": MINE}, "all": {"status": ALL}}
    return [{"code": f"queue.view.{name}", "href": f"?{urlencode(held)}", "here": held == kept} for name, held in views.items()]


def _empty(actor: Actor, asked: bool) -> str:
    if asked:
        return "queue.empty.filtered"
    if actor.may("deal.file"):
        return "queue.empty.file"
    return "queue.empty.approver" if "approver" in actor.roles else "queue.empty.wait"
