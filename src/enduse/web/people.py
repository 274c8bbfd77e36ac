"""The people: the list, a person with roles, accounts, substitutions and history, and what an administrator does to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from enduse.casework.people.actions import accounts, persons
from enduse.casework.people.roles import ROLES
from enduse.casework.people.roster import PersonRow, person_row, roster, substitutions
from enduse.domain.refusals import refuse
from enduse.web.access import actor_in, page
from enduse.web.forms import Form, choices
from enduse.web.history import told_of_person
from enduse.web.me import INVALID, SubstituteForm, named
from enduse.web.templatetags.words import lang
from enduse.words import say

NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class AddForm(Form):
    """Somebody new."""

    words_of: ClassVar[str] = "add"
    name = forms.CharField(max_length=200)
    email = forms.CharField(max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    personnel_number = forms.CharField(max_length=64, required=False)
    roles = forms.MultipleChoiceField(choices=choices("role", *ROLES), required=False, widget=forms.CheckboxSelectMultiple)
    password = forms.CharField(max_length=128, required=False, strip=False, widget=NEW_PASSWORD)


class RoleForm(Form):
    """A role to give."""

    words_of: ClassVar[str] = "person"
    role = forms.ChoiceField()

    def __init__(self, *args: Any, held: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, auto_id="role_%s", **kwargs)
        free = [role for role in ROLES if role not in held]
        self.fields["role"].choices = [("", say("shell.choose", lang())), *choices("role", *free)()]  # type: ignore[attr-defined]


class AccountForm(Form):
    """One more way to sign in."""

    words_of: ClassVar[str] = "person"
    email = forms.CharField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(max_length=128, strip=False, widget=NEW_PASSWORD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="account_%s", **kwargs)


class PasswordForm(Form):
    """A new password for an account."""

    words_of: ClassVar[str] = "person"
    account = forms.TypedChoiceField(coerce=int)
    password = forms.CharField(max_length=128, strip=False, widget=NEW_PASSWORD)

    def __init__(self, *args: Any, person: PersonRow, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="password_%s", **kwargs)
        self.fields["account"].choices = [(account.pk, account.email) for account in person.accounts]  # type: ignore[attr-defined]


class LeaveForm(Form):
    """They work here no more."""

    words_of: ClassVar[str] = "person"
    sure = forms.BooleanField()


class ReturnForm(Form):
    """They work here again."""

    words_of: ClassVar[str] = "person"
    roles = forms.MultipleChoiceField(choices=choices("role", *ROLES), required=False, widget=forms.CheckboxSelectMultiple)
    accounts = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, person: PersonRow, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="return_%s", **kwargs)
        self.fields["accounts"].choices = [(account.pk, account.email) for account in person.accounts]  # type: ignore[attr-defined]
        if not person.accounts:
            del self.fields["accounts"]


@page("people.see")
def people(request: HttpRequest) -> HttpResponse:
    """Who is here."""
    wanted = {"search": request.GET.get("q", ""), "role": request.GET.get("role", ""), "left": "left" in request.GET}
    if wanted["role"] not in ROLES:
        wanted["role"] = ""
    rows, count = roster(**wanted)  # type: ignore[arg-type]
    return render(
        request, "web/people.html", {"rows": rows, "count": count, "roles": ROLES, "may_add": actor_in(request).may("people.edit"), **wanted}
    )


@page("people.edit", do="people.edit")
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data | {"roles": tuple(form.cleaned_data["roles"])}
        with form.telling():
            made = persons.add_person(by=actor_in(request), **held)
        if form.is_valid():
            messages.success(request, say("people.done.added", lang()))
            return redirect("person", made.pk)
    return render(request, "web/person_add.html", {"form": form}, status=INVALID if form.errors else 200)


@page("people.see")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person."""
    return _shown(request, person_row(pk))


@page("people.see", do="people.edit")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    form = RoleForm(request.POST or None)
    return _done(request, pk, "role_form", form, "granted", lambda: persons.grant(pk, by=actor_in(request), role=form.cleaned_data["role"]))


@page("people.see", do="people.edit")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    form = RoleForm(request.POST or None)
    return _done(request, pk, "role_form", form, "revoked", lambda: persons.revoke(pk, by=actor_in(request), role=form.cleaned_data["role"]))


@page("people.see", do="people.edit")
def add_account(request: HttpRequest, pk: int) -> HttpResponse:
    """One more way to sign in."""
    form = AccountForm(request.POST or None)
    return _done(request, pk, "account_form", form, "account_added", lambda: persons.add_account(pk, by=actor_in(request), **form.cleaned_data))


