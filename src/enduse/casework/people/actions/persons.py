"""Persons, accounts, roles and substitutes. Who somebody is stays out of the ledger: it names persons by number."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from enduse.casework import clock
from enduse.casework.door import action
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.casework.people.models import Account, Grant, Person, Substitution
from enduse.casework.people.queries import person_key
from enduse.casework.people.roles import ROLES
from enduse.domain.deal import given, visible
from enduse.domain.refusals import NotAllowed, Refusal, refuse


def add_first(*, name: str, email: str, password: str) -> Person:
    """The first administrator of an installation, where there is nobody yet. Raises Refused where there is somebody."""
    with action("people.first_added", by=SYSTEM, about="person:new") as act:
        if Person.objects.exists():
            raise refuse("people.begun")
        person = _make(name, email, "", act.at)
        _account(person, email, password, act.at, own=True)
        Grant.objects.create(person=person, role="administrator", since=act.at)
        act.about = f"person:{person.pk}"
        act.says(roles=["administrator"])
        return person


def add_person(*, by: Actor, name: str, email: str = "", personnel_number: str = "", roles: tuple[str, ...] = (), password: str = "") -> Person:
    """Somebody new, known by a work e-mail or a personnel number that nobody else has; with a password they can sign in."""
    by.demand("people.edit")
    _known_roles(roles)
    with action("people.added", by=by, about="person:new") as act:
        person = _make(name, email, personnel_number, act.at)
        if password:
            _account(person, email, password, act.at, own=False)
        for role in dict.fromkeys(roles):
            Grant.objects.create(person=person, role=role, since=act.at)
        act.about = f"person:{person.pk}"
        act.says(roles=sorted(set(roles)), account=bool(password))
        return person


def add_account(person: int, *, by: Actor, email: str, password: str) -> Account:
    """One more way to sign in, for a person who is there already: what it does is that person's doing."""
    by.demand("people.edit")
    with action("people.account_added", by=by, about=f"person:{person}") as act:
        made = _account(_found(person), email, password, act.at, own=person == by.person)
        act.says(account=made.pk)
        return made


def switch_account(account: int, *, by: Actor, active: bool) -> None:
    """Let an account sign in, or no longer."""
    by.demand("people.edit")
    with action("people.account_switched", by=by, about=f"account:{account}") as act:
        found = Account.objects.filter(pk=account).first()
        if found is None:
            raise refuse("people.no_account", account=account)
        if active and found.person.left_at is not None:
            raise refuse("people.left_account", account=account)
        if not active and account == by.account:
            raise refuse("people.own_account")
        found.is_active = active
        found.save(update_fields=["is_active"])
        act.says(active=active, person=found.person_id)


def grant(person: int, *, by: Actor, role: str) -> None:
    """Give a person a role. Nobody gives themselves one, or an administrator could approve what they please."""
    by.demand("people.edit")
    _known_roles((role,))
    if person == by.person or (person in by.hands and role != "administrator"):
        raise refuse("people.own_role")
    with action("people.role_granted", by=by, about=f"person:{person}") as act:
        found = _found(person)
        if Grant.objects.filter(person=found, role=role, until__isnull=True).exists():
            raise refuse("people.has_role", role=role)
        Grant.objects.create(person=found, role=role, since=act.at)
        act.says(role=role)


def revoke(person: int, *, by: Actor, role: str) -> None:
    """Take a role from a person. The last administrator keeps theirs."""
    by.demand("people.edit")
    with action("people.role_revoked", by=by, about=f"person:{person}") as act:
        held = Grant.objects.filter(person=person, role=role, until__isnull=True).first()
        if held is None:
            raise refuse("people.lacks_role", role=role)
        if role == "administrator" and Grant.objects.filter(role=role, until__isnull=True, person__left_at__isnull=True).count() == 1:
            raise refuse("people.last_administrator")
        held.until = act.at
        held.save(update_fields=["until"])
        act.says(role=role)


def leave(person: int, *, by: Actor) -> None:
    """Somebody no longer works here: no account of theirs signs in; what they did stays theirs."""
    by.demand("people.edit")
    if person in by.hands:
        raise refuse("people.self")
    with action("people.left", by=by, about=f"person:{person}") as act:
        found = _found(person)
        found.left_at = act.at
        found.save(update_fields=["left_at"])
        Account.objects.filter(person=found).update(is_active=False)
        Grant.objects.filter(person=found, until__isnull=True).update(until=act.at)


