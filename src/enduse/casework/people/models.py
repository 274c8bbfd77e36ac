"""Persons, their accounts and roles, substitutes for a time of absence, and what an administrator settled."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from enduse.casework.people.roles import ROLES


class Person(models.Model):
    """A human being, known by a work e-mail or a personnel number that nobody else has."""

    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, null=True, blank=True)
    personnel_number = models.CharField(max_length=64, null=True, blank=True)
    email_key = models.CharField(max_length=254, null=True, unique=True, editable=False)  # as compared: folded, what cannot be seen taken out
    personnel_key = models.CharField(max_length=64, null=True, unique=True, editable=False)
    created_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(email_key__isnull=False) | Q(personnel_key__isnull=False), name="person_is_known"),)

    def __str__(self) -> str:
        return self.name

    @property
    def signature(self) -> str:
        """The name with what tells it from everybody else's, as it stands in records."""
        return f"{self.name} ({self.email or self.personnel_number})"


class AccountManager(BaseUserManager["Account"]):
    """How Django finds an account."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A way to sign in. Several may belong to one person; what they do is the person's doing."""

    email = models.EmailField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="ru")
    password_by_other = models.BooleanField(default=False)  # somebody else set it, so its owner changes it before anything else opens
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """No permission of Django's is used here: roles are."""
        return False


class Grant(models.Model):
    """A role that a person has or had."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "role"), condition=Q(until__isnull=True), name="one_open_grant"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="grant_of_a_known_role"),
        )


class Substitution(models.Model):
    """Somebody stands in for somebody absent, from the first day to the last, both included."""

    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    since = models.DateField()
    until = models.DateField()
    reason = models.TextField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(since__lte=models.F("until")), name="substitution_in_order"),
            models.CheckConstraint(condition=~Q(absent=models.F("substitute")), name="substitution_by_another"),
        )


class Setting(models.Model):
    """What the organisation settled, each change a row: the last one counts."""

    name = models.CharField(max_length=60, db_index=True)
    value = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
