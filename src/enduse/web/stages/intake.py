"""Intake in small steps: parties, solution, delivery and end use, terms, talks, the day; each is saved at once, and what is left is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework.deals.actions import stages
from enduse.casework.deals.queries import Held
from enduse.casework.parties.queries import parties_like, party_record
from enduse.casework.solutions.queries import solution_record, solutions_held
from enduse.formats.deal_parts import Content, part
from enduse.web.access import actor_in, page
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.asking import STEPS, parties_shown, steps_shown
from enduse.web.stages.intake_sheets import STEP_SHEETS, StepSheet
from enduse.web.stages.party_sheets import PartySheet, RemoveForm
from enduse.web.stages.sheets import EMPTY, at


@page("deals.see", do="deal.intake")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page of one step: the one that is asked for, else the first with something left."""

    def offers(held: Held) -> dict[str, Offer]:
        step = _step(request, held)
        return _party_offers(request, pk) if step == "parties" else {"intake": _step_offer(request, pk, step)}

    def context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
        step, shown = _step(request, held), steps_shown(held)
        found = {"step": step, "parts": shown, "asks": any(one.left for one in shown), "everything": _everything(request)}
        if step == "parties":
            found |= {"rows": parties_shown(held), "open": request.GET.get("party", ""), "wrong": forms.get("remove")}
        return found | _records(request, step)

    return attend(request, pk, stage, offers, context)


def _step(request: HttpRequest, held: Held) -> str:
    wanted = request.GET.get("step", "")
    if wanted in STEPS:
        return wanted
    return next((shown.step for shown in steps_shown(held) if shown.left), STEPS[0])


def _everything(request: HttpRequest) -> bool:
    return request.GET.get("all") == "1"


def number_in(request: HttpRequest, key: str) -> int | None:
    """A number in the address; None where there is none."""
    text = request.GET.get(key, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _records(request: HttpRequest, step: str) -> dict[str, Any]:
    """The records that the step may take from, for those who may see them."""
    actor = actor_in(request)
    if step == "parties" and actor.may("parties.see"):
        find = request.GET.get("find", "")
        return {"finds": True, "find": find, "found": parties_like(actor, find)}
    if step == "solution" and actor.may("solutions.see"):
        return {"solutions": solutions_held(actor), "taken": number_in(request, "record")}
    return {}


def _step_offer(request: HttpRequest, pk: int, step: str) -> Offer:
    record = number_in(request, "record") if step == "solution" else None

    def make(data: QueryDict | None, held: Held) -> Form:
        sheet = STEP_SHEETS[step](data, held=held, everything=_everything(request) or record is not None)
        if record is not None and data is None:
            taken = {"solution": of_intake(solution_record(actor_in(request), record))}
            sheet.initial.update({name: value for name in sheet.fields if (value := at(taken, sheet.path(name))) not in EMPTY})
        return sheet

    def act(form: StepSheet, held: Held) -> object:
        content = form.applied(held.content)
        changes = {key: content.get(key) for key in stages.INTAKE if content.get(key) != held.content.get(key)}
        solution, before = part(content, "solution"), part(held.content, "solution")
        of_solution = {key: solution.get(key) for key in stages.INTAKE_SOLUTION if solution.get(key) != before.get(key)}
        return stages.intake(pk, by=actor_in(request), seen=form.cleaned_data["seen"], changes=changes, solution=of_solution)

    after = STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]
    return Offer("deal.intake", make, act, then=f"?{urlencode({'step': after})}", only_changed=True)


def of_intake(solution: Content) -> Content:
    """What of a solution's record sales may state; identification and suitability are the expert's."""
    return {key: value for key, value in solution.items() if key in stages.INTAKE_SOLUTION}


def _party_offers(request: HttpRequest, pk: int) -> dict[str, Offer]:
    """Taking a party out, and where one is open its sheet."""

    def save(form: PartySheet | RemoveForm, held: Held) -> object:
        return stages.intake(pk, by=actor_in(request), seen=form.cleaned_data["seen"], changes={"parties": form.parties(held)})

    def remove(data: QueryDict | None, held: Held) -> Form:
        return RemoveForm(data, prefix="remove", initial={"seen": held.version.number})

    def party(data: QueryDict | None, held: Held) -> Form:
        record = number_in(request, "record")
        content = None if record is None else party_record(actor_in(request), record)
        return PartySheet(data, held=held, place=number_in(request, "party"), record=content)

    found = {"remove": Offer("deal.intake", remove, save, then="?step=parties")}
    if request.GET.get("party"):
        found["party"] = Offer("deal.intake", party, save, then="?step=parties", only_changed=True)
    return found
