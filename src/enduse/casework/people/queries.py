"""Reading people: the actor of an account or a name, roles of a moment, and what a deal file may call somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from enduse.casework import clock
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account, Grant, Person, Substitution
from enduse.domain.evidence import comparable
from enduse.domain.refusals import NotAllowed, Refusal


def actor_of(account: Account) -> Actor:
    """Who acts when this account acts: its person with the roles of today, and whom they stand in for today."""
    return _actor(account.person, account)


def actor_named(key: str) -> Actor:
    """Who acts under this e-mail or personnel number, on the command line. Raises NotAllowed where nobody is known by it."""
    found = Person.objects.filter(Q(email_key=person_key(key)) | Q(personnel_key=person_key(key)), left_at__isnull=True).first()
    if found is None:
        raise NotAllowed(Refusal("people.nobody", {"key": key}))
    return _actor(found, None)


def _actor(person: Person, account: Account | None) -> Actor:
    if person.left_at is not None or (account is not None and not account.is_active):
        return Actor(person.pk, person.signature, account.pk if account else None)
    absent = frozenset(substituted(person.pk))
    roles = Grant.objects.filter(person__in=[person.pk, *absent], until__isnull=True).values_list("role", flat=True)
    own = names_of([person.pk])
    names = own + names_of(absent) if absent else own
    return Actor(person.pk, person.signature, account.pk if account else None, frozenset(roles), absent, names, own)


def substituted(person: int) -> QuerySet[Substitution, int]:
    """The ids of those whom a person stands in for today."""
    today = clock.today()
    held = Substitution.objects.filter(substitute=person, since__lte=today, until__gte=today, ended_at__isnull=True)
    return held.values_list("absent", flat=True)


def names_of(persons: Iterable[int]) -> tuple[str, ...]:
    """Everything that a deal file may call these persons."""
    found = []
    for person in Person.objects.filter(pk__in=list(persons)):
        found += [person.name, person.email, person.personnel_number, person.signature]
    return tuple(name for name in found if name)


def held_role(persons: Iterable[int], role: str, at: datetime) -> bool:
    """Whether any of these persons held the role at that moment."""
    held = Grant.objects.filter(person__in=list(persons), role=role, since__lte=at)
    return held.filter(Q(until__isnull=True) | Q(until__gt=at)).exists()


def person_key(text: str) -> str:
    """An e-mail or personnel number as compared: folded, without what cannot be seen and without spaces."""
    return comparable(text)
