"""A new deal: its reference, title, counterparty and solution, typed or taken from the records; then comes the intake."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from enduse.casework import clock
from enduse.casework.deals.actions.filing import file_deal
from enduse.casework.deals.reading import next_reference
from enduse.casework.parties.queries import parties_like, party_record
from enduse.casework.solutions.queries import solution_record, solutions_held
from enduse.formats.deal_parts import Content
from enduse.formats.deal_shape import FORMAT
from enduse.web.access import actor_in, page
from enduse.web.forms import Form, filled, words
from enduse.web.stages.fields import Choice, Line, Pick, countries, named, or_none
from enduse.web.stages.intake import number_in, of_intake
from enduse.web.templatetags.words import lang
from enduse.words import say


class NewDealForm(Form):
    """What a deal begins with."""

    words_of = "form.new"
    reference = Line(required=True, max_length=200)
    title = Line(max_length=500)
    name = Line(max_length=500)
    kind = Choice(or_none(named("party_kind", "company", "person", "state"), "desk.not_known"))
    country = Pick(or_none(countries, "desk.not_known"))
    record = Pick()
    solution = Line(max_length=500)
    version = Line(max_length=200)

    def __init__(self, data: QueryDict | None, *, solutions: list[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if solutions:
            self.fields["record"].choices = or_none(lambda: solutions, "desk.other_solution")  # type: ignore[attr-defined]
        else:
            del self.fields["record"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("record") and found.get("solution"):
            self.add_error("solution", words("form.new.two_solutions"))
        return found


@page("deal.file", do="deal.file")
def new(request: HttpRequest) -> HttpResponse:
    """The page of a new deal."""
    actor, record = actor_in(request), number_in(request, "record")
    taken = party_record(actor, record) if record is not None else {}
    solutions = [(str(one.pk), f"{one.name} {one.release}".strip()) for one in solutions_held(actor)] if actor.may("solutions.see") else []
    initial = {"reference": next_reference(clock.today().year), **{key: taken.get(key) for key in ("name", "kind", "country")}}
    form = NewDealForm(request.POST if request.method == "POST" else None, solutions=solutions, initial=initial)
    if form.is_bound and form.is_valid():
        with form.telling():
            kept = file_deal(_content(request, form.cleaned_data, taken), by=actor)
            messages.success(request, say("desk.filed", lang(), reference=kept.deal.reference))
            return redirect(reverse("deal-stage", kwargs={"pk": kept.deal.pk, "stage": "intake"}))
    find = request.GET.get("find", "")
    found = {"finds": actor.may("parties.see"), "find": find, "taken": record}
    found["found"] = parties_like(actor, find) if found["finds"] else []
    return render(request, "web/stages/new.html", {"form": form, **found}, status=422 if form.is_bound else 200)


def _content(request: HttpRequest, said: dict[str, Any], taken: Content) -> Content:
    """The deal file's plain data that a new deal begins with."""
    party = {**taken, **filled({key: said[key] for key in ("name", "kind", "country")})}
    solution = filled({"name": said["solution"], "version": said["version"]})
    if said.get("record"):
        solution = {**of_intake(solution_record(actor_in(request), int(said["record"]))), **filled({"version": said["version"]})}
    found: dict[str, Any] = {"format": FORMAT, "reference": said["reference"], "title": said["title"]}
    found["parties"] = [{"role": "counterparty", **party}] if party else None
    found["solution"] = solution
    return filled(found)
