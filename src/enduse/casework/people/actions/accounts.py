"""What is done to a way of signing in: by its owner, where the sign-in library writes and this records, and by an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from enduse.casework.door import action
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account
from enduse.domain.refusals import refuse

Event = Literal["password_changed", "password_reset", "second_step_on", "second_step_off", "recovery_codes_made"]


@contextmanager
def changing(event: Event, *, by: Actor) -> Iterator[None]:
    """Within, the sign-in library changes the actor's own account: the change and its record stay together, or neither does."""
    with action(f"account.{event}", by=by, about=f"account:{by.account}") as act:
        act.says(person=by.person)
        yield
        if by.account is not None and event in ("password_changed", "password_reset"):
            Account.objects.filter(pk=by.account).update(password_by_other=False)


def set_password(account: int, *, by: Actor, password: str) -> None:
    """A new password for somebody who forgot theirs, to be changed at the next sign-in. Every session of the account ends with the old one."""
    by.demand("people.edit")
    with action("people.password_set", by=by, about=f"account:{account}") as act:
        found = _account(account)
        try:
            validate_password(password, found)
        except ValidationError as error:
            raise refuse("people.password", why=" ".join(error.messages)) from error
        found.set_password(password)
        found.password_by_other = found.person_id != by.person
        found.save(update_fields=["password", "password_by_other"])
        act.says(person=found.person_id)


def drop_second_step(account: int, *, by: Actor) -> None:
    """Take the second step off an account whose owner lost the phone, the recovery codes with it."""
    by.demand("people.edit")
    with action("people.second_step_dropped", by=by, about=f"account:{account}") as act:
        found = _account(account)
        gone, _ = Authenticator.objects.filter(user=found).delete()
        if not gone:
            raise refuse("people.no_step", account=account)
        act.says(person=found.person_id)


def choose_language(account: int, language: str) -> None:
    """The language an account reads in. A taste, not a deed: no record."""
    Account.objects.filter(pk=account).update(language="en" if language == "en" else "ru")


def _account(account: int) -> Account:
    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise refuse("people.no_account", account=account)
    return found