def come_back(person: int, *, by: Actor, roles: tuple[str, ...] = (), accounts: tuple[int, ...] = ()) -> Person:
    """Somebody who left works here again: the same person, with roles given anew; of their accounts only these sign in.

    Substitutions from before are over. Raises Refused where the person never left, or an account is not theirs.
    """
    by.demand("people.edit")
    _known_roles(roles)
    if person in by.hands and set(roles) - {"administrator"}:
        raise refuse("people.own_role")
    with action("people.returned", by=by, about=f"person:{person}") as act:
        found = Person.objects.filter(pk=person).first()
        if found is None:
            raise refuse("people.nobody", key=person)
        if found.left_at is None:
            raise refuse("people.here", who=found.signature)
        theirs = Account.objects.filter(person=found, pk__in=accounts)
        for account in set(accounts) - set(theirs.values_list("pk", flat=True)):
            raise refuse("people.no_account", account=account)
        found.left_at = None
        found.save(update_fields=["left_at"])
        theirs.update(is_active=True)
        for role in dict.fromkeys(roles):
            Grant.objects.create(person=found, role=role, since=act.at)
        Substitution.objects.filter(Q(absent=found) | Q(substitute=found), ended_at__isnull=True).update(ended_at=act.at)
        act.says(roles=sorted(set(roles)), accounts=sorted(set(accounts)))
        return found


def substitute(*, by: Actor, absent: int, substitute: int, since: date, until: date, reason: str) -> Substitution:
    """Let somebody stand in for somebody absent: with their roles and their deals, and counting as them wherever hands must differ."""
    if absent != by.person and not by.may("people.edit"):  # who stands in settles no absence: they would prolong their own time
        raise NotAllowed(Refusal("people.substitute_self"))
    if substitute == by.person != absent:  # or an administrator would give themselves any role
        raise refuse("people.own_role")
    if given(reason) is None:
        raise refuse("deal.reason")
    if until < since or until < clock.today():
        raise refuse("people.substitute_days")
    if absent == substitute:
        raise refuse("people.substitute_same")
    with action("people.substitute_named", by=by, about=f"person:{absent}") as act:
        one, other = _found(absent), _found(substitute)
        made = Substitution.objects.create(absent=one, substitute=other, since=since, until=until, reason=reason, created_at=act.at)
        act.says(substitute=other.pk, since=since, until=until, reason=reason)
        return made


def end_substitution(substitution: int, *, by: Actor) -> None:
    """End a substitution before its last day."""
    with action("people.substitute_ended", by=by, about=f"substitution:{substitution}") as act:
        found = Substitution.objects.filter(pk=substitution, ended_at__isnull=True).first()
        if found is None:
            raise refuse("people.no_substitution", substitution=substitution)
        if found.absent_id != by.person and not by.may("people.edit"):
            raise NotAllowed(Refusal("people.substitute_self"))
        found.ended_at = act.at
        found.save(update_fields=["ended_at"])


def _found(person: int) -> Person:
    found = Person.objects.filter(pk=person, left_at__isnull=True).first()
    if found is None:
        raise refuse("people.nobody", key=person)
    return found


def _known_roles(roles: tuple[str, ...]) -> None:
    for role in roles:
        if role not in ROLES:
            raise refuse("people.role", role=role, known=", ".join(ROLES))


def _make(name: str, email: str, number: str, at: datetime) -> Person:
    if given(name) is None:
        raise refuse("people.unnamed")
    mail, staff = given(email), given(number)
    _fits(name.strip(), 200)
    _fits(staff or "", 64)
    if mail is None and staff is None:
        raise refuse("people.unknown")
    if mail is not None:
        _checked_email(mail)
    keys = {"email_key": person_key(mail) if mail else None, "personnel_key": person_key(staff) if staff else None}
    for column, key in keys.items():
        there = Person.objects.filter(**{column: key}).first() if key else None
        if there is not None:
            said = mail if column == "email_key" else staff
            raise refuse("people.known", key=said) if there.left_at is None else refuse("people.known_left", key=said)
    return Person.objects.create(name=visible(name), email=mail, personnel_number=staff, created_at=at, **keys)


def _account(person: Person, email: str, password: str, at: datetime, *, own: bool) -> Account:
    mail = (given(email) or "").lower()
    _checked_email(mail)
    if Account.objects.filter(email__iexact=mail).exists():
        raise refuse("people.account_taken", email=mail)
    made = Account(email=mail, person=person, created_at=at, password_by_other=not own)
    try:
        validate_password(password, made)
    except ValidationError as error:
        raise refuse("people.password", why=" ".join(error.messages)) from error
    made.set_password(password)
    made.save()
    return made


def _fits(value: str, most: int) -> None:
    """Raises Refused where a text is longer than its column."""
    if len(value) > most:
        raise refuse("people.too_long", value=value[:40], most=most)


def _checked_email(email: str) -> None:
    _fits(email, 254)
    try:
        validate_email(email)
    except ValidationError as error:
        raise refuse("people.email", email=email) from error
