"""Identification against the control lists: a comparison row for each entry considered, the conclusion, and the expert who signs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework import clock
from enduse.casework.deals.actions import stages
from enduse.casework.deals.queries import Held
from enduse.domain.facts import SUITABILITIES
from enduse.formats.deal_parts import IDENTIFICATION, part, unproved
from enduse.web.access import actor_in, page
from enduse.web.forms import Seen, words
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.fields import Choice, Line, Paragraph, Pick, levels, named, or_none, question
from enduse.web.stages.sheets import Row, Sheet, Table

ANSWERS = ("no", "yes", "unknown")


class ComparisonRow(Row):
    """One entry that was considered: what the solution has beside what the entry asks for."""

    words_of = "form.comparison"
    list = Line(required=True)
    entry = Line(required=True)
    characteristic = Line(required=True)
    parameter = Line(required=True)
    verdict = Pick(or_none(named("verdict", "not_met", "met", "not_enough_data"), "desk.choose"), required=True)


class EntryRow(Row):
    """An entry that the solution falls under."""

    words_of = "form.entry"
    list = Line(required=True)
    entry = Line(required=True)


def _suitable(use: str) -> Choice:
    return Choice(levels(f"suitable_{use}", *ANSWERS), "unknown", label=question(f"suitable_{use}"))


class IdentifySheet(Sheet):
    """The comparison, what the solution is suitable for, the result and its conclusion."""

    words_of = "form.identification"
    paths: ClassVar = {
        "civil_only": ("solution", "civil_only"),
        **{use: ("solution", "suitable_for", use) for use in SUITABILITIES},
        **{name: ("solution", "identification", name) for name in ("result", "conclusion", "deeper_check")},
    }
    tables: ClassVar = {
        "comparison": Table(ComparisonRow, ("solution", "identification", "comparison")),
        "entries": Table(EntryRow, ("solution", "identification", "entries")),
    }
    civil_only = Choice(named("civil", "yes", "no", "unknown"), "unknown", label=question("military_design"))
    nuclear = _suitable("nuclear")
    missile = _suitable("missile")
    chemical_biological = _suitable("chemical_biological")
    military_intelligence = _suitable("military_intelligence")
    result = Choice(named("identification_result", "not_done", "not_listed", "listed"), "not_done", label=question("listed"))
    conclusion = Paragraph()
    deeper_check = Choice(levels("deeper_check", "no", "yes"), "no")

    def __init__(self, data: QueryDict | None, *, signs: bool, **kwargs: Any) -> None:
        self.signs = signs
        super().__init__(data, **kwargs)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("result") in ("listed", "not_listed") and not self.signs:
            self.add_error("result", words("form.identification.unsigned"))
        return found


class SignForm(Seen):
    """An expert's signature under what is stated already."""

    words_of = "form.sign_identification"
    note = Paragraph(required=True)


@page("deals.see", do="deal.identify")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page."""
    actor = actor_in(request)

    def make(data: QueryDict | None, held: Held) -> Form:
        return IdentifySheet(data, name="identify", held=held, signs=actor.may("deal.sign_identification"))

    def act(form: IdentifySheet, held: Held) -> object:
        solution = part(form.applied(held.content), "solution")
        found = part(solution, "identification")
        return stages.identify(
            pk,
            by=actor,
            seen=form.cleaned_data["seen"],
            civil_only=solution.get("civil_only"),
            suitable_for=part(solution, "suitable_for"),
            result=found.get("result") or "not_done",
            entries=found.get("entries") or [],
            comparison=found.get("comparison") or [],
            conclusion=found.get("conclusion") or "",
            deeper_check=found.get("deeper_check") or "no",
        )

    def make_sign(data: QueryDict | None, held: Held) -> Form:
        return SignForm(data, prefix="sign", initial={"seen": held.version.number})

    def sign(form: Form, held: Held) -> object:
        return stages.sign_identification(pk, by=actor, seen=form.cleaned_data["seen"], note=form.cleaned_data["note"])

    def offers(held: Held) -> dict[str, Offer]:
        found = {"identify": Offer("deal.identify", make, act, only_changed=True)}
        if held.unsigned and unproved(held.content) is None:
            found["sign"] = Offer("deal.sign_identification", make_sign, sign)
        return found

    return attend(request, pk, stage, offers, _context)


def _context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
    found = part(held.content, "solution", "identification")
    row = None if held.unsigned else held.checking.last(IDENTIFICATION)
    signed = row and {"by": row.by.name if row.by else "EndUse", "on": clock.local_day(row.at).isoformat()}
    return {"found": found, "form": forms.get("identify"), "sign": forms.get("sign"), "signed": signed, "unsigned": held.unsigned}
