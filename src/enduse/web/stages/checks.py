"""The checks that a person states as made, on the pages of their stages: done, no longer covering what the deal says, or not done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms import Form
from django.http import HttpRequest, QueryDict

from enduse.casework.deals.actions import stages
from enduse.casework.deals.deciding import edition
from enduse.casework.deals.queries import Held
from enduse.casework.deals.reading import Made, checks_made
from enduse.formats.deal_parts import items
from enduse.web.access import actor_in
from enduse.web.forms import Seen
from enduse.web.panel import wording
from enduse.web.stages.answering import Offer
from enduse.web.stages.fields import Paragraph, capital
from enduse.web.templatetags.words import lang

# the checks of 3.2, 4.3 and 5.1 by the page on which they are stated; an organisation's own stand with the knowledge of risk
STAGES = {"notice": "permits", "risk_assessment": "indicators", "screening": "screening"}


class CheckForm(Seen):
    """That a check was made, and what was looked at."""

    words_of = "form.check"
    note = Paragraph(required=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """A check as the page tells it."""

    word: str
    name: str
    question: str
    clauses: str
    state: str  # done | stale | not_done
    made: Made | None
    form: Form | None


def words_on(stage: str) -> list[str]:
    """The words of the checks on a stage's page."""
    return [word for word in edition().checks if STAGES.get(word, "evidence") == stage]


def check_offers(request: HttpRequest, held: Held, stage: str) -> dict[str, Offer]:
    """The forms by which the checks of a stage are stated, or made again where they no longer count."""
    stated = held.content.get("checks") or []
    offers = {}
    for word in words_on(stage):
        if word in stated and word not in held.stale_checks:
            continue
        if word == "screening" and (word not in stated or items(held.content, "screening") or held.screening.demanded):
            continue  # it follows from the results, party by party
        offers[f"check-{word}"] = _offer(request, word, again=word in stated)
    return offers


def _offer(request: HttpRequest, word: str, *, again: bool) -> Offer:
    act = stages.renew_check if again else stages.check

    def make(data: QueryDict | None, held: Held) -> Form:
        return CheckForm(data, prefix=f"check-{word}", initial={"seen": held.version.number})

    def done(form: Form, held: Held) -> object:
        found = form.cleaned_data
        return act(held.deal.pk, by=actor_in(request), seen=found["seen"], word=word, note=found["note"])

    return Offer("deal.screen" if word == "screening" else "deal.check", make, done, then=f"#check-{word}")


def checks_shown(held: Held, stage: str, forms: Mapping[str, Form]) -> list[Shown]:
    """The checks of a stage with where each stands."""
    worded, facts, made, stated = wording(lang()), edition().facts, checks_made(held), held.content.get("checks") or []
    found = []
    for word in words_on(stage):
        fact = facts[edition().checks[word]]
        state = "not_done" if word not in stated else "stale" if word in held.stale_checks else "done"
        last = made.get(word) if word in stated else None
        name, clauses = capital(fact.name.of(lang())), ", ".join(fact.clauses)
        found.append(Shown(word, name, worded.question(fact.fact), clauses, state, last, forms.get(f"check-{word}")))
    return found