@page("people.see", do="people.edit")
def set_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password for who forgot theirs."""
    form = PasswordForm(request.POST or None, person=person_row(pk))
    return _done(request, pk, "password_form", form, "password_set", lambda: accounts.set_password(by=actor_in(request), **form.cleaned_data))


@page("people.see", do="people.edit")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """They work here no more."""
    form = LeaveForm(request.POST or None)
    return _done(request, pk, "leave_form", form, "left", lambda: persons.leave(pk, by=actor_in(request)))


@page("people.see", do="people.edit")
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """They work here again."""
    form = ReturnForm(request.POST or None, person=person_row(pk))

    def do() -> None:
        said = form.cleaned_data
        persons.come_back(pk, by=actor_in(request), roles=tuple(said["roles"]), accounts=tuple(said.get("accounts", ())))

    return _done(request, pk, "return_form", form, "returned", do)


@page("people.see", do="people.edit")
def name_substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody stands in for this person."""
    found = person_row(pk)
    if request.method != "POST":
        return redirect("person", pk)
    form = SubstituteForm(request.POST, absent=pk)
    if form.is_valid() and named(form, actor_in(request), pk):
        messages.success(request, say("people.done.substitute", lang()))
        return redirect("person", pk)
    return _shown(request, found, substitute_form=form)


@page("people.see", do="people.edit")
def switch(request: HttpRequest, pk: int, account: int, to: str) -> HttpResponse:
    """Switch an account of this person on or off."""
    _own(pk, account)
    if request.method == "POST":
        persons.switch_account(account, by=actor_in(request), active=to == "on")
        messages.success(request, say(f"people.done.switched_{to}", lang()))
    return redirect("person", pk)


@page("people.see", do="people.edit")
def drop_step(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """Take the second step off an account of this person."""
    _own(pk, account)
    if request.method == "POST":
        accounts.drop_second_step(account, by=actor_in(request))
        messages.success(request, say("people.done.step_dropped", lang()))
    return redirect("person", pk)


def _own(pk: int, account: int) -> None:
    """An account is reached through its own person only."""
    if account not in {held.pk for held in person_row(pk).accounts}:
        raise refuse("people.absent", person=pk)


def _done(request: HttpRequest, pk: int, name: str, form: Form, done: str, do: Callable[[], object]) -> HttpResponse:
    """Do what a form of the person's page asks, or show the page with what is wrong."""
    found = person_row(pk)
    if request.method != "POST":
        return redirect("person", pk)
    if form.is_valid():
        with form.telling():
            do()
        if form.is_valid():
            messages.success(request, say(f"people.done.{done}", lang()))
            return redirect("person", pk)
    return _shown(request, found, **{name: form})


def _shown(request: HttpRequest, found: PersonRow, **tried: Form) -> HttpResponse:
    by_others, for_others = substitutions(found.pk)
    held = {
        "person": found,
        "may_edit": actor_in(request).may("people.edit") and found.left_at is None,
        "self": found.pk in actor_in(request).hands,
        "by_others": by_others,
        "for_others": for_others,
        "history": told_of_person(found, [row.pk for row in by_others]),
        "role_form": RoleForm(held=found.roles),
        "account_form": AccountForm(),
        "password_form": PasswordForm(person=found),
        "substitute_form": SubstituteForm(absent=found.pk),
        "leave_form": LeaveForm(),
        "may_return": actor_in(request).may("people.edit") and found.left_at is not None,
        "return_form": ReturnForm(person=found),
    }
    return render(request, "web/person.html", held | tried, status=INVALID if tried else 200)


urls = [
    path("people/", people, name="people"),
    path("people/add/", add, name="person-add"),
    path("people/<int:pk>/", person, name="person"),
    path("people/<int:pk>/roles/give/", grant, name="person-grant"),
    path("people/<int:pk>/roles/take/", revoke, name="person-revoke"),
    path("people/<int:pk>/accounts/add/", add_account, name="person-account"),
    path("people/<int:pk>/password/", set_password, name="person-password"),
    path("people/<int:pk>/left/", leave, name="person-leave"),
    path("people/<int:pk>/returned/", come_back, name="person-return"),
    path("people/<int:pk>/substitutes/", name_substitute, name="person-substitute"),
    path("people/<int:pk>/accounts/<int:account>/on/", switch, {"to": "on"}, name="account-on"),
    path("people/<int:pk>/accounts/<int:account>/off/", switch, {"to": "off"}, name="account-off"),
    path("people/<int:pk>/accounts/<int:account>/step/", drop_step, name="account-step"),
]
