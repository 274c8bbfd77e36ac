"""Is it an export: the exact question about the power to modify, and what follows from each answer."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from enduse.casework.deals.actions import stages
from enduse.casework.deals.deciding import decided, edition
from enduse.casework.deals.queries import Held
from enduse.casework.people.settings import minor_updates
from enduse.domain.determination import TRANSFERRING_FORMS
from enduse.formats.deal_parts import part
from enduse.web.access import actor_in, page
from enduse.web.panel import wording
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.fields import Choice, Paragraph, capital, levels, question
from enduse.web.stages.sheets import Sheet, put
from enduse.web.templatetags.words import lang

READING = "power-to-modify-not-saas"
ANSWERS = ("yes", "no", "unknown")


class DetermineForm(Sheet):
    """The power to modify, and whether equipment goes along."""

    words_of = "form.determination"
    paths: ClassVar = {"recipient_can_modify": ("delivery", "recipient_can_modify"), "hardware": ("solution", "hardware")}
    own: ClassVar[tuple[str, ...]] = (*Sheet.own, "note")
    recipient_can_modify = Choice(levels("modifiable", *ANSWERS), "unknown", label=question("modifiable"), required=True)
    hardware = Choice(levels("hardware", *ANSWERS), "unknown", label=question("hardware"), required=True)
    note = Paragraph(required=True)

    def stated(self, name: str) -> str:
        """What a field says: as the deal spells it, where nobody changed it."""
        return str(self.cleaned_data[name] if name in self.changed_data else self.initial[name] or "unknown")


@dataclass(frozen=True, slots=True)
class Follows:
    """What the decision is under an answer."""

    answer: str
    code: str
    outcome: str
    note: str
    stands: bool


@page("deals.see", do="deal.determine")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page."""

    def act(form: DetermineForm, _: Held) -> object:
        said = {name: form.stated(name) for name in ("recipient_can_modify", "hardware")}
        return stages.determine(pk, by=actor_in(request), seen=form.cleaned_data["seen"], note=form.cleaned_data["note"], **said)

    def offers(_: Held) -> dict[str, Offer]:
        return {"determine": Offer("deal.determine", lambda data, held: DetermineForm(data, name="determine", held=held), act)}

    return attend(request, pk, stage, offers, _context)


def _context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
    worded = wording(lang())
    form = held.decided.deal.form
    reading = next((one for one in edition().readings if one.reading == READING), None)
    return {
        "facts": [_fact(held, fact) for fact in ("foreign", "modifiable", "hardware")],
        "delivery_form": capital(worded.phrase("forms", form)),
        "form_stated": bool(part(held.content, "delivery").get("form")),
        "form_transfers": form in TRANSFERRING_FORMS,
        "form_is_device": form == "device",
        "reading": reading.taken.of(lang()) if reading else "",
        "term": next((term.text.of(lang()) for term in edition().terms.values() if term.term == "export"), ""),
        "follows": [_follows(held, answer) for answer in ANSWERS],
    }


def _fact(held: Held, fact: str) -> tuple[str, str, list[str]]:
    """A fact's name, its level, and what that rests on."""
    worded, decision = wording(lang()), held.decided.decision
    grounds = [worded.ground(ground) for ground in decision.grounds.get(fact, ())]
    return capital(edition().facts[fact].name.of(lang())), capital(worded.level(fact, decision.facts[fact])), grounds


def _follows(held: Held, answer: str) -> Follows:
    """The decision on the deal as it stands, had the question been answered so."""
    content = copy.deepcopy(held.content)
    put(content, ("delivery", "recipient_can_modify"), answer)
    worded, found = wording(lang()), decided(content, policy=minor_updates()).decision
    stands = held.decided.deal.recipient_can_modify == answer
    name = found.outcome.name
    return Follows(capital(worded.level("modifiable", answer)), name, worded.outcome(found.outcome), worded.phrase("outcome_notes", name), stands)
