"""What may be done on a deal's page: each deed has an address, a verb and a form of its own; the page that holds it tells what went wrong.

A page (`CasePage`) is a template, what it reads, and its deeds. Only those are offered that the reader may do and that fit the
deal as it stands; whoever sends one all the same is refused by the action itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from enduse.casework.deals.keeping import STAGES
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.web.access import View, actor_in, page
from enduse.web.cases import case, put_through, show
from enduse.web.forms import words
from enduse.web.once import Once
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say

TEXT = forms.Textarea(attrs={"rows": 3})


class DeedForm(Once):
    """The form of a deed: it knows the deal, says what its reader saw, and is done once however often it is sent."""

    sees: ClassVar[tuple[str, ...]] = ()  # of `seen` (the version), `signed` (the fingerprint)

    def __init__(self, held: Held, name: str, data: Any = None, files: Any = None) -> None:
        self.held, self.words_of = held, f"deed.{name}"  # type: ignore[misc]
        super().__init__(data, files, auto_id=f"{name}_%s")
        for seen in self.sees:
            self.fields[seen] = (
                forms.CharField(max_length=80, widget=forms.HiddenInput) if seen == "signed" else forms.IntegerField(widget=forms.HiddenInput)
            )
            self.fields[seen].initial = held.decided.signed if seen == "signed" else held.version.number
        for field_name, shown in self.fields.items():
            if f"{self.words_of}.{field_name}" not in TABLE:
                shown.label = words(f"deed.{field_name}") if f"deed.{field_name}" in TABLE else field_name
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the deal: choices, first values."""


class Reasoned(DeedForm):
    """A deed that takes nothing but its reason."""

    reason = forms.CharField(max_length=4000, widget=TEXT)


class SeenReasoned(Reasoned):
    """A deed that takes its reason, done to the version that its reader saw."""

    sees = ("seen",)


class Signing(DeedForm):
    """A signature under what the reader saw, with a note."""

    sees = ("signed", "seen")
    note = forms.CharField(max_length=4000, required=False, widget=TEXT)


def going(held: Held, _actor: Actor) -> bool:
    """Whether the deal goes on: it was neither refused nor withdrawn."""
    return not held.closed


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do on a page."""

    name: str  # of its address, and of its words: deed.{name}
    verb: str
    form: type[DeedForm]
    act: Callable[[Actor, Held, dict[str, Any]], object]
    fits: Callable[[Held, Actor], bool] = going
    tone: str = "quiet"  # quiet | main | danger


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed as its page shows it."""

    name: str
    href: str
    form: DeedForm
    tone: str
    title: str
    hint: str
    button: str


@dataclass(frozen=True)
class CasePage:
    """A page of a deal with its deeds."""

    stage: str
    template: str
    work: Callable[[HttpRequest, Held], dict[str, Any]]
    deeds: tuple[Deed, ...] = ()
    view: View = field(init=False)

    def __post_init__(self) -> None:
        @page("deals.see")
        def view(request: HttpRequest, pk: int, stage: str = "") -> HttpResponse:
            return self.show(request, case(request, pk))

        object.__setattr__(self, "view", view)

    def show(self, request: HttpRequest, held: Held, bound: Mapping[str, DeedForm] | None = None, status: int = 200) -> HttpResponse:
        """The page, with the forms that were sent and not done."""
        actor = actor_in(request)
        offers = {
            deed.name: _offer(deed, self.stage, held, (bound or {}).get(deed.name))
            for deed in self.deeds
            if actor.may(deed.verb) and deed.fits(held, actor)
        }
        for name, form in (bound or {}).items():  # what was sent is answered, also where it does not fit any more
            offers.setdefault(name, _offer(next(deed for deed in self.deeds if deed.name == name), self.stage, held, form))
        return show(request, held, self.stage, self.template, status=status, do=offers, **self.work(request, held))

    def home(self, pk: int) -> str:
        """The page's address."""
        return reverse("deal-stage", kwargs={"pk": pk, "stage": self.stage}) if self.stage in STAGES else reverse(f"deal-{self.stage}", args=[pk])

    def urls(self) -> list[URLPattern]:
        """The addresses of the deeds, and of the page where it is no stage."""
        own = [] if self.stage in STAGES else [path(f"deals/<int:pk>/{self.stage}/", self.view, name=f"deal-{self.stage}")]
        return [*own, *(path(f"deals/<int:pk>/{self.stage}/{deed.name}/", self._doing(deed), name=f"deal-{deed.name}") for deed in self.deeds)]

    def _doing(self, deed: Deed) -> View:
        @page("deals.see", do=deed.verb)
        def doing(request: HttpRequest, pk: int) -> HttpResponse:
            held, actor = case(request, pk), actor_in(request)
            if request.method != "POST":
                return redirect(f"{self.home(pk)}#deed-{deed.name}")
            form = deed.form(held, deed.name, request.POST, request.FILES)
            if status := put_through(form, held, lambda given: deed.act(actor, held, given)):
                return self.show(request, case(request, pk), {deed.name: form}, status)
            if form.again:  # what it did then may not stand any more
                messages.info(request, say("case.again", lang()))
            else:
                messages.success(request, say(f"deed.{deed.name}.done", lang()))
            return redirect(self.home(pk))

        return doing


def _offer(deed: Deed, stage: str, held: Held, bound: DeedForm | None) -> Offer:
    code = f"deed.{deed.name}"
    return Offer(
        name=deed.name,
        href=reverse(f"deal-{deed.name}", args=[held.deal.pk]),
        form=bound or deed.form(held, deed.name),
        tone=deed.tone,
        title=say(code, lang()),
        hint=say(f"{code}.hint", lang()) if f"{code}.hint" in TABLE else "",
        button=say(f"{code}.do", lang()) if f"{code}.do" in TABLE else say(code, lang()),
    )
