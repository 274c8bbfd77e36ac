"""The directory: who is known here, with their roles and accounts, as the command line lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from enduse.casework.people.models import Account, Person
from enduse.casework.people.queries import person_key
from enduse.domain.refusals import refuse


@dataclass(frozen=True, slots=True)
class Known:
    """A person with the roles they have now and their accounts."""

    person: int
    name: str
    email: str | None
    personnel_number: str | None
    roles: tuple[str, ...]
    accounts: tuple[tuple[str, bool], ...]  # e-mail, and whether it may sign in
    left: bool


def anybody() -> bool:
    """Whether anybody is known here."""
    return Person.objects.exists()


def strangers(domain: str) -> bool:
    """Whether anybody is known here who has no e-mail of this domain."""
    return Person.objects.exclude(email__iendswith=f"@{domain}").exists()


def everybody() -> list[Known]:
    """All persons, in the order in which they were added."""
    return [
        Known(
            person.pk,
            person.name,
            person.email,
            person.personnel_number,
            tuple(sorted(grant.role for grant in person.grants.all() if grant.until is None)),
            tuple((account.email, account.is_active) for account in person.accounts.all()),
            person.left_at is not None,
        )
        for person in Person.objects.order_by("pk").prefetch_related("grants", "accounts")
    ]


def left_named(key: str) -> int:
    """The person who left and was known by this e-mail or personnel number. Raises Refused where there is none."""
    found = Person.objects.filter(Q(email_key=person_key(key)) | Q(personnel_key=person_key(key)), left_at__isnull=False).first()
    if found is None:
        raise refuse("people.not_left", key=key)
    return found.pk


def account_named(email: str) -> int:
    """The account that signs in with this e-mail. Raises Refused where there is none."""
    found = Account.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise refuse("people.no_account", account=email)
    return found.pk


def account_number(email: str) -> tuple[int, int] | None:
    """The numbers of the account that signs in with this e-mail and of its person; None where there is none."""
    return Account.objects.filter(email__iexact=email.strip()).values_list("pk", "person_id").first()
