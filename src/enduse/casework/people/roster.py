"""Reading people for their pages: who is here, one person with accounts and substitutions, and who may stand in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet

from enduse.casework import clock
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account, Grant, Person, Substitution
from enduse.casework.people.queries import person_key
from enduse.domain.refusals import NotAllowed, Refusal

MOST = 200  # rows of a list; who looks for somebody else narrows the search


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A way to sign in, as pages show it."""

    pk: int
    email: str
    active: bool
    last_login: datetime | None
    second_step: bool


@dataclass(frozen=True, slots=True)
class SubstitutionRow:
    """A time of absence: who, instead of whom, and whether it is now, later or over."""

    pk: int
    absent: str
    substitute: str
    since: date
    until: date
    reason: str
    state: str  # now | later | over | ended
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it can still be ended."""
        return self.state in ("now", "later")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as pages show them."""

    pk: int
    name: str
    email: str | None
    personnel_number: str | None
    created_at: datetime
    left_at: datetime | None
    roles: tuple[str, ...]
    accounts: tuple[AccountRow, ...]

    @property
    def can_sign_in(self) -> bool:
        """Whether any account lets them in."""
        return self.left_at is None and any(account.active for account in self.accounts)


def roster(*, search: str = "", role: str = "", left: bool = False) -> tuple[list[PersonRow], int]:
    """The people whose name, e-mail or personnel number holds `search`, by name, at most `MOST` of them; and how many there are."""
    found = Person.objects.order_by("name", "pk")
    if not left:
        found = found.filter(left_at__isnull=True)
    if role:
        found = found.filter(pk__in=Grant.objects.filter(role=role, until__isnull=True).values("person"))
    if word := search.strip():
        # names are compared here and not by the database: SQLite folds Latin letters only
        wanted = person_key(word)
        keys = found.values_list("pk", "name", "email_key", "personnel_key")
        found = found.filter(pk__in=[pk for pk, *texts in keys if any(wanted in person_key(text) for text in texts if text)])
    return _rows(_whole(found)[:MOST]), found.count()


def person_row(pk: int) -> PersonRow:
    """One person. Raises NotAllowed where there is nobody of this number."""
    found = _rows(_whole(Person.objects.filter(pk=pk)))
    if not found:
        raise NotAllowed(Refusal("people.absent", {"person": pk}))
    return found[0]


def substitutions(person: int) -> tuple[list[SubstitutionRow], list[SubstitutionRow]]:
    """Who stands in for the person, and for whom the person does: latest first."""
    held = Substitution.objects.filter(Q(absent=person) | Q(substitute=person)).select_related("absent", "substitute").order_by("-since", "-pk")
    rows = [(one.absent_id == person, _substitution(one)) for one in held]
    return [row for theirs, row in rows if theirs], [row for theirs, row in rows if not theirs]


def substitution_for(actor: Actor, pk: int) -> Substitution:
    """A substitution of the actor's own, or any where the actor keeps people. Raises NotAllowed, the same where there is none."""
    found = Substitution.objects.filter(pk=pk).first()
    if found is None or not (found.absent_id == actor.person or actor.may("people.edit")):
        raise NotAllowed(Refusal("people.absent", {"person": pk}))
    return found


def colleagues(*, but: int) -> list[tuple[int, str]]:
    """Who may stand in for a person: everybody who is here, by name."""
    return [(person.pk, person.signature) for person in Person.objects.filter(left_at__isnull=True).exclude(pk=but).order_by("name", "pk")]


def stood_in_for(actor: Actor) -> list[str]:
    """Whom the actor stands in for today."""
    return [person.signature for person in Person.objects.filter(pk__in=actor.absent).order_by("name", "pk")]


def names(persons: set[int]) -> dict[int, str]:
    """The names of these persons."""
    return dict(Person.objects.filter(pk__in=persons).values_list("pk", "name"))


def _whole(found: QuerySet[Person]) -> QuerySet[Person]:
    return found.prefetch_related(
        Prefetch("grants", Grant.objects.filter(until__isnull=True).order_by("pk"), to_attr="open_grants"),
        Prefetch("accounts", Account.objects.order_by("pk"), to_attr="ways_in"),
    )


def _rows(found: QuerySet[Person]) -> list[PersonRow]:
    persons = list(found)
    accounts = [way.pk for person in persons for way in person.ways_in]  # type: ignore[attr-defined]
    stepped = set(Authenticator.objects.filter(user__in=accounts, type=Authenticator.Type.TOTP).values_list("user", flat=True))
    return [
        PersonRow(
            person.pk,
            person.name,
            person.email,
            person.personnel_number,
            person.created_at,
            person.left_at,
            tuple(grant.role for grant in person.open_grants),  # type: ignore[attr-defined]
            tuple(AccountRow(way.pk, way.email, way.is_active, way.last_login, way.pk in stepped) for way in person.ways_in),  # type: ignore[attr-defined]
        )
        for person in persons
    ]


def _substitution(one: Substitution) -> SubstitutionRow:
    today = clock.today()
    state = "ended" if one.ended_at else "over" if one.until < today else "later" if one.since > today else "now"
    return SubstitutionRow(one.pk, one.absent.signature, one.substitute.signature, one.since, one.until, one.reason, state, one.ended_at)
