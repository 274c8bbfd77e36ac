"""The settings page: what the organisation settled, how it changed, and a form for each that asks for the reason."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from enduse.casework.people.actions.settling import MOST_DAYS, settle
from enduse.casework.people.settings import CHOICES, value
from enduse.web.access import actor_in, page
from enduse.web.forms import Form
from enduse.web.history import told_of_setting, value_words
from enduse.web.me import INVALID
from enduse.web.templatetags.words import lang
from enduse.words import say


class SettingForm(Form):
    """A new value, and why."""

    words_of: ClassVar[str] = "settings"
    reason = forms.CharField(max_length=1000)

    def __init__(self, *args: Any, setting: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, prefix=setting)
        self.fields = {"value": _field(setting), **self.fields}
        self.fields["value"].label = say("settings.value_label", lang())
        self.fields["value"].initial = value(setting)


def _field(setting: str) -> forms.Field:
    allowed = CHOICES[setting][1]
    if allowed is None:
        return forms.IntegerField(min_value=1, max_value=MOST_DAYS)
    if allowed:
        return forms.ChoiceField(choices=[(word, value_words(setting, word)) for word in allowed], widget=forms.RadioSelect)
    return forms.CharField(max_length=300)


@page("settings.see")
def settings(request: HttpRequest) -> HttpResponse:
    """Everything that is settled."""
    return _shown(request)


@page("settings.see", do="settings.edit")
def change(request: HttpRequest, setting: str) -> HttpResponse:
    """Settle one thing anew."""
    if setting not in CHOICES:
        raise Http404
    if request.method != "POST":
        return redirect("settings")
    form = SettingForm(request.POST, setting=setting)
    if form.is_valid():
        with form.telling():
            settle(setting, str(form.cleaned_data["value"]), by=actor_in(request), reason=form.cleaned_data["reason"])
        if form.is_valid():
            messages.success(request, say("settings.saved", lang()))
            return redirect("settings")
    return _shown(request, setting, form)


def _shown(request: HttpRequest, tried: str = "", form: SettingForm | None = None) -> HttpResponse:
    rows = [
        {
            "name": name,
            "title": say(f"settings.{name}", lang()),
            "why": say(f"settings.{name}.why", lang()),
            "default": CHOICES[name][0],
            "value": value_words(name, value(name)),
            "history": told_of_setting(name),
            "form": form if name == tried else SettingForm(setting=name),
            "open": name == tried,
        }
        for name in CHOICES
    ]
    held = {"rows": rows, "may_edit": actor_in(request).may("settings.edit")}
    return render(request, "web/settings.html", held, status=INVALID if tried else 200)


urls = [
    path("settings/", settings, name="settings"),
    path("settings/<slug:setting>/", change, name="setting"),
]
