"""Accounts for people of the cast, who have none."""

from __future__ import annotations

from enduse.casework.door import action
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.casework.people.models import Account


def account(actor: Actor) -> int:
    """The account of a person of the cast, made where there is none."""
    assert actor.person is not None
    held = Account.objects.filter(person=actor.person).first()
    if held is None:
        with action("people.account_added", by=SYSTEM, about="people") as act:
            held = Account.objects.create(email=f"p{actor.person}@example.ru", person_id=actor.person, created_at=act.at)
    return held.pk
