"""The indicators of Appendix 1: question, guidance, whether each applies, the answer and the reason for it; several are answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField, Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework.deals.actions import stages
from enduse.casework.deals.deciding import edition
from enduse.casework.deals.queries import Held
from enduse.casework.deals.reading import content_at
from enduse.formats.deal_parts import part
from enduse.web.access import actor_in, page
from enduse.web.forms import Seen, words
from enduse.web.panel import wording
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.applicability import why_not
from enduse.web.stages.checks import check_offers, checks_shown
from enduse.web.stages.fields import Choice, Paragraph, capital, named
from enduse.web.stages.sheets import opened_on
from enduse.web.templatetags.words import lang

STATES = ("absent", "present", "explained", "excused", "unknown")
TABS = ("open", "found", "absent", "idle", "all")
TAGS = {"present": "bad", "explained": "info", "excused": "warn", "absent": "good", "unknown": ""}


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator as the page tells it."""

    number: str
    title: str
    concerns: str
    texts: dict[str, str]
    answered: str
    state: str
    tag: str
    why_not: str
    by: str
    reason: str
    fields: tuple[BoundField, BoundField] | None

    @property
    def tab(self) -> str:
        """Under which of the tabs it stands."""
        if self.why_not and self.state not in ("present", "explained"):
            return "idle"
        return {"unknown": "open", "excused": "open", "present": "open", "explained": "found"}.get(self.state, "absent")

    def under(self, tab: str) -> bool:
        """Whether a tab shows it."""
        return tab in (self.tab, "all") or (tab == "found" and self.state == "present")


class AnswersForm(Seen):
    """The answers to the indicators on the page: for each a state and a reason."""

    opened = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=2000)

    def __init__(self, data: QueryDict | None, *, held: Held, numbers: list[str]) -> None:
        stands = held.version.number
        stated = part(content_at(held, opened_on(data, "answers", held)), "indicators")
        initial: dict[str, Any] = {"seen": stands, "opened": stands, "shown": ",".join(numbers)}
        super().__init__(data, prefix="answers", initial=initial)
        if data is not None:  # the very indicators that were on the page, whatever stands under the tab by now
            numbers = [number for number in (data.get("answers-shown") or "").split(",") if number in edition().indicators]
        self.numbers = numbers
        for number in numbers:
            state, reason, _ = _stated(stated.get(number))
            self.fields[f"state-{number}"] = Choice(named("indicator_state", *STATES), "unknown", label=_label("state", number), initial=state)
            self.fields[f"reason-{number}"] = Paragraph(rows=2, label=_label("reason", number), initial=reason)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for number in self.numbers:
            state, reason = found.get(f"state-{number}"), found.get(f"reason-{number}")
            if state in ("explained", "excused") and not reason:
                self.add_error(f"reason-{number}", words("form.indicator.unreasoned"))
        if not self.errors and not self.answers():
            self.add_error(None, words("form.indicator.nothing"))
        return found

    def answers(self) -> dict[str, tuple[str, str]]:
        """The answers that were changed: number to state and reason."""
        changed = set(self.changed_data)
        return {
            number: (self.cleaned_data.get(f"state-{number}") or "unknown", self.cleaned_data.get(f"reason-{number}", ""))
            for number in self.numbers
            if {f"state-{number}", f"reason-{number}"} & changed
        }


def _label(what: str, number: str) -> Any:
    return words(f"form.indicator.{what}", number=number)


def _stated(value: object) -> tuple[str, str, str]:
    """State, reason and name of what a deal file says of an indicator."""
    if isinstance(value, dict):
        return str(value.get("state") or ""), str(value.get("reason") or ""), str(value.get("by") or "")
    return str(value or ""), "", ""


@page("deals.see", do="deal.indicate")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page, under one of its tabs."""
    actor = actor_in(request)

    def answers(data: QueryDict | None, held: Held) -> Form:
        return AnswersForm(data, held=held, numbers=[one.number for one in _shown(held, None) if one.under(_tab(request, held))])

    def indicate(form: AnswersForm, _: Held) -> object:
        return stages.indicate_all(pk, by=actor, seen=form.cleaned_data["seen"], answers=form.answers())

    def offers(held: Held) -> dict[str, Offer]:
        found = {"answers": Offer("deal.indicate", answers, indicate, then=f"?show={_tab(request, held)}")}
        return found | check_offers(request, held, "indicators")

    def context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
        tab, form = _tab(request, held), forms.get("answers")
        shown = _shown(held, form if isinstance(form, AnswersForm) else None)
        tabs = [(name, sum(one.under(name) for one in shown)) for name in TABS]
        on_page = form.numbers if isinstance(form, AnswersForm) and form.is_bound else [one.number for one in shown if one.under(tab)]
        risk = wording(lang()).level("risk", held.decided.decision.facts["risk"])
        found = {"tab": tab, "tabs": tabs, "shown": [one for one in shown if one.number in on_page], "risk": capital(risk)}
        return {**found, "checks": checks_shown(held, "indicators", forms)}

    return attend(request, pk, stage, offers, context)


def _tab(request: HttpRequest, held: Held) -> str:
    wanted = request.GET.get("show", "")
    if wanted in TABS:
        return wanted
    return "open" if any(one.under("open") for one in _shown(held, None)) else "all"


def _shown(held: Held, form: AnswersForm | None) -> list[Shown]:
    worded, decision, found = wording(lang()), held.decided.decision, []
    stated = part(held.content, "indicators")
    for number, indicator in edition().indicators.items():
        _, reason, by = _stated(stated.get(number))
        state = decision.facts[f"indicator_{number}"]
        fields = (form[f"state-{number}"], form[f"reason-{number}"]) if form is not None and number in form.numbers else None
        idle = why_not(indicator, decision, worded)
        texts = {name: getattr(indicator, name).of(lang()) for name in ("text", "condition", "question", "guidance", "evidence")}
        concerns = ", ".join(worded.phrase("roles", role) for role in indicator.concerns)
        answered = worded.phrase("answered", indicator.answered)
        tag = TAGS.get(state, "")
        found.append(Shown(number, indicator.title.of(lang()), concerns, texts, answered, state, tag, capital(idle), by, reason, fields))
    return found
