"""A deal's page: who may open it, the shell that every stage stands in, and what a form on it does.

A stage's view reads `held = case(request, pk)` and ends with `show(request, held, stage, template, …)`. A POST goes through
`put_through`, which keeps what was typed and says what changed where somebody else was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from enduse.casework.deals.history import changed_since, events
from enduse.casework.deals.keeping import status_of
from enduse.casework.deals.queries import Held
from enduse.casework.deals.queue import held_for
from enduse.casework.people.actor import Actor
from enduse.casework.people.roles import POWERS
from enduse.domain.refusals import NotAllowed, Refusal, Refused, Stale
from enduse.formats.deal_parts import Content, items, part, party_key
from enduse.formats.problems import BadInput
from enduse.reference import country_name
from enduse.web.access import actor_in, page
from enduse.web.events import told
from enduse.web.once import Once, Used, new_mark
from enduse.web.panel import panel, wording
from enduse.web.reading import key_name
from enduse.web.steps import steps
from enduse.web.templatetags.words import lang
from enduse.words import say

RECENT = 4  # records of the ledger beneath the work
INVALID, CONFLICT = 422, 409


def case(request: HttpRequest, pk: int) -> Held:
    """The deal of the address, where the reader may see it; 404 else."""
    return held_for(actor_in(request), pk)


@page("deals.see")
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    """The stage that waits."""
    return redirect("deal-stage", pk=pk, stage=case(request, pk).deal.stage)


@page("deals.see")
def bare(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """A stage without a page of its own yet: the shell alone."""
    return show(request, case(request, pk), stage, "web/case.html")


def shell(held: Held, actor: Actor, stage: str) -> dict[str, Any]:
    """What every page of a deal shows around its work: head, steps, decision panel, and what the reader may do."""
    status = status_of(held)
    return {
        "deal": held.deal,
        "held": held,
        "content": held.content,
        "seen": held.version.number,
        "stage": stage,
        "status": status,
        "closed": held.closed,
        "parties": parties(held.content),
        "delivery": _delivery(held.content),
        "solution": part(held.content, "solution"),
        "panel": panel(held, lang()),
        "steps": steps(held, status),
        "holds": held.holds,
        "standing": held.standing,
        "standing_why": told_once(held.standing.objections) if held.standing else [],
        "objections": told_once(held.objections),
        "moved_on": held.moved_on,
        "recent": [told(event) for event in events(held.deal.pk, size=RECENT)[0]],
        "may": {verb.replace(".", "_") for verb in POWERS if actor.may(verb)},
    }


def told_once(refusals: Iterable[Refusal]) -> list[str]:
    """Refusals in words; what stands against the deal's own day is not told again of today."""
    found = list(refusals)
    outcomes = {refusal.values["outcome"] for refusal in found if refusal.code == "release.outcome"}
    return [refusal.text(lang()) for refusal in found if refusal.code != "release.outcome_today" or refusal.values["outcome"] not in outcomes]


def show(request: HttpRequest, held: Held, stage: str, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of a deal."""
    return render(request, template, {**shell(held, actor_in(request), stage), **context}, status=status)


def put_through(form: forms.Form, held: Held, act: Callable[[dict[str, Any]], object]) -> int:
    """Do what a form asks. 0 where it is done; else the status of the page that tells why not, the form keeping what was typed.

    Where somebody was faster, the form says what they changed and is made ready to be sent again knowing it. A form that was sent
    and done before is not done again: `again` of it says so.
    """
    if not form.is_valid():
        return 0 if isinstance(form, Once) and form.was_done(held.deal.pk) else INVALID
    try:
        with transaction.atomic():  # what a form sent twice is known by stands or falls with what it did
            if not isinstance(form, Once) or form.is_first(held.deal.pk):
                act(form.cleaned_data)
        return 0
    except NotAllowed:
        raise
    except Used:
        now, seen = Held(held.deal), form.cleaned_data.get("seen")
        moved = isinstance(seen, int) and seen != now.version.number
        _tell(form, [say("case.used", lang()), *(differences(now, seen) if moved else [])], now if moved else None)
        return CONFLICT
    except Stale as stale:
        now = Held(held.deal)
        _tell(form, [refusal.text(lang()) for refusal in stale.refusals] + differences(now, form.cleaned_data.get("seen")), now)
        return CONFLICT
    except Refused as refused:
        _tell(form, [refusal.text(lang()) for refusal in refused.refusals])
    except BadInput as bad:
        _tell(form, [problem.text(lang()) for problem in bad.problems])
    return INVALID


def differences(held: Held, seen: object) -> list[str]:
    """What was changed after the version `seen`, by whom, in words."""
    changes = changed_since(held, seen) if isinstance(seen, int) else []
    if not changes:
        return [say("case.changed_beside", lang())]
    return [
        say("case.changed_since", lang(), by=change.by or "EndUse", keys=", ".join(key_name(key, lang()) for key in change.keys) or "—")
        for change in changes
    ]


def _tell(form: forms.Form, said: list[str], held: Held | None = None) -> None:
    """Add errors to a form, and make it ready to be sent again: its mark is new, and where `held` is given its reader sees that."""
    for text in said:
        form.add_error(None, text)
    data = cast(QueryDict, form.data).copy()
    values = {"once": new_mark()}
    if held is not None:
        values |= {"seen": str(held.version.number), "signed": held.decided.signed}
    for name, value in values.items():
        if name in form.fields:
            data[form.add_prefix(name)] = value
    form.data = data


def parties(content: Content) -> list[dict[str, str]]:
    """The parties as the head names them: role, name, countries in words."""
    found = []
    for party in items(content, "parties"):
        role, name, countries = party_key(party)
        worded = ", ".join(country_name(one, lang()) for one in countries.split("/") if one)
        found.append({"role": role, "role_name": wording(lang()).phrase("roles", role) if role else "", "name": name, "country": worded})
    return found


def _delivery(content: Content) -> str:
    form = part(content, "delivery").get("form")
    return wording(lang()).phrase("forms", str(form)) if form else ""
