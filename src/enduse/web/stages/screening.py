"""Screening: each party held against lists, by hand; who is still to be screened, and what a match is evidence of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework.deals.actions import stages
from enduse.casework.deals.checking import unscreened
from enduse.casework.deals.queries import Held
from enduse.domain.deal import visible
from enduse.domain.evidence import PURPOSES
from enduse.formats.deal_parts import Content, items, party_key
from enduse.web.access import actor_in, page
from enduse.web.forms import Seen, words
from enduse.web.panel import wording
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.checks import check_offers, checks_shown
from enduse.web.stages.fields import Choice, Lines, Paragraph, Pick, capital, named, or_none, phrases
from enduse.web.templatetags.words import lang

RESULTS = ("no_match", "dismissed", "match")
GRADES = ("alleged", "concern")  # what is confirmed is recorded as evidence, with its document


class ScreenForm(Seen):
    """What was found when a party was held against lists."""

    words_of = "form.screening"
    party = forms.CharField(widget=forms.HiddenInput, strip=False)
    outcome = Choice(named("screening_result", *RESULTS), required=True)
    lists = Lines(required=True)
    reason = Paragraph(required=True)
    purpose = Pick(or_none(named("purpose", *PURPOSES), "desk.only_match"))
    grade = Pick(or_none(phrases("grades", *GRADES), "desk.only_match"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("outcome") == "match":
            for name in ("purpose", "grade"):
                if not found.get(name):
                    self.add_error(name, words("form.screening.of_match"))
        return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A party with what was found of it so far."""

    name: str
    roles: str
    results: list[Content]
    waits: bool
    form: Form | None


@page("deals.see", do="deal.screen")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page."""

    def act(form: ScreenForm, _: Held) -> object:
        said = form.cleaned_data
        return stages.screen(
            pk,
            by=actor_in(request),
            seen=said["seen"],
            party=said["party"],
            result=said["outcome"],
            lists=said["lists"],
            reason=said["reason"],
            purpose=said["purpose"],
            grade=said["grade"],
        )

    def offer(place: int, name: str) -> Offer:
        def make(data: QueryDict | None, held: Held) -> Form:
            last = items(held.content, "screening")[-1:]
            initial = {"seen": held.version.number, "party": name, "lists": last[0].get("lists") if last else None}
            return ScreenForm(data, prefix=f"party-{place}", initial=initial)

        return Offer("deal.screen", make, act, then=f"#party-{place}")

    def offers(held: Held) -> dict[str, Offer]:
        return {f"party-{place}": offer(place, name) for place, name in enumerate(_names(held)) if name} | check_offers(request, held, "screening")

    return attend(request, pk, stage, offers, _context)


def _names(held: Held) -> list[str]:
    """The names of the parties as the screening knows them, each once; an empty one for those without a name."""
    return list(dict.fromkeys(party_key(party)[1] for party in items(held.content, "parties")))


def _context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
    waiting, worded, found = unscreened(held.content), wording(lang()), []
    for place, name in enumerate(_names(held)):
        same = [party for party in items(held.content, "parties") if party_key(party)[1] == name]
        roles = ", ".join(dict.fromkeys(worded.phrase("roles", str(party.get("role"))) for party in same))
        results = [row for row in items(held.content, "screening") if visible(str(row.get("party") or "")) == name]
        found.append(Shown(name, capital(roles), results, name in waiting, forms.get(f"party-{place}")))
    stated = "screening" in (held.content.get("checks") or []) and "screening" not in held.stale_checks  # by the file that the deal came from
    return {"screened": found, "waiting": [name for name in waiting if name], "stated": stated, "checks": checks_shown(held, "screening", forms)}
