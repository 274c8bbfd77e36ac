"""One's own page: who one is, roles, signing in, and who stands in for whom."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from enduse.casework import clock
from enduse.casework.people.actions.persons import end_substitution, substitute
from enduse.casework.people.actor import Actor
from enduse.casework.people.roster import colleagues, person_row, stood_in_for, substitution_for, substitutions
from enduse.web.access import ANYONE, actor_in, page
from enduse.web.forms import Form
from enduse.web.templatetags.words import lang
from enduse.words import say

INVALID = 422


class SubstituteForm(Form):
    """Who stands in, from when until when, and why."""

    words_of: ClassVar[str] = "substitute"
    substitute = forms.TypedChoiceField(coerce=int)
    since = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(max_length=1000)

    def __init__(self, *args: Any, absent: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="substitute_%s", **kwargs)
        self.fields["substitute"].choices = [("", say("shell.choose", lang())), *colleagues(but=absent)]  # type: ignore[attr-defined]
        self.fields["since"].initial = self.fields["since"].initial or clock.today()


@page(ANYONE)
def me(request: HttpRequest) -> HttpResponse:
    """One's own page."""
    return _shown(request, SubstituteForm(absent=_person(actor_in(request))))


@page(ANYONE, do=ANYONE)
def name_substitute(request: HttpRequest) -> HttpResponse:
    """Somebody stands in for me."""
    person = _person(actor_in(request))
    if request.method != "POST":
        return redirect("me")
    form = SubstituteForm(request.POST, absent=person)
    if form.is_valid() and named(form, actor_in(request), person):
        messages.success(request, say("people.done.substitute", lang()))
        return redirect("me")
    return _shown(request, form, status=INVALID)


@page(ANYONE, do=ANYONE)
def end_substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """A substitution of one's own ends early, or any where an administrator ends it; back to the absent person's page."""
    actor = actor_in(request)
    found = substitution_for(actor, pk)
    own = found.absent_id == actor.person
    if request.method == "POST":
        end_substitution(pk, by=actor)
        messages.success(request, say("people.done.substitute_ended", lang()))
    return redirect("me") if own or not actor.may("people.see") else redirect("person", found.absent_id)


def named(form: SubstituteForm, by: Actor, absent: int) -> bool:
    """Whether the substitute was named; else the form says why not."""
    held = form.cleaned_data
    since: date = held["since"]
    with form.telling():
        substitute(by=by, absent=absent, substitute=held["substitute"], since=since, until=held["until"], reason=held["reason"])
    return form.is_valid()


def _person(actor: Actor) -> int:
    if actor.person is None:
        raise AssertionError("whoever signed in is a person")
    return actor.person


def _shown(request: HttpRequest, form: SubstituteForm, status: int = 200) -> HttpResponse:
    actor = actor_in(request)
    person = person_row(_person(actor))
    by_others, for_others = substitutions(person.pk)
    account = next((account for account in person.accounts if account.pk == actor.account), None)
    held = {
        "person": person,
        "account": account,
        "stood_in_for": stood_in_for(actor),
        "by_others": by_others,
        "for_others": for_others,
        "form": form,
    }
    return render(request, "web/me.html", held, status=status)


urls = [
    path("me/", me, name="me"),
    path("me/substitutes/", name_substitute, name="me-substitute"),
    path("substitutes/<int:pk>/end/", end_substitute, name="substitute-end"),
]
